"""What is looked at on request, and arguments that are mistaken for others."""

import numpy as np
import pytest
from check import refused

from ops import BaseOp
from session import Session


def test_check_numerics_names_the_first_operation_that_made_nan(graph):
    x = graph.placeholder(name="x")
    root = graph.log(x, name="root")
    y = graph.exp(root * 0, name="y")
    session = Session(graph)
    assert session.run(y, {x: 1.0}, check_numerics=True) == 1
    message = r"'root', made by log at .*test_checks.py:\d+, has infinity"
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


@pytest.mark.parametrize("name", ["mean", "sum", "cast"])
def test_tensors_that_are_compared_by_python(graph, name):
    x = graph.constant([1, 2])
    rest = ["float64"] if name == "cast" else []
    with refused(TypeError, f"{name} of False", "graph.equal"):
        getattr(graph, name)(x == [1, 2], *rest)


def test_nothing_is_added_to_a_final_graph(graph):
    x = graph.variable(2.0)
    y = graph.square(x)
    graph.finalize()
    before = len(graph.tensors)
    makers = [
        lambda: x + 1,
        lambda: graph.variable(0.0),
        lambda: graph.gradients(y, [x]),
    ]
    for make in makers:
        with pytest.raises(RuntimeError, match="finalized and cannot be modified"):
            make()
    assert (graph.finalized, len(graph.tensors)) == (True, before)
    assert Session(graph).run(y) == 4.0


@pytest.mark.parametrize("kind", ["variable", "constant", "placeholder", "generator"])
def test_an_operation_is_not_called_as_a_leaf_is(graph, kind):
    class AnyOp(BaseOp):
        def compute(self, np, x):
            return x

    AnyOp.kind = kind
    with refused(TypeError, f"AnyOp would be called '{kind}'"):
        AnyOp([1.0], graph)


def test_a_readers_group_op_has_a_value(graph):
    class GroupOp(BaseOp):
        def compute(self, np, x):
            return x

    assert Session(graph).run(GroupOp([2.0], graph).output + 1) == 3
