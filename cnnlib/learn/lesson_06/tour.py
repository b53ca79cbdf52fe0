"""The tour of lesson 06: a network that reads digits, drawn into and looked into."""

_DOWN = {"points": [14, 4, 14, 24], "width": 2.4, "erase": False}
_SMALL = {"points": [3, 3, 8.5, 3, 5, 11], "width": 1.2, "erase": False}   # a 7, in a corner

TOUR = [
    {"text": "This network has learned to read digits. Draw one on the black pad, and watch the bars on the right "
             "as you draw.",
     "set": {"image": -1}, "light": ["pad", "answer"], "task": {"do": "drawn"}},
    {"text": "Between your drawing and the bars are the layers. Six filters made the six maps of `conv 1`: a "
             "filter answers where its map is red. Each pool halves a map, and `conv 2` makes 16 maps, each from "
             "all six. This drawing is a single stroke down. Which map of `conv 1` answers least? Click it.",
     "set": {"image": -1, "strokes": [_DOWN]}, "light": "first",
     "task": {"do": "quietest", "column": 0, "solved": {"looking": [0, 2]}}},
    {"text": "Now look at one number: click another one in the large map of `conv 2` to see its sum. It reads a "
             "window of 5 × 5 in each of the six maps. How many products is that?",
     "set": {"looking": [2, 5, 4, 4]}, "light": "closer",
     "task": {"number": 150, "why": "6 · 5 · 5 products, and a bias. Slide over this window shows them moving."}},
    {"text": "Here is a small 7 in a corner. The small picture shows what the network gets: the 7 enlarged to 20 "
             "pixels and moved to the middle, like all digits it learned from. Switch `centre as MNIST` off.",
     "set": {"looking": [], "strokes": [_SMALL]}, "light": ["input", "centring"],
     "task": {"do": "switched", "solved": {"centred": False}}},
    {"text": "It has never seen a digit like that, and is lost. The switch is on again: draw a 1, one stroke down. "
             "Then add to it, little by little, until the network says 7.",
     "set": {"strokes": [], "centred": None}, "light": ["pad", "answer"],
     "task": {"do": "becomes", "from": "1", "to": "7"}},
    {"text": "This test image is a 2. Take the eraser: one stroke is enough to change the network's mind. Where?",
     "set": {"image": 6, "strokes": []}, "light": "eraser", "task": {"do": "erased", "most": 1}},
    {"text": "It does not know what a digit is. It adds up products, and what you left adds up to another digit. "
             "Click a bar to see which of the 84 numbers before it spoke for it. Then draw anything you like.",
     "set": {"image": 6, "strokes": []}, "light": "answer"},
]
