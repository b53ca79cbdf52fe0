"""AlexNet's first convolution, on paper: parameters, shape, work."""

import numpy as np

from ..exercise import Exercise
from ..slips import slips


def solution():
    parameters = (11 * 11 * 3 + 1) * 64          # each filter reads all 3 channels, and has a bias
    side = (224 + 2 * 2 - 11) // 4 + 1           # 217 / 4 = 54.25: rounded down
    macs = 11 * 11 * 3 * 64 * side * side        # every filter at every place, one for each weight
    return [parameters, 64, side, side, macs]


COUNT, SIDE, MACS, ALL = "(11 * 11 * 3 + 1) * 64", "(224 + 2 * 2 - 11) // 4 + 1", "11 * 11 * 3 * 64 * side * side", \
    "[parameters, 64, side, side, macs]"
SHAPE = "64, side, side, macs]"
BIAS = "In a the biases are missing: one for each of the 64 filters."
DEPTH = "A filter reads all three colours: 11 · 11 weights for each of them."
TWO_GPUS = "The paper has 96 filters, spread over two graphics cards: here there are 64."
ONE_PLACE = "In c you counted one place: every filter works at each of the 55 · 55 places."
ONE_MAP = "In c you counted one map: each of the 64 filters makes one."
DEPTH_C = "In c a filter reads all three colours: 11 · 11 · 3 products at each place, not 11 · 11."
WITH_BIAS = "In c you counted the bias as a product: it is only added, so a place costs 11 · 11 · 3 MACs."
NOT_54 = "You get 54 with too little padding, or without the first place: (224 + 2 · 2 − 11) / 4 is 54.25, rounded " \
         "down, and then + 1."
NO_STRIDE = "The stride is missing: the filter jumps by 4, so divide 217 by 4 and round down."
UP = "You get 56 by rounding up, or from 224 / 4: the filter takes room, so divide 224 + 2 · 2 − 11 by 4, round " \
        "down, and add 1."
POOLED = "That is the shape after the pooling that follows: the convolution itself makes larger maps."
INPUT = "In c you counted a place for every pixel: the filter has 55 · 55 places, one for each output."
FIRST = "Channels come first: (channels, rows, columns)."
COMMAS = "A comma starts a new number: write large numbers without it, or as 70_276_800."


def side(text):
    """The edit of who calculates another side."""
    return SIDE, text


EXERCISE = Exercise(
    id="08.1",
    title="AlexNet's first look",
    statement="""The first layer of AlexNet has **64 filters of 11 × 11** with stride 4, padding 2 per side and one bias
each. The image is (3, 224, 224). Work out on paper:

**a)** How many parameters does the layer have? · **b)** Which shape comes out? Three numbers: channels, rows, columns.
· **c)** How many multiplications does it need for one image? Each is a **MAC**: one weight times one number, added to a
sum. Biases are only added, so they do not count.""",
    signature="answer: a list of five whole numbers: a, the three of b, c",
    ask="value",
    difficulty=1,
    minutes=5,
    hints=(
        "All three start from the same number: how many weights does one filter have?",
        "One filter has 11 · 11 · 3 = 363 weights. At one place it needs 363 multiplications to make one output. "
        "How many outputs are there?",
        "a: (363 + 1) · 64. b: 224 + 2 · 2 − 11 = 217, divided by 4, rounded down, plus 1. c: 363 times the number of "
        "outputs, 64 · rows · columns.",
    ),
    solution=solution,
    errors="""- *23232 in a* forgets the biases; *7808* is $(11 \\cdot 11 + 1) \\cdot 64$ and forgets the colours.
- *34944 in a* has 96 filters, like the paper of 2012 with its two graphics cards.
- *54* forgets the first place, *56* rounds up. $217 / 4 = 54.25$: the last pixel on the right is never read.
- *23232 in c*, the same number, is the work at one place. The filters work at all $55 \\cdot 55$ places.""",
    praise="One filter of 363 weights, 64 of them, at 3,025 places.",
    insight="Few parameters, much work: 0.04 % of AlexNet's 61,100,840 parameters, and 10 % of its 714 million MACs.",
    returns="answer",
    right=[(23296, 64, 55, 55, 70276800), np.array([23296, 64, 55, 55, 70276800]),
           [23296.0, 64.0, 55.0, 55.0, 70276800.0], [364 * 64, 64, 55, 55, 363 * 64 * 55**2],
           np.array([23296, 64, 55, 55, 70276800], np.float32)],
    wrong=slips(
        [solution],
        (BIAS, COUNT, "11 * 11 * 3 * 64"), ((BIAS, DEPTH_C), COUNT, "11 * 11 * 3 * 64", MACS, "11 * 11 * 64 * side**2"),
        ("In a each of the 64 filters has its own bias, not one for the whole layer.",
         COUNT, "11 * 11 * 3 * 64 + 1"),
        ("In a the biases are one for each filter, not one for each channel.", COUNT, "11 * 11 * 3 * 64 + 3"),
        ("In a a filter has one bias, not one for each channel: its products are all added up.",
         COUNT, "(11 * 11 + 1) * 3 * 64"),
        (DEPTH, COUNT, "(11 * 11 + 1) * 64"), (DEPTH, COUNT, "(11 * 11 + 1) * 64", MACS, "11 * 11 * 64 * side * side"),
        ((DEPTH, BIAS), COUNT, "11 * 11 * 64", MACS, "11 * 11 * 64 * side * side"),
        ((DEPTH, BIAS), COUNT, "11 * 11 * 64"), (DEPTH_C, MACS, "11 * 11 * 64 * side * side"),
        ("In a the colours multiply: 11 · 11 weights for each of the three, not three extra weights.",
         COUNT, "(11 * 11 + 3 + 1) * 64"),
        ("A filter of 11 × 11 has 11 · 11 weights for each colour, not 11 + 11.",
         COUNT, "((11 + 11) * 3 + 1) * 64", MACS, "(11 + 11) * 3 * 64 * side * side"),
        ("A filter of 11 × 11 has 11 · 11 weights for each colour, not 11.",
         COUNT, "(11 * 3 + 1) * 64", MACS, "11 * 3 * 64 * side * side"),
        ("In a that is one filter: there are 64.", COUNT, "11 * 11 * 3 + 1"),
        (("In a that is one filter: there are 64.", "Its bias is missing."), COUNT, "11 * 11 * 3"),
        ("In a you counted the filters again at every place: all places share the same weights.",
         COUNT, "(11 * 11 * 3 + 1) * 64 * 55 * 55"),
        ("In a you counted a bias for every output: all places of a map share the filter's bias.",
         COUNT, "11 * 11 * 3 * 64 + 64 * 55 * 55"),
        (("In a that is one filter without its bias: there are 64.", ONE_MAP),
         COUNT, "11 * 11 * 3", MACS, "11 * 11 * 3 * side * side"),
        ("You swapped a and c: the parameters are few, the multiplications many.",
         ALL, "[macs, 64, side, side, parameters]"),
        (TWO_GPUS, "64", "96"), ((TWO_GPUS, BIAS), COUNT, "11 * 11 * 3 * 96", MACS, "11 * 11 * 3 * 96 * side * side",
                                SHAPE, "96, side, side, macs]"),
        ("The image has three channels, and 64 filters make 64 maps.", SHAPE, "3, side, side, macs]"),
        ("Each filter makes one map, with all channels in it: 64 maps, not one for each filter and channel.",
         SHAPE, "192, side, side, macs]"),
        (NOT_54, *side("(224 + 2 * 2 - 11) // 4")), (NOT_54, SHAPE, "64, 54, 54, macs]"), (UP, *side("56")),
        (UP, SHAPE, "64, 56, 56, macs]"), (NO_STRIDE, *side("224 + 2 * 2 - 11 + 1")),
        ("You divide by the filter: it jumps by 4, so divide 217 by 4.", *side("(224 + 2 * 2 - 11) // 11 + 1")),
        ("54.25 + 1 is not a number of places: round down, because a window that does not fit reads nothing.",
         *side("(224 + 2 * 2 - 11) / 4 + 1")),
        ("You assume that the padding keeps the size: the filter takes 11 pixels, and jumps by 4.",
         *side("224")),
        ("The filter takes 11 pixels of a row: 224 + 2 · 2 − 11 are left to move.", *side("(224 + 2 * 2) // 4 + 1")),
        ("The filter is missing: it takes room, so 224 + 2 · 2 − 11 pixels are left to move.", *side("(224 + 4) // 4")),
        (POOLED, SHAPE, "64, 27, 27, macs]"),
        (FIRST, SHAPE, "side, side, 64, macs]"),
        (ONE_PLACE, MACS, "11 * 11 * 3 * 64"), (ONE_MAP, MACS, "11 * 11 * 3 * side * side"),
        ((ONE_MAP, DEPTH_C), MACS, "11 * 11 * side * side"),
        ("In c that is the number of outputs: each needs 11 · 11 · 3 multiplications.",
         MACS, "64 * side * side"),
        ("In c that is one output: there are 64 · 55 · 55.", MACS, "11 * 11 * 3"),
        (WITH_BIAS, MACS, "(11 * 11 * 3 + 1) * 64 * side * side"),
        ((BIAS, "In c you counted the biases: they are only added."), COUNT, "11 * 11 * 3 * 64", MACS,
         "(11 * 11 * 3 + 1) * 64 * side * side"),
        ("In c a multiplication and its addition are one MAC: you counted two.",
         MACS, "2 * 11 * 11 * 3 * 64 * side * side"),
        (("In c the places are counted wrong: there are 55 · 55, not one for each pixel.", ONE_MAP),
         MACS, "11 * 11 * 3 * 224 * 224"),
        ("In c those are the parameters again: each of the weights is used at 55 · 55 places.",
         MACS, "(11 * 11 * 3 + 1) * 64"),
        ("In c write all digits, not a rounded number.", MACS, "70_300_000"),
        ("In c write all digits, not a rounded number.", MACS, "70_000_000"),
        ("In c write all digits, not millions.", MACS, "70.2768"), ("In c write all digits, not millions.", MACS, "70"),
        ("In c write all digits, not millions.", MACS, "70.3"),
        (COMMAS, ALL, "[23, 296, 64, 55, 55, 70, 276, 800]"), (COMMAS, ", macs]", ", 70, 276, 800]"),
        ("The padding and the first place are missing: (224 + 2 · 2 − 11) / 4, rounded down, and then + 1.",
         *side("(224 - 11) // 4")),
        (POOLED, *side("27")), ("That is a alone: five numbers in all.", ALL, "[parameters]"),
        ("That is a alone: five numbers in all.", ALL, "parameters"),
        ("54.25 is not a number of places: round down, and add 1 for the first place.",
         *side("(224 + 2 * 2 - 11) / 4")),
        ("In c a product with a padded 0 counts like any other.", MACS, "(55 * 11 - 3)**2 * 3 * 64"),
        (INPUT, MACS, "11 * 11 * 3 * 64 * 224 * 224"), (INPUT, MACS, "11 * 11 * 3 * 64 * 228 * 228"),
        ("In c you counted the places along one side: there are 55 · 55.", MACS, "11 * 11 * 3 * 64 * side"),
        ("In c you counted a product for every pixel and filter: each output takes 11 · 11 · 3.",
         MACS, "224 * 224 * 3 * 64"),
        ("In c you connected every pixel with every output: an output reads only 11 · 11 · 3 numbers.",
         MACS, "3 * 224 * 224 * 64 * side * side"),
        ("In c you counted the channels twice: a filter reads 11 · 11 · 3 numbers, all three colours at once.",
         MACS, "11 * 11 * 3 * 3 * 64 * side * side"),
        *(("Write the shape as three numbers: five numbers in all.", SHAPE, f"{shape}, macs]")
          for shape in ("64 * side * side", "64, side * side", "64, side")),
        ("There is one image, and no batch in the shape: three numbers, channels, rows, columns.",
         SHAPE, "1, 64, side, side, macs]"),
        ("The multiplications of c are missing: five numbers in all.", ", macs]", "]"),
        ("The channels are missing in b: a shape is three numbers.", SHAPE, "side, side, macs]"),
    ),
)
