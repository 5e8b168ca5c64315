"""Buffers: memory that is written again and again, and never by mistake."""

import functools
import threading

import numpy as np
import pytest

from compiler.buffers import SIZES_KEPT, Buffered, Place, assign_buffers, written
from graph import Graph
from ops import BaseOp, ElementwiseOp
from session import Interpreter, Session

Buffering = functools.partial(Session, executor=Buffered)


def network(rows=None):
    """A graph, its placeholder, and what a step of training fetches."""
    graph = Graph()
    x = graph.placeholder((rows, 3), name="x")
    weights = graph.variable(np.linspace(-1, 1, 12).reshape(3, 4), name="weights")
    hidden = graph.tanh(x @ weights * 0.5, name="hidden")
    loss = graph.mean(graph.square(hidden), name="loss")
    (slope,) = graph.gradients(loss, [weights])
    step = graph.assign(weights, weights - 0.1 * slope, name="step")
    return x, [loss, hidden, slope, step]


def batch(rows, seed=0):
    return np.random.default_rng(seed).normal(size=(rows, 3))


def writes(fetch, feeds=None):
    """The executed lines that write into memory of ours."""
    program = Buffering(fetch.graph).program(fetch, feeds)
    return [line.strip() for line in program.executed.splitlines() if "out[" in line]


# Which values get a place


def test_what_is_fetched_or_assigned_gets_none(graph):
    w = graph.variable([1.0, 2.0], name="w")
    y = graph.tanh(w, name="y")
    assert writes([y, graph.assign(w, y * 2)][0]) == []
    program = Buffering(graph).program([graph.assign(w, graph.exp(w) * 2)])
    assert program.executed.count("out[") == 1


def test_a_fetched_view_is_a_copy(graph):
    x = graph.placeholder((2, 3), name="x")
    session = Buffering(graph)
    y = graph.transpose(graph.tanh(x))
    first = session.run(y, {x: np.zeros((2, 3))})
    session.run(y, {x: np.ones((2, 3))})
    np.testing.assert_array_equal(first, np.zeros((3, 2)))


def test_a_view_keeps_a_value_as_long_as_it_is_used(graph):
    w = graph.variable(np.arange(4.0).reshape(2, 2), name="w")
    a = graph.tanh(w)
    turned = graph.transpose(a)
    b = graph.exp(w)
    c = b * b + b
    y = graph.sum(turned * c)
    one, other = Buffering(graph).run(y), Session(graph, executor=Interpreter).run(y)
    assert one == other


@pytest.mark.parametrize("view", [False, True])
def test_your_own_operation_may_keep_what_it_gets(graph, view):
    kept = []

    class Keeping(ElementwiseOp):
        def compute(self, np, x):
            kept.append(x)
            return x + 1

    x = graph.placeholder((2, 1), name="x")
    given = graph.tanh(x)
    given = graph.transpose(given) if view else given
    y = graph.sum(Keeping([given], graph).output)
    session = Buffering(graph)
    session.run(y, {x: [[0.0], [0.0]]})
    session.run(y, {x: [[1.0], [1.0]]})
    assert not kept[0].any()


def test_what_a_view_is_of_is_not_overwritten_step_by_step(graph, monkeypatch):
    class MixOp(BaseOp):
        elementwise = True

        def compute(self, np, a, b):
            return np.exp(-a) + b

    # Only an operation of the framework is computed in its operand.
    monkeypatch.setattr(MixOp, "__module__", "ops")
    x = graph.placeholder((2, 2), name="x")
    a = graph.tanh(x)
    y = graph.sum(graph.square(MixOp([a, graph.transpose(a)], graph).output))
    feeds = {x: np.arange(4.0).reshape(2, 2)}
    expected = Session(graph, executor=Interpreter).run(y, feeds)
    assert Buffering(graph).run(y, feeds) == expected


def test_an_unknown_rank_gets_none(graph):
    x = graph.placeholder(None, name="x")
    assert writes(graph.sum(graph.tanh(x)), [x]) == []


# The text


def test_a_value_is_written_over_an_operand_that_nothing_reads_any_more(graph):
    x = graph.placeholder((8,), name="x")
    y = x
    for _ in range(10):
        y = graph.tanh(y) * x
    y = graph.sum(y)
    program = Buffering(graph).program(y, [x])
    _, buffers = assign_buffers(program.places)
    assert buffers == [64]


def test_steps_of_one_expression_share_a_place(graph):
    x = graph.placeholder((8,), name="x")
    y = graph.sum(graph.sigmoid(x, name="y"))
    assert writes(y, [x]) == [
        "y = np.divide(_1, np.add(_1, np.exp(np.negative(x, out[0]), out[0]), out[0]), "
        "out[0])"
    ]


def test_what_is_read_after_the_place_is_written_is_not_first():
    # np.add(np.exp(a), a): the outer step reads a again.
    assert written(("np.exp(", 0, ") + ", 0), True).first == frozenset()
    assert written(("np.exp(", 0, ") + ", 1), True).first == {0}


# Whose buffer


def place(start, end, size, over=()):
    return Place("", (size,), np.dtype("float64"), start, end, list(over))


def test_a_buffer_is_free_after_its_last_use():
    places = {"a": place(0, 1, 4), "b": place(1, 2, 4), "c": place(2, 3, 4)}
    # b is computed from a, so they must not share; c may take a's.
    given, buffers = assign_buffers(places)
    assert given == {"a": 0, "b": 1, "c": 0}
    assert buffers == [32, 32]


def test_the_smallest_buffer_that_fits_is_taken():
    places = {
        "large": place(0, 1, 100),
        "small": place(0, 1, 10),
        "next": place(2, 3, 8),
    }
    given, _ = assign_buffers(places)
    assert given["next"] == given["small"]


def test_one_that_is_too_small_is_not_taken():
    given, buffers = assign_buffers({"a": place(0, 1, 4), "b": place(2, 3, 5)})
    assert given == {"a": 0, "b": 1}
    assert buffers == [32, 40]


def test_an_unknown_size_is_what_the_feed_says():
    x, fetches = network()
    program = Buffering(x.graph).program(fetches, {x: None})
    (size,) = {s for p in program.places.values() for s in p.dims if s not in (3, 4, 1)}
    small = sum(assign_buffers(program.places, {size: 2})[1])
    large = sum(assign_buffers(program.places, {size: 200})[1])
    assert small < large < 100 * small + 1000


# Runs


@pytest.mark.parametrize("rows", [None, 5])
def test_runs_agree_to_the_bit_with_the_interpreter(rows):
    x, fetches = network(rows)
    one = Buffering(x.graph)
    other = Session(x.graph, executor=Interpreter)
    for seed in range(4):
        feeds = {x: batch(5, seed)}
        for a, b in zip(one.run(fetches, feeds), other.run(fetches, feeds)):
            np.testing.assert_array_equal(a, b)


def test_a_result_is_never_written_again():
    x, fetches = network()
    session = Buffering(x.graph)
    seen = []
    for seed in range(5):
        values = session.run(fetches, {x: batch(4, seed)})
        seen.append((values, [np.array(value) for value in values]))
    for values, copies in seen:
        for value, copy in zip(values, copies):
            np.testing.assert_array_equal(value, copy)


def test_a_result_shares_no_memory_with_a_buffer():
    x, fetches = network(4)
    kept = []

    class Spying(Buffered):
        def made(self, function, fast):
            def spied(state, feeds, out):
                kept.append(out)
                return function(state, feeds, out)

            return super().made(spied, fast)

    session = Session(x.graph, executor=Spying)
    values = [*session.run(fetches, {x: batch(4)}), *session.state.values()]
    assert kept[0]
    assert not any(np.shares_memory(a, b) for a in values for b in kept[0])
    session.run(fetches, {x: batch(4)})
    assert kept[0] is kept[1]


def test_batches_of_several_sizes_keep_their_buffers():
    x, fetches = network()
    one = Buffering(x.graph)
    other = Session(x.graph, executor=Interpreter)
    for rows in [*range(1, 2 * SIZES_KEPT), 3, 1, 3]:
        feeds = {x: batch(rows)}
        for a, b in zip(one.run(fetches[1:], feeds), other.run(fetches[1:], feeds)):
            np.testing.assert_array_equal(a, b)


def test_a_run_that_fails_leaves_the_state_and_the_next_run_is_right():
    graph = Graph()
    x, z = graph.placeholder((2,), name="x"), graph.placeholder(None, name="z")
    total = graph.variable([1.0, 2.0], name="total")
    grown = graph.assign(total, graph.exp(total) * 2 + x)
    fetches = [grown, graph.sum(graph.tanh(x) * 3 + z)]
    session = Buffering(graph)
    before = session.run(total)
    for _ in range(2):
        with pytest.raises(ValueError, match="broadcast"):
            session.run(fetches, {x: [1, 1], z: np.ones(3)})
    np.testing.assert_array_equal(session.run(total), before)
    other = Session(graph, executor=Interpreter)
    feeds = {x: [1, 1], z: np.ones(2)}
    for a, b in zip(session.run(fetches, feeds), other.run(fetches, feeds)):
        np.testing.assert_array_equal(a, b)


def test_two_threads_do_not_share_them():
    graph = Graph()
    x = graph.placeholder((300, 300), name="x")
    y = x
    for _ in range(6):
        y = graph.tanh(y @ x * 0.01)
    program = Buffering(graph).program([graph.sum(y)], {x: None})
    inputs = [np.full((300, 300), value) for value in (0.1, 0.2)]
    expected = [program([], [value])[0][0] for value in inputs]
    assert expected[0] != expected[1]
    got = [[], []]

    def work(i):
        for _ in range(20):
            got[i].append(program([], [inputs[i]])[0][0])

    threads = [threading.Thread(target=work, args=(i,)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [[expected[0]] * 20, [expected[1]] * 20]


def test_many_steps_in_one_call_use_them():
    x, fetches = network(4)
    session, other = Buffering(x.graph), Session(x.graph)
    feeds = {x: batch(4)}
    one = session.run(fetches, feeds, steps=20)
    for a, b in zip(one, other.run(fetches, feeds, steps=20)):
        np.testing.assert_array_equal(a, b)


def test_the_heart_of_a_program_needs_no_other_memory():
    x, fetches = network(4)
    program = Buffering(x.graph).program(fetches[0], {x: None})
    given, buffers = assign_buffers(program.places)
    every = sum(8 * int(np.prod(place.dims)) for place in program.places.values())
    assert len(given) == len(program.places)
    assert sum(buffers) < every
