"""The second tour of lesson 03: kernels on a photograph, some of them to be found."""

import numpy as np

_PREWITT = [[-1, 0, 1]] * 3
_MOVED = [[0, 0, 0], [1, 0, 0], [0, 0, 0]]
_TWO_BOXES = (np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1]) / 81).tolist()

TOUR = [
    {"text": "The orange frame is a magnifying glass. Drag it over the man's shoulder, or move it with the arrow "
             "keys, and read the sum below: where is it far from zero?",
     "set": {"picture": "man", "kernel": "sobel x", "second": None, "stride": 1, "padding": "zeros", "dilation": 1,
             "view": "signed", "at": [52, 15]},
     "light": "loupe"},
    {"text": "It is far from zero where the bright sky meets his dark jacket. `sobel x` compares right with left: "
             "blue where it gets darker, red where it gets brighter. `sobel y` compares below with above. Which of "
             "these disappears under `sobel y`?",
     "light": "response",
     "task": {"choose": ["the upright edges of the tower", "the line where the grass begins"], "right": 0,
              "why": ["along an upright edge nothing changes downwards. Choose sobel y and look.",
                      "That line is what changes downwards: it stays."]}},
    {"text": "Your turn: all weights are 0. Type weights whose response is 0 on every flat area, such as the sky, "
             "but far from zero at the edge of his jacket.",
     "set": {"kernel": [[0, 0, 0]] * 3}, "light": "kernel",
     "task": {"do": "edge", "picture": "man", "rows": [48, 55], "columns": [12, 19], "least": 70,
              "solved": {"kernel": _PREWITT}}},
    {"text": "An edge finder's weights add up to 0, so on a flat area they cancel. Those of `sharpen` add up to "
             "{sum}, so flat areas keep their brightness, and the response is a picture again. Blue means darker "
             "than black, red brighter than white.",
     "set": {"kernel": "sharpen", "view": "picture"}, "light": ["kernel", "response"]},
    {"text": "This kernel copies the picture. Change it so that the response is the picture moved one pixel to the "
             "right.",
     "set": {"kernel": "identity"}, "light": "kernel",
     "task": {"do": "moves", "down": 0, "right": 1, "solved": {"kernel": _MOVED}}},
    {"text": "Blur with `box`, nine times 1/9, and blur the result with `box` again. Which single kernel does both "
             "at once? Start from these nine: add rows and columns, type whole numbers, and finally press `÷ sum`.",
     "set": {"kernel": [[1, 1, 1]] * 3}, "light": "kernel",
     "task": {"do": "equals", "kernel": [_TWO_BOXES]}},
    {"text": "There it is: two 3 × 3 kernels make one 5 × 5 kernel. Inside, the two responses agree; at the border "
             "the second kernel reads the padding. Networks stack small kernels and still see far. Now take a "
             "picture of your own.",
     "set": {"kernel": "box", "second": "box"}, "light": ["composed", "picture"]},
]
