"""Running: fetches, feeds, snapshots, isolation, and what is refused."""

import collections
import functools
import sys

import numpy as np
import pytest
from check import refused

from compiler.buffers import Buffered
from graph import Graph
from ops import BaseOp, ElementwiseOp
from session import Interpreter, Session


class Calling(Session):
    """A session whose `run` makes a callable, and calls it."""

    def run(self, fetches, feed_dict=None, **options):
        feeds = feed_dict or {}
        if options or not isinstance(feeds, dict):
            return super().run(fetches, feed_dict, **options)
        return self.make_callable(fetches, [*feeds])(*feeds.values())


WAYS = {
    "run": Session,
    "callable": Calling,
    "buffered": functools.partial(Session, executor=Buffered),
}


@pytest.fixture(autouse=True, params=WAYS)
def _way(request, monkeypatch):
    """Each test runs in each of the ways."""
    monkeypatch.setattr(sys.modules[__name__], "Session", WAYS[request.param])


# Fetching


def test_an_answer_has_the_form_of_its_fetches(graph):
    a, b = graph.constant(1, name="a"), graph.constant(2, name="b")
    session = Session(graph)
    assert session.run(a) == 1
    assert session.run([a, b]) == [1, 2]
    assert session.run((a, [b, a])) == (1, [2, 1])
    assert session.run({"x": a, "y": (b,)}) == {"x": 1, "y": (2,)}
    assert session.run([]) == []
    assert session.run([[a, b], []]) == [[1, 2], []]
    Pair = collections.namedtuple("Pair", "one other")
    assert session.run(Pair(a, b)) == Pair(1, 2)


def test_a_group_gives_none(graph):
    w = graph.variable(1.0)
    update = graph.group([graph.assign(w, w + 1)])
    session = Session(graph)
    assert session.run(update) is None
    assert session.run([update, w]) == [None, 2]
    assert session.run(graph.group([update])) is None
    assert session.run(w) == 4


# Feeding


def test_any_tensor_can_be_fed(graph):
    a = graph.constant(2.0)
    b = a * 3
    c = b + 1
    session = Session(graph)
    assert session.run(c, {b: 10}) == 11
    assert session.run(c, {c: 5}) == 5
    assert session.run(c, {a: 1}) == 4


def test_a_variable_can_be_fed(graph):
    w = graph.variable(1.0)
    session = Session(graph)
    assert session.run(w * 2, {w: 10.0}) == 20
    assert session.run(w * 2) == 2


def test_a_feed_that_is_not_needed_is_allowed(graph):
    a, b = graph.placeholder(), graph.constant(1)
    assert Session(graph).run(b, {a: 2}) == 1


def test_a_fed_value_is_gone_after_the_run(graph):
    a = graph.tensor()
    session = Session(graph)
    session.run(a, {a: 1.0})
    with pytest.raises(ValueError, match="feed"):
        session.run(a)


def test_a_shape_that_has_fitted_is_looked_at_again_when_it_differs(graph):
    x = graph.placeholder((None, 2), name="x")
    session = Session(graph)
    for rows in (3, 3, 4, 3):
        assert session.run(x, {x: np.ones((rows, 2))}).shape == (rows, 2)
    for shape in ((3,), (2, 3), (2, 3), (3, 3), (3, 2, 1)):
        with pytest.raises(ValueError, match="Cannot feed value of shape"):
            session.run(x, {x: np.ones(shape)})


# A run is a snapshot


def test_what_is_fetched_with_an_update_is_from_before_it(graph):
    w = graph.variable(1.0)
    update = graph.assign(w, w + 1)
    session = Session(graph)
    assert session.run([update, w, w * 10]) == [2, 1, 10]
    assert session.run(w) == 2


def test_assignments_see_the_state_from_before_the_run(graph):
    a, b = graph.variable(1.0), graph.variable(2.0)
    swap = graph.group([graph.assign(a, b), graph.assign(b, a)])
    session = Session(graph)
    session.run(swap)
    assert session.run([a, b]) == [2, 1]


class FailOp(BaseOp):
    def compute(self, np, x):
        raise RuntimeError("no")


def test_a_run_that_fails_changes_nothing(graph):
    w = graph.variable(1.0)
    noise = graph.random_normal(())
    update = graph.assign(w, w + noise)
    session = Session(graph, seed=0)
    twin = Session(graph, seed=0)
    with pytest.raises(RuntimeError, match="no"):
        session.run([update, FailOp([w], graph).output])
    assert session.run(w) == 1
    assert session.run(update) == twin.run(update)


def test_a_run_that_fails_draws_no_first_values(graph):
    w = graph.variable(graph.random_normal((2,)))
    x = graph.placeholder()
    session = Session(graph, seed=0)
    before = session.random.bit_generator.state
    with pytest.raises(ValueError, match="reshape"):
        session.run(graph.reshape(x, (3,)) + graph.sum(w), {x: [1, 2]})
    assert session.state == {}
    assert session.random.bit_generator.state == before


def test_two_assignments_to_one_variable_are_refused(graph):
    w = graph.variable(1.0, name="w")
    one, other = graph.assign(w, 2, name="one"), graph.assign(w, 3, name="other")
    session = Session(graph)
    message = "'w' is assigned twice in one run, by 'one' and by 'other'"
    with pytest.raises(ValueError, match=message):
        session.run([one, other])
    assert session.run(w) == 1


# Nothing changes behind anyone's back


def fetches_of_every_kind(graph, x, w):
    view = graph.transpose(w)
    return [
        *(x, w, view, w[:1], graph.reshape(w, (-1,)), graph.stop_gradient(w), x[0]),
        *(graph.constant(np.ones((2, 2))), graph.constant(np.ones((2, 2)))[:1]),
        *(w + 0, w * 1, graph.assign(w, w), graph.broadcast_to(w[:1], (2, 2))),
        *(graph.cast(w, "float64"), graph.transpose(view), graph.exp(w), w),
    ]


def test_writing_into_what_was_fetched_changes_nothing_else(graph):
    x, w = graph.placeholder(), graph.variable(np.ones((2, 2)))
    fetches = fetches_of_every_kind(graph, x, w)
    session, mine = Session(graph), np.ones((2, 2))
    for position in range(len(fetches)):
        values = session.run(fetches, {x: mine})
        others = [value.copy() for value in values]
        values[position][...] = 99
        for i, (value, before) in enumerate(zip(values, others)):
            if i != position:
                np.testing.assert_array_equal(value, before)
        assert (mine == 1).all()
        assert (session.run(w) == 1).all()


def test_writing_into_what_was_fed_changes_nothing(graph):
    x, w = graph.placeholder((2,)), graph.variable([0.0, 0.0])
    update = graph.assign(w, x)
    session, mine = Session(graph), np.array([1.0, 2.0])
    fetched = session.run([update, x], {x: mine})
    mine[:] = 99
    np.testing.assert_array_equal(session.run(w), [1, 2])
    np.testing.assert_array_equal(fetched, [[1, 2], [1, 2]])


def test_a_fetched_array_is_not_the_state(graph):
    w = graph.variable([1.0, 2.0])
    update = graph.assign(w, w + 1)
    session = Session(graph)
    for tensor in (w, update, w.graph.transpose(w), w[:1]):
        value = session.run(tensor)
        value[:] = 99
    assert 99 not in session.run(w)


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


def test_two_sessions_share_nothing(graph):
    w = graph.variable(1.0)
    one, other = Session(graph), Session(graph)
    one.run(graph.assign(w, 5))
    assert (one.run(w), other.run(w)) == (5, 1)


def test_an_expression_that_writes_into_its_operand_is_stopped(graph):
    class NoNanOp(BaseOp):
        def compute(self, np, x):
            return np.nan_to_num(x, copy=False)

    class IncrementOp(BaseOp):
        def compute(self, np, x):
            return np.add(x, 1, out=x)

    w = graph.variable([np.nan, 5.0])
    session = Session(graph)
    for kind in (NoNanOp, IncrementOp):
        with pytest.raises(ValueError, match="read-only"):
            session.run(kind([w], graph).output)
    np.testing.assert_array_equal(session.run(w), [np.nan, 5])


def test_an_operation_that_writes_into_its_operand_is_stopped(graph):
    class DoubleOp(BaseOp):
        def compute(self, np, x):
            x *= 2
            return x

    w = graph.variable([1.0, 2.0])
    session, mine = Session(graph), np.array([1.0, 2.0])
    for feeds in ({}, {w: mine}):
        with pytest.raises(ValueError, match="read-only"):
            session.run(DoubleOp([w], graph).output, feeds)
    np.testing.assert_array_equal(session.run(w), [1, 2])
    np.testing.assert_array_equal(mine, [1, 2])


@pytest.mark.parametrize("executor", [None, Interpreter])
def test_an_operation_that_writes_into_what_another_has_made_is_stopped(
    graph, executor
):
    class ClampOp(BaseOp):
        def compute(self, np, x):
            x[x < 0] = 0
            return x

    made = graph.variable([1.0, -2.0]) * 3
    session = Session(graph, executor=executor)
    with pytest.raises(ValueError, match="read-only"):
        session.run([made, ClampOp([made], graph).output])


def test_a_variable_keeps_its_shape_and_type_whatever_an_operation_makes(graph):
    class TotalOp(ElementwiseOp):
        def compute(self, np, x):
            return x.sum()

    class PositiveOp(ElementwiseOp):
        def compute(self, np, x):
            return x > 1

    class NothingOp(ElementwiseOp):
        def compute(self, np, x):
            return None

    w = graph.variable([1.0, 2.0], name="w")
    session = Session(graph)
    with refused(ValueError, "shape () for Tensor 'w', which has shape (2,)"):
        session.run(graph.assign(w, TotalOp([w], graph).output))
    with refused(TypeError, "expected numbers, got"):
        session.run(graph.assign(w, NothingOp([w], graph).output))
    session.run(graph.assign(w, PositiveOp([w], graph).output))
    assert session.run(w).dtype == float


# ## What all executors agree on


BOTH = pytest.mark.parametrize("executor", [None, Interpreter])


@BOTH
def test_an_overflow_is_warned_of_unless_it_gives_the_right_answer(graph, executor):
    session = Session(graph, executor=executor)
    x = graph.placeholder(())
    with pytest.warns(RuntimeWarning, match="overflow"):
        session.run(graph.exp(x), {x: 1000.0})
    assert session.run(graph.sigmoid(x), {x: -1000.0}) == 0


@BOTH
def test_an_operation_may_have_a_compute_of_its_own(graph, executor):
    op = graph.square(graph.variable(3.0)).op
    op.compute = lambda np, x: x + 100
    assert Session(graph, executor=executor).run(op.output) == 103


@BOTH
def test_a_list_of_rows_is_not_an_index_for_each_axis(graph, executor):
    class PickOp(BaseOp):
        def compute(self, np, x):
            return x[self.rows,]

    x = graph.variable(np.arange(9.0).reshape(3, 3))
    rows = PickOp([x], graph, rows=(0, 2)).output
    got = Session(graph, executor=executor).run(rows)
    np.testing.assert_array_equal(got, [[0, 1, 2], [6, 7, 8]])


@BOTH
def test_an_operation_on_a_constant_makes_what_it_makes_of_a_variable(graph, executor):
    class TurnedOp(ElementwiseOp):
        def compute(self, np, x):
            return 1j * x

    turned = TurnedOp([graph.constant(2.0)], graph).output
    assert Session(graph, executor=executor).run(turned) == 2j


@BOTH
def test_a_zero_with_a_sign_is_another_attribute(graph, executor):
    class AddedOp(ElementwiseOp):
        def compute(self, np, x):
            return np.copysign(x, self.sign)

    x = graph.variable(1.0)
    made = [AddedOp([x], graph, sign=np.float32(s)).output for s in (0.0, -0.0)]
    assert Session(graph, executor=executor).run(made) == [1.0, -1.0]


# Variables


def test_a_variable_may_start_from_a_random_tensor_evaluated_once(graph):
    w = graph.variable(graph.random_normal((3,)))
    session = Session(graph, seed=1)
    first = session.run(w)
    np.testing.assert_array_equal(session.run(w), first)
    assert len(set(first)) == 3
    assert w.shape == (3,)


def test_a_variable_may_start_from_another_one(graph):
    a = graph.variable(graph.random_normal(()))
    b = graph.variable(a * 2)
    for _ in range(2000):
        b = graph.variable(b + 0)
    session = Session(graph)
    assert session.run(b) == 2 * session.run(a)


def test_a_variable_may_start_from_what_is_fed(graph):
    p = graph.placeholder()
    v = graph.variable(p * 2)
    session = Session(graph)
    assert session.run(v, {p: 3}) == 6
    assert session.run(v) == 6


def test_a_fed_variable_leaves_no_trace_in_another_ones_first_value(graph):
    v = graph.variable(2.0)
    w = graph.variable(v * 3)
    session = Session(graph)
    session.run(w, {v: 10.0})
    assert session.run(w) == 6


def test_an_assigned_variable_needs_no_initial_value(graph):
    x = graph.placeholder(name="x")
    w = graph.variable(x * 2)
    session = Session(graph)
    session.run(graph.assign(w, 1.0))
    assert session.run(w) == 1
    with pytest.raises(ValueError, match=r"must feed a value for .* 'x'"):
        Session(graph).run(w)


def test_a_shape_that_only_a_run_knows_is_checked_before_it_lands(graph):
    w, x = graph.variable([1.0, 2.0], name="w"), graph.placeholder()
    update = graph.assign(w, x)
    session = Session(graph)
    session.run(update, {x: [3, 4]})
    with pytest.raises(
        ValueError,
        match=r"assign value of shape \(3,\) .*'w'.* \(2,\), by the assignment at",
    ):
        session.run(update, {x: [3, 4, 5]})
    np.testing.assert_array_equal(session.run(w), [3, 4])


# Bad feeds and fetches


@pytest.mark.parametrize("wrong", ["graph", 0, Session(Graph())])
def test_a_session_of_something_else(wrong):
    with refused(TypeError, "a session is of a graph, got", type(wrong).__name__):
        Session(wrong)


def test_a_placeholder_that_is_not_fed(graph):
    x = graph.placeholder((None, 3), name="x")
    with refused(
        ValueError,
        "You must feed a value",
        "'x'",
        "float64",
        "shape (?, 3)",
        "test_session.py:",
    ):
        Session(graph).run(x * 2)


def test_a_feed_of_the_wrong_shape(graph):
    x = graph.placeholder((None, 3), name="x")
    with refused(ValueError, "value of shape (2, 4) for Tensor 'x'", "(?, 3)"):
        Session(graph).run(x, {x: np.ones((2, 4))})
    with refused(ValueError, "value of shape (3,) for Tensor 'x'", "(?, 3)"):
        Session(graph).run(x, {x: np.ones(3)})


def test_feeds_that_contradict_each_other(graph):
    x = graph.placeholder((None, 3), name="x")
    y = graph.tanh(x, name="y")
    with refused(
        ValueError, "(1, 3) for Tensor 'y'", "(?, 3), and ? is 5 in another feed"
    ):
        Session(graph).run(x + y, {x: np.ones((5, 3)), y: np.ones((1, 3))})


@pytest.mark.parametrize("value", ["a", ["a"], [None], object(), 1j, [[1], [1, 2]]])
def test_a_feed_that_is_not_numeric(graph, value):
    x = graph.placeholder(name="x")
    with refused(TypeError, "feed of 'x': expected numbers, got"):
        Session(graph).run(x, {x: value})


def test_a_feed_that_is_a_tensor(graph):
    x, y = graph.placeholder(name="x"), graph.constant(1, name="y")
    with refused(TypeError, "The value of a feed cannot be a tensor", "'y'", "'x'"):
        Session(graph).run(x, {x: y})


@pytest.mark.parametrize("key", ["x", 3])
def test_a_feed_for_something_that_is_no_tensor(graph, key):
    with refused(
        ValueError, f"feed_dict key as Tensor: {key!r}: a {type(key).__name__} is no"
    ):
        Session(graph).run(graph.constant(1), {key: 1})


def test_feeds_that_are_no_dict(graph):
    x = graph.placeholder()
    with refused(TypeError, "feed_dict is a dict, got tuple"):
        Session(graph).run(x, (x, 1))


def test_a_feed_for_a_tensor_of_another_graph(graph):
    other = Graph().placeholder(name="other")
    with refused(
        ValueError, "Cannot interpret feed_dict key", "'other'", "of this graph"
    ):
        Session(graph).run(graph.constant(1), {other: 1})


def test_a_feed_for_a_group(graph):
    group = graph.group([], name="g")
    with refused(ValueError, "Cannot interpret feed_dict key", "'g'", "no value"):
        Session(graph).run(group, {group: 1})


@pytest.mark.parametrize("fetch", ["x", 1, None, np.ones(2), [1]])
def test_a_fetch_that_is_no_tensor(graph, fetch):
    with refused(TypeError, "Argument `fetch`", "has invalid type", "must be a Tensor"):
        Session(graph).run(fetch)


def test_a_fetch_of_another_graph(graph):
    with refused(ValueError, "Argument `fetch`", "'a'", "of this graph"):
        Session(graph).run(Graph().constant(1, name="a"))
