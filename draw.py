# # What does a graph look like?
#
# You can read a program for an hour, or look at its picture for ten seconds.
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> x = graph.placeholder((2,), name="x")
# >>> y = graph.sum(graph.exp(x), name="y")
# >>> picture = graph.draw([y, *graph.gradients(y, [x])])
#
# ![Down: x to exp to the sum y. Up, beside it: from 1, broadcast, to the gradient by
# x.](weave:drawing "Ink is what you wrote; orange is what was derived.")
#
# `picture.save("y.svg")` writes it to a file, and a notebook shows it by itself.
#
# Boxes with round corners are operations, each with its sign above the name of its
# output.  Boxes with square corners are *leaves*, which no operation makes: constants,
# placeholders (dashed) and variables (bold).  The lines are tensors, with their shapes
# where they begin.  A dotted line carries no value; it comes from a control input.
#
# Everything that `Graph.gradients` made is orange.  It climbs from the result back to
# the leaves, beside what it's derived from.  The box ∂y/∂exp is the tensor that the
# program calls `y_by_exp`.
#
# Graphviz finds a place for each box and a path for each line, and we write the
# picture.


import collections
import html
import re
import unicodedata

from mixins.shapes import show_shape
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# We show an operation by its usual sign, if it has one.
_SIGNS = {
    **{"add": "+", "sub": "−", "mul": "×", "div": "÷", "neg": "−", "pow": "^"},
    **{"dot": "@", "matmul": "@", "sum": "Σ", "sigmoid": "σ", "square": "x²"},
    **{"sqrt": "√", "transpose": "T", "assign": "←", "abs": "|x|"},
    **{"less": "<", "greater": ">", "less_equal": "≤", "greater_equal": "≥"},
    **{"equal": "=", "getitem": "[ ]"},
}

_LINE, _MARGIN = 16, 8  # pixels


def _width(text):
    """Roughly the width of a text in pixels; too wide rather than too narrow."""
    return sum(
        13
        if unicodedata.east_asian_width(letter) in "WF"
        else 11
        if letter.isupper() or letter in "mw@%"
        else 7
        for letter in text
    )


def title(tensor):
    """The name of a tensor; for the gradient `loss_by_hidden`, ∂loss/∂hidden."""
    if tensor.gradient_of is None:
        return tensor.name
    y, x, consumer = tensor.gradient_of
    y = f"({title(y)})" if y.gradient_of else y.name
    via = "" if consumer is None else f" via {title(consumer)}"
    return f"∂{y}/∂{title(x)}{via}"


def sign(tensor):
    """The sign of the operation that makes a tensor, or its kind."""
    return _SIGNS.get(tensor.kind, tensor.kind)


class Drawing:
    """A picture of the operations that some tensors depend on.

    Args:
        tensors: what to draw, with everything it depends on.

    Attributes:
        svg: the picture as a complete SVG file.
        body: the same without its style sheet; the page around it must include `STYLE`.
            Each box has the name of its tensor as `data-tensor`.

    Raises:
        ImportError: pygraphviz is not installed.
    """

    def __init__(self, tensors):
        self.tensors = _shown(tensors)
        edges = _edges(self.tensors, _inputs)
        control = _edges(self.tensors, _control_inputs)
        boxes, paths, (width, height) = _layout(self.tensors, edges + control)
        parts = [
            _path(path, target, control=key >= len(edges))
            for key, (path, _, target) in enumerate(paths)
        ]
        # A shape goes on the side that the lines lean away from.
        self.leaning = collections.Counter()
        for path, source, _ in paths:
            self.leaning[source] += path[3][0] - path[0][0]
        parts += [self._box(tensor, *box) for tensor, box in boxes.items()]
        size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        inside = "\n".join(parts)
        tag = f'<svg xmlns="http://www.w3.org/2000/svg" class="graph" {size}>'
        self.svg = f"{tag}\n<style>{STYLE}</style>\n{inside}\n</svg>\n"
        self.body = f'<svg class="graph" {size}>\n{inside}\n</svg>'

    def save(self, path):
        """Write the picture to a file."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.svg)

    def _repr_svg_(self):
        return self.svg

    def _box(self, tensor, x, y, width, height):
        lines, kind = _lines(tensor), tensor.kind if tensor.op is None else "operation"
        derived = " derived" * _is_derived(tensor)
        name = html.escape(tensor.name)
        result = [
            f'<g class="node {kind}{derived}" data-tensor="{name}">',
            f"<title>{html.escape(repr(tensor)[8:-1])}</title>",
            f'<rect x="{x - width // 2}" y="{y - height // 2}" width="{width}" '
            f'height="{height}" rx="{0 if tensor.op is None else 9}"/>',
        ]
        top = y - _LINE * (len(lines) - 1) // 2 + 4
        for i, line in enumerate(lines):
            small = ' class="name"' if i else ""
            text = html.escape(line)
            result.append(f'<text x="{x}" y="{top + i * _LINE}"{small}>{text}</text>')
        if tensor.dtype is not None and not _is_number(tensor):
            # Beside the point where the lines begin.
            side = y - height // 2 - 5 if derived else y + height // 2 + 12
            shape = show_shape(tensor.dims)
            left = self.leaning[tensor] > 0
            place = f'class="shape{" left" * left}" x="{x - 5 if left else x + 5}"'
            result.append(f'<text {place} y="{side}">{shape}</text>')
        return "".join([*result, "</g>"])


def _is_derived(tensor):
    return tensor.derived_from is not None


def _is_number(tensor):
    return tensor.kind == "constant" and tensor.dims == ()


def _shown(tensors):
    """`tensors` and everything they depend on, except shapes; oldest first."""
    found, waiting = set(), list(tensors)
    while waiting:
        tensor = waiting.pop()
        if tensor not in found:
            found.add(tensor)
            waiting += (*_inputs(tensor), *_control_inputs(tensor))
    return sorted(found, key=lambda tensor: tensor.index)


def _inputs(tensor):
    """The inputs to draw.

    A shape is written beside the line instead, and an assigned variable in the box.
    """
    if tensor.op is None:
        return ()
    if tensor.kind == "assign":
        return tensor.op.inputs[1:]
    shapes = (1,) if tensor.kind == "fit" else tensor.op.sizes
    return tuple(x for i, x in enumerate(tensor.op.inputs) if i not in shapes)


def _control_inputs(tensor):
    """The control inputs to draw: those that we don't reach through an input."""
    if tensor.op is None:
        return []
    inputs, control = tensor.op.inputs, tensor.op.control_inputs
    shown = {*inputs}.union(*(x.op.control_inputs for x in inputs if x.op))
    return [x for x in dict.fromkeys(control) if x not in shown]


def _edges(tensors, inputs):
    """Pairs (input, output), one for each of the `inputs` of each tensor."""
    return [(x, tensor) for tensor in tensors for x in inputs(tensor)]


def _lines(tensor):
    """The one or two lines in a box; no names like "mul_21" in a gradient."""
    automatic = re.sub(r"_\d+$", "", tensor.name) == tensor.kind
    automatic = automatic and tensor.gradient_of is None
    if _is_number(tensor):
        value = tensor.initial_value
        value = f"{value:g}" if tensor.dtype.kind == "f" else str(value)
        return [value] if automatic else [value, title(tensor)]
    if tensor.op is None:
        return [tensor.name]
    if tensor.kind == "assign":
        return [sign(tensor), tensor.op.inputs[0].name]
    if automatic and _is_derived(tensor):
        return [sign(tensor)]
    if automatic and tensor.kind not in _SIGNS:
        return [tensor.name]
    return [sign(tensor), title(tensor)]


# ## The same picture on every machine {#layout}
#
# Graphviz would measure the texts in whatever fonts your machine has, and your picture
# would differ from ours.  So we hand it empty boxes, and size them by counting letters.
#
# And we tell it a white lie.  We reverse each line between two derived tensors, and
# lines from the forward pass to derived tensors get no say in what's above what.  So
# the gradient climbs beside the operations that it belongs to.


def _layout(tensors, edges):
    """Each tensor's box (x, y, width, height), the paths, and the picture's size."""
    try:
        import pygraphviz
    except ImportError:
        raise ImportError(
            "to draw a graph, install pygraphviz: pip install pygraphviz"
        ) from None
    # The shapes beside the boxes need room.
    widest = max(_width(show_shape(tensor.dims)) * 3 // 4 for tensor in tensors)
    left = max(_MARGIN, widest - 10)
    picture = pygraphviz.AGraph(
        directed=True, strict=False, nodesep=max(0.3, (widest - 20) / 72), ranksep=0.42
    )
    sizes, names = {}, {tensor: f"n{i}" for i, tensor in enumerate(tensors)}
    for tensor in tensors:
        lines = _lines(tensor)
        sizes[tensor] = (
            max(*map(_width, lines), 18) // 2 * 2 + 2 * _MARGIN,
            len(lines) * _LINE + _MARGIN,
        )
        width, height = sizes[tensor]
        picture.add_node(
            names[tensor],
            **{"label": "", "shape": "box", "fixedsize": "true"},
            **{"width": width / 72, "height": height / 72},
        )
    for key, (source, target) in enumerate(edges):
        if _is_back(source, target):
            picture.add_edge(names[target], names[source], key, dir="back")
        else:
            aside = _is_derived(target)
            picture.add_edge(names[source], names[target], key, constraint=not aside)
    picture.layout(prog="dot")
    *_, width, height = (round(float(x)) for x in picture.graph_attr["bb"].split(","))
    boxes = {}
    for tensor in tensors:
        x, y = map(float, picture.get_node(names[tensor]).attr["pos"].split(","))
        boxes[tensor] = (round(x) + left, height - round(y) + 16, *sizes[tensor])
    paths = []
    for key, (source, target) in enumerate(edges):
        back = _is_back(source, target)
        ends = (target, source) if back else (source, target)
        edge = picture.get_edge(*(names[end] for end in ends), key)
        points = _points(edge.attr["pos"], left, height)
        paths.append((points[::-1] if back else points, source, target))
    return boxes, paths, (width + left + widest, height + 34)


def _is_back(source, target):
    """Whether we hand Graphviz the line reversed."""
    return _is_derived(source) and _is_derived(target)


def _points(position, left, height):
    """The points of a path; the tip of the arrow comes first or last."""
    start, end, points = [], [], []
    for part in position.split():
        *letter, x, y = part.split(",")
        place = {"s": start, "e": end}[letter[0]] if letter else points
        place.append((round(float(x)) + left, height - round(float(y)) + 16))
    return start + points + end


def _path(points, target, control):
    """The SVG of a line that ends in an arrow; dotted for a control input."""
    *_, (x0, y0), (x1, y1) = points
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1)
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    base = (round(x1 - 8 * dx), round(y1 - 8 * dy))
    corners = [
        (x1, y1),
        (round(x1 - 8 * dx - 3 * dy), round(y1 - 8 * dy + 3 * dx)),
        (round(x1 - 8 * dx + 3 * dy), round(y1 - 8 * dy - 3 * dx)),
    ]
    head, *curve = points[:-1]
    classes = "to" + " derived" * _is_derived(target) + " control" * control
    marks = f'class="{classes}"'
    marks += f' data-to="{html.escape(target.name)}"'
    return (
        f'<path {marks} d="M{_pairs([head])} C{_pairs(curve)} L{_pairs([base])}"/>'
        f'<polygon {marks} points="{_pairs(corners)}"/>'
    )


def _pairs(points):
    return " ".join(f"{x},{y}" for x, y in points)


# ## What it looks like
#
# In light mode and in dark, all text has a contrast of at least 4.5 to 1.

STYLE = """
.graph { font: 13px system-ui, sans-serif; background: #fff; }
.graph text { text-anchor: middle; fill: #1c1f24; }
.graph .shape {
  text-anchor: start; font-size: 11px; fill: #5b6472;
  paint-order: stroke; stroke: #fff; stroke-width: 4px;
}
.graph .shape.left { text-anchor: end; }
.graph .name { font-size: 11px; fill: #434b57; }
.graph rect { fill: #f4f6f9; stroke: #5b6472; stroke-width: 1.2; }
.graph .constant rect { fill: #fff; }
.graph .placeholder rect { fill: #fff; stroke-dasharray: 4 3; }
.graph .variable rect { fill: #fff; stroke-width: 2.6; }
.graph .derived rect { fill: #fdf0e3; stroke: #a8560f; }
.graph path { fill: none; stroke: #5b6472; stroke-width: 1.2; }
.graph path.control { stroke-dasharray: 2 4; }
.graph polygon { fill: #5b6472; }
.graph path.derived { stroke: #a8560f; }
.graph polygon.derived { fill: #a8560f; }
@media (prefers-color-scheme: dark) {
  .graph { background: #16191d; }
  .graph text { fill: #e6e8eb; }
  .graph .shape, .graph .name { fill: #b3bac4; }
  .graph .shape { stroke: #16191d; }
  .graph rect { fill: #262b33; stroke: #98a1ae; }
  .graph .constant rect, .graph .placeholder rect, .graph .variable rect {
    fill: #16191d;
  }
  .graph .derived rect { fill: #3a2a18; stroke: #e39a52; }
  .graph path { stroke: #98a1ae; }
  .graph polygon { fill: #98a1ae; }
  .graph path.derived { stroke: #e39a52; }
  .graph polygon.derived { fill: #e39a52; }
}
"""
