# # Exercise 7: Is a gradient right?
#
# A derivative by the book and one by trial must agree.  Write the checker that says
# whether they do: it must accept what is right, and find what is wrong, also if only
# one element is wrong, or by a thousandth.
#
# For $f(x) = \sum_i x_i^2$ at $x = (1, 2)$ it says yes to the gradient $2x$, which is
# $(2, 4)$, and no to $x$.  It says no to a number where an array of the shape of $x$
# should be, even if the number is right for each element: such a gradient has lost its
# shape on the way.  [Checks](mixins/checks.py) has the formula.
#
# *Hint.*  Allow a difference of a millionth of what is compared, and of a millionth
# where that is below 1: rounding makes smaller ones, and mistakes larger ones.  And
# what does NaN answer when it is compared?

import numpy as np


def gradient_is_right(f, gradient, x, h=1e-5):
    """Whether `gradient(x)` agrees with differences of `f` around `x`.

    Args:
        f: takes an array of the shape of `x`, and returns a number.
        gradient: takes the same, and returns an array of that shape, if it is right.
        x: an array of floats, of any shape; it stays as it is.
        h: how far to move each element, to both sides.

    Returns:
        answer: True or False.
    """
    raise NotImplementedError
