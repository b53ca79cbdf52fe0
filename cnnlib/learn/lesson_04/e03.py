"""What comes out of a convolutional layer, and what it costs."""

import math

from ... import nn
from ..exercise import Exercise, Wrong


def solution(C, H, W, K, F, S, P):
    rows = (H + 2 * P - F) // S + 1          # as for one channel
    columns = (W + 2 * P - F) // S + 1
    weights = F * F * C * K                  # every filter has a table of weights for every channel
    biases = K                               # and one bias
    return (K, rows, columns), weights + biases


# --- other right ways -------------------------------------------------------------------------------------------------

def from_the_layer(C, H, W, K, F, S, P):
    layer = nn.Conv2d(C, K, F, stride=S, padding=P)
    return layer.output_shape((C, H, W)), sum(p.size for p in layer.parameters())


def by_counting(C, H, W, K, F, S, P):
    filters = [[(c, u, v) for c in range(C) for u in range(F) for v in range(F)] + ["bias"] for _ in range(K)]
    sides = [len(range(0, n + 2 * P - F + 1, S)) for n in (H, W)]
    return [K, *sides], sum(map(len, filters))


def per_filter(C, H, W, K, F, S, P):
    return [K] + [math.floor((n - F + 2 * P) / S + 1) for n in (H, W)], K * (F ** 2 * C + 1)


def recursive(C, H, W, K, F, S, P):
    def side(n):
        return 0 if n < F else 1 + side(n - S)

    return (K, side(H + 2 * P), side(W + 2 * P)), sum(F * F * C + 1 for _ in range(K))


def with_floats(C, H, W, K, F, S, P):
    return [float(K), (H + 2 * P - F) / S // 1 + 1, (W + 2 * P - F) / S // 1 + 1], float(K) * (F * F * C + 1)


# --- typical mistakes: in the shape, in the count, in both ------------------------------------------------------------

def _shape(C, H, W, K, F, S, P):
    return solution(C, H, W, K, F, S, P)[0]


def _sides(S, P, F, sizes, rounding=math.floor, padded=2, first=1):
    return [rounding((n + padded * P - F) / S) + first for n in sizes]


def _counted(count):
    """An answer with the right shape and another count."""
    return lambda C, H, W, K, F, S, P: (_shape(C, H, W, K, F, S, P), count(C, K, F))


def _shaped(shape):
    """An answer with the right count and another shape."""
    def answer(C, H, W, K, F, S, P):
        right, count = solution(C, H, W, K, F, S, P)
        return shape(right, C, H, W, K, F, S, P), count

    return answer


no_bias = _counted(lambda C, K, F: F * F * C * K)
one_bias = _counted(lambda C, K, F: F * F * C * K + 1)
bias_per_channel = _counted(lambda C, K, F: (F * F + 1) * C * K)
biases_of_channels = _counted(lambda C, K, F: F * F * C * K + C)
no_channels = _counted(lambda C, K, F: (F * F + 1) * K)
no_channels_no_bias = _counted(lambda C, K, F: F * F * K)
no_filters = _counted(lambda C, K, F: F * F * C + 1)
no_filters_no_bias = _counted(lambda C, K, F: F * F * C)
not_squared = _counted(lambda C, K, F: (F * C + 1) * K)
sum_of_sides = _counted(lambda C, K, F: (2 * F * C + 1) * K)
cubed = _counted(lambda C, K, F: (F ** 3 + 1) * K)
channels_added = _counted(lambda C, K, F: (F * F + C + 1) * K)
weights_of_one_filter = _counted(lambda C, K, F: F * F * C + K)
bias_per_weight = _counted(lambda C, K, F: 2 * F * F * C * K)
places = _shaped(lambda y, C, H, W, K, F, S, P: (y[1], y[2], K))
depth_of_the_input = _shaped(lambda y, C, H, W, K, F, S, P: (C, *y[1:]))
a_map_per_pair = _shaped(lambda y, C, H, W, K, F, S, P: (K * C, *y[1:]))
swapped = _shaped(lambda y, C, H, W, K, F, S, P: (K, y[2], y[1]))
square = _shaped(lambda y, C, H, W, K, F, S, P: (K, y[1], y[1]))
filters_left_out = _shaped(lambda y, C, H, W, K, F, S, P: y[1:])
with_batch = _shaped(lambda y, C, H, W, K, F, S, P: (1, *y))
with_channels = _shaped(lambda y, C, H, W, K, F, S, P: (K, C, *y[1:]))
same_size = _shaped(lambda y, C, H, W, K, F, S, P: (K, H, W))
depth_shrinks_too = _shaped(lambda y, C, H, W, K, F, S, P: (K, max(C - F + 1, 1), *y[1:]))
no_first_place = _shaped(lambda y, C, H, W, K, F, S, P: (K, *_sides(S, P, F, (H, W), first=0)))
padding_once = _shaped(lambda y, C, H, W, K, F, S, P: (K, *_sides(S, P, F, (H, W), padded=1)))
no_padding = _shaped(lambda y, C, H, W, K, F, S, P: (K, *_sides(S, P, F, (H, W), padded=0)))
no_stride = _shaped(lambda y, C, H, W, K, F, S, P: (K, *_sides(1, P, F, (H, W))))
padding_subtracted = _shaped(lambda y, C, H, W, K, F, S, P: (K, *_sides(S, P, F, (H, W), padded=-2)))
ceil = _shaped(lambda y, C, H, W, K, F, S, P: (K, *_sides(S, P, F, (H, W), math.ceil)))
fraction = _shaped(lambda y, C, H, W, K, F, S, P: (K, *_sides(S, P, F, (H, W), lambda n: n)))


nearest = _shaped(lambda y, C, H, W, K, F, S, P: (K, *_sides(S, P, F, (H, W), round)))
nearest_of_the_sum = _shaped(lambda y, C, H, W, K, F, S, P: (K, *(round((n + 2 * P - F) / S + 1) for n in (H, W))))
one_before_dividing = _shaped(lambda y, C, H, W, K, F, S, P: (K, *((n + 2 * P - F + 1) // S for n in (H, W))))
no_brackets = _shaped(lambda y, C, H, W, K, F, S, P: (K, *(n + 2 * P - F // S + 1 for n in (H, W))))


def fraction_without_bias(C, H, W, K, F, S, P):
    return fraction(C, H, W, K, F, S, P)[0], F * F * C * K


def last_without_bias(C, H, W, K, F, S, P):
    return places(C, H, W, K, F, S, P)[0], F * F * C * K


def one_filter(C, H, W, K, F, S, P):
    return (1, *_shape(C, H, W, K, F, S, P)[1:]), F * F * C + 1


def pairs_everywhere(C, H, W, K, F, S, P):
    return (K * C, *_shape(C, H, W, K, F, S, P)[1:]), (F * F + 1) * K * C


def padding_once_without_bias(C, H, W, K, F, S, P):
    return padding_once(C, H, W, K, F, S, P)[0], F * F * C * K


def no_padding_no_bias(C, H, W, K, F, S, P):
    return no_padding(C, H, W, K, F, S, P)[0], F * F * C * K


def size_of_the_image(C, H, W, K, F, S, P):
    return _shape(C, H, W, K, F, S, P), (H * W * C + 1) * K


def bias_per_output(C, H, W, K, F, S, P):
    shape = _shape(C, H, W, K, F, S, P)
    return shape, F * F * C * K + math.prod(shape)


def at_every_place(C, H, W, K, F, S, P):
    shape, count = solution(C, H, W, K, F, S, P)
    return shape, count * shape[1] * shape[2]


def at_every_place_without_bias(C, H, W, K, F, S, P):
    shape = _shape(C, H, W, K, F, S, P)
    return shape, F * F * C * math.prod(shape)


def exchanged(C, H, W, K, F, S, P):
    return solution(K, H, W, C, F, S, P)


def the_example(C, H, W, K, F, S, P):
    return (10, 32, 32), 760


def dense(C, H, W, K, F, S, P):
    shape = _shape(C, H, W, K, F, S, P)
    return shape, (C * H * W + 1) * math.prod(shape)


def outputs(C, H, W, K, F, S, P):
    shape = _shape(C, H, W, K, F, S, P)
    return shape, math.prod(shape)


def count_first(C, H, W, K, F, S, P):
    return solution(C, H, W, K, F, S, P)[::-1]


def shape_only(C, H, W, K, F, S, P):
    return _shape(C, H, W, K, F, S, P)


def count_only(C, H, W, K, F, S, P):
    return solution(C, H, W, K, F, S, P)[1]


def four_numbers(C, H, W, K, F, S, P):
    shape, count = solution(C, H, W, K, F, S, P)
    return (*shape, count)


def weights_and_biases_apart(C, H, W, K, F, S, P):
    return _shape(C, H, W, K, F, S, P), (F * F * C * K, K)


def draw(rng):
    F, S, P = int(rng.integers(1, 8)), int(rng.integers(1, 4)), int(rng.integers(0, 3))
    C, K = int(rng.integers(1, 65)), int(rng.integers(1, 65))
    return C, F + int(rng.integers(1, 30)), F + int(rng.integers(1, 30)), K, F, S, P


BIAS = "The biases are missing: each filter has one."
CHANNELS = "The channels are missing in the count: a filter has F · F weights for each of them."
FILTERS = "You counted one filter: there are K."
PLACES = "You counted the filters anew at every place: all places share the same weights."
APART = "Return two things, the shape and the count: `return (K, rows, columns), count`."
LAST = "Your numbers are in the order of height, width, channels: here the channels come first, (K, rows, columns)."
ONCE = "Your padding is added once: P counts per side, so it is 2 · P."
UNPADDED = "The padding is missing: H + 2 · P rows can be read."
NEAREST = "You round to the nearest whole number: round down, a window that does not fit reads nothing."
ROUND = "Your sizes have fractions: round down, a window that does not fit reads nothing."

EXERCISE = Exercise(
    id="04.3",
    title="What a layer makes, and what it costs",
    statement="""Write `conv_layer(C, H, W, K, F, S, P)`: an image of `C` channels, `H` rows and `W` columns goes into a
layer of `K` filters of `F` × `F`, with stride `S` and padding `P` per side. Every filter has a bias. Return two things:

- the shape of the output, three numbers, channels first;
- the number of parameters.

For example `conv_layer(3, 32, 32, 10, 5, 1, 2)` returns `(10, 32, 32), 760`.""",
    signature="conv_layer(C, H, W, K, F, S, P): seven whole numbers -> (K, rows, columns), count",
    difficulty=2,
    minutes=5,
    hints=(
        "Two questions that have little to do with each other. Which of the seven numbers decide about the shape, and "
        "which about the count?",
        "Rows and columns follow from lesson 03, with `//` for rounding down. The first number of the shape is how "
        "many maps there are. For the count, write down what one filter holds.",
        "`(H + 2 * P - F) // S + 1` rows, the same with `W` for columns, and `(F * F * C + 1) * K` parameters.",
    ),
    solution=solution,
    errors="""- The number of maps is $K$, whatever $C$ is; the number of weights has both in it.
- $H$, $W$, $S$ and $P$ do not come into the count: the same filters slide over any image.
- Without the biases the count is $K$ too small. One bias for each *filter*, not for each channel or output.
- `/` gives fractions where the stride does not fit; `//` rounds down.""",
    praise="Shape and cost of every convolutional layer.",
    insight="The two have only F and K in common: C does not change the shape, and H and W do not change the cost.",
    cases=[
        (3, 32, 32, 10, 5, 1, 2), (3, 32, 32, 6, 5, 1, 0), (64, 56, 56, 32, 1, 1, 0), (1, 7, 9, 2, 3, 3, 0),
        (2, 5, 8, 4, 3, 2, 1), (3, 227, 227, 96, 11, 4, 0), (8, 14, 14, 16, 5, 1, 0), (5, 12, 6, 1, 2, 3, 1),
    ],
    draw=draw,
    edges=[(4, 4, 4, 4, 4, 2, 4), (3, 2, 1, 2, 4, 2, 3), (1, 1, 2, 1, 2, 2, 3), (2, 1000, 600, 1, 2, 2, 0)],
    returns=("shape", "count"),
    right=[from_the_layer, by_counting, per_filter, recursive, with_floats],
    wrong=[
        Wrong(no_bias, BIAS),
        Wrong(one_bias, "You counted one bias for the whole layer: each filter has its own."),
        Wrong(bias_per_channel, "You counted a bias for each channel of each filter: a filter has one, for its "
                                "channels are added to one sum."),
        Wrong(biases_of_channels, "You counted as many biases as there are channels: there is one for each filter."),
        Wrong(no_channels, CHANNELS), Wrong(no_channels_no_bias, CHANNELS, BIAS),
        Wrong(no_filters, FILTERS), Wrong(no_filters_no_bias, FILTERS, BIAS),
        Wrong(not_squared, "A filter of F × F has F · F weights for each channel, not F."),
        Wrong(sum_of_sides, "A filter of F × F has F · F weights for each channel, not F + F."),
        Wrong(cubed, "Your filters are F deep: they are as deep as there are channels, F · F · C."),
        Wrong(channels_added, "The channels multiply: F · F weights for each of the C channels, not C weights more."),
        Wrong(weights_of_one_filter, "You have K biases, but the weights of one filter only."),
        Wrong(one_filter, "That is a layer of one filter: with K of them there are K maps, and K times as many "
                          "parameters."),
        Wrong(size_of_the_image, "Your filters are as large as the image: they have F · F weights for each channel."),
        Wrong(pairs_everywhere, "You counted a filter of its own, with a bias, for each pair of filter and channel: "
                                "a filter has all channels in it, and makes one map."),
        Wrong(bias_per_weight, "You counted a bias for every weight: each filter has one."),
        Wrong(bias_per_output, "You counted a bias for every output: all places of a map share that of the filter."),
        Wrong(at_every_place, PLACES), Wrong(at_every_place_without_bias, PLACES, BIAS),
        Wrong(exchanged, "C and K have changed places: C channels go in, K maps come out."),
        Wrong(the_example, "You return the example whatever goes in: calculate with the seven numbers."),
        Wrong(dense, "You counted a weight from every input to every output: that would be fully connected."),
        Wrong(outputs, "Your count is that of the outputs: count the weights and biases instead."),
        Wrong(places, LAST), Wrong(last_without_bias, LAST, BIAS),
        Wrong(depth_of_the_input, "Your output is as deep as the input: it has one map for each of the K filters."),
        Wrong(a_map_per_pair, "You have a map for each pair of filter and channel: each filter makes one map."),
        Wrong(with_channels, "The channels of the input are added up: they do not come into the shape of the output."),
        Wrong(depth_shrinks_too, "Your filters slide along the channels, too: they slide along rows and columns only."),
        Wrong(swapped, "Rows and columns have changed places: H gives the rows, W the columns."),
        Wrong(square, "Your columns are calculated from H: they follow from W."),
        Wrong(filters_left_out, "The shape lacks its first number: how many maps there are."),
        Wrong(with_batch, "There is no batch here: the shape has three numbers, (K, rows, columns)."),
        Wrong(same_size, "Your maps are as large as the image: rows and columns follow from F, S and P."),
        Wrong(no_first_place, "Rows and columns are one short: the place at the very start counts, hence + 1."),
        Wrong(padding_once, ONCE), Wrong(no_padding, UNPADDED),
        Wrong(padding_subtracted, "You subtract the padding: it makes the image larger, H + 2 · P rows can be read."),
        Wrong(no_stride, "The stride is missing: the window jumps S cells at a time."),
        Wrong(padding_once_without_bias, ONCE, BIAS), Wrong(no_padding_no_bias, UNPADDED, BIAS),
        Wrong(nearest, NEAREST), Wrong(nearest_of_the_sum, NEAREST),
        Wrong(one_before_dividing, "The 1 is added before you divide by the stride: it comes after, for the place at "
                                   "the start."),
        Wrong(no_brackets, "Brackets are missing: H + 2 · P − F is divided by the stride, not F alone."),
        Wrong(ceil, "You round up: a window that does not fit reads nothing, so round down."),
        Wrong(fraction, ROUND), Wrong(fraction_without_bias, ROUND, BIAS),
        Wrong(count_first, "Both are right, but in the other order: the shape first, then the count."),
        Wrong(shape_only, "The count is missing.", APART), Wrong(count_only, "The shape is missing.", APART),
        Wrong(four_numbers, APART),
        Wrong(weights_and_biases_apart, "Weights and biases are counted apart: return their sum."),
    ],
)
