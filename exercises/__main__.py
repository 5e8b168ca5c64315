"""Check exercise 3: python -m exercises 3.  Without a number, list which are done."""

import argparse
import ast
import importlib
import pathlib
import re
import sys
import textwrap
import traceback
import typing

from exercises import compare
from exercises.checks import CHECKS

HERE = pathlib.Path(__file__).resolve().parent


class Exercise(typing.NamedTuple):
    """The file of an exercise, or of its solution."""

    number: int
    path: pathlib.Path

    @property
    def place(self):
        return self.path.relative_to(HERE.parent)

    @property
    def module(self):
        return ".".join(self.place.with_suffix("").parts)


def exercises(solutions=False):
    """All exercises, or all solutions, by number."""
    folder = HERE / "solutions" if solutions else HERE
    paths = sorted(folder.glob("ex[0-9][0-9]_*.py"))
    return {int(path.name[2:4]): Exercise(int(path.name[2:4]), path) for path in paths}


def question(exercise):
    """The title of an exercise and its first paragraph, as plain text."""
    source = exercise.path.read_text("utf-8", "replace")
    stem = f"Exercise {exercise.number}: {exercise.path.stem[5:]}"
    title, *prose = re.findall(r"^# ?(.*)", source, re.M) or [stem]
    paragraphs = "\n".join(prose).strip().split("\n\n")
    # Links between pages mean nothing in a terminal.
    paragraph = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", paragraphs[0])
    return title.removeprefix("# "), textwrap.fill(" ".join(paragraph.split()), 80)


def wanted(exercise):
    """The definitions that the reader writes, without their bodies."""
    source = exercise.path.read_text("utf-8", "replace")
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    parts = []
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            parts += _heads(node, source.split("\n"))
    return "\n\n".join(parts)


def _heads(node, lines):
    """A definition down to its docstring; for a class, its methods too."""
    first = node.body[0]
    end = first.end_lineno if ast.get_docstring(node) else first.lineno - 1
    parts = ["\n".join(lines[node.lineno - 1 : end])]
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            if isinstance(inner, ast.FunctionDef) and ast.get_docstring(inner):
                parts += _heads(inner, lines)
    return parts


# ## Checking


class Report(typing.NamedTuple):
    """How many checks have passed, and the text of the failure after them, or ""."""

    passed: int
    stopped: str = ""


def check(exercise):
    """Run the checks of an exercise until one fails; return a `Report`."""
    passed = 0
    try:
        with compare.limit(compare.SECONDS):
            module = importlib.import_module(exercise.module)
        for item in CHECKS[exercise.number](module):
            failure = compare.failure(item)
            if failure:
                return Report(passed, told(failure, exercise, passed + 1))
            passed += 1
    except (Exception, SystemExit) as error:
        return Report(passed, raised(error, exercise))
    return Report(passed)


def told(failure, exercise, number):
    """Describe a failure."""
    check, received, why = failure
    if isinstance(received, NotImplementedError):
        done = f": {check.call}; {number - 1} checks have passed before it"
        return "not written yet" + done * (number > 1)
    lines = [f"check {number} fails: {why}", "", textwrap.fill(check.call, 80), ""]
    for name, value in check.given.items():
        lines += labelled("arguments" if len(lines) == 4 else "", f"{name} = ", value)
    lines += labelled("received", "", received)
    lines += labelled("expected", "", check.expected)
    if isinstance(received, Exception):
        lines += own_lines(received, exercise)
    return "\n".join(lines)


def labelled(label, name, value):
    """The lines that show a value, with a label in the margin."""
    first, *rest = compare.show(value).split("\n")
    if len(rest) > 20:
        rest[20:] = ["..."]
    indent = " " * (12 + len(name))
    return [f"  {label:10}{name}{first}", *(indent + line for line in rest)]


def raised(error, exercise):
    """Describe an exception that was raised outside of a check."""
    if isinstance(error, NotImplementedError):
        return "not written yet"
    if isinstance(error, SyntaxError):
        return "".join(traceback.format_exception_only(error)).rstrip()
    lines = [f"it raises {compare.show(error)}", *own_lines(error, exercise)]
    return "\n".join(lines)


def own_lines(error, exercise):
    """The lines of a traceback that are in the reader's own file."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename == str(exercise.path)]
    if len(own) > 6:
        own[3:-3] = []
    lines = [
        f"  {exercise.place}:{frame.lineno}, in {frame.name}: {frame.line}"
        for frame in own
    ]
    return ["", "In your file:", *lines] if lines else []


# ## Printing


def one(exercise):
    """Print everything about one exercise; return whether it's solved."""
    asked = exercises()[exercise.number]
    title, paragraph = question(asked)
    print(f"{title}\n\n{paragraph}\n")
    head = textwrap.indent(wanted(asked), "    ")
    print(f"Wanted, in {exercise.place}:\n\n{head}\n")
    report = check(exercise)
    if not report.stopped:
        print(f"Right: all {report.passed} checks have passed.")
        return True
    print(report.stopped)
    print(f"\nEdit {exercise.place} and run this again.")
    return False


def every(found):
    """Print which exercises are solved; return whether all are."""
    reports = {}
    for number, exercise in found.items():
        reports[number] = report = check(exercise)
        title = question(exercises()[number])[0].partition(": ")[2]
        word = "not yet" if report.stopped else "passed"
        print(f"{number:3}  {word:8} {title}")
    done = sum(not report.stopped for report in reports.values())
    print(f"\n{done} of {len(found)} are solved; make exercise N=1 shows exercise 1")
    return done == len(found)


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m exercises", description=__doc__)
    parser.add_argument(
        "number", nargs="?", help="which exercise; without it, list all"
    )
    parser.add_argument(
        "--solution", action="store_true", help="check the solutions instead"
    )
    given = parser.parse_args(arguments)
    found = exercises(given.solution)
    if given.number is None:
        done = every(found)
        return 0 if done or not given.solution else 1
    number = int(given.number) if given.number.isdecimal() else None
    if number not in found:
        parser.error(
            f"there is no exercise {given.number!r}; they are numbered from "
            f"{min(found)} to {max(found)}"
        )
    return 0 if one(found[number]) else 1


if __name__ == "__main__":
    sys.exit(main())
