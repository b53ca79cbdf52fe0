"""The slope of a real recording: smooth, then difference."""

import itertools

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise, Wrong


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


# --- typical mistakes -------------------------------------------------------------------------------------------------

def sum_for_mean(x, F, rate):
    return solution(x, F, rate) * F


def sum_without_rate(x, F, rate):
    return solution(x, F, 1) * F


def before_minus_after(x, F, rate):
    return -solution(x, F, rate)


def before_minus_after_without_rate(x, F, rate):
    return -solution(x, F, 1)


def smooth_only(x, F, rate):
    return cnn.correlate1d(x, np.ones(F) / F)


def smooth_only_times_rate(x, F, rate):
    return smooth_only(x, F, rate) * rate


def differences_only(x, F, rate):
    return np.diff(x) * rate


def differences_only_per_sample(x, F, rate):
    return np.diff(x)


def added(x, F, rate):
    return cnn.correlate1d(smooth_only(x, F, rate), [1, 1]) * rate


def integer_division(x, F, rate):
    return np.diff(cnn.correlate1d(x, np.ones(F)) // F) * rate


def rounded(x, F, rate):
    return np.diff(np.round(smooth_only(x, F, rate))) * rate


def median(x, F, rate):
    return np.diff([np.median(x[i:i + F]) for i in range(len(x) - F + 1)]) * rate


def one_more(x, F, rate):
    return solution(x, F + 1, rate)


def one_less(x, F, rate):
    return solution(x, F - 1, rate)


def divided_by_one_less(x, F, rate):
    return solution(x, F, rate) * F / (F - 1)


def smoothed_twice(x, F, rate):
    return solution(smooth_only(x, F, rate), F, rate)


def differenced_twice(x, F, rate):
    return np.diff(solution(x, F, rate)) * rate


def padded(x, F, rate):
    return np.diff(np.convolve(x, np.ones(F) / F, "same")) * rate


def padded_full(x, F, rate):
    return np.diff(np.convolve(x, np.ones(F) / F, "full")) * rate


def blocks(x, F, rate):
    return np.diff([np.mean(x[i:i + F]) for i in range(0, len(x) - F + 1, F)]) * rate


def from_zero(x, F, rate):
    return np.diff(smooth_only(x, F, rate), prepend=0) * rate


def gradient(x, F, rate):
    return np.gradient(smooth_only(x, F, rate)) * rate


def overlapping(x, F, rate):
    smooth = smooth_only(x, F, rate)
    return (smooth[F - 1:] - smooth[:len(smooth) - F + 1]) * rate


def one_weight(x, F, rate):
    return np.diff(x) / F * rate


def over_the_end(x, F, rate):
    return np.diff([sum(x[i:i + F]) / F for i in range(len(x))]) * rate


def shorter_at_the_end(x, F, rate):
    return np.diff([np.mean(x[i:i + F]) for i in range(len(x))]) * rate


def padded_by_half(x, F, rate):
    return np.diff(cnn.correlate1d(x, np.ones(F) / F, padding=F // 2)) * rate


def one_less_in_each(x, F, rate):
    return np.diff([np.mean(x[i:i + F - 1]) for i in range(len(x) - F + 1)]) * rate


def one_less_in_each_sum(x, F, rate):
    return np.diff([np.sum(x[i:i + F - 1]) / F for i in range(len(x) - F + 1)]) * rate


def central(x, F, rate):
    return cnn.correlate1d(smooth_only(x, F, rate), [-1, 0, 1]) / 2 * rate


def steepest(x, F, rate):
    return solution(x, F, rate).max()


def rate_twice(x, F, rate):
    return solution(x, F, rate) * rate


def no_weights(x, F, rate):
    return solution(x * (1 // F), F, rate)


def from_the_last(x, F, rate):
    smooth = smooth_only(x, F, rate)
    return [(smooth[i] - smooth[i - 1]) * rate for i in range(len(smooth))]


def whole_way(x, F, rate):
    return solution(x, F, rate).sum()


def list_repeated(x, F, rate):
    return list(solution(x, F, 1)) * rate


def blocks_by_stride(x, F, rate):
    return cnn.correlate1d(cnn.correlate1d(x, np.ones(F) / F, stride=F), [-1, 1]) * rate


def padded_by_less_than_half(x, F, rate):
    return np.diff(cnn.correlate1d(x, np.ones(F) / F, padding=(F - 1) // 2)) * rate


def draw(rng):
    """A piece of a heart recording or of a pulse."""
    heart, pulse = cnn.data.ecg(), cnn.data.pulse()
    values, rate = (heart.values, heart.rate) if rng.integers(2) else (pulse.values, pulse.rate)
    start = rng.integers(0, len(values) - 60)
    return values[start:start + rng.integers(20, 60)], int(rng.integers(2, 10)), rate


RATE = "The unit is missing: these are differences per sample. Times `rate` samples a second, they are per second."
MEAN = "You add up the F samples without dividing by F: a moving average has the weights 1/F."
SIGN = "The sign is wrong: a slope is after minus before, the filter `[-1, 1]`."
ROUGH = "These are the differences of x itself: take those of the smoothed signal."
END = "Your last windows hang over the end of x, where there are fewer than F samples: stop before."
BORDER = "You smooth with zeros around x: at the ends they make slopes that are not in the recording. Stay on x."
FEWER = "Your average takes F - 1 samples: a piece such as `x[i:i + F]` ends before `x[i + F]`."
BLOCKS = "Your window jumps by its own width: a moving average moves by one sample."

EXERCISE = Exercise(
    id="01.6",
    title="How steep is a heartbeat?",
    statement="""Trembling hides the slope of a recording, so smooth first. Write `slope(x, F, rate)`:

1. smooth `x` with a moving average of `F` samples;
2. take the differences of what comes out, after minus before;
3. turn them into *per second*: the recording has `rate` samples a second.

No padding. You may use `cnn.correlate1d`. The check takes small numbers first, then pieces of two real recordings, the
heart of this section and a pulse.""",
    signature="slope(x, F, rate): (N,), two whole numbers -> (N - F,)",
    difficulty=3,
    minutes=5,
    hints=(
        "Two filters, one after the other: the output of the first is the input of the second.",
        "The first filter has F weights, each 1/F; `np.ones(F) / F` makes them. The second has two weights. The third "
        "step is one multiplication.",
        "`smooth = cnn.correlate1d(x, np.ones(F) / F)`, then `cnn.correlate1d(smooth, [-1, 1])`; and a second holds "
        "`rate` of these differences.",
    ),
    solution=solution,
    errors="""- *Too large by F*: the weights of an average are $1/F$ each, not 1.
- *Too small by 360 or 100*: a difference is per sample; the recording has so many samples in a second.
- *Longer than $N - F$*: `np.convolve(..., "same")` pads with zeros, which look like a jump at both ends.
- *All signs wrong*: `np.convolve` turns $[-1, 1]$ round.""",
    praise="Smoothed, differenced, and with the right unit.",
    insight="Most of it cancels: only the two ends of F + 1 samples are left, (x[i + F] - x[i]) / F, and the order of "
            "the two filters does not matter.",
    cases=[([0, 0, 3, 6, 6], 3, 1), ([1, 2, 4, 8, 16], 2, 1), ([4, 1, 3, 0, 2, 9], 2, 10), ([5, 5, 5, 5], 2, 10),
           ([0, 1, 4, 9, 16, 25, 36], 4, 2)],
    draw=draw,
    edges=[([-1, -2, 3], 2, 3), ([0.0625, 1], 1, 1), ([0, -200, 900], 1, 1000)],
    right=[differences_first, one_filter, ends_of_the_window, with_loops, with_numpy],
    wrong=[
        Wrong(lambda x, F, rate: solution(x, F, 1), RATE),
        Wrong(lambda x, F, rate: solution(x, F, 1) / rate,
              "You divide by `rate`: there are `rate` differences in a second, so multiply."),
        Wrong(sum_for_mean, MEAN), Wrong(sum_without_rate, MEAN, RATE),
        Wrong(before_minus_after, SIGN), Wrong(before_minus_after_without_rate, SIGN, RATE),
        Wrong(smooth_only, "That is the smoothed signal: take its differences, then turn them into per second."),
        Wrong(smooth_only_times_rate, "You smooth, but take no differences: the second filter is missing."),
        Wrong(differences_only, ROUGH), Wrong(differences_only_per_sample, ROUGH, RATE),
        Wrong(added, "You add neighbours: a difference is after minus before, the filter `[-1, 1]`."),
        Wrong(integer_division, "You cut off what is behind the point: `/` divides, `//` rounds down as well."),
        Wrong(rounded, "You round the averages: keep what is behind the point."),
        Wrong(median, "You take the median: a moving average is the mean of F samples."),
        Wrong(one_more, "Your average takes F + 1 samples: a piece such as `x[i:i + F]` ends before `x[i + F]`."),
        Wrong(one_less, FEWER), Wrong(one_less_in_each, FEWER),
        Wrong(one_less_in_each_sum, "You divide by F, but add up F - 1 samples only: `x[i:i + F]` ends before "
                                    "`x[i + F]`."),
        Wrong(central, "You take the neighbours on both sides, two samples apart: use `[-1, 1]`."),
        Wrong(steepest, "That is the largest slope alone: every place has one, so return them all."),
        Wrong(rate_twice, "You multiply by `rate` twice: once is enough."),
        Wrong(no_weights, "Your weights are 0, for `//` rounds down: the weights are `1 / F`."),
        Wrong(divided_by_one_less, "You divide by F - 1: an average of F samples is their sum divided by F."),
        Wrong(lambda x, F, rate: np.abs(solution(x, F, rate)), "You drop the signs: a slope that falls is negative."),
        Wrong(smoothed_twice, "You smooth twice: once is enough."),
        Wrong(differenced_twice, "You take differences twice: that is how the slope changes, not the slope."),
        Wrong(lambda x, F, rate: solution(x, F, rate) / F, "You divide by F twice: the weights 1/F do it already."),
        Wrong(one_weight, "Your average has a single weight: it takes F of them, `np.ones(F) / F`."),
        Wrong(over_the_end, END), Wrong(shorter_at_the_end, END),
        Wrong(padded, BORDER), Wrong(padded_full, BORDER), Wrong(padded_by_half, BORDER),
        Wrong(padded_by_less_than_half, BORDER),
        Wrong(blocks, BLOCKS), Wrong(blocks_by_stride, BLOCKS),
        Wrong(from_the_last, "Your first difference is from the last average to the first, for `[i - 1]` is the last "
                             "one where i is 0: begin at 1."),
        Wrong(whole_way, "That is one number, from the first average to the last: every place has a slope of its own."),
        Wrong(list_repeated, "`*` repeats a list `rate` times: make an array of it, `np.array(...)`, then multiply."),
        Wrong(from_zero, "Your first difference is from 0 to the first average, a jump that is not in the recording."),
        Wrong(gradient, "`np.gradient` takes the neighbours on both sides, two samples apart: use `[-1, 1]` or "
                        "`np.diff`."),
        Wrong(lambda x, F, rate: solution(x, F, rate)[:-1], "The last slope is missing: N - F + 1 averages have "
                                                             "N - F differences."),
        Wrong(overlapping, "You take averages F - 1 places apart: a difference is between neighbours."),
        Wrong(lambda x, F, rate: solution(x, 3, rate), "You smooth over 3 samples whatever F is."),
        Wrong(lambda x, F, rate: solution(x, 5, rate), "You smooth over 5 samples whatever F is."),
        Wrong(lambda x, F, rate: solution(x, F, 360), "You multiply by 360 whatever `rate` is: other "
                                                       "recordings have another one."),
    ],
)
