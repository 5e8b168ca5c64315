# # Which functions does a network need besides?
#
# Sines tell a transformer where in a sentence it is.  A remainder tells you which hour
# of the day it is.  And rounding is harmless, unless you want to learn through it:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.variable([0.4, 1.6, 2.5, 3.5], name="x")
# >>> y = graph.square(graph.round(x))
# >>> (by_x,) = graph.gradients(y, [x])
# >>> print(*Session(graph).run([y, by_x]))
# [ 0.  4.  4. 16.] [0. 0. 0. 0.]
#
# A staircase is flat wherever it has a derivative, so nothing comes back.  (And 2.5
# became 2: NumPy rounds a half to the even neighbor, so that halves don't all go up.)

import numpy

import ops
from mixins.dtypes import DTYPES
from mixins.shapes import Unknown, as_size
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)

# ## Sine and cosine
#
# Walk along the unit circle, by an angle of $x$.  You're at $(\cos x, \sin x)$.  Your
# direction is at a right angle to that, $(-\sin x, \cos x)$: there are both
# derivatives.


class SinOp(ops.ElementwiseOp):
    """y = sin x, so dy/dx = cos x."""

    floating = True

    def compute(self, np, x):
        return np.sin(x)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * self.graph.cos(x)]


class CosOp(ops.ElementwiseOp):
    """y = cos x, so dy/dx = -sin x."""

    floating = True

    def compute(self, np, x):
        return np.cos(x)

    def gradient(self, grad):
        (x,) = self.inputs
        return [-grad * self.graph.sin(x)]


# ## Staircases


class FloorOp(ops.ElementwiseOp):
    """y = the largest whole number that isn't above x, so dy/dx = 0."""

    floating = stops_gradient = True

    def compute(self, np, x):
        return np.floor(x)


class CeilOp(ops.ElementwiseOp):
    """y = the smallest whole number that isn't below x, so dy/dx = 0."""

    floating = stops_gradient = True

    def compute(self, np, x):
        return np.ceil(x)


class RoundOp(ops.ElementwiseOp):
    """y = the whole number next to x, a half to the even one, so dy/dx = 0."""

    floating = stops_gradient = True

    def compute(self, np, x):
        return np.round(x)


# ## What's left
#
# The remainder is $y = a - b \lfloor a / b \rfloor$.  Between its jumps the floor is
# constant, so $y$ moves with $a$, and against $b$ by as much as that floor.


class ModOp(ops.ElementwiseOp):
    """y = a - b floor(a / b), so dy/da = 1 and dy/db = -floor(a / b)."""

    def compute(self, np, a, b):
        return np.remainder(a, b)

    def gradient(self, grad):
        a, b = self.inputs
        return [grad, -grad * self.graph.floordiv(a, b)]


# As with a power, the remainder of truth values is a small integer.
DTYPES[ModOp] = DTYPES[ops.PowOp]


class ModTensor:
    """A tensor with the operator `%`."""

    def __mod__(self, other):
        return self.graph.mod(self, other)

    def __rmod__(self, other):
        return self.graph.mod(other, self)


# ## Rows of numbers {#rows}
#
# `linspace` mixes its two ends: the first number is all start, the last all stop.
#
# >>> stop = graph.variable(2.0, name="stop")
# >>> row = graph.linspace(0.0, stop, 5)
# >>> print(*Session(graph).run([row, graph.gradients(row, [stop])[0]]))
# [0.  0.5 1.  1.5 2. ] 2.5
#
# How often was `stop` used?  0 + 0.25 + 0.5 + 0.75 + 1 times.


class RangeOp(ops.BaseOp):
    """start, start + delta, ..., below limit; only a run knows how many."""

    stops_gradient = True

    def compute(self, np, start, limit, delta):
        return np.arange(start, limit, delta)

    def infer_shape(self, *shapes):
        if any(shapes):
            raise ValueError("start, limit and delta are single numbers")
        return (Unknown(),)

    def infer_dtype(self, *dtypes):
        return numpy.result_type(*dtypes)


class Functions:
    """A graph with rows of numbers; `sin`, `mod` and others are operations."""

    def range(self, start, limit=None, delta=1, name=None):
        """Return start, start + delta, ..., as long as they're below `limit`.

        With one argument, that's the limit, and we start at 0.  Whole numbers stay
        whole.  An operand may be a tensor, and then only a run knows how many there
        are.
        """
        start, limit = (0, start) if limit is None else (start, limit)
        operands = start, limit, delta
        if any(isinstance(x, Tensor) for x in operands):
            dtypes = [x.dtype for x in operands if isinstance(x, Tensor)]
            operands = [self.convert(x, numpy.result_type(*dtypes)) for x in operands]
            return RangeOp(operands, self, name).output
        if delta == 0:
            raise ValueError("range: delta is 0, so the limit is never reached")
        row = numpy.arange(*operands)
        dtype = self.dtype if row.dtype.kind == "f" else row.dtype
        return self.constant(row, name, dtype)

    def linspace(self, start, stop, number, name=None):
        """Return `number` numbers from `start` to `stop`, evenly spaced."""
        number = as_size(number, 1)
        part = numpy.linspace(0, 1, number)
        return self.add((1 - part) * self.convert(start), part * stop, name)

    def rsqrt(self, x, name=None):
        """1 / sqrt(x)."""
        return self.div(1, self.sqrt(x), name)
