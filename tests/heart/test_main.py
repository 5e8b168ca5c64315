"""`python main.py`: it trains, and comes out the same each time."""

import pathlib
import sys

import numpy as np
from check import run_python

import main
from session import Session


def test_it_runs_by_itself_and_prints_what_it_learned():
    done = run_python("main.py")
    assert "loss after 10000 steps: 0.00034011\n" in done.stdout
    rows = [line.split() for line in done.stdout.splitlines()[2:6]]
    assert [row[:3] for row in rows] == [
        ["0", "0", "0"],
        ["0", "1", "1"],
        ["1", "0", "1"],
        ["1", "1", "0"],
    ]
    for *_, target, output in rows:
        assert abs(float(target) - float(output)) < 0.05
    assert "def program(state, feeds):" in done.stdout
    # The page shows what is printed.
    source = pathlib.Path(main.__file__).read_text("utf-8")
    comments = [line.strip() for line in source.splitlines()]
    start = comments.index("#     input  target  output")
    shown = [line.removeprefix("#").removeprefix(" " * 5) for line in comments[start:]]
    assert "\n".join(shown[:7]) in done.stdout
    assert "100%" in done.stderr
    assert "loss 0.000" in done.stderr


def test_its_training_is_that_of_the_same_loop_by_hand():
    graph, X, targets, _, loss, update = main.build()
    session = Session(graph)
    x, y = session.run([X, targets])
    w0, b0, w1, b1 = (v.initial_value.copy() for v in graph.variables)
    for _ in range(100):
        hidden = 1 / (1 + np.exp(-(x @ w0 + b0)))
        output = 1 / (1 + np.exp(-(hidden @ w1 + b1)))
        expected = np.mean((output - y) ** 2)
        by_sum1 = (output - y) / 2 * output * (1 - output)
        by_sum0 = by_sum1 @ w1.T * hidden * (1 - hidden)
        w1, b1 = w1 - hidden.T @ by_sum1, b1 - by_sum1.sum(axis=0)
        w0, b0 = w0 - x.T @ by_sum0, b0 - by_sum0.sum(axis=0)
        _, value = session.run([update, loss])
        np.testing.assert_allclose(value, expected, rtol=1e-10)


def test_the_framework_imports_nothing_but_numpy_to_compute():
    script = (
        "import sys, numpy; before = set(sys.modules); import train, session; "
        "session.Session; "
        "print({m.split('.')[0] for m in set(sys.modules) - before})"
    )
    done = run_python("-c", script)
    ours = {"compiler", "gradients", "graph", "mixins", "ops", "session", "tensor"}
    ours.add("train")
    others = set(eval(done.stdout)) - ours
    assert others <= set(sys.stdlib_module_names) | {"numpy"}


def test_it_lays_a_band_across_the_plane_low_inside_and_high_on_both_sides():
    graph, X, _, output, _, update = main.build()
    session = Session(graph)
    for _ in range(main.STEPS):
        session.run(update)
    inside = session.run(output, {X: [[0.0, 0.0], [0.3, 0.3], [0.7, 0.7], [1.0, 1.0]]})
    sides = session.run(output, {X: [[0.0, 1.0], [-0.3, 1.3], [1.0, 0.0], [1.3, -0.3]]})
    assert (inside < 0.2).all()
    assert (sides > 0.9).all()
