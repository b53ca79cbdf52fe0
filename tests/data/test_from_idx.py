"""Files in the format of MNIST, in all the ways people store them, and damaged."""

import gzip
import struct

import numpy as np
import pytest

from cnnlib import data

TRAIN_X, TRAIN_Y = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
TEST_X, TEST_Y = "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"


def idx(array, type_code=8, shape=None):
    """The bytes of an IDX file."""
    shape = array.shape if shape is None else shape
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, type_code, len(shape), *shape) + array.tobytes()


@pytest.fixture
def originals(tmp_path):
    """A folder with four small IDX files, and the arrays in them."""
    r = np.random.default_rng(0)
    arrays = {
        TRAIN_X: r.integers(0, 256, (30, 28, 28), dtype=np.uint8),
        TRAIN_Y: np.arange(30, dtype=np.uint8) % 10,
        TEST_X: r.integers(0, 256, (7, 28, 28), dtype=np.uint8),
        TEST_Y: r.integers(0, 10, 7, dtype=np.uint8),
    }
    for name, array in arrays.items():
        (tmp_path / name).write_bytes(idx(array))
    return tmp_path, arrays


def pack(folder):
    for path in list(folder.iterdir()):
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()


def dot(folder):
    for path in list(folder.iterdir()):
        path.rename(path.with_name(path.name.replace("-idx", ".idx")))


def pack_one(folder):
    (folder / f"{TEST_X}.gz").write_bytes(gzip.compress((folder / TEST_X).read_bytes()))
    (folder / TEST_X).unlink()


def folders_of_the_same_name(folder):
    dot(folder)
    for name in (TRAIN_X, TRAIN_Y, TEST_X, TEST_Y):
        (folder / name).mkdir()


@pytest.mark.parametrize(
    "change", [None, pack, dot, lambda f: (pack(f), dot(f)), pack_one, folders_of_the_same_name],
    ids=["plain", "gz", "dots", "dots and gz", "one gz", "folders of the same name"],
)  # fmt: skip
@pytest.mark.parametrize("kind", [str, lambda path: path], ids=["str", "Path"])
def test_from_idx(originals, change, kind):
    folder, arrays = originals
    if change:
        change(folder)
    images = data.from_idx(kind(folder))
    assert isinstance(images, data.ImageSet)
    assert images.class_names == tuple("0123456789")
    for x, name in [(images.x_train, TRAIN_X), (images.x_test, TEST_X)]:
        assert x.dtype == np.float32
        assert x.flags.writeable
        assert np.array_equal(x, (arrays[name][:, None] / 255).astype(np.float32))
    for y, name in [(images.y_train, TRAIN_Y), (images.y_test, TEST_Y)]:
        assert y.dtype == np.int64
        assert y.flags.writeable
        assert np.array_equal(y, arrays[name])


def test_from_idx_gives_back_a_shipped_set(tmp_path):
    """Our MNIST, written in the original format, reads as it does from assets."""
    shipped = data.mnist()
    for name, array in zip((TRAIN_X, TRAIN_Y, TEST_X, TEST_Y), shipped, strict=False):
        pixels = np.rint(array[:, 0] * 255) if array.ndim == 4 else array
        (tmp_path / name).write_bytes(idx(pixels.astype(np.uint8)))
    for ours, theirs in zip(shipped, data.from_idx(tmp_path), strict=True):
        assert np.array_equal(ours, theirs)


def test_from_idx_at_full_size(tmp_path):
    """60,000 images take their own 188 MB and the 47 MB of the file, and little more."""
    import tracemalloc

    with gzip.open(tmp_path / f"{TRAIN_X}.gz", "wb", compresslevel=1) as file:
        file.write(idx(np.empty(0, np.uint8), shape=(60_000, 28, 28)))
        for _ in range(60):
            file.write(bytes([128]) * (1000 * 28 * 28))
    (tmp_path / TRAIN_Y).write_bytes(idx(np.zeros(60_000, np.uint8)))
    (tmp_path / TEST_X).write_bytes(idx(np.zeros((1, 28, 28), np.uint8)))
    (tmp_path / TEST_Y).write_bytes(idx(np.zeros(1, np.uint8)))
    tracemalloc.start()
    images = data.from_idx(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert images.x_train.shape == (60_000, 1, 28, 28)
    assert images.x_train[-1, 0, -1, -1] == np.float32(128 / 255)
    assert peak < 350e6


def test_from_idx_class_names(originals):
    folder, _ = originals
    names = data.fashion_mnist().class_names
    assert data.from_idx(folder, class_names=list(names)).class_names == names
    with pytest.raises(TypeError, match="class_names must be a list of names, one for each class, found '0123456789'"):
        data.from_idx(folder, class_names="0123456789")
    with pytest.raises(TypeError, match="class_names must be a list of names, one for each class, found 10"):
        data.from_idx(folder, class_names=10)


def test_from_idx_missing(originals):
    folder, _ = originals
    with pytest.raises(FileNotFoundError, match=r"there is no folder .*nowhere"):
        data.from_idx(folder / "nowhere")
    with pytest.raises(NotADirectoryError, match="is a file, expected the folder"):
        data.from_idx(folder / TRAIN_X)
    with pytest.raises(TypeError, match="folder: found int"):
        data.from_idx(3)
    (folder / TRAIN_Y).unlink()
    (folder / TEST_X).unlink()
    with pytest.raises(FileNotFoundError, match=f"does not hold {TRAIN_Y}, {TEST_X}\\."):
        data.from_idx(folder)


def zeros(*shape):
    return np.zeros(shape, np.uint8)


NOISE = np.random.default_rng(1).integers(0, 256, (7, 28, 28), dtype=np.uint8)


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        (TEST_X, b"", r"starts with the bytes \(none\), expected the magic number 00 00 08 03"),
        (TEST_X, b"\x89PNG\r\n", r"starts with the bytes 89 50 4e 47, expected the magic number 00 00 08 03"),
        (TEST_X, idx(zeros(7, 28, 28), type_code=13), "starts with the bytes 00 00 0d 03"),
        (TEST_X, gzip.compress(idx(zeros(7, 28, 28))), r"It is packed: give it a name that ends in \.gz"),
        (TEST_Y, idx(zeros(7), type_code=9), "expected the magic number 00 00 08 01"),
        (TEST_X, idx(zeros(7)), r"dimension 1, expected 3, that is images\. Are the files .* swapped"),
        (TEST_Y, idx(zeros(7, 28, 28)), "dimension 3, expected 1, that is labels"),
        (TEST_X, idx(zeros(7, 28, 28))[:10], "found 10 bytes, expected at least 16 for the header"),
        (TEST_Y, idx(zeros(7))[:4], "found 4 bytes, expected at least 8 for the header"),
        (TEST_X, idx(zeros(7, 32, 32)), "images of 32x32 pixels, expected 28x28"),
        (TEST_X, idx(zeros(7, 28, 28))[:-1], r"found 5487 values after the header, expected 5488.*cut short"),
        (TEST_X, idx(zeros(7, 28, 28)) + b"\0", r"found 5489 values.*more after the last value"),
        (TEST_X, idx(zeros(7, 28, 28), shape=(2**32 - 1, 28, 28)), "cut short"),
        (TEST_Y, idx(zeros(7))[:-1], r"found 6 values after the header, expected 7.*cut short"),
        (TEST_Y, idx(zeros(7)) + b"\n", "more after the last value"),
        (TEST_Y, idx(zeros(8)), f"found 8 labels, expected 7, one for each image in {TEST_X}"),
        (TEST_Y, idx(np.array([0, 1, 9, 10, 2, 255, 3], np.uint8)), "label 10 at position 3, expected 0 to 9"),
        (TEST_Y, idx(np.array([0, 1, 9, 2, 5, 10, 3], np.uint8)), "label 10 at position 5, expected 0 to 9"),
        (f"{TEST_X}.gz", idx(zeros(7, 28, 28)), r"cannot be unpacked .*remove \.gz from its name"),
        (f"{TEST_X}.gz", gzip.compress(idx(NOISE))[:-3000], r"cannot be unpacked .*cut short"),
        (f"{TEST_X}.gz", gzip.compress(idx(NOISE))[:-1], "cannot be unpacked"),
        (f"{TEST_X}.gz", gzip.compress(idx(NOISE))[:-8] + b"\0" * 8, "cannot be unpacked .*CRC"),
        (f"{TEST_X}.gz", gzip.compress(idx(zeros(7, 28, 28)))[:10] + b"\xff" * 40, "cannot be unpacked"),
    ],
    ids=lambda part: part if isinstance(part, str) else "raw",   # packed bytes hold the time
)
def test_from_idx_damage(originals, name, raw, message):
    folder, _ = originals
    (folder / name.removesuffix(".gz")).unlink()
    (folder / name).write_bytes(raw)
    with pytest.raises(ValueError, match=message) as caught:
        data.from_idx(folder)
    assert str(folder / name) in str(caught.value)


def test_from_idx_label_beyond_the_names(originals):
    folder, _ = originals
    with pytest.raises(ValueError, match=r"train-labels.*found label 3 at position 3, expected 0 to 2.*3 class names"):
        data.from_idx(folder, class_names=["a", "b", "c"])
