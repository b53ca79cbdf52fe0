"""cnnlib: convolutional networks in NumPy, small enough to read.

`import cnnlib as cnn` gives the numbers at once (`cnn.conv2d`, `cnn.output_size`, ...). The rooms `cnn.data`,
`cnn.nn`, `cnn.taps`, `cnn.zoo`, `cnn.viz` and `cnn.learn` load when they are first touched, so matplotlib is imported
only by those who draw.
"""

import importlib

from . import _plain  # noqa: F401  (an output that has few signs)
from .ops import *  # noqa: F403
from .ops import __all__ as _ops
from .shapes import output_size, receptive_field

__version__ = "0.1.0"

_ROOMS = ("data", "learn", "nn", "ops", "shapes", "taps", "viz", "zoo")
__all__ = [*_ops, *_ROOMS, "output_size", "receptive_field"]


def __getattr__(name):
    if name in _ROOMS:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module 'cnnlib' has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *_ROOMS})
