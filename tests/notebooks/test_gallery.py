"""The gallery shows every kind of scene, every way to look at one, and every kind of file."""

from pathlib import Path

import nbformat

from cnnlib.viz.kit import files
from cnnlib.viz.slide import kinds, player
from tools.asking import digest

PATH = Path(__file__).resolve().parents[2] / "notebooks" / "gallery.ipynb"
CELLS = nbformat.read(PATH, as_version=4).cells
CODE = "\n".join(cell.source for cell in CELLS if cell.cell_type == "code")
NAMES = {"conv": "Conv2d 1", "max": "MaxPool2d", "avg": "AvgPool2d", "transpose": "ConvTranspose2d", "dx": "Conv2d dx",
         "dw": "Conv2d dw"}


def shown():
    """(text above, code, digest) of every player."""
    return [(CELLS[i - 1].source, cell.source, found) for i, cell in enumerate(CELLS) if cell.cell_type == "code"
            for output in cell.outputs if (found := digest(output))]


def test_every_kind_is_shown():
    """And a signal; a new kind needs a cell here."""
    assert set(NAMES) == set(kinds.KINDS)
    digests = [found for _, _, found in shown()]
    for name in (*NAMES.values(), "Conv1d"):
        assert any(found.startswith(name) for found in digests), name
    assert len(set(digests)) == len(digests)


def test_every_way_to_look_is_shown():
    """Modes, views, one's own function, and files of all kinds."""
    for mode in set(player.MODES) - {"explore"}:
        assert f'mode="{mode}"' in CODE
    for view in player.VIEWS:
        assert f'view=["{view}"]' in CODE
    assert "SlidePlayer.compare(scene, my_function)" in CODE and "scene.player(tour=pages)" in CODE
    assert all(f"slide{suffix}" in CODE for suffix in files.SUFFIXES)


def test_every_player_comes_with_something_to_try():
    """Each below a heading of its own, and the last line of its cell."""
    for above, source, _ in shown():
        assert above.startswith("## ") and "\n**Try:** " in above
        assert source.splitlines()[-1].startswith(("scene.player(", "cnn.viz.SlidePlayer.compare(scene"))
