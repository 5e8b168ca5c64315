# # Exercise 6: How the gradient changes
#
# You move the parameters a little along $v$.  How does the gradient of the loss change?
# By $H v$, where the *Hessian* $H$ is the matrix of all second derivatives
# $\partial^2 L / \partial x_i\, \partial x_j$.  For a million parameters $H$ has
# $10^{12}$ elements, but $H v$ only a million.  Build $H v$ without building $H$:
# gradients are tensors, so `Graph.gradients` can differentiate them again.
#
# Let $L = x_0^2 x_1$ at $x = (1, 2)$.  The gradient is $(2 x_0 x_1,\ x_0^2)$, so the
# rows of $H$ are $(2 x_1,\ 2 x_0) = (4, 2)$ and $(2 x_0,\ 0) = (2, 0)$, and for
# $v = (1, 0)$ the answer is $(4, 2)$.  If $v$ is a tensor that depends on $x$, the
# answer is the same: $v$ is a direction, so hold it constant.
#
# ? Stuck?  Here's a hint.
#
# ! Which number has the derivative $\sum_j v_j\, \partial^2 L / \partial x_i\,
# \partial x_j$ with respect to $x_i$?
#
# [Gradients](gradients.py) says how; [Part VII](course/part7_curvature.py), what for.


def hessian_times(graph, loss, x, v):
    """The Hessian of `loss` with respect to `x`, times `v`.

    Args:
        graph: the graph of all three.
        loss: a scalar tensor.
        x: a tensor that `loss` depends on, of any shape.
        v: a tensor of the shape of `x`.

    Returns:
        product: a tensor of the shape of `x`.
    """
    raise NotImplementedError
