"""Typical mistakes as edits of right answers: what stands in the text, what is written there instead, what to say.

    WRONG = slips(
        [solution, with_loops],
        ("You pad with ones: put zeros there.", "np.pad(x, P)", "np.pad(x, P, constant_values=1)"),
        ("Rows and columns of y are exchanged.", lambda y, x, w: y.T),
    )

A row is a sentence, or two for two mistakes at once, and replacements: old, new, old, new. Every right way whose body
holds all that is old makes one `Wrong`, so one row stands for the mistake made with loops and made with slices. A
function in place of the texts changes the result of the first way: it gets y and the arguments.
"""

import functools
import inspect
import textwrap
from types import FunctionType

from .exercise import Wrong


def slips(ways, *rows):
    """The `Wrong`s of all rows. `ways` are functions of a module, written with `def`.

    Raises ValueError for a row whose old text stands in no way, or changes nothing.

    >>> def plus(a, b):
    ...     return a + b
    >>> wrong, = slips([plus], ("You subtract.", "+", "-"))
    >>> wrong.answer(3, 5), wrong.suspicion
    (-2, 'You subtract.')
    """
    made = []
    for sentence, *changes in rows:
        sentences = (sentence,) if isinstance(sentence, str) else sentence
        made += [Wrong(answer, *sentences) for answer in _answers(ways, changes)]
    return made


def _answers(ways, changes):
    if callable(changes[0]):
        return [then(ways[0], changes[0])]
    pairs = list(zip(changes[::2], changes[1::2], strict=True))
    fitting = [way for way in ways if all(old in _body(way) for old, _ in pairs)]
    if not fitting:
        raise ValueError(f"slip: {[old for old, _ in pairs]} found in none of {', '.join(w.__name__ for w in ways)}")
    return [edited(way, *changes) for way in fitting]


def edited(way, *changes):
    """A function like `way` with each old text of its body replaced by the new: old, new, old, new.

    >>> def plus(a, b):
    ...     return a + b
    >>> edited(plus, "+", "-")(3, 5)
    -2
    """
    head, body = _text(way)
    text = body
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        text = text.replace(old, new)
    if text == body:
        raise ValueError(f"slip: {changes} changes nothing of {way.__name__}")
    module = compile(head + text, f"<{way.__name__}, edited>", "exec")
    code = next(part for part in module.co_consts if getattr(part, "co_name", None) == way.__name__)
    made = FunctionType(code, way.__globals__, way.__name__, way.__defaults__)
    made.__kwdefaults__ = way.__kwdefaults__
    return made


def then(way, change):
    """A way with its result changed: change(y, *arguments).

    >>> then(max, lambda y, a, b: -y)(3, 5)
    -5
    """
    return functools.wraps(way)(lambda *args, **named: change(way(*args, **named), *args, **named))


def each_way(sentence, down, across):
    """The rows of a mistake that is made along both sides of an image, or along one: old and new for rows, for columns.

    >>> [sentence for sentence, *_ in each_way("You forgot P.", ("H + P", "H"), ("W + P", "W"))]
    ['You forgot P.', 'You forgot P. This happens only vertically.', 'You forgot P. This happens only horizontally.']
    """
    return [(sentence, *down, *across), (f"{sentence} This happens only vertically.", *down),
            (f"{sentence} This happens only horizontally.", *across)]


def not_yet(wrongs, sentence, **fixed):
    """The same mistakes by someone whose code does not know some arguments yet: they stay as `fixed`.

    >>> wrong, = not_yet([Wrong(lambda x, P: x + P, "You add.")], "P changes nothing so far.", P=0)
    >>> wrong.answer(1, 5), wrong.sentences
    (1, ('You add.', 'P changes nothing so far.'))
    """
    return [Wrong(without(wrong.answer, **fixed), wrong.sentences[0], sentence) for wrong in wrongs]


def without(way, **fixed):
    """A way that does not know these arguments yet: whatever is given, they stay as `fixed`."""
    names = list(inspect.signature(way).parameters)

    @functools.wraps(way)
    def answer(*args, **named):
        return way(**dict(zip(names, args, strict=False)) | named | fixed)

    return answer


@functools.cache
def _text(way):
    """The text of a function before and from its first statement: a name or a default is never edited."""
    import ast

    lines = textwrap.dedent(inspect.getsource(way)).splitlines(keepends=True)
    first = ast.parse("".join(lines)).body[0].body[0].lineno - 1
    return "".join(lines[:first]), "".join(lines[first:])


def _body(way):
    return _text(way)[1]
