"""The slope of a real recording: smooth, then difference."""

import itertools

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from ..slips import slips


def solution(x, F, rate):
    smooth = cnn.correlate1d(x, np.ones(F) / F)      # the average of F neighbours
    steps = cnn.correlate1d(smooth, [-1, 1])         # after minus before
    return steps * rate                              # per second, no longer per sample


# --- other right ways -------------------------------------------------------------------------------------------------

def differences_first(x, F, rate):
    return cnn.correlate1d(np.diff(x), np.ones(F) / F) * rate


def one_filter(x, F, rate):
    return cnn.correlate1d(x, [-rate / F] + [0] * (F - 1) + [rate / F])


def ends_of_the_window(x, F, rate):
    return (x[F:] - x[:-F]) / F * rate


def with_loops(x, F, rate):
    means = [sum(x[i:i + F]) / F for i in range(len(x) - F + 1)]
    return [(after - before) * rate for before, after in itertools.pairwise(means)]


def with_numpy(x, F, rate):
    return (np.diff(np.convolve(x, np.full(F, 1 / F), "valid")) * rate).astype(np.float32)


def draw(rng):
    """A piece of a heart recording or of a pulse."""
    heart, pulse = cnn.data.ecg(), cnn.data.pulse()
    values, rate = (heart.values, heart.rate) if rng.integers(2) else (pulse.values, pulse.rate)
    start = rng.integers(0, len(values) - 60)
    return values[start:start + rng.integers(20, 60)], int(rng.integers(2, 10)), rate


# --- typical mistakes -------------------------------------------------------------------------------------------------

RATE = "The unit is missing: these are differences per sample. Multiply by `rate` to get them per second."
MEAN = "You add up the F samples without dividing by F: a moving average has the weights 1/F."
SIGN = "The sign is wrong: a slope is after minus before, the filter `[-1, 1]`."
ROUGH = "These are the differences of x itself: take those of the smoothed signal."
END = "Your last windows hang over the end of x, where there are fewer than F samples: stop before."
BORDER = "You smooth with zeros around x: at the ends they make slopes that are not in the recording. Stay on x."
FEWER = "Your average takes F - 1 samples: a piece such as `x[i:i + F]` ends before `x[i + F]`."
LATE = "Your piece of x begins at i + 1, so it holds F - 1 samples: it is `x[i:i + F]`."
APART = "You take the neighbours on both sides, two samples apart: use `[-1, 1]`."
ZERO = "Your weights are 0, because `//` rounds down: the weights are `1 / F`."
TWICE = "You take differences twice: that is how the slope changes, not the slope."
BLOCKS = "Your window jumps by its own width: a moving average moves by one sample."
BRACKETS = "Only one of the two is multiplied or divided: `*` and `/` come before `-`, so subtract first."
FILTER, OUT, AVERAGE = "np.ones(F) / F", "steps * rate", "sum(x[i:i + F]) / F"

EXERCISE = Exercise(
    id="01.6",
    title="How steep is a heartbeat?",
    statement="""Trembling hides the slope of a recording, so smooth first. Write `slope(x, F, rate)`:

1. smooth `x` with a moving average of `F` samples;
2. take the differences of what comes out, after minus before;
3. convert them to *per second*: the recording has `rate` samples a second.

No padding. You may use `cnn.correlate1d`. The check takes small numbers first, then pieces of two real recordings, this
heart and a pulse.""",
    signature="slope(x, F, rate): (N,), two whole numbers -> (N - F,)",
    difficulty=3,
    minutes=5,
    hints=(
        "Two filters, one after the other: the output of the first is the input of the second.",
        "The first filter has F weights, each 1/F; `np.ones(F) / F` makes them. The second has two weights. The third "
        "step is one multiplication.",
        "`smooth = cnn.correlate1d(x, np.ones(F) / F)`, then `cnn.correlate1d(smooth, [-1, 1])`; a second holds "
        "`rate` of these differences.",
    ),
    solution=solution,
    errors="""- *Too large by F*: the weights of an average are $1/F$ each, not 1.
- *Too small by 360 or 100*: a difference is per sample, and a second has that many samples.
- *Longer than $N - F$*: `np.convolve(..., "same")` pads with zeros, which look like a jump at both ends.
- *All signs wrong*: `np.convolve` flips $[-1, 1]$.""",
    praise="Smoothed, differenced, and with the right unit.",
    insight="Most of it cancels: only the two ends of F + 1 samples are left, (x[i + F] - x[i]) / F, and the order of "
            "the two filters does not matter.",
    cases=[([0, 0, 3, 6, 6], 3, 1), ([1, 2, 4, 8, 16], 2, 1), ([4, 1, 3, 0, 2, 9], 2, 10), ([5, 5, 5, 5], 2, 10),
           ([0, 1, 4, 9, 16, 25, 36], 4, 2)],
    draw=draw,
    edges=[([-1, -2, 3], 2, 3), ([0.0625, 1], 1, 1), ([0, -200, 900], 1, 1000),
           ([0, 1.23e-7, 4.4e-7], 1, 1)],
    right=[differences_first, one_filter, ends_of_the_window, with_loops, with_numpy],
    wrong=[*slips(
        [solution],   # two filters
        (RATE, " * rate", ""),
        ("You divide by `rate`: there are `rate` differences in a second, so multiply.", " * ", " / "),
        (MEAN, " / F", ""), ((MEAN, RATE), " / F", "", " * rate", ""),
        (SIGN, "[-1, 1]", "[1, -1]"), ((SIGN, RATE), "[-1, 1]", "[1, -1]", " * rate", ""),
        ("That is the smoothed signal: take its differences, then convert them to per second.", OUT, "smooth"),
        ("You smooth, but take no differences: the second filter is missing.", OUT, "smooth * rate"),
        (ROUGH, "(smooth", "(x"), ((ROUGH, RATE), "(smooth", "(x", " * rate", ""),
        ("You add neighbours: a difference is after minus before, the filter `[-1, 1]`.", "[-1, 1]", "[1, 1]"),
        ("You round the averages: keep the decimals.", "(smooth", "(smooth.round()"),
        ("Your averages are whole numbers: the decimals got lost, by `int` or in an array of that type.",
         "(smooth", "(smooth.astype(int)"),
        ("Your average takes F + 1 samples: a piece such as `x[i:i + F]` ends before `x[i + F]`.",
         FILTER, "np.ones(F + 1) / (F + 1)"),
        (FEWER, FILTER, "np.ones(F - 1) / (F - 1)"), (APART, "[-1, 1]", "[-0.5, 0, 0.5]"),
        (APART, "[-1, 1]", "[-1, 0, 1]"),
        ("`np.gradient` takes the neighbours on both sides, two samples apart: use `[-1, 1]` or `np.diff`.",
         "steps *", "np.gradient(smooth) *"),
        ("You take averages F - 1 places apart: a difference is between neighbours.",
         "[-1, 1]", "[-1] + [0] * (F - 2) + [1] if F > 2 else [-1, 1]"),
        ("You multiply by `rate` twice: once is enough.", "* rate", "* rate * rate"),
        (ZERO, FILTER, "np.ones(F) * (1 // F)"),
        ("You divide by F - 1: an average of F samples is their sum divided by F.", "/ F", "/ (F - 1)"),
        ("You divide by F + 1: an average of F samples is their sum divided by F.", "/ F", "/ (F + 1)"),
        ("Your sum runs on from window to window: set it back to 0 for each of them.", OUT, "smooth[1:] * rate"),
        ("You divide by 3 whatever F is.", "/ F", "/ 3"),
        ("You divide by F twice: the weights 1/F do it already.", "/ F", "/ F / F"),
        ("Your average has a single weight: it takes F of them, `np.ones(F) / F`.", FILTER, "[1 / F]"),
        ("You smooth twice: once is enough.", "(smooth", f"(cnn.correlate1d(smooth, {FILTER})"),
        (TWICE, OUT, "np.diff(steps) * rate"), (TWICE, OUT, "np.diff(steps * rate) * rate"),
        ("You drop the signs: a slope that falls is negative.", OUT, "abs(steps) * rate"),
        (BORDER, FILTER, f"{FILTER}, padding=F - 1"), (BORDER, FILTER, f"{FILTER}, padding=F // 2"),
        (BORDER, FILTER, f"{FILTER}, padding=(F - 1) // 2"), (BORDER, "cnn.correlate1d(x, np.ones(F) / F)",
                                                              'np.convolve(x, np.ones(F) / F, "same")'),
        ("You smooth with copies of the first and last sample around x: they are not in the recording. Stay on x.",
         "(x", '(np.pad(x, (F // 2, F - 1 - F // 2), "edge")'),
        (BLOCKS, FILTER, f"{FILTER}, stride=F"),
        ("Your first difference is from the last average to the first, because `[i - 1]` is the last one when i is 0: "
         "start at 1.", "steps *", "(smooth - np.roll(smooth, 1)) *"),
        ("Your first difference is from 0 to the first average, a jump that is not in the recording.",
         "(smooth", "(np.append(0, smooth)"),
        ("Your slopes are whole numbers: the decimals got lost, by `int` or in an array of that type.",
         lambda y, *_: y.astype(int)),
        ("There is an extra 0 in front: N - F + 1 averages have N - F differences.", lambda y, *_: [0, *y]),
        ("That is one number, from the first average to the last: every place has a slope of its own.",
         lambda y, *_: y.sum()),
        ("That is the largest slope alone: return those of all places.", lambda y, *_: y.max()),
        ("You return the first slope alone: `return` belongs after the loop.", lambda y, *_: y[:1]),
        ("The last slope is missing: N - F + 1 averages have N - F differences.", lambda y, *_: y[:-1]),
        ("You smooth over 3 samples whatever F is.", FILTER, "np.ones(3) / 3"),
        ("You smooth over 5 samples whatever F is.", FILTER, "np.ones(5) / 5"),
        ("You multiply by 360 whatever `rate` is: other recordings have another rate.", "* rate", "* 360"),
    ), *slips(
        [with_loops, ends_of_the_window],
        ("You cut off the decimals: `/` divides, `//` rounds down as well.", "/ F", "// F"),
        ("You take the median: a moving average is the mean of F samples.", AVERAGE, "np.median(x[i:i + F])"),
        (FEWER, AVERAGE, "np.mean(x[i:i + F - 1])"), (LATE, AVERAGE, "np.mean(x[i + 1:i + F])"),
        ("You divide by F, but add up F - 1 samples only: `x[i:i + F]` ends before `x[i + F]`.",
         "i + F]", "i + F - 1]"),
        (END, "len(x) - F + 1", "len(x)"), (END, "len(x) - F + 1", "len(x)", AVERAGE, "np.mean(x[i:i + F])"),
        ("Your average takes F + 1 samples: a piece such as `x[i:i + F]` ends before `x[i + F]`.",
         AVERAGE, "np.mean(x[i:i + F + 1])"),
        ("You add up F + 1 samples and divide by F: a piece such as `x[i:i + F]` ends before `x[i + F]`.",
         AVERAGE, "sum(x[i:i + F + 1]) / F"),
        ("You smooth over 3 samples whatever F is.", AVERAGE, "np.mean(x[i:i + 3])"),
        ("You smooth over 5 samples whatever F is.", AVERAGE, "np.mean(x[i:i + 5])"),
        ("Your averages are whole numbers: the decimals got lost, by `int` or in an array of that type.",
         AVERAGE, f"int({AVERAGE})"),
        *(("You round the averages: keep the decimals.", AVERAGE, f"round({AVERAGE}, {n})")
          for n in range(4)),
        (BLOCKS, "len(x) - F + 1", "0, len(x) - F + 1, F"),
        (BRACKETS, "(after - before)", "after - before"), (BRACKETS, "(x[F:] - x[:-F])", "x[F:] - x[:-F]"),
        (BRACKETS, "x[:-F]) / F", "x[:-F] / F)"),
        ("Your piece of x ends at F whatever i is: it is `x[i:i + F]`.", "i:i + F", "i:F"),
        ("Only the sample that goes out counts: one also comes in, as in the piece `x[i:i + F]`.", "i:i + F", "i:"),
        ("Only the sample that comes in counts: one also goes out, as in the piece `x[i:i + F]`.", "i:i + F", ":i + F"),
        ("`*` repeats a list `rate` times: make an array of it, `np.array(...)`, then multiply.",
         " * rate", "", "pairwise(means)]", "pairwise(means)] * rate"),
    )],
)
