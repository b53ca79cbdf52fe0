"""Ways in which counting the pieces of a mask goes wrong: edits of right ways, for 09.6."""

import numpy as np

from ..exercise import Wrong
from ..slips import slips
from .e06_walks import (
    at_the_border,
    boxed,
    counted_twice,
    euler,
    lonely,
    of_columns,
    of_runs,
    one_pass,
    one_pass_left_first,
    recursive,
    wrapping,
)


def flooded(mask, smallest):
    (H, W), seen, objects = mask.shape, np.zeros(mask.shape, bool), 0
    for i in range(H):
        for j in range(W):
            if mask[i, j] and not seen[i, j]:
                seen[i, j] = True
                size, waiting = 0, [(i, j)]
                while waiting:
                    a, b = waiting.pop(0)
                    size += 1
                    for down, right in [(1, 0), (-1, 0), (0, 1), (0, -1)]:
                        u, v = a + down, b + right
                        if 0 <= u < H and 0 <= v < W and mask[u, v] and not seen[u, v]:
                            seen[u, v] = True
                            waiting.append((u, v))
                if size >= smallest:
                    objects += 1
    return objects


def grown(mask, smallest):
    left, objects = mask, 0
    for i, j in np.argwhere(mask):
        if left[i, j]:
            piece, size = np.zeros(mask.shape, bool), 0
            piece[i, j] = True
            while size < piece.sum():
                size = piece.sum()
                wide = np.pad(piece, 1)
                piece = left & (piece | wide[2:, 1:-1] | wide[:-2, 1:-1] | wide[1:-1, 2:] | wide[1:-1, :-2])
            left = left & ~piece
            objects += size >= smallest
    return objects


def sizes(mask):
    """The sizes of all pieces, in the order in which they are met."""
    left, found = mask.copy(), []
    for start in np.argwhere(mask):
        size, waiting = 0, [tuple(start)]
        while waiting:
            i, j = waiting.pop()
            if 0 <= i < mask.shape[0] and 0 <= j < mask.shape[1] and left[i, j]:
                left[i, j] = False
                size += 1
                waiting += [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]
        if size:
            found.append(size)
    return found


DIRECTIONS, BOUNDS, SIZE, ENOUGH = "[(1, 0), (-1, 0), (0, 1), (0, -1)]", "0 <= u < H and 0 <= v < W and ", \
    "                    size += 1\n", "if size >= smallest"
EIGHT = "You connect corners: only the four neighbours that share an edge count."
CORNERS = "You connect only corners: pixels are connected if they share an edge."
STRICT = "A piece of exactly `smallest` pixels counts, too: use `>=`, and count the first pixel."
SMALL = "You count the pieces that are too small: count those of at least `smallest` pixels."
NO_SMALLEST = "You count small pieces, too: compare the pixels of each piece with `smallest`."
ONE_LESS = "Your pieces need one pixel too few: do you count the first pixel twice?"
ROWS = "You never reach the next row: a piece may go on there."
COLUMNS = "You never reach the next column: a piece may go on there."
PIXELS = "You count the pixels of the pieces: count each piece once."
NEVER_TWO = "You never count beyond 1: there may be more pieces, with False pixels between them."
DOWN = "You reach out, or join, only down and to the right: a piece may go on to the left, and up again."
WRAPS = "Your picture wraps round: index −1 is the last row or column. A piece ends at the border."
NO_BOUNDS = "Not every pixel has four neighbours: first check `0 <= i < H` and `0 <= j < W`."
U_SHAPE = "You take the label above or on the left: if two labels meet later, as at the foot of a U, they are one " \
        "piece."
DEEP = "This is right for small pieces, but in large ones it calls itself too often for Python: keep a list of " \
        "waiting pixels."
TWICE = "You count pixels more than once: mark a pixel when you put it on the list, or skip it when you take it again."
BACKGROUND = "You count pieces of the background: count pieces of `True` pixels."
BOX = "You compare the box around a piece with `smallest`: compare its pixels."


def missing(*kept):
    """The directions that are left."""
    return DIRECTIONS, str(list(kept))


WRONG = [
    *slips(
        [flooded, grown],
        (EIGHT, *missing((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))),
        ((EIGHT, STRICT), *missing((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)),
         ENOUGH, "if size > smallest"),
        ((EIGHT, NO_SMALLEST), *missing((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)),
         ENOUGH, "if size"),
        (CORNERS, *missing((1, 1), (1, -1), (-1, 1), (-1, -1))),
        (STRICT, ENOUGH, "if size > smallest"), (STRICT, "size >= smallest", "size > smallest"),
        (SMALL, ENOUGH, "if size <= smallest"), (SMALL, ENOUGH, "if size < smallest"),
        ("You count only pieces of exactly `smallest` pixels: use `>=`.", ENOUGH, "if size == smallest"),
        (NO_SMALLEST, ENOUGH, "if size"),
        (ONE_LESS, ENOUGH, "if size >= smallest - 1"),
        (DOWN, *missing((1, 0), (0, 1))),
        ((DOWN, STRICT), *missing((1, 0), (0, 1)), ENOUGH, "if size > smallest"),
        ("You never reach up: a piece may go up again.", *missing((1, 0), (0, 1), (0, -1))),
        (ROWS, *missing((-1, 0), (0, 1), (0, -1))),
        ("You never reach to the left: a piece may go on to the left.", *missing((1, 0), (-1, 0), (0, 1))),
        ("You never reach to the right.", *missing((1, 0), (-1, 0), (0, -1))),
        (ROWS, *missing((0, 1), (0, -1))),
        (COLUMNS, *missing((1, 0), (-1, 0))),
        ("You do not reach out at all: each of your pixels is its own piece.", *missing((0, 0))),
        ("You jump over a pixel: neighbours are one pixel away.", *missing((2, 0), (-2, 0), (0, 2), (0, -2))),
        ("You also jump over a gap of one pixel: only neighbours are connected.",
         *missing((1, 0), (-1, 0), (0, 1), (0, -1), (2, 0), (-2, 0), (0, 2), (0, -2))),
        ("Your pieces grow by one step only: go on until nothing is added.",
         "waiting.append((u, v))", "waiting.append((u, v)) if (a, b) == (i, j) else None"),
        ("Your pieces grow by one step only: go on until nothing is added.",
         "while size < piece.sum():\n                size = piece.sum()", "for _ in range(1):",
         "left = left & ~piece", "size = piece.sum()\n            left = left & ~piece"),
        (STRICT,
         SIZE, "", "seen[u, v] = True", "seen[u, v] = True\n                            size += 1"),
        (ONE_LESS, "size, waiting = 0", "size, waiting = 1"),
        ("The sizes carry over from piece to piece: start each from 0.",
         "objects = mask.shape, np.zeros(mask.shape, bool), 0",
         "objects, size = mask.shape, np.zeros(mask.shape, bool), 0, 0",
         "size, waiting = 0, [(i, j)]", "waiting = [(i, j)]"),
        (PIXELS, "if mask[i, j] and not seen[i, j]", "if mask[i, j] and not np.zeros(mask.shape)[i, j]",
         "seen[i, j] = True", "seen = np.zeros(mask.shape, bool)\n                seen[i, j] = True"),
        (BACKGROUND, "mask[i, j] and", "not mask[i, j] and", "mask[u, v] and", "not mask[u, v] and"),
        ("You count pieces of the background, too: count only pieces of `True` pixels.",
         "mask[i, j] and", "", "mask[u, v] and", "mask[u, v] == mask[i, j] and"),
        (NEVER_TWO, "mask[u, v] and", ""),
        ("The first row is left out: i starts at 0.", "for i in range(H)", "for i in range(1, H)", BOUNDS,
         "1 <= u < H and 0 <= v < W and "),
        ("The first column is left out: j starts at 0.", "for j in range(W)", "for j in range(1, W)", BOUNDS,
         "0 <= u < H and 1 <= v < W and "),
        ("You leave out the border: pieces may reach it.", "for i in range(H)", "for i in range(1, H - 1)",
         "for j in range(W)", "for j in range(1, W - 1)", BOUNDS, "1 <= u < H - 1 and 1 <= v < W - 1 and "),
        ("The last row is left out: `range` already leaves out its end.", "for i in range(H)", "for i in range(H - 1)",
         BOUNDS, "0 <= u < H - 1 and 0 <= v < W and "),
        ("The last column is left out: `range` already leaves out its end.", "for j in range(W)",
         "for j in range(W - 1)", BOUNDS, "0 <= u < H and 0 <= v < W - 1 and "),
        ("You start no piece at the border: i and j go from 0 to H − 1 and W − 1.",
         "for i in range(H)", "for i in range(1, H - 1)", "for j in range(W)", "for j in range(1, W - 1)"),
        ("Pixels at the border are never reached: they are inside, `0 <= i < H` and `0 <= j < W`.",
         BOUNDS, "0 < u < H - 1 and 0 < v < W - 1 and "),
        ("Only pieces that begin in the first row are counted: is `return` inside the loop over rows?",
         "    return objects", "        return objects"),
        ("Row 0 and column 0 are never reached: they are inside, `0 <= i`.",
         BOUNDS, "0 < u < H and 0 < v < W and "),
        ("Pieces that touch the border are left out: count them, too.", "size, waiting = 0", "size, waiting = 0 * H",
         SIZE, SIZE + "                    size -= H * W * (a in (0, H - 1) or b in (0, W - 1))\n"),
        ("You stop at the first piece that is too small: there may be large ones after it.",
         "                    objects += 1\n", "                    objects += 1\n                else:\n"
         "                    return objects\n"),
        ("You return after the first piece: `return` belongs after all loops.",
         "                    objects += 1\n", "                    objects += 1\n                return objects\n"),
        (NEVER_TWO,
         "                    objects += 1\n", "                    return 1\n"),
        ("You start again in each row: a piece goes on from row to row.", "for j in range(W)",
         "seen = seen & (np.arange(H) != i)[:, None]\n        for j in range(W)"),
        (PIXELS, "objects += 1", "objects += size"),
        ("That is one too many: do you count the background as a piece?", "return objects",
         "return objects + 1"),
        ("You return a list of sizes: return how many there are.",
         lambda y, mask, n: [s for s in sizes(mask) if s >= n]),
        ("You return the sizes of all pieces: count those that are large enough.", lambda y, mask, n: sizes(mask)),
        ("That is the size of the largest piece: count the pieces.", lambda y, mask, n: max(sizes(mask), default=0)),
        ("That is how many pixels are `True`: count the pieces they make.", lambda y, mask, n: mask.sum()),
        ("You divide the number of `True` pixels by `smallest`: find the pieces instead.",
         lambda y, mask, n: mask.sum() // n),
        (NEVER_TWO, lambda y, *_: int(y > 0)),
        (NO_SMALLEST,
         lambda y, mask, n: len(sizes(mask)) if mask.sum() >= n else 0),
        ("You count the different sizes: two pieces of the same size are two.",
         lambda y, mask, n: len({s for s in sizes(mask) if s >= n})),
        ("You subtract `smallest` from the number of pieces: compare it with their pixels.",
         lambda y, mask, n: len(sizes(mask)) - n),
        ("You count only the pieces that are as large as the largest: count all of at least `smallest` pixels.",
         lambda y, mask, n: sum(s == max(sizes(mask)) for s in sizes(mask))),
    ),
    *(Wrong(at_the_border(bounds, turn, next_one), WRAPS if bounds else NO_BOUNDS)
      for bounds in (False, True) for turn in (1, -1) for next_one in (-1, 0)),
    Wrong(lambda mask, smallest: len([s for s in sizes(mask) if s >= smallest]) + ((~mask).sum() >= smallest),
          "You count the background as a piece: count only pieces of `True` pixels."),
    Wrong(recursive, DEEP), Wrong(wrapping, WRAPS), Wrong(one_pass, U_SHAPE), Wrong(one_pass_left_first, U_SHAPE),
    Wrong(lambda mask, smallest: wrapping(mask, smallest, ends=False), WRAPS),
    Wrong(of_runs, ROWS),
    Wrong(of_columns, COLUMNS),
    Wrong(lonely, "You count upper left corners: a piece may have several, and you ignore `smallest`."),
    Wrong(euler, "Your number is one less for every hole in a piece, and `smallest` does nothing: visit each piece."),
    Wrong(boxed, BOX), Wrong(counted_twice, TWICE), Wrong(lambda mask, n: counted_twice(mask, n, 0), TWICE),
]
