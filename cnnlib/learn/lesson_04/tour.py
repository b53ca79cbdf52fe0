"""The tour of lesson 04: one filter across three channels."""

TOUR = [
    {"text": "Three channels, one below the other. The filter has a table of weights for each of them, and all three "
             "tables together are one filter. Its window lies at the same place in every channel.",
     "step": 0, "light": "window"},
    {"text": "Within each channel: multiply cell by cell, and add up, as in lesson 03. That makes three sums.",
     "light": ["products", "channels"]},
    {"text": "Then the three sums are added, and the bias once: {sum}. Three channels went in, and one number came "
             "out.",
     "light": ["sum", "output"]},
    {"text": "One step to the right. Three sums, then the bias: what comes out?",
     "light": "window", "task": {"predict": 1}},
    {"text": "{sum}. Now take the bias away: type 0 into the field “bias b[0]” below.",
     "light": "sum", "task": {"cells": {"b[0]": 0}}},
    {"text": "{place} is {value} now. The bias is added once to each output, whatever the window holds: all {steps} "
             "outputs are smaller by the same number.",
     "step": 3, "light": "y"},
]
