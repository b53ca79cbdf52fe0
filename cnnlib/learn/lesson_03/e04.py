"""Slide a filter over an image with stride, padding and dilation."""

from functools import wraps

import numpy as np

import cnnlib as cnn

from ...viz import slide as scene
from ..exercise import Exercise, Wrong


def solution(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)                                  # zeros on all four sides
    span_h = dilation * (w.shape[0] - 1) + 1
    span_w = dilation * (w.shape[1] - 1) + 1
    rows = (x.shape[0] - span_h) // stride + 1
    columns = (x.shape[1] - span_w) // stride + 1
    y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            y[i, j] = (x[top:top + span_h:dilation, left:left + span_w:dilation] * w).sum()
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def four_loops(x, w, stride=1, padding=0, dilation=1):
    (H, W), (Fh, Fw), S, P, D = x.shape, w.shape, stride, padding, dilation
    y = []
    for i in range((H + 2 * P - D * (Fh - 1) - 1) // S + 1):
        y.append([])
        for j in range((W + 2 * P - D * (Fw - 1) - 1) // S + 1):
            total = 0
            for u in range(Fh):
                for v in range(Fw):
                    r, c = i * S - P + u * D, j * S - P + v * D
                    if 0 <= r < H and 0 <= c < W:           # outside there are only zeros
                        total += x[r, c] * w[u, v]
            y[-1].append(total)
    return y


def every_place_then_some(x, w, stride=1, padding=0, dilation=1):
    spread = np.zeros([dilation * (f - 1) + 1 for f in w.shape])
    spread[::dilation, ::dilation] = w
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(x, padding), spread.shape)
    return (windows * spread).sum(axis=(2, 3))[::stride, ::stride]


def by_weight(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    rows, columns = ((n - dilation * (f - 1) - 1) // stride + 1 for n, f in zip(x.shape, w.shape, strict=True))
    y = np.zeros((rows, columns), np.float32)
    for u, v in np.ndindex(*w.shape):
        y += w[u, v] * x[u * dilation::stride, v * dilation::stride][:rows, :columns]
    return y


def the_librarys(x, w, stride=1, padding=0, dilation=1):
    return cnn.correlate2d(x, w, stride, padding, dilation)


# --- typical mistakes: not there yet ----------------------------------------------------------------------------------

def using(*names):
    """The solution that knows only some of stride, padding and dilation."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        given = {"stride": stride, "padding": padding, "dilation": dilation}
        return solution(x, w, **{name: given[name] for name in names})

    answer.__name__ = f"only_{'_and_'.join(names)}" if names else "nothing_new"
    return answer


def earlier(mistake, later):
    """The same mistake made by someone who has not come to dilation yet, or not even to padding."""
    @wraps(mistake)
    def answer(x, w, stride=1, padding=0, dilation=1):
        return mistake(x, w, stride, 0 if later is NEITHER else padding, 1)

    return Wrong(answer, SENTENCES[mistake], later)


# --- typical mistakes: padding ----------------------------------------------------------------------------------------

def padded(pad):
    """The solution with another way of padding: pad(x, P, w)."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        return solution(pad(x, padding, w), w, stride, 0, dilation)

    return answer


def padded_output(x, w, stride=1, padding=0, dilation=1):
    return np.pad(solution(x, w, stride, 0, dilation), padding)


def sized(times):
    """The solution that counts the padding `times` when it comes to the size of the output."""
    def answer(x, w, S=1, P=0, D=1):
        rows, columns = (max((n + times * P - D * (f - 1) - 1) // S + 1, 0)
                         for n, f in zip(x.shape, w.shape, strict=True))
        return solution(x, w, S, P, D)[:rows, :columns]

    return answer


def wrapped_on_the_left(x, P, w):
    around = np.pad(x, P, "wrap")
    around[P + len(x):], around[:, P + x.shape[1]:] = 0, 0
    return around


# --- typical mistakes: stride and dilation ----------------------------------------------------------------------------

def cells(place, span=lambda F, D: D * (F - 1) + 1):
    """The four loops with another row and column, place(i, u, S, D), or another span of the window, span(F, D)."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x, (Fh, Fw) = np.pad(x, padding), w.shape
        rows, columns = ((n - span(f, dilation)) // stride + 1 for n, f in zip(x.shape, w.shape, strict=True))
        return [[sum(x[place(i, u, stride, dilation), place(j, v, stride, dilation)] * w[u, v]
                     for u in range(Fh) for v in range(Fw)) for j in range(columns)] for i in range(rows)]

    return answer


def right_place(i, u, S, D):
    return i * S + u * D


def slices(long):
    """Slices of `long(F, D)` cells with steps, at as many places as without dilation."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x, (Fh, Fw), D = np.pad(x, padding), w.shape, dilation
        return [[(x[r:r + long(Fh, D):D, c:c + long(Fw, D):D] * w).sum() for c in range(0, x.shape[1] - Fw + 1, stride)]
                for r in range(0, len(x) - Fh + 1, stride)]

    return answer


def one_axis(name, axis):
    """The solution in which stride or dilation is 1 along one axis: 0 downwards, 1 across."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x, S, D = np.pad(x, padding), [stride] * 2, [dilation] * 2
        {"stride": S, "dilation": D}[name][axis] = 1
        spread = np.zeros([d * (f - 1) + 1 for f, d in zip(w.shape, D, strict=True)])
        spread[::D[0], ::D[1]] = w
        windows = np.lib.stride_tricks.sliding_window_view(x, spread.shape)[::S[0], ::S[1]]
        return (windows * spread).sum(axis=(2, 3))

    return answer


def weights_left_out(x, w, stride=1, padding=0, dilation=1):
    kept = np.zeros(w.shape)
    kept[::dilation, ::dilation] = w[::dilation, ::dilation]
    return solution(x, kept, stride, padding)


def ceil(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    more = [(0, -(n - dilation * (f - 1) - 1) % stride) for n, f in zip(x.shape, w.shape, strict=True)]
    return solution(np.pad(x, more), w, stride, 0, dilation)


def place_too_many(x, w, stride=1, padding=0, dilation=1):
    return solution(np.pad(np.pad(x, padding), (0, stride)), w, stride, 0, dilation)


def last_place_only_if_it_is_left(x, w, stride=1, padding=0, dilation=1):
    return solution(np.pad(x, padding)[:-1, :-1], w, stride, 0, dilation)


# --- typical mistakes: all else ---------------------------------------------------------------------------------------

def then(change):
    """The solution with its outputs changed: change(y, x, w)."""
    return lambda x, w, stride=1, padding=0, dilation=1: change(solution(x, w, stride, padding, dilation), x, w)


def of_square(size):
    """The solution that takes a side of the image or of the filter for both: size(H, W, Fh, Fw) -> H, W, Fh, Fw."""
    def answer(x, w, S=1, P=0, D=1):
        H, W, Fh, Fw = size(*x.shape, *w.shape)
        x = np.pad(x, P)
        return [[sum(x[i * S + u * D, j * S + v * D] * w[u, v] for u in range(Fh) for v in range(Fw))
                 for j in range((W + 2 * P - D * (Fw - 1) - 1) // S + 1)]
                for i in range((H + 2 * P - D * (Fh - 1) - 1) // S + 1)]

    return answer


def draw(rng):
    S, P, D = (int(rng.integers(low, high)) for low, high in ((1, 4), (0, 3), (1, 4)))
    F = rng.integers(1, 4, 2)
    size = np.maximum(P + 1, D * (F - 1) + 1) + rng.integers(0, 5, 2)
    return rng.integers(-9, 10, size), rng.integers(-9, 10, F), S, P, D


ONCE = "Below and on the right the padding is missing: it belongs on all four sides, so height and width grow by " \
       "`2 * padding`."
LATER = "The dilation changes nothing so far."
NEITHER = "Padding and dilation change nothing so far."
TURNED = "Your filter is turned by half a turn: `w[0, 0]` belongs on the top left cell of each window."
SPAN = "With dilation your window runs over the border: it spans `dilation * (F - 1) + 1` cells along a side, not `F`."
WHOLE = "You cut off what is behind the point: an output need not be a whole number."
SQUARE = "Height and width are taken to be equal somewhere: `x.shape` and `w.shape` hold both, and they may differ."
FEW = "It is one too few where the jumps come out even: there a window ends on the last cell, and `range` leaves out " \
      "its end."

PADDING = [   # told apart with and without dilation
    (padded(lambda x, P, w: np.pad(x, (P, 0))), ONCE), (sized(1), ONCE),
    (padded(lambda x, P, w: np.pad(x, (0, P))), "There are zeros below and to the right only: `padding` of them belong "
                                                "on each of the four sides."),
    (padded(lambda x, P, w: np.pad(x, ((P, P), (0, 0)))), "There are zeros above and below only: they belong to the "
                                                          "left and to the right as well."),
    (padded(lambda x, P, w: np.pad(x, ((0, 0), (P, P)))), "There are zeros on the left and the right only: they belong "
                                                          "above and below as well."),
    (padded(lambda x, P, w: np.pad(x, 2 * P)), "There are twice as many zeros as there should be: `padding` counts "
                                               "those of one side."),
    (padded(lambda x, P, w: np.pad(x, min(P, 1))), "You add one zero on each side, also where `padding` is more."),
    (padded(lambda x, P, w: np.pad(x, [(f // 2, f // 2) for f in w.shape])), "You pad by half of the filter, whatever "
                                                                             "`padding` is."),
    (padded(lambda x, P, w: np.pad(x, P, "edge")), "You pad with copies of the border: put zeros there."),
    (padded(lambda x, P, w: np.pad(x, P, "wrap")), "You pad with pixels of the opposite border: put zeros there."),
    (padded(lambda x, P, w: np.pad(x, P, "reflect")), "You pad with a mirror image of x: put zeros there."),
    (padded(lambda x, P, w: np.pad(x, P, constant_values=1)), "You pad with ones: put zeros there."),
    (padded_output, "You put the zeros around the output: they belong around the input, before the filter slides."),
    (sized(0), "The last rows and columns are missing: with padding, count the places on the larger image."),
    (padded(wrapped_on_the_left), "Above and left of x you take pixels from its other end, for `x[-1]` is the last "
                                  "row: count 0 there."),
]

STRIDE = [   # told apart also without padding and dilation
    (cells(lambda i, u, S, D: i + u * D), "The size knows the stride, the window does not: it starts at row "
                                          "`i * stride` and column `j * stride`."),
    (lambda x, w, S=1, P=0, D=1: solution(x[::S, ::S], w, 1, P, D), "You leave out pixels of x: the window jumps, but "
                                                                    "inside it no pixel is left out."),
    (one_axis("stride", 0), "Your window jumps to the right, but not down: `i * stride`, too."),
    (one_axis("stride", 1), "Your window jumps down, but not to the right: `j * stride`, too."),
    (last_place_only_if_it_is_left, FEW),
    (place_too_many, "There is one place too many along each side: at the last one the window hangs over the border."),
    (ceil, "Where the stride does not fit, you go on to one more place: round down, for a window that hangs over the "
           "border reads nothing."),
]
SENTENCES = dict(STRIDE + PADDING)

EXERCISE = Exercise(
    id="03.4",
    title="Stride, padding, dilation in two dimensions",
    statement="""Give your loops a stride, a padding and a dilation, the same number for both directions: write
`conv2d(x, w, stride, padding, dilation)`.

$$y[i, j] = \\sum_{u} \\sum_{v} x[i \\cdot S - P + u \\cdot D,\\; j \\cdot S - P + v \\cdot D] \\cdot w[u, v]$$

where $x$ has no cell, it counts as 0. Go step by step: stride, padding, dilation, and without `cnn.correlate2d`. Run
the check in between; it notices what works already. You may trust that the window fits at least once.""",
    signature="conv2d(x, w, stride, padding, dilation): (H, W), (Fh, Fw), three whole numbers -> the outputs",
    difficulty=3,
    minutes=7,
    hints=(
        "Start from your `slide2d`. Each step is that of exercise 01.4, once for the rows and once for the columns.",
        "`np.pad(x, padding)` puts zeros on all four sides; then forget that x was ever smaller. Window i, j begins at "
        "row `i * stride` and column `j * stride` of it.",
        "Along a side of n cells there are `(n - span) // stride + 1` places, where `span = dilation * (F - 1) + 1`; a "
        "slice with a step, `x[top:top + span:dilation]`, takes every D-th row.",
    ),
    solution=solution,
    errors="""- *Outputs missing with padding*: the size was taken before padding, or padding was added once.
- *IndexError or broadcast with dilation*: the window's span was taken to be $F$.
- *Right for squares only*: somewhere a height stands for a width.
- *The right size, wrong numbers with stride*: the window starts at $i$ and not at $i \\cdot S$, or $j$ was
  forgotten.""",
    praise="Stride, padding and dilation, along both sides.",
    insight="Nothing new happened since lesson 01: the two directions do not know of each other.",
    cases=[
        ([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]],
         [[1, 0, 1], [0, 1, 0], [1, 0, 1]]),
        ([[1, 0, 2], [3, 1, 0], [0, 2, 1]], [[1, 2], [3, -1]]),
        ([[1, 2, 0, 1], [0, 3, 1, 2]], [[0.5, -1], [2, 0.25]]),
        ([[3, 1, 4, 1, 5], [9, 2, 6, 5, 7], [5, 8, 9, 7, 9], [3, 2, 3, 8, 4], [6, 2, 6, 4, 3]],
         [[1, 2, 0], [0, -1, 1], [2, 0, 1]], 2),
        ([[3, 1, 4, 1, 5, 9], [2, 6, 5, 3, 5, 8], [9, 7, 9, 3, 2, 3], [8, 4, 6, 2, 6, 4]], [[1, 2], [-1, 3]], 3),
        ([[2, 1], [0, 3]], [[1, 2], [3, -1]], 1, 1), ([[2, 1, 4], [0, 3, 5]], [[1, 2, 3]], 1, 2),
        ([[2, 1, 0, 1], [3, 2, 1, 4], [1, 0, 2, 5], [4, 1, 3, 2], [1, 5, 2, 7]], [[1, 2], [3, -1]], 1, 0, 2),
        ([[5, 3, 8, 1, 9], [2, 7, 4, 6, 1], [3, 3, 7, 2, 5]], [[1, -2], [2, 1]], 2, 1, 2),
        ([[5, 3, 8, 1, 9, 2], [2, 7, 4, 6, 1, 7], [3, 3, 7, 2, 5, 1]], [[1, -2], [2, 1], [4, 3]], 2, 2, 1),
    ],
    draw=draw,
    drawn=16,
    player=lambda x, w, stride=1, padding=0, dilation=1: scene(x, w, None, stride, padding, dilation),
    right=[four_loops, every_place_then_some, by_weight, the_librarys],
    wrong=[
        Wrong(using(), "Without stride, padding and dilation it is right. Now take in the stride: `i * stride`, "
                       "`j * stride`."),
        Wrong(using("stride"), "The stride is right. Padding and dilation change nothing so far: padding is next."),
        Wrong(using("padding"), "The padding is right. Stride and dilation change nothing so far."),
        Wrong(using("dilation"), "The dilation is right. Stride and padding change nothing so far."),
        Wrong(using("padding", "dilation"), "Padding and dilation are right. The stride changes nothing so far."),
        Wrong(using("stride", "dilation"), "Stride and dilation are right. The padding changes nothing so far."),
        Wrong(using("stride", "padding"), "Stride and padding are right. The dilation changes nothing so far."),
        *(Wrong(mistake, sentence) for mistake, sentence in STRIDE + PADDING),
        *(earlier(mistake, LATER) for mistake, _ in STRIDE + PADDING),
        *(earlier(mistake, NEITHER) for mistake, _ in STRIDE),
        Wrong(one_axis("dilation", 0), "Your filter is pulled apart across, but not downwards: `u * dilation`, too."),
        Wrong(one_axis("dilation", 1), "Your filter is pulled apart downwards, but not across: `v * dilation`, too."),
        Wrong(cells(lambda i, u, S, D: (i * S + u) * D), "Your dilation moves the window as well: it belongs to `u` "
                                                         "and `v` alone, `i * stride + u * dilation`."),
        Wrong(cells(lambda i, u, S, D: (i + u * D) * S), "Your stride pulls the weights apart: it belongs to `i` and "
                                                         "`j` alone, `i * stride + u * dilation`."),
        Wrong(cells(right_place, lambda F, D: F), SPAN), Wrong(slices(lambda F, D: F), SPAN),
        Wrong(slices(lambda F, D: F * D), SPAN),
        Wrong(cells(right_place, lambda F, D: D * F), "With dilation the last outputs are missing: a window spans "
              "`dilation * (F - 1) + 1` cells along a side, not `dilation * F`."),
        Wrong(cells(lambda i, u, S, D: i * S + u * (D + 1), lambda F, D: (D + 1) * (F - 1) + 1),
              "With dilation D the next weight is D cells on: your weights are D + 1 apart."),
        Wrong(weights_left_out, "You leave out weights: dilation leaves out pixels of x, and every weight takes part."),
        Wrong(lambda x, w, S=1, P=0, D=1: solution(x, w[::-1, ::-1], S, P, D), TURNED),
        Wrong(then(lambda y, x, w: y.T), "Rows and columns of y are exchanged."),
        Wrong(then(lambda y, x, w: y.ravel()), "The numbers are right, but in one long list: begin a new row for each "
                                               "i."),
        Wrong(then(lambda y, x, w: y[:-1, :-1]), "The last row and the last column are missing: add 1 to the number of "
                                                 "whole jumps."),
        Wrong(then(lambda y, x, w: y / w.size), "You take the mean of the products: an output is their sum."),
        Wrong(of_square(lambda H, W, Fh, Fw: (H, H, Fh, Fw)), SQUARE),
        Wrong(of_square(lambda H, W, Fh, Fw: (H, W, Fh, Fh)), SQUARE),
        Wrong(of_square(lambda H, W, Fh, Fw: (H, H, Fh, Fh)), SQUARE),
        Wrong(then(lambda y, x, w: y.astype(int)), WHOLE),
        Wrong(then(lambda y, x, w: y.astype(x.dtype)), WHOLE),
    ],
)
