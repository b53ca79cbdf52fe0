"""Keys in a real JupyterLab: they move what has the focus, a slider, a choice or a tour, and not the page's cells. And
files that a kernel makes, and what stays on the screen where it is small.
"""

import nbformat
import pytest
from lab import KERNEL
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import TimeoutError

PAGES = """[{"text": "a"}, {"text": "{place}", "step": 2, "task": {"stride": 2}}, {"text": "c"}]"""
CELLS = ["import cnnlib as cnn\n\ncnn.viz.slide([1, 2, 3, 4, 5], [1, -1]).player(step=0)", 'cnn.learn.quiz("01")',
         f"cnn.viz.slide([1, 2, 3, 4, 5], [1, -1]).player(tour={PAGES})"]


@pytest.fixture
def notebook(lessons, open_notebook):
    """A player, a quiz and a tour, run."""
    path = lessons / "keys.ipynb"
    cells = [new_markdown_cell("# Keys"), *map(new_code_cell, CELLS), new_markdown_cell("The end.")]
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), path)
    notebook = open_notebook("keys.ipynb")
    notebook.run_all()
    return notebook


READ = "control => control.type === 'radio' ? control.checked : control.value"


def moved(page, control, key, forget=False):
    """Press a key on a control that has the focus: does what it says change?"""
    control.focus()
    if forget:
        control.evaluate("control => control.removeAttribute('data-lm-suppress-shortcuts')")
    control, before = control.element_handle(), control.evaluate(READ)
    page.keyboard.press(key)
    try:
        page.wait_for_function(f"([control, before]) => ({READ})(control) !== before", arg=[control, before],
                               timeout=500 if forget else 5000)
    except TimeoutError:
        return False
    return True


def check_small(page, toured):
    """At 200 % the transport stays in sight as long as its player is, and without our style sheet it does not."""
    usual = page.viewport_size
    page.set_viewport_size({"width": 640, "height": 450})
    seen = """player => {
      const frame = player.closest(".jp-WindowedPanel-outer"), { top } = frame.getBoundingClientRect();
      frame.scrollTop += player.getBoundingClientRect().top - top - 120;
      const play = player.querySelector("[aria-label=Play]").getBoundingClientRect();
      const boards = player.querySelector(".cnn-stage").getBoundingClientRect();
      return play.top > boards.top && play.bottom <= top + frame.clientHeight;
    }"""
    page.wait_for_function(f"player => player.matches('.cnn-low') && ({seen})(player)", arg=toured.element_handle())
    toured.locator("[aria-keyshortcuts=PageDown]").click()
    bottom, top = [toured.locator(part).first.bounding_box() for part in (".cnn-sum", "[aria-label=Play]")]
    assert bottom["y"] + bottom["height"] <= top["y"] + 1
    # Letters grow with those of the page around.
    size, toggle = "player => getComputedStyle(player).fontSize", "application:toggle-presentation-mode"
    before = toured.evaluate(size)
    page.evaluate("command => jupyterapp.commands.execute(command)", toggle)
    assert (before, toured.evaluate(size)) == ("14px", "17px")
    page.evaluate("command => jupyterapp.commands.execute(command)", toggle)
    switch = """disabled => [...document.adoptedStyleSheets].find(
      sheet => [...sheet.cssRules].some(rule => rule.selectorText?.includes("jp-OutputArea"))).disabled = disabled"""
    page.evaluate(switch, True)
    assert not toured.evaluate(seen)
    page.evaluate(switch, False)
    page.set_viewport_size(usual)


def test_arrow_keys(notebook):
    """And where the mark that keeps JupyterLab from them is taken away, the slider stands still: so this can fail."""
    page, active = notebook.page, "jupyterapp.shell.currentWidget.content.activeCellIndex"
    slider = page.get_by_role("slider", name="Step", exact=True).first
    radio = page.locator(".cnn-quiz input").first
    radio.click()
    cell = page.evaluate(active)
    assert moved(page, slider, "ArrowRight") and slider.input_value() == "1"
    assert moved(page, radio, "ArrowDown") and page.evaluate(active) == cell
    # Up and down go through the buttons, Tab passes all of them.
    name = "document.activeElement.ariaLabel ?? document.activeElement.textContent"
    slider.focus()
    keys = ["ArrowUp", "ArrowUp", "ArrowDown", "Tab", "Tab", "Tab"]
    seen = [page.keyboard.press(key) or page.evaluate(name) for key in keys]
    assert seen == ["Explain this step", "Last step", "Explain this step", "Kernel size slider", "bias b[0]", "Copy"]
    assert page.evaluate(active) == 1 and slider.input_value() == "1"
    # What is saved here is what the kernel draws: the step that is shown.
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    with page.expect_download() as download:
        page.get_by_role("button", name=".svg", exact=True).click()
    assert download.value.suggested_filename == "convolution-5-by-2-step-2.svg"
    assert "Step 2 of 4" in download.value.path().read_text(encoding="utf-8")
    assert not moved(page, slider, "ArrowRight", forget=True)
    toured = page.locator(".cnn-player", has=page.locator(".cnn-tour")).last
    toured.focus()
    cell = page.evaluate(active)
    page.keyboard.press("PageDown")
    toured.locator(".cnn-told", has_text="y[2]").wait_for()
    assert toured.get_attribute("data-step") == "2" and page.evaluate(active) == cell
    page.keyboard.press("PageDown")   # the task is skipped, and done by the tour
    toured.locator(".cnn-count", has_text="/ 2").wait_for()
    assert page.evaluate(active) == cell
    check_small(page, toured)
    # A quiz lets no key out, with or without the mark; a copy of it listens to nothing.
    page.locator(".cnn-quiz").evaluate("quiz => quiz.replaceWith(quiz.cloneNode(true))")
