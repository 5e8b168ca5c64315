# # Part V b: Handwritten digits
#
# Can two layers read what people write by hand?  They can: ours gets 98.9% of a test
# right.  Then we move each image by a single pixel, and it reads barely half of them.
# At the end you can [draw a digit](#draw-a-digit) yourself.
#
#     python -m course.part5b_digits
#
# We train twelve networks, which takes about ten seconds.

import pathlib

import numpy as np
from tqdm import tqdm

from course.part5_layers import share_right
from course.plot import BLUE, RED, save_plot
from graph import Graph
from session import Session
from train import AdamOptimizer


def digits():
    """Images of handwritten digits, and the digit that each shows.

    The images are integers from 0 (paper) to 16 (ink), of shape (1797, 8, 8); the
    labels are integers from 0 to 9, of shape (1797,).
    """
    with np.load(pathlib.Path(__file__).with_name("digits.npz")) as file:
        return file["images"], file["labels"]


def handwriting():
    # ## What the network gets to see {#handwritten-digits}
    #
    # `course/digits.npz` holds the test images of a data set that E. Alpaydin and
    # C. Kaynak made from the handwriting of forty-three people, thirteen of whom wrote
    # these: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository,
    # 1998, doi 10.24432/C50P49, license CC BY 4.0.  Each image has 8 x 8 pixels:
    #
    #     (1797, 8, 8) (1797,)
    #     [0 1 2 3 4 5 6 7 8 9 0 1]

    images, labels = digits()
    print(images.shape, labels.shape)
    print(labels[:12])

    # ![The digits from 0 to 9 in a dozen handwritten images, coarse but
    # legible.](part5b-digits.svg "The first twelve images, each with its label.")

    def paint(axes):
        show_images(axes, images[:12], labels[:12], 6)

    save_plot("part5b-digits", paint, 6, 2.6)

    # We want to know how the network does on digits that it has never seen.  So we hold
    # out a fifth of the images for the *test*, and train with the others.  Each image
    # becomes a row of 64 numbers from 0 to 1.
    #
    #     (1437, 64) for training, (360, 64) for the test

    X = images.reshape(-1, 64) / 16
    order = np.random.default_rng(0).permutation(len(X))
    fifths = np.array_split(order, 5)
    print(f"{X[order[360:]].shape} for training, {X[fifths[0]].shape} for the test")
    return X, labels, fifths


def show_images(axes, images, captions, columns):
    """Draw images of 8 x 8 pixels in a table, each with its caption below."""
    for i, (image, caption) in enumerate(zip(images, captions)):
        x, y = 10 * (i % columns), -12 * (i // columns)
        axes.imshow(image, "Greys", extent=(x, x + 8, y, y + 8), interpolation="none")
        axes.text(x + 4, y - 0.6, caption, ha="center", va="top")
    rows = -(-len(images) // columns)
    axes.set(xlim=(-1, 10 * columns - 1), ylim=(-12 * rows + 9, 9))
    axes.axis("off")


class Classifier:
    # ## A network that reads
    #
    # As in [Part V](course/part5_layers.py) there's a hidden layer, here of 64 units,
    # and a softmax, here of ten classes.  But the units are *rectified linear units*,
    # $\mathrm{relu}(x) = \max(x, 0)$.  Where such a unit isn't 0 its slope is 1.  A
    # sigmoid's slope is at most a quarter, and shrinks as the unit gets surer.
    #
    # $$h = \mathrm{relu}(X W_0 + b_0) \qquad p = \mathrm{softmax}(h W_1 + b_1)$$
    #
    # How large should the random weights be?  A unit adds up $n$ products of an input
    # and a weight.  If the weights are independent, with mean 0 and variance $v$, the
    # square of that sum is on average $n v$ times the mean square of the inputs.
    #
    # If $w$ is as likely as $-w$, `relu` drops half of this.  So with $v = 2 / n$ the
    # units are on average as large as their inputs, and values neither explode nor fade
    # through a few layers.  PyTorch calls this `kaiming_normal_`.
    #
    # ? How many numbers does this network learn?
    #
    # ! $64 \cdot 64 + 64$ for the hidden layer and $64 \cdot 10 + 10$ for the scores:
    # 4,810.

    def __init__(self, rng):
        self.graph = graph = Graph()
        self.X = graph.placeholder((None, 64), name="X")
        self.labels = graph.placeholder((None,), dtype=int, name="labels")
        W0 = graph.variable(rng.normal(size=(64, 64)) * np.sqrt(2 / 64), name="W0")
        b0 = graph.variable(np.zeros(64), name="b0")
        W1 = graph.variable(rng.normal(size=(64, 10)) * np.sqrt(2 / 64), name="W1")
        b1 = graph.variable(np.zeros(10), name="b1")
        self.parameters = [W0, b0, W1, b1]
        self.hidden = graph.relu(self.X @ W0 + b0, name="hidden")
        scores = graph.add(self.hidden @ W1, b1, name="scores")
        self.p = graph.softmax(scores, name="p")
        self.L = graph.softmax_cross_entropy(scores, self.labels, name="L")
        self.right = share_right(graph, scores, self.labels)
        self.step = AdamOptimizer(0.003).minimize(self.L)
        self.session = Session(graph)

    def run(self, fetches, X, labels):
        return self.session.run(fetches, {self.X: X, self.labels: labels})

    # ## Must every step see all images? {#minibatches}
    #
    # The gradient of the whole loss needs all 1,437 images.  The gradient of the mean
    # over 32 of them, a *minibatch*, is right on average, and takes a forty-fifth of
    # the arithmetic.
    #
    # So we shuffle the images and take 32 at a time until we've seen them all, which is
    # an *epoch*; then we shuffle again.  [Exercise 3](exercises/ex03_minibatches.py)
    # asks for this as a generator.

    def epoch(self, X, labels, rng):
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            batch = order[start : start + 32]
            self.run(self.step, X[batch], labels[batch])


def sizes(X):
    # Before training, are the hidden units of five classifiers about as large as the
    # pixels?
    #
    #     mean square of the pixels 0.23
    #     of the hidden units 0.23 0.20 0.17 0.15 0.26

    print(f"mean square of the pixels {(X**2).mean():.2f}")
    squares = []
    for seed in range(5):
        classifier = Classifier(np.random.default_rng(seed))
        hidden = classifier.session.run(classifier.hidden, {classifier.X: X})
        squares.append((hidden**2).mean())
    print("of the hidden units", *[f"{square:.2f}" for square in squares])


def reading(X, labels, fifths):
    # ## Learning to read
    #
    # We hold out the first fifth, train with the others, and look after 1, 5, 30, 75
    # and 200 epochs.
    #
    #     epoch   1: training L 0.8801, 88.4% right; test L 0.8614, 89.7%
    #     epoch   5: training L 0.1637, 96.9% right; test L 0.1733, 97.2%
    #     epoch  30: training L 0.0169, 99.9% right; test L 0.0683, 98.3%
    #     epoch  75: training L 0.0019, 100.0% right; test L 0.0521, 98.9%
    #     epoch 200: training L 0.0000, 100.0% right; test L 0.0638, 98.9%

    test, training = fifths[0], np.concatenate(fifths[1:])
    rng = np.random.default_rng(0)
    classifier = Classifier(rng)
    both, curves = [classifier.L, classifier.right], []
    agreement = [cosine(classifier, X[training], labels[training])]
    for _ in tqdm(range(200), desc="training", unit="epoch"):
        classifier.epoch(X[training], labels[training], rng)
        curves.append([classifier.run(both, X[i], labels[i]) for i in (training, test)])
    for epoch in (1, 5, 30, 75, 200):
        (L, right), (test_J, test_right) = curves[epoch - 1]
        print(
            f"epoch {epoch:3}: training L {L:.4f}, {right:.1%} right; "
            f"test L {test_J:.4f}, {test_right:.1%}"
        )

    # Soon the network gets every training image right, and training only makes it
    # surer.  For a while that helps on the test too.  Then the test's $L$ rises: what
    # the network gets wrong, it gets wrong with growing confidence.  This is
    # *overfitting*, and only held-out images show it.
    #
    # ![The loss on a logarithmic scale against the epoch: for training it falls on and
    # on, for the test it is lowest at about 75 and then rises
    # slowly.](part5b-curves.svg "Training keeps improving; the test turns after about
    # 75 epochs.")

    def paint(axes):
        L = np.array(curves)[:, :, 0]
        axes.semilogy(range(1, 201), L[:, 1], color=RED, label="test")
        axes.semilogy(range(1, 201), L[:, 0], color=BLUE, label="training")
        axes.set(xlabel="epoch", ylabel="$L$")
        axes.legend(frameon=False)
        axes.grid(color="#8884", linewidth=0.6)

    save_plot("part5b-curves", paint, 5.5, 3.2)

    # How well does the gradient of a minibatch agree with that of all training images?
    # Here's the mean cosine of the angle between them, before training and after:
    #
    #     0.77 0.07

    agreement.append(cosine(classifier, X[training], labels[training]))
    print(*[f"{cosine:.2f}" for cosine in agreement])

    # At first every minibatch knows the way.  When there's little left to learn, each
    # asks mostly for what its own images need, and only the mean of many is right.
    return classifier


def cosine(classifier, X, labels):
    gradients = classifier.graph.gradients(classifier.L, classifier.parameters)

    def direction(which):
        parts = classifier.run(gradients, X[which], labels[which])
        gradient = np.concatenate([part.ravel() for part in parts])
        return gradient / np.linalg.norm(gradient)

    whole, batches = direction(np.arange(len(X))), np.arange(len(X) // 32 * 32)
    return np.mean([whole @ direction(batch) for batch in batches.reshape(-1, 32)])


def confusion(classifier, X, labels, fifths):
    # ## Which digits does it confuse? {#what-is-taken-for-what}
    #
    # The *confusion matrix* counts, for each digit, what the network took it for.
    # Everything off the diagonal is a mistake.
    #
    # ? The network gets 98.9% of 360 images right.  How many are off the diagonal?
    #
    # ! Four, since 356 of 360 are 98.9%.

    test = fifths[0]
    p = classifier.session.run(classifier.p, {classifier.X: X[test]})
    answers, truth = p.argmax(axis=1), labels[test]
    matrix = np.zeros((10, 10), dtype=int)
    np.add.at(matrix, (truth, answers), 1)

    # ![A table of ten rows and ten columns: large numbers on the diagonal, a few ones
    # beside it.](part5b-confusion.svg "Three of the four mistakes were answered with a
    # 1.")

    def paint(axes):
        style = {"ha": "center", "va": "center"}
        for row, column in zip(*np.nonzero(matrix)):
            color = "#000000" if row == column else RED
            axes.text(column, row, matrix[row, column], color=color, **style)
        axes.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5), aspect="equal")
        axes.set(xticks=range(10), yticks=range(10), xlabel="answer", ylabel="truth")
        axes.set_xticks(np.arange(0.5, 9), minor=True)
        axes.set_yticks(np.arange(0.5, 9), minor=True)
        axes.grid(which="minor", color="#8884", linewidth=0.6)
        axes.tick_params(which="minor", length=0)

    save_plot("part5b-confusion", paint, 4.4, 4.2)

    # Here are the mistakes, those with the least probability for the truth first.
    #
    #     3, with 0.0%, taken for 5
    #     6, with 4.9%, taken for 1
    #     2, with 9.4%, taken for 1
    #     8, with 21.2%, taken for 1
    #
    # ![Images of digits that are hard to read, each with what it is and what it was
    # taken for.](part5b-worst.svg "Would you have read all four?")

    of_truth = p[np.arange(len(test)), truth]
    wrong = np.flatnonzero(answers != truth)
    worst = wrong[np.argsort(of_truth[wrong])][:6]
    for i in worst:
        print(f"{truth[i]}, with {of_truth[i]:.1%}, taken for {answers[i]}")

    def paint_worst(axes):
        captions = [f"{truth[i]}, not {answers[i]}" for i in worst]
        show_images(axes, X[test[worst]].reshape(-1, 8, 8), captions, 6)

    save_plot("part5b-worst", paint_worst, 6.4, 1.6)


def train(X, labels, seed):
    """A classifier, trained with these images for thirty epochs."""
    rng = np.random.default_rng(seed)
    classifier = Classifier(rng)
    for _ in range(30):
        classifier.epoch(X, labels, rng)
    return classifier


def hold_out_each(X, labels, parts):
    """Print the share that is right of each part, by a network trained without it."""
    shares = []
    for i, test in enumerate(tqdm(parts, desc="held out", unit="part")):
        training = np.concatenate(parts[:i] + parts[i + 1 :])
        classifier = train(X[training], labels[training], seed=i)
        shares.append(classifier.run(classifier.right, X[test], labels[test]))
    mean = np.average(shares, weights=[len(test) for test in parts])
    print(*[f"{share:.1%}" for share in shares], end=": ")
    print(f"{mean:.1%} of all images")


def luck(X, labels, fifths):
    # ## Was it luck?
    #
    # Another fifth might have been harder.  So we hold out each of them once, and train
    # five networks for thirty epochs, each without seeing its own test.
    #
    #     98.3% 96.4% 98.1% 97.8% 98.1%: 97.7% of all images

    hold_out_each(X, labels, fifths)

    # The fifths differ by a percent or two, and a percent of 360 images is less than
    # four.  But there's more to be modest about.  We chose the number of units and the
    # learning rate with an eye on such numbers, so the test wasn't quite unseen.
    #
    # And we shuffled.  Hold out each fifth as it lies in the file, and nearly three
    # times as many images are wrong:
    #
    #     95.3% 90.8% 95.0% 95.5% 90.8%: 93.5% of all images

    hold_out_each(X, labels, np.array_split(np.arange(len(X)), 5))

    # Neighbors look alike.  How often does the most similar image, by the sum of
    # squared differences, lie at most a hundred places away?  And how often would it,
    # if places were random?
    #
    #     54%, by chance 11%

    squares = (X**2).sum(axis=1)
    distances = squares[:, None] + squares - 2 * X @ X.T
    np.fill_diagonal(distances, np.inf)
    places = abs(np.arange(len(X)) - distances.argmin(axis=1))
    chance = abs(np.subtract.outer(np.arange(len(X)), np.arange(len(X)))) <= 100
    print(f"{(places <= 100).mean():.0%}, by chance {chance.mean():.0%}")

    # So after shuffling, many test images have close relatives in the training.  Which
    # of the two numbers is right depends on your question: how well does the network
    # read more of the same, or something unlike anything it has seen?


def surprise(classifier, X, labels, fifths):
    # ## One pixel to the right {#what-may-surprise-one-pixel-to-the-right}
    #
    # Here's the same test with each image moved by one pixel to the right.  You'd
    # hardly notice.
    #
    #     moved to the right: 54.4%

    test, training = fifths[0], np.concatenate(fifths[1:])

    wide = np.pad(X.reshape(-1, 8, 8), [(0, 0), (0, 0), (1, 1)])

    def moved(pixels):
        return wide[:, :, 1 - pixels : 9 - pixels].reshape(-1, 64)

    def share(classifier, images):
        return f"{classifier.run(classifier.right, images[test], labels[test]):.1%}"

    print("moved to the right:", share(classifier, moved(1)))

    # To the network a pixel is a column of $X$ like any other.  We never told it which
    # pixels are neighbors, and each weight belongs to one place.  So we train it with
    # moved images too, which cost nothing; and it learns to read those, but not images
    # moved to the left.
    #
    #     trained with both: 98.3%
    #     moved to the right: 98.1%
    #     moved to the left: 44.7%

    both = np.concatenate([X[training], moved(1)[training]])
    classifier = train(both, np.tile(labels[training], 2), seed=0)
    print("trained with both:", share(classifier, X))
    print("moved to the right:", share(classifier, moved(1)))
    print("moved to the left:", share(classifier, moved(-1)))

    # ## Can it read yours? {#draw-a-digit}
    #
    # Draw a digit below, and the network that you've just seen reads it.
    #
    # First your drawing becomes an image like those that it learned from.  They came
    # from forms, and a program had made them alike: it stretched each digit to a height
    # of 32 pixels and a width of about 20, pulled it upright until the first ink of the
    # top row stood above that of the bottom row, evened out the pen, and counted the
    # ink in each block of 4 x 4.  We do the same.
    #
    # Is it worth the trouble?  A script drew sixty digits for us with the mouse, in six
    # hands that we made up.  Prepared like this, 57 of them are read right.  As they
    # are, 28.
    #
    # ![A pad to draw on; what the network sees of the drawing, eight by eight pixels; a
    # bar for each digit.](weave:live-digits "Draw a digit. Then move what the network
    # sees by one pixel, and take the other network.")
    #
    # When your digit is read right, move what the network sees by one pixel.  Then take
    # the other network.  It was trained with nine copies of each image, moved by up to
    # one pixel in each direction.  It hardly minds a pixel, and reads 58 of the sixty.
    #
    # ? Move by two pixels, and that network is lost as well.  What would help?
    #
    # ! Copies moved by two pixels; or weights that don't belong to one place.  A
    # *convolution* looks at every place with the same few weights, as [Part
    # X](course/part10_pictures.py) does.
    #
    # You can now train a network on real data, and you know what to ask about a test.
    # Next, [Part VI](course/part6_tensorflow.py) trains this reader with TensorFlow.


def main():
    X, labels, fifths = handwriting()
    sizes(X)
    classifier = reading(X, labels, fifths)
    confusion(classifier, X, labels, fifths)
    luck(X, labels, fifths)
    surprise(classifier, X, labels, fifths)


if __name__ == "__main__":
    main()
