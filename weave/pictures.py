"""What the program makes for its own pages: drawings, plots, a listing.

Prose asks for them as for pictures, `![alternative text](weave:xor)`.
"""

import csv
import functools
import pathlib
import re
from html import escape
from xml.etree import ElementTree

import numpy

import main as xor
from course.plot import DARK, plotted
from graph import Graph
from session import Session
from weave import figures, front, speed
from weave.live import stepper
from weave.live.figures import MAKERS as LIVE
from weave.markup import labelled, table

# ## Graphs


def _affine():
    graph = Graph()
    x = graph.placeholder((2,), name="x")
    A = graph.constant([[1, 0], [0, -1]], name="A")
    b = graph.constant([1, 1], name="b")
    return graph.draw(graph.add(A @ x, b, name="z"))


def _xor():
    graph, _, _, _, loss, _ = xor.build()
    return graph.draw(loss)


def _xor_gradient():
    graph, _, _, _, loss, update = xor.build()
    return graph.draw([loss, *stepper.gradients(update)])


def _xor_step():
    walk = stepper.Walk()
    return walk.loss.graph.draw([walk.loss, *walk.assigns])


def _two_paths():
    graph = Graph()
    a = graph.variable(1.0, name="a")
    b = graph.exp(a, name="b")
    c = graph.tanh(b, name="c")
    return graph.draw(graph.add(b, graph.tanh(c, name="d"), name="y"))


def _ladder():
    graph = Graph()
    x = graph.variable(1.0, name="x0")
    for i in range(1, 5):
        x = graph.add(x, x, name=f"x{i}")
    return graph.draw(x)


def _product():
    graph = Graph()
    x = graph.variable(3.0, name="x")
    y = graph.mul(x, graph.square(x, name="s"), name="y")
    return graph.draw([y, *graph.gradients(y, [x])])


def _drawing():
    graph = Graph()
    x = graph.placeholder((2,), name="x")
    y = graph.sum(graph.exp(x), name="y")
    return graph.draw([y, *graph.gradients(y, [x])])


def _drawn(make, kind=""):
    def figure(alt, _):
        return labelled(make().body, alt, kind)

    return figure


SVG = "{http://www.w3.org/2000/svg}"


def saved(path, alt):
    """A picture that a chapter has saved, with its alternative text, as a figure.

    Raises:
        ValueError: there is none, or it is no SVG file that can stand in a page.
    """
    try:
        svg = path.read_text("utf-8")
        root = ElementTree.fromstring(svg)
    except OSError as error:
        reason = f"{error.strerror}; its chapter draws it"
        raise ValueError(f"the picture {path.name}: {reason}") from None
    except (ElementTree.ParseError, UnicodeDecodeError) as error:
        raise ValueError(f"the picture {path.name} is broken: {error}") from None
    names = {element.tag for element in root.iter()}
    if root.tag != SVG + "svg" or SVG + "script" in names:
        raise ValueError(f"the picture {path.name} is no SVG, or has a script")
    if not re.match(r"\d", root.get("width", "")):
        raise ValueError(f"the picture {path.name} has no width")
    svg = re.sub(r"<style.*?</style>\n?| xmlns=\"[^\"]*\"", "", svg, flags=re.DOTALL)
    return labelled(svg.strip(), alt, "" if 'class="graph"' in svg else "plot")


# ## Plots
#
# The last digits of a training depend on the processor, so we round what is drawn.


@functools.cache
def _training():
    """Steps, their losses, and the output on a grid of inputs after the last one."""
    graph, X, _, output, loss, update = xor.build()
    session = Session(graph)
    losses = [session.run([update, loss])[1] for _ in range(xor.STEPS)]
    side = numpy.linspace(-0.5, 1.5, 80)
    grid = numpy.stack(numpy.meshgrid(side, side), axis=-1).reshape(-1, 2)
    # The four examples are a constant of the graph, and any tensor can be fed.
    surface = [session.run(output, {X: part})[:, 0] for part in grid.reshape(-1, 4, 2)]
    return numpy.round(losses, 6), side, numpy.concatenate(surface).reshape(80, 80)


def _loss_plot(alt, _):
    losses, _, _ = _training()

    def paint(axes):
        steps = numpy.unique(numpy.geomspace(1, len(losses), 300).astype(int))
        axes.loglog(steps, losses[steps - 1], color="#2f7fd6", linewidth=1.8)
        axes.set_xlabel("step")
        axes.set_ylabel("loss")
        axes.grid(color="#8884", linewidth=0.6)

    return labelled(plotted("loss", 6, 3.1, paint), alt, "plot")


def _surface_plot(alt, _):
    _, side, surface = _training()

    def paint(axes):
        levels = numpy.linspace(0, 1, 11)
        rounded = numpy.round(surface, 4)
        filled = axes.contourf(side, side, rounded, levels, cmap="RdBu")
        for a in (0, 1):
            for b in (0, 1):
                axes.plot(a, b, "o" if a != b else "s", color=DARK, markersize=8)
                axes.plot(a, b, "o" if a != b else "s", color="#fff", markersize=5)
        axes.figure.colorbar(filled, ticks=levels[::2], label="output")
        axes.set(xlabel="first input", ylabel="second input", aspect="equal")
        axes.set(xticks=[-0.5, 0, 0.5, 1, 1.5], yticks=[-0.5, 0, 0.5, 1, 1.5])

    return labelled(plotted("surface", 5.4, 4.2, paint), alt, "plot")


# ## The derived program


def _program(alt, book):
    """The listing of XOR's training step, each line with what it came from."""
    graph, _, _, _, loss, update = xor.build()
    program = Session(graph).program([update, loss])
    rows = []
    for number, text in enumerate(program.source.splitlines(), 1):
        value, kind, source = program.values_at.get(number), "", ""
        derived = ""
        if value is not None:
            name = type(value.op).__name__
            kind = _link(book.find(name), name)
            forward = value.tensor.derived_from
            tensor = forward.output if forward else value.tensor
            line = tensor.line.rpartition(":")[2]
            source = _link(f"main.html#L{line}", f"main.py, line {line}")
            if forward:
                derived = ' class="derived"'
                source = f"derivative of <code>{escape(tensor.name)}</code>, {source}"
        rows.append(
            f"<tr{derived}><td><code>{escape(text)}</code></td>"
            f"<td>{kind}</td><td>{source}</td></tr>"
        )
    head = '<tr><th scope="col">line</th><th scope="col">operation</th>'
    head += '<th scope="col">comes from</th></tr>'
    body = "\n".join(rows)
    return (
        f'<figure class="wide"><table class="program" aria-label="{escape(alt)}">'
        f"<thead>{head}</thead><tbody>\n{body}\n</tbody></table></figure>"
    )


def _link(href, text):
    return f'<a href="{href}">{text}</a>'


# ## Names
#
# The table is a file beside `tf/names.py`, and a test looks its names up in the
# frameworks.

NAMES = pathlib.Path(__file__).parent.parent / "tf" / "names.csv"


def _names(alt, book):
    """What this project's names are called elsewhere."""
    head, *names = csv.reader(NAMES.read_text("utf-8").splitlines())
    rows = []
    for ours, *others in names:
        # `train.AdamOptimizer` is a class in `train.py`.
        href = book.find(ours) or book.find(ours.partition(".")[2])
        cells = [_link(href, _breakable(ours))]
        cells += [x if x == "–" else _breakable(x) for x in others]
        rows.append(cells)
    box = '<input class="filter" type="search" aria-label="Filter the table of names" '
    box += 'placeholder="Filter: permute, reduce_sum, SGD" hidden>'
    return f'<figure class="wide">{box}{table(head, rows, alt, "names")}</figure>'


def _breakable(name):
    """A name as code that may go on in the next line after a dot or an underscore."""
    broken = re.sub(r"([._])", r"\1<wbr>", escape(name))
    return f"<code>{broken}</code>"


MAKERS = {
    "affine": _drawn(_affine),
    "xor": _drawn(_xor),
    "xor-gradient": _drawn(_xor_gradient, "wide"),
    "xor-step": _drawn(_xor_step),
    "two-paths": _drawn(_two_paths),
    "ladder": _drawn(_ladder),
    "product": _drawn(_product),
    "drawing": _drawn(_drawing),
    "loss": _loss_plot,
    "surface": _surface_plot,
    "program": _program,
    "names": _names,
    **speed.MAKERS,
    **front.MAKERS,
    **figures.MAKERS,
    **LIVE,
}
