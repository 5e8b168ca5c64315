"""Small pieces of HTML that several parts of weave need."""

import html
import json
import re


def plain(marked):
    """The text of HTML, without tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", marked))


def script_json(value, indent=None):
    """JSON that can stand in a script: no "<" that could end it."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.replace("<", "\\u003c")


def described(svg, alt, more=""):
    """An SVG picture with its alternative text, and perhaps more attributes."""
    attributes = f'role="img" aria-label="{html.escape(alt)}" {more}'
    return svg.replace("<svg ", f"<svg {attributes.strip()} ", 1)
