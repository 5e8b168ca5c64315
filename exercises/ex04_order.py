# # Exercise 4: Topological order
#
# [Gradients](gradients.py) gets its topological order almost for free: you can only
# make an operation after its inputs, so the order of making will do.  Suppose you've
# lost that order.  Find one from the connections alone, and notice if there can't be
# any.
#
# The graph is a dictionary from each node to the list of its inputs.  In
#
#     {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c", "b"]}
#
# the order for `d` is a, b, c, d or a, c, b, d; for `b` it's a, b.
#
# A chain can be 100,000 nodes long, too long for Python's recursion.  And a ladder of
# diamonds has more paths than the world has atoms, so look at each node and each of its
# inputs only a few times.
#
# ? Stuck?  Here's a hint.
#
# ! A node is on your to-do list twice: first to look at its inputs, then to take its
# place behind them.
#
# [Exercise 15](exercises/ex15_backpropagation.py) walks such an order backward.


def order_by_inputs(inputs, targets):
    """`targets` and all nodes that they need, each once, after its inputs.

    Args:
        inputs: a dictionary from each node to the list of its inputs, in which a node
            can occur twice.  A node is anything that can be a key.
        targets: a list of nodes.

    Returns:
        order: a list.

    Raises:
        ValueError: a node needs itself, directly or through others.
    """
    raise NotImplementedError
