# # Rooms: what stands around the heart
#
# A framework grows, and what makes it grow is one capability after the other.  Here
# each is a room with a page of its own, and these three lists are all that puts them
# together.  A room comes before those that it builds on: what it extends by `super()`
# is a method of the next one in the list that has it, and at the end of the heart.

from graph import BareGraph
from mixins.checkpoint import Checkpoint
from mixins.checks import CheckedSession, Checks
from mixins.compiled import Compiled
from mixins.control import Control
from mixins.defaults import DefaultGraph, DefaultSession, DefaultTensor
from mixins.drawing import Drawn
from mixins.dtypes import Dtypes, TypedTensor
from mixins.indexing import IndexedTensor, Indexing
from mixins.logic import Logic, LogicTensor
from mixins.losses import Losses
from mixins.naming import NamedTensor, Naming
from mixins.products import Products
from mixins.randomness import Randomness, RandomSession
from mixins.repeat import Repeat
from mixins.shapes import ShapedTensor, Shapes
from session import BareSession
from tensor import FRAMEWORK
from tensor import Tensor as BareTensor

FRAMEWORK.add(__name__)


class Tensor(
    NamedTensor,
    DefaultTensor,
    LogicTensor,
    IndexedTensor,
    TypedTensor,
    ShapedTensor,
    BareTensor,
):
    """A tensor of a `Graph`."""


class Graph(
    Checks,
    Control,
    DefaultGraph,
    Drawn,
    Losses,
    Randomness,
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
        dtype: the type of data that does not say otherwise, float64 by default.
            Integers given as data become this type too; truth values stay.

    Each operation is a method.  Its operands are tensors, or numbers, lists and
    arrays, which become constants of the type of the tensor that they meet.  `name`
    is for people; a name that is taken gets a number.

    Attributes:
        tensors: all tensors, in the order of their making.
        variables: those of them that are variables.
        control_inputs: what operations are made to depend on, beside their inputs.

    Raises:
        ValueError: operands of another graph, or of shapes that do not fit.
        TypeError: an operand that is neither a tensor nor numeric.
    """

    tensor_class = Tensor


class Session(
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
        seed: where its random numbers start; None for a different place each time.
        executor: the class of what computes a request; by default a program.

    Attributes:
        state: the value of each variable that has been used or assigned.
    """
