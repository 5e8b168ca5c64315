"""The compiler, rule by rule: true programs, the same numbers, and what has changed."""

from itertools import pairwise

import numpy as np
import pytest

from session import Session
from weave.live import passes

TITLES = list(passes.PROGRAMS)


@pytest.fixture(scope="module", params=TITLES)
def stages(request):
    return passes.stages(passes.PROGRAMS[request.param])


def results(stage):
    return [x for part in stage["values"] for x in part if x is not None]


def texts(stage, tensor=None):
    return [x["text"] for x in stage["lines"] if tensor in (None, x["tensor"])]


@pytest.mark.parametrize("title", TITLES)
def test_the_last_stage_is_what_a_session_runs(title):
    build = passes.PROGRAMS[title]
    graph, fetches, feeds = build()
    source = Session(graph).program(fetches, feeds).source
    assert passes.stages(build)[-1]["source"] == source


def test_all_stages_compute_the_same_to_the_last_bit(stages):
    expected = results(stages[-1])
    for stage in stages:
        for value, right in zip(results(stage), expected, strict=True):
            np.testing.assert_array_equal(value, right)


def test_at_first_each_operation_has_a_line(stages):
    first = [line for line in stages[0]["lines"] if line["name"]]
    assert len({line["tensor"] for line in first}) == len(first)
    assert all(len(later["lines"]) <= len(stages[0]["lines"]) for later in stages)


def test_each_line_that_goes_is_told_why(stages):
    for before, after in pairwise(stages):
        kept = {line["tensor"] for line in after["lines"]}
        gone = {line["tensor"] for line in before["lines"]} - kept
        assert gone <= set(after["told"])


# ## What the rules say of these programs


def stage(title, rule):
    return passes.stages(passes.PROGRAMS[title])[list(passes.RULES).index(rule)]


@pytest.mark.parametrize(
    "title, rule, tensor, text",
    [
        (TITLES[0], "fold", "loss_by_sum", "It's 0.25."),
        (TITLES[0], "skip", "mul_4", "It's just loss_by_weights0."),
        (TITLES[0], "repeat", "mul_1", "Where it's used, 0.5 will do."),
        (TITLES[2], "skip", "sub", "It's just a."),
        (TITLES[2], "share", "mul_2", "We have it already: mul."),
        (TITLES[3], "drop", "equal_1", "No line reads it."),
    ],
)
def test_a_rule_tells_what_it_did(title, rule, tensor, text):
    assert stage(title, rule)["told"][tensor] == text


def test_alive_is_what_is_given_and_what_is_still_read():
    lines = stage("the example above", "drop")["lines"]
    # Two vectors are fed; then one product is alive, or it and a sum; then the result.
    assert [line["alive"] for line in lines] == [48, 72, 96, 72, 72]


def test_a_transpose_takes_no_bytes():
    lines = stage(TITLES[0], "drop")["lines"]
    at = next(i for i, line in enumerate(lines) if line["tensor"] == "weights1_T")
    assert lines[at]["alive"] == lines[at - 1]["alive"]


# ## The figure


@pytest.fixture
def figure(open_page):
    return open_page("compiler_simplify.html").locator("#live-passes")


def press(figure, number):
    figure.locator(".rules button").nth(number).click()


def test_the_figure_shows_each_stage(figure):
    for title in TITLES:
        figure.get_by_role("combobox").select_option(title)
        for i, expected in enumerate(passes.stages(passes.PROGRAMS[title])):
            press(figure, i)
            rows = figure.locator("tr:not(.gone)")
            assert rows.locator("code").all_text_contents() == texts(expected)
            alive = [line["alive"] for line in expected["lines"]]
            shown = rows.locator(".alive").all_text_contents()
            assert [int(text.removeprefix("peak ")) for text in shown] == alive
            assert shown[alive.index(max(alive))].startswith("peak ")
            named = sum(line["name"] is not None for line in expected["lines"])
            said = figure.locator(".said").inner_text()
            assert f"{named} lines" in said or "nothing to do" in said


def test_what_has_gone_is_struck_out_with_its_reason(figure):
    press(figure, 2)
    gone = figure.locator("tr.gone").first
    assert gone.locator("del").inner_text() == "mul_4 = 1 * loss_by_weights0"
    assert gone.locator(".told").inner_text() == "It's just loss_by_weights0."
    changed = figure.locator("tr.changed").first
    assert changed.locator("code").inner_text().startswith("new_weights0 = weights0 -")
    assert changed.locator(".told").inner_text() == "It reads what has changed."


def test_a_line_lights_what_it_reads_and_what_reads_it(figure):
    figure.get_by_role("combobox").select_option("the example above")
    press(figure, 5)
    figure.locator("tr", has_text="add = mul + 6").hover()
    lit = {
        kind: figure.locator(f"tr.{kind} code").all_text_contents()
        for kind in ("read", "reads")
    }
    assert lit == {"read": ["mul = a * b"], "reads": ["add_1 = add + mul"]}


def test_arrow_keys_go_from_line_to_line(figure):
    figure.get_by_role("region", name="The program, line by line").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        figure.page.keyboard.press(key)
    chosen = figure.locator("tr.chosen code")
    assert chosen.all_text_contents() == ["dot = X.dot(weights0)"]
    assert figure.locator(".said").inner_text().startswith("dot = X.dot(weights0)")
