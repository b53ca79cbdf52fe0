"""What comes out of a pooling layer: sizes, maps, parameters, without running it."""

import itertools

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise, Wrong


def solution():
    halved = (56 - 2) // 2 + 1          # F = 2, S = 2
    overlapping = (56 - 3) // 2 + 1     # F = 3, S = 2: 53 / 2 is rounded down
    dense = (56 - 3) // 1 + 1           # F = 3, S = 1
    maps, parameters = 128, 0           # each map by itself, nothing to learn
    return [halved, maps, parameters, overlapping, dense, maps]


def but(**changed):
    """The true answer with some of its six numbers, a to f, changed."""
    answer = dict(zip("abcdef", solution(), strict=True))
    return list((answer | changed).values())


DEPTH = "The number of maps stays: each map is pooled by itself, so 128 go in and 128 come out."
NOTHING = "Pooling has nothing to learn: taking the largest needs no weights and no bias."
ROUND_DOWN = "In d the jumps do not come out even: round down, because a window that hangs over the edge reads nothing."
PLACES = "You counted the jumps: there is one place more."
KERNEL_STRIDE = "In e the stride is 1, though the kernel is 3: the windows overlap."
GLOBAL_MAPS = "Global pooling makes one number from each of the 128 maps: it does not mix them."
NO_PADDING = "Nothing is padded: a window of 3 cannot be centred on the outermost pixels, so the size shrinks."
SUBTRACT = "Subtract the window first: (56 − F) // S + 1, not 56 // S + 1."
AGAIN = "In d and e the input is 56 × 56 again: they come instead of a, not after it."
AREA = "Give only the height, not how many numbers a map holds."
GLOBAL_SIZE = "In f height and width both disappear: each map leaves one number."

SLIPS = [   # the ones that go together easily: any two of them, in different places, get both sentences
    ({"b": 64}, DEPTH), ({"b": 32}, DEPTH), ({"b": 256}, DEPTH), ({"b": 1}, DEPTH),
    ({"c": 4}, NOTHING), ({"c": 5}, NOTHING), ({"c": 512}, NOTHING), ({"c": 640}, NOTHING), ({"c": 128}, NOTHING),
    ({"d": 28}, ROUND_DOWN), ({"a": 27, "d": 26, "e": 53}, PLACES),
    ({"e": 18}, KERNEL_STRIDE), ({"e": 56}, NO_PADDING),
    ({"f": 1}, GLOBAL_MAPS), ({"f": 3136}, GLOBAL_MAPS), ({"f": 56}, GLOBAL_SIZE), ({"f": 7168}, GLOBAL_SIZE),
]
PAIRS = [Wrong(but(**a, **b), first, second) for (a, first), (b, second) in itertools.combinations(SLIPS, 2)
         if not a.keys() & b.keys() and but(**a, **b) != but(d=28, e=56)]

EXERCISE = Exercise(
    id="05.1",
    title="Sizes on paper",
    statement="""A layer outputs **128 maps of 56 × 56** numbers. Nothing is padded. Give six numbers, in this order:

- **a** the height after a max-pooling with $F = 2$, $S = 2$;
- **b** the number of maps after it;
- **c** the number of its parameters;
- **d** the height after $F = 3$, $S = 2$ instead;
- **e** the height after $F = 3$, $S = 1$ instead;
- **f** how many numbers are left in all after *global* average pooling instead.""",
    signature="answer: a list of six whole numbers",
    ask="value",
    returns="answer",
    difficulty=2,
    minutes=3,
    hints=(
        "Sizes follow the rule of lesson 01: subtract the window, divide by the stride, round down, add 1.",
        "The rule with $P = 0$: $\\lfloor (56 - F)/S \\rfloor + 1$. What happens to the number of maps if each is "
        "pooled by itself?",
        "In d: 56 − 3 = 53, half of it rounded down, plus 1. In e: 53 jumps of one. In f: one number for each map.",
    ),
    solution=solution,
    errors="""- *b = 64*: pooling halves height and width, never the number of maps.
- *c = 4 or 512*: there is no weight in a maximum.
- *d = 28*: "stride 2 halves" is right only for $F = 2$. 53/2 is 26.5, and half a jump is no jump.
- *e = 18*: the stride equals the kernel size only by default.
- *f = 1*: global pooling takes all places of one map together, never two maps.""",
    praise="Height and width shrink, the number of maps never does, and nothing is learnt.",
    insight="The sizes are those of a convolution, `cnn.output_size(56, 3, stride=2)`: a window is a window.",
    right=[tuple(solution()), np.array(solution()), np.float32(solution()),
           [cnn.output_size(56, 2, 2), 128, 0, cnn.output_size(56, 3, 2), cnn.output_size(56, 3), 128]],
    wrong=[
        *(Wrong(but(**slip), sentence) for slip, sentence in SLIPS), *PAIRS,
        Wrong(but(a=14), "In a the side is halved: only the number of pixels falls to a quarter."),
        Wrong(but(b=128 * 28 * 28), "In b count the maps, not the numbers in them."),
        Wrong(but(a=128, b=28), "You swapped a and b: the height first, then the number of maps."),
        Wrong(but(f=512), "In f each map leaves one number, not 2 × 2."),
        Wrong(but(c=1), NOTHING), Wrong(but(c=2), NOTHING),
        Wrong(but(c=65536), NOTHING), Wrong(but(c=65664), NOTHING), Wrong(but(b=64, f=64), DEPTH),
        Wrong(but(d=27.5), "In d half a place is left: round down."),
        *(Wrong(but(**slip), PLACES) for slip in (
            {"a": 27}, {"d": 26}, {"e": 53}, {"a": 27, "d": 26}, {"a": 27, "e": 53}, {"d": 26, "e": 53})),
        *(Wrong(but(**slip), SUBTRACT) for slip in (
            {"a": 29}, {"d": 29}, {"e": 57}, {"a": 29, "d": 29}, {"a": 29, "d": 29, "e": 57})),
        *(Wrong(but(**slip), AGAIN) for slip in ({"d": 13}, {"e": 26}, {"d": 13, "e": 26}, {"d": 13, "e": 11})),
        Wrong(but(e=25), "In e the input is 56 × 56 again: it comes instead of d, not after it."),
        *(Wrong(but(**slip), AREA) for slip in ({"a": 784}, {"d": 729}, {"e": 2916}, {"a": 784, "d": 729, "e": 2916})),
        Wrong(but(d=26.5), "In d round down the half jump, then add 1: the first place takes no jump."),
        Wrong(but(d=18), "In d the stride is 2: it is not always the size of the window."),
        Wrong(but(e=55), "In e the window is 3 × 3: (56 − 3) // 1 + 1."),
        Wrong(but(d=54, e=27), "You swapped d and e: the stride is 2 in d, and 1 in e."),
        Wrong(but(d=28, e=56), NO_PADDING),
        Wrong(but(d=18, e=18), "In d and e the stride is given, 2 and 1: it is not always the size of the window."),
        Wrong(but(e=28), "In e the stride is 1: nothing is halved."),
        Wrong(but(e=27), "In e the stride is 1, not 2."),
        Wrong(but(d=54), "In d the stride is 2: every second place is skipped."),
        Wrong(but(a=55), "In a the stride is 2: there are 55 places only at stride 1."),
        Wrong(but(a=55, d=54), "In a and d the stride is 2: every second place is skipped."),
        Wrong(but(f=401408), "These are all the numbers that go in: global pooling makes one from each map."),
        Wrong(but(f=100352), "In f you count what is left after a: global pooling makes one number from each map."),
    ],
)
