"""Pictures: plain data drawn by matplotlib. Each function takes numbers and returns a Figure; `show` displays it."""

from .images import feature_maps, filters, image_grid, nested_windows
from .patch import patch2d
from .results import bars, confusion_matrix, learning_curves
from .ruler import size_ruler
from .scene import Scene, pool, slide, transpose
from .show import show
from .signals import signals
from .strips import slide1d
from .wiring import wiring

__all__ = [
    "Scene", "bars", "confusion_matrix", "feature_maps", "filters", "image_grid", "learning_curves", "nested_windows",
    "patch2d", "pool", "show", "signals", "size_ruler", "slide", "slide1d", "transpose", "wiring",
]
