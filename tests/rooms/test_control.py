"""Control inputs: what runs before what, and what is read after an assignment."""

import pytest

from graph import Graph
from ops import ElementwiseOp
from session import Session
from train import MomentumOptimizer


def test_what_depends_on_an_assignment_sees_what_it_leaves(graph):
    v = graph.variable(1.0, name="v")
    five = graph.assign(v, 5)
    with graph.control_dependencies([five]):
        after = graph.identity(v)
        double = v * 2
    session = Session(graph)
    assert session.run([v, after, double, v]) == [1, 5, 10, 1]
    assert session.run(v) == 5


def test_what_is_not_made_inside_sees_the_value_from_before(graph):
    v = graph.variable(1.0)
    double = v * 2
    with graph.control_dependencies([graph.assign(v, 5)]):
        both = graph.identity(double)
    after = v * 3
    session = Session(graph)
    assert session.run(both) == 2
    assert session.run(v) == 5
    assert session.run(after) == 15
    assert after.op.control_inputs == ()


def test_an_operation_runs_what_it_depends_on(graph):
    v, w = graph.variable(1.0), graph.variable(1.0)
    assigns = graph.group([graph.assign(v, 2), graph.assign(w, 3)])
    with graph.control_dependencies([assigns]):
        nothing = graph.group([])
        total = v + w
    session = Session(graph)
    assert session.run(nothing) is None
    assert session.run([v, w]) == [2, 3]
    assert session.run(total) == 5


def test_dependencies_nest_and_assignments_follow_each_other(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, v + 1)]):
        tenfold = graph.assign(v, v * 10)
        with graph.control_dependencies([tenfold]):
            last = graph.assign(v, v - 3)
            read = graph.identity(v)
    session = Session(graph)
    assert session.run([last, read, v]) == [17, 20, 1]
    assert session.run(v) == 17


def test_an_order_is_only_between_what_depends(graph):
    v = graph.variable(1.0, name="v")
    first = graph.assign(v, 2)
    with graph.control_dependencies([first]):
        second = graph.assign(v, v + 1)
    third = graph.assign(v, 9)
    assert Session(graph).run(second) == 3
    with pytest.raises(ValueError, match="'v' is assigned twice"):
        Session(graph).run([second, third])


def test_a_long_chain_of_assignments(graph):
    v = graph.variable(0.0)
    step = graph.assign(v, 1)
    for _ in range(300):
        with graph.control_dependencies([step]):
            step = graph.assign(v, v + 1)
    session = Session(graph)
    assert session.run(step) == 301
    assert session.run(v) == 301


def test_a_gradient_goes_to_the_variable_whose_new_value_is_read(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        y = v * v
    assert Session(graph).run(graph.gradients(y, [v])) == [10]


def test_a_derivative_is_taken_at_what_the_forward_operations_read(graph):
    v = graph.variable(3.0)
    y = v * v
    with graph.control_dependencies([graph.assign(v, 5)]):
        (gradient,) = graph.gradients(y, [v])
    assert Session(graph).run(gradient) == 6


def test_what_is_fed_needs_nothing_that_it_depends_on(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        y = graph.identity(graph.constant(2.0))
    session = Session(graph)
    assert session.run(y * 3, {y: 7}) == 21
    assert session.run(v) == 1


def test_an_error_inside_leaves_no_dependencies_behind(graph):
    v = graph.variable(1.0)
    five = graph.assign(v, 5)
    with pytest.raises(ZeroDivisionError), graph.control_dependencies([five]):
        1 / 0  # noqa: B018
    y = graph.identity(v)
    assert y.op.control_inputs == ()
    assert Session(graph).run(y) == 1


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        (lambda: 3, TypeError, "control inputs are tensors, got int 3"),
        (lambda: Graph().constant(1, name="o"), ValueError, "'o'.*another graph"),
    ],
)
def test_only_tensors_of_the_graph_are_control_inputs(graph, wrong, error, words):
    with pytest.raises(error, match=words), graph.control_dependencies([wrong()]):
        pass


def test_control_inputs_come_as_a_list(graph):
    two = graph.assign(graph.variable(1.0), 2)
    refused = pytest.raises(TypeError, match="a list of control inputs, got Tensor")
    with refused, graph.control_dependencies(two):
        pass


def test_a_first_value_depends_on_nothing(graph):
    count, v = graph.variable(0.0, name="count"), graph.variable(1.0, name="v")
    step = graph.assign(count, count + 1)
    with graph.control_dependencies([step]):
        update = MomentumOptimizer(0.1, 0.9).minimize(v * v)
        noise = graph.variable(graph.random_normal(()), name="noise")
    (slot,) = [x for x in graph.variables if x.name == "v_momentum"]
    assert slot.initial_value.op.control_inputs == ()
    session = Session(graph)
    session.run(noise)
    assert session.run(count) == 0
    session.run(update)
    assert session.run(count) == 1


def test_what_is_read_after_an_assignment_has_the_shape_of_the_variable(graph):
    v, x = graph.variable([1.0, 2.0], name="v"), graph.placeholder(name="x")
    with graph.control_dependencies([graph.assign(v, x)]):
        read = graph.identity(v)
        again = graph.assign(v, [5.0, 6.0])
    session = Session(graph)
    assert list(session.run(read, {x: [3, 4]})) == [3, 4]
    with pytest.raises(ValueError, match=r"expected the shape \(2,\), got \(3,\)"):
        session.run([read, again], {x: [1, 2, 3]})
    assert list(session.run(v)) == [3, 4]


def test_dependencies_can_be_taken_back(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        with graph.control_dependencies(None):
            before = graph.identity(v)
        after = graph.identity(v)
    session = Session(graph)
    assert session.run(before) == 1
    assert session.run(v) == 1
    assert session.run(after) == 5


def test_what_control_inputs_have_themselves_is_not_said_again(graph):
    v = graph.variable(1.0)
    first = graph.assign(v, 2)
    with graph.control_dependencies([first]):
        second = graph.assign(v, 3)
        with graph.control_dependencies([second]):
            read = graph.identity(v)
    assert read.op.control_inputs == (second,)
    assert Session(graph).run(read) == 3


def test_the_last_of_several_assignments_is_read(graph):
    v, w = graph.variable(1.0, name="v"), graph.variable(1.0, name="w")
    first = graph.assign(v, 2)
    with graph.control_dependencies([first]):
        second = graph.assign(v, v + 10)
    both = graph.group([second, graph.assign(w, 7)])
    for dependencies in ([first, second, both], [both, first], [second, first, both]):
        with graph.control_dependencies(dependencies):
            total = v + w
        assert Session(graph).run(total) == 19


def test_a_cast_that_changes_nothing_reads_what_is_assigned(graph):
    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        same = graph.cast(v, v.dtype)
        w = graph.variable(0.0)
        copy = graph.assign(w, v)
    assert Session(graph).run(same) == 5
    assert Session(graph).run(copy) == 5


def test_an_operation_of_the_name_of_one_of_ours_is_another(graph):
    class ReadOp(ElementwiseOp):
        def compute(self, np, x):
            return x * 1

    v = graph.variable(1.0)
    with graph.control_dependencies([graph.assign(v, 5)]):
        read = ReadOp([v], graph).output
    assert Session(graph).run(read) == 5


def test_gradients_made_inside_run_what_they_depend_on(graph):
    v, count = graph.variable(3.0), graph.variable(0.0)
    y = v * v
    with graph.control_dependencies([graph.assign(count, 1)]):
        (gradient,) = graph.gradients(y, [v])
    session = Session(graph)
    assert session.run(gradient) == 6
    assert session.run(count) == 1


def test_what_is_the_same_but_for_control_inputs_is_computed_once(graph):
    x, count = graph.placeholder((), name="x"), graph.variable(0.0)
    one = graph.exp(x, name="one")
    with graph.control_dependencies([graph.assign(count, 1)]):
        other = graph.exp(x, name="other")
    source = Session(graph).program([one, other], {x: None}).source
    assert source.count("np.exp") == 1
