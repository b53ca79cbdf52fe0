"""Ways in which a filter with stride, padding and dilation goes wrong on an image, as functions: for exercise 03.4."""

import numpy as np


def slid(x, w, stride=1, padding=0, dilation=1):
    """What is right, in short."""
    spread = np.zeros([dilation * (f - 1) + 1 for f in w.shape])
    spread[::dilation, ::dilation] = w
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(x, padding), spread.shape)[::stride, ::stride]
    return (windows * spread).sum(axis=(2, 3))


# --- typical mistakes: not there yet ----------------------------------------------------------------------------------

def using(*names):
    """What is right that knows only some of stride, padding and dilation."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        given = {"stride": stride, "padding": padding, "dilation": dilation}
        return slid(x, w, **{name: given[name] for name in names})

    answer.__name__ = f"only_{'_and_'.join(names)}" if names else "nothing_new"
    return answer


# --- typical mistakes: padding ----------------------------------------------------------------------------------------

def padded(pad):
    """What is right with another way of padding: pad(x, P, w)."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        return slid(pad(x, padding, w), w, stride, 0, dilation)

    return answer


def padded_output(x, w, stride=1, padding=0, dilation=1):
    return np.pad(slid(x, w, stride, 0, dilation), padding)


def sized(times):
    """What is right that counts the padding `times` when it comes to the size of the output."""
    def answer(x, w, S=1, P=0, D=1):
        rows, columns = (max((n + times * P - D * (f - 1) - 1) // S + 1, 0)
                         for n, f in zip(x.shape, w.shape, strict=True))
        return slid(x, w, S, P, D)[:rows, :columns]

    return answer


def from_the_padded(first, times, pad=np.pad):
    """With windows that begin P * first too early, and the padding counted `times` in the size: loops, and slices."""
    def looped(x, w, S=1, P=0, D=1):
        big, (Fh, Fw) = pad(x, P), w.shape
        rows, columns = ((n + times * P - D * (f - 1) - 1) // S + 1 for n, f in zip(x.shape, w.shape, strict=True))
        return [[sum(big[i * S - first * P + u * D, j * S - first * P + v * D] * w[u, v]
                     for u in range(Fh) for v in range(Fw)) for j in range(columns)] for i in range(rows)]

    def sliced(x, w, S=1, P=0, D=1):
        big, (h, v) = pad(x, P), (D * (f - 1) + 1 for f in w.shape)
        rows, columns = ((n + times * P - s) // S + 1 for n, s in zip(x.shape, (h, v), strict=True))
        starts = [[(i * S - first * P, j * S - first * P) for j in range(columns)] for i in range(rows)]
        return [[(big[r:r + h:D, c:c + v:D] * w).sum() for r, c in row] for row in starts]

    return looped, sliced


def first_pixels_skipped(x, P, w):
    kept = np.array(x)
    kept[0], kept[:, 0] = 0, 0
    return np.pad(kept, P)


def wrapped_on_the_left(x, P, w):
    around = np.pad(x, P, "wrap")
    around[P + len(x):], around[:, P + x.shape[1]:] = 0, 0
    return around


# --- typical mistakes: stride and dilation ----------------------------------------------------------------------------

def cells(place, span=lambda F, D: D * (F - 1) + 1):
    """The four loops with another row and column, place(i, u, S, D), or another span of the window, span(F, D)."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x, (Fh, Fw) = np.pad(x, padding), w.shape
        rows, columns = ((n - span(f, dilation)) // stride + 1 for n, f in zip(x.shape, w.shape, strict=True))
        return [[sum(x[place(i, u, stride, dilation), place(j, v, stride, dilation)] * w[u, v]
                     for u in range(Fh) for v in range(Fw)) for j in range(columns)] for i in range(rows)]

    return answer


def right_place(i, u, S, D):
    return i * S + u * D


def slices(long):
    """Slices of `long(F, D)` cells with steps, at as many places as without dilation."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x, (Fh, Fw), D = np.pad(x, padding), w.shape, dilation
        return [[(x[r:r + long(Fh, D):D, c:c + long(Fw, D):D] * w).sum() for c in range(0, x.shape[1] - Fw + 1, stride)]
                for r in range(0, len(x) - Fh + 1, stride)]

    return answer


def windows_of(long):
    """Slices of `long(F, D)` cells, at as many places as such slices find: the array of outputs made beforehand."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x, spans, D = np.pad(x, padding), [long(f, dilation) for f in w.shape], dilation
        y = np.zeros([(n - s) // stride + 1 for n, s in zip(x.shape, spans, strict=True)])
        for i, j in np.ndindex(y.shape):
            r, c = i * stride, j * stride
            y[i, j] = (x[r:r + spans[0]:D, c:c + spans[1]:D] * w).sum()
        return y

    return answer


def without_brackets(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    y = np.zeros([(n - dilation * f - 1) // stride + 1 for n, f in zip(x.shape, w.shape, strict=True)])
    for i, j in np.ndindex(y.shape):
        for u, v in np.ndindex(w.shape):
            y[i, j] += x[i * stride + u * dilation, j * stride + v * dilation] * w[u, v]
    return y


def not_asked_below(x, w, S=1, P=0, D=1):
    y = np.zeros(slid(x, w, S, P, D).shape)
    for i, j in np.ndindex(y.shape):
        for u, v in np.ndindex(w.shape):
            row, column = i * S - P + u * D, j * S - P + v * D
            y[i, j] += x[row, column] * w[u, v] if row >= 0 and column >= 0 else 0
    return y


def one_axis(name, axis):
    """What is right in which stride or dilation is 1 along one axis: 0 downwards, 1 across."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        x, S, D = np.pad(x, padding), [stride] * 2, [dilation] * 2
        {"stride": S, "dilation": D}[name][axis] = 1
        spread = np.zeros([d * (f - 1) + 1 for f, d in zip(w.shape, D, strict=True)])
        spread[::D[0], ::D[1]] = w
        windows = np.lib.stride_tricks.sliding_window_view(x, spread.shape)[::S[0], ::S[1]]
        return (windows * spread).sum(axis=(2, 3))

    return answer


def weights_left_out(x, w, stride=1, padding=0, dilation=1):
    kept = np.zeros(w.shape)
    kept[::dilation, ::dilation] = w[::dilation, ::dilation]
    return slid(x, kept, stride, padding)


def one_start(axis):
    """The size is right, but along one axis the window does not jump: 0 downwards, 1 across."""
    def answer(x, w, stride=1, padding=0, dilation=1):
        sides = slid(x, w, stride, padding, dilation).shape
        places = [np.arange(n) * (1 if side == axis else stride) for side, n in enumerate(sides)]
        return slid(x, w, 1, padding, dilation)[np.ix_(*places)]

    return answer


def one_before_the_division(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    rows, columns = ((n - dilation * (f - 1)) // stride for n, f in zip(x.shape, w.shape, strict=True))
    return slid(x, w, stride, 0, dilation)[:rows, :columns]


def ceil(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    more = [(0, -(n - dilation * (f - 1) - 1) % stride) for n, f in zip(x.shape, w.shape, strict=True)]
    return slid(np.pad(x, more), w, stride, 0, dilation)


def ceil_without_cells(x, w, stride=1, padding=0, dilation=1):
    x, spans = np.pad(x, padding), [dilation * (f - 1) + 1 for f in w.shape]
    rows, columns = (-(-(n - s) // stride) + 1 for n, s in zip(x.shape, spans, strict=True))
    starts = [[(i * stride, j * stride) for j in range(columns)] for i in range(rows)]
    return [[(x[r:r + spans[0]:dilation, c:c + spans[1]:dilation] * w).sum() for r, c in row] for row in starts]


def left_empty(x, w, stride=1, padding=0, dilation=1):
    y = slid(x, w, 1, padding, dilation)
    filled = np.zeros(y.shape)
    filled[::stride, ::stride] = y[::stride, ::stride]
    return filled


def written_too_far(x, w, stride=1, padding=0, dilation=1):
    y = np.zeros(slid(x, w, stride, padding, dilation).shape)
    all_places = slid(x, w, 1, padding, dilation)
    for i in range(0, all_places.shape[0], stride):
        for j in range(0, all_places.shape[1], stride):
            y[i, j] = all_places[i, j]
    return y


def pixels_left_out_first(x, w, stride=1, padding=0, dilation=1):
    return slid(np.pad(x, padding)[::dilation, ::dilation], w, stride)


def place_too_many(x, w, stride=1, padding=0, dilation=1):
    return slid(np.pad(np.pad(x, padding), (0, stride)), w, stride, 0, dilation)


def last_place_only_if_it_is_left(x, w, stride=1, padding=0, dilation=1):
    return slid(np.pad(x, padding)[:-1, :-1], w, stride, 0, dilation)


# --- typical mistakes: all else ---------------------------------------------------------------------------------------

def then(change):
    """What is right with its outputs changed: change(y, x, w)."""
    return lambda x, w, stride=1, padding=0, dilation=1: change(slid(x, w, stride, padding, dilation), x, w)


def of_square(size):
    """Height and width mixed up, size(H, W, Fh, Fw) -> what is taken for them: once with loops, once with slices."""
    def starts(x, w, S, P, D):
        H, W, Fh, Fw = size(*x.shape, *w.shape)
        rows, columns = ((n + 2 * P - D * (f - 1) - 1) // S + 1 for n, f in ((H, Fh), (W, Fw)))
        np.zeros((rows, columns))                            # as many as that, or it says that it cannot be
        return np.pad(x, P), [[(i * S, j * S) for j in range(columns)] for i in range(rows)], Fh, Fw

    def looped(x, w, S=1, P=0, D=1):
        x, places, Fh, Fw = starts(x, w, S, P, D)
        return [[sum(x[r + u * D, c + v * D] * w[u, v] for u in range(Fh) for v in range(Fw)) for r, c in row]
                for row in places]

    def sliced(x, w, S=1, P=0, D=1):
        x, places, Fh, Fw = starts(x, w, S, P, D)
        return [[(x[r:r + D * (Fh - 1) + 1:D, c:c + D * (Fw - 1) + 1:D] * w).sum() for r, c in row] for row in places]

    return looped, sliced
