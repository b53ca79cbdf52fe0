"""Which layers stand together in the picture: a column is a layer that makes new maps or numbers, and what follows it.

Activations, normalisation, dropout and flattening change numbers or their order, but not what there is to see, so they
belong to the column before them.
"""

KINDS = {"Conv2d": "conv", "MaxPool2d": "pool", "AvgPool2d": "pool", "GlobalAvgPool2d": "means", "Linear": "linear"}
HOW = {"MaxPool2d": "max", "AvgPool2d": "mean", "GlobalAvgPool2d": "of maps"}
SAID = {"ReLU": "ReLU", "LeakyReLU": "leaky ReLU", "Sigmoid": "sigmoid", "Tanh": "tanh", "BatchNorm2d": "batch norm",
        "Dropout": "", "Flatten": ""}


def columns_of(layers):
    """The columns of a network after its input, as plain data.

    Each has `kind` (the class of its layer), `layer` (its place in `layers`), `out` (the place of the last that belongs
    to it), `shape` of what it shows, `name` ("conv 1") and `told` ("5×5, ReLU").

    >>> rows = [{"kind": "Conv2d", "kernel_size": [5, 5], "shape": [6, 28, 28]}, {"kind": "ReLU", "shape": [6, 28, 28]},
    ...         {"kind": "Flatten", "shape": [4704]}, {"kind": "Linear", "shape": [10]}]
    >>> [(column["name"], column["told"], column["layer"], column["out"]) for column in columns_of(rows)]
    [('conv 1', '5×5, ReLU', 0, 2), ('linear 1', '', 3, 3)]
    """
    columns, counts = [], {}
    for place, row in enumerate(layers):
        kind = row["kind"]
        if not columns and not SAID.get(kind, kind) and place < len(layers) - 1:
            continue   # a network may begin with one that changes nothing
        if kind in KINDS or not columns:
            name = KINDS.get(kind) or SAID[kind] or "the same"
            counts[name] = counts.get(name, 0) + 1
            told = [HOW[kind]] if kind in HOW else []
            told += ["×".join(map(str, row["kernel_size"]))] if "kernel_size" in row else []
            columns.append({"kind": kind, "layer": place, "out": place, "shape": list(row["shape"]),
                            "name": f"{name} {counts[name]}", "told": told})
        else:
            columns[-1]["out"] = place
            columns[-1]["told"] += [SAID[kind]] * bool(SAID[kind])
    return [{**column, "told": ", ".join(column["told"])} for column in columns]


def shown_of(columns, name):
    """The column of this name; what names it has been checked."""
    return next(column for column in columns if column["name"] == name)
