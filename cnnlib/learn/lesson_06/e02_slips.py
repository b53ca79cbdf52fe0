"""Shapes, sizes and sums gone wrong one at a time: edits of right ways, for exercise 06.2."""

from ...nn import Conv2d
from ..slips import slips

ALL, PROD, TURN = "p in model.parameters()", "np.prod(p.shape)", "for length in p.shape"
ADDED = "The lengths in a shape are added to 1: they are multiplied, so (8, 5) holds 40 numbers."
LAST_LENGTH = "The last length of each shape is left out: multiply all of them."
FIRST_LENGTH = "The first length of each shape is left out: it counts the filters or outputs."
CONV = "Only the filters of the convolutions are counted: biases and FC layers are learnt, too."
FC = "Only the weights of the FC layers are counted: biases and filters are learnt, too."
AGAIN = "You count the biases again with the weights: they are arrays of their own, already counted."
SQUARE = "You assume square filters: a shape holds height and width, and they may differ."
MIDDLE = "You multiply the first and the last length only: the arrays of a Conv have four."
AXES = "A shape such as (8, 3, 5, 5) has lengths that are multiplied: "


def more(written_out, by_product, layer_by_layer):
    """The mistakes, as edits of three right ways."""
    return slips(
        [written_out, by_product, layer_by_layer],
        (ADDED, "size * length", "size + length"), (LAST_LENGTH, TURN, TURN + "[:-1]"),
        (FIRST_LENGTH, TURN, TURN + "[1:]"),
        ("Only the last two lengths of each shape are multiplied: the arrays of a Conv have four.",
         PROD, "np.prod(p.shape[-2:])"),
        ("Only the middle lengths of each shape are multiplied: multiply all of them.", PROD, "np.prod(p.shape[1:-1])"),
        (MIDDLE, PROD, "(p.shape[0] * p.shape[-1] if len(p.shape) > 1 else p.shape[0])"),
        (MIDDLE, PROD, "p.shape[0] * p.shape[-1]"),
        (AXES + "the first is not squared.", PROD, "np.prod(p.shape) * p.shape[0]"),
        (AXES + "you take the largest.", PROD, "max(p.shape)"), (AXES + "you take the smallest.", PROD, "min(p.shape)"),
        (AXES + "you take their mean.", PROD, "np.mean(p.shape)"),
        (AXES + "you multiply them by how many there are.", PROD, "np.prod(p.shape) * len(p.shape)"),
        (AXES + "you add up their squares.", PROD, "sum(n * n for n in p.shape)"),
        (AXES + "you raise the first to the power of how many there are.", PROD, "p.shape[0] ** len(p.shape)"),
        (CONV, ALL, "p in [p for p in model.parameters() if len(p.shape) == 4]"),
        (FC, ALL, "p in [p for p in model.parameters() if len(p.shape) == 2]"),
        ("The filters of the convolutions are missing: arrays with four axes count, too.",
         ALL, "p in [p for p in model.parameters() if len(p.shape) != 4]"),
        (AGAIN, PROD, "np.prod(p.shape) + p.shape[0]"),
        (AGAIN, PROD, "np.prod(p.shape) + (p.shape[0] if len(p.shape) > 1 else 0)"),
        (AGAIN, PROD, "np.prod(p.shape) + (p.shape[0] if len(p.shape) == 4 else 0)"),
        (AGAIN, PROD, "np.prod(p.shape) + (p.shape[0] if len(p.shape) == 2 else 0)"),
        ("The biases are counted twice: each is one number.",
         PROD, "np.prod(p.shape) * (2 if len(p.shape) == 1 else 1)"),
        ("Each bias array counts as one number: it holds one for each filter or output.",
         PROD, "(np.prod(p.shape) if len(p.shape) > 1 else 1)"),
        (SQUARE, PROD, "(p.shape[0] * p.shape[1] * p.shape[2] ** 2 if len(p.shape) == 4 else np.prod(p.shape))"),
        (SQUARE, PROD, "(p.shape[0] * p.shape[1] * p.shape[3] ** 2 if len(p.shape) == 4 else np.prod(p.shape))"),
        ((SQUARE, AGAIN), PROD,
         "(p.shape[0] * (p.shape[1] * p.shape[2] ** 2 + 1) if len(p.shape) == 4 else np.prod(p.shape))"),
        ("You leave out the channels of the filters: each filter has weights for each of them.",
         PROD, "(np.prod(p.shape) // p.shape[1] if len(p.shape) == 4 else np.prod(p.shape))"),
        ("The first layer with parameters is left out: counting starts at 0.",
         ALL, "p in list(model.parameters())[2:]"),
        ("The last two arrays are left out: the last layer is learnt, too.",
         ALL, "p in list(model.parameters())[:-2]"),
        ("Only the first two arrays are counted: go on to the last.", ALL, "p in list(model.parameters())[:2]"),
        ("You leave out every second array, including weights: count all of them.",
         ALL, "p in list(model.parameters())[1::2]"),
        ("Only the last array is counted: does a loop overwrite its result instead of adding to it?",
         "total = total + size", "total = size"),
        ("You subtract the sizes: add them.", "total + size", "total - size"),
        ("You count the axes of the shapes, two for (8, 5): multiply their lengths.",
         PROD, "len(p.shape) * 2"),
        ("You count a parameter for each layer and each array: count the numbers in the arrays.",
         lambda count, model: len(model) + len(list(model.parameters()))),
        ("You count layers with parameters: count the numbers in these.",
         lambda count, model: sum(bool(list(layer.parameters())) for layer in model)),
        ("You count the weights of the first layer for all layers: each has its own.",
         lambda count, model: sum(p.size for p in next(iter(model)).parameters()) * len(model)),
        ("You count in thousands: give the number itself.", lambda count, model: count / 1000),
        ("You count in thousands: give the number itself.", lambda count, model: count // 1000),
        ("You count in millions: give the number itself.", lambda count, model: count / 1e6),
        ("You count bytes, eight for each number: count the numbers.", lambda count, model: 8 * count),
        ("You count bytes, four for each number: count the numbers.", lambda count, model: 4 * count),
        ("You count bits: count the numbers.", lambda count, model: 32 * count),
        ("The numbers are counted twice: do you meet each layer once alone and once in its "
         "network?", lambda count, model: 2 * count),
        ("Only the first convolution is counted: go on to the last layer.",
         lambda count, model: sum(p.size for layer in [la for la in model if isinstance(la, Conv2d)][:1]
                                  for p in layer.parameters())),
        ("Only the first layer is counted: go on to the last.",
         lambda count, model: sum(p.size for p in next(iter(model)).parameters())),
        ("Only the last layer is counted: start with the first.",
         lambda count, model: sum(p.size for p in list(model)[-1].parameters())),
        ("You add up the numbers in the arrays: count how many there are.",
         lambda count, model: int(sum(p.data.sum() for p in model.parameters()))),
        ("The second length of each shape is left out: multiply all of them.",
         PROD, "np.prod(p.shape[:1] + p.shape[2:])"),
        ("Your count is one too few: start from 0.", lambda count, model: count - 1),
    )
