"""How many rows, columns, weights and different numbers the matrix of a filter has."""

import numpy as np

from ..exercise import Exercise
from ..slips import slips


def solution():
    N, F = 50, 4
    rows = N - F + 1                    # one for each output
    columns = N                         # one for each cell of x
    weights = rows * F                  # F in every row
    shared = F                          # the same in every row
    own = rows * F                      # nothing is shared
    return [rows, columns, weights, shared, own]


ROW_PER_CELL = "There is one row for each output, and a filter of 4 finds only 50 - 4 + 1 = 47 places on 50 cells."
ONE_ROW = "You counted one row. There are 47 of them, each with 4 weights."
ALL_ENTRIES = "You counted every entry of the matrix. There are weights only where the filter lies: 4 in each of " \
        "47 rows."

ROWS, C, D, E = "rows = N - F + 1", "weights = rows * F", "shared = F", "own = rows * F"

EXERCISE = Exercise(
    id="02.3",
    title="Count without drawing",
    statement="""A filter of 4 weights, all different and none 0, slides over 50 cells: stride 1, no padding. Its matrix
is too large to draw, but not to count. Give five numbers:

**a)** rows · **b)** columns · **c)** entries that are not 0 · **d)** different numbers among those entries · **e)**
different numbers if every place had its own 4 weights, all different (sparse, but not shared)""",
    signature="answer: a list of five whole numbers",
    difficulty=2,
    minutes=3,
    hints=(
        "Go back to the small matrices above. What does a row stand for, and what does a column?",
        "One row for each output, one column for each cell of x. Every row holds the whole filter once.",
        "The filter finds 50 − 4 + 1 = 47 places. Each place is a row with 4 weights in it: the same 4 when they are "
        "shared, 4 new ones when they are not.",
    ),
    solution=solution,
    errors="""- *50 rows*: rows are outputs, and there are $N - F + 1 = 47$ of them.
- *2350 in c* counts all entries, also the zeros. Only 188 are weights: the matrix is sparse.
- *188 in d* counts each weight in each row as a new number. The same 4 numbers are shared by all rows.
- *c and e are equal*: giving up sharing adds no connections; it only gives each its own number.""",
    praise="47 rows of 4: 188 weights, but only 4 numbers to learn.",
    insight="Sparsity is the step from 2350 entries to 188, sharing the step from 188 numbers to 4: either can be "
            "had without the other.",
    ask="value",
    returns="answer",
    right=[(47, 50, 188, 4, 188), np.array([47, 50, 188, 4, 188]), [47.0, 50.0, 188.0, 4.0, 188.0],
           np.array([47, 50, 188, 4, 188], np.float32)],
    wrong=slips(
        [solution],
        (ROW_PER_CELL + " With 47 rows, c and e change, too.", ROWS, "rows = N"), (ROW_PER_CELL, "[rows", "[N"),
        ((ROW_PER_CELL, ALL_ENTRIES), ROWS, "rows = N", "rows * F", "rows * N"),
        ((ROW_PER_CELL, "In d the weights are shared: 4 numbers, however many rows."),
         ROWS, "rows = N", D, "shared = 200"),
        ("There is one more place: 50 - 4 counts the steps, and the first place comes on top.",
         ROWS, "rows = N - F"),
        ("There is one place fewer: with 48 places the filter would hang over the end.", ROWS, "rows = N - F + 2"),
        ("With 53 rows the filter would hang over both ends: without padding there are 50 - 4 + 1 = 47 places.",
         ROWS, "rows = N + F - 1"),
        ("With 49 rows there would be padding, one cell on each side: without it there are 50 - 4 + 1 = 47 places.",
         ROWS, "rows = N + 2 - F + 1"),
        ("With 12 rows the filter would jump by its own width: with stride 1 there are 50 - 4 + 1 = 47 places.",
         ROWS, "rows = N // F"),
        ("Rows and columns are swapped: a row makes one output, and reads all 50 cells.",
         "rows, columns", "columns, rows"),
        ("A column belongs to a cell of x, and there are 50 cells.", ", columns", ", rows"),
        ("A row is as long as x, with zeros where the filter does not lie: there are 50 columns.", ", columns", ", F"),
        (ALL_ENTRIES, C, "weights = rows * N"),
        (ALL_ENTRIES + " The same for e: what is not connected needs no number.", "rows * F", "rows * N"),
        ("Own weights, but still only where the filter lies: 4 for each of 47 places. 2350 would be fully connected.",
         E, "own = rows * N"),
        ("These are the zeros: 2350 entries minus 188. Count those that are not 0.",
         C, "weights = rows * (N - F)"),
        ("You counted each weight again in every row. The filter is the same everywhere: 4 numbers.",
         D, "shared = rows * F"),
        ("The zeros are not weights: nobody learns them. The others hold only 4 numbers.", D, "shared = F + 1"),
        ("There is no bias in the matrix: count the weights alone.", D, "shared = F + 1", E, "own = rows * (F + 1)"),
        ("The filter has 4 different weights. It is one filter, but four numbers.", D, "shared = 1"),
        ("One number for each place? There are 4, those of the filter, at every place.", D, "shared = rows"),
        ("With its own weights at each place nothing is shared: 4 new numbers in each of 47 rows.", E, "own = F"),
        ("Each of the 47 places has its own filter, and each filter has 4 weights.", E, "own = rows"),
        ("You swapped c and d: 188 entries are not 0, and they hold only 4 numbers.",
         "weights, shared", "shared, weights"),
        ("You swapped d and e: shared means 4 numbers, not shared means 188.", "shared, own", "own, shared"),
        ("In e you took 50 rows of 4: there are 47 places, so 47 rows.", E, "own = N * F"),
        ("In c you took 50 rows of 4: there are 47 places, so 47 rows.", C, "weights = N * F"),
        ("You took 50 rows of 4: there are 47 places, so 47 rows.", "rows * F", "N * F"),
        (ONE_ROW, "rows * F", "F"), (ONE_ROW, C, "weights = F"),
        ("Each of the 47 rows holds all 4 weights, not one.", C, "weights = rows"),
    ),
)
