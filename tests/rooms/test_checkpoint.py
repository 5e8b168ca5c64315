"""Saving and restoring: whole or not at all; training goes on as if never stopped."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
import zipfile

import numpy as np
import pytest
from check import ROOT

from graph import Graph
from session import Session
from train import AdamOptimizer


def model():
    """A training step with random numbers and slots: (graph, update, loss)."""
    graph = Graph()
    weights = graph.variable(graph.random_normal((3, 2)), name="weights")
    noise = graph.random_uniform((4, 3))
    loss = graph.mean(graph.square(noise @ weights - 1), name="loss")
    return graph, AdamOptimizer(0.1).minimize(loss), loss


def test_a_resumed_training_gives_the_same_numbers(tmp_path):
    graph, update, loss = model()
    whole = Session(graph, seed=1)
    expected = [whole.run([update, loss])[1] for _ in range(10)]

    first = Session(graph, seed=1)
    got = [first.run([update, loss])[1] for _ in range(5)]
    first.save(tmp_path / "half")
    graph, update, loss = model()
    second = Session(graph, seed=99)
    second.restore(tmp_path / "half")
    got += [second.run([update, loss])[1] for _ in range(5)]
    assert got == expected


def test_numpy_can_read_a_checkpoint(tmp_path):
    graph = Graph()
    graph.variable([1.0, 2.0], name="w/part")
    Session(graph).save(tmp_path / "c.npz")
    assert np.load(tmp_path / "c.npz")["w/part"].tolist() == [1, 2]


def test_save_writes_exactly_the_named_file(tmp_path):
    graph, *_ = model()
    Session(graph).save(str(tmp_path / "model"))
    assert os.listdir(tmp_path) == ["model"]


def test_a_save_that_fails_leaves_the_old_file_alone(tmp_path, monkeypatch):
    graph, *_ = model()
    session = Session(graph)
    session.save(tmp_path / "c")
    before = (tmp_path / "c").read_bytes()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        session.save(tmp_path / "c")
    assert (tmp_path / "c").read_bytes() == before
    assert os.listdir(tmp_path) == ["c"]


SAVER = """
import sys
import numpy as np
from graph import Graph
from session import Session
graph = Graph()
w = graph.variable(np.zeros(200_000), name="w")
update = graph.assign(w, w + 1)
session = Session(graph)
session.save(sys.argv[1])
print("saved", flush=True)
while True:
    session.run(update)
    session.save(sys.argv[1])
"""


def test_a_kill_at_any_moment_leaves_a_whole_checkpoint(tmp_path):
    path = tmp_path / "checkpoint"
    graph = Graph()
    w = graph.variable(np.zeros(200_000), name="w")
    session, rng = Session(graph), np.random.default_rng(0)
    reached = set()
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout.readline() == b"saved\n"
        time.sleep(rng.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        session.restore(path)
        values = session.run(w)
        assert (values == values[0]).all()
        reached.add(values[0])
    assert len(reached) > 1


def test_a_save_removes_what_dead_processes_left_and_nothing_else(tmp_path):
    path, host = tmp_path / "c[1]", socket.gethostname()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in (
        orphan := f"c[1].{host}-{dead.pid}-1.part",
        living := f"c[1].{host}-{os.getpid()}-1.part",
        elsewhere := f"c[1].another{host}-{dead.pid}-1.part",
        other := f"c1.{host}-{dead.pid}-1.part",
        unlike := f"c[1].{host}-some-1.part",
    ):
        (tmp_path / name).write_bytes(b"half")
    graph, *_ = model()
    Session(graph).save(path)
    left = {"c[1]", living, elsewhere, other, unlike}
    assert orphan not in left and set(os.listdir(tmp_path)) == left


def broken(path, how):
    content = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "truncated":
        path.write_bytes(content[: len(content) * 2 // 3])
    elif how == "corrupted":
        middle = content.index(b"NUMPY") + 150
        path.write_bytes(content[:middle] + b"\x55\xaa" * 8 + content[middle + 16 :])
    elif how == "a pickle":
        path.write_bytes(pickle.dumps({"weights": 1}))
    elif how == "an .npz of NumPy":
        np.savez(path.with_suffix(".npz"), weights=np.zeros(3))
        path.with_suffix(".npz").rename(path)
    elif how == "an object inside":
        with zipfile.ZipFile(path, "a") as archive, archive.open("x.npy", "w") as entry:
            np.lib.format.write_array(entry, np.array([{}]), allow_pickle=True)
    elif how == "a name twice":
        with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning):
            archive.writestr("weights.npy", b"")


MESSAGES = {
    "missing": (FileNotFoundError, "No such file"),
    "empty": (ValueError, "not a checkpoint, or not a whole one"),
    "truncated": (ValueError, "not a checkpoint, or not a whole one"),
    "corrupted": (ValueError, "not a checkpoint, or not a whole one"),
    "a pickle": (ValueError, "not a checkpoint, or not a whole one"),
    "an .npz of NumPy": (ValueError, "not a checkpoint, .*: it lacks random.json"),
    "an object inside": (ValueError, "not a checkpoint, .*: Object arrays"),
    "a name twice": (ValueError, "not a checkpoint, .*: a name is there twice"),
}


@pytest.mark.parametrize("how", MESSAGES)
def test_what_is_no_checkpoint_is_refused_and_changes_nothing(tmp_path, how):
    graph, update, _ = model()
    session = Session(graph, seed=3)
    session.save(tmp_path / "c")
    session.run(update)
    before = {variable: value.copy() for variable, value in session.state.items()}
    random = session.random.bit_generator.state
    broken(tmp_path / "c", how)
    error, message = MESSAGES[how]
    with pytest.raises(error, match=message):
        session.restore(tmp_path / "c")
    assert session.random.bit_generator.state == random
    for variable, value in before.items():
        np.testing.assert_array_equal(session.state[variable], value)


def test_a_checkpoint_of_another_model_is_refused(tmp_path):
    graph, *_ = model()
    Session(graph).save(tmp_path / "c")
    other = Graph()
    other.variable(1.0, name="bias")
    with pytest.raises(ValueError, match=r"another model: it lacks 'bias' and has"):
        Session(other).restore(tmp_path / "c")


def test_a_checkpoint_of_other_shapes_is_refused(tmp_path):
    graph = Graph()
    graph.variable([1.0, 2.0], name="w")
    Session(graph).save(tmp_path / "c")
    other = Graph()
    other.variable([1.0, 2.0, 3.0], name="w")
    with pytest.raises(
        ValueError, match=r"another model: .*'w', which has shape \(3,\)"
    ):
        Session(other).restore(tmp_path / "c")


def test_names_that_are_the_same_are_refused_when_saving(tmp_path):
    graph = Graph()
    a, b = graph.variable(1.0), graph.variable(2.0)
    a.name = b.name = "w"
    with pytest.raises(ValueError, match="a name is there twice: 'w'"):
        Session(graph).save(tmp_path / "c")
    assert not os.listdir(tmp_path)


def two_variables():
    graph = Graph()
    a, b = graph.variable(1.0, name="a"), graph.variable([2.0, 3.0], name="b")
    return a, b, Session(graph)


def test_some_variables_are_saved_and_restored_and_others_stay(tmp_path):
    a, b, session = two_variables()
    session.save(tmp_path / "both")
    session.save(tmp_path / "a", [a])
    assert set(np.load(tmp_path / "a").files) == {"a", "random.json"}
    session.run([a.graph.assign(a, 10), a.graph.assign(b, [20, 30])])
    for path in ("both", "a"):
        session.restore(tmp_path / path, [a])
        assert session.run(a) == 1
        assert list(session.run(b)) == [20, 30]
        session.run(a.graph.assign(a, 10))


def test_restored_variables_leave_the_random_numbers_where_they_are(tmp_path):
    a, _, session = two_variables()
    drawn = a.graph.random_normal(())
    session.save(tmp_path / "a", [a])
    one, other = Session(a.graph, seed=1), Session(a.graph, seed=1)
    one.restore(tmp_path / "a", [a])
    assert one.run(drawn) == other.run(drawn)


def test_variables_have_other_names_in_a_file(tmp_path):
    a, b, session = two_variables()
    session.save(tmp_path / "file", {"x": a, "y": b})
    assert set(np.load(tmp_path / "file").files) == {"x", "y", "random.json"}
    graph = Graph()
    y = graph.variable([0.0, 0.0], name="mine")
    session = Session(graph)
    session.restore(tmp_path / "file", {"y": y})
    assert list(session.run(y)) == [2, 3]


def test_a_file_that_lacks_a_wanted_variable_is_refused(tmp_path):
    a, b, session = two_variables()
    session.save(tmp_path / "a", [a])
    session.run(a.graph.assign(a, 10))
    with pytest.raises(ValueError, match="it lacks 'b'"):
        session.restore(tmp_path / "a", [a, b])
    assert session.run(a) == 10


def test_only_variables_of_the_graph_are_saved(tmp_path):
    a, _, session = two_variables()
    constant = a.graph.constant(1, name="c")
    for wrong, words in (
        (constant, "'c'.*not a variable"),
        (Graph().variable(1.0, name="other"), "'other'.*not an element of this graph"),
        (3, "a int is no tensor"),
    ):
        for work in (session.save, session.restore):
            (session.save if work == session.restore else str)(tmp_path / "file")
            with pytest.raises(ValueError, match=words):
                work(tmp_path / "file", [wrong])


@pytest.mark.parametrize("name", [3, "a\0b", None])
def test_a_name_in_a_file_is_a_printable_string(tmp_path, name):
    a, _, session = two_variables()
    with pytest.raises(TypeError, match="a name is a printable string"):
        session.save(tmp_path / "file", {name: a})
    assert not os.listdir(tmp_path)


def test_a_save_that_fails_has_drawn_nothing(tmp_path):
    graph = Graph()
    graph.variable(graph.random_normal((2,)))
    graph.variable(graph.placeholder((), name="x"))
    one, other = Session(graph, seed=1), Session(graph, seed=1)
    with pytest.raises(ValueError, match="'x'"):
        one.save(tmp_path / "file")
    drawn = graph.random_normal(())
    assert one.run(drawn) == other.run(drawn)
