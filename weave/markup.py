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


def natural(svg, alt):
    """A picture with its alternative text, never smaller than it was drawn."""
    width, unit = re.search(r'width="([\d.]+)(pt)?', svg).groups()
    width = round(float(width) * (4 / 3 if unit else 1))
    return described(svg, alt, f'style="min-width: {width}px"')


def labelled(svg, alt, kind):
    """A picture with its alternative text, as a figure."""
    svg = natural(svg, alt)
    return f'<figure class="{kind}">{svg}</figure>'


def table(head, rows, alt, kind=""):
    """A table of HTML cells, of the class `kind`, with its alternative text."""
    cells = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in head)
    lines = [f"<thead><tr>{cells}</tr></thead>", "<tbody>"]
    for row in rows:
        # Between the cells a space, for the search.
        lines.append(f"<tr>{' '.join(f'<td>{cell}</td>' for cell in row)}</tr>")
    body = "\n".join([*lines, "</tbody>"])
    label = f'class="{kind}" ' * bool(kind) + f'aria-label="{html.escape(alt)}"'
    return f"<table {label}>\n{body}\n</table>"
