"""The questions at the end of lesson 01."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "01",
    Question(
        "12 cells, a filter of 5, padding 2, stride 1. How long is the output?",
        Option("8", "That forgets the padding."),
        Option("10", "That adds the padding once; it goes on both sides."),
        Right("12", "12 + 2 · 2 − 5 + 1 = 12. Padding (5 − 1) / 2 keeps the length."),
        Option("16", "That adds the padding on both sides, then forgets that a window of 5 must fit."),
    ),
    Question(
        "A mathematics book convolves a signal with the filter `[1, 2, 3]`. Which filter gives a network's `conv1d` "
        "the same numbers?",
        Option("`[1, 2, 3]`", "The book flips its filter, `conv1d` does not. It would do for a filter such as "
                              "`[1, 2, 1]`."),
        Right("`[3, 2, 1]`", "`conv1d` does not flip, so you flip the filter before it slides."),
        Option("`[−1, −2, −3]`", "A flip reverses the order. It changes no sign."),
        Option("no filter", "Flip it yourself, and `conv1d` gives the book's numbers."),
    ),
    Question(
        "Ten cells, numbered 0 to 9; a filter of 3, stride 4, no padding. Which cells are never read?",
        Option("none", "Rounding down is silent, but some cells are lost."),
        Option("3, 7", "That lets a window at 8 read what is there; but one that does not fit reads nothing."),
        Option("7, 8, 9", "These lie after the last window, but steps larger than the filter leave gaps, too."),
        Right("3, 7, 8, 9", "The windows cover 0 to 2 and 4 to 6. The next would begin at 8 and need cell 10."),
    ),
)
