"""One call and what is wrong with how it ended."""

import ast
import re
import time
import warnings

import numpy as np

from .hostile import NAMES

SECONDS = 2.0
LONGEST = 300    # characters of a message


def judged(subject, text, draw=False):
    """Make the call `text` of a subject: what is wrong with how it ends, or None."""
    function, given, named = _made(text)
    began, cpu = time.perf_counter(), time.process_time()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            result = function(*given, **named)
            if draw and hasattr(result, "savefig"):
                result.canvas.draw()
        except (KeyboardInterrupt, SystemExit):
            return "ended the program"
        except Exception as error:
            problem = _problem(subject, error)
        else:
            problem = None
    seconds = min(time.perf_counter() - began, time.process_time() - cpu)   # a busy machine is no fault
    if seconds > SECONDS:
        return f"took {seconds:.1f} s"
    for warning in told:
        if problem is None and issubclass(warning.category, (RuntimeWarning, DeprecationWarning, UserWarning)):
            problem = f"{warning.category.__name__}: {_generic(str(warning.message))}"
    return problem


def _made(text):
    """A call as the function, its arguments by place and by name; what making them warns of is no fault of the call."""
    call, names = ast.parse(text, mode="eval").body, dict(NAMES)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        function = eval(ast.unparse(call.func), names)
        given = [value for arg in call.args for value in eval(ast.unparse(arg.value), names)]
        return function, given, {arg.arg: eval(ast.unparse(arg.value), names) for arg in call.keywords}


def _problem(subject, error):
    """What is wrong with an exception, or None."""
    kind, message = type(error).__name__, str(error)
    if isinstance(error, MemoryError):
        return f"MemoryError: {_generic(message)}"
    if isinstance(error, OSError) and error.filename and len(message) <= LONGEST:   # the system names the file
        return None
    if not isinstance(error, (TypeError, ValueError)) and kind not in subject.announced.split():
        return f"{kind}: {_generic(message)}"
    if len(message) > LONGEST:
        return f"{kind}: a message of {'over ' * (len(message) > 999)}{LONGEST} characters: {_generic(message)}"
    if not any(re.search(rf"\b{re.escape(word)}\b", message) for word in subject.words):
        return f"{kind}: names no argument: {_generic(message)}"
    return None


def _generic(message):
    """A message without its numbers, so that the same fault is one group."""
    return re.sub(r"\d+(\.\d+)?(e[+-]?\d+)?", "#", message.replace("\n", " "))[:140]
