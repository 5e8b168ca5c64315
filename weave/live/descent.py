"""Four ways down a surface: gradient descent, momentum, Adam and Newton's method.

Each is a program that a session wrote, and a page runs it step by step.  The learning
rate is fed, and so is how steep the long valley is across.
"""

import dataclasses
from collections.abc import Callable

import numpy

from course.plot import BLUE, GREEN, RED, plotted
from graph import Graph
from session import Session
from train import AdamOptimizer, GradientDescentOptimizer, MomentumOptimizer
from weave import live
from weave.markup import labelled

# ## Surfaces


def valley(x, y, steepness):
    """A long valley, with a curvature of 1 along it and of `steepness` across."""
    return (x**2 + steepness * y**2) / 2


def bend(x, y, _):
    """Rosenbrock's valley, which bends along a parabola; it's lowest at (1, 1)."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def mountain(x, y, _):
    """The mountain of Part IV, in two directions: between its valleys is a saddle."""
    return x**4 / 4 - 2 * x**2 + x / 2 + y**2


@dataclasses.dataclass
class Surface:
    """A surface, and how the figure shows it at first.

    Attributes:
        loss: the function of x, y and the steepness.
        start: where the four set out.
        near: from here, Newton's method leads to the lowest point.
        box: what the map shows of x, and of y.
        rates: the learning rate of each method that has one.
    """

    loss: Callable
    start: tuple
    near: tuple
    box: tuple
    rates: dict


STEEPNESS = 50
SURFACES = {
    "valley": Surface(
        valley,
        start=(-4.0, 1.5),
        near=(1.0, 1.0),
        box=(-5, 5, -3, 3),
        rates={"descent": 0.035, "momentum": 0.035, "Adam": 0.32},
    ),
    "bend": Surface(
        bend,
        start=(-1.2, 1.0),
        near=(1.1, 1.1),
        box=(-2.5, 2.5, -1, 2),
        rates={"descent": 0.0013, "momentum": 0.0013, "Adam": 0.2},
    ),
    "mountain": Surface(
        mountain,
        start=(0.8, 1.2),
        near=(-2.0, 0.0),
        box=(-3.5, 3.5, -2.1, 2.1),
        rates={"descent": 0.05, "momentum": 0.05, "Adam": 0.2},
    ),
}

# ## Programs


def heights(surface):
    """The program of the loss at many places at once."""
    graph = Graph()
    x, y = (graph.placeholder((None,), name=name) for name in "xy")
    steepness = graph.placeholder((), name="steepness")
    L = SURFACES[surface].loss(x, y, steepness)
    return Session(graph).program(L, [x, y, steepness])


OPTIMIZERS = {
    "descent": GradientDescentOptimizer,
    "momentum": lambda rate: MomentumOptimizer(rate, 0.8),
    "Adam": AdamOptimizer,
}
METHODS = [*OPTIMIZERS, "Newton"]


def build(surface, method):
    """The graph of a step; x and y are its first variables.

    Returns what to run (the step, the loss, its two slopes, and for Newton's method the
    Hessian's four elements), and what to feed: the learning rate and the steepness.
    """
    graph = Graph()
    start = zip("xy", SURFACES[surface].start)
    x, y = (graph.variable(value, name=name) for name, value in start)
    rate = graph.placeholder((), name="rate")
    steepness = graph.placeholder((), name="steepness")
    L = graph.identity(SURFACES[surface].loss(x, y, steepness), name="L")
    slopes, hessian = graph.gradients(L, [x, y]), []
    if method == "Newton":
        # As in Part VII: the gradient of each slope is a row.
        hessian = [g for slope in slopes for g in graph.gradients(slope, [x, y])]
        a, b, c, d = hessian
        # The Hessian times the step is -slopes: two equations, by Cramer's rule.
        area = a * d - b * c
        step_x = (b * slopes[1] - d * slopes[0]) / area
        step_y = (c * slopes[0] - a * slopes[1]) / area
        step = graph.group([graph.assign(x, x + step_x), graph.assign(y, y + step_y)])
    else:
        step = OPTIMIZERS[method](rate).apply_gradients(list(zip(slopes, (x, y))))
    return [step, L, *slopes, *hessian], [rate, steepness]


def _method(surface, method):
    """The program of a step, and the values with which its variables begin."""
    fetches, feeds = build(surface, method)
    session = Session(feeds[0].graph)
    program = session.program(fetches, feeds)
    return {
        "program": live.packed(program),
        "state": [live.array(session.run(x)) for x in program.variables],
    }


def data(_):
    """For each surface its programs, and how the figure shows it at first."""
    return {
        name: {
            "heights": live.packed(heights(name)),
            "methods": {method: _method(name, method) for method in METHODS},
            "start": surface.start,
            "near": surface.near,
            "box": surface.box,
            "rates": surface.rates,
            "steepness": STEEPNESS,
        }
        for name, surface in SURFACES.items()
    }


# ## Without JavaScript


def path(surface, method, steps):
    """The places of a method, from the start on, at its first learning rate."""
    fetches, (rate, steepness) = build(surface, method)
    x, y, *_ = rate.graph.variables
    session = Session(rate.graph)
    feeds = {rate: SURFACES[surface].rates.get(method, 0), steepness: STEEPNESS}
    met = [session.run([x, y, fetches[0]], feeds)[:2] for _ in range(steps + 1)]
    return numpy.array(met)


def still(alt, _):
    """The four in the long valley, after 25 steps."""

    def paint(axes):
        x0, x1, y0, y1 = SURFACES["valley"].box
        x, y = numpy.meshgrid(numpy.linspace(x0, x1, 61), numpy.linspace(y0, y1, 41))
        height = numpy.round(valley(x, y, STEEPNESS), 3)
        levels = valley(0, numpy.linspace(0.5, 2.5, 5), STEEPNESS)
        axes.contour(x, y, height, levels, colors="#8888", linewidths=0.7)
        colors = (RED, BLUE, GREEN, "#000000")
        for method, color, mark in zip(METHODS, colors, "osvD"):
            way = path("valley", method, 25).round(3)
            axes.plot(*way.T, f"{mark}-", color=color, markersize=3, label=method)
        axes.set(xlabel="x", ylabel="y", aspect="equal")
        axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=4)

    return labelled(plotted("descent", 6.4, 4.4, paint), alt, "plot")
