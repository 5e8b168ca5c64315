"""What TensorFlow refuses: each a piece of a program, and words that its error has."""

# Before each piece stands this.
BEGIN = """
import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
x = tf.placeholder(tf.float32, [None, 3], name="x")
W = tf.Variable(np.ones((3, 2), "float32"), name="W")
c = tf.constant([1.0, 2.0, 3.0], name="c")
with tf.Graph().as_default():
    other = tf.constant(1.0, name="other")
with tf.variable_scope("s"):
    w = tf.get_variable("w", [2, 2])
"""

# A name, the piece, the error's class, and words of its message.
PIECES = [
    (
        "a placeholder that is not fed",
        "sess.run(x * 2)",
        "InvalidArgumentError",
        "You must feed a value for placeholder tensor 'x' with dtype float",
    ),
    (
        "a feed of the wrong shape",
        "sess.run(x, {x: np.ones((2, 4))})",
        "ValueError",
        "Cannot feed value of shape (2, 4) for Tensor",
    ),
    (
        "a feed of the wrong rank",
        "sess.run(x, {x: 1.0})",
        "ValueError",
        "Cannot feed value of shape () for Tensor",
    ),
    (
        "a key that is no tensor",
        "sess.run(x, {3: 1})",
        "(TypeError|ValueError)",
        "Cannot interpret feed_dict key as Tensor",
    ),
    (
        "a key of another graph",
        "sess.run(c, {other: 1})",
        "(TypeError|ValueError)",
        "Cannot interpret feed_dict key as Tensor",
    ),
    (
        "a tensor that is fed",
        "sess.run(x, {x: c})",
        "TypeError",
        "The value of a feed cannot be a",
    ),
    (
        "no fetch",
        "sess.run(None)",
        "TypeError",
        'Argument `fetch` = None has invalid type "NoneType"',
    ),
    (
        "a fetch that is no tensor",
        "sess.run([c, 3])",
        "TypeError",
        'Argument `fetch` = 3 has invalid type "int"',
    ),
    (
        "a fetch of another graph",
        "sess.run(other)",
        "ValueError",
        "cannot be interpreted as a Tensor",
    ),
    (
        "shapes that differ in a run",
        "a = tf.placeholder(tf.float32); sess.run(a + c, {a: [1.0, 2.0]})",
        "InvalidArgumentError",
        "",
    ),
    (
        "an index that is out of range",
        "i = tf.placeholder(tf.int32); sess.run(tf.gather(c, i), {i: 5})",
        "InvalidArgumentError",
        "",
    ),
    (
        "a closed session",
        "sess.close(); sess.run(c)",
        "RuntimeError",
        "closed Session.",
    ),
    (
        "shapes that do not broadcast",
        "c + tf.constant([1.0, 2.0])",
        "ValueError",
        "imensions must be equal, but are 3 and 2",
    ),
    (
        "matrices that do not fit",
        "tf.matmul(tf.ones([2, 3]), tf.ones([4, 5]))",
        "ValueError",
        "imensions must be equal, but are 3 and 4",
    ),
    ("another graph", "c + other", "ValueError", "graph"),
    (
        "a tensor as a truth value",
        "bool(c)",
        "TypeError",
        "as a Python `bool` is not allowed",
    ),
    ("a loop over a tensor", "list(c)", "TypeError", "`tf.Tensor` is not allowed"),
    (
        "no default session",
        "c.eval()",
        "ValueError",
        "No default session is registered",
    ),
    (
        "no default session for an operation",
        "tf.no_op().run()",
        "ValueError",
        "No default session is registered",
    ),
    (
        "a loss of no variable",
        "tf.train.AdamOptimizer().minimize(tf.constant(1.0))",
        "ValueError",
        "No gradients provided for any variable",
    ),
    (
        "no variables",
        "tf.train.AdamOptimizer().minimize(tf.constant(1.0), var_list=[])",
        "ValueError",
        "No variables to optimize",
    ),
    (
        "no gradients",
        "tf.train.AdamOptimizer().apply_gradients([(None, W)])",
        "ValueError",
        "No gradients provided for any variable",
    ),
    ("a variable of another shape", "W.assign(np.ones((2, 2)))", "ValueError", "shape"),
    (
        "a variable that is there",
        "with tf.variable_scope('s'): tf.get_variable('w', [2, 2])",
        "ValueError",
        "Variable s/w already exists, disallowed. Did you mean to set reuse=True or "
        "reuse=tf.AUTO_REUSE in VarScope?",
    ),
    (
        "a variable that is not there",
        "with tf.variable_scope('s', reuse=True): tf.get_variable('v', [2, 2])",
        "ValueError",
        "Variable s/v does not exist, or was not created with tf.get_variable(). Did "
        "you mean to set reuse=tf.AUTO_REUSE in VarScope?",
    ),
    (
        "a variable that has another shape",
        "with tf.variable_scope('s', reuse=True): tf.get_variable('w', [3, 2])",
        "ValueError",
        "Trying to share variable s/w, but specified shape (3, 2) and found shape "
        "(2, 2).",
    ),
    (
        "a variable of no shape",
        "tf.get_variable('v')",
        "ValueError",
        "Variable v did not get an initializer, so its `shape` argument must be "
        "specified.",
    ),
    (
        "a variable of nothing",
        "tf.Variable()",
        "(TypeError|ValueError)",
        "initial_value",
    ),
    (
        "dropout of all",
        "tf.nn.dropout(x, keep_prob=0.0)",
        "ValueError",
        "`rate` must be a scalar tensor or a float in the range [0, 1). Received: "
        "rate=1.0",
    ),
    (
        "a shape that is too small",
        "tf.reshape(c, [2, 2])",
        "ValueError",
        "annot reshape a tensor with 3 elements to shape",
    ),
    (
        "an axis that is not of size 1",
        "tf.squeeze(c, [0])",
        "ValueError",
        "squeeze",
    ),
    (
        "an axis that is not there",
        "tf.expand_dims(c, 5)",
        "ValueError",
        "not in",
    ),
    (
        "a file that is not there",
        "tf.train.Saver([W]).restore(sess, '/tmp/there/is/no/such/file')",
        "ValueError",
        "The passed save_path is not a valid checkpoint: /tmp/there/is/no/such/file",
    ),
    (
        "a closed session that is saved",
        "saver = tf.train.Saver([W]); sess.close(); saver.save(sess, '/tmp/none')",
        "RuntimeError",
        "Attempted to use a closed Session.",
    ),
    (
        "a weight too few",
        "tf.gradients([W, W], [W], grad_ys=[W])",
        "ValueError",
        "Length mismatch. Passed 1 grad_ys for 2 ys",
    ),
    (
        "labels of a wrong rank",
        "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[[1]], logits=x)",
        "ValueError",
        "`labels.shape.rank` must equal `logits.shape.rank - 1`.",
    ),
    (
        "a bias of another size",
        "tf.nn.bias_add(tf.ones([2, 3]), [1.0])",
        "ValueError",
        "Dimensions must be equal, but are 3 and 1",
    ),
    (
        "a bias that is no vector",
        "tf.nn.bias_add(tf.ones([2, 3]), [[1.0]])",
        "ValueError",
        "Shape must be rank 1 but is rank 2",
    ),
    (
        "dropout of integers",
        "tf.nn.dropout([1, 2], keep_prob=0.5)",
        "(TypeError|ValueError)",
        "floating point",
    ),
    (
        "numbers as truth values",
        "tf.logical_and(tf.constant(1), tf.constant(2))",
        "TypeError",
        "int32",
    ),
    (
        "a fraction for an integer",
        "n = tf.Variable(0, name='n'); n.assign(tf.constant(0.5))",
        "TypeError",
        "int32",
    ),
    (
        "a shared variable of another type",
        "with tf.variable_scope('s', reuse=True): tf.get_variable('w', [2, 2], 'int8')",
        "ValueError",
        "Trying to share variable s/w, but specified dtype int8 and found dtype "
        "float32",
    ),
    (
        "a constant and a shape",
        "tf.get_variable('k', [1], initializer=tf.constant([1.0]))",
        "ValueError",
        "If initializer is a constant, do not specify shape.",
    ),
    (
        "a variable of unknown size",
        "tf.get_variable('u', [None, 2])",
        "ValueError",
        "fully defined",
    ),
    (
        "a graph in the place of a target",
        "tf.Session(tf.Graph())",
        "TypeError",
        "`target` must be a string, but got ",
    ),
    (
        "an axis by two names",
        "tf.reduce_sum(x, axis=0, reduction_indices=0)",
        "ValueError",
        "Cannot specify both 'reduction_indices' and 'axis'.",
    ),
    ("no axis", "tf.expand_dims(x)", "ValueError", "Must specify an axis argument to"),
    ("a sum of nothing", "tf.add_n([])", "ValueError", "at least one Tensor"),
    ("no type", "tf.as_dtype(None)", "TypeError", "to a TensorFlow DType"),
    (
        "more elements than places",
        "tf.constant([1, 2, 3], shape=[2])",
        "TypeError|ValueError",
        "Too many elements provided. Takes at most 2, but got 3.",
    ),
    (
        "control inputs of another graph",
        "with tf.control_dependencies([other]): pass",
        "ValueError",
        "is not an element of this graph",
    ),
    (
        "an axis that one_hot has not",
        "tf.one_hot([0], 2, axis=-2)",
        "ValueError",
        "axis",
    ),
    ("nothing to save", "tf.train.Saver([])", "ValueError", "No variables to save"),
    ("a type that is none", "tf.placeholder('foo')", "TypeError", "foo"),
    ("2.5 as an integer", "tf.constant(2.5, tf.int32)", "TypeError", "int32"),
    (
        "a random integer up to what",
        "tf.random_uniform([2], dtype=tf.int32)",
        "ValueError",
        "Must specify maxval for integer dtype",
    ),
    ("no rate", "tf.nn.dropout(x)", "ValueError", "`rate` must be provided."),
]

# After it, what went wrong is printed.
RUN = """
import json
for piece in PIECES:
    sess = tf.Session()
    try:
        exec(piece, dict(globals()))
        print(json.dumps(["", ""]))
    except Exception as error:
        kinds = " ".join(kind.__name__ for kind in type(error).__mro__)
        print(json.dumps([kinds, str(error)]))
"""

PROGRAM = f"{BEGIN}\nPIECES = {[piece for _, piece, _, _ in PIECES]!r}\n{RUN}"
