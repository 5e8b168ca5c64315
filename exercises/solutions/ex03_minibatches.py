# # Exercise 3, solved
#
# We shuffle the indices and cut them into pieces.  A slice that goes beyond the end
# just stops there, so the last piece needs no special care.

import numpy as np


def minibatches(count, size, rng):
    if size < 1:
        raise ValueError(f"a minibatch has at least one example, not {size}")
    order = rng.permutation(np.arange(count))
    for start in range(0, count, size):
        yield order[start : start + size]
