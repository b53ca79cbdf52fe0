"""Ways in which a network built from its pattern goes wrong: edits of two right ways, for exercise 06.3."""

from ... import nn
from ..exercise import Wrong
from ..slips import slips
from .network import described


def counting(N, M, K):
    layers, channels, side = [], 1, 28
    for stage in range(M):
        for _ in range(N):
            filters = 8 * 2 ** stage
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
            channels = filters
        layers += [nn.MaxPool2d(2)]
        side = side // 2
    layers += [nn.Flatten()]
    inputs = channels * side * side
    for _ in range(K):
        layers += [nn.Linear(inputs, 64), nn.ReLU()]
        inputs = 64
    layers += [nn.Linear(inputs, 10)]
    return nn.Sequential(*layers)


def doubling(N, M, K):
    layers, channels, filters = [], 1, 8
    for _ in range(M):
        for _ in range(N):
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
            channels = filters
        layers += [nn.MaxPool2d(2)]
        filters *= 2
    layers += [nn.Flatten()]
    inputs = channels * (28 // 2**M) ** 2
    for _ in range(K):
        layers += [nn.Linear(inputs, 64), nn.ReLU()]
        inputs = 64
    layers += [nn.Linear(inputs, 10)]
    return nn.Sequential(*layers)


CONV, POOL, FLATTEN = "nn.Conv2d(channels, filters, 3, padding=1)", "        layers += [nn.MaxPool2d(2)]\n", \
    "    layers += [nn.Flatten()]\n"
GIVEN, HALF, NEXT, INPUTS, LAST = "            channels = filters\n", "        side = side // 2\n", \
    "        inputs = 64\n", "channels * side * side", "[nn.Linear(inputs, 10)]"

NO_RELU = "The ReLU after each Conv is missing: without it, two convolutions in a row do no more than one."
NO_RELU_FC = "The ReLU after each hidden FC layer is missing: without it, two in a row do no more than one."
POOL_3 = "Your Pool is not 2 × 2: `MaxPool2d(2)` halves the side."
SIDE = "The first FC layer has the wrong number of inputs: each Pool halves the side, 28, 14, 7, 3."
NOT_4 = "After three Pools the side is 3, not 4: each halves it and rounds down, 28, 14, 7, 3."
HEIGHT = "The maps have height and width: the first FC layer gets channels · side · side numbers."
EXAMPLE = "Your first FC layer has the same inputs whatever N and M are: calculate channels · side · side."
FILTERS_NEXT = "The first FC layer gets half of that: count the maps of the last stage, not the filters a next " \
               "stage would have."
HIDDEN = "The hidden layers have 64 outputs."
LOGITS = "The last FC layer makes the logits: it has 10 outputs, one for each class."
TWICE = "Inputs come first, then outputs: `Conv2d(channels, filters, …)`, `Linear(inputs, outputs)`."

MADE = slips(
    [counting, doubling],
    (NO_RELU, CONV + ", nn.ReLU()", CONV), (NO_RELU_FC, "64), nn.ReLU()", "64)"),
    ((NO_RELU, NO_RELU_FC), CONV + ", nn.ReLU()", CONV, "64), nn.ReLU()", "64)"),
    ("The ReLU comes before each Conv: it belongs after it.", CONV + ", nn.ReLU()", "nn.ReLU(), " + CONV),
    ("You pool after every Conv: Pool comes once, at the end of a stage.", POOL + HALF, "    " + POOL + "    " + HALF),
    ("The Pool layers are missing, although you halve the side: put `MaxPool2d(2)` at the end of each "
     "stage.", POOL, ""),
    ("The Pool layers are missing: each stage ends in `MaxPool2d(2)` and halves the side.", POOL + HALF, ""),
    (POOL_3, "MaxPool2d(2)", "MaxPool2d(3)"), (POOL_3, "MaxPool2d(2)", "MaxPool2d(3)", "// 2", "// 3"),
    ("You pool by means: every Pool is `MaxPool2d(2)`, which keeps the largest.", "MaxPool2d(2)", "AvgPool2d(2)"),
    ("`Flatten` is missing: the FC layers need one long row of numbers.", FLATTEN, ""),
    ("`Flatten` comes at the end: the FC layers need one long row of numbers, so it belongs before them.",
     FLATTEN, "", LAST, "[nn.Linear(inputs, 10), nn.Flatten()]"),
    ("The last FC layer is missing: after the K hidden ones comes the one with the 10 logits.", LAST, "[]"),
    ("There is a ReLU after the logits: it cuts off all negative scores.",
     LAST, "[nn.Linear(inputs, 10), nn.ReLU()]"),
    ("The filters stay 8: each stage has twice as many as the one before.", "8 * 2 ** stage", "8"),
    ("The first stage has 16 filters: it should have 8, the second 16.", "8 * 2 ** stage", "16 * 2 ** stage"),
    ("Your filters grow by 8 from stage to stage: they double, 8, 16, 32.", "8 * 2 ** stage", "8 * (stage + 1)"),
    ("Your filters are powers of 8: they double from stage to stage, 8, 16, 32.", "8 * 2 ** stage", "8 ** (stage + 1)"),
    ("Your filters double with every Conv: they double only from stage to stage.",
     GIVEN, GIVEN + "            filters *= 2\n", "        filters *= 2\n    layers", "    layers"),
    ("Within a stage the second Conv gets what the first one makes: set `channels = filters` after each.",
     GIVEN, GIVEN[4:]),
    ("Every Conv gets one map: it should get what the one before makes, so set `channels = filters` after each.",
     GIVEN, ""),
    ("The padding is missing: without `padding=1` every Conv takes two pixels off height and width.",
     "padding=1", "padding=0"),
    ("Your padding is 2: a filter of 3 × 3 keeps the size with padding 1.", "padding=1", "padding=2"),
    ("Your filters are 5 × 5: they should be 3 × 3, with padding 1.", "3, padding=1", "5, padding=2"),
    ("Your filters are 5 × 5: they should be 3 × 3.", "3, padding=1", "5, padding=1"),
    (SIDE, HALF, ""),
    (NOT_4, "side // 2", "-(-side // 2)"), (NOT_4, "(28 // 2**M)", "(28 // (2 * M))"),
    ("You round the side once, at the end: each Pool rounds it down, 28, 14, 7, 3.",
     "channels * (28 // 2**M) ** 2", "int(channels * (28 / 2**M) ** 2)"),
    (FILTERS_NEXT, INPUTS, "2 * channels * side * side"),
    ("The ReLU of the hidden layers comes after their loop: each of the K has its own, and with K = 0 there is none.",
     "64), nn.ReLU()", "64)", LAST, "[nn.ReLU(), nn.Linear(inputs, 10)]"),
    (HEIGHT, INPUTS, "channels * side"), (HEIGHT, INPUTS, "channels"),
    ("The first FC layer gets all maps: channels · side · side numbers.", INPUTS, "side * side"),
    ("You assume a side of 7: that is so after two Pools, and M counts them.", INPUTS, "channels * 7 * 7"),
    ("You assume a side of 14: that is so after one Pool, and M counts them.", INPUTS, "channels * 14 * 14"),
    (EXAMPLE, INPUTS, "16 * 7 * 7"), (EXAMPLE, INPUTS, "8 * 14 * 14"), (EXAMPLE, INPUTS, "32 * 3 * 3"),
    ("The last FC layer gets 64 numbers only if there is a hidden one: with K = 0 it gets all maps.",
     LAST, "[nn.Linear(64, 10)]"),
    ("The last FC layer gets the 64 numbers of the last hidden layer: it gets the maps only if K = 0.",
     INPUTS, INPUTS, LAST, "[nn.Linear(channels * side * side, 10)]"),
    ("Every hidden layer gets the 64 numbers of the one before: only the first sees the maps.",
     NEXT, "", LAST, "[nn.Linear(64 if K else inputs, 10)]"),
    ("A hidden layer leaves 64 numbers: set `inputs = 64` after each.", NEXT, ""),
    ("There is one ReLU in each stage: every Conv needs its own.",
     CONV + ", nn.ReLU()", CONV, "[nn.MaxPool2d(2)]", "[nn.ReLU(), nn.MaxPool2d(2)]"),
    ("The ReLU comes after the Pool: put one after every Conv.",
     CONV + ", nn.ReLU()", CONV, "[nn.MaxPool2d(2)]", "[nn.MaxPool2d(2), nn.ReLU()]"),
    ("There is one Pool for the whole network: every stage ends in one.",
     POOL + HALF, "", FLATTEN, POOL[4:] + FLATTEN, INPUTS, "channels * 14 * 14"),
    ("There is a `Flatten` in every stage: put one after the last.", HALF + FLATTEN, HALF + "    " + FLATTEN),
    ("`Flatten` comes first: a Conv needs rows and columns. It belongs after the last stage.",
     "[], 1, 28", "[nn.Flatten()], 1, 28", FLATTEN, ""),
    (HIDDEN, "64", "10"), (HIDDEN, "64", "128"), (HIDDEN, "64", "100"), (HIDDEN, "64", "32"),
    ("The hidden layers have 64 outputs: 120 are those of LeNet.", "64", "120"),
    (LOGITS, "inputs, 10", "inputs, 64"), (LOGITS, "inputs, 10", "inputs, 1"),
    (TWICE, "channels, filters", "filters, channels"), (TWICE, "inputs, 64", "64, inputs", "inputs, 10", "10, inputs"),
    (TWICE, "channels, filters", "filters, channels", "inputs, 64", "64, inputs", "inputs, 10", "10, inputs"),
    ("Your images have three channels: these are grey, so the first Conv gets one.", "[], 1", "[], 3"),
    ("There is one hidden layer too few: K does not count the last FC, which makes the logits.",
     "range(K)", "range(K - 1)"),
    ("There is one hidden layer too many: K of them, then the last FC.", "range(K)", "range(K + 1)"),
    ("There is always one hidden layer: there should be K.", "range(K)", "range(1)"),
    ("With K = 0 there is no hidden layer: the maps go straight to the logits.", "range(K)", "range(max(K, 1))"),
    ("There is one stage too few: `range(M)` loops M times.", "range(M)", "range(M - 1)"),
    ("There is one stage too many: `range(M)` loops M times.", "range(M)", "range(M + 1)"),
    ("There is only one stage, whatever M is: is there a `return` inside the loop, or does a list start again?",
     "range(M)", "range(1)"),
    ("Only the last stage is left: make the list once, before the loop over stages.",
     "range(M):\n", "range(M):\n        layers = []\n"),
    ("You return after the first stage: `return` belongs after all loops.",
     FLATTEN, "        return nn.Sequential(*layers)\n" + FLATTEN),
    ("There is one Conv too few in each stage: there should be N.", "range(N)", "range(N - 1)"),
    ("There is one Conv too many in each stage: there should be N.", "range(N)", "range(N + 1)"),
    ("There is only one Conv in each stage: there should be N.", "range(N)", "range(1)"),
    ("That is a list of layers: make a network from it, `cnn.nn.Sequential(*layers)`.",
     "nn.Sequential(*layers)", "layers"),
    ("N and M are swapped: N counts the Conv of a stage, M the stages.",
     "range(M)", "range((N))", "range(N)", "range(M)", "2**M", "2**N"),
    ("M and K are swapped: M counts the stages, K the hidden FC layers.",
     "range(M)", "range((K))", "range(K)", "range(M)", "2**M", "2**K"),
)
WRONG = [Wrong(described(wrong.answer), *wrong.sentences) for wrong in MADE]
