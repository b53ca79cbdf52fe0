"""Where an answer is right and where it is not: among more or fewer numbers, in some cases, in some places."""

import itertools
import math

import numpy as np

from .results import nouns


def parts(sides):
    """What holds where the right numbers are a part of the answer or the other way round, or stand in another order."""
    for word, holds in (
            ("but some are missing at the end", lambda s: _inside(s.mine, s.true, s, "end")),
            ("but some are missing at the beginning", lambda s: _inside(s.mine, s.true, s, "beginning")),
            ("but some are missing on both sides", lambda s: _inside(s.mine, s.true, s, "around")),
            ("with more behind them", lambda s: _inside(s.true, s.mine, s, "end")),
            ("with more in front of them", lambda s: _inside(s.true, s.mine, s, "beginning")),
            ("with more around them", lambda s: _inside(s.true, s.mine, s, "around")),
            ("but one of them is missing", lambda s: _one_less(s.mine, s.true, s)),
            ("with one too many among them", lambda s: _one_less(s.true, s.mine, s)),
            ("in another order", _reordered)):
        if all(side.right or holds(side) for side in sides):
            return [word]   # the first is the simplest
    return []


def _inside(small, large, side, where):
    """Does the small array stand in the large one, cut off at the end, at the beginning, or anywhere?"""
    if small.ndim != large.ndim or small.shape == large.shape:
        return False
    room = [b - a for a, b in zip(small.shape, large.shape, strict=True)]
    if min(room) < 0:
        return False
    starts = {"end": [(0,) * len(room)], "beginning": [tuple(room)]}.get(where) or itertools.product(
        *(range(n + 1) for n in room))
    return any(side.same(large[tuple(slice(i, i + n) for i, n in zip(start, small.shape, strict=True))], small)
               for start in itertools.islice(starts, 100))


def _one_less(small, large, side):
    return small.ndim == large.ndim == 1 and large.size == small.size + 1 and any(
        side.same(np.delete(large, i), small) for i in range(min(large.size, 100)))


def _reordered(side):
    mine, true = side.mine, side.true
    return mine.shape == true.shape and mine.size > 1 and side.same(np.sort(true, None), np.sort(mine, None))


# --- right in some cases ----------------------------------------------------------------------------------------------

def cases(names, sides, right):
    """Pairs (rank, sentence): one property of the inputs, or else two, that part exactly the right cases from the wrong,
    where that is no wonder of small numbers."""
    total, good = len(right), sum(right)
    chances = math.comb(total, good)      # how many ways there are to be right in so many cases
    if min(good, total - good) < 2 or chances < 64:
        return []
    found = {}
    for side in sides:
        for rank, yes, no, value in _properties(names, side):
            for phrase, holds, later in ((yes, bool(value), 0), (no, not value, 1)):
                found.setdefault((2 * rank + later, phrase), []).append(holds)
    found = {key: np.array(values) for key, values in found.items() if len(values) == total}
    told = {word: f"Your results are {word} in {count} of {total} cases: exactly where"
            for word, count in (("right", good), ("wrong", total - good))}
    alone = [(rank, f"{told['right']} {phrase}.") for (rank, phrase), values in found.items() if (values == right).all()]
    if alone or chances < 4096:
        return alone
    simple = [(phrase, values) for (rank, phrase), values in found.items() if rank < 2]
    both = [(f"{a} and {b}", one & two) for (a, one), (b, two) in itertools.combinations(simple, 2)]
    return [(0, f"{told[word]} {phrase}.") for phrase, values in both
            for word, wanted in (("right", right), ("wrong", ~np.array(right))) if (values == wanted).all()]


def _properties(names, side):
    """(rank, phrase, phrase of the opposite, does it hold) of one case; the less the rank, the simpler."""
    wholes = []
    for name, arg in zip(names, side.args, strict=False):
        if isinstance(arg, bool):
            yield 0, f"`{name}` is True", f"`{name}` is False", arg
        elif isinstance(arg, int):
            wholes.append((f"`{name}`", arg))
            for value in range(4):
                yield 0, f"`{name}` is {value}", f"`{name}` is not {value}", arg == value
            for value in (2, 3):
                yield 1, f"`{name}` is below {value}", f"`{name}` is {value} or more", arg < value
            yield 1, f"`{name}` is odd", f"`{name}` is even", arg % 2
        elif isinstance(arg, np.ndarray) and arg.dtype.kind in "fiu" and arg.size:
            wholes.append((f"`len({name})`", len(arg)))
            yield 2, f"`len({name})` is 1", f"`len({name})` is not 1", len(arg) == 1
            yield 2, f"`len({name})` is odd", f"`len({name})` is even", len(arg) % 2
            yield 2, f"`{name}` has negative numbers", f"`{name}` has no negative numbers", (arg < 0).any()
            yield 2, f"`{name}` has fractions", f"`{name}` has whole numbers only", (arg != np.rint(arg)).any()
            yield 3, f"`{name}` holds a 0", f"`{name}` holds no 0", (arg == 0).any()
            if arg.ndim > 1:
                yield 2, f"`{name}` is square", f"`{name}` is not square", arg.shape[-1] == arg.shape[-2]
                yield 3, f"`{name}` has one column", f"`{name}` has several columns", arg.shape[-1] == 1
    for (a, m), (b, n) in itertools.combinations(wholes, 2):
        yield 3, f"{a} equals {b}", f"{a} and {b} differ", m == n
        yield 4, f"{a} is below {b}", f"{a} is not below {b}", m < n
        yield 4, f"{a} is above {b}", f"{a} is not above {b}", m > n
    if side.true.size and side.true.dtype.kind in "fiu":
        is_ = "the right number is" if side.true.ndim == 0 else "a number of the right result is"
        for word, holds in (("0", side.true == 0), ("below 0", side.true < 0), ("above 0", side.true > 0)):
            yield 4, f"{is_} {word}", f"{is_.replace('a number', 'no number')}{' not' * (side.true.ndim == 0)} {word}", holds.any()


# --- right in some places ---------------------------------------------------------------------------------------------

def places(sides):
    """Where all wrong numbers are: phrases that go on after "All your numbers are right but ..."."""
    wrong = [side for side in sides if not side.right]
    if not wrong or any(side.mine.shape != side.true.shape or not side.true.ndim for side in wrong):
        return []
    for level in (_edges, _kinds):
        named = [dict(level(side.true)) for side in wrong]
        fits = []
        for phrase in named[0]:
            masks = [each.get(phrase) for each in named]
            inside = zip(masks, wrong, strict=True)
            if all(mask is not None and not (side.differs & ~mask).any() for mask, side in inside):
                rest = sum((~mask).sum() for mask in masks)
                if rest >= sum(mask.sum() for mask in masks):
                    fits.append((sum(mask.sum() for mask in masks), phrase))
        if fits:
            least = min(fits)[0]
            return [phrase for size, phrase in fits if size == least]
    return []


def others(side, name):
    """Of a single answer with several numbers, which are right."""
    if side.differs is not None and side.true.size > 1:
        right = [f"`{name}[{', '.join(map(str, place))}]`" for place in np.argwhere(~side.differs)]
        if 1 < side.differs.sum() < side.true.size:
            yield f"Right so far: {', '.join(right)}."
        elif right:
            yield "The other number is right." if len(right) == 1 else f"The other {len(right)} numbers are right."


def _edges(y):
    masks = {}
    for axis, noun in enumerate(nouns(y.ndim)):
        for word, place in (("first", 0), ("last", -1)):
            masks[word, noun] = mask = np.zeros(y.shape, bool)
            np.moveaxis(mask, axis, 0)[place] = True
            yield (f"the {word} one" if y.ndim == 1 else f"those in the {word} {noun}"), mask
        both = masks["first", noun] | masks["last", noun]
        yield ("the first and the last one" if y.ndim == 1 else f"those in the first and in the last {noun}"), both
    if y.ndim > 1:
        for word in ("first", "last"):
            yield f"those in the {word} row and the {word} column", masks[word, "row"] | masks[word, "column"]
        yield "those at the border", np.logical_or.reduce([m for (_, noun), m in masks.items() if noun != "map"])


def _kinds(y):
    if y.dtype.kind not in "fiu":
        return
    yield "those that should be below 0", y < 0
    yield "those that should be above 0", y > 0
    yield "those that should be 0", y == 0
    yield "those that should be fractions", y != np.rint(y)
