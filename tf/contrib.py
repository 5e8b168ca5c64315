# # `tf.contrib`, as far as programs use it
#
# What people added to TensorFlow 1 was in `tf.contrib`, and went with it.  Here are the
# layers and cells that most programs take from it, as other names of ours.
#
# >>> import tf
# >>> x = tf.placeholder(tf.float32, [None, 3], name="x")
# >>> tf.contrib.layers.fully_connected(x, 4).shape
# (?, 4)
# >>> tf.contrib.rnn.BasicLSTMCell is tf.nn.rnn_cell.BasicLSTMCell
# True

import types

from tensor import FRAMEWORK
from tf import layers as _layers
from tf import nn
from tf import rnn as _cells
from tf.names import missing
from tf.operations import abs, multiply, reduce_sum, square
from tf.scopes import glorot_uniform_initializer

FRAMEWORK.add(__name__)

__all__ = ["layers", "rnn"]


def fully_connected(
    inputs,
    num_outputs,
    activation_fn=nn.relu,
    weights_initializer=None,
    biases_initializer=None,
    weights_regularizer=None,
    reuse=None,
    trainable=True,
    scope=None,
):
    """`tf.layers.dense`, with a ReLU unless you say otherwise."""
    options = {"bias_initializer": biases_initializer} if biases_initializer else {}
    return _layers.dense(
        inputs,
        num_outputs,
        activation_fn,
        kernel_initializer=weights_initializer,
        kernel_regularizer=weights_regularizer,
        trainable=trainable,
        name=scope or "fully_connected",
        reuse=reuse,
        **options,
    )


def conv2d(
    inputs,
    num_outputs,
    kernel_size,
    stride=1,
    padding="SAME",
    activation_fn=nn.relu,
    weights_initializer=None,
    weights_regularizer=None,
    reuse=None,
    scope=None,
):
    """`tf.layers.conv2d`, with a ReLU unless you say otherwise."""
    return _layers.conv2d(
        inputs,
        num_outputs,
        kernel_size,
        stride,
        padding,
        activation=activation_fn,
        kernel_initializer=weights_initializer,
        kernel_regularizer=weights_regularizer,
        name=scope or "Conv",
        reuse=reuse,
    )


def max_pool2d(inputs, kernel_size, stride=2, padding="VALID", scope=None):
    """`tf.layers.max_pooling2d`."""
    return _layers.max_pooling2d(inputs, kernel_size, stride, padding, name=scope)


def xavier_initializer(uniform=True, seed=None):
    """`tf.glorot_uniform_initializer`."""
    if not uniform:
        raise ValueError(missing("tf.contrib.layers.xavier_initializer(uniform=False)"))
    return glorot_uniform_initializer(seed)


def l2_regularizer(scale, scope=None):
    """A function of weights: `scale` times half the sum of their squares."""
    return lambda weights: multiply(reduce_sum(square(weights)), scale / 2)


def l1_regularizer(scale, scope=None):
    """A function of weights: `scale` times the sum of their absolute values."""
    return lambda weights: multiply(reduce_sum(abs(weights)), scale)


layers = types.SimpleNamespace(
    fully_connected=fully_connected,
    conv2d=conv2d,
    max_pool2d=max_pool2d,
    flatten=_layers.flatten,
    dropout=nn.dropout,
    batch_norm=_layers.batch_normalization,
    xavier_initializer=xavier_initializer,
    xavier_initializer_conv2d=xavier_initializer,
    l1_regularizer=l1_regularizer,
    l2_regularizer=l2_regularizer,
)
rnn = types.SimpleNamespace(
    **{name: getattr(_cells, name) for name in _cells.__all__},
    static_rnn=_cells.static_rnn,
    static_bidirectional_rnn=_cells.static_bidirectional_rnn,
)


def __getattr__(name):
    raise AttributeError(missing(f"tf.contrib.{name}"))
