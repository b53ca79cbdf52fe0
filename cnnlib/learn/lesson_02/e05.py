"""A meter for equivariance."""

import numpy as np

from ..exercise import Exercise, Wrong
from ..named import Named


def solution(f, x, d):
    begun_later = f(x[d:])              # the same recording, begun d cells later
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


# --- typical mistakes -------------------------------------------------------------------------------------------------

def _difference(f, x, d):
    return f(x[d:]) - f(x)[d:]


def not_moved(f, x, d):
    y = f(x)
    return np.abs(f(x[d:]) - y[:len(y) - d]).max()


def wrong_end(f, x, d):
    y = f(x)
    return np.abs(f(x[:len(x) - d]) - y[:len(y) - d]).max()


def wrapped(f, x, d):
    return np.abs(f(np.roll(x, -d)) - np.roll(f(x), -d)).max()


def wrapped_the_other_way(f, x, d):
    return np.abs(f(np.roll(x, d)) - np.roll(f(x), d)).max()


def zeros_in_front(f, x, d):
    y = f(x)
    return np.abs(f(np.concatenate([np.zeros(d), x]))[d:] - y).max()


def signed(f, x, d):
    return _difference(f, x, d).max()


def abs_too_late(f, x, d):
    return abs(_difference(f, x, d).max())


def other_sign(f, x, d):
    return (-_difference(f, x, d)).max()


def signed_from_zero(f, x, d):
    return max(0, _difference(f, x, d).max())


def abs_of_each(f, x, d):
    return np.abs(np.abs(f(x[d:])) - np.abs(f(x)[d:])).max()


def which_place(f, x, d):
    return int(np.abs(_difference(f, x, d)).argmax())


def summed(f, x, d):
    return np.abs(_difference(f, x, d)).sum()


def averaged(f, x, d):
    return np.abs(_difference(f, x, d)).mean()


def smallest(f, x, d):
    return np.abs(_difference(f, x, d)).min()


def squared(f, x, d):
    return (_difference(f, x, d) ** 2).max()


def square_root_of_squares(f, x, d):
    return np.sqrt((_difference(f, x, d) ** 2).sum())


def first_only(f, x, d):
    return abs(_difference(f, x, d)[0])


def last_only(f, x, d):
    return abs(_difference(f, x, d)[-1])


def how_many(f, x, d):
    return int((np.abs(_difference(f, x, d)) > 1e-9).sum())


def one_if_they_differ(f, x, d):
    return int(not np.allclose(f(x[d:]), f(x)[d:]))


def one_if_they_agree(f, x, d):
    return int(np.allclose(f(x[d:]), f(x)[d:]))


def one_place_off(f, x, d):
    return np.abs(f(x[d:]) - f(x)[d - 1:-1]).max()


def with_its_sign(f, x, d):
    return max(_difference(f, x, d), key=abs)


def zeros_behind(f, x, d):
    y = f(x)[d:]
    return np.abs(f(np.concatenate([x[d:], np.zeros(d)]))[:len(y)] - y).max()


def all_of_them(f, x, d):
    return np.abs(_difference(f, x, d))


def yes_or_no(f, x, d):
    return bool(np.allclose(f(x[d:]), f(x)[d:]))


def of_the_largest(f, x, d):
    return abs(f(x[d:]).max() - f(x)[d:].max())


def by_one(f, x, d):
    return solution(f, x, 1)


def sum_before_abs(f, x, d):
    return abs(_difference(f, x, d).sum())


def signed_and_not_moved(f, x, d):
    y = f(x)
    return (f(x[d:]) - y[:len(y) - d]).max()


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


EXERCISE = Exercise(
    id="02.5",
    title="A meter for equivariance",
    statement="""Write `gap(f, x, d)`. Here `f` is a function that makes outputs from a signal, whatever it does; call
it like any other, `f(x)`. Compare two things:

- the outputs for the same recording begun `d` cells later;
- the outputs for the whole recording, without the first `d` of them.

Return the largest distance between the two, place by place: one number, 0 if `f` moves along with its input.""",
    signature="gap(f, x, d): a function, (N,), a whole number -> a number",
    difficulty=2,
    minutes=5,
    hints=(
        "The recording begun `d` cells later is a slice of `x`. The outputs without the first `d` are a slice, too. Of "
        "what?",
        "`f(x[d:])` and `f(x)[d:]`: once the input is cut, once the output. How far apart are two numbers, whichever "
        "is larger?",
        "`np.abs(a - b).max()` of the two slices, and that is all.",
    ),
    solution=solution,
    errors="""- *`f(x)[:-d]`* leaves the outputs where they were. That asks whether they stay the *same*: invariance.
- *`np.roll`* carries what leaves on one side in again on the other: cells that were never neighbours meet in a window.
- *Without `np.abs`* a large negative difference is taken for a small one.
- *"could not be broadcast"*: two lists of different length; the outputs of the whole still hold the first `d`.
- *The mean*, or the sum, hides or swells a single wrong output: the largest says how bad it gets.""",
    praise="Cut first, or cut last: that is the whole question.",
    insight="Your meter asks nothing of f but that it can be called, so it also works for what no matrix can do.",
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
    ],
    returns="gap",
    right=[with_a_loop, from_both_sides, sorted_last, by_norm, single_precision],
    wrong=[
        Wrong(not_moved, "You leave the outputs where they were and ask whether they stay the same: that would be "
                         "invariance. The outputs should move, too: drop the first d of them, `f(x)[d:]`."),
        Wrong(wrong_end, "You cut both at the end, and nothing moves: the recording should begin later, `x[d:]`."),
        Wrong(wrapped, "You use `np.roll`: what leaves on one side comes in again on the other. Cut with a slice."),
        Wrong(wrapped_the_other_way, "You use `np.roll`: what leaves on one side comes in again on the other. Cut with "
                                     "a slice."),
        Wrong(zeros_in_front, "You put zeros in front: these cells are invented, and f reads them. Cut the beginning "
                              "off instead."),
        Wrong(signed, "Distances have no sign: where the first is smaller, yours counts as less than nothing. Take "
                      "`np.abs` before the largest."),
        Wrong(abs_too_late, "You take the largest first and its distance from 0 afterwards, so a large negative "
                            "difference is overlooked: first `np.abs`, then the largest."),
        Wrong(other_sign, "Distances have no sign: where the first is larger, yours counts as less than nothing. Take "
                          "`np.abs` before the largest."),
        Wrong(signed_from_zero, "Where the first is smaller, your distance counts as less than nothing, and is never "
                                "the largest. Take `abs` of each difference."),
        Wrong(abs_of_each, "You take away the signs before you subtract: 2 and −2 are 4 apart, not 0. Subtract first."),
        Wrong(which_place, "You return the place of the largest distance: return the distance itself, `max` for "
                           "`argmax`."),
        Wrong(summed, "You add up all distances: return the largest."),
        Wrong(averaged, "You take the mean of all distances: return the largest. A single wrong place should not "
                        "disappear among many right ones."),
        Wrong(smallest, "You return the smallest distance: it is 0 as soon as a single place agrees."),
        Wrong(squared, "You square the distances: return the largest as it is."),
        Wrong(square_root_of_squares, "This is the norm of all differences together: return the largest of them."),
        Wrong(first_only, "Only the first place is compared: compare all of them."),
        Wrong(last_only, "Only the last place is compared: compare all of them. Does a loop overwrite its result?"),
        Wrong(how_many, "You count the places that differ: return how far apart the worst of them is."),
        Wrong(all_of_them, "These are the distances of all places: return the largest, one number."),
        Wrong(yes_or_no, "You say whether they agree: return how far apart they are, a number."),
        Wrong(one_if_they_differ, "You say whether they differ, 1 or 0: return how far apart they are."),
        Wrong(one_if_they_agree, "You say whether they agree, 1 or 0: return how far apart they are."),
        Wrong(one_place_off, "Your slice of the outputs begins one too early: the first d are y[0] to y[d − 1], so "
                             "the rest is `f(x)[d:]`."),
        Wrong(with_its_sign, "You find the largest distance, but it still has its sign: a distance is never negative."),
        Wrong(zeros_behind, "You put zeros behind: these cells are invented, and f reads them. Let the recording be "
                            "shorter, `x[d:]`."),
        Wrong(of_the_largest, "You compare the largest outputs of both: compare place by place, then take the "
                              "largest distance."),
        Wrong(by_one, "You always begin one cell later: begin d cells later."),
        Wrong(sum_before_abs, "You add up before you take away the signs, so that distances cancel: first `np.abs`, "
                              "then the largest."),
        Wrong(signed_and_not_moved, "The outputs are not moved: drop the first d, `f(x)[d:]`.",
              "Distances have no sign: `np.abs` before the largest."),
    ],
)
