"""`cnnlib slides`: one lesson as one offline file of slides, with its players alive.

What is on a slide follows from the notebook: `choosing` says which cells, `items` what becomes of them, `plan` where
slides begin and end, `page` how the file looks; `static/` is what runs in it.
"""

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
    parser.add_argument("--stored", action="store_true",
                        help="take the outputs that the notebook holds and run nothing: ready in seconds, but a player "
                             "of a network that a cell trains stays a picture")
    parser.set_defaults(run=run)
    return parser


def run(args):
    """Write the deck; returns the exit code."""
    from ... import _writing
    from .. import notebook
    from . import page

    source, out = Path(args.notebook), _writing.target(args.out, "lesson.html", ".html")
    if out.exists() and not _writing.bears(out, page.MADE):
        raise PublishError(f"{out} was not made by `cnnlib slides` and would be lost: choose another name")
    read = notebook.load(source)
    if not args.stored:
        read = notebook.executed(read, source, args.fresh, told=lambda text: print(text, flush=True))
    text, count = deck(read, source, args.aspect)
    _writing.write(out, lambda file: file.write(text))
    print(f"{out}: {count} slides, {len(text) / 1e6:.1f} MB")
    return 0


def deck(notebook, source, aspect="16:9"):
    """(the bytes of the deck, how many slides) of a notebook that was run, from the file `source`."""
    from .. import live
    from . import page, plan

    try:
        slides = plan.slides(live.alive(notebook, source).notebook.cells, aspect)
    except PublishError as error:
        raise error if source.name in str(error) else PublishError(f"{source.name}, {error}") from None
    title = next(((slide.title or slide.head).text for slide in slides if slide.head), source.stem)
    return page.page(title, slides, aspect).encode(), len(slides)
