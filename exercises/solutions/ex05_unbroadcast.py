# # Exercise 5, solved
#
# We sum over the axes in front that the operand lacks, and then over those of size 1.

import numpy as np


def sum_to(gradient, shape):
    gradient = np.asarray(gradient)
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient
