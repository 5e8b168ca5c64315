# # You have a TensorFlow 1 program. Does it still run?
#
# Here it does.  Put it beside the folder `tf/`, and where it says
# `import tensorflow.compat.v1 as tf`, write `import tf`.  It prints the same numbers,
# and you don't have to install TensorFlow.
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
# Networks of matrix products run, convolutions, recurrent cells, loops inside graphs,
# datasets and summaries.  Files read by threads, strings that you compute with, and
# most of `tf.contrib` don't, and if you ask for one, [an error says so](tf/names.py).
#
# This package computes nothing itself, and differentiates nothing.  It translates names
# and types, and adds scopes, counted steps, and TensorFlow's words for errors.
#
# It's also how we know that TensorFlow works as this book says:
# `tests/peers/test_tensorflow.py` runs 23 programs twice, once with TensorFlow
# and once with this package, and changes only the import.  Floats must agree to
# $10^{-5}$, everything else exactly.
#
# ## What breaks, and what stays? {#differences}
#
# Two of TensorFlow's errors don't happen here:
#
# - You forget to initialize a variable.  It takes its initial value.  (TensorFlow:
#   "Attempting to use uninitialized value W".)
# - You mix types.  `float32` times `int32` gives you `float64`, as in NumPy.
#
# And some things come out differently:
#
# - A run is [a snapshot](session.py#a-run-is-a-snapshot).  In TensorFlow, the rest of
#   the run may or may not see an update.  Here you see it within
#   `tf.control_dependencies` and nowhere else.  To assign a variable twice in one run,
#   you need that too.
# - We differentiate the softmax cross-entropy as its formula says.  TensorFlow assumes
#   that your labels sum to 1.
# - Sizes in a shape can be tensors.  Axes, slices and depths can't.
# - You get other random numbers.  The first `seed` that you give to an operation seeds
#   everything that later sessions draw.
# - Names don't end in ":0", and default names are ours: "constant", not "Const".  But
#   you can fetch and feed by name, with ":0" or without.
# - A variable has no `op`, so write `v.name`, not `v.op.name`.
# - `tf.nn.dynamic_rnn` and `tf.map_fn` are unrolled, so they need to know how many
#   steps there are.
# - Feed 2.7 as an integer, and you get an error.  TensorFlow feeds 2.
#
# ? `sess.run([step, loss])`: is that the loss before the step, or after it?
#
# ! Before it, in every run.  TensorFlow promises neither.
#
# ## Which page do you need? {#which-page-has-what}
#
# - [Types and shapes](tf/datatypes.py), and [graphs and sessions](tf/graphs.py): how
#   they differ from ours.
# - [Operations](tf/operations.py), [values](tf/values.py), and [`tf.nn`](tf/nn.py):
#   other names, mostly.
# - [Gradients and updates](tf/updates.py), [variables and scopes](tf/scopes.py), and
#   [`tf.train`](tf/train.py): everything that trains a network.
# - [Layers](tf/layers.py), [recurrent cells](tf/rnn.py), and
#   [`tf.contrib`](tf/contrib.py): networks in few lines.
# - [Branches and loops](tf/flow.py), [datasets](tf/data.py), [summaries for
#   TensorBoard](tf/summary.py), [collections](tf/collections.py),
#   [queues](tf/queues.py), and [settings](tf/settings.py).
# - [`tf.errors`](tf/errors.py): what a run raises.
# - [Names](tf/names.py): what's missing.
#
# Once your program runs, where to next?  [This
# table](weave/pytorch.md#the-same-in-other-frameworks) translates its names to
# TensorFlow 2, PyTorch and JAX.

from tensor import FRAMEWORK
from tf import (
    collections,
    contrib,
    data,
    datatypes,
    errors,
    flow,
    graphs,
    layers,
    nn,
    operations,
    queues,
    scopes,
    settings,
    summary,
    train,
    updates,
    values,
)
from tf.collections import *
from tf.datatypes import *
from tf.flow import *
from tf.graphs import *
from tf.names import missing as _missing
from tf.operations import *
from tf.queues import *
from tf.scopes import *
from tf.settings import *
from tf.updates import *
from tf.values import *

FRAMEWORK.add(__name__)

_TOPICS = (datatypes, graphs, operations, values, updates, scopes)
_TOPICS += (collections, flow, queues, settings)
__all__ = ["contrib", "data", "errors", "layers", "nn", "summary", "train"]
__all__ += [name for topic in _TOPICS for name in topic.__all__]
__all__.sort()


def __getattr__(name):
    raise AttributeError(_missing(f"tf.{name}"))


# Once you've imported this package, the default graph has TensorFlow's types.

graphs.reset_default_graph()
