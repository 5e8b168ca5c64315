"""What `tf` does that no program for TensorFlow can show."""

import importlib
import inspect
import types

import numpy as np
import pytest

import tf
from graph import Graph
from session import Session


@pytest.fixture(autouse=True)
def fresh():
    tf.reset_default_graph()


def test_a_variable_that_is_not_initialized_has_its_initial_value():
    v = tf.Variable(3.0)
    assert tf.Session().run(v) == 3


def test_types_may_meet():
    product = tf.constant(2.5) * tf.constant(2)
    assert product.dtype == np.float64
    assert tf.Session().run(product) == 5


def test_all_reads_of_a_run_are_from_before_it():
    v = tf.Variable(1.0)
    assert tf.Session().run([v, tf.assign(v, 2.0), v]) == [1, 2, 1]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: tf.random_normal([3], seed=1),
        lambda: tf.random_uniform([3], seed=1),
        lambda: tf.truncated_normal([3], seed=1),
        lambda: tf.nn.dropout(tf.ones([20]), keep_prob=0.5, seed=1),
        lambda: tf.Variable(tf.random_normal([3], seed=1)),
        lambda: tf.get_variable(
            "v", [3], initializer=tf.random_normal_initializer(seed=1)
        ),
    ],
)
def test_the_seed_of_an_operation_makes_each_session_the_same(draw):
    drawn = draw()
    one, other = tf.Session().run(drawn), tf.Session().run(drawn)
    np.testing.assert_array_equal(one, other)


def test_sessions_without_a_seed_differ():
    drawn = tf.random_normal([3])
    assert (tf.Session().run(drawn) != tf.Session().run(drawn)).all()


def test_the_seed_of_the_graph_is_for_sessions_that_are_open_too():
    drawn = tf.random_normal([3])
    with tf.Session() as sess:
        tf.set_random_seed(5)
        first = sess.run(drawn)
    np.testing.assert_array_equal(tf.Session().run(drawn), first)


def test_half_of_a_number_is_not_fed_as_an_integer():
    x = tf.placeholder(tf.int32, [])
    with pytest.raises(TypeError, match="feed of 'placeholder'"):
        tf.Session().run(x, {x: 2.7})


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (lambda: tf.string_join, "tf.string_join"),
        (lambda: tf.nn.conv3d, "tf.nn.conv3d"),
        (lambda: tf.layers.conv1d, "tf.layers.conv1d"),
        (lambda: tf.contrib.slim, "tf.contrib.slim"),
        (lambda: tf.data.TFRecordDataset, "tf.data.TFRecordDataset"),
        (lambda: tf.summary.image, "tf.summary.image"),
        (lambda: tf.train.FtrlOptimizer, "tf.train.FtrlOptimizer"),
        (lambda: tf.errors.NotFoundError, "tf.errors.NotFoundError"),
        (lambda: tf.constant(1).set_shape, "Tensor.set_shape"),
        (lambda: tf.Graph().get_operations, "Graph.get_operations"),
        (lambda: tf.Session().partial_run, "Session.partial_run"),
        (lambda: tf.train.AdamOptimizer().get_slot, "AdamOptimizer.get_slot"),
    ],
)
def test_what_is_not_here_says_so_by_name(ask, name):
    with pytest.raises(AttributeError, match=f"^{name} is not among .*docs/tf.html"):
        ask()


def test_the_lists_of_names_are_whole():
    assert {"placeholder", "Session", "nn", "train", "float32"} <= set(tf.__all__)
    assert not {"numpy", "BaseGraph", "topological_order"} & set(tf.__all__)
    assert "relu" in tf.nn.__all__ and "Saver" in tf.train.__all__
    for names, home in ((tf.__all__, tf), (tf.nn.__all__, tf.nn)):
        for name in names:
            getattr(home, name)


def test_graphs_of_the_framework_are_as_before():
    graph = Graph()
    x = graph.constant([1, 2])
    assert x.dtype == float and type(x.shape) is tuple
    assert not hasattr(x, "get_shape")


def test_an_operation_joins_the_graph_of_its_operands():
    with tf.Graph().as_default() as graph:
        a = tf.constant(1.0)
    assert tf.add(a, 1).graph is graph
    assert tf.stack([a, a]).graph is graph
    assert tf.group(a).graph is graph
    assert tf.constant(1.0).graph is tf.get_default_graph() is not graph


def test_a_session_makes_its_graph_the_default_one():
    graph = tf.Graph()
    before = tf.get_default_graph()
    with tf.Session(graph=graph) as sess:
        assert tf.get_default_graph() is graph
        assert tf.get_default_session() is sess
    assert tf.get_default_graph() is before
    assert tf.get_default_session() is None


def test_as_default_leaves_a_session_open():
    c, sess = tf.constant(1.0), tf.Session()
    with sess.as_default():
        assert c.eval() == 1
    assert sess.run(c) == 1


def test_a_program_of_tensorflow_compiles_to_the_same_text():
    x = tf.placeholder(tf.float32, [4, 2], name="x")
    W = tf.Variable(tf.zeros([2, 3]), name="W")
    hidden = tf.sigmoid(tf.matmul(x, W), name="hidden")
    assert tf.Session().program(hidden, {x: None}).source == (
        "def program(state, feeds):\n"
        "    W, = state\n"
        "    x, = feeds\n"
        "    dot = x.dot(W)\n"
        "    hidden = 1 / (1 + np.exp(-dot))\n"
        "    return (hidden,), ()\n"
    )


def test_an_error_in_a_run_names_the_operation_and_its_line():
    a = tf.placeholder(tf.float32, name="a")
    total = tf.add(a, [1.0, 2.0, 3.0], name="total")
    with pytest.raises(tf.errors.InvalidArgumentError) as caught:
        tf.Session().run(total, {a: [1.0, 2.0]})
    message = str(caught.value)
    assert "'total'" in message and "test_tf.py:" in message and "'a' (2,)" in message


def test_an_error_of_a_placeholder_says_where_it_was_made():
    a = tf.placeholder(tf.float64, [2], name="a")
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"dtype float64.*test_tf"):
        tf.Session().run(a + 1)


def test_the_line_of_each_tensor_is_one_of_the_program():
    x = tf.placeholder(tf.float32, [None, 2])
    with tf.variable_scope("layer"):
        W = tf.get_variable("W", [2, 3])
    drawn = tf.random_uniform([3], 0, 5, tf.int32) + tf.constant(1, shape=[3])
    scores = tf.nn.bias_add(tf.matmul(x, W), tf.cast(drawn, tf.float32))
    count = tf.Variable(0, trainable=False)
    loss = tf.nn.l2_loss(tf.nn.dropout(scores, 0.5)) / tf.reduce_mean(count)
    tf.train.AdamOptimizer().minimize(loss, global_step=count)
    tf.group(tf.gradients(loss, W), count.assign_add(1), tf.assign_sub(count, 1))
    tf.global_variables_initializer()
    for tensor in tf.get_default_graph().tensors:
        assert tensor.line.startswith(__file__), (tensor, tensor.line)


def test_nn_train_and_errors_are_modules():
    for name in ("nn", "train", "errors"):
        module = importlib.import_module(f"tf.{name}")
        assert module is getattr(tf, name)
        assert isinstance(module, types.ModuleType)


def test_old_checkpoints_are_removed(tmp_path):
    tf.Variable(1.0)
    saver = tf.train.Saver(max_to_keep=2)
    with tf.Session() as sess:
        paths = [saver.save(sess, f"{tmp_path}/m", global_step=i) for i in range(4)]
    assert saver.last_checkpoints == paths[2:]
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["checkpoint", "m-2", "m-3"]
    state = tf.train.get_checkpoint_state(tmp_path)
    assert state.all_model_checkpoint_paths == paths[2:]
    assert tf.train.latest_checkpoint(tmp_path) == paths[-1]
    assert tf.train.latest_checkpoint(tmp_path / "elsewhere") is None


def test_a_checkpoint_that_lacks_a_variable_is_refused(tmp_path):
    v = tf.Variable(1.0, name="v")
    new = tf.Variable(2.0, name="new")
    with tf.Session() as sess:
        path = tf.train.Saver([v]).save(sess, f"{tmp_path}/m")
        with pytest.raises(ValueError, match="it lacks 'new'"):
            tf.train.Saver().restore(sess, path)
        assert sess.run([v, new]) == [1, 2]


def test_the_glorot_initializer_keeps_to_its_limit():
    v = tf.get_variable("v", [40, 60])
    values = np.abs(tf.Session().run(v))
    assert 0.99 < values.max() / np.sqrt(6 / 100) <= 1


def test_shapes_know_what_is_asked_of_them():
    x = tf.placeholder(tf.float32, [None, 3])
    assert x.shape.as_list() == [None, 3] and x.shape.ndims == 2
    assert x.get_shape()[1].value == 3 and x.shape[1] * 2 == 6
    assert x.shape[0].value is None
    assert tf.placeholder(tf.float32, x.shape).shape.as_list() == [None, 3]
    assert str(x.shape) == "(?, 3)" and str(tf.ones([2]).shape) == "(2,)"
    with pytest.raises(ValueError, match="shape of 'y' is unknown"):
        tf.placeholder(tf.float32, name="y").get_shape()


def test_a_step_counts_only_what_it_has_done():
    v, count = tf.Variable([1.0, 2.0]), tf.Variable(0, trainable=False)
    x = tf.placeholder(tf.float32)
    loss = tf.reduce_sum(v * x)
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss, global_step=count)
    sess = tf.Session()
    sess.run(step, {x: [1.0, 1.0]})
    with pytest.raises(tf.errors.InvalidArgumentError):
        sess.run(step, {x: [1.0, 1.0, 1.0]})
    assert sess.run(count) == 1


def test_a_session_of_the_framework_runs_a_graph_of_tensorflow():
    y = tf.constant(2.0) * 3
    assert Session(tf.get_default_graph()).run(y) == 6


def test_a_variable_has_one_initializer_that_depends_on_nothing():
    v, w = tf.Variable(1.0), tf.Variable(2.0)
    with tf.control_dependencies([tf.assign(w, 5.0)]):
        assert v.initializer is v.initializer
    sess = tf.Session()
    sess.run(v.initializer)
    assert sess.run(w) == 2


def test_a_closed_session_neither_saves_nor_restores(tmp_path):
    v = tf.Variable(1.0)
    saver = tf.train.Saver()
    with tf.Session() as sess:
        sess.run(v.assign(7.0))
        path = saver.save(sess, f"{tmp_path}/new/folder/model")
    for work in (saver.save, saver.restore):
        with pytest.raises(RuntimeError, match="closed Session"):
            work(sess, path)
    with tf.Session() as sess:
        saver.restore(sess, path)
        assert sess.run(v) == 7


def test_functions_say_what_their_parameters_are_called():
    assert str(inspect.signature(tf.subtract)) == "(x, y, name=None)"
    assert str(inspect.signature(tf.transpose)) == "(a, perm=None, name=None)"
    with pytest.raises(TypeError, match="missing a required argument: 'y'"):
        tf.subtract(1.0)


def test_a_graph_of_the_framework_is_not_the_default_of_tf():
    with Graph().as_default(), pytest.raises(TypeError, match=r"none of tf\.Graph"):
        tf.constant(1.0)


def test_an_interactive_session_makes_its_graph_the_default_one():
    graph = tf.Graph()
    sess = tf.InteractiveSession(graph=graph)
    assert tf.get_default_graph() is graph
    assert tf.get_default_session() is sess
    sess.close()
    assert tf.get_default_session() is None


def test_only_the_first_seed_counts():
    one = tf.random_normal([3], seed=1)
    tf.random_normal([3], seed=2)
    assert tf.get_default_graph().seed == 1
    np.testing.assert_array_equal(*(tf.Session().run(one) for _ in range(2)))


def test_a_closed_session_keeps_no_values():
    v = tf.Variable(1.0)
    sess = tf.Session()
    sess.run(v)
    sess.close()
    assert not sess.state


def test_the_number_of_a_checkpoint_can_be_a_tensor(tmp_path):
    count = tf.Variable(7)
    with tf.Session() as sess:
        path = tf.train.Saver().save(sess, f"{tmp_path}/m", global_step=count)
    assert path.endswith("/m-7")


def test_default_sessions_nest():
    a, b = tf.Session(), tf.Session()
    with a.as_default(), b.as_default():
        assert tf.get_default_session() is b
        with a.as_default():
            assert tf.get_default_session() is a
        assert tf.get_default_session() is b


def test_a_choice_needs_to_know_whether_it_is_of_rows():
    x = tf.placeholder(tf.float32, name="x")
    with pytest.raises(ValueError, match=r"tf\.where needs the ranks of .*'x'"):
        tf.where([True, False], x, x)


def test_an_initializer_of_a_scope_is_that_of_those_within():
    threes = tf.constant_initializer(3.0)
    with tf.variable_scope("a", initializer=threes) as scope, tf.variable_scope("b"):
        inner = tf.get_variable("v", [2])
    with tf.variable_scope("c"), tf.variable_scope(scope):
        again = tf.get_variable("w", [2])
    assert again.name == "a/w"
    assert tf.Session().run([inner, again])[1].tolist() == [3, 3]
    assert tf.Session().run(inner).tolist() == [3, 3]


def test_integers_begin_with_zeros():
    v = tf.get_variable("v", [3], dtype=tf.int32)
    assert tf.Session().run(v).tolist() == [0, 0, 0]
    assert v.dtype == tf.int32


def test_a_kernel_has_as_many_inputs_as_it_has_places():
    v = tf.get_variable("v", [5, 5, 30, 30])
    largest = np.abs(tf.Session().run(v)).max()
    assert 0.99 < largest / np.sqrt(6 / (25 * 60)) <= 1


def test_a_name_that_is_missing_is_told_the_nearest():
    for ask, nearest in [
        (lambda: tf.reduce_prod, "tf.reduce_sum"),
        (
            lambda: tf.nn.softmax_cross_entropy,
            "tf.nn.softmax_cross_entropy_with_logits",
        ),
        (lambda: tf.layers.conv1d, "tf.layers.conv2d"),
    ]:
        with pytest.raises(AttributeError, match=f"do you mean {nearest}"):
            ask()


def test_a_variable_is_one_and_other_tensors_are_not():
    v = tf.Variable(1.0)
    assert isinstance(v, tf.Variable) and isinstance(v, tf.Tensor)
    assert not isinstance(v + 1, tf.Variable) and not isinstance(1.0, tf.Variable)


def test_tensors_are_fetched_and_fed_by_name():
    x = tf.placeholder(tf.float32, [], name="x")
    tf.multiply(x, 2.0, name="y")
    sess = tf.Session()
    assert sess.run("y:0", {"x:0": 3}) == 6
    assert sess.run(["y", x], {"x": 4}) == [8, 4]
    with pytest.raises(KeyError, match="The name 'z:0' refers to a Tensor which"):
        sess.run("z:0")


def test_the_variables_of_a_dict_are_trained():
    weights = {"a": tf.Variable(1.0), "b": tf.Variable(2.0)}
    loss = tf.square(weights["a"]) + tf.square(weights["b"])
    optimizer = tf.train.GradientDescentOptimizer(0.5)
    step = optimizer.minimize(loss, var_list=weights.values())
    with tf.Session() as sess:
        sess.run(step)
        assert sess.run(list(weights.values())) == [0, 0]


def test_text_is_fetched_as_bytes():
    assert tf.Session().run(tf.constant("grüße\0")) == "grüße\0".encode()
    assert tf.Session().run([tf.constant(b"a"), tf.constant(1)]) == [b"a", 1]


def test_flags_are_read_from_the_command_line():
    flags = tf.app.flags
    flags.DEFINE_integer("depth", 3, "How deep.")
    flags.DEFINE_boolean("quiet", True, "Whether to be quiet.")
    flags.DEFINE_string("folder", "here", "Where.")
    seen = []
    with pytest.raises(SystemExit):
        tf.app.run(seen.append, ["program", "--depth=5", "--noquiet", "rest"])
    assert seen == [["program", "rest"]]
    assert (flags.FLAGS.depth, flags.FLAGS.quiet, flags.FLAGS.folder) == (
        5,
        False,
        "here",
    )
    flags.FLAGS.folder = "there"
    assert flags.FLAGS.folder == "there"
    with pytest.raises(AttributeError, match="no flag 'width'; define it first"):
        _ = flags.FLAGS.width


def test_settings_are_accepted():
    config = tf.ConfigProto(allow_soft_placement=True)
    config.gpu_options.allow_growth = True
    with tf.device("/gpu:0"):
        x = tf.constant(2.0)
    with tf.Session(config=config) as sess:
        coordinator = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(sess, coordinator)
        assert sess.run(x) == 2 and not coordinator.should_stop()
        coordinator.request_stop()
        coordinator.join(threads)
        assert coordinator.should_stop()


def test_collections_gather_losses_and_variables():
    x = tf.placeholder(tf.float32, [None, 2])
    tf.layers.dense(x, 3, kernel_regularizer=tf.contrib.layers.l2_regularizer(0.1))
    (loss,) = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    names = [v.name for v in tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES)]
    assert names == ["dense/kernel", "dense/bias"]
    assert len(tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="dense/b")) == 1
    with tf.Session() as sess:
        kernel = sess.run("dense/kernel")
        assert np.isclose(sess.run(loss), 0.05 * np.square(kernel).sum())


def test_layers_get_numbers_and_share_by_name():
    x = tf.placeholder(tf.float32, [None, 2])
    for _ in range(2):
        tf.layers.dense(x, 1)
    tf.layers.dense(x, 1, name="shared")
    tf.layers.dense(x, 1, name="shared", reuse=True)
    names = [v.name for v in tf.trainable_variables() if "kernel" in v.name]
    assert names == ["dense/kernel", "dense_1/kernel", "shared/kernel"]
    with pytest.raises(ValueError, match="already exists, disallowed"):
        tf.layers.dense(x, 1, name="shared")


def test_a_dataset_is_shuffled_by_its_seed():
    def drawn(seed):
        data = tf.data.Dataset.range(20).shuffle(5, seed=seed).batch(20)
        return tf.Session().run(data.make_one_shot_iterator().get_next()).tolist()

    assert sorted(drawn(1)) == list(range(20))
    assert drawn(1) == drawn(1) != drawn(2)
    assert drawn(1) != list(range(20))


def test_an_iterator_that_was_not_started_says_so():
    data = tf.data.Dataset.from_tensor_slices(tf.placeholder(tf.float32, [None]))
    element = data.make_initializable_iterator().get_next()
    error = tf.errors.FailedPreconditionError
    with pytest.raises(error, match="run its initializer first"):
        tf.Session().run(element)
    with pytest.raises(ValueError, match="use make_initializable_iterator"):
        data.make_one_shot_iterator()


def test_a_generator_is_a_dataset():
    def rows():
        for i in range(3):
            yield [i, i + 1], float(i)

    data = tf.data.Dataset.from_generator(rows, (tf.int32, tf.float32), ([2], []))
    x, y = data.repeat(2).batch(4).make_one_shot_iterator().get_next()
    assert x.get_shape().as_list() == [None, 2]
    with tf.Session() as sess:
        assert sess.run([x, y])[0].tolist() == [[0, 1], [1, 2], [2, 3], [0, 1]]
        assert sess.run(y).tolist() == [1, 2]
        with pytest.raises(tf.errors.OutOfRangeError, match="End of sequence"):
            sess.run(x)


def test_a_global_step_is_made_once():
    step = tf.train.get_or_create_global_step()
    assert step is tf.train.get_or_create_global_step() is tf.train.get_global_step()
    rate = tf.train.exponential_decay(1.0, step, 2, 0.25, staircase=True)
    with tf.Session() as sess:
        rates = [sess.run([rate, tf.assign_add(step, 1)])[0] for _ in range(4)]
    assert rates == [1, 1, 0.25, 0.25]


def test_a_queue_that_would_wait_forever_raises():
    queue = tf.FIFOQueue(2, [tf.float32, tf.int32], shapes=[[], []])
    fill = queue.enqueue_many([[1.0, 2.0], [3, 4]])
    with tf.Session() as sess:
        with pytest.raises(tf.errors.OutOfRangeError, match="the queue is empty"):
            sess.run(queue.dequeue())
        sess.run(fill)
        with pytest.raises(tf.errors.OutOfRangeError, match="full: it holds 2"):
            sess.run(queue.enqueue([5.0, 6]))
        with pytest.raises(tf.errors.OutOfRangeError, match="2 elements, fewer than 3"):
            sess.run(queue.dequeue_many(3))
        sess.run(queue.close())
        with pytest.raises(tf.errors.CancelledError, match="the queue is closed"):
            sess.run(queue.enqueue([5.0, 6]))
        assert sess.run(queue.dequeue()) == [1, 3]
    with pytest.raises(ValueError, match="has 2 parts here, not 1"):
        queue.enqueue([5.0])


def test_a_shuffling_queue_gives_each_element_once():
    queue = tf.RandomShuffleQueue(100, 0, [tf.int32], shapes=[[]], seed=1)
    with tf.Session() as sess:
        sess.run(queue.enqueue_many([np.arange(50)]))
        found = sess.run(queue.dequeue_many(50)).tolist()
    assert found != list(range(50)) and sorted(found) == list(range(50))
