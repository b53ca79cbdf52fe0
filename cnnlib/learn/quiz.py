"""Questions with a few answers to choose from, each answer with the reason why it is right or not.

In a notebook they are alive, also without a kernel; where nothing is alive (a notebook that was not run yet, GitHub, a
printed page) every answer unfolds to its reason.
"""

import functools
import textwrap
from dataclasses import dataclass
from pathlib import Path

from ..arguments import shown
from .showing import marked

ENTRY = Path(__file__).with_name("static") / "quiz.js"


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
            raise ValueError(f"{shown(text)}: found {found}, expected 1 of 2 or more")
        texts = [text, *(option.text for option in options), *(option.why for option in options)]
        if not all(isinstance(each, str) and each.strip() for each in texts):
            raise ValueError(f"{shown(text)}: found an empty text, expected words for question, options and reasons")
        if len({option.text for option in options}) < len(options):
            raise ValueError(f"{shown(text)}: found two options with the same text")

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
        return self.digest

    @property
    def digest(self):
        """One line: which quiz it is, and how long."""
        return f"Quiz {self.id}: {len(self.questions)} question{'s' * (len(self.questions) != 1)}"

    @property
    def title(self):
        """What it is, as a heading."""
        return f"Quiz {self.id}"

    def alt(self, i=None):
        """Its questions, in words; of a long quiz, the first ones."""
        asked = " ".join(question.text for question in self.questions)
        return textwrap.shorten(f"{self.digest}. {asked}", 500, placeholder=" …")

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
        """A new live view: a widget with the trait `answers`, the options chosen so far, None where none is."""
        return _widget_class()(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.widget()._repr_mimebundle_()


def _still(number, question):
    html = f"<p><strong>Question {number}.</strong> {marked(question.text)}</p>"
    for option in question.options:
        verdict = f"<strong>{'Right.' if option.right else 'Not right.'}</strong>"
        html += f"<details><summary>{marked(option.text)}</summary><p>{verdict} {marked(option.why)}</p></details>"
    return html


@functools.cache
def _widget_class():
    """The class of the live view. Made when first needed: widgets are imported only by those who show one."""
    import traitlets as t

    from ..viz.kit.live import Live, Refused
    from .progress import record_quiz

    class QuizWidget(Live):
        """A live quiz. It refuses, with a ValueError, answers that are not an option or None for each question."""

        own = ("answers",)
        entry = ENTRY
        answers = t.List(t.Int(allow_none=True)).tag(sync=True)

        def __init__(self, quiz):
            self.quiz = quiz
            super().__init__(spec=quiz.spec, answers=[None] * len(quiz.questions))

        shown = property(lambda self: self.quiz)

        @t.validate("answers")
        def _existing_answers(self, proposal):
            answers, questions = proposal["value"], self.quiz.questions
            if len(answers) != len(questions):
                raise Refused(f"answers must be {len(questions)}, one or None for each question, found {len(answers)}")
            for number, (answer, question) in enumerate(zip(answers, questions, strict=True), 1):
                if answer is not None and not 0 <= answer < len(question.options):
                    raise Refused(f"answers must be options that there are, counted from 0, found {answer} of "
                                  f"{len(question.options)} for question {number}")
            return answers

        @t.observe("answers")
        def _note(self, change):
            questions = self.quiz.spec["questions"]
            right = sum(q["right"] == a for q, a in zip(questions, self.answers, strict=True))
            if any(a is not None for a in self.answers):
                record_quiz(self.quiz.id, right, len(questions))

        def _still(self):
            return {"text/html": self.quiz.html, "text/plain": repr(self)}, {}

    return QuizWidget
