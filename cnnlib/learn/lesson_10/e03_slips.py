"""Ways in which a class activation map goes wrong: edits of right ways, for exercise 10.3."""

import numpy as np

from ..slips import slips


def map_by_map(maps, weights, k):
    y = np.zeros(maps.shape[1:])
    for c in range(maps.shape[0]):
        y = y + maps[c] * weights[k, c]
    return y


def pixel_by_pixel(maps, weights, k):
    C, H, W = maps.shape
    y = np.zeros((H, W))
    for i in range(H):
        for j in range(W):
            for c in range(C):
                y[i, j] += weights[k, c] * maps[c, i, j]
    return y


def sized(weights, C):
    """A row or column with as many numbers as there are maps, or an error."""
    if len(weights) != C:
        raise ValueError(f"shapes ({len(weights)},) and ({C},) not aligned")
    return weights


def weighted(row):
    """A change of the result: other weights, `row(weights, k)`, or with the maps too."""
    return lambda y, maps, weights, k: np.einsum("c,chw->hw", sized(row(weights, k), len(maps)), maps)


def _softmax(scores):
    e = np.exp(scores - scores.max(axis=0))
    return e / e.sum(axis=0)


def each(change):
    """A change of the result by itself."""
    return lambda y, *_: change(y)


WEIGHT, SUM = "weights[k, c]", "y = y + maps[c] * weights[k, c]"
COLUMN = "You read a column of `weights`: row k belongs to class k, so `weights[k, c]`."
NO_WEIGHTS = "The weights are missing: each map is multiplied by the weight that class k gives it."
FROM_1 = "Classes are counted from 0: class k is row k."
RELU = "You cut off numbers below 0: they speak against the class, so leave them."
MEAN = "You take the mean over the maps: add them up."
ALONG = "The weights lie along rows or columns of the maps: there is one for each map, `weights[k][:, None, None]`."
ALL = "You add up the weights of all classes: use only those of class k."
SCORE = "That is the score, one number: do not average over the places."
SCALED = "You squeeze the map between 0 and 1: leave the numbers as they are."
ONE_MAP = "You use only one map: add up all of them, each times its weight."
EACH_MAP = "You return each map times its weight: add them up."
EARLY = "You return after the first map: `return` belongs after the loop."
LAST = "The last map is left out: `range` leaves out its end already."
FIRST = "The first map is left out: counting starts at 0."
SOFTMAX = "You put the weights through softmax: take them as they are."

MORE = slips(
    [map_by_map, pixel_by_pixel],
    (COLUMN, WEIGHT, "weights[c, k]"),
    ((COLUMN, RELU), WEIGHT, "weights[c, k]", "    return y", "    return np.maximum(y, 0)"),
    (COLUMN, weighted(lambda weights, k: weights[:, k])),
    (COLUMN, lambda y, maps, weights, k: sum(weights[c % len(weights), k] * maps[c] for c in range(len(maps)))),
    (COLUMN, lambda y, maps, weights, k: (weights[:, k, None, None] * maps).sum(0)),
    (NO_WEIGHTS, SUM, "y = y + maps[c]"), (NO_WEIGHTS, "weights[k, c] * maps[c, i, j]", "maps[c, i, j]"),
    ((NO_WEIGHTS, MEAN), lambda y, maps, *_: maps.mean(axis=0)),
    ("You keep the largest map at each place, without weights: add up the maps, each times its weight.",
     lambda y, maps, *_: maps.max(axis=0)),
    (FROM_1, WEIGHT, "weights[k - 1, c]"), (FROM_1, WEIGHT, "weights[(k + 1) % len(weights), c]"),
    ("You always take class 0: take the row of class k.", WEIGHT, "weights[0, c]"),
    ("You always take the last class: take the row of class k.", WEIGHT, "weights[-1, c]"),
    ("You take the class with the highest score: take class k.", lambda y, maps, weights, k: np.tensordot(
        weights[np.argmax(weights @ maps.mean((1, 2)))], maps, 1)),
    (ALL, WEIGHT, "weights[:, c].sum()"),
    ("You use the mean weight of all classes: use only the weights of class k.",
     WEIGHT, "weights[:, c].mean()"),
    ("You subtract the mean weight of the classes: take the weights of class k as they are.",
     WEIGHT, "(weights[k, c] - weights[:, c].mean())"),
    ("You return the maps of all classes: return that of class k.",
     lambda y, maps, weights, k: np.tensordot(weights, maps, 1)),
    (RELU, each(lambda y: np.maximum(y, 0))), ((RELU, MEAN), lambda y, maps, *_: np.maximum(y / len(maps), 0)),
    ("You cut off products below 0: what speaks against the class counts, too.",
     SUM, "y = y + np.maximum(maps[c] * weights[k, c], 0)"),
    ("You leave out weights below 0: they speak against the class, but count, too.",
     WEIGHT, "max(weights[k, c], 0)"),
    ("You leave out numbers below 0 in the maps: take the maps as they are.",
     SUM, "y = y + np.maximum(maps[c], 0) * weights[k, c]"),
    ("You leave out weights below 0: they speak against the class, but count, too.",
     lambda y, maps, weights, k: sum(maps[c] * weights[k, c] for c in range(len(maps)) if weights[k, c] > 0)),
    ("You drop the signs of the weights: a weight below 0 speaks against the class.",
     WEIGHT, "abs(weights[k, c])"),
    ("You drop the signs: numbers below 0 speak against the class, so leave them.", each(np.abs)),
    ("You square the weights: take them as they are.", WEIGHT, "weights[k, c]**2"),
    ("You square the result: leave it as it is.", each(np.square)),
    ("You divide by the weights: multiply by them.",
     SUM, "y = y + (maps[c] / weights[k, c] if weights[k, c] else 0)"),
    ("You add the weights to the maps: multiply the maps by them.", SUM, "y = y + maps[c] + weights[k, c]"),
    ("You multiply the maps together: add them up.", lambda y, maps, weights, k: np.prod(
        weights[k][:, None, None] * maps, axis=0)),
    (MEAN, lambda y, maps, *_: y / len(maps)),
    ("You divide by the sum of the weights: leave the result as it is.",
     lambda y, maps, weights, k: y / weights[k].sum() if weights[k].sum() else y),
    ("You divide by the sum of the weights: leave the result as it is.",
     lambda y, maps, weights, k: np.average(maps, axis=0, weights=weights[k])),
    ("You divide by the sum of the sizes of the weights: leave the result as it is.",
     lambda y, maps, weights, k: y / np.abs(weights[k]).sum() if weights[k].any() else y),
    ("You divide by the number of places: do not average here.", each(lambda y: y / y.size)),
    ("You divide by the number of classes: leave the result as it is.",
     lambda y, maps, weights, k: y / len(weights)),
    (SCORE, each(np.mean)), ("You add up all places: return one number for each place.", each(np.sum)),
    ("You return the scores of all classes: return the map of class k.",
     lambda y, maps, weights, k: weights @ maps.mean((1, 2))),
    ("You return the mean of each map, times its weight: do not average over the places.",
     lambda y, maps, weights, k: weights[k] * maps.mean((1, 2))),
    ("You multiply each map by its mean, too: multiply only by its weight.",
     SUM, "y = y + maps[c] * maps[c].mean() * weights[k, c]"),
    ("You reduce each map to its mean: keep every place.", SUM, "y = y + maps[c].mean() * weights[k, c]"),
    ("You subtract the mean: leave the numbers as they are.",
     SUM, "y = y + (maps[c] - maps[c].mean()) * weights[k, c]"),
    ("You divide each map by its largest number: take the maps as they are.",
     SUM, "y = y + maps[c] / max(np.abs(maps[c]).max(), 1e-9) * weights[k, c]"),
    (SCALED, each(lambda y: (y - y.min()) / np.ptp(y) if np.ptp(y) else y)),
    (SCALED, each(lambda y: (y - y.min()) / (np.ptp(y) + 1e-8))),
    ((RELU, SCALED), each(lambda y: np.maximum(y, 0) / max(y.max(), 1e-9))),
    ("You divide by the largest number: leave the numbers as they are.", each(lambda y: y / y.max() if y.max() else y)),
    ("You divide by the largest size: leave the numbers as they are.",
     each(lambda y: y / np.abs(y).max() if y.any() else y)),
    ("You subtract the smallest number: leave the numbers as they are.", each(lambda y: y - y.min())),
    ("You subtract the mean: leave the numbers as they are.", each(lambda y: y - y.mean())),
    ("You divide by their sum: leave the numbers as they are.", each(lambda y: y / y.sum() if y.sum() else y)),
    ("You apply a softmax over the places: leave the numbers as they are.",
     each(lambda y: np.exp(y - y.max()) / np.exp(y - y.max()).sum())),
    ("You apply a sigmoid: leave the numbers as they are.", each(lambda y: 1 / (1 + np.exp(-np.clip(y, -500, 500))))),
    (SOFTMAX, weighted(lambda weights, k: np.exp(weights[k] - weights[k].max())
                       / np.exp(weights[k] - weights[k].max()).sum())),
    (SOFTMAX, weighted(lambda weights, k: (np.exp(weights - weights.max(0))
                                           / np.exp(weights - weights.max(0)).sum(0))[k])),
    ("You add up the rows of each map: add up the maps, `axis=0`.",
     lambda y, maps, weights, k: (weights[k][:, None, None] * maps).sum(axis=1)),
    ("You add up the columns of each map: add up the maps, `axis=0`.",
     lambda y, maps, weights, k: (weights[k][:, None, None] * maps).sum(axis=2)),
    ("Your first map has no weight: start with zeros, or with `weights[k, 0] * maps[0]`.",
     lambda y, maps, weights, k: y + (1 - weights[k, 0]) * maps[0]),
    ("Your last map has no weight: each has its own.",
     lambda y, maps, weights, k: y + (1 - weights[k, -1]) * maps[-1]),
    ("You apply a softmax over the classes: leave the numbers as they are.",
     lambda y, maps, weights, k: _softmax(np.tensordot(weights, maps, 1))[k]),
    (EACH_MAP, lambda y, maps, weights, k: weights[k][:, None, None] * maps),
    (ONE_MAP, lambda y, maps, weights, k: weights[k].max() * maps[weights[k].argmax()]),
    ("You return only the map with the largest weight: add up all maps, each times its weight.",
     lambda y, maps, weights, k: maps[weights[k].argmax()]),
    ("You return map k: the maps do not belong to classes. Add up all of them, with the weights of class k.",
     lambda y, maps, weights, k: maps[k]),
    ("Only map k is used: add up all maps, each times its weight.",
     lambda y, maps, weights, k: weights[k, k] * maps[k]),
    (ONE_MAP, SUM, "y = maps[c] * weights[k, c]"),
    (ONE_MAP, "y[i, j] += weights", "y[i, j] = weights"),
    ("You keep only the strongest map at each place: add up all of them.",
     lambda y, maps, weights, k: (weights[k][:, None, None] * maps).max(axis=0)),
    ("You go through as many maps as there are classes: `len(maps)` is the number of maps.",
     "range(maps.shape[0])", "range(weights.shape[0])"),
    (LAST, "range(maps.shape[0])", "range(maps.shape[0] - 1)"), (LAST, "range(C)", "range(C - 1)"),
    (FIRST, "range(maps.shape[0])", "range(1, maps.shape[0])"), (FIRST, "range(C)", "range(1, C)"),
    ("The last row and column of the map stay 0: `range` leaves out its end already.", "range(H)", "range(H - 1)",
     "range(W)", "range(W - 1)"),
    ("The first row and column of the map stay 0: counting starts at 0.", "range(H)", "range(1, H)",
     "range(W)", "range(1, W)"),
    ("The weights are in reverse order: weight c belongs to map c.", WEIGHT, "weights[k, -1 - c]"),
    ("You give every map the first weight: weight c belongs to map c.", WEIGHT, "weights[k, 0]"),
    ("You give every map weight k of class k: weight c belongs to map c.", WEIGHT, "weights[k, k]"),
    ("You give every map the mean of the weights: weight c belongs to map c.", WEIGHT, "weights[k].mean()"),
    (ALONG, lambda y, maps, weights, k: (maps * weights[k]).sum(axis=0)),
    (ALONG, lambda y, maps, weights, k: (maps * weights[k][:, None]).sum(axis=0)),
    (ALONG, lambda y, maps, weights, k: maps @ weights[k]),
    ("Rows and columns of your map are swapped: its shape is (H, W).", each(np.transpose)),
    ("Your map is upside down: leave its rows in their order.", each(lambda y: y[::-1])),
    ("You read the maps as (H, W, C): the maps come first, (C, H, W).", lambda y, maps, weights, k: maps.reshape(
        *maps.shape[1:], len(maps)) @ weights[k]),
    ("You return one long list: return a map, (H, W).", each(np.ravel)),
    ("Your map has a batch axis in front: return (H, W).", each(lambda y: y[None])),
    ("You return where the map is largest: return the map.", each(lambda y: np.unravel_index(y.argmax(), y.shape))),
    ("You return where the map is above 0: return the numbers.", each(lambda y: (y > 0).astype(int))),
    ("You round: leave the numbers as they are.", each(np.round)),
    ("You cut off fractions: leave the numbers as they are.", each(np.trunc)),
    ("The sign is wrong.", each(np.negative)),
    ("You add 1: this layer has no bias.", each(lambda y: y + 1)),
    (EARLY, "weights[k, c]\n    return y", "weights[k, c]\n        return y"),
    ("You return after the first row: `return` belongs after all loops.", "maps[c, i, j]\n    return y",
     "maps[c, i, j]\n        return y"),
)
