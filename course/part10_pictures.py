# # Part X: Pictures
#
# In [Part V b](course/part5b_digits.py) a network learned to read digits, and was lost
# when they moved by one pixel.  It had learned each stroke in each place by itself.
# Here's the cure: weights that look everywhere.
#
#     python -m course.part10_pictures
#
# We train two networks, which takes about twenty seconds.

import numpy as np
from tqdm import tqdm

from course.part5_layers import share_right
from course.part5b_digits import digits, show_images
from course.plot import save_plot
from graph import Graph
from session import Session
from train import AdamOptimizer


def edges():
    # ## One filter, every place {#one-filter}
    #
    # Where does the ink begin, seen from the left?  Where the pixels on the right of a
    # window are darker than those on its left.  You can ask that of 3 by 3 pixels, and
    # you can ask it everywhere.  Write it as weights, negative on the left and positive
    # on the right, and slide them over the image: that's a *convolution*.
    #
    #     (12, 8, 8, 1) (12, 8, 8, 2)

    images, _ = digits()
    x = images[:12, :, :, None] / 16
    graph = Graph()
    across = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 4
    filters = np.stack([across, across.T], axis=-1)[:, :, None, :]
    found = graph.conv2d(x, filters)
    y = Session(graph).run(found)
    print(x.shape, y.shape)

    # We've asked in two ways: from left to right, and from top to bottom.  So each
    # image has become two, its *channels*.
    #
    # ![Three digits, and beside each two images in gray: one shows where ink begins
    # from the left, the other from the top.](part10-edges.svg "Dark is where ink
    # begins, bright where it ends.")

    def paint(axes):
        pictures = [x[i, :, :, 0] for i in (0, 4, 7)]
        rows = [
            picture
            for i, picture in zip((0, 4, 7), pictures)
            for picture in (picture, y[i, :, :, 0], y[i, :, :, 1])
        ]
        show_images(axes, rows, ["image", "from left", "from top"] * 3, 9)

    save_plot("part10-edges", paint, 7.5, 1.5)

    # Move the image, and what's found moves along.  Nothing else changes:
    #
    #     True

    moved = np.roll(x, 1, axis=2)
    again = Session(graph).run(graph.conv2d(moved, filters))
    print(np.allclose(again[:, 1:-1, 2:-1], y[:, 1:-1, 1:-2]))

    # These two filters are known since the sixties, as Sobel's.  We won't choose any.
    # The network will learn which questions are worth asking.


def shares():
    # ## Its gradient is a sum over places {#gradient}
    #
    # How does a filter learn?  A weight $w_a$ is used once at each place $i$, times the
    # pixel $x_{i+a}$ that it meets there.  So it gets a share from each place, pixel
    # times incoming gradient, and the shares are added up, as for anything that's used
    # more than once:
    #
    # $$\frac{\partial L}{\partial w_a} = \sum_i x_{i+a} \, g_i$$
    #
    # Look at that sum: it slides $g$ over $x$.  The gradient of a convolution is a
    # convolution.  Let's check, in a single row:
    #
    #     [ 4.  8. 15.]
    #     [ 4.  8. 15.]

    x = np.array([1.0, 2.0, 4.0, 7.0])
    g = np.array([2.0, 1.0])
    graph = Graph()
    row = graph.variable(x.reshape(1, 1, 4, 1), name="row")
    w = graph.variable(np.zeros((1, 3, 1, 1)), name="w")
    y = graph.conv2d(row, w, padding="VALID")
    (by_w,) = graph.gradients(y, [w], grad_y=g.reshape(1, 1, 2, 1))
    print(Session(graph).run(by_w).ravel())
    print(np.array([x[a : a + 2] @ g for a in range(3)]))

    # And a pixel?  It's seen by a window at each of its weights.  So it gets the
    # weights back, in reverse order, times the gradients of those windows.
    # [Convolution](mixins/convolution.py#two-gradients) derives both for images, and
    # [Exercise 16](exercises/ex16_convolution.py) asks you for them.
    #
    # ? The image has 64 pixels, and a filter 9 weights.  How many shares does a weight
    # get, if the output is as large as the image?
    #
    # ! 64, one from each place.  (At the border some are 0, since the window sees
    # nothing there.)


class ConvolutionalClassifier:
    # ## A LeNet, in small {#a-lenet}
    #
    # In 1989 a network by Yann LeCun and others read the digits on letters.  We build
    # one in that style, for 8 by 8 pixels.  Its filters are 3 by 3.  After the first
    # eight, and after the next sixteen, which look at what the eight have found, we
    # keep only [the best fit](mixins/pooling.py) of each 2 by 2 places: it doesn't
    # matter much where exactly a stroke is.  Then comes a layer that you know.
    #
    # | | shape | numbers to learn |
    # |---|---|---|
    # | image | 8 x 8 x 1 | |
    # | 8 filters, 3 x 3 x 1 | 8 x 8 x 8 | 80 |
    # | the best of 2 x 2 | 4 x 4 x 8 | |
    # | 16 filters, 3 x 3 x 8 | 4 x 4 x 16 | 1,168 |
    # | the best of 2 x 2 | 2 x 2 x 16 | |
    # | ten scores | 10 | 650 |
    #
    # That's 1,898 numbers, against 4,810 in Part V b.

    def __init__(self, rng):
        self.graph = graph = Graph()
        self.X = graph.placeholder((None, 8, 8, 1), name="X")
        self.labels = graph.placeholder((None,), dtype=int, name="labels")
        self.parameters = []

        def parameter(*shape):
            start = rng.normal(size=shape) * np.sqrt(2 / np.prod(shape[:-1]))
            self.parameters += [
                graph.variable(start),
                graph.variable(np.zeros(shape[-1])),
            ]
            return self.parameters[-2:]

        def look(x, outputs):
            filters, b = parameter(3, 3, x.dims[3], outputs)
            return graph.relu(graph.conv2d(x, filters) + b)

        seen = self.features(look)
        W, b = parameter(seen.dims[1], 10)
        scores = graph.add(seen @ W, b, name="scores")
        self.L = graph.softmax_cross_entropy(scores, self.labels, name="L")
        self.right = share_right(graph, scores, self.labels)
        self.step = AdamOptimizer(0.003).minimize(self.L)
        self.session = Session(graph)

    def features(self, look):
        h = self.graph.max_pool(look(self.X, 8), 2)
        h = self.graph.max_pool(look(h, 16), 2)
        return self.graph.reshape(h, (-1, 2 * 2 * 16))

    def run(self, fetches, X, labels):
        return self.session.run(fetches, {self.X: X, self.labels: labels})

    def train(self, X, labels, rng):
        """Forty epochs with minibatches of 32."""
        for _ in tqdm(range(40), desc="training", unit="epoch"):
            order = rng.permutation(len(X))
            for start in range(0, len(X), 32):
                batch = order[start : start + 32]
                self.run(self.step, X[batch], labels[batch])


def trained(kind, X, labels):
    rng = np.random.default_rng(0)
    classifier = kind(rng)
    classifier.train(X, labels, rng)
    return classifier


def shares_right(classifier, X, labels):
    """The shares that are right: as they are, and moved by 1, -1 and 2 pixels."""
    wide = np.pad(X, [(0, 0), (0, 0), (2, 2), (0, 0)])
    moved = [wide[:, :, 2 - pixels : 10 - pixels] for pixels in (0, 1, -1, 2)]
    shares = [classifier.run(classifier.right, images, labels) for images in moved]
    return " ".join(f"{share:.1%}" for share in shares)


def reading():
    # ## One pixel to the right {#one-pixel}
    #
    # Now for the test that the other network failed.  It's the same fifth of the
    # images, and the other network read 98.9% of them as they are, and 54.4% moved to
    # the right by one pixel.  This one, as they are, moved right, left, and by two:
    #
    #     97.8% 58.3% 74.4% 30.8%

    images, labels = digits()
    X = images[:, :, :, None] / 16
    order = np.random.default_rng(0).permutation(len(X))
    test, *rest = np.array_split(order, 5)
    training = np.concatenate(rest)
    data = X[training], labels[training]
    lenet = trained(ConvolutionalClassifier, *data)
    print(shares_right(lenet, X[test], labels[test]))

    # That's hardly better!  What went wrong?  The filters look everywhere, and what
    # they find moves along with the image.  But the last layer has weights of its own
    # for each of the 2 by 2 places that are left.  Move the image, and what was in one
    # of them is in another.  We've put the old problem at the end.
    return data, X[test], labels[test]


class EverywhereClassifier(ConvolutionalClassifier):
    # ## Then don't ask where {#anywhere}
    #
    # So take the best fit over *all* places.  What's left is one number for each
    # filter: is what you look for anywhere in this image?  To make up for that, we have
    # more filters, 16 and 32, and no pooling in between.

    def features(self, look):
        return self.graph.max(look(look(self.X, 16), 32), (1, 2))


def everywhere(data, X, labels):
    # And the same test again, as it is, moved right, left, and by two:
    #
    #     98.9% 99.2% 98.1% 96.4%

    classifier = trained(EverywhereClassifier, *data)
    print(shares_right(classifier, X, labels))

    # It has never seen a moved image.  It didn't have to: we built into it that a
    # stroke is a stroke, wherever it is.  That's what an *architecture* is for.  What
    # you know about the data before you've seen any, you don't have to learn.
    #
    # ? Does it read images that are moved down by a pixel just as well?
    #
    # ! No, 79.7% of them, and it's not the network's fault.  The images were made so
    # that each digit fills them from top to bottom.  Move one down, and its last row is
    # cut off.

    wide = np.pad(X, [(0, 0), (1, 1), (0, 0), (0, 0)])
    down = classifier.run(classifier.right, wide[:, :8], labels)
    print(f"moved down: {down:.1%}")

    # In numbers, the share of test images with ink in the last row, and in the last
    # column:
    #
    #     moved down: 79.7%
    #     100% 12%

    edges = X[:, -1], X[:, :, -1]
    print(*[f"{(edge.sum(axis=(1, 2)) > 0).mean():.0%}" for edge in edges])

    # What do the filters look for?  Here are the first sixteen.
    #
    # ![Sixteen small squares of three by three gray fields: edges in several
    # directions, spots, and corners.](part10-filters.svg "What the first sixteen
    # filters look for. Dark fields want ink, bright ones want paper.")

    filters = classifier.session.run(classifier.parameters[0])

    def paint(axes):
        captions = [str(i + 1) for i in range(16)]
        show_images(axes, filters[:, :, 0].transpose(2, 0, 1), captions, 8)

    save_plot("part10-filters", paint, 6.4, 2.2)

    # Nobody told it about edges.  But there they are, in several directions, beside
    # spots and corners, because edges are worth asking about.
    #
    # You can now build networks that see, and you know what to ask of each layer: what
    # does it take for granted?


def main():
    edges()
    shares()
    data, X, labels = reading()
    everywhere(data, X, labels)


if __name__ == "__main__":
    main()
