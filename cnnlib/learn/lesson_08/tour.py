"""The tour of lesson 08: a matrix, folded to a filter, slides over maps larger than those it was made for."""

TOUR = [
    {"text": "This is one row of a matrix, folded: a filter of 3 × 3 on two maps, 18 weights. It was made for maps "
             "of 3 × 3, where a window has a single place. These maps are 4 × 4, and the window is at the upper "
             "left.",
     "step": 0, "light": "window"},
    {"text": "{sum}. Each of the 18 numbers of the window is multiplied by its weight, and all are added up. A row "
             "of the matrix does the same to maps of 3 × 3.",
     "light": ["sum", "output"]},
    {"text": "Here there is room for more. Which score comes out one column further right?",
     "light": "window", "task": {"predict": 1}},
    {"text": "{sum}. There is no new weight, only a new place. Now click `x[0, 3, 3]`, at the lower right of the "
             "upper map, and make it 9. How many scores change?",
     "light": "y", "task": {"cells": {"x[0, 3, 3]": 9}}},
    {"text": "Only this one: {place} is {value} now. Each score sees only its own window.",
     "step": 3, "light": ["window", "output"]},
    {"text": "So there are {steps} scores instead of one, and each belongs to a place: a map of what is where.",
     "light": "y"},
]
