# # Part II: Perceptrons
#
# Here are two clouds of points, red and blue.  A point comes, and we want to know which
# cloud it belongs to, and how sure we can be.
#
#     python -m course.part2_perceptrons
#
# A *classifier* is a function from the point to the answer.  In this part we choose one
# by hand; the next two parts find a better one by training.

import numpy as np

from course.plot import save_graph, save_plot
from graph import Graph
from session import Session

RED, BLUE = "#d1495b", "#2f7fd6"


def points():
    """Fifty red points and fifty blue ones, each of shape (50, 2)."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(50, 2)) - 2, rng.normal(size=(50, 2)) + 2


def clouds():
    # ## Two clouds
    #
    # Fifty points each, spread around $(-2, -2)$ and $(2, 2)$.  The seed makes them the
    # same points each time, here and on your machine.  One example stands in each row:
    #
    #     (50, 2) (50, 2)
    #     [-1.87 -2.13]

    red, blue = points()
    print(red.shape, blue.shape)
    print(red[0].round(2))

    # ![Fifty red points at the lower left, fifty blue ones at the upper right; between
    # them a gap.](part2-clouds.svg)

    def paint(axes):
        axes.scatter(*red.T, color=RED, marker="o", label="red")
        axes.scatter(*blue.T, color=BLUE, marker="^", label="blue")
        axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
        axes.legend(frameon=False)

    save_plot("part2-clouds", paint, 5, 4)
    return red, blue


def straight_line(red, blue):
    # ## A line
    #
    # A straight line between the clouds would do.  All points $x$ with
    #
    # $$w_1 x_1 + w_2 x_2 + b = 0$$
    #
    # lie on a line, and the left side is positive for the points on one side of it and
    # negative for those on the other.  The *weights* $w = (w_1, w_2)$ are at right
    # angles to the line, and point to the positive side; the *bias* $b$ moves the line.
    # We take $w = (1, 1)$ and $b = 0$, and see how many points of each cloud are on
    # their side:
    #
    #     50 of 50 red, 50 of 50 blue

    graph = Graph()
    X = graph.placeholder((None, 2), name="X")
    w = graph.variable([[1], [1]], name="w")
    b = graph.variable(0, name="b")
    score = graph.add(X @ w, b, name="score")
    session = Session(graph)
    below = session.run(score, {X: red}) < 0
    above = session.run(score, {X: blue}) > 0
    print(f"{below.sum()} of 50 red, {above.sum()} of 50 blue")

    # ![The clouds with the line x1 + x2 = 0 between them, and an arrow from it to the
    # upper right: the weights.](part2-line.svg)

    def paint(axes):
        axes.scatter(*red.T, color=RED, marker="o")
        axes.scatter(*blue.T, color=BLUE, marker="^")
        axes.axline((0, 0), slope=-1, color="#000000")
        axes.annotate("", (1, 1), (0, 0), arrowprops={"arrowstyle": "->"})
        axes.annotate("$w$", (1.1, 0.7))
        axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")

    save_plot("part2-line", paint, 5, 4)
    return graph, X, score


def how_sure(graph, X, score):
    # ## How sure?
    #
    # A point far from the line is surely blue, one close to it hardly.  We want a
    # probability $p$, and the score $a$ can be any number.  Gamblers speak of *odds*,
    # $p / (1 - p)$: they are any positive number, and $e^a$ is one.  So let
    # $p / (1 - p) = e^a$.  Solved for $p$ this is the *sigmoid*:
    #
    # $$p = \frac{e^a}{1 + e^a} = \frac{1}{1 + e^{-a}} = \sigma(a)$$
    #
    # A score of 0, on the line, is a probability of one half.  On the other side the
    # answers change places: $\sigma(-a) = 1 - \sigma(a)$.
    #
    # ![An S: close to 0 far to the left, one half at 0, close to 1 far to the
    # right.](part2-sigmoid.svg)

    def paint(axes):
        a = np.linspace(-8, 8, 161)
        axes.plot(a, 1 / (1 + np.exp(-a)), color=BLUE, linewidth=2)
        axes.set(xlabel="score $a$", ylabel=r"$\sigma(a)$", yticks=[0, 0.5, 1])
        axes.grid(color="#8884", linewidth=0.6)

    save_plot("part2-sigmoid", paint, 5, 2.8)

    # That is a *perceptron*: weights, a bias, and a sigmoid.  What does it say to the
    # point $(3, 2)$, with its score of $3 + 2 = 5$?
    #
    #     0.99330715
    #     [0.00669285 0.5        0.99330715]

    p = graph.sigmoid(score, name="p")
    session = Session(graph)
    print(session.run(p, {X: [[3, 2]]})[0, 0].round(8))
    print(session.run(p, {X: [[-3, -2], [1, -1], [3, 2]]})[:, 0].round(8))

    # The second line is for three points at once, one row each: the graph does not care
    # how many they are.  The bias is added to every row.
    #
    # ![X and w go into a matrix product, b is added, and a sigmoid makes p of
    # it.](part2-perceptron.svg)

    save_graph("part2-perceptron", [p])


def many_classes():
    # ## More than two
    #
    # With $C$ classes we take $C$ scores, one from each column of a matrix $W$, and a
    # bias for each.  For $N$ points in the rows of $X$, which have $d$ coordinates:
    #
    # $$X \in \mathbb{R}^{N \times d} \qquad W \in \mathbb{R}^{d \times C} \qquad
    # b \in \mathbb{R}^C$$
    #
    # Probabilities are positive and sum to 1.  To make scores positive we take the
    # exponential, as before, and divide by the sum.  That is the *softmax*:
    #
    # $$p = \mathrm{softmax}(X W + b) \qquad
    # p_{ij} = \frac{e^{a_{ij}}}{\sum_k e^{a_{ik}}}
    # \quad\text{with}\quad a = X W + b$$
    #
    # Here are three classes: left, right, and up.
    #
    #     [[0.973 0.018 0.009]
    #      [0.018 0.973 0.009]
    #      [0.042 0.042 0.916]]

    graph = Graph()
    X = graph.placeholder((None, 2), name="X")
    W = graph.variable([[-1, 1, 0], [0, 0, 1]], name="W")
    b = graph.variable([0, 0, 0], name="b")
    scores = graph.add(X @ W, b, name="scores")
    p = graph.softmax(scores, name="p")
    points = [[-2, -2.7], [2, -2.7], [0, 3.08]]
    print(Session(graph).run(p, {X: points}).round(3))


def two_are_one(red, blue):
    # ## What may surprise: two scores are one too many
    #
    # With two classes, a softmax has two scores and a sigmoid has one.  Divide
    # numerator and denominator of the softmax by the numerator:
    #
    # $$p_1 = \frac{e^{a_1}}{e^{a_0} + e^{a_1}} = \frac{1}{1 + e^{-(a_1 - a_0)}} =
    # \sigma(a_1 - a_0)$$
    #
    # Only the difference of the scores matters.  So this softmax is the perceptron with
    # the weights $W_{:1} - W_{:0}$, the second column minus the first, and the bias
    # $b_1 - b_0$.
    #
    #     0.0

    rng = np.random.default_rng(1)
    graph = Graph()
    X = graph.constant(np.concatenate([red, blue]))
    W, b = graph.constant(rng.normal(size=(2, 2))), graph.constant([0.5, -1])
    by_softmax = graph.softmax(X @ W + b)[:, 1]
    by_sigmoid = graph.sigmoid(X @ (W[:, 1] - W[:, 0]) + b[1] - b[0])
    difference = graph.max(graph.abs(by_softmax - by_sigmoid))
    print(Session(graph).run(difference).round(12))

    # Hence the line where both classes are as probable is
    # $(W_{:1} - W_{:0})^T x + (b_1 - b_0) = 0$.  The line on which one of the two
    # scores is 0 is another, and means nothing.


def main():
    red, blue = clouds()
    graph, X, score = straight_line(red, blue)
    how_sure(graph, X, score)
    many_classes()
    two_are_one(red, blue)


if __name__ == "__main__":
    main()
