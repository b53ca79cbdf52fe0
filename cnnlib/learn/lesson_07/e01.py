"""The gradients of one dot product, by hand."""

import itertools

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    y = 4 * 2 + (-1) * 3 + 6          # w · x + b = 11
    dy = y - 2                        # the slope of (y - t)² / 2 is y - t
    dw = [dy * 2, dy * 3]             # each weight is multiplied by its cell
    dx = [dy * 4, dy * (-1)]          # and each cell by its weight
    db = dy                           # the bias is only added
    return [*dw, *dx, db]


X, W, B, T = np.array([2, 3]), np.array([4, -1]), 6, 2
DY = W @ X + B - T


def from_dy(dy):
    """The five numbers for another slope dy."""
    return [*(dy * X), *(dy * W), dy]


def but(dw=DY * X, dx=DY * W, db=DY):
    """The true answer with some of its parts changed."""
    return [*dw, *dx, db]


TURNED = "Your signs are flipped: the slope of (y − t)² / 2 is y − t, not t − y."
TWICE = "All your numbers are twice too large: the 2 from the square cancels the half, so the slope is y − t."
HALF = "All your numbers are half as large as they should be: the 2 from the square cancels the half, so the slope " \
        "is y − t."
NO_T = "The target is missing: the slope of (y − t)² / 2 is y − t, not y."
NO_B = "The bias is missing in y: y = w[0] · x[0] + w[1] · x[1] + b."
SIGN = "You lost a sign in y: the second weight is −1, so its product is subtracted."
LOCAL = "That is how y changes, not L: multiply by dy, the slope of L."
LOSS = "You multiply by the loss L itself: multiply by its slope, y − t."
DW_LOCAL = "For w you wrote x: that is how y changes. Multiply by the slope of L."
DX_LOCAL = "For x you wrote w: that is how y changes. Multiply by the slope of L."
DW_IS_DX = "For w you multiply by the weights: how a weight changes y depends on the cell it meets."
DX_IS_DW = "For x you multiply by the cells: how a cell changes y depends on the weight it meets."
DW_BOTH = "For w you multiply by w and x: in w[0] · x[0] the slope for w[0] is just x[0]."
DX_BOTH = "For x you multiply by w and x: in w[0] · x[0] the slope for x[0] is just w[0]."
DW_DY = "For w you wrote only dy: multiply it by the cell that each weight meets."
DX_DY = "For x you wrote only dy: multiply it by the weight that each cell meets."
DB_B = "For b you multiply by b: y grows exactly as much as b, so db = dy."
DB_1 = "For b you wrote 1: that is how y changes. Multiply by the slope of L."
DB_0 = "For b you wrote 0: b is not in x, but y still depends on it. If b grows by 1, so does y."
DB_IS_B = "For b you wrote b itself: y grows exactly as much as b, so db = dy."
DX_SIGN = "For x a sign is lost: the weight on x[1] is −1."
DW_SIGN = "For w there is a sign too few or too many: both cells of x are above 0, and so is dy."

SLIPS = {   # one mistake in one part; of the first ones, two in different parts get both sentences
    "dw": [(X, DW_LOCAL), (DY * W, DW_IS_DX), (DY * X * W, DW_BOTH), ([DY, DY], DW_DY), ([18, -27], DW_SIGN),
           (DY * X[::-1], "For w the two cells are swapped: w[0] meets x[0]."),
           (DY + X, "For w you add dy and the cell: multiply them."), (-DY * X, DW_SIGN)],
    "dx": [(W, DX_LOCAL), (DY * X, DX_IS_DW), (DY * X * W, DX_BOTH), ([DY, DY], DX_DY), ([36, 9], DX_SIGN),
           ([4, 1], DX_LOCAL), (DY * W[::-1], "For x the two weights are swapped: x[0] meets w[0]."),
           ([0, 0], "For x you wrote 0: x does not learn, but the layer below needs to know how x changes L."),
           (DY + W, "For x you add dy and the weight: multiply them.")],
    "db": [(DY * B, DB_B), (1, DB_1), (0, DB_0), (B, DB_IS_B),
           (2 * DY, "For b you count dy twice: there is one output."), (-DY, "For b a sign is lost."),
           (DY * X.sum(), "For b you add up dw: the bias meets no cell, so db = dy.")],
}
JOINT = [   # what has a sentence of its own where it is done to w and x alike
    (DY * W, DY * X, "The slopes of w and x are swapped: for a weight multiply dy by its cell, for a cell by its "
                     "weight."),
    (X, W, LOCAL), ([DY, DY], [DY, DY], "For w and x you wrote dy: multiply it by how y changes with each."),
    (W, X, "The slopes of w and x are swapped, and dy is missing: multiply dy by the other factor of each product."),
    (-DY * X, -DY * W, "The signs of w and x are flipped, the sign of b is not."),
]
SINGLE = [Wrong(but(**{part: value}), said) for part, slips in SLIPS.items() for value, said in slips]
PAIRS = [Wrong(answer, first, second) for a, b in itertools.combinations(SLIPS, 2)
         for (v, first), (u, second) in itertools.product(SLIPS[a][:5], SLIPS[b][:5])
         if first != second and not any(np.array_equal(answer := but(**{a: v, b: u}), but(*own[:2])) for own in JOINT)]
WHOLE = [Wrong(but(dw, dx), said) for dw, dx, said in JOINT] + [
    Wrong(but(dw, dx, db), said, second) for dw, dx, said in JOINT for db, second in SLIPS["db"]
    if not np.array_equal([*dw, *dx, db], from_dy(db))]
SLOPES = {-DY: (TURNED,), 2 * DY: (TWICE,), DY / 2: (HALF,), DY + T: (NO_T,), DY - B: (NO_B,), 15: (SIGN,), 1: (LOCAL,),
          40.5: (LOSS,), 13: ("You add the target: the slope of (y − t)² / 2 is y − t.",), B - DY: (NO_B, TURNED),
          2 * (DY - B): (NO_B, TWICE), -2 * DY: (TURNED, TWICE), DY - B + T: (NO_B, NO_T), 30: (SIGN, TWICE),
          81: (LOSS, "The half is missing."), -15: (SIGN, TURNED), 22: (NO_T, TWICE), -11: (NO_T, TURNED)}
STEPPED = "That is the change of L divided by a step: close to the slope, but not the slope. Multiply dy by what " \
          "each number meets."
OTHER = "Your five numbers fit together, but dy is wrong: check y, then y − t."

EXERCISE = Exercise(
    id="07.1",
    title="Back through one dot product",
    statement="""This is one output of a layer, and a loss for how far it is from its target:

$$y = w[0] \\cdot x[0] + w[1] \\cdot x[1] + b \\qquad\\qquad L = \\tfrac{1}{2} (y - t)^2$$

with $x = [2, 3]$, $w = [4, -1]$, $b = 6$ and $t = 2$. How fast does $L$ grow with each of the five numbers that make
$y$? Give five slopes, in this order: $w[0]$, $w[1]$, $x[0]$, $x[1]$, $b$.""",
    signature="answer: a list of five numbers",
    ask="value",
    returns="answer",
    difficulty=1,
    minutes=4,
    hints=(
        "Take two steps, from the end to the start: how fast does $L$ grow with $y$? And how fast does $y$ grow "
        "with $w[0]$?",
        "Work out $y$. The slope of $L$ for $y$ is $y - t$; call it $dy$. If $w[0]$ grows a little, $y$ grows "
        "$x[0]$ times as much, and $L$ grows $dy$ times as much as $y$.",
        "$y = 8 - 3 + 6$ and $dy = y - 2$. Then come $dy \\cdot x[0]$ and $dy \\cdot x[1]$, $dy \\cdot w[0]$ and "
        "$dy \\cdot w[1]$, and $dy$ itself for $b$.",
    ),
    solution=solution,
    errors="""- *[2, 3, 4, −1, 1]*: this is how $y$ changes. The chain rule multiplies each by how $L$ changes with $y$.
- *[36, −9, 18, 27, 9]*: $w$ and $x$ swapped. In a product each factor's slope is the *other* factor.
- *All signs flipped*: $t - y$ instead of $y - t$.
- *All twice as large*: the slope of a square is twice the number squared, and the half cancels the 2.
- *0 or 6 for b*: if $b$ grows by 1, $y$ grows by 1, however large $b$ is.""",
    praise="One slope of the loss, passed on to five numbers.",
    insight="In a product each factor is the slope of the other; a sum passes the slope on unchanged.",
    right=[tuple(solution()), np.array(solution()), [float(n) for n in solution()], np.float32(solution())],
    wrong=[
        *(Wrong(from_dy(dy), *said) for dy, said in SLOPES.items()),
        *(Wrong(from_dy(dy), OTHER) for dy in range(-40, 41) if dy not in (0, DY, *SLOPES)),
        *SINGLE, *PAIRS, *WHOLE, Wrong([*(-DY * W), *(-DY * X), -DY], JOINT[0][2], TURNED),
        *(Wrong([DY * a + h * a**2 / 2 for a in (*X, *W, 1)], STEPPED)
          for h in (1, 0.5, 0.1, 0.01, 1e-3, 1e-4, -1, -0.5, -0.1, -0.01, -1e-3, -1e-4)),
        Wrong([n - slope for n, slope in zip((*W, *X, B), but(), strict=True)],
              "You took a step against the slopes: give the slopes themselves."),
        Wrong([14 * a for a in (*X[::-1], *W, 1)],
              "You pair w and x crosswise: w[0] meets x[0], and w[1] meets x[1]."),
        Wrong([9, 18, 27, 36, -9], "The numbers are right, but the order is w, then x, then b."),
        Wrong([18, 36, 27, -9, 9], "The numbers are right, but the order is both of w, both of x, then b."),
        Wrong([18, 27, 36, -9], "The slope for b is missing: five numbers make y."),
        Wrong([18, 27, 9], "The slopes of x are missing: the layer below needs to know how x changes L."),
        Wrong([18, 27], "These are only the slopes for w: x and b make y, too."),
        Wrong([45, 27, 9], "You added up the slopes of w, and of x: each number has its own."),
    ],
)
