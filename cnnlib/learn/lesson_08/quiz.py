"""The questions at the end of lesson 08."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "08",
    Question(
        "VGG-16 gets photographs that are twice as wide and twice as high. A pooling brings its last maps back to "
        "7 × 7. What becomes four times as much?",
        Option("the parameters of the convolutions", "All places share the same filters, however many places there "
               "are."),
        Option("the parameters of the fully connected layers", "They get 7 × 7 maps, as before."),
        Right("the work of the convolutions", "Every filter now has four times as many places, and uses its weights at "
              "each."),
        Option("the work of the fully connected layers", "They get 7 × 7 maps, as before, and use each weight once."),
    ),
    Question(
        "How many 3 × 3 convolutions in a row see as far as one of 11 × 11, and how many weights do they have for each "
        "pair of channels?",
        Option("3 layers, 27 weights", "These see 7 pixels: each layer adds 2 to the one pixel at the start."),
        Option("4 layers, 36 weights", "These see 9 pixels."),
        Right("5 layers, 45 weights", "1 + 5 · 2 = 11 pixels. One filter of 11 × 11 has 121 weights."),
        Option("11 layers, 99 weights", "Each layer adds 2 pixels, so these see 23."),
    ),
    Question(
        "A batch holds a single image, and the maps of a layer are 1 × 1. Batch norm is in training mode. What "
        "comes out of a channel?",
        Right("beta", "The only number is its own mean. Only the shift is left, whatever the image shows."),
        Option("the number itself", "Batch norm subtracts the mean, and here the only number is the mean."),
        Option("gamma", "gamma scales what is left when the mean is subtracted, and nothing is left."),
        Option("0", "Nothing is left of the number, but beta is still added."),
    ),
    Question(
        "y = x + f(x). Which slope arrives at x, if dy is the slope at y?",
        Option("only what comes back through f", "x also reaches y on a second path, past f. Slopes add up over "
               "all paths."),
        Option("dy times what comes back through f", "Slopes multiply along one path. Here there are two, and they "
               "add up."),
        Right("dy plus what comes back through f", "Along the shortcut dy arrives unchanged, however many blocks "
              "there are."),
        Option("half of dy, and half of what comes back through f", "A sum passes the whole slope to both of its "
               "terms: each moves y by as much as it moves."),
    ),
    Question(
        "A dense block begins with 24 maps, and each of its layers makes 12. How many maps does the tenth layer read?",
        Option("12", "It reads all maps made so far, not only those of the layer before."),
        Option("108", "The 24 maps from the beginning stay, too."),
        Right("132", "24 + 9 · 12: all maps made before it."),
        Option("144", "That includes the 12 that it makes itself."),
    ),
)
