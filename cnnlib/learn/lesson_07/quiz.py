"""The questions at the end of lesson 07."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "07",
    Question(
        "A filter w slides over an image x and makes y; dy is known. Which of these needs the filter turned by half a "
        "turn?",
        Option("dx and dw", "dw does not even contain the filter: it is x correlated with dy, and nothing is turned."),
        Option("only dw", "dw is x correlated with dy: the filter does not occur in it."),
        Right("only dx", "The window up and to the left reads a pixel with its last weight. So the weights come back "
              "in reverse order. dw is x correlated with dy, as they are."),
        Option("neither", "If dx used the filter as it is, the slope of each window would go to the wrong pixels; only "
               "for a filter that half a turn leaves as it is would you not notice."),
    ),
    Question(
        "x has 28 × 28 cells, w 5 × 5, no padding, stride 1. How large are dy, dx and dw?",
        Option("24 × 24, 24 × 24, 5 × 5", "dx has a slope for each pixel of the image: 28 × 28."),
        Right("24 × 24, 28 × 28, 5 × 5", "A gradient is always as large as what it belongs to: one slope for each "
              "number."),
        Option("28 × 28, 28 × 28, 5 × 5", "y is 24 × 24, so there are 24 × 24 slopes in dy."),
        Option("24 × 24, 28 × 28, 24 × 24", "There are 25 weights, so there are 25 slopes in dw."),
    ),
    Question(
        "A window of a max-pooling holds 4, 7, 7 and 1, and its output has the slope 6. What does the library send "
        "back to the four cells?",
        Option("0, 3, 3, 0", "Sharing would be another honest choice. The library, like PyTorch, gives everything to "
               "the first of the equals."),
        Option("0, 6, 6, 0", "That would be 12 in all: the 6 must not become more on the way."),
        Right("0, 6, 0, 0", "The first of several equals is the winner, and the winner takes the whole slope."),
        Option("1.5, 1.5, 1.5, 1.5", "That is average pooling: there each cell has a share in the output."),
    ),
    Question(
        "Your gradient differs from the numerical one by 40 % in one weight, with h = 0.1 in float64. With h = 0.00001 "
        "they agree to seven digits. What was it?",
        Option("Your gradient is wrong.", "Then a smaller h would not make them agree: the numerical one comes closer "
               "to the truth, not to your mistake."),
        Option("Rounding", "Rounding gets worse with a smaller h. Here it got better."),
        Right("h was too large: the steps reached round a bend or over a kink.", "Within a step of 0.1 the loss is no "
              "straight line. With a smaller step it nearly is."),
        Option("Chance", "Nothing here is drawn by lot: the same h gives the same numbers again."),
    ),
    Question(
        "A network has 61,706 parameters. How does its training get the slope of the loss for each of them?",
        Option("It changes each a little and runs forward again.", "That takes 61,707 runs for a single step. It is "
               "how a gradient is checked, not how a network is trained."),
        Right("One run forward, one run back.", "Each layer turns the slopes at its outputs into those at its inputs, "
              "and on the way leaves those of its parameters. It costs about as much as two runs forward."),
        Option("It asks the loss only for the layers that are wrong.", "Nobody knows which layers these are: all of "
               "them get their slopes."),
        Option("One run back for each layer, from the loss to that layer.", "A single run passes all layers: what "
               "comes out of one goes into the one before it."),
    ),
)
