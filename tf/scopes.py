# # TensorFlow 1: variables, and their names
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


# ## Scopes


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
        name = graph.unique(name) + "/"
    graph.scope = name or ""
    try:
        yield graph.scope
    finally:
        graph.scope = outside


AUTO_REUSE = "AUTO_REUSE"


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
        return _check_shared(shared, scope.reuse, shape, type_or_none(dtype))
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


# ## Initializers
#
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
