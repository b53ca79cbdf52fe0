"""The questions at the end of lesson 07."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "07",
    Question(
        "The filter [[1, 2], [3, 4]] slid over an image. On the way back, a filter slides over dy, with zeros around "
        "it, and makes dx. Which filter?",
        Option("[[1, 2], [3, 4]]", "That sends the slope of each window to the wrong pixels: the window up and to the "
               "left reads a pixel with its last weight."),
        Option("[[1, 3], [2, 4]]", "Rows and columns are swapped. But a pixel in the last row of a window met a weight "
               "of the last row."),
        Right("[[4, 3], [2, 1]]", "The window up and to the left reads a pixel with its last weight, 4. So the weights "
              "come back in reverse order."),
        Option("[[−1, −2], [−3, −4]]", "The sign of the slopes is in dy. Weights come back with their own sign."),
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
        "Two windows of a max-pooling overlap, and one cell is the largest of both. The outputs have the slopes 6 and "
        "−2. Which slope does the cell get?",
        Option("6", "The cell moves both outputs, so the −2 counts, too."),
        Right("4", "If the cell grows, both outputs grow as much. Their slopes add up."),
        Option("2", "That is the mean. Slopes of several paths add up."),
        Option("−2", "That happens if the second window overwrites what the first left: add instead."),
    ),
    Question(
        "Your gradient differs from the numerical one by 40 % in one weight, with h = 0.1 in float64. With h = "
        "0.00001 they agree to seven digits. What was wrong at first?",
        Option("your gradient", "Then a smaller h would not make them agree: the numerical gradient "
               "comes closer to the truth, not to your mistake."),
        Option("rounding", "Rounding gets worse with a smaller h. Here it got better."),
        Right("the step h", "A step of 0.1 is too large: it goes across a bend or a kink. Within a smaller step "
              "the loss is nearly a straight line."),
        Option("chance", "Nothing here is random: the same h gives the same numbers again."),
    ),
    Question(
        "LeNet, the network of lesson 06, has 61,706 parameters: all its weights and biases. How does its training get "
        "the slope of the loss for each of them?",
        Option("It changes each a little and runs forward again.", "That takes 61,707 runs for a single step. It is "
               "how a gradient is checked, not how a network is trained."),
        Right("One run forward, one run back.", "Each layer turns the slopes at its outputs into slopes at its "
              "inputs, and leaves those of its parameters on the way. The run back costs about as much as two runs "
              "forward."),
        Option("It asks the loss only for the layers that are wrong.", "Nobody knows which layers these are: all "
               "of them get slopes."),
        Option("One run back for each layer, from the loss to that layer.", "A single run passes through all "
               "layers: what comes out of one goes into the one before it."),
    ),
)
