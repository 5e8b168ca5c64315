# # How wrong is a classifier, and how do you say it without NaN?
#
# A classifier gives each class a number, its *logit*.  The *softmax* turns logits into
# probabilities, positive numbers that sum to 1:
#
# $$p_j = \frac{e^{x_j}}{\sum_k e^{x_k}}$$
#
# Compute it as it stands, and logits of 1000 and 0 give you `inf / inf`.  The way out:
# the softmax doesn't change when you subtract a number $c$ from all logits, since
# $e^{x - c} = e^x / e^c$ and $e^c$ cancels.  So we subtract the largest logit.  Then no
# exponential is above 1, and one of them is 1, so their sum is neither infinite nor 0.
# The result doesn't depend on $c$, so no gradient needs to flow through $c$,
# and `Graph.stop_gradient` says so.
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
# And its gradient?  We needn't derive it: the softmax is made of operations that know
# their derivatives.  But you can check it by hand.  With $s = \sum_k e^{x_k}$, the
# quotient rule has two cases, because $x_j$ is in the numerator of $p_j$ and in the
# denominator of every $p_i$:
#
# $$\frac{\partial p_j}{\partial x_j} = \frac{e^{x_j} s - e^{x_j} e^{x_j}}{s^2}
# = p_j - p_j p_j \qquad
# \frac{\partial p_i}{\partial x_j} = -\frac{e^{x_i} e^{x_j}}{s^2} = -p_i p_j$$
#
# Let $g$ be the incoming gradient, $\partial L / \partial p$.  Then $x_j$ gets the sum
# of $g_i \, \partial p_i / \partial x_j$ over all $i$, which is
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


# The chain rule on $\ln(1 + e^x)$ gives $1 / (1 + e^x)$, times $e^x$.  NumPy's
# `logaddexp(a, b)` is $\ln(e^a + e^b)$ without overflow;
# [Exercise 9](exercises/ex09_softplus.py) asks you to do without it.


class SoftplusOp(ops.ElementwiseOp):
    """y = ln(1 + e^x), so dy/dx = e^x / (1 + e^x) = sigmoid(x)."""

    floating = True

    def compute(self, np, x):
        return np.logaddexp(0, x)

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * self.graph.sigmoid(x)]


class ClassesOp(OneHotOp):
    """A one-hot row for each label; ValueError if it's not in 0 to depth - 1."""

    def compute(self, np, indices):
        # A small integer type may be too small for `depth`.
        indices = indices.astype(int)
        outside = (indices < 0) | (indices >= self.depth)
        if outside.any():
            raise ValueError(
                f"the label {indices[outside].ravel()[0]} is not among the classes 0 "
                f"to {self.depth - 1}"
            )
        return super().compute(np, indices)


class Losses:
    """A graph with softmax, and with the cross-entropies of classifiers."""

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

    # ## Why do softmax and cross-entropy go together?
    #
    # Let the *label* $t$ be 1 for the right class and 0 for the others.  An example's
    # *cross-entropy* is minus the logarithm of the right class's probability: 0 if
    # that's 1, and large if it's small.
    #
    # $$L = -\sum_j t_j \ln p_j$$
    #
    # Why a logarithm?  Because it turns products into sums.  The probability of all
    # labels together is a product over the examples, and it's largest where the sum of
    # the negative logarithms is smallest.
    #
    # With $\ln p_j = x_j - \ln \sum_k e^{x_k}$ this is
    #
    # $$L = -\sum_j t_j x_j + \left(\sum_j t_j\right) \ln \sum_k e^{x_k}
    # = -\sum_j t_j x_j + \ln \sum_k e^{x_k}$$
    #
    # since $t$ sums to 1.  The first part has the derivative $-t_j$ with respect to
    # $x_j$.  The second needs the chain rule: $\ln s$ has the derivative $1/s$, and
    # only one term of $s = \sum_k e^{x_k}$ contains $x_j$, so $\partial s / \partial
    # x_j = e^{x_j}$.
    #
    # $$\frac{\partial}{\partial x_j} \ln \sum_k e^{x_k} =
    # \frac{1}{\sum_k e^{x_k}} \cdot e^{x_j} = p_j$$
    #
    # Together
    #
    # $$\frac{\partial L}{\partial x_j} = p_j - t_j$$
    #
    # Hold on to this one: the gradient is how far the probabilities are from the label,
    # and nothing else.
    #
    # >>> x = graph.constant([[1.0, 2.0, 3.0]])
    # >>> t = graph.constant([[1.0, 0.0, 0.0]])
    # >>> L = graph.softmax_cross_entropy(x, t)
    # >>> (gradient,) = graph.gradients(L, [x])
    # >>> values = Session(graph).run([L, gradient, graph.softmax(x) - t])
    # >>> print(*(value.round(4) for value in values))
    # 2.4076 [[-0.91    0.2447  0.6652]] [[-0.91    0.2447  0.6652]]
    #
    # That's why the two go together.  Take an answer that's wrong and sure of itself,
    # 10 against 0.  Its gradient is almost 1, so it learns.  A squared error would keep
    # the softmax's factors $p_j (1 - p_j)$, and its gradient almost vanishes:
    #
    # >>> x, t = graph.constant([10.0, 0.0]), graph.constant([0.0, 1.0])
    # >>> squared = graph.sum(graph.square(graph.softmax(x) - t))
    # >>> for loss in [graph.softmax_cross_entropy(x, t), squared]:
    # ...     (gradient,) = graph.gradients(loss, [x])
    # ...     print(Session(graph).run(gradient).round(4))
    # [ 1. -1.]
    # [ 0.0002 -0.0002]
    #
    # And `Graph.log_softmax` stays finite where the softmax itself rounds to 0.

    def softmax_cross_entropy(self, logits, labels, name=None, mean=True):
        """The mean over examples of -sum(labels * log(softmax(logits))).

        `logits` has shape (..., classes).  `labels` has the same shape, and a
        distribution in each row, or shape (...,) and integer indices of classes.
        Without `mean`, there's one number for each example.
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

    # For two classes a single logit is enough: one has the probability $p = \sigma(x)$,
    # the other $1 - p$.  Because $-\ln \sigma(x) = \ln(1 + e^{-x})$, which is
    # softplus(-x), and $-\ln (1 - \sigma(x)) = \ln(1 + e^x)$, which is softplus(x), the
    # loss is
    #
    # $$L = t \ln(1 + e^{-x}) + (1 - t) \ln(1 + e^x)$$
    #
    # The derivative of softplus is the sigmoid, so $\partial L / \partial x = -t\,(1 -
    # p) + (1 - t)\,p = p - t$, as before.  (Here the loss is a mean over three
    # examples, so each gradient is a third of that.)
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

        Without `mean`, there's one number for each logit.
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
