# # What was `graph.mul` called? The operations' other names
#
# `tf.multiply`.  For most operations, only names differ: their own, and those of their
# parameters.  So each takes us one line:
#
# >>> import tf
# >>> import inspect
# >>> inspect.signature(tf.clip_by_value)
# <Signature (t, clip_value_min, clip_value_max, name=None)>

import builtins
import functools
import inspect

from graph import Graph as BaseGraph
from mixins.products import swap
from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf.datatypes import as_dtype, bool, float64, int32, int64, is_whole
from tf.graphs import Graph, as_list, graph_of
from tf.names import missing

FRAMEWORK.add(__name__)

__all__ = ["abs", "add", "divide", "exp", "floordiv", "log", "multiply", "negative"]
__all__ += ["pow", "sigmoid", "sign", "sqrt", "square", "subtract", "tanh", "truediv"]
__all__ += ["clip_by_value", "maximum", "minimum"]
__all__ += ["equal", "greater", "greater_equal", "less", "less_equal", "not_equal"]
__all__ += ["logical_and", "logical_not", "logical_or", "logical_xor"]
__all__ += ["broadcast_to", "identity", "stop_gradient", "transpose"]
__all__ += ["add_n", "cast", "concat", "div", "matmul", "reshape", "shape", "stack"]
__all__ += ["expand_dims", "gather", "one_hot", "squeeze", "tile", "where"]
__all__ += ["reduce_max", "reduce_mean", "reduce_min", "reduce_sum"]
__all__ += ["arg_max", "arg_min", "argmax", "argmin"]
__all__ += ["ceil", "cos", "floor", "floormod", "mod", "round", "rsqrt", "sin"]
__all__ += ["cumsum", "lin_space", "linspace", "pad", "range", "squared_difference"]
__all__ += ["gather_nd", "reverse", "scatter_nd", "split", "unstack"]
__all__ += ["segment_sum", "unsorted_segment_mean", "unsorted_segment_sum"]
__all__ += ["cholesky", "diag", "diag_part", "matrix_diag", "matrix_diag_part"]
__all__ += ["matrix_inverse", "matrix_solve", "trace"]
__all__ += ["clip_by_global_norm", "clip_by_norm", "global_norm", "norm"]


def named(method, *parameters):
    """A method of `Graph` as a function with these parameters and `name`.

    If no operand is a tensor, the first one decides the type for all.
    """
    _, *ours = inspect.signature(method).parameters.values()
    names = [*parameters, "name"]
    signature = inspect.Signature([x.replace(name=n) for x, n in zip(ours, names)])

    def function(*args, **keywords):
        bound = signature.bind(*args, **keywords)
        bound.apply_defaults()
        first, *others = bound.args
        graph = graph_of(first, *others)
        if not any(isinstance(operand, BaseTensor) for operand in others):
            first = graph.convert(first)
        return method(graph, first, *others)

    function.__doc__, function.__signature__ = method.__doc__, signature
    return function


add = named(BaseGraph.add, "x", "y")
subtract = named(BaseGraph.sub, "x", "y")
multiply = named(BaseGraph.mul, "x", "y")
divide = truediv = named(Graph.div, "x", "y")
floordiv = named(BaseGraph.floordiv, "x", "y")
pow = named(BaseGraph.pow, "x", "y")
negative = named(BaseGraph.neg, "x")
abs = named(BaseGraph.abs, "x")
sign = named(BaseGraph.sign, "x")
square = named(BaseGraph.square, "x")
sqrt = named(BaseGraph.sqrt, "x")
exp = named(BaseGraph.exp, "x")
log = named(BaseGraph.log, "x")
sigmoid = named(BaseGraph.sigmoid, "x")
tanh = named(BaseGraph.tanh, "x")
maximum = named(BaseGraph.maximum, "x", "y")
minimum = named(BaseGraph.minimum, "x", "y")
clip_by_value = named(BaseGraph.clip, "t", "clip_value_min", "clip_value_max")

sin = named(BaseGraph.sin, "x")
cos = named(BaseGraph.cos, "x")
floor = named(BaseGraph.floor, "x")
ceil = named(BaseGraph.ceil, "x")
round = named(BaseGraph.round, "x")
rsqrt = named(BaseGraph.rsqrt, "x")
floormod = mod = named(BaseGraph.mod, "x", "y")

diag = matrix_diag = named(BaseGraph.diag, "diagonal")
diag_part = matrix_diag_part = named(BaseGraph.diag_part, "input")
trace = named(BaseGraph.trace, "x")
cholesky = named(BaseGraph.cholesky, "input")

equal = named(BaseGraph.equal, "x", "y")
not_equal = named(BaseGraph.not_equal, "x", "y")
greater = named(BaseGraph.greater, "x", "y")
greater_equal = named(BaseGraph.greater_equal, "x", "y")
less = named(BaseGraph.less, "x", "y")
less_equal = named(BaseGraph.less_equal, "x", "y")
logical_and = named(BaseGraph.logical_and, "x", "y")
logical_or = named(BaseGraph.logical_or, "x", "y")
logical_xor = named(BaseGraph.logical_xor, "x", "y")
logical_not = named(BaseGraph.logical_not, "x")

broadcast_to = named(BaseGraph.broadcast_to, "input", "shape")
identity = named(BaseGraph.identity, "input")
stop_gradient = named(BaseGraph.stop_gradient, "input")
transpose = named(BaseGraph.transpose, "a", "perm")


# ## Where more than the name differs {#other-parameters}
#
# These functions have parameters that our methods lack, or other defaults.


def concat(values, axis, name=None):
    """The tensors in `values`, joined along `axis`."""
    return graph_of(values).concat(values, axis, name)


def stack(values, axis=0, name=None):
    """The tensors in `values`, joined along a new `axis`."""
    return graph_of(values).stack(values, axis, name)


def div(x, y, name=None):
    """x / y, which rounds integers down, as Python 2 did."""
    whole = is_whole(x) and is_whole(y)
    return (floordiv if whole else divide)(x, y, name)


def add_n(inputs, name=None):
    """The sum of the tensors in a list; ValueError if it's empty."""
    if not inputs:
        raise ValueError("inputs must be a list of at least one Tensor")
    return identity(functools.reduce(add, inputs), name)


def cast(x, dtype, name=None):
    """x in another type; integers drop what's after the decimal point."""
    return graph_of(x).cast(x, as_dtype(dtype), name)


def matmul(a, b, transpose_a=False, transpose_b=False, *, name=None):
    """The matrix product a @ b, of matrices or stacks of them.

    `transpose_a` and `transpose_b` first swap the last two axes.
    """
    graph = graph_of(a, b)
    a = _swap(graph.convert(a)) if transpose_a else a
    b = _swap(graph.convert(b)) if transpose_b else b
    return graph.dot(a, b, name)


def _swap(x):
    if x.rank is None or x.rank < 2:
        raise ValueError(f"cannot transpose {x!r}: a matrix or a stack is expected")
    return swap(x)


def reshape(tensor, shape, name=None):
    """The elements in another shape, which can contain tensors, and one -1."""
    return graph_of(tensor, *as_list(shape)).reshape(tensor, shape, name)


def shape(input, name=None, out_type=int32):
    """The shape of a tensor in a run, as a vector of integers."""
    return graph_of(input).shape(input, name, as_dtype(out_type))


# Over the years, TensorFlow renamed some parameters.  Old programs use the old names,
# so both work.


def _either(name, value, old_name, old_value):
    if value is not None and old_value is not None:
        raise ValueError(f"Cannot specify both '{old_name}' and '{name}'.")
    return old_value if value is None else value


def expand_dims(input, axis=None, name=None, dim=None):
    """`input` with a new axis of size 1 before `axis`."""
    axis = _either("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("Must specify an axis argument to tf.expand_dims")
    return graph_of(input).expand_dims(input, axis, name)


def squeeze(input, axis=None, name=None, squeeze_dims=None):
    """`input` without the axes in `axis`, by default all of size 1."""
    axis = _either("axis", axis, "squeeze_dims", squeeze_dims)
    return graph_of(input).squeeze(input, None if axis == [] else axis, name)


def tile(input, multiples, name=None):
    """`input` repeated along its axes."""
    return graph_of(input, *as_list(multiples)).tile(input, multiples, name)


def gather(params, indices, validate_indices=None, name=None, axis=0):
    """The slices of `params` at `indices` along `axis`."""
    return graph_of(params, indices).gather(params, indices, axis or 0, name)


def one_hot(
    indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None
):
    """`on_value` (by default 1) at the index, `off_value` (0) everywhere else.

    `axis` says where the axis of size `depth` goes, by default last.
    """
    graph = graph_of(indices)
    hot = graph.one_hot(indices, depth, bool)
    if axis not in (None, -1):
        if hot.rank is None or not 0 <= axis < hot.rank:
            raise ValueError(f"axis {axis} of {hot!r}: expected -1, or one from 0 on")
        before = list(builtins.range(hot.rank - 1))
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

    If the condition is a vector, it chooses whole rows of x and y.

    Raises:
        ValueError: x or y is missing (TensorFlow would return the indices where the
            condition holds), or a rank is unknown.
    """
    if x is None or y is None:
        raise ValueError(missing("tf.where without x and y"))
    graph = graph_of(condition, x, y)
    condition, x = graph.convert(condition), graph.convert(x)
    if condition.rank is None or x.rank is None:
        raise ValueError(f"tf.where needs the ranks of {condition!r} and {x!r}")
    if condition.rank == 1 and x.rank > 1:
        condition = graph.reshape(condition, (-1,) + (1,) * (x.rank - 1))
    return graph.where(condition, x, y, name)


def squared_difference(x, y, name=None):
    """(x - y)^2."""
    return square(subtract(x, y), name)


def range(start, limit=None, delta=1, dtype=None, name="range"):
    """start, start + delta, ..., below `limit`; with one argument, from 0 to that."""
    graph = graph_of(start, limit, delta)
    row = graph.range(start, limit, delta, name)
    whole = row.kind == "constant" and is_whole(row)
    default = int32 if whole else row.dtype
    return graph.cast(row, default if dtype is None else as_dtype(dtype))


def linspace(start, stop, num, name=None):
    """`num` numbers from `start` to `stop`, evenly spaced."""
    return graph_of(start, stop).linspace(start, stop, num, name)


lin_space = linspace


def cumsum(x, axis=0, exclusive=False, reverse=False, name=None):
    """The sum so far along `axis`."""
    return graph_of(x).cumsum(x, axis, exclusive, reverse, name)


def pad(tensor, paddings, mode="CONSTANT", name=None, constant_values=0):
    """`tensor` with a border of one number: before and after each axis."""
    if mode.upper() != "CONSTANT":
        raise ValueError(missing(f"tf.pad with mode={mode!r}"))
    return graph_of(tensor).pad(tensor, paddings, constant_values, name)


def reverse(tensor, axis, name=None):
    """`tensor`, backwards along each axis in the list `axis`."""
    graph = graph_of(tensor)
    tensor = graph.convert(tensor)
    turned = {i % tensor.rank for i in as_list(axis)}
    backwards = slice(None, None, -1)
    index = [
        backwards if i in turned else slice(None) for i in builtins.range(tensor.rank)
    ]
    return graph.getitem(tensor, tuple(index), name)


def split(value, num_or_size_splits, axis=0, num=None, name="split"):
    """`value` cut along `axis`, into equal parts, or parts of these sizes."""
    return graph_of(value).split(value, num_or_size_splits, axis)


def unstack(value, num=None, axis=0, name="unstack"):
    """The slices of `value` along `axis`, as a list."""
    return graph_of(value).unstack(value, axis)


def gather_nd(params, indices, name=None):
    """The elements, or slices, of `params` at each row of `indices`."""
    return graph_of(params, indices).gather_nd(params, indices, name)


def scatter_nd(indices, updates, shape, name=None):
    """Zeros of `shape`, with `updates` added at the rows of `indices`."""
    return graph_of(indices, updates).scatter_nd(indices, updates, shape, name)


def unsorted_segment_sum(data, segment_ids, num_segments, name=None):
    """The sums of the rows with the same number."""
    graph = graph_of(data, segment_ids)
    return graph.segment_sum(data, segment_ids, num_segments, name)


def unsorted_segment_mean(data, segment_ids, num_segments, name=None):
    """The means of the rows with the same number."""
    graph = graph_of(data, segment_ids)
    return graph.segment_mean(data, segment_ids, num_segments, name)


def segment_sum(data, segment_ids, name=None):
    """The sums of the rows with the same number; the numbers are known, and sorted."""
    ids = graph_of(data, segment_ids).convert(segment_ids)
    if ids.kind != "constant":
        raise ValueError(
            "tf.segment_sum needs to know how many segments there are; use "
            "tf.unsorted_segment_sum, and say so"
        )
    count = int(ids.initial_value.max()) + 1
    return unsorted_segment_sum(data, segment_ids, count, name)


def matrix_inverse(input, adjoint=False, name=None):
    """The inverse of a square matrix, or of each of a stack."""
    graph = graph_of(input)
    input = graph.convert(input)
    return graph.inverse(_swap(input) if adjoint else input, name)


def matrix_solve(matrix, rhs, adjoint=False, name=None):
    """x with matrix @ x = rhs."""
    graph = graph_of(matrix, rhs)
    matrix = graph.convert(matrix)
    return graph.solve(_swap(matrix) if adjoint else matrix, rhs, name)


# ## How long is a gradient? {#norms}
#
# A recurrent network's gradient can explode.  Clip each of its parts, and you'd change
# its direction; so scale them all by the same factor.


def norm(tensor, ord="euclidean", axis=None, keepdims=None, name=None):
    """The root of the sum of squares; `ord=1` sums absolute values."""
    if ord == 1:
        return reduce_sum(abs(tensor), axis, keepdims, name)
    if ord not in ("euclidean", 2):
        raise ValueError(missing(f"tf.norm with ord={ord!r}"))
    return sqrt(reduce_sum(square(tensor), axis, keepdims), name)


def global_norm(t_list, name=None):
    """The norm of all tensors together; None among them doesn't count."""
    squares = [reduce_sum(square(t)) for t in t_list if t is not None]
    return sqrt(add_n(squares), name)


def clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None):
    """The tensors, scaled to have a norm of at most `clip_norm`; and their norm."""
    whole = global_norm(t_list) if use_norm is None else use_norm
    factor = clip_norm / maximum(whole, clip_norm)
    return [None if t is None else multiply(t, factor) for t in t_list], whole


def clip_by_norm(t, clip_norm, axes=None, name=None):
    """`t`, scaled so that its norm is at most `clip_norm`."""
    length = norm(t, axis=axes, keepdims=axes is not None)
    return multiply(t, clip_norm / maximum(length, clip_norm), name)


# ## The mean of 1 and 2 is 1 {#reductions}
#
# A reduction keeps the type, and 1.5 isn't an integer.  So cast before you average:
#
# >>> one = tf.reduce_mean([1, 2])
# >>> right = tf.reduce_mean(tf.cast([1, 2], tf.float32))
# >>> print(*tf.Session().run([one, right]))
# 1 1.5
#
# Those are all the operations.  Next come the [values](tf/values.py) that they start
# from.


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
        graph = graph_of(input_tensor)
        x = graph.convert(input_tensor)
        if not is_whole(x):
            return method(graph, x, axis, kept, name)
        exact = graph.cast(x, float64) if method is BaseGraph.mean else x
        return _called(graph.cast(method(graph, exact, axis, kept), x.dtype), name)

    return reduce


reduce_sum = _reduction(BaseGraph.sum)
reduce_mean = _reduction(BaseGraph.mean)
reduce_max = _reduction(BaseGraph.max)
reduce_min = _reduction(BaseGraph.min)


def argmax(input, axis=None, name=None, dimension=None, output_type=int64):
    """The index of the largest element along `axis`, by default the first axis."""
    return _arg(BaseGraph.argmax, input, axis, dimension, output_type, name)


def argmin(input, axis=None, name=None, dimension=None, output_type=int64):
    """The index of the smallest element along `axis`, by default the first axis."""
    return _arg(BaseGraph.argmin, input, axis, dimension, output_type, name)


def arg_max(input, dimension, output_type=int64, name=None):
    """The index of the largest element along the axis `dimension`."""
    return argmax(input, dimension, name, output_type=output_type)


def arg_min(input, dimension, output_type=int64, name=None):
    """The index of the smallest element along the axis `dimension`."""
    return argmin(input, dimension, name, output_type=output_type)


def _arg(method, input, axis, dimension, output_type, name):
    axis = _either("axis", axis, "dimension", dimension)
    graph = graph_of(input)
    index = method(graph, input, 0 if axis is None else axis)
    return _called(graph.cast(index, as_dtype(output_type)), name)


def _called(tensor, name):
    return tensor if name is None else tensor.graph.identity(tensor, name)
