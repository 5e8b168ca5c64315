# # Part IV: Gradient descent and backpropagation
#
# In PyTorch, training is three lines: `zero_grad()`, `backward()`, `step()`.  You've
# typed them often.  But what's a step made of, and what exactly goes backward?
#
# Part III left us with a loss, a number that says how bad a classifier is.  Here we
# make it smaller by going downhill, and the graph itself tells us where down is.
#
#     python -m course.part4_descent
#
# At the end, a line that started at random has found its way between the clouds.

import numpy as np

from course.part2_perceptrons import draw_clouds, points
from course.plot import BLUE, GREEN, RED, draw_line, save_graph, save_plot
from gradients import topological_order
from graph import Graph
from session import Session
from train import AdamOptimizer, GradientDescentOptimizer, MomentumOptimizer


def mountain():
    # ## How do you get down a mountain in fog? {#down-a-mountain-in-fog}
    #
    # You can't see the valley, but you can feel the slope under your feet.  That's the
    # *derivative*: how much you rise for a small step to the right.  So take a step
    # against it, longer where it's steeper, and feel again:
    #
    # $$\theta \leftarrow \theta - \eta\, L'(\theta)$$
    #
    # This is *gradient descent*, and $\eta$ is the *learning rate*.  Our mountain is
    # $L = \frac{1}{4} \theta^4 - 2 \theta^2 + \frac{1}{2} \theta$, which has two
    # valleys.  We start once on each side, and once near the top between them:

    graph = Graph()
    theta = graph.variable(0.0, name="theta")
    L = graph.add(theta**4 / 4 - 2 * theta**2, theta / 2, name="L")
    (slope,) = graph.gradients(L, [theta])
    step = graph.assign(theta, theta - 0.05 * slope)
    place = graph.placeholder((), name="place")
    put = graph.assign(theta, place)

    def descend(start, steps=30):
        session = Session(graph)
        session.run(put, {place: start})
        path = [session.run([theta, L])]
        for _ in range(steps):
            session.run(step)
            path.append(session.run([theta, L]))
        return np.array(path)

    # Where do we end up, and how high is it there?
    #
    #     from  2.9 to  1.934, height -3.02
    #     from -2.9 to -2.060, height -5.02
    #     from  0.1 to -2.020, height -5.01

    paths = {start: descend(start) for start in (2.9, -2.9, 0.1)}
    for start, path in paths.items():
        end, height = path[-1]
        print(f"from {start:4} to {end:6.3f}, height {height:.2f}")

    # The valley on the right is a *local minimum*: lower than everything around it, but
    # not the lowest place there is.  Once you're inside, every direction leads up, so
    # gradient descent stays.  Near the top it's almost flat, so the first steps are
    # short: from there, thirty aren't quite enough.
    #
    # ![A curve with two valleys. From the right, dots come down into the upper valley;
    # from the middle, others into the lower one on the left.](part4-mountain.svg "Where
    # you end depends on where you start.")

    def paint(axes):
        at = np.linspace(-3, 3, 121)
        axes.plot(at, at**4 / 4 - 2 * at**2 + at / 2, color="#000000", linewidth=1)
        for start, color in ((2.9, RED), (0.1, BLUE)):
            axes.plot(*paths[start].T, "o-", color=color, markersize=4, linewidth=0.6)
        axes.set(xlabel=r"$\theta$", ylabel="$L$")

    save_plot("part4-mountain", paint, 5.5, 3.2)


def chain_rule():
    # ## What goes backward? {#the-chain-rule-along-each-path}
    #
    # A real loss depends on many *parameters*, the variables that we train, and it does
    # so through many operations.  For each parameter we need one slope: the *gradient*
    # of $L$ with respect to it, $\frac{\partial L}{\partial n}$.
    #
    # Along a single path, slopes multiply.  If $b$ changes three times as fast as $a$,
    # and $L$ twice as fast as $b$, then $L$ changes six times as fast as $a$.  Over
    # several paths, the changes add up.  That's the *chain rule*.  We take one term for
    # each *consumer* of $n$, each operation that reads it, with $m$ for its output:
    #
    # $$\frac{\partial L}{\partial n} = \sum_{m}
    # \frac{\partial L}{\partial m}\, \frac{\partial m}{\partial n}$$
    #
    # [Gradients](gradients.py) takes this formula apart.  Here we use it.  Let `a` act
    # on $L = a c$ directly, and also through $b = 3 a$ and $c = b^2$:
    #
    # ![From a to L, and from a to b, to c, and to L.](part4-paths.svg "Two paths lead
    # from a to L, a short one and a long one.")

    graph = Graph()
    a = graph.variable(2.0, name="a")
    b = graph.mul(3.0, a, name="b")
    c = graph.square(b, name="c")
    L = graph.mul(a, c, name="L")
    save_graph("part4-paths", [L])

    # We start at $L$, whose slope with respect to itself is 1, and walk back.
    #
    # 1. $L$ is a product, so $\frac{\partial L}{\partial c} = a = 2$.
    # 2. $c$ is a square, so $\frac{\partial L}{\partial b} = 2 \cdot 2 b = 24$.
    # 3. `a` gets two shares: $c = 36$ on the short path, $24 \cdot 3 = 72$ on the long
    #    one.  Together that's 108.
    #
    # By hand, $L = 9 a^3$ has the derivative $27 a^2$, which is 108 as well.  And the
    # graph agrees:
    #
    #     c 2.0
    #     b 24.0
    #     a 108.0

    for x, gradient in zip([c, b, a], graph.gradients(L, [c, b, a])):
        print(x.name, Session(graph).run(gradient))

    # Why walk in the order of the operations, last made first?  Try another order,
    # level by level from $L$.  You reach `a` on the short path, and move on with 36
    # before the 72 have arrived.  In reverse *topological order* that can't happen:
    # each operation has its turn after all its consumers, when the gradient with
    # respect to its output is complete.  It receives that gradient, and returns one for
    # each input.
    #
    # This is *backpropagation*, and it takes six lines:

    def gradients(y, xs):
        found = {y: y.graph.constant(1.0)}
        for op in reversed(list(topological_order([y]))):
            for x, share in zip(op.inputs, op.gradient(found[op.output])):
                found[x] = found[x] + share if x in found else share
        return [found[x] for x in xs]

    #     2.0 24.0 108.0

    print(*[Session(graph).run(gradient) for gradient in gradients(L, [c, b, a])])

    # ? Write `found[x] = share` instead of the sum.  Which number do you get for `a`?
    #
    # ! 72.  The product `L` has its turn first and leaves 36, and the multiplication by
    # 3 overwrites it.
    #
    # Look at what comes out: not numbers, but tensors.  You can run them, draw them,
    # and differentiate them again.  `Graph.gradients` does the same and a bit more.  It
    # also takes an $L$ that isn't a scalar, inputs that don't lead to it, and shapes
    # that were broadcast.
    #
    # And the cost?  Each operation has one turn, with one share for each input.  A
    # million parameters need the same walk as one.  (You could also walk forward, from
    # an input to everything that depends on it.  That's *forward mode*, and it takes a
    # walk for each parameter.)
    #
    # Your turn: [Exercise 15](exercises/ex15_backpropagation.py) asks for this loop
    # with tensors of any shape.


def derivatives():
    # ## What does each operation have to know? {#what-each-operation-hands-back}
    #
    # Only one thing.  Given the *incoming gradient* $G$, that of the loss with respect
    # to its output, what's the gradient with respect to each of its inputs?
    #
    # | operation | returns | because |
    # |---|---|---|
    # | $y = a + b$ | $G$ and $G$ | $dy = da + db$ |
    # | $y = a - b$ | $G$ and $-G$ | $dy = da - db$ |
    # | $y = -x$ | $-G$ | $dy = -dx$ |
    # | $y = a b$ | $G b$ and $G a$ | $dy = b\,da + a\,db$ |
    # | $y = x^2$ | $2 G x$ | $dy = x\,dx + x\,dx$ |
    # | $y = e^x$ | $G\, y$ | $dy = y\,dx$ |
    # | $y = \ln x$ | $G / x$ | $e^y = x$, so $x\,dy = dx$ |
    # | $y = 1 / x$ | $-G\, y^2$ | $x y = 1$, so $y\,dx + x\,dy = 0$ |
    # | $y = \sigma(x)$ | $G\, y (1 - y)$ | see [Operations](ops.py#activations) |
    # | $y = \mathrm{relu}(x)$ | $G$ where $x > 0$, else 0 | $dy = dx$, or 0 |
    # | $y = \sum_i x_i$ | $G$ to each $x_i$ | $dy = \sum_i dx_i$ |
    # | $y_i = \sum_j x_{ij}$ | $G_i$ to each $x_{ij}$ | $dy_i = \sum_j dx_{ij}$ |
    # | $y = \mathrm{softmax}(x)$ | $(G - \sum_i G_i y_i)\, y$ | see Losses |
    # | $Y = A B$ | $G B^T$ and $A^T G$ | see [Operations](ops.py#matrix-product) |
    #
    # [Losses](mixins/losses.py) has the softmax.  And a bias, which is added to every
    # row?  It took part once for each row, and the chain rule adds up.  So its gradient
    # is the sum of $G$ over the rows, and has the shape of the bias: [who sums
    # it](gradients.py#gradients-and-broadcasting) is a question of its own.
    #
    # ? What does $y = \sqrt{x}$ return?
    #
    # ! $G / (2 y)$, because $y^2 = x$ gives $2 y\,dy = dx$.
    #
    # How do we know that all this is right?  A derivative that we find *analytically*,
    # by formula, must agree with one that we find *numerically*: nudge one weight to
    # both sides, and measure the slope.
    #
    # $$\frac{\partial L}{\partial w} \approx \frac{L(w + h) - L(w - h)}{2 h}$$

    graph = Graph()
    rng = np.random.default_rng(0)
    X, W = rng.normal(size=(5, 3)), graph.variable(rng.normal(size=(3, 2)), name="W")
    b = graph.variable(np.zeros(2), name="b")
    L = graph.mean(graph.square(graph.sigmoid(X @ W + b) - 0.2))
    session = Session(graph)

    # You can feed a variable, too; that replaces its value for one run.

    def numerically(variable, h=1e-6):
        value = session.run(variable)
        result = np.zeros_like(value)
        for i in np.ndindex(value.shape):
            move = np.zeros_like(value)
            move[i] = h
            above = session.run(L, {variable: value + move})
            below = session.run(L, {variable: value - move})
            result[i] = (above - below) / (2 * h)
        return result

    # Do the two agree, for every element, to $10^{-9}$?  And would we notice a gradient
    # that's wrong by a thousandth?  A check that can't fail is worth nothing.
    #
    #     W (3, 2) True False
    #     b (2,) True False

    for variable, gradient in zip([W, b], graph.gradients(L, [W, b])):
        right, other = session.run(gradient), numerically(variable)
        agree = [np.abs(g - other).max() < 1e-9 for g in (right, 1.001 * right)]
        print(variable.name, gradient.shape, *agree)

    # [Exercise 7](exercises/ex07_by_trial.py) asks you to write this check.


def softmax_and_cross_entropy():
    # ## One gradient to remember {#why-softmax-and-cross-entropy-are-one}
    #
    # A classifier ends with a softmax and a cross-entropy.  Put one into the other, and
    # the gradient of an example's loss with respect to its scores is
    #
    # $$\frac{\partial L}{\partial a_j} = p_j - c_j$$
    #
    # How far the answer is from the truth, and nothing else.
    # [Losses](mixins/losses.py) derives it, and shows how to compute both without
    # overflow.  That's why frameworks have the two as one operation: PyTorch's
    # `cross_entropy` takes scores, as ours does.
    #
    # Let's check it on three examples.  The loss is their mean, so each row has a third
    # of $p - c$.  The last example is surely wrong, by 1,800; its gradient is as finite
    # as the others.
    #
    #     [[ 0.09   0.244 -0.333]
    #      [-0.197  0.151  0.046]
    #      [ 0.    -0.333  0.333]]
    #     True

    graph = Graph()
    scores = graph.constant([[1.0, 2.0, -5.0], [0.0, 0.1, -1.1], [0.0, -900.0, 900.0]])
    labels = graph.one_hot([2, 0, 1], 3)
    L = graph.softmax_cross_entropy(scores, labels)
    (gradient,) = graph.gradients(L, [scores])
    by_hand = (graph.softmax(scores) - labels) / 3
    ours, other = Session(graph).run([gradient, by_hand])
    print(ours.round(3) + 0.0)  # -0.0 + 0.0 is 0.0
    print(np.allclose(ours, other, rtol=0, atol=1e-12))

    # [Exercise 2](exercises/ex02_cross_entropy.py) asks for both in NumPy, correct for
    # the largest scores too.


def training():
    # ## Let it learn {#training-a-perceptron}
    #
    # We have everything.  The clouds are those of [Part
    # II](course/part2_perceptrons.py), and the weights start at random.  What we did by
    # hand on the mountain, an *optimizer* adds to the graph: one `assign` for each
    # parameter, all in one step.

    red, blue = points()
    graph = Graph()
    X = graph.constant(np.concatenate([red, blue]), name="X")
    labels = graph.constant(np.repeat([[1, 0], [0, 1]], 50, axis=0), name="labels")
    rng = np.random.default_rng(3)
    W = graph.variable(rng.normal(size=(2, 2)), name="W")
    b = graph.variable(np.zeros(2), name="b")
    scores = graph.add(X @ W, b, name="scores")
    L = graph.softmax_cross_entropy(scores, labels, name="L")
    step = GradientDescentOptimizer(0.3).minimize(L)
    hits = graph.equal(graph.argmax(scores, axis=1), graph.argmax(labels, axis=1))
    accuracy = graph.mean(hits)

    # After 0, 1, 2, 5, 20, 100 and 1,000 steps:
    #
    #        0: L 10.8425, right 0%
    #        1: L 6.4491, right 3%
    #        2: L 2.4922, right 20%
    #        5: L 0.1746, right 90%
    #       20: L 0.0432, right 99%
    #      100: L 0.0174, right 99%
    #     1000: L 0.0045, right 100%

    session, lines = Session(graph), {}
    for n in range(1001):
        if n in (0, 1, 2, 5, 20, 100, 1000):
            loss, right, *lines[n] = session.run([L, accuracy, W, b])
            print(f"{n:4}: L {loss:.4f}, right {right:.0%}")
        session.run(step)

    # Notice 20 and 100: the loss halves, but one point stays on the wrong side.  We
    # minimize $L$, and the number of correct answers follows as it can.
    #
    # Where's the line between the classes?  Where both scores are equal:
    # $(W_{:1} - W_{:0})^T x + b_1 - b_0 = 0$.  Take two points on it, and the softmax
    # can't decide:
    #
    #     [[0.5 0.5]
    #      [0.5 0.5]]

    weights, bias = session.run([W, b])
    w, c = weights[:, 1] - weights[:, 0], bias[1] - bias[0]
    on_the_line = -c * w / (w @ w) + np.outer([0, 3], [-w[1], w[0]])
    half = graph.softmax(on_the_line @ W + b)
    print(session.run(half).round(12))

    # ![The clouds, and lines that turn from across them to between
    # them.](part4-lines.svg "The line after 0, 1, 2, 5, 20, 100 and 1,000 steps, from
    # faint to strong.")

    def paint(axes):
        draw_clouds(axes, red, blue, 14)
        for i, (W, b) in enumerate(lines.values()):
            w, c = W[:, 1] - W[:, 0], b[1] - b[0]
            draw_line(axes, w, c, alpha=(i + 1) / len(lines))
        axes.set(xlim=(-5, 5), ylim=(-5, 5))

    save_plot("part4-lines", paint, 4.6, 4.2)


def valley():
    # ## Why not just go downhill? {#momentum-and-adam}
    #
    # A loss is often a long, narrow valley; ours is twenty times as steep across as
    # along.  In such a valley, the steepest way down leads to the other side.  So
    # gradient descent zigzags, and hardly moves along.
    #
    # *Momentum* steps along a sum of all gradients so far, in which older ones count
    # less and less.  Across the valley they cancel; along it they add up.
    #
    # *Adam* divides each parameter's step by the size of its recent gradients.  So its
    # first steps are as long along the valley as across.  [Optimizers](train.py) has
    # the formulas and the code of both.

    start, steepness = np.array([-4.0, 1.0]), np.array([0.05, 1.0])

    def path(optimizer):
        graph = Graph()
        theta = graph.variable(start, name="theta")
        L = graph.sum(graph.square(theta) * steepness)
        step, session = optimizer.minimize(L), Session(graph)
        return np.array([session.run([theta, step])[0] for _ in range(26)])

    # When you fetch a variable together with a step, you get its value before the step.
    # So `path` has the start and 25 steps.  How high are we after them?
    #
    #     gradient descent 0.007178
    #     momentum 0.6     0.000003
    #     momentum 0.9     0.043413
    #     Adam             0.000151
    #
    # Too much momentum hurts: at 0.9 we still swing from side to side, and are worse
    # off than with none.

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
    # swings into it and runs along, Adam goes diagonally.](part4-valley.svg "Each mark
    # is a step; the lowest point is at the origin.")

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
    # ## A learning rate that's too large {#what-may-surprise-a-rate-that-is-too-large}
    #
    # Sooner or later you'll see a loss that grows.  Here's why.  On $L = \theta^2$ the
    # slope is $2 \theta$, so one step turns $\theta$ into $(1 - 2 \eta)\,\theta$.  At
    # $\eta = 0.5$ you arrive in one step.  Above 1 the factor is below $-1$: each step
    # jumps across the valley, and lands higher than it started.
    #
    #     0.1 [1.   0.8  0.64 0.51 0.41]
    #     0.5 [1. 0. 0. 0. 0.]
    #     0.9 [ 1.   -0.8   0.64 -0.51  0.41]
    #     1.1 [ 1.   -1.2   1.44 -1.73  2.07]

    def descend(rate, examples=1):
        graph = Graph()
        theta = graph.variable(1.0)
        L = graph.sum(graph.square(theta) * np.ones(examples))
        step, session = GradientDescentOptimizer(rate).minimize(L), Session(graph)
        return np.array([session.run([theta, step])[0] for _ in range(5)])

    for rate in (0.1, 0.5, 0.9, 1.1):
        # -0.0 + 0.0 is 0.0.
        print(rate, descend(rate).round(2) + 0.0)

    # This is also why a loss is a mean and not a sum.  The slope of a sum over $N$
    # examples is $N$ times as large, and so is the step.  With 0.5, the best rate for
    # one example, a sum over three jumps out of the valley, each time twice as far:
    #
    #     [ 1. -2.  4. -8. 16.]

    print(descend(0.5, examples=3))

    # ## Four ways down, in your hands {#four-ways-down}
    #
    # On $\theta^2$ the limit is 1, because each unit of $\theta$ changes the slope by
    # 2.  That's the *curvature*.  If it's $c$, the rate must stay below $2 / c$, and in
    # a valley, the direction across sets the limit.
    #
    # Try it.  Here are gradient descent, momentum and Adam; your browser runs the
    # update that [each optimizer](train.py) adds to the graph.  *Newton's method*, of
    # [Part VII](course/part7_curvature.py#newtons-method), uses the curvature as well.
    # Press Run.  Then raise gradient descent's rate, a little at a time, or drag the
    # start: all four walk again.
    #
    # ![A map of a long valley, and on it the paths of gradient descent, momentum, Adam
    # and Newton's method from one start.](weave:live-descent "Choose the two valleys,
    # and see where Newton's method ends.")

    # ## What you can do, and what a line can't {#and-what-one-line-cannot-do}
    #
    # You can differentiate any graph in six lines, check a gradient numerically, and
    # train.  And it doesn't matter how deep the graph is: the chain rule goes through
    # as many layers as you like.
    #
    # We'll need that.  However long you train it, a perceptron is one straight line.
    # Put the red points around two opposite corners of a square, and the blue ones
    # around the other two: no line separates them.  [Part V](course/part5_layers.py)
    # puts one perceptron behind another.


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
