# # Why is `0.5 * error` slower than it looks?
#
# Because 0.5 is a number of Python's.  Beside a small array, NumPy needs longer to find
# out what it's been given, and which type that should have, than to multiply.  It finds
# out again in each step, and the answer never changes.
#
# You'd write the 0.5 all the same, since that's what you'd want to read.  So a program
# has two texts.  You read `source`.  What's `executed` says the same, line by line, in
# the way that NumPy takes fastest: each number is an array, made once, and a sum is
# what the method `sum` would call in the end.
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> error = graph.placeholder((4, 1), name="error")
# >>> loss = graph.mean(graph.square(error), name="loss")
# >>> (loss_by_error,) = graph.gradients(loss, [error])
# >>> session = Session(graph)
# >>> program = session.program([loss, loss_by_error], {error: None})
# >>> print(program.source, end="")
# def program(state, feeds):
#     error, = feeds
#     square = error * error
#     sum_ = square.sum()
#     loss = sum_ / 4
#     loss_by_error = 0.5 * error
#     return (loss, loss_by_error), ()
# >>> print(program.executed, end="")
# def program(state, feeds):
#     error, = feeds
#     square = error * error
#     sum_ = np.add.reduce(square, axis=None)
#     loss = sum_ / 4
#     loss_by_error = _0_5 * error
#     return (loss, loss_by_error), ()
#
# The 4 stays, because `sum_` isn't an array: between two numbers, Python's are fast.
# What all this gains you find [in figures](weave/speed.md).

import ast
import functools
import typing

import numpy

from compiler.simplify import unique_name
from compiler.tracing import as_pieces, template
from mixins.rules import is_foreign
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# ## When is an array as good as a number? {#arrays-for-numbers}
#
# Beside an array of 32 bits, the number 0.5 has 32 bits.  An array keeps the type that
# we made it with, whatever stands beside it.  So we take one only where we know what
# does: floats, all of one type, in an elementwise operation.  Your own operation may
# return another type than its tensor's, so we trust nothing that depends on one.


class Fast:
    """Writes the lines of a program as NumPy takes them fastest.

    Args:
        lines: the values that the program computes.
        results: the values that it returns.
        feeds: the tensors that are fed.
        taken: the names that aren't free.

    Attributes:
        constants: the arrays that stand for numbers, by name.
        uncertain: the values that may have another type or shape than their tensors.
    """

    # The names of more parameters of the program, behind all others.
    parameters = ()

    def __init__(self, lines, results, feeds, taken):
        self.taken, self.constants = taken, {}
        self.names, self.uncertain = {}, set()
        for value in lines:
            if is_foreign(value.op) or not self.uncertain.isdisjoint(value.args):
                self.uncertain.add(value)

    def write(self, value, operands):
        """The text that computes `value`, or None if it's the reader's.

        The `operands` are written as for a reader.
        """
        dtype = self.floats(value)
        parts = translate(value.expression.pieces, dtype is not None)
        if dtype is None and parts.pieces == value.expression.pieces:
            return None
        return parts.write(self.operands(value, operands, parts, dtype))

    def operands(self, value, operands, parts, dtype):
        """What stands at each position in `parts`."""
        if dtype is not None:
            operands = [
                self.number(arg.constant.item(), arg.constant.dtype)
                if text != arg.name and i not in parts.exponents
                else text
                for i, (arg, text) in enumerate(zip(value.args, operands))
            ]
        return [*operands, *(self.number(number, dtype) for number in parts.numbers)]

    def floats(self, value):
        """The type of the operands if all are floats, and arrays; else None."""
        if value.dims == () or not value.op.elementwise or value in self.uncertain:
            return None
        first, *others = [arg.tensor.dtype for arg in value.args]
        return first if first.kind == "f" and all(x == first for x in others) else None

    def number(self, number, dtype):
        """The name of an array that holds a number."""
        key = repr(number).removesuffix(".0"), dtype
        if key not in self.names:
            name = unique_name(f"_{key[0]}".replace("-", "minus_"), self.taken)
            self.taken.add(name)
            self.names[key], self.constants[name] = name, numpy.array(number, dtype)
        return self.names[key]


# ## How do you rewrite an expression? {#rewriting}
#
# As a tree.  Python parses the text, and we visit its nodes: a product, a comparison, a
# call.

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_FLOATING = {"abs", "exp", "log", "log1p", "maximum", "minimum", "sqrt", "tanh"}
_REDUCTIONS = {"sum": "add", "max": "maximum", "min": "minimum"}


class Parts(typing.NamedTuple):
    """An expression in pieces: text, or the position of an operand.

    Behind the operands come `numbers`.  The operands in `exponents` stay as they are:
    NumPy squares where it sees `x ** 2`, but not if that 2 is an array.  `first` is for
    [buffers](compiler/buffers.py#writing-into).
    """

    pieces: tuple
    numbers: tuple
    exponents: frozenset
    first: frozenset = frozenset()

    def write(self, operands):
        return template(self.pieces).format(*operands)


@functools.lru_cache(maxsize=1 << 12)
def translate(pieces, floating):
    """The fastest form of an expression; `floating` if all operands are, and arrays."""
    tree, numbers, exponents = rewritten(pieces, floating)
    return Parts(as_pieces(tree), numbers, exponents)


def rewritten(pieces, floating):
    """The same as a tree, its numbers, and the operands in exponents."""
    text = "".join(f"_{x}_" if isinstance(x, int) else x for x in pieces)
    translator = _Translator(count(pieces), floating)
    tree = translator.visit(ast.parse(text, mode="eval"))
    return tree.body, tuple(translator.numbers), frozenset(translator.exponents)


def count(pieces):
    """How many operands there are."""
    return 1 + max((piece for piece in pieces if isinstance(piece, int)), default=-1)


class _Translator(ast.NodeTransformer):
    """Rewrites an expression of `count` operands."""

    def __init__(self, count, floating):
        self.count, self.floating = count, floating
        self.numbers, self.exponents = [], set()

    def visit_BinOp(self, node):
        if isinstance(node.op, ARITHMETIC):
            node.left, node.right = self.pair(node.left, node.right)
        elif isinstance(node.op, ast.Pow):
            names = [x.id for x in ast.walk(node.right) if isinstance(x, ast.Name)]
            self.exponents.update(int(x.strip("_")) for x in names if x != "np")
        return self.generic_visit(node)

    def visit_Compare(self, node):
        (right,) = node.comparators
        node.left, right = self.pair(node.left, right)
        node.comparators = [right]
        return self.generic_visit(node)

    def visit_Call(self, node):
        if is_numpy(node.func, _FLOATING) and len(node.args) == 2:
            node.args = self.pair(*node.args)
        if getattr(node.func, "attr", None) in _REDUCTIONS and not node.args:
            node = _reduction(node)
        return self.generic_visit(node)

    def pair(self, a, b):
        """Two operands, the numbers beside floats replaced by arrays."""
        if self.floating and is_floating(b):
            a = self.array(a)
        elif self.floating and is_floating(a):
            b = self.array(b)
        return [a, b]

    def array(self, node):
        if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
            return node
        self.numbers.append(node.value)
        return ast.Name(f"_{self.count + len(self.numbers) - 1}_")


def is_numpy(node, names):
    """Whether a node is one of NumPy's functions."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "np"
        and node.attr in names
    )


def is_floating(node):
    """Whether a node gives what all operands are: an array of floats of their type."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ARITHMETIC):
        return are_floating(node.left, node.right)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and is_floating(node.operand)
    if isinstance(node, ast.Call) and is_numpy(node.func, _FLOATING):
        return are_floating(*node.args)
    return isinstance(node, ast.Name)


def are_floating(*nodes):
    arrays = [node for node in nodes if not isinstance(node, ast.Constant)]
    return bool(arrays) and all(map(is_floating, arrays))


def _reduction(node):
    """`np.add.reduce(x, axis=0)` for `x.sum(axis=0)`."""
    keywords = {keyword.arg: keyword.value for keyword in node.keywords}
    keywords = {"axis": ast.Constant(None), **keywords}
    ufunc = ast.Attribute(ast.Name("np"), _REDUCTIONS[node.func.attr])
    keywords = [ast.keyword(key, value) for key, value in keywords.items()]
    return ast.Call(ast.Attribute(ufunc, "reduce"), [node.func.value], keywords)
