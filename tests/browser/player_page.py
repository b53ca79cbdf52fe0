"""Players in a page of a real browser, without a kernel: mount scenes, look at them, and serve broken code on purpose.

    with opened(browser) as page:
        player = page.mount(cnn.viz.slide(x, w), speed=4)
        player.press("Next step")
        assert player.step == 1

The page gets the joined module and the style sheet that the notebook gets. `changes=[(old, new), ...]` replaces text in
either, which is how a test shows that its checks notice a display that is frozen or wrong.
"""

import contextlib

import pytest

from cnnlib.viz.kit import modules
from cnnlib.viz.slide.player import SlidePlayer

TRAITS = SlidePlayer.usual()   # of a fresh player, beside its spec

ADDRESS = "http://player.test/"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Players</title>
<meta name="viewport" content="width=device-width">
<style>body { margin: 8px; background: white } @media (prefers-color-scheme: dark) { body { background: #111 } }</style>
<link rel="stylesheet" href="player.css"><body><script type="module" src="page.js"></script></body></html>"""

# A model as anywidget hands it to a view: `set` tells listeners only if the value differs, `save_changes` sends to
# Python what was set since the last time (kept in `saved`); `fromPython` changes a trait without being sent back.
SCRIPT = """
import view from "./player.js";
window.players = [];
window.mount = state => {
  const listeners = {}, pending = {}, saved = [];
  const change = (name, value) => {
    if (JSON.stringify(state[name]) === JSON.stringify(value)) return;
    state[name] = value;
    for (const listen of [...(listeners[`change:${name}`] ?? [])]) listen();
  };
  const model = {
    get: name => state[name],
    set: (name, value) => { pending[name] = value; change(name, value); },
    save_changes: () => { saved.push({ ...pending }); for (const name in pending) delete pending[name]; },
    on: (event, listen) => { (listeners[event] ??= []).push(listen); },
    off: (event, listen) => { listeners[event] = (listeners[event] ?? []).filter(each => each !== listen); },
  };
  if (state.python) model.send = message => saved.push(message);   // as where a kernel lives
  const el = document.createElement("div");
  el.id = `player-${players.length}`;
  document.body.append(el);
  const began = performance.now(), dispose = view.render({ model, el });
  const root = el.querySelector(".cnn-player");
  players.push({ state, saved, listeners, el, root, dispose, began, fromPython: change });
  return players.length - 1;
};
window.ready = true;
"""


@contextlib.contextmanager
def opened(browser, changes=(), clock=False, init=None, widget=SlidePlayer, **options):
    """A `PlayerPage` in a new context of `browser`; `options` as for `browser.new_context`.

    With `clock=True` time stands still: it passes as far as `page.pass_time(milliseconds)` says, frame by frame.
    `init` is a script that runs before all others; `widget` the class of what is mounted.
    """
    context = browser.new_context(**{"viewport": {"width": 900, "height": 700}, **options})
    if clock:
        context.clock.install(time=0)
    if init:
        context.add_init_script(init)
    try:
        yield PlayerPage(context, changes, clock, widget)
    finally:
        context.close()


def notices(browser, check, change, *arguments, errors=AssertionError, patience=None, **options):
    """A player that one `change` (old, new) has broken fails the check, with one of the `errors`.

    `patience`, in milliseconds, is how long the check waits for what may never come; `options` as for `opened`.
    """
    with opened(browser, [change], **options) as page, pytest.raises(errors):
        if patience:
            page.page.set_default_timeout(patience)
        check(page, *arguments)


def noticing(opened, errors, patience=None):
    """A `notices(browser, check, *changes, **options)` for views that `opened` opens.

    The page stands before anything is expected to fail: a change that is not in the code, or leaves none, is an error.
    """
    def notices(browser, check, *changes, **options):
        with opened(browser, changes, **options) as page, pytest.raises(errors):
            if patience:
                page.page.set_default_timeout(patience)
            check(page)

    return notices


def changed(text, changes, used):
    """`text` with the `changes` that apply to it; which of them did is added to the set `used`."""
    for old, new in changes:
        if old in text:
            text = text.replace(old, new)
            used.add(old)
    return text


class PlayerPage:
    """A page, the players mounted in it (`players`), its errors, and addresses asked for outside of it."""

    def __init__(self, context, changes=(), clock=False, widget=SlidePlayer):
        self.usual = widget.usual()
        self.errors, self.outside, self.players, used = [], [], [], set()
        self.files = {
            "index.html": (PAGE, "text/html"), "page.js": (SCRIPT, "text/javascript"),
            "player.js": (changed(modules.module(widget.entry), changes, used), "text/javascript"),
            "player.css": (changed(modules.style(widget.entry), changes, used), "text/css"),
        }
        unused = [old for old, _ in changes if old not in used]
        assert not unused, f"no longer in the code: {unused}"
        context.route("**/*", self._serve)
        self.page = context.new_page()
        self.page.set_default_timeout(5000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.goto(ADDRESS + "index.html")
        self.page.wait_for_function("window.ready")
        if clock:
            context.clock.pause_at(1000)

    def _serve(self, route):
        url = route.request.url
        if url.startswith(ADDRESS) and (found := self.files.get(url.removeprefix(ADDRESS))):
            route.fulfill(body=found[0], content_type=f"{found[1]}; charset=utf-8")
        elif url.endswith("/favicon.ico"):
            route.fulfill(status=204)
        else:
            self.outside.append(url)
            route.abort()

    def mount(self, scene, **traits):
        """Show a scene (or a spec, sound or not) and return its `PagePlayer`."""
        spec = scene.spec if hasattr(scene, "spec") else scene
        index = self.page.evaluate("state => mount(state)", {"spec": spec, **self.usual, **traits})
        self.players.append(PagePlayer(self.page, index))
        return self.players[-1]

    def clear(self):
        """Take all players off the page that are still there."""
        self.page.evaluate("players.forEach(({ el, dispose }) => { if (el.isConnected) dispose(); el.remove(); })")

    def pass_time(self, milliseconds):
        """Let time pass, in a page opened with `clock=True`."""
        self.page.clock.run_for(milliseconds)

    def frames(self, count=2):
        """Wait for so many pictures to be painted."""
        self.page.evaluate("""async count => {
          for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
        }""", count)


class PagePlayer:
    """One mounted player, by its number in the page."""

    def __init__(self, page, index):
        self.page, self.index, self.handle = page, index, f"players[{index}]"
        self.root = page.locator(f"#player-{index} .cnn-player")

    def js(self, expression, argument=None):
        """The value of a JavaScript expression in `player` (state, saved, listeners, root, el) and `argument`."""
        return self.page.evaluate(f"argument => {{ const player = {self.handle}; return ({expression}); }}", argument)

    @property
    def step(self):
        return int(self.js("player.root.dataset.step"))

    @property
    def value(self):
        return float(self.js("player.root.dataset.value"))

    @property
    def voice(self):
        return self.js("player.root.querySelector('.cnn-voice').textContent")

    @property
    def error(self):
        return self.js("player.root.querySelector('.cnn-error').textContent")

    @property
    def picture(self):
        """What is drawn on all boards, as one number."""
        return self.js("""[...player.root.querySelectorAll("canvas")].map(canvas => canvas.toDataURL()).join().split("")
            .reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) | 0, 7)""")

    def trait(self, name):
        """A trait as the model has it now."""
        return self.js("player.state[argument]", name)

    def saves(self, name):
        """The values of a trait that were sent to Python, in order."""
        return self.js("player.saved.filter(sent => argument in sent).map(sent => sent[argument])", name)

    def from_python(self, **traits):
        """Change traits as Python would."""
        for name, value in traits.items():
            self.js("player.fromPython(...argument)", [name, value])

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    def press(self, name):
        """Click a button by its name."""
        self.button(name).click()

    def control(self, name):
        """An input, by its name."""
        return self.root.get_by_label(name, exact=True)

    def board(self, name):
        """The figure of a board."""
        return self.root.locator(f"figure[data-board={name}]")

    def text(self, part):
        """What stands in a part of the player, by its class."""
        return self.js("player.root.querySelector(argument).textContent", f".{part}")

    def dispose(self):
        """What anywidget does when a view is closed."""
        self.js("player.dispose()")

    def remove(self):
        """Dispose and take it off the page."""
        self.js("(player.dispose(), player.el.remove())")
