# # Exercise 2: Cross-entropy from scores
#
# A classifier gives each class a score $a_j$, and the softmax turns the scores into
# probabilities $p_j = e^{a_j} / \sum_k e^{a_k}$.  Scores of 1000 aren't unusual, and
# $e^{1000}$ is infinite to NumPy.  Write the loss and its gradient so that they're
# right, with no warning, for such scores too.
#
# Do it in three functions.  The first returns the logarithms of the probabilities, and
# never computes the probabilities themselves.  For the scores $(0, 1000)$ it returns
# $-1000$ and $0$.  So if the label is 0, the loss is 1000, and its gradient is
# $(-1, 1)$.
#
# With $c$ for the row that has a 1 at the label, the gradient with respect to a row of
# scores is $(p - c) / N$, because the loss is a mean over $N$ rows.
#
# ? Stuck?  Here's a hint.
#
# ! What happens to the softmax if you subtract the same number from all scores of a
# row?
#
# [Part IV](course/part4_descent.py) derives the gradient, and trains with it.

import numpy as np


def log_probabilities(scores):
    """The logarithm of the softmax of each row of `scores`, (examples, classes)."""
    raise NotImplementedError


def score_loss(scores, labels):
    """Minus the logarithm of the label's probability: its mean over the rows.

    Args:
        scores: of shape (examples, classes).
        labels: integers of shape (examples,), the class of each row.
    """
    raise NotImplementedError


def score_slope(scores, labels):
    """The gradient of `score_loss` with respect to the scores, of their shape."""
    raise NotImplementedError
