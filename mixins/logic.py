# # Why can't you write `a and b`?
#
# Because Python would ask `a` for its truth value on the spot, and a tensor has none
# until a run.  Python won't let a class redefine `and`, `or` and `not`.  But you can
# redefine `&`, `|`, `^` and `~`, so those build operations.  Mind the parentheses: `&`
# binds tighter than `>`.
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.constant([1.0, 2.0, 3.0])
# >>> print(Session(graph).run((x > 1) & ~(x > 2)))
# [False  True False]

import numpy

import ops
from mixins.shapes import whole
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class LogicTensor:
    """A tensor with the operators `&`, `|`, `^` and `~`."""

    def __and__(self, other):
        return self.graph.logical_and(self, other)

    def __rand__(self, other):
        return self.graph.logical_and(other, self)

    def __or__(self, other):
        return self.graph.logical_or(self, other)

    def __ror__(self, other):
        return self.graph.logical_or(other, self)

    def __xor__(self, other):
        return self.graph.logical_xor(self, other)

    def __rxor__(self, other):
        return self.graph.logical_xor(other, self)

    def __abs__(self):
        return self.graph.abs(self)

    def __invert__(self):
        return self.graph.logical_not(self)


class NotEqualOp(ops.CompareOp):
    """Whether a and b differ."""

    def compute(self, np, a, b):
        return a != b


class AbsOp(ops.ElementwiseOp):
    """y = |x|, so dy/dx is the sign of x; at the kink, 0."""

    def compute(self, np, x):
        return np.abs(x)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * self.graph.sign(x)]


# A sign is as flat as a comparison.  But you compute with it, as with a rounded
# quotient, so its gradient is 0 instead of an error.


class SignOp(ops.ElementwiseOp):
    """y = -1, 0 or 1, so dy/dx = 0; at the jump, 0 too."""

    stops_gradient = True

    def compute(self, np, x):
        return np.sign(x)


class MinimumOp(ops.ElementwiseOp):
    """y = min(a, b): the gradient goes to the smaller; on a tie, to a."""

    def compute(self, np, a, b):
        return np.minimum(a, b)

    def gradient(self, grad):
        (a, b), where = self.inputs, self.graph.where
        return [where(a <= b, grad, 0), where(a <= b, 0, grad)]


class MinOp(ops.MaxOp):
    """y = the minimum of x over `axis`: the gradient goes there; ties share it."""

    def compute(self, np, x):
        return x.min(axis=self.axis, keepdims=self.keepdims)


class LogicalOp(ops.CompareOp):
    """An operation on truth values; TypeError for numbers."""

    def infer_dtype(self, *dtypes):
        for x in self.inputs:
            if x.dtype.kind != "b":
                raise TypeError(
                    f"{self.kind} takes truth values, got {x!r}; compare it first"
                )
        return numpy.dtype(bool)


class LogicalAndOp(LogicalOp):
    """Whether a and b are both true."""

    def compute(self, np, a, b):
        return np.logical_and(a, b)


class LogicalOrOp(LogicalOp):
    """Whether a or b is true, or both."""

    def compute(self, np, a, b):
        return np.logical_or(a, b)


class LogicalXorOp(LogicalOp):
    """Whether exactly one of a and b is true."""

    def compute(self, np, a, b):
        return np.logical_xor(a, b)


class LogicalNotOp(LogicalOp):
    """Whether x is false."""

    def compute(self, np, x):
        return np.logical_not(x)


class ArgmaxOp(ops.ReduceOp):
    """The index of the largest element along `axis`; on a tie, the first."""

    keepdims = False

    def compute(self, np, x):
        return x.argmax(axis=self.axis)

    def infer_dtype(self, dtype):
        return numpy.dtype(int)


class ArgminOp(ArgmaxOp):
    """The index of the smallest element along `axis`; on a tie, the first."""

    def compute(self, np, x):
        return x.argmin(axis=self.axis)


class Logic:
    """A graph that combines truth values, finds the largest element, and clips."""

    def min(self, x, axis=None, keepdims=False, name=None):
        """Return the smallest element over `axis`."""
        return self.reduce(MinOp, x, axis, keepdims, name)

    def clip(self, x, low, high, name=None):
        """Limit x to the range from `low` to `high`."""
        return self.minimum(self.maximum(x, low), high, name)

    def argmax(self, x, axis=None, name=None):
        """Return the index of the largest element along `axis`, or of all of x."""
        return ArgmaxOp([x], self, name, axis=one_axis(axis)).output

    def argmin(self, x, axis=None, name=None):
        """Return the index of the smallest element along `axis`, or of all of x."""
        return ArgminOp([x], self, name, axis=one_axis(axis)).output


def one_axis(axis):
    """Return `axis` as an int, or None."""
    return axis if axis is None else whole(axis, "an axis")
