"""What a check comes to."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Parting(NamedTuple):
    """A wrong answer where it is wrong: the `case`, the `outcome` there, and which numbers of it differ, or of one
    `part` of it."""

    exercise: object
    answer: object
    case: object
    outcome: object
    differs: object     # an array of bool
    part: int | None = None


@dataclass(frozen=True, repr=False)
class Verdict:
    """`passed`, the `message` in full, and the `suspicion`: the mistake that is proven, or None.

    Where none is, `fact` says what the answer is, compared with the right one, if that can be said in a sentence.
    `state` is "right", "not yet" (nothing was answered so far) or "wrong". `parts` is the message in pieces: what was
    found, then what it comes from. `printed` is what the learner's code printed, up to 2,000 characters.

    >>> Verdict("01.2", True, "Right.")
    Right.
    """

    id: str
    passed: bool
    message: str
    suspicion: str | None = None
    state: str = "wrong"
    parts: tuple = ()
    printed: str = ""
    fact: str | None = None
    parting: Parting = field(default=None, compare=False)   # what a player can show, or None

    def __repr__(self):
        return self.message

    def _repr_mimebundle_(self, include=None, exclude=None):
        from .showing import verdict

        return verdict(self)

    def _ipython_display_(self):
        from .showing import draw

        draw(self)
