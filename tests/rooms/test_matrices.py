"""Inverses, systems of equations, triangles and diagonals."""

import numpy as np
import pytest
from check import refused, run

from graph import Graph

rng = np.random.default_rng(2)
A = rng.normal(size=(2, 3, 3)) + 3 * np.eye(3)


def test_the_algebra_is_that_of_numpy():
    graph, b = Graph(), rng.normal(size=(2, 3, 4))
    positive = A @ A.transpose(0, 2, 1)
    np.testing.assert_array_equal(run(graph.inverse(A)), np.linalg.inv(A))
    np.testing.assert_array_equal(run(graph.solve(A, b)), np.linalg.solve(A, b))
    factor = run(graph.cholesky(positive))
    np.testing.assert_array_equal(factor, np.linalg.cholesky(positive))
    np.testing.assert_array_equal(run(graph.lower(A)), np.tril(A))
    np.testing.assert_allclose(run(graph.trace(A)), np.trace(A, axis1=1, axis2=2))


def test_a_diagonal_is_put_in_and_taken_out():
    graph = Graph()
    x = np.array([[1.0, np.inf], [3.0, 4.0]])
    matrix = run(graph.diag(x))
    np.testing.assert_array_equal(matrix, [np.diag(row) for row in x * 1.0])
    np.testing.assert_array_equal(run(graph.diag_part(matrix)), x)
    whole = graph.diag(graph.constant([1, 2], dtype=int))
    assert run(whole).tolist() == [[1, 0], [0, 2]] and whole.dtype == int


def test_a_singular_matrix_is_refused_by_name():
    graph = Graph()
    x = graph.placeholder((2, 2), name="x")
    with pytest.raises(ValueError, match="Singular") as caught:
        run(graph.inverse(x, name="y"), {x: np.ones((2, 2))})
    assert any(
        "'y'" in note and "'x' (2, 2)" in note for note in caught.value.__notes__
    )


def test_what_is_not_square_is_refused():
    graph = Graph()
    with refused(ValueError, "expected square matrices, got 2 rows, 3 columns"):
        graph.inverse(np.zeros((2, 3)))
    with refused(ValueError, "3 unknowns, and 2 rows on the right"):
        graph.solve(np.zeros((3, 3)), np.zeros((2, 1)))
    with refused(ValueError, "a right-hand side with two axes or more"):
        graph.solve(np.zeros((3, 3)), np.zeros(3))
    with refused(ValueError, "two axes or more, got 1"):
        graph.trace(np.zeros(3))
    with refused(ValueError, "expected a vector, got a single number"):
        graph.diag(1.0)
