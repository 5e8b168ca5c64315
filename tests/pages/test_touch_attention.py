"""The transformer in the page: where its letters look, and what it writes."""

import numpy as np
import pytest
from test_course import shown

from course import part8_attention as chapter
from weave.live import attention

PAGE = "part8_attention.html"
MODEL, TEMPERATURE, CHANCES, WEIGHTS = attention.network()
END = chapter.END

# The values of a program in the page, for tokens and a temperature.
RUN = """([tokens, temperature]) => {
  const data = JSON.parse(document.getElementById("live-attention-data").textContent);
  const feeds = [np.array([tokens]), np.array(temperature)];
  const [values] = loaded(data.program).run(data.parameters.map(unpacked), feeds);
  return values.map((x) => [Array.from(x.data), x.shape]);
}"""


def answer(word, temperature=1.0):
    """The weights, by head, and the chances, by position, that Python computes."""
    tokens = chapter.encode([word])[:, :-1]
    feeds = {MODEL.tokens: tokens, TEMPERATURE: temperature, **WEIGHTS}
    return [x[0] for x in MODEL.session.run([MODEL.weights, CHANCES], feeds)]


@pytest.fixture
def page(open_page):
    return open_page(PAGE)


@pytest.fixture
def figure(page):
    return page.locator("#live-attention")


def word_of(figure):
    return figure.get_by_role("textbox").input_value()


def letters(figure):
    return figure.locator(".heads button")


def cells(figure):
    """The numbers in the table, by head."""
    rows = figure.locator(".heads tr").all()[1:]
    return np.array(
        [[float(x) for x in r.locator("td").all_inner_texts()] for r in rows]
    )


def chances(figure):
    """The chances that are shown, by letter."""
    return np.array(
        [float(x.split()[-1]) for x in figure.locator(".chances li").all_inner_texts()]
    )


def draw(figure, what):
    figure.get_by_role("button", name=f"Draw {what}").click()


def slider(figure, name):
    return figure.locator("label.slider", has_text=name)


def slide(figure, name, value):
    slider(figure, name).get_by_role("slider").fill(value)


def assert_shown(figure, word, position, temperature=1.0):
    weights, following = answer(word, temperature)
    expected = weights[:, position, : len(word) + 1]
    np.testing.assert_allclose(cells(figure), expected, 0, 0.0051)
    np.testing.assert_allclose(chances(figure), following[position], 0, 0.00051)


def test_the_kept_weights_are_as_good_as_those_of_the_chapter():
    test = chapter.words()[:120]
    (said,) = [x for x in shown("part8_attention") if "600 steps: " in x]
    loss = MODEL.session.run(MODEL.L, {**MODEL.feeds(test), **WEIGHTS})
    assert abs(loss - float(said.split()[-1])) < 0.01


@pytest.mark.parametrize("word", ["", "graph", "attention", "qzx", "abcdefghijklmno"])
def test_the_page_computes_what_python_computes(page, word):
    for temperature in (1.0, 0.1, 2.0):
        tokens = chapter.encode([word])[0, :-1].tolist()
        values = page.evaluate(RUN, [tokens, temperature])
        weights, following = (np.reshape(*value)[0] for value in values)
        expected = answer(word, temperature)
        np.testing.assert_allclose(weights, expected[0], 0, 1e-9)
        np.testing.assert_allclose(following, expected[1], 0, 1e-9)
        np.testing.assert_allclose(weights.sum(axis=-1), 1, 0, 1e-9)
        np.testing.assert_allclose(following.sum(axis=-1), 1, 0, 1e-9)
        assert (weights[:, np.triu(np.ones((16, 16)), 1) > 0] == 0).all()


def test_the_letter_you_point_at_is_shown_until_you_leave_it(page, figure):
    assert_shown(figure, "graph", 5)
    letters(figure).nth(2).hover()
    assert_shown(figure, "graph", 2)
    assert figure.locator(".chances li.came").inner_text().split()[0] == "a"
    assert figure.locator(".heads td.ghost").all_inner_texts() == ["0"] * 3 * 4
    page.mouse.move(0, 0)
    assert_shown(figure, "graph", 5)
    letters(figure).nth(3).click()
    page.mouse.move(0, 0)
    assert_shown(figure, "graph", 3)
    assert "the a looks most at r (0.93)" in figure.inner_text()


def test_a_word_that_you_type_is_read(figure):
    for word in ("attention", "Softmax", "", "abcdefghijklmno"):
        figure.get_by_role("textbox").fill(word)
        assert letters(figure).all_inner_texts() == ["·", *word.lower()]
        assert_shown(figure, word.lower(), len(word))


def test_what_the_network_cannot_read_is_refused(figure):
    field = figure.get_by_role("textbox")
    for text, said in (
        ("b4", "has learned the letters a to z, and no “4”"),
        ("naïve", "and no “ï”"),
        ("two words", "and no “ ”"),
        ("abcdefghijklmnop", "up to 15 letters, and this one has 16"),
    ):
        field.fill(text)
        assert said in figure.inner_text()
        assert field.get_attribute("aria-invalid") == "true"
        assert letters(figure).all_inner_texts() == ["·", *"graph"]
    field.fill("groph")
    assert field.get_attribute("aria-invalid") == "false"


def test_what_the_examples_say_is_so(figure):
    for word, said in (
        ("groph", "head 1 looks at the o"),
        ("gro", "Many letters could follow"),
        ("functio", "now it all but knows the n"),
        ("graph", "In heads 1 and 3, the h looks at the a"),
    ):
        figure.get_by_role("button", name=word, exact=True).click()
        assert said in figure.inner_text()
        assert word_of(figure) == word
    h = answer("graph")[0][:, 5]
    assert h[0, 1] > 0.6 and h[1, 3] > 0.8 and h[3, 3] > 0.8
    h = answer("groph")[0][:, 5]
    assert h[1, 3] > 0.8 and h[3].max() < 0.3
    assert answer("gro")[1][3].max() < 0.2
    assert answer("functio")[1][7, chapter.LETTERS.index("n")] > 0.8


# ## Writing


def numbers(state):
    """The random numbers of the page."""
    while True:
        state = (state + 0x6D2B79F5) % 2**32
        x = (state ^ state >> 15) * (state | 1) % 2**32
        x ^= (x + (x ^ x >> 7) * (x | 61)) % 2**32
        yield (x ^ x >> 14) / 2**32


def written(random, temperature=1.0, word=""):
    """A word that Python goes on with, by the same numbers."""
    while len(word) < chapter.BLOCK - 1:
        following = answer(word, temperature)[1][len(word)]
        code = np.searchsorted(np.cumsum(following), next(random), side="right")
        if code == END:
            break
        word += chapter.LETTERS[code]
    return word


def test_it_writes_the_words_that_python_writes(figure):
    random = numbers(0)
    for _ in range(3):
        draw(figure, "a whole word")
        assert word_of(figure) == written(random)
    slide(figure, "temperature", "0.3")
    slide(figure, "seed", "7")
    assert "Words from seed 7: none yet." in figure.inner_text()
    random = numbers(7)
    words = [written(random, 0.3) for _ in range(3)]
    for _ in words:
        draw(figure, "a whole word")
    assert f"Words from seed 7: {', '.join(words)}." in figure.inner_text()


def test_letter_by_letter_it_goes_on_from_the_one_you_pressed(page, figure):
    letters(figure).nth(2).click()
    expected = written(numbers(0), word="gr")
    for n in range(3, len(expected) + 1):
        draw(figure, "the next letter")
        assert word_of(figure) == expected[:n]
        chance = answer(expected)[1][n - 1, chapter.LETTERS.index(expected[n - 1])]
        assert f"It drew {expected[n - 1]}, with a chance of {chance:.3f}." in (
            figure.inner_text()
        )
        assert_shown(figure, expected[:n], n)
    draw(figure, "the next letter")
    assert "It drew END" in figure.inner_text()
    assert "The word is over" in figure.inner_text()
    assert figure.locator(".chances li.came").inner_text().startswith("END")
    draw(figure, "the next letter")
    assert len(word_of(figure)) == 1


def test_heat_makes_the_chances_equal(figure):
    figure.get_by_role("button", name="functio", exact=True).click()
    largest = []
    for temperature in ("0.1", "1", "2"):
        slide(figure, "temperature", temperature)
        assert_shown(figure, "functio", 7, float(temperature))
        largest.append(chances(figure).max())
    assert largest[0] > 0.999 and largest[2] < 0.6


def test_it_works_by_keyboard(page, figure):
    figure.get_by_role("textbox").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("gro")
    for _ in range(4 + 3):  # over the examples, to the r
        page.keyboard.press("Tab")
    assert_shown(figure, "gro", 2)
    page.keyboard.press("Enter")
    assert letters(figure).nth(2).get_attribute("aria-pressed") == "true"
    page.keyboard.press("Tab")
    assert_shown(figure, "gro", 3)
    page.keyboard.press("Tab")
    assert_shown(figure, "gro", 2)
    page.keyboard.press("Enter")
    assert word_of(figure).startswith("gr") and len(word_of(figure)) == 3
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert slider(figure, "temperature").locator(".value").inner_text() == "1.1"


def test_the_longest_word_fits_on_a_phone(open_page):
    page = open_page(PAGE, width=390, scheme="dark")
    figure = page.locator("#live-attention")
    figure.get_by_role("textbox").fill("abcdefghijklmno")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for button in figure.get_by_role("button").all():
        box = button.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
    letters(figure).nth(1).click()
    assert_shown(figure, "abcdefghijklmno", 1)
