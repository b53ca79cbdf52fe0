"""`cnnlib report`: what a class has passed, which mistakes were named how often, and so what to talk about next."""

import argparse
import json
from pathlib import Path

EPILOG = """Each file or folder at the top of FOLDER is a person. What is read: progress files (of each person the file
that `cnn.learn.progress()` is made from; CNNLIB_PROGRESS names it, otherwise it is progress.json in the data folder
of the user, on Linux ~/.local/share/cnnlib/), and notebooks, of which only the stored verdicts are read.
Nothing in them is run, and nothing leaves this machine.

Progress files count each mistake until the exercise is passed; notebooks show only the last one.

examples:
  cnnlib report class/
  cnnlib report /home --no-names --html report.html"""


def add(subparsers):
    """Tell the command line what `cnnlib report` takes."""
    made = subparsers.add_parser(
        "report", help="what a class has passed, and its mistakes", description=__doc__, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    made.add_argument("folder", metavar="FOLDER", help="progress files and notebooks of a class")
    made.add_argument("--json", action="store_true", help="print it as JSON")
    made.add_argument("--html", metavar="FILE", help="write it as a page that needs no network")
    made.add_argument("--no-names", action="store_true", help="only how many, not who: to be shown in class")
    made.set_defaults(run=run)


def run(args):
    """Print the report, or write it as a page; returns 0. Raises `PublishError` if there is nothing to read."""
    from .class_report import report, text, topic_line
    from .handed_in import gathered

    made = report(gathered(args.folder), names=not args.no_names)
    if args.html is not None:
        from .report_page import save

        print(f"{save(made, Path(args.html))}: {topic_line(made)}")
    if args.json:
        print(json.dumps(made, indent=1, ensure_ascii=False))
    elif args.html is None:
        print(text(made))
    return 0
