"""How long a learner waits for a check: the first in a fresh Python, and those after it; writes checks.md.

    uv run python benchmarks/checks.py      (on a machine that does nothing else)

The clock starts after `import cnnlib`, and for an exercise when its answer is there; each is checked in a Python of its
own. First comes an answer that nothing explains, for which every mistake and every fact is tried; then the typical
mistakes, another that nothing explains, and the right answer, for which least is done.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import numpy as np
from timing import machine

RESULTS = pathlib.Path(__file__).with_name("checks.md")
FIRST, LATER = 500, 100   # milliseconds that a check may take
SHOWN = 6                 # exercises in the table, the slowest first


def waited(check):
    """Milliseconds until `check` has answered, and until its verdict could be shown."""
    start = time.perf_counter()
    check()._repr_mimebundle_()
    return 1000 * (time.perf_counter() - start)


def fresh(id):
    """In a fresh Python: milliseconds for the first check of an exercise, and a list for those that follow."""
    import cnnlib as cnn

    if id == "number":
        return waited(lambda: cnn.learn.check("00.1", 750)), []
    exercise = cnn.learn.exercise(id)
    value = exercise.ask == "value"
    answers = [strange(exercise, 1.001), *(wrong.answer for wrong in exercise.wrong), strange(exercise, 0.997)]
    answers = [answer() if value and callable(answer) else answer for answer in (*answers, exercise.solution)]
    first, *later = [waited(lambda answer=answer: cnn.learn.check(id, answer)) for answer in answers]
    return first, later


def strange(exercise, factor):
    """An answer near the right one, in all its numbers: nobody could say why."""
    def changed(y):
        if isinstance(y, tuple):
            return tuple(map(changed, y))
        return np.asarray(y) * factor + 0.0137 if np.asarray(y).dtype.kind in "fiu" else y

    return lambda *args, **named: changed(exercise.solution(*args, **named))


def measured(id):
    """What `fresh` finds, in a process of its own."""
    done = subprocess.run([sys.executable, __file__, id], capture_output=True, text=True, check=True,
                          env=os.environ | {"CNNLIB_PROGRESS": ""})
    return json.loads(done.stdout)


def main():
    import cnnlib as cnn

    number = [measured("number")[0] for _ in range(9)]
    rows = [(id, *measured(id)) for id in cnn.learn.exercises()]
    rows.sort(key=lambda row: -row[1])
    lines = [f"| {id} | {first:.0f} | {statistics.median(later):.1f} | {max(later):.0f} |" for id, first, later in rows]
    firsts, laters = [row[1] for row in rows], [time for row in rows for time in row[2]]
    every = f"{statistics.median(firsts):.0f} | {statistics.median(laters):.1f} | {max(laters):.0f}"
    text = (
        f"# How long a check takes\n\nMilliseconds, written by `checks.py`. Machine: {machine()}.\n\n"
        "`cnn.learn.check(\"00.1\", 750)` in a fresh Python, after `import cnnlib`: "
        f"**{statistics.median(number):.0f}**, at most {max(number):.0f} in {len(number)} tries (target: 100).\n\n"
        "An answer to each exercise that nothing explains as the first check in a fresh Python, and all that follow; "
        f"the slowest exercises, and all {len(rows)}:\n\n"
        "| exercise | first | later, median | later, most |\n|---|---|---|---|\n" + "\n".join(lines[:SHOWN]) +
        f"\n| all, median | {every} |\n| target | {FIRST} | | {LATER} |\n"
    )
    RESULTS.write_text(text, encoding="utf8")
    print(text)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(fresh(sys.argv[1])))
    else:
        main()
