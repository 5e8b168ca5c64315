"""Each operation on something small, with its type and its shape."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

i = tf.constant([[1, 2, 3], [4, 5, 6]])
f = tf.constant([[1.0, -2.0, 3.0], [0.5, 5.0, -6.0]])
b = tf.constant([True, False])
rows = tf.placeholder(tf.float32, [None, 3])
feeds = {rows: np.arange(12).reshape(4, 3)}

tensors = {
    "types": [
        tf.constant(1),
        tf.constant(1.5),
        tf.constant(True),
        tf.constant([1, 2.5]),
    ],
    "numpy": [
        tf.constant(np.ones(2)),
        tf.constant(np.arange(3)),
        tf.constant(1, "float"),
    ],
    "large": [tf.constant(2**40), tf.constant([1, 2**40])],
    "padded": [tf.constant([1, 2], shape=[2, 2]), tf.constant([1, 2], shape=[2, 1])],
    "sizes": [
        tf.shape(rows),
        tf.shape(i),
        tf.shape(rows)[0],
        tf.shape(i, out_type=tf.int64),
    ],
    "filled": [
        tf.constant(3.0, shape=[2, 2]),
        tf.fill([2, 2], 7),
        tf.zeros([2], tf.int32),
    ],
    "like": [tf.zeros_like(i), tf.ones_like(f), tf.ones_like(i, dtype=tf.float32)],
    "arithmetic": [tf.subtract(f, 1), tf.multiply(2.0, f), 1 - f, f / 2, -f, abs(f)],
    "integers": [i / 4, i // 4, tf.div(-i, 4), tf.div(7.0, 2), tf.divide(7, 2), i * i],
    "powers": [tf.pow(2, 3), tf.square(i), tf.sqrt([4.0]), f**2, tf.exp(f), tf.sign(f)],
    "limits": [tf.maximum(f, 0), tf.minimum(i, 3), tf.clip_by_value(f, -1.0, 2.0)],
    "compared": [
        tf.equal(i, 2),
        tf.not_equal(i, 2),
        i > 3,
        tf.less_equal(i, 4),
        i >= 6,
    ],
    "logic": [tf.logical_and(b, True), tf.logical_or(b, [False, False]), ~b],
    "more logic": [tf.logical_not(b), tf.logical_xor(b, True), b & b, b | b],
    "sums": [tf.reduce_sum(i), tf.reduce_sum(f, 0), tf.reduce_sum(f, [0, 1])],
    "kept": [
        tf.reduce_sum(f, axis=1, keepdims=True),
        tf.reduce_max(i, 1, keep_dims=True),
    ],
    "means": [tf.reduce_mean(f), tf.reduce_mean([1, 2]), tf.reduce_mean(-i, 0)],
    "extremes": [tf.reduce_max(f, reduction_indices=[1]), tf.reduce_min(i)],
    "indices": [tf.argmax(f), tf.argmax(f, 1), tf.argmin(i, axis=0), tf.arg_max(f, 1)],
    "products": [tf.matmul(f, f, transpose_b=True), tf.matmul(f, f, transpose_a=True)],
    "stacks": [tf.matmul(tf.ones([2, 3, 4]), tf.ones([2, 5, 4]), transpose_b=True)],
    "turned": [tf.transpose(i), tf.transpose(tf.ones([2, 3, 4]), perm=[2, 0, 1])],
    "reshaped": [tf.reshape(i, [3, 2]), tf.reshape(i, [-1]), tf.reshape(rows, [-1, 2])],
    "dynamic": [tf.reshape(rows, [tf.shape(rows)[0] * 3, 1]), tf.zeros(tf.shape(rows))],
    "ones": [tf.ones([tf.shape(rows)[0], 2]), tf.fill(tf.shape(i), 2.0)],
    "concat": [
        tf.concat([i, i], 0),
        tf.concat([f, rows], axis=0),
        tf.concat([i, i], 1),
    ],
    "stack": [tf.stack([f, f]), tf.stack([1, 2, 3]), tf.stack([f, f], axis=-1)],
    "expanded": [
        tf.expand_dims(f, 0),
        tf.expand_dims(f, -1),
        tf.expand_dims(rows, dim=1),
    ],
    "squeezed": [tf.squeeze(tf.ones([1, 2, 1])), tf.squeeze(tf.ones([1, 2, 1]), [0])],
    "tiled": [tf.tile(i, [2, 1]), tf.tile(rows, [1, 2]), tf.tile([1.0, 2.0], [3])],
    "gathered": [
        tf.gather(f, [1, 0, 1]),
        tf.gather(i, 1),
        tf.gather(f, [2, 0], axis=1),
    ],
    "one_hot": [tf.one_hot([0, 2, 5, -1], 3), tf.one_hot([0, 1], 3, axis=0)],
    "on": [
        tf.one_hot([1], 2, on_value=5, off_value=-1),
        tf.one_hot([1], 2, dtype="int64"),
    ],
    "where": [tf.where(i > 3, i, -i), tf.where(b, [[1.0], [2.0]], [[3.0], [4.0]])],
    "cast": [
        tf.cast([1.7, -1.7], tf.int32),
        tf.cast(b, tf.float32),
        tf.cast(f, "float64"),
    ],
    "slices": [f[0], f[:, 1], f[..., -1], i[1:, ::2], rows[1], f[:, None]],
    "nn": [
        tf.nn.relu(f),
        tf.nn.sigmoid(f),
        tf.nn.tanh(f),
        tf.nn.softmax(f),
        tf.nn.softplus(f),
    ],
    "axis": [tf.nn.softmax(f, axis=0), tf.nn.softmax(f, dim=0), tf.nn.log_softmax(f)],
    "losses": [
        tf.nn.l2_loss(f),
        tf.nn.bias_add(f, [1.0, 2.0, 3.0]),
        tf.add_n([f, f, f]),
    ],
    "dropout": [tf.nn.dropout(f, keep_prob=1.0), tf.nn.dropout(f, rate=0.0)],
}

with tf.Session() as sess:
    for name, parts in tensors.items():
        values = sess.run(parts, feeds)
        shapes = [part.get_shape().as_list() for part in parts]
        kinds = [part.dtype.name for part in parts]
        report(name=name, values=values, shapes=shapes, kinds=kinds)

    drawn = [
        tf.random_normal([1000, 2], mean=3.0, stddev=0.1),
        tf.random_uniform([1000], -1, 1),
        tf.random_uniform([1000], 0, 3, dtype=tf.int32),
        tf.truncated_normal([1000], stddev=0.5),
    ]
    for tensor in drawn:
        values = sess.run(tensor)
        inside = bool(values.min() > -1.01) and bool(values.max() < 3.6)
        report(kind=tensor.dtype.name, shape=list(values.shape), inside=inside)
    short = sess.run(drawn[3])
    report(cut=bool(np.abs(short).max() <= 1.0), spread=bool(0.4 < short.std() < 0.48))

report(shape=str(rows.shape), ndims=rows.shape.ndims, size=rows.get_shape()[1].value)
report(types=[tf.float32 == f.dtype, tf.int32.name, tf.as_dtype("float").name])
