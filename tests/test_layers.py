"""Layers, their parameters, and the gradient check that judges them."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cnnlib as cnn
from cnnlib import nn

# Every layer in several guises, with the shape of a batch it takes.
CASES = {
    "conv": (lambda: nn.Conv2d(2, 3, 3), (2, 2, 6, 5)),
    "conv, everything": (lambda: nn.Conv2d(2, 3, (3, 2), (2, 1), (1, 2), (1, 2)), (2, 2, 7, 8)),
    "conv, same, no bias": (lambda: nn.Conv2d(1, 2, 4, padding="same", bias=False), (2, 1, 5, 5)),
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


def apart(shape, seed=0):
    """Distinct numbers, 0.1 and more from each other and 0.02 from 0: no kink within a small step of any of them."""
    size = int(np.prod(shape))
    return (np.random.default_rng(seed).permutation(size).reshape(shape) - size / 2 + 0.25) / 10


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
    if isinstance(layer, nn.Conv2d):
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
    last = list(layer.leaves())[-1]
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
    twin = eval(repr(layer), vars(nn))
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


# --- parameters ---------------------------------------------------------------------------------------------------

def test_a_parameter_is_made_when_first_needed():
    layer = nn.Conv2d(512, 512, 3)
    assert [p.made for p in layer.parameters()] == [False, False]
    assert [p.shape for p in layer.parameters()] == [(512, 512, 3, 3), (512,)]
    assert [p.size for p in layer.parameters()] == [512 * 512 * 9, 512]
    assert repr(layer.weight) == "Parameter(shape=(512, 512, 3, 3))"
    assert [p.made for p in layer.parameters()] == [False, False]
    assert layer.bias.data.tolist() == [0] * 512
    assert [p.made for p in layer.parameters()] == [False, True]
    assert layer.bias.data is layer.bias.data
    assert layer.bias.data.dtype == layer.weight.data.dtype == np.float32
    assert layer.bias.grad is None


def test_initial_weights_have_the_spread_of_he():
    for layer, fan_in in [(nn.Linear(500, 400), 500), (nn.Conv2d(32, 64, 5), 32 * 25)]:
        w = layer.weight.data.astype(float)
        std = np.sqrt(2 / fan_in)
        assert abs(w.mean()) < 5 * std / np.sqrt(w.size)
        assert abs(w.std() / std - 1) < 5 / np.sqrt(2 * w.size)
        assert abs((np.abs(w) < std).mean() - 0.6827) < 0.01, "and are normally distributed"


def test_he_keeps_the_size_of_activations_through_depth():
    model = nn.Sequential(*[layer for _ in range(20) for layer in (nn.Linear(256, 256), nn.ReLU())])
    x = np.random.default_rng(0).normal(size=(64, 256))
    assert 0.3 < np.sqrt((model(x) ** 2).mean() / (x ** 2).mean()) < 3


def test_a_parameter_can_be_given_numbers():
    layer = nn.Conv2d(1, 1, 2)
    kernel = np.array([[[[1, 2], [3, 4]]]])
    layer.weight.data = kernel
    assert layer.weight.data.dtype == np.float64
    assert layer(np.ones((1, 1, 2, 2))).item() == 10
    assert np.asarray(layer.weight).sum() == 10
    layer.weight.data = [[[[1.0, 2], [3, 4]]]]
    array = layer.weight.data
    layer.weight.data *= 2
    assert layer.weight.data is array
    assert layer(np.ones((1, 1, 2, 2))).item() == 20
    layer.weight.data[...] = 0
    assert layer(np.ones((1, 1, 2, 2))).item() == 0


def test_training_never_writes_into_an_array_that_was_assigned():
    kernel = np.ones((2, 3), np.float32)
    layer = nn.Linear(3, 2)
    for array in (kernel, np.broadcast_to(np.float32(1), (2, 3))):
        layer.weight.data = array
        layer(np.ones((1, 3)))
        layer.backward(np.ones((1, 2)))
        nn.SGD(layer.parameters()).step()
        assert (array == 1).all() and (layer.weight.data < 1).all()


@pytest.mark.parametrize("value", [np.ones((2, 4)), np.ones(6), 1.0, np.ones((3, 2))])
def test_a_parameter_keeps_its_shape(value):
    layer = nn.Linear(3, 2)
    before = layer.weight.data.copy()
    with pytest.raises(ValueError, match=r"data must have shape \(2, 3\)"):
        layer.weight.data = value
    assert np.array_equal(layer.weight.data, before)


def test_a_parameter_is_not_replaced_by_accident():
    layer = nn.Linear(3, 2)
    with pytest.raises(TypeError, match=r"weight must stay a Parameter, found ndarray: .*weight\.data = "):
        layer.weight = np.ones((2, 3))
    with pytest.raises(TypeError, match="real numbers"):
        layer.weight.data = np.full((2, 3), "a")
    with pytest.raises(TypeError, match="None"):
        layer.weight.data = None


def test_weights_are_not_the_numbers_of_a_plain_generator():
    plain = np.random.default_rng(0).standard_normal(9, dtype=np.float32)
    for layer in (nn.Conv2d(1, 1, 3), nn.Sequential(nn.Conv2d(1, 1, 3), seed=0)[0]):
        drawn = layer.weight.data.ravel() / np.float32(layer.weight.std)
        assert not np.allclose(drawn, plain, atol=1e-3)


# --- the gradient check -------------------------------------------------------------------------------------------

class ForgetsTheFlip(nn.Conv2d):
    def backward(self, dy, need_dx=True):
        dx, flipped = super().backward(dy), nn.Conv2d(2, 3, 3)
        flipped.weight.data = self.weight.data[:, :, ::-1, ::-1]
        flipped(np.zeros(dx.shape))
        return flipped.backward(dy)


class FlipsTheWeightGradient(nn.Conv2d):
    def backward(self, dy, need_dx=True):
        dx = super().backward(dy)
        self.weight.grad = self.weight.grad[:, :, ::-1, ::-1]
        return dx


class AveragesTheBias(nn.Conv2d):
    def backward(self, dy, need_dx=True):
        dx = super().backward(dy)
        self.bias.grad = dy.mean(axis=(0, 2, 3))
        return dx


class DividesByTheBatch(nn.Conv2d):
    def backward(self, dy, need_dx=True):
        dx = super().backward(dy)
        self.weight.grad = self.weight.grad / len(dy)
        self.bias.grad = self.bias.grad / len(dy)
        return dx / len(dy)


class ChangesOneEntry(nn.Conv2d):
    def backward(self, dy, need_dx=True):
        dx = super().backward(dy)
        self.weight.grad[-1, -1, -1, -1] *= 1.01
        return dx


class LetsNegativesThrough(nn.ReLU):
    def backward(self, dy, need_dx=True):
        return dy


PLANTED = [
    (ForgetsTheFlip(2, 3, 3), ["x"]),
    (FlipsTheWeightGradient(2, 3, 3), ["weight"]),
    (AveragesTheBias(2, 3, 3), ["bias"]),
    (DividesByTheBatch(2, 3, 3), ["x", "weight", "bias"]),
    (ChangesOneEntry(2, 3, 3), ["weight"]),
    (LetsNegativesThrough(), ["x"]),
]


@pytest.mark.parametrize(("layer", "wrong"), PLANTED, ids=lambda value: type(value).__name__)
def test_check_gradients_finds_planted_errors(layer, wrong):
    result = nn.check_gradients(layer, apart((2, 2, 6, 5)))
    assert not result.passed
    assert [name for name, error in result.items() if error > 1e-4] == wrong
    for line in repr(result).splitlines():
        assert ("WRONG" in line) == (line.split()[0] in wrong)
        assert ("agrees" in line) != (line.split()[0] in wrong)


def test_check_gradients_finds_a_gradient_that_is_nan():
    class Nan(nn.ReLU):
        def backward(self, dy, need_dx=True):
            return dy * np.nan

    assert not nn.check_gradients(Nan(), apart((2, 3))).passed


def test_check_gradients_does_not_take_an_old_gradient_for_a_missing_one():
    class Forgets(nn.Linear):
        def backward(self, dy, need_dx=True):
            return dy @ self.weight.data

    layer = Forgets(3, 2)
    layer.weight.grad, layer.bias.grad = np.ones((2, 3)), np.ones(2)
    with pytest.raises(ValueError, match=r"gradient of weight is missing: backward must put it into \.grad"):
        nn.check_gradients(layer, np.ones((1, 3)))
    assert layer.weight.grad.tolist() == np.ones((2, 3)).tolist()

    class Silent(nn.ReLU):
        def backward(self, dy, need_dx=True):
            super().backward(dy)

    with pytest.raises(ValueError, match="gradient of x is missing: backward must return it"):
        nn.check_gradients(Silent(), np.ones((1, 3)))


def test_check_gradients_names_a_gradient_of_another_shape():
    class Transposed(nn.Linear):
        def backward(self, dy, need_dx=True):
            dx = super().backward(dy)
            self.weight.grad = self.weight.grad.T
            return dx

    with pytest.raises(ValueError, match=r"gradient of weight must have shape \(2, 3\).*found \(3, 2\)"):
        nn.check_gradients(Transposed(3, 2), np.ones((1, 3)))


def test_check_gradients_is_not_fooled_by_a_backward_that_writes_into_dy():
    class Doubles(nn.Layer):
        def forward(self, x):
            return 2 * x

        def backward(self, dy, need_dx=True):
            dy *= 2
            return dy

    assert nn.check_gradients(Doubles(), apart((3, 4))).passed


@pytest.mark.parametrize("layer", [nn.Conv2d(2, 3, 3), nn.Sequential(nn.Conv2d(2, 3, 3), nn.Flatten())])
def test_check_gradients_puts_everything_back(layer):
    x = apart((2, 2, 4, 4)).astype(np.float32)
    layer.backward(np.ones(layer(x).shape, np.float32))
    arrays = [(p.data, p.grad) for p in layer.parameters()]
    copies = [(data.copy(), grad.copy()) for data, grad in arrays]
    before = x.copy()
    nn.check_gradients(layer, x)
    assert np.array_equal(x, before)
    for p, (data, grad), (old_data, old_grad) in zip(layer.parameters(), arrays, copies, strict=True):
        assert p.data is data and p.grad is grad
        assert data.dtype == grad.dtype == np.float32
        assert np.array_equal(data, old_data) and np.array_equal(grad, old_grad)


def test_check_gradients_repeats_from_its_seed_and_samples_large_arrays():
    layer, x = nn.Linear(50, 40), apart((2, 50))
    calls = []
    forward = layer.forward
    layer.forward = lambda x: calls.append(1) or forward(x)
    result = nn.check_gradients(layer, x, samples=30)
    assert len(calls) == 1 + 2 * 3 * 30   # x, weight and bias: 30 entries each, up and down
    assert result == nn.check_gradients(layer, x, samples=30)
    assert result != nn.check_gradients(layer, x, samples=30, seed=1)
