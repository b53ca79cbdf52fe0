"""The tour of lesson 09: a transposed convolution, stamp by stamp."""

TOUR = [
    {"text": "There are four inputs and a stamp of 3 × 3. Every input stamps its own multiple of it on a larger "
             "map, two cells further each time. Here is the upper left corner: {sum}.",
     "step": 0, "light": ["window", "output"]},
    {"text": "The steps follow the output: each cell collects what was stamped on it. Only one stamp reaches this "
             "cell, with its middle: {sum}.",
     "step": 6, "light": ["products", "output"]},
    {"text": "In the middle of the map all four stamps meet, each with one corner. What is on this cell?",
     "light": "output", "task": {"predict": 12}},
    {"text": "{sum}. Now click `x[1, 0]`, at the lower left, and make it 5. How many cells of `y` change?",
     "light": "y", "task": {"cells": {"x[1, 0]": 5}}},
    {"text": "Five: those under the nonzero numbers of its stamp. Three of them carry other stamps, too. Now set "
             "the stride to 3, so that no two stamps overlap.",
     "step": 12, "light": "y", "task": {"stride": 3}},
    {"text": "The map has grown to {size}, and each cell is stamped once. A stamp as wide as the stride leaves no "
             "gap and no overlap.",
     "step": 0, "light": "y"},
    {"text": "The network of section 7 has stamps of 2 × 2 and a stride of 2, and turns 2 × 2 into {size}. Each input "
             "fills its own square, which shows the four weights times that input.",
     "kernel_size": 2, "stride": 2, "step": 0, "light": ["w", "y"]},
]
