"""XOR, trained in the page by the program that a session writes for it."""

import re

import numpy

from graph import Graph
from session import Session
from weave import live

# With how many points and hidden units it can be trained, and from how many starts.
# For two points the derivative of the mean has the factor 2 / 2, and the text a line
# less.
POINTS, UNITS, SEEDS = range(3, 13), range(1, 9), range(8)


def build(points, units=4):
    """The graph of `main.py` for other points; they and the learning rate are fed.

    Returns what to fetch in training (the update, the loss and its gradients), what to
    feed, and the output.
    """
    graph = Graph()
    X = graph.placeholder((points, 2), name="X")
    targets = graph.placeholder((points, 1), name="targets")
    rate = graph.placeholder((), name="rate")
    weights0 = graph.variable(numpy.zeros((2, units)), name="weights0")
    bias0 = graph.variable(numpy.zeros(units), name="bias0")
    weights1 = graph.variable(numpy.zeros((units, 1)), name="weights1")
    bias1 = graph.variable(numpy.zeros(1), name="bias1")
    parameters = [weights0, bias0, weights1, bias1]
    hidden = graph.sigmoid(X @ weights0 + bias0, name="hidden")
    output = graph.sigmoid(hidden @ weights1 + bias1, name="output")
    error = graph.sub(output, targets, name="error")
    loss = graph.mean(graph.square(error), name="loss")
    gradients = graph.gradients(loss, parameters)
    steps = [x - rate * gradient for x, gradient in zip(parameters, gradients)]
    update = graph.group([graph.assign(x, y) for x, y in zip(parameters, steps)])
    return [update, loss, *gradients], [X, targets, rate], output


def training(points):
    """The program of a training step; its text is that of any number of units."""
    fetches, feeds, _ = build(points)
    return Session(feeds[0].graph).program(fetches, feeds)


def answer():
    """The program of the output, for any number of points."""
    _, [X, _, _], output = build(max(POINTS))
    return Session(X.graph).program(output, [X])


def start(seed, units):
    """The parameters that `main.py` would draw with that seed and so many units."""
    rng = numpy.random.default_rng(seed)
    weights0, weights1 = rng.normal(size=(2, units)), rng.normal(size=(units, 1))
    return [live.array(x) for x in (weights0, numpy.zeros(units), weights1, [0.0])]


# ## Mistakes
#
# Each is a line that somebody could have written instead of the derived one.

MISTAKES = {
    "rows": (
        r"loss_by_bias1 = loss_by_add_1.sum\(axis=0\)",
        lambda found: "loss_by_bias1 = loss_by_add_1[0]",
    ),
    "share": (
        r"loss_by_error = ([\d.]+) \* error",
        lambda found: f"loss_by_error = {float(found[1]) / 2} * error",
    ),
    "place": (
        r"weights1_T = weights1.T",
        lambda found: "weights1_T = (weights1 - rate * loss_by_weights1).T",
    ),
}


def mistakes(source):
    """For each mistake the number of the line that it changes, and its text."""
    result = {}
    for name, (right, wrong) in MISTAKES.items():
        (found,) = re.finditer(rf"^    {right}$", source, re.MULTILINE)
        result[name] = [source.count("\n", 0, found.start()) + 1, wrong(found)]
    return result


def data(book):
    """Programs by the number of points, starts by seed and units, and links."""
    programs = {n: training(n) for n in POINTS}
    return {
        "training": {n: live.packed(program) for n, program in programs.items()},
        "mistakes": {n: mistakes(x.source) for n, x in programs.items()},
        "answer": live.packed(answer()),
        "starts": [{units: start(seed, units) for units in UNITS} for seed in SEEDS],
        "operations": {
            line: _operation(value, book)
            for line, value in programs[4].values_at.items()
        },
    }


def _operation(value, book):
    """Where a line's operation is explained, and what it is the derivative of."""
    kind = type(value.op).__name__
    forward = value.tensor.derived_from
    return [kind, book.find(kind), forward.output.name if forward else None]
