"""Windows that slide over images: convolution, pooling, and batch normalization."""

import itertools

import numpy as np
import pytest
from check import refused

from graph import Graph
from session import Session

rng = np.random.default_rng(3)


def along(pixels, size, stride, gap, padding):
    """The places of a window on an axis, and the padding before and after."""
    reach = (size - 1) * gap + 1
    if padding == "VALID":
        return range(0, pixels - reach + 1, stride), 0, 0
    places = -(-pixels // stride)
    missing = max((places - 1) * stride + reach - pixels, 0)
    return range(0, places * stride, stride), missing // 2, missing - missing // 2


def windows(x, size, strides, padding, gaps=(1, 1), fill=0.0):
    """What a window sees at each place, by loops: (N, rows, columns, *size, C)."""
    (rows, top, bottom), (columns, left, right) = (
        along(x.shape[1 + i], size[i], strides[i], gaps[i], padding) for i in (0, 1)
    )
    ends = [(0, 0), (top, bottom), (left, right), (0, 0)]
    x = np.pad(x, ends, constant_values=fill)
    (down, across), (height, width) = gaps, size
    seen = [
        [x[:, i : i + height * down : down, j : j + width * across : across]]
        for i, j in itertools.product(rows, columns)
    ]
    shape = (len(rows), len(columns), *seen[0][0].shape)
    seen = np.array(seen).reshape(shape)
    return np.moveaxis(seen, 2, 0)


@pytest.mark.parametrize("padding", ["SAME", "VALID"])
@pytest.mark.parametrize("strides", [(1, 1), (2, 1), (2, 3)])
@pytest.mark.parametrize("gaps", [(1, 1), (2, 1), (1, 3)])
@pytest.mark.parametrize("size", [(1, 1), (3, 2), (2, 3)])
def test_conv2d_is_the_sum_over_what_each_window_sees(padding, strides, gaps, size):
    x, filters = rng.normal(size=(2, 7, 8, 3)), rng.normal(size=(*size, 3, 4))
    graph = Graph()
    y = graph.conv2d(x, filters, strides, padding, gaps)
    seen = windows(x, size, strides, padding, gaps)
    expected = np.einsum("nijabc,abcm->nijm", seen, filters)
    got = Session(graph).run(y)
    np.testing.assert_allclose(got, expected, atol=1e-12)
    assert got.shape == y.shape


@pytest.mark.parametrize("padding", ["SAME", "VALID"])
@pytest.mark.parametrize("size, strides", [((2, 2), (2, 2)), ((3, 2), (1, 2))])
def test_pooling_takes_what_is_in_the_image_only(padding, size, strides):
    x = rng.normal(size=(2, 5, 7, 3))
    graph = Graph()
    pooled = [
        graph.max_pool(x, size, strides, padding),
        graph.avg_pool(x, size, strides, padding),
    ]
    seen = windows(x, size, strides, padding, fill=np.nan)
    expected = np.nanmax(seen, axis=(3, 4)), np.nanmean(seen, axis=(3, 4))
    for tensor, got, wanted in zip(pooled, Session(graph).run(pooled), expected):
        np.testing.assert_allclose(got, wanted, atol=1e-12)
        assert got.shape == tensor.shape


def test_the_first_of_equal_pixels_gets_the_whole_gradient():
    graph = Graph()
    x = graph.variable(np.ones((1, 2, 4, 1)))
    (by_x,) = graph.gradients(graph.max_pool(x, 2), [x])
    expected = [[1, 0, 1, 0], [0, 0, 0, 0]]
    np.testing.assert_array_equal(Session(graph).run(by_x)[0, :, :, 0], expected)


def test_a_batch_and_an_image_of_any_size_run_in_one_graph():
    graph = Graph()
    x = graph.placeholder((None, None, None, 2), name="x")
    filters = graph.constant(rng.normal(size=(3, 3, 2, 4)))
    y = graph.avg_pool(graph.max_pool(graph.conv2d(x, filters), 2), 2, 1, "SAME")
    assert y.shape == (None, None, None, 4)
    for shape in [(1, 4, 4, 2), (3, 9, 6, 2)]:
        value = Session(graph).run(y, {x: rng.normal(size=shape)})
        assert value.shape == (shape[0], shape[1] // 2, shape[2] // 2, 4)


def test_an_empty_batch_gives_an_empty_batch():
    graph = Graph()
    x = graph.placeholder((None, 4, 4, 1), name="x")
    filters = graph.variable(np.ones((2, 2, 1, 3)))
    y = graph.max_pool(graph.conv2d(x, filters), 2)
    (by_filters,) = graph.gradients(y, [filters])
    value, gradient = Session(graph).run([y, by_filters], {x: np.zeros((0, 4, 4, 1))})
    assert value.shape == (0, 2, 2, 3)
    np.testing.assert_array_equal(gradient, np.zeros((2, 2, 1, 3)))


def test_no_channels_and_no_filters_give_zeros_and_nothing():
    graph = Graph()
    y = graph.conv2d(np.ones((1, 4, 4, 0)), np.ones((2, 2, 0, 3)))
    np.testing.assert_array_equal(Session(graph).run(y), np.zeros((1, 4, 4, 3)))
    y = graph.conv2d(np.ones((1, 4, 4, 1)), np.ones((2, 2, 1, 0)))
    assert Session(graph).run(y).shape == (1, 4, 4, 0)


def test_whole_numbers_stay_whole():
    graph = Graph()
    x = graph.placeholder((1, 2, 2, 1), int)
    filters = graph.constant(np.full((2, 2, 1, 1), 3), dtype=int)
    tensors = [graph.conv2d(x, filters, padding="VALID"), graph.max_pool(x, 2)]
    values = Session(graph).run(tensors, {x: np.arange(-4, 0).reshape(1, 2, 2, 1)})
    assert [(v.dtype, v.item()) for v in values] == [(int, -30), (int, -1)]


def test_the_moments_are_those_of_numpy():
    x = rng.normal(size=(4, 3, 2))
    graph = Graph()
    for axis, kept in itertools.product([None, 0, (0, 2)], [False, True]):
        mean, variance = Session(graph).run(graph.moments(x, axis, kept))
        np.testing.assert_allclose(mean, x.mean(axis=axis, keepdims=kept))
        np.testing.assert_allclose(variance, x.var(axis=axis, keepdims=kept))


def test_padding_puts_numbers_around():
    graph = Graph()
    padded = Session(graph).run(graph.pad([[1.0, 2.0]], [(1, 0), (0, 2)], 9))
    np.testing.assert_array_equal(padded, [[9, 9, 9, 9], [1, 2, 9, 9]])


def test_what_does_not_fit_is_refused():
    graph = Graph()
    x = graph.placeholder((None, 4, 4, 3), name="x")
    with refused(ValueError, "images have 3 channels", "(2, 2, 1, 5) read 1"):
        graph.conv2d(x, np.zeros((2, 2, 1, 5)))
    with refused(ValueError, "a window of 5 x 5 pixels", "(4, 4)", "padding='SAME'"):
        graph.conv2d(x, np.zeros((5, 5, 3, 1)), padding="VALID")
    with refused(ValueError, "(batch, rows, columns, channels), got (4, 4)"):
        graph.max_pool(np.zeros((4, 4)), 2)
    with refused(ValueError, "filters have the shape", "(3, 3)"):
        graph.conv2d(x, np.zeros((3, 3)))
    with refused(ValueError, "'SAME' or 'VALID', got 'same'"):
        graph.max_pool(x, 2, padding="same")
    with refused(ValueError, "a number from 1 on, or two", "got (1, 2, 2, 1)"):
        graph.conv2d(x, np.zeros((2, 2, 3, 1)), strides=(1, 2, 2, 1))
    with refused(ValueError, "a number from 1 on", "got 0"):
        graph.avg_pool(x, 0)
    with refused(TypeError, "a number of pixels is a whole number, got 1.5"):
        graph.max_pool(x, 1.5)
    with refused(ValueError, "from images of (2, 9, 9, 3)", "(2, 9, 9, 1)"):
        graph.conv2d_transpose(
            np.zeros((2, 4, 4, 1)), np.zeros((2, 2, 3, 1)), (2, 9, 9, 3)
        )
    with refused(ValueError, "2 pairs of numbers for 4 axes"):
        graph.pad(x, [(1, 1), (1, 1)])
    with refused(ValueError, "a pair of numbers for each axis, got [1, 2]"):
        graph.pad([1.0, 2.0], [1, 2])
