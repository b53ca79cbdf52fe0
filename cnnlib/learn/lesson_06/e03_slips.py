"""Ways in which a network built from its pattern goes wrong: the mistakes of exercise 06.3."""

import cnnlib as cnn

from ..exercise import Wrong
from .network import described


def build(N, M, K, *, relu=True, relu_fc=True, pool=True, pool_each=False, flatten=True, last=True, relu_end=False,
          filters=lambda stage, conv: 8 * 2 ** stage, follow=True, padding=1, F=3, half=lambda side: side // 2,
          features=lambda channels, side: channels * side * side, chain=True, hidden=64, classes=10, first_relu=False,
          in_channels=1, last_given=None):
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
            layers.append(nn.MaxPool2d(2))
        side = half(side) if not pool_each else side
    layers += [nn.Flatten()] * flatten
    inputs = first = features(channels, side)
    for _ in range(K):
        layers += [nn.Linear(inputs if chain else first, hidden)] + [nn.ReLU() for _ in range(relu_fc)]
        inputs = hidden
    layers += [nn.Linear(last_given or inputs, classes)] * last + [nn.ReLU() for _ in range(relu_end)]
    return nn.Sequential(*layers)


def wrong(sentence, second=None, **changed):
    """A `Wrong` of a network built with something changed."""
    return Wrong(described(lambda N, M, K: build(N, M, K, **changed)), sentence, second)


def as_a_list(N, M, K):
    return list(build(N, M, K))


def exchanged(N, M, K):
    return build(M, N, K)


def stages_and_hidden_exchanged(N, M, K):
    return build(N, K, M)


def one_hidden_less(N, M, K):
    return build(N, M, max(K - 1, 0))


def always_one_hidden(N, M, K):
    return build(N, M, max(K, 1))


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


def arranged(arrange, **changed):
    """A network whose layers, one list for each stage and one for the rest, are put together otherwise."""
    def made(N, M, K):
        layers, stages = list(build(N, M, K, **changed)), []
        for _ in range(M):
            stages.append([layers.pop(0) for _ in range(2 * N + 1)])
        return cnn.nn.Sequential(*arrange(stages, layers))

    return described(made)


def one_relu_a_stage(stages, rest):
    """Only behind its last convolution."""
    return [layer for stage in stages for layer in [*stage[:-1:2], cnn.nn.ReLU(), stage[-1]]] + rest


def relu_behind_pool(stages, rest):
    return [layer for stage in stages for layer in [*stage[:-1:2], stage[-1], cnn.nn.ReLU()]] + rest


def one_pool(stages, rest):
    return [layer for stage in stages for layer in stage[:-1]] + [stages[0][-1], *rest]


def flatten_in_every_stage(stages, rest):
    return [layer for stage in stages for layer in [*stage, cnn.nn.Flatten()]] + rest[1:]


def flatten_in_front(stages, rest):
    return [rest[0]] + [layer for stage in stages for layer in stage] + rest[1:]


NO_RELU = "The ReLU behind each Conv is missing: without it two convolutions in a row are no more than one."
NO_RELU_FC = "The ReLU behind each hidden FC layer is missing: without it two of them in a row are no more than one."
SIDE = "The first FC layer is given other numbers than you think: each Pool halves the side, 28, 14, 7, 3."

WRONG = [
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
    wrong("You take the side to be 7: it is so after two Pools, and M counts them.",
          features=lambda channels, side: channels * 7 * 7),
    wrong("You take the side to be 14: it is so after one Pool, and M counts them.",
          features=lambda channels, side: channels * 14 * 14),
    wrong("The maps have height and width: the first FC layer is given channels · side · side numbers.",
          features=lambda channels, side: channels),
    wrong("The last FC layer is given 64 numbers only if there is a hidden one: with K = 0 it is given all maps.",
          last_given=64),
    Wrong(arranged(one_relu_a_stage), "There is one ReLU in each stage: every Conv has its own behind it."),
    Wrong(arranged(relu_behind_pool), "The ReLU stands behind the Pool: here it stands behind every Conv."),
    Wrong(arranged(one_pool, half=lambda side: side, features=lambda channels, side: channels * 14 * 14),
          "There is one Pool for the whole network: every stage ends in one."),
    Wrong(arranged(flatten_in_every_stage), "There is a `Flatten` in every stage: it stands once, behind the last."),
    Wrong(arranged(flatten_in_front), "`Flatten` stands in front: a Conv needs rows and columns. It belongs behind the "
                                      "last stage."),
    Wrong(described(stages_and_hidden_exchanged), "M and K are exchanged: M counts the stages, K the hidden FC "
                                                  "layers."),
    wrong("Every hidden layer is given the 64 numbers of the one before: only the first sees the maps.",
          chain=False),
    wrong("The hidden layers have 64 outputs.", hidden=10),
    wrong("The hidden layers have 64 outputs: 120 are those of LeNet.", hidden=120),
    wrong("Your images have three channels: these are grey, so the first Conv is given one.", in_channels=3),
    Wrong(described(exchanged), "N and M are exchanged: N counts the Conv of a stage, M the stages."),
    Wrong(described(one_hidden_less), "There is one hidden layer too few: K does not count the last FC, which "
                                      "makes the logits."),
    Wrong(described(always_one_hidden), "With K = 0 there is no hidden layer: the maps go straight to the logits."),
    Wrong(described(one_stage), "There is only one stage, whatever M is: does a `return` stand inside the loop, or "
                                "a list begin anew?"),
    Wrong(described(one_convolution), "There is only one Conv in each stage: N of them belong there."),
    Wrong(described(as_a_list), "That is a list of layers: make a network of it, `cnn.nn.Sequential(*layers)`."),
]
