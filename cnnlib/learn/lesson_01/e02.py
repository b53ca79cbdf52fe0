"""Slide a filter along a signal."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise, Wrong


def solution(x, w):
    y = []
    for i in range(len(x) - len(w) + 1):      # every place of the window
        total = 0
        for k in range(len(w)):               # every cell inside it
            total += x[i + k] * w[k]
        y.append(total)
    return np.array(y)


# --- other right ways -------------------------------------------------------------------------------------------------

def with_slices(x, w):
    return np.array([(x[i:i + len(w)] * w).sum() for i in range(len(x) - len(w) + 1)])


def all_at_once(x, w):
    return np.lib.stride_tricks.sliding_window_view(x, len(w)) @ w


def by_weight(x, w):
    places = len(x) - len(w) + 1
    return sum(w[k] * x[k:k + places] for k in range(len(w)))


def recursive(x, w):
    if len(x) < len(w):
        return []
    return [np.dot(x[:len(w)], w), *recursive(x[1:], w)]


def flipped_twice(x, w):
    return np.convolve(x, w[::-1], "valid")


def single_precision(x, w):
    return np.correlate(x.astype(np.float32), w.astype(np.float32)).astype(np.float32)


# --- typical mistakes -------------------------------------------------------------------------------------------------

def flipped(x, w):
    return solution(x, w[::-1])


def one_short(x, w):
    return solution(x, w)[:-1]


def one_long(x, w):
    return np.array([(x[i:i + len(w)] * w[:len(x[i:i + len(w)])]).sum() for i in range(len(x) - len(w) + 2)])


def padded(x, w):
    return np.convolve(x, w[::-1], "full")


def same_length(x, w):
    return np.array([(x[i:i + len(w)] * w[:len(x[i:i + len(w)])]).sum() for i in range(len(x))])


def mean(x, w):
    return solution(x, w) / len(w)


def unweighted(x, w):
    return solution(x, np.ones(len(w)))


def added(x, w):
    return np.array([(x[i:i + len(w)] + w).sum() for i in range(len(x) - len(w) + 1)])


def first_weight_only(x, w):
    return x[:len(x) - len(w) + 1] * w[0]


def never_reset(x, w):
    return np.cumsum(solution(x, w))


def window_in_blocks(x, w):
    return np.array([(x[i:i + len(w)] * w).sum() for i in range(0, len(x) - len(w) + 1, len(w))])


def last_product(x, w):
    return x[len(w) - 1:] * w[-1]


def largest_product(x, w):
    return np.array([(x[i:i + len(w)] * w).max() for i in range(len(x) - len(w) + 1)])


def in_place(x, w):
    for i in range(len(x) - len(w) + 1):
        x[i] = (x[i:i + len(w)] * w).sum()
    return x[:len(x) - len(w) + 1]


def flipped_and_padded(x, w):
    return np.convolve(x, w, "full")


# --- loops that are indented or counted wrongly -----------------------------------------------------------------------

def appended_too_often(x, w):
    y = []
    for i in range(len(x) - len(w) + 1):
        total = 0
        for k in range(len(w)):
            total += x[i + k] * w[k]
            y.append(total)
    return y


def not_added(x, w):
    return np.array([x[i:i + len(w)] * w for i in range(len(x) - len(w) + 1)])


def multiplied(x, w):
    return np.array([(x[i:i + len(w)] * w).prod() for i in range(len(x) - len(w) + 1)])


def same_cell(x, w):
    return x[:len(x) - len(w) + 1] * w.sum()


def same_window(x, w):
    return np.full(len(x) - len(w) + 1, x[:len(w)] @ w)


def backwards(x, w):
    return [sum(x[i - k] * w[k] for k in range(len(w))) for i in range(len(x) - len(w) + 1)]


def weight_of_the_place(x, w):
    return [sum(x[i + k] * w[i] for k in range(len(w))) for i in range(len(x) - len(w) + 1)]


def without_last_weight(x, w):
    return [sum(x[i + k] * w[k] for k in range(len(w) - 1)) for i in range(len(x) - len(w) + 1)]


def without_first_weight(x, w):
    return [sum(x[i + k] * w[k] for k in range(1, len(w))) for i in range(len(x) - len(w) + 1)]


def zeros_at_the_end(x, w):
    return np.append(solution(x, w), np.zeros(len(w) - 1))


def sizes_of_the_example(x, w):
    return [x[i] * w[0] + x[i + 1] * w[1] for i in range(4)]


def places_of_the_example(x, w):
    return [sum(x[i + k] * w[k] for k in range(len(w))) for i in range(4)]


def weights_of_the_example(x, w):
    return [x[i] * w[0] + x[i + 1] * w[1] for i in range(len(x) - len(w) + 1)]


def two_weights_always(x, w):
    return [x[i] * w[0] + x[i + 1] * w[1] for i in range(len(x) - 1)]


def appended_too_often_and_never_reset(x, w):
    return np.cumsum(appended_too_often_by_itself(x, w))


def appended_too_often_by_itself(x, w):
    return [x[i + k] * w[k] for i in range(len(x) - len(w) + 1) for k in range(len(w))]


def a_sum_for_each_weight(x, w):
    return [sum(x[i + k] * w[k] for i in range(len(x) - len(w) + 1)) for k in range(len(w))]


def filled(x, w, cells):   # whole numbers in x make an array of whole numbers, and every addition is cut off
    y = np.zeros(cells, x.dtype)
    for i in range(len(x) - len(w) + 1):
        for k in range(len(w)):
            y[i] += x[i + k] * w[k]
    return y


def absolute(x, w):
    return [np.abs(x[i:i + len(w)] * w).sum() for i in range(len(x) - len(w) + 1)]


def truncated(x, w):
    return [int(total) for total in solution(x, w)]


def type_of_the_signal(x, w):
    return solution(x, w).astype(x.dtype)


def draw(rng):
    F = rng.integers(1, 5)
    return rng.integers(-9, 10, F + rng.integers(2, 9)), rng.integers(-9, 10, F)


SIZES = "Your loops keep the sizes of the example: any x has `len(x) - len(w) + 1` places, any w `len(w)` weights."
ZEROS = "There are zeros at the end where no window fits: y has N - F + 1 cells."
TYPE = "Your outputs have the type of x: for whole numbers in x, what is behind the point is cut off. Use a list, or " \
       "`np.zeros(n)`."

EXERCISE = Exercise(
    id="01.2",
    title="Slide it",
    statement="""Write `slide(x, w)`: lay the filter `w` on the first cells of `x`, multiply cell by cell and add up;
then move on by one cell, as long as the whole filter lies on `x`.

$$y[i] = \\sum_{k=0}^{F-1} x[i + k] \\cdot w[k]$$

Do not use `cnn.correlate1d` or `np.correlate`.""",
    signature="slide(x, w): (N,), (F,) -> (N - F + 1,)",
    difficulty=2,
    minutes=6,
    hints=(
        "How many places are there for the window? Count them for five cells and a filter of two.",
        "Two loops: the outer one over the places $i$, the inner one over the cells $k$ inside the window. Begin each "
        "place with a sum of 0.",
        "`for i in range(len(x) - len(w) + 1):` and inside `for k in range(len(w)):` add up `x[i + k] * w[k]`; after "
        "the inner loop append the sum to a list.",
    ),
    solution=solution,
    errors="""- `range(len(x) - len(w))` stops one place too early: counting from 0 to $N - F$ gives $N - F + 1$ places.
- *IndexError*: the window was moved on until it hung over the end of $x$; or 4 and 2 were left in the loops.
- The sum must begin at 0 for *every* place; set before the outer loop, it runs on and on.
- `w[F - 1 - k]` or `np.convolve` turn the filter round: section 9 tells why, and that networks do not.""",
    praise="Every window meets every weight.",
    insight="This is all that a filter ever does: a dot product at every place.",
    cases=[([0, 1, 0, 1, 1], [-1, 1]), ([2, 0, 1, 3], [1, 2, -1]), ([5, 7], [3]), ([1, 2, 3], [4, 5, 6]),
           ([1, 2, 3, 4], [0.5, 0.25]), ([0.5, 1, 2.25], [1, 3])],
    draw=draw,
    edges=[([4], [3]), ([0.0625, 1, 2.25], [1, 0.0625]), ([2, 2, 2], [-1, 1]), ([-3, -1, -2], [2, 2]),
           ([300, -200, -250, 150], [300, -150])],
    player=lambda x, w: cnn.viz.slide(x, w),
    right=[with_slices, all_at_once, by_weight, recursive, flipped_twice, single_precision],
    wrong=[
        Wrong(flipped, "Your filter is turned round: the first cell of the window should meet `w[0]`, the second "
                       "`w[1]`. What you have is true convolution, as `np.convolve` does it."),
        Wrong(one_short, "The last place is missing: there are N - F + 1 places, and `range` already leaves out its "
                         "end."),
        Wrong(one_long, "There is one place too many: at the last one the filter hangs over the end of x."),
        Wrong(padded, "Your x has zeros around it: the filter should stay on x all the time."),
        Wrong(same_length, "You go on to the last cell of x: stop where the filter would hang over the end."),
        Wrong(mean, "You divide by the number of weights: an output is the sum of the products, not their mean."),
        Wrong(unweighted, "You add up the window without the weights."),
        Wrong(added, "You add the weights to the cells: multiply each cell by its weight, then add up."),
        Wrong(first_weight_only, "Only the first cell of each window counts: is the sum returned or overwritten "
                                 "inside the inner loop?"),
        Wrong(never_reset, "Your sum runs on from place to place: set it back to 0 for each of them."),
        Wrong(window_in_blocks, "Your window jumps by its own width: it should move by one cell."),
        Wrong(last_product, "Only the last product of each window is left: is the sum set back inside the inner loop, "
                            "or does `=` stand in place of `+=`?"),
        Wrong(largest_product, "You keep the largest product of each window: add them all up."),
        Wrong(in_place, "You write the outputs into x itself, and whoever gave you x has lost it: make a new list."),
        Wrong(appended_too_often_and_never_reset, "You append after every product: `append` belongs behind the inner "
                                                  "loop.", "The sum is never set back to 0."),
        Wrong(appended_too_often, "You append after every product: `append` belongs behind the inner loop."),
        Wrong(lambda x, w: solution(x, w)[:1], "You return after the first place: `return` belongs behind both loops."),
        Wrong(lambda x, w: solution(x, w)[-1:], "Only the last place is left: `append` belongs into the outer loop."),
        Wrong(lambda x, w: solution(x, w).sum(), "You add up all places: each has a sum of its own, so "
                                                 "collect them in a list."),
        Wrong(not_added, "These are the products of each window: add them up, to one number for each place."),
        Wrong(multiplied, "You multiply the products with each other: add them up."),
        Wrong(same_cell, "All weights of a window meet the same cell: it is `x[i + k]` that moves on with k."),
        Wrong(same_window, "Your window stays at the start: it is `x[i + k]` that moves on with i."),
        Wrong(backwards, "Your window runs backwards from its place: it covers `x[i]` and those that come after it."),
        Wrong(weight_of_the_place, "Your weight is chosen by the place: inside the window it is `w[k]`."),
        Wrong(without_last_weight, "The last weight never takes part: `range` and slices already leave out their end."),
        Wrong(without_first_weight, "The first weight never takes part: counting starts at 0."),
        Wrong(lambda x, w: solution(x, w)[1:], "The first place is missing: counting starts at 0."),
        Wrong(zeros_at_the_end, ZEROS),
        Wrong(sizes_of_the_example, SIZES), Wrong(places_of_the_example, SIZES), Wrong(weights_of_the_example, SIZES),
        Wrong(two_weights_always, SIZES),
        Wrong(a_sum_for_each_weight, "You have a sum for each weight: the outer loop goes over the places $i$, the "
                                     "inner one over the weights."),
        Wrong(lambda x, w: [0, *solution(x, w)], "There is a 0 too many in front: begin with an empty list."),
        Wrong(lambda x, w: unweighted(x, w) * w.sum(), "You add first and then multiply: each cell meets its own "
                                                       "weight, and adding comes last."),
        Wrong(lambda x, w: filled(x, w, len(x)), ZEROS, TYPE),
        Wrong(lambda x, w: filled(x, w, len(x) - len(w) + 1), TYPE),
        Wrong(absolute, "You drop the signs: a negative product is subtracted."),
        Wrong(truncated, "You cut off what is behind the point: an output need not be a whole number, so do without "
                         "`int`."),
        Wrong(type_of_the_signal, TYPE),
        Wrong(flipped_and_padded, "Your filter is turned round, as `np.convolve` does it.",
              "Your x has zeros around it, the \"full\" mode of `np.convolve`: the filter should stay on x."),
    ],
)
