"""One training step of XOR, operation by operation, computed in the page."""

import html
import re

import draw
import main as xor
from compiler.simplify import Repeated, Simplifier
from graph import topological_order
from session import Session
from weave import live
from weave.formulas import mathml


def gradients(update):
    """The gradients that the assignments in `update` follow."""
    return [_step_of(assign)[1] for assign in update.op.inputs]


class Walk:
    """A training step, one operation after the other.

    Attributes:
        loss, update: what a training step fetches.
        leaves: what a reader can change: the variables, the targets and X.
        rates: the learning rate, a constant for each parameter.
        steps: lists of tensors that are shown together, the one that it's about last:
            first all the leaves, then one operation after the other, and for each
            parameter its whole update.
        fetches: the tensors of the steps that aren't leaves.
    """

    def __init__(self):
        graph, X, targets, _, self.loss, self.update = xor.build()
        self.assigns = self.update.op.inputs
        self.leaves = [*graph.variables, targets, X]
        self.rates = [_step_of(assign)[0] for assign in self.assigns]
        self.order = topological_order([self.loss, self.update])
        phases = {"forward": [], "backward": [], "update": []}
        for op in self.order:
            if op.output.kind != "group":
                phases[_phase(op.output)].append(op.output)
        # The way back begins with a constant, the gradient of the loss by itself.
        first = phases["backward"][0].op.inputs[:1]
        alone = [*phases["forward"], *first, *phases["backward"]]
        self.steps = [self.leaves, *([tensor] for tensor in alone)]
        for assign in self.assigns:
            difference = assign.op.inputs[1]
            self.steps.append([difference.op.inputs[1], difference, assign])
        self.fetches = [tensor for step in self.steps[1:] for tensor in step]

    def program(self):
        """The program that returns every tensor, of whatever leaves you give it."""
        feeds = [x for x in self.leaves if x.kind == "constant"] + self.rates
        return Session(self.loss.graph).program(self.fetches, feeds)


def _phase(tensor):
    if tensor.derived_from is not None:
        return "backward"
    if tensor.op is None:
        return "start"
    waiting = [tensor]
    while waiting:
        x = waiting.pop()
        if x.derived_from is not None:
            return "update"
        waiting += x.op.inputs if x.op else []
    return "forward"


# ## Words
#
# For the start and the update we tell a tensor by its kind; for the gradient, by the
# operation that it is derived from as well.  {y} is the output, {a} and {b} are the
# inputs, {f_a} is the first input of the operation derived from.

_PHASES = {
    "start": "What the step starts from",
    "forward": "Forward: the loss",
    "backward": "Backward: its gradient",
    "update": "The update",
}

_WORDS = {
    "constant": "We start from the data, one example in each row, and from the "
    "parameters, which the session keeps. This step is about to change them. "
    "So can you: type into any cell, and every step follows.",
    "dot": "Each row of {a}, an example, times each column of {b}, a unit: multiplied "
    "elementwise, and added up.",
    "add": "{b} has one number for each unit. Broadcasting adds it to every row.",
    "sigmoid": "Each number is squashed to between 0 and 1.",
    "sub": "How far is each answer from its target, and to which side?",
    "square": "Squared, an error counts on either side, and a large one counts more.",
    "sum": "The squared errors of all examples are added up.",
    "div": "Divided by their number, {b}, the sum becomes a mean: the loss.",
    "div constant": "The way back starts at the loss. Nudge it, and it changes by just "
    "that much: its derivative with respect to itself is 1.",
    "div div": "The loss is {f_a} divided by {b}, so a nudge of {f_a} moves it by "
    "that, divided by {b}.",
    "sum broadcast": "Each element went into the sum once, so each has the same "
    "derivative: one number, repeated.",
    "square mul 1": "The derivative of a square is twice what was squared. First, "
    "twice the incoming gradient.",
    "square mul 2": "Then times what was squared, {b}. The output went into it as it "
    "is, so this is the gradient with respect to the output as well.",
    "sigmoid mul 1": "The derivative of a sigmoid y is y (1 − y). First, the incoming "
    "gradient times y, which is {b}.",
    "sigmoid sub": "Then the other factor, 1 − y.",
    "sigmoid mul 2": "Their product is the gradient with respect to the sigmoid's "
    "input.",
    "add sum": "The bias was added to every row, so every row sends back a share. "
    "Their sum has the bias's shape again.",
    "dot transpose": "For the gradient of a product we need {a} on its side: rows "
    "become columns.",
    "dot dot left": "The incoming gradient goes back through the weights: a hidden "
    "unit gets a share of the error of each output that it feeds.",
    "dot dot right": "A weight's gradient adds up, over the examples, what went into "
    "the weight times what came back.",
    "update assign": "A step downhill: against the gradient, times the learning rate "
    "η. When the run has succeeded, {v} takes this value. Everything that the run "
    "has read was the value before.",
}


def _words(tensor, phase):
    op = tensor.op
    names = {"y": _name(tensor)}
    key = tensor.kind
    if op is not None:
        names.update(zip("ab", map(_name, op.inputs)))
    if phase == "update":
        key = f"update {key}"
        names["v"] = _name(op.inputs[0])
    if phase == "backward":
        forward = tensor.derived_from
        names["f_a"] = _name(forward.inputs[0])
        key = f"{forward.kind} {key}"
        if key in ("square mul", "sigmoid mul"):
            key += " 2" if tensor.gradient_of else " 1"
        if key == "dot dot":
            key += " right" if op.inputs[0].kind == "transpose" else " left"
    words = html.escape(_WORDS[key], quote=False)
    return re.sub(r"\{(\w+)\}", lambda found: names[found[1]], words)


def _step_of(assign):
    """The learning rate, and the gradient that it multiplies."""
    return assign.op.inputs[1].op.inputs[1].op.inputs


def _name(tensor):
    return f"<code>{html.escape(_title(tensor))}</code>"


def _title(tensor):
    """The name of a tensor; of a part of a gradient, which has none, what it is of."""
    if _is_part(tensor):
        a, b = map(_title, tensor.op.inputs)
        return f"{a} {draw.sign(tensor)} {b}"
    if _is_number(tensor):
        return f"{tensor.initial_value:g}"
    if tensor.kind == "assign":
        return f"new {_title(tensor.op.inputs[0])}"
    return draw.title(tensor)


def _is_part(tensor):
    return (
        tensor.derived_from is not None
        and tensor.kind in ("mul", "sub")
        and not tensor.gradient_of
    )


def _is_number(tensor):
    return tensor.kind == "constant" and tensor.name.startswith("constant")


# ## Formulas

_FORMULAS = {
    "dot": r"{0}\,{1}",
    "add": r"{0} + {1}",
    "sub": r"{0} - {1}",
    "mul": r"{0} \odot {1}",
    "div": r"\frac{{{0}}}{{{1}}}",
    "sigmoid": r"\sigma({0}) = \frac{{1}}{{1 + e^{{-{0}}}}}",
    "square": r"{0}^2",
    "sum": r"\sum {0}",
    "broadcast": r"{0} \text{{ for each element}}",
}


def _formula(tensor):
    if tensor.kind == "assign":
        variable = _symbol(tensor.op.inputs[0])
        gradient = _symbol(_step_of(tensor)[1])
        return mathml(rf"{variable} \leftarrow {variable} - \eta \cdot {gradient}")
    if tensor.kind == "transpose":
        x = _symbol(tensor.op.inputs[0])
        return mathml(rf"\left({_symbol(tensor)}\right)_{{ij}} = {x}_{{ji}}")
    if _is_part(tensor):
        return mathml(_right(tensor))
    sign = r"\in" if tensor.op is None and tensor.dims else "="
    return mathml(rf"{_symbol(tensor)} {sign} {_right(tensor)}")


def _right(tensor):
    """What a tensor is computed of, or for a matrix of data its shape, as LaTeX."""
    if tensor.op is None and tensor.dims:
        size = r" \times ".join(map(str, tensor.dims))
        return rf"\mathbb{{R}}^{{{size}}}"
    if tensor.op is None:
        return f"{tensor.initial_value:g}"
    symbols = [_symbol(x) for x in tensor.op.inputs]
    if tensor.kind == "sum" and tensor.op.axis is not None:
        return rf"\sum_{{\text{{rows}}}} {symbols[0]}"
    if tensor.kind == "mul" and any(x.dims == () for x in tensor.op.inputs):
        return rf"{symbols[0]} \cdot {symbols[1]}"
    return _FORMULAS[tensor.kind].format(*symbols)


def _symbol(tensor):
    """A tensor in a formula."""
    if _is_number(tensor):
        return f"{tensor.initial_value:g}"
    if _is_part(tensor):
        return rf"\left({_right(tensor)}\right)"
    if tensor.kind == "transpose":
        return rf"{_symbol(tensor.op.inputs[0])}^T"
    if tensor.gradient_of:
        y, x, _ = tensor.gradient_of
        return rf"\frac{{\partial {_text(y.name)}}}{{\partial {_text(x.name)}}}"
    return _text(tensor.name)


def _text(name):
    return r"\mathrm{" + name.replace("_", r"\_") + "}"


# ## Which line of the program computes it?
#
# The values are those of a program that returns every tensor.  The text is that of the
# program which trains: it returns the loss, and is simplified.

_RULES = {
    "constant": "No line computes it, because it's a constant.",
    "fold": "No line computes it: its inputs are constants, so {fold} did when the "
    "program was written.",
    "fold named": "No line computes it: its input is a constant, so {fold} did when "
    "the program was written. The first line only names it.",
    "repeat": "No line computes it: {repeat} lets one number, {number}, stand for all "
    "of its elements, and NumPy repeats that where it's used.",
    "fold repeat": "No line computes it: its inputs are constants and its elements all "
    "equal, so {fold} computed one number, {number}, and {repeat} lets it stand for "
    "them.",
    "unchanged": "Times 1 changes nothing, so {unchanged} has dropped the product. "
    "Move the learning rate, and you'll see it.",
}


class Listing:
    """The lines of the program, and for a tensor without one, the rule that took it.

    Each line is its number and its text.  With a learning rate other than 1, the update
    has more lines, in which "{rate}" stands for that number.
    """

    def __init__(self, walk, book):
        session, fetches = Session(walk.loss.graph), [walk.update, walk.loss]
        self.lines = session.program(fetches).source.splitlines()
        self.at = _numbers(session.program(fetches))
        rated = session.program(fetches, walk.rates)
        # A number stands in the text, and isn't taken out of the feeds.
        self.rated_lines = [
            re.sub("|".join(x.name for x in walk.rates), "{rate}", line)
            for line in rated.source.splitlines()
            if not line.endswith("= feeds")
        ]
        self.rated_at = {x: number - 1 for x, number in _numbers(rated).items()}
        self.values = Simplifier(walk.order, set(), {}).values
        self.links = {
            name: f'<a href="{book.find(f"Simplifier.{name}")}"><code>{name}</code></a>'
            for name in ("fold", "repeat", "unchanged")
        }

    def of(self, step):
        """The lines of a step, those for another learning rate, and what to add."""
        tensor = step[-1]
        if tensor.kind == "assign":
            dropped = _RULES["unchanged"].format(**self.links)
            rated = _lines(self.rated_lines, map(self.rated_at.get, step))
            return _lines(self.lines, map(self.at.get, step)), rated, dropped
        if tensor in self.at:
            return _lines(self.lines, [self.at[tensor]]), None, ""
        constants, _, state = 1, 2, 3  # the lines that name the leaves
        if len(step) > 1:
            return _lines(self.lines, [constants, state]), None, ""
        named = tensor.name in re.findall(r"\w+", self.lines[0])
        rule = self._rule(tensor, "fold named" if named else "fold")
        return _lines(self.lines, [constants] * named), None, rule

    def _rule(self, tensor, key):
        value, number = self.values[tensor], ""
        if tensor.op is None:
            key = "constant"
        if isinstance(value, Repeated):
            key = "repeat" if tensor.kind == "broadcast" else "fold repeat"
            number = f"{value.value.constant:g}"
        return _RULES[key].format(number=number, **self.links)


def _numbers(program):
    """The number of the line that computes a tensor, by tensor."""
    return {value.tensor: number for number, value in program.values_at.items()}


def _lines(lines, numbers):
    return [[n, lines[n - 1].strip()] for n in numbers if n is not None]


# ## The page


def data(book):
    """The program, what it starts from, and what each step says."""
    walk = Walk()
    shown = dict.fromkeys([*walk.leaves, *walk.fetches])
    operands = {x for tensor in shown for x in _operands(tensor)}
    listing = Listing(walk, book)
    return {
        "program": live.packed(walk.program()),
        "fetches": [x.name for x in walk.fetches],
        "leaves": {x.name: live.array(x.initial_value) for x in walk.leaves},
        "rate": xor.LEARNING_RATE,
        "rates": [x.name for x in walk.rates],
        "numbers": {
            x.name: live.array(x.initial_value)
            for x in sorted(operands, key=lambda x: x.index)
            if _is_number(x)
        },
        "titles": {x.name: _title(x) for x in shown},
        "phases": _PHASES,
        "listing": book.resolve("weave/listing.md"),
        "steps": [_step(step, listing) for step in walk.steps],
    }


def _step(step, listing):
    tensor = step[-1]
    operands, phase = _operands(tensor), _phase(tensor)
    lines, rated, rule = listing.of(step)
    return {
        "tensors": [x.name for x in step],
        "uses": sorted({x.name for y in step if y.op for x in y.op.inputs}),
        "kind": tensor.kind,
        "operands": [x.name for x in operands],
        "inputs": [x.name for x in operands if not _is_number(x)],
        "outputs": [x.name for x in (step[::-1] if phase == "start" else [tensor])],
        "phase": phase,
        "label": _title(tensor),
        "formula": _formula(tensor),
        "words": _words(tensor, phase),
        "lines": lines,
        "rated": rated,
        "rule": rule,
    }


def _operands(tensor):
    """What a step computes its tensor of; for an update, without the steps between."""
    if tensor.op is None:
        return []
    if tensor.kind == "assign":
        return [tensor.op.inputs[0], *_step_of(tensor)]
    return [x for x in tensor.op.inputs if x.dtype == float]
