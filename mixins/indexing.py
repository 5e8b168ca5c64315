# # What's the gradient of x[1:3]?
#
# You cut something out, compute with it, and a gradient comes back for the piece.  What
# about the rest of `x`?  It had no part in the result, so its gradient is 0.  So we put
# the piece back where it was, into zeros.
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.variable([1.0, 2.0, 3.0, 4.0])
# >>> (by_x,) = graph.gradients(graph.square(x[1:3]), [x])
# >>> print(Session(graph).run(by_x))
# [0. 4. 6. 0.]


import numpy

import ops
from mixins.shapes import Unknown, as_size, as_tuple, positive_axes, stated_dims, whole
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


class IndexedTensor:
    """A tensor that you can index with brackets."""

    def __getitem__(self, index):
        return self.graph.getitem(self, index)


class GetitemOp(ops.BaseOp):
    """y = x[index], with integers, slices, `...` and None."""

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


def _add_at(np, x, shape, index):
    """Zeros of `shape`, with the elements of `x` added at `index`."""
    zeros = np.zeros(shape, x.dtype)
    np.add.at(zeros, index, x)
    return zeros


class PutOp(ops.BaseOp):
    """Zeros of the given shape, except that y[index] = x."""

    sizes = (1,)

    def compute(self, np, x, shape):
        return _add_at(np, x, shape, self.index)

    def gradient(self, grad):
        return [grad[self.index], None]


class GatherOp(ops.BaseOp):
    """y = the slices of x at `indices`, an array of integers, along `axis`."""

    def compute(self, np, x, indices):
        return np.take(x, indices, axis=self.axis)

    def gradient(self, grad):
        (x, indices), graph = self.inputs, self.graph
        inputs = [grad, indices, graph.shape(x)]
        return [ScatterOp(inputs, graph, axis=self.axis).output, None]

    def infer_shape(self, dims, indices):
        if self.inputs[1].dtype.kind not in "iu":
            raise ValueError("expected integers as indices")
        if dims is None or indices is None:
            return None
        (axis,) = positive_axes(self.axis, len(dims))
        return dims[:axis] + indices + dims[axis + 1 :]


# This is how you look up words in an embedding: `gather` picks rows of a table by
# number.  Pick a row twice, and it gets two shares of the gradient.  `array[rows] +=
# grad` would lose one of them, because NumPy reads the row once for both:
#
# >>> lost = numpy.zeros((2, 2))
# >>> lost[[1, 1, 0]] += 1
# >>> print(lost)
# [[1. 1.]
#  [1. 1.]]
#
# So the gradient adds the shares one after the other, with `numpy.add.at`:
#
# ![Rows 2, 0 and 2 of x become y. On the way back, the rows of G are added to where
# they came from.](weave:sheet-gather "Row 2 was gathered twice: 1 + 100 is 101.")
#
# >>> table = graph.variable([[1.0, 2.0], [3.0, 4.0]])
# >>> rows = graph.gather(table, [1, 1, 0])
# >>> (by_table,) = graph.gradients(rows, [table])
# >>> print(Session(graph).run(by_table))
# [[1. 1.]
#  [2. 2.]]
#
# [Exercise 12](exercises/ex12_gather.py) asks you for both directions in NumPy.


class ScatterOp(ops.BaseOp):
    """Zeros of the given shape, plus slices of x at `indices` along `axis`."""

    sizes = (2,)

    def compute(self, np, x, indices, shape):
        return _add_at(np, x, shape, self.where(indices))

    def where(self, indices):
        """Return the index of the slices within the zeros."""
        before = (slice(None),) * self.axis if self.axis >= 0 else (...,)
        after = (slice(None),) * (-1 - self.axis)
        return (*before, indices, *after)

    def gradient(self, grad):
        indices = self.inputs[1]
        return [self.graph.gather(grad, indices, axis=self.axis), None, None]


class ConcatOp(ops.BaseOp):
    """The inputs joined along `axis`; the gradient is cut into pieces again."""

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
        return numpy.result_type(*dtypes) if dtypes else self.graph.dtype


class ConcatPartOp(ops.BaseOp):
    """The slice of x for input `part`, when only a run knows the sizes."""

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


class PadOp(ops.BaseOp):
    """x with `ends` before and after each axis, filled with `value`."""

    def compute(self, np, x):
        return np.pad(x, self.ends, constant_values=self.value)

    def gradient(self, grad):
        inside = [slice(a, -b if b else None) for a, b in self.ends]
        return [grad[tuple(inside)]]

    def infer_shape(self, dims):
        if dims is None:
            return tuple(Unknown() for _ in self.ends)
        if len(dims) != len(self.ends):
            raise ValueError(f"{len(self.ends)} pairs of numbers for {len(dims)} axes")
        return tuple(
            size + a + b if isinstance(size, int) else size if a + b == 0 else Unknown()
            for size, (a, b) in zip(dims, self.ends)
        )


class OneHotOp(ops.BaseOp):
    """A row of `depth` numbers for each index: 1 at the index, else 0."""

    def compute(self, np, indices):
        return (indices[..., None] == np.arange(self.depth)).astype(self.dtype)

    def infer_shape(self, dims):
        return None if dims is None else (*dims, self.depth)

    def infer_dtype(self, _):
        return numpy.dtype(self.dtype)


# Broadcasting repeats an axis of size 1.  A *tile* repeats everything: 1, 2 becomes 1,
# 2, 1, 2.  Each element is in every copy, so its gradient is a sum over the copies: we
# cut the incoming gradient into tiles again, and add them up.
#
# >>> x = graph.variable([1.0, 2.0])
# >>> tiled = graph.tile(x, [2]) * [1.0, 10.0, 100.0, 1000.0]
# >>> print(Session(graph).run(graph.gradients(tiled, [x])[0]))
# [ 101. 1010.]


class TileOp(ops.BaseOp):
    """x repeated `multiples` times along each axis, one copy after the other."""

    sizes = (1,)

    def compute(self, np, x, multiples):
        return np.tile(x, multiples)

    def gradient(self, grad):
        x, multiples = self.inputs
        inputs = [grad, multiples, self.graph.shape(x)]
        return [UntileOp(inputs, self.graph).output, None]

    def infer_shape(self, dims, _):
        multiples = stated_dims(self.inputs[1])
        if multiples is None or dims is None:
            return None
        # NumPy would take fewer multiples than axes, and leave the first axes alone.
        if len(multiples) != len(dims):
            raise ValueError(f"{len(multiples)} multiples for {len(dims)} axes")
        return tuple(map(_times, dims, multiples))


def _times(size, multiple):
    """Return the size of an axis after repeating it."""
    if isinstance(size, int) and isinstance(multiple, int):
        return size * multiple
    return size if multiple == 1 else Unknown()


class UntileOp(ops.BaseOp):
    """The sum of the tiles of x, `multiples` of them along each axis."""

    sizes = (1, 2)

    def compute(self, np, x, multiples, shape):
        gap = x.ndim - len(multiples), x.ndim - len(shape)
        multiples, sizes = (1,) * gap[0] + (*multiples,), (1,) * gap[1] + (*shape,)
        pairs = [size for pair in zip(multiples, sizes) for size in pair]
        tiles = x.reshape(pairs).sum(axis=tuple(range(0, len(pairs), 2)))
        return tiles.reshape(shape)

    def gradient(self, grad):
        multiples = self.inputs[1]
        return [self.graph.tile(grad, multiples), None, None]


class Indexing:
    """A graph that cuts tensors up and puts them together."""

    def getitem(self, x, index, name=None):
        """Return x[index], with integers, slices, `...` and None."""
        index = tuple(map(_index, index if isinstance(index, tuple) else (index,)))
        return GetitemOp([x], self, name, index=index).output

    def gather(self, x, indices, axis=0, name=None):
        """Pick slices of x along `axis` by `indices`, integers in any shape."""
        inputs = [self.convert(x), self.convert(indices, int)]
        return GatherOp(inputs, self, name, axis=whole(axis, "an axis")).output

    def concat(self, values, axis=0, name=None):
        """Join `values` along `axis`."""
        return ConcatOp(values, self, name, axis=whole(axis, "an axis")).output

    def stack(self, values, axis=0, name=None):
        """Join `values`, all of the same shape, along a new `axis`."""
        return self.concat([self.expand_dims(x, axis) for x in values], axis, name)

    def pad(self, x, ends, value=0, name=None):
        """Return x with `value` around it: `ends` has a pair of numbers for each axis.

        `[(0, 0), (1, 2)]` adds one column before a matrix, and two behind it.
        """
        pairs = [as_tuple(pair) for pair in as_tuple(ends)]
        if any(len(pair) != 2 for pair in pairs):
            raise ValueError(
                f"pad: expected a pair of numbers for each axis, got {ends!r}"
            )
        ends = tuple(tuple(as_size(n) for n in pair) for pair in pairs)
        return PadOp([x], self, name, ends=ends, value=value).output

    def one_hot(self, indices, depth, dtype=None, name=None):
        """Return a row of `depth` numbers for each index: 1 at the index, else 0."""
        indices, dtype = self.convert(indices, int), numpy.dtype(dtype or self.dtype)
        attributes = {"depth": as_size(depth), "dtype": dtype.name}
        return OneHotOp([indices], self, name, **attributes).output

    def tile(self, x, multiples, name=None):
        """Repeat x along each axis, as often as `multiples` says."""
        return TileOp([x, multiples], self, name).output


def _index(part):
    """Return one part of an index, checked, with plain integers."""
    if isinstance(part, slice):
        ends = (part.start, part.stop, part.step)
        return slice(*(end if end is None else _index(end) for end in ends))
    if part is None or part is ...:
        return part
    if isinstance(part, Tensor) or numpy.ndim(part):
        raise TypeError("an index of integers, slices, ... or None; else use gather")
    if isinstance(part, (bool, numpy.bool_)):
        raise TypeError(f"an index of integers, slices, ... or None, got {part}")
    return whole(part, "an index")
