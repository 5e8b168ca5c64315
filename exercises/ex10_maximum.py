# # Exercise 10: The larger of two
#
# In $y = \max(a, b)$ the larger operand gets the whole gradient, and the smaller one
# nothing.  At a tie there's no derivative, so an operation has to choose, and
# `MaximumOp` in [Operations](ops.py) gives everything to $a$.  Write one that's fair:
# it gives half to each.
#
# For $a = (1, 5, 2)$ and $b = (3, 5, 1)$ the output is $(3, 5, 2)$.  If the incoming
# gradient is $(10, 10, 10)$, then $a$ gets $(0, 5, 10)$ and $b$ gets $(10, 5, 0)$.
# Operands of different shapes are broadcast, but you can write the derivative as if
# their shapes were the same.
#
# ? Stuck?  Here's a hint.
#
# ! `Graph.where` chooses for each element, and `Graph.equal` compares.
#
# Then check yours numerically, with [exercise 7](exercises/ex07_by_trial.py).

from ops import ElementwiseOp


class LargerOp(ElementwiseOp):
    """y = max(a, b): the gradient goes to the larger; at a tie, half to each."""

    def compute(self, np, a, b):
        """The value of y, given the values of a and b."""
        raise NotImplementedError

    def gradient(self, grad):
        """The shares of a and b, a list of two tensors; `grad` is the incoming one."""
        raise NotImplementedError
