# # Part V: Multi-layer perceptrons
#
# A perceptron draws one straight line, and most questions need more than one.  The
# cure is a *hidden layer*, two lines of code in PyTorch.  But how many units should it
# have?  Why must they start at random?  And why do some networks never learn, however
# long you train them?
#
#     python -m course.part5_layers
#
# To find out, we train three hundred small networks, which takes a few seconds.

import numpy as np

from course.plot import BLUE, DARK, GREEN, RED, draw_line, save_graph, save_plot
from graph import Graph
from session import Session
from train import GradientDescentOptimizer

CORNERS = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])


def points():
    """A hundred points, of shape (100, 2), and their classes: 0 is red, 1 is blue."""
    rng = np.random.default_rng(0)
    around = np.repeat(CORNERS, 25, axis=0)
    return around + 0.2 * rng.normal(size=(100, 2)), np.repeat([0, 0, 1, 1], 25)


def draw_points(axes, examples, classes):
    edge = {"edgecolors": "#ffffff", "linewidths": 0.5}
    for which, color, marker in ((0, RED, "o"), (1, BLUE, "^")):
        at = examples[classes == which].T
        axes.scatter(*at, 22, color=color, marker=marker, **edge)
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")


def four_clouds():
    # ## Four clouds that no line can separate {#four-clouds}
    #
    # We scatter twenty-five points around each corner of a square.  A point is blue if
    # exactly *one* of its coordinates is large, and red otherwise: it's [XOR](main.py)
    # with noise.
    #
    # ![Red points at the lower left and the upper right of a square, blue ones at its
    # other two corners.](part5-clouds.svg "Any line leaves at least one cloud on the
    # wrong side.")

    examples, classes = points()

    def paint(axes):
        draw_points(axes, examples, classes)

    save_plot("part5-clouds", paint, 4.4, 3.8)

    # What does the perceptron of [Part IV](course/part4_descent.py) make of them?  We
    # train it from three different starts.
    #
    #     L 0.6925, right 53%
    #     L 0.6925, right 53%
    #     L 0.6925, right 53%

    rng = np.random.default_rng(0)
    for _ in range(3):
        graph = Graph()
        W = graph.variable(rng.normal(size=(2, 2)), name="W")
        b = graph.variable(np.zeros(2), name="b")
        scores = graph.constant(examples) @ W + b
        L = graph.softmax_cross_entropy(scores, classes)
        right = share_right(graph, scores, classes)
        step, session = GradientDescentOptimizer(0.5).minimize(L), Session(graph)
        for _ in range(2000):
            session.run(step)
        print("L {:.4f}, right {:.0%}".format(*session.run([L, right])))

    # Each start ends in the same place, hardly better than a shrug: answering one half
    # for every point has the loss $\ln 2 = 0.693$.  A line with three clouds on the
    # correct side would get 75 points right.  But it would be just as sure about the
    # other 25, and they would cost more than the 75 save.
    return examples, classes


def share_right(graph, scores, labels):
    """The share of examples whose largest score belongs to their label.

    Labels are class numbers, of shape (..., examples); scores are of shape (...,
    examples, classes).
    """
    return graph.mean(graph.equal(graph.argmax(scores, axis=-1), labels), axis=-1)


def network(graph, X, W0, b0, W1, b1):
    """The hidden units of each row of X, and its scores.

    X is of shape (examples, inputs), W0 (inputs, units), b0 (units,), W1 (units,
    classes), b1 (classes,).
    """
    hidden = graph.sigmoid(X @ W0 + b0, name="hidden")
    return hidden, graph.add(hidden @ W1, b1, name="scores")


def by_hand(examples, classes):
    # ## Two lines, and one to combine them {#two-lines-and-one-more}
    #
    # Let's split the question.  Is at least one coordinate large?  Are both?  A
    # straight line can answer each.  A point is blue if the answers are yes and no, and
    # a perceptron can decide that as well, given the two answers instead of the
    # coordinates.
    #
    # So two perceptrons look at the point, and a third looks at those two.  The first
    # two are *hidden units*, and together they form the *hidden layer* $h$:
    #
    # $$h = \sigma(X W_0 + b_0) \qquad p = \mathrm{softmax}(h W_1 + b_1)$$
    #
    # We can write down weights without any training.  The first column of $W_0$ asks
    # whether $x_1 + x_2$ is above one half, the second whether it's above one and a
    # half.  The score of blue is large if the first answer is yes and the second is no.
    # `network`, above, is this formula without the softmax.

    graph = Graph()
    X = graph.placeholder((None, 2), name="X")
    W0 = graph.variable([[20, 20], [20, 20]], name="W0")
    b0 = graph.variable([-10, -30], name="b0")
    W1 = graph.variable([[0, 20], [0, -20]], name="W1")
    b1 = graph.variable([0, -10], name="b1")
    hidden, scores = network(graph, X, W0, b0, W1, b1)
    p = graph.softmax(scores, name="p")

    # For each corner we print the answers of the two hidden units and the probability
    # of blue; then the share of all points that the network gets right.
    #
    #     [0. 0.] hidden [0. 0.] blue 0.0
    #     [1. 1.] hidden [1. 1.] blue 0.0
    #     [0. 1.] hidden [1. 0.] blue 1.0
    #     [1. 0.] hidden [1. 0.] blue 1.0
    #     right 93%

    session = Session(graph)
    print_corners(session, X, hidden, p)
    right = share_right(graph, scores, classes)
    print(f"right {session.run(right, {X: examples}):.0%}")

    # ![X and W0 into a product, plus b0, a sigmoid named hidden; the same again with W1
    # and b1, then a softmax named p.](part5-network.svg "Two layers of the same form:
    # a product, a bias, a function.")

    save_graph("part5-network", [p])

    # It all depends on the sigmoid between the layers.  Leave it out, and two layers
    # collapse into one with other weights:
    #
    # $$(X W_0 + b_0) W_1 + b_1 = X (W_0 W_1) + (b_0 W_1 + b_1)$$
    #
    # ? Could ten layers without a sigmoid draw anything but a straight line?
    #
    # ! No.  The formula turns two layers into one, so nine uses of it turn ten layers
    # into one.


def print_corners(session, X, hidden, p):
    answers = session.run([hidden, p], {X: CORNERS})
    for corner, h, (_, blue) in zip(CORNERS, *answers):
        print(corner, "hidden", h.round(2), "blue", blue.round(2))


def training(examples, classes):
    # ## Gradient descent finds lines of its own {#letting-it-find-the-lines}
    #
    # With real data we can't write down weights, so we start with random ones.  Here is
    # a network of four hidden units after 0, 100, 200 and 500 steps:
    #
    #       0: L 1.0372, right 50%
    #     100: L 0.1781, right 98%
    #     200: L 0.0638, right 100%
    #     500: L 0.0229, right 100%

    rng = np.random.default_rng(2)
    graph = Graph()
    X = graph.placeholder((None, 2), name="X")
    W0 = graph.variable(rng.normal(size=(2, 4)), name="W0")
    b0 = graph.variable(np.zeros(4), name="b0")
    W1 = graph.variable(rng.normal(size=(4, 2)), name="W1")
    b1 = graph.variable(np.zeros(2), name="b1")
    _, scores = network(graph, X, W0, b0, W1, b1)
    labels = graph.placeholder((None,), dtype=int, name="labels")
    L = graph.softmax_cross_entropy(scores, labels)
    right = share_right(graph, scores, labels)
    step = GradientDescentOptimizer(2.0).minimize(L)

    session, feeds = Session(graph), {X: examples, labels: classes}
    for n in range(501):
        if n in (0, 100, 200, 500):
            loss, share = session.run([L, right], feeds)
            print(f"{n:3}: L {loss:.4f}, right {share:.0%}")
        session.run(step, feeds)

    # What does it say about the rest of the plane?  On each thin line one of the hidden
    # units is one half.  A red band runs through both red clouds.  Beyond its lower
    # end, where there has never been a point, the network is confident of blue:
    #
    #     at (-1.5, -1.5) blue 0.92
    #
    # ![A red band that runs through the two red clouds and ends below them, blue
    # around it; four thin lines across.](part5-map.svg "Lower left: a confident answer
    # where there are no data.")
    #
    # Hold on to this: a network sounds sure even far from anything it has seen.

    p = graph.softmax(scores)
    print(f"at (-1.5, -1.5) blue {session.run(p, {X: [[-1.5, -1.5]]})[0, 1]:.2f}")
    draw_map("part5-map", session, X, p, (W0, b0), examples, classes)


def draw_map(name, session, X, p, lines, examples, classes):
    """Draw the probability of blue over a square, and where $x W_0 + b_0 = 0$."""
    side = np.linspace(-2, 2, 41)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    blue = session.run(p, {X: grid})[:, 1].reshape(41, 41).round(4)
    W0, b0 = session.run(lines)

    def paint(axes):
        levels = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
        colors = [RED, "#e38f9a", "#f3cfd4", "#cfe0f4", "#86b3e6", BLUE]
        filled = axes.contourf(side, side, blue, levels, colors=colors)
        axes.figure.colorbar(filled, ticks=levels, label="probability of blue")
        draw_points(axes, examples, classes)
        for w, b in zip(W0.T, b0):
            draw_line(axes, w, b, linewidth=0.8, color=DARK)
        axes.set(xlim=(-2, 2), ylim=(-2, 2))

    save_plot(name, paint, 5.4, 4.2)


def how_many(examples, classes):
    # ## How many hidden units?
    #
    # Two are enough: we've written them down.  But does gradient descent find them?
    # One start can't tell, so we try a hundred, each with two, four and eight units.
    #
    # All hundred train at once.  Their weights lie in one tensor with an extra axis in
    # front, and a product of stacks multiplies matrix by matrix, as `torch.bmm` does;
    # `network` doesn't change.  We add up the hundred losses.  Each depends on its own
    # weights only, so each network gets its own gradient.

    def train(units):
        rng = np.random.default_rng(1)
        graph = Graph()
        X = graph.placeholder((None, 2), name="X")
        W0 = graph.variable(rng.normal(size=(100, 2, units)), name="W0")
        b0 = graph.variable(np.zeros((100, 1, units)), name="b0")
        W1 = graph.variable(rng.normal(size=(100, units, 2)), name="W1")
        b1 = graph.variable(np.zeros((100, 1, 2)), name="b1")
        _, scores = network(graph, X, W0, b0, W1, b1)
        labels = np.tile(classes, (100, 1))
        each = graph.softmax_cross_entropy(scores, labels, mean=False)
        L = graph.sum(graph.mean(each, axis=-1))
        right = share_right(graph, scores, labels)
        p = graph.softmax(scores, name="p")
        step, session = GradientDescentOptimizer(2.0).minimize(L), Session(graph)
        for _ in range(500):
            session.run(step, {X: examples})
        right = session.run(right, {X: examples})
        return right, session.run([p, W0, b0, W1, b1], {X: CORNERS})

    # How many of the hundred get at least 95 of the 100 points right, and how many are
    # stuck below 85?
    #
    #     2 units: 72 have learned, 25 are stuck
    #     4 units: 100 have learned, 0 are stuck
    #     8 units: 100 have learned, 0 are stuck

    trained = {units: train(units) for units in (2, 4, 8)}
    for units, (right, _) in trained.items():
        learned, stuck = (right >= 0.95).sum(), (right < 0.85).sum()
        print(f"{units} units: {learned} have learned, {stuck} are stuck")

    # So we want more units than the solution needs, in order to find it.  (The exact
    # counts depend on the points, the learning rate and the size of the first weights.)
    #
    # ![The share of points that are right for each of a hundred starts, sorted: with
    # two units a quarter of the starts lies between 62 and 72 percent; with four and
    # eight units, all are at 95 or more.](part5-units.svg "With two units, a quarter of
    # the starts ends far below the rest.")

    def paint(axes):
        marks = {2: (RED, "o"), 4: (BLUE, "^"), 8: (GREEN, "s")}
        for units, (color, mark) in marks.items():
            right, label = np.sort(trained[units][0]), f"{units} units"
            axes.plot(right, mark, color=color, fillstyle="none", ms=4, label=label)
        axes.set(xlabel="starts, from worst to best", ylabel="share that is right")
        axes.legend(frameon=False)

    save_plot("part5-units", paint)
    return trained[2]


def stuck(trained, examples, classes):
    # ## Why do two units get stuck? {#why-two-get-stuck}
    #
    # For how many corners does each stuck network answer about one half?
    #
    #     of 2 corners: 24 networks
    #     of 4 corners: 1 networks

    right, (p, *parameters) = trained
    at = np.flatnonzero(right < 0.85)
    undecided = (abs(p[at, :, 1] - 0.5) < 0.2).sum(axis=1)
    for corners, networks in zip(*np.unique(undecided, return_counts=True)):
        print(f"of {corners} corners: {networks} networks")

    # Does patience help?  We train the first of them for twenty thousand more steps,
    # and the loss only creeps toward half of $\ln 2$.
    #
    #         0 steps: 0.383
    #      1000 steps: 0.368
    #     20000 steps: 0.353
    #     half of ln 2: 0.347

    graph = Graph()
    X = graph.placeholder((None, 2), name="X")
    W0, b0, W1, b1 = (graph.variable(values[at[0]]) for values in parameters)
    hidden, scores = network(graph, X, W0, b0, W1, b1)
    L = graph.softmax_cross_entropy(scores, classes)
    step = GradientDescentOptimizer(2.0).minimize(L)
    session, losses = Session(graph), []
    for _ in range(20_001):
        losses.append(session.run([L, step], {X: examples})[0])
    for n in (0, 1000, 20_000):
        print(f"{n:5} steps: {losses[n]:.3f}")
    print(f"half of ln 2: {np.log(2) / 2:.3f}")

    # What do its hidden units answer at the four corners?
    #
    #     [0. 0.] hidden [0.   0.99] blue 0.0
    #     [1. 1.] hidden [0. 0.] blue 0.5
    #     [0. 1.] hidden [1.   0.63] blue 1.0
    #     [1. 0.] hidden [0. 0.] blue 0.5

    p = graph.softmax(scores)
    print_corners(session, X, hidden, p)

    # At $(1, 1)$, which is red, and at $(1, 0)$, which is blue, both units say no.  The
    # layer behind them can't tell these corners apart, and answers one half to both.
    # So half of the points cost $\ln 2$ each, and the rest almost nothing.
    #
    # To get out, a unit would have to change its answer at one of the two.  But the
    # gradient with respect to its weighted sum has the factor $h (1 - h)$, the slope of
    # the sigmoid, and where $h$ is almost 0 so is the slope.  The unit should change,
    # and hardly any signal tells it so: this is a *vanishing gradient*.
    #
    # ![The map of this network: the two clouds on the right, a red one and a blue one,
    # are on the same side of both lines, in an area that gets about one
    # half.](part5-stuck.svg "Both clouds on the right lie on the same side of both
    # lines.")

    lines = W0, graph.reshape(b0, (2,))
    draw_map("part5-stuck", session, X, p, lines, examples, classes)

    # ? The slope $h (1 - h)$ is never above one quarter.  What do the slopes of ten
    # sigmoid layers leave of a gradient, at most?
    #
    # ! $4^{-10}$ of it, about one millionth.  That's why
    # [Part V b](course/part5b_digits.py) takes another function.


def symmetry(examples, classes):
    # ## Why start at random? {#why-at-random}
    #
    # Suppose you give all units the same weights, in and out.  They compute the same
    # value, so they get the same gradient, take the same step, and stay the same.  Here
    # are four such units after 2,000 steps: one unit, four times over, and so one line.
    #
    #     [[4.51 4.51 4.51 4.51]
    #      [4.25 4.25 4.25 4.25]]
    #     right 73%

    graph = Graph()
    W0 = graph.variable(np.full((2, 4), 0.5), name="W0")
    b0 = graph.variable(np.zeros(4), name="b0")
    W1 = graph.variable(np.tile([[0.5, -0.5]], (4, 1)), name="W1")
    b1 = graph.variable(np.zeros(2), name="b1")
    _, scores = network(graph, graph.constant(examples), W0, b0, W1, b1)
    L = graph.softmax_cross_entropy(scores, classes)
    right = share_right(graph, scores, classes)
    step, session = GradientDescentOptimizer(2.0).minimize(L), Session(graph)
    for _ in range(2000):
        session.run(step)
    print(session.run(W0).round(2))
    print(f"right {session.run(right):.0%}")

    # ? And if all weights and biases start at 0?
    #
    # ! Then nothing ever moves.  All units and all probabilities are one half.  No
    # gradient gets back through $W_1 = 0$; and in the gradients of $W_1$ and $b_1$ the
    # 50 red and the 50 blue points cancel.
    #
    # You can now say what a hidden layer is for, why it starts at random, and how it
    # gets stuck.  Each step here relied on `Graph.gradients`, and
    # [Exercise 15](exercises/ex15_backpropagation.py) asks you to write it yourself.
    # Next, the two layers read [handwritten digits](course/part5b_digits.py).


def main():
    examples, classes = four_clouds()
    by_hand(examples, classes)
    training(examples, classes)
    trained = how_many(examples, classes)
    stuck(trained, examples, classes)
    symmetry(examples, classes)


if __name__ == "__main__":
    main()
