"""Two filters on one window of three channels, by hand."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    first = (1 + 3) + (2 + 0) + (1 - 4) + 5      # the three channels of filter 0, then its bias
    second = (2 + 2 - 3) + (4 + 1) + (-4 + 2) - 8     # the three channels of filter 1, then its bias
    return [first, second]


# The same numbers, for the slips.
X = np.array([[[1, 2], [0, 3]], [[2, 0], [1, 1]], [[0, 1], [4, 2]]])
W = np.array([[[[1, 0], [0, 1]], [[0, 1], [2, 0]], [[0, 1], [-1, 0]]],
              [[[2, 1], [0, -1]], [[2, 0], [0, 1]], [[3, 0], [-1, 1]]]])
B = np.array([5, -8])
PAIRS = (X * W).sum((2, 3))          # one sum for each filter and channel: 4, 2, −3 and 1, 5, −2
SUMS = PAIRS.sum(1)

BIAS = "The bias is missing: each filter adds its own bias once, after the three channels."
PER_PAIR = ("You have a number for each filter and channel: add the three channels of a filter to one number, then "
            "its bias.")
BIAS_PER_CHANNEL = "You added the bias once for each channel: add it once for each filter, at the very end."
ONE_CHANNEL = "Only one channel takes part: a filter has weights for each of them."
TWO_CHANNELS = "Only two of the three channels take part."
SIGNS = "Signs got lost: a product with a negative weight is subtracted."

EXERCISE = Exercise(
    id="04.1",
    title="Two filters, by hand",
    statement="""A window with three channels, two filters, two biases:

$$x[0] = \\begin{bmatrix}1&2\\\\0&3\\end{bmatrix} \\quad x[1] = \\begin{bmatrix}2&0\\\\1&1\\end{bmatrix} \\quad
x[2] = \\begin{bmatrix}0&1\\\\4&2\\end{bmatrix}$$

$$w[0] = \\begin{bmatrix}1&0\\\\0&1\\end{bmatrix}, \\begin{bmatrix}0&1\\\\2&0\\end{bmatrix},
\\begin{bmatrix}0&1\\\\-1&0\\end{bmatrix} \\qquad b[0] = 5$$

$$w[1] = \\begin{bmatrix}2&1\\\\0&-1\\end{bmatrix}, \\begin{bmatrix}2&0\\\\0&1\\end{bmatrix},
\\begin{bmatrix}3&0\\\\-1&1\\end{bmatrix} \\qquad b[1] = -8$$

The three tables of a filter are for channels 0, 1 and 2. Calculate all outputs on paper, filter 0 first. How many are
there?""",
    signature="answer: a list of numbers",
    ask="value",
    difficulty=1,
    minutes=4,
    hints=(
        "Each table of weights lies on the table of the same channel. How many numbers does one filter make from "
        "this window?",
        "Filter 0: four products in each channel, added up; then the three sums together; then the bias. Each "
        "filter gives one number.",
        "The sums of the channels are 4, 2 and −3 for filter 0, and 1, 5 and −2 for filter 1. Add them up, then add "
        "the bias of each filter once.",
    ),
    solution=solution,
    errors="""- *Six numbers*: that is one for each pair of filter and channel. A filter adds up its channels.
- *[3, 4]*: the biases are missing.
- *[18, −20]*: the bias was added in every channel. It comes once, at the end.
- *[−5, 9]*: each filter got the bias of the other.""",
    praise="Two filters, two numbers.",
    insight="However many channels go in, each filter makes one number from a window.",
    returns="answer",
    right=[(8, -4), [8.0, -4.0], np.array([8, -4]), np.float32([8, -4])],
    wrong=[
        Wrong(SUMS, BIAS),
        Wrong(PAIRS, PER_PAIR), Wrong(PAIRS.ravel(), PER_PAIR),
        Wrong(PAIRS + B[:, None], PER_PAIR, BIAS_PER_CHANNEL),
        Wrong((PAIRS + B[:, None]).ravel(), PER_PAIR, BIAS_PER_CHANNEL),
        Wrong(PAIRS.sum(0), "You added up the filters: add up the channels of each filter, and keep the filters "
                            "apart."),
        Wrong(SUMS + 3 * B, BIAS_PER_CHANNEL),
        Wrong(SUMS + 12 * B, "You added the bias to every product: add it once for each filter, at the very end."),
        Wrong(SUMS + B[::-1], "The biases are swapped: b[0] belongs to filter 0."),
        Wrong(SUMS + B[0], "Both filters have the bias of filter 0: each has its own."),
        Wrong(SUMS + B[1], "Both filters have the bias of filter 1: each has its own."),
        Wrong(SUMS + B.sum(), "Both biases went into both outputs: each filter has its own."),
        Wrong(SUMS - B, "You subtracted the biases: they are added."),
        Wrong(SUMS * B, "You multiplied by the biases: they are added."),
        *(Wrong(PAIRS[:, c] + B, ONE_CHANNEL) for c in range(3)),
        *(Wrong(PAIRS[:, c], ONE_CHANNEL, BIAS) for c in range(3)),
        *(Wrong(SUMS - PAIRS[:, c] + B, TWO_CHANNELS) for c in range(3)),
        Wrong(SUMS / 3 + B, "You took the mean of the three channels: add up their sums."),
        Wrong(SUMS / 12 + B, "You took the mean of the products: add them up."),
        Wrong(PAIRS.prod(1) + B, "You multiplied the sums of the channels: add them up."),
        Wrong(PAIRS.max(1) + B, "You kept the largest of the three channels: add them up."),
        Wrong((X * np.abs(W)).sum((1, 2, 3)) + B, SIGNS),
        Wrong((X * np.abs(W)).sum((1, 2, 3)) + np.abs(B), SIGNS),
        Wrong((X * W[:, :1]).sum((1, 2, 3)) + B, "The first table of each filter was used for all channels: each "
                                                 "channel has its own."),
        Wrong((X * W[:, ::-1]).sum((1, 2, 3)) + B, "The tables of the filters are in reverse order: the first one "
                                                   "belongs to x[0]."),
        Wrong((X * W[:, :, ::-1, ::-1]).sum((1, 2, 3)) + B, "Your filters are rotated: the upper left weight "
                                                            "belongs on the upper left cell."),
        Wrong((X * W.transpose(0, 1, 3, 2)).sum((1, 2, 3)) + B, "Rows and columns of the filters are swapped."),
        Wrong((X @ W).sum((1, 2, 3)) + B, "You multiplied the tables as matrices: multiply each cell by the weight "
                                          "on it."),
        Wrong([8, 4], "Without its bias, filter 1 gives 4: add −8, and keep the sign."),
        Wrong([3, -4], "The bias of filter 0 is missing."),
        Wrong([14, -4], "In filter 0 channel 2 adds up to 1 − 4 = −3: its sign was lost."),
        Wrong([8, 0], "A sign was lost: in filter 1 channel 2 adds up to −4 + 2 = −2, and an output can be below 0."),
        Wrong(X.sum() + B, "You added up the window without the weights."),
        Wrong([16, -4], "In filter 0 the product 4 · (−1) is subtracted."),
        Wrong([8, 2], "In filter 1 the product 3 · (−1) is subtracted."),
        Wrong([8, 1], "In filter 1 both biases were added: it has only b[1]."),
        Wrong((X * W).sum(1) + B[:, None, None], "You added up the channels, not the cells: a filter makes one "
                                                 "number from the whole window."),
        Wrong([*(SUMS + B), *B], "The two numbers already include the biases: biases are not outputs."),
        Wrong(np.column_stack([PAIRS, B]), PER_PAIR),
        Wrong(X.sum() + W.sum((1, 2, 3)) + B, "You added the weights to the numbers of the window: multiply each "
                                              "by its weight."),
        Wrong([8, 12], "The sign of the second bias was lost: it is −8."),
        Wrong([-4, 8], "Your two numbers are in the wrong order: filter 0 first."),
        Wrong(8, "That is filter 0: there is a second filter, so write a list of two numbers."),
        Wrong([8], "That is filter 0: there is a second filter."),
        *(Wrong(added, "You added up the two outputs: each filter has its own number, so write a list of two.")
          for added in (4, [4])),
    ],
)
