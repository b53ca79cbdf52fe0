"""The length of the output."""

import math

from ..exercise import Exercise, Wrong


def solution(N, F, S=1, P=0, D=1):
    span = D * (F - 1) + 1          # the cells from the window's first weight to its last
    room = N + 2 * P - span         # how far it can move, padding included
    return room // S + 1            # whole jumps, and the place where it stood at first


# --- other right ways -------------------------------------------------------------------------------------------------

def in_one_line(N, F, S=1, P=0, D=1):
    return math.floor((N + 2 * P - D * (F - 1) - 1) / S + 1)


def by_walking(N, F, S=1, P=0, D=1):
    outputs, start = 0, 0
    while start + (F - 1) * D <= N + 2 * P - 1:
        outputs, start = outputs + 1, start + S
    return outputs


def by_counting(N, F, S=1, P=0, D=1):
    return len(range(0, N + 2 * P - D * (F - 1), S))


def recursive(N, F, S=1, P=0, D=1):
    span = D * (F - 1) + 1
    return 0 if span > N + 2 * P else 1 + recursive(N - S, F, S, P, D)


def rounded_up_elsewhere(N, F, S=1, P=0, D=1):
    return math.ceil((N + 2 * P - D * (F - 1)) / S)


# --- typical mistakes -------------------------------------------------------------------------------------------------

def _length(N, F, S, P, D, rounding=math.floor, padded=2, spans=lambda F, D: D * (F - 1) + 1, first=1):
    return rounding((N + padded * P - spans(F, D)) / S) + first


def no_first_place(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, first=0)


def ceil(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, math.ceil)


def nearest(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, round)


def nearest_of_the_sum(N, F, S=1, P=0, D=1):   # Python rounds 1.5 and 2.5 to 2
    return round((N + 2 * P - D * (F - 1) - 1) / S + 1)


def half_up(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, lambda jumps: int(jumps + 0.5))


def fraction(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, lambda jumps: jumps)


def fraction_without_dilation(N, F, S=1, P=0, D=1):
    return (N - F + 2 * P) / S + 1


def without_brackets_and_dilation(N, F, S=1, P=0, D=1):
    return N + 2 * P - F // S + 1


def no_stride(N, F, S=1, P=0, D=1):
    return _length(N, F, 1, P, D)


def no_padding(N, F, S=1, P=0, D=1):
    return _length(N, F, S, 0, D)


def padding_once(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, padded=1)


def padding_twice_over(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, padded=4)


def padded_output(N, F, S=1, P=0, D=1):
    return _length(N, F, S, 0, D) + 2 * P


def no_dilation(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, 1)


def a_gap_too_many(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, spans=lambda F, D: D * F)


def span_without_its_last_cell(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, spans=lambda F, D: D * (F - 1))


def gap_and_cell_too_many(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, spans=lambda F, D: D * F + 1)


def one_place_too_many(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, first=2)


def one_gap(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, spans=lambda F, D: F + D - 1)


def gaps_of_dilation(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, spans=lambda F, D: F + D * (F - 1))


def first_place_divided(N, F, S=1, P=0, D=1):
    return (N + 2 * P - D * (F - 1) - 1 + 1) // S


def no_brackets(N, F, S=1, P=0, D=1):
    return N + 2 * P - D * (F - 1) - 1 // S + 1


def memorised(N, F, S=1, P=0, D=1):
    return (N - F) // S + 1


def stride_and_padding(N, F, S=1, P=0, D=1):
    return (N + P - F) // S + 1


def first_place_and_padding(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, padded=1, first=0)


def last_place_only_if_uneven(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, math.ceil, first=0)


def ceil_and_padding(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, math.ceil, padded=1)


def nothing_but_the_filter(N, F, S=1, P=0, D=1):
    return N - F + 1


def same(N, F, S=1, P=0, D=1):
    return math.ceil(N / S)


def padded_and_divided(N, F, S=1, P=0, D=1):
    return (N + 2 * P) // S


def fits_or_nothing(N, F, S=1, P=0, D=1):
    return 0 if (N + 2 * P - D * (F - 1) - 1) % S else solution(N, F, S, P, D)


def opened_brackets(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, spans=lambda F, D: D * (F - 1) - 1)


def span_of_two(N, F, S=1, P=0, D=1):
    return _length(N, F, S, P, D, spans=lambda F, D: D * F - 1)


def every_start(N, F, S=1, P=0, D=1):
    return math.ceil((N + 2 * P) / S)


def first_place_divided_without_dilation(N, F, S=1, P=0, D=1):
    return (N + 2 * P - F + 1) // S


def first_place_divided_only_stride(N, F, S=1, P=0, D=1):
    return (N - F + 1) // S


def padded_output_without_dilation(N, F, S=1, P=0, D=1):
    return (N - F) // S + 1 + 2 * P


def draw(rng):
    """Sizes for which the window fits at least once."""
    F, S, P, D = (int(rng.integers(low, high)) for low, high in ((1, 6), (1, 5), (0, 4), (1, 4)))
    return max(1, D * (F - 1) + 1 - 2 * P) + int(rng.integers(0, 12)), F, S, P, D


FIRST = "The place where the window stood at first is missing: after the jumps, add 1."
ONCE = "Padding goes on both sides: the input grows by 2 · P, not by P."
UP = "You round up: where half a jump is left, the window does not jump."
NEAREST = "You round to the nearest whole number: only whole jumps count, so round down."
FRACTION = "You do not round: only whole jumps count, and `//` divides and rounds down."
BRACKETS = "Brackets are missing: `//` comes before `+` and `-`, so it divides only the last number."
NO_PADDING = "Padding changes nothing so far: it makes the input longer, by P on each side."
NO_DILATION = "Dilation changes nothing so far: it makes the window span more than F cells."
DIVIDED = "You add the 1 before you divide: the place at the start is no jump, so it is added after the division."
OUTPUT = "You pad the output: it is the input that grows by 2 · P, before the window jumps."
WHOLE_INPUT = "You divide the whole padded input by the stride: the window itself takes up room, so take its span " \
              "away first."

EXERCISE = Exercise(
    id="01.3",
    title="How long is the output?",
    statement="""Write `output_length(N, F, S, P, D)`: how many outputs are there for $N$ cells, a filter of $F$, a
stride of $S$, a padding of $P$ on each side and a dilation of $D$? The five steps above become three lines of Python,
or one. `a // b` divides and rounds down.

You may trust that the window fits at least once. Do not use `cnn.output_size`.""",
    signature="output_length(N, F, S, P, D): whole numbers -> a whole number",
    difficulty=2,
    minutes=4,
    hints=(
        "Try it on seven cells and a filter of three, with stride 1, 2 and 3. How far can the window move, and how "
        "many jumps are that?",
        "Three lines, one after the other: the window's span, the room that is left to move, and the whole jumps in "
        "it. Do not forget where the window stood before its first jump.",
        "`span = D * (F - 1) + 1`, then `room = N + 2 * P - span`. What is missing is a division that rounds down, "
        "and 1.",
    ),
    solution=solution,
    errors="""- *One too few everywhere*: the place at the start was not counted; the $+ 1$ is missing.
- *2.33 or 3 for $N = 7$, $F = 3$, $S = 3$*: `/` does not round, and half a jump is no jump. Use `//`.
- *Too few with padding*: $P$ is counted per side and added on both, $2P$.
- *Wrong with dilation*: between $F$ weights are $F - 1$ gaps, and from one weight to the next it is $D$ cells.
- *`'int' object is not callable`*: `D(F - 1)` calls $D$ like a function; Python wants `D * (F - 1)`.
- `a - b // S` divides only $b$: put brackets around the room.""",
    praise="The room to move, in whole jumps, and the place at the start.",
    insight="Every library's size formula is this one, and every one of them rounds down in silence.",
    cases=[(7, 3, 1, 0, 1), (7, 3, 2, 0, 1), (7, 3, 3, 0, 1), (5, 3, 1, 1, 1), (10, 4, 2, 1, 1), (7, 3, 1, 0, 2),
           (16, 3, 1, 2, 2), (10, 3, 2, 1, 2), (9, 4, 4, 0, 2), (1, 1, 1, 0, 1)],
    draw=draw,
    edges=[(2, 5, 1, 2, 1), (1000, 3, 2, 1, 1)],
    drawn=30,
    right=[in_one_line, by_walking, by_counting, recursive, rounded_up_elsewhere],
    wrong=[
        Wrong(no_first_place, FIRST),
        Wrong(ceil, UP),
        Wrong(nearest, NEAREST), Wrong(nearest_of_the_sum, NEAREST), Wrong(half_up, NEAREST),
        Wrong(fraction, FRACTION), Wrong(fraction_without_dilation, FRACTION, NO_DILATION),
        Wrong(no_stride, "The stride changes nothing so far: each jump takes S cells of the room."),
        Wrong(no_padding, NO_PADDING),
        Wrong(padding_once, ONCE),
        Wrong(padding_twice_over, "You add the padding twice on each side: the input grows by 2 · P in all."),
        Wrong(padded_output, OUTPUT), Wrong(padded_output_without_dilation, OUTPUT, NO_DILATION),
        Wrong(no_dilation, NO_DILATION),
        Wrong(a_gap_too_many, "Your window spans D · F cells: between F weights are F - 1 gaps, so it spans "
                              "D · (F - 1) + 1."),
        Wrong(gap_and_cell_too_many, "Your window spans D · F + 1 cells: between F weights are F - 1 gaps, so it spans "
                                     "D · (F - 1) + 1."),
        Wrong(one_place_too_many, "There is one place too many: the start is counted once, and so is every jump."),
        Wrong(span_without_its_last_cell, "Your window is one cell too short: D · (F - 1) is the way from its first "
                                          "cell to its last, and the cell it starts on counts as well."),
        Wrong(one_gap, "You make only one gap longer: dilation pulls all F - 1 gaps apart."),
        Wrong(gaps_of_dilation, "You put D cells between two weights: with dilation D the next weight is D cells on, "
                                "so D - 1 lie between."),
        Wrong(first_place_divided, DIVIDED), Wrong(first_place_divided_without_dilation, DIVIDED, NO_DILATION),
        Wrong(first_place_divided_only_stride, DIVIDED, "Padding and dilation change nothing so far."),
        Wrong(opened_brackets, "Your window is two cells too short: take the whole span away, and a minus before "
                               "brackets turns the + 1 inside into - 1."),
        Wrong(span_of_two, "Your window spans D · F - 1 cells, which is right for D = 2 alone: it is D · (F - 1) + 1."),
        Wrong(every_start, WHOLE_INPUT),
        Wrong(no_brackets, BRACKETS), Wrong(without_brackets_and_dilation, BRACKETS, NO_DILATION),
        Wrong(memorised, NO_PADDING, NO_DILATION),
        Wrong(stride_and_padding, ONCE, NO_DILATION),
        Wrong(first_place_and_padding, FIRST, ONCE),
        Wrong(last_place_only_if_uneven, "It is one too few where the jumps come out even: the place at the start "
                                         "counts there, too, and a `range` leaves out its end."),
        Wrong(ceil_and_padding, UP, ONCE),
        Wrong(nothing_but_the_filter, "That is right without stride, padding and dilation: take them in one by one."),
        Wrong(same, "You divide the input by the stride: that is right only where padding makes up for the window."),
        Wrong(padded_and_divided, WHOLE_INPUT),
        Wrong(fits_or_nothing, "You give 0 when the jumps do not come out even: the window still fits where it "
                               "stood, and cells at the end are simply never read."),
    ],
)
