"""Write notebooks/solutions/: every exercise of a lesson solved, from the same source as its check.

    python -m tools.solutions            all lessons
    python -m tools.solutions 01 02      only these
    python -m tools.solutions --check    make and execute them, write nothing; exit 1 if one would change

A solution notebook is never edited by hand: change the exercise in cnnlib/learn/lesson_NN/, then run this. It is
executed and stored like every other notebook, so strict nbval holds each solution to its verdict.
"""

import inspect
import re
import sys

import nbformat
import numpy as np
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import cnnlib as cnn
from cnnlib.learn.library import lessons

from . import command, store

FOLDER = store.NOTEBOOKS / "solutions"
IMPORT = "import cnnlib as cnn  # no such module? Kernel > Change Kernel; see README.md"   # an error shows this line
TOP = """# Solutions of lesson {number} · {title}

The exercises of [{name}](../{name}.ipynb), solved. A solution is worth most after a try of your own, and after the
hints. There is more than one right way: whatever the check passes is right.

Checking here does not count as your progress."""


def path(number):
    """Where the solutions of a lesson lie: under the name of the lesson's own notebook."""
    (lesson,) = store.NOTEBOOKS.glob(f"{number}_*.ipynb")
    return FOLDER / lesson.name


def notebook(number):
    """The solutions of one lesson as a notebook that was not run yet."""
    name = path(number).stem
    title = re.search(r"^# \d\d · (.+)$", _top(number), re.M)[1]
    solved = [cell for id in cnn.learn.exercises(number) for cell in _solved(cnn.learn.exercise(id))]
    numpy = any("np." in cell.source for _, cell in solved if cell.cell_type == "code")
    cells = [("top", new_markdown_cell(TOP.format(number=number, title=title, name=name))),
             ("imports", new_code_cell("import numpy as np\n\n" * numpy + IMPORT)), *solved]
    cells += [("quiz", new_markdown_cell(f"## Quiz\n\nThe questions of lesson {number}, each with its right answer."))]
    cells += [(f"question-{n}", new_markdown_cell(_answered(n, question)))
              for n, question in enumerate(cnn.learn.quiz(number).questions, 1)]
    for id, cell in cells:
        cell["id"] = id
    return store.tidy(new_notebook(cells=[cell for _, cell in cells]))


def _top(number):
    return nbformat.read(store.NOTEBOOKS / path(number).name, as_version=4).cells[0].source


def _solved(ex):
    """What is asked, the solution, its verdict, and the errors that people make."""
    key = ex.id.replace(".", "-")
    asked = f"## {ex.id} · {ex.title}\n\n{ex.statement}\n\n`{ex.signature}`"
    source = ex.source if ex.ask == "function" else f"{ex.source}\n\nanswer = solution()\nanswer"
    check = f'cnn.learn.exercise("{ex.id}").check({ex.name})'
    cells = [
        (f"asked-{key}", new_markdown_cell(asked)),
        (f"solved-{key}", new_code_cell(source)),
        (f"checked-{key}", new_code_cell(check)),
    ]
    if other := another(ex):
        cells += [(f"or-{key}", new_markdown_cell("Another way that is right:")),
                  (f"other-{key}", new_code_cell(other)), (f"checked-other-{key}", new_code_cell(check))]
    return [*cells, (f"errors-{key}", new_markdown_cell(f"**Common errors**\n\n{ex.errors}"))]


def another(ex):
    """The source of the first other right answer that stands on its own: only NumPy and this package in reach."""
    for right in ex.right if ex.ask == "function" else ():
        if not inspect.isfunction(right) or right.__name__ == "<lambda>":
            continue
        source = re.sub(rf"\b{right.__name__}\b", ex.name, inspect.getsource(right)).rstrip()
        space = {"np": np, "cnn": cnn}
        exec(source, space)
        if ex.check(space[ex.name]).passed:
            return source
    return None


def _answered(number, question):
    (right,) = [option for option in question.options if option.right]
    return f"**{number}.** {question.text}\n\n> **{right.text}**\n>\n> {right.why}"


def sources(notebook):
    """What a notebook says apart from its outputs."""
    return [(cell.id, cell.cell_type, cell.source) for cell in notebook.cells]


def write(number, check=False):
    """Make, execute and store the solutions of one lesson; returns (changed, problems) as `store.store` does."""
    made, place = notebook(number), path(number)
    try:
        store.run(made, store.NOTEBOOKS, timeout=120)
    except CellExecutionError as error:
        return False, [str(error)]
    store.tidy(made)
    nbformat.validate(made)
    found = store.problems(made)
    return command.put(place, nbformat.writes(made) + "\n", check=bool(found) or check), found


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = command.parser("tools.solutions", __doc__)
    parser.add_argument("lessons", nargs="*", type=command.one_of(lessons(), "lesson"), help="such as 01; default: all")
    options, failed = parser.parse_args(arguments), False
    for number in options.lessons or lessons():
        changed, found = write(number, options.check)
        failed |= command.told(path(number), changed, options.check, found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
