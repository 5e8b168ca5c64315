# # How can an operation be random?
#
# An operation is a function of its inputs: same inputs, same output.  A random number
# isn't like that.  So we make the generator an input as well.  Each session brings its
# own, and two sessions with the same seed draw the same numbers:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.random_uniform((2,))
# >>> first, second = (Session(graph, seed=0).run(x) for _ in range(2))
# >>> (first == second).all()
# np.True_

import numpy

import ops
from mixins.dtypes import as_array
from session import Interpreter
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


class RandomOp(ops.BaseOp):
    """Numbers of type `dtype`, drawn in each run."""

    pure = False
    stops_gradient = True
    sizes = (1,)

    def infer_dtype(self, _, __):
        return numpy.dtype(self.dtype)


class RandomNormalOp(RandomOp):
    """Numbers from a normal distribution with `mean` and `stddev`."""

    def compute(self, np, rng, shape):
        return np.asarray(rng.normal(self.mean, self.stddev, shape), self.dtype)


class TruncatedNormalOp(RandomOp):
    """Normal numbers, redrawn if over two `stddev` from `mean`."""

    def compute(self, np, rng, shape):
        drawn = np.asarray(rng.normal(size=shape))
        while (far := abs(drawn) > 2).any():
            drawn[far] = rng.normal(size=far.sum())
        return np.asarray(self.mean + self.stddev * drawn, self.dtype)


class RandomUniformOp(RandomOp):
    """Numbers spread evenly between `low` and `high`."""

    def compute(self, np, rng, shape):
        return np.asarray(rng.uniform(self.low, self.high, shape), self.dtype)


class Randomness:
    """A graph that draws random numbers.

    Attributes:
        generator: the tensor that stands for a session's generator; None if unused.
    """

    generator = None

    def random_normal(self, shape, mean=0.0, stddev=1.0, dtype=None, name=None):
        """Normally distributed numbers, drawn anew in each run."""
        limits = {"mean": float(mean), "stddev": _not_negative(stddev)}
        return self._random(RandomNormalOp, shape, dtype, name, limits)

    def random_uniform(self, shape, low=0.0, high=1.0, dtype=None, name=None):
        """Numbers spread evenly from `low` to `high`, drawn anew in each run."""
        limits = {"low": float(low), "high": float(high)}
        if not limits["low"] <= limits["high"]:
            raise ValueError(f"low is at most high, got {low} and {high}")
        return self._random(RandomUniformOp, shape, dtype, name, limits)

    def truncated_normal(self, shape, mean=0.0, stddev=1.0, dtype=None, name=None):
        """Normally distributed numbers within two `stddev` of `mean`."""
        limits = {"mean": float(mean), "stddev": _not_negative(stddev)}
        return self._random(TruncatedNormalOp, shape, dtype, name, limits)

    def _random(self, op_class, shape, dtype, name, limits):
        if self.generator is None:
            self.generator = self.tensor(name="rng", kind="generator", shape=())
        dtype = numpy.dtype(dtype or self.dtype).name
        inputs = [self.generator, shape]
        return op_class(inputs, self, name, dtype=dtype, **limits).output

    # A network that relies on one unit is brittle.  *Dropout* leaves some out at random
    # in each run, so it can't.  We divide the ones that we keep by `keep_prob`, so that
    # on average a sum over many units stays the same.
    #
    # ? You keep a unit with probability 0.8.  What's its value, on average?
    #
    # ! $0.8 \cdot x / 0.8 = x$.  Nothing needs to change when you stop dropping.

    def dropout(self, x, keep_prob, name=None):
        """Keep each element of x with probability `keep_prob`, divided by it; else 0.

        Raises:
            ValueError: `keep_prob` is a number that's not in (0, 1].
            TypeError: x isn't a tensor of floats.
        """
        if not isinstance(keep_prob, Tensor) and not 0 < keep_prob <= 1:
            raise ValueError(f"keep_prob is above 0 and at most 1, got {keep_prob}")
        x = self.convert(x)
        if x.dtype.kind != "f":
            raise TypeError(f"dropout of floating point, got {x!r}")
        if isinstance(keep_prob, Tensor):
            # As a single number it can't change the shape of x.
            keep_prob = self.reshape(keep_prob, ())
        kept = self.random_uniform(self.shape(x), dtype=x.dtype) < keep_prob
        return self.where(kept, x / keep_prob, 0, name)


def _not_negative(stddev):
    if not stddev >= 0:
        raise ValueError(f"stddev is at least 0, got {stddev}")
    return float(stddev)


# ## When does a variable get its first value?
#
# When a run first needs it.  The initial value may be a tensor, random or not, that
# needs other variables.  You made those earlier, so we go in the order they were made.
# And if the run fails, it's as if it never drew a number or set a first value.
#
# >>> w = graph.variable(graph.random_normal((2,)), name="w")
# >>> twice = graph.variable(2 * w, name="twice")
# >>> a, b = Session(graph).run([w, twice])
# >>> (b == 2 * a).all()
# np.True_


class RandomSession:
    """A session that draws random numbers, and evaluates first values.

    Attributes:
        random: its `numpy.random.Generator`.
    """

    def __init__(self, graph=None, seed=None, executor=None):
        super().__init__(graph, executor)
        self.random = numpy.random.default_rng(seed)

    def start(self, executor, feeds, feed_dict):
        generator, drawn = self.graph.generator, self.random.bit_generator.state
        if generator is None:
            return super().start(executor, feeds, feed_dict)
        # During the run, the generator is a value like any other.
        self.state[generator] = self.random
        try:
            return super().start(executor, feeds, feed_dict)
        except BaseException:
            self.random.bit_generator.state = drawn
            raise
        finally:
            del self.state[generator]

    def first_values(self, reads, feed_dict):
        # A first value may need variables that need a first value too.
        feeds = {x: value for x, value in feed_dict.items() if x.kind == "placeholder"}
        first, waiting = {}, list(reads)
        while waiting:
            found = super().first_values(waiting, feed_dict)
            tensors = [x for x in found.values() if isinstance(x, Tensor)]
            waiting = [
                x
                for tensor in tensors
                for x in self.prepare((tensor,), tuple(feeds), Interpreter).reads
                if x not in first and x not in found and x.kind != "generator"
            ]
            first.update(found)
        values = {**self.state, self.graph.generator: self.random}
        for x in sorted(first, key=lambda x: x.index):
            value = x.initial_value
            if isinstance(value, Tensor):
                value = self._evaluate(value, values, feeds)
            value = as_array(value, x.dtype, x.name)
            first[x] = values[x] = self.keep(value, x)
        return first

    def _evaluate(self, tensor, values, feeds):
        """Compute the value of `tensor` with NumPy, in any kind of session."""
        executor = self.prepare((tensor,), tuple(feeds), Interpreter)
        state = [self.on_host(values[x], x) for x in executor.reads]
        fed = self.feed(executor, feeds) if feeds else ()
        fed = [self.on_host(y, x) for x, y in zip(executor.feeds, fed)]
        (value,), _ = executor(state, fed)
        return value

    # Another kind of session may keep its values elsewhere, on a GPU, say.  Here they
    # stay as they are.

    def keep(self, array, variable):
        """Return an array in the form that the state keeps."""
        return array

    def on_host(self, value, tensor):
        """Return a kept or fed value as a NumPy array of the tensor's type."""
        return value
