"""TensorBoard's own reader reads what `tf.summary` writes."""

import numpy as np
from check import needing

import tf

with needing("tensorboard"):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def read(folder):
    events = EventAccumulator(str(folder), size_guidance={"histograms": 0})
    events.Reload()
    return events


def test_scalars_and_histograms_arrive_with_their_steps(tmp_path):
    tf.reset_default_graph()
    x = tf.placeholder(tf.float32, [None], name="x")
    with tf.name_scope("train"):
        tf.summary.scalar("loss", tf.reduce_mean(x))
    tf.summary.histogram("x", x)
    merged = tf.summary.merge_all()
    writer = tf.summary.FileWriter(tmp_path)
    values = np.random.default_rng(0).normal(size=(3, 100))
    with tf.Session() as sess:
        for step, row in enumerate(values):
            writer.add_summary(sess.run(merged, {x: row}), 10 * step)
    writer.close()
    events = read(tmp_path)
    scalars = events.Scalars("train/loss")
    assert [event.step for event in scalars] == [0, 10, 20]
    np.testing.assert_allclose([x.value for x in scalars], values.mean(axis=1), 1e-6)
    for event, row in zip(events.Histograms("x"), values):
        histogram = event.histogram_value
        assert (histogram.num, sum(histogram.bucket)) == (100, 100)
        np.testing.assert_allclose(
            [histogram.min, histogram.max, histogram.sum, histogram.sum_squares],
            [row.min(), row.max(), row.sum(), (row * row).sum()],
            rtol=1e-5,
        )
        ends = histogram.bucket_limit
        below = [np.sum(row.astype("float32") <= end) for end in ends]
        np.testing.assert_array_equal(np.cumsum(histogram.bucket), below)


def test_a_graph_arrives_with_its_names_and_inputs(tmp_path):
    tf.reset_default_graph()
    a = tf.placeholder(tf.float32, [], name="a")
    tf.multiply(a, 2.0, name="doubled")
    tf.summary.FileWriter(tmp_path, tf.get_default_graph()).close()
    nodes = {node.name: node for node in read(tmp_path).Graph().node}
    assert nodes["a"].op == "placeholder"
    assert list(nodes["doubled"].input) == ["a", "constant"]


def test_a_histogram_of_nothing_and_of_one_number(tmp_path):
    tf.reset_default_graph()
    x = tf.placeholder(tf.float32, [None], name="x")
    summary = tf.summary.histogram("x", x)
    with tf.Session() as sess, tf.summary.FileWriter(tmp_path) as writer:
        for step, values in enumerate(([], [3.0], [0.0, 0.0])):
            writer.add_summary(sess.run(summary, {x: values}), step)
    counts = [sum(e.histogram_value.bucket) for e in read(tmp_path).Histograms("x")]
    assert counts == [0, 1, 2]
