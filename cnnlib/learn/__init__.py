"""Exercises that know why an answer is wrong: checks, hints, solutions, quizzes, and what is done so far.

    cnn.learn.exercise("01.2")           the statement
    cnn.learn.check("01.2", slide)       what is wrong with your function, and why
    cnn.learn.hint("01.2")               three hints, one inside the other
    cnn.learn.solution("01.2")           a solution, and the common errors
    cnn.learn.quiz("01")                 the questions at the end of a lesson
    cnn.learn.progress()                 what is done

A new exercise is one small file, lesson_LL/eNN.py, with an `EXERCISE`: it is found because it is there.
"""

# Modules first: a module that is imported later would take the place of the function of the same name.
from .exercise import Case, Exercise, Wrong
from .library import check, exercise, exercises
from .todo import TODO

__all__ = ["TODO", "Case", "Exercise", "Wrong", "check", "exercise", "exercises"]
