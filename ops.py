# # Operations: what each computes, and its derivative
#
# What must be known of an operation, so that it can be computed and differentiated?
# Two things, and here they are for the cube of a number:
#
# >>> class CubeOp(ElementwiseOp):
# ...     def compute(self, np, x):
# ...         return x * x * x
# ...
# ...     def gradient(self, grad):
# ...         (x,) = self.inputs
# ...         return [grad * 3 * x * x]
#
# - `compute` takes the *values* of its inputs and returns the value of its output.
#   Values are NumPy arrays by then: `x.dot`, `x.sum` and `x * x` are NumPy's, and `np`
#   is NumPy, or [in another session](xla.py) a module with its names.  It may look at
#   nothing but these values and its own attributes.
# - `gradient` takes a *tensor*, the gradient of some result by its output, and
#   returns a list with a tensor for each input: the gradient of that result by the
#   input.  A tensor has no value yet, and no `x.dot`; `grad * 3` adds an operation to
#   the graph, and computes nothing.
#
# `ElementwiseOp` says that each element is computed by itself.  That is all that it
# takes.  The operation can be run, differentiated, differentiated
# again, drawn, and compiled as any other:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.variable([1.0, 2.0], name="x")
# >>> cube = CubeOp([x], graph).output
# >>> (first,) = graph.gradients(cube, [x])
# >>> (second,) = graph.gradients(first, [x])
# >>> print(*Session(graph).run([cube, first, second]))
# [1. 8.] [ 3. 12.] [ 6. 12.]
#
# [Exercise 8](exercises/ex08_scaled_tanh.py) asks for one.
#
# ## What is a derivative, of a tensor?
#
# We write $g$ for `grad`.  If the output is $y = f(x)$ and the result is $L$, then
# $g = \partial L / \partial y$, and the chain rule asks for
# $\partial L / \partial x = g \cdot \partial y / \partial x$.  For an operation on each
# element this is a product of numbers, $g f'(x)$.
#
# In general $\partial y / \partial x$ is a matrix, the *Jacobian*: each element of $y$
# by each of $x$.  For a matrix product of two 100 by 100 matrices it has
# $10^4 \times 10^4$ elements by each of them.  What `gradient` builds is the product of
# $g$ with it, the *vector-Jacobian product*, which has the shape of $x$, and never the
# matrix itself.
#
# ## Is it right?
#
# A derivative by the book and one by trial must agree.  Move one element of `x` a
# little to both sides, and see how far the sum of the output moves:
#
# $$\frac{\partial L}{\partial x_i} \approx
# \frac{L(x + h e_i) - L(x - h e_i)}{2h}$$
#
# where $e_i$ is 1 at $i$ and 0 elsewhere.  With both sides the error shrinks with
# $h^2$.  An $h$ of $10^{-6}$ is small enough for that, and not yet so small that the
# difference is lost in rounding.
#
# >>> def by_trial(y, x, value, h=1e-6):
# ...     session, result = Session(y.graph), numpy.zeros_like(value)
# ...     for i in numpy.ndindex(value.shape):
# ...         e = numpy.zeros_like(value)
# ...         e[i] = h
# ...         above = session.run(y, {x: value + e}).sum()
# ...         below = session.run(y, {x: value - e}).sum()
# ...         result[i] = (above - below) / (2 * h)
# ...     return result
# >>> print(by_trial(cube, x, numpy.array([1.0, 2.0])).round(6))
# [ 3. 12.]
#
# `tests/heart/test_derivatives.py` does this to each derivative on this page, for
# scalars, vectors, matrices and broadcast pairs, and to the derivative of each.  We
# derive them all the same.  [Exercise 7](exercises/ex07_by_trial.py) asks for a test.

import math
import re

import numpy

from tensor import Unknown, show_shape

# ## An operation
#
# `inputs` and `output` are ordinary attributes, set once, when the operation is made:
#
# >>> cube.op.inputs, cube.op.output is cube
# ((<Tensor 'x' (2,) float64 = variable>,), True)
#
# Both are tensors.  The *value* of the output is no attribute of anything: it exists in
# a run, and two runs, or two sessions, have each their own.


class BaseOp:
    """A node of the graph.

    A subclass defines `compute`, and `gradient` if it has one; keyword arguments become
    attributes.  What works element by element derives from `ElementwiseOp`.  What does
    not derives from `BaseOp` itself, and works without more; with an `infer_shape` the
    graph knows its shape, and programs need not ask for it.

    Attributes:
        inputs: a tuple of tensors; numbers and lists given as inputs are converted.
        output: the tensor that it makes.
        graph: the graph that both belong to.
        control_inputs: tensors that are run along with it, and before it.

    Raises:
        ValueError: an input is of another graph, or the shapes do not fit.
        TypeError: `inputs` is not a list, or an input is no tensor and not numeric.
    """

    # Whether the same inputs always give the same output.  If not, the operation is
    # run each time, even where a second one looks the same.
    pure = True

    # Whether it works element by element, so that inputs broadcast.
    elementwise = False

    # Whether integers and truth values are turned into floats before they go in.
    floating = False

    # Whether the inputs are held constant: no gradient passes, and none is asked for.
    stops_gradient = False

    # Whether the last input, a vector of integers, says what shape the output has.
    takes_shape = False

    # Whether `compute` gets the right answer by way of an infinity.
    overflows = False

    kind = "base"

    def __init_subclass__(cls):
        # `DotGradientOp` is a "dot_gradient".
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__)
        cls.kind = words.removesuffix("Op").rstrip("_").lower()

    def __init__(self, inputs, graph, name=None, **attributes):
        if not isinstance(inputs, (list, tuple)):
            raise TypeError(
                f"inputs of {self.kind} come as a list, got {inputs!r}; write "
                f"{type(self).__name__}([x], graph).output"
            )
        vars(self).update(attributes)
        self.graph = graph
        self.control_inputs = graph.control_inputs
        self.inputs = graph.operands(self, inputs)
        try:
            self.output = graph.tensor(op=self, name=name)
        except ValueError as error:
            given = ", ".join(f"'{x.name}' {show_shape(x.dims)}" for x in self.inputs)
            raise ValueError(f"{self.kind} of {given}: {error}") from None
        for x in dict.fromkeys(self.inputs):
            x.consumers.append(self)

    def compute(self, np, *values):
        """The value of the output, of the type that `infer_dtype` says.

        `np` is NumPy, or a module with its names.  Beside an array, Python's numbers
        take its type; `np.log(2)` is a float64, and would make another of a float32.
        """
        raise NotImplementedError(f"{type(self).__name__} defines no compute")

    def gradient(self, grad):
        """A list with the gradient by each input, None where there is none."""
        raise ValueError(
            f"'{self.output.name}' is made by {self.kind} ({self.output.line}), which "
            "has no derivative; wrap it in stop_gradient to hold it constant"
        )

    def infer_shape(self, *shapes):
        """The output's `dims`, given those of the inputs; None for an unknown rank."""
        if self.takes_shape:
            return shape_of(self.inputs[-1])
        return broadcast(*shapes) if self.elementwise else None

    def infer_dtype(self, *dtypes):
        """The output's dtype, given those of the inputs."""
        return dtypes[0] if dtypes else self.graph.dtype


# ## Broadcasting
#
# NumPy lets the operands of an elementwise operation differ in shape: it lines the
# shapes up at their last axes, and repeats an operand along each axis where it has
# size 1 or no axis at all.  So a batch `(4, 3)` plus a bias `(3,)` is `(4, 3)`.
#
# >>> broadcast((4, 3), (3,)), broadcast((5, 1, 3), (4, 1))
# ((4, 3), (5, 4, 3))
#
# Each operation below states its derivative as the textbook does, as if no operand were
# repeated.  What broadcasting does to derivatives stands apart from them: in
# `Graph.fit` for shapes that the graph knows, and in `unbroadcast` for shapes that only
# a run does.


def broadcast(*shapes):
    """The shape that NumPy broadcasts `shapes` to; None if a rank is unknown.

    Raises ValueError if they do not fit.
    """
    if None in shapes:
        return None
    result = []
    for axis in range(-max(map(len, shapes)), 0):
        # A dictionary has no doubles, and keeps the order.
        sizes = dict.fromkeys(shape[axis] for shape in shapes if len(shape) >= -axis)
        sizes.pop(1, None)
        known = [size for size in sizes if isinstance(size, int)]
        if len(known) > 1:
            raise ValueError(
                f"dimensions must be equal, but are {known[0]} and {known[1]}; these "
                "shapes do not broadcast"
            )
        if known or len(sizes) < 2:
            result.append((known or list(sizes) or [1])[0])
        else:
            # Two sizes unknown: they are equal, or one of them is 1.
            result.append(Unknown())
    return tuple(result)


def unbroadcast(array, shape):
    """`array` summed over the axes along which `shape` was repeated to its shape."""
    array = array.sum(axis=tuple(range(array.ndim - len(shape))))
    sizes = shape[len(shape) - array.ndim :]
    repeated = tuple(axis for axis, size in enumerate(sizes) if size == 1)
    return array.sum(axis=repeated, keepdims=True)


class FitOp(BaseOp):
    """x brought to a shape that only a run knows: summed or spread over its axes."""

    takes_shape = True

    def compute(self, np, x, shape):
        if x.shape == tuple(shape):
            return x
        return np.broadcast_to(unbroadcast(x, shape), shape)

    def gradient(self, grad):
        return [grad, None]


class ElementwiseOp(BaseOp):
    """An operation on each element alone: its output has the shape of its inputs."""

    elementwise = True

    def infer_dtype(self, *dtypes):
        return numpy.result_type(*dtypes)


# ## Arithmetic
#
# Let the operands change by a little, $da$ and $db$, and see by how much, $dy$, the
# output changes.  Of a sum, $dy = da + db$.


class AddOp(ElementwiseOp):
    """y = a + b, so dy/da = dy/db = 1."""

    def compute(self, np, a, b):
        return a + b

    def gradient(self, grad):
        return [grad, grad]


class SubOp(ElementwiseOp):
    """y = a - b, so dy/da = 1 and dy/db = -1."""

    def compute(self, np, a, b):
        return a - b

    def gradient(self, grad):
        return [grad, -grad]


# Of a product, $(a + da)(b + db) - a b = b\,da + a\,db + da\,db$.  The last term is a
# little of a little, and vanishes beside the others: $dy = b\,da + a\,db$.


class MulOp(ElementwiseOp):
    """y = a b, so dy/da = b and dy/db = a."""

    def compute(self, np, a, b):
        return a * b

    def gradient(self, grad):
        a, b = self.inputs
        return [grad * b, grad * a]


# A quotient is $y = a / b$, so that $y b = a$, and for this product we know that
# $b\,dy + y\,db = da$.  Hence $dy = da / b - (y / b)\,db$.


class DivOp(ElementwiseOp):
    """y = a / b, so dy/da = 1 / b and dy/db = -a / b² = -y / b."""

    floating = True

    def compute(self, np, a, b):
        return a / b

    def gradient(self, grad):
        _, b = self.inputs
        return [grad / b, -grad * self.output / b]


# Rounded down, a quotient is a staircase, and flat wherever it has a derivative.


class FloorDivOp(ElementwiseOp):
    """y = a / b rounded down to a whole number, so dy/da = dy/db = 0."""

    stops_gradient = True

    def compute(self, np, a, b):
        return a // b

    def infer_dtype(self, a, b):
        # Of truth values it is a small integer.
        return (numpy.zeros(0, a) // numpy.zeros(0, b)).dtype


class NegOp(ElementwiseOp):
    """y = -x, so dy/dx = -1."""

    def compute(self, np, x):
        return -x

    def gradient(self, grad):
        return [-grad]


# $a^b = e^{b \ln a}$ gives both derivatives.  Two corners need care.  By $a$: at
# $b = 0$ the power is the constant 1 and has derivative 0, but at $a = 0$ the formula
# has $0 \cdot 0^{-1}$, which is no number; there we raise to 1 instead, and
# $0 \cdot 0^1$ is the 0 that it should be.  By $b$: there is no logarithm for
# $a \le 0$, and we take the derivative to be 0.


class PowOp(ElementwiseOp):
    """y = a^b, so dy/da = b a^(b-1) and dy/db = y ln a, 0 where a is not positive."""

    def compute(self, np, a, b):
        return a**b

    def gradient(self, grad):
        (a, b), graph = self.inputs, self.graph
        at_zero = graph.where(graph.equal(b, 0), 1, b - 1)
        lower = a ** graph.where(graph.equal(a, 0), at_zero, b - 1)
        log_a = graph.log(graph.where(a > 0, a, 1))
        power = graph.where(a > 0, self.output, 0)
        return [grad * b * lower, grad * power * log_a]

    def infer_dtype(self, a, b):
        # A power of truth values is a small integer.
        return (numpy.zeros(0, a) ** numpy.zeros(0, b)).dtype


class AbsOp(ElementwiseOp):
    """y = |x|, so dy/dx is the sign of x; at 0, where there is none, 0."""

    def compute(self, np, x):
        return np.abs(x)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * self.graph.sign(x)]


class SignOp(ElementwiseOp):
    """y = -1, 0 or 1, so dy/dx = 0; at 0, where there is none, 0."""

    stops_gradient = True

    def compute(self, np, x):
        return np.sign(x)


# A square is a product of a thing with itself, and each factor has its share:
# $x + x = 2x$.


class SquareOp(ElementwiseOp):
    """y = x², so dy/dx = 2 x."""

    def compute(self, np, x):
        return x * x

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * 2 * x]


# The root is $y$ with $y^2 = x$, so $2 y\,dy = dx$.  Where $y$ is known, $1 / (2y)$ is
# cheaper than to compute from $x$ anew; this is why derivatives use `self.output`.


class SqrtOp(ElementwiseOp):
    """y = √x, so dy/dx = 1 / (2 y)."""

    floating = True

    def compute(self, np, x):
        return np.sqrt(x)

    def gradient(self, grad):
        return [grad / (2 * self.output)]


# $e^{x + h} = e^x e^h$, and for a little $h$, $e^h$ is $1 + h$ and a little of a
# little.  So the change is $e^x h$.


class ExpOp(ElementwiseOp):
    """y = e^x, so dy/dx = y."""

    floating = True

    def compute(self, np, x):
        return np.exp(x)

    def gradient(self, grad):
        return [grad * self.output]


# The logarithm is $y$ with $e^y = x$, so $e^y\,dy = dx$, that is $x\,dy = dx$.


class LogOp(ElementwiseOp):
    """y = ln x, so dy/dx = 1 / x."""

    floating = True

    def compute(self, np, x):
        return np.log(x)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad / x]


# ## Activations
#
# Between two matrix products there must be something that is not linear, or the two
# were one: $(X W_0) W_1 = X (W_0 W_1)$.
#
# $\sigma(x) = 1 / (1 + e^{-x})$, and $u = e^{-x}$ has the derivative $-u$.  A fraction
# $1 / v$ has $-1 / v^2$, and so
#
# $$\sigma' = \frac{u}{(1 + u)^2} = \frac{1}{1 + u} \cdot \frac{u}{1 + u} = y (1 - y)$$
#
# because $1 - y = 1 - \frac{1}{1 + u} = \frac{u}{1 + u}$.  It is largest at 0, where it
# is a quarter, and vanishes far out, where the sigmoid is flat.
#
# >>> p = graph.sigmoid([-1000.0, 0.0, 5.0])
# >>> print(Session(graph).run(p).round(8))
# [0.         0.5        0.99330715]
#
# Far to the left $u$ overflows to infinity, and $1 / \infty = 0$ is the right answer.
# We say so by `overflows`: in a program that has such an operation a session keeps
# NumPy from warning of overflow.


class SigmoidOp(ElementwiseOp):
    """y = 1 / (1 + e^(-x)), so dy/dx = y (1 - y)."""

    floating = True
    overflows = True

    def compute(self, np, x):
        return 1 / (1 + np.exp(-x))

    def gradient(self, grad):
        return [grad * self.output * (1 - self.output)]


# $\tanh x = s / c$ with $s = \frac{1}{2} (e^x - e^{-x})$ and
# $c = \frac{1}{2} (e^x + e^{-x})$.  Each is the derivative of the other, so
# $y' = (c \cdot c - s \cdot s) / c^2 = 1 - y^2$.  It is a sigmoid that is stretched,
# $\tanh x = 2 \sigma(2x) - 1$, and has 0 in its middle.


class TanhOp(ElementwiseOp):
    """y = tanh x, so dy/dx = 1 - y²."""

    floating = True

    def compute(self, np, x):
        return np.tanh(x)

    def gradient(self, grad):
        return [grad * (1 - self.output * self.output)]


# A relu is as cheap as can be, and where it is not 0 it is not flat: that keeps the
# gradient alive through many layers.


class ReluOp(ElementwiseOp):
    """y = max(x, 0), so dy/dx = 1 where x > 0, else 0; at 0, where there is none, 0."""

    floating = True

    def compute(self, np, x):
        return np.maximum(x, 0)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * self.graph.stop_gradient(x > 0)]


# The chain rule on $\ln(1 + e^x)$: one over what the logarithm is of, times $e^x$.
# NumPy has `logaddexp(a, b)` for $\ln(e^a + e^b)$, which does not overflow;
# [Exercise 9](exercises/ex09_softplus.py) does without.


class SoftplusOp(ElementwiseOp):
    """y = ln(1 + e^x), so dy/dx = e^x / (1 + e^x) = sigmoid(x)."""

    floating = True

    def compute(self, np, x):
        return np.logaddexp(0, x)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * self.graph.sigmoid(x)]


# ## Comparing and choosing
#
# A comparison jumps from false to true: its derivative is zero wherever it exists, so
# a path through it carries nothing.  Whoever differentiates through one has most
# likely taken the accuracy for the loss, so `gradient` refuses, as `BaseOp` does.  (A
# sign and a rounded quotient are flat as well, but they are numbers that one computes
# with: through them the derivative is 0, and nobody is asked.)


class CompareOp(ElementwiseOp):
    """An elementwise operation with a truth value as its output, and no derivative."""

    def infer_dtype(self, *dtypes):
        return numpy.dtype(bool)


class EqualOp(CompareOp):
    """Whether a = b."""

    def compute(self, np, a, b):
        return a == b


class NotEqualOp(CompareOp):
    """Whether a and b differ."""

    def compute(self, np, a, b):
        return a != b


class GreaterOp(CompareOp):
    """Whether a > b."""

    def compute(self, np, a, b):
        return a > b


class GreaterEqualOp(CompareOp):
    """Whether a >= b."""

    def compute(self, np, a, b):
        return a >= b


class LessOp(CompareOp):
    """Whether a < b."""

    def compute(self, np, a, b):
        return a < b


class LessEqualOp(CompareOp):
    """Whether a <= b."""

    def compute(self, np, a, b):
        return a <= b


# Truth values are joined by the words of logic.


class LogicalOp(CompareOp):
    """An operation on truth values; TypeError if they are numbers."""

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
    """Whether one of a and b is true, and not the other."""

    def compute(self, np, a, b):
        return np.logical_xor(a, b)


class LogicalNotOp(LogicalOp):
    """Whether x is false."""

    def compute(self, np, x):
        return np.logical_not(x)


# Where a condition only *chooses*, it is held constant: the gradient goes to what was
# chosen.


class WhereOp(ElementwiseOp):
    """y = a where the condition c holds, else b, so dy/da = c and dy/db = 1 - c."""

    def compute(self, np, c, a, b):
        return np.where(c, a, b)

    def gradient(self, grad):
        c, where = self.inputs[0], self.graph.where
        return [None, where(c, grad, 0), where(c, 0, grad)]

    def infer_dtype(self, c, a, b):
        return numpy.result_type(a, b)


# At a tie there is no derivative, and all must go somewhere.
# [Exercise 10](exercises/ex10_maximum.py) asks for another choice than this.


class MaximumOp(ElementwiseOp):
    """y = max(a, b): the gradient goes to the larger; at a tie, to a."""

    def compute(self, np, a, b):
        return np.maximum(a, b)

    def gradient(self, grad):
        (a, b), where = self.inputs, self.graph.where
        return [where(a >= b, grad, 0), where(a >= b, 0, grad)]


class MinimumOp(ElementwiseOp):
    """y = min(a, b): the gradient goes to the smaller; at a tie, to a."""

    def compute(self, np, a, b):
        return np.minimum(a, b)

    def gradient(self, grad):
        (a, b), where = self.inputs, self.graph.where
        return [where(a <= b, grad, 0), where(a <= b, 0, grad)]


class IdentityOp(ElementwiseOp):
    """y = x under another name, so dy/dx = 1."""

    def compute(self, np, x):
        return x

    def gradient(self, grad):
        return [grad]


class StopGradientOp(ElementwiseOp):
    """y = x, held constant: no gradient passes."""

    stops_gradient = True

    def compute(self, np, x):
        return x


class CastOp(ElementwiseOp):
    """y = x as another type, `dtype`."""

    def compute(self, np, x):
        return x.astype(self.dtype)

    def gradient(self, grad):
        (x,) = self.inputs
        if self.output.dtype.kind != "f":
            return super().gradient(grad)
        return [self.graph.cast(grad, x.dtype) if x.dtype.kind == "f" else grad]

    def infer_dtype(self, dtype):
        return numpy.dtype(self.dtype)


# ## Reductions
#
# $y = \sum_i x_i$ has $\partial y / \partial x_i = 1$ for each $i$: the gradient of the
# sum goes, unchanged, to all that was summed.  `Graph.fit` repeats it.  We only put
# back the axes that the sum took away, with size 1, so that it is repeated along the
# right ones.
#
# >>> x = graph.variable([[1.0, 2.0], [3.0, 4.0]])
# >>> rows = graph.sum(x, axis=1)
# >>> (by_x,) = graph.gradients(graph.square(rows), [x])
# >>> print(*Session(graph).run([rows, by_x]))
# [3. 7.] [[ 6.  6.]
#  [14. 14.]]


def positive_axes(axis, rank):
    """The axes that `axis` means, counted from 0; ValueError if one is not there."""
    axes = range(rank) if axis is None else axis
    return numpy.lib.array_utils.normalize_axis_tuple(axes, rank)


class ReduceOp(BaseOp):
    """An operation over axes: `axis` is an int, a tuple, or None for all of them.

    With `keepdims` each of these axes stays, with size 1.
    """

    def infer_shape(self, dims):
        if dims is None:
            return () if self.axis is None and not self.keepdims else None
        axes = positive_axes(self.axis, len(dims))
        sizes = [1 if i in axes else size for i, size in enumerate(dims)]
        return tuple(s for i, s in enumerate(sizes) if self.keepdims or i not in axes)

    def with_axes(self, tensor):
        """`tensor`, shaped like the output, with the axes put back, of size 1.

        Of a scalar that was repeated the scalar will do.
        """
        (x,) = self.inputs
        if isinstance(tensor.op, BroadcastOp) and tensor.op.inputs[0].dims == ():
            return tensor.op.inputs[0]
        if self.keepdims or self.axis is None:
            return tensor
        if x.rank is None:
            kept = type(self)([x], self.graph, axis=self.axis, keepdims=True).output
            return self.graph.reshape(tensor, self.graph.shape(kept))
        axes = positive_axes(self.axis, x.rank)
        return tensor[tuple(None if i in axes else slice(None) for i in range(x.rank))]


class SumOp(ReduceOp):
    """y = sum of x over `axis`, so dy/dx = 1."""

    def compute(self, np, x):
        return x.sum(axis=self.axis, keepdims=self.keepdims)

    def gradient(self, grad):
        return [self.with_axes(grad)]

    def infer_dtype(self, dtype):
        # NumPy adds small integers up in larger ones.
        return numpy.zeros(0, dtype).sum().dtype


# The largest element is the only one that matters, as long as it stays the largest.
# If several tie for it, they share the gradient equally.


class MaxOp(ReduceOp):
    """y = the largest of x over `axis`: the gradient goes there; ties share it."""

    def compute(self, np, x):
        return x.max(axis=self.axis, keepdims=self.keepdims)

    def gradient(self, grad):
        (x,), graph = self.inputs, self.graph
        largest = graph.equal(x, self.with_axes(self.output))
        chosen = graph.stop_gradient(graph.cast(largest, x.dtype))
        ties = graph.sum(chosen, axis=self.axis, keepdims=True)
        return [self.with_axes(grad) * chosen / ties]


class MinOp(MaxOp):
    """y = the smallest of x over `axis`: the gradient goes there; ties share it."""

    def compute(self, np, x):
        return x.min(axis=self.axis, keepdims=self.keepdims)


class ArgmaxOp(ReduceOp):
    """The index of the largest element along `axis`, the first of ties."""

    keepdims = False

    def compute(self, np, x):
        return x.argmax(axis=self.axis)

    def infer_dtype(self, dtype):
        return numpy.dtype(int)


class ArgminOp(ArgmaxOp):
    """The index of the smallest element along `axis`, the first of ties."""

    def compute(self, np, x):
        return x.argmin(axis=self.axis)


# ## Matrix product
#
# $Y = A B$ has $y_{ij} = \sum_k a_{ik} b_{kj}$.  So $a_{ik}$ reaches the result through
# row $i$ of $Y$ alone, and there $y_{ij}$ has it once, with the factor $b_{kj}$.  The
# chain rule adds up over all $j$.  With $g_{ij} = \partial L / \partial y_{ij}$ in $G$:
#
# $$\frac{\partial L}{\partial a_{ik}} =
# \sum_j \frac{\partial L}{\partial y_{ij}} \frac{\partial y_{ij}}{\partial a_{ik}} =
# \sum_j g_{ij} b_{kj} = \sum_j g_{ij} (B^T)_{jk},
# \qquad\text{that is}\qquad \frac{\partial L}{\partial A} = G B^T$$
#
# In the same way $b_{kj}$ reaches it through column $j$ of $Y$, with the factor
# $a_{ik}$, and $\partial L / \partial b_{kj} = \sum_i a_{ik} g_{ij}$, that is
# $\partial L / \partial B = A^T G$.  The shapes remind us: with $A$ of shape $(n, k)$
# and $B$ of $(k, m)$, $G$ has $(n, m)$, and $G B^T$ is the product of $G$ and $B$ that
# has $(n, k)$.
#
# A tensor that is used twice gets both.  For the sum of the elements of $M M$, $G$ is
# all ones:
#
# >>> M = graph.variable([[1.0, 2.0], [3.0, 4.0]])
# >>> (by_M,) = graph.gradients(M @ M, [M])
# >>> print(Session(graph).run(by_M))
# [[ 7. 11.]
#  [ 9. 13.]]
#
# NumPy has two functions for it.  They agree on vectors and matrices, where `a.dot(b)`
# takes a third of the time that `a @ b` does if the matrices are as small as those of
# XOR (0.3 and 1.0 microseconds on one machine).  On stacks of matrices only `matmul`
# does what we want.
#
# In a product a vector on the left is a matrix of one row, and a vector on the right
# a matrix of one column; the axis that this adds is taken away from the result.
#
# A stack of matrices times one matrix is a common case: a batch of texts, each with a
# row for each word, times the weights.  All rows of the stack, one below the other, are
# one long matrix, and what holds for each row of $A$ holds for them too.  So
# $\partial L / \partial B$ is a single product of long matrices, and no sum over the
# stack:
#
# >>> texts = graph.placeholder((9, 5, 3), name="texts")
# >>> W = graph.variable(numpy.ones((3, 2)), name="W")
# >>> (by_W,) = graph.gradients(graph.square(texts @ W), [W])
# >>> print(Session(graph).program(by_W, {texts: None}))
# def program(state, feeds):
#     W, = state
#     texts, = feeds
#     matmul = np.matmul(texts, W)
#     square_1_by_matmul = 2 * matmul
#     reshape = texts.reshape((-1, 3))
#     reshape_T = reshape.T
#     reshape_1 = square_1_by_matmul.reshape((-1, 2))
#     square_1_by_W = reshape_T.dot(reshape_1)
#     return (np.array(square_1_by_W),), ()
#
# [Exercise 11](exercises/ex11_attention.py) makes two products and a softmax into the
# attention of a language model.


class DotOp(BaseOp):
    """Y = A B for matrices and vectors, so dL/dA = G B^T and dL/dB = A^T G."""

    def compute(self, np, a, b):
        return a.dot(b)

    def gradient(self, grad):
        (a, b), graph = self.inputs, self.graph
        if a.rank is None or b.rank is None:
            return [
                DotGradientOp([grad, a, b], graph, by=0).output,
                DotGradientOp([grad, a, b], graph, by=1).output,
            ]
        rows = a if a.rank > 1 else a[None, :]
        columns = b if b.rank > 1 else b[:, None]
        if b.rank == 1:
            grad = grad[..., None]
        if a.rank == 1:
            grad = grad[..., None, :]
        if a.rank > 2 and b.rank == 2 and b.known and 0 not in b.dims:
            n, m = b.dims
            long = graph.reshape(a, (-1, n))
            by_b = swap(long) @ graph.reshape(grad, (-1, m))
        else:
            by_b = swap(rows) @ grad
        return [grad @ swap(columns), by_b if b.rank > 1 else by_b[..., 0]]

    def infer_shape(self, a, b):
        if a is None or b is None:
            return None
        if not a or not b:
            raise ValueError("a matrix product needs vectors or matrices, not scalars")
        inner, other = a[-1], b[-2] if len(b) > 1 else b[0]
        if isinstance(inner, int) and isinstance(other, int) and inner != other:
            raise ValueError(
                f"dimensions must be equal, but are {inner} and {other}: the last axis "
                f"of the first, and the {'second to last' if len(b) > 1 else 'only'} "
                "axis of the second"
            )
        return broadcast(a[:-2], b[:-2]) + a[-2:-1] + b[-1:] * (len(b) > 1)

    def infer_dtype(self, *dtypes):
        return numpy.result_type(*dtypes)


class MatmulOp(DotOp):
    """The same for stacks of matrices, or where we do not know: as `np.matmul`."""

    def compute(self, np, a, b):
        return np.matmul(a, b)


def swap(x):
    """x with its last two axes exchanged: each matrix of a stack, transposed."""
    axes = tuple(range(x.rank))
    return x.graph.transpose(x, axes[:-2] + axes[:-3:-1])


# While we do not know how many axes the operands have, we cannot say whether an axis
# must be added, and a run must choose.  (Whoever reads this for the first time may skip
# to [Shapes](ops.py#shapes).)  How do we differentiate what the run does?
#
# Write $\langle p, q\rangle$ for the sum of the elements of $p \odot q$, the product
# element by element.  The operation computes $d$, the gradient of
# $\langle g, a b\rangle$ by $a$.  A product is linear: to put $u$ in the place of $a$
# gives $\langle g, u b\rangle = \langle d, u\rangle$.  If $u$ arrives at $d$ in the
# next differentiation, we want the gradients of $\langle d, u\rangle$, which are those
# of $\langle g, u b\rangle$: by $g$ it is $u b$, and by $b$ the same operation again.


class DotGradientOp(BaseOp):
    """The gradient of <g, a b> by a (`by=0`) or by b (`by=1`), for any ranks."""

    def compute(self, np, grad, a, b):
        rows, columns = np.atleast_2d(a), b if b.ndim > 1 else b[:, None]
        if b.ndim == 1:
            grad = grad[..., None]
        if a.ndim == 1:
            grad = grad[..., None, :]
        if self.by == 0:
            return unbroadcast(grad @ columns.swapaxes(-1, -2), a.shape)
        result = rows.swapaxes(-1, -2) @ grad
        return unbroadcast(result if b.ndim > 1 else result[..., 0], b.shape)

    def gradient(self, grad):
        (g, a, b), graph = self.inputs, self.graph
        if self.by == 0:
            by_b = DotGradientOp([g, grad, b], graph, by=1).output
            return [graph.dot(grad, b), None, by_b]
        by_a = DotGradientOp([g, a, grad], graph, by=0).output
        return [graph.dot(a, grad), by_a, None]

    def infer_shape(self, grad, a, b):
        return b if self.by else a


# ## Shapes
#
# Some operations need a shape: to what shape to broadcast, how large a gradient is
# whose forward value was cut out of something larger.  Such a shape is an input like
# any other, a vector of integers: a constant if the shape is known when the graph is
# built, else the output of a `ShapeOp`.


def shape_of(tensor):
    """The dims that `tensor`, a vector of sizes, stands for; None if not known."""
    if tensor.kind == "constant":
        return tuple(int(size) for size in tensor.initial_value)
    if isinstance(tensor.op, ShapeOp):
        return tensor.op.inputs[0].dims
    if isinstance(tensor.op, SizesOp):
        return tuple(map(_size_of, tensor.op.inputs))
    if tensor.known:
        return tuple(Unknown() for _ in range(*tensor.dims))
    return None


def _size_of(tensor):
    """The size of an axis that `tensor`, a single number, stands for."""
    if tensor.kind == "constant":
        return int(tensor.initial_value)
    if isinstance(tensor.op, GetitemOp) and len(tensor.op.index) == 1:
        (vector,), (i,) = tensor.op.inputs, tensor.op.index
        if vector.kind == "constant" or isinstance(vector.op, ShapeOp):
            sizes = shape_of(vector)
            return Unknown() if sizes is None else sizes[i]
    return Unknown()


class ShapeOp(BaseOp):
    """The shape of x as integers of type `dtype`.  The values of x do not matter."""

    stops_gradient = True

    # The shape is NumPy's, whatever `np` is: a compiler must know it before it runs.
    def compute(self, np, x):
        return numpy.array(x.shape, dtype=self.dtype)

    def infer_shape(self, dims):
        return (Unknown() if dims is None else len(dims),)

    def infer_dtype(self, _):
        return numpy.dtype(self.dtype)


class SizesOp(BaseOp):
    """A shape that is put together from the sizes of its axes."""

    stops_gradient = True

    def compute(self, np, *sizes):
        return numpy.array(sizes, dtype=int)

    def infer_shape(self, *sizes):
        if any(sizes) or any(x.dtype.kind not in "iu" for x in self.inputs):
            raise ValueError("the size of an axis is a single integer")
        return (len(sizes),)

    def infer_dtype(self, *_):
        return numpy.dtype(int)


class CountOp(BaseOp):
    """How many elements of x a sum over `axis` adds up: what a mean divides by."""

    stops_gradient = True

    def compute(self, np, x):
        if self.axis is None:
            return x.dtype.type(x.size)
        axes = positive_axes(self.axis, x.ndim)
        return x.dtype.type(math.prod(x.shape[axis] for axis in axes))

    def infer_shape(self, dims):
        return ()


class BroadcastOp(BaseOp):
    """x repeated to a larger shape."""

    takes_shape = True

    def compute(self, np, x, shape):
        return np.broadcast_to(x, shape)

    def gradient(self, grad):
        return [grad, None]

    def infer_shape(self, dims, _):
        target = shape_of(self.inputs[1])
        if target is not None and None not in (*target, dims):
            broadcast(dims, target)
        return target


# Broadcasting repeats what has size 1.  A *tile* is repeated whole: the values 1, 2
# become 1, 2, 1, 2.  Each element takes part once in each copy, so the gradient is cut
# into tiles again, which are added up.
#
# >>> x = graph.variable([1.0, 2.0])
# >>> tiled = graph.tile(x, [2]) * [1.0, 10.0, 100.0, 1000.0]
# >>> print(Session(graph).run(graph.gradients(tiled, [x])[0]))
# [ 101. 1010.]


class TileOp(BaseOp):
    """x repeated `multiples` times along each axis, one copy after the other."""

    takes_shape = True

    def compute(self, np, x, multiples):
        return np.tile(x, multiples)

    def gradient(self, grad):
        x, multiples = self.inputs
        inputs = [grad, multiples, self.graph.shape(x)]
        return [UntileOp(inputs, self.graph).output, None]

    def infer_shape(self, dims, _):
        multiples = shape_of(self.inputs[1])
        if multiples is None:
            return None
        if dims is None:
            return tuple(Unknown() for _ in multiples)
        if len(multiples) != len(dims):
            raise ValueError(f"{len(multiples)} multiples for {len(dims)} axes")
        return tuple(map(_times, dims, multiples))


def _times(size, multiple):
    """How long an axis is after being repeated."""
    if isinstance(size, int) and isinstance(multiple, int):
        return size * multiple
    return size if multiple == 1 else Unknown()


class UntileOp(BaseOp):
    """x cut into `multiples` tiles of a shape along each axis, which are added up."""

    takes_shape = True

    def compute(self, np, x, multiples, shape):
        pairs = [size for pair in zip(multiples, shape) for size in pair]
        return x.reshape(pairs).sum(axis=tuple(range(0, len(pairs), 2)))

    def gradient(self, grad):
        multiples = self.inputs[1]
        return [self.graph.tile(grad, multiples), None, None]


class EnsureShapeOp(BaseOp):
    """y = x, which must have a shape that only a run knows; else a ValueError."""

    takes_shape = True

    def compute(self, np, x, shape):
        if x.shape != tuple(shape):
            expected = tuple(map(int, shape))
            raise ValueError(
                f"'{self.what}': expected the shape {expected}, got {x.shape}"
            )
        return x

    def gradient(self, grad):
        return [grad, None]


class ReshapeOp(BaseOp):
    """The elements of x, in their order, in another shape; one size may be -1."""

    takes_shape = True

    def compute(self, np, x, shape):
        return x.reshape(shape)

    def gradient(self, grad):
        (x, _), graph = self.inputs, self.graph
        return [graph.reshape(grad, graph.shape(x)), None]

    def infer_shape(self, dims, _):
        shape = shape_of(self.inputs[1])
        if shape is None:
            return None
        if shape.count(-1) > 1:
            raise ValueError(f"more than one size is open in {shape}")
        if dims is None or any(isinstance(size, Unknown) for size in dims + shape):
            return tuple(Unknown() if size == -1 else size for size in shape)
        have, want = math.prod(dims), math.prod(size for size in shape if size != -1)
        fits = want and have % want == 0 if -1 in shape else have == want
        if not fits:
            raise ValueError(
                f"cannot reshape a tensor with {have} elements to shape {shape}"
            )
        return tuple(have // want if size == -1 else size for size in shape)


class SqueezeOp(BaseOp):
    """x without the axes in `axis`, which have size 1; without all such, if None."""

    def compute(self, np, x):
        return np.squeeze(x, axis=self.axis)

    def gradient(self, grad):
        (x,), graph = self.inputs, self.graph
        return [graph.reshape(grad, graph.shape(x))]

    def infer_shape(self, dims):
        if dims is None:
            return None
        if self.axis is None:
            known = all(isinstance(size, int) for size in dims)
            return tuple(size for size in dims if size != 1) if known else None
        axes = positive_axes(self.axis, len(dims))
        for axis in axes:
            if isinstance(dims[axis], int) and dims[axis] != 1:
                raise ValueError(
                    f"cannot squeeze axis {axis}: expected a size of 1, got "
                    f"{dims[axis]}"
                )
        return tuple(size for i, size in enumerate(dims) if i not in axes)


class TransposeOp(BaseOp):
    """Y = X^T, all axes in reverse order, so dL/dX = G^T."""

    def compute(self, np, x):
        return x.T

    def gradient(self, grad):
        return [self.graph.transpose(grad)]

    def infer_shape(self, dims):
        return dims and dims[::-1]


class PermuteOp(BaseOp):
    """Axis i of the output is axis `axes[i]` of x."""

    def compute(self, np, x):
        return x.transpose(self.axes)

    def gradient(self, grad):
        inverse = tuple(int(i) for i in numpy.argsort(self.axes))
        return [self.graph.transpose(grad, inverse)]

    def infer_shape(self, dims):
        if dims is None:
            return tuple(Unknown() for _ in self.axes)
        if sorted(self.axes) != list(range(len(dims))):
            raise ValueError(
                f"axes {self.axes} do not name each axis from 0 to {len(dims) - 1} once"
            )
        return tuple(dims[axis] for axis in self.axes)


# ## Cutting out and putting together
#
# An element that is copied has derivative 1 where it goes and 0 elsewhere.  So the
# gradient of cutting out is putting back, into zeros; and the gradient of putting
# back is cutting out.
#
# >>> x = graph.variable([1.0, 2.0, 3.0, 4.0])
# >>> (by_x,) = graph.gradients(graph.square(x[1:3]), [x])
# >>> print(Session(graph).run(by_x))
# [0. 4. 6. 0.]


class GetitemOp(BaseOp):
    """y = x[index], with integers, slices, `...` and None; what is cut out."""

    def compute(self, np, x):
        return x[self.index]

    def gradient(self, grad):
        (x,), graph = self.inputs, self.graph
        return [PutOp([grad, graph.shape(x)], graph, index=self.index).output]

    def infer_shape(self, dims):
        if dims is None:
            return None
        if self.index.count(...) > 1:
            raise ValueError("an index can have one ... only")
        used = sum(part is not None and part is not ... for part in self.index)
        if used > len(dims):
            raise ValueError(f"{used} indices for {len(dims)} axes")
        index = list(self.index) if ... in self.index else [*self.index, ...]
        at = index.index(...)
        index[at : at + 1] = [slice(None)] * (len(dims) - used)
        sizes, result = iter(dims), []
        for part in index:
            size = 1 if part is None else next(sizes)
            if isinstance(part, int):
                if isinstance(size, int) and not -size <= part < size:
                    raise ValueError(f"index {part} is outside an axis of size {size}")
            elif part is None or part == slice(None):
                result.append(size)
            elif isinstance(size, int):
                result.append(len(range(*part.indices(size))))
            else:
                result.append(Unknown())
        return tuple(result)


def _scatter(np, x, shape, index):
    """Zeros of `shape`, with the elements of `x` added at `index`."""
    zeros = np.zeros(shape, x.dtype)
    if isinstance(zeros, numpy.ndarray):
        numpy.add.at(zeros, index, x)
        return zeros
    return zeros.at[index].add(x)


class PutOp(BaseOp):
    """Zeros of a shape, with y[index] = x."""

    takes_shape = True

    def compute(self, np, x, shape):
        return _scatter(np, x, shape, self.index)

    def gradient(self, grad):
        return [grad[self.index], None]


class GatherOp(BaseOp):
    """y = the slices of x at `indices`, an array of integers, along `axis`."""

    def compute(self, np, x, indices):
        return np.take(x, indices, axis=self.axis)

    def gradient(self, grad):
        (x, indices), graph = self.inputs, self.graph
        inputs = [grad, indices, graph.shape(x)]
        return [ScatterOp(inputs, graph, axis=self.axis).output, None]

    def infer_shape(self, dims, indices):
        if dims is None or indices is None:
            return None
        (axis,) = positive_axes(self.axis, len(dims))
        return dims[:axis] + indices + dims[axis + 1 :]


# A row may be gathered twice; then its gradients add up.
#
# >>> table = graph.variable([[1.0, 2.0], [3.0, 4.0]])
# >>> rows = graph.gather(table, [1, 1, 0])
# >>> (by_table,) = graph.gradients(rows, [table])
# >>> print(Session(graph).run(by_table))
# [[1. 1.]
#  [2. 2.]]
#
# [Exercise 12](exercises/ex12_gather.py) asks for both ways in NumPy.


class ScatterOp(BaseOp):
    """Zeros of a shape, with the slices of x added at `indices` along `axis`."""

    takes_shape = True

    def compute(self, np, x, indices, shape):
        before = (slice(None),) * self.axis if self.axis >= 0 else (...,)
        after = (slice(None),) * (-1 - self.axis)
        return _scatter(np, x, shape, (*before, indices, *after))

    def gradient(self, grad):
        indices = self.inputs[1]
        return [self.graph.gather(grad, indices, axis=self.axis), None, None]


class ConcatOp(BaseOp):
    """The inputs one after the other along `axis`; the gradient is cut up again."""

    def compute(self, np, *values):
        return np.concatenate(values, axis=self.axis)

    def gradient(self, grad):
        graph = self.graph
        sizes = [x.dims and x.dims[self.axis] for x in self.inputs]
        if not all(isinstance(size, int) for size in sizes):
            return [
                ConcatPartOp([grad, *self.inputs], graph, axis=self.axis, part=i).output
                for i in range(len(self.inputs))
            ]
        ends = [int(end) for end in numpy.cumsum(sizes)]
        before = (slice(None),) * (self.axis % grad.rank)
        return [
            grad[(*before, slice(end - size, end))] for size, end in zip(sizes, ends)
        ]

    def infer_shape(self, *shapes):
        if not shapes:
            raise ValueError("there is nothing to put together")
        known = [dims for dims in shapes if dims is not None]
        if not known:
            return None
        ranks = {len(dims) for dims in known}
        if len(ranks) > 1:
            raise ValueError("all must have the same number of axes")
        (rank,) = ranks
        (axis,), result = positive_axes(self.axis, rank), []
        for i in range(rank):
            sizes = [dims[i] for dims in known]
            numbers = [size for size in sizes if isinstance(size, int)]
            if i == axis:
                whole = len(numbers) == len(shapes)
                result.append(sum(numbers) if whole else Unknown())
            elif len(set(numbers)) > 1:
                raise ValueError(f"sizes differ on axis {i}, which is not joined")
            else:
                result.append(numbers[0] if numbers else sizes[0])
        return tuple(result)

    def infer_dtype(self, *dtypes):
        return numpy.result_type(*dtypes)


class ConcatPartOp(BaseOp):
    """What x is for input `part` of a concatenation, whose sizes only a run knows."""

    def compute(self, np, x, *values):
        sizes = [value.shape[self.axis] for value in values]
        start, axis = sum(sizes[: self.part]), self.axis % x.ndim
        return x[(slice(None),) * axis + (slice(start, start + sizes[self.part]),)]

    def gradient(self, grad):
        graph, others = self.graph, self.inputs[1:]
        parts = [graph.zeros_like(x) for x in others]
        parts[self.part] = grad
        return [graph.concat(parts, axis=self.axis), *[None for _ in others]]

    def infer_shape(self, dims, *shapes):
        return shapes[self.part]


class OneHotOp(BaseOp):
    """A row of `depth` numbers for each index: 1 at the index, else 0."""

    def compute(self, np, indices):
        return (indices[..., None] == np.arange(self.depth)).astype(self.dtype)

    def infer_shape(self, dims):
        return None if dims is None else (*dims, self.depth)

    def infer_dtype(self, _):
        return numpy.dtype(self.dtype)


class ClassesOp(OneHotOp):
    """The same for labels: each must be one of the classes 0 to depth - 1.

    A compiler, which sees no values, cannot refuse one: its row is NaN then.
    """

    def compute(self, np, indices):
        # Beside a small integer, `depth` may be too large for its type.
        indices = indices.astype(int)
        outside = (indices < 0) | (indices >= self.depth)
        rows = super().compute(np, indices)
        try:
            if not outside.any():
                return rows
        except TypeError:
            return np.where(outside[..., None], numpy.nan, rows)
        raise ValueError(
            f"the label {indices[outside].ravel()[0]} is not among the classes 0 to "
            f"{self.depth - 1}"
        )


# ## Randomness
#
# An operation is a function of its inputs, and a random number is not.  So the
# generator is an input too: each session brings its own, and two sessions with the
# same seed draw the same numbers.


class RandomOp(BaseOp):
    """Numbers of type `dtype`, drawn in each run."""

    pure = False
    stops_gradient = True
    takes_shape = True

    def infer_dtype(self, _, __):
        return numpy.dtype(self.dtype)


class RandomNormalOp(RandomOp):
    """Numbers of the normal distribution with `mean` and `stddev`."""

    def compute(self, np, rng, shape):
        return np.asarray(rng.normal(self.mean, self.stddev, shape), self.dtype)


class TruncatedNormalOp(RandomOp):
    """Normal numbers; what is over two `stddev` from `mean` is drawn again."""

    def compute(self, np, rng, shape):
        # Of what a compiler takes, none can be drawn until all fit.
        if hasattr(rng, "truncated_normal"):
            drawn = rng.truncated_normal(shape)
        else:
            drawn = np.asarray(rng.normal(size=shape))
            while (far := abs(drawn) > 2).any():
                drawn[far] = rng.normal(size=far.sum())
        return np.asarray(self.mean + self.stddev * drawn, self.dtype)


class RandomUniformOp(RandomOp):
    """Numbers spread evenly from `low` up to `high`."""

    def compute(self, np, rng, shape):
        return np.asarray(rng.uniform(self.low, self.high, shape), self.dtype)


# ## Effects
#
# Two operations are there for what they do, an assignment and a group.  Neither has a
# derivative.  A third reads what an assignment leaves.


class AssignOp(BaseOp):
    """The variable's next value.

    Within the run the variable keeps its value.  When all of the run has succeeded,
    the session gives it the new one, which is also the output.  A placeholder may be
    assigned as well: it then is a variable that has no first value.

    `replaces` is the output of an earlier assignment of the same variable, in whose
    place this one is; or None.
    """

    pure = False
    replaces = None

    def compute(self, np, variable, value):
        return value

    def infer_shape(self, variable, value):
        if variable is None or value is None:
            return variable or value
        sizes = zip(variable, value)
        if len(variable) != len(value) or any(
            isinstance(a, int) and isinstance(b, int) and a != b for a, b in sizes
        ):
            raise ValueError("a variable keeps its shape")
        return variable


# What is to see the new value, in the same run, takes it from the assignment.  To a
# gradient it is the variable all the same.


class ReadOp(BaseOp):
    """The variable, as an assignment leaves it, so dy/dvariable = 1."""

    def compute(self, np, variable, value):
        return value

    def gradient(self, grad):
        return [grad, None]

    def infer_shape(self, variable, value):
        return value


class GroupOp(BaseOp):
    """All of its inputs, run together; it has no value of its own."""

    pure = False

    def compute(self, np, *values):
        return None

    def infer_dtype(self, *_):
        return None
