"""Assignments and what comes after them; scopes, sharing, and gradients that stop."""

import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

v = tf.Variable(1.0, name="v")
w = tf.get_variable("w", initializer=tf.constant([1.0, 2.0]))
five = tf.assign(v, 5.0)
with tf.control_dependencies([five]):
    after = tf.identity(v)
    read = v.read_value()
    more = tf.assign_add(v, 10.0)
    with tf.control_dependencies([more]):
        most = v.assign_sub(1.0)
    nothing = tf.no_op()
both = tf.group(five, w.assign(w * 2))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    report(after=sess.run([after, read]), then=v.eval())
    report(more=sess.run(more), then=v.eval())
    report(most=sess.run(most), then=v.eval())
    sess.run(v.initializer)
    report(initial=v.eval())
    report(nothing=sess.run(nothing), then=v.eval())
    report(group=sess.run(both), then=sess.run([v, w]))
    report(by_v=sess.run(tf.gradients(after * after, [v])))

    held = tf.stop_gradient(w) * w
    masked = tf.cast(w > 3.0, tf.float32) * w
    picked = tf.where(tf.less(w, 3.0), w * 2, tf.square(w))
    for y in (held, masked, picked, [held, masked]):
        report(by_w=sess.run(tf.gradients(y, w)))
    report(weighted=sess.run(tf.gradients(held, [w], grad_ys=[[1.0, 10.0]])))
    (first,) = tf.gradients(w**3, [w])
    report(second=sess.run(tf.gradients(first, [w])))
    by_index = tf.gradients(tf.cast(tf.argmax(w), tf.float32), [w])
    report(unconnected=[g is None for g in [*tf.gradients(v, [w]), *by_index]])

with tf.name_scope("a"):
    q = tf.constant(1.0, name="q")
    with tf.name_scope("b"):
        r = tf.identity(q, name="r")
with tf.name_scope("a") as scope:
    again = tf.constant(1.0, name="q")
with tf.name_scope(scope):
    inside = tf.constant(1.0, name="z")
with tf.variable_scope("D"):
    shared = tf.get_variable("w", [1])
    own = tf.Variable(1.0, name="own")
with tf.variable_scope("D", reuse=True):
    same = tf.get_variable("w", [1])
    other = tf.Variable(1.0, name="own")
with tf.variable_scope("D", reuse=tf.AUTO_REUSE) as again_scope:
    new = tf.get_variable("new", [2, 2], initializer=tf.ones_initializer())
    with tf.variable_scope("inner"):
        deep = tf.get_variable("deep", initializer=3.0)
with tf.name_scope("only_names"):
    outside = tf.get_variable("outside", [])
with tf.variable_scope(again_scope):
    kept = tf.get_variable("new")
tensors = (q, r, again, inside, shared, own, other, new, deep, outside)
report(names=[t.name.split(":")[0] for t in tensors], same=same is shared)
report(kept=kept is new, scope=again_scope.name)
report(all=[t.name.split(":")[0] for t in tf.global_variables("D")])
