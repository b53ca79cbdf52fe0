"""What a picture of a scene says: the substituted sum, facts about the whole scene, the alternative text.

Lines come as pieces (text, role), so that a picture can colour them; joined, the texts are the line. The player's twin
of the sums is static/words.js.
"""

import math

from ..kit.alt import LONGEST, SHORTEST
from ..kit.numbers import MOST_TERMS, Printed, bias_pieces, listed, number, sum_pieces, text_of
from ..kit.steps import step_of
from .fit import fit, size_lines, ways
from .parts import Plan

_FEW = 16          # so many outputs, or fewer, are read out one by one


def index_text(name, index):
    """An index as NumPy writes it: "y[0, 2]".

    >>> index_text("y", (0, 2))
    'y[0, 2]'
    """
    return f"{name}[{', '.join(str(int(n)) for n in index)}]"


# --- the substituted sum ----------------------------------------------------------------------------------------------

def sum_line(plan, step, most=MOST_TERMS):
    """The substituted sum of a step, from the name of its output to its value; with several channels, their sums."""
    frame = plan.scene.frame(step)
    if plan.scene.asks(step):
        return [(index_text(plan.result.name, frame.out), plan.roles[2]), (" = ?", "")]
    told = _sum(plan, frame, most)
    between = [] if told[0][0] == "≈ " else [(" = ", "")]
    return [(index_text(plan.result.name, frame.out) + " " * (not between), plan.roles[2]), *between, *told]


def channel_lines(plan, step, most=MOST_TERMS):
    """A line of pieces for each channel (dx: for each filter), where there are several: its products and their sum."""
    frame = plan.scene.frame(step)
    lanes = len(frame.channel_sums)
    if lanes < 2 or not frame.terms or plan.scene.asks(step):
        return []
    each = len(frame.terms) // lanes   # channel after channel
    return [sum_pieces([(t.x, t.w) for t in frame.terms[n * each:(n + 1) * each]], value, plan.roles, most=most)
            for n, value in enumerate(frame.channel_sums)]


def _sum(plan, frame, most):
    """The sum without the name of its output, as the player shows it."""
    bias, roles, sums = None if plan.scene.b is None else frame.bias, plan.roles, frame.channel_sums
    if not frame.terms:
        printed = Printed([], frame.value, 0)
        almost = [("≈ ", "")] if printed.sign == "≈" else []
        why = [(f" ({plan.record.nobody}", ""), *bias_pieces(bias, printed), (")", "")]
        return [*almost, (printed.result(frame.value), roles[2]), *why]
    if plan.record.pooling:
        return _pooled(plan.record.action == "max", frame, roles[2], most)
    if len(sums) == 1:
        return sum_pieces([(t.x, t.w) for t in frame.terms], frame.value, roles, bias, most)
    printed = Printed([*((s, 1) for s in sums), (bias or 0, 1)], frame.value)
    after = [*bias_pieces(bias, printed), (f" {printed.sign} ", ""), (printed.result(frame.value), roles[2])]
    return listed(len(sums), " + ", lambda c: [(printed.factor(sums[c]), "")], after=after, most=most)


def _pooled(largest, frame, role, most):
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
    return listed(count, sign, entry, [(head, "")], after, also=frame.winner, most=most)


# --- facts about the whole scene --------------------------------------------------------------------------------------

def facts(plan, in_colours=()):
    """What there is to say below a picture, whatever the step: pairs (label, text).

    `in_colours` lists the boards that are drawn without digits: (name, lowest, highest value).
    """
    scene, hidden, found = plan.scene, plan.scene.known is not None, []   # hidden: the size is for the reader to say
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

def alt(scene, i=None):
    """The alternative text of a picture of step i (the last one unless given): sizes, the step's sum, few outputs all.

    Between 20 and 500 characters. Raises ValueError for a step that does not exist.
    """
    plan, step = Plan(scene), step_of(scene, i)
    used = slice(2 - scene.axes, None)   # a signal has no vertical numbers worth saying
    parts = [f"{scene.record.title}: x {_times(scene.x.shape)}", f"kernel {_times(scene.kernel[used])}",
             f"stride {_both(scene.stride[used])}"]
    if _has_padding(scene):
        sides = [a if a == b else f"{a} and {b}" for a, b in scene.padding[used]]
        parts.append(f"padding {_both(sides)}")
    if max(scene.dilation) > 1:
        parts.append(f"dilation {_both(scene.dilation[used])}")
    if scene.known is not None:
        return _asking(plan, f"{', '.join(parts)}.", step)
    head = f"{', '.join(parts)} -> {plan.result.name} {_times(scene.output.shape)}."
    unread = fit(scene)
    tail = f" {unread[0].split(':')[0]}." if unread else ""
    written = step + 1
    values = [number(v) for v in scene.output.ravel()[:written]]
    known = "All outputs" if written == scene.steps else f"The first {written} outputs" if step else "The first output"
    outputs = f" {known}: {', '.join(values)}." if written <= _FEW else ""
    for most in range(MOST_TERMS, 1, -1):
        line = f" Step {step + 1} of {scene.steps}: {text_of(sum_line(plan, step, most))}."
        for text in (head + line + outputs + tail, head + line + tail):
            if SHORTEST <= len(text) <= LONGEST:
                return text
    return (head + line)[:LONGEST - 1] + "…"


def _asking(plan, head, step):
    """The words of a picture that asks for a value: those that are known, never how many there are."""
    written = [n for n in sorted(plan.scene.known) if n <= step]
    places = [index_text(plan.result.name, plan.scene.frame(n).out) for n in written[:_FEW]]
    told = ", ".join(f"{place} = {number(plan.scene.output.flat[n])}"
                     for place, n in zip(places, written, strict=False))
    known = f" Known: {told}." if 0 < len(written) <= _FEW else ""
    for most in range(MOST_TERMS, 1, -1):
        line = f" Step {step + 1}: {text_of(sum_line(plan, step, most))}{'' if plan.scene.asks(step) else '.'}"
        for text in (head + line + known, head + line):
            if len(text) <= LONGEST:
                return text
    return (head + line)[:LONGEST - 1] + "…"


def _times(numbers):
    return "×".join(map(str, numbers))


def _both(pair):
    return f"{pair[0]}" if len(set(pair)) == 1 else " and ".join(map(str, pair))
