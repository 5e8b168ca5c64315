"""An autoencoder of images that takes noise out of them."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(4)
clean = (rng.uniform(size=(5, 8, 8, 1)) > 0.6).astype("float32")
noisy = clean + 0.3 * rng.normal(size=clean.shape).astype("float32")


def start(shape, dtype=None, partition_info=None):
    """Numbers that are the same wherever they are made."""
    shape = [int(n) for n in shape]
    count = int(np.prod(shape))
    values = np.sin(np.arange(1, count + 1) * 1.7).reshape(shape) * 0.3
    return tf.constant(values, dtype=tf.float32)


x = tf.placeholder(tf.float32, [None, 8, 8, 1], name="x")
target = tf.placeholder(tf.float32, [None, 8, 8, 1], name="target")
filters = {
    "encoder": tf.Variable(start([3, 3, 1, 4])),
    "decoder": tf.Variable(start([3, 3, 1, 4])),
}
code = tf.nn.relu(tf.nn.conv2d(x, filters["encoder"], [1, 2, 2, 1], "SAME"))
output = tf.nn.conv2d_transpose(
    code, filters["decoder"], tf.stack([tf.shape(x)[0], 8, 8, 1]), [1, 2, 2, 1], "SAME"
)
loss = tf.reduce_mean(tf.squared_difference(output, target))
rate = tf.train.exponential_decay(0.05, tf.Variable(4, trainable=False), 2, 0.9)
step = tf.train.RMSPropOptimizer(rate).minimize(loss, var_list=filters.values())
pairs = tf.train.GradientDescentOptimizer(0.1).compute_gradients(loss)
clipped, norm = tf.clip_by_global_norm([gradient for gradient, _ in pairs], 0.05)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {x: noisy, target: clean}
    report(clipped=sess.run(clipped, feeds), norm=sess.run(norm, feeds))
    for _ in range(4):
        report(loss=sess.run([loss, step], feeds)[0])
    report(output=sess.run(output, {x: noisy[:2]}))
