"""The questions at the end of lesson 03."""

from ..quiz import Option, Question, Quiz, Right

QUIZ = Quiz(
    "03",
    Question(
        "A photograph of 28 × 28 pixels, a filter of 5 × 5, padding 2, stride 2. How large is the output?",
        Option("15 × 15", "28 + 2 · 2 − 5 = 27, and 27 / 2 = 13.5: that is rounded down, not up, before 1 is added."),
        Option("13 × 13", "13 whole jumps are right; the place where the window stood at first comes on top."),
        Right("14 × 14", "28 + 2 · 2 − 5 = 27 cells of room, 13 whole jumps of 2, and the first place: 14, along each "
              "side."),
        Option("28 × 28", "Padding 2 keeps the size of 28 × 28 with stride 1. With stride 2 only every second place "
               "along each side is visited."),
    ),
    Question(
        "An image of 5 × 5, a filter of 3 × 3, padding 1, stride 1. Which sentence is true?",
        Option("Every pixel is read nine times.", "Only those that are not at the border. Windows around a corner "
               "read padding where its other neighbours would be."),
        Right("A pixel in a corner is read four times.", "It lies in the windows of four outputs: its own, the one "
              "beside it, the one below it, and the one diagonally across."),
        Option("A pixel in a corner is read once.", "That is so without padding, where only the very first window "
               "reaches it."),
        Option("A pixel in a corner is read nine times, some of them as padding.", "A window that lies "
               "elsewhere does not read the corner. The zeros around it are cells of their own."),
    ),
    Question(
        "A filter is turned by half a turn (180 degrees), and the output stays exactly the same, for every image. What "
        "do you know about the filter?",
        Option("All its weights are equal.", "That is one way. [[1, 0, 1], [0, 1, 0], [1, 0, 1]] is another."),
        Option("Its rows are the same as its columns.", "Exchanging rows and columns mirrors along the diagonal. "
               "[[1, 2], [2, 3]] survives that, but half a turn makes [[3, 2], [2, 1]] of it."),
        Option("Its weights add up to 0.", "Sobel's add up to 0, and half a turn changes the sign of every output."),
        Right("Half a turn brings it onto itself.", "Then correlation and true convolution agree, and nobody can tell "
              "from its outputs which of them a library calculates."),
    ),
    Question(
        "You want the output as large as the image: stride 1, a filter of 4 × 4. Which padding per side?",
        Option("1", "28 pixels become 28 + 2 · 1 − 4 + 1 = 27: one too few."),
        Option("2", "28 pixels become 28 + 2 · 2 − 4 + 1 = 29: one too many."),
        Right("None: no number of zeros per side does it.", "Three cells are missing, and three cannot be halved. One "
              "side has to get one more than the other, or the filter an odd size."),
        Option("1.5", "That is what (4 − 1) / 2 gives; but there is no half cell."),
    ),
)
