"""What a picture of a scene says: the substituted sum, facts about the whole scene, the alternative text.

Lines come as pieces (text, role), so that a picture can colour them; joined, the texts are the line.
"""

import math
from fractions import Fraction

from ..kit.alt import LONGEST, SHORTEST
from ..kit.numbers import factor, number
from ..kit.steps import step_of
from .fit import fit, size_lines, ways
from .parts import Plan

_MOST_DIGITS = 4
_LONGEST = 1e9     # larger numbers are written as powers of ten
_FEW = 16          # so many outputs, or fewer, are read out one by one


def text_of(pieces):
    """The line that the pieces make.

    >>> text_of([("1", "input"), ("·", ""), ("2", "kernel")])
    '1·2'
    """
    return "".join(text for text, _ in pieces)


def index_text(name, index):
    """An index as NumPy writes it: "y[0, 2]".

    >>> index_text("y", (0, 2))
    'y[0, 2]'
    """
    return f"{name}[{', '.join(str(int(n)) for n in index)}]"


# --- numbers of a sum -------------------------------------------------------------------------------------------------

class Numbers:
    """How the numbers of one sum are printed, such that what is printed is true: `sign` is "=" or "≈".

    "=" stands only where the printed numbers are the numbers themselves and add up to the last digit. Otherwise the
    decimals are such that who recalculates the printed line and rounds arrives at the printed result; numbers too
    small or too large for that are written as powers of ten.
    """

    def __init__(self, pairs, value, divisor=1):
        """`pairs` are products (x, w); their sum over `divisor` is `value`."""
        numbers = [float(n) for pair in pairs for n in pair] + [float(value)]
        largest = max(map(abs, numbers))
        for digits in range(_MOST_DIGITS + 1 if largest < _LONGEST else 0):
            near = all(abs(round(n, digits) - n) <= 1e-9 * min(max(1.0, abs(n)), 1000.0) for n in numbers)
            if near and _holds(pairs, value, digits, divisor):
                self.sign, self._as, self._digits, self._result = "=", number, digits, digits
                return
        # The smaller of the two kinds of factors decides: all its numbers could be rounded to nothing.
        faint = min(max(abs(float(pair[k])) for pair in pairs) or 1.0 for k in (0, 1))
        ways = [] if largest >= 1e6 or faint < 0.01 else [
            (number, digits, result) for digits in range(2, _MOST_DIGITS + 1) for result in (digits, digits - 1)]
        ways += [(power, figures, result) for figures in range(3, 8) for result in (3, 2)] + [(power, 8, 1)]
        self.sign = "≈"
        self._as, self._digits, self._result = next(
            (way for way in ways if _agrees(pairs, value, divisor, *way)), ways[-1])

    def plain(self, n):
        """A number that stands by itself."""
        return self._as(n, self._digits)

    def factor(self, n):
        """A number inside a product or sum: in brackets when negative."""
        text = self.plain(n)
        return f"({text})" if text.startswith("−") else text

    def result(self, n):
        """The number after the sign."""
        return self._as(n, self._result)


def power(n, figures):
    """A number with so many significant figures, very large and very small ones with a power of ten.

    >>> power(0.0000123456, 3), power(-0.5, 3), power(123456, 2)
    ('1.23e−5', '−0.5', '1.2e5')
    """
    text = f"{float(n):.{figures}g}" if abs(n) >= 0.01 or n == 0 else f"{float(n):.{figures - 1}e}"
    mantissa, _, exponent = text.partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return (f"{mantissa}e{int(exponent)}" if exponent else mantissa).replace("-", "−")


def _holds(pairs, value, digits, divisor):
    """Whether the line printed with so many decimals is true to the last of them."""
    def exact(n):
        return Fraction(f"{float(n):.{digits}f}")

    return sum(exact(x) * exact(w) for x, w in pairs) == exact(value) * divisor


def _agrees(pairs, value, divisor, written, digits, result):
    """Whether the line, recalculated from its printed numbers, gives the printed result."""
    def read(n):
        return float(written(n, digits).replace("−", "-"))

    return written(sum(read(x) * read(w) for x, w in pairs) / divisor, result) == written(value, result)


# --- the substituted sum ----------------------------------------------------------------------------------------------

def _listed(count, sign, entry, most, also=None):
    """The pieces of `count` entries with a sign between them; of more than `most` the first, `also`, and the last."""
    if count > most:
        kept = sorted({*range(max(1, most - 2)), count - 1} | ({also} if also is not None else set()))
    else:
        kept = range(count)
    pieces, last = [], -1
    for i in kept:
        if i:
            pieces.append((f"{sign}…{sign}" if i - last > 1 else sign, ""))
        pieces += entry(i)
        last = i
    return pieces


def _products(pairs, value, roles, most, bias=None):
    numbers = Numbers([*pairs, (bias, 1)] if bias is not None else pairs, value)
    pieces = _listed(len(pairs), " + ", lambda i: [
        (numbers.factor(pairs[i][0]), roles[0]), ("·", ""), (numbers.factor(pairs[i][1]), roles[1])], most)
    return [*pieces, *_bias(bias, numbers), (f" {numbers.sign} ", ""), (numbers.result(value), roles[2])]


def _bias(bias, numbers):
    return [] if bias is None else [(" + bias ", ""), (numbers.factor(bias), "kernel")]


def channel_lines(plan, step, most=9):
    """A line of pieces for each channel (dx: for each filter), where there are several: its products and their sum."""
    frame = plan.scene.frame(step)
    if len(frame.channel_sums) < 2 or not frame.terms:
        return []
    by_channel = [[] for _ in frame.channel_sums]
    for term, place in zip(frame.terms, plan.at(step).source, strict=True):
        by_channel[place[0]].append((term[1], term[3]))
    return [_products(pairs, value, plan.roles, most)
            for pairs, value in zip(by_channel, frame.channel_sums, strict=True)]


def sum_line(plan, step, most=9):
    """The substituted sum of a step, from the name of its output to its value; with several channels, their sums."""
    scene, frame, roles = plan.scene, plan.scene.frame(step), plan.roles
    name = [(index_text(plan.result.name, frame.out), roles[2])]
    if not frame.terms:
        nobody = "no window reads this cell of x" if scene.kind == "dx" else "no input reaches this cell"
        rest = [(" + bias ", ""), (factor(frame.bias, 4), "kernel")] if scene.b is not None else []
        return [*name, (f" = {number(frame.value, 4)}", roles[2]), (f" ({nobody}", ""), *rest, (")", "")]
    bias = None if scene.b is None else frame.bias
    if plan.pooling:
        return [*name, (" = ", ""), *_pooled(scene.kind, frame, most)]
    if len(frame.channel_sums) == 1:
        return [*name, (" = ", ""), *_products([(t[1], t[3]) for t in frame.terms], frame.value, roles, most, bias)]
    sums = frame.channel_sums
    numbers = Numbers([*((s, 1) for s in sums), (bias or 0, 1)], frame.value)
    added = _listed(len(sums), " + ", lambda c: [(numbers.factor(sums[c]), "")], most)
    return [*name, (" = ", ""), *added, *_bias(bias, numbers), (f" {numbers.sign} ", ""),
            (numbers.result(frame.value), roles[2])]


def _pooled(kind, frame, most):
    """max(1, 3, −∞) = 3, or (1 + 3 + 0 + 0) / 4 = 1."""
    inside = [t[1] for t in frame.terms if math.isfinite(t[1])]
    if kind == "max":
        numbers = Numbers([(n, 1) for n in inside], sum(inside))   # only how many decimals the cells have
        number, head, tail, sign = numbers.plain, "max(", ")", ", "
    else:
        numbers = Numbers([(n, 1) for n in inside], frame.value, len(frame.terms))
        number, head, tail, sign = numbers.factor, "(", f") / {len(frame.terms)}", " + "

    def entry(i):
        place, value = frame.terms[i][:2]
        text = number(value) if math.isfinite(value) else "−∞"
        return [(text, "padding" if place is None else "input")]

    cells = _listed(len(frame.terms), sign, entry, most, frame.winner)
    equals = numbers.sign if kind == "avg" else "="
    result = numbers.result(frame.value) if kind == "avg" else number(frame.value)
    return [(head, ""), *cells, (f"{tail} {equals} ", ""), (result, "output")]


# --- facts about the whole scene --------------------------------------------------------------------------------------

def facts(plan, in_colours=()):
    """What there is to say below a picture, whatever the step: pairs (label, text).

    `in_colours` lists the boards that are drawn without digits: (name, lowest, highest value).
    """
    scene = plan.scene
    found = []
    if plan.backward:
        twin = scene.kind[1]
        found.append(("size", f"{plan.result.name} is as large as {twin}: {_times(scene.destination.shape)}"))
    found += [("" if n else "size of y", line) for n, line in enumerate(size_lines(scene))]
    found += zip(("does not fit", ""), fit(scene) or (), strict=False)
    skipped = [way for _, way in ways(scene) if way.stride > way.span]
    if skipped and plan.padded:
        found.append(("skipped", f"The stride {skipped[0].stride} is larger than the {skipped[0].span} cells that the "
                                 "kernel spans: cells in between are never read."))
    if scene.kind == "max":
        rule = "The largest number of the window wins (★); of equal ones, the first."
        found.append(("rule", rule + (" Padding counts as −∞." if _has_padding(scene) else "")))
    elif scene.kind == "avg" and _has_padding(scene):
        found.append(("rule", "Padding counts as 0."))
    scales = [f"{name} from {_signed(low)} to {_signed(high)}" for name, low, high in in_colours]
    if scales:
        found.append(("colours", "; ".join(scales)))
    return found


def _has_padding(scene):
    return any(map(any, scene.padding))


def _signed(value):
    """A value and its colour: "−3 (blue)"."""
    return f"{number(value)} ({'white' if value == 0 else 'red' if value > 0 else 'blue'})"


# --- alternative text -------------------------------------------------------------------------------------------------

_WHAT = {
    "conv": "Convolution", "max": "Maximum pooling", "avg": "Average pooling", "transpose": "Transposed convolution",
    "dx": "Gradient ∂L/∂x of a convolution", "dw": "Gradient ∂L/∂w of a convolution",
}


def alt(scene, i=None):
    """The alternative text of a picture of step i (the last one unless given): sizes, the step's sum, few outputs all.

    Between 20 and 500 characters. Raises ValueError for a step that does not exist.
    """
    plan, step = Plan(scene), step_of(scene, i)
    used = slice(2 - scene.axes, None)   # a signal has no vertical numbers worth saying
    parts = [f"{_WHAT[scene.kind]}: x {_times(scene.x.shape)}", f"kernel {_times(scene.kernel[used])}",
             f"stride {_both(scene.stride[used])}"]
    if _has_padding(scene):
        sides = [a if a == b else f"{a} and {b}" for a, b in scene.padding[used]]
        parts.append(f"padding {_both(sides)}")
    if max(scene.dilation) > 1:
        parts.append(f"dilation {_both(scene.dilation[used])}")
    head = f"{', '.join(parts)} -> {plan.result.name} {_times(scene.output.shape)}."
    unread = fit(scene)
    tail = f" {unread[0].split(':')[0]}." if unread else ""
    written = step + 1
    values = [number(v) for v in scene.output.ravel()[:written]]
    known = "All outputs" if written == scene.steps else f"The first {written} outputs" if step else "The first output"
    listed = f" {known}: {', '.join(values)}." if written <= _FEW else ""
    for most in (9, 6, 3):
        line = f" Step {step + 1} of {scene.steps}: {text_of(sum_line(plan, step, most))}."
        for text in (head + line + listed + tail, head + line + tail):
            if SHORTEST <= len(text) <= LONGEST:
                return text
    return (head + line)[:LONGEST - 1] + "…"


def _times(numbers):
    return "×".join(map(str, numbers))


def _both(pair):
    return f"{pair[0]}" if len(set(pair)) == 1 else " and ".join(map(str, pair))
