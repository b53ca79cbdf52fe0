"""Parts of the kernel lab by themselves, without a page around them: the loupe's terms, the bars of its histogram."""

import numpy as np
import pytest
from test_stack_numbers import opened

BARS = 61


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context()
    yield opened(context)
    context.close()


TERMS = """async ([planes, sides, size, kernel, settings, places]) => {
  const { termsAt } = await import("./kernel/static/loupe.js");
  return places.map(place => termsAt({ planes, sides, size }, kernel, settings, place));
}"""


@pytest.mark.parametrize(("stride", "dilation"), [(1, 2), (2, 1)])
def test_the_terms_under_the_loupe(page, stride, dilation):
    """Pixels, weights and what of them is padding, at every place; channel by channel."""
    rng, sides = np.random.default_rng(6), [(2, 1), (1, 3)]
    x, kernel = rng.normal(size=(3, 7, 9)), rng.normal(size=(3, 2, 3))
    padded, outside = np.pad(x, ((0, 0), *sides)), np.pad(x != x, ((0, 0), *sides), constant_values=True)
    planes = [{"values": each.ravel().tolist(), "rows": 10, "columns": 13} for each in padded]
    places = [*np.ndindex((10 - dilation - 1) // stride + 1, (13 - 2 * dilation - 1) // stride + 1)]
    settings = {"stride": stride, "dilation": dilation}
    found = page.evaluate(TERMS, [planes, sides, x.shape[1:], kernel.tolist(), settings, places])
    for (i, j), terms in zip(places, found, strict=True):
        rows, columns = (stride * at + dilation * np.arange(n) for at, n in ((i, 2), (j, 3)))
        window = np.s_[:, rows[:, None], columns]
        assert terms["x"] == padded[window].ravel().tolist() and terms["around"] == outside[window].ravel().tolist()
        assert terms["w"] == kernel.ravel().tolist()
        assert np.allclose(terms["sums"], (padded[window] * kernel).sum(axis=(1, 2)))
        assert terms["value"] == pytest.approx((padded[window] * kernel).sum())


COUNTS = """async values => {
  const { Histogram } = await import("./kernel/static/histogram.js"), made = new Histogram();
  made.count({ values });
  return [...made.counts];
}"""


def test_the_bars_of_the_histogram(page):
    """Every value is in one of them, zero in the middle, the largest and its opposite at the ends."""
    values = np.random.default_rng(7).normal(0, 30, 900).clip(-100, 100)
    values[:6] = 100, 100, -100, 0, 0, 0
    counts = page.evaluate(COUNTS, values.tolist())
    places = np.floor((values / 100 + 1) * 30 + 0.5).astype(int)
    assert counts == np.bincount(places, minlength=BARS).tolist() and (counts[0], counts[-1]) == (1, 2)


FOLLOWED = """async ([x, kernels, settings]) => {
  const { followed } = await import("./kernel/static/typing.js");
  const { respond } = await import("./kernel/static/convolve.js");
  const first = { ...settings, kernel: kernels[0] };
  let last = { result: respond(x, first), settings: first };
  return kernels.slice(1).map(kernel => {
    const now = { ...settings, kernel }, exact = respond(x, now).response.values, quick = followed(last, x, now);
    last = { result: quick ?? respond(x, now), settings: now };
    return quick && Math.max(...quick.response.values.map((value, n) => Math.abs(value - exact[n])));
  });
}"""


@pytest.mark.parametrize("tables", [1, 3])
def test_a_typed_weight_is_added(page, tables):
    """What one weight changes is added where all is too much for every key; all else is computed anew."""
    rng = np.random.default_rng(3)
    x = [{"values": rng.integers(0, 256, 110 * 120).tolist(), "rows": 110, "columns": 120} for _ in range(3)]
    kernels = [rng.normal(size=(tables, 13, 15)).round(2)]
    for n in range(5):
        kernels.append(kernels[-1].copy())
        kernels[-1][(n % tables, *rng.integers(13, size=2))] += 2.5 - n
    kernels += [2 * kernels[-1], kernels[-1][:, :5, :5], kernels[-1][:, :5, :5] + np.eye(5) * (np.arange(5) == 2)]
    settings = {"stride": 1, "dilation": 2, "padding": "reflect"}
    found = page.evaluate(FOLLOWED, [x, [each.tolist() for each in kernels], settings])
    assert found[5:] == [None] * 3, "several weights, another size, few weights"
    assert None not in found[:5] and max(found[:5]) < 1e-8
