"""What the solution makes of changed arguments; each is worked out once, however many answers are looked at."""

import copy
import functools
import time

from ...trial.calls import Outcome
from ..trying import trusted
from . import inputs

SECONDS = 10.0                                # after which no other change of one case is begun
UNKNOWN = Outcome(error="?", kind="too slow")


class Reruns:
    """The outcomes of an exercise's solution for changed inputs: `changes` are those there are, `calls` counts them."""

    def __init__(self, exercise):
        self._exercise, self._seen, self.calls = exercise, {}, 0

    @functools.cached_property
    def changes(self):
        """The changes of one input each."""
        return inputs.changes(self._exercise.arguments, self._exercise.all_cases[0].args)

    def outcome(self, number, *rows):
        """The `Outcome` of case `number` with all these changes made; None if the case does not allow them."""
        self.ahead(number, [rows])
        return self._seen[number, rows]

    def ahead(self, number, many):
        """Works out several tuples of changes of one case at once."""
        cases = {rows: self._case(number, rows) for rows in many if (number, rows) not in self._seen}
        until = time.monotonic() + SECONDS
        for rows, case in cases.items():
            late = case and time.monotonic() > until
            outcome = UNKNOWN if late else case and trusted(self._exercise, self._exercise.solution, case)
            self._seen[number, rows] = outcome
            self.calls += bool(case)

    def _case(self, number, rows):
        case = copy.deepcopy(self._exercise.all_cases[number])
        try:
            for row in rows:
                case.args = row.change(case.args)
        except Exception:   # it is for other sizes or types
            return None
        return case
