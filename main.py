# # XOR, from nothing
#
# A network that learns *exclusive or*: is exactly one of two inputs 1?  It is the
# smallest problem that a single layer cannot solve, and all that a deep learning
# framework does is there.  Run it:
#
#     python main.py
#
# Each page of this book is a whole file that runs, and imports nothing that computes
# but NumPy.  This one uses the framework; the next ones build it.

import sys

import numpy as np
from tqdm import tqdm

from graph import Graph
from session import Session

STEPS = 10_000
LEARNING_RATE = 1.0


def main():
    # ## A graph
    #
    # First we write down what is to be computed.  Nothing is computed yet.

    graph = Graph()

    # The data: four examples, one in each row, and what we want to hear of each.

    X = graph.constant([[0, 0], [0, 1], [1, 0], [1, 1]], name="X")
    targets = graph.constant([[0], [1], [1], [0]], name="targets")

    # The *parameters* are variables: their values stay from one run to the next, and
    # training changes them.  They start at random, as units that start alike would
    # stay alike; the seed makes it the same start each time.

    rng = np.random.default_rng(0)
    weights0 = graph.variable(rng.normal(size=(2, 4)), name="weights0")
    bias0 = graph.variable(np.zeros(4), name="bias0")
    weights1 = graph.variable(rng.normal(size=(4, 1)), name="weights1")
    bias1 = graph.variable(np.zeros(1), name="bias1")
    parameters = [weights0, bias0, weights1, bias1]

    # Two layers.  Each is a matrix product, a bias that is added to every row, and a
    # squashing to between 0 and 1.

    hidden = graph.sigmoid(X @ weights0 + bias0, name="hidden")
    output = graph.sigmoid(hidden @ weights1 + bias1, name="output")

    # The *loss* says how wrong the output is: the mean squared error.

    loss = graph.mean(graph.square(output - targets), name="loss")

    # ## Its derivative
    #
    # The graph knows each step from the parameters to the loss, so it can write down
    # how the loss changes with each parameter.  The answers are tensors as well.

    gradients = graph.gradients(loss, parameters)

    # A step downhill: each parameter moves a little against its gradient.

    update = graph.group(
        [
            graph.assign(parameter, parameter - LEARNING_RATE * gradient)
            for parameter, gradient in zip(parameters, gradients)
        ],
        name="update",
    )

    # ## Running it
    #
    # A session compiles what we ask for to a program, once, and runs it again and
    # again.  Showing the loss takes longer than a step, so we show it now and then.

    session = Session(graph)
    bar = tqdm(range(STEPS), desc="training", unit="step", miniters=500, mininterval=0)
    for step in bar:
        _, value = session.run([update, loss])
        if step % 500 == 0:
            bar.set_postfix_str(f"loss {value:.6f}", refresh=False)
    bar.set_postfix_str(f"loss {value:.6f}")
    bar.close()

    # ## What it has learned

    inputs, wanted, answers = session.run([X, targets, output])
    print("\ninput  target  output")
    for (a, b), target, answer in zip(inputs, wanted, answers):
        print(f" {a:.0f} {b:.0f}   {target[0]:4.0f}   {answer[0]:8.4f}")
    print(f"\nloss after {STEPS} steps: {session.run(loss):.8f}")

    # And this is the program that was run each time.  We wrote the lines down to
    # `loss`; the others follow from them.

    print("\nThe training step, as the session compiled it:\n")
    print(session.program([update, loss]).source, end="")


if __name__ == "__main__":
    sys.exit(main())
