# # Part II: Perceptrons
#
# Here are two clouds of points, red and blue.  Along comes another point.  Which cloud
# does it belong to, and how sure can you be?
#
#     python -m course.part2_perceptrons
#
# A *classifier* is a function from the point to the answer.  In PyTorch you'd take an
# `nn.Linear` and a sigmoid, train them, and never look at the weights.  We first choose
# the weights by hand, to see what each one does.

import numpy as np

from course.plot import BLUE, RED, draw_line, save_graph, save_plot
from graph import Graph
from session import Session


def points():
    """Fifty red points and fifty blue ones, each an array of shape (50, 2)."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(50, 2)) - 2, rng.normal(size=(50, 2)) + 2


def clouds():
    # ## Two clouds
    #
    # We scatter fifty points around each of $(-2, -2)$ and $(2, 2)$, with a standard
    # deviation of 1 in each coordinate.  The seed makes every run repeatable, so your
    # points are the ones on this page.  Each row is one example:
    #
    #     (50, 2) (50, 2)
    #     [-1.87 -2.13]

    red, blue = points()
    print(red.shape, blue.shape)
    print(red[0].round(2))

    # ![Fifty red points at the lower left, fifty blue ones at the upper right; between
    # them a gap.](part2-clouds.svg "A straight line fits between them.")

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
    # ## What do the weights of a line mean? {#a-line}
    #
    # A straight line between the clouds will do.  It consists of all points $x$ with
    #
    # $$w_1 x_1 + w_2 x_2 + b = 0$$
    #
    # Put any other point into the left side, and you get its *score*: positive on one
    # side of the line, negative on the other.
    #
    # Which way do the *weights* $w = (w_1, w_2)$ point?  Subtract the equations of two
    # points $x$ and $y$ on the line: $w_1 (x_1 - y_1) + w_2 (x_2 - y_2) = 0$.  So $w$
    # is perpendicular to the line.  A step along $w$ adds $w_1^2 + w_2^2$ to the score,
    # so $w$ points to the positive side.  The *bias* $b$ shifts the line.
    #
    # We choose $w = (1, 1)$ and $b = 0$.  How many points land on the correct side?
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
    # upper right: the weights.](part2-line.svg "The weights are perpendicular to the
    # line, and point to the positive side.")

    def paint(axes):
        draw_clouds(axes, red, blue)
        draw_line(axes, np.array([1, 1]), 0)
        axes.annotate("", (1, 1), (0, 0), arrowprops={"arrowstyle": "->"})
        axes.annotate("$w$", (1.1, 0.7))

    save_plot("part2-line", paint, 5, 4)

    # ? Double $w$ and $b$.  What happens to the line, and what to the scores?
    #
    # ! The line stays, since twice 0 is 0.  All scores double.
    return graph, X, score


def how_sure(graph, X, score):
    # ## How sure? Where the sigmoid comes from {#how-sure}
    #
    # Far from the line we're sure; close to it we aren't.  Let $p$ be the probability
    # that a point is blue.  Gamblers speak of *odds*, $p / (1 - p)$: above 1 you'd bet
    # on blue, below 1 on red.
    #
    # Each step away from the line adds to the score $a$.  We let it multiply the odds,
    # as independent pieces of evidence do.  An exponential turns sums into products, so
    # $p / (1 - p) = e^a$.  (Another base would only measure scores in other units.)
    # Solve for $p$, and you get the *sigmoid*:
    #
    # $$p = \frac{e^a}{1 + e^a} = \frac{1}{1 + e^{-a}} = \sigma(a)$$
    #
    # On the line the score is 0, and the probability one half.  The probability of red
    # is $1 - \frac{e^a}{1 + e^a} = \frac{1}{1 + e^a}$, which is $\sigma(-a)$: change
    # the sign of the score, and the colors change places.
    #
    # ![An S: close to 0 far to the left, one half at 0, close to 1 far to the
    # right.](part2-sigmoid.svg "A few steps from the line, the answer is nearly
    # certain.")

    def paint(axes):
        a = np.linspace(-8, 8, 161)
        axes.plot(a, 1 / (1 + np.exp(-a)), color=BLUE, linewidth=2)
        axes.set(xlabel="score $a$", ylabel=r"$\sigma(a)$", yticks=[0, 0.5, 1])
        axes.grid(color="#8884", linewidth=0.6)

    save_plot("part2-sigmoid", paint, 5, 2.8)

    # Weights, a bias and a sigmoid: that's a *perceptron*.  What does ours say about
    # the point $(3, 2)$, whose score is $3 + 2 = 5$?  And about three points at once,
    # one in each row?
    #
    #     0.99330715
    #     [0.00669285 0.5        0.99330715]

    p = graph.sigmoid(score, name="p")
    session = Session(graph)
    print(session.run(p, {X: [[3, 2]]})[0, 0].round(8))
    print(session.run(p, {X: [[-3, -2], [1, -1], [3, 2]]})[:, 0].round(8))

    # The graph doesn't care how many rows there are.  It adds the bias to each.
    #
    # ![X and w go into a matrix product, b is added, and a sigmoid turns the score into
    # p.](part2-perceptron.svg "A perceptron is three operations.")

    save_graph("part2-perceptron", [p])

    # For a score of $-1000$, $e^{-a}$ overflows to infinity.  The sigmoid survives
    # that, because $1 / \infty$ is 0.  The *softplus* $\ln(1 + e^a)$, whose derivative
    # is the sigmoid, doesn't: [Exercise 9](exercises/ex09_softplus.py) asks you to
    # rescue it.


def many_classes():
    # ## From two classes to many: the softmax {#more-than-two}
    #
    # With $C$ classes we need $C$ scores, one from each column of a matrix $W$, and a
    # bias for each.  For $N$ points of $d$ coordinates, in the rows of $X$:
    #
    # $$X \in \mathbb{R}^{N \times d} \qquad W \in \mathbb{R}^{d \times C} \qquad
    # b \in \mathbb{R}^C$$
    #
    # As before, the odds between two classes are the exponential of the difference of
    # their scores, $p_i / p_k = e^{a_i - a_k}$.  So all $p_j$ are $e^{a_j}$ times one
    # common factor, and since they sum to 1, we know the factor.  That's the *softmax*:
    #
    # $$p = \mathrm{softmax}(X W + b) \qquad
    # p_{ij} = \frac{e^{a_{ij}}}{\sum_k e^{a_{ik}}}
    # \quad\text{with}\quad a = X W + b$$
    #
    # Let's choose weights for three clouds, around $(-2, 0)$, $(2, 0)$ and $(0, 3)$.  A
    # score that grows toward a point $m$ has the weights $m$.  Give it the bias
    # $-\frac{1}{2} m^T m$: then $m^T x - \frac{1}{2} m^T m$ is $\frac{1}{2} x^T x$
    # minus half the squared distance from $x$ to $m$.  So two scores are equal halfway
    # between their points.
    #
    # We ask about a point in the middle of its cloud, one between two clouds, and one
    # between all three:
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

    # ![Three areas that meet in a point, one around each of three
    # crosses.](part2-classes.svg "Dark: nearly certain.  Pale: two or three classes are
    # equally likely.")

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
    # ## Two scores are one too many {#what-may-surprise-two-scores-are-one-too-many}
    #
    # For two classes PyTorch offers you both: `CrossEntropyLoss` with two scores, or
    # `BCEWithLogitsLoss` with one.  Which is right?  Divide numerator and denominator
    # of the softmax by the numerator:
    #
    # $$p_1 = \frac{e^{a_1}}{e^{a_0} + e^{a_1}} = \frac{1}{1 + e^{-(a_1 - a_0)}} =
    # \sigma(a_1 - a_0)$$
    #
    # Only the difference of the scores matters.  So a softmax of two is a perceptron
    # with the weights $W_{:1} - W_{:0}$, the second column minus the first, and the
    # bias $b_1 - b_0$.  We try random weights, and print the largest difference between
    # the two answers:
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

    # Both classes are equally likely where
    # $(W_{:1} - W_{:0})^T x + (b_1 - b_0) = 0$.  The line where just one of the scores
    # is 0 is a different one, and means nothing.
    #
    # You can now read the weights of a perceptron, and turn scores into probabilities.
    # Many lines separate our clouds, though.  Which is best?
    # [Part III](course/part3_criterion.py) looks for a number that tells.


def main():
    red, blue = clouds()
    graph, X, score = straight_line(red, blue)
    how_sure(graph, X, score)
    many_classes()
    two_are_one(red, blue)


if __name__ == "__main__":
    main()
