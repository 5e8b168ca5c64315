"""A model that takes its batches from tf.data, epoch by epoch."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(6)
features = rng.normal(size=(10, 2)).astype("float32")
labels = (features @ [[1.0], [-2.0]] + 0.5).astype("float32")

data = tf.data.Dataset.from_tensor_slices((features, labels))
data = data.map(lambda x, y: (x * 2.0, y)).batch(4).repeat(3)
x, y = data.make_one_shot_iterator().get_next()
W = tf.Variable(tf.zeros([2, 1]), name="W")
b = tf.Variable(0.0, name="b")
loss = tf.reduce_mean(tf.square(tf.matmul(x, W) + b - y))
step = tf.train.GradientDescentOptimizer(0.05).minimize(loss)
report(shapes=[x.get_shape().as_list(), y.get_shape().as_list()])

count = 0
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    try:
        while True:
            report(loss=sess.run([loss, step])[0])
            count += 1
    except tf.errors.OutOfRangeError:
        report(steps=count, W=sess.run(W), b=sess.run(b))

# Data that is fed when it starts, in a dict, in order, skipped and taken.

source = tf.placeholder(tf.float32, [None, 2], name="source")
both = {"x": source, "n": tf.range(4)}
data = tf.data.Dataset.from_tensor_slices(both).skip(1).take(2)
iterator = data.make_initializable_iterator()
element = iterator.get_next()
numbers = tf.data.Dataset.zip((tf.data.Dataset.range(3), tf.data.Dataset.range(5, 9)))
pair = numbers.make_one_shot_iterator().get_next()
whole = tf.data.Dataset.range(7).batch(3, drop_remainder=True).prefetch(1)
batch = whole.make_one_shot_iterator().get_next()
with tf.Session() as sess:
    for rows in (features[:4], features[4:8]):
        sess.run(iterator.initializer, {source: rows})
        for _ in range(2):
            value = sess.run(element)
            report(x=value["x"], n=value["n"])
    report(pairs=[list(sess.run(pair)) for _ in range(3)])
    report(batches=[sess.run(batch) for _ in range(2)], text=str(batch.shape))
