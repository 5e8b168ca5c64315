"""Many steps in one call, and batches that are fed one a step."""

import numpy as np
import pytest

from session import Session


@pytest.fixture
def account(graph):
    amount = graph.placeholder((), name="amount")
    total = graph.variable(0.0, name="total")
    deposit = graph.assign(total, total + amount)
    return Session(graph, seed=0), amount, total, deposit


def test_many_steps_are_as_many_runs(account):
    session, amount, total, deposit = account
    # What is read in a step is from before that step.
    assert session.run([total, deposit], {amount: 5}, steps=4) == [15, 20]
    assert session.run(total) == 20


def test_batches_are_fed_one_a_step(account):
    session, amount, _, deposit = account
    assert session.run(deposit, batches={amount: [1, 2, 4]}) == 7
    assert session.run(deposit, batches={amount: np.array([8.0])}, steps=1) == 15


def test_batches_of_arrays_are_cut_along_their_first_axis(graph):
    x, scale = graph.placeholder((None, 2), name="x"), graph.placeholder((), name="s")
    total = graph.variable([0.0, 0.0])
    add = graph.assign(total, total + graph.sum(x, axis=0) * scale)
    session, batches = Session(graph), np.arange(12.0).reshape(2, 3, 2)
    session.run(add, {scale: 10}, batches={x: batches})
    np.testing.assert_array_equal(session.run(total), 10 * batches.sum(axis=(0, 1)))


def test_no_batches_are_one_step(account):
    session, amount, _, deposit = account
    assert session.run(deposit, {amount: 2}, batches={}) == 2
    assert session.run(deposit, {amount: 2}, batches={}, steps=np.int64(3)) == 8


def test_random_numbers_differ_from_step_to_step(graph):
    total = graph.variable(0.0)
    add = graph.assign(total, total + graph.random_normal(()))
    one, many = Session(graph, seed=0), Session(graph, seed=0)
    expected = [one.run(add) for _ in range(3)]
    assert many.run(add, steps=3) == expected[-1]
    assert many.run(add) == one.run(add)


def test_if_a_step_fails_nothing_has_happened(account):
    session, amount, total, deposit = account
    session.run(deposit, {amount: 1})
    root = session.graph.sqrt(amount, name="root")
    with np.errstate(invalid="ignore"), pytest.raises(FloatingPointError) as caught:
        session.run(
            [deposit, root], batches={amount: [1, 4, -1, 9]}, check_numerics=True
        )
    assert caught.value.__notes__ == ["in step 3 of 4"]
    assert session.run(total) == 1


def test_what_is_no_number_of_steps_is_refused(account):
    session, amount, _, deposit = account
    feeds = {amount: 1}
    for steps in (0, -1, 2**31):
        with pytest.raises(ValueError, match=f"steps is from 1 .*got {steps}"):
            session.run(deposit, feeds, steps=steps)
    for steps in (2.0, "2", True, [2]):
        with pytest.raises(TypeError, match="steps is a whole number, got"):
            session.run(deposit, feeds, steps=steps)


def test_batches_that_do_not_fit_are_refused(account):
    session, amount, _, deposit = account
    other = session.graph.placeholder((2,), name="other")
    with pytest.raises(ValueError, match="'amount' are for 2 steps, expected 3"):
        session.run(deposit, batches={amount: [1, 2]}, steps=3)
    with pytest.raises(ValueError, match="'other' are for 2 steps, expected 3"):
        session.run(deposit, batches={amount: [1, 2, 3], other: [[1, 1]] * 2})
    with pytest.raises(ValueError, match="'amount' are a value for each step, got one"):
        session.run(deposit, batches={amount: 5})
    with pytest.raises(ValueError, match=r"shape \(1,\) for Tensor 'amount'"):
        session.run(deposit, batches={amount: [[1], [2]]})
    with pytest.raises(ValueError, match="'amount' is fed twice"):
        session.run(deposit, {amount: 1}, batches={amount: [1, 2]})
    for batches in ([1, 2], [], np.ones(2), 0):
        with pytest.raises(TypeError, match="batches is a dict, got"):
            session.run(deposit, {amount: 1}, batches=batches)
    with pytest.raises(TypeError, match="'amount' are arrays, got <Tensor"):
        session.run(deposit, batches={amount: other})
    with pytest.raises(TypeError, match=r"batches of 'amount'.*ragged"):
        session.run(deposit, batches={amount: [[1], [2, 3]]})
    with pytest.raises(ValueError, match="no tensor"):
        session.run(deposit, {amount: 1}, batches={"amount": [1, 2]})
