"""What `cnn.viz.shifts` counts, against plain loops; what it refuses; what it shows where nothing is alive."""

import json

import numpy as np
import pytest
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from IPython.core.formatters import DisplayFormatter
from matplotlib.figure import Figure
from nbformat.v4 import new_output
from sweeps import examples

import cnnlib as cnn
from cnnlib.viz.kit.live import VIEW
from cnnlib.viz.kit.numbers import number
from cnnlib.viz.kit.show import FIGURE
from cnnlib.viz.shifts.player import ShiftPlayer
from tools import store
from tools.asking import digest

SIGNALS = arrays(float, st.integers(1, 9), elements=st.integers(-5, 5).map(float))
WEIGHTS = arrays(float, st.sampled_from([1, 3, 5]), elements=st.floats(-3, 3, width=32))


def around(a, w):
    """The sliding sum with its ends joined: as far as the signal is concerned, it has no border."""
    reach = len(w) // 2
    return cnn.correlate1d(np.pad(a, reach, mode="wrap"), w)


def pooled(a):
    """Maximum of two neighbours, stride 2; a last single cell is dropped."""
    return a[:len(a) // 2 * 2].reshape(-1, 2).max(1)


def pool_image(a):
    return cnn.max_pool2d(a[None, None], 2)[0, 0]


STEPS = [0, 0, 1, 1, 0, 0, 1, 1]
SIGNAL = cnn.viz.shifts([0, 0, 1, 1, 0, 0, 2, 3], {
    "edges": lambda a: cnn.correlate1d(a, [-1, 0, 1], padding=1), "relu": cnn.relu, "pool": pooled, "largest": np.max})
IMAGE = cnn.viz.shifts(np.arange(24).reshape(4, 6) % 5, {
    "mean": lambda a: cnn.correlate2d(a, np.ones((3, 3)) / 9, padding=1), "pool": pool_image, "largest": np.max})
PIXELS = cnn.viz.shifts(np.random.default_rng(4).random((20, 20)), {"pool": pool_image})
every = pytest.mark.parametrize("made", [SIGNAL, IMAGE, PIXELS], ids=["signal", "image", "pixels"])


# --- the counts -------------------------------------------------------------------------------------------------------


def test_max_pooling_is_not_invariant():
    """The counter-example of the lessons."""
    made = cnn.viz.shifts(STEPS, {"pool": pooled})
    assert made.values["pool"][0].tolist() == [0, 1, 0, 1] and made.values["pool"][1].tolist() == [1, 1, 1, 1]
    assert made.same["pool"][1] == 2 and made.moved["pool"][1] is None
    assert made.moved["pool"][2] == 4 and made.same["pool"][2] == 0
    assert made.told("pool", 0) == ("4 of 4 unchanged", "4 of 4 moved along")
    assert made.told("pool", 1)[1] == "moved along: not defined, because 1 is not a multiple of the stride 2"


def test_what_is_counted_at_a_border():
    """Zero padding answers for what rolls over the end: only there the output does not move along."""
    assert SIGNAL.values["edges"][1].tolist() == [0, -3, 1, 1, -1, -1, 2, 0]
    assert SIGNAL.moved["edges"][1] == 5 and np.flatnonzero(~SIGNAL.moves("edges", 1)).tolist() == [0, 1, 7]
    assert SIGNAL.same["edges"][1] == 3 and np.flatnonzero(SIGNAL.stays("edges", 1)).tolist() == [0, 2, 4]


@given(SIGNALS, WEIGHTS)
def test_an_equivariant_stage_moves_along(x, w):
    """At stride 1 and without borders: in full, at every shift; and its maximum stays in full."""
    made = cnn.viz.shifts(x, {"around": lambda a: around(a, w), "relu": cnn.relu, "largest": np.max})
    for name in ("x", "around", "relu"):
        assert made.moved[name] == [len(x) if len(x) > 1 else None] * len(x)
    assert made.same["largest"].tolist() == [1] * len(x)
    assert made.moved["largest"] == [None] * len(x), "a single cell has nowhere to go"


@given(SIGNALS, st.integers(1, 4))
def test_counts_are_those_of_a_plain_loop(x, stride):
    made = cnn.viz.shifts(x, {"taken": lambda a: a[::stride]}, strides={"taken": stride})
    first = x[::stride]
    for s in range(len(x)):
        now = np.roll(x, s)[::stride]
        assert made.values["taken"][s].tolist() == now.tolist()
        assert made.same["taken"][s] == sum(a == b for a, b in zip(now, first, strict=True))
        if s % stride or len(first) == 1:
            assert made.moved["taken"][s] is None
        else:
            turned = [first[(i - s // stride) % len(first)] for i in range(len(first))]
            assert made.moved["taken"][s] == sum(a == b for a, b in zip(now, turned, strict=True))


def test_images_move_along_their_last_axis():
    """Whole columns move, and rows stay where they are."""
    assert np.array_equal(IMAGE.values["x"][2], np.roll(IMAGE.x, 2, axis=1))
    assert IMAGE.moved["x"] == [24] * 6 and IMAGE.size == {"x": 24, "mean": 24, "pool": 6, "largest": 1}
    ups = cnn.viz.shifts(IMAGE.x, {"upper half": lambda a: a[:2]})
    assert ups.moved["upper half"] == [12] * 6 and ups.strides["upper half"] == 1
    assert ups.values["upper half"][3].shape == (2, 6)


def test_strides_multiply():
    made = cnn.viz.shifts(np.arange(16), {"one": pooled, "same": cnn.relu, "two": pooled, "all": np.max})
    assert made.strides == {"x": 1, "one": 2, "same": 2, "two": 4, "all": 16}
    assert [s for s in range(16) if made.moved["two"][s] is not None] == [0, 4, 8, 12]
    assert made.moved["two"][4] == 4 and made.same["all"].tolist() == [1] * 16


def test_strides_can_be_stated():
    """A long filter shortens x so much that its stride looks larger than it is; scores stand for no places."""
    stages = {"long": lambda a: cnn.correlate1d(a, [1] * 5), "scores": lambda a: np.resize(a, 10), "again": cnn.relu}
    with pytest.raises(ValueError, match=r'stage "scores" makes 10 cells of 4, .* strides=\{"scores": 1\}'):
        cnn.viz.shifts(np.arange(8), stages)
    made = cnn.viz.shifts(np.arange(8), stages, strides={"long": 1, "scores": None})
    assert made.strides == {"x": 1, "long": 1, "scores": None, "again": None}
    along = [np.roll(made.values["long"][0], s) == made.values["long"][s] for s in range(8)]
    assert made.moved["long"] == [cells.sum() for cells in along] and made.moved["long"][1] == 3
    assert made.moved["scores"] == made.moved["again"] == [None] * 8
    assert made.told("scores", 0)[1] == "moved along: not defined, because its cells stand for no places"
    assert cnn.viz.shifts(np.arange(8), {"long": stages["long"]}).strides["long"] == 2


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.float16])
def test_the_noise_of_sums_is_no_change(kind):
    """Sums taken in another order differ in their last digits; a small true change is still seen."""
    x = np.random.default_rng(4).normal(size=24)
    order = iter(range(10_000))

    def add(a):
        turn = next(order) % len(a)
        return np.array([np.add.accumulate(np.roll(a, turn).astype(kind))[-1] for _ in a], dtype=kind)

    made = cnn.viz.shifts(x, {"sum": add, "as double": lambda a: a.astype(float)})
    assert len(np.unique(made.values["sum"])) > 1
    assert made.same["sum"].tolist() == made.same["as double"].tolist() == [24] * 24
    counts = iter(range(24))
    made = cnn.viz.shifts(x, {"grows": lambda a: (np.ones(24) + 0.05 * next(counts)).astype(kind)})
    assert made.same["grows"].tolist() == [24] + [0] * 23


def test_what_is_shown_cannot_be_changed():
    def careless(a):
        a[:] = 7
        return a

    x = np.arange(4.0)
    made = cnn.viz.shifts(x, {"careless": careless, "kept": lambda a: a})
    assert x.tolist() == [0, 1, 2, 3] and made.values["x"][1].tolist() == [3, 0, 1, 2]
    assert made.values["careless"][1].tolist() == [7] * 4
    with pytest.raises(ValueError, match="read-only"):
        made.values["careless"][0, 0] = 5


# --- what is refused --------------------------------------------------------------------------------------------------

ONE = {"one": cnn.relu}


@pytest.mark.parametrize(("error", "message", "arguments"), [
    (ValueError, r"x must have the shape \(N,\) or \(H, W\), .* \(1, 2, 2\): one channel", (np.ones((1, 2, 2)), ONE)),
    (ValueError, r"x must have the shape \(N,\) or \(H, W\), found \(\)", (5, ONE)),
    (ValueError, "x is empty", ([], ONE)),
    (ValueError, "x has 1 NaN", ([1, np.nan], ONE)),
    (ValueError, "x must hold numbers of size", ([1, np.inf], ONE)),
    (TypeError, "x must hold real numbers", (["a"], ONE)),
    (TypeError, "stages must be a dict .* found list", ([1, 2], [cnn.relu])),
    (ValueError, "stages is empty", ([1, 2], {})),
    (TypeError, "stages must have texts as names, found 1", ([1, 2], {1: cnn.relu})),
    (ValueError, "names of 1 to 40 characters .* found ' '", ([1, 2], {" ": cnn.relu})),
    (ValueError, "names of 1 to 40 characters", ([1, 2], {"long" * 20: cnn.relu})),
    (ValueError, "names of 1 to 40 characters", ([1, 2], {"two\nlines": cnn.relu})),
    (ValueError, "not x, which is the input", ([1, 2], {"x": cnn.relu})),
    (TypeError, 'stage "one" must be a function, found ndarray: called already', ([1, 2], {"one": np.ones(2)})),
    (ValueError, r'stage "one" must return an array \(N,\), .* \(1, 2\)', ([1, 2], {"one": lambda a: a[None]})),
    (ValueError, r'stage "one" must return an array \(H, W\)', ([[1, 2]], {"one": lambda a: a[0]})),
    (TypeError, 'stage "one" must be an array, found None', ([1, 2], {"one": lambda a: None})),
    (ValueError, 'stage "one" is empty', ([1, 2], {"one": lambda a: a[:0]})),
    (ValueError, 'stage "one" has 2 NaN', ([1, 2], {"one": lambda a: a * np.nan})),
    (ValueError, 'stage "one" must hold numbers of size', ([1, 2], {"one": lambda a: a - np.inf})),
    (ValueError, r'stage "one" must return the same shape .* \(2,\) unshifted and \(1,\) at shift 1',
     ([0, 1], {"one": lambda a: a[int(a[0]):]})),
    (TypeError, "strides must be a dict .* found int", ([1, 2], ONE, 2)),
    (ValueError, "strides has 'two', expected names of stages: one", ([1, 2], ONE, {"two": 2})),
    (ValueError, r'strides\["one"\] must be at least 1, found 0', ([1, 2], ONE, {"one": 0})),
    (TypeError, r'strides\["one"\] must be an integer', ([1, 2], ONE, {"one": 1.5})),
    (ValueError, "1000 shifts of 1000 cells in all stages, 1000000 numbers, expected at most 300000",
     (np.ones(1000), ONE)),
    (ValueError, "500 shifts of 1500 cells", (np.ones(500), {"wide": lambda a: np.ones(1000)}, {"wide": 1})),
])
def test_what_makes_no_sense_is_refused(error, message, arguments):
    with pytest.raises(error, match=message):
        cnn.viz.shifts(*arguments)


def test_an_error_in_a_stage_says_where():
    with pytest.raises(ZeroDivisionError) as caught:
        cnn.viz.shifts([1, 2], {"fine": cnn.relu, "broken": lambda a: 1 // 0})
    assert caught.value.__notes__ == ['in stage "broken", which got an array of shape (2,) at shift 0']


@pytest.mark.parametrize("shift", [8, -1])
def test_shifts_that_do_not_exist(shift):
    for ask in (SIGNAL.figure, SIGNAL.alt):
        with pytest.raises(ValueError, match="shift must be"):
            ask(shift)


# --- figure and words -------------------------------------------------------------------------------------------------


def texts(fig):
    return [text.get_text() for ax in fig.axes for text in ax.texts]


@every
def test_figure_and_words_say_the_same(made):
    for s in (0, 1, made.count - 1):
        fig, alt, words = made.figure(s), made.alt(s), made.told
        assert isinstance(fig, Figure) and fig.get_size_inches()[0] <= 9
        said = " ".join(texts(fig))
        for name in made.names:
            assert f"{', '.join(words(name, s))}" in said
        for name in made.names[1:]:
            assert f"{name}: {', '.join(words(name, s))}" in alt
        assert f"shift {s}" in said and 20 <= len(alt) <= 500 and "  " not in alt


def marks(fig):
    """(corners, crosses) drawn in the cells of a figure; the key below draws one of each."""
    shapes_ = [type(patch).__name__ for ax in fig.axes for patch in ax.patches]
    lines = sum(len(ax.lines) for ax in fig.axes)
    return shapes_.count("Polygon") - 1, lines // 4 - 1


@pytest.mark.alike(2)
@pytest.mark.parametrize("made", [SIGNAL, IMAGE], ids=["signal", "image"])
def test_every_changed_cell_is_marked(made):
    """A corner where a cell changed, a cross where it is not what moving along would give."""
    for s in range(made.count):
        changed = sum(made.size[name] - made.same[name][s] for name in made.names)
        strayed = sum(made.size[name] - made.moved[name][s] for name in made.names if made.moved[name][s] is not None)
        assert marks(made.figure(s)) == (changed, strayed)


def test_small_cells_get_a_map_of_what_changed():
    fig = PIXELS.figure(3)
    assert texts(fig).count("changed") == 1, "cells of 10 x 10 are large enough for marks"
    changed = fig.axes[3].images[0].get_array()
    assert np.array_equal(changed.astype(bool), ~PIXELS.stays("x", 3))


def test_long_names_and_words_stay_within_the_page():
    """Words that do not fit beside their name stand below it."""
    long = {"a name of forty characters, with a tail.": pooled, "and another, which is just as long as it": np.max}
    made = cnn.viz.shifts(np.arange(16), long)
    _, metadata = made.player(1)._repr_mimebundle_()
    assert metadata["image/png"]["width"] <= 920
    assert made.figure(1).get_size_inches()[1] > cnn.viz.shifts(np.arange(16), {"a": pooled, "b": np.max}).figure(
        1).get_size_inches()[1]


def test_digits_are_those_of_the_values():
    said = texts(SIGNAL.figure(1))
    for name in SIGNAL.names:
        for s in (0, 1):
            for value in SIGNAL.values[name][s]:
                assert number(value) in said
    assert texts(PIXELS.figure(1)).count("0") == 0


def test_names_are_no_formulas():
    made = cnn.viz.shifts([1, 2], {"$x_1$ <b>bold</b> \\frac": cnn.relu})
    assert "$x_1$ <b>bold</b> \\frac" in texts(made.figure(1))
    made.figure(1).canvas.draw()


def test_long_words_are_cut_between_stages():
    stages = {f"the rectified numbers, time {n:02d}": cnn.relu for n in range(30)}
    made = cnn.viz.shifts(np.arange(12), stages)
    alt = made.alt(5)
    assert 300 < len(alt) <= 500 and alt.endswith("more stages.") and "time 00: 0 of 12 unchanged, " in alt
    told = alt.count("unchanged")
    assert f"And {30 - told} more stages." in alt


# --- the digest, and what a cell shows --------------------------------------------------------------------------------


def test_the_digest_is_one_stable_line():
    line = "Shifts 8 -> edges 8 -> relu 8 -> pool 4 -> largest 1, 8 shifts, 184b"
    assert repr(SIGNAL) == SIGNAL.digest == line
    assert IMAGE.digest.startswith("Shifts 4x6 -> mean 4x6 -> pool 2x3 -> largest 1x1, 6 shifts, ")
    other = {"edges": lambda a: cnn.correlate1d(a, [-1, 0, 1], padding=1)}
    lines = [cnn.viz.shifts(x, stages).digest for x, stages in (
        (STEPS, {"edges": cnn.relu}), (STEPS, other), (np.add(STEPS, 0.5), other))]
    assert len(set(lines)) == 3 and len({line[:-4] for line in lines}) == 1


@every
def test_the_spec_is_plain_and_whole(made):
    spec = made.spec
    assert spec == json.loads(json.dumps(spec, allow_nan=False)) and spec["count"] == made.count
    for stage in spec["stages"]:
        name = stage["name"]
        assert stage["same"] == made.same[name].tolist() and stage["moved"] == made.moved[name]
        for s in range(made.count):
            assert np.array_equal(np.reshape(stage["values"][s], (stage["rows"], stage["columns"])),
                                  np.atleast_2d(made.values[name][s]))
            assert stage["told"][s] == made.told(name, s)[1]


@pytest.mark.alike(3)
@every
def test_what_a_cell_shows(made):
    """The live view, the figure with its words, and the digest, as a player of scenes does."""
    player = made.player(shift=2)
    data, metadata = DisplayFormatter().format(player)
    assert set(data) == {store.WIDGET_VIEW, VIEW, FIGURE, "text/html", "image/png", "text/plain"}
    assert data["text/plain"] == made.digest == repr(player)
    assert metadata["image/png"]["alt"] == made.alt(2) and data["text/html"].startswith("<img alt=")
    output = new_output("display_data", data=data, metadata=metadata)
    assert digest(output) == made.digest, "the house style of the notebooks knows it for a player's"
    player.close()
    data, _ = DisplayFormatter().format(player)
    assert set(data) == {FIGURE, "text/html", "image/png", "text/plain"}


@settings(max_examples=examples(30))
@given(st.integers(-99, 99))
def test_shift_is_held_to_the_shifts_there_are(shift):
    player = SIGNAL.player(shift)
    assert player.shift == max(0, min(7, shift))
    player.shift = 3
    player.set_state({"shift": shift})
    assert player.shift == max(0, min(7, shift))
    player.close()


def test_nonsense_is_refused():
    player = SIGNAL.player(1)
    for name, value in (("shift", "two"), ("shift", 1.5), ("shift", None), ("spec", {}), ("spec", IMAGE.spec)):
        with pytest.raises(traitlets.TraitError, match=name):
            setattr(player, name, value)
    sent = []
    player._send = lambda message, buffers=None: sent.append(message)
    player.set_state({"shift": None, "spec": {"count": 3}})
    assert sent[-1]["state"] == {"shift": 1, "spec": player.spec} and player.spec == SIGNAL.spec
    with pytest.raises(TypeError, match=r"shifts must be what cnn.viz.shifts computed, found list"):
        ShiftPlayer([1, 2])
