"""A U-Net's skip: a small map doubled, and put behind an older, larger one."""

import numpy as np

from ..exercise import Exercise, Wrong
from ..slips import slips


def solution(below, skip):
    doubled = below.repeat(2, axis=1).repeat(2, axis=2)      # every pixel becomes 2 x 2
    return np.concatenate([skip, doubled])


# --- other right ways -------------------------------------------------------------------------------------------------

def filled(below, skip):
    C, H, W = below.shape
    y = np.zeros((C + len(skip), 2 * H, 2 * W))
    for i in range(2):
        for j in range(2):
            y[len(skip):, i::2, j::2] = below
    y[:len(skip)] = skip
    return y


def pixel_by_pixel(below, skip):
    y = [channel.tolist() for channel in skip]
    for c in range(len(below)):
        rows = []
        for i in range(skip.shape[1]):
            rows.append([below[c, i // 2, j // 2] for j in range(skip.shape[2])])
        y.append(rows)
    return y


def with_kron(below, skip):
    return np.vstack((skip, np.kron(below, np.ones((1, 2, 2)))))


def by_index(below, skip):
    rows, columns = np.arange(skip.shape[1]) // 2, np.arange(skip.shape[2]) // 2
    return np.r_[skip, below[:, rows][:, :, columns]].astype(np.float32)


def by_broadcast(below, skip):
    C, H, W = below.shape
    doubled = np.broadcast_to(below[:, :, None, :, None], (C, H, 2, W, 2)).reshape(C, 2 * H, 2 * W)
    return np.append(skip, doubled, 0)


# --- mistakes that are no edits ---------------------------------------------------------------------------------------

def smoothed(below, skip):
    """Between the pixels their means, and the last ones repeated."""
    y = np.zeros((len(below), 2 * below.shape[1], 2 * below.shape[2]))
    padded = np.pad(below, ((0, 0), (0, 1), (0, 1)), "edge").astype(float)
    y[:, ::2, ::2] = below
    y[:, 1::2, ::2] = (padded[:, :-1, :-1] + padded[:, 1:, :-1]) / 2
    y[:, :, 1::2] = (y[:, :, ::2] + np.concatenate([y[:, :, 2::2], y[:, :, -2:-1]], 2)) / 2
    return np.concatenate([skip, y])


def resampled(places):
    """Bilinear between the pixels: places(n) says where the 2n new ones lie among the n old."""
    def along(a, axis):
        n = a.shape[axis]
        where = np.clip(places(n), 0, n - 1)
        low = np.floor(where).astype(int)
        share = (where - low).reshape([-1 if k == axis else 1 for k in range(3)])
        return a.take(low, axis) * (1 - share) + a.take(np.minimum(low + 1, n - 1), axis) * share

    return lambda below, skip: np.concatenate([skip, along(along(below, 1), 2)])


def moved(down, right, mode):
    """The doubled pixels read one further on."""
    def answer(below, skip):
        rows, columns = ((np.arange(2 * n) + step) // 2 for n, step in zip(below.shape[1:], (down, right), strict=True))
        return np.concatenate([skip, below.take(rows, 1, mode=mode).take(columns, 2, mode=mode)])

    return answer


def draw(rng):
    C, D, H, W = rng.integers(1, 4, 4)
    return rng.integers(-9, 10, (C, H, W)), rng.integers(-9, 10, (D, 2 * H, 2 * W))


DOWN, ACROSS, JOIN = ".repeat(2, axis=1)", ".repeat(2, axis=2)", "np.concatenate([skip, doubled])"
TILED = "You copy the whole map side by side, as `np.tile` does: repeat each pixel instead."
NAILS = "You put zeros beside the pixels: each pixel becomes 2 × 2 copies of itself."
FIRST = "You put below first: skip comes first, then below."
ADDED = "You add the two, as ResNet does: a U-Net stacks their channels."
HALVED = "You shrink the skip: leave it, and double below."
NOT_DOUBLED = "You leave below as it is: each of its pixels becomes 2 × 2."
ALONG_ROWS = "You join them along the rows: channels are the first axis, `axis=0`."
ALONG_COLUMNS = "You join them along the columns: channels are the first axis, `axis=0`."
MAPS_TWICE = "You repeat the channels, too: double only rows and columns."
MOVED = "Your squares are shifted by one pixel: rows 0 and 1 are copies of row 0, so row i copies row `i // 2`."
BETWEEN = "You interpolate between the pixels: repeat each pixel as it is."
SHUFFLED = "You have the right numbers in the wrong places: `reshape` and `resize` do not put copies beside a pixel."


def of_below(change):
    """The edit of who makes another map of below."""
    return f"below{DOWN}{ACROSS}", change


EXERCISE = Exercise(
    id="09.5",
    title="What the skip brings back",
    statement="""On its way up, a U-Net has coarse maps, `below`, $(C, H, W)$. From its way down it kept finer ones,
`skip`, $(D, 2H, 2W)$. Write `join(below, skip)`:

1. double the height and the width of `below`: each pixel becomes a square of 2 × 2 equal pixels;
2. put its channels after those of `skip`.

For example a map `[[1, 2]]` doubles to `[[1, 1, 2, 2], [1, 1, 2, 2]]`.""",
    signature="join(below, skip): (C, H, W), (D, 2H, 2W) -> (D + C, 2H, 2W)",
    difficulty=1,
    minutes=4,
    hints=(
        "Which shape comes out of step 1? Along which axis can the two then differ?",
        "`np.repeat(a, 2, axis=1)` repeats every row. Do the same for the columns. `np.concatenate([a, b])` joins "
        "along the first axis.",
        "`below.repeat(2, axis=1).repeat(2, axis=2)`, then join it to skip with `np.concatenate([skip, …])`.",
    ),
    solution=solution,
    errors="""- *`np.tile`* repeats the whole map: 1 2 1 2. `repeat` repeats each pixel: 1 1 2 2.
- *`axis=0` in repeat* doubles the channels.
- *`+`*: that is a residual block's shortcut. Here the next convolution sees both, and weighs them itself.
- *The wrong axis in concatenate*: an error if sizes differ; with square maps, one long map instead of many.""",
    praise="Coarse maps that know what, fine maps that know where.",
    insight="No number is lost and none is learnt: the next convolution reads all D + C channels and weighs them.",
    cases=[
        ([[[1, 2]]], [[[5, 6, 7, 8], [9, 8, 7, 6]]]),
        ([[[1, 2], [3, 4]]], [[[5, 6, 7, 8], [9, 8, 7, 6], [5, 4, 3, 2], [1, 0, 1, 2]]]),
        ([[[1, 2]], [[3, 5]]], [[[5, 6, 7, 8], [9, 8, 7, 6]]]),
        ([[[1], [2]]], [[[0, 1], [2, 3], [4, 5], [6, 7]], [[7, 6], [5, 4], [3, 2], [1, 0]]]),
        ([[[0.5, 2, -1]], [[3, 0, 4]]], [[[5, 6, 7, 8, 1, 2], [9, 8, 7, 6, 3, 4]]]),
        ([[[3, -2, 1], [4, 0, 6]]], [[[1.5, 2, 0, 1, 3, 4]] * 4, [[2, 0.25, 1, 7, 5, 3]] * 4]),
        ([[[1, 2], [3, 4]], [[5, 6], [7, 8]]], np.arange(32).reshape(2, 4, 4).tolist()),
    ],
    draw=draw,
    edges=[
        ([[[5]]], [[[1, 2], [3, 4]]]), ([[[0.5]]], [[[0.25, 2], [3, 4]]]), ([[[-1]]], [[[-2, -3], [-1, -4]]]),
        ([[[70000, -300]]], [[[1, 2, 3, 4], [5, 6, 7, 8]]]), ([[[1, 2]]], [[[70000, 300, -200, 0], [5, 6, 7, 8]]]),
        ([[[0.0123, 0.4567]]], [[[0.1234, 2, 3, 4], [5.4321, 6, 7, 8]]]),
        ([[[0, 0]]], [[[0, 0, 0, 0], [0, 0, 0, 0]]]), ([[[1]]] * 6, [[[2, 3], [4, 5]]]),
        ([[[1]]], [[[2, 3], [4, 5]]] * 6), (np.arange(35).reshape(1, 5, 7), np.ones((1, 10, 14), int)),
        ([[[2, 2], [2, 2]]], [[[2] * 4] * 4]), ([[[1, 2], [3, 4]]], [[[1, 0] * 2] * 4] * 2),
    ],
    returns="y",
    right=[filled, pixel_by_pixel, with_kron, by_index, by_broadcast],
    wrong=[*slips(
        [solution, filled, by_broadcast],
        (TILED, *of_below("np.tile(below, (1, 2, 2))")),
        ((TILED, FIRST), *of_below("np.tile(below, (1, 2, 2))"), "[skip, doubled]", "[doubled, skip]"),
        ("You tile the rows: repeat each row next to itself.", DOWN, "[:, [*range(below.shape[1])] * 2]"),
        ("You tile the columns: repeat each column next to itself.", ACROSS, "[:, :, [*range(below.shape[2])] * 2]"),
        (NAILS, *of_below("np.kron(below, [[[1, 0], [0, 0]]])")),
        ((NAILS, FIRST), *of_below("np.kron(below, [[[1, 0], [0, 0]]])"), "[skip, doubled]", "[doubled, skip]"),
        (NAILS, *of_below("np.kron(below, [[[0, 0], [0, 1]]])")),
        ("Every second row is 0: repeat each row.", "for i in range(2)", "for i in range(1)"),
        ("Every second column is 0: repeat each column.", "for j in range(2)", "for j in range(1)"),
        ("Each pixel fills only the diagonal of its square: all four cells are equal.",
         *of_below("np.kron(below, [[[1, 0], [0, 1]]])")),
        ("You divide each pixel among its four copies: each copy equals the "
         "pixel.", f"below{DOWN}", f"(below / 4){DOWN}"),
        ("You double the values: double only the size.", f"below{DOWN}", f"(2 * below){DOWN}"),
        (FIRST, "[skip, doubled]", "[doubled, skip]"),
        ("Your channels alternate: first all of skip, then all of below.",
         lambda y, below, skip: y[np.argsort([*range(len(skip)), *range(len(below))], kind="stable")]),
        ("The channels of below are in reverse order.", f"below{DOWN}", f"below[::-1]{DOWN}"),
        ("The channels of skip are in reverse order.", "[skip, doubled]", "[skip[::-1], doubled]"),
        ("All channels are in reverse order: skip first, then below.", lambda y, *_: y[::-1]),
        ("You mirror skip: leave it as it is.", "[skip, doubled]", "[skip[:, :, ::-1], doubled]"),
        ("You swap rows and columns: leave them as they are.", lambda y, *_: y.transpose(0, 2, 1)),
        ("Your channels come last: they are the first axis.", lambda y, *_: y.transpose(1, 2, 0)),
        (ALONG_ROWS, lambda y, below, skip: np.concatenate([skip[:1], y[len(skip):][:1]], 1)),
        (ALONG_ROWS, JOIN, "np.concatenate([skip, doubled], axis=1)"),
        (ALONG_COLUMNS, lambda y, below, skip: np.concatenate([skip[:1], y[len(skip):][:1]], 2)),
        (ALONG_COLUMNS, JOIN, "np.concatenate([skip, doubled], axis=2)"),
        ("You `stack` them, which adds an axis: `np.concatenate` joins along an existing axis.",
         JOIN, "np.stack([skip, doubled])"),
        *(("You return two things: join them in one array.", JOIN, pair) for pair in (
            "[skip.tolist(), doubled.tolist()]", "(skip, doubled)", "[skip, doubled]")),
        (ADDED, JOIN, "doubled + skip"), (ADDED, lambda y, below, skip: y[len(skip):] + skip[:1]),
        (ADDED, lambda y, below, skip: y[len(skip):] + skip.sum(0)),
        ("You take the mean of the two: stack their channels.", JOIN, "(doubled + skip) / 2"),
        ("You keep the larger of the two: stack their channels.", JOIN, "np.maximum(doubled, skip)"),
        ("You multiply the two: stack their channels.", JOIN, "doubled * skip"),
        ("The skip is missing: its channels come first.", JOIN, "doubled"),
        ("Below is missing: its channels come last.", JOIN, "skip"),
        ("You have below twice: skip comes first.", "[skip, doubled]", "[doubled, doubled]"),
        ("You have skip twice: once is enough.", "[skip, doubled]", "[skip, skip, doubled]"),
        ("You use only the first channel of skip: use all of them.",
         "[skip, doubled]", "[skip[:1], doubled]"),
        ("You use only the first channel of below: use all of them.",
         "[skip, doubled]", "[skip, doubled[:1]]"),
        ("You add up the channels of skip: keep them separate.",
         "[skip, doubled]", "[skip.sum(0, keepdims=True), doubled]"),
        ("Skip is 0: set `y[:D] = skip`.", "    y[:len(skip)] = skip\n", ""),
        (HALVED, JOIN, "np.concatenate([skip[:, ::2, ::2], below])"),
        (HALVED, JOIN, "np.concatenate([skip.reshape(len(skip), below.shape[1], 2, -1, 2).mean((2, 4)), below])"),
        (HALVED, JOIN, "np.concatenate([skip.reshape(len(skip), below.shape[1], 2, -1, 2).max((2, 4)), below])"),
        ("You crop the skip: leave it whole, and double below.",
         JOIN, "np.concatenate([skip[:, :below.shape[1], :below.shape[2]], below])"),
        ("You use only the middle of the skip: leave it whole, and double below.", JOIN,
         "np.concatenate([skip[:, below.shape[1] // 2:][:, :below.shape[1], below.shape[2] // 2:]"
         "[:, :, :below.shape[2]], below])"),
        ("You double the skip, too: it is already large enough.", JOIN,
         f"np.concatenate([skip[:, ::2, ::2]{DOWN}{ACROSS}, doubled])"),
        ("You put below in a frame of zeros: each of its pixels becomes 2 × 2.",
         *of_below("np.stack([np.pad(m, [(n // 2, n - n // 2) for n in m.shape]) for m in below])")),
        ("You put below in a corner of zeros: each of its pixels becomes 2 × 2.",
         *of_below("np.stack([np.pad(m, [(0, n) for n in m.shape]) for m in below])")),
        (SHUFFLED, *of_below("np.resize(below, (len(below), *skip.shape[1:]))")),
        (SHUFFLED, *of_below("np.repeat(below, 4).reshape(len(below), *skip.shape[1:])")),
        (SHUFFLED, "below[:, :, None, :, None], (C, H, 2, W, 2)", "below[:, :, :, None, None], (C, H, W, 2, 2)"),
        (MAPS_TWICE, f"below{DOWN}", f"below.repeat(2, axis=0){DOWN}"),
        ("You repeat three times: each pixel becomes 2 × 2.", *of_below("np.kron(below, np.ones((1, 3, 3)))"),
         JOIN, "np.concatenate([skip, doubled[:, :skip.shape[1], :skip.shape[2]]])"),
        ("You fill each map with its mean: repeat each pixel.",
         *of_below(f"0 * below{DOWN}{ACROSS} + below.mean((1, 2), keepdims=True)")),
        ("The fractions are lost: your array holds only whole numbers. `np.zeros(shape)` holds others, too.",
         "2 * H, 2 * W))", "2 * H, 2 * W), int)"),
        ("Your array has the type of below: if below holds whole numbers, the decimals of skip are lost.",
         "2 * H, 2 * W))", "2 * H, 2 * W), below.dtype)"),
    ), Wrong(smoothed, BETWEEN),
        Wrong(resampled(lambda n: np.arange(2 * n) / 2), BETWEEN),
        Wrong(resampled(lambda n: np.arange(2 * n) / 2 - 0.25), BETWEEN),
        Wrong(resampled(lambda n: np.linspace(0, n - 1, 2 * n)), BETWEEN),
        *(Wrong(moved(*by, mode), MOVED) for by in ((1, 1), (1, 0), (0, 1), (-1, -1)) for mode in ("clip", "wrap"))],
)
