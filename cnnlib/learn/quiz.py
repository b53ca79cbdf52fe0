"""Questions with a few answers to choose from, each answer with the reason why it is right or not.

In a notebook they are alive, also without a kernel; where nothing is alive (a notebook that was not run yet, GitHub, a
printed page) every answer unfolds to its reason.
"""

import functools
from dataclasses import dataclass
from pathlib import Path

from .showing import marked

STATIC = Path(__file__).with_name("static")


@dataclass(frozen=True)
class Option:
    """An answer to choose: its text, and why it is not right. Both may hold `code`."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Right(Option):
    """The right answer of a question, and why it is right."""

    right: bool = True


class Question:
    """A question and its options, exactly one of them `Right`, in the order in which they are shown.

    Raises ValueError for fewer than two options, for none or several that are right, and for a text that is empty.

    >>> Question("1 + 1?", Option("1", "Count both."), Right("2", "One, and one more.")).spec["right"]
    1
    """

    def __init__(self, text, *options):
        self.text, self.options = text, options
        right = [n for n, option in enumerate(options) if option.right]
        if len(options) < 2 or len(right) != 1:
            found = f"{len(right)} right options of {len(options)}"
            raise ValueError(f"{text!r:.60}: found {found}, expected 1 of 2 or more")
        texts = [text, *(option.text for option in options), *(option.why for option in options)]
        if not all(isinstance(each, str) and each.strip() for each in texts):
            raise ValueError(f"{text!r:.60}: found an empty text, expected words for the question, options and reasons")
        if len({option.text for option in options}) < len(options):
            raise ValueError(f"{text!r:.60}: found two options with the same text")

    @property
    def spec(self):
        """The question as plain data, for the browser."""
        options = [{"text": option.text, "why": option.why} for option in self.options]
        return {"text": self.text, "options": options, "right": [o.right for o in self.options].index(True)}


class Quiz:
    """The questions of one lesson; the last expression of a cell shows them.

    >>> quiz = Quiz("99", Question("1 + 1?", Option("1", "Count both."), Right("2", "One, and one more.")))
    >>> quiz
    Quiz 99: 1 question
    >>> quiz.widget().answers
    [None]
    """

    def __init__(self, id, *questions):
        self.id, self.questions = id, questions

    def __repr__(self):
        return f"Quiz {self.id}: {len(self.questions)} question{'s' * (len(self.questions) != 1)}"

    @property
    def spec(self):
        """The quiz as plain data, for the browser."""
        return {"id": self.id, "questions": [question.spec for question in self.questions]}

    @property
    def html(self):
        """The quiz where nothing is alive: every answer unfolds to its reason."""
        questions = "".join(_still(number, question) for number, question in enumerate(self.questions, 1))
        return f'<div class="cnn-quiz-still">{questions}</div>'

    def widget(self):
        """A new live view: an anywidget with the trait `answers`, the options chosen so far, None where none is."""
        return _widget_class()(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        live = self.widget()._repr_mimebundle_()
        data, metadata = live if isinstance(live, tuple) else (live or {}, {})
        return {**data, "text/html": self.html, "text/plain": repr(self)}, metadata


def _still(number, question):
    html = f"<p><strong>Question {number}.</strong> {marked(question.text)}</p>"
    for option in question.options:
        verdict = f"<strong>{'Right.' if option.right else 'Not right.'}</strong>"
        html += f"<details><summary>{marked(option.text)}</summary><p>{verdict} {marked(option.why)}</p></details>"
    return html


@functools.cache
def _widget_class():
    """The class of the live view. Made when first needed: widgets are imported only by those who show one."""
    import anywidget
    import traitlets as t

    from .progress import record_quiz

    class QuizWidget(anywidget.AnyWidget):
        """A live quiz."""

        _esm = t.Unicode((STATIC / "quiz.js").read_text(encoding="utf-8")).tag(sync=True)
        _css = t.Unicode((STATIC / "quiz.css").read_text(encoding="utf-8")).tag(sync=True)
        spec = t.Dict().tag(sync=True)
        answers = t.List(t.Int(allow_none=True)).tag(sync=True)

        def __init__(self, quiz):
            super().__init__(spec=quiz.spec, answers=[None] * len(quiz.questions))

        @t.observe("answers")
        def _note(self, change):
            questions = self.spec["questions"]
            right = sum(q["right"] == a for q, a in zip(questions, self.answers, strict=False))
            if any(a is not None for a in self.answers):
                record_quiz(self.spec["id"], right, len(questions))

    return QuizWidget
