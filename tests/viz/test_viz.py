"""Pictures: what they say in words, what they refuse, and that they draw the numbers they were given."""

import base64
import html
import io
import subprocess
import sys

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

import cnnlib as cnn
from cnnlib.viz.figures import slide1d
from cnnlib.viz.kit import cells, png, style
from cnnlib.viz.kit.numbers import number, sum_text
from cnnlib.viz.kit.show import mimebundle
from tools.house_style import images

ALT = "Three cells, holding 1, 2 and 3, in a row."


def texts(fig):
    """Every text in a figure, the parts of sums joined."""
    found = [t.get_text() for ax in fig.axes for t in ax.texts]
    for ax in fig.axes:
        for artist in ax.artists:
            found += ["".join(text for text, _, _ in line.pieces) for line in artist.lines]
    return found


# --- show -------------------------------------------------------------------------------------------------------------

def test_the_bundle_says_the_same_words_three_times():
    """HTML, metadata of the PNG, and plain text."""
    alt = 'Values below 3 & above "2" <b>here</b>, all of them'
    data, metadata = mimebundle(Figure(figsize=(2, 1)), alt)
    (image,) = images(data["text/html"])
    assert image["alt"] == metadata["image/png"]["alt"] == data["text/plain"].removeprefix("[figure] ") == alt
    assert html.escape(alt) in data["text/html"] and "<b>" not in data["text/html"]
    assert image["src"] == "data:image/png;base64," + data["image/png"]


def test_the_png_is_clean_white_and_opaque():
    """No program, no date; nothing shines through on a dark page."""
    data, _ = mimebundle(cnn.viz.slide1d([0, 1, 0, 1, 1], [-1, 1]), ALT)
    image = opened(data)
    assert not image.info.keys() & {"Software", "Creation Time", "transparency"}
    pixels = np.asarray(image.convert("RGBA"))
    assert (pixels[..., 3] == 255).all() and (pixels[[0, -1]] == 255).all() and (pixels[:, [0, -1]] == 255).all()


def opened(data):
    """The picture in a bundle."""
    return Image.open(io.BytesIO(base64.b64decode(data["image/png"])))


def shades():
    """A figure with more shades than a palette holds, as a photograph has them."""
    fig = Figure(figsize=(2, 2))
    fig.add_axes([0, 0, 1, 1]).imshow(np.random.default_rng(0).random((64, 64, 3)))
    return fig


@pytest.mark.parametrize("made", [
    lambda: cnn.viz.slide1d([0, 1, 0, 1, 1], [-1, 1]),                          # a drawing
    lambda: cnn.viz.slide(np.arange(784).reshape(28, 28), np.ones((3, 3))).figure(),    # many colours
    lambda: cnn.viz.image_grid(np.arange(256).reshape(1, 16, 16) / 256),        # all greys
])
def test_fewer_colours_are_not_seen(monkeypatch, made):
    """A picture is packed into 256 colours, and stays what it was."""
    packed = opened(mimebundle(made(), ALT)[0])
    monkeypatch.setattr(png, "_counted", lambda pixels: None)
    monkeypatch.setattr(png, "_palette", lambda image, pixels: image)
    full = opened(mimebundle(made(), ALT)[0])
    error = np.asarray(packed.convert("RGB"), int) - np.asarray(full, int)
    assert (packed.mode, full.mode) == ("P", "RGB") and np.abs(error).max() <= 16


@pytest.mark.parametrize("shown", [["chelsea"], ["camera"], ["coffee", "chelsea", "camera", "coins"]])
def test_a_photograph_keeps_its_shades(shown):
    """Grey ones too, whose shades are few: colours counted out would show as steps."""
    photos = [np.broadcast_to(np.atleast_3d(cnn.data.photo(name).T).T, (3, *cnn.data.photo(name).shape[-2:]))
              for name in shown]
    high, wide = (min(photo.shape[axis] for photo in photos) for axis in (1, 2))
    fig = cnn.viz.image_grid(np.stack([photo[:, :high, :wide] for photo in photos]))
    *_, pixels = png._framed(png._drawn_tight(fig))
    quick = png._counted(pixels)
    assert quick is None or (np.asarray(quick.convert("RGB")) == np.asarray(png._image(pixels))).all()


def test_areas_keep_their_colours():
    """Cells are filled with the very colours of the scale; those of a photograph are not counted out at all."""
    scene = cnn.viz.slide(np.arange(-8, 17).reshape(5, 5), np.ones((3, 3)))
    picture = opened(mimebundle(scene.figure(), ALT, within=True)[0]).convert("RGB")
    found = {to_hex(np.divide(colour, 255)) for _, colour in picture.getcolors(picture.width * picture.height)}
    assert {style.fill(value, 16) for value in range(-8, 17)} <= found
    assert opened(mimebundle(shades(), ALT)[0]).mode == "RGB"


@pytest.mark.parametrize("scene", [cnn.viz.slide(np.arange(49).reshape(7, 7) % 5, [[1, 0, -1]] * 3),
                                   cnn.viz.shifts(np.arange(6), {"twice": lambda a: 2 * a})])
def test_the_still_of_a_player_is_drawn_and_packed_once(monkeypatch, scene):
    """It stands between the reader and the live view."""
    calls = []

    def counted(owner, name):
        inner = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *args, **kwargs: (calls.append(name), inner(*args, **kwargs))[1])

    player = scene.player()
    counted(Figure, "draw")
    counted(Image.Image, "save")
    assert opened(player._repr_mimebundle_()[0]).mode == "P"
    assert sorted(calls) == ["draw", "save"]


def test_a_figure_within_its_edges_is_drawn_as_any_other():
    """Quick or not, the same picture; and the figure is as it was."""
    scene = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1])
    fig = scene.figure()
    before = fig.canvas, fig.dpi
    quick, slow = (opened(mimebundle(fig, ALT, within=within)[0]) for within in (True, False))
    assert np.abs(np.subtract(quick.size, slow.size)).max() <= 1 and (fig.canvas, fig.dpi) == before


@pytest.mark.parametrize("alt", ["", "a plot", "   a   plot        of x   ", "x" * 501])
def test_too_few_or_too_many_words(alt):
    """A picture without words is refused, whoever is looking."""
    with pytest.raises(ValueError, match="alt: found"):
        cnn.viz.show(Figure(), alt)


def test_not_a_figure_and_not_text():
    """The two arguments exchanged, or axes passed instead of their figure."""
    with pytest.raises(TypeError, match=r"ax\.figure"):
        cnn.viz.show(Figure().subplots(), ALT)
    with pytest.raises(TypeError, match="alt: found int"):
        cnn.viz.show(Figure(), 3)


def test_outside_a_notebook_a_window_opens(monkeypatch):
    """Figures made without pyplot get one, too, and none is left behind."""
    plt.switch_backend("agg")
    opened = []
    monkeypatch.setattr(plt, "show", lambda: opened.append([plt.figure(n).axes for n in plt.get_fignums()]))
    fig = cnn.viz.slide1d([1, 2, 3], [1, 1])
    cnn.viz.show(fig, ALT)
    assert opened == [[fig.axes]] and not plt.get_fignums()


# --- style ------------------------------------------------------------------------------------------------------------

def test_digits_can_be_read_on_every_fill():
    """At least 4.5 to 1, what WCAG asks of small text, from one end of the scale to the other."""
    for value in np.linspace(-1, 1, 41):
        face = style.fill(value, 1)
        assert style.contrast(style.ink(face), face) >= 4.5


def test_digits_can_be_read_on_every_fill_at_night():
    """On a dark page, where a figure's lightness is turned round."""
    for value in np.linspace(-1, 1, 101):
        fill = style.fill(value, 1)
        assert style.contrast(style.night(style.ink(fill)), style.night(fill)) >= 4.5


def test_outlines_and_quiet_text_stand_out_from_white():
    """3 to 1 for outlines, 4.5 to 1 for text."""
    for name, role in style.ROLES.items():
        assert name in ("pending",) or style.contrast(role.colour, "white") >= 3, name
    assert style.contrast(style.QUIET, "white") >= 4.5 and style.contrast(style.PADDING, "white") >= 4.5


def test_roles_differ_without_colour():
    """Take the colours away: no two of the cells that stand side by side look alike."""
    names = ("input", "kernel", "output", "padding", "unread", "pending")
    assert len({style.ROLES[name][1:] for name in names}) == len(names)


def test_fills_are_centred_on_zero():
    """Equal and opposite values lie equally far from white."""
    assert style.fill(0, 3) == "#ffffff" and style.fill(5, 3) == style.fill(3, 3)
    assert style.fill(1, 3) != style.fill(-1, 3)
    assert style.signed_limit([0, 0]) == 1 and style.signed_limit([], [-2.5]) == 2.5


@pytest.mark.parametrize(("terms", "value", "printed"), [
    ([(0, -1), (1, 1)], 1, "0·(−1) + 1·1 = 1"),
    ([(-2, -3)], 6, "(−2)·(−3) = 6"),
    ([(0.1, 3)], 0.1 * 3, "0.1·3 = 0.3"),
    ([(1 / 3, 3)], 1, "0.33·3 ≈ 1"),
    ([(k, 1) for k in range(4, 13)], 72, "4·1 + 5·1 + 6·1 + 7·1 + 8·1 + 9·1 + 10·1 + 11·1 + 12·1 = 72"),
    ([(k, 1) for k in range(25)], 300, " + ".join(f"{n}·1" for n in range(16)) + " + … + 24·1 = 300"),
    ([(k - 0.25, -1.75) for k in range(9)], -59.0625,   # nine always, however long
     "(−0.25)·(−1.75) + " + " + ".join(f"{n}.75·(−1.75)" for n in range(8)) + " = −59.0625"),
    ([(1e-5, 1), (2e-5, 1)], 3e-5, "1e−5·1 + 2e−5·1 ≈ 3e−5"),
])
def test_printed_sums_are_true(terms, value, printed):
    """An equals sign only where the printed numbers are the numbers."""
    assert sum_text(terms, value) == printed


def test_approximate_sums_can_be_recalculated():
    """Whoever adds up what is printed, and rounds, arrives at what is printed."""
    rng = np.random.default_rng(0)
    for _ in range(200):
        terms = rng.normal(size=(3, 2)).tolist()
        left, right = sum_text(terms, sum(x * w for x, w in terms)).replace("−", "-").split(" ≈ ")
        digits = len(right.partition(".")[2])
        again = eval(left.replace("·", "*"))
        assert abs(again - float(right)) <= 0.5 * 10.0 ** -max(digits, 1) + 1e-9


# --- strips, ruler, signals, patch, wiring ----------------------------------------------------------------------------

CASES = [(s, p, d) for s in (1, 2, 3) for p in (0, 1, 2) for d in (1, 2)]


@pytest.mark.alike(3)
@pytest.mark.parametrize(("stride", "padding", "dilation"), CASES)
def test_the_strip_draws_what_the_library_calculates(stride, padding, dilation):
    """The sums on the picture are the outputs; the cells called unread are those that change nothing."""
    rng = np.random.default_rng(stride + 3 * padding + 9 * dilation)
    x, w = rng.integers(-5, 6, 8), rng.integers(1, 5, 3)
    y = cnn.correlate1d(x, w, stride, padding, dilation)
    sums = [t for t in texts(cnn.viz.slide1d(x, w, stride, padding, dilation)) if " = " in t and not t.startswith("i")]
    assert [s.split(" = ")[1] for s in sums] == [number(v) for v in y]
    assert [eval(s.split(" = ")[0].replace("·", "*").replace("−", "-")) for s in sums] == y.tolist()
    silent = {c for c in range(8) if not cnn.correlate1d(np.eye(8)[c], np.abs(w), stride, padding, dilation).any()}
    unread = slide1d.track(x, w, stride, padding, dilation).unread()
    assert {u - padding for u in unread if padding <= u < padding + 8} == silent
    assert texts(cnn.viz.slide1d(x, w, stride, padding, dilation, steps=[0])).count("never\nread") == len(unread)


def test_only_the_steps_asked_for():
    """And an error for those that do not exist."""
    assert sum(t.startswith("i = ") for t in texts(cnn.viz.slide1d([1, 2, 3, 4], [1, 1], steps=[0, 2]))) == 2
    for steps in ([3], []):
        with pytest.raises(ValueError, match="steps: found"):
            cnn.viz.slide1d([1, 2, 3, 4], [1, 1], steps=steps)


def test_cells_that_would_be_too_small_are_refused():
    """With the way out: a curve."""
    with pytest.raises(ValueError, match=r"cnn\.viz\.signals"):
        cnn.viz.slide1d(range(30), [1, 1])


def test_fill_is_value_and_outline_is_role():
    """One cell of each role: the fill does not depend on the role, and the outline not on the value."""
    for role in ("input", "kernel", "output"):
        _, ax = cells.sheet(10, 3)
        for column, value in enumerate((-1, 0, 1)):
            cells.cell(ax, column, 0, value, role)
        faces = [p.get_facecolor() for p in ax.patches if isinstance(p, Rectangle) and p.get_facecolor()[3] > 0]
        edges = {p.get_edgecolor() for p in ax.patches}
        assert [to_hex(face) for face in faces] == [style.fill(v, 1) for v in (-1, 0, 1)] and len(edges) == 1


@pytest.mark.parametrize(("stride", "padding", "dilation"), CASES)
def test_the_ruler_says_the_output_size(stride, padding, dilation):
    """Its last line is the formula's answer, its arches are the jumps."""
    fig = cnn.viz.size_ruler(9, 3, stride, padding, dilation)
    out = cnn.output_size(9, 3, stride, padding, dilation)
    found = texts(fig)
    assert f"{out - 1} + 1 = {out}" in found and found.count(f"+{stride}") == out - 1


def test_signals_keep_their_numbers():
    """The curves are the data; lengths that do not match are refused with the likely slip."""
    fig = cnn.viz.signals([{"x": ([0, 1, 2], [3, 4, 5])}, {"y": ([0, 1], [6, 7])}], ["mV", "V"])
    assert [ax.lines[0].get_ydata().tolist() for ax in fig.axes] == [[3, 4, 5], [6, 7]]
    with pytest.raises(ValueError, match="shortened"):
        cnn.viz.signals([{"y": ([0, 1, 2], [6, 7])}], "mV")
    with pytest.raises(ValueError, match="units"):
        cnn.viz.signals([{"y": ([0, 1], [6, 7])}], ["mV", "V"])
    with pytest.raises(ValueError, match="'y' has the role 'result'"):
        cnn.viz.signals([{"y": ([0, 1], [6, 7], "result")}], "mV")


def test_the_patch_adds_up():
    """The last line is the number in the response."""
    image, kernel = np.arange(64).reshape(8, 8) % 7, np.array([[1, -2], [0, 3]])
    fig = cnn.viz.patch2d(image, kernel, 2, 3)
    assert f"= {number(cnn.correlate2d(image, kernel)[2, 3])}" in " ".join(texts(fig))
    with pytest.raises(ValueError, match="row, column"):
        cnn.viz.patch2d(image, kernel, 7, 0)


def test_the_wires_are_counted():
    """Fully connected n·m, convolution m·F wires and F weights."""
    assert {"20 wires, 20 weights", "8 wires, 2 weights"} <= set(texts(cnn.viz.wiring(5, 2)))
    with pytest.raises(ValueError, match="kernel_size"):
        cnn.viz.wiring(9, 5)


def test_importing_the_library_does_not_import_matplotlib():
    """Only those who draw pay for it, for widgets only those who show one; all names are known before."""
    code = """if True:
        import sys, cnnlib as cnn
        scene = cnn.viz.slide([1, 2, 3], [1, 1])
        assert (scene.digest, scene.spec, scene.alt()) and cnn.viz.shifts([1, 2], {"a": abs}).alt(1)
        assert cnn.viz.kernel_lab([[0, 1]] * 3).alt()
        assert set(cnn.viz.__all__) <= set(dir(cnn.viz))
        assert not {"matplotlib", "anywidget", "PIL"} & {*sys.modules}
        scene.figure()
        assert "matplotlib" in sys.modules and "anywidget" not in sys.modules"""
    subprocess.run([sys.executable, "-c", code], check=True)
