"""Graphs that hypothesis makes up: shared tensors, skips, broadcasts, any order."""

import numpy as np
from check import differences, evaluate, needing

from graph import Graph
from session import Session

with needing("hypothesis"):
    from hypothesis import given, settings
    from hypothesis import strategies as st

SHAPES = [(), (3,), (1,), (2, 3), (2, 1), (1, 3), (4, 2, 3), (4, 1, 1)]

# Smooth, and bounded so that a deep composition stays in range.
UNARY = ["tanh", "sigmoid", "neg", "softplus"]
BINARY = ["add", "sub", "mul", "maximum_of_squares"]


def combine(graph, name, a, b):
    if name == "maximum_of_squares":
        return graph.log(graph.exp(graph.tanh(a)) + graph.exp(graph.tanh(b)))
    return getattr(graph, name)(a, b)


@st.composite
def graphs(draw):
    """A graph over placeholders: (graph, placeholders, their values, a scalar)."""
    graph = Graph()
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    told = draw(st.sampled_from(["known", "sizes", "nothing"]))
    xs, arrays = [], []
    for i in range(draw(st.integers(1, 3))):
        shape = draw(st.sampled_from(SHAPES))
        stated = {"known": shape, "sizes": (None,) * len(shape), "nothing": None}[told]
        xs.append(graph.placeholder(stated, name=f"x{i}"))
        arrays.append(rng.normal(size=shape))
    tensors = list(xs)
    for _ in range(draw(st.integers(1, 8))):
        pick = st.sampled_from(tensors)
        step = draw(st.sampled_from(["unary", "binary", "sum", "mean", "number"]))
        a = draw(pick)
        if step == "unary":
            made = getattr(graph, draw(st.sampled_from(UNARY)))(a)
        elif step == "binary":
            made = combine(graph, draw(st.sampled_from(BINARY)), a, draw(pick))
        elif step == "number":
            made = a * draw(st.sampled_from([0.5, 1, -1, 2])) + draw(st.integers(0, 1))
        else:
            made = getattr(graph, step)(a, keepdims=draw(st.booleans()))
            made = graph.tanh(made)
        tensors.append(made)
    total = graph.sum(tensors[-1])
    for tensor in tensors[-3:-1]:
        total = total + graph.mean(tensor)
    return graph, xs, arrays, total


@settings(max_examples=150, deadline=None, derandomize=True)
@given(graphs())
def test_gradients_of_random_graphs_are_those_of_finite_differences(made):
    graph, xs, arrays, total = made
    session = Session(graph)
    first = graph.gradients(total, xs)
    scalar = graph.add(graph.sum(graph.square(first[0])), graph.sum(first[-1]))
    second = graph.gradients(scalar, xs)
    for y, gradients in ((total, first), (scalar, second)):
        got = session.run(gradients, dict(zip(xs, arrays)))
        expected = differences(
            lambda moved, y=y: session.run(y, dict(zip(xs, moved))), arrays
        )
        for a, b in zip(got, expected):
            np.testing.assert_allclose(a, b, rtol=2e-5, atol=2e-5)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(graphs())
def test_a_program_computes_what_its_operations_do_one_by_one(made):
    graph, xs, arrays, total = made
    gradients = graph.gradients(total, xs)
    wanted = [x for x in graph.tensors if x.kind != "placeholder"] + gradients
    expected = evaluate(wanted, dict(zip(xs, arrays)))
    for a, b in zip(Session(graph).run(wanted, dict(zip(xs, arrays))), expected):
        assert np.shape(a) == np.shape(b)
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)
