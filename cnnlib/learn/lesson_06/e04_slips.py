"""Ways in which what is counted, and what it is divided by, go wrong one at a time: edits of right ways, for 06.4."""

import numpy as np

from ..slips import slips


def counted(true, said, c):
    right, of_c, found = 0, 0, 0
    for i in range(len(true)):
        if true[i] == said[i]:
            right += 1
        if true[i] == c:
            of_c += 1
            if said[i] == c:
                found += 1
    return right / len(true), found / of_c


def masked(true, said, c):
    same, mine = true == said, true == c
    accuracy = same.sum() / len(true)
    recall = (same & mine).sum() / mine.sum()
    return accuracy, recall


def selected(true, said, c):
    accuracy = np.mean(true == said)
    recall = np.mean(said[true == c] == c)
    return accuracy, recall


FOUND, ZEROS = "found / of_c", "0, 0, 0"
SAFE = "found / max(of_c, 1)"
ALWAYS_1 = "Your second number is always 1: choose the images by `true == c`, and check whether their `said` is c."
PRECISION = "Your second number divides by how often c was said: that is called precision. Recall divides by how " \
            "many truly are class c."
ALL_RIGHT = "Your second number counts all right answers: count only those of class c."
ALL = "Your second number is a share of all images: recall divides by those that truly are class c."
OR = "Your second number counts what is right or of class c: count where both hold, `&`."
NOT_C = "Your second number looks at the images that are not c: recall looks at those that are."
AND_FIRST = "`&` is worked out before `==`: write `(true == said) & (true == c)`."
NO_MORE = "You skip images that are right: class c includes those that were recognised, so write `if`, not `elif`."
HOW_MANY = "A count starts from 0."
LAST_ONLY = "`=` replaces, `+=` adds: you count at most one"
PERCENT = "Only one of your two numbers is a share: the other is a percentage."

MORE = slips(
    [counted, masked, selected],
    ("Your second number is too small: the images of class c are counted from 1. " + HOW_MANY, ZEROS, "0, 1, 0"),
    ("Your first number is too large: the right ones are counted from 1. " + HOW_MANY, ZEROS, "1, 0, 0"),
    ("Your second number is too large: the ones that were found are counted from 1. " + HOW_MANY, ZEROS, "0, 0, 1"),
    ("All counts start from 1: they should start from 0.", ZEROS, "1, 1, 1"),
    (f"{LAST_ONLY} right answer.", "right += 1", "right = 1"),
    (f"{LAST_ONLY} image that was found.", "found += 1", "found = 1"),
    (f"{LAST_ONLY} of each kind.", "right += 1", "right = 1", "of_c += 1", "of_c = 1", "found += 1", "found = 1"),
    (ALWAYS_1, "if true[i] == c", "if said[i] == c", FOUND, SAFE), (ALWAYS_1, "if said[i] == c", "if true[i] == c"),
    (ALWAYS_1, "said[true == c]", "said[said == c]"), (ALWAYS_1, "said[true == c]", "true[true == c]"),
    (PRECISION, "said[true == c]", "true[said == c]"),
    (PRECISION, "if said[i] == c", "if true[i] == c", "if true[i] == c:\n            of",
     "if said[i] == c:\n            of", FOUND, SAFE),
    (PRECISION, "mine.sum()", "(said == c).sum()"),
    (ALL_RIGHT, "(same & mine)", "same"), (ALL_RIGHT, "found / of_c", "right / of_c"),
    (ALL, "/ mine.sum()", "/ len(true)"), (ALL, "/ mine.sum()", "/ len(mine)"), (ALL, FOUND, "found / len(true)"),
    ("Your second number divides by all right answers: recall divides by those that truly are class c.",
     "/ mine.sum()", "/ max(same.sum(), 1)"),
    (OR, "(same & mine)", "(same | mine)"),
    ("You count what is c or was called c: count where both hold, `&`.",
     "(same & mine)", "((true == c) | (said == c))"),
    (NOT_C, "said[true == c] == c", "said[true != c] == true[true != c]"),
    (NOT_C, "mine = true == said, true == c", "mine = true == said, true != c"),
    ("You count the images that are not c but were called c: recall looks at those that are.",
     "said[true == c]", "said[true != c]"),
    ("You count the images of class c that were missed, and divide by those that are not c.",
     "(same & mine).sum() / mine.sum()", "(mine & ~same).sum() / max((~mine).sum(), 1)"),
    (AND_FIRST, "(same & mine)", "(true == said & mine)"),
    (NO_MORE, "        if true[i] == c", "        elif true[i] == c", FOUND, SAFE),
    ("You compare the image's number with c: compare its class, `true[i] == c`.",
     "if true[i] == c", "if i == c", FOUND, SAFE),
    ("Your accuracy is divided by how many images are of class c: divide by how many there are.",
     "right / len(true)", "right / of_c"),
    ("Your accuracy is divided by how often c was said: divide by how many images there are.",
     "same.sum() / len(true)", "same.sum() / (said == c).sum()"),
    ("Your accuracy counts the images of class c that were found: count all right ones.",
     "right / len(true)", "found / len(true)"),
    ("Your accuracy counts each right image of class c twice: count it once.",
     "right / len(true)", "(right + found) / len(true)"),
    ("Both are divided by one too many: divide by how many there are.",
     "right / len(true), found / of_c", "right / (len(true) + 1), found / (of_c + 1)"),
    ("Your accuracy is divided by one too few: divide by how many images there are.",
     "right / len(true)", "right / max(len(true) - 1, 1)"),
    ("Your accuracy is divided by one too many: divide by how many images there are.",
     "right / len(true)", "right / (len(true) + 1)"),
    ("Your shares are upside down: divide what was found by how many there are.",
     "right / len(true), found / of_c", "len(true) / max(right, 1), of_c / max(found, 1)"),
    ("Your first number is upside down: divide the right ones by how many there are.",
     "right / len(true)", "len(true) / max(right, 1)"),
    ("Your second number is upside down: divide what was found by how many there are.",
     FOUND, "of_c / max(found, 1)"),
    (PERCENT, "accuracy, recall\n", "100 * accuracy, recall\n"),
    (PERCENT, "accuracy, recall\n", "accuracy, 100 * recall\n"),
    ("Your second number is the accuracy times the recall: return the recall alone.",
     "accuracy, recall\n", "accuracy, accuracy * recall\n"),
    ("Your two numbers are rounded to whole numbers: a share lies between 0 and 1.",
     "accuracy, recall\n", "round(accuracy), round(recall)\n"),
    ("You return one number, the mean of the two: return both.", "return accuracy, recall",
     "return (accuracy + recall) / 2"),
    ("Your recall is for the class that comes first: use c.",
     "recall = np.mean(said[true == c] == c)", "c = true[0]\n    recall = np.mean(said[true == c] == c)"),
    ("Your recall is for the class with the largest number: use c.",
     "recall = np.mean(said[true == c] == c)", "c = true.max()\n    recall = np.mean(said[true == c] == c)"),
    ("Your recall is for class c + 1: classes are counted from 0, so use c itself.",
     "recall = np.mean(said[true == c] == c)", "c += 1\n    recall = np.sum((true == c) & (said == c)) / max(np.sum("
     "true == c), 1)"),
    ("Your recall is for class c - 1: classes are counted from 0, so use c itself.",
     "recall = np.mean(said[true == c] == c)", "c -= 1\n    recall = np.sum((true == c) & (said == c)) / max(np.sum("
     "true == c), 1)"),
    ("For c = 0 you give the accuracy: 0 counts as False, so do not write `if c`.",
     "return accuracy, recall", "return accuracy, recall if c else accuracy"),
    ("You set other classes to 0 and count the zeros with class 0: use `(true == c) & (said == c)`.",
     "(same & mine)", "(np.where(mine, said, 0) == c)"),
    ("You return at the first right image: `return` belongs after the loop.",
     "    return right", "            return right", FOUND, SAFE),
)
