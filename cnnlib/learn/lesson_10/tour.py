"""The tour of lesson 10: how many ways lead from one number of the last layer down to each cell of a lower one."""

TOUR = [
    {"text": "Each number of a layer reads three cells of the layer below. Here we walk down, as in lesson 07: `x` "
             "is the later layer, `y` the one below it. Start at one number of the last layer, the single 1 in "
             "`x`. For each cell, `y` counts the ways down to it.",
     "step": 3, "light": ["x", "output"]},
    {"text": "{sum}: there is one way. The same goes for all three cells that the number reads; every other cell "
             "has none.",
     "step": 4, "light": ["sum", "products"]},
    {"text": "One layer further down, these three cells are the readers. So copy the row `y` into `x`: `x[3]` and "
             "`x[5]` become 1, too.",
     "step": 2, "light": ["x[3]", "x[5]"], "task": {"cells": {"x[3]": 1, "x[5]": 1}}},
    {"text": "How many ways lead from our number down to the middle cell now?",
     "light": "window", "task": {"predict": 4}},
    {"text": "{sum}: straight up, or through a neighbour on either side. The outermost visible cell has only "
             "{y[2]} way.",
     "step": 4, "light": ["sum", "output"]},
    {"text": "Now a third layer: `x` is the row you have just seen. How many ways lead down to the middle now?",
     "cells": {"x[2]": 1, "x[3]": 2, "x[4]": 3, "x[5]": 2, "x[6]": 1}, "light": "window", "task": {"predict": 4}},
    {"text": "The whole row reads {y[1]}, {y[2]}, {y[3]}, {y[4]}, {y[5]}, {y[6]}, {y[7]}. Our number sees seven cells. "
             "But {y[4]} ways lead down to the middle one, and {y[1]} to each at the edge.",
     "step": 8, "light": "y"},
]
