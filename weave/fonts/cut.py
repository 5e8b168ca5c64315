"""Cuts STIX Two Math to the characters that formulas on deep learning use.

The full font is version 2.12 in the npm package @fontsource/stix-two-math, 5.3.0
(`npm pack @fontsource/stix-two-math@5.3.0`):

    python cut.py package/files/stix-two-math-latin-400-normal.woff2

writes STIXTwoMath-subset.woff2 beside this script.  It needs fonttools and brotli.
The licence, without a Reserved Font Name, is that package's LICENSE: OFL.txt here.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SMALLER = Path(__file__).with_name("STIXTwoMath-subset.woff2")

CHARACTERS = (
    # Text, accents as characters of their own, and spaces.
    [*range(0x20, 0x7F), 0xA0, *map(ord, "¨¬¯°±´·×÷ˆˇ˘˙˚˜"), 0x2009, 0x200A]
    # Greek, with the variants of epsilon, theta, kappa, pi, rho, phi.
    + [*range(0x391, 0x3CA), *map(ord, "ϵϑϰϖϱϕ")]
    # Bold, italic and bold italic Latin; script and double-struck capitals; sans.
    + [*range(0x1D400, 0x1D4B6), *range(0x1D538, 0x1D551), *range(0x1D5A0, 0x1D5D4)]
    # Bold, italic and bold italic Greek; digits that are bold; a double-struck one.
    + [*range(0x1D6A8, 0x1D756), *range(0x1D7CE, 0x1D7D8), 0x1D7D9]
    # Letters that Unicode had before it had the alphabets above.
    + list(map(ord, "ℂℍℕℙℚℝℤℬℰℱℋℐℒℳℛℎℏℓ℘ℑℜ"))
    # Primes, dots, dashes, bars and daggers.
    + list(map(ord, "′″‴⁗…⋯⋮⋱‖†‡•–—‾"))
    + list(map(ord, "←↑→↓↔↕↦↗↘⇐⇒⇔⟵⟶⟷⟸⟹⟺⟼⇀⇌"))
    + list(map(ord, "∀∃∄∅∂∇∈∉∋∞∠∴∵∑∏∐∫∬∮√∘∙∗−∓∖⧵⊤⊥⊢⊨"))
    + list(map(ord, "∝∣∤∥∦∧∨¬∩∪⊂⊃⊆⊇⊄⊊⋂⋃⋀⋁⨀⨁⨂⟂"))
    + list(map(ord, "∼≁≃≅≈≉≠≡≢≤≥≪≫≲≳≺≻≔≕≜≐⩽⩾"))
    + list(map(ord, "⊕⊖⊗⊘⊙⊞⊠⋅⋆⋄△□⌈⌉⌊⌋⟨⟩⟦⟧⎰⎱⏞⏟⏜⏝⎴⎵"))
    # Accents that combine, which fonts have variants of for wider letters.
    + [0x302, 0x303, 0x304, 0x305, 0x307, 0x308, 0x30C, 0x332, 0x20D7]
)


def cut(full: str, smaller: Path):
    """Writes the cut font; MATH's variants and parts of brackets come with them."""
    options = subset.Options()
    options.flavor = "woff2"
    # The font has no features but for languages.
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = subset.load_font(full, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    mend(font)
    # The same input gives the same bytes.
    font.recalcTimestamp = False
    subset.save_font(font, smaller, options)


def mend(font: TTFont):
    """Changes what browsers draw badly."""
    math = font["MATH"].table
    # Subscripts of letters that reach below the line, like y, are hardly lower.
    math.MathConstants.SubscriptBaselineDropMin.Value = 0
    # Chromium leaves room for the widest root behind every root.
    variants = math.MathVariants
    root = variants.VertGlyphCoverage.glyphs.index(font.getBestCmap()[ord("√")])
    construction = variants.VertGlyphConstruction[root]
    names = {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
    names |= {part.glyph for part in construction.GlyphAssembly.PartRecords}
    for name in sorted(names - {font.getBestCmap()[ord("√")]}):
        glyph = font["glyf"][name]
        glyph.coordinates.scale((0.7, 1))
        glyph.coordinates.toInt()
        glyph.recalcBounds(font["glyf"])
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (round(0.7 * advance), glyph.xMin)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    cut(sys.argv[1], SMALLER)
    print(f"{SMALLER.name}: {SMALLER.stat().st_size} bytes")
