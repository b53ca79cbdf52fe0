"""A network from its pattern."""

import cnnlib as cnn

from .e03_more import MORE
from .e03_slips import WRONG, doubling
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
    layers.append(cnn.nn.Linear(inputs, 10))        # the logits: no ReLU after them
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


def of_the_library(N, M, K):
    return cnn.zoo.classifier(N, M, K)


EXERCISE = NetworkExercise(
    id="06.3",
    title="A network from its pattern",
    statement="""Write `classifier(N, M, K)` and return a `cnn.nn.Sequential` for grey images of 28 × 28:

$$[\\,(\\text{Conv-ReLU}) \\cdot N \\text{-Pool}\\,] \\cdot M \\text{ - } (\\text{FC-ReLU}) \\cdot K \\text{ - FC}$$

Every Conv has filters of 3 × 3 and padding 1, so it keeps the size: 8 filters in the first stage, and in each later
stage twice as many as in the one before. Every Pool is `MaxPool2d(2)`. Do not forget `Flatten`. The $K$ hidden FC
layers have 64 outputs each, the last FC 10: the logits. $N$ and $M$ are at least 1; $K$ can be 0.

Put the layers in a list first, then call `cnn.nn.Sequential(*layers)`. (`cnn.zoo.classifier` does the same.)""",
    signature="classifier(N, M, K): whole numbers -> a Sequential, (n, 1, 28, 28) -> (n, 10)",
    difficulty=3,
    minutes=7,
    hints=(
        "Two loops, one inside the other, for the stages; a third for the hidden layers. Which two numbers must "
        "you carry along to know what goes into the next layer?",
        "Carry `channels`, which every Conv changes, and `side`, which every Pool halves: `side // 2`. A Conv is "
        "`cnn.nn.Conv2d(channels, filters, 3, padding=1)` with `filters = 8 * 2 ** stage`.",
        "After the stages come `Flatten()` and `inputs = channels * side * side`. Each hidden layer is "
        "`cnn.nn.Linear(inputs, 64)` and a ReLU; from then on `inputs = 64`. Last: `cnn.nn.Linear(inputs, 10)`.",
    ),
    solution=described(solution),
    errors="""- *"FC 1568→64" where 784 is expected*: follow the side through every Pool, 28, 14, 7, 3.
- *"Conv 1→8" twice in a row*: the second convolution gets 8 maps; set `channels = filters` after each.
- *A ReLU at the end*: it cuts off negative logits, and the network can no longer say "surely not".
- *"in_features must be an integer"*: `side / 2` gives a float, `side // 2` does not.
- *The same layer twice*: `[conv, relu] * N` repeats the object. Make a new one in the loop.""",
    praise="Three loops, two numbers carried along.",
    insight="VGG-16 of lesson 08 is nearly this: stages of convolutions, filters that double, and three FC layers.",
    cases=[(1, 1, 0), (1, 1, 1), (2, 1, 0), (1, 2, 0), (2, 2, 1), (1, 3, 2), (3, 1, 2), (2, 3, 2), (1, 2, 3),
           (4, 2, 1)],
    edges=[(1, 4, 1)],
    returns="the network",
    right=[described(way) for way in (doubling, with_lists_of_sizes, in_nested_networks, of_the_library)],
    wrong=WRONG + MORE,
)
