"""The data room: every loader, every way a file can be damaged, and the papers that go with the files."""

import gzip
import hashlib
import re
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest

from cnnlib import data

LICENCES = {
    "fashion-mnist-MIT.txt": ["Zalando SE", "Permission is hereby granted, free of charge", "AS IS"],
    "heartpy-MIT.txt": ["Paul van Gent", "Permission is hereby granted, free of charge", "AS IS"],
    "mnist-CC-BY-SA-3.0.txt": ["Yann LeCun and Corinna Cortes", "https://creativecommons.org/licenses/by-sa/3.0/"],
    "ecg-ODC-By-1.0.txt": ["MIT-BIH", "https://opendatacommons.org/licenses/by/1-0/", "Moody", "Goldberger"],
}


def data_files():
    return sorted(p.name for p in data.ASSETS.iterdir() if p.suffix in {".png", ".npz"})


def all_assets():
    return [p for p in data.ASSETS.rglob("*") if p.is_file()]


# --- the sets of images -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("load", "train", "test"), [(data.fashion_mnist, 8000, 2000), (data.mnist, 4000, 1000)], ids=["fashion", "mnist"]
)
def test_image_sets(load, train, test):
    images = load()
    assert isinstance(images, data.ImageSet)
    for x, y, n in [(images.x_train, images.y_train, train), (images.x_test, images.y_test, test)]:
        assert x.shape == (n, 1, 28, 28)
        assert x.dtype == np.float32
        assert (x.min(), x.max()) == (0, 1)
        assert y.shape == (n,)
        assert y.dtype == np.int64
        assert np.bincount(y).tolist() == [n // 10] * 10
        # An image is not noise and not blank: some ink, some paper.
        assert 0.02 < x.mean() < 0.5
    assert len(images.class_names) == 10
    assert all(type(name) is str for name in images.class_names)
    train_images = {x.tobytes() for x in images.x_train}
    assert not any(x.tobytes() in train_images for x in images.x_test), "a test image was also trained on"


def test_class_names():
    assert data.mnist().class_names == tuple("0123456789")
    assert data.fashion_mnist().class_names == (
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    )  # fmt: skip


def test_labels_belong_to_their_images():
    # The mean image of each class is a classifier. On labels in the wrong order it is right one time in ten.
    for images, least in [(data.mnist(), 0.75), (data.fashion_mnist(), 0.6)]:
        means = np.stack([images.x_train[images.y_train == c].mean(axis=0).ravel() for c in range(10)])
        x = images.x_test.reshape(len(images.x_test), -1)
        guess = ((x[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
        assert (guess == images.y_test).mean() > least


def test_pixels_are_the_stored_bytes():
    with np.load(data.ASSETS / "mnist_5k.npz") as stored:
        assert np.array_equal(np.rint(data.mnist().x_test[:, 0] * 255), stored["x_test"])


def test_image_set_does_not_print_its_pixels():
    assert repr(data.mnist()) == "ImageSet(x_train (4000, 1, 28, 28), x_test (1000, 1, 28, 28), 10 classes)"


# --- photographs --------------------------------------------------------------------------------------------------

GREY = {"camera": (256, 256), "brick": (256, 256), "gravel": (256, 256), "grass": (256, 256), "coins": (303, 384)}
COLOUR = {"chelsea": (3, 160, 240), "coffee": (3, 160, 240)}


def test_photos_are_listed():
    assert set(data.PHOTOS) == {*GREY, *COLOUR}


@pytest.mark.parametrize(("name", "shape"), [*GREY.items(), *COLOUR.items()])
def test_photo(name, shape):
    image = data.photo(name)
    assert image.shape == shape
    assert image.dtype == np.float32
    assert image.flags.c_contiguous
    assert image.min() >= 0
    assert 0.75 < image.max() <= 1 or name == "brick"
    assert image.std() > 0.05


def test_photo_is_upright_and_in_rgb():
    from PIL import Image

    with Image.open(data.ASSETS / "coffee_160x240.png") as file:
        for row, column in [(0, 0), (30, 200), (159, 120)]:
            expected = np.array(file.getpixel((column, row))) / 255  # Pillow counts x first
            assert data.photo("coffee")[:, row, column] == pytest.approx(expected, abs=1e-6)
    red, _, blue = data.photo("chelsea").mean(axis=(1, 2))
    assert red > blue + 0.1, "Chelsea is a ginger cat"


def test_unknown_photo():
    with pytest.raises(ValueError, match=r"'chelsey'.*camera, chelsea, coffee.*Did you mean 'chelsea'\?"):
        data.photo("chelsey")
    with pytest.raises(ValueError, match=r"Did you mean 'coins'\?"):
        data.photo("Coins.png")
    with pytest.raises(ValueError, match="expected one of camera") as error:
        data.photo("zzz")
    assert "Did you mean" not in str(error.value)
    with pytest.raises(TypeError, match="name: found int"):
        data.photo(3)


def test_coins():
    image, mask, labels = data.coins()
    assert image.shape == mask.shape == labels.shape == (303, 384)
    assert (image.dtype, mask.dtype, labels.dtype) == (np.float32, np.bool_, np.int64)
    assert np.array_equal(image, data.photo("coins"))
    assert np.array_equal(mask, labels > 0)
    areas = np.bincount(labels.ravel())[1:]
    assert len(areas) == 24
    assert (areas.min(), areas.max()) == (1077, 3141)
    assert mask.mean() == pytest.approx(0.335, abs=5e-4)
    assert image[mask].mean() > image[~mask].mean() + 0.2


def test_each_coin_is_one_piece():
    ndimage = pytest.importorskip("scipy.ndimage")
    labels = data.coins().labels
    assert ndimage.label(labels > 0)[1] == 24
    assert all(ndimage.label(labels == coin)[1] == 1 for coin in range(1, 25))


# --- signals ------------------------------------------------------------------------------------------------------


def test_ecg():
    heart = data.ecg()
    assert heart.values.shape == (21600,)
    assert heart.values.dtype == np.float64
    assert heart.rate == 360
    assert heart.values[:3] == pytest.approx([-0.245, -0.215, -0.185])  # as SciPy's documentation prints them
    assert (heart.values.min(), heart.values.max()) == (-1.855, 3.65)
    assert heart.time.shape == heart.values.shape
    assert (heart.time[0], heart.time[360]) == (0, 1)
    # The docstring's large artefact: nothing else lifts a whole second above 1.5 mV.
    seconds = heart.values.reshape(60, 360).mean(axis=1)
    assert np.flatnonzero(seconds > 1.5).tolist() == [42, 43]


def test_pulse():
    finger = data.pulse()
    values, rate = finger
    assert values.shape == (2483,)
    assert values.dtype == np.float64
    assert rate == 100
    assert (values.min(), values.max()) == (359, 854)
    assert finger.time[-1] == pytest.approx(24.82)
    beats = np.count_nonzero((values[:-1] < 700) & (values[1:] >= 700))
    assert 50 < 60 * beats / (len(values) / rate) < 70  # a minute


# --- what a learner does to one array reaches no other --------------------------------------------------------------


@pytest.mark.parametrize(
    "load",
    [data.fashion_mnist, data.mnist, data.coins, data.ecg, data.pulse]
    + [lambda name=name: (data.photo(name),) for name in data.PHOTOS],
)
def test_arrays_are_fresh_and_writable(load):
    arrays, originals = ([a for a in load() if isinstance(a, np.ndarray)] for _ in range(2))
    for a, original in zip(arrays, originals, strict=True):
        assert not np.shares_memory(a, original)
        a[...] = 0
    for original, again in zip(originals, (a for a in load() if isinstance(a, np.ndarray)), strict=True):
        assert np.array_equal(original, again)
        assert again.any()


# --- damage ---------------------------------------------------------------------------------------------------------

LOADERS = {
    "fashion_mnist_8k_2k.npz": data.fashion_mnist,
    "mnist_5k.npz": data.mnist,
    "ecg_mitbih208_60s.npz": data.ecg,
    "ppg_heartpy_100hz.npz": data.pulse,
    "coins_mask_303x384.png": data.coins,
    "coins_labels_303x384.png": data.coins,
    "camera_256.png": lambda: data.photo("camera"),
    "chelsea_160x240.png": lambda: data.photo("chelsea"),
    "coffee_160x240.png": lambda: data.photo("coffee"),
    "brick_256.png": lambda: data.photo("brick"),
    "gravel_256.png": lambda: data.photo("gravel"),
    "grass_256.png": lambda: data.photo("grass"),
    "coins_303x384.png": lambda: data.photo("coins"),
}


@pytest.fixture
def assets(tmp_path, monkeypatch):
    """A copy of assets/ that may be damaged."""
    folder = tmp_path / "assets"
    shutil.copytree(data.ASSETS, folder)
    monkeypatch.setattr(data, "ASSETS", folder)
    return folder


def damage_report(load, path):
    """Load, expect the error, and return its text, which must name the file and both ways to restore it."""
    with pytest.raises(data.DataFileError) as caught:
        load()
    text = str(caught.value)
    assert str(path) in text
    assert f"git checkout -- assets/{path.name}" in text
    assert "pip install --force-reinstall cnnlib" in text
    return text


def test_a_loader_for_every_file():
    assert sorted(LOADERS) == data_files()


def test_the_error_is_an_os_error():
    assert issubclass(data.DataFileError, OSError)


@pytest.mark.parametrize("name", LOADERS)
def test_missing_file(assets, name):
    (assets / name).unlink()
    assert "the file is missing" in damage_report(LOADERS[name], assets / name)


@pytest.mark.parametrize("name", LOADERS)
def test_one_flipped_bit(assets, name):
    raw = bytearray((assets / name).read_bytes())
    whole = hashlib.sha256(raw).hexdigest()
    raw[len(raw) // 2] ^= 1
    (assets / name).write_bytes(raw)
    text = damage_report(LOADERS[name], assets / name)
    assert "altered" in text
    assert f"found {len(raw)} bytes with SHA-256 {hashlib.sha256(raw).hexdigest()[:12]}" in text
    assert f"expected {len(raw)} bytes with SHA-256 {whole[:12]}" in text


@pytest.mark.parametrize("keep", [0, 1, 1000])
def test_truncated_file(assets, keep):
    path = assets / "mnist_5k.npz"
    path.write_bytes(path.read_bytes()[:keep])
    text = damage_report(data.mnist, path)
    assert f"cut short: found {keep} bytes" in text
    assert "expected 818324 bytes" in text


def test_longer_file(assets):
    path = assets / "camera_256.png"
    path.write_bytes(path.read_bytes() + b"\0")
    assert "too long: found 35723 bytes" in damage_report(LOADERS[path.name], path)


def test_file_that_cannot_be_read(assets):
    path = assets / "camera_256.png"
    path.unlink()
    path.mkdir()  # a folder cannot be opened as a file: on Unix and on Windows, also for root
    assert "cannot be read" in damage_report(LOADERS[path.name], path)


def test_pickle_inside_an_npz_is_refused(assets):
    """Someone who can rewrite a file and the list may still not run code in the learner's process."""
    sprung = assets / "sprung"

    class Trap:
        def __reduce__(self):
            return Path.touch, (sprung,)

    path = assets / "ppg_heartpy_100hz.npz"
    np.savez(path, ppg=np.array([Trap()], dtype=object), fs=np.array([100]))
    raw = path.read_bytes()
    listing = assets / "checksums.sha256"
    line = f"# {len(raw)} bytes\n{hashlib.sha256(raw).hexdigest()}  {path.name}"
    listing.write_text(re.sub(rf"# \d+ bytes\n\w+  {path.name}", line, listing.read_text()))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        data.pulse()
    assert not sprung.exists()


def test_missing_list(assets):
    (assets / "checksums.sha256").unlink()
    assert "the file is missing" in damage_report(data.pulse, assets / "checksums.sha256")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[: text.index("ppg_heartpy") + 3],
        lambda text: re.sub(r"\w(?=  ppg_heartpy)", "", text),
        lambda text: re.sub(r"\w(?=  ppg_heartpy)", "G", text),
        lambda text: text.replace("# 3469 bytes\n", ""),
        lambda text: "\ufffd\x00" * 50,
    ],
    ids=["empty", "cut short", "63 digits", "no hexadecimal digit", "no size", "binary"],
)
def test_damaged_list(assets, spoil):
    path = assets / "checksums.sha256"
    path.write_text(spoil(path.read_text()), encoding="utf-8")
    assert "no line for ppg_heartpy_100hz.npz" in damage_report(data.pulse, path)


def test_wrong_digit_in_the_list_is_noticed(assets):
    path = assets / "checksums.sha256"
    path.write_text(path.read_text().replace("96188b1c", "96188b1d"))
    assert "expected 3469 bytes with SHA-256 96188b1d" in damage_report(data.pulse, assets / "ppg_heartpy_100hz.npz")


def test_list_with_windows_line_ends(assets):
    path = assets / "checksums.sha256"
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert data.pulse().rate == 100


def test_missing_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "ASSETS", tmp_path / "assets")
    damage_report(data.ecg, tmp_path / "assets" / "checksums.sha256")


# --- the papers -----------------------------------------------------------------------------------------------------


def test_checksums_and_sizes_are_those_of_the_files():
    text = (data.ASSETS / "checksums.sha256").read_text()
    # Read here as sha256sum does, not as the package does.
    listed = dict(reversed(line.split("  ")) for line in text.splitlines() if not line.startswith("#"))
    assert sorted(listed) == data_files()
    for name, digest in listed.items():
        assert hashlib.sha256((data.ASSETS / name).read_bytes()).hexdigest() == digest
    sizes = {name: size for name, (size, _) in data._checksums().items()}
    assert sizes == {name: (data.ASSETS / name).stat().st_size for name in data_files()}


def test_assets_stay_small_and_hold_nothing_unlisted():
    files = all_assets()
    assert sum(p.stat().st_size for p in files) < 7_000_000
    known = {*data_files(), *LICENCES, "PROVENANCE.md", "checksums.sha256"}
    known |= set(re.findall(r"assets/pictures/([\w.]+)", (data.ASSETS.parent / "README.md").read_text("utf-8")))
    assert {p.name for p in files} == known


def test_provenance_names_every_file_with_its_size():
    page = (data.ASSETS / "PROVENANCE.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| `([\w.]+)` \| ([\d,]+) \|", page, flags=re.MULTILINE))
    assert sorted(table) == data_files()
    for name, size in table.items():
        assert int(size.replace(",", "")) == (data.ASSETS / name).stat().st_size
        # Once in the table, once or more where its origin and licence are told.
        assert page.count(f"`{name}`") >= 2, f"PROVENANCE.md does not say where {name} comes from"


def test_provenance_states_the_share_alike_of_mnist():
    page = (data.ASSETS / "PROVENANCE.md").read_text(encoding="utf-8")
    assert "Share-alike applies to this file only" in page
    assert "https://creativecommons.org/licenses/by-sa/3.0/" in page


@pytest.mark.parametrize("name", LICENCES)
def test_licences_travel_with_the_files(name):
    text = (data.ASSETS / "LICENSES" / name).read_text(encoding="utf-8")
    for needed in LICENCES[name]:
        assert needed in text
    assert f"LICENSES/{name}" in (data.ASSETS / "PROVENANCE.md").read_text(encoding="utf-8")


# --- from_idx -------------------------------------------------------------------------------------------------------

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
    with pytest.raises(TypeError, match="class_names: found '0123456789', expected a list"):
        data.from_idx(folder, class_names="0123456789")
    with pytest.raises(TypeError, match="class_names: found 10, expected a list"):
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
        (TEST_X, gzip.compress(idx(zeros(7, 28, 28))), r"It is packed: end its name in \.gz"),
        (TEST_Y, idx(zeros(7), type_code=9), "expected the magic number 00 00 08 01"),
        (TEST_X, idx(zeros(7)), r"dimension 1, expected 3, that is images\. Were the files .* exchanged"),
        (TEST_Y, idx(zeros(7, 28, 28)), "dimension 3, expected 1, that is labels"),
        (TEST_X, idx(zeros(7, 28, 28))[:10], "found 10 bytes, expected at least 16 for the header"),
        (TEST_Y, idx(zeros(7))[:4], "found 4 bytes, expected at least 8 for the header"),
        (TEST_X, idx(zeros(7, 32, 32)), "images of 32x32 pixels, expected 28x28"),
        (TEST_X, idx(zeros(7, 28, 28))[:-1], r"found 5487 values after the header, expected 5488.*cut short"),
        (TEST_X, idx(zeros(7, 28, 28)) + b"\0", r"found 5489 values.*something after the last value"),
        (TEST_X, idx(zeros(7, 28, 28), shape=(2**32 - 1, 28, 28)), "cut short"),
        (TEST_Y, idx(zeros(7))[:-1], r"found 6 values after the header, expected 7.*cut short"),
        (TEST_Y, idx(zeros(7)) + b"\n", "something after the last value"),
        (TEST_Y, idx(zeros(8)), f"found 8 labels, expected 7, one for each image in {TEST_X}"),
        (TEST_Y, idx(np.array([0, 1, 9, 10, 2, 255, 3], np.uint8)), "label 10 at position 3, expected 0 to 9"),
        (TEST_Y, idx(np.array([0, 1, 9, 2, 5, 10, 3], np.uint8)), "label 10 at position 5, expected 0 to 9"),
        (f"{TEST_X}.gz", idx(zeros(7, 28, 28)), r"cannot be unpacked .*take \.gz off its name"),
        (f"{TEST_X}.gz", gzip.compress(idx(NOISE))[:-3000], r"cannot be unpacked .*cut short"),
        (f"{TEST_X}.gz", gzip.compress(idx(NOISE))[:-1], "cannot be unpacked"),
        (f"{TEST_X}.gz", gzip.compress(idx(NOISE))[:-8] + b"\0" * 8, "cannot be unpacked .*CRC"),
        (f"{TEST_X}.gz", gzip.compress(idx(zeros(7, 28, 28)))[:10] + b"\xff" * 40, "cannot be unpacked"),
    ],
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
