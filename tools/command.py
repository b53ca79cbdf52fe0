"""What the commands of this folder share: `--help` from the module's docstring, and `--check`, which writes nothing."""

import argparse
from pathlib import Path

from cnnlib import _writing


def parser(name, doc, check=True):
    """The parser of `python -m name`; `check` adds the option of that name."""
    made = argparse.ArgumentParser(
        prog=f"python -m {name}", description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    if check:
        made.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    return made


def one_of(known, what):
    """A type of argument: one of the `known`."""
    def checked(text):
        if text not in known:
            raise argparse.ArgumentTypeError(f"there is no {what} {text!r}, only {', '.join(known)}")
        return text
    return checked


def notebook(text):
    """A type of argument: the path of a notebook that exists."""
    path = Path(text)
    if path.suffix != ".ipynb" or not path.is_file():
        found = "something else" if path.exists() else "nothing"
        raise argparse.ArgumentTypeError(f"expected a notebook, an .ipynb file; found {found} at {text}")
    return path


def number(text):
    """A type of argument: a whole number, 1 or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number, 1 or more, found {text!r}")
    return int(text)


def put(path, content, check=False):
    """Write `content`, text or bytes, unless the file holds it already or this is a check; whether it changes."""
    content = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == content:
        return False
    if not check:
        path.parent.mkdir(exist_ok=True)
        _writing.write(path, lambda file: file.write(content))
    return True


def told(path, changed, check, problems=()):
    """Print what became of a file, and the problems that kept it from being written; returns whether that is bad."""
    state = "NOT stored" if problems else "unchanged" if not changed else "would change" if check else "stored"
    print(f"{path.name}: {state}", *problems, sep="\n    ", flush=True)
    return bool(problems) or (check and changed)
