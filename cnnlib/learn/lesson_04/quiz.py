"""The questions at the end of lesson 04."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "04",
    Question(
        "An input of shape (16, 20, 20) goes into a layer of 8 filters of 3 × 3, stride 1, padding 1. What is the "
        "shape of the output?",
        Option("(128, 20, 20)", "That is a map for each pair of filter and channel. A filter adds its 16 channels to "
               "one number, so it makes one map."),
        Right("(8, 20, 20)", "One map for each filter; and 20 + 2 · 1 − 3 + 1 = 20 rows and columns."),
        Option("(16, 20, 20)", "The depth of the output is the number of filters, not that of the input."),
        Option("(8, 14, 18, 18)", "That is what filters of 3 × 3 × 3 would give if they slid along the channels, too, "
               "and without padding. These slide along rows and columns only."),
    ),
    Question(
        "How many parameters does this layer have: 16 channels in, 8 filters of 3 × 3?",
        Option("80", "That is (3 · 3 + 1) · 8, and forgets the channels: a filter has 9 weights for each of the 16."),
        Option("1152", "These are the weights, 3 · 3 · 16 · 8. Each of the 8 filters has a bias, too."),
        Right("1160", "3 · 3 · 16 = 144 weights and 1 bias in each filter, and 8 filters."),
        Option("1280", "That is (3 · 3 + 1) · 16 · 8, a bias for each channel of each filter. The channels are added "
               "to one number, which gets one bias."),
    ),
    Question(
        "All channels of the input are put into another order, and those of every filter into the same other order. "
        "What happens to the output?",
        Option("Its maps stand in the other order, too.", "Maps belong to filters, and the filters stayed in order."),
        Option("It is calculated from other neighbours.", "That would be so for rows or columns. Channels have no "
               "neighbours: the filter lies on all of them at once."),
        Option("It gets other numbers, unless the weights are all equal.", "Each channel still meets its own weights, "
               "only in another order, and a sum does not ask for the order."),
        Right("Nothing.", "The same products are added up. That is why it is no convolution in three dimensions: the "
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
