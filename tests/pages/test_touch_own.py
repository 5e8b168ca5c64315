"""A line that you type: its graph, gradient, program and numbers."""

import numpy as np
import pytest

from session import Session
from weave.live import cases


@pytest.fixture
def figure(open_page):
    return open_page("line.html").locator("#live-own")


def program(figure):
    return "\n".join(figure.locator(".listing code").all_text_contents()).rstrip()


def table(figure):
    """For each variable the gradient, and the numerical one, as text."""
    rows = figure.locator(".axes tr").all()[1:]
    return {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts()
        for row in rows
    }


def test_a_typed_line_becomes_the_program_that_python_writes(figure):
    text = "h = exp(a) * b\ny = h / (h + a)"
    figure.get_by_label("or type your own").fill(text)
    figure.get_by_label("a =", exact=True).fill("0.5")
    figure.get_by_label("b =", exact=True).fill("2")
    y, variables = cases.build(text, {"a": 0.5, "b": 2.0})
    fetches = [y, *y.graph.gradients(y, variables)]
    assert program(figure) == Session(y.graph).program(fetches).source.rstrip()
    _, *gradients = Session(y.graph).run(fetches)
    for name, gradient in zip("ab", gradients):
        shown, numerically = table(figure)[f"by {name}"]
        assert float(shown.replace("−", "-")) == pytest.approx(gradient, rel=1e-4)
        assert float(numerically.replace("−", "-")) == pytest.approx(gradient, rel=1e-4)


def test_all_examples_agree_with_the_numerical_gradient(figure):
    options = figure.get_by_role("combobox").locator("option").all_inner_texts()
    for option in options:
        figure.get_by_role("combobox").select_option(option)
        rows = table(figure)
        assert rows
        for gradient, numerically in rows.values():
            pairs = [
                np.array(eval(text.replace("−", "-")))
                for text in (gradient, numerically)
            ]
            np.testing.assert_allclose(*pairs, atol=1e-4)


def test_the_graph_shows_the_gradient_of_each_value(figure):
    figure.get_by_role("combobox").select_option("a value used twice")
    boxes = figure.locator("svg.graph g")
    texts = [box.locator("text").all_text_contents() for box in boxes.all()]
    assert texts == [["a", "3", "24"], ["b: +", "6", "12"], ["y: ·", "36", "1"]]


def test_a_slider_moves_every_number_and_is_not_announced(figure):
    figure.get_by_role("combobox").select_option("a power")
    before = figure.locator(".said").inner_text()
    figure.get_by_label("slide x").fill("-3")
    assert figure.get_by_label("x =", exact=True).input_value() == "-3"
    assert table(figure)["by x"] == ["27", "27"]
    assert figure.locator(".said").inner_text() == before


def test_a_wrong_line_says_why_and_keeps_what_was_there(figure):
    before = program(figure)
    lines = figure.get_by_label("or type your own")
    lines.fill("y = sin(a)")
    said = figure.locator(".said").inner_text()
    assert said.startswith("this page has no sin; it has exp")
    assert lines.get_attribute("aria-invalid") == "true"
    assert program(figure) == before


@pytest.mark.parametrize("text", ["", "[1, [2]]", "[]", "one", "[[1, 2], [3]]"])
def test_a_wrong_value_says_what_one_is(figure, text):
    figure.get_by_label("a =", exact=True).fill(text)
    said = figure.locator(".said").inner_text()
    assert said.startswith("a is a number, or up to 36 in brackets")


def test_a_vector_changes_the_shape_of_what_follows(figure):
    figure.get_by_label("a =", exact=True).fill("[1, 2]")
    figure.get_by_label("b =", exact=True).fill("[3, 4, 5]")
    assert "mul of 'a' (2,), 'b' (3,)" in figure.locator(".said").inner_text()
    figure.get_by_label("b =", exact=True).fill("3")
    assert "sum" in program(figure)
