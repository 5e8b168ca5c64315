# # A line of data: queues
#
# Before there were [datasets](tf/data.py), one part of a program put data into a
# *queue*, and another took it out.  Here's one that's in memory, and that you fill
# yourself:
#
# >>> import tf
# >>> queue = tf.FIFOQueue(10, [tf.float32], shapes=[[]])
# >>> fill = queue.enqueue_many([[1.0, 2.0, 3.0]])
# >>> x, rest = queue.dequeue(), queue.size()
# >>> with tf.Session() as sess:
# ...     sess.run(fill)
# ...     print(sess.run(x), sess.run(x), sess.run(rest))
# 1.0 2.0 1
#
# A TensorFlow program waits where a queue is empty, until another thread fills it.
# Ours would wait forever, so it raises `tf.errors.OutOfRangeError`.

import collections

import numpy

import ops
from mixins.branches import ItemOp
from mixins.shapes import as_dims
from tensor import FRAMEWORK
from tf import errors
from tf.datatypes import as_dtype, int32
from tf.graphs import as_list, get_default_graph
from tf.names import Listed

FRAMEWORK.add(__name__)

__all__ = ["FIFOQueue", "RandomShuffleQueue"]


class QueueOp(ops.BaseOp):
    """Calls a method of a queue, with the values of its inputs."""

    kind, pure = "queue", False

    def compute(self, np, *values):
        return self.call(*values)

    def infer_shape(self, *_):
        return self.dims

    def infer_dtype(self, *_):
        return numpy.dtype(self.dtype)


class FIFOQueue(Listed):
    """A queue of elements, each a tensor for each of `dtypes`.

    Args:
        capacity: how many elements it holds; one more raises an error.
        shapes: their shapes, if you know them.
    """

    def __init__(self, capacity, dtypes, shapes=None, names=None, name="fifo_queue"):
        self.capacity, self.dtypes = capacity, [as_dtype(x) for x in as_list(dtypes)]
        shapes = [None] * len(self.dtypes) if shapes is None else shapes
        self.shapes = [None if shape is None else tuple(shape) for shape in shapes]
        self.elements, self.closed = collections.deque(), False

    def _op(self, call, inputs=(), dims=(), dtype=object):
        attributes = {"call": call, "dims": dims, "dtype": numpy.dtype(dtype).name}
        return QueueOp(list(inputs), get_default_graph(), **attributes).output

    def _inputs(self, vals):
        graph, vals = get_default_graph(), as_list(vals)
        if len(vals) != len(self.dtypes):
            raise ValueError(
                f"an element has {len(self.dtypes)} parts here, not {len(vals)}"
            )
        return [graph.convert(x, t) for x, t in zip(vals, self.dtypes)]

    def _items(self, call, rows=()):
        flow = self._op(call, dims=(len(self.dtypes),))
        graph, found = flow.graph, []
        for i, (shape, dtype) in enumerate(zip(self.shapes, self.dtypes)):
            dims = as_dims(None if shape is None else (*rows, *shape))
            item = {"index": i, "dims": dims, "dtype": dtype.name}
            found.append(ItemOp([flow], graph, **item).output)
        return found[0] if len(found) == 1 else found

    def enqueue(self, vals, name=None):
        """Put an element in."""
        return self._done(self._put, self._inputs(vals))

    def enqueue_many(self, vals, name=None):
        """Put the rows of arrays in, one after the other."""

        def put(*columns):
            for element in zip(*columns):
                self._put(*element)

        return self._done(put, self._inputs(vals))

    def _done(self, call, inputs=()):
        def done(*values):
            call(*values)
            return 0

        return get_default_graph().group([self._op(done, inputs, dtype=int32)])

    def _put(self, *element):
        if self.closed:
            raise errors.CancelledError("the queue is closed")
        if len(self.elements) >= self.capacity:
            raise errors.OutOfRangeError(f"the queue is full: it holds {self.capacity}")
        self.elements.append(tuple(map(numpy.asarray, element)))

    def dequeue(self, name=None):
        """Take the next element out."""
        return self._items(self._take)

    def _take(self):
        if not self.elements:
            raise errors.OutOfRangeError("the queue is empty")
        return self._next()

    def _next(self):
        return self.elements.popleft()

    def dequeue_many(self, n, name=None):
        """Take the next n elements out, stacked."""

        def take():
            if len(self.elements) < n:
                raise errors.OutOfRangeError(
                    f"the queue has {len(self.elements)} elements, fewer than {n}"
                )
            return tuple(map(numpy.stack, zip(*(self._next() for _ in range(n)))))

        return self._items(take, (n,))

    def size(self, name=None):
        """How many elements there are."""
        return self._op(lambda: numpy.int32(len(self.elements)), dtype=int32)

    def close(self, cancel_pending_enqueues=False, name=None):
        """Take no more elements in."""

        def close():
            self.closed = True

        return self._done(close)


class RandomShuffleQueue(FIFOQueue):
    """A queue from which you take elements in random order.

    `min_after_dequeue` says for how many elements TensorFlow waits, that they may be
    mixed well.  We don't wait, so we don't need it.
    """

    def __init__(
        self,
        capacity,
        min_after_dequeue,
        dtypes,
        shapes=None,
        names=None,
        seed=None,
        name="random_shuffle_queue",
    ):
        super().__init__(capacity, dtypes, shapes)
        self.generator = numpy.random.default_rng(seed)

    def _next(self):
        self.elements.rotate(-int(self.generator.integers(len(self.elements))))
        return self.elements.popleft()
