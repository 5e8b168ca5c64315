"""The text that is executed: what the reader's says, as NumPy takes it fastest."""

import contextvars

import numpy as np
import pytest

from graph import Graph
from ops import ElementwiseOp
from session import Session


def texts(fetch, feeds=None):
    """The lines that differ, as (the reader's, the executed one)."""
    program = Session(fetch.graph).program(fetch, feeds)
    lines = program.source.splitlines(), program.executed.splitlines()
    assert len(lines[0]) == len(lines[1])
    return [(a.strip(), b.strip()) for a, b in zip(*lines) if a != b]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_number_beside_an_array_of_floats_is_an_array(dtype):
    graph = Graph(np.dtype(dtype))
    x = graph.placeholder((3,), name="x")
    y = graph.mul(graph.constant(0.5), x, name="y")
    assert texts(y, [x]) == [("y = 0.5 * x", "y = _0_5 * x")]
    session = Session(graph)
    value = session.run(y, {x: [1, 2, 3]})
    assert value.dtype == dtype
    np.testing.assert_array_equal(value, [0.5, 1, 1.5])


def test_a_sum_is_the_reduction_that_it_calls(graph):
    x = graph.placeholder((3, 4), name="x")
    y = graph.sum(x, axis=1, name="y")
    assert texts(y, [x]) == [("y = x.sum(axis=1)", "y = np.add.reduce(x, axis=1)")]
    z = graph.max(x, axis=0, name="z")
    assert texts(z, [x])[0][1] == "z = np.maximum.reduce(x, axis=0)"


def test_numbers_within_an_expression_are_arrays_too(graph):
    x = graph.placeholder((3,), name="x")
    y = graph.sigmoid(x, name="y")
    assert texts(y, [x]) == [("y = 1 / (1 + np.exp(-x))", "y = _1 / (_1 + np.exp(-x))")]


def test_an_exponent_stays_a_number(graph):
    x = graph.placeholder((3,), name="x")
    assert texts(graph.pow(x, 3.0), [x]) == []


@pytest.mark.parametrize("dtype", ["int64", "bool"])
def test_only_floats_are_replaced(graph, dtype):
    x = graph.placeholder((3,), dtype=dtype, name="x")
    y = graph.cast(x, "int64") * 2
    assert texts(y, [x]) == []


def test_between_two_numbers_nothing_is_replaced(graph):
    x = graph.placeholder((), name="x")
    assert texts(x * 0.5, [x]) == []


def test_types_that_differ_stay_as_they_are(graph):
    x = graph.placeholder((3,), dtype="float32", name="x")
    y = graph.where(graph.greater(x, 0), x, 0.5)
    assert all("_0_5" not in executed for _, executed in texts(y, [x]))


def test_nothing_that_depends_on_your_own_operation_is_replaced(graph):
    class Widened(ElementwiseOp):
        def compute(self, np, x):
            return x.astype(np.float64)

    x = graph.placeholder((3,), dtype="float32", name="x")
    y = Widened([x], graph).output * 0.1
    assert texts(y, [x]) == []


def test_a_name_of_yours_is_not_taken(graph):
    x = graph.placeholder((3,), name="x")
    half = graph.mul(x, x, name="_0_5")
    y = graph.mul(half, graph.constant(0.5), name="y")
    program = Session(graph).program([half, y], [x])
    (value, _) = program([], [np.ones(3)])
    np.testing.assert_array_equal(value, [[1, 1, 1], [0.5, 0.5, 0.5]])


def test_an_error_shows_the_line_that_a_reader_knows(graph):
    x = graph.placeholder(None, name="x")
    y = graph.add(x, graph.placeholder(None, name="z"), name="y") * 0.5
    session = Session(graph)
    with pytest.raises(ValueError, match="broadcast") as caught:
        session.run(y, {x: np.ones(2), graph.tensors[1]: np.ones(3)})
    assert "y" in caught.value.__notes__[0]


# NumPy's warnings


def test_overflow_is_silent_only_inside(graph):
    x = graph.placeholder((1,), name="x")
    session = Session(graph)
    y = graph.sigmoid(x)
    for _ in range(2):
        with np.errstate(all="raise"):
            assert session.run(y, {x: [-1000.0]}) == 0
            with pytest.raises(FloatingPointError):
                np.exp(np.float64(1000))


def test_a_change_of_numpys_settings_between_runs_counts(graph):
    x = graph.placeholder((1,), name="x")
    y = graph.sigmoid(x) + graph.log(x)
    session = Session(graph)
    with np.errstate(divide="ignore"):
        assert session.run(y, {x: [0.0]}) == -np.inf
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
        session.run(y, {x: [0.0]})
    with np.errstate(divide="ignore"):
        assert session.run(y, {x: [0.0]}) == -np.inf


def test_your_own_operation_sees_the_context_around_the_run(graph):
    counter = contextvars.ContextVar("counter", default=0)

    class Counted(ElementwiseOp):
        def compute(self, np, x):
            counter.set(counter.get() + 1)
            return np.array(x)

    y = graph.sigmoid(Counted([graph.variable([1.0])], graph).output)
    session = Session(graph)
    session.run(y)
    session.run(y)
    assert counter.get() == 2


def test_a_context_that_cannot_be_compared_does_no_harm(graph):
    held = contextvars.ContextVar("held")
    session = Session(graph)
    y = graph.sigmoid(graph.constant([-1000.0]) + graph.variable([0.0]))
    for _ in range(2):
        held.set(np.zeros(3))
        assert session.run(y) == 0
