# # Exercise 12, solved
#
# Picking copies an element to several places.  So the gradient with respect to it is
# the sum over all of them.

import numpy as np


def pick_rows(table, indices):
    return table[indices]


def pick_rows_slope(grad, indices, shape):
    gradient = np.zeros(shape, grad.dtype)
    np.add.at(gradient, indices, grad)
    return gradient
