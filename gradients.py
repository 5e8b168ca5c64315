# # How does a graph differentiate itself? It walks back
#
# The gradient of a number `y` with respect to a tensor `n` tells you how much `y` moves
# when you nudge each element of `n`.  So it has the shape of `n`.  (If `y` has several
# elements, we take their sum.)
#
# How does a nudge of `n` reach `y`?  Through the operations that consume it.  The
# *chain rule* adds up what comes back from each.  With $m$ for the outputs of the
# consumers of $n$:
#
# $$\frac{\partial y}{\partial n} =
# \sum_m \frac{\partial y}{\partial m} \frac{\partial m}{\partial n}$$
#
# Each term is a *share* of the gradient.  Read them as numbers first; what the product
# is for tensors, each operation knows, and `ops.py` derives.  Take $y = x \cdot x^2$ at
# $x = 3$, with $s = x^2$ in between:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.variable(3.0, name="x")
# >>> y = graph.mul(x, graph.square(x, name="s"), name="y")
# >>> (y_by_x,) = graph.gradients(y, [x])
#
# ![Down: x to s, x and s to y. Up, beside it: from y's gradient by itself, which is
# 1, to its gradient by s, and by x on two ways, which are added up.](weave:product "In
# orange, the walk back from y to x. Two shares meet at the top.")
#
# We start at `y`, whose gradient with respect to itself is 1, and walk back, last made
# first.
#
# 1. `y` is a product.  The derivative with respect to each factor is the other one: `s`
#    gets $1 \cdot x = 3$, and `x` gets a share of $1 \cdot s = 9$.
# 2. `s` is a square, whose derivative is $2x = 6$.  Its own gradient is 3, so `x`
#    gets another share, $3 \cdot 6 = 18$.
# 3. The gradient of `x` is the sum of its shares, $9 + 18 = 27$.  And by hand:
#    $y = x^3$ has the derivative $3 x^2 = 27$.
#
# >>> names = ["y_by_s", "y_by_x_via_y", "y_by_x_via_s", "y_by_x"]
# >>> by_name = {tensor.name: tensor for tensor in graph.tensors}
# >>> print(*Session(graph).run([by_name[name] for name in names]))
# 3.0 9.0 18.0 27.0
#
# Hold on to the sum.  Let the second share overwrite the first, and you'd get 18:
# that's the classic mistake.
#
# ? What would `x + x` have as its derivative, if one share overwrote the other?
#
# ! 1 instead of 2.  Each use of `x` contributes a share of 1, and both count.

import functools
import operator
from collections import defaultdict

from ops import BaseOp
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# ## Why must the order be topological? {#order}
#
# Because a tensor may hand on its gradient only when that's complete: when all of its
# *consumers*, the operations that it's an input of, have contributed.
#
# Try the obvious walk instead, layer by layer from the result.  Let `b` be used twice,
# at once and after a detour:
#
# >>> graph = Graph()
# >>> a = graph.variable(1.0, name="a")
# >>> b = graph.exp(a, name="b")
# >>> d = graph.tanh(graph.tanh(b, name="c"), name="d")
# >>> y = graph.add(b, d, name="y")
# >>> [op.output.name for op in topological_order([y])]
# ['b', 'c', 'd', 'y']
#
# ![From a to b; from b to y directly, and to y by way of c and d.](weave:two-paths "Two
# ways from b to y, one of them longer.")
#
# One layer behind `y` are `b` and `d`.  Give `b` its turn, and it hands on to `a` what
# has come from `y` directly.  The share that travels through `d` and `c` hasn't
# arrived, and will be too late:
#
# >>> (y_by_a,) = graph.gradients(y, [a])
# >>> direct = Session(graph).run(graph.gradients(b, [a])[0])
# >>> print(direct.round(4), Session(graph).run(y_by_a).round(4))
# 2.7183 2.7383
#
# The first number is what the direct way alone gives; the second is right.
#
# Which order works, and where do we get it?  We have it already.  You can make an
# operation only when its inputs are there, so tensors are made in a *topological
# order*: each after all that it needs.  A run follows it forwards, and
# `Graph.gradients` backwards.
#
# You could also follow every path by itself.  That's right too, eventually.  In this
# ladder each number is the one above added to itself: two ways from rung to rung, $2^n$
# from top to bottom.  But there are only $n$ operations, and in our walk each has one
# turn.
#
# ![A graph, and a walk through it in turns: what each tensor has got when it hands
# on, and which shares come late.](weave:live-order "Give each tensor its turn, in three
# orders.")
#
# To find the operations that are needed we keep a list of tensors to look at, and don't
# let a function call itself: Python gives up after a thousand nested calls, and a graph
# may be a hundred thousand operations deep.
#
# [Exercise 4](exercises/ex04_order.py) asks you for an order when nothing has kept the
# order of making.


def topological_order(tensors, given=()):
    """The operations that `tensors` depend on, each after those that it needs.

    Operations that only lead to tensors in `given` are left out: we know their values.
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


# ## One walk, all gradients {#reverse-accumulation}
#
# That's the whole algorithm, *reverse accumulation*, better known as backpropagation.
# When the turn comes to an operation, its output's gradient is complete.  We ask the
# operation for a share for each of its inputs, by `BaseOp.gradient`, and we ask once,
# however many paths lead through it.
#
# Why backwards?  Because one walk from `y` finds the gradients with respect to all
# parameters, a million if need be, for about the cost of computing `y` again.  A walk
# forwards from one parameter finds the derivative with respect to that one only.
#
# And why may you call it twice?  We compute nothing here, and store nothing in the
# tensors.  Gradients are new tensors of the same graph.  So you can fetch them, draw
# them, and differentiate them again: at $x = 3$, $y = x \cdot x^2$ has
# $y' = 3 x^2 = 27$ and $y'' = 6 x = 18$.
#
# >>> graph = Graph()
# >>> x = graph.variable(3.0, name="x")
# >>> (first,) = graph.gradients(x * graph.square(x), [x])
# >>> (second,) = graph.gradients(first, [x])
# >>> print(*Session(graph).run([first, second]))
# 27.0 18.0
#
# [Exercise 6](exercises/ex06_second_order.py) asks how a gradient changes along a
# direction, when there are too many parameters for a matrix of second derivatives.


class Gradients:
    """The part of a graph that differentiates it."""

    # The tensor whose gradient is handed on right now.  Only rooms ask for it, to name
    # what is made meanwhile.
    differentiating = None

    def gradients(self, y, xs, grad_y=None, zeros=True):
        """The gradient of `y` with respect to each of `xs`, a list of tensors.

        Each has the shape of its x.  If `y` isn't a scalar, it's the gradient of the
        sum of its elements, weighted by `grad_y` if you give that.  Where no gradient
        arrives there are zeros, or None without `zeros`.

        Raises:
            ValueError: an operation on the way from an x to `y` has no derivative.
        """
        # Of all that `y` depends on, only what the xs reach lies on a path to it.
        reached, path = set(xs), []
        for op in topological_order([y]):
            if not op.stops_gradient and not reached.isdisjoint(op.inputs):
                reached.add(op.output)
                path.append(op)
        # For each tensor its shares, each with the output that it came back from.
        shares, gradients = defaultdict(list), {}
        if y in reached:
            seed = self.convert(1 if grad_y is None else grad_y)
            shares[y].append((self.fit(seed, y), y))
        for op in reversed(path):
            # An output that's only compared gets no share, and needs no derivative.
            if op.output in shares:
                self.differentiating = op.output
                grad = self._total(shares.pop(op.output), y, op.output)
                gradients[op.output] = grad
                for x, share in zip(op.inputs, self._shares(op, grad)):
                    if share is not None and x in reached:
                        share = self.fit(self.convert(share), x)
                        shares[x].append((share, op.output))
        self.differentiating = y
        for x in xs:
            if x in shares:
                gradients[x] = self._total(shares.pop(x), y, x)
            elif x not in gradients and zeros:
                gradients[x] = self.fit(self.constant(0), x)
        return [gradients.get(x) for x in xs]

    def _shares(self, op, grad):
        """What `op` says: a share for each of its inputs."""
        shares = op.gradient(grad)
        if not isinstance(shares, (list, tuple)) or len(shares) != len(op.inputs):
            raise ValueError(
                f"the gradient of {op.kind} must be a list of {len(op.inputs)}, one "
                f"for each input, got {shares!r}"
            )
        return shares

    def _total(self, shares, y, x):
        """The gradient of `y` with respect to `x`: the sum of its shares."""
        if len(shares) > 1:
            for share, consumer in shares:
                self.label(share, y, x, consumer)
        total = functools.reduce(self.add, [share for share, _ in shares])
        self.label(total, y, x)
        return total

    def label(self, gradient, y, x, consumer=None):
        """Called for each gradient; if it has several shares, also for each of them.

        A share came back from the tensor `consumer`.
        """

    def fit(self, share, like):
        """`share`, summed or repeated to have the shape of `like`."""
        return FitOp([share, like], self).output


# ## Who sums a bias's gradient? {#gradients-and-broadcasting}
#
# Add a bias of shape `(4,)` to a batch of shape `(8, 4)`.  NumPy *broadcasts*: it
# repeats the smaller operand along the axes that it lacks, or has with size 1.  A sum's
# derivative is 1, so the incoming gradient is handed on as it is, with its shape `(8,
# 4)`.  As the gradient of a bias that's wrong, and not only in its shape: each $b_j$
# took part in 8 sums $y_{ij} = x_{ij} + b_j$, so it must get a share from each.
#
# $$\frac{\partial L}{\partial b_j} = \sum_i \frac{\partial L}{\partial y_{ij}}$$
#
# ![A bias is repeated for each row of a matrix; what comes back for the rows is added
# up.](weave:live-broadcasting "What broadcasting repeats, the gradient sums.")
#
# >>> import numpy
# >>> graph = Graph()
# >>> X = graph.constant(numpy.ones((8, 4)))
# >>> b = graph.variable(numpy.zeros(4))
# >>> (gradient,) = graph.gradients(graph.sum(X + b), [b])
# >>> print(gradient.shape, Session(graph).run(gradient))
# (4,) [8. 8. 8. 8.]
#
# Must each operation think of that?  No.  It states its derivative as if nothing had
# been repeated, and `fit` brings every share to the shape of its input:
#
# - if the input was *broadcast*, we sum over the axes along which it was repeated;
# - if the share has fewer elements, as that of a sum over all axes does, we repeat it.
#
# [Exercise 5](exercises/ex05_unbroadcast.py) asks you for the sums, in NumPy.  You've
# now seen all of backpropagation; [Session](session.py) runs it.


class FitOp(BaseOp):
    """The share of a gradient, summed or repeated to have the shape of `like`."""

    def compute(self, np, share, like):
        if share.shape == like.shape:
            return share
        return np.broadcast_to(unbroadcast(share, like.shape), like.shape)

    def gradient(self, grad):
        return [grad, None]


def unbroadcast(array, shape):
    """`array` summed over the axes along which something of `shape` was repeated.

    Of shape (8, 4) for a `shape` of (4,), it's summed over axis 0.  If it has no more
    axes than `shape`, the first range is empty, and a sum over no axes changes nothing.
    """
    array = array.sum(axis=tuple(range(array.ndim - len(shape))))
    sizes = shape[len(shape) - array.ndim :]
    repeated = tuple(axis for axis, size in enumerate(sizes) if size == 1)
    return array.sum(axis=repeated, keepdims=True)
