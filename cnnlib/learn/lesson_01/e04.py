"""Slide a filter with stride, padding and dilation."""

import numpy as np

from ...viz import slide as scene
from ..exercise import Exercise, Wrong


def solution(x, w, stride=1, padding=0, dilation=1):
    x = [0] * padding + list(x) + [0] * padding     # from here on x is the longer list
    span = dilation * (len(w) - 1) + 1
    y = []
    for i in range((len(x) - span) // stride + 1):
        total = 0
        for k in range(len(w)):
            total += x[i * stride + k * dilation] * w[k]
        y.append(total)
    return np.array(y)


# --- other right ways -------------------------------------------------------------------------------------------------

def by_starts(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return [x[start:start + span:dilation] @ w for start in range(0, len(x) - span + 1, stride)]


def without_a_longer_list(x, w, stride=1, padding=0, dilation=1):
    def cell(c):
        return x[c] if 0 <= c < len(x) else 0

    n = (len(x) + 2 * padding - dilation * (len(w) - 1) - 1) // stride + 1
    return np.array([sum(cell(i * stride - padding + k * dilation) * w[k] for k in range(len(w))) for i in range(n)])


def every_place_then_some(x, w, stride=1, padding=0, dilation=1):
    spread = np.zeros(dilation * (len(w) - 1) + 1)
    spread[::dilation] = w
    return np.correlate(np.pad(x, padding), spread, "valid")[::stride]


def all_at_once(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, span)[::stride, ::dilation]
    return (windows @ w).astype(np.float32)


# --- typical mistakes -------------------------------------------------------------------------------------------------

def only_stride(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, stride)


def only_padding(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, padding=padding)


def only_dilation(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, dilation=dilation)


def nothing_new(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w)


def no_stride(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, 1, padding, dilation)


def no_padding(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, stride, 0, dilation)


def no_dilation(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, stride, padding)


def stride_in_the_length_only(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, 1, padding, dilation)[:len(solution(x, w, stride, padding, dilation))]


def stride_on_the_input(x, w, stride=1, padding=0, dilation=1):
    return solution(x[::stride], w, 1, padding, dilation)


def padded_left(x, w, stride=1, padding=0, dilation=1):
    return solution([0] * padding + list(x), w, stride, 0, dilation)


def padded_right(x, w, stride=1, padding=0, dilation=1):
    return solution(list(x) + [0] * padding, w, stride, 0, dilation)


def padded_double(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, stride, 2 * padding, dilation)


def padded_with_the_edge(x, w, stride=1, padding=0, dilation=1):
    return solution(np.pad(x, padding, "edge"), w, stride, 0, dilation)


def padded_with_the_other_end(x, w, stride=1, padding=0, dilation=1):
    return solution(np.pad(x, padding, "wrap"), w, stride, 0, dilation)


def padded_with_ones(x, w, stride=1, padding=0, dilation=1):
    return solution(np.pad(x, padding, constant_values=1), w, stride, 0, dilation)


def padded_with_a_mirror(x, w, stride=1, padding=0, dilation=1):
    return solution(np.pad(x, padding, "reflect"), w, stride, 0, dilation)


def padded_output(x, w, stride=1, padding=0, dilation=1):
    return np.pad(solution(x, w, stride, 0, dilation), padding)


def length_before_padding(x, w, stride=1, padding=0, dilation=1):
    n = (len(x) - dilation * (len(w) - 1) - 1) // stride + 1
    return solution(x, w, stride, padding, dilation)[:max(n, 0)]


def zeros_over_the_ends(x, w, stride=1, padding=0, dilation=1):
    if padding:
        x[:padding] = 0
        x[-padding:] = 0
    return solution(x, w, stride, 0, dilation)


def span_of_the_filter(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    return [sum(x[i * stride + k * dilation] * w[k] for k in range(len(w)))
            for i in range((len(x) - len(w)) // stride + 1)]


def span_too_long(x, w, stride=1, padding=0, dilation=1):
    n = (len(x) + 2 * padding - dilation * len(w)) // stride + 1
    return solution(x, w, stride, padding, dilation)[:max(n, 0)]


def gaps_too_wide(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, stride, padding, dilation + 1)


def dilated_places(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return [sum(x[(i * stride + k) * dilation] * w[k] for k in range(len(w)))
            for i in range((len(x) - span) // stride + 1)]


def blocks(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return [sum(x[(i + k * dilation) * stride] * w[k] for k in range(len(w)))
            for i in range((len(x) - span) // stride + 1)]


def flipped(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w[::-1], stride, padding, dilation)


def flipped_and_padded_left(x, w, stride=1, padding=0, dilation=1):
    return padded_left(x, w[::-1], stride, padding, dilation)


def one_short(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, stride, padding, dilation)[:-1]


def one_long(x, w, stride=1, padding=0, dilation=1):
    longer = np.concatenate([np.pad(x, padding), np.zeros(stride)])
    return solution(longer, w, stride, 0, dilation)


def ceil(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return solution(np.pad(x, (0, -(len(x) - span) % stride)), w, stride, 0, dilation)


def mean(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, stride, padding, dilation) / len(w)


def never_reset(x, w, stride=1, padding=0, dilation=1):
    return np.cumsum(solution(x, w, stride, padding, dilation))


def odd_filters_only(x, w, stride=1, padding=0, dilation=1):
    x, half = np.pad(x, padding), dilation * (len(w) - 1) + 1 >> 1
    return [sum(x[centre - half + k * dilation] * w[k] for k in range(len(w)))
            for centre in range(half, len(x) - half, stride)]


def whole_numbers(x, w, stride=1, padding=0, dilation=1):
    return np.array([int(total) for total in solution(x, w, stride, padding, dilation)])


def dtype_of_x(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, stride, padding, dilation).astype(x.dtype)


def added_zero(x, w, stride=1, padding=0, dilation=1):
    x = [0] * padding + x + [0] * padding
    return solution(x, w, stride, 0, dilation)


def draw(rng):
    F, S, P, D = (int(rng.integers(low, high)) for low, high in ((1, 5), (1, 4), (0, 4), (1, 4)))
    N = max(P + 1, D * (F - 1) + 1) + int(rng.integers(0, 7))
    return rng.integers(-9, 10, N), rng.integers(-9, 10, F), S, P, D


FLIPPED = "Your filter is turned round: `w[0]` belongs on the first cell of each window."
LEFT = "There are zeros on the left only: `padding` of them belong on each side."

EXERCISE = Exercise(
    id="01.4",
    title="Stride, padding, dilation",
    statement="""Give your loops a stride, a padding and a dilation: write `conv1d(x, w, stride, padding, dilation)`.

$$y[i] = \\sum_{k=0}^{F-1} x[i \\cdot S - P + k \\cdot D] \\cdot w[k], \\qquad \\text{and } 0 \\text{ where } x \
\\text{ has no cell}$$

Go step by step: stride first, then padding, then dilation, and run the check in between. It tries them in this order,
and tells you how far you are. You may trust that the window fits at least once.""",
    signature="conv1d(x, w, stride, padding, dilation): (N,), (F,), three whole numbers -> (L',)",
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
- `[0] * padding + x`: for a NumPy array, `+` adds number to number. `list(x)` makes a list, for which it appends.""",
    praise="Stride, padding and dilation in two loops.",
    insight="It is `torch.nn.functional.conv1d` with one channel, slower but the same to the last digit.",
    cases=[
        ([0, 1, 0, 1, 1], [-1, 1]), ([2, 0, 1, 3], [1, 2, -1]), ([1, 2, 3, 4], [0.5, 0.25]),
        ([0.5, 1, 2.25], [1, 3]), ([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], 2), ([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], 3),
        ([3, 1, 4, 1, 5, 9, 2, 6], [1, -2, 3], 2), ([2, 1, 0, 1, 3], [1, 1, 2], 1, 1), ([2, 1, 5], [1, -1], 1, 2),
        ([4, 7, 2], [1, 2, 3, 4], 1, 2), ([2, 1, 0, 1, 3, 2, 1], [1, 2, -1], 1, 0, 2),
        ([5, 3, 8, 1, 9, 2, 7, 4, 6], [1, -2], 1, 0, 3), ([2, 7, 1, 8, 2, 8, 1, 8, 2, 8], [1, 2, 3], 2, 1, 2),
    ],
    draw=draw,
    drawn=16,
    player=lambda x, w, stride=1, padding=0, dilation=1: scene(x, w, stride=stride, padding=padding,
                                                               dilation=dilation),
    right=[by_starts, without_a_longer_list, every_place_then_some, all_at_once],
    wrong=[
        Wrong(nothing_new, "Without stride, padding and dilation it is right. Now take in the stride: `i * stride`."),
        Wrong(only_stride, "The stride is right. Padding and dilation change nothing so far: padding is next."),
        Wrong(only_padding, "The padding is right. Stride and dilation change nothing so far."),
        Wrong(only_dilation, "The dilation is right. Stride and padding change nothing so far."),
        Wrong(no_stride, "Padding and dilation are right. The stride changes nothing so far."),
        Wrong(no_padding, "Stride and dilation are right. The padding changes nothing so far."),
        Wrong(no_dilation, "Stride and padding are right. The dilation changes nothing so far."),
        Wrong(stride_in_the_length_only, "The length knows the stride, the window does not: window i starts at "
                                         "`i * stride`."),
        Wrong(stride_on_the_input, "You leave out cells of x: the window jumps, but inside it no cell is left out."),
        Wrong(padded_left, LEFT),
        Wrong(padded_right, "There are zeros on the right only: `padding` of them belong on each side."),
        Wrong(padded_double, "There are twice as many zeros as there should be: `padding` counts those of one side."),
        Wrong(padded_with_the_edge, "You pad with copies of the first and last number: put zeros there."),
        Wrong(padded_with_the_other_end, "You pad with numbers from the other end of x: put zeros there."),
        Wrong(padded_with_ones, "You pad with ones: put zeros there."),
        Wrong(padded_with_a_mirror, "You pad with a mirror image of x: put zeros there."),
        Wrong(padded_output, "You put the zeros around the output: they belong around the input, before the filter "
                             "slides."),
        Wrong(length_before_padding, "The last outputs are missing: with padding, N is the length of the longer "
                                     "list."),
        Wrong(zeros_over_the_ends, "You overwrite the ends of x with zeros: padding adds cells and keeps those that "
                                   "are there."),
        Wrong(span_of_the_filter, "With dilation your window runs over the end: it spans `dilation * (len(w) - 1) + 1` "
                                  "cells, not `len(w)`."),
        Wrong(span_too_long, "With dilation the last outputs are missing: a window spans `dilation * (len(w) - 1) + 1` "
                             "cells, not `dilation * len(w)`."),
        Wrong(gaps_too_wide, "With dilation D the next weight is D cells on: your weights are D + 1 apart."),
        Wrong(dilated_places, "Your dilation moves the window as well: it belongs to `k` alone, `i * stride + "
                              "k * dilation`."),
        Wrong(blocks, "Your stride pulls the weights apart: it belongs to `i` alone, `i * stride + k * dilation`."),
        Wrong(flipped, FLIPPED),
        Wrong(flipped_and_padded_left, FLIPPED, LEFT),
        Wrong(one_short, "The last place is missing: add 1 to the number of whole jumps."),
        Wrong(one_long, "There is one place too many: at the last one the window hangs over the end."),
        Wrong(ceil, "Where the stride does not fit, you go on to one more place: round down, for a window that hangs "
                    "over the end reads nothing."),
        Wrong(mean, "You divide by the number of weights: an output is the sum of the products, not their mean."),
        Wrong(never_reset, "Your sum runs on from place to place: set it back to 0 for each of them."),
        Wrong(odd_filters_only, "It works where the window spans an odd number of cells; else the last place is "
                                "missing, for such a window has no middle: count from its first cell."),
        Wrong(whole_numbers, "You cut off what is behind the point: an output need not be a whole number, so leave "
                             "out `int`."),
        Wrong(dtype_of_x, "Your outputs have the type of x: for whole numbers in x, what is behind the point is cut "
                          "off. Use a list, or `np.zeros(n)`."),
        Wrong(added_zero, "`[0] * padding + x` adds zeros to the numbers of an array: make a list of it first, "
                          "`list(x)`."),
    ],
)
