"""Ways in which cnnlib could be wrong, continued: words of pictures, what was measured, what a lesson goes on with, the
tours of lesson 07; and rules of the house style that see nothing. See mutants.py."""

from .mutants import at

FIGURES = at(
    "cnnlib/viz/kit/alt.py",
    ("words-without-room", "a figure leaves no room for what a lesson adds",
     "if len(fig.alt) + 1 + len(sentence) <= ROOM:", "if len(fig.alt) + 1 + len(sentence) <= LONGEST:"),
    ("clause-without-room", "what a lesson adds makes the words of a figure too long",
     "room = LONGEST - len(alt) - bool(alt)", "room = LONGEST"),
    ("measured-by-halves", "of a measured number the digits behind the point are compared",
     r'r"[-−]?\d+(?:[.,]\d+)*(?:e[-−]?\d+)?"', r'r"[-−]?\d+"'),
    ("titles-again", "a title that several pictures share is said for each",
     'dict.fromkeys(", ".join(title.split("\\n")) for title in titles if title)',
     '", ".join(title.split("\\n")) for title in titles if title'),
    ("span-of-all", "of many numbers, the first and the last are said to be the lowest and the highest",
     "low, high = number(finite.min(), digits), number(finite.max(), digits)",
     "low, high = number(finite[0], digits), number(finite[-1], digits)"),
    ("read-out-cut", "of more numbers than are said one by one, the first are said",
     "    if len(values) > FEW:\n", "    values = values[:FEW]\n    if len(values) > FEW:\n"),
    tests="test_alt",
) + at(
    "cnnlib/viz/kit/show.py",
    ("measured-compared", "measured numbers in the words of a figure are compared",
     "plain = unmeasured(alt) if measured else alt", "plain = alt"),
    ("measured-unmarked", "the image of a figure with measured numbers is not marked",
     """mark = ' class="cnn-measured"' if measured else \"\"""", 'mark = ""'),
    ("clause-alone-lost", "where no words of a figure are to be compared, all are",
     "    if own:\n", "    if False:\n"),
    tests="test_alt",
) + at(
    "cnnlib/viz/figures/results.py",
    ("curves-epoch", "the words of learning curves count epochs from 0",
     "in epoch {number(history['epoch'][low])}", "in epoch {number(low)}"),
    tests="test_alt",
)

MEASURED = at(
    "cnnlib/learn/measured.py",
    ("measured-points", "points are shown as shares",
     "value * (100 if unit else 1)", 'value * (100 if unit == " %" else 1)'),
    ("measured-above", "what is to be above its limit may be as large as it",
     '"above": operator.gt', '"above": operator.ge'),
    ("measured-kept", "the tests compare a limit, not whether it is kept",
     "{'' if row.kept else 'not '}{row.expected}\" for", "{row.expected}\" for"),
    ("measured-seen-by-tests", "the tests compare the number that was measured",
     "number(row.number), f", "row.number, f"),
    tests="test_measured",
) + at(
    "cnnlib/learn/library.py",
    ("passing-anything", "a lesson goes on with an answer that does not pass",
     "return answer if yours else", "return answer if True else"),
    ("passing-never", "a lesson always goes on with the solution",
     "return answer if yours else", "return answer if False else"),
    ("passing-function", "in place of a number, a lesson goes on with the function that gives it",
     'asked.solution() if asked.ask == "value" else asked.solution', "asked.solution"),
    ("passing-counts", "to go on with an answer counts as a try",
     "yours = asked.check(answer).passed", "yours = check(id, answer).passed"),
    tests="test_passing",
)

TOURS = at(
    "cnnlib/learn/lesson_07/tour.py",
    ("tour-pixel", "the tour of lesson 07 asks for a pixel that all windows but one have left",
     '"step": 5, "light": "window", "task": {"predict": 5}', '"step": 3, "light": "window", "task": {"predict": 3}'),
    ("tour-largest", "the tour of lesson 07 asks for the pixel that raises the loss most",
     '"task": {"find": "smallest"}', '"task": {"find": "largest"}'),
    tests="test_tour",
) + at(
    "cnnlib/learn/lesson_07/tour_dw.py",
    ("tour-weight", "the second tour of lesson 07 asks for another weight than the last",
     '"task": {"predict": 3}', '"task": {"predict": 2}'),
    ("tour-slope", "the second tour of lesson 07 changes another slope than it says",
     '"task": {"cells": {"dy[0, 0]": 3}}', '"task": {"cells": {"dy[0, 1]": 3}}'),
    tests="test_tour",
)

RULES = "test_notebooks::test_every_rule_can_fail test_notebooks::test_every_rule_has_a_control"
STYLE = at(
    "tools/proofs.py",
    ("proof-taken-from", "a cell may take what only a folded proof has made",
     "for name in sorted(handed & _taken(body)):", "for name in []:"),
    ("proof-in-function", "an assert inside a function is no assert",
     "any(isinstance(node, ast.Assert) for part in body for node in ast.walk(part))",
     "any(isinstance(part, ast.Assert) for part in body)"),
    ("proof-unfolded", "a cell of proof may be open",
     "dict(cell.metadata) != METADATA", "not cell.metadata"),
    ("proof-for-ever", "what a proof has made stays its own, even if it is made again",
     "            handed -= _given(body)\n", ""),
    ("proof-renewed", "what is changed in place is taken for made again",
     "read - given - (_given([part]) if loop else set())", "read - given - _given([part])"),
    ("proof-inside", "names inside a comprehension are handed on",
     "        elif not isinstance(node, inner):\n", "        else:\n"),
    ("clause-unseen", "the words that a cell adds to a figure by name are not looked at",
     'if word.arg == "alt")', "if False)"),
    tests=RULES,
) + at(
    "tools/house_style.py",
    ("words-measured", "words of a measured figure may be anything",
     "measured and (plain == unmeasured(alt) or alt.endswith(f\" {plain}\"))", "measured"),
    tests=RULES,
)

WORDS = [*FIGURES, *MEASURED, *TOURS, *STYLE]
