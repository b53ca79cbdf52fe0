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
        if size > 0 and size >= smallest:
            objects += 1
    return objects


# --- other right ways -------------------------------------------------------------------------------------------------

def labels_that_spread(mask, smallest):
    """Every pixel takes the smallest number among its neighbours, until nothing changes."""
    H, W = mask.shape
    labels = np.where(mask, np.arange(H * W).reshape(H, W), H * W)
    while True:
        around = np.pad(labels, 1, constant_values=H * W)
        new = np.min([labels, around[2:, 1:-1], around[:-2, 1:-1], around[1:-1, 2:], around[1:-1, :-2]], 0)
        new = np.where(mask, new, H * W)
        if (new == labels).all():
            return int((np.bincount(labels[mask]) >= max(smallest, 1)).sum()) if mask.any() else 0
        labels = new


def sets_that_meet(mask, smallest):
    left, sizes = {(i, j) for i in range(mask.shape[0]) for j in range(mask.shape[1]) if mask[i, j]}, []
    while left:
        piece = edge = {left.pop()}
        while edge:
            near = {(i + a, j + b) for i, j in edge for a, b in ((0, 1), (1, 0), (0, -1), (-1, 0))}
            edge = near & left
            left -= edge
            piece = piece | edge
        sizes.append(len(piece))
    return sum(size >= smallest for size in sizes)


def two_passes(mask, smallest):
    """Row by row with the labels above and to the left; labels that meet are joined."""
    parent, labels = [], np.full(mask.shape, -1)

    def root(n):
        while parent[n] != n:
            n = parent[n]
        return n

    for i, j in np.argwhere(mask):
        near = [labels[i - 1, j] if i > 0 else -1, labels[i, j - 1] if j > 0 else -1]
        near = sorted(root(n) for n in near if n >= 0)
        if not near:
            near = [len(parent)]
            parent.append(len(parent))
        for n in near:
            parent[n] = near[0]
        labels[i, j] = near[0]
    roots = [root(n) for n in labels[labels >= 0]]
    return float(len([n for n in set(roots) if roots.count(n) >= smallest]))


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
    statement="""A mask says which pixels belong to coins, not how many coins there are. Write
`count_objects(mask, smallest)`: how many connected pieces of `True` pixels does the mask have that are made of **at
least** `smallest` pixels?

Two pixels are connected if they share an edge: above, below, left, right. Corners do not connect. A piece is all that
can be reached so, from pixel to pixel. The picture ends at its borders. `smallest` is 1 or more. A piece may have
thousands of pixels. Use NumPy and Python only.""",
    signature="count_objects(mask, smallest): (H, W) of True and False, whole number -> whole number",
    difficulty=4,
    minutes=12,
    hints=(
        "How would you count islands on a map with a pencil? Put it on one, colour everything that you can reach, and "
        "look for the next that is not coloured.",
        "Keep a copy of the mask for what is left to visit, and a list of pixels that wait. Take one from the list; if "
        "it is left, strike it out, count it, and put its four neighbours on the list. When the list is empty, the "
        "piece is complete.",
        "`waiting = [start]`, then `while waiting: i, j = waiting.pop()`. Skip what is outside, `0 <= i < H` and `0 <= "
        "j < W`, and what is not left. A list grows as far as it must; a function that calls itself for each neighbour "
        "stops at a depth of about 1,000.",
    ),
    solution=solution,
    errors="""- *Too few*: corners connect in yours. Of all eight neighbours four count.
- *Too many, on shapes like a U*: a piece was seen from two sides before they met. Reach out in all four directions.
- *RecursionError*: a function that calls itself for each pixel is as deep as the piece is long. Keep a list.
- *`left[i - 1, j]`* for $i = 0$ is the last row: the picture would be round in a circle.
- *`> smallest`*: "at least" includes the number itself.
- *`left = mask`* is a second name, not a copy. Whoever gave you the mask finds it empty.""",
    praise="From pixels to things.",
    insight="Two coins that touch are one piece: a mask alone cannot tell where one ends and the next begins.",
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
        (np.indices((20, 30)).sum(0) % 2 == 0, 1), (np.arange(60).reshape(6, 10) % 10 < 9, 6),
        (np.indices((30, 40))[0] % 2 == 0, 40),
    ],
    drawn=20,
    returns="objects",
    right=[flooded, grown, labels_that_spread, sets_that_meet, two_passes],
    wrong=WRONG,
)
