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
