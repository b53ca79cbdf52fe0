"""The tour of lesson 03, to be shown in a lecture hall, too: a filter slides over an image."""

TOUR = [
    {"text": "A filter of 3 × 3 weights lies on the top left corner of the image. Nine pixels, and on each of them "
             "one weight: this is the window.",
     "step": 0, "light": "window"},
    {"text": "Multiply each pixel by its weight: nine products. Add them up, and one number is left: {place} = "
             "{value}.",
     "light": ["products", "sum"]},
    {"text": "The window moves to the right, column by column. At the end of a row it jumps: back to the left, and "
             "one row down. Its sums fill `y` in the same order.",
     "step": 3, "light": ["window", "output"]},
    {"text": "Where does the filter match the image worst? Step through all {steps} places, go to one with the "
             "smallest sum, and press the button.",
     "step": 0, "task": {"find": "smallest"}},
    {"text": "Stride, as in lesson 01, only in both directions: the window takes larger steps, to the right and "
             "down. Set the stride to 2.",
     "step": 0, "task": {"stride": 2}},
    {"text": "Only {steps} places are left. The window lies on the last of them. What comes out?",
     "light": "window", "task": {"predict": 3}},
    {"text": "{sum}. With stride 1 the same window gave the same number: a stride only leaves places out. Now "
             "padding: set the stride back to 1, and the padding to 1.",
     "light": ["size"], "task": {"stride": 1, "padding": 1}},
    {"text": "A frame of zeros lies around the image. The filter may hang over the border now, and the output is as "
             "large as the image: {formula}.",
     "step": 0, "light": ["padding", "size"]},
]
