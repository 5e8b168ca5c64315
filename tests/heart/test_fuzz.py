"""Random graphs: compiled as operation by operation, and as their graphs claim."""

import itertools

import fuzz
import numpy as np
import pytest
from check import differences

import ops
from compiler.buffers import Buffered
from graph import Graph
from mixins.dtypes import DTYPES
from mixins.indexing import ConcatOp
from mixins.randomness import RandomOp
from mixins.shapes import DIMS
from session import Interpreter, Session


@pytest.mark.parametrize("seed", range(300))
def test_a_random_graph_runs_compiled_as_one_by_one_and_as_it_claims(seed):
    assert not (texts := fuzz.failures(seed)), "\n".join(texts)


@pytest.mark.parametrize("seed", range(300))
def test_a_random_graph_runs_with_buffers_as_one_by_one(seed, monkeypatch):
    monkeypatch.setattr(Session, "compiler", Buffered)
    assert not (texts := fuzz.failures(seed)), "\n".join(texts)


@pytest.mark.parametrize("seed", range(150))
def test_gradients_of_random_graphs_are_those_of_finite_differences(seed):
    graph, xs, arrays, total = fuzz.smooth(seed)
    session = Session(graph)
    first = graph.gradients(total, xs)
    scalar = graph.add(graph.sum(graph.square(first[0])), graph.sum(first[-1]))
    second = graph.gradients(scalar, xs)
    for y, gradients in ((total, first), (scalar, second)):
        got = session.run(gradients, dict(zip(xs, arrays)))
        expected = differences(
            lambda moved, y=y: session.run(y, dict(zip(xs, moved))), arrays
        )
        for a, b in zip(got, expected):
            np.testing.assert_allclose(a, b, rtol=2e-5, atol=2e-5)


def test_each_operation_of_a_graph_is_drawn():
    assert fuzz.operations_of(Graph) - fuzz.OPERATIONS.keys() == set()


def test_graphs_have_all_types_and_shapes_known_in_part_and_not_at_all():
    types, told = set(), set()
    for seed in range(30):
        draft, _ = fuzz.draw(seed)
        for x in filter(fuzz.is_placeholder, draft.graph.tensors):
            types.add(x.dtype.name)
            told.add("nothing" if x.shape is None else None in x.shape)
    assert types == set(fuzz.TYPES)
    assert told == {"nothing", True, False}


def test_a_graph_follows_from_its_number():
    one, other = (fuzz.draw(11)[0].graph.tensors for _ in range(2))
    assert list(map(repr, one)) == list(map(repr, other))


def test_bits_are_compared_but_not_those_of_nan():
    quiet, other = np.uint64([0x7FF8 << 48, 0x7FF8 << 48 | 1]).view(float)
    assert fuzz.same(np.array(quiet), np.array(other))
    assert not fuzz.same(np.array(0.0), np.array(-0.0))
    assert not fuzz.same(np.array(1.0), np.nextafter(np.array(1.0), 2))
    assert not fuzz.same(np.array(1.0), np.array(1, "float32"))
    assert not fuzz.same(np.array([1.0]), np.array(1.0))


# The fuzzer itself must notice what is wrong.


def _wrong_type(patch):
    patch.setitem(DTYPES, ops.SumOp, lambda op, dtype: dtype)


def _wrong_shape(patch):
    right = ConcatOp.infer_shape

    def infer_shape(op, *shapes):
        dims = right(op, *shapes)
        return dims and dims[::-1]

    patch.setitem(DIMS, ConcatOp, infer_shape)


def _draws_once(patch):
    patch.setattr(RandomOp, "pure", True)


def _run_compiled_as(patch, wrong):
    """Have compiled programs run by `wrong`, which is given the right way to run."""
    right = Session.run

    def run(session, *args, **keywords):
        if issubclass(session.executor, Interpreter):
            return right(session, *args, **keywords)
        return wrong(right, session, *args, **keywords)

    patch.setattr(Session, "run", run)


def _run_that_changes(change):
    def wrong(right, session, *args, **keywords):
        values = right(session, *args, **keywords)
        return [value if value is None else change(value) for value in values]

    return lambda patch: _run_compiled_as(patch, wrong)


def _without_sign_of_zero(value):
    return value + 0.0 if np.asarray(value).dtype == float else value


def _with_last_bit(value):
    return np.nextafter(value, 9.0) if np.asarray(value).dtype == float else value


def _keeps_all_assignments_back(patch):
    def wrong(right, session, *args, **keywords):
        before = dict(session.state)
        values = right(session, *args, **keywords)
        session.state.update(before)
        return values

    _run_compiled_as(patch, wrong)


@pytest.mark.parametrize(
    "damage",
    [
        _wrong_type,
        _wrong_shape,
        _draws_once,
        _run_that_changes(_without_sign_of_zero),
        _run_that_changes(_with_last_bit),
        _keeps_all_assignments_back,
    ],
)
def test_a_fault_is_noticed(damage):
    with pytest.MonkeyPatch.context() as patch:
        damage(patch)
        suspects = (seed for seed in range(300) if fuzz.failures(seed))
        suspects = list(itertools.islice(suspects, 6))
    assert any(not fuzz.failures(seed) for seed in suspects)
