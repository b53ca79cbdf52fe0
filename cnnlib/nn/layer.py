"""What every layer is: something callable with a way back, and the parameters it learns."""

import numpy as np

from ..ops import check


class Parameter:
    """An array that is learned: `.data`, and after a backward pass `.grad`, both of `.shape`.

    `data` (float32) is drawn when it is first needed, so describing a huge network costs nothing. The draw depends
    only on `key`, a tuple of integers (seed, position in the network, ...): the same network from the same seed
    starts from the same weights, in whatever order its layers are touched.
    """

    def __init__(self, shape, std):
        self.shape = tuple(shape)
        self.std = std          # of the normal distribution it is drawn from; 0 gives zeros
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
        """The array itself."""
        if self._data is None:
            rng = np.random.default_rng(self.key)
            self._data = (
                rng.standard_normal(self.shape, dtype=np.float32) * np.float32(self.std)
                if self.std
                else np.zeros(self.shape, np.float32)
            )
        return self._data

    @data.setter
    def data(self, value):
        value = check.floats(value, "data")
        check.same_shape(value, "data", self.shape, "the shape of the parameter")
        self._data = value

    def __array__(self, dtype=None, copy=None):
        return np.array(self.data, dtype=dtype, copy=copy)

    def __repr__(self):
        return f"Parameter(shape={self.shape})"


class Layer:
    """The base of all layers.

    `layer(x)` runs it forward; `layer.backward(dy)` takes the gradient of the loss with respect to its output, fills
    `.grad` of its parameters (each call overwrites: there is nothing to reset) and returns dx. A layer remembers its
    last forward call, so call backward after the forward call it belongs to.

    A subclass writes `forward`, `backward` and `output_shape`, and lists its parameters in `weights`.
    """

    training = False

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
        return tuple(shape)

    def macs(self, shape):
        """Multiplications of convolution and linear layers for one example of this input shape."""
        return 0

    @property
    def weights(self):
        """The layer's own parameters by name."""
        return {}

    def named_parameters(self):
        """Pairs (name, Parameter)."""
        yield from self.weights.items()

    def parameters(self):
        """Yield the parameters."""
        for _, parameter in self.named_parameters():
            yield parameter

    def seed(self, key):
        """Set what not yet made parameters (and random layers) draw from: an int or a tuple of ints."""
        key = (key,) if isinstance(key, int) else tuple(key)
        for i, parameter in enumerate(self.weights.values()):
            parameter.key = (*key, i)

    def train(self, mode=True):
        """Switch to training behaviour (matters to Dropout); returns the layer."""
        self.training = mode
        return self

    def eval(self):
        """Switch to evaluation behaviour, the default; returns the layer."""
        return self.train(False)

    def _remembered(self, dy):
        """What forward kept, and dy as a float array; a clear error if forward has not run."""
        if getattr(self, "cache", None) is None:
            raise RuntimeError(f"{type(self).__name__}.backward was called before the layer ran forward")
        return self.cache, check.floats(dy, "dy")
