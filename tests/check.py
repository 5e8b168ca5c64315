"""What the tests share: a reference to compare with, and finite differences."""

import contextlib
import importlib.util
import os
import pathlib
import re
import subprocess
import sys

import numpy as np
import pytest

from graph import Graph, topological_order
from session import Interpreter, Session

ROOT = pathlib.Path(__file__).parent.parent


def missing(what):
    """Skip a test that needs what is not installed; in CI it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is not installed", allow_module_level=True)


def needed(module):
    """Without the module the test is skipped, or fails in CI."""
    if importlib.util.find_spec(module) is None:
        missing(module)


@contextlib.contextmanager
def needing(*packages):
    """An import within that lacks one of these packages skips the file; CI fails."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name.partition(".")[0] not in packages:
            raise
        missing(error.name)


def refused(error, *parts):
    """The block raises `error` with a message that has all of `parts`, in order."""
    return pytest.raises(error, match="(?s)" + ".*".join(map(re.escape, parts)))


def run(tensors, feeds=None):
    """The values of tensors, in a session of their own."""
    graph = (tensors[0] if isinstance(tensors, list) else tensors).graph
    return Session(graph).run(tensors, feeds)


def printed_by(text, folder):
    """What a program prints, which can import from here and from a folder."""
    path = os.pathsep.join([str(ROOT), str(folder)])
    done = subprocess.run(
        [sys.executable, "-c", text],
        env={**os.environ, "PYTHONPATH": path, "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_python(*arguments):
    """What Python says, run with `arguments` from the root; an error if it fails."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)


def evaluate(tensors, values):
    """The values of `tensors`, each operation computed by itself, one after the other.

    `values` maps placeholders and variables to arrays.
    """
    order = topological_order(tensors, given=set(values))
    executor = _Inferred(order, tensors, tuple(values))
    assert all(tensor.kind == "variable" for tensor in executor.reads), executor.reads
    state = [tensor.initial_value for tensor in executor.reads]
    return executor(state, [values[tensor] for tensor in executor.feeds])[0]


class _Inferred(Interpreter):
    """Looks whether each value has the type and shape that the graph says."""

    def compute(self, op, values):
        value = super().compute(op, values)
        _check_inferred(op.output, value)
        return value


def _check_inferred(tensor, value):
    """What the graph says of a tensor must be true of its value."""
    if tensor.kind == "group" or tensor.dtype == object:
        return
    assert np.asarray(value).dtype == tensor.dtype, (tensor, np.asarray(value).dtype)
    if tensor.shape is not None:
        assert len(tensor.shape) == np.ndim(value), (tensor, np.shape(value))
        for stated, size in zip(tensor.shape, np.shape(value)):
            assert stated in (None, size), (tensor, np.shape(value))


def differences(function, arrays, step=1e-6):
    """Central differences of a scalar function by each element of `arrays`."""
    results = []
    for i, array in enumerate(arrays):
        result = np.zeros(np.shape(array))
        for index in np.ndindex(np.shape(array)):
            ends = []
            for sign in (1, -1):
                moved = [np.array(a, dtype=float) for a in arrays]
                moved[i][index] += sign * step
                ends.append(float(function(moved)))
            result[index] = (ends[0] - ends[1]) / (2 * step)
        results.append(result)
    return results


def weights_like(shape, seed):
    """Fixed weights, so that a sum does not hide what differs between elements."""
    return np.random.default_rng(seed).uniform(0.5, 1.5, shape)


class Checked:
    """A function of some arrays as a graph, with first and second derivatives.

    `shapes` says what the graph is told of the arrays: "known", "sizes" (only how many
    axes they have) or "nothing".
    """

    def __init__(self, build, arrays, shapes="known"):
        self.graph = graph = Graph()
        self.arrays = [np.asarray(array, dtype=float) for array in arrays]
        told = {
            "known": lambda a: a.shape,
            "sizes": lambda a: (None,) * a.ndim,
            "nothing": lambda a: None,
        }[shapes]
        self.xs = [
            graph.placeholder(told(a), name=f"x{i}") for i, a in enumerate(self.arrays)
        ]
        self.y = build(graph, *self.xs)
        self.session = Session(graph)
        (value,) = self.run([self.y], self.arrays)
        # Squared, so that the second derivative goes through every operation of the
        # first, also where that is linear.
        self.total = graph.sum(graph.square(self.y) * weights_like(np.shape(value), 1))
        self.first = graph.gradients(self.total, self.xs)
        for x, gradient in zip(self.xs, self.first):
            assert gradient.dtype == x.dtype
        self.scalar = 0.0
        for i, (gradient, array) in enumerate(zip(self.first, self.arrays)):
            weights = weights_like(array.shape, 2 + i)
            self.scalar = graph.sum(gradient * weights) + self.scalar
        self.second = graph.gradients(self.scalar, self.xs)

    def run(self, tensors, arrays):
        return self.session.run(tensors, dict(zip(self.xs, arrays)))

    def check(self, tolerance=1e-6):
        """Compare derivatives with differences, and programs with `evaluate`."""
        for total, gradients in ((self.total, self.first), (self.scalar, self.second)):
            got = self.run(gradients, self.arrays)
            expected = differences(
                lambda arrays, total=total: self.run(total, arrays), self.arrays
            )
            reference = evaluate(gradients, dict(zip(self.xs, self.arrays)))
            for x, a, b, c in zip(self.xs, got, expected, reference):
                assert np.shape(a) == np.shape(b), (x.name, np.shape(a), np.shape(b))
                np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance)
                np.testing.assert_allclose(a, c, rtol=1e-12, atol=1e-12)
