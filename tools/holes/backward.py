"""Why an answer to an exercise of lesson 07 that is changed and still right is no hole."""

from .general import ALIAS, BATCH, FILLED, FITS, LIST, LONGER, SAME_LENGTH, SINGLE, same

BACKWARD = {
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
