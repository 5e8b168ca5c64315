# # Exercise 8: An operation and its derivative
#
# A hyperbolic tangent lies between $-1$ and 1.  If your labels are exactly $-1$ and 1,
# training drives the scores to infinity.  LeCun and others (Efficient BackProp, 1998)
# stretch it: $y = a \tanh(b x)$ with $a = 1.7159$ and $b = 2/3$, so that $y$ is 1 at
# $x = 1$.  Write it as an operation: what it computes, and its derivative.
#
# With $a = 2$ and $b = 3$, at $x = 0$ the value is 0 and the slope is 6, its largest.
# Far out the value is 2 or $-2$, and the slope is 0.
#
# The keyword arguments in
#
#     ScaledTanhOp([x], graph, a=1.7159, b=2 / 3).output
#
# become the attributes `self.a` and `self.b`.  `compute` gets arrays and `gradient`
# gets tensors; [Operations](ops.py) explains the difference.
#
# ? Stuck?  Here's a hint.
#
# ! $\tanh' = 1 - \tanh^2$, and you have $y$ already: it's `self.output`.  What's the
# derivative in terms of $y$?
#
# Next, [exercise 10](exercises/ex10_maximum.py) has an operation with a corner.

from ops import ElementwiseOp


class ScaledTanhOp(ElementwiseOp):
    """y = a tanh(b x), where the attributes a and b are numbers other than 0."""

    floating = True

    def compute(self, np, x):
        """The value of y, given the value of x."""
        raise NotImplementedError

    def gradient(self, grad):
        """The share of x, in a list of one tensor; `grad` is the incoming gradient."""
        raise NotImplementedError
