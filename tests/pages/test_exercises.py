"""The exercises: solutions pass, stubs and plausible mistakes do not, and are told."""

import ast
import re
import subprocess
import sys
import types

import numpy as np
import pytest

from exercises import __main__ as runner
from exercises import compare
from exercises.checks import CHECKS
from exercises.compare import Check, Raises, Such

STUBS, SOLUTIONS = runner.exercises(), runner.exercises(solutions=True)
NUMBERS = sorted(STUBS)


def module_of(source, name):
    module = types.ModuleType(name)
    exec(compile(source, name, "exec"), vars(module))
    return module


def first_failure(module, number):
    for check in CHECKS[number](module):
        if failure := compare.failure(check):
            return failure
    return None


def test_each_exercise_has_a_solution_and_checks():
    assert list(range(1, len(NUMBERS) + 1)) == NUMBERS
    assert 10 <= len(NUMBERS) <= 17
    assert {n: x.path.name for n, x in STUBS.items()} == {
        n: x.path.name for n, x in SOLUTIONS.items()
    }
    assert set(CHECKS) == set(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_solution_passes(number):
    report = runner.check(SOLUTIONS[number])
    assert not report.stopped, report.stopped
    assert report.passed >= 7


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stub_passes_no_check(number):
    assert runner.check(STUBS[number]) == runner.Report(0, "not written yet")


def definitions(path):
    """The names of functions, classes and methods, with their arguments and bases."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            found[node.name] = [ast.unparse(base) for base in node.bases]
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    found[f"{node.name}.{inner.name}"] = ast.unparse(inner.args)
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = ast.unparse(node.args)
    return found


@pytest.mark.parametrize("number", NUMBERS)
def test_a_solution_defines_what_its_stub_does(number):
    assert definitions(STUBS[number].path) == definitions(SOLUTIONS[number].path)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stub_says_what_is_wanted(number):
    title, paragraph = runner.question(STUBS[number])
    assert title.startswith(f"Exercise {number}: ")
    assert 80 < len(paragraph) < 600
    wanted = runner.wanted(STUBS[number])
    for name in definitions(STUBS[number].path):
        if not name.endswith("__init__"):
            assert re.search(rf"(def|class) {name.rpartition('.')[2]}\(", wanted)
    assert wanted.count('"""') >= 2


@pytest.mark.parametrize("number", NUMBERS)
def test_an_exercise_is_linked_from_the_page_that_it_links_to(number):
    stub = STUBS[number]
    root = runner.HERE.parent
    linked = re.findall(r"\]\((\S+\.py)\)", stub.path.read_text("utf-8"))
    pages = [(root / page).read_text("utf-8") for page in linked]
    assert any(f"[Exercise {number}]({stub.place})" in page for page in pages)


# ## Mistakes that the checks must notice
#
# Each is a solution with a piece replaced, and a word of what the failure says.

MISTAKES = {
    1: [
        ("feeds are overwritten", ", given=values", ""),
        ("feeds are ignored", "if tensor in values:", "if tensor.op in values:"),
        ("an unfed placeholder is None", 'kind == "placeholder"', 'kind == ""'),
        ("feeds are changed", "dict(feed_dict)", "feed_dict"),
        (
            "each path anew",
            "return tensor.initial_value",
            "return (tensor.op.compute(np, *map(value, tensor.op.inputs)) if tensor.op"
            " else tensor.initial_value)",
            "for op in topological_order(tensors, given=values)",
            "for op in []",
        ),
        (
            "recursive",
            "return tensor.initial_value",
            "values[tensor] = (tensor.op.compute(np, *map(value, tensor.op.inputs))"
            " if tensor.op else tensor.initial_value)\n        return values[tensor]",
            "for op in topological_order(tensors, given=values)",
            "for op in []",
        ),
    ],
    2: [
        (
            "one largest for all rows in the loss",
            "return -log_probabilities(scores)[",
            "below = scores - scores.max()\n"
            "    log_p = below - np.log(np.exp(below).sum(axis=1, keepdims=True))\n"
            "    return -log_p[",
        ),
        (
            "nothing is subtracted",
            "scores - scores.max(axis=1, keepdims=True)",
            "scores",
        ),
        (
            "one largest for all rows",
            "scores.max(axis=1, keepdims=True)",
            "scores.max()",
        ),
        ("a sum, no mean", ".mean()", ".sum()"),
        ("the gradient of a sum", "slope / len(labels)", "slope"),
        ("the label is left out", "slope[np.arange(len(labels)), labels] -= 1", "pass"),
        (
            "the sum over columns",
            "np.exp(below).sum(axis=1",
            "np.exp(below).sum(axis=0",
        ),
    ],
    3: [
        (
            "with replacement",
            "permutation(np.arange(count))",
            "integers(count, size=count)",
        ),
        (
            "nothing is shuffled",
            "rng.permutation(np.arange(count))",
            "np.arange(count)",
        ),
        (
            "the rest is dropped",
            "range(0, count, size)",
            "range(0, count - size + 1, size)",
        ),
        (
            "shuffled inside of each",
            "rng.permutation(np.arange(count))",
            "np.arange(count)",
            "yield order[start : start + size]",
            "yield rng.permutation(order[start : start + size])",
        ),
        ("another generator", "rng.permutation", "np.random.default_rng().permutation"),
        (
            "each epoch the same",
            "rng.permutation",
            "np.random.default_rng(0).permutation",
        ),
        ("a negative size", "size < 1", "size == 0"),
    ],
    4: [
        ("before its inputs", "return order", "return order[::-1]"),
        ("circles are not noticed", "raise ValueError", "print"),
        ("a node each time", "if node not in done:", "if True:"),
        ("everything", "list(targets)", "list(inputs)"),
        (
            "recursive",
            "    waiting = list(targets)",
            "    def visit(x):\n        if x in begun and x not in done:\n"
            "            raise ValueError\n        if x not in done:\n"
            "            begun.add(x)\n            list(map(visit, inputs[x]))\n"
            "            done.add(x)\n            order.append(x)\n"
            "    list(map(visit, targets))\n    waiting = []",
        ),
        (
            "each path anew",
            "    waiting = list(targets)",
            "    def visit(x, path):\n        if x in path:\n"
            "            raise ValueError\n        for i in inputs[x]:\n"
            "            visit(i, [*path, x])\n"
            "        if x not in order:\n            order.append(x)\n"
            "    for x in targets:\n        visit(x, [])\n    waiting = []",
        ),
        (
            "layer by layer",
            "order, begun, done = [], set(), set()",
            "order, layer = [], list(targets)\n"
            "    while layer:\n        order += layer\n"
            "        layer = [i for x in layer for i in inputs[x]]\n"
            "    return list(dict.fromkeys(order))[::-1]",
        ),
    ],
    5: [
        ("axes are dropped", "axis=axis, keepdims=True", "axis=axis"),
        ("sizes of 1 are forgotten", "if size == 1:", "if False:"),
        ("the last axis first", "sum(axis=0)", "sum(axis=-1)"),
        ("a mean", "gradient.sum(axis=axis", "gradient.mean(axis=axis"),
        ("the first will do", "gradient.sum(axis=0)", "gradient[0]"),
    ],
    6: [
        ("no v", ", grad_y=v", ""),
        ("no second derivative", "return product", "return gradient * v"),
        (
            "v is not held constant",
            "graph.gradients(gradient, [x], grad_y=v)",
            "graph.gradients(graph.sum(gradient * v), [x])",
        ),
        ("the diagonal", "grad_y=v)", ")", "return product", "return product * v"),
    ],
    7: [
        ("one side", "f(x - e)) / (2 * h)", "f(x)) / h"),
        ("any shape", "np.shape(stated) != x.shape", "False"),
        ("absolute only", "rtol=1e-6", "rtol=0"),
        ("too lenient", "rtol=1e-6, atol=1e-6", "rtol=0.01, atol=0.01"),
        ("NaN is right", "atol=1e-6)", "atol=1e-6, equal_nan=True)"),
        (
            "a difference of NaN is not large",
            "return np.allclose",
            "miss = abs(stated - by_trial) - 1e-6 * abs(by_trial)\n"
            "    return not np.any(miss > 1e-6)\n    np.allclose",
        ),
        ("all at once", "e[i] = h", "e[:] = h"),
        ("another step", "e[i] = h", "e[i] = h = 1e-5"),
    ],
    8: [
        ("the inner derivative is forgotten", "grad * self.b * ", "grad * "),
        ("without a", "y * y / self.a", "y * y"),
        ("the input for the output", "y = self.output", "(y,) = self.inputs"),
        ("grad is left out", "grad * self.b", "self.b"),
        (
            "by hand, and overflows",
            "np.tanh(self.b * x)",
            "np.sinh(self.b * x) / np.cosh(self.b * x)",
        ),
        ("too precise", "return self.a *", "return np.float64(self.a) *"),
    ],
    9: [
        (
            "as it stands",
            "np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))",
            "np.log(1 + np.exp(x))",
        ),
        (
            "log for log1p",
            "np.log1p(np.exp(-np.abs(x)))",
            "np.log(1 + np.exp(-np.abs(x)))",
        ),
        ("one side only", "np.exp(-np.abs(x)))\n", "np.exp(-x))\n"),
        (
            "a relu above 20",
            "np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))",
            "np.where(x > 20, x, np.log1p(np.exp(np.minimum(x, 20))))",
        ),
        (
            "the slope overflows",
            "u = np.exp(-np.abs(x))\n    return np.where(x >= 0, 1, u) / (1 + u)",
            "return 1 / (1 + np.exp(-x))",
        ),
        ("the slope of the other side", "x >= 0, 1, u", "x >= 0, u, 1"),
    ],
    10: [
        (
            "a tie to a",
            "where(tie, grad / 2, where(a > b, grad, 0))",
            "where(a >= b, grad, 0)",
        ),
        ("a tie twice", "grad / 2", "grad"),
        (
            "no tie",
            "where(tie, grad / 2, where(a > b, grad, 0))",
            "where(a > b, grad, 0)",
        ),
        ("exchanged", "where(a > b, grad, 0)", "where(a < b, grad, 0)"),
        ("the smaller", "np.maximum", "np.minimum"),
    ],
    11: [
        ("no mask", "graph.where(later, -np.inf, scores)", "scores"),
        ("no root", "np.sqrt(d)", "d"),
        ("no scale", " / np.sqrt(d)", ""),
        ("not itself", "k=1", "k=0"),
        ("the past", "np.triu", "np.tril"),
        ("by columns", "scores))", "scores), axis=0)"),
        ("a mask of zeros", "-np.inf", "0.0"),
        (
            "a mask behind the softmax",
            "graph.softmax(graph.where(later, -np.inf, scores))",
            "graph.where(later, 0.0, graph.softmax(scores))",
        ),
        (
            "a softmax by hand",
            "graph.softmax(graph.where(later, -np.inf, scores))",
            "(graph.exp(scores) * ~later)"
            " / graph.sum(graph.exp(scores) * ~later, axis=1, keepdims=True)",
        ),
    ],
    12: [
        (
            "always float64",
            "return table[indices]",
            "return table[indices].astype(float)",
        ),
        (
            "the last one counts",
            "np.add.at(gradient, indices, grad)",
            "gradient[indices] = grad",
        ),
        (
            "each once",
            "np.add.at(gradient, indices, grad)",
            "gradient[indices] += grad",
        ),
        ("columns", "table[indices]", "table[:, indices]"),
        ("another type", "np.zeros(shape, grad.dtype)", "np.zeros(shape)"),
    ],
    13: [
        (
            "only integers are numbers",
            "isinstance(x, str) for",
            "not isinstance(x, int) for",
        ),
        ("functions by their names", "line = function,", "line = function.__name__,"),
        (
            "arguments as text",
            "line = function, arguments",
            "line = function, str(arguments).replace(\"'\", '')",
        ),
        (
            "nothing is folded",
            "if not any(isinstance(x, str) for x in arguments):",
            "if False:",
        ),
        ("nothing is merged", "elif line in first:", "elif False:"),
        ("nothing is left out", "if name in needed:", "if True:"),
        ("only what is wanted", "needed.update(arguments)", "pass"),
        (
            "arguments as they were",
            "arguments = tuple(stands_for.get(x, x) for x in arguments)",
            "pass",
        ),
        ("any function", "line = function, arguments", "line = arguments"),
        (
            "in any order",
            "line = function, arguments",
            "line = function, frozenset(arguments)",
        ),
        ("results as they were", "[stands_for.get(x, x) for x in wanted]", "wanted"),
        ("backwards", "left[::-1]", "left"),
    ],
    14: [
        ("the old speed", "variable + new_v", "variable + v"),
        ("no speed", "self.momentum * v - ", "-"),
        (
            "uphill",
            "- self.learning_rate * gradient",
            "+ self.learning_rate * gradient",
        ),
        (
            "the rate on the speed",
            "new_v = self.momentum * v - self.learning_rate * gradient",
            "new_v = self.momentum * v - gradient",
            "variable + new_v",
            "variable + self.learning_rate * new_v",
        ),
        ("the speed is not kept", "(v, new_v), ", ""),
        (
            "one speed for all",
            "self.slot(variable",
            "self.slot(self.of",
            "        v = ",
            "        self.of = getattr(self, 'of', variable)\n        v = ",
        ),
        (
            "a speed to train",
            'self.slot(variable, "speed", 0.0)',
            "graph.variable(variable.initial_value * 0.0)",
        ),
    ],
    17: [
        ("the memory is overwritten", "f * c + i * np.tanh(z)", "i * np.tanh(z)"),
        ("no way through the output", "by_c = grad_c + ", "by_c = grad_c + 0 * "),
        ("the memory's own gradient is lost", "by_c = grad_c + ", "by_c = "),
        ("the forget gate is left out", "by_c * f", "by_c"),
        ("the gates in another order", "by_c * np.tanh(z) * i * (1 - i)", "by_c * c"),
    ],
    16: [
        ("turned over", "* w[a] for a", "* w[-1 - a] for a"),
        ("one place too few", "len(x) - len(w) + 1", "len(x) - len(w)"),
        ("the gradient backwards", "@ grad for a", "@ grad[::-1] for a"),
        ("shares overwrite each other", "] += grad * w[a]", "] = grad * w[a]"),
        ("the weights turned over", "+= grad * w[a]", "+= grad * w[-1 - a]"),
    ],
    15: [
        (
            "one share overwrites the other",
            "arrived[x] + share if x in arrived else share",
            "share",
        ),
        (
            "the first share stays",
            "arrived[x] + share if x in arrived else share",
            "arrived.get(x, share)",
        ),
        (
            "in the order of making",
            "reversed(topological_order([y]))",
            "topological_order([y])",
        ),
        (
            "layer by layer",
            "for op in reversed(topological_order([y])):",
            "layers, seen = [[y]], set()\n"
            "    while layers[-1]:\n"
            "        ops = [x.op for x in layers[-1] if x.op and x.op not in seen]\n"
            "        seen.update(ops)\n"
            "        ops = dict.fromkeys(ops)\n"
            "        layers.append([x for op in ops for x in op.inputs])\n"
            "    ops = [x.op for layer in layers for x in layer if x.op]\n"
            "    for op in dict.fromkeys(ops):",
        ),
        ("a bias is not summed", "share = graph.fit(share, x)", "pass"),
        ("a number to start", "graph.fit(graph.constant(1), y)", "graph.constant(1.0)"),
        (
            "None for what y does not need",
            "arrived[x] if x in arrived else graph.fit(graph.constant(0), x)",
            "arrived.get(x)",
        ),
        (
            "a number for what y does not need",
            "graph.fit(graph.constant(0), x)",
            "graph.constant(0.0)",
        ),
        ("None is a share", "if share is not None:", "if True:"),
        (
            "a generator",
            "return [arrived[x]",
            "return (arrived[x]",
            " for x in xs]",
            " for x in xs)",
        ),
        ("the framework's own", "graph = y.graph", "return y.graph.gradients(y, xs)"),
        (
            "each path anew, and recursive",
            "for op in reversed(topological_order([y])):",
            "def visit(op, grad):\n"
            "        if op is None:\n"
            "            return\n"
            "        for x, share in zip(op.inputs, op.gradient(grad)):\n"
            "            if share is not None:\n"
            "                share = graph.fit(share, x)\n"
            "                before = arrived.get(x)\n"
            "                arrived[x] = share if before is None else before + share\n"
            "                visit(x.op, share)\n"
            "    visit(y.op, arrived[y])\n"
            "    for op in []:",
        ),
    ],
}


@pytest.mark.parametrize(
    "number, mistake",
    [(number, mistake) for number in MISTAKES for mistake in MISTAKES[number]],
    ids=lambda x: str(x) if isinstance(x, int) else x[0].replace(" ", "-"),
)
def test_a_mistake_is_noticed(number, mistake, monkeypatch):
    monkeypatch.setattr(compare, "SECONDS", 2)
    source, (name, *pieces) = SOLUTIONS[number].path.read_text("utf-8"), mistake
    for old, new in zip(pieces[::2], pieces[1::2]):
        assert old in source, old
        source = source.replace(old, new)
    failure = first_failure(module_of(source, name), number)
    assert failure is not None, "no check noticed"
    assert not isinstance(failure.received, (SyntaxError, NameError))
    assert failure.why


def test_each_exercise_has_mistakes():
    assert all(len(MISTAKES[number]) >= 3 for number in NUMBERS)


# ## What the reader is told


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "exercises", *arguments],
        cwd=runner.HERE.parent,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_stub_is_not_written_yet():
    code, said, error = run("3")
    assert (code, error) == (1, "")
    assert said.startswith("Exercise 3: An epoch of minibatches\n\nA step of training")
    assert "    def minibatches(count, size, rng):" in said
    assert "\nnot written yet\n" in said
    assert "Edit exercises/ex03_minibatches.py" in said


def test_a_solution_is_right():
    code, said, error = run("--solution", "5")
    assert (code, error) == (0, "")
    assert re.search(r"Right: all \d+ checks have passed", said)


def test_all_are_listed():
    code, said, _ = run()
    assert code == 0
    assert said.count("not yet") == len(NUMBERS)
    code, said, _ = run("--solution")
    assert code == 0
    assert f"{len(NUMBERS)} of {len(NUMBERS)} are solved" in said


@pytest.mark.parametrize("number", ["0", "99", "x", "-3", "1.5"])
def test_a_number_that_is_not_there(number):
    code, said, error = run(number)
    assert (code, said) == (2, "")
    assert number in error and "Traceback" not in error


def test_without_a_number_all_are_listed_by_make():
    assert "$(BIN)/python -m exercises $(N)" in (
        runner.HERE.parent / "Makefile"
    ).read_text("utf-8")


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Writes an exercise's file elsewhere, and gives what is said of it."""

    def write(number, old, new):
        stub = SOLUTIONS[number].path.read_text("utf-8")
        assert old in stub
        folder = tmp_path / "exercises"
        folder.mkdir()
        path = folder / STUBS[number].path.name
        path.write_text(stub.replace(old, new), "utf-8")
        monkeypatch.setattr(runner, "HERE", folder)
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, f"exercises.{path.stem}", raising=False)
        monkeypatch.setattr(sys.modules["exercises"], "__path__", [str(folder)])
        return runner.check(runner.Exercise(number, path)).stopped

    return write


def test_a_failure_shows_arguments_received_and_expected(written):
    said = written(5, "if size == 1:", "if False:")
    assert said.startswith("check 2 fails: the shape is (4, 3) instead of (4, 1)")
    assert "sum_to(gradient, shape)" in said
    assert "  arguments gradient = [[1. 1. 1.]\n" in said
    assert "shape = (4, 1)" in said
    assert "  received  [[1. 1. 1.]\n" in said
    assert "  expected  [[3.]\n" in said


def test_an_exception_shows_where_it_came_from(written):
    said = written(12, "return table[indices]", "return table[indices + 100]")
    assert "received  IndexError: index 101 is out of bounds" in said
    assert "arguments table = [[1. 2.]\n" in said
    place = r"exercises/ex12_gather\.py:\d+, in pick_rows: return table\[indices \+ 100"
    assert re.search(place, said)
    assert "compare.py" not in said


def test_a_warning_is_shown(written):
    said = written(
        9, "np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))", "np.log(1 + np.exp(x))"
    )
    assert "RuntimeWarning: overflow" in said


def test_what_is_not_there_is_named(written):
    assert "has no attribute 'sum_to'" in written(5, "def sum_to", "def sum_two")


def test_what_python_cannot_read_is_shown(written):
    said = written(5, "while gradient", "while while gradient")
    assert "SyntaxError" in said and "while while" in said


def test_a_deep_recursion_is_told_in_few_lines(written):
    said = written(
        5, "gradient = np.asarray(gradient)", "return sum_to(gradient, shape)"
    )
    assert "RecursionError" in said
    assert said.count("in sum_to") < 10


# ## Comparing


@pytest.mark.parametrize(
    "received, expected, why",
    [
        (1.0, 1.0 + 1e-12, ""),
        (1.0, 1.001, "it is 1 instead of 1.001"),
        (np.ones(3), np.ones((1, 3)), "the shape is (3,) instead of (1, 3)"),
        (np.ones(3, int), np.ones(3), "the numbers are int64 instead of float64"),
        (np.ones(3), np.ones(3, "f"), "the numbers are float64 instead of float32"),
        ([1.0, np.nan], [1.0, 2.0], "at place 1: it is nan instead of 2"),
        (np.array([1, 2.5]), np.array([1, 2.0]), "it is 2.5 instead of 2 at [1]"),
        (None, 1.0, "it is not numbers, but of type NoneType"),
        ((1.0,), [1.0], "it is no list, but of type tuple"),
        ([1.0], [1.0, 2.0], "it has length 1 instead of 2"),
        (1, True, "it is 1 instead of True"),
        ("a", "b", "it is 'a' instead of 'b'"),
        (2.0, Raises(ValueError), "it raises no ValueError"),
        (3, Such("2", lambda x: "" if x == 2 else "odd"), "odd"),
        (2, Such("2", lambda x: "" if x == 2 else "odd"), ""),
    ],
)
def test_differences_are_told(received, expected, why):
    assert compare.difference(received, expected) == why


def raising(error):
    def function(x):
        raise error

    return function


@pytest.mark.parametrize(
    "error, expected, why",
    [
        (ValueError("no x"), Raises(ValueError, "x"), None),
        (ValueError("no"), Raises(ValueError, "x"), "the message does not name x"),
        (KeyError("x"), Raises(ValueError), "it raises KeyError instead of ValueError"),
        (KeyError("x"), 1.0, "it raises KeyError"),
    ],
)
def test_exceptions_are_compared(error, expected, why):
    failure = compare.failure(Check("f(x)", raising(error), {"x": 1.0}, expected))
    assert why == (failure and failure.why)


@pytest.mark.parametrize(
    "change, given",
    [
        (lambda x: x.fill(0), np.ones(2)),
        (lambda x: x.append(1), [1]),
        (lambda x: x.update(b=1), {"a": 1}),
    ],
)
def test_a_changed_argument_is_noticed(change, given):
    failure = compare.failure(Check("f(x)", change, {"x": given}, 1.0))
    assert failure.why == "it has changed its argument x"


def test_what_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(compare, "SECONDS", 0.1)

    def forever(x):
        while True:
            pass

    failure = compare.failure(Check("f(x)", forever, {"x": 1.0}, 1.0))
    assert "not done after 0.1 seconds" in str(failure.received)


def test_large_values_are_shown_in_part():
    for value in (
        np.zeros((1000, 1000)),
        list(range(10_000)),
        {i: [i] for i in range(10_000)},
    ):
        assert len(compare.show(value)) < 600
    assert "10000 in all" in compare.show(list(range(10_000)))
    assert compare.show((1.0,)) == "(1.0,)"
    assert compare.show(np.zeros((0, 3))) == "[] of shape (0, 3)"


def test_a_solution_that_leaves_the_program_is_told(capsys, monkeypatch, tmp_path):
    (tmp_path / "ex01_leaves.py").write_text(
        "# # Exercise 1: It leaves\nraise SystemExit"
    )
    monkeypatch.syspath_prepend(tmp_path)
    exercise = runner.Exercise(1, tmp_path / "ex01_leaves.py")
    monkeypatch.setattr(runner.Exercise, "module", "ex01_leaves")
    monkeypatch.setattr(runner.Exercise, "place", "ex01_leaves.py")
    report = runner.check(exercise)
    assert report.passed == 0
    assert "SystemExit" in report.stopped
