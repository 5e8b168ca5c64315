"""Saved in one session, restored in others: all, some, under other names, elsewhere."""

import os
import tempfile

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

folder = tempfile.mkdtemp()
path = os.path.join(folder, "model.ckpt")


def build(rate=0.1):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    with tf.variable_scope("layer"):
        W = tf.get_variable("W", initializer=np.float32([[1.0], [2.0]]))
        b = tf.Variable(tf.zeros([1]), name="b")
    loss = tf.reduce_mean(tf.square(tf.matmul(x, W) + b - 1))
    return x, W, b, loss


x, W, b, loss = build()
step = tf.train.MomentumOptimizer(0.05, 0.9).minimize(loss)
saver = tf.train.Saver()
data = {x: [[1.0, 2.0], [3.0, -1.0]]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(5):
        sess.run(step, data)
    report(path=os.path.basename(saver.save(sess, path)))
    for _ in range(5):
        sess.run(step, data)
    report(later=sess.run([W, b, loss], data))
    report(numbered=os.path.basename(saver.save(sess, path, global_step=10)))

with tf.Session() as sess:
    saver.restore(sess, path)
    report(restored=sess.run([W, b, loss], data))
    for _ in range(5):
        sess.run(step, data)
    report(again=sess.run([W, b, loss], data))
    saver.restore(sess, path + "-10")
    report(numbered=sess.run([W, b, loss], data))

tf.reset_default_graph()
x, W, b, loss = build()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    tf.train.Saver([W]).restore(sess, path)
    report(only_W=sess.run([W, b]))
    tf.train.Saver().restore(sess, path)
    report(both=sess.run([W, b, loss], {x: [[1.0, 2.0]]}))

tf.reset_default_graph()
v = tf.Variable([[0.0], [0.0]], name="v")
with tf.Session() as sess:
    tf.train.Saver({"layer/W": v}).restore(sess, path)
    report(renamed=sess.run(v))
    try:
        tf.train.Saver([v]).restore(sess, os.path.join(folder, "nowhere"))
    except ValueError as error:
        report(missing="is not a valid checkpoint" in str(error))
