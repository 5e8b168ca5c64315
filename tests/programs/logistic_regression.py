"""Two clouds, one sigmoid."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(1)
red = rng.normal(-1, 1, size=(40, 2))
blue = rng.normal(1, 1, size=(40, 2))
points = np.concatenate([red, blue]).astype("float32")
colors = np.repeat([0.0, 1.0], 40)[:, None]

x = tf.placeholder(tf.float32, [None, 2])
t = tf.placeholder(tf.float32, [None, 1])
w = tf.get_variable("w", [2, 1], initializer=tf.zeros_initializer())
b = tf.get_variable("b", shape=[1], initializer=tf.constant_initializer(0.1))
logits = tf.nn.bias_add(tf.matmul(x, w), b)
each = tf.nn.sigmoid_cross_entropy_with_logits(labels=t, logits=logits)
loss = tf.reduce_mean(each) + 0.01 * tf.nn.l2_loss(w)
train_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
right = tf.equal(tf.greater(tf.sigmoid(logits), 0.5), tf.cast(t, tf.bool))
accuracy = tf.reduce_mean(tf.cast(right, tf.float32))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {x: points, t: colors}
    for _ in range(50):
        train_op.run(feed_dict=feeds)
    report(w=w.eval(), b=b.eval(), each=sess.run(each, feeds)[:3])
    report(loss=sess.run(loss, feeds), accuracy=accuracy.eval(feeds))
