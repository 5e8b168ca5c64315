"""Matrix products beyond that of two matrices: vectors, stacks, what does not fit."""

import numpy as np
import pytest
from check import refused, run


def test_the_gradient_of_a_matrix_times_a_vector(graph):
    w = graph.variable(np.ones((2, 2)))
    (gradient,) = graph.gradients(graph.sum(w @ [1, 2]), [w])
    np.testing.assert_array_equal(run(gradient), [[1, 2], [1, 2]])


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ((4, 2), (3, 5), "are 2 and 3: the last axis of the first"),
        ((4, 2), (3,), "the only axis of the second"),
        ((), (3,), "not scalars"),
        ((2, 3, 4), (5, 4, 3), "do not broadcast"),
    ],
)
def test_shapes_that_do_not_multiply(graph, left, right, reason):
    a, b = graph.placeholder(left, name="a"), graph.placeholder(right, name="b")
    with refused(ValueError, "of 'a'", "'b'", reason):
        a @ b


def test_axes_are_counted_from_the_end_as_well(graph):
    x = graph.placeholder((2, 3))
    assert graph.transpose(x, (-1, -2)).op.kind == "transpose"


def test_a_transposition_without_axes_is_of_a_scalar(graph):
    x = graph.placeholder()
    turned = graph.transpose(x, ())
    assert run(turned, {x: 2.0}) == 2
    with pytest.raises(ValueError, match="axes don't match"):
        run(turned, {x: [[1.0, 2.0]]})
