"""Softmax and cross-entropies: right far out, for labels of both forms."""

import numpy as np
import pytest
from cases import FAR
from check import refused, run

from session import Session


def test_integer_labels_are_classes(graph):
    logits = graph.variable([[1.0, 2, 3], [3, 2, 1]])
    by_class = graph.softmax_cross_entropy(logits, [2, 0])
    by_row = graph.softmax_cross_entropy(logits, [[0, 0, 1], [1, 0, 0]])
    a, b = Session(graph).run([by_class, by_row])
    assert a == b


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


def test_a_loss_does_not_grow_with_the_number_of_examples(graph):
    few = graph.softmax_cross_entropy([[1.0, 2.0]], [[1, 0]])
    many = graph.softmax_cross_entropy([[1.0, 2.0]] * 4000, [[1, 0]] * 4000)
    a, b = run([few, many])
    assert a == pytest.approx(b)


def test_the_cross_entropy_of_a_perfect_prediction_is_zero(graph):
    logits = graph.variable([[1000.0, 0], [0, 1000.0]])
    loss = graph.softmax_cross_entropy(logits, [[1, 0], [0, 1]])
    value, gradient = run([loss, *graph.gradients(loss, [logits])])
    assert value == 0
    np.testing.assert_array_equal(gradient, np.zeros((2, 2)))


def test_the_gradient_of_sigmoid_cross_entropy_at_zero_is_that_of_both_sides(graph):
    x = graph.variable(0.0)
    (gradient,) = graph.gradients(graph.sigmoid_cross_entropy(x, 1.0), [x])
    assert Session(graph).run(gradient) == -0.5


# Far out


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_is_finite_and_silent_far_out(graph, name):
    x = graph.variable([FAR, FAR[::-1], np.full(7, 1e4)])
    y = getattr(graph, name)(x)
    values = Session(graph).run([y, *graph.gradients(y, [x])], check_numerics=True)
    assert np.isfinite(values).all()
    if name == "softmax":
        np.testing.assert_allclose(values[0].sum(axis=1), 1)


def test_a_softmax_of_large_numbers_is_a_number(graph):
    np.testing.assert_array_equal(run(graph.softmax([1000, 0, -1000])), [1, 0, 0])


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


# Labels that are none


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


def test_labels_outside_the_classes(graph):
    labels = graph.placeholder((2,), int, name="labels")
    loss = graph.softmax_cross_entropy(np.ones((2, 3)), labels)
    for bad, wrong in (([0, 3], 3), ([-1, 0], -1)):
        with refused(ValueError, f"the label {wrong} is not among the classes 0 to 2"):
            Session(graph).run(loss, {labels: bad})
