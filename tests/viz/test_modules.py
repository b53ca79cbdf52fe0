"""The joined browser module: the right order, nothing lost, and a clear word about every form it does not know."""

import base64
import os
import re
import zlib

import pytest

from cnnlib.viz.kernel.player import KernelLab
from cnnlib.viz.kit import modules
from cnnlib.viz.network.player import NetworkExplorer
from cnnlib.viz.shifts.player import ShiftPlayer
from cnnlib.viz.slide.player import TOURED, SlidePlayer
from cnnlib.viz.stack.player import StackExplorer

WIDGETS = SlidePlayer, ShiftPlayer, KernelLab, StackExplorer, NetworkExplorer
SLIDE, SHIFTS, *EXPLORERS = (each.entry for each in WIDGETS)

END = "\nexport default { render };\n"


def files(folder, **sources):
    """Modules in a folder, the first of them as entry: `files(folder, slide="...", words="...")`."""
    for name, text in sources.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / f"{next(iter(sources))}.js"


def test_modules_come_in_the_order_in_which_they_are_needed(tmp_path):
    (tmp_path / "room").mkdir()
    entry = files(
        tmp_path / "room",
        slide='import { b } from "./b.js";\nimport { c as b2, d } from "./c.js";\nconst e = b;\n' + RENDER,
        b='// first\nimport { d } from "./c.js";\n\nexport const b = d + 1;\n',
        c="export const c = 3;\nexport async function d() {}\n  export_;\n",
    )
    folder = tmp_path.name
    assert modules.module(entry) == f"""// {folder}/c.js
const m1 = (() => {{
const c = 3;
async function d() {{}}
  export_;
return {{ c, d }};
}})();

// {folder}/b.js
const m2 = (() => {{
// first
const {{ d }} = m1;

const b = d + 1;
return {{ b }};
}})();

// {folder}/slide.js
const m3 = (() => {{
const {{ b }} = m2;
const {{ c: b2, d }} = m1;
const e = b;
function render() {{}}
return {{ render }};
}})();

export default {{ render: m3.render }};
"""


def test_a_line_keeps_its_place():
    """So that a browser's complaint leads to it: so many lines below the one that names the file."""
    text = modules.module(TOURED).split("\n")
    for path in SLIDE.parent.glob("*.js"):
        first = text.index(f"// slide/{path.name}") + 2
        for n, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
            same = not line or text[first + n] == line or line.startswith(("import ", "export "))
            assert same, f"{path.name}, line {n + 1}"


IMPORT = 'import { a } from "./a.js";\nfunction render() {}' + END
RENDER = "function render() {}" + END


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ({"slide": 'import a from "./a.js";\n' + RENDER, "a": ""}, "slide.js, line 1: found `import a from"),
        ({"slide": 'import * as a from "./a.js";\n' + RENDER, "a": ""}, r"slide.js, line 1: found `import \* as a"),
        ({"slide": 'import "./a.js";\n' + RENDER, "a": ""}, 'found `import "./a.js";`'),
        ({"slide": 'import { a } from "https://example.org/a.js";\n' + RENDER}, "found `import { a } from"),
        ({"slide": "\nconst a = import('./a.js');\n" + RENDER}, "line 2: found `const a = import"),
        ({"slide": "const a = import.meta.url;\n" + RENDER}, "found `const a = import.meta"),
        ({"slide": IMPORT, "a": "const a = 1;\nexport { a };\n"}, "a.js, line 2: found `export { a };`"),
        ({"slide": IMPORT, "a": "export let a = 1;\n"}, "a.js, line 1: found `export let a = 1;`"),
        ({"slide": IMPORT, "a": "export const { a } = { a: 1 };\n"}, "found `export const { a }"),
        ({"slide": IMPORT, "a": "export const a = 1;\nexport default a;\n"}, "a.js, line 2: found `export default a;`"),
        ({"slide": IMPORT, "a": "export const a = 1;\nexport function a() {}\n"}, "line 2: found a second export of a"),
        ({"slide": IMPORT, "a": "export const b = 1;\n"}, "line 1: found an import of a from a.js, which"),
        ({"slide": IMPORT, "a": "const a = 1;\n"}, "line 1: found an import of a from a.js, which"),
        ({"slide": IMPORT}, "a.js: found no such file in .*, which slide.js imports"),
        ({"slide": IMPORT, "a": 'import { b } from "./b.js";\nexport const a = 1;\n',
          "b": 'import { a } from "./a.js";\nexport const b = 1;\n'}, r"circle \(a.js -> b.js -> a.js\)"),
        ({"slide": "function render() {}\n"}, "slide.js: found no line `export default"),
        ({"slide": RENDER + END}, "slide.js, line 4: found a second export of render"),
        ({"slide": "const a = `1\n2`;\n" + RENDER}, "slide.js, line 1: found a text between backticks"),
    ],
)
def test_what_it_does_not_know_is_an_error(sources, message, tmp_path):
    with pytest.raises(ValueError, match=message) as caught:
        modules.module(files(tmp_path, **sources))
    assert len(str(caught.value)) < 300


def test_a_style_sheet_comes_with_its_module(tmp_path):
    entry = files(tmp_path, slide=IMPORT, a="export const a = 1;\n")
    (tmp_path / "a.css").write_text(".a {}\n")
    (tmp_path / "b.css").write_text(".b {}\n")
    assert modules.style(entry) == (modules.STATIC / "theme.css").read_text(encoding="utf-8") + ".a {}\n"


def test_several_widgets_share_their_modules(tmp_path):
    entry, other = files(tmp_path, slide=IMPORT, a="export const a = 1;\n"), files(tmp_path, other=IMPORT)
    whole = modules.joined(entry, other)
    assert whole.text.count("const a = 1") == 1 and whole.renders == ("m2.render", "m3.render")


def test_a_change_of_a_file_is_seen(tmp_path):
    """Of a module, of its style sheet, of a sheet that is new; and what did not change is not read again."""
    entry = files(tmp_path, slide=IMPORT, a="export const a = 1;\n")
    text, style = modules.module(entry), modules.style(entry)
    assert modules.module(entry) is text and modules.style(entry) is style
    later(files(tmp_path, a="export const a = 2;\n"))
    assert "const a = 2;" in modules.module(entry) and modules.style(entry) == style
    (tmp_path / "slide.css").write_text(".new {}\n")
    later(tmp_path)
    assert ".new {}" in modules.style(entry)
    (tmp_path / "slide.css").write_text(".newer {}\n")
    later(tmp_path / "slide.css")
    assert ".newer {}" in modules.style(entry)


def later(path):
    """As if it were written a second after what was written before, however coarse the clock of the disk is."""
    when = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(when, when))


SHORT = """const a = "   // not a comment", b = 'it\\'s /*   // not */ one';   // stays, for it's quoted
const d = 1; /* so   // does this */
const c = `// kept  ${ d + `inner // ${ { e: "}" }.e } ` } and // this`;
return /[/"'`]\\/\\/+`/.test(a) / 2 / b;
"""


def test_what_is_left_out_is_no_code():
    gone = "   // gone: 1 / 2\n//gone\n  /** Gone,\n   *  {a, b}. */\n    return"
    text = "  // gone\n\t" + SHORT.replace("\nreturn", gone)
    assert modules.lean(text) == SHORT


@pytest.mark.parametrize(("line", "expected"), [
    ("const [a, b] = c ? d : { e: - -f, ...g };", "const[a,b]=c?d:{e:- -f,...g};"),
    ("if (a + +b > c) return !d;", "if(a + +b>c)return!d;"),
    ('a("b , \\" c", d , " = ");', 'a("b , \\" c",d," = ");'),
    ("for (const a of [1, 2]) typeof a === b && c(a);", "for(const a of[1,2])typeof a===b&&c(a);"),
    ("a(b,\n{\n});\nif (c)\nd();\n}\ne;   // it's\n", "a(b,{});if(c)\nd();}\ne;   // it's\n"),
    ("a = b / c + d;", "a = b / c + d;"), ("a = `b ${ c } d`;", "a = `b ${ c } d`;"), ("a = 'b , c';", "a = 'b , c';"),
])
def test_blanks_around_signs_are_left_out_where_they_say_nothing(line, expected):
    assert modules.lean(line) == expected


def test_no_text_goes_over_several_lines():
    """Or its lines would be joined."""
    scripts = list(modules.STATIC.parents[2].rglob("static/*.js"))
    assert len(scripts) > 40
    lines = [line for path in scripts for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if line.count("`") % 2] == []


# --- the real files ---------------------------------------------------------------------------------------------------


def test_what_a_widget_brings_is_short_and_the_same():
    packed = modules.packed(SLIDE)
    code = re.search(r'const code = "([A-Za-z0-9+/=]+)";', packed)[1]
    assert zlib.decompress(base64.b64decode(code)).decode() == modules.module(SLIDE)
    assert packed.isascii() and len(packed) < len(modules.module(SLIDE)) / 2


def test_the_real_modules_join():
    """With every file that lies there: one that nobody imports is one that nobody misses."""
    text = modules.joined(TOURED, SHIFTS, *EXPLORERS, modules.STATIC / "page.js").text
    assert not re.search(r"^(import|export)\b", text, re.M)
    folders = [*(entry.parent for entry in (SLIDE, SHIFTS, *EXPLORERS)), modules.STATIC]
    kept = {path for folder in folders for path in folder.glob("*.js")}
    for path in kept - {modules.STATIC / "figure.js"}:   # that one JupyterLab's part loads by itself
        assert f"// {path.parent.parent.name}/{path.name}\n" in text, f"{path.name} is imported by nobody"
