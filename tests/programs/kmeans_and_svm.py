"""Two classics without a network: k-means, and a support vector machine."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(9)
points = np.concatenate([rng.normal(m, 0.6, size=(12, 2)) for m in (-2, 0.5, 3)])
points = points.astype("float32")

X = tf.placeholder(tf.float32, [None, 2], name="X")
centers = tf.Variable(points[[0, 13, 30]], name="centers")
distances = tf.reduce_sum(
    tf.squared_difference(tf.expand_dims(X, 1), tf.expand_dims(centers, 0)), 2
)
nearest = tf.argmin(distances, 1)
sums = tf.unsorted_segment_sum(X, nearest, 3)
counts = tf.unsorted_segment_sum(tf.ones_like(X), nearest, 3)
move = tf.assign(centers, sums / tf.maximum(counts, 1.0))
cost = tf.reduce_mean(tf.reduce_min(distances, 1))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(4):
        report(cost=sess.run(cost, {X: points}), centers=sess.run(move, {X: points}))
    report(nearest=sess.run(nearest, {X: points}))

tf.reset_default_graph()
sides = np.where(points.sum(axis=1) > 1, 1.0, -1.0)[:, None].astype("float32")
X = tf.placeholder(tf.float32, [None, 2], name="X")
y = tf.placeholder(tf.float32, [None, 1], name="y")
w, b = tf.Variable(tf.ones([2, 1])), tf.Variable(tf.zeros([1, 1]))
margin = tf.subtract(tf.matmul(X, w), b)
hinge = tf.reduce_mean(tf.maximum(0.0, 1.0 - margin * y))
loss = hinge + 0.01 * tf.nn.l2_loss(w)
step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
correct = tf.reduce_mean(tf.cast(tf.equal(tf.sign(margin), y), tf.float32))
average = tf.train.ExponentialMovingAverage(0.9)
with tf.control_dependencies([step]):
    averaged = average.apply([w, b])
solved = tf.matrix_solve(
    tf.matmul(X, X, transpose_a=True), tf.matmul(X, y, transpose_a=True)
)
values, places = tf.nn.top_k(tf.reshape(margin, [-1]), 3)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {X: points, y: sides}
    for _ in range(5):
        sess.run(averaged, feeds)
        report(loss=sess.run(loss, feeds), correct=sess.run(correct, feeds))
    report(w=sess.run([w, average.average(w)]), solved=sess.run(solved, feeds))
    report(top=sess.run([values, places], feeds))
    report(
        sums=sess.run(
            [tf.cumsum(X, exclusive=True), tf.trace(tf.diag([1.0, 2.0]))], feeds
        )
    )
