# # One loss for each example: `tf.nn`
#
# A trap, if you know PyTorch or our own losses: those take the mean over the batch.
# TensorFlow's cross-entropies don't:
#
# >>> import tf
# >>> losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
# ...     labels=[0, 1], logits=[[0.0, 0.0], [0.0, 1.0]]
# ... )
# >>> with tf.Session() as sess:
# ...     print(*(f"{loss:.4f}" for loss in sess.run(losses)))
# 0.6931 0.3133
#
# Minimize `losses`, and you minimize their sum: with a batch of 64, your steps are 64
# times too long.  Minimize `tf.reduce_mean(losses)`.
#
# [Losses](mixins/losses.py) derives the formulas.  Next: [gradients and
# updates](tf/updates.py).

from graph import Graph as BaseGraph
from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf.datatypes import int32, is_whole
from tf.graphs import graph_of, seeded
from tf.names import missing
from tf.operations import (
    divide,
    named,
    reduce_sum,
    sigmoid,
    square,
    stop_gradient,
    tanh,
)

FRAMEWORK.add(__name__)

__all__ = ["bias_add", "dropout", "l2_loss", "log_softmax", "relu", "sigmoid"]
__all__ += ["sigmoid_cross_entropy_with_logits", "softmax"]
__all__ += ["softmax_cross_entropy_with_logits"]
__all__ += ["softmax_cross_entropy_with_logits_v2", "softplus"]
__all__ += ["sparse_softmax_cross_entropy_with_logits", "tanh"]


relu = named(BaseGraph.relu, "features")
softplus = named(BaseGraph.softplus, "features")


def softmax(logits, axis=None, name=None, dim=-1):
    """Probabilities: positive, with sum 1 over `axis`, by default the last."""
    return graph_of(logits).softmax(logits, dim if axis is None else axis, name)


def log_softmax(logits, axis=None, name=None, dim=-1):
    """The logarithm of the softmax."""
    return graph_of(logits).log_softmax(logits, dim if axis is None else axis, name)


def softmax_cross_entropy_with_logits(labels=None, logits=None, *, name=None):
    """-sum(labels * log(softmax(logits))), with `labels` held constant."""
    labels = stop_gradient(labels)
    return softmax_cross_entropy_with_logits_v2(labels, logits, name=name)


def softmax_cross_entropy_with_logits_v2(labels=None, logits=None, *, name=None):
    """-sum(labels * log(softmax(logits))), over the last axis."""
    graph = graph_of(logits, labels)
    labels = graph.cast(labels, graph.convert(logits).dtype)
    return graph.softmax_cross_entropy(logits, labels, name, mean=False)


def sparse_softmax_cross_entropy_with_logits(labels=None, logits=None, name=None):
    """-log(softmax(logits)) at the labels, which are indices of classes.

    Raises:
        TypeError: the labels aren't integers.
        ValueError: their rank isn't one less than that of the logits.
    """
    graph = graph_of(logits, labels)
    labels, logits = graph.convert(labels, int32), graph.convert(logits)
    if not is_whole(labels):
        raise TypeError(f"labels are integers, one for each example, got {labels!r}")
    if None not in (labels.rank, logits.rank) and labels.rank != logits.rank - 1:
        raise ValueError(
            "`labels.shape.rank` must equal `logits.shape.rank - 1`. Received: "
            f"{labels!r} and {logits!r}"
        )
    return graph.softmax_cross_entropy(logits, labels, name, mean=False)


def sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None):
    """-labels log(sigmoid(logits)) - (1 - labels) log(1 - sigmoid(logits))."""
    graph = graph_of(logits, labels)
    return graph.sigmoid_cross_entropy(logits, labels, name, mean=False)


def l2_loss(t, name=None):
    """Half the sum of the squares of all elements."""
    return divide(reduce_sum(square(t)), 2, name)


def bias_add(value, bias, *, name=None):
    """`value` plus a vector along its last axis.

    Raises:
        ValueError: `bias` isn't a vector of that axis's size.
    """
    graph = graph_of(value, bias)
    value, bias = graph.convert(value), graph.convert(bias)
    if bias.rank not in (None, 1):
        raise ValueError(f"Shape must be rank 1 but is rank {bias.rank}: {bias!r}")
    if value.rank and bias.rank:
        last, size = value.dims[-1], bias.dims[0]
        if isinstance(last, int) and isinstance(size, int) and last != size:
            raise ValueError(
                f"Dimensions must be equal, but are {last} and {size}: the last "
                f"axis of {value!r}, and {bias!r}"
            )
    return graph.add(value, bias, name)


def dropout(x, keep_prob=None, *, seed=None, name=None, rate=None):
    """Each element divided by `keep_prob`, with that probability; else 0.

    You can give `rate` instead, the probability of 0.

    Raises:
        ValueError: you give neither or both, or a number out of range.
    """
    if keep_prob is None and rate is None:
        raise ValueError("`rate` must be provided. Received: rate=None")
    if keep_prob is not None and rate is not None:
        raise ValueError("only one of `keep_prob` and `rate` may be given")
    keep_prob = 1 - rate if keep_prob is None else keep_prob
    if not isinstance(keep_prob, BaseTensor) and not 0 < keep_prob <= 1:
        raise ValueError(
            "`rate` must be a scalar tensor or a float in the range [0, 1). "
            f"Received: rate={1 - keep_prob}"
        )
    seeded(x, seed)
    return graph_of(x).dropout(x, keep_prob, name)


def __getattr__(name):
    raise AttributeError(missing(f"tf.nn.{name}"))
