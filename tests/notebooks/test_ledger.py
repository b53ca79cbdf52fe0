"""The facts ledger: every number of the worked examples is true, and a lesson's cell computes or asserts it.

Each fact has a calculation of its own here, made with the package, with NumPy or with plain arithmetic; and the pieces
of text by which the cell that shows it is found, in the code cells of a lesson. nbval runs those cells, so what stands
in them holds. A fact that goes missing from its lesson turns this test red.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np
import pytest

import cnnlib as cnn

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@dataclass
class Fact:
    """A fact: in words, whether it holds, and {lesson: pieces that one of its code cells or their outputs contain}."""

    words: str
    holds: object
    shown: dict


def line(x, w, **how):
    """A one-dimensional cross-correlation as a list of whole numbers."""
    return cnn.correlate1d(x, w, **how).astype(int).tolist()


def pooled(x, **how):
    """Max pooling of a short signal, 2 / 2, as a list."""
    return cnn.max_pool1d(np.array(x, float)[None, None], 2, **how).ravel().astype(int).tolist()


def parameters(layer):
    """How many numbers a layer learns."""
    return sum(p.size for p in layer.parameters())


def reads(n, kernel, padding):
    """How often each of n x n pixels is read, counted in plain loops."""
    counts = np.zeros((n, n), int)
    for i in range(-padding, n + padding - kernel + 1):
        for j in range(-padding, n + padding - kernel + 1):
            counts[max(i, 0):i + kernel, max(j, 0):j + kernel] += 1
    return counts


def size(*stages, channels=None):
    """The shape that comes out of layers."""
    return cnn.nn.Sequential(*stages).summary(channels).rows[-1].output_shape


IMAGE = np.array([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]])
CROSS = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
NOTES = [("CONV1", 6272, 608), ("POOL1", 1568, 0), ("CONV2", 1600, 3216), ("POOL2", 400, 0), ("FC3", 120, 48120),
         ("FC4", 84, 10164), ("Softmax", 10, 850)]

PUBLISHED = [("AlexNet", cnn.zoo.alexnet, 61_100_840), ("VGG-16", cnn.zoo.vgg16, 138_357_544),
             ("ResNet-18", cnn.zoo.resnet18, 11_689_512), ("ResNet-34", cnn.zoo.resnet34, 21_797_672),
             ("ResNet-50", cnn.zoo.resnet50, 25_557_032), ("DenseNet-121", cnn.zoo.densenet121, 7_978_856)]


def table():
    """The rows of the network of the notes: (size, parameters) of its convolutions, poolings and linear layers."""
    rows = cnn.zoo.lenet_notes().summary((3, 32, 32)).rows
    return [(r.size, r.parameters) for r in rows if r.name.split()[-1] in ("Conv2d", "MaxPool2d", "Linear")]


def fields():
    """Receptive fields along it: convolution, pooling, convolution, pooling."""
    return cnn.receptive_field([(5, 1), (2, 2), (5, 1), (2, 2)])


FACTS = [
    # one dimension
    Fact("[0,1,0,1,1] * [-1,1] = [1,-1,1,0]", lambda: line([0, 1, 0, 1, 1], [-1, 1]) == [1, -1, 1, 0],
         {"01": ["correlate1d([0, 1, 0, 1, 1], [-1, 1]).tolist() == [1, -1, 1, 0]"]}),
    Fact("[0,1,-1,1,1] * [-1,1] = [1,-2,2,0]", lambda: line([0, 1, -1, 1, 1], [-1, 1]) == [1, -2, 2, 0],
         {"01": ["correlate1d([0, 1, -1, 1, 1], w).tolist() == [1, -2, 2, 0]"]}),
    Fact("[0,1,0,1,0] * [0,1] = [1,0,1,0], a shift", lambda: line([0, 1, 0, 1, 0], [0, 1]) == [1, 0, 1, 0],
         {"01": ["[0, 1, 0, 1, 0]", "[0, 1]", "1, 0, 1, 0"]}),
    Fact("np.convolve gives [-1,1,-1,0]: the flip",
         lambda: np.convolve([0, 1, 0, 1, 1], [-1, 1], "valid").tolist() == [-1, 1, -1, 0],
         {"01": ["np.convolve([0, 1, 0, 1, 1], [-1, 1]", "== [-1, 1, -1, 0]"]}),
    Fact("as a matrix, row i holds the filter from column i",
         lambda: cnn.as_matrix([2, 3], 4).tolist() == [[2, 3, 0, 0], [0, 2, 3, 0], [0, 0, 2, 3]],
         {"02": ["M = cnn.as_matrix([-1, 1], 5)", "[-1, 1, 0, 0, 0], [ 0, -1, 1, 0, 0]"]}),
    Fact("the filter [1] is the identity matrix", lambda: np.array_equal(cnn.as_matrix([1], 5), np.eye(5)),
         {"02": ["as_matrix([1]", "np.eye("]}),
    # two dimensions
    Fact("the 5 x 5 image", lambda: cnn.correlate2d(IMAGE, CROSS).tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]],
         {"03": ["y.tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]"]}),
    Fact("its filter is the same after half a turn", lambda: np.array_equal(CROSS, CROSS[::-1, ::-1]),
         {"03": ["np.array_equal(w, w[::-1, ::-1])"]}),
    Fact("a weight of 2 would give 6, not 4", lambda: (IMAGE[:3, :3] * [[1, 0, 2], [0, 1, 0], [1, 0, 2]]).sum() == 6,
         {"03": ["(window * w).sum() == 4", "(window * doubled).sum() == 6"]}),
    # sizes
    Fact("N=7, F=3: S=1 gives 5, S=2 gives 3", lambda: [cnn.output_size(7, 3, stride=S) for S in (1, 2)] == [5, 3],
         {"01": ["sizes(7, 3), sizes(7, 3, stride=2)", "(5, 3, 2, 7)"]}),
    Fact("S=3 gives 2.33: it does not fit, libraries floor to 2",
         lambda: round((7 - 3) / 3 + 1, 2) == 2.33 and cnn.output_size(7, 3, stride=3) == 2,
         {"01": ["output_size(7, 3, stride=3) == 2", "== 2.33"], "03": ["2.33 -> 2"]}),
    Fact("and never read the last column",
         lambda: not cnn.correlate2d(np.eye(7)[[6] * 7], np.ones((3, 3)), stride=3).any(),
         {"03": ["changed[6], changed[:, 6] = 1000, 1000", "13 of 49 pixels are never read"]}),
    Fact("S=1, P=1 gives 7", lambda: cnn.output_size(7, 3, padding=1) == 7,
         {"01": ["output_size(7, 3, padding=1) == (7 + 2 * 1) - 3 + 1"]}),
    Fact("same: P = 0, 1, 2, 3 for F = 1, 3, 5, 7",
         lambda: [cnn.output_size(28, F, padding=(F - 1) // 2) for F in (1, 3, 5, 7)] == [28] * 4,
         {"03": ["[cnn.output_size(28, F, padding=(F - 1) // 2) for F in (1, 3, 5, 7)] == [28, 28, 28, 28]"]}),
    Fact("no such P for even F", lambda: 28 not in [cnn.output_size(28, 4, padding=P) for P in range(9)],
         {"03": ["[cnn.output_size(28, 4, padding=P) for P in (1, 2)] == [27, 29]"]}),
    Fact("a pixel is used 4, 6 or 9 times", lambda: [reads(5, 3, 1)[p] for p in ((0, 0), (0, 2), (2, 2))] == [4, 6, 9],
         {"03": ["(counts[0, 0], counts[0, 2], counts[2, 2]) == (4, 6, 9)"]}),
    # channels
    Fact("ten 5 x 5 filters on 32 x 32 x 3, P=2: 32 x 32 x 10",
         lambda: size(cnn.nn.Conv2d(3, 10, 5, padding=2), channels=(3, 32, 32)) == (10, 32, 32),
         {"04": ["(10, 32, 32)"]}),
    Fact("and (5*5*3+1)*10 = 760 parameters",
         lambda: parameters(cnn.nn.Conv2d(3, 10, 5)) == (5 * 5 * 3 + 1) * 10 == 760,
         {"00": ["== (5 * 5 * 3 + 1) * 10 == 760"], "04": ["760"]}),
    Fact("one 5 x 5 x 3 filter is a 75-dimensional dot product", lambda: np.ones((3, 5, 5)).size == 75,
         {"04": ["window.ravel().shape == (75,) and dot == (window * w).sum()"]}),
    Fact("it makes 28 x 28 x 1", lambda: size(cnn.nn.Conv2d(3, 1, 5), channels=(3, 32, 32)) == (1, 28, 28),
         {"04": ["28, 28)"]}),
    Fact("six filters: 28 x 28 x 6", lambda: size(cnn.nn.Conv2d(3, 6, 5), channels=(3, 32, 32)) == (6, 28, 28),
         {"04": ["-> (1, 6, 28, 28)"]}),
    Fact("56 x 56 x 64 and 32 1x1 filters: 56 x 56 x 32",
         lambda: size(cnn.nn.Conv2d(64, 32, 1), channels=(64, 56, 56)) == (32, 56, 56), {"04": ["32, 56, 56)"]}),
    Fact("3072 inputs to 4704 outputs densely: 14,450,688 weights",
         lambda: (32 * 32 * 3) * (28 * 28 * 6) == 3072 * 4704 == 14_450_688,
         {"00": ["14,450,688 against 456"], "04": ["14,450,688"]}),
    Fact("by convolution 456", lambda: parameters(cnn.nn.Conv2d(3, 6, 5)) == (5 * 5 * 3 + 1) * 6 == 456,
         {"00": ["14,450,688 against 456"], "04": ["456"]}),
    Fact("456 and 608: 6 and 8 filters", lambda: parameters(cnn.nn.Conv2d(3, 8, 5)) == 608, {"04": ["456", "608"]}),
    # pooling
    Fact("224 x 224 x 64 becomes 112 x 112 x 64",
         lambda: size(cnn.nn.MaxPool2d(2), channels=(64, 224, 224)) == (64, 112, 112),
         {"05": ["F=2, S=2: 224 x 224 x 64 -> 112 x 112 x 64"]}),
    Fact("pooling has no parameters", lambda: parameters(cnn.nn.MaxPool2d(2)) == 0,
         {"05": ["summary.rows[-1].output_shape == (64, 112, 112) and summary.parameters == 0"]}),
    Fact("F=3, S=2 and F=3, S=1", lambda: [cnn.output_size(224, 3, stride=S) for S in (2, 1)] == [111, 222],
         {"05": ["F=3, S=2: 224 x 224 x 64 -> 111 x 111 x 64", "F=3, S=1: 224 x 224 x 64 -> 222 x 222 x 64"]}),
    Fact("max-pool 2/2 of [0,0,1,1,0,0,1,1] is [0,1,0,1]", lambda: pooled([0, 0, 1, 1, 0, 0, 1, 1]) == [0, 1, 0, 1],
         {"05": ["row = np.array([0, 0, 1, 1, 0, 0, 1, 1])", "[0 1 0 1] [1 1 1 1]"]}),
    Fact("rolled by one it is [1,1,1,1]", lambda: pooled(np.roll([0, 0, 1, 1, 0, 0, 1, 1], 1)) == [1, 1, 1, 1],
         {"05": ["largest(np.roll(row, 1), 2, 2).tolist() == [1, 1, 1, 1]"]}),
    Fact("zero padding a max-pool over -1 gives 0, the right pad value is -inf",
         lambda: pooled(np.pad([-1, -1], 1)) == [0, 0] and pooled([-1, -1], padding=1) == [-1, -1],
         {"05": ["with_zeros.max() == 0 and by_library.max() == -1"]}),
    # why not dense
    Fact("32 x 32 x 3 = 3072 inputs to 10 scores: a 10 x 3072 matrix",
         lambda: cnn.nn.Linear(32 * 32 * 3, 10).weight.shape == (10, 3072), {"06": ["(10, 3072)"]}),
    Fact("784-16-16-10 has 13,002 parameters", lambda: parameters(cnn.nn.Sequential(
        cnn.nn.Linear(784, 16), cnn.nn.Linear(16, 16), cnn.nn.Linear(16, 10))) == 13_002,
         {"00": ["13,002 parameters"]}),
    Fact("on 426 x 426 pixels 2,904,074, on 1024 x 1024 16.8 million",
         lambda: [n * n * 16 + 16 + 16 * 17 + 10 * 17 for n in (426, 1024)] == [2_904_074, 16_777_674],
         {"00": ["2,904,074", "16,777,674"]}),
    # the network of the notes
    Fact("its sizes and parameters, row by row", lambda: table() == [row[1:] for row in NOTES],
         {"06": ["608", "3216", "48120", "10164", "850", "6272", "1568", "1600", "400"]}),
    Fact("62,958 in all", lambda: cnn.zoo.lenet_notes().summary((3, 32, 32)).parameters == 62_958,
         {"06": ["62,958 parameters"]}),
    Fact("receptive fields 5, 6, 14, 16", lambda: [row.size for row in fields()] == [5, 6, 14, 16],
         {"06": ["[5, 6, 14, 16]"]}),
    Fact("and the jump at the end is 4", lambda: fields()[-1].jump == 4, {"06": ["jump", "4"]}),
    Fact("the pattern of a classifier, N=2, M=3, K=2",
         lambda: [type(layer).__name__ for layer in cnn.zoo.classifier(N=2, M=3, K=2)].count("Conv2d") == 6,
         {"06": ["classifier(N=2, M=3, K=2)"]}),
    Fact("a modern LeNet has 61,706", lambda: cnn.zoo.lenet5().summary((1, 28, 28)).parameters == 61_706,
         {"06": ["61,706"]}),
    # the way back
    Fact("dw of [2,0,1,3,1] with dy = [1,0,2,-1] is [1,5], nothing is turned; db is 2",
         lambda: [np.dot([1, 0, 2, -1], [2, 0, 1, 3, 1][k:k + 4]) for k in (0, 1)] == [1, 5],
         {"07": ["cnn.correlate1d(x1, dy1).tolist() == [1, 5] and dy1.sum() == 2"]}),
    Fact("dx with w = [1,3] is [1,3,2,5,-3]: the full correlation with the filter turned round",
         lambda: np.convolve([1, 0, 2, -1], [1, 3]).tolist() == [1, 3, 2, 5, -3],
         {"07": ["scene.output.tolist() == [1, 3, 2, 5, -3]"]}),
    Fact("in two dimensions, dw[0, 0] is 7 and dx[1, 1] is 3",
         lambda: 1 * 1 + -1 * 2 + 2 * 3 + 1 * 2 == 7 and 1 * -1 + 0 * 0 + 2 * 2 + 0 * 1 == 3,
         {"07": ["weights.output[0, 0] == 1 * 1 + -1 * 2 + 2 * 3 + 1 * 2 == 7", "back.output[1, 1] == 3"]}),
    Fact("of equal numbers the first takes the whole slope", lambda: np.argmax([4, 7, 7, 1]) == 1,
         {"07": ["tie: [0. 6. 0. 0.]"]}),
    Fact("one step by nudging: 61,707 runs; 20 epochs of 113: 139,457,820",
         lambda: (61_706 + 1) * 20 * 113 == 139_457_820, {"07": ["(61706, 139457820)"]}),
    # famous architectures
    *(Fact(f"{name} has {count:,} parameters",
           lambda make=make, count=count: make().summary((3, 224, 224)).parameters == count, {"08": [f"{count:_}"]})
      for name, make, count in PUBLISHED),
    Fact("7 x 7 x 512 to 4096 is 102,764,544 parameters, as a matrix and as filters of 7 x 7",
         lambda: (7 * 7 * 512 + 1) * 4096 == parameters(cnn.nn.Conv2d(512, 4096, 7)) == 102_764_544,
         {"08": ["(7 * 7 * 512 + 1) * 4096 == 102_764_544"]}),
    Fact("two filters of 3 x 3 see what one of 5 x 5 sees", lambda: 1 + 2 + 2 == 5 and 2 * 9 == 18 < 25,
         {"08": ["((once > 0).sum(), (twice > 0).sum()) == (9, 25)"]}),
    Fact("a channel 1, 3, 5, 7 has mean 4 and variance 5",
         lambda: (np.mean([1, 3, 5, 7]), np.var([1, 3, 5, 7])) == (4, 5),
         {"08": ["channel.mean() == 4 and channel.var() == 5"]}),
    Fact("after 8 residual blocks the variance is 256 times as large", lambda: 2**8 == 256,
         {"08": ["variances(norm=False)"]}),
    # segmentation
    Fact("a mask of 2 x 2 one column aside, in 24 pixels: 20 are right, IoU is 1/3, Dice 1/2",
         lambda: 24 - 2 * 2 == 20 and 2 / (4 + 4 - 2) == 1 / 3 and 2 * 2 / (4 + 4) == 1 / 2,
         {"09": ["(predicted == true).sum() == 20", "(both, either) == (2, 6)", "== 0.5 =="]}),
    Fact("ground everywhere is right for 79 % of the pixels, with an IoU of 0",
         lambda: round(1 - cnn.data.garments_on_texture("test").y.mean(), 2) == 0.79,
         {"09": ["accuracy 0.79, IoU 0.00"]}),
    Fact("16 convolutions of 3 x 3 see 33 pixels", lambda: 1 + 16 * 2 == 33, {"09": ["[(3,)] * 16)][-1] == 33"]}),
    Fact("F=3, S=2: sums of 1 and 2 products in turn; F=4: of 2 inside",
         lambda: [np.convolve([1, 0] * 5 + [1], [1] * F).tolist() for F in (3, 4)] == [
             [1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1], [1, 1, *[2] * 10, 1, 1]],
         {"09": ["F = 3, S = 2: 1 1 2 1 2 1 2 1 2 1 2 1 1", "F = 4, S = 2: 1 1 2 2 2"]}),
    Fact("the sums in two dimensions are of 1, 2 or 4 products", lambda: np.unique(np.outer([1, 2], [1, 2])).tolist() ==
         [1, 2, 4], {"09": ["sorted(set(stamped[0][2:-2, 2:-2].ravel())) == [1, 2, 4]"]}),
    Fact("the photograph shows 24 coins, 12 in each half", lambda: [cnn.data.coins(half).labels.max() for half in (
        None, "train", "test")] == [24, 12, 12], {"09": ["coins.labels.max() == 24"]}),
    # looking inside
    Fact("a card of 3 x 3 has 676 places on 28 x 28", lambda: cnn.output_size(28, 3) ** 2 == 676,
         {"10": ["falls[0].size == 676"]}),
    Fact("the tag has 1 % of the pixels", lambda: round(100 * 9 / 28**2) == 1, {"10": ["9 / 784 < 0.012"]}),
    Fact("from 41 cells ways lead up through 20 layers: 1 from the edge, 377,379,369 from the middle",
         lambda: sum(math.comb(20, k) * math.comb(20 - k, k) for k in range(11)) == 377_379_369,
         {"10": ["41 cells; 1 way to the outermost, 377,379,369 to the middle"]}),
    Fact("20 layers of 3 x 3 see 41 x 41 = 1681 pixels",
         lambda: cnn.receptive_field([(3,)] * 20)[-1].size == 41 and 41 * 41 == 1681, {"10": ["41 * 41 == 1681"]}),
    Fact("of 107 harmless moles with ink 54 % were called melanoma, without 16 %",
         lambda: (round(100 * (107 - 90) / 107), round(100 * (107 - 49) / 107)) == (16, 54),
         {"10": ["== (16, 54) and harmless + 23 == 130"]}),
    Fact("a filter of 16 x 16 on colours, 768 of them: 590,592 parameters, and 14 x 14 places on 224 x 224",
         lambda: parameters(cnn.nn.Conv2d(3, 768, 16, stride=16)) == 590_592 and (224 - 16) // 16 + 1 == 14,
         {"10": ["(1, 768, 14, 14) 590,592 parameters"]}),
]


def code(lesson):
    """Each code cell of a lesson as one text: its source, and what it printed or returned."""
    (path,) = NOTEBOOKS.glob(f"{lesson}_*.ipynb")
    texts = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            outputs = [o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in cell.outputs]
            texts.append(re.sub(r"\s+", " ", " ".join([cell.source, *outputs])))
    return texts


def missing(fact, cells):
    """The lessons of a fact in which no cell contains all pieces."""
    return [lesson for lesson, pieces in fact.shown.items()
            if not any(all(piece in cell for piece in pieces) for cell in cells(lesson))]


facts = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.words)


@facts
def test_it_is_true(fact):
    """By another calculation than the lesson's."""
    assert fact.holds()


@facts
def test_a_lesson_shows_it(fact):
    """In a cell that is run: prose alone can say anything."""
    assert missing(fact, code) == []


@facts
def test_its_place_is_certain(fact):
    """The pieces are so particular that hardly another cell holds them: its loss would be noticed."""
    for lesson, pieces in fact.shown.items():
        assert 1 <= sum(all(piece in cell for piece in pieces) for cell in code(lesson)) <= 3


def test_a_fact_that_is_gone_is_missing():
    """Or shown with another number, or in prose only."""
    fact = next(fact for fact in FACTS if fact.words.startswith("62,958"))
    assert missing(fact, lambda lesson: ["62,958 parameters"]) == []
    assert missing(fact, lambda lesson: ["62,957 parameters", ""]) == ["06"] == missing(fact, lambda lesson: [])
