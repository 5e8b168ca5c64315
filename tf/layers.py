# # A layer in one line: `tf.layers`
#
# You've written `relu(x @ W + b)` often enough, and made its variables each time.  A
# *layer* makes them for you: it takes a tensor, looks at its shape, and returns what
# comes behind.
#
# >>> import tf
# >>> x = tf.placeholder(tf.float32, [None, 28, 28, 1], name="x")
# >>> h = tf.layers.conv2d(x, 6, 5, activation=tf.nn.relu)
# >>> h = tf.layers.flatten(tf.layers.max_pooling2d(h, 2, 2))
# >>> logits = tf.layers.dense(h, 10, name="logits")
# >>> [(v.name, v.shape) for v in tf.global_variables()][::2]
# [('conv2d/kernel', (5, 5, 1, 6)), ('logits/kernel', (864, 10))]

from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf import nn
from tf.collections import GraphKeys, add_to_collection
from tf.flow import cond
from tf.graphs import as_list, graph_of
from tf.names import missing
from tf.operations import reshape
from tf.scopes import get_variable, ones_initializer, variable_scope, zeros_initializer
from tf.updates import assign

FRAMEWORK.add(__name__)

__all__ = ["average_pooling2d", "batch_normalization", "conv2d", "conv2d_transpose"]
__all__ += ["dense", "dropout", "flatten", "max_pooling2d"]


def _variable(name, shape, initializer, regularizer=None, trainable=True):
    variable = get_variable(name, shape, initializer=initializer, trainable=trainable)
    if regularizer is not None:
        add_to_collection(GraphKeys.REGULARIZATION_LOSSES, regularizer(variable))
    return variable


def _activated(x, activation):
    return x if activation is None else activation(x)


def dense(
    inputs,
    units,
    activation=None,
    use_bias=True,
    kernel_initializer=None,
    bias_initializer=zeros_initializer,
    kernel_regularizer=None,
    bias_regularizer=None,
    activity_regularizer=None,
    kernel_constraint=None,
    bias_constraint=None,
    trainable=True,
    name=None,
    reuse=None,
):
    """`activation(inputs @ kernel + bias)`, over the last axis."""
    inputs = graph_of(inputs).convert(inputs)
    with variable_scope(name, "dense", reuse=reuse):
        shape = [inputs.get_shape()[-1].value, units]
        kernel = _variable(
            "kernel", shape, kernel_initializer, kernel_regularizer, trainable
        )
        outputs = inputs.graph.dot(inputs, kernel)
        if use_bias:
            bias = _variable(
                "bias", [units], bias_initializer, bias_regularizer, trainable
            )
            outputs = nn.bias_add(outputs, bias)
        return _activated(outputs, activation)


def conv2d(
    inputs,
    filters,
    kernel_size,
    strides=1,
    padding="valid",
    data_format="channels_last",
    dilation_rate=1,
    activation=None,
    use_bias=True,
    kernel_initializer=None,
    bias_initializer=zeros_initializer,
    kernel_regularizer=None,
    bias_regularizer=None,
    activity_regularizer=None,
    kernel_constraint=None,
    bias_constraint=None,
    trainable=True,
    name=None,
    reuse=None,
):
    """`activation(conv2d(inputs, kernel) + bias)`, over images."""
    _check_format(data_format)
    inputs = graph_of(inputs).convert(inputs)
    with variable_scope(name, "conv2d", reuse=reuse):
        shape = [*_pair(kernel_size), inputs.get_shape()[-1].value, filters]
        kernel = _variable(
            "kernel", shape, kernel_initializer, kernel_regularizer, trainable
        )
        slide = _pair(strides), padding.upper(), _pair(dilation_rate)
        outputs = inputs.graph.conv2d(inputs, kernel, *slide)
        if use_bias:
            bias = _variable(
                "bias", [filters], bias_initializer, bias_regularizer, trainable
            )
            outputs = nn.bias_add(outputs, bias)
        return _activated(outputs, activation)


def conv2d_transpose(
    inputs,
    filters,
    kernel_size,
    strides=1,
    padding="valid",
    data_format="channels_last",
    activation=None,
    use_bias=True,
    kernel_initializer=None,
    bias_initializer=zeros_initializer,
    kernel_regularizer=None,
    bias_regularizer=None,
    activity_regularizer=None,
    kernel_constraint=None,
    bias_constraint=None,
    trainable=True,
    name=None,
    reuse=None,
):
    """`activation(conv2d_transpose(inputs, kernel) + bias)`: larger images."""
    _check_format(data_format)
    inputs = graph_of(inputs).convert(inputs)
    graph, padding = inputs.graph, padding.upper()
    with variable_scope(name, "conv2d_transpose", reuse=reuse):
        size, strides = _pair(kernel_size), _pair(strides)
        shape = [*size, filters, inputs.get_shape()[-1].value]
        kernel = _variable(
            "kernel", shape, kernel_initializer, kernel_regularizer, trainable
        )
        batch, *pixels = inputs.get_shape().as_list()[:3]
        larger = [
            n * stride + (max(k - stride, 0) if padding == "VALID" else 0)
            for n, stride, k in zip(pixels, strides, size)
        ]
        batch = graph.shape(inputs)[0] if batch is None else batch
        outputs = graph.conv2d_transpose(
            inputs, kernel, [batch, *larger, filters], strides, padding
        )
        if use_bias:
            bias = _variable(
                "bias", [filters], bias_initializer, bias_regularizer, trainable
            )
            outputs = nn.bias_add(outputs, bias)
        return _activated(outputs, activation)


def _pair(given):
    pair = as_list(given)
    return tuple(pair * 2 if len(pair) == 1 else pair)


def _check_format(data_format):
    if data_format != "channels_last":
        raise ValueError(missing(f"tf.layers with data_format={data_format!r}"))


def max_pooling2d(
    inputs, pool_size, strides, padding="valid", data_format="channels_last", name=None
):
    """The largest of each window."""
    _check_format(data_format)
    window = _pair(pool_size), _pair(strides), padding.upper()
    return graph_of(inputs).max_pool(inputs, *window, name)


def average_pooling2d(
    inputs, pool_size, strides, padding="valid", data_format="channels_last", name=None
):
    """The mean of each window."""
    _check_format(data_format)
    window = _pair(pool_size), _pair(strides), padding.upper()
    return graph_of(inputs).avg_pool(inputs, *window, name)


def flatten(inputs, name=None):
    """Each example as a row."""
    inputs = graph_of(inputs).convert(inputs)
    sizes = inputs.get_shape().as_list()[1:]
    if None in sizes:
        raise ValueError(f"flatten needs all sizes but the first of {inputs!r}")
    size = 1
    for n in sizes:
        size *= n
    return reshape(inputs, [-1, size], name)


# ## While training, and after
#
# Dropout and batch normalization are for training only, so both ask: is this training?
# Say so by True, or by a placeholder, and use one graph for both.


def _chosen(training, then, otherwise):
    if isinstance(training, BaseTensor):
        return cond(training, then, otherwise)
    return then() if training else otherwise()


def dropout(inputs, rate=0.5, noise_shape=None, seed=None, training=False, name=None):
    """While training, 0 with the probability `rate`, and the rest larger to match."""
    inputs = graph_of(inputs).convert(inputs)
    return _chosen(
        training,
        lambda: nn.dropout(inputs, rate=rate, seed=seed),
        lambda: inputs.graph.identity(inputs, name),
    )


# Batch normalization averages means and variances while it trains, for later.  Those
# two assignments aren't part of your step, unless you make them so: they're in the
# collection `tf.GraphKeys.UPDATE_OPS`.


def batch_normalization(
    inputs,
    axis=-1,
    momentum=0.99,
    epsilon=1e-3,
    center=True,
    scale=True,
    beta_initializer=zeros_initializer,
    gamma_initializer=ones_initializer,
    moving_mean_initializer=zeros_initializer,
    moving_variance_initializer=ones_initializer,
    beta_regularizer=None,
    gamma_regularizer=None,
    beta_constraint=None,
    gamma_constraint=None,
    training=False,
    trainable=True,
    name=None,
    reuse=None,
):
    """Each channel with a mean of 0 and a variance of 1, then scaled and shifted.

    While training, by the batch's own mean and variance; else by moving averages.
    """
    inputs = graph_of(inputs).convert(inputs)
    if axis not in (-1, inputs.rank - 1):
        raise ValueError(missing(f"tf.layers.batch_normalization with axis={axis}"))
    size = [inputs.get_shape()[-1].value]
    with variable_scope(name, "batch_normalization", reuse=reuse):
        gamma = beta = None
        if scale:
            gamma = _variable(
                "gamma", size, gamma_initializer, gamma_regularizer, trainable
            )
        if center:
            beta = _variable(
                "beta", size, beta_initializer, beta_regularizer, trainable
            )
        moving = [
            _variable("moving_mean", size, moving_mean_initializer, trainable=False),
            _variable(
                "moving_variance", size, moving_variance_initializer, trainable=False
            ),
        ]
        axes = tuple(range(inputs.rank - 1))
        batch = inputs.graph.moments(inputs, axes)
        mean, variance = _chosen(training, lambda: list(batch), lambda: list(moving))
        if training is not False:
            if inputs.rank == 4:
                # For images, TensorFlow divides by one less: an unbiased estimate.
                number = inputs.graph.count(inputs, axes)
                variance_now = variance * (number / (number - 1))
            else:
                variance_now = variance
            for average, now in zip(moving, (mean, variance_now)):
                update = assign(average, average * momentum + now * (1 - momentum))
                add_to_collection(GraphKeys.UPDATE_OPS, update)
        return nn.batch_normalization(inputs, mean, variance, beta, gamma, epsilon)


def __getattr__(name):
    raise AttributeError(missing(f"tf.layers.{name}"))
