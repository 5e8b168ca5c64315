"""What one writes with a tensor: operators, and what Python cannot have of it."""

import numpy as np
import pytest
from check import refused, run

from session import Session


def test_equal_signs_compare_tensors_not_values(graph):
    a, b = graph.constant(1), graph.constant(1)
    assert a == a
    assert a != b
    assert {a: 1}[a] == 1


@pytest.mark.parametrize(
    ("tensor", "value"),
    [
        (lambda a: 2 + a, 5),
        (lambda a: 2 - a, -1),
        (lambda a: 2 * a, 6),
        (lambda a: 6 / a, 2),
        (lambda a: 2**a, 8),
        (lambda a: a**2, 9),
        (lambda a: -a, -3),
        (lambda a: abs(-a), 3),
        (lambda a: np.array(2) < a, True),
        (lambda a: np.array(3) <= a, True),
        (lambda a: np.array(4) > a, True),
        (lambda a: a >= 4, False),
        (lambda a: [[1, 2]] @ a.graph.stack([a, a]), 9),
        (lambda a: a[None][0], 3),
    ],
)
def test_operators_take_numbers_on_either_side(graph, tensor, value):
    assert Session(graph).run(tensor(graph.constant(3))) == value


def test_tuples_and_lists_are_vectors(graph):
    a = graph.constant((1, 2))
    np.testing.assert_array_equal(run(a + (3, 4)), [4, 6])
    np.testing.assert_array_equal(run([3, 4] + a), [4, 6])


def test_a_list_beside_a_tensor_is_an_array(graph):
    a = graph.constant([1, 2])
    np.testing.assert_array_equal(run(2 * a), [2, 4])
    np.testing.assert_array_equal(run(a * [2, 3]), [2, 6])


def test_an_array_before_a_tensor_makes_one_tensor(graph):
    a, array = graph.constant([1.0, 2.0]), np.array([3.0, 4.0])
    np.testing.assert_array_equal(run(array + a), [4, 6])
    np.testing.assert_array_equal(run(np.eye(2) @ a), [1, 2])
    np.testing.assert_array_equal(run(np.float64(2) * a), [2, 4])
    np.testing.assert_array_equal(run(array > a), [True, True])


def test_a_repr_tells_name_shape_and_origin(graph):
    x = graph.placeholder((None, 3), name="x")
    assert repr(x) == "<Tensor 'x' (?, 3) float64 = placeholder>"
    y = graph.square(x, name="y")
    assert repr(y) == "<Tensor 'y' (?, 3) float64 = square(x)>"
    assert repr(graph.placeholder(name="z")) == (
        "<Tensor 'z' unknown float64 = placeholder>"
    )


# A tensor is no value


@pytest.mark.parametrize(
    "use",
    [
        bool,
        float,
        int,
        len,
        list,
        complex,
        np.asarray,
        lambda x: 1 in x,
        lambda x: np.array([x, x]),
        lambda x: [1, 2][x],
        lambda x: "a" if x > 0 else "b",
    ],
)
def test_a_tensor_where_python_wants_a_value(graph, use):
    x = graph.variable(1.0, name="x")
    with refused(TypeError, "has no value until a session runs it"):
        use(x)


def test_a_tensor_where_numpy_wants_an_array(graph):
    with pytest.raises(TypeError, match="does not support ufuncs"):
        np.exp(graph.variable(1.0))
