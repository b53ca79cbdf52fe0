"""What there is to call: found by itself, so that what is new is tried too."""

import ast
import inspect
import re
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

import cnnlib as cnn

from .hostile import NAMES
from .recipes import ALSO, METHODS, OBJECTS, RIGHT, USUAL

INSIDE = ("part", "set_state", "forward", "fields", "tour_of")   # called by others of the house, with what is checked
SLOW = ("cnn.nn.fit", "cnn.viz.", "cnn.learn.")   # these are drawn less often: pictures and whole trainings


def model():
    """A small network for images of 3 x 8 x 8 and four classes."""
    nn = cnn.nn
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 4))


def stack():
    """A small stack for images of 1 x 8 x 8."""
    nn = cnn.nn
    return nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2))


def stepped_by_sgd(grad, lr):
    """One step after a gradient and a rate were put there by hand."""
    _stepped(cnn.nn.SGD, grad, lr)


def stepped_by_adam(grad, lr):
    """The same of the other optimiser."""
    _stepped(cnn.nn.Adam, grad, lr)


def _stepped(optimizer, grad, lr):
    layer = cnn.nn.Linear(3, 2)
    made = optimizer(layer.parameters())
    layer.weight.grad, made.lr = grad, lr
    made.step()


def assigned(data):
    """The numbers of a parameter, set by hand."""
    parameter = cnn.nn.Parameter((2, 3))
    parameter.data = data
    return parameter.data


BY_HAND = {thing.__name__: thing for thing in (stepped_by_sgd, stepped_by_adam, assigned)}   # what no call does
_DRAWN = np.random.default_rng(0)
NAMES |= {
    **BY_HAND, "model": model, "stack": stack, "X": _DRAWN.normal(size=(2, 3, 8, 8)),
    "Y": np.array([1, 3]), "W": _DRAWN.normal(size=(4, 3, 3, 3)), "UP": _DRAWN.normal(size=(3, 4, 3, 3)),
    "DY": _DRAWN.normal(size=(2, 4, 6, 6)), "DY5": _DRAWN.normal(size=(2, 5, 8, 8)), "IMAGE": np.eye(8),
    "KERNEL": np.array([[1.0, 2.0], [-1.0, 0.5]]), "SIGNAL": np.arange(8.0) % 3, "TAPS": np.array([-1.0, 1.0]),
    "ROWS": _DRAWN.normal(size=(2, 5)), "WEIGHTS": _DRAWN.normal(size=(4, 5)), "LOGITS": _DRAWN.normal(size=(2, 4)),
    "LABELS": np.array([1, 3]), "GAMMA": np.ones(3), "IMAGES": _DRAWN.random((3, 1, 8, 8)), "FIGURE": Figure((2, 1)),
    "TABLE": cnn.taps.convolution((8,), (2,)), "SCENE": cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]),
}


class Subject(NamedTuple):
    """Something to call: its text, a right call's arguments (name -> text; * for those by place), its other arguments,
    what its errors may call by name, and which exceptions it has announced."""

    text: str
    right: dict
    optional: dict
    words: frozenset
    announced: str

    @property
    def weight(self):
        """How often to try it."""
        return 0.15 if self.text.startswith(SLOW) or "SCENE" in self.text else 1.0

    def call(self, arguments):
        """The text of a call with these arguments."""
        parts = [f"*{text}" if name.startswith("*") else f"{name}={text}" for name, text in arguments.items()]
        return f"{self.text}({', '.join(parts)})"


def subjects():
    """All of them, in the order of their text."""
    found = dict(_public()) | BY_HAND
    every = [subject for text, thing in found.items() for subject in _of(text, thing)]
    return sorted(every, key=lambda subject: subject.text)


def _public():
    """(text, thing) of every function and class that a room offers."""
    for room in ("", *cnn._ROOMS):
        home = getattr(cnn, room) if room else cnn
        for name in home.__all__:
            thing = getattr(home, name)
            if callable(thing) and not (room == "ops" or (room == "shapes" and hasattr(cnn, name))):
                yield f"cnn.{room}.{name}".replace("..", "."), thing


def _of(text, thing):
    if not isinstance(thing, type):
        yield _subject(text, thing, RIGHT.get(text, ""))
        return
    if issubclass(thing, tuple):   # a record: it takes what it is given
        return
    if issubclass(thing, OSError):
        return
    made = RIGHT.get(text, "")
    if made is not None:
        subject = _subject(text, thing, made)
        yield subject
        made = subject.call(subject.right)
    maker = OBJECTS.get(text, made)
    for name in _methods(thing) if maker else ():
        yield _subject(f"{maker}.{name}", getattr(thing, name), METHODS.get(f"{thing.__name__}.{name}", ""), thing)


def _methods(cls):
    """The methods that a class has from cnnlib, those to call its objects and to take a part of them included."""
    own = [base for base in cls.__mro__ if base.__module__.startswith("cnnlib")]
    names = {name for base in own for name, thing in vars(base).items() if inspect.isfunction(thing)}
    shown = (name for name in names if not name.startswith("_") or name in ("__call__", "__getitem__"))
    return sorted(name for name in shown if name not in INSIDE)


def _subject(text, thing, right, cls=None):
    given = dict(_arguments(right))
    function = thing.__init__ if isinstance(thing, type) else thing
    known = list(inspect.signature(function).parameters.values())[bool(cls) or isinstance(thing, type):]
    optional = {}
    for p in known:
        if p.name == "need_dx":   # between layers
            continue
        by_place = any(name.startswith("*") for name in given) and p.kind is p.POSITIONAL_OR_KEYWORD
        if p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL) or p.name in given or by_place:
            continue
        usual = USUAL.get(p.name, "None" if p.default is p.empty else _shown(p.default))
        (given if p.default is p.empty else optional)[p.name] = usual
    owner = cls or (thing if isinstance(thing, type) else None)
    names = {p.name for p in known} | set(ALSO.get(thing.__name__, "").split())
    if owner:   # a method may speak of what its object was made with, and a network of its layers
        names |= {owner.__name__, *inspect.signature(owner).parameters}
    names |= {*vars(cnn.nn), "kernel_size"} if text.startswith(("cnn.nn.", "ran(")) else set()
    told = f"{thing.__doc__} {owner.__doc__ if owner else ''}"
    return Subject(text, given, optional, frozenset(names), " ".join(re.findall(r"\b\w+Error\b", told)))


def _arguments(text):
    """The arguments of a call as pairs (name, text)."""
    call = ast.parse(f"f({text})", mode="eval").body
    yield from ((f"*{n}", ast.unparse(arg.value)) for n, arg in enumerate(call.args))
    yield from ((keyword.arg, ast.unparse(keyword.value)) for keyword in call.keywords)


def _shown(default):
    """A default as text; a function becomes None, which nobody has to accept."""
    text = repr(default)
    return "None" if "<" in text else text
