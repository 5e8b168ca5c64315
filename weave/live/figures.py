"""The live figures of the book: each a place in its page, a script, and its data.

Without JavaScript a page shows a still picture in this place, and says what is missing.
"""

from html import escape

from compiler.simplify import RESERVED
from weave.live import SCRIPTS, attention, descent, digits, passes, ring, stepper, xor
from weave.markup import script_json


def live(name, instead, data=None, still=None, scripts=()):
    """The maker of the live figure `name`, which `weave/live/NAME.js` builds.

    Args:
        name: the name of the script, and of the figure's place in the page.
        instead: a sentence for readers without JavaScript: what the figure would do.
        data: a function of the book; what it returns the script gets, as JSON.
        still: the name of the picture that stands here without JavaScript, or None.
        scripts: other scripts that the figure needs, before its own.
    """

    def figure(alt, book):
        book.load(*SCRIPTS, "figure.js", *scripts, f"{name}.js")
        picture = book.make(still, alt) if still else ""
        packed = script_json(data(book)) if data else "null"
        return (
            f'<figure class="wide live"><div class="still">{picture}</div>'
            f"<noscript><p>{escape(instead)} For that, the page needs JavaScript.</p>"
            f'</noscript><div class="stage {name}" id="live-{name}" role="group" '
            f'aria-label="{escape(alt)}"></div>'
            f'<script type="application/json" id="live-{name}-data">{packed}</script>'
            "</figure>"
        )

    return figure


MAKERS = {
    "digits": digits.picture,
    "four-ways": descent.still,
    "passes": passes.still,
    "live-attention": live(
        "attention",
        "Here you could type a word, see where its letters look, and let it go on.",
        data=attention.data,
    ),
    "live-broadcasting": live(
        "broadcasting",
        "Here you could choose two shapes, and see what is repeated and summed.",
        still="sheet-broadcast",
    ),
    "live-descent": live(
        "descent",
        "Here you could drag the start, change the rates, and see all four walk.",
        data=descent.data,
        still="four-ways",
    ),
    "live-digits": live(
        "digits",
        "Here you could draw a digit, and move what the network sees by one pixel.",
        data=digits.data,
        still="digits",
    ),
    "live-order": live(
        "order",
        "Here you could give each tensor its turn, in three orders.",
        still="ladder",
    ),
    "live-own": live(
        "own",
        "Here you could type a line, and see its graph, gradient, program and numbers.",
        data=lambda book: {"reserved": sorted(RESERVED)},
        scripts=("heart.js", "simplify.js", "lines.js"),
    ),
    "live-passes": live(
        "passes",
        "Here you could apply the rules one by one, to four programs.",
        data=passes.data,
        still="passes",
    ),
    "live-ring": live(
        "ring",
        "Here you could send the pieces round by round, for two to eight machines.",
        data=ring.data,
    ),
    "live-stepper": live(
        "stepper",
        "This is the whole graph of the step. Here you could walk through it, number "
        "by number, and change the numbers.",
        data=stepper.data,
        still="xor-step",
        scripts=("origins.js", "guesses.js"),
    ),
    "live-xor": live(
        "xor",
        "Here you could train the network yourself, and break its gradient.",
        data=xor.data,
        still="surface",
    ),
}
