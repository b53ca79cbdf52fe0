"""Slide a filter with stride, padding and dilation."""

from functools import wraps

import numpy as np

from ...viz import slide as scene
from ..exercise import Exercise, Wrong


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


def length(x, w, S, P, D):
    return (len(x) + 2 * P - D * (len(w) - 1) - 1) // S + 1


# --- other right ways -------------------------------------------------------------------------------------------------

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


# --- typical mistakes: not there yet ----------------------------------------------------------------------------------

def using(*names):
    """The solution that knows only some of stride, padding and dilation."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        given = {"stride": stride, "padding": padding, "dilation": dilation}
        return solution(x, w, **{name: given[name] for name in names})

    answer.__name__ = f"only_{'_and_'.join(names)}" if names else "nothing_new"
    return answer


def undilated(mistake):
    """The same mistake made by someone who has not come to dilation yet."""
    @wraps(mistake)
    def answer(x, w, stride=1, padding=0, dilation=1):
        return mistake(x, w, stride, padding, 1)

    return answer


# --- typical mistakes: padding ----------------------------------------------------------------------------------------

def padded(pad):
    """The solution with another way of padding: pad(x, P, F)."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        return solution(pad(x, padding, len(w)), w, stride, 0, dilation)

    return answer


def padded_output(x, w, stride=1, padding=0, dilation=1):
    return np.pad(solution(x, w, stride, 0, dilation), padding)


def length_before_padding(x, w, stride=1, padding=0, dilation=1):
    return solution(x, w, stride, padding, dilation)[:max(length(x, w, stride, 0, dilation), 0)]


def zeros_over_the_ends(x, w, stride=1, padding=0, dilation=1):
    if padding:
        x[:padding] = 0
        x[-padding:] = 0
    return solution(x, w, stride, 0, dilation)


def looked_up(inside, shift=-1):
    """Without a longer list: x[c] * w[k] where inside(c, N), c shifted by the padding."""
    def answer(x, w, S=1, P=0, D=1):
        y = np.zeros(length(x, w, S, P, D))
        for i in range(len(y)):
            for k in range(len(w)):
                c = i * S + shift * P + k * D
                if inside(c, len(x)):
                    y[i] += x[c] * w[k]
        return y

    return answer


def broken_off(x, w, S=1, P=0, D=1):
    y = np.zeros(length(x, w, S, P, D))
    for i in range(len(y)):
        for k in range(len(w)):
            c = i * S - P + k * D
            if c < 0 or c >= len(x):
                break
            y[i] += x[c] * w[k]
    return y


# --- typical mistakes: stride and dilation ----------------------------------------------------------------------------

def cells(place, span=lambda F, D: D * (F - 1) + 1):
    """The two loops with another cell, place(i, k, S, D), or another span of the window, span(F, D)."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x = np.pad(x, padding)
        return [sum(x[place(i, k, stride, dilation)] * w[k] for k in range(len(w)))
                for i in range((len(x) - span(len(w), dilation)) // stride + 1)]

    return answer


def right(i, k, S, D):
    return i * S + k * D


def slices_too_short(add):   # where a single cell is left, numbers come out all the same, or not: add(cells, w)
    return lambda x, w, S=1, P=0, D=1: [add(np.pad(x, P)[i:i + len(w) * D:D], w)
                                        for i in range(0, len(x) + 2 * P - len(w) + 1, S)]


def weights_left_out(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    return [sum(x[i + k] * w[k] for k in range(0, len(w), dilation)) for i in range(0, len(x) - len(w) + 1, stride)]


def place_too_many(x, w, stride=1, padding=0, dilation=1):
    return solution([*np.pad(x, padding), *[0] * stride], w, stride, 0, dilation)


def ceil(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return solution(np.pad(x, (0, -(len(x) - span) % stride)), w, stride, 0, dilation)


def no_last_place_if_even(x, w, stride=1, padding=0, dilation=1):
    return solution(np.pad(x, padding)[:-1], w, stride, 0, dilation)


def odd_filters_only(x, w, stride=1, padding=0, dilation=1):
    x, half = np.pad(x, padding), (dilation * (len(w) - 1) + 1) // 2
    return [sum(x[middle - half + k * dilation] * w[k] for k in range(len(w)))
            for middle in range(half, len(x) - half, stride)]


# --- typical mistakes: all else ---------------------------------------------------------------------------------------

def then(change):
    """The solution with its outputs changed: change(y, x, w)."""
    return lambda x, w, stride=1, padding=0, dilation=1: change(solution(x, w, stride, padding, dilation), x, w)


def filled(dtype):
    """Loops that add up in an array of a type of its own, dtype(x)."""
    def answer(x, w, S=1, P=0, D=1):
        y, longer = np.zeros(length(x, w, S, P, D), dtype(x)), np.pad(x, P)
        for i in range(len(y)):
            for k in range(len(w)):
                y[i] += longer[i * S + k * D] * w[k]
        return y

    return answer


def draw(rng):
    F, S, P, D = (int(rng.integers(low, high)) for low, high in ((1, 5), (1, 4), (0, 4), (1, 4)))
    N = max(P + 1, D * (F - 1) + 1) + int(rng.integers(0, 7))
    return rng.integers(-9, 10, N), rng.integers(-9, 10, F), S, P, D


LATER = "The dilation changes nothing so far."
FLIPPED = "Your filter is turned round: `w[0]` belongs on the first cell of each window."
LEFT = "There are zeros on the left only: `padding` of them belong on each side."
SPAN = "With dilation your window runs over the end: it spans `dilation * (len(w) - 1) + 1` cells, not `len(w)`."
WHOLE = "You cut off what is behind the point: an output need not be a whole number, so do without `int`."
TYPE = "Your outputs have the type of x: for whole numbers in x, what is behind the point is cut off. Use a list, or " \
       "`np.zeros(n)`."
FEW = "It is one too few where the jumps come out even: there a window ends on the last cell, and `range` leaves out " \
      "its end."

PADDING = [   # told apart with and without dilation
    (padded(lambda x, P, F: np.pad(x, (P, 0))), LEFT),
    (padded(lambda x, P, F: np.pad(x, (0, P))), "There are zeros on the right only: `padding` of them belong on each "
                                                "side."),
    (padded(lambda x, P, F: np.pad(x, 2 * P)), "There are twice as many zeros as there should be: `padding` counts "
                                               "those of one side."),
    (padded(lambda x, P, F: np.pad(x, min(P, 1))), "You add one zero on each side, also where `padding` is more."),
    (padded(lambda x, P, F: np.pad(x, F // 2)), "You pad by half of the filter, whatever `padding` is."),
    (padded(lambda x, P, F: np.pad(x, P, "edge")), "You pad with copies of the first and last number: put zeros "
                                                   "there."),
    (padded(lambda x, P, F: np.pad(x, P, "wrap")), "You pad with numbers from the other end of x: put zeros there."),
    (padded(lambda x, P, F: np.pad(x, P, "reflect")), "You pad with a mirror image of x: put zeros there."),
    (padded(lambda x, P, F: np.pad(x, P, constant_values=1)), "You pad with ones: put zeros there."),
    (padded(lambda x, P, F: [0] * P + x + [0] * P), "`[0] * padding + x` adds zeros to the numbers of an array: make a "
                                                    "list of it first, `list(x)`."),
    (padded_output, "You put the zeros around the output: they belong around the input, before the filter slides."),
    (length_before_padding, "The last outputs are missing: with padding, N is the length of the longer list."),
    (zeros_over_the_ends, "You overwrite the ends of x with zeros: padding adds cells and keeps those that are there."),
    (looked_up(lambda c, N: True), "You look for cells outside x: to the left Python takes those from its end, to the "
                                   "right there are none. Count 0 there."),
    (looked_up(lambda c, N: c < N), "Left of x you take cells from its end, for `x[-1]` is the last one: count 0 "
                                    "there."),
    (looked_up(lambda c, N: 0 < c < N), "You never read `x[0]`: cells are counted from 0."),
    (looked_up(lambda c, N: 0 <= c < N, shift=1), "Your first window begins `padding` cells too far right: padding "
                                                  "moves it to the left."),
    (broken_off, "You leave the whole window at its first cell outside x: `break` ends the loop, `continue` goes on."),
]

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
    cases=[
        ([0, 1, 0, 1, 1], [-1, 1]), ([2, 0, 1, 3], [1, 2, -1]), ([1, 2, 3, 4], [0.5, 0.25]),
        ([0.5, 1, 2.25], [1, 3]), ([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], 2), ([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], 3),
        ([3, 1, 4, 1, 5, 9, 2, 6], [1, -2, 3], 2), ([2, 1, 0, 1, 3], [1, 1, 2], 1, 1), ([2, 1, 5], [1, -1], 1, 2),
        ([4, 7, 2], [1, 2, 3, 4], 1, 2), ([2, 1, 0, 1, 3, 2, 1], [1, 2, -1], 1, 0, 2),
        ([5, 3, 8, 1, 9, 2, 7, 4, 6], [1, -2], 1, 0, 3), ([2, 7, 1, 8, 2, 8, 1, 8, 2, 8], [1, 2, 3], 2, 1, 2),
    ],
    draw=draw,
    drawn=16,
    player=lambda x, w, stride=1, padding=0, dilation=1: scene(x, w, None, stride, padding, dilation),
    right=[by_starts, looked_up(lambda c, N: 0 <= c < N), every_place_then_some, all_at_once],
    wrong=[
        Wrong(using(), "Without stride, padding and dilation it is right. Now take in the stride: `i * stride`."),
        Wrong(using("stride"), "The stride is right. Padding and dilation change nothing so far: padding is next."),
        Wrong(using("padding"), "The padding is right. Stride and dilation change nothing so far."),
        Wrong(using("dilation"), "The dilation is right. Stride and padding change nothing so far."),
        Wrong(using("padding", "dilation"), "Padding and dilation are right. The stride changes nothing so far."),
        Wrong(using("stride", "dilation"), "Stride and dilation are right. The padding changes nothing so far."),
        Wrong(using("stride", "padding"), "Stride and padding are right. The dilation changes nothing so far."),
        *(Wrong(mistake, sentence) for mistake, sentence in PADDING),
        *(Wrong(undilated(mistake), sentence, LATER) for mistake, sentence in PADDING),
        Wrong(cells(lambda i, k, S, D: i + k * D), "The length knows the stride, the window does not: window i starts "
                                                   "at `i * stride`."),
        Wrong(lambda x, w, S=1, P=0, D=1: solution(x[::S], w, 1, P, D), "You leave out cells of x: the window "
              "jumps, but inside it no cell is left out."),
        Wrong(cells(lambda i, k, S, D: (i * S + k) * D), "Your dilation moves the window as well: it belongs to `k` "
                                                         "alone, `i * stride + k * dilation`."),
        Wrong(cells(lambda i, k, S, D: (i + k * D) * S), "Your stride pulls the weights apart: it belongs to `i` "
                                                         "alone, `i * stride + k * dilation`."),
        Wrong(cells(right, lambda F, D: F), SPAN), Wrong(slices_too_short(np.dot), SPAN),
        Wrong(slices_too_short(lambda cells, w: (cells * w).sum()), SPAN),
        Wrong(cells(right, lambda F, D: D * F), "With dilation the last outputs are missing: a window spans "
                                                "`dilation * (len(w) - 1) + 1` cells, not `dilation * len(w)`."),
        Wrong(cells(lambda i, k, S, D: i * S + k * (D + 1), lambda F, D: (D + 1) * (F - 1) + 1),
              "With dilation D the next weight is D cells on: your weights are D + 1 apart."),
        Wrong(weights_left_out, "You leave out weights: dilation leaves out cells of x, and every weight takes part."),
        Wrong(lambda x, w, S=1, P=0, D=1: solution(x, w[::-1], S, P, D), FLIPPED),
        Wrong(lambda x, w, S=1, P=0, D=1: solution(np.pad(x, (P, 0)), w[::-1], S, 0, D), FLIPPED, LEFT),
        Wrong(then(lambda y, x, w: y[:-1]), "The last place is missing: add 1 to the number of whole jumps."),
        Wrong(no_last_place_if_even, FEW), Wrong(undilated(no_last_place_if_even), FEW, LATER),
        Wrong(place_too_many, "There is one place too many: at the last one the window hangs over the end."),
        Wrong(ceil, "Where the stride does not fit, you go on to one more place: round down, for a window that hangs "
                    "over the end reads nothing."),
        Wrong(then(lambda y, x, w: y / len(w)), "You divide by the number of weights: an output is the sum of the "
                                                "products, not their mean."),
        Wrong(then(lambda y, x, w: np.cumsum(y)), "Your sum runs on from place to place: set it back to 0 for each of "
                                                  "them."),
        Wrong(odd_filters_only, "It works where the window spans an odd number of cells; else the last place is "
                                "missing, for such a window has no middle: count from its first cell."),
        Wrong(then(lambda y, x, w: y.astype(int)), WHOLE), Wrong(filled(lambda x: int), WHOLE),
        Wrong(then(lambda y, x, w: y.astype(x.dtype)), TYPE), Wrong(filled(lambda x: x.dtype), TYPE),
    ],
)
