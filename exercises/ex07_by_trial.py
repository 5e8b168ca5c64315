# # Exercise 7: Is a gradient right?
#
# You've derived a gradient analytically.  If it's right, it agrees with one that you
# compute numerically.  Write the checker that compares them.  It must accept a right
# gradient and catch a wrong one, even if only one element is wrong, or is off by a
# thousandth.
#
# For $f(x) = \sum_i x_i^2$ at $x = (1, 2)$ it says yes to the gradient $2x$, which is
# $(2, 4)$, and no to $x$.  It also says no to a single number in place of an array of
# the shape of $x$, even if that number is right for each element: such a gradient has
# lost its shape on the way.
#
# ? Stuck?  Here's a hint.
#
# ! Allow a relative difference of a millionth, and an absolute one of a millionth where
# the numbers are below 1.  Rounding errors are smaller, and mistakes are larger.  And
# what does NaN answer when you compare it?
#
# [Checks](mixins/checks.py) has the formula, and checks the book's own derivatives.

import numpy as np


def gradient_is_right(f, gradient, x, h=1e-5):
    """Whether `gradient(x)` agrees with differences of `f` around `x`.

    Args:
        f: a function that takes an array of the shape of `x` and returns a number.
        gradient: a function that takes the same, and should return that shape.
        x: an array of floats, of any shape; don't change it.
        h: how far to move each element, to both sides.

    Returns:
        answer: True or False.
    """
    raise NotImplementedError
