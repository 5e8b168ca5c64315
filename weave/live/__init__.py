"""Programs for a page: the text of a program, with what it needs, as JSON.

`weave/live/program.js` translates the text in the browser, over the NumPy of
`weave/live/array.js`, where each element is a 64-bit float.
"""

import ast
import functools
import pathlib
import re

import numpy

from mixins.branches import FlowOp
from mixins.rules import is_foreign

FOLDER = pathlib.Path(__file__).parent

# The scripts that run programs, in the order in which a page loads them.
SCRIPTS = ("array.js", "compute.js", "program.js")

# As a 64-bit float, a whole number is exact up to this one.
LARGEST = 2**53


def packed(program):
    """What a page needs to run a `Program`, as values that JSON has.

    Raises:
        ValueError: a page can't run one of its operations, or its types are others than
            float64, int64 and bool.
    """
    if program.random:
        raise ValueError(
            "a page can't draw random numbers, because NumPy's generator isn't there; "
            "make them a placeholder, and feed them"
        )
    for value in program.values_at.values():
        if isinstance(value.op, FlowOp):
            raise ValueError(
                f"a page can't run {value.tensor.origin}, because it has no branches "
                "and no loops; unroll it, or choose by `where`"
            )
    for leaf in program.variables + program.feeds:
        _check_type(leaf)
    for value in program.values_at.values():
        _check_type(value.tensor)
        for arg in value.args:
            _check_type(arg.tensor)
    calls = {}
    for node in ast.walk(ast.parse(program.source)):
        value = program.values_at.get(getattr(node, "lineno", None))
        if isinstance(node, ast.Attribute):
            _check_attribute(node, value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            calls[node.func.id] = _operation(value)
    constants = {
        name: array(value)
        for name, value in program.globals.items()
        if isinstance(value, (numpy.ndarray, numpy.generic))
    }
    # What is assigned and never read comes behind what is read.
    state = list(dict.fromkeys(program.variables + program.assigned))
    return {
        "source": program.source,
        "constants": constants,
        "calls": calls,
        "state": [x.name for x in program.variables],
        "feeds": [x.name for x in program.feeds],
        "assigned": [state.index(x) for x in program.assigned],
    }


def array(value):
    """An array as values that JSON has: it has no NaN, no infinity, and no -0.

    Raises:
        ValueError: its type isn't right in a page, or a whole number is too large.
    """
    value = numpy.asarray(value)
    if value.dtype not in (float, int, bool):
        raise ValueError(f"a page has float64, int64 and bool, got {value.dtype}")
    if value.dtype == int and value.size and abs(value).max() > LARGEST:
        raise ValueError(f"a page has whole numbers up to 2^53, got {abs(value).max()}")
    data = [_number(x) for x in value.ravel().tolist()]
    return {"data": data, "shape": list(value.shape), "dtype": value.dtype.name}


def _number(x):
    if isinstance(x, float) and (
        not numpy.isfinite(x) or (x == 0 and str(x)[0] == "-")
    ):
        return str(x).replace("inf", "Infinity").replace("nan", "NaN")
    return int(x) if isinstance(x, bool) else x


def _check_type(tensor):
    if tensor.dtype is not None and tensor.dtype not in (float, int, bool):
        raise ValueError(
            f"a page has float64, int64 and bool, and {tensor.origin} is {tensor.dtype}"
        )


@functools.cache
def _names(script, opening):
    """The names in an object, or a class, of one of the scripts."""
    text = (FOLDER / script).read_text("utf-8")
    body = text[text.index(opening) :]
    body = body[: body.index("\n}")]
    return set(re.findall(r"^  (?:get )?(\w+)", body, re.MULTILINE))


def _check_attribute(node, value):
    """Raise ValueError for a function or a method that our NumPy doesn't have."""
    of_numpy = isinstance(node.value, ast.Name) and node.value.id == "np"
    opening = "const np = {" if of_numpy else "class NDArray {"
    if node.attr not in _names("array.js", opening):
        what = f"np.{node.attr}" if of_numpy else f".{node.attr}"
        raise ValueError(f"a page has no {what}, which {value.tensor.origin} needs")


def _operation(value):
    """The kind and the attributes of an operation that is called as a function."""
    op = value.op
    if is_foreign(op) or op.kind not in _names("compute.js", "const computes = {"):
        raise ValueError(
            f"a page can't run {value.tensor.origin}, because its compute is more than "
            "an expression; write it as a single expression over NumPy"
        )
    attributes = {name: _attribute(x) for name, x in vars(op).items()}
    return {"kind": op.kind, "axis": None, **attributes}


def _attribute(x):
    if isinstance(x, tuple):
        return [_attribute(part) for part in x]
    if isinstance(x, slice):
        return [x.start, x.stop, 1 if x.step is None else x.step]
    if x is ...:
        return "..."
    return x if x is None or isinstance(x, (str, bool)) else int(x)
