"""The minutes of a lesson: those on its top beside those that are counted.

    python -m tools.minutes                                  every lesson in notebooks/
    python -m tools.minutes notebooks/01_convolution_1d.ipynb ...

The rule: words / 200, the minutes of its exercises, 1 for a player or a quiz, 2 for a **Predict**. A sitting is 45
minutes: where one would be longer than 50, "A good place to pause" parts it, and the top says "two sittings".

What is marked **Extra** is counted apart. "**Extra**, 8 minutes" at the start of a line begins such a part; it ends at
the next heading of its section's level. So does a heading with "Extra" in it. "(**Extra**, 5 minutes)" inside a
paragraph adds what is done elsewhere, as a tour. A part that states more minutes than are counted keeps what it states.
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from cnnlib.learn import exercise

from . import command

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
PER_MINUTE, PREDICTION, PLAYER, LONGEST = 200, 2, 1, 50
PAUSE = "good place to pause"
SPELT = {2: "two", 3: "three", 4: "four"}

NO_WORDS = re.compile(r"<[^>]+>|\$[^$]*\$|`[^`]*`|\]\([^)]*\)|https?\S+")
TOP, TOP_EXTRA = re.compile(r"\b(\d+) minutes"), re.compile(r"\*\*Extra\*\*[^.*]*?\b(\d+)\b")
STATED = re.compile(r"\*\*Extra\*\*, (\d+) minutes")


def words(text):
    """How many words there are in a piece of markdown: no code, no formulas, no targets of links."""
    return len(re.findall(r"[A-Za-zÀ-ÿ][\w’'-]*", NO_WORDS.sub("", text)))


@dataclass
class Part:
    """A sitting, or a part marked **Extra**: minutes that are counted, minutes that it states."""

    counted: float = 0
    stated: int = 0


@dataclass
class Minutes:
    """What the top of a lesson says, and what is counted."""

    stated: int
    stated_extra: int
    sittings: list = field(default_factory=lambda: [Part()])
    extras: list = field(default_factory=list)

    @property
    def counted(self):
        """The minutes of all sittings."""
        return round(sum(part.counted for part in self.sittings))

    @property
    def extra(self):
        """The minutes of all that is marked **Extra**."""
        return round(sum(max(part.counted, part.stated) for part in self.extras))


def _stated(pattern, text):
    found = pattern.search(text)
    return int(found[1]) if found else 0


def of_code(source):
    """The minutes of a code cell: those of its exercise, and one for a player or a quiz."""
    asked = re.findall(r"learn\.exercise\(\"([\d.]+)\"\)", source)
    return sum(exercise(each).minutes for each in asked) + PLAYER * len(re.findall(r"\.player\(|learn\.quiz\(", source))


def of_text(line):
    """The minutes of a line of text."""
    return words(line) / PER_MINUTE + PREDICTION * line.count("**Predict")


def count(nb):
    """The `Minutes` of a lesson."""
    top = nb.cells[0].source if nb.cells else ""
    found = Minutes(_stated(TOP, top), _stated(TOP_EXTRA, top))
    level = extra = 0   # of the last heading; of the section that is Extra
    for place, cell in enumerate(nb.cells):
        if cell.cell_type == "code":
            (found.extras if extra else found.sittings)[-1].counted += of_code(cell.source)
            continue
        for line in re.sub(r"^```.*?^```", "", cell.source, flags=re.S | re.M).splitlines():
            if heading := re.match(r"(#+) ", line):
                level = len(heading[1])
                extra = 0 if level <= extra else extra
            if place and (line.startswith("**Extra**") or (heading and "Extra" in line)) and not extra:
                extra = level
                found.extras.append(Part())
            if place and (minutes := _stated(STATED, line)):
                found.extras += [] if extra else [Part()]
                found.extras[-1].stated += minutes
            (found.extras if extra else found.sittings)[-1].counted += of_text(line)
            if PAUSE in line:
                found.sittings.append(Part())
    return found


def _near(stated, counted):
    return abs(stated - counted) <= max(5, 0.1 * counted)


def honest_minutes(nb, folder):
    """The minutes on top are those that are counted, within 5 or a tenth; no sitting is longer than 50."""
    minutes = count(nb)
    found = [f"{name}: {stated} minutes are stated, {counted} counted" for name, stated, counted in (
        ("the lesson", minutes.stated, minutes.counted), ("Extra", minutes.stated_extra, minutes.extra))
        if not _near(stated, counted)]
    found += [f"sitting {n} takes {part.counted:.0f} minutes: mark \"A {PAUSE}\""
              for n, part in enumerate(minutes.sittings, 1) if round(part.counted) > LONGEST]
    said = f"{SPELT.get(len(minutes.sittings), 'one')} sittings"
    if (len(minutes.sittings) > 1) != ("sittings" in nb.cells[0].source) or (
            len(minutes.sittings) > 1 and said not in nb.cells[0].source):
        found.append(f"there are {len(minutes.sittings)} sittings: the top says it from two on (\"{said}\")")
    return found


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = command.parser("tools.minutes", __doc__, check=False)
    parser.add_argument("notebooks", nargs="*", type=command.notebook, help="default: all lessons in notebooks/")
    failed = False
    for path in parser.parse_args(arguments).notebooks or sorted(NOTEBOOKS.glob("[0-9]*.ipynb")):
        nb = nbformat.read(path, as_version=4)
        minutes, problems = count(nb), honest_minutes(nb, path.parent)
        sittings = " + ".join(f"{part.counted:.0f}" for part in minutes.sittings)
        print(f"{path.stem}: {minutes.stated} stated, {minutes.counted} counted, in sittings of {sittings};"
              f" Extra: {minutes.stated_extra} stated, {minutes.extra} counted", *problems, sep="\n    ")
        failed |= bool(problems)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
