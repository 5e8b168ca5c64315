# # Exercise 2, solved
#
# We subtract the largest score of each row.  Then no exponential overflows, and their
# sum is at least 1.

import numpy as np


def log_probabilities(scores):
    below = scores - scores.max(axis=1, keepdims=True)
    return below - np.log(np.exp(below).sum(axis=1, keepdims=True))


def score_loss(scores, labels):
    return -log_probabilities(scores)[np.arange(len(labels)), labels].mean()


def score_slope(scores, labels):
    slope = np.exp(log_probabilities(scores))
    slope[np.arange(len(labels)), labels] -= 1
    return slope / len(labels)
