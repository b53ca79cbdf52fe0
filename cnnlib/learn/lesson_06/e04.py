"""Accuracy and recall, by hand."""

import numpy as np

from ..exercise import Exercise
from ..slips import slips
from .e04_slips import MORE, counted, masked


def solution(true, said, c):
    accuracy = np.mean(true == said)
    among = said[true == c]               # what was said of those that truly are c
    recall = np.mean(among == c)
    return accuracy, recall


# --- other right ways -------------------------------------------------------------------------------------------------

def with_loops(true, said, c):
    right, of_c, found = 0, 0, 0
    for t, s in zip(true, said, strict=True):
        right += t == s
        if t == c:
            of_c += 1
            found += s == c
    return right / len(true), found / of_c


def with_comprehensions(true, said, c):
    among = [s for t, s in zip(true, said, strict=True) if t == c]
    return sum(t == s for t, s in zip(true, said, strict=True)) / len(true), among.count(c) / len(among)


def by_counting(true, said, c):
    both = np.sum((true == c) & (said == c))
    return np.sum(true == said) / true.size, both / np.sum(true == c)


def from_the_confusion_matrix(true, said, c):
    counts = np.zeros((1 + max(*true, *said),) * 2)
    np.add.at(counts, (true, said), 1)
    return counts.trace() / counts.sum(), counts[c, c] / counts[c].sum()


def single_precision(true, said, c):
    return tuple(np.float32(share) for share in solution(true, said, c))


def draw(rng):
    """Labels and answers of a small test; the class is there, and has been said."""
    n, classes = int(rng.integers(8, 20)), int(rng.integers(3, 6))
    true = rng.integers(0, classes, n)
    said = np.where(rng.random(n) < 0.6, true, rng.integers(0, classes, n))
    c = int(rng.choice(true))
    said[rng.integers(n)] = c
    return true, said, c


PAIR, ZIP = "accuracy, recall", "zip(true, said, strict=True)"
TURNED = "Your first number is the share of mistakes: accuracy is the share that is right."
MISSED = "Your second number is the share of the class that was missed: recall is the share that was found."
DOWN = "You round down to whole numbers: divide with `/`, not `//`."
FIRST = "The first image is left out: counting starts at 0."
LAST = "The last image is left out: `range` leaves out its end already."
EARLY = "You return after the first image: `return` belongs after the loop."

EXERCISE = Exercise(
    id="06.4",
    title="Accuracy and recall",
    statement="""`true` and `said` are arrays of class numbers of the same length: what the images are, and what a
network said. Write `judge(true, said, c)` and return two shares, each from 0 to 1:

- **accuracy**: the share of all images where the two agree;
- **recall of class** `c`: *of all images that truly are class `c`*, the share that was recognised. (There is at least
  one such image.)""",
    signature="judge(true, said, c): (n,), (n,), a class -> accuracy, recall",
    difficulty=2,
    minutes=4,
    hints=(
        "Each is a count divided by a count. Which images do you count below the line in each?",
        "`true == said` compares place by place; the mean of truth values is the share of those that are true. For "
        "recall, first choose the images that truly are `c`.",
        "`said[true == c]` is what the network said about them. Which share of it is `c`?",
    ),
    solution=solution,
    errors="""- *4 instead of 4/7*: counted, but not divided.
- *3/5 instead of 3/4*: divided by how often the network *said* `c`. That is *precision*, another useful share.
- *3/7*: divided by all images.
- *All images that are right on the question "c or not"*: most of them are not `c` at all, so this is high even for a
  network that never says `c`.""",
    praise="Two shares of different wholes: of all images, and of one class.",
    insight="Always say `c`, and its recall is 1: recall alone proves as little as accuracy alone.",
    cases=[
        ([0, 0, 0, 0, 1, 1, 2], [0, 0, 0, 1, 1, 0, 0], 0),
        ([0, 0, 0, 0, 1, 1, 2], [0, 0, 0, 1, 1, 0, 0], 1),
        ([2, 1, 2, 2, 0, 1, 0, 2], [2, 2, 1, 2, 0, 1, 1, 0], 2),
        ([3, 3, 1, 0, 2], [1, 1, 3, 0, 2], 3),
        ([1, 1, 1, 0], [1, 1, 1, 1], 1),
    ],
    draw=draw,
    edges=[
        ([1], [1], 1), ([0, 1], [1, 0], 1), ([2, 2, 2], [2, 0, 2], 2), ([0, 0, 1], [2, 0, 1], 0),
        ([9, 4, 9], [9, 9, 9], 9), ([300, 10, 300, 21], [300, 300, 10, 21], 300),
    ],
    returns=("accuracy", "recall"),
    right=[counted, masked, with_loops, with_comprehensions, by_counting, from_the_confusion_matrix, single_precision],
    wrong=MORE + slips(
        [solution, with_loops, by_counting],
        ("Your first number is how many are right: divide by how many images there are.", "right / len(true)", "right"),
        ("Your second number is how many were found: divide by how many truly are class c.", "found / of_c", "found"),
        ("That is a count: you want a share, so divide by how many there are.", " / len(true)", "", " / of_c", ""),
        ("Your second number divides by how often c was said: that is called precision. Recall divides by how many "
         "truly are class c.", "/ np.sum(true == c)", "/ np.sum(said == c)"),
        (("Your first number is how many are right: you want a share.",
          "Your second number divides by how often c was said: divide by how many truly are c."),
         " / true.size", "", "/ np.sum(true == c)", "/ np.sum(said == c)"),
        ("Your second number is a share of all images: recall divides by those that truly are class c.",
         "/ of_c", "/ len(true)"),
        ("Your second number divides by all right answers: recall divides by those that truly are class c.",
         "/ of_c", "/ max(right, 1)"),
        ("Your second number counts all right answers: count only those of class c.",
         ", both", ", np.sum(true == said)"),
        ("Your second number is between precision and recall: for recall, divide what was found by what truly is c.",
         "both / np.sum(true == c)", "2 * both / (np.sum(true == c) + np.sum(said == c))"),
        (TURNED, "true == said", "true != said"), (MISSED, "among == c", "among != c"),
        ((TURNED, MISSED), "true == said", "true != said", "among == c", "among != c"),
        ("The two are swapped: accuracy first, then recall.", PAIR, "recall, accuracy"),
        ("These are percentages: a share lies between 0 and 1.", PAIR, "100 * accuracy, 100 * recall"),
        ("You return the accuracy twice: for recall, look only at images that truly are class c.",
         PAIR, "accuracy, accuracy"),
        *((f"Your recall is always that of class {k}: use c.", "t == c", f"t == {k}", "s == c", f"s == {k}",
           "/ of_c", "/ max(of_c, 1)") for k in (0, 1)),
        ("Your second number is the share of images that are class c, recognised or not.", "among == c", "true == c"),
        ("Your second number is how often c was said, rightly or not.", "among == c", "said == c"),
        ("You count how often c was said, rightly or not: count only where it truly is c.",
         ", both", ", np.sum(said == c)"),
        ("You count what is c or was called c: count where both hold, `&`.", "&", "|"),
        ("You also count images that are not c and were not called c: recall looks only at those that truly are.",
         "among == c", "(true == c) == (said == c)"),
        ("Your second number divides by what is c or was called c: divide by what truly is.",
         "/ np.sum(true == c)", "/ np.sum((true == c) | (said == c))"),
        (DOWN, " / ", " // "), (DOWN, "found / ", "found // "),
        ("Your second number is the mean over all classes: return that of class c.",
         "np.mean(among == c)", "np.mean([np.mean(said[true == k] == k) for k in set(true.tolist())])"),
        ("Your first number is the mean of the recalls of all classes: accuracy is the share of all images.",
         "np.mean(true == said)", "np.mean([np.mean(said[true == k] == k) for k in set(true.tolist())])"),
        ("Your accuracy looks at class c only: it is the share of all images.", PAIR, "recall, recall"),
        ("Your accuracy counts every image that is not c and was not called c: an image is right only if its own "
         "class was said.", "true == said", "(true == c) == (said == c)"),
        ("Your accuracy leaves out the images of class c: it is the share of all images.",
         "np.mean(true == said)", "np.sum((true == said) & (true != c)) / max(np.sum(true != c), 1)"),
        ("Your second number looks at the images that are not c: recall looks at those that are.",
         "np.mean(among == c)", "np.sum((true != c) & (said != c)) / max(np.sum(true != c), 1)"),
        ("You average the class numbers that were said: compare them with c first, then average the truth values.",
         "among == c", "among"),
        ("You sort before you compare: image i and the answer about it belong together.",
         "true == said", "np.sort(true) == np.sort(said)"),
        ("Your first number is 1 if all are right, and 0 otherwise: do you round down with `//`, or compare the "
         "arrays as a whole?", "right / ", "right // "),
        ("You subtract class numbers, but they are names: 3 is no closer to 4 than to 9. Compare with `==`.",
         "np.mean(true == said)", "1 - np.mean(np.abs(true - said))"),
        ("`np.isin` checks whether a number occurs anywhere: compare place by place, `true == said`.",
         "true == said", "np.isin(said, true)"),
        ("Your first number divides by how many classes there are: divide by how many images.",
         "true.size", "len(set(true.tolist()))"),
        (EARLY, "    return right", "        return right"),
        (EARLY, "    return right", "        return right", "/ of_c", "/ max(of_c, 1)"),
        *((sentence, ZIP, some, "len(true)", number, "/ of_c", "/ max(of_c, 1)")
          for sentence, some in ((FIRST, "zip(true[1:], said[1:])"), (LAST, "zip(true[:-1], said[:-1])"))
          for number in ("len(true)", "len(true[1:])")),
        ("You count images of class c only where the answer is right: those that were missed are class c, too.",
         "if t == c", "if t == s == c", "/ of_c", "/ max(of_c, 1)"),
        ("Class 0 is never found, because 0 counts as False: compare with c.",
         "found += s == c", "found += bool(s) and s == c"),
        ("You round to two digits: return the shares as they are.",
         lambda shares, *_: tuple(round(float(share), 2) for share in shares)),
        ("Recall alone: return two numbers, `return accuracy, recall`.", PAIR, "recall"),
        ("Accuracy alone: return two numbers, `return accuracy, recall`.", PAIR, "accuracy"),
    ),
)
