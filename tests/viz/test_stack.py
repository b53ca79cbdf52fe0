"""The explorer of a stack in NumPy: against the layers, plain loops and finite differences; and what it refuses."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stack_cases import NETWORKS, STATES, made, modelled, settled
from sweeps import examples

import cnnlib as cnn
from cnnlib import nn
from cnnlib.viz.kit import run
from cnnlib.viz.kit.live import VIEW
from cnnlib.viz.stack import meter, words
from cnnlib.viz.stack.player import StackExplorer

every = pytest.mark.parametrize("name", NETWORKS)
IDENTITY = nn.Sequential(nn.Conv2d(1, 1, 1, bias=False), nn.MaxPool2d(2))
IDENTITY[0].weight.data = np.ones((1, 1, 1, 1), np.float32)


# --- the network as it was built --------------------------------------------------------------------------------------


@every
def test_outputs_and_gradients_are_those_of_the_layers(name):
    model, x = modelled(name)
    stack = made(name, dx=2, dy=1)
    moved = np.roll(x, (1, 2), (1, 2))
    y = model(moved[None])[0]
    assert np.allclose(stack.outputs[-1], y, atol=1e-5)
    for index in (0, y.size - 1):
        dy = np.zeros(y.size)
        dy[index] = 1
        model(moved[None])
        dx = model.backward(dy.reshape((1, *y.shape)))[0]
        ours = run.gradient(stack.built.layers, stack.outputs, stack.image, len(stack.built.layers) - 1, index)
        assert np.allclose(ours, dx, atol=1e-5)


@every
@pytest.mark.parametrize("state", STATES, ids=str)
def test_gradients_are_slopes(name, state):
    """Of every built network, against finite differences along a drawn way; and outside its field all are zero."""
    stack = made(name, **state)
    end = stack.built.ends[stack.names.index(stack.unit[0])]
    layers, way = stack.built.layers[:end + 1], np.random.default_rng(5).normal(size=stack.x.shape)

    def unit(x):
        return run.forward(layers, x)[-1].ravel()[stack.unit[1]]

    step = 1e-6
    slope = (unit(stack.image + step * way) - unit(stack.image - step * way)) / (2 * step)
    assert slope == pytest.approx((stack.gradient * way).sum(), rel=1e-3, abs=1e-4)
    field, outside = stack.fields["x"], stack.slopes.copy()
    outside[np.ix_(field.rows, field.columns)] = 0
    assert not outside.any() and stack.slopes.any()


def test_fields_are_those_of_the_formula():
    """Every stage of a network: the sizes that `receptive_field` gives, and where they begin."""
    model = nn.Sequential(nn.Conv2d(1, 2, 5, padding=1), nn.MaxPool2d(2), nn.Conv2d(2, 2, 3, padding=2, dilation=2),
                          nn.Conv2d(2, 2, 3, 2))
    sizes = cnn.receptive_field(model)
    for n, name in enumerate(["CONV1", "POOL1", "CONV2", "CONV3"]):
        stack = cnn.viz.stack_explorer(model, np.ones((32, 32)), unit=(name, 0, 1, 2))
        size, jump, start = sizes[n]
        assert stack.fields["x"].box == (start + jump, start + 2 * jump, size, size)
        assert stack.fields[name].box == (1, 2, 1, 1)
        assert stack.seen.central == (size - 2 * (size // 4),) * 2


# --- the switches -----------------------------------------------------------------------------------------------------


def test_switches_build_what_they_say():
    """Each against the same thing made by hand."""
    rng = np.random.default_rng(3)
    model = settled(nn.Sequential(nn.Conv2d(1, 3, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)), rng)
    x = rng.random((12, 10))
    w, b = (p.data.astype(float) for p in model[0].parameters())
    dense = cnn.relu(cnn.conv2d(x[None, None], w, b, padding=1))

    def maps(**state):
        return cnn.viz.stack_explorer(model, x, **state).maps["POOL1"]

    assert np.allclose(maps(pooling="average"), cnn.avg_pool2d(dense, 2)[0], atol=1e-6)
    assert np.allclose(maps(pooling="stride"), dense[0, :, ::2, ::2], atol=1e-6)
    assert np.allclose(maps(pool_stride=1), cnn.max_pool2d(dense, 2, 1)[0], atol=1e-6)
    assert np.allclose(maps(conv_stride=2), cnn.max_pool2d(dense[:, :, ::2, ::2], 2)[0], atol=1e-6)
    blurs = np.tile(np.outer([1, 2, 1], [1, 2, 1]) / 16, (3, 1, 1, 1))
    blurred = cnn.conv2d(cnn.max_pool2d(dense, 2, 1), blurs, stride=2, padding=1, groups=3)
    assert np.allclose(maps(blur=True), blurred[0], atol=1e-6)
    halved = cnn.max_pool2d(cnn.conv2d(dense, blurs, stride=2, padding=1, groups=3), 2, 1)   # blurred after the ReLU
    assert np.allclose(maps(conv_stride=2, pool_stride=1, blur=True), halved[0], atol=1e-6)
    around = cnn.relu(cnn.conv2d(np.pad(x, 1, mode="wrap")[None, None], w, b))
    assert np.allclose(maps(padding="circular"), cnn.max_pool2d(around, 2)[0], atol=1e-6)
    assert np.allclose(maps(padding="none"), cnn.max_pool2d(cnn.relu(cnn.conv2d(x[None, None], w, b)), 2)[0], atol=1e-6)
    ends = np.pad(cnn.max_pool2d(np.pad(around, ((0, 0), (0, 0), (0, 1), (0, 1)), mode="wrap"), 2, 1),
                  ((0, 0), (0, 0), (1, 1), (1, 1)), mode="wrap")
    assert np.allclose(maps(padding="circular", blur=True), cnn.conv2d(ends, blurs, stride=2, groups=3)[0], atol=1e-6)


def test_what_no_longer_fits_is_told():
    stack = made("lenet", padding="none", dx=1)
    assert list(stack.maps) == ["CONV1", "POOL1", "CONV2", "POOL2"] and stack.prediction is None
    assert stack.fault == "FC3 has weights for 45 numbers, and now gets 20" and stack.fault in stack.alt()
    told = words.sees(stack.changed(unit=("FC4", 1)))
    assert told.startswith("FC4 is missing; instead: POOL2, channel ") and told.endswith(words.sees(stack))
    tiny = made("ring", conv_stride=3, pool_stride=3, padding="none")
    assert list(tiny.maps) == ["CONV1", "POOL1"]
    assert tiny.fault.startswith("maps of 2 × 2 are smaller than the window of CONV2, 3 × 3")


# --- the meter --------------------------------------------------------------------------------------------------------


@given(st.integers(-8, 8), st.integers(-8, 8), st.sampled_from(["max", "average", "stride"]), st.booleans())
@settings(max_examples=examples(25))
def test_on_a_ring_everything_moves_along(dy, dx, pooling, blur):
    """With padding that reads on at the other side, at whole steps; without steps, at all shifts."""
    usual = {"dy": dy, "dx": dx, "pooling": pooling, "padding": "circular"}
    still = made("ring", **usual, pool_stride=1)
    assert all(reading.off == 0 and reading.exact for reading in still.readings.values())
    for name, reading in made("ring", **usual, blur=blur).readings.items():
        step = {"CONV1": 1, "POOL1": 2, "CONV2": 2, "POOL2": 4, "MEAN": 4}[name]
        if dy % step == dx % step == 0:
            assert reading.off == 0 and reading.moved == (None if name == "MEAN" else (dy // step, dx // step))
        elif name != "MEAN":
            assert not reading.exact and reading.off > 0


@every
@pytest.mark.parametrize("borders", ["wrap", "zeros"])
def test_meters_are_those_of_a_plain_loop(name, borders):
    stack = made(name, dx=4, dy=-4, borders=borders)
    H, W = stack.x.shape[1:]
    for row in range(H):
        for column in range(W):
            from_row, from_column = row + 4, column - 4
            inside = 0 <= from_row < H and 0 <= from_column < W
            wanted = stack.x[:, from_row % H, from_column % W] if inside or borders == "wrap" else 0
            assert np.array_equal(stack.image[:, row, column], np.broadcast_to(wanted, len(stack.x)))
    for each, reading in stack.readings.items():
        before, after, gap, size = stack.before[each], stack.maps[each], 0, 0
        if before.ndim == 1:
            assert reading == pytest.approx((np.linalg.norm(after - before) / np.linalg.norm(before), None, True))
            continue
        _, h, w = before.shape
        if not reading.exact:
            continue
        down, across = -4 // stack.strides[each][0], 4 // stack.strides[each][1]
        for k, i, j in np.ndindex(before.shape):
            inside = 0 <= i - down < h and 0 <= j - across < w
            if inside or borders == "wrap":
                old = before[k, (i - down) % h, (j - across) % w]
                gap, size = gap + (after[k, i, j] - old) ** 2, size + old ** 2
        assert reading.moved == (down, across) and reading.off == pytest.approx((gap / size) ** 0.5)


def test_it_agrees_with_the_player_of_shifts():
    """Defined where that defines it, 0 where there all has moved along."""
    x = np.random.default_rng(0).integers(0, 5, (8, 8)).astype(float)
    shifts = cnn.viz.shifts(x, {"pool": lambda a: cnn.max_pool2d(a[None, None], 2)[0, 0]})
    for s in range(5):
        reading = cnn.viz.stack_explorer(IDENTITY, x, dx=s).readings["POOL1"]
        assert reading.exact == (shifts.moved["pool"][s] is not None)
        assert reading.off == 0 or not reading.exact or shifts.moved["pool"][s] < shifts.size["pool"]
        assert reading.off > 0 or shifts.moved["pool"][s] == 16


def test_between_two_cells_the_better_whole_move_counts():
    before = np.array([[[0.0, 4, 0, 0]]])
    after = np.array([[[0.0, 1, 3, 0]]])
    assert meter.reading(before, after, (1, 2), 0, 1, "wrap").moved == (0, 1)
    assert meter.reading(before, after, (1, 2), 0, 1, "wrap").off == pytest.approx(2 ** 0.5 / 4)
    assert meter.reading(0 * before, after, (1, 1), 0, 1, "wrap").off is None


def test_the_end_is_told_as_it_moves():
    """What it says; that it still says so; or what it says now."""
    still, moved = made("lenet"), made("lenet", dx=4)
    best, now = ("abcd"[each.argmax()] for each in (moved.prediction.before, moved.prediction.after))
    said = f"{now if best == now else f'{best} becomes {now}'}, {100 * moved.prediction.after.max():.0f} %."
    assert words.prediction(still) == f"{best}, {100 * still.prediction.after.max():.0f} %."
    change = f"(Change {words.amount(moved.prediction.distance)}; 2 would be complete.)"
    assert words.prediction(moved) == f"{'Still ' if best == now else ''}{said} {change}"


# --- what is refused --------------------------------------------------------------------------------------------------


def broken():
    model = nn.Sequential(nn.Conv2d(1, 2, 3))
    model[0].weight.data = np.full((2, 1, 3, 3), np.nan, np.float32)
    return model


SOUND = nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.Flatten(), nn.Linear(72, 3))
IMAGE = np.ones((6, 6))


@pytest.mark.parametrize(("call", "words"), [
    (lambda f: f(nn.Sequential(nn.Flatten(), nn.Linear(36, 2)), IMAGE), "model has no convolution"),
    (lambda f: f(broken(), IMAGE), "18 of 18 numbers that are NaN"),
    (lambda f: f(SOUND, np.ones((3, 6, 6))), r"input_shape: layer 0 Conv2d cannot take \(3, 6, 6\)"),
    (lambda f: f(SOUND, np.ones(6)), r"x must be one image, \(C, H, W\) or \(H, W\), found shape \(6,\)"),
    (lambda f: f(SOUND, np.ones((1, 1, 6, 6))), r"one image of the batch\? x\[0\]"),
    (lambda f: f(SOUND, np.full((6, 6), np.nan)), "x has 36 NaN"),
    (lambda f: f(SOUND, np.ones((200, 200))), "at most 9,216 pixels"),
    (lambda f: f(nn.Sequential(nn.Conv2d(1, 64, 3), nn.Conv2d(64, 128, 5)), np.ones((96, 96))), "multiplications for"),
    (lambda f: f(SOUND, IMAGE, ["a", "b"]), "classes must be one name for each score, .* found 2 for .* 3 numbers"),
    (lambda f: f(SOUND, IMAGE, [1, 2, 3]), "classes must be texts"),
    (lambda f: f(SOUND, IMAGE, "abc"), "classes must be a"), (lambda f: f(SOUND, IMAGE, dx=9), "dx must be at most 3"),
    (lambda f: f(SOUND, IMAGE, dx=0.5), "dx must be an integer"),
    (lambda f: f(SOUND, IMAGE, pooling="min"), "pooling must be one of None, 'max', 'average', 'stride', found 'min'"),
    (lambda f: f(SOUND, IMAGE, conv_stride=True), "conv_stride must be one of"),
    (lambda f: f(SOUND, IMAGE, shift=1), "state has no 'shift', expected dy, dx"),
    (lambda f: f(SOUND, IMAGE, unit=("CONV2", 0, 0, 0)), "unit must be of a stage, CONV1, FC2, found 'CONV2'"),
    (lambda f: f(SOUND, IMAGE, unit=("CONV1", 0)), r'unit must be \("CONV1", channel, row, column\)'),
    (lambda f: f(SOUND, IMAGE, unit=("FC2", 5)), r"unit\[1\] must be at most 2, found 5"),
    (lambda f: f(nn.Sequential(nn.ConvTranspose2d(1, 1, 2)), IMAGE), "layer 0 ConvTranspose2d is of a kind"),
    (lambda f: f(IMAGE, IMAGE), "model must be a Sequential"), (lambda f: f(SOUND, SOUND), "x must hold real"),
])
def test_what_makes_no_sense_is_refused(call, words):
    with pytest.raises((TypeError, ValueError), match=words) as caught:
        call(cnn.viz.stack_explorer)
    assert len(str(caught.value)) < 300


# --- where nothing is alive -------------------------------------------------------------------------------------------


@every
def test_figure_words_and_digest(name):
    stack = made(name, dx=1)
    assert stack.figure().alt == stack.alt() and 100 < len(stack.alt()) <= 500
    assert stack.figure(0).alt == stack.changed(dx=-stack.reach[1]).alt() and stack.steps == 2 * stack.reach[1] + 1
    other = made(name, seed=1, dx=1)
    assert stack.digest.startswith("Stack ") and stack.digest[:-4] == other.digest[:-4] and stack.digest != other.digest
    json.dumps(stack.spec, allow_nan=False)


def test_weights_leave_no_trace_in_what_is_compared():
    """Trained ones differ from machine to machine: neither digest nor, if they are said to be measured, the output."""
    rng, model = np.random.default_rng(0), NETWORKS["ring"][0]
    one, two = (cnn.viz.stack_explorer(model(rng), np.eye(16), measured=True) for _ in range(2))
    assert one.digest == two.digest and one.alt() != two.alt()
    data, _ = one.player()._repr_mimebundle_()
    assert 'class="cnn-measured"' in data["text/html"] and data["text/plain"] == one.digest and data[VIEW] == {}
    kept, _ = made("ring").player()._repr_mimebundle_()
    assert kept[VIEW]["entry"] == "viz/stack/static/stack.js" and "cnn-measured" not in kept["text/html"]


def test_the_player_takes_only_what_there_is():
    player = made("ring").player()
    assert isinstance(player, StackExplorer) and player.shown.digest == made("ring").digest
    player.set_state({"dx": 3, "blur": True, "unit": ["POOL1", 0, 99, 1], "padding": "circular", "heat": False,
                      "channels": [9, -9, 0, 0, 0]})
    assert (player.dx, player.blur, player.channels, player.heat) == (3, True, [3, -1, 0, 0, 0], False)
    assert player.shown.state.dx == 3 and player.shown.unit == ("POOL1", 7 * 8 + 1)
    player.set_state({"dx": 99, "padding": "mirror", "blur": "yes", "unit": ["NONE", 1], "channels": [1], "spec": {}})
    assert (player.dx, player.padding, player.blur, player.unit) == (3, "circular", True, ["POOL1", 0, 99, 1])
    with pytest.raises(ValueError, match="dx must be at most 8"):
        player.dx = 9


def test_files(tmp_path):
    stack = made("lenet", dx=2)
    for kind in ("png", "svg", "html"):
        assert stack.save(tmp_path / f"stack.{kind}").stat().st_size > 5000
    assert (tmp_path / "stack.html").stat().st_size < 120_000 and "moved 0 down, 2 right" in (
        tmp_path / "stack.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("lesson", ["05", "10"])
def test_tours_of_the_lessons(lesson):
    """They fit what the lessons show, in five to eight pages with two tasks at least; what is asked for is right."""
    rng, pages = np.random.default_rng(0), cnn.learn.tour(lesson, "stack")
    model = NETWORKS["ring"][0](rng) if lesson == "05" else cnn.zoo.lenet5()
    stack = cnn.viz.stack_explorer(model, rng.random((28, 28)), None if lesson == "05" else list("abcdefghij"))
    player = stack.player(tour=pages)
    assert 5 <= len(pages) <= 8 and sum("task" in page for page in pages) >= 2
    for page, told in zip(pages, player.tour["pages"], strict=True):
        assert "{" not in told["text"] and len(told["light"]) > 0
        if page.get("task", {}).get("do") == "still":
            then = stack.changed(**{name: told["then"][name] for name in stack.state._fields})
            assert all(reading.off == 0 for reading in then.readings.values()) and then.state.dx
        if page.get("task", {}).get("do") == "set":
            assert told["then"][page["task"]["name"]] == page["task"]["value"] != told["set"][page["task"]["name"]]
        if "number" in page.get("task", {}):
            unit = ("CONV2", 0, 3, 3) if lesson == "05" else ("POOL2", 0, 2, 2)
            assert stack.changed(unit=unit).seen.field[3] == page["task"]["number"]
