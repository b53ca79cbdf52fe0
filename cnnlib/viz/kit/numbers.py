"""How numbers and sums are printed, in figures as in words. The browser has its twin, numbers.js."""

LONGEST_SUM = 6   # products written out before the middle of a sum is left out


def number(value, digits=2):
    """A number as a learner reads it: whole numbers whole, others with at most `digits` decimals, a true minus sign.

    >>> number(3.0), number(-2), number(0.25), number(-0.001)
    ('3', '−2', '0.25', '0')
    """
    text = f"{float(value):.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0") else text.replace("-", "−")


def factor(value, digits=2):
    """A number as it stands inside a product: in brackets when it is negative.

    >>> factor(-1), factor(2)
    ('(−1)', '2')
    """
    text = number(value, digits)
    return f"({text})" if text.startswith("−") else text


def sum_digits(terms, value, most=4):
    """How to print a sum of products truly: decimals of its factors, decimals of its result, and "=" or "≈".

    `terms` is a list of pairs (x, w). "=" is returned only if the printed numbers are the numbers themselves. Otherwise
    the decimals are such that a reader who recalculates the printed line and rounds arrives at the printed result.

    >>> sum_digits([(1, -1), (2, 3)], 5), sum_digits([(0.25, 2)], 0.5)
    ((0, 0, '='), (2, 2, '='))
    >>> sum_digits([(1 / 3, 1), (1 / 3, 1)], 2 / 3)
    (2, 1, '≈')
    """
    numbers = [float(n) for pair in terms for n in pair] + [float(value)]
    for digits in range(most + 1):
        if all(abs(round(n, digits) - n) <= 1e-9 * max(1.0, abs(n)) for n in numbers):
            return digits, digits, "="
    for digits in range(2, most + 1):
        printed = sum(round(float(x), digits) * round(float(w), digits) for x, w in terms)
        if number(printed, digits - 1) == number(value, digits - 1):
            return digits, digits - 1, "≈"
    return most, 1, "≈"


def sum_pieces(terms, value):
    """The substituted sum in pieces, each with its role: "input", "kernel", "output", or "" for the signs between.

    `terms` is a list of pairs (x, w). A longer sum shows its first three products and its last.

    >>> sum_pieces([(0, -1)], 0)
    [('0', 'input'), ('·', ''), ('(−1)', 'kernel'), (' = ', ''), ('0', 'output')]
    """
    digits, result_digits, sign = sum_digits(terms, value)
    pieces = []
    for i, (x, w) in enumerate(terms):
        if len(terms) > LONGEST_SUM and 3 <= i < len(terms) - 1:
            pieces += [(" + …", "")] if i == 3 else []
            continue
        pieces += [(" + ", "")] if i else []
        pieces += [(factor(x, digits), "input"), ("·", ""), (factor(w, digits), "kernel")]
    return [*pieces, (f" {sign} ", ""), (number(value, result_digits), "output")]


def sum_text(terms, value):
    """The substituted sum as one line of text.

    >>> sum_text([(0, -1), (1, 1)], 1)
    '0·(−1) + 1·1 = 1'
    """
    return "".join(text for text, role in sum_pieces(terms, value))
