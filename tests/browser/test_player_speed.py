"""The player is smooth on a large input, and its first picture comes quickly; in a real Chromium.

Each check also runs on a player that was broken on purpose, and must notice.
"""

import functools
import statistics

import player_page
import pytest
from player_page import TRAITS, opened
from player_scenes import LARGE, SCENES
from playwright.sync_api import Error

notices = functools.partial(player_page.notices, errors=(AssertionError, Error))

WATCH = """async milliseconds => {
  const { root } = players.at(-1), native = requestAnimationFrame, work = [], gaps = [], idle = [];
  let last = await new Promise(native);
  while (idle.length < 30) {
    const now = await new Promise(native);
    idle.push(now - last);
    last = now;
  }
  window.requestAnimationFrame = callback => native(now => {
    const began = performance.now();
    callback(now);
    work.push(performance.now() - began);
  });
  root.querySelector("button[aria-label=Play]").click();
  const first = +root.dataset.step, began = performance.now();
  last = await new Promise(native);
  while (performance.now() - began < milliseconds) {
    const now = await new Promise(native);
    gaps.push(now - last);
    last = now;
  }
  const steps = (+root.dataset.step - first) / (performance.now() - began) * 1000;
  root.querySelector("button[aria-label=Pause]").click();
  window.requestAnimationFrame = native;
  return { work, gaps, idle, steps };
}"""


def measured(page, milliseconds):
    """Medians in milliseconds: between two pictures, the same without a player in motion, and the work for a picture;
    steps a second, at full speed."""
    page.mount(LARGE, speed=60)
    seen = page.page.evaluate(WATCH, milliseconds)
    page.clear()
    return *(statistics.median(seen[name]) for name in ("gaps", "idle", "work")), seen["steps"]


def check_smooth(page, tries=6, milliseconds=1500):
    """As smooth as the screen, or as other work on this machine lets it be; a quiet moment is waited for."""
    for _ in range(tries):
        gap, idle, work, steps = measured(page, milliseconds)
        if gap <= max(18, 1.2 * idle) and work < 8 and 50 <= steps <= 63:
            return
    raise AssertionError(f"{gap:.1f} ms between pictures, {work:.1f} ms for one, {steps:.0f} steps a second")


@pytest.mark.long
def test_a_large_input_is_smooth_at_full_speed(page):
    check_smooth(page)


@pytest.mark.control
def test_heavy_work_is_noticed(browser):
    wait = "const stop = performance.now() + 25; while (performance.now() < stop);"
    notices(browser, check_smooth, ("  paint() {\n", f"  paint() {{ {wait}\n"), 1, 600)


# The same number of cells and digits, drawn as plainly as can be: what a picture takes on this machine at this moment.
FIRST = """async state => {
  const painted = async act => {
    const began = performance.now();
    act();
    await new Promise(requestAnimationFrame);
    await new Promise(done => setTimeout(done));   // after the picture
    return performance.now() - began;
  };
  const plain = await painted(() => {
    const canvas = document.createElement("canvas"), ctx = canvas.getContext("2d");
    canvas.width = canvas.height = 900;
    document.body.append(canvas);
    for (let n = 0; n < 900; n++) {
      const x = 30 * (n % 30), y = 30 * Math.floor(n / 30);
      ctx.fillStyle = `hsl(${n % 360} 80% 80%)`;
      ctx.fillRect(x, y, 28, 28);
      ctx.strokeRect(x, y, 28, 28);
      ctx.fillStyle = "black";
      ctx.fillText(n, x + 3, y + 20);
    }
  });
  return [plain, await painted(() => mount(state))];
}"""


def check_first_picture(browser, scene, changes=(), tries=8):
    """In a page that has shown nothing yet, it takes little more than drawing as many cells without any player.

    (About five times as long, 20 and 100 ms, and eight times beside a busy neighbour; a layout for each cell would be
    sixty times as long.) A quiet moment is waited for.
    """
    times = []
    for _ in range(tries):
        with opened(browser, changes) as page:
            times.append(page.page.evaluate(FIRST, {"spec": scene.spec, **TRAITS}))
        plain, first = times[-1]
        if first < 12 * plain:
            return
    raise AssertionError(f"{times} ms for so many cells, and for a player")


@pytest.mark.parametrize("scene", [LARGE, SCENES["image"]], ids=["28x28", "7x7"])
def test_the_first_picture_comes_quickly(browser, scene):
    check_first_picture(browser, scene)


@pytest.mark.control
def test_a_slow_first_picture_is_noticed(browser):
    """A player that is laid out sixty times, which is little beside once for each of its 784 cells."""
    often = "for (let n = 0; n < 60; n++) this.relayOut();"
    change = ("    this.begun = true;\n    this.relayOut();", f"    this.begun = true;\n    {often}")
    with pytest.raises(AssertionError, match="for a player"):
        check_first_picture(browser, LARGE, [change], tries=2)
