"""Which known point is nearest?  Nothing is trained."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(3)
known, unknown = rng.normal(size=(30, 5)), rng.normal(size=(6, 5))
classes = np.eye(3)[rng.randint(3, size=30)]

xtr = tf.placeholder("float", [None, 5])
xte = tf.placeholder("float", [5])
distance = tf.reduce_sum(tf.abs(tf.add(xtr, tf.negative(xte))), reduction_indices=1)
nearest = tf.arg_min(distance, 0)
farthest = tf.arg_max(distance, 0)

all_at_once = tf.reduce_sum(
    tf.square(tf.expand_dims(tf.constant(unknown), 1) - known), axis=2
)
indices = tf.argmin(all_at_once, axis=1)
rows = tf.gather(tf.constant(classes, dtype=tf.float32), indices)

with tf.Session() as sess:
    for point in unknown:
        feeds = {xtr: known, xte: point}
        report(nearest=sess.run([nearest, farthest], feed_dict=feeds))
    report(indices=sess.run(indices), rows=sess.run(rows))
    report(least=sess.run(tf.reduce_min(all_at_once, 1, keep_dims=True)))
