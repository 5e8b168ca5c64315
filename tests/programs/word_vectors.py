"""Word vectors by noise-contrastive estimation; what is random is only seen to fall."""

import numpy as np
import tensorflow.compat.v1 as tf
from report import report

tf.disable_v2_behavior()

rng = np.random.RandomState(1)
words = rng.randint(0, 20, size=200)
centers, contexts = words[1:-1], words[2:, None]

inputs = tf.placeholder(tf.int32, [None], name="inputs")
labels = tf.placeholder(tf.int32, [None, 1], name="labels")
embeddings = tf.Variable(tf.random_uniform([20, 6], -1.0, 1.0, seed=3))
weights = tf.Variable(tf.truncated_normal([20, 6], stddev=0.4, seed=4))
biases = tf.Variable(tf.zeros([20]))
vectors = tf.nn.embedding_lookup(embeddings, inputs)
loss = tf.reduce_mean(
    tf.nn.nce_loss(weights, biases, labels, vectors, num_sampled=5, num_classes=20)
)
step = tf.train.AdamOptimizer(0.05).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feeds = {inputs: centers, labels: contexts}
    losses = [sess.run([loss, step], feeds)[0] for _ in range(150)]
    report(shape=list(sess.run(vectors, feeds).shape))
    report(falls=bool(np.mean(losses[-20:]) < 0.8 * np.mean(losses[:5])))

table = tf.constant(rng.normal(size=(5, 3)).astype("float32"))
picked = tf.nn.embedding_lookup(table, [[0, 1], [1, 4]])
normal = tf.nn.l2_normalize(picked, 2)
with tf.Session() as sess:
    report(picked=sess.run([picked, normal]))
    names = tf.constant("rows"), tf.constant("a b")
    report(text=[value.decode() for value in sess.run(names)])
