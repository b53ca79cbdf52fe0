"""What the property tests draw: geometries that fit, numbers, and the many ways the same numbers can lie in memory."""

from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

EXACT = {"rtol": 1e-9, "atol": 1e-9}   # two ways of adding the same float64 products


def numbers(shape, seed, dtype=np.float64):
    """Reproducible numbers of any dtype: small whole ones for integers, so that every sum is exact."""
    rng = np.random.default_rng(seed)
    if np.dtype(dtype).kind == "b":
        return rng.random(shape) < 0.5
    if np.dtype(dtype).kind in "iu":
        return rng.integers(0, 9, shape).astype(dtype)
    return rng.standard_normal(shape).astype(dtype)


def rounding(dtype, exact, size, additions=200):
    """How far a sum may be from `exact`: added up in single precision or better, then stored as `dtype`.

    `size` is the sum of the absolute terms, of which there are at most `additions`; an error beyond this is no
    rounding error (Higham 2002, section 4.2).
    """
    stored, added = np.finfo(dtype), np.finfo(np.promote_types(dtype, np.float32))
    return float(stored.eps) * np.abs(exact) + additions * float(added.eps) * size + float(stored.smallest_subnormal)


# The same array, laid out differently. ---------------------------------------------------------------------------

def _every_second_cell(x):
    spread = np.zeros([2 * n for n in x.shape], x.dtype)
    view = spread[(slice(None, None, 2),) * x.ndim]
    view[...] = x
    return view


def _backwards(x):
    turn = (slice(None, None, -1),) * x.ndim
    return x[turn].copy()[turn]


def _read_only(x):
    x = x.copy()
    x.flags.writeable = False
    return x


def _unaligned(x):
    return np.frombuffer(b"?" + x.tobytes(), x.dtype, offset=1).reshape(x.shape)


LAYOUTS = {
    "C": np.ascontiguousarray,
    "Fortran": np.asfortranarray,
    "batch last": lambda x: np.moveaxis(np.moveaxis(x, 0, -1).copy(), -1, 0),
    "channels last": lambda x: np.moveaxis(np.moveaxis(x, 1, -1).copy(), -1, 1),
    "every second cell": _every_second_cell,
    "negative strides": _backwards,
    "read-only": _read_only,
    "unaligned": _unaligned,
    "other byte order": lambda x: x.astype(x.dtype.newbyteorder()),
}


def repeated(x):
    """The first example and channel everywhere, without a copy: strides of zero."""
    return np.broadcast_to(x[:1, :1], x.shape)


def memory_of(*arrays):
    """Bytes to compare later: did anyone write into these arrays?"""
    return [(a.shape, a.dtype, a.tobytes()) for a in arrays]


# Geometries. -----------------------------------------------------------------------------------------------------

def on_axis(value, axis):
    """The entry for one axis of an int, a word or a pair."""
    return value[axis] if isinstance(value, tuple) else value


def one_or_two(entries, axes):
    """One entry for all axes or, in two dimensions, a pair of different ones."""
    return entries | st.tuples(entries, entries) if axes == 2 else entries


def draw_sizes(draw, axes, kernel, padding, dilation):
    """Input sizes on which the kernel fits, up to six cells more than it needs."""
    sizes = []
    for axis in range(axes):
        span = on_axis(dilation, axis) * (kernel[axis] - 1) + 1
        frame = {"same": span, "valid": 0}.get(on_axis(padding, axis), on_axis(padding, axis))
        least = max(1, span - 2 * frame)
        sizes.append(draw(st.integers(least, least + 6)))
    return tuple(sizes)


@dataclass(frozen=True)
class Convolution:
    """Shapes and geometry; the numbers come from `seed`, so a failing example prints on one line."""

    x_shape: tuple
    w_shape: tuple
    geometry: dict = field(hash=False)
    seed: int

    def arrays(self, dtype=np.float64):
        """x, w and b."""
        shapes = (self.x_shape, self.w_shape, self.w_shape[:1])
        return [numbers(shape, self.seed + i, dtype) for i, shape in enumerate(shapes)]


@st.composite
def convolutions(draw, axes=2, most=3):
    """Up to `most` examples, channels and filters; every stride, padding and dilation, equal or not on the two axes."""
    N, C, K = (draw(st.integers(1, most)) for _ in range(3))
    kernel = tuple(draw(st.integers(1, 4)) for _ in range(axes))
    stride = draw(one_or_two(st.integers(1, 3), axes))
    dilation = draw(one_or_two(st.integers(1, 3), axes))
    padding = draw(one_or_two(st.integers(0, 3), axes) | st.sampled_from(["same", "valid"]))
    sizes = draw_sizes(draw, axes, kernel, padding, dilation)
    geometry = {"stride": stride, "padding": padding, "dilation": dilation}
    return Convolution((N, C, *sizes), (K, C, *kernel), geometry, draw(st.integers(0, 999)))


@dataclass(frozen=True)
class Pooling:
    """As `Convolution`; `numbers` with few different values, so that ties are common."""

    x_shape: tuple
    window: dict = field(hash=False)
    seed: int

    def array(self, dtype=np.float64):
        """x, without ties unless the dtype makes them."""
        return numbers(self.x_shape, self.seed, dtype)

    def ties(self):
        """x after a ReLU, in whole numbers: half of it zeros, the rest 1 or 2."""
        return np.maximum(np.random.default_rng(self.seed).integers(-3, 3, self.x_shape), 0).astype(float)


@st.composite
def poolings(draw, axes=2):
    """Windows that overlap, touch or leave gaps; padding up to half the window."""
    kernel = tuple(draw(st.integers(1, 4)) for _ in range(axes))
    stride = draw(st.none() | one_or_two(st.integers(1, 5), axes))
    numbers_ = tuple(draw(st.integers(0, f // 2)) for f in kernel)
    padding = draw(st.just(numbers_) | st.just(min(numbers_)) | st.sampled_from(["same", "valid"]))
    if axes == 1:
        (kernel_size,), padding = kernel, on_axis(padding, 0)
    else:
        kernel_size = kernel[0] if kernel[0] == kernel[1] else kernel
    shape = draw(st.integers(1, 3)), draw(st.integers(1, 3)), *draw_sizes(draw, axes, kernel, padding, 1)
    window = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    return Pooling(shape, window, draw(st.integers(0, 999)))


# Transposed convolutions. -------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Transposed:
    """Shapes and geometry of a transposed convolution; the numbers come from `seed`."""

    x_shape: tuple
    w_shape: tuple
    geometry: dict
    seed: int

    @property
    def size(self):
        """Height and width of the output, by the formula."""
        numbers = [on_axis(self.geometry[name], a) for a in (0, 1) for name in ("stride", "padding",
                                                                                      "output_padding")]
        axes = zip(self.x_shape[2:], self.w_shape[2:], (numbers[:3], numbers[3:]), strict=True)
        return tuple((n - 1) * s - 2 * p + f + e for n, f, (s, p, e) in axes)

    def arrays(self, dtype=np.float64):
        """x, w, b and dy."""
        shapes = self.x_shape, self.w_shape, self.w_shape[1:2], (self.x_shape[0], self.w_shape[1], *self.size)
        return [numbers(shape, self.seed + i, dtype) for i, shape in enumerate(shapes)]


@st.composite
def transposed(draw, most=3):
    """Windows that overlap, touch or leave gaps; padding as long as an output is left; every output_padding."""
    N, C, K = (draw(st.integers(1, most)) for _ in range(3))
    kernel, size = (tuple(draw(st.integers(1, 4)) for _ in range(2)) for _ in range(2))
    stride = draw(one_or_two(st.integers(1, 4), 2))
    least = [on_axis(stride, a) for a in (0, 1)]
    extra = draw(st.integers(0, min(least) - 1) | st.tuples(*(st.integers(0, s - 1) for s in least)))
    room = [(n - 1) * s + f + on_axis(extra, a) - 1 for a, (n, s, f) in enumerate(zip(size, least, kernel,
                                                                                            strict=True))]
    padding = draw(st.integers(0, min(min(room) // 2, 3)) | st.tuples(*(st.integers(0, min(r // 2, 3)) for r in room)))
    geometry = {"stride": stride, "padding": padding, "output_padding": extra}
    return Transposed((N, C, *size), (C, K, *kernel), geometry, draw(st.integers(0, 999)))
