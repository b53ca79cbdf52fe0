"""Ways in which a filter with stride, padding and dilation goes wrong: the mistakes of exercise 01.4."""

from functools import wraps

import numpy as np

from ..exercise import Wrong


def slid(x, w, stride=1, padding=0, dilation=1):
    """What is right, in short."""
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return np.array([x[start:start + span:dilation] @ w for start in range(0, len(x) - span + 1, stride)])


def length(x, w, S, P, D):
    return (len(x) + 2 * P - D * (len(w) - 1) - 1) // S + 1


# --- typical mistakes: not there yet ----------------------------------------------------------------------------------

def using(*names):
    """The right loops, knowing only some of stride, padding and dilation."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        given = {"stride": stride, "padding": padding, "dilation": dilation}
        return slid(x, w, **{name: given[name] for name in names})

    answer.__name__ = f"only_{'_and_'.join(names)}" if names else "nothing_new"
    return answer


def undilated(mistake):
    """The same mistake made by someone who has not come to dilation yet."""
    @wraps(mistake)
    def answer(x, w, stride=1, padding=0, dilation=1):
        return mistake(x, w, stride, padding, 1)

    return answer


def early(mistake):
    """The same mistake made by someone who has come to the stride only."""
    return lambda x, w, stride=1, padding=0, dilation=1: mistake(x, w, stride, 0, 1)


# --- typical mistakes: padding ----------------------------------------------------------------------------------------

def padded(pad):
    """The solution with another way of padding: pad(x, P, F)."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        return slid(pad(x, padding, len(w)), w, stride, 0, dilation)

    return answer


def padded_output(x, w, stride=1, padding=0, dilation=1):
    return np.pad(slid(x, w, stride, 0, dilation), padding)


def length_before_padding(x, w, stride=1, padding=0, dilation=1):
    return slid(x, w, stride, padding, dilation)[:max(length(x, w, stride, 0, dilation), 0)]


def zeros_over_the_ends(x, w, stride=1, padding=0, dilation=1):
    if padding:
        x[:padding] = 0
        x[-padding:] = 0
    return slid(x, w, stride, 0, dilation)


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


def padded_twice_in_the_length(x, w, S=1, P=0, D=1):
    longer = np.pad(x, P)
    return [sum(longer[i * S + k * D] * w[k] for k in range(len(w))) for i in range(length(longer, w, S, P, D))]


def padding_in_steps(x, w, S=1, P=0, D=1):
    longer = np.pad(x, P * S)
    return [sum(longer[i * S + k * D] * w[k] for k in range(len(w))) for i in range(length(x, w, S, P, D))]


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

def cells(place, span=lambda F, D: D * (F - 1) + 1, places=lambda room, S: room // S + 1):
    """The two loops with another cell, place(i, k, S, D), span of the window, span(F, D), or count of places."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x = np.pad(x, padding)
        return [sum(x[place(i, k, stride, dilation)] * w[k] for k in range(len(w)))
                for i in range(places(len(x) - span(len(w), dilation), stride))]

    return answer


def right(i, k, S, D):
    return i * S + k * D


def slices_too_short(add):   # where a single cell is left, numbers come out all the same, or not: add(cells, w)
    return lambda x, w, S=1, P=0, D=1: [add(np.pad(x, P)[i:i + len(w) * D:D], w)
                                        for i in range(0, len(x) + 2 * P - len(w) + 1, S)]


def padded_and_looked_up(x, w, S=1, P=0, D=1):
    longer = np.pad(x, P)
    return [sum(longer[i * S - P + k * D] * w[k] for k in range(len(w))) for i in range(length(x, w, S, P, D))]


def slices_of_f_cells(x, w, S=1, P=0, D=1):   # the slice ends after F cells, and zip after the shorter of the two
    x = np.pad(x, P)
    return [sum(a * b for a, b in zip(x[start:start + len(w):D], w, strict=False))
            for start in range(0, len(x) - D * (len(w) - 1), S)]


def zeros_between(x, w, S=1, P=0, D=1):
    y = np.zeros(length(x, w, 1, P, D))
    y[::S] = slid(x, w, S, P, D)
    return y


def slices_of_f_cells_dotted(x, w, S=1, P=0, D=1):
    x = np.pad(x, P)
    return [np.dot(x[start:start + len(w):D], w) for start in range(0, len(x) - D * (len(w) - 1), S)]


def weights_left_out(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    return [sum(x[i + k] * w[k] for k in range(0, len(w), dilation)) for i in range(0, len(x) - len(w) + 1, stride)]


def place_too_many(x, w, stride=1, padding=0, dilation=1):
    return slid([*np.pad(x, padding), *[0] * stride], w, stride, 0, dilation)


def ceil(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return slid(np.pad(x, (0, -(len(x) - span) % stride)), w, stride, 0, dilation)


def no_last_place_if_even(x, w, stride=1, padding=0, dilation=1):
    return slid(np.pad(x, padding)[:-1], w, stride, 0, dilation)


def odd_filters_only(x, w, stride=1, padding=0, dilation=1):
    x, half = np.pad(x, padding), (dilation * (len(w) - 1) + 1) // 2
    return [sum(x[middle - half + k * dilation] * w[k] for k in range(len(w)))
            for middle in range(half, len(x) - half, stride)]


# --- typical mistakes: all else ---------------------------------------------------------------------------------------

def then(change):
    """The solution with its outputs changed: change(y, x, w)."""
    return lambda x, w, stride=1, padding=0, dilation=1: change(slid(x, w, stride, padding, dilation), x, w)


def filled(dtype):
    """Loops that add up in an array of a type of its own, dtype(x)."""
    def answer(x, w, S=1, P=0, D=1):
        y, longer = np.zeros(length(x, w, S, P, D), dtype(x)), np.pad(x, P)
        for i in range(len(y)):
            for k in range(len(w)):
                y[i] += longer[i * S + k * D] * w[k]
        return y

    return answer


# --- what is said about them ------------------------------------------------------------------------------------------

LATER = "The dilation changes nothing so far."
FLIPPED = "Your filter is turned round: `w[0]` belongs on the first cell of each window."
LEFT = "The zeros on the right are missing: `padding` of them belong on each side, N + 2P cells in all."
RIGHT_END = "On the right you read past the last cell, `x[len(x) - 1]`: count 0 there, too."
TOO_FAR_RIGHT = "In the longer list your cells are `padding` places off: it begins with `padding` zeros, and window " \
                "i starts at `i * stride`, without `- padding`."
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
    (padded(lambda x, P, F: np.pad(x, (0, 2 * P))), "All the zeros are on the right: half of them, `padding`, belong "
                                                    "on each side."),
    (padded(lambda x, P, F: np.pad(x, (2 * P, 0))), TOO_FAR_RIGHT), (padded_and_looked_up, TOO_FAR_RIGHT),
    (padded(lambda x, P, F: np.pad(x, 1)), "You always add one zero on each side: `[0 * padding]` is a list with a "
                                           "single 0, `[0] * padding` has `padding` of them."),
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
    (padded_twice_in_the_length, "Your longer list already holds the padding: its own length is enough, without "
                                 "`+ 2 * padding`."),
    (padded(lambda x, P, F: np.pad(x, 1, constant_values=P)), "You put the number `padding` at the ends: it says how "
                                                              "many zeros belong there."),
    (length_before_padding, "The last outputs are missing: with padding, N is the length of the longer list."),
    (zeros_over_the_ends, "You overwrite the ends of x with zeros: padding adds cells and keeps those that are there."),
    (looked_up(lambda c, N: True), "You look for cells outside x: to the left Python takes those from its end, to the "
                                   "right there are none. Count 0 there."),
    (looked_up(lambda c, N: c < N), "Left of x you take cells from its end, for `x[-1]` is the last one: count 0 "
                                    "there."),
    (looked_up(lambda c, N: c >= 0), RIGHT_END), (looked_up(lambda c, N: 0 <= c <= N), RIGHT_END),
    (looked_up(lambda c, N: 0 < c < N), "You never read `x[0]`: cells are counted from 0."),
    (looked_up(lambda c, N: 0 <= c < N, shift=1), "Your first window begins `padding` cells too far right: padding "
                                                  "moves it to the left."),
    (broken_off, "You leave the whole window at its first cell outside x: `break` ends the loop, `continue` goes on."),
]
SLICE = "Your slice ends too early: with dilation a window spans `dilation * (len(w) - 1) + 1` cells, and ends there."
EARLY = "Padding and dilation change nothing so far."
STRIDE = [   # told apart with and without all the rest
    (cells(lambda i, k, S, D: i + k * D), "The length knows the stride, the window does not: window i starts at "
                                          "`i * stride`."),
    (cells(right, places=lambda room, S: room + 1), "The window knows the stride, the length does not: divide the room "
                                                    "by the stride, rounded down, and add 1."),
    (cells(right, places=lambda room, S: (room + 1) // S), "You add the 1 before you divide: the place at the start "
                                                           "is no jump, so it is added afterwards."),
    (cells(right, places=lambda room, S: room // S), "The last place is missing: add 1 to the number of whole "
                                                     "jumps."),
]

WRONG = [
    Wrong(using(), "Without stride, padding and dilation it is right. Now take in the stride: `i * stride`."),
    Wrong(using("stride"), "The stride is right. Padding and dilation change nothing so far: padding is next."),
    Wrong(using("padding"), "The padding is right. Stride and dilation change nothing so far."),
    Wrong(using("dilation"), "The dilation is right. Stride and padding change nothing so far."),
    Wrong(using("padding", "dilation"), "Padding and dilation are right. The stride changes nothing so far."),
    Wrong(using("stride", "dilation"), "Stride and dilation are right. The padding changes nothing so far."),
    Wrong(using("stride", "padding"), "Stride and padding are right. The dilation changes nothing so far."),
    *(Wrong(mistake, sentence) for mistake, sentence in PADDING),
    *(Wrong(undilated(mistake), sentence, LATER) for mistake, sentence in PADDING),
    *(Wrong(mistake, sentence) for mistake, sentence in STRIDE),
    *(Wrong(early(mistake), sentence, EARLY) for mistake, sentence in STRIDE),
    Wrong(padding_in_steps, "Your padding is counted in steps of the stride: it is counted in cells, "
                            "`i * stride - padding`."),
    Wrong(zeros_between, "Your y has zeros for the places that the stride jumps over: only the places that it visits "
                         "have a cell."),
    Wrong(then(lambda y, x, w: y[:1]), "You return after the first place: `return` belongs behind both loops."),
    Wrong(lambda x, w, S=1, P=0, D=1: slid(x[::S], w, 1, P, D), "You leave out cells of x: the window "
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
    Wrong(cells(right, lambda F, D: F + D - 1), "You make only one gap longer: dilation pulls all gaps apart, and the "
                                                "window spans `dilation * (len(w) - 1) + 1` cells."),
    Wrong(cells(lambda i, k, S, D: i * S + k), "The length knows the dilation, the cells do not: `w[k]` meets the cell "
                                               "`k * dilation` after the first of its window."),
    Wrong(slices_of_f_cells, SLICE), Wrong(slices_of_f_cells_dotted, SLICE),
    Wrong(lambda x, w, S=1, P=0, D=1: slid(np.pad(x, P)[::D], w, S), "You leave out cells of x for good: dilation "
          "leaves them out inside a window only, and windows start at every cell."),
    Wrong(weights_left_out, "You leave out weights: dilation leaves out cells of x, and every weight takes part."),
    Wrong(lambda x, w, S=1, P=0, D=1: slid(x, w[::-1], S, P, D), FLIPPED),
    Wrong(lambda x, w, S=1, P=0, D=1: slid(np.pad(x, (P, 0)), w[::-1], S, 0, D), FLIPPED, LEFT),
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
]
