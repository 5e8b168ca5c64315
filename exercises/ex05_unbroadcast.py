# # Exercise 5: Un-broadcasting
#
# You add a bias of shape `(3,)` to each of four rows.  The gradient with respect to the
# sum arrives with shape `(4, 3)`, and if you don't mend that, `b = b - rate * gradient`
# quietly turns your bias into a matrix.  Each element took part four times, and the
# chain rule adds up its shares.  Write the function that brings a gradient back to the
# shape of the operand that was broadcast.
#
# A gradient of ones, of shape `(4, 3)`, becomes
#
#     [4. 4. 4.]              for an operand of shape (3,)
#     [[3.] [3.] [3.] [3.]]   for an operand of shape (4, 1)
#     12.0                    for an operand of shape ()
#
# ? Stuck?  Here's a hint.
#
# ! There are two ways to be broadcast, and shapes are lined up at their last axes.
# `keepdims=True` keeps an axis that you sum over, with size 1.
#
# `Graph.fit`, in [Gradients](gradients.py), does the same for tensors.

import numpy as np


def sum_to(gradient, shape):
    """Sum `gradient` over the axes along which `shape` was broadcast.

    Args:
        gradient: an array; don't change it.
        shape: a tuple that broadcasts to the shape of `gradient`.

    Returns:
        result: an array of this shape.
    """
    raise NotImplementedError
