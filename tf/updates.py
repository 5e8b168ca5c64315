# # TensorFlow 1: gradients and updates
#
# Differentiate, assign, and say in which order.  `tf.gradients` gives the derivative of
# a sum, like `Graph.gradients`, but None where nothing depends on an `x`:
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

# ## Differentiating


def gradients(ys, xs, grad_ys=None, name=None):
    """The derivative of the sum of all `ys` by each of `xs`, a list.

    None for an x that no y depends on.  `grad_ys` has a weight for each y.
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


# ## Doing, and in which order


def assign(ref, value, *, use_locking=None, name=None):
    """Give the variable `ref` a new value, which is also the result."""
    return graph_of(ref, value).assign(ref, value, name)


def assign_add(ref, value, use_locking=None, name=None):
    """Add to the variable `ref`."""
    return graph_of(ref, value).assign(ref, add(ref, value), name)


def assign_sub(ref, value, use_locking=None, name=None):
    """Subtract from the variable `ref`."""
    return graph_of(ref, value).assign(ref, subtract(ref, value), name)


def group(*inputs, name=None):
    """Run all `inputs`, tensors or lists of them; there is no value."""
    tensors = [tensor for part in inputs for tensor in as_list(part)]
    return graph_of(*tensors).group(tensors, name)


def no_op(name=None):
    """What does nothing, for others to be control inputs of."""
    return group(name=name)


def control_dependencies(control_inputs):
    """Operations made in this `with` run after these, and see what they assign.

    `Graph.control_dependencies` tells how.  None is for no control inputs at all.

    >>> steps = tf.Variable(0, name="steps")
    >>> with tf.control_dependencies([tf.assign_add(steps, 1)]):
    ...     doubled = 2 * steps
    >>> with tf.Session() as sess:
    ...     print(sess.run(doubled), sess.run(doubled))
    2 4
    """
    return get_default_graph().control_dependencies(control_inputs)
