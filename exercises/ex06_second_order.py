# # Exercise 6: How the gradient changes
#
# How does the gradient of a loss change if the parameters move a little along $v$?  By
# $H v$, where $H$ is the *Hessian*, the matrix of all second derivatives
# $\partial^2 L / \partial x_i\, \partial x_j$.  For a million parameters it has
# $10^{12}$ elements, and $H v$ has a million.  Build $H v$ without building $H$:
# gradients are tensors, and `Graph.gradients` takes derivatives of tensors.
#
# Let $L = x_0^2 x_1$ at $x = (1, 2)$.  The gradient is $(2 x_0 x_1,\ x_0^2)$, so the
# rows of $H$ are $(2 x_1,\ 2 x_0) = (4, 2)$ and $(2 x_0,\ 0) = (2, 0)$, and for
# $v = (1, 0)$ the answer is $(4, 2)$.  The answer is the same if $v$ is a tensor that
# depends on $x$: $v$ says in which direction to look, and is held constant.  See
# [Gradients](gradients.py).
#
# *Hint.*  Which number has the derivative $\sum_j v_j\, \partial^2 L / \partial x_i\,
# \partial x_j$ by $x_i$?


def hessian_times(graph, loss, x, v):
    """A tensor: the Hessian of `loss` by `x`, times `v`.

    Args:
        graph: the graph of all three.
        loss: a scalar tensor.
        x: a tensor that it depends on, of any shape.
        v: a tensor of the shape of `x`.

    Returns:
        product: a tensor of the shape of `x`.
    """
    raise NotImplementedError
