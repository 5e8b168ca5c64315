"""The names that the book has for other frameworks are names that there are."""

import csv

import pytest
from check import ROOT, needed, needing, printed_by
from names import ROOTS, look_up

with needing("latex2mathml"):
    from weave.pictures import NAMES

HEAD, *ROWS = csv.reader(NAMES.read_text("utf-8").splitlines())

LOOK_UP = """
from names import ROOTS, look_up
for name in {names!r}:
    assert look_up(name, ROOTS[{column!r}]) is not None, name
"""


@pytest.mark.parametrize("column", HEAD)
def test_the_table_of_names_has_names_that_there_are(column):
    roots = ROOTS[column]
    if column != "this project":
        needed(next(iter(roots.values())).partition(".")[0])
    names = [row[HEAD.index(column)] for row in ROWS]
    names = [name for name in names if name != "–"]
    assert len(names) > 40
    printed_by(LOOK_UP.format(names=names, column=column), ROOT / "tests")


def test_the_table_has_the_names_of_tensorflow_1_that_are_here():
    for row in ROWS:
        assert look_up(row[1], {"tf": "tf"}) is not None
