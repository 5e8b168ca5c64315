"""What is taken of a tensor, and put together: slices, tiles, stacks, classes."""

import numpy as np
import pytest
from check import refused

from session import Session


def test_a_list_with_tensors_in_it_is_one(graph):
    a, b = graph.variable(1.0), graph.variable(2.0)
    session = Session(graph)
    assert session.run(graph.mean([a, b])) == 1.5
    table = graph.add([[a, b], [b, 5]], [10, 20])
    assert session.run(table).tolist() == [[11, 22], [12, 25]]
    assert list(session.run(graph.variable([a, b]))) == [1, 2]
    (by_a,) = graph.gradients(graph.sum(graph.square([a, b, a])), [a])
    assert session.run(by_a) == 4


def test_a_tile_knows_its_shape_as_far_as_can_be(graph):
    x = graph.placeholder((None, 3), name="x")
    assert graph.tile(x, (1, 2)).shape == (None, 6)
    assert graph.tile(x, (1, 2)).dims[0] is x.dims[0]
    assert graph.tile(x, (2, 1)).shape == (None, 3)
    assert graph.tile(np.ones((2, 0)), (3, 2)).shape == (6, 0)
    times = graph.placeholder((2,), int)
    assert graph.tile(x, times).shape == (None, None)
    with pytest.raises(ValueError, match="3 multiples for 2 axes"):
        graph.tile(x, (1, 2, 3))


def test_the_gradient_of_a_tile_of_nothing(graph):
    x = graph.constant(np.ones((2, 0)))
    (gradient,) = graph.gradients(graph.tile(x, (3, 2)), [x])
    assert Session(graph).run(gradient).shape == (2, 0)


def test_an_index_that_is_no_slice(graph):
    x = graph.constant([1, 2, 3])
    for index in ([0, 1], np.array([True, False, True]), graph.constant(1)):
        with refused(TypeError, "gather"):
            x[index]
    with refused(TypeError, "an index", "True"):
        x[True]


def test_nothing_to_concatenate(graph):
    with refused(ValueError, "concat", "nothing to put together"):
        graph.concat([])


def test_a_depth_that_is_no_integer(graph):
    with pytest.raises(TypeError, match="whole number, got 2"):
        graph.one_hot([1], 2.5)


@pytest.mark.parametrize("dtype", [bool, float])
def test_rows_are_gathered_by_integers_only(graph, dtype):
    rows = graph.placeholder((2,), dtype, name="rows")
    with refused(ValueError, "gather of", "'rows'", "expected integers"):
        graph.gather([1.0, 2.0], rows)
