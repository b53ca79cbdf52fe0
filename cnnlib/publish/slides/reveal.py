"""reveal.js, as a package from PyPI brings it along: read when a deck is built, never kept here."""

import importlib.util
import re
from pathlib import Path

from ..errors import PublishError, need

PACKAGE = "sphinx_revealjs"   # for its files alone: it is not imported


def files():
    """(style, scripts): reveal.js and its view for speakers as texts that load nothing.

    Raises PublishError where the package is missing, or has no reveal.js in it.
    """
    need(PACKAGE)
    base = Path(importlib.util.find_spec(PACKAGE).submodule_search_locations[0], "_static", "revealjs")
    try:
        style = "\n".join(_read(base, "dist", name) for name in ("reset.css", "reveal.css"))
        scripts = [_read(base, "dist", "reveal.js"), _read(base, "plugin", "notes", "notes.js")]
    except OSError as error:
        raise PublishError(f"slides need reveal.js 5, which {PACKAGE} brings: found no {Path(error.filename).name} in "
                           "it; install a newer one") from None
    return style, [re.sub(r"(?m)^//# sourceMappingURL=.*$", "", script) for script in scripts]


def _read(*parts):
    return Path(*parts).read_text(encoding="utf-8")
