"""`cnnlib site OUT/`: the whole series as static pages, live without a kernel, from the disk or any host of files."""

from pathlib import Path

HELP = "the whole series as pages with live players, for a web server or the disk"
TOLD = """Write the lessons, the pages beside them, the solutions and docs/ as a static site: with contents, search,
light and dark, and every player alive without a kernel. Nothing on it needs a network.

Notebooks are run side by side, a core each (all of them take some minutes), and kept in your cache folder, so the next
site is there within a minute.

example: cnnlib site OUT/ --slides"""


def add(subparsers):
    """The arguments of the command."""
    import argparse

    command = subparsers.add_parser("site", help=HELP, description=TOLD,
                                    formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("out", metavar="OUT", type=Path, help="the folder to make; a site there is replaced")
    command.add_argument("--notebooks", metavar="FOLDER", type=Path, default=Path("notebooks"),
                         help="where the lessons lie; docs/ beside it becomes part of the site (default: notebooks)")
    command.add_argument("--only", metavar="NAME", nargs="+", default=None,
                         help="only these notebooks, such as 03_convolution_2d")
    command.add_argument("--slides", action="store_true",
                         help="with the slides of each lesson, as of `cnnlib slides`, to which its page links")
    command.add_argument("--fresh", action="store_true", help="run every notebook again")
    command.set_defaults(run=run)


def run(args):
    """Build the site that the arguments ask for; returns the exit code."""
    from .build import build

    out = build(args.out, args.notebooks, only=args.only, fresh=args.fresh, slides=args.slides,
                told=lambda text: print(text, flush=True))
    print(f"{out / 'index.html'}")
    return 0
