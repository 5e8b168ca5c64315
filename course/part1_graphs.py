# # Part I: Computational graphs
#
# A neural network is a function, and training changes it.  A Python function is no help
# there: you can call it, and that's all.  We want one that a program can look into,
# evaluate, draw, and, in [Part IV](course/part4_descent.py), differentiate.  That's a
# *computational graph*, and a *session* evaluates it.
#
#     python -m course.part1_graphs
#
# Run it in the project's folder, with the `python` of its
# [environment](weave/index.md#run).  Each piece that it prints stands on this page,
# beside the code that prints it.  It draws its pictures into `course/pictures`, or into
# the folder that you name after the command; they need pygraphviz, and from Part II on
# matplotlib too.
#
# ## Why a graph, when PyTorch seems to do without?
#
# It doesn't.  While you call a model, PyTorch records every operation, and
# `loss.backward()` walks back over that record and throws it away.  The record is a
# graph.  And `torch.compile` works hard to get the whole graph before the run, so that
# it can optimize it.
#
# We write the graph down first, where you can see it.
# [You know PyTorch](weave/pytorch.md) compares both ways.

import numpy as np

from course.plot import save_graph
from gradients import topological_order
from graph import Graph
from session import Session


def sum_of_two():
    # ## What's a sum before you compute it? {#a-sum}
    #
    # We want $z = x + y$ for any $x$ and $y$.  Here's the whole program:

    graph = Graph()
    x = graph.placeholder((), name="x")
    y = graph.placeholder((), name="y")
    z = graph.add(x, y, name="z")

    # A *placeholder* stands for a value that you'll give later.  And `graph.add`
    # doesn't add: it makes an *operation* that will, and returns its output.  Print
    # `z`, and you don't see a number, but a plan:
    #
    #     <Tensor 'z' () float64 = add(x, y)>

    print(z)

    # `float64` is the type of its numbers, and `()` is its *shape*.  A single number
    # has the shape `()`, a vector of two numbers `(2,)`, and a matrix with two rows and
    # three columns `(2, 3)`.

    # Only a session computes.  You tell it what you want, and what to feed to the
    # placeholders.  The graph doesn't change, so you can run it again with other
    # inputs.
    #
    #     3.0
    #     30.0

    session = Session(graph)
    print(session.run(z, {x: 1, y: 2}))
    print(session.run(z, {x: 10, y: 20}))

    # Since the function is data, you can draw it.  Boxes with round corners are
    # operations.  Tensors that no operation makes have square corners: dashed for a
    # placeholder and, further down, bold for a variable.
    #
    # ![x and y go into an addition, whose output is z.](part1-sum.svg "One operation,
    # and the two placeholders that it reads.")

    save_graph("part1-sum", [z])


def affine_map():
    # ## Numbers, vectors and matrices are all tensors {#a-matrix-and-a-vector}
    #
    # A *tensor* is a number, a vector, a matrix, or a stack of matrices.  So graphs
    # aren't limited to numbers.  Here's $z = A x + b$ with
    #
    # $$A = \begin{pmatrix} 1 & 0 \\ 0 & -1 \end{pmatrix} \qquad
    # b = \begin{pmatrix} 1 \\ 1 \end{pmatrix}$$
    #
    # `A` and `b` are *variables*.  They belong to the function, while `x` is what you
    # apply it to.  A session keeps their values, and training will change them.

    graph = Graph()
    A = graph.variable([[1, 0], [0, -1]], name="A")
    b = graph.variable([1, 1], name="b")
    x = graph.placeholder((2,), name="x")
    z = graph.add(A @ x, b, name="z")

    # By hand, $x = (1, 2)$ gives $(1 \cdot 1 + 0 \cdot 2 + 1,\ 0 \cdot 1 - 1 \cdot 2 +
    # 1)$.  And by the session:
    #
    #     [ 2. -1.]

    session = Session(graph)
    print(session.run(z, {x: [1, 2]}))

    # ![A and x go into a matrix product; its output and b go into an addition, whose
    # output is z.](part1-affine.svg "The small letters beside a box are the shape of
    # its output.")

    save_graph("part1-affine", [z])

    # From Part II on we have many vectors at once, a *batch*, with one in each row of a
    # matrix $X$.  Their number may differ from run to run, so we write `None` for it;
    # pictures show `?`.
    #
    # Each row must now become what the column became.  Element $i$ of $A x$ is
    # $\sum_j A_{ij} x_j$.  You get the same sum if you multiply the row $x$ by a matrix
    # $W$ with $W_{ji} = A_{ij}$, the transpose $A^T$.  So from here on a layer is
    # $X W + b$, and $b$ is added to each row.
    #
    #     [[ 2. -1.]
    #      [ 4. -3.]]

    X = graph.placeholder((None, 2), name="X")
    rows = X @ graph.transpose(A) + b
    print(session.run(rows, {X: [[1, 2], [3, 4]]}))


def five_line_session():
    # ## A session in five lines {#what-a-session-does}
    #
    # What does `session.run` do?  An operation can only be computed after those that
    # make its inputs.  An order that respects this is a *topological order*, and
    # `topological_order` finds one.  The rest is a dictionary from tensors to values:

    def run(tensor, values):
        values = dict(values)
        for op in topological_order([tensor]):
            inputs = [values[x] for x in op.inputs]
            values[op.output] = op.compute(np, *inputs)
        return values[tensor]

    # That's the heart of it.  An operation's inputs are tensors; its `compute` takes
    # their values, which are NumPy arrays, after NumPy itself.  A real session also
    # looks up constants and variables.  Here we put everything that no operation makes
    # into `values` ourselves.
    #
    # Take $y = (a + b)(b + 1)$.  Two operations read `b`: they're its *consumers*.  We
    # print those, then the order, then the value of `y`.
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

    # This loop asks the same questions in every run.  So our session asks them once,
    # writes the steps down as a Python function, and calls that;
    # [Program](compiler/program.py) shows how.  `state` holds the variables, and the
    # second part of the result their new values.  This graph has no variables.
    #
    #     def program(state, feeds):
    #         a, b = feeds
    #         add = a + b
    #         add_1 = b + 1
    #         y = add * add_1
    #         return (y,), ()

    print(Session(graph).program(y, {a: None, b: None}))

    # Your turn: [Exercise 1](exercises/ex01_evaluate.py) asks for a `run` that looks up
    # constants and variables by itself, and lets you feed any tensor.


def who_keeps_what():
    # ## Where do values live? {#who-keeps-what}
    #
    # It's easy to confuse four kinds of tensors:
    #
    # | tensor | gets its value | keeps it |
    # |---|---|---|
    # | placeholder | when you feed it | for this run |
    # | constant | when you write the graph | forever |
    # | variable | when it's first needed, or assigned | in its session |
    # | output of an operation | in each run that needs it | for this run |
    #
    # All four belong to the graph, and an operation can take any of them as an *input*.
    # The value that you feed isn't part of the graph.
    #
    # Let's count.  The obvious attempt adds 1, runs three times, and never gets
    # anywhere, because nothing stores the sum:
    #
    # >>> graph = Graph()
    # >>> count = graph.variable(0.0, name="count")
    # >>> more = count + 1
    # >>> session = Session(graph)
    # >>> print(session.run(more), session.run(more), session.run(more))
    # 1.0 1.0 1.0
    #
    # A variable changes only through an operation, `assign`.  And nothing happens until
    # you run that.
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

    # The last line comes from the other session.  Each has a state of its own; the
    # graph has none.  [Session](session.py) makes use of that.


def surprises():
    # ## Four things that surprise newcomers {#what-may-surprise}
    #
    # **Using a tensor twice doesn't compute it twice.**  Each operation runs once,
    # however many paths lead through it.  Thirty doublings have $2^{30}$ paths from top
    # to bottom, about a billion, but they're only thirty additions.
    #
    #     1073741824.0

    graph = Graph()
    x = y = graph.placeholder((), name="x")
    for _ in range(30):
        y = y + y
    print(Session(graph).run(y, {x: 1.0}))

    # **Python decides while you build the graph.**  At that time a tensor has no value,
    # so `if x > 0` fails.  To decide in each run, you need an operation, `where`:
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

    # **There's always a graph.**  If you don't name one, you get the default graph, and
    # `with graph.as_default():` makes another the default for a while.
    #
    #     True

    with graph.as_default():
        print(Graph.get_default() is graph)

    # **A mistake shows on the line where you make it**, as far as a graph can tell.  If
    # two shapes don't fit, you learn it when you bring them together, not in some later
    # run.
    #
    #     dimensions must be equal, but are 3 and 2

    try:
        graph.constant([1, 2, 3]) + graph.constant([1, 2])
    except ValueError as error:
        print(str(error).partition(": ")[2].partition(";")[0])

    # ? After `y = y + y` has run thirty times, which operations does
    # `Session(graph).run(x, {x: 1.0})` compute?
    #
    # ! None.  A run computes only what its result depends on, and `x` is fed.
    #
    # You can now write a function as a graph, evaluate it, and say where each value
    # lives.  In [Part II](course/part2_perceptrons.py) such a function tells red points
    # from blue ones.


def main():
    sum_of_two()
    affine_map()
    five_line_session()
    who_keeps_what()
    surprises()


if __name__ == "__main__":
    main()
