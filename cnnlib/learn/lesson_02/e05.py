"""A meter for equivariance."""

import numpy as np

from ..exercise import Exercise
from ..named import Named
from ..slips import slips


def solution(f, x, d):
    begun_later = f(x[d:])              # the same recording, started d cells later
    outputs_later = f(x)[d:]            # the outputs of the whole, without the first d
    return np.abs(begun_later - outputs_later).max()


# --- other right ways -------------------------------------------------------------------------------------------------

def with_a_loop(f, x, d):
    largest = 0
    for a, b in zip(f(x[d:]), f(x)[d:], strict=True):
        if abs(a - b) > largest:
            largest = abs(a - b)
    return largest


def from_both_sides(f, x, d):
    a, b = f(x[d:]), f(x)[d:]
    return max((a - b).max(), (b - a).max())


def sorted_last(f, x, d):
    return sorted(abs(a - b) for a, b in zip(f(x[d:]), f(x)[d:], strict=True))[-1]


def by_norm(f, x, d):
    return np.linalg.norm(f(x[d:]) - f(x)[d:], ord=np.inf)


def single_precision(f, x, d):
    return np.float32(solution(f, x, d))


# --- what is measured -------------------------------------------------------------------------------------------------

def _own_weights(x):
    return np.array([(i % 3 + 1) * x[i] - x[i + 1] for i in range(len(x) - 1)])


FILTER = Named("the filter [-1, 2]", lambda x: np.correlate(x, [-1, 2], "valid"))
SQUARES = Named("squares of the filter [1, 1]", lambda x: np.correlate(x, [1, 1], "valid") ** 2)
PADDED = Named("the filter [1, 2, -1] with padding 1", lambda x: np.correlate(np.pad(x, 1), [1, 2, -1], "valid"))
OWN = Named("own weights at every place", _own_weights)
RUNNING = Named("the running sum", np.cumsum)
SO_FAR = Named("the largest so far", np.maximum.accumulate)
BACKWARDS = Named("x backwards", lambda x: x[::-1])
LESS_MEAN = Named("x without its mean", lambda x: x - x.mean())
LAYERS = (FILTER, SQUARES, PADDED, OWN, RUNNING, BACKWARDS, LESS_MEAN)


def draw(rng):
    return LAYERS[rng.integers(len(LAYERS))], rng.integers(-9, 10, rng.integers(8, 13)), int(rng.integers(1, 4))


# --- typical mistakes -------------------------------------------------------------------------------------------------

ROLL = "You use `np.roll`: what leaves on one side comes back on the other. Cut with a slice."
ONE_SIDE = "You look at one side only: a distance is between `f(x[d:])` and `f(x)[d:]`."
IN_FRONT = "You put zeros in front: these cells are invented, and f reads them. Cut off the beginning instead."
LATER, REST, DIFFERENCE = "f(x[d:])", "f(x)[d:]", "begun_later - outputs_later"
STILL, DISTANCE = (REST, "f(x)[:-d]"), f"np.abs({DIFFERENCE}).max()"

EXERCISE = Exercise(
    id="02.5",
    title="A meter for equivariance",
    statement="""Write `gap(f, x, d)`. Here `f` is any function that makes outputs from a signal; call it as usual,
`f(x)`. Compare two things:

- the outputs for the same recording, started `d` cells later;
- the outputs for the whole recording, without the first `d` of them.

Return the largest distance between the two, place by place: one number, 0 if `f` moves along with its input.""",
    signature="gap(f, x, d): a function, (N,), a whole number -> a number",
    difficulty=2,
    minutes=5,
    hints=(
        "The recording that starts `d` cells later is a slice of `x`. The outputs without the first `d` are a "
        "slice, too. Of what?",
        "`f(x[d:])` and `f(x)[d:]`: one cuts the input, the other the output. How far apart are two numbers, "
        "whichever is larger?",
        "`np.abs(a - b).max()` of the two slices. That is all.",
    ),
    solution=solution,
    errors="""- *`f(x)[:-d]`* leaves the outputs where they were. That asks whether they stay the *same*: invariance.
- *`np.roll`* brings what leaves on one side back on the other, so cells that were never neighbours meet in a window.
- *Without `np.abs`* a large negative difference counts as a small one.
- *"could not be broadcast"*: the lists differ in length: the outputs of the whole still hold the first `d`.
- *The mean*, or the sum, hides or inflates a single wrong output: the largest shows how bad it gets.""",
    praise="Cut first or cut last: that is the question.",
    insight="Your meter only calls f, so it also works for functions that no matrix can describe.",
    cases=[
        (FILTER, [0, 1, 3, 1, 0, 0], 2),
        (RUNNING, [1, 2, 3, 4, 5], 2),
        (PADDED, [4, 1, 0, 2, 5, 3], 1),
        (OWN, [1, 0, 2, 5, 1, 1, 3], 1),
        (LESS_MEAN, [9, 0, 0, 0, 0, 1], 1),
        (SQUARES, [1, -2, 3, 0, 2, 2], 3),
        (BACKWARDS, [1, 2, 3, 5, 9], 1),
        (RUNNING, [-4, 1, 2, 3, -2, 1], 1),
    ],
    draw=draw,
    edges=[
        (RUNNING, [3, -3], 1), (BACKWARDS, [9, 5, 3, 2, 1], 1), (BACKWARDS, [1, 2, 6, 7], 1), (OWN, [2, 2, 2], 1),
        (BACKWARDS, [0.0625, 1, 0.5], 1), (BACKWARDS, [40000, -200, 300], 1), (SO_FAR, [-2, -5, -1, -3], 1),
        (RUNNING, [1.23e-7, 4.4e-7], 1), (SO_FAR, [10000001, 10000000, 9999990], 1),
    ],
    returns="gap",
    right=[with_a_loop, from_both_sides, sorted_last, by_norm, single_precision],
    wrong=[*slips(
        [solution],
        ("You leave the outputs where they were and ask whether they stay the same: that would be invariance. The "
         "outputs should move, too: drop the first d of them, `f(x)[d:]`.", *STILL),
        (("The outputs are not moved: drop the first d, `f(x)[d:]`.",
          "Distances have no sign: `np.abs` before the largest."), *STILL, "np.abs", ""),
        ("You cut both at the end, and nothing moves: the recording should begin later, `x[d:]`.",
         LATER, "f(x[:-d])", *STILL),
        ("You cut off the end of the recording: it should begin later, `x[d:]`.", LATER, "f(x[:-d])"),
        ("You only move the outputs, and f never sees the recording that begins later. Call f on `x[d:]`, too.",
         LATER, "f(x)[:-d]"),
        ("You never call f: you compare x with itself.", LATER, "x[d:]", REST, "x[:-d]"),
        ("You get 0 for every f, as if both sides were the same: one is `f(x[d:])`, the other `f(x)[d:]`.",
         REST, LATER),
        (ROLL, LATER, "f(np.roll(x, -d))", REST, "np.roll(f(x), -d)"),
        (ROLL, LATER, "f(np.roll(x, d))", REST, "np.roll(f(x), d)"),
        (ROLL, LATER, "f(np.roll(x, -d))[:-d]"),
        (IN_FRONT, LATER, "f(np.append(np.zeros(d), x))[d:]", REST, "f(x)"),
        (IN_FRONT, LATER, "f(np.append(np.zeros(d), x))", REST, "np.append(np.zeros(d), f(x))"),
        (IN_FRONT, LATER, "f(np.append(np.zeros(d), x[d:]))[d:]"),
        (IN_FRONT, LATER, "f(np.append(np.zeros(d), x))[d:][:len(f(x)) - d]"),
        ("`f(x)[d]` is one number: the outputs from there on are `f(x)[d:]`.", REST, "f(x)[d]"),
        ("You take the share of the places that agree: return how far apart the worst of them is.",
         DISTANCE, "(begun_later == outputs_later).mean()"),
        ("You take the share of the places that differ: return how far apart the worst of them is.",
         DISTANCE, "(begun_later != outputs_later).mean()"),
        ("You put zeros at the end: these cells are invented, and f reads them. Let the recording be shorter, `x[d:]`.",
         LATER, "f(np.append(x[d:], np.zeros(d)))[:-d]"),
        ("Your slice of the outputs begins one cell too early: the first d are y[0] to y[d − 1], so the rest is "
         "`f(x)[d:]`.",
         REST, "f(x)[d - 1:-1]"),
        ("You always begin one cell later: begin d cells later.", LATER, "f(x[1:])", REST, "f(x)[1:]"),
        ("You leave out d + 1: `[d:]` begins at cell d and leaves out the d cells before it.", "[d:]", "[d + 1:]"),
        ("Distances have no sign: where the first is smaller, yours is negative. Take `np.abs` before the "
         "largest.", "np.abs", ""),
        ("Distances have no sign: where the first is larger, yours is negative. Take `np.abs` before the largest.",
         f"np.abs({DIFFERENCE})", "(outputs_later - begun_later)"),
        ("You take the largest first and `abs` afterwards, which misses a large negative difference: first "
         "`np.abs`, then the largest.", DISTANCE, f"abs(({DIFFERENCE}).max())"),
        ("You find the largest distance, but it still has its sign: a distance is never negative.",
         DISTANCE, f"max({DIFFERENCE}, key=abs)"),
        ("You drop the signs before you subtract: 2 and −2 are 4 apart, not 0. Subtract first.",
         DIFFERENCE, "abs(begun_later) - abs(outputs_later)"),
        ("You add up before you drop the signs, so distances cancel: first `np.abs`, then the largest.",
         DISTANCE, f"abs(({DIFFERENCE}).sum())"),
        ("You compare the largest outputs of both: compare place by place, then take the largest distance.",
         DISTANCE, "abs(begun_later.max() - outputs_later.max())"),
        ("You sort the outputs before you compare them: compare place by place.",
         DIFFERENCE, "np.sort(begun_later) - np.sort(outputs_later)"),
        ("You compare each output with all of the others: compare place by place.",
         "begun_later -", "begun_later[:, None] -"),
        ("You return the place of the largest distance: return the distance itself, `max` instead of `argmax`.",
         ".max", ".argmax"),
        ("You add up all distances: return the largest.", ".max", ".sum"),
        ("You take the mean of all distances: return the largest. A single wrong place should not disappear among many "
         "right ones.", ".max", ".mean"),
        ("You return the smallest distance, which is 0 as soon as one place agrees: return the "
         "largest.", ".max", ".min"),
        ("You square the distances: return the largest as it is.", lambda gap, *_: gap ** 2),
        ("This is the norm of all differences together: return the largest of them.",
         DISTANCE, f"np.linalg.norm({DIFFERENCE})"),
        ("These are the distances of all places: return the largest, one number.", ".max()", ""),
        ("These are the differences of all places: take `np.abs`, then the largest.", DISTANCE, DIFFERENCE),
        ("You add the two: a distance is a difference.", "later - ", "later + "),
        (ONE_SIDE, " - outputs_later", ""), (ONE_SIDE, "begun_later - ", ""),
        ("Only the first place is compared: compare all of them.", ".max()", "[0]"),
        ("Only the last place is compared: compare all of them. Does a loop overwrite its result?", ".max()", "[-1]"),
        ("The first place is never compared: counting starts at 0.", ".max()", "[1:].max()"),
        ("You count the places that differ: return how far apart the worst of them is.",
         DISTANCE, f"(abs({DIFFERENCE}) > 1e-9).sum()"),
        ("You return whether they agree: return how far apart they are, a number.", lambda gap, *_: bool(gap < 1e-9)),
        ("You return whether they differ, 1 or 0: return how far apart they are.", lambda gap, *_: int(gap > 1e-9)),
        ("You return whether they agree, 1 or 0: return how far apart they are.", lambda gap, *_: int(gap < 1e-9)),
    ), *slips(
        [with_a_loop],
        ("`[::d]` takes every d-th: `[d:]` leaves out the first d.", "[d:]", "[::d]", ", strict=True", ""),
        ("The last place is never compared: `range` and slices already leave out their end.",
         "zip(f(x[d:]), f(x)[d:], strict=True)", "zip(f(x[d:])[:-1], f(x)[d:], strict=False)"),
        ("Where the first is smaller, your distance is negative, and never the largest. Take `abs` of each "
         "difference.", "abs(a - b)", "a - b"),
        ("Your largest distance starts at 1, so it is never less: start at 0.", "largest = 0", "largest = 1"),
    )],
)
