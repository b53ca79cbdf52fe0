"""Pictures of one's own in the kernel lab: files of all kinds, dropped, pasted, from the camera.

What cannot be taken is told in a sentence, what was there before stays, and nothing leaves the page.
"""

import base64
import io

import numpy as np
import pytest
from kernel_page import CAMERA, SMALL, mount, notices, opened
from PIL import Image

import cnnlib as cnn

STAYS = "It stays in this page."
LAB = cnn.viz.kernel_lab(SMALL, [[1]], view="picture")


@pytest.fixture(scope="module")
def shared(browser):
    with opened(browser, init=CAMERA) as page:
        yield page
        assert page.errors == [] and page.outside == []


def file(name, image, **options):
    """A file as somebody uploads it."""
    data = io.BytesIO()
    image.save(data, name.rpartition(".")[2].replace("jpg", "jpeg"), **options)
    return {"name": name, "mimeType": "image/" + name.rpartition(".")[2], "buffer": data.getvalue()}


def upload(view, given):
    """Give it, and wait until something is said of it."""
    view.js("player.root.querySelectorAll('.cnn-said, .cnn-error').forEach(part => { part.textContent = ''; })")
    view.root.locator("input[type=file]").set_input_files(given)
    return said(view)


def said(view):
    view.page.wait_for_function("""i => [...players[i].root.querySelectorAll(".cnn-said, .cnn-error")]
      .some(part => part.textContent)""", arg=view.index)
    return view.text("cnn-said") + view.error


def pixels(view, *places):
    """What the response, here the picture itself, is at some places; of colours, their sum."""
    found = []
    for place in places:
        view.from_python(at=[*place])
        found.append(view.value)
    return found


GREY = Image.fromarray(np.array([[0, 100], [200, 255]], np.uint8))


def check_files(page):
    view = mount(page, LAB)
    assert upload(view, file("grey.png", GREY)) == f"“grey.png”, 2 × 2 pixels. {STAYS}"
    assert pixels(view, (0, 0), (0, 1), (1, 0), (1, 1)) == [0, 100, 200, 255]
    assert view.control("Picture").input_value() == "", "none of Python's pictures"
    assert view.saves("picture") == [] and "100" not in str(view.js("player.saved"))
    colour = Image.new("RGB", (600, 300), (10, 20, 200))
    assert upload(view, file("sea.png", colour)) == (
        f"“sea.png”, 600 × 300 pixels, scaled down to 256 × 128. {STAYS}")
    assert pixels(view, (127, 255)) == [230] and view.root.get_by_label("in colour").is_visible()
    assert view.text("cnn-sum") == "y[127, 255] = red 10 + green 20 + blue 200 = 230"
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    clear.putpixel((1, 0), (255, 0, 0, 255))
    assert "transparent parts laid on white" in upload(view, file("clear.png", clear))
    assert pixels(view, (0, 0), (0, 1), (3, 3)) == [765, 255, 765]
    film = [Image.new("P", (5, 3), n) for n in (0, 1)]
    for frame, grey in zip(film, (40, 240), strict=True):
        frame.putpalette([grey] * 768)
    moving = file("film.gif", film[0], save_all=True, append_images=film[1:], duration=100, loop=0)
    assert "the first of a moving picture" in upload(view, moving) and pixels(view, (2, 4)) == [40]
    assert upload(view, file("dot.png", Image.new("L", (1, 1), 77))) == f"“dot.png”, 1 × 1 pixels. {STAYS}"
    assert pixels(view, (0, 0)) == [77]
    view.control("Picture").select_option("picture")
    assert pixels(view, (3, 4)) == [SMALL[3, 4]] and view.text("cnn-said") == ""
    view.control("Picture").select_option(label="your own")   # stays there
    assert pixels(view, (0, 0)) == [77]


def test_files(page):
    check_files(page)


@pytest.mark.control
def test_files_broken(browser):
    notices(browser, check_files, ('ctx.fillStyle = "white";', 'ctx.fillStyle = "black";'))


def check_refused(page):
    """A sentence each, and what was there before stays."""
    view = mount(page, cnn.viz.kernel_lab(SMALL, [[1, 2, 3]], padding="valid"), at=[4, 5])
    before = view.picture
    for given, words in [
        ({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"},
         "“notes.txt” is not a picture that this browser can read."),
        ({"name": "half.png", "mimeType": "image/png", "buffer": file("a.png", GREY)["buffer"][:40]},
         "“half.png” is not a picture that this browser can read."),
        ({"name": "empty.png", "mimeType": "image/png", "buffer": b""}, "“empty.png” is empty."),
        (file("dot.png", Image.new("L", (1, 1))),
         "A kernel that spans 1 × 3 has no place on 1 × 1 pixels without padding. The previous picture stays."),
        ({"name": "x" * 99 + ".png", "mimeType": "image/png", "buffer": b"no"}, "x…” is not a picture"),
    ]:
        assert words in upload(view, given) and view.error and view.text("cnn-said") == ""
        assert view.picture == before
    huge = bytearray(file("a.png", GREY)["buffer"])
    huge[16:24] = (20_000).to_bytes(4, "big") * 2   # says so of itself, and is believed before anything is unpacked
    assert "“huge.png” has 20000 × 20000 pixels: more than" in upload(
        view, {"name": "huge.png", "mimeType": "image/png", "buffer": bytes(huge)})
    assert view.picture == before and view.value == LAB.response[4, 5:8] @ [1, 2, 3]


def test_what_is_refused(page):
    check_refused(page)


@pytest.mark.control
def test_what_is_refused_broken(browser):
    notices(browser, check_refused, ("size[0] * size[1] > MOST_PIXELS", "false"))


def test_what_says_that_it_is_huge(page):
    """Every kind of file in its own way; it is believed before anything is unpacked."""
    view = mount(page, LAB)
    places = {"gif": lambda w, h: (6, w[:2] + h[:2]), "bmp": lambda w, h: (18, w + h),
              "webp": lambda w, h: (24, w[:3] + h[:3]), "jpg": lambda w, h: (-1, h[1::-1] + w[1::-1])}
    for kind, place in places.items():
        webp = kind == "webp"   # which tells one less, in three bytes, if it has more to tell than its size
        data = bytearray(file(f"a.{kind}", GREY, **{"exif": Image.Exif()} if webp else {})["buffer"])
        at, told = place(*((n - webp).to_bytes(4, "little") for n in (20_000, 10_000)))
        at = data.index(b"\xff\xc0") + 5 if kind == "jpg" else at
        data[at:at + len(told)] = told
        assert f"“huge.{kind}” has 20000 × 10000 pixels: more than" in upload(
            view, {"name": f"huge.{kind}", "mimeType": f"image/{kind}", "buffer": bytes(data)})


def test_forty_megapixels(page):
    """As of a good camera: scaled down, and told."""
    view = mount(page, LAB)
    large = file("large.png", Image.new("1", (8000, 5000), 1), compress_level=1)
    assert upload(view, large) == f"“large.png”, 8000 × 5000 pixels, scaled down to 256 × 160. {STAYS}"
    assert pixels(view, (159, 255)) == [255]


HAND = """([i, type, name, data]) => {
  const transfer = new DataTransfer(), bytes = Uint8Array.from(atob(data), sign => sign.charCodeAt(0));
  transfer.items.add(new File([bytes], name, { type: "image/png" }));
  const init = { clipboardData: transfer, dataTransfer: transfer, bubbles: true, cancelable: true };
  const event = type === "paste" ? new ClipboardEvent(type, init) : new DragEvent(type, init);
  players[i].root.dispatchEvent(event);
  return event.defaultPrevented;
}"""


def test_dropped_and_pasted(page):
    view, data = mount(page, LAB), base64.b64encode(file("a.png", GREY)["buffer"]).decode()
    hand = lambda type, name: page.page.evaluate(HAND, [view.index, type, name, data])
    assert hand("dragover", "a.png") and view.root.evaluate("root => root.classList.contains('cnn-dropping')")
    assert hand("drop", "dropped.png") and "“dropped.png”, 2 × 2" in said(view) and pixels(view, (1, 0)) == [200]
    view.control("Picture").select_option("picture")
    assert hand("paste", "pasted.png") and "“pasted.png”, 2 × 2" in said(view) and pixels(view, (0, 1)) == [100]


def check_camera(page):
    """Live until it is stopped, or the lab is gone; a camera that is refused is told."""
    view, camera = mount(page, LAB), lambda what: page.page.evaluate(f"camera.{what}")
    for error, words in (("NotAllowedError", "The camera was refused."), ("NotFoundError", "No camera was found."),
                         ("NotReadableError", "another program"), ("AbortError", "does not start")):
        camera(f"error = '{error}'")
        view.press("Live camera")
        view.root.locator(".cnn-error", has_text=words).wait_for()
        assert pixels(view, (3, 4)) == [SMALL[3, 4]]
    camera("error = null")
    stopped = camera("stopped")
    view.press("Live camera")
    page.page.wait_for_function("i => players[i].root.dataset.value > 245 && players[i].root.dataset.value < 255",
                                arg=view.index)   # red, 48 × 64
    assert view.text("cnn-said") == "Live from the camera. Nothing leaves this page." and view.error == ""
    view.control("kernel w[0, 0]").fill("2")
    assert view.value > 490, "edits are seen at once"
    view.press("Stop the camera")
    assert camera("stopped") == stopped + 1 and view.value > 490 and "its last picture stays" in view.text("cnn-said")
    view.press("Live camera")
    view.button("Stop the camera").wait_for()
    view.remove()
    page.page.wait_for_function("n => camera.stopped === n", arg=stopped + 2)


def test_the_camera(page):
    check_camera(page)


@pytest.mark.control
def test_the_camera_broken(browser):
    notices(browser, check_camera, ("running?.stop();", ""), init=CAMERA)


def test_no_camera_at_all(page):
    """As on a page that came over an open line."""
    page.page.evaluate("Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined })")
    view = mount(page, LAB)
    view.press("Live camera")
    assert said(view) == "This browser does not let a page like this one use a camera."
