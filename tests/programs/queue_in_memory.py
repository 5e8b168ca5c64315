"""Queues in memory: filled, emptied one by one and many at once, and counted."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

queue = tf.FIFOQueue(20, [tf.float32, tf.int32], shapes=[[2], []])
rows = tf.placeholder(tf.float32, [None, 2], name="rows")
numbers = tf.placeholder(tf.int32, [None], name="numbers")
fill = queue.enqueue_many([rows, numbers])
one = queue.enqueue([tf.constant([9.0, 8.0]), tf.constant(7)])
x, n = queue.dequeue()
many = queue.dequeue_many(3)
size = queue.size()
report(shapes=[x.get_shape().as_list(), many[0].get_shape().as_list()])
with tf.Session() as sess:
    data = np.arange(10, dtype="float32").reshape(5, 2)
    sess.run(fill, {rows: data, numbers: range(5)})
    sess.run(one)
    report(size=int(sess.run(size)))
    report(first=sess.run([x, n, x + 1.0]))
    report(many=sess.run(many))
    report(left=int(sess.run(size)), last=[sess.run([x, n]) for _ in range(2)])
    coordinator = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess=sess, coord=coordinator)
    coordinator.request_stop()
    coordinator.join(threads)
    report(stopped=coordinator.should_stop())
