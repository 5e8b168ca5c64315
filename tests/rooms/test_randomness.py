"""Random numbers: seeds, distributions, dropout."""

import numpy as np
import pytest

from session import Session


def test_a_seed_makes_the_same_run_each_time(graph):
    noise = [graph.random_normal((3,)), graph.random_uniform((2,), 5, 6)]
    for one, other in zip(
        Session(graph, seed=7).run(noise), Session(graph, seed=7).run(noise)
    ):
        np.testing.assert_array_equal(one, other)
    a, b = Session(graph, seed=7).run(noise[0]), Session(graph, seed=8).run(noise[0])
    assert (a != b).all()


def test_random_numbers_have_the_stated_distribution(graph):
    normal = graph.random_normal((100_000,), mean=3, stddev=2)
    uniform = graph.random_uniform((100_000,), low=-1, high=3)
    a, b = Session(graph, seed=0).run([normal, uniform])
    assert a.mean() == pytest.approx(3, abs=0.05)
    assert a.std() == pytest.approx(2, abs=0.05)
    assert b.min() == pytest.approx(-1, abs=0.01)
    assert b.max() == pytest.approx(3, abs=0.01)
    assert b.mean() == pytest.approx(1, abs=0.05)


def test_random_numbers_in_the_shape_of_a_batch(graph):
    x = graph.placeholder((None, 3))
    noise = graph.random_normal(graph.shape(x))
    assert noise.shape == (None, 3)
    assert Session(graph).run(noise, {x: np.ones((5, 3))}).shape == (5, 3)


def test_truncated_numbers_are_within_two_deviations(graph):
    drawn = graph.truncated_normal((20000,), mean=3.0, stddev=0.5)
    values = Session(graph, seed=0).run(drawn)
    assert values.min() >= 2 and values.max() <= 4
    # The deviation of a normal distribution that is cut off at 2, by its formula.
    assert values.std() == pytest.approx(0.5 * 0.8796, rel=0.02)
    assert values.mean() == pytest.approx(3, rel=0.01)


def test_limits_of_random_numbers_that_are_none_are_refused(graph):
    with pytest.raises(ValueError, match="low is at most high, got 5 and 1"):
        graph.random_uniform((2,), 5, 1)
    for draw in (graph.random_normal, graph.truncated_normal):
        for stddev in (-1, float("nan")):
            with pytest.raises(ValueError, match=f"stddev is at least 0, got {stddev}"):
                draw((2,), stddev=stddev)


# Dropout


def test_dropout_keeps_a_share_and_the_mean(graph):
    x = graph.placeholder((None,), name="x")
    dropped = graph.dropout(x, 0.8)
    (gradient,) = graph.gradients(dropped, [x])
    value, slope = Session(graph, seed=0).run([dropped, gradient], {x: np.ones(20000)})
    assert set(np.unique(value)) == {0, 1.25}
    assert value.mean() == pytest.approx(1, rel=0.02)
    np.testing.assert_array_equal(slope, value)


def test_dropout_of_nothing_changes_nothing(graph):
    x = graph.constant([1.0, 2.0])
    probability = graph.placeholder()
    dropped = graph.dropout(x, probability)
    assert dropped.shape == (2,)
    assert list(Session(graph).run(dropped, {probability: 1})) == [1, 2]


def test_dropout_keeps_a_part(graph):
    for bad in (0, 1.5, -0.1):
        with pytest.raises(ValueError, match=f"keep_prob .* got {bad}"):
            graph.dropout(graph.constant([1.0]), bad)


def test_dropout_is_of_floating_point(graph):
    with pytest.raises(TypeError, match=r"dropout of floating point, got .*'n'"):
        graph.dropout(graph.constant([1, 2], name="n", dtype=int), 0.5)
