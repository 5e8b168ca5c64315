# # TensorFlow 1: values to begin with
#
# Placeholders, variables, constants, and random numbers.
#
# >>> import tf
# >>> with tf.Session() as sess:
# ...     sess.run(tf.constant([1, 2], shape=[2, 3])).tolist()
# [[1, 2, 2], [2, 2, 2]]

import numpy

from graph import Graph as BaseGraph
from tensor import FRAMEWORK
from tf.datatypes import as_dtype, float32, float64, type_or_none
from tf.graphs import get_default_graph, graph_of, seeded
from tf.operations import add, multiply

FRAMEWORK.add(__name__)

__all__ = ["Variable", "constant", "fill", "ones", "ones_like", "placeholder"]
__all__ += ["random_normal", "random_uniform", "truncated_normal"]
__all__ += ["zeros", "zeros_like"]


def placeholder(dtype, shape=None, name=None):
    """A value that each run is fed."""
    return get_default_graph().placeholder(shape, as_dtype(dtype), name)


def Variable(initial_value=None, trainable=True, *, name=None, dtype=None):
    """A value that a session keeps.

    `initial_value` is numbers, a tensor, or a function that returns one of these.

    Raises:
        ValueError: there is no initial value.
    """
    if initial_value is None:
        raise ValueError("initial_value must be specified.")
    if callable(initial_value):
        initial_value = initial_value()
    graph = graph_of(initial_value)
    return graph.variable(initial_value, name, trainable, type_or_none(dtype))


def constant(value, dtype=None, shape=None, name=None):
    """A constant.

    With a `shape` its numbers are laid out in that; if there are too few, the last one
    is repeated.
    """
    graph = get_default_graph()
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
    """A tensor of the shape `dims` that has `value` everywhere."""
    graph = graph_of(value, dims)
    return graph.broadcast_to(graph.convert(value), dims, name)


def zeros(shape, dtype=float32, name=None):
    """Zeros of a shape, which may have tensors in it."""
    return fill(shape, numpy.zeros((), as_dtype(dtype)), name)


def ones(shape, dtype=float32, name=None):
    """Ones of a shape, which may have tensors in it."""
    return fill(shape, numpy.ones((), as_dtype(dtype)), name)


def zeros_like(tensor, dtype=None, name=None):
    """Zeros of the shape of `tensor`."""
    return _like(BaseGraph.zeros_like, tensor, dtype, name)


def ones_like(tensor, dtype=None, name=None):
    """Ones of the shape of `tensor`."""
    return _like(BaseGraph.ones_like, tensor, dtype, name)


def _like(method, tensor, dtype, name):
    graph = graph_of(tensor)
    tensor = graph.convert(tensor)
    return method(graph, graph.cast(tensor, type_or_none(dtype) or tensor.dtype), name)


# ## Random numbers


def random_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None):
    """Numbers of the normal distribution."""
    drawn = seeded(shape, seed).random_normal(shape, dtype=as_dtype(dtype))
    return add(multiply(drawn, stddev), mean, name)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None):
    """Numbers of the normal distribution, but none over two `stddev` from `mean`."""
    drawn = seeded(shape, seed).truncated_normal(shape, dtype=as_dtype(dtype))
    return add(multiply(drawn, stddev), mean, name)


def random_uniform(shape, minval=0, maxval=None, dtype=float32, seed=None, name=None):
    """Numbers from `minval` up to `maxval`, which for floats is 1 if not given.

    Raises:
        ValueError: the numbers are to be integers, and there is no `maxval`.
    """
    graph, dtype = seeded(shape, seed), as_dtype(dtype)
    if dtype.kind == "f":
        drawn = graph.random_uniform(shape, dtype=dtype)
        return add(minval, ((1 if maxval is None else maxval) - minval) * drawn, name)
    if maxval is None:
        raise ValueError(f"Must specify maxval for integer dtype {dtype}")
    drawn = (maxval - minval) * graph.random_uniform(shape, dtype=float64)
    return graph.cast(minval + graph.floordiv(drawn, 1), dtype, name)
