"""The default graph and the default session."""

import threading

import numpy as np
import pytest

from graph import Graph
from session import Session


def test_there_is_a_default_graph_from_the_start():
    assert isinstance(Graph.get_default(), Graph)
    assert Graph.get_default() is Graph.get_default()


def test_with_gives_the_old_default_back():
    before = Graph.get_default()
    with Graph().as_default() as graph:
        assert Graph.get_default() is graph
        assert Session().graph is graph
    assert Graph.get_default() is before


def test_as_default_can_be_a_bare_call():
    before = Graph.get_default()
    graph = Graph()
    graph.as_default()
    try:
        assert Graph.get_default() is graph
    finally:
        before.as_default()


def test_eval_takes_the_session_of_the_with(graph):
    a = graph.constant(2) * 3
    with Session(graph):
        assert a.eval() == 6
    assert a.eval(session=Session(graph)) == 6
    with pytest.raises(ValueError, match="No default session"):
        a.eval()


def test_sessions_nest(graph):
    a, b = Session(graph), Session(graph)
    with a, b:
        with a:
            assert graph.sessions[-1] is a
        assert graph.sessions[-1] is b


@pytest.mark.filterwarnings("ignore:100 programs")
def test_two_threads_with_two_sessions_on_one_graph():
    graph = Graph()
    w, x = graph.variable(np.zeros(50)), graph.placeholder((50,))
    update = graph.assign(w, w + graph.tanh(x))
    finals = {}

    def train(seed):
        session, rng = Session(graph, seed=seed), np.random.default_rng(seed)
        with session:
            for _ in range(300):
                session.run([update, graph.sum(w)], {x: rng.normal(size=50)})
            finals[seed] = w.eval()

    def expected(seed):
        rng, total = np.random.default_rng(seed), np.zeros(50)
        for _ in range(300):
            total = total + np.tanh(rng.normal(size=50))
        return total

    threads = [threading.Thread(target=train, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed in (1, 2):
        np.testing.assert_allclose(finals[seed], expected(seed))


def in_a_thread(function):
    """What `function` gives in a thread of its own."""
    found = []
    thread = threading.Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join()
    return found[0]


def test_a_thread_does_not_see_the_default_graph_of_another():
    graph = Graph()
    with graph.as_default():
        assert in_a_thread(Graph.get_default) is not graph
        assert Graph.get_default() is graph


def test_what_a_thread_makes_the_default_does_not_stay_for_others():
    before = Graph.get_default()
    in_a_thread(lambda: Graph().as_default())
    assert Graph.get_default() is before


def test_a_thread_does_not_see_the_default_session_of_another(graph):
    with Session(graph) as session:
        assert in_a_thread(lambda: graph.sessions) == []
        assert graph.sessions == [session]
