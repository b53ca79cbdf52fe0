"""`cnn.viz.network_explorer` in Python: what it takes, what it says, and that its picture is that of the network."""

import json
import re

import numpy as np
import pytest
import traitlets
from browser_networks import drawn
from IPython.core.interactiveshell import InteractiveShell

import cnnlib as cnn
from cnnlib import nn
from cnnlib.viz.kit import files
from cnnlib.viz.kit.live import VIEW
from cnnlib.viz.kit.png import png
from cnnlib.viz.network.player import NetworkExplorer
from cnnlib.viz.network.words import percent

DATA = cnn.data.mnist()
IMAGES, LABELS = DATA.x_test[:4], DATA.y_test[:4]
DIGITS = cnn.viz.network_explorer(cnn.zoo.digits(), IMAGES, labels=LABELS)
LENET = cnn.zoo.lenet5(seed=1)


@pytest.mark.parametrize("seed", range(12))
def test_outputs_are_those_of_the_network(seed):
    """Every layer of networks of all kinds, drawn at random."""
    model, x = drawn(np.random.default_rng(seed))
    network = cnn.viz.network_explorer(model, np.asarray(x, np.float32)[None])
    made = network.outputs(0)
    assert len(made) == len(network.layers)
    assert np.allclose(made[-1], model(np.asarray(x, np.float32)[None])[0], atol=1e-4)
    shown = sum(column["out"] - column["layer"] + 1 for column in network.columns)
    assert shown == len(made) - network.columns[0]["layer"] and network.columns[-1]["out"] == len(made) - 1
    network.figure()


def test_words_and_digest():
    said = DIGITS.alt(1)
    p = cnn.softmax(cnn.nn.predict(cnn.zoo.digits(), IMAGES[1:2])[0].astype(float))
    assert said.startswith(f"Test image 1, labelled {LABELS[1]}, on its way through a network, 1 × 28 × 28: conv 1 ")
    assert f"It answers {p.argmax()} {percent(p.max())}" in said and len(said) <= 500
    assert DIGITS.figure(1).alt == said
    line = r"Network 1x28x28 -> Conv2d 6x28x28 -> .* -> Linear 10, 61706 weights, 4 images, \w{4}"
    assert re.fullmatch(line, repr(DIGITS))
    classes = [f"a class named {i}" for i in range(10)]
    deep = cnn.viz.network_explorer(cnn.zoo.classifier(4, 3, 3, filters=4), classes=classes)
    assert len(deep.alt()) <= 500 and "…" in deep.alt()
    deep.figure()
    short = cnn.viz.network_explorer(nn.Sequential(nn.Flatten(), nn.Linear(64, 3)), input_shape=(1, 8, 8))
    assert short.figure().alt == ("An empty input on its way through a network, 1 × 8 × 8: linear 1 3. It answers "
                                  "0 33.3 %, 1 33.3 %, 2 33.3 %.")


def test_what_was_trained_here_says_nothing_of_its_numbers():
    """Neither words, nor digest, nor what is stored: another machine trains another network."""
    first, second = (cnn.viz.network_explorer(cnn.zoo.lenet5(seed), IMAGES, measured=True) for seed in (1, 2))
    assert first.alt() == second.alt() and "answers" not in first.alt() and repr(first) == repr(second)
    bundles = [network.player()._repr_mimebundle_()[0] for network in (first, second)]
    for kind in (VIEW, "text/plain"):
        assert bundles[0][kind] == bundles[1][kind]
    assert 'class="cnn-measured"' in bundles[0]["text/html"]
    alive = DIGITS.player()._repr_mimebundle_()[0]
    assert json.loads(alive[VIEW]["state"])["spec"]["layers"] == DIGITS.layers and alive["text/plain"] == repr(DIGITS)


def test_pages_are_small(tmp_path):
    """One file with weights and images, less than 600 kB; what is changed in a player goes along."""
    strokes = [{"points": [1, 2, 3, 4], "width": 2.0, "erase": True}]
    page = DIGITS.player(image=2, strokes=strokes).save(tmp_path / "a.html")
    assert page.stat().st_size < 600_000
    assert cnn.viz.network_explorer(cnn.zoo.lenet5(), IMAGES).save(tmp_path / "b.html").stat().st_size < 600_000
    assert files.save(DIGITS, tmp_path / "c.gif", steps=[0, 1]).stat().st_size > 1000


WRONG = [
    ({"model": LENET[0]}, TypeError, "model must be a Sequential"),
    ({"model": nn.Sequential(nn.ReLU(), nn.Residual(nn.ReLU()))}, ValueError, "cannot be run in the browser"),
    ({"model": LENET, "images": IMAGES[:, 0]}, ValueError, r"images must have the axes \(N, C, H, W\)"),
    ({"model": LENET, "images": IMAGES * np.nan}, ValueError, "images"),
    ({"model": LENET, "images": np.round(IMAGES * 255)}, ValueError, "divide by 255"),
    ({"model": LENET, "images": np.zeros((101, 1, 28, 28))}, ValueError, r"at most 100 .*images\[:20\]"),
    ({"model": LENET, "images": np.zeros((2, 3, 28, 28))}, ValueError, "images: found 3×28×28 each; .* cannot take"),
    ({"model": LENET, "images": np.zeros((2, 1, 32, 32))}, ValueError, "images: found 1×32×32 each; .* 400 features"),
    ({"model": LENET, "input_shape": (1, 32, 32)}, ValueError, "input_shape: layer 7 Linear"),
    ({"model": LENET, "images": IMAGES, "classes": ["cat", "dog"]}, ValueError, "classes must be 10 names"),
    ({"model": LENET, "classes": "cat"}, TypeError, "classes must be a list"),
    ({"model": LENET, "images": IMAGES, "labels": [1, 2]}, ValueError, "labels must be 4 whole numbers"),
    ({"model": LENET, "images": IMAGES, "labels": [1, 2, 3, 10]}, ValueError, "from 0 to 9"),
    ({"model": LENET, "labels": [1]}, ValueError, "without images"),
    ({"model": LENET, "input_shape": (28, 28)}, TypeError, "input_shape must be a tuple"),
    ({"model": LENET, "input_shape": (1, 9000, 9000)}, ValueError, "at most 1,000,000 numbers"),
    ({"model": LENET, "images": IMAGES, "input_shape": (1, 8, 8)}, ValueError, "leave it out"),
    ({"model": LENET, "centred": "yes"}, TypeError, "centred must be True or False"),
    ({"model": LENET[:2], "classes": ["a"]}, ValueError, "ends in one number for each"),
]


@pytest.mark.parametrize(("given", "error", "words"), WRONG)
def test_what_is_wrong_is_told(given, error, words):
    with pytest.raises(error, match=words) as caught:
        cnn.viz.network_explorer(**given)
    assert len(str(caught.value)) < 300


def test_weights_that_are_no_numbers():
    model = cnn.zoo.lenet5()
    model[0].weight.data[0, 0, 0, 0] = np.nan
    with pytest.raises(ValueError, match="weight of layer 0 Conv2d has 1 of 150 numbers that are NaN"):
        cnn.viz.network_explorer(model)


def test_a_player_takes_what_makes_sense():
    player = DIGITS.player(image=1)
    assert player.place == 1 and player.network is DIGITS
    player.image = 99
    assert player.image == 3
    odd = [{"points": [1], "width": 2, "erase": True}]
    for name, wrong in {"strokes": odd, "changes": {"up": 2}, "looking": [0, 6], "spec": {}}.items():
        before = getattr(player, name)
        with pytest.raises(traitlets.TraitError):
            setattr(player, name, wrong)
        assert getattr(player, name) == before
    player.set_state({"looking": [2, 15, 9, 9], "spec": {}, "curve": {"loss": [1]}, "strokes": "x"})
    assert player.looking == [2, 15, 9, 9] and player.spec == DIGITS.spec and player.curve == {}
    for wrong in ({"image": 4}, {"image": -2}):
        with pytest.raises(ValueError, match="image must be"):
            DIGITS.player(**wrong)
    with pytest.raises(TypeError, match="network must be what"):
        NetworkExplorer(LENET)
    with pytest.raises(TypeError, match="no argument 'pen'"):
        DIGITS.player(pen=3)


def test_a_training_is_watched(monkeypatch):
    """Weights and losses follow, at most a few times a second, and once more at the end of the cell; what the explorer
    began with stays as it was, and weights that are lost are not shown."""
    model, clock, kept = cnn.zoo.lenet5(seed=2), [0.0], []
    monkeypatch.setattr("cnnlib.viz.network.player.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("cnnlib.viz.network.player.in_notebook", lambda: True)
    shell = InteractiveShell.instance()
    explorer = cnn.viz.network_explorer(model, IMAGES).player()
    explorer.observe(lambda change: kept.append(change["new"]), "spec")
    first, follow = explorer.network, explorer.watch(model)
    shell.events.trigger("post_run_cell", None)   # of a cell that trains nothing
    assert kept == []
    x, y = DATA.x_train[:128], DATA.y_train[:128]

    def after(history):
        follow(history)
        clock[0] += 0.2

    history = nn.fit(model, (x, y), epochs=4, progress=False, after_epoch=after)
    assert len(kept) == 2 and explorer.curve["epoch"] == [1, 2, 3], "0.3 seconds lie between two of them"
    shell.events.trigger("post_run_cell", None)
    assert len(kept) == 3 and explorer.curve == {name: history[name] for name in ("epoch", "loss", "accuracy")}
    assert np.allclose(explorer.network.outputs(0)[-1], model(IMAGES[:1])[0], atol=1e-5)
    assert not np.allclose(first.outputs(0)[-1], explorer.network.outputs(0)[-1])
    shell.events.trigger("post_run_cell", None)
    assert len(kept) == 3, "once"
    model[0].bias.data[:] = np.inf
    clock[0] += 1
    follow(history)
    assert len(kept) == 3 and "The picture stays as it was. model: bias of layer 0 Conv2d" in explorer.message
    with pytest.raises(ValueError, match=r"must have the same .* layers"):
        explorer.watch(cnn.zoo.classifier(1, 1, 1))
    InteractiveShell.clear_instance()


def test_elsewhere_the_last_epoch_is_shown(monkeypatch):
    """Outside of a notebook no cell ends, so every epoch is shown, however soon it comes."""
    monkeypatch.setattr("cnnlib.viz.network.player.time.monotonic", lambda: 1.0)
    explorer = cnn.viz.network_explorer(LENET, IMAGES).player()
    follow = explorer.watch(LENET)
    for last in (1, 2):
        follow({"epoch": [*range(1, last + 1)], "loss": [2.0] * last})
    assert explorer.curve == {"epoch": [1, 2], "loss": [2.0, 2.0]}


# --- where we are -----------------------------------------------------------------------------------------------------

def test_a_part_is_marked_and_said():
    """Low, small, and in words; a layer is found however its name is written."""
    drawing = DIGITS.figure(1, here="CONV1 map 2")
    assert drawing.get_figheight() < 1.9 and len(png(drawing).png) < 60_000
    assert drawing.alt == (
        f"Test image 1, labelled {LABELS[1]}, in a network of 7 layers: input, conv 1, pool 1, conv 2, pool 2, "
        "linear 1, linear 2, answer. Marked are a window of 5 × 5 pixels, the kernel of 5 × 5 weights on it, and map 2 "
        "of conv 1, which they make; the rest is pale.")
    said = {("POOL1", "pool 2"): "Marked: pool 1, pool 2;", "linear 3": "Marked: answer;", "input": "Marked: input;",
            "all": "All of it is marked.", "back": "An arrow leads the way back", "Conv 2 map 15": "map 15 of conv 2"}
    for here, words in said.items():
        assert words in DIGITS.figure(here=here).alt
    assert DIGITS.figure(2).alt == DIGITS.alt(2), "without it the picture is as before"


@pytest.mark.alike(2)
@pytest.mark.parametrize("seed", range(12))
def test_networks_of_all_kinds_have_a_low_picture(seed):
    model, x = drawn(np.random.default_rng(seed))
    network = cnn.viz.network_explorer(model, np.asarray(x, np.float32)[None], measured=True)
    for here in ("all", "input", network.columns[-1]["name"]):
        assert len(network.figure(here=here).alt) < 500


def test_a_deep_network_has_a_low_picture():
    deep = cnn.viz.network_explorer(cnn.zoo.classifier(4, 3, 3, filters=4), classes=[f"class {i}" for i in range(10)])
    assert "input, conv 1, conv 2" in deep.figure(here="answer").alt
    with pytest.raises(ValueError, match="here must be one of input, conv 1"):
        deep.figure(here="conv 6")


@pytest.mark.parametrize(("here", "error", "words"), [
    ("conv 7", ValueError, 'here must be one of input, conv 1, .* answer, "all" or "back", found \'conv 7\''),
    (7, TypeError, "here must be a list of names of layers, found 7"),
    ([1], TypeError, "here must be the name of a layer"),
    ([], ValueError, "found none"),
    ("CONV1 map 6", ValueError, "map 6 of conv 1, which has the maps 0 to 5"),
    ("linear 1 map 0", ValueError, "which has no maps"),
])
def test_a_part_that_is_not_there(here, error, words):
    with pytest.raises(error, match=words):
        DIGITS.figure(here=here)
