"""How prose, and what it is about, stand side by side.

Prose stands on the left.  What is not prose, code, examples and pictures, stands on the
right, beside the paragraph that leads to it.  What a program prints stands below the
code that prints it.  Prose with nothing beside it, and prose much longer than what is
beside it, has a column of its own in the middle.  A page with little code is one
column.
"""

import html
import re
import typing
from html.parser import HTMLParser

from weave.markup import plain

# Heights in pixels, as they come out on a screen 1400 pixels wide: near enough to tell
# what is taller.
TEXT, CODE, WIDTH = 27, 20.3, 66

# Prose that is taller by more than this than what is beside it is not all beside it.
SLACK = 200

# Below prose that is shorter by more than this than what is beside it, more prose fits.
GAP = 80

# A page that has this share of its right column empty is better off with one.
SPARSE = 0.4


class Block(typing.NamedTuple):
    """A piece of a page: "text", "heading", "beside", "output" or "wide"."""

    kind: str
    html: str
    height: float
    anchor: str = ""


class _Outermost(HTMLParser):
    """Finds where the outermost elements of a piece of HTML begin and end."""

    VOID = ("br", "img", "hr", "wbr", "input")

    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.depth, self.begins = 0, []
        self.lines = [0]
        for line in text.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if self.depth == 0:
            line, column = self.getpos()
            self.begins.append(self.lines[line - 1] + column)
        self.depth += tag not in self.VOID

    def handle_startendtag(self, tag, attrs):
        """Nothing can be inside."""

    def handle_endtag(self, tag):
        self.depth -= tag not in self.VOID


def blocks(prose):
    """The outermost elements of a piece of HTML, each a `Block`."""
    begins = _Outermost(prose).begins
    pieces = [prose[a:b] for a, b in zip(begins, [*begins[1:], len(prose)])]
    return [Block(_kind(piece), piece, _height(piece)) for piece in pieces]


def _kind(piece):
    if piece.startswith("<figure"):
        return "wide" if re.match(r'<figure[^>]* class="wide', piece) else "beside"
    if match := re.match(r'<pre class="example( output)?"', piece):
        return "output" if match[1] else "beside"
    return "heading" if re.match("<h[123]", piece) else "text"


def _height(piece):
    text = plain(re.sub(r"<(style|script).*?</\1>", "", piece, flags=re.DOTALL))
    if piece.startswith("<pre"):
        return 40 + CODE * len(text.strip("\n").split("\n"))
    if size := re.search(r'<svg[^>]* width="(\d+)[^>]* height="(\d+)', piece):
        width, height = map(int, size.groups())
        return 60 + height * min(1, 740 / width)
    if piece.startswith("<h"):
        return 70
    rows = max(1, len(re.findall(r"<li>|<tr|<dt>|<dd>|<summary", piece)))
    formulas = len(re.findall('class="formula"|display="block"', piece))
    text = html.unescape(re.sub(r"<math.*?</math>", "xxx", piece, flags=re.DOTALL))
    return 20 + TEXT * max(rows, len(plain(text)) / WIDTH) + 60 * formulas


def height(parts):
    """How tall several blocks are together."""
    return sum(block.height for block in parts)


class Row(typing.NamedTuple):
    """Prose, and what stands beside it: two lists of blocks."""

    prose: list
    beside: list
    anchor: str = ""

    def parts(self):
        """This row, or two: prose alone, and the end of it beside what it leads to."""
        if not self.beside:
            return [self]
        excess = height(self.prose) - height(self.beside) - SLACK
        cut = spent = 0
        while cut < len(self.prose) - 1 and excess > 0:
            block = self.prose[cut]
            spent += block.height
            cut += 1
            if spent > excess:
                break
        # A heading stays with what it is above, and a formula with what leads to it.
        while cut and (
            self.prose[cut - 1].kind == "heading"
            or self.prose[cut].html.startswith('<div class="formula"')
        ):
            cut -= 1
        if excess <= 0 or not cut:
            return [self]
        return [Row(self.prose[:cut], []), Row(self.prose[cut:], self.beside)]


def rows(prose, code="", lines=0, anchor="", definition=""):
    """The rows of a section: its prose, and the code that belongs to it, if any.

    Args:
        prose: the HTML of its comment.
        code: the HTML of its code, of so many `lines`.
        anchor: the id that the section gets.
        definition: the HTML of a docstring, which stays beside the code.
    """
    found, result, waiting = blocks(prose), [], []
    output = [block for block in found if block.kind == "output" and code]
    for block in found:
        if block in output:
            continue
        if block.kind == "wide":
            result += [Row(waiting, [])] * bool(waiting) + [block]
            waiting = []
        elif block.kind in ("beside", "output"):
            if waiting or not result or isinstance(result[-1], Block):
                result.append(Row(waiting, [block]))
            else:
                result[-1].beside.append(block)
            waiting = []
        else:
            waiting.append(block)
    # A docstring stays beside its definition, and its examples stand below that.
    said = blocks(definition)
    waiting += [block for block in said if block.kind in ("text", "heading")]
    if code:
        below = [Block("code", code, 14 + CODE * lines), *output]
        below += [block for block in said if block.kind not in ("text", "heading")]
        if waiting or not result or isinstance(result[-1], Block):
            result.append(Row(waiting, below))
        else:
            result[-1].beside.extend(below)
    elif waiting:
        result.append(Row(waiting, []))
    parts = []
    for row in _closed(result):
        parts += [row] if isinstance(row, Block) else row.parts()
    if parts and anchor:
        parts[0] = parts[0]._replace(anchor=anchor)
    return parts


def _closed(rows):
    """Rows whose prose moves up beside a tall picture, and still reaches its code."""
    result = []
    for row in rows:
        last = result[-1] if result else None
        if isinstance(row, Row) and isinstance(last, Row) and last.beside:
            gap = height(last.beside) - height(last.prose)
            if gap > GAP and height(row.prose) > gap and row.prose[0].kind == "text":
                result[-1] = Row(last.prose + row.prose, last.beside + row.beside)
                continue
        result.append(row)
    return result


def page(parts, one_column=False):
    """The HTML of all the rows of a page."""
    two = [part for part in parts if isinstance(part, Row) and part.beside]
    tall = sum(max(height(row.prose), height(row.beside)) for row in two)
    sparse = tall - sum(height(row.beside) for row in two) > SPARSE * tall
    return "\n".join(_shown(part, sparse or one_column) for part in parts)


def _shown(part, sparse):
    mark = f' id="{part.anchor}"' if part.anchor else ""
    if isinstance(part, Block):
        return f'<section class="across"{mark}>{part.html}</section>'
    prose = "".join(block.html for block in part.prose)
    beside = "".join(block.html for block in part.beside)
    if not part.beside:
        return (
            f'<section class="alone"{mark}><div class="prose">{prose}</div></section>'
        )
    beyond = max(2 * height(part.beside), height(part.beside) + SLACK)
    kind = "stacked" if sparse or height(part.prose) > beyond else "row"
    return (
        f'<section class="{kind}"{mark}>\n<div class="prose">{prose}</div>\n'
        f'<div class="beside">{beside}</div>\n</section>'
    )
