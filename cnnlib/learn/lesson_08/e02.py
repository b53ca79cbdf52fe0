"""Small filters in a stack: what they see, and what they cost."""

from ... import nn
from ..exercise import Exercise
from ..slips import slips


def solution(n, F, C, H, W):
    field = n * (F - 1) + 1                  # each layer sees F − 1 more
    parameters = n * (F * F * C + 1) * C     # C filters of F x F x C, each with a bias
    macs = n * F * F * C * C * H * W         # every weight once at every place
    return field, parameters, macs


# --- other right ways -------------------------------------------------------------------------------------------------

def layer_by_layer(n, F, C, H, W):
    field, parameters, macs = 1, 0, 0
    for _ in range(n):
        field += F - 1
        parameters += F * F * C * C + C
        macs += F * F * C * C * H * W
    return field, parameters, macs


def from_the_summary(n, F, C, H, W):
    layers = [nn.Conv2d(C, C, F, padding=F // 2) for _ in range(n)]
    summary = nn.Sequential(*layers).summary((C, H, W))
    return 1 + sum(layer.kernel_size[0] - 1 for layer in layers), summary.parameters, summary.macs


def weights_first(n, F, C, H, W):
    weights = n * C**2 * F**2
    return [F + (n - 1) * (F - 1), weights + n * C, weights * H * W]


def recursive(n, F, C, H, W):
    if n == 0:
        return 1, 0, 0
    field, parameters, macs = recursive(n - 1, F, C, H, W)
    return field + F - 1, parameters + (F * F * C + 1) * C, macs + F * F * C * C * H * W


def grown_by_hand(n, F, C, H, W):
    rows = {0}
    for _ in range(n):
        rows = {row + u for row in rows for u in range(F)}
    return len(rows), (F * F * C + 1) * C * n, C * H * W * F * F * C * n


def draw(rng):
    n, F, C = int(rng.integers(1, 6)), int(rng.choice([1, 3, 5, 7])), int(rng.integers(1, 13))
    return n, F, C, int(rng.integers(1, 21)), int(rng.integers(1, 21))


FIELD, COUNT, MACS = "n * (F - 1) + 1", "n * (F * F * C + 1) * C", "n * F * F * C * C * H * W"
STEP, EACH, WORK = "field += F - 1", "F * F * C * C + C", "F * F * C * C * H * W"
RESULT = "return field, parameters, macs"
BIAS = "The biases are missing: each of the C filters of a layer has one."
DEPTH = "A filter is as deep as its input: F · F weights for each of the C channels."
ONE_FILTER = "You counted one filter in each layer: to make C channels there are C."
ONE_LAYER = "That is one layer: there are n of them, one after the other."
ALONE = "All three are for one layer: there are n layers. Is there a `return` inside the loop?"
ADDED = "You add up whole fields: a layer sees only F − 1 more, because the windows of neighbours overlap."
PAIR = "Return three things: the field, the parameters, the MACs."
ORDER = "All three are right, but in the wrong order: the field, the parameters, the MACs."
BIAS_MACS = "Your MACs count the biases: they are only added, so each place costs F · F · C · C products in a layer."
SHRINK = "Your maps shrink from layer to layer: with this padding they all stay H × W."
PLACES = "You counted the weights again at every place: all places share them."


def both(weights, bias="C"):
    """The edits of who counts other weights in a layer, for the parameters and the MACs."""
    return COUNT, f"n * ({weights} + {bias})", MACS, f"n * {weights} * H * W"


EXERCISE = Exercise(
    id="08.2",
    title="Small filters in a stack",
    statement="""VGG stacks small filters instead of using a large one. Write `stack(n, F, C, H, W)`: `n` convolutions
of `F` × `F` follow each other. Each reads `C` channels and makes `C`, with a bias for each filter, stride 1 and enough
padding to keep all maps `H` × `W` (`F` is odd). Return three numbers:

- how many pixels wide the receptive field of one number is at the end;
- how many parameters the layers have together;
- how many MACs they need for one image: products of a weight and a number, so biases do not count.

For example `stack(2, 3, 64, 10, 10)` returns `(5, 73856, 7372800)`.""",
    signature="stack(n, F, C, H, W): five whole numbers -> field, parameters, macs",
    difficulty=2,
    minutes=6,
    hints=(
        "Start with a single layer. What does one more layer add to each of the three numbers?",
        "One layer sees F pixels, and every further layer F − 1 more: the windows of neighbours overlap. Each layer "
        "has C filters of F · F · C weights and one bias, and at each of H · W places it uses every weight once.",
        "`n * (F - 1) + 1`, `n * (F * F * C + 1) * C` and `n * F * F * C * C * H * W`.",
    ),
    solution=solution,
    errors="""- *6 for two layers of 3 × 3*: the windows of neighbours overlap. Each layer adds $F - 1$, so it is 5.
- *$F^2 \\cdot C$ weights in a layer* is one filter. There are $C$ of them.
- *MACs are not the parameters times the places*: that would count the biases as products, too.
- The padding changes none of the three: a product with a padded 0 counts like any other.""",
    praise="Every layer adds F − 1 pixels, and costs the same.",
    insight="Two layers of 3 × 3 see what one of 5 × 5 sees, 5 pixels, with 18 weights instead of 25, and an extra "
            "ReLU between them.",
    cases=[
        (2, 3, 64, 10, 10), (1, 5, 64, 10, 10), (3, 3, 8, 7, 9), (1, 7, 8, 7, 9), (1, 1, 2, 3, 4), (2, 3, 1, 5, 2),
        (4, 3, 16, 8, 6), (3, 5, 5, 6, 11), (2, 7, 3, 20, 12),
    ],
    draw=draw,
    edges=[(1, 1, 1, 1, 1), (1, 3, 2, 1, 1), (2, 1, 2, 2, 2), (3, 3, 3, 3, 3), (5, 5, 5, 5, 5), (2, 3, 512, 14, 14),
           (13, 3, 64, 224, 224), (1, 3, 1, 2, 1), (6, 3, 1, 1, 2), (2, 9, 2, 1, 3), (50, 7, 1, 2, 1),
           (3, 7, 5, 1023, 1021)],
    returns=("field", "parameters", "macs"),
    right=[layer_by_layer, from_the_summary, weights_first, recursive, grown_by_hand],
    wrong=slips(
        [solution, layer_by_layer],
        (ADDED, FIELD, "n * F"), (ADDED, STEP, "field += F", "macs = 1, 0, 0", "macs = 0, 0, 0"),
        ("Your field starts with one pixel and adds F for each layer: add F − 1.", STEP, "field += F"),
        ("The first pixel is missing from your field: n · (F − 1) + 1.", FIELD, "n * (F - 1)"),
        ("You multiply the fields: every layer adds F − 1 pixels.", FIELD, "F**n"),
        ("That is the field of one layer: every further layer adds F − 1 pixels.", FIELD, "F"),
        ("You give the field as an area: give the pixels along one side.", FIELD, "(n * (F - 1) + 1)**2"),
        ("Every layer adds 2 pixels to your field: add F − 1, which is 2 only for filters of 3 × 3.",
         FIELD, "2 * n + 1"),
        ("Every layer after the first adds 2 pixels to your field: add F − 1, which is 2 only for filters of 3 × 3.",
         FIELD, "F + 2 * (n - 1)"),
        ("Your field is F + n, which is right only for two layers of 3 × 3: every layer after the first adds F − 1.",
         FIELD, "F + n"),
        ("You subtract 1, which is right only for two layers: every layer adds F − 1 to one pixel.",
         FIELD, "n * F - 1"),
        ("Your field is always for two layers: every further layer adds F − 1 pixels.", FIELD, "2 * F - 1"),
        ("Your field grows faster and faster: every layer adds F − 1 pixels.", FIELD, "(F - 1) * 2**(n - 1) + 1"),
        ("Every layer after the first adds one pixel to your field: add F − 1.", FIELD, "F + n - 1"),
        ("You count one side of the pixel: a filter sees (F − 1) / 2 on each side.", FIELD, "n * (F // 2) + 1"),
        ("The first layer counts, too: n layers add n times F − 1.", FIELD, "(n - 1) * (F - 1) + 1"),
        ("Your field has one layer too many: the first one sees F pixels.", FIELD, "n * (F - 1) + F"),
        ("Your field grows with the square of F: along a side each layer adds F − 1.", FIELD, "n * (F * F - 1) + 1"),
        (BIAS, COUNT, "n * F * F * C * C"), (BIAS, EACH, "F * F * C * C"),
        ("Each layer has C biases, one for each filter, not one for all of them.", COUNT, "n * (F * F * C * C + 1)"),
        ("You counted the biases of one layer: each of the n layers has C.", COUNT, "n * F * F * C * C + C"),
        ("You counted one bias: each layer has C.", COUNT, "n * F * F * C * C + 1"),
        ("You counted a bias for each channel of each filter: a filter has one.", COUNT, "n * (F * F + 1) * C * C"),
        ("You counted a bias at every place: all places share the filter's bias.",
         COUNT, "n * F * F * C * C + n * C * H * W"),
        ("You counted a bias for every place of a filter: a filter has one.", COUNT, "n * F * F * C * (C + 1)"),
        (DEPTH, *both("F * F * C")), (DEPTH, COUNT, "n * (F * F + 1) * C"),
        ((DEPTH, BIAS), COUNT, "n * F * F * C"), ((DEPTH, BIAS), *both("F * F * C", "0")),
        (ONE_FILTER, COUNT, "n * (F * F * C + 1)"), (ONE_FILTER, *both("F * F * C", "1")),
        ("A filter of F × F has F · F weights for each channel, not F.", *both("F * C * C")),
        ("A filter of F × F has F · F weights for each channel, not F + F.", *both("2 * F * C * C")),
        ("A filter of F × F has F · F weights for each channel, not F.", COUNT, "n * (F * C + 1) * C"),
        ("`^` is not a power in Python: write `F ** 2` or `F * F`.", COUNT, "n * ((F ^ 2) * C + 1) * C"),
        ("`^` is not a power in Python: write `F ** 2` or `F * F`.", *both("(F ^ 2) * C * C")),
        (ONE_LAYER, "n * (F * F", "(F * F", "macs = n * F", "macs = F"), (ONE_LAYER, COUNT, "(F * F * C + 1) * C"),
        (ONE_LAYER, MACS, "F * F * C * C * H * W"),
        ("Only the first layer has three channels: here each reads C.", *both("F * F * 3 * C")),
        ("Your first layer reads three channels: here each reads C.", COUNT, f"{COUNT} - F * F * (C - 3) * C",
         MACS, f"{MACS} - F * F * (C - 3) * C * H * W"),
        ("Your filters are always 3 × 3: a filter has F · F weights for each channel.", *both("9 * C * C")),
        ("You multiply the layers: add up what each has.", COUNT, "((F * F * C + 1) * C)**n"),
        (PLACES, COUNT, "n * (F * F * C + 1) * C * H * W"), (PLACES, COUNT, "n * F * F * C * C * H * W"),
        (BIAS_MACS, MACS, "parameters * H * W"),
        ((BIAS, BIAS_MACS), COUNT, "n * F * F * C * C", MACS, "n * (F * F * C + 1) * C * H * W"),
        ("The places are missing from your MACs: each weight is used at H · W places.", MACS, "n * F * F * C * C"),
        ("Your MACs count one filter in each layer: there are C.", MACS, "n * F * F * C * H * W"),
        ((BIAS, "Your MACs count one filter in each layer: there are C."),
         COUNT, "n * F * F * C * C", MACS, "n * F * F * C * H * W"),
        ((ADDED, BIAS), FIELD, "n * F", COUNT, "n * F * F * C * C"),
        ("Your MACs read one channel: every filter reads all C.", MACS, "n * F * F * H * W"),
        ("That is the number of outputs: each needs F · F · C MACs.", MACS, "n * C * H * W"),
        ("A product and its addition are one MAC: you counted two.", MACS, "2 * n * F * F * C * C * H * W"),
        ("Your places are along one side: there are H · W.", MACS, "n * F * F * C * C * H"),
        ("Your places are along one side: there are H · W.", MACS, "n * F * F * C * C * W"),
        ("Your places are H + W: there are H · W.", MACS, "n * F * F * C * C * (H + W)"),
        ("Your maps are square: they have H rows and W columns.", MACS, "n * F * F * C * C * H * H"),
        ("Your maps are square: they have H rows and W columns.", MACS, "n * F * F * C * C * W * W"),
        ("Your maps shrink: with this padding the filters have H · W places.",
         MACS, "n * F * F * C * C * (H - F + 1) * (W - F + 1)"),
        ("Your maps halve from layer to layer: without pooling, they all stay H × W.",
         f"macs += {WORK}", f"macs += {WORK}\n        H, W = H // 2, W // 2"),
        ("Your channels double from layer to layer: here every layer reads C, and makes C.",
         f"parameters += {EACH}", "parameters += (F * F * C + 1) * 2 * C",
         f"macs += {WORK}", f"macs += 2 * {WORK}\n        C *= 2"),
        (SHRINK, STEP, f"{STEP}\n        H, W = H - F + 1, W - F + 1"),
        (SHRINK, f"macs += {WORK}", f"macs += {WORK}\n        H, W = H - F + 1, W - F + 1"),
        ("You count places on the padded image: a filter has H · W places, one for each output.",
         MACS, "n * F * F * C * C * (H + F - 1) * (W + F - 1)"),
        (ALONE, "range(n)", "range(1)"), (ALONE, RESULT, "return F, (F * F * C + 1) * C, F * F * C * C * H * W"),
        ("There is one layer too few: `range(n)` loops n times.", "range(n)", "range(n - 1)"),
        ("There is one layer too few: `range(n)` loops n times.", "range(n)", "range(1, n)"),
        ("The field is right, but parameters and MACs leave out a layer: all n layers have them.",
         "field, parameters, macs = 1", "field, parameters, macs = F", "range(n)", "range(1, n)"),
        ("There is one layer too many: `range(n)` loops n times.", "range(n)", "range(n + 1)"),
        (ORDER, RESULT, "return field, macs, parameters"), (ORDER, RESULT, "return parameters, macs, field"),
        (ORDER, RESULT, "return parameters, field, macs"), (ORDER, RESULT, "return macs, parameters, field"),
        (("The MACs are missing.", PAIR), RESULT, "return field, parameters"),
        (("The field is missing.", PAIR), RESULT, "return parameters, macs"),
        ("That is the field alone: return three things.", RESULT, "return field"),
        ("The field is a row of pixels, one number: not rows and columns.",
         RESULT, "return (field, field), parameters, macs"),
        ("You return the sum of all three: return three numbers.", RESULT, "return field + parameters + macs"),
        ("You swapped n and F: n counts the layers, F is the side of a filter.",
         lambda y, n, F, C, H, W: solution(F, n, C, H, W)),
        ("You return the example whatever goes in: calculate with the five numbers.",
         lambda y, *_: (5, 73856, 7372800)),
    ),
)
