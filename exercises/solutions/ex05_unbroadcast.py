# # Exercise 5, solved
#
# We sum over the axes that the operand lacks, which are in front, and then over those
# that it has with size 1.

import numpy as np


def sum_to(gradient, shape):
    gradient = np.asarray(gradient)
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient
