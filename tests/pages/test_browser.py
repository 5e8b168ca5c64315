"""The pages in a real browser, opened from disk, as a reader does.

They need Chromium, and one of them axe-core, as `make test-all` fetches it. A reader
who has not got them skips these tests; CI does not.
"""

import numpy as np
import pytest
from check import ROOT, missing

DOCS = ROOT / "docs"
AXE = ROOT / ".venv" / "axe.min.js"
PAGES = sorted(path.name for path in DOCS.glob("*.html"))


def shows_formulas(name):
    return 'display="block"' in (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_and_does_not_scroll_sideways(open_page, name, width):
    page = open_page(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.size)") >= 1


@pytest.mark.parametrize("width", [1400, 1000, 390])
@pytest.mark.parametrize("name", [name for name in PAGES if shows_formulas(name)])
def test_a_displayed_formula_fits_into_its_column(open_page, name, width):
    page = open_page(name, width)
    cut = page.evaluate(
        """[...document.querySelectorAll("math[display=block], .formula")]
          .filter((formula) => {
            const right = formula.getBoundingClientRect().right;
            const column = formula.parentElement.getBoundingClientRect().right;
            return formula.scrollWidth > formula.clientWidth + 1 || right > column + 1;
          }).map((formula) => formula.textContent)"""
    )
    assert not cut


@pytest.mark.parametrize("scheme, width", [("light", 1400), ("dark", 390)])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault(open_page, name, scheme, width):
    if not AXE.exists():
        missing("axe-core")
    page = open_page(name, width, scheme)
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {preload: false})")
    faults = [
        (fault["id"], node["html"][:200], node["failureSummary"])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
    assert not faults


def test_axe_would_find_a_fault(open_page):
    if not AXE.exists():
        missing("axe-core")
    page = open_page("index.html")
    page.add_script_tag(path=AXE)
    page.evaluate("document.querySelector('.prose p').style.color = '#bbb'")
    found = page.evaluate("axe.run(document, {preload: false})")
    assert "color-contrast" in [fault["id"] for fault in found["violations"]]


# ## Finding one's way


@pytest.mark.parametrize("typed, rows", [("sgd", 2), ("torch.cat", 1), ("xyzzy", 0)])
def test_the_table_of_names_is_filtered(open_page, typed, rows):
    page = open_page("pytorch.html")
    page.locator(".filter").fill(typed)
    assert page.locator("table.names tbody tr:visible").count() == rows


def search(page, text):
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_selector("#page-results a")
    return page.locator("#page-results a").first


@pytest.mark.parametrize(
    "text, target",
    [
        ("SigmoidOp", "ops.html#SigmoidOp"),
        ("topological", "gradients.html"),
        ("snapshot", "session.html#a-run-is-a-snapshot"),
        (r"\frac{\partial L}{\partial A} = G B^T", "ops.html#matrix-product"),
        ("p_j - t_j", "mixins_losses.html"),
        ("self.random.bit_generator", "mixins_randomness.html"),
    ],
)
def test_search_finds_operations_words_formulas_and_code(open_page, text, target):
    page = open_page("index.html")
    assert search(page, text).get_attribute("href").startswith(target)


@pytest.mark.parametrize(
    "typed, target",
    [("gradeint", "gradient"), ("brodcasting", "broadcasting"), ("sesion", "session")],
)
def test_search_forgives_a_typing_error(open_page, typed, target):
    page = open_page("index.html")
    assert target in search(page, typed).inner_text().lower()


def test_search_works_by_keyboard_alone(open_page):
    page = open_page("main.html")
    search(page, "SigmoidOp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ops.html#SigmoidOp")
    assert page.locator("#SigmoidOp").is_visible()


def test_search_says_when_there_is_nothing(open_page):
    page = open_page("main.html")
    page.keyboard.press("/")
    page.keyboard.type("zebra")
    page.wait_for_function("document.getElementById('page-results').textContent")
    assert page.locator("#page-results").inner_text() == "Nothing found."
    page.keyboard.press("Escape")
    assert page.locator("#page-results").is_hidden()


def test_menus_open_one_at_a_time_and_close(open_page):
    page = open_page("gradients.html")
    page.get_by_text("The heart", exact=True).click()
    page.get_by_text("On this page").click()
    assert page.locator(".page-header details[open]").count() == 1
    page.get_by_role("link", name="Gradients.gradients", exact=True).first.click()
    assert page.url.endswith("gradients.html#Gradients.gradients")
    assert page.locator(".page-header details[open]").count() == 0


def test_a_menu_closes_when_the_focus_leaves_it(open_page):
    page = open_page("main.html")
    page.locator(".page-header summary").first.click()
    assert page.locator(".page-header details[open]").count() == 1
    page.locator("#page-search").focus()
    assert page.locator(".page-header details[open]").count() == 0


def test_on_a_wide_screen_the_contents_stand_open_and_follow(open_page):
    page = open_page("ops.html", 1600)
    assert page.locator(".contents[open] ul").is_visible()
    page.evaluate("document.getElementById('matrix-product').scrollIntoView()")
    page.wait_for_selector(".contents a.current[href='#matrix-product']")


def test_a_line_that_is_folded_away_unfolds_when_it_is_linked_to(open_page):
    page = open_page("gradients.html")
    fold = page.locator("details.fold").first
    line = fold.locator(".line[id]").first.get_attribute("id")
    assert not fold.get_attribute("open")
    page.evaluate(f"location.hash = '{line}'")
    page.wait_for_selector("details.fold[open]")
    assert page.locator(f"#{line}").is_visible()


def test_an_answer_unfolds(open_page):
    page = open_page("pytorch.html")
    question = page.locator("details.question")
    assert not question.locator("p").is_visible()
    question.locator("summary").click()
    assert question.locator("p").is_visible()


# ## How pages use their space


def test_little_of_the_code_column_is_empty(open_page):
    """On average over all pages, less than a quarter of its height."""
    shares = []
    for name in PAGES:
        page = open_page(name)
        page.evaluate("document.fonts.ready")
        whole, empty = page.evaluate(
            """() => {
              let whole = 0, empty = 0;
              for (const row of document.querySelectorAll(".row")) {
                const parts = [...row.querySelector(".beside").children];
                const height = row.getBoundingClientRect().height;
                const filled = parts.map((x) => x.getBoundingClientRect().height);
                whole += height;
                empty += Math.max(0, height - filled.reduce((a, b) => a + b, 0));
              }
              return [whole, empty];
            }"""
        )
        if whole:
            shares.append(empty / whole)
    assert len(shares) > 30
    assert np.mean(shares) < 0.25


@pytest.mark.parametrize("name", PAGES)
def test_the_text_of_a_picture_is_large_enough_to_read(open_page, name):
    page = open_page(name, 390)
    sizes = page.evaluate(
        """[...document.querySelectorAll("svg text")].filter((text) => {
          // What is hidden, such as a picture for readers without scripts, has no size.
          return text.getClientRects().length;
        }).map((text) => {
          const svg = text.ownerSVGElement;
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          return scale * parseFloat(getComputedStyle(text).fontSize);
        })"""
    )
    assert min(sizes, default=11) >= 10.99


def test_a_click_on_the_number_of_a_line_links_to_it(open_page):
    page = open_page("graph.html")
    line = page.locator(".line[id]:visible").nth(3)
    line.click(position={"x": 20, "y": 5})
    assert page.url.endswith("#" + line.get_attribute("id"))


def test_numbers_of_lines_are_not_copied(open_page):
    page = open_page("mixins_dtypes.html")
    text = page.locator("pre:has(.line):visible").first.inner_text()
    assert text.strip().startswith("def numbers(value, name):\n\n    try:\n")


def test_previous_and_next_go_through_the_whole_book(open_page):
    page = open_page("index.html")
    seen = [page.url.rpartition("/")[2]]
    while page.locator("a[rel=next]").count():
        with page.expect_navigation():
            page.locator("a[rel=next]").click()
        seen.append(page.url.rpartition("/")[2])
    assert sorted(seen) == PAGES


def test_what_can_be_operated_has_a_visible_focus(open_page):
    page = open_page("step.html")
    for _ in range(13):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle + s.outlineWidth; })()"
        )
        assert style == "solid3px"
