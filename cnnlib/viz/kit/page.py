"""What is shown as one HTML file that runs from the disk: live players with all their controls, no kernel, no network.

The file carries the browser part (compressed, for it is most of the file), the specs of what it shows, and a content
security policy that lets it load nothing and run nothing but exactly these scripts and styles, by their hashes. Where
scripts do not run, the figure's alternative text is shown.
"""

import base64
import functools
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
# Unpacks the code and runs it as a script of the page, which the policy allows by its hash.
_LOADER = """
const complain = () => {
  for (const el of document.querySelectorAll("[data-scene]")) el.textContent = el.dataset.words;
};
const [size, text] = document.getElementById("code").textContent.split(" ");
const packed = new DataView(new ArrayBuffer(text.length / 5 * 4));
for (let at = 0; at < text.length; at += 5) {
  let four = 0;
  for (const sign of text.slice(at, at + 5)) four = four * 85 + (sign === "v" ? "<" : sign).charCodeAt() - 33;
  packed.setUint32(at / 5 * 4, four);
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
    player is saved as it stands: its step, mode, speed and the rest. `title` heads the page.

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
        first = parts[0].shown
        title = f"{first.title}, step by step" if hasattr(first, "steps") else first.title
    code = _code(tuple(entries))
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
        f'<script type="text/plain" id="code">{_packed(code)}</script>',
        f"<script>{_LOADER}</script>",
        "</html>\n",
    ])


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


def _code(entries):
    """The one script that draws all widgets of a page; their style sheets come with it, for they share its packing."""
    whole = modules.joined(*entries, modules.STATIC / "page.js")
    *renders, page = whole.renders
    return modules.lean(f"{whole.text}\n{page}([{', '.join(renders)}], {json.dumps(whole.style)});\n")


@functools.cache
def _packed(code):
    """How many bytes it takes, and these as ASCII85, which is shorter than base64; "v" for the "<" of markup."""
    data = zlib.compress(code.encode(), 9)
    text = base64.a85encode(data, pad=True).decode("ascii")
    return f"{len(data)} {text.replace('z', '!!!!!').replace('<', 'v')}"


class _Part(NamedTuple):
    """One item of a page: `heading` or None, what is `shown`, the step of its still, its browser part, its traits."""

    heading: str | None
    shown: object
    place: int | None
    entry: Path
    traits: dict


def _parts(item):
    heading = None
    if isinstance(item, (list, tuple)) and len(item) == 2:
        heading, item = item
    if hasattr(item, "widget"):   # something shown: its live view as it would begin
        return _Part(heading, item, None, item.widget.entry, item.widget.usual())
    if not hasattr(item, "shown"):
        raise TypeError(f"scene must be a scene, as cnn.viz.slide makes it, or a player, found {type(item).__name__}")
    return _Part(heading, item.shown, item.place, item.entry, item.state())


def _section(number, renderer, item):
    """One widget of the page: its state, the place where it appears, and its words."""
    words = html.escape(item.shown.alt(item.place))
    state = json.dumps({"spec": item.shown.spec, **item.traits}, separators=(",", ":"), ensure_ascii=False,
                       allow_nan=False)
    # "</script>" or "<!--" within a text would end the data: JSON may also spell "<" like this
    state = state.replace("<", "\\u003c")
    place = f'data-scene="scene-{number}" data-renderer="{renderer}" data-words="{words}"'
    return "\n".join([
        *([] if item.heading is None else [f"<h2>{html.escape(str(item.heading))}</h2>"]),
        f'<script type="application/json" id="scene-{number}">{state}</script>',
        f"<div {place}><noscript><p>{words}</p></noscript></div>",
    ])
