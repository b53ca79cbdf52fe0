"""Why an answer to an exercise of lesson 10 that is changed and still right is no hole."""

from .general import ALIAS, FILLED, LIST, ORDER, SAME_LENGTH, above_0, far_below, not_0, whole

SHARE = "It lies between 0 and 1."
SIZES = "A size has no sign."
TRUTH = "It is True or False."
ONES = "True counts as 1, False as 0."
AWAY = "The sign is taken away at the end."
EVERY = "To every shift there is one the other way, and one along the other side."
AT_LEAST_1 = "The square has a pixel, and there is a shift."


def between_0_and_1(*names):
    """They are shares."""
    return [p for n in names for p in (*above_0(n), f"{n} at most ~", f"except {n} with a number above ~")]


LOOKING = {
    "10.1": {
        FILLED: ["solution: np.zeros(~) -> np.ones(~)", "in_one_copy: np.zeros(~) -> np.ones(~)"],
        LIST: ["by_lists: [float(n) for n in row] -> [n for n in row]"],
        SAME_LENGTH: ["by_lists: x[0] -> x[-1]", "by_masks: x.shape -> ~.shape (~"],
        "Any negative number lets reshape count for itself.": ["by_masks: -1 -> -2"],
        AT_LEAST_1: ["size at least 1", "except size = 0"],
    },
    "10.2": {
        SAME_LENGTH: ["with_loops: len(~", "by_paths: len(~", "what_is_on: len(w) -> len(v)",
                      "except x.shape[0] ~ w.shape[1]"],
        AWAY: ["with_loops: dx[n] += ~ -> dx[n] -= ~", "by_paths: dx[n] += ~ -> dx[n] -= ~", "v negated",
               "by_a_small_step: x + step -> x - step"],
        ORDER: ["by_einsum: abs(np.einsum(~", "what_is_on:  for a, b in zip(~"],
        "A text at the beginning of a function says what it does, and does nothing.": ["by_a_small_step: 'Within~"],
        ONES: ["by_a_small_step: on = ~", "by_einsum: slopes = np.where(~"],
        "Sizes are never below 0.": above_0("result"),
        "Twice the input switches the same things on.": ["x doubled"],
    },
    "10.3": {
        "Any negative number lets reshape count for itself.": ["every_class: -1 -> -2"],
        ORDER: ["with_sum:  for weight, each in z~"],
        "What is added to zeros brings its shape, and what stands behind the point.": [
            "map_by_map: y = np.zeros(~dtype=int)", "map_by_map: 1: -> 2:"],
    },
    "10.4": {
        "A number of pixels is a whole number, 1 or more.": [
            *whole("result"), *above_0("result"), *not_0("result"), "result rounded ~"],
        "Nobody counts pixels beyond 32767.": [
            "result in int16", "except result with a number above 32767", *far_below("result")],
        "A number of NumPy's is as good as Python's.": [
            "solution: int(~", "searched: int(~", "taken_away: abs(float(g)) -> abs(g)",
            "with_argmax: np.abs(np.asarray(gradient, float)) -> ~", "recursive: abs(float(g)) -> abs(g)"],
        SIZES: ["gradient negated", "gradient without signs"],
        "A share is the same of all sizes doubled.": ["gradient doubled"],
        "The pixels may lie anywhere.": [
            "gradient with rows and columns exchanged where square", "gradient reversed ~", "gradient rolled ~",
            "gradient sorted"],
        ALIAS: ["searched: sizes.sum -> order.sum", "smallest_first: g.size -> ~.size"],
    },
    "10.5": {
        SHARE: [*between_0_and_1("result", "confidence"), "except confidence with nothing but negative numbers"],
        TRUTH: ["right without signs", "right never below 0", "right at ~", "right cut to whole numbers",
                "right rounded ~", "right in ~", "except right with ~negative numbers",
                "except right with a negative number", "except right with a fraction",
                "except right with whole numbers only",
                "except right with a number above 255"],
        ORDER: ["~: place = np.minimum(~", "one_by_one: b = min(~", "in_a_dict: b = min(~",
                "by_bincount: place = np.clip(~"],
        SAME_LENGTH: [
            "by_limits: len(confidence) -> ~", "one_by_one: len(right) -> ~", "by_bincount: len(confidence) -> ~",
            "in_a_dict: len(right) -> ~", "one_product: confidence.size -> ~",
            "except confidence.shape[0] ~ right.shape[0]"],
        "A bin more is empty.": ["~: for b in range(bins): -> for b in range(bins + 1):"],
        "astype(int) is astype(dtype=int).": ["~: np.minimum(~(dtype=int)~"],
        "How many there are is multiplied and divided away.": [
            "by_limits: inside.sum() -> ~", "one_by_one: [0] -> [1]", "one_by_one: n[b] += 1 -> ~"],
        "Confidences are not below 0, so it is rounded down in any case.": [
            "by_bincount: np.clip(~", "by_bincount: np.floor(~"],
        ONES: ["by_bincount: np.bincount(place, rig~"],
        "A list of Python's numbers or an array of NumPy's, it is the same.": [
            "in_a_dict: zip(~", "one_product: return float(~", "by_digitize: set(~"],
        "All numbers of bins are one more: they are only told apart.": ["by_digitize: np.arange(~"],
        "There is a bin.": ["bins at least 1", "except bins = 0"],
    },
    "10.6": {
        SHARE: between_0_and_1("result"),
        EVERY: [
            "solution: (dy, dx) != ~", "~: np.roll(x, (dy, dx), ~ -> np.roll(x, (dx, dy), ~",
            "~: axis=(0, 1) -> axis=(1, 0)",
            "with_a_list: [(dy, dx) ~ -> [(dx, dy) ~", "with_a_list: (dy, dx) != ~", "by_indices: [(dy, dx) ~",
            "by_indices: rows - dy -> rows + dy", "by_indices: columns - dx -> columns + dx", "by_lists: dy, dx = (~",
            "by_lists: i + dy -> i - dy", "by_lists: j + dx -> j - dx", "one_less_what_changed: ~(0, 1)) -> ~(1, 0))"],
        SAME_LENGTH: ["by_lists: x[0] -> x[-1]"],
        "Classes and shifts are whole numbers.": [
            "tiled: classes = ~dtype=int)", "one_less_what_changed: np.array(divmod(~dtype=int) - most",
            "one_less_what_changed: divmod(int(m), ~"],
        AT_LEAST_1: ["most at least 1", "except most = 0"],
    },
}
