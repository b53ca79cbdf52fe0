"""Looking into a network, in a real Chromium: every map and the answer are NumPy's, down to one dot product."""

import re

import numpy as np
import pytest
from browser_networks import drawn
from network_page import COLOUR, DIGITS, IMAGES, MODEL, PLAIN, notices, opened, told
from PIL import Image
from playwright.sync_api import expect

import cnnlib as cnn
from cnnlib.viz.kit.numbers import number
from cnnlib.viz.network.words import percent

EIGHT = [cnn.nn.Conv2d(channels, 4, 3, padding=1) for channels in (1, *[4] * 7)]
LONG = cnn.viz.network_explorer(cnn.nn.Sequential(*EIGHT, cnn.nn.Flatten(), cnn.nn.Linear(3136, 10)), IMAGES)


@pytest.fixture(scope="module")
def pages(browser):
    with opened(browser) as page:
        yield page
        assert page.errors == [] and page.outside == []


def names(view):
    """What the buttons of the picture are called: of maps, and of the answer."""
    return view.js("""[".cnn-map", ".cnn-vote"].map(name => [...player.root.querySelectorAll(name)]
      .filter(each => !each.hidden).map(each => each.getAttribute("aria-label") ?? each.textContent))""")


def largest(name, values):
    most = values.ravel()[np.abs(values).argmax()]
    return f"{name}: " + (f"largest {number(most)}" if most else "all 0")


def check_numbers(page, network=DIGITS, images=(0, 3)):
    """Each map's largest number, and each share, is NumPy's."""
    view = page.mount(network)
    for i in images:
        if i:
            view.from_python(image=i)
            page.page.wait_for_function(f"{view.handle}.root.dataset.step === '{i}'")
            page.frames()
        outputs, expected = network.outputs(i), []
        for column in network.columns[:-1]:
            y, name, count = outputs[column["out"]], column["name"], column["shape"][0]
            if len(column["shape"]) == 3:
                maps = y.reshape(column["shape"])[:16]
                expected += [largest(f"{name}, map {k} of {count}", maps[k]) for k in range(len(maps))]
            else:
                expected.append(largest(f"{name}, {count} numbers", y))
        maps, answers = names(view)
        assert maps == expected
        p = cnn.softmax(outputs[-1].astype(float))
        for text, name, share in zip(answers, network.classes, p, strict=True):
            found = re.fullmatch(rf"{name}([\d.]+) %", text)
            assert found and abs(float(found[1]) - 100 * share) < 0.11
            assert (found[1] == "100") == (np.float32(share) == 1), "as in Python"
    view.remove()


def dot(view):
    return float(view.js("player.root.querySelector('.cnn-dot, .cnn-dense').dataset.value"))


def check_down_to_one_number(page):
    """From the picture to a map, to one of its numbers, to the sliding player on its window; Escape leads back, and the
    focus stands where it was."""
    view, keyboard = page.mount(DIGITS, image=2), page.page.keyboard
    outputs, tile = DIGITS.outputs(2), view.root.locator("[data-kind=Conv2d]").nth(1).locator(".cnn-map").nth(9)
    tile.click()
    large = view.root.locator(".cnn-large canvas")
    expect(large).to_be_focused()
    assert view.trait("looking") == [2, 9] and "conv 2, map 9" in view.text("cnn-crumbs")
    box = large.bounding_box()
    large.click(position={"x": box["width"] * 0.55, "y": box["height"] * 0.35})   # row 3, column 5 of 10
    keyboard.press("ArrowDown")
    assert view.trait("looking") == [2, 9, 4, 5]
    before, after = outputs[3][9, 4, 5], outputs[4][9, 4, 5]
    assert dot(view) == pytest.approx(after, abs=1e-4) and view.text("cnn-readout").endswith(number(after, 3))
    sums = [float(text.replace("−", "-")) for text in view.js(
        "[...player.root.querySelectorAll('.cnn-part-sum')].map(e => e.textContent)")]
    w, b = MODEL[3].weight.data[9], MODEL[3].bias.data[9]
    assert sums == pytest.approx((outputs[2][:, 4:9, 5:10] * w).sum(axis=(1, 2)), abs=2e-3)
    assert sum(sums) + b == pytest.approx(before, abs=0.01)
    assert f"ReLU({number(before, 3)}) = {number(after, 3)}" in view.text("cnn-then")
    view.press("Slide over this window")
    slide = view.root.locator(".cnn-slide")
    expect(slide).to_be_focused()
    assert float(slide.get_attribute("data-value")) == pytest.approx(before, abs=1e-4)
    assert slide.get_attribute("data-step") == "12", "the middle of 5 x 5 neighbours"
    runs = view.js("player.root.dataset.runs")
    keyboard.press("n")
    keyboard.press("c")
    keyboard.press("ArrowRight")
    expect(slide).to_have_attribute("data-step", "13")
    page.frames()
    assert view.js("player.root.dataset.runs") == runs and view.trait("image") == 2, "the keys are the player's"
    assert float(slide.get_attribute("data-value")) == pytest.approx(outputs[3][9, 4, 6], abs=1e-4)
    for looking in ([2, 9, 4, 5], [2, 9], []):
        keyboard.press("Escape")
        assert view.trait("looking") == looking
    assert tile.evaluate("each => each === document.activeElement")
    expect(view.root.locator(".cnn-zoom")).to_be_hidden()
    view.remove()


def check_other_layers(page):
    """A number of a pooling, of a row, and of the answer; a page of a tour goes there, too."""
    view, outputs = page.mount(DIGITS, image=1, looking=[1, 4, 13, 0]), DIGITS.outputs(1)
    assert dot(view) == pytest.approx(outputs[2][4, 13, 0], abs=1e-4) and view.text("cnn-sum").startswith("max(")
    view.from_python(looking=[4, 77])
    assert dot(view) == pytest.approx(outputs[8][77], abs=1e-4)
    view.from_python(looking=[6, 3])
    assert dot(view) == pytest.approx(outputs[-1][3], abs=1e-4)
    share = 100 * cnn.softmax(outputs[-1].astype(float))[3]
    assert f"is {percent(share / 100)}" in view.text("cnn-then")
    view.from_python(looking=[0, 2, 0, 27])   # a corner, where padding is
    assert dot(view) == pytest.approx(outputs[1][2, 0, 27], abs=1e-4)
    view.remove()


def check_any_network(page):
    """One number of every layer of networks drawn at random, of all kinds, and the sliding player on its window."""
    for seed in range(5):
        rng = np.random.default_rng(seed)
        model, x = drawn(rng)
        network = cnn.viz.network_explorer(model, np.asarray(x, np.float32)[None])
        view, outputs = page.mount(network), network.outputs(0)
        for n, column in enumerate(network.columns):
            at = [int(rng.integers(size)) for size in column["shape"]]
            view.from_python(looking=[n, *at])
            if view.root.locator(".cnn-dot:visible, .cnn-dense").count():
                assert dot(view) == pytest.approx(outputs[column["out"]].reshape(column["shape"])[tuple(at)], abs=1e-3)
            if (slide := view.root.get_by_role("button", name="Slide over this window")).is_visible():
                slide.click()
                value = float(view.root.locator(".cnn-slide").get_attribute("data-value"))
                assert value == pytest.approx(outputs[column["layer"]][tuple(at)], abs=1e-3)
        view.remove()


def check_training(page):
    """Other weights come while a drawing is looked into: the drawing and the place stay, the numbers follow."""
    view = page.mount(DIGITS, image=2, looking=[2, 9, 4, 5])
    other = cnn.viz.network_explorer(cnn.zoo.lenet5(seed=3), IMAGES, labels=DIGITS.labels)
    view.from_python(spec=other.spec, curve={"epoch": [1, 2], "loss": [2.1, 0.5], "accuracy": [0.3, 0.84]})
    page.frames()
    assert view.trait("looking") == [2, 9, 4, 5]
    assert dot(view) == pytest.approx(other.outputs(2)[4][9, 4, 5], abs=1e-4)
    assert "epoch 2: loss 0.5, right 84.0 %" in view.text("cnn-curve")
    view.dispose()
    assert view.trait("looking") == [2, 9, 4, 5], "closed, it may be shown again"
    view = page.mount(other, image=2, looking=[2, 9, 4, 5])
    picture, broken = view.picture, other.spec
    broken["layers"][0]["weights"]["b"] = {"shape": [6], "data": "AADAfwAAwH8AAMB/AADAfwAAwH8AAMB/"}
    view.from_python(spec=broken)
    page.frames()
    assert "not finite numbers" in view.error and view.picture == picture
    view.remove()


def check_what_it_cannot_do(page):
    """Weights that are no numbers, a network without convolutions, without an image, in colour: a sentence each."""
    spec = DIGITS.spec
    spec["layers"] = [dict(row, weights=dict(row["weights"])) for row in spec["layers"]]
    spec["layers"][0]["weights"]["b"] = {"shape": [6], "data": "AADAfwAAwH8AAMB/AADAfwAAwH8AAMB/"}
    view = page.mount(spec)
    assert "layer 0 Conv2d has weights that are not finite numbers" in view.root.get_by_role("alert").text_content()
    view.remove()
    view = page.mount(PLAIN)
    assert "Nothing is drawn" in view.text("cnn-note")
    view.from_python(image=-1, strokes=[{"points": [1, 1, 6, 6], "width": 2, "erase": False}])
    expect(view.root.locator(".cnn-note")).to_contain_text("no convolution")
    view.remove()
    view = page.mount(COLOUR)
    assert view.root.locator(".cnn-pad").count() == 0 and view.root.locator(".cnn-pager").count() >= 2
    told(view, lambda: view.press("Next test image"))
    assert view.trait("image") == 1
    view.press("More maps, conv 1")
    view.root.locator("[data-kind=Conv2d] .cnn-map").first.click()
    assert view.trait("looking")[1] in (8, 16)
    view.remove()


def check_taken_along(page):
    """The picture as a file shows all of it; afterwards the page shows what it did before."""
    view = page.mount(DIGITS, image=3)
    page.frames()
    before = view.picture
    view.press("Save")
    with page.page.expect_download() as download:
        view.press(".png")
    with Image.open(download.value.path()) as image:
        wide, high = image.size
        shades = np.asarray(image.convert("RGB")).reshape(-1, 3)
    assert wide > 1600 and high > 600 and len(np.unique(shades, axis=0)) > 200
    assert download.value.suggested_filename == "network-image-3.png" and view.picture == before
    view.remove()


def check_keys(page):
    """Tab comes to few stops; left and right go from column to column; Enter looks into a map."""
    view, keyboard, stops = page.mount(DIGITS), page.page.keyboard, []
    view.root.focus()
    for _ in range(8):
        keyboard.press("Tab")
        stops.append(page.page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent"))
    assert stops[0].startswith("Drawing pad") and stops[1] == "Pen" and stops[2].startswith("conv 1, map 0 of 6")
    assert "Copy" in stops
    view.root.locator(".cnn-map").first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        keyboard.press(key)
    assert page.page.evaluate("document.activeElement.ariaLabel").startswith("conv 2, map ")
    keyboard.press("Enter")
    assert view.trait("looking")[0] == 2
    view.root.locator(".cnn-pair").first.focus()
    keyboard.press("ArrowRight")
    keyboard.press("Enter")
    assert view.trait("looking")[2:] == [5, 5] and "channel 1" in view.text("cnn-boards")
    assert [pair.get_attribute("tabindex") for pair in view.root.locator(".cnn-pair").all()] == ["-1", "0"] + 4 * ["-1"]
    view.remove()


def check_room(page):
    """Where others decide how wide it is, a long network scrolls, and its answer stays in sight."""
    view = page.mount(LONG)
    view.js("""(() => {
      const [box, item] = [0, 1].map(() => document.createElement("div"));
      box.style.cssText = "display: flex; width: 840px";
      item.style.cssText = "flex: 1 1 auto";
      player.root.before(box);
      box.append(item);
      item.append(player.root);
    })()""")
    page.frames()
    left, right, answer, longer = view.js("""(() => {
      const net = player.root.querySelector(".cnn-net"), answers = net.querySelector(".cnn-answers");
      const { left, right } = player.root.getBoundingClientRect();
      return [left, right, answers.getBoundingClientRect().right, net.scrollWidth > net.clientWidth];
    })()""")
    assert right - left <= 841 and longer and answer <= right
    view.remove()


CHECKS = [check_numbers, check_down_to_one_number, check_other_layers, check_any_network, check_training,
          check_what_it_cannot_do, check_taken_along, check_keys, check_room]


@pytest.mark.alike(4)
@pytest.mark.parametrize("check", CHECKS)
def test_looking(pages, check):
    check(pages)


@pytest.mark.control
@pytest.mark.parametrize(("check", "change"), [
    (check_numbers, ("outputs[spec.columns[n].out].values, colours", "outputs[spec.columns[n].layer].values, colours")),
    (check_numbers, ("this.outputs = this.net.run(this.x, this.spec.shape);",
                     "this.outputs ??= this.net.run(this.x, this.spec.shape);")),
    (check_down_to_one_number, ("step: tall.place * wide.count + wide.place", "step: 0")),
    (check_down_to_one_number, ("(this.from?.isConnected ? this.from : this.root).focus", "this.root.focus")),
    (check_other_layers, ("padding: [Math.max(0, -start), Math.max(0, end - n)]", "padding: [0, 0]")),
    (check_any_network, ("const depth = channels / layer.groups", "const depth = channels")),
    (check_training, ("this.net = networkOf(spec);", "networkOf(spec);")),
])
def test_a_wrong_picture_is_noticed(browser, check, change):
    notices(browser, check, change)
