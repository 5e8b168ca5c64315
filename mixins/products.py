# # Why isn't there just one matrix product?
#
# [Operations](ops.py#matrix-product) multiplies two matrices, and derives the gradient.
# But you also multiply a matrix by a vector, or a whole stack of matrices by one: a
# batch of texts, with a row for each word, times the weights.
#
# NumPy has two functions for this, `a.dot(b)` and `a @ b`.  For vectors and matrices
# they agree, and on matrices as small as XOR's, `dot` is faster.  For stacks only `@`
# does what we want.
#
# A vector on the left counts as a matrix with one row, and a vector on the right as a
# matrix with one column.  The result drops the added axis.
#
# What's the gradient with respect to weights that a whole stack shares?  You could
# compute one for each matrix, and sum.  There's a better way: write the rows of all
# matrices below each other, as one long matrix.  A product takes each row by itself, so
# nothing else changes, and $\partial L / \partial B$ is a single product:
#
# >>> import numpy
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> texts = graph.placeholder((9, 5, 3), name="texts")
# >>> W = graph.variable(numpy.ones((3, 2)), name="W")
# >>> (by_W,) = graph.gradients(graph.square(texts @ W), [W])
# >>> print(Session(graph).program(by_W, {texts: None}))
# def program(state, feeds):
#     W, = state
#     texts, = feeds
#     matmul = np.matmul(texts, W)
#     square_by_matmul = 2 * matmul
#     reshape = texts.reshape((-1, 3))
#     reshape_T = reshape.T
#     reshape_1 = square_by_matmul.reshape((-1, 2))
#     square_by_W = reshape_T.dot(reshape_1)
#     return (square_by_W,), ()
#
# [Exercise 11](exercises/ex11_attention.py) turns two products and a softmax into the
# attention of a language model.

import ops
from gradients import unbroadcast
from mixins.shapes import as_tuple
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class ProductOp(ops.DotOp):
    """Y = A B, where A and B may be vectors or stacks of matrices."""

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


class VectorDotOp(ProductOp):
    """A product of vectors and matrices, as `a.dot(b)`."""

    kind = "dot"


class MatmulOp(ProductOp):
    """A product of stacks, or of operands of unknown rank, as `np.matmul`."""

    def compute(self, np, a, b):
        return np.matmul(a, b)


def swap(x):
    """x with its last two axes exchanged: each matrix of a stack, transposed."""
    axes = tuple(range(x.rank))
    return x.graph.transpose(x, axes[:-2] + axes[:-3:-1])


# If we don't know how many axes the operands have, we can't tell whether to add one.
# The run must decide.  So how do we differentiate what it does?
#
# Write $\langle p, q\rangle$ for the sum of the elements of $p \odot q$, the
# elementwise product.  The operation computes $d$, the gradient of
# $\langle g, a b\rangle$ with respect to $a$.  A product is linear, so replacing $a$
# by $u$ gives $\langle g, u b\rangle = \langle d, u\rangle$.
#
# Differentiate $d$ in turn, with the incoming gradient $u$.  We want the gradients of
# $\langle d, u\rangle$, which is $\langle g, u b\rangle$.  With respect to $g$ that's
# $u b$; with respect to $b$ it's the same operation again.


class DotGradientOp(ops.BaseOp):
    """The gradient of <g, a b> with respect to a (`by=0`) or b (`by=1`), any ranks."""

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


class Products:
    """A graph that multiplies whatever can be multiplied."""

    def dot(self, a, b, name=None):
        """The matrix product a @ b of vectors, matrices, or stacks of matrices."""
        a, b = self.convert(a), self.convert(b)
        ranks = {a.rank, b.rank}
        if ranks == {2}:
            return super().dot(a, b, name)
        make = VectorDotOp if ranks <= {1, 2} else MatmulOp
        return make([a, b], self, name).output

    def transpose(self, x, axes=None, name=None):
        """x with its axes in the order `axes`, or reversed if you don't give any."""
        x = self.convert(x)
        if axes is not None:
            axes = ops.as_axes(as_tuple(axes))
            axes = tuple(i + len(axes) if i < 0 else i for i in axes)
            # No axes means all of them reversed, and is shorter to write.
            if x.rank is not None and axes == tuple(range(x.rank))[::-1]:
                axes = None
        return super().transpose(x, axes, name)
