"""Ways in which a matrix for a filter goes wrong: the mistakes of exercise 02.4."""

import numpy as np

from ..exercise import Wrong


def right(w, N):
    """What is right, in short."""
    return np.array([np.r_[np.zeros(i), w, np.zeros(N - len(w) - i)] for i in range(N - len(w) + 1)])


# --- typical mistakes -------------------------------------------------------------------------------------------------

def transposed(w, N):
    return right(w, N).T


def flipped(w, N):
    return right(w[::-1], N)


def flipped_and_transposed(w, N):
    return right(w[::-1], N).T


def cut_off(w, N):
    M = np.zeros((N, N))
    for i in range(N):
        M[i, i:i + len(w)] = w[:N - i]
    return M


def around_the_end(w, N):
    M = np.zeros((N, N))
    for i in range(N):
        for k in range(len(w)):
            M[i, (i + k) % N] += w[k]
    return M


def padded(w, N):
    P = (len(w) - 1) // 2
    M = np.zeros((N, N + 2 * len(w)))
    for i in range(N):
        M[i, i - P + len(w):i - P + 2 * len(w)] = w
    return M[:, len(w):len(w) + N]


def full(w, N):
    F = len(w)
    M = np.zeros((N + F - 1, N + 2 * F - 2))
    for i in range(N + F - 1):
        M[i, i:i + F] = w
    return M[:, F - 1:F - 1 + N]


def one_row_short(w, N):
    return right(w, N)[:-1]


def never_moved(w, N):
    M = np.zeros((N - len(w) + 1, N))
    M[:, :len(w)] = w
    return M


def in_blocks(w, N):
    M = np.zeros((N // len(w), N))
    for i in range(N // len(w)):
        M[i, i * len(w):(i + 1) * len(w)] = w
    return M


def ones_for_weights(w, N):
    return right(np.ones(len(w)), N)


def places_for_weights(w, N):
    return right(np.arange(1, len(w) + 1), N)


def from_the_end(w, N):
    return right(w, N)[::-1]


def in_every_entry(w, N):
    M = np.zeros((N - len(w) + 1, N))
    for i in range(len(M)):
        for j in range(N):
            M[i, j] = w[(j - i) % len(w)]
    return M


def first_weight_only(w, N):
    return w[0] * np.eye(N - len(w) + 1, N)


def last_weight_only(w, N):
    return w[-1] * np.eye(N - len(w) + 1, N, len(w) - 1)


def only_the_filter(w, N):
    return np.tile(w, (N - len(w) + 1, 1))


def first_row_only(w, N):
    M = np.zeros((N - len(w) + 1, N))
    M[0, :len(w)] = w
    return M


def last_row_only(w, N):
    M = np.zeros((N - len(w) + 1, N))
    M[-1, -len(w):] = w
    return M


def too_narrow(w, N):
    rows = N - len(w) + 1
    M = np.zeros((rows, rows))
    for i in range(rows):
        M[i, i:i + len(w)] = w[:rows - i]
    return M


def one_flat_list(w, N):
    return right(w, N).ravel()


def whole_numbers(w, N):
    return right(w, N).astype(int)


def one_row_many_times(w, N):
    M = [[0] * N] * (N - len(w) + 1)
    for i in range(len(M)):
        for k in range(len(w)):
            M[i][i + k] = w[k]
    return M


def never_cleared(w, N):
    row, rows = np.zeros(N), []
    for i in range(N - len(w) + 1):
        row[i:i + len(w)] = w
        rows.append(row.copy())
    return np.array(rows)


def rows_of_zeros_below(w, N):
    return np.concatenate([right(w, N), np.zeros((len(w) - 1, N))])


def last_row_empty(w, N):
    M = right(w, N)
    M[-1] = 0
    return M


def rows_of_the_filter(w, N):
    M = np.zeros((N - len(w) + 1, N))
    for i in range(len(w)):
        M[i, i:i + len(w)] = w
    return M


def one_column_late(w, N):
    return np.roll(right(w, N), 1, axis=1)


def written_over_each_row(w, N):
    M = np.zeros((N - len(w) + 1, N))
    for i in range(len(M)):
        M[i] = w
    return M


def ends_at_the_filter(w, N):
    M = np.zeros((N - len(w) + 1, N))
    for i in range(len(M)):
        M[i, i:len(w)] = w
    return M


def does_not_fit(w, N):
    M = np.zeros((N, N))
    for i in range(N):
        M[i, i:i + len(w)] = w
    return M


def to_the_left(w, N):
    M = np.zeros((N - len(w) + 1, N))
    for i in range(len(M)):
        for j in range(N):
            if 0 <= i - j < len(w):
                M[i, j] = w[i - j]
    return M


WRONG = [
    Wrong(transposed, "Rows and columns are exchanged: one row for each output, one column for each cell of x."),
    Wrong(flipped, "The filter stands in the rows the wrong way round: the first weight meets the first cell of "
                   "the window."),
    Wrong(flipped_and_transposed, "Rows and columns are exchanged.", "The filter is the wrong way round."),
    Wrong(cut_off, "There are rows too many: in the last ones the filter hangs over the end and is cut off. The "
                   "number of rows is N - F + 1."),
    Wrong(around_the_end, "There are rows too many: in the last ones the filter hangs over the end and comes in "
                          "again on the left. The number of rows is N - F + 1."),
    Wrong(padded, "This is the matrix with padding on both sides: without padding only N - F + 1 rows are left."),
    Wrong(full, "The filter also lies half outside of x at both ends: it should lie on x all the time."),
    Wrong(one_row_short, "The last row is missing: there are N - F + 1 places, and `range` already leaves out its "
                         "end."),
    Wrong(rows_of_zeros_below, "There are rows too many, and they stay 0: the matrix has N - F + 1 rows, one for "
                               "each output."),
    Wrong(last_row_empty, "The last row stays 0: there are N - F + 1 rows to fill, and `range` already leaves out "
                          "its end."),
    Wrong(rows_of_the_filter, "You fill one row for each weight: fill one for each output, N - F + 1 of them."),
    Wrong(one_column_late, "Your filter begins one column too late: row 0 begins with the filter, and is moved "
                           "only for row 1."),
    Wrong(written_over_each_row, "`M[i] = w` writes into the whole row, which is longer than the filter: write "
                                 "into its piece `M[i, i:i + F]`."),
    Wrong(ends_at_the_filter, "Your piece of the row ends at column F whatever i is: it ends at `i + F`."),
    Wrong(does_not_fit, "Somewhere the piece of M that you write into is shorter than the filter: there are "
                        "N - F + 1 rows, and in row i the filter lies at `M[i, i:i + F]`."),
    Wrong(never_moved, "The filter lies at the start in every row: in row i it starts at column i."),
    Wrong(in_blocks, "Your filter jumps by its own width from row to row: it should move by one column."),
    Wrong(ones_for_weights, "Everything is in its place, but you wrote ones instead of the weights."),
    Wrong(places_for_weights, "Everything is in its place, but you wrote the numbers of the weights, 1, 2, 3, "
                              "instead of the weights."),
    Wrong(from_the_end, "Your rows stand upside down: the first output belongs in the first row."),
    Wrong(in_every_entry, "Your filter is repeated along the whole row: outside of its window the row is 0."),
    Wrong(first_weight_only, "Only the first weight is in its place: a row holds the whole filter."),
    Wrong(last_weight_only, "Only the last weight is left in each row: does each one overwrite the one before?"),
    Wrong(only_the_filter, "Your rows hold the filter and nothing else: a row is as long as x, with zeros where "
                           "the filter does not lie."),
    Wrong(first_row_only, "Only the first row is filled: does `return` stand inside the loop?"),
    Wrong(last_row_only, "Only the last row is filled: is the matrix made anew inside the loop?"),
    Wrong(too_narrow, "There are columns missing: one for each cell of x, also for the last ones."),
    Wrong(whole_numbers, "Your matrix holds whole numbers only, so 0.25 became 0: `np.zeros(...)` without "
                         "`dtype` holds decimals, too."),
    Wrong(one_row_many_times, "All rows of your matrix are one and the same row, so each i writes into all of "
                              "them: make a new row of zeros for every i."),
    Wrong(never_cleared, "Weights of the rows above stay behind in your rows: begin every row with zeros."),
    Wrong(to_the_left, "In your rows the filter runs from column i to the left, and is cut off: from column i it "
                       "runs to the right, weight k in column i + k."),
    Wrong(one_flat_list, "All rows stand in one long list: return a matrix, one row below the other."),
]
