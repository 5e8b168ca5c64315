"""The same network by each optimizer."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(4)
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
points = np.repeat(corners, 10, axis=0) + 0.2 * rng.normal(size=(40, 2))
targets = np.repeat([[1, 0], [0, 1], [0, 1], [1, 0]], 10, axis=0)
weights = [rng.normal(size=(2, 8)), rng.normal(size=(8, 2))]

OPTIMIZERS = {
    "descent": lambda: tf.train.GradientDescentOptimizer(0.5),
    "momentum": lambda: tf.train.MomentumOptimizer(0.1, 0.9),
    "nesterov": lambda: tf.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True),
    "rmsprop": lambda: tf.train.RMSPropOptimizer(learning_rate=0.01),
    "rmsprop with momentum": lambda: tf.train.RMSPropOptimizer(0.01, momentum=0.5),
    "adagrad": lambda: tf.train.AdagradOptimizer(0.1),
    "adam": lambda: tf.train.AdamOptimizer(learning_rate=0.01),
}

for name, optimizer in OPTIMIZERS.items():
    tf.reset_default_graph()
    x = tf.placeholder(tf.float32, [None, 2])
    y = tf.placeholder(tf.float32, [None, 2])
    with tf.name_scope("hidden"):
        W1 = tf.Variable(tf.constant(weights[0], tf.float32), name="W")
        b1 = tf.Variable(tf.zeros([8]), name="b")
        hidden = tf.nn.relu(tf.add(tf.matmul(x, W1), b1))
    with tf.name_scope("output"):
        W2 = tf.Variable(weights[1].astype(np.float32), name="W")
        b2 = tf.Variable(tf.zeros([2]), name="b")
        logits = tf.matmul(hidden, W2) + b2
    loss = tf.reduce_mean(
        tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits)
    )
    train_op = optimizer().minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        losses = []
        for _ in range(40):
            _, value = sess.run([train_op, loss], feed_dict={x: points, y: targets})
            losses.append(value)
        report(name=name, losses=losses, b2=sess.run(b2))
        names = [variable.name.split(":")[0] for variable in tf.trainable_variables()]
        report(names=names)
