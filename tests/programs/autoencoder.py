"""Eight numbers through a bottle-neck of two; dropout that is switched off."""

import itertools

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(5)
data = (rng.normal(size=(32, 2)) @ rng.normal(size=(2, 8))).astype(np.float32)
data = 1 / (1 + np.exp(-data))
sizes = [8, 4, 2, 4, 8]
start = [rng.normal(0, 0.5, size=pair) for pair in itertools.pairwise(sizes)]

X = tf.placeholder(tf.float32, [None, 8])
keep_prob = tf.placeholder(tf.float32)
weights = {
    f"layer{i}": tf.Variable(tf.constant(w, dtype=tf.float32))
    for i, w in enumerate(start)
}
biases = {f"layer{i}": tf.Variable(tf.zeros([w.shape[1]])) for i, w in enumerate(start)}

layer = X
for i in range(len(start)):
    layer = tf.nn.dropout(layer, keep_prob=keep_prob)
    z = tf.add(tf.matmul(layer, weights[f"layer{i}"]), biases[f"layer{i}"])
    layer = tf.nn.sigmoid(z) if i == len(start) - 1 else tf.nn.tanh(z)

cost = tf.reduce_mean(tf.pow(X - layer, 2))
train_op = tf.train.RMSPropOptimizer(0.01).minimize(cost)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {X: data, keep_prob: 1.0}
    costs = [sess.run([train_op, cost], feeds)[1] for _ in range(30)]
    report(costs=costs, decoded=sess.run(layer, feeds)[0])
    report(
        shape=layer.get_shape().as_list(),
        hidden=weights["layer1"].get_shape().as_list(),
    )
