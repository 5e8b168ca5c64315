"""Callables: a request that is made once, and values that are checked each time."""

import numpy as np
import pytest
from check import refused

import tf
from graph import Graph
from session import Session


@pytest.fixture
def xy(graph):
    return graph.placeholder((), name="x"), graph.placeholder((2,), name="y")


def test_it_takes_values_in_the_order_of_feed_list(graph, xy):
    x, y = xy
    call = Session(graph).make_callable(y - x, [y, x])
    np.testing.assert_array_equal(call([5.0, 6.0], 1.0), [4, 5])


def test_its_answer_has_the_form_of_its_fetches(graph):
    a, b = graph.constant(1), graph.constant(2)
    session = Session(graph)
    for fetches, answer in [
        (a, 1),
        ([a, b], [1, 2]),
        ((a, [b]), (1, [2])),
        ({"b": b}, {"b": 2}),
        ([[a], b], [[1], 2]),
        ([], []),
    ]:
        assert session.make_callable(fetches)() == answer


def test_a_list_that_changes_later_changes_nothing(graph, xy):
    fetches, feed_list = [xy[0] + 1], [xy[0]]
    call = Session(graph).make_callable(fetches, feed_list)
    fetches.append(xy[0])
    feed_list.clear()
    assert call(1.0) == [2]


def test_what_is_fed_is_checked_in_each_call(graph, xy):
    call = Session(graph).make_callable(xy[1] * 2, [xy[1]])
    call([1.0, 2.0])
    with refused(ValueError, "shape (3,)", "'y'", "(2,)"):
        call([1.0, 2.0, 3.0])
    with refused((TypeError, ValueError), "y"):
        call(["a", "b"])


def test_another_number_of_values_is_refused(graph, xy):
    session = Session(graph)
    with refused(TypeError, "values to feed: expected 2 (x, y), got 1"):
        session.make_callable(xy[0] + xy[1], xy)(1.0)
    with refused(TypeError, "values to feed: expected 0 (none), got 1"):
        session.make_callable(graph.constant(1))(1.0)


def test_a_request_is_checked_when_the_callable_is_made(graph, xy):
    session = Session(graph)
    with refused(TypeError, "feed_list is a list", "dict"):
        session.make_callable(xy[0], {xy[0]: 1.0})
    with refused(ValueError, "'x' is in feed_list twice"):
        session.make_callable(xy[0], [xy[0], xy[0]])
    with refused(ValueError, "not an element of this graph"):
        session.make_callable(Graph().constant(1))
    with refused(ValueError, "You must feed", "'x'"):
        session.make_callable(xy[0] + 1)()


def test_a_call_that_fails_changes_no_variable(graph):
    x = graph.placeholder(None, name="x")
    total = graph.variable(np.zeros(2), name="total")
    grown = graph.assign(total, total + 1)
    session = Session(graph)
    call = session.make_callable([grown, x @ graph.constant(np.ones((2, 2)))], [x])
    with pytest.raises(ValueError, match="matmul"):
        call(np.ones((3, 3)))
    np.testing.assert_array_equal(session.run(total), [0, 0])


def test_it_shares_the_state_of_its_session(graph):
    total = graph.variable(0.0)
    session = Session(graph)
    call = session.make_callable(graph.assign(total, total + 1))
    assert [call(), session.run(total), call()] == [1, 1, 2]
    session.state[total] = 10.0
    assert call() == 11


def test_tf_takes_names_and_closes():
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [2], name="x")
        tf.multiply(x, 2, name="y")
        session = tf.Session()
        call = session.make_callable("y:0", ["x:0"])
        np.testing.assert_array_equal(call([1, 2]), [2, 4])
        with pytest.raises(tf.errors.InvalidArgumentError, match="Cannot feed"):
            call([1, 2, 3])
        session.close()
        with pytest.raises(RuntimeError, match="closed"):
            call([1, 2])
