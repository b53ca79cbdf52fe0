"""What an exercise is: one object that holds everything about it, from the statement to the mistakes people make."""

import inspect
import re
import textwrap
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ..arguments import shown
from .verdict import Verdict


class Case:
    """One call of the learner's function: `Case(x, w, stride=2)`. Lists become arrays; everything else stays.

    >>> Case([1, 2], 3)
    Case([1, 2], 3)
    """

    def __init__(self, *args, **named):
        self.args = tuple(_array(arg) for arg in args)
        self.named = {name: _array(arg) for name, arg in named.items()}

    def __repr__(self):
        values = [repr(arg.tolist() if isinstance(arg, np.ndarray) else arg) for arg in self.args]
        named = [f"{name}={arg.tolist() if isinstance(arg, np.ndarray) else arg!r}" for name, arg in self.named.items()]
        return f"Case({', '.join(values + named)})"


def _array(argument):
    """A list as an array of its own; anything else as it is."""
    if not isinstance(argument, list):
        return argument
    try:
        return np.array(argument)
    except Exception:   # whatever an object among them raises
        raise ValueError(f"args: found {shown(argument)}, expected lists of numbers, rows of equal length") from None


class Wrong:
    """A typical wrong answer and the sentence it deserves; for two mistakes at once, two sentences.

    `answer` is a function of the signature of the solution; for an exercise that asks for a value, that value, too.

    >>> Wrong(75, "You forgot the bias.").suspicion
    'You forgot the bias.'
    >>> Wrong(70, "You forgot the bias.", "You forgot a colour.").suspicion
    'Two mistakes at once. First: You forgot the bias. Second: You forgot a colour.'
    """

    def __init__(self, answer, sentence, second=None):
        self.answer, self.sentences = answer, (sentence,) if second is None else (sentence, second)
        for text in self.sentences:
            if not isinstance(text, str) or not text.strip():
                raise ValueError(f"Wrong: the sentence must be text, found {shown(text)}")

    @property
    def suspicion(self):
        """What is said when a learner's answer is exactly this one."""
        first, *second = self.sentences
        return f"Two mistakes at once. First: {first} Second: {second[0]}" if second else first


@dataclass(frozen=True, eq=False, repr=False)
class Exercise:
    """One exercise. All texts are Markdown; `praise`, `insight` and the sentences of `wrong` may hold `code` only.

    `solution` is the reference, written to be read: its source is shown, under the name in `signature`. For an
    exercise that asks for a value (`ask="value"`) it takes no arguments and returns the value. `cases` are tuples of
    arguments or `Case`s, small whole numbers first; `draw(rng)` makes more, `drawn` of them, always the same. `edges`
    are cases that count only for an answer that is right in all others: one window, one cell, a stride beyond the end.
    There one and the same mistake comes to many things, so it is named without them.
    `wrong` are `Wrong`s, `right` other correct answers. `player(*arguments)` makes the scene to open at a wrong step;
    where several things are returned, `player` is {name of the thing: what makes its scene}.
    `returns` names the result in messages, a tuple of names if there are several. `tolerance` is relative to the
    largest number of the true result.

    Raises ValueError for an exercise that lacks something.

    >>> def solution(a, b):
    ...     return a + b
    >>> def minus(a, b):
    ...     return a - b
    >>> ex = Exercise(id="99.1", title="Add", statement="Add two numbers.", signature="add(a, b): numbers -> number",
    ...     difficulty=1, minutes=1, hints=("Count.", "Use a sign.", "The sign is `+`."), solution=solution,
    ...     errors="The other sign.", praise="That adds up.", insight="Order does not matter.",
    ...     cases=[(1, 2), (3, 5)], wrong=[Wrong(minus, "You subtract.")])
    >>> ex.check(lambda a, b: b + a).passed
    True
    >>> ex.check(minus)
    Not right yet. add(a=1, b=2) gives -1, expected 3. You subtract.
    """

    id: str
    title: str
    statement: str
    signature: str
    difficulty: int
    minutes: int
    hints: tuple
    solution: callable
    errors: str
    praise: str
    insight: str
    cases: list = field(default_factory=lambda: [()])
    draw: callable = None
    drawn: int = 12
    edges: list = ()
    wrong: list = ()
    right: list = ()
    player: object = None
    ask: str = "function"
    returns: str | tuple = "y"
    tolerance: float = 1e-6

    def __post_init__(self):
        def need(good, name, expected):
            if not good:
                raise ValueError(f"exercise {self.id}: {name} must be {expected}, found {getattr(self, name)!r:.80}")

        need(re.fullmatch(r"\d\d\.\d+", self.id), "id", 'two digits, a point and a number, such as "01.2"')
        for name in ("title", "statement", "signature", "errors", "praise", "insight"):
            need(isinstance(getattr(self, name), str) and getattr(self, name).strip(), name, "text")
        need(len(self.hints) == 3 and all(isinstance(h, str) and h.strip() for h in self.hints), "hints", "three texts")
        need(self.difficulty in (1, 2, 3, 4, 5), "difficulty", "a whole number from 1 to 5")
        need(self.ask in ("function", "value"), "ask", '"function" or "value"')
        need(callable(self.solution), "solution", "a function")
        need(len(self.cases), "cases", "a list of at least one case")

    @property
    def name(self):
        """What the learner's function is called in the statement; for a value, "answer"."""
        return self.signature.partition("(")[0].strip() if self.ask == "function" else "answer"

    @property
    def arguments(self):
        """The names of the arguments, as in the solution."""
        code = self.solution.__code__
        return code.co_varnames[:code.co_argcount]

    @cached_property
    def all_cases(self):
        """Every `Case` that an answer is called with: the fixed ones, the drawn ones, the edges."""
        rng = np.random.default_rng(sum(map(ord, self.id)))
        drawn = [self.draw(rng) for _ in range(self.drawn)] if self.draw else []
        return [case if isinstance(case, Case) else Case(*case) for case in (*self.cases, *drawn, *self.edges)]

    @cached_property
    def inner(self):
        """The same exercise without its edges."""
        return replace(self, edges=()) if self.edges else self

    @cached_property
    def known(self):
        """What a check holds an answer against: the outcomes of the solution and of the mistakes (`judging.Known`)."""
        from .judging import Known

        return Known(self)

    @property
    def source(self):
        """The reference solution as a learner would write it."""
        text = textwrap.dedent(inspect.getsource(self.solution)).rstrip()
        return re.sub(r"\bsolution\b", self.name, text) if self.ask == "function" else text

    def player_of(self, part=None):
        """What makes the scene of the result, or of the result at this place of several; None if nothing does."""
        if part is None:
            return self.player
        return (self.player or {}).get(self.returns[part])

    def check(self, answer):
        """A `Verdict` on a learner's answer: never an error, whatever the answer is or does."""
        from .judging import judge

        try:
            return judge(self, answer)
        except KeyboardInterrupt:
            return Verdict(self.id, False, "Stopped: you interrupted the check.")
        except Exception as error:   # an answer may be an object that breaks when looked at
            said = f"Not right yet. Your answer cannot be looked at: it raises {type(error).__name__}."
            return Verdict(self.id, False, said, parts=(said.removeprefix("Not right yet. "),))

    def __repr__(self):
        return f"Exercise {self.id} · {self.title}\n{self.signature}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        from .showing import statement

        return statement(self)
