"""Figures on both grounds: on a dark page their lightness is turned round and every ink reads, photographs stay."""

import base64
import io

import nbformat
import numpy as np
import pytest
from lab import KERNEL
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

import cnnlib as cnn
from cnnlib.viz.kit import modules, style
from cnnlib.viz.kit.show import FIGURE, mimebundle

ALT = "A figure that stands here to be looked at."
INKS = ["TEXT", "QUIET", "PADDING", "INPUT_TEXT", "KERNEL_TEXT", "OUTPUT"]
GREYS = np.linspace(0, 1, 64).reshape(1, 8, 8)


def theirs(**options):
    """A figure of somebody's own: a photograph, a heat map, and a curve with its name."""
    fig = Figure(figsize=(6, 2), **options)
    for ax, kwargs in zip(fig.subplots(1, 3), ({"cmap": "gray"}, {}, None), strict=True):
        if kwargs is None:
            ax.plot([1, 3, 2], label="mine")
            ax.legend()
        else:
            (ax.imshow if kwargs else ax.pcolormesh)(GREYS[0], **kwargs)
    return fig


def swatches():
    """Every ink of letters as an area."""
    fig = Figure(figsize=(6, 1))
    fig.add_axes([0, 0, 1, 1]).bar(range(6), 1, color=[getattr(style, ink) for ink in INKS])
    fig.axes[0].axis("off")
    return fig


FIGURES = {"inks": swatches, "photographs": lambda: cnn.viz.image_grid(np.stack([GREYS] * 2)), "theirs": theirs,
           "dark of its own": lambda: theirs(facecolor="black")}


def stored(data):
    return Image.open(io.BytesIO(base64.b64decode(data["image/png"]))).convert("RGB")


def seen(element, size):
    """What is on the screen, as large as the stored picture."""
    return np.asarray(Image.open(io.BytesIO(element.screenshot())).convert("RGB").resize(size), int)


def turned(pixels):
    """What a dark page makes of pixels."""
    colours, places = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True)
    night = [[int(style.night(colour / 255)[n:n + 2], 16) for n in (1, 3, 5)] for colour in colours]
    return np.array(night)[places].reshape(pixels.shape)


def far(a, b):
    """The share of pixels that differ by more than scaling makes them."""
    return (np.abs(a - b).max(axis=-1) > 40).mean()


@pytest.fixture(scope="module")
def page(browser):
    """A page that draws figures as JupyterLab's part does."""
    page = browser.new_page(viewport={"width": 1100, "height": 700})
    sheet = (modules.STATIC / "figure.css").read_text(encoding="utf-8")
    page.set_content(f"<style>{sheet} body {{ margin: 0 }}</style>")
    code = (modules.STATIC / "figure.js").read_text(encoding="utf-8")
    page.evaluate("""async code => {
        const { figure } = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
        window.put = async (dark, given) => {
            Object.assign(document.body.dataset, { jpThemeLight: String(!dark) });
            document.body.style.background = dark ? "#111111" : "#ffffff";
            document.body.replaceChildren(figure(given));
            await Promise.all([...document.images].map(image => image.decode()));
        };
    }""", code)
    yield page
    page.close()


def show(page, made, dark):
    data, metadata = mimebundle(made, ALT)
    page.evaluate("([dark, given]) => put(dark, given)",
                  [dark, {"png": data["image/png"], **metadata["image/png"], **data[FIGURE]}])
    picture = stored(data)
    return np.asarray(picture, int), seen(page.locator(".cnn-figure"), picture.size), metadata["image/png"]["photos"]


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", FIGURES)
def test_on_both_grounds(page, name):
    picture, light, photos = show(page, FIGURES[name](), dark=False)
    _, dark, _ = show(page, FIGURES[name](), dark=True)
    assert far(light, picture) < 0.06 and (far(dark, picture) > 0.1) == (name != "dark of its own")
    if name == "dark of its own":
        return
    high, wide, _ = picture.shape
    kept = np.zeros((high, wide), bool)
    for left, top, across, down in photos:
        kept[round(top * high):round((top + down) * high), round(left * wide):round((left + across) * wide)] = True
    assert len(photos) == {"photographs": 2, "theirs": 2}.get(name, 0)
    assert far(dark, np.where(kept[..., None], picture, turned(picture))) < 0.06
    assert kept.mean() > 0.3 or name == "inks"
    alt = page.locator(".cnn-figure img").first.get_attribute("alt")
    assert alt == ALT and page.get_by_role("img").count() == 1   # the photographs are not read out again


def test_every_ink_reads_on_both_grounds(page):
    """As measured on the screen, and as `night` says."""
    for dark, ground in ((False, "#ffffff"), (True, "#111111")):
        _, screen, _ = show(page, swatches(), dark)
        colours, counts = np.unique(screen[screen.shape[0] // 2], axis=0, return_counts=True)
        areas = colours[counts > screen.shape[1] / 20] / 255
        read = [style.contrast(colour, ground) for colour in areas]
        assert len(areas) == len(INKS) + 1 and sorted(read)[1] >= 4.5   # the other is the ground itself
    for ink in INKS:
        colour = getattr(style, ink)
        assert style.contrast(colour, "white") >= 4.5
        assert min(style.contrast(style.night(colour), ground) for ground in ("#111111", style.night("white"))) >= 4.5


def test_jupyterlab_follows_its_theme(lessons, open_notebook, requests_outside):
    """A notebook that was stored and is not trusted, seen before anything is run; the theme changes under it."""
    outputs = [new_output("display_data", data, metadata=metadata)
               for data, metadata in (mimebundle(made(), ALT) for made in FIGURES.values())]
    cells = [new_markdown_cell("# Figures"), *(new_code_cell("1", outputs=[output]) for output in outputs)]
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), lessons / "figures.ipynb")
    notebook = open_notebook("figures.ipynb")
    figures = notebook.page.locator(".jp-OutputArea-output .cnn-figure")
    figures.nth(len(FIGURES) - 1).wait_for()
    filters = []
    for light in ("true", "false"):
        notebook.page.evaluate("light => { document.body.dataset.jpThemeLight = light; }", light)
        filters.append(figures.locator("img").evaluate_all(
            "images => images.map(image => getComputedStyle(image).filter !== 'none')"))
    assert filters == [[False] * 4, [True, True, True, False]]
    assert figures.locator(".cnn-photos").evaluate_all(
        "images => images.map(image => getComputedStyle(image).display)") == ["block"] * 2 + ["none"]
    assert requests_outside == [] and notebook.thrown == []
    assert notebook.problems() == []
