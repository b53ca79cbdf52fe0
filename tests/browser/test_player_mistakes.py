"""A wrong prediction is explained when exactly one known mistake gives its number, and only then; in a real Chromium.

The wrong numbers are worked out here by hand or with NumPy, never by the code under test; and each check also runs on a
player that was broken on purpose, and must notice.
"""

import numpy as np
import pytest
from predicting import PREDICT, guess, hinted, notices

from cnnlib.viz import pool, slide

# --- what is explained ------------------------------------------------------------------------------------------------

X = np.array([[3, 8, -5, 2], [7, 1, 9, 4], [6, -2, 5, 13], [11, 0, 17, 12]])
CONV = slide(X, [[2, -3], [5, 7]], 100, stride=2, padding=1)   # y[1, 0] is 121, y[1, 1] 2 − 27 − 10 + 35 + 100
LANES = slide([X, X[::-1] * 3, X.T * 5], [[[[1, 2], [3, 4]], [[1, 0], [7, 2]], [[2, 1], [1, 9]]]])
BANK = slide(X, [[[[2, -3], [5, 7]]], [[[1, 4], [6, 11]]]])
MAX, AVG, SMALL = pool(X + 20, 2), pool(X, 2, mode="avg"), pool([[6, -2], [11, 3]], 2, mode="avg")
DEEP = pool(-X[:, :2] - 3, 2, 2, 1, "max")
EDGES = pool(X, 3, 1, 1, "avg")                                # y[0, 1] is (0 + 0 + 0 + 3 + 8 − 5 + 7 + 1 + 9) / 9
DX = slide(X, [[2, -3], [5, 7]], direction="dx", dy=[[1, 4, 2], [9, 3, 8], [5, 6, 7]])
DW = slide(X, [[1, 0], [0, 1]], direction="dw", dy=[[1, 4, 2], [9, 3, 8], [5, 6, 17]])
L = [float(np.sum(LANES.w[0, c] * LANES.x[c, 1:3, 1:3])) for c in range(3)]
PLACE = X[1:3, 1:3]
WRONG = [   # scene, step, wrong number, the sentence, and what is pointed out on x and w ("" for nothing, "*" for all)
    (CONV, 4, 100 - 35, "One product is missing: x[2, 2]·w[1, 1] = 5·7 = 35.", "10", "3"),
    (CONV, 4, 100 + 27, "One product is missing: x[1, 2]·w[0, 1] = 9·(−3) = −27.", "6", "1"),
    (CONV, 4, 100 + 35, "One product is there twice: x[2, 2]·w[1, 1] = 5·7 = 35.", "10", "3"),
    (CONV, 4, 100 + 2 * 27, "A sign is wrong: x[1, 2]·w[0, 1] = 9·(−3) is −27, not 27.", "6", "1"),
    (slide([-7, 2, 40], [-3, 5, 1]), 0, 71 - 2 * 21,
     "A sign is wrong: x[0]·w[0] = (−7)·(−3) is 21, not −21: minus times minus is plus.", "0", "0"),
    (CONV, 4, 100 - 35 + 12, "x[2, 2] and w[1, 1] are added, not multiplied: 5·7 is 35, not 12.", "10", "3"),
    (CONV, 4, 100 - 35 + 5, "x[2, 2] is taken as it is, but its weight w[1, 1] is 7: 5·7 is 35.", "10", "3"),
    (CONV, 4, 100 + np.sum(PLACE * [[7, 5], [-3, 2]]),
     "That is the sum with the kernel turned by 180 degrees: here nothing is flipped.", "*", ""),
    (CONV, 4, 0, "The bias, 100, is missing.", "", ""),
    (CONV, 4, 121, "That is y[1, 0]: the window one position to the left.", "*", ""),
    (CONV, 4, 100 + np.sum(X[1:3, 3] * [2, 5]), "That is y[1, 2]: the window one position to the right.", "*", ""),
    (CONV, 4, 100 + np.sum(X[0, 1:3] * [5, 7]) - 0, "That is y[0, 1]: the window one position above.", "*", ""),
    (CONV, 4, 100 + np.sum(X[3, 1:3] * [2, -3]), "That is y[2, 1]: the window one position below.", "*", ""),
    (CONV, 4, 100 + np.sum(X[:2, :2] * [[2, -3], [5, 7]]),
     "The stride is forgotten: from one step to the next the window moves 2.", "*", ""),
    (CONV, 4, 100 + np.sum(X[2:, 2:] * [[2, -3], [5, 7]]),
     "The padding is forgotten: that is the window as if there were none.", "*", ""),
    (CONV, 3, 121 + 2 + 5, "Padding counts 0, not 1.", "", ""),
    (CONV, 3, 121 + 2 * 7 + 5 * 6, "Padding counts 0, not what the cell beside it holds.", "", ""),
    (LANES, 4, L[0], "That is channel 0 alone: the sums of all 3 channels are added.", "21 22 25 26 37 38 41 42", None),
    (LANES, 4, L[0] + L[2], "Channel 1 is missing.", "21 22 25 26", None),
    (BANK, 4, np.sum(PLACE * [[1, 4], [6, 11]]), "That is y[1, 1, 1], the same place in another map.", "*", ""),
    (MAX, 0, 23 + 28 + 27 + 21, "That is the sum of the window: max pooling takes the largest.", "*", None),
    (MAX, 0, (23 + 28 + 27 + 21) / 4, "That is the mean of the window: max pooling takes the largest.", "*", None),
    (MAX, 2, 18, "That is the smallest cell of the window: max pooling takes the largest.", "*", None),
    (MAX, 3, 32, "That is the last cell of the window: max pooling takes the largest, wherever it is.", "*", None),
    (DEEP, 0, 0, "Padding counts −∞ in a maximum, not 0.", "", None),
    (AVG, 0, 19, "That is the sum of the window: it is still to be divided by 4.", "*", None),
    (AVG, 0, 8, "That is the largest cell of the window, not its mean.", "*", None),
    (AVG, 0, 1, "That is the smallest cell of the window, not its mean.", "*", None),
    (AVG, 0, (19 - 7) / 4, "One cell is missing: x[1, 0] = 7.", "4", None),
    (AVG, 0, (19 + 7) / 4, "One cell is there twice: x[1, 0] = 7.", "4", None),
    (SMALL, 0, (6 + 2 + 11 + 3) / 4, "A sign is lost: x[0, 1] = −2, not 2.", "1", None),
    (EDGES, 1, 23 / 6, "That is divided by 6: padding counts as cells too, so it is 9.", "*", None),
    (EDGES, 0, (19 + 5) / 9, "Padding counts 0, not 1.", "", None),
    (EDGES, 1, (23 + 3 + 8 - 5) / 9, "Padding counts 0, not what the cell beside it holds.", "", None),
    (DX, 5, 3 * 2 - 9 * 3 + 4 * 5, "One product is missing: dy[0, 0]·w[1, 1] = 1·7 = 7.", "0", "3"),
    (DX, 5, 3 * 7 + 9 * 5 - 4 * 3 + 1 * 2,
     "That is the sum with the kernel laid on dy as it is: here it is turned by 180 degrees.", "*", ""),
    (DW, 0, np.sum(X[:3, :3] * np.array(DW.dy)[::-1, ::-1]),
     "That is the sum with dy turned by 180 degrees: here nothing is flipped.", "*", ""),
    (DW, 0, np.sum(X[:3, 1:] * np.array(DW.dy)), "That is dw[0, 1], the cell to the right of it.", "*", ""),
]


def check_explained(page, scene, step, number, why, cells, weights):
    player = page.mount(scene, step=step, **PREDICT)
    assert guess(player, repr(float(number))) == f"Not yet. {why}"
    assert player.trait("answers") == [
        {"step": step, "guess": number, "value": pytest.approx(scene.output.ravel()[step]), "right": False, "why": why}]
    own = {src for term in scene.taps if term[0] == step for src in [int(term[1])] if src >= 0}
    expected = {scene.source.name: sorted(own) if cells == "*" else list(map(int, cells.split()))}
    if weights:
        expected[scene.weights.name] = list(map(int, weights.split()))
    if weights is None and scene.weights is not None:
        expected[scene.weights.name] = hinted(player)[scene.weights.name]
    assert hinted(player) == {board: each for board, each in expected.items() if each}


@pytest.mark.alike(3)
@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case[3][:30]}")
def test_a_wrong_number_is_explained(page, case):
    check_explained(page, *case)


@pytest.mark.control
@pytest.mark.parametrize(("change", "case"), [
    (("value - product, `One product is missing", "value + product, `One product is missing"), WRONG[0]),
    (("wt - (wt % size) + size - 1 - (wt % size)", "wt"), WRONG[7]),
    (("point(wrong ? wrong.terms : now.terms,", "point(now.terms,"), WRONG[0]),
])
def test_a_wrong_explanation_is_noticed(browser, change, case):
    notices(browser, check_explained, change, *case)


# --- what is not explained --------------------------------------------------------------------------------------------

AMBIGUOUS = [
    (slide([2, 2, 5], [3, 3, 1]), 0, 11, "too small"),               # one of two equal products is missing
    (slide([3, 4, 2], [1, 2, 5], 3), 0, 21, "too small"),            # the first product is missing, or the bias
    (pool([[9, 4], [5, 4]], 2), 0, 4, "too small"),                  # the last cell, or the smallest
    (pool([[4, 4], [4, 4]], 2, mode="avg"), 0, 3, "too small"),      # any of four cells is missing
    (CONV, 4, 99.5, "a little too small"), (CONV, 4, 10000, "far too large"), (CONV, 4, -10000, "far too small"),
]


def check_not_explained(page, scene, step, number, how_far):
    player = page.mount(scene, step=step, **PREDICT)
    assert guess(player, repr(number)) == f"Not yet. {number:g} is {how_far}.".replace("-", "−")
    assert player.trait("answers")[0]["why"] == ""
    assert list(hinted(player)) == ["x"]   # the window is lit


@pytest.mark.parametrize("case", AMBIGUOUS)
def test_what_could_be_several_mistakes_or_none_is_not_explained(page, case):
    check_not_explained(page, *case)


@pytest.mark.control
@pytest.mark.parametrize("case", AMBIGUOUS[:2])
def test_guessing_at_mistakes_is_noticed(browser, case):
    notices(browser, check_not_explained, (".size === 1 ? fitting[0]", ".size ? fitting[0]"), *case)
