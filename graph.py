# # Why not compute right away? Because you want the derivative
#
# A NumPy line computes its result and is gone.  You can't differentiate it, because
# nothing is left to look at.  So we don't compute right away.  We first write down what
# to compute, as a *graph*:
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> x = graph.placeholder((), name="x")
# >>> y = graph.add(graph.square(x), 1, name="y")
# >>> y
# <Tensor 'y' () float64 = add(square, constant)>
#
# Nothing has been computed.  `x` and `y` are *tensors*, values yet to come, with a name
# and a shape, here `()`, a single number.  Squaring and adding are *operations*: each
# takes tensors as inputs and makes one tensor, its output.
#
# Some tensors come from no operation.  You feed a *placeholder* its value in each run,
# a *variable* keeps its value from run to run, and a *constant*, such as the 1 above,
# never changes.
#
# Since the graph knows every step from `x` to `y`, it can write down the derivative,
# $\frac{\partial y}{\partial x} = 2 x$, as more of the graph.  A session computes both:
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


# ## The whole idea fits in one class {#a-bare-graph}
#
# A `BareGraph` is all that you need to train a network.  It knows no shapes or types
# before a run, and it hardly checks its input.  The `Graph` in our examples is the same
# with *rooms* around it, which you may skip.


class BareGraph(Gradients, ops.Operations):
    """Tensors, and the operations between them.

    Each operation has a method that makes it.  Its inputs are tensors, or numbers,
    lists and arrays, which become constants.  If a `name` is taken, we number it.

    Attributes:
        tensors: all tensors, oldest first.

    Raises:
        ValueError: an input belongs to another graph.
    """

    tensor_class = Tensor

    def __init__(self):
        self.tensors = []
        # The last number put behind each name.
        self.names = {}

    # ## Where every tensor comes from {#making-tensors}
    #
    # Constants, placeholders, variables and the outputs of operations are all made by
    # one method, `tensor`.  What a tensor knows is in `tensor.py`.
    #
    # >>> graph = Graph()
    # >>> graph.constant([[1, 2], [3, 4]])
    # <Tensor 'constant' (2, 2) float64 = constant>
    #
    # How many examples are in a batch?  Say `None`, and it may differ from run to run.
    #
    # >>> graph.placeholder((None, 3), name="X")
    # <Tensor 'X' (?, 3) float64 = placeholder>
    #
    # Names are for people, but still unique:
    #
    # >>> [graph.variable(0.0, name="w").name for _ in range(3)]
    # ['w', 'w_1', 'w_2']

    def tensor(
        self, initial_value=None, op=None, name=None, kind=None, dtype=None, **facts
    ):
        """Make the output of `op`, or a tensor of another `kind`.

        `facts` are for the rooms.
        """
        if initial_value is not None and not isinstance(initial_value, Tensor):
            initial_value = numpy.array(initial_value, dtype or float)
            initial_value.setflags(write=False)
            # The index () turns an array without axes into a number.
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
        """A value that you feed in each run.

        In `shape`, None is a size that may differ from run to run; without a `shape`,
        the number of axes may differ too.
        """
        return self.tensor(name=name, kind="placeholder", dtype=dtype, shape=shape)

    def variable(self, initial_value, name=None, trainable=True, dtype=None):
        """A value that a session keeps from run to run, until it's assigned.

        Each session starts from `initial_value`.  If that's a tensor, such as
        `graph.random_normal(...)`, a `Session` evaluates it once.
        """
        facts = {"dtype": dtype, "trainable": trainable}
        return self.tensor(initial_value, name=name, kind="variable", **facts)

    def constant(self, value, name=None, dtype=None):
        """A value that is the same in each run."""
        return self.tensor(value, name=name, kind="constant", dtype=dtype)

    # Tensors of two graphs don't mix:
    #
    # >>> Graph().add(x, 1)
    # Traceback (most recent call last):
    #     ...
    # ValueError: <Tensor 'x' ...> is not an element of this graph, ...

    def convert(self, value, dtype=None):
        """`value` if it's a tensor of this graph, else a constant."""
        if not isinstance(value, Tensor):
            return self.constant(value, dtype=dtype)
        if value.graph is not self:
            raise ValueError(
                f"{value!r} is not an element of this graph, but of another graph; a "
                "graph is made of its own tensors only"
            )
        return value

    def operands(self, op, inputs):
        """The `inputs` of `op` as tensors of this graph; sizes are integers."""
        inputs = list(inputs)
        for i in op.sizes:
            inputs[i] = self.convert(inputs[i], int)
        return tuple([self.convert(x) for x in inputs])

    # ## Methods that make operations {#operations}
    #
    # Each makes an operation and returns its output.  What the operation computes, and
    # where its derivative comes from, is in `ops.py`.  Elementwise operations become
    # methods by themselves there; here are the others.
    #
    # Reductions take an `axis`: an integer, several, or None for all axes.

    def sum(self, x, axis=None, keepdims=False, name=None):
        """The sum over `axis`."""
        return self.reduce(ops.SumOp, x, axis, keepdims, name)

    def max(self, x, axis=None, keepdims=False, name=None):
        """The largest element over `axis`."""
        return self.reduce(ops.MaxOp, x, axis, keepdims, name)

    def reduce(self, op_class, x, axis=None, keepdims=False, name=None):
        """Reduce x with an operation of the class `op_class`."""
        attributes = {"axis": ops.as_axes(axis), "keepdims": bool(keepdims)}
        return op_class([x], self, name, **attributes).output

    # A mean is a sum divided by a count.  We needn't derive its gradient: $1/N$ for
    # each element comes out by itself.
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
        """How many elements of x a sum over `axis` adds up, in x's type."""
        return ops.CountOp([x], self, name, axis=ops.as_axes(axis)).output

    def dot(self, a, b, name=None):
        """The matrix product a @ b."""
        return ops.DotOp([a, b], self, name).output

    def transpose(self, x, axes=None, name=None):
        """x with its axes in the order of `axes`; without it, in reverse order."""
        if axes is None:
            return ops.TransposeOp([x], self, name).output
        axes = tuple(i + len(axes) if i < 0 else i for i in ops.as_axes(axes))
        return ops.PermuteOp([x], self, name, axes=axes).output

    def shape(self, x, name=None, dtype=int):
        """The shape of x, a vector of integers."""
        return ops.ShapeOp([x], self, name, dtype=numpy.dtype(dtype).name).output

    def reshape(self, x, shape, name=None):
        """The elements of x in another shape, where one size may be -1."""
        return ops.ReshapeOp([x, shape], self, name).output

    def broadcast_to(self, x, shape, name=None):
        """x repeated to `shape`."""
        return ops.BroadcastOp([x, shape], self, name).output

    def expand_dims(self, x, axis, name=None):
        """x with more axes, of size 1, at the places `axis` of the result."""
        return ops.ExpandDimsOp([x], self, name, axis=ops.as_axes(axis)).output

    def assign(self, variable, value, name=None):
        """The new value, which `variable` gets when the run ends."""
        return ops.AssignOp([variable, value], self, name).output

    def group(self, tensors, name=None):
        """Run all `tensors` together; fetching it gives None."""
        return ops.GroupOp(tensors, self, name).output


# ## Where are shapes, types and good errors? {#rooms}
#
# In [rooms](mixins/rooms.py), each a file in `mixins/`.  A `Graph` is a `BareGraph`
# with all of them.  A room adds methods, or extends one that everything passes through,
# such as `tensor` above.  They're loaded when you ask for a `Graph`; the bare one needs
# nothing else.
#
# You can write down a computation.  Next: what is a [tensor](tensor.py), if it has no
# value?


def __getattr__(name):
    """`Graph`, with its rooms."""
    if name != "Graph":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mixins.rooms import Graph

    return Graph
