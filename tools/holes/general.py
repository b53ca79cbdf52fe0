"""Reasons that hold for several exercises, and the names of changes that a reason often is for."""

LIST = "A list is as good as an array, and a list of arrays."
SINGLE = "Double precision is as good as single, and a number is as good as a number with a point."
BATCH = "There is one image and one channel: the first is the last."
ALIAS = "Two names for the same number."
ORDER = "The order of the two does not matter."
FILLED = "Every place is written over."
LONGER = "What is too much is cut off in the end."
NONE_OF_0 = "Sizes, strides, dilations, numbers of things are 1 or more."
FITS = "The window fits at least once."
FEW = "No network here has 2**24 parameters."
SAME_LENGTH = "The two are equally long."


def whole(*names):
    """They are whole numbers."""
    return [p for n in names for p in (f"{n} cut to whole numbers", f"{n} rounded~", f"except {n} with a fraction")]


def above_0(*names):
    """They are never below 0."""
    return [p for n in names for p in (f"{n} without signs", f"{n} never below 0", f"{n} at least -128",
                                       f"except {n} with ~negative number~")]


def not_0(*names):
    """They are never 0."""
    return [p for n in names for p in (f"except {n} with a 0", f"except {n} with nothing but 0")]


def far_below(*names):
    """They are so small that any kind of number can keep them."""
    return [f"{n} in {kind}" for n in names for kind in ("int32", "single precision")]


def same(first, *others):
    """Names for the same number, one put for the other."""
    return [f"~{first}~ -> ~{other}~" for other in others]


ANYWHERE = {
    ORDER: ["zipped:  for a, b in zip(~"],
    LIST: ["~: return np.array(y) -> return y", "~: return np.array(scores) -> return scores",
           "~: return np.array([~]) -> return [~]", "~: return np.stack(maps) -> return maps"],
    SINGLE: ["~: return ~.astype(np.float32) -> return ~", "~: return np.float32(~) -> return ~",
             "~: return np.array(~np.float32) -> return np.array(~)",
            "~: y = np.zeros(~, np.float32) -> y = np.zeros(~)",
             "~: np.float32(x)[None, None] -> x[None, None]", "~: (np.float32(share) ~"],
    BATCH: ["~: (0, 0) -> (-1, 0)", "~: (0, 0) -> (0, -1)", "as_convolution: conv2d(~)[0] -> conv2d(~)[-1]"],
    NONE_OF_0: [pattern.format(n) for n in ("N", "F", "S", "D", "C", "H", "W", "K", "M", "stride", "dilation",
                                            "kernel_size", "rate") for pattern in ("except {} = 0", "{} at least 1")],
}
