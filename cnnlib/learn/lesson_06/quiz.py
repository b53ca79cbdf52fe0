"""The questions at the end of lesson 06."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "06",
    Question(
        "An image of (3, 64, 64) goes through a Conv of ten 3 × 3 filters with padding 1, then a 2 × 2 Pool. Which "
        "shape comes out, and how many parameters are learnt?",
        Right("(10, 32, 32) and 280", "Padding 1 keeps 64, the Pool halves it, and (3 · 3 · 3 + 1) · 10 = 280."),
        Option("(10, 32, 32) and 100", "That is (3 · 3 + 1) · 10: but each filter reads all three channels."),
        Option("(10, 31, 31) and 280", "That is without padding: 62, and half of it. With padding 1 it stays 64."),
        Option("(30, 32, 32) and 300", "One map for each filter, not for each filter and channel: the channels are "
               "added up."),
    ),
    Question(
        "Training loss falls steadily. Validation loss falls until epoch 12 and rises afterwards. What do you do?",
        Option("Train on: it may fall again.", "From epoch 12 on it learns its images by heart. The gap widens."),
        Right("Take the network of about epoch 12.", "Until then, what it learnt held for new images, too. More "
              "images, if need be shifted ones, would put off the turning point."),
        Option("Measure on the test images which epoch is best.", "Then they have chosen, and are no honest test any "
               "more. For choosing there is the validation pile."),
        Option("Lower the training loss with a larger network.", "The training loss is not the trouble. A larger "
               "network memorises even better."),
    ),
    Question(
        "Three 3 × 3 convolutions in a row, stride 1. How many pixels wide is the receptive field of one number at the "
        "end?",
        Option("3", "That is the size of the filter. Only in the first layer the two are the same."),
        Option("5", "That is after two of them."),
        Right("7", "1 + 2 + 2 + 2: each adds F − 1 = 2, for the jump stays 1."),
        Option("9", "Each adds F − 1 = 2, not 3: neighbouring windows overlap."),
    ),
    Question(
        "Which of these may be used to make more training images of garments, without new labels?",
        Option("Shifting each image by half its width.", "Half of the garment would be cut off. What is left may be "
               "anything."),
        Option("Giving each image the label of its neighbour.", "That is a wrong label. A network can learn such "
               "labels by heart, and nothing else."),
        Right("Shifting each image by a pixel or two.", "A shirt is still a shirt one pixel further on."),
        Option("Adding the test images.", "Then nothing is left to judge by: the network has seen the answers."),
    ),
)
