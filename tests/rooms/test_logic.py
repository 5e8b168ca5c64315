"""Truth values: operators of logic, and what they refuse."""

import pytest

from session import Session


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


@pytest.mark.parametrize("name", ["logical_and", "logical_or", "logical_xor"])
def test_logic_is_of_truth_values(graph, name):
    with pytest.raises(TypeError, match=rf"{name} takes truth values, got .*'n'"):
        getattr(graph, name)(True, graph.constant(1, name="n"))
    with pytest.raises(TypeError, match="compare it first"):
        ~graph.constant(6, dtype=int)
