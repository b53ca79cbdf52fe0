"""Ways of counting the pieces of a mask that are no edits of right ones, for exercise 09.6."""

import numpy as np


def recursive(mask, smallest):
    left = mask.copy()

    def visit(i, j):
        if not (0 <= i < mask.shape[0] and 0 <= j < mask.shape[1] and left[i, j]):
            return 0
        left[i, j] = False
        return 1 + visit(i + 1, j) + visit(i - 1, j) + visit(i, j + 1) + visit(i, j - 1)

    found = [visit(i, j) for i, j in np.argwhere(mask)]
    return sum(size >= smallest for size in found if size)


def wrapping(mask, smallest, ends=True):
    """Index -1 is the last row, or the last column; the other way round only where `ends` wrap, too."""
    (H, W), left, objects = mask.shape, mask.copy(), 0
    for start in np.argwhere(mask):
        size, waiting = 0, [tuple(start)]
        while waiting:
            i, j = waiting.pop()
            if ends:
                i, j = i % H, j % W
            if i < H and j < W and left[i, j]:
                left[i, j] = False
                size += 1
                waiting += [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]
        objects += bool(size >= smallest and size)
    return objects


def counted_twice(mask, smallest, next_one=-1):
    """A pixel that is put on the list by two neighbours is counted for both."""
    (H, W), left, objects = mask.shape, mask.copy(), 0
    for start in np.argwhere(mask):
        size, waiting = 0, [tuple(start)] if left[tuple(start)] else []
        while waiting and size < 2000:   # in a large piece the first in the list would be counted without end
            i, j = waiting.pop(next_one)
            left[i, j] = False
            size += 1
            near = [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]
            waiting += [(a, b) for a, b in near if 0 <= a < H and 0 <= b < W and left[a, b]]
        objects += bool(size >= smallest and size)
    return objects


def at_the_border(bounds, turn, next_one):
    """Neighbours that are looked at without asking whether they lie inside, or only whether they lie beyond the end."""
    def answer(mask, smallest):
        (H, W), left, objects = mask.shape, mask.copy(), 0
        for i, j in np.argwhere(mask):
            if left[i, j]:
                left[i, j], size, waiting = False, 0, [(i, j)]
                while waiting:
                    a, b = waiting.pop(next_one)
                    size += 1
                    for u, v in [(a + 1, b), (a - 1, b), (a, b + 1), (a, b - 1)][::turn]:
                        if (not bounds or (u < H and v < W)) and left[u, v]:
                            left[u, v] = False
                            waiting.append((u, v))
                objects += size >= smallest
        return objects

    return answer


def one_pass(mask, smallest):
    """Labels from above and from the left, that stay apart where they meet later."""
    labels, counts = np.zeros(mask.shape, int), [0]
    for i, j in np.argwhere(mask):
        above, left = labels[i - 1, j] if i else 0, labels[i, j - 1] if j else 0
        label = above or left
        if not label:
            label = len(counts)
            counts.append(0)
        labels[i, j] = label
        counts[label] += 1
    return sum(count >= smallest for count in counts[1:])


def one_pass_left_first(mask, smallest):
    return one_pass(mask.T, smallest)


def of_runs(mask, smallest):
    """Runs of pixels in the rows."""
    padded = np.pad(mask, ((0, 0), (1, 1))).astype(int)
    change = np.diff(padded, axis=1)
    lengths = np.argwhere(change == -1)[:, 1] - np.argwhere(change == 1)[:, 1]
    return int((lengths >= smallest).sum())


def of_columns(mask, smallest):
    return of_runs(mask.T, smallest)


def lonely(mask, smallest):
    """A piece for each pixel that has no neighbour above and none on the left."""
    padded = np.pad(mask, 1)
    return int((mask & ~padded[:-2, 1:-1] & ~padded[1:-1, :-2]).sum())


def euler(mask, smallest):
    """Pixels less edges plus squares: pieces less holes."""
    pairs = (mask[1:] & mask[:-1]).sum() + (mask[:, 1:] & mask[:, :-1]).sum()
    return int(mask.sum() - pairs + (mask[1:, 1:] & mask[1:, :-1] & mask[:-1, 1:] & mask[:-1, :-1]).sum())


def boxed(mask, smallest):
    """Pieces with a box of so many cells around them, if the box counts."""
    left, objects = mask.copy(), 0
    while left.any():
        piece = piece_of(left)
        rows, columns = (np.flatnonzero(piece.any(axis)) for axis in (1, 0))
        objects += int((rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1) >= smallest)
        left &= ~piece
    return objects


def piece_of(left):
    """The piece of the first pixel that is left."""
    piece, size = np.zeros(left.shape, bool), 0
    piece[tuple(np.argwhere(left)[0])] = True
    while size < piece.sum():
        size, wide = piece.sum(), np.pad(piece, 1)
        piece = left & (piece | wide[2:, 1:-1] | wide[:-2, 1:-1] | wide[1:-1, 2:] | wide[1:-1, :-2])
    return piece
