# # What belongs together? Collections
#
# A function deep in your program makes a loss for its weights.  How does it reach the
# sum at the end, without being handed through everything?  It puts it into a
# *collection*: a list in the graph, under a name.
#
# >>> import tf
# >>> tf.add_to_collection("losses", tf.constant(1.0))
# >>> tf.add_to_collection("losses", tf.constant(2.5))
# >>> print(tf.Session().run(tf.add_n(tf.get_collection("losses"))))
# 3.5

import re

from tensor import FRAMEWORK
from tf.graphs import get_default_graph

FRAMEWORK.add(__name__)

__all__ = ["GraphKeys", "add_to_collection", "get_collection", "get_collection_ref"]
__all__ += ["local_variables", "local_variables_initializer"]


class GraphKeys:
    """The names of the collections that functions use by themselves."""

    GLOBAL_VARIABLES = "variables"
    TRAINABLE_VARIABLES = "trainable_variables"
    LOCAL_VARIABLES = "local_variables"
    REGULARIZATION_LOSSES = "regularization_losses"
    LOSSES = "losses"
    SUMMARIES = "summaries"
    UPDATE_OPS = "update_ops"
    GLOBAL_STEP = "global_step"
    TRAIN_OP = "train_op"


def add_to_collection(name, value):
    """Add `value` to the collection `name` of the default graph."""
    get_collection_ref(name).append(value)


def get_collection_ref(name):
    """The collection `name` of the default graph itself, a list."""
    return get_default_graph().collections.setdefault(name, [])


def get_collection(key, scope=None):
    """A copy of the collection `key`, or of those whose names begin like `scope`."""
    graph = get_default_graph()
    found = list(graph.collections.get(key, ()))
    if key == GraphKeys.GLOBAL_VARIABLES:
        found = graph.variables
    elif key == GraphKeys.TRAINABLE_VARIABLES:
        found = [x for x in graph.variables if x.trainable]
    return [x for x in found if re.match(scope or "", getattr(x, "name", ""))]


def local_variables(scope=None):
    """The local variables; nothing here makes any."""
    return get_collection(GraphKeys.LOCAL_VARIABLES, scope)


def local_variables_initializer():
    """An operation that initializes the local variables, and so does nothing."""
    return get_default_graph().group([])
