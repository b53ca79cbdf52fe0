"""What a summary says of memory, beside what the layers really hold; and the table as a file."""

import csv
import io

import numpy as np
import pytest
from holding import held

from cnnlib import nn, zoo
from cnnlib.nn.memory import spelled
from cnnlib.ops.conv import BLOCK_BYTES


def residual(channels, filters, stride):
    convolved = [nn.Conv2d(channels, filters, 3, stride, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU(),
                 nn.Conv2d(filters, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters)]
    projected = nn.Sequential(nn.Conv2d(channels, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))
    return nn.Residual(*convolved, shortcut=None if stride == 1 else projected), nn.ReLU()


def small_resnet():
    return nn.Sequential(nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), *residual(8, 8, 1),
                         *residual(8, 16, 2), nn.GlobalAvgPool2d(), nn.Linear(16, 10))


def small_densenet():
    layers = [nn.Sequential(nn.BatchNorm2d(4 + 2 * i), nn.ReLU(), nn.Conv2d(4 + 2 * i, 2, 3, padding=1))
              for i in range(5)]
    return nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.DenseBlock(*layers), nn.BatchNorm2d(14),
                         nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Dropout(0.5), nn.Linear(14 * 144, 10))


NETWORKS = {
    "lenet5": (zoo.lenet5, (1, 28, 28)),
    "lenet_notes": (zoo.lenet_notes, (3, 32, 32)),
    "resnet": (small_resnet, (3, 32, 32)),
    "densenet": (small_densenet, (1, 24, 24)),
    "enlarging": (lambda: nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.ConvTranspose2d(4, 2, 2, stride=2)),
                  (1, 9, 9)),
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("batch", [1, 16])
def test_activations_are_what_the_layers_hold(name, batch):
    """To 1 %: left out are a few numbers for each channel of batch norm, and patches, at most 8 MB a layer."""
    make, shape = NETWORKS[name]
    model, x = make(), np.random.default_rng(0).random((batch, *shape), np.float32)
    whole, patches = held(model, x)
    told = model.summary(shape).memory.batch(batch).activations
    assert told == pytest.approx(whole - patches, rel=0.01)
    assert patches <= BLOCK_BYTES * sum(isinstance(layer, nn.Conv2d) for layer in model.leaves())


@pytest.mark.parametrize("name", NETWORKS)
def test_the_rest_is_what_a_step_of_training_leaves(name):
    make, shape = NETWORKS[name]
    model, memory = make().train(), make().summary(shape).memory
    optimizer = nn.Adam(model.parameters())
    model.backward(np.ones_like(model(np.random.default_rng(0).random((4, *shape), np.float32))))
    optimizer.step()
    made = [p for _, p in [*model.named_parameters(), *model.named_statistics()]]
    assert memory.parameters == sum(p.data.nbytes for p in made)
    assert memory.gradients == sum(p.grad.nbytes for p in model.parameters())
    assert memory.optimizer == sum(array.nbytes for state in optimizer.state for array in state.values()
                                   if isinstance(array, np.ndarray))


def test_memory_of_lenet_by_hand():
    """Padded input 32·32, ReLU and pooling of both stages, ReLU of both hidden layers: 9,108 numbers."""
    memory = zoo.lenet5().summary((1, 28, 28)).memory
    assert memory == (4 * (1024 + 4704 + 1176 + 1600 + 400 + 120 + 84), 4 * 61706, 4 * 61706, 8 * 61706)
    assert memory.total == sum(memory) == 36_432 + 16 * 61_706
    assert memory.batch(64) == (64 * 36_432, *memory[1:])
    assert str(memory) == ("activations 36.4 kB, parameters 247 kB, gradients 247 kB, optimizer 494 kB: "
                           "together 1.02 MB")


def test_paths_that_part_hold_their_input_once():
    block, conv = nn.Residual(nn.Conv2d(2, 2, 1)), nn.Conv2d(2, 2, 1)
    assert nn.Sequential(nn.ReLU(), block, conv).summary((2, 3, 3)).kept == [0, 72, 0, 72]
    ends = nn.Residual(nn.Conv2d(2, 2, 1), nn.ReLU())   # its sum is another array than that of the ReLU
    assert nn.Sequential(ends, nn.Conv2d(2, 2, 1)).summary((2, 3, 3)).kept == [0, 72 + 72, 72]
    assert nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.ReLU()).summary((2, 3, 3)).kept == [0, 0, 18, 72]


def test_bytes_as_one_says_them():
    said = {0: "0 bytes", 999: "999 bytes", 1000: "1 kB", 999_999: "1 MB", 246_824: "247 kB", 1.5e9: "1.5 GB",
            2e15: "2e+03 TB"}
    assert {count: spelled(count) for count in said} == said


# --- the table as a file ----------------------------------------------------------------------------------------------

def test_csv_holds_the_rows(tmp_path):
    summary = small_resnet().summary((3, 32, 32))
    head, *lines = csv.reader(io.StringIO(summary.csv()))
    assert head == ["layer", "output shape", "size", "parameters", "MACs", "receptive field", "kept bytes"]
    assert len(lines) == len(summary.rows)
    for line, row, kept in zip(lines, summary.rows, summary.kept, strict=True):
        assert line[:2] == [row.name, "x".join(map(str, row.output_shape))]
        assert list(map(int, line[2:5])) == [row.size, row.parameters, row.macs]
        assert line[5:] == ["all" if row.receptive_field is None else str(row.receptive_field), str(kept)]
    assert sum(int(line[6]) for line in lines) == summary.memory.activations
    path = summary.csv(tmp_path / "resnet")
    assert path.name == "resnet.csv" and path.read_text() == summary.csv()
    wide = nn.Sequential(nn.Conv2d(1, 1, (1, 3))).summary((1, 5, 5)).csv()
    assert wide.splitlines()[-1] == "0 Conv2d,1x5x3,15,4,45,1x3,100"


def test_csv_to_a_place_that_cannot_be(tmp_path):
    summary = zoo.lenet5().summary((1, 28, 28))
    with pytest.raises(FileNotFoundError, match="path: the folder"):
        summary.csv(tmp_path / "none" / "lenet.csv")
    with pytest.raises(TypeError, match=r"path must be a file name such as 'network\.csv', found int"):
        summary.csv(3)


# --- blocks opened ----------------------------------------------------------------------------------------------------

def test_blocks_can_be_opened():
    model = small_resnet()
    closed, opened, deeper = (model.summary((3, 32, 32), depth=depth) for depth in (1, 2, 3))
    assert [row.name for row in opened.rows][4:10] == [
        "3.body.0 Conv2d", "3.body.1 BatchNorm2d", "3.body.2 ReLU", "3.body.3 Conv2d", "3.body.4 BatchNorm2d", "4 ReLU"]
    assert "5.shortcut.0 Sequential" in [row.name for row in opened.rows]
    projection = {row.name: row for row in deeper.rows}["5.shortcut.0.0 Conv2d"]
    assert projection[1:] == ((16, 16, 16), 4096, 128, 8 * 16 * 16 * 16, 7)
    for summary in (opened, deeper):
        assert (summary.parameters, summary.macs, summary.memory) == (closed.parameters, closed.macs, closed.memory)
        assert summary.rows[-1] == closed.rows[-1]
    fields = {row.name: row.receptive_field for row in closed.rows}
    assert {row.name: row.receptive_field for row in deeper.rows}["3.body.4 BatchNorm2d"] == fields["3 Residual"] == 7
    assert repr(model.summary((3, 32, 32), 1)) == repr(model.summary((3, 32, 32)))


def test_an_open_dense_block_shows_what_each_layer_adds():
    rows = {row.name: row for row in small_densenet().summary((1, 24, 24), depth=3).rows}
    added = [rows[f"2.{i}.2 Conv2d"] for i in range(5)]
    assert [row.output_shape for row in added] == [(2, 24, 24)] * 5
    assert [row.parameters for row in added] == [2 * 9 * (4 + 2 * i) + 2 for i in range(5)]
    assert [rows[f"2.{i}.0 BatchNorm2d"].output_shape[0] for i in range(5)] == [4, 6, 8, 10, 12]
    assert [row.receptive_field for row in added] == [5, 7, 9, 11, 13]


@pytest.mark.parametrize("depth", [0, -1, 1.5, "2", None])
def test_a_depth_that_cannot_be(depth):
    with pytest.raises((TypeError, ValueError), match=r"^depth must be"):
        zoo.lenet5().summary((1, 28, 28), depth)
