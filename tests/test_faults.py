"""The faults of the two systems that this descends from; here they are not."""

import numpy as np
import pytest

from graph import Graph
from ops import BaseOp
from session import Session
from train import GradientDescentOptimizer


@pytest.fixture
def graph():
    return Graph()


def run(tensors, feeds=None):
    graph = (tensors[0] if isinstance(tensors, list) else tensors).graph
    return Session(graph).run(tensors, feeds)


# TensorSlow


def test_a_skip_connection_has_its_gradient(graph):
    a = graph.variable(0.3)
    s = graph.sigmoid
    y = a + s(s(a))
    inner = 1 / (1 + np.exp(-0.3))
    outer = 1 / (1 + np.exp(-inner))
    expected = 1 + outer * (1 - outer) * inner * (1 - inner)
    np.testing.assert_allclose(run(graph.gradients(y, [a]))[0], expected)


def test_a_consumer_off_the_path_does_not_matter(graph):
    a = graph.variable(3.0)
    loss = graph.square(a)
    graph.equal(a, 3)
    graph.exp(a)
    assert run(graph.gradients(loss, [a])) == [6.0]


def test_a_tensor_used_twice_has_both_shares(graph):
    m = graph.variable([[1, 2], [3, 4]])
    (gradient,) = graph.gradients(graph.sum(m @ m), [m])
    np.testing.assert_array_equal(run(gradient), [[7, 11], [9, 13]])


def test_the_gradient_of_a_matrix_times_a_vector(graph):
    w = graph.variable(np.ones((2, 2)))
    (gradient,) = graph.gradients(graph.sum(w @ [1, 2]), [w])
    np.testing.assert_array_equal(run(gradient), [[1, 2], [1, 2]])


def test_a_perceptron_with_a_scalar_bias_trains(graph):
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(-2, 1, (50, 2)), rng.normal(2, 1, (50, 2))])
    labels = np.repeat([0.0, 1.0], 50)
    w, b = graph.variable([0.1, -0.1]), graph.variable(0.0)
    logits = graph.constant(points) @ w + b
    loss = graph.sigmoid_cross_entropy(logits, labels)
    update = GradientDescentOptimizer(0.5).minimize(loss)
    session = Session(graph)
    first = session.run(loss)
    for _ in range(100):
        session.run(update)
    assert session.run(loss) < first / 5
    assert session.run(b).shape == ()
    assert np.mean((session.run(logits) > 0) == labels) > 0.95


def test_a_broadcast_parameter_keeps_its_shape_in_training(graph):
    w = graph.variable([1.0, 2.0, 3.0])
    loss = graph.sum(w * np.ones((4, 3)))
    update = GradientDescentOptimizer(0.1).minimize(loss)
    session = Session(graph)
    for _ in range(3):
        session.run(update)
    np.testing.assert_allclose(session.run(w), np.array([1, 2, 3]) - 3 * 0.1 * 4)


def test_a_validation_loss_in_between_does_not_train_on_its_data(graph):
    x, w = graph.placeholder(), graph.variable(1.0)
    loss = graph.square(w - x)
    update = GradientDescentOptimizer(0.5).minimize(loss)
    session = Session(graph)
    session.run(loss, {x: 100.0})
    session.run(update, {x: 5.0})
    assert session.run(w) == 5.0


def test_an_update_changes_neither_the_callers_array_nor_other_sessions(graph):
    mine = np.array([1.0, 2.0])
    w = graph.variable(mine)
    update = graph.assign(w, w - 1)
    one, other = Session(graph), Session(graph)
    before = one.run(w)
    one.run(update)
    np.testing.assert_array_equal(mine, [1, 2])
    np.testing.assert_array_equal(before, [1, 2])
    np.testing.assert_array_equal(other.run(w), [1, 2])
    mine[0] = 99
    np.testing.assert_array_equal(Session(graph).run(w), [1, 2])


def test_integer_data_is_floating_point(graph):
    w = graph.variable(np.array([1, 2]))
    update = graph.assign(w, w * 0.5)
    session = Session(graph)
    session.run(update)
    np.testing.assert_array_equal(session.run(w), [0.5, 1])
    x = graph.placeholder()
    fed = session.run(graph.sigmoid(x), {x: np.array(3, dtype=np.uint8)})
    assert fed == pytest.approx(0.95257412682)


def test_a_softmax_of_large_numbers_is_a_number(graph):
    np.testing.assert_array_equal(run(graph.softmax([1000, 0, -1000])), [1, 0, 0])


def test_the_cross_entropy_of_a_perfect_prediction_is_zero(graph):
    logits = graph.variable([[1000.0, 0], [0, 1000.0]])
    loss = graph.softmax_cross_entropy(logits, [[1, 0], [0, 1]])
    value, gradient = run([loss, *graph.gradients(loss, [logits])])
    assert value == 0
    np.testing.assert_array_equal(gradient, np.zeros((2, 2)))


def test_a_loss_does_not_grow_with_the_number_of_examples(graph):
    few = graph.softmax_cross_entropy([[1.0, 2.0]], [[1, 0]])
    many = graph.softmax_cross_entropy([[1.0, 2.0]] * 4000, [[1, 0]] * 4000)
    a, b = run([few, many])
    assert a == pytest.approx(b)


def test_a_ladder_of_diamonds_takes_a_line_for_each_operation(graph):
    y = graph.variable(1.0)
    for _ in range(1000):
        y = graph.tanh(y) + graph.sigmoid(y)
    assert Session(graph).program(y).source.count("\n") < 3100
    assert np.isfinite(run(y))


def test_a_chain_of_100000_operations_runs_and_has_a_gradient(graph):
    x = graph.variable(0.0)
    y = x
    for _ in range(100_000):
        y = y + 1
    assert run([y, *graph.gradients(y, [x])]) == [100_000, 1]


def test_a_variable_can_be_fed(graph):
    w = graph.variable(1.0)
    session = Session(graph)
    assert session.run(w * 2, {w: 10.0}) == 20
    assert session.run(w * 2) == 2


def test_tuples_and_lists_are_vectors(graph):
    a = graph.constant((1, 2))
    np.testing.assert_array_equal(run(a + (3, 4)), [4, 6])
    np.testing.assert_array_equal(run([3, 4] + a), [4, 6])


def test_a_readers_own_operation_works_from_anywhere(graph):
    class CubeOp(BaseOp):
        def compute(self, np, x):
            return x * x * x

        def gradient(self, grad):
            (x,) = self.inputs
            return [grad * 3 * x * x]

    x = graph.variable([1.0, 2.0])
    y = CubeOp([x], graph).output
    first = graph.gradients(y, [x])
    second = graph.gradients(first[0], [x])
    values = run([y, *first, *second])
    np.testing.assert_array_equal(values, [[1, 8], [3, 12], [6, 12]])


def test_two_graphs_do_not_mix(graph):
    with pytest.raises(ValueError, match="another graph"):
        graph.constant(1) + Graph().constant(2)


def test_operations_share_no_list_of_inputs(graph):
    a = graph.random_normal(())
    b = graph.random_normal(())
    assert a.op.inputs is not b.op.inputs


# differentiation


def test_the_gradient_of_a_mean_is_that_of_the_sum_divided(graph):
    c = graph.constant([[1, 2], [3, 4]])
    b = graph.variable([[5, 6], [7, 8]])
    (by_c,) = graph.gradients(graph.mean(c @ b), [c])
    (by_b,) = graph.gradients(graph.mean(c @ b), [b])
    np.testing.assert_array_equal(run(by_c), [[2.75, 3.75], [2.75, 3.75]])
    np.testing.assert_array_equal(run(by_b), [[1, 1], [1.5, 1.5]])


def test_the_gradient_of_a_matrix_is_that_of_its_sum(graph):
    x = graph.variable([[1.0, 2.0], [3.0, 4.0]])
    (gradient,) = graph.gradients(graph.square(x), [x])
    np.testing.assert_array_equal(run(gradient), [[2, 4], [6, 8]])


def test_a_bias_has_one_gradient_for_all_examples(graph):
    bias = graph.variable(np.zeros(4))
    (gradient,) = graph.gradients(graph.ones_like(np.ones((8, 4))) + bias, [bias])
    np.testing.assert_array_equal(run(gradient), [8, 8, 8, 8])


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


def test_an_x_without_influence_has_zeros(graph):
    x, z = graph.variable([[1.0, 2.0]]), graph.variable(3.0)
    np.testing.assert_array_equal(run(graph.gradients(z * 2, [x]))[0], [[0, 0]])


def test_the_gradient_of_a_tensor_by_itself_is_ones(graph):
    x = graph.variable([1.0, 2.0])
    y = x * 2
    for tensor in (x, y):
        np.testing.assert_array_equal(run(graph.gradients(tensor, [tensor]))[0], [1, 1])


def test_the_second_derivative_of_a_linear_function_is_zero(graph):
    x = graph.variable(2.0)
    (first,) = graph.gradients(3 * x, [x])
    assert run(graph.gradients(first, [x])) == [0]


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


def test_an_integer_can_be_assigned(graph):
    a = graph.tensor(2.0)
    session = Session(graph)
    assert session.run(graph.assign(a, 5)) == 5
    assert session.run(a) == 5


def test_a_tensor_without_a_value_can_be_assigned_one(graph):
    a = graph.tensor()
    session = Session(graph)
    session.run(graph.assign(a, 5.0))
    assert session.run(a * 2) == 10


def test_a_computed_tensor_cannot_be_assigned(graph):
    with pytest.raises(ValueError, match="not a variable"):
        graph.assign(graph.constant(1) + 1, 5)


def test_a_fed_value_is_gone_after_the_run(graph):
    a = graph.tensor()
    session = Session(graph)
    session.run(a, {a: 1.0})
    with pytest.raises(ValueError, match="feed"):
        session.run(a)


def test_a_fetched_array_is_not_the_state(graph):
    w = graph.variable([1.0, 2.0])
    update = graph.assign(w, w + 1)
    session = Session(graph)
    for tensor in (w, update, w.graph.transpose(w), w[:1]):
        value = session.run(tensor)
        value[:] = 99
    assert 99 not in session.run(w)


def test_sigmoid_is_silent_far_out(graph):
    values = run(graph.sigmoid([-1e4, -1000, 0, 1000, 1e4]))
    np.testing.assert_array_equal(values, [0, 0, 0.5, 1, 1])
