"""What a picture of a scene says: the substituted sum, facts about the whole scene, the alternative text.

Lines come as pieces (text, role), so that a picture can colour them; joined, the texts are the line. The player's twin
of the sums is static/words.js.
"""

import math

from ..kit.alt import LONGEST, SHORTEST
from ..kit.numbers import ALWAYS, LONGEST_SUM, Printed, bias_pieces, listed, number, sum_pieces, text_of
from ..kit.steps import step_of
from .fit import fit, size_lines, ways
from .parts import Plan

MOST_CHANNELS = 4  # lines of channels
_FEW = 16          # so many outputs, or fewer, are read out one by one


def index_text(name, index):
    """An index as NumPy writes it: "y[0, 2]".

    >>> index_text("y", (0, 2))
    'y[0, 2]'
    """
    return f"{name}[{', '.join(str(int(n)) for n in index)}]"


# --- the substituted sum ----------------------------------------------------------------------------------------------

def sum_line(plan, step, always=ALWAYS, longest=LONGEST_SUM):
    """The substituted sum of a step, from the name of its output to its value; with several channels, their sums.

    `always` and `longest` as in `numbers.listed`."""
    frame = plan.scene.frame(step)
    if plan.scene.asks(step):
        return [(index_text(plan.result.name, frame.out), plan.roles[2]), (" = ?", "")]
    told = _sum(plan, frame, always=always, longest=longest)
    between = [] if told[0][0] == "≈ " else [(" = ", "")]
    return [(index_text(plan.result.name, frame.out) + " " * (not between), plan.roles[2]), *between, *told]


def channel_lines(plan, step):
    """A line of pieces for each channel (dx: for each filter), where there are several: its products and their sum."""
    frame = plan.scene.frame(step)
    return [_channel(plan, frame, n) for n in range(_lanes(plan, frame))]


def channel_rows(plan, step):
    """The lines of channels that are shown, pairs (label, pieces): of many the first two and the last."""
    frame = plan.scene.frame(step)
    count = _lanes(plan, frame)
    shown = range(count) if count <= MOST_CHANNELS else (*range(MOST_CHANNELS - 2), None, count - 1)
    return [("…", []) if n is None else (f"{plan.record.lane} {n}", _channel(plan, frame, n)) for n in shown]


def _lanes(plan, frame):
    """How many channels have a line; none where that is asked for."""
    several = len(frame.channel_sums) > 1 and frame.terms and not plan.scene.asks(frame.out)
    return len(frame.channel_sums) if several else 0


def _channel(plan, frame, n):
    each = len(frame.terms) // len(frame.channel_sums)   # channel after channel
    pairs = [(t.x, t.w) for t in frame.terms[n * each:(n + 1) * each]]
    return sum_pieces(pairs, frame.channel_sums[n], plan.roles)


def _sum(plan, frame, **room):
    """The sum without the name of its output; `room` is for `numbers.listed`."""
    bias, roles, sums = None if plan.scene.b is None else frame.bias, plan.roles, frame.channel_sums
    if not frame.terms:
        printed = Printed([], frame.value, 0)
        almost = [("≈ ", "")] if printed.sign == "≈" else []
        why = [(f" ({plan.record.nobody}", ""), *bias_pieces(bias, printed), (")", "")]
        return [*almost, (printed.result(frame.value), roles[2]), *why]
    if plan.record.pooling:
        return _pooled(plan.record.action == "max", frame, roles[2], room)
    if len(sums) == 1:
        return sum_pieces([(t.x, t.w) for t in frame.terms], frame.value, roles, bias, **room)
    printed = Printed([*((s, 1) for s in sums), (bias or 0, 1)], frame.value)
    after = [*bias_pieces(bias, printed), (f" {printed.sign} ", ""), (printed.result(frame.value), roles[2])]
    return listed(len(sums), " + ", lambda c: [(printed.factor(sums[c]), "")], after=after, **room)


def _pooled(largest, frame, role, room):
    """max(1, 3, −∞) = 3, or (1 + 3 + 0 + 0) / 4 = 1."""
    count = len(frame.terms)
    printed = Printed([(t.x, 1) for t in frame.terms if t.x_index is not None], frame.value, 0 if largest else count)
    write = printed.plain if largest else printed.factor

    def entry(i):
        place, value = frame.terms[i][:2]
        text = write(value) if math.isfinite(value) else number(value)
        return [(text, "padding" if place is None else "input")]

    head, tail, sign = ("max(", ")", ", ") if largest else ("(", f") / {count}", " + ")
    after = [(f"{tail} {printed.sign} ", ""), (printed.result(frame.value), role)]
    return listed(count, sign, entry, [(head, "")], after, also=frame.winner, **room)


# --- facts about the whole scene --------------------------------------------------------------------------------------

def facts(plan):
    """What there is to say below a picture, whatever the step: pairs (label, text)."""
    scene, hidden, found = plan.scene, not plan.scene.sized, []   # hidden: the size is for the reader to say
    if plan.backward and not hidden:
        twin = scene.record.result[1]
        found.append(("size", f"{plan.result.name} is as large as {twin}: {_times(scene.destination.shape)}"))
    if not hidden:
        found += [("" if n else "size of y", line) for n, line in enumerate(size_lines(scene))]
        found += zip(("does not fit", ""), fit(scene) or (), strict=False)
    skipped = [way for _, way in ways(scene) if way.stride > way.span]
    if skipped and plan.padded and not hidden:
        found.append(("skipped", f"The stride {skipped[0].stride} is larger than the {skipped[0].span} cells that the "
                                 "kernel spans: cells in between are never read."))
    if scene.record.action == "max":
        rule = "The largest number of the window wins (★); of equal ones, the first."
        found.append(("rule", rule + (" Padding counts as −∞." if _has_padding(scene) else "")))
    elif scene.record.action == "mean" and _has_padding(scene):
        found.append(("rule", "Padding counts as 0."))
    return found


def _has_padding(scene):
    return any(map(any, scene.padding))


# --- alternative text -------------------------------------------------------------------------------------------------

_ROOMS = ((ALWAYS, LONGEST_SUM), *((0, n) for n in range(LONGEST_SUM, 0, -12)))   # for a sum, largest first


def alt(scene, i=None):
    """The alternative text of a picture of step i (the last one unless given): sizes, the step's sum, few outputs all.

    Between 20 and 500 characters. Raises ValueError for a step that does not exist.
    """
    plan, step = Plan(scene), step_of(scene, i)
    head = f"{headline(scene).replace('→', '->')}."
    if scene.known is not None:
        return _asking(plan, head + _coloured(plan), step)
    unread = fit(scene)
    tail = _coloured(plan) + (f" {unread[0].split(':')[0]}." if unread else "")
    written = step + 1
    values = [number(v) for v in scene.output.ravel()[:written]]
    known = "All outputs" if written == scene.steps else f"The first {written} outputs" if step else "The first output"
    outputs = f" {known}: {', '.join(values)}." if written <= _FEW else ""
    for always, longest in _ROOMS:
        line = f" Step {step + 1} of {scene.steps}: {text_of(sum_line(plan, step, always, longest))}."
        for text in (head + line + outputs + tail, head + line + tail):
            if SHORTEST <= len(text) <= LONGEST:
                return text
    return (head + line)[:LONGEST - 1] + "…"


def _coloured(plan):
    return " x is a picture in colour, its channels are red, green and blue." if plan.source.whole else ""


def headline(scene):
    """What a scene is, with its sizes: "Convolution: x 7×7, kernel 3×3, stride 2 → y 3×3"."""
    used = slice(2 - scene.axes, None)   # a signal has no vertical numbers worth saying
    parts = [f"{scene.record.title}: x {_times(scene.x.shape)}", f"kernel {_times(scene.kernel[used])}",
             f"stride {_both(scene.stride[used])}"]
    if _has_padding(scene):
        sides = [a if a == b else f"{a} and {b}" for a, b in scene.padding[used]]
        parts.append(f"padding {_both(sides)}")
    if max(scene.dilation) > 1:
        parts.append(f"dilation {_both(scene.dilation[used])}")
    size = f" → {scene.record.result} {_times(scene.output.shape)}" if scene.sized else ""
    return ", ".join(parts) + size


def _asking(plan, head, step):
    """The words of a picture that asks for a value: those that are known, never how many there are."""
    written = [n for n in sorted(plan.scene.known) if n <= step]
    places = [index_text(plan.result.name, plan.scene.frame(n).out) for n in written[:_FEW]]
    told = ", ".join(f"{place} = {number(plan.scene.output.flat[n])}"
                     for place, n in zip(places, written, strict=False))
    known = f" Known: {told}." if 0 < len(written) <= _FEW else ""
    for always, longest in _ROOMS:
        told = text_of(sum_line(plan, step, always, longest))
        line = f" Step {step + 1}: {told}{'' if plan.scene.asks(step) else '.'}"
        for text in (head + line + known, head + line):
            if len(text) <= LONGEST:
                return text
    return (head + line)[:LONGEST - 1] + "…"


def _times(numbers):
    return "×".join(map(str, numbers))


def _both(pair):
    return f"{pair[0]}" if len(set(pair)) == 1 else " and ".join(map(str, pair))
