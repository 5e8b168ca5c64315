"""A LeNet, by raw operations and by `tf.layers`, trained a few steps."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(5)
images = rng.uniform(size=(6, 16, 16, 1)).astype("float32")
labels = rng.randint(0, 4, size=6)


def start(shape, dtype=None, partition_info=None):
    """Numbers that are the same wherever they are made."""
    shape = [int(n) for n in shape]
    count = int(np.prod(shape))
    values = np.sin(np.arange(1, count + 1) * 1.7).reshape(shape) * 0.3
    return tf.constant(values, dtype=tf.float32)


def raw(x):
    for i, size in enumerate([[3, 3, 1, 4], [3, 3, 4, 6]]):
        W = tf.Variable(start(size), name=f"W{i}")
        b = tf.Variable(tf.zeros(size[-1:]), name=f"b{i}")
        h = tf.nn.conv2d(x, W, strides=[1, 1, 1, 1], padding="SAME")
        h = tf.nn.relu(tf.nn.bias_add(h, b))
        x = tf.nn.max_pool(h, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="VALID")
    x = tf.reshape(x, [-1, 4 * 4 * 6])
    W, b = tf.Variable(start([4 * 4 * 6, 4])), tf.Variable(tf.zeros([4]))
    return tf.matmul(x, W) + b


def by_layers(x):
    x = tf.layers.conv2d(x, 4, 3, activation=tf.nn.relu, kernel_initializer=start)
    x = tf.layers.max_pooling2d(x, 2, 2)
    x = tf.layers.conv2d(
        x, 6, [3, 3], strides=2, padding="same", kernel_initializer=start, name="second"
    )
    x = tf.layers.average_pooling2d(tf.nn.relu(x), 2, 2, padding="same")
    x = tf.layers.dense(tf.layers.flatten(x), 8, tf.nn.tanh, kernel_initializer=start)
    x = tf.layers.dropout(x, 0.5, training=False)
    return tf.layers.dense(x, 4, kernel_initializer=start)


for build in (raw, by_layers):
    tf.reset_default_graph()
    X = tf.placeholder(tf.float32, [None, 16, 16, 1], name="X")
    y = tf.placeholder(tf.int32, [None], name="y")
    logits = build(X)
    each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
    loss = tf.reduce_mean(each)
    right = tf.reduce_mean(tf.cast(tf.nn.in_top_k(logits, y, 2), tf.float32))
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    names = [v.name.split(":")[0] for v in tf.trainable_variables()]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(4):
            _, value, share = sess.run([step, loss, right], {X: images, y: labels})
            report(loss=value, right=share)
        report(names=names[:2] if build is by_layers else [])
        report(variables=[sess.run(v) for v in tf.trainable_variables()])
