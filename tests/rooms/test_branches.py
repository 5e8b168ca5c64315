"""Branches that a run decides: `cond`."""

import numpy as np
import pytest
from check import refused, run

import ops
from session import Interpreter, Session


@pytest.fixture
def p(graph):
    return graph.placeholder((), bool, name="p")


@pytest.mark.parametrize("executor", [None, Interpreter])
def test_only_the_branch_that_is_taken_is_computed(graph, p, executor):
    class CountedOp(ops.ElementwiseOp):
        runs = 0

        def compute(self, np, x):
            CountedOp.runs += 1
            return x * 1.0

    x = graph.placeholder((), name="x")
    y = graph.cond(p, lambda: CountedOp([x], graph).output, lambda: 2 * x)
    session = Session(graph, executor=executor)
    assert session.run(y, {p: False, x: 3}) == 6
    assert CountedOp.runs == 0
    assert session.run(y, {p: True, x: 3}) == 3
    assert CountedOp.runs == 1


def test_branches_return_several_tensors_or_numbers(graph, p):
    x = graph.variable([1.0, 2.0])
    y, z = graph.cond(p, lambda: (x, 1.0), lambda: (x * x, graph.sum(x)))
    assert (y.shape, z.shape) == ((2,), ())
    for value, expected in ((True, ([1, 2], 1)), (False, ([1, 4], 3))):
        got = run([y, z], {p: value})
        assert (got[0].tolist(), got[1]) == expected


def test_a_shape_that_is_not_the_same_is_unknown(graph, p):
    x = graph.constant(np.ones((2, 3)))
    y = graph.cond(p, lambda: x, lambda: x[:1])
    assert y.shape == (None, 3)
    assert run(graph.sum(y), {p: False}) == 3
    assert graph.cond(p, lambda: x, lambda: x[0]).shape is None


def test_a_variable_changes_only_if_its_branch_is_taken(graph, p):
    v, w = graph.variable(1.0, name="v"), graph.variable(5.0, name="w")

    def counted():
        with graph.control_dependencies([graph.assign(v, v + 1)]):
            return 10 * v

    y = graph.cond(p, counted, lambda: graph.assign(w, v + 0.5))
    session = Session(graph)
    assert session.run(y, {p: False}) == 1.5
    assert session.run([v, w]) == [1, 1.5]
    assert session.run(y, {p: True}) == 20
    assert session.run([v, w]) == [2, 1.5]


def test_branches_may_only_assign(graph, p):
    v = graph.variable(1.0)
    step = graph.cond(
        p, lambda: graph.group([graph.assign(v, 7.0)]), lambda: graph.group([])
    )
    session = Session(graph)
    assert session.run(step, {p: False}) is None and session.run(v) == 1
    assert session.run(step, {p: True}) is None and session.run(v) == 7


def test_random_numbers_are_drawn_in_the_branch_that_is_taken(graph, p):
    drawn = graph.cond(p, lambda: graph.random_normal((3,)), lambda: np.zeros(3))
    one, other = (Session(graph, seed=1).run(drawn, {p: True}) for _ in "ab")
    assert one.any() and (one == other).all()
    assert not Session(graph).run(drawn, {p: False}).any()


def test_what_a_branch_uses_is_not_differentiated_twice(graph, p):
    x = graph.variable(0.5)
    h = graph.tanh(x)
    y = graph.cond(p, lambda: h * x, lambda: h + x)
    (by_x,) = graph.gradients(y, [x])
    t = np.tanh(0.5)
    assert np.isclose(run(by_x, {p: True}), t + 0.5 * (1 - t * t))
    assert np.isclose(run(by_x, {p: False}), 2 - t * t)


def test_branches_stand_one_behind_the_other_and_within(graph, p):
    x = graph.variable(1.0, name="x")
    y = x
    for _ in range(20):
        y = graph.cond(
            p, lambda y=y: y * 1.1, lambda y=y: graph.cond(p, lambda: y, lambda: y + x)
        )
    (by_x,) = graph.gradients(y, [x])
    assert np.isclose(run(by_x, {p: True}), 1.1**20)
    assert np.isclose(run(by_x, {p: False}), 21)


def test_branches_that_do_not_match_are_refused(graph, p):
    x = graph.variable([1.0, 2.0], name="x")
    with refused(TypeError, "cond takes a single truth value", "greater(x"):
        graph.cond(x > 0, lambda: x, lambda: x)
    with refused(TypeError, "cond takes a single truth value", "float64"):
        graph.cond(graph.sum(x), lambda: x, lambda: x)
    with refused(TypeError, "return as many tensors, got 2 and 1"):
        graph.cond(p, lambda: [x, x], lambda: x)
    with refused(TypeError, "result 0 is float64 in one branch and float32"):
        graph.cond(p, lambda: x, lambda: graph.cast(x, "float32"))
    with refused(TypeError, "two functions without parameters, got 1.0 and 2.0"):
        graph.cond(p, 1.0, 2.0)
    with refused(TypeError, "got NoneType None"):
        graph.cond(p, lambda: None, lambda: x)


def test_numerics_are_checked_in_branches(graph, p):
    x = graph.placeholder((), name="x")
    y = graph.cond(p, lambda: 1 / x, lambda: x, name="choice")
    with refused(FloatingPointError, "has infinity"), np.errstate(divide="ignore"):
        Session(graph).run(y, {p: True, x: 0}, check_numerics=True)
