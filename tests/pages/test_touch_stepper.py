"""One step, by hand: its numbers, where each comes from, and the line that computes it.

The expected values are those that a session computes.
"""

import html
import itertools
import math
import re

import numpy as np
import pytest
from check import ROOT, needing

import main as xor
from mixins.shapes import show_shape
from session import Session

with needing("latex2mathml", "pycco", "pygraphviz"):
    from weave.book import Book
    from weave.live import stepper

PAGE = "step.html"
WALK = stepper.Walk()
STEPS = WALK.steps
LEAVES = {leaf.name: leaf for leaf in WALK.leaves}
# The number of a step, by the tensor that it's about.
NUMBER = {step[-1].name: number for number, step in enumerate(STEPS, 1)}

# Enough for the four digits that are shown.
CLOSE = 0.00005 + 1e-9


def values(changes=(), rate=xor.LEARNING_RATE):
    """All tensors by name, and the loss after the step; `changes` are new leaves."""
    feeds = {leaf: np.array(leaf.initial_value) for leaf in WALK.leaves}
    feeds |= {LEAVES[name]: value for name, value in dict(changes).items()}
    session = Session(WALK.loss.graph)
    found = session.run(WALK.fetches, feeds | dict.fromkeys(WALK.rates, rate))
    data = {x: feeds[x] for x in WALK.leaves if x.kind == "constant"}
    named = {leaf.name: value for leaf, value in feeds.items()}
    named |= {x.name: value for x, value in zip(WALK.fetches, found)}
    return named, session.run(WALK.loss, data)


START, AFTER = values()


def number(text):
    return float(text.replace("−", "-"))


@pytest.fixture
def page(open_page):
    return open_page(PAGE)


@pytest.fixture
def figure(page):
    return page.locator("#live-stepper")


def go(figure, name):
    """Go to the step that computes a tensor."""
    slider(figure, "Step").fill(str(NUMBER[name]))


def slider(figure, name):
    return figure.get_by_role("slider", name=name)


def press(figure, name):
    figure.get_by_role("button", name=name, exact=True).click()


def field(figure, label):
    return figure.get_by_role("textbox", name=label, exact=True)


def cell(figure, place):
    return figure.locator(".output td").nth(place)


def said(figure):
    return figure.locator(".panel > .said").inner_text().replace("\xa0", " ")


def listed(figure):
    """The numbers and the texts of the lines that are shown."""
    lines = figure.locator(".listing p:has(a:text-matches('^line'))").all()
    return [
        (int(x.locator("a").inner_text().split()[1]), x.locator("code").inner_text())
        for x in lines
    ]


MATRICES = """(box) => [...box.querySelectorAll("td")].map((cell) => [
  cell.dataset.tensor, Number(cell.dataset.place),
  cell.querySelector("input")?.value ?? cell.textContent,
])"""


def matrices(figure, kind):
    """The numbers of the matrices of one kind, "inputs" or "output", by tensor."""
    found = {}
    for name, place, text in figure.locator(f".{kind}").evaluate(MATRICES):
        found.setdefault(name, []).append(number(text))
        assert len(found[name]) == place + 1
    return found


def check_step(figure, index, expected=START):
    """The step with that number is shown, with the box that is lit, and its values."""
    *_, tensor = STEPS[index - 1]
    current = figure.locator(f'.node.current[data-tensor="{tensor.name}"]')
    assert current.count() == 1
    counter = figure.locator("strong").first.inner_text()
    assert counter == f"Step {index} of {len(STEPS)}"
    inputs, output = matrices(figure, "inputs"), matrices(figure, "output")
    assert tensor.name in output
    for name, shown in [*inputs.items(), *output.items()]:
        np.testing.assert_allclose(shown, np.ravel(expected[name]), 0, CLOSE)
    assert figure.locator("math").count() >= 1
    return inputs.keys() | output.keys()


# ## From step to step


def test_it_goes_through_all_steps_by_keys(page, figure):
    names = set()
    for index in range(1, len(STEPS) + 1):
        names |= check_step(figure, index)
        page.keyboard.press("ArrowRight")
    assert {x.name for x in WALK.leaves} < names
    check_step(figure, len(STEPS))
    page.keyboard.press("ArrowLeft")
    check_step(figure, len(STEPS) - 1)
    page.keyboard.press("Home")
    check_step(figure, 1)
    page.keyboard.press("End")
    check_step(figure, len(STEPS))


def test_it_goes_by_its_slider_and_its_buttons(page, figure):
    steps = slider(figure, "Step")
    steps.fill("20")
    check_step(figure, 20)
    assert steps.get_attribute("aria-valuetext") == "∂loss/∂bias1"
    steps.press("ArrowRight")
    check_step(figure, 21)
    press(figure, "← Back")
    check_step(figure, 20)
    press(figure, "Next →")
    check_step(figure, 21)


def test_a_button_that_is_disabled_hands_the_focus_to_the_slider(page, figure):
    steps = slider(figure, "Step")
    end = len(STEPS)
    for button, last, before in (("Next →", end, end - 1), ("← Back", 1, 2)):
        steps.fill(str(before))
        press(figure, button)
        check_step(figure, last)
        assert figure.get_by_role("button", name=button, exact=True).is_disabled()
        assert page.evaluate("document.activeElement.type") == "range"


def test_a_phase_is_marked_below_the_slider_and_leads_to_its_first_step(page, figure):
    for name, first, after in (
        ("Forward", "dot", "loss_by_loss"),
        ("Backward", "loss_by_loss", "assign"),
        ("Update", "assign", None),
    ):
        press(figure, name)
        check_step(figure, NUMBER[first])
        assert figure.locator("[aria-current=step]").inner_text() == name
        if after is None:
            page.keyboard.press("End")
        else:
            slider(figure, "Step").fill(str(NUMBER[after] - 1))
        assert figure.locator("[aria-current=step]").inner_text() == name
    # The bar begins where the knob is.
    bar = figure.get_by_role("button", name="Backward").bounding_box()
    track = slider(figure, "Step").bounding_box()
    steps = (bar["x"] - track["x"] - 8) / (track["width"] - 16) * (len(STEPS) - 1)
    assert steps + 1 == pytest.approx(NUMBER["loss_by_loss"] - 0.5, abs=0.1)


def test_it_goes_to_the_box_that_is_clicked(page, figure):
    names = [step[-1].name for step in STEPS]
    for name in ("hidden", "loss_by_hidden", names[-1], "X"):
        figure.locator(f'.node[data-tensor="{name}"]').click()
        check_step(figure, NUMBER[name])


def test_what_comes_later_is_pale_and_inputs_have_a_frame(page, figure):
    go(figure, "hidden")
    later = "(boxes) => boxes.map((box) => box.dataset.tensor)"
    pale = set(figure.locator(".node.later").evaluate_all(later))
    assert {"dot_1", "loss", "loss_by_loss", "constant_1"} < pale
    assert not pale & {"dot", "add", "hidden", *LEAVES}
    framed = figure.locator(".node.input").evaluate_all(later)
    assert framed == ["add"]


def test_a_step_can_be_linked_to(open_page):
    page = open_page(f"{PAGE}#step-24")
    figure = page.locator("#live-stepper")
    check_step(figure, 24)
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("#step-25")
    for asked, shown in ((7, 7), (99, len(STEPS))):
        page.evaluate(f"location.hash = '#step-{asked}'")
        figure.get_by_text(f"Step {shown} of").wait_for()
        check_step(figure, shown)


def test_it_plays(page, figure):
    page.clock.install()
    press(figure, "Play")
    page.clock.run_for(3100)
    check_step(figure, 3)
    press(figure, "Pause")
    page.clock.run_for(5000)
    check_step(figure, 3)
    slider(figure, "Step").fill(str(len(STEPS) - 1))
    press(figure, "Play")
    page.clock.run_for(5000)
    check_step(figure, len(STEPS))
    press(figure, "Play")
    check_step(figure, 1)


def test_without_a_script_there_is_the_graph_and_a_sentence(page, browser):
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(page.url)
    assert still.locator(".still svg.graph").is_visible()
    sentence = still.locator("noscript p").inner_text()
    assert sentence.startswith("This is the whole graph of the step.")
    assert sentence.endswith("For that, the page needs JavaScript.")
    assert still.get_by_role("button").count() == 0
    context.close()


# ## Numbers of your own


def test_the_page_computes_what_a_session_computes_to_the_last_digits(page):
    found = page.evaluate(
        """() => {
          const element = document.getElementById("live-stepper-data");
          const data = JSON.parse(element.textContent);
          const given = (name) => unpacked(data.leaves[name] || data.numbers[name]);
          const [values] = loaded(data.program).run(
            data.program.state.map(given), data.program.feeds.map(given));
          return data.fetches.map((name, i) => [name, values[i].data, values[i].shape]);
        }"""
    )
    assert [name for name, _, _ in found] == [x.name for x in WALK.fetches]
    for name, data, shape in found:
        assert tuple(shape) == np.shape(START[name])
        np.testing.assert_allclose(
            np.reshape(list(data), shape), START[name], 1e-12, 1e-14
        )


def outcome(figure):
    """The loss before, and after the step."""
    text = figure.locator(".edit .said").inner_text()
    return [float(x) for x in re.findall(r"\d+\.\d{4}", text)]


def test_what_you_change_changes_every_step_as_in_a_session(page, figure):
    rng = np.random.default_rng(0)
    changes = {}
    for name, leaf in LEAVES.items():
        changes[name] = value = rng.normal(size=leaf.dims).round(3)
        for place, x in enumerate(value.ravel()):
            spot = figure.locator(f'td[data-tensor="{name}"] input').nth(place)
            spot.fill(str(x))
    slider(figure, "learning rate").fill("2.5")
    expected, after = values(changes, 2.5)
    assert outcome(figure) == pytest.approx([expected["loss"], after], abs=CLOSE)
    for index in range(1, len(STEPS) + 1):
        check_step(figure, index, expected)
        page.keyboard.press("Tab") if index == 1 else None
        slider(figure, "Step").press("ArrowRight")


@pytest.mark.parametrize(
    "step, name, spot",
    [
        ("dot", "X", "X, row 3, column 2"),
        ("dot", "weights0", "weights0, row 2, column 3"),
        ("add", "bias0", "bias0, element 4"),
        ("dot_1", "weights1", "weights1, row 1"),
        ("add_1", "bias1", "bias1"),
        ("error", "targets", "targets, row 4"),
        ("weights1_T", "weights1", "weights1, row 2"),
        ("X_T", "X", "X, row 1, column 1"),
        ("assign", "weights0", "weights0, row 1, column 1"),
        ("assign_3", "bias1", "bias1"),
    ],
)
def test_a_leaf_can_be_changed_in_any_step_that_shows_it(figure, step, name, spot):
    go(figure, step)
    field(figure, spot).fill("−0.75")
    place = [int(x) - 1 for x in re.findall(r"\d+", spot.partition(",")[2])]
    changed = np.array(START[name], float)
    changed[tuple(place) + (0,) * (changed.ndim - len(place))] = -0.75
    expected, after = values({name: changed})
    check_step(figure, NUMBER[step], expected)
    assert outcome(figure) == pytest.approx([expected["loss"], after], abs=CLOSE)
    assert said(figure) == f"{spot} is −0.7500, and every step follows."
    assert figure.locator("td.changed").count() == 1


def test_only_leaves_can_be_changed(page, figure):
    for _ in STEPS:
        names = figure.locator("td:has(input)").evaluate_all(
            "(cells) => cells.map((cell) => cell.dataset.tensor)"
        )
        shown = figure.locator("td:not(:has(input))").evaluate_all(
            "(cells) => cells.map((cell) => cell.dataset.tensor)"
        )
        assert set(names) <= LEAVES.keys()
        assert not set(shown) & LEAVES.keys()
        page.keyboard.press("ArrowRight")


def test_you_can_type_a_number_digit_by_digit(page, figure):
    weight = field(figure, "weights0, row 1, column 1")
    weight.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("-1.25")
    assert weight.input_value() == "-1.25"
    changed = np.array(START["weights0"])
    changed[0, 0] = -1.25
    check_step(figure, 1, values({"weights0": changed})[0])
    page.keyboard.press("Tab")
    assert weight.input_value() == "−1.2500"
    check_step(figure, 1, values({"weights0": changed})[0])


def test_the_arrow_keys_nudge_a_number(page, figure):
    weight = field(figure, "weights1, row 2")
    weight.focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    changed = np.array(START["weights1"])
    changed[1, 0] += 0.2
    check_step(figure, 1, values({"weights1": changed})[0])
    page.keyboard.press("ArrowRight")
    check_step(figure, 1, values({"weights1": changed})[0])


@pytest.mark.parametrize("text", ["", "abc", "1,5", "1e9", "-1001", "--1", "NaN"])
def test_what_is_no_number_is_marked_and_said_and_changes_nothing(page, figure, text):
    target = field(figure, "targets, row 2")
    target.fill(text)
    assert target.get_attribute("aria-invalid") == "true"
    assert said(figure) == (
        f"targets, row 2 stays 1: “{text}” isn't a number from −1000 to 1000."
    )
    assert outcome(figure) == pytest.approx([START["loss"], AFTER], abs=CLOSE)
    page.keyboard.press("Tab")
    assert target.input_value() == "1"
    assert target.get_attribute("aria-invalid") == "false"
    check_step(figure, 1)
    target.fill("1000")
    assert target.get_attribute("aria-invalid") == "false"


def test_everything_can_be_as_it_was(page, figure):
    field(figure, "bias1").fill("3")
    field(figure, "X, row 1, column 1").fill("2")
    slider(figure, "learning rate").fill("7")
    press(figure, "As it was")
    assert said(figure) == "Everything is as it was."
    assert figure.locator("td.changed").count() == 0
    assert slider(figure, "learning rate").input_value() == "1"
    assert figure.locator(".edit .value").inner_text() == "1"
    for index in range(1, len(STEPS) + 1):
        check_step(figure, index)
        slider(figure, "Step").press("ArrowRight")


def test_the_loss_falls_further_with_the_rate_and_rises_again_as_the_page_says(figure):
    found = []
    for rate in ("0", "1", "6", "12"):
        slider(figure, "learning rate").fill(rate)
        before, after = outcome(figure)
        assert after == pytest.approx(values((), float(rate))[1], abs=CLOSE)
        found.append(after)
    assert found[0] == before > found[1] > found[2] < found[3]


def test_without_weights1_there_is_no_way_back_to_weights0_as_the_page_says():
    zeros = {"weights1": np.zeros((4, 1))}
    found, _ = values(zeros)
    assert not found["loss_by_weights0"].any() and found["loss_by_weights1"].any()
    found, _ = values({"weights1": found["assign_2"]})
    assert found["loss_by_weights0"].all()


def test_all_matrices_have_one_scale_of_colors(page, figure):
    def tint(name, place):
        cell = figure.locator(f'td[data-tensor="{name}"][data-place="{place}"]').first
        return cell.evaluate(
            "(cell) => [cell.style.getPropertyValue('--tint'),"
            " Number(cell.style.getPropertyValue('--share'))]"
        )

    largest = max(np.abs(x).max() for x in START.values())
    for step, name, place in (
        ("dot", "dot", 6),
        ("dot", "weights0", 4),
        ("loss_by_bias1", "loss_by_bias1", 0),
        ("hidden", "hidden", 3),
    ):
        go(figure, step)
        x = np.ravel(START[name])[place]
        color, share = tint(name, place)
        assert color == f"var(--{'negative' if x < 0 else 'positive'})"
        assert share == pytest.approx(math.sqrt(abs(x) / largest), abs=1e-6)
    # It stays when a number changes.
    go(figure, "dot")
    before = tint("weights0", 4)
    field(figure, "weights0, row 1, column 1").fill("100")
    assert tint("weights0", 4) == before
    assert tint("weights0", 0)[1] == 1


# ## Where a number comes from

LIT = """(figure) => [...figure.querySelectorAll(".output td")].map((cell) => {
  cell.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  const lit = [...figure.querySelectorAll("td.lit")];
  return [
    lit.map((x) => [x.dataset.tensor, Number(x.dataset.place)]),
    figure.querySelector(".panel > .said").textContent.replaceAll("\\u00a0", " "),
  ];
})"""


def operands(tensor):
    """The operands of a step as the framework computes it, and a function of them."""
    if tensor.kind == "assign":
        variable, gradient = tensor.op.inputs[0], stepper._step_of(tensor)[1]
        return [variable, gradient], lambda x, y: x - xor.LEARNING_RATE * y
    op = tensor.op
    if tensor.kind == "broadcast":
        return [op.inputs[0]], lambda x: op.compute(np, x, tensor.dims)
    return op.inputs, lambda *values: op.compute(np, *values)


def made_of(tensor):
    """For each element the places, by operand, of what changes it if it changes."""
    rng = np.random.default_rng(0)
    inputs, compute = operands(tensor)
    given = [rng.uniform(0.5, 1.5, x.dims) for x in inputs]
    before = np.ravel(compute(*given))
    found = [set() for _ in before]
    for i, x in enumerate(inputs):
        for place in range(given[i].size):
            moved = [np.array(value) for value in given]
            moved[i].ravel()[place] += 0.1
            for element in np.flatnonzero(np.ravel(compute(*moved)) != before):
                found[element].add((x.name, place))
    return found


def test_what_is_lit_is_what_changes_a_number(page, figure):
    for index, step in enumerate(STEPS, 1):
        slider(figure, "Step").fill(str(index))
        tensor = step[-1]
        if tensor.op is None:
            continue
        shown = matrices(figure, "inputs").keys()
        for place, (lit, _) in enumerate(figure.evaluate(LIT)):
            expected = {x for x in made_of(tensor)[place] if x[0] in shown}
            found = {tuple(x) for x in lit}
            assert found == expected | {(tensor.name, place)}


def test_the_arithmetic_of_every_number_is_right(page, figure):
    checked = 0
    for index, step in enumerate(STEPS, 1):
        slider(figure, "Step").fill(str(index))
        if step[-1].op is None or step[-1].kind in ("broadcast", "transpose"):
            continue
        for place, (_, text) in enumerate(figure.evaluate(LIT)):
            left, sign, right = re.split(" ([=≈]) ", text)
            left = left.replace("²", "**2").replace("·", "*").replace("−", "-")
            found = eval(left, {"exp": math.exp})
            value = np.ravel(START[step[-1].name])[place]
            assert number(right) == pytest.approx(value, abs=CLOSE)
            # Digits that aren't shown may add up.
            assert found == pytest.approx(value, abs=1e-9 if sign == "=" else 5e-4)
            checked += 1
    assert checked > 150


@pytest.mark.parametrize(
    "name, place, lit, text",
    [
        (
            "dot_1",
            1,
            [("hidden", i) for i in range(4, 8)] + [("weights1", i) for i in range(4)],
            "0.3692 · (−0.7037) + 0.5894 · (−1.2654) + 0.7865 · (−0.6233) + "
            "0.7205 · 0.0413 ≈ −1.4661",
        ),
        ("dot", 7, [("X", 2), ("X", 3)], "0 · 0.1049 + 1 · 0.9471 ≈ 0.9471"),
        ("add", 6, [("dot", 6), ("bias0", 2)], "1.3040 + 0 ≈ 1.3040"),
        ("add_1", 1, [("bias1", 0)], "−1.4661 + 0 ≈ −1.4661"),
        ("hidden", 4, [("add", 4)], "1 / (1 + exp(0.5357)) ≈ 0.3692"),
        ("error", 1, [("output", 1), ("targets", 1)], "0.1875 − 1 ≈ −0.8125"),
        ("square", 1, [("error", 1)], "(−0.8125)² ≈ 0.6601"),
        ("sum", 0, [("square", i) for i in range(4)], " ≈ 1.3720"),
        ("loss", 0, [("sum", 0)], "1.3720 / 4 ≈ 0.3430"),
        ("loss_by_sum", 0, [("loss_by_loss", 0)], "1 / 4 = 0.2500"),
        (
            "loss_by_square",
            2,
            [("loss_by_sum", 0)],
            "0.2500, the same number for each element",
        ),
        ("mul_1", 3, [("loss_by_square", 3)], "0.2500 · 2 = 0.5000"),
        ("sub", 0, [("output", 0)], "1 − 0.2183 ≈ 0.7817"),
        (
            "loss_by_bias1",
            0,
            [("loss_by_add_1", i) for i in range(4)],
            "0.0186 + (−0.0619) + (−0.0649) + 0.0136 ≈ −0.0946",
        ),
        (
            "loss_by_bias0",
            2,
            [("loss_by_add", i) for i in (2, 6, 10, 14)],
            " ≈ ",
        ),
        ("hidden_T", 1, [("hidden", 4)], "0.3692, from across the diagonal"),
        (
            "loss_by_weights0",
            6,
            [("X_T", i) for i in range(4, 8)]
            + [("loss_by_add", i) for i in (2, 6, 10, 14)],
            "0 · ",
        ),
        (
            "assign",
            5,
            [("weights0", 5), ("loss_by_weights0", 5)],
            "0.3616 − 1 · 0.0147 ≈ 0.3469",
        ),
    ],
)
def test_each_kind_of_operation_tells_its_arithmetic(figure, name, place, lit, text):
    go(figure, name)
    hint = figure.locator(".hint")
    assert hint.is_visible()
    cell(figure, place).hover()
    found = figure.locator(".inputs td.lit").evaluate_all(
        "(cells) => cells.map((x) => [x.dataset.tensor, Number(x.dataset.place)])"
    )
    assert {tuple(x) for x in found} >= set(lit)
    assert text in said(figure)
    assert not hint.is_visible()


def test_a_number_that_you_have_pointed_at_follows_what_you_change(page, figure):
    go(figure, "dot")
    cell(figure, 5).hover()
    field(figure, "weights0, row 2, column 2").fill("2")
    assert said(figure) == "0 · (−0.1321) + 1 · 2 ≈ 2"
    assert figure.locator(".inputs td.lit").count() == 4
    go(figure, "assign")
    cell(figure, 0).hover()
    slider(figure, "learning rate").fill("2.5")
    assert " − 2.5 · " in said(figure)
    page.mouse.move(0, 0)
    go(figure, "add")
    assert said(figure) == ""


def test_the_cells_of_a_result_can_be_walked_by_keys(page, figure):
    go(figure, "loss_by_hidden")
    grid = figure.get_by_role("grid", name="∂loss/∂hidden (4, 4)")
    assert grid.locator("[tabindex='0']").count() == 1
    slider(figure, "learning rate").focus()
    for _ in range(5):  # As it was, Guess first, the graph, the line, the result
        page.keyboard.press("Tab")
    expected = np.ravel(START["loss_by_hidden"])
    place = 0
    keys = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowUp"]
    for key, move in zip([None, *keys], [0, 1, 4, -1, -4, 0]):
        if key:
            page.keyboard.press(key)
        place += move
        assert number(said(figure).split("≈")[1]) == pytest.approx(
            expected[place], abs=CLOSE
        )
        assert grid.locator("[tabindex='0']").count() == 1
        assert grid.locator("td.lit").get_attribute("data-place") == str(place)
    check_step(figure, NUMBER["loss_by_hidden"])
    # The page doesn't scroll with it.
    handled = cell(figure, 0).evaluate(
        """(cell) => !cell.dispatchEvent(new KeyboardEvent(
          "keydown", { key: "ArrowDown", bubbles: true, cancelable: true }))"""
    )
    assert handled


# ## The line


def test_each_step_has_its_line_of_the_program_that_trains(page, figure):
    graph, *_, loss, update = xor.build()
    program = Session(graph).program([update, loss])
    text = program.source.splitlines()
    at = {value.tensor.name: n for n, value in program.values_at.items()}
    shown = set()
    for step in STEPS:
        lines = listed(figure)
        for n, line in lines:
            assert line == text[n - 1].strip()
        own = [at[x.name] for x in step if x.name in at]
        assert [n for n, _ in lines if n > 3] == own
        shown |= {n for n, _ in lines}
        page.keyboard.press("ArrowRight")
    assert shown == {1, 3, *at.values()}


@pytest.mark.parametrize("rate", ["0", "0.5", "2", "20"])
def test_another_learning_rate_writes_the_lines_that_a_session_writes(
    figure, monkeypatch, rate
):
    monkeypatch.setattr(xor, "LEARNING_RATE", float(rate))
    graph, *_, loss, update = xor.build()
    text = Session(graph).program([update, loss]).source.splitlines()
    slider(figure, "learning rate").fill(rate)
    found = []
    for assign in WALK.assigns:
        go(figure, assign.name)
        lines = listed(figure)
        assert all(line == text[n - 1].strip() for n, line in lines)
        found += [n for n, _ in lines]
        assert "unchanged" not in figure.locator(".listing").inner_text()
    assert found == list(range(28, 36)) and len(text) == 36
    boxes = [figure.locator(f'.node[data-tensor="{x.name}"] text') for x in WALK.rates]
    assert [box.inner_html() for box in boxes] == [rate] * 4
    go(figure, "add")
    assert listed(figure) == [(5, "add = dot + bias0")]


@pytest.mark.parametrize(
    "name, rules, words",
    [
        ("loss_by_loss", [], "it's a constant"),
        ("loss_by_sum", ["fold"], "its inputs are constants"),
        ("loss_by_square", ["repeat"], "one number, 0.25, stand for all"),
        ("mul_1", ["fold", "repeat"], "computed one number, 0.5,"),
        ("X_T", ["fold"], "The first line only names it"),
        ("assign", ["unchanged"], "dropped the product"),
    ],
)
def test_a_tensor_without_a_line_is_told_by_the_rule_that_took_it(
    page, figure, name, rules, words
):
    go(figure, name)
    told = figure.locator(".listing > p").last
    assert told.locator("a code").all_inner_texts() == rules
    assert words in told.inner_text()
    for link in told.locator("a").all():
        href = link.get_attribute("href")
        assert href.startswith("compiler_simplify.html#Simplifier.")
    assert name == "assign" or "No line computes it" in told.inner_text()


# ## Guess first


def spot(text, shape):
    """The index of the element that a question is about."""
    found = re.match(r"Take (?:row (\d+)(?:, column (\d+))?|element (\d+)) of", text)
    if not found:
        return (0,) * len(shape)
    numbers = [int(x) - 1 for x in found.groups() if x]
    return tuple(numbers) + (0,) * (len(shape) - len(numbers))


def right_answer(tensor, text):
    value = START[tensor.name]
    if text.startswith("Which shape"):
        return show_shape(tensor.dims)
    x = np.asarray(value)[spot(text, np.shape(value))]
    if "positive or negative" in text:
        return "positive" if x > 0 else "negative"
    if "larger or smaller" in text:
        before = START[tensor.op.inputs[0].name][spot(text, np.shape(value))]
        return "larger" if x > before else "smaller"
    assert text.endswith("Which number is it?")
    return str(int(x)) if x == int(x) else f"{x:.4f}".replace("-", "−")


def test_you_can_guess_every_step(page, figure):
    press(figure, "Guess first")
    assert "you guess first" in said(figure)
    won = asked = 0
    kinds = set()
    for index, step in enumerate(STEPS[1:], 2):
        page.keyboard.press("ArrowRight")
        assert figure.locator(".output td").count() == 0
        assert not figure.locator(".edit .said").is_visible()
        for label in figure.locator(".node.current .shape").all():
            assert not label.is_visible()
        text = figure.locator(".asked").inner_text()
        kinds.add(text.split(".")[-1].split()[0] if "." in text else "shape")
        answer = right_answer(step[-1], text)
        choices = figure.locator(".output button").all_inner_texts()
        assert 2 <= len(choices) <= 3 and len(set(choices)) == len(choices)
        assert choices.count(answer) == 1
        guess = answer if index % 3 else next(x for x in choices if x != answer)
        won, asked = won + (guess == answer), asked + 1
        press(figure, guess)
        verdict = f"Right: {answer}." if guess == answer else f"No, it's {answer}."
        assert figure.locator(".asked").inner_text() == verdict
        score = figure.locator(".score").inner_text()
        assert score == f"right so far: {won} of {asked}"
        check_step(figure, index)
        focused = page.evaluate("document.activeElement.textContent")
        assert focused == ("Next →" if index < len(STEPS) else "")
    assert kinds == {"shape", "Is", "Which"}
    # What's been guessed is shown.
    slider(figure, "Step").fill("5")
    check_step(figure, 5)
    press(figure, "Guess first")
    assert figure.locator(".score").inner_text() == ""
    assert figure.locator(".edit .said").is_visible()
    # Another time it's asked again.
    press(figure, "Guess first")
    assert figure.locator(".asked").inner_text() == "Which shape does dot_1 have?"


def test_a_question_is_about_numbers_that_you_see(figure):
    go(figure, "loss_by_hidden")
    cell(figure, 5).hover()
    press(figure, "Guess first")
    assert figure.locator("td.lit").count() == 0
    go(figure, "loss_by_add_1")
    lit = figure.locator(".inputs td.lit")
    assert lit.count() == 2
    row = spot(figure.locator(".asked").inner_text(), (4, 1))[0]
    assert {x.get_attribute("data-place") for x in lit.all()} == {str(row)}
    go(figure, "loss_by_bias1")
    assert lit.count() == 0


def test_a_question_follows_what_you_change(figure):
    press(figure, "Guess first")
    go(figure, "add_1")
    field(figure, "bias1").fill("500")
    press(figure, "positive")
    assert figure.locator(".asked").inner_text() == "Right: positive."


def test_where_nothing_can_be_guessed_the_values_are_shown(figure):
    for row in range(1, 5):
        field(figure, f"weights1, row {row}").fill("0")
    press(figure, "Guess first")
    go(figure, "mul_3")
    assert matrices(figure, "output")["mul_3"] == [0] * 16
    assert figure.locator(".asked").inner_text() == ""


def test_playing_ends_the_guessing(figure):
    go(figure, "hidden")
    press(figure, "Guess first")
    toggle = figure.get_by_role("button", name="Guess first")
    assert toggle.get_attribute("aria-pressed") == "true"
    press(figure, "Play")
    assert toggle.get_attribute("aria-pressed") == "false"
    assert figure.locator(".output td").count()
    press(figure, "Guess first")
    assert figure.get_by_role("button", name="Play", exact=True).count() == 1


# ## On a phone


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_fits_on_a_phone(open_page, scheme):
    page = open_page(PAGE, width=390, scheme=scheme)
    figure = page.locator("#live-stepper")
    for guessing in (False, True):
        page.keyboard.press("Home")
        for _ in STEPS:
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            page.keyboard.press("ArrowRight")
        if not guessing:
            press(figure, "Guess first")
    for button in figure.get_by_role("button").all():
        box = button.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24


def test_on_a_phone_the_buttons_stay_and_cover_no_field(open_page):
    page = open_page(PAGE, width=390)
    figure = page.locator("#live-stepper")
    last = field(figure, "weights0, row 2, column 4")
    last.focus()
    forth = figure.get_by_role("button", name="Next →").bounding_box()
    assert 0 <= forth["y"] < 40
    walk = figure.locator(".walk").bounding_box()
    for _ in range(28):
        page.keyboard.press("Shift+Tab")
        box = page.evaluate_handle("document.activeElement").bounding_box()
        assert box["y"] >= walk["y"] + walk["height"]
    assert walk["height"] < 120
    go(figure, "dot")
    for covered in (cell(figure, 0), field(figure, "X, row 1, column 1")):
        page.evaluate("document.activeElement.blur()")
        covered.evaluate("(x) => scrollBy(0, x.getBoundingClientRect().y - 30)")
        assert covered.bounding_box()["y"] == pytest.approx(30, abs=1)
        covered.focus()
        assert covered.bounding_box()["y"] >= walk["y"] + walk["height"]


# ## What stands beside the numbers


@pytest.fixture(scope="module")
def data():
    book = Book(ROOT)
    book.page = next(page for page in book.pages if page.file == PAGE)
    return stepper.data(book)


def test_gradients_are_called_by_what_they_are(figure, data):
    figure.locator('.node[data-tensor="loss_by_hidden"]').click()
    assert "∂loss/∂hidden" in figure.locator(".output").inner_text()
    assert all("_by_" not in step["label"] for step in data["steps"])


def test_each_step_says_what_it_does(data):
    for step in data["steps"]:
        assert len(step["words"]) > 10
        assert step["formula"].startswith("<math")


@pytest.mark.parametrize(
    "tensor, formula, words",
    [
        ("X", r"\mathrm{X} \in \mathbb{R}^{4 \times 2}", "start from the data"),
        ("dot", r"\mathrm{dot} = \mathrm{X}\,\mathrm{weights0}", "Each row of"),
        (
            "hidden",
            r"\mathrm{hidden} = \sigma(\mathrm{add}) = \frac{1}{1 + e^{-\mathrm{add}}}",
            "squashed",
        ),
        ("sub", r"1 - \mathrm{output}", "the other factor"),
        (
            "loss_by_hidden",
            r"\frac{\partial \mathrm{loss}}{\partial \mathrm{hidden}} = "
            r"\frac{\partial \mathrm{loss}}{\partial \mathrm{add\_1}}"
            r"\,\mathrm{weights1}^T",
            "goes back through the weights",
        ),
        (
            "loss_by_bias0",
            r"\frac{\partial \mathrm{loss}}{\partial \mathrm{bias0}} = "
            r"\sum_{\text{rows}} "
            r"\frac{\partial \mathrm{loss}}{\partial \mathrm{add}}",
            "every row sends back a share",
        ),
        (
            "assign",
            r"\mathrm{weights0} \leftarrow \mathrm{weights0} - \eta \cdot "
            r"\frac{\partial \mathrm{loss}}{\partial \mathrm{weights0}}",
            "takes this value",
        ),
    ],
)
def test_a_step_has_its_formula_and_its_words(data, tensor, formula, words):
    (step,) = [step for step in data["steps"] if step["tensors"][-1] == tensor]
    latex = html.unescape(re.search(r'alttext="([^"]*)"', step["formula"])[1])
    assert latex == formula
    assert words in step["words"]


def test_every_tensor_is_shown_once(data):
    shown = list(itertools.chain(*(step["tensors"] for step in data["steps"])))
    assert len(shown) == len(set(shown)) == len(LEAVES) + len(WALK.fetches)
