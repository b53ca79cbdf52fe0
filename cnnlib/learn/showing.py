"""How a verdict, the hints, a solution and a statement look: what each kind of reader gets.

Hints, solutions and statements are Markdown with folded parts, so formulas are set and nothing needs a kernel; a
verdict is HTML that takes its colours from the page. Nothing is told by colour alone.
"""

import contextlib
import html
import inspect
import re
from dataclasses import replace

import numpy as np

_TITLES = {"right": "Right", "not yet": "Not yet", "wrong": "Not right yet"}
_COLOURS = {"right": "#2a9d6f", "not yet": "#8a8a8a", "wrong": "#d9622b"}   # on white and on black 3 to 1 and more
_LEVELS = ("a nudge", "the method", "almost there")


# --- verdicts ---------------------------------------------------------------------------------------------------------

def verdict(verdict):
    """The output of a verdict as plain data."""
    style = f"border-left:5px solid {_COLOURS[verdict.state]};padding:2px 12px;max-width:60em"
    pieces = [f'<div class="cnn-verdict" data-state="{verdict.state}" role="status" style="{style}">']
    pieces.append(f"<p><strong>{_TITLES[verdict.state]}</strong> · exercise {verdict.id}</p>")
    for n, part in enumerate(verdict.parts):
        label = n and {verdict.suspicion: "What happened", verdict.fact: "In comparison"}.get(part)
        label = f"<strong>{label}:</strong> " if label else ""
        pieces.append(f"<p>{label}{marked(part)}</p>")
    if verdict.printed.strip():
        pieces.append(f"<p>It printed:</p><pre>{html.escape(verdict.printed.rstrip())}</pre>")
    return {"text/html": "".join(pieces) + "</div>", "text/plain": verdict.message}


def draw(shown):
    """Display a verdict; below it, if there is a scene for it, a player at the first step that is wrong."""
    from IPython.display import display

    display(verdict(shown), raw=True)
    player = step_player(shown)
    if player is not None:
        display(player)


def step_player(verdict):
    """The `SlidePlayer` that shows a wrong answer beside the truth, at the step where they part; None without one."""
    if verdict.parting is None:
        return None
    exercise, answer, case, outcome, differs, part = verdict.parting
    try:   # whatever draws is loaded by those who are shown something, and by no one else
        from ..viz.slide.compare import compared
        from ..viz.slide.player import SlidePlayer

        scene = exercise.player_of(part)(*case.args, **case.named)
        if part is not None:
            alone = replace(outcome.reading, kind="numbers", value=outcome.reading.value[part])
            outcome = replace(outcome, reading=alone)
        comparison = compared(scene, outcome, differs, verdict.printed)
        return SlidePlayer.beside(scene, _for_scene(exercise, answer, case, part), comparison)
    except (Exception, KeyboardInterrupt):   # the verdict stands without its picture
        return None


_OF_A_SCENE = {"x", "w", "b", "dy", "kernel_size", "stride", "padding", "dilation", "output_padding", "mode"}


def _for_scene(exercise, answer, case, part=None):
    """The learner's function for the scenes that someone makes of this one: an argument that a scene does not know
    stays as it was. Of several results it returns one `part`, and takes all arguments by name."""
    names = list(exercise.arguments)
    if part is not None:
        def one(**given):
            return answer(*(given[name] for name in names))[part]

        one.__signature__ = inspect.Signature(
            [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in names])
        return one
    with contextlib.suppress(Exception):
        if list(inspect.signature(answer).parameters)[:len(names)] == names and set(names) <= _OF_A_SCENE:
            return answer   # it gets them by name
    return lambda *args, **_: answer(*args, *case.args[len(args):], **case.named)


# --- statement, hints, solution ---------------------------------------------------------------------------------------

def statement(exercise):
    """The output of an exercise: what is to be done, how hard it is, how long it takes."""
    head = f"### Exercise {exercise.id} · {exercise.title}"
    facts = f"*difficulty {exercise.difficulty} of 5 · about {exercise.minutes} minute{'s' * (exercise.minutes != 1)}*"
    text = "\n\n".join([head, facts, exercise.statement, f"`{exercise.signature}`"])
    return {"text/markdown": text, "text/plain": repr(exercise)}


class Folded:
    """Markdown with folded parts for a notebook, and a text for everyone else."""

    def __init__(self, markdown, text):
        self.markdown, self.text = markdown, text

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/markdown": self.markdown, "text/plain": self.text}


def hints(exercise, number=1):
    """The three hints, each folded into the one before; as text, the first `number` of them."""
    folded = ""
    for level in (3, 2, 1):
        inside = f"{exercise.hints[level - 1]}\n\n{folded}".rstrip()
        folded = details(f"Hint {level} of 3: {_LEVELS[level - 1]}", inside)
    lines = [f"Hint {n} of 3: {exercise.hints[n - 1]}" for n in range(1, number + 1)]
    if number < 3:
        lines.append(f'The next one: cnn.learn.hint("{exercise.id}", {number + 1})')
    return Folded(folded, "\n".join(lines))


def solution(exercise):
    """The reference solution and the common errors, folded."""
    parts, errors = [f"```python\n{exercise.source}\n```"], f"**Common errors**\n\n{exercise.errors}"
    text = f"{exercise.source}\n\nCommon errors\n{exercise.errors}"
    if exercise.ask == "value":
        value = exercise.solution()
        value = value.tolist() if isinstance(value, np.ndarray) else value
        parts, text = [f"**{value}**", *parts], f"{value}\n\n{text}"
    return Folded(details(f"Solution of {exercise.id}, and common errors", "\n\n".join([*parts, errors])), text)


def details(summary, markdown):
    """A folded part; the empty line after the summary is what makes Markdown of the rest."""
    return f"<details><summary>{html.escape(summary)}</summary>\n\n{markdown}\n\n</details>"


def marked(text):
    """Text as HTML, with what stands between backticks as code.

    >>> marked("a < `b`")
    'a &lt; <code>b</code>'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
