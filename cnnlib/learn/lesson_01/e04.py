"""Slide a filter with stride, padding and dilation."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e04_slips import WRONG


def solution(x, w, stride=1, padding=0, dilation=1):
    x = [0] * padding + list(x) + [0] * padding   # the longer list
    span = dilation * (len(w) - 1) + 1
    y = []
    for i in range((len(x) - span) // stride + 1):
        total = 0
        for k in range(len(w)):
            total += x[i * stride + k * dilation] * w[k]
        y.append(total)
    return np.array(y)


# --- other right ways -------------------------------------------------------------------------------------------------

def without_a_longer_list(x, w, stride=1, padding=0, dilation=1):
    N, F = len(x), len(w)
    y = np.zeros((N + 2 * padding - dilation * (F - 1) - 1) // stride + 1)
    for i in range(len(y)):
        for k in range(F):
            c = i * stride - padding + k * dilation
            if 0 <= c < N:
                y[i] += x[c] * w[k]
    return y


def without_defaults(x, w, stride, padding, dilation):
    return solution(x, w, stride, padding, dilation)


def by_starts(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return [x[start:start + span:dilation] @ w for start in range(0, len(x) - span + 1, stride)]


def every_place_then_some(x, w, stride=1, padding=0, dilation=1):
    spread = np.zeros(dilation * (len(w) - 1) + 1)
    spread[::dilation] = w
    return np.correlate(np.pad(x, padding), spread, "valid")[::stride]


def all_at_once(x, w, stride=1, padding=0, dilation=1):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(x, padding), dilation * (len(w) - 1) + 1)
    return (windows[::stride, ::dilation] @ w).astype(np.float32)


def draw(rng):
    F, S, P, D = (int(rng.integers(low, high)) for low, high in ((1, 5), (1, 4), (0, 4), (1, 4)))
    N = max(P + 1, D * (F - 1) + 1) + int(rng.integers(0, 7))
    return rng.integers(-9, 10, N), rng.integers(-9, 10, F), S, P, D


EXERCISE = Exercise(
    id="01.4",
    title="Stride, padding, dilation",
    statement="""Give your loops a stride, a padding and a dilation: write `conv1d(x, w, stride, padding, dilation)`.

$$y[i] = \\sum_{k=0}^{F-1} x[i \\cdot S - P + k \\cdot D] \\cdot w[k], \\qquad \\text{and } 0 \\text{ where } x \
\\text{ has no cell}$$

Go step by step: stride first, then padding, then dilation. Run the check in between; it notices what works already. You
may trust that the window fits at least once.""",
    signature="conv1d(x, w, stride, padding, dilation): (N,), (F,), three whole numbers -> the outputs",
    difficulty=3,
    minutes=8,
    hints=(
        "Start from your `slide`. The formula tells what must stand in the square brackets of `x[...]`; the length is "
        "that of exercise 01.3.",
        "For the padding make a longer list first: `[0] * padding + list(x) + [0] * padding`. Then forget that it was "
        "ever shorter: your N is now the length of this list.",
        "`span = dilation * (len(w) - 1) + 1` cells are covered by a window, `(len(x) - span) // stride + 1` places "
        "are there, and `w[k]` meets `x[i * stride + k * dilation]` of the longer list.",
    ),
    solution=solution,
    errors="""- *Outputs missing with padding*: padded on one side only, or $N$ was taken before padding.
- *IndexError with dilation* (you reached for a cell that is not there): the window's span was taken to be $F$.
- *The right length, wrong numbers with stride*: $i$ was not multiplied by $S$.
- *Could not be broadcast*: for a NumPy array, the `+` of `[0] * padding + x` adds number to number. `list(x)` makes a
  list, for which it appends.""",
    praise="Stride, padding and dilation in two loops.",
    insight="The libraries' own `conv1d` does this with one signal and one filter: it is faster, not different.",
    cases=[   # all five arguments each time, so that a function without default values is as good
        ([0, 1, 0, 1, 1], [-1, 1], 1, 0, 1), ([2, 0, 1, 3], [1, 2, -1], 1, 0, 1), ([1, 2, 3, 4], [0.5, 0.25], 1, 0, 1),
        ([0.5, 1, 2.25], [1, 3], 1, 0, 1), ([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], 2, 0, 1),
        ([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], 3, 0, 1), ([3, 1, 4, 1, 5, 9, 2, 6], [1, -2, 3], 2, 0, 1),
        ([2, 1, 0, 1, 3], [1, 1, 2], 1, 1, 1), ([2, 1, 5], [1, -1], 1, 2, 1), ([4, 7, 2], [1, 2, 3, 4], 1, 2, 1),
        ([2, 1, 0, 1, 3, 2, 1], [1, 2, -1], 1, 0, 2), ([5, 3, 8, 1, 9, 2, 7, 4, 6], [1, -2], 1, 0, 3),
        ([2, 7, 1, 8, 2, 8, 1, 8, 2, 8], [1, 2, 3], 2, 1, 2),
    ],
    draw=draw,
    edges=[
        ([2], [3, 1], 3, 2, 2), ([-3, -1, -2], [2, 2], 3, 3, 3), ([0.0625, 1, 2.25], [1, 0.0625], 2, 1, 1),
        ([300, -200, -250, 150], [300, -150], 1, 0, 2), ([2, 2, 2], [-1, 1], 1, 0, 1),
    ],
    drawn=16,
    player=lambda x, w, stride=1, padding=0, dilation=1: cnn.viz.slide(x, w, None, stride, padding, dilation),
    right=[by_starts, without_a_longer_list, every_place_then_some, all_at_once, without_defaults],
    wrong=WRONG,
)
