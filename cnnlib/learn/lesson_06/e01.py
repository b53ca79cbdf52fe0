"""A changed network, on paper: parameters and shapes."""

import numpy as np

from ..exercise import Exercise
from ..slips import slips


def solution():
    conv1 = (3 * 3 * 3 + 1) * 16      # each filter reads all 3 channels, and has a bias
    side = 32 + 2 * 1 - 3 + 1         # CONV1 with padding 1 keeps 32
    side = side // 2                  # POOL1
    side = side - 5 + 1               # CONV2
    side = side // 2                  # POOL2
    fc3 = (16 * side * side + 1) * 120
    return [conv1, 16, side, side, fc3]


POOL1, POOL2 = "side = side // 2                  # POOL1", "side = side // 2                  # POOL2"
CONV1, KEEPS, CONV2 = "(3 * 3 * 3 + 1) * 16", "32 + 2 * 1 - 3 + 1", "side - 5 + 1"
FC3, B = "(16 * side * side + 1) * 120", "16, side, side"
BIAS = "A bias is missing: each filter adds one, and so does each output of an FC layer."
BIAS_A, BIAS_C = "In a the biases are missing: one for each of the 16 filters.", \
    "In c the biases are missing: one for each of the 120 outputs."
CHANNELS = "A filter of CONV1 has 3 · 3 weights for each of the 3 channels, not 3 · 3 in all."
PADDING = "You have 5 × 5 after POOL2, as before: but with padding 1 on both sides CONV1 keeps all 32 × 32."
NOT_POOLED = "That is the shape after CONV2: POOL2 halves height and width."
ONLY_POOL1 = "That is the shape after POOL1: CONV2 and POOL2 come after it."
SHRINKS = "CONV2 still has filters of 5 × 5 and no padding: 16 becomes 16 − 5 + 1 = 12."
SIXTEEN = "The channels come from the 16 filters of CONV2: each makes one map, however many channels go in."
PAIRS = "One map per filter, not per filter and channel: channels are added up, so CONV2 makes 16 maps."
OLD = "Those are the numbers of the old network: CONV1 now has 16 filters of 3 × 3 with padding 1."


def maps(channels):
    """The edits of who takes another number of maps for what CONV2 makes."""
    return B, f"{channels}, side, side", "16 * side", f"{channels} * side"


EXERCISE = Exercise(
    id="06.1",
    title="A changed network",
    statement="""CONV1 of the colour network gets **16 filters of 3 × 3, with padding 1**. All other layers keep their
settings: CONV2 still has 16 filters of 5 × 5 without padding. Work out on paper:

**a)** How many parameters does CONV1 have now? · **b)** Which shape comes out of POOL2? Three numbers: channels,
height, width. · **c)** How many parameters does FC3 have?

The filters get smaller. Does the whole network get smaller, too?""",
    signature="answer: a list of five whole numbers: a, the three of b, c",
    difficulty=2,
    minutes=4,
    hints=(
        "Go down the table row by row. Which of the three rules applies, and what comes from the layer before?",
        "Padding 1 suits a filter of 3: 32 + 2 − 3 + 1 = 32. Then POOL1 halves, CONV2 removes 4, POOL2 halves.",
        "The sides are 32, 16, 12, 6, and FC3 gets 16 · 6 · 6 = 576 numbers. Do not forget the biases: $(3 \\cdot "
        "3 \\cdot 3 + 1) \\cdot 16$ and $(576 + 1) \\cdot 120$.",
    ),
    solution=solution,
    errors="""- *160 in a* is $(3 \\cdot 3 + 1) \\cdot 16$: but each filter reads all 3 channels.
- *432 in a* forgets the biases, and so does *69120 in c*.
- *(16, 5, 5)* forgets the padding, *(16, 12, 12)* is what goes into POOL2.
- *48120 in c* is the old FC3. It now gets 576 numbers, not 400.""",
    praise="Sides of 32, 16, 12, 6, and a bias for every filter and output.",
    insight="The filters got smaller and the network larger, 87,118 instead of 62,958 parameters: what counts is "
            "how many numbers reach FC3.",
    ask="value",
    returns="answer",
    right=[(448, 16, 6, 6, 69240), np.array([448, 16, 6, 6, 69240]), [448.0, 16.0, 6.0, 6.0, 69240.0],
           np.array([448, 16, 6, 6, 69240], np.float32)],
    wrong=slips(
        [solution],
        (BIAS_A, CONV1, "3 * 3 * 3 * 16"), (BIAS_C, FC3, "16 * side * side * 120"),
        (BIAS, CONV1, "3 * 3 * 3 * 16", FC3, "16 * side * side * 120"),
        ("In a each of the 16 filters has its own bias, not one for all of them.", CONV1, "3 * 3 * 3 * 16 + 1"),
        ("In c each of the 120 outputs has its own bias, not one for all of them.",
         FC3, "16 * side * side * 120 + 1"),
        ("Each filter and each output has its own bias, not one for the whole layer.",
         CONV1, "3 * 3 * 3 * 16 + 1", FC3, "16 * side * side * 120 + 1"),
        ("In c you counted a bias for each input: each of the 120 outputs has one.",
         FC3, "16 * side * side * 120 + 16 * side * side"),
        (CHANNELS, CONV1, "(3 * 3 + 1) * 16"),
        ((CHANNELS, "The biases of CONV1 are missing."), CONV1, "3 * 3 * 16"),
        ("In a you gave each filter a bias for each channel: it has one, added at the end.",
         CONV1, "(3 * 3 + 1) * 3 * 16"),
        ("The channels multiply: a filter has 3 · 3 weights for each of the three: 27.", CONV1, "(3 * 3 + 3) * 16"),
        ("In a the filters read the 3 channels of the image: 16 is the number of filters.",
         CONV1, "(3 * 3 * 16 + 1) * 16"),
        ("A filter of 3 × 3 has 3 · 3 = 9 weights for each channel, not 3 + 3.", CONV1, "(6 * 3 + 1) * 16"),
        ("You kept filters of 5 × 5: they are 3 × 3 now.", CONV1, "(5 * 5 * 3 + 1) * 16"),
        ("You kept 8 filters: there are 16 now.", CONV1, "(3 * 3 * 3 + 1) * 8"),
        ("That is one filter: there are 16.", CONV1, "3 * 3 * 3 + 1"),
        (OLD, CONV1, "(5 * 5 * 3 + 1) * 8", KEEPS, "32 - 5 + 1"), (OLD, CONV1, "(5 * 5 * 3 + 1) * 8"),
        (PADDING, KEEPS, "32 - 3 + 1"), ((BIAS_C, PADDING), KEEPS, "32 - 3 + 1", FC3, "16 * side * side * 120"),
        ("Your FC3 is right, so you knew the shape: POOL2 ends in 6 × 6, not 5 × 5.", B, "16, 5, 5"),
        ("FC3 gets more than 400 numbers now: follow the shape through POOL1, CONV2 and POOL2.",
         FC3, "(16 * 5 * 5 + 1) * 120"),
        (("The biases of CONV1 are missing.", PADDING), CONV1, "3 * 3 * 3 * 16", KEEPS, "32 - 3 + 1"),
        ((CHANNELS, PADDING), CONV1, "(3 * 3 + 1) * 16", KEEPS, "32 - 3 + 1"),
        ((BIAS, PADDING), CONV1, "3 * 3 * 3 * 16", KEEPS, "32 - 3 + 1", FC3, "16 * side * side * 120"),
        ("Channels come first: (channels, height, width).", B, "side, side, 16"),
        (NOT_POOLED, B, "16, 12, 12"), (NOT_POOLED + " So FC3 gets fewer numbers.", POOL2, ""),
        ("FC3 comes after POOL2: it gets 16 · 6 · 6 numbers, not 16 · 12 · 12.", FC3, "(16 * 12 * 12 + 1) * 120"),
        ("POOL1 is missing: it halves height and width, so CONV2 gets 16 × 16.", POOL1, ""),
        (ONLY_POOL1, B, "16, 16, 16"), (ONLY_POOL1, CONV2, "side", POOL2, ""),
        ("That is the shape after CONV1: POOL1, CONV2 and POOL2 come after it.", B, "16, 32, 32"),
        ("Convolution without padding shrinks: in CONV2 16 becomes 16 − 5 + 1 = 12.", CONV2, "side"),
        ((SHRINKS, BIAS_C), CONV2, "side", FC3, "16 * side * side * 120"), (SHRINKS, CONV2, "side - 3 + 1"),
        ("The first place is missing: in CONV2 16 becomes 16 − 5 + 1 = 12.", CONV2, "side - 5", POOL2, ""),
        ("In c you added the biases twice: the 1 in (576 + 1) · 120 is for them.", FC3, f"{FC3} + 120"),
        (SIXTEEN, *maps(8)), (SIXTEEN, *maps(3)), (SIXTEEN, *maps(32)), (PAIRS, *maps(256)),
        ("FC3 gets 16 · 6 · 6 numbers, height times width: one side is missing.", FC3, "(16 * side + 1) * 120"),
        ("FC3 gets all 16 maps of 6 × 6, not one of them.", FC3, "(side * side + 1) * 120"),
        ("That is one output of FC3: it has 120.", FC3, "16 * side * side + 1"),
        ("That is the number of inputs of FC3: each of its 120 outputs has a weight for each of them, and a bias.",
         FC3, "16 * side * side"),
        ("FC3 has 120 outputs; 84 are those of FC4.", "* 120", "* 84"),
        ("FC3 has 120 outputs; 10 are those of the last layer.", "* 120", "* 10"),
        ("FC3 has no filters: each of its outputs has one weight for each of the 576 numbers.", FC3, "7272"),
        ("Write the shape as three numbers, channels, height, width: five numbers in all.", B, "16 * side * side"),
        ("The channels are missing in b: a shape is three numbers, channels, height, width.", B, "side, side"),
    ),
)
