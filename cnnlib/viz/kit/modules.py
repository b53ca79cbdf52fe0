"""The browser part of the widgets as one text: the modules in static/ joined to one ES module, and the style sheet.

The files in static/ stay small and plain, to be read and edited without any tool-chain; a notebook and a page that must
open from the disk need a single text. So imports and the word `export` are taken out and the modules put one
after the other, those that are needed first. That works because every name at the top of a file is unique over all of
them, which is checked here, and because only these forms are used, each on a line of its own:

    import { a, b } from "./file.js";
    export const a = 1;        (or let, function, async function, class)
    export default { render };     once, in the first file
"""

import functools
import re
from pathlib import Path

STATIC = Path(__file__).with_name("static")
ENDING = "export default { render };\n"

# A "/" after one of these begins a regular expression; after anything else it divides.
_BEFORE_REGEX = re.compile(r"(?:^|[(,=:\[!&|?{;+\-*%<>~^]|\b(?:return|typeof|case|of|in))\s*\Z")
_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?P<template>`)"""
    r"""|(?P<regex>/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/)|(?P<brace>[{}])""", re.S)
_IMPORT = re.compile(r'^import \{ ([\w$]+(?:, [\w$]+)*) \} from "(\.\.?/[\w./-]+\.js)";[ \t]*\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:const|let|function|async function|class)\b)", re.M)
_DECLARED = re.compile(
    r"(?:^|(?<=;))[ \t]*(export )?(?:(const|let|var)|(?:async )?function\*?|class)\s+([\w$]+|[{\[])", re.M)


@functools.cache
def module(entry, lean=False):
    """The text of the one ES module of a widget whose browser part begins in the file `entry`: it exports `{ render }`.

    With `lean=True` comments, empty lines and indentation are left out. The files are read once.
    """
    text = join(entry)
    return shortened(text) if lean else text


@functools.cache
def style(entry, lean=False):
    """The text of its style sheet: that of all widgets, and, where there is one, the file beside `entry` of its name.

    With `lean=True` comments, empty lines and indentation are left out.
    """
    sheets = [STATIC / "theme.css", Path(entry).with_suffix(".css")]
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.is_file())
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.S)).strip() + "\n" if lean else text


def join(entry):
    """One ES module made of the file `entry` and all that it imports, in the order in which they need each other.

    Raises ValueError, naming the file, for an import or export of another form than those above, for an imported name
    that is not exported, for modules that import each other in a circle, and for a name that two files declare.
    """
    entry = Path(entry).resolve()
    order, sources = [], {}
    _collect(entry, (), order, sources)
    owner, twice, parts = {}, [], []
    for path in order:
        text, _, names = sources[path]
        twice += [f"{name} ({owner[name]} and {path.name})" for name in names if name in owner]
        owner |= dict.fromkeys(names, path.name)
        parts.append(text.strip("\n") + "\n")
    if twice:
        raise ValueError(f"{entry.name}: found names declared in two files, {', '.join(twice)}; expected every name at "
                         "the top of a file to be unique over all of them.")
    if "render" not in owner:
        raise ValueError(f"{entry.name}: found no `render`, expected `function render` and `{ENDING.strip()}`.")
    return "\n".join([*parts, ENDING])


def _collect(path, above, order, sources):
    """Put `path` into `order` after everything it imports; `above` are the files on the way to it."""
    if path in above:
        circle = " -> ".join(p.name for p in (*above[above.index(path):], path))
        raise ValueError(f"{path.name}: found imports in a circle ({circle}), expected none.")
    if path in order:
        return
    if not path.is_file():
        importer = f", which {above[-1].name} imports" if above else ""
        raise ValueError(f"{path.name}: found no such file in {path.parent.name}/{importer}.")
    sources[path] = _read(path, first=not above)
    for names, target in sources[path][1]:
        needed = (path.parent / target).resolve()
        _collect(needed, (*above, path), order, sources)
        exported = {name for name, outside in sources[needed][2].items() if outside}
        if missing := ", ".join(sorted(set(names) - exported)):
            raise ValueError(f"{path.name}: imports {missing} from {needed.name}, which exports no such name.")
    order.append(path)


def _read(path, first):
    """A file without imports and exports, its imports [(names, file)], its top names {name: exported}."""
    text = path.read_text(encoding="utf-8")
    if first:
        found = text.count("\n" + ENDING)
        if found != 1:
            raise ValueError(f"{path.name}: found {found} lines `{ENDING.strip()}`, expected one.")
        text = text.replace("\n" + ENDING, "\n")
    imports = [(match[1].split(", "), match[2]) for match in _IMPORT.finditer(text)]
    text = _IMPORT.sub("", text)
    names = declared(text, path.name)
    text = _EXPORT.sub("", text)
    if left := re.search(r"^.*\b(?:import|export)\b.*$", masked(text), re.M):
        line = text[left.start():left.end()].strip()
        raise ValueError(f'{path.name}: found `{line}`, expected only `import {{ a, b }} from "./file.js";` and '
                         "`export` before const, let, function or class.")
    return text, imports, names


def declared(text, name="this file"):
    """The names declared at the top of a module, and whether each is exported.

    >>> declared("export const a = [1, 2], b = 3;\\nfunction f(c) { const d = 1; }\\n")
    {'a': True, 'b': True, 'f': False}
    """
    top, names = _top(masked(text)), {}
    for match in _DECLARED.finditer(top):
        exported, listed, first = match.groups()
        if first in "{[":
            raise ValueError(f"{name}: found names taken apart at the top of the file, expected one name at a time.")
        found = [first]
        if listed:   # const a = 1, b = 2;
            statement = top[match.start(3):].partition(";")[0]
            found = [part.partition("=")[0].strip() for part in statement.split(",")]
        for each in found:
            if each in names:
                raise ValueError(f"{name}: found a second {each!r}, expected every name at the top once.")
            names[each] = bool(exported)
    return names


def _top(text):
    """The text with all that stands in brackets blanked out; the brackets stay."""
    depth, kept = 0, []
    for c in text:
        depth -= c in ")]}"
        kept.append(c if depth == 0 or c == "\n" else " ")
        depth += c in "([{"
    return "".join(kept)


def masked(text):
    """The text, equally long, with blanks for comments and a row of "s" for all that is quoted: code is what is left.

    >>> masked('f("a"); // b')
    'f(sss);     '
    """
    kept = list(text)
    templates, depth, at = [], 0, 0   # templates: depth of braces at which each open `${` was met

    def cover(start, end, sign):
        kept[start:end] = [c if c == "\n" and sign == " " else sign for c in text[start:end]]

    def template(start):
        """Cover a template from `start` to its end, or to the next `${`; return where code goes on."""
        end = re.compile(r"(?:\\.|\$(?!\{)|[^\\`$])*(?:`|\$\{|\Z)", re.S).match(text, start).end()
        cover(start, end, "s")
        if text[end - 2:end] == "${":
            templates.append(depth)
        return end

    while match := _TOKEN.search(text, at):
        at, kind = match.end(), match.lastgroup
        if kind == "brace":
            if match[0] == "}" and templates and templates[-1] == depth:
                templates.pop()
                kept[match.start()] = "s"
                at = template(at)
            else:
                depth += 1 if match[0] == "{" else -1
        elif kind == "template":
            kept[match.start()] = "s"
            at = template(at)
        elif kind == "regex" and not _BEFORE_REGEX.search("".join(kept[max(0, match.start() - 40):match.start()])):
            at = match.start() + 1
        else:
            cover(*match.span(), " " if kind == "comment" else "s")
    return "".join(kept)


def shortened(text):
    """A script without comments, empty lines and indentation; what is quoted stays as it is, over several lines too.

    >>> print(shortened("if (a) {\\n  // why\\n  b(' // c');   // d\\n}\\n"), end="")
    if (a) {
    b(' // c');
    }
    """
    lines, at = [], 0
    for code in masked(text).split("\n"):
        start, end = at + len(code) - len(code.lstrip()), at + len(code.rstrip())
        if start < end:
            lines.append(text[start:end])
        at += len(code) + 1
    return "\n".join(lines) + "\n"
