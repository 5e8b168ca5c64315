# # Exercise 9, solved
#
# $e^{-|x|}$ is never above 1.  Both sides of the identity in one formula: the relu, and
# what rounds its corner.

import numpy as np


def smooth_relu(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def smooth_relu_slope(x):
    u = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, u) / (1 + u)
