"""How many rows, columns, weights and different numbers the matrix of a filter has."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    N, F = 50, 4
    rows = N - F + 1                    # one for each output
    columns = N                         # one for each cell of x
    weights = rows * F                  # F in every row
    shared = F                          # the same in every row
    own = rows * F                      # nothing is shared
    return [rows, columns, weights, shared, own]


def but(**changed):
    """The right answer with some of its five numbers changed: a=, b=, c=, d=, e=."""
    return [changed.get(letter, number) for letter, number in zip("abcde", solution(), strict=True)]


ROW_PER_CELL = "There is one row for each output, and a filter of 4 finds only 50 - 4 + 1 = 47 places on 50 cells."
ALL_ENTRIES = "You counted every entry of the matrix. A weight stands only where the filter lies: 4 in each of 47 rows."

EXERCISE = Exercise(
    id="02.3",
    title="Count without drawing",
    statement="""A filter of 4 weights, all different and none 0, slides over 50 cells: stride 1, no padding. Its matrix
is too large to draw, but not to count. Give five numbers:

**a)** rows · **b)** columns · **c)** entries that are not 0 · **d)** different numbers among those entries ·
**e)** different numbers if every place had its own 4 weights, all different (sparse, but not shared)""",
    signature="answer: a list of five whole numbers",
    difficulty=2,
    minutes=3,
    hints=(
        "Go back to the small matrices above. What does a row stand for, and what a column?",
        "One row for each output, one column for each cell of x. Every row holds the whole filter once.",
        "The filter finds 50 − 4 + 1 = 47 places. Each place is a row with 4 weights in it: the same 4 when they are "
        "shared, 4 new ones when they are not.",
    ),
    solution=solution,
    errors="""- *50 rows*: rows are outputs, and there are $N - F + 1 = 47$ of them.
- *2350 in c* counts all entries, also the zeros. Only 188 are weights: the matrix is sparse.
- *188 in d* counts each weight in each row as a new number. It is the same 4 numbers over and over: they are shared.
- *c and e are equal*: giving up sharing connects nothing new, it only gives every connection its own number.""",
    praise="47 rows of 4: 188 weights stand there, and 4 numbers are learnt.",
    insight="Sparsity is the step from 2350 entries to 188, sharing the step from 188 numbers to 4: two steps, each of "
            "which could be taken without the other.",
    ask="value",
    returns="answer",
    right=[(47, 50, 188, 4, 188), np.array([47, 50, 188, 4, 188]), [47.0, 50.0, 188.0, 4.0, 188.0],
           np.array([47, 50, 188, 4, 188], np.float32)],
    wrong=[
        Wrong([50, 50, 200, 4, 200], ROW_PER_CELL + " With 47 rows, c and e change, too."),
        Wrong(but(a=50), ROW_PER_CELL),
        Wrong([46, 50, 184, 4, 184], "There is one place more: 50 - 4 counts the steps, and the place at the start "
                                     "comes on top."),
        Wrong([48, 50, 192, 4, 192], "There is one place less: with 48 places the filter would hang over the end."),
        Wrong([50, 47, 188, 4, 188], "Rows and columns are exchanged: a row makes one output, and reads all 50 cells."),
        Wrong(but(b=47), "A column belongs to a cell of x, and there are 50 cells."),
        Wrong(but(b=4), "A row is as long as x, with zeros where the filter does not lie: there are 50 columns."),
        Wrong(but(c=2350), ALL_ENTRIES),
        Wrong(but(c=2350, e=2350), ALL_ENTRIES + " The same for e: what is not connected needs no number."),
        Wrong(but(e=2350), "Own weights, but still only where the filter lies: 4 for each of 47 places. 2350 would be "
                           "fully connected."),
        Wrong(but(c=2162), "These are the zeros: 2350 entries less 188. The question is for those that are not 0."),
        Wrong(but(d=188), "You counted each weight again in every row. The filter is the same everywhere: 4 numbers."),
        Wrong(but(d=5), "The zeros are not weights: nobody learns them. Among the others there are 4 numbers."),
        Wrong(but(d=1), "The filter has 4 different weights. It is one filter, but four numbers."),
        Wrong(but(d=47), "One number for each place? There are 4, those of the filter, at every place."),
        Wrong(but(e=4), "With its own weights at each place nothing is shared: 4 new numbers in each of 47 rows."),
        Wrong(but(e=47), "Each of the 47 places has its own filter, and each filter has 4 weights."),
        Wrong(but(c=4, d=188), "Two are exchanged, c and d: 188 entries are not 0, and only 4 numbers stand in them."),
        Wrong(but(e=200), "In e you took 50 rows of 4: there are 47 places, so 47 rows."),
        Wrong([53, 50, 212, 4, 212], "With 53 rows the filter would hang over both ends: without padding there are "
                                     "50 - 4 + 1 = 47 places."),
        Wrong(but(c=200, e=200), "You took 50 rows of 4: there are 47 places, so 47 rows."),
        Wrong(but(c=4, e=4), "You counted one row. There are 47 of them, each with 4 weights."),
        Wrong(but(c=4), "You counted one row. There are 47 of them, each with 4 weights."),
        Wrong(but(d=188, e=4), "Two are exchanged, d and e: shared means 4 numbers, not shared means 188."),
        Wrong([50, 50, 2500, 4, 2500], ROW_PER_CELL, ALL_ENTRIES),
        Wrong([50, 50, 200, 200, 200], ROW_PER_CELL, "In d the weights are shared: 4 numbers, however many rows."),
    ],
)
