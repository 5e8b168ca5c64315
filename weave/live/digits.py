"""A digit that you draw, read by the network of the chapter on handwriting.

Training ends a little differently on each processor.  So the weights of two networks
are kept in `digits.json`, rounded to three digits, and `python -m weave.live.digits`
makes them anew, in ten seconds.
"""

import json
import pathlib

import numpy

from course import part5b_digits as chapter
from course.plot import BLUE, plotted
from weave import live
from weave.markup import labelled

WEIGHTS = pathlib.Path(__file__).with_suffix(".json")

# What the networks were trained with, and for how many epochs: the images as they are,
# as in the chapter, or all nine copies of each, moved by up to one pixel.
EPOCHS = {"plain": 200, "moved": 20}
MOVES = [(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1)]


def images():
    """Rows of 64 numbers from 0 to 1, their digits, and which are for the test."""
    pixels, digits = chapter.digits()
    order = numpy.random.default_rng(0).permutation(len(pixels))
    test, *training = numpy.array_split(order, 5)
    return pixels.reshape(-1, 64) / 16, digits, test, numpy.concatenate(training)


def moved(X, x, y):
    """Images moved by x pixels to the right and y down, with paper behind them."""
    wide = numpy.pad(X.reshape(-1, 8, 8), [(0, 0), (8, 8), (8, 8)])
    return wide[:, 8 - y : 16 - y, 8 - x : 16 - x].reshape(-1, 64)


def trained(kind):
    """The parameters of a network after its training, by name, as nested lists."""
    X, digits, _, training = images()
    moves = MOVES if kind == "moved" else [(0, 0)]
    copies = numpy.concatenate([moved(X[training], *move) for move in moves])
    labels = numpy.tile(digits[training], len(moves))
    rng = numpy.random.default_rng(0)
    model = chapter.Classifier(rng)
    for _ in range(EPOCHS[kind]):
        model.epoch(copies, labels, rng)
    values = model.session.run(model.parameters)
    return {
        # There's no -0.
        x.name: (value.round(3) + 0).tolist()
        for x, value in zip(model.parameters, values)
    }


def networks():
    """The chapter's model, and for each network its weights, which can be fed."""
    kept = json.loads(WEIGHTS.read_text("utf-8"))
    model = chapter.Classifier(numpy.random.default_rng(0))
    return model, {
        kind: {x: weights[x.name] for x in model.parameters}
        for kind, weights in kept.items()
    }


def data(_):
    """The program from images to probabilities, the networks, and the test."""
    model, kept = networks()
    program = model.session.program(model.p, [model.X])
    pixels, digits = chapter.digits()
    _, _, test, _ = images()
    return {
        "program": live.packed(program),
        "networks": {
            kind: [live.array(weights[x]) for x in program.variables]
            for kind, weights in kept.items()
        },
        # A sign for each pixel, from 0 to g, which is 16.
        "test": [
            "".join("0123456789abcdefg"[x] for x in pixels[i].ravel()) for i in test
        ],
        "labels": digits[test].tolist(),
    }


def picture(alt, _):
    """An image of the test and the answers to it, as it is and moved by a pixel."""
    model, kept = networks()
    X, digits, test, _ = images()
    (first, *_) = test[digits[test] == 3]
    rows = numpy.concatenate([moved(X[[first]], x, 0) for x in (0, 1)])
    p = model.session.run(model.p, {model.X: rows, **kept["plain"]}).round(3)

    def paint(axes):
        for i, image in enumerate(rows.reshape(-1, 8, 8)):
            x = 17 * i
            where = (x, x + 8, 0, 8)
            axes.imshow(image, "Greys", extent=where, interpolation="none")
            axes.plot([x, x + 8, x + 8, x, x], [0, 0, 8, 8, 0], "#888888", linewidth=1)
            heights = 7.6 - 0.8 * numpy.arange(10)
            axes.barh(heights, 4 * p[i], 0.6, left=x + 9.4, color=BLUE)
            for digit, y in enumerate(heights):
                axes.text(x + 9.1, y, str(digit), ha="right", va="center")
        axes.set(xlim=(-0.5, 31), ylim=(-0.5, 8.5), aspect="equal")
        axes.axis("off")

    return labelled(plotted("digits", 7, 2.3, paint), alt, "plot")


if __name__ == "__main__":
    text = json.dumps({kind: trained(kind) for kind in EPOCHS}).replace("], [", "],\n[")
    WEIGHTS.write_text(f"{text}\n", "utf-8")
