"""Programs for TensorFlow 1 say the same by TensorFlow and by `tf/`.

Each is run twice, with nothing changed but the line of the import.  They need
TensorFlow, as `make peers` installs it; CI has it.
"""

import functools
import json
import math
import os
import re

import pytest
import wrong
from check import ROOT, needed, printed_by

# Its layers and cells are in a package of their own.
os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")

FOLDER = ROOT / "tests" / "programs"
PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "report")
IMPORTS = {
    "TensorFlow": "import tensorflow.compat.v1 as tf",
    "tf": "import tf",
}


@functools.cache
def printed(text, by):
    """The lines that a program prints, read as JSON."""
    assert text.count(f"\n{IMPORTS['TensorFlow']}\n") == 1
    assert not re.search(r"\btf\b.*import|tensorflow(?!\.compat\.v1 as tf\n)", text)
    text = text.replace(IMPORTS["TensorFlow"], IMPORTS[by])
    return [json.loads(line) for line in printed_by(text, FOLDER).splitlines()]


def alike(one, other):
    """Whether two values are the same, numbers with a point to 1e-5."""
    if isinstance(one, float) and isinstance(other, float):
        same = one == other or (math.isnan(one) and math.isnan(other))
        return same or math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-5)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        keys = one.keys() == other.keys()
        return keys and all(alike(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_says_the_same_here_and_there(program):
    text = (FOLDER / f"{program}.py").read_text("utf-8")
    here = printed(text, "tf")
    needed("tensorflow")
    there = printed(text, "TensorFlow")
    assert there
    assert len(here) == len(there)
    for line, (ours, theirs) in enumerate(zip(here, there), 1):
        assert alike(ours, theirs), f"line {line}:\n{ours}\n{theirs}"


def test_the_page_counts_the_programs():
    assert len(PROGRAMS) == 23
    assert "23 programs twice" in (ROOT / "tf" / "__init__.py").read_text("utf-8")


def test_what_is_almost_the_same_differs():
    assert alike({"a": [1.0, 2]}, {"a": [1.000001, 2]})
    assert alike(math.nan, math.nan)
    for other in ({"a": [1.0001, 2]}, {"a": [1.0, 3]}, {"a": [1.0]}, {"a": [1.0, 2.0]}):
        assert not alike({"a": [1.0, 2]}, other)
    assert not alike({"dtype": "float32"}, {"dtype": "float64"})
    assert not alike({"a": 1}, {"b": 1})


# Bad input

WRONG = [pytest.param(i, id=name) for i, (name, *_) in enumerate(wrong.PIECES)]


@pytest.mark.parametrize("by", IMPORTS)
@pytest.mark.parametrize("i", WRONG)
def test_bad_input_gets_an_error_in_the_words_of_tensorflow(i, by):
    if by == "TensorFlow":
        needed("tensorflow")
    _, piece, kind, words = wrong.PIECES[i]
    kinds, message = printed(wrong.PROGRAM, by)[i]
    assert re.search(rf"\b{kind}\b", kinds), f"{piece}: {kinds}: {message}"
    assert words in message
