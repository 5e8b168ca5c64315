# # What's the derivative of an inverse?
#
# Nobody remembers.  But everybody knows that $A A^{-1} = I$.  Nudge $A$ by $dA$; then
# the inverse $Y = A^{-1}$ moves by some $dY$, and the product stays $I$:
#
# $$dA \, Y + A \, dY = 0$$
#
# Multiply by $Y$ from the left, and there it is: $dY = -Y \, dA \, Y$.  It's what you
# know from numbers, where $y = 1/a$ has $dy = -y^2 \, da$.  Only the order matters, for
# matrices.  With the incoming gradient $G$, a [product's
# gradient](ops.py#matrix-product) turns that around into $-Y^T G \, Y^T$.
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> A = graph.variable([[2.0, 1.0], [1.0, 1.0]], name="A")
# >>> Y = graph.inverse(A)
# >>> (by_A,) = graph.gradients(graph.trace(Y), [A])
# >>> for value in Session(graph).run([Y, by_A]):
# ...     print(value)
# [[ 1. -1.]
#  [-1.  2.]]
# [[-2.  3.]
#  [ 3. -5.]]

import numpy

import ops
from mixins.products import swap
from mixins.shapes import broadcast
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


def square(dims, what="matrices"):
    """Return `dims`; raise ValueError unless the last two axes may be equal."""
    if dims is None:
        return dims
    if len(dims) < 2:
        raise ValueError(f"expected {what} with two axes or more, got {len(dims)}")
    rows, columns = dims[-2:]
    if isinstance(rows, int) and isinstance(columns, int) and rows != columns:
        raise ValueError(f"expected square {what}, got {rows} rows, {columns} columns")
    return dims


class InverseOp(ops.BaseOp):
    """Y = the inverse of A, so dY = -Y dA Y."""

    floating = True

    def compute(self, np, a):
        return np.linalg.inv(a)

    def gradient(self, grad):
        y = transposed(self.output)
        return [-(y @ grad @ y)]

    def infer_shape(self, dims):
        return square(dims)


def transposed(x):
    """Each matrix of x, transposed."""
    return SwapOp([x], x.graph).output if x.rank is None else swap(x)


class SwapOp(ops.BaseOp):
    """Each matrix of x, transposed, where only a run knows how many axes it has."""

    def compute(self, np, x):
        return x.swapaxes(-1, -2)

    def gradient(self, grad):
        return [transposed(grad)]


# ## Solve, don't invert {#solve}
#
# You rarely want the inverse itself.  To find $X$ with $A X = B$, solve: it takes a
# third of the work, and rounds less.  For the gradient, nudge both sides:
# $dA \, X + A \, dX = dB$.  So $B$ gets $A^{-T} G$, which is another system to solve,
# and $A$ gets minus that times $X^T$.


class SolveOp(ops.BaseOp):
    """X with A X = B, so dX = A^-1 (dB - dA X)."""

    floating = True

    def compute(self, np, a, b):
        return np.linalg.solve(a, b)

    def gradient(self, grad):
        a, _ = self.inputs
        by_b = self.graph.solve(transposed(a), grad)
        return [-(by_b @ transposed(self.output)), by_b]

    def infer_shape(self, a, b):
        square(a)
        if a is None or b is None:
            return None
        if len(b) < 2:
            raise ValueError("expected a right-hand side with two axes or more")
        rows, wanted = b[-2], a[-1]
        if isinstance(rows, int) and isinstance(wanted, int) and rows != wanted:
            raise ValueError(f"{wanted} unknowns, and {rows} rows on the right")
        return (*broadcast(a[:-2], b[:-2]), *b[-2:])

    def infer_dtype(self, a, b):
        return numpy.result_type(a, b)


# ## A square root for matrices {#cholesky}
#
# A covariance $A$ is symmetric, and *positive definite*.  Then there's one lower
# triangular matrix $L$, with a positive diagonal, so that $A = L L^T$: the *Cholesky
# factor*.  Multiply it by independent random numbers, and they get the covariance $A$.
#
# Nudge both sides: $dA = dL \, L^T + L \, dL^T$.  Take $L$ off on both ends, with
# $M = L^{-1} dL$, which is lower triangular too:
#
# $$L^{-1} \, dA \, L^{-T} = M + M^T$$
#
# The lower half of the right side is $M$, except that its diagonal counts twice.  So
# let $\Phi$ keep the lower triangle of a matrix, and halve its diagonal.  Then
# $dL = L \, \Phi(L^{-1} dA \, L^{-T})$.  Turned around, for the gradient:
#
# $$\frac{\partial \text{loss}}{\partial A} = L^{-T} \, \Phi(L^T G) \, L^{-1}$$
#
# which we make symmetric, since $A$ is.


class CholeskyOp(ops.BaseOp):
    """L, lower triangular, with A = L L^T."""

    floating = True

    def compute(self, np, a):
        return np.linalg.cholesky(a)

    def gradient(self, grad):
        graph, factor = self.graph, transposed(self.output)
        product = graph.lower(factor @ grad)
        half = product - graph.diag(graph.diag_part(product)) / 2
        # One system takes off L^T on the left, another L on the right.
        left = graph.solve(factor, half)
        share = transposed(graph.solve(factor, transposed(left)))
        return [(share + transposed(share)) / 2]

    def infer_shape(self, dims):
        return square(dims)


class LowerOp(ops.BaseOp):
    """Each matrix of x, with zeros above the diagonal."""

    def compute(self, np, x):
        return np.tril(x)

    def gradient(self, grad):
        return [self.graph.lower(grad)]

    def infer_shape(self, dims):
        if dims is not None and len(dims) < 2:
            raise ValueError("expected matrices with two axes or more")
        return dims


# ## The diagonal {#diagonal}
#
# It's what a matrix does to each direction by itself.  Taking it out and putting it in
# are each other's gradients.


class DiagOp(ops.BaseOp):
    """A matrix with the vector x on its diagonal, and zeros elsewhere."""

    def compute(self, np, x):
        # Zeros are chosen, not multiplied: infinity times 0 isn't 0.
        return np.where(eye(np, x.shape[-1]), x[..., None], np.zeros((), x.dtype))

    def gradient(self, grad):
        return [self.graph.diag_part(grad)]

    def infer_shape(self, dims):
        if dims == ():
            raise ValueError("expected a vector, got a single number")
        return dims and (*dims, dims[-1])


class DiagPartOp(ops.BaseOp):
    """The diagonal of each matrix of x."""

    def compute(self, np, x):
        return np.where(eye(np, x.shape[-1]), x, np.zeros((), x.dtype)).sum(
            axis=-1, dtype=x.dtype
        )

    def gradient(self, grad):
        return [self.graph.diag(grad)]

    def infer_shape(self, dims):
        return dims if dims is None else square(dims)[:-1]


def eye(np, n):
    """Which elements of an n by n matrix are on the diagonal."""
    return np.eye(n) > 0


class Matrices:
    """A graph with the algebra of matrices; all take stacks of them too."""

    def inverse(self, a, name=None):
        """Return the inverse of a square matrix; a run refuses a singular one."""
        return InverseOp([a], self, name).output

    def solve(self, a, b, name=None):
        """Return x with a @ x = b, for a square matrix a, and columns b."""
        return SolveOp([a, b], self, name).output

    def cholesky(self, a, name=None):
        """Return L, lower triangular, with L L^T = a, symmetric, positive definite."""
        return CholeskyOp([a], self, name).output

    def lower(self, x, name=None):
        """Return x with zeros above the diagonal."""
        return LowerOp([x], self, name).output

    def diag(self, x, name=None):
        """Return a matrix with the vector x on its diagonal."""
        return DiagOp([x], self, name).output

    def diag_part(self, x, name=None):
        """Return the diagonal of a square matrix, a vector."""
        return DiagPartOp([x], self, name).output

    def trace(self, x, name=None):
        """Return the sum of the diagonal."""
        return self.sum(self.diag_part(x), -1, name=name)
