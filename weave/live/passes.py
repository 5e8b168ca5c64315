"""The compiler, rule by rule: what a program is before a rule, and after it.

`compiler/simplify.py` applies its rules in one walk.  Here we let it walk once for each
rule more, and write down what that one does.
"""

import ast
import difflib
from html import escape
from textwrap import dedent

import numpy
import pygments
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

import main as xor
from compiler.program import Program, Writer
from compiler.simplify import Repeated
from gradients import topological_order
from graph import Graph
from mixins.repeat import flatten
from mixins.shapes import show_shape
from ops import WhereOp
from session import Session
from weave.prose import highlighted

# In the order in which we add them.
RULES = {
    "": "One line for each operation.",
    "fold": "Compute what's constant.",
    "skip": "Skip what changes nothing.",
    "share": "Compute nothing twice.",
    "repeat": "Let NumPy repeat.",
    "drop": "Drop what no line reads.",
}


class Watched(Writer):
    """A simplifier with some of its rules, which tells what the last of them does.

    Attributes:
        rules: the rules that it has, keys of `RULES`.
        told: by the name of a tensor, what the last rule did with it.
    """

    rules = ("",)

    def __init__(self, *args):
        self.told, self.skipped = {}, set()
        super().__init__(*args)

    def tell(self, rule, tensor, text):
        if rule == self.rules[-1]:
            self.told.setdefault(tensor.name, text)

    def fold(self, value):
        if "fold" in self.rules:
            super().fold(value)
            if value.role == "constant":
                self.tell("fold", value.tensor, f"It's {_called(value)}.")

    def unchanged(self, op, args, dims):
        if "skip" not in self.rules:
            return None
        value = super().unchanged(op, args, dims)
        if value is not None:
            self.skipped.add(op.output)
            self.tell("skip", op.output, f"It's just {_called(value)}.")
        return value

    def signature(self, op):
        return super().signature(op) if "share" in self.rules else None

    def line(self, op, args, tensor, dims=None):
        value = super().line(op, args, tensor, dims)
        again = value.tensor is not tensor and tensor not in self.skipped
        if value.role == "line" and again:
            self.tell("share", tensor, f"We have it already: {value.tensor.name}.")
        return value

    def repeat(self, tensor, value, shape, op):
        if "repeat" not in self.rules:
            return self.line(op, [value, shape], tensor)
        result = super().repeat(tensor, value, shape, op)
        if isinstance(result, Repeated):
            small = _called(result.value)
            self.tell("repeat", tensor, f"Where it's used, {small} will do.")
        return result

    def elementwise(self, op, args):
        if "repeat" not in self.rules:
            return self.line(op, args, op.output)
        value = super().elementwise(op, args)
        if isinstance(value, Repeated) and isinstance(op, WhereOp):
            text = f"Both choices are {_called(value.value)}."
            self.tell("repeat", op.output, text)
        return value

    def needed(self, results):
        lines = super().needed(results)
        if "drop" not in self.rules:
            return self.lines
        for value in self.lines:
            if value not in lines:
                self.tell("drop", value.tensor, "No line reads it.")
        return lines


def _called(value):
    """What a reader would call a value: a number, or its name."""
    if value.role != "constant":
        return value.tensor.name
    if value.dims == ():
        return f"{value.constant:.6g}"
    return f"a constant, {show_shape(value.dims)}"


def stage(rules, fetches, feeds):
    """The program with these rules only, and what the last one did, by tensor."""
    walks = []

    class Walk(Watched):
        def __init__(self, *args):
            self.rules = rules
            walks.append(self)
            super().__init__(*args)

    class Stage(Program):
        simplifier = Walk

    order = topological_order(fetches, given=set(feeds))
    program = Stage(order, fetches, feeds)
    return program, walks[0].told


# ## How many bytes are alive?
#
# We run a program line by line.  A value is alive until the last line that reads it.
# What shares its memory with another, such as a transpose, takes no more.


def measured(program, state, feeds):
    """For each line what it computes, and how many bytes are alive after it.

    Returns the lines, and what the program returns.
    """
    (function,) = ast.parse(program.source).body
    rows = program.source.split("\n")
    names = {**program.globals, "state": state, "feeds": feeds}
    reads = [_names(node) for node in function.body]
    # What a program is given stays where it comes from, and what it returns is used.
    kept = {*program.globals, "state", "feeds"}
    lines = []
    for i, node in enumerate(function.body):
        if isinstance(node, ast.Return):
            result = eval(ast.unparse(node.value), names)
        else:
            exec(ast.unparse(node), names)
        value = program.values_at.get(node.lineno)
        if value is None:
            kept |= reads[i]
        alive = kept | set().union(*reads[i + 1 :])
        lines.append(
            {
                "text": dedent("\n".join(rows[node.lineno - 1 : node.end_lineno])),
                "name": value and value.name,
                "tensor": value.tensor.name if value else _given(node),
                "derived": bool(value and value.tensor.derived_from),
                "reads": sorted(reads[i] - {value and value.name}),
                "alive": _bytes(names[x] for x in alive if x in names),
            }
        )
    return lines, result


def _given(node):
    """What stands for a tensor in a line without one: "state", "feeds" or "return"."""
    return "return" if isinstance(node, ast.Return) else node.value.id


def _names(node):
    return {x.id for x in ast.walk(node) if isinstance(x, ast.Name)} - {"np"}


def _bytes(values):
    """How many bytes arrays take together; one that is a view takes none."""
    parts = (x if isinstance(x, list) else [x] for x in values)
    arrays = [x for part in parts for x in part if hasattr(x, "nbytes")]
    whole = (x if getattr(x, "base", None) is None else x.base for x in arrays)
    return sum({id(x): x.nbytes for x in whole}.values())


# ## Two programs


def training():
    """XOR's training step, as `main.py` builds it; nothing is fed."""
    graph, _, _, _, loss, update = xor.build()
    return graph, [update, loss], []


def classifier():
    """A softmax classifier: its loss, and the gradients of its two parameters."""
    graph = Graph()
    X = graph.placeholder((8, 5), name="X")
    labels = graph.placeholder((8, 3), name="labels")
    W = graph.variable(numpy.zeros((5, 3)), name="W")
    b = graph.variable(numpy.zeros(3), name="b")
    scores = graph.add(X @ W, b, name="scores")
    loss = graph.softmax_cross_entropy(scores, labels, name="loss")
    return graph, [loss, *graph.gradients(loss, [W, b])], [X, labels]


def mixture():
    """The example of the page, with each of its rules at work."""
    graph = Graph()
    a, b = (graph.placeholder((3,), name=name) for name in "ab")
    z = (a - 0) * b + graph.broadcast_to(2.0, (3,)) * 3 + a * b
    return graph, [z], [a, b]


def power():
    """A cube, and its derivative."""
    graph = Graph()
    x = graph.placeholder((3,), name="x")
    y = graph.pow(x, 3, name="y")
    return graph, [y, *graph.gradients(y, [x])], [x]


PROGRAMS = {
    "XOR's training step": training,
    "a softmax classifier": classifier,
    "the example above": mixture,
    "a cube, and its derivative": power,
}


def stages(build):
    """The stages of a program, each with a rule more than the one before.

    Each has its source, its lines, what it did by tensor, and what it returned.
    """
    graph, fetches, feeds = build()
    fetches, rng = tuple(flatten(fetches)), numpy.random.default_rng(0)
    session = Session(graph)
    given = {x: rng.normal(size=x.shape) for x in feeds}
    result = []
    for last in range(len(RULES)):
        program, told = stage([*RULES][: last + 1], fetches, tuple(feeds))
        state = [session.run(x) for x in program.variables]
        lines, values = measured(program, state, [given[x] for x in program.feeds])
        result.append(
            {"source": program.source, "lines": lines, "told": told, "values": values}
        )
    return result


# ## For the page


def data(_):
    """By the title of a program its stages, each a list of rows; and all texts."""
    texts = {}
    return {
        "rules": list(RULES.values()),
        "programs": {
            title: _rows(stages(build), texts) for title, build in PROGRAMS.items()
        },
        "texts": [_colored(text) for text in texts],
    }


def _rows(stages, texts):
    """For each stage its rows, among them what only the one before had."""
    result, before = [], []
    for stage in stages:
        rows, lines = [], stage["lines"]
        old = {line["tensor"]: line["text"] for line in before}
        names = [[line["tensor"] for line in part] for part in (before, lines)]
        matcher = difflib.SequenceMatcher(None, *names, autojunk=False)
        for _, i, j, k, m in matcher.get_opcodes():
            gone = [line for line in before[i:j] if line["tensor"] not in names[1]]
            rows += [_row(line, "gone", stage, texts) for line in gone]
            for line in lines[k:m]:
                same = old.get(line["tensor"], line["text"]) == line["text"]
                rows.append(_row(line, "" if same else "changed", stage, texts))
        result.append(rows)
        before = lines
    return result


def _row(line, change, stage, texts):
    row = {
        "text": texts.setdefault(line["text"], len(texts)),
        "change": change,
        "told": stage["told"].get(line["tensor"]) if change else None,
        "name": line["name"],
        "reads": line["reads"],
        "derived": line["derived"] or None,
        "alive": None if change == "gone" else line["alive"],
    }
    return {key: value for key, value in row.items() if value or value == 0}


def _colored(text):
    html = pygments.highlight(
        text, PythonLexer(stripall=False), HtmlFormatter(nowrap=True)
    )
    return html.strip("\n")


def still(alt, _):
    """The first and the last text of XOR's step, side by side."""
    first, *_, last = (stage["source"] for stage in stages(training))
    return (
        f'<div class="front" role="group" aria-label="{escape(alt)}">'
        f"<div><p>A line for each operation</p>{highlighted(first)}</div>"
        f"<div><p>After all rules</p>{highlighted(last)}</div></div>"
    )
