# # Graph: what is to be computed, and its derivative
#
# How can a program find the derivative of what another program computes?  If it can
# look at that program.  So we do not compute at once: we first write down what is to
# be computed, as a *graph*.
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> x = graph.placeholder((), name="x")
# >>> y = graph.add(graph.square(x), 1, name="y")
# >>> y
# <Tensor 'y' () float64 = add(square, constant)>
#
# Nothing has been computed.  `x` and `y` are *tensors*, values that are yet to be
# computed; they have names and shapes, here `()`, a single number.  Squaring and
# adding are *operations*: each has tensors as inputs and one tensor as its output.
#
# Some tensors come out of no operation.  A *placeholder* is given a value each time
# that the graph is run, a *variable* keeps its value from run to run, and a
# *constant*, such as the 1 above, never changes.
#
# As the graph knows every step from `x` to `y`, it can write down the derivative
# $\partial y / \partial x = 2 x$, as more of the same.  A session computes both:
#
# >>> from session import Session
# >>> (y_by_x,) = graph.gradients(y, [x])
# >>> session = Session(graph)
# >>> print(*session.run([y, y_by_x], {x: 3.0}))
# 10.0 6.0

import numpy

import ops
from gradients import Gradients
from gradients import topological_order as topological_order
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


# ## A bare graph
#
# All that the idea needs is in this class.  It knows no shape and no type before a run,
# and it does not check what you give it.  `Graph`, at the end of this page, is the same
# with more rooms, which you may skip.


class BareGraph(Gradients, ops.Operations):
    """Tensors, and the operations between them.

    Each operation is a method.  Its operands are tensors, or numbers, lists and
    arrays, which become constants.  `name` is for people; a name that is taken gets a
    number.

    Attributes:
        tensors: all tensors, in the order of their making.

    Raises:
        ValueError: operands of another graph.
    """

    tensor_class = Tensor

    def __init__(self):
        self.tensors = []
        # For each name the number that was last put behind it.
        self.names = {}

    # ## Making tensors
    #
    # All tensors are made here.  What a variable, a placeholder and a constant have in
    # common, and what an operation's output has besides, is in `tensor.py`.
    #
    # >>> graph = Graph()
    # >>> graph.constant([[1, 2], [3, 4]])
    # <Tensor 'constant' (2, 2) float64 = constant>
    #
    # A batch may have any number of examples: `None` says so.
    #
    # >>> graph.placeholder((None, 3), name="X")
    # <Tensor 'X' (?, 3) float64 = placeholder>
    #
    # A name is for people, and unique all the same:
    #
    # >>> [graph.variable(0.0, name="w").name for _ in range(3)]
    # ['w', 'w_1', 'w_2']

    def tensor(
        self, initial_value=None, op=None, name=None, kind=None, dtype=None, **facts
    ):
        """The output of `op`, or a placeholder, variable or constant, as `kind` says.

        `facts` are what rooms want to know of it.
        """
        if initial_value is not None and not isinstance(initial_value, Tensor):
            initial_value = numpy.array(initial_value, dtype or float)
            initial_value.setflags(write=False)
            # The index () makes a number of an array that has no axes.
            initial_value = initial_value[()]
        kind = kind or op.kind
        name = self.unique(name or kind)
        index = len(self.tensors)
        tensor = self.tensor_class(self, name, kind, op, initial_value, index)
        self.tensors.append(tensor)
        if op is not None:
            for x in dict.fromkeys(op.inputs):
                x.consumers.append(op)
        return tensor

    def unique(self, name):
        """`name`, or `name_1`, `name_2`, ... if it is taken."""
        unique = name
        while unique in self.names:
            self.names[name] += 1
            unique = f"{name}_{self.names[name]}"
        self.names[unique] = 0
        return unique

    def placeholder(self, shape=None, dtype=None, name=None):
        """A value that each run is given in its `feed_dict`.

        `shape` has None for a size that may differ from run to run, and is None
        itself if the number of axes may.
        """
        return self.tensor(name=name, kind="placeholder", dtype=dtype, shape=shape)

    def variable(self, initial_value, name=None, trainable=True, dtype=None):
        """A value that a session keeps from run to run, until it is assigned.

        Each session starts from `initial_value`; one with rooms evaluates it once, if
        it is a tensor (`graph.random_normal(...)`, say).
        """
        facts = {"dtype": dtype, "trainable": trainable}
        return self.tensor(initial_value, name=name, kind="variable", **facts)

    def constant(self, value, name=None, dtype=None):
        """A value that is the same in each run."""
        return self.tensor(value, name=name, kind="constant", dtype=dtype)

    def convert(self, value, dtype=None):
        """`value` if it is a tensor of this graph, else a constant of that value."""
        if not isinstance(value, Tensor):
            return self.constant(value, dtype=dtype)
        if value.graph is not self:
            raise ValueError(
                f"{value!r} is not an element of this graph, but of another graph; a "
                "graph is made of its own tensors only"
            )
        return value

    def operands(self, op, inputs):
        """The `inputs` that `op` is made with, as tensors of this graph."""
        inputs = list(inputs)
        for i in op.sizes:
            inputs[i] = self.convert(inputs[i], int)
        return tuple([self.convert(x) for x in inputs])

    # ## Operations
    #
    # Each method makes an operation and gives back its output.  What the operation
    # computes, and where its derivative comes from, is said in `ops.py`.  There, each
    # elementwise operation has become a method by itself; those below have something
    # to say besides their inputs.
    #
    # Reductions take `axis`: an integer, several, or None for all axes.

    def sum(self, x, axis=None, keepdims=False, name=None):
        """The sum over `axis`."""
        return self.reduce(ops.SumOp, x, axis, keepdims, name)

    def max(self, x, axis=None, keepdims=False, name=None):
        """The largest element over `axis`."""
        return self.reduce(ops.MaxOp, x, axis, keepdims, name)

    def reduce(self, op_class, x, axis=None, keepdims=False, name=None):
        """A reduction of x by an operation of the class `op_class`."""
        attributes = {"axis": ops.as_axes(axis), "keepdims": bool(keepdims)}
        return op_class([x], self, name, **attributes).output

    # A mean is a sum divided by how many were summed: its derivative, $1/N$ for each
    # element, comes out by itself.
    #
    # >>> graph = Graph()
    # >>> x = graph.constant([1.0, 2.0, 3.0, 6.0])
    # >>> mean = graph.mean(x)
    # >>> print(*Session(graph).run([mean, *graph.gradients(mean, [x])]))
    # 3.0 [0.25 0.25 0.25 0.25]

    def mean(self, x, axis=None, keepdims=False, name=None):
        """The mean over `axis`; of truth values, the share of true ones."""
        x = self.convert(x)
        return self.div(self.sum(x, axis, keepdims), self.count(x, axis), name)

    def count(self, x, axis=None, name=None):
        """How many elements of x a sum over `axis` adds up, as a number of its type."""
        return ops.CountOp([x], self, name, axis=ops.as_axes(axis)).output

    def dot(self, a, b, name=None):
        """The matrix product a @ b."""
        return ops.DotOp([a, b], self, name).output

    def transpose(self, x, axes=None, name=None):
        """x with its axes in the order of `axes`, in reverse order if not given."""
        if axes is None:
            return ops.TransposeOp([x], self, name).output
        axes = tuple(i + len(axes) if i < 0 else i for i in ops.as_axes(axes))
        return ops.PermuteOp([x], self, name, axes=axes).output

    def shape(self, x, name=None, dtype=int):
        """The shape of x, a vector of integers."""
        return ops.ShapeOp([x], self, name, dtype=numpy.dtype(dtype).name).output

    def reshape(self, x, shape, name=None):
        """The elements of x in another shape, in which one size may be -1."""
        return ops.ReshapeOp([x, shape], self, name).output

    def broadcast_to(self, x, shape, name=None):
        """x repeated to `shape`."""
        return ops.BroadcastOp([x, shape], self, name).output

    def expand_dims(self, x, axis, name=None):
        """x with more axes, of size 1: `axis` says where the result has them."""
        return ops.ExpandDimsOp([x], self, name, axis=ops.as_axes(axis)).output

    def assign(self, variable, value, name=None):
        """Give `variable` a new value at the end of the run; the new value."""
        return ops.AssignOp([variable, value], self, name).output

    def group(self, tensors, name=None):
        """Run all `tensors` together; fetched, it gives None."""
        return ops.GroupOp(tensors, self, name).output


# ## Rooms
#
# A `Graph` is a `BareGraph` with [rooms](mixins/rooms.py) around it.  Each adds
# methods, or extends one of the four through which all goes: `tensor`, `operands`,
# `fit` and `label`.  They are opened when somebody asks for a `Graph`, so that whoever
# takes the bare one needs nothing else.


def __getattr__(name):
    """`Graph`, with its rooms."""
    if name != "Graph":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mixins.rooms import Graph

    return Graph
