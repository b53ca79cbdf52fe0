"""One term at a time of the size, and of the count gone wrong: edits of a right way, for exercise 04.3."""

from ..slips import each_way, slips


def in_three_lines(C, H, W, K, F, S, P):
    rows = (H + 2 * P - F) // S + 1
    columns = (W + 2 * P - F) // S + 1
    count = (F * F * C + 1) * K
    return (K, rows, columns), count


ROWS, COLUMNS, COUNT, SHAPE = "(H + 2 * P - F) // S + 1", "(W + 2 * P - F) // S + 1", "(F * F * C + 1) * K", \
    "(K, rows, columns)"
POWER = "`^` is not a power in Python: write `F ** 2` or `F * F`."
BIAS = "The biases are missing: each filter has one."
SIDES = {   # what is wrong with a side of n cells
    "You add the padding once: P counts per side, so add 2 · P.": "(n + P - F) // S + 1",
    "The padding is missing: n + 2 · P cells can be read along a side.": "(n - F) // S + 1",
    "You subtract the padding: it makes the image larger, n + 2 · P.": "(n - 2 * P - F) // S + 1",
    "You add the padding twice too often: P counts per side, so add 2 · P.": "(n + 4 * P - F) // S + 1",
    "You add 2, and not 2 · P.": "(n + 2 - F) // S + 1",
    "You square the padding: there are P cells on each side, so 2 · P.": "(n + P * P - F) // S + 1",
    "You add the padding after the division: it belongs to the cells that can be read, n + 2 · P.":
        "(n - F) // S + 2 * P + 1",
    "You add the size of the filter: it takes room, so subtract it.": "(n + 2 * P + F) // S + 1",
    "The filter is missing: n + 2 · P − F cells are left to move along a side.": "(n + 2 * P) // S + 1",
    "You subtract F − 1: subtract F, because the 1 is added at the end.": "(n + 2 * P - F + 1) // S + 1",
    "You subtract F + 1, or stop one cell too early: `range` leaves out its end, so it is `n + 2 * P - F + 1`.":
        "(n + 2 * P - F - 1) // S + 1",
    "You subtract the filter twice, or the 2 multiplies it as well: it belongs to P alone, n + 2 · P − F.":
        "(n + 2 * P - 2 * F) // S + 1",
    "You subtract half of the filter: the whole of it has to fit.": "(n + 2 * P - F // 2) // S + 1",
    "You subtract the weights of a table, F · F: along a side there are F.": "(n + 2 * P - F * F) // S + 1",
    "You forget the filter: it takes room, so n + 2 · P − F cells are left to move.": "(n + 2 * P - S) // S + 1",
    "F and S are swapped: subtract F, divide by S.": "(n + 2 * P - S) // F + 1",
    "You divide by F: the window jumps by S.": "(n + 2 * P - F) // F + 1",
    "The stride is missing: the window jumps S cells at a time.": "(n + 2 * P - F) + 1",
    "You multiply by the stride: larger jumps make fewer places, so divide.": "(n + 2 * P - F) * S + 1",
    "The first place counts as well: + 1.": "(n + 2 * P - F) // S",
    "You add 2: add 1, for the first place.": "(n + 2 * P - F) // S + 2",
    "You subtract 1: add it, for the first place.": "(n + 2 * P - F) // S - 1",
    "The 1 is added before you divide by the stride: it comes after.": "(n + 2 * P - F + 1) // S",
    "The 1 is added to the stride: add it after you have divided.": "(n + 2 * P - F) // (S + 1)",
    "Brackets are missing: n + 2 · P − F is divided by the stride, not F alone.": "n + 2 * P - F // S + 1",
    "Brackets are missing: n + 2 · P − F is divided by the stride, not 2 · P − F alone.": "n + (2 * P - F) // S + 1",
    "The 2 multiplies the image as well: it belongs to P alone, n + 2 · P.": "(2 * (n + P) - F) // S + 1",
    "You round up: a window that does not fit reads nothing, so round down.": "-(-(n + 2 * P - F) // S) + 1",
    "You round to the nearest whole number: round down.": "round((n + 2 * P - F) / S) + 1",
    "Your sizes have fractions: round down, a window that does not fit reads nothing.": "(n + 2 * P - F) / S + 1",
    "You assume that the padding keeps the size: it does so only if 2 · P is F − 1.": "n // S",
    "You assume that the padding keeps the size: calculate it from F, S and P.": "(n - 1) // S + 1",
    "Your maps are as large as the image: calculate their sides from F, S and P.": "n",
    "You have the size of the padded image: the filter takes room, and the stride skips places.": "n + 2 * P",
    "You subtract the stride on each side: it divides the room that is left.": "n + 2 * P - F - S + 1",
    "You divide first, then subtract: divide the whole n + 2 · P − F.": "(n + 2 * P) // S - F + 1",
    "You calculate as for padding 1, whatever P is.": "(n + 2 - F) // S + 1 if P else (n - F) // S + 1",
    "You calculate as for stride 2 wherever S is not 1.": "(n + 2 * P - F) // min(S, 2) + 1",
}
COUNTS = {   # what is wrong with the count
    POWER: ["(C * F ^ 2 + 1) * K", "(F ^ 2 * C + 1) * K", "((F ^ 2) * C + 1) * K", "(C * (F ^ 2) + 1) * K",
            "F ^ 2 * C * K + K", "K * C * F ^ 2 + K", "(F ^ 2) * C * K"],
    "You counted one weight for each channel: a filter has F · F for each.": ["(C + 1) * K"],
    "The filter has F rows and F columns: F · F weights, not F · S.": ["(F * S * C + 1) * K"],
    "You counted F · F biases for each filter, or one channel too many: a filter has F · F · C weights and one bias.": [
        "F * F * (C + 1) * K"],
    "You counted the bias as an extra filter: there are F · F · C · K weights and K biases.": ["F * F * C * (K + 1)"],
    "You add channels and filters: each filter has a table for each channel, so multiply.": [
        "F * F * (C + K)", "F * F * (C + K) + K"],
    "You subtract the biases: they are learnt, too, so add them.": ["(F * F * C - 1) * K"],
    "You counted two biases for each filter: it has one.": ["(F * F * C + 2) * K"],
    "You counted one bias too many for the layer: there are K.": ["(F * F * C + 1) * K + 1"],
    "You counted a bias for each channel and each filter: there is one for each filter.": ["F * F * C * K + C + K"],
    "You counted a bias for each channel of each filter: a filter has one, because its channels are added to one "
    "sum.": [
        "F * F * C * K + C * K"],
    "You counted F biases for each filter: it has one.": ["(F * F * C + F) * K"],
    "These are the biases alone: add the weights.": ["K"],
    "You counted the numbers that go in: count weights and biases.": ["C * H * W", "C * H * W + K"],
    "You counted the numbers that come out, with biases: count weights and biases.": ["K * rows * columns + K"],
    "The weights do not depend on the height: a filter has F · F for each channel.": ["(F * H * C + 1) * K"],
    "The weights do not depend on the padding: a filter has F · F for each channel.": ["(F * F * C + 1) * K + 2 * P",
                                                                                   "(F * F * C + P) * K"],
    "The weights do not depend on the stride: each filter exists once.": ["(F * F * C + 1) * K // S",
                                                                           "(F * F * C + 1) * K * S"],
    "Your channels are squared: a filter has F · F weights for each of them.": ["(F * F * C * C + 1) * K"],
    "You counted the filters twice: K filters, not K · K.": ["(F * F * C + 1) * K * K",
                                                                             "(F * F * K + 1) * K"],
    "Your count lacks the channels, and has one bias for the whole layer.": ["F * F * K + 1"],
    "You took three channels, as for a colour image: there are C.": ["(F * F * 3 + 1) * K"],
    "You took filters of 3 × 3: they are F × F.": ["(9 * C + 1) * K"],
    "You took filters of 5 × 5: they are F × F.": ["(25 * C + 1) * K"],
    "You have K biases, but the weights of one filter only: it is (F · F · C + 1) · K.": ["F * F * C + K"],
}


def _sides(wrong):
    return (ROWS, wrong.replace("n ", "H ").replace("-n", "-H").replace("(n", "(H") if wrong != "n" else "H"), \
        (COLUMNS, wrong.replace("n ", "W ").replace("-n", "-W").replace("(n", "(W") if wrong != "n" else "W")


MORE = slips(
    [in_three_lines],
    *(row for sentence, wrong in SIDES.items() for row in each_way(sentence, *_sides(wrong))),
    *((sentence, COUNT, wrong) for sentence, counts in COUNTS.items() for wrong in counts),
    *(((sentence, BIAS), *sum(_sides(wrong), ()), COUNT, "F * F * C * K") for sentence, wrong in SIDES.items()),
    ("The number of maps comes first: (K, rows, columns).", SHAPE, "(rows, K, columns)"),
    ("Your shape holds the number of maps twice: it is (K, rows, columns).", SHAPE, "(K, K, columns)"),
    ("There is one map for each filter, not one more.", SHAPE, "(K + 1, rows, columns)"),
    ("You have a map for each filter and each channel: a filter makes one map.", SHAPE, "(K + C, rows, columns)"),
    ("The columns are missing: the shape is three numbers, (K, rows, columns).", SHAPE, "(K, rows)"),
    ("Your shape is one number for each filter: it is three numbers, (K, rows, columns).", SHAPE, "[rows] * K"),
    ("Rows and columns are multiplied: the shape is three numbers, (K, rows, columns).", SHAPE, "(K, rows * columns)"),
    ("You return the shape of the input: it is (K, rows, columns).", SHAPE, "(C, H, W)"),
    ("You count no place where F is larger than the image: with padding such a window may fit.",
     "rows = ", "rows = 0 if F > H else ", "columns = ", "columns = 0 if F > W else "),
)
