"""Batch norm while a network trains: mean 0 and variance 1 in every channel, then scale and shift."""

import numpy as np

from ... import ops
from ..exercise import Exercise, Wrong
from ..slips import slips


def solution(x, gamma, beta, eps):
    mean = x.mean(axis=(0, 2, 3), keepdims=True)       # one for each channel: (1, C, 1, 1)
    var = x.var(axis=(0, 2, 3), keepdims=True)
    normal = (x - mean) / np.sqrt(var + eps)
    return gamma[:, None, None] * normal + beta[:, None, None]


# --- other right ways -------------------------------------------------------------------------------------------------

def by_channel(x, gamma, beta, eps):
    y = np.zeros(x.shape)
    for c in range(x.shape[1]):
        channel = x[:, c]
        mean, var = channel.mean(), channel.var()
        y[:, c] = gamma[c] * (channel - mean) / np.sqrt(var + eps) + beta[c]
    return y


def by_library(x, gamma, beta, eps):
    return ops.batch_norm2d(x, gamma, beta, eps=eps)


def channels_last(x, gamma, beta, eps):
    moved = np.moveaxis(x, 1, -1)
    rows = moved.reshape(-1, len(gamma))
    y = (rows - rows.mean(0)) * (gamma / (rows.var(0) + eps) ** 0.5) + beta
    return np.moveaxis(y.reshape(moved.shape), -1, 1)


def by_image(x, gamma, beta, eps):
    N, C, H, W = x.shape
    mean = [sum(image[c].sum() for image in x) / (N * H * W) for c in range(C)]
    var = [sum(((image[c] - mean[c]) ** 2).sum() for image in x) / (N * H * W) for c in range(C)]
    return [[gamma[c] * (image[c] - mean[c]) / (var[c] + eps) ** 0.5 + beta[c] for c in range(C)] for image in x]


def over_maps(x, gamma, beta, eps):
    C = x.shape[1]
    means, squares = x.mean(axis=(2, 3)), x.var(axis=(2, 3))   # of every map, (N, C)
    mean = means.mean(axis=0)
    var = squares.mean(axis=0) + means.var(axis=0)             # within the maps, and between them
    scale = gamma / np.sqrt(var + eps)
    return x * scale.reshape(1, C, 1, 1) + (beta - mean * scale).reshape(1, C, 1, 1)


def draw(rng):
    N, C, H, W = rng.integers(1, 5), rng.integers(2, 5), rng.integers(1, 4), rng.integers(2, 5)
    x = rng.integers(-5, 6, (N, C, H, W)) + rng.integers(-3, 4, (1, C, 1, 1))
    return x, rng.integers(1, 5, C), rng.integers(-3, 4, C), float(rng.choice([0.25, 0.5, 1, 2]))


MEAN, VAR = "x.mean(axis=(0, 2, 3), keepdims=True)", "x.var(axis=(0, 2, 3), keepdims=True)"
NORMAL, RESULT = "(x - mean) / np.sqrt(var + eps)", "gamma[:, None, None] * normal + beta[:, None, None]"
INSTANCE = "You measure each image separately: in batch norm all images of the batch share mean and variance."
LAYER = "You measure all channels of an image together: each channel has its own mean and variance, over the batch."
ALL = "You measure all numbers together: each channel has its own mean and variance."
PIXEL = "You measure each pixel separately: all places of a channel share mean and variance."
ACROSS = "You measure across the channels of a pixel: measure within each channel, over images, rows and columns."
UNBIASED = "You divide by one too few: here the variance is the mean of the squares."
OUTSIDE = "You add `eps` to the standard deviation: add it to the variance, under the root."
NO_EPS = "`eps` is missing: it is added to the variance under the root."
NO_BETA, NO_GAMMA = "`beta` is missing: each channel is shifted at the end.", \
    "`gamma` is missing: each channel is scaled."
ALONG = "Your `gamma` and `beta` lie along rows or columns: `gamma[:, None, None]` has shape (C, 1, 1)."
IMAGES = "`x[c]` is an image with all its channels: a channel of all images is `x[:, c]`."
FIRST_MEASURED = "You measure only the first channel: each has its own mean and variance."
MIXED = "`x.reshape(C, -1)` mixes images and channels: bring the channels to the front first, `x.swapaxes(0, 1)`, or " \
        "measure with `axis=(0, 2, 3)`."
FIRST_C = "All channels have the scale of the first: each has its own."
LATER = "You use running statistics: those are for later. In training, measure the batch itself."
RUNNING = "You normalise image by image with what you measured so far: in training, measure the whole batch first."


def axes(numbers):
    """The edits of who measures along other axes."""
    return MEAN, f"x.mean(axis={numbers}, keepdims=True)", VAR, f"x.var(axis={numbers}, keepdims=True)"


def so_far(x, gamma, beta, eps):
    seen = [solution(x[:i + 1], gamma, beta, eps)[-1:] for i in range(len(x))]
    return np.concatenate(seen)


def running(x, gamma, beta, eps):
    mean = 0.1 * x.mean(axis=(0, 2, 3), keepdims=True)
    var = 0.9 + 0.1 * x.var(axis=(0, 2, 3), keepdims=True)
    return gamma[:, None, None] * (x - mean) / np.sqrt(var + eps) + beta[:, None, None]


def in_rows(x, gamma, beta, eps, turn=lambda x: x):
    """What comes out in C rows, if their numbers are not those of one channel, or not put back in their places."""
    rows = turn(x).reshape(len(gamma), -1)
    normal = (rows - rows.mean(1, keepdims=True)) / np.sqrt(rows.var(1, keepdims=True) + eps)
    return (gamma[:, None] * normal + beta[:, None]).reshape(x.shape)


def measured_in_rows(x, gamma, beta, eps):
    rows = x.reshape(len(gamma), -1)
    mean, var = (each[:, None, None] for each in (rows.mean(1), rows.var(1)))
    return gamma[:, None, None] * (x - mean) / np.sqrt(var + eps) + beta[:, None, None]


EXERCISE = Exercise(
    id="08.4",
    title="Batch norm in training",
    statement="""`x` is a batch of maps, $(N, C, H, W)$. Write `batch_norm(x, gamma, beta, eps)` as it works **during
training**. For each channel $c$, measure the mean $m$ and the variance $v$ of *all* its numbers in the batch: over
images, rows and columns. Then

$$y = \\gamma_c \\cdot \\frac{x - m}{\\sqrt{v + \\varepsilon}} + \\beta_c$$

The variance is the mean of the squared distances from $m$. `gamma` and `beta` hold one number for each channel, and
`eps` is $\\varepsilon$.""",
    signature="batch_norm(x, gamma, beta, eps): (N, C, H, W), (C,), (C,), number -> (N, C, H, W)",
    difficulty=3,
    minutes=8,
    hints=(
        "How many means are there for a batch of shape (N, C, H, W)?",
        "There is one for each channel. `x[:, c]` is everything in channel c: use a loop over the channels. "
        "Without a loop, `axis=(0, 2, 3)` measures over all axes except the channels.",
        "For channel c: `gamma[c] * (x[:, c] - x[:, c].mean()) / np.sqrt(x[:, c].var() + eps) + beta[c]`.",
    ),
    solution=solution,
    errors="""- *`axis=(2, 3)`* measures each image alone. That is *instance norm*; `axis=(1, 2, 3)` is *layer norm*.
- *`x.std() + eps`*: $\\varepsilon$ is under the root, with the variance.
- *`ddof=1`* divides by one less than the count. A library does so for the running variance that it keeps for later, but
  not in training.
- *`gamma * x`* puts `gamma` along the columns. Give it the shape $(C, 1, 1)$ first: `gamma[:, None, None]`.""",
    praise="For each channel, two numbers measured and two learnt.",
    insight="The result for an image depends on the other images of its batch. After training, values kept from "
            "training replace the measured ones.",
    cases=[
        ([[[[1, 3]], [[2, 6]]]], [1, 1], [0, 0], 3.0),
        ([[[[1, 3]], [[0, 6]]], [[[5, 7]], [[6, 0]]]], [2, 3], [1, -1], 4.0),
        ([[[[1, 2], [3, 4]], [[0, 0], [0, 4]], [[5, 5], [1, 1]]]], [1, 2, 3], [0, 5, -5], 0.25),
        ([[[[0, 4]]], [[[4, 8]]], [[[2, 6]]]], [3], [2], 1.0),
    ],
    draw=draw,
    edges=[
        ([[[[0.5], [1.25], [-2.125], [0.25], [3.5]]]], [1.5], [0.25], 0.125), ([[[[5]]]], [2], [0], 1e-5),
        ([[[[-1, -4], [-2, -9]]], [[[-3, -3], [-8, -1]]]], [-2], [0.5], 0.5),
        ([[[[2, 2]], [[3, 3]]]], [1, -1], [1, 2], 0.1), ([[[[1, -1]], [[2, -2]]]], [0, 2], [0, 0], 0.5),
        ([[[[7, 7]]]], [3], [2], 1e-5), ([[[[10000, 10001], [10002, 10003]]]], [1], [0], 1e-5),
        ([[[[0.0012, 0.0034]]], [[[0.0021, 0.0078]]]], [1.2345], [0.00123], 1e-6),
        ([[[[70000, -300], [200, -400]], [[300, -200], [0, 70000]]]], [-300, 70000], [70000, -300], 1.0),
    ],
    returns="y",
    right=[by_channel, by_library, channels_last, by_image, over_maps],
    wrong=[*slips(
        [solution, by_channel],
        (INSTANCE, *axes("(2, 3)")), (LAYER, *axes("(1, 2, 3)")), (ALL, *axes("(0, 1, 2, 3)")),
        (ALL, "channel.mean(), channel.var()", "x.mean(), x.var()"),
        (PIXEL, *axes("0")), (ACROSS, *axes("1")),
        ("You measure over images and channels: measure each channel alone, over images, rows and columns.",
         *axes("(0, 1)")),
        ("The columns are missing: measure a channel over images, rows and columns.", *axes("(0, 2)")),
        ("The rows are missing: measure a channel over images, rows and columns.", *axes("(0, 3)")),
        ("You measure each row alone: measure a channel over images, rows and columns.", *axes("3")),
        ("Your means are per image: all images of the batch share the mean of a channel.",
         MEAN, "x.mean(axis=(2, 3), keepdims=True)"),
        ("Your variances are per image: all images of the batch share the variance of a channel.",
         VAR, "x.var(axis=(2, 3), keepdims=True)"),
        ("Your variance is for all channels together: each has its own.", VAR, "x.var()"),
        ("Your mean is for all channels together: each has its own.", MEAN, "x.mean()"),
        (FIRST_MEASURED, MEAN, "x[:, 0].mean()", VAR, "x[:, 0].var()"),
        (FIRST_MEASURED, "channel.mean(), channel.var()", "x[:, 0].mean(), x[:, 0].var()"),
        ("Your variance is the mean of the images' variances: a channel varies from image to image, too.",
         VAR, "x.var(axis=(2, 3), keepdims=True).mean(axis=0, keepdims=True)"),
        (UNBIASED, VAR, "x.var(axis=(0, 2, 3), keepdims=True, ddof=1)"),
        (UNBIASED, "channel.var()", "channel.var(ddof=1)"),
        (OUTSIDE, NORMAL, "(x - mean) / (np.sqrt(var) + eps)"),
        (OUTSIDE, "/ np.sqrt(var + eps) + beta[c]", "/ (np.sqrt(var) + eps) + beta[c]"),
        (("`eps` belongs with the variance, under the root.", NO_BETA), NORMAL, "(x - mean) / (np.sqrt(var) + eps)",
         RESULT, "gamma[:, None, None] * normal"),
        (NO_EPS, NORMAL, "(x - mean) / np.sqrt(np.maximum(var, 1e-9))"),
        ("You use `eps` as a lower limit: add it to the variance.",
         NORMAL, "(x - mean) / np.sqrt(np.maximum(var, eps))"),
        ("You multiply by `eps`: add it to the variance.", NORMAL, "(x - mean) / np.sqrt(var * eps)"),
        ("You add `eps` to x minus its mean: add it to the variance, under the root.",
         NORMAL, "(x - mean + eps) / np.sqrt(var)"),
        ("You scale and divide `beta`, too: shift at the very end.",
         NORMAL, "(x - mean + beta[:, None, None]) / np.sqrt(var + eps)", RESULT, "gamma[:, None, None] * normal"),
        ("You square `eps`: add it to the variance as it is.",
         NORMAL, "(x - mean) / np.sqrt(var + eps**2)"),
        ("You subtract `eps`: add it to the variance.", NORMAL, "(x - mean) / np.sqrt(np.abs(var - eps))"),
        ("You use your own `eps`: take the one that is given.", NORMAL, "(x - mean) / np.sqrt(var + 1e-5)"),
        ("The root is missing: divide by the root of variance and `eps`.", NORMAL, "(x - mean) / (var + eps)"),
        ("You multiply by the root: divide by it.", NORMAL, "(x - mean) * np.sqrt(var + eps)"),
        ("You do not subtract the mean: divide x minus its mean.", NORMAL, "x / np.sqrt(var + eps)"),
        ("You only subtract the mean: divide by the root of variance and `eps`.", NORMAL, "x - mean"),
        ("The sign is wrong: subtract the mean from x.", NORMAL, "(mean - x) / np.sqrt(var + eps)"),
        ("Brackets are missing: divide the whole of x minus its mean.", NORMAL, "x - mean / np.sqrt(var + eps)"),
        ("The variance is missing: `eps` is alone under the root.", NORMAL, "(x - mean) / np.sqrt(eps)"),
        ("Your variance is the mean of the squares of x itself: take the distances from the mean.",
         VAR, "(x**2).mean(axis=(0, 2, 3), keepdims=True)"),
        ("The mean is not squared in your variance: take the mean of the squares minus the square of the mean.",
         VAR, "(x**2).mean(axis=(0, 2, 3), keepdims=True) - mean"),
        ("You measure only the first image: measure all images of the batch.",
         MEAN, "x[:1].mean(axis=(0, 2, 3), keepdims=True)", VAR, "x[:1].var(axis=(0, 2, 3), keepdims=True)"),
        ("Your variance is not squared: it is the mean of the squared distances.",
         VAR, "np.abs(x - mean).mean(axis=(0, 2, 3), keepdims=True)"),
        ("Your variance is the square of the mean distance: it is the mean of the squared distances.",
         VAR, "np.abs(x - mean).mean(axis=(0, 2, 3), keepdims=True)**2"),
        ("Your variance is a sum: divide by how many numbers there are.",
         VAR, "((x - mean)**2).sum(axis=(0, 2, 3), keepdims=True)"),
        ("You use the standard deviation as the variance, and take its root again.",
         VAR, "x.std(axis=(0, 2, 3), keepdims=True)"),
        ("You took the median instead of the mean.", MEAN, "np.median(x, axis=(0, 2, 3), keepdims=True)"),
        ("You squeeze each channel between 0 and 1: subtract the mean, and divide by the root of variance and `eps`.",
         NORMAL, "(x - x.min(axis=(0, 2, 3), keepdims=True)) / (np.ptp(x, axis=(0, 2, 3), keepdims=True) + eps)"),
        (NO_BETA, RESULT, "gamma[:, None, None] * normal"), (NO_GAMMA, RESULT, "normal + beta[:, None, None]"),
        ((NO_GAMMA, NO_BETA), RESULT, "normal"),
        ("`gamma` and `beta` are swapped: gamma scales, beta shifts.",
         RESULT, "beta[:, None, None] * normal + gamma[:, None, None]"),
        ("`gamma` multiplies `beta`, too: scale first, then shift.",
         RESULT, "gamma[:, None, None] * (normal + beta[:, None, None])"),
        ("You divide by `gamma`: multiply by it.", RESULT, "normal / gamma[:, None, None] + beta[:, None, None]"),
        ("You subtract `beta`: add it.", RESULT, "gamma[:, None, None] * normal - beta[:, None, None]"),
        (ALONG, RESULT, "gamma * normal + beta"), (ALONG, RESULT, "gamma[:, None] * normal + beta[:, None]"),
        (ALONG, RESULT, "gamma[None, :, None] * normal + beta[None, :, None]"),
        ("`mean` and `var` have shape (C,) and lie along the columns: `keepdims=True` leaves them (1, C, 1, 1).",
         MEAN, "x.mean(axis=(0, 2, 3))", VAR, "x.var(axis=(0, 2, 3))"),
        ("You measure each column alone: measure a channel over images, rows and columns.", *axes("2")),
        ("You measure nothing: subtract the mean, and divide by the root of variance and `eps`.",
         NORMAL, "x"),
        ("You divide `beta`, too: shift at the very end.",
         RESULT, "gamma[:, None, None] * normal + beta[:, None, None] / np.sqrt(var + eps)"),
        (("The root is missing: divide by the root of variance and `eps`.", NO_EPS),
         NORMAL, "(x - mean) / np.maximum(var, 1e-9)"),
        (FIRST_C, RESULT, "gamma[0] * normal + beta[:, None, None]"),
        ("All channels have the shift of the first: each has its own.",
         RESULT, "gamma[:, None, None] * normal + beta[0]"),
        ("All channels have the scale and shift of the first: each has its own.",
         RESULT, "gamma[0] * normal + beta[0]"),
        ("The channels of `gamma` and `beta` are in reverse order.",
         RESULT, "gamma[::-1, None, None] * normal + beta[::-1, None, None]"),
        ("There is a ReLU at the end: batch norm has none.", RESULT, f"np.maximum({RESULT}, 0)"),
        ("The last channel is missing: `range` leaves out its end already.",
         "range(x.shape[1])", "range(x.shape[1] - 1)"),
        ("The first channel is missing: counting starts at 0.", "range(x.shape[1])", "range(1, x.shape[1])"),
        ("You go over the images, not over the channels: `x.shape[1]` says how many channels there are.",
         "range(x.shape[1])", "range(x.shape[0])"),
        ("Your y has the type of x, so decimals are cut off: use `np.zeros(x.shape)`.",
         "np.zeros(x.shape)", "np.zeros_like(x)"),
        ("`y[c]` is an image: a channel of all images is `y[:, c]`.", "y[:, c]", "y[c]"),
        (IMAGES, "x[:, c]", "x[c]", "y[:, c]", "y[c]"),
        (IMAGES, "x[:, c]", "x[c]", "y[:, c]", "y[c]", "range(x.shape[1])", "range(len(x))"),
        ("Your channels come before the images: y has the shape of x, (N, C, H, W).", lambda y, *_: y.swapaxes(0, 1)),
        (MIXED, lambda y, *given: in_rows(*given)), (MIXED, lambda y, *given: measured_in_rows(*given)),
        ("The channels are still in front when you reshape the result: swap the axes back first.",
         lambda y, *given: in_rows(*given, turn=lambda x: x.swapaxes(0, 1))),
        ("You return after the first channel: `return` belongs after the loop.",
         "+ beta[c]", "+ beta[c]\n        return y"),
    ), Wrong(so_far, RUNNING), Wrong(running, LATER)],
)
