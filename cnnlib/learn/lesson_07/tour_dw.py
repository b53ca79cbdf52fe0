"""The second tour of lesson 07: the way back to the weights, without half a turn."""

TOUR = [
    {"text": "The image `x` is the same as on the way forward, but now `dy` slides over it: nine slopes, one for "
             "each output. This player fills `dw`: one slope for each of the four weights. What is the first?",
     "step": 0, "light": ["window", "dy"], "task": {"predict": 0}},
    {"text": "{sum}. The first weight met the upper left pixel of each of the nine windows. Those nine pixels now "
             "lie under `dy`, and each is multiplied by the slope of its output.",
     "light": ["products", "sum"]},
    {"text": "The last weight met the pixels one row down and one column to the right. What is its slope?",
     "step": 3, "light": "window", "task": {"predict": 3}},
    {"text": "{sum}. Nothing was rotated: the upper left slope met the upper left pixel of the window, the last "
             "slope the last pixel.",
     "step": 3, "light": ["sum", "output"]},
    {"text": "Now change one slope: click `dy[0, 0]` and make it a 3. Watch all of `dw`.",
     "light": "output", "task": {"cells": {"dy[0, 0]": 3}}},
    {"text": "`dw` is {dw[0, 0]}, {dw[0, 1]}, {dw[1, 0]}, {dw[1, 1]} now. That output counts three times as much, "
             "so every weight that met a pixel other than 0 there changes.",
     "step": 3, "light": "dw"},
]
