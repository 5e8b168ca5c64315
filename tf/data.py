# # A run that brings its own data: `tf.data`
#
# Feeding is simple: you slice a batch, and hand it over.  A `Dataset` does that for
# you.  Say once how to shuffle, batch and repeat, and each run takes the next batch by
# itself, until there's none left:
#
# >>> import tf
# >>> data = tf.data.Dataset.from_tensor_slices([1.0, 2.0, 3.0])
# >>> data = data.batch(2).repeat(2)
# >>> batch = data.make_one_shot_iterator().get_next()
# >>> with tf.Session() as sess:
# ...     try:
# ...         while True:
# ...             print(sess.run(batch))
# ...     except tf.errors.OutOfRangeError:
# ...         print("that's all")
# [1. 2.]
# [3.]
# [1. 2.]
# [3.]
# that's all
#
# The graph can't hold where you are in the data, and the data isn't a variable.  So an
# iterator is outside of the graph, and one operation asks it for the next element.  It
# isn't *pure*: ask twice, and you get two.

import itertools

import numpy

import ops
from mixins.branches import ItemOp
from mixins.shapes import as_dims
from tensor import FRAMEWORK
from tf import errors
from tf.flow import flat, like
from tf.graphs import Graph, Session, get_default_graph, graph_of
from tf.names import Listed, missing

FRAMEWORK.add(__name__)

__all__ = ["Dataset", "Iterator"]


class Dataset(Listed):
    """Elements, one after the other: each a tensor, or a tuple or dict of them.

    Attributes:
        sources: the tensors that it's made of, if its values are those of a run.
        read: a function of their values, which returns an iterator over elements.
        output_types, output_shapes: the types and shapes of an element.
    """

    def __init__(self, structure, specs, read, sources=()):
        self.structure, self.specs = structure, specs
        self.read, self.sources = read, tuple(sources)

    @property
    def output_types(self):
        """The types of an element, in its structure."""
        return like(self.structure, [dtype for _, dtype in self.specs])

    @property
    def output_shapes(self):
        """The shapes of an element, in its structure."""
        return like(self.structure, [shape for shape, _ in self.specs])

    @classmethod
    def from_tensor_slices(cls, tensors):
        """The rows of an array, or of each array in a tuple or a dict."""
        return cls._of(tensors, lambda values: zip(*values), rows=True)

    @classmethod
    def from_tensors(cls, tensors):
        """A single element."""
        return cls._of(tensors, lambda values: iter([tuple(values)]), rows=False)

    @classmethod
    def _of(cls, tensors, read, rows):
        # A list is an array; only tuples and dicts have parts.
        tensors = _arrays(tensors)
        graph = graph_of(flat(tensors))
        parts = [graph.convert(x) for x in flat(tensors)]
        shapes = [x.shape and tuple(x.shape.as_list()) for x in parts]
        if rows:
            sizes = {shape[0] for shape in shapes if shape and shape[0] is not None}
            if not all(shapes) or len(sizes) > 1:
                raise ValueError(
                    f"from_tensor_slices takes arrays with as many rows, got {shapes}"
                )
            shapes = [shape[1:] for shape in shapes]
        specs = [(shape, x.dtype) for shape, x in zip(shapes, parts)]
        return cls(tensors, specs, read, parts)

    @classmethod
    def from_generator(cls, generator, output_types, output_shapes=None, args=()):
        """What a Python generator yields: arrays, or tuples of them."""
        types = flat(output_types)
        shapes = (
            [None] * len(types) if output_shapes is None else _shapes(output_shapes)
        )
        specs = [(s and tuple(s), numpy.dtype(t)) for s, t in zip(shapes, types)]

        def read(_):
            for element in generator(*args):
                parts = element if isinstance(output_types, tuple) else [element]
                yield tuple(numpy.asarray(x, t) for x, t in zip(parts, types))

        return cls(output_types, specs, read)

    @classmethod
    def range(cls, *limits):
        """The numbers of `range`."""
        return cls.from_tensor_slices(numpy.arange(*limits))

    @classmethod
    def zip(cls, datasets):
        """Elements of several datasets side by side."""
        parts = flat(datasets)
        structure = like(datasets, [x.structure for x in parts])
        counts = [len(x.sources) for x in parts]
        ends = list(itertools.accumulate(counts))

        def read(values):
            pieces = [values[end - n : end] for n, end in zip(counts, ends)]
            readers = [x.read(piece) for x, piece in zip(parts, pieces)]
            return (sum(element, ()) for element in zip(*readers))

        specs = [spec for x in parts for spec in x.specs]
        return cls(structure, specs, read, [y for x in parts for y in x.sources])

    # ## One dataset from another
    #
    # Each method wraps an iterator in another one.  Nothing is read until you ask.

    def _changed(self, read, specs=None, structure=None):
        return Dataset(
            self.structure if structure is None else structure,
            self.specs if specs is None else specs,
            lambda values: read(lambda: self.read(values)),
            self.sources,
        )

    def batch(self, batch_size, drop_remainder=False):
        """Elements stacked, `batch_size` at a time; the last batch may be smaller."""

        def read(start):
            elements = start()
            while rows := list(itertools.islice(elements, batch_size)):
                if len(rows) == batch_size or not drop_remainder:
                    yield tuple(numpy.stack(column) for column in zip(*rows))

        size = batch_size if drop_remainder else None
        specs = [(s if s is None else (size, *s), t) for s, t in self.specs]
        return self._changed(read, specs)

    def repeat(self, count=None):
        """All elements `count` times; forever, without a count."""

        def read(start):
            forever = count is None or count < 0
            for _ in itertools.count() if forever else range(count):
                empty = True
                for element in start():
                    empty = False
                    yield element
                if empty:
                    return

        return self._changed(read)

    # To shuffle a stream, keep a *buffer*, and each time return one of its elements, at
    # random.  With a buffer as large as the data, every order is equally likely.

    def shuffle(self, buffer_size, seed=None, reshuffle_each_iteration=True):
        """The elements in random order, drawn from a buffer of `buffer_size`."""
        generator = numpy.random.default_rng(seed)

        def read(start):
            elements, buffer = start(), []
            for element in elements:
                buffer.append(element)
                if len(buffer) >= buffer_size:
                    yield buffer.pop(generator.integers(len(buffer)))
            while buffer:
                yield buffer.pop(generator.integers(len(buffer)))

        return self._changed(read)

    def take(self, count):
        """The first `count` elements."""
        return self._changed(lambda start: itertools.islice(start(), count))

    def skip(self, count):
        """All but the first `count` elements."""
        return self._changed(lambda start: itertools.islice(start(), count, None))

    def prefetch(self, buffer_size):
        """The same elements: here, nothing is read ahead."""
        return self

    # Your function gets tensors, and returns tensors.  So it builds a graph, a small
    # one of its own, which runs once for each element.

    def map(self, map_func, num_parallel_calls=None):
        """What `map_func` makes of each element; it takes its parts as arguments."""
        graph, many = Graph(), isinstance(self.structure, tuple)
        with graph.as_default():
            inputs = [graph.placeholder(s, t) for s, t in self.specs]
            given = like(self.structure, inputs)
            made = map_func(*given) if many else map_func(given)
            made = tuple(made) if isinstance(made, list) else made
            outputs = [graph.convert(x) for x in flat(made)]
        specs = [(x.shape and tuple(x.shape.as_list()), x.dtype) for x in outputs]

        def read(start):
            session = Session(graph=graph)
            for element in start():
                yield tuple(session.run(outputs, dict(zip(inputs, element))))

        return self._changed(read, specs, made)

    # ## The next one, please

    def make_one_shot_iterator(self):
        """An iterator that starts by itself, and goes through the data once."""
        values = [x.initial_value for x in self.sources if x.kind == "constant"]
        if len(values) < len(self.sources):
            raise ValueError(
                "a one-shot iterator needs data that is known; use "
                "make_initializable_iterator, and run its initializer"
            )
        iterator = Iterator(self)
        iterator.start(values)
        return iterator

    def make_initializable_iterator(self):
        """An iterator that starts, or starts again, when you run its `initializer`."""
        return Iterator(self)


class Iterator(Listed):
    """Where you are in a dataset.

    Attributes:
        initializer: the operation that starts from the beginning.
    """

    def __init__(self, dataset):
        self.dataset, self.elements = dataset, None
        graph = graph_of(dataset.sources)
        op = StartOp(list(dataset.sources), graph, iterator=self)
        self.initializer = graph.group([op.output])

    def start(self, values):
        """Begin at the first element of the dataset, made of these values."""
        self.elements = iter(self.dataset.read(values))

    def get_next(self, name=None):
        """The next element in each run: a tensor, or a tuple or dict of them.

        A run raises `tf.errors.OutOfRangeError` after the last one.
        """
        graph, specs = get_default_graph(), self.dataset.specs
        flow = NextOp([], graph, iterator=self, results=len(specs)).output
        items = [
            ItemOp([flow], graph, index=i, dims=as_dims(s), dtype=t.name).output
            for i, (s, t) in enumerate(specs)
        ]
        return like(self.dataset.structure, items)


class NextOp(ops.BaseOp):
    """The next element of an iterator, a tuple."""

    pure = False

    def compute(self, np):
        elements = self.iterator.elements
        if elements is None:
            raise errors.FailedPreconditionError(
                "the iterator hasn't started: run its initializer first"
            )
        for element in elements:
            return element
        raise errors.OutOfRangeError("End of sequence")

    def infer_shape(self):
        return (self.results,)

    def infer_dtype(self):
        return numpy.dtype(object)


class StartOp(ops.BaseOp):
    """Starts an iterator, with the values of what its dataset is made of."""

    pure = False

    def compute(self, np, *values):
        self.iterator.start(values)
        return np.zeros(())

    def infer_shape(self, *_):
        return ()


def _arrays(value):
    if isinstance(value, dict):
        return {key: _arrays(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_arrays, value))
    return get_default_graph().convert(value) if isinstance(value, list) else value


def _shapes(shapes):
    """The shapes in a structure, as a flat list."""
    nested = isinstance(shapes, (list, tuple)) and any(
        isinstance(x, (list, tuple)) for x in shapes
    )
    return [x for part in shapes for x in _shapes(part)] if nested else [shapes]


def __getattr__(name):
    raise AttributeError(missing(f"tf.data.{name}"))
