"""How much padding: for "same", with an even filter, and how many zeros that are."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    N = 28

    def side(F, P, S=1):
        return (N + 2 * P - F) // S + 1

    a = (5 - 1) // 2                    # 2: then side(5, 2) is 28
    b = (7 - 1) // 2                    # 3: then side(7, 3) is 28
    c = side(4, P=1)                    # one too few
    d = side(4, P=2)                    # one too many: no P is right for an even F
    e = (N + 2 * 2) ** 2 - N ** 2       # 32 · 32 cells, 28 · 28 of them pixels
    f = side(5, P=2, S=2)               # every second place: half the size, not the same
    return [a, b, c, d, e, f]


def but(**changed):
    """The right answer with some of its six numbers changed: a=, b=, c=, d=, e=, f=."""
    return [changed.get(letter, number) for letter, number in zip("abcdef", solution(), strict=True)]


ONCE = "Padding counts per side: with P = 2 a row grows by 4 cells, two on the left and two on the right."
TOTAL = "You count the padding of both sides together: P is the padding of one side, half as much."
FRAME = "Around the image means on all four sides, corners included: 32 · 32 cells minus the 28 · 28 pixels."
STRIDE = "In f the window moves by 2: the room, 28 + 2 · 2 - 5 = 27, holds 13 whole jumps, and the first place " \
         "adds one."
EVEN = "For an even filter, try the formula with both paddings: 28 + 2 · P - 4 + 1 never gives 28."

EXERCISE = Exercise(
    id="03.3",
    title="Choose the padding",
    statement="""An image of 28 × 28 pixels, filters of $F \\times F$. Give six whole numbers:

**a)** $P$ that keeps the size for $F = 5$, $S = 1$ · **b)** the same for $F = 7$ · **c)** the side of the output for
$F = 4$, $P = 1$, $S = 1$ · **d)** the same for $P = 2$ · **e)** how many zeros surround the image for $P = 2$ · **f)**
the side of the output for $F = 5$, $P = 2$, $S = 2$""",
    signature="answer: a list of six whole numbers",
    difficulty=2,
    minutes=3,
    hints=(
        "Without padding, a filter of size F removes F − 1 rows and columns. Padding must give them back; on how "
        "many sides?",
        "The size is $28 + 2P - F + 1$ at stride 1. For e count all cells of the padded image, then subtract the "
        "pixels. For f count whole jumps, then add the first place.",
        "a and b: (F − 1) / 2. c and d: 28 + 2 · 1 − 4 + 1 and 28 + 2 · 2 − 4 + 1. e: 32 · 32 − 28 · 28. f: 27 cells "
        "of room, jumps of 2.",
    ),
    solution=solution,
    errors="""- *4 and 6* for a and b are the totals of both sides. $P$ is counted per side.
- *28 in c or d*: an even filter removes an odd number of rows, here 3, and two equal sides cannot give 3 back.
- *4 or 112 in e*: the frame runs around all four sides, corners included.
- *28 in f*: this $P$ keeps the size at stride 1 only.
- *15 in f*: 13.5 jumps are 13, and 13 + 1 = 14.""",
    praise="Half of what the filter removes, on each side.",
    insight="An even filter removes an odd number, which has no half: 27 or 29, never 28. That is one reason why "
            "most filters have size 3, 5 or 7.",
    ask="value",
    returns="answer",
    right=[(2, 3, 27, 29, 240, 14), np.array([2, 3, 27, 29, 240, 14]), [2.0, 3.0, 27.0, 29.0, 240.0, 14.0],
           np.array([2, 3, 27, 29, 240, 14], np.float32)],
    wrong=[
        Wrong(but(a=4, b=6), TOTAL), Wrong(but(a=4), TOTAL), Wrong(but(b=6), TOTAL),
        Wrong(but(a=5, b=7), "You took P = F: the filter removes F - 1 cells, and each side gives back half of them."),
        *(Wrong(but(**up), "You rounded F / 2 up: it is (F - 1) / 2.")
          for up in ({"a": 3, "b": 4}, {"a": 3}, {"b": 4})),
        Wrong(but(a=0, b=0), "Without padding, the filter removes F - 1 rows and columns: P gives them back."),
        Wrong(but(a=2.5, b=3.5), "You took F / 2: it is (F - 1) / 2, because the window's own middle cell costs "
                                 "nothing."),
        Wrong(but(a=1, b=1), "One cell per side keeps the size for a filter of 3: larger ones remove more."),
        Wrong(but(a=1, b=2), "That is one too few per side: (F - 1) / 2."),
        Wrong(but(c=26, d=27), ONCE), Wrong(but(c=26, d=27, f=13), ONCE), Wrong(but(c=26, d=27, e=120), ONCE),
        Wrong(but(c=26, d=27, f=13, e=116), ONCE), Wrong(but(c=26, d=27, f=13, e=30 * 30 - 28 * 28), ONCE),
        Wrong(but(c=25, d=25), "In c and d the padding is forgotten: it adds 2P cells along each side."),
        Wrong(but(c=23, d=21), "In c and d you subtract the padding: it adds 2P cells along each side."),
        Wrong(but(c=26, d=28), "In c and d one place is missing: after 28 + 2P - 4 jumps there is also the "
                               "window's first place."),
        Wrong(but(c=28, d=28), EVEN), Wrong(but(c=28), EVEN), Wrong(but(d=28), EVEN),
        Wrong(but(c=30, d=32), "These are the sides of the padded image: the window of 4 takes away 3."),
        Wrong(but(c=29, d=27), "You swapped c and d: more padding, more output."),
        Wrong(but(e=4), FRAME), Wrong(but(e=112), FRAME), Wrong(but(e=224), FRAME + " The corners are missing."),
        Wrong(but(e=56), FRAME), Wrong(but(e=256), FRAME), Wrong(but(e=128), FRAME), Wrong(but(e=8), FRAME),
        Wrong(but(e=2), FRAME), Wrong(but(e=120), FRAME), Wrong(but(e=116, f=13), FRAME, STRIDE),
        Wrong(but(e=232), FRAME + " The corners are missing."),
        Wrong(but(e=228), FRAME + " Each corner has 2 · 2 zeros, not one."),
        Wrong(but(e=116), "That is a frame one cell wide: P = 2 means two cells on each side."),
        Wrong(but(e=900), "You count the pixels, too, and one zero on each side: count only the zeros, two deep."),
        Wrong(but(e=272), "That frame lies around the padded image: subtract 28 · 28 pixels from its 32 · 32 cells."),
        Wrong(but(e=1024), "These are all cells of the padded image: subtract the 28 · 28 pixels."),
        Wrong(but(f=15), STRIDE), Wrong(but(f=13), STRIDE), Wrong(but(f=13.5), STRIDE), Wrong(but(f=14.5), STRIDE),
        Wrong(but(f=28), "In f the stride is 2: this padding keeps the size at stride 1 only."),
        Wrong(but(f=27), "In f 27 is the room, 28 + 2 · 2 - 5. The window crosses it in jumps of 2, and the first "
                         "place adds one."),
        Wrong(but(f=16), "In f you halved the padded image, 32 cells. A window of 5 needs room: 32 - 5 = 27, 13 whole "
                         "jumps, and the first place."),
        Wrong(but(f=196), "In f you give the number of all outputs, 14 · 14: give one side."),
        Wrong(but(c=729, d=841, f=196), "In c, d and f you give the number of all outputs: give one side."),
        Wrong(but(c=25, d=25, f=12), "The padding is forgotten in c, d and f: it adds 2P cells along each side."),
        Wrong(but(c=28, d=28, f=28), EVEN, "In f the stride is 2."),
        Wrong(but(f=12), "In f the padding is forgotten: the padded image has 32 cells along each side."),
        Wrong(but(a=4, b=6, c=26, d=27), TOTAL, ONCE),
        Wrong(but(a=4, b=6, c=28, d=28), TOTAL, EVEN),
        Wrong(but(a=4, b=6, e=112), TOTAL, FRAME),
        Wrong(but(e=112, f=28), FRAME, "In f the stride is 2."),
        Wrong(but(e=112, f=15), FRAME, STRIDE), Wrong(but(e=224, f=15), FRAME, STRIDE),
    ],
)
