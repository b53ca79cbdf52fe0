"""Intersection over union: how well two masks agree."""

import numpy as np

from ..exercise import Exercise, Wrong
from ..slips import slips


def solution(predicted, true):
    union = (predicted | true).sum()
    if union == 0:
        return 1.0                             # nothing is there, and nothing was found
    return (predicted & true).sum() / union


# --- other right ways -------------------------------------------------------------------------------------------------

def with_loops(predicted, true):
    both = either = 0
    for i in range(true.shape[0]):
        for j in range(true.shape[1]):
            if predicted[i, j] and true[i, j]:
                both += 1
            if predicted[i, j] or true[i, j]:
                either += 1
    return both / either if either else 1.0


def by_counting(predicted, true):
    hits = np.sum(predicted & true)
    false_alarms = np.sum(predicted & ~true)
    misses = np.sum(~predicted & true)
    total = hits + false_alarms + misses
    return hits / total if total > 0 else 1


def by_sizes(predicted, true):
    if not predicted.any() and not true.any():
        return 1.0
    both = np.logical_and(predicted, true).sum()
    return both / (predicted.sum() + true.sum() - both)


def of_places(predicted, true):
    a, b = ({tuple(place) for place in np.argwhere(mask)} for mask in (predicted, true))
    return len(a & b) / len(a | b) if a | b else 1.0


def with_numbers(predicted, true):
    p, t = predicted.ravel().astype(float), true.ravel().astype(float)
    union = np.maximum(p, t).sum()
    return np.float32(p @ t / union) if union else 1.0


# --- mistakes that are no edits ---------------------------------------------------------------------------------------

def of_boxes(predicted, true):
    boxes = []
    for mask in (predicted, true):
        rows, columns = (np.flatnonzero(mask.any(axis)) for axis in (1, 0))
        box = np.zeros(mask.shape, bool)
        if len(rows):
            box[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1] = True
        boxes.append(box)
    return solution(*boxes)


def by_rows(predicted, true):
    return np.mean([solution(p, t) for p, t in zip(predicted, true, strict=True)])


def of_both_classes(predicted, true):
    return (solution(predicted, true) + solution(~predicted, ~true)) / 2


def of_values(predicted, true):
    a, b = set(predicted.ravel().tolist()), set(true.ravel().tolist())
    return len(a & b) / len(a | b)


def draw(rng):
    H, W = rng.integers(2, 7, 2)
    true = rng.random((H, W)) < rng.choice([0.3, 0.5, 0.7])
    return np.where(rng.random((H, W)) < 0.7, true, rng.random((H, W)) < 0.5), true


def mask(*rows):
    """A mask as it is drawn: # is True."""
    return np.array([[cell == "#" for cell in row] for row in rows])


BOTH, EITHER, SHARE = "(predicted & true).sum()", "(predicted | true).sum()", "both / either if either else 1.0"
DICE = "That is Dice, 2 · intersection / (both sizes added): IoU divides by the union, which counts shared pixels once."
OVER_SUM = "You divide by the sum of both sizes, which counts shared pixels twice: subtract them once to get the union."
SAME = "You get 1 if the masks are the same, and 0 otherwise: divide with `/`, not `//`, and count shared pixels."
ACCURACY = "That is accuracy, the share of pixels where both agree: IoU ignores pixels that are empty in both."
PRECISION = "You divide by the size of the prediction: that is precision. What it missed counts in the union, too."
RECALL = "You divide by the size of the true mask: that is recall. What was found wrongly counts in the union, too."
ALL = "You divide by all pixels: divide by those of the union, of either mask."
EMPTY = "Two empty masks agree: return 1."
ONE_EMPTY = "Return 1 only if *both* masks are empty: if only one is, they share nothing, so the answer is 0."
NAN = "Two empty masks give 0 / 0: first check whether the union is empty, and return 1."
XOR = "You divide by the pixels of only one mask: the union also holds those of both."
TINY = "You add a small number to avoid dividing by 0, so no share is quite right: check if both are empty."
BACK = "That is the IoU of the background: count where the masks are True."
PERCENT = "That is a percentage: a share lies between 0 and 1."
LOSS = "That is 1 minus the IoU, a loss: return the IoU."
ORDER = "The fraction is upside down: the intersection goes above, the union below."


def over(text):
    """The edit of who divides by something else, and has thought of 0."""
    return "return (predicted & true).sum() / union", f"return (predicted & true).sum() / max(1, {text})"


RESULT = "(predicted & true).sum() / union"
EXERCISE = Exercise(
    id="09.2",
    title="Intersection over union",
    statement="""`predicted` and `true` are **masks** of one picture: arrays of `True` and `False` of the same size.
`True` marks a pixel of the object. Write `iou(predicted, true)`:

$$\\mathrm{IoU} = \\frac{\\text{pixels that are True in both}}{\\text{pixels that are True in at least one}}$$

Return one number from 0 to 1. If both masks are empty, they agree: return 1. (The check prints masks in ones and
zeros.)""",
    signature="iou(predicted, true): (H, W), (H, W) of True and False -> number",
    difficulty=1,
    minutes=4,
    hints=(
        "Draw two circles that overlap. Which part goes above the line, which below? How often does the overlap count?",
        "For masks, `a & b` is True where both are, and `a | b` where at least one is. `.sum()` counts what is True.",
        "`union = (predicted | true).sum()`. If it is 0, return 1. Otherwise divide `(predicted & true).sum()` by it.",
    ),
    solution=solution,
    errors="""- *Divided by the sum of both sizes*: this counts the overlap twice below the line. Twice that is *Dice*,
  which is kinder: never less than IoU.
- *`(predicted == true).mean()`*: the share of right pixels, including the empty ground.
- *Divided by the true mask*, or by the predicted one: recall and precision. Painting everything gives recall 1; a
  single right pixel gives precision 1.
- *`nan`*, and a warning: 0 / 0, for two empty masks.
- *`and`, `or`* need single truth values; `&` and `|` work pixel by pixel.""",
    praise="What both share, out of everything either claims.",
    insight="Too much or too little paint costs: only a perfect mask has IoU 1. Dice, 2 · IoU / (1 + IoU), is "
            "kinder in between.",
    cases=[
        (mask("##.", "##.", "..."), mask(".##", ".##", "...")),
        (mask("###", "...", "..."), mask("###", "###", "...")),
        (mask("##..", "##..", "...."), mask("....", ".##.", ".##.")),
        (mask("...", "..."), mask(".#.", "##.")),
        (mask("##", "#."), mask("..", "..")),
        (mask("...", "..."), mask("...", "...")),
        (mask("#..#", "...."), mask(".##.", "....")),
        (mask("###", "###"), mask("#..", "...")),
    ],
    draw=draw,
    edges=[
        (mask("#"), mask("#")), (mask("#"), mask(".")), (mask("."), mask(".")), (mask("##", "##"), mask("##", "##")),
        (mask("#" * 20).repeat(20, 0), mask("#" * 14 + "." * 6).repeat(20, 0)), (mask("#.#"), mask("##.")),
        (mask("#", ".", "#"), mask("#", "#", "#")), (mask("..", ".."), mask("##", "##")),
        (mask("#" * 300).repeat(256, 0), mask("." * 300).repeat(256, 0)),
        (mask("#" * 300).repeat(256, 0), mask("#" * 299 + ".").repeat(256, 0)),
    ],
    returns="share",
    right=[with_loops, by_counting, by_sizes, of_places, with_numbers],
    wrong=[*slips(
        [solution, with_loops, by_sizes],
        (DICE, *over("(predicted.sum() + true.sum()) / 2")),
        ((DICE, EMPTY), RESULT, "2 * (predicted & true).sum() / (predicted.sum() + true.sum())", "1.0", "0.0"),
        (OVER_SUM, *over("predicted.sum() + true.sum()")),
        ((OVER_SUM, EMPTY), *over("predicted.sum() + true.sum()"), "1.0", "0.0"),
        (ACCURACY, lambda share, p, t: (p == t).mean()), (LOSS, lambda share, *_: 1 - share),
        ("That is the share of pixels on which the masks differ: divide the shared pixels by the union.",
         lambda share, p, t: (p != t).mean()),
        (PRECISION, *over("predicted.sum()")), (RECALL, *over("true.sum()")),
        ((DICE, NAN), lambda share, p, t: 2 * (p & t).sum() / (p.sum() + t.sum()) if (p | t).any() else np.nan),
        ((OVER_SUM, NAN), lambda share, p, t: (p & t).sum() / (p.sum() + t.sum()) if (p | t).any() else np.nan),
        (NAN, SHARE, "both / either"),
        ((PRECISION, EMPTY), *over("predicted.sum()"), "1.0", "0.0"),
        ((RECALL, EMPTY), *over("true.sum()"), "1.0", "0.0"),
        (PRECISION, lambda share, p, t: (p & t).sum() / p.sum() if p.any() else 1.0),
        (RECALL, lambda share, p, t: (p & t).sum() / t.sum() if t.any() else 1.0),
        (PRECISION, lambda share, p, t: (p & t).sum() / p.sum() if p.any() else np.nan if t.any() else 1.0),
        (RECALL, lambda share, p, t: (p & t).sum() / t.sum() if t.any() else np.nan if p.any() else 1.0),
        (("You divide by the size of the prediction: that is precision, not IoU.", NAN),
         lambda share, p, t: (p & t).sum() / p.sum() if p.any() else np.nan),
        (("You divide by the size of the true mask: that is recall, not IoU.", NAN),
         lambda share, p, t: (p & t).sum() / t.sum() if t.any() else np.nan),
        (ALL, *over("true.size")), ((ALL, EMPTY), *over("true.size"), "1.0", "0.0"),
        (ALL, "both / either", "both / true.size"), (EMPTY, "1.0", "0.0"),
        ("You divide by the larger of the two sizes: divide by the union.",
         *over("max(predicted.sum(), true.sum())")),
        ("You divide by the smaller of the two sizes: divide by the union.",
         *over("min(predicted.sum(), true.sum())")),
        ("You divide by the mean of the two sizes, rounded down: divide by the union.",
         *over("(predicted.sum() + true.sum()) // 2")),
        (XOR, *over("(predicted ^ true).sum()")),
        ("You divide by the number of right pixels: divide by those of the union.", *over("(predicted == true).sum()")),
        ("You count all pixels where both agree, even empty ones: count those that are True in both.",
         BOTH, "(predicted == true).sum()"),
        ("You count all pixels of the prediction: count those that are True in both.", BOTH, "predicted.sum()"),
        ("You count all pixels of the true mask: count those that are True in both.", BOTH, "true.sum()"),
        ("You count where the masks differ: count where both are True.", BOTH, "(predicted ^ true).sum()"),
        ("You count shared pixels twice: count them once, above and below the "
         "line.", BOTH, "2 * (predicted & true).sum()"),
        ("You divide one size by the other: that says nothing about where the masks lie.",
         lambda share, p, t: p.sum() / t.sum() if t.any() else 1.0),
        ("You divide the smaller size by the larger: that says nothing about where the masks lie.",
         lambda share, p, t: min(p.sum(), t.sum()) / max(p.sum(), t.sum()) if (p | t).any() else 1.0),
        ("That is the number of shared pixels: divide it by the union.", RESULT, "(predicted & true).sum()"),
        (("That is the number of shared pixels: divide it by the union.", EMPTY), RESULT, "(predicted & true).sum()",
         "1.0", "0.0"),
        ("That is the size of the union: it goes below the line.", RESULT, "union"),
        (ORDER, RESULT, "union / max((predicted & true).sum(), 1)"),
        (ORDER, lambda share, *_: 1 / share if share else np.inf),
        (PERCENT, lambda share, *_: 100 * share), (PERCENT, lambda share, p, t: 100 * share if (p | t).any() else 1.0),
        (PERCENT, lambda share, *_: round(100 * share)), ((PERCENT, EMPTY), RESULT, f"100 * {RESULT}", "1.0", "0.0"),
        ((PERCENT, NAN), lambda share, p, t: 100 * share if (p | t).any() else np.nan),
        (SAME, RESULT, "(predicted & true).sum() // union"),
        *(("You round: return the share as it is.", lambda share, *_, n=n: round(float(share), n)) for n in (1, 2, 3)),
        (SAME, lambda share, p, t: float((p == t).all())),
        ("You check whether the masks meet at all: return the share they have in common.",
         lambda share, p, t: float((p & t).any() or not (p | t).any())),
        ("You check whether the IoU is above a half: return the number.", lambda share, *_: float(share > 0.5)),
        (BACK, lambda share, p, t: solution(~p, ~t)), (NAN, lambda share, p, t: share if (p | t).any() else np.nan),
        (ONE_EMPTY, "if not predicted.any() and not true.any()", "if not predicted.any() or not true.any()"),
        (ONE_EMPTY, "if not predicted.any() and not true.any()", "if not true.any()"),
        ("An empty prediction is right only if the true mask is empty, too: otherwise return 0.",
         "if not predicted.any() and not true.any()", "if not predicted.any()"),
        ("You return 1 if the masks share nothing: do that only if the union is empty, too.",
         RESULT, "(predicted & true).sum() / union or 1.0"),
        (OVER_SUM, " - both", ""),
        ("You add the overlap to both sizes: subtract it once.", "- both", "+ both"),
        (XOR, "- both)", "- 2 * both or 1)"),
        ("You return a pair: return only the IoU.", RESULT, "(predicted & true).sum() / union, union"),
        ("The first row is left out: i starts at 0.", "range(true.shape[0])", "range(1, true.shape[0])"),
        ("The first column is left out: j starts at 0.", "range(true.shape[1])", "range(1, true.shape[1])"),
        ("The last row is left out: `range` already leaves out its end.",
         "range(true.shape[0])", "range(true.shape[0] - 1)"),
        ("The last column is left out: `range` already leaves out its end.",
         "range(true.shape[1])", "range(true.shape[1] - 1)"),
        ("The first row and the first column are left out: i and j start at 0.",
         "range(true.shape[0])", "range(1, true.shape[0])", "range(true.shape[1])", "range(1, true.shape[1])"),
        ("Your union leaves out pixels of both masks: they belong to it, too. Is it `elif`?",
         "            if predicted[i, j] or", "            elif predicted[i, j] or", SHARE, "both / (either or 1)"),
        *((TINY, "union == 0", "False", RESULT, f"((predicted & true).sum() + {eps}) / (union + {eps})")
          for eps in (1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)),
        *(((TINY, EMPTY), "union == 0", "False", RESULT, f"(predicted & true).sum() / (union + {eps})")
          for eps in (1, 0.1, 0.01, 1e-3, 1e-4, 1e-5)),
        *((EMPTY, "union == 0", "False", RESULT, f"(predicted & true).sum() / (union + {eps})")
          for eps in (1e-8, 1e-9, 1e-10, 1e-12, 1e-15)),
    ), Wrong(of_boxes, "You compare the boxes around the masks: compare the masks, pixel by pixel."),
        Wrong(by_rows, "You average the IoU of the rows: count over the whole picture, then divide once."),
        Wrong(of_both_classes, "You average the IoU of object and background: return only the object's."),
        Wrong(of_values, "`set(mask)` holds only the different values, True and False: count pixels.")],
)
