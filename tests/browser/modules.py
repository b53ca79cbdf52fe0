"""Drawn scenes of every kind, and the browser's modules in a page: what the tests of the modules share."""

import json
from pathlib import Path

import numpy as np

import cnnlib as cnn

VIZ = Path(cnn.__file__).parent / "viz"
FILES = {path.name: path for room in ("kit", "slide") for path in (VIZ / room / "static").glob("*.js")}
KINDS = ("conv", "max", "avg", "transpose", "dx", "dw")
HOME = "http://modules.test/"   # answered by the test itself; nothing leaves the machine
PAGE = """<!doctype html><meta charset="utf-8"><script type="module">
import * as changes from "./slide/static/changes.js";
import * as derived from "./slide/static/scene.js";
import * as spec from "./slide/static/spec.js";
import * as words from "./slide/static/words.js";
import * as numbers from "./kit/static/numbers.js";
import * as scale from "./kit/static/scale.js";
import { scalesOf } from "./slide/static/boards.js";
Object.assign(window, { scene: { ...spec, ...derived, ...changes }, words, numbers, scale: { ...scale, scalesOf } });
</script>"""


def load(context, edits=()):
    """A page with the modules of a scene and `words.js` loaded; `edits` (file, old, new) first change the text of these
    or of others that they import."""
    texts = {path.relative_to(VIZ).as_posix(): path.read_text(encoding="utf-8") for path in FILES.values()}
    for name, old, new in edits:
        place = FILES[name].relative_to(VIZ).as_posix()
        assert texts[place].count(old) == 1, f"{old!r} must be in {name} once"
        texts[place] = texts[place].replace(old, new)

    def answer(route):
        name = route.request.url.removeprefix(HOME)
        if name in texts:
            route.fulfill(body=texts[name], content_type="text/javascript; charset=utf-8")
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    page = context.new_page()
    page.thrown = []
    page.on("pageerror", lambda error: page.thrown.append(str(error)))
    page.route(f"{HOME}**", answer)
    page.goto(HOME)
    assert page.thrown == []
    page.wait_for_function("window.scene && window.words")
    return page


def ask(page, script, data):
    """What the function `script` makes of `data`, both as JSON: quick for many numbers; infinities come as texts."""
    finite = "(key, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value)"
    told = page.evaluate(f"text => JSON.stringify(({script})(JSON.parse(text)), {finite})", json.dumps(data))
    return json.loads(told)


def numbers(rng, shape, whole):
    """Small integers, so that maxima tie, or floats with many digits."""
    return rng.integers(-3, 6, shape) if whole else rng.normal(size=shape)


def draw(rng, kind):
    """One small scene: any form of x and w, stride, padding (also uneven), dilation, bias."""
    pool, axes = kind in ("max", "avg"), int(rng.integers(1, 3))
    form = [(1, 0), (2, 0), (3, 0)] if pool else [(1, 1), (1, 3), (2, 3), (2, 2), (2, 4), (3, 3), (3, 4)]
    x_axes, w_axes = form[rng.integers(len(form))]
    axes = (1 if x_axes == 1 else 2) if pool else 1 if (x_axes, w_axes) in form[:3] else 2
    C = int(rng.integers(1, 4)) if x_axes > axes else 1
    K = int(rng.integers(1, 4)) if w_axes == axes + 2 else 1
    kernel = rng.integers(1, 5, axes)
    stride = rng.integers(1, 4, axes)
    dilation = rng.integers(1, 3, axes) if kind in ("conv", "dx", "dw") else np.ones(axes, int)
    span = dilation * (kernel - 1) + 1
    padding = rng.integers(0, kernel // 2 + 1 if pool else span + 1, (2, axes))
    if axes == 1 or rng.random() < 0.5:
        padding[1] = padding[0]
    extra = rng.integers(0, stride)
    if kind == "transpose":   # at least one output: the padding is cut off
        size = np.maximum(1, -(-(padding.sum(0) + 1 - span - extra) // stride) + 1) + rng.integers(0, 6, axes)
    else:
        size = np.maximum(1, span - padding.sum(0)) + rng.integers(0, 9, axes)
    whole = rng.random() < 0.6
    x = numbers(rng, (*[C] * (x_axes > axes), *size), whole)
    lanes = {0: (), 1: (K,), 2: (C, K) if kind == "transpose" else (K, C)}[0 if pool else w_axes - axes]
    lanes = (C,) if w_axes == axes + 1 else lanes   # (C, Fh, Fw): one filter
    plain = lambda pair: int(pair[0]) if axes == 1 else tuple(map(int, pair))
    pads = int(padding[0, 0]) if axes == 1 else tuple(tuple(map(int, sides)) for sides in padding.T)
    if pool:
        return cnn.viz.pool(x, plain(kernel), plain(stride), pads, kind)
    w = numbers(rng, (*lanes, *kernel), whole)
    b = numbers(rng, (K,), whole) if rng.random() < 0.5 else None
    if kind == "transpose":
        return cnn.viz.transpose(x, w, b, plain(stride), pads, plain(extra))
    forward = cnn.viz.slide(x, w, b, plain(stride), pads, plain(dilation))
    if kind == "conv":
        return forward
    dy = numbers(rng, forward.output.shape, whole) if rng.random() < 0.8 else None
    return cnn.viz.slide(x, w, None, plain(stride), pads, plain(dilation), direction=kind, dy=dy)


def drawn(count, seed=4):
    """`count` scenes, every kind equally often."""
    rng = np.random.default_rng(seed)
    return [draw(rng, KINDS[i % len(KINDS)]) for i in range(count)]


def accepted(spec):
    """The scene of a spec, or None if Python refuses it."""
    try:
        return cnn.viz.Scene.from_spec(spec)
    except (ValueError, TypeError):
        return None
