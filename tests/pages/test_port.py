"""The heart in JavaScript finds what Python finds, down to the text of programs."""

import json
import re

import numpy as np
import pytest
from check import ROOT

from compiler.simplify import RESERVED
from weave import live
from weave.live import cases

SCRIPTS = [*live.SCRIPTS, "heart.js", "simplify.js", "lines.js"]


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    for script in SCRIPTS:
        page.add_script_tag(path=live.FOLDER / script)
    page.add_script_tag(path=ROOT / "tests" / "port.js")
    yield page
    page.close()


def ported(page, asked):
    return page.evaluate(
        "([text, reserved]) => ported(JSON.parse(text), reserved)",
        [json.dumps(asked), sorted(RESERVED)],
    )


def apart(text):
    """A program without its numbers; and its numbers."""
    number = r"(?<![\w.])\d+\.?\d*(?:e[+-]\d+)?"
    return re.sub(number, "#", text), [float(x) for x in re.findall(number, text)]


def check(expected, found):
    assert apart(found["program"])[0] == apart(expected["program"])[0]
    # exp(0.5) is computed when the text is written, and may differ in its last digit.
    close(apart(expected["program"])[1], apart(found["program"])[1])
    wanted = [expected["value"], *expected["gradients"].values()]
    for array, value in zip(wanted, found["values"], strict=True):
        assert value["shape"] == array["shape"]
        if cases.is_finite(expected):
            close(array["data"], value["data"])


def close(expected, found):
    expected, found = (np.array([float(x) for x in part]) for part in (expected, found))
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("start", range(0, 2000, 250))
def test_random_lines_have_the_same_program_value_and_gradients(page, start):
    asked = [cases.random_case(10_000 + seed) for seed in range(start, start + 250)]
    # Most are numbers; where there is NaN, only the text must be the same.
    assert sum(map(cases.is_finite, asked)) > 125
    for expected, found in zip(asked, ported(page, asked), strict=True):
        check(expected, found)


def test_the_published_cases_are_solved_by_the_port(page):
    published = json.loads(cases.FILE.read_text("utf-8"))
    for expected, found in zip(published, ported(page, published), strict=True):
        assert found["program"] == expected["program"]
        check(expected, found)


def test_the_published_cases_are_what_python_finds():
    published = json.loads(cases.FILE.read_text("utf-8"))
    for kept, made in zip(published, cases.published(), strict=True):
        assert kept["program"] == made["program"]
        assert kept["leaves"] == made["leaves"]
        check(
            kept,
            {
                "program": made["program"],
                "values": [made["value"], *made["gradients"].values()],
            },
        )


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "write a line, such as y = a * b"),
        ("y = a +", "an operand is missing"),
        ("y = (a", "expected ')' before its end"),
        ("y = a b", "expected 'the end of the line' before 'b'"),
        ("y = a ^ 2", "Python writes a power as a ** b"),
        ("y = sin(a)", "this page has no sin; it has exp, log"),
        ("y = exp(a, b)", "exp takes 1, got 2"),
        ("y = lambda + 1", "lambda is one of Python's own words"),
        ("y = (a > 0) * a", "a comparison is true or false"),
        ("y = where(a, a, b)", "where chooses by a comparison"),
        ("y = a > 0", "a comparison has no derivative"),
        ("y = a @ b", "@ multiplies two matrices, got 'a' () and 'b' ()"),
        ("y = a // b", "this page has no floor_divide"),
        ("y = a.real", "this page knows .T, and no .real"),
        ("y = sum(a, axis=1)", "there is no axis 1"),
    ],
)
def test_a_wrong_line_is_told_what_is_wrong(page, text, message):
    assert message in page.evaluate("text => refused(text)", text)


def test_shapes_that_do_not_fit_are_named(page):
    leaves = {"a": [1, 2], "b": [1, 2, 3]}
    found = page.evaluate("([text, x]) => refused(text, x)", ["y = a + b", leaves])
    assert found.startswith("add of 'a' (2,), 'b' (3,): from the right, sizes must be")
