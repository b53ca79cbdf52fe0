"""The questions at the end of lesson 05."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "05",
    Question(
        "32 maps of 28 × 28 go through a max-pooling of 2 × 2 with stride 2. What comes out, and what did it learn?",
        Option("16 maps of 14 × 14, no parameters", "Each map is pooled by itself: 32 go in, 32 come out."),
        Right("32 maps of 14 × 14, no parameters", "Half the height, half the width, as many maps. A maximum has no "
              "weights."),
        Option("32 maps of 14 × 14, 4 parameters for each map", "The window has 4 cells, but a cell is no weight: "
               "nothing in a maximum can be learnt."),
        Option("1 map of 14 × 14, no parameters", "A convolution adds up its channels; pooling never mixes them."),
    ),
    Question(
        "A photograph of a cat moves two pixels to the right. Which sentence is true of a stack of 3 × 3 convolutions "
        "with stride 1, away from the borders?",
        Option("Its maps stay the same: it is invariant.", "Invariant would mean that a map cannot tell where the cat "
               "is. It can."),
        Option("Its maps stay the same after training, for it has learnt cats at every place.", "The weights are the "
               "same at every place before and after training: its maps move with the cat."),
        Option("Its maps change altogether, for every window holds other pixels.", "Every window holds what its "
               "neighbour two pixels further left held before: nothing new is calculated."),
        Right("Its maps move two pixels to the right: it is equivariant.", "The same is done at every place, so moving "
              "the picture moves the maps. Invariant is only what is made of them by a global pooling."),
    ),
    Question(
        "Of the row [0, 0, 0, 5, 0, 0, 0, 0], first every second cell is kept (F = 1, S = 2). Then it is pooled "
        "instead, by its maximum, F = 2, S = 2. What comes out?",
        Right("[0, 0, 0, 0] and [0, 5, 0, 0]", "A stride alone reads the cells 0, 2, 4 and 6, and never meets the 5 in "
              "cell 3. Pooling looks at every cell before it throws anything away."),
        Option("[0, 5, 0, 0] both times", "The stride alone reads the cells 0, 2, 4 and 6: the 5 stands in cell 3."),
        Option("[0, 0, 0, 0] both times", "The second window of the pooling holds the cells 2 and 3."),
        Option("[0, 5, 0, 0] and [0, 2.5, 0, 0]", "2.5 would be the mean of the second window; and the stride alone "
               "never meets cell 3."),
    ),
    Question(
        "A window at the border holds −4, −2 and one cell of padding. What are max-pooling and average pooling, the "
        "latter with count_include_pad=False?",
        Option("0 and −2", "The 0 would be an invented number: padding must never win a maximum."),
        Option("−2 and −2", "The maximum is right. The mean of the two real cells is (−4 − 2) / 2."),
        Right("−2 and −3", "The padding of a maximum is −∞, which never wins; and left out of a mean it is not "
              "counted, either: (−4 − 2) / 2."),
        Option("0 and −3", "The mean is right. But no cell holds a 0: padding must never win a maximum."),
    ),
)
