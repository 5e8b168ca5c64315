"""How much there is to read: the heart in one sitting, and no room too large."""

import ast
import io
import re
import tokenize

import pytest
from check import ROOT

HEART = ["main", "graph", "tensor", "ops", "gradients", "session"]
ROOMS = sorted(
    path
    for folder in ("mixins", "compiler", "tf")
    for path in (ROOT / folder).glob("*.py")
)
NOT_CODE = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT),
    *(tokenize.DEDENT, tokenize.ENDMARKER),
}


def lines_of_code(text):
    """The numbers of the lines that are neither blank nor comment nor docstring."""
    lines, docstrings = set(), set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NOT_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        documented = isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        if documented and ast.get_docstring(node) is not None:
            docstring = node.body[0]
            docstrings.update(range(docstring.lineno, docstring.end_lineno + 1))
    return lines - docstrings


def words(text):
    """How many words of prose and docstrings there are.

    A formula is a word.  Examples, and what stands in the place of a picture for who
    cannot see it, are none.
    """
    code, prose, example = lines_of_code(text), [], False
    for number, line in enumerate(text.splitlines(), 1):
        if number in code or re.match(r"\s*#     ", line):
            continue
        line = re.sub(r"^\s*#\s?", "", line).strip()
        example = line.startswith((">>>", "...")) or (example and line != "")
        if not example:
            prose.append(line)
    prose = re.sub(r"!\[.*?\]\(.*?\)", "", "\n".join(prose), flags=re.S)
    prose = re.sub(r"\$\$.*?\$\$|\$.*?\$", " formula ", prose, flags=re.S)
    prose = re.sub(r"\]\(.*?\)", "]", prose)
    return sum(bool(re.search("[A-Za-z0-9]", word)) for word in prose.split())


def text_of(name):
    return (ROOT / f"{name}.py").read_text("utf-8")


def test_the_code_of_the_heart_is_read_in_one_sitting():
    assert sum(len(lines_of_code(text_of(name))) for name in HEART) <= 640


def test_the_prose_of_the_heart_is_read_in_one_sitting():
    assert sum(words(text_of(name)) for name in HEART) <= 5500


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_is_one_idea(path):
    assert len(lines_of_code(path.read_text("utf-8"))) <= 350


def test_lines_and_words_are_counted_as_people_do():
    text = '''"""One two."""

import os  # three

# Four $x + y$ five.
#
# >>> six
# seven
#
# ![eight](nine)


def f(
    a,
):
    """Ten eleven."""
    return """
twelve"""
'''
    assert len(lines_of_code(text)) == 6
    assert words(text) == 7
