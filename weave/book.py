"""The book: its pages made of their sources, and the links between them."""

import ast
import html
import pathlib
import re
import string
import textwrap

import draw
from weave import contents, layout, pictures, rooms
from weave.contents import CONTENTS
from weave.markup import plain, script_json
from weave.prose import Prose, docstring
from weave.source import SourceError, script_sections, sections

HERE = pathlib.Path(__file__).resolve().parent
CARD = "card.png"
ASSETS = [
    *("style.css", "book.js", "favicon.svg", "fonts/OFL.txt"),
    "live/cases.json",
]
LIVE = HERE / "live"
BINARY = [
    CARD,
    "fonts/STIXTwoMath-subset.woff2",
    "fonts/STIXTwoText-Regular.woff2",
    "fonts/STIXTwoText-Italic.woff2",
    "fonts/STIXTwoText-Bold.woff2",
]

PERMALINK = (
    r'<h\1 id="\2">\3 <a class="permalink" href="#\2" '
    r'aria-label="Link to this section">#</a></h\1>'
)

# How fast one reads, and how many lines of code one takes in.
WORDS_A_MINUTE, LINES_A_MINUTE = 220, 12

CONTENTS_MENU = """<details name="menu" class="contents">
<summary>On this page</summary>
{}
</details>"""


class Book:
    """All pages of the project under `root`.

    Raises:
        ValueError: a source cannot be rendered rightly, a name is there twice, or a
            link leads nowhere; the message has the file and line.
    """

    def __init__(self, root):
        self.root = root
        self.pages = [page for group in CONTENTS.values() for page in group]
        if len({page.file for page in self.pages}) < len(self.pages):
            raise ValueError("two pages of the book would have the same file")
        self.parsed = {
            page: (sections if page.is_module else script_sections)(
                self._text(page), page.source
            )
            for page in self.pages
            if page.is_code
        }
        self.template = string.Template((HERE / "page.html").read_text("utf-8"))
        self.targets = self._targets()
        self.minutes = {page: self._minutes(page) for page in self.pages}

    def _minutes(self, page):
        """How many minutes a page takes to read."""
        if not page.is_code:
            words, lines = len(self._text(page).split()), 0
        else:
            parsed = self.parsed[page]
            words = sum(len(f"{x.comment} {x.docstring}".split()) for x in parsed)
            shown = [x.code for x in parsed if not fold(x.code)]
            lines = sum(bool(plain(text).strip()) for code in shown for _, text in code)
        return max(1, round(words / WORDS_A_MINUTE + lines / LINES_A_MINUTE))

    def group(self, name):
        """The pages of a group, by its name in the contents."""
        return CONTENTS[name]

    def _text(self, page):
        try:
            return (self.root / page.source).read_text("utf-8")
        except UnicodeDecodeError as error:
            raise SourceError(f"{page.source}: {error}") from None

    def files(self):
        """The content of each file of the site, by its name."""
        self.search, self.links, self.anchors = [], [], {}
        files = {page.file: self._render(page) for page in self.pages}
        self._check_links()
        files["search.js"] = f"window.SEARCH = {script_json(self.search, 0)};\n"
        for name in ASSETS:
            files[pathlib.PurePath(name).name] = (HERE / name).read_text("utf-8")
        for path in sorted(LIVE.glob("*.js")):
            files[path.name] = path.read_text("utf-8")
        styles = [HERE / "formulas.css", *sorted(LIVE.glob("*.css"))]
        files["style.css"] += "".join(path.read_text("utf-8") for path in styles)
        files["style.css"] += draw.STYLE
        files = {name: text.encode() for name, text in files.items()}
        for name in BINARY:
            files[pathlib.PurePath(name).name] = (HERE / name).read_bytes()
        return files

    # ## Links

    def _targets(self):
        """Where each name leads that prose can have in a code span.

        A definition is known by its name, with that of its class.  A method is known by
        its name alone if it is a name of several words; "tensor" is more likely a
        parameter.  A package is known by its folder, a module in it by its full name.
        What a graph, a session or a tensor can do is written in many rooms, and known
        by a name of theirs as well: "Graph.softmax".
        """
        found = {page.source: [page.file] for page in self.parsed}
        for page in self.parsed:
            if page.source.endswith("/__init__.py"):
                found[page.source.removesuffix("__init__.py")] = [page.file]
            elif "." in page.module:
                found[page.module] = [page.file]
        for page, parsed in self.parsed.items():
            for name in (name for part in parsed for name in part.names.values()):
                href = f"{page.file}#{name}"
                found.setdefault(page.prefix + name, []).append(href)
                short = name.rpartition(".")[2]
                if short != name and "_" in short.strip("_") and not page.prefix:
                    found.setdefault(short, []).append(href)
        modules = {page.module: page for page in self.parsed}
        for name, (module, written) in rooms.names().items():
            page = modules.get(module)
            if page is None or name in found:
                continue
            anchors = {x for part in self.parsed[page] for x in part.names.values()}
            if written not in anchors:
                # An attribute is told where its class is.
                written = written.rpartition(".")[0]
            if written in anchors:
                found[name] = [f"{page.file}#{written}"]
                short = name.rpartition(".")[2]
                if "_" in short.strip("_"):
                    found.setdefault(short, found[name])
        return found

    def find(self, name):
        """Where a name leads, or None.

        What several pages define is that of the page itself, or of the first of them,
        unless that page defines it twice.
        """
        name = re.sub(r"\(.*\)$", "", name or "")
        if name.startswith("graph.") and name not in self.targets:
            name = f"Graph{name.removeprefix('graph')}"
        found = self.targets.get(name, [])
        files = [href.partition("#")[0] for href in found]
        if not found:
            return None
        file = self.page.file if self.page.file in files else files[0]
        return found[files.index(file)] if files.count(file) == 1 else None

    def resolve(self, href):
        """A link between sources, as a link between pages.

        `session.py#Session.save` leads to the room where that is written.
        """
        path, mark, anchor = href.partition("#")
        if path in ("graph.py", "session.py", "tensor.py") and anchor in self.targets:
            return self.targets[anchor][0]
        for page in self.pages:
            if path == page.source:
                return page.file + mark + anchor
        return href

    def figure(self, name, alt, caption=None):
        """The HTML of something that the program makes; see `pictures`.

        With a caption, it is numbered, and can be linked to.

        What ends in ".svg" is the picture that a chapter has saved under this name.
        """
        if not alt:
            raise ValueError(f"the picture {name} needs an alternative text")
        if name.endswith(".svg") and not caption:
            raise ValueError(f"the picture {name} needs a caption")
        if name in self.figures:
            raise ValueError(f"the picture {name} is twice on the page")
        self.figures.add(name)
        made = self.make(name, alt)
        return self._captioned(made, caption) if caption else made

    def make(self, name, alt):
        """The HTML of a figure, without a caption."""
        if name.endswith(".svg"):
            return pictures.saved(self.root / "course" / "pictures" / name, alt)
        if name not in pictures.MAKERS:
            raise ValueError(f"there is no picture {name!r}")
        return pictures.MAKERS[name](alt, self)

    def load(self, *scripts):
        """Let the page load these scripts, each once, in this order."""
        self.scripts += [name for name in scripts if name not in self.scripts]

    def _captioned(self, figure, caption):
        self.captions += 1
        anchor = self._id(f"figure-{self.captions}")
        number = f'<a href="#{anchor}">Figure {self.captions}</a>'
        words = f"<figcaption>{number} {html.escape(caption)}</figcaption></figure>"
        figure = figure.replace("<figure ", f'<figure id="{anchor}" ', 1)
        return figure.removesuffix("</figure>") + words

    # ## Pages

    def _render(self, page):
        self.page, self.figures, self.captions = page, set(), 0
        self.scripts = ["book.js"]
        self.ids, self.headings, self.prose = set(), [], Prose(self)
        self.anchors[page.file] = self.ids
        run = ""
        if page.is_code:
            groups = brief(self.parsed[page])
            body = layout.page([row for x in groups for row in self._sections(x)])
            if page.is_module:
                run = f'<a href="index.html#run">How to run {page.source}</a> · '
        else:
            try:
                parts = layout.rows(self._prose(self._text(page)))
                body = layout.page(parts, one_column=True)
            except ValueError as error:
                raise SourceError(f"{page.source}: {error}") from None
        if not self.headings:
            raise SourceError(f"{page.source}:1: a page begins with a heading, # Title")
        place, contents = self.pages.index(page), self._contents()
        return self.template.substitute(
            title=html.escape(_text_of(self.headings[0][2])),
            about=html.escape(page.about),
            address=self._address(page),
            navigation=self._navigation(),
            contents=contents and CONTENTS_MENU.format(contents),
            body=body,
            run=f"{run}{self.minutes[page]} min",
            scripts="\n".join(
                f'<script src="{name}" defer></script>' for name in self.scripts
            ),
            kind="module" if page.is_code else "text",
            before=self._neighbour(place - 1, "prev", "←"),
            after=self._neighbour(place + 1, "next", "→"),
        )

    def _sections(self, together):
        """The rows of a section, or the one row of several brief ones."""
        if len(together) == 1:
            return self._section(*together)
        lines, code = [], []
        for section in together:
            text = self._prose(docstring(section.docstring), section, section.title)
            self.headings.append((3, section.title, html.escape(section.title)))
            name = self._name_of(section.title)
            lines.append(f"<tr><th scope='row'>{name}</th><td>{text}</td></tr>")
            code += [("", "")] * bool(code) + [(section, line) for line in section.code]
        anchor = self._id(f"S{together[0].line}")
        table = f'<table class="definitions">{"".join(lines)}</table>'
        lines = [self._line(x, *line) if x else "\n" for x, line in code]
        return layout.rows("", _code(lines), len(lines), anchor, table)

    def _address(self, page):
        """Where a page is in the web, and its picture for whoever links to it."""
        if not contents.ADDRESS:
            return ""
        return (
            f'<link rel="canonical" href="{contents.ADDRESS}{page.file}">\n'
            f'<meta property="og:url" content="{contents.ADDRESS}{page.file}">\n'
            f'<meta property="og:image" content="{contents.ADDRESS}{CARD}">\n'
            '<meta name="twitter:card" content="summary_large_image">\n'
        )

    def _section(self, section):
        prose = definition = ""
        try:
            prose = self._prose(section.comment, section, f"S{section.line}")
            if section.title:
                definition = self._title(section.title)
            text = docstring(section.docstring)
            said = self._prose(text, section, section.title or f"S{section.line}")
        except ValueError as error:
            place = f"{self.page.source}:{section.line}"
            raise SourceError(f"{place}: {error}") from None
        lines = [self._line(section, *line) for line in section.code]
        code, anchor = _code(lines), self._id(f"S{section.line}")
        folded = fold(section.code)
        if folded:
            code = f'<details class="fold"><summary>{folded}</summary>{code}</details>'
        if definition:
            return layout.rows(prose, code, len(lines), anchor, definition + said)
        return layout.rows(prose + said, code, 0 if folded else len(lines), anchor)

    def _line(self, section, number, code):
        name = section.names.get(number)
        anchor = ""
        if name and name != section.title:
            anchor = f'<span id="{self._id(name)}"></span>'
        shown = bool(code.strip())
        mark = f' id="{self._id(f"L{number}")}" data-n="{number}"' if shown else ""
        return f'<span class="line"{mark}>{anchor}{code}</span>\n'

    def _prose(self, text, section=None, anchor=""):
        """The HTML of Markdown; notes its headings, and its text for the search."""
        result, headings = self.prose.html(text)
        place = f"{self.page.source}:{section.line}" if section else self.page.source
        for href in re.findall(r'<a href="([^"]*)"', result):
            href = html.unescape(href)
            self.links.append(
                (place, self.page.file + href if href[0] == "#" else href)
            )
        # Each heading begins a piece of its own.
        pieces = re.split(r"(?=<h[123] )", result)
        title = section.title if section and section.title else self._last_heading()
        if pieces[0]:
            self._note(pieces[0], section, anchor, title)
        for piece, (level, name, title) in zip(pieces[1:], headings):
            self.headings.append((level, self._id(name), title))
            self._note(piece, section, name, title)
        return re.sub(r'<h([23]) id="([^"]*)">(.*?)</h\1>', PERMALINK, result)

    def _last_heading(self):
        titles = [title for level, _, title in self.headings if level < 3]
        return titles[-1] if titles else self.page.name

    def _title(self, name):
        short = html.escape(name)
        if not any(part.startswith("_") for part in name.split(".")):
            self.headings.append((3, name, short))
        return f'<h3 class="definition">{self._name_of(name)}</h3>'

    def _name_of(self, name):
        """The name of a definition, as an anchor that links to itself."""
        anchor, short = self._id(name), html.escape(name)
        return f'<a id="{anchor}" href="#{anchor}"><code>{short}</code></a>'

    def _id(self, name):
        if name in self.ids:
            raise ValueError(f"the anchor {name!r} is there twice")
        self.ids.add(name)
        return name

    def _check_links(self):
        for place, href in self.links:
            if href.startswith("https://"):
                # It leads out of the book.
                continue
            path, _, anchor = href.partition("#")
            known = self.anchors.get(path)
            if href not in ("OFL.txt", "cases.json") and (
                known is None or (anchor and anchor not in known)
            ):
                raise SourceError(f"{place}: the link {href!r} leads nowhere")

    # ## Finding one's way

    def _navigation(self):
        groups = []
        for name, pages in CONTENTS.items():
            if len(pages) == 1:
                # The first page is where the title leads.
                if pages[0] != self.pages[0]:
                    groups.append(f'<a href="{pages[0].file}">{name}</a>')
                continue
            links = "".join(
                f'<li><a href="{page.file}"'
                + ' aria-current="page"' * (page == self.page)
                + f">{page.name}</a></li>"
                for page in pages
            )
            groups.append(
                f'<details name="menu"><summary>{name}</summary><ul>{links}</ul>'
                "</details>"
            )
        return "\n".join(groups)

    def _contents(self):
        """What is on this page: a list of headings, definitions under them."""
        items, inside = [], False
        for level, anchor, title in self.headings[1:]:
            link = f'<a href="#{anchor}">{title}</a>'
            if level > 2 and inside:
                items.append(f'<li class="inner">{link}</li>')
            else:
                inside = inside or level == 2
                items.append(f"<li>{link}</li>")
        return f"<ul>{''.join(items)}</ul>" if items else ""

    def _neighbour(self, place, rel, arrow):
        if not 0 <= place < len(self.pages):
            return ""
        page = self.pages[place]
        words = f"{arrow} {page.name}" if rel == "prev" else f"{page.name} {arrow}"
        return f'<a rel="{rel}" href="{page.file}">{words}</a>'

    def _note(self, rendered, section, anchor, title):
        """Add a piece of prose, with the code beside it, to the search.

        Formulas are found by their LaTeX, and as one types them: "p-t" for $p_j - t_j$.
        """
        rendered = re.sub(
            r"<svg.*?</svg>|<script.*?</script>", "", rendered, flags=re.S
        )
        latex = [html.unescape(x) for x in re.findall(r'alttext="([^"]*)"', rendered)]
        typed = [re.sub(r"_(\{[^}]*\}|\w)|\s", "", formula) for formula in latex]
        code = [line for _, line in section.code] if section else []
        terms = re.findall(r"<em>(.*?)</em>", rendered, re.DOTALL)
        terms = _text_of(" ".join(terms))
        hidden = " ".join([*latex, *typed, _text_of("\n".join(code))])
        entry = [self.page.name, f"{self.page.file}#{anchor}", _text_of(title)]
        self.search.append([*entry, _text_of(rendered), hidden, terms])


def _code(lines):
    return f"<pre><code>{''.join(lines)}</code></pre>" if lines else ""


# ## What is short, and what is folded
#
# Definitions that follow each other, each with a sentence to say, are a table beside
# their code.

BRIEF = 90


def brief(sections):
    """The sections in groups: brief definitions after each other are together."""
    groups = []
    for section in sections:
        said = section.docstring.strip()
        short = section.title and not section.comment and len(said) < BRIEF
        if short and "\n\n" not in said and len(section.code) < 12:
            if groups and groups[-1][1]:
                groups[-1][0].append(section)
                continue
            groups.append(([section], True))
        else:
            groups.append(([section], False))
    return [group for group, _ in groups]


# What it takes to run a module at all, and to draw a picture, is not what the page is
# about.


def fold(code):
    """What to call lines of code (number, HTML) that are folded, or None."""
    text = textwrap.dedent("\n".join(plain(line) for _, line in code))
    try:
        statements = ast.parse(text).body
    except SyntaxError:
        return None
    names = [_name_in(x) for x in statements]
    imports = [isinstance(x, (ast.Import, ast.ImportFrom)) for x in statements]
    if any(imports) and all(a or b == "FRAMEWORK.add" for a, b in zip(imports, names)):
        return "imports"
    if names and all(x in ("paint", "save_plot", "save_graph") for x in names):
        return "how the picture is drawn"
    return None


def _name_in(statement):
    """The name of the function that a statement defines or calls, or None."""
    if isinstance(statement, ast.FunctionDef):
        return statement.name
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return ast.unparse(statement.value.func)
    return None


def _text_of(marked):
    """The text of HTML on one line."""
    return " ".join(plain(marked).split())
