"""Layers: forward, backward and shapes."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from layer_cases import CASES, case, every_layer
from networks import apart

import cnnlib as cnn
from cnnlib import nn

# --- forward ------------------------------------------------------------------------------------------------------

OPERATIONS = {
    "conv": lambda x, w, b: cnn.conv2d(x, w, b),
    "conv, everything": lambda x, w, b: cnn.conv2d(x, w, b, stride=(2, 1), padding=(1, 2), dilation=(1, 2)),
    "conv, same, no bias": lambda x, w: cnn.conv2d(x, w, padding="same"),
    "linear": lambda x, w, b: cnn.linear(x, w, b),
    "linear, no bias": lambda x, w: cnn.linear(x, w),
    "max": lambda x: cnn.max_pool2d(x, 2),
    "max, overlapping": lambda x: cnn.max_pool2d(x, 3, stride=2, padding=1),
    "avg": lambda x: cnn.avg_pool2d(x, (2, 3)),
    "avg, real cells only": lambda x: cnn.avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False),
    "conv, grouped": lambda x, w, b: cnn.conv2d(x, w, b, padding=1, groups=2),
    "conv, depthwise": lambda x, w: cnn.conv2d(x, w, stride=2, groups=3),
    "transposed": lambda x, w, b: cnn.conv_transpose2d(x, w, b),
    "transposed, everything": lambda x, w, b: cnn.conv_transpose2d(x, w, b, (2, 3), 1, (1, 2)),
    "batch norm": lambda x, gamma, beta: cnn.batch_norm2d(x, gamma, beta, np.zeros(3), np.ones(3)),
    "batch norm, training": lambda x, gamma, beta: cnn.batch_norm2d(x, gamma, beta),
    "residual, shortcut": lambda x, w, b, ws, bs: cnn.conv2d(x, w, b, 2, 1) + cnn.conv2d(x, ws, bs, 2),
    "global avg": lambda x: cnn.global_avg_pool2d(x),
    "relu": lambda x: cnn.relu(x),
    "flatten": lambda x: np.array([example.ravel() for example in x]),
    "dropout": lambda x: x,
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_forward_is_the_operation(name):
    layer, x = case(name)
    assert np.array_equal(layer(x), OPERATIONS[name](x, *(p.data for p in layer.parameters())))


def test_every_layer_is_among_the_cases():
    layers = {c for c in vars(nn).values() if inspect.isclass(c) and issubclass(c, nn.Layer)} - {nn.Layer}
    assert layers == {type(make()) for make, _ in CASES.values()}


@every_layer
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_results_have_the_dtype_of_the_input(name, dtype):
    layer, x = case(name)
    y = layer(x.astype(dtype))
    dx = layer.backward(np.ones(y.shape))   # float64, whatever the layer was given
    assert (y.dtype, dx.dtype) == (dtype, dtype)
    assert all(p.grad.dtype == dtype and p.data.dtype == np.float32 for p in layer.parameters())


def test_integers_are_computed_as_float64():
    assert nn.ReLU()([[-1, 2]]).dtype == np.float64
    assert nn.Conv2d(1, 1, 2)(np.ones((1, 1, 3, 3), np.uint8)).dtype == np.float64


LAYOUTS = {
    "fortran": np.asfortranarray,
    "batch last": lambda x: np.moveaxis(np.ascontiguousarray(np.moveaxis(x, 0, -1)), -1, 0),
    "backwards": lambda x: np.ascontiguousarray(x[..., ::-1])[..., ::-1],
    "every other": lambda x: np.repeat(x, 2, axis=-1)[..., ::2],
    "read-only": lambda x: np.frombuffer(x.tobytes(), x.dtype).reshape(x.shape),
}


@every_layer
@pytest.mark.parametrize("layout", LAYOUTS)
def test_memory_layout_does_not_matter(name, layout):
    layer, x = case(name)
    y = layer(x)
    dy = apart(y.shape, seed=1)
    dx, grads = layer.backward(dy), [p.grad for p in layer.parameters()]

    laid_out, before = LAYOUTS[layout](x), x.copy()
    assert np.allclose(layer(laid_out), y, rtol=0, atol=1e-12)
    assert np.allclose(layer.backward(LAYOUTS[layout](dy)), dx, rtol=0, atol=1e-12)
    for p, grad in zip(layer.parameters(), grads, strict=True):
        assert np.allclose(p.grad, grad, rtol=0, atol=1e-10)
    assert np.array_equal(laid_out, before)   # and the input is only read


# --- shapes, by drawing geometries --------------------------------------------------------------------------------

side = st.integers(1, 9)
small = st.integers(1, 4)


@given(st.tuples(side, side), st.tuples(small, small), st.tuples(small, small), st.tuples(small, small),
       st.one_of(st.sampled_from(["same", "valid"]), st.tuples(st.integers(0, 3), st.integers(0, 3))), small, small)
def test_output_shape_of_conv(size, kernel, stride, dilation, padding, channels, filters):
    layer = nn.Conv2d(channels, filters, kernel, stride, padding, dilation, bias=False)
    same_as_the_forward_pass(layer, (channels, *size))
    if (filled := shape_or_none(layer, (channels, *size))) is not None:
        assert layer.macs((channels, *size)) == np.prod(filled) * channels * kernel[0] * kernel[1]


@given(st.sampled_from([nn.MaxPool2d, nn.AvgPool2d]), st.tuples(side, side), st.tuples(small, small),
       st.one_of(st.none(), st.tuples(small, small)), st.one_of(st.just("same"), st.integers(0, 2)), small)
def test_output_shape_of_pooling(kind, size, kernel, stride, padding, channels):
    same_as_the_forward_pass(kind(kernel, stride, padding), (channels, *size))


@given(st.sampled_from([nn.GlobalAvgPool2d(), nn.Flatten(), nn.ReLU(), nn.Dropout()]), st.tuples(small, side, side))
def test_output_shape_of_the_others(layer, shape):
    same_as_the_forward_pass(layer, shape)


def shape_or_none(layer, shape):
    try:
        return layer.output_shape(shape)
    except ValueError:
        return None


def same_as_the_forward_pass(layer, shape):
    expected = shape_or_none(layer, shape)
    x = np.zeros((2, *shape))
    if expected is None:   # what output_shape refuses, forward refuses too
        with pytest.raises(ValueError):
            layer(x)
    else:
        y = layer(x)
        assert y.shape == (2, *expected)
        assert all(type(n) is int for n in expected)
        assert layer.backward(y).shape == x.shape


def test_output_shape_of_linear():
    assert nn.Linear(4, 3).output_shape((4,)) == (3,)
    assert nn.Linear(4, 3).macs((4,)) == 12
    for shape, slip in [((5,), ""), ((1, 2, 2), "Flatten()"), ((), "x[:, None]")]:
        with pytest.raises(ValueError, match="4 features") as error:
            nn.Linear(4, 3).output_shape(shape)
        assert slip in str(error.value)


# --- backward -----------------------------------------------------------------------------------------------------

@every_layer
def test_gradients(name):
    layer, x = case(name)
    result = nn.check_gradients(layer, x)
    assert list(result) == ["x", *(name for name, _ in layer.named_parameters())]
    assert result.passed, result
    assert max(result.values()) < 1e-7


def test_gradients_of_a_linear_map_are_its_adjoint():
    # Convolution, mean and matrix product are linear in x and in w: a difference of any size is the exact slope.
    rng = np.random.default_rng(0)
    for name in ("conv", "conv, everything", "conv, same, no bias", "linear", "avg", "avg, real cells only"):
        layer, x = case(name)
        for parameter in layer.parameters():
            parameter.data = parameter.data.astype(np.float64)
        y = layer(x)
        dy = rng.normal(size=y.shape)
        dx = layer.backward(dy)
        u = rng.normal(size=x.shape)
        assert np.isclose((dy * (layer(x + u) - y)).sum(), (dx * u).sum(), rtol=1e-10)
        for p in layer.parameters():
            u = rng.normal(size=p.shape)
            p.data += u
            assert np.isclose((dy * (layer(x) - y)).sum(), (p.grad * u).sum(), rtol=1e-10)
            p.data -= u


def test_gradients_of_a_network_by_plain_differences():
    model, x = case("network")
    for parameter in model.parameters():
        parameter.data = parameter.data.astype(np.float64)
    labels = [2, 0]

    def loss():
        return cnn.cross_entropy(model(x), labels)

    loss()
    dx = model.backward(cnn.cross_entropy_backward(model(x), labels))
    for array, gradient in [(x, dx), *((p.data, p.grad) for p in model.parameters())]:
        for index in np.ndindex(*array.shape):
            value, h = array[index], 1e-5
            array[index] = value + h
            above = loss()
            array[index] = value - h
            below = loss()
            array[index] = value
            assert abs((above - below) / (2 * h) - gradient[index]) < 1e-7


@every_layer
def test_without_dx_the_parameters_learn_the_same(name):
    layer, x = case(name)
    dy = apart(layer(x).shape, seed=1)
    layer.backward(dy)
    grads = [p.grad for p in layer.parameters()]
    for p in layer.parameters():
        p.grad = None
    dx = layer.backward(dy, need_dx=False)
    assert all(np.array_equal(p.grad, grad) for p, grad in zip(layer.parameters(), grads, strict=True))
    if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
        assert dx is None, "the first layer spares itself dx"


@every_layer
def test_backward_twice_overwrites_the_gradient(name):
    layer, x = case(name)
    dy = apart(layer(x).shape, seed=1)
    dx, grads = layer.backward(dy), [p.grad.copy() for p in layer.parameters()]
    assert np.array_equal(layer.backward(dy), dx)
    assert all(np.array_equal(p.grad, grad) for p, grad in zip(layer.parameters(), grads, strict=True))


@every_layer
def test_backward_before_forward(name):
    layer, x = case(name)
    last = list(layer.leaves())[-1] if isinstance(layer, nn.Sequential) else layer
    with pytest.raises(RuntimeError, match=rf"{type(last).__name__}\.backward was called before the layer ran forward"):
        layer.backward(np.ones(x.shape))


@every_layer
def test_backward_takes_the_shape_of_the_output_only(name):
    layer, x = case(name)
    shape = layer(x).shape
    for wrong in [(1,), shape[1:], (*shape, 1), (shape[0] + 1, *shape[1:]), (1, *shape[1:])]:
        with pytest.raises(ValueError, match="dy must have shape") as error:
            layer.backward(np.ones(wrong))
        assert str(shape) in str(error.value) and str(wrong) in str(error.value)
