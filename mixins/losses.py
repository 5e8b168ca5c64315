# # Losses: how wrong a classifier is
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
# >>> import numpy
# >>> from graph import Graph
# >>> from session import Session
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

import ops
from mixins.dtypes import numbers
from mixins.indexing import OneHotOp
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


# The chain rule on $\ln(1 + e^x)$: one over what the logarithm is of, times $e^x$.
# NumPy has `logaddexp(a, b)` for $\ln(e^a + e^b)$, which does not overflow;
# [Exercise 9](exercises/ex09_softplus.py) does without.


class SoftplusOp(ops.ElementwiseOp):
    """y = ln(1 + e^x), so dy/dx = e^x / (1 + e^x) = sigmoid(x)."""

    floating = True

    def compute(self, np, x):
        return np.logaddexp(0, x)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * self.graph.sigmoid(x)]


class ClassesOp(OneHotOp):
    """A row for each label, which must be one of the classes 0 to depth - 1."""

    def compute(self, np, indices):
        # Beside a small integer, `depth` may be too large for its type.
        indices = indices.astype(int)
        outside = (indices < 0) | (indices >= self.depth)
        if outside.any():
            raise ValueError(
                f"the label {indices[outside].ravel()[0]} is not among the classes 0 "
                f"to {self.depth - 1}"
            )
        return super().compute(np, indices)


class Losses:
    """A graph that knows how wrong a classifier is."""

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
            labels = ClassesOp([labels], self, **attributes).output
        labels = self.match_shape(
            self.cast(labels, logits.dtype),
            logits,
            given,
            "; or, if they are classes of type int, that without the last axis",
        )
        each = self.sum(labels * self.log_softmax(logits), axis=-1)
        return self.neg(self.mean(each) if mean else each, name)

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
        labels = self.match_shape(self.cast(given, logits.dtype), logits, given)
        ones = labels * self.softplus(-logits)
        zeros = (1 - labels) * self.softplus(logits)
        each = self.add(ones, zeros, None if mean else name)
        return self.mean(each, name=name) if mean else each


def _classes(logits):
    if not logits.rank or not isinstance(logits.dims[-1], int):
        raise ValueError(f"the number of classes in {logits!r} must be known")
    return logits.dims[-1]
