"""Steps are counted from 0; the last is meant where none is named."""

from ... import shapes


def step_of(shown, i, name="i"):
    """The number of a step, checked; None is the last. Errors call it `name`.

    Raises ValueError for a step that does not exist, TypeError for anything but integers.
    """
    if i is None:
        return shown.steps - 1
    i = shapes.integer(i, name, 0)
    if i >= shown.steps:
        raise ValueError(f"{name}: found step {i}, expected 0 to {shown.steps - 1}: steps are counted from 0")
    return i
