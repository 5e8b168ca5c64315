"""Loops that a run decides: `while_loop`."""

import numpy as np
import pytest
from check import refused, run

from session import Interpreter, Session

A, W = np.array([1.0, -2.0]), np.array(0.7)


def differences(session, y, xs, feeds):
    """The derivatives of y with respect to variables, numerically."""
    for x in xs:
        at = np.asarray(x.initial_value)
        found = np.zeros(at.shape)
        for i in np.ndindex(at.shape):
            for h in (1e-5, -1e-5):
                moved = at.copy()
                moved[i] += h
                found[i] += session.run(y, {**feeds, x: moved}) / (2 * h)
        yield found


def check(y, xs, feeds, second=False):
    graph = y.graph
    first = graph.gradients(y, xs)
    pairs = [(y, first)]
    if second:
        z = graph.sum(graph.square(first[0])) + graph.sum(first[-1])
        pairs.append((z, graph.gradients(z, xs)))
    for executor in (None, Interpreter):
        session = Session(graph, executor=executor)
        for value, gradients in pairs:
            got = session.run(gradients, feeds)
            for one, other in zip(got, differences(session, value, xs, feeds)):
                np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-6)


@pytest.fixture
def parts(graph):
    n = graph.placeholder((), int, name="n")
    return graph, graph.variable(A, name="x"), graph.variable(W, name="w"), n


def rounds_of(graph, x, w, condition):
    def body(i, a, b):
        return i + 1, graph.sin(a * w) + b, b * 0.5 + graph.sum(a)

    # The last variable starts at something that depends on w.
    _, a, b = graph.while_loop(condition, body, [0, x, w * 1.0])
    return graph.sum(a) + b


@pytest.mark.parametrize("rounds", [0, 1, 4])
def test_a_loop_as_long_as_a_run_says_is_differentiated(parts, rounds):
    graph, x, w, n = parts
    y = rounds_of(graph, x, w, lambda i, a, b: i < n)
    check(y, [x, w], {n: rounds})


@pytest.mark.parametrize("rounds", [0, 1, 3])
def test_a_loop_as_long_as_the_graph_says_has_all_derivatives(parts, rounds):
    graph, x, w, _ = parts
    y = rounds_of(graph, x, w, lambda i, a, b: i < rounds)
    check(y, [x, w], {}, second=True)


def test_a_loop_that_starts_twice_at_the_same_tensor(parts):
    graph, x, w, n = parts
    for limit in (n, 3):
        _, a, b = graph.while_loop(
            lambda i, a, b, limit=limit: i < limit,
            lambda i, a, b: (i + 1, a * b * w, b + x),
            [0, x, x],
        )
        check(graph.sum(a * b), [x, w], {n: 3})


def test_a_loop_that_stops_by_its_values(parts):
    graph, x, w, _ = parts
    a = graph.while_loop(
        lambda a: graph.sum(a * a) < 100, lambda a: a * 2 + w, x * w, name="grown"
    )
    check(graph.sum(a), [x, w], {})


def test_branches_in_loops_and_loops_in_branches(parts):
    graph, x, w, n = parts

    def body(i, a):
        return i + 1, graph.cond(graph.sum(a) > 0, lambda: a * w, lambda: a - w)

    def loop():
        return graph.while_loop(lambda i, a: i < n, body, [0, x])[1]

    check(graph.sum(loop() * x), [x, w], {n: 5})
    y = graph.cond(n > 2, loop, lambda: x * x)
    for rounds in (1, 5):
        check(graph.sum(y * y), [x, w], {n: rounds})


def test_a_loop_in_a_loop(parts):
    graph, x, w, n = parts

    def inner(i, a):
        return graph.while_loop(
            lambda j, b: j < i, lambda j, b: (j + 1, b * w + x), [0, a]
        )[1]

    _, a = graph.while_loop(
        lambda i, a: i < n, lambda i, a: (i + 1, inner(i, a)), [0, x]
    )
    check(graph.sum(a * a), [x, w], {n: 3})


def test_ten_thousand_rounds(parts):
    graph, _, w, n = parts
    _, total = graph.while_loop(
        lambda i, a: i < n, lambda i, a: (i + 1, a + w), [0, 0.0]
    )
    by_w = graph.gradients(total, [w])
    got = Session(graph).run([total, *by_w], {n: 10_000})
    np.testing.assert_allclose(got, [7000, 10_000])


def test_a_limit_of_rounds(parts):
    graph, x, _, n = parts
    a = graph.while_loop(lambda a: True, lambda a: 2 * a, x, maximum_iterations=n)
    assert run(a, {n: 3}).tolist() == [8, -16]
    assert run(a, {n: 0}).tolist() == [1, -2]


def test_a_shape_that_grows(parts):
    graph, x, _, _ = parts
    size = lambda a: graph.sum(graph.ones_like(a))  # noqa: E731
    a = graph.while_loop(
        lambda a: size(a) < 7, lambda a: graph.concat([a, a]), x, shapes=[(None,)]
    )
    assert a.shape == (None,) and run(a).tolist() == [1, -2] * 4


def test_random_numbers_in_a_loop(graph):
    def walk(i, at):
        return i + 1, at + graph.random_normal(())

    _, end = graph.while_loop(lambda i, at: i < 4, walk, [0, 0.0])
    one, other = (Session(graph, seed=s).run(end) for s in (1, 2))
    assert one != other and one == Session(graph, seed=1).run(end)


def test_wrong_loops_are_refused(parts):
    graph, x, w, n = parts
    more = lambda a: graph.sum(a) > 0  # noqa: E731
    with refused(TypeError, "the condition is a single truth value, got <Tensor"):
        graph.while_loop(lambda a: a, lambda a: a, x)
    with refused(TypeError, "the body returns 2 tensors for 1 loop variables"):
        graph.while_loop(more, lambda a: (a, a), x)
    with refused(TypeError, "'x' is float64 at the start, and float32 after a round"):
        graph.while_loop(more, lambda a: graph.cast(a, "float32"), x)
    with refused(ValueError, "'x' is (2,) at the start, and (4,) after", "`shapes`"):
        graph.while_loop(more, lambda a: graph.concat([a, a]), x)
    with refused(ValueError, "the body assigns a variable; make it a loop variable"):
        graph.while_loop(more, lambda a: graph.assign(w, w + 1) * a, x)
    _, a = graph.while_loop(lambda i, a: i < n, lambda i, a: (i + 1, a * a), [0, x])
    (by_x,) = graph.gradients(a, [x])
    with refused(ValueError, "second derivative only if the graph can tell how many"):
        graph.gradients(by_x, [x])


def test_an_error_in_a_loop_says_where(parts):
    graph, _, _, n = parts
    rows = graph.placeholder((None,), name="rows")
    _, a = graph.while_loop(
        lambda i, a: i < n,
        lambda i, a: (i + 1, graph.reshape(a, (2,))),
        [0, rows],
        shapes=[(), (None,)],
    )
    with pytest.raises(ValueError, match="cannot reshape") as caught:
        Session(graph).run(a, {n: 1, rows: [1, 2, 3]})
    assert any(
        "'loop'" in note and "'rows' (3,)" in note for note in caught.value.__notes__
    )
