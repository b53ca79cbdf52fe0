"""The questions at the end of lesson 04."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "04",
    Question(
        "The weights of a layer have the shape (32, 16, 3, 3). Stride 1, no padding. What goes in, and what comes out?",
        Option("(32, 20, 20) in, (16, 18, 18) out", "The filters come first in the shape of the weights: 32 filters "
               "make 32 maps."),
        Option("(3, 20, 20) in, (32, 18, 18) out", "The 3s are rows and columns of a filter. It reads 16 channels."),
        Right("(16, 20, 20) in, (32, 18, 18) out", "32 filters that read 16 channels each: 16 channels go in, 32 maps "
              "come out."),
        Option("(16, 20, 20) in, (512, 18, 18) out", "That is a map for each pair of filter and channel. A filter adds "
               "up its channels, so it makes one map."),
    ),
    Question(
        "You double the filters of every layer, so that a layer in the middle also reads twice as many channels. How "
        "many times as many weights does it have?",
        Option("1", "Places share their weights; filters and channels do not."),
        Option("2", "That counts the filters. Each of them now reads twice as many channels, too."),
        Right("4", "There are twice as many filters, and each reads twice as many channels."),
        Option("8", "Filters and channels double, which makes 2 · 2. The windows stay as large as they were."),
    ),
    Question(
        "You reorder the channels of the input, and the channels of every filter in the same way. What happens to "
        "the output?",
        Option("Its maps change places, too.", "Maps belong to filters, and the filters kept their order."),
        Option("It is calculated from other neighbours.", "That would be so for rows or columns. Channels have no "
               "neighbours: the filter reads them all at once."),
        Option("Its numbers change, unless the weights are all equal.", "Each channel still meets its own weights, "
               "and a sum does not depend on the order."),
        Right("Nothing.", "The same products are added up. So this is not a convolution in three dimensions: the "
              "filter does not slide along the channels."),
    ),
    Question(
        "What can a 1 × 1 convolution not do, however many filters it has?",
        Option("make a grey image from a colour image", "It can: one filter with three weights does it."),
        Option("change the number of channels", "It can: 32 filters make 32 maps of 64 channels."),
        Option("subtract one channel from another", "It can: with the weights 1 and −1, and 0 for all others."),
        Right("find an edge", "An edge is a difference between neighbours, and a filter of 1 × 1 sees only one pixel "
              "at a time, with all its channels."),
    ),
)
