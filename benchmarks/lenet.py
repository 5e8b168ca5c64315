"""A step of a LeNet: here, by hand, by PyTorch and by TensorFlow.

Images of 28 x 28 pixels, a batch of 64; 6 and 16 filters of 5 x 5, max pooling, and
layers of 120, 84 and 10 units; relu, softmax cross-entropy, gradient descent, float32.
"""

import functools

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from graph import Graph
from session import Session

RATE, BATCH = np.float32(0.01), 64


@functools.cache
def data():
    """Images, and for each a row with a 1 at its class."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(BATCH, 28, 28, 1)).astype(np.float32)
    return x, np.eye(10, dtype=np.float32)[rng.integers(10, size=BATCH)]


def parameters():
    rng = np.random.default_rng(1)
    shapes = [(5, 5, 1, 6), (6,), (5, 5, 6, 16), (16,)]
    shapes += [(256, 120), (120,), (120, 84), (84,), (84, 10), (10,)]
    return [
        (rng.normal(size=n) * np.prod(n[:-1]) ** -0.5 * (len(n) > 1)).astype(np.float32)
        for n in shapes
    ]


def here(kind=Session):
    graph = Graph(np.float32)
    x = graph.placeholder((None, 28, 28, 1), name="x")
    y = graph.placeholder((None, 10), name="y")
    variables = [graph.variable(value) for value in parameters()]
    W1, b1, W2, b2, W3, b3, W4, b4, W5, b5 = variables
    h = graph.max_pool(graph.relu(graph.conv2d(x, W1, padding="VALID") + b1), 2)
    h = graph.max_pool(graph.relu(graph.conv2d(h, W2, padding="VALID") + b2), 2)
    h = graph.relu(graph.reshape(h, (-1, 256)) @ W3 + b3)
    h = graph.relu(h @ W4 + b4)
    loss = graph.softmax_cross_entropy(h @ W5 + b5, y)
    gradients = graph.gradients(loss, variables)
    pairs = zip(variables, gradients)
    update = graph.group([graph.assign(p, p - RATE * g) for p, g in pairs])
    session, feeds = kind(graph), dict(zip((x, y), data()))
    return lambda: session.run([update, loss], feeds)[1]


# By hand: windows as rows of a matrix, kept for the way back.


def windows(x):
    seen = sliding_window_view(x, (5, 5), axis=(1, 2))
    return seen.transpose(0, 1, 2, 4, 5, 3).reshape(-1, 25 * x.shape[3])


QUARTERS = [(i, j) for i in (0, 1) for j in (0, 1)]


def pool(x):
    a, b, c, d = (x[:, i::2, j::2] for i, j in QUARTERS)
    return np.maximum(np.maximum(a, b), np.maximum(c, d))


def unpool(grad, x, largest):
    """The gradient goes to the first of the largest of each window."""
    out, free = np.zeros_like(x), np.ones(largest.shape, bool)
    for i, j in QUARTERS:
        hit = (x[:, i::2, j::2] == largest) & free
        free &= ~hit
        out[:, i::2, j::2] = grad * hit
    return out


def by_hand():
    state, (x, y) = parameters(), data()

    def step():
        W1, b1, W2, b2, W3, b3, W4, b4, W5, b5 = state
        seen1 = windows(x)
        z1 = (seen1 @ W1.reshape(25, 6)).reshape(BATCH, 24, 24, 6) + b1
        h1 = np.maximum(z1, 0)
        p1 = pool(h1)
        seen2 = windows(p1)
        z2 = (seen2 @ W2.reshape(150, 16)).reshape(BATCH, 8, 8, 16) + b2
        h2 = np.maximum(z2, 0)
        p2 = pool(h2)
        flat = p2.reshape(BATCH, 256)
        z3 = flat @ W3 + b3
        h3 = np.maximum(z3, 0)
        z4 = h3 @ W4 + b4
        h4 = np.maximum(z4, 0)
        logits = h4 @ W5 + b5
        logits = logits - logits.max(axis=1, keepdims=True)
        exp = np.exp(logits)
        total = exp.sum(axis=1, keepdims=True)
        loss = -np.mean(np.sum(y * (logits - np.log(total)), axis=1))
        g5 = (exp / total - y) / BATCH
        g4 = (g5 @ W5.T) * (z4 > 0)
        g3 = (g4 @ W4.T) * (z3 > 0)
        g2 = unpool((g3 @ W3.T).reshape(p2.shape), h2, p2) * (z2 > 0)
        rows2 = g2.reshape(-1, 16)
        by_p1 = np.zeros_like(p1)
        for i in range(5):
            for j in range(5):
                part = (rows2 @ W2[i, j].T).reshape(BATCH, 8, 8, 6)
                by_p1[:, i : i + 8, j : j + 8] += part
        g1 = unpool(by_p1, h1, p1) * (z1 > 0)
        gradients = [
            *((seen1.T @ g1.reshape(-1, 6)).reshape(W1.shape), g1.sum(axis=(0, 1, 2))),
            *((seen2.T @ rows2).reshape(W2.shape), g2.sum(axis=(0, 1, 2))),
            *(flat.T @ g3, g3.sum(axis=0), h3.T @ g4, g4.sum(axis=0)),
            *(h4.T @ g5, g5.sum(axis=0)),
        ]
        state[:] = [p - RATE * g for p, g in zip(state, gradients)]
        return loss

    return step


def by_torch():
    import torch

    torch.set_num_threads(1)
    functional, (x, y) = torch.nn.functional, data()
    x, y = torch.from_numpy(x).permute(0, 3, 1, 2).contiguous(), torch.from_numpy(y)
    state = [torch.from_numpy(p) for p in parameters()]
    # PyTorch has the channels first.  What is flattened is reordered to match.
    state[0], state[2] = (w.permute(3, 2, 0, 1).contiguous() for w in state[0:3:2])
    state[4] = state[4].reshape(4, 4, 16, 120).permute(2, 0, 1, 3).reshape(256, 120)
    state = [p.clone().requires_grad_() for p in state]

    def step():
        W1, b1, W2, b2, W3, b3, W4, b4, W5, b5 = state
        h = functional.max_pool2d(torch.relu(functional.conv2d(x, W1, b1)), 2)
        h = functional.max_pool2d(torch.relu(functional.conv2d(h, W2, b2)), 2)
        h = torch.relu(h.reshape(BATCH, 256) @ W3 + b3)
        h = torch.relu(h @ W4 + b4)
        loss = functional.cross_entropy(h @ W5 + b5, y)
        gradients = torch.autograd.grad(loss, state)
        with torch.no_grad():
            for p, g in zip(state, gradients):
                p -= float(RATE) * g
        return loss.item()

    return step


def by_tensorflow():
    import tensorflow.compat.v1 as tf

    graph = tf.Graph()
    with graph.as_default():
        inputs = [tf.placeholder(value.dtype, value.shape) for value in data()]
        x, y = inputs
        state = [tf.Variable(p, use_resource=True) for p in parameters()]
        W1, b1, W2, b2, W3, b3, W4, b4, W5, b5 = state
        h = x
        for W, b in ((W1, b1), (W2, b2)):
            h = tf.nn.relu(tf.nn.conv2d(h, W, [1, 1, 1, 1], "VALID") + b)
            h = tf.nn.max_pool(h, [1, 2, 2, 1], [1, 2, 2, 1], "VALID")
        h = tf.nn.relu(tf.matmul(tf.reshape(h, [-1, 256]), W3) + b3)
        h = tf.nn.relu(tf.matmul(h, W4) + b4)
        logits = tf.matmul(h, W5) + b5
        each = tf.nn.softmax_cross_entropy_with_logits_v2(y, logits)
        loss = tf.reduce_mean(each)
        update = tf.train.GradientDescentOptimizer(float(RATE)).minimize(loss)
        start = tf.global_variables_initializer()
    config = tf.ConfigProto(
        intra_op_parallelism_threads=1, inter_op_parallelism_threads=1
    )
    session = tf.Session(graph=graph, config=config)
    session.run(start)
    feeds = dict(zip(inputs, data()))
    return lambda: session.run([update, loss], feeds)[1]


def contenders():
    """All that are installed, by name."""
    found = {"by hand": by_hand(), "here": here()}
    makers = {"PyTorch eager": by_torch, "TensorFlow 1 session": by_tensorflow}
    for name, make in makers.items():
        try:
            found[name] = make()
        except ImportError:
            continue
    return found
