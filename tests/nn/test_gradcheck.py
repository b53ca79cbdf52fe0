"""The gradient check: it finds planted errors, accuses nobody else, and leaves everything as it was."""

import numpy as np
import pytest
from networks import apart

from cnnlib import nn


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
