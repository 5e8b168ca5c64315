"""Formulas: LaTeX to MathML.

Browsers draw formulas themselves when they are written in MathML, so a page needs no
script for them. latex2mathml does most of the way from LaTeX there. What is left is to
refuse what it lets pass, as it never complains, and to repair its tree: it writes the
MathML of old, and browsers draw the smaller MathML Core.
"""

import html
import re
import unicodedata
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from latex2mathml import commands, converter
from latex2mathml.symbols_parser import SYMBOLS, convert_symbol
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor


def mathml(latex: str, display: bool = False) -> str:
    """The formula as one `<math>` element, on a line of its own if `display`.

    Raises:
        ValueError: the formula is empty, has an unknown command, does not close what it
            opens, or has what browsers do not draw.
    """
    source = " ".join(latex.split())
    try:
        _check(source)
        for pattern, replacement in REWRITTEN.items():
            latex = re.sub(pattern, replacement, latex)
        math = _repaired(_convert(latex))
    except ValueError as error:
        raise ValueError(f"{error}, in the formula ${source}$") from error
    if len(math) == 1 and math[0].tag == "mrow":
        math[:] = list(math[0])
    math.attrib = {"alttext": source} | ({"display": "block"} if display else {})
    for element in math.iter():
        kept = {key: element.attrib[key] for key in element.attrib if key in ATTRIBUTES}
        element.attrib = kept
    return ElementTree.tostring(math, encoding="unicode")


def _convert(latex: str) -> Element:
    try:
        return converter.convert_to_element(latex)
    # The exceptions of latex2mathml have no base in common, and it raises others too.
    except Exception as error:
        words = re.sub("(?<=[a-z])(?=[A-Z])", " ", type(error).__name__)
        raise ValueError(f"latex2mathml says {words}") from error


# ## Refusing
#
# Braces, \left with \right and \begin with \end nest in one another, so one stack
# checks them all.

ENVIRONMENTS = {"aligned", "array", "cases", "matrix"}
ENVIRONMENTS |= {"pmatrix", "bmatrix", "vmatrix", "Vmatrix"}

# latex2mathml knows these, but they have no place here.
UNFIT = {r"\def", r"\newcommand", r"\newenvironment", r"\DeclareMathOperator", r"\math"}
UNFIT |= {r"\verb", r"\href", r"\class", r"\style", r"\tag", r"\hline", r"\hdashline"}
UNFIT |= {r"\limits", r"\nolimits", r"\substack", r"\unicode"}

TOKEN = re.compile(
    r"\\(?:text[a-z]*|mbox)\s*\{[^{}]*\}|\\(?:begin|end)\s*\{[^{}]*\}"
    r"|\\(?:[a-zA-Z]+|.?)|[{}&%$]"
)


def _known() -> set[str]:
    """The commands of latex2mathml: strings, tuples and dictionaries in its modules."""
    names = {*SYMBOLS, *converter.OPERATORS, *converter.MOVABLE_LIMIT_TEXTS, "\\ "}
    for value in vars(commands).values():
        names.update([value] if isinstance(value, str) else ())
        names.update(value if isinstance(value, tuple | dict) else ())
    return names - UNFIT - {"\\"} | {r"\arg"}


KNOWN = _known()


def _check(latex: str):
    """Raises ValueError for an unknown command, and for what is not closed."""
    if not latex:
        raise ValueError("nothing")
    awaited = []
    for token in TOKEN.findall(latex):
        name = re.match(r"\\[a-zA-Z]+|\\?.?", token)[0]
        if name in ("{", r"\left", r"\begin"):
            pair = {"{": "}", r"\left": r"\right"}
            awaited.append(pair.get(name) or token.replace("begin", "end", 1))
        elif name in ("}", r"\right", r"\end"):
            if not awaited or awaited.pop() != token:
                raise ValueError(f"unbalanced {token}")
        elif name in ("&", r"\\") and not any(r"\end" in end for end in awaited):
            raise ValueError(f"{token} outside of \\begin and \\end")
        elif name in ("%", "$"):
            raise ValueError(f"{token} without a backslash")
        elif name != "&" and name not in KNOWN:
            raise ValueError(f"unknown command {token}")
        if name == r"\begin" and token[6:].strip(" {}") not in ENVIRONMENTS:
            raise ValueError(f"unknown environment {token}")
    if awaited:
        raise ValueError(f"missing {awaited.pop()}")


# ## Before: other LaTeX
#
# `align*` is the one environment that latex2mathml aligns at "=".  Matrices with
# brackets become a `matrix` between \left and \right, for these make a group: their
# brackets take the height of the table and of nothing else.

LEFT, RIGHT = dict(zip("pbvV", "([|‖")), dict(zip("pbvV", ")]|‖"))

REWRITTEN = {
    r"\\(begin|end)\s*\{aligned\}": r"\\\1{align*}",
    r"\\begin\s*\{([pbvV])matrix\}": lambda m: rf"\left{LEFT[m[1]]}\begin{{matrix}}",
    r"\\end\s*\{([pbvV])matrix\}": lambda m: rf"\end{{matrix}}\right{RIGHT[m[1]]}",
    # The space that a line break may ask for.
    r"\\\\\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]": r"\\\\",
    r"\\operatorname\*\s*\{\s*arg[\s\\,]*(max|min)\s*\}": r"\\arg\1",
    r"\\arg\s*(?:\\[,!]\s*)?\\(max|min)(?![a-zA-Z])": r"\\arg\1",
    r"\\arg(?![a-zA-Z])": r"\\operatorname{arg}",
    r"\\mathrm\s*\{\s*([a-zA-Z]+)\s*\}": r"\\operatorname{\1}",
    # latex2mathml takes \sim for a tilde on the keyboard.
    r"\\sim(?![a-zA-Z])": r"\\thicksim",
    ":=": r"\\coloneqq ",
}

# ## After: another tree

# Elements that draw their children side by side.
ROWS = {"math", "mrow", "mtd", "msqrt", "mstyle", "mphantom"}
# Elements that draw scripts around their first child, and how many children they have.
SCRIPTED = {"msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2}
SCRIPTED |= {"munderover": 3}
ARGUMENTS = SCRIPTED | {"mfrac": 2, "mroot": 2}

# What MathML Core has of attributes; of others, browsers take no notice.
ATTRIBUTES = {"alttext", "class", "display", "displaystyle", "scriptlevel", "style"}
ATTRIBUTES |= {"mathcolor", "mathsize", "mathvariant", "linethickness", "width"}
ATTRIBUTES |= {"form", "lspace", "rspace", "stretchy", "minsize", "maxsize"}
ATTRIBUTES |= {"accent", "accentunder", "movablelimits"}

OPENING, CLOSING, BARS, SIGNS = "([{⟨⌈⌊", ")]}⟩⌉⌋", "|‖", "+−±∓"
SUMS, PRIMES = "∑∏∐⋂⋃⋀⋁⨀⨁⨂", "′″‴⁗"
# In TeX these are letters, with no space around; for latex2mathml, operators.
LETTERS = "∂∇∞∅∀∃⊤⊥…⋯⋮⋱"


def _repaired(element: Element, in_script: bool = False) -> Element:
    """The element or what takes its place, repaired from the leaves up."""
    scripted = element.tag in SCRIPTED
    children = []
    for place, child in enumerate(element):
        child = _repaired(child, in_script or (scripted and place > 0))
        # \left. and \right. are empty.
        if not (child.tag == "mo" and not child.text and child.get("stretchy")):
            children.append(child)
    element[:] = children

    if element.tag in ("menclose", "mpadded"):
        raise ValueError("a command that browsers do not draw")
    if len(element) < ARGUMENTS.get(element.tag, 0):
        raise ValueError("a command without its argument")
    if element.tag in ("mi", "mn", "mo", "mtext"):
        _repair_token(element, in_script)
    elif element.tag == "mspace":
        _repair_space(element)
    elif element.tag == "mtable":
        if element.get("displaystyle"):
            element.set("class", "aligned")
        for cell in element.iter("mtd"):
            if cell.get("columnalign"):
                cell.set("class", cell.get("columnalign"))
    elif scripted:
        return _repaired_scripts(element)
    elif element.tag == "mrow" and len(element) == 1:
        # An operator that is alone in braces has no space around.
        if element[0].tag == "mo":
            element[0].attrib.update(lspace="0", rspace="0")
        return element[0]
    if element.tag in ROWS:
        _repair_row(element)
    return element


# ### Letters and operators

# Browsers know one `mathvariant`: normal.  The other fonts are letters of Unicode.
STYLES = {
    "bold": "BOLD",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
}
STYLES |= {"script": "SCRIPT", "sans-serif": "SANS-SERIF", "italic": "ITALIC"}


def styled(letter: str, style: str) -> str:
    """The mathematical letter that Unicode has for, say, x in BOLD; or x itself."""
    shape = re.sub("LATIN |GREEK |LUNATE |LETTER ", "", unicodedata.name(letter, ""))
    for name in (f"MATHEMATICAL {style} {shape}", f"{style} {shape}"):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            pass
    # There are no italic digits.
    return styled(letter, "BOLD") if style == "BOLD ITALIC" else letter


def _repair_token(element: Element, in_script: bool):
    text = element.text = html.unescape(element.text or "")
    if element.tag == "mtext":
        text = element.text = re.sub(r"\\([%$&#_])", r"\1", text)
    elif element.tag == "mo" and text.startswith("\\"):
        # The bracket after \big is left as it was.
        text = element.text = chr(int(convert_symbol(text) or "5C", 16))
    if len(element) or "\\" in text or (element.tag == "mtext" and "{" in text):
        raise ValueError(f"latex2mathml misreads {text}")
    if element.tag == "mo" and not text and not element.get("stretchy"):
        raise ValueError("\\operatorname takes letters only")
    if element.tag == "mn" and not re.fullmatch(r"[\d.]+", text):
        raise ValueError(f"{text} reads as a length: put {{}} between")

    variant = element.attrib.pop("mathvariant", None)
    if variant not in (None, "normal"):
        if variant not in STYLES:
            raise ValueError(f"the font has no letters in {variant}")
        element.text = "".join(styled(letter, STYLES[variant]) for letter in text)
    if element.tag not in ("mi", "mo") or not text:
        return
    if text[0].isalpha() or text in LETTERS:
        if f"\\{text}" in commands.LIMIT:
            element.set("movablelimits", "true")
        # Browsers slant a letter alone.  Not so names, Greek capitals and nabla.
        named = element.tag == "mo" and (text[0].isalpha() or text == "∇")
        if len(text) == 1 and (variant == "normal" or named or "Α" <= text <= "Ω"):
            element.set("mathvariant", "normal")
        element.tag = "mi"
    elif text in ":‖" or (
        len(text) == 1
        and ord(text) < 0x3000
        and unicodedata.category(text) in ("Sm", "Ps", "Pe")
    ):
        element.tag = "mo"
    if element.tag == "mo":
        _repair_operator(element, in_script)


def _repair_operator(element: Element, in_script: bool):
    """Sets the space around it; and without \\left or \\big, no bracket stretches."""
    text, bracket = element.text, element.text in OPENING + CLOSING
    if bracket or text in BARS + "∣∥":
        sized = element.get("stretchy") == "true" or "minsize" in element.attrib
        element.set("stretchy", "true" if sized else "false")
    if bracket:
        element.set("form", "prefix" if text in OPENING else "postfix")
    elif in_script or text in BARS + "/":
        element.attrib.update(lspace="0", rspace="0")
    elif text in "∣∥:":
        element.attrib.update(lspace="0.278em", rspace="0.278em")
    if text in "⊙⊕⊖⊗⊘":
        # The font has these larger than other operators.
        element.set("class", "ring")


def _repair_space(element: Element):
    width = element.get("width", "0")
    for name, size in {
        "thin": "0.167em",
        "medium": "0.222em",
        "thick": "0.278em",
    }.items():
        width = width.replace(f"{name}mathspace", size).replace("negative", "-")
    if width.startswith("-"):
        element.attrib = {"style": f"margin-left:{width}"}
    else:
        element.set("width", width)


# ### Accents, limits and primes

WIDE = {"^": "\u0302", "―": "‾", "→": "→", "←": "←", "⏞": "⏞", "⏟": "⏟"}
NARROW = {"^": "ˆ", "~": "˜", "→": "→"} | {accent: accent for accent in "¯´`˙¨˘ˇ˚"}


def _repaired_scripts(element: Element) -> Element:
    base, script = element[0], element[-1]
    if element.tag in ("mover", "munder") and script.text in WIDE | NARROW:
        # latex2mathml gives one of the two attributes to \hat, \tilde, \bar and \vec.
        narrow = (
            element.get("accent") or script.get("stretchy") or script.text not in WIDE
        )
        if script.text == "→" and narrow:
            script.set("mathsize", "60%")
        script.text = (NARROW if narrow else WIDE)[script.text]
        script.set("stretchy", "false" if narrow else "true")
        element.set("accent" if element.tag == "mover" else "accentunder", "true")
    elif element.tag in ("msub", "msup", "msubsup"):
        if base.text in [*SUMS] or base.get("movablelimits"):
            # Beside or below: the browser knows what the place asks for.
            under_over = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
            element.tag = under_over[element.tag]
            if base.tag == "mi":
                base.tag = "mo"
                base.attrib = {"movablelimits": "true", "lspace": "0", "rspace": "0"}
        elif script.text in [*PRIMES] or (len(script) and script[0].text in [*PRIMES]):
            return _repaired_prime(element)
    return element


def _repaired_prime(element: Element) -> Element:
    """A prime is as high as a script already, so it stands beside the base."""
    base, script = element[0], element[-1]
    group = Element("mrow")
    group.append(base)
    element[0] = group
    if len(script):
        # x'^2 is one script of two.
        group.append(script[0])
        script.remove(script[0])
        return element
    group.append(script)
    element.remove(script)
    element.tag = "msub"
    return element if len(element) == 2 else group


# ### Space in a row


def _core(element: Element) -> Element:
    """What an element starts with, without its scripts."""
    while len(element) and element.tag in [*SCRIPTED, "mrow"]:
        element = element[0]
    return element


def _repair_row(row: Element):
    """Unary signs get no space around, names of functions a thin one."""
    children = []
    # Whether there is a left operand; whether a name, or a unary sign, has just been.
    operand = after_name = after_sign = False
    for child in row:
        core = _core(child)
        text = core.text or ""
        name = core.tag in ("mi", "mo") and len(text) > 1 and text[0].isalpha()
        thin = after_name
        if name or core.tag not in ("mo", "mspace"):
            thin = thin or (name and operand)
            operand, after_name, after_sign = not name, name, False
        elif core.tag == "mo":
            sign = text in SIGNS and child is core and not operand
            if text in BARS and not core.get("form"):
                core.set("form", "postfix" if operand else "prefix")
            elif sign:
                core.set("form", "prefix")
            elif text in SUMS + "∫" and not (operand or after_name or after_sign):
                core.set("lspace", "0")
            # No space before a parenthesis, and not twice.
            thin = thin and core.get("form") == "prefix" and text not in OPENING
            # What \left and \right, or braces, hold together is an operand.
            operand = (
                child.tag == "mrow" or core.get("form") == "postfix" or text == "!"
            )
            after_name, after_sign = False, sign
        if thin and children[-1].tag != "mspace" != child.tag:
            children.append(Element("mspace", width="0.167em"))
        children.append(child)
    row[:] = children


# ## In Markdown


class FormulaExtension(Extension):
    """Formulas between `$` within a line, and between `$$` on lines of their own."""

    def extendMarkdown(self, md):
        # Behind code, in which a dollar is a dollar, and before all that knows `\`.
        md.inlinePatterns.register(_FormulaProcessor(FORMULA, md), "formula", 186)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        # Or a paragraph that is one formula would not be a paragraph.
        md.block_level_elements = [
            tag for tag in md.block_level_elements if tag != "math"
        ]


# A dollar or two up to the same again, or up to nothing.
FORMULA = r"(?<!\\)(\$\$?)(?:(.*?)(?<!\\)\1)?"


class _FormulaProcessor(InlineProcessor):
    def handleMatch(self, match, data):
        """Raises ValueError for a dollar without its other, and for a bad formula."""
        dollars, latex = match.groups()
        end = match.end()
        around = data[max(0, match.start() - 30) : end + 30]
        price = data[end : end + 1].isdigit()
        if latex is None or (dollars == "$" and (price or latex != latex.strip())):
            raise ValueError(f"a $ that is not closed, or \\$ is meant: {around!r}")
        if "\x02" in latex:
            raise ValueError(f"code within a formula: {around!r}")
        formula = mathml(latex, display=dollars == "$$")
        if dollars == "$$" and data.strip() == match[0]:
            # Formulas with a wide space between them may stand below each other.
            parts = re.split(r"\\qquad", latex)
            if len(parts) > 1 and r"\begin" not in latex:
                formula = "".join(mathml(part.strip(), display=True) for part in parts)
            formula = f'<div class="formula">{formula}</div>'
        elif marks := re.match(r"[.,;:?)]+", data[end:]):
            # No line begins with the comma behind a formula.
            formula = f'<span class="unbroken">{formula}{marks[0]}</span>'
            end += marks.end()
        return self.md.htmlStash.store(formula), match.start(), end
