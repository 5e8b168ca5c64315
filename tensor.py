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

# A tensor is made by its graph, never directly.  `op` and `consumers` are its two
# ends: the operation that it comes out of, and those that it goes into.  Both are
# ordinary attributes.
#
# "Initial" in `initial_value` is what it says: the value that each session starts a
# variable from.  Once a session has assigned it another, that is in the session's
# state, and the graph knows nothing of it.
#
# Shapes and types, which the examples show, belong to rooms that you may skip.
# `FRAMEWORK` tells what is ours from what is yours: each of our modules adds its name.

FRAMEWORK = {__name__}


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
        index: how many tensors the graph had before it.
    """

    def __init__(self, graph, name, kind, op, initial_value, index):
        self.graph = graph
        self.name = name
        self.kind = kind
        self.op = op
        self.consumers = []
        self.initial_value = initial_value
        self.index = index

    @property
    def made(self):
        """How it is made, as people write it: "variable", or "add(a, b)"."""
        if self.op is None:
            return self.kind
        inputs = ", ".join(x.name for x in self.op.inputs)
        return f"{self.kind}({inputs})" if inputs else self.kind

    @property
    def origin(self):
        """What a message about its value calls it."""
        if self.op is None:
            return f"the {self.kind} '{self.name}'"
        return f"'{self.name}', made by {self.kind}"

    def __repr__(self):
        return f"<Tensor '{self.name}' = {self.made}>"

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

    # `==` is not among them.  Tensors are keys of dictionaries, `feed_dict` for one,
    # and a dictionary asks `==`: it must say whether two tensors are the same
    # tensor, at once.  `Graph.equal` compares values.

    # With this line NumPy leaves `array * tensor` to the tensor.  Without it, NumPy
    # multiplies each element by the tensor, and the answer is an array of tensors.
    #
    # >>> import numpy
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
