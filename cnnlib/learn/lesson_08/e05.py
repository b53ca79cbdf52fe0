"""A residual block around any function: y = relu(f(x) + shortcut)."""

import numpy as np

from ... import nn
from ..exercise import Exercise, Wrong
from ..named import Named
from ..slips import slips


def solution(x, f, project):
    y = f(x)
    shortcut = x if y.shape == x.shape else project(x)   # x itself wherever it fits
    return np.maximum(y + shortcut, 0)                   # add first, then ReLU


# --- other right ways -------------------------------------------------------------------------------------------------

def with_if(x, f, project):
    y, shortcut = f(x), x
    if y.shape != x.shape:
        shortcut = project(x)
    total = y + shortcut
    return np.where(total > 0, total, 0)


def under_one_name(x, f, project):
    y = f(x)
    if y.shape != x.shape:
        x = project(x)
    return (x + y) * (x + y > 0)


def with_the_layer(x, f, project):
    y = f(x)
    total = (y + x if np.shape(y) == np.shape(x) else y + project(x))[None]
    return nn.ReLU()(total)[0]


def in_place_of_a_copy(x, f, project):
    total = np.array(f(x))
    total += x if total.shape == np.shape(x) else project(x)
    total[total < 0] = 0
    return total


# --- a mistake that is no edit ----------------------------------------------------------------------------------------

def tried(x, f, project):
    try:
        return np.maximum(f(x) + x, 0)
    except ValueError:
        return np.maximum(f(x) + project(x), 0)


# --- what may stand inside a block ------------------------------------------------------------------------------------

def _mixed(x, w):
    """Every output map is a sum of input maps: a 1x1 convolution."""
    return np.tensordot(np.asarray(w, float), x, 1)


LESS = Named("less 3", lambda x: x - 3)
TWICE = Named("the double, negated", lambda x: -2 * x)
NOTHING = Named("nothing", lambda x: 0 * x)
HALF = Named("a half of it", lambda x: x / 2)
WIDER = Named("1x1 to one map more", lambda x: _mixed(x, np.eye(len(x) + 1, len(x)) - 0.5))
SMALLER = Named("every second pixel, less 4", lambda x: x[:, ::2, ::2] - 4)
TURNED = Named("1x1 among the maps", lambda x: _mixed(x, np.ones((len(x), len(x))) - 3 * np.eye(len(x))))
ONE_MAP = Named("all maps added up to one", lambda x: x.sum(0, keepdims=True) - 5)
SAME = Named("x as it is", lambda x: x)
DEEPER = Named("every second pixel, twice as many maps", lambda x: np.concatenate([x - 3, 2 - x])[:, ::2, ::2])
NARROWER = Named("every second column", lambda x: x[:, :, ::2])
FLATTER = Named("every second row", lambda x: x[:, ::2])
ASIDE = Named("rows and columns exchanged", lambda x: x.swapaxes(1, 2))
PILED = Named("every pixel a map of its own", lambda x: x.reshape(-1, 1, 1))
TO_MORE = Named("project: 1x1 to one map more", lambda x: _mixed(x, 2 * np.eye(len(x) + 1, len(x)) + 0.25))
TO_FEWER = Named("project: every second pixel, negated", lambda x: -x[:, ::2, ::2])
TO_ONE = Named("project: the last map, doubled", lambda x: 2 * x[-1:])
TO_DEEPER = Named("project: every second pixel, each map twice", lambda x: np.concatenate([x, x])[:, ::2, ::2])
TO_NARROWER = Named("project: every second column, doubled", lambda x: 2 * x[:, :, ::2])
TO_FLATTER = Named("project: every second row, doubled", lambda x: 2 * x[:, ::2])
TO_ASIDE = Named("project: rows and columns exchanged, doubled", lambda x: 2 * x.swapaxes(1, 2))
TO_PILED = Named("project: pixels as maps, less 2", lambda x: x.reshape(-1, 1, 1) - 2)
TO_SAME = Named("project: three times as much", lambda x: 3 * x)
KEEPING = LESS, TWICE, NOTHING, HALF, TURNED
CHANGING = ((WIDER, TO_MORE), (SMALLER, TO_FEWER), (ONE_MAP, TO_ONE), (DEEPER, TO_DEEPER), (NARROWER, TO_NARROWER),
            (FLATTER, TO_FLATTER))


def draw(rng):
    x = rng.integers(-6, 7, rng.integers(2, 5, 3))
    if rng.random() < 0.5:
        return x, KEEPING[rng.integers(len(KEEPING))], TO_SAME
    return x, *CHANGING[rng.integers(len(CHANGING))]


SHORTCUT, RESULT, CALL = "x if y.shape == x.shape else project(x)", "np.maximum(y + shortcut, 0)", "y = f(x)"
NO_RELU = "The ReLU at the end is missing: numbers below 0 become 0."
EARLY_RELU = "Your ReLU comes before the sum: add the shortcut first."
NO_SHORTCUT = "The shortcut is missing: add x to f(x)."
ALWAYS = "You always project: if f keeps the shape, add x as it is."
NEVER = "You always add x as it is: if f changes the shape, add project(x)."

EXERCISE = Exercise(
    id="08.5",
    title="A way round",
    statement="""Write `residual(x, f, project)`, the forward pass of a residual block. `x` holds maps, $(C, H, W)$; `f`
and `project` are functions that turn maps into maps; call them as usual.

Add the **shortcut** to `f(x)`: that is `x` itself if `f(x)` has the shape of `x`, and `project(x)` if not. ReLU comes
last.""",
    signature="residual(x, f, project): (C, H, W), function, function -> the shape of f(x)",
    difficulty=3,
    minutes=6,
    hints=(
        "Two ways lead from the input to the sum. What takes the short one, and when?",
        "Call `f` once and keep the result, `y = f(x)`. Compare `y.shape` with `x.shape` to choose the shortcut. "
        "Add, and only then cut off numbers below 0.",
        "`shortcut = x if y.shape == x.shape else project(x)`, then `np.maximum(y + shortcut, 0)`.",
    ),
    solution=solution,
    errors="""- *`np.maximum(f(x), 0) + x`*: ReLU comes after the sum. Otherwise f could only add, never subtract.
- *`project(x)` always*: a shortcut with weights is one more layer. The block needs it only if shapes differ.
- *Only the number of maps compared*: with stride 2 the maps shrink, and their number may stay the same.
- *try and except*: NumPy adds (1, 4, 4) and (3, 4, 4) without an error: it repeats the single map.""",
    praise="What f makes, plus what came in.",
    insight="If f makes only zeros, the block passes on everything above 0: a block that is not needed does no harm.",
    cases=[
        ([[[1, -2], [3, 5]]], LESS, TO_SAME), ([[[1, -2], [3, 5]], [[0, 4], [-1, 2]]], TWICE, TO_SAME),
        ([[[1, -2], [3, 5]], [[0, 4], [-1, 2]]], WIDER, TO_MORE),
        ([[[1, 2, -3], [4, 5, 6], [7, -8, 9]]], SMALLER, TO_FEWER),
        ([[[1, -2], [3, 5]], [[0, 4], [-1, 2]]], NOTHING, TO_SAME),
        ([[[4, -2], [3, 5]], [[0, 4], [-1, 2]]], ONE_MAP, TO_ONE),
        ([[[1, 2, -3], [4, 5, 6], [7, -8, 9]]], DEEPER, TO_DEEPER), ([[[1, 2], [3, 4]]], PILED, TO_PILED),
        ([[[1, -2, 4], [3, 5, -6]]], ASIDE, TO_ASIDE),
        ([[[1, 2, -3]], [[4, 5, -6]]], TURNED, TO_SAME), ([[[1, -2], [3, 5]]], HALF, TO_SAME),
    ],
    draw=draw,
    edges=[
        ([[[0.5, -1.5], [2.25, 0.125]]], SAME, TO_SAME), ([[[-1.5]]], HALF, TO_SAME), ([[[2]]], LESS, TO_SAME),
        ([[[-1, -2.5], [-0.25, -4]]], TWICE, TO_SAME), ([[[2, 2], [2, 2]]], LESS, TO_SAME),
        ([[[3], [-3]]], HALF, TO_SAME),
        ([[[70000, -300], [-200, 400]]], HALF, TO_SAME), ([[[-70000, 300], [-200, 400]]], TWICE, TO_SAME),
        ([[[0.00012, 0.00034], [0.0004, 0]]], HALF, TO_SAME), ([[[1, 2], [3, 4]]], WIDER, TO_MORE),
        ([[[9, 2], [3, 4]]], SMALLER, TO_FEWER),
        ([[[5, 4, 3]], [[0, -2, 1]]], NARROWER, TO_NARROWER), ([[[5], [4]], [[0], [-2]]], FLATTER, TO_FLATTER),
        ([[[3, -2], [4, 1]]], ASIDE, TO_ASIDE),
    ],
    returns="y",
    right=[with_if, under_one_name, with_the_layer, in_place_of_a_copy],
    wrong=[*slips(
        [solution],
        (NO_RELU, RESULT, "y + shortcut"), (EARLY_RELU, RESULT, "np.maximum(y, 0) + shortcut"),
        ((EARLY_RELU, "You apply a ReLU to the shortcut, too: leave it unchanged."),
         RESULT, "np.maximum(y, 0) + np.maximum(shortcut, 0)"),
        ("You apply the ReLU to the shortcut, not to the sum.", RESULT, "y + np.maximum(shortcut, 0)"),
        ("There is a ReLU on f(x), too: use one ReLU, after the sum.",
         RESULT, "np.maximum(np.maximum(y, 0) + shortcut, 0)"),
        ("There is a ReLU on the shortcut, too: use one ReLU, after the sum.",
         RESULT, "np.maximum(y + np.maximum(shortcut, 0), 0)"),
        (NO_SHORTCUT, RESULT, "np.maximum(y, 0)"), ((NO_SHORTCUT, NO_RELU), RESULT, "y"),
        ("That is the shortcut alone: add f(x).", RESULT, "np.maximum(shortcut, 0)"),
        ("You subtract the shortcut: add it.", RESULT, "np.maximum(y - shortcut, 0)"),
        ("You subtract what f makes: add it.", RESULT, "np.maximum(shortcut - y, 0)"),
        ("You multiply the two ways: add them.", RESULT, "np.maximum(y * shortcut, 0)"),
        ("You take the mean of the two ways: add them.", RESULT, "np.maximum((y + shortcut) / 2, 0)"),
        ("You keep the larger of the two ways: add them.", RESULT, "np.maximum(np.maximum(y, shortcut), 0)"),
        ("You put the two ways beside each other: that is DenseNet. Here they are added.",
         RESULT, "np.maximum(np.concatenate([shortcut, y]), 0)"),
        ("You put the two ways beside each other: that is DenseNet. Here they are added.",
         RESULT, "np.maximum(np.concatenate([y, shortcut]), 0)"),
        *(("Your ReLU is leaky: numbers below 0 should become 0.",
           RESULT, f"np.where(y + shortcut > 0, y + shortcut, {part} * (y + shortcut))") for part in (0.01, 0.1, 0.2)),
        ("You return two things: return only the result.", RESULT, "np.maximum(y + shortcut, 0), shortcut"),
        ("Your ReLU keeps numbers below 0: use `np.maximum`.", RESULT, "np.minimum(y + shortcut, 0)"),
        ("You took the absolute value: ReLU turns numbers below 0 into 0.", RESULT, "np.abs(y + shortcut)"),
        ("Your ReLU cuts at 1: it cuts at 0.", RESULT, "np.maximum(y + shortcut, 1)"),
        ("Your ReLU returns whether a number is above 0: keep the number.", RESULT, "(y + shortcut > 0).astype(float)"),
        (ALWAYS, SHORTCUT, "project(x)"), ((ALWAYS, NO_RELU), SHORTCUT, "project(x)", RESULT, "y + shortcut"),
        ((ALWAYS, EARLY_RELU), SHORTCUT, "project(x)", RESULT, "np.maximum(y, 0) + shortcut"),
        ((NEVER, EARLY_RELU), SHORTCUT, "x", RESULT, "np.maximum(y, 0) + shortcut"),
        (NEVER, SHORTCUT, "x"), ((NEVER, NO_RELU), SHORTCUT, "x", RESULT, "y + shortcut"),
        ("Your choice is the wrong way round: project if the shapes differ.",
         SHORTCUT, "project(x) if y.shape == x.shape else x"),
        ("You compare only the number of maps: height and width may change, too.",
         SHORTCUT, "x if len(y) == len(x) else project(x)"),
        ("You compare maps and rows: the number of columns may change, too.",
         SHORTCUT, "x if y.shape[:2] == x.shape[:2] else project(x)"),
        ("`np.max` finds the largest of all numbers: use `np.maximum`, the larger of each number and 0.",
         RESULT, "np.max(y + shortcut)"),
        ("Your ReLU cuts off numbers above 1, too: cut off only those below 0.",
         RESULT, "np.clip(y + shortcut, 0, 1)"),
        ("That is the shortcut alone: add f(x).",
         SHORTCUT, "project(x)", RESULT, "np.maximum(shortcut, 0)"),
        ("You pass the result of `project` to f: both get x itself.",
         CALL, "y = f(project(x))", SHORTCUT, "project(x)"),
        ("You compare height and width: the number of maps may change, too.",
         SHORTCUT, "x if y.shape[1:] == x.shape[1:] else project(x)"),
        ("You compare how many numbers there are: another shape can hold the same number of them.",
         SHORTCUT, "x if y.size == x.size else project(x)"),
        ("You compare the sizes without their order: rows and columns may be swapped.",
         SHORTCUT, "x if sorted(y.shape) == sorted(x.shape) else project(x)"),
        ("You compare the sizes without their order: rows and columns may be swapped.",
         SHORTCUT, "x if sum(y.shape) == sum(x.shape) else project(x)"),
        ("You project only if there are more maps than before: project whenever the shape changes.",
         SHORTCUT, "project(x) if len(y) > len(x) else x"),
        ("You project only if there are fewer numbers than before: project whenever the shape changes.",
         SHORTCUT, "project(x) if y.size < x.size else x"),
        ("You project only if there are more numbers than before: project whenever the shape changes.",
         SHORTCUT, "project(x) if y.size > x.size else x"),
        ("You project only if the maps are smaller than before: project whenever the shape changes.",
         SHORTCUT, "project(x) if y.shape[1:] < x.shape[1:] else x"),
        ("You project only if all three sizes change: one of them is enough.",
         SHORTCUT, "project(x) if all(a != b for a, b in zip(y.shape, x.shape, strict=True)) else x"),
        ("The ReLU is missing if the shape changes: it always comes last.",
         RESULT, "np.maximum(y + shortcut, 0) if y.shape == x.shape else y + shortcut"),
        ("The ReLU is missing if the shape stays: it always comes last.",
         RESULT, "y + shortcut if y.shape == x.shape else np.maximum(y + shortcut, 0)"),
        ("You pass the result of `project` to f: both get x itself.",
         CALL, "if f(x).shape != x.shape:\n        x = project(x)\n    y = f(x)", SHORTCUT, "x"),
        ("Both ways go through `project`, which belongs only to the shortcut.",
         CALL, "y = f(x)\n    y = y if y.shape == x.shape else project(y)"),
        ("You drop the shortcut if the shape changes: add project(x).",
         SHORTCUT, "x if y.shape == x.shape else 0"),
        ("If the shape changes, you project f(x): project x.",
         SHORTCUT, "x if y.shape == x.shape else project(y)"),
        ("You add f(x) twice, and no shortcut.", RESULT, "np.maximum(y + y, 0)"),
        ("You add the shortcut twice.", RESULT, "np.maximum(y + 2 * shortcut, 0)"),
        ("You add x before f, too: f gets x itself.", CALL, "y = f(2 * x)"),
        ("There is a ReLU before f: f gets x itself.", CALL, "y = f(np.maximum(x, 0))"),
        ("You call f twice, one after the other: once is enough.", CALL, "y = f(f(x))"),
    ), Wrong(tried, "You project only if NumPy refuses to add: it repeats a single map or pixel, and adds. Compare "
                    "the shapes.")],
)
