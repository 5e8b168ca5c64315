"""Three classes; labels in rows and as numbers; a softmax by hand and the one given."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(2)
centers = np.array([[0, 2], [2, 0], [-2, -1]])
classes = rng.randint(3, size=60)
points = centers[classes] + rng.normal(size=(60, 2))

x = tf.placeholder(tf.float32, [None, 2], name="x")
label = tf.placeholder(tf.int64, [None], name="label")
W = tf.Variable(np.zeros((2, 3), dtype=np.float32), name="W")
b = tf.Variable(tf.zeros([3]), name="b")
logits = tf.matmul(x, W) + b
y = tf.one_hot(label, 3)

by_hand = -tf.reduce_sum(y * tf.log(tf.nn.softmax(logits)), reduction_indices=[1])
dense = tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=logits)
sparse = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=label, logits=logits)
first = tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits)
loss = tf.reduce_mean(sparse, name="loss")
train_op = tf.train.AdagradOptimizer(0.5).minimize(loss)
hits = tf.equal(tf.argmax(logits, 1), label)
accuracy = tf.reduce_mean(tf.cast(hits, "float"))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {x: points, label: classes}
    for _ in range(30):
        sess.run(train_op, feeds)
    values = sess.run({"loss": loss, "accuracy": accuracy, "W": W, "b": b}, feeds)
    report(**values)
    for losses in sess.run([by_hand, dense, sparse, first], feeds):
        report(losses=losses[:4])
    report(p=sess.run(tf.nn.softmax([[1e4, 0.0, -1e4]])))
    report(log_p=sess.run(tf.nn.log_softmax([[1e4, 0.0, -1e4]])))
