# # Exercise 9, solved
#
# $e^{-|x|}$ is never above 1, so it can't overflow.  One formula covers both sides of
# the identity: the relu, plus what rounds its corner.

import numpy as np


def smooth_relu(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def smooth_relu_slope(x):
    u = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, u) / (1 + u)
