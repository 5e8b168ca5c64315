"""Running: fetches, feeds, snapshots, isolation, randomness, threads."""

import collections
import threading

import numpy as np
import pytest

from graph import Graph
from ops import BaseOp
from session import Session


@pytest.fixture
def graph():
    return Graph()


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


def test_eval_takes_the_session_of_the_with(graph):
    a = graph.constant(2) * 3
    with Session(graph):
        assert a.eval() == 6
    assert a.eval(session=Session(graph)) == 6
    with pytest.raises(ValueError, match="no default session"):
        a.eval()


# Feeding


def test_any_tensor_can_be_fed(graph):
    a = graph.constant(2.0)
    b = a * 3
    c = b + 1
    session = Session(graph)
    assert session.run(c, {b: 10}) == 11
    assert session.run(c, {c: 5}) == 5
    assert session.run(c, {a: 1}) == 4


def test_a_feed_is_converted_to_the_type_of_its_tensor():
    graph = Graph(np.float32)
    x, labels = graph.placeholder(), graph.placeholder(dtype=int)
    session = Session(graph)
    assert session.run(x, {x: [1, 2]}).dtype == np.float32
    assert session.run(labels, {labels: [1.0, 2.0]}).dtype == int


def test_a_feed_that_is_not_needed_is_allowed(graph):
    a, b = graph.placeholder(), graph.constant(1)
    assert Session(graph).run(b, {a: 2}) == 1


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


def test_two_sessions_share_nothing(graph):
    w = graph.variable(1.0)
    one, other = Session(graph), Session(graph)
    one.run(graph.assign(w, 5))
    assert (one.run(w), other.run(w)) == (5, 1)


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


def test_sessions_nest(graph):
    a, b = Session(graph), Session(graph)
    with a, b:
        with a:
            assert graph.sessions[-1] is a
        assert graph.sessions[-1] is b


def test_an_assigned_variable_needs_no_initial_value(graph):
    x = graph.placeholder(name="x")
    w = graph.variable(x * 2)
    session = Session(graph)
    session.run(graph.assign(w, 1.0))
    assert session.run(w) == 1
    with pytest.raises(ValueError, match="'x' has no value"):
        Session(graph).run(w)


def test_a_variable_keeps_its_type():
    graph = Graph(np.float32)
    w = graph.variable([1.0])
    session = Session(graph)
    session.run(graph.assign(w, graph.constant([2.0], dtype="float64")))
    assert session.run(w).dtype == np.float32


def test_a_shape_that_only_a_run_knows_is_checked_before_it_lands(graph):
    w, x = graph.variable([1.0, 2.0], name="w"), graph.placeholder()
    update = graph.assign(w, x)
    session = Session(graph)
    session.run(update, {x: [3, 4]})
    with pytest.raises(
        ValueError, match=r"'w' has shape \(2,\); got \(3,\), assigned at"
    ):
        session.run(update, {x: [3, 4, 5]})
    np.testing.assert_array_equal(session.run(w), [3, 4])


# Randomness


def test_a_seed_makes_the_same_run_each_time(graph):
    noise = [graph.random_normal((3,)), graph.random_uniform((2,), 5, 6)]
    for one, other in zip(
        Session(graph, seed=7).run(noise), Session(graph, seed=7).run(noise)
    ):
        np.testing.assert_array_equal(one, other)
    a, b = Session(graph, seed=7).run(noise[0]), Session(graph, seed=8).run(noise[0])
    assert (a != b).all()


def test_random_numbers_have_the_stated_distribution(graph):
    normal = graph.random_normal((100_000,), mean=3, stddev=2)
    uniform = graph.random_uniform((100_000,), low=-1, high=3)
    a, b = Session(graph, seed=0).run([normal, uniform])
    assert a.mean() == pytest.approx(3, abs=0.05)
    assert a.std() == pytest.approx(2, abs=0.05)
    assert b.min() == pytest.approx(-1, abs=0.01)
    assert b.max() == pytest.approx(3, abs=0.01)
    assert b.mean() == pytest.approx(1, abs=0.05)


def test_random_numbers_in_the_shape_of_a_batch(graph):
    x = graph.placeholder((None, 3))
    noise = graph.random_normal(graph.shape(x))
    assert noise.shape == (None, 3)
    assert Session(graph).run(noise, {x: np.ones((5, 3))}).shape == (5, 3)


# Threads


def test_two_threads_with_two_sessions_on_one_graph():
    graph = Graph()
    w, x = graph.variable(np.zeros(50)), graph.placeholder((50,))
    update = graph.assign(w, w + graph.tanh(x))
    finals = {}

    def train(seed):
        session, rng = Session(graph, seed=seed), np.random.default_rng(seed)
        with session:
            for _ in range(300):
                session.run([update, graph.sum(w)], {x: rng.normal(size=50)})
            finals[seed] = w.eval()

    def expected(seed):
        rng, total = np.random.default_rng(seed), np.zeros(50)
        for _ in range(300):
            total = total + np.tanh(rng.normal(size=50))
        return total

    threads = [threading.Thread(target=train, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed in (1, 2):
        np.testing.assert_allclose(finals[seed], expected(seed))


# Checking numbers


def test_check_numerics_names_the_first_operation_that_made_nan(graph):
    x = graph.placeholder(name="x")
    root = graph.log(x, name="root")
    y = graph.exp(root * 0, name="y")
    session = Session(graph)
    assert session.run(y, {x: 1.0}, check_numerics=True) == 1
    message = r"'root', made by log at .*test_session.py:\d+, has infinity"
    with (
        np.errstate(divide="ignore", invalid="ignore"),
        pytest.raises(FloatingPointError, match=message),
    ):
        session.run(y, {x: 0.0}, check_numerics=True)


def test_check_numerics_names_a_feed_or_a_variable_that_has_nan(graph):
    x, w = graph.placeholder(name="x"), graph.variable(np.inf, name="w")
    session = Session(graph)
    with pytest.raises(FloatingPointError, match=r"the placeholder 'x', .*, has NaN"):
        session.run(x * 2, {x: np.nan}, check_numerics=True)
    with pytest.raises(FloatingPointError, match=r"the variable 'w', .*, has infinity"):
        session.run(w * 2, check_numerics=True)


def test_check_numerics_names_a_constant_that_has_nan(graph):
    bad = graph.log(graph.constant(-1.0), name="bad")
    x = graph.variable(1.0)
    message = r"'bad', made by log at .*, has NaN"
    with (
        np.errstate(invalid="ignore"),
        pytest.raises(FloatingPointError, match=message),
    ):
        Session(graph).run(x + bad, check_numerics=True)


def test_check_numerics_finds_an_infinity_between_constants(graph):
    y = 1 / graph.exp(graph.constant(1e4), name="e")
    with np.errstate(over="ignore"):
        assert Session(graph).run(y) == 0
        with pytest.raises(FloatingPointError, match=r"'e', made by exp .* infinity"):
            Session(graph).run(y, check_numerics=True)


def test_a_failed_check_changes_nothing(graph):
    w = graph.variable(1.0)
    session = Session(graph)
    with pytest.raises(FloatingPointError):
        session.run(graph.assign(w, w * np.nan), check_numerics=True)
    assert session.run(w) == 1
