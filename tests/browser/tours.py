"""Players with tours in a page, and a visitor who uses nothing but the keyboard: what the tests of tours share."""

import json
from pathlib import Path

import numpy as np

from cnnlib.viz import Scene, SlidePlayer
from cnnlib.viz.kit.live import VIEW
from cnnlib.viz.slide.player import TOURED

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


class TouredPlayer(SlidePlayer):
    """For pages whose players have tours: the browser part is theirs."""

    entry = TOURED


def stored(lesson, number=1):
    """What a lesson's notebook holds of its toured player, the first unless another is asked for: spec and traits."""
    return json.loads("".join(_states(lesson)[number - 1]))


def toured():
    """The lessons, by number, whose notebooks hold such a player."""
    return [path.name[:2] for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb")) if _states(path.name[:2])]


def _states(lesson):
    path, = NOTEBOOKS.glob(f"{lesson}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = [output.get("data", {}) for cell in cells for output in cell.get("outputs", ())]
    views = [data[VIEW] for data in shown if VIEW in data]
    return [view["state"] for view in views if view.get("entry", "").endswith("toured.js")]


class Visitor:
    """Somebody at the keyboard of a page; `player` is a `PagePlayer` with a tour."""

    def __init__(self, player):
        self.player, self.keyboard = player, player.page.keyboard
        self.pages, self.scenes = player.trait("tour")["pages"], player.trait("tour")["scenes"]
        player.root.focus()

    @property
    def number(self):
        """The number of the page that is shown, or 0."""
        seen = self.player.js("player.root.querySelector('.cnn-tour').checkVisibility()")
        return int(self.player.text("cnn-tour .cnn-progress").split(" / ")[0]) if seen else 0

    @property
    def page(self):
        return self.pages[self.number - 1]

    @property
    def scene(self):
        """The scene that the page is about."""
        return Scene.from_spec(self.scenes[self.page["scene"]])

    @property
    def said(self):
        return self.player.text("cnn-tour .cnn-verdict")

    @property
    def next(self):
        """What the button that leads on is called; "Skip" while a task waits."""
        return self.player.js("player.root.querySelector('[aria-keyshortcuts=PageDown]').textContent")

    def press(self, *keys):
        for key in keys:
            self.keyboard.press(key)

    @property
    def focused(self):
        """What the control that has the focus is called."""
        return self.player.page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent")

    def on(self, *names):
        """Has the focus one of what is called so, or so and then its size or place?"""
        return any(self.focused == name or self.focused.startswith((f"{name},", f"{name}[")) for name in names)

    def tab_to(self, *names):
        """Press Tab until one of what is called so has the focus; among sliders, down."""
        passed = set()
        for _ in range(60):
            if self.on(*names):
                return
            found = self.focused
            if found in [f"{name} slider" for name in names]:   # from there into its field
                return self.press("Enter")
            self.press("ArrowDown" if found.endswith(" slider") and found not in passed else "Tab")
            passed.add(found)
        raise AssertionError(f"Tab never comes to {names}")

    def go(self, step):
        """To a step, with the arrow keys."""
        self.player.root.focus()
        self.press("Home", *["ArrowRight"] * step)

    def cell(self, board, index, value):
        """Into a cell, with the arrow keys and digits."""
        if board == "b":
            return self.field(f"bias b[{index[0]}]", value)
        self.player.root.focus()
        boards = {name: array["title"] for name, array in self.scene.record.as_spec()["arrays"].items()}
        self.tab_to(*boards.values())
        for _ in boards:
            self.press(*["b"] * (not self.on(boards[board])))   # from one board to the next
        self.press(*["ArrowDown"] * (index[-2] if len(index) > 1 else 0), *["ArrowRight"] * index[-1])
        self.keyboard.type(f"{value:g}")
        self.press("Enter")

    def field(self, name, value):
        self.player.root.focus()
        self.tab_to(name)
        self.press("ControlOrMeta+a")
        self.keyboard.type(f"{value:g}")
        self.press("Enter")

    def act(self, right):
        """Do the task of the page, or something that is not asked for."""
        task, scene = self.page["task"], self.scene
        if "find" in task:
            y = scene.output.ravel()
            far = {"largest": y - y.max(), "smallest": y - y.min(), "farthest": np.abs(y) - np.abs(y).max()}
            fits = far.get(task["find"], y - task["find"] if not isinstance(task["find"], str) else 0) == 0
            self.go(int(np.flatnonzero(fits == right)[0]))
            self.tab_to("It is this step")
            self.press("Enter")
        elif "predict" in task:
            value = scene.frame(self.page["step"]).value
            self.field(f"Your number for {scene.record.result}", value if right else value + 1000)
        else:
            names = {"stride": "Stride", "padding": "Padding", "dilation": "Dilation", "kernel": "Kernel size"}
            for key, goal in task["set"].items():
                last = goal[-1][0] if isinstance(goal[-1], list) else goal[-1]
                self.field(names[key], last if right else last + 1)
            for board, flat, value in task["cells"]:
                shape = {"x": scene.x, "w": scene.w, "dy": scene.dy, "b": np.zeros(scene.y_shape[0])}[board].shape
                self.cell(board, [int(n) for n in np.unravel_index(flat, shape)], value if right else value + 7)
