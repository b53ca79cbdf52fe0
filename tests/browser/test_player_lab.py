"""The SlidePlayer in a real JupyterLab: stored, run, played, linked, saved, with a busy kernel, and with bad values.

Every check of something that moves is also made on a display that does not, and must fail there.
"""

import json

import nbformat
import pytest
from lab import KERNEL
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import cnnlib as cnn
from tools import store

SCENE = """import ipywidgets
import numpy as np

import cnnlib as cnn

scene = cnn.viz.slide(np.arange(64).reshape(8, 8) % 5, [[1, 0, -1]] * 3, padding=1)
player = scene.player(speed=8)
player"""
READ = "print(player.step, player.x[0, 0])"
LINKED = """slider = ipywidgets.IntSlider(max=scene.steps - 1)
ipywidgets.jslink((player, "step"), (slider, "value"))
ipywidgets.HBox([player, slider])"""
SLEEP = """from pathlib import Path
import time

Path("asleep").touch()
while not Path("awake").exists():
    time.sleep(0.02)
Path("asleep").unlink()"""


@pytest.fixture
def written(lessons):
    """`written(name, cells)` writes a notebook that was never run."""
    def write(name, *cells):
        first = new_markdown_cell("# A player")
        nbformat.write(new_notebook(cells=[first, *map(new_code_cell, cells)], metadata=KERNEL), lessons / name)
        return lessons / name

    return write


class Player:
    """The n-th player of an open notebook."""

    def __init__(self, notebook, n=0):
        self.notebook, self.page = notebook, notebook.page
        self.root = self.page.locator(".cnn-player").nth(n)

    @property
    def step(self):
        return int(self.root.get_attribute("data-step"))

    def press(self, name):
        self.root.get_by_role("button", name=name, exact=True).click()

    def steps(self, count, patience=20_000):
        """The next steps that are shown, in order: `count` of them, or fewer if no more come in some milliseconds."""
        return self.root.evaluate("""(root, [count, wait]) => new Promise(done => {
            const seen = [root.dataset.step], watch = new MutationObserver(look), late = setTimeout(end, wait);
            function end() { watch.disconnect(); clearTimeout(late); done(seen.map(Number)); }
            function look() { if (seen.push(root.dataset.step) >= count) end(); }
            watch.observe(root, { attributes: true, attributeFilter: ["data-step"] });
        })""", [count, patience])


def run_cell(notebook, number, wait=True):
    """Run one cell by its place in the notebook; return what it printed."""
    return notebook.page.evaluate("""([number, wait]) => {
        const { content, context } = jupyterapp.shell.currentWidget;
        const outputs = () => context.model.cells.get(number).toJSON().outputs;
        content.activeCellIndex = number;
        content.deselectAll();
        const run = jupyterapp.commands.execute("notebook:run-cell");
        return wait ? run.then(() => outputs().map(output => output.text ?? "").join("")) : "";
    }""", [number, wait])


def told(notebook, step):
    """Does Python know that this step is shown? What the browser sends may come after a cell that was just started."""
    return any(run_cell(notebook, 2).startswith(f"{step} ") for _ in range(3))


def save(notebook):
    """Save as a learner does, and return what then lies on the disk as the page sees it."""
    notebook.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    notebook.page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")


def follow(steps):
    """Is each step later than the one before? (A machine that is busy elsewhere may leave some out.)"""
    return steps == sorted(set(steps))


def moves(player, patience=20_000):
    """Does a press on Play show one step after another?"""
    player.press("First step")
    player.press("Play")
    seen = player.steps(6, patience)
    player.press("Pause")
    return len(seen) == 6 and follow(seen)


# Each day test_comes_back.py walks this way with more kinds of views, and pages without a kernel play.
@pytest.mark.long
def test_a_player_from_stored_to_saved(lessons, written, open_notebook, requests_outside):
    awake = lessons / "awake"
    awake.touch()
    path = written("player.ipynb", SCENE, READ, LINKED, SLEEP)
    assert store.store(path) == (True, [])   # as it would be committed: executed, outputs clean

    # Nothing was run, and the player plays.
    notebook = open_notebook("player.ipynb")
    assert notebook.problems() == [] and notebook.page.locator(".cnn-player").count() == 1
    assert moves(Player(notebook))
    assert "Conv2d 1x8x8 k3 s1 p1 -> 1x8x8, 64 steps" in path.read_text(encoding="utf-8")

    # Run All: two views of one player. They play, and come to rest where Python is told they are.
    notebook.run_all()
    assert notebook.problems() == [] and notebook.page.locator(".cnn-player").count() == 2
    player, second = Player(notebook), Player(notebook, 1)
    assert moves(player)
    shown = player.step
    assert shown > 4 and told(notebook, shown)
    assert second.step == shown
    slider = notebook.page.locator(".widget-slider .widget-readout").first
    assert slider.inner_text() == str(shown)
    player.press("Next step")
    assert told(notebook, shown + 1) and slider.inner_text() == str(shown + 1)

    # The kernel sleeps, the picture does not.
    player.press("First step")
    awake.unlink()
    run_cell(notebook, 4, wait=False)
    asleep = lessons / "asleep"   # told by the kernel itself: what the page knows of it may come late
    assert any(asleep.exists() or notebook.page.wait_for_timeout(50) for _ in range(1800))
    player.press("Play")
    seen = player.steps(15)
    assert asleep.exists()
    player.press("Pause")
    assert len(seen) == 15 and follow(seen)
    shown = player.step
    awake.touch()
    assert told(notebook, shown)   # told as soon as it wakes up

    # Saved and opened again, as long as the kernel lives: the players are back, at their step.
    save(notebook)
    assert "widget-state" not in path.read_text(encoding="utf-8")
    again = open_notebook("player.ipynb", alone=True)
    again.page.locator(".cnn-player[data-step]").nth(1).wait_for()
    assert again.problems() == [] and Player(again).step == shown and moves(Player(again))

    # Stored clean once more, it is what it was.
    assert store.store(path)[1] == [] and store.WIDGET_VIEW not in path.read_text(encoding="utf-8")
    assert requests_outside == []


# --- a display that is broken on purpose ------------------------------------------------------------------------------

BREAK = """from cnnlib.viz.kit import modules
from cnnlib.viz.slide.player import SlidePlayer

whole = modules.module(SlidePlayer.entry)
broken = whole.replace({old!r}, {new!r})
assert broken != whole
modules.packed = lambda entry: broken"""


@pytest.mark.control
def test_a_display_that_is_frozen_or_missing_fails_the_same_checks(written, open_notebook):
    freeze = BREAK.format(old="this.root.dataset.step = step;", new="this.root.dataset.step = 0;")
    silence = BREAK.format(old="el.append(root);", new="")
    written("broken.ipynb", f"import cnnlib as cnn\n\n{freeze}\n\n{SCENE}", READ, f"{silence}\n\nscene.player()")
    notebook = open_notebook("broken.ipynb")
    assert notebook.problems() == []
    notebook.run_all()
    assert notebook.problems() == ["2 players are stored but 1 are shown"]
    player = Player(notebook)
    assert not moves(player, 1500)
    assert not told(notebook, player.step)


# --- values that cross over -------------------------------------------------------------------------------------------

# A view that sends what it is told to, and shows what its model holds.
STAND_IN = """export default { render({ model, el }) {
  const root = document.createElement("div");
  const show = () => {
    const spec = model.get("spec");
    root.textContent = JSON.stringify([spec.x, spec.stride, model.get("step"), model.get("mode")]);
  };
  root.className = "cnn-player";
  root.dataset.step = "";
  root.send = changes => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    show();
    model.save_changes();
  };
  for (const name of ["spec", "step", "mode"]) model.on(`change:${name}`, show);
  el.append(root);
  show();
} };"""
TWO_WAYS = f"""import cnnlib as cnn
from cnnlib.viz.kit import modules

modules.packed = lambda entry: {STAND_IN!r}
player = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]).player(step=1)
player"""
STATE = "import json\nprint(json.dumps([player.spec['x'], player.spec['stride'], player.step, player.mode]))"
FROM_PYTHON = "player.x = [1, 2, 3]\nplayer.step = 99"


def test_good_values_cross_over_and_bad_ones_come_back(written, open_notebook):
    written("values.ipynb", TWO_WAYS, STATE)
    notebook = open_notebook("values.ipynb")
    notebook.run_all()
    root = notebook.page.locator(".cnn-player")

    def both():
        """What browser and Python hold, once they agree."""
        for _ in range(40):
            python = json.loads(run_cell(notebook, 2))
            notebook.page.wait_for_timeout(50)   # what Python sends back arrives after the cell has ended
            if json.loads(root.inner_text()) == python:
                return python
        raise AssertionError(f"Python holds {python}, the browser {root.inner_text()}")

    def send(**changes):
        root.evaluate("(root, changes) => root.send(changes)", changes)

    spec = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]).spec
    assert both() == [[[[0, 1, 0, 1, 1]]], [1, 1], 1, "explore"]
    send(spec=spec | {"x": [[[5, 1, 0, 1, 1, 7]]]}, step=4)
    assert both() == [[[[5, 1, 0, 1, 1, 7]]], [1, 1], 4, "explore"]
    send(spec=spec | {"stride": [1, 0]}, step=2, mode="guess")
    assert both() == [[[[5, 1, 0, 1, 1, 7]]], [1, 1], 2, "explore"]
    send(step=77)
    assert both()[2] == 4
    notebook.page.evaluate("""source => {
        jupyterapp.shell.currentWidget.context.model.sharedModel.cells[2].setSource(source);
    }""", f"{FROM_PYTHON}\n{STATE}")
    assert both() == [[[[1, 2, 3]]], [1, 1], 1, "explore"]
