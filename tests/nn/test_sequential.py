"""Networks as lists of layers: indexing, slices, names, errors, seeds."""

import numpy as np
import pytest
from networks import IMAGES, nested, same, small, weights

from cnnlib import nn, zoo

# --- a list of layers ---------------------------------------------------------------------------------------------

def test_indexing():
    model = small()
    assert len(model) == 5
    assert list(model) == [model[i] for i in range(5)]
    assert model[-1] is model[4] and isinstance(model[-1], nn.Linear)
    assert model[np.int64(1)] is model[1]
    for index in (5, -6):
        with pytest.raises(IndexError):
            model[index]


@pytest.mark.parametrize("part", [slice(3), slice(1, 3), slice(-2, None), slice(None, None, 2), slice(9, 12)])
def test_slices_are_networks_of_the_same_layers(part):
    model = small(seed=7)
    piece = model[part]
    assert isinstance(piece, nn.Sequential)
    assert list(piece) == list(model)[part]
    assert all(a is b for a, b in zip(piece, list(model)[part], strict=True))


def test_slicing_neither_reseeds_nor_makes_parameters():
    model, twin = small(seed=7), small(seed=7)
    piece = model[3:]
    assert not any(p.made for p in model.parameters())
    assert same(weights(model), weights(twin))
    piece[1].weight.data[...] = 5
    assert (model[4].weight.data == 5).all()
    first, rest = model[:2], model[2:]
    assert np.array_equal(rest(first(IMAGES)), model(IMAGES))
    assert model.train()[:2].training and not model.eval()[:2].training


def test_forward_and_backward_pass_through_every_layer():
    model = small()
    x = IMAGES
    for layer in model:
        x = layer(x)
    assert np.array_equal(model(IMAGES), x)
    dy = np.arange(12.0).reshape(3, 4)
    dx = model.backward(dy)
    for layer in reversed(list(model)):
        dy = layer.backward(dy)
    assert np.array_equal(dx, dy)
    assert model.backward(np.ones((3, 4)), need_dx=False) is None
    model = nested()
    dy = np.ones(model(IMAGES).shape)
    assert dy.shape == (3, 1, 4, 4)
    model.backward(dy)
    grads = [p.grad for p in model.parameters()]
    assert model.backward(dy, need_dx=False) is None, "the first layer of the first layer"
    assert all(np.array_equal(p.grad, grad) for p, grad in zip(model.parameters(), grads, strict=True))


def test_an_empty_network_changes_nothing():
    model = nn.Sequential()
    assert np.array_equal(model(IMAGES), IMAGES)
    assert np.array_equal(model.backward(IMAGES), IMAGES)
    assert model.output_shape((1, 8, 8)) == (1, 8, 8)
    assert (len(model), list(model.parameters()), repr(model)) == (0, [], "Sequential(\n)")


def test_names_of_parameters():
    assert list(dict(nested().named_parameters())) == [
        "0.0.weight", "0.0.bias", "1.0.weight", "1.0.bias", "1.1.0.weight", "1.1.0.bias",
    ]  # fmt: skip
    assert [p.shape for p in small().parameters()] == [(2, 1, 3, 3), (2,), (4, 18), (4,)]


def test_repr():
    assert repr(small()[:2]) == "Sequential(\n  (0) Conv2d(1, 2, kernel_size=3)\n  (1) ReLU()\n)"
    assert repr(nested()) == (
        "Sequential(\n"
        "  (0) Sequential(\n"
        "    (0) Conv2d(1, 2, kernel_size=3)\n"
        "    (1) ReLU()\n"
        "  )\n"
        "  (1) Sequential(\n"
        "    (0) Conv2d(2, 2, kernel_size=3)\n"
        "    (1) Sequential(\n"
        "      (0) Conv2d(2, 1, kernel_size=1)\n"
        "    )\n"
        "  )\n"
        ")"
    )


def test_train_and_eval_reach_every_layer():
    model = nn.Sequential(nn.Sequential(nn.Dropout(), nn.ReLU()), nn.Dropout())
    assert not model.training
    assert model.train() is model
    assert all([model.training, model[0].training, model[0][0].training, model[1].training])
    assert model.eval() is model
    assert not any([model.training, model[0].training, model[0][0].training, model[1].training])


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([nn.ReLU(), nn.ReLU], ["number 1", "it is a class, add ()"]),
        ([[nn.ReLU()]], ["number 0", "a list? Put a * before it"]),
        ([np.maximum], ["number 0", "maximum"]),
        ([None], ["number 0", "None"]),
        (["relu"], ["number 0", "'relu'"]),
    ],
)
def test_only_layers(layers, words):
    with pytest.raises(TypeError, match="must be a layer") as error:
        nn.Sequential(*layers)
    assert all(word in str(error.value) for word in words), str(error.value)


def test_a_layer_has_one_place():
    # It remembers one input; in a second place it would overwrite what the first needs to go backward.
    relu, linear = nn.ReLU(), nn.Linear(2, 2)
    for layers in ([linear, relu, nn.Linear(2, 2), relu], [linear, nn.Sequential(relu, linear)]):
        with pytest.raises(ValueError, match="is used twice"):
            nn.Sequential(*layers)


def test_errors_name_the_layer_that_does_not_fit():
    model = small()
    with pytest.raises(ValueError) as error:
        model.output_shape((1, 9, 12))
    assert "layer (4) Linear(18, 4) cannot take input of shape (30,)" in str(error.value)
    with pytest.raises(ValueError) as error:
        model(np.ones((2, 1, 9, 12)))
    assert "layer (4) Linear(18, 4): x has 30 features" in str(error.value)
    with pytest.raises(ValueError) as error:
        model(np.ones((2, 3, 8, 8)))
    assert "layer (0) Conv2d(1, 2, kernel_size=3): x has 3 channels" in str(error.value)
    with pytest.raises(ValueError) as error:
        nested()(np.ones((2, 1, 4, 4)))
    assert "layer (1) Sequential: layer (0) Conv2d(2, 2, kernel_size=3): kernel_size is too large" in str(error.value)
    with pytest.raises(ValueError) as error:
        nested().output_shape((1, 4, 4))
    assert "layer (1) Sequential cannot take input of shape (2, 2, 2)" in str(error.value)
    assert "\n" not in str(error.value)


# --- seeds --------------------------------------------------------------------------------------------------------

def test_the_seed_decides_the_weights():
    for make in (small, nested, zoo.lenet5):
        assert same(weights(make(seed=3)), weights(make(seed=3)))
        a, b = weights(make(seed=3)), weights(make(seed=4))
        assert not any(np.array_equal(a[name], b[name]) for name in a if "weight" in name)
    assert same(weights(small()), weights(small(seed=0)))
    assert same(weights(small(seed=np.int64(3))), weights(small(seed=3)))


def test_weights_do_not_depend_on_the_order_of_first_touch():
    forwards, backwards, by_use = small(seed=1), small(seed=1), small(seed=1)
    expected = weights(forwards)
    for p in reversed(list(backwards.parameters())):
        p.data  # noqa: B018
    by_use[3:](np.ones((1, 2, 3, 3)))
    by_use(IMAGES)
    np.random.default_rng(0).random(5)   # and there is no global generator to be disturbed
    assert same(weights(backwards), expected)
    assert same(weights(by_use), expected)


def test_every_place_has_weights_of_its_own():
    def block():
        return nn.Sequential(nn.Conv2d(2, 2, 3), nn.Sequential(nn.Conv2d(2, 2, 3), nn.Conv2d(2, 2, 3)))

    model = nn.Sequential(nn.Conv2d(2, 2, 3), nn.Conv2d(2, 2, 3), block(), block())
    assert len({p.key for p in model.parameters()}) == 16, "every parameter draws from a key of its own"
    kernels = [data for name, data in weights(model).items() if name.endswith("weight")]
    assert len(kernels) == 8
    drawn = {number for kernel in kernels for number in kernel.ravel().tolist()}
    assert len(drawn) == 8 * 36, "no number is drawn twice"


def test_in_nested_networks_the_outermost_seed_counts():
    assert same(weights(nested(seed=1)), weights(nested(seed=1)))
    inner = nn.Sequential(nn.Linear(3, 3), seed=5)
    alone = weights(nn.Sequential(nn.Linear(3, 3), seed=5))["0.weight"]
    outer = nn.Sequential(inner, seed=1)
    other = nn.Sequential(nn.Sequential(nn.Linear(3, 3), seed=6), seed=1)
    assert np.array_equal(outer[0][0].weight.data, other[0][0].weight.data)
    assert not np.array_equal(outer[0][0].weight.data, alone)


def test_weights_that_exist_are_not_drawn_anew():
    body = small(seed=1)[:3]
    trained = weights(body)
    assert same(weights(nn.Sequential(*body, nn.Flatten(), seed=2)), trained)


@pytest.mark.parametrize("seed", [-1, 1.5, None, "0"])
def test_seeds_are_whole_numbers(seed):
    with pytest.raises((ValueError, TypeError), match="seed must be"):
        nn.Sequential(nn.Linear(1, 1), seed=seed)
