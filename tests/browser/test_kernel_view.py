"""The kernel lab in a real Chromium: NumPy's numbers, edited, looked at through the loupe, toured; by keyboard, too."""

import numpy as np
import pytest
from kernel_page import CAT, PHOTO, RNG, SMALL, mount, notices, opened

import cnnlib as cnn
from cnnlib.viz.kernel.data import MODES
from cnnlib.viz.kernel.player import KernelLab
from cnnlib.viz.kit.numbers import number

STATIC = KernelLab.entry.parent


@pytest.fixture(scope="module")
def shared(browser):
    with opened(browser, viewport={"width": 960, "height": 1000}) as page:
        yield page
        assert page.errors == [] and page.outside == []


# --- the numbers ------------------------------------------------------------------------------------------------------


def drawn(count):
    """Labs of every kind of padding, stride, dilation, odd and even kernels, colours, one kernel and two."""
    for n in range(count):
        second = RNG.normal(size=RNG.integers(1, 5, 2)) if n % 3 == 2 else None
        tables, channels = [((), 1), ((), 3), ((3,), 3), ((3,), 1)][n % 4]
        kernel = RNG.normal(size=(*tables, *RNG.integers(1, 6, 2))) * 10.0 ** RNG.integers(-2, 3)
        yield cnn.viz.kernel_lab(
            RNG.integers(0, 256, (channels, *RNG.integers(18, 30, 2))), kernel, second=second,
            stride=1 if second is not None else int(RNG.integers(1, 4)), dilation=int(RNG.integers(1, 4)),
            padding=[*MODES][n % len(MODES)])


ARITHMETIC = """async ([file, cases]) => {
  const { respond } = await import(`./${file}`);
  return cases.map(({ x, settings }) => {
    const plane = rows => ({ values: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0].length });
    const { response, single, whole } = respond(x.map(plane), settings);
    const planes = [response, single ?? response].map(({ values, rows, columns }) => [rows, columns, [...values]]);
    return [...planes, whole ?? settings.kernel];
  });
}"""


def farthest(page, labs, *change):
    """How far the browser's numbers are from NumPy's, as a share of the largest; infinite where sizes differ."""
    text = (STATIC / "convolve.js").read_text(encoding="utf-8")
    assert all(old in text for old, _ in change)
    for old, new in change:
        text = text.replace(old, new)
    page.files[f"convolve{len(page.files)}.js"] = text, "text/javascript"
    cases = [{"x": lab.input.tolist(), "settings": lab.settings} for lab in labs]
    answers, most = page.page.evaluate(ARITHMETIC, [[*page.files][-1], cases]), 0
    for lab, (*planes, whole) in zip(labs, answers, strict=True):
        found = [np.reshape(values, (rows, columns)) for rows, columns, values in planes] + [np.array(whole)]
        for mine, expected in zip(found, (lab.response, lab.single, lab.composed), strict=True):
            if mine.shape != expected.shape or not np.isfinite(mine).all():
                return np.inf
            most = max(most, np.abs(mine - expected).max() / np.abs(expected).max())
    return most


def test_the_browser_computes_what_numpy_computes(page):
    labs = list(drawn(40))
    assert farthest(page, labs) < 1e-9


@pytest.mark.control
def test_arithmetic_that_is_wrong_is_noticed(page):
    labs = list(drawn(15))
    for change in (("const turn = 2 * (n - 1)", "const turn = 2 * n"),
                   ("Math.floor(total / 2)", "Math.ceil(total / 2)"), ("from += stride", "from += 1"),
                   ("(u * columns + v) * dilation", "u * columns + v"),
                   ("made[u + p][v + q] += a * b", "made[u + p][v + q] = a * b"), ("n += 4", "n += 5"),
                   ("kernel.length > 1 ? channel : 0", "0"), ("before + then.sides[way][0]", "before")):
        assert farthest(page, labs, change) > 1e-6, change


# --- editing ----------------------------------------------------------------------------------------------------------


def value_of(lab, view):
    """What the response is under the loupe, by NumPy."""
    return lab.response.ravel()[view.step]


def agrees(view, player):
    """Python takes what the page sends, and finds the same number under the loupe."""
    names = "kernel", "second", "stride", "padding", "dilation", "colour"
    player.set_state({name: view.trait(name) for name in names})
    assert view.value == pytest.approx(value_of(player.lab, view), rel=1e-9)
    return player.lab


def check_editing(page):
    """By keyboard alone: weights, size, sum, presets, undo; Python gets each change, and both agree."""
    made = cnn.viz.kernel_lab(SMALL, [[1, 2], [3, 4]])
    player, view, keys = made.player(), mount(page, made), page.page.keyboard
    grid = lambda: view.js("[...player.root.querySelectorAll('.cnn-weight')].map(field => field.value)")
    assert grid() == ["1", "2", "3", "4"]
    view.control("kernel w[0, 0]").focus()
    keys.press("ArrowRight")
    keys.press("ArrowDown")
    keys.type("-2.5")
    assert view.trait("kernel") == [[[1, 2], [3, -2.5]]], "followed while it is typed"
    agrees(view, player)
    keys.press("ArrowLeft")
    keys.type("1/4")
    keys.press("Enter")
    assert grid() == ["1", "2", "0.25", "−2.5"] and agrees(view, player).kernel[0, 1, 0] == 0.25
    keys.type("0.0001")   # Enter has selected what was there
    keys.press("Enter")
    assert grid()[2] == "1e−4" and agrees(view, player).kernel[0, 1, 0] == 1e-4
    keys.type("1/4")
    keys.press("Enter")
    keys.type("x")
    keys.press("Enter")
    assert "“x” is not a number" in view.error and view.trait("kernel") == [[[1, 2], [0.25, -2.5]]]
    keys.press("Escape")
    keys.press("ControlOrMeta+z")
    keys.press("ControlOrMeta+z")
    assert view.trait("kernel") == [[[1, 2], [3, 4]]] and grid() == ["1", "2", "3", "4"]
    keys.press("ControlOrMeta+y")
    assert view.trait("kernel") == [[[1, 2], [3, -2.5]]]
    view.press("kernel w, columns: one more")
    assert view.trait("kernel") == [[[0, 1, 2], [0, 3, -2.5]]]
    agrees(view, player)
    view.press("÷ sum, kernel w")
    assert np.sum(view.trait("kernel")) == pytest.approx(1)
    view.control("kernel w: a known kernel").select_option("laplacian")
    assert view.trait("kernel") == [[[0, 1, 0], [1, -4, 1], [0, 1, 0]]] and view.trait("view") == "signed"
    view.press("÷ sum, kernel w")
    assert "add up to 0" in view.error and view.trait("kernel")[0][1][1] == -4
    for control, option in (("Stride", "2"), ("Dilation", "3"), ("Padding", "reflect")):
        view.control(control).select_option(option)
        agrees(view, player)
    assert view.error == "" and view.text("cnn-shares").startswith(f"from {number(player.lab.response.min())} to ")
    view.control("Padding").select_option("valid")
    view.control("Dilation").select_option("8")
    for _ in range(2):
        view.press("kernel w, rows: one more")
    assert "has no place on 20 × 24 pixels" in view.error and view.trait("kernel")[0][1][1] == -4


def test_editing(page):
    check_editing(page)


@pytest.mark.control
def test_editing_broken(browser):
    notices(browser, check_editing, ('"input", () => read(false)', '"nothing", () => read(false)'))
    notices(browser, check_editing, ("this.put(settings);\n    return true;", "return true;"))


def check_typing(page):
    """In a large kernel a typed weight is only added, which leaves a rounding; at rest there is none."""
    kernel = np.zeros((15, 15))
    kernel[7, 7] = 1
    made = cnn.viz.kernel_lab(PHOTO, kernel, padding="replicate")
    player, x = made.player(), made.input[0].astype(float)
    corner = np.pad(x, 7, mode="edge")[:x.shape[0], :x.shape[1]]   # what the weight w[0, 0] meets
    left = x + 0.1 * corner + (0.7 - 0.1) * corner + (0 - 0.7) * corner != x
    view = mount(page, made, at=[int(n) for n in np.argwhere(left)[0]])
    for typed in ("0.1", "0.7", "0"):
        view.control("kernel w[0, 0]").fill(typed)
        agrees(view, player)
    page.page.wait_for_function(f"players[{view.index}].root.dataset.value === '{x[left][0]:g}'")


def test_typing_in_a_large_kernel(page):
    check_typing(page)


@pytest.mark.control
def test_typing_in_a_large_kernel_broken(browser):
    notices(browser, check_typing, ("this.timer = setTimeout(this.exact, REST)", "this.timer = 0"))


def test_what_python_changes_is_shown(page):
    view = mount(page, cnn.viz.kernel_lab(SMALL, [[1]]))
    before = view.picture
    view.from_python(kernel=[[[0, 0, 2]]], padding="circular", at=[3, 23])
    assert view.value == 2 * SMALL[3, 0] and view.picture != before and view.saves("kernel") == []
    view.from_python(padding="valid", at=[0, 0])
    view.from_python(kernel=[[[1] * 30]])
    assert "has no place" in view.error and view.value == 2 * SMALL[0, 2]


# --- the loupe --------------------------------------------------------------------------------------------------------


def check_loupe(page):
    """Patch, products and sum of the place under it, moved by keys and by mouse; and the sliding player on it."""
    made, keys = cnn.viz.kernel_lab(SMALL, [[0, 1, 0], [1, -4, 1], [0, 1, 0]]), page.page.keyboard
    view = mount(page, made, at=[5, 6])
    view.root.locator("[data-board=output] canvas").first.focus()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowDown", "ArrowLeft", "ArrowLeft"):
        keys.press(key)
    place, y = (16, 5), made.response
    assert view.value == y[place] and view.trait("at") == [*place]
    assert view.voice == f"Row 16, column 5: {number(y[place], 4)}."
    terms = " + ".join(f"{SMALL[r, c]}·{w}" for (r, c), w in zip(
        [(r, c) for r in (15, 16, 17) for c in (4, 5, 6)], [0, 1, 0, 1, "(−4)", 1, 0, 1, 0], strict=True))
    assert view.text("cnn-sum") == f"y[16, 5] = {terms} = {number(y[place])}"
    box = view.root.locator("[data-board=input] canvas").bounding_box()
    cell = (box["width"] - 10) / 24
    page.page.mouse.move(box["x"] + 5 + 3.5 * cell, box["y"] + 5 + 2.5 * cell)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 5 + 9.5 * cell, box["y"] + 5 + 7.5 * cell)
    assert view.value == y[7, 9] and view.trait("at") == [*place], "told when it is let go"
    page.page.mouse.up()
    assert view.trait("at") == [7, 9]
    view.press("Slide it here")
    slid = page.page.locator(".cnn-slid + div .cnn-slide")
    assert slid.count() == 1 and float(slid.get_attribute("data-value")) == y[7, 9]
    slid.get_by_role("button", name="Next step").click()
    slid.and_(page.page.locator(f"[data-value='{y[7, 10]:g}']")).wait_for()
    page.page.get_by_role("button", name="Close", exact=True).last.click()
    assert slid.count() == 0 and page.page.evaluate("document.activeElement.textContent") == "Slide it here"


def test_the_loupe(page):
    check_loupe(page)


@pytest.mark.control
def test_the_loupe_broken(browser):
    notices(browser, check_loupe, ("this.voice.textContent = this.loupe.report(this.at);", ""))
    notices(browser, check_loupe, ("values[r * wide + q]", "values[r * wide + q + 1]"))


def test_a_slide_of_every_kind_is_sound(page):
    """What the loupe hands to the sliding player is a scene of Python's, too, with the number under the loupe."""
    for lab in list(drawn(8))[:5]:
        view = mount(page, lab, at=[1, 2])
        view.press("Slide it here")
        value = float(page.page.locator(".cnn-slid + div .cnn-slide").get_attribute("data-value"))
        expected = lab.single if lab.second is not None else lab.response
        assert value == pytest.approx(expected[1, 2], rel=1e-9), lab.digest
        view.remove()
        assert page.page.locator(".cnn-slid").count() == 0


# --- colours, two kernels ---------------------------------------------------------------------------------------------


def test_colours_and_two_kernels(page):
    made = cnn.viz.kernel_lab({"man": SMALL, "cat": CAT}, "box")
    player, view = made.player(), mount(page, made)
    small = view.js("player.root.querySelector('[data-board=p] canvas').width")
    view.control("Picture").select_option("cat")
    player.picture = "cat"
    assert view.js("player.root.querySelector('[data-board=p] canvas').width") > 2 * small, "three panels"
    agrees(view, player)
    assert view.text("cnn-sum").split()[3:10:3] == ["red", "green", "blue"]
    assert "before they are added" in view.text("cnn-legend")
    view.control("kernel w: whose weights").select_option("green")
    view.control("kernel w[1, 1]").fill("3")
    assert len(view.trait("kernel")) == 3 and agrees(view, player).kernel[1, 1, 1] == 3 != player.lab.kernel[0, 1, 1]
    view.press("Then a second kernel")
    assert view.root.locator(".cnn-composed").is_visible() and view.control("Stride").is_disabled()
    lab = agrees(view, player)
    far = np.abs(lab.single - lab.response)
    assert float(view.js("player.root.dataset.border")) == pytest.approx(far.max()) and far.max() > 1
    assert float(view.js("player.root.dataset.inside")) < 1e-9
    assert "is one kernel of 5 × 5: 3 + 3 − 1 rows. Inside, its response and that of the two differ by 0." in view.text(
        "cnn-compare")
    view.press("Use it as one kernel")
    assert view.trait("second") is None and np.allclose(view.trait("kernel"), lab.composed)
    view.root.get_by_label("in colour").uncheck()
    assert agrees(view, player).input.shape == (3, 80, 120), "three tables: three equal greys"


def test_sums_at_the_border_and_of_many_weights(page):
    """What stands under the loupe where one kernel for two differs from both, and where not all products have room."""
    made = cnn.viz.kernel_lab(SMALL, "laplacian", second="sobel x")
    view, (y, both) = mount(page, made, at=[0, 0]), (made.response[0, 0], made.single[0, 0])
    assert y != both and view.value == y and view.text("cnn-sum").startswith("both at once [0, 0] = ")
    assert view.text("cnn-sum").endswith(f"= {number(both)}")
    assert f"y[0, 0] = {number(y, 4)}:" in view.text("cnn-loupe .cnn-note")
    assert f"Row 0, column 0: {number(y, 4)}." in view.js(
        "player.root.querySelector('[data-board=output] canvas').getAttribute('aria-label')")
    assert "at row −2, column −2" in view.text("cnn-where")
    view.from_python(at=[9, 9])
    assert view.text("cnn-sum").startswith("y[9, 9] = ") and "same" in view.text("cnn-loupe .cnn-note")
    sparse = np.zeros((15, 15))
    sparse[2, 3], sparse[14, 0] = -25, 0.5
    one = cnn.viz.kernel_lab(SMALL, sparse)
    view = mount(page, one, at=[10, 11])
    terms = f"{SMALL[10 - 5, 11 - 4]}·(−25) + {SMALL[10 + 7, 11 - 7]}·0.5"
    assert view.text("cnn-sum").startswith(f"y[10, 11] = {terms} "), "no product of a weight that is 0"
    tiny = cnn.viz.kernel_lab(SMALL[:6, :6], "gaussian", second=RNG.normal(size=(9, 9)))
    view = mount(page, tiny, at=[2, 2])
    assert "No place lies inside." in view.text("cnn-compare")
    rough = cnn.viz.kernel_lab(SMALL, np.random.default_rng(1).normal(size=(15, 15)), padding="valid")
    view = mount(page, rough, at=[0, 9])
    result = view.text("cnn-sum").rsplit(" ≈ ", 1)[1].replace("−", "-")
    assert float(result) == pytest.approx(rough.response[0, 9], rel=5e-4), "not -1.8e3, where nobody can add up"


# --- the response fills in --------------------------------------------------------------------------------------------


def check_sweep(page):
    """With the time of the page in our hands: six seconds for all places, halted and gone on with in between."""
    view = mount(page, cnn.viz.kernel_lab(SMALL))
    whole, area = view.picture, SMALL.size
    view.root.focus()
    page.page.keyboard.press(" ")
    page.pass_time(2000)
    third = view.step
    assert 0.3 < third / area < 0.36 and view.button("Pause").count() == 1 and view.picture != whole
    page.page.keyboard.press(" ")
    page.pass_time(2000)
    assert view.step == third and view.trait("at") == [third // 24, third % 24]
    page.page.keyboard.press(" ")
    page.pass_time(2000)
    assert 0.63 < view.step / area < 0.7
    view.control("Stride").select_option("2")   # ends it
    assert view.button("Play").count() == 1
    page.page.keyboard.press("ControlOrMeta+z")
    view.press("Play")
    page.pass_time(7000)
    assert view.step == area - 1 and view.button("Play").count() == 1


@pytest.mark.long
def test_the_response_fills_in(browser):
    with opened(browser, clock=True) as page:
        check_sweep(page)
    with opened(browser, reduced_motion="reduce") as page:
        view = mount(page, cnn.viz.kernel_lab(SMALL))
        view.press("Play")
        page.frames(4)
        assert view.step == 0 and view.button("Play").count() == 1, "all is there at once"


# --- the tour ---------------------------------------------------------------------------------------------------------

ANSWERS = {   # on which page: kernels that are not right, with what is said of them; one that is
    3: ([("sharpen", "add up to 1"), ("laplacian", "it is 252 at most"), ([[0]], "All weights are 0")], [[[-1, 0, 1]]]),
    5: ([([[1, 0, 0]] + [[0, 0, 0]] * 2, "Moved by 1 down"), ([[0, 0, 1]], "to the other side"),
         ("identity", "as it is"), ([[2, 0, 0]], "it is 2"), ([[1, 1, 0]], "mixes 2 pixels")], [[[1, 0, 0]]]),
    6: ([("box", "3 × 3 is not its size"), (np.ones((5, 5)) / 25, "[0, 0] is different"),
         (np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1]), "divide them by their sum")], None),
}


def test_the_tour_of_lesson_03(page):
    """From the first page to the last; each task is done after what is not right was told."""
    tour = cnn.learn.tour("03", "lab")
    made = cnn.viz.kernel_lab({"man": PHOTO[40:168, 10:250]})
    player = made.player(tour=tour)
    view = page.mount(made, **player.state())
    take = lambda kernel: view.js("player.state.kernel = argument, player.listeners['change:kernel'].forEach(f => f())",
                                  cnn.viz.kernel_lab(SMALL, kernel).settings["kernel"])
    said = lambda: view.text("cnn-tour .cnn-verdict")
    pages = view.trait("tour")["pages"]
    assert made.response[52, 13:16].max() < -300, "where sky and jacket meet, as page 2 says"
    assert "Those of `sharpen` add up to 1," in pages[3]["text"]
    view.root.focus()
    for n, about in enumerate(pages, 1):
        assert view.text("cnn-progress") == f"{n} / {len(pages)}" and view.trait("kernel") == about["set"]["kernel"]
        if "choose" in (about["task"] or {}):
            for answer, words in ((1, "Not yet. That line"), (0, "Right: ")):
                view.press(about["task"]["choose"][answer])
                assert said().startswith(words)
        elif about["task"]:
            wrong, right = ANSWERS[n]
            for kernel, words in wrong:
                take(kernel)
                assert words in said() and view.text("cnn-tour button[aria-keyshortcuts=PageDown]") == "Skip", said()
            if n == 6:   # the answer is not to be seen meanwhile
                view.press("Then a second kernel")
                assert view.button("Use it as one kernel").count() == 0 and "take the second away" in said()
                view.press("Without the second kernel")
            take(right[0] if right else about["task"]["kernel"][0])
            assert said().startswith("Done: "), said()
        page.page.keyboard.press("PageDown")
    assert view.trait("done") == [2, 3, 5, 6] and view.trait("page") == 0
    page.page.keyboard.press("t")
    assert view.trait("page") == 7
    view.press("÷ sum, kernel w")
    view.control("kernel w[0, 0]").fill("9")
    view.root.focus()
    page.page.keyboard.press("PageUp")
    assert "put aside" in view.text("cnn-kept") and view.trait("second") is None
    view.press("Bring them back")
    assert view.trait("kernel")[0][0][0] == 9 and view.trait("second") is not None
