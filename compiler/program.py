# # What would you write if you ran the graph by hand?
#
# A session that goes from operation to operation asks the same questions in each step:
# which comes next, where are its inputs?  The answers don't change.  By hand, you'd
# answer once, and write one line of NumPy for each operation.  A `Program` is that
# text, and the function that Python compiles from it:
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
# It takes the values of variables and feeds, and returns what you asked for, plus the
# variables' new values.  It changes nothing.  It knows `np` and the graph's constants,
# and nothing else.  So you can hand it another module with NumPy's names, like
# `jax.numpy`; that's how [XLA](xla.py) runs it.
#
# [XOR's training step](weave/listing.md) shows you a program at full size, gradients
# and all.
#
# What you read is the text as you'd write it.  What runs says the same in the way that
# NumPy [takes fastest](compiler/fast.py).
#
# ## Three pages make a compiler {#how-it-comes-about}
#
# First we *[trace](compiler/tracing.py)* what each operation computes, to get its text.
# Then we *[simplify](compiler/simplify.py)*, until only values worth a line remain.  On
# this page we *name* them, and *write* the lines.

import contextvars
import itertools
import linecache
import math
import textwrap
import types
import weakref

import numpy

import ops
from compiler.fast import Fast
from compiler.simplify import RESERVED, Simplifier, unique_name
from compiler.tracing import Expression
from mixins.branches import FlowOp
from mixins.rules import is_foreign
from session import describe
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# ## When may a value be dropped? {#naming-and-writing}
#
# A value gets the name of its tensor, as far as Python allows.  The new value of the
# variable `weights` is `new_weights`.
#
# After a value's last use we `del` it, so a step needs no more memory than one you'd
# write by hand.  If the value is small, or the whole program is, a `del` is only noise,
# and we leave it out.
#
# And what you fetch must never change afterwards.  But a variable's value *is* the
# array in the session's state, and a transpose shares its input's memory.  Write into
# either, and you'd write into the model.  So where it has to, the program returns
# copies:
#
# >>> print(Session(graph).program([weights, weights], {}))
# def program(state, feeds):
#     weights, = state
#     return (weights.copy(), weights.copy()), ()

_SMALL_VALUE, _SMALL_PROGRAM = 1 << 10, 1 << 20  # bytes
_numbers = itertools.count(1)


# ## Where does an `if` stand in a straight line? {#functions}
#
# In a function that the line calls.  Where a graph [decides](mixins/branches.py), or
# goes [round and round](mixins/loops.py), each of its parts becomes a function, written
# like a program, by the same rules.  They stand above the program.


class Writer(Simplifier):
    """A `Simplifier` that writes functions for the parts of a graph.

    Attributes:
        functions: the lines of each of them, by name.
        constants: the constants that they use, by name.
    """

    def __init__(self, order, feeds, computes, outer=None):
        self.functions = outer.functions if outer else {}
        self.constants = outer.constants if outer else {}
        super().__init__(order, feeds, computes, outer and outer.called)

    def call(self, op):
        if not isinstance(op, FlowOp) or type(op) in self.computes:
            return super().call(op)
        name = self.reserve(op.kind)
        parts = [self.write(f"{name}_{part}", op.parts[part]) for part in op.parts]
        parameters, taken = [], self.taken()
        for given in op.names():
            parameters.append(unique_name(given, {*taken, *parameters}))
        self.functions[name] = op.text(name, parameters, parts)
        operands = [piece for i in range(len(op.inputs)) for piece in (", ", i)]
        return Expression((f"{name}(", *operands[1:], ")"), set(), fresh=False)

    def taken(self):
        """The names that are neither parameters nor variables of a function."""
        return {*RESERVED, *self.called, *self.constants}

    def reserve(self, name):
        """A name for a function, which will be defined by the text."""
        name = unique_name(name, self.taken())
        self.called[name] = None
        return name

    def write(self, name, part):
        """Write the function of a part, and return its name."""
        name = self.reserve(name)
        inner = type(self)(part.order, set(part.inputs), self.computes, self)
        results, _ = inner.results(part.outputs)
        lines = inner.needed(results)
        parameters = [inner.value(x) for x in part.inputs]
        constants = [x for x in _leaves(lines, results) if x.role == "constant"]
        taken = self.taken()
        for value, given in zip(parameters, part.names):
            value.name = unique_name(given, taken)
            taken.add(value.name)
        _name((), (), constants + lines, taken)
        text = _Text((), lines)
        text.lines = [f"def {name}({', '.join(value.name for value in parameters)}):"]
        text.compute(results)
        for value in results:
            if value.role == "constant":
                text.bind(value)
        text.lines += _wrap("return ", [value.name for value in results], "")
        self.constants.update(text.constants)
        self.functions[name] = text.lines
        return name


class Program:
    """A straight-line NumPy program: from state and feeds to values and new state.

    It's an executor.  Call it with two lists, the values of `reads` and of `feeds`.  It
    returns the fetched values and the new values of `assigned`.

    Args:
        order: the operations to run, in topological order.
        fetches: the tensors to return.
        feeds: the tensors that are fed.

    Attributes:
        source: its text.
        executed: the same, as NumPy takes it fastest.
        function: that, compiled.  It takes the values of `variables` and of `feeds`,
            and a random generator if the program is `random`.  It returns two tuples,
            the fetched values and the new values of `assigned`.
        reads: the variables, and the random generator if the program is `random`.
        variables: the tensors it reads from the state.
        feeds: the fed tensors that it reads.
        assigned: the variables that get a new value.
        outputs: the tensors of those new values, in the same order.
        random: whether it draws random numbers.
        values_at: by line number in the text, the `Value` computed there.
    """

    # By class of operation, what to call instead of its `compute`; what simplifies; and
    # what writes the text that is executed.
    computes, simplifier, writer = types.MappingProxyType({}), Writer, Fast

    def __init__(self, order, fetches, feeds=()):
        simple = self.simplifier(order, set(feeds), self.computes)
        fetched, updates = simple.results(fetches)
        results = [value for value in fetched if value is not None] + updates
        lines = simple.needed(results)
        leaves = _leaves(lines, results)
        by_role = {role: [] for role in ("state", "feed", "rng", "constant")}
        for leaf in leaves:
            by_role[leaf.role].append(leaf.tensor)
        self.variables, self.feeds = by_role["state"], by_role["feed"]
        self.reads = self.variables + by_role["rng"]
        self.assigned, self.outputs = list(simple.assigned), [*simple.assigned.values()]
        self.random = bool(by_role["rng"])

        names = {"np": numpy, **simple.called}
        taken = {*RESERVED, *names, *simple.constants}
        _name(simple.assigned, updates, leaves + lines, taken)
        fast = self.writer(lines, results, self.feeds, taken)
        text = _Text(leaves, lines, fast)
        text.give_back(fetched, updates)
        self.source, self.executed, self.values_at = text.finish(simple.functions)
        self.globals = {**names, **simple.constants, **text.constants}
        self.filename = _remembered(self.source, owner=self)
        self.function = self.made(self.compiled(self.executed, fast.constants), fast)
        if any(value.op.overflows for value in lines):
            # Your own operations may use the context, so they get the one around them.
            foreign = any(is_foreign(value.op) for value in lines)
            silence = numpy.errstate(over="ignore") if foreign else silenced
            self.function = silence(self.function)

    def __repr__(self):
        return self.source.rstrip()

    # ## Running

    def __call__(self, state, feeds):
        try:
            if self.random:
                return self.function(state[:-1], feeds, state[-1])
            return self.function(state, feeds)
        except Exception as error:
            self.explain(error)
            raise

    def bind(self, np, convert):
        """The same function with another module as `np`, and converted constants.

        Shapes stay in NumPy, like the output of a `ShapeOp`.
        """
        shapes = {
            value.args[i].name
            for value in self.values_at.values()
            for i in value.op.sizes
        }
        constants = {
            name: convert(value)
            for name, value in self.globals.items()
            if isinstance(value, (numpy.ndarray, numpy.generic)) and name not in shapes
        }
        return self.compiled(self.source, {**constants, "np": np})

    def made(self, function, fast):
        """The function to call, from the one that `fast` has written."""
        return function

    def compiled(self, text, names):
        """The function that Python compiles from a text, with more names."""
        names = {**self.globals, **names}
        exec(compile(text, self.filename, "exec"), names)
        return names.pop("program")

    def explain(self, error):
        """Add a note to `error`, raised in `function`: which operation it came from."""
        trace, code = error.__traceback__, (self.filename, "program")
        while trace and _place(trace.tb_frame.f_code) != code:
            trace = trace.tb_next
        value = trace and self.values_at.get(trace.tb_lineno)
        if value is None:
            return
        names = {**self.globals, **trace.tb_frame.f_locals}
        values = [names.get(arg.name, arg.constant) for arg in value.args]
        error.add_note(
            describe(value.tensor, [arg.tensor for arg in value.args], values)
        )


def _place(code):
    return code.co_filename, code.co_name


# Some operations, like [`sigmoid`](ops.py), overflow on their way to a right result,
# and NumPy warns.  Silencing it takes as long as two operations.  But what it sets is
# part of the thread's *context*, and looking at that is quick.  So we keep a silent
# context for as long as the one around it stays the same.


def silenced(function):
    """`function`, without NumPy's warnings of overflow."""
    known = None, None

    def silent(*args):
        nonlocal known
        context, (seen, inside) = contextvars.copy_context(), known
        if not _equal(context, seen):
            with numpy.errstate(over="ignore"):
                inside = contextvars.copy_context()
            known = context, inside
        # Two threads can't be in one context.
        return inside.copy().run(function, *args)

    return silent


def _equal(a, b):
    try:
        return a == b
    except Exception:
        # Someone's variable holds what can't be compared, like an array.
        return False


def _name(assigned, updates, values, taken):
    """Give each of `values` a name that isn't in `taken`."""
    for variable, value in zip(assigned, updates):
        if value.role == "line" and value.name is None:
            value.name = unique_name(f"new_{variable.name}", taken)
            taken.add(value.name)
    for value in values:
        if value.name is None:
            value.name = unique_name(value.tensor.name, taken)
            taken.add(value.name)


class _Text:
    """The lines of a program, from the first to the last.

    Attributes:
        lines: the lines so far.
        executed: by their indices, the lines that are executed unlike they're written.
        values_at: by line number, from 1, the `Value` computed there.
        constants: by name, the constants that aren't written out as numbers.
    """

    def __init__(self, leaves, lines, fast=None):
        self.leaves, self.values, self.fast, self.executed = leaves, lines, fast, {}
        self.constants, self.values_at = {}, {}
        rng = [leaf.name for leaf in leaves if leaf.role == "rng"]
        parameters = ["state", "feeds", *rng]
        self.lines = [f"def program({', '.join(parameters)}):"]
        if fast and fast.parameters:
            parameters += fast.parameters
            self.executed[0] = f"def program({', '.join(parameters)}):"
        for source, role in (("state", "state"), ("feeds", "feed")):
            given = [leaf.name for leaf in leaves if leaf.role == role]
            self.lines += _wrap("", given, f" = {source}") if given else []

    def give_back(self, fetched, updates):
        """Write the lines that compute the results, and the `return`."""
        self.compute(fetched + updates)
        given = set()
        updates = _tuple(self.result(value, given) for value in updates)
        fetched = _tuple(value and self.result(value, given) for value in fetched)
        self.lines += _wrap("return ", [fetched, updates], "")

    def compute(self, results):
        """Write the lines that compute the results."""
        dropped = _last_uses(self.values, results)
        for value in self.values:
            operands = [
                self.constant(value, i) if arg.role == "constant" else arg.name
                for i, arg in enumerate(value.args)
            ]
            text = value.expression.write(operands)
            fast = self.fast and self.fast.write(value, operands)
            if fast:
                self.executed[len(self.lines)] = f"    {value.name} = {fast}"
            self.lines.append(f"    {value.name} = {text}")
            self.values_at[len(self.lines)] = value
            if dropped.get(value):
                self.lines.append(f"    del {', '.join(dropped[value])}")

    def finish(self, functions):
        """Both texts, with constants and functions on top, and `values_at`."""
        bound = ", ".join(x.name for x in self.leaves if x.name in self.constants)
        header = []
        if bound:
            header = textwrap.wrap(f"# constants: {bound}", 88, subsequent_indent="# ")
        # Not all that were written are still called.
        called, needed = "".join(self.lines), []
        for name, lines in reversed(functions.items()):
            if f"{name}(" in called:
                called += "".join(lines)
                needed[:0] = lines
        header += needed
        values_at = {n + len(header): value for n, value in self.values_at.items()}
        executed = [self.executed.get(n, line) for n, line in enumerate(self.lines)]
        texts = [header + lines for lines in (self.lines, executed)]
        return *("".join(f"{line}\n" for line in text) for text in texts), values_at

    def constant(self, value, position):
        """The text of a constant operand of `value`: a name or a number."""
        arg = value.args[position]
        if position not in value.expression.bases:
            text = _literal_text(arg, value)
            if text is not None:
                return text
        return self.bind(arg)

    def bind(self, constant):
        """Give the program a constant by name, and return the name."""
        self.constants[constant.name] = constant.constant
        return constant.name

    def result(self, value, given):
        """The text that returns a value: its name, or a copy."""
        if value.tensor.dtype == object:
            # It's no array: nobody can write into it.
            return value.name
        if value.role == "line":
            shared = value in given or not value.expression.fresh
            given.add(value)
            copy = f"np.array({value.name})" + "[()]" * (value.dims == ())
            return copy if shared else value.name
        if value.role == "constant":
            self.bind(value)
        return f"{value.name}.copy()"


# Tracebacks take their source lines from Python's `linecache`.  We add ours, so that a
# traceback shows which line of the program failed.  They stay as long as the owner
# lives.


def _remembered(source, owner):
    """The name of a file that Python takes for the one with a program's `source`."""
    filename = f"<program {next(_numbers)}>"
    lines = source.splitlines(keepends=True)
    linecache.cache[filename] = (len(source), None, lines, filename)
    weakref.finalize(owner, linecache.cache.pop, filename, None)
    return filename


def _wrap(before, names, after):
    """A tuple between two texts, as lines; in parentheses if it needs several."""
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


def _leaves(lines, results):
    """The leaves that `lines` and `results` use, oldest first."""
    used = dict.fromkeys([*(arg for x in lines for arg in x.args), *results])
    leaves = [value for value in used if value.role != "line"]
    return sorted(leaves, key=lambda leaf: leaf.tensor.index)


def _last_uses(lines, results):
    """For each line, the names to drop after it; none in a small program."""
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
    """How much memory a value takes; infinite if we can't know."""
    if value.dims is None or not all(isinstance(size, int) for size in value.dims):
        return math.inf
    return math.prod(value.dims) * value.tensor.dtype.itemsize


# Beside an array, a Python number takes the array's type.  So we may write out a
# constant if the arrays beside it have its type.  If it's alone, it must be a float64,
# like Python's floats.


def _literal_text(constant, value):
    """The text of a constant as an operand of `value`; None if it needs a name."""
    op, number = value.op, constant.constant
    # An operation on constants alone is still here only if we couldn't fold it.
    alone = {arg.role for arg in value.args} == {"constant"}
    # Your own operation may use what only NumPy's numbers can do.
    if alone or is_foreign(op):
        return None
    if op.sizes and any(constant is value.args[i] for i in op.sizes):
        return _tuple(number.tolist())
    if not op.elementwise or constant.dims != () or not math.isfinite(number):
        return None
    # The condition of a `where` doesn't affect the type of what's chosen.
    beside = value.args[1:] if isinstance(op, ops.WhereOp) else value.args
    alone = {arg.role for arg in beside} == {"constant"}
    if {arg.tensor.dtype for arg in beside} != {number.dtype}:
        return None
    return _number_text(number, alone)


def _number_text(number, alone):
    """The text of a number, `alone` or beside an array; None if it needs a name."""
    dtype = number.dtype
    if dtype.kind == "b" or (alone and dtype != numpy.float64):
        return None
    text = repr(number.item()) if dtype in (float, int) else str(number)
    if dtype.kind == "f" and dtype.type(float(text)) != number:
        return None
    if not alone and text != "-0.0":
        text = text.removesuffix(".0")
    return f"({text})" if text.startswith("-") else text
