"""Pictures of graphs, drawn by the graphs themselves."""

import re
import sys
from xml.etree import ElementTree

import pytest
from check import needed

import draw
from graph import Graph

needed("pygraphviz")


def boxes(drawing):
    """For each box its tensor, and what is written there."""
    root = ElementTree.fromstring(drawing.svg)
    return {
        group.get("data-tensor"): [
            text.text for text in group if text.tag.endswith("text")
        ]
        for group in root
        if group.get("data-tensor")
    }


def arrows(drawing):
    return len(re.findall("<polygon", drawing.svg))


def test_a_box_for_each_tensor_and_a_line_for_each_input(graph):
    x = graph.placeholder((2,), name="x")
    A = graph.constant([[1, 0], [0, -1]], name="A")
    z = graph.add(A @ x, [1, 1], name="z")
    picture = graph.draw(z)
    assert boxes(picture) == {
        "x": ["x", "(2,)"],
        "A": ["A", "(2, 2)"],
        "dot": ["@", "dot", "(2,)"],
        "constant": ["constant", "(2,)"],
        "z": ["+", "z", "(2,)"],
    }
    assert arrows(picture) == 4


def test_an_input_that_is_used_twice_has_two_lines(graph):
    x = graph.variable(1.0, name="x")
    assert arrows(graph.draw(x + x)) == 2


@pytest.mark.parametrize("derived", [False, True])
def test_lines_go_from_the_box_of_the_input_to_that_of_the_output(graph, derived):
    x = graph.variable([1.0, 2.0], name="x")
    y = graph.sum(graph.sigmoid(x, name="s"), name="y")
    drawing = graph.draw(graph.gradients(y, [x]) if derived else y)
    root = ElementTree.fromstring(drawing.svg)
    frames = {}
    for group in root:
        if group.get("data-tensor"):
            (rect,) = [part for part in group if part.tag.endswith("rect")]
            numbers = [float(rect.get(key)) for key in ("x", "y", "width", "height")]
            frames[group.get("data-tensor")] = numbers

    def touches(name, point):
        left, top, width, height = frames[name]
        dx = max(left - point[0], point[0] - left - width, 0)
        dy = max(top - point[1], point[1] - top - height, 0)
        return dx + dy < 4

    by_name = {tensor.name: tensor for tensor in graph.tensors}
    paths = [part for part in root if part.tag.endswith("path")]
    heads = [part for part in root if part.tag.endswith("polygon")]
    assert len(paths) == len(heads) >= 2
    for path, head in zip(paths, heads):
        target = by_name[path.get("data-to")]
        start = [float(x) for x in path.get("d")[1:].split(" ")[0].split(",")]
        tip = [float(x) for x in head.get("points").split(" ")[0].split(",")]
        assert touches(target.name, tip)
        assert any(touches(x.name, start) for x in target.op.inputs if x.name in frames)
    # The loss is below what it is computed of, and the gradient climbs from it.
    if not derived:
        assert frames["x"][1] < frames["s"][1] < frames["y"][1]


def test_only_what_the_tensors_depend_on_is_drawn(graph):
    x = graph.variable(1.0, name="x")
    y = graph.exp(x, name="y")
    graph.exp(y, name="z")
    assert set(boxes(graph.draw(y))) == {"x", "y"}
    assert set(boxes(graph.draw([x, y]))) == {"x", "y"}
    assert set(boxes(graph.draw())) == {"x", "y", "z"}


def test_gradients_are_called_what_they_are(graph):
    x = graph.variable([1.0, 2.0], name="x")
    loss = graph.sum(graph.sigmoid(x, name="hidden"), name="loss")
    (first,) = graph.gradients(loss, [x])
    text = boxes(graph.draw(first))
    assert ["broadcast", "∂loss/∂hidden", "(2,)"] in text.values()
    assert ["×", "∂loss/∂x", "(2,)"] in text.values()
    assert "mul" not in str(text.values())
    (second,) = graph.gradients(first, [x])
    assert draw.title(second) == "∂(∂loss/∂x)/∂x"


def test_a_name_that_only_looks_like_a_gradient_stays(graph):
    x = graph.variable(1.0, name="size_by_weight")
    assert draw.title(x) == "size_by_weight"
    assert boxes(graph.draw(x)) == {"size_by_weight": ["size_by_weight", "()"]}


def test_names_with_by_and_via_in_them_stay_whole(graph):
    x = graph.variable(1.0, name="price_via_city")
    y = graph.mul(x, graph.exp(x), name="cost_by_day")
    (gradient,) = graph.gradients(y, [x])
    assert draw.title(gradient) == "∂cost_by_day/∂price_via_city"


def test_derived_tensors_are_drawn_in_another_colour(graph):
    x = graph.variable(1.0, name="x")
    (gradient,) = graph.gradients(graph.square(x), [x])
    svg = graph.draw(gradient).svg
    assert svg.count('class="node operation derived"') == 2
    assert svg.count('class="node variable"') == 1


def test_what_a_gradient_is_derived_from(graph):
    x = graph.variable(1.0, name="x")
    y = graph.tanh(graph.exp(x))
    (gradient,) = graph.gradients(y, [x])
    assert x.derived_from is None
    assert y.derived_from is None
    assert gradient.derived_from.kind == "exp"
    assert gradient.op.inputs[0].derived_from.kind == "tanh"


def test_wide_shapes_have_room(graph):
    a = graph.placeholder((32, 28, 28, 3), name="a")
    b = graph.placeholder((32, 28, 28, 3), name="b")
    root = ElementTree.fromstring(graph.draw(a + b).svg)
    places = [
        float(text.get("x")) * (-1 if "left" in text.get("class") else 1)
        for text in root.iter()
        if "shape" in text.get("class", "")
    ]
    # One is written to the left of its place, and two to the right; none is cut.
    assert min(abs(place) for place in places if place < 0) > 75
    assert max(places) < float(root.get("width")) - 75


def test_it_is_the_same_each_time(graph):
    x = graph.variable(1.0, name="x")
    for _ in range(10):
        x = graph.exp(x) * x
    assert graph.draw(x).svg == graph.draw(x).svg


def test_names_cannot_break_the_picture(graph):
    x = graph.variable(1.0, name='a<b & "c"')
    assert boxes(graph.draw(x)) == {'a<b & "c"': ['a<b & "c"', "()"]}


def test_it_shows_in_a_notebook_and_saves_to_a_file(graph, tmp_path):
    picture = graph.draw(graph.variable(1.0))
    assert picture._repr_svg_() == picture.svg
    picture.save(tmp_path / "x.svg")
    assert (tmp_path / "x.svg").read_text("utf-8") == picture.svg


def test_without_pygraphviz_the_error_says_what_to_install(graph, monkeypatch):
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    with pytest.raises(ImportError, match="pip install pygraphviz"):
        graph.draw(graph.variable(1.0))


def test_what_is_drawn_is_checked(graph):
    other = Graph().variable(1.0)
    with pytest.raises(ValueError, match="of another graph"):
        graph.draw(other)
    with pytest.raises(TypeError, match="tensors to draw, got int 1"):
        graph.draw([1])


def test_a_control_input_is_drawn_with_a_dashed_line_where_it_first_acts(graph):
    v, x = graph.variable(1.0, name="v"), graph.placeholder((), name="x")
    step = graph.assign(v, v + 1, name="step")
    with graph.control_dependencies([step]):
        y = graph.exp(graph.square(x, name="s"), name="y")
    svg = graph.draw([y]).svg
    assert svg.count('<path class="to control" data-to="s"') == 1
    assert svg.count('<path class="to control"') == 1
    assert "step" in svg
    assert "control" not in graph.draw([step]).body
