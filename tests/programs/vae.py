"""A variational autoencoder; the noise is fed, so that it is the same everywhere."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(6)
images = (rng.uniform(size=(16, 12)) > 0.5).astype(np.float32)
noise = rng.normal(size=(16, 3))
shapes = {
    "hidden": (12, 6),
    "mean": (6, 3),
    "log_std": (6, 3),
    "up": (3, 6),
    "out": (6, 12),
}

W, b = {}, {}
for name, shape in shapes.items():
    limit = np.sqrt(6 / sum(shape))
    W[name] = tf.Variable(rng.uniform(-limit, limit, shape).astype("float32"))
    b[name] = tf.Variable(tf.zeros([shape[1]]))


def dense(x, name):
    return tf.matmul(x, W[name]) + b[name]


x = tf.placeholder(tf.float32, shape=[None, 12])
eps = tf.placeholder(tf.float32, shape=[None, 3])
hidden = tf.nn.tanh(dense(x, "hidden"))
z_mean, z_std = dense(hidden, "mean"), dense(hidden, "log_std")
z = z_mean + tf.exp(z_std / 2) * eps
decoded = tf.nn.sigmoid(dense(tf.nn.tanh(dense(z, "up")), "out"))

likelihood = x * tf.log(1e-10 + decoded) + (1 - x) * tf.log(1e-10 + 1 - decoded)
encode_decode_loss = -tf.reduce_sum(likelihood, 1)
kl_div_loss = 1 + z_std - tf.square(z_mean) - tf.exp(z_std)
kl_div_loss = -0.5 * tf.reduce_sum(kl_div_loss, 1)
loss_op = tf.reduce_mean(encode_decode_loss + kl_div_loss)
train_op = tf.train.AdamOptimizer(0.01).minimize(loss_op)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {x: images, eps: noise}
    losses = [sess.run([train_op, loss_op], feed_dict=feeds)[1] for _ in range(30)]
    report(losses=losses, mean=sess.run(z_mean, {x: images})[0])

drawn = tf.random_normal(tf.shape(z_mean), dtype=tf.float32, mean=0.0, stddev=1.0)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    report(drawn=list(sess.run(drawn, {x: images}).shape))
