# # Gradients: the derivative of a graph, as more of the graph
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
# >>> from graph import Graph
# >>> from session import Session
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

import functools
import operator
from collections import defaultdict

from ops import BaseOp
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

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


# ## Reverse accumulation
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
# be fetched, drawn, and differentiated in their turn: of $y = x \cdot x^2$ at
# $x = 3$, $y' = 3 x^2$ is 27 and $y'' = 6 x$ is 18.
#
# >>> graph = Graph()
# >>> x = graph.variable(3.0, name="x")
# >>> (first,) = graph.gradients(x * graph.square(x), [x])
# >>> (second,) = graph.gradients(first, [x])
# >>> print(*Session(graph).run([first, second]))
# 27.0 18.0
#
# [Exercise 6](exercises/ex06_second_order.py) asks how a gradient changes along a
# direction, for more parameters than a matrix of second derivatives could have.


class Gradients:
    """A graph's derivatives: what it can do because it knows every step."""

    # The tensor whose gradient is being handed on: rooms that name tensors ask for it.
    differentiating = None

    def gradients(self, y, xs, grad_y=None, zeros=True):
        """The derivative of `y` by each of `xs`: a list of tensors of their shapes.

        If `y` is not a scalar, the derivative of the sum of its elements, weighted by
        `grad_y` if that is given.  An x that `y` does not depend on has zeros, or
        without `zeros` has None.

        Raises:
            ValueError: the way from an x to `y` leads through an operation that has
                no derivative.
        """
        # Only what lies on a path from an x to `y` matters: of all that `y` depends on,
        # what the xs reach.
        reached, path = set(xs), []
        for op in topological_order([y]):
            if not op.stops_gradient and not reached.isdisjoint(op.inputs):
                reached.add(op.output)
                path.append(op)
        # For each tensor its shares, each with the consumer that it came from.
        shares, gradients = defaultdict(list), {}
        if y in reached:
            seed = self.convert(1 if grad_y is None else grad_y)
            shares[y].append((self.fit(seed, y), y))
        for op in reversed(path):
            # Who takes the output only to compare it has no share to give.
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
        """The share of each input of `op`, as it says."""
        shares = op.gradient(grad)
        if not isinstance(shares, (list, tuple)) or len(shares) != len(op.inputs):
            raise ValueError(
                f"the gradient of {op.kind} must be a list of {len(op.inputs)}, one "
                f"for each input, got {shares!r}"
            )
        return shares

    def _total(self, shares, y, x):
        """The gradient of `y` by `x`: the sum of its shares."""
        if len(shares) > 1:
            for share, consumer in shares:
                self.label(share, y, x, consumer)
        total = functools.reduce(self.add, [share for share, _ in shares])
        self.label(total, y, x)
        return total

    def label(self, gradient, y, x, consumer=None):
        """Told that `gradient` is that of `y` by `x`, or a share of it."""

    def fit(self, share, like):
        """`share` summed and repeated over its axes to have the shape of `like`."""
        return FitOp([share, like], self).output


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
# >>> import numpy
# >>> graph = Graph()
# >>> X = graph.constant(numpy.ones((8, 4)))
# >>> b = graph.variable(numpy.zeros(4))
# >>> (gradient,) = graph.gradients(graph.sum(X + b), [b])
# >>> print(gradient.shape, Session(graph).run(gradient))
# (4,) [8. 8. 8. 8.]
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
# backwards.  Which of them it is, the shapes tell, and a run knows them.
#
# [Exercise 5](exercises/ex05_unbroadcast.py) asks for the sums, in NumPy.


class FitOp(BaseOp):
    """The share of a gradient, summed and repeated to have the shape of `like`."""

    def compute(self, np, share, like):
        if share.shape == like.shape:
            return share
        return np.broadcast_to(unbroadcast(share, like.shape), like.shape)

    def gradient(self, grad):
        return [grad, None]


def unbroadcast(array, shape):
    """`array` summed over the axes along which `shape` was repeated to its shape."""
    array = array.sum(axis=tuple(range(array.ndim - len(shape))))
    sizes = shape[len(shape) - array.ndim :]
    repeated = tuple(axis for axis, size in enumerate(sizes) if size == 1)
    return array.sum(axis=repeated, keepdims=True)
