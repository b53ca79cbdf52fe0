"""Ways in which a calibration error goes wrong: edits of right ways, for exercise 10.5."""

import numpy as np

from ..slips import slips


def bin_by_bin(confidence, right, bins):
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0
    for b in range(bins):
        inside = place == b
        if inside.any():
            gap = abs(right[inside].mean() - confidence[inside].mean())
            error += inside.mean() * gap
    return error


def by_limits(confidence, right, bins):
    total = 0
    for b in range(bins):
        low, high = b / bins, (b + 1) / bins
        inside = (confidence >= low) & ((confidence < high) | (b == bins - 1))
        n = inside.sum()
        if n > 0:
            total += n * abs(right[inside].sum() / n - confidence[inside].sum() / n)
    return total / len(confidence)


def one_by_one(confidence, right, bins):
    n, said, true = [0] * bins, [0] * bins, [0] * bins
    for c, r in zip(confidence, right, strict=True):
        b = min(int(c * bins), bins - 1)
        n[b] += 1
        said[b] += c
        true[b] += r
    return sum(abs(true[b] - said[b]) / n[b] * n[b] / len(right) for b in range(bins) if n[b])


def gaps(confidence, right, place, bins):
    """(how many answers, gap with its sign) of each bin that is not empty."""
    inside = [place == b for b in range(bins)]
    return [(i.sum(), right[i].mean() - confidence[i].mean()) for i in inside if i.any()]


def placed(confidence, bins):
    return np.minimum((confidence * bins).astype(int), bins - 1)


def of_gaps(change):
    """A change of the result: something else is made of the gaps, `change(how many, gaps, bins)`."""
    def changed(error, confidence, right, bins):
        n, gap = np.array(gaps(confidence, right, placed(confidence, bins), bins), float).T
        return change(n, gap, bins)

    return changed


def in_bins(place):
    """A change of the result: other bins, `place(confidence, bins)`."""
    def changed(error, confidence, right, bins):
        where = place(confidence, bins)
        inside = gaps(confidence, right, where, max(int(where.max()), bins) + 1)
        return sum(n * abs(gap) for n, gap in inside) / len(right)

    return changed


PLACE = "np.minimum((confidence * bins).astype(int), bins - 1)"
GAP, ADD = "gap = abs(right[inside].mean() - confidence[inside].mean())", "error += inside.mean() * gap"
SURE = "confidence[inside].mean()"
NO_ABS = "The gaps of the bins cancel, as if there were only one bin: drop the sign of each gap."
WEIGHT = "Your gaps are not weighted: weight each by its bin's share of all answers."
SUMMED = "You add up the gaps: weight each by its bin's share of all answers."
SUM_OF_ANSWERS = "You weight each bin by its number of answers: divide by the number of all answers."
NAN = "The mean of an empty bin is nan, which spoils everything: leave empty bins out."
NO_1 = "A confidence of exactly 1 is in none of your bins: it belongs in the last."
RIGHT_EDGE = "An answer on the edge of two bins belongs in the upper one: bin b includes b / bins."
MIDDLE = "You compare with the middle of the bin: compare with the mean confidence of the answers in it."
EDGE = "You compare with the edge of the bin: compare with the mean confidence of the answers in it."
SQUARED = "You square the gaps: take their size."
LARGEST = "That is the largest gap: the error is the mean of the gaps, weighted."
SINGLE = "You compare answer by answer: compare the means within each bin."
WRONG_SHARE = "You take the share of answers that are wrong: compare the share of those that are right."
PER_CENT = "This is a percentage: return a number from 0 to 1."
FEWER = "You have one bin too few: `np.linspace(0, 1, bins + 1)` makes the edges of `bins` bins."
MORE = "You have one bin too many: `bins` of them, each 1 / bins wide."
SPREAD = "Your bins go from the smallest to the largest confidence: they go from 0 to 1."
EQUAL = "Your bins hold equally many answers: they have equal width."
LOWER = "Your bins hold their upper edge and not the lower: bin b includes b / bins, and the first includes 0."
CLIPPED = "You make confidences of 1 smaller to fit: leave them, and limit the number of the bin."
STOPS = "You stop at the first empty bin: leave it out, and go on."
ROUNDED = "You round to the nearest bin: round down."

WRONG = slips(
    [bin_by_bin, by_limits, one_by_one],
    (NO_ABS, GAP, "gap = right[inside].mean() - confidence[inside].mean()"),
    (NO_ABS, GAP, "gap = confidence[inside].mean() - right[inside].mean()"),
    (NO_ABS, of_gaps(lambda n, gap, bins: abs(n @ gap) / n.sum())),
    ("You count only bins that are too sure: drop the sign of the gap.",
     of_gaps(lambda n, gap, bins: n @ np.maximum(-gap, 0) / n.sum())),
    ("You count only bins that are not sure enough: drop the sign of the gap.",
     of_gaps(lambda n, gap, bins: n @ np.maximum(gap, 0) / n.sum())),
    (WEIGHT, of_gaps(lambda n, gap, bins: np.abs(gap).mean())), (WEIGHT, ADD, "error += gap / bins"),
    ((WEIGHT, NO_ABS), of_gaps(lambda n, gap, bins: gap.mean())),
    ((WEIGHT, NO_ABS), of_gaps(lambda n, gap, bins: -gap.mean())),
    ((WEIGHT, NO_1), lambda error, confidence, right, bins: _mean([abs(gap) for _, gap in gaps(
        confidence, right, (confidence * bins).astype(int), bins)])),
    (SUMMED, ADD, "error += gap"), ((SUMMED, NO_ABS), ADD, "error += gap", GAP,
                                    "gap = right[inside].mean() - confidence[inside].mean()"),
    (SUM_OF_ANSWERS, ADD, "error += inside.sum() * gap"), (SUM_OF_ANSWERS, "return total / len(confidence)",
                                                          "return total"),
    ("You divide by the number of answers again: the shares already add up to 1.",
     "return error", "return error / len(right)"),
    ("You divide by the number of answers again: the shares already add up to 1.",
     "return total / len(confidence)", "return total / len(confidence)**2"),
    ("You divide by the number of bins: divide by the number of answers.", ADD, "error += inside.sum() * gap / bins"),
    ("You also divide by the number of bins: the shares already add up to 1.",
     "return error", "return error / bins"),
    ("You also divide by the number of bins that are not empty: the shares already add up to 1.",
     of_gaps(lambda n, gap, bins: n @ np.abs(gap) / n.sum() / len(n))),
    ("You weight by the share of answers twice: once is enough.", ADD, "error += inside.mean()**2 * gap"),
    ("You weight by how many answers are right: weight by how many are in the bin.", ADD,
     "error += right[inside].sum() / len(right) * gap"),
    ("You weight by how many answers are right: weight by how many are in the bin.", ADD,
     "error += right[inside].sum() / max(right.sum(), 1) * gap"),
    ("You weight by how many answers are right: weight by how many are in the bin.", ADD,
     "error += right[inside].sum() * gap"),
    ("You weight by a bin's share of right answers: weight by its share of all answers.", ADD,
     "error += right[inside].mean() * gap"),
    ("You cut the confidences to whole numbers before you multiply: multiply by `bins` first.",
     PLACE, "np.minimum(confidence.astype(int) * bins, bins - 1)"),
    ("You cut the confidences to whole numbers before you multiply: multiply by `bins` first.",
     "int(c * bins)", "int(c) * bins"),
    ("You weight by the mean confidence of a bin: weight by its share of all answers.",
     ADD, f"error += {SURE} * gap"),
    ("You divide the gap by the number of answers in the bin: weight it by that number instead.",
     ADD, "error += gap / inside.sum()"),
    (NAN, "        if inside.any():\n            gap", "        if True:\n            gap"),
    (NAN, "        if n > 0:\n", "        if True:\n"),
    *(((NAN, said), "if n > 0:", "if True:", *edit) for said, *edit in (
        (NO_1, " | (b == bins - 1)", ""), (NO_ABS, "abs(", "("), (SUM_OF_ANSWERS, " / len(confidence)", ""))),
    ((NAN, LOWER), "if n > 0:", "if True:", "(confidence >= low) & ((confidence < high) | (b == bins - 1))",
     "(confidence > low) & (confidence <= high)"),
    ((NAN, WEIGHT), "if inside.any():", "if True:", ADD, "error += gap / bins"),
    (STOPS, "            gap", "            pass\n        else:\n            break\n        if True:\n            gap"),
    (STOPS, "        if n > 0:\n", "        if n == 0:\n            break\n        if True:\n"),
    ("You count an empty bin as a gap: leave empty bins out.",
     of_gaps(lambda n, gap, bins: (np.abs(gap).sum() + bins - len(n)) / bins)),
    ("You leave out bins with a single answer: leave out only empty ones.",
     "if inside.any():", "if inside.sum() > 1:"), ("You leave out bins with a single answer: leave out only empty "
                                                   "ones.",
                                                   "if n > 0:", "if n > 1:"),
    ("You leave out bins with no right answer: leave out only empty ones.", "if inside.any():",
     "if right[inside].any():"),
    (NO_1, PLACE, "(confidence * bins).astype(int)"), (NO_1, " | (b == bins - 1)", " | False"),
    ((NO_1, NO_ABS), PLACE, "(confidence * bins).astype(int)", GAP,
     "gap = right[inside].mean() - confidence[inside].mean()"),
    ((NO_1, SUM_OF_ANSWERS), PLACE, "(confidence * bins).astype(int)", ADD, "error += inside.sum() * gap"),
    ("A confidence of exactly 1 gets its own bin: it belongs in the last.",
     in_bins(lambda confidence, bins: (confidence * bins).astype(int))),
    ("A confidence of exactly 1 goes into the first bin: it belongs in the last.",
     PLACE, "(confidence * bins).astype(int) % bins"),
    (RIGHT_EDGE, PLACE, "np.maximum(np.ceil(confidence * bins).astype(int) - 1, 0)"),
    (RIGHT_EDGE, "(confidence >= low) & ((confidence < high) | (b == bins - 1))",
     "((confidence > low) | (b == 0)) & (confidence <= high)"),
    (LOWER, "(confidence >= low) & ((confidence < high) | (b == bins - 1))",
     "(confidence > low) & (confidence <= high)"),
    ("An answer on the edge of two bins is in none of yours: it belongs in the upper one.",
     "(confidence >= low) & ((confidence < high) | (b == bins - 1))", "(confidence > low) & (confidence < high)"),
    ("An answer on the edge of two bins is in both of yours: it belongs in the upper one.",
     "(confidence >= low) & ((confidence < high) | (b == bins - 1))", "(confidence >= low) & (confidence <= high)"),
    (ROUNDED, PLACE, "np.minimum(np.round(confidence * bins).astype(int), bins - 1)"),
    (MIDDLE, SURE, "(b + 0.5) / bins"), (EDGE, SURE, "b / bins"), (EDGE, SURE, "(b + 1) / bins"),
    ((MIDDLE, WEIGHT), SURE, "(b + 0.5) / bins", ADD, "error += gap / bins"),
    ((MIDDLE, NO_1), SURE, "(b + 0.5) / bins", PLACE, "(confidence * bins).astype(int)"),
    ("You compare with the largest confidence of the bin: compare with the mean.", SURE, "confidence[inside].max()"),
    ("You compare with the smallest confidence of the bin: compare with the mean.", SURE, "confidence[inside].min()"),
    ("You compare with the median confidence of the bin: compare with the mean.",
     SURE, "np.median(confidence[inside])"),
    ("You compare with the mean confidence of all answers: compare with that of the bin.", SURE, "confidence.mean()"),
    ("You use the share of right answers overall: use that of the bin.",
     "right[inside].mean()", "right.mean()"),
    ("You divide the number of right answers by all answers: divide by those in the bin.",
     "right[inside].mean()", "right[inside].sum() / len(right)"),
    ("You use the number of right answers: divide by how many are in the bin.",
     "right[inside].mean()", "right[inside].sum()"),
    ("Your gap compares sums: compare the means of the bin.",
     GAP, "gap = abs(right[inside].sum() - confidence[inside].sum())"),
    ("You compare right answers with wrong ones: compare confidence with the share that is right.",
     lambda error, confidence, right, bins: abs(_middle(confidence[right]) - _middle(confidence[~right]))),
    *((CLIPPED, lambda error, confidence, right, bins, most=most: bin_by_bin(np.minimum(confidence, most), right, bins))
      for most in (0.99, 0.999, 0.9999)),
    ("You add up the confidences of a bin: take their mean.", SURE, "confidence[inside].sum()"),
    (WRONG_SHARE, "right[inside].mean()", "(~right[inside]).mean()"),
    (WRONG_SHARE, "right[inside].sum() / n", "(~right[inside]).sum() / n"),
    ((WRONG_SHARE, WEIGHT), "right[inside].mean()", "(~right[inside]).mean()", ADD, "error += gap / bins"),
    (SQUARED, GAP, "gap = (right[inside].mean() - confidence[inside].mean())**2"),
    ("You return the root of the mean square: return the mean of the gaps.",
     of_gaps(lambda n, gap, bins: np.sqrt(n @ gap**2 / n.sum()))),
    ((WEIGHT, "You return the root of the mean square."), of_gaps(lambda n, gap, bins: np.sqrt((gap**2).mean()))),
    ((WEIGHT, "You return the root of the mean square."), of_gaps(lambda n, gap, bins: np.sqrt((gap**2).sum() / bins))),
    (LARGEST, of_gaps(lambda n, gap, bins: np.abs(gap).max())), (LARGEST, ADD, "error = max(error, gap)"),
    ("That is the gap of the bin with the most answers: all bins count.",
     of_gaps(lambda n, gap, bins: np.abs(gap)[n.argmax()])),
    ("You return the gap of the last bin only: add them up, `+=`.", ADD, "error = inside.mean() * gap"),
    ("You return the gap of the last bin only: does each replace the one before?", ADD, "error = gap"),
    (NO_ABS, lambda error, confidence, right, bins: abs(right.mean() - confidence.mean())),
    (NO_ABS, lambda error, confidence, right, bins: confidence.mean() - right.mean()),
    (SINGLE, lambda error, confidence, right, bins: np.abs(right - confidence).mean()),
    ("That is the mean square of answer minus confidence, the Brier score: compare the means within each bin.",
     lambda error, confidence, right, bins: ((right - confidence)**2).mean()),
    ("That is the accuracy: return how far apart confidence and accuracy are.",
     lambda error, confidence, right, bins: right.mean()),
    ("That is the share of wrong answers: return how far apart confidence and accuracy are.",
     lambda error, confidence, right, bins: 1 - right.mean()),
    ("That is the mean confidence: return how far it is from the share that is right.",
     lambda error, confidence, right, bins: confidence.mean()),
    ("You return the gaps of all bins: return their weighted mean.",
     of_gaps(lambda n, gap, bins: np.abs(gap))), ("You return the weighted gaps of all bins: add them up.",
                                                  of_gaps(lambda n, gap, bins: n * np.abs(gap) / n.sum())),
    (PER_CENT, "return error", "return 100 * error"), (PER_CENT, "return total / len(confidence)",
                                                       "return 100 * total / len(confidence)"),
    ("You return 1 minus the error: return the error.", "return error", "return 1 - error"),
    ("You round to two digits: return the error as it is.", "return error", "return round(float(error), 2)"),
    ("You round to three digits: return the error as it is.", "return error", "return round(float(error), 3)"),
    (FEWER, in_bins(lambda confidence, bins: placed(confidence, max(bins - 1, 1)))),
    (FEWER, lambda error, confidence, right, bins: bin_by_bin(confidence, right, bins - 1) if bins > 1 else 0),
    (MORE, in_bins(lambda confidence, bins: placed(confidence, bins + 1))),
    (SPREAD, in_bins(lambda confidence, bins: placed(
        (confidence - confidence.min()) / max(np.ptp(confidence), 1e-9), bins))),
    ("Your bins go from 0.5 to 1: they go from 0 to 1.", in_bins(lambda confidence, bins: placed(
        np.maximum(2 * confidence - 1, 0), bins))),
    (EQUAL, in_bins(lambda confidence, bins: np.argsort(np.argsort(confidence, kind="stable")) * bins
                    // len(confidence))),
    ("You always have 10 bins: use `bins`.", in_bins(lambda confidence, bins: placed(confidence, 10))),
    ("You always have 15 bins: use `bins`.", in_bins(lambda confidence, bins: placed(confidence, 15))),
    (NO_ABS, PLACE, "(confidence // bins).astype(int)"),
    ("You leave out the last bin: `range` leaves out its end already.",
     "for b in range(bins):", "for b in range(bins - 1):"),
    ("You leave out the last bin: `range` leaves out its end already.",
     "for b in range(bins) if", "for b in range(bins - 1) if"),
    ("You leave out the first bin: counting starts at 0.", "for b in range(bins):", "for b in range(1, bins):"),
    ("You leave out the first bin: counting starts at 0.", "for b in range(bins) if", "for b in range(1, bins) if"),
    ("All your bins begin at 0: bin b begins at b / bins.", "(confidence >= low) & ", ""),
    ("All your bins go on to 1: bin b ends at (b + 1) / bins.", "((confidence < high) | (b == bins - 1))", "True"),
    ("You return after the first bin: `return` belongs after the loop.", "    return error", "        return error"),
    ("You return after the first bin: `return` belongs after the loop.", "    return total", "        return total"),
    ("You use only right answers: compare their share in the bin with the confidence of all answers in it.",
     SURE, "(confidence[inside & right].mean() if (inside & right).any() else 0)"),
)


def _middle(values):
    return values.mean() if values.size else np.nan


def _mean(values):
    return sum(values) / max(len(values), 1)
