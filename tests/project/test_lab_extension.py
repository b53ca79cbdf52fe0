"""What JupyterLab gets of the package: the plugin that draws stored live views, and the browser part of widgets."""

import json
import re
import sysconfig
import tomllib
from pathlib import Path

import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

import cnnlib as cnn
from cnnlib.learn.quiz import ENTRY
from cnnlib.viz.kit import modules
from cnnlib.viz.kit.live import PACKAGE, VIEW
from cnnlib.viz.shifts.player import ShiftPlayer
from cnnlib.viz.slide.player import SlidePlayer
from tools import store

ROOT = Path(__file__).resolve().parents[2]
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
SHARED = TOOLS["hatch"]["build"]["targets"]["wheel"]["shared-data"]
HOME = "share/jupyter/labextensions/cnnlib/"
LAB = PACKAGE / "viz" / "kit" / "lab"


def files(source):
    """The files that one line of the shared data brings, and where each goes."""
    path = ROOT / source
    return {file: f"{SHARED[source]}{file.as_posix().removeprefix(path.as_posix())}"
            for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()}


def test_every_module_and_style_sheet_is_there():
    """Each under the path that it has in the package, for they import each other by it; but nothing of web pages."""
    static = [path for path in PACKAGE.rglob("static/*") if path.is_file() and "publish" not in path.parts]
    expected = {path: f"{HOME}static/{path.relative_to(PACKAGE).as_posix()}" for path in static}
    found = {file: place for source in SHARED for file, place in files(source).items()}
    assert {file: place for file, place in found.items() if file.parent != LAB} == expected and len(static) > 20


def test_what_is_installed_is_what_stands_here():
    """Otherwise: `uv sync --reinstall-package cnnlib`, or `pip install -e .` once more."""
    for source in SHARED:
        for file, place in files(source).items():
            installed = Path(sysconfig.get_path("data"), place)
            assert installed.is_file(), f"{place} is not installed: uv sync --reinstall-package cnnlib"
            assert installed.read_bytes() == file.read_bytes(), f"{place} is old: uv sync --reinstall-package cnnlib"


def test_the_plugin_is_found_where_it_is_said_to_be():
    package = json.loads((LAB / "package.json").read_text(encoding="utf-8"))
    assert package["name"] == "cnnlib" and package["version"] == cnn.__version__
    assert f"{HOME}{package['jupyterlab']['_build']['load']}" in SHARED.values()


@pytest.mark.parametrize("entry", [SlidePlayer.entry, ShiftPlayer.entry, ENTRY], ids=lambda entry: entry.stem)
def test_the_plugin_loads_what_widgets_name_and_nothing_else(entry):
    plugin = (LAB / "plugin.js").read_text(encoding="utf-8")
    assert VIEW in plugin
    ours = re.compile(re.search(r"const OURS = /(.+)/;", plugin)[1].replace(r"\/", "/"))
    for file in (entry, *modules.joined(entry).sheets):
        assert ours.search(Path(file).resolve().relative_to(PACKAGE).as_posix())
    for bad in ("../../evil.js", "https://example.org/static/a.js", "viz/slide/static/../../a.js", "/static/a.js",
                "viz//static/a.js", "viz/slide/static/a.js?x", "data:text/javascript,1", "viz/slide/static/a.mjs"):
        assert not ours.search(bad), bad


def test_what_an_output_holds_is_plain_data():
    scene = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1])
    player = scene.player(step=2, speed=8)
    alone = player._repr_mimebundle_()[0][VIEW]
    assert json.loads(json.dumps(alone, allow_nan=False)) == alone
    assert alone["entry"] == "viz/slide/static/slide.js" and "viz/kit/static/theme.css" in alone["styles"]
    state = json.loads(alone["state"])
    assert state["spec"] == scene.spec and (state["step"], state["speed"]) == (2, 8)
    player.close()
    assert VIEW not in player._repr_mimebundle_()[0], "its live views are taken off the page"


def test_an_exported_page_keeps_the_still():
    """Of a notebook that was run and saved, with the entries that only JupyterLab understands."""
    data, metadata = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]).player()._repr_mimebundle_()
    assert {VIEW, store.WIDGET_VIEW, "text/html"} <= set(data)
    shown = new_output("display_data", data, metadata=metadata)
    page, _ = HTMLExporter().from_notebook_node(new_notebook(cells=[new_code_cell("player", outputs=[shown])]))
    assert page.count('<img alt="Convolution: x 5, kernel 2') == 1 and "vnd.cnnlib" not in page
