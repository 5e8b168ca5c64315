"""Each chapter runs alone, prints what its page says, and draws its pictures."""

import ast
import functools
import hashlib
import importlib.util
import os
import re
import subprocess
import sys

import numpy as np
import pytest
from check import ROOT, missing, needed
from prose import prose as prose_of

from course import part5b_digits, part8_attention, part9_machines, plot

CHAPTERS = sorted(path.stem for path in (ROOT / "course").glob("part*.py"))
PICTURES = ROOT / "course" / "pictures"


def prose(chapter):
    return prose_of(f"course/{chapter}.py")


def shown(chapter):
    """The lines that the page says are printed: those that are indented."""
    lines = [line for line in prose(chapter).split("\n") if line.startswith("    ")]
    lines = [line[4:].rstrip() for line in lines if line.strip()]
    assert lines[0] == f"python -m course.{chapter}"
    return lines[1:]


# How the lines begin that need each of these.
COMPARED = {"tensorflow": "TensorFlow", "jax": "XLA"}


def without(packages, lines):
    names = tuple(COMPARED[package] for package in packages)
    return [line for line in lines if not line.startswith(names)]


@functools.cache
def run(chapter, folder, path=""):
    """The lines that a chapter prints, and what it says beside."""
    done = subprocess.run(
        [sys.executable, "-m", f"course.{chapter}", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return [line for line in lines if line], done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pictures")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_prints_what_its_page_says(chapter, folder):
    lines, _ = run(chapter, folder)
    said = shown(chapter)
    absent = [name for name in COMPARED if importlib.util.find_spec(name) is None]
    assert lines == without(absent, said)
    if lines != said:
        missing(" and ".join(absent))


NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_draws_the_pictures_of_its_page(chapter, folder):
    needed("matplotlib")
    needed("pygraphviz")
    run(chapter, folder)
    names = set(re.findall(r"\]\((\S+\.svg)[ )]", prose(chapter).replace("\n", " ")))
    prefix = chapter.partition("_")[0] + "-"
    assert names == {path.name for path in folder.glob(f"{prefix}*.svg")}
    assert names == {path.name for path in PICTURES.glob(f"{prefix}*.svg")}
    for name in names:
        drawn, kept = ((at / name).read_text("utf-8") for at in (folder, PICTURES))
        assert NUMBER.sub("0", drawn) == NUMBER.sub("0", kept), f"{name}: run {chapter}"
        numbers = [np.array(NUMBER.findall(svg), dtype=float) for svg in (drawn, kept)]
        np.testing.assert_allclose(*numbers, rtol=1e-3, atol=0.05)


def test_a_plot_that_fails_leaves_the_one_that_was_there(tmp_path, monkeypatch):
    needed("matplotlib")
    monkeypatch.setattr(plot, "folder", lambda: tmp_path)
    plot.save_plot("one", lambda axes: axes.plot([0, 1], [0, 1]))
    before = (tmp_path / "one.svg").read_text()
    monkeypatch.setattr(os, "replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        plot.save_plot("one", lambda axes: axes.plot([0, 1], [1, 0]))
    assert (tmp_path / "one.svg").read_text() == before


def test_an_import_that_fails_in_a_plot_is_no_missing_matplotlib():
    needed("matplotlib")

    def paint(axes):
        import nothing_like_it  # noqa: F401

    with pytest.raises(ModuleNotFoundError, match="nothing_like_it"):
        plot.save_plot("one", paint)


@pytest.mark.parametrize("word, code", [("--help", 0), ("--unknown", 2), (__file__, 2)])
def test_what_is_no_folder_for_pictures_is_refused(word, code, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["part1_graphs", word])
    with pytest.raises(SystemExit) as stopped:
        plot.folder.__wrapped__()
    assert stopped.value.code == code
    said = capsys.readouterr()
    assert "folder" in said.out + said.err


def test_each_picture_is_of_a_chapter():
    chapters = {chapter.partition("_")[0] for chapter in CHAPTERS}
    for path in PICTURES.iterdir():
        assert path.name.partition("-")[0] in chapters


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_needs_no_later_one(chapter):
    tree = ast.parse((ROOT / "course" / f"{chapter}.py").read_text("utf-8"))
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.startswith("course.part"):
                assert place(name.split(".")[1]) < place(chapter)


def place(chapter):
    """By what chapters are in order: part 5, 5b, 10."""
    number, rest = re.match(r"part(\d+)(.*)", chapter).groups()
    return int(number), rest


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_runs_without_what_draws_and_what_it_compares_with(chapter, tmp_path):
    for package in ("matplotlib", "pygraphviz", *COMPARED):
        (tmp_path / f"{package}.py").write_text("raise ImportError")
    lines, said = run(chapter, tmp_path / "pictures", tmp_path)
    assert lines == without(COMPARED, shown(chapter))
    assert not (tmp_path / "pictures").exists()
    drawn = len(re.findall(r"\.svg[\s)]", prose(chapter)))
    assert said.count("is left out: it needs") == drawn
    left_out = lines != shown(chapter)
    assert said.count("lines are left out") == left_out


def test_the_digits_are_those_of_their_source():
    images, labels = part5b_digits.digits()
    assert images.shape == (1797, 8, 8)
    assert (images.min(), images.max()) == (0, 16)
    # The numbers of each digit, as the source gives them.
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.bincount(labels).tolist() == counts
    content = hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest()
    assert content.startswith("87ff0c9e40dc7e2c")


def test_the_gradient_of_the_whole_transformer_is_that_by_trial():
    model = part8_attention.Transformer(np.random.default_rng(0))
    session, feeds = model.session, model.feeds(["graph", "attention"])
    for x in model.parameters:
        # Larger than at the start, so that the weights of attention are not flat.
        session.run(model.graph.assign(x, 5 * x))
    gradients = model.graph.gradients(model.L, model.parameters)
    rng = np.random.default_rng(1)
    for x, slope in zip(model.parameters, session.run(gradients, feeds)):
        value, v = session.run(x), 1e-5 * rng.normal(size=x.shape)
        up, down = (
            session.run(model.L, {**feeds, x: value + sign * v}) for sign in (1, -1)
        )
        np.testing.assert_allclose((up - down) / 2, (slope * v).sum(), 1e-5, 1e-12)


def test_at_least_97_percent_of_held_out_digits_are_read():
    (line,) = [line for line in shown("part5b_digits") if line.startswith("epoch 200")]
    assert float(re.search(r"test L .*, ([\d.]+)%", line)[1]) >= 97


def test_if_a_host_fails_the_other_is_not_waited_for(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    # In the place of JAX: the second host fails, and the first would wait for it.
    (tmp_path / "jax.py").write_text(
        "import sys, time\n"
        "class distributed:\n"
        "    def initialize(address, count, number):\n"
        "        print('host', number, flush=True)\n"
        "        sys.exit(3) if number else time.sleep(600)\n"
    )
    with pytest.raises(RuntimeError, match="host 1 ended with 3\nhost 1"):
        part9_machines.several_hosts()


def test_the_ring_adds_up_as_its_picture_says():
    counts = [np.ones((4, 4))]
    _, _, rounds = part9_machines.ring([np.ones(4)] * 4)
    counts += [np.array(state)[:, :, 0] for state in rounds]
    # One more cell in each row and column becomes one larger in each of three rounds,
    # until it is complete; then the complete ones spread.
    assert [count.max() for count in counts] == [1, 2, 3, 4, 4, 4, 4]
    complete = [(count == 4).sum() for count in counts]
    assert complete == [0, 0, 0, 4, 8, 12, 16]
    for count in counts:
        assert (count.sum(axis=0) == count.sum(axis=0)[0]).all()
