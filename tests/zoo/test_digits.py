"""The network that has learned to read digits: what it reads, what its file weighs, and the command that trained it."""

import shutil

import numpy as np
import pytest
from strokes import DIGITS, inked

import cnnlib as cnn
from cnnlib import data, nn, zoo
from tools import digits as tool


def test_it_reads_the_test_digits():
    digits = data.mnist()
    _, accuracy = nn.evaluate(zoo.digits(), digits.x_test, digits.y_test)
    assert accuracy >= 0.97


def test_it_reads_what_a_person_draws():
    """Of 20 digits, written before any network had seen them."""
    drawn = np.stack([data.centred(inked(strokes)) for _, strokes in DIGITS])[:, None]
    said = zoo.digits()(drawn).argmax(axis=1)
    assert (said == [digit for digit, _ in DIGITS]).sum() >= 17


def test_its_file_is_small():
    assert (data.ASSETS / tool.NAME).stat().st_size < 300_000


def test_every_call_returns_a_network_of_its_own_that_evaluates():
    one, other = zoo.digits(), zoo.digits()
    assert not one.training and repr(one) == repr(zoo.lenet5())
    assert all(p.data.dtype == np.float32 for p in one.parameters())
    one[0].weight.data[...] = 0
    assert other[0].weight.data.any()


# --- tools/digits.py --------------------------------------------------------------------------------------------------

@pytest.fixture
def assets(tmp_path, monkeypatch):
    """A copy of what the command writes."""
    for name in (tool.NAME, "checksums.sha256", "PROVENANCE.md"):
        shutil.copy(data.ASSETS / name, tmp_path)
    monkeypatch.setattr(tool, "ASSETS", tmp_path)
    return tmp_path


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_stored_passes_its_check(assets, capsys):
    before = contents(assets)
    assert tool.main(["--check"]) == 0 and contents(assets) == before
    assert "of the test digits" in capsys.readouterr().out


def test_a_worse_network_does_not_pass_and_is_not_written(assets, monkeypatch, capsys):
    """Of one that has hardly been trained."""
    before, digits = contents(assets), data.mnist()
    monkeypatch.setattr(tool, "VARIANTS", 1)
    monkeypatch.setattr(tool, "EPOCHS", 1)
    monkeypatch.setattr(cnn.data, "mnist", lambda: digits._replace(x_train=digits.x_train[:64],
                                                                   y_train=digits.y_train[:64]))
    assert tool.main([]) == 1 and contents(assets) == before
    (assets / tool.NAME).write_bytes(tool.packed(zoo.lenet5()))
    assert tool.main(["--check"]) == 1
    assert capsys.readouterr().out.count("expected at least 97%") == 2


def test_sizes_and_checksums_follow_the_file(assets):
    model = zoo.digits()
    model[0].bias.data[:3] = 1 / 8, 1 / 16, 1 / 32
    raw = tool.packed(model)
    (assets / tool.NAME).write_bytes(raw)
    assert tool.main(["--check"]) == 1
    listed = tool.listings(raw)
    assert any(path.read_text("utf-8") != text for path, text in listed.items())
    assert f"# {len(raw)} bytes\n" in listed[assets / "checksums.sha256"]
    assert f"| `{tool.NAME}` | {len(raw):,} |" in listed[assets / "PROVENANCE.md"]


def test_variants_are_digits_of_mnists_form():
    x, y = data.mnist()[:2]
    made, labels = tool.variants(x[:8], y[:8], 2)
    assert made.shape == (24, 1, 28, 28) and labels.tolist() == [*y[:8]] * 3
    assert np.array_equal(made[:8], x[:8]) and len(np.unique(made, axis=0)) == 24
    for image in made[:, 0]:
        assert np.abs(data.centred(image) - image).max() < 0.05


def test_a_one_with_a_flag_is_the_one_and_more():
    """To its left, from the top down; and none for one that leans as far as its flag would."""
    plain = data.centred(inked([[(0.5, 0.1), (0.5, 0.9)]]))
    more = tool.flagged(plain, np.random.default_rng(0)) - plain
    rows, columns = np.nonzero(more > 0.5)
    assert more.min() >= 0 and columns.max() <= 14 and rows.min() <= 6 and rows.max() < 17 and len(rows) > 5
    leaning = data.centred(inked([[(0.7, 0.1), (0.2, 0.9)]]))
    assert np.array_equal(tool.flagged(leaning, np.random.default_rng(0)), leaning)
