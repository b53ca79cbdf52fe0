"""The progress bar, in a terminal and in a notebook."""

import re

import nbformat
import pytest
from nbclient import NotebookClient
from networks import blobs, conv, dense, fit, stripes

from cnnlib import nn
from cnnlib.viz.kit.live import VIEW


def test_progress_in_a_terminal(capsys):
    fit(dense(), blobs(), epochs=2, batch_size=30, validation=blobs(seed=1), progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    last = err.strip("\n").split("\r")[-1]
    assert err.endswith("\n") and "\n" not in err[:-1], "one line that redraws itself"
    assert re.match(r"epoch 2/2: 100%\|█+\| 6/6 \[\d\d:\d\d<\d\d:\d\d, ", last), last
    assert re.search(r"loss=\d\.\d{3}, accuracy=\d+\.\d%, val_loss=\d\.\d{3}, val_accuracy=\d+\.\d%", last), last


def test_progress_shows_the_numbers_of_the_history(capsys):
    history = fit(dense(), blobs(), validation=blobs(seed=1), progress=True)
    last = capsys.readouterr().err.strip("\n").split("\r")[-1]
    assert f"loss={history['loss'][-1]:.3f}, accuracy={history['accuracy'][-1]:.1%}" in last
    assert f"val_loss={history['val_loss'][-1]:.3f}, val_accuracy={history['val_accuracy'][-1]:.1%}" in last


def test_no_progress_prints_nothing(capsys):
    fit(dense(), blobs(), validation=0.1)
    assert capsys.readouterr() == ("", "")


def test_the_bar_is_closed_before_an_error_is_told(capsys):
    model = conv()
    with pytest.raises(nn.NonFiniteLossError):
        fit(model, stripes(), optimizer=nn.SGD(model.parameters(), lr=1e30), progress=True)
    assert capsys.readouterr().err.endswith("\n")


def test_in_a_notebook(tmp_path):
    setup = "import numpy as np\nfrom cnnlib import nn\nx, y = np.eye(6)[:, :4], np.arange(6) % 3\n"
    train = "h = nn.fit(nn.Sequential(nn.Linear(4, 3)), (x, y), epochs=2, batch_size=2)"
    stop = (
        "import os, signal, threading\n"
        "threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"   # what the stop button sends
        "h = nn.fit(nn.Sequential(nn.Linear(4, 3)), (x, y), epochs=10**7, batch_size=2)\n"
    )
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, [setup + train, train, stop])])
    resources = {"metadata": {"path": tmp_path}}
    NotebookClient(notebook, timeout=60, kernel_name="python3", resources=resources, allow_errors=True).execute()
    first, again, stopped = (cell.outputs for cell in notebook.cells)

    for outputs in (first, again):
        assert [output.output_type for output in outputs] == ["display_data"]
        data = outputs[0].data
        assert sorted(data) == [VIEW, "application/vnd.jupyter.widget-view+json", "text/html", "text/plain"]
        assert data["text/plain"] == "training: 2 epochs of 3 steps" and data["text/plain"] in data["text/html"]
        assert data[VIEW] == {}, "no live view without its kernel"
        assert outputs[0].metadata == {}
    bar, text = stopped
    assert bar.data["text/plain"] == "training: 10000000 epochs of 3 steps"
    assert text.output_type == "error" and text.ename == "KeyboardInterrupt"   # here "run all" ends
    assert text.evalue.startswith("Stopped in epoch ")

    # The widget itself: a bar between two texts.
    state = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    box = state[first[0].data["application/vnd.jupyter.widget-view+json"]["model_id"]]["state"]
    before, bar, after = (state[child.removeprefix("IPY_MODEL_")]["state"] for child in box["children"])
    assert re.fullmatch(r"epoch\s2/2:\s100%", before["value"])
    assert (bar["value"], bar["max"]) == (6, 6)
    assert re.search(r"6/6\s.*&lt;.*\sloss=\d\.\d{3},\saccuracy=\d+\.\d%", after["value"]), after["value"]


def test_after_every_epoch():
    """It gets the history so far; what it raises ends the training, which keeps what it has."""
    seen = []
    model = dense()
    history = fit(model, blobs(), epochs=3, progress=False, validation=blobs(seed=1),
                  after_epoch=lambda so_far: seen.append((len(so_far["epoch"]), so_far["val_accuracy"][-1])))
    assert seen == list(enumerate(history["val_accuracy"], 1)) and len(seen) == 3

    def enough(so_far):
        if so_far["epoch"][-1] == 2:
            raise StopIteration

    with pytest.raises(StopIteration):
        fit(model, blobs(), epochs=9, progress=False, after_epoch=enough)
    assert model.history["epoch"] == [1, 2] and not model.training
    with pytest.raises(TypeError, match="after_epoch must be a function of the history, or None; found 3"):
        fit(model, blobs(), after_epoch=3)
