# # Where should a value be written?
#
# In memory, of course, but which?  `a + b` asks for some, writes the sum there, and
# gives it back when you don't need the sum any more.  In the next step it asks again,
# for just as much.  By hand you could do better: keep an array from step to step, and
# have NumPy write into it.  You don't, since you'd have to know when each array is free
# again, and a mistake overwrites what you still need.
#
# A compiler knows.  In a straight line of code, it sees where a value is used for the
# last time.  That's *liveness*, and to give each value its memory by it is *buffer
# assignment*.  XLA does it in every program.  Here you choose it:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> X = graph.placeholder((4, 2), name="X")
# >>> weights = graph.variable(numpy.ones((2, 3)), name="weights")
# >>> hidden = graph.tanh(X @ weights, name="hidden")
# >>> gap = graph.sub(hidden, 0.5, name="gap")
# >>> loss = graph.mean(graph.square(gap), name="loss")
# >>> session = Session(graph, executor=Buffered)
# >>> print(session.run(loss, {X: numpy.ones((4, 2))}).round(4))
# 0.2153
#
# Before, each of the four lines that compute an array asks for memory.  Read what's
# executed instead:
#
# >>> program = session.program(loss, {X: None})
# >>> print(program.executed, end="")
# def program(state, feeds, out):
#     weights, = state
#     X, = feeds
#     dot = X.dot(weights, out[0])
#     hidden = np.tanh(dot, out[1])
#     gap = np.subtract(hidden, _0_5, out[2])
#     square = np.multiply(gap, gap, out[3])
#     sum_ = np.add.reduce(square, axis=None)
#     loss = sum_ / 12
#     return (loss,), ()
#
# Nothing reads `dot` after `hidden` is computed.  So `hidden` is written over it, and
# `gap` over `hidden`.  One *buffer* is enough, with twelve numbers of 8 bytes:
#
# >>> places = program.places.values()
# >>> [math.prod(place.dims) * 8 for place in places]
# [96, 96, 96, 96]
# >>> _, buffers = assign_buffers(program.places)
# >>> buffers
# [96]
#
# What this saves in time is [in the table](weave/speed.md).  It's most in small steps,
# where asking costs as much as adding.

import ast
import collections
import functools
import math
import typing

import numpy

from compiler.fast import Fast, Parts, count, is_floating, is_numpy, rewritten
from compiler.program import Program
from compiler.simplify import unique_name
from compiler.tracing import as_pieces
from mixins.rules import is_foreign
from mixins.shapes import Unknown
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# ## When is memory free again? {#liveness}
#
# After the last line that uses its value.  A transpose or a slice of the value uses it
# too, for as long as it's used itself: they share its memory.  So we go backwards
# through the lines, and each tells its operands until when they are needed.
#
# Some values get no memory of ours.  What you fetch is yours to keep, and so are the
# new values of variables.  Your own operation may keep what it gets.  And of some we
# don't know the shape.


class Place(typing.NamedTuple):
    """The memory that a value needs, and how long.

    Attributes:
        text: what it's called.
        dims: the size of each axis.
        dtype: the type of its elements.
        start: the index of the line that computes it.
        end: the index of the line that uses it last.
        over: the operands that it may overwrite, since nothing reads them afterwards.
    """

    text: str
    dims: tuple
    dtype: numpy.dtype
    start: int
    end: float
    over: list

    def shape(self, sizes):
        """Its shape, with the values of unknown sizes."""
        return tuple([sizes.get(size, size) for size in self.dims])


class Into(Fast):
    """Writes lines that write into places.

    Attributes:
        places: the `Place` of each value that has one.
        parts: the text of each value, written into a place; None if there's no such.
        known: for each `Unknown` size that a feed tells, the feed and its axis.
    """

    def __init__(self, lines, results, feeds, taken):
        super().__init__(lines, results, feeds, taken)
        self.known = {
            size: (i, axis)
            for i, tensor in enumerate(feeds)
            for axis, size in enumerate(tensor.dims or ())
            if isinstance(size, Unknown)
        }
        out = unique_name("out", taken)
        taken.add(out)
        self.parameters, self.places = [out], {}
        self.parts = {value: self.into(value) for value in lines}
        ends = self.liveness(lines, results)
        for start, value in enumerate(lines):
            if value in ends:
                over = self.overwritten(value, start, ends)
                text, dtype = f"{out}[{len(self.places)}]", value.tensor.dtype
                place = Place(text, value.dims, dtype, start, ends[value], over)
                self.places[value] = place

    def into(self, value):
        """The text of `value`, written into a place; None if there is no such text."""
        if value.dims in ((), None) or value in self.uncertain:
            return None
        sizes = {size for size in value.dims if isinstance(size, Unknown)}
        if not sizes <= self.known.keys():
            return None
        return written(value.expression.pieces, self.floats(value) is not None)

    def liveness(self, lines, results):
        """For each value that has a place, the index of the line that uses it last."""
        results, kept = set(results), set()
        placed, ends = {}, dict.fromkeys(results, math.inf)
        for n, value in reversed([*enumerate(lines)]):
            end = ends.get(value, n)
            ours = value not in results and value not in kept
            if ours and self.parts[value]:
                placed[value] = end
            shares = value not in placed and not value.expression.fresh
            keeps = is_foreign(value.op) or not value.op.pure
            for arg in value.args:
                ends[arg] = max(ends.get(arg, n), end if shares else n)
                if keeps or (shares and value in kept):
                    kept.add(arg)
        return placed

    def overwritten(self, value, line, ends):
        """The operands in whose places `value` may be computed."""
        shared = [x for x in value.args if x.role == "line" and x not in ends]
        if shared and not all(x.expression.fresh for x in shared):
            # It may be a view of another operand.
            return []
        same = value.dims, value.tensor.dtype
        operands = [value.args[i] for i in self.parts[value].first]
        return [
            x
            for x in operands
            if ends.get(x) == line and (x.dims, x.tensor.dtype) == same
        ]

    def write(self, value, operands):
        if value not in self.places:
            return super().write(value, operands)
        parts = self.parts[value]
        operands = self.operands(value, operands, parts, self.floats(value))
        return parts.write([*operands, self.places[value].text])


# ## How do you say where? {#writing-into}
#
# Each of NumPy's functions takes one argument more, the array that it writes into.  So
# `a + b` becomes `np.add(a, b, out[0])`.  In an expression of several steps, each step
# overwrites what the one before it wrote.


@functools.lru_cache(maxsize=1 << 12)
def written(pieces, floating):
    """An expression that writes into a place, which comes behind the numbers.

    Its `first` are the operands that nothing reads once the place is written into.
    Returns None if NumPy can't write this expression.
    """
    tree, numbers, exponents = rewritten(pieces, floating)
    operands = range(count(pieces))
    place = ast.Name(f"_{len(operands) + len(numbers)}_")
    call = inner = _call(tree)
    if call is None:
        return None
    while floating:
        # The first operand that is computed at all is computed in the same place.
        steps = [i for i, arg in enumerate(inner.args) if not _is_leaf(arg)]
        if not steps or not is_floating(inner.args[steps[0]]):
            break
        step = _call(inner.args[steps[0]])
        inner.args[steps[0]] = step
        _write(inner, place)
        inner = step
    reads, all_reads = _names(inner), _names(call)
    first = {
        i for i in operands if 0 < reads.count(f"_{i}_") == all_reads.count(f"_{i}_")
    }
    _write(inner, place)
    return Parts(as_pieces(call), numbers, exponents, frozenset(first))


_FUNCTIONS = {
    **{ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"},
    **{ast.Gt: "greater", ast.GtE: "greater_equal", ast.Lt: "less"},
    **{ast.LtE: "less_equal", ast.Eq: "equal", ast.NotEq: "not_equal"},
    **{ast.MatMult: "matmul", ast.USub: "negative"},
}


def _call(node):
    """A node as a call of a function that can write into an array, or None."""
    match node:
        case ast.Call():
            return node if _can_write(node) else None
        case ast.BinOp(left, sign, right) | ast.Compare(left, [sign], [right]):
            operands = [left, right]
        case ast.UnaryOp(sign, operand):
            operands = [operand]
        case _:
            return None
    if type(sign) not in _FUNCTIONS:
        return None
    function = ast.Attribute(ast.Name("np"), _FUNCTIONS[type(sign)])
    return ast.Call(function, operands, [])


def _can_write(call):
    """Whether a call is a matrix product, a reduction, or elementwise."""
    name = getattr(call.func, "attr", None)
    if name in ("dot", "reduce"):
        return True
    ufunc = getattr(numpy, name or "", None)
    known = isinstance(ufunc, numpy.ufunc) and is_numpy(call.func, {name})
    return known and not call.keywords and ufunc.nin == len(call.args)


def _write(call, place):
    """Have a call write into a place."""
    # `reduce` has more arguments in between, and NumPy allows these two no third one.
    if call.func.attr in ("reduce", "maximum", "minimum"):
        call.keywords.append(ast.keyword("out", place))
    else:
        call.args.append(place)


def _is_leaf(node):
    return isinstance(node, (ast.Name, ast.Constant))


def _names(tree):
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]


# ## Who lives where? {#buffer-assignment}
#
# We go through the lines in order, with a list of free *buffers*, blocks of memory.  A
# value takes the place of an operand that it may overwrite.  If there's none, it takes
# the smallest free buffer that's large enough.  If there's none, a buffer is added.
# After its last use, its buffer is free again:


def assign_buffers(places, sizes=None):
    """Which buffer each value gets, by number; and how many bytes each buffer has.

    Args:
        places: the `Place` of each value, in the order of the lines.
        sizes: the values of the `Unknown` sizes in their shapes.
    """
    buffers, given, seen = [], {}, 0
    free = collections.defaultdict(list)  # by size
    ending = collections.defaultdict(list)  # by the line that uses them last
    for value, place in places.items():
        for line in range(seen, place.start):
            for buffer in ending.pop(line, ()):
                free[buffers[buffer]].append(buffer)
        seen = place.start
        size = math.prod(place.shape(sizes or {})) * place.dtype.itemsize
        fitting = [there for there in free if there >= size and free[there]]
        if place.over:
            buffer = given[place.over[0]]
            ending[place.start].remove(buffer)
        elif fitting:
            buffer = free[min(fitting)].pop()
        else:
            buffer = len(buffers)
            buffers.append(size)
        ending[place.end].append(buffer)
        given[value] = buffer
    return given, buffers


# ## May two runs share them? {#sharing}
#
# One after the other, yes: that's what they're for.  At the same time, no.  So a run
# takes a set of arrays from a pile, and puts it back when it's done, even if it fails.
# If the pile is empty, another thread has the set, and the run makes a new one.
#
# If you feed a batch of another size, the arrays don't fit.  So there's a pile for each
# size, and we keep those of the eight sizes that came last.

SIZES_KEPT = 8


class Buffered(Program):
    """A program that keeps the memory of its values from run to run.

    Attributes:
        places: the `Place` of each value that has one.
    """

    writer = Into

    def made(self, function, fast):
        self.places, piles = fast.places, {}
        unknown = dict.fromkeys(
            size
            for place in self.places.values()
            for size in place.dims
            if isinstance(size, Unknown)
        )
        # Which axis of which feed tells us?
        axes = [fast.known[size] for size in unknown]

        def buffered(state, feeds, *rng):
            sizes = tuple([feeds[i].shape[axis] for i, axis in axes]) if axes else ()
            pile = piles.get(sizes)
            if pile is None:
                pile = piles[sizes] = []
                while len(piles) > SIZES_KEPT:
                    piles.pop(next(iter(piles)), None)
            try:
                out = pile.pop()
            except IndexError:
                out = make_arrays(self.places, dict(zip(unknown, sizes)))
            try:
                return function(state, feeds, *rng, out)
            finally:
                pile.append(out)

        return buffered


def make_arrays(places, sizes):
    """An array for each place; those that share a buffer share its memory."""
    given, buffers = assign_buffers(places, sizes)
    memory = [numpy.empty(size, numpy.uint8) for size in buffers]

    # NumPy sees at once that it writes into an operand if both are one object.
    @functools.cache
    def array(shape, dtype, buffer):
        return numpy.ndarray(shape, dtype, memory[buffer])

    return [
        array(place.shape(sizes), place.dtype, given[value])
        for value, place in places.items()
    ]
