"""The notebooks are the chapters: the same text, and the same results."""

import json
import os
import subprocess
import sys
import types

import pytest
from check import ROOT, needed
from test_course import CHAPTERS, COMPARED, shown, without

from course import plot
from weave import contents
from weave.notebooks import markdown, notebook, notebooks

FOLDER = ROOT / "notebooks"

# Runs the cells of the notebook that it is given, as a notebook does.
RUN = """
import json, sys
names = {"__name__": "__main__"}
for cell in json.load(open(sys.argv.pop(), encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), names)
"""


def run(path, folder, **environment):
    return subprocess.run(
        [sys.executable, "-c", RUN, str(path)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def cells(source):
    made = json.loads(notebook(source, "course/x.py"))["cells"]
    return [(cell["cell_type"], "".join(cell["source"])) for cell in made]


def test_notebooks_are_what_the_sources_say():
    made = notebooks(ROOT)
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == made


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_notebook_computes_what_the_chapter_does_and_needs_only_numpy(
    chapter, tmp_path
):
    for package in ("matplotlib", "pygraphviz", *COMPARED):
        (tmp_path / f"{package}.py").write_text("raise ImportError")
    done = run(FOLDER / f"{chapter}.ipynb", FOLDER, PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    said = without(COMPARED, shown(chapter))
    assert [line for line in lines if line] == said


CHAPTER = """# # Title


import math


def helper(x):
    # Why.
    return math.sqrt(x)


def first():
    # ## Question? {#old}
    #
    # Text.

    nine = helper(81)
    print(nine)

    # More.

    return nine, 1


def second(value, one):
    # Last.
    if one:
        return
    print(one)


def main():
    nine, one = first()
    second(nine, one)


if __name__ == "__main__":
    main()
"""


def test_a_function_that_main_calls_stands_open():
    assert [cell for cell in cells(CHAPTER) if "urllib" not in cell[1]] == [
        ("markdown", "# Title"),
        ("code", "import math"),
        ("markdown", "Why."),
        ("code", "def helper(x):\n    return math.sqrt(x)"),
        ("markdown", "## Question?\n\nText."),
        ("code", "nine = helper(81)\nprint(nine)"),
        ("markdown", "More."),
        ("code", "nine, one = nine, 1"),
        # It returns early, so it can't.
        ("markdown", "Last."),
        (
            "code",
            "def second(value, one):\n    if one:\n        return\n    print(one)",
        ),
        ("code", "second(nine, one)"),
    ]


def test_a_function_that_would_change_what_another_needs_stays_closed():
    clash = CHAPTER.replace("    nine = helper(81)", "    helper = 1\n    nine = 9")
    assert any(text.startswith("def first") for _, text in cells(clash))


def test_text_has_its_links_pictures_questions_and_examples():
    assert markdown("[a](gradients.py#order) [b](course/part4_descent.py)") == (
        "[a](../docs/gradients.html#order) [b](part4_descent.ipynb)"
    )
    assert markdown('![A\nb.](part1-sum.svg "C\nd.")') == (
        "![A b.](../course/pictures/part1-sum.svg)\n\n*C d.*"
    )
    assert "<summary>Answer</summary>\n\nYes." in markdown("? Is it?\n\n! Yes.")
    assert markdown("a\n\n>>> 1\n1\n\nb") == "a\n\n```pycon\n>>> 1\n1\n```\n\nb"


def test_elsewhere_a_notebook_fetches_the_modules(tmp_path, monkeypatch):
    archive = tmp_path / "archive" / "refs" / "heads"
    archive.mkdir(parents=True)
    git = ["git", "archive", "--format=zip", "--prefix=project-main/", "HEAD"]
    if subprocess.run([*git, "-o", archive / "main.zip"], cwd=ROOT).returncode:
        needed("git")
    monkeypatch.setattr(contents, "REPOSITORY", tmp_path.as_uri())
    away = tmp_path / "away"
    away.mkdir()
    source = "# # T\n\nimport graph\n\n\ndef main():\n    print(graph.__file__)\n"
    (away / "n.ipynb").write_text(notebook(source, "course/x.py"), "utf-8")
    done = run(away / "n.ipynb", away)
    assert str(away / "modules" / "project-main" / "graph.py") in done.stdout


def test_without_an_address_a_notebook_says_where_to_open_it(tmp_path):
    done = run(FOLDER / "part1_graphs.ipynb", tmp_path)
    assert "FileNotFoundError: open this notebook" in done.stderr


def test_a_notebook_shows_its_pictures(tmp_path, monkeypatch):
    shown = []
    module = types.SimpleNamespace(SVG=str, display=shown.append)
    monkeypatch.setitem(sys.modules, "ipykernel", types.SimpleNamespace())
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace())
    monkeypatch.setitem(sys.modules, "IPython.display", module)
    plot._write("name", "<svg></svg>")
    assert shown == ["<svg></svg>"]
