"""Names: made unique, of gradients, and the line that made a tensor."""

import numpy as np
from check import refused


def test_a_name_that_is_taken_gets_a_number(graph):
    names = [graph.constant(1, name="a").name for _ in range(3)]
    assert names == ["a", "a_1", "a_2"]


def test_a_gradient_is_called_after_what_it_is(graph):
    x = graph.placeholder((2, 2), name="x")
    weights = graph.variable(np.ones((2, 2)), name="weights")
    hidden = graph.tanh(x @ weights, name="hidden")
    loss = graph.sum(hidden, name="loss")
    gradients = graph.gradients(loss, [hidden, weights])
    assert [g.name for g in gradients] == ["loss_by_hidden", "loss_by_weights"]


def test_the_shares_of_a_gradient_are_called_after_the_consumers(graph):
    a = graph.variable(2.0, name="a")
    loss = graph.add(graph.exp(a, name="e"), graph.square(a, name="s"), name="loss")
    (total,) = graph.gradients(loss, [a])
    assert total.name == "loss_by_a"
    names = {share.name for share in total.op.inputs}
    assert names == {"loss_by_a_via_e", "loss_by_a_via_s"}


def test_gradients_rename_no_tensor_of_the_user(graph):
    a = graph.variable(2.0, name="a")
    seed = graph.constant(3.0, name="seed")
    (gradient,) = graph.gradients(a + 1, [a], grad_y=seed)
    assert gradient is seed
    assert seed.name == "seed"


def test_a_tensor_knows_the_line_that_made_it(graph):
    assert graph.constant(1).line.startswith(__file__)
    assert graph.mean([1.0, 2.0]).line.startswith(__file__)


def test_a_name_that_is_no_text(graph):
    with refused(TypeError, "a name is a printable string, got False"):
        graph.softmax_cross_entropy([[1.0, 2.0]], [[0.0, 1.0]], False)


def test_a_name_that_cannot_be_written(graph):
    with refused(TypeError, "a name is a printable string"):
        graph.constant(1, name="a\0b")
