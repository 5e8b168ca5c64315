"""Steps of a generator and a discriminator, each on variables of its own."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(7)
real = rng.normal(2, 0.5, size=(10, 4))
noise = rng.normal(size=(10, 3))


def start(shape, dtype=None, partition_info=None):
    """Numbers that are the same wherever they are made."""
    count = int(np.prod(shape))
    values = np.sin(np.arange(1, count + 1)).reshape([int(n) for n in shape])
    return tf.constant(values, dtype=tf.float32)


def dense(x, size, name):
    with tf.variable_scope(name):
        inputs = x.get_shape().as_list()[1]
        W = tf.get_variable("W", [inputs, size], initializer=start)
        b = tf.get_variable("b", [size], initializer=tf.constant_initializer(0.0))
        return tf.matmul(x, W) + b


def generator(z):
    with tf.variable_scope("G"):
        return dense(tf.nn.relu(dense(z, 5, "first")), 4, "second")


def discriminator(x, reuse=None):
    with tf.variable_scope("D", reuse=reuse):
        return dense(tf.nn.relu(dense(x, 5, "first")), 1, "second")


Z = tf.placeholder(tf.float32, [None, 3], name="Z")
X = tf.placeholder(tf.float32, [None, 4], name="X")
fake = generator(Z)
logits_real, logits_fake = discriminator(X), discriminator(fake, reuse=True)


def cross_entropy(logits, labels):
    each = tf.nn.sigmoid_cross_entropy_with_logits(logits=logits, labels=labels)
    return tf.reduce_mean(each)


d_loss = cross_entropy(logits_real, tf.ones_like(logits_real))
d_loss += cross_entropy(logits_fake, tf.zeros_like(logits_fake))
g_loss = cross_entropy(logits_fake, tf.ones_like(logits_fake))
d_vars = [v for v in tf.trainable_variables() if v.name.startswith("D/")]
g_vars = tf.trainable_variables("G")
d_step = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(d_loss, var_list=d_vars)
g_step = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(g_loss, var_list=g_vars)
with tf.control_dependencies([d_step]):
    clip = tf.group(*[v.assign(tf.clip_by_value(v, -0.9, 0.9)) for v in d_vars])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    report(names=[v.name.split(":")[0] for v in d_vars + g_vars])
    for _ in range(10):
        _, d = sess.run([clip, d_loss], feed_dict={X: real, Z: noise})
        _, g = sess.run([g_step, g_loss], feed_dict={Z: noise})
        report(d=d, g=g)
    report(D=sess.run(d_vars), fake=sess.run(fake, {Z: noise})[:2])
