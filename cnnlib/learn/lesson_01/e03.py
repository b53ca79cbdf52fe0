"""The length of the output."""

import math

from ..exercise import Exercise
from ..slips import slips


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


def draw(rng):
    """Sizes for which the window fits at least once."""
    F, S, P, D = (int(rng.integers(low, high)) for low, high in ((1, 6), (1, 5), (0, 4), (1, 4)))
    return max(1, D * (F - 1) + 1 - 2 * P) + int(rng.integers(0, 12)), F, S, P, D


# --- typical mistakes -------------------------------------------------------------------------------------------------

FIRST = "The window's first place is missing: after the jumps, add 1."
ONCE = "Padding goes on both sides: the input grows by 2 · P, not by P."
UP = "You round up: if only half a jump is left, the window does not jump."
NEAREST = "You round to the nearest whole number: only whole jumps count, so round down."
FRACTION = "You do not round: only whole jumps count, and `//` divides and rounds down."
BRACKETS = "Brackets are missing: `//` comes before `+` and `-`, so it divides only the last number."
SPANS = "Your window spans {}: F weights have F - 1 gaps between them, so it spans D · (F - 1) + 1."
NO_PADDING = "Padding changes nothing so far: it makes the input longer, by P on each side."
NO_DILATION = "Dilation changes nothing so far: it makes the window span more than F cells."
DIVIDED = "You add the 1 before you divide: the first place is not a jump, so add it after the division."
OUTPUT = "You pad the output: it is the input that grows by 2 · P, before the window jumps."
WHOLE_INPUT = "You divide the whole padded input by the stride: the window itself takes up room, so subtract its "\
              "span first."
SPAN, JUMPS, END = "D * (F - 1) + 1", "room // S", "room // S + 1"
UNDILATED = (SPAN, "F")

EXERCISE = Exercise(
    id="01.3",
    title="How long is the output?",
    statement="""Write `output_length(N, F, S, P, D)`: how many outputs are there for $N$ cells, a filter of $F$, a
stride of $S$, a padding of $P$ on each side and a dilation of $D$? The five steps above become three lines of Python,
or one line. `a // b` divides and rounds down.

You can assume that the window fits at least once. Do not use `cnn.output_size`.""",
    signature="output_length(N, F, S, P, D): whole numbers -> a whole number",
    difficulty=2,
    minutes=4,
    hints=(
        "Try it on seven cells and a filter of three, with stride 1, 2 and 3. How far can the window move, and how "
        "many jumps is that?",
        "Three lines, one after the other: the window's span, the room that is left to move, and the whole jumps in "
        "it. Do not forget where the window stood before its first jump.",
        "`span = D * (F - 1) + 1`, then `room = N + 2 * P - span`. Still missing: a division that rounds down, and a "
        "1.",
    ),
    solution=solution,
    errors="""- *One too few everywhere*: the first place was not counted; the $+ 1$ is missing.
- *2.33 or 3 for $N = 7$, $F = 3$, $S = 3$*: `/` does not round, and half a jump is no jump. Use `//`.
- *Too few with padding*: $P$ is counted per side and added on both, $2P$.
- *Wrong with dilation*: $F$ weights have $F - 1$ gaps, and each weight is $D$ cells after the one before.
- *`'int' object is not callable`*: `D(F - 1)` calls $D$ like a function; Python wants `D * (F - 1)`.
- `a - b // S` divides only $b$: put brackets around the room.""",
    praise="The room to move, in whole jumps, and the place at the start.",
    insight="Every library uses this size formula, and every one rounds down silently.",
    cases=[(7, 3, 1, 0, 1), (7, 3, 2, 0, 1), (7, 3, 3, 0, 1), (5, 3, 1, 1, 1), (10, 4, 2, 1, 1), (7, 3, 1, 0, 2),
           (16, 3, 1, 2, 2), (10, 3, 2, 1, 2), (9, 4, 4, 0, 2), (1, 1, 1, 0, 1)],
    draw=draw,
    edges=[(2, 5, 1, 2, 1), (1000, 3, 2, 1, 1), (6, 2, 1, 1, 1), (7, 4, 1, 2, 1)],
    drawn=30,
    right=[in_one_line, by_walking, by_counting, recursive, rounded_up_elsewhere],
    wrong=slips(
        [solution],
        (FIRST, END, JUMPS), ((FIRST, ONCE), END, JUMPS, "2 * P", "P"),
        (UP, JUMPS, "math.ceil(room / S)"), ((UP, ONCE), JUMPS, "math.ceil(room / S)", "2 * P", "P"),
        (NEAREST, JUMPS, "round(room / S)"), (NEAREST, JUMPS, "int(room / S + 0.5)"),
        (NEAREST, END, "round(room / S + 1)"),   # Python rounds 1.5 and 2.5 to 2
        (FRACTION, "//", "/"), ((FRACTION, NO_DILATION), "//", "/", *UNDILATED),
        ("The stride changes nothing so far: each jump takes S cells of the room.", JUMPS, "room"),
        (NO_PADDING, "2 * P", "0"), (NO_DILATION, *UNDILATED), ((NO_PADDING, NO_DILATION), "2 * P", "0", *UNDILATED),
        (ONCE, "2 * P", "P"), ((ONCE, NO_DILATION), "2 * P", "P", *UNDILATED),
        ("You add the padding twice on each side: the input grows by 2 · P in all.", "2 * P", "4 * P"),
        ("You subtract the padding: it makes the input longer, by P on each side.", "+ 2 * P", "- 2 * P"),
        ("Padding is counted in cells, P on each side, not in jumps: the input grows by 2 · P.", "2 * P", "P * S"),
        ("`**` raises to a power: 2 · P is `2 * P`.", "2 * P", "P ** 2"),
        (OUTPUT, "2 * P", "0", JUMPS, f"{JUMPS} + 2 * P"),
        ((OUTPUT, NO_DILATION), "2 * P", "0", JUMPS, f"{JUMPS} + 2 * P", *UNDILATED),
        (SPANS.format("D · F cells"), SPAN, "D * F"), (SPANS.format("D · F + 1 cells"), "(F - 1)", "F"),
        ("F weights have F - 1 gaps between them, not F + 1.", "(F - 1)", "(F + 1)"),
        ("Each of the F - 1 gaps is D cells long: from the first weight to the last it is D · (F - 1), not D + F - 1.",
         "D * (F - 1)", "D + F - 1"),
        ("F - 1 · D is F - D: the gaps are (F - 1) · D cells.", "D * (F - 1)", "F - 1 * D"),
        ("Your window spans D · F - 1 cells, which is right for D = 2 alone: it is D · (F - 1) + 1.", SPAN,
         "D * F - 1"),
        ("Your window is one cell too short: D · (F - 1) is the way from its first cell to its last, and the cell it "
         "starts on counts as well.", SPAN, "D * (F - 1)"),
        ("Your window is two cells too short: subtract the whole span; a minus before brackets turns the + 1 inside "
         "into - 1.", SPAN, "D * (F - 1) - 1"),
        ("You make only one gap longer: dilation widens all F - 1 gaps.", SPAN, "F + D - 1"),
        ("You put D cells between two weights: with dilation D the next weight is D cells on, so D - 1 lie between.",
         SPAN, "F + D * (F - 1)"),
        ("You spread out the cells of the input: dilation spreads out the weights and leaves the input alone.",
         "N + 2", "D * (N - 1) + 1 + 2", *UNDILATED),
        ("This is right only if the window spans an odd number of cells. An even one has no middle: subtract its "
         "span, not two halves and 1.", "- span", "- 2 * (span // 2) - 1"),
        ("There is one place too many: the start is counted once, and so is every jump.", "S + 1", "S + 2"),
        (DIVIDED, END, "(room + 1) // S"), ((DIVIDED, NO_DILATION), END, "(room + 1) // S", *UNDILATED),
        ((DIVIDED, "Padding and dilation change nothing so far."), END, "(N - F + 1) // S"),
        (WHOLE_INPUT, END, "math.ceil((N + 2 * P) / S)"), (WHOLE_INPUT, END, "(N + 2 * P) // S"),
        (BRACKETS, JUMPS, "N + 2 * P - D * (F - 1) - 1 // S"), ((BRACKETS, NO_DILATION), JUMPS, "N + 2 * P - F // S"),
        (BRACKETS, JUMPS, "N + 2 * P - span // S"),
        ("`%` gives what is left over after dividing: whole jumps are `//`.", "//", "%"),
        ("You multiply by the stride: the larger the jumps, the fewer fit, so divide.", "//", "*"),
        ("One place is missing where the jumps come out even: the first place still counts, and a `range` leaves out "
         "its end.", END, "math.ceil(room / S)"),
        ("That is right without stride, padding and dilation: add them one by one.", JUMPS, "N - F"),
        ("You divide the input by the stride: that is right only where padding makes up for the window.",
         END, "math.ceil(N / S)"),
        ("You give 0 when the jumps do not come out even: the window still fits, and the cells at the end are simply "
         "never read.", END, f"0 if room % S else {END}"),
        ("That goes the other way: it is the length that a transposed convolution makes.",
         lambda y, N, F, S, P, D: (N - 1) * S - 2 * P + D * (F - 1) + 1),
        ("These are the places where the window starts: count them, with `len`.",
         lambda y, N, F, S, P, D: [*range(0, S * y, S)]),
    ),
)
