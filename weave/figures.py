"""Figures of arrays: what an operation does with each element, and its gradient.

Every number in them is what a session has computed.
"""

from html import escape

import numpy as np

from graph import Graph
from session import Session
from train import AdamOptimizer, GradientDescentOptimizer, MomentumOptimizer
from weave.front import StationOp
from weave.markup import labelled

CELL = 44  # the width of a cell, in pixels; it is 26 high
HIGH = 26


class Sheet:
    """A drawing of arrays, arrows and words."""

    def __init__(self, width, height):
        self.width, self.height, self.parts = width, height, []

    def array(self, values, x, y, label="", lit=None, ghost=None):
        """A matrix of numbers with its upper left corner at (x, y).

        `lit` and `ghost` are arrays of truth values: which cells stand out, and which
        are copies.
        """
        values = np.atleast_2d(values)
        lit, ghost = (
            np.zeros(values.shape, bool) if mask is None else np.atleast_2d(mask)
            for mask in (lit, ghost)
        )
        for (i, j), value in np.ndenumerate(values):
            kind = "lit" * int(lit[i, j]) + " ghost" * int(ghost[i, j])
            left, top = x + j * CELL, y + i * HIGH
            self.parts.append(
                f'<rect class="cell {kind}" x="{left}" y="{top}" width="{CELL}" '
                f'height="{HIGH}"/><text class="{kind}" x="{left + CELL // 2}" '
                f'y="{top + 18}">{value:g}</text>'
            )
        if label:
            self.text(label, x + values.shape[1] * CELL / 2, y - 8)

    def text(self, words, x, y, kind=""):
        """Words in the middle of x."""
        place = f'class="{kind}" x="{x:g}" y="{y:g}"'
        self.parts.append(f"<text {place}>{escape(words)}</text>")

    def arrow(self, x0, y0, x1, y1, derived=False):
        """An arrow along a row, or along a column."""
        dx, dy = np.sign(x1 - x0) * 8, np.sign(y1 - y0) * 8
        kind = ' class="derived"' * derived
        head = f"{x1},{y1} {x1 - dx - dy / 2:g},{y1 - dy - dx / 2:g}"
        head += f" {x1 - dx + dy / 2:g},{y1 - dy + dx / 2:g}"
        line = f"M{x0},{y0} L{x1 - dx:g},{y1 - dy:g}"
        self.parts.append(f'<path{kind} d="{line}"/><polygon{kind} points="{head}"/>')

    def svg(self):
        size = f'width="{self.width}" height="{self.height}"'
        box = f'viewBox="0 0 {self.width} {self.height}"'
        return f'<svg class="graph sheet" {size} {box}>{"".join(self.parts)}</svg>'


def _values(build):
    graph = Graph()
    return Session(graph).run(build(graph))


def _broadcast():
    def build(g):
        X = g.variable([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        b = g.variable([10.0, 20.0, 30.0])
        y = X + b
        weights = g.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        return [X, b, y, weights, *g.gradients(y, [b], weights)]

    X, b, y, incoming, gradient = _values(build)
    sheet = Sheet(560, 250)
    copies = np.broadcast_to(b, X.shape)
    sheet.array(X, 20, 30, "X (2, 3)")
    sheet.text("+", 168, 61)
    sheet.array(copies, 185, 30, "b (3,), repeated", ghost=[[False] * 3, [True] * 3])
    sheet.text("=", 333, 61)
    sheet.array(y, 350, 30, "X + b (2, 3)")
    sheet.arrow(416, 92, 416, 132, derived=True)
    sheet.array(incoming, 350, 150, "", lit=np.ones((2, 3), bool))
    sheet.text("what comes back, G", 416, 220, "name")
    sheet.arrow(340, 176, 322, 176, derived=True)
    sheet.array(gradient, 185, 163, "its sum over the rows", lit=np.ones((1, 3), bool))
    sheet.text("the gradient, (3,) like b", 251, 207, "name")
    return sheet.svg()


def _product():
    def build(g):
        A = g.variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        B = g.variable([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]])
        Y = A @ B
        G = g.constant([[1.0, 1.0, 1.0], [2.0, 1.0, 3.0], [1.0, 1.0, 1.0]])
        return [A, B, Y, G, *g.gradients(Y, [A], G)]

    A, B, Y, G, by_A = _values(build)
    element = np.zeros(A.shape, bool)
    element[1, 0] = True
    row = np.zeros(Y.shape, bool)
    row[1] = True
    sheet = Sheet(560, 300)
    sheet.array(A, 20, 50, "A", lit=element)
    sheet.array(B, 150, 63, "B", lit=[[True] * 3, [False] * 3])
    sheet.text("=", 303, 94)
    sheet.array(Y, 320, 50, "Y = A B", lit=row)
    sheet.text("one element of A, times a row of B, reaches one row of Y", 230, 150)
    sheet.array(G, 320, 190, "", lit=row)
    sheet.text("G", 470, 234)
    sheet.arrow(312, 229, 120, 229, derived=True)
    sheet.array(by_A, 20, 190, "", lit=element)
    a, b = G[1], B[0]
    terms = " + ".join(f"{x:g}·{y:g}" for x, y in zip(a, b))
    sheet.text(f"{terms} = {a @ b:g}", 215, 216)
    sheet.text("G Bᵀ, the gradient", 64, 288, "name")
    return sheet.svg()


def _reduce():
    def build(g):
        x = g.variable([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        y = g.sum(x, axis=1)
        G = g.constant([10.0, 20.0])
        return [x, y, G, *g.gradients(y, [x], G)]

    x, y, G, by_x = _values(build)
    sheet = Sheet(420, 220)
    sheet.array(x, 20, 30, "x (2, 3)")
    sheet.arrow(160, 56, 290, 56)
    sheet.text("sum over axis 1", 225, 48)
    sheet.array(y[:, None], 300, 30, "y (2,)")
    sheet.array(G[:, None], 300, 130, "", lit=[[True], [True]])
    sheet.text("G (2,)", 322, 205, "name")
    sheet.arrow(290, 156, 160, 156, derived=True)
    sheet.text("repeat along axis 1", 225, 148)
    ghost = [[False, True, True]] * 2
    sheet.array(by_x, 20, 130, "", lit=np.ones(x.shape, bool), ghost=ghost)
    sheet.text("the gradient, (2, 3) like x", 86, 205, "name")
    return sheet.svg()


def _gather():
    rows = [2, 0, 2]

    def build(g):
        x = g.variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        y = g.gather(x, rows)
        G = g.constant([[1.0, 1.0], [10.0, 10.0], [100.0, 100.0]])
        return [x, y, G, *g.gradients(y, [x], G)]

    x, y, G, by_x = _values(build)
    picked, twice = np.zeros(x.shape, bool), np.zeros(y.shape, bool)
    picked[2], twice[[0, 2]] = True, True
    sheet = Sheet(480, 270)
    sheet.array(x, 20, 30, "x", lit=picked)
    sheet.arrow(120, 69, 350, 69)
    sheet.text(f"rows {', '.join(map(str, rows))}", 235, 60)
    sheet.array(y, 360, 30, "y", lit=twice)
    sheet.array(G, 360, 150, "", lit=twice)
    sheet.text("G", 404, 248, "name")
    sheet.arrow(350, 189, 120, 189, derived=True)
    sheet.text("added to where they came from", 235, 180)
    sheet.array(by_x, 20, 150, "", lit=picked)
    sheet.text("the gradient", 64, 248, "name")
    return sheet.svg()


def _convolution():
    def build(g):
        image = np.array([[1.0, 2, 0, 1], [0, 1, 3, 0], [2, 0, 1, 2]])
        x = g.variable(image.reshape(1, 3, 4, 1))
        w = g.variable(np.array([[1.0, 10], [100, 1000]]).reshape(2, 2, 1, 1))
        y = g.conv2d(x, w, padding="VALID")
        G = g.constant(np.array([[1.0, 0, 0], [0, 0, 2]]).reshape(1, 2, 3, 1))
        return [x, w, y, G, *g.gradients(y, [x, w], G)]

    x, w, y, G, by_x, by_w = (np.squeeze(value) for value in _values(build))
    seen, place = np.zeros(x.shape, bool), np.zeros(y.shape, bool)
    seen[1:, 2:], place[1, 2] = True, True
    sheet = Sheet(560, 290)
    sheet.array(x, 20, 40, "x", lit=seen)
    sheet.text("·", 216, 84)
    sheet.array(w, 236, 53, "w", lit=np.ones((2, 2), bool))
    sheet.arrow(332, 79, 400, 79)
    sheet.array(y, 410, 53, "y", lit=place)
    sheet.array(G, 410, 180, "", lit=G != 0)
    sheet.text("G", 476, 256, "name")
    sheet.arrow(400, 206, 332, 206, derived=True)
    sheet.array(by_w, 236, 180)
    sheet.text("by w", 280, 256, "name")
    sheet.array(by_x, 20, 167, "", lit=by_x != 0)
    sheet.text("by x", 108, 270, "name")
    return sheet.svg()


def _snapshot():
    graph = Graph()
    a, b = graph.variable(1.0, name="a"), graph.variable(2.0, name="b")
    swap = graph.group([graph.assign(a, b), graph.assign(b, a)])
    session = Session(graph)
    before = session.run([a, b])
    session.run(swap)
    after = session.run([a, b])
    # What would come of it if each assignment landed at once.
    wrong = [before[1], before[1]]
    sheet = Sheet(520, 210)
    sheet.text("a", 42, 22)
    sheet.text("b", 86, 22)
    sheet.array(before, 20, 30)
    sheet.text("before the run", 64, 80, "name")
    sheet.arrow(120, 43, 300, 43)
    sheet.text("both read the snapshot", 212, 32)
    sheet.array(after, 310, 30, "", lit=[[True, True]])
    sheet.text("after it", 354, 80, "name")
    sheet.array(before, 20, 130)
    sheet.arrow(120, 143, 300, 143)
    sheet.text("one after the other", 212, 132)
    sheet.array(wrong, 310, 130, "", ghost=[[True, True]])
    sheet.text("a is lost", 354, 180, "name")
    return sheet.svg()


def _shards():
    def build(g):
        x = g.variable([[1.0], [2.0], [3.0], [4.0]])
        return [x, g.sum(x, axis=0)]

    x, total = _values(build)
    sheet = Sheet(520, 190)
    sheet.array(x, 20, 40, "a batch")
    for i, part in enumerate((x[:2], x[2:])):
        y = 25 + 75 * i
        sheet.arrow(75, y + 26, 170, y + 26)
        sheet.array(part, 180, y)
        sheet.text(f"device {i}", 260, y + 30)
        sheet.arrow(295, y + 26, 350, y + 26)
        sheet.array(part.sum(axis=0), 360, y + 13)
    sheet.array(total, 450, 75, "all-reduce", lit=[[True]])
    sheet.arrow(408, 51, 444, 51)
    sheet.arrow(408, 126, 444, 126)
    return sheet.svg()


def _edges():
    graph = Graph()
    a = graph.placeholder((2,), name="a")
    b = graph.variable([10.0, 20.0], name="b")
    return graph.draw(graph.add(a, b, name="c")).body


def _stream():
    graph, made = Graph(), {}
    parts = {
        "words": [],
        "each letter and place a vector": ["words"],
        "attention: what came before?": ["each letter and place a vector"],
        "stream + attention": [
            "each letter and place a vector",
            "attention: what came before?",
        ],
        "two layers: what to make of it?": ["stream + attention"],
        "stream + layers": ["stream + attention", "two layers: what to make of it?"],
        "the next letter": ["stream + layers"],
    }
    for name, needs in parts.items():
        inputs = [made[need] for need in needs]
        made[name] = StationOp(inputs, graph, name, kind=name).output
        made[name].dtype = None
    return graph.draw(made["the next letter"]).body


def _drawn(make):
    return lambda alt, _: labelled(make(), alt, "sheet")


# ## How optimizers go

VALLEY, START, STEPS = (1.0, 20.0), (-4.0, 0.6), 60


def paths():
    """For each optimizer the points that it comes to in a long valley."""
    found = {}
    for name, optimizer in {
        "gradient descent": GradientDescentOptimizer(0.04),
        "momentum": MomentumOptimizer(0.02, 0.8),
        "Adam": AdamOptimizer(0.25),
    }.items():
        graph = Graph()
        place = graph.variable(START)
        step = optimizer.minimize(graph.sum(graph.square(place) * VALLEY) / 2)
        session = Session(graph)
        path = [session.run(place)]
        for _ in range(STEPS):
            session.run(step)
            path.append(session.run(place))
        found[name] = np.round(path, 3)
    return found


def _optimizers(alt, _):
    from course.plot import BLUE, GREEN, RED, plotted

    def paint(axes):
        x, y = np.meshgrid(np.linspace(-4.5, 2, 80), np.linspace(-1, 1, 60))
        height = np.round((VALLEY[0] * x * x + VALLEY[1] * y * y) / 2, 3)
        axes.contour(
            x, y, height, [0.2, 1, 2, 4, 7, 11], colors="#8a929c", linewidths=0.7
        )
        for (name, path), color in zip(paths().items(), (RED, BLUE, GREEN)):
            axes.plot(
                *path.T, "o-", color=color, markersize=3, linewidth=0.8, label=name
            )
        axes.legend(frameon=False, fontsize=9, loc="lower right")
        axes.set(xticks=[], yticks=[])

    return labelled(plotted("optimizers", 6, 3, paint), alt, "plot")


MAKERS = {
    "sheet-broadcast": _drawn(_broadcast),
    "sheet-product": _drawn(_product),
    "sheet-reduce": _drawn(_reduce),
    "sheet-gather": _drawn(_gather),
    "sheet-convolution": _drawn(_convolution),
    "sheet-snapshot": _drawn(_snapshot),
    "sheet-shards": _drawn(_shards),
    "edges": _drawn(_edges),
    "stream": _drawn(_stream),
    "optimizers": _optimizers,
}
