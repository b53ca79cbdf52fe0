"""One window of a photograph under another filter."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    above = 253 + 255 + 152     # the top row, each pixel times -1
    below = 247 + 100 + 18      # the bottom row, each pixel times 1
    return below - above        # the middle row counts 0


SIGN = "The sign is wrong: the top row has the weights −1, so the top is subtracted from the bottom."
SIDES = "That is right minus left: here the weights −1 are in the top row."
MIDDLE = "The middle row has the weights 0: it does not count."
COLUMN = "That is one column alone: add up all three."
RANGE = "The result is not a pixel: it need not lie between 0 and 255, or between −255 and 255."
MISREAD = "You misread a pixel: two of its digits are swapped. Look again."
SUM = "You divide by how many there are: the filter adds up, it does not average."

EXERCISE = Exercise(
    id="00.2",
    title="The other direction",
    statement="""The same nine pixels, another filter:

| | pixels | | | | weights | |
|:-:|:-:|:-:|:-:|:-:|:-:|:-:|
| 253 | 255 | 152 | | −1 | −1 | −1 |
| 255 | 227 | 56 | | 0 | 0 | 0 |
| 247 | 100 | 18 | | 1 | 1 | 1 |

Lay the filter on the pixels, multiply and add up. Which number comes out? Paper will do.""",
    signature="answer: a whole number",
    ask="value",
    difficulty=1,
    minutes=2,
    hints=(
        "Which pixels meet the weight 0? You can ignore those.",
        "The bottom row counts as it is, the top row with a minus sign.",
        "The bottom row adds up to 365. What must you subtract from it?",
    ),
    solution=solution,
    errors="""- *295*: the sign. The top row has the weights −1, and it is the brighter one.
- *−529* is right minus left, the other filter.
- *1563* adds up the nine pixels without any weights, *1025* leaves out the minus signs.""",
    praise="Below minus above: 365 − 660.",
    insight="The top is brighter than the bottom, so the number is far below zero. The same pixels answer a different "
            "question.",
    right=[-295.0, 365 - 660, np.float32(-295), np.array(-295)],
    wrong=[
        Wrong(295, SIGN),
        Wrong(-529, SIDES), Wrong(529, SIDES, "The sign is wrong, too."),
        Wrong(365, "That is the bottom row alone: the top row counts with −1."),
        Wrong(-660, "That is the top row alone: the bottom row is added to it."),
        Wrong(660, "That is the sum of the top row: it counts with −1, and the bottom row is added to it."),
        Wrong(1025, "The minus signs are lost: the top row is subtracted."),
        Wrong(-1025, "Everything counts with −1: only the top row does, the bottom row counts as it is."),
        Wrong(519, "You subtract only the first pixel of the top row and add the others: subtract all three."),
        Wrong(-161, "The last column is missing: three pixels of each row count."),
        Wrong(-289, "The first column is missing: three pixels of each row count."),
        Wrong(-140, "The middle column is missing: its weights are −1, 0, 1, like those of the others."),
        *(Wrong(-295 + off, MISREAD) for off in (18, -270, -360, 27, 180, -90, 63)),   # 235, 523, 525, 512, 125 ... 81
        Wrong(-6, COLUMN), Wrong(-155, COLUMN), Wrong(-134, COLUMN),
        Wrong(1563, "You add up all nine pixels without their weights."),
        Wrong(243, MIDDLE), Wrong(-833, MIDDLE), Wrong(-173, MIDDLE), Wrong(-122, MIDDLE),
        Wrong(-295 / 9, SUM), Wrong(-295 / 3, SUM), Wrong(-295 / 6, SUM),
        Wrong(-33, SUM), Wrong(-98, SUM), Wrong(-49, SUM),
        Wrong([-6, -155, -134], "These are the sums of the three columns: add them up to one number."),
        Wrong([-660, 0, 365], "These are the sums of the three rows: add them up to one number."),
        Wrong([[-253, -255, -152], [0, 0, 0], [247, 100, 18]], "These are the nine products: add them up."),
        Wrong(-450, "All weights of a row are the same here, not 1, 2, 1."),
        Wrong(-255, RANGE), Wrong(255, RANGE),
        Wrong(-294, "That is one too many: this filter has no bias, only its nine weights."),
        Wrong(-295 / 255, "You divide by 255: the pixels stay as they are."),
        Wrong(-1587, "You multiply two matrices: here each pixel meets the weight that lies on it."),
        Wrong(0, "The weights add up to 0, the products do not: multiply each pixel by its weight first."),
    ],
)
