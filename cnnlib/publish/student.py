"""`cnnlib student`: the lessons for a class, without outputs and without the notebooks of solutions."""

import argparse
from pathlib import Path

from .errors import PublishError

EPILOG = """Keep OUT as a branch of its own and let nbgitpuller fetch it: a notebook whose stored outputs change with
each version conflicts with those of students who ran it; one without outputs hardly ever does. OUT may be a clone:
its .git stays, and so does what you add at its top. The same lessons always make the same files.

In it are the notebooks, the package with its data, and the files that make an environment. Cells that show a solution
stay: they show it folded, and only when they are run.

examples:
  cnnlib student class/
  cnnlib student ../class-branch --notebooks lessons/notebooks"""
FILES = ("pyproject.toml", "environment.yml", "requirements.txt", "LICENSE", "CITATION.cff")
FOLDERS = ("cnnlib", "assets")


def add(subparsers):
    """Tell the command line what `cnnlib student` takes."""
    made = subparsers.add_parser(
        "student", help="a copy of the lessons for a class", description=__doc__, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    made.add_argument("out", metavar="OUT/", help="the folder to make; one that this command made is replaced")
    made.add_argument("--notebooks", metavar="FOLDER", type=Path, default=Path("notebooks"),
                      help="the notebooks of a clone of the series (notebooks/ here, unless given)")
    made.set_defaults(run=run)


def run(args):
    """Make the folder and say what is in it; returns 0. Raises `PublishError` that names what is wrong, and where."""
    from .. import _writing
    from . import class_copy

    source = args.notebooks.resolve()
    missing = [name for name in (*FILES, *FOLDERS) if not (source.parent / name).exists()]
    if not source.is_dir() or missing:
        what = f"folder {args.notebooks}" if not source.is_dir() else f"{missing[0]} beside {args.notebooks}"
        raise PublishError(f"student needs a clone of the series, found no {what}; run it there, or name its notebooks "
                           "with --notebooks")
    notebooks = class_copy.stripped(source)
    def fill(folder):
        class_copy.fill(folder, source.parent, notebooks, FILES, FOLDERS)

    place = _writing.folder(args.out, fill, "student")
    size = sum(path.stat().st_size for name in FOLDERS for path in (place / name).rglob("*") if path.is_file())
    size += sum(path.stat().st_size for path in (place / "notebooks").iterdir())
    print(f"{place}: {len(notebooks)} notebooks without outputs, {size / 1e6:.0f} MB with the package and its data")
    return 0
