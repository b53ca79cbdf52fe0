"""What is compared, counted and divided goes wrong one thing at a time: edits of a right way by a loop, for 05.5."""

import numpy as np

from ..slips import slips


def counted(f, x, s):
    before = f(x)
    after = f(np.roll(x, s))
    same = 0
    for i in range(len(before)):
        if before[i] == after[i]:
            same += 1
    return same / len(before)


COUNT, TURN, ALIKE, SHARE, ROLL = "same += 1", "range(len(before))", "before[i] == after[i]", "same / len(before)", \
    "np.roll(x, s)"
SOME, OUT = "            same += 1\n", "    return same"
MOVED = "You move the outputs along before you compare: that would be equivariance. Leave them in place."
AT_MOST = "You count one output at most: does the loop end at the first, or is there `=` where `+=` belongs?"
ALWAYS_1 = "This is 1 whatever f is: compare f(x) with f of the rolled x, which `np.roll(x, s)` returns, " \
           "leaving x as it is."
NEARLY = "Your tolerance is too large: only outputs that stay the same count, so allow 1e-9 at most."
STOPS = "You stop at the first output that changed: look at all of them."
NEIGHBOURS = "You compare an output with its neighbour: the same place before and after, `before[i] == after[i]`."
TIMES = "You roll more than once: `np.roll(x, s)` moves by s cells at once."
TURNED = "The share is upside down: divide the outputs that stayed by all outputs."

MORE = slips(
    [counted],
    ("Your count starts from 1: start from 0.", "same = 0", "same = 1"),
    ("Your count starts from 1: start from 0.", "same = 0", "same = 1.0"),
    ("Your count restarts in every turn: put `same = 0` before the loop.",
     "        if before", "        same = 0\n        if before"),
    (AT_MOST, COUNT, "same = 1"), (STOPS, SOME, SOME + "        else:\n            break\n"),
    ("You count each output twice: add 1 for each.", COUNT, "same += 2"),
    ("You add up the outputs that stayed: add 1 for each.", COUNT, "same += before[i]"),
    ("You add up the numbers of the places that stayed: add 1 for each.", COUNT, "same += i"),
    ("You subtract 1 for each output that changed: count only those that stayed.",
     SOME, SOME + "        else:\n            same -= 1\n"),
    (ALWAYS_1, f"if {ALIKE}", "if True"),
    ("The first output is left out: counting starts at 0.", TURN, "range(1, len(before))"),
    ("The last output is left out: `range` already leaves out its end.", TURN, "range(len(before) - 1)"),
    ("The first output is left out: counting starts at 0.", TURN, "range(1, len(before))", SHARE,
     "same / max(len(before) - 1, 1)"),
    ("The last output is left out: `range` already leaves out its end.", TURN, "range(len(before) - 1)", SHARE,
     "same / max(len(before) - 1, 1)"),
    ("You look at every second output only: compare all of them.", TURN, "range(0, len(before), 2)"),
    ("You look at half of the outputs only: compare all of them.", TURN, "range(len(before) // 2)"),
    ("You look at s outputs only: compare all of them.", TURN, "range(min(s, len(before)))"),
    ("You leave out the first s outputs: with `np.roll` all of them can be compared.", TURN, "range(s, len(before))"),
    ("You leave out the first s outputs: with `np.roll` all of them can be compared.", TURN, "range(s, len(before))",
     SHARE, "same / max(len(before) - s, 1)"),
    ("You leave out the last s outputs: with `np.roll` all of them can be compared.", TURN,
     "range(max(len(before) - s, 0))"),
    ("You leave out the last s outputs: with `np.roll` all of them can be compared.", TURN,
     "range(max(len(before) - s, 0))", SHARE, "same / max(len(before) - s, 1)"),
    (NEIGHBOURS, ALIKE, "before[i] == after[i - 1]"), (NEIGHBOURS, ALIKE, "before[i - 1] == after[i]"),
    (MOVED, ALIKE, "before[i - s] == after[i]", TURN, "range(s, len(before))", SHARE,
     "same / max(len(before) - s, 1)"),
    (MOVED, ALIKE, "before[i - s] == after[i]", TURN, "range(s, len(before))"),
    (MOVED, "after = f(np.roll(x, s))", "after = np.roll(f(np.roll(x, s)), -s)"),
    ("You compare the outputs in reverse order: the same place before and after.", ALIKE, "before[i] == after[-1 - i]"),
    ("You compare outputs with the cells of x: compare those of x with those of the rolled x.",
     ALIKE, "before[i] == x[i]"),
    ("You compare outputs with the cells of the rolled x: call f on it first.", "after = f(np.roll(x, s))",
     "after = np.roll(x, s)"),
    ("You count the outputs that grew: compare with `==`.", ALIKE, "before[i] < after[i]"),
    ("You count the outputs that fell: compare with `==`.", ALIKE, "before[i] > after[i]"),
    ("You compare the sizes of the outputs without their signs: −1 is not 1.", ALIKE,
     "abs(before[i]) == abs(after[i])"),
    ("You count only outputs that are not 0: a 0 that stays 0 counts, too.", ALIKE, ALIKE + " > 0"),
    (NEARLY,
     ALIKE, "abs(before[i] - after[i]) < 0.75"),
    (NEARLY,
     ALIKE, "abs(before[i] - after[i]) < 2"),
    *((NEARLY, ALIKE, f"abs(before[i] - after[i]) < {near}") for near in (0.5, 0.1, 0.01, 0.001)),
    ("Your roll goes wrong if s is larger than `len(x)`: take the remainder, `s % len(x)`.",
     ROLL, "np.array([*x[-s:], *x[:-s]]) if s else x"),
    ("You divide by the number of inputs: you want the share of outputs, `len(f(x))`.", SHARE, "same / len(x)"),
    ("You divide by the shift: you want the share of all outputs.", SHARE, "same / s"),
    ("You divide by one too many: there are `len(f(x))` outputs.", SHARE, "same / (len(before) + 1)"),
    ("You divide by one too few: there are `len(f(x))` outputs.", SHARE, "same / max(len(before) - 1, 1)"),
    ("You divide what stayed by what changed: divide by all outputs.", SHARE, "same / max(len(before) - same, 1)"),
    (TURNED, SHARE, "len(before) / max(same, 1)"),
    ("You return both numbers, how many stayed and out of how many: divide the first by the second.",
     SHARE, "same, len(before)"),
    ("You round the share to one digit: leave it as it is.", SHARE, "round(same / len(before), 1)"),
    ("You round the share to two digits: leave it as it is.", SHARE, "round(same / len(before), 2)"),
    ("This is the mean of the outputs after the shift: return the share that stayed.", SHARE, "np.mean(after)"),
    ("Every other cell is moved twice as far: roll by s cells.", ROLL, "np.roll(x, 2 * s)"),
    ("You roll by one cell too many: roll by s cells.", ROLL, "np.roll(x, s + 1)"),
    ("You roll by one cell too few: roll by s cells.", ROLL, "np.roll(x, s - 1)"),
    ("You reverse x: `np.roll(x, s)` moves its cells and keeps their order.", ROLL, "x[::-1]"),
    ("You sort x: `np.roll(x, s)` moves its cells and keeps their order.", ROLL, "np.sort(x)"),
    ("You roll twice: compare x itself with x rolled by s.", "f(x)", "f(np.roll(x, -s))"),
    ("You multiply x by s: `np.roll(x, s)` moves its cells.", ROLL, "x * s"),
    ("Zeros come in on the left: with `np.roll`, the cells that leave on the right come in.",
     ROLL, "np.append(np.zeros(min(s, len(x))), x[:max(len(x) - s, 0)])"),
    ("Zeros come in on the right, and x moves to the left: `np.roll(x, s)` moves it to the right and wraps round.",
     ROLL, "np.append(x[s:], np.zeros(min(s, len(x))))"),
    ("You call f once, on x and its rolled copy together: call it on each.",
     "before = f(x)\n    after = f(np.roll(x, s))", "both = f(np.concatenate([x, np.roll(x, s)]))\n    before, after = "
     "both[:len(both) // 2], both[len(both) // 2:2 * (len(both) // 2)]"),
)
