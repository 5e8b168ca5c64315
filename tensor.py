# # Tensor: a value that is yet to be computed
#
# What is `a + b` when nobody has said yet what `a` and `b` are?  Here it is a
# *tensor*: a name for a value that some later run will compute.
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> a = graph.placeholder((2,), name="a")
# >>> b = graph.variable([10.0, 20.0], name="b")
# >>> c = graph.add(a, b, name="c")
# >>> c
# <Tensor 'c' (2,) float64 = add(a, b)>
#
# A tensor has no value of its own.  It knows what makes it, what uses it, and what
# shape and type its value will have.  A value exists in a run, and belongs to that run:
#
# >>> from session import Session
# >>> session = Session(graph)
# >>> print(session.run(c, {a: [1, 2]}), session.run(c, {a: [3, 4]}))
# [11. 22.] [13. 24.]
#
# Tensors are the edges of the graph.  There are four kinds, by where a value comes
# from:
#
# - a *constant* is a value written into the graph, the same in every run;
# - a *placeholder* gets a value from the user in each run.  It is part of the graph,
#   an empty place in it; what is put there, by `feed_dict`, is not;
# - a *variable* keeps its value between runs, and changes when it is assigned.  A
#   *parameter* is a variable that is being trained;
# - all others are the output of an *operation*, which computes them in each run.
#
# Any number of operations may use a tensor as an input, or none.  "Input" is such a
# role that a tensor plays for an operation, not a fifth kind.  So a tensor need not
# both go into an operation and come out of one: `a` comes out of none, and `c` goes
# into none.
#
# >>> a.op, [op.kind for op in a.consumers]
# (None, ['add'])
# >>> c.op.kind, c.consumers
# ('add', [])

import numpy


def numbers(value, name):
    """`value` as a NumPy array, whatever numbers it is made of.

    Raises TypeError if it is ragged or not numeric; the message calls it `name`.
    """
    try:
        array = numpy.asarray(value)
    except ValueError:
        raise TypeError(f"{name}: expected numbers, got a ragged list") from None
    if array.dtype.kind not in "biuf":
        if hasattr(value, "output"):
            raise TypeError(f"{name}: expected a tensor, got an operation; use .output")
        raise TypeError(
            f"{name}: expected numbers, got {type(value).__name__} {value!r:.60}, "
            f"which NumPy takes for {array.dtype}"
        )
    return array


def as_array(value, dtype, name):
    """A copy of `value` as an array of type `dtype`; a NumPy scalar if of rank 0.

    Raises TypeError as `numbers` does, or if the values are none of the type's (2.5 or
    1e20 as an integer).  A float that is too large for another float is infinity.
    """
    given, dtype = numbers(value, name), numpy.dtype(dtype)
    with numpy.errstate(all="ignore"):
        array = given.astype(dtype)
    if dtype.kind != "f" and (array != given).any():
        raise TypeError(
            f"{name}: expected values of type {dtype}, got {given.dtype} values that "
            "it cannot hold"
        )
    # The index () makes a scalar of an array of rank 0, and leaves others as they are.
    return array[()]


# The size of an axis may be unknown until a run: how many examples are in a batch,
# say.  Each such size is an object of its own, equal only to itself.  So we do not
# know how many rows `X` has, but we know that `X @ W` has as many; and we know
# nothing of that kind about the rows of `X` and those of `Y`.
#
# >>> X = graph.placeholder((None, 3), name="X")
# >>> Y = graph.placeholder((None, 2), name="Y")
# >>> W = graph.constant(numpy.ones((3, 2)), name="W")
# >>> X @ W
# <Tensor 'dot' (?, 2) float64 = dot(X, W)>
# >>> (X @ W).dims[0] is X.dims[0], X.dims[0] == Y.dims[0]
# (True, False)


class Unknown:
    """The size of one axis, known only in a run."""

    __slots__ = ()

    def __repr__(self):
        return "?"


def show_shape(dims):
    """`dims` as people write it: (?, 3), or "unknown" if the rank is not known."""
    if dims is None:
        return "unknown"
    return "(" + ", ".join(map(str, dims)) + ("," if len(dims) == 1 else "") + ")"


# A tensor is made by its graph, never directly.  `op` and `consumers` are its two
# ends: the operation that it comes out of, and those that it goes into.  Both are
# ordinary attributes.
#
# "Initial" in `initial_value` is what it says: the value that each session starts a
# variable from.  Once a session has assigned it another, that is in the session's
# state, and the graph knows nothing of it.


class Tensor:
    """A value in a graph, known by its name until a session computes it.

    Attributes:
        graph: the graph that it belongs to.
        name: unique in its graph.
        kind: "constant", "placeholder", "variable", or what its operation is called.
        op: the operation that makes it, or None.
        consumers: the operations that use it as an input.
        initial_value: for a constant its value; for a variable its first value, an
            array or a tensor; else None.
        dtype: the NumPy type of its elements; None if it never has a value.
        dims: the size of each axis, an int or an `Unknown`; None if the rank is
            unknown.
        trainable: whether optimizers may change it.
        derived_from: if `Graph.gradients` made it, the operation whose derivative it
            is part of; else None, as where nothing is differentiated.
        gradient_of: if it is a gradient with a name, (y, x, None), the tensors; for a
            share of one, the consumer of x that it came from is the third; else None.
        line: the line of the user's program that made it.
        index: how many tensors the graph had before it.
    """

    def __init__(self, graph, name, kind, dims, dtype, op, initial_value, trainable):
        self.graph = graph
        self.name = name
        self.kind = kind
        self.op = op
        self.consumers = []
        self.initial_value = initial_value
        self.dtype = dtype
        self.dims = dims
        self.trainable = trainable
        self.derived_from = None
        self.gradient_of = None
        self.line = None
        self.index = None

    @property
    def shape(self):
        """The size of each axis, None where it is unknown; None if the rank is."""
        if self.dims is None:
            return None
        return tuple(None if isinstance(size, Unknown) else size for size in self.dims)

    @property
    def rank(self):
        """The number of axes, or None if it is unknown."""
        return None if self.dims is None else len(self.dims)

    @property
    def known(self):
        """Whether the shape is known, every size of it."""
        return self.dims is not None and all(isinstance(n, int) for n in self.dims)

    def eval(self, feed_dict=None, session=None):
        """The value of this tensor in a run of `session`, or of the default session."""
        if session is None and not self.graph.sessions:
            raise ValueError(
                f"Cannot evaluate '{self.name}': No default session is registered. "
                "Pass session=... or call it inside `with Session(graph):`"
            )
        return (session or self.graph.sessions[-1]).run(self, feed_dict)

    def __repr__(self):
        inputs = self.op.inputs if self.op else ()
        made = self.kind + f"({', '.join(x.name for x in inputs)})" * bool(inputs)
        return f"<Tensor '{self.name}' {show_shape(self.dims)} {self.dtype} = {made}>"

    # ## Operators
    #
    # Operators build operations.  So `X @ W + b` is not a computation: it adds two
    # nodes to the graph and gives back the last one's output.  Python calls the
    # reflected form (`__radd__`) when the left operand is not a tensor: `2 + x`.
    #
    # >>> 2 * a - b
    # <Tensor 'sub' (2,) float64 = sub(mul, b)>

    def __add__(self, other):
        return self.graph.add(self, other)

    def __radd__(self, other):
        return self.graph.add(other, self)

    def __sub__(self, other):
        return self.graph.sub(self, other)

    def __rsub__(self, other):
        return self.graph.sub(other, self)

    def __mul__(self, other):
        return self.graph.mul(self, other)

    def __rmul__(self, other):
        return self.graph.mul(other, self)

    def __truediv__(self, other):
        return self.graph.div(self, other)

    def __rtruediv__(self, other):
        return self.graph.div(other, self)

    def __floordiv__(self, other):
        return self.graph.floordiv(self, other)

    def __rfloordiv__(self, other):
        return self.graph.floordiv(other, self)

    def __pow__(self, other):
        return self.graph.pow(self, other)

    def __rpow__(self, other):
        return self.graph.pow(other, self)

    def __matmul__(self, other):
        return self.graph.dot(self, other)

    def __rmatmul__(self, other):
        return self.graph.dot(other, self)

    def __neg__(self):
        return self.graph.neg(self)

    def __abs__(self):
        return self.graph.abs(self)

    def __getitem__(self, index):
        return self.graph.getitem(self, index)

    # Python finds the reflected form of a comparison by itself: for `2 < x` it asks
    # `x > 2`.

    def __lt__(self, other):
        return self.graph.less(self, other)

    def __le__(self, other):
        return self.graph.less_equal(self, other)

    def __gt__(self, other):
        return self.graph.greater(self, other)

    def __ge__(self, other):
        return self.graph.greater_equal(self, other)

    # `and`, `or` and `not` ask for a truth value at once, and there is none; the signs
    # `&`, `|`, `^` and `~` build operations.

    def __and__(self, other):
        return self.graph.logical_and(self, other)

    def __rand__(self, other):
        return self.graph.logical_and(other, self)

    def __or__(self, other):
        return self.graph.logical_or(self, other)

    def __ror__(self, other):
        return self.graph.logical_or(other, self)

    def __xor__(self, other):
        return self.graph.logical_xor(self, other)

    def __rxor__(self, other):
        return self.graph.logical_xor(other, self)

    def __invert__(self):
        return self.graph.logical_not(self)

    # `==` is not among them.  Tensors are keys of dictionaries, `feed_dict` for one,
    # and a dictionary asks `==`: it must say whether two tensors are the same
    # tensor, at once.  `Graph.equal` compares values.

    # With this line NumPy leaves `array * tensor` to the tensor.  Without it, NumPy
    # multiplies each element by the tensor, and the answer is an array of tensors.
    #
    # >>> numpy.array([1.0, 2.0]) * a
    # <Tensor 'mul_1' (2,) float64 = mul(constant_1, a)>

    __array_ufunc__ = None

    # ## No value yet
    #
    # Where Python wants a number at once, there is none to give.  This is the first
    # thing that surprises in a framework with graphs: a Python `if` decides while the
    # graph is built, once; `Graph.where` decides in each run.
    #
    # >>> if a > b:
    # ...     a = b
    # Traceback (most recent call last):
    #     ...
    # TypeError: tensor 'greater' has no value until a session runs it: ...

    def _no_value(self, *_, **__):
        raise TypeError(
            f"tensor '{self.name}' has no value until a session runs it: "
            f"use session.run({self.name}), or graph.where to choose by a condition"
        )

    __bool__ = __float__ = __int__ = __index__ = __len__ = __iter__ = _no_value
    __complex__ = __contains__ = __array__ = _no_value
