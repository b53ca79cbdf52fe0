"""Why an answer that is changed and still right is no hole: it is the same, or the statement rules its kind out.

Patterns stand under their reason; ~ is anything. What is unlike everything here is a case that is missing.
"""

import functools
import re

from .famous import FAMOUS
from .general import (
    ALIAS,
    ANYWHERE,
    BATCH,
    FEW,
    FILLED,
    FITS,
    LIST,
    LONGER,
    ORDER,
    SAME_LENGTH,
    SINGLE,
    above_0,
    far_below,
    not_0,
    same,
    whole,
)
from .pixels import PIXELS

REASONS = FAMOUS | PIXELS | {
    "00.3": {
        "Sizes are whole numbers above 0, and so is the result.": [
            *whole("sizes", "result"), *above_0("sizes", "result"), *not_0("result"), "except sizes with a 0",
            "except sizes that adds up to 0"],
        FEW: far_below("result"),
        "There are two sizes or more.": ["except sizes of a single number", "except sizes.shape[0] = 1"],
        SINGLE: ["weights_then_biases: return float(~", "weights_then_biases: int(n) * int(m) -> ~"],
    },
    "01.2": {
        FITS: ["except x.shape[0] < w.shape[0]"],
        "A dot product is the same both ways.": ["recursive: [np.dot(x[:len(w)], w)~ -> [np.dot(w, x[:len(w)])~"],
        "np.convolve takes the longer one for the signal.": ["flipped_twice: ~(x, w[::-1], ~ -> ~(w[::-1], x, ~"],
        SINGLE: ["single_precision: np.correlate(x.astype(~"],
    },
    "01.3": {
        "An output length is a whole number, 1 or more.": [*whole("result"), *above_0("result"), *not_0("result")],
        "Nobody counts lengths in 16 bits.": ["result in int16", "except result with a number above 32767",
                                              *far_below("result")],
        "It is rounded down in any case.": [
            "in_one_line: (~) / S -> (~) // S", "in_one_line: (~) / S + 1 -> int((~) / S) + 1"],
    },
    "01.4": {
        "What is too much in the slice meets no weight.": ["zipped: x[start:~"],
        '"valid" is what np.correlate does unless told.': [
            "every_place_then_some: ~, 'valid')[::~ -> ~spread)[::stride]"],
    },
    "01.5": {
        FITS: ["except x.shape[0] < w.shape[0]"],
        '"valid" is what np.correlate does unless told.': ["turned_and_slid: ~, 'valid') -> ~, w[::-1])"],
        "np.convolve takes the longer one for the signal.": ["numpys_own: ~(x, w, 'valid') -> ~(w, x, 'valid')"],
        "A number of NumPy's is as good as Python's.": ["window_turned: [(x[i:~ -> [(x[i:~"],
        LONGER: ["spread: len(w) -> len(x)", "spread: np.zeros(len(x) + len(w) - 1, ~",
                 "spread: len(x) + len(w) - 1 -> len(x) + len(w) ~"],
    },
    "01.6": {
        "Differences do not change when every number does.": ["x one more", "x one less"],
        FITS: [
            "except x.shape[0] < F", "except x.shape[0] = F", "except x of a single number", "except x.shape[0] = 1"],
        "np.convolve takes the longer one for the signal.": ["with_numpy: np.diff(np.convolve(x,~"],
        "A filter of equal weights is the same when turned.": ["with_numpy: np.convolve(~) -> np.correlate(~)"],
    },
    "02.2": {
        "A score is the same for more contrast and more light.": [
            f"{n} {change}" for n in ("x", "w") for change in ("one more", "one less", "doubled")],
        "A score lies between -1 and 1.": ["result at most ~", "result at least -128", "except result with a number ~"],
        "A template has a shape: two different numbers or more.": [
            "except w of one number again and again", "except w of a single number", "except w.shape[0] = 1",
            "except x of a single number", "except x.shape[0] = 1"],
        FITS: ["except x.shape[0] < w.shape[0]"],
        "One of the two is centred, so the mean of the other adds nothing.": [
            "solution: v * t -> ~", "~: v @ t -> v @ w", "~: zip(v, t, ~ -> zip(v, w, ~", "by_std: (v - v.mean()) * ~",
            "by_std: v - v.mean() -> ~", "by_std: w - w.mean() -> ~", "by_std: v.mean~ -> ~", "by_std: w.mean~ -> ~"],
        SAME_LENGTH: ["solution: len(w) -> len(t)~", "all_at_once: len(v) -> len(norms)"],
        "Whole numbers do as well as numbers with a point.": [
            "without_numpy: [float(n) for n in ~", "all_at_once: v = ~.astype(float) -> v = ~", "three_filters: x = ~"],
        '"valid" is what np.correlate does unless told.': [
            "three_filters: product = ~, 'valid') -> ~", "three_filters: ~'valid') ** 2 / F -> ~'valid') ** 2 / F",
            "three_filters: np.correlate(x, ones, 'valid') ** 2 -> ~"],
        "A filter of equal weights is the same when turned.": ["three_filters: np.correlate(~) -> np.convolve(~)"],
        "What the quotient is where the norm is 0 does not matter: it is not taken.": [
            "three_filters: norms > 0 -> ~", "three_filters: np.where(norms > 0, ~",
            "three_filters: squares > 1e-09 -> ~",
            "three_filters: np.where(squares > ~", "three_filters: np.maximum(squares, 0) -> ~"],
        ORDER: ["without_numpy:  for a, b in zip(v, t~", "three_filters: np.sqrt(np.maximum(squares, 0)) -> ~",
                "by_corrcoef: np.corrcoef(v, w)[0, 1] -> ~"],
        "It asks only whether the window is flat.": ["by_corrcoef: v.max() -> v.mean()", "by_std: v.std() -> v.var()"],
    },
    "02.4": {
        "A square matrix belongs to a filter of one weight, and is symmetric.": ["result with rows and columns ~"],
        "A filter of zeros only is none.": ["except result with nothing but 0"],
        "Zeros are whole numbers, too.": ["by_rolling: ~dtype=int~"],
        FITS: ["except w.shape[0] > N", "by_columns: [np.correlate(unit, w,~", "by_columns: len(w) -> len(unit)",
               "by_columns: np.correlate(unit, w, ~ else unit -> ~"],
    },
    "02.5": {
        "A distance is never negative.": [*above_0("result")],
        "The recording is begun later, by 1 cell or more, and something is left of it.": [
            "except d = 0", "d at least 1", "except x of a single number", "except x.shape[0] = 1",
            "except x.shape[0] < d", "except x.shape[0] = d"],
        "Distances are never below 0, so it may start there or lower, and take what is equal.": [
            "with_a_loop: largest = 0 -> largest = -1", "with_a_loop: if abs(a - b) > ~ -> if abs(a - b) >= ~"],
        ORDER: ["with_a_loop: for a, b in zip(~", "from_both_sides: ~", "sorted_last:  for a, b in zip(~"],
    },
    "03.2": {
        FITS: ["except x.shape[0] < w.shape[0]", "except x.shape[1] < w.shape[1]"],
        FILLED: ["filled: np.zeros(~) -> np.ones(~)"],
        "Any negative number lets reshape count for itself.": ["all_at_once: -1 -> -2"],
    },
    "03.4": {
        FILLED: ["solution: np.zeros(~) -> np.ones(~)"],
        ORDER: ["~: axis=(2, 3) -> axis=(3, 2)"],
    },
    "03.5": {
        "A count is a whole number, never below 0.": [*whole("result"), *above_0("result")],
        "Nobody counts windows beyond 32767.": ["result in int16", "except result with a number above 32767",
                                                *far_below("result")],
        "A square image is read in the same way from both sides.": [
            "result with rows and columns exchanged where square"],
        "A count is as good as a number with a point.": ["~: counts = np.zeros(~, int) -> counts = np.zeros(~)"],
        ORDER: ["cut_off: max(~"],
        "What lies behind the image is cut off: P more cells are enough.": [
            "solution: H + 2 * P -> H + P", "solution: W + 2 * P -> W + P", "solution: 2 * P -> 1 * P~",
            "solution: 2 * P -> 2 + P~", "~: 2 * P -> 3 * P~"],
    },
    "04.2": {
        FITS: ["except x.shape[1] < w.shape[2]", "except x.shape[2] < w.shape[3]"],
        "Filters are square, and as deep as the image.": [
            "except w.shape[2] ~ w.shape[3]", "except x.shape[0] ~ w.shape[1]",
            "by_dot_product: w.shape[2] -> w.shape[3]"],
        FILLED: ["solution: np.zeros(~) -> np.ones(~)"],
        "The biases bring the axis of the filters, and what stands behind the point.": [
            "by_weight: np.zeros((K, rows, columns)) -> ~"],
        "There is one bias for each filter.": ["~: len(w) -> len(b)"],
        LIST: ["recursive: [~by_channel(x,~"],
        "Only the first bias is looked at, as there is one filter.": [
            "recursive: ~by_channel(x, w[:1], b[:1]) -> ~", "recursive: b[:1] -> b[:]",
            "recursive: :1 -> :2 (2)",
            "recursive: ~by_channel(x, w[:1], b[:1])[0] -> ~[-1]"],
    },
    "04.3": {
        "Sizes and counts are whole numbers above 0.": [
            p for name in ("shape", "count") for p in (*whole(name), *above_0(name), *not_0(name))],
        "Nobody counts pixels in 16 bits.": ["shape in int16", "except shape with a number above 32767",
                                             *far_below("shape")],
        FEW: far_below("count"),
        "A shape has three numbers.": ["shape three at most", "except shape of a single number"],
        ALIAS: ["solution: (K, rows, columns) -> (biases, rows, columns)", "solution: weights + biases -> weights + K"],
        "What stands in the list is never read, only how long it is.": [
            "by_counting: [(c, u, v) ~", "by_counting: (c, u, v) ~"],
        "It is rounded down in any case.": [
            "per_filter: (~) / S -> (~) // S", "per_filter: (~) / S + 1 -> int((~) / S) + 1",
            "with_floats: (~) / S -> (~) // S", "with_floats: (~) / S // 1 -> int((~) / S) // 1"],
        SINGLE: ["with_floats: [float(K), ~ -> [K, ~", "with_floats: float(K) * ~ -> K * ~"],
    },
    "04.4": {
        "Filters are 1 × 1.": [
            "w ~ along axis 2", "w ~ along axis 3", "w with rows and columns ~", "except w.shape[2] ~",
            "except w.shape[3] ~",
            "except w.shape[0] < w.shape[~]", "except w.shape[1] < w.shape[~]", "~0, 0) -> ~-1, 0)",
            "~0, 0) -> ~0, -1)",
            "~: w.reshape(K, C).T -> w.T", "~: w[:, :, 0, 0] -> w[:, :, 0]", "~: w[k, c, 0, 0] -> w[k, c, 0]"],
        FITS: ["except x.shape[1] < w.shape[2]", "except x.shape[2] < w.shape[3]"],
        "Filters are as deep as the image.": ["except x.shape[0] ~ w.shape[1]"],
        "There is one bias for each filter.": ["~: len(w) -> len(b)"],
        "Any negative number lets reshape count for itself.": ["by_einsum: -1 -> -2"],
        FILLED: ["by_pixel: np.zeros(~) -> np.ones(~)"],
        "All axes turned round twice are as before.": ["row_for_each_pixel: x.reshape(C, H * W).T -> x.T"],
    },
    "05.2": {
        FILLED: ["solution: np.zeros(~) -> np.ones(~)"],
        ALIAS: [f"solution: {pattern}" for pattern in (*same("F", "kernel_size"), *same("S", "stride"))],
        "All rows are equally long.": ["recursive: row[0] -> row[-1]", "~: x.shape -> high.shape~"],
        ORDER: ["all_at_once: axis=(2, 3) -> axis=(3, 2)", "running_maximum: y = np.maximum(y, ~ -> y = np.maximum(x~",
                "looped: best = max(~"],
        "It begins below everything, and grows as needed.": [
            "running_maximum: np.full((rows, columns), ~", "running_maximum: y = np.full(~dtype=int)"],
        "What is too much is cut off, by one slice or by the other.": [
            "running_maximum: np.maximum(y, ~ -> ~", "running_maximum: (u:u ~ -> (u::S~",
            "running_maximum: (u:u ~ v::S)", "running_maximum: (u:u ~ -> ~ + 1:S~", "running_maximum: x[u:u ~",
            "running_maximum: (:rows, :columns) -> ~", "running_maximum: u + rows * S -> F + rows * S",
            "running_maximum: v + columns * S -> F + columns * S"],
    },
    "05.3": {
        "Padding is at most half of the window.": ["except kernel_size < padding", "except kernel_size = padding"],
        ALIAS: [f"solution: {p}" for p in (*same("P", "padding"), *same("F", "kernel_size"), *same("S", "stride"))],
        ORDER: ["only_real_cells: max(start, 0)~"],
        "An equal number changes nothing.": ["looked_up: ~ > best -> ~ >= best"],
    },
    "05.4": {
        "Padding is at most half of the window.": ["except kernel_size < padding", "except kernel_size = padding"],
        ALIAS: [f"solution: {p}" for p in (*same("P", "padding"), *same("F", "kernel_size"), *same("S", "stride"))],
        ORDER: ["solution: max(start, 0)~"],
        SAME_LENGTH: ["zeros_and_ones: len(longer) -> len(real)"],
    },
    "05.5": {
        "A share lies between 0 and 1.": [
            *above_0("result"), "result at most ~", "except result with a number above ~"],
        "What is equal is equal when doubled.": ["x doubled"],
        ORDER: [
            "with_a_loop: ~ in zip(~", "with_a_loop: before, after, same = ~", "step_by_step: a, b = ~",
            "nearly_the_same: ~ -> np.isclose(f(x), ~"],
        SAME_LENGTH: ["with_a_loop: len(before) -> len(after)", "by_hand_rolled: f(rolled) -> f(x) (2)"],
        LIST: ["by_hand_rolled: rolled = np.array(~", "by_hand_rolled: f(np.array(x)) -> f(x)"],
        "How near is near enough is not said.": ["nearly_the_same: ~"],
        "A difference that is 0 has no sign.": ["single_precision: np.abs(~"],
    },
    "06.2": {
        "A network has parameters: a whole number of them.": [*whole("result"), *above_0("result"), *not_0("result")],
        FEW: far_below("result"),
        "A parameter is an array already.": ["by_arrays: np.asarray(p.data).size -> ~"],
        SINGLE: ["layer_by_layer: (int(~"],
    },
    "06.3": {
        "Half of 29, rounded down, is half of 28.": ["~28~ -> ~29~"],
        ALIAS: ["solution: channels * side -> filters * side", "in_nested_networks: 64 if K ~ -> 64 if hidden ~"],
    },
    "06.4": {
        "A share lies between 0 and 1.": [
            p for n in ("accuracy", "recall") for p in (*above_0(n), f"{n} at most ~",
            f"except {n} with a number above ~")],
        "Classes are whole numbers from 0 on, and nobody has 32767 of them.": [
            *whole("true", "said"), *above_0("true", "said"), "~ in int16", "except ~ that adds up to 0"],
        SAME_LENGTH: ["except true.shape[0] ~ said.shape[0]", "~: len(true) -> len(~", "~: true.size -> said.size"],
        "Where the true class is c, or both are, the one is the other.": [
            "with_loops: s == c -> s == t", "by_counting: true == c -> true == said",
            "by_counting: said == c -> said == true"],
        ORDER: ["with_comprehensions:  for t, s in zip(~"],
        "More rows and columns stay empty, and what is counted twice is so on both sides of the bar.": [
            "from_the_confusion_matrix: ~"],
    },
    "07.3": {
        FITS: ["except dy.shape[0] > x.shape[0]", "except x.shape[0] < w.shape[0]"],
        SAME_LENGTH: ["~: len(w) -> len(dw)~", "~: len(x) -> len(dx)~", "~: len(dy) -> len(M)~"],
        "No window goes beyond the last cell.": ["by_places: for i in range(len(x)~"],
        "A filter and what it slides over may change places, if all of both is used.": [
            "with_numpy: dx = np.convolve(dy, w) -> dx = np.convolve(w, dy)"],
        '"valid" is what np.correlate does unless told.': ["turned_and_slid: ~, 'valid') -> ~"],
        LIST: ["by_matrix: windows = np.array(~"],
        SINGLE: ["as_one_layer: np.float32(~"],
        BATCH: ["as_one_layer: (0, 0) -> ~"],
    },
    "07.4": {
        FITS: ["except dy.shape[~] > x.shape[~]", "except x.shape[~] < w.shape[~]"],
        SAME_LENGTH: ["all_at_once: x.shape -> dx.shape~"],
        "No window goes beyond the last cell.": ["by_places: for a in ~", "by_places: for b in ~"],
        FILLED: ["by_weight: np.zeros(w.shape) -> np.ones(w.shape)"],
        LONGER: ["gathered: (Fh - 1, Fh - 1) -> (Fh - 1, Fh)", "gathered: (Fw - 1, Fw - 1) -> (Fw - 1, Fw)",
                 "gathered: Fh - 1 -> ~ (2)", "gathered: Fw - 1 -> ~ (2)"],
        "Zeros add nothing.": ["~: dy.sum -> around.sum"],
        "Two axes are what np.tensordot takes unless told.": ["all_at_once: ~np.tensordot(dy, windows, 2)~"],
        "One number stands for both sides.": ["filters_again: [(F - 1, F - 1)~"],
        SINGLE: ["as_one_layer: np.float32(~"],
        BATCH: ["as_one_layer: (0, 0) -> ~", "as_one_layer: db[0] -> db[-1]"],
    },
    "07.5": {
        FITS: ["except dy.shape[~] > x.shape[~]"],
        ALIAS: [f"solution: {p}" for p in (*same("F", "kernel_size"), *same("S", "stride"))],
        SAME_LENGTH: ["all_at_once: dy.shape -> ~.shape (2)"],
        "It has been found before.": ["searched: for u in range(F): -> for u in range(F + 1):"],
        "Which is the largest does not change when all numbers do alike.": ["x one more", "x one less", "x doubled"],
        "Any negative number lets reshape count for itself.": ["all_at_once: -1 -> -2"],
        SINGLE: ["as_one_layer: np.float32(~"],
    },
    "07.6": {
        FILLED: ["~: np.zeros(len(x)) -> np.ones(len(x))"],
        SAME_LENGTH: ["~: len(x) -> len(g) (2)", "~: len(x) -> len(p) (2)", "recursive: len(x) -> len(step) (2)"],
        "The copy is as it was.": ["put_back: p[i] -> x[i]"],
        "What is taken away and added again does not matter.": ["mean_of_both_sides: f(x) -> f(h)"],
    },
}


def reason(id, change):
    """Why this change of an exercise may survive, or None."""
    for reasons in (REASONS.get(id, {}), ANYWHERE):
        for why, patterns in reasons.items():
            if any(_pattern(pattern).fullmatch(change) for pattern in patterns):
                return why
    return None


@functools.cache
def _pattern(text):
    return re.compile(".*".join(map(re.escape, text.split("~"))))


def idle(id, changes):
    """The patterns of an exercise that none of these changes is like: reasons for what passes no more."""
    patterns = [pattern for patterns in REASONS.get(id, {}).values() for pattern in patterns]
    return [pattern for pattern in patterns if not any(map(_pattern(pattern).fullmatch, changes))]
