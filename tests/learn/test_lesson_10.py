"""The exercises of lesson 10 against networks of the package and against what they mean, and their cases are fair."""

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib import nn
from cnnlib.learn.lesson_10 import e04, e05, variants
from cnnlib.learn.lesson_10.of_images import OfImage
from cnnlib.learn.lesson_10.two_tests import Verdict

EX = {id: cnn.learn.exercise(id) for id in cnn.learn.exercises("10")}
RNG = np.random.default_rng(10)


def test_covering_a_pixel_of_a_weighted_sum_takes_its_term_away():
    x, w = RNG.standard_normal((2, 6, 5))
    falls = EX["10.1"].solution(lambda x: np.sum(w * x), x, 3, 0.5)
    assert np.allclose(falls, cnn.ops.conv2d((w * (x - 0.5))[None, None], np.ones((1, 1, 3, 3)))[0, 0])


@pytest.mark.parametrize("seed", range(3))
def test_saliency_is_what_a_network_sends_back(seed):
    model = nn.Sequential(nn.Linear(5, 7, bias=False), nn.ReLU(), nn.Linear(7, 1, bias=False))
    model.seed(seed)
    w, v = (np.asarray(p.data, float) for p in model.parameters())
    x = RNG.standard_normal(5)
    model(x[None].astype(np.float32))
    sent = model.backward(np.ones((1, 1), np.float32))[0]
    assert np.allclose(EX["10.2"].solution(x, w, v[0]), np.abs(sent), atol=1e-5) and np.abs(sent).max() > 0.1


def test_the_mean_of_a_class_map_is_the_score_of_the_class():
    maps = RNG.standard_normal((4, 3, 5)).astype(np.float32)
    head = nn.Linear(4, 6, bias=False)
    head.seed(1)
    scores = nn.Sequential(nn.GlobalAvgPool2d(), head)(maps[None])[0]
    weights = next(iter(head.parameters())).data
    assert np.allclose([EX["10.3"].solution(maps, weights, k).mean() for k in range(6)], scores, atol=1e-6)


def test_no_fewer_pixels_hold_the_share():
    """Of all that could be chosen, tried one by one."""
    gradient = RNG.integers(-9, 10, (3, 3))
    sizes = np.abs(gradient).ravel()
    chosen = (np.arange(2**9)[:, None] >> np.arange(9)) & 1
    for share in (0.1, 0.35, 0.66, 0.93):
        enough = chosen[chosen @ sizes >= share * sizes.sum()]
        assert EX["10.4"].solution(gradient, share) == enough.sum(1).min()


def test_whoever_is_right_as_often_as_they_say_has_no_calibration_error():
    confidence = np.repeat([0.125, 0.375, 0.625, 0.875], 8)
    right = np.concatenate([np.arange(8) < 8 * c for c in (0.125, 0.375, 0.625, 0.875)])
    assert EX["10.5"].solution(confidence, right, 4) == 0
    assert EX["10.5"].solution(confidence, ~right, 4) == pytest.approx(0.5)
    assert EX["10.5"].solution(np.full(1000, 0.1), np.arange(1000) % 10 == 0, 10) == pytest.approx(0), "the insight"


def test_a_network_of_round_convolutions_and_a_global_mean_is_steady():
    x, w = RNG.standard_normal((7, 6)), RNG.standard_normal((3, 1, 3, 3))

    def predict(x):
        y = cnn.ops.conv2d(np.pad(x, 1, "wrap")[None, None], w)
        return int(np.argmax(np.maximum(y, 0).mean((2, 3))))

    assert EX["10.6"].solution(predict, x, 2) == 1
    assert EX["10.6"].solution(lambda x: int(np.argmax(x)), x, 2) == 0


def test_every_pixel_of_a_small_image_comes_to_the_corner_once():
    x = RNG.standard_normal((5, 5))
    like_the_corner = np.sum((x > 0) == (x[0, 0] > 0)) - 1
    assert EX["10.6"].solution(lambda x: bool(x[0, 0] > 0), x, 2) == like_the_corner / 24


def test_rounding_decides_no_case():
    assert all(e04.fair(*case.args) for case in EX["10.4"].all_cases)
    assert all(e05.fair(case.args[0], case.args[2]) for case in EX["10.5"].all_cases)
    assert not e04.fair(np.array([[4, 3], [2, 1]]), 0.7) and not e05.fair(np.array([0.3]), 10), "so this can fail"


def test_a_score_takes_one_image_only():
    with pytest.raises(ValueError, match=r"expected one image, \(H, W\), found shape \(1, 1, 2, 2\)"):
        OfImage("the sum", np.sum)(np.ones((1, 1, 2, 2)))
    for id, argument in (("10.1", "score"), ("10.6", "predict")):
        message = EX[id].check(lambda f, x, *rest: f(x[None])).message
        assert "expected one image, (H, W), found shape (1, " in message and f"({argument}=the " in message


def test_the_verdict_on_a_map_has_its_numbers_only_where_they_may_differ():
    table = Verdict({"a < b": ([0.1, 0.45], [0.4, 0.7]), "half": ([0.3], [0.5])})
    assert table.passes("a < b") == (True, True) and table.passes("half") == (False, False), "on the line is not below"
    bundle = table._repr_mimebundle_()
    assert bundle["text/plain"] == repr(table) == "a < b: passes, passes\nhalf: fails, fails"
    assert "a &lt; b</td>" in bundle["text/html"]
    assert '<data class="cnn-measured">0.55</data> passes' in bundle["text/html"]


def test_training_leaves_the_blurs_alone():
    """A blur keeps what is the same everywhere, and no training changes its weights; all others change."""
    x, y = RNG.random((20, 1, 28, 28)).astype(np.float32), np.arange(20) % 10
    before, after = variants.blurred(0), variants.trained(variants.blurred, (x, y), 0)
    same = [np.array_equal(a.data, b.data) for a, b in zip(before.parameters(), after.parameters(), strict=True)]
    blurs = [layer.weight for layer in after if getattr(layer, "groups", 1) > 1]
    assert sum(same) == len(blurs) == 2 and np.allclose([blur.data.sum(axis=(2, 3)) for blur in blurs[:1]], 1)
    assert np.allclose(variants.blur(2)(np.ones((1, 2, 7, 7)))[0, :, 1:-1, 1:-1], 1)
    assert variants.strided(0)(x).shape == (20, 10)
