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
from weave.markup import described, script_json


def gradients(update):
    """The gradients that the assignments in `update` follow."""
    steps = [assign.op.inputs[1] for assign in update.op.inputs]
    return [step.op.inputs[1].op.inputs[1] for step in steps]


def run():
    """The graph's tensors in the order in which a step computes them, and its values.

    First come what the operations start from: the data and the parameters.
    """
    graph, X, targets, _, loss, update = xor.build()
    outputs = [op.output for op in topological_order([loss, update])]
    outputs = [tensor for tensor in outputs if tensor.kind != "group"]
    start = [X, targets, *graph.variables]
    phases = {"forward": [], "backward": [], "update": []}
    for tensor in outputs:
        phases[_phase(tensor)].append(tensor)
    # The way back begins with a constant, the gradient of the loss by itself.
    first = phases["backward"][0].op.inputs[:1]
    tensors = [*start, *phases["forward"], *first, *phases["backward"]]
    tensors += phases["update"]
    inputs = {x for tensor in tensors if tensor.op for x in tensor.op.inputs}
    wanted = list(dict.fromkeys([*tensors, *inputs]))
    return tensors, dict(zip(wanted, Session(graph).run(wanted)))


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
    "constant": "{y} is a constant: one example in each row.",
    "variable": "{y} is a variable. The session holds its value, and this step is "
    "about to change it.",
    "dot": "Each row of {a}, an example, is multiplied with each column of {b}, a "
    "unit, element by element, and added up.",
    "add": "{b} has one number for each unit. Broadcasting adds it to each row.",
    "sigmoid": "Each number is squashed to between 0 and 1.",
    "sub": "How far is each answer from its target, and to which side?",
    "square": "Squared, an error counts to either side, and a large one counts more.",
    "sum": "The squared errors of all examples are added up.",
    "div": "Divided by their number, {b}, the sum is a mean: this is the loss.",
    "div constant": "The way back begins at the loss. By a little change of itself it "
    "changes by just that: the derivative is 1.",
    "div div": "The loss is {f_a} divided by {b}. So it changes by a change of {f_a}, "
    "divided by {b}.",
    "sum broadcast": "Each element went into the sum once. So each has the derivative "
    "of the sum: one number, repeated.",
    "square mul 1": "The derivative of a square is twice what is squared. First we "
    "take what has arrived twice.",
    "square mul 2": "Then we multiply by what was squared, {b}. The output went into "
    "it with weight 1, so this is the gradient by the output as well.",
    "sigmoid mul 1": "The derivative of a sigmoid y is y (1 − y). First what has "
    "arrived, times y, which is {b}.",
    "sigmoid sub": "Then the other factor, 1 − y.",
    "sigmoid mul 2": "Their product is the gradient by what went into the sigmoid.",
    "add sum": "The bias was repeated for each row, and took part in each. So its "
    "gradient is the sum over the rows, and has its shape again.",
    "dot transpose": "For the gradient of a product we need {a} on its side: rows "
    "become columns.",
    "dot dot left": "What has arrived goes back through the weights: a hidden unit has "
    "its share in the error of each output that it feeds.",
    "dot dot right": "A weight's gradient adds up, over the examples, what went into "
    "it times what has come back.",
    "update mul": "The learning rate, {a}, says how far to go: so many times {b}.",
    "update sub": "A step downhill is a step against the gradient.",
    "update assign": "When the run has succeeded, {v} takes this value. All that the "
    "run has read was the value before.",
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
        variable, value = map(_symbol, tensor.op.inputs)
        return mathml(rf"{variable} \leftarrow {value}")
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


def stepper(alt, _):
    """The HTML of the stepper: the picture, the controls, and the steps as data."""
    tensors, values = run()
    loss = next(tensor for tensor in tensors if tensor.name == "loss")
    assigned = [tensor for tensor in tensors if tensor.kind == "assign"]
    picture = described(loss.graph.draw([loss, *assigned]).body, alt)
    data = script_json([_step(tensor, values) for tensor in tensors])
    return f"""<figure class="wide"><div class="stepper">
<div class="controls">
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
<noscript><p>This page needs JavaScript.</p></noscript>
<script type="application/json" id="step-data">{data}</script>
<script src="step.js" defer></script>"""


def _step(tensor, values):
    inputs = tensor.op.inputs if tensor.op else ()
    inputs = [x for x in inputs if not _is_number(x) and x.dtype == float]
    if tensor.kind == "assign":
        inputs = inputs[1:]
    phase = _phase(tensor)
    return {
        "tensor": tensor.name,
        "label": _title(tensor),
        "phase": _PHASES[phase],
        "formula": _formula(tensor),
        "words": _words(tensor, phase),
        "inputs": [_matrix(x, values[x]) for x in inputs],
        "output": _matrix(tensor, values[tensor]),
    }


def _matrix(tensor, value):
    """A value as rows of numbers, rounded to what is shown of them."""
    rows = numpy.round(numpy.atleast_2d(value), 6).tolist()
    name = _name(tensor)
    return {
        "tensor": tensor.name,
        "title": f"{name} {show_shape(tensor.dims)}" if tensor.dims else name,
        "rows": [[number + 0.0 for number in row] for row in rows],
    }
