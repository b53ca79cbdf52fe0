"""The site, built: notebooks run, made alive, turned into pages, set by Sphinx, and put in their place as a whole."""

import base64
import hashlib
import io
import json
import shutil
import tempfile
from pathlib import Path

from ... import __version__, _writing
from .. import live, maths
from ..errors import PublishError, need
from ..notebook import all_executed, load
from ..slides import deck as slides_of
from . import contents
from .sources import Links, between, found

STATIC = Path(__file__).with_name("static")
PICTURES = "_static/pictures"
SETTINGS = {
    "project": contents.TITLE, "html_title": contents.TITLE, "author": "the cnnlib authors",
    "version": __version__, "language": "en",
    "extensions": ["myst_nb", "cnnlib.publish.site.extension"], "html_theme": "furo", "templates_path": [],
    "nb_execution_mode": "off", "nb_render_markdown_format": "myst", "nb_ipywidgets_js": {}, "nb_merge_streams": True,
    "nb_mime_priority_overrides": [("html", "text/html", 0), ("html", "text/markdown", 1), ("html", "image/png", 2)],
    "myst_enable_extensions": ["dollarmath", "amsmath"], "myst_all_links_external": True, "myst_heading_anchors": 4,
    "suppress_warnings": ["myst.header"],                    # a lesson may go from ## to ####
    "html_math_renderer": "cnnlib", "html_copy_source": False, "html_show_sourcelink": False, "html_use_index": False,
    "html_show_search_summary": False,                       # it asks for pages, which pages from the disk may not
    "html_show_copyright": False, "html_static_path": ["_static"],
    "html_css_files": ["live.css", "page.css", "maths.css"],
    "html_permalinks_icon": "#", "html_theme_options": {"navigation_with_keys": False},
}


def build(out, notebooks, only=None, fresh=False, slides=False, told=lambda text: None):
    """Build the site of the notebooks in a folder into `out`, and return the folder, a `Path`.

    `only` names some of the notebooks; `fresh` runs every one again; with `slides`, each lesson's page leads to its
    slides; `told(text)` hears what is done. Whatever goes wrong, `out` stays as it was. Raises PublishError that says
    what; one of a notebook names the file and the cell.
    """
    need("sphinx", "myst_nb", "furo", "latex2mathml", "nbclient")
    sources = found(notebooks, only)
    raw = {source: load(source.path) for source in sources if source.kind != "doc"}
    decks = {source: contents.deck(source) for source in sources if slides and source.kind == "lesson"}
    links = Links([*sources, *decks.values(), *contents.also(notebooks)],
                  {source.path: [cell.id for cell in notebook.cells] for source, notebook in raw.items()})

    def fill(folder):
        with tempfile.TemporaryDirectory() as work:
            given = [(notebook, source.path) for source, notebook in raw.items()]
            runs = dict(zip(raw, all_executed(given, fresh, told), strict=True))
            told(f"{len(sources)} pages: sets them")
            _write_sources(Path(work) / "source", sources, runs, decks)
            _set(Path(work), sources, links)
            for source, deck in decks.items():
                told(f"{deck.name}.html: sets it")
                _put(Path(work) / "site" / f"{deck.name}.html", slides_of(runs[source], source.path)[0])
            shutil.copytree(Path(work) / "site", folder, dirs_exist_ok=True)

    try:
        return _writing.folder(out, fill, "site")
    except (_writing.ForeignError, FileNotFoundError) as error:
        raise PublishError(f"OUT: {error}") from None


# --- what Sphinx reads ------------------------------------------------------------------------------------------------

def _write_sources(folder, sources, runs, decks):
    """Every page's source, and what all pages share, into a folder."""
    from .pages import page

    static, pictures, entries = folder / "_static", {}, set()
    shutil.copytree(STATIC, static)
    (folder / PICTURES).mkdir()
    for source, run in runs.items():
        ready = live.alive(run, source.path, _keeper(source.name, pictures))
        entries |= set(ready.entries)
        _put(folder / f"{source.name}.ipynb", json.dumps(page(ready.notebook, source, decks.get(source))))
    for source in sources:
        if source.kind == "doc":
            _put(folder / f"{source.name}.md", source.path.read_text(encoding="utf-8"))
    entry, player = contents.first(_keeper("index", pictures))
    entries.add(entry)
    _put(folder / "index.md", contents.index(sources, runs, player, decks))
    for name, data in pictures.items():
        _put(folder / PICTURES / name, data)
    _put(static / "live.js", live.script(entries))
    _put(static / "live.css", live.style(entries))
    _put(static / "maths.css", maths.style("maths.woff2"))
    _put(static / "maths.woff2", maths.font())


def _put(path, content):
    """A file of the folder that Sphinx reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    _writing.write(path, lambda file: file.write(data))


def _keeper(page, pictures):
    """A function that says where a picture of the page of this name will lie, and puts it into `pictures`, once."""
    def keep(text):
        data = base64.b64decode(text)
        name = f"{hashlib.sha256(data).hexdigest()[:16]}.png"
        pictures[name] = data
        return between(page, f"{PICTURES}/{name}").removesuffix(".html")

    return keep


# --- Sphinx -----------------------------------------------------------------------------------------------------------

def _set(work, sources, links):
    """Let Sphinx set the pages: from `work`/source into `work`/site."""
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    warned = io.StringIO()
    settings = SETTINGS | {"cnnlib_links": (links, {source.name: source for source in sources})}
    try:
        with patch_docutils(), docutils_namespace():
            app = Sphinx(work / "source", None, work / "site", work / "trees", "html", confoverrides=settings,
                         status=None, warning=warned, freshenv=True)
            app.build(force_all=True)
    except Exception as error:   # an error in one of our own steps comes wrapped, and says more than its wrapping
        cause = error
        while cause is not None and not isinstance(cause, PublishError):
            cause = cause.__cause__ or cause.__context__
        if cause or isinstance(error, SphinxError):
            raise PublishError(cause or error) from error
        raise
    if said := [line for line in warned.getvalue().splitlines() if line.strip()]:
        first = said[0].replace(f"{work / 'source'}/", "")
        raise PublishError(f"{len(said)} faults in the pages; the first: {first}")
    for left in (".buildinfo", "objects.inv"):   # for programs, and of this machine
        (work / "site" / left).unlink(missing_ok=True)
    shutil.rmtree(work / "site" / "_sources", ignore_errors=True)
