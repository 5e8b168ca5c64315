# # Exercise 4: Topological order
#
# [Gradients](gradients.py) finds a topological order by a trick: an operation can
# only be made when its inputs are there, so the order of making will do.  Suppose that
# nobody has kept it.  Find an order from the connections alone, and notice if there is
# none.
#
# The graph is a dictionary from each node to the list of its inputs.  In
#
#     {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c", "b"]}
#
# the order for `d` is a, b, c, d or a, c, b, d; for `b` it is a, b.  A chain may be
# 100,000 nodes long, where Python does not let a function call itself so often.  And
# there may be more paths than atoms in the world, as in a ladder of diamonds: look at
# each node and each of its inputs a few times at most.
#
# *Hint.*  A node is on the list of what is still to be done twice: to look at its
# inputs, and then to take its place behind them.


def order_by_inputs(inputs, targets):
    """The nodes that `targets` need, and they themselves, each once, after its inputs.

    Args:
        inputs: a dictionary from each node to the list of its inputs, which may have
            one twice.  Nodes are anything that can be a key.
        targets: a list of nodes.

    Returns:
        order: a list.

    Raises:
        ValueError: a node needs itself, perhaps by way of others.
    """
    raise NotImplementedError
