"""Types: of data, of what is computed, of gradients, and of what is fed."""

import numpy as np
import pytest
from check import refused

from graph import Graph
from session import Session


def test_data_takes_the_type_of_the_graph(graph):
    assert graph.constant([1, 2]).dtype == float
    assert Graph(np.float32).constant([1, 2]).dtype == np.float32
    assert graph.constant([True]).dtype == bool
    assert graph.constant([1, 2], dtype=int).dtype == int


def test_integer_data_is_floating_point(graph):
    w = graph.variable(np.array([1, 2]))
    update = graph.assign(w, w * 0.5)
    session = Session(graph)
    session.run(update)
    np.testing.assert_array_equal(session.run(w), [0.5, 1])
    x = graph.placeholder()
    fed = session.run(graph.sigmoid(x), {x: np.array(3, dtype=np.uint8)})
    assert fed == pytest.approx(0.95257412682)


def test_a_number_takes_the_type_of_the_tensor_it_meets():
    graph = Graph()
    single = graph.placeholder((), np.float32)
    whole = graph.placeholder((), int)
    assert (single * 2.5).dtype == np.float32
    assert (whole * 2).dtype == int
    assert (whole * 2.5).dtype == float
    assert (2 / whole).dtype == float


def test_a_shape_does_not_say_of_what_type_data_are(graph):
    assert graph.reshape([1, 2, 3, 4], (2, 2)).dtype == float
    assert graph.broadcast_to(1, (2,)).dtype == float
    assert graph.tile([1, 2], (2,)).dtype == float
    assert graph.gather([1, 2], [0]).dtype == float


def test_float32_stays_float32_through_a_training_step():
    graph = Graph(np.float32)
    x = graph.placeholder((None, 2))
    w = graph.variable(np.ones((2, 3)))
    loss = graph.softmax_cross_entropy(graph.relu(x @ w), graph.one_hot([0, 2], 3))
    (gradient,) = graph.gradients(loss, [w])
    assert loss.dtype == gradient.dtype == np.float32
    values = Session(graph).run([loss, gradient], {x: [[1, 2], [3, 4]]})
    assert [value.dtype for value in values] == [np.float32, np.float32]


def test_each_gradient_has_the_type_of_its_tensor():
    graph = Graph(np.float32)
    x = graph.variable([1.0, 2.0])
    losses = [
        graph.max(x),
        graph.sigmoid_cross_entropy(x, graph.constant([1, 0], dtype=int)),
        graph.softmax_cross_entropy(x, np.array([0.5, 0.5])),
        graph.sum(graph.cast(x, "float64")),
    ]
    for loss in losses:
        (gradient,) = graph.gradients(loss, [x])
        assert gradient.dtype == np.float32
        assert Session(graph).run(gradient).dtype == np.float32


def test_a_mean_of_truth_values_is_the_share_of_true_ones(graph):
    accuracy = graph.mean(graph.equal([1, 2, 3, 4], [1, 2, 0, 4]))
    assert Session(graph).run(accuracy) == 0.75


def test_a_sum_of_small_integers_has_the_type_that_numpy_gives_it(graph):
    x = graph.constant([100, 100, 100], dtype=np.int8)
    total = graph.sum(x)
    assert total.dtype == np.int64
    assert Session(graph).run(total) == 300


def test_a_feed_is_converted_to_the_type_of_its_tensor():
    graph = Graph(np.float32)
    x, labels = graph.placeholder(), graph.placeholder(dtype=int)
    session = Session(graph)
    assert session.run(x, {x: [1, 2]}).dtype == np.float32
    assert session.run(labels, {labels: [1.0, 2.0]}).dtype == int


def test_a_variable_keeps_its_type():
    graph = Graph(np.float32)
    w = graph.variable([1.0])
    session = Session(graph)
    session.run(graph.assign(w, graph.constant([2.0], dtype="float64")))
    assert session.run(w).dtype == np.float32


# What does not fit


def test_a_fraction_is_not_assigned_to_an_integer(graph):
    count = graph.variable(0, name="count", dtype=int)
    with pytest.raises(TypeError, match=r"cannot assign .* to .*'count'"):
        graph.assign(count, count + 0.5)
    assert Session(graph).run(graph.assign(count, count + 1)) == 1


def test_a_feed_that_does_not_survive_its_type(graph):
    x = graph.placeholder(dtype=int, name="x")
    with refused(TypeError, "feed of 'x'", "int64", "float64"):
        Session(graph).run(x, {x: 1.5})


def test_a_feed_that_overflows_its_type(graph):
    x = graph.placeholder(dtype=np.int8, name="x")
    with refused(TypeError, "feed of 'x'", "int8"):
        Session(graph).run(x, {x: 300})


def test_a_type_that_has_no_numbers(graph):
    for make in (
        lambda: Graph(str),
        lambda: graph.placeholder(dtype=object),
        lambda: graph.cast(graph.constant(1), complex),
    ):
        with refused(TypeError, "expected a type of real numbers or truth values"):
            make()


@pytest.mark.parametrize("dtype", [int, bool])
def test_the_type_of_a_graph_is_one_of_floating_point(dtype):
    with refused(TypeError, "floating point, got", np.dtype(dtype).name):
        Graph(dtype)


def test_a_cast_to_the_same_type_has_the_name_that_it_is_given(graph):
    x = graph.variable(1.0, name="x")
    assert graph.cast(x, float) is x
    assert graph.cast(x, float, name="y").name == "y"


@pytest.mark.parametrize("number", [2**63 - 1, -(2**63)])
def test_a_program_has_any_integer_as_a_number(graph, number):
    n = graph.placeholder((), dtype=int)
    assert Session(graph).run(graph.maximum(n, number), {n: 3}) == max(3, number)
