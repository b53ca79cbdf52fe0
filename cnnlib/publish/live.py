"""Notebooks that were run, made to live without a kernel: each widget becomes its data beside its still.

`alive(notebook, path)` does that; `script(entries)` is the one classic script, and `style(entries)` the one sheet, for
all pages that show such notebooks. A classic script runs where modules may not: on pages opened from the disk.
"""

import base64
import html
import importlib
import json
import re
import struct
from pathlib import Path
from typing import NamedTuple

from ..viz.kit import modules
from ..viz.kit.live import PACKAGE, VIEW, Live
from ..viz.kit.show import FIGURE
from .errors import PublishError
from .notebook import cell_name

WIDGET = "application/vnd.jupyter.widget-view+json"
STATES = "application/vnd.jupyter.widget-state+json"
STATIC = Path(__file__).with_name("static")
_ENTRY = re.compile(r"(?:[a-z]+/)+static/[a-z_]+\.js")
_PICTURE = re.compile(r'<img ([^>]*?)src="data:image/png;base64,([A-Za-z0-9+/=]+)"')


class Alive(NamedTuple):
    """A notebook whose outputs hold no widgets any more, and the modules that its places need, in their order."""

    notebook: dict
    entries: tuple


def alive(notebook, path, picture=None):
    """The `Alive` of a notebook that was run. The notebook that is given stays as it is.

    An output that showed a widget is one of HTML then: a place, `<div class="cnn-place" data-entry=...>`, with the
    still and the data. A figure is one, too, `<div class="cnn-figure">`, which follows the theme of its page.
    `picture(text)` is asked for an address in place of each PNG, which is given as base64; unless there is one, they
    stay in the page.

    Raises PublishError, naming `path` and cell, for a widget that is none of this package.
    """
    import nbformat

    notebook = nbformat.from_dict(json.loads(json.dumps(notebook)))
    states = notebook.metadata.pop("widgets", {}).get(STATES, {}).get("state", {})
    entries = []
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type not in ("display_data", "execute_result"):
                continue
            try:
                found = _view(output.data, states)
            except (KeyError, ValueError, ImportError, AttributeError, TypeError) as error:
                raise PublishError(f"{Path(path).name}, {cell_name(cell, number)}: found a widget that cannot be shown "
                                   f"without its kernel, expected one of this cnnlib: {error}") from None
            still = _pictures(_still(output.data, output.get("metadata", {})), picture)
            if found:
                entries.append(found[0])
                output.data = {"text/html": _place(*found, still), "text/plain": output.data.get("text/plain", "")}
            elif still:
                output.data = {"text/html": still, "text/plain": output.data.get("text/plain", "")}
            output.metadata = {}
    return Alive(notebook, tuple(dict.fromkeys(entries)))


def place(widget, picture=None):
    """(entry, HTML) of a widget that no notebook shows, as it stands; `picture` as for `alive`.

    >>> import cnnlib as cnn
    >>> entry, text = place(cnn.viz.slide([1, 2, 3], [1, 1]).player())
    >>> entry, text[:23]
    ('viz/slide/static/slide.js', '<div class="cnn-place" ')
    """
    data, metadata = widget._repr_mimebundle_()
    entry, state = _view(data, {})
    return entry, _place(entry, state, _pictures(_still(data, metadata), picture))


def script(entries):
    """The text of the script that draws every place whose entry is one of these.

    >>> script(["viz/shifts/static/shifts.js"]).startswith("(() => {")
    True
    """
    entries = sorted(set(entries))
    whole = modules.joined(*[PACKAGE / entry for entry in entries], STATIC / "live.js")
    *renders, page = whole.renders
    renderers = ", ".join(f"{json.dumps(entry)}: {render}" for entry, render in zip(entries, renders, strict=True))
    return f'(() => {{\n"use strict";\n{modules.lean(whole.text)}\n{page}({{ {renderers} }});\n}})();\n'


def style(entries):
    """The text of their style sheets, those of figures and places included."""
    return modules.lean_style(modules.joined(*[PACKAGE / entry for entry in sorted(set(entries))],
                                             STATIC / "live.js").style)


def size(png):
    """(width, height) of a PNG that is given as base64: each begins with them."""
    return struct.unpack(">II", base64.b64decode(png[:32])[16:24])


# --- one output -------------------------------------------------------------------------------------------------------

def _view(data, states):
    """(entry, state as JSON) of an output that shows one of our widgets; None for any other."""
    stored, live = data.get(VIEW), data.get(WIDGET)
    if stored and stored.get("entry"):   # it says itself what it needs
        if not _ENTRY.fullmatch(stored["entry"]) or not (PACKAGE / stored["entry"]).is_file():
            raise ValueError(f"no module {stored['entry']!r:.80}")
        json.loads(stored["state"])
        return stored["entry"], stored["state"]
    if not live:
        return None
    state = states.get(live.get("model_id"), {}).get("state", {})
    module, _, name = state.get("_anywidget_id", "").rpartition(".")
    if not module:   # a progress bar: its text says all
        return None
    if not module.startswith("cnnlib."):
        raise ValueError(f"{module}.{name}")
    kind = getattr(importlib.import_module(module), name)
    if not issubclass(kind, Live):
        raise ValueError(f"{module}.{name}")
    traits = {each: state[each] for each in ("spec", *kind.own, *kind.told) if each in state}
    entry = Path(kind.needed(traits)).resolve().relative_to(PACKAGE).as_posix()
    return entry, json.dumps(traits, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _still(data, metadata):
    """What an output shows where nothing is alive: HTML; empty if only text can be shown."""
    text = data.get("text/html", "")
    if FIGURE not in data or not text.startswith("<img "):
        return text
    photos = metadata.get("image/png", {}).get("photos")
    beside = f" data-photos='{json.dumps(photos)}'" if photos else ""
    ground = html.escape(data[FIGURE].get("ground", "light"))
    return f'<div class="cnn-figure" data-ground="{ground}"{beside}>{text}</div>'


def _pictures(text, picture):
    """Its pictures at addresses; of those that have a width, the height is said, too: so they keep their room free
    until they are loaded, and a page does not jump."""
    def address(found):
        width, room = re.search(r'\bwidth="(\d+)"', found[1]), ""
        if width:
            wide, high = size(found[2])
            room = f'height="{round(int(width[1]) * high / wide)}" '
        return f'<img {found[1]}{room}loading="lazy" src="{html.escape(picture(found[2]))}"'

    return text if picture is None else _PICTURE.sub(address, text)


def _place(entry, state, still):
    """A widget as it stands in a page."""
    data = state.replace("<", "\\u003c")   # within a script no tag ends it
    return (f'<div class="cnn-place" data-entry="{entry}"><div class="cnn-still">{still}</div>'
            f'<script type="application/json">{data}</script></div>')
