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
# takes.  The operation can be run, differentiated, differentiated again, drawn, and
# compiled as any other:
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
# Is each of them right?  It is compared with
# [a derivative by trial](mixins/checks.py#is-a-derivative-right).

import inspect
import keyword
import math
import operator
import re

import numpy

from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

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
    attributes.  What works element by element derives from `ElementwiseOp`, and what
    does not from `BaseOp` itself.

    Attributes:
        inputs: a tuple of tensors; numbers and lists given as inputs are converted.
        output: the tensor that it makes.
        graph: the graph that both belong to.
        control_inputs: tensors that are run along with it, and before it.

    Raises:
        ValueError: an input is of another graph, or the shapes do not fit.
        TypeError: `inputs` is not a list, an input is no tensor and not numeric, or
            there are more or fewer of them than `compute` takes.
    """

    # What makes it a node; all other attributes are what a subclass adds.
    __slots__ = ("__dict__", "control_inputs", "graph", "inputs", "output")

    # Whether the same inputs always give the same output.  If not, the operation is
    # run each time, even where a second one looks the same.
    pure = True

    # Whether it works element by element, so that inputs broadcast.
    elementwise = False

    # Whether the inputs are held constant: no gradient passes, and none is asked for.
    stops_gradient = False

    # The inputs whose values `compute` looks at.  In place of another it may get None.
    used = slice(None)

    # Whether it gets a right answer from an overflow, so that none is warned of.
    overflows = False

    # The positions of inputs that are sizes: vectors of integers, and not data.
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
        vars(self).update(attributes)
        self.graph, self.control_inputs = graph, ()
        self.inputs = graph.operands(self, inputs)
        self.output = graph.tensor(op=self, name=name)

    def compute(self, np, *values):
        """The value of the output, given those of the inputs.

        `np` is NumPy, or a module with its names.  Beside an array, Python's numbers
        take its type; `np.log(2)` is a float64, and would make another of a float32.
        """
        raise NotImplementedError(f"{type(self).__name__} defines no compute")

    def gradient(self, grad):
        """A list with the gradient by each input, None where there is none."""
        raise ValueError(
            f"{self.output.origin} has no derivative; wrap it in stop_gradient to hold "
            "it constant"
        )


# ## A method for each
#
# You write `graph.add(a, b)`, and not `AddOp([a, b], graph).output`.  Nobody has to
# write that method: the names of the inputs are those that `compute` gives them, so an
# elementwise operation writes it when its class is made, and puts it where a graph
# finds it.  For the cube it is
#
#     def cube(self, x, name=None):
#         return CubeOp([x], self, name).output
#
# >>> graph.cube(x).op.kind
# 'cube'


class Operations:
    """What a graph inherits: a method for each elementwise operation."""


def add_method(cls):
    """Give `Operations` the method that makes an operation of `cls`.

    A method that is there already stays, unless the same class is defined again; and
    there is none where its name would be no name, or one of its inputs' the same.
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
    """An operation on each element alone: its output has the shape of its inputs."""

    elementwise = True

    def __init_subclass__(cls):
        super().__init_subclass__()
        if cls.compute is not BaseOp.compute:
            add_method(cls)


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

    def compute(self, np, x):
        return np.sqrt(x)

    def gradient(self, grad):
        return [grad / (2 * self.output)]


# $e^{x + h} = e^x e^h$, and for a little $h$, $e^h$ is $1 + h$ and a little of a
# little.  So the change is $e^x h$.


class ExpOp(ElementwiseOp):
    """y = e^x, so dy/dx = y."""

    def compute(self, np, x):
        return np.exp(x)

    def gradient(self, grad):
        return [grad * self.output]


# The logarithm is $y$ with $e^y = x$, so $e^y\,dy = dx$, that is $x\,dy = dx$.


class LogOp(ElementwiseOp):
    """y = ln x, so dy/dx = 1 / x."""

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
# We say so by `overflows`, and a session keeps NumPy from warning of overflow.


class SigmoidOp(ElementwiseOp):
    """y = 1 / (1 + e^(-x)), so dy/dx = y (1 - y)."""

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

    def compute(self, np, x):
        return np.tanh(x)

    def gradient(self, grad):
        return [grad * (1 - self.output * self.output)]


# A relu is as cheap as can be, and where it is not 0 it is not flat: that keeps the
# gradient alive through many layers.


class ReluOp(ElementwiseOp):
    """y = max(x, 0), so dy/dx = 1 where x > 0, else 0; at 0, where there is none, 0."""

    def compute(self, np, x):
        return np.maximum(x, 0)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * self.graph.stop_gradient(x > 0)]


# ## Comparing and choosing
#
# A comparison jumps from false to true: its derivative is zero wherever it exists, so
# a path through it carries nothing.  Whoever differentiates through one has most
# likely taken the accuracy for the loss, so `gradient` refuses, as `BaseOp` does.


class CompareOp(ElementwiseOp):
    """An elementwise operation with a truth value as its output, and no derivative."""


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


# Where a condition only *chooses*, it is held constant: the gradient goes to what was
# chosen.


class WhereOp(ElementwiseOp):
    """y = a where the condition c holds, else b, so dy/da = c and dy/db = 1 - c."""

    def compute(self, np, condition, a, b):
        return np.where(condition, a, b)

    def gradient(self, grad):
        condition, where = self.inputs[0], self.graph.where
        return [None, where(condition, grad, 0), where(condition, 0, grad)]


# At a tie there is no derivative, and all must go somewhere.
# [Exercise 10](exercises/ex10_maximum.py) asks for another choice than this.


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


def as_axes(axis):
    """`axis` as None, an int, or a tuple of ints."""
    if isinstance(axis, (list, tuple)):
        return tuple(map(operator.index, axis))
    return axis if axis is None else operator.index(axis)


class ReduceOp(BaseOp):
    """An operation over axes: `axis` is an int, a tuple, or None for all of them.

    With `keepdims` each of these axes stays, with size 1.
    """

    def with_axes(self, tensor):
        """`tensor`, shaped like the output, with the axes put back, of size 1."""
        if self.keepdims or self.axis is None:
            return tensor
        return self.graph.expand_dims(tensor, self.axis)


class SumOp(ReduceOp):
    """y = sum of x over `axis`, so dy/dx = 1."""

    def compute(self, np, x):
        return x.sum(axis=self.axis, keepdims=self.keepdims)

    def gradient(self, grad):
        return [self.with_axes(grad)]


# The largest element is the only one that matters, as long as it stays the largest.
# If several tie for it, they share the gradient equally.


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
    """How many elements of x a sum over `axis` adds up: what a mean divides by."""

    stops_gradient = True
    keepdims = False

    def compute(self, np, x):
        axes = range(x.ndim) if self.axis is None else numpy.atleast_1d(self.axis)
        return x.dtype.type(math.prod(x.shape[axis] for axis in axes))


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
# The transpose is by `(1, 0)`, which exchanges the two axes of a matrix, and refuses
# what is none.


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


# ## Shapes
#
# Some operations need a shape, as an input like any other: a vector of integers.


class ShapeOp(BaseOp):
    """The shape of x as integers of type `dtype`.  The values of x do not matter."""

    stops_gradient = True

    # The shape is NumPy's, whatever `np` is: a compiler must know it before it runs.
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
    """x with more axes, of size 1: `axis` says where the output has them."""

    def compute(self, np, x):
        return np.expand_dims(x, self.axis)

    def gradient(self, grad):
        (x,), graph = self.inputs, self.graph
        return [graph.reshape(grad, graph.shape(x))]


# ## Effects
#
# Two operations are there for what they do, an assignment and a group.  Neither has a
# derivative.


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
    used = slice(1, None)

    def compute(self, np, variable, value):
        return value


class GroupOp(BaseOp):
    """All of its inputs, run together; it has no value of its own."""

    pure = False
    used = slice(0)

    def compute(self, np, *values):
        return None
