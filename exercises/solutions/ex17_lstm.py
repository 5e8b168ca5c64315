# # Exercise 17, solved
#
# All that a step does to the memory, forward and backward, it does by products.  The
# slope of a sigmoid $s$ is $s (1 - s)$, that of $t = \tanh$ is $1 - t^2$.

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm_step(a, c):
    i, f, o, z = np.split(a, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    c = f * c + i * np.tanh(z)
    return o * np.tanh(c), c


def lstm_step_slope(a, c, grad_h, grad_c):
    i, f, o, z = np.split(a, 4, axis=1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    shown = np.tanh(lstm_step(a, c)[1])
    by_c = grad_c + grad_h * o * (1 - shown**2)
    by_i = by_c * np.tanh(z) * i * (1 - i)
    by_f = by_c * c * f * (1 - f)
    by_o = grad_h * shown * o * (1 - o)
    by_z = by_c * i * (1 - np.tanh(z) ** 2)
    return np.concatenate([by_i, by_f, by_o, by_z], axis=1), by_c * f
