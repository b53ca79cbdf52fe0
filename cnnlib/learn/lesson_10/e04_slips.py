"""Ways in which the pixels that hold a gradient are counted wrong: edits of right ways, for exercise 10.4."""

import numpy as np

from ..slips import slips


def searched(gradient, share):
    sizes = np.abs(gradient).ravel()
    order = np.sort(sizes)[::-1]
    held = np.cumsum(order)
    needed = share * sizes.sum()
    return int(np.searchsorted(held, needed)) + 1


def one_by_one(gradient, share):
    sizes = sorted((abs(g) for row in gradient for g in row), reverse=True)
    needed, held, count = share * sum(sizes), 0, 0
    for size in sizes:
        held += size
        count += 1
        if held >= needed:
            break
    return count


def counted(gradient, share):
    sizes = np.sort(np.abs(gradient), axis=None)[::-1]
    total, held, n = sizes.sum(), 0, 0
    while held < share * total:
        held += sizes[n]
        n += 1
    return n


SIZES, ORDER, HELD, NEEDED, COUNT = "np.abs(gradient).ravel()", "np.sort(sizes)[::-1]", "np.cumsum(order)", \
    "share * sizes.sum()", "int(np.searchsorted(held, needed)) + 1"
NO_ABS = "The signs are still there: −4 moves the output as much as 4, so take `np.abs` first."
ASCENDING = "You start with the smallest: to need as few pixels as possible, start with the largest."
NO_ORDER = "You take the pixels in their order in the image: start with the largest."
ONE_LESS = "That is one too few: the place where the share is reached is counted from 0, so add 1."
ONE_MORE = "That is one too many: count the pixels up to the one that reaches the share."
MORE_THAN = "You go beyond the share: at least the share is enough, so stop when the two are equal."
FRACTION = "That is a share of all pixels: return a number."
SQUARED = "You add up squares: add up the sizes."
OF_MAX = "You count the pixels above a part of the largest: add up sizes until they reach the share of the sum."
OF_SUM = "You count pixels that each hold the share alone: they should hold it together."
OF_COUNT = "You take a share of the number of pixels: the pixels must hold a share of the sum of sizes."
ALWAYS_1 = "This is always 1: go on until the sum of the sizes reaches `share` times the whole sum."
ITSELF = "You compare the sum with the share itself: compare it with the share of the whole sum."
HOLD = "That is what the pixels hold together: return how many there are."
ALL_ABOVE = "You count the pixels left over: count those that reach the share."
SIGNED = "You take `abs` of the total only: add up the sizes, `np.abs(gradient).sum()`."
CUMSUM = "`np.cumsum` along an axis restarts in every row or column: put all pixels in one list first."
CENTRED = "You count the pixels of a square around the middle: the pixels may lie anywhere."
ABS_LATE = "You add up first and drop the signs afterwards: take the sizes first."

WRONG = slips(
    [searched, one_by_one, counted],
    (NO_ABS, SIZES, "gradient.ravel()"), (NO_ABS, "abs(g) for", "g for"),
    (NO_ABS, SIZES, "gradient.ravel()", NEEDED, "share * np.abs(gradient).sum()"),
    (NO_ABS, SIZES, "gradient.ravel()", COUNT, "int((held < needed).sum()) + 1"),
    ("You use only numbers above 0: −4 moves the output as much as 4.",
     SIZES, "np.maximum(gradient, 0).ravel()"),
    ("Your total keeps the signs: take the sum of `np.abs(gradient)`.",
     NEEDED, "share * gradient.sum()"),
    *((SIGNED, NEEDED, "share * abs(gradient.sum())", COUNT, count) for count in (
        COUNT, "min(int(np.searchsorted(held, needed)) + 1, sizes.size)", "int(np.argmax(held >= needed)) + 1")),
    (SIGNED, SIZES, "gradient.ravel()", ORDER, "np.sort(np.abs(sizes))[::-1]", NEEDED, "share * abs(sizes.sum())"),
    (NO_ABS, SIZES, "gradient.ravel()", NEEDED, "share * abs(sizes.sum())", COUNT,
     "int(np.argmax(held >= needed)) + 1"),
    (ABS_LATE, SIZES, "gradient.ravel()", HELD, "np.abs(np.cumsum(order))", NEEDED, "share * np.abs(gradient).sum()",
     COUNT, "int(np.argmax(held >= needed)) + 1"),
    (ASCENDING, ORDER, "np.sort(sizes)"), (ASCENDING, "g in row), reverse=True)", "g in row))"),
    (ASCENDING, "axis=None)[::-1]", "axis=None)"),
    ((ASCENDING, ONE_LESS), ORDER, "np.sort(sizes)", COUNT, "int(np.searchsorted(held, needed))"),
    ((ASCENDING, NO_ABS), SIZES, "gradient.ravel()", ORDER, "np.sort(sizes)", COUNT, "int((held < needed).sum()) + 1"),
    (NO_ORDER, ORDER, "sizes"), (NO_ORDER, "sorted((abs(g) for row in gradient for g in row), reverse=True)",
                                 "[abs(g) for row in gradient for g in row]"),
    ((NO_ORDER, ONE_LESS), ORDER, "sizes", COUNT, "int(np.searchsorted(held, needed))"),
    ("You take the pixels in their order in the image, the last first: start with the largest.",
     ORDER, "sizes[::-1]"),
    ("`np.sort` without `axis=None` sorts each row by itself: put all pixels in one list first.",
     ORDER, "np.sort(np.abs(gradient))[::-1].ravel()"),
    ("`np.sort` without `axis=None` sorts each row by itself: put all pixels in one list first.",
     ORDER, "np.sort(np.abs(gradient))[:, ::-1].ravel()"),
    ("`np.argsort` gives the places, not the sizes: add up the sizes.", ORDER, "np.argsort(sizes)[::-1]"),
    ("`np.argsort` gives the places, not the sizes: add up the sizes.", ORDER, "np.argsort(-sizes)"),
    ("You leave out the first row: all pixels count.", SIZES, "np.abs(gradient[1:]).ravel()"),
    ("You sort by size, but add up the numbers with their signs: add up the sizes.",
     ORDER, "np.array(sorted(gradient.ravel(), key=abs, reverse=True))", COUNT, "int((held < needed).sum()) + 1"),
    ("You sort by the numbers with their signs: sort by size, so that −4 comes before 2.",
     ORDER, "sizes[np.argsort(gradient.ravel())[::-1]]"),
    ("You sort by the numbers with their signs: sort by size, so that −4 comes before 2.",
     ORDER, "np.abs(np.sort(gradient.ravel()))"),
    (ONE_LESS, COUNT, "int(np.searchsorted(held, needed))"), (ONE_LESS, COUNT, "int((held < needed).sum())"),
    (ONE_LESS, "        count += 1\n        if held >= needed:\n            break\n",
     "        if held >= needed:\n            break\n        count += 1\n"),
    ((ONE_LESS, NO_ABS), SIZES, "gradient.ravel()", COUNT, "int(np.searchsorted(held, needed))"),
    (ONE_MORE, COUNT, "int(np.searchsorted(held, needed)) + 2"), (ONE_MORE, "held, count = share * sum(sizes), 0, 0",
                                                                 "held, count = share * sum(sizes), 0, 1"),
    ("You count the largest pixel twice.", HELD, "np.cumsum(order) + order[0]"),
    ("The largest pixel is left out: counting starts at 0.", HELD, "np.cumsum(order[1:])"),
    (MORE_THAN, COUNT, "min(int(np.searchsorted(held, needed, side='right')) + 1, sizes.size)"),
    (MORE_THAN, COUNT, "int((held <= needed).sum()) + 1"), (MORE_THAN, "held >= needed", "held > needed"),
    (MORE_THAN, COUNT, "int(np.argmax(held > needed)) + 1"),
    ("Your pixels may hold less than the share: they must reach it.", COUNT, "int((held <= needed).sum())"),
    ("Your pixels may hold less than the share: they must reach it.", COUNT, "max(int((held <= needed).sum()), 1)"),
    (FRACTION, COUNT, "(int(np.searchsorted(held, needed)) + 1) / sizes.size"),
    (FRACTION, COUNT, "100 * (int(np.searchsorted(held, needed)) + 1) / sizes.size"),
    ((FRACTION, ONE_LESS), COUNT, "int(np.searchsorted(held, needed)) / sizes.size"),
    ((FRACTION, NO_ABS), SIZES, "gradient.ravel()", COUNT, "(int((held < needed).sum()) + 1) / sizes.size"),
    ((FRACTION, ASCENDING), ORDER, "np.sort(sizes)", COUNT, "(int(np.searchsorted(held, needed)) + 1) / sizes.size"),
    ((NO_ORDER, NO_ABS), SIZES, "gradient.ravel()", ORDER, "sizes", COUNT, "int((held < needed).sum()) + 1"),
    ((SQUARED, ONE_LESS), SIZES, "(gradient**2).ravel()", COUNT, "int(np.searchsorted(held, needed))"),
    ("That is a share of the pixels that are not 0: return a number of pixels.",
     COUNT, "(int(np.searchsorted(held, needed)) + 1) / np.count_nonzero(sizes)"),
    (SQUARED, SIZES, "(gradient**2).ravel()"), (SQUARED, SIZES, "np.square(gradient.astype(float)).ravel()"),
    ("You add up squares and take the root of the sum: add up the sizes.",
     SIZES, "(gradient**2).ravel()", HELD, "np.sqrt(np.cumsum(order))", NEEDED, "share * np.sqrt(sizes.sum())"),
    ("You add up the roots of the sizes: add up the sizes.", SIZES, "np.sqrt(np.abs(gradient)).ravel()"),
    (OF_MAX, COUNT, "int((sizes >= share * sizes.max()).sum())"),
    (OF_MAX, COUNT, "int((sizes > share * sizes.max()).sum())"),
    (OF_MAX, COUNT, "int((sizes > (1 - share) * sizes.max()).sum())"),
    (OF_MAX, COUNT, "int((sizes >= (1 - share) * sizes.max()).sum())"),
    ("You count the pixels above a part of the largest, with their signs: add up sizes until they reach the share of "
     "the sum.", COUNT, "int((gradient > share * gradient.max()).sum())"),
    (OF_SUM, COUNT, "int((sizes >= needed).sum())"),
    ("You count the pixels above a quantile of the sizes: add up sizes until they reach the share of the sum.",
     COUNT, "int((sizes >= np.quantile(sizes, share)).sum())"),
    ("You count the pixels above a quantile of the sizes: add up sizes until they reach the share of the sum.",
     COUNT, "int((sizes >= np.quantile(sizes, 1 - share)).sum())"),
    ("You count the pixels above the mean: add up sizes until they reach the share of the sum.",
     COUNT, "int((sizes > sizes.mean()).sum())"),
    ("You count the pixels above the share itself: add up sizes until they reach the share of the sum.",
     COUNT, "int((sizes > share).sum())"),
    ("You count the pixels above the share itself: add up sizes until they reach the share of the sum.",
     COUNT, "int((sizes >= share).sum())"),
    ("You take a share of the number of pixels that are not 0: the pixels must hold a share of the sum of sizes.",
     COUNT, "int(np.ceil(share * np.count_nonzero(sizes)))"),
    ("You count the pixels that are not 0: count as few as hold the share.",
     COUNT, "int(np.count_nonzero(sizes))"),
    (OF_COUNT, COUNT, "int(np.ceil(share * sizes.size))"), (OF_COUNT, COUNT, "int(share * sizes.size)"),
    (OF_COUNT, COUNT, "share * sizes.size"), (OF_COUNT, COUNT, "round(share * sizes.size)"),
    (ITSELF, NEEDED, "share"), (ITSELF, "share * sum(sizes)", "share"),
    (ALWAYS_1, NEEDED, "share * sizes.mean()"), (ALWAYS_1, NEEDED, "share * sizes.max()"),
    ("You take a share of the number of pixels: take a share of the sum of sizes.", NEEDED, "share * sizes.size",
     COUNT, "min(int(np.searchsorted(held, needed)) + 1, sizes.size)"),
    (ALWAYS_1, NEEDED, "share / 100 * sizes.sum()"),
    ("You leave the share over: the pixels you count must hold it.", NEEDED, "(1 - share) * sizes.sum()"),
    (ALL_ABOVE, COUNT, "sizes.size - int(np.searchsorted(held, needed)) - 1"),
    ("You count all places where the share is reached: count up to the first of them.",
     COUNT, "int((held >= needed).sum())"),
    ("You divide the share of the sum by the largest: not every pixel is that large.",
     COUNT, "int(np.ceil(needed / order[0]))"),
    ("That is the size of the last pixel you need: return how many you need.",
     COUNT, "order[int(np.searchsorted(held, needed))]"),
    (HOLD, COUNT, "held[int(np.searchsorted(held, needed))]"),
    ("That is what the pixels must hold: return how many pixels do.", COUNT, "needed"),
    ("That is the side of a square with that many pixels: return their number.",
     COUNT, "np.sqrt(int(np.searchsorted(held, needed)) + 1)"),
    ("You return the list of sums: return how many pixels reach the share.", COUNT, "held"),
    ("You return a map of the pixels: return how many there are.",
     COUNT, "(np.abs(gradient) >= order[int(np.searchsorted(held, needed))]).astype(int)"),
    ("You count all pixels as large as the last one: stop when the share is reached.",
     COUNT, "int((sizes >= order[int(np.searchsorted(held, needed))]).sum())"),
    ("You count different sizes: count every pixel, even of the same size.", ORDER, "np.unique(sizes)[::-1]", NEEDED,
     "share * order.sum()"),
    ("You count only pixels larger than the last one you need: it counts, too.",
     COUNT, "int((sizes > order[int(np.searchsorted(held, needed))]).sum())"),
    ("You treat each row separately: the pixels may lie anywhere.",
     lambda y, gradient, share: sum(searched(row, share) for row in gradient if row.any())),
    ("You treat each row separately: the pixels may lie anywhere.",
     lambda y, gradient, share: [searched(row, share) for row in gradient]),
    ("You count whole rows: the pixels may lie anywhere.",
     lambda y, gradient, share: searched(np.abs(gradient).sum(1), share)),
    ("You count whole columns: the pixels may lie anywhere.",
     lambda y, gradient, share: searched(np.abs(gradient).sum(0), share)),
    *((CUMSUM, lambda y, gradient, share, sort=sort, axis=axis, count=count, whole=whole: count(
        np.cumsum(sort(np.abs(gradient), axis), axis), share * np.abs(gradient).sum(whole, keepdims=True)))
      for sort in (lambda g, axis: g, lambda g, axis: -np.sort(-g, axis)) for axis in (0, 1) for whole in (None, axis)
      for count in (lambda held, needed: int((held < needed).sum()) + 1,
                    lambda held, needed: int(np.argmax(held >= needed)) + 1)),
    (CENTRED, lambda y, gradient, share: next(
        _middle(gradient, n).size for n in range(1, max(gradient.shape) + 1)
        if np.abs(_middle(gradient, n)).sum() >= share * np.abs(gradient).sum())),
    (CENTRED, lambda y, gradient, share: next(
        n**2 for n in range(1, max(gradient.shape) + 1)
        if np.abs(_middle(gradient, n)).sum() >= share * np.abs(gradient).sum())),
    (CENTRED, lambda y, gradient, share: _rings(gradient, share, lambda n: _around(gradient, n).size)),
    (CENTRED, lambda y, gradient, share: _rings(gradient, share, lambda n: (2 * n + 1)**2)),
    ("You return the size of a square around the middle: the pixels may lie anywhere.", lambda y, gradient, share: next(
        n for n in range(1, max(gradient.shape) + 1)
        if np.abs(_middle(gradient, n)).sum() >= share * np.abs(gradient).sum())),
    ("Your loop counts on after the share is reached: `break` ends it.", "            break\n", "            pass\n"),
    ("You round the sizes down to whole numbers: take them as they are.",
     SIZES, "np.abs(gradient).astype(int).ravel()"),
    (HOLD, "count += 1", "count += size"),
    (ALWAYS_1, "    return count", "        return count"), (ALWAYS_1, "    return n", "        return n"),
    ("Each size replaces the sum: add them up, `+=`.", "held += size", "held = size"),
    (ONE_MORE, "    return n", "    return n + 1"), (ONE_LESS, "    return n", "    return n - 1"),
)


def _around(gradient, n):
    """What lies at most n pixels from the middle, down or across."""
    i, j = (side // 2 for side in gradient.shape)
    return gradient[max(i - n, 0):i + n + 1, max(j - n, 0):j + n + 1]


def _rings(gradient, share, count):
    """`count` of the first such square that holds the share."""
    needed = share * np.abs(gradient).sum()
    return next(count(n) for n in range(max(gradient.shape) + 1) if np.abs(_around(gradient, n)).sum() >= needed)


def _middle(gradient, n):
    """The square of n × n around the middle, as far as it lies inside."""
    i, j = ((side - n + 1) // 2 for side in gradient.shape)
    return gradient[max(i, 0):max(i, 0) + n, max(j, 0):max(j, 0) + n]
