"""Shapes that are known before a run: unknown sizes, unknown ranks, what fits."""

import numpy as np
import pytest
from check import refused

from session import Session


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


def test_a_gradient_with_respect_to_a_shape_that_was_squeezed_by_a_sum(graph):
    x = graph.placeholder((None, 1, 3))
    y = graph.sum(x, axis=1) * np.ones((2, 3))
    (gradient,) = graph.gradients(y, [x])
    got = Session(graph).run(gradient, {x: np.ones((1, 1, 3))})
    np.testing.assert_array_equal(got, np.full((1, 1, 3), 2.0))


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


# Shapes that are tensors


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


def test_a_placeholder_can_be_a_shape(graph):
    shape = graph.placeholder((2,), int, name="shape")
    y = graph.reshape(np.arange(6), shape)
    assert y.shape == (None, None)
    assert Session(graph).run(y, {shape: [3, 2]}).shape == (3, 2)


def test_a_size_is_a_single_number(graph):
    with pytest.raises(ValueError, match=r"sizes of 'constant' .*a single integer"):
        graph.reshape(np.ones(4), [graph.constant([2, 2], dtype=int), 1])


def test_a_feed_for_a_shape_that_the_graph_is_built_on(graph):
    shape = graph.constant([2, 3], dtype=int, name="shape")
    y = graph.reshape(graph.placeholder((6,)), shape)
    with refused(
        ValueError, "Cannot interpret feed_dict key", "'shape'", "built on its value"
    ):
        Session(graph).run(y, {shape: [3, 2]})


# What does not fit


def test_shapes_that_do_not_broadcast(graph):
    a, b = graph.placeholder((None, 2), name="a"), graph.constant([1, 2, 3], name="b")
    with refused(ValueError, "add of 'a' (?, 2), 'b' (3,)", "do not broadcast"):
        a + b


@pytest.mark.parametrize(
    "build",
    [
        lambda x: x.graph.reshape(x, (4,)),
        lambda x: x.graph.reshape(x, (-1, 4)),
        lambda x: x.graph.sum(x, axis=2),
        lambda x: x.graph.max(x, axis=(0, 0)),
        lambda x: x.graph.transpose(x, (0, 0)),
        lambda x: x.graph.transpose(x, (0, 3)),
        lambda x: x.graph.transpose(x, (3, 0)),
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


def test_sizes_below_zero(graph):
    for make in (
        lambda: graph.placeholder((-1, 3)),
        lambda: graph.reshape(np.ones(6), (-2, -3)),
        lambda: graph.broadcast_to(1.0, (-1,)),
    ):
        with refused(ValueError, "the size of an axis is at least"):
            make()


@pytest.mark.parametrize(
    "shape", [4, [[2, 2]], [2.0, 2.0]], ids=["number", "matrix", "floats"]
)
def test_a_shape_that_is_a_tensor_is_a_vector_of_integers(graph, shape):
    dtype = float if shape == [2.0, 2.0] else int
    with refused(TypeError, "a shape is a vector of integers, got"):
        graph.reshape(np.arange(4.0), graph.constant(shape, dtype=dtype))


def test_a_constant_shape_has_no_size_below_zero(graph):
    with refused(ValueError, "the size of an axis is at least 0, got -2"):
        graph.broadcast_to(1.0, graph.constant([-2, 3], dtype=int))


@pytest.mark.parametrize(
    "make",
    [
        lambda graph, x: graph.sum(x, axis=1.5),
        lambda graph, x: graph.max(x, axis=[0, 1.5]),
        lambda graph, x: graph.argmax(x, axis=1.5),
        lambda graph, x: graph.concat([x, x], axis=1.5),
        lambda graph, x: x[1.5],
    ],
)
def test_an_axis_or_index_that_is_no_whole_number(graph, make):
    with refused(TypeError, "is a whole number, got 1.5"):
        make(graph, graph.variable(np.ones((2, 2))))


def test_an_axis_to_expand_must_be_said(graph):
    with refused(ValueError, "expand_dims of 'x' unknown: expected an axis"):
        graph.expand_dims(graph.placeholder(name="x"), None)
