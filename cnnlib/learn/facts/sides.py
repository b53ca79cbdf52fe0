"""An answer and the truth side by side, case by case, and how much it proves when something fits."""

import numpy as np

from ...trial import rounding


class Side:
    """One array of one case: what the answer made of it (`mine`) and what is right (`true`)."""

    def __init__(self, number, args, mine, true, allowed):
        self.number, self.args, self.allowed = number, args, allowed
        self.mine, self.true = np.asarray(mine), np.asarray(true)
        self.differs = _differing(self.mine, self.true, allowed) if self.mine.shape == self.true.shape else None
        self.numeric = self.true.dtype.kind in "fiu"
        self.right = self.differs is not None and not self.differs.any()

    def same(self, predicted, mine=None):
        """Is this what the answer made of it?"""
        mine = self.mine if mine is None else mine
        if predicted.size == mine.size == 0 and predicted is not NOTHING:
            return True   # an empty list has no columns to count
        if _numeric(mine, predicted):
            return rounding.same(mine, predicted, self.allowed)
        return predicted.shape == mine.shape and bool(np.all(mine == predicted))


def _numeric(*arrays):
    return all(array.dtype.kind in "fiu" for array in arrays)


def _differing(mine, other, allowed):
    if _numeric(mine, other):
        return rounding.differing(mine, other.astype(float), allowed)
    return np.asarray(mine != other)


def evidence(side, predicted):
    """How much it proves, in bits, that a result was foretold: nothing where it is right anyway, little for small whole
    numbers."""
    if predicted.shape == side.true.shape:
        predicted = predicted[_differing(predicted, side.true, side.allowed)]
    return weight(predicted)


def weight(numbers):
    """How hard these are to hit by chance, in bits, up to 10."""
    if numbers.dtype.kind not in "fiu":
        return 5.0 * bool(numbers.size)
    values = np.abs(numbers[np.isfinite(numbers)].astype(float))
    each = np.where(values == np.rint(values), np.log2(1 + values), 8)
    return min(10.0, np.maximum(each, 1).sum() + (numbers.size - values.size))


NOTHING = np.empty((0,) * 9, str)      # like no result of anyone


def arrays(reading):
    """What was read, as a list of arrays: one for each result. A text is the list of its parts."""
    if reading.kind == "several":
        return list(reading.value)
    return [np.array(reading.value.split(", ")) if reading.kind == "text" else np.asarray(reading.value)]


def proven(foretold, cases, bits):
    """Do pairs (`Side`, prediction) tell all that the answer made of it; and do so many cases and bits prove it? A
    prediction of None, where a change cannot be made, is the right result itself."""
    numbers, told = set(), 0
    for side, predicted in foretold:
        if predicted is None:
            predicted = side.true
        if not side.same(predicted):
            return False
        if bits_here := evidence(side, predicted):
            numbers.add(side.number)
            told += bits_here
    return len(numbers) >= cases and told >= bits
