# # What differs inside? Graphs, tensors and sessions
#
# This package takes our graphs, tensors and sessions, and gives them other types and
# more methods.  Everything that *works* differently is on this page; most of the others
# only rename functions.

import contextlib
import functools

import numpy

from graph import Graph as BaseGraph
from mixins.dtypes import numbers
from session import Session as BaseSession
from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf import errors
from tf.datatypes import TensorShape, float32, float64, int32, is_whole
from tf.names import Listed

FRAMEWORK.add(__name__)

__all__ = ["Graph", "InteractiveSession", "Session", "Tensor", "VariableScope"]
__all__ += ["disable_v2_behavior", "get_default_graph", "get_default_session"]
__all__ += ["reset_default_graph", "set_random_seed"]

# ## Three classes in one {#tensors}
#
# TensorFlow has a class for tensors, one for variables, and one for operations.  Our
# tensor has the methods of all three.  What it can't do is answer you while you build:
#
# >>> import tf
# >>> x = tf.constant(1.0, name="x")
# >>> if x > 0:
# ...     print("positive")
# Traceback (most recent call last):
#     ...
# TypeError: Using a `tf.Tensor` as a Python `bool` is not allowed: ...
#
# `x` has no value until a session runs it, so put the choice into the graph too:
#
# >>> sign = tf.where(x > 0, 1.0, -1.0)
# >>> print(tf.Session().run(sign))
# 1.0


class Tensor(Listed, BaseGraph.tensor_class):
    """A tensor with TensorFlow's methods."""

    @property
    def shape(self):
        """The `TensorShape`; None if the rank is unknown."""
        sizes = super().shape
        return None if sizes is None else TensorShape(sizes)

    def get_shape(self):
        """The `TensorShape`; ValueError if the rank is unknown."""
        if self.dims is None:
            raise ValueError(f"the shape of '{self.name}' is unknown")
        return self.shape

    def eval(self, feed_dict=None, session=None):
        """The value in a run of `session`, or of the default session.

        You can also give the session alone, as TensorFlow lets you do for a variable.
        """
        if isinstance(feed_dict, BaseSession):
            feed_dict, session = None, feed_dict
        return super().eval(feed_dict, session)

    def run(self, feed_dict=None, session=None):
        """Run this in `session`, or in the default session, and return nothing."""
        self.eval(feed_dict, session)

    def value(self):
        """This variable itself."""
        return self

    def read_value(self):
        """The value of this variable after the current control inputs."""
        return self.graph.identity(self)

    def assign(self, value, use_locking=None, name=None):
        """See `tf.assign`."""
        return self.graph.assign(self, value, name)

    def assign_add(self, delta, use_locking=None, name=None):
        """See `tf.assign_add`."""
        return self.graph.assign(self, self.graph.add(self, delta), name)

    def assign_sub(self, delta, use_locking=None, name=None):
        """See `tf.assign_sub`."""
        return self.graph.assign(self, self.graph.sub(self, delta), name)

    @property
    def initializer(self):
        """The operation that assigns the initial value; made once."""
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


# ## Which type does a number get? {#graphs}
#
# A number without a decimal point becomes `int32`, one with a point `float32`.  A NumPy
# array keeps its type.  Divide integers, and you get `float64`:
#
# >>> half = tf.constant(1) / 2
# >>> [x.dtype.name for x in (tf.constant(1), tf.constant(1.0), half)]
# ['int32', 'float32', 'float64']
#
# One more thing.  Where an operation has no derivative, such as a comparison,
# TensorFlow's gradient ends silently, and so does this one.  Our own `Graph.gradients`
# raises an error, because it's usually a mistake.


class Graph(Listed, BaseGraph):
    """A graph with TensorFlow's types, and with scopes.

    Attributes:
        seed: the seed of its sessions; None for a different one each time.
        scope: the prefix of names.
        variable_scope: the `VariableScope` that `tf.get_variable` uses.
        shared: the variables made by `tf.get_variable`, by name.
        collections: lists of what belongs together, by name.
    """

    tensor_class = Tensor

    def __init__(self):
        super().__init__(float32)
        self.seed = None
        self.scope, self.variable_scope = "", VariableScope("")
        self.shared, self.collections = {}, {}

    def div(self, a, b, name=None):
        """a / b; never rounds, not even integers"""
        if is_whole(a) and is_whole(b):
            a, b = self.cast(a, float64), self.cast(b, float64)
        return super().div(a, b, name)

    def data(self, value, dtype, name):
        # Unless you ask for another, a number gets TensorFlow's type.
        if dtype is None and isinstance(value, (numpy.ndarray, numpy.generic)):
            dtype = value.dtype
        elif dtype is None and is_whole(array := numbers(value, name)):
            fits = (array == array.astype(int32)).all()
            dtype = int32 if fits else array.dtype
        return super().data(value, dtype, name)

    def get_tensor_by_name(self, name):
        """The tensor of this name, with or without ":0" at its end."""
        for tensor in self.tensors:
            if tensor.name == name.removesuffix(":0"):
                return tensor
        raise KeyError(f"The name {name!r} refers to a Tensor which does not exist.")

    get_operation_by_name = get_tensor_by_name

    def unique(self, name):
        # Names begin with the scope that we're in.
        if isinstance(name, str) and not name.startswith(self.scope):
            name = self.scope + name
        return super().unique(name)

    def tensor(self, initial_value=None, op=None, name=None, kind=None, **facts):
        tensor = super().tensor(initial_value, op, name, kind, **facts)
        if op is not None and (tensor.dtype is None or tensor.dtype.kind != "f"):
            op.stops_gradient = True
        return tensor


class VariableScope:
    """The settings of `tf.get_variable`.

    Attributes:
        name: the prefix of variables' names.
        reuse: True to share existing variables, False to make new ones, `AUTO_REUSE`
            to share those that exist and make the others.
        initializer: the default initializer, or None.
    """

    def __init__(self, name, reuse=False, initializer=None):
        self.name, self.reuse, self.initializer = name, reuse, initializer

    def reuse_variables(self):
        """From here on, share existing variables, and make none."""
        self.reuse = True


def get_default_graph():
    """The graph that functions add to if no operand is a tensor.

    Raises:
        TypeError: the default graph isn't a `tf.Graph`.
    """
    graph = BaseGraph.get_default()
    if not isinstance(graph, Graph):
        raise TypeError("the default graph is none of tf.Graph; make one the default")
    return graph


def reset_default_graph():
    """Make a new, empty graph the default."""
    Graph().as_default()


def set_random_seed(seed):
    """Seed the random numbers of the default session, and of all later ones."""
    seed_graph(get_default_graph(), seed)


def seed_graph(graph, seed):
    """Seed the sessions of `graph`, including those whose `with` you're in."""
    graph.seed = seed
    for session in graph.sessions:
        session.random = numpy.random.default_rng(seed)


def disable_v2_behavior():
    """Do nothing: this is version 1."""


def graph_of(*values):
    """The graph of the first tensor among `values`, or the default graph."""
    waiting = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, BaseTensor):
            return value.graph
        if isinstance(value, (list, tuple)):
            waiting += reversed(value)
    return get_default_graph()


def as_list(value):
    """A list or tuple as a list; any other value as a list of one."""
    return list(value) if isinstance(value, (list, tuple)) else [value]


def seeded(shape, seed):
    """The graph of the tensors in `shape`, seeded with `seed` unless it has one."""
    graph = graph_of(*as_list(shape))
    if graph.seed is None and seed is not None:
        seed_graph(graph, seed)
    return graph


# ## A closed session doesn't run {#sessions}
#
# Leave its `with`, and a session forgets its variables:
#
# >>> with tf.Session() as sess:
# ...     pass
# >>> sess.run(x)
# Traceback (most recent call last):
#     ...
# RuntimeError: Attempted to use a closed Session.
#
# That's all that works differently.  On to the names of
# [operations](tf/operations.py).


class Session(Listed, BaseSession):
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
            RuntimeError: the session is closed.
            InvalidArgumentError: instead of a ValueError or an IndexError.
        """
        if any(isinstance(key, str) for key in feed_dict or ()):
            feed_dict = {self._named(key): x for key, x in feed_dict.items()}
        return self._translated(super().run, self._named(fetches), feed_dict)

    def make_callable(self, fetches, feed_list=None, accept_options=False):
        """See [`make_callable`](mixins/callables.py#Callables.make_callable)."""
        request = self._named(fetches), self._named(feed_list)
        call = self._translated(super().make_callable, *request)
        return functools.partial(self._translated, call)

    def _translated(self, call, *args):
        """What `call` returns; errors become TensorFlow's."""
        self._check_open()
        try:
            return call(*args)
        except (IndexError, ValueError) as error:
            where = "; ".join(getattr(error, "__notes__", ()))
            words = f"{error}; {where}" if where else str(error)
            raise errors.InvalidArgumentError(words) from error

    def _named(self, fetches):
        """Tensors in place of their names, in lists too."""
        if isinstance(fetches, str):
            return self.graph.get_tensor_by_name(fetches)
        if isinstance(fetches, list):
            return [self._named(part) for part in fetches]
        return fetches

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
        """Drop the state, and refuse further runs."""
        self._closed = True
        self.state.clear()

    @contextlib.contextmanager
    def as_default(self):
        """Make this the default session within a `with`, and don't close it."""
        super().__enter__()
        try:
            yield self
        finally:
            super().__exit__()

    def __enter__(self):
        self._outside = self.graph.as_default()
        return super().__enter__()

    def __exit__(self, *error):
        super().__exit__(*error)
        self._outside.__exit__(*error)
        self.close()


def get_default_session():
    """The session that `Tensor.eval` uses, or None."""
    sessions = get_default_graph().sessions
    return sessions[-1] if sessions else None


class InteractiveSession(Session):
    """A session that's the default one from the start until you close it."""

    def __init__(self, target="", graph=None, config=None):
        super().__init__(target, graph, config)
        self.graph.as_default()
        BaseSession.__enter__(self)

    def close(self):
        """Drop the state, and stop being the default session."""
        super().close()
        self.leave()
