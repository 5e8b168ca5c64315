# # Exercise 10: The larger of two
#
# Of $y = \max(a, b)$ the larger operand has all of the gradient and the smaller one
# none.  At a tie there is no derivative, and an operation must say what it takes
# instead: `MaximumOp` in [Operations](ops.py) gives all to $a$.  Write one that treats
# both alike, and gives half to each.
#
# For $a = (1, 5, 2)$ and $b = (3, 5, 1)$ the output is $(3, 5, 2)$.  If the gradient
# that arrives is $(10, 10, 10)$, then $a$ gets $(0, 5, 10)$ and $b$ gets $(10, 5, 0)$.
# Operands of different shapes are broadcast; state the derivative as if they had the
# same.
#
# *Hint.*  `Graph.where` chooses for each element, and `Graph.equal` compares.

from ops import ElementwiseOp


class LargerOp(ElementwiseOp):
    """y = max(a, b): the gradient goes to the larger; at a tie, half to each."""

    def compute(self, np, a, b):
        """The value of y, for the values of a and b."""
        raise NotImplementedError

    def gradient(self, grad):
        """A list of two tensors, the gradients by a and b, for `grad`, that by y."""
        raise NotImplementedError
