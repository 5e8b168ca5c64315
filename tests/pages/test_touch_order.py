"""Walks back through a graph: which shares come late, and how many turns it takes."""

import numpy as np
import pytest

from graph import Graph
from session import Session

WALKS = ["layers", "paths", "topological"]


@pytest.fixture
def figure(open_page):
    return open_page("gradients.html").locator("#live-order")


def choose(figure, graph, walk="topological", rungs=None):
    graphs, walks = figure.get_by_role("combobox").all()
    graphs.select_option(graph)
    walks.select_option(walk)
    if rungs:
        figure.get_by_label("rungs").fill(str(rungs))


def table(figure):
    """For each walk its turns, and the gradient that it finds."""
    rows = figure.locator(".counts tr").all()[1:]
    cells = [row.locator("td").all_inner_texts() for row in rows]
    return {
        walk: (int(turns.replace(",", "")), float(gradient.replace(",", "")))
        for walk, (turns, gradient) in zip(WALKS, cells)
    }


def expected(build, value):
    graph = Graph()
    x = graph.variable(value)
    return Session(graph).run(graph.gradients(build(graph, x), [x])[0])


def two_ways(g, a):
    b = g.exp(a)
    return b + g.tanh(g.tanh(b))


def squares(g, a):
    b = a + a
    return b * b


@pytest.mark.parametrize(
    "name, build, value", [("ways", two_ways, 1.0), ("squares", squares, 3.0)]
)
def test_the_topological_order_finds_the_gradient_of_the_framework(
    figure, name, build, value
):
    choose(figure, name)
    right = pytest.approx(expected(build, value), abs=5e-5)
    assert table(figure)["topological"][1] == right
    assert table(figure)["paths"][1] == right


def test_layer_order_loses_what_the_page_says(figure):
    choose(figure, "ways", "layers")
    assert table(figure)["layers"] == (5, 2.7183)
    figure.get_by_role("button", name="To the end").click()
    said = figure.locator(".said").inner_text()
    assert "This walk finds 2.7183. Right is 2.7383." in said
    detour = expected(lambda g, b: g.tanh(g.tanh(b)), np.e)
    assert figure.locator("text.late").text_content() == f"late: {detour:.4f}"


@pytest.mark.parametrize("rungs", [2, 12])
def test_a_ladder_has_a_path_for_each_choice_and_a_turn_for_each_rung(figure, rungs):
    choose(figure, "ladder", rungs=rungs)
    assert table(figure)["topological"] == (rungs + 1, 2**rungs)
    assert table(figure)["paths"] == (2 ** (rungs + 1) - 1, 2**rungs)


def test_turns_go_back_and_forth_by_keyboard(figure):
    choose(figure, "squares")
    figure.get_by_role("button", name="Next turn").focus()
    figure.page.keyboard.press("Enter")
    figure.page.keyboard.press("Enter")
    said = figure.locator(".said").inner_text()
    assert said == "Turn 2: b has 12, and hands on 12 to a, 12 to a."
    figure.get_by_role("button", name="Back").focus()
    figure.page.keyboard.press("Enter")
    assert figure.locator(".said").inner_text().startswith("Turn 1: c has 1, and")
