"""Scenes as files: what each kind holds, that films are the figures, and that a failure leaves the old file alone."""

import html
import os
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from drawn import SCENES, digits, frames, lines, picture, pixels, small, unwrapped, whole, words
from effort import effort
from PIL import Image

import cnnlib as cnn
from cnnlib import _writing
from cnnlib.viz.kit import files, film, style
from cnnlib.viz.kit.numbers import number
from cnnlib.viz.slide import figure

SCENE = SCENES["image, padded"]


def colour_tables(data):
    """The frames of a GIF, and how many of them bring a colour table of their own."""
    place, frames, own = 13, 0, 0
    if data[10] & 0x80:
        place += 3 * 2 ** ((data[10] & 7) + 1)
    while data[place] != 0x3B:
        if data[place] == 0x21:
            place += 2
        else:
            assert data[place] == 0x2C
            frames, flags = frames + 1, data[place + 9]
            own += bool(flags & 0x80)
            place += 11 + (3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0)
        while data[place]:
            place += data[place] + 1
        place += 1
    return frames, own


def opened(path):
    """The frames of a film as RGB numbers, and their milliseconds."""
    with Image.open(path) as film:
        found = []
        for n in range(film.n_frames):
            film.seek(n)
            found.append((np.asarray(film.convert("RGB"), int), film.info["duration"]))
        return found, film.info.get("loop")


# --- pictures ---------------------------------------------------------------------------------------------------------

def test_png_is_the_figure(tmp_path):
    """Of the last step, or of the one asked for; with its words, without the name of a program."""
    with Image.open(SCENE.save(tmp_path / "a.png")) as image:
        assert (np.asarray(image.convert("RGB"), int) == pixels(SCENE.figure(), files.DPI)).all()
        assert image.info["Description"] == SCENE.alt() and "Software" not in image.info
    with Image.open(SCENE.save(tmp_path / "b.PNG", step=3)) as image:
        assert (np.asarray(image.convert("RGB"), int) == pixels(SCENE.figure(3), files.DPI)).all()


def test_svg_is_text_without_a_date(tmp_path):
    """The words of the sum are in it as words; the same scene gives the same bytes."""
    path = SCENE.save(tmp_path / "a.svg", step=5)
    source = path.read_text(encoding="utf-8")
    root = ET.fromstring(source)
    texts = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
    line = dict(lines(SCENE.figure(5)))["step 6 of 16"]
    assert line in "".join(texts) and "step 6 of 16" in texts
    assert root.find("{http://www.w3.org/2000/svg}title").text == SCENE.alt(5) and root.get("role") == "img"
    # A piece such as " + " keeps its blanks, and who lacks the font sees its kin.
    assert "white-space: pre" in source and "'DejaVu Sans', Verdana" in source
    for trace in ("date", "matplotlib", "creator", time.strftime("%Y-")):
        assert trace not in source.lower(), trace
    assert SCENE.save(tmp_path / "b.svg", step=5).read_bytes() == path.read_bytes()
    assert SCENE.save(tmp_path / "b.svg").read_bytes() != path.read_bytes()


def test_a_title_with_signs_of_markup_stays_text(tmp_path):
    """ "->" stands in every alternative text. """
    source = SCENE.save(tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "-&gt; y 4×4" in source and "-> y" not in source


# --- films ------------------------------------------------------------------------------------------------------------

@pytest.mark.alike(8)
@pytest.mark.parametrize("name", [
    "signal, padded", "image, dilated", "channels", "max, padded", "transpose", "64x64", "dx, never read",
    "dw, channels", "28x28", "max, large", "signal, long",
])
def test_films_are_made_of_the_figures(name):
    """What is drawn once and what is drawn anew give the same picture as drawing all of it, to the last pixel."""
    scene = SCENES[name]
    steps = [0, 1, scene.steps // 2, scene.steps - 1]
    for step, frame in zip(steps, film.film(scene, steps), strict=True):
        assert (np.asarray(frame, int) == pixels(figure.figure(scene, step), film.FILM_DPI)).all(), step


def test_a_film_backwards_begins_anew():
    steps = [9, 2]
    for step, frame in zip(steps, film.film(SCENE, steps), strict=True):
        assert (np.asarray(frame, int) == pixels(figure.figure(SCENE, step), film.FILM_DPI)).all()


@pytest.mark.long
def test_a_gif_moves(tmp_path):
    """In each step the window slides, its products stand there, then their sum: in time, and as the figure has it."""
    path = SCENE.save(tmp_path / "a.gif", speed=4)
    found, loop = opened(path)
    row = [50, 100, 100]   # milliseconds; at the beginning of a row there is nothing to slide
    assert loop == 0 and [ms for _, ms in found] == [*([120, 120, *row * 3] * 4)[:-1], film.PAUSE]
    assert colour_tables(path.read_bytes()) == (len(found), 0) and len({frame.shape for frame, _ in found}) == 1
    ends = [n for n in range(len(found)) if n % 11 % 3 == 1]   # 1, 4, 7, 10 of each row
    assert len(ends) == SCENE.steps
    for step in (0, 7, 15):
        wanted, shown = pixels(SCENE.figure(step), film.FILM_DPI), found[ends[step]][0]
        assert np.abs(shown - wanted).max() <= 32 and (shown == wanted).all(axis=-1).mean() > 0.9
        assert (shown[:3] == 255).all()   # paper stays white


def test_phases_show_the_way_and_the_products():
    """Half a stride before it, the window; then the products in place of the weights, and the sum without its end."""
    scene = SCENES["channels"]
    made, _ = picture(scene, 0)
    made.mark(1, "slide")
    x, w = made.panels["source"][0], made.panels["weights"]
    assert frames(x, style.KERNEL, 2.9) == [(0, 1, 3, 3)] and "y[" not in words(made.fig)   # from 0 to the stride, 2
    made.mark(1, "products")
    frame = scene.frame(1)
    for c, panel in enumerate(w):
        assert {p: text for p, (text, _) in digits(panel).items()} == {
            (n // 3, n % 3): number(term.product) for n, term in enumerate(frame.terms[9 * c:9 * c + 9])}
    line = dict(unwrapped(made.fig))["step 2 of 18"]
    assert line == words_of(scene, 1).rpartition(" = ")[0] and len(digits(made.panels["result"][0])) == 1
    made.mark(1)
    assert digits(w[0]) == digits(picture(scene, 1)[0].panels["weights"][0])


def words_of(scene, step):
    return dict(unwrapped(scene.figure(step)))[f"step {step + 1} of {scene.steps}"]


def test_a_slide_over_7x7_is_quickly_filmed(tmp_path):
    scene = cnn.viz.slide(whole(7, 7), small(3, 3))
    path = scene.save(tmp_path / "warm.png").with_name("a.gif")
    assert effort(lambda: scene.save(path), enough=200, tries=2) < 200 and path.stat().st_size < 600_000
    assert colour_tables(path.read_bytes())[0] == 70


def test_some_steps_of_a_long_film(tmp_path):
    scene = SCENES["28x28"]
    with pytest.raises(ValueError, match=r"found 784 frames, expected at most 300; pass .* steps=range\(0, 784, 3\)"):
        scene.save(tmp_path / "a.gif")
    assert not list(tmp_path.iterdir())
    path = scene.save(tmp_path / "a.gif", steps=range(0, 784, 200))
    assert colour_tables(path.read_bytes()) == (5, 0)   # the first step from the beginning
    assert len(opened(SCENE.save(tmp_path / "b.gif", steps=(n for n in (3, 1, 3))))[0]) == 3


def test_a_single_step_is_a_film_of_one_frame(tmp_path):
    with Image.open(SCENES["one cell"].save(tmp_path / "a.gif")) as film:
        assert film.n_frames == 1 and film.size[0] > 100


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf"), 51, "2", True, None])
def test_impossible_speeds(tmp_path, speed):
    with pytest.raises(ValueError, match="speed must be a number"):
        SCENE.save(tmp_path / "a.gif", speed=speed)


@pytest.mark.parametrize("steps", [[16], [-1], [], [0, 99]])
def test_steps_that_do_not_exist(tmp_path, steps):
    with pytest.raises(ValueError, match="steps"):
        SCENE.save(tmp_path / "a.gif", steps=steps)


def test_a_step_that_does_not_exist(tmp_path):
    for wrong in ([0.5], 3):
        with pytest.raises(TypeError, match="steps must be"):
            SCENE.save(tmp_path / "a.gif", steps=wrong)
    for kind in ("png", "svg"):
        with pytest.raises(ValueError, match="step: found step 16, expected 0 to 15"):
            SCENE.save(tmp_path / f"a.{kind}", step=16)


# --- files ------------------------------------------------------------------------------------------------------------

def test_html_is_the_page(tmp_path):
    path = SCENE.save(str(tmp_path / "a.html"))
    assert path == tmp_path / "a.html"
    source = path.read_text(encoding="utf-8")
    assert source.startswith("<!doctype html>") and "Content-Security-Policy" in source
    assert SCENE.alt() in html.unescape(source) and "<script" in source


def test_unknown_kinds_and_places(tmp_path):
    with pytest.raises(ValueError, match=r"path must end in \.html, \.gif, \.svg or \.png, found 'a\.jpg'"):
        SCENE.save(tmp_path / "a.jpg")
    with pytest.raises(ValueError, match="path must end in"):
        SCENE.save(tmp_path / "picture")
    with pytest.raises(FileNotFoundError, match=r"the folder .*nowhere' does not exist"):
        SCENE.save(tmp_path / "nowhere" / "a.png")
    with pytest.raises(TypeError, match="path must be a file name"):
        SCENE.save(3)
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(ValueError, match="path must be a file, found the folder"):
        SCENE.save(tmp_path / "folder.png")


def test_arguments_for_another_kind_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"steps belongs to \.gif files, found it for a\.png; step="):
        SCENE.save(tmp_path / "a.png", steps=[1])
    with pytest.raises(ValueError, match=r"step belongs to \.png and \.svg files, found it for a\.gif; steps="):
        SCENE.save(tmp_path / "a.gif", step=1)


@pytest.mark.parametrize("suffix", ["png", "svg", "gif", "html"])
def test_a_failure_leaves_the_old_file(tmp_path, monkeypatch, suffix):
    """Though half of the new one was written; and nothing else stays in the folder."""
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"old")
    write = _writing.write

    def full(path, fill):
        def fills_the_disk(file):
            fill(file)
            assert file.tell() > 1000
            raise OSError("No space left on device")

        return write(path, fills_the_disk)

    monkeypatch.setattr(_writing, "write", full)
    with pytest.raises(OSError, match="No space"):
        SCENE.save(path)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="permissions are those of POSIX")
def test_files_can_be_read_by_others(tmp_path):
    """As any file that the user writes: a temporary file would be private."""
    (tmp_path / "plain").write_text("")
    path = SCENE.save(tmp_path / "a.svg")
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode
    old = path.stat().st_ino
    assert SCENE.save(path).stat().st_ino != old   # put in its place in one go
