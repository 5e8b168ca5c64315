# # Two methods make an operation
#
# To run an operation and to differentiate it, what must we know?  Just two things.
# Here they are for the cube of a number:
#
# >>> class CubeOp(ElementwiseOp):
# ...     def compute(self, np, x):
# ...         return x * x * x
# ...
# ...     def gradient(self, grad):
# ...         (x,) = self.inputs
# ...         return [grad * 3 * x * x]
#
# - `compute` takes *values*, one for each input, and returns the value of the output.
#   They're NumPy arrays, so `x.sum()` and `x * x` are NumPy's, and `np` is NumPy, or
#   [in another session](xla.py) a module with its names.  It looks at these values and
#   its own attributes only, and writes into neither.
# - `gradient` takes a *tensor*, the *incoming gradient*: that of some result with
#   respect to the output.  It returns a list with a tensor for each input, its *share*
#   of that input's gradient.  A tensor has no value, so `grad * 3` computes nothing; it
#   adds an operation to the graph.
#
# `ElementwiseOp` says that each element is computed by itself.  You can run this
# operation, differentiate it, differentiate it again, draw it, and compile it:
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
# If yours makes floats of integers, say `floating = True`; see
# [Types](mixins/dtypes.py).  [Exercise 8](exercises/ex08_scaled_tanh.py) asks you for
# one.
#
# ## Where's the Jacobian? We never build it {#what-is-a-derivative-of-a-tensor}
#
# Call the result $L$, the output $y = f(x)$, and the incoming gradient
# $g = \frac{\partial L}{\partial y}$, which is `grad`.  The chain rule asks for
# $\frac{\partial L}{\partial x} = g \frac{\partial y}{\partial x}$.  If $f$ works
# elementwise, that's a product of numbers, $g f'(x)$.
#
# In general $\frac{\partial y}{\partial x}$ is a matrix, the *Jacobian*: each element
# of $y$ with respect to each of $x$.  For a product of two 100 by 100 matrices that's
# $10^4 \times 10^4$ numbers, for each of the two.  But we only need $g$ times that
# matrix, the *vector-Jacobian product*.  It has the shape of $x$, and that's all that
# `gradient` ever builds.
#
# How do we know that each is right?  We check it
# [numerically](mixins/checks.py#is-a-derivative-right).

import inspect
import keyword
import math
import operator
import re

import numpy

from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# ## A node of the graph {#an-operation}
#
# An operation knows its inputs and its output, which are tensors.  The output's *value*
# isn't here: each run has its own.
#
# >>> cube.op.inputs, cube.op.output is cube
# ((<Tensor 'x' (2,) float64 = variable>,), True)


class BaseOp:
    """A node of the graph.

    A subclass defines `compute`, and `gradient` if it has one.  Keyword arguments
    become attributes.  An operation that works elementwise derives from
    `ElementwiseOp`.

    Attributes:
        inputs: a tuple of tensors; we convert numbers and lists.
        output: the tensor that it makes.
        graph: the graph of both.
        control_inputs: tensors that run before it, whenever it runs.

    Raises:
        ValueError: an input belongs to another graph; in a `Graph`, shapes don't fit.
        TypeError: `inputs` isn't a list, or has more or fewer inputs than `compute`
            takes; in a `Graph`, an input isn't numeric.
    """

    # All other attributes are a subclass's own.
    __slots__ = ("__dict__", "control_inputs", "graph", "inputs", "output")

    # Whether the same inputs always give the same output.  If not, we never merge it
    # with another that looks the same.
    pure = True

    # Whether it works element by element, so that inputs broadcast.
    elementwise = False

    # Whether it holds its inputs constant, so that no gradient passes.
    stops_gradient = False

    # The inputs whose values `compute` needs.  The others may arrive as None.
    used = slice(None)

    # Whether it's right even where NumPy overflows, so that we silence the warning.
    overflows = False

    # The positions of inputs that are shapes, not data.
    sizes = ()

    kind = "base"

    def __init_subclass__(cls):
        # `DotGradientOp` is a "dot_gradient".
        if "kind" not in vars(cls):
            words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__)
            cls.kind = words.removesuffix("Op").rstrip("_").lower()
        _, _, *taken = inspect.signature(cls.compute).parameters.values()
        must = [x for x in taken if x.default is x.empty and x.kind < x.VAR_POSITIONAL]
        cls.operands = [x.name for x in must]
        cls.any_number = len(must) < len(taken)

    def __init__(self, inputs, graph, name=None, **attributes):
        if not isinstance(inputs, (list, tuple)):
            raise TypeError(
                f"inputs of {self.kind} come as a list, got {inputs!r}; write "
                f"{type(self).__name__}([x], graph).output"
            )
        if len(inputs) != len(self.operands) and not self.any_number:
            names, number = ", ".join(self.operands), len(self.operands)
            raise TypeError(
                f"compute of {self.kind} takes ({names}): expected {number} "
                f"input{'s' * (number != 1)}, got {len(inputs)}"
            )
        if attributes:
            vars(self).update(attributes)
        self.graph, self.control_inputs = graph, ()
        self.inputs = graph.operands(self, inputs)
        self.output = graph.tensor(op=self, name=name)

    def compute(self, np, *values):
        """The value of the output, from those of the inputs.

        `np` is NumPy, or a module with its names.  Write numbers as Python's: beside a
        float32 array, 2 becomes a float32, but `np.log(2)` makes it a float64.
        """
        raise NotImplementedError(f"{type(self).__name__} defines no compute")

    def gradient(self, grad):
        """A list with each input's share of its gradient, or None.

        `grad` is the incoming gradient.  A share may have the shape of the output, as
        if nothing had been broadcast; `Graph.fit` brings it to that of the input.
        """
        raise ValueError(
            f"{self.output.origin} has no derivative; wrap it in stop_gradient to hold "
            "it constant"
        )


# ## Where does graph.add come from? {#a-method-for-each}
#
# You write `graph.add(a, b)`, not `AddOp([a, b], graph).output`.  An elementwise class
# writes that method itself, as soon as it's defined, with the names that `compute`
# gives its inputs.  For the cube:
#
#     def cube(self, x, name=None):
#         return CubeOp([x], self, name).output
#
# >>> graph.cube(x).op.kind
# 'cube'
#
# It never replaces a method.  Call your class `SoftplusOp`, and `graph.softplus` is
# still ours; yours is `SoftplusOp([x], graph).output`.


class Operations:
    """The methods that a graph inherits, one for each elementwise operation."""


def add_method(cls):
    """Give `Operations` the method that makes an operation of `cls`.

    A method that exists stays, unless you define the same class again.
    """
    known = getattr(Operations, cls.kind, None)
    if known and repr(known.__globals__["cls"]) != repr(cls):
        return
    taken = {"self", "name", "cls"}.intersection(cls.operands)
    if keyword.iskeyword(cls.kind) or not cls.kind.isidentifier() or taken:
        return
    inputs = ", ".join(cls.operands)
    names = {"cls": cls, "__name__": __name__}
    exec(
        f"def {cls.kind}(self, {inputs}, name=None):\n"
        f"    return cls([{inputs}], self, name).output",
        names,
    )
    method = names[cls.kind]
    method.__doc__, method.__module__ = cls.__doc__, cls.__module__
    setattr(Operations, cls.kind, method)


class ElementwiseOp(BaseOp):
    """An operation on each element by itself, whose inputs broadcast."""

    elementwise = True

    def __init_subclass__(cls):
        super().__init_subclass__()
        if cls.compute is not BaseOp.compute:
            add_method(cls)


# ## Nudge the inputs, and see {#arithmetic}
#
# Nudge the inputs by $da$ and $db$.  By how much, $dy$, does the output move?  For a
# sum, $dy = da + db$.


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


# For a product, $(a + da)(b + db) - a b = b\,da + a\,db + da\,db$.  The last term is a
# tiny part of a tiny nudge, and vanishes beside the others: $dy = b\,da + a\,db$.


class MulOp(ElementwiseOp):
    """y = a b, so dy/da = b and dy/db = a."""

    def compute(self, np, a, b):
        return a * b

    def gradient(self, grad):
        a, b = self.inputs
        return [grad * b, grad * a]


# A quotient $y = a / b$ is a product in disguise, $y b = a$.  So
# $b\,dy + y\,db = da$, and $dy = da / b - (y / b)\,db$.


class DivOp(ElementwiseOp):
    """y = a / b, so dy/da = 1 / b and dy/db = -a / b² = -y / b."""

    def compute(self, np, a, b):
        return a / b

    def gradient(self, grad):
        _, b = self.inputs
        return [grad / b, -grad * self.output / b]


class NegOp(ElementwiseOp):
    """y = -x, so dy/dx = -1."""

    def compute(self, np, x):
        return -x

    def gradient(self, grad):
        return [-grad]


# $a^b = e^{b \ln a}$ gives both derivatives, but two corners need care.  With respect
# to $a$: where $a = b = 0$, the formula says $0 \cdot 0^{-1}$, which is no number.  We
# raise to 1 there instead, and $0 \cdot 0^1$ is 0, as it should be: a power of 0 is the
# constant 1.  With respect to $b$: for $a \le 0$ there's no logarithm, and we say 0.


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


# A square is a product, and each factor gets a share: $x + x = 2x$.


class SquareOp(ElementwiseOp):
    """y = x², so dy/dx = 2 x."""

    def compute(self, np, x):
        return x * x

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * 2 * x]


# The root is the $y$ with $y^2 = x$, so $2 y\,dy = dx$.  We already have $y$: it's
# `self.output`, and cheaper than another root.


class SqrtOp(ElementwiseOp):
    """y = √x, so dy/dx = 1 / (2 y)."""

    def compute(self, np, x):
        return np.sqrt(x)

    def gradient(self, grad):
        return [grad / (2 * self.output)]


# $e^{x + h} = e^x e^h$, and for a tiny $h$, $e^h$ is nearly $1 + h$.  So the change is
# $e^x h$.


class ExpOp(ElementwiseOp):
    """y = e^x, so dy/dx = y."""

    def compute(self, np, x):
        return np.exp(x)

    def gradient(self, grad):
        return [grad * self.output]


# The logarithm is the $y$ with $e^y = x$, so $e^y\,dy = dx$, that is $x\,dy = dx$.


class LogOp(ElementwiseOp):
    """y = ln x, so dy/dx = 1 / x."""

    def compute(self, np, x):
        return np.log(x)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad / x]


# ## What's an activation for? {#activations}
#
# Two layers without one are only one: $(X W_0) W_1 = X (W_0 W_1)$.  So we put something
# between them that's not linear.
#
# $\sigma(x) = 1 / (1 + e^{-x})$, and $u = e^{-x}$ has the derivative $-u$.  A fraction
# $1 / v$ has $-1 / v^2$, and so
#
# $$\sigma' = \frac{u}{(1 + u)^2} = \frac{1}{1 + u} \cdot \frac{u}{1 + u} = y (1 - y)$$
#
# because $1 - y = 1 - \frac{1}{1 + u} = \frac{u}{1 + u}$.  It's at most a quarter, at
# 0, and vanishes far out, where the sigmoid is flat.
#
# >>> p = graph.sigmoid([-1000.0, 0.0, 5.0])
# >>> print(Session(graph).run(p).round(8))
# [0.         0.5        0.99330715]
#
# Far to the left $u$ overflows to infinity, and $1 / \infty = 0$ is right.  `overflows`
# tells the session to silence NumPy's warning.


class SigmoidOp(ElementwiseOp):
    """y = 1 / (1 + e^(-x)), so dy/dx = y (1 - y)."""

    overflows = True

    def compute(self, np, x):
        return 1 / (1 + np.exp(-x))

    def gradient(self, grad):
        return [grad * self.output * (1 - self.output)]


# $\tanh x = s / c$ with $s = \frac{1}{2} (e^x - e^{-x})$ and
# $c = \frac{1}{2} (e^x + e^{-x})$.  Each is the derivative of the other, so
# $y' = (c \cdot c - s \cdot s) / c^2 = 1 - y^2$.  It's a sigmoid, stretched to go from
# -1 to 1: $\tanh x = 2 \sigma(2x) - 1$.


class TanhOp(ElementwiseOp):
    """y = tanh x, so dy/dx = 1 - y²."""

    def compute(self, np, x):
        return np.tanh(x)

    def gradient(self, grad):
        return [grad * (1 - self.output * self.output)]


# Nothing is cheaper than a relu, and where it isn't 0 it isn't flat.  That keeps the
# gradient alive through many layers.  (Why `stop_gradient`?  A comparison has no
# derivative, as you'll see next.)


class ReluOp(ElementwiseOp):
    """y = max(x, 0), so dy/dx = 1 where x > 0, else 0; at 0, where there is none, 0."""

    def compute(self, np, x):
        return np.maximum(x, 0)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * self.graph.stop_gradient(x > 0)]


# ## You can't differentiate a comparison {#comparing-and-choosing}
#
# It jumps from false to true, and wherever its derivative exists, that's zero.  If you
# ask for it, you've most likely taken the accuracy for the loss.  So `gradient`
# refuses, as `BaseOp` does.


class CompareOp(ElementwiseOp):
    """An elementwise operation that returns truth values, and has no derivative."""


class EqualOp(CompareOp):
    """Whether a = b."""

    def compute(self, np, a, b):
        return a == b


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


# A condition only *chooses*, and the gradient goes to what was chosen.


class WhereOp(ElementwiseOp):
    """y = a where the condition c holds, else b, so dy/da = c and dy/db = 1 - c."""

    def compute(self, np, condition, a, b):
        return np.where(condition, a, b)

    def gradient(self, grad):
        condition, where = self.inputs[0], self.graph.where
        return [None, where(condition, grad, 0), where(condition, 0, grad)]


# At a tie there's no derivative, but the gradient must go somewhere.
# [Exercise 10](exercises/ex10_maximum.py) asks you for another choice.


class MaximumOp(ElementwiseOp):
    """y = max(a, b): the gradient goes to the larger; at a tie, to a."""

    def compute(self, np, a, b):
        return np.maximum(a, b)

    def gradient(self, grad):
        (a, b), where = self.inputs, self.graph.where
        return [where(a >= b, grad, 0), where(a >= b, 0, grad)]


class StopGradientOp(ElementwiseOp):
    """y = x, held constant: no gradient passes."""

    stops_gradient = True

    def compute(self, np, x):
        return x


# ## The gradient of a sum is a copy {#reductions}
#
# $y = \sum_i x_i$ has $\frac{\partial y}{\partial x_i} = 1$ for each $i$.  So every
# element that was summed gets the incoming gradient as it is, and `Graph.fit` repeats
# it. But along which axis?  We put back the axes that the sum took away, with size 1,
# or a square matrix would get its gradient transposed, without a word.
#
# ![A sum over rows; its gradient is repeated along them.](weave:sheet-reduce "A sum
# forwards is a copy backwards.")
#
# >>> x = graph.variable([[1.0, 2.0], [3.0, 4.0]])
# >>> rows = graph.sum(x, axis=1)
# >>> (by_x,) = graph.gradients(graph.square(rows), [x])
# >>> print(*Session(graph).run([rows, by_x]))
# [3. 7.] [[ 6.  6.]
#  [14. 14.]]


def as_axes(axis):
    """`axis` as None, an int, or a tuple of ints."""
    if isinstance(axis, (list, tuple)):
        return tuple(map(operator.index, axis))
    return axis if axis is None else operator.index(axis)


class ReduceOp(BaseOp):
    """An operation over axes: `axis` is an int, a tuple, or None for all.

    With `keepdims` they stay, with size 1.  Make your own by `Graph.reduce`.
    """

    def with_axes(self, tensor):
        """`tensor`, shaped like the output, with the axes put back."""
        if self.keepdims or self.axis is None:
            return tensor
        return self.graph.expand_dims(tensor, self.axis)


class SumOp(ReduceOp):
    """y = sum of x over `axis`, so dy/dx = 1."""

    def compute(self, np, x):
        return x.sum(axis=self.axis, keepdims=self.keepdims)

    def gradient(self, grad):
        return [self.with_axes(grad)]


# Only the largest element matters, as long as it stays the largest.  If several tie,
# they share the gradient equally.


class MaxOp(ReduceOp):
    """y = the largest of x over `axis`: the gradient goes there; ties share it."""

    def compute(self, np, x):
        return x.max(axis=self.axis, keepdims=self.keepdims)

    def gradient(self, grad):
        (x,), graph = self.inputs, self.graph
        largest = graph.equal(x, self.with_axes(self.output))
        chosen = graph.stop_gradient(largest)
        ties = graph.sum(chosen, axis=self.axis, keepdims=True)
        return [self.with_axes(grad) * chosen / ties]


class CountOp(ReduceOp):
    """How many elements of x a sum over `axis` adds up; a mean divides by it."""

    stops_gradient = True
    keepdims = False

    def compute(self, np, x):
        axes = range(x.ndim) if self.axis is None else numpy.atleast_1d(self.axis)
        return x.dtype.type(math.prod(x.shape[axis] for axis in axes))


# ## Why $G B^T$? The gradient of a matrix product {#matrix-product}
#
# $Y = A B$ has $y_{ij} = \sum_k a_{ik} b_{kj}$.  Nudge $a_{ik}$, and only row $i$ of
# $Y$ moves, each $y_{ij}$ by $b_{kj}$ times the nudge.  The chain rule adds up over all
# $j$. With $g_{ij} = \frac{\partial L}{\partial y_{ij}}$ in $G$:
#
# $$\frac{\partial L}{\partial a_{ik}} =
# \sum_j \frac{\partial L}{\partial y_{ij}} \frac{\partial y_{ij}}{\partial a_{ik}} =
# \sum_j g_{ij} b_{kj} = \sum_j g_{ij} (B^T)_{jk}$$
#
# That's row $i$ of $G$ times column $k$ of $B^T$, so
# $\frac{\partial L}{\partial A} = G B^T$.
#
# ![One element of A reaches one row of Y; its gradient is that row of G times a row of
# B.](weave:sheet-product "Follow one element of A to a row of Y, and back.")
#
# In the same way $b_{kj}$ moves only column $j$, by $a_{ik}$, so
# $\frac{\partial L}{\partial b_{kj}} = \sum_i a_{ik} g_{ij}$, that is
# $\frac{\partial L}{\partial B} = A^T G$.  Forgotten which?  The shapes remind you: $G$
# has that of $Y$, and only one of the products has that of $A$.
#
# A tensor that's used twice gets both shares.  For the sum of the elements of $M M$,
# $G$ is all ones:
#
# >>> M = graph.variable([[1.0, 2.0], [3.0, 4.0]])
# >>> (by_M,) = graph.gradients(M @ M, [M])
# >>> print(Session(graph).run(by_M))
# [[ 7. 11.]
#  [ 9. 13.]]
#
# We transpose by `(1, 0)`, which exchanges the axes of a matrix, and fails for anything
# else.


class DotOp(BaseOp):
    """Y = A B for matrices, so dL/dA = G B^T and dL/dB = A^T G."""

    def compute(self, np, a, b):
        return a.dot(b)

    def gradient(self, grad):
        (a, b), transpose = self.inputs, self.graph.transpose
        by_b = transpose(a, (1, 0)) @ grad
        by_a = grad @ transpose(b, (1, 0))
        return [by_a, by_b]


class TransposeOp(BaseOp):
    """Y = X^T, all axes in reverse order, so dL/dX = G^T."""

    def compute(self, np, x):
        return x.T

    def gradient(self, grad):
        return [self.graph.transpose(grad)]


class PermuteOp(BaseOp):
    """Axis i of the output is axis `axes[i]` of x."""

    def compute(self, np, x):
        return x.transpose(self.axes)

    def gradient(self, grad):
        inverse = sorted(range(len(self.axes)), key=self.axes.__getitem__)
        return [self.graph.transpose(grad, inverse)]


# ## A shape is an input, too {#shapes}
#
# Some operations take a shape as an input like any other: a vector of integers.


class ShapeOp(BaseOp):
    """The shape of x as integers of type `dtype`.  The values of x do not matter."""

    stops_gradient = True

    # By NumPy, whatever `np` is: a compiler must know shapes before it runs.
    def compute(self, np, x):
        return numpy.array(x.shape, dtype=self.dtype)


class ReshapeOp(BaseOp):
    """The elements of x, in their order, in another shape; one size may be -1."""

    sizes = (1,)

    def compute(self, np, x, shape):
        return x.reshape(shape)

    def gradient(self, grad):
        (x, _), graph = self.inputs, self.graph
        return [graph.reshape(grad, graph.shape(x)), None]


class BroadcastOp(BaseOp):
    """x repeated to a larger shape."""

    sizes = (1,)

    def compute(self, np, x, shape):
        return np.broadcast_to(x, shape)

    def gradient(self, grad):
        return [grad, None]


class ExpandDimsOp(BaseOp):
    """x with more axes, of size 1, at the places `axis` of the output."""

    def compute(self, np, x):
        return np.expand_dims(x, self.axis)

    def gradient(self, grad):
        (x,), graph = self.inputs, self.graph
        return [graph.reshape(grad, graph.shape(x))]


# ## Two operations that do something {#effects}
#
# The rest only compute; these two act, and have no derivative.  Next, see how all these
# [gradients](gradients.py) come together.


class AssignOp(BaseOp):
    """The variable's next value, which is also the output.

    During the run the variable keeps its value.  If the run succeeds, the session gives
    it the new one.  An assigned placeholder acts as a variable without a first value.

    `replaces` is the output of an earlier assignment that this one replaces, or None.
    """

    pure = False
    replaces = None
    used = slice(1, None)

    def compute(self, np, variable, value):
        return value


class GroupOp(BaseOp):
    """Runs all of its inputs; its own value is None."""

    pure = False
    used = slice(0)

    def compute(self, np, *values):
        return None
