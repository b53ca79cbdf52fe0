"""The second tour of lesson 05: a whole stack under a shift. It begins with no shift, and no unit chosen."""

TOUR = [
    {"text": "A photograph, and all that a small network makes of it, from left to right: four maps of edges, pooled; "
             "four maps that each add two kinds of edges, pooled; the mean of each. The small maps below are all maps "
             "of a layer. Click a cell of `POOL2`: the orange frames show what it can see, layer by layer, down to "
             "the pixels.",
     "set": {"dx": 0, "dy": 0, "unit": None}, "light": "POOL2", "task": {"do": "unit", "stage": "POOL2"}},
    {"text": "The sentence above the layers says how wide the piece of the photograph is that a cell can see. How "
             "many pixels wide is it for a cell of `CONV2`?",
     "light": ["CONV2", "about"],
     "task": {"number": 8, "why": "A 3 × 3 filter on pairs of pixels that were filtered themselves."}},
    {"text": "Now the photograph has moved by 4 pixels, and what left came in at the other side. The meter of a layer "
             "reads 0 if all its maps have moved along. `CONV1` reads {CONV1}, though a convolution is equivariant! "
             "Its maps now show what did *not* move along. Where is it, and why?",
     "set": {"dx": 4, "unit": None, "mistakes": True}, "light": ["CONV1", "meters"],
     "task": {"choose": ["the filters are too small", "the ReLU", "the zeros around the picture"], "right": 2,
              "why": ["Their size changes nothing: look at the borders of the map.",
                      "It works on each cell by itself, so it moves along. Look at the borders of the map.",
                      "Beside a bright sky, a zero is an edge. That edge stays where the border is."]}},
    {"text": "Switch one thing so that every meter reads 0.",
     "light": ["switches", "meters"], "task": {"do": "still", "solved": {"padding": "circular"}}},
    {"text": "With circular padding, which reads on at the other side, the picture has no border, and all moves along. "
             "Now it moves by *one* pixel. A cell of `POOL1` is two pixels wide: half a cell is no place to move to. "
             "So the dashed meter tries the two nearest whole moves and shows the smaller error. Which layer loses "
             "most?",
     "set": {"padding": "circular", "dx": 1, "mistakes": False}, "light": "meters",
     "task": {"choose": ["CONV1", "POOL1", "POOL2"], "right": 1,
              "why": ["It reads 0: one pixel is one of its cells.",
                      "This is where three of every four numbers are dropped for the first time. The bars below its "
                      "meter are for all shifts: at every even one it reads 0.",
                      "It loses, too, but less than another one."]}},
    {"text": "`POOL1` reads {POOL1}, and the mean at the end {MEAN}, though a mean over a whole map does not ask "
             "where things are. Remember these two numbers, and tick *blur before each step*.",
     "light": ["blur", "meters"], "task": {"do": "set", "name": "blur", "value": True, "solved": {"blur": True}}},
    {"text": "Without the blur they read 0.52 and 0.05; now `POOL1` reads {POOL1} and the mean {MEAN}. What is too "
             "fine for the larger cells was taken out before it could turn into something else. One switch does even "
             "better: with which pooling stride is nothing dropped at all? Set it. And what does it cost?",
     "light": ["pool_stride", "layers"],
     "task": {"do": "set", "name": "pool_stride", "value": 1, "solved": {"pool_stride": 1}}},
    {"text": "Stride 1: every meter reads 0. But no map shrinks any more: `CONV2` now makes maps of 64 × 64 cells, not "
             "32 × 32, and has four times as much to calculate. After more poolings it would be 16 times, 64 times, …",
     "light": ["meters", "layers"]},
]
