"""The questions at the end of lesson 09."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "09",
    Question(
        "Cloth fills 20 % of a picture. A network calls *every* pixel cloth. What are its pixel accuracy and its IoU?",
        Right("20 % and 0.2", "The 20 % that are cloth are right. They are in both masks, and every pixel is in at "
              "least one: 20 / 100."),
        Option("80 % and 0", "That is the network that calls every pixel ground."),
        Option("20 % and 1", "All the cloth is found, but the ground marked as cloth counts in the union."),
        Option("50 % and 0.5", "Neither is a mean over the two classes. Accuracy counts pixels, and 20 in 100 are "
               "right."),
    ),
    Question(
        "A mask has 40 pixels, the true one 60, and 30 pixels are in both. What is the IoU?",
        Option("0.5", "30 / 60 asks how much of the truth was found. Pixels marked wrongly count, too."),
        Option("0.75", "30 / 40 asks how much of what was marked is right. Pixels that were missed count, too."),
        Option("0.6", "2 · 30 / (40 + 60) is Dice. For IoU each pixel of the union counts once."),
        Right("0.43", "40 + 60 − 30 = 70 pixels are in at least one of the masks, and 30 / 70 is 0.43."),
    ),
    Question(
        "A transposed convolution in one dimension has a kernel of 5 and a stride of 2. How many products does an "
        "output far from the ends add up?",
        Option("always 2.5", "That is the mean. No output can have half a product."),
        Option("always 5", "That is with stride 1."),
        Right("2 and 3 in turn", "5 is not a multiple of 2, so neighbours are sums of different lengths: that is "
                                 "the checkerboard."),
        Option("always 2", "That is with a kernel of 4. Here every second output is reached by one input more."),
    ),
    Question(
        "You take the skips out of a U-Net and train it again. What suffers most?",
        Option("which things are in the picture", "The coarse maps know that, and they are still there."),
        Right("where exactly the borders run", "That was lost on the way down, and only the maps from before the "
                                               "pooling still hold it."),
        Option("the size of the mask", "Enlarging makes it, with skips or without."),
        Option("nothing: no layer is missing", "The convolutions on the way up now read only coarse maps."),
    ),
    Question(
        "A perfect mask shows 12 coins, but its `True` pixels make only 10 pieces. Why?",
        Option("The network missed two coins.", "The mask is perfect: every coin is marked."),
        Right("Some coins touch.", "Mask pixels say coin or ground. They do not say which coin, so coins that touch "
                                   "are one piece."),
        Option("Some coins overlap the border.", "A coin at the border is cut, but still one piece."),
        Option("Two coins have holes.", "A ring is one piece, too."),
    ),
)
