# # Graph: what is to be computed, and its derivative
#
# How can a program find the derivative of what another program computes?  If it can
# look at that program.  So we do not compute at once: we first write down what is to
# be computed, as a *graph*.
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> x = graph.placeholder((), name="x")
# >>> y = graph.add(graph.square(x), 1, name="y")
# >>> y
# <Tensor 'y' () float64 = add(square, constant)>
#
# Nothing has been computed.  `x` and `y` are *tensors*, values that are yet to be
# computed; they have names and shapes, here `()`, a single number.  Squaring and
# adding are *operations*: each has tensors as inputs and one tensor as its output.
#
# Some tensors come out of no operation.  A *placeholder* is given a value each time
# that the graph is run, a *variable* keeps its value from run to run, and a
# *constant*, such as the 1 above, never changes.
#
# As the graph knows every step from `x` to `y`, it can write down the derivative
# $\partial y / \partial x = 2 x$, as more of the same.  A session computes both:
#
# >>> from session import Session
# >>> (y_by_x,) = graph.gradients(y, [x])
# >>> session = Session(graph)
# >>> print(*session.run([y, y_by_x], {x: 3.0}))
# 10.0 6.0
#
# Draw operations as the nodes, boxes with round corners, and tensors as the lines
# between them.  A tensor that no operation makes needs a place to begin: a box with
# square corners, dashed for a placeholder.  Here is $z = A x + b$, a matrix times a
# vector, plus a vector:
#
# >>> graph = Graph()
# >>> x = graph.placeholder((2,), name="x")
# >>> A = graph.constant([[1, 0], [0, -1]], name="A")
# >>> b = graph.constant([1, 1], name="b")
# >>> z = graph.add(A @ x, b, name="z")
# >>> print(Session(graph).run(z, {x: [1, 2]}))
# [ 2. -1.]
#
# ![A and x go into a matrix product; its output and b go into an addition, whose output
# is z.](weave:affine)

import contextlib
import math
import operator
import sys
import threading
from collections import defaultdict

import numpy

import ops
from tensor import Tensor, Unknown, as_array, numbers

# ## Order
#
# In which order do we compute, and in which do we go back to differentiate?  An
# operation can only be made when its inputs are there.  So the order in which tensors
# are made is a *topological order*: each comes after all that it needs.  A run that
# follows it never asks for a value that is not computed yet.  And whoever follows it
# backwards, as `Graph.gradients` does, meets a tensor only after all of its
# *consumers*, the operations that it is an input of.
#
# To walk back layer by layer from the result would not do.  Let `b` be used twice, at
# once and after a detour:
#
# >>> graph = Graph()
# >>> a = graph.variable(1.0, name="a")
# >>> b = graph.exp(a, name="b")
# >>> d = graph.tanh(graph.tanh(b, name="c"), name="d")
# >>> y = graph.add(b, d, name="y")
# >>> [op.output.name for op in topological_order([y])]
# ['b', 'c', 'd', 'y']
#
# ![From a to b; from b to y directly, and to y by way of c and d.](weave:two-paths)
#
# One layer behind `y` are `b` and `d`.  If `b` has its turn now, it hands on to `a`
# what has come from `y` directly, and nothing else: the share that comes by way of `d`
# and `c` has not arrived.  In reverse topological order `b` has its turn last.
#
# >>> (y_by_a,) = graph.gradients(y, [a])
# >>> direct = Session(graph).run(graph.gradients(b, [a])[0])
# >>> print(direct.round(4), Session(graph).run(y_by_a).round(4))
# 2.7183 2.7383
#
# The first number is what the direct way alone gives, the second is right.
#
# To follow each path by itself would be right as well, and take for ever.  In this
# ladder each number is the one above added to itself.  There are two ways from each
# rung to the next, and $2^n$ from top to bottom; but there are $n$ operations, and each
# has one turn.
#
# ![A ladder: each rung goes into an addition twice.](weave:ladder)
#
# We find what is needed with a list of what is still to be looked at, not with a
# function that calls itself: Python gives up after a thousand calls inside each other,
# and a graph may be a hundred thousand operations deep.
#
# [Exercise 4](exercises/ex04_order.py) asks for an order where nobody has kept the
# order of making.


def topological_order(tensors, given=()):
    """The operations that `tensors` depend on, each after those it depends on itself.

    What makes the tensors in `given` is left out: their values are known already.
    """
    found, waiting = set(), list(tensors)
    while waiting:
        tensor = waiting.pop()
        if tensor not in found and tensor not in given:
            found.add(tensor)
            if tensor.op is not None:
                waiting.extend(tensor.op.inputs)
                waiting.extend(tensor.op.control_inputs)
    made = (tensor for tensor in found if tensor.op is not None)
    return [tensor.op for tensor in sorted(made, key=operator.attrgetter("index"))]


class Graph:
    """Tensors, and the operations between them.

    Args:
        dtype: the type of data that does not say otherwise, float64 by default.
            Integers given as data become this type too; truth values stay.

    Each operation is a method.  Its operands are tensors, or numbers, lists and
    arrays, which become constants of the type of the tensor that they meet.  `name`
    is for people; a name that is taken gets a number.

    Attributes:
        tensors: all tensors, in the order of their making.
        variables: those of them that are variables.
        control_inputs: what operations are made to depend on, beside their inputs.

    Raises:
        ValueError: operands of another graph, or of shapes that do not fit.
        TypeError: an operand that is neither a tensor nor numeric.
    """

    def __init__(self, dtype=float):
        self.dtype = _type(dtype)
        self.tensors = []
        self._local = threading.local()
        self._names = {}
        self._generator = None
        self.control_inputs = ()
        # What the control inputs assign, and what each tensor that was one assigns.
        self._assigned, self._assigned_by = {}, {}

    @property
    def variables(self):
        """The variables, in the order of their making."""
        return [tensor for tensor in self.tensors if tensor.kind == "variable"]

    # ## Making tensors
    #
    # All tensors are made here.  What a variable, a placeholder and a constant have in
    # common, and what an operation's output has besides, is in `tensor.py`.
    #
    # >>> graph = Graph()
    # >>> graph.constant([[1, 2], [3, 4]])
    # <Tensor 'constant' (2, 2) float64 = constant>
    #
    # A batch may have any number of examples: `None` says so.
    #
    # >>> graph.placeholder((None, 3), name="X")
    # <Tensor 'X' (?, 3) float64 = placeholder>
    #
    # A name is for people, and unique all the same:
    #
    # >>> [graph.variable(0.0, name="w").name for _ in range(3)]
    # ['w', 'w_1', 'w_2']

    _tensor_class = Tensor  # a graph of another kind may have tensors of its own

    def _add(
        self, kind, name, dims, dtype, op=None, initial_value=None, trainable=False
    ):
        name = self._unique(kind if name is None or name == "" else name)
        tensor = self._tensor_class(
            self, name, kind, dims, dtype, op, initial_value, trainable
        )
        tensor.index, tensor.line = len(self.tensors), _users_line()
        self.tensors.append(tensor)
        return tensor

    def _unique(self, name):
        """`name`, or `name_1`, `name_2`, ... if it is taken."""
        if not isinstance(name, str) or not name.isprintable():
            raise TypeError(f"a name is a printable string, got {name!r}")
        unique = name
        while unique in self._names:
            self._names[name] += 1
            unique = f"{name}_{self._names[name]}"
        self._names[unique] = 0
        return unique

    def _release(self, name):
        """Let `name` be taken again, if it was the last one given."""
        word, _, number = name.rpartition("_")
        if number.isdigit() and self._names.get(word) == int(number):
            del self._names[name]
            self._names[word] -= 1

    def tensor(self, initial_value=None, op=None, name=None):
        """A tensor of any kind: the output of `op`, a variable, or a placeholder."""
        if op is not None:
            dims = op.infer_shape(*(x.dims for x in op.inputs))
            dtype = op.infer_dtype(*(x.dtype for x in op.inputs))
            return self._add(op.kind, name, dims, dtype, op)
        if initial_value is not None:
            return self.variable(initial_value, name=name)
        return self.placeholder(name=name)

    def placeholder(self, shape=None, dtype=None, name=None):
        """A value that each run is given in its `feed_dict`.

        `shape` has None for a size that may differ from run to run, and is None
        itself if the number of axes may.
        """
        dims = _dims(shape)
        dtype = self.dtype if dtype is None else _type(dtype)
        return self._add("placeholder", name, dims, dtype)

    def variable(self, initial_value, name=None, trainable=True, dtype=None):
        """A value that a session keeps from run to run, until it is assigned.

        Each session starts from `initial_value`, or evaluates it once if it is a
        tensor (`graph.random_normal(...)`, say).
        """
        if _holds_tensors(initial_value):
            initial_value = self.convert(initial_value)
        if isinstance(initial_value, Tensor):
            value = self.cast(initial_value, dtype or initial_value.dtype)
            dims, dtype = _dims(value.dims), value.dtype
        else:
            value = self._array(initial_value, dtype, name or "variable")
            dims, dtype = value.shape, value.dtype
        return self._add("variable", name, dims, dtype, None, value, trainable)

    def constant(self, value, name=None, dtype=None):
        """A value that is the same in each run."""
        value = self._array(value, dtype, name or "constant")
        return self._add("constant", name, value.shape, value.dtype, None, value)

    def convert(self, value, dtype=None):
        """`value` if it is a tensor of this graph, else a constant of that value.

        A list that has tensors in it becomes what they are when they are stacked.
        """
        if _holds_tensors(value):
            return self.stack([self.convert(part, dtype) for part in value])
        if not isinstance(value, Tensor):
            return self.constant(value, dtype=dtype)
        if value.graph is not self:
            raise ValueError(
                f"{value!r} is not an element of this graph, but of another graph; a "
                "graph is made of its own tensors only"
            )
        return value

    def _array(self, value, dtype, name):
        array = numbers(value, name)
        if dtype is None:
            dtype = array.dtype if array.dtype == bool else self.dtype
        array = as_array(array, dtype, name)
        array.setflags(write=False)
        return array

    # Operands of an operation come here.  A number takes the type of the tensor that
    # it meets, where it can: 2 becomes an integer beside integers, 2.5 does not.

    def operands(self, op, inputs):
        """`inputs` as tensors of this graph, of the types that `op` can use."""
        inputs = [self.convert(x) if _holds_tensors(x) else x for x in inputs]
        # Sizes are integers, and say nothing about the type of data.
        data = inputs[:-1] if op.takes_shape else inputs
        types = [x.dtype for x in data if isinstance(x, Tensor) and x.dtype]
        floats = [dtype for dtype in types if dtype.kind == "f"]
        integers = [dtype for dtype in types if dtype.kind in "iu"]
        result = []
        for x in inputs:
            if not isinstance(x, Tensor):
                kind = numbers(x, f"an operand of {op.kind}").dtype.kind
                like = {"f": floats, "b": []}.get(kind, floats or integers)
                x = self.constant(x, dtype=like[0] if like else None)
            x = self.convert(x)
            if not isinstance(op, ops.GroupOp):
                _check_value(x)
            if not isinstance(op, (ops.GroupOp, ops.AssignOp, ops.ReadOp)):
                x = self._current(x)
            if op.floating and x.dtype.kind != "f":
                x = self.cast(x, floats[0] if floats else self.dtype)
            result.append(x)
        return tuple(result)

    # ## Operations
    #
    # Each method makes an operation and gives back its output.  What the operation
    # computes, and where its derivative comes from, is said in `ops.py`; all that is
    # added here are names.

    def add(self, a, b, name=None):
        """a + b"""
        return ops.AddOp([a, b], self, name).output

    def sub(self, a, b, name=None):
        """a - b"""
        return ops.SubOp([a, b], self, name).output

    def mul(self, a, b, name=None):
        """a * b, element by element"""
        return ops.MulOp([a, b], self, name).output

    def div(self, a, b, name=None):
        """a / b, element by element; never rounds, not even integers"""
        return ops.DivOp([a, b], self, name).output

    def floordiv(self, a, b, name=None):
        """a / b, rounded down; a // b"""
        return ops.FloorDivOp([a, b], self, name).output

    def pow(self, a, b, name=None):
        """a ** b, element by element"""
        return ops.PowOp([a, b], self, name).output

    def neg(self, x, name=None):
        """-x"""
        return ops.NegOp([x], self, name).output

    def abs(self, x, name=None):
        """The absolute value of each element."""
        return ops.AbsOp([x], self, name).output

    def sign(self, x, name=None):
        """-1, 0 or 1 for each element"""
        return ops.SignOp([x], self, name).output

    def square(self, x, name=None):
        """x * x"""
        return ops.SquareOp([x], self, name).output

    def sqrt(self, x, name=None):
        """The square root of each element."""
        return ops.SqrtOp([x], self, name).output

    def exp(self, x, name=None):
        """e to the power of each element"""
        return ops.ExpOp([x], self, name).output

    def log(self, x, name=None):
        """The natural logarithm of each element."""
        return ops.LogOp([x], self, name).output

    def sigmoid(self, x, name=None):
        """1 / (1 + e^(-x)), from 0 to 1"""
        return ops.SigmoidOp([x], self, name).output

    def tanh(self, x, name=None):
        """The hyperbolic tangent of each element, from -1 to 1."""
        return ops.TanhOp([x], self, name).output

    def relu(self, x, name=None):
        """max(x, 0)"""
        return ops.ReluOp([x], self, name).output

    def softplus(self, x, name=None):
        """ln(1 + e^x), a smooth relu"""
        return ops.SoftplusOp([x], self, name).output

    def equal(self, a, b, name=None):
        """Whether each element of a equals that of b."""
        return ops.EqualOp([a, b], self, name).output

    def not_equal(self, a, b, name=None):
        """Whether each element of a differs from that of b."""
        return ops.NotEqualOp([a, b], self, name).output

    def greater(self, a, b, name=None):
        """a > b"""
        return ops.GreaterOp([a, b], self, name).output

    def greater_equal(self, a, b, name=None):
        """a >= b"""
        return ops.GreaterEqualOp([a, b], self, name).output

    def less(self, a, b, name=None):
        """a < b"""
        return ops.LessOp([a, b], self, name).output

    def less_equal(self, a, b, name=None):
        """a <= b"""
        return ops.LessEqualOp([a, b], self, name).output

    def logical_and(self, a, b, name=None):
        """Whether a and b are both true; a & b"""
        return ops.LogicalAndOp([a, b], self, name).output

    def logical_or(self, a, b, name=None):
        """Whether a or b is true, or both; a | b"""
        return ops.LogicalOrOp([a, b], self, name).output

    def logical_xor(self, a, b, name=None):
        """Whether just one of a and b is true; a ^ b"""
        return ops.LogicalXorOp([a, b], self, name).output

    def logical_not(self, x, name=None):
        """Whether x is false; ~x"""
        return ops.LogicalNotOp([x], self, name).output

    def where(self, condition, a, b, name=None):
        """a where the condition holds, else b, element by element"""
        return ops.WhereOp([condition, a, b], self, name).output

    def maximum(self, a, b, name=None):
        """The larger of a and b, element by element."""
        return ops.MaximumOp([a, b], self, name).output

    def minimum(self, a, b, name=None):
        """The smaller of a and b, element by element."""
        return ops.MinimumOp([a, b], self, name).output

    def clip(self, x, low, high, name=None):
        """x, but `low` where it is below and `high` where it is above."""
        return self.minimum(self.maximum(x, low), high, name)

    def identity(self, x, name=None):
        """x under another name."""
        return ops.IdentityOp([x], self, name).output

    def stop_gradient(self, x, name=None):
        """x, which gradients take for a constant"""
        return ops.StopGradientOp([x], self, name).output

    def cast(self, x, dtype, name=None):
        """x as another type; x itself if it is of that type"""
        _check_no_comparison(x, "cast")
        x, dtype = _check_value(self.convert(x)), _type(dtype)
        if x.dtype == dtype:
            return self._current(x)
        return ops.CastOp([x], self, name, dtype=dtype.name).output

    # Reductions take `axis`: an integer, several, or None for all axes.

    def sum(self, x, axis=None, keepdims=False, name=None):
        """The sum over `axis`."""
        _check_no_comparison(x, "sum")
        axis = _axes(axis)
        return ops.SumOp([x], self, name, axis=axis, keepdims=bool(keepdims)).output

    def max(self, x, axis=None, keepdims=False, name=None):
        """The largest element over `axis`."""
        axis = _axes(axis)
        return ops.MaxOp([x], self, name, axis=axis, keepdims=bool(keepdims)).output

    def min(self, x, axis=None, keepdims=False, name=None):
        """The smallest element over `axis`."""
        axis = _axes(axis)
        return ops.MinOp([x], self, name, axis=axis, keepdims=bool(keepdims)).output

    # A mean is a sum divided by how many were summed: its derivative, $1/N$ for each
    # element, comes out by itself.
    #
    # >>> graph = Graph()
    # >>> x = graph.constant([1.0, 2.0, 3.0, 6.0])
    # >>> mean = graph.mean(x)
    # >>> print(*Session(graph).run([mean, *graph.gradients(mean, [x])]))
    # 3.0 [0.25 0.25 0.25 0.25]

    def mean(self, x, axis=None, keepdims=False, name=None):
        """The mean over `axis`; of truth values, the share of true ones."""
        _check_no_comparison(x, "mean")
        x = _check_value(self.convert(x))
        if x.dtype.kind != "f":
            x = self.cast(x, self.dtype)
        total = self.sum(x, axis, keepdims)
        return self.div(total, self._count(x, _axes(axis)), name)

    def _count(self, x, axis):
        if x.rank is not None:
            sizes = [x.dims[i] for i in ops.positive_axes(axis, x.rank)]
            if all(isinstance(size, int) for size in sizes):
                return self.constant(math.prod(sizes), dtype=x.dtype)
        return ops.CountOp([x], self, axis=axis).output

    def argmax(self, x, axis=None, name=None):
        """The index of the largest element along `axis`, or of all elements."""
        return ops.ArgmaxOp([x], self, name, axis=_axis(axis)).output

    def argmin(self, x, axis=None, name=None):
        """The index of the smallest element along `axis`, or of all elements."""
        return ops.ArgminOp([x], self, name, axis=_axis(axis)).output

    def dot(self, a, b, name=None):
        """The matrix product a @ b of vectors, matrices, or stacks of matrices."""
        a, b = self.convert(a), self.convert(b)
        flat = {a.rank, b.rank} <= {1, 2}
        return (ops.DotOp if flat else ops.MatmulOp)([a, b], self, name).output

    # ## Shapes

    def shape(self, x, name=None, dtype=int):
        """The shape of x, a vector of integers; a constant if it is known already."""
        x, dtype = self.convert(x), _type(dtype)
        if x.known:
            return self.constant(numpy.array(x.dims, dtype), name or "shape", dtype)
        return ops.ShapeOp([x], self, name, dtype=dtype.name).output

    def _sizes(self, shape, least=0):
        if isinstance(shape, Tensor):
            return self.convert(shape)
        sizes = _as_tuple(shape)
        if any(isinstance(size, Tensor) for size in sizes):
            sizes = [self.convert(size, int) for size in sizes]
            return ops.SizesOp(sizes, self, "shape").output
        sizes = [_size(size, least) for size in sizes]
        return self.constant(numpy.array(sizes, dtype=int), "shape", int)

    def reshape(self, x, shape, name=None):
        """The elements of x in another shape, in which one size may be -1."""
        return ops.ReshapeOp([x, self._sizes(shape, least=-1)], self, name).output

    def broadcast_to(self, x, shape, name=None):
        """x repeated to `shape`."""
        return ops.BroadcastOp([x, self._sizes(shape)], self, name).output

    def tile(self, x, multiples, name=None):
        """x repeated as often as `multiples` says for each axis, copy after copy."""
        return ops.TileOp([x, self._sizes(multiples)], self, name).output

    def expand_dims(self, x, axis, name=None):
        """x with another axis, of size 1, before `axis`."""
        x, axis = self.convert(x), operator.index(axis)
        if x.rank is not None and not -1 - x.rank <= axis <= x.rank:
            raise ValueError(f"axis {axis} is not in [{-1 - x.rank}, {x.rank}]: {x!r}")
        if axis < 0:
            index = (..., None) + (slice(None),) * (-1 - axis)
        else:
            index = (slice(None),) * axis + (None,)
        return self.getitem(x, index, name)

    def squeeze(self, x, axis=None, name=None):
        """x without the axes in `axis`, or all axes, that have size 1."""
        return ops.SqueezeOp([x], self, name, axis=_axes(axis)).output

    def zeros_like(self, x, name=None):
        """Zeros in the shape of x."""
        return self._fill(0, x, name)

    def ones_like(self, x, name=None):
        """Ones in the shape of x."""
        return self._fill(1, x, name)

    def _fill(self, value, x, name):
        x = self.convert(x)
        value = self.constant(value, dtype=x.dtype)
        return value if x.dims == () else self.broadcast_to(value, self.shape(x), name)

    def transpose(self, x, axes=None, name=None):
        """x with its axes in the order of `axes`, in reverse order if not given."""
        x = self.convert(x)
        axes = axes if axes is None else tuple(map(operator.index, _as_tuple(axes)))
        if axes is None or axes == tuple(range(x.rank or 0))[::-1]:
            return ops.TransposeOp([x], self, name or f"{x.name}_T").output
        axes = tuple(axis + len(axes) if axis < 0 else axis for axis in axes)
        return ops.PermuteOp([x], self, name, axes=axes).output

    def getitem(self, x, index, name=None):
        """x[index], where the index has integers, slices, `...` and None."""
        index = tuple(map(_index, index if isinstance(index, tuple) else (index,)))
        return ops.GetitemOp([x], self, name, index=index).output

    def gather(self, x, indices, axis=0, name=None):
        """The slices of x at `indices`, integers in any shape, along `axis`."""
        inputs = [self.convert(x), self.convert(indices, int)]
        return ops.GatherOp(inputs, self, name, axis=operator.index(axis)).output

    def concat(self, values, axis=0, name=None):
        """The `values` one after the other along `axis`."""
        return ops.ConcatOp(values, self, name, axis=operator.index(axis)).output

    def stack(self, values, axis=0, name=None):
        """The `values`, all of one shape, along a new `axis`."""
        return self.concat([self.expand_dims(x, axis) for x in values], axis, name)

    def one_hot(self, indices, depth, dtype=None, name=None):
        """For each index a row of `depth` numbers: 1 at the index, else 0."""
        indices, dtype = self.convert(indices, int), numpy.dtype(dtype or self.dtype)
        attributes = {"depth": operator.index(depth), "dtype": dtype.name}
        return ops.OneHotOp([indices], self, name, **attributes).output

    # ## Probabilities and losses
    #
    # A classifier gives each class a number, its *logit*.  The *softmax* makes
    # probabilities of them, positive numbers that sum to 1:
    #
    # $$p_j = \frac{e^{x_j}}{\sum_k e^{x_k}}$$
    #
    # It does not change when a number $c$ is subtracted from all logits, since
    # $e^{x - c} = e^x / e^c$, and $e^c$ cancels.  We subtract the largest logit: then
    # no exponential is above 1, and one of them is 1, so that their sum is neither
    # infinite nor 0.  As the result does not depend on what is subtracted, its gradient
    # is 0, and `Graph.stop_gradient` says so at once.  Without the subtraction, logits
    # of 1000 and 0 give `inf / inf`:
    #
    # >>> graph = Graph()
    # >>> x = graph.constant([1000.0, 0.0])
    # >>> naive = graph.exp(x) / graph.sum(graph.exp(x))
    # >>> with numpy.errstate(over="ignore", invalid="ignore"):
    # ...     print(*Session(graph).run([naive, graph.softmax(x)]))
    # [nan  0.] [1. 0.]
    #
    # What does a softmax do to a gradient?  It is made of operations whose derivatives
    # are known, so `Graph.gradients` finds out, and we need not.  By hand, with
    # $s = \sum_k e^{x_k}$, the quotient rule has two cases.  The logit $x_j$ is in the
    # numerator of $p_j$, and in the denominator of each $p_i$:
    #
    # $$\frac{\partial p_j}{\partial x_j} = \frac{e^{x_j} s - e^{x_j} e^{x_j}}{s^2}
    # = p_j - p_j p_j \qquad
    # \frac{\partial p_i}{\partial x_j} = -\frac{e^{x_i} e^{x_j}}{s^2} = -p_i p_j$$
    #
    # So if $g$ arrives at $p$, then $x_j$ gets the sum over all $i$ of
    # $g_i \, \partial p_i / \partial x_j$, which is
    #
    # $$g_j p_j - \sum_i g_i p_i p_j = p_j \left(g_j - \sum_i g_i p_i\right)$$
    #
    # >>> x = graph.constant([1.0, 2.0, 3.0])
    # >>> g = graph.constant([1.0, 0.0, 0.0])
    # >>> p = graph.softmax(x)
    # >>> (ours,) = graph.gradients(p, [x], grad_y=g)
    # >>> by_hand = p * (g - graph.sum(g * p))
    # >>> for value in Session(graph).run([p, ours, by_hand]):
    # ...     print(value.round(4))
    # [0.09   0.2447 0.6652]
    # [ 0.0819 -0.022  -0.0599]
    # [ 0.0819 -0.022  -0.0599]

    def softmax(self, x, axis=-1, name=None):
        """e^x, divided by its sum over `axis`: positive numbers that sum to 1."""
        exp = self.exp(self._below_zero(x, axis))
        return self.div(exp, self.sum(exp, axis, keepdims=True), name)

    def log_softmax(self, x, axis=-1, name=None):
        """The logarithm of the softmax, finite where the softmax rounds to 0."""
        x = self._below_zero(x, axis)
        return self.sub(x, self.log(self.sum(self.exp(x), axis, keepdims=True)), name)

    def _below_zero(self, x, axis):
        return x - self.stop_gradient(self.max(x, axis, keepdims=True))

    # How wrong is such a classifier?  Let the *label* $t$ be 1 for the right class and
    # 0 for the others.  The *cross-entropy* of an example is minus the logarithm of the
    # probability that the right class gets: 0 if that is 1, and large if it is small.
    #
    # $$L = -\sum_j t_j \ln p_j$$
    #
    # To minimize it over all examples is to find the parameters that make the labels
    # most probable: the product of the probabilities is largest where the sum of their
    # negative logarithms is smallest.
    #
    # With $\ln p_j = x_j - \ln \sum_k e^{x_k}$ this is
    #
    # $$L = -\sum_j t_j x_j + \left(\sum_j t_j\right) \ln \sum_k e^{x_k}
    # = -\sum_j t_j x_j + \ln \sum_k e^{x_k}$$
    #
    # since $t$ sums to 1.  The first part has the derivative $-t_j$ by $x_j$.  For the
    # second, the chain rule: $\ln s$ has the derivative $1/s$, and of the sum
    # $s = \sum_k e^{x_k}$ only one term has $x_j$ in it, so that
    # $\partial s / \partial x_j = e^{x_j}$.
    #
    # $$\frac{\partial}{\partial x_j} \ln \sum_k e^{x_k} =
    # \frac{1}{\sum_k e^{x_k}} \cdot e^{x_j} = p_j$$
    #
    # Together
    #
    # $$\frac{\partial L}{\partial x_j} = p_j - t_j$$
    #
    # The gradient is how far the probabilities are from the label, and nothing else.
    #
    # >>> x = graph.constant([[1.0, 2.0, 3.0]])
    # >>> t = graph.constant([[1.0, 0.0, 0.0]])
    # >>> L = graph.softmax_cross_entropy(x, t)
    # >>> (gradient,) = graph.gradients(L, [x])
    # >>> values = Session(graph).run([L, gradient, graph.softmax(x) - t])
    # >>> print(*(value.round(4) for value in values))
    # 2.4076 [[-0.91    0.2447  0.6652]] [[-0.91    0.2447  0.6652]]
    #
    # This is why softmax and cross-entropy are taken together.  An answer that is wrong
    # and sure of itself, 10 against 0, has a gradient of almost 1, and learns; the
    # gradient of a squared error has the factors $p_j (1 - p_j)$ of the softmax in it,
    # and almost vanishes:
    #
    # >>> x, t = graph.constant([10.0, 0.0]), graph.constant([0.0, 1.0])
    # >>> squared = graph.sum(graph.square(graph.softmax(x) - t))
    # >>> for loss in [graph.softmax_cross_entropy(x, t), squared]:
    # ...     (gradient,) = graph.gradients(loss, [x])
    # ...     print(Session(graph).run(gradient).round(4))
    # [ 1. -1.]
    # [ 0.0002 -0.0002]
    #
    # And the logarithm, as `Graph.log_softmax` computes it, is finite where the softmax
    # itself rounds to 0.

    def softmax_cross_entropy(self, logits, labels, name=None, mean=True):
        """The mean over examples of -sum(labels * log(softmax(logits))).

        `logits` is (..., classes).  `labels` is as well, each row a distribution; or
        it is (...,) of integers, the classes' indices.  Without `mean`, the number of
        each example.
        """
        logits = self.convert(logits)
        if not isinstance(labels, Tensor):
            array = numbers(labels, "labels")
            indices = array.dtype.kind in "iu" and array.ndim + 1 == logits.rank
            labels = self.constant(array, dtype=int if indices else logits.dtype)
        given = labels = self.convert(labels)
        if labels.dtype.kind in "iu":
            attributes = {"depth": _classes(logits), "dtype": logits.dtype.name}
            labels = ops.ClassesOp([labels], self, **attributes).output
        labels = self._ensure_shape(
            self.cast(labels, logits.dtype),
            logits,
            given,
            "; or, if they are classes of type int, that without the last axis",
        )
        each = self.sum(labels * self.log_softmax(logits), axis=-1)
        return self.neg(self.mean(each) if mean else each, name)

    def _ensure_shape(self, x, like, given, hint=""):
        """x, if it has the shape of `like`; ValueError, now or in a run, if not.

        Broadcasting here would hide a mistake: labels of another batch, say.  The
        message calls x what was `given` for it.
        """
        if x.dims == like.dims is not None:
            return x
        if x.dims is not None and like.dims is not None:
            sizes = zip(x.dims, like.dims)
            both = [
                (a, b) for a, b in sizes if isinstance(a, int) and isinstance(b, int)
            ]
            if x.rank != like.rank or any(a != b for a, b in both):
                raise ValueError(f"{given!r} should have the shape of {like!r}{hint}")
        return ops.EnsureShapeOp([x, self.shape(like)], self, what=given.name).output

    # With two classes a single logit is enough: the probability of the one is
    # $p = \sigma(x)$, and of the other $1 - p$.  Since
    # $-\ln \sigma(x) = \ln(1 + e^{-x})$, and this is softplus(-x), and in the same way
    # $-\ln (1 - \sigma(x)) = \ln(1 + e^x)$ is softplus(x), the loss is
    #
    # $$L = t \ln(1 + e^{-x}) + (1 - t) \ln(1 + e^x)$$
    #
    # The derivative of softplus is the sigmoid, so that
    # $\partial L / \partial x = -t\,(1 - p) + (1 - t)\,p = p - t$, as before.  (The
    # loss is the mean over three examples, so each gradient is a third of that.)
    #
    # >>> x = graph.constant([-1e4, 0.5, 1e4])
    # >>> t = graph.constant([0.0, 1.0, 0.0])
    # >>> L = graph.sigmoid_cross_entropy(x, t)
    # >>> (gradient,) = graph.gradients(L, [x])
    # >>> by_hand = graph.sigmoid(x) - t
    # >>> for value in Session(graph).run([3 * gradient, by_hand]):
    # ...     print(value)
    # [ 0.         -0.37754067  1.        ]
    # [ 0.         -0.37754067  1.        ]

    def sigmoid_cross_entropy(self, logits, labels, name=None, mean=True):
        """The mean of -labels log(sigmoid(logits)) - (1 - labels) log(1 - ...).

        Without `mean`, the number of each logit.
        """
        logits = self.convert(logits)
        given = self.convert(labels)
        labels = self._ensure_shape(self.cast(given, logits.dtype), logits, given)
        ones = labels * self.softplus(-logits)
        zeros = (1 - labels) * self.softplus(logits)
        each = self.add(ones, zeros, None if mean else name)
        return self.mean(each, name=name) if mean else each

    # ## Randomness, and effects

    def random_normal(self, shape, mean=0.0, stddev=1.0, dtype=None, name=None):
        """Normally distributed numbers, drawn by the session in each run."""
        limits = {"mean": float(mean), "stddev": _not_negative(stddev)}
        return self._random(ops.RandomNormalOp, shape, dtype, name, limits)

    def random_uniform(self, shape, low=0.0, high=1.0, dtype=None, name=None):
        """Numbers from `low` up to `high`, drawn by the session in each run."""
        limits = {"low": float(low), "high": float(high)}
        if not limits["low"] <= limits["high"]:
            raise ValueError(f"low is at most high, got {low} and {high}")
        return self._random(ops.RandomUniformOp, shape, dtype, name, limits)

    def truncated_normal(self, shape, mean=0.0, stddev=1.0, dtype=None, name=None):
        """Normally distributed numbers, but none that is over two `stddev` off."""
        limits = {"mean": float(mean), "stddev": _not_negative(stddev)}
        return self._random(ops.TruncatedNormalOp, shape, dtype, name, limits)

    def _random(self, kind, shape, dtype, name, limits):
        if self._generator is None:
            self._generator = self._add("generator", "rng", (), None)
        dtype = numpy.dtype(dtype or self.dtype).name
        inputs = [self._generator, self._sizes(shape)]
        return kind(inputs, self, name, dtype=dtype, **limits).output

    # *Dropout* trains a network that cannot rely on any one unit: in each run some are
    # left out at random.  What is kept is divided by `keep_prob`, so that a sum over
    # many units stays what it is on average.

    def dropout(self, x, keep_prob, name=None):
        """Each element of x, with probability `keep_prob`, divided by it; else 0.

        Raises:
            ValueError: `keep_prob` is a number, but not above 0 and at most 1.
            TypeError: x is not of floating point.
        """
        if not isinstance(keep_prob, Tensor) and not 0 < keep_prob <= 1:
            raise ValueError(f"keep_prob is above 0 and at most 1, got {keep_prob}")
        x = self.convert(x)
        if x.dtype.kind != "f":
            raise TypeError(f"dropout of floating point, got {x!r}")
        if isinstance(keep_prob, Tensor):
            # A single number: the output keeps the shape of x.
            keep_prob = self.reshape(keep_prob, ())
        kept = self.random_uniform(self.shape(x), dtype=x.dtype) < keep_prob
        return self.where(kept, x / keep_prob, 0, name)

    def assign(self, variable, value, name=None):
        """Give `variable` a new value at the end of the run; the new value.

        Raises:
            ValueError: it is no variable, or has another shape.
            TypeError: it is of integers, and the value is not.
        """
        variable = self.convert(variable)
        if variable.op is not None or variable.kind in ("constant", "generator"):
            raise ValueError(f"cannot assign to {variable!r}: it is not a variable")
        value = self._current(self.convert(value, variable.dtype))
        if value.dtype.kind == "f" and variable.dtype.kind != "f":
            raise TypeError(
                f"cannot assign {value!r} to {variable!r}: cast it, and say so"
            )
        inputs = [variable, self.cast(value, variable.dtype)]
        replaces = self._assigned.get(variable)
        return ops.AssignOp(inputs, self, name, replaces=replaces).output

    def group(self, tensors, name=None):
        """Run all `tensors` together; fetched, it gives None."""
        return ops.GroupOp(tensors, self, name).output

    # A run is a snapshot: whatever is assigned, all that is read is from before.  What
    # if a step is to come *after* another, and see what that has done?  An operation
    # that is made within `control_dependencies` has *control inputs* besides its own:
    # they run whenever it runs.  Where it reads a variable that they assign, it gets
    # the assigned value instead:
    #
    # >>> graph = Graph()
    # >>> w = graph.variable(0.9, name="w")
    # >>> grow = graph.assign(w, w + 0.2)
    # >>> with graph.control_dependencies([grow]):
    # ...     limit = graph.assign(w, graph.minimum(w, 1.0))
    # >>> session = Session(graph)
    # >>> print(*session.run([w, limit]), session.run(w))
    # 0.9 1.0 1.0
    #
    # To fetch `limit` is to run `grow` as well.  The variable itself, beside it, is
    # still from before the run.  In the program nothing waits for anything; the sum
    # just goes where `w` was read:
    #
    # >>> print(session.program(graph.group([limit])))
    # def program(state, feeds):
    #     w, = state
    #     add = w + 0.2
    #     new_w = np.minimum(add, 1)
    #     return (None,), (new_w,)

    @contextlib.contextmanager
    def control_dependencies(self, tensors):
        """Operations made in this `with` run after `tensors`, and along with them.

        They read what `tensors` assign, by a `ReadOp`, and may assign it again; without
        that, to assign a variable twice in a run is an error.  None instead of a list
        takes back all control inputs, also those from around.

        Raises:
            TypeError: `tensors` is no list of tensors.
            ValueError: one is of another graph.
        """
        if tensors is None:
            inputs, assigned = (), {}
        elif not isinstance(tensors, (list, tuple)):
            raise TypeError(f"a list of control inputs, got {type(tensors).__name__}")
        else:
            implied, assigned = set(), dict(self._assigned)
            for x in tensors:
                if not isinstance(x, Tensor):
                    kind = type(x).__name__
                    raise TypeError(f"control inputs are tensors, got {kind} {x!r}")
                _merge(assigned, self._assignments(self.convert(x)))
                # What it depends on itself need not be said again.
                implied.update(x.op.control_inputs if x.op else ())
            outer = (x for x in self.control_inputs if x not in implied)
            inputs = (*outer, *tensors)
        with self._control(inputs, assigned):
            yield

    def _assignments(self, tensor):
        """What runs with `tensor` and assigns: for each variable the last assignment.

        It is kept for each tensor, and not looked for again behind that.
        """
        known = self._assigned_by
        if tensor not in known:
            order = topological_order([tensor], given=known)
            found = {
                op.inputs[0]: op.output for op in order if type(op) is ops.AssignOp
            }
            for op in order:
                for x in (*op.inputs, *op.control_inputs):
                    _merge(found, known.get(x, {}))
            known[tensor] = found
        return known[tensor]

    @contextlib.contextmanager
    def _control(self, inputs, assigned):
        outside = self.control_inputs, self._assigned
        self.control_inputs, self._assigned = inputs, assigned
        try:
            yield
        finally:
            self.control_inputs, self._assigned = outside

    def _current(self, x):
        """`x`, or for a variable that a control input assigns, what that leaves."""
        if x not in self._assigned:
            return x
        value = self._assigned[x]
        if x.known and value.op.inputs[1].dims != x.dims:
            # The session checks the shape of what it keeps, and this may be replaced.
            value = ops.EnsureShapeOp(
                [value, self.shape(x)], self, what=value.name
            ).output
        return ops.ReadOp([x, value], self).output

    # ## Gradients
    #
    # What is the gradient of a number `y` by a tensor `n`?  By how much `y` changes for
    # a little change of each element of `n`; so it has the shape of `n`.  (If `y` has
    # several elements, we take their sum.)  `n` acts on `y` through the operations that
    # consume it, and the *chain rule* adds up what comes back from each.  With $m$ for
    # the outputs of the consumers of $n$:
    #
    # $$\frac{\partial y}{\partial n} =
    # \sum_m \frac{\partial y}{\partial m} \frac{\partial m}{\partial n}$$
    #
    # Read these as numbers first; what the product is for tensors, each operation
    # knows, and `ops.py` derives.  Take $y = x \cdot x^2$ at $x = 3$, written with an
    # $s = x^2$ between:
    #
    # >>> graph = Graph()
    # >>> x = graph.variable(3.0, name="x")
    # >>> y = graph.mul(x, graph.square(x, name="s"), name="y")
    # >>> (y_by_x,) = graph.gradients(y, [x])
    #
    # ![Down: x to s, x and s to y. Up, beside it: from y's gradient by itself, which is
    # 1, to its gradient by s, and by x on two ways, which are added up.](weave:product)
    #
    # We start at `y`, whose gradient by itself is 1, and walk back, last made first.
    #
    # 1. `y` is a product.  The derivative by each factor is the other one: `s` gets
    #    $1 \cdot x = 3$, and `x` gets a share of $1 \cdot s = 9$.
    # 2. `s` is a square, whose derivative is $2x = 6$.  Its own gradient is 3, so `x`
    #    gets another share of $3 \cdot 6 = 18$.
    # 3. `x` has no operation that made it.  Its gradient is the sum of its shares,
    #    $9 + 18 = 27$; and by hand, $y = x^3$ has the derivative $3 x^2 = 27$.
    #
    # >>> names = ["y_by_s", "y_by_x_via_y", "y_by_x_via_s", "y_by_x"]
    # >>> by_name = {tensor.name: tensor for tensor in graph.tensors}
    # >>> print(*Session(graph).run([by_name[name] for name in names]))
    # 3.0 9.0 18.0 27.0
    #
    # To keep one share and lose the other is the classic mistake; `x + x` would then
    # have the derivative 1.
    #
    # That is all.  When the turn comes to an operation, all consumers of its output
    # have had theirs: the sum over them is complete.  We ask the operation for the
    # *share* of each of its inputs, by `BaseOp.gradient`, and it is asked once, however
    # many paths lead through it.  This is *reverse accumulation*.
    #
    # Why in reverse?  In one walk from `y` we get the gradients by all parameters, a
    # million of them if need be, and each operation's share costs about what the
    # operation itself did.  To walk forwards from a parameter would give how
    # everything changes with this one, and we would need a walk for each.
    #
    # Nothing is computed here.  The gradients are tensors of the same graph, and can
    # be fetched, drawn, and differentiated in their turn: $y'' = 6x$ is 18.
    #
    # >>> (second,) = graph.gradients(y_by_x, [x])
    # >>> print(Session(graph).run(second))
    # 18.0
    #
    # [Exercise 6](exercises/ex06_second_order.py) asks how a gradient changes along a
    # direction, for more parameters than a matrix of second derivatives could have.

    def gradients(self, y, xs, grad_y=None, zeros=True):
        """The derivative of `y` by each of `xs`: a list of tensors of their shapes.

        If `y` is not a scalar, the derivative of the sum of its elements, weighted by
        `grad_y` if that is given.  An x that `y` does not depend on has zeros, or
        without `zeros` has None.

        Raises:
            ValueError: the way from an x to `y` leads through an operation that has
                no derivative, or an x is not of floating point.
            TypeError: `xs` is not a list of tensors.
        """
        y = self.convert(y)
        self._check_differentiable(y, xs)
        # Only what lies on a path from an x to `y` matters: of all that `y` depends on,
        # what the xs reach.
        reached, path = set(xs), []
        for op in topological_order([y]):
            if self._passes_gradient(op) and not reached.isdisjoint(op.inputs):
                reached.add(op.output)
                path.append(op)

        # The derivatives are taken at what the forward operations have read, not at
        # what control inputs assign.
        with self._control(self.control_inputs, {}):
            gradients = self._walk_back(y, xs, path, reached, grad_y, zeros)
        return [gradients[x] for x in xs]

    def _walk_back(self, y, xs, path, reached, grad_y, zeros):
        """The gradients by `xs` and by all outputs on the `path`, by the tensor."""
        # For each tensor its shares, each with the consumer that it came from.
        shares, gradients = defaultdict(list), {}
        rename, made = _Renamer(self, y), len(self.tensors)
        if y in reached:
            seed = self.ones_like(y) if grad_y is None else self.convert(grad_y)
            if seed.dims != ():
                seed = self._ensure_shape(seed, y, seed)
            shares[y].append((self.fit(seed, y), y))
        for op in reversed(path):
            if op.output in shares:
                first = len(self.tensors)
                grad = self._accumulate(shares.pop(op.output), op.output, rename)
                gradients[op.output] = grad
                for x, share in zip(op.inputs, self._shares(op, grad)):
                    if share is not None and x in reached:
                        share = self.fit(self.convert(share), x)
                        shares[x].append((share, op.output))
                for tensor in self.tensors[first:]:
                    tensor.derived_from = op
        for x in xs:
            if x in shares:
                gradients[x] = self._accumulate(shares.pop(x), x, rename)
            elif x not in gradients:
                gradients[x] = self.zeros_like(x) if zeros else None
        for tensor in self.tensors[made:]:
            tensor.derived_from = tensor.derived_from or y.op
        return gradients

    def _passes_gradient(self, op):
        """Whether a gradient goes through `op`, or it is asked for one."""
        return not op.stops_gradient

    def _check_differentiable(self, y, xs):
        if not isinstance(xs, (list, tuple)):
            raise TypeError(f"gradients by a list of tensors, got {type(xs).__name__}")
        for x in [y, *xs]:
            if not isinstance(x, Tensor):
                raise TypeError(f"gradients by tensors, got {type(x).__name__} {x!r}")
            if self.convert(x).dtype is None or x.dtype.kind != "f":
                raise ValueError(f"{x!r} is not of floating point: no derivatives")

    def _shares(self, op, grad):
        shares = op.gradient(grad)
        if not isinstance(shares, (list, tuple)) or len(shares) != len(op.inputs):
            raise ValueError(
                f"the gradient of {op.kind} must be a list of {len(op.inputs)}, one "
                f"for each input, got {shares!r}"
            )
        return shares

    def _accumulate(self, shares, x, rename):
        """The gradient by `x`: the sum of its shares."""
        if len(shares) > 1:
            for share, consumer in shares:
                rename(share, x, consumer)
        total = shares[0][0]
        for share, _ in shares[1:]:
            total = self.add(total, share)
        if x.dtype.kind == "f":
            total = self.cast(total, x.dtype)
        assert total.dims == x.dims, f"{total!r} should have the shape of {x!r}"
        rename(total, x)
        return total

    # ## Gradients and broadcasting
    #
    # Where does a bias's gradient get its shape?  The bias has shape `(4,)` and is
    # added to each of the 8 rows of a batch.  NumPy calls this *broadcasting*: it
    # repeats the smaller operand along the axes that it lacks, or has with size 1.  A
    # sum's derivative is 1, so what arrives for the sum, of shape `(8, 4)`, is handed
    # on.  But each element $b_j$ took part in 8 sums $y_{ij} = x_{ij} + b_j$, and the
    # chain rule adds up what comes back from each:
    #
    # $$\frac{\partial L}{\partial b_j} = \sum_i \frac{\partial L}{\partial y_{ij}}$$
    #
    # >>> graph = Graph()
    # >>> X = graph.constant(numpy.ones((8, 4)))
    # >>> b = graph.variable(numpy.zeros(4))
    # >>> (gradient,) = graph.gradients(graph.sum(X + b), [b])
    # >>> print(gradient.shape, Session(graph).run(gradient))
    # (4,) [8. 8. 8. 8.]
    #
    # Without the sum the gradient would have shape `(8, 4)`.  Of one bias the first
    # update would make eight, one for each example, which would go on to "learn"; here
    # `Graph.assign` would refuse, since a variable keeps its shape.
    #
    # So an operation states its derivative as if all shapes were the same, and `fit`
    # brings what it says to the shape of the input that it is for:
    #
    # - an operand that was *broadcast* took part several times, and each time has a
    #   share in the derivative: we sum over the axes along which it was repeated;
    # - an operand that was *reduced* had all its elements go into one, and the
    #   derivative by each is that of the one: we repeat it along the reduced axes.
    #
    # The two are each other's opposites: what one does forwards, the other does
    # backwards.  If a size is unknown until a run, whether an axis was repeated is
    # unknown as well, and a `FitOp` finds out in the run.
    #
    # [Exercise 5](exercises/ex05_unbroadcast.py) asks for the sums, in NumPy.

    def fit(self, tensor, like):
        """`tensor` summed and spread over its axes to have the shape of `like`."""
        have, want = tensor.dims, like.dims
        if have is None or want is None:
            return ops.FitOp([tensor, self.shape(like)], self).output
        if len(have) > len(want):
            # An axis that `like` does not have; a scalar has none at all.
            return self.fit(self.sum(tensor, axis=0 if want else None), like)
        pairs = list(zip(have, want[len(want) - len(have) :]))
        for a, b in pairs:
            if a != b and 1 not in (a, b):
                if isinstance(a, int) and isinstance(b, int):
                    raise ValueError(f"{tensor!r} does not fit the shape of {like!r}")
                # One of the sizes is unknown, and may be 1.
                return ops.FitOp([tensor, self.shape(like)], self).output
        repeated = tuple(i for i, (a, b) in enumerate(pairs) if a != 1 and b == 1)
        if repeated:
            tensor = self.sum(tensor, repeated, keepdims=True)
        if tensor.dims != want:
            tensor = self.broadcast_to(tensor, self.shape(like))
        return tensor

    def draw(self, tensors=None):
        """A picture of what `tensors` depend on, or of the whole graph: a `Drawing`.

        Raises:
            ImportError: pygraphviz is not installed.
            TypeError: what to draw is not a tensor.
            ValueError: a tensor is of another graph.
        """
        # Only who draws needs it.
        from draw import Drawing

        if tensors is None:
            tensors = self.tensors
        tensors = tensors if isinstance(tensors, (list, tuple)) else [tensors]
        for tensor in tensors:
            if not isinstance(tensor, Tensor):
                kind = type(tensor).__name__
                raise TypeError(f"expected tensors to draw, got {kind} {tensor!r}")
            self.convert(tensor)
        return Drawing(tensors)

    # ## The default graph
    #
    # There is always a graph that is used when none is named.  `graph.as_default()`
    # replaces it; `with graph.as_default():` gives the old one back at the end.

    _default = None

    @staticmethod
    def get_default():
        """The default graph."""
        if Graph._default is None:
            Graph._default = Graph()
        return Graph._default

    def as_default(self):
        """Make this the default graph: for good, or as long as a `with` lasts."""
        previous, Graph._default = Graph._default, self
        return _Default(self, previous)

    @property
    def sessions(self):
        """The sessions whose `with` this thread is in, the innermost one last."""
        if not hasattr(self._local, "sessions"):
            self._local.sessions = []
        return self._local.sessions


# The gradient of `loss` by `hidden` is called `loss_by_hidden`, and where it is a sum,
# the shares are called after the consumers that they came from.


class _Renamer:
    """Names the tensors that a call of `gradients` makes by what they are.

    A tensor that was there before keeps its name, and no tensor is renamed twice.  In
    high derivatives such names would grow out of hand: these keep "mul_21".
    """

    def __init__(self, graph, y):
        self.graph, self.y = graph, y
        self.made, self.renamed = len(graph.tensors), set()

    def __call__(self, tensor, x, consumer=None):
        name = f"{self.y.name}_by_{x.name}"
        if consumer is not None:
            name += f"_via_{consumer.name}"
        new = tensor.index >= self.made and tensor not in self.renamed
        if new and len(name) <= 60:
            self.renamed.add(tensor)
            self.graph._release(tensor.name)
            tensor.name = self.graph._unique(name)
            tensor.gradient_of = (self.y, x, consumer)


class _Default:
    """What `as_default` gives: leaving its `with` brings the old default back."""

    def __init__(self, graph, previous):
        self.graph, self.previous = graph, previous

    def __enter__(self):
        return self.graph

    def __exit__(self, *_):
        Graph._default = self.previous


# An error says on which line of the user's program a tensor was made: the innermost
# one that is outside of these modules.

_OURS = {"graph", "ops", "program", "session", "tensor", "train"}
_OURS |= {"tf.graphs", "tf.nn", "tf.operations", "tf.scopes", "tf.train"}
_OURS |= {"tf.updates", "tf.values"}


def _users_line():
    """The file and line of the user's program that we were called from."""
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__") in _OURS:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


def _check_value(tensor):
    """`tensor`, unless it is a group; then ValueError."""
    if tensor.kind == "group":
        raise ValueError(f"'{tensor.name}' is a group: it has no value to use")
    return tensor


def _check_no_comparison(x, name):
    """TypeError for True and False, which is what == makes of tensors."""
    if isinstance(x, bool):
        raise TypeError(
            f"{name} of {x}: == says whether two tensors are the same one; "
            "graph.equal compares their values"
        )


def _type(dtype):
    """`dtype` as NumPy's, if it is one of numbers or truth values; else TypeError."""
    dtype = numpy.dtype(dtype)
    if dtype.kind not in "biuf":
        raise TypeError(f"expected a type of real numbers or truth values, got {dtype}")
    return dtype


def _as_tuple(value):
    return tuple(value) if isinstance(value, (list, tuple, numpy.ndarray)) else (value,)


def _size(size, least=0):
    """A size as an int; ValueError if it is below `least`."""
    size = operator.index(size)
    if size < least:
        raise ValueError(f"the size of an axis is at least {least}, got {size}")
    return size


def _dims(shape):
    """`shape`, as users write it, as `Tensor.dims`."""
    if shape is None:
        return None
    unknown = (type(None), Unknown)
    sizes = _as_tuple(shape)
    return tuple(Unknown() if isinstance(x, unknown) else _size(x) for x in sizes)


def _holds_tensors(value):
    """Whether there are tensors in a list, or in lists in it."""
    lists = (list, tuple)
    return isinstance(value, lists) and any(
        isinstance(part, Tensor) or _holds_tensors(part) for part in value
    )


def _merge(assigned, others):
    """Add to `assigned` the assignments in `others` that are later ones."""
    for variable, output in others.items():
        if variable not in assigned or assigned[variable].index < output.index:
            assigned[variable] = output


def _axis(axis):
    """`axis` as None or an int."""
    return axis if axis is None else operator.index(axis)


def _axes(axis):
    """`axis` as None, an int, or a tuple of ints."""
    if isinstance(axis, (list, tuple)):
        return tuple(map(operator.index, axis))
    return _axis(axis)


def _index(part):
    """One part of an index, as `getitem` takes it."""
    if isinstance(part, slice):
        ends = (part.start, part.stop, part.step)
        return slice(*(end if end is None else _index(end) for end in ends))
    if part is None or part is ...:
        return part
    if isinstance(part, Tensor) or numpy.ndim(part):
        raise TypeError("an index of integers, slices, ... or None; else use gather")
    if isinstance(part, (bool, numpy.bool_)):
        raise TypeError(f"an index of integers, slices, ... or None, got {part}")
    return operator.index(part)


def _not_negative(stddev):
    if not stddev >= 0:
        raise ValueError(f"stddev is at least 0, got {stddev}")
    return float(stddev)


def _classes(logits):
    if not logits.rank or not isinstance(logits.dims[-1], int):
        raise ValueError(f"the number of classes in {logits!r} must be known")
    return logits.dims[-1]
