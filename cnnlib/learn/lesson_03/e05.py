"""How often each pixel is read."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e05_slips import WRONG, asking, by_sides, cut_off, numbered
from .e05_terms import TERMS


def solution(H, W, F, S=1, P=0):
    counts = np.zeros((H + 2 * P, W + 2 * P), int)      # the padded image
    for i in range(0, H + 2 * P - F + 1, S):            # every row in which a window begins
        for j in range(0, W + 2 * P - F + 1, S):        # every column
            counts[i:i + F, j:j + F] += 1               # it reads each of its cells once
    return counts[P:P + H, P:P + W]                     # without the frame of zeros


# --- other right ways -------------------------------------------------------------------------------------------------

def columns_of_the_matrix(H, W, F, S=1, P=0):
    return cnn.as_matrix(np.ones((F, F)), (H, W), stride=S, padding=P).sum(axis=0).reshape(H, W)


def asked_of_each_pixel(H, W, F, S=1, P=0):
    tops, lefts = (range(-P, n + P - F + 1, S) for n in (H, W))
    return np.array([[sum(t <= r < t + F and s <= c < s + F for t in tops for s in lefts) for c in range(W)]
                     for r in range(H)], np.float32)


def draw(rng):
    F, S, P = int(rng.integers(1, 5)), int(rng.integers(1, 4)), int(rng.integers(0, 3))
    H, W = (int(max(F - 2 * P, 1) + rng.integers(1, 7)) for _ in range(2))
    return H, W, F, S, P


EXERCISE = Exercise(
    id="03.5",
    title="How often is each pixel read?",
    statement="""An image of $H \\times W$ pixels, a filter of $F \\times F$, stride $S$, padding $P$. Write
`reads(H, W, F, S, P)`: an array of the image's shape that holds, for each pixel, how many windows read it.

Count; do not derive a formula. Windows also read zeros of the padding, which are not pixels: cut them off at the end. A
pixel that no window reads has the count 0.""",
    signature="reads(H, W, F, S, P): whole numbers -> (H, W)",
    difficulty=3,
    minutes=6,
    hints=(
        "Turn the question round: go from window to window, and let each leave a mark on every cell that it reads.",
        "Start with zeros in the size of the padded image. Windows begin at rows 0, S, 2S, … as long as F rows are "
        "left, and the same for columns.",
        "For each `i` in `range(0, H + 2 * P - F + 1, S)` and the same for `j`: `counts[i:i + F, j:j + F] += 1`. "
        "At the end cut off the frame: rows `P` to `P + H`, columns `P` to `P + W`.",
    ),
    solution=solution,
    errors="""- *`= 1` for `+= 1`*: then the array shows whether a pixel is read, not how often.
- *`counts[P:-P, P:-P]`* cuts off the frame, but for `P = 0` it cuts off everything: `[0:-0]` is `[0:0]`, nothing.
- *Shape (H + 2P, W + 2P)*: the frame is still there.
- *Counts on the wrong side*: negative indices. `counts[-1]` is the last row, not a row of padding.""",
    praise="Every window leaves its marks.",
    insight="Pixels that are read more often have more influence on the output. Padding makes that less uneven, "
            "but even only if P is F - 1, and then the output grows.",
    cases=[(5, 5, 3, 1, 1), (5, 5, 3, 1, 0), (7, 7, 3, 3, 0), (7, 7, 3, 2, 0), (4, 6, 3, 1, 2), (6, 4, 2, 1, 1),
           (3, 5, 1, 2, 0), (5, 7, 3, 2, 1), (6, 6, 4, 3, 1), (4, 3, 1, 1, 2)],
    draw=draw,
    edges=[(1, 4, 3, 2, 1), (3, 1, 4, 1, 3), (1, 1, 1, 2, 1), (3, 3, 1, 1, 3), (1, 1, 16, 1, 15)],
    returns="counts",
    right=[numbered, asking, cut_off, by_sides, columns_of_the_matrix, asked_of_each_pixel],
    wrong=WRONG + TERMS,
)
