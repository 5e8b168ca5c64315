"""Steps of a generator that makes images, and of a discriminator that looks at them."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(2)
real = rng.uniform(size=(6, 8, 8, 1)).astype("float32")
noise = rng.normal(size=(6, 3)).astype("float32")


def start(shape, dtype=None, partition_info=None):
    """Numbers that are the same wherever they are made."""
    shape = [int(n) for n in shape]
    count = int(np.prod(shape))
    values = np.sin(np.arange(1, count + 1) * 1.7).reshape(shape) * 0.3
    return tf.constant(values, dtype=tf.float32)


def generator(z, training):
    with tf.variable_scope("G"):
        h = tf.layers.dense(z, 2 * 2 * 4, kernel_initializer=start)
        h = tf.reshape(h, [-1, 2, 2, 4])
        h = tf.nn.relu(tf.layers.batch_normalization(h, training=training))
        h = tf.layers.conv2d_transpose(
            h, 3, 4, strides=2, padding="same", kernel_initializer=start
        )
        h = tf.nn.leaky_relu(h)
        h = tf.layers.conv2d_transpose(
            h, 1, 4, strides=2, padding="same", kernel_initializer=start
        )
        return tf.nn.sigmoid(h)


def discriminator(x, reuse=None):
    with tf.variable_scope("D", reuse=reuse):
        h = tf.layers.conv2d(
            x, 4, 3, strides=2, padding="same", kernel_initializer=start, name="look"
        )
        h = tf.layers.flatten(tf.nn.leaky_relu(h, alpha=0.1))
        return tf.layers.dense(h, 1, kernel_initializer=start, name="judge")


Z = tf.placeholder(tf.float32, [None, 3], name="Z")
X = tf.placeholder(tf.float32, [None, 8, 8, 1], name="X")
training = tf.placeholder(tf.bool, [], name="training")
fake = generator(Z, training)
on_real, on_fake = discriminator(X), discriminator(fake, reuse=True)


def cross_entropy(logits, label):
    labels = label * tf.ones_like(logits)
    each = tf.nn.sigmoid_cross_entropy_with_logits(logits=logits, labels=labels)
    return tf.reduce_mean(each)


d_loss = cross_entropy(on_real, 0.9) + cross_entropy(on_fake, 0.0)
g_loss = cross_entropy(on_fake, 1.0)
of = {name: tf.trainable_variables(name) for name in ("D", "G")}
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    g_step = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(g_loss, var_list=of["G"])
d_step = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(d_loss, var_list=of["D"])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {X: real, Z: noise, training: True}
    for _ in range(3):
        report(d=sess.run([d_step, d_loss], feeds)[1])
        report(g=sess.run([g_step, g_loss], feeds)[1])
    report(fake=sess.run(fake, {Z: noise, training: False}))
