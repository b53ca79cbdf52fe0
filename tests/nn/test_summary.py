"""The table of a network, as numbers, as text and as HTML."""

import html
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from networks import nested, small

from cnnlib import nn, zoo

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
    grouped = nn.Conv2d(6, 4, (3, 5), groups=2)   # every output is made from 3 of the 6 channels
    assert grouped.macs((6, 8, 9)) == (4 * 6 * 5) * (3 * 3 * 5)


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
