# # Part IV: Gradient descent and backpropagation
#
# We have a loss that says how bad a classifier is.  How do we make it smaller?  By
# going downhill; and a graph can tell where that is.
#
#     python -m course.part4_descent
#
# At the end a line that was chosen at random has found its way between the clouds.

import numpy as np

from course.part2_perceptrons import BLUE, RED, points
from course.plot import save_graph, save_plot
from graph import Graph
from session import Session
from train import AdamOptimizer, GradientDescentOptimizer, MomentumOptimizer


def mountain():
    # ## Down a mountain, in fog
    #
    # We stand on a mountain and see nothing but the ground under our feet.  It slopes:
    # the *derivative* says by how much we rise for a little step to the right.  So we
    # step against it, the further the steeper it is, and look again:
    #
    # $$\theta \leftarrow \theta - \eta\, J'(\theta)$$
    #
    # $\eta$ is the *learning rate*.  This is *gradient descent*.  The mountain here has
    # two valleys, and we start from both sides:

    graph = Graph()
    theta = graph.variable(0.0, name="theta")
    J = graph.add(theta**4 / 4 - 2 * theta**2, theta / 2, name="J")
    (slope,) = graph.gradients(J, [theta])
    step = graph.assign(theta, theta - 0.05 * slope)

    def descend(start, steps=30):
        session = Session(graph)
        session.run(graph.assign(theta, start))
        path = [session.run([theta, J])]
        for _ in range(steps):
            session.run(step)
            path.append(session.run([theta, J]))
        return np.array(path)

    # Where do we end, and how high is it there?
    #
    #     from  2.9 to  1.934, height -3.02
    #     from -2.9 to -2.060, height -5.02
    #     from  0.1 to -2.020, height -5.01

    paths = {start: descend(start) for start in (2.9, -2.9, 0.1)}
    for start, path in paths.items():
        end, height = path[-1]
        print(f"from {start:4} to {end:6.3f}, height {height:.2f}")

    # The valley on the right is a *local minimum*: lower than all around, and not the
    # lowest.  From inside of it every way leads up, and gradient descent stays.
    #
    # ![A curve with two valleys. From the right, dots come down into the upper valley;
    # from the middle, others into the lower one on the left.](part4-mountain.svg)

    def paint(axes):
        at = np.linspace(-3, 3, 121)
        axes.plot(at, at**4 / 4 - 2 * at**2 + at / 2, color="#000000", linewidth=1)
        for start, color in ((2.9, RED), (0.1, BLUE)):
            axes.plot(*paths[start].T, "o-", color=color, markersize=4, linewidth=0.6)
        axes.set(xlabel=r"$\theta$", ylabel="$J$")

    save_plot("part4-mountain", paint, 5.5, 3.2)


def chain_rule():
    # ## The chain rule, along each path
    #
    # A loss depends on many parameters, by way of many operations.  How does it change
    # with one of them?  Along a single path, derivatives multiply: if $b$ changes three
    # times as fast as $a$, and $J$ twice as fast as $b$, then $J$ changes six times as
    # fast as $a$.  Over several paths, the changes add up.  With $\bar n$ for the
    # derivative of $J$ by $n$:
    #
    # $$\bar n = \sum_{m \in \text{consumers}(n)}
    # \bar m\, \frac{\partial m}{\partial n}$$
    #
    # Here `a` acts on $J = b c$ by way of $b = 3 a$ and of $c = a^2$:
    #
    # ![From a to b and to c; from both to J.](part4-paths.svg)

    graph = Graph()
    a = graph.variable(2.0, name="a")
    b = graph.mul(3.0, a, name="b")
    c = graph.square(a, name="c")
    J = graph.mul(b, c, name="J")
    save_graph("part4-paths", [J])

    # We go backwards.  $\bar J = 1$.  $J$ is a product, so $\bar b = c = 4$ and
    # $\bar c = b = 6$.  By way of `b` comes $\bar b \cdot 3 = 12$, by way of `c` comes
    # $\bar c \cdot 2 a = 24$: together 36, which is $9 a^2$, the derivative of $3 a^3$.
    # The graph finds the same:
    #
    #     b 4.0
    #     c 6.0
    #     a 36.0

    for x, gradient in zip([b, c, a], graph.gradients(J, [b, c, a])):
        print(x.name, Session(graph).run(gradient))

    # In which order?  `a` can only be settled when both of its consumers are.  So we go
    # through the operations in reverse topological order, and each has its turn once.
    # This is *backpropagation*; [Graph](graph.py#gradients) has it in full.


def derivatives():
    # ## What each operation hands back
    #
    # For each operation we need one thing: given the gradient $G$ of the loss by its
    # output, what is the gradient by its inputs?
    #
    # | operation | hands back | because |
    # |---|---|---|
    # | $y = a + b$ | $G$ to both | $dy = da + db$ |
    # | $y = -x$ | $-G$ | $dy = -dx$ |
    # | $y = a b$ | $G b$ and $G a$ | $dy = b\,da + a\,db$ |
    # | $y = \ln x$ | $G / x$ | $e^y = x$, so $x\,dy = dx$ |
    # | $y = \sigma(x)$ | $G\, y (1 - y)$ | with $u = e^{-x}$, $dy = y^2 u\,dx$ |
    # | $y = \sum_i x_i$ | $G$ to each | $dy = \sum_i dx_i$ |
    # | $Y = A B$ | $G B^T$ and $A^T G$ | $dY = dA\,B + A\,dB$ |
    #
    # In the fifth row $y = 1 / (1 + u)$, and so $y u = u / (1 + u) = 1 - y$.  The last
    # row is derived element by element [with the matrix
    # product](ops.py#matrix-product).
    #
    # Where an operand was broadcast, it took part several times, and the chain rule
    # adds up: the gradient of a bias is the sum of $G$ over the rows, with the shape of
    # the bias.
    #
    # All this is in `ops.py`, next to what each operation computes.  How do we know
    # that it is right?  A derivative by the book and one by trial must agree.  We move
    # one weight a little to both sides:
    #
    # $$\frac{\partial J}{\partial w} \approx \frac{J(w + h) - J(w - h)}{2 h}$$

    graph = Graph()
    rng = np.random.default_rng(0)
    X, W = rng.normal(size=(5, 3)), graph.variable(rng.normal(size=(3, 2)), name="W")
    b = graph.variable(np.zeros(2), name="b")
    J = graph.mean(graph.square(graph.sigmoid(X @ W + b) - 0.2))
    session = Session(graph)

    def by_trial(variable, h=1e-6):
        value = session.run(variable)
        result = np.zeros_like(value)
        for i in np.ndindex(value.shape):
            move = np.zeros_like(value)
            move[i] = h
            above = session.run(J, {variable: value + move})
            below = session.run(J, {variable: value - move})
            result[i] = (above - below) / (2 * h)
        return result

    # The largest difference, for each element of the weights and of the bias:
    #
    #     W (3, 2) True
    #     b (2,) True

    for variable, gradient in zip([W, b], graph.gradients(J, [W, b])):
        difference = np.abs(session.run(gradient) - by_trial(variable)).max()
        print(variable.name, gradient.shape, difference < 1e-9)


def softmax_and_cross_entropy():
    # ## Why softmax and cross-entropy are one
    #
    # Put the softmax into the cross-entropy of one example.  With $s$ for the sum of
    # the exponentials, $\ln p_j = a_j - \ln s$, and since the label $c$ sums to 1:
    #
    # $$J = -\sum_j c_j \ln p_j = -\sum_j c_j a_j + \ln \sum_k e^{a_k}$$
    #
    # Two things come of it.  First, the *log-sum-exp* can be computed without overflow:
    # take the largest score $m$ out of it.  No exponential is above 1 then, and one of
    # them is 1:
    #
    # $$\ln \sum_k e^{a_k} = m + \ln \sum_k e^{a_k - m}$$
    #
    # Second, the derivative is as simple as can be.  $-\sum_j c_j a_j$ has $-c_j$, and
    # the logarithm has $e^{a_j} / s$, which is $p_j$:
    #
    # $$\frac{\partial J}{\partial a_j} = p_j - c_j$$
    #
    # How far the answer is from the truth, and nothing else.  For three examples, whose
    # mean is the loss, each row has a third of that:
    #
    #     [[ 0.09   0.244 -0.333]
    #      [-0.197  0.151  0.046]
    #      [ 0.    -0.333  0.333]]
    #     True

    graph = Graph()
    scores = graph.constant([[1.0, 2.0, -5.0], [0.0, 0.1, -1.1], [0.0, -900.0, 900.0]])
    labels = graph.one_hot([2, 0, 1], 3)
    J = graph.softmax_cross_entropy(scores, labels)
    (gradient,) = graph.gradients(J, [scores])
    by_hand = (graph.softmax(scores) - labels) / 3
    ours, other = Session(graph).run([gradient, by_hand])
    print(ours.round(3) + 0.0)
    print(np.allclose(ours, other, rtol=0, atol=1e-12))


def training():
    # ## Training a perceptron
    #
    # Now the clouds of [Part II](course/part2_perceptrons.py).  The weights start at
    # random; an optimizer adds to the graph what takes a step downhill for all
    # parameters at once, and we run it.

    red, blue = points()
    graph = Graph()
    X = graph.constant(np.concatenate([red, blue]), name="X")
    labels = graph.constant(np.repeat([[1, 0], [0, 1]], 50, axis=0), name="labels")
    rng = np.random.default_rng(3)
    W = graph.variable(rng.normal(size=(2, 2)), name="W")
    b = graph.variable(np.zeros(2), name="b")
    scores = graph.add(X @ W, b, name="scores")
    J = graph.softmax_cross_entropy(scores, labels, name="J")
    step = GradientDescentOptimizer(0.3).minimize(J)
    hits = graph.equal(graph.argmax(scores, axis=1), graph.argmax(labels, axis=1))
    accuracy = graph.mean(hits)

    # After 0, 1, 2, 5, 20 and 100 steps:
    #
    #       0: J 10.8425, right 0%
    #       1: J 6.4491, right 3%
    #       2: J 2.4922, right 20%
    #       5: J 0.1746, right 90%
    #      20: J 0.0432, right 99%
    #     100: J 0.0174, right 99%

    session, lines = Session(graph), {}
    for n in range(101):
        if n in (0, 1, 2, 5, 20, 100):
            loss, right, *lines[n] = session.run([J, accuracy, W, b])
            print(f"{n:3}: J {loss:.4f}, right {right:2.0%}")
        session.run(step)

    # The line between the classes is where both scores are the same,
    # $(W_{:1} - W_{:0})^T x + b_1 - b_0 = 0$.  Here it is after each of these numbers
    # of steps, the later the darker:
    #
    # ![The clouds, and lines that turn from across them to between
    # them.](part4-lines.svg)

    def paint(axes):
        axes.scatter(*red.T, color=RED, marker="o", s=14)
        axes.scatter(*blue.T, color=BLUE, marker="^", s=14)
        for i, (W, b) in enumerate(lines.values()):
            w, c = W[:, 1] - W[:, 0], b[1] - b[0]
            foot = -c * w / (w @ w)
            other = foot + [-w[1], w[0]]
            axes.axline(foot, other, color="#000000", alpha=(i + 1) / len(lines))
        axes.set(xlim=(-5, 5), ylim=(-5, 5), xlabel="$x_1$", ylabel="$x_2$")
        axes.set_aspect("equal")

    save_plot("part4-lines", paint, 4.6, 4.2)


def valley():
    # ## Momentum, and Adam
    #
    # A loss is often a narrow valley, here twenty times as steep across as it is along.
    # The steepest way down leads across it, not along.  So gradient descent jumps from
    # side to side, and gets on slowly.  *Momentum* lets the step remember the ones
    # before: across, they cancel, and along, they add up.  *Adam* gives each parameter
    # a step of about the same size, however steep it is.  [Optimizers](train.py) has
    # their formulas.

    start, steepness = np.array([-4.0, 1.0]), np.array([0.05, 1.0])

    def path(optimizer):
        graph = Graph()
        theta = graph.variable(start, name="theta")
        J = graph.sum(graph.square(theta) * steepness)
        step, session = optimizer.minimize(J), Session(graph)
        return np.array([session.run([theta, step])[0] for _ in range(26)])

    # How high we are after 25 steps:
    #
    #     gradient descent 0.00718
    #     momentum         0.00013
    #     Adam             0.00015

    optimizers = {
        "gradient descent": GradientDescentOptimizer(0.9),
        "momentum": MomentumOptimizer(0.5, 0.6),
        "Adam": AdamOptimizer(0.5, beta1=0.7),
    }
    paths = {name: path(optimizer) for name, optimizer in optimizers.items()}
    for name, way in paths.items():
        print(f"{name:16} {(way[-1] ** 2 * steepness).sum():.5f}")

    # ![Contours of a long valley; gradient descent zigzags across it, momentum swings
    # into it and runs along, Adam goes diagonally.](part4-valley.svg)

    def paint(axes):
        x, y = np.meshgrid(np.linspace(-4.5, 2, 80), np.linspace(-1.5, 1.5, 60))
        height = np.round(steepness[0] * x**2 + steepness[1] * y**2, 6)
        axes.contour(x, y, height, levels=8, colors="#8888", linewidths=0.7)
        colors = (RED, BLUE, "#2a9d5c")
        for (name, way), color, mark in zip(paths.items(), colors, "osv"):
            axes.plot(*way.T, f"{mark}-", color=color, markersize=3, label=name)
        axes.set(xlabel=r"$\theta_0$", ylabel=r"$\theta_1$")
        axes.legend(frameon=False, loc="lower right")

    save_plot("part4-valley", paint, 6, 3.4)


def surprise():
    # ## What may surprise: a rate that is too large
    #
    # On $J = \theta^2$ the slope is $2 \theta$, and a step makes $(1 - 2 \eta)\,\theta$
    # of $\theta$.  At $\eta = 0.5$ one step is enough.  Beyond 1 the factor is below
    # $-1$: each step jumps across the valley, and lands higher than it was.
    #
    #     0.1 [1.   0.8  0.64 0.51 0.41]
    #     0.5 [1. 0. 0. 0. 0.]
    #     0.9 [ 1.   -0.8   0.64 -0.51  0.41]
    #     1.1 [ 1.   -1.2   1.44 -1.73  2.07]

    for rate in (0.1, 0.5, 0.9, 1.1):
        graph = Graph()
        theta = graph.variable(1.0)
        step = GradientDescentOptimizer(rate).minimize(graph.square(theta))
        session = Session(graph)
        way = np.array([session.run([theta, step])[0] for _ in range(5)])
        print(rate, way.round(2) + 0.0)

    # And this is why the loss is a mean: the slope of a sum over $N$ examples is $N$
    # times as large, and so is the step, so that a good rate for fifty of them would
    # jump out of the valley for a thousand.


def main():
    mountain()
    chain_rule()
    derivatives()
    softmax_and_cross_entropy()
    training()
    valley()
    surprise()


if __name__ == "__main__":
    main()
