"""Convolutions and pools of all kinds, with their gradients; batch normalization."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(8)
x = tf.constant(rng.normal(size=(2, 7, 6, 3)).astype("float32"))
f = tf.constant(rng.normal(size=(3, 2, 3, 4)).astype("float32"))
slides = [
    ([1, 1, 1, 1], "SAME"),
    ([1, 1, 1, 1], "VALID"),
    ([1, 2, 2, 1], "SAME"),
    ([1, 2, 3, 1], "VALID"),
]
with tf.Session() as sess:
    for strides, padding in slides:
        y = tf.nn.conv2d(x, f, strides=strides, padding=padding)
        by_x, by_f = tf.gradients(tf.reduce_sum(y * y), [x, f])
        back = tf.nn.conv2d_transpose(y, f, [2, 7, 6, 3], strides, padding)
        report(conv=sess.run([y, by_x, by_f, back]))
        for pool in (tf.nn.max_pool, tf.nn.avg_pool):
            y = pool(x, ksize=[1, 3, 2, 1], strides=strides, padding=padding)
            (by_x,) = tf.gradients(tf.reduce_sum(y * y), [x])
            report(pool=sess.run([y, by_x]))
    mean, variance = tf.nn.moments(x, [0, 1, 2])
    y = tf.nn.batch_normalization(x, mean, variance, 1.0, 2.0, 1e-3)
    report(moments=sess.run([mean, variance]))
    report(normal=sess.run([y, *tf.gradients(tf.reduce_sum(y**3), [x])]))

training = tf.placeholder(tf.bool, [], name="training")
images = tf.placeholder(tf.float32, [None, 4, 4, 2], name="images")
y = tf.layers.batch_normalization(images, training=training, momentum=0.9)
updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        batch = rng.normal(3, 2, size=(5, 4, 4, 2))
        value, *_ = sess.run([y, *updates], {images: batch, training: True})
        report(training=value)
    report(after=sess.run(y, {images: batch, training: False}))
    report(moving=[sess.run(v) for v in tf.global_variables() if "moving" in v.name])
