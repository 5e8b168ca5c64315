"""Recurrent cells: unrolled, dynamic, in both directions, and trained."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(3)
data = rng.normal(size=(4, 5, 3)).astype("float32")
lengths = [5, 2, 1, 4]


def start(shape, dtype=None, partition_info=None):
    """Numbers that are the same wherever they are made."""
    shape = [int(n) for n in shape]
    count = int(np.prod(shape))
    values = np.sin(np.arange(1, count + 1) * 1.3).reshape(shape) * 0.4
    return tf.constant(values, dtype=tf.float32)


def numbers(state):
    """The tensors of a state, whatever holds them."""
    if isinstance(state, (list, tuple)):
        return [x for part in state for x in numbers(part)]
    return [state]


def built(what):
    cells = tf.nn.rnn_cell
    x = tf.placeholder(tf.float32, [None, 5, 3], name="x")
    if what == "static":
        outputs, state = tf.nn.static_rnn(
            cells.BasicRNNCell(4), tf.unstack(x, 5, 1), dtype=tf.float32
        )
        return x, tf.stack(outputs, 1), state
    if what == "both":
        outputs, states = tf.nn.bidirectional_dynamic_rnn(
            cells.GRUCell(3),
            cells.BasicLSTMCell(2, forget_bias=0.5),
            x,
            dtype=tf.float32,
        )
        return x, tf.concat(outputs, 2), states
    if what == "stacked":
        cell = cells.MultiRNNCell([cells.BasicLSTMCell(n) for n in (4, 2)])
    elif what == "gru":
        cell = cells.GRUCell(4)
    else:
        cell = cells.BasicLSTMCell(4)
    given = {"sequence_length": lengths} if what == "lengths" else {}
    return x, *tf.nn.dynamic_rnn(cell, x, dtype=tf.float32, **given)


for what in ("static", "lstm", "gru", "stacked", "lengths", "both"):
    tf.reset_default_graph()
    with tf.variable_scope("model", initializer=start):
        x, outputs, state = built(what)
    last = sum(tf.reduce_sum(s * s) for s in numbers(state))
    loss = tf.reduce_mean(outputs**2) + 0.1 * last
    step = tf.train.AdamOptimizer(0.05).minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        report(outputs=sess.run(outputs, {x: data}))
        report(state=sess.run(numbers(state), {x: data}))
        for _ in range(3):
            report(loss=sess.run([loss, step], {x: data})[0])
        names = sorted(v.name.split(":")[0] for v in tf.trainable_variables())
        report(names=names)
