"""The questions at the end of lesson 00."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "00",
    Question(
        "A filter that takes left from right, with the weights −1, 0, 1 in each row, lies on nine pixels of even "
        "sky, each 200. What comes out?",
        Option("200", "The answer is not a brightness: pixels are weighed, the left ones with −1, and added up."),
        Option("600", "That is the right column alone. The left one counts with −1 and takes 600 away."),
        Right("0", "600 on the right minus 600 on the left. The filter asks for a difference, and finds none."),
        Option("1800", "That adds up all nine pixels without their weights."),
    ),
    Question(
        "The first layer of a network is fully connected, with 16 outputs. The images become twice as wide and twice "
        "as high. How many times as many weights does the layer need?",
        Option("1", "That is a layer of filters: however many places there are, all share the same weights."),
        Option("2", "That counts the columns only. There are twice as many rows, too."),
        Right("4", "There are four times as many pixels, each wired to all 16 outputs. Filters would need no new "
                   "weight."),
        Option("16", "That would need four times as many outputs, too. There are still 16."),
    ),
    Question(
        "A formula hits all twelve points that it was fitted to. How good is it on new points?",
        Option("just as good", "It may have learnt the noise by heart, and new points have other noise."),
        Option("bad: it has too many parameters", "Perhaps. But a good formula, too, can hit the points it has seen."),
        Option("good, if it has few parameters", "Too few make it too stiff, and then it misses new points as well."),
        Right("Only new points can tell.", "It need not predict what it has seen. Try it on what it has not seen."),
    ),
)
