# # How does a gradient find its way back through a sort?
#
# Your classifier is wrong.  Was the right answer at least its second guess?  For that
# you need the two largest of its logits, and which ones they are:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> logits = graph.variable([0.5, 3.0, -1.0, 2.0], name="logits")
# >>> values, indices = graph.top_k(logits, 2)
# >>> print(*Session(graph).run([values, indices]))
# [3. 2.] [1 3]
#
# A sort only moves numbers.  Nudge the 2, and it's still the second, at the same
# place.  So the indices stay as they are, and have no derivative.  And the values?
# They were *taken* from the places that the indices say, so that's where their gradient
# goes back to:
#
# >>> (by_logits,) = graph.gradients(values * [1.0, 10.0], [logits])
# >>> print(Session(graph).run(by_logits))
# [ 0.  1.  0. 10.]

import numpy

import ops
from mixins.dtypes import DTYPES
from mixins.indexing import ScatterOp
from mixins.shapes import Unknown, as_size, positive_axes, whole
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class RankingOp(ops.BaseOp):
    """The indices of the `k` largest along the last axis, largest first."""

    stops_gradient = True

    def compute(self, np, x):
        # Sorted backwards and read backwards, so that of equals the first comes first.
        order = np.argsort(x[..., ::-1], axis=-1, stable=True)[..., ::-1]
        return x.shape[-1] - 1 - order[..., : self.k]

    def infer_shape(self, dims):
        if dims is None:
            return None
        if not dims:
            raise ValueError("expected at least one axis, got a single number")
        if isinstance(dims[-1], int) and dims[-1] < self.k:
            raise ValueError(f"expected at least k = {self.k} of them, got {dims[-1]}")
        return (*dims[:-1], self.k)

    def infer_dtype(self, _):
        return numpy.dtype(int)


class TakeAlongOp(ops.BaseOp):
    """y[..., i] = x[..., indices[..., i]]: elements of the last axis, by number."""

    def compute(self, np, x, indices):
        return np.take_along_axis(x, indices, axis=-1)

    def gradient(self, grad):
        (x, indices), graph = self.inputs, self.graph
        inputs = [grad, indices, graph.shape(x)]
        return [PutAlongOp(inputs, graph).output, None]

    def infer_shape(self, dims, indices):
        return indices


class PutAlongOp(ScatterOp):
    """Zeros of the given shape, plus x[..., i] at indices[..., i]."""

    def where(self, indices):
        """Return the index of the elements within the zeros."""
        rows = numpy.indices(indices.shape[:-1] + (1,), sparse=True)[:-1]
        return (*rows, indices)

    def gradient(self, grad):
        indices = self.inputs[1]
        return [TakeAlongOp([grad, indices], self.graph).output, None, None]


# ## The sum so far {#cumsum}
#
# In a *cumulative sum*, $y_i = x_0 + \dots + x_i$.  How often is $x_i$ used?  In $y_i$,
# and in all that come after it.  So its gradient is a cumulative sum too, from the
# other end.
#
# >>> x = graph.variable([1.0, 2.0, 3.0, 4.0])
# >>> total = graph.cumsum(x)
# >>> (by_x,) = graph.gradients(total, [x])
# >>> print(*Session(graph).run([total, by_x]))
# [ 1.  3.  6. 10.] [4. 3. 2. 1.]


class CumsumOp(ops.BaseOp):
    """y[i] = x[0] + ... + x[i] along `axis`."""

    def compute(self, np, x):
        return np.cumsum(x, axis=self.axis)

    def gradient(self, grad):
        return [self.graph.cumsum(grad, self.axis, reverse=True)]

    def infer_shape(self, dims):
        if dims is not None:
            positive_axes(self.axis, len(dims))
        return dims


DTYPES[CumsumOp] = DTYPES[ops.SumOp]


class Sorting:
    """A graph that finds the largest few, sums up, and takes tensors apart."""

    def top_k(self, x, k=1, name=None):
        """Return the k largest along the last axis, largest first, and their indices.

        Of equals, the first comes first.
        """
        if whole(k, "k") < 0:
            raise ValueError(f"top_k: k is at least 0, got {k}")
        indices = RankingOp([x], self, k=whole(k, "k")).output
        return TakeAlongOp([x, indices], self, name).output, indices

    def cumsum(self, x, axis=0, exclusive=False, reverse=False, name=None):
        """Return the sum so far along `axis`; `reverse` starts at the end.

        An `exclusive` sum leaves out the element itself: it starts with 0.
        """
        x, axis = self.convert(x), whole(axis, "an axis")
        whole_axis, backwards = slice(None), slice(None, None, -1)

        def along(part):
            if axis < 0:
                return (..., part, *[whole_axis] * (-1 - axis))
            return (*[whole_axis] * axis, part)

        x = x[along(backwards)] if reverse else x
        if exclusive:
            zero = self.zeros_like(x[along(slice(1))])
            x = self.concat([zero, x[along(slice(-1))]], axis)
        if not reverse:
            return CumsumOp([x], self, name, axis=axis).output
        total = CumsumOp([x], self, axis=axis).output
        return self.getitem(total, along(backwards), name)

    # ## Taking apart
    #
    # `split` is the opposite of `concat`, and `unstack` that of `stack`.  Both are
    # slices, and a slice knows its gradient.

    def split(self, x, parts, axis=0):
        """Return x cut along `axis`, as a list.

        `parts` is a number of equal parts, or a list of their sizes.

        Raises:
            ValueError: the parts don't add up, or the size of the axis is unknown.
        """
        x = self.convert(x)
        axis, size = self._known(x, axis, "split")
        if isinstance(parts, (list, tuple)):
            sizes = [as_size(n) for n in parts]
        else:
            number = as_size(parts, 1)
            sizes = [size // number] * number
        if sum(sizes) != size:
            raise ValueError(f"split: {parts} parts don't make up an axis of {size}")
        before, start, pieces = (slice(None),) * axis, 0, []
        for n in sizes:
            pieces.append(x[(*before, slice(start, start + n))])
            start += n
        return pieces

    def unstack(self, x, axis=0):
        """Return the slices of x along `axis`, as a list."""
        x = self.convert(x)
        axis, size = self._known(x, axis, "unstack")
        return [x[(*(slice(None),) * axis, i)] for i in range(size)]

    def _known(self, x, axis, what):
        """Return the axis, counted from 0, and its size."""
        if x.rank is None:
            raise ValueError(f"{what} needs the rank of {x!r}; reshape it first")
        (axis,) = positive_axes(whole(axis, "an axis"), x.rank)
        if isinstance(x.dims[axis], Unknown):
            raise ValueError(f"{what} needs the size of axis {axis} of {x!r}")
        return axis, x.dims[axis]
