"""Calibration: is a network right as often as it says?"""

import numpy as np

from ..exercise import Exercise
from .e05_slips import WRONG, bin_by_bin, by_limits, one_by_one


def solution(confidence, right, bins):
    place = np.minimum((confidence * bins).astype(int), bins - 1)      # the bin of each answer; 1.0 is in the last
    error = 0
    for b in range(bins):
        inside = place == b
        if inside.any():                                               # an empty bin counts nothing
            gap = abs(right[inside].mean() - confidence[inside].mean())
            error += inside.mean() * gap                               # the share of all answers, times the gap
    return error


# --- other right ways -------------------------------------------------------------------------------------------------

def by_bincount(confidence, right, bins):
    place = np.clip(np.floor(confidence * bins).astype(int), 0, bins - 1)
    said = np.bincount(place, confidence, bins)
    true = np.bincount(place, right.astype(float), bins)
    return np.abs(said - true).sum() / len(confidence)


def in_a_dict(confidence, right, bins):
    gaps = {}
    for c, r in zip(confidence.tolist(), right.tolist(), strict=True):
        b = min(int(c * bins), bins - 1)
        gaps[b] = gaps.get(b, 0) + c - r
    return sum(map(abs, gaps.values())) / len(right)


def one_product(confidence, right, bins):
    place = np.minimum(confidence * bins // 1, bins - 1)
    return float(np.abs((place == np.arange(bins)[:, None]) @ (confidence - right)).sum() / confidence.size)


def by_digitize(confidence, right, bins):
    place = np.digitize(confidence, np.arange(1, bins) / bins)
    return sum((place == b).mean() * abs(right[place == b].mean() - confidence[place == b].mean())
               for b in set(place.tolist()))


def single_precision(confidence, right, bins):
    return np.float32(bin_by_bin(confidence, right, bins))


def fair(confidence, bins):
    """Does rounding not decide? Nothing lies on the edge of two bins, nor nearly, unless all is exact."""
    edges = np.abs(confidence * bins - np.round(confidence * bins))
    return bins & (bins - 1) == 0 or (edges[confidence % 1 > 0] > 1e-3).all()


def draw(rng):
    n, bins = int(rng.integers(4, 13)), int(rng.choice([2, 3, 4, 5, 8, 10]))
    while True:
        confidence = np.where(rng.random(n) < 0.2, 1, rng.integers(0, 65, n) / 64)
        if fair(confidence, bins):
            return confidence, rng.random(n) < 0.25 + confidence / 2, bins


EXERCISE = Exercise(
    id="10.5",
    title="As sure as it is right?",
    statement="""`confidence` holds how sure a network was of each of its $N$ answers, `right` whether it was right,
`True` or `False`. Write `calibration_error(confidence, right, bins)`, with `bins` bins of equal width from 0 to 1:

- bin $b$ $(0, 1, …)$ holds confidences from $b / \\text{bins}$ up to $(b + 1) / \\text{bins}$, but not including it;
  exactly 1 belongs in the last bin;
- the **gap** of a bin is the distance, without sign, between its share of right answers and its mean confidence;
- return the mean of the gaps, each weighted by its bin's share of all answers. Empty bins count nothing.""",
    signature="calibration_error(confidence, right, bins): (N,), (N,), whole number -> a number from 0 to 1",
    difficulty=3,
    minutes=10,
    hints=(
        "With 4 bins, which bin does a confidence of 0.3 go into? And 0.5? And 1?",
        "`confidence * bins`, rounded down, is the number of the bin; only 1 would give `bins`, so use "
        "`np.minimum(..., bins - 1)`. Go through the bins, skip the empty ones, and work with the answers inside.",
        "In the loop: `inside = place == b`, and if `inside.any()`, add `inside.mean() * "
        "abs(right[inside].mean() - confidence[inside].mean())`.",
    ),
    solution=solution,
    errors="""- *The mean of the gaps, unweighted*: a bin with one answer counts as much as one with a thousand.
- *Without `abs`*: bins that are too sure and bins that are not sure enough cancel.
- *`nan`* is the mean of an empty bin. Leave it out.
- *A confidence of 1 forgotten*: `confidence * bins` is then `bins`, which is not a bin.
- *The middle of the bin* instead of the mean confidence of the answers in it.""",
    praise="Sorted by how sure, compared with how right.",
    insight="It says nothing about accuracy: a network that guesses among ten classes and always says 0.1 has an "
            "error near 0.",
    cases=[
        ([0.75, 0.75, 0.75, 0.75], [True, True, False, False], 2),
        ([0.25, 0.75], [True, False], 2),
        ([0.5, 0.5, 1, 1], [True, False, True, True], 4),
        ([0.25, 0.375, 0.625, 0.875, 0.875], [False, True, True, True, False], 4),
        ([1, 1, 0.9375, 0.5], [True, False, True, True], 2),
        ([0, 0.25, 0, 0.5, 0.75], [True, False, False, True, True], 4),
        ([0.92, 0.81, 0.85, 0.55, 0.33], [True, True, False, True, False], 10),
        ([0.375, 0.25, 0.5, 0.75, 1, 0.625, 0.125], [True, False, True, True, False, True, False], 4),
        ([0.97, 0.93, 0.99, 0.62, 0.71, 0.45], [True, False, True, True, False, False], 5),
        ([0.25, 0.25, 0.75, 0.875, 0.5, 0.5], [True, True, False, False, True, False], 1),
    ],
    draw=draw,
    edges=[
        ([1], [True], 3), ([0.5], [False], 1), ([0], [False], 2), ([0, 1], [False, True], 4),
        ([1, 1], [False, False], 2),
        ([0.25, 0.5, 0.75], [True, True, True], 8), ([0.25, 0.5, 0.75], [False, False, False], 2),
        ([0.9996, 0.9989, 0.0004], [True, True, False], 15), ([0.6, 0.6], [True, True], 7),
        ([0.25, 0.75, 0.5, 1, 0], [False, True, False, True, False], 16), ([0, 0], [True, False], 3),
        ([0, 1, 1, 0], [True, True, False, False], 2), ([0.315, 0.325, 0.334], [True, False, False], 100),
        ([0.1015, 0.955], [False, True], 300),
        ([0.5] * 400, [True, False] * 200, 2), ([0.5] * 300 + [0.75], [True] * 300 + [False], 4),
    ],
    returns="error",
    right=[bin_by_bin, by_limits, one_by_one, by_bincount, in_a_dict, one_product, by_digitize, single_precision],
    wrong=WRONG,
)
