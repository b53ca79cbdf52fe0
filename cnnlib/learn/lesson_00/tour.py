"""The tour of lesson 00: one filter on a piece of a photograph."""

TOUR = [
    {"text": "These 5 × 7 pixels, `x`, are a piece of the photograph. The orange frame is the window: the filter `w` "
             "lies on these nine pixels.",
     "step": 0, "light": "window"},
    {"text": "Multiply each pixel by the weight on it: {w[0, 0]} in the left column, 0 in the middle, {w[0, 2]} on "
             "the right. That makes nine products.",
     "light": "products"},
    {"text": "Add them up: {place} is {value}. It goes into the first cell of the response, `y`.",
     "light": ["sum", "output"]},
    {"text": "One step on, the window is one pixel further right, and its sum goes into the next cell. Go on "
             "yourself: the arrow keys step, the space bar plays.",
     "step": 1, "light": ["window", "output"]},
    {"text": "You already know one place of the photograph: its sum is {y[1, 2]}. Which step is it? Go there, then "
             "press the button.",
     "step": 0, "task": {"find": -529}},
    {"text": "Now find the strongest edge: the step whose number is farthest from zero, above or below.",
     "step": 7, "task": {"find": "farthest"}},
    {"text": "Step {step} is it: {place} is {value}. Bright pixels lie under −1, dark ones under 1: the window lies "
             "right across the edge. On even sky the two columns would cancel.",
     "light": ["window", "output"]},
]
