"""Scenes as one HTML file that runs from the disk: live players with all their controls, no kernel, no network.

The file carries the browser part (compressed, for it is most of the file), the specs of its scenes, and a content
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

from ..slide.scene import Scene
from . import modules

# The traits of a SlidePlayer beside the spec, as they are unless a player says otherwise.
TRAITS = {
    "step": 0, "mode": "explore", "speed": 1.5, "loop": False, "view": [], "answers": [], "yours": None,
    "differs": None, "calls": 0, "message": "",
}
_NAMES = {
    "conv": "Convolution", "max": "Max pooling", "avg": "Average pooling", "transpose": "Transposed convolution",
    "dx": "Gradient of the input", "dw": "Gradient of the weights",
}
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
const packed = Uint8Array.from(atob(document.getElementById("code").textContent), c => c.charCodeAt(0));
Promise.resolve().then(() =>
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).text()
).then(code => {
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = code;
  document.body.append(script);
}).catch(complain);
"""


def save_html(scene, path, title=None):
    """Write a scene or a player as an HTML file that runs offline from the disk; returns its path.

    `scene` may also be a list of scenes, players and pairs (heading, scene or player), shown one below the other. A
    player is saved as it stands: its step, mode, speed and the rest. `title` heads the page.

    Raises TypeError for what is neither scene nor player, ValueError for an empty list.

    >>> import tempfile, cnnlib as cnn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = save_html(cnn.viz.slide([1, 2, 3], [1, 1]), folder + "/slide.html")
    ...     "Content-Security-Policy" in file.read_text(encoding="utf-8")
    True
    """
    text = page(scene, title)
    path = Path(path)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def page(scene, title=None):
    """The text of the page that `save_html` writes; arguments and errors as there."""
    items = scene if isinstance(scene, (list, tuple)) else [scene]
    if not items:
        raise ValueError("scene must be a scene, a player or a list of them, found an empty list")
    sections = [_section(number, *_parts(item)) for number, item in enumerate(items, 1)]
    if title is None:
        title = f"{_NAMES[_parts(items[0])[1].kind]}, step by step"
    code = _code()
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


@functools.cache
def _code():
    """The one script that draws all players of a page; their style sheet comes with it, for they share its packing."""
    last = modules.shortened(Path(__file__).with_name("static").joinpath("page.js").read_text("utf-8"))
    return f"{modules.module(lean=True)}{{\nconst css = {json.dumps(modules.style(lean=True))};\n{last}}}\n"


@functools.cache
def _packed(code):
    return base64.b64encode(zlib.compress(code.encode(), 9)).decode("ascii")


def _parts(item):
    """Heading, scene and traits of one item of a page."""
    heading = None
    if isinstance(item, (list, tuple)) and len(item) == 2:
        heading, item = item
    if isinstance(item, Scene):
        return heading, item, TRAITS
    scene = getattr(item, "scene", None)
    if not isinstance(scene, Scene):
        raise TypeError(f"scene must be a scene, as cnn.viz.slide makes it, or a player, found {type(item).__name__}")
    return heading, scene, {name: getattr(item, name) for name in TRAITS}


def pictured(step, mode):
    """The step to draw where nothing moves: that of the player, of a fresh one the last; no answer is given away.

    >>> pictured(0, "explore"), pictured(3, "explore"), pictured(3, "predict")
    (None, 3, 2)
    """
    return max(0, step - 1) if mode == "predict" else step or None


def _section(number, heading, scene, traits):
    """One player of the page: its state, the place where it appears, and its words."""
    words = html.escape(scene.alt(pictured(traits["step"], traits["mode"])))
    state = json.dumps({"spec": scene.spec, **traits}, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    # "</script>" or "<!--" within a text would end the data: JSON may also spell "<" like this
    state = state.replace("<", "\\u003c")
    return "\n".join([
        *([] if heading is None else [f"<h2>{html.escape(str(heading))}</h2>"]),
        f'<script type="application/json" id="scene-{number}">{state}</script>',
        f'<div data-scene="scene-{number}" data-words="{words}"><noscript><p>{words}</p></noscript></div>',
    ])
