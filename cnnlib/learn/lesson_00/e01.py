"""Count the parameters of a layer."""

from ..exercise import Exercise, Wrong
from ..slips import slips


def solution():
    weights = 5 * 5 * 3           # one filter: 5 x 5 weights for each of 3 colours
    return (weights + 1) * 10     # with its bias; and ten of them


ONE = "That is one filter: there are ten."
BIAS = "Each filter has a bias, too."
COLOURS = "A colour image has three colours: each filter has 5 × 5 weights for each of them."
THREE_MORE = "The colours multiply: a filter has 5 · 5 weights for each of the three, not three extra weights."
FIVE = "A filter has 5 · 5 weights for each of three colours: 5 · 5 · 3, not 5 · 5 · 5."
FOURTH = "A colour image has three colours: red, green and blue, no fourth."
POWER = "`^` is not a power in Python: write `5 ** 2`, or `5 * 5`."
NINE = "That is nine filters: there are ten."
IMAGE = "You counted places or pixels of an image: only weights and biases are parameters."

EXERCISE = Exercise(
    id="00.1",
    title="Your first count",
    statement="A layer has **ten** 5 × 5 filters for colour images. How many parameters does it have?",
    signature="answer: a whole number",
    ask="value",
    difficulty=1,
    minutes=2,
    hints=(
        "Count one filter first. How many numbers does it hold?",
        "A colour image has three colours: a filter has 5 × 5 weights for *each*. Then there is one more number.",
        "One filter: 5 · 5 · 3 weights and 1 bias. There are ten of them.",
    ),
    solution=solution,
    errors="""- *750* forgets the biases, *751* gives all the filters a single bias.
- *260* is $(5 \\cdot 5 + 1) \\cdot 10$: it forgets the three colours.
- The size of the image does not matter.""",
    praise="5 · 5 · 3 weights and a bias, ten times.",
    insight="The size of the image does not matter: the same filters slide over any image.",
    right=[760.0, (5 * 5 * 3 + 1) * 10, 75 * 10 + 10],
    wrong=[*slips(
        [solution],
        (BIAS, " + 1", ""),
        ("Each filter has a bias of its own, not one for all of them.", "(weights + 1) * 10", "weights * 10 + 1"),
        ("Each filter has a bias of its own, not one for each colour.", "(weights + 1) * 10", "weights * 10 + 3"),
        ("A filter has one bias, not one for each colour: all its products are added up first.", "+ 1", "+ 3"),
        ((COLOURS, "Each filter has a bias of its own, not one for all of them."),
         " * 3", "", "(weights + 1) * 10", "weights * 10 + 1"),
        ("Each filter has one bias, not one for each weight.", "(weights + 1) * 10", "weights * 2 * 10"),
        ("Those are the weights of one filter for one colour: there are three colours, a bias, and ten filters.",
         " * 3", "", "(weights + 1) * 10", "weights"),
        (POWER, "5 * 5", "5 ^ 2"), (POWER, "(weights + 1)", "(5 ^ 2 * 3 + 1)"),
        ("A filter has one bias, not two.", "+ 1", "+ 2"), ("The biases are added, not subtracted.", "+ 1", "- 1"),
        (COLOURS, " * 3", ""), ((COLOURS, BIAS), " * 3", "", " + 1", ""),
        (ONE, " * 10", ""), ((ONE, BIAS), " * 10", "", " + 1", ""), ((ONE, COLOURS), " * 10", "", " * 3", ""),
        ("You have ten biases, but only one filter's weights.", "(weights + 1) * 10", "weights + 10"),
        ("You counted the colours twice: a filter has 5 · 5 · 3 weights for all of them together.", " * 10", " * 30"),
        ("A filter of 5 × 5 has 5 · 5 weights for each colour, not 5 + 5.", "5 * 5", "(5 + 5)"),
        ("A filter of 5 × 5 has 5 · 5 weights for each colour, not 5.", "5 * 5", "5"),
        (FOURTH, "* 3", "* 4"), ((FOURTH, BIAS), "* 3", "* 4", " + 1", ""),
        (THREE_MORE, " * 3", " + 3"),
        ("That is the count for 3 × 3 filters, or for 5 · 5 + 3 weights without a bias: here each filter has 5 · 5 · "
         "3 weights and a bias.", "5 * 5", "3 * 3"),
        ("A colour image has three colours, not two.", "* 3", "* 2"),
        ((COLOURS, "Each filter has one bias, not ten."), "weights + 1", "weights // 3 + 10"),
        ("Each filter has one bias, not ten.", "weights + 1", "weights + 10"),
        ("A filter reads the three colours of the image, however many filters there are.", "* 3", "* 10"),
        (THREE_MORE, "(weights + 1) * 10", "5 * 5 * 10 + 3"),
        (FIVE, "5 * 3", "5 * 5"), ((FIVE, BIAS), "5 * 3", "5 * 5", " + 1", ""),
        (NINE, " * 10", " * 9"), ((NINE, BIAS), " * 10", " * 9", " + 1", ""),
        ("That is the count for six filters: here there are ten.", "10", "6"),
    ), *(Wrong(number, IMAGE) for number in (30720, 10240, 7840, 47040, 595840, 768000))],
)
