"""What every layer is: something callable with a way back, and the parameters it learns."""

import math
from collections import Counter

import numpy as np

from .. import arguments, shapes
from ..arguments import quiet
from ..ops import check


def seed_key(seed):
    """A seed, an integer or a tuple of integers, as a tuple; TypeError or ValueError for anything else."""
    return tuple(shapes.integer(n, "seed", 0, math.inf) for n in (seed if isinstance(seed, tuple) else (seed,)))


def generator(key):
    """The random numbers that belong to `key`, a tuple of integers.

    The closing 1 keeps keys apart: NumPy takes (0,), (0, 0) and plain 0 for the same seed, so that images drawn in a
    notebook from default_rng(0) would repeat the numbers of the first layer's weights.
    """
    return np.random.default_rng((*key, 1))


def he_spread(fan_in):
    """Spread of initial weights that keeps the size of activations through ReLU layers (He et al. 2015)."""
    return math.sqrt(2 / fan_in)


def is_a(value, kind):
    """isinstance, also where `%autoreload` has made a class again and objects of the old one are still about."""
    wanted = kind.__module__, kind.__qualname__
    return any((each.__module__, each.__qualname__) == wanted for each in type(value).__mro__)


class Parameter:
    """An array that is learned: `.data`, and after a backward pass `.grad`, both of `.shape`.

    `data` (float32) is drawn when it is first needed, so describing a huge network costs nothing. The draw depends
    only on `key`, a tuple of integers (seed, position in the network, ...): the same network from the same seed
    starts from the same weights, in whatever order its layers are touched.
    """

    def __init__(self, shape, std=0, mean=0):
        self.shape = arguments.shape(shape, "shape")
        # Of the normal distribution it is drawn from.
        self.std, self.mean = arguments.share(std, "std", math.inf), arguments.finite(mean, "mean")
        self.key = (0,)
        self.grad = None
        self._data = None

    @property
    def size(self):
        """How many numbers it holds."""
        return int(np.prod(self.shape))

    @property
    def made(self):
        """Whether `data` exists yet."""
        return self._data is not None

    @property
    def data(self):
        """The array itself; assigning one copies it, so that training never writes into an array of yours."""
        if self._data is None:
            if self.std:   # in place: the weights of a large layer take hundreds of megabytes
                data = generator(self.key).standard_normal(self.shape, np.float32)
                data *= np.float32(self.std)
                data += np.float32(self.mean)
            else:
                data = np.full(self.shape, self.mean, np.float32)
            self._data = data   # only now: an interrupted caller has no parameter, rather than one of zeros
        return self._data

    @data.setter
    def data(self, value):
        if value is self._data is not None:   # data -= step: it has already happened, in place
            return
        value = check.floats(value, "data")
        check.same_shape(value, "data", self.shape, "the shape of the parameter")
        self._data = np.array(value)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.data, dtype=dtype, copy=copy)

    def __repr__(self):
        return f"Parameter(shape={self.shape})"


FLOAT = 4   # bytes of a float32, in which networks are trained
_MEMORY = ("cache", "output", "remembering")   # of a forward pass, until the backward pass


class Layer:
    """The base of all layers.

    `layer(x)` runs it forward; `layer.backward(dy)` takes the gradient of the loss with respect to its output, fills
    `.grad` of its parameters (each call overwrites: there is nothing to reset) and returns dx. A layer remembers its
    last forward call, so call backward after the forward call it belongs to.

    A subclass writes `forward`, `backward` and `output_shape`, and lists its parameters in `weights`.
    """

    training = False
    remembering = True   # whether a forward pass keeps what a backward pass needs: `predict` has no use for it
    history = None   # of the last training with `fit`
    sees_all = False   # whether every output depends on the whole input, wherever it lies
    joins = ""   # how a layer made of layers joins them: "chain", "sum" of paths from one input, "append" maps to maps
    enlarges = False   # whether its window is what an input cell is spread over, not what an output cell is made from

    def __setattr__(self, name, value):
        if is_a(self.__dict__.get(name), Parameter) and value is not None and not is_a(value, Parameter):
            found = type(value).__name__
            raise TypeError(f"{name} must stay a Parameter, found {found}: set its numbers with {name}.data = ...")
        super().__setattr__(name, value)

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if "backward" in vars(cls):   # what `__call__` does for forward
            cls.backward = quiet(cls.backward)

    @quiet
    def __call__(self, x):
        """Run forward on `x`. ValueError for a wrong shape, an empty batch or NaN; TypeError for other than numbers."""
        return self.forward(check.floats(x, "x", nan=False))

    def forward(self, x):
        """The output for `x`."""
        raise NotImplementedError(f"{type(self).__name__}.forward")

    def backward(self, dy, need_dx=True):
        """The gradient with respect to the last input; fills `.grad`. `need_dx=False` may skip dx and return None."""
        raise NotImplementedError(f"{type(self).__name__}.backward")

    def output_shape(self, shape):
        """The shape of one example's output, given that of one example's input; batch axis left out."""
        return arguments.shape(shape, "shape")

    def visits(self, shape):
        """Pairs (layer, shape of its input) of the layers that do the work, for one example of this shape."""
        yield self, arguments.shape(shape, "shape")

    def macs(self, shape):
        """Multiplications of convolution and linear layers for one example of this input shape."""
        return sum(layer.macs(seen) for layer, seen in self.visits(shape) if layer is not self)

    def kept(self, shape):
        """Bytes, by name, of the arrays that it keeps for the way back of one example of this shape.

        "x" is its input, which the layer before may have kept already; "y" its output, which the next one need not keep
        again; any other name an array of its own.
        """
        return {} if self.children else {"x": FLOAT * math.prod(arguments.shape(shape, "shape"))}

    def least_batch(self, shape):
        """The fewest examples of this shape that it can be trained on at once."""
        return max((layer.least_batch(seen) for layer, seen in self.visits(shape) if layer is not self), default=1)

    @property
    def weights(self):
        """The layer's own parameters by name."""
        return {}

    @property
    def statistics(self):
        """What the layer measures rather than learns, as Parameters by name: no gradient, but saved with the rest."""
        return {}

    @property
    def children(self):
        """The layers inside this one, by name."""
        return {}

    def named_parameters(self):
        """Pairs (name, Parameter) of what is learned, here and inside; ValueError for one in two places."""
        self._refuse_sharing()
        yield from self._named("weights")

    def named_statistics(self):
        """Pairs (name, Parameter) of what is measured, here and inside; ValueError for one in two places."""
        self._refuse_sharing()
        yield from self._named("statistics")

    def _named(self, kind):
        yield from getattr(self, kind).items()
        for name, child in self.children.items():
            yield from ((f"{name}.{inner}", parameter) for inner, parameter in child._named(kind))

    def parameters(self):
        """Yield the parameters that are learned."""
        for _, parameter in self.named_parameters():
            yield parameter

    def seed(self, key):
        """Set what not yet made parameters (and random layers) draw from: an int or a tuple of ints."""
        key = seed_key(key)
        for i, parameter in enumerate(self.weights.values()):
            parameter.key = (*key, i)
        for i, child in enumerate(self.children.values()):
            child.seed((*key, i))

    def train(self, mode=True):
        """Switch to training behaviour (matters to Dropout and BatchNorm2d); returns the layer."""
        self.training = mode = arguments.truth(mode, "mode")
        for child in self.children.values():
            child.train(mode)
        return self

    def eval(self):
        """Switch to evaluation behaviour, the default; returns the layer."""
        return self.train(False)

    def forget(self):
        """Let go of what the last forward pass was remembered by, here and in the layers inside: often megabytes."""
        for layer in self.everything():
            for name in _MEMORY:
                layer.__dict__.pop(name, None)

    def __getstate__(self):
        """What copies and pickles take along: all but the memory of the last forward pass."""
        return {name: value for name, value in vars(self).items() if name not in _MEMORY}

    def leaves(self):
        """Yield the layers that do the work, in order: this one, or those inside it."""
        if not self.children:
            yield self
        for child in self.children.values():
            yield from child.leaves()

    def everything(self):
        """Yield this layer and all inside it, those that hold layers included."""
        yield self
        for child in self.children.values():
            yield from child.everything()

    def _refuse_sharing(self):
        """Raise ValueError for a layer, or a parameter, in two places: each keeps one input, or one gradient.

        In a second place that would overwrite what the first still needs.
        """
        places = Counter(map(id, self.everything()))
        for layer in self.everything():
            if places[id(layer)] > 1:
                text = repr(layer).partition("(\n")[0]   # of a block its name is enough
                raise ValueError(f"layers: the same {text} is used twice, expected a separate layer in each place")
        names = {}
        for name, parameter in [*self._named("weights"), *self._named("statistics")]:
            if (first := names.setdefault(id(parameter), name)) != name:
                raise ValueError(
                    f"{first} and {name} are the same Parameter, expected a separate one in each place. To start from "
                    "equal numbers, assign them: b.weight.data = a.weight.data"
                )

    def _remember(self, y, cache):
        """Keep what backward will need; returns y."""
        if self.remembering:
            vars(self).update(cache=cache, output=(y.shape, y.dtype))   # none is a Parameter: nothing to look out for
        return y

    def _remembered(self, dy):
        """What forward kept, and dy as an array of its output's shape and dtype; clear errors if that cannot be."""
        if getattr(self, "cache", None) is None:
            raise RuntimeError(f"{type(self).__name__}.backward was called before the layer ran forward")
        shape, dtype = self.output
        dy = check.floats(dy, "dy")
        check.same_shape(dy, "dy", shape, f"the shape of {type(self).__name__}'s last output")
        return self.cache, dy.astype(dtype, copy=False)


class Affine(Layer):
    """What convolution and linear layers share: a `weight`, and a `bias` or None."""

    @property
    def weights(self):  # noqa: D102
        return {"weight": self.weight} | ({"bias": self.bias} if self.bias else {})

    def _arrays(self, dtype):
        """The numbers of weight and bias in a dtype; None where there is no bias."""
        return (p.data.astype(dtype, copy=False) if p else None for p in (self.weight, self.bias))
