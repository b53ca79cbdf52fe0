"""Exercises that know why an answer is wrong: checks, hints, solutions, quizzes, and what is done so far.

    cnn.learn.exercise("01.2")           the statement
    cnn.learn.check("01.2", slide)       what is wrong with your function, and why
    cnn.learn.passing("01.2", slide)     your function if it passes, or else the solution
    cnn.learn.hint("01.2")               three hints, one inside the other
    cnn.learn.solution("01.2")           a solution, and the common errors
    cnn.learn.quiz("01")                 the questions at the end of a lesson
    cnn.learn.tour("01")                 pages for the player of a lesson: scene.player(tour=...)
    cnn.learn.progress()                 what is done
    cnn.learn.measured({...})            what your machine measured, beside what to expect

A new exercise is one small file, lesson_LL/eNN.py, with an `EXERCISE`: it is found because it is there.
"""

# The modules exercise, progress and quiz are imported before the functions of the same names, which then stay.
from .exercise import Case, Exercise, Wrong
from .measured import measured
from .progress import Progress
from .quiz import Option, Question, Quiz, Right
from .todo import TODO

from .library import check, exercise, exercises, hint, passing, progress, quiz, solution, tour  # isort: skip

__all__ = [
    "TODO", "Case", "Exercise", "Option", "Progress", "Question", "Quiz", "Right", "Wrong",
    "check", "exercise", "exercises", "hint", "measured", "passing", "progress", "quiz", "solution", "tour",
]
