# # How does a framework grow while its heart stays small?
#
# TensorFlow began with graphs and sessions, and ended with a million lines.  Every
# feature is useful, and each hides the idea a little more.  So ours live in *rooms*
# around the heart: a class and a page for each idea, and you may skip any of them.
#
# A room is a *mixin*.  It adds methods, or it overrides one of the heart's: it does its
# part, and calls `super()` for the rest.  These are the doors:
#
# | door | it opens when | a room that uses it |
# |---|---|---|
# | `tensor` | you make a tensor | [Naming](mixins/naming.py): on which line? |
# | `operands` | you make an operation | [Checks](mixins/checks.py): do they fit? |
# | `fit` | a share reaches an input | [Shapes](mixins/shapes.py): which axes to sum? |
# | `label` | a gradient is complete | [Naming](mixins/naming.py): what's its name? |
# | `compile` | a request is new | [Compiled](mixins/compiled.py): as a program |
# | `feed` | you feed values | [Checks](mixins/checks.py): are they numbers? |
# | `start` | a variable is new | [Randomness](mixins/randomness.py): draw its value |
#
# Let's build one that counts operations:
#
# >>> from graph import Graph
# >>> class Counting:
# ...     operations = 0
# ...     def tensor(self, initial_value=None, op=None, *rest, **facts):
# ...         self.operations += op is not None
# ...         return super().tensor(initial_value, op, *rest, **facts)
# >>> class CountingGraph(Counting, Graph):
# ...     pass
#
# How many operations does a gradient add to a product?
#
# >>> graph = CountingGraph()
# >>> a, b = graph.variable(2.0), graph.variable(3.0)
# >>> y = a * b
# >>> graph.operations
# 1
# >>> gradients = graph.gradients(y, [a, b])
# >>> graph.operations
# 3
#
# Two: one share for each factor.  You've extended the framework without touching it.
#
# Python asks the classes below in their order, and the heart last.  So a room sees a
# call before the rooms that follow it.  `Checks` is first because it wants your input
# as you wrote it.

from graph import BareGraph
from mixins.branches import Branches
from mixins.callables import Callables
from mixins.checkpoint import Checkpoint
from mixins.checks import CheckedSession, Checks
from mixins.compiled import Compiled
from mixins.control import Control
from mixins.convolution import Convolution
from mixins.defaults import DefaultGraph, DefaultSession, DefaultTensor
from mixins.drawing import Drawn
from mixins.dtypes import Dtypes, TypedTensor
from mixins.functions import Functions, ModTensor
from mixins.indexing import IndexedTensor, Indexing
from mixins.logic import Logic, LogicTensor
from mixins.loops import Loops
from mixins.losses import Losses
from mixins.matrices import Matrices
from mixins.naming import NamedTensor, Naming
from mixins.normalization import Normalization
from mixins.pooling import Pooling
from mixins.products import Products
from mixins.randomness import Randomness, RandomSession
from mixins.repeat import Repeat
from mixins.scatters import Scatters
from mixins.shapes import ShapedTensor, Shapes
from mixins.sorting import Sorting
from session import BareSession
from tensor import FRAMEWORK
from tensor import Tensor as BareTensor

FRAMEWORK.add(__name__)


class Tensor(
    NamedTensor,
    DefaultTensor,
    LogicTensor,
    ModTensor,
    IndexedTensor,
    TypedTensor,
    ShapedTensor,
    BareTensor,
):
    """A tensor of a `Graph`."""


class Graph(
    Checks,
    Loops,
    Branches,
    Control,
    DefaultGraph,
    Drawn,
    Normalization,
    Pooling,
    Convolution,
    Losses,
    Randomness,
    Matrices,
    Sorting,
    Scatters,
    Functions,
    Logic,
    Indexing,
    Products,
    Dtypes,
    Shapes,
    Naming,
    BareGraph,
):
    """Tensors, and the operations between them.

    Args:
        dtype: the type of data unless you give another, float64 by default.  Integers
            given as data become this type too; truth values stay.

    Each operation is a method.  Its operands are tensors, or numbers, lists and arrays.
    These become constants, with the type of the tensor beside them if possible.  `name`
    is for people; if it's taken, we number it.

    Attributes:
        tensors: all tensors, oldest first.
        variables: the variables among them.
        control_inputs: what an operation made here depends on, besides its inputs.

    Raises:
        ValueError: an operand belongs to another graph, or shapes don't fit.
        TypeError: an operand is neither a tensor nor numeric.
    """

    tensor_class = Tensor


class Session(
    Callables,
    Repeat,
    Checkpoint,
    RandomSession,
    CheckedSession,
    Compiled,
    DefaultSession,
    BareSession,
):
    """Runs parts of a graph, and keeps the values of its variables.

    Args:
        graph: the graph, or None for the default graph.
        seed: the seed of its random numbers; None for different numbers each time.
        executor: the class that computes a request; by default a program.

    Attributes:
        state: the value of each variable used or assigned so far.
    """
