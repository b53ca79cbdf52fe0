"""The tour of lesson 00: one filter on a piece of a photograph."""

TOUR = [
    {"text": "These 5 × 7 pixels, `x`, are a piece of the photograph. The nine pixels in the orange frame are the "
             "window: the filter `w` lies on them now.",
     "step": 0, "light": "window"},
    {"text": "Each pixel is multiplied by the weight on it. The right column counts with {w[0, 2]}, the left one "
             "with {w[0, 0]}, the middle one not at all. That makes nine products.",
     "light": "products"},
    {"text": "The products are added up: {place} is {value}. It stands in the first cell of the response, `y`.",
     "light": ["sum", "output"]},
    {"text": "One step on, the window lies one pixel further right, and its sum goes into the next cell. Go on by "
             "yourself: the arrow keys step, the space bar plays.",
     "step": 1, "light": ["window", "output"]},
    {"text": "In section 3 you worked out one place of the photograph, and the sum was {y[1, 2]}. Which step is that "
             "place? Go there, then press the button.",
     "step": 0, "task": {"find": -529}},
    {"text": "Now the strongest edge: go to the step whose number is farthest from zero, above or below.",
     "step": 7, "task": {"find": "farthest"}},
    {"text": "Step {step} is it: {place} is {value}. Bright pixels lie under −1, dark ones under 1, and the window "
             "lies right across the edge. On an even piece of sky the two columns would cancel out.",
     "light": ["window", "output"]},
]
