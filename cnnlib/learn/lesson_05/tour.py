"""The tour of lesson 05: what a maximum notices."""

TOUR = [
    {"text": "A window without weights asks a fixed question: which of these four numbers is the largest?",
     "step": 0, "light": "window"},
    {"text": "{sum}. It keeps the largest number and forgets the other three.",
     "light": ["sum", "output"]},
    {"text": "The window moves by its own width, so windows lie edge to edge. Here it is in the second row of "
             "windows. Which number does it keep?",
     "light": "window", "task": {"predict": 2}},
    {"text": "Back to the first window. Click its 2, `x[1, 1]`, and make it a 4. Watch `y`.",
     "step": 0, "light": "output", "task": {"cells": {"x[1, 1]": 4}}},
    {"text": "{place} is still {value}: the maximum did not notice. Now make the 4 a 6.",
     "light": "output", "task": {"cells": {"x[1, 1]": 6}}},
    {"text": "{sum}. Now it noticed. A maximum ignores whatever happens below it: that is half of what this lesson "
             "is about.",
     "light": ["sum", "output"]},
]
