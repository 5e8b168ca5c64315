# # Exercise 15: Backpropagation
#
# `loss.backward()` looks like magic until you've written it.  Write `Graph.gradients`
# yourself, with `topological_order` and `op.gradient` alone.  The first tells you which
# operations `y` depends on, each after its inputs.  The second turns the gradient with
# respect to an operation's output into a list of shares, one for each of its inputs.
#
# [Part IV](course/part4_descent.py) does it in six lines, but only for numbers.  Write
# yours without looking, and make it cope with all of these:
#
# - In $y = x \cdot x$ each use of $x$ contributes a share, and both count.
# - In $y = b + \tanh(\tanh(b))$ with $b = e^a$, $b$ must wait until both of its shares
#   have arrived.  At $a = 1$ the gradient is 2.7383; if $b$ goes too early, 2.7183.
# - A bias that was broadcast gets a gradient of its own shape; `graph.fit(share, x)`
#   sums the share.
# - An input that `y` doesn't depend on gets zeros of its shape.
# - A chain can be 5,000 operations long, too deep for recursion.
#
# Then you've written what trained every network of [Part V](course/part5_layers.py).
#
# ? Stuck?  Here's a hint.
#
# ! Keep a dictionary from tensors to what has arrived for them.  Start it with `y`, by
# `graph.fit(graph.constant(1), y)`.  Then go through the operations backward.  Some
# shares are None: skip those.

from gradients import topological_order


def gradients(y, xs):
    """The gradient of y with respect to each of xs, as tensors of the same graph.

    Args:
        y: a tensor; if it has several elements, take their sum.
        xs: a list of tensors of the same graph, whether y depends on them or not.

    Returns:
        found: a list of tensors, one for each x, of its shape.
    """
    raise NotImplementedError
