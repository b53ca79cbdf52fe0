"""The gradients of a filter that slides over a signal, by hand."""

import itertools

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    dx = [2 * 3, 2 * 1 - 1 * 3, -1 * 1 + 3 * 3, 3 * 1]             # every dy on its cells, times the weights
    dw = [2 * 2 - 1 * 1 + 3 * 0, 2 * 1 - 1 * 0 + 3 * 3]            # every dy times the cell that the weight met
    db = 2 - 1 + 3                                                 # b is in every output
    return [*dx, *dw, db]


X, W, DY = np.array([2, 1, 0, 3]), np.array([3, 1]), np.array([2, -1, 3])
DX, DW, DB = np.convolve(DY, W), np.correlate(X, DY), DY.sum()


def but(dx=DX, dw=DW, db=DB):
    """The true answer with some of its parts changed."""
    return [*dx, *np.ravel(dw), db]


TURNED = "For x you slide the filter as it is: in y[i] the cell x[i + 1] meets w[1], so dx[i + 1] gets dy[i] · w[1]."
ENDS = "For x the two end cells are missing or 0: each is in one window, so it gets one product."
ONE = "For x each cell has only one product: the middle cells are in two windows, so two products add up."
FIRST_END = "For x the first cell is missing or 0: it lies in the first window, on w[0]."
LAST_END = "For x the last cell is missing or 0: it lies in the last window, on w[1]."
FLIPPED = "For w you reverse dy: weight k met x[k] in the first window, so x[k] is multiplied by the first dy."
MEAN = "For w you take the mean: all windows use the same weight, so their shares add up."
FIRST = "For w you use one window only: all three use the same weight, so three products add up."
NO_DY = "For w the dy are missing: multiply each cell that the weight met by the dy of that window."
EXCHANGED = "For w the two are swapped: w[0] met the first cell of each window."
SIGN = "a sign is lost: the second dy is −1."
COUNT = "For b you count the windows: each adds its dy."

SLIPS = {   # one mistake in one part; of the first ones, two in different parts get both sentences
    "dx": [
        (np.convolve(DY, W[::-1]), TURNED), ([0, -1, 8, 0], ENDS), ([6, -3, 9, 3], ONE),
        (DX[::-1], "For x your numbers are in reverse order."), (np.convolve(np.abs(DY), W), f"For x {SIGN}"),
        ([3, 4, 4, 1], "For x the dy are missing: multiply each weight by the dy of its window."),
        ([6, -3, 9, 0], ONE), ([0, 2, -1, 3], ONE), ([6, 2, -1, 3], ONE),
        ([6, -1, 8, 0], LAST_END), ([0, -1, 8, 3], FIRST_END), ([6, 5, 8, 3], f"For x {SIGN}"),
        ([6, -1, 10, 3], f"For x {SIGN}"), ([*DY, 0], "For x you wrote dy: multiply it by the weights."),
        (DX / 2, "For x you take the mean: the products of a cell add up."),
        (DX * X, "For x you multiply by x, too: the slope of y for a cell is just its weight."),
        ([5, 0, 9, 2], "For x you take the dy of the next window instead of the one before: x[i + 1] meets w[1] in "
                       "y[i]."),
        ([0, 5, 0, 0], "For x you slide the filter as it is, and the ends are 0: flip it, with zeros around dy."),
    ],
    "dw": [
        (np.correlate(X, DY[::-1]), FLIPPED), (DW[::-1], EXCHANGED), (np.correlate(X, np.abs(DY)), f"For w {SIGN}"),
        (DW / 3, MEAN), ([4, 2], FIRST), ([3, 4], NO_DY), ([0, 9], FIRST), ([-1, 0], FIRST),
        (DW * W, "For w you multiply by w, too: the slope of y for a weight is just its cell."),
        ([3, 7], "For w the product 3 · 3 of the last window adds 9."),
    ],
    "db": [
        (DB / 3, "For b you take the mean: b is in all three outputs, so their dy add up."), (3, COUNT),
        (1, "For b you count one output: b is in all three, and each adds its dy."), (6, f"For b {SIGN}"),
        (2, "For b you take the first dy only: b is in all three outputs."),
        (0, "For b you wrote 0: if b grows by 1, so does every output."),
    ],
}
SINGLE = [Wrong(but(**{part: value}), said) for part, slips in SLIPS.items() for value, said in slips]
PAIRS = [Wrong(but(**{a: v, b: u}), first, second) for a, b in itertools.combinations(SLIPS, 2)
         for (v, first), (u, second) in itertools.product(SLIPS[a][:6], SLIPS[b][:6])]

EXERCISE = Exercise(
    id="07.2",
    title="Back through a sliding filter",
    statement="""A filter $w = [3, 1]$ slides over $x = [2, 1, 0, 3]$, with a bias $b$:

$$y[i] = w[0] \\cdot x[i] + w[1] \\cdot x[i + 1] + b \\qquad i = 0, 1, 2$$

The layers above tell how fast the loss grows with each output: $dy = [2, -1, 3]$. How fast does it grow with each cell,
each weight and the bias? Give seven numbers, in this order: the four of $dx$, the two of $dw$, and $db$.""",
    signature="answer: a list of seven numbers",
    ask="value",
    returns="answer",
    difficulty=2,
    minutes=6,
    hints=(
        "Write down the three sums $y[0]$, $y[1]$, $y[2]$. Which of them contain $x[1]$, and with which weight? "
        "Which contain $w[0]$?",
        "A number in several sums gets a share from each: the $dy$ of that sum, times what multiplies the number "
        "there. All shares add up.",
        "$x[1]$ meets $w[1]$ in $y[0]$ and $w[0]$ in $y[1]$: $dx[1] = 2 \\cdot 1 + (-1) \\cdot 3$. And $w[0]$ "
        "meets 2, 1, 0: $dw[0] = 2 \\cdot 2 + (-1) \\cdot 1 + 3 \\cdot 0$. The bias is in all three.",
    ),
    solution=solution,
    errors="""- *[2, 5, 0, 9] for x*: the filter lies on $dy$ as it is. $x[1]$ meets the *last* weight in the first
  window: flip the filter here.
- *[5, 9] for w*: $dy$ is flipped. Here nothing should be.
- *0 at the ends of dx*: each end cell is in one window and gets one product.
- *1/3 of dw or db*: all windows use the same weight, and the shares add up.""",
    praise="Every share counted: two for a cell in the middle, three for a weight, three for the bias.",
    insight="Backwards, dx is a sliding filter again: w, flipped, over dy with zeros around it. For dw, dy is the "
            "filter, not flipped.",
    right=[tuple(solution()), np.array(solution()), [float(n) for n in solution()], np.float32(solution())],
    wrong=[
        *SINGLE, *PAIRS,
        Wrong([3, 11, 6, -1, 8, 3, 4], "The numbers are right, but the order is x, then w, then b."),
        Wrong([6, -1, 8, 3, 3, 11], "The slope for b is missing: it is in every output."),
        Wrong([6, -1, 8, 3], "That is dx alone: dw and db follow."),
        Wrong([3, 11], "That is dw alone: dx comes before it, and db after it."),
        Wrong([3, 11, 4], "The slopes of x are missing: the layer below needs them."),
        Wrong(but(dx=-DX, dw=-DW, db=-DB), "Your signs are flipped: dy is given, so only multiply and add."),
        Wrong([3, 4, 4, 1, 3, 4, 3], "The dy are missing: multiply each share by the dy of its window."),
        Wrong([6, 5, 10, 3, 5, 11, 6], "The sign of the second dy is lost: it is −1."),
        Wrong([5, 0, 3, 11, 4], TURNED, "The end cells are missing: each is in one window."),
        Wrong([-1, 8, 3, 11, 4], "The slopes of the end cells are missing: each is in one window."),
        Wrong([6, -1, 8, 3, 11, 4], "One of the seven is missing: w has two weights."),
        Wrong([6, -1, 8, 3, *DY, 4], "For w you wrote dy: multiply each dy by the cell that the weight met."),
        Wrong([6, -1, 8, 3, 3, 11, *DY], "For b you wrote all dy: there is one bias, so they add up."),
        Wrong([6, -1, 8, 3, 4, -1, 0, 2, 0, 9, 4], "For w these are the products: add up the three of each weight."),
    ],
)
