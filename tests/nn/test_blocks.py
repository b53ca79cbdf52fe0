"""Residual and DenseBlock: both paths forward and backward, and all that layers inside layers must not lose."""

import numpy as np
import pytest
from networks import apart, fit, same, stripes, weights
from numpy.testing import assert_allclose, assert_array_equal

import cnnlib as cnn
from cnnlib import nn
from cnnlib.ops import conv


def residual():
    return nn.Residual(nn.Conv2d(2, 3, 3, padding=1), nn.ReLU(), nn.Conv2d(3, 2, 3, padding=1))


def strided():
    return nn.Residual(nn.Conv2d(2, 4, 3, 2, 1), nn.BatchNorm2d(4),
                       shortcut=nn.Sequential(nn.Conv2d(2, 4, 1, 2, bias=False), nn.BatchNorm2d(4)))


def dense():
    return nn.DenseBlock(nn.Conv2d(2, 3, 3, padding=1), nn.Sequential(nn.ReLU(), nn.Conv2d(5, 4, 1)))


def nested():
    return nn.Sequential(nn.Residual(dense(), nn.Conv2d(9, 2, 1)), nn.Dropout(0.2),
                         nn.DenseBlock(nn.Residual(nn.BatchNorm2d(2))), nn.ConvTranspose2d(4, 2, 2, 2))


EVERY = pytest.mark.parametrize("make", [residual, strided, dense, nested])
X = apart((3, 2, 5, 6))


def doubled(model):
    """The model with weights in float64, so that two ways of adding agree to 1e-12."""
    for p in model.parameters():
        p.data = p.data.astype(np.float64)
    return model


def everything(model):
    """A copy of all that is learned or measured, by name."""
    return weights(model) | {name: p.data.copy() for name, p in model.named_statistics()}


# Forward and backward, by hand. ----------------------------------------------------------------------------------

def test_residual_adds_its_input():
    block = doubled(residual())
    first, relu, second = block.body
    assert_allclose(block(X), X + second(relu(first(X))), rtol=0, atol=1e-12)
    dy = apart(X.shape, seed=1)
    dx = block.backward(dy)
    grads = [p.grad for p in block.parameters()]
    second(relu(first(X)))
    expected = dy + first.backward(relu.backward(second.backward(dy)))
    assert_allclose(dx, expected, rtol=0, atol=1e-12)
    for p, grad in zip(block.parameters(), grads, strict=True):
        assert_allclose(grad, p.grad, rtol=0, atol=1e-12)


def test_residual_with_a_shortcut_adds_what_both_paths_make():
    body, shortcut = nn.Conv2d(2, 4, 3, 2, 1), nn.Conv2d(2, 4, 1, 2)
    block = doubled(nn.Residual(body, shortcut=shortcut))
    y = block(X)
    assert_allclose(y, body(X) + shortcut(X), rtol=0, atol=1e-12)
    dy = apart(y.shape, seed=1)
    assert_allclose(block.backward(dy), body.backward(dy) + shortcut.backward(dy), rtol=0, atol=1e-12)
    assert block.backward(dy, need_dx=False) is None


def test_a_residual_of_nothing_doubles():
    block = nn.Residual()
    assert_array_equal(block(X), 2 * X)
    assert_array_equal(block.backward(X), 2 * X)
    assert list(block.parameters()) == [] and block.macs((2, 5, 6)) == 0


def test_dense_block_shows_each_layer_all_maps_before_it():
    first, second = nn.Conv2d(2, 3, 3, padding=1), nn.Conv2d(5, 4, 1)
    block = doubled(nn.DenseBlock(first, second))
    y = block(X)
    maps = np.concatenate([X, first(X)], axis=1)
    assert_allclose(y, np.concatenate([maps, second(maps)], axis=1), rtol=0, atol=1e-12)
    dy = apart(y.shape, seed=1)
    dmaps = dy[:, :5] + second.backward(dy[:, 5:])
    assert_allclose(block.backward(dy), dmaps[:, :2] + first.backward(dmaps[:, 2:]), rtol=0, atol=1e-12)


def test_a_dense_block_of_nothing_passes_on():
    block = nn.DenseBlock()
    assert_array_equal(block(X), X)
    assert_array_equal(block.backward(X), X)


@EVERY
def test_gradients(make):
    for training in (False, True):
        model = make().train(training)
        for layer in model.everything():
            if isinstance(layer, nn.Dropout):
                layer.eval()   # it draws anew in every call
        for p in model.parameters():
            if p.std == 0:
                p.data = np.linspace(0.5, 1.5, p.size)
        result = nn.check_gradients(model, X)
        assert result.passed, result
        assert list(result) == ["x", *(name for name, _ in model.named_parameters())]


@EVERY
def test_inputs_are_not_modified(make):
    model, x = make().train(), X.copy()
    y = model(x)
    dy = apart(y.shape, seed=1)
    kept, before = y.copy(), dy.copy()
    model.backward(dy)
    assert np.array_equal(x, X) and np.array_equal(dy, before) and np.array_equal(y, kept)
    assert not any(np.shares_memory(a, b) for a in (y, model.backward(dy)) for b in (x, dy))


@EVERY
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_results_have_the_dtype_of_the_input(make, dtype):
    for training in (False, True):
        model = make().train(training)
        y = model(X.astype(dtype))
        assert (y.dtype, model.backward(np.ones(y.shape)).dtype) == (dtype, dtype)
        assert {p.grad.dtype for p in model.parameters()} == {np.dtype(dtype)}


@pytest.mark.parametrize("make", [residual, strided, dense])
def test_backward_before_forward(make):
    block = make()
    with pytest.raises(RuntimeError, match=rf"{type(block).__name__}\.backward was called before the layer ran for"):
        block.backward(X)


# What a table says. ----------------------------------------------------------------------------------------------

@EVERY
def test_output_shape_and_macs(make, monkeypatch):
    """Multiplications, counted in the products that the convolutions make."""
    model, count = make(), []
    real = conv.forward

    def counting(x, w, b, g):
        y, cache = real(x, w, b, g)
        count.append(y[0].size * w[0].size)
        return y, cache

    monkeypatch.setattr(conv, "forward", counting)
    y = model(X)
    assert model.output_shape((2, 5, 6)) == y.shape[1:]
    transposed = [layer for layer in model.everything() if isinstance(layer, nn.ConvTranspose2d)]
    enlarged = sum(4 * 5 * 6 * layer.weight.size // 4 for layer in transposed)   # 5 x 6 cells times every weight
    assert model.macs((2, 5, 6)) == sum(count) + enlarged


def test_summary():
    model = nn.Sequential(nn.Conv2d(1, 2, 3), residual(), strided(), nn.DenseBlock(nn.Conv2d(4, 2, 3, padding=1)))
    rows = model.summary((1, 12, 12)).rows
    assert [row.name for row in rows] == ["input", "0 Conv2d", "1 Residual", "2 Residual", "3 DenseBlock"]
    assert [row.output_shape for row in rows[1:]] == [(2, 10, 10), (2, 10, 10), (4, 5, 5), (6, 5, 5)]
    assert [row.parameters for row in rows[1:]] == [20, 57 + 56, 76 + 8 + 8 + 8, 74]
    assert [row.macs for row in rows[1:]] == [1800, 2 * 54 * 100, (72 + 8) * 25, 72 * 25]
    assert [row.receptive_field for row in rows] == [1, 3, 7, 9, 13]
    assert not any(p.made for p in model.parameters())


def seen_by_units(model, shape):
    """Poke every input cell; the height and width of what the unit that sees most answers to."""
    for p in model.parameters():
        p.data[...] = 1
    still = model(np.zeros((1, *shape)))
    seen = {}
    for cell in np.ndindex(*shape[1:]):
        x = np.zeros((1, *shape))
        x[(0, 0, *cell)] = 1
        for unit in np.argwhere(model(x) != still):
            seen.setdefault(tuple(unit), []).append(cell)
    spans = [[max(axis) - min(axis) + 1 for axis in zip(*cells, strict=True)] for cells in seen.values()]
    return tuple(max(axis) for axis in zip(*spans, strict=True))


@pytest.mark.parametrize(
    "model",
    [
        nn.Sequential(nn.Residual(nn.Conv2d(1, 1, 3, padding=1), nn.Conv2d(1, 1, 3, padding=1)), nn.AvgPool2d(2)),
        nn.Sequential(nn.Residual(nn.Conv2d(1, 1, 3, 2, 1), shortcut=nn.Conv2d(1, 1, 1, 2)), nn.Conv2d(1, 1, (3, 1))),
        nn.Sequential(nn.Residual(nn.Conv2d(1, 1, 1), shortcut=nn.Conv2d(1, 1, 5, padding=2))),
        nn.Sequential(nn.DenseBlock(nn.Conv2d(1, 1, 3, padding=1), nn.Conv2d(2, 1, (1, 5), padding=(0, 2)))),
        nn.Sequential(nn.Residual(nn.DenseBlock(nn.Conv2d(1, 1, 3, padding=1)), nn.Conv2d(2, 1, 1))),
        nn.Sequential(nn.ConvTranspose2d(1, 1, 2, stride=2)),
        nn.Sequential(nn.ConvTranspose2d(1, 1, 3, stride=2)),
        nn.Sequential(nn.ConvTranspose2d(1, 1, 2, stride=3)),
        nn.Sequential(nn.ConvTranspose2d(1, 1, 2, stride=2), nn.Conv2d(1, 1, 3)),
        nn.Sequential(nn.ConvTranspose2d(1, 1, (3, 5), stride=(2, 3)), nn.Conv2d(1, 1, 4), nn.Conv2d(1, 1, 2)),
        nn.Sequential(nn.Conv2d(1, 1, 3, padding=1), nn.AvgPool2d(2), nn.ConvTranspose2d(1, 1, 2, stride=2),
                      nn.Conv2d(1, 1, 3, padding=1)),
    ],
)
def test_receptive_field_by_experiment(model):
    field = model.summary((1, 12, 12)).rows[-1].receptive_field
    assert (field if isinstance(field, tuple) else (field, field)) == seen_by_units(model, (1, 12, 12))


def test_a_path_that_sees_everything_makes_the_block_see_everything():
    model = nn.Sequential(nn.Flatten(), nn.Residual(nn.ReLU(), shortcut=nn.Linear(4, 4)))
    assert [row.receptive_field for row in model.summary((1, 2, 2)).rows] == [1, 1, None]


# What must fit. --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("make", "error", "words"), [
    (lambda: nn.Residual(nn.Conv2d(2, 4, 3, padding=1))(X), ValueError,
     ["shortcut must give the same shape as the layers", "(4, 5, 6)", "(2, 5, 6)"]),
    (lambda: nn.Residual(nn.Conv2d(2, 2, 3)).output_shape((2, 5, 6)), ValueError, ["shortcut", "(2, 3, 4)"]),
    (lambda: nn.Residual(nn.Conv2d(2, 1, 1))(X), ValueError, ["shortcut", "(1, 5, 6)"]),   # would broadcast
    (lambda: residual()(np.ones((1, 3, 5, 6))), ValueError, ["layer (0) Conv2d", "expects 2 input channels, found 3"]),
    (lambda: nn.DenseBlock(nn.Conv2d(2, 3, 3))(X), ValueError,
     ["layer 0 of DenseBlock must keep height and width", "(5, 6)", "(3, 4)"]),
    (lambda: nn.DenseBlock(nn.ReLU(), nn.MaxPool2d(2)).output_shape((2, 5, 6)), ValueError,
     ["layer 1 of DenseBlock", "(2, 3)"]),
    (lambda: nn.DenseBlock(nn.Conv2d(2, 3, 1), nn.Conv2d(3, 3, 1))(X), ValueError,
     ["expects 3 input channels, found 5"]),
    (lambda: nn.Sequential(nn.ReLU(), strided())(X[:, :1]), ValueError, ["layer (1) Residual"]),
    (lambda: nn.Residual(nn.ReLU), TypeError, ["layers: number 0 must be a layer", "add ()"]),
    (lambda: nn.DenseBlock([nn.ReLU()]), TypeError, ["layers: number 0 must be a layer", "a *"]),
    (lambda: nn.Residual(nn.ReLU(), shortcut=nn.ReLU), TypeError, ["shortcut must be a layer", "add ()"]),
    (lambda: nn.Residual(nn.ReLU(), shortcut=[nn.ReLU()]), TypeError, ["shortcut must be a layer", "Sequential"]),
    (lambda: nn.Residual(nn.ReLU(), shortcut=0), TypeError, ["shortcut must be a layer", "found 0"]),
])
def test_errors_name_what_does_not_fit(make, error, words):
    with pytest.raises(error) as caught:
        make()
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_layer_has_one_place_however_deep():
    one = nn.Conv2d(2, 2, 1)
    block = nn.Residual(nn.ReLU())
    for make in (
        lambda: nn.Residual(one, one),
        lambda: nn.Residual(one, shortcut=one),
        lambda: nn.Residual(nn.Sequential(nn.DenseBlock(one)), shortcut=nn.Sequential(one)),
        lambda: nn.DenseBlock(nn.ReLU(), nn.Residual(one), nn.Residual(one)),
        lambda: nn.Sequential(one, nn.Residual(nn.ReLU(), shortcut=one)),
        lambda: nn.Sequential(block, nn.DenseBlock(block)),
    ):
        with pytest.raises(ValueError, match=r"the same (Conv2d\(2, 2, kernel_size=1\)|Residual) is used twice"):
            make()
    nn.Sequential(block, nn.Residual(nn.ReLU(), shortcut=one))   # equal layers are not the same layer


# Layers inside layers. -------------------------------------------------------------------------------------------

def test_names_of_parameters_and_statistics():
    assert [name for name, _ in nn.Sequential(strided(), dense()).named_parameters()] == [
        "0.body.0.weight", "0.body.0.bias", "0.body.1.weight", "0.body.1.bias",
        "0.shortcut.0.0.weight", "0.shortcut.0.1.weight", "0.shortcut.0.1.bias",
        "1.0.weight", "1.0.bias", "1.1.1.weight", "1.1.1.bias",
    ]  # fmt: skip
    assert [name for name, _ in strided().named_statistics()] == [
        "body.1.running_mean", "body.1.running_var", "shortcut.0.1.running_mean", "shortcut.0.1.running_var",
    ]  # fmt: skip


def test_train_and_eval_reach_every_layer():
    model = nested()
    layers = list(model.everything())
    assert sum(isinstance(layer, (nn.Dropout, nn.BatchNorm2d)) for layer in layers) == 2
    assert model.train() is model and all(layer.training for layer in layers)
    before = everything(model)
    y = model(X)
    assert not same(everything(model), before), "the running statistics inside have moved"
    assert not np.array_equal(model(X), y), "dropout draws anew"
    model.eval()
    assert not any(layer.training for layer in layers)
    before = everything(model)
    assert np.array_equal(model(X), model(X)) and same(everything(model), before)


def test_seeds_reach_every_place_and_no_two_are_alike():
    def model(seed):
        return nn.Sequential(*[nn.Residual(nn.Conv2d(2, 2, 1), nn.DenseBlock(nn.Conv2d(2, 2, 1), nn.Conv2d(4, 2, 1)),
                                           nn.Conv2d(6, 2, 1), shortcut=nn.Conv2d(2, 2, 1)) for _ in range(2)],
                             seed=seed)

    assert same(weights(model(3)), weights(model(3)))
    a, b = weights(model(3)), weights(model(4))
    drawn = [number for name, data in a.items() if "weight" in name for number in data.ravel().tolist()]
    assert len(set(drawn)) == len(drawn) == 2 * (4 + 4 + 8 + 12 + 4)
    assert not any(np.array_equal(a[name], b[name]) for name in a if "weight" in name)


def test_both_paths_of_a_block_on_its_own_start_from_numbers_of_their_own():
    block = nn.Residual(nn.Conv2d(2, 2, 1), shortcut=nn.Conv2d(2, 2, 1))
    assert not np.isin(block.body[0].weight.data, block.shortcut[0].weight.data).any()


@EVERY
def test_save_and_load(make, tmp_path):
    model = nn.Sequential(make(), seed=1).train()
    model(X)
    fresh = nn.Sequential(make(), seed=2)
    path = model.save(tmp_path / "model")
    assert fresh.load(path) is fresh
    assert same(everything(fresh), everything(model))
    assert np.array_equal(fresh(X), model.eval()(X))


def test_slices_share_the_blocks():
    model = nn.Sequential(nn.Conv2d(2, 2, 1), residual(), strided(), seed=5)
    part = model[1:]
    assert part[0] is model[1] and part[1] is model[2]
    assert np.array_equal(part(model[:1](X)), model(X))
    assert same(weights(nn.Sequential(nn.Conv2d(2, 2, 1), residual(), strided(), seed=5)), weights(model))


def test_blocks_inside_blocks_are_indented():
    text = (
        "Sequential(\n"
        "  (0) Residual(\n"
        "    DenseBlock(\n"
        "      Conv2d(2, 1, kernel_size=1),\n"
        "    ),\n"
        "    Conv2d(3, 2, kernel_size=1),\n"
        "    shortcut=BatchNorm2d(2),\n"
        "  )\n"
        ")"
    )
    block = nn.Residual(nn.DenseBlock(nn.Conv2d(2, 1, 1)), nn.Conv2d(3, 2, 1), shortcut=nn.BatchNorm2d(2))
    assert repr(nn.Sequential(block)) == text
    assert repr(eval(repr(block), vars(nn))) == repr(block)


def test_a_network_of_blocks_learns():
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4),
        nn.Residual(nn.Conv2d(4, 4, 3, padding=1, groups=4), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 4, 1)),
        nn.DenseBlock(nn.Sequential(nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1), nn.Dropout(0.1))),
        nn.Residual(nn.Conv2d(8, 8, 2, 2), nn.ReLU(), shortcut=nn.AvgPool2d(2)),
        nn.ConvTranspose2d(8, 8, 2, stride=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(128, 2),
    )  # fmt: skip
    x, y = stripes()
    history = fit(model, (x, y), epochs=20)
    assert history["loss"][-1] < 0.3 * history["loss"][0]
    assert nn.evaluate(model, x, y)[1] > 0.9
    assert np.isfinite(cnn.softmax(nn.predict(model, x))).all()
