"""`cnnlib site OUT/`: the whole series as static pages, live without a kernel, from the disk or any host of files."""

from pathlib import Path

HELP = "the whole series as pages with live players, for a web server or the disk"
TOLD = """Write the lessons, the pages beside them, the solutions and docs/ as a static site: with contents, search, light and
dark, and every player alive without a kernel. Nothing on it needs a network.

Each notebook is run once (all of them take some minutes) and kept in your cache folder, so the next site takes seconds.

example: cnnlib site OUT/ --notebooks notebooks/"""


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
    command.add_argument("--fresh", action="store_true", help="run every notebook again")
    command.set_defaults(run=run)


def run(args):
    """Build the site that the arguments ask for; returns the exit code."""
    from .build import build

    out = build(args.out, args.notebooks, only=args.only, fresh=args.fresh, told=print)
    print(f"{out / 'index.html'}")
    return 0
