"""The figures of the first page: three lines and their program, the ways, the map."""

from html import escape

from graph import Graph
from ops import BaseOp
from session import Session
from weave import contents
from weave.markup import labelled, table
from weave.prose import highlighted

# ## Three lines
#
# They are run as they are shown, and what stands beside them is what came of it.

LINES = """\
hidden = graph.sigmoid(X @ W, name="hidden")
loss = graph.mean(graph.square(hidden - targets), name="loss")
(loss_by_W,) = graph.gradients(loss, [W])
"""


def program():
    """The text of the program that the three lines become."""
    graph = Graph()
    names = {
        "graph": graph,
        "X": graph.placeholder((4, 2), name="X"),
        "W": graph.variable([[0.0], [0.0]], name="W"),
        "targets": graph.placeholder((4, 1), name="targets"),
    }
    exec(LINES, names)
    wanted = [names["loss"], names["loss_by_W"]]
    return str(Session(graph).program(wanted, [names["X"], names["targets"]]))


def _front(alt, _):
    yours, derived = highlighted(LINES), highlighted(program())
    return (
        f'<figure class="wide front" role="group" aria-label="{escape(alt)}">'
        f"<div><p>You write</p>{yours}</div>"
        f"<div><p>The framework derives, and writes</p>{derived}</div></figure>"
    )


# ## Ways


def _start(alt, book):
    """Three ways in, and the way to the code where that has an address."""
    first = book.group("The heart")[0]
    links = [
        (first.file, f"Start: train XOR, {book.minutes[first]} minutes"),
        ("step.html", "Walk through one step"),
        ("line.html", "Type a line of your own"),
    ]
    if contents.REPOSITORY:
        links.append((contents.REPOSITORY, "The code"))
    buttons = (f'<a class="button" href="{to}">{name}</a>' for to, name in links)
    return f'<p role="group" aria-label="{escape(alt)}">{" ".join(buttons)}</p>'


def _rows(book, pages):
    rows = []
    for page in pages:
        link = f'<a href="{page.file}">{escape(page.name)}</a>'
        rows.append([link, escape(page.about), f"{book.minutes[page]} min"])
    return rows


def _trail(alt, book):
    """The pages of the heart, each with its minutes, and the sum of them."""
    pages = [book.pages[0], *book.group("The heart")]
    minutes = sum(book.minutes[page] for page in pages)
    end = ["<b>You've now read a framework.</b>", "", f"<b>{minutes} min</b>"]
    rows = [*_rows(book, pages), end]
    return table(["page", "what it shows", "to read"], rows, alt, "trail")


WAYS = {
    "The course": ["Course", "Exercises"],
    "The rooms and the compiler": ["Rooms", "Compiler"],
    "The executors, and other frameworks": ["Executors", "Elsewhere"],
    "How these pages run it": ["Live"],
}

# What one looks things up in, and doesn't read from end to end.
REFERENCE = ("mixins/", "tf/", "draw.py")


def _ways(alt, book):
    rows = []
    for name, groups in WAYS.items():
        pages = [page for group in groups for page in book.group(group)]
        links = ", ".join(
            f'<a href="{page.file}">{escape(page.name)}</a>'
            for page in pages
            if page.source.split("/")[0] not in ("tf", "exercises", "mixins")
        )
        for group in ("Rooms", "Exercises"):
            if group in groups:
                first = book.group(group)[0]
                links += f', <a href="{first.file}">{group.lower()}</a>'
        minutes = sum(book.minutes[page] for page in pages)
        rows.append([f"<b>{name}</b>", links, f"{minutes / 60:.1f} h"])
    return table(["way", "pages", "to read"], rows, alt, "trail")


# ## A map, drawn as any graph is


class StationOp(BaseOp):
    """A part of the book: what it needs are its inputs."""

    def compute(self, np, *_):
        return None


MAP = {
    "XOR": [],
    "One step, by hand": ["XOR"],
    "Graph, Tensor": ["XOR"],
    "Operations": ["Graph, Tensor"],
    "Gradients": ["Operations", "One step, by hand"],
    "Session": ["Gradients"],
    "The program": ["Session"],
    "The course, from a sum to a transformer": ["The program"],
    "Exercises": ["The course, from a sum to a transformer"],
    "Rooms": ["The program"],
    "The compiler": ["The program"],
    "XLA, many machines": ["The compiler"],
}


def _map(alt, _):
    graph, made = Graph(), {}
    for name, needs in MAP.items():
        inputs = [made[need] for need in needs]
        made[name] = StationOp(inputs, graph, name, kind=name).output
        # A part of the book has no shape.
        made[name].dtype = None
    last = [made[name] for name in ("Exercises", "Rooms", "XLA, many machines")]
    return labelled(graph.draw(last).body, alt, "map")


MAKERS = {
    "front": _front,
    "start": _start,
    "trail": _trail,
    "ways": _ways,
    "map": _map,
}
