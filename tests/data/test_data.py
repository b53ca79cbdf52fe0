"""The data room: every loader gives what it promises, fresh each time."""

import numpy as np
import pytest

from cnnlib import data

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
    with pytest.raises(TypeError, match="name: found 3, expected one of the names"):
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


def test_coins_are_split_by_place():
    whole, above, below = data.coins(), data.coins("train"), data.coins("test")
    assert np.array_equal(np.concatenate([above.image, below.image]), whole.image)
    assert np.array_equal(np.concatenate([above.mask, below.mask]), whole.mask)
    for part, of_whole in ((above, whole.labels[:151]), (below, whole.labels[151:])):
        assert np.unique(part.labels).tolist() == list(range(13))
        assert np.array_equal(part.mask, part.labels > 0)
        pairs = np.unique(np.stack([part.labels[part.mask], of_whole[part.mask]]), axis=1)   # one number, one coin
        assert pairs.shape == (2, 12)
        assert not part.mask[[0, -1]].any(), "the cut goes through a coin"


@pytest.mark.parametrize(("split", "error", "words"), [
    ("training", ValueError, """split must be "train" or "test", found 'training': "train"?"""),
    ("half", ValueError, """split must be "train" or "test", found 'half'"""),
    (1, TypeError, 'split must be "train" or "test", found 1'),
])
def test_other_splits(split, error, words):
    for load in (data.coins, data.garments_on_texture):
        with pytest.raises(error) as caught:
            load(split)
        assert str(caught.value) == words


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


@pytest.mark.alike(2)
@pytest.mark.parametrize(
    "load",
    [data.fashion_mnist, data.mnist, data.coins, data.garments_on_texture, data.ecg, data.pulse]
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
