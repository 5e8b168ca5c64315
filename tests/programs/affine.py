"""z = A x + b, two graphs, and where a session comes from."""

import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

A = tf.constant([[1, 0], [0, -1]], dtype=tf.float32, name="A")
b = tf.constant([1.0, 1.0], name="b")
x = tf.placeholder(tf.float32, shape=[2], name="x")
z = tf.add(tf.squeeze(tf.matmul(A, tf.expand_dims(x, 1)), [1]), b, name="z")

with tf.Session() as sess:
    report(z=sess.run(z, feed_dict={x: [1, 2]}), same=z.eval({x: [3, 4]}))

graph = tf.Graph()
with graph.as_default():
    W = tf.Variable([[2.0, 0.0], [0.0, 3.0]], name="W")
    product = tf.matmul(W, [[1.0], [1.0]], transpose_a=True)
    init = tf.global_variables_initializer()
with tf.Session(graph=graph) as sess:
    init.run()
    by_W, by_nothing = tf.gradients(product, [W, tf.constant(1.0)])
    report(product=product.eval(), by_W=by_W.eval(), nothing=by_nothing is None)

sess = tf.InteractiveSession()
report(b=b.eval(), whole=(tf.constant(7) / 2).eval(), default=b.graph is sess.graph)
sess.close()
try:
    sess.run(b)
except RuntimeError as error:
    report(closed=str(error))
