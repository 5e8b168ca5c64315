"""Each displayed formula of the book, evaluated: its sides agree with each other, and
with what the framework computes. A formula that is not evaluated here fails."""

import re

import numpy as np
import pytest
from numpy import exp, log, sqrt
from test_prose import PAGES, prose

import main
import tf
import train
from course import part5_layers
from graph import Graph
from session import Session

rng = np.random.default_rng(5)
x, g, t = rng.normal(size=4), rng.normal(size=4), np.array([0.1, 0.2, 0.3, 0.4])
p, s = exp(x) / exp(x).sum(), exp(x).sum()
j, i = 1, 2
h = 1e-6


def slope(f, at, index=...):
    """The derivative of `f` by one element of `at`, by trial."""
    e = np.zeros_like(at)
    e[index] = h
    return (f(at + e) - f(at - e)) / (2 * h)


def softmax(x):
    return exp(x) / exp(x).sum()


def sigma(x):
    return 1 / (1 + exp(-x))


def of_graph(build, *values):
    """What a graph of these variables computes."""
    graph = Graph()
    variables = [graph.variable(value) for value in values]
    return Session(graph).run(build(graph, *variables))


def stepped(optimizer, steps, *names):
    """theta after some steps on sum(theta^3), with its slots, and the gradients met."""
    graph = Graph()
    theta = graph.variable(x, name="theta")
    update = optimizer.minimize(graph.sum(theta**3))
    session, seen = Session(graph), []
    for _ in range(steps):
        seen.append(3 * session.run(theta) ** 2)
        session.run(update)
    by_name = {tensor.name: tensor for tensor in graph.variables}
    slots = session.run([by_name[f"theta_{name}"] for name in names])
    return [session.run(theta), *slots], seen


def xor():
    graph, X, targets, output, loss, update = main.build()
    names = ["hidden", "weights0", "bias0", "weights1", "bias1"]
    tensors = {tensor.name: tensor for tensor in graph.tensors}
    fetches = [X, targets, output, loss, *(tensors[name] for name in names)]
    session = Session(graph)
    before = session.run(fetches)
    return before, session, tensors, update


def two_layers():
    (X, _, output, _, hidden, W0, b0, W1, b1), *_ = xor()
    yield [hidden, sigma(X @ W0 + b0)]
    yield [output, sigma(hidden @ W1 + b1)]


def mean_of_squares():
    (_, targets, output, loss, *_), *_ = xor()
    yield [loss, sum((output[i, 0] - targets[i, 0]) ** 2 for i in range(4)) / 4]


def step_of_xor():
    (*_, b1), session, tensors, update = xor()
    gradient = session.run(tensors["loss_by_bias1"])
    session.run(update)
    eta = main.LEARNING_RATE
    yield [session.run(tensors["bias1"]), b1 - eta * gradient]


def affine():
    A, b, z = np.array([[1, 0], [0, -1]]), np.array([1, 1]), np.array([1, 2])
    yield [A @ z + b, of_graph(lambda graph, A, b, x: A @ x + b, A, b, z), [2, -1]]


def on_a_line():
    w, b, along = np.array([0.3, -0.7]), 0.4, np.array([0.7, 0.3])
    foot = -b * w / (w @ w)
    for way in (-2, 0, 3):
        point = foot + way * along
        yield [0, w[0] * point[0] + w[1] * point[1] + b]


def odds():
    for a in x:
        p = exp(a) / (1 + exp(a))
        yield [p, 1 / (1 + exp(-a)), sigma(a), 1 - sigma(-a)]
        yield [p / (1 - p), exp(a)]


def sizes_of_a_layer():
    N, d, C = 5, 3, 4
    X, W, b = rng.normal(size=(N, d)), rng.normal(size=(d, C)), rng.normal(size=C)
    layer = of_graph(lambda graph, X, W, b: graph.softmax(X @ W + b), X, W, b)
    a = X @ W + b
    yield [layer.shape, (N, C)]
    yield [layer, [softmax(row) for row in a], exp(a) / exp(a).sum(1, keepdims=True)]


def softmax_of_two():
    a0, a1 = x[:2]
    p1 = exp(a1) / (exp(a0) + exp(a1))
    yield [p1, 1 / (1 + exp(-(a1 - a0))), sigma(a1 - a0)]


def cross_entropy_of_a_batch():
    c, scores = np.eye(3)[[0, 2]], rng.normal(size=(2, 3))
    p = np.array([softmax(row) for row in scores])
    J = -sum(c[i, j] * log(p[i, j]) for i in range(2) for j in range(3)) / 2

    def build(graph, scores, c):
        return graph.softmax_cross_entropy(scores, c)

    yield [J, of_graph(build, scores, c)]


def one_step_down():
    def build(graph, theta):
        J = theta**4
        return graph.assign(theta, theta - 0.05 * graph.gradients(J, [theta])[0])

    yield [of_graph(build, 1.3), 1.3 - 0.05 * slope(lambda at: at**4, np.array(1.3))]


def two_ways():
    a = 2.0
    b_bar, c_bar = a**2, 3 * a
    yield [b_bar * 3 + c_bar * 2 * a, slope(lambda a: 3 * a * a**2, np.array(a))]


def sides_of_a_weight():
    def build(graph, w):
        return graph.gradients(graph.sum(graph.tanh(w)), [w])[0]

    for i in range(4):
        yield [of_graph(build, x)[i], slope(lambda w: np.tanh(w).sum(), x, i)]


def fused():
    c = np.eye(4)[j]
    J = -(c * log(p)).sum()
    yield [J, -(c * x).sum() + log(exp(x).sum())]


def log_sum_exp():
    m = x.max()
    yield [log(exp(x).sum()), m + log(exp(x - m).sum())]


def fused_slope():
    c = np.eye(4)[2]

    def J(a):
        return -(c * log(softmax(a))).sum()

    for j in range(4):
        yield [slope(J, x, j), p[j] - c[j]]


def layers():
    sizes = [(5, 3), (3, 4), (4,), (4, 2), (2,)]
    return [rng.normal(size=size) for size in sizes]


def hidden_layer():
    X, W0, b0, W1, b1 = values = layers()
    p = of_graph(
        lambda G, X, *parameters: G.softmax(part5_layers.network(G, X, *parameters)[1]),
        *values,
    )
    h = of_graph(lambda G, *values: part5_layers.network(G, *values)[0], *values)
    yield [h, sigma(X @ W0 + b0)]
    yield [p, [softmax(row) for row in h @ W1 + b1]]


def two_layers_are_one():
    X, W0, b0, W1, b1 = layers()
    yield [(X @ W0 + b0) @ W1 + b1, X @ (W0 @ W1) + (b0 @ W1 + b1)]


def classifier():
    made, X = part5_layers.Classifier(rng), rng.normal(size=(5, 64))
    h, p, *parameters = made.session.run(
        [made.hidden, made.p, *made.graph.variables[:4]], {made.X: X}
    )
    W0, b0, W1, b1 = parameters
    yield [h, np.maximum(X @ W0 + b0, 0)]
    yield [p, [softmax(row) for row in h @ W1 + b1]]


def softmax_values():
    yield [p[j], exp(x[j]) / exp(x).sum(), of_graph(lambda G, x: G.softmax(x), x)[j]]


def softmax_slopes():
    yield [
        slope(lambda x: softmax(x)[j], x, j),
        (exp(x[j]) * s - exp(x[j]) * exp(x[j])) / s**2,
        p[j] - p[j] * p[j],
    ]
    yield [
        slope(lambda x: softmax(x)[i], x, j),
        -exp(x[i]) * exp(x[j]) / s**2,
        -p[i] * p[j],
    ]


def softmax_product():
    gradient = of_graph(
        lambda G, x: G.gradients(G.softmax(x), [x], G.constant(g))[0], x
    )
    yield [gradient[j], g[j] * p[j] - sum(g * p * p[j]), p[j] * (g[j] - sum(g * p))]


def cross_entropy(x):
    return -(t * log(softmax(x))).sum()


def cross_entropy_values():
    L = of_graph(lambda G, x: G.softmax_cross_entropy(x, t), x)
    yield [L, cross_entropy(x), -sum(t * log(p))]


def cross_entropy_parts():
    yield [
        cross_entropy(x),
        -sum(t * x) + sum(t) * log(sum(exp(x))),
        -sum(t * x) + log(sum(exp(x))),
    ]


def log_of_sum():
    yield [slope(lambda x: log(exp(x).sum()), x, j), 1 / exp(x).sum() * exp(x[j]), p[j]]


def cross_entropy_slope():
    gradient = of_graph(
        lambda G, x: G.gradients(G.softmax_cross_entropy(x, t), [x])[0], x
    )
    yield [gradient[j], slope(cross_entropy, x, j), p[j] - t[j]]


def sigmoid_cross_entropy():
    L = of_graph(lambda G, x: G.sigmoid_cross_entropy(x, t), x)
    yield [L, np.mean(t * log(1 + exp(-x)) + (1 - t) * log(1 + exp(x)))]


def chain_rule():
    # n is consumed by two operations, m1 = exp(n) and m2 = n^2; y = m1 m2.
    def gradients(G, n):
        m1, m2 = G.exp(n), G.square(n)
        y = m1 * m2
        return [*G.gradients(y, [m1, m2]), *G.gradients(y, [n])]

    by_m1, by_m2, by_n = of_graph(gradients, x)
    yield [by_n, by_m1 * exp(x) + by_m2 * 2 * x, exp(x) * x**2 + exp(x) * 2 * x]


def broadcast_bias():
    X = rng.normal(size=(8, 4))

    def gradients(G, b):
        y = G.add(X, b)
        return G.gradients(G.sum(G.square(y)), [b, y])

    by_b, by_y = of_graph(gradients, x)
    yield [by_b, by_y.sum(axis=0)]


def by_trial():
    (gradient,) = of_graph(lambda G, x: G.gradients(G.sum(G.tanh(x) * x), [x]), x)
    e = np.eye(4)[i]

    def L(x):
        return (np.tanh(x) * x).sum()

    yield [gradient[i], (L(x + h * e) - L(x - h * e)) / (2 * h)]


def sigmoid_slope():
    u, y = exp(-x), sigma(x)
    (gradient,) = of_graph(lambda G, x: G.gradients(G.sigmoid(x), [x]), x)
    yield [gradient, u / (1 + u) ** 2, 1 / (1 + u) * u / (1 + u), y * (1 - y)]
    yield [gradient[i], slope(lambda x: sigma(x)[i], x, i)]


def matrix_product():
    A, B, G = (rng.normal(size=size) for size in [(2, 3), (3, 4), (2, 4)])

    def gradients(graph, A, B):
        return graph.gradients(graph.dot(A, B), [A, B], graph.constant(G))

    by_A, by_B = of_graph(gradients, A, B)
    i, k = 1, 2
    yield [
        by_A[i, k],
        slope(lambda A: (G * (A @ B)).sum(), A, (i, k)),
        sum(G[i, j] * B[k, j] for j in range(4)),
        sum(G[i, j] * B.T[j, k] for j in range(4)),
        (G @ B.T)[i, k],
    ]
    yield [by_B, A.T @ G]
    yield [by_B[2, 3], sum(A[i, 2] * G[i, 3] for i in range(2))]


def gradient_descent():
    (theta,), (g,) = stepped(train.GradientDescentOptimizer(0.1), 1)
    yield [theta, x - 0.1 * g]


def momentum():
    (theta, v), gs = stepped(train.MomentumOptimizer(0.1, 0.9), 2, "momentum")
    v1 = 0.9 * 0 + gs[0]
    v2 = 0.9 * v1 + gs[1]
    yield [v, v2]
    yield [theta, x - 0.1 * v1 - 0.1 * v2]


def adagrad():
    (theta, s), (g,) = stepped(train.AdagradOptimizer(0.1), 1, "accumulator")
    yield [s, 0.1 + g**2]
    yield [theta, x - 0.1 * g / sqrt(s)]


def rmsprop():
    optimizer = train.RMSPropOptimizer(0.1, decay=0.8, momentum=0.7, epsilon=1e-3)
    (theta, s, m), gs = stepped(optimizer, 2, "rms", "momentum")
    s1 = 0.8 * 1 + 0.2 * gs[0] ** 2
    m1 = 0.7 * 0 + 0.1 * gs[0] / sqrt(s1 + 1e-3)
    s2 = 0.8 * s1 + 0.2 * gs[1] ** 2
    m2 = 0.7 * m1 + 0.1 * gs[1] / sqrt(s2 + 1e-3)
    yield [s, s2]
    yield [m, m2]
    yield [theta, x - m1 - m2]


def running_mean():
    m, g, beta, steps = 0.0, 1.7, 0.9, 6
    for _ in range(steps):
        m = beta * m + (1 - beta) * g
    powers = sum(beta**n for n in range(steps))
    yield [m, (1 - beta) * powers * g, (1 - beta**steps) * g]


def adam():
    optimizer = train.AdamOptimizer(0.1, 0.8, 0.9, 1e-3)
    (theta, m, v), gs = stepped(optimizer, 2, "m", "v")
    want, m_, v_ = x, 0, 0
    for t, g in enumerate(gs, 1):
        m_, v_ = 0.8 * m_ + 0.2 * g, 0.9 * v_ + 0.1 * g**2
        want = want - 0.1 * sqrt(1 - 0.9**t) / (1 - 0.8**t) * m_ / (sqrt(v_) + 1e-3)
    yield [m, m_]
    yield [v, v_]
    yield [theta, want]


def glorot():
    tf.reset_default_graph()
    v = tf.get_variable("v", [300, 500])
    values = tf.Session().run(v)
    yield [round(sqrt(6 / (300 + 500)), 4), round(values.max(), 4)]
    yield [round(-sqrt(6 / (300 + 500)), 4), round(values.min(), 4)]


# How a formula begins, and what evaluates it; in the order of the book.
FORMULAS = [
    (r"\text{hidden} = \sigma(X W_0", two_layers),
    (r"\text{loss} = \frac{1}{4}", mean_of_squares),
    (r"\theta \leftarrow \theta - \eta\, \frac{\partial\,\text{loss}}", step_of_xor),
    (r"A = \begin{pmatrix}", affine),
    (r"w_1 x_1 + w_2 x_2 + b = 0", on_a_line),
    (r"p = \frac{e^a}{1 + e^a}", odds),
    (r"X \in \mathbb{R}", sizes_of_a_layer),
    (r"p = \mathrm{softmax}(X W + b)", sizes_of_a_layer),
    (r"p_1 = \frac{e^{a_1}}", softmax_of_two),
    (r"J = -\frac{1}{N}", cross_entropy_of_a_batch),
    (r"\theta \leftarrow \theta - \eta\, J'(\theta)", one_step_down),
    (r"\bar n =", two_ways),
    (r"\bar x_j = G_j y_j", softmax_product),
    (r"\bar A_{ik} =", matrix_product),
    (r"\frac{\partial J}{\partial w} \approx", sides_of_a_weight),
    (r"J = -\sum_j c_j \ln p_j", fused),
    (r"\ln \sum_k e^{a_k} = m", log_sum_exp),
    (r"\frac{\partial J}{\partial a_j} = p_j - c_j", fused_slope),
    (r"h = \sigma(X W_0 + b_0)", hidden_layer),
    (r"(X W_0 + b_0) W_1 + b_1 =", two_layers_are_one),
    (r"h = \mathrm{relu}(X W_0 + b_0)", classifier),
    (r"p_j = \frac{e^{x_j}}", softmax_values),
    (r"\frac{\partial p_j}{\partial x_j} =", softmax_slopes),
    (r"g_j p_j - \sum_i", softmax_product),
    (r"L = -\sum_j t_j \ln p_j", cross_entropy_values),
    (r"L = -\sum_j t_j x_j +", cross_entropy_parts),
    (r"\frac{\partial}{\partial x_j} \ln", log_of_sum),
    (r"\frac{\partial L}{\partial x_j} = p_j - t_j", cross_entropy_slope),
    (r"L = t \ln(1 + e^{-x})", sigmoid_cross_entropy),
    (r"\frac{\partial y}{\partial n} =", chain_rule),
    (r"\frac{\partial L}{\partial b_j} =", broadcast_bias),
    (r"\frac{\partial L}{\partial x_i} \approx", by_trial),
    (r"\sigma' =", sigmoid_slope),
    (r"\frac{\partial L}{\partial a_{ik}} =", matrix_product),
    (r"\theta \leftarrow \theta - \eta\, g", gradient_descent),
    (r"v \leftarrow \mu v + g", momentum),
    (r"s \leftarrow s + g^2", adagrad),
    (r"s \leftarrow \rho s", rmsprop),
    (r"m = (1 - \beta_1)(1 + \beta_1", running_mean),
    (r"m \leftarrow \beta_1 m", adam),
    (r"\theta \leftarrow \theta - \eta\, \frac{\sqrt{1 - \beta_2^t}}", adam),
    (r"\text{limit} = \sqrt", glorot),
]


def test_each_displayed_formula_is_evaluated():
    text = "\n".join(prose(page.source) for page in PAGES)
    shown = [" ".join(f.split()) for f in re.findall(r"\$\$(.*?)\$\$", text, re.DOTALL)]
    assert len(shown) == len(FORMULAS)
    for formula, (begin, _) in zip(shown, FORMULAS):
        assert formula.startswith(begin)


@pytest.mark.parametrize("evaluate", dict.fromkeys(f for _, f in FORMULAS))
def test_the_sides_of_a_formula_agree(evaluate):
    for first, *others in evaluate():
        for other in others:
            np.testing.assert_allclose(other, first, rtol=1e-6, atol=1e-8)
