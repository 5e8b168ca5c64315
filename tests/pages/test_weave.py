"""weave on awkward sources: rendered rightly, or refused with the file and line."""

import pytest
from check import ROOT, needing

from weave.source import SourceError, script_sections, sections

with needing("latex2mathml"):
    from weave import layout
    from weave.__main__ import main, write
    from weave.book import Book, brief, fold
    from weave.contents import CONTENTS, Page
    from weave.prose import Prose


def parts(source):
    """(comment, docstring, line numbers of the code) of each section."""
    return [
        (x.comment.strip(), x.docstring.strip(), [n for n, line in x.code if line])
        for x in sections(source, "some.py")
    ]


class NoBook:
    def resolve(self, href):
        return href

    def find(self, name):
        return None

    def figure(self, name, alt, caption):
        return f"<figure>{name}</figure>"

    page = Page("some.py", "Some", "Some page.")


def rendered(text):
    return Prose(NoBook()).html(text)[0]


# ## Docstrings


@pytest.mark.parametrize(
    "docstring",
    [
        '"""Says it."""',
        "'''Says it.'''",
        'r"""Says it."""',
        '"Says it."',
        '"""\n    Says it.\n    """',
        '"""Says it.\n\n    """',
        '"""\n    Says it."""',
    ],
)
def test_each_form_of_docstring_stands_beside_its_definition(docstring):
    source = f'def f():\n    {docstring}\n    return 1\n\n\ndef g():\n    """Too."""\n'
    end = 3 + docstring.count("\n")
    assert parts(source) == [
        ("", "Says it.", [1, end]),
        ("", "Too.", [end + 3]),
    ]


def test_a_module_docstring_is_prose():
    assert parts('"""What it is."""\n\nx = 1\n') == [("", "What it is.", [3])]


def test_latex_in_a_raw_docstring_survives():
    source = 'def f():\n    r"""$\\frac{1}{2}$, $\\beta$"""\n'
    assert parts(source)[0][1] == r"$\frac{1}{2}$, $\beta$"


def test_a_docstring_under_a_comment_comes_after_it():
    source = '# Above.\n\n\nclass A:\n    """Inside."""\n\n    x = 1\n'
    assert parts(source) == [("Above.", "Inside.", [4, 7])]


def test_a_comment_between_signature_and_docstring_is_refused_or_right():
    source = 'def f():\n    # Odd.\n    """Says it."""\n    return 1\n'
    shown = parts(source)
    assert [(c, d) for c, d, _ in shown if c or d] == [("Odd.", "Says it.")]
    assert [n for *_, numbers in shown for n in numbers] == [1, 4]


# ## Strings and decorators


def test_a_string_on_one_line_does_not_turn_the_next_docstring_into_code():
    source = 'x = """one line"""\n\n\ndef f():\n    """Says it."""\n    return x\n'
    try:
        shown = parts(source)
    except SourceError as error:
        assert "some.py:" in str(error)
    else:
        assert shown == [("", "", [1]), ("", "Says it.", [4, 6])]


@pytest.mark.parametrize(
    "source",
    [
        'x = """\n# not a comment\n"""\ny = 1\n',
        "x = '''\n# not a comment\n'''\ny = 1\n",
        'x = f"""\n# not a comment\n"""\ny = 1\n',
    ],
)
def test_a_hash_inside_a_string_never_becomes_prose(source):
    with pytest.raises(SourceError, match=r"some\.py:\d"):
        sections(source, "some.py")


def test_a_continued_matrix_product_is_no_decorator():
    source = "# Product.\ny = (\n    a\n    @ b\n)\n# Next.\nz = 1\n"
    assert parts(source) == [("Product.", "", [2, 3, 4, 5]), ("Next.", "", [7])]


def test_decorators_stay_with_their_definition():
    source = '# Above.\n@one\n@two\ndef f():\n    """Says it."""\n    return 1\n'
    assert parts(source) == [("Above.", "Says it.", [2, 3, 4, 6])]


def test_code_without_prose_joins_the_section_before():
    source = "# First.\nx = 1\n\n\ndef f():\n    return x\n\n\nclass A:\n    pass\n"
    assert parts(source) == [("First.", "", [2, 5, 6, 9, 10])]


@pytest.mark.parametrize(
    "source, title, beside",
    [
        (
            "class A:\n    @property\n    def a(self):\n        return 1\n\n"
            '    def b(self):\n        """It."""\n        return 2\n',
            "A.b",
            [6, 8],
        ),
        (
            'def f():\n    return 1\n\n\nasync def g():\n    """It."""\n    return 2\n',
            "g",
            [5, 7],
        ),
        (
            "def f():\n    def inner():\n"
            '        """It."""\n        return 1\n\n    return inner\n',
            "f.inner",
            [1, 2, 4, 6],
        ),
        (
            'if True:\n\n    def f():\n        """It."""\n\n\ndef g():\n    pass\n',
            "f",
            [3, 7, 8],
        ),
        ('"""It."""\n\nimport os\n\n\ndef f():\n    return os\n', None, [3, 6, 7]),
    ],
)
def test_a_docstring_stands_under_the_name_of_its_owner(source, title, beside):
    (section,) = [x for x in sections(source, "some.py") if x.docstring]
    assert section.docstring.strip() == "It."
    assert section.title == title
    assert [number for number, line in section.code if line] == beside


def test_a_getter_and_its_setter_have_one_anchor():
    source = (
        "class A:\n    @property\n    def a(self):\n        return 1\n\n"
        "    @a.setter\n    def a(self, value):\n        pass\n"
    )
    names = [name for x in sections(source, "some.py") for name in x.names.values()]
    assert sorted(names) == ["A", "A.a"]


# ## What is refused, and where


@pytest.mark.parametrize(
    "line, source",
    [
        (3, "f(\n    1,\n    # inside\n    2,\n)\n"),
        (1, "#!/usr/bin/env python\nx = 1\n"),
        (2, "x = 1\n# noqa: E501\ny = 1\n"),
        (2, "x = 1\n# type: ignore\ny = 1\n"),
        (1, "# encoding: of what follows\nx = 1\n"),
        (2, "x = 1\nf(encoding=utf8)\n"),
        (2, "x = 1\ny = (\n"),
        (1, 'def f(): """Says it."""\n'),
        (2, 'def f():\n    "a"; x = 1\n'),
        (2, 'def f():\n    """Has \\"\\"\\" in it."""\n'),
    ],
)
def test_what_pycco_would_misread_is_refused_with_file_and_line(line, source):
    with pytest.raises(SourceError, match=rf"^some\.py:{line}: "):
        sections(source, "some.py")


def test_a_formula_that_is_wrong_is_refused_with_file_and_line(tmp_path):
    (tmp_path / "bad.py").write_text("x = 1\n\n# It is $\\frac{1$ here.\ny = 2\n")
    with pytest.raises(SourceError, match=r"^bad\.py:3: .*\\frac\{1"):
        _book(tmp_path, "bad.py").files()


@pytest.mark.parametrize("link", ["gone.html", "bad.py#gone", "#gone"])
def test_a_link_to_nowhere_is_refused(tmp_path, link):
    (tmp_path / "bad.py").write_text(f"# # Title\n#\n# See [it]({link}).\n")
    with pytest.raises(SourceError, match=r"^bad\.py:1: the link .*gone"):
        _book(tmp_path, "bad.py").files()


def test_a_page_without_a_heading_is_refused(tmp_path):
    (tmp_path / "bad.py").write_text("# Just prose.\nx = 1\n")
    with pytest.raises(SourceError, match=r"^bad\.py:1: a page begins with a heading"):
        _book(tmp_path, "bad.py").files()


@pytest.mark.parametrize(
    "prose",
    [
        " >>> 1 + 1",
        "- >>> 1 + 1",
        "```\ncode\n```",
        "#hashtag",
        "![a picture](gone.png)",
        "Text ![a picture](weave:it) around it.",
        "| a | b |\n|---|---|\n| $P(a|b)$ |",
    ],
)
def test_what_markdown_would_mangle_is_refused(prose):
    with pytest.raises(ValueError):
        rendered(prose)


def test_an_example_wider_than_the_page_is_refused(tmp_path):
    (tmp_path / "bad.py").write_text(f"# >>> {'x' * 80}\n")
    with pytest.raises(SourceError, match=r"^bad\.py:1: an example wider than"):
        _book(tmp_path, "bad.py").files()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'


@pytest.mark.parametrize(
    "svg, reason",
    [
        (None, r"the picture p\.svg: .*; its chapter draws it"),
        (SVG.format("<g>"), r"the picture p\.svg is broken"),
        (SVG.format("")[:50], r"the picture p\.svg is broken"),
        ("<html width='9'></html>", r"the picture p\.svg is no SVG"),
        (SVG.format("<script>1</script>"), r"the picture p\.svg .*has a script"),
        (SVG.format("").replace('width="9"', ""), r"the picture p\.svg has no width"),
    ],
)
def test_a_picture_that_cannot_stand_in_a_page_is_refused(tmp_path, svg, reason):
    folder = tmp_path / "course" / "pictures"
    folder.mkdir(parents=True)
    if svg is not None:
        (folder / "p.svg").write_text(svg)
    (tmp_path / "bad.py").write_text('# # Title\n#\n# ![It](p.svg "So.")\n')
    with pytest.raises(SourceError, match=rf"^bad\.py:1: {reason}"):
        _book(tmp_path, "bad.py").files()


@pytest.mark.parametrize("images", ["![](p.svg)", "![It](p.svg)\n#\n# ![It](p.svg)"])
def test_a_picture_without_words_or_there_twice_is_refused(tmp_path, images):
    folder = tmp_path / "course" / "pictures"
    folder.mkdir(parents=True)
    (folder / "p.svg").write_text(SVG.format(""))
    (tmp_path / "bad.py").write_text(f"# # Title\n#\n# {images}\n")
    with pytest.raises(SourceError, match=r"^bad\.py:1: the picture p\.svg (needs|is)"):
        _book(tmp_path, "bad.py").files()


def test_what_is_no_python_is_shown_without_colours():
    assert "<span" in rendered("So:\n\n    for x in y: f(1)")
    assert "<span" not in rendered("So:\n\n    2 of 3 for training")


def test_an_anchor_that_is_there_twice_is_refused(tmp_path):
    (tmp_path / "bad.py").write_text("# ## Same\nx = 1\n# ## Same\ny = 1\n")
    with pytest.raises(SourceError, match=r"^bad\.py.*'same' is there twice"):
        _book(tmp_path, "bad.py").files()


def _book(root, source, monkey=pytest.MonkeyPatch):
    with monkey.context() as patch:
        patch.setattr("weave.book.CONTENTS", {"All": [Page(source, "Page", "A page.")]})
        return Book(root)


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n# # Title\n\ny = 2\n",
        "# # Title\n\nx = 1\n\n# ![A wide picture of it](weave:program)\n\ny = 2\n",
        "# # Title\n#\n# ![A wide one](weave:program)\n#\n# After.\n\nx = 1\ny = 2\n",
    ],
)
def test_no_line_of_code_is_lost(tmp_path, text):
    (tmp_path / "main.py").write_text(text)
    figure = {"program": lambda alt, book: '<figure class="wide"></figure>'}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("weave.pictures.MAKERS", figure)
        page = _book(tmp_path, "main.py").files()["main.html"].decode()
    assert page.count("data-n=") == 2


# ## Prose


def test_brackets_in_prose_are_no_links():
    assert rendered("of [[1, 2], [3, 4]] it") == "<p>of [[1, 2], [3, 4]] it</p>"


def test_there_is_no_html_in_prose():
    html = rendered("if a<b and b>c: `x<y`, <b>bold</b>, a <script>alert(1)</script>")
    assert "<script" not in html
    assert "<b>" not in html
    assert "a&lt;b and b&gt;c" in html


def test_an_indented_example_may_have_blank_lines():
    html = rendered("So:\n\n    class A:\n\n        def f(self): pass\n\nEnd.")
    assert html.count("<pre") == 1
    assert "\n\n    " in html


def test_examples_are_no_quotations():
    html = rendered("So:\n\n>>> 1 < 2\nTrue\n\nEnd.")
    assert "blockquote" not in html
    assert html.count("<pre") == 1
    assert "&lt;" in html
    assert html.endswith("<p>End.</p>")


def test_indented_code_is_shown_as_it_is():
    html = rendered("So:\n\n    a  *  b  # $5\n    _c_\n\nEnd.")
    assert html.count("<pre") == 1
    assert "<em>" not in html


def test_underscores_and_stars_in_formulas_are_no_emphasis():
    html = rendered(r"$a_1 * b_2$ and $c_1 * d_2$")
    assert "<em>" not in html
    assert html.count("<math") == 2


# ## Writing


def test_the_old_pages_stay_when_writing_fails(tmp_path, monkeypatch):
    docs = tmp_path / "docs"
    write({"a.html": b"old", "gone.html": b"old"}, docs)
    with pytest.raises(TypeError):
        write({"a.html": b"new", "b.html": None}, docs)
    assert {x.name: x.read_bytes() for x in docs.iterdir()} == {
        "a.html": b"old",
        "gone.html": b"old",
    }
    write({"a.html": b"new"}, docs)
    assert {x.name: x.read_bytes() for x in docs.iterdir()} == {"a.html": b"new"}
    assert [x.name for x in tmp_path.iterdir()] == ["docs"]


def test_each_module_of_the_project_is_in_the_book():
    sources = {page.source for group in CONTENTS.values() for page in group}
    found = {path.name for path in ROOT.glob("*.py")}
    for folder in ("mixins", "compiler", "tf"):
        paths = (ROOT / folder).glob("*.py")
        found |= {f"{folder}/{path.name}" for path in paths}
    # There is nothing in them to read.
    found -= {"mixins/__init__.py", "compiler/__init__.py"}
    assert found <= sources


# ## What stands beside what


def book_of(folder, name, text):
    """The HTML of a book's only page."""
    (folder / name).write_text(text)
    page, *_ = _book(folder, name).files().values()
    return page.decode()


CODE = '<pre><code><span class="line">x = 1</span></code></pre>'
EXAMPLE = '<pre class="example"><code>example</code></pre>'
OUTPUT = '<pre class="example output"><code>printed</code></pre>'
TEXT = "<p>" + "Some words. " * 30 + "</p>"


def columns(parts):
    """The texts of the two columns of each row; of what goes across, one."""
    return [
        part.html
        if isinstance(part, layout.Block)
        else tuple("".join(x.html for x in side) for side in (part.prose, part.beside))
        for part in parts
    ]


def test_what_is_no_prose_stands_beside_the_paragraph_that_leads_to_it():
    parts = layout.rows(f"<p>One.</p>\n{EXAMPLE}\n<p>Two.</p>", CODE, 1)
    assert columns(parts) == [("<p>One.</p>\n", f"{EXAMPLE}\n"), ("<p>Two.</p>", CODE)]


def test_what_is_printed_stands_below_the_code_that_prints_it():
    parts = layout.rows(f"<p>One:</p>\n{OUTPUT}\n<p>Two.</p>", CODE, 1)
    assert columns(parts) == [("<p>One:</p>\n<p>Two.</p>", f"{CODE}{OUTPUT}\n")]


def test_a_wide_picture_goes_across():
    wide = '<figure class="wide">picture</figure>'
    assert columns(layout.rows(f"<p>One.</p>{wide}<p>Two.</p>", CODE, 1)) == [
        ("<p>One.</p>", ""),
        wide,
        ("<p>Two.</p>", CODE),
    ]


def test_the_example_of_a_docstring_stands_below_its_definition():
    parts = layout.rows("", CODE, 1, "S1", f"<p>Does it.</p>{EXAMPLE}")
    assert columns(parts) == [("<p>Does it.</p>", CODE + EXAMPLE)]


def test_long_prose_has_a_column_of_its_own_but_for_its_end():
    parts = layout.rows(TEXT * 6, CODE, 1)
    assert columns(parts) == [(TEXT * 5, ""), (TEXT, CODE)]


def test_a_heading_stays_with_what_it_is_above():
    parts = layout.rows(TEXT * 5 + "<h2>Title</h2>" + TEXT, CODE, 1)
    assert columns(parts)[1][0].startswith("<h2>Title</h2>")


def test_a_formula_stays_with_the_paragraph_that_leads_to_it():
    formula = '<div class="formula"><math><mi>x</mi></math></div>'
    parts = layout.rows(TEXT * 5 + formula + "<p>So.</p>", CODE, 1)
    assert columns(parts)[1][0] == TEXT + formula + "<p>So.</p>"


def test_prose_moves_up_beside_a_tall_picture_and_a_heading_does_not():
    picture = '<figure><svg width="300" height="300"></svg></figure>'
    assert columns(layout.rows(f"<p>One.</p>{picture}{TEXT}{TEXT}", CODE, 20)) == [
        (f"<p>One.</p>{TEXT}{TEXT}", picture + CODE)
    ]
    prose = f"<p>One.</p>{picture}<h2>Title</h2>{TEXT}{TEXT}"
    assert len(columns(layout.rows(prose, CODE, 20))) == 2


def test_a_page_with_little_code_has_one_column():
    sparse = layout.page(layout.rows(TEXT * 3, CODE, 1))
    assert 'class="row"' not in sparse and 'class="stacked"' in sparse
    full = layout.page(layout.rows("<p>One.</p>", CODE, 30))
    assert 'class="row"' in full


def test_the_head_of_a_definition_stands_with_its_body():
    source = "x = 1\n\n\n@decorated\ndef f(\n    a,\n):\n    # Why.\n    return a\n"
    assert [numbers for *_, numbers in parts(source)] == [[1], [4, 5, 6, 7, 9]]


def test_brief_definitions_are_together():
    methods = [f'    def f{i}(self):\n        """It is {i}."""\n\n' for i in range(3)]
    long = '    def g(self):\n        """' + "Long. " * 30 + '"""\n'
    found = brief(sections(f"# One.\nclass A:\n{''.join(methods)}{long}", "some.py"))
    titles = [[section.title for section in group] for group in found]
    assert titles == [[None], ["A.f0", "A.f1", "A.f2"], ["A.g"]]


@pytest.mark.parametrize(
    "text, label",
    [
        ("import ast\nfrom a import b\n\nFRAMEWORK.add(__name__)", "imports"),
        ("import ast\n\nX = 1", None),
        (
            "    def paint(axes):\n        axes.plot()\n\n    save_plot('a', paint)",
            "how the picture is drawn",
        ),
        ("    save_graph('a', [b])\n    print(b)", None),
    ],
)
def test_plumbing_is_folded(text, label):
    assert fold(list(enumerate(text.split("\n")))) == label


def test_a_question_has_an_answer_that_unfolds():
    html, _ = Prose(NoBook()).html("? What is $2 + 2$?\n\n! It's `4`.\n\nOn.")
    assert html.startswith('<details class="question">\n<summary>What is')
    assert "<p>It's <code>4</code>.</p>\n</details>\n<p>On.</p>" in html


@pytest.mark.parametrize("text", ["? Why?\n\nBecause.", "! Because.", "? Why?"])
def test_a_question_without_an_answer_is_refused(text):
    with pytest.raises(ValueError, match="a question and its answer"):
        Prose(NoBook()).html(text)


def test_a_picture_of_a_chapter_needs_a_caption(tmp_path):
    with pytest.raises(ValueError, match=r"part1-sum\.svg needs a caption"):
        book_of(tmp_path, "page.md", "# T\n\n![alt](part1-sum.svg)\n")


def test_figures_with_captions_are_numbered_and_can_be_linked_to(tmp_path):
    text = "# Title\n\n" + "\n\n".join(
        f'![{name}](weave:{name} "This is {name}.")' for name in ("xor", "ladder")
    )
    page = book_of(tmp_path, "one.md", text)
    for number, name in enumerate(("xor", "ladder"), 1):
        link = f'<a href="#figure-{number}">Figure {number}</a>'
        assert f"<figcaption>{link} This is {name}.</figcaption>" in page
        assert f'<figure id="figure-{number}"' in page


def test_a_heading_can_be_linked_to(tmp_path):
    page = book_of(tmp_path, "one.md", "# Title\n\n## A part {#part}\n\nText.")
    assert '<h2 id="part">A part <a class="permalink" href="#part"' in page


def test_links_may_lead_out_of_the_book(tmp_path):
    page = book_of(tmp_path, "one.md", "# Title\n\n[A paper](https://a.org/b).")
    assert 'href="https://a.org/b"' in page


def test_the_readme_has_to_name_the_address(monkeypatch):
    monkeypatch.setattr("weave.__main__.ADDRESS", "https://a.org/book/")
    with pytest.raises(SystemExit, match=r"README\.md .*https://a\.org/book/; add it"):
        main()


def test_with_an_address_each_page_says_where_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("weave.contents.ADDRESS", "https://a.org/book/")
    page = book_of(tmp_path, "one.md", "# Title\n\nText.")
    assert '<link rel="canonical" href="https://a.org/book/one.html">' in page
    assert 'content="https://a.org/book/card.png"' in page


# ## Scripts


def test_the_comments_at_the_margin_of_a_script_are_its_prose():
    source = (
        "// # Title\n//\n// Why.\n\nlet a;\n  // Inside.\nlet b; // Beside.\n// More.\n"
    )
    first, second = script_sections(source, "some.js")
    assert first.comment == "# Title\n\nWhy.\n"
    assert [n for n, _ in first.code] == [5, 6, 7]
    assert (second.comment, second.code, second.line) == ("More.\n", [], 8)


def test_a_script_that_begins_with_code_is_refused():
    with pytest.raises(SourceError, match=r"some\.js:1: a script begins with"):
        script_sections("let a;\n// Late.\n", "some.js")
