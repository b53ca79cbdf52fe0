"""A deck as one HTML file: reveal.js, the players' code, the slides; it opens from the disk and loads nothing."""

import base64
import html
from pathlib import Path

from ...viz.kit import modules
from .. import live, maths
from . import reveal
from .plan import SIZES

STATIC = Path(__file__).with_name("static")
MADE = '<meta name="generator" content="cnnlib slides">'   # by which it is known as ours when it is made again
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
{made}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{styles}
</head>
<body data-jp-theme-light="true">
<div class="reveal"><div class="slides">
{slides}
</div></div>
{scripts}
</body>
</html>
"""


def page(title, slides, aspect):
    """The text of a deck."""
    from pygments.formatters import HtmlFormatter

    style, scripts = reveal.files()
    width, height = SIZES[aspect]
    size = (f":root {{ --deck-width: {width}px; --deck-height: {height}px; }}"
            f"@page {{ size: {width}px {height}px; margin: 0; }}")
    looks = (STATIC / "looks.css").read_text(encoding="utf-8")
    colours = HtmlFormatter(style="xcode", cssclass="source").get_style_defs()
    formulas = maths.style("data:font/woff2;base64," + base64.b64encode(maths.font()).decode("ascii"))
    entries = sorted({item.entry for slide in slides for item in slide.items if item.entry})
    return PAGE.format(
        made=MADE,
        title=html.escape(title), slides="\n".join(map(section, slides)),
        styles="\n".join(f"<style>{text}</style>" for text in (style, colours, formulas, size, looks)),
        scripts="\n".join([*_players(entries),
                           *(f"<script>{_script(text)}</script>" for text in (*scripts, _deck(width, height)))]),
    )


def section(slide):
    """The HTML of one slide."""
    said = "\n".join(map(_item, [item for item in slide.items if not item.seen]))
    body = "\n".join(map(_item, slide.items))
    if slide.beside:
        seen = "\n".join(map(_item, slide.seen))
        kind = slide.seen[0].kind
        body = f'<div class="read">{said}</div><div class="seen">{seen}</div>'
        looks = f"beside beside-{kind}"
    else:
        looks = "below" if slide.seen else "plain"
    head = f'<div class="head top">{slide.title.html}</div>' if slide.title else ""
    if slide.head:
        looked = " again" if slide.continued else " top" if slide.head.level == 1 else ""
        head += f'<div class="head{looked}">{slide.head.html}</div>'
    notes = f'<aside class="notes">{"".join(slide.notes)}</aside>' if slide.notes else ""
    cells = " ".join(dict.fromkeys(item.cell for item in [*filter(None, (slide.title, slide.head)), *slide.items]))
    content = f'<div class="content {looks}">{head}<div class="body">{body}</div></div>'
    return f'<section data-cells="{html.escape(cells)}">{content}{notes}</section>'


def _item(item):
    looks = "item item-" + item.kind + (" fragment" if item.fragment else "")
    wide = f' style="--wide: {item.wide:.3f}"' if item.kind == "figure" else ""
    return f'<div class="{looks}" data-cell="{html.escape(item.cell)}"{wide}>{item.html}</div>'


def _players(entries):
    """What each player's frame needs, as texts that wait for it."""
    if not entries:
        return []
    return [f'<script type="text/plain" id="players">{_script(live.script(entries))}</script>',
            f'<script type="text/plain" id="players-style">{live.style(entries)}</script>']


def _deck(width, height):
    """What runs in the deck itself."""
    whole = modules.joined(STATIC / "deck.js")
    return f"(() => {{\n{modules.lean(whole.text)}\n{whole.renders[0]}({width}, {height});\n}})();"


def _script(text):
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
