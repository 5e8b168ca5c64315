"""Running: fetches, feeds, snapshots, isolation, randomness, threads."""

import collections
import threading

import numpy as np
import pytest

from graph import Graph
from ops import BaseOp
from session import Session
from train import MomentumOptimizer


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
    with pytest.raises(ValueError, match="No default session"):
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
    with pytest.raises(ValueError, match=r"must feed a value for .* 'x'"):
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
        ValueError,
        match=r"assign value of shape \(3,\) .*'w'.* \(2,\), by the assignment at",
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


# Control inputs


def test_what_depends_on_an_assignment_sees_what_it_leaves(graph):
    v = graph.variable(1.0, name="v")
    five = graph.assign(v, 5)
    with graph.control_dependencies([five]):
        after = graph.identity(v)
        double = v * 2
    session = Session(graph)
    assert session.run([v, after, double, v]) == [1, 5, 10, 1]
    assert session.run(v) == 5


def test_what_is_not_made_inside_sees_the_value_from_before(graph):
    v = graph.variable(1.0)
    double = v * 2
    with graph.control_dependencies([graph.assign(v, 5)]):
        both = graph.identity(double)
    after = v * 3
    session = Session(graph)
    assert session.run(both) == 2
    assert session.run(v) == 5
    assert session.run(after) == 15
    assert after.op.control_inputs == ()


def test_an_operation_runs_what_it_depends_on(graph):
    v, w = graph.variable(1.0), graph.variable(1.0)
    assigns = graph.group([graph.assign(v, 2), graph.assign(w, 3)])
    with graph.control_dependencies([assigns]):
        nothing = graph.group([])
        total = v + w
    session = Session(graph)
    assert session.run(nothing) is None
    assert session.run([v, w]) == [2, 3]
    assert session.run(total) == 5


def test_dependencies_nest_and_assignments_follow_each_other(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, v + 1)]):
        tenfold = graph.assign(v, v * 10)
        with graph.control_dependencies([tenfold]):
            last = graph.assign(v, v - 3)
            read = graph.identity(v)
    session = Session(graph)
    assert session.run([last, read, v]) == [17, 20, 1]
    assert session.run(v) == 17


def test_an_order_is_only_between_what_depends(graph):
    v = graph.variable(1.0, name="v")
    first = graph.assign(v, 2)
    with graph.control_dependencies([first]):
        second = graph.assign(v, v + 1)
    third = graph.assign(v, 9)
    assert Session(graph).run(second) == 3
    with pytest.raises(ValueError, match="'v' is assigned twice"):
        Session(graph).run([second, third])


def test_a_long_chain_of_assignments(graph):
    v = graph.variable(0.0)
    step = graph.assign(v, 1)
    for _ in range(300):
        with graph.control_dependencies([step]):
            step = graph.assign(v, v + 1)
    session = Session(graph)
    assert session.run(step) == 301
    assert session.run(v) == 301


def test_a_gradient_goes_to_the_variable_whose_new_value_is_read(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        y = v * v
    assert Session(graph).run(graph.gradients(y, [v])) == [10]


def test_a_derivative_is_taken_at_what_the_forward_operations_read(graph):
    v = graph.variable(3.0)
    y = v * v
    with graph.control_dependencies([graph.assign(v, 5)]):
        (gradient,) = graph.gradients(y, [v])
    assert Session(graph).run(gradient) == 6


def test_what_is_fed_needs_nothing_that_it_depends_on(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        y = graph.identity(graph.constant(2.0))
    session = Session(graph)
    assert session.run(y * 3, {y: 7}) == 21
    assert session.run(v) == 1


def test_an_error_inside_leaves_no_dependencies_behind(graph):
    v = graph.variable(1.0)
    five = graph.assign(v, 5)
    with pytest.raises(ZeroDivisionError), graph.control_dependencies([five]):
        1 / 0  # noqa: B018
    y = graph.identity(v)
    assert y.op.control_inputs == ()
    assert Session(graph).run(y) == 1


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        (lambda: 3, TypeError, "control inputs are tensors, got int 3"),
        (lambda: Graph().constant(1, name="o"), ValueError, "'o'.*another graph"),
    ],
)
def test_only_tensors_of_the_graph_are_control_inputs(graph, wrong, error, words):
    with pytest.raises(error, match=words), graph.control_dependencies([wrong()]):
        pass


# Randomness


def test_truncated_numbers_are_within_two_deviations(graph):
    drawn = graph.truncated_normal((20000,), mean=3.0, stddev=0.5)
    values = Session(graph, seed=0).run(drawn)
    assert values.min() >= 2 and values.max() <= 4
    # The deviation of a normal distribution that is cut off at 2, by its formula.
    assert values.std() == pytest.approx(0.5 * 0.8796, rel=0.02)
    assert values.mean() == pytest.approx(3, rel=0.01)


def test_dropout_keeps_a_share_and_the_mean(graph):
    x = graph.placeholder((None,), name="x")
    dropped = graph.dropout(x, 0.8)
    (gradient,) = graph.gradients(dropped, [x])
    value, slope = Session(graph, seed=0).run([dropped, gradient], {x: np.ones(20000)})
    assert set(np.unique(value)) == {0, 1.25}
    assert value.mean() == pytest.approx(1, rel=0.02)
    np.testing.assert_array_equal(slope, value)


def test_dropout_of_nothing_changes_nothing(graph):
    x = graph.constant([1.0, 2.0])
    probability = graph.placeholder()
    dropped = graph.dropout(x, probability)
    assert dropped.shape == (2,)
    assert list(Session(graph).run(dropped, {probability: 1})) == [1, 2]


def test_a_first_value_depends_on_nothing(graph):
    count, v = graph.variable(0.0, name="count"), graph.variable(1.0, name="v")
    step = graph.assign(count, count + 1)
    with graph.control_dependencies([step]):
        update = MomentumOptimizer(0.1, 0.9).minimize(v * v)
        noise = graph.variable(graph.random_normal(()), name="noise")
    (slot,) = [x for x in graph.variables if x.name == "v_momentum"]
    assert slot.initial_value.op.control_inputs == ()
    session = Session(graph)
    session.run(noise)
    assert session.run(count) == 0
    session.run(update)
    assert session.run(count) == 1


def test_what_is_read_after_an_assignment_has_the_shape_of_the_variable(graph):
    v, x = graph.variable([1.0, 2.0], name="v"), graph.placeholder(name="x")
    with graph.control_dependencies([graph.assign(v, x)]):
        read = graph.identity(v)
        again = graph.assign(v, [5.0, 6.0])
    session = Session(graph)
    assert list(session.run(read, {x: [3, 4]})) == [3, 4]
    with pytest.raises(ValueError, match=r"expected the shape \(2,\), got \(3,\)"):
        session.run([read, again], {x: [1, 2, 3]})
    assert list(session.run(v)) == [3, 4]


def test_dependencies_can_be_taken_back(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        with graph.control_dependencies(None):
            before = graph.identity(v)
        after = graph.identity(v)
    session = Session(graph)
    assert session.run(before) == 1
    assert session.run(v) == 1
    assert session.run(after) == 5


def test_what_control_inputs_have_themselves_is_not_said_again(graph):
    v = graph.variable(1.0)
    first = graph.assign(v, 2)
    with graph.control_dependencies([first]):
        second = graph.assign(v, 3)
        with graph.control_dependencies([second]):
            read = graph.identity(v)
    assert read.op.control_inputs == (second,)
    assert Session(graph).run(read) == 3


def test_the_last_of_several_assignments_is_read(graph):
    v, w = graph.variable(1.0, name="v"), graph.variable(1.0, name="w")
    first = graph.assign(v, 2)
    with graph.control_dependencies([first]):
        second = graph.assign(v, v + 10)
    both = graph.group([second, graph.assign(w, 7)])
    for dependencies in ([first, second, both], [both, first], [second, first, both]):
        with graph.control_dependencies(dependencies):
            total = v + w
        assert Session(graph).run(total) == 19


def test_a_placeholder_can_be_a_shape(graph):
    shape = graph.placeholder((2,), int, name="shape")
    y = graph.reshape(np.arange(6), shape)
    assert y.shape == (None, None)
    assert Session(graph).run(y, {shape: [3, 2]}).shape == (3, 2)


def test_a_list_with_tensors_in_it_is_one(graph):
    a, b = graph.variable(1.0), graph.variable(2.0)
    session = Session(graph)
    assert session.run(graph.mean([a, b])) == 1.5
    table = graph.add([[a, b], [b, 5]], [10, 20])
    assert session.run(table).tolist() == [[11, 22], [12, 25]]
    assert list(session.run(graph.variable([a, b]))) == [1, 2]
    (by_a,) = graph.gradients(graph.sum(graph.square([a, b, a])), [a])
    assert session.run(by_a) == 4


def test_a_fraction_is_not_assigned_to_an_integer(graph):
    count = graph.variable(0, name="count", dtype=int)
    with pytest.raises(TypeError, match=r"cannot assign .* to .*'count'"):
        graph.assign(count, count + 0.5)
    assert Session(graph).run(graph.assign(count, count + 1)) == 1


def test_a_cast_that_changes_nothing_reads_what_is_assigned(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        same = graph.cast(v, v.dtype)
        w = graph.variable(0.0)
        copy = graph.assign(w, v)
    assert Session(graph).run(same) == 5
    assert Session(graph).run(copy) == 5


def test_gradients_made_inside_run_what_they_depend_on(graph):
    v, count = graph.variable(3.0), graph.variable(0.0)
    y = v * v
    with graph.control_dependencies([graph.assign(count, 1)]):
        (gradient,) = graph.gradients(y, [v])
    session = Session(graph)
    assert session.run(gradient) == 6
    assert session.run(count) == 1


def test_what_is_the_same_but_for_control_inputs_is_computed_once(graph):
    x, count = graph.placeholder((), name="x"), graph.variable(0.0)
    one = graph.exp(x, name="one")
    with graph.control_dependencies([graph.assign(count, 1)]):
        other = graph.exp(x, name="other")
    source = Session(graph).program([one, other], {x: None}).source
    assert source.count("np.exp") == 1


# Many steps in one call


@pytest.fixture
def account(graph):
    amount = graph.placeholder((), name="amount")
    total = graph.variable(0.0, name="total")
    deposit = graph.assign(total, total + amount)
    return Session(graph, seed=0), amount, total, deposit


def test_many_steps_are_as_many_runs(account):
    session, amount, total, deposit = account
    # What is read in a step is from before that step.
    assert session.run([total, deposit], {amount: 5}, steps=4) == [15, 20]
    assert session.run(total) == 20


def test_batches_are_fed_one_a_step(account):
    session, amount, _, deposit = account
    assert session.run(deposit, batches={amount: [1, 2, 4]}) == 7
    assert session.run(deposit, batches={amount: np.array([8.0])}, steps=1) == 15


def test_batches_of_arrays_are_cut_along_their_first_axis(graph):
    x, scale = graph.placeholder((None, 2), name="x"), graph.placeholder((), name="s")
    total = graph.variable([0.0, 0.0])
    add = graph.assign(total, total + graph.sum(x, axis=0) * scale)
    session, batches = Session(graph), np.arange(12.0).reshape(2, 3, 2)
    session.run(add, {scale: 10}, batches={x: batches})
    np.testing.assert_array_equal(session.run(total), 10 * batches.sum(axis=(0, 1)))


def test_no_batches_are_one_step(account):
    session, amount, _, deposit = account
    assert session.run(deposit, {amount: 2}, batches={}) == 2
    assert session.run(deposit, {amount: 2}, batches={}, steps=np.int64(3)) == 8


def test_random_numbers_differ_from_step_to_step(graph):
    total = graph.variable(0.0)
    add = graph.assign(total, total + graph.random_normal(()))
    one, many = Session(graph, seed=0), Session(graph, seed=0)
    expected = [one.run(add) for _ in range(3)]
    assert many.run(add, steps=3) == expected[-1]
    assert many.run(add) == one.run(add)


def test_if_a_step_fails_nothing_has_happened(account):
    session, amount, total, deposit = account
    session.run(deposit, {amount: 1})
    root = session.graph.sqrt(amount, name="root")
    with np.errstate(invalid="ignore"), pytest.raises(FloatingPointError) as caught:
        session.run(
            [deposit, root], batches={amount: [1, 4, -1, 9]}, check_numerics=True
        )
    assert caught.value.__notes__ == ["in step 3 of 4"]
    assert session.run(total) == 1


def test_what_is_no_number_of_steps_is_refused(account):
    session, amount, _, deposit = account
    feeds = {amount: 1}
    for steps in (0, -1, 2**31):
        with pytest.raises(ValueError, match=f"steps is from 1 .*got {steps}"):
            session.run(deposit, feeds, steps=steps)
    for steps in (2.0, "2", True, [2]):
        with pytest.raises(TypeError, match="steps is a whole number, got"):
            session.run(deposit, feeds, steps=steps)


def test_batches_that_do_not_fit_are_refused(account):
    session, amount, _, deposit = account
    other = session.graph.placeholder((2,), name="other")
    with pytest.raises(ValueError, match="'amount' are for 2 steps, expected 3"):
        session.run(deposit, batches={amount: [1, 2]}, steps=3)
    with pytest.raises(ValueError, match="'other' are for 2 steps, expected 3"):
        session.run(deposit, batches={amount: [1, 2, 3], other: [[1, 1]] * 2})
    with pytest.raises(ValueError, match="'amount' are a value for each step, got one"):
        session.run(deposit, batches={amount: 5})
    with pytest.raises(ValueError, match=r"shape \(1,\) for Tensor 'amount'"):
        session.run(deposit, batches={amount: [[1], [2]]})
    with pytest.raises(ValueError, match="'amount' is fed twice"):
        session.run(deposit, {amount: 1}, batches={amount: [1, 2]})
    for batches in ([1, 2], [], np.ones(2), 0):
        with pytest.raises(TypeError, match="batches is a dict, got"):
            session.run(deposit, {amount: 1}, batches=batches)
    with pytest.raises(TypeError, match="'amount' are arrays, got <Tensor"):
        session.run(deposit, batches={amount: other})
    with pytest.raises(TypeError, match=r"batches of 'amount'.*ragged"):
        session.run(deposit, batches={amount: [[1], [2, 3]]})
    with pytest.raises(ValueError, match="no tensor"):
        session.run(deposit, {amount: 1}, batches={"amount": [1, 2]})


def test_a_shape_that_has_fitted_is_looked_at_again_when_it_differs(graph):
    x = graph.placeholder((None, 2), name="x")
    session = Session(graph)
    for rows in (3, 3, 4, 3):
        assert session.run(x, {x: np.ones((rows, 2))}).shape == (rows, 2)
    for shape in ((3,), (2, 3), (2, 3), (3, 3), (3, 2, 1)):
        with pytest.raises(ValueError, match="Cannot feed value of shape"):
            session.run(x, {x: np.ones(shape)})
