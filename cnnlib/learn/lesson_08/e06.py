"""What ResNet's bottleneck saves: parameters of 1x1, 3x3, 1x1 beside two 3x3."""

from ... import nn
from ...zoo.resnet import basic_block
from ..exercise import Exercise
from ..slips import slips


def solution(C, s):
    few = C // s
    thin = C * few + 2 * few + 9 * few * few + 2 * few + few * C + 2 * C     # 1 x 1, 3 x 3, 1 x 1
    wide = 2 * (9 * C * C + 2 * C)                                           # 3 x 3, twice
    return thin, wide


# --- other right ways -------------------------------------------------------------------------------------------------

def by_layer(C, s):
    def layer(F, inputs, filters):
        weights = F * F * inputs * filters
        norm = 2 * filters
        return weights + norm

    few = C // s
    thin = layer(1, C, few) + layer(3, few, few) + layer(1, few, C)
    wide = layer(3, C, C) + layer(3, C, C)
    return thin, wide


def of_layers(C, s):
    few = C // s
    thin = nn.Sequential(
        nn.Conv2d(C, few, 1, bias=False), nn.BatchNorm2d(few),
        nn.Conv2d(few, few, 3, bias=False), nn.BatchNorm2d(few),
        nn.Conv2d(few, C, 1, bias=False), nn.BatchNorm2d(C),
    )
    return [sum(p.size for p in block.parameters()) for block in (thin, basic_block(C, C))]


def collected(C, s):
    few = C // s
    return [2 * C * few + 9 * few**2 + 4 * few + 2 * C, 18 * C**2 + 4 * C]


def with_a_loop(C, s):
    sizes = [(1, C, C // s), (3, C // s, C // s), (1, C // s, C)]
    thin = 0
    for F, inputs, filters in sizes:
        thin += (F**2 * inputs + 2) * filters
    return thin, 2 * (9 * C + 2) * C


def draw(rng):
    s = int(rng.choice([1, 2, 3, 4, 8]))
    return s * int(rng.integers(1, 40)), s


WEIGHTS, NORM, FEW = "F * F * inputs * filters", "norm = 2 * filters", "few = C // s"
FIRST, MIDDLE, LAST = "layer(1, C, few)", "layer(3, few, few)", "layer(1, few, C)"
THIN, WIDE, RESULT = f"{FIRST} + {MIDDLE} + {LAST}", "layer(3, C, C) + layer(3, C, C)", "    return thin, wide"
NO_NORM = "Batch norm is missing: every filter is followed by one scale and one shift."
ONE = "Batch norm learns two numbers for each map, a scale and a shift: you counted one."
FOUR = "Batch norm learns two numbers for each map, a scale and a shift. Mean and variance are measured, not learnt."
BIAS = "These convolutions have no bias: the shift of batch norm does that."
SEVERAL = "Return two numbers, the bottleneck first: `return thin, wide`."
SQUARE = "A filter of 3 × 3 has 3 · 3 = 9 weights for each channel it reads."
EACH = "A layer has F · F weights for every pair of a map it reads and a filter: you counted one of the two only."
WRONG_FEW = "Inside, the bottleneck has C / s maps."
IN_ONE = "The first 1 × 1 layer reads all C channels and makes C / s of them."
OUT_ONE = "The last 1 × 1 layer reads C / s channels and makes C again."
INSIDE = "The 3 × 3 layer of the bottleneck reads C / s maps and makes as many."

EXERCISE = Exercise(
    id="08.6",
    title="Through the bottleneck",
    statement="""A ResNet block keeps its `C` channels. Write `bottleneck(C, s)` and return the number of parameters of
each of two such blocks:

1. the **bottleneck**: 1 × 1 from `C` channels down to `C // s`, then 3 × 3 from these to as many, then 1 × 1 back up to
   `C`;
2. the **basic block**: two convolutions of 3 × 3, both from `C` channels to `C`.

The convolutions have no bias. After *each* of them comes batch norm, which learns two numbers for every map, a scale
and a shift: count these, too. `s` divides `C`. For example `bottleneck(8, 4)` returns `92, 1184`.""",
    signature="bottleneck(C, s): two whole numbers -> thin, wide",
    difficulty=2,
    minutes=6,
    hints=(
        "There are five convolutions in all. For each: how many channels does a filter read, and how many filters "
        "are there?",
        "A layer has F · F · inputs · filters weights, and 2 · filters numbers of batch norm. The bottleneck: F, "
        "inputs, filters are 1, C, C/s, then 3, C/s, C/s, then 1, C/s, C.",
        "With `few = C // s` the bottleneck has `(C + 2) * few`, `(9 * few + 2) * few` and `(few + 2) * C`; each layer "
        "of the basic block has `(9 * C + 2) * C`.",
    ),
    solution=solution,
    errors="""- *68 and 1152 for (8, 4)* forget batch norm.
- *Batch norm of the last 1 × 1* has $2 C$ numbers, not $2 C / s$: there are $C$ maps after it.
- *3 × 3 from $C$ to $C$ in the middle*: then nothing is saved. The 3 × 3 layer must work on few maps.
- *Running mean and variance* are measured, not learnt: they are not parameters.""",
    praise="Only a few maps look around.",
    insight="For C = 256 and s = 4 the bottleneck has 70,400 parameters and the basic block 1,180,672, 17 times "
            "as many.",
    cases=[(8, 4), (256, 4), (64, 4), (12, 3), (6, 2), (10, 5), (4, 4), (5, 1)],
    draw=draw,
    edges=[(1, 1), (2, 1), (2, 2), (512, 4), (3, 3), (1401, 1), (30, 15), (6, 6), (7, 7), (49, 49), (196, 49)],
    returns=("thin", "wide"),
    right=[by_layer, of_layers, collected, with_a_loop],
    wrong=slips(
        [by_layer],
        (NO_NORM, NORM, "norm = 0"), (ONE, NORM, "norm = filters"), (FOUR, NORM, "norm = 4 * filters"),
        (BIAS, NORM, "norm = 3 * filters"),
        ("Batch norm has two numbers for each map, not two for the whole layer.", NORM, "norm = 2"),
        ("Batch norm has two numbers for each map, not one for the whole layer.", NORM, "norm = 1"),
        ("Batch norm has two numbers for each map that comes out, not for each pair of maps.",
         NORM, "norm = 2 * inputs * filters"),
        ("Batch norm comes after every convolution, including those of 1 × 1.",
         NORM, "norm = 2 * filters if F == 3 else 0"),
        ("Batch norm comes after every convolution, including those of 3 × 3.",
         NORM, "norm = 2 * filters if F == 1 else 0"),
        ("Batch norm comes after the last layer of each block, too.", RESULT, "    return thin - 2 * C, wide - 2 * C"),
        ("Batch norm comes after each layer of a block, not only once at its end.",
         RESULT, "    return thin - 4 * few, wide - 2 * C"),
        ("In the basic block batch norm comes after both layers: you counted it once.",
         RESULT, "    return thin, wide - 2 * C"),
        ("In the bottleneck batch norm comes after all three layers: you counted only the last.",
         RESULT, "    return thin - 4 * few, wide"),
        ("In the bottleneck batch norm learns two numbers for each map, a scale and a shift: you counted one.",
         RESULT, "    return thin - 2 * few - C, wide"),
        ("You counted batch norm in the bottleneck, but not in the basic block.",
         RESULT, "    return thin, wide - 4 * C"),
        ("You counted batch norm in the basic block, but not in the bottleneck.",
         RESULT, "    return thin - 4 * few - 2 * C, wide"),
        ("Batch norm of the last 1 × 1 layer has 2 · C numbers: C maps come out of it.",
         RESULT, "    return thin - 2 * C + 2 * few, wide"),
        ("Batch norm of the first two layers has 2 · C / s numbers each: C / s maps come out of them.",
         RESULT, "    return thin - 4 * few + 4 * C, wide"),
        (SQUARE, WEIGHTS, "F * inputs * filters"),
        ((SQUARE, NO_NORM), WEIGHTS, "F * inputs * filters", NORM, "norm = 0"),
        (SQUARE, WEIGHTS, "1 * inputs * filters"), (SQUARE, WEIGHTS, "2 * F * inputs * filters"),
        (EACH, WEIGHTS, "F * F * filters"), (EACH, WEIGHTS, "F * F * filters", NORM, "norm = 0"),
        (EACH, WEIGHTS, "F * F * inputs", NORM, "norm = 2"),
        ("Multiply inputs by filters, do not add them.", WEIGHTS, "F * F * (inputs + filters)"),
        (WRONG_FEW, FEW, "few = s"), (WRONG_FEW, FEW, "few = C - s"), (WRONG_FEW, FEW, "few = C * s"),
        (WRONG_FEW, FEW, "few = C // 4"), (WRONG_FEW, FEW, "few = 64"), (WRONG_FEW, FEW, "few = C"),
        (WRONG_FEW, FEW, "few = C // s**2"),
        ("`1 / s` is rounded, and `int` cuts off the rest: divide C by s with `//`.",
         FEW, "few = int(C * (1 / s))"),
        ("One of your 1 × 1 layers goes from C / s maps to C / s: the first reads all C, the last makes C again.",
         FIRST, "layer(1, few, few)"), (IN_ONE, FIRST, "layer(1, C, C)"),
        (OUT_ONE, LAST, "layer(1, few, few)"), (OUT_ONE, LAST, "layer(1, C, C)"),
        ("The bottleneck goes down and up: both of your 1 × 1 layers go up.", THIN,
         f"layer(1, few, C) + {MIDDLE} + layer(1, few, C)"),
        (INSIDE, MIDDLE, "9 * C * C + 2 * few"), (INSIDE, MIDDLE, "layer(3, C, C)"),
        (INSIDE, MIDDLE, "layer(3, few, C)"), (INSIDE, MIDDLE, "layer(3, C, few)"),
        ("The middle layer of the bottleneck is 3 × 3, not 1 × 1.", MIDDLE, "layer(1, few, few)"),
        ("All layers of your bottleneck are 3 × 3: the first and the last are 1 × 1.",
         THIN, f"layer(3, C, few) + {MIDDLE} + layer(3, few, C)"),
        ("You have the middle layer of the bottleneck twice: one is enough.", MIDDLE, f"2 * {MIDDLE}"),
        ("The middle layer of your bottleneck is depthwise: each of its filters reads all C / s maps.",
         MIDDLE, "layer(3, 1, few)"),
        ("The last layer of the bottleneck is missing: 1 × 1 from C / s channels back to C.", f" + {LAST}", ""),
        ("The first layer of the bottleneck is missing: 1 × 1 from C channels to C / s.", f"{FIRST} + ", ""),
        ("The 3 × 3 layer of the bottleneck is missing.", f" + {MIDDLE}", ""),
        ("That is the 3 × 3 layer of the bottleneck alone: add the two 1 × 1 layers.", THIN, MIDDLE),
        ("The basic block has two layers of 3 × 3: you counted one.", WIDE, "layer(3, C, C)"),
        ("The basic block has two layers of 3 × 3: you counted the weights of one.", WIDE, "layer(3, C, C) + 2 * C"),
        ("A filter of the basic block reads all C maps: it has 9 · C weights, not 9.", WIDE, "2 * layer(3, 1, C)"),
        ("The basic block has two layers of 3 × 3: you counted three.", WIDE, "3 * layer(3, C, C)"),
        ("The basic block keeps C channels inside: it has no bottleneck.", WIDE, "layer(3, C, few) + layer(3, few, C)"),
        ("In the basic block all filters read all C maps: yours read C / s.",
         WIDE, "layer(3, few, C) + layer(3, few, C)"),
        ("The basic block is not squeezed: both layers read C channels and make C.", WIDE, "2 * layer(3, few, few)"),
        ("The layers of the basic block are 3 × 3, not 1 × 1.", WIDE, "2 * layer(1, C, C)"),
        ("A block that keeps its shape has no projection: its shortcut has no parameters.",
         RESULT, "    return thin + layer(1, C, C), wide + layer(1, C, C)"),
        ("Both are right, but in the wrong order: the bottleneck first.", RESULT, "    return wide, thin"),
        (("The basic block is missing.", SEVERAL), RESULT, "    return thin"),
        (("The bottleneck is missing.", SEVERAL), RESULT, "    return wide"),
        ("That is the ratio: return both numbers.", RESULT, "    return wide / thin"),
        ("That is the saving: return both numbers.", RESULT, "    return wide - thin"),
        ("Your second number is the saving: return what the basic block has.",
         RESULT, "    return thin, wide - thin"),
        ("Your second number is the ratio: return what the basic block has.",
         RESULT, "    return thin, wide / thin"),
        ("You return the example whatever goes in: calculate with C and s.", lambda y, *_: (92, 1184)),
    ),
)
