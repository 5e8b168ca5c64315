# # Does it matter exactly where the stroke is?
#
# Not to a reader.  A seven is a seven if its bar sits one pixel higher.  So behind a
# [convolution](mixins/convolution.py), which says how well a filter fits at each place,
# we keep only the best fit within a small window.  That's *max pooling*.  With windows
# of 2 by 2, side by side, three quarters of the numbers are gone, and what's left
# hardly changes when the image moves by a pixel.
#
# >>> import numpy
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> image = numpy.array([[1.0, 2.0, 0.0, 0.0], [4.0, 3.0, 0.0, 5.0]])
# >>> x = graph.variable(image.reshape(1, 2, 4, 1), name="x")
# >>> largest, mean = graph.max_pool(x, 2), graph.avg_pool(x, 2)
# >>> for value in Session(graph).run([largest, mean]):
# ...     print(value.ravel())
# [4. 5.]
# [2.5  1.25]
#
# Nudge the 4, and the maximum moves with it.  Nudge the 3 beside it, and nothing
# happens.  So the whole gradient goes to the largest, wherever that was, and the others
# get nothing.  A mean treats all alike, so each gets a quarter.
#
# >>> for pooled in (largest, mean):
# ...     (by_x,) = graph.gradients(graph.sum(pooled), [x])
# ...     print(Session(graph).run(by_x).reshape(2, 4))
# [[0. 0. 0. 0.]
#  [1. 0. 0. 1.]]
# [[0.25 0.25 0.25 0.25]
#  [0.25 0.25 0.25 0.25]]

import functools

import numpy

import ops
from mixins.convolution import SeenOp, Slide, slid
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


# ## Who gets the gradient? {#who-gets-the-gradient}
#
# We don't compare windows one by one.  For each pixel of the window, one slice of the
# image has what all windows see there, so four slices have it all.  Their largest is
# the output.


def views(slide, np, x):
    """For each pixel of the window, what all the windows see there."""
    lowest = -numpy.inf if x.dtype.kind == "f" else numpy.iinfo(x.dtype).min
    padded = slide.pad(np, x, lowest)
    return [padded[index] for _, index in slide.seen(x.shape)]


class MaxPoolOp(ops.BaseOp):
    """The largest that each window sees; the gradient goes to the first of them."""

    def compute(self, np, x):
        return functools.reduce(np.maximum, views(self.slide, np, x))

    def gradient(self, grad):
        (x,), graph, slide = self.inputs, self.graph, self.slide
        winner = WinnerOp([x], graph, slide=slide).output
        inputs = [grad, winner, graph.shape(x)]
        return [PlaceOp(inputs, graph, slide=slide).output]

    def infer_shape(self, dims):
        return slid(self.slide, dims)


# The gradient has to know which pixel won.  If two are equally large, the first one
# wins: TensorFlow and PyTorch decide like that as well.


class WinnerOp(MaxPoolOp):
    """Which pixel of the window is the first of the largest: 0, 1, 2, ..."""

    stops_gradient = True

    def compute(self, np, x):
        largest, *others = views(self.slide, np, x)
        winner = np.zeros(largest.shape, int)
        for i, seen in enumerate(others, 1):
            # The numbers grow, so the last one to beat all before it remains.
            winner = np.maximum(winner, i * (seen > largest))
            largest = np.maximum(seen, largest)
        return winner

    def infer_dtype(self, _):
        return numpy.dtype(int)


# So a max pooling *picks* one pixel of each window, and its gradient *places* a number
# where that pixel was.  What's the gradient of placing?  Picking, from the same pixels.


class PlaceOp(SeenOp):
    """Zeros, with each number added to the pixel that won its window."""

    sizes = (2,)

    def part(self, np, pixel, grad, winner, shape):
        number = pixel[0] * self.slide.size[1] + pixel[1]
        return grad * (winner == number)

    def gradient(self, grad):
        winner = self.inputs[1]
        picked = PickOp([grad, winner], self.graph, slide=self.slide).output
        return [picked, None, None]


class PickOp(ops.BaseOp):
    """From each window, the pixel that won."""

    def compute(self, np, x, winner):
        picked, *others = views(self.slide, np, x)
        for i, seen in enumerate(others, 1):
            picked = np.where(winner == i, seen, picked)
        return picked

    def gradient(self, grad):
        (x, winner), graph = self.inputs, self.graph
        inputs = [grad, winner, graph.shape(x)]
        return [PlaceOp(inputs, graph, slide=self.slide).output, None]

    def infer_shape(self, dims, winner):
        return winner


# ## The mean, and why the border counts {#the-mean}
#
# A mean is a sum, divided by a count.  With the padding "SAME", windows at the border
# see zeros that aren't pixels.  They'd pull the mean down, so we count only pixels.
# How many are there in each window?  Pool an image of ones:
#
# >>> ones = graph.constant(numpy.ones((1, 3, 3, 1)))
# >>> slide = Slide.of(2, strides=2, padding="SAME")
# >>> count = SumPoolOp([ones], graph, slide=slide).output
# >>> print(Session(graph).run(count)[0, :, :, 0])
# [[4. 2.]
#  [2. 1.]]


class SumPoolOp(ops.BaseOp):
    """The sum of what each window sees."""

    def compute(self, np, x):
        padded = self.slide.pad(np, x)
        seen = [padded[index] for _, index in self.slide.seen(x.shape)]
        return functools.reduce(np.add, seen)

    def gradient(self, grad):
        (x,), graph = self.inputs, self.graph
        return [SpreadOp([grad, graph.shape(x)], graph, slide=self.slide).output]

    def infer_shape(self, dims):
        return slid(self.slide, dims)


class SpreadOp(SeenOp):
    """Zeros, with each number added to all the pixels of its window."""

    sizes = (1,)

    def part(self, np, pixel, grad, shape):
        return grad

    def gradient(self, grad):
        return [SumPoolOp([grad], self.graph, slide=self.slide).output, None]


class Pooling:
    """A graph that keeps one number for each window of an image."""

    def max_pool(self, x, size, strides=None, padding="VALID", name=None):
        """Return the largest of each window, for each channel of images x.

        Args:
            x: images, (batch, rows, columns, channels).
            size: that of the window, one number, or two, for rows and columns.
            strides: by default `size`, so that windows stand side by side.
            padding: as in `conv2d`.

        Raises:
            ValueError: x isn't a batch of images, or the window is larger than they.
        """
        slide = Slide.of(size, size if strides is None else strides, padding)
        return MaxPoolOp([x], self, name, slide=slide).output

    def avg_pool(self, x, size, strides=None, padding="VALID", name=None):
        """Return the mean over each window; everything else is as in `max_pool`.

        Pixels that only pad the image don't count.
        """
        slide = Slide.of(size, size if strides is None else strides, padding)
        x = self.convert(x)
        total = SumPoolOp([x], self, slide=slide).output
        ones = self.ones_like(x[:1, :, :, :1])
        count = SumPoolOp([ones], self, slide=slide).output
        return self.div(total, count, name)


# [Part X](course/part10_pictures.py) builds a network that sees: convolution, pooling,
# and at the end a layer that you know.
