# # Train a network, and see everything that happens
#
# You call `loss.backward()`, and a network learns.  What happened?  One small problem
# shows all of it: a network that learns *exclusive or*.  Is exactly one of two inputs
# 1?
#
# | inputs | answer |
# |---|---|
# | 0 0 | 0 |
# | 0 1 | 1 |
# | 1 0 | 1 |
# | 1 1 | 0 |
#
# This page is a whole Python file, and so are the pages of the framework.  NumPy does
# the arithmetic; the rest you're going to read.  To run it, type `make`, or with NumPy
# and tqdm installed:
#
#     python main.py
#
# The example comes from Jim Fleming's *differentiation*, one of our two
# [ancestors](weave/index.md#where-it-comes-from).

import numpy as np
from tqdm import tqdm

from graph import Graph
from session import Session

STEPS = 10_000
LEARNING_RATE = 1.0


def build():
    # ## First we only write it down {#a-graph}
    #
    # Nothing is computed yet.  A *tensor* stands for a value that a later run will
    # compute, an *operation* makes one tensor out of others, and a *graph* holds them
    # all.

    graph = Graph()

    # The data are *constants*: four examples, one per row as in the whole book, and
    # their *targets*, the answers that we want.

    X = graph.constant([[0, 0], [0, 1], [1, 0], [1, 1]], name="X")
    targets = graph.constant([[0], [1], [1], [0]], name="targets")

    # The parameters are *variables*.  They keep their values from one run to the next,
    # and training changes them.  Each column of `weights0` belongs to one of four
    # hidden *units*.  We start them at random; the seed makes every run repeatable.
    #
    # ? What would happen if all weights started at 0.5?
    #
    # ! Identical units get identical gradients, so they'd stay identical.  After 10,000
    # steps that network answers 0.67 to 1 1.

    rng = np.random.default_rng(0)
    weights0 = graph.variable(rng.normal(size=(2, 4)), name="weights0")
    bias0 = graph.variable(np.zeros(4), name="bias0")
    weights1 = graph.variable(rng.normal(size=(4, 1)), name="weights1")
    bias1 = graph.variable(np.zeros(1), name="bias1")
    parameters = [weights0, bias0, weights1, bias1]

    # Two layers.  Each multiplies by a matrix, adds a *bias* to every row, and squashes
    # the numbers to between 0 and 1 with a sigmoid,
    # $\sigma(x) = \frac{1}{1 + e^{-x}}$:
    #
    # $$\text{hidden} = \sigma(X W_0 + b_0) \qquad
    # \text{output} = \sigma(\text{hidden}\, W_1 + b_1)$$
    #
    # Why two?  One layer would answer $\sigma(w_1 a + w_2 b + c)$ to the inputs $a$ and
    # $b$, and a sigmoid is above one half exactly when its input is positive.  For 0 0
    # we want $c < 0$; for 0 1 and 1 0 we want $w_2 + c > 0$ and $w_1 + c > 0$.  Add
    # these two: $w_1 + w_2 + 2c > 0$, so $w_1 + w_2 + c > -c > 0$.  The answer to 1 1
    # is above one half as well, and wrong.  No weights can help that.

    hidden = graph.sigmoid(X @ weights0 + bias0, name="hidden")
    output = graph.sigmoid(hidden @ weights1 + bias1, name="output")

    # The *loss* measures how wrong the output is.  Here it's the mean of the squared
    # errors:
    #
    # $$\text{loss} =
    # \frac{1}{4} \sum_{i=1}^{4} (\text{output}_i - \text{targets}_i)^2$$

    error = graph.sub(output, targets, name="error")
    loss = graph.mean(graph.square(error), name="loss")

    # Here's what you've written down, drawn by the graph itself: `graph.draw(loss)`.
    # Boxes with round corners are operations, with the name of their output; `@` is the
    # matrix product.  The lines are tensors, each with its shape where it begins.
    # Square boxes are tensors that no operation makes, and a bold frame marks a
    # variable.
    #
    # ![From X and the weights down to the loss: matrix product, plus bias, sigmoid, the
    # same again, then the difference from the targets, squared, summed, divided by
    # four.](weave:xor "The graph of the loss, from the data down.")

    # ## Then the graph derives its own gradient {#its-derivative}
    #
    # Which way should each parameter go?  The *gradient* of the loss with respect to a
    # parameter tells you how much the loss moves when you nudge each element.  The
    # graph knows every step from the parameters to the loss.  So it can write the
    # gradients down by itself, and they're tensors too.

    gradients = graph.gradients(loss, parameters)

    # Everything in orange is what you didn't write.  It starts at the loss, and climbs
    # back beside the operations that it differentiates.
    #
    # ![The same graph; beside it the gradient, from the loss back up to the weights and
    # the biases.](weave:xor-gradient "The same graph, with the gradient that it
    # derived.")
    #
    # Now a step downhill.  Each parameter moves a little against its gradient, as much
    # as the *learning rate* $\eta$ says.  `assign` stores the result when the run is
    # done, and `group` bundles the four assignments into one tensor to run.
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

    # ## Ten thousand steps, in a blink {#running-it}
    #
    # A *session* holds the values of the variables.  It compiles your request to a
    # NumPy program, once, and runs that in every step.  Printing the loss costs more
    # than a step, so we print it every 500 steps.
    #
    # ![The loss against the step, both logarithmic: almost flat for some hundred steps,
    # steep around a thousand, then falling along a line.](weave:loss "For hundreds of
    # steps you'd think that it doesn't learn.")

    session = Session(graph)
    with tqdm(total=STEPS, desc="training", unit="step") as bar:
        for step in range(1, STEPS + 1):
            _, value = session.run([update, loss])
            if step % 500 == 0:
                bar.set_postfix_str(f"loss {value:.6f}", refresh=False)
                bar.update(500)

    # ## What has it learned? {#what-it-has-learned}
    #
    # All four answers are right:
    #
    #     input  target  output
    #      0 0       0  0.0065
    #      0 1       1  0.9808
    #      1 0       1  0.9810
    #      1 1       0  0.0243
    #
    #     loss after 10000 steps: 0.00034011
    #
    # And other inputs?  The network has laid a band across the plane: low inside, where
    # the squares are, 0 0 and 1 1, and high on both sides, where the dots are.  A
    # single layer can only cut the plane in two, along a line.
    #
    # Watch it happen.  This is the session's own program, [running in your
    # browser](weave/live/program.js).  Train it, then break a line of its gradient.
    #
    # ![The output for inputs from minus a half to one and a half: low in a diagonal
    # band that holds 0 0 and 1 1, high on both sides of it.](weave:live-xor "The
    # network's answer to every input, and the program that trains it.")

    inputs, wanted, answers = session.run([X, targets, output])
    print("\ninput  target  output")
    for (a, b), target, answer in zip(inputs, wanted, answers):
        print(f" {a:.0f} {b:.0f}  {target[0]:6.0f}  {answer[0]:6.4f}")
    print(f"\nloss after {STEPS} steps: {session.run(loss):.8f}")

    # Last, we print the program that ran in every step.  You'll
    # [read it](weave/listing.md) line by line at the end of the heart.  Before that,
    # [walk through one step](weave/step.md), with all its numbers.

    print("\nThe training step, as the session compiled it:\n")
    print(session.program([update, loss]).source, end="")


if __name__ == "__main__":
    main()
