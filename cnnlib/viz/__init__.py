"""Pictures: plain data, drawn by matplotlib or by the browser.

Most functions take numbers and return a matplotlib Figure, which `show` displays. `slide`, `pool` and `transpose`
return a `Scene`: all steps of a sliding window, to be played (`scene.player()`), drawn or saved.
"""

from .images import feature_maps, filters, image_grid, nested_windows
from .matrices import matrices
from .patch import patch2d
from .results import bars, confusion_matrix, learning_curves
from .ruler import size_ruler
from .scene import Scene, pool, slide, transpose
from .shifts import Shifts, shifts
from .show import show
from .signals import signals
from .strips import slide1d
from .wiring import wiring

__all__ = [
    "Scene", "Shifts", "SlidePlayer", "bars", "confusion_matrix", "feature_maps", "filters", "image_grid",
    "learning_curves", "matrices", "nested_windows", "patch2d", "pool", "shifts", "show", "signals", "size_ruler",
    "slide", "slide1d", "transpose", "wiring",
]


def __getattr__(name):
    if name == "SlidePlayer":   # the widgets are imported only by those who show one
        from .widgets import SlidePlayer

        return SlidePlayer
    raise AttributeError(f"module 'cnnlib.viz' has no attribute {name!r}")
