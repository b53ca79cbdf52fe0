"""Are two results the same except for rounding? The one place that says how far off a number may be and still right."""

import numpy as np

TOLERANCE = 1e-6      # of the largest number that comes out, unless an exercise has its own
ROUNDING = 1e-9       # of the largest number that goes in: what adding up in another order may change
SINGLE = 1e-5         # of what goes in and comes out: the same for results in single precision
WHOLE = 0.01          # whole numbers are never taken for their neighbours, however large they are,
GAP = 2**-24          # unless they have none: half of the step between large numbers in single precision


def margin(given, truth, exact=True, tolerance=TOLERANCE):
    """How far a number may be off and still be right: rounding, never more.

    `given` are the arguments of the call, `truth` is a list of arrays; `exact` is False for an answer in single
    precision.

    >>> margin([], [np.array([0.5, 1.5])])
    1.5e-06
    """
    results = [part[np.isfinite(part)] for part in truth]
    inside, outside = _largest(arg for arg in given if _is_numeric(arg)), _largest(results)
    allowed = tolerance * outside + ROUNDING * inside
    if not exact:
        allowed = max(allowed, SINGLE * (inside + outside))
    whole = all((part == np.round(part)).all() for part in results)
    return float(min(allowed, WHOLE if exact else max(WHOLE, GAP * outside)) if whole else allowed)


def _largest(arrays):
    return max((np.abs(np.asarray(array, float)).max() for array in arrays if np.size(array)), default=0.0)


def _is_numeric(value):
    return isinstance(value, (int, float, np.number)) or (isinstance(value, np.ndarray) and value.dtype.kind in "fiu")


def differing(yours, truth, allowed):
    """Where two arrays of one shape differ by more than `allowed`, as an array of bool. NaN and infinity are only like
    themselves.

    >>> differing(np.array([1.0, 2.0, np.nan]), np.array([1.0, 2.1, np.nan]), 1e-6)
    array([False,  True, False])
    """
    with np.errstate(all="ignore"):
        same = (np.abs(yours.astype(float) - truth) <= allowed) | (yours == truth) | (np.isnan(yours) & np.isnan(truth))
    return ~same


def same(yours, truth, allowed):
    """Have two arrays one shape, and the same numbers except for rounding? Of most that have not, three numbers say so.

    >>> same(np.array([1.0, np.nan]), np.array([1.0, np.nan]), 1e-6), same(np.array([1, 2]), np.array([1, 3]), 1e-6)
    (True, False)
    """
    if yours.shape != truth.shape:
        return False
    for n in (0, yours.size // 2, -1) if yours.size else ():
        if abs(float(yours.item(n)) - float(truth.item(n))) > allowed:   # never true of NaN, or of twice infinity
            return False
    return not differing(yours, truth, allowed).any()


def first(differs):
    """The first place, in rows, of those that differ; None if there is none.

    >>> first(np.array([[False, False], [True, False]]))
    (1, 0)
    """
    return tuple(map(int, np.unravel_index(np.argmax(differs), differs.shape))) if differs.any() else None
