# # How do you find a stroke, wherever it is? Slide a window
#
# Give a layer of 100 units an image of 28 by 28 pixels, and each unit has 784 weights.
# Teach one of them to find a vertical stroke on the left, and it has learned nothing
# about strokes on the right.  Yet a stroke is a stroke.
#
# So look at the image through a small *window*, and use the same weights wherever the
# window stands.  That's a *convolution*, and its weights are a *filter*:
#
# >>> import numpy
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> image = numpy.zeros((1, 4, 6, 1))
# >>> image[0, :, 1] = image[0, 1:3, 4] = 1
# >>> print(image[0, :, :, 0])
# [[0. 1. 0. 0. 0. 0.]
#  [0. 1. 0. 0. 1. 0.]
#  [0. 1. 0. 0. 1. 0.]
#  [0. 1. 0. 0. 0. 0.]]
# >>> x = graph.variable(image, name="x")
# >>> stroke = graph.variable(numpy.ones((3, 1, 1, 1)), name="stroke")
# >>> found = graph.conv2d(x, stroke, padding="VALID")
# >>> print(Session(graph).run(found)[0, :, :, 0])
# [[0. 3. 0. 0. 2. 0.]
#  [0. 3. 0. 0. 2. 0.]]
#
# A stroke three pixels high answers 3, wherever it is, and a shorter one answers less.
#
# The four axes of an image are the *batch*, its rows, its columns, and its *channels*:
# red, green and blue, or what the filters of the layer before have found.  A filter has
# rows, columns, channels to read, and channels to write.  At row $i$ and column $j$ the
# window covers the pixels from there on, and we sum over all that it sees:
#
# $$y_{n i j m} = \sum_{a b c} x_{n, i+a, j+b, c} \, f_{a b c m}$$
#
# (Mathematicians call that a cross-correlation.  Their convolution turns the filter
# upside down first; since we learn the filter, it doesn't matter to us.)
#
# Two numbers more.  With a *stride* of 2 the window takes two steps at a time, so pixel
# $i + a$ becomes $2i + a$.  With a *dilation* of 2 it looks at every second pixel only,
# and $i + a$ becomes $i + 2a$.
#
# And at the border?  With the *padding* "VALID", the window stays within the image, and
# the output is a bit smaller.  With "SAME" we put zeros around, as many as it takes
# for an output of the same size, or for half of that if the stride is 2.

import itertools
import math
import typing

import numpy

import ops
from mixins.shapes import Unknown, as_tuple, show_shape, stated_dims, whole
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# ## One matrix product {#one-product}
#
# Six nested loops in Python would take forever.  Instead, write what the window sees at
# each place as a row, and the filters as the columns of a matrix.  Then the sums are a
# single matrix product.  For 64 images of 28 by 28 pixels and 6 filters of 5 by 5, it
# has 64 · 24 · 24 = 36,864 rows of 25, times a matrix of 25 by 6.
#
# Each pixel is copied up to 25 times, and that's still a bargain.  NumPy can look at an
# array as all its windows, by `sliding_window_view`, and `reshape` makes the copy.


class WindowsOp(ops.BaseOp):
    """What the window sees: (batch, rows, columns, all that's in the window)."""

    # `Conv2dOp` sends its gradient to the image directly.
    stops_gradient = True

    def compute(self, np, x):
        slide = self.slide
        (down, right), (below, beside) = slide.strides, slide.dilation
        view = numpy.lib.stride_tricks.sliding_window_view
        seen = view(slide.pad(np, x), slide.reach, axis=(1, 2))
        seen = seen[:, ::down, ::right, :, ::below, ::beside]
        batch, rows, columns, channels, *size = seen.shape
        seen = seen.transpose(0, 1, 2, 4, 5, 3)
        return seen.reshape(batch, rows, columns, math.prod(size) * channels)

    def infer_shape(self, dims):
        *places, channels = slid(self.slide, dims)
        if isinstance(channels, int):
            return (*places, channels * math.prod(self.slide.size))
        return (*places, Unknown())


class Conv2dOp(ops.BaseOp):
    """y[n,i,j,m] = the sum of x[n,i+a,j+b,c] f[a,b,c,m] over a, b, c.

    The windows of x are an input of their own, because the gradient needs them too.
    """

    def compute(self, np, x, windows, filters):
        *places, size = windows.shape
        rows = windows.reshape(math.prod(places), size)
        matrix = filters.reshape(size, filters.shape[3])
        return rows.dot(matrix).reshape(*places, filters.shape[3])

    def gradient(self, grad):
        (x, windows, filters), graph, slide = self.inputs, self.graph, self.slide
        by_x = [grad, filters, graph.shape(x)]
        by_filters = [grad, x, windows, graph.shape(filters)]
        return [
            Conv2dByInputOp(by_x, graph, slide=slide).output,
            None,
            Conv2dByFiltersOp(by_filters, graph, slide=slide).output,
        ]

    def infer_shape(self, x, windows, filters):
        read, wanted = x[3] if x else Unknown(), filters[2]
        if isinstance(read, int) and isinstance(wanted, int) and read != wanted:
            raise ValueError(
                f"images have {read} channels, and filters of "
                f"{show_shape(filters)} read {wanted}"
            )
        return slid(self.slide, x, filters[3])

    def infer_dtype(self, x, windows, filters):
        return numpy.result_type(x, filters)


# ## Two gradients {#two-gradients}
#
# A weight $f_{abcm}$ takes part once at each place, as a factor of the pixel that it
# meets there.  So its gradient is a sum over all places, pixel times incoming gradient:
#
# $$\frac{\partial L}{\partial f_{abcm}} = \sum_{nij} x_{n, i+a, j+b, c} \, g_{nijm}$$
#
# In terms of matrices, that's the windows transposed, times the incoming gradient, as
# for [any product](ops.py#matrix-product).  It's where weight sharing happens: one
# weight, 36,864 shares.


class Conv2dByFiltersOp(ops.BaseOp):
    """The gradient with respect to the filters: sums of x[n,i+a,j+b,c] g[n,i,j,m]."""

    sizes = (3,)

    def compute(self, np, grad, x, windows, shape):
        places = math.prod(grad.shape[:3])
        rows = windows.reshape(places, windows.shape[3])
        return rows.T.dot(grad.reshape(places, grad.shape[3])).reshape(shape)

    def gradient(self, grad):
        (g, x, windows, _), graph, slide = self.inputs, self.graph, self.slide
        by_x = Conv2dByInputOp([g, grad, graph.shape(x)], graph, slide=slide).output
        by_g = Conv2dOp([x, windows, grad], graph, slide=slide).output
        return [by_g, by_x, None, None]

    def infer_dtype(self, grad, x, *_):
        return numpy.result_type(grad, x)


# And a pixel?  The window that stands $a$ rows above it and $b$ columns to the left of
# it sees it at $(a, b)$.  So the pixel gets a share from each of these places:
#
# $$\frac{\partial L}{\partial x_{n p q c}} = \sum_{a b m} g_{n, p-a, q-b, m} \,
# f_{abcm}$$
#
# That's a convolution again, with the filter upside down.  But we don't go through the
# pixels of the image; we go through those of the window.  For $(a, b)$, the product of
# $g$ with the matrix $f_{ab}$ is a share for each place, and we add them all where the
# windows saw them.  That's 25 products, and no row is copied.
#
# ![Two rows of arrays. Above: an image, a filter of two by two, and what it makes of
# the image. Below: a gradient with two numbers in it, and what comes back for the
# filter and for the image.](weave:sheet-convolution "Each number that comes back brings
# the whole filter with it, and meets the pixels that the window saw.")


class SeenOp(ops.BaseOp):
    """An image to which each pixel (a, b) of the window adds what `part` says.

    The inputs end with the shape of the image.
    """

    def compute(self, np, grad, *more):
        padded, inside = self.slide.padded(more[-1])
        image = np.zeros(padded, grad.dtype)
        for pixel, index in self.slide.seen(more[-1]):
            image[index] += self.part(np, pixel, grad, *more)
        return image[inside]

    def part(self, np, pixel, grad, *more):
        """What all windows add at `pixel`: (batch, rows, columns, channels)."""
        raise NotImplementedError


class Conv2dByInputOp(SeenOp):
    """The gradient with respect to the image: y[n,i+a,j+b,c] += g[n,i,j,m] f[a,b,c,m].

    By itself, it's called a transposed convolution.
    """

    sizes = (2,)

    def part(self, np, pixel, grad, filters, shape):
        channels, outputs = filters.shape[2:]
        rows = grad.reshape(math.prod(grad.shape[:3]), outputs)
        return rows.dot(filters[pixel].T).reshape(*grad.shape[:3], channels)

    def infer_shape(self, grad, filters, shape):
        dims = stated_dims(self.inputs[2])
        expected = slid(self.slide, dims, filters[3])
        pairs = zip(grad or expected, expected)
        if len(grad or expected) != 4 or any(
            a != b for a, b in pairs if isinstance(a, int) and isinstance(b, int)
        ):
            raise ValueError(
                f"from images of {show_shape(dims)}, conv2d makes "
                f"{show_shape(expected)}; got {show_shape(grad)}"
            )
        return dims

    def gradient(self, grad):
        (g, filters, _), graph, slide = self.inputs, self.graph, self.slide
        windows = WindowsOp([grad], graph, slide=slide).output
        by_filters = [g, grad, windows, graph.shape(filters)]
        return [
            Conv2dOp([grad, windows, filters], graph, slide=slide).output,
            Conv2dByFiltersOp(by_filters, graph, slide=slide).output,
            None,
        ]


# Look at the three together.  Each one's gradients are the other two, so you can
# differentiate a convolution as often as you like.
#
# >>> loss = graph.sum(graph.square(found))
# >>> (by_stroke,) = graph.gradients(loss, [stroke])
# >>> print(Session(graph).run(by_stroke)[:, :, 0, 0])
# [[16.]
#  [20.]
#  [16.]]
#
# ? All found strokes together give $\sum y^2 = 26$.  Can you check the 16?
#
# ! The derivative is $2 y$ times the pixel that the upper weight meets.  On the long
# stroke these are 2 · 3 · 1 in both places, on the short one 2 · 2 · 0 and 2 · 2 · 1.


class Convolution:
    """A graph that slides filters over images."""

    def conv2d(self, x, filters, strides=1, padding="SAME", dilation=1, name=None):
        """Slide `filters` over images x: (batch, rows, columns, channels written).

        Args:
            x: images, (batch, rows, columns, channels read).
            filters: (rows, columns, channels read, channels written).
            strides, dilation: one number, or two, for rows and for columns.
            padding: "SAME", so that there's a place for each `stride` pixels, with
                zeros around the image; or "VALID", where windows stay within it.

        Raises:
            ValueError: the shapes don't fit; the window is larger than the image.
        """
        x, filters = self.convert(x), self.convert(filters)
        slide = _slide(filters, strides, padding, dilation)
        windows = WindowsOp([x], self, slide=slide).output
        return Conv2dOp([x, windows, filters], self, name, slide=slide).output

    def conv2d_transpose(
        self, y, filters, shape, strides=1, padding="SAME", dilation=1, name=None
    ):
        """What has y's shape after `conv2d`, spread over images of `shape` again.

        It's the gradient of `conv2d` with respect to its images, with y as the incoming
        gradient; the other arguments are those of that `conv2d`.
        """
        y, filters = self.convert(y), self.convert(filters)
        slide = _slide(filters, strides, padding, dilation)
        return Conv2dByInputOp([y, filters, shape], self, name, slide=slide).output


# ## Where does the window stand? {#slide}
#
# The rest is counting.  A `Slide` knows the window, and works out the places for an
# image of any size, whether that's known while building or in a run only.


class Slide(typing.NamedTuple):
    """How a window slides over an image; each pair is for rows and columns."""

    size: tuple
    strides: tuple
    dilation: tuple
    padding: str

    @classmethod
    def of(cls, size, strides, padding, dilation=1):
        """A slide, from one number or two for each pair."""
        if padding not in ("SAME", "VALID"):
            raise ValueError(f"padding is 'SAME' or 'VALID', got {padding!r}")
        pairs = []
        for given in (size, strides, dilation):
            pair = as_tuple(given) * (1 if numpy.ndim(given) else 2)
            pair = tuple(whole(n, "a number of pixels") for n in pair)
            if len(pair) != 2 or min(pair) < 1:
                raise ValueError(
                    "size, strides and dilation are a number from 1 on, or two for "
                    f"rows and columns, got {given!r}"
                )
            pairs.append(pair)
        return cls(*pairs, padding)

    @property
    def reach(self):
        """How many rows and columns the window covers, with the gaps in it."""
        return tuple((n - 1) * gap + 1 for n, gap in zip(self.size, self.dilation))

    def axis(self, i, pixels):
        """How many places a window has on axis `i`, and the padding at its two ends."""
        stride, reach = self.strides[i], self.reach[i]
        if self.padding == "VALID":
            return max((pixels - reach) // stride + 1, 0), 0, 0
        places = -(-pixels // stride)
        missing = max((places - 1) * stride + reach - pixels, 0)
        return places, missing // 2, missing - missing // 2

    def pad(self, np, x, value=0):
        """The image `x` with its padding."""
        ends = [self.axis(i, x.shape[1 + i])[1:] for i in (0, 1)]
        if ends == [(0, 0), (0, 0)]:
            return x
        return np.pad(x, [(0, 0), *ends, (0, 0)], constant_values=value)

    def seen(self, shape):
        """For each pixel of the window, the index of what all the windows see there.

        It's an index into a padded image; `shape` is that of the image.  With 24 places
        in a row, pixel (0, 2) of the window sees columns 2 to 25.
        """
        places = [self.axis(i, shape[1 + i])[0] for i in (0, 1)]
        for pixel in itertools.product(*map(range, self.size)):
            index = [slice(None)]
            for a, gap, stride, n in zip(pixel, self.dilation, self.strides, places):
                index.append(slice(a * gap, a * gap + stride * n, stride))
            yield pixel, tuple(index)

    def padded(self, shape):
        """The shape of an image of `shape` with its padding, and its index in there."""
        sizes, inside = list(shape), [slice(None)]
        for i, pixels in enumerate(shape[1:3]):
            _, before, after = self.axis(i, int(pixels))
            sizes[1 + i] = before + pixels + after
            inside.append(slice(before, before + pixels))
        return tuple(map(int, sizes)), tuple(inside)


def _slide(filters, strides, padding, dilation):
    if filters.rank != 4 or not all(isinstance(n, int) for n in filters.dims[:2]):
        raise ValueError(
            "filters have the shape (rows, columns, channels read, channels written), "
            f"the first two known, got {filters!r}"
        )
    return Slide.of(filters.dims[:2], strides, padding, dilation)


def slid(slide, dims, channels=None):
    """The dims of what a window makes of images with `dims`; ValueError if it can't.

    It has as many channels as the images, unless you say how many.
    """
    dims = tuple(Unknown() for _ in range(4)) if dims is None else dims
    if len(dims) != 4:
        raise ValueError(
            "images have the shape (batch, rows, columns, channels), got "
            f"{show_shape(dims)}"
        )
    places = []
    for i, pixels in enumerate(dims[1:3]):
        known = isinstance(pixels, int)
        places.append(slide.axis(i, pixels)[0] if known else Unknown())
        if places[i] == 0:
            reach = " x ".join(map(str, slide.reach))
            raise ValueError(
                f"a window of {reach} pixels doesn't fit into an image of "
                f"{show_shape(dims[1:3])}; use a smaller one, or padding='SAME'"
            )
    return (dims[0], *places, dims[3] if channels is None else channels)
