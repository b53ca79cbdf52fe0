"""The scene of a sliding filter, as users make it and look at it: `slide`, `pool`, `transpose`."""

import copy
from functools import cached_property

from ...arguments import shown
from ..kit.arrays import values
from ..kit.shown import Shown
from ..kit.steps import step_of
from . import spec
from .data import Data, window_of
from .kinds import KINDS


def slide(x, w, b=None, stride=1, padding=0, dilation=1, direction="forward", dy=None):
    """The scene of a convolution, or of one of its two gradients.

    x (L,), (C, L), (H, W) or (C, H, W) with w (F,), (K, C, F), (Fh, Fw), (C, Fh, Fw) or (K, C, Fh, Fw); b is a number
    or (K,). `stride`, `padding` and `dilation` as in `conv1d` and `conv2d`. `direction` is "forward", "dx" or "dw"; the
    gradients need dy, shaped like the output (all ones unless given), and no b. Values are computed as float64.

    Raises ValueError and TypeError as `conv2d` does, and ValueError for infinite or huge values and for scenes too
    large to show.

    >>> scene = slide([0, 1, 0, 1, 1], [-1, 1])
    >>> scene.output
    array([ 1., -1.,  1.,  0.])
    >>> scene.frame(1).terms[0]
    Term(x_index=(1,), x=1.0, w_index=(0,), w=-1.0, product=-1.0)
    """
    kinds = {"forward": "conv", "dx": "dx", "dw": "dw"}
    if not isinstance(direction, str) or direction not in kinds:
        raise ValueError(f'direction must be "forward", "dx" or "dw", found {shown(direction)}')
    return _scene(kinds[direction], x, w, b, dy, None, stride, padding, dilation)


def pool(x, kernel_size, stride=None, padding=0, mode="max"):
    """The scene of a pooling of x (L,), (H, W) or (C, H, W), each channel by itself.

    `mode` is "max" or "avg"; other arguments and errors as in `max_pool2d`, and as in `slide`. Padding never wins a
    maximum and counts as 0 in a mean.

    >>> scene = pool([0, 0, 1, 1, 0, 0, 1, 1], 2)
    >>> scene.output, scene.frame(0).winner      # two are equal: the first wins
    (array([0., 1., 0., 1.]), 0)
    """
    if not isinstance(mode, str) or mode not in ("max", "avg"):
        raise ValueError(f'mode must be "max" or "avg", found {shown(mode)}')
    return _scene(mode, x, None, None, None, kernel_size, stride, padding)


def transpose(x, w, b=None, stride=1, padding=0, output_padding=0):
    """The scene of a transposed convolution: every output gathers the inputs that spread onto it.

    Shapes of x and w as in `slide`, but w has C before K; other arguments and errors as in `conv_transpose2d`.

    >>> transpose([1, 2], [1, 10, 100], stride=2).output
    array([  1.,  10., 102.,  20., 200.])
    """
    return _scene("transpose", x, w, b, None, None, stride, padding, output_padding=output_padding)


def _scene(kind, x, w, b, dy, *numbers, **more):
    """The scene of a kind, of what the user gave; `numbers` are those of `window_of`."""
    record, x = KINDS[kind], values(x, "x")
    w = None if record.pooling else values(w, "w")
    return Scene(kind, x, w, b, dy, window_of(record, x.shape, None if w is None else w.shape, *numbers, **more))


class Scene(Data, Shown):
    """All steps of one operation; `slide`, `pool` and `transpose` make it. Nothing in it ever changes.

    `kind` ("conv", "max", "avg", "transpose", "dx" or "dw"), `axes` (1 or 2); `x`, `w`, `b`, `dy`: the user's arrays,
    or None; `stride`, `dilation`, `kernel`, `output_padding`: pairs (vertical, horizontal); `padding`: ((top, bottom),
    (left, right)); `window`: these numbers as `taps.Window`, of a transposed convolution for the way back.

    `figure(i)` draws step i (the last unless given) and `alt(i)` says what is to be seen; `player()` is the live view;
    `save` writes a file.

    >>> slide([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, -1]]).steps
    2
    """

    @property
    def title(self):
        """What it is, as a heading."""
        return self.record.title

    @property
    def headline(self):
        """What it is with its sizes, as the heading of a page: "Convolution: x 7×7, kernel 3×3, stride 2 → y 3×3"."""
        return self.part("words").headline(self)

    @cached_property
    def digest(self):
        """One line that is the same on every machine: the operation, its sizes, its steps, a hash of its values."""
        return spec.digest(self)

    def asking(self, known=(), sized=False):
        """The same scene, whose figure, words and digest keep its values to themselves, but for those of the steps in
        `known`, and its size, unless it is `sized`. Raises TypeError for what is no list of steps, ValueError for one
        that is not there."""
        asked = copy.copy(self)
        try:
            known = list(known)
        except TypeError:
            raise TypeError(f"known must be a list of steps, found {type(known).__name__}") from None
        asked.known, asked.sized = frozenset(step_of(self, step, "known") for step in known), sized
        asked.__dict__.pop("digest", None)
        return asked

    @property
    def spec(self):
        """The scene as JSON-ready data, which `Scene.from_spec` reads; a new dict each time."""
        return spec.to_spec(self)

    @classmethod
    def from_spec(cls, data):
        """The scene of a spec. Raises ValueError or TypeError, with a sentence, for one that makes no sense."""
        return cls(*spec.arguments(data))
