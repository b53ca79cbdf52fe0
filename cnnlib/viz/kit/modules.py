"""The browser part of the widgets as one text: the modules in static/ joined to one ES module, and their style sheets.

The files in static/ stay small and plain, to be read and edited without any tool-chain; a notebook and a page that must
open from the disk need a single text. So every file becomes a function that returns what it exports, and they are put
one after the other, those that are needed first. Names need to be unique within a file only. Each of these forms stands
on a line of its own, at its beginning, and no other does:

    import { a, b as c } from "./file.js";       also from ../other/folder/file.js
    export const a = 1;                          or function, async function, class: one name
    export default { render };                   in the file of a widget, once

A style sheet beside a module, of the same name, comes with it. What is joined is kept until one of the files changes.
"""

import base64
import hashlib
import os
import re
import zlib
from pathlib import Path
from typing import NamedTuple

STATIC = Path(__file__).with_name("static")
ENDING = "export default { render };"

_NAME = r"[\w$]+(?: as [\w$]+)?"
_IMPORT = re.compile(rf'import \{{ ({_NAME}(?:, {_NAME})*) \}} from "(\.\.?/[\w./-]+\.js)";\s*')
_EXPORT = re.compile(r"export (?=(?:const|(?:async )?function\*?|class) ([\w$]+))")
_OTHER = re.compile(r"\s*(?:import|export)\b|.*\bimport\s*[(.]")


class Joined(NamedTuple):
    """Some widgets: the `text` of all modules they need, for each widget the name of its `render`, their `style`.

    `module` is the text as an ES module that exports `{ render }` of the first, `packed` one that does the same and is
    short; `sheets` are the files of the style.
    """

    text: str
    renders: tuple
    style: str
    module: str
    packed: str
    sheets: tuple


_kept = {}   # widgets: (files, their times, Joined)


def joined(*entries):
    """The `Joined` browser part of widgets, each of which begins in a file of its own; read again after a change.

    Raises ValueError, naming file and line, for an import or export of another form than those above, for an imported
    name that is not exported, for files that are not there or import each other in a circle, and for a text between
    backticks that goes over several lines.
    """
    files, times, kept = _kept.get(entries, ((), None, None))
    if times is None or times != _times(files):
        order = {}   # file: (name, exports, text)
        names = [_add(Path(entry).resolve(), order, (), widget=True) for entry in entries]
        beside = [path.with_suffix(".css") for path in order]
        sheets = [STATIC / "theme.css", *(sheet for sheet in beside if sheet.is_file())]
        style = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
        text = "\n".join(text for *_, text in order.values())
        renders = tuple(f"{name}.render" for name in names)
        whole = f"{text}\nexport default {{ render: {renders[0]} }};\n"
        kept = Joined(text, renders, style, whole, _packed(whole), tuple(sheets))
        files = [str(file) for file in {*order, *sheets, *(path.parent for path in order)}]   # a folder: for new sheets
        _kept[entries] = files, _times(files), kept
    return kept


def module(entry):
    """The text of the one ES module of the widget that begins in the file `entry`: it exports `{ render }`."""
    return joined(entry).module


def packed(entry):
    """The same module as a widget brings it along: short, and unpacked once for each page."""
    return joined(entry).packed


def style(entry):
    """The text of its style sheet: that of all widgets, and those beside its modules."""
    return joined(entry).style


def lean_style(text):
    """A style sheet on one line, without comments.

    >>> lean_style("/* Why */\\n.a {\\n  top: 0;\\n}\\n")
    '.a{top: 0;}'
    """
    return re.sub(r"\s*\n\s*|(?<=[;{]) +| +(?=[{}])", "", re.sub(r"/\*.*?\*/", "", text, flags=re.S))


def lean(text):
    """Modules without indentation, comments that go to the end of a line, and those that begin a line with two stars.

    Behind code, a comment begins with three blanks and `// `, and stays if a quotation mark or a star follows: then it
    might be no comment but part of a text, or hold the end of one. Blanks around signs go, too, but not within texts,
    nor from lines in which it is not plain where a text or a regular expression ends; and so do the ends of lines
    after which a statement goes on or another one begins. (No text here goes over several lines.)

    >>> lean("if (a) {\\n  // why\\n  b();   // what\\n  c('   // ');\\n}\\n")
    "if(a){b();c('   // ');\\n}\\n"
    """
    text = re.sub(r"^[ \t]+", "", text, flags=re.M)
    text = re.sub(r"^/\*\*(?:[^*`]|\*(?!/))*\*/\n|^//.*\n| *   // [^\"'`*\n]*$|^\n", "", text, flags=re.M)
    return "".join(map(_tight, text.splitlines(keepends=True)))


def _tight(line):
    """A line without the blanks around signs; of minus and plus they stay, for two of them would be another one."""
    if re.search("[`'/]", line):
        return line
    parts = re.split(r'("(?:\\.|[^"\\])*")', re.sub(r"(?<=[{;,(])\n", "", line))   # every second one is a text
    return "".join(part if n % 2 else re.sub(r" ?([]{}()[,;:?=<>&|!*%]) ?", r"\1", part)
                   for n, part in enumerate(parts))


# JupyterLab keeps the code of every widget that there ever was: so each brings little, and the first unpacks for all.
_UNPACK = """const code = "%s";
const unpack = async () => {
  const bytes = Uint8Array.from(atob(code), c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const url = URL.createObjectURL(new Blob([await new Response(stream).text()], { type: "text/javascript" }));
  try { return (await import(url)).default; } finally { URL.revokeObjectURL(url); }
};
const views = globalThis.cnnlibViews ??= {};
export default { async render(context) { return (await (views["%s"] ??= unpack())).render(context); } };
"""


def _packed(module):
    code = zlib.compress(module.encode(), 9)
    return _UNPACK % (base64.b64encode(code).decode("ascii"), hashlib.sha256(code).hexdigest()[:16])


def _times(files):
    """When each was changed; None if one is gone."""
    try:
        return [os.stat(file).st_mtime_ns for file in files]
    except OSError:
        return None


def _add(path, order, above, widget=False):
    """Put `path` into `order` after all it imports, as a function called at once; `above` are those on the way to it.

    Returns the name under which others find what it exports.
    """
    if path in above:
        circle = " -> ".join(p.name for p in (*above[above.index(path):], path))
        raise ValueError(f"{path.name}: found imports in a circle ({circle}), expected none.")
    if path not in order:
        if not path.is_file():
            importer = f", which {above[-1].name} imports" if above else ""
            raise ValueError(f"{path.name}: found no such file in {path.parent.name}/{importer}.")
        lines, exports = [], []
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            try:
                lines.append(_line(line, path, order, above, exports))
            except _Wrong as wrong:
                raise ValueError(f"{path.name}, line {number}: {wrong}") from None
        name, body = f"m{len(order) + 1}", "\n".join(lines).rstrip("\n")
        text = f"// {path.parent.parent.name}/{path.name}\nconst {name} = (() => {{\n{body}\n"
        order[path] = name, exports, f"{text}return {{ {', '.join(exports)} }};\n}})();\n"
    name, exports, _ = order[path]
    if widget and "render" not in exports:
        raise ValueError(f"{path.name}: found no line `{ENDING}`, expected it as the last.")
    return name


class _Wrong(Exception):
    pass


def _line(line, path, order, above, exports):
    """One line as it stands within a function; what it exports is noted in `exports`, what it imports is added."""
    if found := _IMPORT.fullmatch(line):
        needed = (path.parent / found[2]).resolve()
        name, pairs = _add(needed, order, (*above, path)), [pair.split(" as ") for pair in found[1].split(", ")]
        if missing := ", ".join(pair[0] for pair in pairs if pair[0] not in order[needed][1]):
            raise _Wrong(f"found an import of {missing} from {needed.name}, which exports no such name.")
        return f"const {{ {', '.join(': '.join(pair) for pair in pairs)} }} = {name};"
    exported = "render" if line == ENDING else (found := _EXPORT.match(line)) and found[1]
    if exported in exports:
        raise _Wrong(f"found a second export of {exported}, expected one.")
    if exported:
        exports.append(exported)
        return "" if line == ENDING else line[found.end():]
    if _OTHER.match(line):
        raise _Wrong(f'found `{line.strip():.60}`, expected only `import {{ a, b as c }} from "./file.js";`, '
                     f"`{ENDING}` and `export` before const, function or class.")
    if line.count("`") % 2:
        raise _Wrong("found a text between backticks that goes on in the next line, or a single backtick; expected "
                     'both on one line, and for one within quotes "\\x60".')
    return line
