# # Who gets which share, if many point at one?
#
# [`gather`](mixins/indexing.py) takes rows by number.  Here's the other direction:
# you have numbers, each with an address, and send them there.  Two with the same
# address add up.  That's how you sum by group, without a loop:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> pay = graph.variable([10.0, 20.0, 30.0, 40.0], name="pay")
# >>> by_team = graph.segment_sum(pay, [0, 1, 0, 2], 3)
# >>> print(Session(graph).run(by_team))
# [40. 20. 40.]
#
# And the gradient?  Each amount arrived at one address, so its gradient is picked up
# from there.  Scattering and gathering are each other's gradients.

import ops
from mixins.indexing import ScatterOp
from mixins.shapes import Unknown, as_size
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


# An address of several numbers, one for each axis, is a row of `indices`.


def by_axis(indices):
    """Rows of indices, as NumPy takes them: an array for each axis."""
    return tuple(indices[..., i] for i in range(indices.shape[-1]))


class GatherNdOp(ops.BaseOp):
    """y[...] = x[indices[...]], where the last axis of `indices` is an index of x."""

    def compute(self, np, x, indices):
        return x[by_axis(indices)]

    def gradient(self, grad):
        (x, indices), graph = self.inputs, self.graph
        return [ScatterNdOp([grad, indices, graph.shape(x)], graph).output, None]

    def infer_shape(self, dims, indices):
        if self.inputs[1].dtype.kind not in "iu":
            raise ValueError("expected integers as indices")
        if indices == ():
            raise ValueError("expected a row of indices for each element")
        if dims is None or indices is None or isinstance(indices[-1], Unknown):
            return None
        if indices[-1] > len(dims):
            raise ValueError(f"{indices[-1]} indices for {len(dims)} axes")
        return indices[:-1] + dims[indices[-1] :]


class ScatterNdOp(ScatterOp):
    """Zeros of the given shape, plus x[...] at indices[...]."""

    def where(self, indices):
        """Return the index of the elements within the zeros."""
        return by_axis(indices)

    def gradient(self, grad):
        indices = self.inputs[1]
        return [self.graph.gather_nd(grad, indices), None, None]


class Scatters:
    """A graph that sends numbers to where they belong."""

    def gather_nd(self, x, indices, name=None):
        """Return the elements, or slices, of x at each row of `indices`.

        `indices` has the shape (..., n): n integers for the first n axes of x.
        """
        inputs = [self.convert(x), self.convert(indices, int)]
        return GatherNdOp(inputs, self, name).output

    def scatter_nd(self, indices, updates, shape, name=None):
        """Return zeros of `shape`, with `updates` added at the rows of `indices`."""
        inputs = [self.convert(updates), self.convert(indices, int), shape]
        return ScatterNdOp(inputs, self, name).output

    def segment_sum(self, x, ids, count, name=None):
        """Return the sums of the rows of x with the same number in `ids`.

        `ids` has a number for each row, from 0 to `count` - 1, in any order.

        Raises:
            ValueError: the rank of x is unknown.
            IndexError: in a run, a number is too large.
        """
        x, ids = self.convert(x), self.convert(ids, int)
        if not x.rank:
            raise ValueError(f"segment_sum sums rows, so it needs an axis, got {x!r}")
        numbered = ids.dims is None or ids.rank == 1
        sizes = {n for n in (x.dims[0], *(ids.dims or ())[:1]) if isinstance(n, int)}
        if not numbered or len(sizes) > 1:
            raise ValueError(
                f"segment_sum takes a number for each row of {x!r}, got {ids!r}"
            )
        rows = (self.shape(x)[i] for i in range(1, x.rank))
        sizes = [n if isinstance(n, int) else row for n, row in zip(x.dims[1:], rows)]
        shape = [as_size(count), *sizes]
        return ScatterOp([x, ids, shape], self, name, axis=0).output

    def segment_mean(self, x, ids, count, name=None):
        """Return the means of the rows of x with the same number; 0 for no rows."""
        x, ids = self.convert(x), self.convert(ids, int)
        total = self.segment_sum(x, ids, count)
        number = self.segment_sum(self.ones_like(self.stop_gradient(x)), ids, count)
        return self.div(total, self.maximum(number, 1), name)
