# # How do two layers share their weights? By name
#
# In PyTorch, you call the same module twice.  In TensorFlow 1 a layer is often a
# function that makes its own variables, so a second call makes different ones.
# `tf.get_variable` is the way out: it makes a variable, or returns the one that already
# has that name.
#
# Which of the two?  `tf.variable_scope` decides, and puts its name before every name
# that you make inside:
#
# >>> import tf
# >>> def layer(x):
# ...     return tf.matmul(x, tf.get_variable("W", [2, 1]))
# >>> with tf.variable_scope("shared"):
# ...     one = layer([[1.0, 2.0]])
# >>> with tf.variable_scope("shared", reuse=True):
# ...     other = layer([[3.0, 4.0]])
# >>> [W] = tf.trainable_variables("shared")
# >>> W.name, tf.gradients(one + other, W)[0].shape
# ('shared/W', (2, 1))
#
# Forget `reuse`, and you get an error instead of a silent second layer:
#
# >>> with tf.variable_scope("shared"):
# ...     layer([[5.0, 6.0]])
# Traceback (most recent call last):
#     ...
# ValueError: Variable shared/W already exists, disallowed. ...

import contextlib
import re

import numpy

from mixins.shapes import show_shape
from tensor import FRAMEWORK
from tf.datatypes import float32, type_or_none
from tf.graphs import VariableScope, as_list, get_default_graph
from tf.updates import group
from tf.values import (
    Variable,
    constant,
    ones,
    random_normal,
    random_uniform,
    truncated_normal,
    zeros,
)

FRAMEWORK.add(__name__)

__all__ = ["AUTO_REUSE", "get_variable", "get_variable_scope", "global_variables"]
__all__ += ["global_variables_initializer", "initialize_all_variables", "name_scope"]
__all__ += ["trainable_variables", "variable_scope", "variables_initializer"]
__all__ += ["constant_initializer", "glorot_uniform_initializer", "ones_initializer"]
__all__ += ["random_normal_initializer", "random_uniform_initializer"]
__all__ += ["truncated_normal_initializer", "zeros_initializer"]


def global_variables(scope=None):
    """All variables, or those whose names match the pattern `scope` at the start."""
    variables = get_default_graph().variables
    return [x for x in variables if re.match(scope or "", x.name)]


def trainable_variables(scope=None):
    """The variables that optimizers change by default."""
    return [variable for variable in global_variables(scope) if variable.trainable]


def variables_initializer(var_list, name="init"):
    """An operation that gives each of these variables its initial value."""
    return group([variable.initializer for variable in var_list], name=name)


def global_variables_initializer():
    """An operation that gives each existing variable its initial value."""
    return variables_initializer(global_variables())


initialize_all_variables = global_variables_initializer


# ## Order among a thousand names {#scopes}
#
# What if you only want names in order, and no sharing?  Everything that you make within
# `tf.name_scope("layer")` is called "layer/...".


@contextlib.contextmanager
def name_scope(name, default_name=None, values=None):
    """Put `name` and a slash before names made in this `with`, except shared ones.

    If that scope exists, the new one gets a number.  A name that ends in a slash enters
    the existing scope; an empty name leaves all scopes.
    """
    graph = get_default_graph()
    outside, name = graph.scope, default_name if name is None else name
    if not isinstance(name, (str, type(None))):
        raise TypeError(f"the name of a scope is a string, got {name!r}")
    if name and not name.endswith("/"):
        name = graph.unique(name) + "/"
    graph.scope = name or ""
    try:
        yield graph.scope
    finally:
        graph.scope = outside


AUTO_REUSE = "AUTO_REUSE"


def get_variable_scope():
    """The current variable scope."""
    return get_default_graph().variable_scope


@contextlib.contextmanager
def variable_scope(name_or_scope, default_name=None, *, initializer=None, reuse=None):
    """A scope for names and for `tf.get_variable`, inside the current one.

    Give a `VariableScope` to enter it again, from anywhere.  Without a name, the scope
    takes `default_name`, with a number if that's taken.
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
    """The variable `name` of the current variable scope, made or shared.

    Args:
        initializer: a function of a shape and a type, or the initial value itself.  By
            default the scope's; if it has none, `tf.glorot_uniform_initializer`, and
            zeros for integers.

    Raises:
        ValueError: the scope reuses variables, and this one doesn't exist; or the scope
            makes new ones, and this one exists; or it has another shape or type.
    """
    graph = get_default_graph()
    scope = graph.variable_scope
    name = f"{scope.name}/{name}" if scope.name else name
    shared = graph.shared.get(name)
    if shared is not None:
        return _check_shared(shared, scope.reuse, shape, type_or_none(dtype))
    if scope.reuse is True:
        raise ValueError(
            f"Variable {name} does not exist, or was not created with "
            "tf.get_variable(). Did you mean to set reuse=tf.AUTO_REUSE in VarScope?"
        )
    # The variable scope alone decides the name; name scopes don't count.
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
    if shape is not None and tuple(as_list(shape)) != variable.shape:
        raise ValueError(
            f"Trying to share variable {variable.name}, but specified shape "
            f"{show_shape(tuple(as_list(shape)))} and found shape {variable.shape}."
        )
    if dtype not in (None, variable.dtype):
        raise ValueError(
            f"Trying to share variable {variable.name}, but specified dtype {dtype} "
            f"and found dtype {variable.dtype}."
        )
    return variable


def _initial_value(name, shape, dtype, initializer):
    dtype = type_or_none(dtype)
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
    shape = as_list(shape)
    if None in shape:
        raise ValueError(
            f"Shape of a new variable ({name}) must be fully defined, but instead was "
            f"{show_shape(tuple('?' if n is None else n for n in shape))}."
        )
    return initializer(shape, dtype=dtype)


# ## How do weights start? {#initializers}
#
# An *initializer* decides.  It's a function that returns a function of a shape and a
# type.  With variables, names and first values you have a network;
# [`tf.train`](tf/train.py) trains it.


def zeros_initializer():
    """All zeros."""
    return zeros


def ones_initializer():
    """All ones."""
    return ones


def constant_initializer(value=0):
    """The number `value` everywhere."""
    return lambda shape, dtype: constant(value, dtype, shape)


def random_normal_initializer(mean=0.0, stddev=1.0, seed=None):
    """Normally distributed numbers."""
    return lambda shape, dtype: random_normal(shape, mean, stddev, dtype, seed)


def truncated_normal_initializer(mean=0.0, stddev=1.0, seed=None):
    """Normally distributed numbers, none more than two `stddev` from `mean`."""
    return lambda shape, dtype: truncated_normal(shape, mean, stddev, dtype, seed)


def random_uniform_initializer(minval=0.0, maxval=None, seed=None):
    """Uniform numbers, at least `minval` and below `maxval`."""
    return lambda shape, dtype: random_uniform(shape, minval, maxval, dtype, seed)


def glorot_uniform_initializer(seed=None):
    r"""Uniform numbers between -limit and limit, so that signals keep their size.

    $$\text{limit} = \sqrt{\frac{6}{\text{inputs} + \text{outputs}}}$$

    (Glorot and Bengio 2010.)  For a vector, inputs and outputs are its size.
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
