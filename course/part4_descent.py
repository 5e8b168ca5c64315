# # Part IV: Gradient descent and backpropagation
#
# We have a loss that says how bad a classifier is.  How do we make it smaller?  By
# going downhill; and a graph can tell where that is.
#
#     python -m course.part4_descent
#
# At the end a line that was chosen at random has found its way between the clouds.

import numpy as np

from course.part2_perceptrons import draw_clouds, points
from course.plot import BLUE, GREEN, RED, draw_line, save_graph, save_plot
from gradients import topological_order
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
    # $\eta$ is the *learning rate*.  This is *gradient descent*.  The mountain here is
    # $J = \frac{1}{4} \theta^4 - 2 \theta^2 + \frac{1}{2} \theta$, which has two
    # valleys.  We start on both sides, and near the top between them:

    graph = Graph()
    theta = graph.variable(0.0, name="theta")
    J = graph.add(theta**4 / 4 - 2 * theta**2, theta / 2, name="J")
    (slope,) = graph.gradients(J, [theta])
    step = graph.assign(theta, theta - 0.05 * slope)
    place = graph.placeholder((), name="place")
    put = graph.assign(theta, place)

    def descend(start, steps=30):
        session = Session(graph)
        session.run(put, {place: start})
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
    # lowest.  From inside of it every way leads up, and gradient descent stays.  Near
    # the top it is almost flat, and the first steps are short: from there, thirty do
    # not quite arrive.
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
    # A loss depends on many *parameters*, the variables that we train, by way of many
    # operations.  How does it change with one of them?  Along a single path,
    # derivatives multiply: if $b$ changes three times as fast as $a$, and $J$ twice as
    # fast as $b$, then $J$ changes six times as fast as $a$.  Over several paths, the
    # changes add up.  We write $\frac{\partial m}{\partial n}$ for the derivative of
    # $m$ by $n$ alone, all other inputs of $m$ held still, and $\bar n$ for the
    # derivative of $J$ by $n$ along all paths, the *gradient* of $J$ by $n$.  The
    # consumers of $n$ are the operations that $n$ is an input of, here called by their
    # outputs:
    #
    # $$\bar n = \sum_{m \in \text{consumers}(n)}
    # \bar m\, \frac{\partial m}{\partial n}$$
    #
    # Here `a` acts on $J = a c$ directly, and by way of $b = 3 a$ and $c = b^2$:
    #
    # ![From a to J, and from a to b, to c, and to J.](part4-paths.svg)

    graph = Graph()
    a = graph.variable(2.0, name="a")
    b = graph.mul(3.0, a, name="b")
    c = graph.square(b, name="c")
    J = graph.mul(a, c, name="J")
    save_graph("part4-paths", [J])

    # We go backwards.  $\bar J = 1$.  $J$ is a product, so $\bar c = a = 2$, and then
    # $\bar b = \bar c \cdot 2 b = 24$.  On the direct path to `a` there is $c = 36$, by
    # way of `b` there is $\bar b \cdot 3 = 72$: together 108, which is $27 a^2$, the
    # derivative of $9 a^3$.  The graph finds the same:
    #
    #     c 2.0
    #     b 24.0
    #     a 108.0

    for x, gradient in zip([c, b, a], graph.gradients(J, [c, b, a])):
        print(x.name, Session(graph).run(gradient))

    # In which order?  `a` can only be settled when both of its consumers are.  Whoever
    # goes level by level comes to `a` by the short path, and moves on with 36, before
    # the long one has arrived.  So we go through the operations in reverse topological
    # order: each has its turn once, after all its consumers.  It is given the gradient
    # by its output, and hands back its share of that by each input.  This is
    # *backpropagation*:

    def gradients(y, xs):
        found = {y: y.graph.constant(1.0)}
        for op in reversed(list(topological_order([y]))):
            for x, share in zip(op.inputs, op.gradient(found[op.output])):
                found[x] = found[x] + share if x in found else share
        return [found[x] for x in xs]

    #     2.0 24.0 108.0

    print(*[Session(graph).run(gradient) for gradient in gradients(J, [c, b, a])])

    # Shares are tensors, and so are gradients: what was added to the graph can be run,
    # drawn, and differentiated again.  `Graph.gradients` does the same, also where $J$
    # is no number, where an input does not lead to it, and where shapes were broadcast.
    # And what does it cost?  Each operation has one turn, with one share for each
    # input, however many parameters there are.  (To go the other way, from an input to
    # all that depends on it, is *forward mode*.  It takes a run for each parameter.)


def derivatives():
    # ## What each operation hands back
    #
    # For each operation we need one thing: given the gradient $G$ of the loss by its
    # output, what is the gradient by its inputs?
    #
    # | operation | hands back | because |
    # |---|---|---|
    # | $y = a + b$ | $G$ and $G$ | $dy = da + db$ |
    # | $y = a - b$ | $G$ and $-G$ | $dy = da - db$ |
    # | $y = -x$ | $-G$ | $dy = -dx$ |
    # | $y = a b$ | $G b$ and $G a$ | $dy = b\,da + a\,db$ |
    # | $y = x^2$ | $2 G x$ | $dy = x\,dx + x\,dx$ |
    # | $y = e^x$ | $G\, y$ | $dy = y\,dx$ |
    # | $y = \ln x$ | $G / x$ | $e^y = x$, so $x\,dy = dx$ |
    # | $y = 1 / x$ | $-G\, y^2$ | $x y = 1$, so $y\,dx + x\,dy = 0$ |
    # | $y = \sigma(x)$ | $G\, y (1 - y)$ | see below |
    # | $y = \mathrm{relu}(x)$ | $G$ where $x > 0$, else 0 | $dy = dx$, or 0 |
    # | $y = \sum_i x_i$ | $G$ to each $x_i$ | $dy = \sum_i dx_i$ |
    # | $y_i = \sum_j x_{ij}$ | $G_i$ to each $x_{ij}$ | $dy_i = \sum_j dx_{ij}$ |
    # | $y = \mathrm{softmax}(x)$ | $(G - \sum_i G_i y_i)\, y$ | see below |
    # | $Y = A B$ | $G B^T$ and $A^T G$ | see below |
    #
    # *Sigmoid.*  With $u = e^{-x}$ it is $y = 1 / (1 + u)$.  Then $du = -u\,dx$ and
    # $dy = -y^2\,du = y^2 u\,dx$; and $y u = u / (1 + u) = 1 - y$.
    #
    # *Softmax.*  $\ln y_i = x_i - \ln s$ with $s = \sum_k e^{x_k}$, and
    # $d \ln s = \frac{1}{s} \sum_k e^{x_k}\,dx_k = \sum_k y_k\,dx_k$.  So
    # $dy_i = y_i (dx_i - \sum_k y_k\,dx_k)$.  In $\sum_i G_i\,dy_i$, what multiplies
    # $dx_j$ is
    #
    # $$\bar x_j = G_j y_j - \sum_i G_i y_i y_j = \Big(G_j - \sum_i G_i y_i\Big)\, y_j$$
    #
    # *Matrix product.*  $Y_{ij} = \sum_k A_{ik} B_{kj}$, so $A_{ik}$ acts on all of row
    # $i$ of $Y$, on $Y_{ij}$ by way of $B_{kj}$; and $B_{kj}$ acts on all of column
    # $j$, on $Y_{ij}$ by way of $A_{ik}$:
    #
    # $$\bar A_{ik} = \sum_j G_{ij} B_{kj} = (G B^T)_{ik} \qquad
    # \bar B_{kj} = \sum_i A_{ik} G_{ij} = (A^T G)_{kj}$$
    #
    # *Broadcasting.*  An operand that was broadcast took part several times, and the
    # chain rule adds up: the gradient of a bias is the sum of $G$ over the rows, with
    # the shape of the bias.
    #
    # All this is in [Operations](ops.py), next to what each operation computes.  How do
    # we know that it is right?  A derivative by the book and one by trial must agree.
    # We move one weight a little to both sides:
    #
    # $$\frac{\partial J}{\partial w} \approx \frac{J(w + h) - J(w - h)}{2 h}$$

    graph = Graph()
    rng = np.random.default_rng(0)
    X, W = rng.normal(size=(5, 3)), graph.variable(rng.normal(size=(3, 2)), name="W")
    b = graph.variable(np.zeros(2), name="b")
    J = graph.mean(graph.square(graph.sigmoid(X @ W + b) - 0.2))
    session = Session(graph)

    # A variable can be fed, too, for one run:

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

    # Is the largest difference, over all elements of the weights and of the bias, below
    # $10^{-9}$?  And is it for a gradient that is wrong by a thousandth?
    #
    #     W (3, 2) True False
    #     b (2,) True False

    for variable, gradient in zip([W, b], graph.gradients(J, [W, b])):
        right, other = session.run(gradient), by_trial(variable)
        agree = [np.abs(g - other).max() < 1e-9 for g in (right, 1.001 * right)]
        print(variable.name, gradient.shape, *agree)


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
    print(ours.round(3) + 0.0)  # which makes 0.0 of -0.0
    print(np.allclose(ours, other, rtol=0, atol=1e-12))

    # [Exercise 2](exercises/ex02_cross_entropy.py) asks for both in NumPy, right for
    # the largest scores too.


def training():
    # ## Training a perceptron
    #
    # Now the clouds of [Part II](course/part2_perceptrons.py).  The weights start at
    # random.  An *optimizer* adds to the graph what we did at the mountain, an `assign`
    # for each parameter, all in one step, and we run it.

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

    # After 0, 1, 2, 5, 20, 100 and 1,000 steps:
    #
    #        0: J 10.8425, right 0%
    #        1: J 6.4491, right 3%
    #        2: J 2.4922, right 20%
    #        5: J 0.1746, right 90%
    #       20: J 0.0432, right 99%
    #      100: J 0.0174, right 99%
    #     1000: J 0.0045, right 100%

    session, lines = Session(graph), {}
    for n in range(1001):
        if n in (0, 1, 2, 5, 20, 100, 1000):
            loss, right, *lines[n] = session.run([J, accuracy, W, b])
            print(f"{n:4}: J {loss:.4f}, right {right:.0%}")
        session.run(step)

    # One point is on the wrong side for long: $J$ is what we make smaller, and the
    # share that is right follows as it can.  The line between the classes is where both
    # scores are the same, $(W_{:1} - W_{:0})^T x + b_1 - b_0 = 0$.  The softmax says
    # one half to two points of the last one:
    #
    #     [[0.5 0.5]
    #      [0.5 0.5]]

    weights, bias = session.run([W, b])
    w, c = weights[:, 1] - weights[:, 0], bias[1] - bias[0]
    on_the_line = -c * w / (w @ w) + np.outer([0, 3], [-w[1], w[0]])
    half = graph.softmax(on_the_line @ W + b)
    print(session.run(half).round(12))

    # Here it is after each of these numbers of steps, the later the stronger:
    #
    # ![The clouds, and lines that turn from across them to between
    # them.](part4-lines.svg)

    def paint(axes):
        draw_clouds(axes, red, blue, 14)
        for i, (W, b) in enumerate(lines.values()):
            w, c = W[:, 1] - W[:, 0], b[1] - b[0]
            draw_line(axes, w, c, alpha=(i + 1) / len(lines))
        axes.set(xlim=(-5, 5), ylim=(-5, 5))

    save_plot("part4-lines", paint, 4.6, 4.2)


def valley():
    # ## Momentum, and Adam
    #
    # A loss is often a narrow valley, here twenty times as steep across as it is along.
    # The steepest way down leads across it, not along.  So gradient descent jumps from
    # side to side, and gets on slowly.
    #
    # *Momentum* steps along a sum of all gradients so far, in which older ones count
    # less and less.  Across the valley they cancel, and along it they add up.  *Adam*
    # divides the step of each parameter by the size that its gradients have lately had.
    # So its first steps are as long along the valley as across.
    # [Optimizers](train.py) has their formulas, and their code.

    start, steepness = np.array([-4.0, 1.0]), np.array([0.05, 1.0])

    def path(optimizer):
        graph = Graph()
        theta = graph.variable(start, name="theta")
        J = graph.sum(graph.square(theta) * steepness)
        step, session = optimizer.minimize(J), Session(graph)
        return np.array([session.run([theta, step])[0] for _ in range(26)])

    # What is fetched with a step is what was before it.  So `path` has the start, and
    # 25 steps.  How high are we after them?
    #
    #     gradient descent 0.007178
    #     momentum 0.6     0.000003
    #     momentum 0.9     0.043413
    #     Adam             0.000151
    #
    # Momentum can be too much: at 0.9 it still swings from side to side.

    optimizers = {
        "gradient descent": GradientDescentOptimizer(0.9),
        "momentum 0.6": MomentumOptimizer(0.9, 0.6),
        "momentum 0.9": MomentumOptimizer(0.9, 0.9),
        "Adam": AdamOptimizer(0.5, beta1=0.7),
    }
    paths = {name: path(optimizer) for name, optimizer in optimizers.items()}
    for name, way in paths.items():
        print(f"{name:16} {(way[-1] ** 2 * steepness).sum():.6f}")

    # ![Contours of a long valley; gradient descent zigzags across it, momentum 0.6
    # swings into it and runs along, Adam goes diagonally.](part4-valley.svg)

    def paint(axes):
        x, y = np.meshgrid(np.linspace(-4.5, 2, 80), np.linspace(-1.5, 1.5, 60))
        height = np.round(steepness[0] * x**2 + steepness[1] * y**2, 6)
        axes.contour(x, y, height, levels=8, colors="#8888", linewidths=0.7)
        marks = {"gradient descent": (RED, "o"), "momentum 0.6": (BLUE, "s")}
        for name, (color, mark) in {**marks, "Adam": (GREEN, "v")}.items():
            axes.plot(*paths[name].T, f"{mark}-", color=color, markersize=3, label=name)
        axes.set(xlabel=r"$\theta_0$", ylabel=r"$\theta_1$", aspect="equal")
        axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=3)

    save_plot("part4-valley", paint, 6.4, 3.8)


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

    def descend(rate, examples=1):
        graph = Graph()
        theta = graph.variable(1.0)
        J = graph.sum(graph.square(theta) * np.ones(examples))
        step, session = GradientDescentOptimizer(rate).minimize(J), Session(graph)
        return np.array([session.run([theta, step])[0] for _ in range(5)])

    for rate in (0.1, 0.5, 0.9, 1.1):
        # Adding 0.0 makes 0.0 of a -0.0.
        print(rate, descend(rate).round(2) + 0.0)

    # And this is why a loss is a mean.  The slope of a sum over $N$ examples is $N$
    # times as large, and so is the step.  With the best rate of one example, 0.5, the
    # sum over three of them jumps out of the valley, each time twice as far:
    #
    #     [ 1. -2.  4. -8. 16.]

    print(descend(0.5, examples=3))

    # ## And what one line cannot do
    #
    # However long we train, a perceptron is a line.  If the red points lie around two
    # opposite corners of a square, and the blue ones around the other two, no line
    # separates them.  Then it takes one perceptron behind another; and nothing in this
    # part changes, for the chain rule goes through as many layers as there are.


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
