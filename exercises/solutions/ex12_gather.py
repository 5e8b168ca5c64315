# # Exercise 12, solved
#
# Picking copies one element to several places, so its gradient is a sum over them.

import numpy as np


def pick_rows(table, indices):
    return table[indices]


def pick_rows_slope(grad, indices, shape):
    gradient = np.zeros(shape, grad.dtype)
    np.add.at(gradient, indices, grad)
    return gradient
