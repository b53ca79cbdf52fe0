"""Pictures: plain data, drawn by matplotlib or by the browser.

Most functions take numbers and return a matplotlib Figure, which `show` displays. `slide`, `pool` and `transpose`
return a `Scene`: all steps of a sliding window, to be played (`scene.player()`), drawn or saved.
"""

from .figures.images import feature_maps, filters, image_grid, nested_windows
from .figures.matrices import matrices
from .figures.patch2d import patch2d
from .figures.results import bars, confusion_matrix, learning_curves
from .figures.signals import signals
from .figures.size_ruler import size_ruler
from .figures.slide1d import slide1d
from .figures.wiring import wiring
from .kit.show import show
from .shifts.data import Shifts, shifts
from .slide.scene import Scene, pool, slide, transpose

__all__ = [
    "Scene", "Shifts", "SlidePlayer", "bars", "confusion_matrix", "feature_maps", "filters", "image_grid",
    "learning_curves", "matrices", "nested_windows", "patch2d", "pool", "shifts", "show", "signals", "size_ruler",
    "slide", "slide1d", "transpose", "wiring",
]


def __getattr__(name):
    if name == "SlidePlayer":   # the widgets are imported only by those who show one
        from .slide.player import SlidePlayer

        return SlidePlayer
    raise AttributeError(f"module 'cnnlib.viz' has no attribute {name!r}")
