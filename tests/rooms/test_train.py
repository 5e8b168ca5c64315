"""Each optimizer does the steps of TensorFlow 1's formula, worked by hand in NumPy."""

import numpy as np
import pytest

from graph import Graph
from session import Session
from train import (
    AdagradOptimizer,
    AdamOptimizer,
    GradientDescentOptimizer,
    MomentumOptimizer,
    RMSPropOptimizer,
)

START = np.array([1.0, -2.0, 0.5])
SCALE = np.array([3.0, 0.1, 1.0])


def gradient(theta):
    return SCALE * theta


def by_hand_descent(theta, steps):
    for _ in range(steps):
        theta = theta - 0.1 * gradient(theta)
    return theta


def by_hand_momentum(theta, steps, nesterov=False):
    v = 0
    for _ in range(steps):
        g = gradient(theta)
        v = 0.9 * v + g
        theta = theta - 0.1 * ((g + 0.9 * v) if nesterov else v)
    return theta


def by_hand_adagrad(theta, steps):
    s = 0.1
    for _ in range(steps):
        g = gradient(theta)
        s = s + g * g
        theta = theta - 0.1 * g / np.sqrt(s)
    return theta


def by_hand_rmsprop(theta, steps, momentum=0.0):
    s, m = 1.0, 0.0
    for _ in range(steps):
        g = gradient(theta)
        s = 0.9 * s + 0.1 * g * g
        m = momentum * m + 0.1 * g / np.sqrt(s + 1e-10)
        theta = theta - m
    return theta


def by_hand_adam(theta, steps):
    m = v = 0.0
    for t in range(1, steps + 1):
        g = gradient(theta)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        rate = 0.1 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        theta = theta - rate * m / (np.sqrt(v) + 1e-8)
    return theta


OPTIMIZERS = {
    "descent": (GradientDescentOptimizer(0.1), by_hand_descent),
    "momentum": (MomentumOptimizer(0.1, 0.9), by_hand_momentum),
    "nesterov": (
        MomentumOptimizer(0.1, 0.9, use_nesterov=True),
        lambda theta, steps: by_hand_momentum(theta, steps, nesterov=True),
    ),
    "adagrad": (AdagradOptimizer(0.1), by_hand_adagrad),
    "rmsprop": (RMSPropOptimizer(0.1), by_hand_rmsprop),
    "rmsprop with momentum": (
        RMSPropOptimizer(0.1, momentum=0.5),
        lambda theta, steps: by_hand_rmsprop(theta, steps, momentum=0.5),
    ),
    "adam": (AdamOptimizer(0.1), by_hand_adam),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_five_steps_are_those_of_the_formula(name):
    optimizer, by_hand = OPTIMIZERS[name]
    graph = Graph()
    theta = graph.variable(START)
    update = optimizer.minimize(graph.sum(graph.square(theta) * SCALE) / 2)
    session = Session(graph)
    for steps in range(1, 6):
        session.run(update)
        np.testing.assert_allclose(session.run(theta), by_hand(START, steps), 1e-12)


def test_epsilon_stands_where_tensorflow_has_it():
    def first_step(optimizer):
        graph = Graph()
        theta = graph.variable(1.0)
        session = Session(graph)
        session.run(optimizer.minimize(theta * 4))
        return 1 - session.run(theta)

    adam = first_step(AdamOptimizer(1.0, epsilon=0.5))
    m, v = 0.1 * 4, 0.001 * 16
    rate = np.sqrt(1 - 0.999) / (1 - 0.9)
    assert adam == pytest.approx(rate * m / (np.sqrt(v) + 0.5))
    rmsprop = first_step(RMSPropOptimizer(1.0, epsilon=0.5))
    assert rmsprop == pytest.approx(4 / np.sqrt(0.9 + 0.1 * 16 + 0.5))


def test_a_step_changes_only_the_variables_it_is_given():
    graph = Graph()
    a, b = graph.variable(1.0), graph.variable(1.0)
    update = GradientDescentOptimizer(0.1).minimize(a * b, var_list=[a])
    session = Session(graph)
    session.run(update)
    assert session.run([a, b]) == [0.9, 1.0]


def test_variables_that_are_not_trainable_stay():
    graph = Graph()
    a, b = graph.variable(1.0), graph.variable(1.0, trainable=False)
    session = Session(graph)
    session.run(AdamOptimizer(0.1).minimize(a * b))
    assert session.run(b) == 1.0


def test_the_learning_rate_can_be_fed():
    graph = Graph()
    rate, a = graph.placeholder(), graph.variable(1.0)
    update = GradientDescentOptimizer(rate).minimize(a * 2)
    session = Session(graph)
    session.run(update, {rate: 0.25})
    assert session.run(a) == 0.5


def test_an_optimizer_in_float32_keeps_float32():
    graph = Graph(np.float32)
    a = graph.variable([1.0, 2.0])
    update = AdamOptimizer(0.1).minimize(graph.sum(a * a))
    session = Session(graph)
    session.run(update)
    assert {value.dtype for value in session.state.values()} == {np.dtype("float32")}


def test_a_loss_of_no_variable_is_refused():
    graph = Graph()
    graph.variable(1.0, name="w")
    with pytest.raises(ValueError, match=r"No gradients provided .*'w'"):
        GradientDescentOptimizer(0.1).minimize(graph.constant(1.0, name="loss"))


def test_one_optimizer_serves_two_graphs():
    optimizer = AdamOptimizer(0.1)
    for _ in range(2):
        graph = Graph()
        a = graph.variable(1.0)
        session = Session(graph)
        session.run(optimizer.minimize(a * 3))
        assert session.run(a) == pytest.approx(0.9)


@pytest.mark.parametrize("rate", ["0.1", None, [0.1, 0.2], np.ones(2)])
def test_a_learning_rate_that_is_no_number_is_refused(rate):
    with pytest.raises(TypeError, match="the learning rate of AdamOptimizer is"):
        AdamOptimizer(rate)


def test_a_learning_rate_that_is_no_scalar_is_refused():
    rate = Graph().variable([0.1, 0.2])
    with pytest.raises(TypeError, match="a number or a scalar tensor"):
        GradientDescentOptimizer(rate)


def test_what_is_to_be_trained_are_variables():
    graph = Graph()
    a, x = graph.variable(1.0, name="a"), graph.placeholder((), name="x")
    loss = a * x
    tensors = len(graph.tensors)
    for wrong in ([x], [loss], [1.0]):
        with pytest.raises(ValueError, match="var_list has variables only, got"):
            GradientDescentOptimizer(0.1).minimize(loss, wrong)
    with pytest.raises(TypeError, match="var_list is a list of variables, got"):
        GradientDescentOptimizer(0.1).minimize(loss, a)
    assert len(graph.tensors) == tensors


def test_a_loss_that_is_no_tensor_is_refused():
    with pytest.raises(TypeError, match="a loss is a tensor, got float"):
        GradientDescentOptimizer(0.1).minimize(1.0)


def test_gradients_and_variables_may_come_as_any_sequence():
    graph = Graph()
    a = graph.variable(3.0)
    optimizer = GradientDescentOptimizer(0.5)
    update = optimizer.apply_gradients(zip(graph.gradients(a * a, [a]), [a]))
    session = Session(graph)
    session.run(update)
    assert session.run(a) == 0


def test_a_loss_that_is_a_variable():
    graph = Graph()
    a = graph.variable(3.0)
    session = Session(graph)
    session.run(GradientDescentOptimizer(0.5).minimize(a))
    assert session.run(a) == 2.5


def test_variables_without_a_gradient_are_left_out():
    graph = Graph()
    a, b = graph.variable(3.0), graph.variable(4.0)
    optimizer = GradientDescentOptimizer(0.5)
    update = optimizer.apply_gradients([(graph.constant(1.0), a), (None, b)])
    session = Session(graph)
    session.run(update)
    assert session.run([a, b]) == [2.5, 4]


def test_the_first_step_of_adam_is_the_learning_rate_in_float32_too():
    graph = Graph(np.float32)
    a = graph.variable(1.0)
    session = Session(graph)
    session.run(AdamOptimizer(0.1).minimize(a * 3))
    assert session.run(a) == pytest.approx(0.9, abs=1e-7)


# What training leaves as it is


def test_a_perceptron_with_a_scalar_bias_trains(graph):
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(-2, 1, (50, 2)), rng.normal(2, 1, (50, 2))])
    labels = np.repeat([0.0, 1.0], 50)
    w, b = graph.variable([0.1, -0.1]), graph.variable(0.0)
    logits = graph.constant(points) @ w + b
    loss = graph.sigmoid_cross_entropy(logits, labels)
    update = GradientDescentOptimizer(0.5).minimize(loss)
    session = Session(graph)
    first = session.run(loss)
    for _ in range(100):
        session.run(update)
    assert session.run(loss) < first / 5
    assert session.run(b).shape == ()
    assert np.mean((session.run(logits) > 0) == labels) > 0.95


def test_a_broadcast_parameter_keeps_its_shape_in_training(graph):
    w = graph.variable([1.0, 2.0, 3.0])
    loss = graph.sum(w * np.ones((4, 3)))
    update = GradientDescentOptimizer(0.1).minimize(loss)
    session = Session(graph)
    for _ in range(3):
        session.run(update)
    np.testing.assert_allclose(session.run(w), np.array([1, 2, 3]) - 3 * 0.1 * 4)


def test_a_validation_loss_in_between_does_not_train_on_its_data(graph):
    x, w = graph.placeholder(), graph.variable(1.0)
    loss = graph.square(w - x)
    update = GradientDescentOptimizer(0.5).minimize(loss)
    session = Session(graph)
    session.run(loss, {x: 100.0})
    session.run(update, {x: 5.0})
    assert session.run(w) == 5.0


def test_one_adam_counts_the_steps_of_each_list_of_variables():
    def trained(optimizers, together):
        graph = Graph()
        a, b = graph.variable(1.0, name="a"), graph.variable(2.0, name="b")
        loss = graph.square(a) + graph.square(b)
        steps = [
            optimizer.minimize(loss, [x]) for optimizer, x in zip(optimizers, (a, b))
        ]
        session = Session(graph)
        for _ in range(3):
            for step in [steps] if together else steps:
                session.run(step)
        return session.run([a, b])

    one = AdamOptimizer(0.1)
    expected = trained([AdamOptimizer(0.1), AdamOptimizer(0.1)], together=True)
    for together in (False, True):
        assert trained([one, one], together) == expected


def test_an_adam_that_goes_on_with_fewer_variables_goes_on_counting():
    graph = Graph()
    a, b = graph.variable(1.0, name="a"), graph.variable(2.0, name="b")
    loss, adam = graph.square(a) + graph.square(b), AdamOptimizer(0.1)
    adam.minimize(loss)
    number = len(graph.variables)
    adam.minimize(loss, [a])
    assert len(graph.variables) == number
