"""What a depthwise layer saves."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    full = (3 * 3 * 64 + 1) * 128          # each filter reads all 64 channels
    depthwise = (3 * 3 * 1 + 1) * 64       # 64 filters, each reads one channel
    mixing = (1 * 1 * 64 + 1) * 128        # 1 x 1, each filter reads all 64 channels
    return [full, depthwise + mixing]


FULL, SPLIT = 73856, 8960
BIAS = "The biases are missing: each filter has one."
BIAS_FIRST = "The biases of the ordinary layer are missing: each of its 128 filters has one."
DEPTH = "Each filter of the ordinary layer reads all 64 channels: 3 · 3 weights for each of them."
PER_CHANNEL = "You counted a bias for each channel of each filter: a filter has one, because its channels are added up."
WHOLE_DEPTH = "Your depthwise filters read all 64 channels: each reads one channel, so it has 3 · 3 weights."
THIN = "The filters of the 1 × 1 layer read all 64 channels: they have 64 weights each, not one."

EXERCISE = Exercise(
    id="04.5",
    title="What does depthwise save?",
    statement="""A layer should turn 64 channels into 128, with filters of 3 × 3. There are two ways:

1. one ordinary layer: 128 filters of 3 × 3;
2. two layers: a depthwise one, 64 filters of 3 × 3 that read one channel each; then 128 ordinary filters of 1 × 1.

How many parameters does each way need? All filters have a bias. Give two numbers, in this order.""",
    signature="answer: a list of two whole numbers",
    ask="value",
    difficulty=2,
    minutes=3,
    hints=(
        "Three layers in all. For each of them: how many channels does one filter read?",
        "The filters of the ordinary layers read all 64 channels; those of the depthwise layer read one each. "
        "Count what one filter holds, then multiply by the number of filters.",
        "First way: (3 · 3 · 64 + 1) · 128. Second way: (3 · 3 + 1) · 64, plus (64 + 1) · 128.",
    ),
    solution=solution,
    errors="""- $[73728, 8768]$ forgets the biases.
- *1280* for the first way: an ordinary filter is as deep as its input, 64.
- *640* or *8320* for the second way is only one of its two layers. You need both: the first mixes no channels.
- *45248*: a depthwise filter has a depth of 1, not of 64.""",
    praise="Less than an eighth of the parameters.",
    insight="Looking at neighbours and mixing channels are two tasks: done one after the other, they cost far less.",
    returns="answer",
    right=[(73856, 8960), [73856.0, 8960.0], np.array([73856, 8960]), [(9 * 64 + 1) * 128, 10 * 64 + 65 * 128]],
    wrong=[
        Wrong([73728, 8768], BIAS), Wrong([73728, SPLIT], BIAS_FIRST),
        Wrong([FULL, 8768], "The biases of the two layers of the second way are missing."),
        Wrong([73729, 8770], "You counted one bias for each layer: each filter has its own."),
        Wrong([73729, 8769], "You counted one bias for each way: each filter has its own."),
        Wrong([FULL, 9024], "You counted 128 biases for the depthwise layer: it has 64 filters."),
        Wrong([64 * (9 * 128 + 1), 128 * 10 + 64 * 129], "64 and 128 are swapped: 64 channels go in, 128 come out."),
        Wrong([128 * 28, 64 * 10 + 128 * 4], "Your filters read three channels, as for a colour image: here 64 go in."),
        Wrong([FULL, 8896], "Your second number is 64 too small: the depthwise filters have biases, too, and in the "
                            "1 × 1 layer 64 channels meet 128 filters, not the other way round."),
        Wrong([FULL, 8832], "The biases of the 1 × 1 layer are missing."),
        Wrong([FULL, 640], "That is the depthwise layer alone: add the 1 × 1 layer."),
        Wrong([FULL, 576], "That is the depthwise layer alone: add the 1 × 1 layer.", "Its biases are missing."),
        Wrong([FULL, 8320], "That is the 1 × 1 layer alone: add the depthwise layer."),
        Wrong([FULL, 8192], "That is the 1 × 1 layer alone: add the depthwise layer.", "Its biases are missing."),
        Wrong([FULL, 640 * 8320], "You multiplied the two layers of the second way: add them."),
        Wrong([FULL, 45248], WHOLE_DEPTH),
        Wrong([FULL, 73856 + 8320], "Your depthwise layer is the ordinary layer: it has 64 filters that read one "
                                    "channel each."),
        Wrong([FULL, 896], THIN), Wrong([1280, 896], DEPTH, THIN),
        Wrong([1280, SPLIT], DEPTH), Wrong([1152, 8768], BIAS, DEPTH),
        Wrong([577, SPLIT], "Your first number is one filter: there are 128."),
        Wrong([FULL, 705], "Your second number is the depthwise layer and one filter of 1 × 1: there are 128."),
        Wrong([FULL, 75], "Your second number is one filter of each of its layers: there are 64 and 128 of them."),
        Wrong([577, 75], "You counted one filter of each layer: there are 128, 64 and 128."),
        Wrong([FULL, 9600], "Your depthwise layer has 128 filters: it has 64, one for each channel."),
        Wrong([FULL, 1280 + 129 * 128], "Your depthwise layer makes 128 maps: it makes 64, one for each channel."),
        Wrong([FULL, 640 + 65 * 64], "Your 1 × 1 layer has 64 filters: there should be 128 channels in the end."),
        Wrong([36928, SPLIT], "Your ordinary layer has 64 filters: there should be 128 channels."),
        Wrong([FULL], "That is the first way only: give both numbers."),
        Wrong([SPLIT], "That is the second way only: give both numbers."),
        Wrong(FULL / SPLIT, "That is the ratio: give both numbers, in a list."),
        Wrong([24704, 8576], "A filter of 3 × 3 has 3 · 3 = 9 weights for each channel, not 3."),
        Wrong([49280, 8768], "A filter of 3 × 3 has 3 · 3 = 9 weights for each channel, not 3 + 3, and every "
                             "filter has a bias."),
        Wrong([73792, 8896], "Channels and filters are swapped: 64 channels go in, and there are 128 filters."),
        Wrong([73792, SPLIT], "There are 64 biases in your first number: 128 filters read 64 channels each, not the "
                              "other way round."),
        Wrong([81920, SPLIT], PER_CHANNEL), Wrong([81920, 17024], PER_CHANNEL),
        Wrong([FULL, 640 + 129 * 128], "The filters of your 1 × 1 layer read 128 channels: the depthwise layer makes "
                                       "64."),
        Wrong([FULL, 640 + FULL], "The second of your two layers has filters of 3 × 3: they are 1 × 1."),
        Wrong([8768, 73728], "Your two numbers are in the wrong order: the ordinary layer first.", BIAS),
        Wrong([SPLIT, FULL], "Your two numbers are in the wrong order: the ordinary layer first."),
        Wrong([FULL, 640, 8320], "The second way is one number: add its two layers."),
        Wrong(FULL - SPLIT, "That is the difference: give both numbers, in a list."),
        Wrong([FULL, FULL - SPLIT], "Your second number is the saving: give what the second way needs."),
        Wrong(FULL + SPLIT, "You added up the two ways: give both numbers, in a list."),
        Wrong(FULL, "That is the first way: give both numbers, in a list."),
        Wrong(SPLIT, "That is the second way: give both numbers, in a list."),
    ],
)
