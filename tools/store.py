"""Execute notebooks and store them clean: the one way in which a notebook of this series gets its outputs.

    python -m tools.store                                  every notebook in notebooks/
    python -m tools.store notebooks/01_convolution_1d.ipynb ...
    python -m tools.store --check                          execute and report, write nothing; exit 1 if one would change

Each notebook runs from top to bottom in a fresh kernel of this Python, in its own folder. Then
- the outputs stand in order, pieces of one printed stream are joined, execution counts are 1, 2, 3, ...
- live views of widgets and all widget state are taken out (the figure and the text beside them stay: that is what is
  seen before anything is run, and what nbval compares);
- metadata is the least a notebook needs; cells keep their ids, and new cells get "cell-01", "cell-02", ...

Nothing is stored if a cell raises an error, or if an output tells something about this machine: a path, a memory
address, an address in a network, a time measured here. A file is written only if something in it changed.
"""

import re
import sys
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError

from cnnlib.publish import kernel

from . import command

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = ("tags", "slideshow", "jupyter")   # what people write; the rest is what programs leave behind

# What must not be in a notebook that others read, by name.
PRIVATE = {
    "a path of a machine": re.compile(
        r"(?<![\w.:/])/(?:home|Users|root|tmp|work|opt|usr|var|mnt|private|srv|etc)/\w|\b[A-Z]:\\\w|ipykernel_\d+"
    ),
    "a memory address": re.compile(r"\b0x[0-9a-fA-F]{6,}\b"),
    "an address in a network": re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\blocalhost:\d+"),
    "a measured time": re.compile(
        r"\d ?(?:it/s|s/it|ms/step)|\bper loop\b|\b(?:Wall time|CPU times)\b|\d\d:\d\d<\d\d:\d\d|\btook \d+\.\d+ ?m?s\b"
    ),
    "an address of a package index": re.compile(r"index-url|/simple/|artifactory", re.IGNORECASE),
}
_PIXELS = re.compile(r"data:(?:image/png|audio/wav);base64,[A-Za-z0-9+/=]+")   # and sounds


def private(text):
    """Names of everything in a text that must not be stored, with what was found."""
    text = _PIXELS.sub("", text)
    return [f"{name}: {match.group()!r}" for name, pattern in PRIVATE.items() if (match := pattern.search(text))]


def output_texts(output):
    """All text of one output, pixels left out."""
    if output.output_type == "stream":
        return [output.text]
    if output.output_type == "error":
        return [output.ename, output.evalue, *output.traceback]
    return [str(value) for mime, value in output.data.items() if mime not in ("image/png", "image/jpeg")]


def tidy(notebook):
    """Ids, metadata and outputs as they are stored; returns the notebook, changed in place."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _number(notebook.cells)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in CELL_METADATA and v})
        cell.pop("attachments", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
            output.pop("transient", None)
    return notebook


def _number(cells):
    """Give ids to cells that have none, and a new one to the second of two cells with the same."""
    taken = set()
    for position, cell in enumerate(cells, 1):
        wanted = cell.get("id")
        while not wanted or wanted in taken:
            wanted, position = f"cell-{position:02d}", position + 1
            if any(other.get("id") == wanted for other in cells):
                wanted = None
        taken.add(wanted)
        cell["id"] = wanted


def run(notebook, folder, timeout):
    """Execute in place, in a fresh kernel; raises CellExecutionError when a cell does."""
    return kernel.run(notebook, folder, timeout, store_widget_state=False)


def problems(notebook):
    """What speaks against storing an executed notebook: one sentence each."""
    found = []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                found.append(f"cell {number} ends in {output.ename}: {output.evalue}")
            found += [f"cell {number} shows {what}" for text in output_texts(output) for what in private(text)]
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    if counts != list(range(1, len(counts) + 1)):
        found.append(f"the execution counts are {counts}: is a code cell empty?")
    return found


def store(path, timeout=600, write=True):
    """Execute one notebook; returns (changed, problems). It is written if it changed and there are no problems."""
    before = path.read_text(encoding="utf-8")
    notebook = tidy(nbformat.reads(before, as_version=4))
    try:
        run(notebook, path.parent, timeout)
    except CellExecutionError as error:
        return False, [str(error)]
    tidy(notebook)
    nbformat.validate(notebook)
    found = problems(notebook)
    after = nbformat.writes(notebook) + "\n"
    return command.put(path, after, check=bool(found) or not write), found


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = command.parser("tools.store", __doc__)
    parser.add_argument("notebooks", nargs="*", type=command.notebook, help="default: all in notebooks/")
    parser.add_argument("--timeout", type=command.number, default=600, help="seconds for one cell")
    options = parser.parse_args(arguments)
    failed = False
    for path in options.notebooks or sorted(NOTEBOOKS.glob("*.ipynb")):
        changed, found = store(path, options.timeout, write=not options.check)
        failed |= command.told(path, changed, options.check, found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
