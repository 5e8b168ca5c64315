# # Exercise 5: Un-broadcasting
#
# A bias of shape `(3,)` is added to each of four rows.  What arrives as the gradient of
# the sum has shape `(4, 3)`, and the gradient of the bias must have `(3,)`: each of its
# elements took part four times, and the chain rule adds up what comes back.  Write the
# function that brings a gradient to the shape of the operand that was broadcast.
#
# A gradient of ones, of shape `(4, 3)`, is
#
#     [4. 4. 4.]              for an operand of shape (3,)
#     [[3.] [3.] [3.] [3.]]   for an operand of shape (4, 1)
#     12.0                    for an operand of shape ()
#
# `Graph.fit`, in [Gradients](gradients.py), does this for tensors; here it is for
# arrays.
#
# *Hint.*  There are two ways to be broadcast, and shapes are lined up at their last
# axes.  `keepdims=True` keeps an axis that is summed over, with size 1.

import numpy as np


def sum_to(gradient, shape):
    """`gradient`, summed over the axes along which `shape` was broadcast to its shape.

    Args:
        gradient: an array; it stays as it is.
        shape: a tuple that broadcasts to the shape of `gradient`.

    Returns:
        result: of that shape.
    """
    raise NotImplementedError
