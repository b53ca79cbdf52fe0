"""The questions at the end of lesson 10."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "10",
    Question(
        "A network tells wolves from dogs, and is right on 98 of 100 test photographs. Nearly all photographs of "
        "wolves show snow, in training and in test. What do the 98 show?",
        Option("That it knows wolves from dogs.", "It may know snow from grass. On these photographs that rule is "
               "right just as often."),
        Option("Nothing at all.", "They show something: on photographs taken in the same way it will be right that "
               "often."),
        Right("That it is right on photographs taken in the same way.", "For the rest, ask for wolves on grass, or "
              "cover the snow."),
        Option("That it overfits.", "Overfitting shows in test photographs that it gets wrong. Here the test "
               "photographs have the same snow."),
    ),
    Question(
        "The slopes of two equally good networks, pixel by pixel and without their signs, have little in common. What "
        "should you try before you give up on slopes?",
        Option("Multiply them by the picture.", "Then all networks agree, random ones too: what does not change when "
               "all knowledge is taken away cannot show knowledge."),
        Option("Draw them in stronger colours.", "Stronger noise is still noise."),
        Right("Keep the signs, and average over a patch.", "So treated, the slopes passed both tests: nothing in "
              "common with a random network, and clearly more with another trained one."),
        Option("Use occlusion with a card of one pixel.", "It has another trouble: without its sign, pixel by pixel, "
               "it mostly shows the picture, and does so for a random network, too."),
    ),
    Question(
        "What is exact about a class activation map?",
        Option("It shows the pixels that the class depends on.", "A cell of it stands for a number that sees many "
               "pixels, and mostly its middle."),
        Right("Its mean, plus the bias, is the score of the class.", "The last layer only averages and weights. The "
              "sum is taken in another order."),
        Option("It is the same for every trained network.", "Each network has its own maps and weights."),
        Option("It is as fine as the image.", "It is as fine as the last maps: 7 × 7 in this lesson."),
    ),
    Question(
        "A network answers 200 times that it is 80 % sure, and is right 120 times. What is its calibration error on "
        "these?",
        Option("0", "It would be, if it were right 160 times: 80 % of 200."),
        Option("0.8", "That is how sure it is. It has to be compared with how often it is right."),
        Right("0.2", "Right in 120 / 200 = 60 %, and 80 % sure: |0.6 − 0.8|."),
        Option("0.4", "That is the share of its wrong answers."),
    ),
    Question(
        "A network changes its answer when a picture moves by two pixels. In this lesson, what helped most?",
        Option("a stride in place of the pooling", "It made things worse: a stride drops numbers without looking."),
        Option("max-pooling, because it makes a network invariant", "With max-pooling alone about a fifth of the "
               "answers still changed."),
        Option("a blur before dropping", "It helped, and cost some accuracy. Something else helped more."),
        Right("moving the pictures in training", "Show the network what does not matter. It needs no new layer."),
    ),
)
