"""The tour of lesson 08: a matrix, folded to a filter, slides over maps larger than those it was made for."""

TOUR = [
    {"text": "One row of a matrix, folded: a filter of 3 × 3 on two maps, 18 weights. It was made for maps of 3 × 3, "
             "where a window has a single place. These maps are 4 × 4, and the window lies at their upper left.",
     "step": 0, "light": "window"},
    {"text": "{sum}. All 18 numbers of the window, each times its own weight, then added up. A row of the matrix does "
             "the same to maps of 3 × 3.",
     "light": ["sum", "output"]},
    {"text": "Here there is room for more. One column further right: which score comes out?",
     "light": "window", "task": {"predict": 1}},
    {"text": "{sum}. No weight was added, only a place. Now click `x[0, 3, 3]`, at the lower right of the upper map, "
             "and make it 9. How many of the scores change?",
     "light": "y", "task": {"cells": {"x[0, 3, 3]": 9}}},
    {"text": "Only this one: {place} is {value} now. Each score looks at its own window and knows nothing of the "
             "rest.",
     "step": 3, "light": ["window", "output"]},
    {"text": "So {steps} scores in place of one, and each belongs to a place. That is a map of what is where.",
     "light": "y"},
]
