"""The command line: `cnnlib COMMAND ...`. What is asked wrongly, or cannot be done, is one line and the exit code 2.

Each command is a module of this room: `add(subparsers)` says what it takes, `run(args)` does it and returns the exit
code. A command imports what is heavy only when it runs, so that `--help` is there at once.
"""

import argparse
import importlib
import os
import sys

from .. import __version__, _plain, _writing
from .errors import PublishError

COMMANDS = ("site", "slides", "export", "student", "report")
TOP = """See how a convolutional network works: the lessons as pages and slides, single scenes as files, a class.

Everything happens on this machine: nothing is loaded from a network, nothing is sent anywhere."""
STOPPED = 130   # what a shell calls a program that Ctrl+C ended


def parser():
    """The `ArgumentParser` of all commands.

    >>> parser().parse_args(["export", "slide.svg", "--input", "[1, 2, 3]"]).out
    'slide.svg'
    """
    made = argparse.ArgumentParser(
        prog="cnnlib", description=TOP, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    made.add_argument("--version", action="version", version=f"cnnlib {__version__}")
    subparsers = made.add_subparsers(metavar="COMMAND", required=True, title="commands")
    for name in COMMANDS:
        importlib.import_module(f".{name}", __package__).add(subparsers)
    return made


def main(argv=None):
    """Do what the arguments say (those of the program unless given) and return the exit code: 0, or 2 for what was
    asked wrongly or cannot be done, or 130 after Ctrl+C.

    >>> main(["--version"])
    cnnlib 0.1.0
    0
    """
    _plain.teach(sys.stderr)
    try:
        args = parser().parse_args(argv)
        for name, given in vars(args).items():
            if given == []:   # what argparse of Python 3.11 and 3.12 makes of it
                raise PublishError(f"--{name.replace('_', '-')} needs a value, found --")
        code = args.run(args)
        sys.stdout.flush()
        return code
    except SystemExit as end:   # of argparse: help, version, or what it does not understand
        return end.code or 0
    except BrokenPipeError:     # `cnnlib report … | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_RDWR), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _said("stopped", STOPPED)
    except PublishError as error:
        return _said(error)
    except OSError as error:    # of the disk
        where = f"{_writing.clipped(error.filename)}: " if error.filename else ""
        return _said(f"{where}{error.strerror or error}")


def _said(what, code=2):
    print(f"cnnlib: {' '.join(str(what).split())}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
