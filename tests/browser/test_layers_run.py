"""A network in the browser puts out what it does in NumPy, layer by layer, and so do its gradients."""

import numpy as np
import pytest
from browser_networks import drawn, gradient, outputs
from modules import ask, load

from cnnlib import nn
from cnnlib.viz.kit.layers import KINDS, described

RUN = """cases => {
  return cases.map(({ layers, x, shape, wanted }) => {
    const model = layered.network(layers);
    model.run(x.map(v => 1 - v), shape);   // what an earlier run left must not be seen
    const outputs = model.run(Float32Array.from(x), shape);
    return {
      outputs: outputs.map(({ values, shape }) => ({ values: [...values], shape })),
      gradients: wanted.map(([layer, index]) => [...model.gradient(outputs, x, layer, index)]),
    };
  });
}"""


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context()
    yield context
    context.close()


def opened(context, *edits):
    """A page with the modules of a network as `layered`; `edits` change them first."""
    page = load(context, edits)
    page.evaluate("async () => { window.layered = await import('./kit/static/layers.js'); }")
    return page


@pytest.fixture(scope="module")
def page(context):
    return opened(context)


def draws(count=24, seed=11):
    rng = np.random.default_rng(seed)
    return [drawn(rng) for _ in range(count)]


def compare(page, networks, rng):
    """How far browser and NumPy are apart at most: outputs, gradients."""
    cases, apart = [], [0, 0]
    for model, x in networks:
        found = outputs(model, x)
        wanted = [(n, int(rng.integers(found[n].size))) for n in rng.integers(len(found), size=3).tolist()]
        wanted.append((len(found) - 1, 0))
        cases.append({"layers": described(model, x.shape), "x": x.ravel().tolist(), "shape": x.shape, "wanted": wanted})
    for (model, x), case, seen in zip(networks, cases, ask(page, RUN, cases), strict=True):
        found = outputs(model, x)
        assert [tuple(each["shape"]) for each in seen["outputs"]] == [each.shape for each in found]
        assert [tuple(each["shape"]) for each in case["layers"]] == [each.shape for each in found]
        for true, each in zip(found, seen["outputs"], strict=True):
            apart[0] = max(apart[0], distance(true, each["values"]))
        for (n, index), dx in zip(case["wanted"], seen["gradients"], strict=True):
            apart[1] = max(apart[1], distance(gradient(model, x, n, index), dx))
    return apart


def distance(true, seen):
    """The largest difference, as a share of the largest number where that is above 1."""
    return float(np.abs(true.ravel() - np.asarray(seen, float)).max() / max(1, np.abs(true).max()))


def test_outputs_and_gradients_are_numpys(page):
    networks = draws()
    kinds = {layer["kind"] for model, x in networks for layer in described(model, x.shape)}
    assert kinds == set(KINDS)
    assert max(compare(page, networks, np.random.default_rng(0))) < 1e-4


@pytest.mark.control
@pytest.mark.parametrize(("file", "old", "new"), [
    ("windows.js", "x[p] > best", "x[p] >= best"),
    ("windows.js", "(end - first) * (right - left)", "layer.kernel_size[0] * layer.kernel_size[1]"),
    ("layers.js", "(x, y, { slope }) => (x > 0 ? 1 : slope)", "x => (x > 0 ? 1 : 0)"),
])
def test_faults_are_noticed(context, file, old, new):
    """In which of equal cells the gradient goes to; in what a mean is over; in a slope."""
    page = opened(context, (file, old, new))
    assert max(compare(page, draws(), np.random.default_rng(0))) > 1e-3


SIZES = """([layers, inputs]) => {
  const model = layered.network(layers);
  return inputs.map(([x, shape]) => model.run(x, shape).map(({ values }) => [...values]));
}"""


def test_images_of_another_size(page):
    """One after the other through the same network, which keeps room for outputs of the last."""
    model, rng = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.GlobalAvgPool2d(), seed=0), np.random.default_rng(3)
    inputs = [rng.normal(size=(1, *size)).astype(np.float32) for size in [(6, 5), (4, 9), (6, 5), (5, 6)]]
    told = [[x.ravel().tolist(), x.shape] for x in inputs]
    for x, seen in zip(inputs, ask(page, SIZES, [described(model, (1, 6, 5)), told]), strict=True):
        for true, values in zip(outputs(model, x), seen, strict=True):
            assert true.size == len(values) and distance(true, values) < 1e-4


REFUSED = """cases => cases.map(([layers, shape]) => {
  try { return String(layered.shapesOf(layers, shape)); } catch (error) { return error.message; }
})"""


def test_what_does_not_fit_is_said(page):
    """A view may change layers and input without asking Python, so the browser checks as well."""
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(18, 3))
    layers = described(model, (1, 8, 8))
    cases = [(layers, (1, 8, 8)), (layers, (3, 8, 8)), (layers, (1, 2, 8)), (layers, (1, 9, 10)), (layers, (64,)),
             ([{"kind": "Spiral", "name": "0 Spiral"}], (1, 8, 8))]
    right, *wrong = ask(page, REFUSED, cases)
    assert right == "2,6,6,2,3,3,18,3"
    assert wrong == [
        "0 Conv2d expects 1 channels, found 3 x 8 x 8",
        "0 Conv2d expects maps at least as large as its window, found 1 x 2 x 8",
        "3 Linear expects 18 numbers in a row, found 24",
        "0 Conv2d expects maps (C, H, W), found 64",
        "0 Spiral is a kind of layer that is not known here",
    ]


def test_softmax_of_large_numbers(page):
    assert ask(page, "v => [...layered.softmax(v)]", [1000, 1000, -1000]) == [0.5, 0.5, 0]
