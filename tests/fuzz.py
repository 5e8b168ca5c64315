"""Random graphs over all operations, each run in two ways that must agree to the bit.

    python tests/fuzz.py 17
    python tests/fuzz.py --count 10000

The first draws graph 17 and runs it; the second runs those from 0 to 9999.  A graph
follows from its number alone.  For each difference you get the smallest piece of the
graph that still shows it.

A graph grows step by step.  Each step takes an operation from `OPERATIONS`, finds
operands for it among the tensors that are there, or makes leaves of the shape that it
needs, and computes the value at once.  So a `Draft` knows what each of its tensors is
worth, even where its graph knows neither sizes nor rank.
"""

import argparse
import contextlib
import inspect
import pathlib
import sys

import numpy as np

if __name__ == "__main__":
    sys.path[:0] = [str(pathlib.Path(__file__).parent.parent)]

from graph import Graph, topological_order
from ops import AssignOp, BaseOp, ElementwiseOp, GroupOp
from session import Interpreter, Session
from tensor import FRAMEWORK

TYPES = ["float64", "float32", "int64", "bool"]

# What a graph rightly refuses when it is built, by words of the message: an axis or an
# index that is not there, multiples without an axis, and what has no derivative.
REFUSALS = [
    *("out of bounds", "outside an axis", "multiples for"),
    *("the number of classes in", "has no derivative"),
    "a loop has a second derivative only",
]


class NoOperandError(Exception):
    """There is nothing to apply an operation to."""


# Numbers that people write, those among them that change nothing, and the zero that
# differs from zero only by its sign.
NUMBERS = [0, 1, -1, 2, 3, 0.0, 1.0, -1.0, 2.0, 0.5, -0.0, 0.1, True, False]

# More elements than this are not spread further.
LARGE = 2000

# Arithmetic is drawn oftener than the rest, since most rules of simplifying are on it.
COMMON = 4


# ## A reader's own operations


class CubeOp(ElementwiseOp):
    """A plain expression, which becomes a line of the program."""

    def compute(self, np, x):
        return x * x * x

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * 3 * x * x]


class HalveOp(ElementwiseOp):
    """An `if` in its `compute`: the program calls it."""

    floating = True

    def compute(self, np, x):
        if x.size > 3:
            return x / 2
        return x * 0.5

    def gradient(self, grad):
        return [grad * 0.5]


class RunningSumOp(BaseOp):
    """A loop in its `compute`, and nothing said of the shape."""

    floating = True

    def compute(self, np, x):
        result = np.array(x)
        for i in range(1, x.shape[0] if x.ndim else 0):
            result[i] = result[i] + result[i - 1]
        return result

    def gradient(self, grad):
        return [ReversedSumOp([grad], self.graph).output]


class ReversedSumOp(RunningSumOp):
    """The same from the other end."""

    def compute(self, np, x):
        return super().compute(np, x[::-1])[::-1] if x.ndim else x

    def gradient(self, grad):
        return [RunningSumOp([grad], self.graph).output]


# ## Kinds of tensors


def is_tensor(x):
    return hasattr(x, "graph")


def is_fetched(x):
    """Whether a tensor has a value of its own; neither a generator nor a tuple has."""
    return not is_generator(x) and x.dtype != object


def is_generator(tensor):
    return tensor.op is None and tensor.dtype is None


def is_group(tensor):
    return isinstance(tensor.op, GroupOp)


def is_float(tensor):
    return tensor.dtype is not None and tensor.dtype.kind == "f"


def is_variable(tensor):
    return tensor.op is None and tensor in tensor.graph.variables


def is_constant(tensor):
    leaf = tensor.op is None and tensor.initial_value is not None
    return leaf and not is_variable(tensor)


def is_placeholder(tensor):
    leaf = tensor.op is None and tensor.initial_value is None
    return leaf and not is_generator(tensor)


# ## A graph that grows


class Draft:
    """A random graph, and what its tensors are worth.

    Attributes:
        values: the value of each tensor, if its placeholders have those in `feeds`.
        feeds: a value for each placeholder.
        broken: tensors that have no value, since computing it fails.
        wrong: what the graph says of a tensor and is not true of its value.
        refused: errors that building the graph has raised for no good reason.
    """

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.graph = Graph("float32" if self.chance(0.2) else float)
        self.values, self.feeds = {}, {}
        self.broken, self.wrong, self.refused = [], [], []
        self.seen = 0
        # Few sizes, so that shapes meet again; a long one now and then, since a sum of
        # many numbers is added up in another order than one of a few.
        sizes = [0, 1, 2, 3, 4, 20]
        odds = [0.04, 0.1, 0.3, 0.3, 0.2, 0.06]
        self.sizes = [1, *self.rng.choice(sizes, 2, p=odds).tolist()]

    def chance(self, probability):
        return self.rng.random() < probability

    def choice(self, options):
        return options[self.rng.integers(len(options))]

    def integer(self, low, high):
        """From `low` to `high`, both included."""
        return int(self.rng.integers(low, high + 1))

    # ### Values

    def shape(self, least=0):
        return tuple(self.choice(self.sizes) for _ in range(self.integer(least, 3)))

    def array(self, shape, dtype):
        """Numbers with ties and zeros, or such as are met in practice, or wild ones."""
        rng, dtype = self.rng, np.dtype(dtype)
        if dtype.kind == "b":
            return np.asarray(rng.random(shape) < 0.5)
        if dtype.kind == "i":
            return np.asarray(rng.integers(-3, 4, shape), dtype)
        kind = rng.random()
        if kind < 0.4:
            array = rng.integers(-2, 3, shape) * rng.choice([1.0, -1.0], shape)
        elif kind < 0.9:
            array = rng.normal(size=shape)
        else:
            array = rng.choice([0, -0.0, 1, np.inf, -np.inf, np.nan, 1e30, -1e3], shape)
        return np.asarray(array, dtype)

    def told(self, shape):
        """What the graph is told of a shape: all, a part, or nothing."""
        kind = self.rng.random()
        if kind < 0.45:
            return shape
        if kind < 0.75:
            return tuple(None if self.chance(0.6) else size for size in shape)
        return None

    def leaf(self, shape=None, dtype=None, array=None):
        """A placeholder, variable or constant."""
        if array is None:
            shape = self.shape() if shape is None else shape
            dtype = dtype or self.rng.choice(TYPES, p=[0.5, 0.2, 0.17, 0.13])
            array = self.array(shape, dtype)
        kind, graph = self.rng.random(), self.graph
        shape, dtype = array.shape, array.dtype
        if kind < 0.5:
            tensor = graph.placeholder(self.told(array.shape), dtype)
            self.feeds[tensor] = array
        elif kind < 0.65:
            tensor = graph.variable(array, dtype=dtype)
        elif kind < 0.75:
            # Its first value is a tensor, of which the graph may know little.
            first = graph.placeholder(self.told(array.shape), dtype)
            self.feeds[first] = self.values[first] = array
            tensor = graph.variable(first)
        elif kind < 0.77 and dtype.kind == "f":
            return self.grow(graph.variable(graph.random_normal(shape, dtype=dtype)))
        else:
            tensor = graph.constant(array, dtype=dtype)
        self.values[tensor] = array[()]
        return self.grow(tensor)

    def grow(self, tensor=None):
        """Compute what has been made since the last time; `tensor`."""
        for made in self.graph.tensors[self.seen :]:
            if is_generator(made):
                self.values[made] = np.random.default_rng(0)
            elif is_constant(made):
                self.values[made] = made.initial_value
            elif made.op is not None:
                self.compute(made)
            elif made not in self.values and made.initial_value is not None:
                # (What is missing then is a parameter of a branch, or of a loop.)
                self.values[made] = self.values[made.initial_value]
        self.seen = len(self.graph.tensors)
        return tensor

    def compute(self, tensor):
        inputs = tensor.op.inputs
        if not all(x in self.values for x in inputs):
            return
        try:
            value = tensor.op.compute(np, *map(self.values.get, inputs))
        except Exception:
            self.broken.append(tensor)
            return
        self.values[tensor] = value
        if not is_group(tensor) and tensor.dtype != object:
            claim = claims(tensor, value)
            # What follows from a wrong claim is no other fault.
            if claim and not any(x in inputs for x, _ in self.wrong):
                self.wrong.append((tensor, claim))

    # ### Operands

    def tensor(self, kinds="fib", fits=None):
        """A tensor of one of those kinds of type whose value `fits`; a leaf, if none.

        Without `fits`, one that is not large.
        """
        fits = fits or (lambda value: value.size <= LARGE)
        if not self.chance(0.15):
            found = [
                x
                for x, value in self.values.items()
                if x.dtype is not None and x.dtype.kind in kinds and fits(value)
            ]
            # What has been computed rather than leaves: graphs are to be deep.
            made = [x for x in found if x.op is not None]
            if found:
                return self.choice(made if made and self.chance(0.7) else found)
        for _ in range(20):
            array = self.array(self.shape(), self.choice(self.types(kinds)))
            if fits(array):
                return self.leaf(array=array)
        raise NoOperandError

    def types(self, kinds):
        return [name for name in TYPES if np.dtype(name).kind in kinds]

    def beside(self, *tensors, kinds="fib"):
        """What may stand beside `tensors` in an elementwise operation."""
        shape = np.broadcast_shapes(*(self.values[x].shape for x in tensors))
        kind = self.rng.random()
        if kind < 0.2:
            return self.choice(NUMBERS) if kinds != "b" else self.chance(0.5)
        if kind < 0.25:
            like = tuple(1 if self.chance(0.3) else size for size in shape)
            array = self.array(like, self.choice(self.types(kinds)))
            return array.tolist() if array.size and self.chance(0.3) else array
        if kind < 0.4:
            like = tuple(1 if self.chance(0.3) else size for size in shape)
            like = like[self.integer(0, len(like)) :]
            return self.leaf(like, self.choice(self.types(kinds)))
        return self.tensor(kinds, lambda value: _broadcasts(value.shape, shape))

    def axis(self, x):
        """One axis of x, counted from either end; rarely one that is not there."""
        rank = self.values[x].ndim
        return self.integer(-rank, rank - 1) if rank else self.integer(-1, 0)

    def axes(self, x):
        """Axes as reductions take them."""
        rank, kind = self.values[x].ndim, self.rng.random()
        if kind < 0.3:
            return None
        if kind < 0.7 or not rank:
            return self.axis(x)
        axes = self.rng.permutation(rank)[: self.integer(0, rank)]
        return tuple(int(i) - rank * self.chance(0.3) for i in axes)

    def size_list(self, sizes):
        """`sizes` in one of the forms in which a shape can be given."""
        sizes, kind, graph = tuple(sizes), self.rng.random(), self.graph
        if kind < 0.4:
            return sizes
        if kind < 0.5:
            return list(sizes)
        array = np.array(sizes, int)
        if kind < 0.6:
            return graph.constant(array, dtype=int)
        if kind < 0.75:
            tensor = graph.placeholder(self.told(array.shape), int)
            self.feeds[tensor] = self.values[tensor] = array
            return tensor
        if kind < 0.85:
            same = [
                x
                for x, value in self.values.items()
                if x.dtype is not None and getattr(value, "shape", None) == sizes
            ]
            return graph.shape(self.choice(same)) if same else sizes
        return [self.size(size) if self.chance(0.5) else size for size in sizes]

    def size(self, size):
        """A tensor that is worth `size`, if need be."""
        x = self.tensor(fits=lambda value: size in value.shape and value.ndim)
        return self.graph.shape(x)[self.values[x].shape.index(size)]

    # ### Steps

    def step(self, names):
        """One more operation, unless the graph refuses it."""
        name = self.choice(names)
        with self.attempt(f"the operation {name}"):
            self.grow(OPERATIONS[name](self))

    @contextlib.contextmanager
    def attempt(self, what):
        """What the graph refuses within is left out; without good reason, a fault."""
        try:
            yield
        except NoOperandError:
            pass
        except Exception as error:
            # A wrong claim makes the graph refuse what is right.
            expected = any(words in str(error) for words in REFUSALS)
            if not expected and not self.wrong:
                self.refused.append(f"{what} is refused: {error!r}")
        finally:
            self.grow()

    def loss(self):
        """A scalar that is made of several tensors."""
        total = self.choice([0, 0.0, 1])
        for _ in range(self.integer(1, 4)):
            part = self.tensor("f")
            reduce = self.choice([self.graph.mean, self.graph.sum])
            part = self.graph.square(part) if self.chance(0.3) else part
            total = total + reduce(part) * self.choice([1, 0.5, 2])
        return self.grow(total)

    def differentiate(self, y=None):
        """Gradients by leaves of floating point; None if there are none."""
        graph = self.graph
        y = self.tensor("f") if y is None else y
        behind = [y, *(x for op in topological_order([y]) for x in op.inputs)]
        leaves = [x for x in dict.fromkeys(behind) if x.op is None and is_float(x)]
        variables = [x for x in leaves if is_variable(x)]
        if not leaves:
            return None
        if variables and self.chance(0.5):
            xs = variables[:4]
        else:
            xs = [self.choice(leaves) for _ in range(self.integer(1, 2))]
        like, gradients = None, None
        if self.chance(0.2) and y in self.values:
            like = self.array(self.values[y].shape, y.dtype)
        with self.attempt(f"the gradient of {y} by {xs}"):
            gradients = graph.gradients(y, xs, grad_y=like)
        sound = y in self.values and not self.wrong
        for x, gradient in zip(xs, gradients or []):
            if sound and gradient not in self.values:
                self.refused.append(f"{gradient}, a gradient by {x}, is not computed")
            if gradient in self.values and not self.wrong:
                value, like = self.values[gradient], self.values[x]
                if (value.shape, value.dtype) != (like.shape, like.dtype):
                    claim = f"is a gradient by {x}, has {value.dtype} {value.shape}"
                    self.wrong.append((gradient, claim))
        return gradients


def _broadcasts(shape, other):
    """Whether two shapes go together, and to nothing that is large."""
    try:
        whole = np.broadcast_shapes(shape, other)
    except ValueError:
        return False
    return np.prod(whole) <= LARGE


def claims(tensor, value):
    """What is stated of a tensor and is not so for its value; else an empty text."""
    value = np.asarray(value)
    if value.dtype != tensor.dtype:
        return f"claims the type {tensor.dtype}, has {value.dtype}"
    stated = tensor.shape
    if stated is None:
        return ""
    fits = len(stated) == value.ndim and all(
        size in (None, real) for size, real in zip(stated, value.shape)
    )
    return "" if fits else f"claims the shape {stated}, has {value.shape}"


# ## Operations
#
# For each method of `Graph` that makes an operation, how to find operands for it.  They
# mostly fit; what does not is refused by the graph, or in the run, and then in both
# ways of running it.


def unary(name, kinds):
    return lambda draft: getattr(draft.graph, name)(draft.tensor(kinds))


def binary(name, kinds):
    def make(draft):
        a = draft.tensor(kinds)
        b = draft.beside(a, kinds=kinds)
        a, b = (b, a) if draft.chance(0.3) else (a, b)
        return getattr(draft.graph, name)(a, b)

    return make


def reduction(name, kinds):
    def make(draft):
        x = draft.tensor(kinds)
        keepdims = draft.chance(0.3)
        return getattr(draft.graph, name)(x, draft.axes(x), keepdims)

    return make


def along_axis(name, kinds):
    def make(draft):
        x = draft.tensor(kinds)
        return getattr(draft.graph, name)(x, draft.axis(x))

    return make


def where(draft):
    a = draft.tensor()
    condition = draft.beside(a, kinds="b" if draft.chance(0.9) else "fi")
    both = [condition, a] if is_tensor(condition) else [a]
    both = [x for x in both if x in draft.values]
    return draft.graph.where(condition, a, draft.beside(*both))


def clip(draft):
    x = draft.tensor("fi")
    return draft.graph.clip(x, draft.integer(-2, 0), draft.choice([0.5, 1, 2]))


def cast(draft):
    return draft.graph.cast(draft.tensor(), draft.choice(TYPES))


def dot(draft):
    """Vectors, matrices and stacks of them; the second has rows for the first."""
    a = draft.tensor("ffib"[draft.integer(0, 3)], lambda value: value.ndim > 0)
    inner = draft.values[a].shape[-1]

    def fits(value):
        stacks = draft.values[a].shape[:-2], value.shape[:-2]
        rows = value.shape[-2:][0] if value.ndim else None
        return rows == inner and _broadcasts(*stacks) and value.size <= LARGE

    if draft.chance(0.5):
        b = draft.tensor(fits=fits)
    else:
        shape = (*draft.values[a].shape[:-2], inner, draft.choice(draft.sizes))
        b = draft.leaf(shape[draft.integer(0, len(shape) - 2) :], a.dtype)
    matrices = draft.values[a].ndim <= 2 and draft.values[b].ndim <= 2
    if matrices and draft.chance(0.3):
        a, b = draft.graph.transpose(b), draft.graph.transpose(a)
    return a @ b


def shape(draft):
    return draft.graph.shape(draft.tensor(), dtype=draft.choice(["int64", "float32"]))


def reshape(draft):
    x = draft.tensor()
    left, sizes = draft.values[x].size, []
    while left > 1 and draft.chance(0.7):
        divisors = [n for n in range(1, left + 1) if left % n == 0]
        sizes.append(draft.choice(divisors))
        left //= sizes[-1]
    sizes.insert(draft.integer(0, len(sizes)), left)
    if draft.chance(0.3):
        sizes[draft.integer(0, len(sizes) - 1)] = -1
    if -1 in sizes and draft.chance(0.5):
        return draft.graph.reshape(x, sizes)
    return draft.graph.reshape(x, draft.size_list(sizes))


def fit(draft):
    """To the shape of another tensor: spread, or summed up."""
    x = draft.tensor()
    shape = draft.values[x].shape
    like = draft.tensor(fits=lambda value: _broadcasts(value.shape, shape))
    return draft.graph.fit(x, like)


def broadcast_to(draft):
    x = draft.tensor(fits=lambda value: value.size <= LARGE // 10)
    sizes = [draft.choice(draft.sizes) if n == 1 else n for n in draft.values[x].shape]
    if len(sizes) < 3 and draft.chance(0.5):
        sizes.insert(0, draft.choice(draft.sizes))
    return draft.graph.broadcast_to(x, draft.size_list(sizes))


def tile(draft):
    x = draft.tensor(fits=lambda value: value.size <= LARGE // 10)
    rank = draft.values[x].ndim
    if draft.chance(0.4):
        # More of them than axes, or fewer: NumPy then adds axes of size 1 in front.
        rank = draft.integer(0, 3)
    multiples = [draft.integer(0, 3) for _ in range(rank)]
    return draft.graph.tile(x, draft.size_list(multiples))


def expand_dims(draft):
    x = draft.tensor(fits=lambda value: value.ndim < 5)
    rank = draft.values[x].ndim
    return draft.graph.expand_dims(x, draft.integer(-1 - rank, rank))


def squeeze(draft):
    x = draft.tensor(fits=lambda value: 1 in value.shape)
    single = [i for i, size in enumerate(draft.values[x].shape) if size == 1]
    axis = draft.choice([None, draft.choice(single), tuple(single)])
    return draft.graph.squeeze(x, axis)


def transpose(draft):
    x = draft.tensor()
    rank = draft.values[x].ndim
    axes = [int(i) - rank * draft.chance(0.2) for i in draft.rng.permutation(rank)]
    return draft.graph.transpose(x, None if draft.chance(0.4) else axes)


def getitem(draft):
    x = draft.tensor()
    index = []
    for size in draft.values[x].shape[: draft.integer(0, 3)]:
        ends = [draft.choice([None, draft.integer(-3, 3)]) for _ in range(2)]
        step = draft.choice([None, None, 1, 2, -1])
        at = draft.integer(-size, size - 1) if size else 0
        index.append(draft.choice([at, slice(*ends, step), slice(None)]))
    for extra in (None, ...):
        if draft.chance(0.25):
            index.insert(draft.integer(0, len(index)), extra)
    return x[tuple(index)]


def gather(draft):
    x = draft.tensor(fits=lambda value: value.ndim and value.size <= LARGE // 4)
    axis = draft.axis(x)
    size = draft.values[x].shape[axis]
    if not size:
        raise NoOperandError
    indices = draft.rng.integers(-size, size, draft.shape())
    if draft.chance(0.3):
        indices = indices.tolist()
    else:
        indices = draft.leaf(array=np.asarray(indices))
    return draft.graph.gather(x, indices, axis)


def concat(draft):
    x = draft.tensor(fits=lambda value: value.ndim and value.size <= LARGE)
    axis = draft.axis(x)
    rest = _without(draft.values[x].shape, axis)

    def fits(value):
        same = value.ndim == draft.values[x].ndim
        return same and _without(value.shape, axis) == rest and value.size <= LARGE

    others = [draft.tensor(fits=fits) for _ in range(draft.integer(0, 2))]
    return draft.graph.concat([x, *others], axis)


def _without(shape, axis):
    sizes = list(shape)
    del sizes[axis]
    return sizes


def stack(draft):
    x = draft.tensor(fits=lambda value: value.ndim < 4 and value.size <= LARGE)
    rank, like = draft.values[x].ndim, draft.values[x].shape
    others = [
        draft.tensor(fits=lambda value: value.shape == like)
        for _ in range(draft.integer(0, 2))
    ]
    return draft.graph.stack([x, *others], draft.integer(-1 - rank, rank))


def one_hot(draft):
    indices = draft.tensor("i", lambda value: value.size <= LARGE // 4)
    dtype = draft.choice([None, *TYPES])
    return draft.graph.one_hot(indices, draft.integer(1, 4), dtype)


def row(draft):
    """Whole numbers up to the size of an axis, or to a tensor."""
    if draft.chance(0.5):
        return draft.graph.range(draft.integer(-1, 2), draft.integer(0, 5))
    return draft.graph.range(draft.leaf(array=np.array(draft.integer(0, 4))))


def linspace(draft):
    ends = [draft.tensor("f", lambda value: value.shape in ((), (1,))) for _ in "ab"]
    return draft.graph.linspace(*ends, draft.integer(1, 4))


def top_k(draft):
    x = draft.tensor("fi", lambda value: value.ndim and value.shape[-1])
    k = draft.integer(1, draft.values[x].shape[-1])
    return draft.choice(draft.graph.top_k(x, k))


def cumsum(draft):
    x = draft.tensor(fits=lambda value: value.ndim)
    ways = draft.chance(0.3), draft.chance(0.3)
    return draft.graph.cumsum(x, draft.axis(x), *ways)


def cut(name):
    def make(draft):
        x = draft.tensor(fits=lambda value: value.ndim and value.size)
        axis = draft.axis(x)
        x = draft.graph.reshape(x, draft.values[x].shape)
        size = x.shape[axis]
        if name == "unstack":
            return draft.choice(draft.graph.unstack(x, axis))
        parts = draft.choice([1, size, [0, size], [size - 1, 1]])
        return draft.choice(draft.graph.split(x, parts, axis))

    return make


def addresses(draft, shape):
    """Rows of indices into something of `shape`, some from the end."""
    if not shape or 0 in shape:
        raise NoOperandError
    used = draft.integer(1, len(shape))
    rows = draft.choice([(2,), (1, 3)])
    columns = [draft.rng.integers(-n, n, rows) for n in shape[:used]]
    return np.stack(columns, axis=-1)


def gather_nd(draft):
    x = draft.tensor(fits=lambda value: value.size <= LARGE // 4)
    indices = addresses(draft, draft.values[x].shape)
    return draft.graph.gather_nd(x, indices.tolist())


def scatter_nd(draft):
    shape = tuple(draft.integer(1, 3) for _ in range(draft.integer(1, 3)))
    indices = addresses(draft, shape)
    like = indices.shape[:-1] + shape[indices.shape[-1] :]
    updates = draft.graph.constant(draft.array(like, "float64"))
    return draft.graph.scatter_nd(indices, updates, draft.size_list(shape))


def segments(name):
    def make(draft):
        x = draft.tensor("f", lambda value: value.ndim)
        x = draft.graph.reshape(x, draft.values[x].shape)
        ids = draft.rng.integers(0, 3, x.shape[0])
        return getattr(draft.graph, name)(x, ids, 3)

    return make


def matrix(name):
    """Of a matrix that is far from singular."""

    def make(draft):
        n = draft.integer(1, 3)
        x = draft.leaf((*[2] * draft.integer(0, 1), n, n), "float64")
        if name in ("inverse", "solve", "cholesky"):
            x = draft.graph.tanh(x)
            rows = draft.graph.sum(x * x, -1, keepdims=True) * np.eye(n)
            x = np.eye(n) + rows if name == "cholesky" else x / 4 + np.eye(n) + rows
        if name == "solve":
            return draft.graph.solve(x, draft.leaf((n, 2), "float64"))
        return getattr(draft.graph, name)(x)

    return make


def cond(draft):
    """Of two expressions of the same tensors, one that a run chooses."""
    x, predicate = draft.tensor("f"), draft.tensor("f", lambda value: value.size)
    holds = draft.graph.max(predicate) > draft.choice([-1.0, 0.0, 0.5])
    y = draft.tensor("f", lambda value: value.shape == draft.values[x].shape)
    one, other = (draft.choice([x, 0.5 * x]) for _ in "ab")
    if x.shape == y.shape and None not in (x.shape or [None]) and x.dtype == y.dtype:
        other = y
    return draft.graph.cond(
        holds,
        lambda: draft.graph.mul(x, one),
        lambda: draft.graph.mul(x, other) + 0 * one,
    )


def while_loop(draft):
    """A sum of a few terms, as many as a constant or a leaf says."""
    x, rounds = draft.tensor("f"), draft.integer(0, 3)
    if draft.chance(0.5):
        rounds = draft.leaf(array=np.array(rounds))
    factor = draft.choice([x, 0.5])
    return draft.graph.while_loop(
        lambda i, total: i < rounds,
        lambda i, total: [i + 1, total + draft.graph.cast(factor * 0.5, x.dtype)],
        [draft.graph.constant(0, dtype=int), x],
    )[1]


def images(draft):
    """A tensor with four axes, by way of `reshape` if there's none."""

    def fits(value):
        return value.ndim == 4 and 0 < value.size <= LARGE // 20

    if draft.chance(0.5):
        return draft.tensor("f", fits)
    return draft.leaf((draft.integer(1, 2), *draft.rng.integers(1, 5, 3)), "float64")


def slide(draft, x):
    """A window that fits, or padding for one that doesn't."""
    size = (draft.integer(1, 3), draft.integer(1, 3))
    small = any(n < k for n, k in zip(draft.values[x].shape[1:3], size))
    padding = "SAME" if small or draft.chance(0.5) else "VALID"
    return size, draft.choice([1, 2, (2, 1)]), padding


def conv2d(draft):
    x = images(draft)
    size, strides, padding = slide(draft, x)
    shape = (*size, draft.values[x].shape[3], draft.integer(1, 2))
    dtype = draft.choice(["float64", "float32"])
    filters = draft.graph.constant(draft.array(shape, dtype), dtype=dtype)
    return draft.graph.conv2d(x, filters, strides, padding)


def conv2d_transpose(draft):
    y = draft.grow(conv2d(draft))
    x, _, filters = y.op.inputs
    if x not in draft.values:
        raise NoOperandError
    shape, slide = draft.size_list(draft.values[x].shape), y.op.slide
    arguments = filters, shape, slide.strides, slide.padding
    return draft.graph.conv2d_transpose(y, *arguments)


def pool(name):
    def make(draft):
        x = images(draft)
        return getattr(draft.graph, name)(x, *slide(draft, x))

    return make


def pad(draft):
    x = draft.tensor(fits=lambda value: value.size <= LARGE // 10)
    ends = draft.rng.integers(0, 3, (draft.values[x].ndim, 2))
    return draft.graph.pad(x, ends.tolist(), draft.integer(-1, 1))


def moments(draft):
    x = draft.tensor("fi", lambda value: value.size)
    return draft.choice(draft.graph.moments(x, draft.axes(x), draft.chance(0.5)))


def batch_normalization(draft):
    x = draft.tensor("f", lambda value: value.size)
    both = draft.graph.moments(x, draft.axes(x), keepdims=True)
    return draft.graph.batch_normalization(x, *both)


def softmax_cross_entropy(draft):
    logits = draft.tensor("f", lambda value: value.ndim and value.shape[-1])
    value = draft.values[logits]
    if draft.chance(0.5):
        labels = draft.rng.integers(0, value.shape[-1], value.shape[:-1])
        labels = draft.leaf(array=np.asarray(labels))
    else:
        labels = draft.leaf(value.shape, draft.choice(["float64", "float32", "bool"]))
    return draft.graph.softmax_cross_entropy(logits, labels, mean=draft.chance(0.5))


def sigmoid_cross_entropy(draft):
    logits = draft.tensor("f")
    like = draft.values[logits].shape
    labels = draft.tensor(fits=lambda value: value.shape == like)
    return draft.graph.sigmoid_cross_entropy(logits, labels, mean=draft.chance(0.5))


def random(name, *limits):
    def make(draft):
        dtype = draft.choice([None, "float64", "float32"])
        sizes = draft.size_list(draft.shape())
        drawn = getattr(draft.graph, name)(sizes, *limits, dtype=dtype)
        if draft.chance(0.3):
            # The same text, but other numbers.
            again = draft.grow(drawn).op.inputs[-1]
            drawn = drawn - getattr(draft.graph, name)(again, *limits, dtype=dtype)
        return drawn

    return make


def dropout(draft):
    keep = draft.choice([0.5, 1, 1.0, 0.9])
    if draft.chance(0.3):
        keep = draft.leaf((), draft.choice(["float64", "float32"]))
    return draft.graph.dropout(draft.tensor("f"), keep)


def assign(draft):
    variables = [x for x in draft.values if is_variable(x)]
    if draft.chance(0.1):
        variables += [x for x in draft.values if is_placeholder(x)]
    if not variables:
        return draft.leaf()
    variable = draft.choice(variables)
    like = draft.values[variable].shape
    value = draft.tensor(variable.dtype.kind, lambda value: value.shape == like)
    return draft.graph.assign(variable, value)


def group(draft):
    if not draft.values:
        raise NoOperandError
    count = draft.integer(1, 3)
    return draft.graph.group([draft.choice([*draft.values]) for _ in range(count)])


def control_dependencies(draft):
    """An assignment, and after it some steps that may read what it leaves."""
    inputs = [draft.grow(assign(draft))]
    if draft.chance(0.3):
        inputs.append(draft.choice([*draft.values]))
    with draft.graph.control_dependencies(inputs):
        for _ in range(draft.integer(1, 3)):
            draft.step(["add", "mul", "identity", "assign", "sum", "getitem", "square"])
            (variable, *_) = inputs[0].op.inputs if inputs[0].op else [None]
            if variable is not None and draft.chance(0.5):
                draft.grow(draft.graph.mul(variable, draft.beside(variable)))


def own(kind):
    def make(draft):
        return kind([draft.tensor("f")], draft.graph).output

    return make


OPERATIONS = {
    **{
        name: unary(name, "fi")
        for name in ["neg", "abs", "sign", "sqrt", "exp", "log", "sigmoid"]
        + ["tanh", "relu", "softplus", "sin", "cos", "floor", "ceil", "round", "rsqrt"]
    },
    **{
        name: unary(name, "fib")
        for name in ["square", "identity", "stop_gradient", "zeros_like", "ones_like"]
    },
    "logical_not": unary("logical_not", "b"),
    **{
        name: binary(name, "fib")
        for name in ["add", "mul", "div", "floordiv", "pow", "mod", "equal"]
        + [
            "not_equal",
            "greater",
            "greater_equal",
            "less",
            "less_equal",
            "maximum",
            "minimum",
        ]
    },
    "sub": binary("sub", "fi"),
    **{
        name: binary(name, "b") for name in ["logical_and", "logical_or", "logical_xor"]
    },
    **{name: reduction(name, "fib") for name in ["sum", "mean", "max", "min"]},
    **{name: along_axis(name, "fib") for name in ["argmax", "argmin"]},
    **{name: along_axis(name, "f") for name in ["softmax", "log_softmax"]},
    "random_normal": random("random_normal", -1.0, 0.5),
    "random_uniform": random("random_uniform", -1.0, 2.0),
    "truncated_normal": random("truncated_normal", 1.0, 0.1),
    **{
        make.__name__: make
        for make in [where, clip, cast, dot, shape, reshape, broadcast_to, tile, fit]
        + [expand_dims, squeeze, transpose, getitem, gather, concat, stack, one_hot]
        + [softmax_cross_entropy, sigmoid_cross_entropy, dropout, assign, group]
        + [control_dependencies, conv2d, conv2d_transpose, pad, moments]
        + [
            cond,
            while_loop,
            batch_normalization,
            linspace,
            top_k,
            cumsum,
            gather_nd,
            scatter_nd,
        ]
    },
    "range": row,
    **{name: cut(name) for name in ["split", "unstack"]},
    **{name: segments(name) for name in ["segment_sum", "segment_mean"]},
    **{
        name: matrix(name)
        for name in ["inverse", "solve", "cholesky", "lower", "diag", "diag_part"]
        + ["trace"]
    },
    "max_pool": pool("max_pool"),
    "avg_pool": pool("avg_pool"),
    **{kind.__name__: own(kind) for kind in [CubeOp, HalveOp, RunningSumOp]},
}
NAMES = [*OPERATIONS, *["add", "sub", "mul", "div", "pow"] * COMMON, "fit", "tile"]

# What `Graph` has besides: it makes leaves, derivatives, pictures.
NO_OPERATIONS = {
    *("tensor", "placeholder", "variable", "constant", "convert", "operands"),
    *("gradients", "draw", "get_default", "as_default", "label", "tensor_class"),
    *("finalize", "unique", "data", "count", "match_shape", "reduce"),
    "capturing",
}


def operations_of(kind):
    """The public methods of a class of graphs that make operations."""
    # A reader's class becomes a method too, and is none of the framework's.
    methods = {
        name
        for name, method in inspect.getmembers(kind, callable)
        if not name.startswith("_") and method.__module__ in FRAMEWORK
    }
    return methods - NO_OPERATIONS


# ## Requests


def draw(seed):
    """A `Draft` and its requests, each (fetches, feed_dict)."""
    draft = Draft(seed)
    for _ in range(draft.integer(3, 20)):
        draft.step(NAMES)
    wanted = []
    if draft.chance(0.7):
        y = None
        if draft.chance(0.6):
            with draft.attempt("a sum of means"):
                y = draft.loss()
        first = draft.differentiate(y)
        wanted += first or []
        if first and len(draft.graph.tensors) < 200 and draft.chance(0.6):
            wanted += second(draft, first) or []
    elif draft.chance(0.3):
        # A derivative is a tensor like any other.
        draft.differentiate()
        draft.step(NAMES)
    return draft, requests(draft, wanted)


def second(draft, first):
    """Gradients of the squares of gradients."""
    y = draft.grow(draft.graph.sum(draft.graph.square(draft.choice(first))))
    return draft.differentiate(y) if y in draft.values else None


def requests(draft, wanted):
    """All at once, and several fetches; once more with intermediate values fed."""
    usable = [x for x in draft.values if is_fetched(x)]
    if not usable:
        return []
    made = [x for x in usable if x.op is not None] or usable
    for _ in range(draft.integer(1, 3)):
        wanted.append(draft.choice(made if draft.chance(0.8) else usable))
    if draft.broken and draft.chance(0.5):
        wanted.append(draft.choice(draft.broken))
    updates = [x for x in usable if isinstance(x.op, AssignOp)]
    if updates and draft.chance(0.7):
        wanted.append(draft.choice(updates))
    again = [draft.choice(usable) for _ in range(draft.integer(1, 3))]
    return [
        (everything(draft, usable), draft.feeds),
        (wanted, draft.feeds),
        (wanted + again, {**draft.feeds, **intermediates(draft, wanted)}),
        (wanted, draft.feeds),
    ]


def everything(draft, usable):
    """All that can be fetched at once: of what assigns, one, since two may clash."""
    assigning = set()
    for x in draft.graph.tensors:
        if x.op is not None:
            behind = {*x.op.inputs, *x.op.control_inputs}
            if isinstance(x.op, AssignOp) or not assigning.isdisjoint(behind):
                assigning.add(x)
    harmless = [x for x in usable if x not in assigning]
    others = [x for x in usable if x in assigning]
    return harmless + [draft.choice(others)] if others else harmless


def intermediates(draft, wanted):
    """Other values for tensors that a run would compute, or take from elsewhere."""
    # The graph is built on the value of what may be a shape.
    behind = [
        x
        for op in topological_order(wanted)
        for x in (*op.inputs, op.output)
        if x in draft.values and x.dtype is not None and x.dtype.kind in "fb"
    ]
    chosen = [draft.choice(behind) for _ in range(draft.integer(1, 3)) if behind]
    return {x: draft.array(draft.values[x].shape, x.dtype) for x in chosen}


# ## Two ways to run them


def reference(graph, seed):
    """What `Session(graph, seed=seed)` is compared with: operation by operation."""
    return Session(graph, seed=seed, executor=Interpreter)


# NumPy adds up numbers in the order in which they lie in memory, and rounds as it goes;
# a program may lay out a value in another way, since it keeps small what is repeated.
# And NumPy may raise a scalar to a power by another function than an array of rank 0.
# So some last bits are no property of the graph, and are not compared: those that
# change when all values are laid out otherwise.


def in_rows(value):
    numeric = isinstance(value, (np.ndarray, np.generic))
    return np.array(value, order="C") if numeric else value


def in_columns(value):
    numeric = isinstance(value, (np.ndarray, np.generic))
    return np.array(value, order="F")[()] if numeric else value


def apart(value):
    """With a gap in memory behind each row."""
    if not isinstance(value, np.ndarray) or not value.ndim:
        return value
    room = np.zeros((*value.shape[:-1], value.shape[-1] + 1), value.dtype)
    room[..., :-1] = value
    return room[..., :-1]


def first_inside(value):
    """The first axis as the innermost, as NumPy takes one that is repeated."""
    if not isinstance(value, np.ndarray) or not value.ndim:
        return value
    return np.moveaxis(np.array(np.moveaxis(value, 0, -1), order="C"), -1, 0)


LAYOUTS = [in_rows, in_columns, apart, first_inside]


def laid(lay):
    """The executor that computes as `reference` does, with each value laid out so."""

    class Laid(Interpreter):
        def __call__(self, state, feeds):
            return super().__call__(map(lay, state), map(lay, feeds))

        def compute(self, op, values):
            return lay(super().compute(op, values))

    return Laid


def determined(graph, seed, requests, positions):
    """Those `positions` of the last request whose bits follow from the graph alone."""
    ways = [Session(graph, seed=seed, executor=laid(lay)) for lay in LAYOUTS]
    for fetches, feeds in requests:
        one, *others = (outcome(way, fetches, feeds) for way in ways)
    varied = {i for other in others for i in differ(one, other)}
    return [i for i in positions if i not in varied]


def outcome(session, fetches, feed_dict):
    """The values that a run gives, or the class of the error that it raises."""
    try:
        return [
            None if value is None else np.array(value)
            for value in session.run(fetches, feed_dict)
        ]
    except Exception as error:
        return type(error)


def same(a, b):
    """Whether two values are the same to the bit; NaN is NaN, whatever its bits."""
    if a is None or b is None:
        return a is b
    if a.dtype != b.dtype or a.shape != b.shape:
        return False
    if a.tobytes() == b.tobytes():
        return True
    if a.dtype.kind != "f":
        return False
    return bool(
        np.array_equal(a, b, equal_nan=True)
        and (np.signbit(a) == np.signbit(b))[~np.isnan(a)].all()
    )


def differ(one, other):
    """The positions where two outcomes differ; [None] if they differ as a whole."""
    if isinstance(one, type) or isinstance(other, type):
        return [] if one is other else [None]
    return [i for i, pair in enumerate(zip(one, other)) if not same(*pair)]


def compare(draft, requests, seed=0):
    """Where the two ways differ: (fetches, feeds, positions, both outcomes)."""
    compiled, plain = Session(draft.graph, seed=seed), reference(draft.graph, seed)
    found, done = [], []
    for fetches, feeds in [*requests, (draft.graph.variables, draft.feeds)]:
        # At the end, what the runs have left.
        if len(done) == len(requests):
            fetches = [x for x in fetches if x in plain.state]
        one, other = (outcome(way, fetches, feeds) for way in (compiled, plain))
        done.append((fetches, feeds))
        positions = differ(one, other)
        if positions:
            positions = determined(draft.graph, seed, done, positions)
        if positions:
            found.append((fetches, feeds, positions, one, other))
    return found


# ## The smallest piece that shows it


def reduced(draft, fetch, feeds, seed=0):
    """Fewer operations that still differ: as many intermediates fed as can be.

    The feeds then, or None if a run of its own does not show the difference.
    """
    graph = draft.graph

    def differs(feeds):
        ways = Session(graph, seed=seed), reference(graph, seed)
        return bool(differ(*(outcome(way, [fetch], feeds) for way in ways)))

    if not differs(feeds):
        return None
    order = topological_order([fetch], given=set(feeds))
    plain = reference(graph, seed)
    for op in reversed(order):
        x = op.output
        if x is fetch or x.dtype is None:
            continue
        value = outcome(plain, [x], feeds)
        if not isinstance(value, type) and differs({**feeds, x: value[0]}):
            feeds = {**feeds, x: value[0]}
    return feeds


def report(draft, fetches, feeds, positions, one, other):
    """A text that tells of a difference."""
    lines = []
    for i in positions:
        wanted = fetches if i is None else [fetches[i]]
        if i is None:
            shown = [way if isinstance(way, type) else "values" for way in (one, other)]
            lines.append(f"all fetches: compiled {shown[0]}, plain {shown[1]}")
        else:
            lines.append(f"fetch {wanted[0]}")
        for fetch in wanted:
            less = reduced(draft, fetch, feeds)
            if less is not None:
                lines += piece(draft, fetch, less)
                return "\n".join(lines)
    return "\n".join([*lines, "  (in a session that has run what is fetched before)"])


def piece(draft, fetch, feeds):
    """Lines that tell of all that makes a tensor, and of both its values."""
    order = topological_order([fetch], given=set(feeds))
    leaves = dict.fromkeys(x for op in order for x in op.inputs)
    lines = [
        f"  {x}: {feeds.get(x, x.initial_value)!r}"
        for x in leaves
        if x in feeds or x.op is None
    ]
    lines += [f"  {op.output} at {op.output.line}" for op in order]
    with contextlib.suppress(Exception):
        lines.append(str(Session(draft.graph).program([fetch], feeds)))
    for what, way in [("compiled", Session), ("plain", reference)]:
        lines.append(f"  {what}: {outcome(way(draft.graph, seed=0), [fetch], feeds)!r}")
    return lines


def failures(seed):
    """What is wrong with graph number `seed`: a text for each fault."""
    with np.errstate(all="ignore"):
        draft, asked = draw(seed)
        texts = [f"{x} at {x.line} {claim}" for x, claim in draft.wrong]
        texts += draft.refused
        found = compare(draft, asked)
        # The same fault shows in one request as in another.
        texts += [report(draft, *difference) for difference in found[:1]]
    return [f"graph {seed} (python tests/fuzz.py {seed}): {text}" for text in texts]


# ## Smooth graphs
#
# Whether a derivative is right, finite differences tell; for that a graph is to be
# smooth, and its values are to stay in range.

SHAPES = [(), (3,), (1,), (2, 3), (2, 1), (1, 3), (4, 2, 3), (4, 1, 1)]

SMOOTH = {
    **{
        name: lambda graph, a, b, name=name: getattr(graph, name)(a)
        for name in ["tanh", "sigmoid", "neg", "softplus"]
    },
    **{
        name: lambda graph, a, b, name=name: getattr(graph, name)(a, b)
        for name in ["add", "sub", "mul"]
    },
    "div": lambda graph, a, b: a / (1 + graph.square(b)),
    "sqrt": lambda graph, a, b: graph.sqrt(1 + graph.square(a)),
    "cube": lambda graph, a, b: CubeOp([graph.tanh(a)], graph).output,
    "log": lambda graph, a, b: graph.log(
        graph.exp(graph.tanh(a)) + graph.exp(graph.tanh(b))
    ),
}


def smooth(seed):
    """A graph over placeholders: (graph, placeholders, their values, a scalar)."""
    draft = Draft(seed)
    graph, xs, arrays = Graph(), [], []
    stated = draft.choice(["known", "sizes", "nothing"])
    for _ in range(draft.integer(1, 3)):
        shape = draft.choice(SHAPES)
        told = {"known": shape, "sizes": (None,) * len(shape), "nothing": None}[stated]
        xs.append(graph.placeholder(told))
        arrays.append(draft.rng.normal(size=shape))
    tensors = list(xs)
    for _ in range(draft.integer(1, 8)):
        a, b = draft.choice(tensors), draft.choice(tensors)
        step = draft.choice([*SMOOTH, "sum", "mean", "number", "number"])
        if step == "number":
            made = a * draft.choice([0.5, 1, -1, 2]) + draft.integer(0, 1)
        elif step in SMOOTH:
            made = SMOOTH[step](graph, a, b)
        else:
            made = graph.tanh(getattr(graph, step)(a, keepdims=draft.chance(0.5)))
        tensors.append(made)
    total = graph.sum(tensors[-1])
    for tensor in tensors[-3:-1]:
        total = total + graph.mean(tensor)
    return graph, xs, arrays, total


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seed", type=int, nargs="?", default=0, help="the first graph")
    parser.add_argument("--count", type=int, default=1, help="how many graphs")
    options = parser.parse_args()
    bad = 0
    for seed in range(options.seed, options.seed + options.count):
        texts = failures(seed)
        bad += bool(texts)
        for text in texts:
            print(text, flush=True)
    print(f"{options.count} graphs, {bad} with a fault")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
