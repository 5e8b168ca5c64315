"""What a graph makes of values: constants, variables, groups, and whose they are."""

import pytest
from check import refused

from graph import Graph
from ops import TanhOp

# Edges


def test_a_tensor_knows_its_operation_and_its_consumers(graph):
    a = graph.constant(1)
    b = a + a
    c = a * 2
    assert b.op.inputs == (a, a)
    assert b.op.output is b
    assert a.consumers == [b.op, c.op]
    assert a.op is None


# Bad input


def test_operands_of_another_graph(graph):
    with refused(ValueError, "'a'", "another graph"):
        graph.constant(1) * Graph().constant(2, name="a")


@pytest.mark.parametrize("value", ["a", [1, "b"], [[1], [1, 2]], None, {}, print])
def test_values_that_are_not_numbers(graph, value):
    for make in (graph.constant, graph.variable, lambda v: graph.constant(1) + v):
        with refused(TypeError, "expected numbers, got"):
            make(value)


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


def test_an_operation_where_a_tensor_is_wanted(graph):
    op = TanhOp([graph.variable(1.0)], graph)
    with refused(TypeError, "expected a tensor, got an operation; use .output"):
        graph.exp(op)
