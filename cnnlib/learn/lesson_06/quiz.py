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
        Option("Train on: it may fall again.", "From epoch 12 on it learns its images by heart, and the gap widens."),
        Right("Take the network of about epoch 12.", "Until then, what it learnt also worked on new images. More "
              "images, even shifted ones, would delay the turning point."),
        Option("Measure on the test images which epoch is best.", "Then they helped to choose, and are no longer "
               "an honest test. The validation images are there for choosing."),
        Option("Lower the training loss with a larger network.", "The training loss is not the problem. A larger "
               "network memorises even better."),
    ),
    Question(
        "A 3 × 3 convolution, a 2 × 2 Pool, another 3 × 3 convolution. How many pixels wide is the receptive field of "
        "one number at the end?",
        Option("5", "That is without the Pool."),
        Option("6", "After the Pool neighbouring numbers are two pixels apart, so the last filter adds 2 · 2, not 2."),
        Right("8", "3 after the first convolution, 4 after the Pool, and 4 + 2 · 2 at the end, because a step is now "
                   "two pixels."),
        Option("9", "Fields do not multiply: each layer adds to the field of the one before."),
    ),
    Question(
        "Which of these gives you more training images of garments without new labels?",
        Option("Shifting each image by half its width.", "That cuts off half of the garment. What is left could be "
               "anything."),
        Option("Giving each image the label of its neighbour.", "Those labels are wrong. A network can only learn "
               "them by heart."),
        Right("Shifting each image by a pixel or two.", "A shirt is still a shirt one pixel further on."),
        Option("Adding the test images.", "Then nothing is left to judge the network by: it has seen the answers."),
    ),
)
