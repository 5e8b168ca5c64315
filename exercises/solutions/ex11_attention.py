# # Exercise 11, solved
#
# To mask after the softmax would leave rows that no longer sum to 1.  Before it, minus
# infinity is the score whose weight is 0.

import numpy as np


def attention(graph, Q, K, V):
    steps, d = Q.shape
    scores = Q @ graph.transpose(K) / np.sqrt(d)
    later = np.triu(np.ones((steps, steps), bool), k=1)
    return graph.softmax(graph.where(later, -np.inf, scores)) @ V
