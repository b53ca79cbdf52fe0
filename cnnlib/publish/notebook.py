"""Notebooks, read with every fault named, and run: what was run before is kept in the user's cache folder.

A notebook is run again when its code, a file beside it that its code names, or the package changed: its Python and its
data, but not `publish/`, which only shows what came out.
"""

import functools
import hashlib
import json
import os
import platform
import re
import subprocess
from pathlib import Path

from .. import _writing
from ..data import files
from ..ops import parallel
from .errors import PublishError, need

PACKAGE = Path(__file__).resolve().parents[1]
KINDS = ("code", "markdown", "raw")
PATIENCE = 1800   # seconds for one cell, on a slow machine that does other things, too
MOST = 4         # kernels at a time, however many cores: each takes up to a gigabyte


def load(path):
    """The notebook in a file, as nbformat 4 has it: {"cells": [...], "metadata": {...}, ...}, attributes allowed.

    Raises PublishError, naming the file and where there is one the cell, for a file that is missing or no notebook, is
    older than nbformat 4, or has cells without type, source or outputs.

    >>> load("nowhere.ipynb")
    Traceback (most recent call last):
    cnnlib.publish.errors.PublishError: nowhere.ipynb: found no such file, expected a notebook
    """
    path = Path(path)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PublishError(f"{path}: found no such file, expected a notebook") from None
    except OSError as error:
        raise PublishError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise PublishError(f"{path}: found no JSON ({error}), expected a notebook") from None
    if not isinstance(data, dict) or "nbformat" not in data:
        raise PublishError(f"{path}: found JSON without nbformat, expected a notebook")
    if not isinstance(data["nbformat"], int) or data["nbformat"] != 4:
        raise PublishError(f"{path}: found nbformat {data['nbformat']!r}, expected 4; saved in JupyterLab it has that")
    if not isinstance(data.get("cells"), list) or not isinstance(data.get("metadata"), dict):
        raise PublishError(f"{path}: found no list of cells or no metadata, expected both, as in every notebook")
    for number, cell in enumerate(data["cells"], 1):
        if fault := _fault(cell):
            raise PublishError(f"{path}, {cell_name(cell, number)}: {fault}")
    return _as_nbformat(data, path)


def cell_name(cell, number):
    """How an error names a cell: its number, counted from 1, and its id.

    >>> cell_name({"id": "intro"}, 3)
    'cell 3 (intro)'
    """
    named = cell.get("id") if isinstance(cell, dict) else None
    return f"cell {number} ({named})" if isinstance(named, str) else f"cell {number}"


def _fault(cell):
    """What is wrong with a cell, or None."""
    if not isinstance(cell, dict):
        return f"found {type(cell).__name__}, expected a cell: an object with cell_type and source"
    if cell.get("cell_type") not in KINDS:
        return f"found cell_type {cell.get('cell_type')!r}, expected {', '.join(KINDS)}"
    if not _is_text(cell.get("source")):
        return f"found {'no source' if 'source' not in cell else 'a source that is no text'}, expected text"
    if not isinstance(cell.setdefault("metadata", {}), dict):
        return "found metadata that is no object, expected one"
    if cell["cell_type"] != "code":
        return None
    cell.setdefault("execution_count", None)
    outputs = cell.setdefault("outputs", [])
    if not isinstance(outputs, list):
        return "found outputs that are no list, expected one"
    faults = [(n, fault) for n, output in enumerate(outputs, 1) if (fault := _output_fault(output))]
    return f"output {faults[0][0]}: {faults[0][1]}" if faults else None


def _output_fault(output):
    """What is wrong with an output, or None."""
    kind = output.get("output_type") if isinstance(output, dict) else None
    if kind == "stream":
        return None if _is_text(output.get("text")) else "found a stream without text"
    if kind in ("display_data", "execute_result"):
        fine = isinstance(output.get("data"), dict) and isinstance(output.setdefault("metadata", {}), dict)
        return None if fine else "found no data, expected {kind of text: text}"
    kinds = "stream, display_data, execute_result or error"
    return None if kind == "error" else f"found output_type {kind!r}, expected {kinds}"


def _is_text(value):
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value))


def _as_nbformat(data, path):
    """With lines joined and an id for each cell, and whatever else nbformat has to say."""
    need("nbformat")
    import nbformat

    try:
        notebook = nbformat.from_dict(nbformat.v4.rwbase.rejoin_lines(nbformat.from_dict(data)))
        notebook.nbformat_minor = 5
        taken = set()
        for number, cell in enumerate(notebook.cells, 1):
            if not isinstance(cell.get("id"), str) or cell.id in taken:
                cell["id"] = f"at-{number}"
            taken.add(cell.id)
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        place = list(error.absolute_path) if hasattr(error, "absolute_path") else []
        where = f", {cell_name(data['cells'][place[1]], place[1] + 1)}" if place[:1] == ["cells"] else ""
        raise PublishError(f"{path}{where}: {str(error).splitlines()[0]}") from None
    return notebook


# --- run --------------------------------------------------------------------------------------------------------------

def executed(notebook, path, fresh=False, told=lambda text: None):
    """The notebook of a file, run: as `all_executed`, which runs several at a time."""
    return all_executed([(notebook, path)], fresh, told)[0]


def all_executed(notebooks, fresh=False, told=lambda text: None):
    """Notebooks, given as (notebook, its file), run from top to bottom, each in a fresh kernel of this Python; widgets
    keep their state, in its metadata, as JupyterLab saves it. They come back in the same order.

    What was run before comes from the cache, unless `fresh`; the others run side by side, a core each. `told(text)`
    hears when one begins. The notebooks that are given stay as they are. Raises PublishError that names the cell where
    one fails; the others stop then.
    """
    need("nbformat", "nbclient")
    notebooks = [(notebook, Path(path).resolve()) for notebook, path in notebooks]
    results = [None if fresh else _kept(notebook, path) for notebook, path in notebooks]
    missing = [place for place, result in enumerate(results) if result is None]
    if missing:
        from . import kernel

        most = min(parallel.cores(), MOST, len(missing))
        threads = max(1, parallel.cores() // most)   # of a matrix product: more would wait for cores that others use
        missing.sort(key=lambda place: len(_code(notebooks[place][0])), reverse=True)   # the longest first
        runs = kernel.together([functools.partial(_run, *notebooks[place], threads, told) for place in missing], most)
        for place, result in zip(missing, runs, strict=True):
            results[place] = result
    return results


def _kept(notebook, path):
    """The notebook with what came out of it before, or None; one without code counts as run."""
    run, file = _copy(notebook), _place(notebook, path)
    if not _code(notebook):
        return run
    try:
        before = load(file) if file.is_file() else None
    except PublishError:   # cut short by a full disk, say: it is made again
        return None
    if before is None:
        return None
    for cell, ready in zip(_code(run), _code(before), strict=True):
        cell.outputs, cell.execution_count = ready.outputs, ready.execution_count
    run.metadata["widgets"] = before.metadata.get("widgets", {})
    return run


def _copy(notebook):
    from nbformat import from_dict

    return from_dict(json.loads(json.dumps(notebook)))


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _place(notebook, path):
    """The file in which a notebook that was run is kept."""
    return cache() / f"{path.stem}-{_key(notebook, path)}.ipynb"


def cache():
    """The folder of the notebooks that were run; the environment variable CNNLIB_CACHE names another one."""
    if named := os.environ.get("CNNLIB_CACHE"):
        return Path(named)
    import platformdirs  # comes with Jupyter

    return Path(platformdirs.user_cache_dir("cnnlib", appauthor=False)) / "notebooks"


def _key(notebook, path):
    """What decides what comes out of a notebook: not its prose, nor where it lies, so that a new sentence and a second
    copy of the project cost no training."""
    cells = [[cell.source, cell.metadata.get("tags")] for cell in _code(notebook)]
    said = json.dumps([cells, _beside(cells, path), _package(), platform.python_version()], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def _beside(cells, path):
    """{name: SHA-256} of the files beside a notebook that its code names: it may read them."""
    text = "\n".join(source for source, _ in cells)
    named = [file for file in path.parent.iterdir()
             if (file.stem if file.suffix == ".py" else file.name) in text and file.is_file()]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in named}


@functools.cache
def _package():
    """The package as it is: its Python and its data, and the numbers of NumPy and matplotlib."""
    from importlib.metadata import version

    digest = hashlib.sha256(f"{version('numpy')} {version('matplotlib')}".encode())
    digest.update((files.ASSETS / "checksums.sha256").read_bytes())
    for file in sorted(PACKAGE.rglob("*.py")):
        if PACKAGE / "publish" not in file.parents:
            digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


async def _run(notebook, path, threads, told):
    """A copy of the notebook, run, and kept for the next time."""
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from nbformat import writes

    from . import kernel

    name = f"{path.parent.name}/{path.name}"
    told(f"{name}: runs")
    place, run, begun = _place(notebook, path), _copy(notebook), []
    run.metadata.pop("widgets", None)
    try:
        await kernel.running(run, path.parent, PATIENCE, subprocess.DEVNULL, {"OPENBLAS_NUM_THREADS": str(threads)},
                             store_widget_state=True,
                             on_cell_execute=lambda cell, cell_index: begun.append(cell_index))
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        number = begun[-1] if begun else 0
        where = cell_name(run.cells[number], number + 1)
        raise PublishError(f"{name}, {where}: does not run: {_said(error)}") from None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        text = writes(run).encode()
        _writing.write(place, lambda file: file.write(text))
    except OSError as error:   # a cache that cannot be written costs time, nothing else
        told(f"{name}: cannot be kept for the next time: {error}")
    return run


def _said(error):
    """Why a cell did not run; of an error without words, the line."""
    if not hasattr(error, "ename"):
        return type(error).__name__
    line = re.findall(r"^-+> *\d+ (.*)$", re.sub(r"\x1b\[[\d;]*m", "", str(error)), re.M)
    return f"{error.ename}: {error.evalue or (line[-1].strip() if line else '')}"
