"""The questions at the end of lesson 05."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "05",
    Question(
        "Two max-poolings follow each other, each 2 × 2 with stride 2. How many numbers of the first map compete for "
        "one number at the end?",
        Option("4", "That is after the first pooling. Each of these four came from a window, too."),
        Option("8", "Along each side it is 2 · 2 = 4, and a window has two sides."),
        Right("16", "Four windows of four numbers: a block of 4 × 4, of which only the largest is left."),
        Option("64", "That takes a third pooling."),
    ),
    Question(
        "A stack is a convolution with stride 1, then a max-pooling of 2 × 2 with stride 2. The photograph moves two "
        "pixels to the right. What do the pooled maps do, away from the borders?",
        Option("They stay the same.", "That would be invariance. A map still shows where something is."),
        Right("They move by one cell.", "The convolution's maps move by two cells, and that is one whole step of the "
              "pooling."),
        Option("They move by two cells.", "The convolution's maps do. After the pooling, a cell is two pixels wide."),
        Option("They get other numbers.", "That can happen for one pixel, because nothing can move by half a cell."),
    ),
    Question(
        "From the row [0, 0, 0, 5, 0, 0, 0, 0] you keep every second cell (F = 1, S = 2). Or you use max-pooling "
        "instead (F = 2, S = 2). What comes out in each case?",
        Right("[0, 0, 0, 0] and [0, 5, 0, 0]", "A stride alone reads cells 0, 2, 4 and 6, and never meets the 5 in "
              "cell 3. Pooling looks at every cell before it drops any."),
        Option("[0, 5, 0, 0] both times", "The stride alone reads cells 0, 2, 4 and 6: the 5 is in cell 3."),
        Option("[0, 0, 0, 0] both times", "The second window of the pooling holds cells 2 and 3."),
        Option("[0, 5, 0, 0] and [0, 2.5, 0, 0]", "2.5 would be the mean of the second window; and the stride alone "
               "never meets cell 3."),
    ),
    Question(
        "A max-pooling pads with 0 instead of −∞. For which input can that do no harm?",
        Option("for one of whole numbers", "Whole numbers can be negative. If a border window holds only such numbers, "
               "the 0 wins."),
        Option("for one with the mean 0", "A window at the border may still hold only negative numbers, and then the "
               "0 wins."),
        Option("for none", "The 0 wins only where every real number of a window is below 0."),
        Right("for the output of a ReLU", "Nothing there is below 0, so the added 0 never beats a real number."),
    ),
)
