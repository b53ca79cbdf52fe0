"""The tour of lesson 07: the way back to the image, a sliding filter once more."""

TOUR = [
    {"text": "On the way back the picture (`x` in this player) is dy: the slopes at the nine outputs, with a frame of "
             "zeros around them. The filter is w after half a turn. What comes out (`y`) is dX: one slope for each "
             "pixel.",
     "step": 0, "light": ["padding", "window"]},
    {"text": "{sum}. In the forward pass a single window read the corner pixel, with its first weight, and that weight "
             "now stands at the end. The rest of the window is padding.",
     "light": ["sum", "output"]},
    {"text": "A pixel further in. Four windows read it, each with another of its weights: four slopes come back. What "
             "do they add up to?",
     "step": 5, "light": "window", "task": {"predict": 5}},
    {"text": "{sum}. Look at the upper left cell of the window, the slope of the first output. That output read our "
             "pixel with its last weight. So here the last weight lies there: that is the half turn.",
     "step": 5, "light": ["sum", "products"]},
    {"text": "Which pixel, made a little brighter, would lower the loss most? Step through dX, stop at the smallest "
             "number, and press the button.",
     "task": {"find": "smallest"}},
    {"text": "{place} is {value}: make this pixel brighter by a hundredth, and the loss changes by {value} hundredths. "
             "dX is as large as the image again, {size}: each pixel has its slope.",
     "light": ["output", "size"]},
]
