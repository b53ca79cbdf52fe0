"""Why an answer to an exercise of lesson 09 that is changed and still right is no hole."""

from .general import ALIAS, BATCH, FILLED, LIST, NONE_OF_0, ORDER, SINGLE, above_0, whole

COUNT = "A count is a whole number, never below 0."


def masks(*names):
    """They are made of True and False, and count as 1 and 0."""
    return [p for n in names for p in (
        f"{n} without signs", f"{n} never below 0", f"{n} at ~", f"{n} cut to whole numbers", f"{n} rounded down",
        f"{n} rounded up", f"{n} in ~int~", f"except {n} with ~negative numbers", f"except {n} with a negative number",
        f"except {n} with a fraction", f"except {n} with whole numbers only", f"except {n} with a number above 255")]


TRUTHS = "A mask is made of True and False."
PIXELS = {
    "09.1": {
        FILLED: ["~: np.zeros(~) -> np.ones(~)"],
        "There is one bias for each class.": ["~: len(w) -> len(b)"],
        ALIAS: ["class_by_class: len(x) -> len(filters)~"],
        "Any negative number lets reshape count for itself.": ["all_patches: -1 -> -2"],
        BATCH: ["as_convolution: cnn.conv2d(~)[0] -> ~[-1]"],
        SINGLE: ["by_rows: np.array(rows, np.float32).transpose -> ~"],
        NONE_OF_0: ["size at least 1", "except size = 0"],
    },
    "09.2": {
        TRUTHS: [*masks("predicted", "true"), "with_numbers: ~ravel().astype(float)) -> ~"],
        "Both masks are of the same picture.": [
            "with_loops: true.shape -> predicted.shape~", "except predicted.shape[~] ~ true.shape[~]"],
        "Which mask is which does not matter.": [
            "predicted and true exchanged", "by_sizes: np.logical_and(~", "of_places:  for mask in ~",
            "with_numbers: np.maximum(~"],
        "A share lies between 0 and 1.": [
            *above_0("result"), "result at most ~", "except result with a number above ~"],
        SINGLE: ["with_numbers: np.float32(~"],
    },
    "09.3": {
        "No stamp reaches further.": ["gathered: for ~ in range(~ + 1):"],
        "The kernel is square.": ["except w.shape[0] ~ w.shape[1]"],
    },
    "09.4": {
        COUNT: [*whole("result"), *above_0("result"), "except result with nothing but 0"],
        "Nobody counts products beyond 32767.": [
            "result in ~", "except result with a number above 32767"],
        "What is counted from one end is counted from the other.": ["result reversed"],
        NONE_OF_0: ["n at least 1", "except n = 0"],
        "Counts are whole, in an array of either kind.": [
            "stamped: counts = np.zeros(~", "convolved: inputs = np.zeros(~", "begun_less_ended: change = np.zeros(~"],
        "There is one image, one channel, one row: more of them come out beside it.": ["of_ones: ~"],
        ORDER: ["convolved: return np.convolve(~", "in_closed_form: first = ~", "in_closed_form: last = ~"],
        "Inputs begin in places of their own.": ["begun_less_ended: change[np.arange(n) * stride] ~"],
    },
    "09.5": {
        FILLED: ["filled: np.zeros(~) -> np.ones(~)"],
        ORDER: ["filled: y[len(skip):, i::2, j::2] -> y[len(skip):, j::2, i::2]"],
        LIST: ["pixel_by_pixel: [channel.tolist() ~ -> ~"],
        "NumPy puts an axis in front.": ["with_kron: np.ones((1, 2, 2)) -> np.ones((2, 2))"],
        "The last two pixels are copies of one.": ["result with the last like its neighbour"],
        "A skip is twice as high and twice as wide.": [
            "except skip of a single number", "except skip.shape[~] = ~", "except below.shape[~] ~ skip.shape[~]",
            "except result of a single number"],
    },
    "09.6": {
        TRUTHS: [*masks("mask"), "mask rounded", "mask doubled"],
        COUNT: [*whole("result"), *above_0("result")],
        "Nobody counts 32767 objects.": ["result in ~", "except result with a number above 32767"],
        "Turned or mirrored it has as many pieces.": ["mask with rows ~", "mask reversed along axis ~"],
        NONE_OF_0: ["smallest at least 1", "except smallest = 0"],
        ALIAS: ["solution: ~mask~ -> ~left~", "grown: ~mask~ -> ~left~"],
        "In whichever order its pixels are visited, a piece is the same.": [
            "solution: waiting += ~", "flooded: waiting.pop(0) -> ~", "flooded: for down, right in ~",
            "flooded: a + down -> ~", "flooded: b + right -> ~", "sets_that_meet:  for near in ~",
            "labels_that_spread: for near in ~", "labels_that_spread: np.maximum(~", "two_passes:  for n in ~"],
        LIST: ["solution: [tuple(start)] -> [start]"],
        "Zeros and ones do as well as True and False.": ["~: ~np.zeros(mask.shape, bool)~"],
        "One way to say which kind of number.": ["two_passes: labels = np.zeros(~dtype=int)"],
        "What is around the picture is 0, and adds nothing.": ["labels_that_spread: labels.sum -> inside.sum~"],
        "It begins below any sum.": ["labels_that_spread: (np.pad(~), 0) -> (np.pad(~), ~1)"],
        "Labels that meet are joined, whichever is kept.": ["two_passes: min(near, default=~"],
        SINGLE: ["two_passes: return float(~"],
        "What has been found before is no longer reached.": ["grown: left & ~ -> mask & ~"],
    },
}
