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

import math
import typing

from graph import Graph as BaseGraph
from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf.datatypes import float64, int32, is_whole
from tf.graphs import as_list, graph_of, seeded
from tf.names import missing
from tf.operations import (
    add,
    cast,
    clip_by_value,
    concat,
    divide,
    gather,
    matmul,
    multiply,
    named,
    reduce_sum,
    rsqrt,
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
__all__ += ["avg_pool", "batch_normalization", "conv2d", "conv2d_transpose"]
__all__ += ["elu", "embedding_lookup", "in_top_k", "l2_normalize", "leaky_relu"]
__all__ += ["max_pool", "moments", "nce_loss", "relu6", "sampled_softmax_loss"]
__all__ += ["top_k", "xw_plus_b"]

# These are in `tf/rnn.py`, which uses this module.
RECURRENT = ("bidirectional_dynamic_rnn", "dynamic_rnn", "static_bidirectional_rnn")
RECURRENT += ("static_rnn",)


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


def leaky_relu(features, alpha=0.2, name=None):
    """x where it's positive, else `alpha` times x."""
    graph = graph_of(features)
    return graph.maximum(multiply(features, alpha), features, name)


def relu6(features, name=None):
    """x, limited to the range from 0 to 6."""
    return clip_by_value(features, 0.0, 6.0, name)


def elu(features, name=None):
    """x where it's positive, else e^x - 1."""
    graph = graph_of(features)
    x = graph.convert(features)
    below = graph.exp(graph.minimum(x, 0.0)) - 1
    return graph.where(x > 0, x, below, name)


def l2_normalize(x, axis=None, epsilon=1e-12, name=None, dim=None):
    """x, divided by its norm along `axis`."""
    squares = reduce_sum(square(x), dim if axis is None else axis, keepdims=True)
    return multiply(x, rsqrt(graph_of(x).maximum(squares, epsilon)), name)


def xw_plus_b(x, weights, biases, name=None):
    """x @ weights + biases."""
    return bias_add(matmul(x, weights), biases, name=name)


def embedding_lookup(params, ids, partition_strategy="mod", name=None):
    """The rows of a table, by number."""
    if isinstance(params, (list, tuple)):
        (params,) = params
    return gather(params, ids, name=name)


def top_k(input, k=1, sorted=True, name=None):
    """The k largest along the last axis, and their indices."""
    graph = graph_of(input)
    values, indices = graph.top_k(input, k, name)
    return TopK(values, graph.cast(indices, int32))


class TopK(typing.NamedTuple):
    """What `tf.nn.top_k` returns."""

    values: BaseTensor
    indices: BaseTensor


def in_top_k(predictions, targets, k, name=None):
    """Whether each target, a number of a class, is among the k best predictions."""
    graph = graph_of(predictions, targets)
    predictions = graph.convert(predictions)
    own = graph.one_hot(targets, predictions.dims[-1], predictions.dtype) * predictions
    better = predictions > reduce_sum(own, -1, keepdims=True)
    return graph.less(reduce_sum(cast(better, int32), -1), k, name)


# ## Images {#images}
#
# [Convolution](mixins/convolution.py) and [pooling](mixins/pooling.py) are ours.
# TensorFlow writes strides and sizes with a number for each of the four axes, where
# those for batch and channels are 1.


def _pair(given, what, data_format):
    if data_format not in (None, "NHWC"):
        raise ValueError(missing(f"tf.nn with data_format={data_format!r}"))
    pair = as_list(given)
    if len(pair) == 4:
        if (pair[0], pair[3]) != (1, 1):
            raise ValueError(f"{what} are [1, rows, columns, 1], got {given}")
        pair = pair[1:3]
    return pair[0] if len(pair) == 1 else tuple(pair)


def conv2d(
    input,
    filter=None,
    strides=1,
    padding="SAME",
    use_cudnn_on_gpu=True,
    data_format="NHWC",
    dilations=1,
    name=None,
    filters=None,
):
    """`filter` slid over images: (batch, rows, columns, channels)."""
    filter = filters if filter is None else filter
    strides = _pair(strides, "strides", data_format)
    dilations = _pair(dilations, "dilations", data_format)
    graph = graph_of(input, filter)
    return graph.conv2d(input, filter, strides, padding, dilations, name)


def conv2d_transpose(
    value,
    filter=None,
    output_shape=None,
    strides=1,
    padding="SAME",
    data_format="NHWC",
    name=None,
    input=None,
    filters=None,
):
    """The gradient of `conv2d`, used by itself: it makes images larger."""
    value = input if value is None else value
    filter = filters if filter is None else filter
    strides = _pair(strides, "strides", data_format)
    graph = graph_of(value, filter, *as_list(output_shape))
    return graph.conv2d_transpose(
        value, filter, output_shape, strides, padding, name=name
    )


def max_pool(value, ksize, strides, padding, data_format="NHWC", name=None, input=None):
    """The largest of each window."""
    value = input if value is None else value
    window = (_pair(n, "sizes", data_format) for n in (ksize, strides))
    return graph_of(value).max_pool(value, *window, padding, name)


def avg_pool(value, ksize, strides, padding, data_format="NHWC", name=None, input=None):
    """The mean of each window."""
    value = input if value is None else value
    window = (_pair(n, "sizes", data_format) for n in (ksize, strides))
    return graph_of(value).avg_pool(value, *window, padding, name)


def moments(x, axes, shift=None, name=None, keep_dims=None, keepdims=None):
    """The mean and the variance of x over `axes`."""
    kept = bool(keep_dims if keepdims is None else keepdims)
    return graph_of(x).moments(x, axes, kept)


def batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None):
    """(x - mean) / sqrt(variance + epsilon) * scale + offset."""
    given = x, mean, variance, offset, scale, variance_epsilon, name
    return graph_of(x, mean, variance).batch_normalization(*given)


# ## A vocabulary is too large for a softmax {#sampling}
#
# To predict one of 50,000 words, you'd compute 50,000 logits for each example.
# *Noise-contrastive estimation* asks less: tell the true word from a few that are drawn
# at random, frequent ones more often.  Words are numbered by how frequent they are, so
# we draw number $k$ with probability $\ln \frac{k+2}{k+1} / \ln(\text{classes} + 1)$.
# Each logit loses the logarithm of how often its word is expected among those drawn.
#
# (TensorFlow draws until all are different; we draw independently.)


def _sampled_logits(
    weights, biases, labels, inputs, num_sampled, num_classes, num_true, seed
):
    """Logits of the true classes and of random ones, and which of these are true."""
    graph = graph_of(weights, inputs)
    labels = graph.reshape(cast(labels, int32), (-1, num_true))
    drawn = seeded(inputs, seed).random_uniform((num_sampled,), dtype=float64)
    drawn = graph.floor(graph.exp(drawn * math.log(num_classes + 1))) - 1
    drawn = cast(clip_by_value(drawn, 0, num_classes - 1), int32)

    def expected(classes):
        k = cast(classes, inputs.dtype)
        share = graph.log((k + 2) / (k + 1)) / math.log(num_classes + 1)
        return graph.log(share * num_sampled)

    rows = gather(weights, labels)
    true = reduce_sum(rows * graph.expand_dims(inputs, 1), -1)
    true = true + gather(biases, labels) - expected(labels)
    sampled = matmul(inputs, gather(weights, drawn), transpose_b=True)
    sampled = sampled + gather(biases, drawn) - expected(drawn)
    return true, sampled, graph.equal(labels, drawn)


def nce_loss(
    weights,
    biases,
    labels,
    inputs,
    num_sampled,
    num_classes,
    num_true=1,
    sampled_values=None,
    remove_accidental_hits=False,
    partition_strategy="mod",
    name="nce_loss",
    seed=None,
):
    """How badly each example's true classes are told from `num_sampled` random ones."""
    given = weights, biases, labels, inputs, num_sampled, num_classes, num_true, seed
    true, sampled, _ = _sampled_logits(*given)
    graph = true.graph
    ours = graph.sigmoid_cross_entropy(
        true, graph.ones_like(true) / num_true, mean=False
    )
    others = graph.sigmoid_cross_entropy(sampled, graph.zeros_like(sampled), mean=False)
    return add(reduce_sum(ours, -1), reduce_sum(others, -1), name)


def sampled_softmax_loss(
    weights,
    biases,
    labels,
    inputs,
    num_sampled,
    num_classes,
    num_true=1,
    sampled_values=None,
    remove_accidental_hits=True,
    partition_strategy="mod",
    name="sampled_softmax_loss",
    seed=None,
):
    """The cross-entropy of the true class against `num_sampled` random ones."""
    if num_true != 1:
        raise ValueError(f"sampled_softmax_loss takes one true class, got {num_true}")
    given = weights, biases, labels, inputs, num_sampled, num_classes, num_true, seed
    true, sampled, hit = _sampled_logits(*given)
    if remove_accidental_hits:
        sampled = true.graph.where(hit, -1e30, sampled)
    logits = concat([true, sampled], -1)
    first = true.graph.zeros_like(true[:, 0])
    return sparse_softmax_cross_entropy_with_logits(cast(first, int32), logits, name)


def __getattr__(name):
    if name in RECURRENT or name == "rnn_cell":
        from tf import rnn

        return rnn if name == "rnn_cell" else getattr(rnn, name)
    raise AttributeError(missing(f"tf.nn.{name}"))
