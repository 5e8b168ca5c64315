"""The same two training steps in other frameworks, as far as they are installed.

`xor` and `digits` return a dict from a framework's name to a function that does one
step and returns the loss.
"""

import importlib
import warnings

import numpy as np


def xor(x, y, parameters):
    """Mean squared error of two sigmoid layers, gradient descent at rate 1."""
    return _steps(x, y, parameters, "xor", 1.0)


def digits(x, y, parameters):
    """Softmax cross-entropy of a relu layer and a linear one, rate 0.1."""
    return _steps(x, y, parameters, "digits", 0.1)


def _steps(*arguments):
    frameworks = [
        ("autograd", "autograd", _autograd),
        ("PyTorch eager", "torch", _torch),
        ("TensorFlow 1 session", "tensorflow", _tensorflow),
        ("JAX jit", "jax", _jax),
    ]
    steps = {}
    for name, module, maker in frameworks:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                importlib.import_module(module)
        except ImportError:
            continue
        steps[name] = maker(*arguments)
    return steps


def numpy_loss(np, work, x, y, parameters):
    """The loss, written for NumPy and all that has its names."""
    weights0, bias0, weights1, bias1 = parameters
    if work == "xor":
        hidden = 1 / (1 + np.exp(-(x @ weights0 + bias0)))
        output = 1 / (1 + np.exp(-(hidden @ weights1 + bias1)))
        return np.mean((output - y) ** 2)
    logits = np.maximum(x @ weights0 + bias0, 0) @ weights1 + bias1
    logits = logits - np.max(logits, axis=1, keepdims=True)
    total = np.sum(np.exp(logits), axis=1, keepdims=True)
    return -np.mean(np.sum(y * (logits - np.log(total)), axis=1))


def _autograd(x, y, parameters, work, rate):
    import autograd
    import autograd.numpy as np

    value_and_grad = autograd.value_and_grad(
        lambda parameters: numpy_loss(np, work, x, y, parameters)
    )
    parameters = list(parameters)

    def step():
        loss, gradients = value_and_grad(parameters)
        parameters[:] = [p - rate * g for p, g in zip(parameters, gradients)]
        return loss

    return step


def _jax(x, y, parameters, work, rate):
    import jax

    jax.config.update("jax_enable_x64", True)
    return jax_step(jax_update(work, rate), parameters, x, y)


def jax_step(update, state, *data):
    """A step that calls `update`, compiled, and fetches the loss."""
    import jax

    update, state = jax.jit(update), jax.tree.map(jax.numpy.asarray, state)

    def step():
        nonlocal state
        loss, state = update(state, *data)
        return np.asarray(loss)

    return step


def jax_update(work, rate):
    """From parameters and data to the loss and new parameters, for JAX."""
    import jax

    def update(parameters, x, y):
        loss, gradients = jax.value_and_grad(
            lambda parameters: numpy_loss(jax.numpy, work, x, y, parameters)
        )(parameters)
        return loss, [p - rate * g for p, g in zip(parameters, gradients)]

    return update


def _torch(x, y, parameters, work, rate):
    import torch

    torch.set_num_threads(1)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    parameters = [torch.tensor(p, requires_grad=True) for p in parameters]
    weights0, bias0, weights1, bias1 = parameters

    def step():
        if work == "xor":
            hidden = torch.sigmoid(x @ weights0 + bias0)
            output = torch.sigmoid(hidden @ weights1 + bias1)
            loss = torch.nn.functional.mse_loss(output, y)
        else:
            logits = torch.relu(x @ weights0 + bias0) @ weights1 + bias1
            loss = torch.nn.functional.cross_entropy(logits, y)
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter -= rate * gradient
        return loss.item()

    return step


def _tensorflow(x, y, parameters, work, rate):
    import tensorflow.compat.v1 as tf

    graph = tf.Graph()
    with graph.as_default():
        inputs = tf.placeholder(x.dtype, (None, x.shape[1]))
        targets = tf.placeholder(y.dtype, (None, y.shape[1]))
        weights0, bias0, weights1, bias1 = (
            tf.Variable(p, use_resource=True) for p in parameters
        )
        sum0 = tf.matmul(inputs, weights0) + bias0
        if work == "xor":
            output = tf.sigmoid(tf.matmul(tf.sigmoid(sum0), weights1) + bias1)
            loss = tf.reduce_mean(tf.square(output - targets))
        else:
            logits = tf.matmul(tf.nn.relu(sum0), weights1) + bias1
            loss = tf.reduce_mean(
                tf.nn.softmax_cross_entropy_with_logits_v2(targets, logits)
            )
        update = tf.train.GradientDescentOptimizer(rate).minimize(loss)
        start = tf.global_variables_initializer()
    threads = tf.ConfigProto(
        intra_op_parallelism_threads=1, inter_op_parallelism_threads=1
    )
    session = tf.Session(graph=graph, config=threads)
    session.run(start)
    # TensorFlow does not say whether a fetched loss is from before the update; this
    # makes sure.
    with graph.as_default(), tf.control_dependencies([loss]):
        before = tf.identity(loss)
    return lambda: session.run([update, before], {inputs: x, targets: y})[1]
