"""What a class gets: the notebooks without outputs, and what they need to run. The same sources make the same bytes."""

import re
import shutil
from itertools import chain

from .. import __version__, _writing
from . import notebook
from .errors import PublishError

KEPT = ("kernelspec", "language_info")   # of a notebook's metadata
LINK = re.compile(r"(?<!!)\[([^\]\[]+)\]\((?!\w+:)([^)#\s]+)(#[^)\s]*)?\)")
README = """# Lessons for a class

The notebooks of cnnlib {version}, without outputs. Start with [{first}](notebooks/{first}.ipynb).

On the JupyterHub of your class, open it there. On your own machine, this needs Python and nothing else:

```
pip install uv && uv run jupyter lab
```

| notebook | about |
|---|---|
{rows}

If the first cell finds no module `cnnlib`, choose *Kernel > Change Kernel > Python 3 (ipykernel)*.
"""


def stripped(folder):
    """{name: text} of the notebooks in a folder, not of those in folders below it; without outputs and widget state.

    A link to a file that the class does not get becomes plain text. Raises PublishError, naming file and cell, for a
    notebook that cannot be read, and if there is none.
    """
    import nbformat

    paths = sorted(path for path in folder.glob("*.ipynb") if path.is_file())
    if not paths:
        raise PublishError(f"{folder} holds no notebook (.ipynb)")
    names, made = {path.name for path in paths}, {}
    for path in paths:
        one = notebook.load(path)
        one.metadata = {key: value for key, value in one.metadata.items() if key in KEPT}
        for cell in one.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
            elif cell.cell_type == "markdown":
                cell.source = LINK.sub(lambda found: found[0] if found[2] in names else found[1], cell.source)
        made[path.name] = nbformat.writes(one) + "\n"
    return made


def fill(folder, project, notebooks, files, folders):
    """Write the copy for a class into an empty folder: `notebooks`, as `stripped` makes them, and of the project these
    files and folders."""
    for name in files:
        shutil.copyfile(project / name, folder / name)
    for name in folders:
        shutil.copytree(project / name, folder / name, copy_function=shutil.copyfile, ignore=_left_out)
    (folder / "notebooks").mkdir()
    texts = {
        "README.md": _readme(notebooks),
        ".gitattributes": "* -text\n",   # the same bytes on every system: what is changed by hand is known by them
        ".gitignore": "".join(f"{name}/\n" for name in sorted(_writing.LEFT_BEHIND | {".venv"})),
    }
    for name, text in chain(texts.items(), ((f"notebooks/{name}", text) for name, text in notebooks.items())):
        _writing.write(folder / name, lambda file, text=text: file.write(text.encode()))


def _left_out(folder, names):
    return [name for name in names if name.startswith(".") or name in _writing.LEFT_BEHIND or name.endswith(".pyc")]


def _readme(notebooks):
    """What stands at the top of the copy: how to start, and what there is."""
    rows = []
    for name, text in notebooks.items():
        title = re.search(r'"# ([^"\\]+)', text)
        rows.append(f"| [{name.removesuffix('.ipynb')}](notebooks/{name}) | {title[1] if title else ''} |")
    first = min(notebooks).removesuffix(".ipynb")
    return README.format(version=__version__, first=first, rows="\n".join(rows))
