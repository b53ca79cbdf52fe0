"""A class activation map: the maps of the last convolution, added up with the weights of one class."""

import numpy as np

from ..exercise import Exercise
from ..slips import slips
from .e03_slips import MORE, map_by_map, pixel_by_pixel


def solution(maps, weights, k):
    y = np.zeros(maps.shape[1:])
    for c in range(len(maps)):
        y += weights[k, c] * maps[c]     # the weight that class k gives to map c
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def one_product(maps, weights, k):
    return np.tensordot(weights[k], maps, axes=1)


def spread_out(maps, weights, k):
    return (weights[k][:, None, None] * maps).sum(axis=0)


def by_einsum(maps, weights, k):
    return np.einsum("c,chw->hw", weights[k], maps)


def every_class(maps, weights, k):
    C, H, W = maps.shape
    return (weights @ maps.reshape(C, H * W)).reshape(-1, H, W)[k]


def pixels_in_front(maps, weights, k):
    return maps.transpose(1, 2, 0) @ weights[k]


def with_sum(maps, weights, k):
    return sum(weight * each for weight, each in zip(weights[k], maps, strict=True))


def single_precision(maps, weights, k):
    return np.float32(with_sum(maps, weights, k))


def draw(rng):
    C, H, W = rng.integers(2, 5, 3)
    K = C if rng.random() < 0.6 else rng.integers(2, 6)
    return rng.integers(0, 7, (C, H, W)), rng.integers(-4, 5, (K, C)), int(rng.integers(0, min(K, C)))


THREE = [[[1, 2, 0], [0, 1, 3]], [[2, 0, 1], [4, 0, 0]], [[0, 5, 1], [1, 1, 2]]]

EXERCISE = Exercise(
    id="10.3",
    title="Where is class k?",
    statement="""Many networks end like this: the last convolution makes $C$ maps, `maps` $(C, H, W)$; each map is
reduced to its mean; and a linear layer with `weights` $(K, C)$ makes the scores of $K$ classes from these $C$ means.
Row $k$ belongs to class $k$, counted from 0.

The mean over places can wait until the end. Write `class_map(maps, weights, k)`: multiply each map by the weight that
class `k` gives it, and add up all maps, place by place. Leave the result as it is, even below 0.""",
    signature="class_map(maps, weights, k): (C, H, W), (K, C), whole number -> (H, W)",
    difficulty=2,
    minutes=5,
    hints=(
        "How many weights does class k have, and what does each belong to?",
        "`weights[k]` is the row of class k: one weight for each map. Start with a map of zeros, and add each map "
        "times its weight.",
        "In a loop over `c`: `y += weights[k, c] * maps[c]`. Without a loop it is "
        "`np.tensordot(weights[k], maps, axes=1)`.",
    ),
    solution=solution,
    errors="""- *`weights[:, k]`* is a column: the weights of all classes for map k. If $K = C$, no error warns you.
- *`maps.sum(axis=0)`* or the mean: then every class gets the same map.
- *`weights[k] * maps`* puts the weights along the columns. Give them the shape $(C, 1, 1)$ first.
- *ReLU or scaling to 0 … 1* at the end is for drawing: it hides what speaks against the class.""",
    praise="Each map with this class's weight.",
    insight="The mean of this map is the score of class k, apart from its bias: you split the score by places, and "
            "lost nothing.",
    cases=[
        ([[[1, 0], [0, 2]], [[0, 3], [1, 0]]], [[1, 2], [3, -1]], 0),
        ([[[1, 0], [0, 2]], [[0, 3], [1, 0]]], [[1, 2], [3, -1]], 1),
        (THREE, [[1, 0, 2], [-1, 3, 1], [2, 2, -2]], 1),
        (THREE, [[1, 0, 2], [-1, 3, 1], [2, 2, -2]], 2),
        ([[[2, 1], [3, 0], [1, 4]], [[1, 5], [0, 2], [6, 1]]], [[1, 1], [0, 2], [-3, 1], [2, -1]], 1),
        ([[[1, 4], [2, 0]], [[3, 1], [0, 2]], [[5, 0], [1, 1]]], [[1, -2, 0.5], [0.25, 1, -1]], 0),
        ([[[0.5, 1.25], [2, 0.75]], [[1.5, 0.25], [0, 3]]], [[2, 1], [1, -3]], 1),
        ([[[1, -4, 2]], [[-3, 1, 2]]], [[1, 2], [3, -1]], 1),
    ],
    draw=draw,
    edges=[
        ([[[2, 1], [0, 3]], [[1, 4], [2, 2]]], [[1, -1], [-300, 300]], 1), ([[[2, 1]]], [[0.0004], [0.0012]], 1),
        ([[[5]]], [[3]], 0), ([[[2, 3], [1, 4]]], [[2], [-1], [3]], 2), ([[[2], [5]], [[1], [3]]], [[1, 2]], 0),
        ([[[0.5, -1.25]], [[-2.5, 0.125]]], [[0.5, 2], [1.5, -1]], 1), ([[[-1, -2], [-3, -1]]], [[-2]], 0),
        ([[[300, -200], [70000, 2]], [[1, 400], [-100, 3]]], [[-300, 2], [1, -100]], 1),
        ([[[0.0012, 0.0034]], [[0.0021, 0.0078]]], [[0.5, 0.25], [1, -0.5]], 0), ([[[2, 2], [2, 2]]], [[1], [1]], 1),
        ([[[0, 0], [0, 0]]], [[2], [3]], 1),
        ([[[1, -1], [2, -2]], [[3, 3], [3, 3]]], [[1, -1], [2, 0], [0, 0], [5, 1]], 3),
        ([[[1, 2, 3, 4, 5]] * 5] * 5, [[1, 0, 2, 0, 1], [2, 1, 0, 3, -1], [0, 0, 0, 1, 0], [1, 2, 3, 4, 5]], 3),
        ([[[1, 1]], [[-1, 3]]], [[2, 2], [0, 0]], 1), ([[[1, 2]], [[4, 3]]], [[1, -1], [3, 2]], 0),
    ],
    returns="map",
    right=[one_product, spread_out, by_einsum, every_class, pixels_in_front, with_sum, map_by_map, pixel_by_pixel,
           single_precision],
    wrong=MORE + slips(
        [solution],
        ("Your map holds whole numbers: weights may be fractions.", "np.zeros(maps.shape[1:])",
         "np.zeros(maps.shape[1:], int)"),
    ),
)
