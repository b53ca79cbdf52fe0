"""Which files become which pages, and where a link between files leads on the site."""

import posixpath
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from ..errors import PublishError

LESSON = re.compile(r"\d\d_\w+")
BESIDE = ("gallery", "glossary", "notation", "misconceptions", "corrections")   # in this order; others follow


class Source(NamedTuple):
    """A file that becomes a page: its path, the page's name, such as "solutions/03_convolution_2d", and its kind:
    "lesson", "page", "solutions" or "doc"."""

    path: Path
    name: str
    kind: str


def found(notebooks, only=None):
    """The `Source` of each page, in the order of the site: lessons, pages, solutions, docs.

    Raises PublishError for a folder that is not there or holds no notebook, and for names of `only` that are none.
    """
    notebooks = Path(notebooks)
    if not notebooks.is_dir():
        raise PublishError(f"notebooks: found no folder {notebooks}, expected that of the lessons; --notebooks names it")
    own = [Source(path, path.stem, "lesson" if LESSON.fullmatch(path.stem) else "page")
           for path in sorted(notebooks.glob("*.ipynb"))]
    own.sort(key=lambda source: (source.kind, _place(source.name)))
    own += [Source(path, f"solutions/{path.stem}", "solutions") for path in sorted(notebooks.glob("solutions/*.ipynb"))]
    if only is not None:
        names = {source.name for source in own}
        if strange := [name for name in only if name.removesuffix(".ipynb") not in names]:
            names = ", ".join(sorted(names))
            raise PublishError(f"only: found no {strange[0]}.ipynb in {notebooks}, expected one of {names}")
        own = [source for source in own if source.name in {name.removesuffix(".ipynb") for name in only}]
    if not own:
        raise PublishError(f"notebooks: found no notebook in {notebooks}, expected some, such as 03_convolution_2d.ipynb")
    docs = [Source(path, f"docs/{path.stem}", "doc") for path in sorted((notebooks.parent / "docs").glob("*.md"))]
    return own + (docs if only is None else [])


def _place(name):
    return (BESIDE.index(name) if name in BESIDE else len(BESIDE)), name


class Links:
    """Where links lead. `Links(sources, cells)` knows the ids of each notebook's cells, {path: ids}."""

    def __init__(self, sources, cells):
        self.pages = {source.path.resolve(): source.name for source in sources}
        self.cells = {Path(path).resolve(): set(ids) for path, ids in cells.items()}

    def target(self, link, source):
        """The address on the site, from the page of `source`, to which a link in its file leads; links elsewhere stay
        as they are, and None stands for a file that is not on the site.

        Raises PublishError for a cell that is not there.
        """
        if re.match(r"[a-zA-Z][\w+.-]*:|//", link):
            return link
        path, _, place = link.partition("#")
        file = (source.path.parent / unquote(path)).resolve() if path else source.path.resolve()
        if file not in self.pages:
            return None
        place = unquote(place)
        if place.startswith("cell-id=") and place.removeprefix("cell-id=") not in self.cells.get(file, ()):
            raise PublishError(f"{source.path.name}: the link {link} leads to a cell that {file.name} does not have")
        address = between(source.name, self.pages[file]) if path else ""
        return address + (f"#{place}" if place else "") or "#"


def between(here, there):
    """The address of one page from another.

    >>> between("solutions/03_convolution_2d", "glossary")
    '../glossary.html'
    """
    return posixpath.relpath(there, posixpath.dirname(here) or ".") + ".html"
