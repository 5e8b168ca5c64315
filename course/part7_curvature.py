# # Part VII: Second derivatives
#
# A gradient tells you which way is down.  But how far should you step?  That depends on
# how fast the slope changes, and that's a *second* derivative.  In PyTorch you must
# plan ahead for it, with `create_graph=True`.  Here gradients are tensors of the same
# graph, so you just differentiate them again.
#
#     python -m course.part7_curvature

import numpy as np

from course.plot import BLUE, RED, save_graph, save_plot
from graph import Graph
from session import Session


def again():
    # ## Can you differentiate a gradient? {#again-and-again}
    #
    # Take $y = x^3$, with the derivatives $3 x^2$, $6 x$, 6 and 0.  We ask for the
    # gradient of $y$, for the gradient of that, and so on.  At $x = 2$:
    #
    #     8.0 12.0 12.0 6.0 0.0

    graph = Graph()
    x = graph.variable(2.0, name="x")
    y = graph.mul(x * x, x, name="y")
    derivatives = [y]
    for _ in range(4):
        derivatives += graph.gradients(derivatives[-1], [x])
    print(*Session(graph).run(derivatives))

    # [Gradients](gradients.py) needs no new rule for this: the derivative of a product
    # consists of products.  Here's $x^2$ with its derivative $2 x$, and with 2, the
    # derivative of that:
    #
    # ![The square of x; from it the gradient, 2 times x; and from that the gradient of
    # the gradient, 2.](part7-square.svg "In orange, what the graph derived in two
    # rounds.")

    graph = Graph()
    x = graph.variable(2.0, name="x")
    y = graph.square(x, name="y")
    (slope,) = graph.gradients(y, [x])
    (curvature,) = graph.gradients(slope, [x])
    save_graph("part7-square", [y, slope, curvature])


def hessian():
    # ## A matrix of second derivatives {#the-hessian}
    #
    # A function $f$ of $n$ numbers has a gradient $g$ with $n$ elements, and each of
    # these has $n$ derivatives of its own.  They form a matrix, the *Hessian*:
    #
    # $$H_{ij} = \frac{\partial g_i}{\partial \theta_j} =
    # \frac{\partial^2 f}{\partial \theta_j\, \partial \theta_i}$$
    #
    # We ask for it row by row.  By hand, $f = \theta_0^2 \theta_1 + \theta_1^3$ has the
    # Hessian $\begin{pmatrix} 2 \theta_1 & 2 \theta_0 \\ 2 \theta_0 & 6 \theta_1
    # \end{pmatrix}$.  The graph agrees at $\theta = (1, 2)$:
    #
    #     [[ 4.  2.]
    #      [ 2. 12.]]

    graph = Graph()
    theta = graph.variable([1.0, 2.0], name="theta")
    f = theta[0] ** 2 * theta[1] + theta[1] ** 3
    (g,) = graph.gradients(f, [theta])
    H = graph.stack([graph.gradients(g[i], [theta])[0] for i in range(2)])
    session = Session(graph)
    print(session.run(H))

    # It's symmetric, and not by accident.  At $\theta = (a, b)$, let $\theta_0$ grow by
    # a small $h$, and see how $f$ changes.  Then see how that change changes when
    # $\theta_1$ grows by $k$:
    #
    # $$\begin{aligned}
    # h k\, H_{01} &\approx f(a + h, b + k) - f(a, b + k) \\
    # &\quad - f(a + h, b) + f(a, b)
    # \end{aligned}$$
    #
    # Let $\theta_1$ grow first, and you get the same four terms.

    # ## A direction costs one more walk back {#a-product-with-it}
    #
    # With a million parameters you can't write down a million rows, and you rarely have
    # to.  You want to know how the gradient changes when you move along a direction
    # $v$, and that's a vector, $H v$:
    #
    # $$(H v)_i =
    # \sum_j \frac{\partial^2 f}{\partial \theta_i\, \partial \theta_j}\, v_j =
    # \frac{\partial}{\partial \theta_i} \sum_j g_j v_j$$
    #
    # On the right is the gradient of a single number, $g \cdot v$.  So a
    # *Hessian-vector product* costs one more backpropagation, through the gradient,
    # however large $n$ is.  We pass $v$ to `Graph.gradients` as the weights of $g$'s
    # elements.  Below the answer, the product with the whole matrix:
    #
    #     [10. 38.]
    #     [10. 38.]
    #
    # [Exercise 6](exercises/ex06_second_order.py) asks you to write such a product.

    v = graph.placeholder((2,), name="v")
    (product,) = graph.gradients(g, [theta], v)
    print(session.run(product, {v: [1.0, 3.0]}))
    print(session.run(H) @ [1.0, 3.0])


def cost():
    # How much work is that?  For a network with a hidden layer and 4,810 parameters, we
    # count the operations that a session runs:
    #
    #     16 operations for the loss
    #     22 operations for the gradient
    #     52 operations for the product
    #
    # The whole Hessian would take one such product for each of its 4,810 rows.

    graph = Graph()
    X, labels = graph.constant(np.ones((5, 64))), np.arange(5)
    shapes = [(64, 64), (64,), (64, 10), (10,)]
    parameters = [graph.variable(np.zeros(shape)) for shape in shapes]
    W0, b0, W1, b1 = parameters
    scores = graph.tanh(X @ W0 + b0) @ W1 + b1
    L = graph.softmax_cross_entropy(scores, labels)
    g = graph.gradients(L, parameters)
    v = [graph.placeholder(shape) for shape in shapes]
    along = [graph.sum(a * b) for a, b in zip(g, v)]
    product = graph.gradients(sum(along), parameters)
    session, feeds = Session(graph), dict.fromkeys(v)
    for name, fetches in {"loss": L, "gradient": g, "product": product}.items():
        operations = len(session.program(fetches, feeds).values_at)
        print(operations, "operations for the", name)


def points():
    """A hundred points, of shape (100, 2), and their classes, 0 or 1."""
    rng = np.random.default_rng(0)
    red, blue = rng.normal(size=(50, 2)) - 0.7, rng.normal(size=(50, 2)) + 0.7
    return np.concatenate([red, blue]) * [1, 0.2], np.repeat([0, 1], 50)


class LogisticRegression:
    # ## A valley to practice in {#logistic-regression}
    #
    # From here on, $L$ is the cross-entropy of a perceptron, $p = \sigma(X \theta)$,
    # with two weights and no bias.  Statisticians call this *logistic regression*.
    #
    # It tells a red cloud from a blue one, as in [Part
    # II](course/part2_perceptrons.py), but these overlap.  (If a line could separate
    # them, larger weights would always lower $L$, and it would have no lowest point.)
    # We also measure the second coordinate in larger units.  Its numbers are a fifth as
    # large, and that makes the valley long and narrow.

    def __init__(self, start, units=(1, 1)):
        X, classes = points()
        self.graph = graph = Graph()
        self.theta = graph.variable(start, name="theta")
        scores = (X * units) @ self.theta
        self.L = graph.sigmoid_cross_entropy(scores, classes, name="L")
        (self.g,) = graph.gradients(self.L, [self.theta])
        rows = [graph.gradients(self.g[i], [self.theta])[0] for i in range(2)]
        self.H = graph.stack(rows, name="H")
        self.v = graph.placeholder((2,), name="v")
        (self.Hv,) = graph.gradients(self.g, [self.theta], self.v)
        self.step = graph.placeholder((2,), name="step")
        self.move = graph.assign(self.theta, self.theta + self.step)
        self.session = Session(graph)

    def loss_at(self, step):
        """The loss after a step that we don't take."""
        theta = self.session.run(self.theta) + step
        return self.session.run(self.L, {self.theta: theta})

    def descend(self, step, steps):
        """Take steps of step(g, H); return theta, L, g and H from before each."""
        met = []
        for _ in range(steps):
            met.append(self.session.run([self.theta, self.L, self.g, self.H]))
            self.session.run(self.move, {self.step: step(*met[-1][2:])})
        return met


def by_hand():
    # Does the graph derive the right thing?  With classes $c$ of 0 and 1, the
    # derivative of the cross-entropy with respect to a score is $p - c$
    # ([Losses](mixins/losses.py)), and $p$ itself has the derivative $p (1 - p)$
    # ([Operations](ops.py#activations)).  A score $\sum_j X_{ij} \theta_j$ has the
    # derivative $X_{ij}$ with respect to $\theta_j$.  So by hand
    #
    # $$g_j = \frac{1}{N} \sum_i X_{ij} (p_i - c_i) \qquad
    # H_{jk} = \frac{1}{N} \sum_i X_{ij}\, p_i (1 - p_i)\, X_{ik}$$
    #
    # and the graph agrees on both:
    #
    #     True True

    X, c = points()
    theta = np.array([0.5, -0.3])
    regression = LogisticRegression(theta)
    g, H = regression.session.run([regression.g, regression.H])
    p = 1 / (1 + np.exp(-X @ theta))
    print(
        np.allclose(g, X.T @ (p - c) / 100, rtol=0, atol=1e-12),
        np.allclose(H, X.T * (p * (1 - p)) @ X / 100, rtol=0, atol=1e-12),
    )


def newton(g, H):
    # ## How far is it to the bottom? {#newtons-method}
    #
    # You must tell gradient descent how far to go.  The Hessian can predict it.  Walk
    # straight from $\theta$ to $\theta + d$.  At a fraction $t$ of the way, the slope
    # along $d$ is about $g^T d + t\, d^T H d$.  Sum this up from $t = 0$ to 1:
    #
    # $$L(\theta + d) \approx L(\theta) + g^T d + \frac{1}{2} d^T H d$$
    #
    # As a function of $d$ that's a bowl, if $H$ curves upward in all directions.  At
    # its bottom, the gradient with respect to $d$ is 0: $g + H d = 0$.  *Newton's
    # method* steps right there:
    #
    # $$\theta \leftarrow \theta - H^{-1} g$$

    return -np.linalg.solve(H, g)


def comparison():
    # How far are we from the lowest point before each step?  We compare with gradient
    # descent at a rate of 10, a bit more than half of the largest that works.
    #
    #     0 Newton 5.9e+00, gradient descent 5.9e+00
    #     1 Newton 2.4e+00, gradient descent 5.6e+00
    #     2 Newton 7.5e-01, gradient descent 5.0e+00
    #     3 Newton 8.7e-02, gradient descent 4.7e+00
    #     4 Newton 1.2e-03, gradient descent 4.4e+00
    #     5 Newton 2.3e-07, gradient descent 4.1e+00
    #     199 gradient descent 5.2e-04

    start = [0.0, 0.0]
    by_newton = LogisticRegression(start).descend(newton, 9)
    by_gradient = LogisticRegression(start).descend(lambda g, H: -10 * g, 200)
    lowest = by_newton[-1]
    for n in range(6):
        far = [
            np.linalg.norm(way[n][0] - lowest[0]) for way in (by_newton, by_gradient)
        ]
        print(n, "Newton {:.1e}, gradient descent {:.1e}".format(*far))
    far = np.linalg.norm(by_gradient[-1][0] - lowest[0])
    print(f"199 gradient descent {far:.1e}")

    # Look at Newton's exponents.  The bowl's slope is wrong by about the square of the
    # distance, so near the end each step doubles the number of correct digits.
    #
    # ![Contours of a valley: gradient descent goes across it, and then slowly along;
    # Newton's method gets there in four strides.](part7-newton.svg "Gradient descent
    # crosses the valley, then creeps along it; Newton's method arrives in four
    # strides.")

    def paint(axes):
        x, y = np.meshgrid(np.linspace(-0.5, 3.5, 61), np.linspace(-1, 9, 61))
        X, c = points()
        scores = np.stack([x, y], axis=-1) @ X.T
        L = (np.logaddexp(0, scores) - c * scores).mean(axis=-1).round(4)
        levels = [0.42, 0.43, 0.45, 0.48, 0.52, 0.57, 0.63, 0.7]
        axes.contour(x, y, L, levels=levels, colors="#8888", linewidths=0.7)
        for way, color, mark, label in (
            (by_gradient[:60], RED, "o", "gradient descent"),
            (by_newton[:6], BLUE, "s", "Newton"),
        ):
            at = np.array([theta for theta, *_ in way])
            axes.plot(*at.T, f"{mark}-", color=color, markersize=3, label=label)
        axes.set(xlabel=r"$\theta_0$", ylabel=r"$\theta_1$")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)

    save_plot("part7-newton", paint, 5.5, 4)
    return lowest


def other_units(lowest):
    # ## To Newton, the valley is round {#what-may-surprise-it-does-not-see-the-valley}
    #
    # What if you measure in other units, $\theta = A u$?  By the chain rule, the
    # gradient with respect to $u$ is $A^T g$, and the Hessian is $A^T H A$.  Newton's
    # step for $u$, times $A$, is the step for $\theta$, whatever $A$ is:
    #
    # $$-A\, (A^T H A)^{-1} A^T g = -H^{-1} g$$
    #
    # Try it with the units of Part II: the second coordinate is five times as large,
    # and the valley is round.  How much do the losses on Newton's way differ?  And how
    # many steps does gradient descent, at a rate of 5, take to get as low as in 199
    # before?
    #
    #     0.0
    #     15 steps
    #
    # Gradient descent does care about units.  That's why you scale the inputs of a
    # network before you train it.

    start, units = [0.0, 0.0], (1, 5)
    ways = [LogisticRegression(start, u).descend(newton, 9) for u in ((1, 1), units)]
    losses = np.array([[L for _, L, *_ in way] for way in ways])
    print(abs(losses[0] - losses[1]).max().round(12))
    way = LogisticRegression(start, units).descend(lambda g, H: -5 * g, 50)
    print(sum(L - lowest[1] > 5.9e-10 for _, L, *_ in way), "steps")


def largest_rate(lowest):
    # ## Which learning rate is too large? {#the-largest-rate}
    #
    # In [Part IV](course/part4_descent.py#what-may-surprise-a-rate-that-is-too-large) a
    # step that was too long jumped across the valley, and landed higher.  Where's the
    # limit when there are many directions?
    #
    # Let $r$ lead from the lowest point to us.  If it's short, $g$ is about $H r$, and
    # a step turns $r$ into $r - \eta H r$.  Along an *eigenvector* of $H$, where $H r =
    # \lambda r$, that's $(1 - \eta \lambda)\, r$.  It shrinks as long as $\eta < 2 /
    # \lambda$, so the largest $\lambda$ sets the limit.
    #
    # To find it, products $H v$ are enough.  Think of $v$ as a sum of eigenvectors.
    # After $n$ products each is multiplied by its $\lambda^n$, and the one with the
    # largest $\lambda$ outgrows the others.
    #
    #     the largest eigenvalue is 0.1154, the limit 17.33

    at, *_ = lowest
    regression = LogisticRegression(at)
    v = np.array([1.0, 1.0])
    for _ in range(50):
        Hv = regression.session.run(regression.Hv, {regression.v: v})
        v, steepest = Hv / np.linalg.norm(Hv), np.linalg.norm(Hv)
    print(f"the largest eigenvalue is {steepest:.4f}, the limit {2 / steepest:.2f}")

    # Let's test that, close to the lowest point, with a rate a little below the limit
    # and one a little above.  Our distance after 0, 50, 100 and 1,000 steps:
    #
    #     rate 16.98: 0.0010 0.0001 0.0000 0.0000
    #     rate 17.68: 0.0010 0.0069 0.0492 0.3226

    for factor in (0.98, 1.02):
        rate = factor * 2 / steepest
        way = LogisticRegression(at + 0.001).descend(lambda g, H, r=rate: -r * g, 1001)
        far = [abs(way[n][0] - at).max() for n in (0, 50, 100, 1000)]
        print(f"rate {rate:.2f}:", *[f"{distance:.4f}" for distance in far])

    # Below the limit we arrive.  Above it, each step multiplies the distance along the
    # eigenvector by $-1.04$, until we're so far out that $L$ isn't such a bowl anymore.
    # There we stay, hopping from one side to the other.
    #
    # ? In the flattest direction $\lambda$ is 0.0044.  How much of a distance along it
    # is left after 100 steps at a rate of 10?
    #
    # ! $(1 - 10 \cdot 0.0044)^{100} = 0.956^{100}$, about 1%.  The steepest direction
    # limits the rate, and the flattest one makes you wait.


def forward():
    # ## Forward mode needs no code {#forward-mode}
    #
    # Backpropagation starts at the output.  Give it a vector $u$ there, and you get
    # $D^T u$, where $D_{ij} = \partial y_i / \partial x_j$ is the
    # [Jacobian](ops.py#what-is-a-derivative-of-a-tensor).  PyTorch calls that a `vjp`.
    # You can also start at the input: when $x$ moves along a vector $v$, $y$ moves
    # along $D v$.  That's *forward mode*, a `jvp`.
    #
    # Do we need a second algorithm?  No.  $D^T u$ is a tensor that depends on $u$: a
    # matrix times $u$.  We differentiate it with respect to $u$, weighted by $v$, and
    # what's left is the matrix and $v$:
    #
    # $$\frac{\partial}{\partial u_i} \sum_j v_j (D^T u)_j =
    # \sum_j D_{ij} v_j = (D v)_i$$
    #
    # Here's $y = \tanh(x W)$ for a batch of two $x$, and how it changes as each moves
    # along its own $v$.  Is it the same
    # [numerically](mixins/checks.py#is-a-derivative-right)?
    #
    #     [[-0.4224 -0.4938  0.5239 -1.5062]
    #      [-0.623   0.0399 -1.0144 -0.2151]]
    #     True

    rng = np.random.default_rng(0)
    graph = Graph()
    x = graph.variable(rng.normal(size=(2, 3)), name="x")
    W = graph.variable(rng.normal(size=(3, 4)), name="W")
    y = graph.tanh(x @ W, name="y")
    u, v = graph.placeholder((2, 4), name="u"), graph.placeholder((2, 3), name="v")
    (backward,) = graph.gradients(y, [x], u)
    (forward,) = graph.gradients(backward, [u], v)

    session, along = Session(graph), np.array([[1.0, -1.0, 2.0], [0.0, 1.0, 0.0]])
    at, h = session.run(x), 1e-6
    above, below = (session.run(y, {x: at + s * h * along}) for s in (1, -1))
    by_mode = session.run(forward, {v: along})
    print(by_mode.round(4))
    print(np.allclose(by_mode, (above - below) / (2 * h), rtol=0, atol=1e-8))

    # One run of forward mode tells you how all outputs change along one direction; one
    # run of backpropagation, how one combination of outputs depends on all inputs.  A
    # loss is one number with a million inputs, so we go backward.

    # ## Why don't we have to feed u? {#what-may-surprise-nobody-fed-u}
    #
    # We made `forward` from `u`, and yet `u` isn't in its program: a function that's
    # linear in `u` has a derivative without `u`.  What's left runs from front to back,
    # beside $y$ itself.  It multiplies $v$ by `W`, and then by the slope of tanh, $1 -
    # y^2$.
    #
    #     def program(state, feeds):
    #         x, W = state
    #         v, = feeds
    #         dot = x.dot(W)
    #         y = np.tanh(dot)
    #         mul = y * y
    #         sub = 1 - mul
    #         y_by_x_by_y_by_dot = v.dot(W)
    #         y_by_x_by_u = y_by_x_by_y_by_dot * sub
    #         return (y_by_x_by_u,), ()

    print(session.program(forward, {v: None}))


def astray(lowest):
    # ## When Newton's method gets lost {#what-may-surprise-newtons-method-gets-lost}
    #
    # Newton's method trusts its bowl.  Here's what one step from a bad start does to
    # the two parameters and the loss:
    #
    #     [  6. -30.] 3.09
    #     [-89.74 474.23] 46.51

    start = [6.0, -30.0]
    way = LogisticRegression(start).descend(newton, 2)
    for theta, L, _, _ in way:
        print(theta.round(2), L.round(2))

    # What went wrong?  At this start, many of the $p$ are within 0.01 of 0 or 1, where
    # $p (1 - p)$ is almost 0:
    #
    #     49%

    p = 1 / (1 + np.exp(-points()[0] @ start))
    print(f"{(np.minimum(p, 1 - p) < 0.01).mean():.0%}")

    # So $H$ is almost flat.  Its eigenvalues at the start, and at the lowest point:
    #
    #     [0.0002 0.0553]
    #     [0.0044 0.1154]

    for *_, H in (way[0], lowest):
        print(np.linalg.eigvalsh(H).round(4))

    # In the flattest direction, the bowl has its bottom far away, where $L$ looks
    # nothing like it.  But the direction of the step is good.  Along $d = -H^{-1} g$
    # the slope of $L$ is $g^T d = -g^T H^{-1} g$, which is negative as long as $H$
    # curves upward in all directions.
    #
    # So a short enough step goes down, and we halve it until $L$ is lower.  After 5
    # steps, how far is the loss above the lowest?
    #
    #     2.1e-09

    regression = LogisticRegression(start)

    def careful(g, H):
        step, L = newton(g, H), regression.loss_at(np.zeros(2))
        while regression.loss_at(step) > L:
            step = step / 2
        return step

    L = regression.descend(careful, 6)[-1][1]
    print(f"{L - lowest[1]:.1e}")

    # You can now differentiate gradients as often as you like, multiply by a Hessian
    # too large to store, and say which learning rate is too large.  Next, [Part
    # VIII](course/part8_attention.py) lets a network choose where to look.


def main():
    again()
    hessian()
    cost()
    by_hand()
    lowest = comparison()
    other_units(lowest)
    largest_rate(lowest)
    forward()
    astray(lowest)


if __name__ == "__main__":
    main()
