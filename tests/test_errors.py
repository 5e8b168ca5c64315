"""Bad input: what it gets, and what the message says."""

import re
import traceback

import numpy as np
import pytest

from graph import Graph
from ops import BaseOp, TanhOp
from session import Session


@pytest.fixture
def graph():
    return Graph()


def refused(error, *parts):
    """The block raises `error` with a message that has all of `parts`, in order."""
    return pytest.raises(error, match="(?s)" + ".*".join(map(re.escape, parts)))


# Feeds and fetches


@pytest.mark.parametrize("wrong", ["graph", 0, Session(Graph())])
def test_a_session_of_something_else(wrong):
    with refused(TypeError, "a session is of a graph, got", type(wrong).__name__):
        Session(wrong)


@pytest.mark.parametrize("name", ["mean", "sum", "cast"])
def test_tensors_that_are_compared_by_python(graph, name):
    x = graph.constant([1, 2])
    rest = ["float64"] if name == "cast" else []
    with refused(TypeError, f"{name} of False", "graph.equal"):
        getattr(graph, name)(x == [1, 2], *rest)


def test_labels_that_are_neither_rows_nor_classes(graph):
    scores = graph.placeholder((None, 2), name="scores")
    with refused(ValueError, "(6,) float64", "'scores'", "classes of type int"):
        graph.softmax_cross_entropy(scores, np.zeros(6))
    with refused(ValueError, "(6, 1)", "'scores'", "classes of type int"):
        graph.softmax_cross_entropy(scores, np.zeros((6, 1), int))


def test_labels_of_another_number_of_examples(graph):
    scores = graph.placeholder((None, 2), name="scores")
    labels = graph.placeholder((None,), dtype=int, name="labels")
    loss = graph.softmax_cross_entropy(scores, labels)
    with refused(ValueError, "'labels': expected the shape (6, 2), got (4, 2)"):
        Session(graph).run(loss, {scores: np.ones((6, 2)), labels: np.zeros(4, int)})


def test_a_name_that_is_no_text(graph):
    with refused(TypeError, "a name is a printable string, got False"):
        graph.softmax_cross_entropy([[1.0, 2.0]], [[0.0, 1.0]], False)


def test_a_placeholder_that_is_not_fed(graph):
    x = graph.placeholder((None, 3), name="x")
    with refused(
        ValueError,
        "You must feed a value",
        "'x'",
        "float64",
        "shape (?, 3)",
        "test_errors.py:",
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


def test_a_feed_that_does_not_survive_its_type(graph):
    x = graph.placeholder(dtype=int, name="x")
    with refused(TypeError, "feed of 'x'", "int64", "float64"):
        Session(graph).run(x, {x: 1.5})


def test_a_feed_that_overflows_its_type(graph):
    x = graph.placeholder(dtype=np.int8, name="x")
    with refused(TypeError, "feed of 'x'", "int8"):
        Session(graph).run(x, {x: 300})


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


def test_a_feed_for_a_shape_that_the_graph_is_built_on(graph):
    shape = graph.constant([2, 3], dtype=int, name="shape")
    y = graph.reshape(graph.placeholder((6,)), shape)
    with refused(
        ValueError, "Cannot interpret feed_dict key", "'shape'", "built on its value"
    ):
        Session(graph).run(y, {shape: [3, 2]})


def test_labels_outside_the_classes(graph):
    labels = graph.placeholder((2,), int, name="labels")
    loss = graph.softmax_cross_entropy(np.ones((2, 3)), labels)
    for bad, wrong in (([0, 3], 3), ([-1, 0], -1)):
        with refused(ValueError, f"the label {wrong} is not among the classes 0 to 2"):
            Session(graph).run(loss, {labels: bad})


def test_a_type_that_has_no_numbers(graph):
    for make in (
        lambda: Graph(str),
        lambda: graph.placeholder(dtype=object),
        lambda: graph.cast(graph.constant(1), complex),
    ):
        with refused(TypeError, "expected a type of real numbers or truth values"):
            make()


def test_sizes_below_zero(graph):
    for make in (
        lambda: graph.placeholder((-1, 3)),
        lambda: graph.reshape(np.ones(6), (-2, -3)),
        lambda: graph.broadcast_to(1.0, (-1,)),
    ):
        with refused(ValueError, "the size of an axis is at least"):
            make()


def test_a_name_that_cannot_be_written(graph):
    with refused(TypeError, "a name is a printable string"):
        graph.constant(1, name="a\0b")


def test_nothing_to_concatenate(graph):
    with refused(ValueError, "concat", "nothing to put together"):
        graph.concat([])


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


# Building


def test_operands_of_another_graph(graph):
    with refused(ValueError, "'a'", "another graph"):
        graph.constant(1) * Graph().constant(2, name="a")


def test_shapes_that_do_not_broadcast(graph):
    a, b = graph.placeholder((None, 2), name="a"), graph.constant([1, 2, 3], name="b")
    with refused(ValueError, "add of 'a' (?, 2), 'b' (3,)", "do not broadcast"):
        a + b


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ((4, 2), (3, 5), "are 2 and 3: the last axis of the first"),
        ((4, 2), (3,), "the only axis of the second"),
        ((), (3,), "not scalars"),
        ((2, 3, 4), (5, 4, 3), "do not broadcast"),
    ],
)
def test_shapes_that_do_not_multiply(graph, left, right, reason):
    a, b = graph.placeholder(left, name="a"), graph.placeholder(right, name="b")
    with refused(ValueError, "of 'a'", "'b'", reason):
        a @ b


@pytest.mark.parametrize(
    "build",
    [
        lambda x: x.graph.reshape(x, (4,)),
        lambda x: x.graph.reshape(x, (-1, 4)),
        lambda x: x.graph.sum(x, axis=2),
        lambda x: x.graph.max(x, axis=(0, 0)),
        lambda x: x.graph.transpose(x, (0, 0)),
        lambda x: x.graph.transpose(x, (0, 3)),
        lambda x: x.graph.transpose(x, (2, 1)),
        lambda x: x.graph.reshape(x, (-1, -1)),
        lambda x: x.graph.gather(x, [0], axis=-3),
        lambda x: x.graph.gradients(x, [x], grad_y=np.ones((5, 2, 3))),
        lambda x: x.graph.broadcast_to(x, (2, 4)),
        lambda x: x.graph.concat([x, np.ones((2, 4))], axis=0),
        lambda x: x.graph.concat([x, np.ones(3)], axis=0),
        lambda x: x.graph.gather(x, [0], axis=2),
        lambda x: x[5],
        lambda x: x[0, 0, 0],
        lambda x: x[..., 0, ...],
        lambda x: x.graph.where(x > 0, x, np.ones((3, 3))),
        lambda x: x.graph.softmax_cross_entropy(x, np.ones((1, 3))),
        lambda x: x.graph.sigmoid_cross_entropy(x, np.ones(3)),
        lambda x: x.graph.assign(x.graph.variable([1.0]), x),
    ],
)
def test_shapes_that_do_not_fit_are_refused_when_the_graph_is_built(graph, build):
    x = graph.placeholder((2, 3), name="x")
    with refused(ValueError, "'x'"):
        build(x)


@pytest.mark.parametrize("value", ["a", [1, "b"], [[1], [1, 2]], None, {}, print])
def test_values_that_are_not_numbers(graph, value):
    for make in (graph.constant, graph.variable, lambda v: graph.constant(1) + v):
        with refused(TypeError, "expected numbers, got"):
            make(value)


def test_an_index_that_is_no_slice(graph):
    x = graph.constant([1, 2, 3])
    for index in ([0, 1], np.array([True, False, True]), graph.constant(1)):
        with refused(TypeError, "gather"):
            x[index]
    with refused(TypeError, "an index", "True"):
        x[True]


def test_assigning_to_what_is_no_variable(graph):
    for tensor in (graph.constant(1, name="a"), graph.exp(1.0, name="a_")):
        with refused(ValueError, "cannot assign to", "'a", "not a variable"):
            graph.assign(tensor, 2)


def test_a_depth_that_is_no_integer(graph):
    with pytest.raises(TypeError, match="integer"):
        graph.one_hot([1], 2.5)


def test_writing_into_an_initial_value(graph):
    for tensor in (graph.variable([1.0]), graph.constant([1.0])):
        with pytest.raises(ValueError, match="read-only"):
            tensor.initial_value[0] = 2


def test_using_a_group_as_a_value(graph):
    group = graph.group([], name="update")
    with refused(ValueError, "'update' is a group"):
        group + 1
    with refused(ValueError, "'update' is a group"):
        graph.mean(group)


def test_inputs_that_are_no_list(graph):
    x = graph.variable(1.0, name="x")
    with refused(TypeError, "inputs of tanh come as a list", "TanhOp([x], graph)"):
        TanhOp(x, graph)


def test_an_operation_where_a_tensor_is_wanted(graph):
    op = TanhOp([graph.variable(1.0)], graph)
    with refused(TypeError, "expected a tensor, got an operation; use .output"):
        graph.exp(op)


# Gradients


@pytest.mark.parametrize(
    ("build", "kind"),
    [
        (lambda x: x.graph.cast(x.graph.argmax(x), float), "argmax"),
        (lambda x: x.graph.mean(x.graph.equal(x, 1)), "equal"),
        (lambda x: x.graph.assign(x, x * 2), "assign"),
        (lambda x: x.graph.one_hot(x.graph.argmax(x), 3), "one_hot"),
        (lambda x: x.graph.cast(x.graph.cast(x, int), float), "cast"),
        (lambda x: x * x.graph.cast(x > 0, float), "greater"),
    ],
)
def test_a_gradient_through_what_has_none(graph, build, kind):
    x = graph.variable([1.0, 2.0])
    y = build(x)
    with refused(ValueError, f"made by {kind} (", "test_errors.py:", "no derivative"):
        graph.gradients(y, [x])


def test_stop_gradient_is_the_way_out(graph):
    x = graph.variable([1.0, -2.0])
    y = x * graph.stop_gradient(graph.cast(x > 0, float))
    np.testing.assert_array_equal(
        Session(graph).run(graph.gradients(y, [x]))[0], [1, 0]
    )


def test_a_gradient_by_what_is_no_list_of_floating_tensors(graph):
    x = graph.variable(1.0, name="x")
    with refused(TypeError, "a list of tensors, got Tensor"):
        graph.gradients(x * 2, x)
    with refused(TypeError, "by tensors, got float 1.0"):
        graph.gradients(x * 2, [1.0])
    whole = graph.placeholder(dtype=int, name="n")
    with refused(ValueError, "'n'", "not of floating point"):
        graph.gradients(x * 2, [whole])


def test_a_gradient_of_another_number_of_shares(graph):
    class BadOp(BaseOp):
        def compute(self, np, a, b):
            return a + b

        def gradient(self, grad):
            return [grad]

    x = graph.variable(1.0)
    with refused(ValueError, "the gradient of bad must be a list of 2"):
        graph.gradients(BadOp([x, x], graph).output, [x])


def test_a_gradient_of_another_shape(graph):
    class WideOp(BaseOp):
        def compute(self, np, x):
            return x

        def infer_shape(self, x):
            return x

        def gradient(self, grad):
            return [self.graph.concat([grad, grad])]

    x = graph.variable([1.0, 2.0, 3.0], name="x")
    with refused(ValueError, "does not fit the shape of", "'x'"):
        graph.gradients(WideOp([x], graph).output, [x])


# A tensor is no value


@pytest.mark.parametrize(
    "use",
    [
        bool,
        float,
        int,
        len,
        list,
        complex,
        np.asarray,
        lambda x: 1 in x,
        lambda x: np.array([x, x]),
        lambda x: [1, 2][x],
        lambda x: "a" if x > 0 else "b",
    ],
)
def test_a_tensor_where_python_wants_a_value(graph, use):
    x = graph.variable(1.0, name="x")
    with refused(TypeError, "has no value until a session runs it"):
        use(x)


def test_a_tensor_where_numpy_wants_an_array(graph):
    with pytest.raises(TypeError, match="does not support ufuncs"):
        np.exp(graph.variable(1.0))


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
        r"in 'c', made by add at .*test_errors\.py:\d+, of 'a' \(2,\), 'b' \(3,\)", note
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
