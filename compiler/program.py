# # What would you write if you ran the graph by hand?
#
# A session that goes from operation to operation asks the same questions in each step:
# which comes next, where are its inputs?  The answers don't change.  By hand, you'd
# answer once, and write one line of NumPy for each operation.  A `Program` is that
# text, and the function that Python makes of it:
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
# It takes the values of variables and feeds, and returns what you asked for, with the
# new values of variables.  It changes nothing.  It knows `np` and the graph's
# constants, and nothing else.  So you can hand it another module with NumPy's names,
# such as `jax.numpy`; that's how [XLA](xla.py) runs it.
#
# [The program](weave/listing.md) of XOR's training step shows it at full size,
# gradients and all.
#
# ## Three pages make a compiler {#how-it-comes-about}
#
# First we *[trace](compiler/tracing.py)* what each operation computes, to get its text.
# Then we *[simplify](compiler/simplify.py)*, and only values worth a line remain.  On
# this page we *name* them, and *write* the lines.

import itertools
import linecache
import math
import textwrap
import types
import weakref

import numpy

import ops
from compiler.simplify import RESERVED, Simplifier, is_finite, unique_name
from mixins.rules import is_foreign
from session import describe
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# ## When may a value be dropped? {#naming-and-writing}
#
# A value gets the name of its tensor, as far as Python allows.  The new value of the
# variable `weights` is `new_weights`.
#
# After the line that uses a value last, we drop it by `del`, so a step needs no more
# memory than yours would.  If a value is small, or all are, `del` would only disturb
# you, so we leave it out.
#
# And what you fetch must never change afterwards.  But the value of a variable *is* the
# array in the session's state, and a transpose shares the memory of its input.  Write
# into one, and you'd write into the model.  So the program returns copies where it has
# to:
#
# >>> print(Session(graph).program([weights, weights], {}))
# def program(state, feeds):
#     weights, = state
#     return (weights.copy(), weights.copy()), ()

_SMALL_VALUE, _SMALL_PROGRAM = 1 << 10, 1 << 20  # bytes
_numbers = itertools.count(1)


class Program:
    """A straight-line NumPy program: from state and feeds to values and new state.

    An executor: called with the values of `reads` and those of `feeds`, two lists, it
    returns the values of the fetches and the new values of `assigned`.

    Args:
        order: the operations to run, in topological order.
        fetches: the tensors whose values are wanted.
        feeds: the tensors whose values are given.

    Attributes:
        source: its text.
        function: what Python makes of that, a function of the values of `variables`,
            those of `feeds`, and a random generator if it is `random`; it returns the
            values of the fetches and those of `assigned`, two tuples.
        reads: the variables, and the random generator if it is `random`.
        variables: the tensors whose values it takes from the state.
        feeds: the tensors whose values it takes from the feeds.
        assigned: the variables that it computes new values of.
        outputs: the tensors whose values these are.
        random: whether it draws random numbers.
        overflows: whether it has operations that get their answer from an overflow.
        values_at: for the number of a line of the text, the `Value` that it computes.
    """

    # By the class of an operation, what is called in the place of its `compute`.
    computes = types.MappingProxyType({})

    def __init__(self, order, fetches, feeds=()):
        simple = Simplifier(order, set(feeds), self.computes)
        fetched, updates = simple.results(fetches)
        results = [value for value in fetched if value is not None] + updates
        lines = _needed(simple.lines, results)
        leaves = _leaves(lines, results)
        by_role = {role: [] for role in ("state", "feed", "rng", "constant")}
        for leaf in leaves:
            by_role[leaf.role].append(leaf.tensor)
        self.variables, self.feeds = by_role["state"], by_role["feed"]
        self.reads = self.variables + by_role["rng"]
        self.assigned, self.outputs = list(simple.assigned), [*simple.assigned.values()]
        self.random = bool(by_role["rng"])
        self.overflows = any(value.op.overflows for value in lines)

        names = {"np": numpy, **simple.called}
        _name(simple.assigned, updates, leaves + lines, taken={*RESERVED, *names})
        text = _Text(leaves, lines)
        text.give_back(fetched, updates)
        self.source, self.values_at = text.finish()
        self.globals = {**names, **text.constants}
        self.function = _compiled(self.source, self.globals, owner=self)

    def __repr__(self):
        return self.source.rstrip()

    # ## Running

    def __call__(self, state, feeds):
        rng = ()
        if self.random:
            *state, generator = state
            rng = (generator,)
        try:
            # To change NumPy's warnings takes as long as an operation or two, so we do
            # it only for a program that needs it.
            if self.overflows:
                with numpy.errstate(over="ignore"):
                    return self.function(state, feeds, *rng)
            return self.function(state, feeds, *rng)
        except Exception as error:
            self.explain(error)
            raise

    def bind(self, np, convert):
        """The same function with another module for `np`, and constants converted.

        Shapes stay NumPy's, as those that a `ShapeOp` makes.
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
        names = {**self.globals, **constants, "np": np}
        return types.FunctionType(self.function.__code__, names)

    def explain(self, error):
        """Add to `error`, raised in `function`, which operation it came from."""
        trace = error.__traceback__
        while trace and trace.tb_frame.f_code is not self.function.__code__:
            trace = trace.tb_next
        value = trace and self.values_at.get(trace.tb_lineno)
        if value is None:
            return
        names = {**self.globals, **trace.tb_frame.f_locals}
        values = [names.get(arg.name, arg.constant) for arg in value.args]
        error.add_note(
            describe(value.tensor, [arg.tensor for arg in value.args], values)
        )


def _name(assigned, updates, values, taken):
    """Give each of `values` a name that is not among `taken`."""
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
        values_at: for the number of a line, from 1, the `Value` that it computes.
        constants: by name, those that do not stand in the text as numbers.
    """

    def __init__(self, leaves, lines):
        self.leaves, self.values = leaves, lines
        self.constants, self.values_at = {}, {}
        rng = [leaf.name for leaf in leaves if leaf.role == "rng"]
        self.lines = [f"def program({', '.join(['state', 'feeds', *rng])}):"]
        for source, role in (("state", "state"), ("feeds", "feed")):
            given = [leaf.name for leaf in leaves if leaf.role == role]
            self.lines += _wrap("", given, f" = {source}") if given else []

    def give_back(self, fetched, updates):
        """Write what computes the results, and the `return` of them."""
        dropped = _last_uses(self.values, fetched + updates)
        for value in self.values:
            operands = [self.operand(value, i) for i in range(len(value.args))]
            text = value.expression.write(operands)
            self.lines.append(f"    {value.name} = {text}")
            self.values_at[len(self.lines)] = value
            if dropped.get(value):
                self.lines.append(f"    del {', '.join(dropped[value])}")
        given = set()
        updates = _tuple(self.result(value, given) for value in updates)
        fetched = _tuple(value and self.result(value, given) for value in fetched)
        self.lines += _wrap("return ", [fetched, updates], "")

    def finish(self):
        """The text with a comment on top that lists its constants, and `values_at`."""
        bound = ", ".join(x.name for x in self.leaves if x.name in self.constants)
        header = []
        if bound:
            header = textwrap.wrap(f"# constants: {bound}", 88, subsequent_indent="# ")
        values_at = {n + len(header): value for n, value in self.values_at.items()}
        return "".join(f"{line}\n" for line in header + self.lines), values_at

    def operand(self, value, position):
        """How an operand stands in the line of `value`: a name, or a number."""
        arg = value.args[position]
        if arg.role != "constant":
            return arg.name
        if position not in value.expression.bases:
            text = _literal_text(arg, value)
            if text is not None:
                return text
        return self.bind(arg)

    def bind(self, constant):
        """The name of a constant that the program is given."""
        self.constants[constant.name] = constant.constant
        return constant.name

    def result(self, value, given):
        """How a value is given back: by its name, or as a copy."""
        if value.role == "line":
            shared = value in given or not value.expression.fresh
            given.add(value)
            copy = f"np.array({value.name})" + "[()]" * (value.dims == ())
            return copy if shared else value.name
        if value.role == "constant":
            self.bind(value)
        return f"{value.name}.copy()"


# Python keeps the lines of files in `linecache`, for tracebacks.  We add ours, so that
# a traceback shows the line of the program that failed, as long as its owner lives.


def _compiled(source, names, owner):
    """The function that Python makes of the `source` of a program."""
    filename = f"<program {next(_numbers)}>"
    lines = source.splitlines(keepends=True)
    linecache.cache[filename] = (len(source), None, lines, filename)
    weakref.finalize(owner, linecache.cache.pop, filename, None)
    exec(compile(source, filename, "exec"), names)
    return names.pop("program")


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


# Python's numbers take the type of what they stand beside.  So a number may be written
# as Python's beside arrays of its own type, and alone if its type is Python's.


def _literal_text(constant, value):
    """The text of a constant as an operand of `value`; None if it needs a name."""
    op, number = value.op, constant.constant
    # What is computed from constants alone has failed to be computed beforehand.
    alone = all(arg.role == "constant" for arg in value.args)
    # A reader's own operation may do with it what only NumPy's numbers can.
    if alone or is_foreign(op) or not is_finite(number):
        return None
    if any(constant is value.args[i] for i in op.sizes):
        return _tuple(number.tolist())
    if not op.elementwise or constant.dims != ():
        return None
    # The condition of a choice is not beside what is chosen.
    beside = value.args[1:] if isinstance(op, ops.WhereOp) else value.args
    return _number_text(number, beside)


def _number_text(number, beside):
    """The text of a number among the operands `beside`; None if it needs a name."""
    dtype = number.dtype
    alone = all(arg.role == "constant" for arg in beside)
    alike = all(arg.tensor.dtype == dtype for arg in beside)
    if dtype.kind == "b" or not alike or (alone and dtype != numpy.float64):
        return None
    text = repr(number.item()) if dtype in (float, int) else str(number)
    if dtype.kind == "f" and dtype.type(float(text)) != number:
        return None
    if not alone and text != "-0.0":
        text = text.removesuffix(".0")
    return f"({text})" if text.startswith("-") else text
