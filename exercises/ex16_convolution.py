# # Exercise 16: A convolution's gradients
#
# A filter slides over a row of numbers: $y_i = \sum_a x_{i+a} w_a$.  Each weight is
# used at each place, and each number is seen by several windows.  So what are the two
# gradients?  Write all three, for one row.
#
# Let $x$ be $(1, 2, 4, 7)$ and $w$ be $(1, 0, -1)$.  Then $y$ is $(-3, -5)$.  If the
# gradient $(2, 1)$ comes back for $y$, then $w$ gets $(4, 8, 15)$: its first weight met
# 1 and 2, and $2 \cdot 1 + 1 \cdot 2 = 4$.  And $x$ gets $(2, 1, -2, -1)$: its first
# number was seen once, with the weight 1, and $2 \cdot 1 = 2$.
#
# ? Stuck?  Here's a hint.
#
# ! Go through the weights, not through the places.  For weight `a`, the numbers that it
# meets are a slice of x, as long as y.
#
# [Part X](course/part10_pictures.py) needs them for images, and
# [Convolution](mixins/convolution.py) does it with strides and borders.


def convolve(x, w):
    """y[i] = the sum of x[i + a] * w[a] over a.

    Args:
        x: numbers, of shape (n,).
        w: weights, of shape (k,), with k from 1 to n.

    Returns:
        y: of shape (n - k + 1,).
    """
    raise NotImplementedError


def convolve_by_w(grad, x, k):
    """The gradient with respect to the weights.

    Args:
        grad: the incoming gradient, of the shape of y; don't change it.
        x: as above.
        k: how many weights there are.

    Returns:
        gradient: of shape (k,).
    """
    raise NotImplementedError


def convolve_by_x(grad, w, n):
    """The gradient with respect to the numbers.

    Args:
        grad: as above.
        w: as above.
        n: how many numbers there are.

    Returns:
        gradient: of shape (n,).
    """
    raise NotImplementedError
