# # What is a + b, if a has no value yet?
#
# In PyTorch a tensor holds numbers.  Here it holds none.  A *tensor* is a name for a
# value that some later run will compute:
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> a = graph.placeholder((2,), name="a")
# >>> b = graph.variable([10.0, 20.0], name="b")
# >>> c = graph.add(a, b, name="c")
# >>> c
# <Tensor 'c' (2,) float64 = add(a, b)>
#
# It knows what makes it and what uses it.  (It also knows the shape and type to come,
# but those are added by rooms that you may skip.)  Values exist only in a run, and
# belong to that run:
#
# >>> from session import Session
# >>> session = Session(graph)
# >>> print(session.run(c, {a: [1, 2]}), session.run(c, {a: [3, 4]}))
# [11. 22.] [13. 24.]
#
# ? What does Python show for `c` after these two runs?
#
# ! The same as before them.  The values belonged to the runs; `c` only says how to
# compute them.
#
# ![a and b go into an addition, whose output is c](weave:edges "Operations are the
# nodes, tensors the edges. Where no operation makes a tensor, it starts in a square
# box.")
#
# Tensors are the edges of the graph.  They differ by where the value comes from:
#
# - a *constant* is written into the graph, the same in every run;
# - a *placeholder* is an empty place in the graph.  You fill it in each run, by
#   `feed_dict`;
# - a *variable* keeps its value between runs, and changes when it's assigned.  If we
#   train it, it's a *parameter*;
# - all others are outputs of an *operation*, which computes them in each run.
#
# (A room adds one more, the [generator](mixins/randomness.py) of random numbers.  And
# you may assign to a placeholder, which then keeps that value when you don't feed it.)
#
# "Input" isn't another kind.  It's a role that a tensor plays for an operation, and it
# may play it for many, or for none.  Here `a` comes out of no operation, and `c` goes
# into none:
#
# >>> a.op, [op.kind for op in a.consumers]
# (None, ['add'])
# >>> c.op.kind, c.consumers
# ('add', [])

# Never make a tensor directly; its graph does.  `op` and `consumers` are its two ends:
# the operation that it comes out of, and those that it goes into.
#
# `initial_value` is only where each session starts a variable.  When a session assigns
# it another value, that's in the session's state, and the graph never hears of it.
#
# `FRAMEWORK` tells our modules from yours: each of ours adds its name.

FRAMEWORK = {__name__}


class Tensor:
    """A value in a graph, known by its name until a session computes it.

    Attributes:
        graph: the graph that it belongs to.
        name: unique in its graph.
        kind: "constant", "placeholder", "variable", or the name of its operation.
        op: the operation that makes it, or None.
        consumers: the operations that use it as an input.
        initial_value: a constant's value, or a variable's first value, an array or
            a tensor; else None.
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
        """How it's made, as you'd write it: "variable", or "add(a, b)"."""
        if self.op is None:
            return self.kind
        inputs = ", ".join(x.name for x in self.op.inputs)
        return f"{self.kind}({inputs})" if inputs else self.kind

    @property
    def origin(self):
        """What an error about its value calls it."""
        if self.op is None:
            return f"the {self.kind} '{self.name}'"
        return f"'{self.name}', made by {self.kind}"

    def __repr__(self):
        return f"<Tensor '{self.name}' = {self.made}>"

    # ## X @ W + b computes nothing {#operators}
    #
    # It adds two nodes to the graph, and returns the output of the second one.  Python
    # calls the reflected form (`__radd__`) when the left operand is no tensor: `2 + x`.
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

    # For comparisons Python finds the reflected form itself: for `2 < x` it asks
    # `x > 2`.

    def __lt__(self, other):
        return self.graph.less(self, other)

    def __le__(self, other):
        return self.graph.less_equal(self, other)

    def __gt__(self, other):
        return self.graph.greater(self, other)

    def __ge__(self, other):
        return self.graph.greater_equal(self, other)

    # Why is `==` missing?  Because tensors are keys of dictionaries, such as
    # `feed_dict`, and a dictionary must learn at once whether two keys are the same.
    # `Graph.equal` compares values.
    #
    # >>> a == b, graph.equal(a, b).name
    # (False, 'equal')

    # Without the next line, NumPy would multiply each element of an array by the
    # tensor, and hand you an array of tensors.  With it, NumPy leaves `array * tensor`
    # to us:
    #
    # >>> import numpy
    # >>> numpy.array([1.0, 2.0]) * a
    # <Tensor 'mul_1' (2,) float64 = mul(constant_1, a)>

    __array_ufunc__ = None

    # ## Your if runs too early {#no-value-yet}
    #
    # Here's the first surprise of every framework with graphs.  A Python `if` wants its
    # answer while you build the graph, and there isn't one yet:
    #
    # >>> if a > b:
    # ...     a = b
    # Traceback (most recent call last):
    #     ...
    # TypeError: tensor 'greater' has no value until a session runs it: ...
    #
    # Use `Graph.where`, which decides in each run, and for each element:
    #
    # >>> print(session.run(graph.where(a > b, a, b), {a: [50, 0]}))
    # [50. 20.]

    def _no_value(self, *_, **__):
        raise TypeError(
            f"tensor '{self.name}' has no value until a session runs it: "
            f"use session.run({self.name}), or graph.where to choose by a condition"
        )

    # You've seen tensors, the edges; next come the nodes, the [operations](ops.py).

    __bool__ = __float__ = __int__ = __index__ = __len__ = __iter__ = _no_value
    __complex__ = __contains__ = __array__ = _no_value
