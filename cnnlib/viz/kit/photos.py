"""Where a figure holds photographs, and other pictures whose lightness is what they show."""

from matplotlib.collections import QuadMesh
from matplotlib.transforms import Bbox

from . import style

PHOTO = "photo"   # the `gid` of a patch that frames cells in greys
_OURS = {style.SIGNED.name, style.SIGNED_DEEP.name}   # zero is the ground, whether that is white or black


def photos(fig):
    """The boxes of all of them, as drawn last: (left, bottom, right, top) in inches.

    >>> from matplotlib.figure import Figure
    >>> fig = Figure(figsize=(2, 1))
    >>> image = fig.add_axes([0, 0, 0.5, 1]).imshow([[0, 1], [1, 0]], aspect="auto")
    >>> photos(fig)
    [(0.0, 0.0, 1.0, 1.0)]
    """
    found = []
    for ax in filter(lambda ax: ax.get_visible(), fig.axes):
        boxes = [image.get_window_extent() for image in ax.images if _photo(image)]
        boxes += [ax.bbox for mesh in ax.collections if isinstance(mesh, QuadMesh) and _photo(mesh)]
        boxes += [patch.get_window_extent() for patch in ax.patches if patch.get_gid() == PHOTO]
        found += filter(None, (Bbox.intersection(box, ax.bbox) for box in boxes))
    return [tuple((box.extents / fig.dpi).tolist()) for box in found]


def _photo(drawn):
    return drawn.get_visible() and (drawn.get_array() is None or drawn.get_array().ndim > 2
                                    or drawn.get_cmap().name not in _OURS)
