"""Ways in which a classifier that slides over a picture goes wrong: edits of right ways, for exercise 09.1."""

import numpy as np

from ..exercise import Wrong
from ..slips import each_way, slips


def looped(x, w, b, size):
    (C, H, W), K = x.shape, len(w)
    scores = np.zeros((K, H - size + 1, W - size + 1))
    for k in range(K):
        for i in range(H - size + 1):
            for j in range(W - size + 1):
                n, total = 0, b[k]
                for c in range(C):
                    for u in range(size):
                        for v in range(size):
                            total += w[k, n] * x[c, i + u, j + v]
                            n += 1
                scores[k, i, j] = total
    return scores


def sliced(x, w, b, size):
    _, H, W = x.shape
    scores = np.zeros((len(w), H - size + 1, W - size + 1))
    for i in range(H - size + 1):
        for j in range(W - size + 1):
            patch = x[:, i:i + size, j:j + size]
            scores[:, i, j] = w @ patch.ravel() + b
    return scores


def folded(x, w, b, size):
    filters = w.reshape(len(w), len(x), size, size)
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))
    return np.einsum("cijuv,kcuv->kij", windows, filters) + b[:, None, None]


def of_filters(order):
    """The scores if each row of w is folded to filters in another way: order(w, C, size) -> (K, C, size, size)."""
    def answer(x, w, b, size):
        filters = order(w, len(x), size).reshape(len(w), -1)
        return sliced(x, filters, b, size)

    return answer


def framed(before, behind):
    """The scores of a picture with zeros around it, so many cells in front and behind."""
    def answer(x, w, b, size):
        return sliced(np.pad(x, ((0, 0), *[(before(size), behind(size))] * 2)), w, b, size)

    return answer


def last_channel(x, w, b, size):
    return sliced(x[-1:], w[:, -size * size:], b, size)


def one_label(x, w, b, size):
    """Softmax over the classes."""
    scores = sliced(x, w, b, size)
    e = np.exp(scores - scores.max(0))
    return e / e.sum(0)


ROWS, COLUMNS, PATCH, SCORE = "H - size + 1", "W - size + 1", "x[:, i:i + size, j:j + size]", "w @ patch.ravel() + b"
I, J = "for i in range(H - size + 1)", "for j in range(W - size + 1)"
BIAS = "The bias is missing: class k gets b[k], at every place."
PLACES = "The patch fits at H − size + 1 places down and W − size + 1 across: one is missing at the end."
STAYS_0 = "The last places stay 0: `range` already leaves out its end, so go up to H − size + 1 and W − size + 1."
STARTS = "The first places stay 0: the first patch lies in the corner, so i and j start at 0."
FLIPPED = "Your filters are rotated: the row holds the patch in reading order, so nothing is flipped."
UPRIGHT = "Rows and columns of the patch are swapped: a row of w holds a patch as `ravel()` writes it, row by row, " \
          "so it folds to (C, size, size)."
LAST = "Your channels change fastest: a row of w holds a patch as `ravel()` writes it, channel by channel, so it " \
       "folds to (C, size, size)."
FOLD = "You fold a row of w in the wrong order: it holds channels, then rows, then columns, (C, size, size)."
COLUMN_MAJOR = "You use columns of w as rows: each row of w belongs to one class, `w[k]`."
TILES = "Your patches lie side by side like tiles: they should be one pixel apart, and overlap."
FRAME = "Your picture has zeros around it: use only places where the whole patch fits."
ALONG = "`scores + b` adds along the columns of a map: `b[:, None, None]` gives each class its own."
LABEL = "That is the best class: return the scores of all classes."
WHOLE = "The fractions are lost: your array holds only whole numbers. `np.zeros(shape)` holds others, too."
EARLY = "Only the first place is filled: is `return` inside a loop?"
CHANNEL_0 = "All channels meet the weights of channel 0: each has its own size · size weights, one after the other."
AXES = "Classes come first: the result is (K, rows, columns)."

WRONG = [
    *slips(
        [sliced, looped, folded],
        (BIAS, SCORE, "w @ patch.ravel()"),
        ("You subtract the bias: it is added.", SCORE, "w @ patch.ravel() - b"),
        ("You multiply by the bias: it is added.", SCORE, "(w @ patch.ravel()) * b"),
        ("Your bias is added once for each number of the patch: add it once for each score.",
         "0, b[k]", "0, b[k] * w.shape[1]"),
        ("Your bias is added once for each channel: add it once for each score.", "0, b[k]", "0, b[k] * C"),
        ("All classes have the bias of class 0: class k has b[k].", "0, b[k]", "0, b[0]"),
        ("All biases go into every score: class k has only b[k].", SCORE, "w @ patch.ravel() + b.sum()"),
        (ALONG, "b[:, None, None]", "b"),
        ("You divide the bias among the numbers of the patch: add it whole.", "0, b[k]", "0, b[k] / w.shape[1]"),
        ("Only the first place has the bias: every place gets it.",
         lambda y, x, w, b, size: y - b[:, None, None] * (np.indices(y.shape)[1:].sum(0) > 0)),
        (UPRIGHT, "patch.ravel()", "patch.transpose(0, 2, 1).ravel()"),
        ((UPRIGHT, BIAS), SCORE, "w @ patch.transpose(0, 2, 1).ravel()"),
        ("You read the patch with columns first and channels last, as `ravel(\"F\")` does: w goes channel by "
         "channel, row by row.", "patch.ravel()", "patch.ravel('F')"),
        (LAST, "patch.ravel()", "patch.transpose(1, 2, 0).ravel()"),
        ((LAST, BIAS), SCORE, "w @ patch.transpose(1, 2, 0).ravel()"),
        ("You read the patch backwards: start with its upper left pixel.", "patch.ravel()", "patch.ravel()[::-1]"),
        ("The channels of your patch are in reverse order.", "patch.ravel()", "patch[::-1].ravel()"),
        (FLIPPED, "patch.ravel()", "patch[:, ::-1, ::-1].ravel()"),
        ((FLIPPED, BIAS), SCORE, "w @ patch[:, ::-1, ::-1].ravel()"),
        ("Your patch is mirrored: read it from left to right.", "patch.ravel()", "patch[:, :, ::-1].ravel()"),
        ("Your patch is upside down: read it from the top.", "patch.ravel()", "patch[:, ::-1].ravel()"),
        ("You sort the patch: leave its pixels where they are.", "patch.ravel()", "np.sort(patch.ravel())"),
        (CHANNEL_0,
         "for c in range(C):", "for c in range(C):\n                    n = 0"),
        ("You restart n in each row: n runs on through all C · size · size weights.",
         "for u in range(size):", "for u in range(size):\n                        n = 0"),
        (CHANNEL_0,
         "w[k, n]", "w[k, n % (size * size)]"),
        ("Only channel 0 is read: a score adds up all channels.", "range(C)", "range(1)"),
        ("The last channel is missing: `range(C)` goes through all.", "range(C)", "range(C - 1)"),
        ("You read channel 0 for all channels: it is `x[c, i + u, j + v]`.", "x[c,", "x[0,"),
        ("Each score is the mean of the products: add them up.", "w @ patch.ravel()", "w @ patch.ravel() / patch.size"),
        ("You keep the largest product: add them up.", "w @ patch.ravel()", "(w * patch.ravel()).max(1)"),
        ("You add the weights to the pixels: multiply them.", "w[k, n] *", "w[k, n] +"),
        ("You add up pixels and weights before you multiply: each pixel meets its own weight.",
         "w @ patch.ravel()", "w.sum(1) * patch.sum()"),
        ("Only the last product is left: `+=` adds, `=` replaces.", "total +=", "total ="),
        (STAYS_0, I, "for i in range(H - size)", J, "for j in range(W - size)"),
        (STARTS, I, "for i in range(1, H - size + 1)", J, "for j in range(1, W - size + 1)"),
        *each_way(PLACES, (ROWS, "H - size"), (COLUMNS, "W - size")),
        (("Rows and columns are swapped: rows come first.", AXES), lambda y, *_: y.transpose(2, 1, 0)),
        ("Your patch begins one row and one column too late: its upper left corner is in row i and column j.",
         PATCH, "np.pad(x, ((0, 0), (0, 1), (0, 1)))[:, i + 1:i + size + 1, j + 1:j + size + 1]"),
        ("You swap rows and columns where you cut the patch: i counts rows, j columns.",
         PATCH, "x[:, j:j + size, i:i + size]"),
        ("Your patch stays in the corner: it moves with i and j.", PATCH, "x[:, :size, :size]"),
        ("Your patch moves down only: it begins in column j.", PATCH, "x[:, i:i + size, :size]"),
        ("Your patch moves to the right only: it begins in row i.", PATCH, "x[:, :size, j:j + size]"),
        ("All classes have the scores of class 0: class k has row k of w.", "w[k, n]", "w[0, n]", "0, b[k]", "0, b[0]"),
        ("All classes have the weights of class 0: class k has row k of w.", "w[k, n]", "w[0, n]"),
        ("All maps but that of the last class are 0: do you create the array inside the loop over classes?",
         lambda y, *_: np.where(np.arange(len(y))[:, None, None] == len(y) - 1, y, 0)),
        ("You jump by the size of the patch, and the places between stay 0: patches are one pixel apart.",
         I, "for i in range(0, H - size + 1, size)", J, "for j in range(0, W - size + 1, size)"),
        (TILES, lambda y, x, w, b, size: y[:, ::size, ::size]),
        ("You skip every second place: the patches are one pixel apart.",
         lambda y, x, w, b, size: y[:, ::2, ::2]),
        (AXES, lambda y, *_: y.transpose(1, 2, 0)),
        ("Rows and columns of the result are swapped: rows first.", lambda y, *_: y.transpose(0, 2, 1)),
        ("Each class has one long row of scores: fold it into rows and columns of places.",
         lambda y, *_: y.reshape(len(y), -1)),
        ("That is one row of scores for each place: classes come first, then rows and columns of places.",
         lambda y, *_: y.reshape(len(y), -1).T),
        ("That is one long row of scores: the result is (K, rows, columns).", lambda y, *_: y.ravel()),
        ("The numbers are right, but their order is not: `reshape` does not move axes. Fill the places class by class.",
         lambda y, *_: y.transpose(1, 2, 0).reshape(y.shape)),
        ("There is one picture, so no axis for a batch: take the first entry, `[0]`.", lambda y, *_: y[None]),
        (LABEL, lambda y, *_: y.argmax(0)), ((BIAS, LABEL), lambda y, x, w, b, size: (y - b[:, None, None]).argmax(0)),
        ("That is the best score of each place: return the scores of all classes.", lambda y, *_: y.max(0)),
        ("You keep only the best class, and set the others to 0: return all scores.",
         lambda y, *_: np.where(y == y.max(0), y, 0)),
        ("You return only where a class is best: return all scores.", lambda y, *_: (y == y.max(0)).astype(float)),
        ("You add up the classes: each has its own map of scores.", lambda y, *_: y.sum(0)),
        ("That is class 0 alone: return the scores of all classes.", lambda y, *_: y[0]),
        ("That is class 0 alone: return the scores of all classes.", lambda y, *_: y[:1]),
        ("That is the last class alone: keep all maps.", lambda y, *_: y[-1]),
        ("These are the scores of the first patch: lay it on every other place, too.", lambda y, *_: y[:, 0, 0]),
        ("These are the scores of the last patch: keep those of every place.", lambda y, *_: y[:, -1, -1]),
        ("You take the mean over all places: each place has its own scores.", lambda y, *_: y.mean((1, 2))),
        ("You keep the best place of each class: return the scores of all places.", lambda y, *_: y.max((1, 2))),
        (EARLY, lambda y, *_: np.where(np.indices(y.shape)[1:].sum(0) == 0, y, 0)),
        ("Only the first row of places is filled: is `return` inside the loop over rows?",
         lambda y, *_: np.where(np.indices(y.shape)[1] == 0, y, 0)),
        ("Only class 0 is filled: is `return` inside the loop over classes?",
         lambda y, *_: np.where(np.indices(y.shape)[0] == 0, y, 0)),
        ("You apply a ReLU: scores may be below 0.", lambda y, *_: np.maximum(y, 0)),
        ("You drop the signs: scores may be below 0.", lambda y, *_: np.abs(y)),
        ("You turn the scores into probabilities: return the scores themselves.", lambda y, *_: 1 / (1 + np.exp(-y))),
        (WHOLE, "W - size + 1))\n", "W - size + 1), int)\n"), (WHOLE, lambda y, *_: y.astype(int)),
        (WHOLE, "W - size + 1))\n", "W - size + 1), x.dtype)\n"),
        ("Your sum carries over from place to place: start each score from its bias.",
         lambda y, x, w, b, size: np.cumsum((y - b[:, None, None]).reshape(len(y), -1), 1).reshape(y.shape)
         + b[:, None, None]),
    ),
    Wrong(one_label, "You turn the scores into probabilities: return the scores themselves."),
    Wrong(last_channel, "Only the last channel is left: add up all of them."),
    Wrong(of_filters(lambda w, C, size: w.reshape(-1, size, size, C).transpose(0, 3, 1, 2)), LAST),
    Wrong(of_filters(lambda w, C, size: w.reshape(-1, size, C, size).transpose(0, 2, 1, 3)), FOLD),
    Wrong(of_filters(lambda w, C, size: w.reshape(-1, C, size, size).transpose(0, 1, 3, 2)), UPRIGHT),
    *(Wrong(of_filters(order), COLUMN_MAJOR) for order in (
        lambda w, C, size: w.reshape(C, size, size, -1).transpose(3, 0, 1, 2),
        lambda w, C, size: w.reshape(C, -1, size, size).swapaxes(0, 1),
        lambda w, C, size: w.T.reshape(-1, C, size, size))),
    *(Wrong(framed(*sides), FRAME) for sides in (
        (lambda n: n // 2, lambda n: n // 2), (lambda n: (n - 1) // 2, lambda n: n // 2),
        (lambda n: n // 2, lambda n: (n - 1) // 2), (lambda n: n - 1, lambda n: n - 1), (lambda n: 0, lambda n: n - 1),
        (lambda n: 1, lambda n: 1))),
]
