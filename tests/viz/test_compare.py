"""A learner's function beside the truth: what it is called with, and that nothing it does comes out as an error."""

import linecache
import sys
import warnings

import numpy as np
import pytest
from heard import Heard

import cnnlib as cnn
from cnnlib.trial.words import PRINTED
from cnnlib.viz.slide.compare import compare
from cnnlib.viz.slide.player import SlidePlayer

SIGNAL = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1])
STRIDED = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1], stride=2, padding=1)
IMAGE = cnn.viz.slide(np.arange(16).reshape(4, 4) % 5, [[1, 0], [0, -1]])
BIASED = cnn.viz.slide(IMAGE.x, IMAGE.w, b=2)
POOL = cnn.viz.pool([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 2, stride=1)


def right(x, w):
    """The correlation of two signals."""
    return np.array([x[i:i + len(w)] @ w for i in range(len(x) - len(w) + 1)])


def in_a_cell(source, name="<cell>"):
    """A function defined as a notebook defines it: its source is known only to linecache."""
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    space = {"np": np}
    exec(compile(source, name, "exec"), space)
    return space["f"]


# --- it agrees, or it does not ----------------------------------------------------------------------------------------


def test_a_right_function_agrees():
    player = SlidePlayer.compare(SIGNAL, right)
    assert player.message == "Your function agrees with the scene in all 4 steps."
    assert player.yours == [1, -1, 1, 0] and player.step == 0 and player.printed == "" and player.differs == []


def test_a_flipped_kernel_parts_where_it_first_differs():
    player = SlidePlayer.compare(SIGNAL, lambda x, w: right(x, w[::-1]), speed=4)
    assert player.yours == [-1, 1, -1, 0] and player.step == 0 and player.speed == 4
    assert player.message == "Your function and the scene differ in step 1 of 4: y[0] is -1 in yours, expected 1."


def test_the_first_step_that_differs_is_found_in_two_dimensions():
    player = SlidePlayer.compare(IMAGE, lambda x, w: IMAGE.output + (np.arange(9) >= 5).reshape(3, 3))
    assert player.differs == [5, 6, 7, 8] and player.step == 5 and IMAGE.frame(5).out == (1, 2)
    assert "in step 6 of 9: y[1, 2] is" in player.message


def test_rounding_is_no_difference_but_little_more_is():
    x, w = np.linspace(-1e6, 1e6, 9), np.array([0.1, 0.2, 0.3])
    scene = cnn.viz.slide(x, w)
    near = compare(scene, lambda x, w: np.float32(right(x, w)))
    assert near.step is None and "agrees" in near.message
    assert compare(scene, lambda x, w: right(x, w) * (1 + 1e-4)).step == 0
    zero = cnn.viz.slide([1e8, 1e8], [0.1, -0.1])
    assert compare(zero, lambda x, w: [1e-9]).step is None and compare(zero, lambda x, w: [1.0]).step == 0


def test_digits_show_the_difference():
    assert "y[0] is 1.00001 in yours, expected 1" in compare(SIGNAL, lambda x, w: right(x, w) + 1.2e-5).message
    message = compare(cnn.viz.slide([123456789, 0], [1, 0]), lambda x, w: [123456000]).message
    assert "is 123456000 in yours, expected 123456789" in message


@pytest.mark.parametrize(
    ("scene", "function"),
    [
        (cnn.viz.pool([1, 3, 2, 0], 2), lambda x, kernel_size: [3, 2]),
        (cnn.viz.pool([1, 3, 2, 0], 2, mode="avg"), lambda x, n: x.reshape(-1, n).mean(1)),
        (cnn.viz.transpose([1, 2], [1, 10]), lambda x, w: np.convolve(x, w)),
        (cnn.viz.slide([1, 2, 3], [1, 5], direction="dx", dy=[1, 2]), lambda dy, w: np.convolve(dy, w)),
        (cnn.viz.slide([1, 2, 3], [1, 5], direction="dw", dy=[1, 2]), lambda g, x: right(x, g)),
        (cnn.viz.slide([1, 2, 3], [1, 5], direction="dw", dy=[1, 2]), lambda dy, x, w: right(x, dy)),
    ],
)
def test_every_kind(scene, function):
    assert "agrees" in compare(scene, function).message


# --- what it is called with -------------------------------------------------------------------------------------------


def called_with(scene, signature):
    """The arguments that a function of this signature gets, by name."""
    heard = Heard()
    space = {"heard": heard}
    exec(f"def f({signature}):\n    heard.append(locals())", space)
    verdict = compare(scene, space["f"])
    seen, = [*heard] or [{}]
    return {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in seen.items()}, verdict.message


X, W = SIGNAL.x.tolist(), SIGNAL.w.tolist()
CALLS = [
    (SIGNAL, "x, w", {"x": X, "w": W}),
    (SIGNAL, "signal, kernel", {"signal": X, "kernel": W}),
    (SIGNAL, "w, x", {"x": X, "w": W}),
    (SIGNAL, "a, b", {"a": X, "b": W}),
    (SIGNAL, "*args", {"args": (SIGNAL.x, SIGNAL.w)}),
    (SIGNAL, "x, w, b=7, stride=2, padding=3", {"x": X, "w": W, "b": 7, "stride": 1, "padding": 0}),
    (SIGNAL, "x, w, b", {"x": X, "w": W, "b": 0.0}),
    (SIGNAL, "x, w, *, dilation", {"x": X, "w": W, "dilation": 1}),
    (STRIDED, "signal, kernel, stride, padding", {"signal": X, "kernel": W, "stride": 2, "padding": 1}),
    (STRIDED, "x, w, **more", {"x": X, "w": W, "more": {"stride": 2, "padding": 1}}),
    (BIASED, "x, w, b=0", {"x": BIASED.x.tolist(), "w": BIASED.w.tolist(), "b": 2.0}),
    (POOL, "x, kernel_size, stride=None", {"x": POOL.x.tolist(), "kernel_size": 2, "stride": 1}),
    (POOL, "x, size, stride, mode='avg'", {"x": POOL.x.tolist(), "size": 2, "stride": 1, "mode": "max"}),
    (cnn.viz.slide(IMAGE.x, IMAGE.w, stride=(1, 2), padding=(0, 1)), "x, w, stride, padding",
     {"x": IMAGE.x.tolist(), "w": IMAGE.w.tolist(), "stride": (1, 2), "padding": (0, 1)}),
    (cnn.viz.slide(np.ones((1, 3)), np.ones((2, 1, 2)), b=[0, 4]), "x, w, b",
     {"x": [[1, 1, 1]], "w": [[[1, 1]], [[1, 1]]], "b": [0, 4]}),
    (cnn.viz.slide([1, 2, 3, 4, 5], [1, 2], stride=2, direction="dx"), "dy, x, w, stride",
     {"dy": [1, 1], "x": [1, 2, 3, 4, 5], "w": [1, 2], "stride": 2}),
]


@pytest.mark.parametrize(("scene", "signature", "expected"), CALLS)
def test_the_arguments(scene, signature, expected):
    seen, message = called_with(scene, signature)
    if signature == "*args":
        assert all(np.array_equal(a, b) for a, b in zip(seen["args"], expected["args"], strict=True))
    else:
        assert seen == expected, message


@pytest.mark.parametrize(
    ("scene", "signature", "missing"),
    [(STRIDED, "x, w", "stride or padding, but this scene has stride=2, padding=1"),
     (STRIDED, "x, w, stride", "padding, but this scene has padding=1"),
     (BIASED, "x, w", "b, but this scene has b=2.0"), (POOL, "x, kernel_size", "stride, but this scene has stride=1"),
     (cnn.viz.slide([1, 2, 3], [1, 2], dilation=2), "x, w", "dilation, but this scene has dilation=2")],
)
def test_an_argument_that_it_does_not_take_but_needs(scene, signature, missing):
    seen, message = called_with(scene, signature)
    assert seen == {} and message == f"Your function takes no argument {missing}."


# --- it goes wrong ----------------------------------------------------------------------------------------------------


class Nasty(Exception):
    """An error that cannot even be printed."""

    def __str__(self):
        raise RuntimeError("no")


class Outside(BaseException):
    """Not an Exception."""


class Odd:
    """A result that breaks when it is looked at."""

    def __array__(self, *args, **kwargs):
        raise KeyError("odd")


def thrower(error):
    def throw(x, w):
        raise error

    return throw


WRONG = [
    (lambda x, w: None, r"returned None: is its `return` missing\?"),
    (lambda x, w: "text", r"returned a text, expected an array of numbers of shape \(4,\)\.$"),
    (lambda x, w: [[1, 2], [3]], "returned a list whose rows have different lengths, expected an array"),
    (lambda x, w: (n for n in x), r"returned a generator, which has not calculated .* put it into `list\(\.\.\.\)`\.$"),
    (lambda x, w: x[:4] > 0, r"returned truth values \(True, False\), not numbers, expected an array"),
    (lambda x, w: np.array([1j] * 4), r"returned complex numbers: .*`\.real`\.$"),
    (lambda x, w: Odd(), "returned an Odd, expected an array"),
    (lambda x, w: print, r"returned a builtin_function_or_method: are the brackets of a call missing\?$"),
    (lambda x, w: 5, r"returned an array of shape \(\), expected \(4,\)"),
    (lambda x, w: np.ones(5), r"shape \(5,\), expected \(4,\)\.$"),
    (lambda x, w: np.ones((4, 1)), "the numbers may be right, but not their arrangement"),
    (lambda x, w: [1, -1, np.nan, 0], r"differ in step 3 of 4: y\[2\] is nan in yours, expected 1"),
    (lambda x, w: [np.inf, -1, 1, 0], r"y\[0\] is inf in yours, expected 1"),
    (thrower(ValueError("no such thing")), "stopped with ValueError in line .*, `raise error`: no such thing"),
    (thrower(ValueError("two\n lines")), "two lines"),
    (thrower(Nasty()), "stopped with Nasty in line"),
    (thrower(SystemExit(1)), "ends the whole program in line"),
    (thrower(RecursionError()), "calls itself without end in line"),
    (thrower(MemoryError()), "needs more memory than it may have"),
    (thrower(Outside()), "stopped with Outside in line"),
    (lambda x: x, "stopped with TypeError: .* takes 1 positional argument but 2 were given"),
    (lambda x, w, q: x, "stopped with TypeError: .*missing 1 required positional argument: 'q'"),
]


@pytest.mark.parametrize(("function", "message"), WRONG)
def test_what_goes_wrong_becomes_a_sentence(function, message):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        player = SlidePlayer.compare(SIGNAL, function)
    assert player.yours is None
    with pytest.raises(AssertionError, match=message):
        raise AssertionError(player.message)
    assert player.message.startswith("Your function") and player.message[-1] in ".?" and len(player.message) < 400


def test_a_long_error_is_cut():
    assert len(compare(SIGNAL, thrower(ValueError("x" * 9999))).message) < 300


CELL = """import numpy as np

def f(x, w):
    y = np.zeros(4)
    for i in range(9):
        y[i] = helper(x, i)   # beyond its end
    return y
def helper(x, i):
    return np.take(x, i)
"""


def test_an_error_is_told_by_the_learners_own_line():
    """The last line of the notebook that ran, not one deep inside NumPy."""
    message = compare(SIGNAL, in_a_cell(CELL)).message
    assert "IndexError in line 6, `y[i] = helper(x, i)   # beyond its end`: index 4 is out of bounds" in message
    message = compare(SIGNAL, in_a_cell(CELL.replace("range(9)", "range(5, 9)"))).message
    assert "IndexError in line 9, `return np.take(x, i)`" in message


@pytest.mark.parametrize("name", ["x", "w"])
def test_a_changed_input_is_told_and_does_no_harm(name):
    def careless(x, w):
        result = right(x, w)
        {"x": x, "w": w}[name][0] = 9
        return result

    player = SlidePlayer.compare(SIGNAL, careless)
    assert player.message == ("Your function agrees with the scene in all 4 steps. It also changes "
                              f"{name} in place: work on a copy, `{name}.copy()`.")
    assert player.x.tolist() == X and player.w.tolist() == W and player.yours == [1, -1, 1, 0]


def test_what_it_prints_is_kept_but_not_all_of_it(capsys):
    def chatty(x, w):
        print("hello", x.shape)
        print("to stderr", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        for _ in range(9999):
            print("again and again")
        return right(x, w)

    player = SlidePlayer.compare(SIGNAL, chatty)
    assert player.printed.startswith("hello (5,)\nto stderr\n") and len(player.printed) == PRINTED
    assert "agrees" in player.message
    assert capsys.readouterr() == ("", "")


def test_stopping_it_by_hand_stops_the_cell():
    with pytest.raises(KeyboardInterrupt):
        compare(SIGNAL, thrower(KeyboardInterrupt()))


@pytest.mark.parametrize("value", [None, 5, SIGNAL.x, "f"])
def test_only_functions_can_be_compared(value):
    with pytest.raises(TypeError, match="my_function must be a function, found"):
        SlidePlayer.compare(SIGNAL, value)


# --- afterwards -------------------------------------------------------------------------------------------------------


def test_after_an_edit_it_is_called_again():
    """What is said is always about the scene that is shown; the step stays where the learner is."""
    player = SlidePlayer.compare(SIGNAL, lambda x, w: right(x, w) if x[0] == 0 else x * 0)
    assert "agrees" in player.message
    player.step = 3
    assert player.calls == 1
    player.set_state({"spec": SIGNAL.spec | {"x": [[[1, 1, 0, 1]]]}})
    assert "shape (4,), expected (3,)" in player.message and player.yours is None and player.step == 2
    assert player.calls == 2 and player.differs == []
    player.x = [0, 1, 2]
    assert "agrees" in player.message and player.yours == [1, 1]


def test_the_message_is_shown_where_nothing_is_alive():
    player = SlidePlayer.compare(SIGNAL, lambda x, w: "<b>" + 1)
    data, _ = player._repr_mimebundle_()
    assert data["text/plain"] == f"{SIGNAL.digest}\n{player.message}"
    assert "&lt;b&gt;" in data["text/html"] and "<b>" not in data["text/html"]
