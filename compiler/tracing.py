# # How do you get the text of a function by calling it?
#
# Most operations are a short expression: `return a + b`.  A program could call such a
# function for each operation.  But you'd have to look up each one as you read, and a
# call takes longer than adding two small arrays.  We want the expression itself in the
# program.
#
# So we call `compute` once, and hand it stand-ins instead of arrays.  A stand-in can't
# add.  It writes down that it was added.  This is *tracing*, and it's what
# `torch.compile`, `tf.function` and `jax.jit` do with your whole model:
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> x = graph.placeholder((), name="x")
# >>> from compiler.tracing import trace
# >>> trace(graph.sigmoid(x).op).write(["z"])
# '1 / (1 + np.exp(-z))'
#
# A stand-in has no value, so it can't decide an `if` or count the rounds of a loop.
# Then there's no expression, and the program calls `compute` as a function:
#
# >>> from mixins.losses import ClassesOp
# >>> checked = ClassesOp([[0, 2]], graph, depth=3, dtype="float64")
# >>> print(trace(checked))
# None

import ast
import dis
import functools
import math
import re
import typing

import numpy

import ops
from mixins.rules import is_foreign
from mixins.shapes import positive_axes
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class Expression(typing.NamedTuple):
    """The text of an operation: its pieces are strings, or positions of operands.

    `bases` holds the operands with a dot or a bracket behind them, like `a` in
    `a.dot(b)`.  `fresh` means that the value is surely a new array, and can't be an
    operand or a view of one.
    """

    pieces: tuple
    bases: set
    fresh: bool

    def write(self, operands):
        """The expression, with a string for each operand."""
        return template(self.pieces).format(*operands)


@functools.lru_cache(maxsize=1 << 12)
def template(pieces):
    """Pieces as a text for `format`: "{0} * {1}" for (0, " * ", 1)."""
    return "".join(
        f"{{{x}}}" if isinstance(x, int) else x.replace("{", "{{").replace("}", "}}")
        for x in pieces
    )


# NumPy's reductions go over all axes and drop them, unless told otherwise.
_REDUCTIONS = {"sum", "max", "min", "argmax", "argmin"}
_FRESH = {*_REDUCTIONS, "dot"}
_IMPLIED = {("axis", None), ("keepdims", False)}

_OPERAND = re.compile(r"\b_(\d+)_\b")  # at first, operand 3 is written _3_


class _Traced:
    """Stands in for a value; each use of it returns a stand-in for the result."""

    def __init__(self, text, bases, fresh=False):
        self._text, self._bases, self._fresh = text, bases, fresh

    def __getattr__(self, name):
        self._bases.add(self._text)
        return _Traced(f"({self._text}).{name}", self._bases)

    def __getitem__(self, index):
        self._bases.add(self._text)
        # These are the only brackets where you can write a slice with colons.
        slices = isinstance(index, tuple) and index != ()
        text = ", ".join(map(_text, index)) if slices else _text(index)
        if slices and len(index) == 1 and isinstance(index[0], tuple):
            # It's a list of rows, not an index for each axis.
            text += ","
        return _Traced(f"({self._text})[{text}]", self._bases)

    def __call__(self, *args, **keywords):
        *_, name = self._text.split(".")
        if not {"out", "copy"}.isdisjoint(keywords):
            raise TypeError("to write into a value is more than an expression")
        if name in _REDUCTIONS:
            keywords = dict(keywords.items() - _IMPLIED)
        args = [_text(arg) for arg in args]
        args += [f"{key}={_text(value)}" for key, value in sorted(keywords.items())]
        fresh = name in _FRESH or (
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
    """`value` as Python text; TypeError if no text is sure to mean the same."""
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
    """Stands in for an operation, and allows only attributes that have a text."""

    def __init__(self, op):
        self._op = op

    def __getattr__(self, name):
        if isinstance(getattr(type(self._op), name, None), property):
            raise TypeError(f"{name} may be another each time")
        value = getattr(self._op, name)
        _text(value)
        return value


# Tracing sees only what happens to the operands.  Anything else a function does would
# happen once, while we trace, and never in a run.  So we trace only plain expressions
# of the parameters: code that stores nothing, ignores no result, and uses no other
# names.
_MORE = (
    *("STORE", "DELETE", "POP_TOP", "LOAD_GLOBAL", "LOAD_DEREF", "IMPORT", "YIELD"),
    *("MAKE_FUNCTION", "IS_OP", "FORMAT", "BUILD_STRING"),
)


def trace(op):
    """The expression that `op.compute` returns; None if it does more than that."""
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
        # What we can't trace, we can still call.
        return None
    bases = {i for i, operand in enumerate(operands) if operand._text in bases}
    # Your own operation may write its result into an operand.
    return Expression(as_pieces(tree), bases, result._fresh and not is_foreign(op))


def as_pieces(tree):
    """An expression whose operands are written `_0_`, `_1_`, ..., in pieces."""
    # Parsing and unparsing drops the parentheses that we don't need.
    pieces = _OPERAND.split(ast.unparse(tree))
    pieces[1::2] = map(int, pieces[1::2])
    return tuple(pieces)


# `np.expand_dims` works out the axes in each run.  If we know the rank, we can do that
# now, and write the index that you'd write.


def spelled(op):
    """The text of `op`, if you'd write it unlike its `compute`; else None."""
    if not isinstance(op, ops.ExpandDimsOp) or op.output.rank is None:
        return None
    axes = positive_axes(op.axis, op.output.rank)
    index = ["None" if i in axes else ":" for i in range(op.output.rank)]
    return Expression((0, f"[{', '.join(index)}]"), {0}, fresh=False)


def frozen(value):
    """`value` as a dictionary key; TypeError if it may change."""
    if isinstance(value, slice):
        return (slice, value.start, value.stop, value.step)
    if isinstance(value, tuple):
        return tuple([frozen(part) for part in value])
    hash(value)
    floating = isinstance(value, (float, numpy.floating))
    return (type(value), repr(value) if floating else value)
