# # Part III: A criterion
#
# Which of two lines between the clouds is the better one?  To train a classifier we
# need a number that says how bad it is, a *loss*: a function of the weights that we can
# make smaller.
#
#     python -m course.part3_criterion

import numpy as np

from course.part2_perceptrons import points
from course.plot import BLUE, RED, save_graph, save_plot
from graph import Graph
from session import Session


def classifier():
    # ## A classifier to judge
    #
    # The clouds of [Part II](course/part2_perceptrons.py), all hundred points in the
    # rows of one matrix, and for each point a row that has 1 at its class and 0 at the
    # other: its *label* $c$.  Red is class 0 and blue is class 1.
    #
    #     (100, 2) (100, 2)
    #     [1. 0.] [0. 1.]

    red, blue = points()
    examples = np.concatenate([red, blue])
    labels = np.repeat([[1.0, 0.0], [0.0, 1.0]], 50, axis=0)
    print(examples.shape, labels.shape)
    print(labels[0], labels[-1])

    # A softmax of two scores, with weights and biases to be judged.  They are
    # placeholders here, since we want to try many: those of a line that is turned by
    # some degrees.

    graph = Graph()
    X = graph.placeholder((None, 2), name="X")
    c = graph.placeholder((None, 2), name="c")
    W = graph.placeholder((2, 2), name="W")
    b = graph.placeholder((2,), name="b")
    p = graph.softmax(X @ W + b, name="p")

    def feeds(degrees, times=1, copies=1):
        """The line turned by `degrees`, its weights `times` as large; the points."""
        weights, biases = turned(degrees)
        return {
            X: np.tile(examples, (copies, 1)),
            c: np.tile(labels, (copies, 1)),
            W: times * weights,
            b: times * biases,
        }

    return graph, c, p, feeds


def turned(degrees):
    """Weights and biases of a line through 0 that is turned by an angle.

    At 0 degrees it runs between the clouds, with blue on its positive side.
    """
    angle = np.radians(45 + degrees)
    w = np.array([np.cos(angle), np.sin(angle)])
    return np.stack([-w, w], axis=1), np.zeros(2)


def misclassification(graph, c, p, feeds):
    # ## How many are wrong?
    #
    # The first thing that comes to mind is the share of points that get the wrong
    # class, the *misclassification rate*.  We turn the line:
    #
    #      0 degrees: 0.00
    #     18 degrees: 0.00
    #     62 degrees: 0.11
    #     66 degrees: 0.11
    #     90 degrees: 0.51

    wrong = graph.not_equal(graph.argmax(p, axis=1), graph.argmax(c, axis=1))
    rate = graph.mean(wrong, name="rate")
    session = Session(graph)

    def rate_at(degrees):
        return session.run(rate, feeds(degrees))

    for degrees in (0, 18, 62, 66, 90):
        print(f"{degrees:2} degrees: {rate_at(degrees):.2f}")

    # It says what we are after, and is of no use to get there.  The line at 18 degrees
    # all but touches the points.  It is worse than the one at 0, and the rate is the
    # same.  From 62 to 66 degrees nothing changes: a rate is a staircase, flat almost
    # everywhere.  If we ask which way is down, it has no answer.
    return rate_at


def likelihood(graph, c, p, feeds):
    # ## How probable is what we see?
    #
    # The classifier gives each point a probability for its true class.  It should be
    # large, for all points at once.  If no label depends on another, the probability of
    # all of them is the product, the *likelihood* of the classifier.  Of two
    # classifiers, the better one has the larger.  Here are the probabilities of the
    # first three labels, and the likelihood of two lines:
    #
    #     [0.9965 0.9901 0.9973]
    #     likelihood at  0 degrees: 6.8e-02
    #     likelihood at 62 degrees: 4.3e-10

    of_truth = graph.sum(c * p, axis=1, name="of_truth")
    session = Session(graph)
    print(session.run(of_truth, feeds(0))[:3].round(4))
    for degrees in (0, 62):
        product = np.prod(session.run(of_truth, feeds(degrees)))
        print(f"likelihood at {degrees:2} degrees: {product:.1e}")

    # What surprises is how small this gets: a product of numbers below 1, one for each
    # point.  If each point is there fifty times, five thousand in all, nothing is left
    # of it that a number of the computer could hold.
    #
    #     likelihood of 5000 points at 62 degrees: 0.0
    #     its logarithm: -1078.5

    many = session.run(of_truth, feeds(62, copies=50))
    print("likelihood of 5000 points at 62 degrees:", np.prod(many))
    print("its logarithm:", np.log(many).sum().round(2))


def cross_entropy(graph, c, p, feeds, rate_at):
    # ## Cross-entropy
    #
    # The logarithm of a product is the sum of the logarithms; and it grows with the
    # product, so that it is largest where the product is.  We want something to make
    # small, so we take it negative, and a mean instead of a sum, so that it does not
    # matter how many points there are:
    #
    # $$J = -\frac{1}{N} \sum_i \sum_j c_{ij} \ln p_{ij}$$
    #
    # As $c_{ij}$ is 0 but for the true class, the inner sum picks the logarithm of its
    # probability.  $J$ is the *cross-entropy*: 0 for a classifier that is sure and
    # right, $\ln 2 = 0.693$ for one that says one half to everything.  As operations it
    # is what the formula says, from the inside out:

    log_p = graph.log(p, name="log_p")
    each = graph.sum(c * log_p, axis=1, name="each")
    J = graph.neg(graph.mean(each), name="J")
    session = Session(graph)

    def J_at(degrees, times=1):
        return session.run(J, feeds(degrees, times))

    # It tells what the rate does not:
    #
    #      0 degrees: 0.0268
    #     18 degrees: 0.0330
    #     62 degrees: 0.2157
    #     66 degrees: 0.2715
    #     90 degrees: 1.0179

    for degrees in (0, 18, 62, 66, 90):
        print(f"{degrees:2} degrees: {J_at(degrees):.4f}")

    # ![Against the angle of the line: the rate, a staircase that is flat at 0 in the
    # middle, and the cross-entropy, a smooth curve, lowest near 0 degrees
    # and higher on both sides.](part3-angles.svg)

    def paint(axes):
        angles = np.arange(-120, 121, 1)
        axes.plot(
            angles, [J_at(a) for a in angles], color=BLUE, label="cross-entropy $J$"
        )
        rates = [rate_at(a) for a in angles]
        axes.step(angles, rates, where="mid", color=RED, label="misclassification rate")
        axes.set(xlabel="angle of the line, in degrees", xticks=range(-120, 121, 30))
        axes.legend(frameon=False)

    save_plot("part3-angles", paint)

    # Its slope says which way is down.  [Part IV](course/part4_descent.py) goes there.
    #
    # This is the whole graph.  The softmax is drawn as its steps: first it subtracts
    # the largest score, which changes no probability, since only differences matter,
    # and keeps the exponentials from getting too large for a number.  The mean is a sum
    # divided by a count.
    #
    # ![The whole: X and W into a product, plus b, a softmax, its logarithm, times c,
    # summed over the classes, the mean over the examples, negative.](part3-loss.svg)

    save_graph("part3-loss", [J])
    return J_at


def no_end(J_at):
    # ## What may surprise: there is always a lower point
    #
    # Of all angles about 0 is the best, and yet $J$ can be made smaller.  The line at
    # 0 degrees, with weights and biases that are 1, 2, 5 and 10 times as
    # large:
    #
    #      1 times: 0.026810
    #      2 times: 0.007319
    #      5 times: 0.000751
    #     10 times: 0.000031

    for times in (1, 2, 5, 10):
        print(f"{times:2} times: {J_at(0, times):.6f}")

    # The line is the same, and so is each answer; it is only given with more certainty.
    # As all points are on their side, more certainty is always better.  So a training
    # with such clouds never arrives: the weights grow on and on, more and more slowly,
    # and we stop when we like.


def surprise():
    # ## What may surprise: the logarithm of 0
    #
    # A perfect answer should have the loss 0, and a wrong one that is as sure a large
    # loss.  Here are scores so far apart that the softmax rounds to 1 and 0, with the
    # label of the one class and then of the other; $p$, $J$, and a $J$ that is computed
    # otherwise:
    #
    #     [[0. 1.]] nan 0.0
    #     [[0. 1.]] inf 1000.0

    graph = Graph()
    scores, c = graph.constant([[-500.0, 500.0]]), graph.placeholder((1, 2))
    p = graph.softmax(scores)
    J = graph.neg(graph.mean(graph.sum(c * graph.log(p), axis=1)))
    fused = graph.softmax_cross_entropy(scores, c)
    with np.errstate(divide="ignore", invalid="ignore"):
        for label in ([[0, 1]], [[1, 0]]):
            # Adding 0.0 makes 0.0 of a -0.0.
            print(*[v + 0.0 for v in Session(graph).run([p, J, fused], {c: label})])

    # The logarithm of 0 is minus infinity, and 0 times infinity is no number.  The last
    # column is `Graph.softmax_cross_entropy`.  It takes the scores and not $p$, gives
    # the mean over the examples, and does not take the logarithm of a rounded
    # probability; the next part derives how.  For all that follows we use it.


def main():
    graph, *rest = classifier()
    rate_at = misclassification(graph, *rest)
    likelihood(graph, *rest)
    J_at = cross_entropy(graph, *rest, rate_at)
    no_end(J_at)
    surprise()


if __name__ == "__main__":
    main()
