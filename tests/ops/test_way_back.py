"""dx of a convolution by its two ways, scattering and the convolution with turned filters: the same cells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sweeps import examples

from cnnlib.ops import conv
from cnnlib.ops.window import geometry

SIDES = st.tuples(st.integers(1, 3), st.integers(1, 3))


def gradient(dy, w, g, shape, back):
    """dx by the turned filters, or by scattering alone."""
    with pytest.MonkeyPatch.context() as patch:
        if not back:
            patch.setattr(conv, "_way_back", lambda *_: None)
        return conv.input_gradient(dy, w, g, shape)


@settings(max_examples=examples(80), deadline=None)
@given(kernel=SIDES, dilation=SIDES, padding=st.sampled_from([0, 1, 2, "same", "valid"]), groups=st.integers(1, 3),
       deep=st.integers(1, 4), filters=st.integers(1, 2), seed=st.integers(0, 99))
def test_both_ways_lead_to_the_same_cells(kernel, dilation, padding, groups, deep, filters, seed):
    rng, C, K = np.random.default_rng(seed), groups * deep, groups * filters
    shape = 2, C, int(rng.integers(7, 10)), int(rng.integers(7, 10))
    g = geometry(shape[2:], kernel, 1, padding, dilation, name="w")
    dy, w = rng.normal(size=(2, K, *g.out)), rng.normal(size=(K, deep, *kernel))
    ways = [gradient(dy, w, g, shape, back) for back in (True, False)]
    np.testing.assert_allclose(*ways, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("K", "size", "padding", "stride", "turned"), [
    (4, 8, 1, 1, True), (5, 8, 1, 1, False),     # as many maps as channels, or more
    (3, 8, 0, 1, True), (4, 8, 0, 1, False),     # 36 cells a map, to be read for 64
    (4, 8, 3, 1, False), (4, 8, 1, 2, False),    # more padding than the kernel reaches, and a stride
])
def test_the_shorter_way_is_taken(K, size, padding, stride, turned):
    C, g = 4 if padding else 6, geometry((size, size), 3, stride, padding, name="w")
    back = conv._way_back(g, K, (1, C, size, size), np.ones((K, C, 3, 3)))
    assert (back is not None) == turned


def test_an_infinite_weight_reaches_no_cell_beyond_its_window():
    """A zero of padding times infinity would be NaN."""
    w, g = np.ones((1, 1, 3, 3)), geometry((5, 5), 3, 1, 1, name="w")
    w[0, 0, 0, 0] = np.inf
    dx = conv.input_gradient(np.ones((1, 1, 5, 5)), w, g, (1, 1, 5, 5))
    assert np.isinf(dx[0, 0, :4, :4]).all() and np.isfinite(dx[0, 0, 4]).all() and np.isfinite(dx[0, 0, :, 4]).all()
