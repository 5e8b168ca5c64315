"""XOR in the page: it trains as main.py does, and shows what a mistake does."""

import numpy as np
import pytest

import main as xor
from session import Session
from weave.live.xor import MISTAKES

FIGURE = "#live-xor"


@pytest.fixture
def figure(open_page):
    return open_page("main.html").locator(FIGURE)


@pytest.fixture
def press(figure):
    return lambda name: figure.get_by_role("button", name=name, exact=True).click()


def shown(figure):
    """The step, and its loss."""
    words = figure.locator(".counter").inner_text().replace(",", "").split()
    return int(words[1]), float(words[3])


def wrong(figure):
    """The parameters whose gradient the figure calls wrong."""
    return figure.locator(".verdict tr.wrong th").all_inner_texts()


def losses(steps):
    graph, _, _, _, loss, update = xor.build()
    session = Session(graph)
    return [session.run([update, loss])[1] for _ in range(steps)]


def test_a_step_in_the_page_has_the_loss_of_a_step_of_main(figure, press):
    for number, expected in enumerate(losses(5), 1):
        press("One step")
        step, loss = shown(figure)
        assert step == number
        assert loss == pytest.approx(expected, abs=1e-6)


def test_it_learns_until_it_is_paused(figure, press):
    figure.get_by_label("speed").select_option("full")
    press("Train")
    figure.page.wait_for_function(
        "() => /step (\\d{2,}|[3-9]),/.test("
        f"document.querySelector('{FIGURE} .counter').textContent)",
        timeout=60_000,
    )
    press("Pause")
    step, loss = shown(figure)
    assert step >= 3_000
    assert loss < 0.05
    figure.page.wait_for_timeout(200)
    assert shown(figure) == (step, loss)


def test_the_derived_gradient_agrees_with_a_nudge(figure, press):
    press("One step")
    rows = figure.locator(".verdict tr").all_inner_texts()[1:]
    assert len(rows) == 4
    assert not wrong(figure)


@pytest.mark.parametrize(
    "mistake, parameters",
    [
        ("rows", ["bias1"]),
        ("share", ["weights0", "bias0", "weights1", "bias1"]),
        ("place", ["weights0", "bias0"]),
        ("layers", []),
        ("none", []),
    ],
)
def test_a_mistake_makes_just_these_gradients_wrong(figure, press, mistake, parameters):
    figure.get_by_label("Break the gradient").select_option(mistake)
    press("One step")
    assert wrong(figure) == parameters
    assert figure.locator("tr.edited").count() == (mistake in MISTAKES)


def test_a_line_that_you_change_runs(figure, press):
    line = figure.get_by_label("Line 18")
    line.fill("    loss_by_bias1 = 0 * loss_by_add_1.sum(axis=0)")
    press("One step")
    assert wrong(figure) == ["bias1"]
    assert "runs as you wrote it" in figure.locator(".said").inner_text()


def test_a_line_that_cannot_run_is_refused_and_the_old_one_runs_on(figure, press):
    figure.get_by_label("Line 18").fill("    loss_by_bias1 = nothing")
    assert "Line 18 doesn't run yet" in figure.locator(".said").inner_text()
    press("One step")
    assert not wrong(figure)


def test_a_line_shows_its_value_to_the_keyboard_as_well(figure):
    graph, _, _, output, _, _ = xor.build()
    figure.get_by_label("Line 9").focus()
    values = figure.locator(".values td").all_inner_texts()
    expected = Session(graph).run(output)[:, 0]
    assert np.allclose([float(x) for x in values], expected, atol=1e-4)


def test_the_next_line_goes_through_the_program_and_ends_the_step(figure, press):
    for _ in range(3):
        press("Next line")
    assert "hidden = " in figure.locator("tr.current").inner_text()
    press("One step")
    assert figure.locator("tr.current").count() == 0
    assert shown(figure)[0] == 2


def test_a_point_changes_its_target_and_more_points_can_be_made(figure, press):
    _, before = shown(figure)
    figure.get_by_role("button", name="1, 1 → 0").click()
    assert figure.get_by_role("button", name="1, 1 → 1").count() == 1
    assert shown(figure)[1] != before
    figure.locator("canvas").first.click(position={"x": 150, "y": 150})
    assert figure.locator(".points button").count() == 5 + 2
    press("One step")
    assert not wrong(figure)


@pytest.mark.parametrize("units", [1, 8])
def test_other_numbers_of_hidden_units_train_too(figure, press, units):
    figure.get_by_label("hidden units").fill(str(units))
    press("One step")
    assert not wrong(figure)
