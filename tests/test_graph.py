"""What a graph knows before anything runs: shapes, types, names, order, gradients."""

import numpy as np
import pytest

from graph import Graph, topological_order
from ops import AssignOp, BaseOp, ElementwiseOp
from session import Session


@pytest.fixture
def graph():
    return Graph()


# Shapes


def test_an_unknown_size_is_none_and_an_unknown_rank_is_none(graph):
    assert graph.placeholder((None, 3)).shape == (None, 3)
    assert graph.placeholder().shape is None
    assert graph.placeholder(()).shape == ()


def test_a_layer_knows_its_shape_but_for_the_batch(graph):
    x = graph.placeholder((None, 3))
    layer = graph.relu(x @ np.ones((3, 4)) + np.ones(4))
    assert layer.shape == (None, 4)
    assert graph.sum(layer, axis=1).shape == (None,)
    assert graph.transpose(layer).shape == (4, None)
    assert graph.reshape(layer, (-1, 2)).shape == (None, 2)
    assert graph.one_hot(graph.argmax(layer, 1), 5).shape == (None, 5)
    assert graph.concat([layer, layer], axis=0).shape == (None, 4)
    assert graph.concat([layer, layer], axis=1).shape == (None, 8)
    assert layer[..., None].shape == (None, 4, 1)
    assert graph.gather(layer, [[0, 1]]).shape == (1, 2, 4)


def test_the_bias_of_a_batch_of_unknown_size_needs_no_shape_at_run_time(graph):
    x = graph.placeholder((None, 3), name="x")
    w, b = graph.variable(np.ones((3, 2))), graph.variable(np.ones(2))
    loss = graph.sum(graph.tanh(x @ w + b))
    source = Session(graph).program(graph.gradients(loss, [w, b]), {x: 0}).source
    assert "fit" not in source


def test_an_unknown_size_of_one_placeholder_is_not_that_of_another(graph):
    x, y = graph.placeholder((None, 2)), graph.placeholder((None, 2))
    gradients = graph.gradients(graph.sum(x * y), [x, y])
    session = Session(graph)
    one, many = np.ones((1, 2)), np.ones((3, 2))
    a, b = session.run(gradients, {x: one, y: many})
    np.testing.assert_array_equal(a, [[3, 3]])
    np.testing.assert_array_equal(b, many)


# Types


def test_data_takes_the_type_of_the_graph(graph):
    assert graph.constant([1, 2]).dtype == float
    assert Graph(np.float32).constant([1, 2]).dtype == np.float32
    assert graph.constant([True]).dtype == bool
    assert graph.constant([1, 2], dtype=int).dtype == int


def test_a_number_takes_the_type_of_the_tensor_it_meets():
    graph = Graph()
    single = graph.placeholder((), np.float32)
    whole = graph.placeholder((), int)
    assert (single * 2.5).dtype == np.float32
    assert (whole * 2).dtype == int
    assert (whole * 2.5).dtype == float
    assert (2 / whole).dtype == float


def test_float32_stays_float32_through_a_training_step():
    graph = Graph(np.float32)
    x = graph.placeholder((None, 2))
    w = graph.variable(np.ones((2, 3)))
    loss = graph.softmax_cross_entropy(graph.relu(x @ w), graph.one_hot([0, 2], 3))
    (gradient,) = graph.gradients(loss, [w])
    assert loss.dtype == gradient.dtype == np.float32
    values = Session(graph).run([loss, gradient], {x: [[1, 2], [3, 4]]})
    assert [value.dtype for value in values] == [np.float32, np.float32]


def test_a_mean_of_truth_values_is_the_share_of_true_ones(graph):
    accuracy = graph.mean(graph.equal([1, 2, 3, 4], [1, 2, 0, 4]))
    assert Session(graph).run(accuracy) == 0.75


# Names


def test_a_name_that_is_taken_gets_a_number(graph):
    names = [graph.constant(1, name="a").name for _ in range(3)]
    assert names == ["a", "a_1", "a_2"]


def test_a_gradient_is_called_after_what_it_is(graph):
    x = graph.placeholder((2, 2), name="x")
    weights = graph.variable(np.ones((2, 2)), name="weights")
    hidden = graph.tanh(x @ weights, name="hidden")
    loss = graph.sum(hidden, name="loss")
    gradients = graph.gradients(loss, [hidden, weights])
    assert [g.name for g in gradients] == ["loss_by_hidden", "loss_by_weights"]


def test_the_shares_of_a_gradient_are_called_after_the_consumers(graph):
    a = graph.variable(2.0, name="a")
    loss = graph.add(graph.exp(a, name="e"), graph.square(a, name="s"), name="loss")
    (total,) = graph.gradients(loss, [a])
    assert total.name == "loss_by_a"
    names = {share.name for share in total.op.inputs}
    assert names == {"loss_by_a_via_e", "loss_by_a_via_s"}


def test_gradients_rename_no_tensor_of_the_user(graph):
    a = graph.variable(2.0, name="a")
    seed = graph.constant(3.0, name="seed")
    (gradient,) = graph.gradients(a + 1, [a], grad_y=seed)
    assert gradient is seed
    assert seed.name == "seed"


def test_a_repr_tells_name_shape_and_origin(graph):
    x = graph.placeholder((None, 3), name="x")
    assert repr(x) == "<Tensor 'x' (?, 3) float64 = placeholder>"
    y = graph.square(x, name="y")
    assert repr(y) == "<Tensor 'y' (?, 3) float64 = square(x)>"
    assert repr(graph.placeholder(name="z")) == (
        "<Tensor 'z' unknown float64 = placeholder>"
    )


def test_a_tensor_knows_the_line_that_made_it(graph):
    assert graph.constant(1).line.startswith(__file__)
    assert graph.mean([1.0, 2.0]).line.startswith(__file__)


# Edges


def test_a_tensor_knows_its_operation_and_its_consumers(graph):
    a = graph.constant(1)
    b = a + a
    c = a * 2
    assert b.op.inputs == (a, a)
    assert b.op.output is b
    assert a.consumers == [b.op, c.op]
    assert a.op is None


def test_equal_signs_compare_tensors_not_values(graph):
    a, b = graph.constant(1), graph.constant(1)
    assert a == a
    assert a != b
    assert {a: 1}[a] == 1


@pytest.mark.parametrize(
    ("tensor", "value"),
    [
        (lambda a: 2 + a, 5),
        (lambda a: 2 - a, -1),
        (lambda a: 2 * a, 6),
        (lambda a: 6 / a, 2),
        (lambda a: 2**a, 8),
        (lambda a: a**2, 9),
        (lambda a: -a, -3),
        (lambda a: abs(-a), 3),
        (lambda a: np.array(2) < a, True),
        (lambda a: np.array(3) <= a, True),
        (lambda a: np.array(4) > a, True),
        (lambda a: a >= 4, False),
        (lambda a: [[1, 2]] @ a.graph.stack([a, a]), 9),
        (lambda a: a[None][0], 3),
    ],
)
def test_operators_take_numbers_on_either_side(graph, tensor, value):
    assert Session(graph).run(tensor(graph.constant(3))) == value


# Order


def test_an_order_has_each_operation_once_and_after_its_inputs(graph):
    a = graph.constant(1)
    b = a + a
    c = b + b
    d = graph.exp(a) * c + b
    order = topological_order([d, c])
    assert len(order) == len(set(order)) == 5
    for position, op in enumerate(order):
        for x in op.inputs:
            assert x.op is None or order.index(x.op) < position


def test_an_order_leaves_out_what_is_given(graph):
    a = graph.constant(1)
    b = graph.exp(a)
    c = b + 1
    assert topological_order([c], given={b}) == [c.op]


# Gradients


def test_derivatives_of_any_order(graph):
    x = graph.variable(2.0)
    y = x**5
    expected = [5 * 2**4, 20 * 2**3, 60 * 2**2, 120 * 2, 120, 0, 0]
    for value in expected:
        (y,) = graph.gradients(y, [x])
        assert Session(graph).run(y) == value


@pytest.mark.parametrize("power", [0, 1, 2, 3])
def test_derivatives_of_powers_at_zero_are_numbers(graph, power):
    x = graph.variable(0.0)
    y = x**power
    for order in range(1, 5):
        (y,) = graph.gradients(y, [x])
        expected = float(np.prod(range(1, power + 1))) if order == power else 0.0
        assert Session(graph).run(y) == expected


def test_grad_y_weighs_the_elements_of_y(graph):
    x = graph.variable([1.0, 2.0])
    (gradient,) = graph.gradients(x * x, [x], grad_y=[10.0, 1.0])
    np.testing.assert_array_equal(Session(graph).run(gradient), [20, 4])


def test_a_gradient_by_a_tensor_in_the_middle(graph):
    x = graph.variable(3.0)
    middle = x * x
    assert Session(graph).run(graph.gradients(middle * 2, [middle, x])) == [2, 12]


@pytest.mark.parametrize(
    ("function", "at", "slope"),
    [
        ("relu", 0.0, 0.0),
        ("abs", 0.0, 0.0),
        ("sign", 0.0, 0.0),
    ],
)
def test_the_slope_at_a_kink_is_the_stated_one(graph, function, at, slope):
    x = graph.variable(at)
    (gradient,) = graph.gradients(getattr(graph, function)(x), [x])
    assert Session(graph).run(gradient) == slope


@pytest.mark.parametrize("function", ["maximum", "minimum"])
def test_at_a_tie_the_first_operand_has_the_gradient(graph, function):
    a, b = graph.variable(1.0), graph.variable(1.0)
    gradients = graph.gradients(getattr(graph, function)(a, b), [a, b])
    assert Session(graph).run(gradients) == [1, 0]


@pytest.mark.parametrize("function", ["max", "min"])
def test_elements_that_tie_share_the_gradient(graph, function):
    x = graph.variable([1.0, 1.0, 1.0, 1.0])
    (gradient,) = graph.gradients(getattr(graph, function)(x), [x])
    np.testing.assert_array_equal(Session(graph).run(gradient), [0.25] * 4)


def test_the_gradient_of_sigmoid_cross_entropy_at_zero_is_that_of_both_sides(graph):
    x = graph.variable(0.0)
    (gradient,) = graph.gradients(graph.sigmoid_cross_entropy(x, 1.0), [x])
    assert Session(graph).run(gradient) == -0.5


def test_integer_labels_are_classes(graph):
    logits = graph.variable([[1.0, 2, 3], [3, 2, 1]])
    by_class = graph.softmax_cross_entropy(logits, [2, 0])
    by_row = graph.softmax_cross_entropy(logits, [[0, 0, 1], [1, 0, 0]])
    a, b = Session(graph).run([by_class, by_row])
    assert a == b


FAR = np.array([-1e4, -750.0, -40.0, 0.0, 40.0, 750.0, 1e4])


@pytest.mark.parametrize("function", ["sigmoid", "tanh", "softplus", "relu"])
def test_activations_and_their_slopes_are_finite_and_silent_far_out(graph, function):
    x = graph.variable(FAR)
    y = getattr(graph, function)(x)
    values = Session(graph).run([y, *graph.gradients(y, [x])], check_numerics=True)
    assert np.isfinite(values).all()


def test_sigmoid_is_right_in_its_left_tail(graph):
    value = Session(graph).run(graph.sigmoid(graph.constant(-40.0)))
    assert value == pytest.approx(np.exp(-40.0), rel=1e-12)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_is_finite_and_silent_far_out(graph, name):
    x = graph.variable([FAR, FAR[::-1], np.full(7, 1e4)])
    y = getattr(graph, name)(x)
    values = Session(graph).run([y, *graph.gradients(y, [x])], check_numerics=True)
    assert np.isfinite(values).all()
    if name == "softmax":
        np.testing.assert_allclose(values[0].sum(axis=1), 1)


@pytest.mark.parametrize("label", [0.0, 1.0, 0.3])
def test_cross_entropies_are_finite_and_silent_far_out(graph, label):
    x = graph.variable(FAR)
    loss = graph.sigmoid_cross_entropy(x, np.full(7, label))
    both = graph.softmax_cross_entropy(
        graph.stack([x, -x], axis=1), np.tile([label, 1 - label], (7, 1))
    )
    values = [loss, both, *graph.gradients(loss, [x]), *graph.gradients(both, [x])]
    for value in Session(graph).run(values, check_numerics=True):
        assert np.isfinite(value).all()


# The default graph


def test_there_is_a_default_graph_from_the_start():
    assert isinstance(Graph.get_default(), Graph)
    assert Graph.get_default() is Graph.get_default()


def test_with_gives_the_old_default_back():
    before = Graph.get_default()
    with Graph().as_default() as graph:
        assert Graph.get_default() is graph
        assert Session().graph is graph
    assert Graph.get_default() is before


def test_as_default_can_be_a_bare_call():
    before = Graph.get_default()
    graph = Graph()
    graph.as_default()
    try:
        assert Graph.get_default() is graph
    finally:
        before.as_default()


def test_an_operation_off_the_path_is_not_asked_for_a_gradient(graph):
    z = graph.random_normal(())
    hot = graph.one_hot([1], 2)
    assert Session(graph).run(graph.gradients(z * 2, [z])) == [2]
    np.testing.assert_array_equal(
        Session(graph).run(graph.gradients(hot * 3, [hot]))[0], [[3, 3]]
    )


def test_the_derivative_of_a_power_by_its_exponent_at_zero_is_a_number(graph):
    b = graph.variable([-1.0, 0.0, 2.0])
    (gradient,) = graph.gradients(graph.constant(0.0) ** b, [b])
    with np.errstate(divide="ignore"):
        np.testing.assert_array_equal(Session(graph).run(gradient), [0, 0, 0])


def test_each_gradient_has_the_type_of_its_tensor():
    graph = Graph(np.float32)
    x = graph.variable([1.0, 2.0])
    losses = [
        graph.max(x),
        graph.sigmoid_cross_entropy(x, graph.constant([1, 0], dtype=int)),
        graph.softmax_cross_entropy(x, np.array([0.5, 0.5])),
        graph.sum(graph.cast(x, "float64")),
    ]
    for loss in losses:
        (gradient,) = graph.gradients(loss, [x])
        assert gradient.dtype == np.float32
        assert Session(graph).run(gradient).dtype == np.float32


def test_an_operation_without_inputs(graph):
    class PiOp(BaseOp):
        def compute(self, np):
            return np.float64(np.pi)

    assert Session(graph).run(PiOp([], graph).output * 2) == 2 * np.pi


def test_a_gradient_with_respect_to_a_shape_that_was_squeezed_by_a_sum(graph):
    x = graph.placeholder((None, 1, 3))
    y = graph.sum(x, axis=1) * np.ones((2, 3))
    (gradient,) = graph.gradients(y, [x])
    got = Session(graph).run(gradient, {x: np.ones((1, 1, 3))})
    np.testing.assert_array_equal(got, np.full((1, 1, 3), 2.0))


def test_the_second_derivatives_of_a_power_at_exponent_zero_agree(graph):
    a, b = graph.variable(2.0), graph.variable(0.0)
    by_a, by_b = graph.gradients(a**b, [a, b])
    mixed = graph.gradients(by_a, [b]) + graph.gradients(by_b, [a])
    assert Session(graph).run(mixed) == [0.5, 0.5]


def test_a_reshape_of_unknown_sizes_has_a_gradient(graph):
    x = graph.placeholder((None,))
    y = graph.reshape(x, (2, 3)) * np.arange(6.0).reshape(2, 3)
    got = Session(graph).run(graph.gradients(y, [x])[0], {x: np.ones(6)})
    np.testing.assert_array_equal(got, np.arange(6.0))


def test_a_repetition_to_an_unknown_size_is_checked_in_the_run(graph):
    x, p = graph.placeholder((3,)), graph.placeholder((None,))
    for y in (x + graph.ones_like(p), x * graph.ones_like(p)):
        with pytest.raises(ValueError, match="broadcast"):
            Session(graph).run(y, {x: [1, 2, 3], p: [1, 2]})
        assert Session(graph).run(y, {x: [1, 2, 3], p: [1]}).shape == (3,)


def test_a_sum_of_small_integers_has_the_type_that_numpy_gives_it(graph):
    x = graph.constant([100, 100, 100], dtype=np.int8)
    total = graph.sum(x)
    assert total.dtype == np.int64
    assert Session(graph).run(total) == 300


def test_a_negative_zero_keeps_its_sign(graph):
    x = graph.variable(1.0)
    assert np.signbit(Session(graph).run(x * -0.0))


def test_a_shape_does_not_say_of_what_type_data_are(graph):
    assert graph.reshape([1, 2, 3, 4], (2, 2)).dtype == float
    assert graph.broadcast_to(1, (2,)).dtype == float
    assert graph.tile([1, 2], (2,)).dtype == float
    assert graph.gather([1, 2], [0]).dtype == float


def test_a_shape_may_have_tensors_in_it(graph):
    x = graph.placeholder((None, 6), name="x")
    n = graph.shape(x)[0]
    split = graph.reshape(x, [n, 2, 3])
    assert split.shape == (None, 2, 3)
    assert split.dims[0] is x.dims[0]
    assert graph.reshape(x, [n * 2, 3]).shape == (None, 3)
    assert graph.broadcast_to(1.0, (n, 4)).shape == (None, 4)
    assert Session(graph).run(split, {x: np.ones((5, 6))}).shape == (5, 2, 3)
    known = graph.constant(np.ones((2, 6)))
    assert graph.reshape(known, [graph.shape(known)[0], -1]).shape == (2, 6)


def test_a_size_is_a_single_number(graph):
    with pytest.raises(ValueError, match=r"sizes of 'constant' .*a single integer"):
        graph.reshape(np.ones(4), [graph.constant([2, 2], dtype=int), 1])


def test_a_tile_knows_its_shape_as_far_as_can_be(graph):
    x = graph.placeholder((None, 3), name="x")
    assert graph.tile(x, (1, 2)).shape == (None, 6)
    assert graph.tile(x, (1, 2)).dims[0] is x.dims[0]
    assert graph.tile(x, (2, 1)).shape == (None, 3)
    assert graph.tile(np.ones((2, 0)), (3, 2)).shape == (6, 0)
    times = graph.placeholder((2,), int)
    assert graph.tile(x, times).shape == (None, None)
    with pytest.raises(ValueError, match="3 multiples for 2 axes"):
        graph.tile(x, (1, 2, 3))


def test_the_gradient_of_a_tile_of_nothing(graph):
    x = graph.constant(np.ones((2, 0)))
    (gradient,) = graph.gradients(graph.tile(x, (3, 2)), [x])
    assert Session(graph).run(gradient).shape == (2, 0)


def test_squeeze_drops_axes_of_size_one_only(graph):
    x = graph.placeholder((None, 1, 3, 1), name="x")
    assert graph.squeeze(x, 1).shape == (None, 3, 1)
    assert graph.squeeze(x, (1, -1)).shape == (None, 3)
    assert graph.squeeze(x, 0).shape == (1, 3, 1)
    assert graph.squeeze(x).shape is None
    with pytest.raises(ValueError, match=r"squeeze of 'x'.*axis 2: .* 1, got 3"):
        graph.squeeze(x, 2)
    with pytest.raises(ValueError):
        Session(graph).run(graph.squeeze(x, 0), {x: np.ones((2, 1, 3, 1))})


@pytest.mark.parametrize("axis", [3, -4])
def test_an_axis_to_expand_must_be_near(graph, axis):
    with pytest.raises(ValueError, match=rf"axis {axis} is not in \[-3, 2\]: .*'x'"):
        graph.expand_dims(graph.placeholder((2, 3), name="x"), axis)


@pytest.mark.parametrize(
    ("operate", "expected"),
    [
        (lambda a, b: a & b, [True, False, False]),
        (lambda a, b: a | b, [True, True, True]),
        (lambda a, b: a ^ b, [False, True, True]),
        (lambda a, b: ~a, [False, False, True]),
        (lambda a, b: a & [True, True, False], [True, True, False]),
        (lambda a, b: [False, True, True] | a, [True, True, True]),
        (lambda a, b: True ^ a, [False, False, True]),
        (lambda a, b: False & a, [False, False, False]),
        (lambda a, b: a.graph.not_equal(a, b), [False, True, True]),
    ],
)
def test_logic(graph, operate, expected):
    a, b = graph.constant([True, True, False]), graph.constant([True, False, True])
    result = operate(a, b)
    assert result.dtype == bool
    assert list(Session(graph).run(result)) == expected


def test_a_quotient_is_rounded_down(graph):
    a = graph.constant([-7, 7], dtype=int)
    assert (a // 2).dtype == int
    assert list(Session(graph).run(a // 2)) == [-4, 3]
    assert list(Session(graph).run(15 // a)) == [-3, 2]
    truths = graph.constant([True, False])
    assert list(Session(graph).run(truths // [True, True])) == [1, 0]
    assert Session(graph).run(graph.constant(-7.5) // 2) == -4


def test_what_y_does_not_depend_on_has_no_gradient_if_so_wished(graph):
    x, y = graph.variable(1.0), graph.variable(2.0)
    one, other = graph.gradients(x * 2, [x, y], zeros=False)
    assert Session(graph).run(one) == 2
    assert other is None


def test_dropout_keeps_a_part(graph):
    for bad in (0, 1.5, -0.1):
        with pytest.raises(ValueError, match=f"keep_prob .* got {bad}"):
            graph.dropout(graph.constant([1.0]), bad)


def test_the_cross_entropies_of_each_example_have_their_mean(graph):
    x = graph.constant([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]])
    labels = graph.constant([0, 2], dtype=int)
    each = graph.softmax_cross_entropy(x, labels, mean=False)
    assert each.shape == (2,)
    values = Session(graph).run([each, graph.softmax_cross_entropy(x, labels)])
    assert values[0].mean() == pytest.approx(values[1])
    each = graph.sigmoid_cross_entropy(x, graph.zeros_like(x), mean=False)
    whole = graph.sigmoid_cross_entropy(x, graph.zeros_like(x))
    assert each.shape == (2, 3)
    assert Session(graph).run(each).mean() == pytest.approx(Session(graph).run(whole))


@pytest.mark.parametrize("name", ["logical_and", "logical_or", "logical_xor"])
def test_logic_is_of_truth_values(graph, name):
    with pytest.raises(TypeError, match=rf"{name} takes truth values, got .*'n'"):
        getattr(graph, name)(True, graph.constant(1, name="n"))
    with pytest.raises(TypeError, match="compare it first"):
        ~graph.constant(6, dtype=int)


def test_dropout_is_of_floating_point(graph):
    with pytest.raises(TypeError, match=r"dropout of floating point, got .*'n'"):
        graph.dropout(graph.constant([1, 2], name="n", dtype=int), 0.5)


def test_an_operation_of_the_name_of_one_of_ours_is_another(graph):
    class ReadOp(ElementwiseOp):
        def compute(self, np, x):
            return x * 1

    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        read = ReadOp([v], graph).output
    assert Session(graph).run(read) == 5


def test_an_assignment_can_be_made_by_its_class(graph):
    v = graph.variable(1.0)
    assert Session(graph).run(AssignOp([v, 3.0], graph).output) == 3


def test_control_inputs_come_as_a_list(graph):
    two = graph.assign(graph.variable(1.0), 2)
    refused = pytest.raises(TypeError, match="a list of control inputs, got Tensor")
    with refused, graph.control_dependencies(two):
        pass


def test_limits_of_random_numbers_that_are_none_are_refused(graph):
    with pytest.raises(ValueError, match="low is at most high, got 5 and 1"):
        graph.random_uniform((2,), 5, 1)
    for draw in (graph.random_normal, graph.truncated_normal):
        for stddev in (-1, float("nan")):
            with pytest.raises(ValueError, match=f"stddev is at least 0, got {stddev}"):
                draw((2,), stddev=stddev)
