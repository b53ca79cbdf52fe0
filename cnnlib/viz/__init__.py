"""Pictures: plain data, drawn by matplotlib or by the browser.

Most functions take numbers and return a matplotlib Figure, which `show` displays. `slide`, `pool` and `transpose`
return a `Scene`: all steps of a sliding window, to be played (`scene.player()`), drawn or saved.

Numbers are there at once; matplotlib and the widgets are loaded only by those who draw.
"""

from .kernel.data import kernel_lab
from .kit.late import late
from .network.data import Network, network_explorer
from .shifts.data import Shifts, shifts
from .slide.scene import Scene, pool, slide, transpose

__all__ = [
    "KernelLab", "Network", "NetworkExplorer", "Scene", "Shifts", "SlidePlayer", "StackExplorer", "bars",
    "confusion_matrix", "feature_maps", "filters", "heat_maps", "image_grid", "kernel_lab", "layer_outputs",
    "learning_curves", "masks", "matrices", "nested_windows", "network_costs", "network_explorer", "patch2d", "pool",
    "reliability", "shifts", "show", "signals", "size_ruler", "slide", "slide1d", "stack_explorer", "transpose",
    "volumes", "watch", "wiring",
]

__getattr__, __dir__ = late(__name__, {
    "figures.heat": "heat_maps",
    "figures.images": "feature_maps filters image_grid nested_windows",
    "figures.layer_outputs": "layer_outputs",
    "figures.masks": "masks",
    "figures.matrices": "matrices",
    "figures.network_costs": "network_costs",
    "figures.patch2d": "patch2d",
    "figures.reliability": "reliability",
    "figures.results": "bars confusion_matrix learning_curves",
    "figures.signals": "signals",
    "figures.size_ruler": "size_ruler",
    "figures.slide1d": "slide1d",
    "figures.volumes": "volumes",
    "figures.watch": "watch",
    "figures.wiring": "wiring",
    "kernel.player": "KernelLab",
    "kit.show": "show",
    "network.player": "NetworkExplorer",
    "slide.player": "SlidePlayer",
    "stack.explorer": "stack_explorer",
    "stack.player": "StackExplorer",
})
