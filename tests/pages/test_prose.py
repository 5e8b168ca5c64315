"""The examples in the prose, as pycco reads it, run as one dialogue for each page."""

import builtins
import doctest
import importlib
import re

import pytest
from check import needed, needing
from prose import prose

with needing("latex2mathml"):
    from weave.contents import CONTENTS
    from weave.prose import docstring

PAGES = [page for group in CONTENTS.values() for page in group]


def run(text, name, names):
    """What doctest finds wrong in a text, and how many examples it ran."""
    test = doctest.DocTestParser().get_doctest(text, names, name, name, 0)
    said = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(
        test, out=said.append
    )
    return "".join(said), result.attempted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.source)
def test_examples_print_what_the_page_says(page):
    names = {}
    if page.source == "xla.py":
        needed("jax")
    if page.is_module:
        module = importlib.import_module(page.module)
        # (`tf` has a `range` of its own; its examples import it as `tf.range`.)
        hidden = dir(builtins) if page.source.startswith("tf/") else ()
        names = {
            k: v
            for k, v in vars(module).items()
            if not k.startswith("_") and k not in hidden
        }
    if page.source.startswith("tf/"):
        importlib.import_module("tf").reset_default_graph()
    text = prose(page.source)
    said, attempted = run(text, page.source, names)
    assert not said, said
    assert attempted == len(re.findall(r"^\s*>>> ", text, re.MULTILINE))


@pytest.mark.parametrize(
    "source",
    [
        *("graph.py", "tensor.py", "ops.py", "gradients.py", "session.py", "train.py"),
        *("compiler/program.py", "mixins/losses.py"),
    ],
)
def test_each_module_shows_what_it_does(source):
    assert prose(source).count("\n>>> ") >= 5


def test_a_wrong_example_is_found():
    said, _ = run(">>> 1 + 1\n3\n", "wrong", {})
    assert "Expected" in said


def test_lists_of_arguments_become_definition_lists():
    text = (
        "Does it.\n\nArgs:\n    x: one\n        more.\n\nRaises:\n    ValueError: no."
    )
    assert docstring(text).split("\n") == [
        *("Does it.", "", "", "**Args**", "", "", "`x`", ":   one", "    more.", ""),
        *("", "**Raises**", "", "", "`ValueError`", ":   no."),
    ]
