"""XLA computes what NumPy does: on one device, on eight, and many steps in one call."""

import os
import socket
import subprocess
import sys

import numpy as np
import pytest
from cases import CASES
from check import ROOT, Checked, needing

from course import part9_machines
from graph import Graph
from ops import BaseOp, ElementwiseOp
from session import Session
from train import AdamOptimizer, GradientDescentOptimizer

with needing("jax"):
    import jax

from xla import XLASession


def mesh(**axes):
    return jax.make_mesh(tuple(axes.values()), tuple(axes))


class Classifier:
    """A layer of 16 units with dropout, trained by Adam; a batch of 32 to feed."""

    def __init__(self):
        self.graph = graph = Graph()
        rng = np.random.default_rng(0)
        self.X = graph.placeholder((None, 8), name="X")
        self.labels = graph.placeholder((None,), dtype=int, name="labels")
        self.W0 = graph.variable(graph.random_normal((8, 16), stddev=0.3), name="W0")
        self.b0 = graph.variable(np.zeros(16), name="b0")
        self.W1 = graph.variable(rng.normal(0, 0.3, (16, 4)), name="W1")
        hidden = graph.dropout(graph.relu(self.X @ self.W0 + self.b0), 0.8)
        self.scores = graph.dot(hidden, self.W1, name="scores")
        self.loss = graph.softmax_cross_entropy(self.scores, self.labels, name="loss")
        self.adam = AdamOptimizer(0.01)
        self.step = self.adam.minimize(self.loss)
        self.rng = rng
        self.feeds = self.batch()

    def batch(self, size=32):
        X = self.rng.normal(size=(size, 8))
        return {self.X: X, self.labels: self.rng.integers(4, size=size)}

    def losses(self, session, steps=3):
        return [
            session.run([self.loss, self.step], self.feeds)[0] for _ in range(steps)
        ]

    def stacked(self, batches):
        return {x: np.stack([batch[x] for batch in batches]) for x in self.feeds}


@pytest.fixture
def model():
    return Classifier()


# Each operation


@pytest.mark.parametrize("float64", [True, False])
@pytest.mark.parametrize("name", CASES)
def test_values_and_derivatives_are_those_of_numpy(name, float64):
    if name == "cast":
        pytest.skip("there is no type longdouble")
    checked = Checked(*CASES[name])
    tensors = [checked.y, *checked.first, *checked.second]
    here = checked.run(tensors, checked.arrays)
    session = XLASession(checked.graph, float64=float64)
    there = session.run(tensors, dict(zip(checked.xs, checked.arrays)))
    tolerance = 1e-10 if float64 else 2e-4
    for tensor, a, b in zip(tensors, here, there):
        assert np.shape(a) == np.shape(b)
        narrow = jax.dtypes.canonicalize_dtype(tensor.dtype)
        assert np.asarray(b).dtype == (tensor.dtype if float64 else narrow)
        np.testing.assert_allclose(b, a, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize(
    "name", ["dot(5, 2, 3)(3, 4)", "div(2, 3)(3,)", "gather(axis=0)"]
)
def test_shapes_may_be_known_only_when_a_run_is_compiled(name):
    checked = Checked(*CASES[name], shapes="nothing")
    tensors = [checked.y, *checked.first, *checked.second]
    feeds = dict(zip(checked.xs, checked.arrays))
    there = XLASession(checked.graph, float64=True).run(tensors, feeds)
    for a, b in zip(checked.run(tensors, checked.arrays), there):
        np.testing.assert_allclose(b, a, rtol=1e-10, atol=1e-10)


def test_comparisons_and_indices_are_those_of_numpy(graph):
    a, b = (graph.constant(np.array(x)) for x in ([1.0, 2, 2, 5], [2.0, 2, 1, 7]))
    names = ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"]
    tensors = [getattr(graph, name)(a, b) for name in names]
    tensors += [getattr(graph, f"logical_{x}")(*tensors[:2]) for x in ("or", "xor")]
    tensors += [graph.logical_not(tensors[0]), graph.argmax(a), graph.argmin(b)]
    tensors += [graph.one_hot([0, 2], 3), graph.shape(a), graph.cast(a, "int32")]
    for x, y in zip(Session(graph).run(tensors), XLASession(graph).run(tensors)):
        np.testing.assert_array_equal(x, y)


def test_a_readers_operation_runs_too(graph):
    class CubeOp(ElementwiseOp):
        def compute(self, np, x):
            return x * x * x

        def gradient(self, grad):
            (x,) = self.inputs
            return [grad * 3 * x * x]

    x = graph.variable([1.0, 2.0])
    cube = CubeOp([x], graph).output
    got = XLASession(graph).run([cube, *graph.gradients(cube, [x])])
    np.testing.assert_array_equal(got, [[1, 8], [3, 12]])


# Numbers


def test_numbers_have_32_bits_unless_64_are_asked_for(graph):
    x = graph.variable([1.0])
    labels = graph.placeholder((None,), dtype=int)
    fetches, feeds = [x, labels], {labels: [1]}
    for float64, types in ((False, "float32 int32"), (True, "float64 int64")):
        values = XLASession(graph, float64=float64).run(fetches, feeds)
        assert " ".join(str(value.dtype) for value in values) == types


def test_two_sessions_of_different_precision_do_not_disturb_each_other(graph):
    third = graph.constant(1.0) / graph.placeholder((), name="x")
    (x,) = third.op.inputs[1:]
    sessions = [XLASession(graph, float64=float64) for float64 in (False, True)]
    for _ in range(2):
        values = [session.run(third, {x: 3}) for session in sessions]
        assert values == [np.float32(1 / 3), 1 / 3]
    assert not jax.config.jax_enable_x64


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1])
def test_an_integer_that_32_bits_do_not_hold_is_refused(graph, value):
    x = graph.placeholder((None,), dtype=int, name="codes")
    session = XLASession(graph)
    for fed in ([value], np.array([value]), np.array([[value]])):
        feeds = {"batches" if np.ndim(fed) > 1 else "feed_dict": {x: fed}}
        with pytest.raises(TypeError, match=r"codes.*int32.*cannot hold"):
            session.run(x, **feeds)
    with pytest.raises(TypeError, match=r"int32.*cannot hold"):
        session.run(graph.variable(np.array([value]), dtype=int, name="codes"))
    with pytest.raises(TypeError, match=r"int32.*cannot hold"):
        session.run(graph.constant(np.array([value]), dtype=int))
    assert XLASession(graph, float64=True).run(x, {x: [value]}) == value


# Feeding and fetching


def test_what_is_fetched_can_be_written_into_and_changes_nothing(graph):
    w = graph.variable([1.0, 2.0])
    session = XLASession(graph)
    value = session.run(w)
    value[:] = 7
    assert session.run(w).tolist() == [1, 2]
    assert type(session.run(graph.sum(w))) is np.float32


def test_an_array_that_is_on_the_device_is_fed_as_it_is(graph):
    x = graph.placeholder((None,), name="x")
    there = jax.numpy.ones(3, "float32")
    session = XLASession(graph)
    assert session.fed(there, x) is there
    assert session.run(x * 2, {x: there}).tolist() == [2, 2, 2]
    with pytest.raises(ValueError, match=r"shape \(3, 1\).*'x'"):
        session.run(x, {x: there[:, None]})


@pytest.mark.parametrize("float64", [True, False])
@pytest.mark.parametrize("kind", ["float16", "float32", "int32", "uint8"])
def test_an_array_of_jaxs_of_another_type_is_converted(graph, kind, float64):
    x = graph.placeholder((None,), name="x")
    fed = {x: jax.numpy.ones(3, kind)}
    got = XLASession(graph, float64=float64).run(x * 1.1, fed)
    assert got.dtype == ("float64" if float64 else "float32")
    np.testing.assert_allclose(got, 1.1, rtol=1e-15 if float64 else 1e-6)


def test_integers_of_jaxs_that_do_not_fit_are_refused(graph):
    small = graph.placeholder((None,), dtype="int8", name="small")
    with pytest.raises(TypeError, match=r"small.*int8.*cannot hold"):
        XLASession(graph).run(small, {small: jax.numpy.array([300])})
    codes = graph.placeholder((None,), dtype=int, name="codes")
    with jax.enable_x64(True):
        there = jax.numpy.array([2**31 + 5])
    with pytest.raises(TypeError, match=r"codes.*int32.*cannot hold"):
        XLASession(graph).run(codes, {codes: there})


def test_an_array_on_another_device_comes_to_that_of_the_session(graph):
    x, w = graph.placeholder((None,), name="x"), graph.variable([1.0, 2.0])
    add, devices = graph.assign(w, w + x), jax.devices()
    for session, own in (
        (XLASession(graph), devices[0]),
        (XLASession(graph, device=devices[2]), devices[2]),
    ):
        for device in devices[3:5]:
            session.run(add, {x: jax.device_put(np.ones(2, "float32"), device)})
            assert session.state[w].devices() == {own}
        assert session.run(w).tolist() == [3, 4]


def test_what_was_fed_can_be_written_into_after_the_run(graph):
    x = graph.placeholder((None, 256), dtype="float32", name="x")
    w = graph.variable(np.zeros((256, 256)), dtype="float32")
    y = x
    for _ in range(6):
        y = graph.tanh(graph.dot(graph.transpose(x), y @ (w + 0.1)) @ w + x[:256] * 0.1)
    update = graph.group([graph.assign(w, w + y[:256] * 0.01)])
    rng, buffer = np.random.default_rng(0), np.empty((256, 256), "float32")
    batches = rng.normal(size=(5, 256, 256)).astype("float32")
    reused, fresh = XLASession(graph), XLASession(graph)
    for batch in batches:
        buffer[:] = batch
        reused.run(update, {x: buffer})
        buffer[:] = 1e9
        fresh.run(update, {x: batch.copy()})
    np.testing.assert_array_equal(reused.run(w), fresh.run(w))


def test_the_state_stays_on_the_device(model):
    session = XLASession(model.graph)
    session.run(model.step, model.feeds)
    assert all(isinstance(value, jax.Array) for value in session.state.values())


def test_a_device_can_be_chosen(model):
    last = jax.devices()[-1]
    session = XLASession(model.graph, seed=0, device=last)
    first = XLASession(model.graph, seed=0, device="cpu")
    assert model.losses(session) == model.losses(first)
    assert session.state[model.W0].devices() == {last}
    assert first.state[model.W0].devices() == {jax.devices()[0]}


def test_answers_have_the_form_of_their_fetches(graph):
    a = graph.variable(1.0)
    update = graph.group([graph.assign(a, a + 1)])
    answer = XLASession(graph).run({"a": (a, [a]), "group": update})
    assert answer == {"a": (1, [1]), "group": None}


# Randomness


def test_a_seed_makes_runs_the_same_again(graph):
    x = graph.random_normal((3,))
    one, same, other = (XLASession(graph, seed=seed) for seed in (0, 0, 1))
    draws = [[session.run(x).tolist() for _ in range(2)] for session in (one, same)]
    assert draws[0] == draws[1]
    assert draws[0][0] != draws[0][1]
    assert other.run(x).tolist() != draws[0][0]


def test_random_numbers_have_their_distribution(graph):
    size = (200, 500)
    tensors = [
        graph.random_normal(size, mean=3.0, stddev=2.0),
        graph.random_uniform(size, low=-1.0, high=5.0),
        graph.truncated_normal(size, mean=1.0, stddev=0.5),
    ]
    normal, uniform, cut = XLASession(graph, seed=0).run(tensors)
    np.testing.assert_allclose([normal.mean(), normal.std()], [3, 2], atol=0.03)
    np.testing.assert_allclose([uniform.min(), uniform.max()], [-1, 5], atol=0.01)
    np.testing.assert_allclose([cut.min(), cut.max()], [0, 2], atol=0.01)
    # A normal distribution cut at two standard deviations has 0.88 of them.
    np.testing.assert_allclose([cut.mean(), cut.std()], [1, 0.44], atol=0.01)
    assert abs(np.corrcoef(normal.ravel(), uniform.ravel())[0, 1]) < 0.02


def test_sessions_of_either_kind_with_one_seed_start_alike(model):
    here, there = Session(model.graph, seed=5), XLASession(model.graph, seed=5)
    np.testing.assert_allclose(there.run(model.W0), here.run(model.W0), rtol=1e-6)


def test_to_look_at_the_hlo_changes_no_run(model):
    looked, other = (XLASession(model.graph, seed=0) for _ in range(2))
    looked.hlo([model.loss, model.step], model.feeds)
    assert looked.state == {}
    assert model.losses(looked) == model.losses(other)
    looked.hlo([model.loss, model.step], model.feeds)
    assert model.losses(looked) == model.losses(other)


def test_random_numbers_do_not_depend_on_settings_of_jax(graph):
    x = graph.random_normal((3,))
    expected = XLASession(graph, seed=0).run(x)
    jax.config.update("jax_default_prng_impl", "rbg")
    try:
        got = XLASession(graph, seed=0).run(x)
    finally:
        jax.config.update("jax_default_prng_impl", "threefry2x32")
    np.testing.assert_array_equal(got, expected)


# Many steps in one call


@pytest.mark.parametrize("on_mesh", [False, True])
def test_many_steps_are_as_many_runs(model, on_mesh):
    options = {"mesh": mesh(batch=8)} if on_mesh else {}
    one, many = (XLASession(model.graph, seed=0, **options) for _ in range(2))
    one.run(model.W0)
    many.run(model.W0)
    losses = model.losses(one, 5)
    (loss, _) = many.run([model.loss, model.step], model.feeds, steps=5)
    assert loss == pytest.approx(losses[-1], rel=1e-6)
    np.testing.assert_allclose(many.run(model.W1), one.run(model.W1), rtol=1e-5)
    assert one.run(model.scores, model.feeds) == pytest.approx(
        many.run(model.scores, model.feeds), rel=1e-4, abs=1e-6
    )


@pytest.mark.parametrize("on_mesh", [False, True])
def test_batches_are_fed_one_a_step(model, on_mesh):
    options = {"mesh": mesh(batch=8)} if on_mesh else {}
    batches = [model.batch() for _ in range(4)]
    one, many = (XLASession(model.graph, seed=0, **options) for _ in range(2))
    one.run(model.W0)
    many.run(model.W0)
    losses = [one.run([model.loss, model.step], batch)[0] for batch in batches]
    loss, _ = many.run([model.loss, model.step], batches=model.stacked(batches))
    assert loss == pytest.approx(losses[-1], rel=1e-6)


def test_what_no_step_reads_is_assigned_by_the_last(graph):
    x, last = graph.placeholder((), name="x"), graph.variable(0.0, name="last")
    session = XLASession(graph)
    session.run(graph.assign(last, x), batches={x: [1, 2, 3]})
    assert session.run(last) == 3


def test_a_variable_that_grows_from_step_to_step_is_named(graph):
    w = graph.variable(graph.placeholder(name="start"), name="w")
    start = w.initial_value
    grow = graph.assign(w, graph.concat([w, [1.0]]))
    session = XLASession(graph)
    session.run(w, {start: [1.0]})
    assert session.run(grow).tolist() == [1, 1]
    with pytest.raises(ValueError, match=r"of 'w' \(2,\) one of \(3,\).*one by one"):
        session.run(grow, steps=3)
    assert session.run(w).tolist() == [1, 1]


def test_the_number_of_steps_needs_no_new_compilation(graph):
    w = graph.variable(1.0)
    session, add = XLASession(graph), graph.assign(w, w + 1)
    for steps in (1, 2, 30):
        session.run(add, steps=steps)
    assert session.prepare((add,)).many._cache_size() == 1


def test_the_number_of_steps_that_draw_needs_few_compilations(graph):
    w = graph.variable(0.0)
    add = graph.assign(w, w + graph.random_uniform(()))
    many, one = XLASession(graph, seed=0), XLASession(graph, seed=0)
    for steps in (1, 3, 200, 1024, 1025):
        many.run(add, steps=steps)
    for _ in range(1 + 3 + 200 + 1024 + 1025):
        one.run(add)
    assert many.run(w) == pytest.approx(one.run(w), rel=1e-6)
    assert many.prepare((add,)).many._cache_size() == 2


def test_a_program_that_takes_long_to_compile_is_warned_of_once(graph, monkeypatch):
    monkeypatch.setattr("xla.MANY_LINES", 3)
    x = graph.placeholder(())
    session, short = XLASession(graph), graph.tanh(graph.tanh(x))
    long = graph.tanh(short)
    session.run(short, {x: 1.0})
    with pytest.warns(UserWarning, match="a program of 3 lines.* a loop in the graph"):
        session.run(long, {x: 1.0})
    session.run(long, {x: 1.0})


TWICE = """
import jax, sys
events = []
jax.monitoring.register_event_listener(lambda name, **_: events.append(name))
jax.config.update("jax_compilation_cache_dir", sys.argv[1])
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
from graph import Graph
from xla import XLASession
graph = Graph()
w = graph.variable([1.0, 2.0], name="w")
step = graph.assign(w, w - 0.1 * graph.gradients(graph.sum(w * w), [w])[0])
print(XLASession(graph).run(step), sum("cache_hits" in name for name in events))
"""


def test_a_second_start_takes_what_the_first_compiled(tmp_path):
    command = [sys.executable, "-c", TWICE, str(tmp_path)]
    starts = [subprocess.check_output(command, cwd=ROOT, text=True) for _ in range(2)]
    assert starts == ["[0.8 1.6] 0\n", "[0.8 1.6] 1\n"]


def test_a_sigmoid_goes_over_the_memory_once(graph):
    x = graph.placeholder((1000,), name="x")
    hlo = XLASession(graph).hlo(graph.sigmoid(x), {x: np.ones(1000)})
    entry = hlo[hlo.index("ENTRY") :]
    assert entry.count("fusion(") == 1
    assert not any(f"{name}(" in entry for name in ("exponential", "divide", "negate"))


# A run that fails


def test_a_failure_after_the_call_leaves_the_state_as_it_was(graph):
    x = graph.placeholder((None,), name="x")
    total = graph.variable(np.ones(2, np.float32), name="total")
    outer = graph.expand_dims(x, 1) @ graph.expand_dims(x, 0)
    update = graph.assign(total, total + graph.sum(graph.tanh(outer) @ outer) + 1)
    session = XLASession(graph)
    session.run(update, {x: [0.0, 0.0]})
    # No machine has the memory for it, and JAX says so only when we wait.
    with pytest.raises(jax.errors.JaxRuntimeError):
        session.run(update, {x: np.ones(1 << 21)})
    assert session.run(total).tolist() == [2, 2]


# Many devices


def collectives(session, fetches, feeds):
    """The kinds of collectives in what a run compiles to."""
    found = part9_machines.collectives(session.hlo(fetches, feeds))
    return {collective.split()[0] for collective in found}


def test_eight_devices_give_the_losses_of_one(model):
    one = XLASession(model.graph, seed=0)
    eight = XLASession(model.graph, seed=0, mesh=mesh(batch=8))
    np.testing.assert_allclose(
        model.losses(eight, 10), model.losses(one, 10), rtol=1e-5
    )


def test_a_batch_is_cut_up_and_the_gradients_are_reduced_over_all(model):
    fetches = [model.loss, model.step]
    one = XLASession(model.graph)
    eight = XLASession(model.graph, mesh=mesh(batch=8))
    assert collectives(one, fetches, model.feeds) == set()
    assert collectives(eight, fetches, model.feeds) == {"all-reduce"}


def test_parameters_stay_whole_on_each_device(model):
    eight = XLASession(model.graph, mesh=mesh(batch=8))
    eight.run(model.step, model.feeds)
    assert all(value.is_fully_replicated for value in eight.state.values())


def test_the_program_on_a_mesh_is_that_of_one_device(model):
    fetches = [model.loss, model.step]
    sessions = [Session(model.graph), XLASession(model.graph, mesh=mesh(batch=8))]
    texts = [session.program(fetches, model.feeds).source for session in sessions]
    assert texts[0] == texts[1]


def test_a_batch_that_cannot_be_cut_evenly_is_whole_on_each_device(model):
    feeds = model.batch(5)
    logits = model.graph.softmax(model.X @ model.W0)
    one = XLASession(model.graph, seed=0)
    eight = XLASession(model.graph, seed=0, mesh=mesh(batch=8))
    np.testing.assert_allclose(
        eight.run(logits, feeds), one.run(logits, feeds), rtol=1e-5
    )


def test_parameters_can_be_cut_up_too_and_their_slots_with_them(model):
    shards = {model.W0: (None, "model"), model.b0: "model", model.W1: ("model", None)}
    both = XLASession(model.graph, seed=0, mesh=mesh(batch=4, model=2), shards=shards)
    one = XLASession(model.graph, seed=0)
    np.testing.assert_allclose(model.losses(both, 10), model.losses(one, 10), rtol=1e-5)
    for variable, shape in ((model.W0, (8, 8)), (model.b0, (8,)), (model.W1, (8, 4))):
        for x in (variable, model.adam.slot(variable, "m", 0.0)):
            parts = both.state[x].addressable_shards
            assert {part.data.shape for part in parts} == {shape}
    assert both.run(model.W0).shape == (8, 16)


def test_what_is_fed_can_be_cut_up_otherwise(graph):
    rows = graph.placeholder((4, 16), name="rows")
    batch = graph.placeholder(name="batch")
    total = graph.variable(np.zeros(16))
    add = graph.assign(total, total + graph.sum(rows, axis=0) * graph.sum(batch))
    shards = {rows: (None, "batch")}
    session = XLASession(graph, mesh=mesh(batch=8), shards=shards)
    one = XLASession(graph)
    feeds = {rows: np.arange(64.0).reshape(4, 16), batch: np.ones((8, 2))}
    scalar = {**feeds, batch: 3.0}
    for fed in (feeds, scalar):
        assert session.run(add, fed).tolist() == one.run(add, fed).tolist()
    both = {x: np.stack([value] * 3) for x, value in feeds.items()}
    assert (
        session.run(add, batches=both).tolist() == one.run(add, batches=both).tolist()
    )
    for tensor, shape, stacked, part in [
        (rows, (4, 16), False, (4, 2)),
        (rows, (3, 4, 16), True, (3, 4, 2)),
        (batch, (8, 2), False, (1, 2)),
        (batch, (3, 8, 2), True, (3, 1, 2)),
        (batch, (), False, ()),
        (batch, (3,), True, (3,)),
        (batch, (9, 2), False, (9, 2)),
    ]:
        sharding = session._sharding(tensor, shape, stacked)
        assert sharding.shard_shape(shape) == part


def test_a_mesh_whose_axes_are_explicit_serves_as_well(model):
    explicit = mesh(batch=8)
    assert explicit.axis_types == (jax.sharding.AxisType.Explicit,)
    session = XLASession(model.graph, mesh=explicit)
    assert np.isfinite(model.losses(session)).all()


def test_a_slot_that_is_named_is_cut_up_as_it_says(model):
    slot = model.adam.slot(model.b0, "m", 0.0)
    shards = {model.b0: "model", slot: ()}
    session = XLASession(model.graph, mesh=mesh(batch=4, model=2), shards=shards)
    model.losses(session, 1)
    shapes = {
        x: {part.data.shape for part in session.state[x].addressable_shards}
        for x in shards
    }
    assert shapes == {model.b0: {(8,)}, slot: {(16,)}}


@pytest.mark.parametrize("on_mesh", [False, True])
@pytest.mark.parametrize("kind", ["Auto", "Explicit"])
def test_runs_inside_a_mesh_of_jaxs_are_as_outside(model, on_mesh, kind):
    options = {"mesh": mesh(batch=8)} if on_mesh else {}
    expected = model.losses(XLASession(model.graph, seed=0, **options))
    kind = getattr(jax.sharding.AxisType, kind)
    around = jax.make_mesh((4,), ("around",), axis_types=(kind,))
    session = XLASession(model.graph, seed=0, **options)
    with jax.set_mesh(around):
        assert model.losses(session) == expected
        request = [model.loss, model.step]
        checked = session.run(request, model.feeds, check_numerics=True)
        assert np.isfinite(checked[0])
        assert np.isfinite(session.run(request, model.feeds, steps=2)[0])
        assert "HloModule" in session.hlo(model.scores, model.feeds)
        assert jax.sharding.get_abstract_mesh().axis_names == ("around",)


# Checkpoints


HOST = """
import pathlib
import sys
import jax
import numpy as np
from graph import Graph
from session import Session
from xla import XLASession
address, number, folder = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3])
jax.distributed.initialize(address, 2, number)
graph = Graph()
w = graph.variable(np.arange(8.0), name="w")
mesh = jax.make_mesh((2,), ("batch",))
session = XLASession(graph, seed=0, mesh=mesh, shards={w: "batch"})
session.run(graph.assign(w, 2 * w))
written = []
write = Session.write
Session.write = lambda *args: written.append(1) or write(*args)
session.save(folder / "c")
assert written == [1] * (number == 0)
other = XLASession(graph, seed=1, mesh=mesh, shards={w: "batch"})
other.restore(folder / "c")
assert other.run(w).tolist() == [0, 2, 4, 6, 8, 10, 12, 14]
try:
    session.save(folder / "nowhere" / "c")
except FileNotFoundError:
    assert number == 0
print("done")
"""


def test_of_two_hosts_the_first_writes_the_checkpoint_and_both_can_read_it(tmp_path):
    with socket.socket() as free:
        free.bind(("localhost", 0))
        address = f"localhost:{free.getsockname()[1]}"
    flags = {**os.environ, "XLA_FLAGS": "--xla_force_host_platform_device_count=1"}
    hosts = [
        subprocess.Popen(
            [sys.executable, "-c", HOST, address, str(number), str(tmp_path)],
            **{"cwd": ROOT, "env": flags, "text": True},
            **{"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT},
        )
        for number in (0, 1)
    ]
    try:
        said = [host.communicate(timeout=120)[0] for host in hosts]
    finally:
        for host in hosts:
            host.kill()
    assert [host.returncode for host in hosts] == [0, 0], said
    assert os.listdir(tmp_path) == ["c"]


@pytest.mark.parametrize("first", [Session, XLASession])
@pytest.mark.parametrize("then", [Session, XLASession])
def test_a_training_goes_on_from_a_checkpoint_of_either_kind(
    model, first, then, tmp_path
):
    session, other = first(model.graph, seed=0), then(model.graph, seed=1)
    model.losses(session)
    session.save(tmp_path / "model")
    other.restore(tmp_path / "model")
    for x in model.graph.variables:
        np.testing.assert_allclose(other.run(x), session.run(x), rtol=1e-6, atol=1e-9)
    if first is then:
        assert model.losses(session) == model.losses(other)
    with np.load(tmp_path / "model") as file:
        assert file["W0"].dtype == model.W0.dtype


def test_what_is_restored_is_where_it_was(model, tmp_path):
    place = {"mesh": mesh(batch=8), "shards": {model.W0: "batch"}}
    session = XLASession(model.graph, **place)
    model.losses(session)
    session.save(tmp_path / "model")
    other = XLASession(model.graph, **place)
    other.restore(tmp_path / "model")
    for x in model.graph.variables:
        assert other.state[x].sharding == session.state[x].sharding


def test_a_checkpoint_of_a_mesh_is_one_of_a_device(model, tmp_path):
    eight = XLASession(model.graph, mesh=mesh(batch=8), shards={model.W0: "batch"})
    model.losses(eight)
    eight.save(tmp_path / "model")
    one = XLASession(model.graph)
    one.restore(tmp_path / "model")
    np.testing.assert_allclose(model.losses(one), model.losses(eight), rtol=1e-5)


# Errors


def test_what_fails_changes_nothing(graph):
    x, count = graph.placeholder((None,), name="x"), graph.variable(0.0, name="count")
    noise = graph.random_normal(())
    add = graph.assign(count, count + 1)
    session = XLASession(graph, seed=0)
    session.run([add, noise])
    bad = graph.reshape(x, (2, 2))
    for options in ({}, {"steps": 2}):
        before = session.random.bit_generator.state
        with pytest.raises(ValueError, match="reshape") as caught:
            session.run([add, noise, bad], {x: [1, 2, 3]}, **options)
        assert any("'reshape'" in note for note in caught.value.__notes__)
        assert session.random.bit_generator.state == before
    assert session.run(count) == 1


def test_shapes_that_do_not_fit_are_a_value_error_with_the_operation(graph):
    a, b = graph.placeholder(name="a"), graph.placeholder(name="b")
    for y in (a + b, a @ b):
        with pytest.raises(ValueError) as caught:
            XLASession(graph).run(y, {a: np.ones((2, 3)), b: np.ones((2, 4))})
        note = caught.value.__notes__[-1]
        assert f"'{y.name}'" in note and "'a' (2, 3)" in note and __file__ in note


def test_an_assignment_of_another_shape_is_refused(graph):
    w = graph.variable([1.0, 2.0], name="w")
    x = graph.placeholder(name="x")
    session = XLASession(graph)
    for options in ({}, {"steps": 2}):
        with pytest.raises(ValueError, match=r"assign value of shape \(3,\).*'w'"):
            session.run(graph.assign(w, x), {x: [1, 2, 3]}, **options)
    assert session.run(w).tolist() == [1, 2]


def test_a_label_or_an_index_that_is_outside_gives_nan(graph):
    labels = graph.placeholder((None,), dtype=int, name="labels")
    table = graph.variable(np.ones((3, 3)))
    row = graph.gather(table, labels)
    losses = graph.softmax_cross_entropy(table[:2], labels, mean=False)
    got = XLASession(graph).run([row, losses], {labels: [0, 3]})
    assert np.isnan(got[0]).tolist() == [[False] * 3, [True] * 3]
    assert np.isnan(got[1]).tolist() == [False, True]


@pytest.mark.parametrize("options", [{}, {"steps": 3}])
def test_check_numerics_names_the_first_operation_that_made_nan(graph, options):
    x = graph.variable([1.0, -1.0], name="x")
    root = graph.sqrt(x, name="root")
    session = XLASession(graph, seed=0)
    update = graph.assign(x, x + graph.random_normal((2,)))
    with pytest.raises(FloatingPointError, match=r"'root', made by sqrt.*has NaN"):
        session.run([update, graph.exp(root)], check_numerics=True, **options)
    assert session.run(x).tolist() == [1, -1]
    assert session.run(graph.abs(x), check_numerics=True, **options).tolist() == [1, 1]


@pytest.mark.parametrize("place", ["device", "mesh"])
def test_check_numerics_leaves_values_where_they_are_and_as_precise(graph, place):
    options = {"device": jax.devices()[3]}
    options = options if place == "device" else {"mesh": mesh(batch=8)}
    w, x = graph.variable(np.ones(8), name="w"), graph.placeholder((None,), name="x")
    session = XLASession(graph, **options)
    set_w = graph.assign(w, graph.constant(np.ones(8)))
    session.run(w)
    before = session.state[w].sharding
    session.run(set_w, check_numerics=True)
    assert session.state[w].sharding == before
    # Of 32 bits this is infinity.
    with (
        np.errstate(over="ignore"),
        pytest.raises(FloatingPointError, match="infinity"),
    ):
        session.run(x * x, {x: np.full(8, 1e30)}, check_numerics=True)


@pytest.mark.parametrize("label", [-1, 4, 7])
@pytest.mark.parametrize("kind", [Session, XLASession])
def test_check_numerics_finds_a_label_that_is_no_class(graph, kind, label):
    labels = graph.placeholder((None,), dtype=int, name="labels")
    loss = graph.softmax_cross_entropy(np.zeros((2, 4)), labels)
    options = {} if kind is Session else {"mesh": mesh(batch=8)}
    with pytest.raises(ValueError, match=f"the label {label} is not among the classes"):
        kind(graph, **options).run(loss, {labels: [0, label]}, check_numerics=True)


@pytest.mark.parametrize("kind", [Session, XLASession])
def test_labels_may_be_small_integers_of_many_classes(graph, kind):
    labels = graph.placeholder((None,), dtype="uint8", name="labels")
    loss = graph.softmax_cross_entropy(np.zeros((2, 300)), labels)
    got = kind(graph).run(loss, {labels: np.array([1, 100], "uint8")})
    assert got == pytest.approx(np.log(300))


def test_an_initial_value_that_32_bits_do_not_hold_is_refused(graph):
    a = graph.variable(np.array(2**30), dtype=int, name="a")
    b = graph.variable(a * 4, name="b")
    assert Session(graph).run(b) == 2**32
    with pytest.raises(TypeError, match=r"'b'.*int32.*cannot hold"):
        XLASession(graph).run(b)


def test_a_choice_between_whole_numbers_has_their_type(graph):
    x = graph.placeholder((2,), dtype="int8", name="x")
    y = graph.where(x > 0, graph.constant(100, dtype=int), graph.constant(0, dtype=int))
    got = XLASession(graph, float64=True).run(y * x, {x: [100, 0]})
    assert got.tolist() == [10_000, 0]


def test_an_error_of_a_readers_operation_stays_what_it_is(graph):
    class SumOp(BaseOp):
        def compute(self, np, x):
            return np.sum(x, axes=3)

    y = SumOp([graph.constant([1.0]) + graph.placeholder((1,))], graph).output
    with pytest.raises(TypeError, match="axes") as caught:
        XLASession(graph).run(y, {y.op.inputs[0].op.inputs[1]: [1]})
    assert any("sum" in note for note in caught.value.__notes__)


def test_an_operation_that_looks_at_values_is_told_that_there_are_none(graph):
    class PositiveOp(BaseOp):
        def compute(self, np, x):
            return x if x > 0 else -x

    class NumPyOp(BaseOp):
        def compute(self, _, x):
            return np.exp(x)

    for kind in (PositiveOp, NumPyOp):
        y = kind([graph.placeholder((), name="x")], graph).output
        with pytest.raises(TypeError) as caught:
            XLASession(graph).run(y, {y.op.inputs[0]: 1})
        assert any(f"'{y.name}'" in note for note in caught.value.__notes__)
        assert any("compiles before" in note for note in caught.value.__notes__)


def test_a_placeholder_that_is_not_fed_is_named(graph):
    x = graph.placeholder((2,), name="x")
    with pytest.raises(ValueError, match=r"You must feed a value for placeholder.*'x'"):
        XLASession(graph).run(x * 2)


def test_several_hosts_need_a_seed_and_all_values(graph, monkeypatch):
    place = {"mesh": mesh(batch=8)}
    monkeypatch.setattr(jax, "process_count", lambda: 2)
    with pytest.raises(ValueError, match="several hosts needs a seed"):
        XLASession(graph, **place)
    x = graph.placeholder((8,))
    session = XLASession(graph, seed=0, **place)
    with pytest.raises(ValueError, match="check_numerics needs all values on one host"):
        session.run(x * 2, {x: np.ones(8)}, check_numerics=True)
    assert session.run(x * 2, {x: np.ones(8)}).tolist() == [2] * 8


WRONG = [
    ({"device": "abacus"}, ValueError, "no device 'abacus', but cpu"),
    ({"device": 3}, TypeError, "device is a name .*got 3"),
    ({"mesh": 8}, TypeError, r"mesh is a jax.sharding.Mesh, got int; make one by"),
    ({"device": "cpu", "mesh": "batch"}, ValueError, "not on both"),
    ({"shards": "batch"}, ValueError, "shards are those of a mesh, and none is given"),
    (
        {"mesh": "batch", "shards": "rows"},
        ValueError,
        "'w' .*no axis 'rows', but 'batch'",
    ),
    ({"mesh": "batch", "shards": 5}, TypeError, "'w' .* tuple of names .*got 5"),
    ({"mesh": "batch", "shards": (None, "batch")}, ValueError, "'w' .* are for 2 axes"),
]


@pytest.mark.parametrize("options, kind, words", WRONG)
def test_what_is_no_place_to_compute_is_refused(graph, options, kind, words):
    w = graph.variable(np.ones(8), name="w")
    if options.get("mesh") == "batch":
        options = {**options, "mesh": mesh(batch=8)}
    if "shards" in options:
        options = {**options, "shards": {w: options["shards"]}}
    with pytest.raises(kind, match=words):
        XLASession(graph, **options)


def test_a_shard_of_another_graph_or_of_no_tensor_is_refused(graph):
    for x in (Graph().variable(1.0, name="w"), "w"):
        with pytest.raises(ValueError, match=r"Cannot shard .*w"):
            XLASession(graph, mesh=mesh(batch=8), shards={x: "batch"})


def test_shards_are_of_variables_and_placeholders(graph):
    w = graph.variable(np.ones(8), name="w")
    with pytest.raises(ValueError, match=r"no variable and no placeholder"):
        XLASession(graph, mesh=mesh(batch=8), shards={w * 2: "batch"})
    with pytest.raises(TypeError, match="shards is a dict, got list"):
        XLASession(graph, mesh=mesh(batch=8), shards=[w])


def test_what_is_fed_and_cannot_be_cut_evenly_is_named(graph):
    x = graph.placeholder((None,), name="x")
    session = XLASession(graph, mesh=mesh(batch=8), shards={x: "batch"})
    with pytest.raises(ValueError, match="dimension size is 10") as caught:
        session.run(x, {x: np.ones(10)})
    assert any("'x'" in note for note in caught.value.__notes__)


def test_a_variable_that_cannot_be_cut_evenly_is_named(graph):
    w = graph.variable(np.ones(10), name="w")
    with pytest.raises(ValueError, match="dimension size is 10") as caught:
        XLASession(graph, mesh=mesh(batch=8), shards={w: "batch"}).run(w)
    assert any("'w'" in note for note in caught.value.__notes__)


def test_without_jax_one_is_told_how_to_install_it(tmp_path):
    (tmp_path / "jax.py").write_text("raise ImportError")
    program = "import sys; sys.path.insert(0, sys.argv[1]); import xla"
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "ImportError: xla.py runs graphs by JAX" in done.stderr
    assert "pip install jax" in done.stderr


def test_training_learns_as_by_numpy():
    import main as xor

    graph, *_, loss, update = xor.build()
    here, there = Session(graph), XLASession(graph, float64=True)
    for session in (here, there):
        session.run(update, steps=5000)
    assert there.run(loss) == pytest.approx(here.run(loss), rel=1e-6)
    assert there.run(loss) < 0.01


def test_gradient_descent_on_the_loss_of_a_line_finds_it(graph):
    x, y = graph.placeholder((None,)), graph.placeholder((None,))
    slope = graph.variable(0.0)
    loss = graph.mean(graph.square(slope * x - y))
    step = GradientDescentOptimizer(0.1).minimize(loss)
    session = XLASession(graph)
    session.run(step, {x: [1, 2, 3], y: [2, 4, 6]}, steps=50)
    assert session.run(slope) == pytest.approx(2)


def test_branches_and_loops_are_those_of_numpy():
    graph = Graph()
    x, w = graph.variable([1.0, -2.0]), graph.variable(0.7)
    n, p = graph.placeholder((), int), graph.placeholder((), bool)
    chosen = graph.cond(p, lambda: [graph.sin(x * w), w], lambda: [x * x, 2 * w])
    _, grown = graph.while_loop(
        lambda i, a: i < n,
        lambda i, a: (i + 1, graph.cond(p, lambda: a * w, lambda: a - w)),
        [0, x],
    )
    _, turned = graph.while_loop(
        lambda i, a: i < 3, lambda i, a: (i + 1, graph.sin(a * w)), [0, x]
    )
    loss = graph.sum(chosen[0]) * chosen[1] + graph.sum(turned)
    fetches = [*chosen, grown, turned, *graph.gradients(loss, [x, w])]
    for value in (True, False):
        feeds = {n: 4, p: value}
        here, there = (
            session.run(fetches, feeds)
            for session in (Session(graph), XLASession(graph, float64=True))
        )
        for one, other in zip(here, there):
            np.testing.assert_allclose(other, one, rtol=1e-12)


def test_what_xla_cannot_do_in_a_loop_is_refused():
    graph = Graph()
    x, n = graph.variable(2.0), graph.placeholder((), int)
    _, a = graph.while_loop(lambda i, a: i < n, lambda i, a: (i + 1, a * x), [0, x])
    (by_x,) = graph.gradients(a, [x])
    session = XLASession(graph)
    with pytest.raises(ValueError, match="a number of rounds that the graph can tell"):
        session.run(by_x, {n: 2})
    drawn = graph.cond(n > 1, lambda: graph.random_normal(()), lambda: x)
    with pytest.raises(ValueError, match="draws random numbers"):
        session.run(drawn, {n: 2})
