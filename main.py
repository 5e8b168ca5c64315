# # XOR, from nothing
#
# What does a deep learning framework do?  All of it is in one small problem: a network
# that learns *exclusive or*.  Is exactly one of two inputs 1?
#
# | inputs | answer |
# |---|---|
# | 0 0 | 0 |
# | 0 1 | 1 |
# | 1 0 | 1 |
# | 1 1 | 0 |
#
# This page is a whole Python file, and so are those of the modules that it uses.  NumPy
# is the only thing that they import to compute.  Run it:
#
#     python main.py
#
# It descends from two teaching systems: *differentiation* by Jim Fleming, from which
# it has this example and the form of its pages, and *TensorSlow*, "Deep Learning From
# Scratch", by Daniel Sabinasz.

import numpy as np
from tqdm import tqdm

from graph import Graph
from session import Session

STEPS = 10_000
LEARNING_RATE = 1.0


def build():
    # ## A graph
    #
    # First we write down what is to be computed.  Nothing is computed yet: a *tensor*
    # is a value that a later run will compute, an *operation* makes one tensor out of
    # others, and a *graph* holds them all.  See `graph.py`.

    graph = Graph()

    # The data are *constants*: four examples, one in each row, and the *targets*, what
    # we want to hear about each.  In the whole book a batch has one example a row.

    X = graph.constant([[0, 0], [0, 1], [1, 0], [1, 1]], name="X")
    targets = graph.constant([[0], [1], [1], [0]], name="targets")

    # The parameters are *variables*: they keep their values from one run to the next,
    # and training changes them.  Each column of `weights0` belongs to one of four
    # hidden *units*.  They start at random, for units that start alike would stay
    # alike; the seed makes it the same start each time.

    rng = np.random.default_rng(0)
    weights0 = graph.variable(rng.normal(size=(2, 4)), name="weights0")
    bias0 = graph.variable(np.zeros(4), name="bias0")
    weights1 = graph.variable(rng.normal(size=(4, 1)), name="weights1")
    bias1 = graph.variable(np.zeros(1), name="bias1")
    parameters = [weights0, bias0, weights1, bias1]

    # Two layers.  Each multiplies by a matrix, adds a *bias* to every row, and squashes
    # each number to between 0 and 1 by a sigmoid,
    # $\sigma(x) = \frac{1}{1 + e^{-x}}$:
    #
    # $$\text{hidden} = \sigma(X W_0 + b_0) \qquad
    # \text{output} = \sigma(\text{hidden}\, W_1 + b_1)$$
    #
    # Why two?  One layer alone would answer $\sigma(w_1 a + w_2 b + c)$ to the inputs
    # $a$ and $b$, and a sigmoid is above one half where what it is of is above 0.  For
    # 0 0 we want $c < 0$, and for 0 1 and 1 0 we want $w_2 + c > 0$ and $w_1 + c > 0$.
    # The sum of these two is $w_1 + w_2 + 2c > 0$, so that $w_1 + w_2 + c > -c > 0$:
    # the answer to 1 1 is above one half as well, and wrong, whatever the weights.

    hidden = graph.sigmoid(X @ weights0 + bias0, name="hidden")
    output = graph.sigmoid(hidden @ weights1 + bias1, name="output")

    # The *loss* says how wrong the output is: here, the mean of the squared errors.
    #
    # $$\text{loss} =
    # \frac{1}{4} \sum_{i=1}^{4} (\text{output}_i - \text{targets}_i)^2$$

    error = graph.sub(output, targets, name="error")
    loss = graph.mean(graph.square(error), name="loss")

    # This is what we have written down.  The graph has drawn it itself, by
    # `graph.draw(loss)`.  A box with round corners is an operation, with the name of
    # its output; `@` is the matrix product.  The lines are tensors, each with its shape
    # where it begins.  A box with square corners is a tensor that no operation makes; a
    # bold frame says that it is a variable.
    #
    # ![From X and the weights down to the loss: matrix product, plus bias, sigmoid, the
    # same again, then the difference from the targets, squared, summed, divided by
    # four.](weave:xor)

    # ## Its derivative
    #
    # Which way should each parameter go?  The *gradient* of the loss by a parameter
    # says by how much the loss changes for a little change of each of its elements.
    # The graph knows every step from the parameters to the loss, so it can write the
    # gradients down by itself, and they are tensors too.

    gradients = graph.gradients(loss, parameters)

    # Here is the graph with them.  What nobody wrote is in another colour: it begins
    # at the loss, and climbs back beside the operations that it is the derivative of.
    # [One step, by hand](weave/step.md) walks through it with all numbers.
    #
    # ![The same graph; beside it the gradient, from the loss back up to the weights and
    # the biases.](weave:xor-gradient)
    #
    # A step downhill: each parameter moves a little against its gradient.  How little
    # is the *learning rate* $\eta$.
    #
    # $$\theta \leftarrow \theta - \eta\, \frac{\partial\,\text{loss}}{\partial\theta}$$

    update = graph.group(
        [
            graph.assign(parameter, parameter - LEARNING_RATE * gradient)
            for parameter, gradient in zip(parameters, gradients)
        ],
        name="update",
    )
    return graph, X, targets, output, loss, update


def main():
    graph, X, targets, output, loss, update = build()

    # ## Running it
    #
    # A *session* holds the values of the variables.  It compiles what we ask for to a
    # program, once, and runs that in every step.  To show the loss takes longer than
    # the step itself, so we show it now and then.
    #
    # ![The loss against the step, both logarithmic: almost flat for some hundred steps,
    # steep around a thousand, then falling along a line.](weave:loss)

    session = Session(graph)
    with tqdm(total=STEPS, desc="training", unit="step") as bar:
        for step in range(1, STEPS + 1):
            _, value = session.run([update, loss])
            if step % 500 == 0:
                bar.set_postfix_str(f"loss {value:.6f}", refresh=False)
                bar.update(500)

    # ## What it has learned
    #
    # The four answers are right:
    #
    #     input  target  output
    #      0 0       0  0.0065
    #      0 1       1  0.9808
    #      1 0       1  0.9810
    #      1 1       0  0.0243
    #
    #     loss after 10000 steps: 0.00034011
    #
    # And what does the network say of other inputs?  It has laid a band across the
    # plane: low inside, where 0 0 and 1 1 are, the squares, and high on both sides,
    # with the dots, 0 1 and 1 0.  A single layer could only cut the plane in two, along
    # a line.
    #
    # ![The output for inputs from minus a half to one and a half: low in a diagonal
    # band that holds 0 0 and 1 1, high on both sides of it.](weave:surface)

    inputs, wanted, answers = session.run([X, targets, output])
    print("\ninput  target  output")
    for (a, b), target, answer in zip(inputs, wanted, answers):
        print(f" {a:.0f} {b:.0f}  {target[0]:6.0f}  {answer[0]:6.4f}")
    print(f"\nloss after {STEPS} steps: {session.run(loss):.8f}")

    # Last we print the program that ran in every step.  It is shown in
    # `compiler/program.py`, each line with where it comes from: what we wrote, or what
    # was derived from that.

    print("\nThe training step, as the session compiled it:\n")
    print(session.program([update, loss]).source, end="")


if __name__ == "__main__":
    main()
