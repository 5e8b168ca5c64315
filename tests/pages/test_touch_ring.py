"""Machines in a ring: what each has after each round, and what each sends."""

import numpy as np
import pytest

from course.part8_attention import Transformer
from course.part9_machines import ring


@pytest.fixture
def figure(open_page):
    return open_page("part9_machines.html").locator("#live-ring")


def state(figure):
    """A row for each machine, with its pieces."""
    rows = figure.locator(".pieces tr").all()[1:]
    return [list(map(int, row.locator("td").all_inner_texts())) for row in rows]


def press(figure, name):
    figure.get_by_role("button", name=name).click()


@pytest.mark.parametrize("machines", [2, 3, 4, 8])
def test_each_round_is_that_of_the_chapter(figure, machines):
    figure.get_by_label("machines").fill(str(machines))
    at_first = state(figure)
    sums, _, rounds = ring(list(np.array(at_first)))
    for expected in rounds:
        press(figure, "Next round")
        assert state(figure) == [[piece.item() for piece in row] for row in expected]
    assert figure.get_by_role("button", name="Next round").is_disabled()
    assert state(figure) == [total.tolist() for total in sums]
    assert "All machines have the sum of all." in figure.locator(".said").inner_text()


@pytest.mark.parametrize("machines", [2, 5, 8])
def test_a_machine_sends_what_the_chapter_counts(figure, machines):
    figure.get_by_label("machines").fill(str(machines))
    _, sent, _ = ring([np.ones(machines)] * machines)
    way, _, gradients, size, rounds = (
        figure.locator(".axes tr").nth(1).locator("th, td").all_inner_texts()
    )
    assert way == "in a ring"
    assert float(gradients) == pytest.approx(sent / machines, abs=5e-4)
    model = Transformer(np.random.default_rng(0))
    values = model.session.run(model.parameters)
    kilobytes = sum(value.nbytes for value in values) * sent / machines / 1000
    assert float(size.removesuffix(" kB").replace(",", "")) == round(kilobytes)
    assert int(rounds) == 2 * (machines - 1)


def test_a_piece_tells_whose_numbers_are_in_it(figure):
    press(figure, "Next round")
    arrived = figure.locator(".pieces td.arrived")
    assert arrived.count() == 4
    assert arrived.first.get_attribute("title") == "from machines 0, 3"
    press(figure, "To the end")
    titles = figure.locator(".pieces td.whole").evaluate_all("x => x.map(y => y.title)")
    assert titles == ["from machines 0, 1, 2, 3"] * 16


def test_half_way_each_machine_has_one_complete_piece(figure):
    for _ in range(3):
        press(figure, "Next round")
    rows = figure.locator(".pieces tr").all()[1:]
    assert [row.locator("td.whole").count() for row in rows] == [1, 1, 1, 1]
    assert "Each machine has one complete piece" in figure.locator(".said").inner_text()


def test_rounds_go_back_by_keyboard(figure):
    at_first = state(figure)
    press(figure, "Next round")
    assert state(figure) != at_first
    figure.get_by_role("button", name="Back").focus()
    figure.page.keyboard.press("Enter")
    assert state(figure) == at_first


def test_the_ring_says_what_is_sent_next(figure):
    label = figure.locator("svg").get_attribute("aria-label")
    assert label.startswith("The ring; next, machine 0 sends piece 0, machine 1 sends")
