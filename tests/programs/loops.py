"""Branches and loops in the graph: cond, while_loop, map_fn, scan, an ODE."""

import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

x = tf.constant([1.0, -2.0, 0.5])
p = tf.placeholder(tf.bool, [], name="p")
n = tf.placeholder(tf.int32, [], name="n")
v = tf.Variable(3.0, name="v")
chosen = tf.cond(p, lambda: tf.sin(x) * v, lambda: x * x)
pair = tf.cond(p, lambda: (x, v), lambda: (x + 1.0, 2.0 * v))
changed = tf.cond(p, lambda: tf.assign_add(v, 1.0), lambda: tf.identity(v))
_, grown = tf.while_loop(
    lambda i, a: i < n, lambda i, a: (i + 1, tf.tanh(a * v) + a), [tf.constant(0), x]
)
limited = tf.while_loop(lambda a: a < 1000.0, lambda a: a * 3.0, [1.0])
mapped = tf.map_fn(lambda row: tf.reduce_sum(row) * row, tf.reshape(x, [3, 1]))
sums = tf.scan(lambda total, row: total + row * v, x)
folded = tf.foldl(lambda total, row: total * row, x, initializer=2.0)
case = tf.case([(tf.greater(v, 5.0), lambda: 1.0)], default=lambda: 0.0)

# A pendulum, by Euler's method, as often as a run says.


def swing(i, angle, speed):
    return i + 1, angle + 0.1 * speed, speed - 0.1 * tf.sin(angle)


_, angle, speed = tf.while_loop(
    lambda i, angle, speed: i < n, swing, [tf.constant(0), tf.constant(1.0), v]
)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for holds in (True, False):
        report(cond=sess.run([chosen, *pair, *tf.gradients(chosen, [x])], {p: holds}))
    for rounds in (0, 1, 7):
        report(loop=sess.run([grown, *tf.gradients(grown, [x, v])], {n: rounds}))
        found = sess.run([angle, speed, *tf.gradients(angle, [v])], {n: rounds})
        report(swing=found)
    report(limited=sess.run(limited), mapped=sess.run(mapped), sums=sess.run(sums))
    report(folded=sess.run(folded), by_v=sess.run(tf.gradients(sums, [v])))
    report(case=sess.run(case))
    sess.run(changed, {p: False})
    report(v=sess.run(v))
    sess.run(changed, {p: True})
    report(v=sess.run(v))
