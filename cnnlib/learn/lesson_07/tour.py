"""The tour of lesson 07: the way back to the image, collected pixel by pixel."""

TOUR = [
    {"text": "`dy` holds the slopes at the nine outputs, and `w` is the filter. This player fills `dx`: one slope "
             "for each pixel. Only the first window read the corner pixel, with its first weight.",
     "step": 0, "light": ["dy", "w"]},
    {"text": "{sum}. The corner pixel gets the slope of that one output, times the weight it met.",
     "light": ["sum", "output"]},
    {"text": "This pixel is further in. Four windows read it, each with a different weight, so four slopes come "
             "back. What do they add up to?",
     "step": 5, "light": "window", "task": {"predict": 5}},
    {"text": "{sum}. The slopes are in the order of `dy`, row by row. Their weights run backwards, from the last "
             "to the first: {w[1, 1]}, {w[1, 0]}, {w[0, 1]}, {w[0, 0]}. The first output read our pixel with the "
             "last weight, so its slope comes back through the last weight. That rotates the filter by 180°.",
     "step": 5, "light": ["sum", "products"]},
    {"text": "Which pixel would lower the loss most if it got a little brighter? Step through `dx`, stop at the "
             "smallest number, and press the button.",
     "task": {"find": "smallest"}},
    {"text": "{place} is {value}: make this pixel brighter by a hundredth, and the loss changes by {value} "
             "hundredths. `dx` is as large as the image, {size}: each pixel has its own slope.",
     "light": ["output", "size"]},
]
