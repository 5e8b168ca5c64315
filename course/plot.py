"""Pictures that chapters draw: plots and graphs, as SVG files.

A chapter runs without matplotlib and pygraphviz as well, and says what it left out.
"""

import io
import pathlib
import re
import sys

FOLDER = pathlib.Path(__file__).with_name("pictures")

# In a dark page, what is black is light.
STYLE = (
    "text { fill: currentColor } "
    "@media (prefers-color-scheme: dark) { svg { color: #e6e8eb } }"
)


def folder():
    """Where pictures go: what the command line names, or `course/pictures`."""
    return pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER


def save_graph(name, tensors):
    """Draw the graph that `tensors` depend on, to the file `name`.svg."""
    try:
        drawing = tensors[0].graph.draw(tensors)
    except ImportError:
        _left_out(name, "pygraphviz")
        return
    drawing.save(_path(name))


def save_plot(name, paint, width=6.0, height=3.6):
    """Let `paint(axes)` draw on a plot of so many inches, to the file `name`.svg."""
    try:
        svg = plotted(name, width, height, paint)
    except ImportError:
        _left_out(name, "matplotlib")
        return
    svg = re.sub("(<svg [^>]*>)", rf"\1<style>{STYLE}</style>", svg, count=1)
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    _path(name).write_text(svg, "utf-8")


def _path(name):
    folder().mkdir(parents=True, exist_ok=True)
    return folder() / f"{name}.svg"


def _left_out(name, package):
    print(f"the picture {name} is left out: it needs {package}", file=sys.stderr)


def plotted(name, width, height, paint):
    """A plot as SVG, whose black is the colour of the text around it."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    settings = {"svg.fonttype": "none", "svg.hashsalt": name}
    with matplotlib.rc_context():
        # Whatever the user's own settings are.
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(settings)
        figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
        figure.patch.set_alpha(0)
        axes.patch.set_alpha(0)
        axes.spines[["top", "right"]].set_visible(False)
        paint(axes)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
        plt.close(figure)
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :].replace("#000000", "currentColor")
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    # Whatever letters look like is the page's to say.
    svg = re.sub(r"font: [\d.]+px [^;\"]*", "font-size: 11px", svg)
    svg = re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg)
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    # Two plots on a page must not share an id; and only what is used needs one.
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: m[0] if m[1] in used else "", svg)
    return re.sub(r'( id="|href="#|url\(#)', rf"\1{name}-", svg)
