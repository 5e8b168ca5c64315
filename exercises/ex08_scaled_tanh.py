# # Exercise 8: An operation and its derivative
#
# A hyperbolic tangent lies between $-1$ and 1, and so do labels that are $-1$ and 1:
# whoever trains for these drives the scores to infinity.  LeCun and others (Efficient
# BackProp, 1998) stretch it, $y = a \tanh(b x)$ with $a = 1.7159$ and $b = 2/3$, so
# that $y$ is 1 at $x = 1$.  Write it as an operation: what it computes, and its
# derivative.
#
# With $a = 2$ and $b = 3$, at $x = 0$ the value is 0 and the slope is 6, its largest.
# Far out the value is 2 or $-2$, and the slope is 0.
#
# What the operation is made with, as in
#
#     ScaledTanhOp([x], graph, a=1.7159, b=2 / 3).output
#
# are its attributes, `self.a` and `self.b`.  `compute` has arrays and `gradient` has
# tensors: [Operations](ops.py) tells how they differ.
#
# *Hint.*  $\tanh' = 1 - \tanh^2$.  You have $y$ already, it is `self.output`; what is
# the derivative in terms of it?

from ops import ElementwiseOp


class ScaledTanhOp(ElementwiseOp):
    """y = a tanh(b x), for two numbers, the attributes a and b; neither is 0."""

    floating = True

    def compute(self, np, x):
        """The value of y, for the value of x."""
        raise NotImplementedError

    def gradient(self, grad):
        """A list of one tensor, the gradient by x, if `grad` is the gradient by y."""
        raise NotImplementedError
