"""Two shapes, broadcast: what is repeated, and what the gradient sums."""

import numpy as np
import pytest

from graph import Graph
from session import Session


@pytest.fixture
def figure(open_page):
    return open_page("gradients.html").locator("#live-broadcasting")


def choose(figure, a, b):
    for name, shape in (("shape of a", a), ("shape of b", b)):
        figure.get_by_label(name).fill(", ".join(map(str, shape)))


def shown(figure, name):
    """The numbers of the table with that name."""
    table = figure.locator("figure").filter(
        has=figure.page.locator("figcaption code").get_by_text(name, exact=True)
    )
    return [float(x) for x in table.locator("td").all_inner_texts()]


def counting(shape):
    return np.arange(1.0, np.prod(shape, dtype=int) + 1).reshape(shape)


SHAPES = [((2, 3), (3,)), ((3, 1), (1, 4)), ((2, 2, 3), (2, 1)), ((3,), ())]


@pytest.mark.parametrize("a, b", SHAPES)
def test_sum_and_gradients_are_those_of_the_framework(figure, a, b):
    graph = Graph()
    x, y = graph.variable(counting(a)), graph.variable(10 * counting(b))
    total = x + y
    G = graph.constant(counting(total.shape))
    values = Session(graph).run([total, *graph.gradients(total, [x, y], G)])
    choose(figure, a, b)
    for name, value in zip(["a + b", "gradient of a", "gradient of b"], values):
        assert shown(figure, name) == np.ravel(value).tolist()


@pytest.mark.parametrize("a, b", SHAPES)
def test_what_is_repeated_is_dashed(figure, a, b):
    choose(figure, a, b)
    ghosts = figure.locator("td.ghost").count()
    total = np.prod(np.broadcast_shapes(a, b), dtype=int)
    assert ghosts == 2 * total - np.prod(a, dtype=int) - np.prod(b, dtype=int)


def test_shapes_that_do_not_fit_are_refused_at_their_axis(figure):
    choose(figure, (2, 3), (2,))
    assert figure.locator(".axes strong").inner_text() == "refused"
    assert "don't fit" in figure.locator(".said").inner_text()
    assert figure.locator(".values").count() == 0


@pytest.mark.parametrize("text", ["2, x", "5", "1, 1, 1, 1", "0"])
def test_what_is_no_shape_is_told(figure, text):
    figure.get_by_label("shape of a").fill(text)
    assert "up to three sizes" in figure.locator(".said").inner_text()


def test_the_focus_on_a_cell_spells_its_shares_out(figure):
    choose(figure, (2, 3), (3,))
    figure.locator("td[data-b='1'][tabindex]").first.focus()
    said = figure.locator(".said").inner_text()
    assert said == "Used 2 times: its gradient is 2 + 5 = 7."
    assert figure.locator("td.lit").count() == 2 + 2 + 2 + 1
