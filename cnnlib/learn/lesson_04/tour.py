"""The tour of lesson 04: one filter across three channels."""

TOUR = [
    {"text": "Here are three channels, one below the other. The filter has a table of weights for each; all three "
             "tables together are one filter. Its window lies at the same place in every channel.",
     "step": 0, "light": "window"},
    {"text": "In each channel, multiply cell by cell and add up, as in lesson 03. That makes three sums.",
     "light": ["products", "channels"]},
    {"text": "Then add the three sums, and the bias once: {sum}. Three channels went in, and one number came out.",
     "light": ["sum", "output"]},
    {"text": "One step to the right. Three sums, then the bias: what comes out?",
     "light": "window", "task": {"predict": 1}},
    {"text": "{sum}. Now remove the bias: type 0 into the field “bias b[0]” below.",
     "light": "sum", "task": {"cells": {"b[0]": 0}}},
    {"text": "{place} is {value} now. Each output gets the bias once, whatever the window holds, so all {steps} "
             "outputs fell by the same amount.",
     "step": 3, "light": "y"},
]
