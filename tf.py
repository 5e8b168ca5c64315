# # TensorFlow 1: its names, over this framework
#
# Is this really how TensorFlow works?  Then a program for TensorFlow should run here.
# It does: what was written for `import tensorflow.compat.v1 as tf`, with graphs and
# sessions, runs with `import tf`, and prints the same numbers, as far as it uses what
# is here.  That is enough for networks of matrix products; convolutions, loops inside
# of graphs, queues and summaries are not here.
#
# >>> import tf
# >>> tf.disable_v2_behavior()
# >>> x = tf.placeholder(tf.float32, [None, 2], name="x")
# >>> y = tf.placeholder(tf.float32, [None, 1], name="y")
# >>> W = tf.Variable(tf.zeros([2, 1]), name="W")
# >>> b = tf.Variable(0.0, name="b")
# >>> error = tf.matmul(x, W) + b - y
# >>> loss = tf.reduce_mean(tf.square(error), name="loss")
# >>> step = tf.train.GradientDescentOptimizer(0.3).minimize(loss)
# >>> data = {x: [[0, 0], [0, 1], [1, 0]], y: [[1], [3], [4]]}
# >>> with tf.Session() as sess:
# ...     sess.run(tf.global_variables_initializer())
# ...     for _ in range(200):
# ...         _, value = sess.run([step, loss], feed_dict=data)
# ...     print(W.eval().round(3).tolist(), b.eval().round(3))
# [[3.0], [2.0]] 1.0
#
# To run your own, put it beside `tf.py`; TensorFlow need not be installed.
#
# This module computes and differentiates nothing.  It says what our operations are
# called there, and adds what is a matter of names and types: scopes, counted steps, the
# words of errors.  `tests/peers/test_tensorflow.py` runs thirteen programs twice, by
# TensorFlow and by this, with nothing changed but the line of the import, and compares
# all that they print: the numbers to $10^{-5}$, types and shapes to the letter.
#
# Where TensorFlow insists and we need not, this is lenient:
#
# - A variable that nobody has initialized has its initial value.  (TensorFlow:
#   "Attempting to use uninitialized value W".)
# - Types may meet: `float32` times `int32` is NumPy's `float64`, not an error.
#
# What differs:
#
# - A run is a snapshot, as in all of this book.  In TensorFlow an update may or may not
#   be seen by what else is in the run; here it is seen by what is made within
#   `tf.control_dependencies` of it.  Two assignments of one variable need that as well.
# - A softmax cross-entropy has the gradient of its formula.  TensorFlow's has that of
#   labels which sum to 1, also where they do not.
# - The sizes in a shape may be tensors; axes, slices and depths may not.
# - Random numbers are others.  The first `seed` that an operation is given seeds all
#   random numbers of the sessions made after it.
# - Names end without ":0", and those that nobody gave are ours: "constant", not
#   "Const".
# - 2.7 cannot be fed as an integer, which TensorFlow makes a 2 of.

import contextlib
import functools
import inspect
import math
import os
import re
import types

import numpy

import ops
import train as optimizers
from graph import Graph as BaseGraph
from session import Session as BaseSession
from tensor import Tensor as BaseTensor
from tensor import Unknown, numbers, show_shape

# ## Types
#
# A type is NumPy's.  It may be given by its name, and "float" means `float32`: graphics
# processors like it, and half the memory is enough for most networks.

float16 = half = numpy.dtype("float16")
float32 = numpy.dtype("float32")
float64 = double = numpy.dtype("float64")
int8, int16 = numpy.dtype("int8"), numpy.dtype("int16")
int32, int64 = numpy.dtype("int32"), numpy.dtype("int64")
uint8, uint16 = numpy.dtype("uint8"), numpy.dtype("uint16")
bool = numpy.dtype("bool")

_TYPES = {"float": float32, "double": float64, "half": float16, float: float32}
_TYPES[int] = int32


def as_dtype(type_value):
    """The type that a name, a type of Python's or of NumPy's stands for."""
    try:
        if type_value is not None:
            return numpy.dtype(_TYPES.get(type_value, type_value))
        raise TypeError
    except TypeError:
        raise TypeError(
            f"Cannot convert the argument `type_value`: {type_value!r} to a "
            "TensorFlow DType."
        ) from None


def _type(dtype):
    return None if dtype is None else as_dtype(dtype)


def _is_whole(value):
    """Whether a tensor or a number is of integers."""
    if isinstance(value, BaseTensor):
        return value.dtype is not None and value.dtype.kind in "iu"
    return numpy.asarray(value).dtype.kind in "iu"


# ## Tensors
#
# There a tensor, a variable and an operation are objects of three classes.  Here one
# class has the methods of all three.


class Dimension(int):
    """A size of an axis that is known."""

    @property
    def value(self):
        """The same as a plain number."""
        return int(self)


class UnknownDimension(Unknown):
    """A size that only a run knows."""

    value = None


class TensorShape(tuple):
    """The sizes of axes, each a `Dimension` or an `UnknownDimension`."""

    def __new__(cls, sizes):
        values = (getattr(size, "value", size) for size in sizes)
        return super().__new__(
            cls, (UnknownDimension() if n is None else Dimension(n) for n in values)
        )

    @property
    def ndims(self):
        """The number of axes."""
        return len(self)

    def num_elements(self):
        """How many elements there are; None if a size is unknown."""
        sizes = self.as_list()
        return None if None in sizes else math.prod(sizes)

    def as_list(self):
        """The sizes as a list of plain numbers and None."""
        return [size.value for size in self]

    def __getitem__(self, index):
        part = super().__getitem__(index)
        return TensorShape(part) if isinstance(index, slice) else part

    def __repr__(self):
        return show_shape(self)


class _Listed:
    """Says of an attribute that it does not have that it is not here."""

    def __getattr__(self, name):
        raise AttributeError(_missing(f"{type(self).__name__}.{name}"))


def _missing(name):
    return (
        f"{name} is not among the names of TensorFlow 1 that are here. They are listed "
        "in tf.__all__, tf.nn.__all__ and tf.train.__all__; docs/tf.html shows them"
    )


class Tensor(_Listed, BaseTensor):
    """A tensor with TensorFlow's methods."""

    @property
    def shape(self):
        """The `TensorShape`, None if the rank is unknown."""
        sizes = super().shape
        return None if sizes is None else TensorShape(sizes)

    def get_shape(self):
        """The `TensorShape`; ValueError if not even the rank is known."""
        if self.dims is None:
            raise ValueError(f"the shape of '{self.name}' is unknown")
        return self.shape

    def eval(self, feed_dict=None, session=None):
        """The value in a run of `session`, or of the default session.

        A variable there takes the session alone: so may any tensor here.
        """
        if isinstance(feed_dict, BaseSession):
            feed_dict, session = None, feed_dict
        return super().eval(feed_dict, session)

    def run(self, feed_dict=None, session=None):
        """Run this in `session`, or in the default session, for what it does."""
        self.eval(feed_dict, session)

    def value(self):
        """This variable."""
        return self

    def read_value(self):
        """This variable, as control inputs leave it."""
        return self.graph.identity(self)

    def assign(self, value, use_locking=None, name=None):
        """See `tf.assign`."""
        return self.graph.assign(self, value, name)

    def assign_add(self, delta, use_locking=None, name=None):
        """See `tf.assign_add`."""
        return assign_add(self, delta, use_locking, name)

    def assign_sub(self, delta, use_locking=None, name=None):
        """See `tf.assign_sub`."""
        return assign_sub(self, delta, use_locking, name)

    @property
    def initializer(self):
        """The assignment of the initial value, the same each time."""
        if "_initializer" not in vars(self):
            with self.graph.control_dependencies(None):
                self._initializer = self.graph.assign(self, self.initial_value)
        return self._initializer

    def __bool__(self):
        raise TypeError(
            f"Using a `tf.Tensor` as a Python `bool` is not allowed: '{self.name}' has "
            "no value until a session runs it. Use tf.where to choose by a condition"
        )

    def __iter__(self):
        raise TypeError(
            f"Iterating over a `tf.Tensor` is not allowed: '{self.name}' has no value "
            "until a session runs it"
        )


# ## Graphs
#
# A graph of TensorFlow's is one of ours with other types: a number without a point is
# `int32`, one with a point `float32`, and an array of NumPy's keeps its type.  To
# divide integers gives `float64`.  And where there is no derivative, at a comparison
# say, the gradient ends without a word.  (`Graph.gradients` complains there, since it
# is more often a mistake than not.)
#
# >>> half = tf.constant(1) / 2
# >>> [x.dtype.name for x in (tf.constant(1), tf.constant(1.0), half)]
# ['int32', 'float32', 'float64']


class Graph(_Listed, BaseGraph):
    """A graph of TensorFlow's types, with scopes.

    Attributes:
        seed: the seed of the sessions on it; None for a different one each time.
        scope: what names begin with.
        variable_scope: the `VariableScope` that `tf.get_variable` goes by.
        shared: the variables that it has made, by their names.
    """

    _tensor_class = Tensor

    def __init__(self):
        super().__init__(float32)
        self.seed = None
        self.scope, self.variable_scope = "", VariableScope("")
        self.shared = {}

    def div(self, a, b, name=None):
        """a / b; never rounds, not even integers"""
        if _is_whole(a) and _is_whole(b):
            a, b = self.cast(a, float64), self.cast(b, float64)
        return super().div(a, b, name)

    def _array(self, value, dtype, name):
        if dtype is None and isinstance(value, (numpy.ndarray, numpy.generic)):
            dtype = value.dtype
        elif dtype is None and _is_whole(array := numbers(value, name)):
            fits = (array == array.astype(int32)).all()
            dtype = int32 if fits else array.dtype
        return super()._array(value, dtype, name)

    def _unique(self, name):
        if isinstance(name, str) and not name.startswith(self.scope):
            name = self.scope + name
        return super()._unique(name)

    def _passes_gradient(self, op):
        dtype = op.output.dtype
        return super()._passes_gradient(op) and dtype is not None and dtype.kind == "f"


def get_default_graph():
    """The graph that functions add to when no operand says which.

    Raises:
        TypeError: another kind of graph has been made the default one.
    """
    graph = BaseGraph.get_default()
    if not isinstance(graph, Graph):
        raise TypeError("the default graph is none of tf.Graph; make one the default")
    return graph


def reset_default_graph():
    """Make an empty graph the default one."""
    Graph().as_default()


def set_random_seed(seed):
    """Seed the random numbers of the default session, and of all made after this."""
    _set_seed(get_default_graph(), seed)


def _set_seed(graph, seed):
    graph.seed = seed
    for session in graph.sessions:
        session.random = numpy.random.default_rng(seed)


def disable_v2_behavior():
    """Nothing: there is no version 2 here."""


def _graph(*values):
    """The graph of the first tensor among `values`, or the default graph."""
    waiting = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, BaseTensor):
            return value.graph
        if isinstance(value, (list, tuple)):
            waiting += reversed(value)
    return get_default_graph()


def _as_list(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


# ## Values to begin with


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
    graph = _graph(initial_value)
    return graph.variable(initial_value, name, trainable, _type(dtype))


def constant(value, dtype=None, shape=None, name=None):
    """A constant.

    With a `shape` its numbers are laid out in that; if there are too few, the last one
    is repeated.
    """
    graph = get_default_graph()
    if shape is None:
        return graph.constant(value, name, _type(dtype))
    array = numpy.ravel(graph._array(value, _type(dtype), name or "constant"))
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
    graph = _graph(value, dims)
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
    graph = _graph(tensor)
    tensor = graph.convert(tensor)
    return method(graph, graph.cast(tensor, _type(dtype) or tensor.dtype), name)


def random_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None):
    """Numbers of the normal distribution."""
    drawn = _seeded(shape, seed).random_normal(shape, dtype=as_dtype(dtype))
    return add(multiply(drawn, stddev), mean, name)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None):
    """Numbers of the normal distribution, but none over two `stddev` from `mean`."""
    drawn = _seeded(shape, seed).truncated_normal(shape, dtype=as_dtype(dtype))
    return add(multiply(drawn, stddev), mean, name)


def random_uniform(shape, minval=0, maxval=None, dtype=float32, seed=None, name=None):
    """Numbers from `minval` up to `maxval`, which for floats is 1 if not given.

    Raises:
        ValueError: the numbers are to be integers, and there is no `maxval`.
    """
    graph, dtype = _seeded(shape, seed), as_dtype(dtype)
    if dtype.kind == "f":
        drawn = graph.random_uniform(shape, dtype=dtype)
        return add(minval, ((1 if maxval is None else maxval) - minval) * drawn, name)
    if maxval is None:
        raise ValueError(f"Must specify maxval for integer dtype {dtype}")
    drawn = (maxval - minval) * graph.random_uniform(shape, dtype=float64)
    return graph.cast(minval + graph.floordiv(drawn, 1), dtype, name)


def _seeded(shape, seed):
    graph = _graph(*_as_list(shape))
    if graph.seed is None and seed is not None:
        _set_seed(graph, seed)
    return graph


# ## Operations
#
# Of most operations, only the name and those of the parameters are others.


def _named(method, *parameters):
    """A method of `Graph` as a function with these parameters, before `name`.

    Where no operand is a tensor, the first one says of what type they all are.
    """
    _, *ours = inspect.signature(method).parameters.values()
    names = [*parameters, "name"]
    signature = inspect.Signature([x.replace(name=n) for x, n in zip(ours, names)])

    def function(*args, **keywords):
        bound = signature.bind(*args, **keywords)
        bound.apply_defaults()
        first, *others = bound.args
        graph = _graph(first, *others)
        if not any(isinstance(operand, BaseTensor) for operand in others):
            first = graph.convert(first)
        return method(graph, first, *others)

    function.__doc__, function.__signature__ = method.__doc__, signature
    return function


add = _named(BaseGraph.add, "x", "y")
subtract = _named(BaseGraph.sub, "x", "y")
multiply = _named(BaseGraph.mul, "x", "y")
divide = truediv = _named(Graph.div, "x", "y")
floordiv = _named(BaseGraph.floordiv, "x", "y")
pow = _named(BaseGraph.pow, "x", "y")
negative = _named(BaseGraph.neg, "x")
abs = _named(BaseGraph.abs, "x")
sign = _named(BaseGraph.sign, "x")
square = _named(BaseGraph.square, "x")
sqrt = _named(BaseGraph.sqrt, "x")
exp = _named(BaseGraph.exp, "x")
log = _named(BaseGraph.log, "x")
sigmoid = _named(BaseGraph.sigmoid, "x")
tanh = _named(BaseGraph.tanh, "x")
maximum = _named(BaseGraph.maximum, "x", "y")
minimum = _named(BaseGraph.minimum, "x", "y")
clip_by_value = _named(BaseGraph.clip, "t", "clip_value_min", "clip_value_max")

equal = _named(BaseGraph.equal, "x", "y")
not_equal = _named(BaseGraph.not_equal, "x", "y")
greater = _named(BaseGraph.greater, "x", "y")
greater_equal = _named(BaseGraph.greater_equal, "x", "y")
less = _named(BaseGraph.less, "x", "y")
less_equal = _named(BaseGraph.less_equal, "x", "y")
logical_and = _named(BaseGraph.logical_and, "x", "y")
logical_or = _named(BaseGraph.logical_or, "x", "y")
logical_xor = _named(BaseGraph.logical_xor, "x", "y")
logical_not = _named(BaseGraph.logical_not, "x")

broadcast_to = _named(BaseGraph.broadcast_to, "input", "shape")
identity = _named(BaseGraph.identity, "input")
stop_gradient = _named(BaseGraph.stop_gradient, "input")
transpose = _named(BaseGraph.transpose, "a", "perm")


# The others have parameters that our methods have not, or another idea of what is
# meant if nothing is said.


def concat(values, axis, name=None):
    """The `values` one after the other along `axis`."""
    return _graph(values).concat(values, axis, name)


def stack(values, axis=0, name=None):
    """The `values` along a new `axis`."""
    return _graph(values).stack(values, axis, name)


def div(x, y, name=None):
    """x / y; of integers it is rounded down, as in Python 2."""
    whole = _is_whole(x) and _is_whole(y)
    return (floordiv if whole else divide)(x, y, name)


def add_n(inputs, name=None):
    """The sum of all tensors in a list, of which there must be one."""
    if not inputs:
        raise ValueError("inputs must be a list of at least one Tensor")
    return identity(functools.reduce(add, inputs), name)


def cast(x, dtype, name=None):
    """x as another type; what is behind the point is cut off for integers."""
    return _graph(x).cast(x, as_dtype(dtype), name)


def matmul(a, b, transpose_a=False, transpose_b=False, *, name=None):
    """The matrix product a @ b, of matrices or stacks of them.

    With `transpose_a` or `transpose_b`, the last two axes change places before.
    """
    graph = _graph(a, b)
    a = _swap(graph.convert(a)) if transpose_a else a
    b = _swap(graph.convert(b)) if transpose_b else b
    return graph.dot(a, b, name)


def _swap(x):
    if x.rank is None or x.rank < 2:
        raise ValueError(f"cannot transpose {x!r}: a matrix or a stack is expected")
    return ops.swap(x)


def reshape(tensor, shape, name=None):
    """The elements in another shape, which may have tensors in it, and one -1."""
    return _graph(tensor, *_as_list(shape)).reshape(tensor, shape, name)


def shape(input, name=None, out_type=int32):
    """The shape that a tensor has in a run, as a vector of integers."""
    return _graph(input).shape(input, name, as_dtype(out_type))


# Parameters have had several names in the course of time.


def _either(name, value, old_name, old_value):
    if value is not None and old_value is not None:
        raise ValueError(f"Cannot specify both '{old_name}' and '{name}'.")
    return old_value if value is None else value


def expand_dims(input, axis=None, name=None, dim=None):
    """A new axis of size 1 before `axis`."""
    axis = _either("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("Must specify an axis argument to tf.expand_dims")
    return _graph(input).expand_dims(input, axis, name)


def squeeze(input, axis=None, name=None, squeeze_dims=None):
    """`input` without the axes in `axis`, of size 1; without all such if not given."""
    axis = _either("axis", axis, "squeeze_dims", squeeze_dims)
    return _graph(input).squeeze(input, None if axis == [] else axis, name)


def tile(input, multiples, name=None):
    """`input` repeated along its axes."""
    return _graph(input, *_as_list(multiples)).tile(input, multiples, name)


def gather(params, indices, validate_indices=None, name=None, axis=0):
    """The slices of `params` at `indices`."""
    return _graph(params, indices).gather(params, indices, axis or 0, name)


def one_hot(
    indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None
):
    """`on_value`, or 1, at the index, and `off_value`, or 0, at the others.

    `axis` is where the axis of size `depth` stands; the last place if not given.
    """
    graph = _graph(indices)
    hot = graph.one_hot(indices, depth, bool)
    if axis not in (None, -1):
        if hot.rank is None or not 0 <= axis < hot.rank:
            raise ValueError(f"axis {axis} of {hot!r}: expected -1, or one from 0 on")
        before = list(range(hot.rank - 1))
        hot = graph.transpose(hot, [*before[:axis], hot.rank - 1, *before[axis:]])
    given = [value for value in (on_value, off_value, 1.0) if value is not None]
    dtype = graph.convert(given[0]).dtype if dtype is None else as_dtype(dtype)
    on, off = (
        graph.cast(graph.convert(other if value is None else value), dtype)
        for value, other in [(on_value, 1), (off_value, 0)]
    )
    return graph.where(hot, on, off, name)


def where(condition, x=None, y=None, name=None):
    """x where the condition holds, else y.

    A condition that is a vector chooses among the rows of x and y.

    Raises:
        ValueError: there is no x or y (the indices where a condition holds, which
            TensorFlow gives then, are not here), or the rank of x is unknown.
    """
    if x is None or y is None:
        raise ValueError(_missing("tf.where without x and y"))
    graph = _graph(condition, x, y)
    condition, x = graph.convert(condition), graph.convert(x)
    if condition.rank is None or x.rank is None:
        raise ValueError(f"tf.where needs the ranks of {condition!r} and {x!r}")
    if condition.rank == 1 and x.rank > 1:
        condition = graph.reshape(condition, (-1,) + (1,) * (x.rank - 1))
    return graph.where(condition, x, y, name)


# What is reduced keeps its type: the mean of the integers 1 and 2 is 1.


def _reduction(method):
    @functools.wraps(method)
    def reduce(
        input_tensor,
        axis=None,
        keepdims=None,
        name=None,
        reduction_indices=None,
        keep_dims=None,
    ):
        axis = _either("axis", axis, "reduction_indices", reduction_indices)
        kept = _either("keepdims", keepdims, "keep_dims", keep_dims) or False
        graph = _graph(input_tensor)
        x = graph.convert(input_tensor)
        if not _is_whole(x):
            return method(graph, x, axis, kept, name)
        exact = graph.cast(x, float64) if method is BaseGraph.mean else x
        return _called(graph.cast(method(graph, exact, axis, kept), x.dtype), name)

    return reduce


reduce_sum = _reduction(BaseGraph.sum)
reduce_mean = _reduction(BaseGraph.mean)
reduce_max = _reduction(BaseGraph.max)
reduce_min = _reduction(BaseGraph.min)


def argmax(input, axis=None, name=None, dimension=None, output_type=int64):
    """The index of the largest element along `axis`, the first one if not given."""
    return _arg(BaseGraph.argmax, input, axis, dimension, output_type, name)


def argmin(input, axis=None, name=None, dimension=None, output_type=int64):
    """The index of the smallest element along `axis`, the first one if not given."""
    return _arg(BaseGraph.argmin, input, axis, dimension, output_type, name)


def arg_max(input, dimension, output_type=int64, name=None):
    """The index of the largest element along the axis `dimension`."""
    return argmax(input, dimension, name, output_type=output_type)


def arg_min(input, dimension, output_type=int64, name=None):
    """The index of the smallest element along the axis `dimension`."""
    return argmin(input, dimension, name, output_type=output_type)


def _arg(method, input, axis, dimension, output_type, name):
    axis = _either("axis", axis, "dimension", dimension)
    graph = _graph(input)
    index = method(graph, input, 0 if axis is None else axis)
    return _called(graph.cast(index, as_dtype(output_type)), name)


def _called(tensor, name):
    return tensor if name is None else tensor.graph.identity(tensor, name)


# ## Neural networks
#
# `tf.nn` and `tf.train` are modules there.  Here they are classes that nobody makes an
# object of.


class _Names(type):
    """A class that is a list of names, and says so if one is not among them."""

    @property
    def __all__(cls):
        return sorted(name for name in vars(cls) if not name.startswith("_"))

    def __getattr__(cls, name):
        raise AttributeError(_missing(f"tf.{cls.__name__}.{name}"))


class nn(metaclass=_Names):
    """Activations and losses.  A cross-entropy is that of each example, not a mean."""

    sigmoid, tanh = sigmoid, tanh
    relu = _named(BaseGraph.relu, "features")
    softplus = _named(BaseGraph.softplus, "features")

    def softmax(logits, axis=None, name=None, dim=-1):
        """Positive numbers that sum to 1 over `axis`, the last one if not given."""
        return _graph(logits).softmax(logits, dim if axis is None else axis, name)

    def log_softmax(logits, axis=None, name=None, dim=-1):
        """The logarithm of the softmax."""
        return _graph(logits).log_softmax(logits, dim if axis is None else axis, name)

    def softmax_cross_entropy_with_logits(labels=None, logits=None, *, name=None):
        """-sum(labels * log(softmax(logits))), with `labels` held constant."""
        labels = stop_gradient(labels)
        return nn.softmax_cross_entropy_with_logits_v2(labels, logits, name=name)

    def softmax_cross_entropy_with_logits_v2(labels=None, logits=None, *, name=None):
        """-sum(labels * log(softmax(logits))), over the last axis."""
        graph = _graph(logits, labels)
        labels = graph.cast(labels, graph.convert(logits).dtype)
        return graph.softmax_cross_entropy(logits, labels, name, mean=False)

    def sparse_softmax_cross_entropy_with_logits(labels=None, logits=None, name=None):
        """-log(softmax(logits)) at the labels, integers, which are classes' indices."""
        graph = _graph(logits, labels)
        labels, logits = graph.convert(labels, int32), graph.convert(logits)
        if not _is_whole(labels):
            raise TypeError(
                f"labels are integers, one for each example, got {labels!r}"
            )
        if None not in (labels.rank, logits.rank) and labels.rank != logits.rank - 1:
            raise ValueError(
                "`labels.shape.rank` must equal `logits.shape.rank - 1`. Received: "
                f"{labels!r} and {logits!r}"
            )
        return graph.softmax_cross_entropy(logits, labels, name, mean=False)

    def sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None):
        """-labels log(sigmoid(logits)) - (1 - labels) log(1 - sigmoid(logits))."""
        graph = _graph(logits, labels)
        return graph.sigmoid_cross_entropy(logits, labels, name, mean=False)

    def l2_loss(t, name=None):
        """Half the sum of the squares."""
        return divide(reduce_sum(square(t)), 2, name)

    def bias_add(value, bias, *, name=None):
        """`value` plus a vector along its last axis.

        Raises:
            ValueError: `bias` is no vector, or does not have the size of that axis.
        """
        graph = _graph(value, bias)
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
        """Each element, with probability `keep_prob`, divided by it; else 0.

        `rate` is the probability of 0 instead.

        Raises:
            ValueError: there are neither or both, or it is a number out of range.
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
        _seeded(x, seed)
        return _graph(x).dropout(x, keep_prob, name)


# ## Differentiating


def gradients(ys, xs, grad_ys=None, name=None):
    """The derivative of the sum of all `ys` by each of `xs`, a list.

    None for an x that no y depends on.  `grad_ys` has a weight for each y.
    """
    ys, xs = _as_list(ys), _as_list(xs)
    weights = [None] * len(ys) if grad_ys is None else _as_list(grad_ys)
    if len(weights) != len(ys):
        raise ValueError(
            f"Length mismatch. Passed {len(weights)} grad_ys for {len(ys)} ys"
        )
    floating = dict.fromkeys(filter(_is_floating, xs))
    for y, weight in zip(ys, weights):
        if _is_floating(y):
            found = y.graph.gradients(y, list(floating), weight, zeros=False)
            for x, gradient in zip(floating, found):
                both = [g for g in (floating[x], gradient) if g is not None]
                floating[x] = add_n(both) if both else None
    return [floating[x] if _is_floating(x) else None for x in xs]


def _is_floating(value):
    tensor = isinstance(value, BaseTensor) and value.dtype is not None
    return tensor and value.dtype.kind == "f"


# ## Doing, and in which order


def assign(ref, value, *, use_locking=None, name=None):
    """Give the variable `ref` a new value, which is also the result."""
    return _graph(ref, value).assign(ref, value, name)


def assign_add(ref, value, use_locking=None, name=None):
    """Add to the variable `ref`."""
    return _graph(ref, value).assign(ref, add(ref, value), name)


def assign_sub(ref, value, use_locking=None, name=None):
    """Subtract from the variable `ref`."""
    return _graph(ref, value).assign(ref, subtract(ref, value), name)


def group(*inputs, name=None):
    """Run all `inputs`, tensors or lists of them; there is no value."""
    tensors = [tensor for part in inputs for tensor in _as_list(part)]
    return _graph(*tensors).group(tensors, name)


def no_op(name=None):
    """What does nothing, for others to be control inputs of."""
    return group(name=name)


def control_dependencies(control_inputs):
    """Operations made in this `with` run after these, and see what they assign.

    `Graph.control_dependencies` tells how.  None is for no control inputs at all.

    >>> steps = tf.Variable(0, name="steps")
    >>> with tf.control_dependencies([tf.assign_add(steps, 1)]):
    ...     doubled = 2 * steps
    >>> with tf.Session() as sess:
    ...     print(sess.run(doubled), sess.run(doubled))
    2 4
    """
    return get_default_graph().control_dependencies(control_inputs)


# ## Variables, and their names
#
# A large graph needs order among its names: within `tf.name_scope("layer")` all that is
# made is called "layer/...".
#
# Two parts of a graph may share a variable, two towers of a network, say, that are to
# learn the same.  `tf.get_variable` makes a variable, or gives the one that has its
# name already.  Which of the two, `tf.variable_scope` says by `reuse`; without it, a
# name that is taken is an error, since it is more often a mistake.  Its name is also
# put before all names within:
#
# >>> def layer(x):
# ...     return tf.matmul(x, tf.get_variable("W", [2, 1]))
# >>> with tf.variable_scope("shared"):
# ...     one = layer([[1.0, 2.0]])
# >>> with tf.variable_scope("shared", reuse=True):
# ...     other = layer([[3.0, 4.0]])
# >>> [W] = tf.trainable_variables("shared")
# >>> W.name, tf.gradients(one + other, W)[0].shape
# ('shared/W', (2, 1))


def global_variables(scope=None):
    """All variables, or those whose names begin with the pattern `scope`."""
    variables = get_default_graph().variables
    return [x for x in variables if re.match(scope or "", x.name)]


def trainable_variables(scope=None):
    """The variables that optimizers change if they are not told which."""
    return [variable for variable in global_variables(scope) if variable.trainable]


def variables_initializer(var_list, name="init"):
    """Give each of these variables its initial value."""
    return group([variable.initializer for variable in var_list], name=name)


def global_variables_initializer():
    """Give each variable that there is by now its initial value."""
    return variables_initializer(global_variables())


initialize_all_variables = global_variables_initializer


@contextlib.contextmanager
def name_scope(name, default_name=None, values=None):
    """Names made in this `with` begin with `name` and a slash, except shared ones.

    A scope that is there already gets a number.  A name that ends in a slash means the
    scope that is there, and an empty name means none.
    """
    graph = get_default_graph()
    outside, name = graph.scope, default_name if name is None else name
    if not isinstance(name, (str, type(None))):
        raise TypeError(f"the name of a scope is a string, got {name!r}")
    if name and not name.endswith("/"):
        name = graph._unique(name) + "/"
    graph.scope = name or ""
    try:
        yield graph.scope
    finally:
        graph.scope = outside


AUTO_REUSE = "AUTO_REUSE"


class VariableScope:
    """What `tf.get_variable` goes by.

    Attributes:
        name: what the names of variables begin with.
        reuse: True to take variables that are there, False to make them, `AUTO_REUSE`
            to do what is needed.
        initializer: what makes initial values where none is given, or None.
    """

    def __init__(self, name, reuse=False, initializer=None):
        self.name, self.reuse, self.initializer = name, reuse, initializer

    def reuse_variables(self):
        """From here on, only take variables that are there."""
        self.reuse = True


def get_variable_scope():
    """The variable scope that we are in."""
    return get_default_graph().variable_scope


@contextlib.contextmanager
def variable_scope(name_or_scope, default_name=None, *, initializer=None, reuse=None):
    """A scope for names and for `tf.get_variable`, inside of the one that we are in.

    A `VariableScope` instead of a name is entered again, wherever we are.  Without a
    name, `default_name` is taken, with a number if it has been taken before.
    """
    graph = get_default_graph()
    outside = like = graph.variable_scope
    if isinstance(name_or_scope, VariableScope):
        like, name = name_or_scope, name_or_scope.name
        inner = name.rpartition("/")[2]
    else:
        inner = default_name if name_or_scope is None else name_or_scope
        name = f"{outside.name}/{inner}" if outside.name else inner
    initializer = like.initializer if initializer is None else initializer
    around = graph.scope
    with name_scope(inner) as inside:
        if name_or_scope is None:
            name = name.removesuffix(inner) + inside.removeprefix(around)[:-1]
        scope = VariableScope(name, reuse or like.reuse, initializer)
        graph.variable_scope = scope
        try:
            yield scope
        finally:
            graph.variable_scope = outside


def get_variable(name, shape=None, dtype=None, initializer=None, *, trainable=True):
    """The variable `name` of the variable scope, made if need be.

    Args:
        initializer: a function of a shape and a type, or the initial value itself.  If
            there is none, that of the scope, or `tf.glorot_uniform_initializer`;
            integers begin with zeros.

    Raises:
        ValueError: it is to be reused and is not there, or to be made and is there, or
            has another shape.
    """
    graph = get_default_graph()
    scope = graph.variable_scope
    name = f"{scope.name}/{name}" if scope.name else name
    shared = graph.shared.get(name)
    if shared is not None:
        return _check_shared(shared, scope.reuse, shape, _type(dtype))
    if scope.reuse is True:
        raise ValueError(
            f"Variable {name} does not exist, or was not created with "
            "tf.get_variable(). Did you mean to set reuse=tf.AUTO_REUSE in VarScope?"
        )
    # The name is that of the variable scope, whatever name scopes are around.
    with name_scope(""):
        if initializer is None:
            initializer = scope.initializer
        initial = _initial_value(name, shape, dtype, initializer)
        variable = Variable(initial, trainable, name=name)
    graph.shared[name] = variable
    return variable


def _check_shared(variable, reuse, shape, dtype):
    if not reuse:
        raise ValueError(
            f"Variable {variable.name} already exists, disallowed. Did you mean to set "
            "reuse=True or reuse=tf.AUTO_REUSE in VarScope? Originally defined at: "
            f"{variable.line}"
        )
    if shape is not None and tuple(_as_list(shape)) != variable.shape:
        raise ValueError(
            f"Trying to share variable {variable.name}, but specified shape "
            f"{show_shape(tuple(_as_list(shape)))} and found shape {variable.shape}."
        )
    if dtype not in (None, variable.dtype):
        raise ValueError(
            f"Trying to share variable {variable.name}, but specified dtype {dtype} "
            f"and found dtype {variable.dtype}."
        )
    return variable


def _initial_value(name, shape, dtype, initializer):
    dtype = _type(dtype)
    if initializer is not None and not callable(initializer):
        if shape is not None:
            raise ValueError(
                f"Variable {name}: If initializer is a constant, do not specify shape."
            )
        return get_default_graph().convert(initializer, dtype)
    if shape is None:
        raise ValueError(
            f"Variable {name} did not get an initializer, so its `shape` argument must "
            "be specified."
        )
    dtype = dtype or float32
    if initializer is None:
        floating = dtype.kind == "f"
        initializer = glorot_uniform_initializer if floating else zeros_initializer
    if initializer in _INITIALIZERS:
        initializer = initializer()
    shape = _as_list(shape)
    if None in shape:
        raise ValueError(
            f"Shape of a new variable ({name}) must be fully defined, but instead was "
            f"{show_shape(tuple('?' if n is None else n for n in shape))}."
        )
    return initializer(shape, dtype=dtype)


# Initializers are functions that give such functions.


def zeros_initializer():
    """All zeros."""
    return zeros


def ones_initializer():
    """All ones."""
    return ones


def constant_initializer(value=0):
    """The same everywhere."""
    return lambda shape, dtype: constant(value, dtype, shape)


def random_normal_initializer(mean=0.0, stddev=1.0, seed=None):
    """Numbers of the normal distribution."""
    return lambda shape, dtype: random_normal(shape, mean, stddev, dtype, seed)


def truncated_normal_initializer(mean=0.0, stddev=1.0, seed=None):
    """Numbers of the normal distribution, but none over two `stddev` from `mean`."""
    return lambda shape, dtype: truncated_normal(shape, mean, stddev, dtype, seed)


def random_uniform_initializer(minval=0.0, maxval=None, seed=None):
    """Numbers from `minval` up to `maxval`."""
    return lambda shape, dtype: random_uniform(shape, minval, maxval, dtype, seed)


def glorot_uniform_initializer(seed=None):
    r"""Numbers up to a limit of either sign, which keeps signals at their size.

    $$\text{limit} = \sqrt{\frac{6}{\text{inputs} + \text{outputs}}}$$

    (Glorot and Bengio 2010.)  A vector has as many inputs as outputs.
    """

    def initializer(shape, dtype):
        inputs, outputs = shape[-2:] if len(shape) > 1 else (shape or [1]) * 2
        rest = numpy.prod(shape[:-2])
        limit = (6 / (rest * (inputs + outputs))) ** 0.5
        return random_uniform(shape, -limit, limit, dtype, seed)

    return initializer


_INITIALIZERS = {
    zeros_initializer,
    ones_initializer,
    constant_initializer,
    random_normal_initializer,
    truncated_normal_initializer,
    random_uniform_initializer,
    glorot_uniform_initializer,
}


# ## Sessions


class errors(metaclass=_Names):
    """What a run raises.  These are also what the framework raises, a ValueError."""

    class OpError(Exception):
        """A run has failed."""

    class InvalidArgumentError(OpError, ValueError):
        """A value does not fit."""


class Session(_Listed, BaseSession):
    """A session that can be closed."""

    def __init__(self, target="", graph=None, config=None):
        if not isinstance(target, str):
            raise TypeError(f"Argument `target` must be a string, but got {target!r}")
        graph = get_default_graph() if graph is None else graph
        super().__init__(graph, graph.seed)
        self._closed = False

    def run(self, fetches, feed_dict=None, options=None, run_metadata=None):
        """See [`Session.run`](session.py#Session.run).

        Raises:
            RuntimeError: it is closed.
            InvalidArgumentError: where that raises a ValueError or an IndexError.
        """
        self._check_open()
        try:
            return super().run(fetches, feed_dict)
        except (IndexError, ValueError) as error:
            where = "; ".join(getattr(error, "__notes__", ()))
            words = f"{error}; {where}" if where else str(error)
            raise errors.InvalidArgumentError(words) from error

    def save(self, path, variables=None):
        """See [`Session.save`](session.py#Session.save)."""
        self._check_open()
        super().save(path, variables)

    def restore(self, path, variables=None):
        """See [`Session.restore`](session.py#Session.restore)."""
        self._check_open()
        super().restore(path, variables)

    def _check_open(self):
        if self._closed:
            raise RuntimeError("Attempted to use a closed Session.")

    def close(self):
        """Give up the state; no run is possible from here on."""
        self._closed = True
        self.state.clear()

    @contextlib.contextmanager
    def as_default(self):
        """Be the default session in this `with`."""
        self.graph.sessions.append(self)
        try:
            yield self
        finally:
            self.graph.sessions.pop()

    def __enter__(self):
        self._outside = self.graph.as_default()
        return super().__enter__()

    def __exit__(self, *error):
        super().__exit__(*error)
        self._outside.__exit__(*error)
        self.close()


def get_default_session():
    """The session that `Tensor.eval` takes, or None."""
    sessions = get_default_graph().sessions
    return sessions[-1] if sessions else None


class InteractiveSession(Session):
    """A session that is the default one from its making until it is closed."""

    def __init__(self, target="", graph=None, config=None):
        super().__init__(target, graph, config)
        self.graph.as_default()
        self.graph.sessions.append(self)

    def close(self):
        """Be neither the default session any more nor of use."""
        super().close()
        if self in self.graph.sessions:
            self.graph.sessions.remove(self)


# ## Training
#
# TensorFlow's optimizers can count their steps besides, in a variable.


class _Counting(_Listed):
    def __init__(self, *args, use_locking=False, name=None, **keywords):
        super().__init__(*args, **keywords)

    def minimize(self, loss, global_step=None, var_list=None, name=None):
        """One step on `loss`, by the variables in `var_list`; `global_step` counts."""
        if var_list is not None:
            var_list = _as_list(var_list)
        pairs = self.compute_gradients(loss, var_list)
        return self.apply_gradients(pairs, global_step, name)

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        """One step along gradients, each in a pair with its variable."""
        step = super().apply_gradients(grads_and_vars)
        count = [] if global_step is None else [assign_add(global_step, 1)]
        return group(step, count, name=name)


def _counting(kind):
    return type(kind.__name__, (_Counting, kind), {"__doc__": kind.__doc__})


class train(metaclass=_Names):
    """Optimizers and checkpoints."""

    GradientDescentOptimizer = _counting(optimizers.GradientDescentOptimizer)
    MomentumOptimizer = _counting(optimizers.MomentumOptimizer)
    AdagradOptimizer = _counting(optimizers.AdagradOptimizer)
    RMSPropOptimizer = _counting(optimizers.RMSPropOptimizer)
    AdamOptimizer = _counting(optimizers.AdamOptimizer)

    class Saver:
        """Saves variables to files, and restores them.

        Args:
            var_list: the variables, a list, or a dict from their names in the file; all
                that there are by now if not given.
            max_to_keep: how many files to keep; the oldest are removed.  None for all.

        Attributes:
            last_checkpoints: the paths of the files that are kept, the oldest first.

        Raises:
            ValueError: there are no variables.
        """

        def __init__(self, var_list=None, *, max_to_keep=5):
            if var_list is None:
                var_list = global_variables()
            is_dict = isinstance(var_list, dict)
            self.variables = var_list if is_dict else _as_list(var_list)
            if not self.variables:
                raise ValueError("No variables to save")
            self.max_to_keep = max_to_keep
            self.last_checkpoints = []

        def save(self, sess, save_path, global_step=None):
            """Write a file, and return its path, with the `global_step` at its end."""
            if isinstance(global_step, BaseTensor):
                global_step = sess.run(global_step)
            path = (
                save_path if global_step is None else f"{save_path}-{int(global_step)}"
            )
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            sess.save(path, self.variables)
            self.last_checkpoints = [x for x in self.last_checkpoints if x != path] + [
                path
            ]
            while self.max_to_keep and len(self.last_checkpoints) > self.max_to_keep:
                with contextlib.suppress(FileNotFoundError):
                    os.remove(self.last_checkpoints.pop(0))
            return path

        def restore(self, sess, save_path):
            """Take the variables from a file; what else it has does not matter.

            Raises:
                ValueError: it is no checkpoint, or lacks a variable.
            """
            try:
                sess.restore(save_path, self.variables)
            except FileNotFoundError:
                raise ValueError(
                    f"The passed save_path is not a valid checkpoint: {save_path}"
                ) from None


# ## The same in other frameworks
#
# Who knows one framework knows the next, but for the names.  The table below has what
# plays the same part elsewhere; a dash says that nothing in common use does.
# TensorFlow 2 and PyTorch compute at once, and need no sessions; in JAX there are only
# functions, and whoever calls them keeps the state.  The same part is not always the
# same thing: `Graph.dropout` is told what share to keep, PyTorch and TensorFlow 2 what
# share to drop; our losses are means, and TensorFlow's are not.
#
# Much more of TensorFlow is not here.  Whoever asks for it is told so:
#
# >>> tf.while_loop
# Traceback (most recent call last):
#     ...
# AttributeError: tf.while_loop is not among the names of TensorFlow 1 ...
#
# ![A table of names: this project, TensorFlow 1, TensorFlow 2, PyTorch,
# JAX.](weave:names)


def __getattr__(name):
    raise AttributeError(_missing(f"tf.{name}"))


_OTHERS = ("Unknown", "numbers", "show_shape")
__all__ = sorted(
    name
    for name, value in globals().items()
    if not name.startswith(("_", "Base"))
    and not isinstance(value, types.ModuleType)
    and name not in _OTHERS
)

# From the import of this module on, a graph of these types is the default one.

reset_default_graph()
