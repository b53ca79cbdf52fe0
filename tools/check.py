"""Everything that can be checked without running a notebook, in one go: style, words, links, pictures, hygiene.

    python -m tools.check                 the whole project, in about a minute; exit 1 if anything is found
    python -m tools.check links words     only these

style    every notebook keeps the house style (tools/house_style.py), and stores nothing of a machine
words    spelling, and words that a good editor would change (tools/english.py)
links    in pages: the file is there, and in it the heading or the cell; so is every file of the project that a page
         names. (In notebooks `style` looks at links.) An address in the web has to be https; it is not called,
         because this works without a network
pictures in pages, every picture says in words what it shows
hygiene  what git keeps: no outputs of programs, no path of a machine in a page, no file over 6 MB
"""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat

from . import command, english, house_style, store

ROOT = Path(__file__).resolve().parent.parent
NEEDLESS = re.compile(
    r"(?:^|/)(?:\.ipynb_checkpoints|__pycache__|\.DS_Store|Thumbs\.db)(?:/|$)|\.(?:pyc|orig|rej|log|tmp)$")
LARGEST = 6_000_000   # bytes of one file
FENCED = re.compile(r"^```.*?^```", re.S | re.M)
CODE = re.compile(rf"{FENCED.pattern}|`[^`\n]*`", re.S | re.M)
NAMED = re.compile(r"`((?:assets|benchmarks|cnnlib|docs|notebooks|tests|tools)/[\w./]*)`")   # with an X: any name


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = command.parser("tools.check", __doc__, check=False)
    parser.add_argument("checks", nargs="*", type=command.one_of(CHECKS, "check"), help="default: all")
    found = {name: CHECKS[name]() for name in parser.parse_args(arguments).checks or CHECKS}
    for name, lines in found.items():
        print(f"{name}: {len(lines) or 'nothing'} found", *lines, sep="\n    ", flush=True)
    return int(any(found.values()))


@cache
def files():
    """What git keeps, and what it would keep of the new files: paths from the top, as texts."""
    said = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True,
                          capture_output=True, encoding="utf-8").stdout
    return [name for name in said.split("\0") if name and (ROOT / name).is_file()]


def pages():
    """The pages, each with its text: {path: text}."""
    return {ROOT / name: (ROOT / name).read_text(encoding="utf-8") for name in files() if name.endswith(".md")}


def style():
    """What the rules of the house style find in the notebooks."""
    found = []
    for path in (ROOT / name for name in files() if name.endswith(".ipynb")):
        notebook, solved = house_style.read(path), path.parent.name == "solutions"
        lesson = path.name[:1].isdigit() and not solved
        rules = [rule for rule in house_style.RULES if lesson or rule not in house_style.LESSON_RULES]
        found += [f"{path.relative_to(ROOT)}: {rule.__name__}: {line}" for rule in rules
                  if not (solved and rule is house_style.short_code) for line in rule(notebook, path.parent)]
    return found


def words():
    """What `tools.english` finds."""
    return english.findings(english.texts())


def links():
    """Links of pages that lead nowhere, and files that they name and that are not there."""
    return [f"{path.relative_to(ROOT)}: {why}" for path, text in pages().items()
            for why in (*broken(path, text), *missing(text))]


def broken(path, text):
    """Why links of a page cannot be followed, one sentence each."""
    found, text = [], CODE.sub("", text)
    targets = re.findall(r"\]\(<?([^)\s>]+)>?\)", text) + re.findall(r"(?:href|src)=\"([^\"]+)\"", text)
    for target in targets:
        name, _, place = target.partition("#")
        there = path.parent / name if name else path
        if re.match(r"[a-z]+:", target):
            found += [] if target.startswith(("https://", "mailto:", "data:")) else [f"{target} is not https"]
        elif not there.exists():
            found.append(f"{target}: there is no such file")
        elif place and place not in places(there):
            found.append(f"{target}: there is no such place in {there.name}")
    return found


def missing(text):
    """Files of the project that a page names as `code`, and that are not there."""
    return [f"{name}: there is no such file" for name in NAMED.findall(FENCED.sub("", text))
            if "X" not in name and not (ROOT / name).exists()]


def places(path):
    """Where a link into a file can lead: a page's headings as GitHub names them, a notebook's cells."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return {f"cell-id={cell.id}" for cell in nbformat.reads(text, as_version=4).cells}
    found, names = set(re.findall(r"\bid=\"([^\"]+)\"", text)), []
    for heading in re.findall(r"^#+ +(.+?) *#*$", FENCED.sub("", text), re.M):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        names.append(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
        again = names.count(names[-1]) - 1
        found.add(f"{names[-1]}-{again}" if again else names[-1])
    return found


def pictures():
    """Pictures of pages without words."""
    return [f"{path.relative_to(ROOT)}: the picture {target} has no words" for path, text in pages().items()
            for target in unsaid(text)]


def unsaid(text):
    """The pictures of a page that say nothing in words."""
    text = CODE.sub("", text)
    return re.findall(r"!\[\s*\]\(([^)\s]+)", text) + [
        image.get("src", "") for image in house_style.images(text) if not (image.get("alt") or "").strip()]


def hygiene():
    """Files that do not belong into the project, and what pages tell of a machine (versions look like addresses)."""
    found = [f"{name} is something that a program left" for name in files() if NEEDLESS.search(name)]
    found += [f"{name} has more than {LARGEST:,} bytes" for name in files() if (ROOT / name).stat().st_size > LARGEST]
    return found + [f"{path.relative_to(ROOT)} holds {what}" for path, text in pages().items()
                    for what in store.private(CODE.sub("", text)) if not what.startswith("an address in a network")]


CHECKS = {"style": style, "words": words, "links": links, "pictures": pictures, "hygiene": hygiene}

if __name__ == "__main__":
    sys.exit(main())
