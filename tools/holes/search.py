"""All answers of one exercise, tried; and what is written down of it."""

from dataclasses import dataclass, field
from pathlib import Path

from . import around, kinds, mutate
from .judge import survives
from .reasons import idle, reason

RESULT = Path(__file__).with_name("result.md")
HOLE = "**a hole**"
HEAD = """\
# What passes, though it was changed

Made by `python -m tools.holes`. Every line is an answer that was made by machine from a right one and passes in every
case, and the reason why this is no hole: it is the same after all, or the statement rules out what it gets wrong. All
others, {killed:,} of {tried:,}, are refused.

| exercise | ways | answers | refused | pass with a reason | holes |
|---|---|---|---|---|---|
"""


@dataclass
class Search:
    """What came of one exercise: how many answers were `tried`, and `survivors`, pairs (change, reason)."""

    id: str
    ways: int
    tried: int = 0
    survivors: list = field(default_factory=list)

    @property
    def holes(self):
        """The changes that pass without a reason."""
        return [change for change, why in self.survivors if why == HOLE]

    @property
    def idle(self):
        """Reasons for nothing, once all ways have been tried."""
        return idle(self.id, [change for change, _ in self.survivors])

    def __str__(self):
        passed, holes = len(self.survivors), len(self.holes)
        return f"{self.id}: {self.tried} answers, {passed - holes} pass with a reason, {holes} holes"


def answers(exercise, ways=None, every=1):
    """All (change, function) of an exercise; or of these right ways only, and of their changes one in so many."""
    ways = [exercise.solution, *exercise.right] if ways is None else ways
    for way in ways:
        for mutant in mutate.mutants(way, every):
            yield f"{way.__name__}: {mutant.change}", mutant.function
    yield from around.around(exercise)
    yield from kinds.kinds(exercise)


def searched(exercise, ways=None, every=1):
    """The `Search` of an exercise."""
    search = Search(exercise.id, 1 + len(exercise.right))
    order = list(range(len(exercise.all_cases)))
    for change, function in answers(exercise, ways, every):
        search.tried += 1
        if survives(exercise, function, order):
            search.survivors.append((change, reason(exercise.id, change) or HOLE))
    return search


def written(searches):
    """The result as Markdown."""
    tried, passed = sum(s.tried for s in searches), sum(len(s.survivors) for s in searches)
    lines = [HEAD.format(tried=tried, killed=tried - passed)]
    for s in searches:
        row = (s.id, s.ways, s.tried, s.tried - len(s.survivors), len(s.survivors) - len(s.holes), len(s.holes))
        lines.append(f"| {' | '.join(map(str, row))} |\n")
    for s in searches:
        lines.append(f"\n## {s.id}\n\n")
        for why in dict.fromkeys(why for _, why in s.survivors):
            lines.append(f"- {why}\n")
            lines += [f"  - `{change}`\n" for change, other in s.survivors if other == why]
    return "".join(lines)
