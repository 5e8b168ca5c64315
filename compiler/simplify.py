# # Why compute a line that changes nothing?
#
# The chain rule is thorough and a little silly.  It multiplies by 1, sums single terms,
# and computes `1 - hidden` again for each use.  Look at what it derives for XOR's loss,
# from the loss down to the error:
#
# >>> from gradients import topological_order
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> error = graph.placeholder((4, 1), name="error")
# >>> loss = graph.mean(graph.square(error), name="loss")
# >>> (loss_by_error,) = graph.gradients(loss, [error])
# >>> for op in topological_order([loss_by_error]):
# ...     print(op.output)
# <Tensor 'loss_by_sum' () float64 = div(loss_by_loss, constant)>
# <Tensor 'loss_by_square' (4, 1) float64 = broadcast(loss_by_sum, shape)>
# <Tensor 'mul_1' (4, 1) float64 = mul(loss_by_square, constant_1)>
# <Tensor 'loss_by_error' (4, 1) float64 = mul(mul_1, error)>
#
# It divides 1 by 4, repeats that for each example, doubles it, and multiplies by the
# error.  You'd have written half the error, and so does the program:
#
# >>> print(Session(graph).program(loss_by_error, {error: None}))
# def program(state, feeds):
#     error, = feeds
#     loss_by_error = 0.5 * error
#     return (loss_by_error,), ()
#
# How?  We walk through the operations once, in topological order.  For each output we
# find the simplest *value* that can stand for it, by five rules:
#
# - If all inputs are constants, compute the output at once.  It's a constant too.
# - Skip an operation that changes nothing, like a product with 1.
# - Write a number down once, however often it occurs.
# - Compute the same expression of the same operands only once.
# - Don't repeat a small array to a larger shape while only elementwise operations
#   follow.  NumPy does it for us.
#
# Here all five are at work:
#
# >>> graph = Graph()
# >>> a = graph.placeholder((3,), name="a")
# >>> b = graph.placeholder((3,), name="b")
# >>> z = (a - 0) * b + graph.broadcast_to(2.0, (3,)) * 3 + a * b
# >>> print(Session(graph).program(z, {a: None, b: None}))
# def program(state, feeds):
#     a, b = feeds
#     mul = a * b
#     add = mul + 6
#     add_1 = add + mul
#     return (add_1,), ()
#
# Watch them one at a time.  Each stage was compiled with one rule more than the one
# before it, and run:
#
# ![A program at six stages, line by line: at first one line for each operation, at the
# end what a session runs.](weave:live-passes "What is gone is struck out, and beside it
# stands why. What has changed is lit.")
#
# ? Why don't we have a rule that turns `x * 0` into 0?
#
# ! It would be wrong: where `x` is infinite or NaN, the product is NaN.
#
# [Exercise 13](exercises/ex13_simplify.py) asks you for a small pass like this one.

import builtins
import functools
import itertools
import keyword
import typing
import unicodedata
from dataclasses import dataclass

import numpy

import ops
from compiler.tracing import Expression, frozen, spelled, trace
from mixins.control import ReadOp
from mixins.naming import IdentityOp
from mixins.rules import is_foreign
from mixins.shapes import broadcast
from session import assignments, read_only
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


@dataclass(eq=False, slots=True)
class Value:
    """The result of a line, or a leaf that the program starts from."""

    tensor: Tensor  # the first tensor with this value; lends it a name
    role: str  # "line", "constant", "state", "feed" or "rng"
    dims: tuple | None
    op: ops.BaseOp | None = None  # for a line: its operation and its operands
    args: tuple | list = ()
    expression: Expression | None = None
    constant: numpy.ndarray | None = None
    name: str | None = None

    def equals(self, number):
        """Whether this is a constant scalar equal to `number`."""
        return self.role == "constant" and self.dims == () and self.constant == number

    def is_output_of(self, op_class):
        """Whether this is a line that computes an operation of `op_class`."""
        return self.role == "line" and type(self.op) is op_class


class Repeated(typing.NamedTuple):
    """A smaller `value` that stands for `tensor`, because NumPy will broadcast it.

    If we need the whole tensor after all, `op` computes it from `args`.
    """

    tensor: Tensor
    value: Value
    op: ops.BaseOp
    args: list


_ROLES = {"constant": "constant", "generator": "rng"}


RESERVED = {*keyword.kwlist, *dir(builtins), "np", "program", "state", "feeds"}


class Simplifier:
    """Finds the simplest values for operations that come in topological order.

    Attributes:
        values: for each tensor, the `Value` or `Repeated` that stands for it.
        lines: the values that need a line, in topological order.
        assigned: for each assigned variable, the tensor of its new value.
        called: the functions that the program calls, by name.
    """

    def __init__(self, order, feeds, computes, called=None):
        self.feeds, self.assigned = feeds, assignments(order)
        self.computes, self.called = computes, {} if called is None else called
        self.values, self.lines = {}, []
        # Expressions by an operation's signature; values by signature and operands.
        self.expressions, self.same = {}, {}
        for op in order:
            self.visit(op)

    def results(self, fetches):
        """The values of `fetches`, None for a group; and the assigned values."""
        fetched = [
            None if isinstance(x.op, ops.GroupOp) else self.whole(self.value(x))
            for x in fetches
        ]
        return fetched, [self.values[output] for output in self.assigned.values()]

    def needed(self, results):
        """The lines that `results` depend on, and those that have an effect."""
        needed = set(results)
        for value in reversed(self.lines):
            if value in needed or not value.op.pure:
                needed.add(value)
                needed.update(value.args)
        return [value for value in self.lines if value in needed]

    def value(self, tensor):
        """The value that stands for `tensor`; for a leaf, made at its first use."""
        if tensor not in self.values:
            role = "feed" if tensor in self.feeds else _ROLES.get(tensor.kind, "state")
            leaf = Value(tensor, role, tensor.dims)
            if role == "constant":
                leaf.constant = number = tensor.initial_value
                if leaf.dims == ():
                    leaf = self.same.setdefault((number.dtype, number.tobytes()), leaf)
            self.values[tensor] = leaf
        return self.values[tensor]

    def whole(self, value):
        """The value in full size: if it's `Repeated`, a line that repeats it."""
        if not isinstance(value, Repeated):
            return value
        args = [self.whole(arg) for arg in value.args]
        return self.line(value.op, args, value.tensor)

    def visit(self, op):
        tensor = op.output
        if isinstance(op, ops.GroupOp):
            return
        if isinstance(op, ops.AssignOp):
            self.values[tensor] = self.whole(self.value(op.inputs[1]))
            return
        args = [self.values.get(x) or self.value(x) for x in op.inputs]
        if isinstance(op, (IdentityOp, ops.StopGradientOp, ReadOp)):
            self.values[tensor] = args[-1]
        elif op.elementwise:
            self.values[tensor] = self.elementwise(op, args)
        elif isinstance(op, ops.BroadcastOp):
            self.values[tensor] = self.repeat(tensor, *args, op)
        elif isinstance(op, ops.ExpandDimsOp):
            self.values[tensor] = self.expand(op, *args)
        else:
            args = [self.whole(arg) for arg in args]
            self.values[tensor] = self.line(op, args, tensor)

    def expand(self, op, value):
        """The value of `op`, which adds axes to `value`."""
        if isinstance(value, Repeated) and value.value.dims == ():
            # A repeated number is still one, whatever axes we add.
            return Repeated(op.output, value.value, op, [value])
        return self.line(op, [self.whole(value)], op.output)

    def repeat(self, tensor, value, shape, op):
        """The value of `tensor`, for which `op` repeats `value` to `shape`."""
        if isinstance(value, Repeated):
            value = value.value if _certain(value, tensor) else self.whole(value)
        if tensor.dims is not None and tensor.dims == value.dims:
            return value
        return Repeated(tensor, value, op, [value, shape])

    def elementwise(self, op, args):
        """The value of an elementwise `op`, as small as possible."""
        tensor, dims = op.output, None
        if Repeated not in map(type, args) and type(op) is not ops.WhereOp:
            return self.line(op, args, tensor)
        small = [
            arg.value if isinstance(arg, Repeated) and _certain(arg, tensor) else arg
            for arg in args
        ]
        small = [self.whole(arg) for arg in small]
        if type(op) is ops.WhereOp and _same_number(*small[1:]):
            return Repeated(tensor, small[1], op, [self.whole(arg) for arg in args])
        if tensor.dims is not None and all(arg.dims is not None for arg in small):
            dims = broadcast(*(arg.dims for arg in small))
        if dims is not None and dims == tensor.dims:
            return self.line(op, small, tensor)
        for arg in args:
            # If an operand is repeated to the output's shape, we can do it afterwards.
            if dims is not None and isinstance(arg, Repeated):
                broadcasts = isinstance(arg.op, ops.BroadcastOp)
                if broadcasts and arg.tensor.dims == tensor.dims:
                    value = self.line(op, small, tensor, dims)
                    return self.repeat(tensor, value, arg.args[1], arg.op)
        return self.line(op, [self.whole(arg) for arg in args], tensor)

    def line(self, op, args, tensor, dims=None):
        """The value of `op` on `args`: one we have already, a constant, or a line."""
        dims = tensor.dims if dims is None else dims
        unchanged = self.unchanged(op, args, dims)
        if unchanged is not None:
            return unchanged
        signature = self.signature(op)
        key = (signature, *map(id, args))
        if signature is not None and key in self.same:
            return self.same[key]
        value = Value(tensor, "line", dims, op, args)
        # Your own operation may return another type than its tensor has.
        constants = {arg.role for arg in args} <= {"constant"}
        if constants and op.pure and not (is_foreign(op) or tensor.dtype == object):
            self.fold(value)
        if value.role == "line":
            value.expression = self.expression(op, signature)
            self.lines.append(value)
        if op.pure and signature is not None:
            self.same[key] = value
        return value

    def unchanged(self, op, args, dims):
        """The value we already have that `op` would return; None if there isn't one."""
        op_class, inverses = type(op), (ops.NegOp, ops.TransposeOp)
        if op_class in inverses and args[0].is_output_of(op_class):
            return args[0].args[0]
        if op_class is ops.ReshapeOp and dims is not None and dims == args[0].dims:
            return args[0]
        number, sides = _NEUTRAL.get(op_class, (None, ()))
        for side in sides:
            operand, other = args[side], args[1 - side]
            if operand.role != "constant" or dims is None or other.dims != dims:
                continue
            same = other.tensor.dtype == op.output.dtype
            if same and _is_neutral(op_class, operand, number, op.output.dtype):
                return other
        return None

    def fold(self, value):
        """Replace a line of constants by its value; if that fails, leave it."""
        try:
            with numpy.errstate(all="ignore"):
                result = value.op.compute(numpy, *(arg.constant for arg in value.args))
            value.constant = numpy.asarray(result, value.tensor.dtype)[()]
        except Exception:
            # The program will fail in the same way, and say where.
            return
        if not is_finite(value.constant):
            return
        value.constant.setflags(write=False)
        value.role, value.dims = "constant", value.constant.shape

    def signature(self, op):
        """A key for `op` without its operands; None if an attribute may change."""
        try:
            attributes = frozen(tuple(vars(op).items())) if vars(op) else ()
            return (type(op), type(op).compute, len(op.inputs), attributes)
        except TypeError:
            return None

    def expression(self, op, signature):
        """The expression of `op`, or a call if `compute` is more than that."""
        if signature is None or signature not in self.expressions:
            replaced = type(op) in self.computes
            self.expressions[signature] = None if replaced else trace(op)
        return spelled(op) or self.expressions[signature] or self.call(op)

    def call(self, op):
        name = f"compute_{op.kind}"
        name = f"{name}_{len(self.called)}" if name in self.called else name
        name = unique_name(name, self.called)
        self.called[name] = self.function(op)
        operands = [piece for i in range(len(op.inputs)) for piece in (", ", i)]
        return Expression((f"{name}(np", *operands, ")"), set(), fresh=False)

    def function(self, op):
        """The function to call for `op`, with `np` and its operands."""
        if type(op) in self.computes:
            return functools.partial(self.computes[type(op)], op)
        if not is_foreign(op):
            return op.compute
        return lambda np, *values: op.compute(np, *map(read_only, values))


def _certain(repeated, tensor):
    """Whether we know before a run that `repeated` fits into `tensor`."""
    dims, into = repeated.tensor.dims, tensor.dims
    if repeated.tensor.known or dims is None or into is None:
        return repeated.tensor.known
    # Two sizes that only a run knows are equal if they're the same object.
    aligned = zip(reversed(dims), reversed(into))
    return len(dims) <= len(into) and all(a == b or a == 1 for a, b in aligned)


def _same_number(a, b):
    """Whether two values are the same constant scalar, of the same type."""
    scalars = all(x.role == "constant" and x.dims == () for x in (a, b))
    return scalars and repr(a.constant) == repr(b.constant)


# Which number leaves the other operand unchanged, and on which sides?  For a sum of
# floats it's -0: adding 0 turns -0 into 0, and then `1 / x` has another sign.
_NEUTRAL = {
    ops.AddOp: (0, (0, 1)),
    ops.SubOp: (0, (1,)),
    ops.MulOp: (1, (0, 1)),
    ops.DivOp: (1, (1,)),
    ops.PowOp: (1, (1,)),
}


def _is_neutral(op_class, operand, number, dtype):
    """Whether `operand` is `number`, and leaves the other operand unchanged."""
    if not operand.equals(number):
        return False
    if number != 0 or dtype.kind != "f":
        return True
    negative = operand.constant.dtype.kind == "f" and numpy.signbit(operand.constant)
    return bool(negative) == (op_class is ops.AddOp)


def is_finite(array):
    """Whether `array` has no NaN and no infinity."""
    return bool(numpy.isfinite(numpy.asarray(array)).all())


def unique_name(name, taken):
    """`name`, changed to be a valid Python name that isn't in `taken`."""
    if not (name.isascii() and name.isidentifier()):
        name = unicodedata.normalize("NFKC", name)
        name = "".join(c if f"a{c}".isidentifier() else "_" for c in name)
        name = name if name.isidentifier() else f"_{name}"
    name = f"{name}_" if name in RESERVED else name
    if name not in taken:
        return name
    numbered = (f"{name}_{number}" for number in itertools.count(1))
    return next(x for x in numbered if x not in taken)
