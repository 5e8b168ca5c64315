"""What chapters draw with: plots and graphs, as SVG files.

A chapter runs without matplotlib and pygraphviz as well, and says what it left out.
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

# For a picture that is opened by itself: ink and ground of a light and a dark page.
STYLE = (
    "<style>svg { color: #1c1f24; background: #fff } text { fill: currentColor } "
    "@media (prefers-color-scheme: dark) "
    "{ svg { color: #e6e8eb; background: #16191d } }</style>"
)


@functools.cache
def folder():
    """Where pictures go: what the command line names, or `course/pictures`."""
    parser = argparse.ArgumentParser(description="Run a chapter of the course.")
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=FOLDER)
    path = parser.parse_args().folder
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        parser.error(f"{path} cannot be a folder for pictures: {error.strerror}")
    return path


def save_graph(name, tensors):
    """Draw the graph that `tensors` depend on, to the file `name`.svg."""
    if _has("pygraphviz", name):
        _write(name, tensors[0].graph.draw(tensors).svg)


def save_plot(name, paint, width=6.0, height=3.6):
    """Let `paint(axes)` draw on a plot of so many inches, to the file `name`.svg."""
    if _has("matplotlib", name):
        svg = plotted(name, width, height, paint)
        opening, rest = svg.split(">", 1)
        opening = opening.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
        _write(name, f"{opening}>{STYLE}{rest}")


def draw_line(axes, w, b, **style):
    """Draw the line w_1 x_1 + w_2 x_2 + b = 0 across a plot."""
    foot = -b * w / (w @ w)
    axes.axline(foot, foot + [-w[1], w[0]], color="#000000", **style)


def _has(package, name):
    try:
        __import__(package)
    except ImportError as error:
        message = f"the picture {name} is left out: it needs {package} ({error})"
        print(message, file=sys.stderr)
        return False
    return True


def _write(name, svg):
    path = folder() / f"{name}.svg"
    # Whoever is interrupted leaves the picture that was there, or the whole new one.
    beside = path.with_suffix(".svg.part")
    beside.write_text(svg, "utf-8")
    os.replace(beside, path)


def plotted(name, width, height, paint):
    """A plot as SVG for a page, whose black is the colour of the text around it."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        # Whatever the user's own settings are.
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": name})
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots()
        figure.patch.set_alpha(0)
        axes.patch.set_alpha(0)
        axes.spines[["top", "right"]].set_visible(False)
        paint(axes)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    svg = file.getvalue()
    # Without the XML declaration, the names of its dialects, what is said of how it was
    # made, and a style sheet of matplotlib's.
    svg = svg[svg.index("<svg") :].replace("xlink:href", "href")
    svg = re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg)
    svg = re.sub(r"<(metadata|style).*?</\1>", "", svg, flags=re.DOTALL)
    # What letters and what is black look like is the page's to say.
    svg = svg.replace("#000000", "currentColor")
    svg = re.sub(r"font: [\d.]+px [^;\"]*", "font-size: 11px", svg)
    # An id that is used gets a number, and the name of the plot, since two plots on a
    # page must not share one; others go.
    used = dict.fromkeys(re.findall(r'(?:href="|url\()#([^")]+)', svg))
    number = {old: f"{name}-{i}" for i, old in enumerate(used)}
    named = lambda m: f' id="{number[m[1]]}"' if m[1] in number else ""  # noqa: E731
    svg = re.sub(r' id="([^"]+)"', named, svg)
    return re.sub(r'(href="|url\()#([^")]+)', lambda m: f"{m[1]}#{number[m[2]]}", svg)
