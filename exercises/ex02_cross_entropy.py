# # Exercise 2: Cross-entropy from scores
#
# A classifier gives each class a score $a_j$, and the softmax makes probabilities
# $p_j = e^{a_j} / \sum_k e^{a_k}$ of them.  Scores of 1000 are nothing unusual, and
# $e^{1000}$ is infinite to NumPy.  Write the loss and its gradient so that they are
# right, and silent, for such scores too.
#
# Do it in three functions.  The first has the logarithms of the probabilities, and
# never the probabilities themselves.  For the scores $(0, 1000)$ these logarithms are
# $-1000$ and $0$.  So if the label is 0, the loss is 1000, and its gradient is
# $(-1, 1)$.  With $c$ for the row that has a 1 at the label, the gradient by a row of
# scores is $(p - c) / N$, where $N$ is the number of rows, as the loss is a mean over
# them; [Part IV](course/part4_descent.py) derives it.
#
# *Hint.*  What happens to the softmax if the same number is subtracted from all scores
# of a row?

import numpy as np


def log_probabilities(scores):
    """The logarithm of the softmax of each row of `scores`, (examples, classes)."""
    raise NotImplementedError


def score_loss(scores, labels):
    """The mean over the rows of minus the logarithm of the label's probability.

    Args:
        scores: of shape (examples, classes).
        labels: integers of shape (examples,), the class of each row.
    """
    raise NotImplementedError


def score_slope(scores, labels):
    """The gradient of `score_loss` by the scores, of their shape."""
    raise NotImplementedError
