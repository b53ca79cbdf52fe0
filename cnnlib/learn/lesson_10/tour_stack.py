"""The second tour of lesson 10: the learner's own network under a shift. No number of a training stands in it."""

TOUR = [
    {"text": "This is everything your network makes of one garment, from the pixels to the ten scores. Click a "
             "cell of `POOL2`. The orange frames show what it can see, layer by layer; the orange pixels are those "
             "that move it now.",
     "set": {"dx": 0, "dy": 0, "unit": None}, "light": "POOL2", "task": {"do": "unit", "stage": "POOL2"}},
    {"text": "How many pixels wide is the piece of the image that a cell of `POOL2` sees?",
     "light": "about", "task": {"number": 16, "why": "Lesson 06 counted it: 5, 6, 14, 16."}},
    {"text": "Click one of the ten scores in `FC5`, and then another. It sees everything. Do the orange pixels "
             "look like the garment? (How far you can believe such a picture is the question of this lesson.)",
     "light": "FC5", "task": {"do": "unit", "stage": "FC5"}},
    {"text": "Now drag the image, or pull the slider. Above the maps are the classes now, with a mark where each "
             "was before. Can you change the answer with two pixels?",
     "set": {"dx": 0, "dy": 0, "unit": None}, "light": ["x", "prediction"]},
    {"text": "The image moved by one pixel. The fully connected layers have no cells that could move: they can "
             "only stay the same. Set the padding to *none*. Why is there no answer any more?",
     "set": {"dx": 1, "dy": 0, "padding": "zeros"}, "light": ["padding", "FC3"],
     "task": {"choose": ["the filters do not fit", "FC3 has one weight for each number that it expects",
                         "a network must pad"], "right": 1,
              "why": ["They fit, but their maps are smaller.",
                      "Smaller maps have fewer numbers, and FC3 knows each number only by its place.",
                      "CONV2 does not pad, either."]}},
    {"text": "Tick *blur before each step*: the same weights, but each step first mixes neighbouring cells. The "
             "marks show the readings without it. Do the layers move along better? Is the answer still right? "
             "These weights have never seen a blur; each of the four kinds of network above was trained as it is "
             "used.",
     "set": {"padding": "zeros", "blur": False}, "light": ["blur", "meters"],
     "task": {"do": "set", "name": "blur", "value": True, "solved": {"blur": True}}},
]
