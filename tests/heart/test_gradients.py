"""Gradients: the order of operations, sums of shares, un-broadcasting, any order."""

import numpy as np
import pytest
from check import refused, run

from graph import Graph, topological_order
from ops import BaseOp
from session import Session

# Order


def test_an_order_has_each_operation_once_and_after_its_inputs(graph):
    a = graph.constant(1)
    b = a + a
    c = b + b
    d = graph.exp(a) * c + b
    order = topological_order([d, c])
    assert len(order) == len(set(order)) == 5
    for position, op in enumerate(order):
        for x in op.inputs:
            assert x.op is None or order.index(x.op) < position


def test_an_order_leaves_out_what_is_given(graph):
    a = graph.constant(1)
    b = graph.exp(a)
    c = b + 1
    assert topological_order([c], given={b}) == [c.op]


def test_a_skip_connection_has_its_gradient(graph):
    a = graph.variable(0.3)
    s = graph.sigmoid
    y = a + s(s(a))
    inner = 1 / (1 + np.exp(-0.3))
    outer = 1 / (1 + np.exp(-inner))
    expected = 1 + outer * (1 - outer) * inner * (1 - inner)
    np.testing.assert_allclose(run(graph.gradients(y, [a]))[0], expected)


def test_a_chain_of_100000_operations_runs_and_has_a_gradient(graph):
    x = graph.variable(0.0)
    y = x
    for _ in range(100_000):
        y = y + 1
    assert run([y, *graph.gradients(y, [x])]) == [100_000, 1]


def test_gradients_of_diamonds_make_tensors_in_proportion(graph):
    def made(n):
        graph = Graph()
        x = y = graph.variable(1.0)
        for _ in range(n):
            y = y + graph.tanh(y)
        before = len(graph.tensors)
        graph.gradients(y, [x])
        return len(graph.tensors) - before

    assert made(200) < 2.1 * made(100)


# Sums of shares


def test_a_tensor_used_twice_has_both_shares(graph):
    m = graph.variable([[1, 2], [3, 4]])
    (gradient,) = graph.gradients(graph.sum(m @ m), [m])
    np.testing.assert_array_equal(run(gradient), [[7, 11], [9, 13]])


def test_a_consumer_off_the_path_does_not_matter(graph):
    a = graph.variable(3.0)
    loss = graph.square(a)
    graph.equal(a, 3)
    graph.exp(a)
    assert run(graph.gradients(loss, [a])) == [6.0]


def test_an_operation_off_the_path_is_not_asked_for_a_gradient(graph):
    z = graph.random_normal(())
    hot = graph.one_hot([1], 2)
    assert Session(graph).run(graph.gradients(z * 2, [z])) == [2]
    np.testing.assert_array_equal(
        Session(graph).run(graph.gradients(hot * 3, [hot]))[0], [[3, 3]]
    )


def test_a_gradient_by_a_tensor_in_the_middle(graph):
    x = graph.variable(3.0)
    middle = x * x
    assert Session(graph).run(graph.gradients(middle * 2, [middle, x])) == [2, 12]


def test_grad_y_weighs_the_elements_of_y(graph):
    x = graph.variable([1.0, 2.0])
    (gradient,) = graph.gradients(x * x, [x], grad_y=[10.0, 1.0])
    np.testing.assert_array_equal(Session(graph).run(gradient), [20, 4])


def test_the_gradient_of_a_matrix_is_that_of_its_sum(graph):
    x = graph.variable([[1.0, 2.0], [3.0, 4.0]])
    (gradient,) = graph.gradients(graph.square(x), [x])
    np.testing.assert_array_equal(run(gradient), [[2, 4], [6, 8]])


def test_the_gradient_of_a_mean_is_that_of_the_sum_divided(graph):
    c = graph.constant([[1, 2], [3, 4]])
    b = graph.variable([[5, 6], [7, 8]])
    (by_c,) = graph.gradients(graph.mean(c @ b), [c])
    (by_b,) = graph.gradients(graph.mean(c @ b), [b])
    np.testing.assert_array_equal(run(by_c), [[2.75, 3.75], [2.75, 3.75]])
    np.testing.assert_array_equal(run(by_b), [[1, 1], [1.5, 1.5]])


def test_the_gradient_of_a_tensor_by_itself_is_ones(graph):
    x = graph.variable([1.0, 2.0])
    y = x * 2
    for tensor in (x, y):
        np.testing.assert_array_equal(run(graph.gradients(tensor, [tensor]))[0], [1, 1])


def test_an_x_without_influence_has_zeros(graph):
    x, z = graph.variable([[1.0, 2.0]]), graph.variable(3.0)
    np.testing.assert_array_equal(run(graph.gradients(z * 2, [x]))[0], [[0, 0]])


def test_what_y_does_not_depend_on_has_no_gradient_if_so_wished(graph):
    x, y = graph.variable(1.0), graph.variable(2.0)
    one, other = graph.gradients(x * 2, [x, y], zeros=False)
    assert Session(graph).run(one) == 2
    assert other is None


# Broadcasting


def test_a_bias_has_one_gradient_for_all_examples(graph):
    bias = graph.variable(np.zeros(4))
    (gradient,) = graph.gradients(graph.ones_like(np.ones((8, 4))) + bias, [bias])
    np.testing.assert_array_equal(run(gradient), [8, 8, 8, 8])


# Any order


def test_derivatives_of_any_order(graph):
    x = graph.variable(2.0)
    y = x**5
    expected = [5 * 2**4, 20 * 2**3, 60 * 2**2, 120 * 2, 120, 0, 0]
    for value in expected:
        (y,) = graph.gradients(y, [x])
        assert Session(graph).run(y) == value


def test_the_second_derivative_of_a_linear_function_is_zero(graph):
    x = graph.variable(2.0)
    (first,) = graph.gradients(3 * x, [x])
    assert run(graph.gradients(first, [x])) == [0]


# Bad input


@pytest.mark.parametrize(
    ("build", "kind"),
    [
        (lambda x: x.graph.cast(x.graph.argmax(x), float), "argmax"),
        (lambda x: x.graph.mean(x.graph.equal(x, 1)), "equal"),
        (lambda x: x.graph.assign(x, x * 2), "assign"),
        (lambda x: x.graph.one_hot(x.graph.argmax(x), 3), "one_hot"),
        (lambda x: x.graph.cast(x.graph.cast(x, int), float), "cast"),
        (lambda x: x * x.graph.cast(x > 0, float), "greater"),
    ],
)
def test_a_gradient_through_what_has_none(graph, build, kind):
    x = graph.variable([1.0, 2.0])
    y = build(x)
    with refused(
        ValueError, f"made by {kind} at ", "test_gradients.py:", "no derivative"
    ):
        graph.gradients(y, [x])


def test_stop_gradient_is_the_way_out(graph):
    x = graph.variable([1.0, -2.0])
    y = x * graph.stop_gradient(graph.cast(x > 0, float))
    np.testing.assert_array_equal(
        Session(graph).run(graph.gradients(y, [x]))[0], [1, 0]
    )


def test_a_gradient_by_what_is_no_list_of_floating_tensors(graph):
    x = graph.variable(1.0, name="x")
    with refused(TypeError, "a list of tensors, got Tensor"):
        graph.gradients(x * 2, x)
    with refused(TypeError, "by tensors, got float 1.0"):
        graph.gradients(x * 2, [1.0])
    whole = graph.placeholder(dtype=int, name="n")
    with refused(ValueError, "'n'", "not of floating point"):
        graph.gradients(x * 2, [whole])


def test_a_gradient_of_another_number_of_shares(graph):
    class BadOp(BaseOp):
        def compute(self, np, a, b):
            return a + b

        def gradient(self, grad):
            return [grad]

    x = graph.variable(1.0)
    with refused(ValueError, "the gradient of bad must be a list of 2"):
        graph.gradients(BadOp([x, x], graph).output, [x])


def test_a_gradient_of_another_shape(graph):
    class WideOp(BaseOp):
        def compute(self, np, x):
            return x

        def infer_shape(self, x):
            return x

        def gradient(self, grad):
            return [self.graph.concat([grad, grad])]

    x = graph.variable([1.0, 2.0, 3.0], name="x")
    with refused(ValueError, "does not fit the shape of", "'x'"):
        graph.gradients(WideOp([x], graph).output, [x])
