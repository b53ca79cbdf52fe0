"""Saving and loading: exact, all or nothing, and never a pickle."""

import io
import os
import pickle
import zipfile

import numpy as np
import pytest
from networks import IMAGES, nested, same, small, weights

from cnnlib import nn, zoo


def test_round_trip_is_exact(tmp_path):
    for model, fresh in [(small(1), small(2)), (nested(1), nested(2)), (nn.Sequential(), nn.Sequential())]:
        path = model.save(tmp_path / "model.npz")
        assert path == tmp_path / "model.npz"
        assert fresh.load(path) is fresh
        assert same(weights(fresh), weights(model))
        assert all(p.data.dtype == np.float32 for p in fresh.parameters())
    assert os.listdir(tmp_path) == ["model.npz"]


def test_loaded_parameters_can_be_trained_further(tmp_path):
    model = small(2).load(small(1).save(tmp_path / "model"))
    model(IMAGES)
    model.backward(np.ones((3, 4)))
    nn.SGD(model.parameters()).step()
    assert not same(weights(model), weights(small(1)))


@pytest.mark.parametrize("name", ["model", "model.npz", "v1.2", "model.pth", ".hidden"])
def test_suffix(tmp_path, name):
    path = small(1).save(str(tmp_path / name))
    assert path.suffix == ".npz" and path.name.startswith(name)
    assert same(weights(small(2).load(tmp_path / name)), weights(small(1)))
    assert same(weights(small(2).load(path)), weights(small(1)))


def test_a_folder_of_the_same_name_is_not_in_the_way(tmp_path):
    (tmp_path / "model").mkdir()
    small(1).save(tmp_path / "model")
    assert same(weights(small(2).load(tmp_path / "model")), weights(small(1)))


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_interrupted_save_leaves_the_old_file(tmp_path, monkeypatch, error):
    path = small(1).save(tmp_path / "model")
    old = path.read_bytes()

    def fails(file, **arrays):
        file.write(b"half of it")
        raise error

    monkeypatch.setattr(np, "savez", fails)
    with pytest.raises(type(error) if isinstance(error, Exception) else error):
        small(2).save(path)
    assert path.read_bytes() == old
    assert os.listdir(tmp_path) == ["model.npz"]


def test_files_and_folders_that_are_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.npz"):
        small().load(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        small().save(tmp_path / "no folder" / "model")
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(IsADirectoryError):
        small().load(tmp_path / "folder.npz")
    with pytest.raises(IsADirectoryError):
        small().save(tmp_path / "folder.npz")
    assert os.listdir(tmp_path) == ["folder.npz"]


def refused(model, path, *words):
    """Loading raises a ValueError with these words, and changes nothing."""
    before = weights(model)
    with pytest.raises(ValueError) as error:
        model.load(path)
    assert path.name in str(error.value)
    assert all(word in str(error.value) for word in words), str(error.value)
    assert same(weights(model), before)


def test_another_network(tmp_path):
    path = small(1).save(tmp_path / "model")
    wider = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(18, 5))
    refused(wider, path, "another network", "4.weight has shape (4, 18), expected (5, 18)", "4.bias")
    refused(small()[:4], path, "4.weight is not in this network", "4.bias is not in this network")
    longer = nn.Sequential(*small(), nn.Linear(4, 2))
    refused(longer, path, "5.weight is missing", "5.bias is missing")
    refused(zoo.lenet5(), path, "another network", "more)")


def test_numbers_of_another_kind(tmp_path):
    arrays = {name: data.astype(int) for name, data in weights(small()).items()}
    np.savez(tmp_path / "model.npz", **arrays)
    refused(small(1), tmp_path / "model.npz", "int64, expected floats")


class Bomb:
    """Would run code if it were ever unpickled."""

    went_off = False

    def __reduce__(self):
        return setattr, (Bomb, "went_off", True)


def test_no_pickle_is_ever_opened(tmp_path):
    path = tmp_path / "model.npz"
    path.write_bytes(pickle.dumps(Bomb()))
    refused(small(), path, "damaged")
    np.savez(path, **weights(small()) | {"4.bias": np.array([Bomb(), 1, 2, 3])})
    refused(small(1), path, "damaged")
    np.savez(path, **weights(small()), extra=np.array(Bomb()))
    refused(small(1), path, "damaged")
    assert not Bomb.went_off
    np.load(path, allow_pickle=True)["extra"]
    assert Bomb.went_off, "the bomb is a real one"


def test_saved_files_hold_plain_arrays_only(tmp_path):
    path = nested().save(tmp_path / "model")
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            np.lib.format.read_array(io.BytesIO(archive.read(member)), allow_pickle=False)


def test_damaged_files(tmp_path):
    path = small(1).save(tmp_path / "model")
    good, rng = path.read_bytes(), np.random.default_rng(0)
    foreign = io.BytesIO()
    np.save(foreign, np.ones(3))
    for bad in (
        *(good[:n] for n in (0, 1, 10, len(good) // 2, len(good) - 1)), good[100:], rng.bytes(1000), foreign.getvalue(),
        b"not a network",
    ):  # fmt: skip
        path.write_bytes(bad)
        refused(small(2), path, "damaged")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("0.weight", "not an array")
    refused(small(2), path)


def test_a_flipped_bit_is_noticed_or_does_no_harm(tmp_path):
    model = nn.Sequential(nn.Linear(3, 2), seed=1)
    path = model.save(tmp_path / "model")
    good, expected = path.read_bytes(), weights(model)
    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1 << place % 8]) + good[place + 1:])
        fresh = nn.Sequential(nn.Linear(3, 2), seed=2)
        before = weights(fresh)
        try:
            fresh.load(path)
        except ValueError as error:
            assert "model.npz" in str(error)
            assert same(weights(fresh), before)
        else:
            assert same(weights(fresh), expected)   # a date, say, or an attribute of the file
