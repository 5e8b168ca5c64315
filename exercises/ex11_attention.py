# # Exercise 11: Attention that can't see the future
#
# A language model reads a text step by step.  Each step has a *query*, what it's
# looking for; a *key*, what it can be found by; and a *value*, what it has to say.
# *Attention* gives each step the mean of the values, weighted by how well its query
# fits the keys.  A step may look only at itself and at earlier steps.
#
# With the queries, keys and values as the rows of $Q$, $K$ and $V$, the scores are
# $Q K^T / \sqrt{d}$, where $d$ is the length of a key.  The score of a later step
# becomes $-\infty$.  The softmax of each row turns scores into weights.  The output is
# the weights times $V$.
#
# If all queries are 0, all scores are the same: for the values 1, 2 and 6 the output is
# 1, then 1.5, then 3.  Build it from the graph's operations, such as
# [Products](mixins/products.py), and you get the gradients for free.
#
# ? Stuck?  Here's a hint.
#
# ! `np.triu(np.ones((3, 3), bool), k=1)` is true above the diagonal, and `Graph.where`
# takes it as its condition.
#
# [Part VIII](course/part8_attention.py) builds a language model from such heads.

import numpy as np


def attention(graph, Q, K, V):
    """The output of one head, a tensor of shape (steps, width).

    Args:
        graph: the graph of the tensors.
        Q: the queries, (steps, d), a known shape.
        K: the keys, of the same shape.
        V: the values, (steps, width).
    """
    raise NotImplementedError
