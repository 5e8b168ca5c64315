"""One training step of XOR, operation by operation, with the values of a session."""

import html
import re

import numpy

import draw
import main as xor
from graph import topological_order
from mixins.shapes import show_shape
from session import Session
from weave.formulas import mathml
from weave.markup import natural, script_json


def gradients(update):
    """The gradients that the assignments in `update` follow."""
    steps = [assign.op.inputs[1] for assign in update.op.inputs]
    return [step.op.inputs[1].op.inputs[1] for step in steps]


def run():
    """The steps, and the values of all tensors.

    A step is a list of tensors that are shown together, the one that it is about last:
    first all that the operations start from, then one operation after the other, and
    for each parameter its whole update.
    """
    graph, X, targets, _, loss, update = xor.build()
    outputs = [op.output for op in topological_order([loss, update])]
    phases = {"forward": [], "backward": [], "update": []}
    for tensor in outputs:
        if tensor.kind != "group":
            phases[_phase(tensor)].append(tensor)
    # The way back begins with a constant, the gradient of the loss by itself.
    first = phases["backward"][0].op.inputs[:1]
    alone = [*phases["forward"], *first, *phases["backward"]]
    steps = [[*graph.variables, targets, X], *([tensor] for tensor in alone)]
    for tensor in phases["update"]:
        if tensor.kind == "assign":
            difference = tensor.op.inputs[1]
            steps.append([difference.op.inputs[1], difference, tensor])
    shown = [tensor for step in steps for tensor in step]
    inputs = [x for tensor in shown if tensor.op for x in tensor.op.inputs]
    wanted = list(dict.fromkeys([*shown, *inputs]))
    return steps, dict(zip(wanted, Session(graph).run(wanted)))


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
    "parameters, which the session keeps. This step is about to change them.",
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
    "update assign": "A step downhill: against the gradient, times the learning rate, "
    "{rate}. When the run has succeeded, {v} takes this value. Everything that the run "
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
        names["rate"] = _name(_step_of(tensor)[0])
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
        rate, gradient = map(_symbol, _step_of(tensor))
        return mathml(rf"{variable} \leftarrow {variable} - {rate} \cdot {gradient}")
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


# ## The page


def stepper(alt, book):
    """The HTML of the stepper: the picture, the controls, and the steps as data."""
    book.load("step.js")
    steps, values = run()
    assigned = [step[-1] for step in steps if step[-1].kind == "assign"]
    loss = next(step[-1] for step in steps if step[-1].name == "loss")
    picture = natural(loss.graph.draw([loss, *assigned]).body, alt)
    shown = [_step(step, values) for step in steps]
    data = script_json({"steps": shown, "largest": _largest(shown)})
    return f"""<figure class="wide"><div class="stepper">
<div class="controls" hidden>
<button type="button" id="step-previous">← Back</button>
<button type="button" id="step-next">Next →</button>
<button type="button" id="step-play">Play</button>
<input type="range" id="step-slider" min="1" value="1" aria-label="Step">
</div>
<div class="picture">{picture}</div>
<div class="panel">
<div aria-live="polite">
<p><strong id="step-count"></strong> · <span id="step-phase"></span></p>
<p id="step-formula"></p>
<p id="step-words"></p>
</div>
<div class="values" id="step-inputs"></div>
<div class="values" id="step-output"></div>
</div>
</div></figure>
<noscript><p>This is the whole graph of the step. To walk through it, number by number,
the page needs JavaScript.</p></noscript>
<script type="application/json" id="step-data">{data}</script>"""


def _step(step, values):
    *others, tensor = step
    inputs = [x for x in tensor.op.inputs if x.dtype == float] if tensor.op else []
    if tensor.kind == "assign":
        inputs = [tensor.op.inputs[0], _step_of(tensor)[1]]
    phase = _phase(tensor)
    outputs = [tensor, *reversed(others)] if phase == "start" else [tensor]
    return {
        "tensor": tensor.name,
        "tensors": [x.name for x in step],
        "uses": sorted({x.name for y in step if y.op for x in y.op.inputs}),
        "label": _title(tensor),
        "phase": _PHASES[phase],
        "formula": _formula(tensor),
        "words": _words(tensor, phase),
        "inputs": [_matrix(x, values[x]) for x in inputs if not _is_number(x)],
        "outputs": [_matrix(x, values[x]) for x in outputs],
    }


def _largest(steps):
    """The largest number of all: one scale of colours for all matrices."""
    shown = [matrix for step in steps for matrix in step["inputs"] + step["outputs"]]
    return max(abs(number) for x in shown for row in x["rows"] for number in row)


def _matrix(tensor, value):
    """A value as rows of numbers, rounded to what is shown of them."""
    rows = numpy.round(numpy.atleast_2d(value), 6).tolist()
    name = _name(tensor)
    return {
        "tensor": tensor.name,
        "title": f"{name} {show_shape(tensor.dims)}" if tensor.dims else name,
        "rows": [[number + 0.0 for number in row] for row in rows],
    }
