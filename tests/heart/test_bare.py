"""The heart by itself: a bare graph and a bare session, with nothing around them."""

import numpy as np
import pytest
from check import differences, run_python

from graph import BareGraph
from session import BareSession

BARE = """
import sys
import graph, session
graph.Graph, session.Session = graph.BareGraph, session.BareSession
"""

NOTHING_ELSE = """
print([name for name in sys.modules if name.startswith(("mixins", "compiler"))])
"""


def in_a_process_of_its_own(script):
    """What a fresh process prints that has the bare heart only."""
    *lines, others = run_python("-c", BARE + script + NOTHING_ELSE).stdout.splitlines()
    assert others == "[]"
    return lines


def test_the_bare_heart_trains_xor_to_the_same_loss():
    script = """
import main
graph, X, targets, output, loss, update = main.build()
session = session.Session(graph)
for _ in range(main.STEPS):
    session.run(update)
print(f"{session.run(loss):.8f}")
"""
    assert in_a_process_of_its_own(script) == ["0.00034011"]


def test_the_bare_heart_reads_nine_digits_of_ten():
    script = """
import numpy as np
data = np.load("course/digits.npz")
images, labels = data["images"].reshape(-1, 64) / 16, data["labels"]
graph = graph.Graph()
X, t = graph.placeholder(), graph.placeholder()
rng = np.random.default_rng(0)
W0 = graph.variable(rng.normal(size=(64, 32)) / 8)
b0, b1 = graph.variable(np.zeros(32)), graph.variable(np.zeros(10))
W1 = graph.variable(rng.normal(size=(32, 10)) / 6)
logits = graph.tanh(X @ W0 + b0) @ W1 + b1
largest = graph.stop_gradient(graph.max(logits, axis=1, keepdims=True))
total = graph.log(graph.sum(graph.exp(logits - largest), axis=1)) + graph.sum(
    largest, axis=1
)
loss = graph.mean(total - graph.sum(t * logits, axis=1))
parameters = [W0, b0, W1, b1]
update = graph.group(
    [
        graph.assign(p, p - 0.5 * g)
        for p, g in zip(parameters, graph.gradients(loss, parameters))
    ]
)
session = session.Session(graph)
order = rng.permutation(1300)
for epoch in range(15):
    for i in range(0, 1300, 65):
        rows = order[i : i + 65]
        session.run(update, {X: images[rows], t: np.eye(10)[labels[rows]]})
guessed = session.run(logits, {X: images[1300:]}).argmax(axis=1)
print((guessed == labels[1300:]).mean())
"""
    (right,) = in_a_process_of_its_own(script)
    assert float(right) >= 0.9


# Each of these broadcasts: a row beside a matrix, a column, and a single number.
BROADCAST = {
    "row": lambda g, x, y: g.sum(g.exp(x * 0.3) * y + g.square(y)),
    "column": lambda g, x, y: g.mean(g.tanh(x + g.sum(x * y, axis=1, keepdims=True))),
    "number": lambda g, x, y: g.sum(g.sum(x * x * x) * y / (2 + g.max(y))),
    "axis": lambda g, x, y: g.sum(g.square(g.sum(x, axis=0)) * y) + g.mean(x**3),
    "product": lambda g, x, y: g.sum(g.sigmoid((x * y) @ g.transpose(x))),
}


@pytest.mark.parametrize("name", BROADCAST)
def test_a_bare_gradient_is_right_under_broadcasting_to_the_third_order(name):
    rng = np.random.default_rng(0)
    values = [rng.uniform(0.5, 1.5, (4, 3)), rng.uniform(0.5, 1.5, 3)]
    weights = [rng.uniform(0.5, 1.5, value.shape) for value in values]
    graph = BareGraph()
    inputs = [graph.variable(value) for value in values]
    session = BareSession(graph)
    y = BROADCAST[name](graph, *inputs)
    for _ in range(3):
        gradients = graph.gradients(y, inputs)

        def value(arrays, y=y):
            return session.run(y, dict(zip(inputs, arrays)))

        expected = differences(value, values, step=1e-5)
        for gradient, trial in zip(session.run(gradients), expected):
            assert gradient.shape == trial.shape
            np.testing.assert_allclose(gradient, trial, rtol=2e-6, atol=2e-6)
        y = graph.sum(gradients[0] * weights[0]) + graph.sum(gradients[1] * weights[1])


def test_a_bare_run_is_a_snapshot_and_a_placeholder_must_be_fed():
    graph = BareGraph()
    a, b, x = graph.variable(1.0), graph.variable(2.0), graph.placeholder(name="x")
    swap = graph.group([graph.assign(a, b), graph.assign(b, a)])
    session = BareSession(graph)
    assert session.run([swap, a]) == [None, 1.0]
    assert session.run([a, b]) == [2.0, 1.0]
    with pytest.raises(ValueError, match="feed a value for the placeholder 'x'"):
        session.run(graph.square(x))


def test_a_bare_product_of_vectors_has_no_wrong_gradient():
    graph = BareGraph()
    A, b = graph.variable(np.eye(2)), graph.variable([1.0, 2.0])
    gradients = graph.gradients(graph.sum(A @ b), [A])
    with pytest.raises(ValueError, match="axes don't match array"):
        BareSession(graph).run(gradients)
