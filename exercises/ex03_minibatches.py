# # Exercise 3: An epoch of minibatches
#
# A step of training looks at a few examples only, a minibatch, and an *epoch* is so
# many steps that each example was looked at once.  Write the generator that says which
# examples are in which step.
#
# For 10 examples and minibatches of 4 it yields three arrays of indices, of sizes 4, 4
# and 2.  Together they have each of the numbers 0 to 9 once, in an order that `rng`
# has drawn; the next epoch has another one.  Examples that are neighbours in the file
# must be able to end up in different minibatches: often they are alike.
# [Part V](course/part5_layers.py) trains with such minibatches.
#
# *Hint.*  `rng.permutation(5)` are the numbers 0 to 4, shuffled.

import numpy as np


def minibatches(count, size, rng):
    """Yields arrays of at most `size` indices; all together, 0 to `count` - 1 once.

    Args:
        count: how many examples there are; if none, it yields nothing.
        size: how many are in each minibatch but perhaps the last, which has the rest.
        rng: a `np.random.Generator`.

    Raises:
        ValueError: the size is below 1.
    """
    raise NotImplementedError
