"""Numbers that are sent to addresses."""

import numpy as np
from check import refused, run

from graph import Graph

IDS = [2, 0, 2, 1]


def test_segments_are_summed_whatever_their_order():
    x = np.arange(8.0).reshape(4, 2)
    graph = Graph()
    rows = [x[np.equal(IDS, i)] for i in range(4)]
    total = run(graph.segment_sum(x, IDS, 4))
    np.testing.assert_array_equal(total, [part.sum(axis=0) for part in rows])
    mean = run(graph.segment_mean(x, IDS, 4))
    np.testing.assert_array_equal(mean[:3], [part.mean(axis=0) for part in rows[:3]])
    np.testing.assert_array_equal(mean[3], 0)


def test_segments_of_a_batch_of_any_size():
    graph = Graph()
    x = graph.placeholder((None, None), name="x")
    ids = graph.placeholder((None,), int, name="ids")
    total = graph.segment_sum(x, ids, 3)
    assert total.shape == (3, None)
    assert run(total, {x: np.ones((4, 2)), ids: IDS}).tolist() == [
        [1, 1],
        [1, 1],
        [2, 2],
    ]


def test_what_is_scattered_twice_adds_up():
    graph = Graph()
    indices = [[0, 1], [1, 0], [0, 1]]
    spread = graph.scatter_nd(indices, [1.0, 2.0, 10.0], (2, 2))
    assert run(spread).tolist() == [[0, 11], [2, 0]]
    picked = graph.gather_nd([[1.0, 2.0], [3.0, 4.0]], [[[0, 1]], [[1, 1]]])
    assert run(picked).tolist() == [[2], [4]]


def test_an_address_that_is_not_there_is_refused():
    graph = Graph()
    with refused(ValueError, "3 indices for 2 axes"):
        graph.gather_nd(np.zeros((2, 2)), [[0, 0, 0]])
    with refused(ValueError, "expected integers"):
        graph.gather_nd(np.zeros((2, 2)), graph.placeholder((2, 2)))
    with refused(ValueError, "needs an axis", "got <Tensor"):
        graph.segment_sum(1.0, [0], 1)
    with refused(ValueError, "a number for each row of", "got <Tensor", "(1,) int64"):
        graph.segment_sum([1.0, 2.0], [0], 2)
    with refused(IndexError, "index 3 is out of bounds"):
        run(graph.segment_sum([1.0, 2.0], [0, 3], 3))
