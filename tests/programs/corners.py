"""What is easily got wrong: old names of parameters, defaults, lists, odd shapes."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

f = tf.constant([[1.0, -2.0, 3.0], [0.5, 5.0, -6.0]])
i = tf.constant([[7, -2, 3], [4, 5, -6]])
a, b = tf.constant(2.0), tf.constant(3.0)
rows = tf.placeholder(tf.float32, [None, 3])
sizes = tf.placeholder(tf.int32, [2])
anything = tf.placeholder(tf.float32)
feeds = {rows: np.arange(12).reshape(4, 3), sizes: [2, 6], anything: [[1, 2], [3, 4]]}

tensors = {
    "lists": [tf.reduce_mean([a, b]), tf.add([a, b], 1), tf.stack([[a, b], [b, a]])],
    "more lists": [
        tf.concat([[a], [b, a]], 0),
        tf.reshape([a, b, a, b], [2, 2]),
        [a, b] + a,
    ],
    "axes": [tf.one_hot([[0, 1]], 3, axis=1), tf.one_hot([[0, 1]], 3, axis=0)],
    "squeeze": [
        tf.squeeze(tf.ones([1, 2, 1]), []),
        tf.squeeze([[1]], squeeze_dims=[1]),
    ],
    "arg": [
        tf.argmax(i, dimension=1),
        tf.argmax(i, output_type=tf.int32),
        tf.arg_min(i, 0),
    ],
    "mean": [
        tf.reduce_mean(tf.constant([2**24 + 1, 2**24 + 1])),
        tf.reduce_mean(-i, axis=1),
    ],
    "sum": [tf.reduce_sum(tf.constant([2, 3], tf.int64)), tf.reduce_sum(i, [0], True)],
    "numbers": [
        tf.add(x=1.0, y=2),
        tf.add(1.0, 2),
        tf.maximum(1, 2),
        tf.pow(x=2.0, y=3),
    ],
    "reflected": [3 // i, 2.0 - a, 2 / i, 2.0 / a, 1 - i, 2**a],
    "shapes": [
        tf.reshape(f, sizes // [1, 2]),
        tf.reshape(rows, sizes),
        tf.zeros(sizes),
    ],
    "fed": [tf.fill(sizes, 3.0), tf.tile([[1, 2]], sizes), tf.ones(sizes, tf.int32)],
    "sizes": [
        tf.zeros([tf.constant(3), 2]),
        tf.ones([tf.shape(f)[1], tf.shape(rows)[1]]),
    ],
    "unknown": [anything * 2, tf.matmul(anything, anything), tf.transpose(anything)],
    "rows": [tf.where([True, False], f, -f), tf.where(f > 0, f, tf.zeros_like(f))],
    "none": [tf.reduce_sum(tf.zeros([0, 3]), 0), tf.concat([f, tf.zeros([0, 3])], 0)],
    "seconds": [tf.gather(f, [[0, 1], [1, 0]]), tf.gather(f, 1, axis=1), f[1, 2]],
    "cast": [tf.cast(3, "float"), tf.cast(a, tf.float32), tf.cast([0.0, 2.0], tf.bool)],
    "clip": [tf.clip_by_value(t=i, clip_value_min=-1, clip_value_max=5)],
    "stacked": [tf.stack([i, i], 1), tf.matmul([[[1.0], [2.0]]], [[[3.0, 4.0]]])],
    "entropy": [
        tf.nn.softmax_cross_entropy_with_logits(labels=[[0, 1]], logits=[[1.0, 2.0]])
    ],
    "relu": [tf.nn.relu([-1.0, 2.0]), tf.nn.softplus(a)],
}

v = tf.Variable([3.0, 4.0], name="v")
n = tf.Variable(lambda: tf.constant(5), name="n", trainable=False)
labels = tf.nn.softmax(v)
with tf.variable_scope("outer"):
    with tf.variable_scope("in") as inner:
        x = tf.get_variable("x", [], initializer=tf.zeros_initializer)
    y = tf.get_variable("y", [2], dtype=tf.int32)
with tf.variable_scope(None, "auto"):
    z = tf.get_variable("z", initializer=1.0)
with tf.variable_scope(None, "auto"):
    w = tf.get_variable("z", initializer=2.0)
with tf.variable_scope(inner, initializer=tf.ones_initializer()):
    u = tf.get_variable("u", [2])
    deep = tf.identity(u, name="deep")

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for name, parts in tensors.items():
        values = sess.run(parts, feeds)
        kinds = [part.dtype.name for part in parts]
        report(name=name, values=values, kinds=kinds)

    report(twice=sess.run(tf.gradients(v * v, [v, v])))
    report(both=sess.run(tf.gradients([v * v, 2 * v], v)))
    report(mixed=[g is None for g in tf.gradients(v * 2, [n, v, a])])
    held = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=[1.0, 2.0])
    free = tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=[1.0, 2.0])
    report(held=tf.gradients(held, v)[0] is None, free=sess.run(tf.gradients(free, v)))
    with tf.control_dependencies([v.assign([0.0, 0.0])]), tf.control_dependencies(None):
        kept = tf.identity(v)
    report(kept=sess.run(kept), still=v.eval(sess), n=sess.run(n))

    names = [tensor.name.split(":")[0] for tensor in (x, y, z, w, u, deep)]
    report(names=names, values=sess.run([x, y, z, w, u]))
    found = [len(tf.global_variables(scope)) for scope in ("outer", ".*z", "in", "v")]
    report(found=found, trained=len(tf.trainable_variables()))

    # The usual way to keep an average: an update that comes before the step.
    mean = tf.Variable(0.0, trainable=False)
    update = mean.assign(0.9 * mean + 0.1 * tf.reduce_mean(v))
    with tf.control_dependencies([update]):
        step = tf.train.AdamOptimizer(0.1).minimize(tf.reduce_sum(v * v))
    sess.run(tf.global_variables_initializer())
    sess.run(step)
    report(mean=sess.run(mean), v=sess.run(v))
    pairs = tf.train.GradientDescentOptimizer(0.1).compute_gradients(v * 2, [v, x])
    report(pairs=[gradient is None for gradient, _ in pairs])

    draws = [
        tf.random_uniform([2000], -3, 3, dtype=tf.int32),
        tf.random_normal([5], 1e6, 1.0),
    ]
    drawn = sess.run(draws)
    report(whole=sorted({int(x) for x in drawn[0]}), near=bool((drawn[1] > 9e5).all()))
    scaled = sess.run(tf.random_normal([3], mean=tf.constant([1e6, 0.0, -1e6])))
    report(signs=np.sign(scaled[[0, 2]]))

    rate = tf.placeholder(tf.float32)
    report(dropped=sess.run(tf.nn.dropout(f, rate=rate), {rate: 0.0}))
    report(
        shape=[rows.shape[1:].as_list(), f.shape.num_elements(), rows.shape[0].value]
    )
    report(slices=[int(f.shape[0] * 2), rows.get_shape().num_elements()])
    later = tf.Variable(tf.random_normal([2]))
    sess.run(later.initializer)
    first = sess.run(later)
    report(same=bool((sess.run(later) == first).all()))
