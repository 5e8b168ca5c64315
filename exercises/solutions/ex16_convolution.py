# # Exercise 16, solved
#
# Each weight meets a slice of x, as long as y.  Forward, the slice times the weight is
# added to y.  Backward, the slice times the incoming gradient, summed, is the weight's
# gradient, and the slice itself gets the incoming gradient times the weight.

import numpy as np


def convolve(x, w):
    places = len(x) - len(w) + 1
    return sum(x[a : a + places] * w[a] for a in range(len(w)))


def convolve_by_w(grad, x, k):
    return np.array([x[a : a + len(grad)] @ grad for a in range(k)])


def convolve_by_x(grad, w, n):
    gradient = np.zeros(n)
    for a in range(len(w)):
        gradient[a : a + len(grad)] += grad * w[a]
    return gradient
