"""`cnnlib slides`: one lesson as one offline file of slides, with its players alive.

What is on a slide follows from the notebook: `choosing` says which cells, `items` what becomes of them, `plan` where
slides begin and end, `page` how the file looks; `static/` is what runs in it.
"""

import json
from pathlib import Path

from ..errors import PublishError


def add(subparsers):
    """The command's arguments."""
    parser = subparsers.add_parser(
        "slides", help="one lesson as one offline file of slides, with live players",
        description="Write a notebook as one HTML file of slides that runs from the disk, without network or kernel.",
        epilog="Example: cnnlib slides notebooks/03_convolution_2d.ipynb lesson03.html --aspect 4:3",
    )
    parser.add_argument("notebook", help="the notebook, .ipynb")
    parser.add_argument("out", help="the file to write, .html")
    parser.add_argument("--aspect", choices=("16:9", "4:3"), default="16:9", help="the shape of the slides (16:9)")
    parser.add_argument("--fresh", action="store_true", help="run the notebook again, whatever is kept of earlier runs")
    parser.set_defaults(run=run)
    return parser


def run(args):
    """Write the deck; returns the exit code."""
    from ... import _writing
    from . import page, plan

    notebook = json.loads(Path(args.notebook).read_text())
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    entries = _live(notebook)
    slides = plan.slides(notebook["cells"], _render(), args.aspect)
    title = next((slide.head.text for slide in slides if slide.head), Path(args.notebook).stem)
    text = page.page(title, slides, args.aspect, entries).encode()
    _writing.write(_writing.target(args.out, "lesson.html"), lambda file: file.write(text))
    return 0


def _live(notebook):
    import cnnlib
    VIEW = "application/vnd.cnnlib.view+json"
    entries = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            view = data.get(VIEW)
            if view:
                name = view["entry"]
                entries[name] = Path(cnnlib.__file__).parent / name
                state = "".join(view["state"]).replace("<", "\\u003c")
                still = "".join(data["text/html"])
                data["text/html"] = (f'<div class="player" data-view="{name}" data-prevent-swipe><script type="application/json">{state}</script>'
                    f'<div class="still">{still}</div><div class="live"></div><span class="way way-in">Enter: use the keyboard here</span><span class="way way-out">Esc: back to the slides</span></div>')
                del data[VIEW]
    return entries


def _render():
    from latex2mathml.converter import convert
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    md = MarkdownIt("commonmark", {"html": True}).enable("table").use(dollarmath_plugin, renderer=lambda c, o: convert(c, display="block" if o.get("display_mode") else "inline"))
    return md.render
