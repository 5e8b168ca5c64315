# # XOR, from nothing
#
# A network that learns *exclusive or*: is exactly one of two inputs 1?  It is the
# smallest problem that a single layer cannot solve, and all that a deep learning
# framework does is in it.  Run it:
#
#     python main.py
#
# Each page of this book is a whole file that runs, and NumPy is the only thing that it
# imports to compute.  This page uses the framework; the others build it.
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
    # is a value that a later run will compute, and a *graph* holds tensors and the
    # operations between them.

    graph = Graph()

    # The data are *constants*: four examples, one in each row, and what we want to
    # hear about each.

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

    # Two layers.  Each multiplies by a matrix, adds a bias to every row, and squashes
    # what comes out to between 0 and 1.

    hidden = graph.sigmoid(X @ weights0 + bias0, name="hidden")
    output = graph.sigmoid(hidden @ weights1 + bias1, name="output")

    # The *loss* says how wrong the output is: here, the mean of the squared errors.

    loss = graph.mean(graph.square(output - targets), name="loss")

    # ## Its derivative
    #
    # The graph knows every step from the parameters to the loss.  So it can write down
    # how the loss changes with each parameter, and the answers are tensors too.

    gradients = graph.gradients(loss, parameters)

    # A step downhill: each parameter moves a little against its gradient.

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

    session = Session(graph)
    with tqdm(total=STEPS, desc="training", unit="step") as bar:
        for step in range(1, STEPS + 1):
            _, value = session.run([update, loss])
            if step % 500 == 0:
                bar.set_postfix_str(f"loss {value:.6f}", refresh=False)
                bar.update(500)

    # ## What it has learned

    inputs, wanted, answers = session.run([X, targets, output])
    print("\ninput  target  output")
    for (a, b), target, answer in zip(inputs, wanted, answers):
        print(f" {a:.0f} {b:.0f}  {target[0]:6.0f}  {answer[0]:6.4f}")
    print(f"\nloss after {STEPS} steps: {session.run(loss):.8f}")

    # And this is the program that ran in every step.  The lines as far as `loss` are
    # what we wrote above; all others were derived from them.

    print("\nThe training step, as the session compiled it:\n")
    print(session.program([update, loss]).source, end="")


if __name__ == "__main__":
    main()
