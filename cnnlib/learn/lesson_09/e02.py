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
DICE = "That is Dice, 2 · intersection / (both sizes added): IoU divides by the union, in which what both share " \
       "counts once."
OVER_SUM = "You divide by both sizes added: what both share counts twice there. Taken off once, that is the union."
SAME = "You get 1 where the masks are the same, and 0 else: divide with `/`, not `//`, and count what both share."
ACCURACY = "That is the share of pixels on which both agree, accuracy: where both say nothing, IoU does not look."
PRECISION = "You divide by the size of the prediction: that is precision. What it missed counts in the union, too."
RECALL = "You divide by the size of the true mask: that is recall. What was found wrongly counts in the union, too."
ALL = "You divide by all pixels: divide by those of the union, of either mask."
EMPTY = "Two empty masks agree: 1. Yours says otherwise."
ONE_EMPTY = "Only if *both* masks are empty the answer is 1: if one is, nothing of the union is shared, and it is 0."
NAN = "Two empty masks give 0 / 0 in yours: ask whether the union is empty first, and return 1."
XOR = "You divide by the pixels that only one mask has: the union holds those of both, too."
TINY = "You add a small number so that nothing is divided by 0: then no share is quite right. Ask if both are empty."
BACK = "That is the IoU of the background: count where the masks are True."
PERCENT = "These are percent: a share lies between 0 and 1."
LOSS = "That is 1 less the IoU, a loss: return the IoU."
ORDER = "The fraction stands on its head: the intersection above, the union below."


def over(text):
    """The edit of who divides by something else, and has thought of 0."""
    return "return (predicted & true).sum() / union", f"return (predicted & true).sum() / max(1, {text})"


RESULT = "(predicted & true).sum() / union"
EXERCISE = Exercise(
    id="09.2",
    title="Intersection over union",
    statement="""`predicted` and `true` are **masks** of one picture: arrays of `True` and `False`, equally large.
`True` marks a pixel that belongs to the object. Write `iou(predicted, true)`:

$$\\mathrm{IoU} = \\frac{\\text{pixels that are True in both}}{\\text{pixels that are True in at least one}}$$

Return one number from 0 to 1. If both masks are empty, they agree: return 1. (The check prints masks in ones and
zeros.)""",
    signature="iou(predicted, true): (H, W), (H, W) of True and False -> number",
    difficulty=1,
    minutes=4,
    hints=(
        "Draw two circles that overlap. Which part is above the line, which below? How often does the overlap count?",
        "For masks `a & b` is True where both are, and `a | b` where at least one is. `.sum()` counts what is True.",
        "`union = (predicted | true).sum()`. If it is 0, return 1. Otherwise divide `(predicted & true).sum()` by it.",
    ),
    solution=solution,
    errors="""- *Divided by both sizes added*: the overlap counts twice below the line. Twice that is *Dice*, which is
  kinder: never less than IoU.
- *`(predicted == true).mean()`*: the share of pixels that are right, of the empty ground, too.
- *Divided by the true mask*, or by the predicted one: recall and precision. Painting everything
  makes recall 1, a single right pixel makes precision 1.
- *`nan`*, and a warning: 0 / 0, for two empty masks.
- *`and`, `or`* work with one truth value, `&` and `|` pixel by pixel.""",
    praise="What both share, of all that either claims.",
    insight="Paint too much or too little, both cost: only a perfect mask has IoU 1. Dice, 2 · IoU / (1 + IoU), is "
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
        ("That is the share of pixels on which the masks differ: divide what both share by the union.",
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
        ("You divide by how many pixels are right: divide by those of the union.", *over("(predicted == true).sum()")),
        ("You count the pixels on which both agree, the empty ones too: count those that are True in both.",
         BOTH, "(predicted == true).sum()"),
        ("You count all pixels of the prediction: count those that are True in both.", BOTH, "predicted.sum()"),
        ("You count all pixels of the true mask: count those that are True in both.", BOTH, "true.sum()"),
        ("You count where the masks differ: count where both are True.", BOTH, "(predicted ^ true).sum()"),
        ("You count twice what both share: once, above and below the line.", BOTH, "2 * (predicted & true).sum()"),
        ("That is the size of the prediction by that of the true mask: it says nothing of where they lie.",
         lambda share, p, t: p.sum() / t.sum() if t.any() else 1.0),
        ("That is the smaller size by the larger one: it says nothing of where they lie.",
         lambda share, p, t: min(p.sum(), t.sum()) / max(p.sum(), t.sum()) if (p | t).any() else 1.0),
        ("That is how many pixels both share: divide by the union.", RESULT, "(predicted & true).sum()"),
        (("That is how many pixels both share: divide by the union.", EMPTY), RESULT, "(predicted & true).sum()",
         "1.0", "0.0"),
        ("That is the size of the union: it stands below the line.", RESULT, "union"),
        (ORDER, RESULT, "union / max((predicted & true).sum(), 1)"),
        (ORDER, lambda share, *_: 1 / share if share else np.inf),
        (PERCENT, lambda share, *_: 100 * share), (PERCENT, lambda share, p, t: 100 * share if (p | t).any() else 1.0),
        (PERCENT, lambda share, *_: round(100 * share)), ((PERCENT, EMPTY), RESULT, f"100 * {RESULT}", "1.0", "0.0"),
        ((PERCENT, NAN), lambda share, p, t: 100 * share if (p | t).any() else np.nan),
        (SAME, RESULT, "(predicted & true).sum() // union"),
        *(("You round: return the share as it is.", lambda share, *_, n=n: round(float(share), n)) for n in (1, 2, 3)),
        (SAME, lambda share, p, t: float((p == t).all())),
        ("You ask whether the masks meet at all: return which share they have in common.",
         lambda share, p, t: float((p & t).any() or not (p | t).any())),
        ("You ask whether the IoU is above a half: return the number.", lambda share, *_: float(share > 0.5)),
        (BACK, lambda share, p, t: solution(~p, ~t)), (NAN, lambda share, p, t: share if (p | t).any() else np.nan),
        (ONE_EMPTY, "if not predicted.any() and not true.any()", "if not predicted.any() or not true.any()"),
        (ONE_EMPTY, "if not predicted.any() and not true.any()", "if not true.any()"),
        ("A prediction that is empty is right only if the true mask is empty, too: else it is 0.",
         "if not predicted.any() and not true.any()", "if not predicted.any()"),
        ("You return 1 where the masks share nothing: only if the union is empty, too.",
         RESULT, "(predicted & true).sum() / union or 1.0"),
        (OVER_SUM, " - both", ""),
        ("You add the overlap to both sizes: take it off once.", "- both", "+ both"),
        (XOR, "- both)", "- 2 * both or 1)"),
        ("You return a pair: the IoU alone is asked for.", RESULT, "(predicted & true).sum() / union, union"),
        ("The first row is left out: i begins at 0.", "range(true.shape[0])", "range(1, true.shape[0])"),
        ("The first column is left out: j begins at 0.", "range(true.shape[1])", "range(1, true.shape[1])"),
        ("The last row is left out: `range` already leaves out its end.",
         "range(true.shape[0])", "range(true.shape[0] - 1)"),
        ("The last column is left out: `range` already leaves out its end.",
         "range(true.shape[1])", "range(true.shape[1] - 1)"),
        ("The first row and the first column are left out: i and j start at 0.",
         "range(true.shape[0])", "range(1, true.shape[0])", "range(true.shape[1])", "range(1, true.shape[1])"),
        ("You count the union only where the masks do not meet: a pixel of both belongs to it as well. Is it `elif`?",
         "            if predicted[i, j] or", "            elif predicted[i, j] or", SHARE, "both / (either or 1)"),
        *((TINY, "union == 0", "False", RESULT, f"((predicted & true).sum() + {eps}) / (union + {eps})")
          for eps in (1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)),
        *(((TINY, EMPTY), "union == 0", "False", RESULT, f"(predicted & true).sum() / (union + {eps})")
          for eps in (1, 0.1, 0.01, 1e-3, 1e-4, 1e-5)),
        *((EMPTY, "union == 0", "False", RESULT, f"(predicted & true).sum() / (union + {eps})")
          for eps in (1e-8, 1e-9, 1e-10, 1e-12, 1e-15)),
    ), Wrong(of_boxes, "You compare the boxes around the masks: compare the masks, pixel by pixel."),
        Wrong(by_rows, "You take the IoU of each row and their mean: count over the whole picture, then divide once."),
        Wrong(of_both_classes, "You average the IoU of object and background: the object alone is asked for."),
        Wrong(of_values, "`set(mask)` holds only the values that occur, True and False: count pixels.")],
)
