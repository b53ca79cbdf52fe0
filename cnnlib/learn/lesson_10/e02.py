"""Saliency: how strongly the score answers to each input, by one step backwards through a small network."""

import numpy as np

from ..exercise import Exercise
from .e02_slips import WRONG, by_paths, step_by_step, with_loops


def solution(x, w, v):
    on = w @ x > 0                   # the slope of relu: 1 above 0, and 0 elsewhere
    gradient = (v * on) @ w          # back through v and relu, then through w
    return np.abs(gradient)


# --- other right ways -------------------------------------------------------------------------------------------------

def by_einsum(x, w, v):
    slopes = np.where(np.einsum("mn,n->m", w, x) > 0, 1, 0)
    return abs(np.einsum("m,m,mn->n", v, slopes, w))


def what_is_on(x, w, v):
    on = [m for m in range(len(w)) if sum(a * b for a, b in zip(w[m], x, strict=True)) > 0]
    return [abs(sum(v[m] * w[m][n] for m in on)) for n in range(len(x))]


def as_one_matrix(x, w, v):
    return np.sqrt((w[w @ x > 0].T @ v[w @ x > 0]) ** 2)


def by_a_small_step(x, w, v):
    """Within one piece a relu network is a straight line, so the two sides of any small step lie on it."""
    on = (w @ x > 0).astype(float)
    steps = np.eye(len(x))
    return np.abs([v @ (on * (w @ (x + step))) - v @ (on * (w @ x)) for step in steps])


def single_precision(x, w, v):
    return step_by_step(x, w, v).astype(np.float32)


def draw(rng):
    M, N = rng.integers(2, 6, 2)
    if rng.random() < 0.4:
        N = M
    return rng.integers(-4, 5, N), rng.integers(-3, 4, (M, N)), rng.integers(-3, 4, M)


EXERCISE = Exercise(
    id="10.2",
    title="Which input moves the score?",
    statement="""A small network makes one score from an input $x$ with $N$ numbers:

$$\\text{score} = \\sum_m v_m \\cdot \\text{relu}(h_m), \\qquad h = w\\,x$$

`w` is a matrix, $(M, N)$, and `v` holds one number for each of its rows. Write `saliency(x, w, v)`: for each input
$x_n$, how fast the score changes with it, without its sign, $\\left|\\partial\\,\\text{score} / \\partial x_n\\right|$.
The slope of relu is 1 where $h_m$ is above 0, and 0 where it is not (at exactly 0, too).""",
    signature="saliency(x, w, v): (N,), (M, N), (M,) -> (N,)",
    difficulty=3,
    minutes=8,
    hints=(
        "Go forwards first: which of the $h_m$ are above 0? $x_n$ reaches the score only through these.",
        "A path leads from $x_n$ to the score through each $h_m$. Its slope is a product: $w_{mn}$, the slope of "
        "relu (1 or 0), $v_m$. Add up the slopes of all paths, and only then drop the sign.",
        "`on = w @ x > 0` tells which are on. The gradient is `(v * on) @ w`, one number for each input; `np.abs` "
        "of it is the saliency.",
    ),
    solution=solution,
    errors="""- *`v @ w`*: relu is forgotten. What is off passes nothing back.
- *`(v * relu(w @ x)) @ w`* multiplies by what relu lets through; on the way back you need its slope, 1 or 0.
- *`np.abs(v * on) @ np.abs(w)`* drops the signs too early: paths of opposite sign must be able to cancel.
- *`gradient * x`* is another map, "gradient times input"; return only the gradient.
- *`w @ dh` instead of `w.T @ dh`* runs without an error if $M = N$, and gives something else.""",
    praise="Forwards to see what is on, then backwards along it.",
    insight="Only what x switches on matters: until a sign in h changes, every x has the same saliency.",
    cases=[
        ([1, 2], [[1, 0], [0, 1], [1, -1]], [1, 2, 3]),
        ([1, 1], [[2, 1], [-1, 3]], [1, -1]),
        ([2, -1, 1], [[1, 0, 2], [-1, 1, 0], [0, 2, 3]], [1, 4, -2]),
        ([1, 3, -2], [[2, -1, 1], [1, 1, 2], [0, 1, -1], [3, 1, 1]], [2, -1, 3, -2]),
        ([-1, 2], [[2, 1], [1, 3]], [5, -2]),
        ([0, 1, 2], [[1, 0, 0], [1, -2, 1], [0, 1, 1]], [3, 2, -1]),
        ([2, -2, 1, 0.5], [[1, 0, -1, 2], [0.5, 1, 1, -1], [1, 1, 0.5, 1]], [-1, 0.5, 2]),
        ([2, 1], [[1, -1], [2, 1]], [0.5, 1.25]),
        ([1, -2], [[0.5, -1.25], [1.5, 0.25]], [2, -3]),
    ],
    draw=draw,
    edges=[
        ([300, 256], [[1, -1.125], [2, 1]], [3, 1]), ([-300, -256], [[-1, 1.125], [-2, 1]], [3, 1]),
        ([0.0004, 0.0003], [[1, -1], [2, 3]], [0.0004, 0.0002]), ([2, 1], [[1, -1], [-2, 2], [2, -2]], [1, 3, 2]),
        ([3], [[2]], [-4]), ([3], [[-2]], [5]), ([1, 2], [[-1, -1], [0, -3]], [1, 2]),
        ([0, 0], [[1, 2], [3, 4]], [5, 6]),
        ([0.25, -1.5], [[0.5, 1.25], [-2, -0.75]], [0.125, 1.5]), ([1, 2, 3], [[1, -2, 4]], [2]),
        ([-2], [[1], [-3], [-1]], [2, 1, -5]), ([-1, -2], [[-1, -3], [-2, -1]], [-2, -1]),
        ([300, -7000], [[1, 0], [400, -300], [70000, 2001]], [-30000, 300, 0.25]),
        ([0.0012, 0.0034], [[0.0021, 0.0011], [0.0013, -0.0002]], [1, -0.5]), ([2, 2], [[1, 1], [1, 1]], [1, 1]),
        ([1, -1], [[2, -2], [1, 1]], [3, -3]), ([1, 2, 1, 3, 1], [[1, -1, 2, 0, 3]] * 4, [1, 2, -1, 1]),
    ],
    returns="saliency",
    right=[step_by_step, with_loops, by_paths, by_einsum, what_is_on, as_one_matrix, by_a_small_step, single_precision],
    wrong=WRONG,
)
