"""What is shown as one HTML file that runs from the disk: live players with all their controls, no kernel, no network.

The file carries the browser part (compressed: it is most of the file), the specs of what it shows, and a content
security policy that lets it load nothing and run nothing but exactly these scripts and styles, by their hashes. Where
scripts do not run, the figure's alternative text is shown.
"""

import base64
import hashlib
import html
import json
import zlib
from pathlib import Path
from typing import NamedTuple

from ... import _writing
from . import modules

_STYLE = """:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 8px; max-width: 1000px; }
body { background: #fff; color: #1a1a1a; }
h1 { font-size: 1.3em; margin: 8px 10px; } h2 { font-size: 1.1em; margin: 24px 10px 4px; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #f0f0f0; } }
"""
_SIGNS = "".join(map(chr, [*range(32, 60), *range(61, 127)]))   # all 94 that take one byte, except the "<" of markup
# Unpacks the code and runs it as a script of the page, which the policy allows by its hash.
_LOADER = """
const complain = () => {
  for (const el of document.querySelectorAll("[data-scene]")) el.textContent = el.dataset.words;
};
const { textContent: text, dataset: { size } } = document.getElementById("code");
const packed = new Uint8Array(text.length / 11 * 9);
for (let at = 0; at < text.length; at += 11) {
  let nine = 0n;
  for (const sign of text.slice(at, at + 11)) nine = nine * 94n + BigInt(sign.charCodeAt() - 32 - (sign > "<"));
  for (let n = 8; n >= 0; n--, nine >>= 8n) packed[at / 11 * 9 + n] = Number(nine & 255n);
}
Promise.resolve().then(() =>
  new Response(new Blob([packed]).slice(0, size).stream().pipeThrough(new DecompressionStream("deflate"))).text()
).then(code => {
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = code;
  document.body.append(script);
}).catch(complain);
"""


def save_html(scene, path, title=None):
    """Write a scene or a player, or what else is `Shown`, as an HTML file that runs offline; returns its path.

    `scene` may also be a list of scenes, players and pairs (heading, scene or player), shown one below the other. A
    player is saved as it stands: its step, mode, speed and the rest. `title` heads the page; unless given, it says what
    is shown.

    Raises TypeError for what is neither scene nor player, ValueError for an empty list.

    >>> import tempfile, cnnlib as cnn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = save_html(cnn.viz.slide([1, 2, 3], [1, 1]), folder + "/slide.html")
    ...     "Content-Security-Policy" in file.read_text(encoding="utf-8")
    True
    """
    text = page(scene, title).encode()
    return _writing.write(_writing.target(path, "page.html"), lambda file: file.write(text))


def page(scene, title=None):
    """The text of the page that `save_html` writes; arguments and errors as there."""
    items = scene if isinstance(scene, (list, tuple)) else [scene]
    if not items:
        raise ValueError("scene must be a scene, a player or a list of them, found an empty list")
    parts = [_parts(item) for item in items]
    entries = list(dict.fromkeys(part.entry for part in parts))
    sections = [_section(number, entries.index(part.entry), part) for number, part in enumerate(parts, 1)]
    if title is None:
        title = _title([part.shown for part in parts])
    code = _code(entries, parts)
    return "\n".join([
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy([_LOADER, code], [_STYLE])}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html.escape(str(title))}</title>",
        f"<style>{_STYLE}</style>",
        f"<h1>{html.escape(str(title))}</h1>",
        *sections,
        '<script type="text/plain" id="code" data-size="{}">{}</script>'.format(*_packed(code)),
        f"<script>{_LOADER}</script>",
        "</html>\n",
    ])


def _title(every):
    """What a page shows: the first two by their names, of more the first and how many there are."""
    names = list(dict.fromkeys(getattr(shown, "headline", shown.title) for shown in every))
    return "; ".join(names) if len(names) < 3 else f"{names[0]}, and {len(names) - 1} more"


def policy(scripts, styles):
    """The content security policy of a page with these scripts and styles and nothing else.

    >>> policy([], [])
    "default-src 'none'; script-src 'none'; style-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
    """
    allowed = {"default-src": "'none'", "script-src": _hashes(scripts), "style-src": _hashes(styles),
               "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
    return "; ".join(f"{what} {sources}" for what, sources in allowed.items())


def _hashes(texts):
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") for text in texts]
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"


def _code(entries, parts):
    """The one script that draws all widgets of a page; styles and states come with it and share its packing."""
    whole = modules.joined(*entries, modules.STATIC / "page.js")
    *renders, page = whole.renders
    states = json.dumps([{"spec": part.shown.spec, **part.traits} for part in parts], separators=(",", ":"),
                        ensure_ascii=False, allow_nan=False)
    style = json.dumps(modules.lean_style(whole.style))
    return f"{modules.lean(whole.text)}\n{page}([{', '.join(renders)}], {style}, {states});\n"


def _packed(code):
    """(size, text): how many bytes it takes, and these as text, nine in eleven signs: a tenth shorter than base64."""
    data = zlib.compress(code.encode(), 9)
    nines = [int.from_bytes(data[n:n + 9].ljust(9, b"\0"), "big") for n in range(0, len(data), 9)]
    return len(data), "".join(_SIGNS[nine // 94**n % 94] for nine in nines for n in reversed(range(11)))


class _Part(NamedTuple):
    """One item of a page: `heading` or None, what is `shown`, its words, its browser part, its traits."""

    heading: str | None
    shown: object
    words: str
    entry: Path
    traits: dict


def _parts(item):
    heading = None
    if isinstance(item, (list, tuple)) and len(item) == 2:
        heading, item = item
    if hasattr(item, "widget"):   # something shown: its live view as it would begin
        begins = item.widget.usual() | getattr(item, "begins", {})
        return _Part(heading, item, item.alt(), *_begins(item.widget, begins))
    if not hasattr(item, "shown"):
        raise TypeError(f"scene must be a scene, as cnn.viz.slide makes it, or a player, found {type(item).__name__}")
    return _Part(heading, item.shown, item.words, *_begins(item, item.state()))


def _begins(widget, state):
    """The browser part and the traits of what begins in a `state`."""
    return widget.needed(state), state


def _section(number, renderer, item):
    """One widget of the page: the place where it appears, and its words."""
    words = html.escape(item.words)
    place = f'data-scene="scene-{number}" data-renderer="{renderer}" data-words="{words}"'
    return "\n".join([
        *([] if item.heading is None else [f"<h2>{html.escape(str(item.heading))}</h2>"]),
        f"<div {place}><noscript><p>{words}</p></noscript></div>",
    ])
