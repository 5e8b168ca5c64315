"""Sines, staircases and remainders; rows of numbers."""

import numpy as np
import pytest
from check import refused, run

from graph import Graph

X = np.array([-2.5, -1.5, -0.4, 0.0, 0.5, 1.5, 2.6])


@pytest.mark.parametrize("name", ["sin", "cos", "floor", "ceil", "round"])
def test_a_function_is_that_of_numpy(name):
    np.testing.assert_array_equal(run(getattr(Graph(), name)(X)), getattr(np, name)(X))


def test_a_remainder_has_the_sign_of_the_divisor():
    graph = Graph()
    a = graph.constant([5.0, -5.0, 5.0, -5.0])
    b = graph.constant([3.0, 3.0, -3.0, -3.0])
    assert run(a % b).tolist() == [2, 1, -1, -2]
    assert run(7 % b).tolist() == [1, 1, -2, -2]
    whole = graph.constant([7, -7], dtype=int) % 4
    assert run(whole).tolist() == [3, 1] and whole.dtype == int


def test_a_range_of_numbers_is_a_constant():
    graph = Graph()
    for arguments in [(4,), (1, 7), (1, 8, 3), (3, 0, -1), (0.5, 2.0, 0.5), (2, 2)]:
        row = graph.range(*arguments)
        np.testing.assert_array_equal(run(row), np.arange(*arguments))
        assert row.kind == "constant" and row.dtype == np.arange(*arguments).dtype
    with refused(ValueError, "delta is 0"):
        graph.range(0, 3, 0)


def test_a_range_to_a_tensor_has_as_many_numbers_as_a_run_says():
    graph = Graph()
    n = graph.placeholder((), int, name="n")
    row = graph.range(n)
    assert (row.shape, row.dtype) == ((None,), int)
    assert run(row, {n: 3}).tolist() == [0, 1, 2]
    assert run(graph.range(1, n, 2), {n: 6}).tolist() == [1, 3, 5]
    with refused(ValueError, "single numbers"):
        graph.range(graph.placeholder((2,), int))


def test_linspace_ends_where_it_should():
    graph = Graph()
    for number in (1, 2, 5):
        row = run(graph.linspace(0.1, 0.7, number))
        np.testing.assert_allclose(row, np.linspace(0.1, 0.7, number))
    assert run(graph.linspace(0.1, 0.7, 7))[-1] == 0.7
    with refused(ValueError, "at least 1, got 0"):
        graph.linspace(0.0, 1.0, 0)
