"""Pictures: plain data drawn by matplotlib. Each function takes numbers and returns a Figure; `show` displays it."""

from .patch import patch2d
from .ruler import size_ruler
from .show import show
from .signals import signals
from .strips import slide1d
from .wiring import wiring

__all__ = ["patch2d", "show", "signals", "size_ruler", "slide1d", "wiring"]
