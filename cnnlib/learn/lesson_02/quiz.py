"""The questions at the end of lesson 02."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "02",
    Question(
        "You make all the numbers of the template three times as large. How do the normalised scores change?",
        Option("three times as large", "The plain products are. But the template's norm is three times as large, too, "
                                       "and divides them."),
        Right("not at all", "Product and norm are both three times as large, and one is divided by the other. Only "
                            "the template's shape counts."),
        Option("a third as large", "The template's norm, which divides, is three times as large. So is the product."),
        Option("more of them come close to 1", "Closer to 1 means a better match, but no shape has changed."),
    ),
    Question(
        "A matrix of 4 rows and 6 columns has no zero in it. Along every diagonal, from top left to bottom right, "
        "one number repeats. What are its weights?",
        Option("sparse and shared", "Sparse would mean that many entries are 0. Here every output reads every input."),
        Option("sparse, but not shared", "It is the other way round: nothing is missing, and numbers repeat."),
        Right("shared, but not sparse", "Each row is the row above moved by one: a long filter, used at every "
              "place. With 9 diagonals there are 9 numbers in 24 entries."),
        Option("neither", "The numbers repeat along the diagonals: that is sharing."),
    ),
    Question(
        "A filter slides with stride 4. The recording begins later than before, and the outputs only move along. How "
        "much later can it begin?",
        Option("2 cells", "Windows that started at 0, 4, 8 now start at 2, 6, 10: these were never looked at before."),
        Option("6 cells", "That is more than one jump of the window, but not a whole number of jumps."),
        Right("8 cells", "That is two whole jumps: the outputs move by 2."),
        Option("any number", "That is so with stride 1 only. Between the jumps of 4 all windows are new."),
    ),
)
