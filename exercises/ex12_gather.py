# # Exercise 12: Picking rows
#
# How does a network read words?  You number the words, and a table has a row for each;
# PyTorch calls it `nn.Embedding`.  To look words up, you pick rows of the table by
# integers, and the gradient of the picked rows must find its way back into the table.
# Write both.
#
# From a table with the rows $(1, 2)$ and $(3, 4)$ the indices $1, 1, 0$ pick the rows
# $(3, 4)$, $(3, 4)$ and $(1, 2)$.  If a gradient of ones comes back, row 0 of the table
# gets $(1, 1)$ and row 1, which you picked twice, gets $(2, 2)$.  A row that you didn't
# pick gets zeros.
#
# ? Stuck?  Here's a hint.
#
# ! `a[[1, 1]] += 1` adds 1 once.  `np.add.at(a, [1, 1], 1)` adds it twice.
#
# `Graph.gather`, in [Indexing](mixins/indexing.py), does this for tensors.

import numpy as np


def pick_rows(table, indices):
    """The rows of `table` at `indices`.

    Args:
        table: of shape (rows, width).
        indices: integers from 0 to rows - 1, of any shape.

    Returns:
        picked: of the shape of `indices`, with the width as its last axis.
    """
    raise NotImplementedError


def pick_rows_slope(grad, indices, shape):
    """The gradient with respect to the table.

    Args:
        grad: the incoming gradient, of the shape of the picked rows; don't change it.
        indices: as above.
        shape: the shape of the table.

    Returns:
        gradient: of shape `shape`, and of the type of `grad`.
    """
    raise NotImplementedError
