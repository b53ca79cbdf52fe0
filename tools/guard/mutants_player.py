"""Ways in which cnnlib could be wrong, continued: tours, scales, what is asked; and what is said of a mistake. See
mutants.py. (What moves in the browser has broken players of its own, in tests/browser.)"""

from .mutants import at

TOURS = at(
    "cnnlib/viz/slide/tour.py",
    ("tour-tells", "the text of a page says what it asks for",
     "if asked and name in _SAID:", "if False:"),
    ("tour-forgets", "the pages behind a task know nothing of what it changed",
     "scene, step = then, step if solved is None else solved", "step = step if solved is None else solved"),
    ("tour-done-before", "a task may ask for what is there already",
     "if then.spec == scene.spec:", "if False:"),
    ("tour-lights-nothing", "a page may light up what its scene has not",
     "if not there.get(name, True):", "if False:"),
    ("tour-finds-anything", "a task may ask for a sum that no step gives",
     "if not len(near):", "if False:"),
    tests="test_tour",
) + at(
    "cnnlib/viz/slide/changed.py",
    ("kernel-grows-at-its-end", "a kernel that grows does so below and to the right only",
     "shift = (n - 1) // 2 - (old - 1) // 2", "shift = 0"),
    ("bias-of-nothing", "a changed cell is written into the scene that it came from",
     "arrays[name] = arrays[name].copy()\n", "arrays[name] = arrays[name]\n"),
    tests="test_tour",
)

PICTURES = at(
    "cnnlib/viz/kit/scale.py",
    ("scale-bleached", "one cell of 100 bleaches all others",
     "FAR, FEW = 8, 0.05", "FAR, FEW = 1e99, 0.05"),
    ("scale-hides", "what is beyond the scale is marked nowhere",
     "abs(value) > self.limit * (1 + 1e-9)", "abs(value) > self.limit * 1e9"),
    ("numbers-as-picture", "numbers to be read are drawn as a picture",
     "if channels not in (1, 3) or min(rows, columns) < SIDE or", "if channels not in (1, 3) or"),
    tests="test_scale",
) + at(
    "cnnlib/viz/slide/words.py",
    ("size-told", "words of what asks tell how many outputs there are",
     "if scene.sized else", "if True else"),
    ("value-told", "words of what asks tell an output that is not known",
     "for n in sorted(plan.scene.known) if n <= step", "for n in range(step + 1)"),
    tests="test_asking",
) + at(
    "cnnlib/viz/kit/png.py",
    ("scale-in-bands", "what is smooth goes into the grid of edges, unless it is large",
     "seen = _seen(pixels, first, lengths, np.sort(areas), runs)", "seen = np.sort(areas)"),
    ("ground-in-a-grid", "where colours are many, the ground and the large areas change, too",
     "largest = areas[:left]", "largest = areas[:0]"),
    ("photograph-of-other-hues", "the few colours of a photograph are not the means of what they stand for",
     "few.putpalette(means.tobytes())", "means.tobytes()"),
    tests="test_png",
)

MISTAKES = at(
    "cnnlib/learn/facts/search.py",
    ("fact-of-two", "where two facts fit an answer, one of them is told",
     "return simplest.pop() if len(simplest) == 1 else None", "return min(simplest)"),
    ("fact-by-chance", "a fact needs no evidence",
     "LITTLE, MUCH = 7, 16 ", "LITTLE, MUCH = -99, -99 "),
    tests="test_facts",
) + at(
    "cnnlib/learn/code.py",
    ("cause-unseen", "what is said of the code need not stand in it",
     'return "?" in sentence or all(', 'return True or all('),
    tests="test_code",
) + at(
    "cnnlib/learn/slips.py",
    ("slip-of-one-way", "a row stands for one way only",
     "return [edited(way, *changes) for way in fitting]", "return [edited(way, *changes) for way in fitting[:1]]"),
    tests="test_slips",
)

PLAYER = [*TOURS, *PICTURES, *MISTAKES]
