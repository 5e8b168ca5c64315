"""A line through points, and how many steps it took."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(0)
points = rng.uniform(-1, 1, size=(50, 1))
noisy = 3 * points - 1 + 0.1 * rng.normal(size=(50, 1))

X = tf.placeholder("float", [None, 1])
Y = tf.placeholder("float", [None, 1])
W = tf.Variable(tf.zeros([1, 1]), name="weight")
b = tf.Variable(0.0, name="bias")
steps = tf.Variable(0, trainable=False, name="steps")
prediction = X * W + b
cost = tf.reduce_sum(tf.pow(prediction - Y, 2)) / (2 * 50)
optimizer = tf.train.GradientDescentOptimizer(0.1)
train_op = optimizer.minimize(cost, global_step=steps)

with tf.Session() as sess:
    sess.run(tf.initialize_all_variables())
    costs = []
    for _ in range(20):
        for start in range(0, 50, 10):
            batch = slice(start, start + 10)
            feeds = {X: points[batch], Y: noisy[batch]}
            sess.run(train_op, feed_dict=feeds)
        costs.append(sess.run(cost, feed_dict={X: points, Y: noisy}))
    report(costs=costs, W=sess.run(W), b=b.eval(), steps=steps.eval())
    pairs = optimizer.compute_gradients(cost, var_list=[W, b])
    report(gradients=sess.run([g for g, _ in pairs], {X: points, Y: noisy}))
