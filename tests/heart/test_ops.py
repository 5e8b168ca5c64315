"""What operations compute, where derivatives have no one value, and far out."""

import numpy as np
import pytest
from cases import FAR
from check import refused, run

from ops import AssignOp, BaseOp, TanhOp
from session import Session


def test_an_operation_without_inputs(graph):
    class PiOp(BaseOp):
        def compute(self, np):
            return np.float64(np.pi)

    assert Session(graph).run(PiOp([], graph).output * 2) == 2 * np.pi


def test_a_readers_own_operation_works_from_anywhere(graph):
    class CubeOp(BaseOp):
        def compute(self, np, x):
            return x * x * x

        def gradient(self, grad):
            (x,) = self.inputs
            return [grad * 3 * x * x]

    x = graph.variable([1.0, 2.0])
    y = CubeOp([x], graph).output
    first = graph.gradients(y, [x])
    second = graph.gradients(first[0], [x])
    values = run([y, *first, *second])
    np.testing.assert_array_equal(values, [[1, 8], [3, 12], [6, 12]])


def test_inputs_that_are_no_list(graph):
    x = graph.variable(1.0, name="x")
    with refused(TypeError, "inputs of tanh come as a list", "TanhOp([x], graph)"):
        TanhOp(x, graph)


def test_a_quotient_is_rounded_down(graph):
    a = graph.constant([-7, 7], dtype=int)
    assert (a // 2).dtype == int
    assert list(Session(graph).run(a // 2)) == [-4, 3]
    assert list(Session(graph).run(15 // a)) == [-3, 2]
    truths = graph.constant([True, False])
    assert list(Session(graph).run(truths // [True, True])) == [1, 0]
    assert Session(graph).run(graph.constant(-7.5) // 2) == -4


def test_a_negative_zero_keeps_its_sign(graph):
    x = graph.variable(1.0)
    assert np.signbit(Session(graph).run(x * -0.0))


# Where a derivative is a choice


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


@pytest.mark.parametrize("power", [0, 1, 2, 3])
def test_derivatives_of_powers_at_zero_are_numbers(graph, power):
    x = graph.variable(0.0)
    y = x**power
    for order in range(1, 5):
        (y,) = graph.gradients(y, [x])
        expected = float(np.prod(range(1, power + 1))) if order == power else 0.0
        assert Session(graph).run(y) == expected


def test_the_derivative_of_a_power_by_its_exponent_at_zero_is_a_number(graph):
    b = graph.variable([-1.0, 0.0, 2.0])
    (gradient,) = graph.gradients(graph.constant(0.0) ** b, [b])
    with np.errstate(divide="ignore"):
        np.testing.assert_array_equal(Session(graph).run(gradient), [0, 0, 0])


def test_the_second_derivatives_of_a_power_at_exponent_zero_agree(graph):
    a, b = graph.variable(2.0), graph.variable(0.0)
    by_a, by_b = graph.gradients(a**b, [a, b])
    mixed = graph.gradients(by_a, [b]) + graph.gradients(by_b, [a])
    assert Session(graph).run(mixed) == [0.5, 0.5]


# Far out


@pytest.mark.parametrize("function", ["sigmoid", "tanh", "softplus", "relu"])
def test_activations_and_their_slopes_are_finite_and_silent_far_out(graph, function):
    x = graph.variable(FAR)
    y = getattr(graph, function)(x)
    values = Session(graph).run([y, *graph.gradients(y, [x])], check_numerics=True)
    assert np.isfinite(values).all()


def test_sigmoid_is_silent_far_out(graph):
    values = run(graph.sigmoid([-1e4, -1000, 0, 1000, 1e4]))
    np.testing.assert_array_equal(values, [0, 0, 0.5, 1, 1])


def test_sigmoid_is_right_in_its_left_tail(graph):
    value = Session(graph).run(graph.sigmoid(graph.constant(-40.0)))
    assert value == pytest.approx(np.exp(-40.0), rel=1e-12)


# Assignments


def test_an_assignment_can_be_made_by_its_class(graph):
    v = graph.variable(1.0)
    assert Session(graph).run(AssignOp([v, 3.0], graph).output) == 3


def test_an_integer_can_be_assigned(graph):
    a = graph.tensor(2.0)
    session = Session(graph)
    assert session.run(graph.assign(a, 5)) == 5
    assert session.run(a) == 5


def test_a_tensor_without_a_value_can_be_assigned_one(graph):
    a = graph.tensor()
    session = Session(graph)
    session.run(graph.assign(a, 5.0))
    assert session.run(a * 2) == 10


def test_a_computed_tensor_cannot_be_assigned(graph):
    with pytest.raises(ValueError, match="not a variable"):
        graph.assign(graph.constant(1) + 1, 5)


def test_assigning_to_what_is_no_variable(graph):
    for tensor in (graph.constant(1, name="a"), graph.exp(1.0, name="a_")):
        with refused(ValueError, "cannot assign to", "'a", "not a variable"):
            graph.assign(tensor, 2)
