"""The questions at the end of lesson 09."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "09",
    Question(
        "Cloth fills 20 % of a picture. A network calls *every* pixel cloth. What are its pixel accuracy and its IoU?",
        Right("20 % and 0.2", "The 20 % that are cloth are right. They lie in both masks, and every pixel lies in at "
              "least one: 20 / 100."),
        Option("80 % and 0", "That is the network that calls every pixel ground."),
        Option("20 % and 1", "All cloth is found, but the ground that was marked too much counts in the union."),
        Option("50 % and 0.5", "Neither is a mean over the two classes. Accuracy counts pixels, and 20 in 100 are "
               "right."),
    ),
    Question(
        "A mask has 40 pixels, the true one 60, and 30 pixels are in both. What is the IoU?",
        Option("0.5", "30 / 60 asks how much of the truth was found. What was marked too much counts as well."),
        Option("0.75", "30 / 40 asks how much of what was marked is right. What was missed counts as well."),
        Option("0.6", "2 · 30 / (40 + 60) is Dice. For IoU each pixel of the union counts once."),
        Right("0.43", "40 + 60 − 30 = 70 pixels are in at least one of the masks, and 30 / 70 is 0.43."),
    ),
    Question(
        "A transposed convolution turns a flat map into a pattern of small squares, brighter and darker in turn. Its "
        "kernel is 3 wide, its stride is 2. What takes away the cause?",
        Option("a larger learning rate", "Some outputs are sums of more products than their neighbours, whatever the "
               "weights are. Training can only balance that."),
        Option("a ReLU behind it", "It cuts off what is below zero. The sums above keep their pattern."),
        Right("a kernel of 4, or doubling each pixel and an ordinary convolution", "4 is a multiple of 2: inside, "
              "every output is a sum of two products along each axis, so of four. An ordinary convolution sums equally "
              "many, too."),
        Option("a kernel of 5", "5 is no multiple of 2: along each axis outputs get three products and two in turn."),
    ),
    Question(
        "What do the skips of a U-Net bring to the way up?",
        Option("more depth", "No layer is added. The convolutions on the way up only read more maps."),
        Right("the fine maps from before the pooling", "Where exactly the border runs was lost on the way down. It is "
              "still there in the maps that were made before."),
        Option("the true mask", "That is used for the loss alone. The network never sees it."),
        Option("detail that the enlarging has invented", "Enlarging spreads what is in the small map. Two pictures "
               "with the same small maps stay alike."),
    ),
    Question(
        "Two coins touch in the photograph, and the mask is perfect. How many pieces do you count?",
        Right("one", "Mask pixels say coin or ground. They do not say which coin, so two that touch are connected."),
        Option("two", "That would need labels for the single coins. A mask has the same label for both."),
        Option("none", "Their pixels are marked and connected."),
        Option("it depends on the network", "The mask is perfect already. It is the counting that cannot tell them "
               "apart."),
    ),
)
