"""A network from its pattern."""

import cnnlib as cnn

from ..exercise import Wrong
from .network import NetworkExercise, described


def solution(N, M, K):
    layers, channels, side = [], 1, 28
    for stage in range(M):
        for _ in range(N):
            filters = 8 * 2 ** stage
            layers += [cnn.nn.Conv2d(channels, filters, 3, padding=1), cnn.nn.ReLU()]
            channels = filters                      # what the next convolution is given
        layers.append(cnn.nn.MaxPool2d(2))
        side = side // 2
    layers.append(cnn.nn.Flatten())
    inputs = channels * side * side
    for _ in range(K):
        layers += [cnn.nn.Linear(inputs, 64), cnn.nn.ReLU()]
        inputs = 64
    layers.append(cnn.nn.Linear(inputs, 10))        # the logits: no ReLU behind them
    return cnn.nn.Sequential(*layers)


# --- other right ways -------------------------------------------------------------------------------------------------

def with_lists_of_sizes(N, M, K):
    nn = cnn.nn
    filters = [8 * 2 ** stage for stage in range(M) for _ in range(N)]
    layers = []
    for number, (before, after) in enumerate(zip([1, *filters], filters, strict=False), 1):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU()]
        if number % N == 0:
            layers.append(nn.MaxPool2d(2))
    sizes = [filters[-1] * (28 // 2 ** M) ** 2] + [64] * K + [10]
    layers.append(nn.Flatten())
    for k in range(K + 1):
        layers += [nn.Linear(sizes[k], sizes[k + 1]), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def in_nested_networks(N, M, K):
    nn = cnn.nn

    def stage(before, after):
        convs = [nn.Sequential(nn.Conv2d(before if i == 0 else after, after, 3, padding="same"), nn.ReLU())
                 for i in range(N)]
        return nn.Sequential(*convs, nn.MaxPool2d(2))

    maps = nn.Sequential(*[stage(1 if m == 0 else 4 * 2 ** m, 8 * 2 ** m) for m in range(M)], nn.Flatten())
    (inputs,) = maps.output_shape((1, 28, 28))      # the network itself knows what comes out
    hidden = [part for k in range(K) for part in (nn.Linear(64 if k else inputs, 64), nn.ReLU())]
    return nn.Sequential(maps, *hidden, nn.Linear(64 if K else inputs, 10))


def recursive(N, M, K):
    nn = cnn.nn

    def stages(channels, left):
        if left == 0:
            return []
        filters = 8 if channels == 1 else 2 * channels
        convs = [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
        for _ in range(N - 1):
            convs += [nn.Conv2d(filters, filters, 3, padding=1), nn.ReLU()]
        return [*convs, nn.MaxPool2d(2), *stages(filters, left - 1)]

    layers = [*stages(1, M), nn.Flatten()]
    features = nn.Sequential(*layers).output_shape((1, 28, 28))[0]
    for outputs in [64] * K:
        layers, features = [*layers, nn.Linear(features, outputs), nn.ReLU()], outputs
    return nn.Sequential(*layers, nn.Linear(features, 10))


def of_the_library(N, M, K):
    return cnn.zoo.classifier(N, M, K)


# --- typical mistakes -------------------------------------------------------------------------------------------------

def build(N, M, K, *, relu=True, relu_fc=True, pool=True, pool_each=False, flatten=True, last=True, relu_end=False,
          filters=lambda stage, conv: 8 * 2 ** stage, follow=True, padding=1, F=3, half=lambda side: side // 2,
          features=lambda channels, side: channels * side * side, chain=True, hidden=64, classes=10, first_relu=False,
          pool_size=2, in_channels=1):
    """The network with one thing done otherwise."""
    nn = cnn.nn
    layers, channels, side = [], in_channels, 28
    for stage in range(M):
        before = channels
        for conv in range(N):
            given = channels if follow else before
            channels = filters(stage, conv)
            layers += [nn.ReLU()] * first_relu + [nn.Conv2d(given, channels, F, padding=padding)]
            layers += [nn.ReLU() for _ in range(relu and not first_relu)]
            if pool_each and pool:
                layers.append(nn.MaxPool2d(2))
                side = side // 2
        if pool and not pool_each:
            layers.append(nn.MaxPool2d(pool_size))
        side = half(side) if not pool_each else side
    layers += [nn.Flatten()] * flatten
    inputs = first = features(channels, side)
    for _ in range(K):
        layers += [nn.Linear(inputs if chain else first, hidden)] + [nn.ReLU() for _ in range(relu_fc)]
        inputs = hidden
    layers += [nn.Linear(inputs, classes)] * last + [nn.ReLU() for _ in range(relu_end)]
    return nn.Sequential(*layers)


def wrong(sentence, second=None, **changed):
    """A `Wrong` of a network built with something changed."""
    return Wrong(described(lambda N, M, K: build(N, M, K, **changed)), sentence, second)


def as_a_list(N, M, K):
    return list(solution(N, M, K))


def exchanged(N, M, K):
    return build(M, N, K)


def one_hidden_less(N, M, K):
    return build(N, M, max(K - 1, 0))


def one_stage(N, M, K):
    return build(N, 1, K)


def one_convolution(N, M, K):
    return build(1, M, K)


def not_halved(N, M, K):
    return build(N, M, K, half=lambda side: side)


def filters_of_the_next_stage():
    """The first FC layer counts the filters of a stage that never comes."""
    def made(N, M, K):
        return build(N, M, K, features=lambda channels, side: 2 * channels * side * side)

    return described(made)


def one_relu_for_all(N, M, K):
    """The ReLU of the hidden layers stands behind their loop."""
    layers = list(build(N, M, K, relu_fc=False))
    return cnn.nn.Sequential(*layers[:-1], cnn.nn.ReLU(), layers[-1])


def per_convolution():
    """Filters that double with every convolution."""
    def made(N, M, K):
        return build(N, M, K, filters=lambda stage, conv: 8 * 2 ** (stage * N + conv))

    return described(made)


NO_RELU = "The ReLU behind each Conv is missing: without it two convolutions in a row are no more than one."
NO_RELU_FC = "The ReLU behind each hidden FC layer is missing: without it two of them in a row are no more than one."
SIDE = "The first FC layer is given other numbers than you think: each Pool halves the side, 28, 14, 7, 3."

EXERCISE = NetworkExercise(
    id="06.3",
    title="A network from its pattern",
    statement="""Write `classifier(N, M, K)` and return a `cnn.nn.Sequential` for grey images of 28 × 28:

$$[\\,(\\text{Conv-ReLU}) \\cdot N \\text{-Pool}\\,] \\cdot M \\text{ - } (\\text{FC-ReLU}) \\cdot K \\text{ - FC}$$

Every Conv has filters of 3 × 3 and padding 1, so it keeps the size: 8 filters in the first stage, and in each next
stage twice as many as in the one before. Every Pool is `MaxPool2d(2)`. Do not forget `Flatten`. The $K$ hidden FC
layers have 64 outputs each, the last FC 10: the logits. $N$ and $M$ are 1 or more, $K$ may be 0.

Put the layers into a list first, then `cnn.nn.Sequential(*layers)`. Do not use `cnn.zoo`.""",
    signature="classifier(N, M, K): whole numbers -> a Sequential, (n, 1, 28, 28) -> (n, 10)",
    difficulty=3,
    minutes=7,
    hints=(
        "Two loops, one inside the other, for the stages; a third for the hidden layers. Which two numbers must you "
        "carry along to know what the next layer is given?",
        "Carry `channels`, which every Conv changes, and `side`, which every Pool halves: `side // 2`. A Conv is "
        "`cnn.nn.Conv2d(channels, filters, 3, padding=1)` with `filters = 8 * 2 ** stage`.",
        "Behind the stages come `Flatten()` and `inputs = channels * side * side`. Each hidden layer is "
        "`cnn.nn.Linear(inputs, 64)` and a ReLU; from then on `inputs = 64`. Last: `cnn.nn.Linear(inputs, 10)`.",
    ),
    solution=described(solution),
    errors="""- *"FC 1568→64" where 784 is expected*: follow the side through every Pool, 28, 14, 7, 3.
- *"Conv 1→8" twice in a row*: the second convolution is given 8 maps; set `channels = filters` after each.
- *A ReLU at the very end*: it cuts off negative logits, and the network can no longer say "surely not".
- *"in_features must be an integer"*: `side / 2` makes a float of it, `side // 2` does not.
- *One and the same layer twice*: `[conv, relu] * N` repeats the object, not its recipe. Make a new one in the loop.""",
    praise="Three loops, two numbers carried along.",
    insight="VGG-16 of lesson 08 is nearly this: stages of convolutions, filters that double, and three FC layers.",
    cases=[(1, 1, 0), (1, 1, 1), (2, 1, 0), (1, 2, 0), (2, 2, 1), (1, 3, 2), (3, 1, 2), (2, 3, 2), (1, 2, 3),
           (4, 2, 1)],
    returns="the network",
    right=[described(way) for way in (with_lists_of_sizes, in_nested_networks, recursive, of_the_library)],
    wrong=[
        wrong(NO_RELU, relu=False),
        wrong(NO_RELU_FC, relu_fc=False),
        wrong(NO_RELU, NO_RELU_FC, relu=False, relu_fc=False),
        wrong("The ReLU stands in front of each Conv: it belongs behind it.", first_relu=True),
        wrong("You pool after every Conv: Pool comes once, at the end of a stage.", pool_each=True),
        wrong("The Pool layers are missing, though you halve the side: put `MaxPool2d(2)` at the end of each stage.",
              pool=False),
        wrong("The Pool layers are missing: each stage ends in `MaxPool2d(2)` and halves the side.", pool=False,
              half=lambda side: side),
        wrong("`Flatten` is missing: the FC layers want one long row of numbers.", flatten=False),
        wrong("The last FC layer is missing: behind the K hidden ones comes the one with the 10 logits.", last=False),
        wrong("There is a ReLU behind the logits: it would cut off all negative scores.", relu_end=True),
        wrong("The filters stay 8: each stage has twice as many as the one before.", filters=lambda stage, conv: 8),
        wrong("The first stage has 16 filters: it should have 8, the second 16.",
              filters=lambda stage, conv: 16 * 2 ** stage),
        wrong("Your filters grow by 8 from stage to stage: they double, 8, 16, 32.",
              filters=lambda stage, conv: 8 * (stage + 1)),
        Wrong(per_convolution(), "Your filters double with every Conv: they double from stage to stage, and within one "
                                 "they stay."),
        wrong("Within a stage the second Conv is given what the first one makes: set `channels = filters` after each.",
              follow=False),
        wrong("The padding is missing: without `padding=1` every Conv takes two pixels off each side.", padding=0),
        wrong("Your padding is 2: a filter of 3 × 3 keeps the size with padding 1.", padding=2),
        wrong("Your filters are 5 × 5: they should be 3 × 3, with padding 1.", F=5, padding=2),
        wrong("Your filters are 5 × 5: they should be 3 × 3.", F=5),
        Wrong(described(not_halved), SIDE),
        wrong("You round the side up: a Pool of 2 has no room for half a window, so 7 becomes 3.",
              half=lambda side: -(-side // 2)),
        Wrong(filters_of_the_next_stage(), "The first FC layer is given half of that: count the maps of the last stage "
                                           "there is, not the filters that a next one would have."),
        Wrong(described(one_relu_for_all), "The ReLU of the hidden layers stands behind their loop: each of the K has "
                                           "its own, and with K = 0 there is none."),
        wrong("The maps have height and width: the first FC layer is given channels · side · side numbers.",
              features=lambda channels, side: channels * side),
        wrong("The first FC layer is given all maps: channels · side · side numbers.",
              features=lambda channels, side: side * side),
        wrong("Every hidden layer is given the 64 numbers of the one before: only the first sees the maps.",
              chain=False),
        wrong("The hidden layers have 64 outputs.", hidden=10),
        wrong("The hidden layers have 64 outputs: 120 are those of LeNet.", hidden=120),
        wrong("Your images have three channels: these are grey, so the first Conv is given one.", in_channels=3),
        Wrong(described(exchanged), "N and M are exchanged: N counts the Conv of a stage, M the stages."),
        Wrong(described(one_hidden_less), "There is one hidden layer too few: K does not count the last FC, which "
                                          "makes the logits."),
        Wrong(described(one_stage), "There is only one stage, whatever M is: does a `return` stand inside the loop, or "
                                    "a list begin anew?"),
        Wrong(described(one_convolution), "There is only one Conv in each stage: N of them belong there."),
        Wrong(described(as_a_list), "That is a list of layers: make a network of it, `cnn.nn.Sequential(*layers)`."),
    ],
)
