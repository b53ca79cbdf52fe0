"""A network as a list of layers."""

from collections.abc import Mapping
from types import MappingProxyType

from .. import arguments, shapes
from ..ops import check
from .layer import Layer
from .stopping import to_the_end
from .storage import given_arrays, load_arrays, save_arrays
from .summary import summarize
from .volumes import folded, volumes


class Sequential(Layer):
    """Layers one after the other; itself a layer.

    `model[2]` is a layer, `model[:3]` the first three as a network that shares their parameters, `len(model)` their
    number; IndexError for an unknown one. `seed` decides the initial weights: same seed, same network. In nested
    networks the outermost seed counts.
    TypeError for anything but a layer; ValueError for a layer used twice, which could remember only one of its inputs,
    and for a Parameter in two layers.

    >>> from cnnlib.nn import Linear, ReLU
    >>> model = Sequential(Linear(4, 3), ReLU(), Linear(3, 2), seed=1)
    >>> model
    Sequential(
      (0) Linear(4, 3)
      (1) ReLU()
      (2) Linear(3, 2)
    )
    >>> sum(p.size for p in model.parameters())
    23
    """

    torch_names = MappingProxyType({})   # {layer: its name in PyTorch's model of this architecture}, set by the zoo
    joins = "chain"

    def __init__(self, *layers, seed=0):
        for i, layer in enumerate(layers):
            if not isinstance(layer, Layer):
                slip = ": it is a class, add ()" if isinstance(layer, type) else ""
                slip = ": a list? Put a * before it" if isinstance(layer, (list, tuple)) else slip
                raise TypeError(f"layers: number {i} must be a layer, found {arguments.shown(layer)}{slip}")
        self.layers = list(layers)
        self._refuse_sharing()
        self.seed(seed)

    def __len__(self):
        return len(self.layers)

    def __iter__(self):
        return iter(self.layers)

    def __getitem__(self, index):
        if not isinstance(index, slice):
            return self.layers[index]
        part = Sequential()
        part.layers = self.layers[index]   # set afterwards: a part must not seed the layers again
        part.training = self.training
        return part

    def __repr__(self):
        inner = [f"({i}) {layer!r}".replace("\n", "\n  ") for i, layer in enumerate(self)]
        return "\n  ".join(["Sequential(", *inner]) + "\n)"

    @property
    def children(self):  # noqa: D102
        return {str(i): layer for i, layer in enumerate(self)}

    def forward(self, x):  # noqa: D102
        for i, layer in enumerate(self):
            try:
                x = layer.forward(x)
            except ValueError as error:
                raise ValueError(f"{_called(i, layer)}: {error}") from error
        return x

    def backward(self, dy, need_dx=True):  # noqa: D102
        dy = check.floats(dy, "dy")
        for i in reversed(range(len(self))):
            dy = self.layers[i].backward(dy, need_dx=need_dx or i > 0)
        return dy

    def output_shape(self, shape):  # noqa: D102
        shape = arguments.shape(shape, "shape")
        for i, layer in enumerate(self):
            try:
                shape = layer.output_shape(shape)
            except ValueError as error:
                found = tuple(shape)
                raise ValueError(f"{_called(i, layer)} cannot take input of shape {found}: {error}") from None
        return tuple(shape)

    def visits(self, shape):  # noqa: D102
        shape = arguments.shape(shape, "shape")
        for layer in self:
            yield from layer.visits(shape)
            shape = layer.output_shape(shape)

    def summary(self, input_shape, depth=1):
        """A table of the network for one example of `input_shape` (C, H, W), without making any parameter.

        Its `.rows` hold name, output_shape, size, parameters, macs, receptive_field, its `.memory` what training holds,
        its `.csv()` is the table for other programs (see `Summary`). `depth=2` has rows for what is inside the blocks,
        `depth=3` inside those, and so on. ValueError names the layer that cannot take what the one before it gives.

        >>> from cnnlib.nn import Linear
        >>> Sequential(Linear(4, 3)).summary((4,)).parameters
        15
        """
        return summarize(self, input_shape, depth)

    def volumes(self, input_shape, most=None):
        """What a diagram of the network shows (`cnn.viz.volumes` draws it): the arrays between its layers, and skips.

        Returns a list of `Volume`s, those of equal layers in a row taken together, folded further into at most `most`
        (all unless given), and a list of pairs of places in it between which a long skip goes. Errors as of `summary`.

        >>> from cnnlib.nn import Conv2d
        >>> found, skips = Sequential(Conv2d(1, 4, 3), Conv2d(4, 8, 3)).volumes((1, 9, 9))
        >>> [(volume.kind, volume.shape) for volume in found], skips
        ([('input', (1, 9, 9)), ('Conv2d', (4, 7, 7)), ('Conv2d', (8, 5, 5))], [])
        """
        found, skips = volumes(self, input_shape)
        return (found, skips) if most is None else folded(found, skips, shapes.integer(most, "most", 2))

    def _state(self):
        """What `save` writes: all that was learned or measured, by name."""
        return dict([*self.named_parameters(), *self.named_statistics()])

    def save(self, path):
        """Write all parameters to `path` (`.npz`, added if missing; no pickle); returns the path written.

        FileNotFoundError for a folder that does not exist, IsADirectoryError for the name of a folder, ValueError for
        NaN and infinite numbers. A failure leaves an older file as it was.

        >>> import tempfile, pathlib
        >>> from cnnlib.nn import Linear
        >>> path = Sequential(Linear(4, 3)).save(pathlib.Path(tempfile.mkdtemp()) / "model")
        >>> path.name
        'model.npz'
        """
        return save_arrays(path, {name: p.data for name, p in self._state().items()})

    def _state_as(self, names):
        """What was learned or measured, as these names call it: as PyTorch's model does, or as it is called here."""
        state, there = self._state(), {}
        for name, parameter in state.items():
            layer, _, kind = name.rpartition(".")
            there[f"{self.torch_names.get(layer, layer)}.{kind}"] = parameter
        return there if any(name in there for name in names) else state

    def load(self, path):
        """Read parameters that `save` wrote into this network; returns the network.

        In place of a path, a mapping {name: array} will do. A network of the zoo takes the names of PyTorch's model
        too: `zoo.resnet18().load(torchvision.models.resnet18(weights="DEFAULT").state_dict())`.

        FileNotFoundError if there is no such file; ValueError naming the file if it is damaged or belongs to another
        network (which parameters are missing, too many or of another shape), and for numbers that are NaN, infinite or
        finer than this network's dtype. Nothing changes unless all fit.

        >>> import tempfile, pathlib
        >>> from cnnlib.nn import Linear
        >>> path = Sequential(Linear(4, 3), seed=1).save(pathlib.Path(tempfile.mkdtemp()) / "model")
        >>> bool((Sequential(Linear(4, 3), seed=2).load(path)[0].weight.data != 0).all())
        True
        >>> Sequential(Linear(2, 1)).load({"0.weight": np.ones((1, 2)), "0.bias": np.zeros(1)})([[3.0, 4.0]])
        array([[7.]])
        """
        given = isinstance(path, Mapping)
        parameters = self._state_as(path) if given else self._state()
        arrays = given_arrays(path, parameters) if given else load_arrays(path, parameters)

        def settle():
            for name, array in arrays.items():
                parameters[name].data = array

        to_the_end(settle)
        return self


def _called(i, layer):
    """What errors call a layer: its place, and all of it unless that takes several lines."""
    text = repr(layer)
    return f"layer ({i}) {type(layer).__name__ if chr(10) in text else text}"
