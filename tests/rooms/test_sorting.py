"""The largest few, the sum so far, and tensors taken apart."""

import numpy as np
import pytest
from check import refused, run

from graph import Graph


def test_of_equals_the_first_comes_first():
    values, indices = Graph().top_k([[1.0, 3.0, 2.0, 3.0], [0.0, 0.0, -1.0, 0.0]], 3)
    assert run([values, indices])[0].tolist() == [[3, 3, 2], [0, 0, 0]]
    assert run(indices).tolist() == [[1, 3, 2], [0, 1, 3]]
    assert values.shape == indices.shape == (2, 3)


def test_whole_numbers_are_sorted_too():
    graph = Graph()
    x = graph.constant(np.array([3, 255, 0], "uint8"), dtype="uint8")
    values, _ = graph.top_k(x, 2)
    assert run(values).tolist() == [255, 3] and values.dtype == "uint8"


def test_more_than_there_are_is_refused():
    graph = Graph()
    with refused(ValueError, "expected at least k = 4 of them, got 3"):
        graph.top_k([1.0, 2.0, 3.0], 4)
    with refused(ValueError, "at least one axis, got a single number"):
        graph.top_k(1.0)


@pytest.mark.parametrize("axis", [0, 1, -1, -2])
def test_a_cumulative_sum_starts_at_either_end(axis):
    x = np.random.default_rng(0).normal(size=(3, 4))
    graph = Graph()
    np.testing.assert_allclose(run(graph.cumsum(x, axis)), np.cumsum(x, axis))
    back = np.flip(np.cumsum(np.flip(x, axis), axis), axis)
    np.testing.assert_allclose(run(graph.cumsum(x, axis, reverse=True)), back)
    without = graph.cumsum(x, axis, exclusive=True)
    np.testing.assert_allclose(run(without), np.cumsum(x, axis) - x, atol=1e-12)
    without = graph.cumsum(x, axis, exclusive=True, reverse=True)
    np.testing.assert_allclose(run(without), back - x, atol=1e-12)


def test_what_is_split_can_be_joined_again():
    x = np.arange(12.0).reshape(2, 6)
    graph = Graph()
    for parts in (3, 6, [1, 2, 3], [0, 6]):
        pieces = graph.split(x, parts, -1)
        np.testing.assert_array_equal(run(graph.concat(pieces, -1)), x)
    for axis in (0, 1, -1):
        pieces = graph.unstack(x, axis)
        assert len(pieces) == x.shape[axis]
        np.testing.assert_array_equal(run(graph.stack(pieces, axis)), x)


def test_parts_that_do_not_add_up_are_refused():
    graph = Graph()
    with refused(ValueError, "split: 4 parts don't make up an axis of 6"):
        graph.split(np.zeros(6), 4)
    with refused(ValueError, "[1, 2] parts don't make up an axis of 6"):
        graph.split(np.zeros(6), [1, 2])
    rows = graph.placeholder((None, 2), name="rows")
    with refused(ValueError, "unstack needs the size of axis 0", "'rows'"):
        graph.unstack(rows)
