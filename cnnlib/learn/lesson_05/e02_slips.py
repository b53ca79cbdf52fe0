"""Exercise 05.2 done wrong: what people write when they mean the largest number of every window.

What each of these deserves to hear stands in e02.py.
"""

import numpy as np


def pooled(x, F, S):
    rows, columns = (x.shape[0] - F) // S + 1, (x.shape[1] - F) // S + 1
    y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            y[i, j] = x[i * S:i * S + F, j * S:j * S + F].max()
    return y


# --- typical mistakes: other windows ----------------------------------------------------------------------------------

def places(n, F, S):
    return range(0, n - F + 1, S)


def looking(reduce):
    """The right windows, each made into another number: reduce(window)."""
    def answer(x, F, S):
        return np.array([[reduce(x[i:i + F, j:j + F]) for j in places(x.shape[1], F, S)]
                         for i in places(x.shape[0], F, S)])

    return answer


def with_sizes(change):
    """Pooling with other sizes of window and jump: change(F, S)."""
    return lambda x, F, S: pooled(x, *change(F, S))


def from_zero(x, F, S):
    return np.maximum(pooled(x, F, S), 0)


def starts_at_i(x, F, S):
    rows, columns = pooled(x, F, S).shape
    return [[x[i:i + F, j:j + F].max() for j in range(columns)] for i in range(rows)]


def starts_at_j(x, F, S):
    rows, columns = pooled(x, F, S).shape
    return [[x[i * S:i * S + F, j:j + F].max() for j in range(columns)] for i in range(rows)]


def starts_at_row_i(x, F, S):
    rows, columns = pooled(x, F, S).shape
    return [[x[i:i + F, j * S:j * S + F].max() for j in range(columns)] for i in range(rows)]


def starts_at_i_times_F(x, F, S):
    rows, columns = pooled(x, F, S).shape
    return [[x[i * F:i * F + F, j * F:j * F + F].max() for j in range(columns)] for i in range(rows)]


def sized(high, wide):
    """The right places, with a window of another size: high(F, S) rows and wide(F, S) columns."""
    return lambda x, F, S: [[x[i:i + high(F, S), j:j + wide(F, S)].max() for j in places(x.shape[1], F, S)]
                            for i in places(x.shape[0], F, S)]


def starts_and_number(x, F, S):
    return [[x[i:i + F, j:j + F].max() for j in range(x.shape[1] // S)] for i in range(x.shape[0] // S)]


def ends_at_F(x, F, S):
    rows, columns = pooled(x, F, S).shape
    return [[x[i * S:F, j * S:F].max() for j in range(columns)] for i in range(rows)]


# --- typical mistakes: other places ------------------------------------------------------------------------

def cut(rows, columns):
    return lambda x, F, S: pooled(x, F, S)[:rows, :columns]


def hanging_over(x, F, S):
    H, W = x.shape
    return [[x[i:i + F, j:j + F].max() for j in range(0, W, S)] for i in range(0, H, S)]


def rounded_up(x, F, S):
    H, W = x.shape
    sizes = [-(-(n - F) // S) + 1 for n in (H, W)]
    return [[x[i * S:i * S + F, j * S:j * S + F].max() for j in range(sizes[1])] for i in range(sizes[0])]


def size_over_stride(x, F, S):
    H, W = x.shape
    return [[x[i * S:i * S + F, j * S:j * S + F].max() for j in range(W // S)] for i in range(H // S)]


def size_over_window(x, F, S):
    H, W = x.shape
    return [[x[i * S:i * S + F, j * S:j * S + F].max() for j in range(W // F)] for i in range(H // F)]


def as_many_as_cells(x, F, S):
    H, W = x.shape
    return [[x[i * S:i * S + F, j * S:j * S + F].max() for j in range(W)] for i in range(H)]


def range_one_short(x, F, S):
    H, W = x.shape
    return [[x[i:i + F, j:j + F].max() for j in range(0, W - F, S)] for i in range(0, H - F, S)]


def every_cell_and_no_window(x, F, S):
    return x[::S, ::S]


def square(x, F, S):
    n = (x.shape[0] - F) // S + 1
    return [[x[i * S:i * S + F, j * S:j * S + F].max() for j in range(n)] for i in range(n)]


def sides_exchanged(x, F, S):
    rows, columns = pooled(x, F, S).shape
    return [[x[i * S:i * S + F, j * S:j * S + F].max() for j in range(rows)] for i in range(columns)]


def transposed(x, F, S):
    return pooled(x, F, S).T


def one_list(x, F, S):
    return pooled(x, F, S).ravel()


def padded(x, F, S):
    return pooled(np.pad(x, F // 2), F, S)


def reshaped(x, F, S):
    H, W = x.shape
    return x.reshape(H // F, F, W // F, F).max(axis=(1, 3))


def whole(x, F, S):
    return x.max()


def into_whole_numbers(x, F, S):
    return pooled(x, F, S).astype(int)


def rows_only(x, F, S):
    return [x[i:i + F].max(axis=0) for i in places(x.shape[0], F, S)]


def columns_only(x, F, S):
    return np.array([x[:, j:j + F].max(axis=1) for j in places(x.shape[1], F, S)]).T


def written_into_x(x, F, S):
    for i in places(x.shape[0], F, S):
        for j in places(x.shape[1], F, S):
            x[i // S, j // S] = x[i:i + F, j:j + F].max()
    return x[:(x.shape[0] - F) // S + 1, :(x.shape[1] - F) // S + 1]


def first_place(x, F, S):
    return pooled(x, F, S)[0, 0]


def last_place(x, F, S):
    return pooled(x, F, S)[-1, -1]


def first_row(x, F, S):
    return pooled(x, F, S)[0]


def last_row(x, F, S):
    return pooled(x, F, S)[-1]


# --- typical mistakes: an output that is not filled, or runs on -------------------------------------------------------

def filled_up_to(rows, columns):
    """Zeros of the right size, of which only some are overwritten."""
    def answer(x, F, S):
        full = pooled(x, F, S)
        y = np.zeros(full.shape)
        y[:rows, :columns] = full[:rows, :columns]
        return y

    return answer


def last_row_filled(x, F, S):
    y = pooled(x, F, S)
    y[:-1] = 0
    return y


def never_begun_anew(x, F, S):
    y = pooled(x, F, S)
    return np.maximum.accumulate(y.ravel()).reshape(y.shape)


def begun_anew_in_each_row(x, F, S):
    return np.maximum.accumulate(pooled(x, F, S), axis=1)


def from_zero_and_never_anew(x, F, S):
    return np.maximum(never_begun_anew(x, F, S), 0)


def from_zero_and_anew_in_each_row(x, F, S):
    return np.maximum(begun_anew_in_each_row(x, F, S), 0)


def cells_for_places(x, F, S):
    y = np.zeros(pooled(x, F, S).shape)
    for i in places(x.shape[0], F, S):
        for j in places(x.shape[1], F, S):
            y[i, j] = x[i:i + F, j:j + F].max()
    return y


def corner_of_a_map(x, F, S):
    y, small = np.zeros_like(x), pooled(x, F, S)
    y[:small.shape[0], :small.shape[1]] = small
    return y


def python_max(x, F, S):
    rows, columns = pooled(x, F, S).shape
    return [[max(x[i * S:i * S + F, j * S:j * S + F]) for j in range(columns)] for i in range(rows)]
