"""The questions at the end of lesson 00."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "00",
    Question(
        "The filter of section 3, right minus left, lies on nine pixels of an even sky, each 200. What does it give?",
        Option("200", "The answer is not a brightness: pixels are weighed, the left ones with −1, and added up."),
        Option("600", "That is the right column alone. The left one counts with −1 and takes 600 away."),
        Right("0", "600 on the right minus 600 on the left. The filter asks for a difference, and finds none."),
        Option("1800", "That adds up all nine pixels without their weights."),
    ),
    Question(
        "Six filters of 5 × 5 for colour images have 456 parameters. Now the images are twice as wide and twice as "
        "high. How many parameters have the six filters?",
        Option("912", "Larger images have more places, not more weights: each place uses the same ones."),
        Option("1824", "Four times as many pixels would mean four times as many weights if every pixel had wires of "
                       "its own. That is the fully connected layer."),
        Right("456", "A filter has as many weights as it has cells, and one bias. There are more places to slide it "
                     "to, and all of them share these."),
        Option("31,690", "That was how many times more the fully connected layer needs."),
    ),
    Question(
        "Three formulas were fitted to the same twelve points. Which of them should be used for new points?",
        Option("the one that hits all seen points", "It has learnt them by heart, the noise included."),
        Option("the one with the most parameters", "They let it follow the noise, and on new points that hurts."),
        Option("the one with the fewest parameters", "With two it is a straight line, too stiff for a curve."),
        Right("the one that is off least on points it has not seen", "That is what it is made for. What it has seen, "
                                                                     "it need not predict."),
    ),
)
