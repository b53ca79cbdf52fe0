"""Where an answer is right and where it is not: among more or fewer numbers, in some cases, in some places."""

import itertools
import math

import numpy as np

from .results import nouns

TRIED = 100                   # places at which a smaller result is looked for in a larger one
ALONE, TOGETHER = 64, 4096    # ways to part the cases, beyond which one property, or two, are no wonder


def parts(sides):
    """What goes on after "Your numbers are the right ones,": they are part of the answer, or it is part of them."""
    wrong = [side for side in sides if not side.right]
    for word, starts in (("at the end", _first), ("at the beginning", _last), ("all around", _any)):
        if all(_inside(side, side.mine, side.true, starts) for side in wrong):
            return [f"but some are missing {word}"]
        if all(_inside(side, side.true, side.mine, starts) for side in wrong):
            return [f"with more {word}"]
    if all(_one_less(side, side.mine, side.true) for side in wrong):
        return ["but one of them is missing"]
    if all(_one_less(side, side.true, side.mine) for side in wrong):
        return ["with one too many among them"]
    if all(side.true.shape == side.mine.shape and side.same(np.sort(side.true, None), np.sort(side.mine, None))
           for side in wrong):
        return ["in another order"]
    return []


def _first(room):
    return [(0,) * len(room)]


def _last(room):
    return [tuple(room)]


def _any(room):
    return itertools.islice(itertools.product(*(range(n + 1) for n in room)), TRIED)


def _inside(side, small, large, starts):
    """Does the small array stand in the large one, at one of these starts?"""
    room = [b - a for a, b in zip(small.shape, large.shape, strict=False)]
    return small.ndim == large.ndim > 0 and min(room) >= 0 < max(room) and any(
        side.same(large[tuple(map(slice, start, np.add(start, small.shape)))], small) for start in starts(room))


def _one_less(side, small, large):
    return small.ndim == large.ndim == 1 and large.size == small.size + 1 <= TRIED and any(
        side.same(np.delete(large, i), small) for i in range(large.size))


# --- right in some cases ----------------------------------------------------------------------------------------------

def cases(names, sides, right):
    """Sentences: the property of the inputs, or else two of them, that part the right cases from the wrong, where that
    is more than chance."""
    total, good, right = len(right), sum(right), np.array(right)
    ways = math.comb(total, good)
    if min(good, total - good) < 2 or ways < ALONE:
        return []
    held = _held(names, sides)
    start = f"Your results are right in {good} of {total} cases: exactly where"
    alone = [(rank, phrase) for rank, phrase, values in held if (values == right).all()]
    simplest = [phrase for rank, phrase in alone if rank == min(alone)[0]]
    if len(simplest) == 2:   # they hold in the same cases: both are true
        return [f"{start} {' and '.join(simplest)}."]
    if alone or ways < TOGETHER:
        return [f"{start} {phrase}." for phrase in simplest]
    two = [(f"{a} and {b}", one & other) for (_, a, one), (_, b, other) in itertools.combinations(
        [each for each in held if each[0] < 2], 2)]
    not_right = f"Your results are wrong in {total - good} of {total} cases: exactly where"
    return [f"{told} {phrase}." for phrase, values in two
            for told, wanted in ((start, right), (not_right, ~right)) if (values == wanted).all()]


def mostly(names, sides, right, this="this one"):
    """A sentence on an answer that is right in many cases, `this` being what is told of the only other one: what all
    that are wrong have in common, or else all that are right."""
    right = np.array(right)
    good, bad = right.sum(), (~right).sum()
    held = _held(names, sides) if good and bad else []
    start = f"Your results are right in {good} of {good + bad} cases"
    if 0 < bad < good:
        size, phrase = _common(held, ~right)
        if size < min(good, 4 * bad):
            where = f"in {this}, the only one" if bad == size == 1 else "exactly" if bad == size else "only"
            return [f"{start}, and wrong {where} where {phrase}."]
        these = "the others" if bad > 1 else "the other one" if this == "one" else this
        return [f"{start}: what is special about {these}?"]
    size, phrase = _common(held, right)
    where = "exactly" if good == size else "only"
    return [f"{start}, {where} where {phrase}."] if good > 2 and size <= 1.5 * good else []


def _common(held, cases):
    """(in how many cases it holds, phrase) of the rarest property that all these cases have; of three that are equally
    rare none is the reason."""
    common = [(values.sum(), rank, phrase) for rank, phrase, values in held if values[cases].all()]
    phrases = [phrase for *simple, phrase in common if simple == list(min(common)[:2])]
    return (min(common)[0], " and ".join(phrases)) if 0 < len(phrases) < 3 else (math.inf, "")


def _held(names, sides):
    """(rank, phrase, in which cases it holds) of each property that every case has or has not."""
    held = {}
    for side in sides:
        for rank, yes, no, value in _properties(names, side):
            held.setdefault((2 * rank, yes), []).append(bool(value))
            held.setdefault((2 * rank + 1, no), []).append(not value)
    return [(rank, phrase, np.array(values)) for (rank, phrase), values in held.items() if len(values) == len(sides)]


def _properties(names, side):
    """(rank, phrase, phrase of the opposite, does it hold) of one case; the less the rank, the simpler."""
    wholes = []
    for name, arg in zip(names, side.args, strict=False):
        if isinstance(arg, bool):
            yield 0, f"`{name}` is True", f"`{name}` is False", arg
        elif isinstance(arg, int):
            wholes.append((f"`{name}`", arg))
            yield from ((0, f"`{name}` is {n}", f"`{name}` is not {n}", arg == n) for n in range(4))
            yield from ((1, f"`{name}` is below {n}", f"`{name}` is {n} or more", arg < n) for n in (2, 3))
            yield 1, f"`{name}` is odd", f"`{name}` is even", arg % 2
        elif isinstance(arg, np.ndarray) and arg.dtype.kind in "fiu" and arg.size:
            wholes.append((f"`len({name})`", len(arg)))
            yield from ((2, f"`len({name})` is {n}", f"`len({name})` is not {n}", len(arg) == n) for n in (1, 2))
            yield 2, f"`len({name})` is odd", f"`len({name})` is even", len(arg) % 2
            yield 2, f"`{name}` has negative numbers", f"`{name}` has no negative numbers", (arg < 0).any()
            yield 2, f"`{name}` has fractions", f"`{name}` has whole numbers only", (arg != np.rint(arg)).any()
            yield 3, f"`{name}` holds a 0", f"`{name}` holds no 0", (arg == 0).any()
            yield (4, f"all numbers of `{name}` are below 0.01", f"`{name}` has numbers of 0.01 or more",
                   np.abs(arg).max() < 0.01)
            for n in (255, 10**4):
                yield (4, f"`{name}` has numbers beyond {n:,}", f"`{name}` has no number beyond {n:,}",
                       np.abs(arg).max() > n)
            same = np.unique(arg).size < arg.size
            yield 5, f"`{name}` has equal numbers", f"all numbers of `{name}` are different", same
            if arg.ndim > 1:
                yield 2, f"`{name}` is square", f"`{name}` is not square", arg.shape[-1] == arg.shape[-2]
                yield 3, f"`{name}` has one column", f"`{name}` has several columns", arg.shape[-1] == 1
        elif isinstance(arg, tuple) and all(type(n) is int for n in arg):
            yield from ((2, f"`len({name})` is {n} or more", f"`len({name})` is below {n}", len(arg) >= n)
                        for n in range(2, 6))
            same = len(set(arg)) < len(arg)
            yield 5, f"`{name}` has equal numbers", f"all numbers of `{name}` are different", same
    for (a, m), (b, n) in itertools.combinations(wholes, 2):
        yield 3, f"{a} equals {b}", f"{a} and {b} differ", m == n
        yield 4, f"{a} is below {b}", f"{a} is not below {b}", m < n
        yield 4, f"{a} is above {b}", f"{a} is not above {b}", m > n
    if side.numeric and side.true.ndim == 0:
        for word, holds in (("0", side.true == 0), ("below 0", side.true < 0), ("above 0", side.true > 0)):
            yield 4, f"the right number is {word}", f"the right number is not {word}", holds


# --- rounded ----------------------------------------------------------------------------------------------------------

def rounded(sides):
    """A sentence: all that is wrong ends after so many digits where what is right goes on, and is not far from it."""
    if any(side.differs is None or not side.numeric or side.mine.dtype.kind not in "fiu" for side in sides):
        return []
    mine, true = (np.concatenate([getattr(side, name)[side.differs].astype(float) for side in sides])
                  for name in ("mine", "true"))
    far = np.abs(mine - true)
    for digits in range(9):
        ends, goes_on = (np.isclose(y, np.round(y, digits), 1e-12, 1e-12) for y in (mine, true))
        if len(mine) > 1 and ends.all() and not goes_on.any():
            near = far.max() < 8 * 0.1**digits and (far < np.abs(true).max() / 2).all()
            word = "are whole numbers, but the right ones have fractions" if not digits else (
                f"end after {digits} decimal{'s' * (digits > 1)}, but the right ones go on")
            return [f"Where your numbers are wrong, they {word}: is something rounded or cut off?"] if near else []
    return []


# --- right in some places ---------------------------------------------------------------------------------------------

def places(sides):
    """Where all wrong numbers are: what goes on after "All your numbers are right except"; the smallest such part."""
    wrong = [side for side in sides if not side.right]
    if any(side.differs is None or not side.true.ndim for side in wrong):
        return []
    for kind in (_edges, _values):
        found = {}
        for side in wrong:
            for phrase, mask in kind(side):
                if not (side.differs & ~mask).any():
                    found.setdefault(phrase, []).append((mask.sum(), mask.size))
        sizes = {phrase: np.sum(all_, 0) for phrase, all_ in found.items() if len(all_) == len(wrong)}
        small = {phrase: inside for phrase, (inside, of) in sizes.items() if 2 * inside <= of}
        if small:
            return [phrase for phrase, inside in small.items() if inside == min(small.values())]
    return []


def _edges(side):
    """(phrase, mask) of the ends of a list, and of the rows and columns at the border."""
    masks = {}
    for axis, noun in enumerate(nouns(side.true.ndim)):
        for word, place in (("first", 0), ("last", -1)):
            masks[word, noun] = mask = np.zeros(side.true.shape, bool)
            np.moveaxis(mask, axis, 0)[place] = True
            yield f"those in the {word} {noun}" if side.true.ndim > 1 else f"the {word} one", mask
        both = f"those in the first and in the last {noun}" if side.true.ndim > 1 else "the first and the last one"
        yield both, masks["first", noun] | masks["last", noun]
    if side.true.ndim in (2, 3):
        for word in ("first", "last"):
            yield f"those in the {word} row and the {word} column", masks[word, "row"] | masks[word, "column"]
        yield "those at the border", np.logical_or.reduce([m for (_, noun), m in masks.items() if noun != "map"])


def _values(side):
    if side.numeric:
        for word, holds in (("below 0", side.true < 0), ("above 0", side.true > 0), ("0", side.true == 0)):
            yield f"those that should be {word}", holds


def others(side, name):
    """Of a single answer with several numbers, which are right; of one number, how many digits."""
    if side.true.ndim == side.mine.ndim == 1 and min(side.true.size, side.mine.size) > 1 and side.differs is None:
        yield from _beginning(side)
    if side.true.shape == side.mine.shape == () and side.numeric:
        yield from _digits(f"{side.mine:g}", f"{side.true:g}")
    if side.differs is None or side.true.size < 2 or side.differs.all():
        return
    right = [f"{name}[{', '.join(map(str, place))}]" for place in np.argwhere(~side.differs)]
    if side.differs.sum() > 1:
        yield f"Right so far: `{', '.join(right)}`."
    else:
        yield f"The other {len(right)} numbers are right." if len(right) > 1 else "The other number is right."


def _beginning(side):
    n = min(side.true.size, side.mine.size)
    if side.same(side.true[:n], side.mine[:n]):
        rest = side.mine.size - n
        yield f"Your first {n} numbers are right, and {rest} too many." if rest else "So far they are right: go on."


def _digits(mine, true):
    if len(mine) == len(true) > 2 and mine.lstrip("-").isdigit():
        wrong = [k for k, (a, b) in enumerate(zip(mine, true, strict=True)) if a != b]
        if len(wrong) == 1:
            yield "All its digits but one are right."
        elif len(wrong) == 2 and sorted(mine) == sorted(true):
            yield "Its digits are right, but two of them are swapped."
        elif abs(int(mine) - int(true)) in (10, 100, 1000):
            yield "The last digit is right: did you carry a 1 too many, or forget one?"
