"""The chapters of the course as notebooks, in which you run one piece after another.

A chapter is a row of functions that `main` calls.  In its notebook each stands open:
its comments are text, and its code is cells.
"""

import ast
import json
import re
import textwrap

from weave import contents

# Where a repository has its files, if the notebook isn't in the project's folder.
ARCHIVE = "archive/refs/heads/main.zip"

SETUP = """\
# Finds the modules of the project, or fetches them.
import io
import os
import pathlib
import sys
import urllib.request
import zipfile

ARCHIVE = "{archive}"
here = pathlib.Path.cwd()
found = [path for path in (here, *here.parents) if (path / "gradients.py").exists()]
if not found and ARCHIVE:
    with urllib.request.urlopen(ARCHIVE) as answer:
        zipfile.ZipFile(io.BytesIO(answer.read())).extractall("modules")
    found = [path.parent for path in pathlib.Path("modules").rglob("gradients.py")]
if not found:
    raise FileNotFoundError("open this notebook in the project's folder notebooks/")
os.chdir(found[0])
sys.path.insert(0, os.getcwd())
__file__ = os.path.abspath("{name}")"""


def notebooks(root):
    """The content of each notebook, by its file name."""
    chapters = [page for page in contents.CONTENTS["Course"] if page.is_module]
    return {
        page.file.replace(".html", ".ipynb"): notebook(
            (root / page.source).read_text("utf-8"), page.source
        ).encode()
        for page in chapters
    }


def notebook(source, name):
    """The notebook of a chapter, as JSON.

    Args:
        source: the text of its module.
        name: the path of its module in the project.
    """
    archive = contents.REPOSITORY and f"{contents.REPOSITORY}/{ARCHIVE}"
    title, *rest = _Chapter(source).cells()
    cells = [title, ("code", SETUP.format(archive=archive, name=name)), *rest]
    made = []
    for number, (kind, text) in enumerate(cells):
        cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        else:
            text = markdown(text)
        made.append(cell | {"source": text.splitlines(keepends=True)})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": made, "metadata": {"kernelspec": kernel}}
    whole |= {"nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


# ## A chapter, taken apart


class _Chapter:
    def __init__(self, source):
        self.lines = source.split("\n")
        self.body = ast.parse(source).body
        self.functions = {
            node.name: node for node in self.body if isinstance(node, ast.FunctionDef)
        }
        self.main = self.functions.pop("main")
        # The functions that `main` calls in a statement that does nothing else.
        self.calls = {
            node.value.func.id: node
            for node in self.main.body
            if isinstance(node, (ast.Expr, ast.Assign))
            and isinstance(node.value, ast.Call)
            and getattr(node.value.func, "id", None) in self.functions
        }
        self.opened = {x for x in self.calls if self._can_open(self.functions[x])}

    def cells(self):
        """Pairs (kind, text), the kind "markdown" or "code", in the order of a run."""
        result, at, waiting, done = [], 0, list(self.main.body), set()
        for node in self.body[: self.body.index(self.main)]:
            if not isinstance(node, ast.FunctionDef):
                continue
            result += _pieces(self.lines[at : node.lineno - 1])
            at = node.end_lineno
            if node.name not in self.opened:
                result += self._closed(node.name, done)
                continue
            statement = self.calls[node.name]
            while (before := waiting.pop(0)) is not statement:
                result.append(("code", self._text(before)))
            # What it uses may stand below it in a module, and not in a notebook.
            for name in self.functions:
                if name in self._used(node) - self.opened:
                    result += self._closed(name, done)
            result += self._open(node, statement)
        result += _pieces(self.lines[at : self.main.lineno - 1])
        return result + [("code", self._text(node)) for node in waiting]

    def _of(self, expression):
        return ast.get_source_segment("\n".join(self.lines), expression)

    def _text(self, statement):
        lines = self.lines[statement.lineno - 1 : statement.end_lineno]
        return textwrap.dedent("\n".join(lines))

    def _used(self, function):
        """The names that a function uses, and those that they use."""
        found, waiting = set(), [function]
        while waiting:
            for name in _loaded(waiting.pop()) - found:
                found.add(name)
                waiting += [self.functions[name]] if name in self.functions else []
        return found

    def _can_open(self, function):
        """Whether what the function binds may be names of the whole notebook."""
        inner = [x for x in ast.walk(function) if isinstance(x, ast.Return)]
        nested = [x for x in ast.walk(function) if isinstance(x, ast.FunctionDef)][1:]
        inner = [x for x in inner if not any(x in ast.walk(f) for f in nested)]
        if inner not in ([], function.body[-1:]) or function.args.defaults:
            return False
        used_elsewhere = [
            node
            for node in ast.walk(ast.Module([*self.body], []))
            if isinstance(node, ast.Name) and node.id == function.name
        ]
        # Names of the module, and those that `main` still needs.
        taken = {n for x in self.body if x not in self.calls for n in _bound(x)}
        place = self.main.body.index(self.calls[function.name])
        later = {n for x in self.main.body[place + 1 :] for n in _loaded(x)}
        kept = {n for x in self.main.body[:place] for n in _bound(x)} & later
        mine = {n for x in function.body for n in _bound(x)}
        parameters = {argument.arg for argument in function.args.args}
        given = {ast.unparse(x) for x in self.calls[function.name].value.args}
        mine |= parameters - given
        return len(used_elsewhere) == 1 and not mine & (taken | kept)

    def _closed(self, name, done):
        """The function as it is, but for the comments above its first statement.

        Nothing, if it is among those that are done.
        """
        if name in done:
            return []
        done.add(name)
        function = self.functions[name]
        lines = self.lines[function.lineno - 1 : function.end_lineno]
        end = 1
        while lines[end].startswith("    #"):
            end += 1
        comments = textwrap.dedent("\n".join(lines[1:end])).split("\n")
        return _pieces(comments) + _pieces(lines[:1] + lines[end:])

    def _open(self, function, statement):
        first = function.lineno
        last = function.body[-1]
        lines = self.lines[first : function.end_lineno]
        arguments = [self._of(x) for x in statement.value.args]
        parameters = [x.arg for x in function.args.args]
        result = []
        if arguments != parameters:
            given = f"{', '.join(parameters)} = {', '.join(arguments)}"
            result.append(("code", given))
        if isinstance(last, ast.Return):
            lines = lines[: last.lineno - 1 - first]
        result += _pieces(textwrap.dedent("\n".join(lines)).split("\n"))
        if isinstance(last, ast.Return) and isinstance(statement, ast.Assign):
            targets, value = self._of(statement.targets[0]), self._of(last.value)
            if targets != value:
                result.append(("code", f"{targets} = {value}"))
        return result


def _bound(node):
    """The names that a statement binds where it stands, not within a function."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(x.asname or x.name).split(".")[0] for x in node.names}
    found = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            found.add(child.id)
        elif not isinstance(child, (ast.Lambda, ast.comprehension)):
            found |= _bound(child)
    return found


def _loaded(node):
    return {x.id for x in ast.walk(node) if isinstance(x, ast.Name)}


def _pieces(lines):
    """Cells of text, from the comments at the margin, and of the code between them."""
    result = []
    for line in lines:
        kind = "markdown" if line.startswith("#") else "code"
        if line and (not result or result[-1][0] != kind):
            result.append((kind, []))
        if result:
            result[-1][1].append(re.sub("^# ?", "", line) if line[:1] == "#" else line)
    return [(kind, "\n".join(text).strip("\n")) for kind, text in result]


# ## Its text


def markdown(text):
    """Prose as a notebook shows it: links to pages, pictures, questions."""
    text = re.sub(r"^(#+ .*?) \{#[\w-]+\}$", r"\1", text, flags=re.MULTILINE)
    text = re.sub(
        r'!\[([^]]*)\]\((weave:)?([\w.-]+)(?:\s+"([^"]*)")?\)', _picture, text
    )
    text = re.sub(r"\]\(([\w/]+\.(?:py|md))(#[\w.-]+)?\)", _link, text)
    text = re.sub(
        r"^\? (.+?)\n\n! (.+?)(?=\n\n|\Z)",
        r"**\1**\n\n<details><summary>Answer</summary>\n\n\2\n\n</details>",
        text,
        flags=re.MULTILINE | re.DOTALL,
    )
    return re.sub(
        r"^>>> .*?(?=\n\n|\Z)",
        lambda match: f"```pycon\n{match[0]}\n```",
        text,
        flags=re.MULTILINE | re.DOTALL,
    )


def _picture(match):
    alt, made, name, caption = (" ".join((x or "").split()) for x in match.groups())
    if made:
        return f"*{caption}* (The picture is in the book.)"
    return f"![{alt}](../course/pictures/{name})\n\n*{caption}*"


def _link(match):
    source, anchor = match[1], match[2] or ""
    pages = [page for group in contents.CONTENTS.values() for page in group]
    (page,) = [page for page in pages if page.source == source]
    if page in contents.CONTENTS["Course"]:
        return f"]({page.file.replace('.html', '.ipynb')})"
    return f"]({contents.ADDRESS or '../docs/'}{page.file}{anchor})"
