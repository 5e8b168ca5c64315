"""The pages in docs/: fresh, whole, and in need of nothing from elsewhere."""

import html
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from check import ROOT, needed, needing

from weave.source import sections

with needing("fontTools", "latex2mathml"):
    from fontTools.ttLib import TTFont

    from weave.book import Book
    from weave.contents import CONTENTS

# By it fontTools unpacks the font.
needed("brotli")

DOCS = ROOT / "docs"
MODULES = [page for group in CONTENTS.values() for page in group if page.is_module]
PAGES = sorted(path.name for path in DOCS.glob("*.html"))


class Page(HTMLParser):
    """What a page has of anchors, links, things that it loads, and texts."""

    def __init__(self, name):
        super().__init__()
        self.ids, self.links, self.loads, self.tags = [], [], [], []
        self.feed((DOCS / name).read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes["href"])
        elif tag == "link":
            self.loads.append(attributes["href"])
        elif "src" in attributes:
            self.loads.append(attributes["src"])

    def first(self, tag, **wanted):
        found = (a for t, a in self.tags if t == tag and wanted.items() <= a.items())
        return next(found)


@pytest.fixture(scope="module")
def pages():
    return {name: Page(name) for name in PAGES}


def test_docs_are_what_the_sources_say():
    files = Book(ROOT).files()
    assert sorted(files) == sorted(path.name for path in DOCS.iterdir())
    stale = [name for name, text in files.items() if (DOCS / name).read_bytes() != text]
    assert not stale, f"run `make docs`: {stale} are out of date"


def test_a_build_does_not_depend_on_the_process():
    code = (
        "import hashlib, pathlib; from weave.book import Book;"
        "files = Book(pathlib.Path()).files();"
        "print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "LC_ALL": locale, "HOME": "/nonexistent"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, locale in [("1", "C"), ("2", "C.UTF-8")]
    }
    assert len(digests) == 1


@pytest.mark.parametrize("name", PAGES)
def test_each_anchor_is_there_once(pages, name):
    ids = pages[name].ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_each_link_leads_somewhere(pages, name):
    for link in pages[name].links:
        path, _, anchor = html.unescape(link).partition("#")
        if path.startswith("https://"):
            continue
        if path.endswith((".txt", ".json")):
            assert (DOCS / path).exists(), link
        else:
            assert path in {*pages, ""}, link
            assert not anchor or anchor in pages[path or name].ids, link


def test_what_the_search_finds_is_there(pages):
    text = (DOCS / "search.js").read_text("utf-8")
    entries = json.loads(text.removeprefix("window.SEARCH = ").rstrip(";\n"))
    assert len(entries) > 200
    for _, href, *_ in entries:
        path, _, anchor = href.partition("#")
        assert anchor in {*pages[path].ids, ""}, href


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_loaded_from_elsewhere(pages, name):
    for source in pages[name].loads:
        assert source == "data:," or (DOCS / source).exists(), source


def test_styles_and_scripts_load_nothing_from_elsewhere():
    for path in [*DOCS.glob("*.css"), *DOCS.glob("*.js")]:
        text = path.read_text("utf-8")
        # The name of a language for drawings is no address that is loaded.
        text = text.replace("http://www.w3.org/2000/svg", "")
        addresses = re.findall(r"(?<!file:)//\w+", text)
        assert not addresses or path.name == "search.js", addresses
        for source in re.findall(r"url\(\"?([^)\"]*)", text):
            assert (DOCS / source).exists(), source


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_is(pages, name):
    page = pages[name]
    assert page.first("html")["lang"] == "en"
    assert "width=device-width" in page.first("meta", name="viewport")["content"]
    assert len(page.first("meta", name="description")["content"]) > 20
    assert [tag for tag, _ in page.tags].count("h1") == 1


@pytest.mark.parametrize("name", PAGES)
def test_each_picture_has_an_alternative_text(pages, name):
    for tag, attributes in pages[name].tags:
        if tag == "svg":
            assert attributes["role"] == "img"
            assert len(attributes["aria-label"]) > 20
        if tag == "img":
            assert attributes["alt"]


def test_titles_tell_pages_apart():
    texts = [(DOCS / name).read_text("utf-8") for name in PAGES]
    titles = {re.search(r"<title>(.*?)</title>", text)[1] for text in texts}
    assert len(titles) == len(PAGES)


def test_the_font_has_each_character_of_the_formulas():
    font = TTFont(DOCS / "STIXTwoMath-subset.woff2").getBestCmap()
    used = set()
    for name in PAGES:
        text = (DOCS / name).read_text("utf-8")
        for formula in re.findall(r"<math.*?</math>", text, flags=re.DOTALL):
            used.update(
                html.unescape(re.sub(r"<mtext.*?</mtext>|<[^>]*>", "", formula))
            )
    missing = {c for c in used if ord(c) not in font and not c.isspace()}
    assert len(used) > 40
    assert not missing


# ## What the pages say of the program


def test_the_program_on_the_page_is_the_one_that_runs(pages):
    import main
    from session import Session

    graph, *_, loss, update = main.build()
    text = (DOCS / "listing.html").read_text("utf-8")
    table = re.search(r'<table class="program".*?</table>', text, flags=re.DOTALL)[0]
    rows = re.findall(r"<tr.*?</tr>", table)[1:]
    lines = [html.unescape(re.search(r"<code>(.*?)</code>", row)[1]) for row in rows]
    source = Session(graph).program([update, loss]).source
    assert lines == source.splitlines()
    # All that computes has a link to its operation, and one to where it comes from.
    computing = [row for row, line in zip(rows, lines) if " = " in line][1:]
    assert all(row.count("<a href=") == 2 for row in computing)
    assert 'href="ops.html#SigmoidOp"' in computing[2]
    # What was derived begins behind the loss, and ends before the updates.
    derived = [i for i, row in enumerate(rows) if 'class="derived"' in row]
    assert lines[derived[0] - 1].startswith("    loss = ")
    assert lines[derived[-1] + 1].startswith("    new_weights0 = ")
    assert derived == list(range(derived[0], derived[-1] + 1))


@pytest.mark.parametrize("page", MODULES, ids=lambda page: page.source)
def test_all_lines_of_code_stand_at_their_numbers(page):
    lines = (ROOT / page.source).read_text("utf-8").splitlines()
    text = (DOCS / page.file).read_text("utf-8")
    found = re.findall(r'id="L(\d+)" data-n="\1">(.*?)</span>\n', text)
    shown = {int(n): html.unescape(re.sub(r"<[^>]*>", "", code)) for n, code in found}
    assert shown == {
        number: lines[number - 1]
        for part in sections("\n".join(lines) + "\n", page.source)
        for number, code in part.code
        if code.strip()
    }


def test_definitions_and_methods_have_anchors(pages):
    assert {"BaseOp", "BaseOp.compute", "SigmoidOp.gradient"} <= {
        *pages["ops.html"].ids
    }
    assert {"BareGraph", "BareGraph.tensor"} <= {*pages["graph.html"].ids}
    assert {"Graph", "Session"} <= {*pages["mixins_rooms.html"].ids}
    assert {"Gradients.fit", "topological_order"} <= {*pages["gradients.html"].ids}


def test_names_in_prose_lead_to_their_definitions(pages):
    assert "graph.html" in pages["main.html"].links
    assert "mixins_drawing.html#Drawn.draw" in pages["main.html"].links
    assert "ops.html#BaseOp.gradient" in pages["gradients.html"].links


@pytest.mark.parametrize(
    "name, href",
    [
        ("Graph.softmax", "mixins_losses.html#Losses.softmax"),
        ("graph.exp", "ops.html#ExpOp"),
        ("stop_gradient", "ops.html#StopGradientOp"),
        ("Graph.gradients(y, xs)", "gradients.html#Gradients.gradients"),
        ("Session.run", "session.html#BareSession.run"),
        ("Session.save", "mixins_checkpoint.html#Checkpoint.save"),
        ("Tensor.dims", "mixins_shapes.html#ShapedTensor"),
        ("BaseOp.infer_shape", "mixins_shapes.html#_base_dims"),
        ("Session", "mixins_rooms.html#Session"),
        ("Graph.nowhere", None),
    ],
)
def test_a_name_leads_to_the_room_where_it_is_written(name, href):
    book = Book(ROOT)
    book.page = book.pages[0]
    assert book.find(name) == href


def test_plots_keep_their_colours():
    text = (DOCS / "main.html").read_text("utf-8")
    assert "fill: #ffffff" in text
    assert not re.search(r"(fill|stroke): #(loss|surface)", text)
