# # Part VII: Second derivatives
#
# The gradient says which way is down.  How far should we go?  That depends on how the
# slope changes on the way, and this is the *second* derivative.  Here gradients are
# tensors of the same graph, so they can be differentiated again, and nobody has to do
# anything for it.
#
#     python -m course.part7_curvature

import numpy as np

from course.plot import BLUE, RED, save_graph, save_plot
from graph import Graph
from session import Session


def again():
    # ## Again, and again
    #
    # What is wanted is $y = x^3$ with all its derivatives: $3 x^2$, $6 x$, 6, and 0.
    # We ask for the gradient of the gradient.  For $x = 2$:
    #
    #     8.0 12.0 12.0 6.0 0.0

    graph = Graph()
    x = graph.variable(2.0, name="x")
    y = graph.mul(x * x, x, name="y")
    derivatives = [y]
    for _ in range(4):
        derivatives += graph.gradients(derivatives[-1], [x])
    print(*Session(graph).run(derivatives))

    # No new rule is needed.  The derivative of a product is made of products, and the
    # rule for these is known.  Here is $x^2$, and in colour its derivative $2 x$ and 2,
    # the derivative of that:
    #
    # ![The square of x; from it the gradient, 2 times x; and from that the gradient of
    # the gradient, 2.](part7-square.svg)

    graph = Graph()
    x = graph.variable(2.0, name="x")
    y = graph.square(x, name="y")
    (slope,) = graph.gradients(y, [x])
    (curvature,) = graph.gradients(slope, [x])
    save_graph("part7-square", [y, slope, curvature])


def hessian():
    # ## The Hessian
    #
    # A function of $n$ numbers has $n$ first derivatives, its gradient $g$, and each of
    # them has $n$ derivatives again.  They are a matrix, the *Hessian*:
    #
    # $$H_{ij} = \frac{\partial g_i}{\partial \theta_j} =
    # \frac{\partial^2 f}{\partial \theta_j\, \partial \theta_i}$$
    #
    # We ask for its rows one after the other.  For $f = \theta_0^2 \theta_1 +
    # \theta_1^3$ it is $\begin{pmatrix} 2 \theta_1 & 2 \theta_0 \\ 2 \theta_0 &
    # 6 \theta_1 \end{pmatrix}$, and at $\theta = (1, 2)$:
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

    # It is symmetric.  To change $\theta_0$ by $h$ and see how $f$ changes, and then
    # how that changes if $\theta_1$ changes by $k$, gives $f(a + h, b + k) - f(a + h,
    # b) - f(a, b + k) + f(a, b)$, in which the two are alike.

    # ## A product with it
    #
    # With a million parameters nobody can write down a million rows.  But we hardly
    # ever want the matrix.  We want to know how the gradient changes when we go in a
    # direction $v$, and that is the vector $H v$:
    #
    # $$(H v)_i =
    # \sum_j \frac{\partial^2 f}{\partial \theta_i\, \partial \theta_j}\, v_j =
    # \frac{\partial}{\partial \theta_i} \sum_j g_j v_j$$
    #
    # This is the gradient of a number, $g \cdot v$.  So a *Hessian-vector product*
    # costs one more backpropagation, through the gradient, whatever $n$ is.  We ask for
    # the gradients of $g$ with its elements weighted by $v$; below it, the product with
    # the matrix:
    #
    #     [10. 38.]
    #     [10. 38.]

    # [Exercise 6](exercises/ex06_second_order.py) asks for such products of your own.

    v = graph.placeholder((2,), name="v")
    (product,) = graph.gradients(g, [theta], v)
    print(session.run(product, {v: [1.0, 3.0]}))
    print(session.run(H) @ [1.0, 3.0])


def cost():
    # How many operations are that?  We take a network with a hidden layer and count
    # what a session has to run for the loss, for its gradient by the 4,810 parameters,
    # and for the product of their Hessian, 4,810 by 4,810, with a vector.
    #
    #     16 operations for the loss
    #     22 operations for the gradient
    #     52 operations for the product
    #
    # The matrix would take a product for each of its 4,810 rows.

    graph = Graph()
    X, labels = graph.constant(np.ones((5, 64))), np.arange(5)
    shapes = [(64, 64), (64,), (64, 10), (10,)]
    parameters = [graph.variable(np.zeros(shape)) for shape in shapes]
    W0, b0, W1, b1 = parameters
    scores = graph.tanh(X @ W0 + b0) @ W1 + b1
    J = graph.softmax_cross_entropy(scores, labels)
    g = graph.gradients(J, parameters)
    v = [graph.placeholder(shape) for shape in shapes]
    along = [graph.sum(a * b) for a, b in zip(g, v)]
    product = graph.gradients(sum(along), parameters)
    session, feeds = Session(graph), dict.fromkeys(v)
    for name, fetches in {"loss": J, "gradient": g, "product": product}.items():
        operations = len(session.program(fetches, feeds).values_at)
        print(operations, "operations for the", name)


def points():
    """A hundred points, of shape (100, 2), and their classes, 0 or 1."""
    rng = np.random.default_rng(0)
    red, blue = rng.normal(size=(50, 2)) - 0.7, rng.normal(size=(50, 2)) + 0.7
    return np.concatenate([red, blue]) * [1, 0.2], np.repeat([0, 1], 50)


class LogisticRegression:
    # ## Logistic regression
    #
    # From here on $J$ is the loss of a perceptron that tells a red cloud from a blue
    # one, the cross-entropy of $p = \sigma(X \theta)$, with two weights and no bias.
    # The clouds are like those of Part II, but closer together.  They overlap, so that
    # $J$ has a lowest point.  And the second coordinate is in other units, a fifth as
    # large as the first: so the valley is narrow.  In statistics this is called
    # *logistic regression*.

    def __init__(self, start, units=(1, 1)):
        X, classes = points()
        self.graph = graph = Graph()
        self.theta = graph.variable(start, name="theta")
        scores = (X * units) @ self.theta
        self.J = graph.sigmoid_cross_entropy(scores, classes, name="J")
        (self.g,) = graph.gradients(self.J, [self.theta])
        rows = [graph.gradients(self.g[i], [self.theta])[0] for i in range(2)]
        self.H = graph.stack(rows, name="H")
        self.v = graph.placeholder((2,), name="v")
        (self.Hv,) = graph.gradients(self.g, [self.theta], self.v)
        self.step = graph.placeholder((2,), name="step")
        self.move = graph.assign(self.theta, self.theta + self.step)
        self.session = Session(graph)

    def loss_at(self, step):
        theta = self.session.run(self.theta) + step
        return self.session.run(self.J, {self.theta: theta})

    def descend(self, step, steps):
        """Go `steps` times by step(g, H), and return each theta, J, g and H met."""
        met = []
        for _ in range(steps):
            met.append(self.session.run([self.theta, self.J, self.g, self.H]))
            self.session.run(self.move, {self.step: step(*met[-1][2:])})
        return met


def by_hand():
    # We know what the derivatives must be.  That of the loss by a score is $p - c$, as
    # in [Part IV](course/part4_descent.py), and that of $p$ by its score is $p (1 -
    # p)$:
    #
    # $$g_j = \frac{1}{N} \sum_i X_{ij} (p_i - c_i) \qquad
    # H_{jk} = \frac{1}{N} \sum_i X_{ij}\, p_i (1 - p_i)\, X_{ik}$$
    #
    # Does the graph find the same?
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
    # ## Newton's method
    #
    # Along a direction $d$ the slope of $J$ is $g^T d$ where we are, and about
    # $g^T d + t\, d^T H d$ after a part $t$ of the way.  Summed up from $t = 0$ to 1:
    #
    # $$J(\theta + d) \approx J(\theta) + g^T d + \frac{1}{2} d^T H d$$
    #
    # As a function of $d$ that is a bowl, if $H$ curves upward in all directions.  At
    # its bottom the gradient by $d$, which is $g + H d$, is 0.  Gradient descent goes
    # along $-g$, and has to be told how far.  *Newton's method* goes to the bottom of
    # the bowl:
    #
    # $$\theta \leftarrow \theta - H^{-1} g$$

    return -np.linalg.solve(H, g)


def comparison():
    # How far are we from the lowest point, before each step?  Beside it, gradient
    # descent at the rate 10, which is in the middle of what is possible, as we shall
    # see.
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

    # What $g + H d$ leaves out is as the square of the distance, and so is, near the
    # end, the distance after the step: the number of digits that are right doubles.
    #
    # ![Contours of a long valley: gradient descent goes across it, and then slowly
    # along; Newton's method gets there in four strides.](part7-newton.svg)

    def paint(axes):
        x, y = np.meshgrid(np.linspace(-0.5, 3.5, 61), np.linspace(-1, 9, 61))
        X, c = points()
        scores = np.stack([x, y], axis=-1) @ X.T
        J = (np.logaddexp(0, scores) - c * scores).mean(axis=-1).round(4)
        levels = [0.42, 0.43, 0.45, 0.48, 0.52, 0.57, 0.63, 0.7]
        axes.contour(x, y, J, levels=levels, colors="#8888", linewidths=0.7)
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
    # ## What may surprise: it does not see the valley
    #
    # In other units, $\theta = A u$, the gradient by $u$ is $A^T g$ and the Hessian is
    # $A^T H A$.  So Newton's step of $u$, times $A$, is the step of $\theta$:
    #
    # $$-A\, (A^T H A)^{-1} A^T g = -H^{-1} g$$
    #
    # We measure the second coordinate in the units of Part II, in which it is five
    # times as large, and the valley is round.  How much do the losses on Newton's way
    # differ?  And after how many steps is gradient descent, at the rate 5, as close as
    # it came above in 199?
    #
    #     0.0
    #     15 steps

    start, units = [0.0, 0.0], (1, 5)
    ways = [LogisticRegression(start, u).descend(newton, 9) for u in ((1, 1), units)]
    losses = np.array([[J for _, J, *_ in way] for way in ways])
    print(abs(losses[0] - losses[1]).max().round(12))
    way = LogisticRegression(start, units).descend(lambda g, H: -5 * g, 50)
    print(sum(J - lowest[1] > 5.9e-10 for _, J, *_ in way), "steps")


def largest_rate(lowest):
    # ## The largest rate
    #
    # In Part IV a rate was too large when a step jumped across the valley and landed
    # higher.  Where is the limit, if there are many directions?  Close to the lowest
    # point, at the distance $r$ from it, $g$ is about $H r$, and a step makes
    # $r - \eta H r$ of $r$.  Along an *eigenvector* of $H$, for which
    # $H r = \lambda r$, that is $(1 - \eta \lambda)\, r$.  It gets shorter as long as
    # $\eta < 2 / \lambda$, and the largest $\lambda$ sets the limit.
    #
    # To find it we need no more than products $H v$.  Write $v$ as a sum of
    # eigenvectors: after $n$ products each is multiplied by $\lambda^n$, and the one
    # with the largest outgrows the others.
    #
    #     the largest eigenvalue is 0.1154, the limit 17.33

    at, *_ = lowest
    regression = LogisticRegression(at)
    v = np.array([1.0, 1.0])
    for _ in range(50):
        Hv = regression.session.run(regression.Hv, {regression.v: v})
        v, steepest = Hv / np.linalg.norm(Hv), np.linalg.norm(Hv)
    print(f"the largest eigenvalue is {steepest:.4f}, the limit {2 / steepest:.2f}")

    # We start close to the lowest point, with a rate a little below the limit and one a
    # little above.  How far are we from it after 0, 50, 100 and 1,000 steps?
    #
    #     rate 16.98: 0.0010 0.0001 0.0000 0.0000
    #     rate 17.68: 0.0010 0.0069 0.0492 0.3226

    for factor in (0.98, 1.02):
        rate = factor * 2 / steepest
        way = LogisticRegression(at + 0.001).descend(lambda g, H, r=rate: -r * g, 1001)
        far = [abs(way[n][0] - at).max() for n in (0, 50, 100, 1000)]
        print(f"rate {rate:.2f}:", *[f"{distance:.4f}" for distance in far])

    # Below the limit we arrive.  Above it each step multiplies the distance by $-1.04$,
    # until we are so far out that the loss is no such bowl any more.  There we stay,
    # and hop from one side to the other.


def forward():
    # ## Forward mode
    #
    # Let $D_{ij} = \partial y_i / \partial x_j$, the *Jacobian* of $y$.
    # Backpropagation begins at the output.  For a vector $u$ there it gives $D^T u$:
    # how each input acts on one combination of the outputs.  We might as well begin at
    # the input, and ask how each output changes when $x$ moves along a vector $v$.
    # That is $D v$, and is called *forward mode*.  It needs no code.  $D^T u$ is a
    # tensor that depends on $u$; and as it is $u$ times something, its derivative is
    # that something:
    #
    # $$\frac{\partial}{\partial u_i} \sum_j v_j (D^T u)_j =
    # \sum_j D_{ij} v_j = (D v)_i$$
    #
    # Here is $y = \tanh(x W)$ for a batch of two $x$, and its change as each of them
    # moves along its $v$.  Is it the same by trial?
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

    # One run of forward mode has all outputs and one direction, one of backpropagation
    # all inputs and one combination of outputs.  A loss is one number with a million
    # inputs: hence backpropagation.

    # ## What may surprise: nobody fed u
    #
    # `forward` was made from `u`, and yet `u` need not be fed: it is not in the
    # program.  A function that is linear in `u` has a derivative without `u`.  What is
    # left goes from front to back, along with $y$ itself: $v$ is multiplied by `W`, and
    # then by the slope of tanh, $1 - y^2$.
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
    # ## What may surprise: Newton's method gets lost
    #
    # From a bad start, two parameters and the loss:
    #
    #     [  6. -30.] 3.09
    #     [-89.74 474.23] 46.51

    start = [6.0, -30.0]
    way = LogisticRegression(start).descend(newton, 2)
    for theta, J, _, _ in way:
        print(theta.round(2), J.round(2))

    # So many of the $p$ are within 0.01 of 0 or 1 there, and $p (1 - p)$ is almost 0:
    #
    #     49%

    p = 1 / (1 + np.exp(-points()[0] @ start))
    print(f"{(np.minimum(p, 1 - p) < 0.01).mean():.0%}")

    # The eigenvalues of $H$, at the start and at the lowest point:
    #
    #     [0.0002 0.0553]
    #     [0.0044 0.1154]

    for *_, H in (way[0], lowest):
        print(np.linalg.eigvalsh(H).round(4))

    # In one direction the bowl is flat, its bottom far away, and there the loss is no
    # such bowl at all.  But along the step $d = -H^{-1} g$ the slope of $J$ is
    # $g^T d = -g^T H^{-1} g$, which is below 0 as long as $H$ curves upward in all
    # directions: a short step goes down.  So we halve it until $J$ is lower.  After 5
    # steps, how far are we above the lowest point?
    #
    #     2.1e-09

    regression = LogisticRegression(start)

    def careful(g, H):
        step, J = newton(g, H), regression.loss_at(np.zeros(2))
        while regression.loss_at(step) > J:
            step = step / 2
        return step

    J = regression.descend(careful, 6)[-1][1]
    print(f"{J - lowest[1]:.1e}")


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
