"""The words of the project, checked: spelling, and what a good editor would change.

    python -m tools.english                     everything: notebooks, pages, strings and comments
    python -m tools.english notebooks cnnlib    what begins with these paths

Spelling is codespell's business; `KNOWN` lists the words that it mistakes. `AVOIDED` lists words and turns of phrase
that this project does without, each with a better way and the reason. Formulas, code and links are skipped, and in a
table headed "before | after" the first column.
"""

import argparse
import bisect
import itertools
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from . import command

ROOT = Path(__file__).resolve().parent.parent

# Words that codespell takes for misspelt ones.
KNOWN = ()

BEGINS = r"(?:^|(?<=[.:;!?] )|(?<=\| )|(?<=\*\*))"   # of a sentence

# A pattern, in words a better way, and why.
AVOIDED = (
    (r"\bwhoever\b", "if you, anyone who", "stiff; say who is meant"),
    (r"\bshall\b", "will, should, must", "law and scripture"),
    (rf"{BEGINS}(?:Should|Were|Had) (?:its?|the|your?|an?|they|this|that|we|one)\b[^?.\0]*\.", "If ...",
     "an inverted condition has to be read twice"),
    (r",\s+for\s+(?:it|they|he|she|we|there|then|nothing|everything|such)\s"
     r"|,\s+for\s+(?:(?!(?:that|who|which|what|whom|where|those|how|as|if|when)\s)[^\s.,;:|?!]+\s+){1,5}?"
     r"(?:is|are|was|were|has|have|does|do|cannot|can|may|will|need)\s", ", because", "\"for\" is a preposition first"),
    (r"\bso-called\b", "(nothing)", "it sounds like doubt; name the thing"),
    (r"\bthe (?:latter|former)\b", "the noun again", "the reader has to look back"),
    (r"\brespectively\b|\bresp\.", "two short sentences", "the reader has to sort two lists"),
    (r"\bbut for (?:an?|the|one|its|their|what|rounding|some|two)\b", "except", "\"but for\" is read as \"only for\""),
    (r"\bneeds? be\b|\bneed not be\b", "does not have to be", "old"),
    (r"\blearnt by heart\b", "memorised", "translated"),
    (r"\bhalf a turn on\b", "rotated by 180°", "translated"),
    (r"\b(?:that|as) there (?:is|are) not\b", "that does not exist, unknown", "translated"),
    (r"\blesson \d\d tells\b", "lesson NN explains", "a lesson tells somebody something"),
    (r"\b(?:thereof|therein|whence|wherein|whereby|hitherto|henceforth|notwithstanding)\b", "a plain word", "old"),
    (r"\banew\b", "again, afresh, new", "old"),
    (r"\bin order to\b", "to", "longer, and says no more"),
    (r"\bdue to the fact that\b", "because", "longer, and says no more"),
    (r"\bit (?:is|should be) (?:important to note|noted)\b|\bnote that\b", "(nothing)", "just say it"),
    (r"\bobviously\b|\btrivial(?:ly)?\b|\bneedless to say\b", "(nothing)", "unkind to those who do not see it"),
    (r"\butili[sz]e", "use", "longer, and says no more"),
    (r"\ballows? to\b|\bpermits? to\b", "lets you, allows you to", "somebody has to be allowed"),
    (r"\bso to say\b", "so to speak, or nothing", "translated"),
    (r"\bhow (?:it|this|that|they) looks? like\b", "what it looks like", "translated"),
    (r"\binformations\b|\ban own\b|\bpossibility to\b", "information, its own, possibility of", "translated"),
)

NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$|(?<=\])\([^)\s]*\)|https?://\S+|<[a-z/][^>]*>", re.S)
BEFORE = re.compile(r"^\| before \|.*(?:\n\|.*)*", re.M)


def _after_only(table):
    return re.sub(r"^\|[^|]*\|", "|", table[0], flags=re.M)


def prose(text):
    """A text without code, formulas and links, and without the words that a table gives as not to be used."""
    return NOT_PROSE.sub("…", BEFORE.sub(_after_only, text))


PYTHON = re.compile(
    r"(?P<comment>#[^\n]*)|\"\"\"(?:[^\\]|\\.)*?\"\"\"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.S)
JAVASCRIPT = re.compile(
    r"(?P<comment>/\*.*?\*/|(?<![:\\])//[^\n]*)|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\\n]|\\.)*`", re.S)


def of_code(text, pattern=PYTHON):
    """(line, text) of every string and comment in a program; those that follow each other are one text."""
    said, begins, end, before = "", 0, 0, None
    for found in pattern.finditer(text):
        between = text[end:found.start()]
        if found["comment"] is None:
            joins, new = before == "string" and re.fullmatch(r"\s*[rbfu]{0,2}", between), found[0].strip("\"'`")
        else:
            joins, new = before == "comment" and not between.strip(), found[0].strip("#/* ")
        if said and not joins:
            yield text.count("\n", 0, begins) + 1, said
            said = ""
        begins = begins if said else found.start()
        said += " " * (said != "" and before == "comment") + new
        end, before = found.end(), "string" if found["comment"] is None else "comment"
    if said:
        yield text.count("\n", 0, begins) + 1, said


def of_notebook(text):
    """(cell, text) of every text cell, and of the strings and comments of code cells."""
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield cell["id"], source
        else:
            yield from ((cell["id"], said) for _, said in of_code(source))


READ = {".py": of_code, ".js": lambda text: of_code(text, JAVASCRIPT), ".ipynb": of_notebook,
        ".md": lambda text: [(n, said) for n, said in enumerate(re.split(r"\n\n+", text), 1)]}
WHERE = ("*.md", "assets/*.md", "benchmarks/*.md", "docs/*.md", "notebooks/*.ipynb", "cnnlib/**/*.py", "cnnlib/**/*.js",
         "tools/**/*.py", "*.py")


@cache
def texts():
    """(file, place in it, prose) of all that the project says, but for this module and generated notebooks."""
    found = []
    for path in sorted({path for pattern in WHERE for path in ROOT.glob(pattern)} - {Path(__file__).resolve()}):
        name = path.relative_to(ROOT).as_posix()
        read = READ[path.suffix](path.read_text(encoding="utf-8"))
        found += [(name, place, prose(said)) for place, said in read if re.search(r"[a-z]{3}", said)]
    return found


def avoided(said):
    """[(number of the text, words, what to do about it)] for a list of texts."""
    starts = [0, *itertools.accumulate(len(text) + 3 for text in said)]
    whole = "\n\0\n".join(said)
    return [(bisect.bisect(starts, found.start()) - 1, " ".join(found[0].split()), f"better: {better} ({why})")
            for pattern, better, why in AVOIDED for found in re.finditer(pattern, whole, re.I | re.M)]


def misspelt(said):
    """The same of what codespell does not know."""
    lines = [(n, line) for n, text in enumerate(said) for line in text.splitlines()]
    options = ["--ignore-words-list", ",".join(KNOWN)] if KNOWN else []
    run = subprocess.run([sys.executable, "-m", "codespell_lib", *options, "-"], capture_output=True, text=True,
                         encoding="utf-8", input="".join(f"{line}\n" for _, line in lines))
    found = re.findall(r"^(\d+): .*\n\t(\S+) ==> (.+)$", run.stdout, re.M)
    if run.returncode not in (0, 65) or (run.returncode and not found):
        raise RuntimeError(f"codespell says: {run.stderr or run.stdout}")
    return [(lines[int(n) - 1][0], word, f"spelt {right}") for n, word, right in found]


def findings(said):
    """A line for each thing that is misspelt or avoided in (file, place, text)s: file, place, words, what to do."""
    each = [text for *_, text in said]
    found = sorted(avoided(each) + misspelt(each))
    return [f"{said[n][0]}, {said[n][1]}: \"{words}\", {what}" for n, words, what in found]


def _path(text):
    """A type of argument: the beginning of the path of a file that is read."""
    if not any(file.startswith(text) for file, *_ in texts()):
        raise argparse.ArgumentTypeError(f"no file that is read begins with {text!r}")
    return text


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = command.parser("tools.english", __doc__, check=False)
    parser.add_argument("begins", nargs="*", type=_path, help="paths from the top of the project; default: all")
    begins = tuple(parser.parse_args(arguments).begins)
    found = findings([each for each in texts() if each[0].startswith(begins or "")])
    print(*found or ["nothing found"], sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
