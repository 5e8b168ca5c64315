# Each repair and each refusal of formulas, by the smallest formula that shows it.

import re
from xml.etree import ElementTree

import pytest
from check import ROOT, needed, needing

with needing("fontTools", "latex2mathml"):
    from fontTools.ttLib import TTFont
    from markdown import Markdown

    from weave.formulas import FormulaExtension, mathml, styled

# By it fontTools unpacks the font.
needed("brotli")

FONT = ROOT / "weave" / "fonts" / "STIXTwoMath-subset.woff2"

SAMPLES = [
    r"g f'(x) = \partial L / \partial y \cdot f''",
    r"\nabla_\theta J = \mathbb{E}_{x \sim p}\left[\nabla \log \pi(a \mid s)\right]",
    r"\hat y \bar y \tilde y \vec y \dot y \overline{a} \widehat{a} \underline{a}",
    r"\mathbf{W} \mathbf{0} \boldsymbol{\theta} \mathcal{LNO} \mathbb{RNE1} \mathsf{T}",
    r"\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\iota\kappa\lambda\mu\nu\xi",
    r"\pi\rho\sigma\tau\upsilon\phi\varphi\chi\psi\omega\Gamma\Delta\Theta\Lambda\Xi\Pi",
    r"a \le b \ge c \ne d \ll e \gg f \approx g \equiv h \propto i \in J \sim l",
    r"a \pm b \mp c \times d \cdot e \odot f \oplus g \otimes h \circ i \setminus K",
    r"a \to b \leftarrow c \mapsto d \Rightarrow e \iff f \leftrightarrow g \implies h",
    r"A \subset B \cup C \cap D \subseteq E, \emptyset, \infty, \forall, \exists, \top",
    r"\sum_{i=1}^n \prod_i \int_0^1 \sqrt[3]{x} \binom{n}{k} \frac{1}{2} \ell n! 50\%",
    r"\lVert x \rVert \lvert x \rvert \langle x \rangle \lfloor x \rfloor \lceil",
    r"\begin{pmatrix} a & \cdots \\ \vdots & \ddots \end{pmatrix}, \ldots x \parallel",
    r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases} := z",
    r"\underbrace{a}_b \overbrace{a}^b \operatorname*{arg\,max}_x \neg b \perp c",
]


def body(latex, display=False):
    """What is inside of <math>."""
    return re.fullmatch(r"<math[^>]*>(.*)</math>", mathml(latex, display))[1]


def page(text):
    return Markdown(extensions=[FormulaExtension()]).convert(text)


# Repairs.


def test_a_formula_is_one_element_with_its_latex():
    assert mathml("a <\n b") == (
        '<math alttext="a &lt; b"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>'
    )
    assert mathml("x", display=True) == (
        '<math alttext="x" display="block"><mi>x</mi></math>'
    )


@pytest.mark.parametrize("latex", SAMPLES)
def test_formulas_are_xml_and_the_same_each_time(latex):
    assert mathml(latex) == mathml(latex)
    assert ElementTree.fromstring(mathml(latex)).get("alttext") == latex


def test_aligned_has_columns_that_meet():
    formula = body(r"\begin{aligned} a &= b \\[2pt] &= c \end{aligned}")
    assert '<mtable displaystyle="true" class="aligned">' in formula
    assert formula.count('<mtd class="right"') == 2
    assert formula.count('<mtd class="left"><mi /><mo>=</mo>') == 2
    assert "2" not in formula


def test_upright_letters():
    assert body(r"\mathrm{d}x") == '<mi mathvariant="normal">d</mi><mi>x</mi>'
    assert body(r"\mathrm d") == '<mi mathvariant="normal">d</mi>'
    assert body(r"\Gamma") == '<mi mathvariant="normal">Γ</mi>'
    assert body(r"x_{\mathrm{in}}") == "<msub><mi>x</mi><mi>in</mi></msub>"


def test_fonts_are_letters_of_unicode():
    assert body(r"\mathbf{x}\mathbf x\mathbf{0}") == "<mi>𝐱</mi><mi>𝐱</mi><mn>𝟎</mn>"
    assert body(r"\boldsymbol{\theta}\bm{x}") == "<mi>𝜽</mi><mi>𝒙</mi>"
    assert body(r"\mathbb{R}\mathbb R\mathcal{L}") == "<mi>ℝ</mi><mi>ℝ</mi><mi>ℒ</mi>"
    assert (
        body(r"\mathsf{T}\mathit{di}") == "<mi>𝖳</mi><mrow><mi>𝑑</mi><mi>𝑖</mi></mrow>"
    )


def test_accents_do_not_stretch():
    for latex, accent in [("hat", "ˆ"), ("bar", "¯"), ("tilde", "˜"), ("vec", "→")]:
        formula = body(rf"\{latex}{{x}}")
        assert formula.startswith('<mover accent="true"><mi>x</mi><mo')
        assert 'stretchy="false"' in formula and f">{accent}</mo>" in formula


def test_wide_accents_and_braces_stretch():
    for latex in (r"\widehat{ab}", r"\overline{ab}", r"\underbrace{ab}_n"):
        assert 'stretchy="true"' in body(latex)


def test_names_of_functions_have_a_thin_space_before_an_operand():
    thin = '<mspace width="0.167em" />'
    assert body(r"\log x") == f"<mi>log</mi>{thin}<mi>x</mi>"
    assert body(r"2\ln x") == f"<mn>2</mn>{thin}<mi>ln</mi>{thin}<mi>x</mi>"
    assert body(r"\operatorname{relu} x") == f"<mi>relu</mi>{thin}<mi>x</mi>"
    for latex in (r"\exp(x)", r"\exp\left(x\right)", r"\mathrm{softmax}(x)", r"{\log}"):
        assert thin not in body(latex)
    assert body(r"\log\!x").count("mspace") == 1


def test_a_sign_without_left_operand_is_a_prefix():
    prefix = '<mo form="prefix">−</mo>'
    for latex in ("-x", "a = -x", "(-x)", "a, -x", r"\frac{-x}{2}", r"a \cdot -x"):
        assert prefix in body(latex)
    for latex in (
        "a - x",
        "(a) - x",
        r"\left(a\right) - x",
        "a_i - x",
        "{} - x",
        "n! - x",
    ):
        assert prefix not in body(latex)


def test_minus_inside_bars():
    assert 'form="prefix">−' in body("|-x|")
    assert "<mo>−</mo>" in body("|x|-y")


def test_brackets_stretch_only_with_left_and_right():
    assert 'stretchy="false"' in body(r"(x)") and "true" not in body(r"(x)")
    assert 'stretchy="false"' in body(r"\langle x\rangle")
    assert body(r"\left(x\right)").count('stretchy="true"') == 2
    assert body(r"\bigl\langle x \bigr\rangle").count('minsize="1.2em"') == 2
    assert "⟨" in body(r"\bigl\langle")
    assert body(r"\left\{x\right.").count("<mo") == 1


def test_norms_and_bars_have_no_space_around():
    for latex in (r"\lVert x \rVert", r"\|x\|", "|x|", r"\lvert x \rvert"):
        formula = body(latex)
        assert formula.count('lspace="0" rspace="0"') == 2
        assert formula.index('form="prefix"') < formula.index('form="postfix"')


def test_mid_is_a_relation():
    assert 'lspace="0.278em" rspace="0.278em">∣<' in body(r"p(x \mid y)")


def test_a_circled_operator_is_styled():
    assert '<mo class="ring">⊙</mo>' in body(r"a \odot b")


def test_limits_are_below_or_beside_as_the_browser_sees_fit():
    assert body(r"\sum_{i}^n").startswith("<munderover><mo")
    assert '<munder><mo movablelimits="true"' in body(r"\max_x f")
    assert ">arg\u2009max</mo>" in body(r"\operatorname*{arg\,max}_x")
    assert body(r"\arg\max_x") == body(r"\operatorname*{arg\,max}_x")
    assert body(r"\int_0^1").startswith("<msubsup>")


def test_there_is_no_space_in_scripts():
    assert '<mo lspace="0" rspace="0">=</mo>' in body(r"\sum_{i=1}")


def test_letters_that_are_no_operators():
    assert body(r"\partial x") == "<mi>∂</mi><mi>x</mi>"
    assert body(r"x^\top \infty") == "<msup><mi>x</mi><mi>⊤</mi></msup><mi>∞</mi>"
    assert body(r"\nabla") == '<mi mathvariant="normal">∇</mi>'


def test_operators_that_are_no_letters():
    for latex in (r"\pm", r"\perp", r"\implies", r"\langle", r"\lfloor", ":"):
        assert re.match("<mo[ >]", body(f"a {latex} b")[len("<mi>a</mi>") :])


def test_a_prime_stands_beside_its_letter():
    assert body("f'") == "<mi>f</mi><mi>′</mi>"
    assert body("f'_i") == "<msub><mrow><mi>f</mi><mi>′</mi></mrow><mi>i</mi></msub>"
    assert body("f'^2").startswith("<msup><mrow><mi>f</mi><mi>′</mi></mrow>")


def test_matrices_are_grouped_with_their_brackets():
    formula = body(r"x \begin{bmatrix} a \\ b \end{bmatrix}")
    assert re.search(
        r"<mrow><mo [^>]*>\[</mo><mtable>.*</mtable><mo [^>]*>\]</mo>", formula
    )
    assert body(r"\begin{pmatrix} a \end{pmatrix}").count('stretchy="true"') == 2


def test_cases_are_to_the_left():
    formula = body(r"\begin{cases} a & \text{if } b \\ c & d \end{cases}")
    assert formula.count('<mtd class="left">') == 4
    assert "<mtext>if\xa0</mtext>" in formula


def test_spaces():
    assert body(r"\quad") == '<mspace width="1em" />'
    assert body(r"\,") == '<mspace width="0.167em" />'
    assert body(r"\!") == '<mspace style="margin-left:-0.167em" />'


def test_text():
    assert body(r"\text{50\% of_all}") == "<mtext>50%\xa0of_all</mtext>"


# Refusals.


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        ("", "nothing"),
        (" ", "nothing"),
        (r"\foo x", r"unknown command \\foo"),
        (r"\mathfoo{x}", r"unknown command \\mathfoo"),
        (r"\newcommand{\x}{y}", r"unknown command \\newcommand"),
        ("x\\", "unknown command"),
        (r"\frac{a}{b", "missing }"),
        ("a}", "unbalanced }"),
        (r"\left( x", r"missing \\right"),
        (r"x \right)", r"unbalanced \\right"),
        (r"\left( { \right) }", r"unbalanced \\right"),
        (r"\begin{cases} x", r"missing \\end{cases}"),
        (r"x \end{cases}", r"unbalanced \\end{cases}"),
        (r"\begin{cases} x \end{matrix}", r"unbalanced \\end{matrix}"),
        (r"\begin{foo} x \end{foo}", r"unknown environment \\begin{foo}"),
        ("a & b", "& outside"),
        (r"a \\ b", r"\\\\ outside"),
        ("50% x", "% without a backslash"),
        (r"\frac{a}", "without its argument"),
        ("x_i_j", "Double Subscripts"),
        ("x_", "Missing Super Script"),
        (r"\boxed{x}", "browsers do not draw"),
        (r"\mathfrak{g}x\mathfrak g", "no letters in fraktur"),
        (r"\operatorname{top-1}", "letters only"),
        (r"\text{a {b} c}", "misreads"),
        ("2mm^2", "2mm reads as a length"),
    ],
)
def test_refusals(latex, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        mathml(latex)
    assert f"${latex.strip()}$" in str(refusal.value)


# Markdown.


def test_formulas_are_kept_from_markdown():
    text = page(r"a $x_1 * y_1 * z_1$ and *this* $\{a\_b\}$, $a<b$ & $[x](y)$")
    assert text.count("<math") == 4
    assert text.count("<em>") == 1
    assert "<a" not in text and "\\{" in text


def test_a_display_formula_is_a_block():
    text = page("We\n\n$$\n\\begin{aligned} a &= b \\\\ &= c \\end{aligned}\n$$\n\nsee")
    assert '<p>We</p>\n<div class="formula"><math' in text
    assert "</math></div>\n<p>see</p>" in text
    assert text.count("<mtr>") == 2


def test_formulas_with_a_wide_space_between_are_several():
    text = page(r"$$a = b \qquad c = d \text{ if } e$$")
    assert text.count("<math") == 2 and text.count('class="formula"') == 1
    matrix = r"\begin{pmatrix} 1 \qquad 2 \end{pmatrix}"
    assert page(f"$${matrix}$$").count("<math") == 1


def test_a_display_formula_in_a_sentence_stays_in_it():
    assert "<p>so <math" in page("so $$x$$ is") and "<div" not in page("so $$x$$ is")


def test_a_paragraph_of_one_formula_is_a_paragraph():
    assert page("$x$").startswith("<p><math") and page("$x$").endswith("</math></p>")


def test_the_comma_behind_stays_with_the_formula():
    assert '<span class="unbroken"><math' in page("a $x$, b")
    assert "</math>,</span> b" in page("a $x$, b")


def test_dollars_that_are_dollars():
    assert page(r"costs \$5 or \$6") == "<p>costs $5 or $6</p>"
    assert page("`$x` and `$`") == "<p><code>$x</code> and <code>$</code></p>"
    assert "<code>$x\n</code>" in page("a\n\n    $x\n")
    assert page("$$x$$") != page("$x$")


@pytest.mark.parametrize(
    "text",
    ["costs $5", "from $5 to $6", "from $5-$6", "$$x$", "see $x", "$ x $", "a $$ b"],
)
def test_a_dollar_that_is_not_closed_is_refused(text):
    with pytest.raises(ValueError, match="not closed") as refusal:
        page(text)
    assert text in str(refusal.value)


def test_code_in_a_formula_is_refused():
    with pytest.raises(ValueError, match="code within"):
        page("$x `y` z$")


# The font.


def test_the_font_has_every_character_of_the_formulas():
    font = TTFont(FONT)
    for latex in SAMPLES:
        for element in ElementTree.fromstring(mathml(latex)).iter():
            text = element.text or ""
            if (
                element.tag == "mi"
                and len(text) == 1
                and not element.get("mathvariant")
            ):
                # The letter that browsers put in its place.
                text += "ℎ" if text == "h" else styled(text, "ITALIC")
            missing = [char for char in text if ord(char) not in font.getBestCmap()]
            assert not missing, latex


def test_the_font_is_small_and_stretches():
    assert FONT.stat().st_size < 90_000
    variants = TTFont(FONT)["MATH"].table.MathVariants
    names = TTFont(FONT).getBestCmap()
    for bracket in "()[]{}|‖⟨⟩⌊⌋√∑":
        assert names[ord(bracket)] in variants.VertGlyphCoverage.glyphs
