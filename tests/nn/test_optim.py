"""Optimisers against their papers, and by hand."""

import math

import numpy as np
import pytest
from networks import dense

from cnnlib import nn


def parameter(values):
    p = nn.Parameter(np.shape(values), 0)
    p.data = np.array(values, float)
    return p


def slopes(steps=7, shape=(3, 2), seed=0):
    return np.random.default_rng(seed).normal(size=(steps, *shape))


def walk(make, start, gradients):
    """Where an optimiser leads from `start`, given these gradients."""
    p = parameter(start)
    optimizer, places = make([p]), []
    for p.grad in gradients:
        optimizer.step()
        places.append(p.data.copy())
    return np.array(places)


def test_sgd_by_hand():
    gradients = np.array([[1.0], [1.0], [-2.0]])
    assert np.allclose(walk(lambda p: nn.SGD(p, lr=0.1), [1.0], gradients).ravel(), [0.9, 0.8, 1.0])
    # v = 1, 1.5, -1.25
    with_momentum = walk(lambda p: nn.SGD(p, lr=0.1, momentum=0.5), [1.0], gradients)
    assert np.allclose(with_momentum.ravel(), [0.9, 0.75, 0.875])
    # 1 - 0.1·(1 + 0.5·1) = 0.85; 0.85 - 0.1·(1 + 0.5·0.85) = 0.7075; 0.7075 - 0.1·(-2 + 0.5·0.7075) = 0.872125
    with_decay = walk(lambda p: nn.SGD(p, lr=0.1, weight_decay=0.5), [1.0], gradients)
    assert np.allclose(with_decay.ravel(), [0.85, 0.7075, 0.872125])


def test_momentum_is_a_sum_of_old_gradients():
    gradients, lr, m = slopes(), 0.03, 0.9
    place, expected = np.ones((3, 2)), []
    for t in range(len(gradients)):
        place = place - lr * sum(m ** (t - s) * gradients[s] for s in range(t + 1))
        expected.append(place)
    assert np.allclose(walk(lambda p: nn.SGD(p, lr, m), np.ones((3, 2)), gradients), expected, rtol=1e-12)


def test_weight_decay_goes_through_momentum():
    gradients, lr, m, decay = slopes(), 0.03, 0.9, 0.2
    place, velocity, expected = np.full((3, 2), 2.0), 0, []
    for gradient in gradients:
        velocity = m * velocity + (gradient + decay * place)
        place = place - lr * velocity
        expected.append(place)
    assert np.allclose(walk(lambda p: nn.SGD(p, lr, m, decay), np.full((3, 2), 2.0), gradients), expected, rtol=1e-12)


def adam_of_the_paper(theta, gradients, alpha, beta1, beta2, epsilon):
    """Kingma & Ba 2015, Algorithm 1, line by line."""
    m, v, places = np.zeros_like(theta), np.zeros_like(theta), []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        theta = theta - alpha * m_hat / (np.sqrt(v_hat) + epsilon)
        places.append(theta)
    return np.array(places)


@pytest.mark.parametrize(
    ("lr", "betas", "eps"), [(0.001, (0.9, 0.999), 1e-8), (0.1, (0.5, 0.8), 0.1), (1, (0, 0), 1e-3)]
)
def test_adam_of_the_paper(lr, betas, eps):
    start, gradients = np.ones((3, 2)), slopes(20)
    expected = adam_of_the_paper(start, gradients, lr, *betas, eps)
    assert np.allclose(walk(lambda p: nn.Adam(p, lr, betas, eps), start, gradients), expected, rtol=1e-11, atol=1e-13)


def test_adam_takes_its_defaults_from_the_paper():
    start, gradients = np.ones((3, 2)), slopes(20)
    expected = adam_of_the_paper(start, gradients, 0.001, 0.9, 0.999, 1e-8)
    assert np.allclose(walk(nn.Adam, start, gradients), expected, rtol=1e-12)
    # However large or small the gradient is, the first step is lr against its sign.
    for size in (1e-3, 1.0, 1e6):
        first = walk(lambda p: nn.Adam(p, lr=0.1), [1.0, 1.0], [np.array([size, -size])])
        assert np.allclose(first, [[0.9, 1.1]], atol=1e-5)


def test_adam_weight_decay_is_added_to_the_gradient():
    start, gradients = 2.0, slopes(6, ())
    theta, m, v = start, 0, 0
    for t, g in enumerate(gradients, start=1):
        g = g + 0.3 * theta
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        theta -= 0.05 * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
    assert np.isclose(walk(lambda p: nn.Adam(p, lr=0.05, weight_decay=0.3), start, gradients)[-1], theta, rtol=1e-12)


@pytest.mark.parametrize("make", [nn.SGD, lambda p: nn.SGD(p, momentum=0.9, weight_decay=0.1), nn.Adam])
def test_steps_are_taken_in_place_in_float32(make):
    layer = nn.Linear(3, 2)
    arrays = [p.data for p in layer.parameters()]
    layer.weight.grad = np.ones((2, 3))   # float64, and no gradient for the bias
    optimizer = make(layer.parameters())
    for _ in range(3):
        optimizer.step()
    assert all(p.data is array for p, array in zip(layer.parameters(), arrays, strict=True))
    assert all(a.dtype == np.float32 for a in arrays)
    assert layer.bias.data.tolist() == [0, 0], "without a gradient nothing moves"
    assert np.array_equal(layer.weight.grad, np.ones((2, 3))), "the gradient is only read"


def test_the_learning_rate_can_be_changed_between_steps():
    p = parameter([1.0])
    optimizer, p.grad = nn.SGD([p], lr=0.1), np.ones(1)
    optimizer.step()
    optimizer.lr = 0.5
    optimizer.step()
    assert np.allclose(p.data, 0.4)


def test_reset_forgets_earlier_steps():
    for make in (lambda p: nn.SGD(p, momentum=0.9), nn.Adam):
        p = parameter([1.0])
        optimizer, p.grad = make([p]), np.ones(1)
        optimizer.step()
        first = 1 - p.data
        optimizer.step()
        optimizer.reset()
        before = p.data.copy()
        optimizer.step()
        assert np.allclose(before - p.data, first)


def test_cosine():
    assert [nn.cosine(t) for t in (0, 1)] == [1, 0]
    assert math.isclose(nn.cosine(0.5), 0.5) and math.isclose(nn.cosine(1 / 3), 0.75)
    values = [nn.cosine(t / 20) for t in range(21)]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda m: nn.SGD(m.parameters(), lr=0), ValueError, "lr must be a positive number, found 0"),
        (lambda m: nn.SGD(m.parameters(), lr=-0.1), ValueError, "lr must be"),
        (lambda m: nn.Adam(m.parameters(), lr=float("nan")), ValueError, "lr must be"),
        (lambda m: nn.Adam(m.parameters(), lr=float("inf")), ValueError, "lr must be"),
        (lambda m: nn.Adam(m.parameters(), lr="0.1"), ValueError, "lr must be"),
        (lambda m: nn.Adam(m.parameters(), lr=10**400), ValueError, "lr must be .* found 1000"),
        (lambda m: nn.Adam(m.parameters(), lr=1j), ValueError, "lr must be a positive number, found 1j"),
        (lambda m: nn.Adam(m.parameters(), lr=np.complex64(1)), ValueError, "lr must be"),
        (lambda m: nn.SGD(m.parameters(), lr=np.ones(10**4)), ValueError, r"lr must be .* found array.{1,60}$"),
        (lambda m: nn.SGD(m.parameters(), weight_decay=10**400), ValueError, "weight_decay must be a number"),
        (lambda m: nn.SGD(m.parameters(), momentum=1), ValueError, "momentum must be a number, 0 <= momentum < 1"),
        (lambda m: nn.SGD(m.parameters(), momentum=-0.1), ValueError, "momentum"),
        (lambda m: nn.SGD(m.parameters(), weight_decay=-1), ValueError, "weight_decay"),
        (lambda m: nn.Adam(m.parameters(), weight_decay=-1), ValueError, "weight_decay"),
        (lambda m: nn.Adam(m.parameters(), betas=(0.9, 1)), ValueError, "betas"),
        (lambda m: nn.Adam(m.parameters(), betas=(0.9,)), ValueError, "betas must be two numbers"),
        (lambda m: nn.Adam(m.parameters(), betas=0.9), ValueError, "betas must be two numbers"),
        (lambda m: nn.Adam(m.parameters(), eps=0), ValueError, "eps"),
        (lambda m: nn.SGD(nn.ReLU().parameters()), ValueError, "parameters is empty"),
        (lambda m: nn.SGD(m), TypeError, r"model\.parameters\(\).*found a Linear"),
        (lambda m: nn.Adam(m.parameters), TypeError, r"model\.parameters\(\).*found a method"),
        (lambda m: nn.Adam([p.data for p in m.parameters()]), TypeError, "found a ndarray"),
    ],
)
def test_optimisers_check_their_arguments(make, kind, words):
    with pytest.raises(kind, match=words):
        make(dense())


@pytest.mark.parametrize("make", [nn.SGD, nn.Adam])
@pytest.mark.parametrize(
    ("grad", "kind", "words"),
    [
        (np.ones(3), ValueError, r"grad of parameter 1 must have shape \(2,\) \(that of the parameter\), found \(3,\)"),
        (1.0, ValueError, r"grad of parameter 1 must have shape \(2,\)"),
        ("much", TypeError, "grad of parameter 1 must hold real numbers"),
        (np.ones(2) * 1j, TypeError, "grad of parameter 1 must hold real numbers"),
    ],
)
def test_a_gradient_that_does_not_fit_moves_nothing(make, grad, kind, words):
    layer = nn.Linear(3, 2)
    optimizer = make(layer.parameters())
    layer.weight.grad, layer.bias.grad = np.ones((2, 3)), grad
    before = [p.data.copy() for p in layer.parameters()]
    with pytest.raises(kind, match=words):
        optimizer.step()
    assert all(np.array_equal(p.data, data) for p, data in zip(layer.parameters(), before, strict=True))
    assert optimizer.state == [None, None]
