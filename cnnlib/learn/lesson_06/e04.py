"""Accuracy and recall, by hand."""

import numpy as np

from ..exercise import Exercise, Wrong


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
    counts = np.zeros((10, 10))
    np.add.at(counts, (true, said), 1)
    return counts.trace() / counts.sum(), counts[c, c] / counts[c].sum()


def single_precision(true, said, c):
    return tuple(np.float32(share) for share in solution(true, said, c))


# --- typical mistakes -------------------------------------------------------------------------------------------------

def _parts(true, said, c):
    return (true == said).sum(), ((true == c) & (said == c)).sum(), (true == c).sum(), (said == c).sum(), len(true)


def accuracy_counted(true, said, c):
    right, _, _, _, _ = _parts(true, said, c)
    return right, solution(true, said, c)[1]


def recall_counted(true, said, c):
    _, both, _, _, _ = _parts(true, said, c)
    return solution(true, said, c)[0], both


def both_counted(true, said, c):
    right, both, _, _, _ = _parts(true, said, c)
    return right, both


def precision(true, said, c):
    _, both, _, called, _ = _parts(true, said, c)
    return solution(true, said, c)[0], both / called


def share_of_all(true, said, c):
    _, both, _, _, n = _parts(true, said, c)
    return solution(true, said, c)[0], both / n


def share_of_the_right(true, said, c):
    right, both, _, _, _ = _parts(true, said, c)
    return solution(true, said, c)[0], both / right if right else 0.0


def errors(true, said, c):
    accuracy, recall = solution(true, said, c)
    return 1 - accuracy, recall


def missed(true, said, c):
    accuracy, recall = solution(true, said, c)
    return accuracy, 1 - recall


def errors_and_missed(true, said, c):
    accuracy, recall = solution(true, said, c)
    return 1 - accuracy, 1 - recall


def exchanged(true, said, c):
    accuracy, recall = solution(true, said, c)
    return recall, accuracy


def percent(true, said, c):
    accuracy, recall = solution(true, said, c)
    return 100 * accuracy, 100 * recall


def twice(true, said, c):
    accuracy, _ = solution(true, said, c)
    return accuracy, accuracy


def always_class_0(true, said, c):
    return solution(true, said, c)[0], np.mean(said[true == 0] == 0) if (true == 0).any() else 0.0


def how_many_are(true, said, c):
    return solution(true, said, c)[0], np.mean(true == c)


def how_often_said(true, said, c):
    return solution(true, said, c)[0], np.mean(said == c)


def said_for_true(true, said, c):
    return solution(true, said, c)[0], np.sum(said == c) / np.sum(true == c)


def one_against_the_rest(true, said, c):
    return solution(true, said, c)[0], np.mean((true == c) == (said == c))


def overlap(true, said, c):
    _, both, of_c, called, _ = _parts(true, said, c)
    return solution(true, said, c)[0], both / (of_c + called - both)


def rounded_down(true, said, c):
    right, both, of_c, _, n = _parts(true, said, c)
    return right // n, both // of_c


def mean_recall(true, said, c):
    return solution(true, said, c)[0], np.mean([np.mean(said[true == k] == k) for k in np.unique(true)])


def accuracy_of_the_class(true, said, c):
    return solution(true, said, c)[1], solution(true, said, c)[1]


def only_recall(true, said, c):
    return solution(true, said, c)[1]


def only_accuracy(true, said, c):
    return solution(true, said, c)[0]


def precision_counted(true, said, c):
    right, both, _, called, _ = _parts(true, said, c)
    return right, both / called


def accuracy_of_c_or_not(true, said, c):
    return np.mean((true == c) == (said == c)), solution(true, said, c)[1]


def accuracy_of_the_others(true, said, c):
    others = true != c
    return np.mean(true[others] == said[others]) if others.any() else 0.0, solution(true, said, c)[1]


def of_the_others(true, said, c):
    others = said[true != c]
    return solution(true, said, c)[0], np.mean(others != c) if others.size else 0.0


def class_numbers_added(true, said, c):
    return solution(true, said, c)[0], np.mean(said[true == c])


def rounded(true, said, c):
    return tuple(round(float(share), 2) for share in solution(true, said, c))


def draw(rng):
    """Labels and answers of a small test; the class is there, and has been said."""
    n, classes = int(rng.integers(8, 20)), int(rng.integers(3, 6))
    true = rng.integers(0, classes, n)
    said = np.where(rng.random(n) < 0.6, true, rng.integers(0, classes, n))
    c = int(rng.choice(true))
    said[rng.integers(n)] = c
    return true, said, c


COUNTED = "That is how many: a share is asked for, so divide by how many there are."
TURNED = "Your first number is the share of mistakes: accuracy is the share that is right."
MISSED = "Your second number is the share of the class that was missed: recall is the share that was found."
EVERYTHING = "Your second number is a share of all images: recall divides by those that truly are class c."

EXERCISE = Exercise(
    id="06.4",
    title="Accuracy and recall",
    statement="""`true` and `said` are arrays of class numbers, equally long: what the images are, and what a network
said. Write `judge(true, said, c)` and return two shares, each from 0 to 1:

- **accuracy**: the share of all images where the two agree;
- **recall of class** `c`: *of all images that truly are class `c`*, the share that was recognised. (There is at least
  one.)""",
    signature="judge(true, said, c): (n,), (n,), a class -> accuracy, recall",
    difficulty=2,
    minutes=4,
    hints=(
        "Both are a count divided by a count. Which images are counted below the line, in either case?",
        "`true == said` compares place by place; the mean of truth values is the share of those that are true. "
        "For recall, first choose those images that truly are `c`.",
        "`said[true == c]` is what was said of them. Which share of it is `c`?",
    ),
    solution=solution,
    errors="""- *4 instead of 4/7*: counted, but not divided.
- *3/5 instead of 3/4*: divided by how often the network *said* `c`. That is another useful share, called *precision*.
- *3/7*: divided by all images.
- *All images that are right on the question "c or not"*: most of them are not `c` at all, so this is high even for a
  network that never says `c`.""",
    praise="Two shares of different wholes: of all images, and of one class.",
    insight="Say `c` every time and its recall is 1: a recall alone proves as little as an accuracy alone.",
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
        ([9, 4, 9], [9, 9, 9], 9),
    ],
    returns=("accuracy", "recall"),
    right=[with_loops, with_comprehensions, by_counting, from_the_confusion_matrix, single_precision],
    wrong=[
        Wrong(accuracy_counted, "Your first number is how many are right: divide by how many images there are."),
        Wrong(recall_counted, "Your second number is how many were found: divide by how many truly are class c."),
        Wrong(both_counted, COUNTED),
        Wrong(precision, "Your second number divides by how often c was said: that is called precision. Recall divides "
                         "by how many truly are class c."),
        Wrong(precision_counted, "Your first number is how many are right: a share is asked for.",
              "Your second number divides by how often c was said: divide by how many truly are c."),
        Wrong(share_of_all, EVERYTHING),
        Wrong(share_of_the_right, "Your second number divides by all right answers: recall divides by those that truly "
                                  "are class c."),
        Wrong(errors, TURNED), Wrong(missed, MISSED), Wrong(errors_and_missed, TURNED, MISSED),
        Wrong(exchanged, "The two are exchanged: accuracy first, then recall."),
        Wrong(percent, "These are percentages: a share lies between 0 and 1."),
        Wrong(twice, "You return the accuracy twice: for recall, look only at images that truly are class c."),
        Wrong(always_class_0, "Your recall is always that of class 0: use c."),
        Wrong(how_many_are, "Your second number is the share of images that are class c, recognised or not."),
        Wrong(how_often_said, "Your second number is how often c was said, rightly or not."),
        Wrong(said_for_true, "You count how often c was said, rightly or not: count only where it truly is c."),
        Wrong(one_against_the_rest, "You also count images that are not c and were not called c: recall looks only at "
                                    "those that truly are."),
        Wrong(overlap, "Your second number divides by what is c or was called c: divide by what truly is."),
        Wrong(rounded_down, "You round down to whole numbers: divide with `/`, not `//`."),
        Wrong(mean_recall, "Your second number is the mean over all classes: return that of class c."),
        Wrong(accuracy_of_the_class, "Your accuracy looks at class c only: it is the share of all images."),
        Wrong(accuracy_of_c_or_not, "Your accuracy counts every image that is not c and was not called c: it is right "
                                    "only if its own class was said."),
        Wrong(accuracy_of_the_others, "Your accuracy leaves out the images of class c: it is the share of all images."),
        Wrong(of_the_others, "Your second number looks at the images that are not c: recall looks at those that are."),
        Wrong(class_numbers_added, "You average the class numbers that were said: compare them with c first, then "
                                   "average the truth values."),
        Wrong(rounded, "You round to two digits: return the shares as they are."),
        Wrong(only_recall, "Recall alone: return two numbers, `return accuracy, recall`."),
        Wrong(only_accuracy, "Accuracy alone: return two numbers, `return accuracy, recall`."),
    ],
)
