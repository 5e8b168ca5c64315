# # Exercise 12: Picking rows
#
# The words of a text are numbers, and a table has a row for each word.  To look the
# words up is to pick rows of the table by integers; and what comes back as the gradient
# of the picked rows must find its way to the rows of the table.  Write both.
#
# From a table with the rows $(1, 2)$ and $(3, 4)$ the indices $1, 1, 0$ pick the rows
# $(3, 4)$, $(3, 4)$ and $(1, 2)$.  If a gradient of ones comes back, row 0 of the table
# gets $(1, 1)$ and row 1, which was picked twice, gets $(2, 2)$.  A row that nobody
# picked gets zeros.  `Graph.gather`, in [Indexing](mixins/indexing.py), does it for
# tensors.
#
# *Hint.*  `a[[1, 1]] += 1` adds 1 once.  `np.add.at(a, [1, 1], 1)` adds it twice.

import numpy as np


def pick_rows(table, indices):
    """The rows of `table` at `indices`.

    Args:
        table: of shape (rows, width).
        indices: integers from 0 to rows - 1, of any shape.

    Returns:
        picked: of the shape of `indices` with the width behind it.
    """
    raise NotImplementedError


def pick_rows_slope(grad, indices, shape):
    """The gradient by the table, if `grad` is the gradient by the picked rows.

    Args:
        grad: of the shape of what was picked; it stays as it is.
        indices: as above.
        shape: the shape of the table.

    Returns:
        gradient: of shape `shape`, and of the type of `grad`.
    """
    raise NotImplementedError
