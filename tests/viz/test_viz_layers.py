"""Pictures of a network at work: what its layers make of an image, and a training while it goes on."""

import nbformat
import numpy as np
import pytest
from matplotlib.colors import Normalize
from nbclient import NotebookClient

import cnnlib as cnn
from cnnlib.viz.figures.watch import picture

OUTPUTS = {"image": np.eye(8)[None], "CONV": np.arange(-12, 36).reshape(3, 4, 4), "many": np.arange(20.0),
           "logits": np.array([1.5, -2])}
HISTORY = {"epoch": [1, 2], "loss": [2.0, 1.25], "accuracy": [0.1, 0.625], "val_loss": [1.5, 1.75],
           "val_accuracy": [0.5, 0.6]}


def drawn(fig):
    """The numbers of every panel, and the limits of their colours."""
    images = [image for ax in fig.axes for image in ax.images]
    return [(np.asarray(i.get_array()).squeeze(), i.get_clim(), i.get_cmap()) for i in images]


def test_every_number_of_every_layer():
    fig = cnn.viz.layer_outputs(OUTPUTS, ["cat", "dog"])
    image, *maps, many, logits = drawn(fig)
    np.testing.assert_array_equal(image[0], np.eye(8))
    np.testing.assert_array_equal([each for each, *_ in maps], OUTPUTS["CONV"])
    np.testing.assert_array_equal(many[0], np.arange(20))
    assert {limits for _, limits, _ in maps} == {(-35, 35)} and logits[1] == (-2, 2), "one scale for each layer"
    assert maps[0][2](Normalize(-35, 35)(0)) == (1, 1, 1, 1)
    assert [t.get_text() for t in fig.axes[0].texts][-4:] == ["1.5", "−2", "cat", "dog"]
    assert fig.alt.endswith("image 1 × 8 × 8; CONV 3 × 4 × 4; many 20; logits 2. At the end cat 1.5, dog −2.")


def test_to_scale():
    """A pixel of one map is as large as a pixel of any other; nothing leaves the sheet, no two panels overlap."""
    for channels in (3, 40):
        fig = cnn.viz.layer_outputs(OUTPUTS | {"CONV": np.ones((channels, 4, 4))})
        fig.canvas.draw()
        boxes = [image.get_window_extent() for image in fig.axes[0].images]
        assert boxes[0].width == pytest.approx(2 * boxes[1].width) and boxes[0].height == pytest.approx(boxes[0].width)
        assert len(boxes) == 1 + min(channels, 32) + 2
        assert all(box.x0 >= 0 and box.x1 <= fig.bbox.width and box.y0 >= 0 for box in boxes)
        assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


@pytest.mark.parametrize(("outputs", "names", "what"), [
    ({}, None, "dictionary"), ([1], None, "dictionary"), ({"a": np.ones((2, 2))}, None, r"take \[0\]"),
    ({"a": np.ones((1, 1, 2, 2))}, None, r"take \[0\]"), ({"a": np.ones((2, 2, 2))}, None, "begin with an image"),
    ({"a": np.full((1, 2, 2), 3)}, None, "from 3 to 3"), (OUTPUTS, ["cat"], "class_names: found 1"),
    ({"a": np.ones((1, 2, 2)), "b": ["x"]}, None, r"outputs\['b'\]"), ({"a": np.ones((1, 2, 2))}, ["x"], "class_names"),
])
def test_other_outputs(outputs, names, what):
    with pytest.raises((TypeError, ValueError), match=what):
        cnn.viz.layer_outputs(outputs, names)


def test_a_training_in_one_picture():
    filters = np.arange(-4, 46).reshape(2, 5, 5)
    fig = picture(HISTORY, filters)
    np.testing.assert_array_equal([each for each, *_ in drawn(fig)], filters)
    lines = {line.get_label(): line.get_ydata() for line in fig.axes[1].lines}
    np.testing.assert_array_equal(lines["validation"], [50, 60])
    assert fig.alt == ("Training, epoch 2: loss 1.25, accuracy 62.5 %. Validation, epoch 2: loss 1.75, accuracy 60 %. "
                       "Below, filters of the first convolution: 2 of 5 × 5.")
    assert len(picture({name: HISTORY[name] for name in ("epoch", "loss", "accuracy")}, filters[:0]).axes) == 2
    with pytest.raises(TypeError, match="must be a network, found 3"):
        cnn.viz.watch(3)


@pytest.mark.long
def test_it_is_drawn_anew_in_one_output(tmp_path):
    """After every epoch; stored is the last picture, whose plain words are the same after any."""
    source = (
        "import numpy as np\nimport cnnlib as cnn\nfrom cnnlib.viz.kit import show\n"
        "net = cnn.nn.Sequential(cnn.nn.Conv2d(3, 9, 3), cnn.nn.Flatten(), cnn.nn.Linear(36, 2), seed=0)\n"
        "data, drawn, bundle = (np.ones((4, 3, 4, 4)), [0, 1, 1, 0]), [], show.mimebundle\n"
        "show.mimebundle = lambda fig, *a, **k: drawn.append(fig.alt) or bundle(fig, *a, **k)\n"
        "cnn.nn.fit(net, data, epochs=3, progress=False, after_epoch=cnn.viz.watch(net))\nlen(drawn)"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    shown, count = notebook.cells[0].outputs
    assert count.data["text/plain"] == "3"
    assert "epoch 3: loss" in shown.metadata["image/png"]["alt"] and "8 of 3 × 3." in shown.data["text/html"]
    assert shown.data["text/plain"] == ("[figure] Training, epoch …: loss …, accuracy … %. Below, filters of the first "
                                        "convolution: … of … × ….")
