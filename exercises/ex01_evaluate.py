# # Exercise 1: Evaluate a graph
#
# What does `session.run` really do?  [Part I](course/part1_graphs.py) evaluates a graph
# in five lines, as long as you hand it every value that no operation makes.  Write an
# `evaluate` that asks for less and does more.
#
# - Constants and variables have a value already, their `initial_value`.
# - You can ask for several tensors, and it computes each operation once for all of
#   them.
# - You can feed any tensor, even one that an operation makes.  Then that operation is
#   skipped, and so is anything that only it needs.
#
# Take $s = x + 2$ and $y = s \cdot s$.  For $x = 1$ the values of $s$ and $y$ are 3
# and 9.  If you feed 10 for $s$, $y$ is 100, and $x$ needs no value.
#
# ? Stuck?  Here's a hint.
#
# ! What does the second argument of `topological_order` leave out?
#
# Once yours works, you'll recognize most of [Session](session.py).

import numpy as np

from gradients import topological_order


def evaluate(tensors, feed_dict):
    """The values of `tensors`: a list, in the same order.

    Args:
        tensors: a list of tensors of one graph.
        feed_dict: a dictionary from tensors to their values; don't change it.

    Raises:
        ValueError: a placeholder that's needed isn't fed; the message names it.
    """
    raise NotImplementedError
