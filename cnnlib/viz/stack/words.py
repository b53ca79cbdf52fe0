"""What is said of a stack: its meters, what a unit sees, how far the prediction moved. The twin is static/words.js."""

from ..kit.alt import LONGEST, count
from ..kit.numbers import number


def amount(off):
    """How far a meter is off, as it is written: 0 only where it is.

    >>> amount(0), amount(0.001), amount(0.25)
    ('0', '<0.01', '0.25')
    """
    return "<0.01" if 1e-5 < off < 0.005 else number(off)   # what is less is rounding


def told(reading):
    """What the meter of a stage says, in words.

    >>> from .meter import Reading
    >>> told(Reading(0.25, (0, 1), True)), told(Reading(0.0, None, True))
    ('0.25 off after moving along by 1', 'stays the same')
    >>> told(Reading(0.25, (0, 1), False))
    'no whole cell; moved by 1: 0.25 off'
    """
    off, moved, exact = reading
    if off is None:
        return "zero before, not after" if moved is None else "nothing to compare: zero before"
    if moved is None:
        return f"{amount(off)} off from staying the same" if off else "stays the same"
    way = _way(*moved)
    if not exact:
        return f"no whole cell; moved by {way}: {amount(off)} off"
    if not any(moved):
        return f"{amount(off)} off" if off else "unmoved"
    return f"{amount(off)} off after moving along by {way}" if off else f"moves along by {way}"


def _way(down, across):
    return number(across) if not down else f"{number(down)} down, {number(across)} across"


def prediction(stack):
    """How far the end of the network moved, in a sentence; an empty text where there is nothing to say."""
    moved = stack.prediction
    if moved is None:
        return stack.fault and f"The end is missing: {stack.fault}."
    if not stack.classes:
        return f"The numbers at the end moved by {amount(moved.distance)} in all."
    best, now = (stack.classes[int(each.argmax())] for each in (moved.before, moved.after))
    says = f"{now if best == now else f'{best} becomes {now}'}, {number(100 * moved.after.max(), 0)} %."
    if not (stack.state.dy or stack.state.dx):
        return says
    still = "Still " if best == now else ""
    return f"{still}{says} (Change {amount(moved.distance)}; 2 would be complete.)"


def place(stack):
    """The unit by its place."""
    name, index = stack.unit
    shape = stack.maps[name].shape
    if len(shape) == 1:
        return f"{name}, number {index}"
    rest = index % (shape[1] * shape[2])
    return f"{name}, channel {index // (shape[1] * shape[2])}, row {rest // shape[2]}, column {rest % shape[2]}"


def sees(stack):
    """What the unit sees, in sentences."""
    seen = stack.seen
    if seen is None:
        return ""
    value = number(stack.maps[stack.unit[0]].ravel()[stack.unit[1]])
    _, _, high, wide = seen.field
    area = "" if seen.pixels == high * wide else f", {seen.pixels} of them in the picture"
    chosen = stack.state.unit and stack.state.unit[0]
    missing = f"{chosen} is missing; instead: " if chosen and chosen not in stack.maps else ""
    start = f"{missing}{place(stack)} is {value}. It can see {high} × {wide} pixels{area}"
    if seen.share is None:
        return f"{start}; but it is off: no pixel moves it a little."
    middle = f"the central {seen.central[0]} × {seen.central[1]} carry {number(100 * seen.share, 0)} % of the effect"
    few = f"{count(seen.most, 'pixel')} {'carries' if seen.most == 1 else 'carry'} 95 %"
    return f"{start}; {seen.moving} of them {'changes' if seen.moving == 1 else 'change'} it: {middle}, {few}."


def alt(stack, i=None):
    """What the figure shows, in words of at most 500 characters."""
    stack = stack.at(i)
    state, x = stack.state, " × ".join(map(str, stack.x.shape[1:]))
    moves = state.dy or state.dx
    how = f"moved {number(state.dy)} down, {number(state.dx)} right ({state.borders})" if moves else "unmoved"
    switched = stack.state._replace(dy=0, dx=0, borders="wrap", unit=None).told.partition(", ")[2]
    parts = [f"A picture of {x}, {how}, and the maps of {', '.join(stack.maps)}{f' ({switched})' if switched else ''}.",
             prediction(stack), sees(stack),
             *(f"{name} {told(each)}." for name, each in stack.readings.items() if moves)]
    text = ""
    for part in filter(None, parts):
        if len(text) + 1 + len(part) <= LONGEST:
            text = f"{text} {part}".strip()
    return text
