# # Why can't Python's `if` decide inside a graph?
#
# Because it decides once, while you build, and a run can't change its mind:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.placeholder((), name="x")
# >>> y = graph.sqrt(x) if x.shape == () else 0.5 * x
# >>> y.op.kind
# 'sqrt'
#
# That `if` could look at the shape, but not at the value, since there's none yet.  You
# could compute both, and choose with `where`.  But both take time, and a NaN that's not
# chosen still spoils the gradient:
#
# >>> session = Session(graph)
# >>> y = graph.where(x > 0, graph.sqrt(x), 0.5 * x)
# >>> with numpy.errstate(invalid="ignore"):
# ...     print(*session.run([y, *graph.gradients(y, [x])], {x: -4}))
# -2.0 nan
#
# The root of -4 is NaN, and so is its slope, and 0 times NaN is NaN.  So we give the
# graph two functions, and a run computes only one of them:
#
# >>> y = graph.cond(x > 0, lambda: graph.sqrt(x), lambda: 0.5 * x)
# >>> (by_x,) = graph.gradients(y, [x])
# >>> for value in (4, -4):
# ...     print(*session.run([y, by_x], {x: value}))
# 2.0 0.25
# -2.0 0.5
#
# In the program it's Python's `if` again, with a function for each branch:
#
# >>> print(session.program(y, {x: None}))
# def cond_then(x):
#     sqrt_2 = np.sqrt(x)
#     return sqrt_2,
# def cond_else(x):
#     mul_4 = 0.5 * x
#     return mul_4,
# def cond(greater_1, x):
#     if greater_1:
#         return cond_then(x)
#     return cond_else(x)
# def program(state, feeds):
#     x, = feeds
#     greater_1 = x > 0
#     cond_1 = cond(greater_1, x)
#     item = cond_1[0]
#     return (np.array(item)[()],), ()

import contextlib

import numpy

import ops
from gradients import topological_order
from mixins.shapes import Unknown
from session import assignments
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# ## A part of the graph, as a function
#
# We call your function once, while we build.  What it makes belongs to a *part* of the
# graph.  What it uses, and was there before, is *captured*: a stand-in takes its place,
# and becomes a parameter of the part.


class Part:
    """A function of tensors: some of a graph's operations.

    Attributes:
        inputs: the placeholders that stand for its arguments.
        outputs: the tensors that it returns.
        names: what a program calls its parameters.
        order: the operations between them, in topological order.
    """

    def __init__(self, inputs, outputs, names):
        self.inputs, self.outputs, self.names = list(inputs), list(outputs), names
        self.order = topological_order(self.outputs, given=set(self.inputs))

    def __call__(self, np, arguments, computes):
        """The values of the outputs, computed operation by operation."""
        values = dict(zip(self.inputs, arguments))

        def value(x):
            constant = x.kind == "constant"
            return x.initial_value if constant else values.get(x)

        for op in self.order:
            compute = computes.get(type(op), type(op).compute)
            values[op.output] = compute(op, np, *map(value, op.inputs))
        return tuple(map(value, self.outputs))


class Capture:
    """What the functions of one operation use of the graph around them.

    Attributes:
        start: the tensors from this one on are their own.
        stand_ins: for each tensor that they use, the placeholder inside.
        before: the tensors around that have to run before.
    """

    def __init__(self, graph):
        self.graph, self.start = graph, len(graph.tensors)
        self.stand_ins, self.before = {}, {}

    def inside(self, tensor):
        """What stands for `tensor` inside: itself, or a placeholder."""
        # A graph makes its generator when it's first needed, perhaps in here.
        if tensor.index >= self.start and tensor is not self.graph.generator:
            return tensor
        if tensor not in self.stand_ins:
            self.stand_ins[tensor] = stand_in(tensor)
        return self.stand_ins[tensor]


def stand_in(tensor, dims=None):
    """A placeholder for values like those of `tensor`."""
    graph, dims = tensor.graph, tensor.dims if dims is None else dims
    if tensor.kind == "generator":
        return graph.tensor(name=tensor.name, kind="generator", shape=())
    return graph.placeholder(dims, tensor.dtype, tensor.name)


# ## One operation, several results
#
# Our operations have one output.  So this one's value is a tuple, and an `ItemOp` picks
# a result from it.  The gradient goes from the item straight to what was captured: the
# item has those inputs too, and never looks at them.


class FlowOp(ops.BaseOp):
    """An operation that runs parts of the graph; its value is a tuple.

    Attributes:
        parts: for each name of a function, the `Part` that it is.
        results: how many items the tuple has.
    """

    @property
    def pure(self):
        """Whether all that the parts compute is, so that we may merge two like it."""
        return all(op.pure for part in self.parts.values() for op in part.order)

    def names(self):
        """What the parameters of its function are called."""
        return [x.name for x in self.inputs]

    def text(self, name, parameters, parts):
        """The lines of the function `name`, which calls the functions `parts`."""
        raise NotImplementedError

    def infer_shape(self, *shapes):
        return (self.results,)

    def infer_dtype(self, *dtypes):
        return numpy.dtype(object)

    def shares(self, index, grad):
        """The gradients with respect to the inputs, if `grad` is that of one result."""
        raise NotImplementedError


class ItemOp(ops.BaseOp):
    """One result of a `FlowOp`, whose inputs are its other inputs."""

    used = slice(0, 1)

    def compute(self, np, flow, *_):
        return flow[self.index]

    def gradient(self, grad):
        return [None, *self.inputs[0].op.shares(self.index, grad)]

    def infer_shape(self, *_):
        return self.dims

    def infer_dtype(self, *_):
        return numpy.dtype(self.dtype)


def items(flow, dims, dtypes):
    """A tensor for each result of `flow`, the output of a `FlowOp`."""
    inputs, graph = [flow, *flow.op.inputs], flow.graph
    return [
        ItemOp(inputs, graph, index=i, dims=d, dtype=t.name).output
        for i, (d, t) in enumerate(zip(dims, dtypes))
    ]


def floats(tensors):
    """Those of `tensors` that can have a gradient."""
    return [x for x in tensors if x.dtype is not None and x.dtype.kind == "f"]


def spread(tensors, shares):
    """For each tensor its share, None for those that aren't floats."""
    found = iter(shares)
    return [next(found) if floats([x]) else None for x in tensors]


class CallOp(FlowOp):
    """The results of one part."""

    def compute(self, np, *values):
        (part,) = self.parts.values()
        return part(np, values, {})

    def text(self, name, parameters, parts):
        given = ", ".join(parameters)
        return [f"def {name}({given}):", f"    return {parts[0]}({given})"]

    def shares(self, index, grad):
        found = derived(self, self.inputs, index, grad)
        return spread(self.inputs, found)


class CondOp(FlowOp):
    """The results of one of two parts, as a predicate decides."""

    def compute(self, np, predicate, *captured):
        then, otherwise = self.parts.values()
        return (then if predicate else otherwise)(np, captured, {})

    def text(self, name, parameters, parts):
        given = ", ".join(parameters[1:])
        then, otherwise = parts
        return [
            f"def {name}({', '.join(parameters)}):",
            f"    if {parameters[0]}:",
            f"        return {then}({given})",
            f"    return {otherwise}({given})",
        ]

    # The gradient is a choice too, by the same predicate.  Each branch computes its own
    # gradients, and again what it needs of the way there.

    def shares(self, index, grad):
        captured = self.inputs[1:]
        return [None, *spread(captured, derived(self, captured, index, grad))]


def derived(op, captured, index, grad):
    """The gradients with respect to the floats in `captured`: a flow like `op`."""
    graph, by, parts = op.graph, floats(captured), {}
    with graph.capturing(None), differentiating(graph):
        given = stand_in(grad)
        for name, part in op.parts.items():
            inputs, output = floats(part.inputs), part.outputs[index]
            gradients = graph.gradients(output, inputs, grad_y=given)
            names = [*part.names, grad.name]
            parts[name] = Part([*part.inputs, given], gradients, names)
    inputs = [*op.inputs, grad]
    flow = type(op)(inputs, graph, parts=parts, results=len(by)).output
    return items(flow, [x.dims for x in by], [x.dtype for x in by])


@contextlib.contextmanager
def differentiating(graph):
    """Remember which gradient `graph` was handing on, while it computes others."""
    outer = graph.differentiating
    try:
        yield
    finally:
        graph.differentiating = outer


class Branches:
    """A graph that computes one of two branches."""

    _capture = None

    @contextlib.contextmanager
    def capturing(self, capture):
        """Replace what operations made here use of the graph around; None: nothing."""
        outer, self._capture = self._capture, capture
        try:
            yield
        finally:
            self._capture = outer

    def operands(self, op, inputs):
        inputs, capture = super().operands(op, inputs), self._capture
        if capture is None:
            return inputs
        outside = [x for x in op.control_inputs if x.index < capture.start]
        capture.before.update(dict.fromkeys(outside))
        op.control_inputs = tuple(x for x in op.control_inputs if x not in outside)
        # An assignment needs the variable itself, and not its value.
        fixed = inputs[:1] if isinstance(op, ops.AssignOp) else ()
        return (*fixed, *map(capture.inside, inputs[len(fixed) :]))

    def cond(self, predicate, true_fn, false_fn, name=None):
        """Return what `true_fn()` returns if the predicate holds, else `false_fn()`.

        Both are functions without parameters, which use any tensors around them and
        return a tensor, or a list of as many tensors.  A run computes one of them.  If
        it assigns a variable, the variable changes only if that branch is taken.

        Raises:
            TypeError: the predicate isn't a truth value; or the branches return
                different numbers of tensors, or other types.
        """
        if not (callable(true_fn) and callable(false_fn)):
            raise TypeError(
                f"cond takes two functions without parameters, got {true_fn!r} and "
                f"{false_fn!r}; write lambda: ..."
            )
        predicate = self.convert(predicate)
        if predicate.dtype.kind != "b" or predicate.rank not in (0, None):
            raise TypeError(f"cond takes a single truth value, got {predicate!r}")
        capture = Capture(self)
        with self.capturing(capture):
            many, then, assigned = self._branch(capture, true_fn)
            _, otherwise, assigned_else = self._branch(capture, false_fn)
        if len(then) != len(otherwise):
            raise TypeError(
                "cond: both branches return as many tensors, got "
                f"{len(then)} and {len(otherwise)}"
            )
        for i, (one, other) in enumerate(zip(then, otherwise)):
            if one.dtype != other.dtype:
                raise TypeError(
                    f"cond: result {i} is {one.dtype} in one branch and {other.dtype} "
                    "in the other; cast one of them"
                )
        # A variable that a branch assigns is one more result.  The other branch returns
        # the value that it has.
        variables = list({**assigned, **assigned_else})
        then += [assigned.get(x, capture.inside(x)) for x in variables]
        otherwise += [assigned_else.get(x, capture.inside(x)) for x in variables]
        inside, names = capture.stand_ins.values(), [x.name for x in capture.stand_ins]
        parts = {
            "then": Part(inside, then, names),
            "else": Part(inside, otherwise, names),
        }
        inputs, before = [predicate, *capture.stand_ins], list(capture.before)
        with self.control_dependencies(before) if before else contextlib.nullcontext():
            attributes = {"parts": parts, "results": len(then)}
            flow = CondOp(inputs, self, name, **attributes).output
        dims = [_common(a.dims, b.dims) for a, b in zip(then, otherwise)]
        found = items(flow, dims, [x.dtype for x in then])
        number = len(then) - len(variables)
        pairs = zip(variables, found[number:])
        changed = [self.assign(*pair) for pair in pairs]
        if number == 0:
            return self.group(changed)
        if changed:
            with self.control_dependencies(changed):
                found = [self.identity(x) for x in found[:number]]
        return found if many else found[0]

    def _branch(self, capture, function):
        """What a branch returns: whether a list; its tensors; what it assigns."""
        start, returned = len(self.tensors), function()
        many = isinstance(returned, (list, tuple))
        tensors = [self.convert(x) for x in (returned if many else [returned])]
        inside = [x for x in topological_order(tensors) if x.output.index >= start]
        assigned, values = assignments(inside), [x for x in tensors if x.dtype]
        return many, [capture.inside(x) for x in values], assigned


def _common(dims, other):
    """What is known of a shape that is one of two."""
    if dims is None or other is None or len(dims) != len(other):
        return None
    return tuple(a if a == b else Unknown() for a, b in zip(dims, other))
