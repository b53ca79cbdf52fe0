"""VGG's largest matrix, on paper, and the same as a convolution."""

import numpy as np

from ..exercise import Exercise
from ..slips import slips


def solution():
    matrix = (7 * 7 * 512 + 1) * 4096                # each output reads all 25,088 numbers, and has a bias
    percent = round(100 * matrix / 138_357_544)
    filters = (7 * 7 * 512 + 1) * 4096               # 4096 filters of 7 x 7 that read all 512 channels
    side = 14 - 7 + 1                                # a map of 14 x 14, no padding, stride 1
    return [matrix, percent, filters, 4096, side, side]


MATRIX, PERCENT, FILTERS = "matrix = (7 * 7 * 512 + 1) * 4096", "round(100 * matrix / 138_357_544)", \
    "filters = (7 * 7 * 512 + 1) * 4096"
SHAPE, SIDE, ALL = "4096, side, side]", "14 - 7 + 1", "[matrix, percent, filters, 4096, side, side]"


def both(inside):
    """The edits of who counts both layers so."""
    return MATRIX, f"matrix = {inside}", FILTERS, f"filters = {inside}"


BIAS_A, BIAS_C = "In a the biases are missing: each of the 4096 outputs has one.", \
    "In c the biases are missing: each of the 4096 filters has one."
BIAS = "The biases are missing: each of the 4096 outputs has one, and so does each filter."
ONE_BIAS = "There is a bias for each of the 4096 outputs, not one for all of them."
MAPS = "You read one map: the layer reads all 512, 7 · 7 · 512 numbers."
SIDE_ONCE = "A map has rows and columns: 7 · 7 · 512 numbers are read, not 7 · 512."
PER_PLACE = "In c you counted the filters again at every place: all places share the same weights."
DEPTH_C = "In c a filter reads all 512 channels: 7 · 7 weights for each of them."
ROUND = "In b round the percentage to a whole number."
START = "In d that is 14 − 7, or the old maps: the first place counts, too, 14 − 7 + 1."
COMMAS = "A comma starts a new number: write large numbers without it, or as 102_764_544."
SWAPPED = "In c there are 512 biases: 512 channels go in, and each of the 4096 filters has one."

EXERCISE = Exercise(
    id="08.3",
    title="VGG's largest matrix",
    statement="""After its last pooling VGG-16 has 512 maps of 7 × 7. A fully connected layer makes **4096** outputs
from all these numbers, each with a bias. Work out on paper, or with Python as a calculator:

**a)** How many parameters does this layer have? · **b)** What percentage is that of all 138,357,544 parameters of
VGG-16? Round to a whole number. · **c)** Replace the layer by a convolution: **4096 filters of 7 × 7** with one bias
each, without padding. How many parameters does it have? · **d)** A larger photograph leaves 512 maps of **14 × 14**.
Which shape does the convolution of c make from them? Three numbers: channels, rows, columns.""",
    signature="answer: a list of six whole numbers: a, b, c, the three of d",
    ask="value",
    difficulty=1,
    minutes=5,
    hints=(
        "How many numbers does one output of the fully connected layer read? And one filter of the convolution?",
        "Both read 7 · 7 · 512 = 25,088 numbers, and add a bias. There are 4096 of them. In d the filters slide: "
        "how many places are there in a row of 14?",
        "a and c: (7 · 7 · 512 + 1) · 4096. b: 100 · a / 138,357,544. d: 14 − 7 + 1 rows, as many columns, and a map "
        "for each filter.",
    ),
    solution=solution,
    errors="""- *102760448* forgets the biases.
- *204800* for c has filters with a depth of 1. A filter is as deep as its input, 512 here.
- *(4096, 1, 1)* for d is right for the maps of 7 × 7: there a filter has one place, and the two layers are the same.
- *2* for the rows of d would be two windows side by side, with stride 7. With stride 1 they overlap.""",
    praise="The same 102,764,544 numbers, used at one place or at 64.",
    insight="A fully connected layer is a convolution with one place. Turned into one, it takes photographs of any "
            "size.",
    returns="answer",
    right=[(102764544, 74, 102764544, 4096, 8, 8), np.array([102764544, 74, 102764544, 4096, 8, 8]),
           [102764544.0, 74.0, 102764544.0, 4096.0, 8.0, 8.0], [25089 * 4096, 74, 25089 * 2**12, 4096, 8, 8],
           np.array([102764544, 74, 102764544, 4096, 8, 8], np.float32)],
    wrong=slips(
        [solution],
        (BIAS_A, MATRIX, "matrix = 7 * 7 * 512 * 4096"), (BIAS_C, FILTERS, "filters = 7 * 7 * 512 * 4096"),
        (BIAS, *both("7 * 7 * 512 * 4096")),
        (ONE_BIAS, *both("7 * 7 * 512 * 4096 + 1")), (ONE_BIAS, MATRIX, "matrix = 7 * 7 * 512 * 4096 + 1"),
        (ONE_BIAS, FILTERS, "filters = 7 * 7 * 512 * 4096 + 1"),
        ("There is a bias for each output, not for each input: 4096 of them.",
         MATRIX, "matrix = 7 * 7 * 512 * 4096 + 7 * 7 * 512"),
        ("There is a bias for each output, not for each input: 4096 of them.", *both("7 * 7 * 512 * (4096 + 1)")),
        ("In c a filter has one bias, not one for each channel.", FILTERS, "filters = (7 * 7 + 1) * 512 * 4096"),
        ("In c each of the 4096 filters has a bias, not each of its 7 · 7 places.",
         FILTERS, "filters = 7 * 7 * 512 * 4096 + 7 * 7"),
        (SWAPPED, FILTERS, "filters = 7 * 7 * 512 * 4096 + 512"),
        (MAPS, *both("(7 * 7 + 1) * 4096")), ((MAPS, BIAS), *both("7 * 7 * 4096")),
        (MAPS, MATRIX, "matrix = (7 * 7 + 1) * 4096"),
        (DEPTH_C, FILTERS, "filters = (7 * 7 + 1) * 4096"), ((DEPTH_C, BIAS_C), FILTERS, "filters = 7 * 7 * 4096"),
        ((DEPTH_C, BIAS), MATRIX, "matrix = 7 * 7 * 512 * 4096", FILTERS, "filters = 7 * 7 * 4096"),
        ("In c the filters read 512 channels: the photograph's 3 are many layers back.",
         FILTERS, "filters = (7 * 7 * 3 + 1) * 4096"),
        (SIDE_ONCE, *both("(7 * 512 + 1) * 4096")), ((SIDE_ONCE, BIAS), *both("7 * 512 * 4096")),
        ("Every output reads 7 · 7 · 512 numbers: you added the sides.", *both("((7 + 7) * 512 + 1) * 4096")),
        ("The maps multiply: 7 · 7 · 512 numbers, not 7 · 7 + 512.", *both("(7 * 7 + 512 + 1) * 4096")),
        ("After the pooling the maps are 7 × 7: 14 × 14 is what goes into the pooling.",
         MATRIX, "matrix = (14 * 14 * 512 + 1) * 4096"),
        ("In a you connected 512 numbers with 4096: every map holds 7 · 7 of them.",
         MATRIX, "matrix = (512 + 1) * 4096"),
        ("In c the filters are 7 × 7: (512 + 1) · 4096 is a convolution of 1 × 1.",
         FILTERS, "filters = (512 + 1) * 4096"),
        ("In c the filters are 7 × 7, not 3 × 3.", FILTERS, "filters = (3 * 3 * 512 + 1) * 4096"),
        ("In c the filters are 7 × 7, not as large as the new maps.", FILTERS, "filters = (14 * 14 * 512 + 1) * 4096"),
        ("That is one output, and one filter: there are 4096.", *both("7 * 7 * 512 + 1")),
        ("That is one output, and one filter without its bias: there are 4096.", *both("7 * 7 * 512")),
        ("In a that is one output: there are 4096.", MATRIX, "matrix = 7 * 7 * 512 + 1"),
        ("In c that is one filter: there are 4096.", FILTERS, "filters = 7 * 7 * 512 + 1"),
        ("In a that is the number of inputs: each of the 4096 outputs has a weight for each of them, and a "
         "bias.", MATRIX, "matrix = 7 * 7 * 512"),
        (PER_PLACE, FILTERS, "filters = (7 * 7 * 512 + 1) * 4096 * 8 * 8"),
        (PER_PLACE, FILTERS, "filters = 7 * 7 * 512 * 4096 * 8 * 8"),
        ("In c you counted a bias for every output: all places of a map share the filter's bias.",
         FILTERS, "filters = 7 * 7 * 512 * 4096 + 4096 * 8 * 8"),
        (COMMAS, ALL, "[102, 764, 544, 74, 102, 764, 544, 4096, 8, 8]"),
        ("In b that is a share: give the percentage, a hundred times as much.",
         PERCENT, "matrix / 138_357_544"),
        ("In b that is a share, rounded to 1: give the percentage, a hundred times as much.",
         PERCENT, "round(matrix / 138_357_544)"),
        (ROUND, PERCENT, "100 * matrix / 138_357_544"), (ROUND, PERCENT, "round(100 * matrix / 138_357_544, 1)"),
        (ROUND, PERCENT, "round(100 * matrix / 138_357_544, 2)"),
        ("In b you rounded up, or down: 74.28 is nearer to 74 than to 75 or 73.", PERCENT, "75"),
        ("In b you rounded up, or down: 74.28 is nearer to 74 than to 75 or 73.", PERCENT, "73"),
        ("In b that is the rest of the network: give the percentage of this layer.", PERCENT,
         "round(100 - 100 * matrix / 138_357_544)"),
        ("In b you divided the wrong way round: the layer is the part, the network the whole.",
         PERCENT, "round(100 * 138_357_544 / matrix)"),
        ("In b you compared with the rest of the network: the whole includes this layer.",
         PERCENT, "round(100 * matrix / (138_357_544 - matrix))"),
        ("In d that is the shape for maps of 7 × 7: here they are 14 × 14, so the filters have more places.",
         SIDE, "1"),
        ("In d the filters slide by 1, not by 7: count 14 − 7 + 1 places along each side.", SIDE, "14 // 7"),
        ("In d the filters slide by 1, not by 2: count 14 − 7 + 1 places along each side.", SIDE, "(14 - 7) // 2 + 1"),
        (START, SIDE, "14 - 7"),
        ("In d the filter takes 7 cells of 14, not 6: 14 − 7 + 1 places.", SIDE, "14 - 6 + 1"),
        ("In b the decimal point is missing, or you took the percentage twice: give a whole number, at most 100.",
         PERCENT, "round(10000 * matrix / 138_357_544)"),
        ("Write the shape of d as three numbers: six numbers in all.", SHAPE, "4096, side * side]"),
        ("That is a alone: six numbers in all.", ALL, "matrix"),
        ("That is a alone: six numbers in all.", ALL, "[matrix]"),
        ("In d there is no padding: the filters of 7 × 7 take room.", SIDE, "14"),
        ("In d you subtract the filter and 1 more: add the 1.", SIDE, "14 - 7 - 1"),
        ("In d the filters are 7 × 7, not 3 × 3: they take more room.", SIDE, "14 - 3 + 1"),
        ("In d there are as many maps as filters, 4096: each adds up all channels.",
         SHAPE, "512, side, side]"),
        ("In d there is one map for each filter, not for each filter and channel.", SHAPE, "512 * 4096, side, side]"),
        ("In d the channels come first: (channels, rows, columns).", SHAPE, "side, side, 4096]"),
        ("Write the shape of d as three numbers: six numbers in all.", SHAPE, "4096 * side * side]"),
        ("The channels are missing in d: a shape is three numbers, six numbers in all.", SHAPE, "side, side]"),
        ("There is no batch in the shape of d: three numbers, channels, rows, columns.", SHAPE, "1, 4096, side, side]"),
        ("The answer to c is missing: six numbers in all.", ALL, "[matrix, percent, 4096, side, side]"),
        ("The shape of d is missing: six numbers in all.", ALL, "[matrix, percent, filters]"),
    ),
)
