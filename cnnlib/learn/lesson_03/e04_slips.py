"""Ways in which a filter with stride, padding and dilation goes wrong on an image: the mistakes of exercise 03.4."""

from functools import wraps

import numpy as np

from ..exercise import Wrong


def slid(x, w, stride=1, padding=0, dilation=1):
    """What is right, in short."""
    spread = np.zeros([dilation * (f - 1) + 1 for f in w.shape])
    spread[::dilation, ::dilation] = w
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(x, padding), spread.shape)[::stride, ::stride]
    return (windows * spread).sum(axis=(2, 3))


# --- typical mistakes: not there yet ----------------------------------------------------------------------------------

def using(*names):
    """What is right that knows only some of stride, padding and dilation."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        given = {"stride": stride, "padding": padding, "dilation": dilation}
        return slid(x, w, **{name: given[name] for name in names})

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
    """What is right with another way of padding: pad(x, P, w)."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        return slid(pad(x, padding, w), w, stride, 0, dilation)

    return answer


def padded_output(x, w, stride=1, padding=0, dilation=1):
    return np.pad(slid(x, w, stride, 0, dilation), padding)


def sized(times):
    """What is right that counts the padding `times` when it comes to the size of the output."""
    def answer(x, w, S=1, P=0, D=1):
        rows, columns = (max((n + times * P - D * (f - 1) - 1) // S + 1, 0)
                         for n, f in zip(x.shape, w.shape, strict=True))
        return slid(x, w, S, P, D)[:rows, :columns]

    return answer


def from_the_padded(first, times, pad=np.pad):
    """With windows that begin P * first too early, and the padding counted `times` in the size: loops, and slices."""
    def looped(x, w, S=1, P=0, D=1):
        big, (Fh, Fw) = pad(x, P), w.shape
        rows, columns = ((n + times * P - D * (f - 1) - 1) // S + 1 for n, f in zip(x.shape, w.shape, strict=True))
        return [[sum(big[i * S - first * P + u * D, j * S - first * P + v * D] * w[u, v]
                     for u in range(Fh) for v in range(Fw)) for j in range(columns)] for i in range(rows)]

    def sliced(x, w, S=1, P=0, D=1):
        big, (h, v) = pad(x, P), (D * (f - 1) + 1 for f in w.shape)
        rows, columns = ((n + times * P - s) // S + 1 for n, s in zip(x.shape, (h, v), strict=True))
        starts = [[(i * S - first * P, j * S - first * P) for j in range(columns)] for i in range(rows)]
        return [[(big[r:r + h:D, c:c + v:D] * w).sum() for r, c in row] for row in starts]

    return looped, sliced


def first_pixels_skipped(x, P, w):
    kept = np.array(x)
    kept[0], kept[:, 0] = 0, 0
    return np.pad(kept, P)


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


def windows_of(long):
    """Slices of `long(F, D)` cells, at as many places as such slices find: the array of outputs made beforehand."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x, spans, D = np.pad(x, padding), [long(f, dilation) for f in w.shape], dilation
        y = np.zeros([(n - s) // stride + 1 for n, s in zip(x.shape, spans, strict=True)])
        for i, j in np.ndindex(y.shape):
            r, c = i * stride, j * stride
            y[i, j] = (x[r:r + spans[0]:D, c:c + spans[1]:D] * w).sum()
        return y

    return answer


def without_brackets(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    y = np.zeros([(n - dilation * f - 1) // stride + 1 for n, f in zip(x.shape, w.shape, strict=True)])
    for i, j in np.ndindex(y.shape):
        for u, v in np.ndindex(w.shape):
            y[i, j] += x[i * stride + u * dilation, j * stride + v * dilation] * w[u, v]
    return y


def not_asked_below(x, w, S=1, P=0, D=1):
    y = np.zeros(slid(x, w, S, P, D).shape)
    for i, j in np.ndindex(y.shape):
        for u, v in np.ndindex(w.shape):
            row, column = i * S - P + u * D, j * S - P + v * D
            y[i, j] += x[row, column] * w[u, v] if row >= 0 and column >= 0 else 0
    return y


def one_axis(name, axis):
    """What is right in which stride or dilation is 1 along one axis: 0 downwards, 1 across."""
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
    return slid(x, kept, stride, padding)


def one_start(axis):
    """The size is right, but along one axis the window does not jump: 0 downwards, 1 across."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        sides = slid(x, w, stride, padding, dilation).shape
        places = [np.arange(n) * (1 if side == axis else stride) for side, n in enumerate(sides)]
        return slid(x, w, 1, padding, dilation)[np.ix_(*places)]

    return answer


def one_before_the_division(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    rows, columns = ((n - dilation * (f - 1)) // stride for n, f in zip(x.shape, w.shape, strict=True))
    return slid(x, w, stride, 0, dilation)[:rows, :columns]


def ceil(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    more = [(0, -(n - dilation * (f - 1) - 1) % stride) for n, f in zip(x.shape, w.shape, strict=True)]
    return slid(np.pad(x, more), w, stride, 0, dilation)


def ceil_without_cells(x, w, stride=1, padding=0, dilation=1):
    x, spans = np.pad(x, padding), [dilation * (f - 1) + 1 for f in w.shape]
    rows, columns = (-(-(n - s) // stride) + 1 for n, s in zip(x.shape, spans, strict=True))
    starts = [[(i * stride, j * stride) for j in range(columns)] for i in range(rows)]
    return [[(x[r:r + spans[0]:dilation, c:c + spans[1]:dilation] * w).sum() for r, c in row] for row in starts]


def left_empty(x, w, stride=1, padding=0, dilation=1):
    y = slid(x, w, 1, padding, dilation)
    filled = np.zeros(y.shape)
    filled[::stride, ::stride] = y[::stride, ::stride]
    return filled


def written_too_far(x, w, stride=1, padding=0, dilation=1):
    y = np.zeros(slid(x, w, stride, padding, dilation).shape)
    all_places = slid(x, w, 1, padding, dilation)
    for i in range(0, all_places.shape[0], stride):
        for j in range(0, all_places.shape[1], stride):
            y[i, j] = all_places[i, j]
    return y


def pixels_left_out_first(x, w, stride=1, padding=0, dilation=1):
    return slid(np.pad(x, padding)[::dilation, ::dilation], w, stride)


def place_too_many(x, w, stride=1, padding=0, dilation=1):
    return slid(np.pad(np.pad(x, padding), (0, stride)), w, stride, 0, dilation)


def last_place_only_if_it_is_left(x, w, stride=1, padding=0, dilation=1):
    return slid(np.pad(x, padding)[:-1, :-1], w, stride, 0, dilation)


# --- typical mistakes: all else ---------------------------------------------------------------------------------------

def then(change):
    """What is right with its outputs changed: change(y, x, w)."""
    return lambda x, w, stride=1, padding=0, dilation=1: change(slid(x, w, stride, padding, dilation), x, w)


def of_square(size):
    """Height and width mixed up, size(H, W, Fh, Fw) -> what is taken for them: once with loops, once with slices."""
    def starts(x, w, S, P, D):
        H, W, Fh, Fw = size(*x.shape, *w.shape)
        rows, columns = ((n + 2 * P - D * (f - 1) - 1) // S + 1 for n, f in ((H, Fh), (W, Fw)))
        np.zeros((rows, columns))                            # as many as that, or it says that it cannot be
        return np.pad(x, P), [[(i * S, j * S) for j in range(columns)] for i in range(rows)], Fh, Fw

    def looped(x, w, S=1, P=0, D=1):
        x, places, Fh, Fw = starts(x, w, S, P, D)
        return [[sum(x[r + u * D, c + v * D] * w[u, v] for u in range(Fh) for v in range(Fw)) for r, c in row]
                for row in places]

    def sliced(x, w, S=1, P=0, D=1):
        x, places, Fh, Fw = starts(x, w, S, P, D)
        return [[(x[r:r + D * (Fh - 1) + 1:D, c:c + D * (Fw - 1) + 1:D] * w).sum() for r, c in row] for row in places]

    return looped, sliced


ONCE = "Below and on the right the padding is missing: it belongs on all four sides, so height and width grow by " \
       "`2 * padding`."
LATER = "The dilation changes nothing so far."
NEITHER = "Padding and dilation change nothing so far."
TURNED = "Your filter is turned by half a turn: `w[0, 0]` belongs on the top left cell of each window."
SPAN = "With dilation your window runs over the border: it spans `dilation * (F - 1) + 1` cells along a side, not `F`."
WHOLE = "You cut off what is behind the point: an output need not be a whole number."
SQUARE = "Height and width are taken to be equal somewhere: `x.shape` and `w.shape` hold both, and they may differ."
EARLY = "You return after the first {}: `return` belongs behind both loops."
TWICE = "Padding is counted twice: after `np.pad` the shape of x holds it already."
MINUS = "Your windows begin P rows and columns too early: either x is padded by 2P, or P is subtracted although x is " \
        "padded already."
OLD = "The size is that of the padded image, but the windows are cut from the one without padding."
SWAPPED = "Height and width are exchanged somewhere: `x.shape` and `w.shape` begin with the height."
CEIL = "Where the stride does not fit, you go on to one more place: round down, for a window that hangs over the " \
       "border reads nothing."
SHORT = "Your window is one cell too short: it spans `dilation * (F - 1) + 1` cells along a side."
LESS_X = "You leave out pixels of x for all windows: dilation leaves them out inside each window, and the next one " \
         "reads others."
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
    (lambda x, w, S=1, P=0, D=1: slid(x[::S, ::S], w, 1, P, D), "You leave out pixels of x: the window jumps, but "
                                                                    "inside it no pixel is left out."),
    (one_axis("stride", 0), "Your window jumps to the right, but not down: `i * stride`, too."),
    (one_axis("stride", 1), "Your window jumps down, but not to the right: `j * stride`, too."),
    (one_start(0), "The size is right, but going down the window does not jump: it starts at row `i * stride`."),
    (one_start(1), "The size is right, but to the right the window does not jump: it starts at column `j * stride`."),
    (one_before_the_division, "Your + 1 stands before the division: first divide the room by the stride, then add 1."),
    (last_place_only_if_it_is_left, FEW),
    (place_too_many, "There is one place too many along each side: at the last one the window hangs over the border."),
    (ceil, CEIL), (ceil_without_cells, CEIL),
    (left_empty, "Your y has room for all places, and those that the stride leaves out stay 0: make it smaller, and "
                 "write window i, j into `y[i, j]`, wherever the window begins."),
    (written_too_far, "You write into y where the window begins in x, at 0, S, 2S: the outputs stand one behind the "
                      "other in y, `y[0]`, `y[1]`, `y[2]`."),
]
SENTENCES = dict(STRIDE + PADDING)

SIDES = [
    (lambda H, W, Fh, Fw: (H, H, Fh, Fw), SQUARE), (lambda H, W, Fh, Fw: (H, W, Fh, Fh), SQUARE),
    (lambda H, W, Fh, Fw: (H, H, Fh, Fh), SQUARE), (lambda H, W, Fh, Fw: (W, H, Fh, Fw), SWAPPED),
    (lambda H, W, Fh, Fw: (H, W, Fw, Fh), SWAPPED),
]

WRONG = [
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
    *(Wrong(answer, TWICE) for answer in from_the_padded(0, 4)),
    *(Wrong(answer, MINUS) for answer in from_the_padded(1, 2)),
    *(Wrong(answer, OLD) for answer in from_the_padded(0, 2, lambda x, P: x)),
    Wrong(padded(first_pixels_skipped), "Row 0 and column 0 are left out: they hold pixels, so ask for `0 <= row`."),
    Wrong(cells(right_place, lambda F, D: D * (F - 1)), SHORT),
    Wrong(cells(lambda i, u, S, D: i * S + u), "The size knows the dilation, the window does not: its weights lie "
          "`dilation` cells apart, at row `i * stride + u * dilation`, and likewise for columns."),
    Wrong(without_brackets, "The brackets are missing: the size is that of a window of `dilation * F + 1` cells. It "
                            "spans `dilation * (F - 1) + 1`."),
    Wrong(not_asked_below, "You ask whether a row or column is 0 or more. Below and on the right of x there are no "
                           "cells either: ask for `row < x.shape[0]`, too."),
    Wrong(pixels_left_out_first, LESS_X), Wrong(lambda x, w, S=1, P=0, D=1: slid(x[::D, ::D], w, S, P), LESS_X),
    Wrong(windows_of(lambda F, D: D * (F - 1)), SHORT),
    Wrong(cells(right_place, lambda F, D: F + D - 1), SPAN),
    Wrong(then(lambda y, x, w: y * (np.indices(y.shape).sum(axis=0) == 0)), EARLY.format("place")),
    Wrong(then(lambda y, x, w: y * (np.indices(y.shape)[0] == 0)), EARLY.format("row")),
    Wrong(cells(right_place, lambda F, D: F), SPAN), Wrong(slices(lambda F, D: F), SPAN),
    Wrong(slices(lambda F, D: F * D), SPAN),
    Wrong(cells(right_place, lambda F, D: D * F), "With dilation the last outputs are missing: a window spans "
          "`dilation * (F - 1) + 1` cells along a side, not `dilation * F`."),
    Wrong(cells(lambda i, u, S, D: i * S + u * (D + 1), lambda F, D: (D + 1) * (F - 1) + 1),
          "With dilation D the next weight is D cells on: your weights are D + 1 apart."),
    Wrong(weights_left_out, "You leave out weights: dilation leaves out pixels of x, and every weight takes part."),
    Wrong(lambda x, w, S=1, P=0, D=1: slid(x, w[::-1, ::-1], S, P, D), TURNED),
    Wrong(then(lambda y, x, w: y.T), "Rows and columns of y are exchanged."),
    Wrong(then(lambda y, x, w: y.ravel()), "The numbers are right, but in one long list: begin a row for each i."),
    Wrong(then(lambda y, x, w: y[:-1, :-1]), "The last row and the last column are missing: add 1 to the number of "
                                             "whole jumps."),
    Wrong(then(lambda y, x, w: y / w.size), "You take the mean of the products: an output is their sum."),
    *(Wrong(answer, sentence) for size, sentence in SIDES for answer in of_square(size)),
    Wrong(then(lambda y, x, w: y.astype(int)), WHOLE), Wrong(then(lambda y, x, w: y.astype(x.dtype)), WHOLE),
]
