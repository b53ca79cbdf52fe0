"""Layers: forward, backward, shapes and dropout."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks import apart

import cnnlib as cnn
from cnnlib import nn

# Every layer in several guises, with the shape of a batch it takes.
CASES = {
    "conv": (lambda: nn.Conv2d(2, 3, 3), (2, 2, 6, 5)),
    "conv, everything": (lambda: nn.Conv2d(2, 3, (3, 2), (2, 1), (1, 2), (1, 2)), (2, 2, 7, 8)),
    "conv, same, no bias": (lambda: nn.Conv2d(1, 2, 4, padding="same", bias=False), (2, 1, 5, 5)),
    "conv, grouped": (lambda: nn.Conv2d(4, 6, 3, padding=1, groups=2), (2, 4, 5, 5)),
    "conv, depthwise": (lambda: nn.Conv2d(3, 3, 3, stride=2, groups=3, bias=False), (2, 3, 5, 6)),
    "transposed": (lambda: nn.ConvTranspose2d(2, 3, 3), (2, 2, 4, 3)),
    "transposed, everything": (lambda: nn.ConvTranspose2d(2, 3, (3, 2), (2, 3), 1, (1, 2)), (2, 2, 3, 4)),
    "batch norm": (lambda: nn.BatchNorm2d(3), (2, 3, 4, 3)),
    "batch norm, training": (lambda: nn.BatchNorm2d(3).train(), (2, 3, 4, 3)),
    "residual": (lambda: nn.Residual(nn.Conv2d(2, 2, 3, padding=1), nn.BatchNorm2d(2)), (2, 2, 4, 4)),
    "residual, shortcut": (
        lambda: nn.Residual(nn.Conv2d(2, 4, 3, 2, 1), shortcut=nn.Conv2d(2, 4, 1, 2)), (2, 2, 5, 5)
    ),
    "dense block": (lambda: nn.DenseBlock(nn.Conv2d(2, 3, 3, padding=1), nn.Conv2d(5, 1, 1)), (2, 2, 4, 4)),
    "linear": (lambda: nn.Linear(5, 4), (3, 5)),
    "linear, no bias": (lambda: nn.Linear(5, 1, bias=False), (3, 5)),
    "max": (lambda: nn.MaxPool2d(2), (2, 3, 5, 6)),
    "max, overlapping": (lambda: nn.MaxPool2d(3, stride=2, padding=1), (2, 2, 7, 6)),
    "avg": (lambda: nn.AvgPool2d((2, 3)), (2, 2, 4, 7)),
    "avg, real cells only": (lambda: nn.AvgPool2d(3, 2, 1, count_include_pad=False), (2, 2, 5, 5)),
    "global avg": (lambda: nn.GlobalAvgPool2d(), (2, 3, 4, 5)),
    "relu": (lambda: nn.ReLU(), (2, 3, 4, 5)),
    "flatten": (lambda: nn.Flatten(), (2, 3, 4, 5)),
    "dropout": (lambda: nn.Dropout(0.3), (2, 7)),
    "network": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Sequential(nn.MaxPool2d(2), nn.Flatten()), nn.Linear(8, 3)
        ),
        (2, 1, 6, 6),
    ),
}


def case(name):
    """The layer, with biases that are not zero, and numbers for it that lie apart from each other and from 0."""
    make, shape = CASES[name]
    layer = make()
    for parameter in layer.parameters():
        if parameter.std == 0:
            parameter.data = np.linspace(-1, 1, parameter.size, dtype=np.float32).reshape(parameter.shape)
    return layer, apart(shape)


every_layer = pytest.mark.parametrize("name", CASES)


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


# --- repr, attributes, input --------------------------------------------------------------------------------------

REPRS = [
    "Conv2d(3, 8, kernel_size=5)",
    "Conv2d(3, 8, kernel_size=(5, 3), stride=2, padding=(1, 2), dilation=3, bias=False)",
    "Conv2d(1, 1, kernel_size=3, padding='same')",
    "Conv2d(1, 1, kernel_size=3, padding=('same', 1))",
    "Conv2d(8, 16, kernel_size=3, padding=1, groups=4)",
    "ConvTranspose2d(8, 4, kernel_size=2, stride=2)",
    "ConvTranspose2d(8, 4, kernel_size=(3, 2), stride=(2, 3), padding=1, output_padding=(0, 2), bias=False)",
    "BatchNorm2d(64)",
    "BatchNorm2d(64, eps=0.001, momentum=0.01)",
    "Residual(\n)",
    "Residual(\n  Conv2d(8, 8, kernel_size=3, padding=1),\n  ReLU(),\n)",
    "Residual(\n  Conv2d(8, 4, kernel_size=1),\n  shortcut=Conv2d(8, 4, kernel_size=1, bias=False),\n)",
    "DenseBlock(\n  Conv2d(8, 4, kernel_size=1),\n  Residual(\n    ReLU(),\n    DenseBlock(\n    ),\n  ),\n)",
    "Linear(400, 120)",
    "Linear(400, 120, bias=False)",
    "MaxPool2d(2, stride=2)",
    "MaxPool2d((3, 2), stride=(2, 1), padding=1)",
    "MaxPool2d(3, stride=1, padding='same')",
    "AvgPool2d(3, stride=2, padding=1)",
    "AvgPool2d(3, stride=2, padding=1, count_include_pad=False)",
    "GlobalAvgPool2d()",
    "ReLU()",
    "Flatten()",
    "Dropout(0.25)",
]


@pytest.mark.parametrize("text", REPRS)
def test_repr_is_how_to_make_it(text):
    layer = eval(text, vars(nn))
    assert repr(layer) == text
    assert nn.Sequential(layer, nn.ReLU())[0] is layer


@every_layer
def test_repr_names_all_that_matters(name):
    layer, x = case(name)
    if isinstance(layer, nn.Sequential):
        return
    twin = eval(repr(layer), vars(nn)).train(layer.training)   # the mode is no part of how to make it
    for p, q in zip(layer.parameters(), twin.parameters(), strict=True):
        q.data = p.data
    assert np.array_equal(layer(x), twin(x))


@pytest.mark.parametrize(
    ("make", "argument"),
    [
        (lambda: nn.Conv2d(0, 8, 3), "in_channels"),
        (lambda: nn.Conv2d(3, 8.0, 3), "out_channels"),
        (lambda: nn.Conv2d(3, 8, 0), "kernel_size"),
        (lambda: nn.Conv2d(3, 8, (3, 3, 3)), "kernel_size"),
        (lambda: nn.Conv2d(3, 8, 3, stride=0), "stride"),
        (lambda: nn.Conv2d(3, 8, 3, padding=-1), "padding"),
        (lambda: nn.Conv2d(3, 8, 3, padding="full"), "padding"),
        (lambda: nn.Conv2d(3, 8, 3, dilation=0), "dilation"),
        (lambda: nn.Conv2d(4, 6, 3, groups=0), "groups must be at least 1"),
        (lambda: nn.Conv2d(4, 6, 3, groups=1.5), "groups must be an integer"),
        (lambda: nn.Conv2d(6, 8, 3, groups=4), "groups must divide in_channels, found groups=4 and in_channels=6"),
        (lambda: nn.Conv2d(8, 6, 3, groups=4), "groups must divide out_channels, found groups=4 and out_channels=6"),
        (lambda: nn.ConvTranspose2d(0, 8, 3), "in_channels"),
        (lambda: nn.ConvTranspose2d(3, 8.0, 3), "out_channels"),
        (lambda: nn.ConvTranspose2d(3, 8, 0), "kernel_size"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, stride=0), "stride"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, padding=-1), "padding"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, padding="same"), "padding"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, output_padding=-1), "output_padding"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, stride=2, output_padding=2), "output_padding must be less than the stri"),
        (lambda: nn.BatchNorm2d(0), "num_features"),
        (lambda: nn.BatchNorm2d(3, eps=0), "eps must be positive"),
        (lambda: nn.BatchNorm2d(3, eps=float("nan")), "eps must be positive"),
        (lambda: nn.BatchNorm2d(3, eps="1e-5"), "eps must be a number"),
        (lambda: nn.BatchNorm2d(3, momentum=1.5), "momentum must be a share"),
        (lambda: nn.BatchNorm2d(3, momentum=-0.1), "momentum must be a share"),
        (lambda: nn.BatchNorm2d(3, momentum=None), "momentum must be a share"),
        (lambda: nn.Linear(-1, 8), "in_features"),
        (lambda: nn.Linear(8, "8"), "out_features"),
        (lambda: nn.MaxPool2d(0), "kernel_size"),
        (lambda: nn.AvgPool2d(2, stride=0), "stride"),
        (lambda: nn.Dropout(1), "p must be"),
        (lambda: nn.Dropout(-0.1), "p must be"),
        (lambda: nn.Dropout(50), "p must be"),
        (lambda: nn.Dropout("0.5"), "p must be"),
        (lambda: nn.Dropout(float("nan")), "p must be"),
    ],
)
def test_arguments_are_checked_when_the_layer_is_made(make, argument):
    with pytest.raises((ValueError, TypeError), match=argument):
        make()


@pytest.mark.parametrize(
    ("x", "kind", "words"),
    [
        (np.ones((2, 5, 5)), ValueError, ["x must have the axes (N, C, H, W)", "x[:, None]"]),
        (np.ones((2, 3, 5, 5)), ValueError, ["3 channels", "expect 1"]),
        (np.ones((2, 5, 5, 1)), ValueError, ["x.transpose(0, 3, 1, 2)"]),
        (np.ones((0, 1, 5, 5)), ValueError, ["empty"]),
        (np.full((1, 1, 5, 5), np.nan), ValueError, ["NaN", "(0, 0, 0, 0)"]),
        (np.ones((1, 1, 2, 2)), ValueError, ["too large"]),
        ([[1, 2], [3]], ValueError, ["different lengths"]),
        (None, TypeError, ["None"]),
        (np.ones((1, 1, 5, 5), complex), TypeError, ["complex"]),
    ],
)
def test_input_that_does_not_fit(x, kind, words):
    with pytest.raises(kind) as error:
        nn.Conv2d(1, 2, 3)(x)
    assert all(word in str(error.value) for word in words), str(error.value)


def test_output_shape_of_a_batch_or_of_grey_images_says_what_is_wrong():
    with pytest.raises(ValueError, match="leave out the batch axis"):
        nn.Conv2d(1, 2, 3).output_shape((64, 1, 28, 28))
    with pytest.raises(ValueError, match=r"x\[:, None\]"):
        nn.MaxPool2d(2).output_shape((28, 28))
    with pytest.raises(ValueError, match="expects 3 input channels, found 1"):
        nn.Conv2d(3, 2, 3).output_shape((1, 28, 28))


def test_the_base_class_asks_for_what_a_subclass_must_write():
    class Half(nn.Layer):
        pass

    with pytest.raises(NotImplementedError, match=r"Half\.forward"):
        Half()([1.0])
    with pytest.raises(NotImplementedError, match=r"Half\.backward"):
        Half().backward([1.0])


# --- dropout ------------------------------------------------------------------------------------------------------

def test_dropout_is_off_unless_training():
    x = np.random.default_rng(0).normal(size=(50, 20))
    layer = nn.Dropout(0.9)
    assert np.array_equal(layer(x), x)
    assert np.array_equal(layer.backward(x), x)
    assert layer.train() is layer
    assert not np.array_equal(layer(x), x)
    assert np.array_equal(layer.eval()(x), x)


@pytest.mark.parametrize("p", [0.0, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dropout_keeps_the_expectation(p, dtype):
    x = np.ones((400, 500), dtype)
    y = nn.Dropout(p).train()(x)
    assert y.dtype == dtype
    assert set(np.unique(y)) <= {dtype(0), dtype(1 / (1 - p))}
    spread = np.sqrt(p * (1 - p) / x.size)   # of the share of zeros
    assert abs((y == 0).mean() - p) <= 5 * spread
    assert abs(y.mean(dtype=float) - 1) <= 5 * spread / (1 - p) + 1e-7


def test_dropout_uses_the_same_mask_backward():
    x = np.random.default_rng(0).uniform(1, 2, size=(30, 40))
    layer = nn.Dropout(0.4).train()
    for _ in range(3):
        y = layer(x)
        assert np.allclose(layer.backward(np.ones(x.shape)), y / x)
        assert np.array_equal(layer.backward(x), y)


def test_dropout_draws_anew_each_time_and_repeats_from_its_seed():
    x = np.ones((20, 20))

    def masks(seed):
        layer = nn.Sequential(nn.Dropout(), seed=seed).train()
        return [layer(x) for _ in range(3)]

    first, again, other = masks(1), masks(1), masks(2)
    assert np.array_equal(first, again)
    assert not np.array_equal(first[0], first[1])
    assert not np.array_equal(first, other)
    twins = nn.Sequential(nn.Dropout(), nn.Dropout()).train()
    assert not np.array_equal(twins[0](x), twins[1](x)), "each place in a network has masks of its own"
