"""From a mask to objects: connected pieces, counted."""

import numpy as np

from ..exercise import Exercise
from .e06_slips import WRONG, flooded, grown, sizes


def solution(mask, smallest):
    left = mask.copy()                                   # what has not been visited yet
    objects = 0
    for start in np.argwhere(mask):
        size, waiting = 0, [tuple(start)]
        while waiting:
            i, j = waiting.pop()
            if 0 <= i < mask.shape[0] and 0 <= j < mask.shape[1] and left[i, j]:
                left[i, j] = False
                size += 1
                waiting += [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]
        if size >= smallest:
            objects += 1
    return objects


# --- other right ways -------------------------------------------------------------------------------------------------

def labels_that_spread(mask, smallest):
    labels, before = np.pad(np.arange(1, mask.size + 1).reshape(mask.shape) * mask, 1), 0
    inside = labels[1:-1, 1:-1]
    while labels.sum() > before:                 # every pixel takes the largest number around it
        before = labels.sum()
        for near in (labels[2:, 1:-1], labels[:-2, 1:-1], labels[1:-1, 2:], labels[1:-1, :-2]):
            inside[mask] = np.maximum(inside, near)[mask]
    return np.sum(np.unique(labels[labels > 0], return_counts=True)[1] >= smallest)


def sets_that_meet(mask, smallest):
    left, objects = {tuple(place) for place in np.argwhere(mask)}, 0
    while left:
        edge, size = {left.pop()}, 0
        while edge:
            size += len(edge)
            edge = left & {near for i, j in edge for near in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1))}
            left = left - edge
        objects += size >= smallest
    return objects


def two_passes(mask, smallest):
    H, W = mask.shape
    labels = np.zeros((H + 1, W + 1), int)
    for i, j in np.argwhere(mask) + 1:           # labels from above and from the left; those that meet are joined
        near = [n for n in (labels[i - 1, j], labels[i, j - 1]) if n]
        labels[i, j] = min(near, default=i * W + j)
        for n in near:
            labels[labels == n] = labels[i, j]
    return float(sum(np.bincount(labels[1:, 1:][mask]) >= smallest))


def draw(rng):
    H, W = rng.integers(3, 9, 2)
    mask = rng.random((H, W)) < rng.choice([0.4, 0.5, 0.6, 0.7])
    return mask, int(rng.choice(sizes(mask)) + rng.integers(0, 2))     # as large as a piece, or just too large


def drawn(*rows):
    """A mask as it is drawn: # is True."""
    return np.array([[cell == "#" for cell in row] for row in rows])


SPIRAL = drawn("#########", "........#", "#######.#", "#.....#.#", "#.###.#.#", "#.#...#.#", "#.#####.#", "#.......#",
               "#########")

EXERCISE = Exercise(
    id="09.6",
    title="From a mask to objects",
    statement="""A mask does not say how many coins there are. Write `count_objects(mask, smallest)`: how many connected
pieces of `True` pixels have **at least** `smallest` pixels?

Two pixels are connected if they share an edge: above, below, left, right. Corners do not connect, and the picture ends
at its borders. A piece is everything you can reach this way; it may have thousands of pixels. `smallest` is at least 1.
Use only NumPy and Python.

For example (the check prints masks in ones and zeros), `[[1, 1, 0], [0, 0, 1]]` has two pieces, of 2 pixels and of 1.
With `smallest = 2` the answer is 1.""",
    signature="count_objects(mask, smallest): (H, W) of True and False, whole number -> whole number",
    difficulty=4,
    minutes=12,
    hints=(
        "How would you count islands on a map with a pencil? Start on one, colour everything you can reach, then "
        "look for the next uncoloured one.",
        "Keep a copy of the mask for the pixels left to visit, and a list of waiting pixels. Take one from the "
        "list; if it is still left, remove it from the copy, count it, and put its four neighbours on the list. "
        "When the list is empty, the piece is complete.",
        "`waiting = [start]`, then `while waiting: i, j = waiting.pop()`. Skip pixels that are not left or not "
        "inside, `0 <= i < H` and `0 <= j < W`. A list can grow as long as needed; a function that calls itself "
        "for each neighbour stops at a depth of about 1,000.",
    ),
    solution=solution,
    errors="""- *Too few*: you connect corners. Only four of the eight neighbours count.
- *Too many, on shapes like a U*: you met a piece from two sides. Reach out in all four directions.
- *RecursionError*: a function that calls itself for each pixel goes as deep as the piece is long. Keep a list.
- *`left[i - 1, j]`* for $i = 0$ is the last row: the picture wraps round.
- *`> smallest`*: "at least" includes the number itself.
- *`left = mask`* is a second name, not a copy. The caller's mask ends up empty.""",
    praise="From pixels to things.",
    insight="From labelled pixels to a number of things, without learning a single weight.",
    cases=[
        (drawn("##..#", "##..#", "....."), 1),
        (drawn("#..", ".#.", "..#"), 1),
        (drawn("##...", "##..#", "....#"), 3),
        (drawn("#.#", "#.#", "###"), 1),
        (drawn("##..", "..##", "##.."), 2),
        (drawn("#...#", ".....", "#...#"), 1),
        (drawn("#####", "#...#", "#.#.#", "#...#", "#####"), 2),
        (drawn("####", "...."), 4), (drawn("....", "...."), 1),
        (drawn("..#..", ".###.", "..#..", "#...#"), 5),
        (drawn("#..#", "#..#", "#..#", "####"), 3), (drawn("###", "#..", "###", "..#", "###"), 11),
        (drawn(".##", "##.", "#.."), 2), (drawn("..#", "..#", "###"), 2), (drawn("#.#.", "####"), 6),
        (drawn("###", "###", "###"), 10), (drawn("##..##", "##..##"), 5),
    ],
    draw=draw,
    edges=[
        (SPIRAL, 20), (SPIRAL[::-1], 40), (SPIRAL.T, 41), (drawn("#"), 1), (drawn("#"), 2), (drawn("."), 1),
        (drawn("#.##.###"), 2), (drawn("#", ".", "#", "#"), 1), (drawn("##", "##"), 1), (drawn("#.", ".#"), 1),
        (np.ones((61, 60), bool), 3660), (np.ones((61, 60), bool), 3661),
        (np.indices((20, 30)).sum(0) % 2 == 0, 1), (drawn("#.#.#.#.#.#.", "............", "#.#.#.#.#.#."), 1),
        (np.arange(60).reshape(6, 10) % 10 < 9, 6),
        (np.indices((30, 40))[0] % 2 == 0, 40),
    ],
    drawn=20,
    returns="objects",
    right=[flooded, grown, labels_that_spread, sets_that_meet, two_passes],
    wrong=WRONG,
)
