# # Part I: Computational graphs
#
# A neural network is a function, and to train it is to change that function.  So we
# need functions that a program can hold in its hands: evaluate for one input and for
# another, look into, take apart, and, in Part IV, differentiate.  A Python function
# will not do.  It can be called, and that is all.
#
# In this part a function becomes a *computational graph*, and a *session* evaluates it.
# Run it with
#
#     python -m course.part1_graphs
#
# in the folder of the project, with the `python` of its
# [environment](weave/index.md#run).  What it prints stands below, each piece beside the
# code that prints it.  Its pictures go to `course/pictures`, or to the folder that you
# name behind it; they need pygraphviz, and from Part II on matplotlib.

import numpy as np

from course.plot import save_graph
from gradients import topological_order
from graph import Graph
from session import Session


def sum_of_two():
    # ## A sum
    #
    # We want $z = x + y$, for any $x$ and $y$.  This is the smallest program:

    graph = Graph()
    x = graph.placeholder((), name="x")
    y = graph.placeholder((), name="y")
    z = graph.add(x, y, name="z")

    # A *placeholder* stands for a value that is given later.  `graph.add` does not add:
    # it makes an *operation* that will, and gives back what comes out of it.  Ask
    # Python what `z` is, and it answers with what is to be done:
    #
    #     <Tensor 'z' () float64 = add(x, y)>

    print(z)

    # `float64` is the kind of its numbers, and `()` its *shape*: none for a single
    # number, `(2,)` for a vector of two, `(2, 3)` for a matrix with two rows and three
    # columns.

    # Only a session computes.  It is told what is wanted, and what the placeholders
    # are; the graph stays as it is, for other inputs.
    #
    #     3.0
    #     30.0

    session = Session(graph)
    print(session.run(z, {x: 1, y: 2}))
    print(session.run(z, {x: 10, y: 20}))

    # As the function is data, it can also be drawn.  Operations have round corners,
    # values that nobody computes have square ones; these are dashed for a placeholder,
    # and below, bold for a variable.
    #
    # ![x and y go into an addition, whose output is z.](part1-sum.svg)

    save_graph("part1-sum", [z])


def affine_map():
    # ## A matrix, and a vector
    #
    # What flows along the lines need not be numbers.  A *tensor* is a number, a vector,
    # a matrix, or a stack of matrices.  Here is $z = A x + b$ with
    #
    # $$A = \begin{pmatrix} 1 & 0 \\ 0 & -1 \end{pmatrix} \qquad
    # b = \begin{pmatrix} 1 \\ 1 \end{pmatrix}$$
    #
    # `A` and `b` are *variables*: they belong to the function and not to what it is
    # applied to, and a session keeps them.  To change them is what training will be.

    graph = Graph()
    A = graph.variable([[1, 0], [0, -1]], name="A")
    b = graph.variable([1, 1], name="b")
    x = graph.placeholder((2,), name="x")
    z = graph.add(A @ x, b, name="z")

    # For $x = (1, 2)$ it is $(1 \cdot 1 + 0 \cdot 2 + 1,\ 0 \cdot 1 - 1 \cdot 2 + 1)$:
    #
    #     [ 2. -1.]

    session = Session(graph)
    print(session.run(z, {x: [1, 2]}))

    # ![A and x go into a matrix product; it and b go into an addition, whose output is
    # z.](part1-affine.svg)

    save_graph("part1-affine", [z])

    # From the next part on, we have many vectors at once, a *batch*, and write one in
    # each row of a matrix $X$.  Their number may differ from run to run: `None` in a
    # shape, `?` in a picture, is what only a run knows.  Row times matrix must give
    # what matrix times column gave.  Element $i$ of $A x$ is $\sum_j A_{ij} x_j$, and
    # that is row $x$ times the matrix $W$ with $W_{ji} = A_{ij}$, the transpose $A^T$.
    # So a layer is $X W + b$ in all that follows, and $b$ is added to each row.
    #
    #     [[ 2. -1.]
    #      [ 4. -3.]]

    X = graph.placeholder((None, 2), name="X")
    rows = X @ graph.transpose(A) + b
    print(session.run(rows, {X: [[1, 2], [3, 4]]}))


def five_line_session():
    # ## What a session does
    #
    # To evaluate a graph we need an order in which each operation comes after those
    # that make its inputs: a *topological order*.  `topological_order` finds one.  The
    # rest is a dictionary from tensors to values:

    def run(tensor, values):
        values = dict(values)
        for op in topological_order([tensor]):
            inputs = [values[x] for x in op.inputs]
            values[op.output] = op.compute(np, *inputs)
        return values[tensor]

    # This is the heart of it.  The inputs of an operation are tensors; `compute` gets
    # their values, which are NumPy arrays, and NumPy itself.  A session also looks up
    # what constants and variables are; here we put all that nobody computes into
    # `values` ourselves.  Take $y = (a + b)(b + 1)$, where `b` has two *consumers*:
    #
    #     add add_1
    #     add add_1 y
    #     21.0

    graph = Graph()
    a = graph.placeholder((), name="a")
    b = graph.placeholder((), name="b")
    one = graph.constant(1.0, name="one")
    y = graph.mul(a + b, b + one, name="y")
    print(*[op.output.name for op in b.consumers])
    print(*[op.output.name for op in topological_order([y])])
    values = {a: 5.0, b: 2.0, one: 1.0}
    print(run(y, values))

    # The session of this project writes the same down as a program, once, and runs
    # that; [Program](compiler/program.py) tells how.  `state` has the variables, and
    # the second part of what is returned has their new values: there are none here.
    #
    #     def program(state, feeds):
    #         a, b = feeds
    #         add = a + b
    #         add_1 = b + 1
    #         y = add * add_1
    #         return (y,), ()

    print(Session(graph).program(y, {a: None, b: None}))

    # [Exercise 1](exercises/ex01_evaluate.py) asks for a `run` that is told less and
    # can do more.


def who_keeps_what():
    # ## Who keeps what
    #
    # Four things are easily mistaken for each other:
    #
    # | | gets its value | and keeps it |
    # |---|---|---|
    # | placeholder | from whoever runs the graph | for this run |
    # | constant | when the graph is written | for ever |
    # | variable | when it is first needed, or assigned | in its session |
    # | output of an operation | in each run that needs it | for this run |
    #
    # All are tensors, and all are part of the graph; what is fed to a placeholder is
    # not.  The *inputs* of an operation are the tensors that it reads, whichever of the
    # four they are.
    #
    # A variable changes by an operation, too.  `assign` makes one; nothing happens
    # until it is run.
    #
    #     0.0
    #     1.0 2.0
    #     0.0

    graph = Graph()
    count = graph.variable(0.0, name="count")
    step = graph.assign(count, count + 1)
    session, other = Session(graph), Session(graph)
    print(session.run(count))
    print(session.run(step), session.run(step))
    print(other.run(count))

    # The last line is of another session: each has a state of its own, and the graph
    # has none.


def surprises():
    # ## What may surprise
    #
    # **A use is not a copy.**  Two operations may have the same input, which is
    # computed once all the same.  Each operation runs once, however many ways lead
    # through it: after thirty doublings there are a thousand million ways from top to
    # bottom, and thirty additions.
    #
    #     1073741824.0

    graph = Graph()
    x = y = graph.placeholder((), name="x")
    for _ in range(30):
        y = y + y
    print(Session(graph).run(y, {x: 1.0}))

    # **Python decides while the graph is built.**  An `if` on a tensor has nothing to
    # go by.  What is to be decided in each run is an operation, `where`:
    #
    #     tensor 'greater' has no value until a session runs it
    #     5.0

    try:
        if x > 0:
            y = x
    except TypeError as error:
        print(str(error).partition(":")[0])
    absolute = graph.where(x > 0, x, -x)
    print(Session(graph).run(absolute, {x: -5.0}))

    # **There is always a graph.**  Whoever does not want to name it takes the default
    # one; `with graph.as_default():` makes another graph the default for a while.
    #
    #     True

    with graph.as_default():
        print(Graph.get_default() is graph)

    # **Everything is checked when it is written**, as far as can be known then: shapes
    # that do not fit are an error on the line that brings them together, not in some
    # later run.
    #
    #     dimensions must be equal, but are 3 and 2

    try:
        graph.constant([1, 2, 3]) + graph.constant([1, 2])
    except ValueError as error:
        print(str(error).partition(": ")[2].partition(";")[0])


def main():
    sum_of_two()
    affine_map()
    five_line_session()
    who_keeps_what()
    surprises()


if __name__ == "__main__":
    main()
