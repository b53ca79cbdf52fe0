"""The questions at the end of lesson 10."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "10",
    Question(
        "A network tells wolves from dogs, and is right on 98 of 100 test photographs. Nearly all photographs of "
        "wolves show snow, in training and in test. What do the 98 show?",
        Option("That it knows wolves from dogs.", "It may know snow from grass. On these photographs that rule is "
               "right just as often."),
        Option("Nothing at all.", "They show something: it will be right that often where wolves stand in snow."),
        Right("That it is right on such photographs.", "To learn more, show it wolves on grass, "
              "or cover the snow."),
        Option("That it learnt its training photographs by heart.",
               "Then it would be wrong on test photographs. Here these have the same snow."),
    ),
    Question(
        "A new kind of map looks quite different for your trained network and for one with random weights. Can you "
        "believe it now?",
        Option("Yes: only the trained network has learnt something, so the map shows what was learnt.",
               "It may differ between any two networks. Single slopes do: they are as different for two "
               "networks that are equally good."),
        Option("No: a good map is alike for both.", "What a network that knows nothing draws, too, was not learnt."),
        Right("Not yet: compare it with the map of another trained network.", "A map that shows what was learnt is "
              "different for a random network, and alike for two that have learnt the same."),
        Option("Yes, if one can see the object in it.", "Multiply any map by the picture, and one can see the object "
               "in it, even for a random network."),
    ),
    Question(
        "What is exact about a class activation map?",
        Option("It shows exactly the pixels that the class depends on.",
               "Each of its cells sees many pixels, and mostly "
               "those in the middle of its field."),
        Right("Its mean, plus the bias, is the score of the class.", "The last layer only averages and weights. "
              "The map takes the same sum in another order."),
        Option("It is the same for every trained network.", "Each network has its own maps and weights."),
        Option("It is as fine as the image.", "It is as fine as the last maps: 7 × 7 in this lesson."),
    ),
    Question(
        "A network answers 200 times that it is 80 % sure, and is right 120 times. What is its calibration error on "
        "these?",
        Option("0", "That is so if it is right 160 times, 80 % of 200."),
        Option("0.8", "That is how sure it is. Compare it with how often it is right."),
        Right("0.2", "It is right in 120 / 200 = 60 %, and 80 % sure: |0.6 − 0.8|."),
        Option("0.4", "That is the share of its wrong answers."),
    ),
    Question(
        "A network changes its answer when a picture moves by two pixels. In this lesson, what helped most?",
        Option("a stride instead of the pooling", "It made things worse: a stride drops numbers without looking."),
        Option("max-pooling, because it makes a network invariant", "With max-pooling alone about a fifth of the "
               "answers still changed."),
        Option("a blur before dropping", "It helped, but cost some accuracy. Something else helped more."),
        Right("moving the pictures in training", "It shows the network what does not matter, and needs no new layer."),
    ),
)
