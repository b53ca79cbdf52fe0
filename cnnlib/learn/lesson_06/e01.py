"""A changed network, on paper: parameters and shapes."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    conv1 = (3 * 3 * 3 + 1) * 16      # each filter reads all 3 channels, and has a bias
    side = 32 + 2 * 1 - 3 + 1         # CONV1 with padding 1 keeps 32
    side = side // 2                  # POOL1
    side = side - 5 + 1               # CONV2
    side = side // 2                  # POOL2
    fc3 = (16 * side * side + 1) * 120
    return [conv1, 16, side, side, fc3]


def but(a=448, b=(16, 6, 6), c=69240):
    """The right answer with some of its three parts changed."""
    return [a, *b, c]


BIAS = "A bias is missing: each filter, and each output of an FC layer, adds one."
CHANNELS = "A filter of CONV1 has 3 · 3 weights for each of the 3 channels, not 3 · 3 in all."
PADDING = "You have 5 × 5 behind POOL2, as before: but with padding 1 on both sides CONV1 keeps all 32 × 32."
OLD_FC = "FC3 is given more than 400 numbers now: follow the shape through POOL1, CONV2 and POOL2."
NOT_POOLED = "That is the shape after CONV2: POOL2 halves height and width."
SIXTEEN = "The channels come from the 16 filters of CONV2: each makes one map, whatever goes in."
WIDE = (16 * 6 + 1) * 120

EXERCISE = Exercise(
    id="06.1",
    title="A changed network",
    statement="""CONV1 of our network gets **16 filters of 3 × 3, with padding 1**. All other layers keep their
settings: CONV2 still has 16 filters of 5 × 5 without padding. On paper:

**a)** How many parameters does CONV1 have now? · **b)** Which shape comes out of POOL2? Write three numbers: channels,
height, width. · **c)** How many parameters does FC3 have?

Smaller filters: do you expect the whole network to get smaller, too?""",
    signature="answer: a list of five whole numbers: a, the three of b, c",
    difficulty=2,
    minutes=4,
    hints=(
        "Go down the table row by row. Which of the three rules is it, and what did the layer before hand over?",
        "Padding 1 suits a filter of 3: 32 + 2 − 3 + 1 = 32. Then POOL1 halves, CONV2 takes 4 off, POOL2 halves.",
        "The sides are 32, 16, 12, 6, and FC3 is given 16 · 6 · 6 = 576 numbers. Do not forget the biases: "
        "$(3 \\cdot 3 \\cdot 3 + 1) \\cdot 16$ and $(576 + 1) \\cdot 120$.",
    ),
    solution=solution,
    errors="""- *160 in a* is $(3 \\cdot 3 + 1) \\cdot 16$: but each filter reads all 3 channels.
- *432 in a* forgets the biases, and so does *69120 in c*.
- *(16, 5, 5)* forgets the padding, *(16, 12, 12)* is what POOL2 is given.
- *48120 in c* is the old FC3. It is given 576 numbers now, and not 400.""",
    praise="Sides of 32, 16, 12, 6, and every filter and output has its bias.",
    insight="The filters got smaller and the network larger, 87,118 instead of 62,958 parameters: what counts is how "
            "much is left when FC3 begins.",
    ask="value",
    returns="answer",
    right=[(448, 16, 6, 6, 69240), np.array([448, 16, 6, 6, 69240]), [448.0, 16.0, 6.0, 6.0, 69240.0],
           np.array([448, 16, 6, 6, 69240], np.float32)],
    wrong=[
        Wrong(but(a=432), "In a the biases are missing: one for each of the 16 filters."),
        Wrong(but(c=69120), "In c the biases are missing: one for each of the 120 outputs."),
        Wrong(but(a=432, c=69120), BIAS),
        Wrong(but(a=433), "In a each of the 16 filters has a bias of its own, not one for all of them."),
        Wrong(but(c=69121), "In c each of the 120 outputs has a bias of its own, not one for all of them."),
        Wrong(but(a=433, c=69121), "Each filter and each output has a bias of its own, not one for the whole layer."),
        Wrong(but(a=160), CHANNELS),
        Wrong(but(a=144), CHANNELS, "The biases of CONV1 are missing."),
        Wrong(but(a=480), "In a you gave each filter a bias for each channel: it has one, added at the end."),
        Wrong(but(a=192), "The channels multiply: a filter has 3 · 3 weights for each of the three: 27."),
        Wrong(but(a=1216), "You kept filters of 5 × 5: they are 3 × 3 now."),
        Wrong(but(a=224), "You kept 8 filters: there are 16 now."),
        Wrong(but(a=28), "That is one filter: there are 16."),
        Wrong(but(b=(16, 5, 5), c=48120), PADDING),
        Wrong(but(b=(16, 5, 5)), "Your FC3 is right, so you had the right shape once: POOL2 ends in 6 × 6, not 5 × 5."),
        Wrong(but(c=48120), OLD_FC),
        Wrong(but(a=432, b=(16, 5, 5), c=48120), "The biases of CONV1 are missing.", PADDING),
        Wrong(but(a=160, b=(16, 5, 5), c=48120), CHANNELS, PADDING),
        Wrong(but(a=432, b=(16, 5, 5), c=48000), BIAS, PADDING),
        Wrong([448, 6, 6, 16, 69240], "Channels come first: (channels, height, width)."),
        Wrong(but(b=(16, 12, 12)), NOT_POOLED),
        Wrong(but(b=(16, 12, 12), c=276600), NOT_POOLED + " So FC3 is given less."),
        Wrong(but(c=276600), "FC3 stands behind POOL2: it is given 16 · 6 · 6 numbers, not 16 · 12 · 12."),
        Wrong(but(b=(16, 8, 8), c=123000), "Convolution without padding shrinks: CONV2 makes 16 − 5 + 1 = 12 of 16."),
        Wrong(but(b=(16, 7, 7), c=94200), "CONV2 still has filters of 5 × 5 and no padding: it makes 16 − 5 + 1 = 12 "
                                          "of 16."),
        Wrong(but(c=69360), "In c you added the biases twice: the 1 in (576 + 1) · 120 is for them."),
        Wrong(but(b=(8, 6, 6), c=34680), SIXTEEN),
        Wrong(but(b=(3, 6, 6), c=13080), SIXTEEN),
        Wrong(but(b=(256, 6, 6), c=1106040), "One map per filter, not per filter and channel: channels are added up, "
                                             "so CONV2 makes 16 maps."),
        Wrong(but(c=WIDE), "FC3 is given 16 · 6 · 6 numbers, height times width: one side is missing."),
        Wrong(but(c=(6 * 6 + 1) * 120), "FC3 is given all 16 maps of 6 × 6, not one of them."),
        Wrong(but(c=577), "That is one output of FC3: it has 120."),
        Wrong(but(c=(576 + 1) * 84), "FC3 has 120 outputs; 84 are those of FC4."),
        Wrong(but(c=7272), "FC3 has no filters: each of its outputs has one weight for each of the 576 numbers."),
    ],
)
