"""The questions at the end of lesson 03."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "03",
    Question(
        "A photograph has 30 rows and 40 columns. A filter of 3 rows and 5 columns slides over it, stride 1, no "
        "padding. How large is the output?",
        Option("27 × 35", "The first place is missing along each side: 30 − 3 counts only the steps."),
        Right("28 × 36", "30 − 3 + 1 rows and 40 − 5 + 1 columns."),
        Option("26 × 38", "The filter's sides are swapped: its 3 rows cost rows, its 5 columns cost columns."),
        Option("30 × 40", "That needs padding, 1 row and 2 columns of zeros on each side."),
    ),
    Question(
        "An image of 7 × 7, a filter of 5 × 5, padding 2, stride 1. How many windows read the pixel in a corner?",
        Option("1", "That is without padding, where only the first window reaches the corner."),
        Option("4", "That is with a filter of 3 × 3. This one reaches two pixels in each direction."),
        Right("9", "All windows whose middle is at most two rows and two columns away: 3 · 3 such middles lie on the "
                   "image."),
        Option("25", "That is for a pixel in the middle. Most places around a corner lie outside."),
    ),
    Question(
        "True convolution rotates the filter by 180° before it slides. For which filter does that change nothing?",
        Option("[[1, 1], [2, 2]]", "180° puts the 2s on top."),
        Option("[[1, 2], [2, 3]]", "Swapping its rows and columns changes nothing, but 180° gives [[3, 2], [2, 1]]."),
        Option("[[−1, 1], [−1, 1]]", "180° gives [[1, −1], [1, −1]]: every output changes its sign."),
        Right("[[1, 2], [2, 1]]", "180° takes the filter onto itself, so nobody can tell from its outputs which of the "
                                  "two a library calculates."),
    ),
    Question(
        "An image of 20 × 20, a filter of 4 × 4, stride 2. Which padding per side makes the output exactly half as "
        "large, 10 × 10?",
        Option("0", "(20 − 4) / 2 + 1 = 9: one too few."),
        Right("1", "(20 + 2 − 4) / 2 + 1 = 10. With stride 1 no padding would keep the size, but with stride 2 an even "
                   "filter fits."),
        Option("2", "(20 + 4 − 4) / 2 + 1 = 11: one too many."),
        Option("none: the filter is even", "That is so with stride 1, where an even filter cannot keep the size."),
    ),
)
