# # Can you find a wrong shape before you run?
#
# In PyTorch you learn about it when the data gets there, perhaps after an hour of
# loading.  A graph can tell you on the line where you make the mistake, if each tensor
# knows its shape.
#
# But how many examples will be in a batch?  Only a run knows, so we write `None`.  Each
# `None` becomes a new object, equal only to itself.  So we don't know how many rows `X`
# has, but we do know that `X @ W` has just as many.  Whether `Y` does, we can't tell.
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> X = graph.placeholder((None, 3), name="X")
# >>> Y = graph.placeholder((None, 2), name="Y")
# >>> W = graph.constant(numpy.ones((3, 2)), name="W")
# >>> X @ W
# <Tensor 'dot' (?, 2) float64 = dot(X, W)>
# >>> (X @ W).dims[0] is X.dims[0], X.dims[0] == Y.dims[0]
# (True, False)

import math
import operator

import numpy

import ops
from gradients import FitOp
from mixins.rules import Rules
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


class Unknown:
    """The size of an axis that only a run knows."""

    __slots__ = ()

    def __repr__(self):
        return "?"


def show_shape(dims):
    """Format `dims` for people: (?, 3), or "unknown" if the rank is unknown."""
    if dims is None:
        return "unknown"
    return "(" + ", ".join(map(str, dims)) + ("," if len(dims) == 1 else "") + ")"


class ShapedTensor:
    """A tensor that knows its shape, as far as the graph can tell.

    Attributes:
        dims: the size of each axis, an int or an `Unknown`; None if the rank is
            unknown.
    """

    dims = None

    @property
    def shape(self):
        """A tuple with None for each unknown size, or just None for an unknown rank."""
        if self.dims is None:
            return None
        return tuple(None if isinstance(size, Unknown) else size for size in self.dims)

    @property
    def rank(self):
        """The number of axes, or None if it's unknown."""
        return None if self.dims is None else len(self.dims)

    @property
    def known(self):
        """Whether every size is known."""
        return self.dims is not None and all(isinstance(n, int) for n in self.dims)


# ## How does (5, 1, 3) meet (4, 1)? {#broadcasting}
#
# An elementwise operation needs inputs of the same shape.  So NumPy *broadcasts* them:
# it aligns their shapes on the right, and repeats along each axis that's missing or has
# size 1.
#
# >>> broadcast((4, 3), (3,)), broadcast((5, 1, 3), (4, 1))
# ((4, 3), (5, 4, 3))


def broadcast(*shapes):
    """Return the shape that NumPy broadcasts `shapes` to, None if a rank is unknown.

    Raises ValueError if they don't fit together.
    """
    # Usually the shapes are all alike, apart from scalars.
    if len(shapes) < 3 and shapes and shapes[0] == shapes[-1]:
        return shapes[0]
    distinct = {*shapes} - {()}
    if len(distinct) < 2:
        return next(iter(distinct), ())
    if None in shapes:
        return None
    result = []
    for axis in range(-max(map(len, shapes)), 0):
        # A dictionary drops duplicates, but keeps the order.
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
            # Two unknown sizes may be equal, or one of them may be 1.
            result.append(Unknown())
    return tuple(result)


def positive_axes(axis, rank):
    """Return `axis` as a tuple, counted from 0; ValueError if one isn't there."""
    if type(axis) is int and -rank <= axis < rank:
        return (axis % rank,)
    axes = range(rank) if axis is None else axis
    return numpy.lib.array_utils.normalize_axis_tuple(axes, rank)


# ## What shape comes out? {#the-shape-of-each-operation}
#
# Each class of operations has a [rule](mixins/rules.py) that works out the output's
# shape.  For your own class, write it as a method, `infer_shape`.  The rules also catch
# your mistakes:
#
# >>> graph.concat([X, Y])
# Traceback (most recent call last):
#     ...
# ValueError: concat of 'X' (?, 3), 'Y' (?, 2): sizes differ on axis ...

DIMS = Rules("infer_shape")


@DIMS.of(ops.BaseOp)
def _base_dims(op, *dims):
    """Return the sizes it's given, or broadcast if elementwise, or None."""
    if op.sizes:
        return stated_dims(op.inputs[op.sizes[-1]])
    return broadcast(*dims) if op.elementwise else None


@DIMS.of(ops.ReduceOp)
def _reduced_dims(op, dims):
    if dims is None:
        return () if op.axis is None and not op.keepdims else None
    axes = positive_axes(op.axis, len(dims))
    sizes = [1 if i in axes else size for i, size in enumerate(dims)]
    return tuple(s for i, s in enumerate(sizes) if op.keepdims or i not in axes)


@DIMS.of(ops.CountOp)
def _count_dims(op, dims):
    if dims is not None:
        positive_axes(op.axis, len(dims))
    return ()


@DIMS.of(ops.DotOp)
def _dot_dims(op, a, b):
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


@DIMS.of(ops.TransposeOp)
def _transposed_dims(op, dims):
    return dims and dims[::-1]


@DIMS.of(ops.PermuteOp)
def _permuted_dims(op, dims):
    if dims is None:
        return tuple(Unknown() for _ in op.axes)
    if sorted(op.axes) != list(range(len(dims))):
        raise ValueError(
            f"axes {op.axes} do not name each axis from 0 to {len(dims) - 1} once"
        )
    return tuple(dims[axis] for axis in op.axes)


@DIMS.of(ops.ShapeOp)
def _shape_dims(op, dims):
    return (Unknown() if dims is None else len(dims),)


@DIMS.of(ops.ReshapeOp)
def _reshaped_dims(op, dims, _):
    shape = stated_dims(op.inputs[1])
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


@DIMS.of(ops.BroadcastOp)
def _repeated_dims(op, dims, _):
    target = stated_dims(op.inputs[1])
    if target is not None and None not in (*target, dims):
        broadcast(dims, target)
    return target


@DIMS.of(ops.ExpandDimsOp)
def _expanded_dims(op, dims):
    if op.axis is None:
        raise ValueError("expected an axis, or several, got None")
    if dims is None:
        return None
    axes = (op.axis,) if isinstance(op.axis, int) else op.axis
    rank = len(dims) + len(axes)
    for axis in axes:
        if not -rank <= axis < rank:
            raise ValueError(
                f"axis {axis} is not in [{-rank}, {rank - 1}]: {op.inputs[0]!r}"
            )
    axes, sizes = positive_axes(axes, rank), iter(dims)
    return tuple(1 if i in axes else next(sizes) for i in range(rank))


@DIMS.of(FitOp)
def _fitted_dims(op, share, like):
    return like


# A variable keeps its shape.  Forget to sum a bias's gradient over a batch of eight,
# and the first update would turn one bias into eight, which then go on to "learn".


@DIMS.of(ops.AssignOp)
def _assigned_dims(op, variable, value):
    if variable is None or value is None:
        return variable or value
    sizes = zip(variable, value)
    if len(variable) != len(value) or any(
        isinstance(a, int) and isinstance(b, int) and a != b for a, b in sizes
    ):
        raise ValueError("a variable keeps its shape")
    return variable


# Some operations take a shape as an input: a vector of sizes.  The graph often knows
# them anyway, because the vector is a constant, another tensor's shape, or built from
# those.


def stated_dims(tensor):
    """Return the dims that `tensor`, a vector of sizes, stands for, or None."""
    if tensor.kind == "constant":
        return tuple(int(size) for size in tensor.initial_value)
    if isinstance(tensor.op, ops.ShapeOp):
        return tensor.op.inputs[0].dims
    if isinstance(tensor.op, SizesOp):
        return tuple(map(stated_size, tensor.op.inputs))
    if tensor.known:
        return tuple(Unknown() for _ in range(*tensor.dims))
    return None


def stated_size(tensor):
    """Return the size that `tensor`, a single number, stands for, or an `Unknown`."""
    if tensor.kind == "constant":
        return int(tensor.initial_value)
    if tensor.kind == "getitem" and len(tensor.op.index) == 1:
        (vector,), (i,) = tensor.op.inputs, tensor.op.index
        if vector.kind == "constant" or isinstance(vector.op, ops.ShapeOp):
            sizes = stated_dims(vector)
            return Unknown() if sizes is None else sizes[i]
    return Unknown()


# ## Three operations about shapes {#operations-of-this-room}


class SizesOp(ops.BaseOp):
    """A shape built from the sizes of its axes."""

    stops_gradient = True

    def compute(self, np, *sizes):
        return numpy.array(sizes, dtype=int)

    def infer_shape(self, *sizes):
        if any(sizes) or any(x.dtype.kind not in "iu" for x in self.inputs):
            raise ValueError("the size of an axis is a single integer")
        return (len(sizes),)

    def infer_dtype(self, *_):
        return numpy.dtype(int)


class EnsureShapeOp(ops.BaseOp):
    """y = x, but a run raises ValueError if x doesn't have the given shape."""

    sizes = (1,)

    def compute(self, np, x, shape):
        if x.shape != tuple(shape):
            expected = tuple(map(int, shape))
            raise ValueError(
                f"'{self.what}': expected the shape {expected}, got {x.shape}"
            )
        return x

    def gradient(self, grad):
        return [grad, None]


class SqueezeOp(ops.BaseOp):
    """x without its axes of size 1: those in `axis`, or all if that's None."""

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


# ## How does a graph use all this? {#the-room}


class Shapes:
    """A graph that knows shapes, and catches a wrong one before you run."""

    def operands(self, op, inputs):
        if op.sizes:
            least = -1 if isinstance(op, ops.ReshapeOp) else 0
            inputs = list(inputs)
            for i in op.sizes:
                inputs[i] = self._sizes(inputs[i], least)
        return super().operands(op, inputs)

    def _sizes(self, shape, least):
        """Turn a shape, as you'd write it, into a tensor."""
        if isinstance(shape, Tensor):
            if shape.rank not in (None, 1) or shape.dtype.kind not in "iu":
                raise TypeError(f"a shape is a vector of integers, got {shape!r}")
            for size in shape.initial_value if shape.kind == "constant" else ():
                as_size(size, least)
            return shape
        sizes = as_tuple(shape)
        if any(isinstance(size, Tensor) for size in sizes):
            sizes = [self.convert(size, int) for size in sizes]
            return SizesOp(sizes, self, "shape").output
        sizes = [as_size(size, least) for size in sizes]
        return self.constant(numpy.array(sizes, dtype=int), "shape", int)

    def tensor(
        self, initial_value=None, op=None, name=None, kind=None, shape=None, **facts
    ):
        if op is None:
            tensor = super().tensor(initial_value, None, name, kind, **facts)
            first = tensor.initial_value
            if first is None:
                tensor.dims = as_dims(shape)
            else:
                tensor.dims = (
                    as_dims(first.dims) if isinstance(first, Tensor) else first.shape
                )
            return tensor
        try:
            dims = DIMS[type(op)](op, *[x.dims for x in op.inputs])
        except ValueError as error:
            given = ", ".join(f"'{x.name}' {show_shape(x.dims)}" for x in op.inputs)
            raise ValueError(f"{op.kind} of {given}: {error}") from None
        tensor = super().tensor(None, op, name)
        tensor.dims = dims
        return tensor

    def reduce(self, op_class, x, axis=None, keepdims=False, name=None):
        """Reduce x with an operation of the class `op_class`."""
        if axis is not None:
            axes = axis if isinstance(axis, (list, tuple)) else [axis]
            axes = tuple(whole(i, f"an axis of {op_class.kind}") for i in axes)
            axis = axes if isinstance(axis, (list, tuple)) else axes[0]
        return super().reduce(op_class, x, axis, keepdims, name)

    # In a run, a `FitOp` fits a gradient to its tensor.  If we know both shapes, we can
    # tell what it would do: usually nothing.

    def fit(self, share, like):
        have, want = share.dims, like.dims
        if have == ():
            return share if want == () else self.broadcast_to(share, self.shape(like))
        if have is None or want is None:
            return super().fit(share, like)
        if len(have) > len(want):
            # Sum over an axis that `like` lacks; if it's a scalar, over all of them.
            return self.fit(self.sum(share, axis=0 if want else None), like)
        pairs = list(zip(have, want[len(want) - len(have) :]))
        for a, b in pairs:
            if a != b and 1 not in (a, b):
                if isinstance(a, int) and isinstance(b, int):
                    raise ValueError(f"{share!r} does not fit the shape of {like!r}")
                # One of the sizes is unknown, and might be 1.
                return super().fit(share, like)
        repeated = tuple(i for i, (a, b) in enumerate(pairs) if a != 1 and b == 1)
        if repeated:
            share = self.sum(share, repeated, keepdims=True)
        if share.dims != want:
            share = self.broadcast_to(share, self.shape(like))
        return share

    # Two operations only care about the shape of x.  If the graph knows it, they become
    # constants.

    def shape(self, x, name=None, dtype=int):
        """Return the shape of x, a vector of integers; a constant if it's known."""
        x = self.convert(x)
        if not x.known:
            return super().shape(x, name, dtype)
        return self.constant(numpy.array(x.dims, dtype), name or "shape", dtype)

    def count(self, x, axis=None, name=None):
        """Return how many elements of x a sum over `axis` adds up, as a float."""
        x, axis = self.convert(x), ops.as_axes(axis)
        if x.rank is not None and x.dtype is not None:
            sizes = [x.dims[i] for i in positive_axes(axis, x.rank)]
            if all(isinstance(size, int) for size in sizes):
                dtype = x.dtype if x.dtype.kind == "f" else self.dtype
                return self.constant(math.prod(sizes), name, dtype)
        return super().count(x, axis, name)

    def match_shape(self, x, like, given=None, hint=""):
        """Return x; raise ValueError, here or in a run, unless it has `like`'s shape.

        Broadcasting would hide a mistake, like labels from another batch.  The message
        shows `given` in place of x.
        """
        given = x if given is None else given
        if x.dims == like.dims is not None:
            return x
        if x.dims is not None and like.dims is not None:
            sizes = zip(x.dims, like.dims)
            both = [
                (a, b) for a, b in sizes if isinstance(a, int) and isinstance(b, int)
            ]
            if x.rank != like.rank or any(a != b for a, b in both):
                raise ValueError(f"{given!r} should have the shape of {like!r}{hint}")
        return EnsureShapeOp([x, self.shape(like)], self, what=given.name).output

    def squeeze(self, x, axis=None, name=None):
        """Drop axes of size 1: those in `axis`, or all of them."""
        return SqueezeOp([x], self, name, axis=ops.as_axes(axis)).output

    def zeros_like(self, x, name=None):
        """Return zeros with the shape of x."""
        return self._fill(0, x, name)

    def ones_like(self, x, name=None):
        """Return ones with the shape of x."""
        return self._fill(1, x, name)

    def _fill(self, value, x, name):
        x = self.convert(x)
        value = self.constant(value, dtype=x.dtype)
        return value if x.dims == () else self.broadcast_to(value, self.shape(x), name)


def as_tuple(value):
    """Return a list or array as a tuple, and anything else in a tuple."""
    return tuple(value) if isinstance(value, (list, tuple, numpy.ndarray)) else (value,)


def whole(value, what):
    """Return `value` as an int, or raise a TypeError that calls it `what`."""
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{what} is a whole number, got {value!r}") from None


def as_size(size, least=0):
    """Return a size as an int; ValueError if it's below `least`."""
    size = whole(size, "the size of an axis")
    if size < least:
        raise ValueError(f"the size of an axis is at least {least}, got {size}")
    return size


def as_dims(shape):
    """Turn a shape, as you'd write it, into `ShapedTensor.dims`."""
    if shape is None:
        return None
    unknown = (type(None), Unknown)
    sizes = as_tuple(shape)
    return tuple(Unknown() if isinstance(x, unknown) else as_size(x) for x in sizes)


def check_shape(tensor, shape, sizes, verb, made=""):
    """Raise ValueError if `tensor` can't have `shape`; `verb` says what you tried.

    `sizes` collects the values of the unknown sizes in this run.
    """
    if tensor.dims is None:
        return
    fits, other = len(shape) == len(tensor.dims), None
    for dim, size in zip(tensor.dims, shape):
        if dim != size and not isinstance(dim, Unknown):
            fits = False
        elif dim != size and sizes.setdefault(dim, size) != size:
            fits, other = False, sizes[dim]
    if not fits:
        also = "" if other is None else f", and ? is {other} in another feed"
        raise ValueError(
            f"Cannot {verb} value of shape {shape} for Tensor '{tensor.name}', which "
            f"has shape {show_shape(tensor.dims)}{also}{made}"
        )
