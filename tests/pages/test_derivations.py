"""Each displayed formula of the book, evaluated: its sides agree with each other, and
with what the framework computes. A formula that is not evaluated here fails."""

import pathlib
import re

import numpy as np
import pytest
from check import needing
from numpy import exp, log, sqrt
from prose import prose

import main
import tf
import train
from course import (
    part5_layers,
    part5b_digits,
    part7_curvature,
    part8_attention,
    part9_machines,
    part11_sequences,
)
from graph import Graph
from session import Session

with needing("latex2mathml"):
    from weave.contents import CONTENTS

PAGES = [page for group in CONTENTS.values() for page in group]
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
    L = -sum(c[i, j] * log(p[i, j]) for i in range(2) for j in range(3)) / 2

    def build(graph, scores, c):
        return graph.softmax_cross_entropy(scores, c)

    yield [L, of_graph(build, scores, c)]


def one_step_down():
    def build(graph, theta):
        L = theta**4
        return graph.assign(theta, theta - 0.05 * graph.gradients(L, [theta])[0])

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


def fused_slope():
    c = np.eye(4)[2]

    def L(a):
        return -(c * log(softmax(a))).sum()

    for j in range(4):
        yield [slope(L, x, j), p[j] - c[j]]


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
    made, X = part5b_digits.Classifier(rng), rng.normal(size=(5, 64))
    h, p, *parameters = made.session.run(
        [made.hidden, made.p, *made.graph.variables[:4]], {made.X: X}
    )
    W0, b0, W1, b1 = parameters
    yield [h, np.maximum(X @ W0 + b0, 0)]
    yield [p, [softmax(row) for row in h @ W1 + b1]]


def quadratic():
    """A bowl, a point, a vector; and what the graph says of the bowl there."""
    A = np.array([[2.0, 0.5], [0.5, 1.0]])
    at, v = np.array([0.3, -0.7]), np.array([1.5, 2.0])

    def build(graph, theta):
        f = graph.sum((A @ theta) * theta) + graph.sum(theta)
        (g,) = graph.gradients(f, [theta])
        H = graph.stack([graph.gradients(g[i], [theta])[0] for i in range(2)])
        (product,) = graph.gradients(graph.sum(g * v), [theta])
        return [f, g, H, product]

    def f(theta):
        return theta @ A @ theta + theta.sum()

    return f, at, v, of_graph(build, at)


def rows_of_the_hessian():
    f, at, _, (_, g, H, _) = quadratic()
    for i, j in np.ndindex(2, 2):
        by_trial = slope(lambda theta, i=i: slope(f, theta, i), at, j)
        assert abs(H[i, j] - by_trial) < 1e-3
        yield [g[j], slope(f, at, j)]


def mixed_differences():
    f, at, _, (_, _, H, _) = quadratic()
    h, k = np.array([0.1, 0]), np.array([0, 0.2])
    yield [0.1 * 0.2 * H[0, 1], f(at + h + k) - f(at + k) - f(at + h) + f(at)]


def product_with_the_hessian():
    f, at, v, (_, _, H, product) = quadratic()
    e = 1e-4 * v

    def gradient(at):
        return np.array([slope(f, at, 0), slope(f, at, 1)])

    for i in range(2):
        assert abs((gradient(at + e) - gradient(at - e))[i] / 2e-4 - product[i]) < 1e-3
        yield [product[i], sum(H[i, j] * v[j] for j in range(2))]


def logistic_regression():
    data, c = part7_curvature.points()
    theta = np.array([0.4, -0.9])
    regression = part7_curvature.LogisticRegression(theta)
    g, H = regression.session.run([regression.g, regression.H])
    p, N = sigma(data @ theta), len(data)
    for j, k in np.ndindex(2, 2):
        yield [g[j], sum(data[i, j] * (p[i] - c[i]) for i in range(N)) / N]
        terms = (data[i, j] * p[i] * (1 - p[i]) * data[i, k] for i in range(N))
        yield [H[j, k], sum(terms) / N]


def bowl():
    f, at, d, (value, g, H, _) = quadratic()
    yield [f(at + d), value + g @ d + d @ H @ d / 2]


def newton_step():
    f, at, _, (_, g, H, _) = quadratic()
    lowest = at - np.linalg.inv(H) @ g
    yield [at + part7_curvature.newton(g, H), lowest]
    yield [0, slope(f, lowest, 0)]
    yield [0, slope(f, lowest, 1)]


def other_units():
    _, _, _, (_, g, H, _) = quadratic()
    A = np.array([[1.0, 3.0], [0.5, -2.0]])
    step = -A @ np.linalg.inv(A.T @ H @ A) @ A.T @ g
    yield [step, -np.linalg.inv(H) @ g]


def forward_mode():
    v = rng.normal(size=4)

    def build(graph, x):
        u = graph.placeholder((4,))
        (backward,) = graph.gradients(graph.softmax(x), [x], u)
        return graph.gradients(graph.sum(backward * v), [u])[0]

    forward = of_graph(build, x)
    for i in range(4):
        terms = (slope(lambda x, i=i: softmax(x)[i], x, j) * v[j] for j in range(4))
        yield [forward[i], sum(terms)]


def attention():
    Q, K, V = (rng.normal(size=(2, 3, 5)) for _ in "QKV")
    M = np.array([[0, -1e9, -1e9], [0, 0, -1e9], [0, 0, 0]])
    stack = [q @ k.T / sqrt(5) + M for q, k in zip(Q, K)]
    weights = np.array([[softmax(row) for row in rows] for rows in stack])

    def build(graph, Q, K, V):
        mask = part8_attention.causal(3)
        return part8_attention.attend(graph, Q, K, V, mask)[0]

    yield [of_graph(build, Q, K, V), weights @ V]


def root_mean_square():
    model = part8_attention.Transformer(rng)
    norm = model.session.run(model.norm(model.graph.constant(x)))
    yield [norm, x / sqrt(sum(x**2) / len(x) + 1e-5)]


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


def mean_of_parts():
    graph = Graph()
    x, w = graph.placeholder((None, 3)), graph.variable(rng.normal(size=(3, 1)))
    L = graph.mean(graph.square(graph.tanh(x @ w)))
    (gradient,), session = graph.gradients(L, [w]), Session(graph)
    batch = rng.normal(size=(12, 3))
    parts = [session.run(gradient, {x: part}) for part in np.split(batch, 4)]
    yield session.run(gradient, {x: batch}), sum(parts) / 4


def share_of_a_ring():
    for m in (2, 3, 8):
        _, sent, _ = part9_machines.ring([rng.normal(size=4 * m) for _ in range(m)])
        yield 2 * (m - 1) / m, sent / (4 * m)


def glorot():
    tf.reset_default_graph()
    v = tf.get_variable("v", [300, 500])
    values = tf.Session().run(v)
    yield [round(sqrt(6 / (300 + 500)), 4), round(values.max(), 4)]
    yield [round(-sqrt(6 / (300 + 500)), 4), round(values.min(), 4)]


# A line for each displayed formula, in the order of the book: what evaluates it, and
# the formula, to the letter.  Whoever changes one has to look at what evaluates it.
def conv_row():
    x, g = rng.normal(size=(1, 1, 9, 1)), rng.normal(size=(1, 1, 7, 1))
    graph = Graph()
    w = graph.variable(rng.normal(size=(1, 3, 1, 1)))
    y = graph.conv2d(x, w, padding="VALID")
    (by_w,) = graph.gradients(y, [w], grad_y=g)
    x, g = x.ravel(), g.ravel()
    by_hand = [sum(x[i + a] * g[i] for i in range(7)) for a in range(3)]
    yield [Session(graph).run(by_w).ravel(), by_hand]


def one_step(kind, *values):
    """A cell of the chapter, its weights, and what it computes of these values."""
    graph = Graph()
    cell = kind(graph, 2, 3, rng)
    tensors = [graph.constant(value) for value in values]
    session = Session(graph)
    found = session.run([*cell.parameters, *cell.step(*tensors)])
    return found[:3], found[3:]


def recurrent_cell():
    x, h = rng.normal(size=(1, 2)), rng.normal(size=(1, 3))
    (W, U, b), (new,) = one_step(part11_sequences.Recurrent, x, h)
    yield [new, np.tanh(x @ W + h @ U + b)]


def slope_of_a_cell():
    x, h = rng.normal(size=(1, 2)), rng.normal(size=(1, 3))
    (W, U, b), (new,) = one_step(part11_sequences.Recurrent, x, h)
    rows = [slope(lambda h: np.tanh(x @ W + h @ U + b)[0], h, (0, k)) for k in range(3)]
    yield [np.array(rows), U @ np.diag(1 - new[0] ** 2)]


def lstm():
    x, h, c = rng.normal(size=(1, 2)), rng.normal(size=(1, 3)), rng.normal(size=(1, 3))
    (W, U, b), (new_h, new_c) = one_step(part11_sequences.LSTM, x, h, c)
    i, f, o, z = np.split(x @ W + h @ U + b, 4, axis=1)
    i, f, o = sigma(i), sigma(f + 1), sigma(o)
    yield [new_c, f * c + i * np.tanh(z)]
    yield [new_h, o * np.tanh(new_c)]


def inverse():
    A, dA = np.eye(3) + 0.1 * rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    Y, dY = np.linalg.inv(A), slope(lambda t: np.linalg.inv(A + t * dA), np.array(0.0))
    yield [dA @ Y + A @ dY, np.zeros((3, 3))]


def phi(A):
    return np.tril(A) - np.diag(np.diag(A)) / 2


def cholesky_nudged():
    B = rng.normal(size=(3, 3))
    A, dA = B @ B.T + np.eye(3), B + B.T
    L = np.linalg.cholesky(A)
    dL = slope(lambda t: np.linalg.cholesky(A + t * dA), np.array(0.0))
    M, inverse = np.linalg.inv(L) @ dL, np.linalg.inv(L)
    yield [M, np.tril(M), phi(inverse @ dA @ inverse.T)]
    yield [M + M.T, inverse @ dA @ inverse.T]
    yield [dL, L @ phi(inverse @ dA @ inverse.T)]


def cholesky_gradient():
    B, G = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    A = B @ B.T + np.eye(3)
    L = np.linalg.cholesky(A)
    by_A = np.linalg.inv(L).T @ phi(L.T @ G) @ np.linalg.inv(L)
    graph = Graph()
    a = graph.variable(A)
    (share,) = graph.gradients(graph.cholesky(a), [a], grad_y=G)
    yield [Session(graph).run(share), (by_A + by_A.T) / 2]


def convolution():
    x, f, g = (rng.normal(size=n) for n in [(2, 4, 5, 3), (2, 3, 3, 2), (2, 3, 3, 2)])
    y, by_x, by_f = np.zeros_like(g), np.zeros_like(x), np.zeros_like(f)
    for n, i, j, m in np.ndindex(g.shape):
        for a, b, c in np.ndindex(f.shape[:3]):
            y[n, i, j, m] += x[n, i + a, j + b, c] * f[a, b, c, m]
            by_f[a, b, c, m] += x[n, i + a, j + b, c] * g[n, i, j, m]
            p, q = i + a, j + b
            by_x[n, p, q, c] += g[n, p - a, q - b, m] * f[a, b, c, m]
    graph = Graph()
    X, F = graph.variable(x), graph.variable(f)
    Y = graph.conv2d(X, F, padding="VALID")
    values = Session(graph).run([Y, *graph.gradients(Y, [X, F], grad_y=g)])
    yield from zip(values, [y, by_x, by_f])


def batch_normalization():
    x, gamma, beta, epsilon = rng.normal(size=(5, 3)), 2.0, 1.0, 0.1
    mu, variance = x.mean(axis=0), ((x - x.mean(axis=0)) ** 2).mean(axis=0)

    def build(graph, x):
        moments = graph.moments(x, 0)
        return graph.batch_normalization(x, *moments, beta, gamma, epsilon)

    by_hand = gamma * (x - mu) / sqrt(variance + epsilon) + beta
    yield [of_graph(build, x), by_hand]


LINES = (pathlib.Path(__file__).parent / "formulas.txt").read_text("utf-8").splitlines()
FORMULAS = [line.split(" ", 1) for line in LINES]


def test_each_displayed_formula_is_evaluated():
    text = "\n".join(prose(page.source) for page in PAGES)
    shown = [" ".join(f.split()) for f in re.findall(r"\$\$(.*?)\$\$", text, re.DOTALL)]
    assert shown == [formula for _, formula in FORMULAS]


@pytest.mark.parametrize("name", dict.fromkeys(name for name, _ in FORMULAS))
def test_the_sides_of_a_formula_agree(name):
    for first, *others in globals()[name]():
        for other in others:
            np.testing.assert_allclose(other, first, rtol=1e-6, atol=1e-8)


# The table of Part IV: what an operation is, what it hands back, the operation, and
# what it hands back for the arrays x, z, g and the matrices X, Y, G.
X, Y, G = (rng.normal(size=size) for size in [(2, 3), (3, 4), (2, 4)])
z, rows = rng.normal(size=4), np.ones((1, 3))
TABLE = [
    ("$y = a + b$", "$G$ and $G$", lambda G, a, b: a + b, [x, z], g, [g, g]),
    ("$y = a - b$", "$G$ and $-G$", lambda G, a, b: a - b, [x, z], g, [g, -g]),
    ("$y = -x$", "$-G$", lambda G, x: -x, [x], g, [-g]),
    ("$y = a b$", "$G b$ and $G a$", lambda G, a, b: a * b, [x, z], g, [g * z, g * x]),
    ("$y = x^2$", "$2 G x$", lambda G, x: G.square(x), [x], g, [2 * g * x]),
    ("$y = e^x$", r"$G\, y$", lambda G, x: G.exp(x), [x], g, [g * exp(x)]),
    (r"$y = \ln x$", "$G / x$", lambda G, x: G.log(x), [t], g, [g / t]),
    ("$y = 1 / x$", r"$-G\, y^2$", lambda G, x: 1 / x, [x], g, [-g / x**2]),
    (
        r"$y = \sigma(x)$",
        r"$G\, y (1 - y)$",
        lambda G, x: G.sigmoid(x),
        [x],
        g,
        [g * sigma(x) * (1 - sigma(x))],
    ),
    (
        r"$y = \mathrm{relu}(x)$",
        "$G$ where $x > 0$, else 0",
        lambda G, x: G.relu(x),
        [x],
        g,
        [np.where(x > 0, g, 0)],
    ),
    (
        r"$y = \sum_i x_i$",
        "$G$ to each $x_i$",
        lambda G, x: G.sum(x),
        [x],
        3.0,
        [3 * np.ones(4)],
    ),
    (
        r"$y_i = \sum_j x_{ij}$",
        "$G_i$ to each $x_{ij}$",
        lambda G, X: G.sum(X, axis=1),
        [X],
        g[:2],
        [g[:2, None] * rows],
    ),
    (
        r"$y = \mathrm{softmax}(x)$",
        r"$(G - \sum_i G_i y_i)\, y$",
        lambda G, x: G.softmax(x),
        [x],
        g,
        [(g - (g * p).sum()) * p],
    ),
    (
        "$Y = A B$",
        "$G B^T$ and $A^T G$",
        lambda G, A, B: A @ B,
        [X, Y],
        G,
        [G @ Y.T, X.T @ G],
    ),
]


def test_the_table_of_derivatives_has_these_rows():
    lines = re.findall(
        r"^\| (\$[yY].*) \|$", prose("course/part4_descent.py"), re.MULTILINE
    )
    shown = [tuple(line.split(" | ")[:2]) for line in lines]
    assert shown == [row[:2] for row in TABLE]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_what_a_row_of_the_table_hands_back(row):
    _, _, build, values, seed, expected = row
    shares = of_graph(
        lambda G, *xs: G.gradients(build(G, *xs), xs, G.constant(seed)), *values
    )
    for share, other in zip(shares, expected, strict=True):
        np.testing.assert_allclose(share, other, rtol=1e-9, atol=1e-12)
