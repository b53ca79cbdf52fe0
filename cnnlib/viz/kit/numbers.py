"""How numbers and sums are printed, in figures as in words. The browser has the twin of this, static/numbers.js.

A line comes as pieces (text, role), so that a picture can colour them; joined, the texts are the line.
"""

import math
import re

ALWAYS = 9          # entries of a sum that are written out however long they are: a 3x3 kernel;
LONGEST_SUM = 120   # of more of them, as many as take so many characters: the middle is left out
_MOST_DIGITS = 4
_LONGEST = 1e9      # larger numbers are written as powers of ten
_SHORTER = 1e21     # and by themselves, too, from here on


def number(value, digits=2):
    """A number as a learner reads it: whole numbers whole, others with at most `digits` decimals, a true minus sign.

    >>> number(3.0), number(-2), number(0.25), number(-0.001), number(-math.inf)
    ('3', '−2', '0.25', '0', '−∞')
    """
    value = float(value)
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if abs(value) >= _SHORTER:
        return repr(value).replace("e+", "e").replace("-", "−")
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0") else text.replace("-", "−")


def factor(value, digits=2):
    """A number as it stands inside a product: in brackets when it is negative.

    >>> factor(-1), factor(2)
    ('(−1)', '2')
    """
    return _bracketed(number(value, digits))


def power(value, figures):
    """A number with so many significant figures, very large and very small ones with a power of ten.

    >>> power(0.0000123456, 3), power(-0.5, 3), power(123456, 2)
    ('1.23e−5', '−0.5', '1.2e5')
    """
    value = float(value) + 0.0   # no negative zero
    text = f"{value:.{figures}g}" if abs(value) >= 0.01 or value == 0 else f"{value:.{figures - 1}e}"
    mantissa, _, exponent = text.partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return (f"{mantissa}e{int(exponent)}" if exponent else mantissa).replace("-", "−")


def _bracketed(text):
    return f"({text})" if text.startswith("−") else text


class Printed:
    """How the numbers of one sum are printed, such that what is printed is true: `sign` is "=" or "≈".

    "=" stands only where the printed numbers are the numbers themselves and add up to the last digit. Otherwise the
    decimals are such that who recalculates the printed line and rounds arrives at the printed result; numbers too
    small or too large for that are written as powers of ten.

    >>> third = Printed([(1 / 3, 1), (1 / 3, 1)], 2 / 3)
    >>> third.factor(1 / 3), third.sign, third.result(2 / 3)
    ('0.33', '≈', '0.7')
    """

    def __init__(self, pairs, value, divisor=1):
        """`pairs` are products (x, w); their sum over `divisor` is `value`. `divisor` 0: there is no sum to be true, as
        in a maximum, only the numbers."""
        pairs, value = [(float(x), float(w)) for x, w in pairs], float(value)
        self.sign, self._as, self._digits, self._result = _exact(pairs, value, divisor) or _rounded(
            pairs, value, divisor)

    def plain(self, n):
        """A number that stands by itself."""
        return self._as(n, self._digits)

    def factor(self, n):
        """A number inside a product or sum: in brackets when negative."""
        return _bracketed(self.plain(n))

    def result(self, n):
        """The number after the sign."""
        return self._as(n, self._result)


def _exact(pairs, value, divisor):
    """The fewest decimals with which the line is true as it stands, or None."""
    numbers = [n for pair in pairs for n in pair] + [value]
    if max(map(abs, numbers)) >= _LONGEST:
        return None
    for digits in range(_MOST_DIGITS + 1):
        near = all(abs(float(f"{n:.{digits}f}") - n) <= 1e-9 * max(1.0, min(abs(n), 1000.0)) for n in numbers)
        if near and (not divisor or _holds(pairs, value, digits, divisor)):
            return "=", number, digits, digits
    return None


def _holds(pairs, value, digits, divisor):
    """Whether the line printed with so many decimals is true to the last of them: worked out in whole numbers."""
    def whole(n):
        return int(f"{n:.{digits}f}".replace(".", ""))

    return sum(whole(x) * whole(w) for x, w in pairs) == whole(value) * 10**digits * divisor


def _rounded(pairs, value, divisor):
    """The first way of rounding after which the line, recalculated from its printed numbers, gives its result."""
    columns = [[abs(pair[k]) for pair in pairs] for k in (0, 1)]
    largest = max([abs(value), *columns[0], *columns[1]])
    # The smaller of the two kinds of factors decides: all its numbers could be rounded to nothing.
    faint = min(max(column, default=0.0) or 1.0 for column in columns)
    ways = [] if largest >= 1e6 or faint < 0.01 else [
        (number, digits, result) for digits in range(2, _MOST_DIGITS + 1) for result in (digits, digits - 1)]
    ways += [(power, figures, result) for figures in range(3, 8) for result in (3, 2)] + [(power, 8, 1)]
    fitting = (way for way in ways if not divisor or _agrees(pairs, value, divisor, *way))
    return "≈", *next(fitting, ways[-1])


def _agrees(pairs, value, divisor, written, digits, result):
    """Whether the line, recalculated from its printed numbers, gives the printed result."""
    def read(n):
        return float(written(n, digits).replace("−", "-"))

    total = 0.0
    for x, w in pairs:   # one after the other, as the browser adds
        total += read(x) * read(w)
    return written(total / divisor, result) == written(value, result)


# --- sums -------------------------------------------------------------------------------------------------------------

def text_of(pieces):
    """The line that the pieces make.

    >>> text_of([("1", "input"), ("·", ""), ("2", "kernel")])
    '1·2'
    """
    return "".join(text for text, _ in pieces)


# Where a line may be broken: after a comma, before a sign, and between two words; never within a number or a name.
_BREAK = re.compile(r"(?<=,) | (?=[+−=≈(])|(?<=[a-z]) (?=[a-z])")


def unbroken(pieces):
    """The pieces of a line in groups that must not be broken; where a line goes on, a blank stands between two groups.

    >>> [text_of(group) for group in unbroken([("y[0, 1]", "output"), (" = ", ""), ("1", "input"), (" + bias 2", "")])]
    ['y[0, 1]', '= 1', '+ bias 2']
    """
    groups = [[]]
    for text, role in pieces:
        for n, part in enumerate([text] if role else _BREAK.split(text)):
            if n:
                groups.append([])
            if part:
                groups[-1].append((part, role))
    return groups


def listed(count, sign, entry, before=(), after=(), also=None, always=ALWAYS, longest=LONGEST_SUM):
    """The pieces of a line: `before`, then `count` entries with a sign between them, then `after`.

    `entry(i)` gives the pieces of one. More than `always` entries that would take more than `longest` characters are
    not all written: only the first, the entry `also`, and the last, as many as there is room for.

    >>> text_of(listed(12, " + ", lambda i: [(str(i), "")], longest=20))
    '0 + 1 + 2 + … + 11'
    """
    entries = {}

    def line(most):
        kept = range(count) if count <= most else sorted(
            {*range(max(1, most - 2)), count - 1} | ({also} if also is not None else set()))
        pieces, last = [*before], -1
        for i in kept:
            if i:
                pieces.append((f"{sign}…{sign}" if i - last > 1 else sign, ""))
            pieces += entries[i] if i in entries else entries.setdefault(i, entry(i))
            last = i
        return [*pieces, *after]

    if count <= always:
        return line(count)
    most = min(count, longest // (len(sign) + 1) + 2)   # more could not have the room
    pieces = line(most)
    while most > 2 and len(text_of(pieces)) > longest:
        most -= 1
        pieces = line(most)
    return pieces


def sum_pieces(pairs, value, roles=("input", "kernel", "output"), bias=None, always=ALWAYS, longest=LONGEST_SUM):
    """The substituted sum x·w + x·w + bias b = value; each factor and the value have the role that `roles` say.

    `pairs` are the products (x, w), `bias` None where there is none; `always` and `longest` as in `listed`.

    >>> sum_pieces([(0, -1)], 0)
    [('0', 'input'), ('·', ''), ('(−1)', 'kernel'), (' = ', ''), ('0', 'output')]
    """
    printed = Printed([*pairs, (bias, 1)] if bias is not None else pairs, value)
    after = [*bias_pieces(bias, printed), (f" {printed.sign} ", ""), (printed.result(value), roles[2])]
    return listed(len(pairs), " + ", lambda i: [
        (printed.factor(pairs[i][0]), roles[0]), ("·", ""), (printed.factor(pairs[i][1]), roles[1])],
        after=after, always=always, longest=longest)


def bias_pieces(bias, printed):
    """What a sum says of its bias; nothing where it is None."""
    return [] if bias is None else [(" + bias ", ""), (printed.factor(bias), "kernel")]


def sum_text(pairs, value, always=ALWAYS, longest=LONGEST_SUM):
    """The substituted sum as one line of text; `always` and `longest` as in `listed`.

    >>> sum_text([(0, -1), (1, 1)], 1)
    '0·(−1) + 1·1 = 1'
    """
    return text_of(sum_pieces(pairs, value, always=always, longest=longest))
