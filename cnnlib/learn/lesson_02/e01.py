"""Four windows and a template: the normalised scores, by hand."""

import numpy as np

from ..exercise import Exercise, Wrong
from ..slips import slips


def solution():
    template = np.array([0, 2, 2, 0])
    windows = np.array([[1, 5, 5, 1], [0, 7, 4, 3], [9, 9, 9, 9], [8, 2, 2, 8]])
    t = template - template.mean()                       # [-1, 1, 1, -1], norm 2
    scores = []
    for window in windows:
        v = window - window.mean()
        norms = np.sqrt((v ** 2).sum()) * np.sqrt((t ** 2).sum())
        scores.append((v * t).sum() / norms if norms else 0.0)
    return np.array(scores)


NOTHING_CENTRED = ("Nothing is centred: subtract from each window its own mean, and from the template its mean 1, "
                   "before you multiply or take norms.")
NORMS_TOO_SOON = "Your norms of the windows are taken before the mean is subtracted: subtract first."
TEMPLATE_RAW = "You divided by √8, the norm of [0, 2, 2, 0]: centre the template, too. It becomes [−1, 1, 1, −1], " \
        "with norm 2."
T, V = "template - template.mean()", "window - window.mean()"
VN, TN = "np.sqrt((v ** 2).sum())", "np.sqrt((t ** 2).sum())"
SCORE, ROUNDED = "(v * t).sum() / norms if norms else 0.0", ("np.array(scores)", "np.array(scores).round(2)")

EXERCISE = Exercise(
    id="02.1",
    title="Four windows, four scores",
    statement="""The template is $[0, 2, 2, 0]$. Calculate the normalised score of each of these windows on paper:

$$[1, 5, 5, 1] \\qquad [0, 7, 4, 3] \\qquad [9, 9, 9, 9] \\qquad [8, 2, 2, 8]$$

Give the four scores in the order of the windows. None needs rounding. Before you calculate: which window will have the
highest score, and which the highest plain product?""",
    signature="answer: a list of four numbers",
    difficulty=2,
    minutes=4,
    hints=(
        "Three steps: subtract the mean, multiply by the centred template and add up, divide by both norms. What "
        "is left of a window of equal numbers?",
        "The centred template is $[-1, 1, 1, -1]$, and its norm is $\\sqrt{1 + 1 + 1 + 1} = 2$. The means of the four "
        "windows are 3, 3.5, 9 and 5.",
        "The centred windows are $[-2, 2, 2, -2]$, $[-3.5, 3.5, 0.5, -0.5]$, $[0, 0, 0, 0]$ and $[3, -3, -3, 3]$, "
        "their norms 4, 5, 0 and 6, their products with the centred template 8, 8, 0 and −12.",
    ),
    solution=solution,
    errors="""- $[20, 22, 36, 8]$ are plain products: the flat window, which matches nothing, is far ahead.
- $[8, 8, 0, -12]$ are centred, but not divided. The first two look alike, though only one of them is a bump.
- $[4, 4, 0, -6]$ and $[2, 1.6, 0, -2]$ are divided by one of the two norms. A score never leaves −1 to 1.
- A flat window has nothing to match: its centred window is all zeros, and its score is 0 by agreement.""",
    praise="A match, nearly one, nothing, and the opposite.",
    insight="The flat window has by far the highest plain product, and the score 0: height no longer counts, shape "
            "does.",
    ask="value",
    returns="answer",
    right=[[1, 0.8, 0, -1], (1, 4 / 5, 0, -1), np.array([1, 0.8, 0, -1], np.float32), [8 / 8, 8 / 10, 0, -12 / 12]],
    wrong=[*slips(
        [solution],
        ("These are plain products of window and template. Centre both first, then divide by both norms.",
         SCORE, "window @ template"),
        ("The norms are missing: divide each product by the norm of the centred window and by that of the template, 2.",
         SCORE, "v @ t"),
        ("You divided by the norm of the template only. Divide by that of each centred window, too.", f"{VN} * ", ""),
        ("You divided by the norm of each window only. Divide by the norm of the template, 2, too: a score never "
         "leaves −1 to 1.", f" * {TN}", ""),
        ("You divided by 4 everywhere, the number of cells. Divide by the two norms: each window has its "
         "own.", SCORE, "v @ t / 4"),
        ("The flat window has no shape at all: what is left of it is [0, 0, 0, 0], and its score is 0.", "0.0", "1.0"),
        ("The flat window is left out: it gets a score, too: 0.",
         "scores.append", "if norms: scores.append"),
        ("The root is missing in the norm of the windows: 16, 25, 0 and 36 are sums of squares, the norms are 4, 5, 0 "
         "and 6.", "np.sqrt((v", "((v"),
        ("The roots are missing: the norms are 4, 5, 0 and 6 for the windows and 2 for the template, not 16, 25, 0, 36 "
         "and 4.", "np.sqrt", ""),
        ("You divided by the norms of the windows and by 4. The norm of the centred template is the root of 4, which "
         "is 2.", "np.sqrt((t", "((t"),
        ("Your norms add up the numbers without their signs: square, add up, then take the root.",
         VN, "abs(v).sum()", TN, "abs(t).sum()"),
        (NOTHING_CENTRED, T, "template", V, "window"), (NOTHING_CENTRED, T, "template", V, "window", *ROUNDED),
        (NORMS_TOO_SOON, "(v **", "(window **"), (NORMS_TOO_SOON, "(v **", "(window **", *ROUNDED),
        (TEMPLATE_RAW, "(t **", "(template **"), (TEMPLATE_RAW, "(t **", "(template **", *ROUNDED),
        ("A norm is not the largest of the numbers: square, add up, then take the root.",
         VN, "abs(v).max()", TN, "abs(t).max()"),
        ("You divided the products by 4, the squares by 3: take sums, or the same for both.",
         SCORE, "(v * t).mean() / (v.std(ddof=1) * t.std(ddof=1)) if norms else 0.0"),
        ("You divided by the sum of the two norms. Divide by their product: for the first window 4 · 2.",
         ") * np", ") + np"),
        ("These are the norms of the centred windows. Divide the products, 8, 8, 0 and −12, by them, and by the norm "
         "of the template, 2.", SCORE, VN),
        ("These are the means of the windows. Subtract them; then multiply, add up and divide by both norms.",
         SCORE, "window.mean()"),
        ("All signs are flipped: the template itself, not its opposite, has the score 1.", "(v * t", "(-v * t"),
    ),
        Wrong([1, 0.8, 0, 1], "The last sign is lost: [8, 2, 2, 8] is the template upside down."),
        Wrong([1, 0.8, 0, 0], "The last window is the template upside down: that is −1. A score of 0 means neither "
                              "match nor opposite."),
        Wrong([1, 1.6, 0, -1], "In the second score the template's norm was forgotten: 8 is divided by 5 · 2."),
        Wrong([1, 1.25, 0, -1], "The second score is upside down: divide 8 by 5 · 2, not the other way round."),
        Wrong([1, 1, 0, -1], "The second window is a skewed bump: its product is 8, but its norm is 5, so its score is "
                             "less than 1."),
        Wrong([1, -0.8, 0, -1], "The second sign is wrong: (−3.5) · (−1) and (−0.5) · (−1) are both positive."),
        Wrong([1, 4 / np.sqrt(26), 0, -1], "The mean of the second window is 3.5: do not round it."),
        Wrong([1, 0.7, 0, -1], "The second product is 3.5 + 3.5 + 0.5 + 0.5 = 8: two minus signs make a plus."),
        Wrong([1, 0.64, 0, -1], "The second score is 8 divided by 5 · 2, and is not squared."),
        Wrong([1, 0.8, np.nan, -1], "0 divided by 0 is not a number. The flat window has nothing to match: by "
                                    "agreement its score is 0."),
        Wrong([1, 0.8, -1, 0], "The last two are swapped: the flat window comes third, with 0."),
    ],
)
