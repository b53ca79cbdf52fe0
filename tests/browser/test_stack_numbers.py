"""What the explorer of a stack works out in the browser is what NumPy does: maps, meters, fields, gradients, words."""

import functools

import numpy as np
import pytest
from modules import HOME, VIZ
from stack_cases import NETWORKS, STATES, made

from cnnlib.viz.stack import words
from cnnlib.viz.stack.state import State

PAGE = """<!doctype html><meta charset="utf-8"><script type="module">
import * as explored from "./stack/static/explored.js";
import * as words from "./stack/static/words.js";
Object.assign(window, { explored, words });
</script>"""
RUN = """cases => cases.map(({ spec, states }) => {
  const made = new explored.Explored(spec);
  return states.map(state => {
    made.take(state);
    const { unit, maps, shapes, readings, fault, prediction, fields, now } = made;
    const seen = made.seen, [stage, at] = unit, place = words.placeOf(spec.names[stage], at, shapes[stage]);
    const list = values => values && [...values];
    return {
      maps: maps.map(list), readings, fault, unit, seen, loudest: made.loudest,
      fields: fields.stages.map(each => each && { box: each.box, lines: each.lines.map(list) }),
      layers: now.layers.map(({ kind, shape }) => [kind, shape]), slopes: list(made.slopes), image: list(made.image),
      prediction: prediction && { distance: prediction.distance, after: list(prediction.after) },
      said: [words.predicted(prediction, spec.classes, fault, state.dy || state.dx),
        words.sees(place, maps[stage][at], made.gone, seen),
        ...readings.map(reading => reading && words.told(reading))],
    };
  });
})"""
UNITS = [None, ("CONV1", 1, 2, 3), ("POOL2", 0, 9999, 0)]


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context()
    page = opened(context)
    yield page
    context.close()


def opened(context, *edits):
    """A page with the modules; `edits` (file, old, new) change them first."""
    texts = {path.relative_to(VIZ).as_posix(): path.read_text() for room in ("kit", "stack", "kernel")
             for path in (VIZ / room / "static").glob("*.js")}
    for name, old, new in edits:
        assert texts[name].count(old) == 1, f"{old!r} must be in {name} once"
        texts[name] = texts[name].replace(old, new)

    def answer(route):
        name = route.request.url.removeprefix(HOME)
        kind = "text/javascript; charset=utf-8" if name in texts else "text/html"
        route.fulfill(body=texts.get(name, PAGE), content_type=kind)

    page = context.new_page()
    page.route(f"{HOME}**", answer)
    page.goto(HOME)
    page.wait_for_function("window.explored")
    return page


@functools.cache
def cases():
    """Stacks of each network in each state, and what the browser is asked for."""
    stacks = {name: [made(name, **state, unit=UNITS[n % 3]) for n, state in enumerate(STATES)] for name in NETWORKS}
    asked = [{"spec": every[0].spec, "states": [each.state._asdict() for each in every]} for every in stacks.values()]
    return [each for every in stacks.values() for each in every], asked


def compare(page):
    """Every number of every state."""
    stacks, asked = cases()
    found = [each for every in page.evaluate(RUN, asked) for each in every]
    for stack, seen in zip(stacks, found, strict=True):
        told = f"{stack.digest}: "
        assert [[kind, shape] for kind, shape in seen["layers"]] == [
            [layer["kind"], layer["shape"]] for layer in stack.built.layers], told
        assert seen["fault"] == stack.fault, told
        near(seen["image"], stack.image, told)
        places = [n for n, name in enumerate(stack.names) if len(stack.shape_of(name)) == 3]
        near([seen["loudest"][n] for n in places], [stack.loudest[stack.names[n]] for n in places], told)
        for n, name in enumerate(stack.names):
            if name not in stack.maps:
                assert seen["maps"][n] is None and seen["readings"][n] is None, told
                continue
            near(seen["maps"][n], stack.maps[name], told + name)
            reading, true = seen["readings"][n], stack.readings[name]
            assert (reading["moved"] and tuple(reading["moved"]), reading["exact"]) == true[1:], told + name
            assert (reading["off"] is None) == (true.off is None), told + name
            near(reading["off"] or 0, true.off or 0, told + name)
            field = seen["fields"][n]
            true = stack.fields.get(name)
            assert (field is None) == (true is None) and (not true or tuple(field["box"]) == true.box), told + name
            lines = field and [[*map(bool, each)] for each in field["lines"]]
            assert not true or lines == [each.tolist() for each in true[1:]], told + name
        assert (seen["prediction"] is None) == (stack.prediction is None), told
        if stack.prediction:
            near(seen["prediction"]["distance"], stack.prediction.distance, told)
            near(seen["prediction"]["after"], stack.prediction.after, told)
        assert (stack.names[seen["unit"][0]], seen["unit"][1]) == stack.unit, told
        near(seen["slopes"], stack.slopes, told)
        for name, value in stack.seen._asdict().items():
            near(seen["seen"][name], value, told + name)
        readings = [words.told(stack.readings[name]) if name in stack.maps else None for name in stack.names]
        assert seen["said"] == [words.prediction(stack), words.sees(stack), *readings], told


def near(seen, true, told):
    if true is None or seen is None:
        assert seen is true, told
        return
    seen, true = (np.ravel(each).astype(float) for each in (seen, true))
    assert np.abs(seen - true).max(initial=0) <= 1e-4 * max(1, np.abs(true).max(initial=0)), told


def test_the_browser_works_out_what_numpy_does(page):
    """Three networks, sixteen states of each."""
    assert set(State._fields) == set(page.evaluate("Object.keys(explored.USUAL)"))
    compare(page)


@pytest.mark.control
@pytest.mark.parametrize("edit", [
    ("stack/static/rebuild.js", "const TAPS = [0.25, 0.5, 0.25]", "const TAPS = [0.3, 0.4, 0.3]"),
    ("stack/static/rebuild.js", "Math.floor(n / stride[a])", "Math.ceil(n / stride[a])"),
    ("stack/static/rebuild.js", 'padding === "circular");', "false);"),
    ("stack/static/meter.js", "off < best.off - NOISE", "off > best.off"),
    ("stack/static/meter.js", "if (from < 0) return;", ""),
    ("stack/static/fields.js", "cell * steps[a] - padding[a][0]", "cell * steps[a]"),
    ("stack/static/fields.js", "top + (height >> 2)", "top + (height >> 1)"),
    ("stack/static/explored.js", "step.map((s, a) => s * stride[a])", "stride"),
    ("kit/static/windows.js", "if (from >= 0) dx[from] += dy[at];", "if (from >= 0) dx[from] = dy[at];"),
    ("stack/static/words.js", "100 * share, 0", "100 * share, 1"),
], ids=lambda edit: edit[1][:30])
def test_what_is_wrong_is_noticed(browser, page, edit):
    broken = opened(page.context, edit)
    with pytest.raises(AssertionError):
        compare(broken)
    broken.close()


TASKS = """async cases => {
  const { TASKS } = await import("./stack/static/tasks.js");
  return cases.map(([task, view]) => TASKS[task.do](view, task));
}"""
SHIFTED, STILL = {"dx": 1, "dy": 0, "unit": ["FC2", 3]}, {"dx": 0, "dy": 0, "unit": None}


@pytest.mark.parametrize(("task", "state", "verdict"), [
    ({"do": "steady", "below": 0.5}, SHIFTED, (True, "It moves only by 0.4.")),
    ({"do": "steady", "below": 0.3}, SHIFTED, (False, "It still moves by 0.4.")),
    ({"do": "steady", "below": 0.5}, STILL, (False, "The image is not moved.")),
    ({"do": "unit", "stage": "FC2"}, SHIFTED, (True, "A unit of FC2.")),
    ({"do": "unit", "stage": "CONV1"}, SHIFTED, (False, "That is a unit of FC2.")),
    ({"do": "unit", "stage": "FC2"}, STILL, None),
    ({"do": "set", "name": "dx", "value": 1}, SHIFTED, (True, "Done.")),
    ({"do": "set", "name": "dx", "value": 1}, STILL, None),
])
def test_when_a_task_of_a_tour_is_done(page, task, state, verdict):
    explored = {"spec": {"names": ["CONV1", "FC2"]}, "unit": [1, 3], "state": state, "prediction": {"distance": 0.4}}
    said, = page.evaluate(TASKS, [[task, {"explored": explored, "state": state}]])
    assert said == (verdict and dict(zip(("right", "said"), verdict, strict=True)))
