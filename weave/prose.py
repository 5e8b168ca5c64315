"""Markdown as the pages have it: formulas, examples, pictures, and linked names."""

import ast
import re
from xml.etree import ElementTree

import markdown
import pygments
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonConsoleLexer, PythonLexer, TextLexer

from weave.formulas import FormulaExtension

# Where a name isn't a link: in one already, in an example, and in what one clicks on.
UNLINKED = ("a", "pre", "h1", "h2", "h3", "summary")

# What fits beside the code.
WIDEST = 72


def highlighted(text, prints=False):
    """The HTML of an example: Python, a dialogue with it (`>>>`), or plain text.

    It is of the class "output" if `prints` says that it is what a program prints.
    """
    try:
        ast.parse(text)
        lexer = PythonLexer()
    except SyntaxError:
        lexer = PythonConsoleLexer() if ">>>" in text else TextLexer()
    code = pygments.highlight(text, lexer, HtmlFormatter(nowrap=True))
    kind = "example output" if prints else "example"
    return f'<pre class="{kind}"><code>{code.rstrip()}</code></pre>'


class _Examples(Preprocessor):
    """Takes examples out before Markdown makes quotations of `>>>`.

    An example begins with `>>>` and ends at a blank line; or it is indented by four
    spaces, and ends where that does.
    """

    def run(self, lines):
        result, block, after_item, after_blank = [], [], False, True
        for i, line in enumerate([*lines, ""]):
            indented = line.startswith("    ") and after_blank and not after_item
            if block and block[0].startswith(">>> "):
                inside = bool(line.strip())
            else:
                # A blank line is inside if what comes next is indented.
                rest = (other for other in lines[i:] if other.strip())
                inside = block and next(rest, "").startswith("    ")
            if inside or line.startswith(">>> ") or indented:
                block.append(line)
                after_blank = not line.strip()
                continue
            if block:
                result += ["", self._stash(block), ""]
                block = []
            result.append(self._checked(line))
            if line.strip() and not line.startswith(" "):
                after_item = bool(re.match(r"[-*] |\d+\. |:   ", line))
            after_blank = not line.strip()
        return result

    def _checked(self, line):
        if re.match(r"\s*([-*] |\d+\. )?\s*>", line):
            raise ValueError(f"an example that is not at the margin: {line!r}")
        if re.match(r"```|~~~|#+[^# ]", line):
            raise ValueError(f"neither a heading nor an example: {line!r}")
        return line

    def __init__(self, md, book):
        super().__init__(md)
        self.book = book

    def _stash(self, block):
        for line in block:
            if len(line) > WIDEST:
                raise ValueError(f"an example wider than {WIDEST} letters: {line!r}")
        indent = min(len(line) - len(line.lstrip()) for line in block if line.strip())
        code = "\n".join(line[indent:] for line in block)
        prints = self.book.page.prints and not code.startswith((">>>", "python "))
        return self.md.htmlStash.store(highlighted(code, prints))


class _Questions(BlockProcessor):
    """A question to the reader, whose answer unfolds.

    ? What is 2 + 2?

    ! 4.
    """

    def test(self, parent, block):
        return block.startswith(("? ", "! "))

    def run(self, parent, blocks):
        question = blocks.pop(0)
        if question[0] == "!" or not blocks or not blocks[0].startswith("! "):
            raise ValueError(f"a question and its answer go together: {question!r}")
        details = ElementTree.SubElement(parent, "details", {"class": "question"})
        ElementTree.SubElement(details, "summary").text = question[2:]
        while blocks and blocks[0].startswith("! "):
            ElementTree.SubElement(details, "p").text = blocks.pop(0)[2:]


class _Links(Treeprocessor):
    """Links names in code spans to their definitions, and files to their pages."""

    def __init__(self, md, book):
        super().__init__(md)
        self.book = book

    def run(self, root):
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter("a")):
            href = element.get("href")
            if "//" not in href:
                element.set("href", self.book.resolve(href))
        for element in list(root.iter("code")):
            target = self.book.find(element.text)
            if target and parents[element].tag not in UNLINKED:
                _wrap(element, target)
        for element in list(root.iter("img")):
            source, paragraph = element.get("src"), parents[element]
            if not source.startswith("weave:") and not re.fullmatch(
                r"[\w-]+\.svg", source
            ):
                raise ValueError(f"a picture that the program does not make: {source}")
            beside = (paragraph.text or "") + (element.tail or "")
            if paragraph.tag != "p" or len(paragraph) > 1 or beside.strip():
                raise ValueError(f"{source} is not alone in its paragraph")
            name, alt = source.removeprefix("weave:"), element.get("alt")
            figure = self.book.figure(name, alt, element.get("title"))
            _replace(paragraph, self.md.htmlStash.store(figure))
        for row in root.iter("tr"):
            if any(cell.text is None and not len(cell) for cell in row):
                raise ValueError("a table with an empty cell, or with a | in a formula")


def _wrap(code, href):
    """Make a link of a code span."""
    name, tail, attributes = code.text, code.tail, dict(code.attrib)
    code.clear()
    code.tag, code.tail = "a", tail
    code.set("href", href)
    inner = type(code)("code", attributes)
    inner.text = name
    code.append(inner)


def _replace(paragraph, placeholder):
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.text = placeholder


class _BookExtension(markdown.Extension):
    def __init__(self, book):
        super().__init__()
        self.book = book

    def extendMarkdown(self, md):
        # After white space is normalized, at 30, and before raw HTML is read, at 20.
        md.preprocessors.register(_Examples(md, self.book), "examples", 25)
        # Before paragraphs, at 10.
        md.parser.blockprocessors.register(_Questions(md.parser), "questions", 15)
        # Prose has no HTML in it: `a < b` is text.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # After inline patterns, at 20.
        md.treeprocessors.register(_Links(md, self.book), "links", 15)


class Prose:
    """Renders Markdown for one page.

    Args:
        book: what resolves links: `resolve(href)`, `find(name)`, which gives None for
            a name that is not defined, and `figure(name, alt, caption)`; and `page`.
    """

    def __init__(self, book):
        self.markdown = markdown.Markdown(
            extensions=[
                FormulaExtension(),
                _BookExtension(book),
                "attr_list",
                "def_list",
                "tables",
                "toc",
            ],
            output_format="html",
        )

    def html(self, text):
        """The HTML of `text`, and its headings as (level, id, name)."""
        self.markdown.reset()
        result = self.markdown.convert(text)
        return result, _headings(self.markdown.toc_tokens)


def _headings(tokens):
    found = []
    for token in tokens:
        found.append((token["level"], token["id"], token["html"]))
        found += _headings(token["children"])
    return found


# Docstrings say what arguments are in a form that is plain to read in `help()`:
#
#     Args:
#         name: what it is.
#
# Markdown has definition lists for that.


def docstring(text):
    """A docstring as Markdown, its lists of arguments as definition lists."""
    result, inside = [], False
    for line in text.split("\n"):
        if re.fullmatch(r"(Args|Attributes|Raises|Returns):", line):
            result += ["", f"**{line[:-1]}**", ""]
            inside = True
        elif not inside or (line and not line.startswith(" ")):
            inside = False
            result.append(line)
        elif entry := re.match(r"    (\*{0,2}\w+)(?: \(.*?\))?: (.*)", line):
            result += ["", f"`{entry[1]}`", f":   {entry[2]}"]
        elif line.startswith("     "):
            result.append(f"    {line.strip()}")
        else:
            result.append(line.strip())
    return "\n".join(result)
