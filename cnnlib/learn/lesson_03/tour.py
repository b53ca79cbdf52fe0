"""The tour of lesson 03, to be shown in a lecture hall, too: a filter slides over an image."""

TOUR = [
    {"text": "A filter of 3 × 3 weights lies on the top left corner of the image. Its nine pixels, each under one "
             "weight, are the window.",
     "step": 0, "light": "window"},
    {"text": "Multiply each pixel by its weight: nine products. Add them up to one number: {place} = {value}.",
     "light": ["products", "sum"]},
    {"text": "The window moves to the right, column by column. At the end of a row it jumps back to the left, one "
             "row down. Its sums fill `y` in the same order.",
     "step": 3, "light": ["window", "output"]},
    {"text": "Where does the filter match the image worst? Step through all {steps} places, stop at one with the "
             "smallest sum, and press the button.",
     "step": 0, "task": {"find": "smallest"}},
    {"text": "The stride of lesson 01 now works in both directions: the window takes larger steps, to the right "
             "and down. Set the stride to 2.",
     "step": 0, "task": {"stride": 2}},
    {"text": "Only {steps} places are left. The window lies on the last of them. What comes out?",
     "light": "window", "task": {"predict": 3}},
    {"text": "{sum}. With stride 1 the same window gave the same number: a stride only skips places. Now set the "
             "stride back to 1, and the padding to 1.",
     "light": ["size"], "task": {"stride": 1, "padding": 1}},
    {"text": "A frame of zeros lies around the image. Now the filter can hang over the border, and the output is "
             "as large as the image: {formula}.",
     "step": 0, "light": ["padding", "size"]},
]
