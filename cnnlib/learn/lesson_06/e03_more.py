"""One layer or number at a time gone wrong in a network from its pattern: edits of three right ways, for 06.3."""

from ... import nn
from ..exercise import Wrong
from ..slips import slips
from .e03_slips import FILTERS_NEXT, HALF, INPUTS, POOL, counting, doubling
from .network import described


def asking(N, M, K):
    layers = []
    for m in range(M):
        out = 8 * 2 ** m
        for n in range(N):
            before = out if n > 0 else out // 2 if m > 0 else 1
            layers += [nn.Conv2d(before, out, 3, padding=1), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
    layers += [nn.Flatten()]
    size = 8 * 2 ** (M - 1) * (28 // 2 ** M) ** 2
    for k in range(K):
        layers += [nn.Linear(size if k == 0 else 64, 64), nn.ReLU()]
    layers += [nn.Linear(size if K == 0 else 64, 10)]
    return nn.Sequential(*layers)


OUT, BEFORE, MAPS, SIDE = "8 * 2 ** m\n", "out if n > 0 else out // 2 if m > 0 else 1", "8 * 2 ** (M - 1)", \
    "(28 // 2 ** M) ** 2"
FC, LAST = "nn.Linear(size if k == 0 else 64, 64)", "nn.Linear(size if K == 0 else 64, 10)"
FIRST_16 = "The first stage has 16 filters: it should have 8, the second 16."
BY_8 = "Your filters grow by 8 from stage to stage: they double, 8, 16, 32."
STAY_8 = "The filters stay 8: each stage has twice as many as the one before."
HIDDEN = "The hidden layers have 64 outputs."
TWICE = "Inputs come first, then outputs: `Linear(inputs, outputs)`."
ONE_POOL = "There is one Pool for the whole network: every stage ends in one."
EACH_POOL = "You pool after every Conv: Pool comes once, at the end of a stage."
FORGOTTEN = "Your side forgets one Pool: after M of them it is 28 // 2 ** M."
ONE_MORE = "Your side counts one Pool too many: after M of them it is 28 // 2 ** M."
FIRST_MAPS = "The first FC layer gets all maps of the last stage: 8 · 2 ** (M - 1) of them, not 8."
SIDE_ONCE = "The maps have height and width: the first FC layer gets channels · side · side numbers."
HALVED = "You assume a side of 14: that is so after one Pool, and M counts them."
AT_7 = "Your side stays 7 after the third Pool: halve it again and round down, 28, 14, 7, 3."
ALL_HIDDEN = "Every hidden layer gets the 64 numbers of the one before: only the first sees the maps."
NO_MAPS = "The first hidden layer gets all maps: only later ones get 64 numbers."
GIVEN_HALF = "Within a stage the second Conv gets what the first one makes: set `channels = filters` after each."
FIRST_GIVEN = "The first Conv of a later stage gets the maps of the stage before: half of what it makes."
GREY = "The first Conv gets one map, because the images are grey."
GROWN = "The first Conv of a later stage gets the maps of the stage before: half as many as its own filters."

MADE = slips(
    [counting, doubling, asking],
    (FIRST_16, OUT, "8 * 2 ** (m + 1)\n"), (FIRST_16, OUT, "8 * 2 ** (m + 1)\n", MAPS, "8 * 2 ** M"),
    (FIRST_16, OUT, "16 * 2 ** m\n", "out // 2 if m > 0", "out // 2 if m > 0"),
    (BY_8, OUT, "8 * (m + 1)\n"), (BY_8, OUT, "8 * (m + 1)\n", "out // 2 if", "out - 8 if"),
    (BY_8, OUT, "8 * (m + 1)\n", "out // 2 if", "out - 8 if", MAPS, "8 * M"), (BY_8, OUT, "8 * (m + 1)\n", MAPS,
                                                                            "8 * M"),
    (STAY_8, OUT, "8\n"), (STAY_8, OUT, "8\n", "out // 2 if", "8 if"),
    (STAY_8, OUT, "8\n", "out // 2 if", "8 if", MAPS, "8"), (STAY_8, "        filters *= 2\n", ""),
    ("Your filters grow with the square of the stage: they double, 8, 16, 32.", OUT, "8 * (m + 1) ** 2\n"),
    ("The first stage has 4 filters: it should have 8, the second 16.", OUT, "4 * 2 ** m\n"),
    ("The first stage has 4 filters: it should have 8, the second 16.", "8 * 2 ** stage", "4 * 2 ** stage"),
    ("The first stage has 32 filters: it should have 8, the second 16.", "8 * 2 ** stage", "32 * 2 ** stage"),
    ("Your filters grow fourfold: they double from stage to stage, 8, 16, 32.", "8 * 2 ** stage", "8 * 4 ** stage"),
    ("Your filters grow threefold: they double from stage to stage, 8, 16, 32.", "8 * 2 ** stage", "8 * 3 ** stage"),
    ("Your filters grow by 2: they double from stage to stage, 8, 16, 32.", "8 * 2 ** stage", "8 + 2 * stage"),
    ("Your filters halve from stage to stage: they double, 8, 16, 32.", "8 * 2 ** stage", "8 // 2 ** stage or 1"),
    ("The stages are in reverse order: the first has 8 filters, the last the most.",
     "8 * 2 ** stage", "8 * 2 ** (M - 1 - stage)"),
    ("Your filters double with every Conv: they double only from stage to stage.",
     "8 * 2 ** stage", "channels * 2 if channels > 1 else 8"),
    (GREY, BEFORE, "out if n > 0 else out // 2"), (GREY, BEFORE, "out if n > 0 or m == 0 else out // 2"),
    (GREY, BEFORE, "out if n > 0 else out // 2 if m > 0 else 28"), (GREY, "[], 1, ", "[], 28, "),
    (GREY, "[], 1, ", "[], 8, "), (GREY, BEFORE, "out"),
    ("Every Conv gets one map: it should get what the one before makes.", BEFORE, "1"),
    ("The first Conv of every stage gets one map: only in the first stage is that "
     "right.", BEFORE, "out if n > 0 else 1"),
    (GIVEN_HALF, BEFORE, "out // 2 if m > 0 else 1"), (GIVEN_HALF, BEFORE, "out // 2 if m > 0 or n > 0 else 1"),
    (FIRST_GIVEN, BEFORE, "out if n > 0 or m > 0 else 1"), (FIRST_GIVEN, BEFORE, "out if n > 0 else 2 * out if m > 0 "
                                                            "else 1"),
    (GROWN, BEFORE, "out if n > 0 else 8 if m > 0 else 1"), (GROWN, BEFORE, "out if n > 0 else out - 8 if m > 0 "
                                                             "else 1"),
    (FORGOTTEN, SIDE, "(28 // 2 ** (M - 1)) ** 2"), (ONE_MORE, SIDE, "(28 // 2 ** (M + 1)) ** 2"),
    (FORGOTTEN, "28\n    for stage", "56\n    for stage"), (ONE_MORE, "28\n    for stage", "14\n    for stage"),
    (FIRST_MAPS, MAPS, "8"), (FILTERS_NEXT, MAPS, "8 * 2 ** M"), (FIRST_MAPS, INPUTS, "8 * side * side"),
    ("The first FC layer gets all maps of the last stage: they double, 8, 16, 32, instead of growing by 8.",
     MAPS, "8 * M"),
    ("The first FC layer gets the maps of the last stage, not of the one before.", MAPS, "8 * 2 ** (M - 2) // 1"),
    (SIDE_ONCE, SIDE, "(28 // 2 ** M)"), (SIDE_ONCE, SIDE, "1"), (HALVED, SIDE, "14 ** 2"),
    (HALVED, HALF, "        side = 14\n"), (AT_7, SIDE, "(28 // min(2 ** M, 4)) ** 2"),
    (AT_7, "side = side // 2", "side = max(side // 2, 7)"),
    ("The first FC layer has the wrong number of inputs: each Pool halves the side, 28, 14, 7, 3.",
     SIDE, "28 ** 2"),
    ("You assume a side of 7: that is so after two Pools, and M counts them.", SIDE, "7 ** 2"),
    ("You divide the numbers of a map by 2 for each Pool: it halves height and width, so it leaves a quarter.",
     SIDE, "(28 * 28 // 2 ** M)"),
    ("You divide 28 · 28 by 4 for each Pool: each rounds the side down, 28, 14, 7, 3.", SIDE, "(28 * 28 // 4 ** M)"),
    ("Images are 28 × 28, not 32 × 32: the side is 28, 14, 7, 3.", "28", "32"),
    ("You add height and width: the first FC layer gets channels · side · side numbers.",
     INPUTS, "channels * (side + side)"),
    ("Every Pool takes two pixels off your side: it should halve it, 28, 14, 7, 3.", "side // 2", "side - 2"),
    ("Every Conv takes two pixels off your side: with padding 1 it keeps the size.",
     "side = side // 2", "side = (side - 2 * N) // 2"),
    ("You halve the side with every Conv: Pool comes once in a stage.", "side = side // 2", "side = side // 2**N"),
    (EACH_POOL, POOL, "    " + POOL), (EACH_POOL, POOL, "    " + POOL, HALF, HALF),
    ("You pool twice in a stage: it ends in one Pool.", POOL, POOL + POOL),
    ("You pool at the start of a stage: it ends in a Pool.", POOL, "", "        for _ in range(N):",
     POOL + "        for _ in range(N):"),
    ("You pool only between stages: every stage ends in a Pool, even the last.", POOL,
     "        if stage < M - 1:\n    " + POOL, "stage in", "stage in"),
    ("Your Pool moves by one cell: `MaxPool2d(2)` moves by 2 and halves the side.", "MaxPool2d(2)", "MaxPool2d(2, 1)"),
    ("Your Conv jumps by 2: it has stride 1, and Pool halves the side.", "3, padding=1", "3, stride=2, padding=1"),
    ("Your filters are 3 × 3 without their biases: every Conv has one for each filter.", "3, padding=1",
     "3, padding=1, bias=False"),
    ("Your FC layers have no biases: leave `bias` as it is.", "inputs, 64)", "inputs, 64, bias=False)", "inputs, 10)",
     "inputs, 10, bias=False)"),
    ("Your filters are 1 × 1: they should be 3 × 3, with padding 1.", "3, padding=1", "1"),
    ("Your filters are 2 × 2: they should be 3 × 3, with padding 1.", "3, padding=1", "2, padding=1"),
    (ONE_POOL, POOL, "", "    layers += [nn.Flatten()]", POOL[4:] + "    layers += [nn.Flatten()]"),
    ("There is a second ReLU after each Pool: one after every Conv is enough.",
     "[nn.MaxPool2d(2)]", "[nn.MaxPool2d(2), nn.ReLU()]"),
    ("There is a ReLU after `Flatten`: put one after every Conv and every hidden FC layer only.",
     "[nn.Flatten()]", "[nn.Flatten(), nn.ReLU()]"),
    ("There is a ReLU before `Flatten`: put one after every Conv and every hidden FC layer only.",
     "[nn.Flatten()]", "[nn.ReLU(), nn.Flatten()]"),
    ("There are two `Flatten`: one is enough.", "[nn.Flatten()]", "[nn.Flatten(), nn.Flatten()]"),
    ("There is a `Flatten` before every hidden layer: put one after the last stage.",
     "[nn.Linear(inputs, 64)", "[nn.Flatten(), nn.Linear(inputs, 64)"),
    ("`Flatten` comes after the hidden layers: the FC layers need one long row, so it belongs before them.",
     "    layers += [nn.Flatten()]\n", "", "[nn.Linear(inputs, 10)", "[nn.Flatten(), nn.Linear(inputs, 10)"),
    ("There is a ReLU before each hidden FC layer: it belongs after it.",
     "nn.Linear(inputs, 64), nn.ReLU()", "nn.ReLU(), nn.Linear(inputs, 64)"),
    ("The last of the hidden layers has no ReLU: each of the K has one after it.",
     "[nn.Linear(inputs, 10)", "layers.pop() and [] if K else []\n    layers += [nn.Linear(inputs, 10)"),
    *((HIDDEN, "inputs, 64)", f"inputs, {n})") for n in (10, 16, 32, 100, 120, 128, 256)),
    (HIDDEN, "inputs, 64)", "inputs, inputs // 2)", "inputs = 64", "inputs = inputs // 2"),
    (TWICE, "inputs, 64", "64, inputs"), (TWICE, "inputs, 10", "10, inputs"),
    (ALL_HIDDEN, FC, "nn.Linear(size, 64)"), (NO_MAPS, FC, "nn.Linear(64, 64)"),
    ("The last FC layer has the wrong input: it gets 64 numbers after hidden layers, all maps without them.",
     LAST, "nn.Linear(64 if K == 0 else size, 10)"),
)
MORE = [Wrong(described(wrong.answer), *wrong.sentences) for wrong in MADE]
