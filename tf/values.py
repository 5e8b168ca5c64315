# # Where do values come from?
#
# You feed them, a session keeps them, the graph holds them, or chance draws them.  One
# thing may surprise you.  Give a constant too few numbers for its shape, and it repeats
# the last one:
#
# >>> import tf
# >>> with tf.Session() as sess:
# ...     sess.run(tf.constant([1, 2], shape=[2, 3])).tolist()
# [[1, 2, 2], [2, 2, 2]]

import numpy

import ops
from graph import Graph as BaseGraph
from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf.datatypes import as_dtype, float32, float64, type_or_none
from tf.graphs import get_default_graph, graph_of, seeded
from tf.operations import add, multiply

FRAMEWORK.add(__name__)

__all__ = ["Variable", "constant", "fill", "ones", "ones_like", "placeholder"]
__all__ += ["random_normal", "random_uniform", "truncated_normal"]
__all__ += ["zeros", "zeros_like"]


def placeholder(dtype, shape=None, name=None):
    """A tensor whose value you feed in each run."""
    return get_default_graph().placeholder(shape, as_dtype(dtype), name)


class _Variables(type):
    """`isinstance(x, tf.Variable)` asks whether a tensor is a variable."""

    def __instancecheck__(cls, x):
        return isinstance(x, BaseTensor) and x.kind == "variable"


class Variable(metaclass=_Variables):
    """A tensor whose value the session keeps from run to run.

    `initial_value` is numbers, a tensor, or a function that returns either.

    Raises:
        ValueError: there's no initial value.
    """

    def __new__(
        cls,
        initial_value=None,
        trainable=True,
        collections=None,
        validate_shape=True,
        caching_device=None,
        name=None,
        variable_def=None,
        dtype=None,
    ):
        if initial_value is None:
            raise ValueError("initial_value must be specified.")
        if callable(initial_value):
            initial_value = initial_value()
        graph = graph_of(initial_value)
        variable = graph.variable(initial_value, name, trainable, type_or_none(dtype))
        for key in collections or ():
            graph.collections.setdefault(key, []).append(variable)
        return variable


# Text is a value, too, though you can't compute with it.


class TextOp(ops.BaseOp):
    """A constant text, as bytes."""

    kind = "text"

    def compute(self, np):
        return self.text

    def infer_shape(self):
        return ()

    def infer_dtype(self):
        return numpy.dtype(object)


def constant(value, dtype=None, shape=None, name=None):
    """A constant, of the shape `shape` if you give one.

    If it needs more numbers, it repeats the last one; too many raise a ValueError.
    """
    graph = get_default_graph()
    if isinstance(value, (str, bytes)):
        text = value.encode() if isinstance(value, str) else value
        return TextOp([], graph, name, text=text).output
    if shape is None:
        return graph.constant(value, name, type_or_none(dtype))
    dtype, what = type_or_none(dtype), name or "constant"
    array = numpy.ravel(graph.data(value, dtype, what))
    missing = int(numpy.prod(shape)) - array.size
    if missing < 0:
        raise ValueError(
            f"Too many elements provided. Takes at most {numpy.prod(shape)}, but got "
            f"{array.size}."
        )
    array = numpy.pad(array, (0, missing), mode="edge").reshape(shape)
    return graph.constant(array, name)


def fill(dims, value, name=None):
    """A tensor of the shape `dims`, filled with `value`."""
    graph = graph_of(value, dims)
    return graph.broadcast_to(graph.convert(value), dims, name)


def zeros(shape, dtype=float32, name=None):
    """Zeros of a shape, which can contain tensors."""
    return fill(shape, numpy.zeros((), as_dtype(dtype)), name)


def ones(shape, dtype=float32, name=None):
    """Ones of a shape, which can contain tensors."""
    return fill(shape, numpy.ones((), as_dtype(dtype)), name)


def zeros_like(tensor, dtype=None, name=None):
    """Zeros of the same shape as `tensor`."""
    return _like(BaseGraph.zeros_like, tensor, dtype, name)


def ones_like(tensor, dtype=None, name=None):
    """Ones of the same shape as `tensor`."""
    return _like(BaseGraph.ones_like, tensor, dtype, name)


def _like(method, tensor, dtype, name):
    graph = graph_of(tensor)
    tensor = graph.convert(tensor)
    return method(graph, graph.cast(tensor, type_or_none(dtype) or tensor.dtype), name)


# ## A seed seeds all sessions {#random-numbers}
#
# Only the first `seed` that you give to an operation counts, and it seeds whole
# sessions.  With values and operations you can build networks; [`tf.nn`](tf/nn.py)
# helps.


def random_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None):
    """Normally distributed numbers."""
    drawn = seeded(shape, seed).random_normal(shape, dtype=as_dtype(dtype))
    return add(multiply(drawn, stddev), mean, name)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None):
    """Normally distributed numbers, none more than two `stddev` from `mean`."""
    drawn = seeded(shape, seed).truncated_normal(shape, dtype=as_dtype(dtype))
    return add(multiply(drawn, stddev), mean, name)


def random_uniform(shape, minval=0, maxval=None, dtype=float32, seed=None, name=None):
    """Uniform numbers from `minval` up to `maxval`, by default 1.

    Raises:
        ValueError: `dtype` is an integer type, and there's no `maxval`.
    """
    graph, dtype = seeded(shape, seed), as_dtype(dtype)
    if dtype.kind == "f":
        drawn = graph.random_uniform(shape, dtype=dtype)
        return add(minval, ((1 if maxval is None else maxval) - minval) * drawn, name)
    if maxval is None:
        raise ValueError(f"Must specify maxval for integer dtype {dtype}")
    drawn = (maxval - minval) * graph.random_uniform(shape, dtype=float64)
    return graph.cast(minval + graph.floordiv(drawn, 1), dtype, name)
