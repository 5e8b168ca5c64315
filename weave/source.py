"""A Python file as sections: prose, and the code that stands beside it.

pycco parses and highlights, but it reads line by line and can mistake one thing for
another. So it is given the docstrings in the one form that it always reads well, and
what it makes of the file is compared with what Python says that the file is.
"""

import ast
import inspect
import io
import itertools
import re
import textwrap
import tokenize
import typing
from dataclasses import dataclass, field

import pycco.main as pycco

from weave.markup import plain


class SourceError(ValueError):
    """A source that cannot be rendered rightly; the message has the file and line."""


class Line(typing.NamedTuple):
    """A line of the source, as pycco shall see it."""

    number: int
    kind: str  # "code", "comment", "docstring", "quotes" (of one), or "blank"
    text: str

    def shown(self):
        """The text as pycco shows it, but for the space around it."""
        comment = self.kind == "comment"
        return (re.sub(r"^\s*#", "", self.text) if comment else self.text).strip()


@dataclass
class Section:
    """Prose, and the code that belongs to it.

    Attributes:
        comment: the Markdown of the comments above the code.
        docstring: the Markdown of the docstring of the first definition in the code.
        code: pairs (line number, HTML of the line).
        title: the name of the definition that the docstring belongs to, or None.
        names: for each line with a definition, its name ("Graph.fit").
        line: the number of the first line.
        docstring_line: the number of the first line of the docstring.
    """

    comment: str = ""
    docstring: str = ""
    code: list = field(default_factory=list)
    title: str | None = None
    names: dict = field(default_factory=dict)
    line: int = 0
    docstring_line: int = 0


def sections(source, filename):
    """The sections of a Python source; SourceError if pycco misreads it."""
    try:
        tree = ast.parse(source, filename)
    except SyntaxError as error:
        raise SourceError(f"{filename}:{error.lineno}: {error.msg}") from None
    lines = _canonical(source, tree, filename)
    text = "".join(f"{line.text}\n" for line in lines)
    language = pycco.get_language(filename, text)
    parsed = _checked(pycco.parse(text, language), lines, filename)
    parsed = _merged(parsed, _definitions(tree), _owners(tree))
    _highlight(parsed, language, filename)
    return parsed


def script_sections(source, filename):
    """The sections of a JavaScript source: a comment at the margin is prose.

    Raises:
        SourceError: code comes before any prose.
    """
    result = []
    for number, text in enumerate(source.split("\n"), 1):
        comment = re.match("// ?(.*)", text)
        if comment and (not result or any(line.strip() for _, line in result[-1].code)):
            result.append(Section(line=number))
        if not result:
            raise SourceError(f"{filename}:{number}: a script begins with a comment")
        if comment:
            result[-1].comment += f"{comment[1]}\n"
        else:
            result[-1].code.append((number, text))
    for section in result:
        section.code = _stripped(section.code)
    _highlight(result, pycco.get_language(filename, source), filename)
    return result


# ## What the file is


def _canonical(source, tree, filename):
    """The lines, with the quotes of each docstring alone on theirs."""
    texts, docstrings = source.split("\n"), _docstrings(tree)
    kinds = _kinds(source, filename)
    lines, number = [], 1
    while number <= len(texts):
        if number not in docstrings:
            lines.append(Line(number, kinds[number], texts[number - 1]))
            number += 1
            continue
        node = docstrings[number]
        before = texts[number - 1].encode()[: node.col_offset].decode()
        after = texts[node.end_lineno - 1].encode()[node.end_col_offset :].decode()
        if before.strip() or after.strip():
            raise SourceError(f"{filename}:{number}: a docstring shares its line")
        if '"""' in node.value.value:
            raise SourceError(f'{filename}:{number}: a docstring has """ in it')
        lines.append(Line(number, "quotes", f'{before}"""'))
        for i, text in enumerate(inspect.cleandoc(node.value.value).split("\n")):
            kind = "docstring" if text.strip() else "blank"
            at = min(number + i, node.end_lineno)
            lines.append(Line(at, kind, f"{before}{text}" if text else ""))
        lines.append(Line(node.end_lineno, "quotes", f'{before}"""'))
        number = node.end_lineno + 1
    return lines


def _docstrings(tree):
    """The docstring nodes by their line."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return {
        node.body[0].lineno: node.body[0]
        for node in nodes
        if ast.get_docstring(node, clean=False) is not None
    }


def _kinds(source, filename):
    """For each line number, whether it is code, a comment alone, or blank."""
    kinds = {
        number: "code" if text.strip() else "blank"
        for number, text in enumerate(source.split("\n"), 1)
    }
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        start = token.start[0]
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
        if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip():
            if depth:
                raise SourceError(
                    f"{filename}:{start}: a comment inside a statement splits it; "
                    "write it above"
                )
            if re.match(r"#!|#\s*(noqa|type:|fmt:|ruff:|pragma)", token.string):
                raise SourceError(
                    f"{filename}:{start}: {token.string!r} would be shown as prose"
                )
            kinds[start] = "comment" if token.string.strip("# ") else "blank"
    return kinds


def _named(tree):
    """Pairs (definition, qualified name), one for each class and function."""
    waiting = [(tree, "")]
    while waiting:
        parent, prefix = waiting.pop()
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                yield node, prefix + node.name
                waiting.append((node, f"{prefix}{node.name}."))
            elif not isinstance(node, ast.expr):
                waiting.append((node, prefix))


def _definitions(tree):
    """The qualified name of each class and function that has an anchor, by its line."""
    named = sorted((node.lineno, name, node) for node, name in _named(tree))
    functions = {name for _, name, node in named if not isinstance(node, ast.ClassDef)}
    names = {}
    for line, name, _ in named:
        # What is inside a function, or there for the second time, has none.
        inside = name.rpartition(".")[0] in functions
        if not inside and name not in names.values():
            names[line] = name
    return names


def _owners(tree):
    """For the first line of each docstring, the name and first line of its owner."""
    return {
        node.body[0].lineno: (
            name,
            min(part.lineno for part in [node, *node.decorator_list]),
        )
        for node, name in _named(tree)
        if ast.get_docstring(node, clean=False) is not None
    }


# ## What pycco takes it for
#
# The code must be the same line by line, and so must the prose; and no section may
# reach into the next. Then no code stands beside prose that is not its own.


def _checked(parsed, lines, filename):
    """pycco's sections as ours; SourceError if they are not what the file is."""
    prose = [line for line in lines if line.kind in ("comment", "docstring")]
    code = [line for line in lines if line.kind == "code"]
    result, end = [], 0
    for part in parsed:
        section, numbers = Section(), []
        for expected, text in ((prose, part["docs_text"]), (code, part["code_text"])):
            kind = None
            for shown in text.split("\n"):
                line = None
                if shown.strip():
                    line = expected.pop(0) if expected else lines[-1]
                    if line.shown() != shown.strip():
                        raise _misread(shown.strip(), line, lines, end, filename)
                    numbers.append(line.number)
                    kind = line.kind
                    if kind == "docstring" and not section.docstring_line:
                        section.docstring_line = line.number
                if expected is code:
                    number = line.number if line else numbers[-1] + 1 if numbers else 0
                    section.code.append((number, shown))
                elif kind == "comment":
                    section.comment += f"{shown}\n"
                elif kind == "docstring":
                    section.docstring += f"{shown}\n"
        if numbers and min(numbers) < end:
            raise SourceError(
                f"{filename}:{min(numbers)}: pycco shows this beside other prose"
            )
        end = max([end, *numbers])
        section.line = min(numbers, default=end)
        section.code = _stripped(section.code)
        result.append(section)
    for line in prose + code:
        raise SourceError(f"{filename}:{line.number}: pycco does not show this line")
    return result


def _misread(shown, line, lines, end, filename):
    """The error for a text that pycco shows where `line` should be."""
    number = next(
        (other.number for other in lines if other.number > end and shown in other.text),
        line.number,
    )
    return SourceError(
        f"{filename}:{number}: pycco misreads {shown!r}; line {line.number}, "
        f"{line.shown()!r}, should come next"
    )


def _stripped(code):
    """Lines of code without the blank ones at both ends."""
    filled = [i for i, (_, text) in enumerate(code) if text.strip()]
    return code[filled[0] : filled[-1] + 1] if filled else []


# ## Sections
#
# pycco begins a section at each comment and at most definitions. What has no prose
# belongs to the section before; and a docstring belongs beside the signature and the
# body of its definition, under the comments that stand above.


def _merged(parsed, names, owners):
    result = []
    for section in parsed:
        first = 0
        if section.docstring_line in owners:
            section.title, first = owners[section.docstring_line]
        above = [line for line in section.code if line[0] < first]
        if above:
            # pycco has not begun a section at this definition.
            _append(result, Section(section.comment, code=above, line=section.line))
            section.comment, section.code = "", section.code[len(above) :]
        _append(result, section, first)
    for section, after in itertools.pairwise(result):
        if not section.docstring and after.code:
            cut = _unfinished(section.code)
            after.code = section.code[cut:] + after.code
            section.code = section.code[:cut]
    for section in result:
        section.code = _stripped(section.code)
        section.names = {n: names[n] for n, _ in section.code if n in names}
    return result


def _unfinished(code):
    """Where in lines of code a definition begins that has its body elsewhere."""
    for cut in reversed(range(len(code))):
        if re.match(r"\s*(async def|def|class) ", code[cut][1]):
            while cut and code[cut - 1][1].lstrip().startswith("@"):
                cut -= 1
            header = textwrap.dedent("\n".join(text for _, text in code[cut:]))
            try:
                ast.parse(f"{header.rstrip()} pass")
            except SyntaxError:
                return len(code)
            return cut if header.rstrip().endswith(":") else len(code)
    return len(code)


def _append(result, section, first=0):
    """Add a section; `first` is where the definition that it documents begins."""
    last = result[-1] if result else None
    if last and not (section.comment or section.docstring):
        last.code += _gap(last, section) + section.code
        return
    if last and first:
        # The signature has been taken for the end of what is above.
        signature = [line for line in last.code if line[0] >= first]
        last.code = last.code[: len(last.code) - len(signature)]
        section.code = signature + section.code
        if not (last.code or last.docstring or section.comment):
            section.comment, section.line = last.comment, last.line
            result.pop()
    result.append(section)


def _gap(last, section):
    """A blank line, where there is one between two pieces of code."""
    number = last.code[-1][0] + 1 if last.code else 0
    blank = number and section.code and section.code[0][0] > number
    return [(number, "")] if blank else []


def _highlight(parsed, language, filename):
    """Replace the text of each line of code by pycco's HTML for it."""
    given = [
        {"docs_text": "", "code_text": "\n".join(text for _, text in section.code)}
        for section in parsed
    ]
    pycco.highlight(given, language, outdir=".")
    for section, part in zip(parsed, given):
        code = part["code_html"]
        code = code.removeprefix(pycco.highlight_start)
        code = code.removesuffix(pycco.highlight_end).strip("\n")
        shown = code.split("\n") if section.code else []
        texts = [plain(line).rstrip() for line in shown]
        if texts != [text.rstrip() for _, text in section.code]:
            raise SourceError(f"{filename}:{section.line}: pycco loses code here")
        section.code = [
            (number, line) for (number, _), line in zip(section.code, shown)
        ]
