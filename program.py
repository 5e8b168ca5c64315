# # Program: the NumPy text that a request compiles to
#
# How would we run a graph by hand?  We would write down, in topological order, one
# line for each operation.  That is what a `Program` is: such a text, and the function
# that Python makes of it.
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> X = graph.placeholder((4, 2), name="X")
# >>> weights = graph.variable(numpy.ones((2, 3)), name="weights")
# >>> hidden = graph.sigmoid(X @ weights, name="hidden")
# >>> print(Session(graph).program(hidden, {X: None}))
# def program(state, feeds):
#     weights, = state
#     X, = feeds
#     dot = X.dot(weights)
#     hidden = 1 / (1 + np.exp(-dot))
#     return (hidden,), ()
#
# The program maps the values of variables and feeds to the values that were asked for,
# and to new values of variables.  It changes nothing, and knows of the world only `np`
# and the constants of the graph.  So `np` may also be another module that has NumPy's
# names, such as `jax.numpy`.
#
# ## What symbolic differentiation has derived
#
# The gradients are part of the graph, so their lines are part of the program.  This is
# the training step of XOR, as the session compiles it.  We wrote what the lines as far
# as `loss` say, and the last four before `return`.  Those between, with a bar, nobody
# wrote: they are what one would find with pen and paper.
#
# ![The program of a training step of XOR](weave:program)
#
# `loss_by_hidden` is $\partial\,\text{loss} / \partial\,\text{hidden}$.  Read it from
# `loss` on: the error, halved; through the sigmoid, $y (1 - y)$; to the bias as a sum
# over the rows; to the weights as $A^T G$; to what is below as $G B^T$; and once more.
#
# A step of this program takes as long as the same step written by hand in NumPy, as
# `make bench` measures: there is no graph left at run time, no loop over operations and
# no dictionary of values, but Python's own local variables.
#
# ## How it comes about
#
# In three steps: *simplify* the operations into the values that are worth a line,
# *name* them, and *write* the lines.

import ast
import builtins
import dis
import itertools
import keyword
import linecache
import math
import re
import textwrap
import types
import typing
import unicodedata
import weakref
from dataclasses import dataclass

import numpy

import ops
from tensor import Tensor

# ## From `compute` to a line
#
# Most operations compute something that fits on a line: `return a + b`.  A program that
# called such a function for each operation would be hard to read, and slower: a step of
# XOR takes a fifth longer (26.4 instead of 21.9 microseconds on one machine).  So the
# expression itself should stand in the program.  To get hold of it, we call `compute`
# once with stand-ins for its operands, which write down what is done to them: this is
# *tracing*.
#
# >>> from program import _trace
# >>> x = graph.placeholder((), name="x")
# >>> _trace(graph.sigmoid(x).op).write(["z"])
# '1 / (1 + np.exp(-z))'
#
# What is more than an expression, because it has an `if` or a loop, is called instead:
#
# >>> checked = ops.ClassesOp([[0, 2]], graph, depth=3, dtype="float64")
# >>> print(_trace(checked))
# None


class Expression(typing.NamedTuple):
    """The text of an operation: `pieces` are strings, or positions of operands.

    `bases` has the operands that a dot or a bracket follows, as `a` in `a.dot(b)`.
    `fresh` tells whether the value is an array of its own for sure, not perhaps an
    operand or a view of one.
    """

    pieces: list
    bases: set
    fresh: bool

    def write(self, operands):
        """The expression, with a string for each operand."""
        return "".join(
            operands[piece] if isinstance(piece, int) else piece
            for piece in self.pieces
        )


# NumPy's reductions go over all axes and drop them, unless told otherwise.
_REDUCTIONS = {"sum", "max", "min", "argmax", "argmin"}
_IMPLIED = {("axis", None), ("keepdims", False)}

_OPERAND = re.compile(r"\b_(\d+)_\b")  # how operand 3 is written for a while: _3_


class _Traced:
    """Stands for a value, and answers each use with a stand-in for the result."""

    def __init__(self, text, bases, fresh=False):
        self._text, self._bases, self._fresh = text, bases, fresh

    def __getattr__(self, name):
        self._bases.add(self._text)
        return _Traced(f"({self._text}).{name}", self._bases)

    def __getitem__(self, index):
        self._bases.add(self._text)
        # Slices are written with colons, which no bracket but this one may hold.
        slices = isinstance(index, tuple) and index != ()
        text = ", ".join(map(_text, index)) if slices else _text(index)
        return _Traced(f"({self._text})[{text}]", self._bases)

    def __call__(self, *args, **keywords):
        *_, name = self._text.split(".")
        if name in _REDUCTIONS:
            keywords = dict(keywords.items() - _IMPLIED)
        args = [_text(arg) for arg in args]
        args += [f"{key}={_text(value)}" for key, value in sorted(keywords.items())]
        fresh = name in _REDUCTIONS or (
            self._text == f"(np).{name}"
            and isinstance(getattr(numpy, name, None), numpy.ufunc)
        )
        return _Traced(f"{self._text}({', '.join(args)})", self._bases, fresh)

    def __neg__(self):
        return _Traced(f"-({self._text})", self._bases, fresh=True)

    def __bool__(self):
        raise TypeError("a stand-in is neither true nor false")

    __iter__ = __contains__ = None


def _binary(sign, reflected=False):
    def write(self, other):
        a, b = (other, self) if reflected else (self, other)
        text = f"({_text(a)}) {sign} ({_text(b)})"
        return _Traced(text, self._bases, fresh=True)

    return write


for _name, _sign in {
    **{"add": "+", "sub": "-", "mul": "*", "truediv": "/", "pow": "**", "matmul": "@"},
    **{"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="},
}.items():
    setattr(_Traced, f"__{_name}__", _binary(_sign))
    setattr(_Traced, f"__r{_name}__", _binary(_sign, reflected=True))


def _text(value):
    """`value` as Python text; TypeError if there is none that is sure to mean it."""
    if isinstance(value, _Traced):
        return value._text
    if isinstance(value, slice):
        parts = ["" if x is None else _text(x) for x in (value.start, value.stop)]
        return ":".join(parts if value.step is None else [*parts, _text(value.step)])
    if isinstance(value, tuple):
        return f"({', '.join(map(_text, value))}{',' * (len(value) == 1)})"
    if value is ...:
        return "..."
    if value is None or type(value) in (bool, int):
        return repr(value)
    if type(value) is str and not _OPERAND.search(value):
        return repr(value)
    if type(value) is float and math.isfinite(value):
        return repr(value)
    raise TypeError(f"{value!r} cannot be written down")


class _Attributes:
    """Stands for an operation, of which only attributes with a text are used."""

    def __init__(self, op):
        self._op = op

    def __getattr__(self, name):
        if isinstance(getattr(type(self._op), name, None), property):
            raise TypeError(f"{name} may be another each time")
        value = getattr(self._op, name)
        _text(value)
        return value


# Tracing sees the operands only.  What else a function does, it does once, to a
# stand-in, and never again.  So we trace only what is a mere expression of its
# parameters: code that stores nothing, ignores no result, and uses no other names.
_MORE = (
    *("STORE", "DELETE", "POP_TOP", "LOAD_GLOBAL", "LOAD_DEREF", "IMPORT", "YIELD"),
    *("MAKE_FUNCTION", "IS_OP", "FORMAT", "BUILD_STRING"),
)


def _trace(op):
    """The expression that `op.compute` returns; None if it is more than that."""
    compute = type(op).compute
    try:
        steps = [step.opname for step in dis.get_instructions(compute)]
        more = any(name.startswith(_MORE) for name in steps) or compute.__defaults__
        if more or "compute" in vars(op):
            return None
        bases = set()
        operands = [_Traced(f"_{i}_", bases) for i in range(len(op.inputs))]
        result = compute(_Attributes(op), _Traced("np", bases), *operands)
        tree = ast.parse(result._text, mode="eval")
    except Exception:
        # Whatever cannot be traced can be called.
        return None
    # To parse and write it again leaves out the parentheses that are not needed.
    pieces = _OPERAND.split(ast.unparse(tree))
    pieces[1::2] = map(int, pieces[1::2])
    bases = {i for i, operand in enumerate(operands) if operand._text in bases}
    # A reader's own operation may write its result into an operand.
    return Expression(pieces, bases, result._fresh and not _is_foreign(op))


def _frozen(value):
    """`value` as a key of a dictionary; TypeError if it may change."""
    if isinstance(value, slice):
        return (slice, value.start, value.stop, value.step)
    if isinstance(value, tuple):
        return tuple(_frozen(part) for part in value)
    hash(value)
    return (type(value), repr(value) if isinstance(value, float) else value)


# ## Simplifying
#
# A derivative by the book has a factor 1 here and a sum with a single term there, and
# computes `1 - hidden` again for each use.  The gradient of XOR's loss shows all of it.
# By the book it begins with 1, divided by the number of examples, repeated for each,
# times 2, times the error:
#
#     loss_by_sum = 1 / 4
#     loss_by_square = np.broadcast_to(loss_by_sum, (4, 1))
#     mul = loss_by_square * 2
#     loss_by_error = mul * error
#
# and what is left of this is `loss_by_error = 0.5 * error`.  We walk through the
# operations once, in topological order, and find for each output the value that stands
# for it:
#
# - What is computed from constants alone is computed at once, and is a constant.
# - An operation that changes nothing, such as a product with 1, has the value of its
#   operand.
# - The same number is the same value, however often it is written.
# - Two operations with the same text on the same operands have the same value.
# - What is *repeated* to a larger shape stays small for as long as the operations on
#   it are elementwise, since these repeat it by themselves.
#
# >>> a = graph.placeholder((3,), name="a")
# >>> b = graph.placeholder((3,), name="b")
# >>> z = (a + 0) * b + graph.broadcast_to(2.0, (3,)) * 3 + a * b
# >>> print(Session(graph).program(z, {a: None, b: None}))
# def program(state, feeds):
#     a, b = feeds
#     mul = a * b
#     add_1 = mul + 6
#     add_2 = add_1 + mul
#     return (add_2,), ()
#
# [Exercise 13](exercises/ex13_simplify.py) asks for a small pass of this kind.


@dataclass(eq=False, slots=True)
class Value:
    """What a line of the program computes, or what the program starts from."""

    tensor: Tensor  # the first tensor that has this value; gives it its name
    role: str  # "line", "constant", "state", "feed" or "rng"
    dims: tuple | None
    op: ops.BaseOp | None = None  # for a line, what it computes, and of what
    args: tuple | list = ()
    expression: Expression | None = None
    constant: numpy.ndarray | None = None
    name: str | None = None

    def equals(self, number):
        """Whether this is a constant scalar of that value."""
        return self.role == "constant" and self.dims == () and self.constant == number

    def is_output_of(self, kind):
        """Whether a line computes this by an operation of that class."""
        return self.role == "line" and type(self.op) is kind


class Repeated(typing.NamedTuple):
    """What stands for `tensor`: the smaller `value`, which broadcasting makes whole.

    Where the whole itself is needed, it is what `op` computes of `args`.
    """

    tensor: Tensor
    value: Value
    op: ops.BaseOp
    args: list


_ROLES = {"constant": "constant", "generator": "rng"}


class _Simplifier:
    """The values that a list of operations, in topological order, comes down to.

    Attributes:
        values: for each tensor what stands for it, a `Value` or a `Repeated`.
        lines: the values that need a line, in topological order.
        assigned: for each variable that is assigned, the tensor of its new value.
        called: by its name in the program, each function that it calls.
    """

    def __init__(self, order, feeds):
        self.feeds = feeds
        self.values, self.lines, self.assigned, self.called = {}, [], {}, {}
        # Expressions by kind of operation; values by that and the operands.
        self.expressions, self.same = {}, {}
        for op in order:
            self.visit(op)

    def value(self, tensor):
        """What stands for `tensor`; a leaf gets it at its first use."""
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
        """The value itself, repeated if it is to be."""
        if not isinstance(value, Repeated):
            return value
        return self.line(value.op, value.args, value.tensor)

    def visit(self, op):
        tensor = op.output
        if isinstance(op, ops.GroupOp):
            return
        if isinstance(op, ops.AssignOp):
            self.assign(op)
            return
        args = [self.value(x) for x in op.inputs]
        if isinstance(op, (ops.IdentityOp, ops.StopGradientOp, ops.ReadOp)):
            self.values[tensor] = args[-1]
        elif isinstance(op, ops.BroadcastOp):
            self.values[tensor] = self.repeat(tensor, *args, op)
        elif op.elementwise:
            self.values[tensor] = self.elementwise(op, args)
        else:
            args = [self.whole(arg) for arg in args]
            self.values[tensor] = self.line(op, args, tensor)

    def assign(self, op):
        variable, value = op.inputs
        if self.assigned.get(variable) not in (None, op.replaces):
            raise ValueError(
                f"'{variable.name}' is assigned twice in one run, by "
                f"'{self.assigned[variable].name}' and by '{op.output.name}'; make one "
                "within control_dependencies of the other"
            )
        self.assigned[variable] = op.output
        self.values[op.output] = self.whole(self.value(value))

    def repeat(self, tensor, value, shape, op):
        """What stands for `tensor`, which is `value` repeated by `op` to `shape`."""
        if isinstance(value, Repeated):
            value = value.value if _certain(value, tensor) else self.whole(value)
        if tensor.dims is not None and tensor.dims == value.dims:
            return value
        return Repeated(tensor, value, op, [value, shape])

    def elementwise(self, op, args):
        """What stands for the output of an elementwise `op`, as small as can be."""
        tensor, dims = op.output, None
        small = [
            arg.value if isinstance(arg, Repeated) and _certain(arg, tensor) else arg
            for arg in args
        ]
        small = [self.whole(arg) for arg in small]
        if type(op) is ops.WhereOp and _same_number(*small[1:]):
            return Repeated(tensor, small[1], op, [self.whole(arg) for arg in args])
        if tensor.dims is not None and all(arg.dims is not None for arg in small):
            dims = ops.broadcast(*(arg.dims for arg in small))
        if dims is not None and dims == tensor.dims:
            return self.line(op, small, tensor)
        for arg in args:
            # What is repeated to the shape of the output can be so afterwards.
            if dims is not None and isinstance(arg, Repeated):
                broadcasts = isinstance(arg.op, ops.BroadcastOp)
                if broadcasts and arg.tensor.dims == tensor.dims:
                    value = self.line(op, small, tensor, dims)
                    return self.repeat(tensor, value, arg.args[1], arg.op)
        return self.line(op, [self.whole(arg) for arg in args], tensor)

    def line(self, op, args, tensor, dims=None):
        """The value of `op` on `args`: one of those, a constant, or a line."""
        dims = tensor.dims if dims is None else dims
        unchanged = _unchanged(op, args, dims)
        if unchanged is not None:
            return unchanged
        kind = self.kind(op)
        key = (kind, *map(id, args))
        if kind is not None and key in self.same:
            return self.same[key]
        value = Value(tensor, "line", dims, op, args)
        if op.pure and all(arg.role == "constant" for arg in args):
            self.fold(value)
        if value.role == "line":
            value.expression = self.expression(op, kind)
            self.lines.append(value)
        if op.pure and kind is not None:
            self.same[key] = value
        return value

    def fold(self, value):
        """Compute now what has constants as operands; leave it if that fails."""
        try:
            with numpy.errstate(all="ignore"):
                result = value.op.compute(numpy, *(arg.constant for arg in value.args))
            value.constant = numpy.asarray(result, value.tensor.dtype)[()]
        except Exception:
            # The program will meet the error again, and say where it comes from.
            return
        if not _finite(value.constant):
            return
        value.constant.setflags(write=False)
        value.role, value.dims = "constant", value.constant.shape

    def kind(self, op):
        """What tells `op` from others but its operands; None if it may change."""
        hidden = ("inputs", "output", "graph", "control_inputs")
        attributes = tuple(item for item in vars(op).items() if item[0] not in hidden)
        try:
            return (type(op), type(op).compute, len(op.inputs), _frozen(attributes))
        except TypeError:
            return None

    def expression(self, op, kind):
        """The text of `op`: what it does, or if that is more than a line, a call."""
        if kind is None or kind not in self.expressions:
            self.expressions[kind] = _trace(op)
        return self.expressions[kind] or self.call(op)

    def call(self, op):
        name = f"compute_{op.kind}"
        name = f"{name}_{len(self.called)}" if name in self.called else name
        name = _unique(name, self.called)
        self.called[name] = op.compute
        operands = [piece for i in range(len(op.inputs)) for piece in (", ", i)]
        return Expression([f"{name}(np", *operands, ")"], set(), fresh=False)


def _is_foreign(op):
    """Whether an operation is a reader's own."""
    return type(op).__module__ != "ops"


def _certain(repeated, tensor):
    """Whether it is sure before a run that what is repeated fits into `tensor`."""
    dims = repeated.tensor.dims
    return dims is not None and (dims == tensor.dims or repeated.tensor.known)


def _same_number(a, b):
    """Whether two values are the same constant scalar, of the same type."""
    scalars = all(x.role == "constant" and x.dims == () for x in (a, b))
    return scalars and repr(a.constant) == repr(b.constant)


# The operand that leaves the other one as it is, and on which sides it may stand.
_NEUTRAL = {
    ops.AddOp: (0, (0, 1)),
    ops.SubOp: (0, (1,)),
    ops.MulOp: (1, (0, 1)),
    ops.DivOp: (1, (1,)),
    ops.PowOp: (1, (1,)),
}


def _unchanged(op, args, dims):
    """The value among `args`, or behind them, that `op` gives back; or None."""
    kind = type(op)
    if kind in (ops.NegOp, ops.TransposeOp) and args[0].is_output_of(kind):
        return args[0].args[0]
    if kind is ops.ReshapeOp and dims is not None and dims == args[0].dims:
        return args[0]
    number, sides = _NEUTRAL.get(kind, (None, ()))
    for side in sides:
        other = args[1 - side]
        same = other.dims == dims is not None and other.tensor.dtype == op.output.dtype
        if same and args[side].equals(number):
            return other
    return None


# ## Naming and writing
#
# A value is called after its tensor, as far as Python allows; the new value of the
# variable `weights` is `new_weights`.
#
# A value is dropped, by `del`, after the line that uses it last, so that the program
# needs no more memory than it must.  For a small value, or where all values together
# are small, this would only be in the reader's way.
#
# What is given back must never change later.  So a value that may share its memory
# with the state, with a feed, or with another one that is given back, is copied.
# Without that, what we fetch in one run could change in the next, and whoever wrote
# into it would write into the model:
#
# >>> print(Session(graph).program([weights, weights], {}))
# def program(state, feeds):
#     weights, = state
#     return (weights.copy(), weights.copy()), ()

_SMALL_VALUE, _SMALL_PROGRAM = 1 << 10, 1 << 20  # bytes
_RESERVED = {*keyword.kwlist, *dir(builtins), "np", "program", "state", "feeds"}
_numbers = itertools.count(1)


class Program:
    """A straight-line NumPy program: from state and feeds to values and new state.

    Args:
        order: the operations to run, in topological order.
        fetches: the tensors whose values are wanted.
        feeds: the tensors whose values are given.
        np: NumPy, or a module that has its names.
        check_numerics: whether to stop at the first value that is not finite.

    Attributes:
        source: its text.
        function: what Python makes of that, a function of the values of `variables`,
            those of `feeds`, and a random generator if it is `random`; it returns the
            values of the fetches and those of `assigned`, two tuples.
        variables: the tensors whose values it takes from the state.
        feeds: the tensors whose values it takes from the feeds.
        assigned: the variables that it computes new values of.
        outputs: the tensors whose values these are.
        foreign: whether it has operations that are a reader's own.
        unproven: the positions in `assigned` where only a run tells the shape.
        random: whether it draws random numbers.
        overflows: whether it has operations that get their answer from an overflow.
        check_numerics: as above.
        values_at: for the number of a line of the text, the `Value` that it computes.

    Raises:
        ValueError: a variable is assigned twice.
    """

    def __init__(self, order, fetches, feeds=(), np=numpy, check_numerics=False):
        simple = _Simplifier(order, set(feeds))
        fetched = [
            None if tensor.kind == "group" else simple.whole(simple.value(tensor))
            for tensor in fetches
        ]
        updates = [simple.values[output] for output in simple.assigned.values()]
        results = [value for value in fetched if value is not None] + updates
        lines = _needed(simple.lines, results)
        leaves = _leaves(lines, results)
        self.variables = [leaf.tensor for leaf in leaves if leaf.role == "state"]
        self.feeds = [leaf.tensor for leaf in leaves if leaf.role == "feed"]
        self.assigned, self.outputs = list(simple.assigned), [*simple.assigned.values()]
        self.foreign = any(_is_foreign(value.op) for value in lines)
        self.unproven = [
            i
            for i, (variable, output) in enumerate(simple.assigned.items())
            if not variable.known or output.op.inputs[1].dims != variable.dims
        ]
        self.random = any(leaf.role == "rng" for leaf in leaves)
        self.overflows = any(value.op.overflows for value in lines)
        self.globals = {"np": np, "check": self._check, **simple.called}

        self.check_numerics = check_numerics
        self._taken = {*_RESERVED, *self.globals}
        self._text = []
        self.values_at, self._checked = {}, {}
        self._name(leaves, lines, updates)
        self._write(leaves, lines, fetched, updates)
        bound = ", ".join(leaf.name for leaf in leaves if leaf.name in self.globals)
        if bound:
            header = textwrap.wrap(f"# constants: {bound}", 88, subsequent_indent="# ")
            self._text[:0] = header
            self.values_at = {n + len(header): v for n, v in self.values_at.items()}
        self.source = "".join(f"{line}\n" for line in self._text)
        self._compile()

    def __repr__(self):
        return self.source.rstrip()

    def _name(self, leaves, lines, updates):
        for variable, value in zip(self.assigned, updates):
            if value.role == "line" and value.name is None:
                value.name = self._identifier(f"new_{variable.name}")
        for value in leaves + lines:
            if value.name is None:
                value.name = self._identifier(value.tensor.name)

    def _identifier(self, name):
        """`name` as a Python name that is not taken yet."""
        name = _unique(name, self._taken)
        self._taken.add(name)
        return name

    def _write(self, leaves, lines, fetched, updates):
        rng = [leaf.name for leaf in leaves if leaf.role == "rng"]
        self._text.append(f"def program({', '.join(['state', 'feeds', *rng])}):")
        for source, role in (("state", "state"), ("feeds", "feed")):
            given = [leaf for leaf in leaves if leaf.role == role]
            if given:
                self._text += _wrap("", [leaf.name for leaf in given], f" = {source}")
                self._check_lines(given)
        for leaf in leaves:
            if leaf.role == "constant" and not _finite(leaf.constant):
                self._bind(leaf)
                self._check_lines([leaf])
        dropped = _last_uses(lines, fetched + updates)
        for value in lines:
            operands = [self._operand(value, i) for i in range(len(value.args))]
            line = f"    {value.name} = {value.expression.write(operands)}"
            self._text.append(line)
            self.values_at[len(self._text)] = value
            self._check_lines([value])
            if dropped.get(value):
                self._text.append(f"    del {', '.join(dropped[value])}")
        given = set()
        updates = _tuple(self._result(value, given) for value in updates)
        fetched = _tuple(value and self._result(value, given) for value in fetched)
        self._text += _wrap("return ", [fetched, updates], "")

    def _check_lines(self, values):
        for value in values if self.check_numerics else ():
            if value.tensor.dtype.kind == "f":
                self._text.append(f"    check({value.name}, {value.name!r})")
                self._checked[value.name] = value

    def _operand(self, value, position):
        """How an operand stands in the line of `value`: a name, or a number."""
        arg = value.args[position]
        if arg.role != "constant":
            return arg.name
        if position not in value.expression.bases:
            text = _literal_text(arg, value)
            if text is not None:
                return text
        return self._bind(arg)

    def _bind(self, constant):
        self.globals[constant.name] = constant.constant
        return constant.name

    def _result(self, value, given):
        """How a value is given back: by its name, or as a copy."""
        if value.role == "line":
            shared = value in given or not value.expression.fresh
            given.add(value)
            copy = f"np.array({value.name})" + "[()]" * (value.dims == ())
            return copy if shared else value.name
        if value.role == "constant":
            self._bind(value)
        return f"{value.name}.copy()"

    # ## Running
    #
    # Python keeps the lines of files in `linecache`, for tracebacks.  We add ours, so
    # that a traceback shows the line of the program that failed.

    def _compile(self):
        filename = f"<program {next(_numbers)}>"
        lines = self.source.splitlines(keepends=True)
        linecache.cache[filename] = (len(self.source), None, lines, filename)
        weakref.finalize(self, linecache.cache.pop, filename, None)
        exec(compile(self.source, filename, "exec"), self.globals)
        self.function = self.globals.pop("program")

    def bind(self, np, convert):
        """The same function with another module for `np`, and constants converted.

        Shapes stay NumPy's, as those that a `ShapeOp` makes.
        """
        shapes = {
            arg.name
            for value in self.values_at.values()
            if value.op.takes_shape
            for arg in value.args[1:]
        }
        constants = {
            name: convert(value)
            for name, value in self.globals.items()
            if isinstance(value, (numpy.ndarray, numpy.generic)) and name not in shapes
        }
        names = {**self.globals, **constants, "np": np}
        return types.FunctionType(self.function.__code__, names)

    def _check(self, array, name):
        if not _finite(array):
            what = "NaN" if numpy.isnan(array).any() else "infinity"
            raise FloatingPointError(f"{_describe(self._checked[name])} has {what}")

    def explain(self, error):
        """Add to `error`, raised in `function`, which operation it came from."""
        trace = error.__traceback__
        while trace and trace.tb_frame.f_code is not self.function.__code__:
            trace = trace.tb_next
        value = trace and self.values_at.get(trace.tb_lineno)
        if value is None:
            return
        names = {**self.globals, **trace.tb_frame.f_locals}
        shapes = [
            f"'{arg.tensor.name}' {numpy.shape(names.get(arg.name, arg.constant))}"
            for arg in value.args
        ]
        error.add_note(f"in {_describe(value)} of {', '.join(shapes) or 'no inputs'}")


def _unique(name, taken):
    """`name` as a Python name that is not among `taken`."""
    name = unicodedata.normalize("NFKC", name)
    name = "".join(c if f"a{c}".isidentifier() else "_" for c in name)
    name = name if name.isidentifier() else f"_{name}"
    name = f"{name}_" if name in _RESERVED else name
    numbered = (f"{name}_{number}" for number in itertools.count(1))
    return name if name not in taken else next(x for x in numbered if x not in taken)


def _describe(value):
    tensor = value.tensor
    if tensor.op is not None:
        return f"'{tensor.name}', made by {tensor.kind} at {tensor.line},"
    return f"the {tensor.kind} '{tensor.name}', made at {tensor.line},"


def _finite(array):
    return bool(numpy.isfinite(numpy.asarray(array)).all())


def _wrap(before, names, after):
    """The lines of a tuple between two texts; in brackets if it takes several."""
    names = ", ".join(names) + "," * (len(names) == 1)
    line = f"    {before}{names}{after}"
    if len(line) <= 88:
        return [line]
    indent = " " * 8
    wrapper = textwrap.TextWrapper(88, indent, indent, break_long_words=False)
    return [f"    {before}(", *wrapper.wrap(names), f"    ){after}"]


def _tuple(names):
    """The text of a tuple: "()", "(a,)", "(a, b)"."""
    names = [str(name) for name in names]
    return f"({', '.join(names)}{',' * (len(names) == 1)})"


def _needed(lines, results):
    """Those of `lines` that `results` depend on, or that are run for their effect."""
    needed = set(results)
    for value in reversed(lines):
        if value in needed or not value.op.pure:
            needed.add(value)
            needed.update(value.args)
    return [value for value in lines if value in needed]


def _leaves(lines, results):
    """What `lines` and `results` start from, in the order of their making."""
    used = {arg for value in lines for arg in value.args} | set(results)
    leaves = [value for value in used if value.role != "line"]
    return sorted(leaves, key=lambda leaf: leaf.tensor.index)


def _last_uses(lines, results):
    """For each line the names to drop after it; none if all fits in little memory."""
    sizes = {value: _bytes(value) for value in lines}
    if sum(sizes.values()) < _SMALL_PROGRAM:
        return {}
    dropped, used = {}, set(results)
    used.update(value for value, size in sizes.items() if size < _SMALL_VALUE)
    for value in reversed(lines):
        last = {arg: None for arg in (*value.args, value) if arg.role == "line"}
        dropped[value] = [arg.name for arg in last if arg not in used]
        used.update(last)
    return dropped


def _bytes(value):
    """How much memory a value takes: infinite, if we cannot know."""
    if value.dims is None or not all(isinstance(size, int) for size in value.dims):
        return math.inf
    return math.prod(value.dims) * value.tensor.dtype.itemsize


def _literal_text(constant, value):
    """The text of a constant as an operand of `value`; None if it needs a name.

    Python's numbers take the type of what they stand beside.  So a number may be
    written as Python's beside arrays of its own type, and alone if its type is
    Python's.  A reader's own operation may do with it what only NumPy's numbers can.
    """
    number, dtype, op = constant.constant, constant.tensor.dtype, value.op
    constants = [arg.role == "constant" for arg in value.args]
    if all(constants) or _is_foreign(op) or not _finite(number):
        return None
    if op.takes_shape and constant is value.args[-1]:
        return _tuple(number.tolist())
    # The condition of a choice is not beside what is chosen.
    start = isinstance(op, ops.WhereOp)
    alike = {arg.tensor.dtype for arg in value.args[start:]} == {dtype}
    if start and all(constants[1:]) and dtype.kind != "f":
        return None
    if not op.elementwise or constant.dims != () or not alike or dtype.kind == "b":
        return None
    text = repr(number.item()) if dtype in (float, int) else str(number)
    if dtype.type(float(text)) != number:
        return None
    if not all(constants[start:]):
        text = text.removesuffix(".0") if text != "-0.0" else text
    elif dtype not in (float, int):
        return None
    return f"({text})" if text.startswith("-") else text
