"""Sizes, padding and receptive fields, against counting by hand and by experiment."""

import math

import oracles
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cnnlib as cnn
from cnnlib import shapes


@st.composite
def axes(draw):
    """n, kernel_size, stride, padding, dilation of one axis on which the kernel fits."""
    kernel_size, stride, dilation = draw(st.integers(1, 7)), draw(st.integers(1, 5)), draw(st.integers(1, 3))
    padding = draw(st.integers(0, 4) | st.sampled_from(["same", "valid"]))
    inside = {"same": math.inf, "valid": 0}.get(padding, padding)
    least = max(1, dilation * (kernel_size - 1) + 1 - 2 * inside)
    return draw(st.integers(least, least + 20)), kernel_size, stride, padding, dilation


@given(axes())
def test_output_size_is_what_sliding_counts(axis):
    size = cnn.output_size(*axis)
    assert type(size) is int
    assert size == oracles.output_size(*axis)


@given(axes())
def test_axis_tells_padding_and_what_is_left_over(axis):
    n, kernel_size, stride, _, dilation = axis
    way = shapes.axis(*axis)
    assert (way.before, way.after) == oracles.padding_sides(*axis)
    cells = way.before + n + way.after
    last_cell_read = oracles.window_starts(cells, kernel_size, stride, dilation)[-1] + dilation * (kernel_size - 1)
    assert way.unread == cells - 1 - last_cell_read


@given(n=st.integers(1, 50), kernel_size=st.integers(1, 9), stride=st.integers(1, 5), dilation=st.integers(1, 4))
def test_same_gives_one_output_per_stride_for_any_kernel(n, kernel_size, stride, dilation):
    assert cnn.output_size(n, kernel_size, stride, "same", dilation) == math.ceil(n / stride)


@given(axes(), st.integers(1, 10))
def test_one_cell_more_of_input_never_gives_fewer_outputs(axis, more):
    n, *rest = axis
    assert cnn.output_size(n + more, *rest) >= cnn.output_size(*axis)


# The sizes of the lessons. ---------------------------------------------------------------------------------------

@pytest.mark.parametrize(
    ("numbers", "size"),
    [
        pytest.param({"stride": 1}, 5, id="S=1"),
        pytest.param({"stride": 2}, 3, id="S=2"),
        pytest.param({"stride": 3}, 2, id="S=3 does not fit, 2.33 is floored"),
        pytest.param({"stride": 1, "padding": 1}, 7, id="S=1 P=1 keeps the size"),
    ],
)
def test_seven_cells_three_taps(numbers, size):
    assert cnn.output_size(7, 3, **numbers) == size


def test_seven_cells_three_taps_stride_three_leaves_the_last_cell_unread():
    assert shapes.axis(7, 3, stride=3).unread == 1
    assert shapes.axis(7, 3, stride=2).unread == 0


@pytest.mark.parametrize(("kernel_size", "padding"), [(1, 0), (3, 1), (5, 2), (7, 3)])
def test_same_padding_is_half_the_kernel_on_each_side(kernel_size, padding):
    assert padding == (kernel_size - 1) // 2
    assert cnn.output_size(32, kernel_size, padding=padding) == 32
    assert shapes.axis(32, kernel_size, padding="same")[:2] == (padding, padding)


@pytest.mark.parametrize("kernel_size", [2, 4, 6])
def test_no_padding_per_side_keeps_the_size_under_an_even_kernel(kernel_size):
    assert 32 not in [cnn.output_size(32, kernel_size, padding=padding) for padding in range(10)]
    before, after = shapes.axis(32, kernel_size, padding="same")[:2]
    assert after == before + 1   # so "same" puts the odd cell at the end


@pytest.mark.parametrize(
    ("n", "kernel_size", "stride", "padding", "size"),
    [
        pytest.param(32, 5, 1, 2, 32, id="32x32, 5x5, P=2"),
        pytest.param(32, 5, 1, 0, 28, id="32x32, 5x5"),
        pytest.param(56, 1, 1, 0, 56, id="56x56, 1x1"),
        pytest.param(224, 2, 2, 0, 112, id="224x224, pooled 2x2"),
        pytest.param(224, 7, 2, 3, 112, id="first layer of ResNet"),
        pytest.param(112, 3, 2, 1, 56, id="its max-pool"),
        pytest.param(227, 11, 4, 0, 55, id="first layer of AlexNet, 227"),
        pytest.param(224, 11, 4, 2, 55, id="first layer of AlexNet, 224"),
    ],
)
def test_sizes_of_known_layers(n, kernel_size, stride, padding, size):
    assert cnn.output_size(n, kernel_size, stride, padding) == size


# Receptive fields. -----------------------------------------------------------------------------------------------

def test_receptive_field_of_the_network_of_the_notes():
    fields = cnn.receptive_field([(5,), (2, 2), (5,), (2, 2)])
    assert [field.size for field in fields] == [5, 6, 14, 16]
    assert fields[-1].jump == 4


@st.composite
def stacks(draw):
    """One to three 1-D layers: (kernel_size, stride, padding, dilation)."""
    layer = st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2))
    return draw(st.lists(layer, min_size=1, max_size=3))


@given(stacks())
def test_receptive_field_is_what_poking_cells_shows(layers):
    field = cnn.receptive_field(layers)[-1]
    n = field.size + 10 * field.jump
    for unit, cells in enumerate(oracles.cells_seen(layers, n)):
        first = field.start + unit * field.jump
        last = first + field.size - 1
        if first >= 0 and last < n:
            assert (cells[0], cells[-1]) == (first, last)
        else:   # part of the field is padding
            assert all(first <= cell <= last for cell in cells)


@given(stacks())
def test_every_layer_sees_what_its_own_stack_sees(layers):
    fields = cnn.receptive_field(layers)
    assert len(fields) == len(layers)
    for depth, field in enumerate(fields, start=1):
        assert field == cnn.receptive_field(layers[:depth])[-1]


@given(stacks(), stacks())
def test_two_axes_are_two_receptive_fields(vertical, horizontal):
    depth = min(len(vertical), len(horizontal))
    both = [tuple(zip(v, h, strict=True)) for v, h in zip(vertical, horizontal, strict=False)]
    for plane, *lines in zip(*map(cnn.receptive_field, (both, vertical[:depth], horizontal[:depth])), strict=True):
        for name in ("size", "jump", "start"):
            v, h = (getattr(line, name) for line in lines)
            assert getattr(plane, name) == (v if v == h else (v, h))


@pytest.mark.parametrize(("kernel_size", "start"), [(1, 0), (2, 0), (3, -1), (4, -1), (5, -2)])
def test_receptive_field_under_same_padding_starts_in_the_padding(kernel_size, start):
    assert cnn.receptive_field([(kernel_size, 1, "same")])[0].start == start
    assert -shapes.axis(9, kernel_size, padding="same").before == start


def test_layers_without_a_kernel_change_nothing():
    class Activation:
        pass

    class Layer:
        kernel_size, stride, padding = 3, 2, 1

    fields = cnn.receptive_field([Layer(), Activation(), (3,)])
    assert fields[0] == fields[1] == cnn.receptive_field([(3, 2, 1)])[0]
    assert fields[2].size == 7


def test_no_layers_no_fields():
    assert cnn.receptive_field([]) == []
