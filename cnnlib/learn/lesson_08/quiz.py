"""The questions at the end of lesson 08."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "08",
    Question(
        "In VGG-16, where do most parameters sit, and where is most of the work done?",
        Option("both in the convolutions", "They do the work, 99 % of it. But a filter is shared by all places, so "
               "its weights are few."),
        Option("both in the matrices", "They hold 89 % of the parameters. But each weight is used once, so they do "
               "1 % of the work."),
        Right("parameters in the matrices, work in the convolutions", "A weight of a matrix is used once, a weight of "
              "a filter at every place."),
        Option("parameters in the convolutions, work in the matrices", "It is the other way round: a filter has few "
               "weights, and uses each of them hundreds or thousands of times."),
    ),
    Question(
        "Three convolutions of 3 × 3 follow each other, with C channels throughout. Which single convolution sees as "
        "much, and which has fewer weights?",
        Option("9 × 9; the three", "Each layer sees 2 pixels more, not 3 more: 3, 5, 7."),
        Right("7 × 7; the three", "27 · C · C weights against 49 · C · C, and two more ReLUs."),
        Option("7 × 7; the single one", "One filter of 7 × 7 has 49 weights for each channel, three of 3 × 3 have 27."),
        Option("3 × 3; they have equally many", "The second layer looks at what the first has gathered from 3 × 3 "
               "pixels each: its view is wider."),
    ),
    Question(
        "A trained network with batch norm is given one photograph, and its answers are worthless. With batches of 64 "
        "they are good. What is the likely slip?",
        Right("It is still in training mode.", "Then it takes mean and variance from the batch. A batch of one "
              "photograph is measured by itself."),
        Option("Its running mean was not trained.", "Nothing has to be trained there: it is measured along the way. "
               "And it seems not to be in use."),
        Option("Batch norm needs large batches, always.", "In training it does. Afterwards it uses the running mean "
               "and variance, and the batch does not matter."),
        Option("The photograph is too small.", "A batch of 64 such photographs went well."),
    ),
    Question(
        "y = x + f(x). Which slope arrives at x, if dy is the slope at y?",
        Option("only what comes back through f", "x reaches y on a second path as well, past f. Slopes are added over "
               "all paths."),
        Option("dy times what comes back through f", "Slopes are multiplied along one path. Here are two, and these "
               "are added."),
        Right("dy plus what comes back through f", "Along the shortcut dy arrives as it is, however many blocks there "
              "are."),
        Option("half of dy, and half of what comes back through f", "A sum passes the whole slope to both of its "
               "terms: each moves y as much as itself."),
    ),
    Question(
        "A dense block begins with 128 maps; 12 layers with the growth rate 32 follow. How many maps are there at its "
        "end, and how many does the last layer read?",
        Option("160 and 128", "That is one layer. Each of the twelve appends 32 maps."),
        Option("512 and 32", "A dense layer reads all maps made before it, not those of the last layer alone."),
        Option("384 and 352", "The 128 maps from the beginning stay, too."),
        Right("512 and 480", "128 + 12 · 32 = 512, and the last layer reads all but its own 32."),
    ),
)
