"""Programs in a page, over the NumPy of the page, answer as they do in Python."""

import dis
import json
import re
import shutil
import subprocess
import unittest.mock

import fuzz
import numpy as np
import pytest
from cases import CASES
from check import ROOT, Checked, missing, needing, refused

import main as xor
from compiler import tracing
from compiler.program import Program
from course import part5b_digits, part8_attention
from graph import Graph
from ops import BaseOp, ElementwiseOp
from session import Session
from tensor import FRAMEWORK
from weave import live

with needing("latex2mathml", "playwright"):
    from playwright.sync_api import sync_playwright

    from weave.photograph import chromium

SCRIPTS = [live.FOLDER / name for name in live.SCRIPTS] + [ROOT / "tests" / "live.js"]


@pytest.fixture(scope="module")
def page():
    path = chromium()
    if path is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        page = browser.new_page()
        for script in SCRIPTS:
            page.add_script_tag(path=script)
        yield page
        browser.close()


def in_page(page, cases):
    return page.evaluate("text => answers(JSON.parse(text))", json.dumps(cases))


def in_node(tmp_path, cases):
    """What node answers; it has the same engine, without a browser around it."""
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    given = tmp_path / "cases.json"
    given.write_text(json.dumps(cases))
    scripts = [str(script) for script in SCRIPTS]
    text = (
        f"const fs = require('fs'), vm = require('vm'), paths = {scripts};"
        "for (const path of paths) vm.runInThisContext(fs.readFileSync(path, 'utf8'));"
        f"const cases = JSON.parse(fs.readFileSync({str(given)!r}));"
        "console.log(JSON.stringify(vm.runInThisContext('answers')(cases)));"
    )
    done = subprocess.run(["node", "-e", text], capture_output=True, check=True)
    return json.loads(done.stdout)


def value(packed):
    numbers = [float(x) for x in packed["data"]]
    return np.array(numbers).reshape(packed["shape"])


def case(program, state, feeds, runs=1):
    """A case for `answers`, and what Python answers."""
    state, feeds = ([np.asarray(x) for x in values] for values in (state, feeds))
    result = {
        "program": live.packed(program),
        "state": [live.array(x) for x in state],
        "feeds": [live.array(x) for x in feeds],
        "runs": runs,
    }
    values = dict(zip(program.variables, state))
    for _ in range(runs):
        expected = program([values[x] for x in program.variables], feeds)
        values.update(zip(program.assigned, expected[1]))
    return result, expected


def compare(answer, expected, tolerance=1e-12):
    """Shapes and types are equal, and values up to a part of the largest of them."""
    assert not isinstance(answer, str), answer
    for got, wanted in zip(answer[0] + answer[1], expected[0] + expected[1]):
        if wanted is None:
            assert got is None
            continue
        wanted = np.asarray(wanted)
        assert (got["dtype"], got["shape"]) == (wanted.dtype.name, list(wanted.shape))
        wanted = wanted.astype(float)
        largest = abs(wanted[np.isfinite(wanted)]).max(initial=0)
        np.testing.assert_allclose(value(got), wanted, 0, tolerance * largest)


# ## Each operation


def checked_cases():
    """Each case of the gradient checks: the value, and both derivatives."""
    for name, (build, arrays) in CASES.items():
        for shapes in ("known", "nothing"):
            checked = Checked(build, arrays, shapes)
            if any(x.dtype == np.longdouble for x in checked.graph.tensors):
                continue
            fetches = [checked.y, *checked.first, *checked.second]
            feeds = dict(zip(checked.xs, checked.arrays))
            program = checked.session.program(fetches, feeds)
            if "np.linalg" in program.source or program.source.count("def ") > 1:
                with refused(ValueError, "a page "):
                    live.packed(program)
                continue
            values = [feeds[x] for x in program.feeds]
            variables = [x.initial_value for x in program.variables]
            yield f"{name}, {shapes}", *case(program, variables, values)


@pytest.fixture(scope="module")
def operations():
    return list(checked_cases())


def test_operations_and_their_derivatives_in_chromium(page, operations):
    answers = in_page(page, [given for _, given, _ in operations])
    assert len(answers) > 300
    for answer, (_, _, expected) in zip(answers, operations):
        compare(answer, expected)


def test_operations_and_their_derivatives_in_node(tmp_path, operations):
    answers = in_node(tmp_path, [given for _, given, _ in operations])
    for answer, (_, _, expected) in zip(answers, operations):
        compare(answer, expected)


# ## Random graphs


class Recorded(Program):
    """A program that keeps what it's run with and what it answers, if a page can."""

    def __call__(self, state, feeds):
        before = [np.array(x) for x in state]
        answer = super().__call__(state, feeds)
        try:
            given = {
                "program": live.packed(self),
                "state": [live.array(x) for x in before],
                "feeds": [live.array(x) for x in feeds],
                "runs": 1,
            }
            for part in answer:
                [live.array(x) for x in part if x is not None]
        except ValueError as error:
            assert re.search("a page (has|can't)", str(error))
            return answer
        recorded.append((given, answer))
        return answer


recorded = []


def test_random_graphs_agree(page):
    recorded.clear()
    types = ["float64", "int64", "bool"]
    absent = ["normal", "random", "cond", "loop", "inverse", "solve", "cholesky"]
    names = [name for name in fuzz.NAMES if not any(x in name for x in absent)]
    names += ["batch_normalization"]
    with (
        unittest.mock.patch.multiple(fuzz, TYPES=types, NAMES=names),
        np.errstate(all="ignore"),
    ):
        for seed in range(120):
            draft, requests = fuzz.draw(seed)
            session = Session(draft.graph, executor=Recorded)
            for request in requests:
                fuzz.outcome(session, *request)
    assert len(recorded) > 200
    answers = in_page(page, [given for given, _ in recorded])
    for answer, (_, expected) in zip(answers, recorded):
        # NumPy leaves open what a cast makes of infinity.
        if not any(
            np.isinf(np.asarray(x, float)).any() for x in expected[0] if x is not None
        ):
            compare(answer, expected)


# ## Corners

CORNERS = [-np.inf, -1.5, -1.0, -0.0, 0.0, 0.5, 1.0, 2.0, 1e308, np.inf, np.nan]
UNARY = [
    "neg",
    "abs",
    "sign",
    "square",
    "exp",
    "log",
    "sqrt",
    "sigmoid",
    "tanh",
    "relu",
]
UNARY += ["softplus", "stop_gradient", "identity", "sin", "cos", "floor", "ceil"]
UNARY += ["round"]
BINARY = ["add", "sub", "mul", "div", "pow", "maximum", "minimum", "floordiv", "equal"]
BINARY += ["mod", "not_equal", "less", "less_equal", "greater", "greater_equal"]
LOGICAL = ["logical_and", "logical_or", "logical_xor"]


def test_corners_of_elementwise_operations(page):
    graph = Graph()
    a, b = np.array([(a, b) for a in CORNERS for b in CORNERS]).T
    x, y = graph.placeholder(a.shape), graph.placeholder(b.shape)
    results = [getattr(graph, name)(x) for name in UNARY]
    results += [getattr(graph, name)(x, y) for name in BINARY]
    positive = [graph.greater(x, 0), graph.greater(y, 0)]
    results += [getattr(graph, name)(*positive) for name in LOGICAL]
    results += [graph.logical_not(positive[0]), graph.where(positive[0], x, y)]
    kinds = {x.op.kind for x in results if x.op.elementwise}
    ours = (op for op in subclasses(ElementwiseOp) if op.__module__ in FRAMEWORK)
    elementwise = {op.kind for op in ours if op.compute is not BaseOp.compute}
    session = Session(graph)
    with np.errstate(all="ignore"):
        program = session.program(results, {x: a, y: b})
        given, (expected, _) = case(program, [], [a, b])
    (answer, _) = in_page(page, [given])[0]
    for tensor, got, wanted in zip(results, answer, expected):
        wanted = np.asarray(wanted, float)
        np.testing.assert_allclose(value(got), wanted, 1e-15, 0, err_msg=tensor.name)
        # Which zero is larger, 0 or -0, depends on the processor in NumPy.
        if tensor.op.kind in ("maximum", "minimum", "relu"):
            continue
        same = np.signbit(value(got)) == np.signbit(wanted)
        assert (same | np.isnan(wanted)).all(), (tensor, a[~same], b[~same])
    assert not elementwise - kinds, "operations that aren't tried here"


def subclasses(cls):
    for sub in cls.__subclasses__():
        yield sub
        yield from subclasses(sub)


# ## Trainings


def trained(session, step, loss, feeds, steps):
    program = session.program([step, loss], feeds)
    state = [session.run(x) for x in program.variables]
    return case(program, state, [feeds[x] for x in program.feeds], steps)


def test_xor_for_a_thousand_steps(page):
    graph, _, _, _, loss, update = xor.build()
    given, expected = trained(Session(graph), update, loss, {}, 1000)
    compare(in_page(page, [given])[0], expected)


def test_digits_by_adam(page):
    images, labels = part5b_digits.digits()
    X = images.reshape(-1, 64) / 16
    model = part5b_digits.Classifier(np.random.default_rng(0))
    feeds = {model.X: X[:128], model.labels: labels[:128].astype(int)}
    given, expected = trained(model.session, model.step, model.L, feeds, 100)
    compare(in_page(page, [given])[0], expected, 1e-10)


def test_the_transformer_by_adam(page):
    words, _ = part8_attention.prepare()
    model = part8_attention.Transformer(np.random.default_rng(0))
    feeds = {**model.feeds(words[:8]), model.rate: 0.01}
    feeds = {x: np.asarray(value) for x, value in feeds.items()}
    given, expected = trained(model.session, model.step, model.L, feeds, 20)
    compare(in_page(page, [given])[0], expected, 1e-10)


# ## What a page refuses


class TwiceOp(ElementwiseOp):
    """A reader's operation whose `compute` can't be traced."""

    def compute(self, np, x):
        y = x
        return y + y


class FlipOp(ElementwiseOp):
    """A reader's operation of a function that the page's NumPy hasn't got."""

    def compute(self, np, x):
        return np.flip(x)


def program_of(tensor, *feeds):
    return Session(tensor.graph).program(tensor, dict.fromkeys(feeds))


def test_what_a_page_cannot_run_is_refused_by_name():
    graph = Graph()
    x = graph.placeholder((2,), name="x")
    with refused(ValueError, "random numbers", "make them a placeholder"):
        live.packed(program_of(graph.random_normal((2,))))
    with refused(ValueError, "a page can't run 'twice'", "a single expression"):
        live.packed(program_of(TwiceOp([x], graph).output, x))
    with refused(ValueError, "a page has no np.flip, which 'flip'", "needs"):
        live.packed(program_of(FlipOp([x], graph).output, x))
    single = Graph(dtype="float32")
    x = single.placeholder((2,), name="x")
    with refused(ValueError, "float64, int64 and bool", "'x'", "is float32"):
        live.packed(program_of(x + 1, x))
    with refused(ValueError, "up to 2^53, got 9007199254740994"):
        live.array(2**53 + 2)


def test_each_operation_runs_in_a_page_or_is_refused():
    """A class that's more than an expression stands in compute.js, or draws numbers."""
    known = live._names("compute.js", "const computes = {")
    called = {
        op.kind
        for op in subclasses(BaseOp)
        if op.__module__ in FRAMEWORK
        and not op.__module__.startswith("tf.")
        and op.compute is not BaseOp.compute
        and not is_expression(op)
    }
    # No operation is just a "seen": others are made of it.
    flows = {"cond", "call", "loop", "saved", "loop_gradient"}
    assert called - known == {"truncated_normal", "seen", *flows}
    assert known - called == set()


def is_expression(op_class):
    steps = list(dis.get_instructions(op_class.compute))
    more = any(step.opname.startswith(tracing._MORE) for step in steps)
    # A stand-in has no `//`.
    return not more and all(step.argrepr != "//" for step in steps)


# ## Translating


@pytest.mark.parametrize(
    "python, javascript",
    [
        ("a + b * c", "np.add($a, np.multiply($b, $c))"),
        ("a - b - c", "np.subtract(np.subtract($a, $b), $c)"),
        ("(a - b) / 2", "np.divide(np.subtract($a, $b), 2)"),
        ("-a ** b", "np.negative(np.power($a, $b))"),
        ("a ** -b", "np.power($a, np.negative($b))"),
        ("a ** b ** c", "np.power($a, np.power($b, $c))"),
        ("-a * b", "np.multiply(np.negative($a), $b)"),
        ("(-1.5) / new", "np.divide(-1.5, $new)"),
        ("1e-05 * a", "np.multiply(1e-05, $a)"),
        ("a * b < c", "np.less(np.multiply($a, $b), $c)"),
        ("a.T.dot(b)", "$a.T.dot($b)"),
        (
            "a.sum(axis=(0, 1), keepdims=True)",
            "$a.sum({ axis: [0, 1], keepdims: true })",
        ),
        ("np.where(a, b, 0)", "np.where($a, $b, 0)"),
        ("a[0, ..., -1]", '$a.at(0, "...", -1)'),
        ("a[1:, ::-1, None]", "$a.at([1, null, null], [null, null, -1], null)"),
        ("np.array(a)[()]", "np.array($a).at()"),
        ("a.reshape((2,))", "$a.reshape([2])"),
        ("größe * 2", "np.multiply($größe, 2)"),
        ("compute_count(np, a)", "calls.compute_count($a)"),
    ],
)
def test_an_expression_becomes_javascript(page, python, javascript):
    assert page.evaluate("text => new Reader(text).expression()", python) == javascript


@pytest.mark.parametrize(
    "line, message",
    [
        ("x = a +", "an operand is missing: x = a +"),
        ("x = (a b)", "expected ')' before 'b': x = (a b)"),
        ("x = a b", "expected 'the end of the line' before 'b': x = a b"),
        ("x = np.flip(a)", "np.flip isn't in our NumPy"),
        ("x = a.flip()", "no array has .flip"),
        ("x = f(a)", "what is f?"),
        ("x = a $ b", "'$'"),
    ],
)
def test_a_line_that_cannot_be_translated_says_why(page, line, message):
    text = (
        f"def program(state, feeds):\n    a, b = feeds\n    {line}\n    return (x,), ()"
    )
    program = {"source": text, "constants": {}, "calls": {}}
    answer = in_page(page, [{"program": program, "state": [], "feeds": [], "runs": 1}])
    assert answer[0].startswith("SyntaxError: ")
    assert message in answer[0]


def test_lines_keep_their_numbers(page):
    source = Session(graph := xor.build()[0]).program(graph.tensors[-1]).source
    lines = page.evaluate("text => new Program({ source: text }).lines.length", source)
    assert lines == len(source.split("\n"))
