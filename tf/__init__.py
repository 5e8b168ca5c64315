# # TensorFlow 1: its names, over this framework
#
# Is this really how TensorFlow works?  Then a program for TensorFlow should run here.
# It does: what was written for `import tensorflow.compat.v1 as tf`, with graphs and
# sessions, runs with `import tf`, and prints the same numbers, as far as it uses what
# is here.  That is enough for networks of matrix products; convolutions, loops inside
# of graphs, queues and summaries are not here.
#
# >>> import tf
# >>> tf.disable_v2_behavior()
# >>> x = tf.placeholder(tf.float32, [None, 2], name="x")
# >>> y = tf.placeholder(tf.float32, [None, 1], name="y")
# >>> W = tf.Variable(tf.zeros([2, 1]), name="W")
# >>> b = tf.Variable(0.0, name="b")
# >>> error = tf.matmul(x, W) + b - y
# >>> loss = tf.reduce_mean(tf.square(error), name="loss")
# >>> step = tf.train.GradientDescentOptimizer(0.3).minimize(loss)
# >>> data = {x: [[0, 0], [0, 1], [1, 0]], y: [[1], [3], [4]]}
# >>> with tf.Session() as sess:
# ...     sess.run(tf.global_variables_initializer())
# ...     for _ in range(200):
# ...         _, value = sess.run([step, loss], feed_dict=data)
# ...     print(W.eval().round(3).tolist(), b.eval().round(3))
# [[3.0], [2.0]] 1.0
#
# To run your own, put it beside the folder `tf/`; TensorFlow need not be installed.
#
# This package computes and differentiates nothing.  It says what our operations are
# called there, and adds what is a matter of names and types: scopes, counted steps, the
# words of errors.  `tests/peers/test_tensorflow.py` runs thirteen programs twice, by
# TensorFlow and by this, with nothing changed but the line of the import, and compares
# all that they print: the numbers to $10^{-5}$, types and shapes to the letter.
#
# Where TensorFlow insists and we need not, this is lenient:
#
# - A variable that nobody has initialized has its initial value.  (TensorFlow:
#   "Attempting to use uninitialized value W".)
# - Types may meet: `float32` times `int32` is NumPy's `float64`, not an error.
#
# What differs:
#
# - A run is a snapshot, as in all of this book.  In TensorFlow an update may or may not
#   be seen by what else is in the run; here it is seen by what is made within
#   `tf.control_dependencies` of it.  Two assignments of one variable need that as well.
# - A softmax cross-entropy has the gradient of its formula.  TensorFlow's has that of
#   labels which sum to 1, also where they do not.
# - The sizes in a shape may be tensors; axes, slices and depths may not.
# - Random numbers are others.  The first `seed` that an operation is given seeds all
#   random numbers of the sessions made after it.
# - Names end without ":0", and those that nobody gave are ours: "constant", not
#   "Const".
# - 2.7 cannot be fed as an integer, which TensorFlow makes a 2 of.
#
# ## Which page has what
#
# - [Types and shapes](tf/datatypes.py), and [graphs and sessions](tf/graphs.py): what
#   differs from ours.
# - [Operations](tf/operations.py), [values to begin with](tf/values.py), and
#   [`tf.nn`](tf/nn.py): other names, mostly.
# - [Gradients and updates](tf/updates.py), [variables and scopes](tf/scopes.py), and
#   [`tf.train`](tf/train.py): what trains a network.
# - [`tf.errors`](tf/errors.py): what a run raises.
# - [Names](tf/names.py): what is not here, and what all this is called in TensorFlow 2,
#   PyTorch and JAX.

from tensor import FRAMEWORK
from tf import datatypes, errors, graphs, nn, operations, scopes, train, updates, values
from tf.datatypes import *
from tf.graphs import *
from tf.names import missing as _missing
from tf.operations import *
from tf.scopes import *
from tf.updates import *
from tf.values import *

FRAMEWORK.add(__name__)

_TOPICS = (datatypes, graphs, operations, values, updates, scopes)
__all__ = ["errors", "nn", "train"]
__all__ += [name for topic in _TOPICS for name in topic.__all__]
__all__.sort()


def __getattr__(name):
    raise AttributeError(_missing(f"tf.{name}"))


# From the import of this package on, a graph of these types is the default one.

graphs.reset_default_graph()
