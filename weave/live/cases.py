"""Cases for a port of the heart: lines, and what Python makes of them.

`python -m weave.live.cases` writes some of them to `cases.json`, which the book
publishes.  The tests make thousands more, and compare them with `weave/live/heart.js`.
"""

import ast
import json
import operator
import pathlib
import re

import numpy

from graph import Graph
from mixins.naming import IdentityOp
from session import Session
from tensor import Tensor
from weave import live

FILE = pathlib.Path(__file__).with_suffix(".json")

# ## From a line to tensors

_OPERATORS = {
    ast.Add: ("add", operator.add),
    ast.Sub: ("sub", operator.sub),
    ast.Mult: ("mul", operator.mul),
    ast.Div: ("div", operator.truediv),
    ast.Pow: ("pow", operator.pow),
    ast.MatMult: ("dot", operator.matmul),
    ast.USub: ("neg", operator.neg),
    ast.Gt: ("greater", operator.gt),
    ast.GtE: ("greater_equal", operator.ge),
    ast.Lt: ("less", operator.lt),
    ast.LtE: ("less_equal", operator.le),
}


def build(text, leaves):
    """The graph of lines such as `y = tanh(a * b) + a`.

    Args:
        text: the lines.
        leaves: by name, the first values of the variables in them.

    Returns the output of the last line, and the variables.
    """
    graph = Graph()
    known = {name: graph.variable(value, name=name) for name, value in leaves.items()}
    variables = list(known.values())
    for statement in ast.parse(text).body:
        name = statement.targets[0].id
        known[name] = _evaluated(statement.value, graph, known, name)
    return known[name], variables


def _evaluated(node, graph, known, name=None):
    """The tensor or the number that an expression stands for; it gets the `name`."""
    match node:
        case ast.Constant():
            result = node.value
        case ast.Name():
            result = known[node.id]
        case ast.Call():
            args = [_evaluated(x, graph, known) for x in node.args]
            words = {x.arg: ast.literal_eval(x.value) for x in node.keywords}
            return getattr(graph, node.func.id)(*args, **words, name=name)
        case ast.Attribute():
            return graph.transpose(_evaluated(node.value, graph, known), name=name)
        case ast.BinOp() | ast.UnaryOp() | ast.Compare():
            match node:
                case ast.BinOp():
                    parts = [node.left, node.right]
                case ast.UnaryOp():
                    parts = [node.operand]
                case ast.Compare():
                    parts = [node.left, *node.comparators]
            sign = node.ops[0] if isinstance(node, ast.Compare) else node.op
            kind, function = _OPERATORS[type(sign)]
            args = [_evaluated(x, graph, known) for x in parts]
            if any(isinstance(x, Tensor) for x in args):
                return getattr(graph, kind)(*args, name=name)
            result = function(*args)
    if name is None:
        return result
    if isinstance(result, Tensor):
        return IdentityOp([result], graph, name).output
    return graph.constant(result, name=name)


def case(text, leaves):
    """What a port must find: program, value, and the gradient by each variable."""
    y, variables = build(text, leaves)
    fetches = [y, *y.graph.gradients(y, variables)]
    session = Session(y.graph)
    with numpy.errstate(all="ignore"):
        value, *gradients = session.run(fetches)
    return {
        "text": text,
        "leaves": {name: live.array(value) for name, value in leaves.items()},
        "program": session.program(fetches).source,
        "value": live.array(value),
        "gradients": {x.name: live.array(g) for x, g in zip(variables, gradients)},
    }


# ## Random lines
#
# Each has a shape to reach, and draws how.


class Lines:
    """Random lines of an expression each, with variables for what they need.

    Attributes:
        text: the lines.
        leaves: the value of each variable, by name.
    """

    def __init__(self, seed, depth=4):
        self.rng = numpy.random.default_rng(seed)
        self.leaves, self.shapes = {}, {}
        lines = []
        for name in ["p", "q", "y"][-self.rng.integers(1, 4) :]:
            shape = self.choice([(), (3,), (2, 1), (2, 3), (3, 3)])
            lines.append(f"{name} = {self.expression(shape, depth)}\n")
            self.shapes[name] = shape
        # Without the parentheses that Python doesn't need.
        self.text = f"{ast.unparse(ast.parse(''.join(lines)))}\n"

    def choice(self, things):
        return things[self.rng.integers(len(things))]

    def expression(self, shape, depth):
        if depth == 0 or self.rng.random() < 0.15:
            return self.leaf(shape)
        makers = [self.unary, self.binary, self.binary, self.where]
        if len(shape) < 2:
            makers.append(self.reduction)
        if len(shape) == 2:
            makers += [self.product, self.transposed]
        return self.choice(makers)(shape, depth - 1)

    def leaf(self, shape):
        known = [name for name, other in self.shapes.items() if other == shape]
        if known and self.rng.random() < 0.8:
            return self.choice(known)
        name = "abcdefghijklmnostuvw"[len(self.leaves) % 20] + "x" * (
            len(self.leaves) // 20
        )
        self.leaves[name] = self.rng.normal(size=shape).round(2)
        self.shapes[name] = shape
        return name

    def smaller(self, shape, depth):
        """An expression that broadcasts to `shape`, often just a number."""
        if self.rng.random() < 0.3:
            number = self.choice([0, 1, 2, 3, 0.5, 0.1, 10, 1e-05])
            texts = [f"{number}", f"{number}", f"exp({number})"]
            return self.choice(texts + [f"-{number}"] * (number != 0))
        others = [shape, shape, (), shape[1:], tuple([1] * len(shape[:1])) + shape[1:]]
        return self.expression(self.choice(others), depth)

    def unary(self, shape, depth):
        names = ["exp", "log", "sqrt", "square", "tanh", "sigmoid", "relu", "-"]
        return f"{self.choice(names)}({self.expression(shape, depth)})"

    def binary(self, shape, depth):
        a, b = self.expression(shape, depth), self.smaller(shape, depth)
        if self.rng.random() < 0.5:
            a, b = b, a
        if self.rng.random() < 0.15:
            return f"maximum({a}, {b})"
        return f"({a}) {self.choice(['+', '-', '*', '/', '**'])} ({b})"

    def where(self, shape, depth):
        a, c = (self.expression(shape, depth) for _ in range(2))
        b, d = (self.smaller(shape, depth) for _ in range(2))
        if self.rng.random() < 0.5:
            (a, b), (c, d) = (b, a), (d, c)
        return f"where(({a}) {self.choice(['<', '<=', '>', '>='])} ({b}), {c}, {d})"

    def reduction(self, shape, depth):
        name = self.choice(["sum", "mean"])
        if shape == () and self.rng.random() < 0.5:
            inner = self.choice([(), (3,), (2, 3)])
            return f"{name}({self.expression(inner, depth)})"
        axis = int(self.rng.integers(len(shape) + 1))
        inner = self.expression((*shape[:axis], 2, *shape[axis:]), depth)
        return f"{name}({inner}, axis={axis})"

    def product(self, shape, depth):
        (n, m), k = shape, self.choice([1, 2, 3])
        return (
            f"({self.expression((n, k), depth)}) @ ({self.expression((k, m), depth)})"
        )

    def transposed(self, shape, depth):
        return f"({self.expression(shape[::-1], depth)}).T"


# The first of the cases that are published, for a port to begin with.
FIRST = [
    ("y = x * x", {"x": 3.0}),
    ("y = tanh(a * b) + a", {"a": 2.0, "b": 0.5}),
    ("b = a + a\ny = b * b", {"a": 3.0}),
    ("y = x ** 3", {"x": -2.0}),
    ("y = where(x > 0, x, 0.1 * x)", {"x": -2.0}),
    ("y = where(a * b + 1 > 0, 2, 2) * a", {"a": 2.0, "b": 0.5}),
    (
        "a_very_long_name = one_that_is_long + 1\n"
        "y = square(a_very_long_name) * a_very_long_name + one_that_is_long",
        {"one_that_is_long": 2.0},
    ),
    ("y = X + b", {"X": [[1.0, 2.0], [3.0, 4.0]], "b": [0.5, -0.5]}),
    ("y = mean(square(x), axis=0)", {"x": [[1.0, 2.0], [3.0, 4.0]]}),
    ("y = X @ W", {"X": [[1.0, 2.0]], "W": [[1.0, -1.0], [0.5, 2.0]]}),
]


def published():
    """The cases of `cases.json`: some to begin with, then random ones."""
    cases = [case(text, leaves) for text, leaves in FIRST]
    drawn = (random_case(seed, depth=2 + seed % 2) for seed in range(300))
    # A number such as exp(2), computed when the text is written, has a last digit too.
    return cases + [
        case
        for case in drawn
        if is_finite(case) and not re.search(r"\.\d{9}", case["program"])
    ]


def is_finite(case):
    """Whether no value or gradient of a case is infinite or NaN."""
    arrays = [case["value"], *case["gradients"].values()]
    return all(not isinstance(x, str) for array in arrays for x in array["data"])


def rounded(case):
    """A case with ten digits of each result, as processors differ in the last ones."""

    def of(array):
        return {**array, "data": [float(f"{x:.9e}") for x in array["data"]]}

    gradients = {name: of(array) for name, array in case["gradients"].items()}
    return {**case, "value": of(case["value"]), "gradients": gradients}


def random_case(seed, depth=4):
    """A random case; another for each seed."""
    lines = Lines(seed, depth)
    return case(lines.text, lines.leaves)


if __name__ == "__main__":
    text = ",\n".join(json.dumps(rounded(case)) for case in published())
    FILE.write_text(f"[{text}]\n", "utf-8")
