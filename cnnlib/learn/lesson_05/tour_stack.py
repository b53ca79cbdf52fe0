"""The second tour of lesson 05: a whole stack under a shift. It begins with no shift, and no unit chosen."""

TOUR = [
    {"text": "This is a photograph and everything a small network makes of it, from left to right: four maps of "
             "edges, pooled; four maps that each add two kinds of edges, pooled; the mean of each. Below are all "
             "maps of a layer, small. Click a cell of `POOL2`: the orange frames show what it sees, layer by "
             "layer, down to the pixels.",
     "set": {"dx": 0, "dy": 0, "unit": None}, "light": "POOL2", "task": {"do": "unit", "stage": "POOL2"}},
    {"text": "The sentence above the layers says how wide a piece of the photograph a cell sees. How many pixels "
             "wide is it for a cell of `CONV2`?",
     "light": ["CONV2", "about"],
     "task": {"number": 8, "why": "A 3 × 3 filter on pairs of pixels that were filtered themselves."}},
    {"text": "Now the photograph has moved by 4 pixels, and what left on one side came in on the other. A layer's "
             "meter reads 0 if all its maps moved along. `CONV1` reads {CONV1}, although a convolution is "
             "equivariant! Its maps now show what did *not* move along. Where is it, and why?",
     "set": {"dx": 4, "unit": None, "mistakes": True}, "light": ["CONV1", "meters"],
     "task": {"choose": ["the filters are too small", "the ReLU", "the zeros around the picture"], "right": 2,
              "why": ["Their size changes nothing: look at the borders of the map.",
                      "It works on each cell by itself, so it moves along. Look at the borders of the map.",
                      "Next to a bright sky, a zero makes an edge. That edge stays at the border."]}},
    {"text": "Switch one thing so that every meter reads 0.",
     "light": ["switches", "meters"], "task": {"do": "still", "solved": {"padding": "circular"}}},
    {"text": "Circular padding reads on at the other side: the picture has no border, so everything moves along. "
             "Now it moves by *one* pixel. A cell of `POOL1` is two pixels wide, and nothing can move by half a "
             "cell. So the dashed meter tries the two nearest whole moves and shows the smaller error. Which layer "
             "loses most?",
     "set": {"padding": "circular", "dx": 1, "mistakes": False}, "light": "meters",
     "task": {"choose": ["CONV1", "POOL1", "POOL2"], "right": 1,
              "why": ["It reads 0: one pixel is one of its cells.",
                      "Here three of every four numbers are dropped for the first time. The bars below its meter "
                      "show all shifts: at every even one it reads 0.",
                      "It loses, too, but another layer loses more."]}},
    {"text": "`POOL1` reads {POOL1}, and the mean at the end {MEAN}, although a mean over a whole map does not "
             "care where things are. Remember these two numbers, and tick *blur before each step*.",
     "light": ["blur", "meters"], "task": {"do": "set", "name": "blur", "value": True, "solved": {"blur": True}}},
    {"text": "Without the blur they read 0.52 and 0.05; now `POOL1` reads {POOL1} and the mean {MEAN}. The blur "
             "removed what is too fine for the larger cells before it could turn into something else. One switch "
             "does even better: with which pooling stride is nothing dropped at all? Set it. What does it cost?",
     "light": ["pool_stride", "layers"],
     "task": {"do": "set", "name": "pool_stride", "value": 1, "solved": {"pool_stride": 1}}},
    {"text": "Stride 1: every meter reads 0. But no map shrinks any more: `CONV2` now makes maps of 64 × 64 cells, "
             "not 32 × 32, so it calculates four times as much. After more poolings it would be 16 times, 64 "
             "times, …",
     "light": ["meters", "layers"]},
]
