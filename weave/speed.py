"""The figures of the page "How fast is it?", from `benchmarks/results.json`."""

import json
import pathlib
from html import escape

from course.plot import BLUE, GREEN, RED, plotted
from weave.markup import labelled, table

FILE = pathlib.Path(__file__).parent.parent / "benchmarks" / "results.json"
GREY = "#8a929c"


def results():
    return json.loads(FILE.read_text("utf-8"))


def duration(microseconds):
    """A time as one says it: "37.6 µs", "2.75 ms", "1.2 s"."""
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if microseconds >= size:
            return f"{microseconds / size:.3g} {unit}"
    return f"{microseconds:.3g} µs"


def machine():
    """A sentence that says what was measured, on what, and when."""
    found = results()["machine"]
    versions = ", ".join(f"{name} {v}" for name, v in found["versions"].items())
    return (
        f"Measured on {found['date']} by Python {found['python']} with {versions}. "
        f"System: {found['system']}; processor: {found['processor']}, "
        f"{found['cores']} cores."
    )


def _machine(alt, _):
    return f"<p>{escape(machine())}</p>"


SHOWN = ["here", "here, with buffers", "PyTorch eager", "TensorFlow 1 session"]
WORKS = {"xor": "XOR", "lenet": "LeNet"}


def _summary(alt, _):
    rows = []
    for work, times in results()["steps"].items():
        ratios = {name: times[name] / times["by hand"] for name in times}
        cells = [f"{ratios[name]:.2f}" if name in ratios else "–" for name in SHOWN]
        rows.append([WORKS.get(work, work), duration(times["by hand"]), *cells])
    return _table(["a step of", "by hand", *SHOWN], rows, alt)


def _bars(work):
    def figure(alt, _):
        times = results()["steps"][work]
        names = list(times)[::-1]
        ratios = [times[name] / times["by hand"] for name in names]
        colours = [{"here": BLUE, "by hand": GREEN}.get(name, GREY) for name in names]

        def paint(axes):
            axes.barh(names, ratios, color=colours, height=0.6)
            for i, (name, ratio) in enumerate(zip(names, ratios)):
                text = f"  {ratio:.2f}  ({duration(times[name])})"
                axes.text(ratio, i, text, va="center")
            axes.set(xlabel="times as long as by hand", xlim=(0, 1.45 * max(ratios)))

        height = 0.9 + 0.36 * len(names)
        return _plot(f"speed-{work}", 6, height, paint, alt)

    return figure


def _plot(name, width, height, paint, alt):
    return labelled(plotted(name, width, height, paint), alt, "plot")


PHASES = ["build", "gradients", "compile", "run"]


def _scaling(alt, _):
    found = results()["scaling"]
    colours = [GREEN, BLUE, RED, "#000000"]

    def paint(axes):
        for shape, style in (("chain", "o-"), ("ladder", "s--")):
            sizes = [row[0] for row in found[shape]]
            for i, (phase, colour) in enumerate(zip(PHASES, colours), 1):
                total = [row[0] * row[i] / 1e6 for row in found[shape]]
                label = f"{phase}, {shape}"
                axes.loglog(
                    sizes, total, style, color=colour, markersize=4, label=label
                )
        axes.set(xlabel="n", ylabel="seconds")
        axes.grid(color="#8884", linewidth=0.6)
        axes.legend(frameon=False, fontsize=9, ncols=2)

    return _plot("speed-scaling", 6, 4, paint, alt)


def _table(head, rows, alt):
    return table(head, [map(escape, row) for row in rows], alt)


def _first(alt, _):
    found, rows = results()["first"], []
    for shape, times in found.items():
        for i, (n, _) in enumerate(times["here"]):
            row = [f"a {shape} of {n:,}"]
            for times_of in times.values():
                # Whoever took too long wasn't asked for more.
                seconds = times_of[i][1] if i < len(times_of) else None
                row.append(f"{seconds:.3g} s" if seconds else "over a minute")
            rows.append(row)
    return _table(["the first gradient of", *found["chain"]], rows, alt)


def _memory(alt, _):
    found = results()["memory"]
    rows = [
        [name, f"{size / 1e6:.1f} MB", f"{size / found['by hand']:.3f}"]
        for name, size in found.items()
    ]
    return _table(["step", "at most in use", "times by hand"], rows, alt)


def _compiled(alt, _):
    rows = [
        [
            work,
            duration(times["by hand"]),
            duration(times["here"]),
            f"{times['here'] / times['by hand']:.2f}",
        ]
        for work, times in results()["compiled"].items()
    ]
    return _table(["a step of", "JAX by hand", "here", "times by hand"], rows, alt)


def _start(alt, _):
    found = results()["start"]
    ends = [found[name] * 1e3 for name in found]
    names = ["Python", "NumPy, tqdm", "our modules", "training"]

    def paint(axes):
        begin = 0
        for name, end, colour in zip(names, ends, (GREY, GREEN, RED, BLUE)):
            label = f"{name}: {end - begin:.0f} ms"
            axes.barh([0], [end - begin], left=begin, color=colour, label=label)
            begin = end
        axes.set(xlabel="milliseconds from the start", yticks=[], ylim=(-0.5, 1.4))
        axes.spines["left"].set_visible(False)
        axes.legend(frameon=False, ncols=4, loc="upper center", fontsize=9)

    return _plot("speed-start", 6, 1.5, paint, alt)


def _gpu(alt, _):
    path = FILE.with_name("gpu.json")
    if not path.exists():
        return "<p>No GPU has been measured.</p>"
    found = json.loads(path.read_text("utf-8"))
    rows = []
    for work, times in found["steps"].items():
        row = [work, duration(times["by hand"]), duration(times["here"])]
        row.append(f"{times['here'] / times['by hand']:.3f}")
        row.append(f"{times['share']:.0%}" if "share" in times else "–")
        rows.append(row)
    head = ["a step of", "JAX by hand", "here", "times by hand", "of the matrix rate"]
    said = escape(f"On {found['device']}, {found['date']}, by {found['command']}")
    return f"<p>{said}:</p>" + _table(head, rows, alt)


MAKERS = {
    "speed-machine": _machine,
    "speed-summary": _summary,
    "speed-xor": _bars("xor"),
    "speed-digits": _bars("digits"),
    "speed-lenet": _bars("lenet"),
    "speed-transformer": _bars("transformer"),
    "speed-scaling": _scaling,
    "speed-first": _first,
    "speed-memory": _memory,
    "speed-compiled": _compiled,
    "speed-start": _start,
    "speed-gpu": _gpu,
}
