"""Draw plots and graphs for the chapters, as SVG files.

Without matplotlib or pygraphviz a chapter still runs, and says what it left out.
"""

import argparse
import functools
import io
import os
import pathlib
import re
import sys

FOLDER = pathlib.Path(__file__).with_name("pictures")
RED, BLUE, GREEN = "#d1495b", "#2f7fd6", "#2a9d5c"
# Black becomes the color of the page's text, which is light on a dark page.  On a
# filled map it has to stay dark.
DARK = "#1c1f24"

# For a picture that you open by itself: the ink and paper of a light and a dark page.
STYLE = (
    "<style>svg { color: #1c1f24; background: #fff } text { fill: currentColor } "
    "@media (prefers-color-scheme: dark) "
    "{ svg { color: #e6e8eb; background: #16191d } }</style>"
)


@functools.cache
def folder():
    """The folder for pictures: the one that the command line names, or `FOLDER`."""
    parser = argparse.ArgumentParser(description="Run a chapter of the course.")
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=FOLDER)
    path = parser.parse_args().folder
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        parser.error(f"{path} cannot be a folder for pictures: {error.strerror}")
    return path


def save_graph(name, tensors):
    """Draw the graph that `tensors` depend on, and save it as `name`.svg."""
    if _has("pygraphviz", name):
        _write(name, tensors[0].graph.draw(tensors).svg)


def save_plot(name, paint, width=6.0, height=3.6):
    """Let `paint(axes)` draw on a plot, and save it as `name`.svg; sizes in inches."""
    if _has("matplotlib", name):
        svg = plotted(name, width, height, paint)
        opening, rest = svg.split(">", 1)
        opening = opening.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
        _write(name, f"{opening}>{STYLE}{rest}")


def draw_line(axes, w, b, **style):
    """Draw the line w_1 x_1 + w_2 x_2 + b = 0 across a plot; `w` is of shape (2,)."""
    foot = -b * w / (w @ w)
    axes.axline(foot, foot + [-w[1], w[0]], **{"color": "#000000", **style})


def _has(package, name):
    try:
        __import__(package)
    except ImportError as error:
        message = f"the picture {name} is left out: it needs {package} ({error})"
        print(message, file=sys.stderr)
        return False
    return True


def _write(name, svg):
    if "ipykernel" in sys.modules:
        # A notebook has a place for pictures.
        from IPython.display import SVG, display

        return display(SVG(svg))
    path = folder() / f"{name}.svg"
    # Interrupt this, and you have either the old picture or the whole new one.
    beside = path.with_suffix(".svg.part")
    beside.write_text(svg, "utf-8")
    os.replace(beside, path)


def plotted(name, width, height, paint):
    """The SVG of a plot, for a page; its black becomes the color of the page's text.

    Args:
        name: makes the ids of this plot different from others on the page.
        width: in inches.
        height: in inches.
        paint: a function that draws on the matplotlib axes that it gets.
    """
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        # Your own settings of matplotlib don't count.
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": name})
        matplotlib.rcParams["font.size"] = 11
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots()
        figure.patch.set_alpha(0)
        axes.patch.set_alpha(0)
        axes.spines[["top", "right"]].set_visible(False)
        paint(axes)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    svg = file.getvalue()
    # We drop the XML declaration, the namespaces, the metadata, and matplotlib's style
    # sheet.
    svg = svg[svg.index("<svg") :].replace("xlink:href", "href")
    svg = re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg)
    svg = re.sub(r"<(metadata|style).*?</\1>", "", svg, flags=re.DOTALL)
    # The page chooses the font, and the color of what's black here.
    svg = svg.replace("#000000", "currentColor")
    svg = re.sub(r"font: [\d.]+px [^;\"]*", "font-size: 11px", svg)
    # An id that's used gets the plot's name and a number, since two plots on a page
    # must not share one.  The others go.
    used = dict.fromkeys(re.findall(r'(?:href="|url\()#([^")]+)', svg))
    number = {old: f"{name}-{i}" for i, old in enumerate(used)}
    named = lambda m: f' id="{number[m[1]]}"' if m[1] in number else ""  # noqa: E731
    svg = re.sub(r' id="([^"]+)"', named, svg)
    return re.sub(r'(href="|url\()#([^")]+)', lambda m: f"{m[1]}#{number[m[2]]}", svg)
