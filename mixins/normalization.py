# # How do you keep signals from fading or exploding? Measure, and rescale
#
# Multiply by a hundred random matrices, one layer after the other, and your signal has
# long vanished, or overflowed.  You can start the weights at just the right size, but
# they change.  *Batch normalization* doesn't hope.  It measures: over the examples of
# the batch, each unit's values get a mean of 0 and a variance of 1.
#
# $$y = \gamma \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$
#
# Here $\mu$ and $\sigma^2$ are the batch's own mean and variance, and a small
# $\epsilon$ saves us from a division by 0.  A scale $\gamma$ and an offset $\beta$ are
# learned, so the network may undo all of it, if that's better.
#
# >>> import numpy
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.variable([[1.0, 10], [2, 20], [3, 60]], name="x")
# >>> mean, variance = graph.moments(x, 0)
# >>> y = graph.batch_normalization(x, mean, variance, 1, 2)
# >>> for value in Session(graph).run([mean, variance, y]):
# ...     print(value.round(3))
# [ 2. 30.]
# [  0.667 466.667]
# [[-1.448 -0.852]
#  [ 1.     0.074]
#  [ 3.448  3.777]]
#
# Both columns now have a mean of 1 and a spread of 2, although one began thirty times
# as large.
#
# And the gradient?  Everything here is made of operations that know their derivatives,
# $\mu$ and $\sigma$ included.  Hold on to what that means: an example's gradient
# depends on the other examples of its batch.  Add the same number to all of them, and
# $y$ doesn't change.  So the gradients of a batch sum to 0:
#
# >>> weights = graph.constant([[1.0, 2], [3, 4], [5, -6]])
# >>> (by_x,) = graph.gradients(graph.sum(y * weights), [x])
# >>> bool(abs(Session(graph).run(by_x).sum(axis=0)).max() < 1e-12)
# True
#
# What about a single example, later, when there's no batch?  Then you take a mean and a
# variance that you've averaged while training.  That's why they're arguments.

from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class Normalization:
    """A graph that measures means and variances, and normalizes by them."""

    def moments(self, x, axis=None, keepdims=False):
        """Return the mean and the variance of x over `axis`, as in `Graph.mean`."""
        x = self.convert(x)
        mean = self.mean(x, axis, keepdims=True)
        variance = self.mean(self.square(x - mean), axis, keepdims)
        return (mean if keepdims else self.mean(x, axis)), variance

    def batch_normalization(
        self, x, mean, variance, offset=0, scale=1, epsilon=0.001, name=None
    ):
        """(x - mean) / sqrt(variance + epsilon) * scale + offset.

        All broadcast.  `offset` and `scale` may be None, as if they were 0 and 1.
        """
        factor = 1 / self.sqrt(self.convert(variance) + epsilon)
        if scale is not None:
            factor = factor * scale
        centered = self.convert(x) - mean
        if offset is None:
            return self.mul(centered, factor, name)
        return self.add(centered * factor, offset, name)
