"""The joined browser module: the right order, nothing lost, and a clear word about every form it does not know."""

import re

import pytest
from quoted import QUOTED

from cnnlib.viz.kit import modules
from cnnlib.viz.shifts.player import ShiftPlayer
from cnnlib.viz.slide.player import SlidePlayer

SLIDE, SHIFTS = SlidePlayer.entry, ShiftPlayer.entry

END = "\nexport default { render };\n"


def files(folder, **sources):
    """Modules in a folder, the first of them as entry: `files(folder, slide="...", words="...")`."""
    for name, text in sources.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / f"{next(iter(sources))}.js"


def test_modules_come_in_the_order_in_which_they_are_needed(tmp_path):
    entry = files(
        tmp_path,
        slide='import { b } from "./b.js";\nimport { c, d } from "./c.js";\nconst e = b;\nfunction render() {}' + END,
        b='// first\nimport { d } from "./c.js";\n\nexport const b = d + 1;\n',
        c="export const c = 3, f = [1, 2];\nexport function d() {}\n",
    )
    assert modules.join(entry) == (
        "const c = 3, f = [1, 2];\nfunction d() {}\n\n// first\n\nconst b = d + 1;\n\n"
        "const e = b;\nfunction render() {}\n\nexport default { render };\n"
    )


IMPORT = 'import { a } from "./a.js";\nfunction render() {}' + END
RENDER = "function render() {}" + END


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ({"slide": 'import a from "./a.js";\n' + RENDER, "a": ""}, "slide.js: found `import a from"),
        ({"slide": 'import * as a from "./a.js";\n' + RENDER, "a": ""}, r"slide.js: found `import \* as a"),
        ({"slide": 'import { a as b } from "./a.js";\n' + RENDER, "a": ""}, "found `import { a as b }"),
        ({"slide": 'import "./a.js";\n' + RENDER, "a": ""}, 'found `import "./a.js";`'),
        ({"slide": 'import { a } from "https://example.org/a.js";\n' + RENDER}, "found `import { a } from"),
        ({"slide": "const a = import('./a.js');\n" + RENDER}, "found `const a = import"),
        ({"slide": IMPORT, "a": "const a = 1;\nexport { a };\n"}, "found `export { a };`"),
        ({"slide": IMPORT, "a": "export const a = 1;\nexport default a;\n"}, "a.js: found `export default a;`"),
        ({"slide": IMPORT, "a": "export const b = 1;\n"}, "slide.js: imports a from a.js, which exports no such name"),
        ({"slide": IMPORT, "a": "const a = 1;\n"}, "slide.js: imports a from a.js, which exports no such name"),
        ({"slide": IMPORT}, "a.js: found no such file in .*, which slide.js imports"),
        ({"slide": IMPORT, "a": 'import { b } from "./b.js";\nexport const a = 1;\n',
          "b": 'import { a } from "./a.js";\nexport const b = 1;\n'}, r"circle \(a.js -> b.js -> a.js\)"),
        ({"slide": IMPORT + "const x = 1;\n", "a": "export const a = 1; let b = 2, x = 3;\n"},
         r"x \(a.js and slide.js\)"),
        ({"slide": "const x = 1;\nfunction x() {}\n" + RENDER}, "slide.js: found a second 'x'"),
        ({"slide": "const { x } = y;\n" + RENDER}, "slide.js: found names taken apart"),
        ({"slide": "function render() {}\n"}, "found 0 lines `export default"),
        ({"slide": "const a = 1;" + END}, "found no `render`"),
    ],
)
def test_what_it_does_not_know_is_an_error(sources, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        modules.join(files(tmp_path, **sources))


def test_only_names_at_the_top_count():
    text = "const a = (b, c) => { const d = 1; }, e = `${[1, 2]}, f = 3`;\nclass G { h() {} }\nasync function* i() {}\n"
    assert list(modules.declared(text)) == ["a", "e", "G", "i"]


SHORT = r"""const a = "// not a comment", b = 'it\'s /* not */ one';
const c = `// kept
    kept too ${ d /* gone? */ + `inner // ${ { e: "}" }.e } ` } and // this
  `;
const f = 1;
const g = /[/"'`]\/\/+/.test(a) / 2 / b;
if (h) return /`/g;
"""


def test_shortening_leaves_what_is_quoted():
    assert modules.shortened(QUOTED) == SHORT
    assert len(modules.masked(QUOTED)) == len(QUOTED)


def test_the_style_sheet_is_shortened_too():
    whole, short = modules.style(SLIDE), modules.style(SLIDE, lean=True)
    assert "/*" in whole and "/*" not in short
    assert not re.search(r"^\s|\n\n|\s$", short.removesuffix("\n"), re.M)
    assert re.sub(r"\s+", "", re.sub(r"/\*.*?\*/", "", whole, flags=re.S)) == re.sub(r"\s+", "", short)


# --- the real files ---------------------------------------------------------------------------------------------------


def test_the_real_modules_join():
    """Whole, and with every file that lies there: one that nobody imports is one that nobody misses."""
    text, lean, shifts = modules.module(SLIDE), modules.module(SLIDE, lean=True), modules.module(SHIFTS)
    for each in (text, lean, shifts):
        assert not re.search(r"^import\b", each, re.M)
        assert re.findall(r"^export .*$", each, re.M) == ["export default { render };"]
    kept = {path for entry in (SLIDE, SHIFTS) for path in entry.parent.glob("*.js")}
    for path in kept | set(modules.STATIC.glob("*.js")) - {modules.STATIC / "page.js"}:   # page.js: around the module
        first_line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("//"))
        assert first_line in text + shifts, f"{path.name} is imported by nobody"
