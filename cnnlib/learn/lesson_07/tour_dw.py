"""The second tour of lesson 07: the way back to the weights, without half a turn."""

TOUR = [
    {"text": "The picture is x, as in the forward pass. But now dy slides over it (`w` in this player): nine slopes, "
             "as many as there were outputs. What comes out (`y`) is dW: one slope for each of the four weights.",
     "step": 0, "light": ["window", "w"]},
    {"text": "{sum}. The first weight met the upper left pixel of each of the nine windows. Those pixels lie under dy "
             "now, each times the slope of the output it went into.",
     "light": ["products", "sum"]},
    {"text": "The last weight met the pixels one row further down and one column further right. What is its slope?",
     "step": 3, "light": "window", "task": {"predict": 3}},
    {"text": "{sum}. Nothing was turned round. Pixels and slopes keep their places, because weight and window move in "
             "the same direction.",
     "step": 3, "light": ["sum", "output"]},
    {"text": "Now change a single slope: make dy[0, 0], the cell `w[0, 0]` in this player, a 3. Watch all of dW.",
     "light": "output", "task": {"cells": {"w[0, 0]": 3}}},
    {"text": "dW is {y[0, 0]}, {y[0, 1]}, {y[1, 0]}, {y[1, 1]} now. One output complains more loudly, and every weight "
             "that met a pixel for it hears of it: all weights serve all outputs.",
     "step": 3, "light": "y"},
]
