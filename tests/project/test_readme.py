"""What the README promises: its commands, its pictures and its examples. (Links of all pages: test_check.py.)"""

import base64
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from PIL import Image, ImageSequence

import cnnlib as cnn
from tools import minutes, pictures, solutions

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, flags=re.DOTALL)
EXAMPLES = [text for language, text in BLOCKS if language == "python"]
COMMANDS = [text.strip() for language, text in BLOCKS if not language]


def test_the_first_screen_shows_a_picture_and_the_two_commands():
    first_screen = "\n".join(README.splitlines()[:25])
    assert "![" in first_screen
    assert "pip install uv && uv run jupyter lab notebooks/00_start_here.ipynb" in first_screen
    assert "pip install uv && uv run --all-extras pytest" in first_screen


def test_continuous_integration_runs_the_test_command_of_the_readme():
    assert f"({COMMANDS[1]})" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_table_of_lessons_is_complete():
    """With the minutes that each lesson says on its top."""
    listed = re.findall(r"^\| \[(\w+)\]\(notebooks/(\w+)\.ipynb\) \| (\d+) \|", README, flags=re.MULTILINE)
    lessons = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
    stated = [minutes.count(nbformat.read(path, as_version=4)).stated for path in lessons]
    assert listed == [(path.stem, path.stem, str(n)) for path, n in zip(lessons, stated, strict=True)]


def test_a_notebook_in_another_python_says_what_to_do():
    """The line that fails there, which the error shows, names the menu; and the README more."""
    firsts = [re.findall(r"import cnnlib as cnn[^\n\"\\]*", path.read_text(encoding="utf-8"))
              for path in (ROOT / "notebooks").rglob("*.ipynb") if "checkpoint" not in str(path)]
    assert {first for found in firsts for first in found} == {solutions.IMPORT} and max(map(len, firsts)) == 1
    assert "Kernel > Change Kernel" in solutions.IMPORT
    assert re.search(r"^\| `No module named 'cnnlib'`.*\*Kernel › Change Kernel", README, flags=re.MULTILINE)


def test_the_picture_is_the_first_figure_of_lesson_00():
    """So it shows what the lesson shows. When the figure changes: python -m tools.pictures."""
    figure = pictures.first_figure()
    same = base64.b64decode(figure["image/png"]) == (ROOT / "assets" / "pictures" / "first_look.png").read_bytes()
    assert same, "if the figure is right: python -m tools.pictures"   # bytes compared by pytest would take minutes
    alt, path = re.search(r"!\[([^\n]*?)\]\((assets/pictures/first_look.png)\)", README).groups()
    assert (f"[figure] {alt}", path) == (figure["text/plain"], "assets/pictures/first_look.png")


# --- sliding windows --------------------------------------------------------------------------------------------------

SHIFT, NEAR = 1, 24   # pixels that a line may have moved, and how far a colour, of 255, may be off


def frames(path):
    """Every frame of a picture as an array (H, W, 3) of integers."""
    with Image.open(path) as image:
        return [np.asarray(frame.convert("RGB"), int) for frame in ImageSequence.Iterator(image)]


def strangers(image, other):
    """How many pixels of an image have a colour that is nowhere near in the other."""
    edged = np.pad(other, ((SHIFT, SHIFT), (SHIFT, SHIFT), (0, 0)), mode="edge")
    high, wide = image.shape[:2]
    near = [edged[r:r + high, c:c + wide] for r in range(2 * SHIFT + 1) for c in range(2 * SHIFT + 1)]
    lowest, highest = np.minimum.reduce(near), np.maximum.reduce(near)
    return int(((image < lowest - NEAR) | (image > highest + NEAR)).any(axis=2).sum())


def differ(path, drawn):
    """How two pictures differ, in a few words; None if nobody would see it. (Other versions of a font move lines.)"""
    a, b = frames(path), frames(drawn)
    if len(a) != len(b):
        return f"{len(a)} frames, not {len(b)}"
    for n, (old, new) in enumerate(zip(a, b, strict=True)):
        if np.abs(np.subtract(old.shape, new.shape)).max() > SHIFT:
            return f"frame {n} is {old.shape}, not {new.shape}"
        high, wide = np.minimum(old.shape[:2], new.shape[:2])
        old, new = old[:high, :wide], new[:high, :wide]
        if not np.array_equal(old, new) and (count := strangers(old, new) + strangers(new, old)) > 50:
            return f"frame {n} has {count} pixels of colours that do not belong there"
    return None


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", sorted(pictures.PICTURES))   # the film takes longest, and is not the first
def test_sliding_windows_are_what_the_code_draws_now(name, tmp_path):
    """When the drawing changes, `python -m tools.pictures` makes them anew."""
    stored = pictures.FOLDER / name
    assert differ(stored, pictures.draw(name, tmp_path)) is None, "if it is right: python -m tools.pictures"
    assert stored.stat().st_size < (500_000 if name.endswith(".gif") else 150_000)


@pytest.mark.long
def test_other_pictures_would_be_noticed(tmp_path):
    """Another step, another number, another size, a frame less; but not a line that moved by a pixel."""
    (scene, step), stored = pictures.PICTURES["max_pool.png"], pictures.FOLDER / "max_pool.png"
    one_cell = scene.x.copy()
    one_cell[0, 0] = 2   # not the largest of its window, so nothing else changes
    other = tmp_path / "other.png"
    for changed, at in ((scene, step - 1), (cnn.viz.pool(one_cell, 2), step), (cnn.viz.pool(scene.x, 1), step)):
        assert differ(stored, changed.save(other, step=at))
    (film, _), stored = pictures.PICTURES["slide.gif"], pictures.FOLDER / "slide.gif"
    other = tmp_path / "other.gif"
    assert differ(stored, film.save(other, steps=range(24))) == "70 frames, not 67"
    turned = cnn.viz.slide(film.x, -film.w, padding=1)
    assert differ(stored, turned.save(other, speed=2)).startswith("frame 0 ")
    with Image.open(pictures.FOLDER / "signal.png") as image:
        Image.fromarray(np.roll(np.asarray(image.convert("RGB")), (1, 1), axis=(0, 1))).save(tmp_path / "moved.png")
    assert differ(pictures.FOLDER / "signal.png", tmp_path / "moved.png") is None


def test_sliding_windows_are_described():
    """Each picture once, in the words of its scene; the film in words of its own."""
    found = dict(re.findall(r"!\[([^\n]*?)\]\(assets/pictures/([\w.]+)\)", README))
    found = {name: words for words, name in found.items() if name in pictures.PICTURES}
    assert list(found) == list(pictures.PICTURES)
    film, _ = pictures.PICTURES["slide.gif"]
    alts = {name: scene.alt(step) for name, (scene, step) in pictures.PICTURES.items()}
    alts["slide.gif"] = found["slide.gif"]
    assert found == alts
    numbers = [film.steps, *film.kernel, *film.x.shape, *(int(film.output[at]) for at in ((0, 0), (-1, -1)))]
    said = [int(n.replace("−", "-")) for n in re.findall(r"−?\d+", found["slide.gif"])]
    assert said == numbers and len(film.frame(0).terms) == 9


@pytest.mark.long
def test_the_first_example_is_the_film(tmp_path, monkeypatch):
    """It runs, shows a player, saves it, and its scene is the one that moves above it."""
    example, names = EXAMPLES[0], {}
    monkeypatch.chdir(tmp_path)
    exec(example, names)
    assert names["scene"].digest == pictures.PICTURES["slide.gif"][0].digest
    assert "scene.player()" in example and "Content-Security-Policy" in Path("slide.html").read_text(encoding="utf-8")


def test_the_tour_is_one_of_the_scene_above(monkeypatch, tmp_path):
    """Its numbers are those of the moving picture; step 12 is there."""
    names = {}
    monkeypatch.chdir(tmp_path)
    exec(EXAMPLES[0], names)
    told = eval(EXAMPLES[1], names).tour["pages"]
    value = f"{names['scene'].frame(12).value:.0f}".replace("-", "−")
    assert told[0]["text"].endswith(f" = {value}.") and "only 9 places" in told[2]["text"]


def test_the_example_runs_and_shows_what_it_says(capsys):
    example = EXAMPLES[2].replace("epochs=5", "epochs=1")
    names = {}
    exec(example, names)
    for line in example.splitlines():
        code, _, said = line.partition("  # ")
        if said.startswith(("array", "3")):
            assert repr(eval(code, names)) == said
    assert len(names["history"]["loss"]) == 1
