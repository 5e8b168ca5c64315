"""The transformer of the chapter on attention, for one word, in the page.

A training ends a little differently on each processor.  So its weights are kept in
`attention.json`, rounded to 4 digits, and `python -m weave.live.attention` makes them
anew.
"""

import json
import pathlib

import numpy

from course import part8_attention as chapter
from weave import live

WEIGHTS = pathlib.Path(__file__).with_suffix(".json")


def trained():
    """The parameters after the training of the chapter, by name, as nested lists."""
    test, known = numpy.split(chapter.words(), [120])
    model = chapter.Transformer(numpy.random.default_rng(0))
    chapter.train(model, known, test, 600)
    values = model.session.run(model.parameters)
    return {
        x.name: value.round(4).tolist() for x, value in zip(model.parameters, values)
    }


def network():
    """The chapter's network with the weights that are kept.

    Returns the model, the placeholder for a temperature, the chances of each letter
    after each position, and the weights, a dictionary that can be fed.
    """
    kept = json.loads(WEIGHTS.read_text("utf-8"))
    model = chapter.Transformer(numpy.random.default_rng(0))
    temperature = model.graph.placeholder((), name="temperature")
    chances = model.graph.softmax(model.scores / temperature, name="chances")
    return model, temperature, chances, {x: kept[x.name] for x in model.parameters}


def data(_):
    """The program from tokens to attention and chances, and its parameters."""
    model, temperature, chances, weights = network()
    feeds = [model.tokens, temperature]
    program = model.session.program([model.weights, chances], feeds)
    return {
        "program": live.packed(program),
        "parameters": [live.array(weights[x]) for x in program.variables],
        "letters": chapter.LETTERS,
        "positions": chapter.BLOCK,
    }


if __name__ == "__main__":
    text = json.dumps(trained()).replace("], [", "],\n[")
    WEIGHTS.write_text(f"{text}\n", "utf-8")
