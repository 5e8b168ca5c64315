# # Part III: A criterion
#
# In PyTorch you write `nn.CrossEntropyLoss()` and go on.  But why that one?  Why not
# just count the mistakes?  And what's a logarithm doing in there?
#
# To train a classifier we need one number that says how bad it is, a *loss*: a function
# of the weights that we can make smaller.  We try the first two that come to mind, and
# watch both fail.
#
#     python -m course.part3_criterion

import numpy as np

from course.part2_perceptrons import points
from course.plot import BLUE, RED, save_graph, save_plot
from graph import Graph
from session import Session


def classifier():
    # ## Which line is better? {#a-classifier-to-judge}
    #
    # We take the clouds of [Part II](course/part2_perceptrons.py), a hundred points in
    # the rows of one matrix.  Each point has a *label* $c$, a row with a 1 at its class
    # and a 0 at the other.  Red is class 0, blue is class 1.
    #
    #     (100, 2) (100, 2)
    #     [1. 0.] [0. 1.]

    red, blue = points()
    examples = np.concatenate([red, blue])
    labels = np.repeat([[1.0, 0.0], [0.0, 1.0]], 50, axis=0)
    print(examples.shape, labels.shape)
    print(labels[0], labels[-1])

    # The classifier is a softmax of two scores.  Its weights and biases are
    # placeholders, because we don't train yet: we turn a line by some degrees, and see
    # how bad it is.

    graph = Graph()
    X = graph.placeholder((None, 2), name="X")
    c = graph.placeholder((None, 2), name="c")
    W = graph.placeholder((2, 2), name="W")
    b = graph.placeholder((2,), name="b")
    p = graph.softmax(X @ W + b, name="p")

    def feeds(degrees, times=1, copies=1):
        """A line turned by `degrees`, its weights `times` as large, and the points."""
        weights, biases = turned(degrees)
        return {
            X: np.tile(examples, (copies, 1)),
            c: np.tile(labels, (copies, 1)),
            W: times * weights,
            b: times * biases,
        }

    return graph, c, p, feeds


def turned(degrees):
    """The weights (2, 2) and biases (2,) of a line through the origin.

    At 0 degrees it runs between the clouds, with blue on its positive side; larger
    angles turn it counterclockwise.
    """
    angle = np.radians(45 + degrees)
    w = np.array([np.cos(angle), np.sin(angle)])
    return np.stack([-w, w], axis=1), np.zeros(2)


def misclassification(graph, c, p, feeds):
    # ## Why not just count the mistakes? {#how-many-are-wrong}
    #
    # The share of points that get the wrong class is the *misclassification rate*, 1
    # minus the accuracy.  We turn the line:
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

    # The rate measures what we want, but can't lead us to it.  At 18 degrees the line
    # almost touches a point, and the rate doesn't notice.  From 62 to 66 degrees
    # nothing changes either.  It's a staircase: a step wherever the line crosses a
    # point, and flat everywhere else.  It can't say which way is down.  (The graph
    # refuses to try: [a comparison](ops.py#comparing-and-choosing) has no
    # derivative.)
    return rate_at


def likelihood(graph, c, p, feeds):
    # ## How probable is what we see?
    #
    # The classifier gives each point's true class a probability.  It should be large
    # for all points at once.  If no label depends on another, the probability of all of
    # them is the product, the *likelihood* of the classifier.  Larger is better.  Here
    # are the probabilities of the first three labels, and the likelihood of two lines:
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

    # It tells the lines apart, but look how small it gets: a product of numbers below
    # 1, one for each point.  Repeat each point fifty times, five thousand in all, and
    # the product underflows to 0.  Its logarithm is still an ordinary number:
    #
    #     likelihood of 5000 points at 62 degrees: 0.0
    #     its logarithm: -1078.5

    many = session.run(of_truth, feeds(62, copies=50))
    print("likelihood of 5000 points at 62 degrees:", np.prod(many))
    print("its logarithm:", np.log(many).sum().round(2))


def cross_entropy(graph, c, p, feeds, rate_at):
    # ## A logarithm rescues the product {#cross-entropy}
    #
    # The logarithm of a product is the sum of the logarithms.  It grows with the
    # product, so the same weights make both largest.  A loss should get smaller, so we
    # change the sign.  And we take the mean over the $N$ points, so that it doesn't
    # matter how many there are:
    #
    # $$L = -\frac{1}{N} \sum_i \sum_j c_{ij} \ln p_{ij}$$
    #
    # Only the true class has $c_{ij} = 1$, so the inner sum picks the logarithm of its
    # probability.  $L$ is the *cross-entropy*.  It's 0 for a classifier that's always
    # right, and certain of it.
    #
    # ? What's $L$ for a classifier that answers one half to everything?
    #
    # ! $-\ln \frac{1}{2} = \ln 2 = 0.693$.  A training run that stays there has learned
    # nothing.
    #
    # In code, the formula from the inside out:

    log_p = graph.log(p, name="log_p")
    each = graph.sum(c * log_p, axis=1, name="each")
    L = graph.neg(graph.mean(each), name="L")
    session = Session(graph)

    def L_at(degrees, times=1):
        return session.run(L, feeds(degrees, times))

    # Now 18 degrees costs more than 0, and 66 more than 62:
    #
    #      0 degrees: 0.0268
    #     18 degrees: 0.0330
    #     62 degrees: 0.2157
    #     66 degrees: 0.2715
    #     90 degrees: 1.0179

    for degrees in (0, 18, 62, 66, 90):
        print(f"{degrees:2} degrees: {L_at(degrees):.4f}")

    # ![Against the angle of the line: the rate, a staircase that's flat at 0 in the
    # middle, and the cross-entropy, a smooth curve, lowest near 0 degrees and higher on
    # both sides.](part3-angles.svg "The cross-entropy has a slope where the rate is
    # flat.")

    def paint(axes):
        angles = np.arange(-120, 121, 1)
        axes.plot(
            angles, [L_at(a) for a in angles], color=BLUE, label="cross-entropy $L$"
        )
        rates = [rate_at(a) for a in angles]
        axes.step(angles, rates, where="mid", color=RED, label="misclassification rate")
        axes.set(xlabel="angle of the line, in degrees", xticks=range(-120, 121, 30))
        axes.legend(frameon=False)

    save_plot("part3-angles", paint)

    # Here's the whole graph.  The softmax is drawn as its steps; it first subtracts the
    # largest score, so that no exponential [overflows](mixins/losses.py).  The mean is
    # a sum divided by a count.
    #
    # ![X and W go into a product, b is added, then come a softmax, its logarithm, a
    # product with c, a sum over the classes, a mean, and a minus.](part3-loss.svg "From
    # points and labels to one number.")

    save_graph("part3-loss", [L])
    return L_at


def no_end(L_at):
    # ## Training never arrives {#what-may-surprise-there-is-always-a-lower-point}
    #
    # The best angle is near 0.  But we can make $L$ smaller without turning the line.
    # Keep it at 0 degrees, and multiply its weights and biases by 1, 2, 5 and 10:
    #
    #      1 times: 0.026810
    #      2 times: 0.007319
    #      5 times: 0.000751
    #     10 times: 0.000031

    for times in (1, 2, 5, 10):
        print(f"{times:2} times: {L_at(0, times):.6f}")

    # It's the same line with the same answers, only more certain.  While every point is
    # on its correct side, more certainty always pays.  So where a line separates the
    # clouds, the weights keep growing, more and more slowly, and we stop when we like.
    #
    # ? At 62 degrees, eleven points are on the wrong side.  Do ten times larger weights
    # help there?
    #
    # ! No, $L$ rises from 0.2157 to 0.6140.  The wrong answers get more certain, too,
    # and cost more than the right ones save.


def surprise():
    # ## Why a perfect answer can cost NaN {#what-may-surprise-the-logarithm-of-0}
    #
    # A perfect answer should cost 0, and one that's wrong but just as sure should cost
    # a lot.  We take scores so far apart that the softmax rounds to 0 and 1, first with
    # the correct label, then with the wrong one, and print $p$, our $L$, and $L$ from
    # `Graph.softmax_cross_entropy`:
    #
    #     [[0. 1.]] nan 0.0
    #     [[0. 1.]] inf 1000.0

    graph = Graph()
    scores, c = graph.constant([[-500.0, 500.0]]), graph.placeholder((1, 2))
    p = graph.softmax(scores)
    L = graph.neg(graph.mean(graph.sum(c * graph.log(p), axis=1)))
    fused = graph.softmax_cross_entropy(scores, c)
    with np.errstate(divide="ignore", invalid="ignore"):
        for label in ([[0, 1]], [[1, 0]]):
            # -0.0 + 0.0 is 0.0.
            print(*[v + 0.0 for v in Session(graph).run([p, L, fused], {c: label})])

    # The logarithm of 0 is minus infinity, and 0 times infinity is NaN.  One training
    # step, and every weight is NaN, too.
    #
    # `softmax_cross_entropy` takes scores, so it never sees a rounded probability;
    # [Losses](mixins/losses.py) derives how.  PyTorch's `CrossEntropyLoss` takes
    # scores, too, so don't put a softmax in front of it.
    #
    # You can now judge any classifier by a number that has a slope.
    # [Part IV](course/part4_descent.py) follows the slope down.


def main():
    graph, *rest = classifier()
    rate_at = misclassification(graph, *rest)
    likelihood(graph, *rest)
    L_at = cross_entropy(graph, *rest, rate_at)
    no_end(L_at)
    surprise()


if __name__ == "__main__":
    main()
