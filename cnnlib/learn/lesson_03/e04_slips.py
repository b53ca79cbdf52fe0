"""What is said of the mistakes of exercise 03.4, which are functions in e04_mistakes.py."""

from functools import wraps

import numpy as np

from ..exercise import Wrong
from .e04_mistakes import (
    ceil,
    ceil_without_cells,
    cells,
    first_pixels_skipped,
    from_the_padded,
    last_place_only_if_it_is_left,
    left_empty,
    not_asked_below,
    of_square,
    one_axis,
    one_before_the_division,
    one_start,
    padded,
    padded_output,
    pixels_left_out_first,
    place_too_many,
    right_place,
    sized,
    slices,
    slid,
    then,
    using,
    weights_left_out,
    windows_of,
    without_brackets,
    wrapped_on_the_left,
    written_too_far,
)

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


def earlier(mistake, later):
    """The same mistake made by someone who has not come to dilation yet, or not even to padding."""
    @wraps(mistake)
    def answer(x, w, stride=1, padding=0, dilation=1):
        return mistake(x, w, stride, 0 if later is NEITHER else padding, 1)

    return Wrong(answer, SENTENCES[mistake], later)


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
