"""The text that a request compiles to: right, and as a person would write it."""

import gc
import pathlib
import re
import traceback
import tracemalloc
import warnings

import numpy as np
import pytest
from check import evaluate, run

import main
from graph import Graph
from ops import BaseOp, ElementwiseOp
from session import Interpreter, Session


def lines(fetches, feeds=None):
    """The lines of a program between taking its operands and giving its results."""
    graph = (fetches[0] if isinstance(fetches, list) else fetches).graph
    source = Session(graph).program(fetches, feeds).source
    start = source.index("def program")
    body = [line.strip() for line in source[start:].splitlines()[1:]]
    return [x for x in body if not x.endswith(("= state", "= feeds"))][:-1]


def test_the_step_of_xor_is_the_backward_pass_that_one_writes_by_hand():
    graph, *_, loss, update = main.build()
    source = Session(graph).program([update, loss]).source
    assert source == (
        """\
# constants: X, targets, X_T
def program(state, feeds):
    weights0, bias0, weights1, bias1 = state
    dot = X.dot(weights0)
    add = dot + bias0
    hidden = 1 / (1 + np.exp(-add))
    dot_1 = hidden.dot(weights1)
    add_1 = dot_1 + bias1
    output = 1 / (1 + np.exp(-add_1))
    error = output - targets
    square = error * error
    sum_ = square.sum()
    loss = sum_ / 4
    loss_by_error = 0.5 * error
    mul_2 = loss_by_error * output
    sub = 1 - output
    loss_by_add_1 = mul_2 * sub
    loss_by_bias1 = loss_by_add_1.sum(axis=0)
    hidden_T = hidden.T
    loss_by_weights1 = hidden_T.dot(loss_by_add_1)
    weights1_T = weights1.T
    loss_by_hidden = loss_by_add_1.dot(weights1_T)
    mul_3 = loss_by_hidden * hidden
    sub_1 = 1 - hidden
    loss_by_add = mul_3 * sub_1
    loss_by_bias0 = loss_by_add.sum(axis=0)
    loss_by_weights0 = X_T.dot(loss_by_add)
    new_weights0 = weights0 - loss_by_weights0
    new_bias0 = bias0 - loss_by_bias0
    new_weights1 = weights1 - loss_by_weights1
    new_bias1 = bias1 - loss_by_bias1
    return (None, loss), (new_weights0, new_bias0, new_weights1, new_bias1)
"""
    )


@pytest.mark.parametrize(
    "same",
    [
        lambda x: x * 1,
        lambda x: 1 * x,
        lambda x: x / 1,
        lambda x: x - 0,
        lambda x: x**1,
        lambda x: x.graph.neg(-x),
        lambda x: x.graph.transpose(x.graph.transpose(x)),
        lambda x: x.graph.reshape(x, x.shape),
        lambda x: x.graph.broadcast_to(x, x.shape),
        lambda x: x.graph.stop_gradient(x),
    ],
)
def test_what_changes_nothing_is_not_computed(graph, same):
    x = graph.variable([[1.0, 2.0]], name="x")
    assert lines(graph.exp(same(x), name="y")) == ["y = np.exp(x)"]


def test_a_neutral_element_that_changes_the_shape_or_the_type_is_computed(graph):
    x = graph.variable(3.0)
    assert Session(graph).run(x * np.ones((2, 2))).shape == (2, 2)
    whole = graph.placeholder((), int)
    assert Session(graph).run(whole * 1.0, {whole: 3}).dtype == float


def test_constants_are_folded(graph):
    x = graph.variable(3.0, name="x")
    y = graph.mul(x, graph.exp(graph.constant(0.0)) + 1, name="y")
    assert lines(y) == ["y = x * 2"]


def test_random_numbers_are_not_folded(graph):
    session = Session(graph)
    noise = graph.random_normal(())
    assert session.run(noise) != session.run(noise)


def test_two_random_tensors_are_drawn_apart(graph):
    a, b = Session(graph).run([graph.random_normal(()), graph.random_normal(())])
    assert a != b


def test_common_subexpressions_are_computed_once(graph):
    x = graph.variable(3.0, name="x")
    y = graph.add(graph.exp(x, name="e"), graph.exp(x), name="y")
    assert lines(y) == ["e = np.exp(x)", "y = e + e"]


def test_what_is_repeated_stays_small_under_elementwise_operations(graph):
    x = graph.variable(np.ones((3, 4)), name="x")
    (gradient,) = graph.gradients(graph.mean(graph.square(x), name="y"), [x])
    assert lines(gradient) == ["y_by_x = 0.16666666666666666 * x"]


def test_what_is_repeated_along_a_size_that_only_a_run_knows_stays_small(graph):
    x = graph.placeholder((None, 4), name="x")
    per_row = graph.sum(graph.square(x, name="s"), axis=1)
    (gradient,) = graph.gradients(graph.mean(per_row, name="y"), [x])
    request = Session(graph).program(gradient, {x: None})
    assert "broadcast" not in str(request)
    value = Session(graph).run(gradient, {x: np.ones((2, 4))})
    np.testing.assert_array_equal(value, np.ones((2, 4)))


def test_what_is_repeated_is_whole_where_its_shape_matters(graph):
    x = graph.variable(np.ones((3, 4)))
    (gradient,) = graph.gradients(graph.sum(x) * 2, [x])
    np.testing.assert_array_equal(Session(graph).run(gradient), np.full((3, 4), 2.0))
    again = graph.sum(gradient, axis=0)
    np.testing.assert_array_equal(Session(graph).run(again), [6, 6, 6, 6])


def test_defaults_of_reductions_are_not_written(graph):
    x = graph.variable(np.ones((2, 2)), name="x")
    assert lines(graph.sum(x, name="a")) == ["a = x.sum()"]
    assert lines(graph.max(x, axis=1, keepdims=True, name="b")) == [
        "b = x.max(axis=1, keepdims=True)"
    ]


def test_what_nobody_fetches_is_not_computed(graph):
    x = graph.variable(1.0, name="x")
    graph.exp(x)
    assert lines(graph.tanh(x, name="y")) == ["y = np.tanh(x)"]


def test_slices_are_written_as_slices(graph):
    x = graph.variable(np.ones((4, 4)), name="x")
    y = graph.getitem(x, (slice(1, None), ..., None, 0), name="y")
    assert lines(y) == ["y = x[1:, ..., None, 0]"]


def test_negative_numbers_keep_their_sign_under_a_power(graph):
    x = graph.variable(2.0, name="x")
    assert Session(graph).run(graph.constant(-3.0) ** x) == 9


@pytest.mark.parametrize(
    "name", ["lambda", "np", "sum", "state", "1st", "a b", "θ", ""]
)
def test_any_name_becomes_a_name_in_python(graph, name):
    x = graph.variable(2.0, name=name)
    y = graph.exp(x, name=f"{name}+1") + graph.exp(-x, name=f"{name}-1")
    assert Session(graph).run(y) == pytest.approx(2 * np.cosh(2.0))


def test_names_that_become_the_same_stay_apart(graph):
    a, b = graph.variable(1.0, name="a b"), graph.variable(2.0, name="a_b")
    assert Session(graph).run(a - b) == -1


# Reading `compute`


def test_a_compute_with_an_effect_before_it_returns_is_called(graph):
    class LoggingOp(BaseOp):
        def compute(self, np, x):
            self.seen.append(x)
            return x

    seen = []
    x = graph.variable(3.0)
    Session(graph).run(LoggingOp([x], graph, seen=seen).output)
    assert seen == [3]


class LongOp(BaseOp):
    def compute(self, np, x):
        total = 0.0
        for value in np.asarray(x).ravel():
            total = total + value * self.factor
        return np.float64(total)


class SwishOp(ElementwiseOp):
    """Defined in a file that imports NumPy as `np`, as most do."""

    def compute(self, np, x):
        """A docstring does not matter."""
        return x / (1 + np.exp(-x))


def test_a_readers_compute_of_one_line_is_in_the_program(graph):
    x = graph.variable([1.0, 2.0], name="x")
    y = SwishOp([x], graph, name="y").output
    assert lines(y) == ["y = x / (1 + np.exp(-x))"]


def test_a_compute_of_several_lines_is_called(graph):
    x = graph.variable([1.0, 2.0], name="x")
    y = LongOp([x], graph, name="y", factor=10)
    assert lines(y.output) == ["y = compute_long(np, x)"]
    assert Session(graph).run(y.output) == 30


def test_operations_with_other_attributes_are_other_operations(graph):
    x = graph.variable([1.0, 2.0])
    a, b = LongOp([x], graph, factor=1).output, LongOp([x], graph, factor=2).output
    assert Session(graph).run([a, b]) == [3, 6]


def test_a_compute_that_uses_what_is_around_it_is_called(graph):
    factor = 3

    class TimesOp(ElementwiseOp):
        def compute(self, np, x):
            return x * factor

    assert Session(graph).run(TimesOp([2.0], graph).output) == 6
    x = graph.variable(2.0)
    assert Session(graph).run(TimesOp([x], graph).output) == 6


def test_a_compute_without_a_source_is_called(graph):
    namespace = {"BaseOp": BaseOp}
    exec(
        "class HalfOp(BaseOp):\n  def compute(self, np, x):\n    return x / 2",
        namespace,
    )
    x = graph.variable(3.0)
    assert Session(graph).run(namespace["HalfOp"]([x], graph).output) == 1.5


def test_a_source_that_is_not_what_runs_is_not_used(graph):
    class PlusOp(ElementwiseOp):
        def compute(self, np, x):
            return x + 1

    class MinusOp(ElementwiseOp):
        def compute(self, np, x):
            return x - 1

    # The function's position in the file leads to another source than its own.
    PlusOp.compute.__code__ = PlusOp.compute.__code__.replace(
        co_firstlineno=MinusOp.compute.__code__.co_firstlineno
    )
    x = graph.variable(3.0)
    assert Session(graph).run(PlusOp([x], graph).output) == 4


def test_a_compute_of_any_number_of_values_is_written_out(graph):
    x = graph.variable([1.0], name="x")
    assert lines(graph.concat([x, x * 2], name="y"))[-1] == (
        "y = np.concatenate((x, mul), axis=0)"
    )


def test_an_operation_that_is_not_pure_runs_each_time(graph):
    runs = []

    class CountingOp(BaseOp):
        pure = False

        def compute(self, np, x):
            runs.append(x)
            return x

    a = CountingOp([1.0], graph).output
    b = CountingOp([1.0], graph).output
    session = Session(graph)
    session.run(graph.group([a, b]))
    session.run(a)
    assert len(runs) == 3


def test_a_readers_operation_gets_numpys_numbers_and_arrays(graph):
    class PickOp(BaseOp):
        def compute(self, np, x, indices):
            return x[indices]

    class RatioOp(ElementwiseOp):
        def compute(self, np, c, x):
            return (c + 0).astype(float) / x

    x = graph.variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    rows = PickOp([x, graph.constant([0, 2], dtype=int)], graph).output
    np.testing.assert_array_equal(Session(graph).run(rows), [[1, 2], [5, 6]])
    assert Session(graph).run(RatioOp([3.0, x[0, 1]], graph).output) == 1.5


def test_a_power_of_constants_that_is_infinite(graph):
    with np.errstate(divide="ignore"):
        assert Session(graph).run(graph.constant(0.0) ** -1) == np.inf


def test_names_of_called_operations_stay_apart(graph):
    def compute(self, np, x):
        k = self.k
        return x * k

    kinds = [type(name, (BaseOp,), {"compute": compute}) for name in ("FooOp", "my op")]
    x = graph.variable(1.0)
    tensors = [kind([x], graph, k=k).output for k in (1.0, 2.0) for kind in kinds]
    assert Session(graph).run(tensors) == [1, 1, 2, 2]


NARROW = {
    "power": lambda g, x, n, c: g.constant(2, dtype=int) ** n,
    "large integer": lambda g, x, n, c: n * g.constant(3_000_000_000, dtype=int),
    "comparison": lambda g, x, n, c: g.constant(0.1) < x,
    "difference": lambda g, x, n, c: g.constant(0.1) - x,
    "large float": lambda g, x, n, c: g.constant(1e300) * x,
    "choice by floats": lambda g, x, n, c: g.where(x, 1.0, 0.0) ** -1.0,
    "choice of two types": lambda g, x, n, c: g.where(
        c, g.constant(1, dtype=int), g.constant(1.0)
    ),
    "choice of zeros": lambda g, x, n, c: g.where(c, 0.0, -0.0) + x,
    "boolean power": lambda g, x, n, c: c**c,
}


@pytest.mark.parametrize("name", NARROW)
def test_a_number_keeps_its_type_beside_narrower_ones(graph, name):
    x = graph.placeholder((2,), np.float32)
    n = graph.placeholder((2,), np.int32)
    c = graph.placeholder((2,), bool)
    y = NARROW[name](graph, x, n, c)
    feeds = {
        x: np.array([0.1, 1.0], np.float32),
        n: np.array([31, 40], np.int32),
        c: np.array([True, False]),
    }
    (expected,) = evaluate([y], feeds)
    got = Session(graph).run(y, feeds)
    assert got.dtype == y.dtype == expected.dtype
    np.testing.assert_array_equal(got, expected)


class LambdaOp(ElementwiseOp):
    def compute(self, np, x):
        return (lambda v: self.seen.append(1) or v)(x) * 2


class DefaultOp(ElementwiseOp):
    def compute(self, np, x, seen=[]):  # noqa: B006
        return (x * 2, seen.append(1), self.seen.append(1))[0]


class PropertyOp(ElementwiseOp):
    @property
    def rate(self):
        self.seen.append(1)
        return 2.0

    def compute(self, np, x):
        return x * self.rate


@pytest.mark.parametrize("kind", [LambdaOp, DefaultOp, PropertyOp])
def test_an_effect_inside_of_an_expression_happens_in_each_run(graph, kind):
    seen = []
    y = kind([graph.variable(3.0)], graph, seen=seen).output
    session = Session(graph)
    for _ in range(3):
        assert session.run(y) == 6
    assert len(seen) == 3


def test_a_text_among_the_attributes_is_left_alone(graph):
    class NamedOp(ElementwiseOp):
        def compute(self, np, x):
            return np.where(x > 0, self.yes, "no")

        def infer_dtype(self, dtype):
            return np.dtype("U3")

    x = graph.variable([1.0, -1.0])
    value = Session(graph).run(NamedOp([x], graph, yes="_0_").output)
    assert value.tolist() == ["_0_", "no"]


# Memory


def test_values_are_dropped_after_their_last_use(graph):
    x = graph.placeholder(name="x")
    y = graph.exp(x, name="y")
    assert lines(graph.tanh(graph.log(y, name="z"), name="w"), {x: 1}) == [
        "y = np.exp(x)",
        "z = np.log(y)",
        "del y",
        "w = np.tanh(z)",
        "del z",
    ]


def test_a_long_chain_needs_the_memory_of_two_values(graph):
    y = x = graph.placeholder((1000, 1000))
    for _ in range(50):
        y = graph.tanh(y)
    session, array = Session(graph), np.ones((1000, 1000))
    session.run(y, {x: array})
    gc.collect()
    tracemalloc.start()
    session.run(y, {x: array})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2.1 * array.nbytes


# Purity


def test_a_program_is_a_function_of_state_and_feeds(graph):
    x, w = graph.placeholder(name="x"), graph.variable(2.0, name="w")
    update = graph.assign(w, w * x)
    program = Session(graph).program([update, w], {x: 0})
    assert program.variables == [w]
    assert program.feeds == [x]
    assert program.assigned == [w]
    values, updates = program.function([np.float64(3)], [np.float64(5)])
    assert (values, updates) == ((15, 3), (15,))


@pytest.mark.parametrize("length", [1, 20, 60, 87, 130])
def test_long_lists_of_names_are_wrapped(length):
    for count in range(1, 30):
        graph = Graph()
        ws = [
            graph.variable(1.0, name=f"w{i}_".ljust(length, "x")) for i in range(count)
        ]
        session = Session(graph)
        session.run([graph.assign(w, w + i) for i, w in enumerate(ws)])
        assert session.run(ws) == [1 + i for i in range(count)]


def test_the_constants_of_a_program_are_named_above_it(graph):
    a = graph.constant([1.0, 2.0], name="a")
    x = graph.variable(3.0, name="x")
    assert Session(graph).program(a * x).source.startswith("# constants: a\ndef ")


def test_a_compute_that_asks_for_its_inputs_gets_its_own(graph):
    class SizeOp(BaseOp):
        def compute(self, np, x):
            size = self.inputs[0].shape[0]
            return np.float64(size)

    a, b = graph.variable([1.0, 2.0]), graph.variable([1.0, 2.0, 3.0])
    tensors = [SizeOp([a], graph).output, SizeOp([b], graph).output]
    assert Session(graph).run(tensors) == [2, 3]


def test_a_constant_of_more_digits_than_python_has_keeps_them(graph):
    third = np.longdouble(1) / 3
    x = graph.variable(1.0, dtype="longdouble")
    y = x * graph.constant(third, dtype="longdouble")
    assert Session(graph).run(y) == third


def test_the_same_number_written_twice_is_one_value():
    graph = Graph()
    a = graph.placeholder((3,), name="a")
    y = graph.tanh(1 - a) + graph.exp(1 - a) * graph.constant(1.0)
    assert Session(graph).program(y, {a: None}).source.count("1 - a") == 1


def test_numbers_of_different_type_or_sign_are_different_values():
    graph = Graph()
    a = graph.placeholder((), name="a")
    whole = graph.placeholder((), dtype=int, name="whole")
    zeros = [graph.constant(zero) * a for zero in (0.0, -0.0)]
    twos = [graph.constant(2) * a, graph.constant(2, dtype=int) * whole]
    got = Session(graph).run([*zeros, *twos], {a: 1, whole: 1})
    assert np.signbit(got).tolist() == [False, True, False, False]
    assert [value.dtype.kind for value in got] == ["f", "f", "f", "i"]


def test_the_gradient_of_a_matrix_that_a_stack_shares_is_one_product():
    graph = Graph()
    x = graph.placeholder((None, 5, 3), name="x")
    W = graph.variable(np.ones((3, 2)), name="W")
    (by_W,) = graph.gradients(graph.square(x @ W), [W])
    program = Session(graph).program(by_W, {x: None})
    (line,) = (x for x in program.source.splitlines() if "square_by_W =" in x)
    assert ".dot(" in line
    assert ".sum" not in program.source


def test_a_ladder_of_diamonds_takes_a_line_for_each_operation(graph):
    y = graph.variable(1.0)
    for _ in range(1000):
        y = graph.tanh(y) + graph.sigmoid(y)
    assert Session(graph).program(y).source.count("\n") < 3100
    assert np.isfinite(run(y))


# Failures inside a run


def test_a_failure_that_numpy_was_asked_to_raise_has_a_note_too(graph):
    y = graph.exp(graph.variable(1000.0), name="y")
    with np.errstate(over="raise"), pytest.raises(FloatingPointError) as caught:
        Session(graph).run(y)
    assert "in 'y', made by exp" in caught.value.__notes__[0]


def test_a_failure_in_a_run_names_operation_shapes_and_line(graph):
    a, b = graph.placeholder(name="a"), graph.placeholder(name="b")
    c = graph.add(a, b, name="c")
    with pytest.raises(ValueError, match="broadcast") as caught:
        Session(graph).run(c, {a: [1, 2], b: [1, 2, 3]})
    (note,) = caught.value.__notes__
    assert re.fullmatch(
        r"in 'c', made by add at .*test_program\.py:\d+, of 'a' \(2,\), 'b' \(3,\)",
        note,
    )
    shown = "".join(traceback.format_exception(caught.value))
    assert "    c = a + b\n" in shown


def test_a_failure_in_a_called_compute_names_its_operation(graph):
    a, b = graph.placeholder(name="a"), graph.placeholder(name="b")
    loss = graph.softmax_cross_entropy(graph.reshape(a, (-1, 3)), b)
    with pytest.raises(ValueError, match=r"expected the shape \(2, 3\)") as caught:
        Session(graph).run(loss, {a: np.ones(6), b: np.ones((1, 3))})
    assert "'b' (1, 3)" in caught.value.__notes__[0]


def test_a_failure_among_constants_is_reported_by_the_run(graph):
    y = graph.gather([1.0, 2.0], [5], name="y")
    with pytest.raises(IndexError) as caught:
        Session(graph).run(y)
    assert "'y', made by gather" in caught.value.__notes__[0]


# Programs that are compiled in a loop


def test_operations_that_are_made_in_a_loop_are_told_once_by_their_line(graph):
    x, session = graph.variable(1.0), Session(graph)
    with pytest.warns(
        UserWarning, match=r"100 programs .*test_program\.py:\d+"
    ) as told:
        for _ in range(250):
            session.run(graph.square(x))
    assert len(told) == 1
    here = told[0].message.args[0].split(":")[1].split()[0].rstrip(":")
    line = pathlib.Path(__file__).read_text("utf-8").splitlines()[int(here) - 1]
    assert line.strip() == "session.run(graph.square(x))"


def test_many_programs_of_tensors_that_were_there_are_no_mistake(graph):
    x, session = graph.variable(1.0), Session(graph)
    squares = [graph.square(x) for _ in range(150)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for square in (*reversed(squares), *squares):
            session.run(square)


def test_many_programs_in_the_order_of_their_tensors_are_no_mistake_either(graph):
    tensors = [graph.variable(float(i)) for i in range(150)]
    session = Session(graph)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for tensor in tensors:
            session.run(tensor)


# The sign of zero


@pytest.mark.parametrize(
    "build",
    [
        lambda x: x + 0.0,
        lambda x: 0.0 + x,
        lambda x: x + False,
        lambda x: x - 0.0,
        lambda x: x + (-0.0),
        lambda x: x - (-0.0),
    ],
)
def test_a_program_keeps_the_sign_that_a_zero_has_one_by_one(graph, build):
    y = 1 / build(graph.variable(-0.0))
    with np.errstate(divide="ignore"):
        one_by_one = Session(graph, executor=Interpreter).run(y)
        assert Session(graph).run(y) == one_by_one
