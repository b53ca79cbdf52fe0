"""The solutions of lesson 09's exercises agree with the library, with SciPy, and with each other."""

import sys

import numpy as np
import pytest
from scipy import ndimage

import cnnlib as cnn

RNG = np.random.default_rng(9)


def solution(id):
    return cnn.learn.exercise(id).solution


@pytest.mark.parametrize(("C", "K", "size"), [(1, 2, 1), (3, 4, 3), (2, 5, 4)])
def test_a_sliding_classifier_is_a_convolution(C, K, size):
    x, w, b = RNG.normal(size=(C, 7, 9)), RNG.normal(size=(K, C * size * size)), RNG.normal(size=K)
    filters = w.reshape(K, C, size, size)
    np.testing.assert_allclose(solution("09.1")(x, w, b, size), cnn.conv2d(x[None], filters, b)[0])


def test_dice_is_iou_made_kinder():
    """As the check says of it: 2 · IoU / (1 + IoU)."""
    for _ in range(20):
        a, b = RNG.random((2, 6, 5)) < 0.5
        share = solution("09.2")(a, b)
        assert 2 * (a & b).sum() / (a.sum() + b.sum()) == pytest.approx(2 * share / (1 + share))
        assert solution("09.2")(a, a) == 1 and solution("09.2")(a, ~a) == 0
    assert solution("09.2")(a & ~a, b & ~b) == 1


@pytest.mark.parametrize("stride", [1, 2, 3, 5])
def test_stamps_are_a_transposed_convolution_and_their_counts_are_its_sum_of_ones(stride):
    x, w = RNG.normal(size=(4, 6)), RNG.normal(size=(3, 3))
    y = cnn.conv_transpose2d(x[None, None], w[None, None], stride=stride)[0, 0]
    np.testing.assert_allclose(solution("09.3")(x, w, stride), y)
    along = [solution("09.4")(n, 3, stride) for n in x.shape]
    np.testing.assert_array_equal(np.outer(*along), solution("09.3")(np.ones((4, 6)), np.ones((3, 3)), stride))


def test_counts_are_even_inside_where_the_stride_divides_the_kernel():
    for F, S in ((4, 2), (3, 3), (6, 2), (3, 2), (5, 3)):
        inside = solution("09.4")(12, F, S)[F:-F]
        assert (len(set(inside)) == 1) == (F % S == 0)


def test_a_join_can_be_taken_apart():
    below, skip = RNG.normal(size=(3, 2, 4)), RNG.normal(size=(2, 4, 8))
    y = solution("09.5")(below, skip)
    np.testing.assert_array_equal(y[:2], skip)
    np.testing.assert_array_equal(cnn.avg_pool2d(y[None, 2:], 2)[0], below)


def test_pieces_are_those_of_scipy():
    for share in (0.3, 0.5, 0.6, 0.7, 0.9):
        for smallest in (1, 3, 8):
            mask = RNG.random((17, 23)) < share
            sizes = np.bincount(ndimage.label(mask)[0].ravel())[1:]
            assert solution("09.6")(mask, smallest) == (sizes >= smallest).sum()


# --- what the check says of masks -------------------------------------------------------------------------------------


def test_a_mask_is_written_in_ones_and_zeros():
    message = cnn.learn.exercise("09.2").check(lambda predicted, true: (predicted == true).mean()).message
    assert "iou(predicted=[[1, 1, 0], [1, 1, 0], [0, 0, 0]], true=[[0, 1, 1], [0, 1, 1], [0, 0, 0]])" in message


@pytest.mark.parametrize("limit", [1000, 3000])   # Python's own, and what completion in a notebook may raise it to
def test_recursion_is_told_to_be_too_deep(limit):
    def count(mask, smallest):
        left = mask.copy()

        def visit(i, j):
            if not (0 <= i < left.shape[0] and 0 <= j < left.shape[1] and left[i, j]):
                return 0
            left[i, j] = False
            return 1 + visit(i + 1, j) + visit(i - 1, j) + visit(i, j + 1) + visit(i, j - 1)

        return sum(left[i, j] and visit(i, j) >= smallest for i, j in np.argwhere(mask))

    before = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(limit)
        verdict = cnn.learn.exercise("09.6").check(count)
    finally:
        sys.setrecursionlimit(before)
    assert "deeper than Python can follow" in verdict.message
    assert verdict.suspicion.startswith("This is right for small pieces")
