"""The tour of lesson 01: a filter slides along a row of numbers."""

TOUR = [
    {"text": "Two weights lie on the first two cells of `x`: the window. Each cell meets the weight on it.",
     "step": 0, "light": "window"},
    {"text": "Multiply each pair, then add up: {sum}. That is the first output.",
     "light": ["products", "sum"]},
    {"text": "One cell further on, `w[0]` meets `x[1]`, and `w[1]` meets `x[2]`: at place `i`, `w[k]` meets `x[i + "
             "k]`. The sum is written into `y[i]`, here {place} = {value}.",
     "step": 1, "light": ["window", "output"]},
    {"text": "Look at one weight: `w[1]` takes part in every sum. The filter is the same at every place; only the "
             "window moves.",
     "step": 3, "light": "w[1]"},
    {"text": "Now change something. Click the cell `x[2]`, type 5, and press Enter.",
     "step": 0, "task": {"cells": {"x[2]": 5}}},
    {"text": "The window lies on `x[1]` and `x[2]`. Which number comes out now?",
     "light": "window", "task": {"predict": 1}},
    {"text": "`y[1]` has become {y[1]}, and `y[2]` {y[2]}. Only the windows that cover `x[2]` notice the change; the "
             "other outputs stay the same.",
     "step": 3, "light": "x[2]"},
]
