"""The questions at the end of lesson 02."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "02",
    Question(
        "A template slides over a recording, neither centred nor divided. The largest output is 500, all others are "
        "below 80. What do you know about the place where it is 500?",
        Right("Its numbers are large, or they match, or both.", "A plain product grows with shape, height and size "
              "alike. Centred and divided by both norms, only the shape is left."),
        Option("It is the best match.", "A flat stretch that is high enough reaches 500 without matching anything."),
        Option("It is no match.", "It may well be one: a large match gives a large product, too."),
        Option("It matches six times as well as the next best.", "Products are not shares of a match: a window "
               "three times as tall has three times the product and the same shape."),
    ),
    Question(
        "A matrix of 4 rows and 6 columns has no zero in it. Along every diagonal, from the top left to the bottom "
        "right, the same number stands again and again. What are its weights?",
        Option("sparse and shared", "Sparse would mean that many entries are 0. Here every output reads every input."),
        Option("sparse, but not shared", "It is the other way round: nothing is missing, and numbers return."),
        Right("shared, but not sparse", "Each row is the row above, moved by one: one long filter, used at every "
              "place. With 9 diagonals there are 9 numbers in 24 entries."),
        Option("neither", "The numbers return along the diagonals: that is sharing."),
    ),
    Question(
        "A filter slides with stride 2, without padding. The recording begins 3 cells later than before. What happens "
        "to the outputs?",
        Option("They move by 3.", "From one output to the next are two cells, so 3 cells cannot be 3 outputs."),
        Option("They move by 1: half of 3, rounded down.", "Windows that started at 0, 2, 4 start at 3, 5, 7 now. "
               "These are windows that had never been looked at."),
        Right("They become other numbers, and no shift brings the old ones back.", "3 is not a multiple of the stride, "
              "so all windows are new. Begun 4 cells later, the outputs would move by exactly 2."),
        Option("They stay the same.", "That would be invariance. Convolution moves along with its input, and even "
               "that only for multiples of the stride."),
    ),
)
