"""Networks as lists of layers: indexing, seeds, the summary, and saving."""

import html
import io
import os
import pickle
import re
import zipfile
from html.parser import HTMLParser

import numpy as np
import pytest

from cnnlib import nn, zoo


def small(seed=0):
    return nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(2 * 3 * 3, 4), seed=seed
    )


def nested(seed=0):
    block = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), seed=99)
    return nn.Sequential(block, nn.Sequential(nn.Conv2d(2, 2, 3), nn.Sequential(nn.Conv2d(2, 1, 1))), seed=seed)


def weights(model):
    return {name: p.data.copy() for name, p in model.named_parameters()}


def same(a, b):
    return a.keys() == b.keys() and all(np.array_equal(a[name], b[name]) for name in a)


IMAGES = np.random.default_rng(0).random((3, 1, 8, 8))


# --- a list of layers ---------------------------------------------------------------------------------------------

def test_indexing():
    model = small()
    assert len(model) == 5
    assert list(model) == [model[i] for i in range(5)]
    assert model[-1] is model[4] and isinstance(model[-1], nn.Linear)
    assert model[np.int64(1)] is model[1]
    for index in (5, -6):
        with pytest.raises(IndexError):
            model[index]


@pytest.mark.parametrize("part", [slice(3), slice(1, 3), slice(-2, None), slice(None, None, 2), slice(9, 12)])
def test_slices_are_networks_of_the_same_layers(part):
    model = small(seed=7)
    piece = model[part]
    assert isinstance(piece, nn.Sequential)
    assert list(piece) == list(model)[part]
    assert all(a is b for a, b in zip(piece, list(model)[part], strict=True))


def test_slicing_neither_reseeds_nor_makes_parameters():
    model, twin = small(seed=7), small(seed=7)
    piece = model[3:]
    assert not any(p.made for p in model.parameters())
    assert same(weights(model), weights(twin))
    piece[1].weight.data[...] = 5
    assert (model[4].weight.data == 5).all()
    first, rest = model[:2], model[2:]
    assert np.array_equal(rest(first(IMAGES)), model(IMAGES))
    assert model.train()[:2].training and not model.eval()[:2].training


def test_forward_and_backward_pass_through_every_layer():
    model = small()
    x = IMAGES
    for layer in model:
        x = layer(x)
    assert np.array_equal(model(IMAGES), x)
    dy = np.arange(12.0).reshape(3, 4)
    dx = model.backward(dy)
    for layer in reversed(list(model)):
        dy = layer.backward(dy)
    assert np.array_equal(dx, dy)
    assert model.backward(np.ones((3, 4)), need_dx=False) is None
    assert nested()(IMAGES).shape == (3, 1, 4, 4)


def test_an_empty_network_changes_nothing():
    model = nn.Sequential()
    assert np.array_equal(model(IMAGES), IMAGES)
    assert np.array_equal(model.backward(IMAGES), IMAGES)
    assert model.output_shape((1, 8, 8)) == (1, 8, 8)
    assert (len(model), list(model.parameters()), repr(model)) == (0, [], "Sequential(\n)")


def test_names_of_parameters():
    assert list(dict(nested().named_parameters())) == [
        "0.0.weight", "0.0.bias", "1.0.weight", "1.0.bias", "1.1.0.weight", "1.1.0.bias",
    ]  # fmt: skip
    assert [p.shape for p in small().parameters()] == [(2, 1, 3, 3), (2,), (4, 18), (4,)]


def test_repr():
    assert repr(small()[:2]) == "Sequential(\n  (0) Conv2d(1, 2, kernel_size=3)\n  (1) ReLU()\n)"
    assert repr(nested()) == (
        "Sequential(\n"
        "  (0) Sequential(\n"
        "    (0) Conv2d(1, 2, kernel_size=3)\n"
        "    (1) ReLU()\n"
        "  )\n"
        "  (1) Sequential(\n"
        "    (0) Conv2d(2, 2, kernel_size=3)\n"
        "    (1) Sequential(\n"
        "      (0) Conv2d(2, 1, kernel_size=1)\n"
        "    )\n"
        "  )\n"
        ")"
    )


def test_train_and_eval_reach_every_layer():
    model = nn.Sequential(nn.Sequential(nn.Dropout(), nn.ReLU()), nn.Dropout())
    assert not model.training
    assert model.train() is model
    assert all([model.training, model[0].training, model[0][0].training, model[1].training])
    assert model.eval() is model
    assert not any([model.training, model[0].training, model[0][0].training, model[1].training])


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([nn.ReLU(), nn.ReLU], ["number 1", "it is a class, add ()"]),
        ([[nn.ReLU()]], ["number 0", "a list? Put a * before it"]),
        ([np.maximum], ["number 0", "maximum"]),
        ([None], ["number 0", "None"]),
        (["relu"], ["number 0", "'relu'"]),
    ],
)
def test_only_layers(layers, words):
    with pytest.raises(TypeError, match="must be a layer") as error:
        nn.Sequential(*layers)
    assert all(word in str(error.value) for word in words), str(error.value)


def test_a_layer_has_one_place():
    # It remembers one input; in a second place it would overwrite what the first needs to go backward.
    relu, linear = nn.ReLU(), nn.Linear(2, 2)
    for layers in ([linear, relu, nn.Linear(2, 2), relu], [linear, nn.Sequential(relu, linear)]):
        with pytest.raises(ValueError, match="is used twice"):
            nn.Sequential(*layers)


def test_errors_name_the_layer_that_does_not_fit():
    model = small()
    with pytest.raises(ValueError) as error:
        model.output_shape((1, 9, 12))
    assert "layer (4) Linear(18, 4) cannot take input of shape (30,)" in str(error.value)
    with pytest.raises(ValueError) as error:
        model(np.ones((2, 1, 9, 12)))
    assert "layer (4) Linear(18, 4): x has 30 features" in str(error.value)
    with pytest.raises(ValueError) as error:
        model(np.ones((2, 3, 8, 8)))
    assert "layer (0) Conv2d(1, 2, kernel_size=3): x has 3 channels" in str(error.value)
    with pytest.raises(ValueError) as error:
        nested()(np.ones((2, 1, 4, 4)))
    assert "layer (1) Sequential: layer (0) Conv2d(2, 2, kernel_size=3): kernel_size is too large" in str(error.value)
    with pytest.raises(ValueError) as error:
        nested().output_shape((1, 4, 4))
    assert "layer (1) Sequential cannot take input of shape (2, 2, 2)" in str(error.value)
    assert "\n" not in str(error.value)


# --- seeds --------------------------------------------------------------------------------------------------------

def test_the_seed_decides_the_weights():
    for make in (small, nested, zoo.lenet5):
        assert same(weights(make(seed=3)), weights(make(seed=3)))
        a, b = weights(make(seed=3)), weights(make(seed=4))
        assert not any(np.array_equal(a[name], b[name]) for name in a if "weight" in name)
    assert same(weights(small()), weights(small(seed=0)))
    assert same(weights(small(seed=np.int64(3))), weights(small(seed=3)))


def test_weights_do_not_depend_on_the_order_of_first_touch():
    forwards, backwards, by_use = small(seed=1), small(seed=1), small(seed=1)
    expected = weights(forwards)
    for p in reversed(list(backwards.parameters())):
        p.data  # noqa: B018
    by_use[3:](np.ones((1, 2, 3, 3)))
    by_use(IMAGES)
    np.random.default_rng(0).random(5)   # and there is no global generator to be disturbed
    assert same(weights(backwards), expected)
    assert same(weights(by_use), expected)


def test_every_place_has_weights_of_its_own():
    def block():
        return nn.Sequential(nn.Conv2d(2, 2, 3), nn.Sequential(nn.Conv2d(2, 2, 3), nn.Conv2d(2, 2, 3)))

    model = nn.Sequential(nn.Conv2d(2, 2, 3), nn.Conv2d(2, 2, 3), block(), block())
    kernels = [data for name, data in weights(model).items() if name.endswith("weight")]
    assert len(kernels) == 8
    drawn = {number for kernel in kernels for number in kernel.ravel().tolist()}
    assert len(drawn) == 8 * 36, "no number is drawn twice"


def test_in_nested_networks_the_outermost_seed_counts():
    assert same(weights(nested(seed=1)), weights(nested(seed=1)))
    inner = nn.Sequential(nn.Linear(3, 3), seed=5)
    alone = weights(nn.Sequential(nn.Linear(3, 3), seed=5))["0.weight"]
    outer = nn.Sequential(inner, seed=1)
    other = nn.Sequential(nn.Sequential(nn.Linear(3, 3), seed=6), seed=1)
    assert np.array_equal(outer[0][0].weight.data, other[0][0].weight.data)
    assert not np.array_equal(outer[0][0].weight.data, alone)


def test_weights_that_exist_are_not_drawn_anew():
    body = small(seed=1)[:3]
    trained = weights(body)
    assert same(weights(nn.Sequential(*body, nn.Flatten(), seed=2)), trained)


@pytest.mark.parametrize("seed", [-1, 1.5, None, "0"])
def test_seeds_are_whole_numbers(seed):
    with pytest.raises((ValueError, TypeError), match="seed must be"):
        nn.Sequential(nn.Linear(1, 1), seed=seed)


# --- the summary --------------------------------------------------------------------------------------------------

# The table of the lessons; ReLU and Flatten, which the notes leave out, lie between. The logits are before softmax.
LENET_NOTES = [
    # name, H x W x C, size, parameters, receptive field
    ("input", (32, 32, 3), 3072, 0, 1),
    ("0 Conv2d", (28, 28, 8), 6272, 608, 5),
    ("2 MaxPool2d", (14, 14, 8), 1568, 0, 6),
    ("3 Conv2d", (10, 10, 16), 1600, 3216, 14),
    ("5 MaxPool2d", (5, 5, 16), 400, 0, 16),
    ("7 Linear", (120,), 120, 48120, None),
    ("9 Linear", (84,), 84, 10164, None),
    ("11 Linear", (10,), 10, 850, None),
]


def channels_first(shape):
    return shape if len(shape) == 1 else (shape[2], *shape[:2])


def test_summary_of_the_network_of_the_notes():
    summary = zoo.lenet_notes().summary((3, 32, 32))
    rows = {row.name: row for row in summary.rows}
    for name, shape, size, parameters, field in LENET_NOTES:
        row = rows.pop(name)
        assert (row.output_shape, row.size) == (channels_first(shape), size)
        assert (row.parameters, row.receptive_field) == (parameters, field)
    assert sorted(rows) == ["1 ReLU", "10 ReLU", "4 ReLU", "6 Flatten", "8 ReLU"]
    assert all(row.parameters == row.macs == 0 for row in rows.values())
    assert rows["6 Flatten"].receptive_field == 16, "a flattened unit still sees what it saw"
    assert summary.parameters == 62958 == sum(row.parameters for row in summary.rows)
    assert summary.macs == sum(row.macs for row in summary.rows)


def multiplications(model, shape):
    """Count them one by one: every output, every weight that it takes."""
    count, x = 0, np.zeros((1, *shape))
    for layer in model:
        y = layer(x)
        if isinstance(layer, nn.Conv2d):
            for _ in np.ndindex(*y.shape[1:]):
                for _ in np.ndindex(*layer.weight.shape[1:]):
                    count += 1
        if isinstance(layer, nn.Linear):
            for _ in range(y.size):
                for _ in range(x.size):
                    count += 1
        x = y
    return count


def test_macs_count_the_multiplications():
    model = zoo.lenet_notes()
    assert model.summary((3, 32, 32)).macs == multiplications(model, (3, 32, 32)) == 849_320
    strided = nn.Sequential(nn.Conv2d(2, 3, (3, 2), stride=2, padding=1, dilation=(1, 2)), nn.Flatten(),
                            nn.Linear(36, 2), nn.ReLU(), nn.Linear(2, 5))
    assert strided.summary((2, 7, 6)).macs == multiplications(strided, (2, 7, 6))
    assert strided.macs((2, 7, 6)) == strided.summary((2, 7, 6)).macs


def test_summary_makes_no_parameters():
    model = nn.Sequential(nn.Flatten(), nn.Linear(10**6, 10**6))   # four terabytes
    assert model.summary((1, 1000, 1000)).parameters == 10**12 + 10**6
    assert not any(p.made for p in model.parameters())


def test_summary_agrees_with_the_forward_pass():
    for model, shape in [(small(), (1, 8, 8)), (nested(), (1, 8, 8)), (zoo.lenet5(), (1, 28, 28))]:
        x = np.zeros((2, *shape))
        input_row, *rows = model.summary(shape).rows
        assert (input_row.name, input_row.output_shape, input_row.size) == ("input", shape, np.prod(shape))
        for layer, row in zip(model, rows, strict=True):
            x = layer(x)
            assert row.output_shape == x.shape[1:]
            assert row.size == x[0].size
            assert row.parameters == sum(p.data.size for p in layer.parameters())


def seen_by_one_unit(model, shape):
    """Poke every input cell; the height and width of the region that unit in the middle answers to."""
    for p in model.parameters():
        p.data[...] = 1
    still = model(np.zeros((1, *shape)))
    unit = (0, 0, *(n // 2 for n in still.shape[2:]))
    cells = []
    for cell in np.ndindex(*shape[1:]):
        x = np.zeros((1, *shape))
        x[(0, 0, *cell)] = 1
        if model(x)[unit] != still[unit]:
            cells.append(cell)
    return tuple(max(axis) - min(axis) + 1 for axis in zip(*cells, strict=True))


@pytest.mark.parametrize(
    "model",
    [
        nn.Sequential(nn.Conv2d(1, 1, 3), nn.AvgPool2d(2), nn.Conv2d(1, 1, 3)),
        nn.Sequential(nn.Sequential(nn.Conv2d(1, 1, 3), nn.ReLU()), nn.Sequential(nn.Sequential(nn.Conv2d(1, 1, 5)))),
        nn.Sequential(nn.Conv2d(1, 1, (3, 1), dilation=(2, 1)), nn.ReLU(), nn.MaxPool2d((1, 2))),
        nn.Sequential(nn.Conv2d(1, 1, 3, stride=2, padding="same"), nn.Conv2d(1, 1, 3, padding="same")),
    ],
)
def test_receptive_field_by_experiment(model):
    field = model.summary((1, 16, 16)).rows[-1].receptive_field
    assert (field if isinstance(field, tuple) else (field, field)) == seen_by_one_unit(model, (1, 16, 16))


def test_receptive_field_is_everything_once_a_layer_mixes_it_all():
    def fields(model, shape):
        return [row.receptive_field for row in model.summary(shape).rows]

    head = nn.Sequential(nn.Conv2d(1, 4, 3), nn.GlobalAvgPool2d(), nn.Linear(4, 2), nn.ReLU())
    assert fields(head, (1, 9, 9)) == [1, 3, None, None, None]
    assert fields(nn.Sequential(nn.ReLU(), nn.Linear(4, 2), nn.ReLU()), (4,)) == [1, 1, None, None]
    assert fields(nn.Sequential(nn.Sequential(nn.Flatten(), nn.Linear(9, 2)), nn.ReLU()), (1, 3, 3)) == [1, None, None]


def test_summary_as_text():
    text = repr(zoo.lenet_notes().summary((3, 32, 32)))
    lines = text.splitlines()
    assert re.split(r"  +", lines[0]) == ["layer", "output shape", "size", "parameters", "MACs", "receptive field"]
    assert lines[1] == lines[-2] == "-" * len(lines[0])
    body = lines[2:-2]
    assert re.split(r"  +", body[1]) == ["0 Conv2d", "8 x 28 x 28", "6,272", "608", "470,400", "5"]
    assert re.split(r"  +", body[8]) == ["7 Linear", "120", "120", "48,120", "48,000", "all"]
    assert re.split(r"  +", lines[-1]) == ["total", "62,958", "849,320"]
    assert all(line == line.rstrip() for line in lines)
    # Words begin, and numbers end, where their head does.
    start = lines[0].index("output shape")
    assert all(line[start - 1] == " " != line[start] for line in body)
    for head in ("size", "parameters", "MACs", "receptive field"):
        end = lines[0].index(head) + len(head)
        assert all(line[end - 1] != " " and line[end:end + 1] in ("", " ") for line in body)
    assert lines[-1].index("62,958") + 6 == lines[0].index("parameters") + 10
    assert lines[-1].index("849,320") + 7 == lines[0].index("MACs") + 4


class Table(HTMLParser):
    """The rows of a table as lists of text; refuses tags that are not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.rows = [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.rows[-1][-1] += data


def test_summary_as_html_says_the_same_as_the_text():
    summary = zoo.lenet_notes().summary((3, 32, 32))
    rows = Table(summary._repr_html_()).rows
    text = [line for line in repr(summary).splitlines() if not line.startswith("-")]
    assert [[cell for cell in row if cell] for row in rows] == [re.split(r"  +", line) for line in text]
    assert rows[-1] == ["total", "", "", "62,958", "849,320", ""]


def test_summary_escapes_names():
    kind = type("<b>&", (nn.ReLU,), {})
    text = nn.Sequential(kind()).summary((4,))._repr_html_()
    assert html.escape("<b>&") in text and "<b>" not in text


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (784, ["input_shape must be the shape of one example"]),
        ((64, 1, 28, 28), ["layer (0)", "leave out the batch axis"]),
        ((28, 28), ["layer (0)", "x[:, None]"]),
        ((3, 28, 28), ["expects 1 input channels, found 3"]),
        ((1, 32, 32), ["layer (7) Linear(400, 120)", "(576,)"]),
        ((1, 28, 0), ["input_shape must be at least 1"]),
        ((1, 28, 28.0), ["input_shape must be an integer"]),
    ],
)
def test_summary_of_input_that_does_not_fit(shape, words):
    with pytest.raises((ValueError, TypeError)) as error:
        zoo.lenet5().summary(shape)
    assert all(word in str(error.value) for word in words), str(error.value)


# --- save and load ------------------------------------------------------------------------------------------------

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
