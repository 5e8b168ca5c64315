# # Exercise 3: An epoch of minibatches
#
# A step of training looks at only a few examples, a *minibatch*.  After an *epoch* of
# steps, you've used each example once.  In PyTorch, a `DataLoader` does that.  Write a
# generator that says which examples each step uses.
#
# For 10 examples and minibatches of 4 it yields three arrays of indices, of sizes 4, 4
# and 2.  Together they hold each of the numbers 0 to 9 once, in an order that `rng`
# draws; the next epoch gets another one.  Neighbors in a file are often alike, so make
# sure that they can end up in different minibatches.
#
# ? Stuck?  Here's a hint.
#
# ! `rng.permutation(5)` returns the numbers 0 to 4, shuffled.
#
# [Part V b](course/part5b_digits.py) trains with such minibatches.

import numpy as np


def minibatches(count, size, rng):
    """Yield arrays of at most `size` indices: together, 0 to `count` - 1, each once.

    Args:
        count: the number of examples; if it's 0, yield nothing.
        size: the size of each minibatch; the last one may be smaller.
        rng: a `np.random.Generator`.

    Raises:
        ValueError: the size is below 1.
    """
    raise NotImplementedError
