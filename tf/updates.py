# # Differentiate, then update, in the right order
#
# `tf.gradients` is our `Graph.gradients`, except that you get None, not zeros, for an x
# that doesn't matter:
#
# >>> import tf
# >>> x, y = tf.constant(3.0), tf.constant(4.0)
# >>> by_x, by_y = tf.gradients(x * x, [x, y])
# >>> with tf.Session() as sess:
# ...     print(sess.run(by_x), by_y)
# 6.0 None

from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf.graphs import as_list, get_default_graph, graph_of
from tf.operations import add, add_n, subtract

FRAMEWORK.add(__name__)

__all__ = ["assign", "assign_add", "assign_sub", "control_dependencies"]
__all__ += ["gradients", "group", "no_op"]

# ## Several ys? We differentiate their sum {#differentiating}


def gradients(ys, xs, grad_ys=None, name=None):
    """The gradients of the sum of all `ys` with respect to each of `xs`, a list.

    None for an x that no y depends on.  `grad_ys` are weights, one for each y.
    """
    ys, xs = as_list(ys), as_list(xs)
    weights = [None] * len(ys) if grad_ys is None else as_list(grad_ys)
    if len(weights) != len(ys):
        raise ValueError(
            f"Length mismatch. Passed {len(weights)} grad_ys for {len(ys)} ys"
        )
    floating = dict.fromkeys(filter(_is_floating, xs))
    for y, weight in zip(ys, weights):
        if _is_floating(y):
            found = y.graph.gradients(y, list(floating), weight, zeros=False)
            for x, gradient in zip(floating, found):
                both = [g for g in (floating[x], gradient) if g is not None]
                floating[x] = add_n(both) if both else None
    return [floating[x] if _is_floating(x) else None for x in xs]


def _is_floating(value):
    tensor = isinstance(value, BaseTensor) and value.dtype is not None
    return tensor and value.dtype.kind == "f"


# ## Why doesn't the read see the update? {#doing-and-in-which-order}
#
# Because a run is [a snapshot](session.py#a-run-is-a-snapshot).  Use a counter in the
# run that increments it, and you get the old count:
#
# >>> steps = tf.Variable(0, name="steps")
# >>> count = tf.assign_add(steps, 1)
# >>> print(*tf.Session().run([count, 2 * steps]))
# 1 0
#
# So read it within `tf.control_dependencies` of the update:
#
# >>> with tf.control_dependencies([count]):
# ...     doubled = 2 * steps
# >>> print(*tf.Session().run([count, doubled]))
# 1 2
#
# [Control inputs](mixins/control.py) explains how.  Next, layers [share their
# variables](tf/scopes.py).


def assign(ref, value, *, use_locking=None, name=None):
    """Assign `value` to the variable `ref`, and return the new value."""
    return graph_of(ref, value).assign(ref, value, name)


def assign_add(ref, value, use_locking=None, name=None):
    """Add `value` to the variable `ref`, and return the new value."""
    return graph_of(ref, value).assign(ref, add(ref, value), name)


def assign_sub(ref, value, use_locking=None, name=None):
    """Subtract `value` from the variable `ref`, and return the new value."""
    return graph_of(ref, value).assign(ref, subtract(ref, value), name)


def group(*inputs, name=None):
    """An operation without a value, which runs all `inputs`, tensors or lists."""
    tensors = [tensor for part in inputs for tensor in as_list(part)]
    return graph_of(*tensors).group(tensors, name)


def no_op(name=None):
    """An operation that does nothing; give it control inputs."""
    return group(name=name)


def control_dependencies(control_inputs):
    """Make operations in this `with` run after these, and see what they assign.

    None lifts all control inputs.  See `Graph.control_dependencies`.
    """
    return get_default_graph().control_dependencies(control_inputs)
