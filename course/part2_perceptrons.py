# # Part II: Perceptrons
#
# Here are two clouds of points, red and blue.  A point comes, and we want to know which
# cloud it belongs to, and how sure we can be.
#
#     python -m course.part2_perceptrons
#
# A *classifier* is a function from the point to the answer.  In this part we choose one
# by hand; the next two parts find one by training.

import numpy as np

from course.plot import BLUE, RED, draw_line, save_graph, save_plot
from graph import Graph
from session import Session


def points():
    """Fifty red points and fifty blue ones, each of shape (50, 2)."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(50, 2)) - 2, rng.normal(size=(50, 2)) + 2


def clouds():
    # ## Two clouds
    #
    # Fifty points each, around $(-2, -2)$ and $(2, 2)$, with the standard deviation 1
    # in each coordinate.  The seed makes them the same points each time, here and on
    # your machine.  One example stands in each row:
    #
    #     (50, 2) (50, 2)
    #     [-1.87 -2.13]

    red, blue = points()
    print(red.shape, blue.shape)
    print(red[0].round(2))

    # ![Fifty red points at the lower left, fifty blue ones at the upper right; between
    # them a gap.](part2-clouds.svg)

    def paint(axes):
        draw_clouds(axes, red, blue)
        axes.legend(frameon=False)

    save_plot("part2-clouds", paint, 5, 4)
    return red, blue


def draw_clouds(axes, red, blue, size=36):
    axes.scatter(*red.T, size, color=RED, marker="o", label="red")
    axes.scatter(*blue.T, size, color=BLUE, marker="^", label="blue")
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")


def straight_line(red, blue):
    # ## A line
    #
    # A straight line between the clouds would do.  All points $x$ with
    #
    # $$w_1 x_1 + w_2 x_2 + b = 0$$
    #
    # lie on a line.  For other points, what stands on the left of the equation is their
    # *score*: positive on one side of the line, and negative on the other.  For two
    # points $x$ and $y$ of the line $w_1 x_1 + w_2 x_2$ is the same, so that
    # $w_1 (x_1 - y_1) + w_2 (x_2 - y_2) = 0$: the *weights* $w = (w_1, w_2)$ are at
    # right angles to the line.  A step along $w$ adds $w_1^2 + w_2^2$ to the score, so
    # they point to the positive side.  The *bias* $b$ moves the line.  We take
    # $w = (1, 1)$ and $b = 0$, and see how many points of each cloud are on their side:
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
        draw_clouds(axes, red, blue)
        draw_line(axes, np.array([1, 1]), 0)
        axes.annotate("", (1, 1), (0, 0), arrowprops={"arrowstyle": "->"})
        axes.annotate("$w$", (1.1, 0.7))

    save_plot("part2-line", paint, 5, 4)
    return graph, X, score


def how_sure(graph, X, score):
    # ## How sure?
    #
    # Far from the line we are sure, close to it we are not.  Let $p$ be the probability
    # that a point is blue.  Gamblers speak of *odds*, $p / (1 - p)$:  above 1, blue is
    # the better bet, and below 1 red.  Each step away from the line adds to the score
    # $a$.  We let it multiply the odds, as evidence does that comes from several sides,
    # and what turns sums into products is an exponential: $p / (1 - p) = e^a$.
    # (Another base would be other units of the score.)  Solved for $p$ this is the
    # *sigmoid*:
    #
    # $$p = \frac{e^a}{1 + e^a} = \frac{1}{1 + e^{-a}} = \sigma(a)$$
    #
    # A score of 0, on the line, is a probability of one half.  On the other side the
    # answers change places, since $1 - \frac{e^a}{1 + e^a} = \frac{1}{1 + e^a}$, which
    # is $\sigma(-a)$.
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
    # As before, the odds between two classes are the exponential of the difference of
    # their scores, $p_i / p_k = e^{a_i - a_k}$.  So each $p_j$ is the same number times
    # $e^{a_j}$, and since they sum to 1, we know that number.  That is the *softmax*:
    #
    # $$p = \mathrm{softmax}(X W + b) \qquad
    # p_{ij} = \frac{e^{a_{ij}}}{\sum_k e^{a_{ik}}}
    # \quad\text{with}\quad a = X W + b$$
    #
    # Here are three classes, for clouds around $(-2, 0)$, $(2, 0)$ and $(0, 3)$.  A
    # score that grows towards a point $m$ has the weights $m$; and with the bias
    # $-\frac{1}{2} m^T m$ two scores are the same half-way between their points, for
    # $m^T x - \frac{1}{2} m^T m$ is $\frac{1}{2} x^T x$ less half of the squared
    # distance from $x$ to $m$.
    #
    #     [[0.998 0.    0.002]
    #      [0.009 0.495 0.495]
    #      [0.333 0.333 0.333]]

    graph = Graph()
    X = graph.placeholder((None, 2), name="X")
    centres = np.array([[-2.0, 0.0], [2.0, 0.0], [0.0, 3.0]])
    W = graph.variable(centres.T, name="W")
    b = graph.variable(-(centres**2).sum(axis=1) / 2, name="b")
    scores = graph.add(X @ W, b, name="scores")
    p = graph.softmax(scores, name="p")
    session = Session(graph)
    print(session.run(p, {X: [[-2, 0], [1, 1.5], [0, 5 / 6]]}).round(3))

    # A point in the middle of its cloud, one between two, and one between all three.
    #
    # ![Three areas that meet in a point, one around each of three
    # crosses.](part2-classes.svg)

    def paint(axes):
        side = np.linspace(-4, 5, 91)
        grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
        best = session.run(p, {X: grid}).max(axis=1).reshape(91, 91).round(4)
        levels = [0, 0.5, 0.7, 0.9, 1]
        filled = axes.contourf(side, side, best, levels, cmap="Blues")
        axes.figure.colorbar(filled, label="largest probability")
        axes.plot(*centres.T, "X", color=RED, markeredgecolor="#ffffff", markersize=11)
        axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")

    save_plot("part2-classes", paint, 5, 4)


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
