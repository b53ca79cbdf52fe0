"""A kernel on a picture: the pictures, the kernel, how it slides, and what comes out; nothing is drawn here."""

import base64
import difflib
import hashlib
from functools import cached_property

import numpy as np

from ... import shapes
from ...arguments import as_array, numbers, shown, truth
from ...ops import correlate2d
from ..kit.arrays import values
from ..kit.shown import Shown
from ..slide.kinds import KINDS
from .presets import PRESETS, view_of

MODES = {"valid": None, "zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
VIEWS = ("signed", "picture")
MOST_SIDE = 512             # pixels: what is larger would make the page heavy, and is no clearer
MOST_PICTURES, LONGEST_NAME = 8, 24
MOST_WEIGHTS = 15           # rows and columns of a kernel
MOST_STEP = 8               # of stride and dilation
LARGEST = 1e6               # size of a weight
STEPS = 16                  # in so many the response fills in
GREY = np.array([0.299, 0.587, 0.114]).reshape(3, 1, 1)   # what red, green and blue give to a grey


def kernel_lab(image, kernel="sobel x", stride=1, padding="zeros", dilation=1, second=None, colour=None, view=None):
    """A picture under a kernel: a `Lab`, to be asked for its response, drawn, saved and played with.

    `image` is a picture (H, W), (3, H, W) or (H, W, 3) of numbers from 0 to 1 or from 0 to 255, or a dict of several,
    {name: picture}, of which the first is shown and the others can be chosen. Pixels become whole numbers from 0 to
    255. `kernel` is an array (Fh, Fw) of at most 15 x 15, one table for every colour; or (3, Fh, Fw), one for each; or
    the name of one: "identity", "box", "gaussian", "motion blur", "sharpen", "prewitt x", "sobel x", "sobel y",
    "laplacian", "outline", "emboss". It is slid as `cnn.correlate2d` slides it. `padding` says what lies around the
    picture, so that the response keeps its size: "zeros" (or "same"), "reflect", "replicate" or "circular"; "valid" is
    none. A `second` kernel is applied to the response of the first. `colour=False` makes a colour picture grey.
    `view` is "signed" (blue below zero, white zero, red above) or "picture" (black 0, white 255); unless given, what
    suits the kernel.

    `.player()` is the live view, where everything can be edited, with pictures of one's own and the camera, too.

    Raises TypeError and ValueError for what is no picture, no kernel or larger than 512 x 512, naming the argument.

    >>> lab = kernel_lab([[0, 0, 255, 255]] * 4, [[-1, 1]], padding="valid")
    >>> lab.response[0].tolist()
    [0.0, 255.0, 0.0]
    """
    pictures = _pictures(image)
    kernel = kernel_of(kernel, "kernel")
    second = None if second is None else kernel_of(second, "second")
    if view is None:
        view = view_of(kernel if second is None else kernel.sum() * second)
    colour = True if colour is None else truth(colour, "colour")
    return Lab(pictures, next(iter(pictures)), kernel, second, stride, padding, dilation, colour, view)


def _pictures(image):
    """{name: uint8 (C, H, W)} of what a user gives."""
    named = image if isinstance(image, dict) else {"picture": image}
    if not 1 <= len(named) <= MOST_PICTURES:
        raise ValueError(f"image must be a picture or a dict of 1 to {MOST_PICTURES}, found {len(named)} of them")
    for name in named:
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= len(name) <= LONGEST_NAME:
            raise ValueError(f"image must have names of 1 to {LONGEST_NAME} characters, found {shown(name)}")
    return {name: _pixels(each, "image" if len(named) == 1 else f'image["{name}"]') for name, each in named.items()}


def _pixels(image, name):
    array = numbers(as_array(image, name), name)
    if array.ndim == 3 and array.shape[2] == 3 != array.shape[0]:
        array = array.transpose(2, 0, 1)
    elif array.ndim == 2:
        array = array[None]
    if array.ndim != 3 or len(array) not in (1, 3):
        slip = ": several pictures? A dict gives each a name" if array.ndim == 4 else ""
        raise ValueError(f"{name} must have the shape (H, W), (3, H, W) or (H, W, 3), found {np.shape(image)}{slip}")
    if max(array.shape) > MOST_SIDE:
        raise ValueError(f"{name} must have at most {MOST_SIDE} x {MOST_SIDE} pixels, found {np.shape(image)}: take a "
                         "part of it, or every second pixel, image[..., ::2, ::2]")
    if not np.isfinite(array).all() or array.min() < 0 or array.max() > 255:
        raise ValueError(f"{name} must hold brightness from 0 to 1 or from 0 to 255, found "
                         f"{array.min():.4g} to {array.max():.4g}")
    return np.round(array * (255 if array.max() <= 1 else 1)).astype(np.uint8)


def kernel_of(kernel, name):
    """A kernel as float64 (1, Fh, Fw) or (3, Fh, Fw), of its name or its numbers."""
    if isinstance(kernel, str):
        if kernel not in PRESETS:
            near = difflib.get_close_matches(kernel[:20].lower(), PRESETS, n=1)
            hint = f": did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"{name} must be an array or one of {', '.join(PRESETS)}, found {shown(kernel, 40)}{hint}")
        return PRESETS[kernel]
    array = values(kernel, name)
    array = array[None] if array.ndim == 2 else array
    most = 1 if name == "second" else 3
    if array.ndim != 3 or len(array) not in (1, most):
        wanted = "(Fh, Fw)" if most == 1 else "(Fh, Fw) or (3, Fh, Fw)"
        raise ValueError(f"{name} must have the shape {wanted}, found {np.shape(kernel)}")
    if max(array.shape[1:]) > MOST_WEIGHTS:
        raise ValueError(f"{name} must have at most {MOST_WEIGHTS} rows and columns, found {np.shape(kernel)}")
    if np.abs(array).max() > LARGEST:
        raise ValueError(f"{name} must hold weights of size at most {LARGEST:g}, found {np.abs(array).max():.4g}")
    return array


def mode_of(padding):
    """The name of a padding: "same" is "zeros"."""
    padding = "zeros" if isinstance(padding, str) and padding == "same" else padding
    if not isinstance(padding, str) or padding not in MODES:
        raise ValueError(f"padding must be one of {', '.join(MODES)}, found {shown(padding, 40)}")
    return padding


class Lab(Shown):
    """Pictures, a kernel, and how it slides; `kernel_lab` makes it.

    `input` is the picture that is shown, (C, H, W) with C 1 or 3, 0 to 255; `channels` the response of each channel,
    (C, H', W'), `response` their sum, (H', W'); of two kernels, `first` is the response of the first, `composed` the
    one kernel (C, Fh, Fw) that does the work of both, and `single` its response.
    """

    title = "Kernel lab"
    steps = STEPS

    def __init__(self, pictures, picture, kernel, second, stride, padding, dilation, colour, view):
        self.pictures, self.picture, self.kernel, self.second = pictures, picture, kernel, second
        self.stride = shapes.integer(stride, "stride", 1, MOST_STEP)
        self.dilation = shapes.integer(dilation, "dilation", 1, MOST_STEP)
        self.padding, self.colour = mode_of(padding), colour
        if not isinstance(view, str) or view not in VIEWS:
            raise ValueError(f"view must be {' or '.join(VIEWS)}, found {shown(view, 40)}")
        self.view = view
        if second is not None and self.stride != 1:
            raise ValueError(f"stride must be 1 for two kernels, found {self.stride}: only then can one replace both")
        self.sides = self._sides(kernel, self.input.shape[1:], "kernel")
        if second is not None:
            self._sides(second, [side.out for side in self.sides], "second")

    @cached_property
    def input(self):
        """The picture as it is convolved: (C, H, W), or (1, H, W) if it is to be grey."""
        pixels = self.pictures[self.picture].astype(np.float64)
        if len(pixels) == 3 and not self.colour:
            pixels = np.floor((GREY * pixels).sum(axis=0, keepdims=True) + 0.5)
        return np.repeat(pixels, len(self.kernel), axis=0) if len(pixels) < len(self.kernel) else pixels

    def _sides(self, kernel, size, what):
        """The geometry of both axes; ValueError where the kernel has no place."""
        rule = 0 if self.padding == "valid" else "same"
        return [shapes.axis(int(n), f, self.stride, rule, self.dilation, "picture", what)
                for n, f in zip(size, kernel.shape[1:], strict=True)]

    def _slid(self, x, kernel, around=None):
        """Each channel of x (C, H, W) under its table of the kernel; `around`: the padding, unless it is the usual."""
        if around is None:
            around = [(side.before, side.after) for side in self._sides(kernel, x.shape[1:], "kernel")]
        tables = np.broadcast_to(kernel, (len(x), *kernel.shape[1:]))
        return np.stack([correlate2d(self._padded(each, around), table, self.stride, 0, self.dilation)
                         for each, table in zip(x, tables, strict=True)])

    def _padded(self, array, around):
        return array if self.padding == "valid" else np.pad(array, around, MODES[self.padding])

    @cached_property
    def channels(self):
        """What the (first) kernel makes of each channel, (C, H', W')."""
        return self._slid(self.input, self.kernel)

    @property
    def first(self):
        """Their sum: the response of the first kernel."""
        return self.channels.sum(axis=0)

    @property
    def seen(self):
        """What both kernels make of each channel, (C, H', W'); of one kernel, `channels`."""
        return self.channels if self.second is None else self._slid(self.channels, self.second)

    @cached_property
    def response(self):
        """What comes out, (H', W')."""
        return self.first if self.second is None else self._slid(self.first[None], self.second)[0]

    @cached_property
    def composed(self):
        """The one kernel for two: every weight of the first with every one of the second, where the two reach."""
        if self.second is None:
            return self.kernel
        (_, ah, aw), (_, bh, bw) = self.kernel.shape, self.second.shape
        made = np.zeros((len(self.kernel), ah + bh - 1, aw + bw - 1))
        for (u, v), weight in np.ndenumerate(self.second[0]):
            made[:, u:u + ah, v:v + aw] += weight * self.kernel
        return made

    @cached_property
    def single(self):
        """The response of the composed kernel, which differs from that of both where the padding is read."""
        if self.second is None:
            return self.response
        return self._slid(self.input, self.composed, self._around).sum(axis=0)

    @property
    def _around(self):
        """The padding of both kernels together."""
        both = zip(self.sides, self._sides(self.second, self.first.shape, "second"), strict=True)
        return [(a.before + b.before, a.after + b.after) for a, b in both]

    @property
    def inside(self):
        """Where the composed kernel reads the picture only, as slices of the response."""
        return tuple(slice(before, max(before, n - after))
                     for n, (before, after) in zip(self.response.shape, self._around, strict=True))

    @property
    def settings(self):
        """What the browser may change, as JSON-ready data."""
        return {
            "picture": self.picture, "kernel": plain(self.kernel), "second": plain(self.second), "stride": self.stride,
            "padding": self.padding, "dilation": self.dilation, "colour": self.colour, "view": self.view,
        }

    @property
    def spec(self):
        """Everything as JSON-ready data, for the browser; pixels as bytes in base64."""
        pictures = [{"name": name, "shape": list(each.shape), "data": base64.b64encode(each.tobytes()).decode("ascii")}
                    for name, each in self.pictures.items()]
        presets = [{"name": name, "kernel": plain(kernel), "view": view_of(kernel)} for name, kernel in PRESETS.items()]
        record = KINDS["conv"].as_spec()   # of the sliding player that the loupe opens
        return {"pictures": pictures, "presets": presets, "record": record, "start": self.settings}

    @cached_property
    def digest(self):
        """One line that is the same on every machine: sizes, how it slides, and a hash of picture and weights."""
        sizes = ["x".join(map(str, each.shape[-2:])) for each in (self.input, self.kernel, self.response)]
        more = "" if self.second is None else f" k{'x'.join(map(str, self.second.shape[1:]))}"
        channels = f"{len(self.input)}x" if len(self.input) > 1 else ""
        data = self.input.astype(np.uint8).tobytes()
        for kernel in filter(lambda each: each is not None, (self.kernel, self.second)):
            data += " ".join(f"{n + 0.0:.6g}" for n in kernel.ravel().tolist()).encode()
        return (f"KernelLab {self.picture} {channels}{sizes[0]} k{sizes[1]}{more} s{self.stride} {self.padding} "
                f"d{self.dilation} -> {sizes[2]}, {hashlib.sha256(data).hexdigest()[:4]}")


def plain(kernel):
    """A kernel as nested lists, whole numbers as ints; None stays."""
    if kernel is None:
        return None
    return [[[int(n) if n.is_integer() else n for n in row] for row in table] for table in kernel.tolist()]
