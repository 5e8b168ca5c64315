# # Program: the NumPy text that a request compiles to
#
# How would we run a graph by hand?  We would write down, in topological order, one
# line for each operation:
#
#     dot = X.dot(weights)
#     hidden = 1 / (1 + np.exp(-dot))
#
# That is what a `Program` is: such a text, and the function that Python makes of it.
# It maps the values of variables and feeds to the values that were asked for, and to
# new values of variables.  It changes nothing, and knows of the world only `np` and
# the constants of the graph.
#
# The gradients are part of the graph, so their lines are part of the program.  This
# is where one sees what symbolic differentiation has derived.
#
# The text comes about in three steps: *simplify* the operations into the values that
# are worth a line, *name* them, and *write* the lines.

import ast
import builtins
import collections
import functools
import inspect
import itertools
import keyword
import linecache
import math
import re
import sys
import textwrap
import unicodedata
import weakref

import numpy

import ops

# ## From `compute` to a line
#
# Most operations compute something that fits on a line: `return a + b`.  To call such
# a function for each operation would cost as much as small arrays take to add.  So
# we read its source, once, and put the expression itself into the program, with the
# names of the operands in place of `a` and `b`, and the value of `self.axis` in place
# of that.


class Expression(collections.namedtuple("Expression", "pieces bases fresh")):
    """The text of an operation: `pieces` are strings, or positions of operands.

    `bases` has the operands that are followed by a dot or a bracket, as `a` in
    `a.dot(b)`.  `fresh` tells whether the value is an array of its own for sure, not
    perhaps one of the operands or a view of it.
    """

    def write(self, operands):
        """The expression, with a string for each operand."""
        return "".join(
            operands[piece] if isinstance(piece, int) else piece
            for piece in self.pieces
        )


# The file may have changed since Python read it.  Only a source that compiles to what
# the function does can stand for the function.  (Python compiles `np.exp` in another
# way where the file imports an `np`.)


def _compiles_to(source, function):
    """Whether `source` is what `function` was made of."""
    for header in ("", "import np\n"):
        constants = compile(header + source, "<compute>", "exec").co_consts
        for code in constants:
            if inspect.iscode(code) and all(
                getattr(code, name) == getattr(function.__code__, name)
                for name in ("co_code", "co_consts", "co_names", "co_varnames")
            ):
                return True
    return False


@functools.cache
def _parse(compute):
    """The parameters and the expression of a function that returns one, else None."""
    try:
        source = textwrap.dedent(inspect.getsource(compute))
        (definition,) = ast.parse(source).body
        *doc, returned = definition.body
    except (OSError, TypeError, SyntaxError, ValueError, AttributeError):
        return None
    if not isinstance(returned, ast.Return) or not _compiles_to(source, compute):
        return None
    if len(doc) != (compute.__doc__ is not None):
        return None
    arguments = definition.args
    if arguments.kwonlyargs or arguments.kwarg or arguments.defaults:
        return None
    names = [argument.arg for argument in arguments.args]
    rest = arguments.vararg.arg if arguments.vararg else None
    local = {*names, rest}
    for node in ast.walk(returned):
        if isinstance(node, ast.Name) and node.id not in local:
            return None
        if isinstance(node, (ast.Lambda, ast.NamedExpr, ast.comprehension, ast.Await)):
            return None
    return names, rest, returned.value


# NumPy's reductions go over all axes and drop them, unless told otherwise.
_REDUCTIONS = {"sum", "max", "min", "argmax", "argmin"}
_IMPLIED = {("axis", None), ("keepdims", False)}


class _Substitute(ast.NodeTransformer):
    """Puts operands in place of parameters, and values in place of `self.x`."""

    def __init__(self, op, names, rest):
        self.op, self.rest, self.bases = op, rest, set()
        own, np, *parameters = names
        self.own, self.renamed = own, {np: "np"}
        for position, parameter in enumerate(parameters):
            self.renamed[parameter] = f"_{position}_"
        self.others = range(len(parameters), len(op.inputs))

    def visit_Name(self, node):
        if node.id == self.rest:
            return ast.Tuple([ast.Name(f"_{i}_") for i in self.others], ast.Load())
        if node.id == self.own:
            raise ValueError("self itself cannot be written down")
        return ast.Name(self.renamed[node.id], ast.Load())

    def visit_Attribute(self, node):
        if isinstance(node.value, ast.Name) and node.value.id == self.own:
            return _literal(getattr(self.op, node.attr))
        return self._visit_base(node)

    def visit_Subscript(self, node):
        return self._visit_base(node)

    def _visit_base(self, node):
        node = self.generic_visit(node)
        if isinstance(node.value, ast.Name):
            self.bases.add(node.value.id)
        return node

    def visit_Call(self, node):
        node = self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr in _REDUCTIONS:
            node.keywords = [
                k
                for k in node.keywords
                if not isinstance(k.value, ast.Constant)
                or (k.arg, k.value.value) not in _IMPLIED
            ]
        return node


def _literal(value):
    """The syntax tree of a value; ValueError if there is none."""
    if isinstance(value, slice):
        parts = (value.start, value.stop, value.step)
        return ast.Slice(*(None if part is None else _literal(part) for part in parts))
    if isinstance(value, tuple):
        return ast.Tuple([_literal(part) for part in value], ast.Load())
    if value is None or value is ... or type(value) in (bool, int, float, str):
        return ast.parse(repr(value) if value is not ... else "...", mode="eval").body
    raise ValueError(f"{value!r} cannot be written down")


def _is_fresh(node):
    """Whether an expression makes a new array for sure."""
    if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare)):
        return True
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    of_np = isinstance(node.func.value, ast.Name) and node.func.value.id == "np"
    function = getattr(numpy, node.func.attr, None)
    is_ufunc = of_np and isinstance(function, numpy.ufunc)
    return is_ufunc or node.func.attr in _REDUCTIONS


def _inline(op):
    """The expression that `op.compute` returns, or None if it does more than that."""
    parsed = _parse(type(op).compute)
    if parsed is None:
        return None
    names, rest, tree = parsed
    substitute = _Substitute(op, names, rest)
    try:
        # `visit` works in place, so it gets a copy: the text, parsed again.
        tree = substitute.visit(ast.parse(ast.unparse(tree), mode="eval").body)
    except (ValueError, AttributeError):
        return None
    text = ast.unparse(ast.fix_missing_locations(tree))
    pieces = [
        int(piece) if position % 2 else piece
        for position, piece in enumerate(re.split(r"\b_(\d+)_\b", text))
    ]
    bases = frozenset(int(name[1:-1]) for name in substitute.bases if name[0] == "_")
    return Expression(tuple(pieces), bases, _is_fresh(tree))


def _frozen(value):
    """`value` as a key of a dictionary; TypeError if it may change."""
    if isinstance(value, slice):
        return (slice, value.start, value.stop, value.step)
    if isinstance(value, tuple):
        return tuple(map(_frozen, value))
    hash(value)
    return (type(value), value)


# ## Simplifying
#
# A derivative by the book has a factor 1 here and a sum with a single term there, and
# computes `1 - hidden` again for each use.  We walk through the operations once, in
# topological order, and find for each output the value that stands for it:
#
# - What is computed from constants alone is computed at once, and is a constant.
# - An operation that changes nothing, such as a product with 1, has the value of its
#   operand.
# - Two operations with the same text on the same operands have the same value.
# - What is *repeated* to a larger shape stays small for as long as the operations on
#   it are elementwise, since these repeat it by themselves.


class Value:
    """What a line of the program computes, or what the program starts from.

    `role` is "line", "constant", "state", "feed" or "rng".  `tensor` is the first
    tensor that has this value, and gives it its name.  `dims` are its shape.
    """

    __slots__ = (
        *("tensor", "role", "dims", "op"),
        *("expression", "args", "constant", "name"),
    )

    def __init__(self, tensor, role, dims, op=None, expression=None, args=()):
        self.tensor, self.role, self.dims = tensor, role, dims
        self.op, self.expression, self.args = op, expression, args
        self.constant = self.name = None

    def equals(self, number):
        """Whether this is a constant scalar of that value."""
        return self.role == "constant" and self.dims == () and self.constant == number

    def is_output_of(self, kind):
        """Whether a line computes this by an operation of that class."""
        return self.role == "line" and type(self.op) is kind


# What stands for `tensor`: `value`, of a smaller shape, which the BroadcastOp `op`
# repeats to the value `shape`.
Repeated = collections.namedtuple("Repeated", "tensor value op shape")

_ROLES = {"constant": "constant", "generator": "rng"}


class _Simplifier:
    """The values that a list of operations, in topological order, comes down to."""

    def __init__(self, order, feeds):
        self.feeds = feeds
        self.values = {}
        self.same = {}
        self.expressions = {}
        self.called = {}
        self.lines = []
        self.assigned = {}
        for op in order:
            self.visit(op)

    def value(self, tensor):
        """What stands for `tensor`; a leaf gets it at its first use."""
        if tensor not in self.values:
            role = "feed" if tensor in self.feeds else _ROLES.get(tensor.kind, "state")
            self.values[tensor] = leaf = Value(tensor, role, tensor.dims)
            leaf.constant = tensor.initial_value if role == "constant" else None
        return self.values[tensor]

    def whole(self, value):
        """The value itself, repeated if it is to be."""
        if not isinstance(value, Repeated):
            return value
        tensor, small, op, shape = value
        return self.line(op, [small, shape], tensor)

    def visit(self, op):
        tensor = op.output
        if isinstance(op, ops.GroupOp):
            return
        if isinstance(op, ops.AssignOp):
            self.assign(op)
            return
        args = [self.value(x) for x in op.inputs]
        if isinstance(op, ops.StopGradientOp):
            self.values[tensor] = args[0]
        elif isinstance(op, ops.BroadcastOp):
            self.values[tensor] = self.repeat(tensor, args[0], op, args[1])
        elif op.elementwise:
            self.values[tensor] = self.elementwise(op, args)
        else:
            args = [self.whole(arg) for arg in args]
            self.values[tensor] = self.line(op, args, tensor)

    def assign(self, op):
        variable, value = op.inputs
        if variable in self.assigned:
            raise ValueError(
                f"'{variable.name}' is assigned twice in one run, by "
                f"'{self.assigned[variable].name}' and by '{op.output.name}'"
            )
        self.assigned[variable] = op.output
        self.values[op.output] = self.whole(self.value(value))

    def repeat(self, tensor, value, op, shape):
        """What stands for `tensor`, which is `value` repeated by `op` to `shape`."""
        if isinstance(value, Repeated):
            value = value.value
        if tensor.dims is not None and tensor.dims == value.dims:
            return value
        return Repeated(tensor, value, op, shape)

    def elementwise(self, op, args):
        """What stands for the output of an elementwise `op`, as small as can be."""
        tensor = op.output
        small = [arg.value if isinstance(arg, Repeated) else arg for arg in args]
        dims = None
        if tensor.dims is not None and all(arg.dims is not None for arg in small):
            dims = ops.broadcast(*(arg.dims for arg in small))
        if dims is not None and dims == tensor.dims:
            return self.line(op, small, tensor)
        repeated = [arg for arg in args if isinstance(arg, Repeated)]
        for whole in repeated if dims is not None else ():
            if whole.tensor.dims == tensor.dims:
                value = self.line(op, small, tensor, dims)
                return self.repeat(tensor, value, whole.op, whole.shape)
        return self.line(op, [self.whole(arg) for arg in args], tensor)

    def line(self, op, args, tensor, dims=None):
        """The value of `op` on `args`: one of those, a constant, or a line."""
        dims = tensor.dims if dims is None else dims
        unchanged = _unchanged(op, args, dims)
        if unchanged is not None:
            return unchanged
        expression, key = self.expression(op, args)
        if key in self.same:
            return self.same[key]
        value = Value(tensor, "line", dims, op, expression, args)
        if op.pure and all(arg.role == "constant" for arg in args):
            self.fold(value)
        if value.role == "line":
            self.lines.append(value)
        if op.pure and key is not None:
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
        value.role, value.dims = "constant", value.constant.shape

    def expression(self, op, args):
        """The text of `op`, and a key: what has the same key has the same value."""
        hidden = ("inputs", "output", "graph")
        attributes = tuple(item for item in vars(op).items() if item[0] not in hidden)
        try:
            kind = (type(op), type(op).compute, len(args), _frozen(attributes))
            if kind not in self.expressions:
                self.expressions[kind] = _inline(op) or self.call(op)
        except TypeError:
            return _inline(op) or self.call(op), None
        return self.expressions[kind], (kind, *map(id, args))

    def call(self, op):
        """The text that calls `compute`, for one that does not fit on a line."""
        name = f"compute_{op.kind}"
        if name in self.called:
            name = f"{name}_{len(self.called)}"
        self.called[name] = op.compute
        operands = [piece for i in range(len(op.inputs)) for piece in (", ", i)]
        return Expression((f"{name}(np", *operands, ")"), frozenset(), False)


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
# needs no more memory than it must.  Where all values together are small this would
# only be in the reader's way.
#
# What is given back must never change later.  So a value that may share its memory
# with the state, with a feed, or with another one that is given back, is copied.

_SMALL = 1 << 20
_WRAPPER = textwrap.TextWrapper(
    width=88,
    initial_indent=" " * 4,
    subsequent_indent=" " * 8,
    break_long_words=False,
    break_on_hyphens=False,
)
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
        unproven: the positions in `assigned` where only a run tells the shape.
        random: whether it draws random numbers.
        overflows: whether it has operations that get their answer from an overflow.

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
        self.assigned = list(simple.assigned)
        self.unproven = [
            i
            for i, (variable, output) in enumerate(simple.assigned.items())
            if not variable.known or output.op.inputs[1].dims != variable.dims
        ]
        self.random = any(leaf.role == "rng" for leaf in leaves)
        self.overflows = any(value.op.overflows for value in lines)
        self.globals = {"np": np, "check": self._check, **simple.called}

        self._check_numerics = check_numerics
        self._taken = {*_RESERVED, *self.globals}
        self._text = []
        self._values_at = {}
        self._name(leaves, lines, updates)
        self._write(leaves, lines, fetched, updates)
        self.source = "".join(f"{line}\n" for line in self._text)
        self._compile()

    def __repr__(self):
        return self.source

    def _name(self, leaves, lines, updates):
        for variable, value in zip(self.assigned, updates):
            if value.role == "line" and value.name is None:
                value.name = self._identifier(f"new_{variable.name}")
        for value in leaves + lines:
            if value.name is None:
                value.name = self._identifier(value.tensor.name)

    def _identifier(self, name):
        """`name` as a Python name that is not taken yet."""
        name = re.sub(r"\W", "_", unicodedata.normalize("NFKC", name))
        name = name if name.isidentifier() else f"_{name}"
        name = f"{name}_" if name in _RESERVED else name
        unique, numbers = name, itertools.count(1)
        while unique in self._taken:
            unique = f"{name}_{next(numbers)}"
        self._taken.add(unique)
        return unique

    def _write(self, leaves, lines, fetched, updates):
        rng = [leaf.name for leaf in leaves if leaf.role == "rng"]
        self._text.append(f"def program({', '.join(['state', 'feeds', *rng])}):")
        for source, role in (("state", "state"), ("feeds", "feed")):
            given = [leaf for leaf in leaves if leaf.role == role]
            if given:
                self._line(f"{_tuple(leaf.name for leaf in given)} = {source}")
                self._line_check(given)
        for leaf in leaves:
            if leaf.role == "constant" and not _finite(leaf.constant):
                self._bind(leaf)
                self._line_check([leaf])
        dropped = _last_uses(lines, fetched + updates)
        for value in lines:
            operands = [self._operand(value, i) for i in range(len(value.args))]
            self._line(f"{value.name} = {value.expression.write(operands)}", value)
            self._line_check([value])
            if dropped.get(value):
                self._line(f"del {', '.join(dropped[value])}")
        given = set()
        updates = [self._result(value, given) for value in updates]
        fetched = [value and self._result(value, given) for value in fetched]
        fetched, updates = _tuple(text or "None" for text in fetched), _tuple(updates)
        result = f"return {fetched}, {updates}"
        self._line(result if len(result) < 80 else f"return ({fetched}, {updates})")

    def _line(self, text, value=None):
        if value is None and "(" in text:
            self._text += _WRAPPER.wrap(text)
        else:
            self._text.append(f"    {text}")
            self._values_at[len(self._text)] = value

    def _line_check(self, values):
        for value in values if self._check_numerics else ():
            if value.tensor.dtype.kind == "f":
                self._line(f"check({value.name})", value)

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
            return f"np.array({value.name})" if shared else value.name
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

    def _check(self, array):
        if not _finite(array):
            value = self._values_at[sys._getframe(1).f_lineno]
            what = "NaN" if numpy.isnan(array).any() else "infinity"
            raise FloatingPointError(f"{_describe(value)} has {what} in it")

    def explain(self, error):
        """Add to `error`, raised in `function`, which operation it came from."""
        trace = error.__traceback__
        while trace and trace.tb_frame.f_code is not self.function.__code__:
            trace = trace.tb_next
        value = trace and self._values_at.get(trace.tb_lineno)
        if value is None or isinstance(error, FloatingPointError):
            return
        names = {**self.globals, **trace.tb_frame.f_locals}
        shapes = [
            f"'{arg.tensor.name}' {numpy.shape(names.get(arg.name, arg.constant))}"
            for arg in value.args
        ]
        error.add_note(f"in {_describe(value)} of {', '.join(shapes) or 'no inputs'}")


def _describe(value):
    tensor = value.tensor
    if tensor.op is not None:
        return f"'{tensor.name}', made by {tensor.kind} at {tensor.line},"
    return f"the {tensor.kind} '{tensor.name}', made at {tensor.line},"


def _finite(array):
    return bool(numpy.isfinite(numpy.asarray(array)).all())


def _tuple(names):
    """The text of a tuple: "()", "(a,)", "(a, b)"."""
    names = list(names)
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
    sizes = [_bytes(value) for value in lines]
    if None not in sizes and sum(sizes) < _SMALL:
        return {}
    dropped, used = {}, set(results)
    for value in reversed(lines):
        last = {arg: None for arg in (*value.args, value) if arg.role == "line"}
        dropped[value] = [arg.name for arg in last if arg not in used]
        used.update(last)
    return dropped


def _bytes(value):
    """How much memory a value takes, None if we cannot know."""
    if value.dims is None or not all(isinstance(size, int) for size in value.dims):
        return None
    return math.prod(value.dims) * value.tensor.dtype.itemsize


def _literal_text(constant, value):
    """The text of a constant as an operand of `value`; None if it needs a name.

    A number beside an array of its own type may be written as Python's, which takes
    the type of the array; alone it says its type only if that is one of Python's.
    """
    number, dtype = constant.constant, constant.tensor.dtype
    if value.op.elementwise and constant.dims == () and _finite(number):
        beside = [arg.tensor.dtype for arg in value.args if arg.role != "constant"]
        if dtype in beside and dtype.kind != "b":
            text = str(number).removesuffix(".0")
        elif dtype in (float, int, bool):
            text = repr(number.item())
        else:
            return None
        return f"({text})" if text.startswith("-") else text
    short = len(constant.dims) == 1 and constant.dims[0] <= 8
    if not value.op.elementwise and dtype.kind == "i" and short:
        return _tuple(map(str, number.tolist()))
    return None
