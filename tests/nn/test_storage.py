"""Saving and loading: exact, all or nothing, and never a pickle."""

import io
import os
import pickle
import tracemalloc
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
    with pytest.raises(FileNotFoundError, match=r"path: the folder .*no folder' does not exist, so 'model\.npz'"):
        small().save(tmp_path / "no folder" / "model")
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(IsADirectoryError):
        small().load(tmp_path / "folder.npz")
    with pytest.raises(IsADirectoryError):
        small().save(tmp_path / "folder.npz")
    assert os.listdir(tmp_path) == ["folder.npz"]


@pytest.mark.parametrize("act", ["save", "load"])
@pytest.mark.parametrize(("path", "error", "told"), [
    ("{}/", IsADirectoryError, "path must be a file, found the folder"), ("{}/..", IsADirectoryError, "the folder"),
    ("", IsADirectoryError, "found the folder ''"), (None, TypeError, "path must be .* found NoneType"),
    (5, TypeError, "found int"), (b"model", TypeError, "found bytes"), ("{}/a\0b", ValueError, "with a NUL"),
    ("{}/" + "n" * 300, OSError, "nnn"),
])
def test_names_that_no_file_can_have(tmp_path, act, path, error, told):
    """Nothing is written beside it, and the message names what was given."""
    path = path.format(tmp_path) if isinstance(path, str) else path
    with pytest.raises(error, match=told) as raised:
        getattr(small(), act)(path)
    assert len(str(raised.value)) < 300 and ".part" not in str(raised.value)
    assert os.listdir(tmp_path) == []


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


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none(tmp_path, bad):
    """Neither written, which would replace a good file, nor read."""
    model, arrays = small(1), weights(small())
    path = model.save(tmp_path / "model")
    good = path.read_bytes()
    model[0].weight.data[0, 0, 1, 2] = bad
    with pytest.raises(ValueError, match=r"model\.npz was not written.* 0\.weight holds 1 NaN or infinite of 18"):
        model.save(path)
    assert path.read_bytes() == good
    arrays["0.weight"][0, 0, 1, 2] = bad
    np.savez(path, **arrays)
    refused(small(1), path, "0.weight holds 1 NaN or infinite of 18")


def test_another_dtype(tmp_path):
    """Numbers that the network's dtype holds are taken, in that dtype; others would be other numbers."""
    exact = {name: np.round(data * 16) / 16 for name, data in weights(small()).items()}
    for dtype in (np.float16, np.float64, ">f4"):
        np.savez(tmp_path / "model.npz", **{name: data.astype(dtype) for name, data in exact.items()})
        model = small(1).load(tmp_path / "model")
        assert same(weights(model), exact) and all(p.data.dtype == np.float32 for p in model.parameters())
    for third in (1 / 3, 1e300):
        np.savez(tmp_path / "model.npz", **{name: np.full(data.shape, third) for name, data in exact.items()})
        refused(small(1), tmp_path / "model.npz", "0.weight holds float64, of which float32 would change numbers")
    double = small(1)
    for parameter in double.parameters():
        parameter.data = parameter.data.astype(float)
    np.savez(tmp_path / "model.npz", **{name: np.full(data.shape, 1 / 3) for name, data in exact.items()})
    assert double.load(tmp_path / "model")[4].bias.data.tolist() == [1 / 3] * 4


def test_what_a_file_claims_is_read_before_its_numbers(tmp_path):
    """A file of kilobytes that unpacks to many megabytes costs neither: in place of an array, beside it, behind it."""
    path, huge = tmp_path / "model.npz", np.zeros((2048, 4096), np.float32)
    good = {f"{name}.npy": data for name, data in weights(small()).items()}
    for name, claimed in (("0.weight.npy", huge.shape), ("more.npy", huge.shape), ("0.weight.npy", (2, 1, 3, 3)),
                          ("0.weight.npy", (10**9, 10**9))):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in good.items():
                if member != name:
                    with archive.open(member, "w") as file:
                        np.lib.format.write_array(file, data)
            with archive.open(name, "w") as file:
                write_huge(file, claimed, huge)
        assert path.stat().st_size < 100_000
        tracemalloc.start()
        refused(small(1), path)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 1_000_000


def write_huge(file, claimed, numbers):
    """An array that says it has the shape `claimed`, and the bytes of `numbers`."""
    np.lib.format.write_array_header_1_0(file, {"descr": "<f4", "fortran_order": False, "shape": claimed})
    file.write(numbers.tobytes())


def test_what_is_packed_without_bounds_is_not_unpacked(tmp_path):
    path = tmp_path / "model.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in weights(small()).items():
            with archive.open(f"{name}.npy", "w") as file:
                np.lib.format.write_array(file, data)
    refused(small(1), path, "packed in another way")


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
    refused(small(1), path, "extra is not in this network")
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
