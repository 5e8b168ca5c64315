# # Checks: what bad input gets
#
# The heart does what it is told.  Here is what it should not be told, and the error
# that says so: which thing, what was expected, and what came.  Nothing has changed by
# then.
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> x = graph.variable(1.0, name="x")
# >>> graph.sum(x == 1.0)
# Traceback (most recent call last):
#     ...
# TypeError: sum of False: == says whether two tensors are the same ...

import numpy

import ops
from mixins.dtypes import CastOp, as_array
from mixins.rules import is_foreign
from mixins.shapes import check_shape, show_shape
from session import Interpreter, assignments
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


LEAVES = ("constant", "variable", "placeholder", "generator")


class Checks:
    """A graph that says what is wrong with what it is given.

    Attributes:
        finalized: whether nothing may be added any more.
    """

    finalized = False

    def operands(self, op, inputs):
        if op.kind in LEAVES:
            raise TypeError(
                f"{type(op).__name__} would be called {op.kind!r}, which is no "
                "operation; give the class another name, or another `kind`"
            )
        for x in inputs:
            if not isinstance(x, Tensor):
                if isinstance(x, bool) and isinstance(op, (ops.SumOp, CastOp)):
                    self._refuse_comparison(x, op.kind)
                continue
            if x.graph is not self:
                self.convert(x)
            if isinstance(x.op, ops.GroupOp) and not isinstance(op, ops.GroupOp):
                raise ValueError(f"'{x.name}' is a group: it has no value to use")
        if isinstance(op, ops.AssignOp):
            variable = self.convert(inputs[0])
            fixed = variable.op is not None or variable.kind == "constant"
            if fixed or variable.kind == "generator":
                raise ValueError(f"cannot assign to {variable!r}: it is not a variable")
        return super().operands(op, inputs)

    def mean(self, x, axis=None, keepdims=False, name=None):
        """The mean over `axis`; of truth values, the share of true ones."""
        if isinstance(x, bool):
            self._refuse_comparison(x, "mean")
        return super().mean(x, axis, keepdims, name)

    def _refuse_comparison(self, x, name):
        raise TypeError(
            f"{name} of {x}: == says whether two tensors are the same one; "
            "graph.equal compares their values"
        )

    def gradients(self, y, xs, grad_y=None, zeros=True):
        """The derivative of `y` by each of `xs`: a list of tensors of their shapes.

        If `y` is not a scalar, the derivative of the sum of its elements, weighted by
        `grad_y` if that is given.  An x that `y` does not depend on has zeros, or
        without `zeros` has None.

        Raises:
            ValueError: the way from an x to `y` leads through an operation that has
                no derivative, or an x is not of floating point.
            TypeError: `xs` is not a list of tensors.
        """
        y = self.convert(y)
        if not isinstance(xs, (list, tuple)):
            raise TypeError(f"gradients by a list of tensors, got {type(xs).__name__}")
        for x in [y, *xs]:
            if not isinstance(x, Tensor):
                raise TypeError(f"gradients by tensors, got {type(x).__name__} {x!r}")
            if self.convert(x).dtype is None or x.dtype.kind != "f":
                raise ValueError(f"{x!r} is not of floating point: no derivatives")
        if grad_y is not None:
            grad_y = self.convert(grad_y)
            if grad_y.dims != ():
                grad_y = self.match_shape(grad_y, y)
        return super().gradients(y, xs, grad_y, zeros)

    # A loop that makes operations in each round becomes slower and slower, and nobody
    # is told why.  A graph that is *final* tells.
    #
    # >>> graph.finalize()
    # >>> x + 1
    # Traceback (most recent call last):
    #     ...
    # RuntimeError: Graph is finalized and cannot be modified: ...

    def finalize(self):
        """Let nothing be added any more: RuntimeError for whoever tries."""
        self.finalized = True
        self.tensor = self._refuse

    def _refuse(self, *_, **__):
        raise RuntimeError(
            "Graph is finalized and cannot be modified: make all operations before "
            "finalize(), outside of the loop that runs them"
        )


# ## What a session is given


class CheckedSession:
    """A session that says what is wrong with what it is given."""

    def check_ours(self, tensor, verb):
        """Raise ValueError if `tensor` is none that this session can `verb`."""
        if not isinstance(tensor, Tensor):
            problem = f"a {type(tensor).__name__} is no tensor"
        elif tensor.graph is not self.graph:
            problem = "it is not an element of this graph"
        elif tensor.dtype is None and (
            verb == "feed" or not isinstance(tensor.op, ops.GroupOp)
        ):
            problem = "it has no value"
        elif verb == "feed" and is_built_on(tensor):
            problem = "the graph is built on its value"
        else:
            return
        cannot = {
            "feed": f"Cannot interpret feed_dict key as Tensor: {tensor!r}",
            "fetch": f"Argument `fetch` = {tensor!r} cannot be interpreted as a Tensor",
            "keep": f"Cannot save or restore {tensor!r}",
            "shard": f"Cannot shard {tensor!r}",
        }
        raise ValueError(f"{cannot[verb]}: {problem}")

    def compile(self, make, order, fetches, feeds):
        for tensor in fetches:
            self.check_ours(tensor, "fetch")
        for tensor in feeds:
            self.check_ours(tensor, "feed")
        check_assignments(order)
        executor = super().compile(make, order, fetches, feeds)
        return self.guarded(executor, order)

    def guarded(self, executor, order):
        """The `executor`, with the checks around it that only a run can do."""
        # What a reader's own operation makes is not always what the graph expects.
        foreign = any(map(is_foreign, order))
        unproven = [
            output
            for variable, output in assignments(order).items()
            if foreign
            or not variable.known
            or output.op.inputs[1].dims != variable.dims
        ]
        return Guard(executor, unproven) if unproven else executor

    def feed(self, executor, feed_dict):
        """The values that are fed, of the type and shape that their tensors have."""
        stacked = getattr(executor, "stacked", ())
        values, shapes = {}, []
        for tensor, value in feed_dict.items():
            if isinstance(value, Tensor):
                raise TypeError(
                    f"The value of a feed cannot be a tensor: {value!r} for {tensor!r}"
                )
            plain = type(value) is numpy.ndarray and value.ndim > 0
            if not plain or value.dtype != tensor.dtype:
                value = self.fed(value, tensor)
            values[tensor] = value
            shapes.append(value.shape[1:] if tensor in stacked else value.shape)
        # What has fitted the last time fits again.
        if getattr(executor, "fitting", None) != shapes:
            sizes = {}
            for tensor, shape in zip(feed_dict, shapes):
                check_shape(tensor, shape, sizes, "feed")
            executor.fitting = shapes
        return [values[tensor] for tensor in executor.feeds]

    def fed(self, value, tensor):
        """What is fed, as an array of the type of its tensor."""
        return as_array(value, tensor.dtype, f"feed of '{tensor.name}'")

    def first_values(self, reads, feed_dict):
        for x in reads:
            if x.kind == "placeholder" and x not in self.state:
                raise ValueError(
                    f"You must feed a value for placeholder tensor '{x.name}' with "
                    f"dtype {x.dtype} and shape {show_shape(x.dims)}, made at {x.line}"
                )
        return super().first_values(reads, feed_dict)


def check_assignments(order):
    """Raise ValueError if a variable is assigned twice, neither after the other."""
    assigned = {}
    for op in order:
        if isinstance(op, ops.AssignOp):
            variable = op.inputs[0]
            if assigned.get(variable) not in (None, op.replaces):
                raise ValueError(
                    f"'{variable.name}' is assigned twice in one run, by "
                    f"'{assigned[variable].name}' and by '{op.output.name}'; make one "
                    "within control_dependencies of the other"
                )
            assigned[variable] = op.output


def is_built_on(tensor):
    """Whether shapes in the graph are known from the value that `tensor` has there."""
    sizes = any(tensor is op.inputs[i] for op in tensor.consumers for i in op.sizes)
    return sizes and tensor.kind != "placeholder"


class Around:
    """An executor that does something around what another one does."""

    def __init__(self, executor):
        self.executor, self.reads = executor, executor.reads
        self.feeds, self.assigned = executor.feeds, executor.assigned


class Guard(Around):
    """Checks the shapes of new values that nobody knows before a run."""

    def __init__(self, executor, unproven):
        super().__init__(executor)
        self.unproven = unproven

    def __call__(self, state, feeds):
        fetched, updates = self.executor(state, feeds)
        updates = dict(zip(self.assigned, updates))
        for output in self.unproven:
            variable = output.op.inputs[0]
            made = f", by the assignment at {output.line}"
            value = as_array(updates[variable], variable.dtype, output.name)
            check_shape(variable, value.shape, {}, "assign", made)
            updates[variable] = value
        return fetched, updates.values()


# ## Is a derivative right?
#
# A derivative by the book and one by trial must agree.  Move one element of `x` a
# little to both sides, and see how far the sum of the output moves:
#
# $$\frac{\partial L}{\partial x_i} \approx
# \frac{L(x + h e_i) - L(x - h e_i)}{2h}$$
#
# where $e_i$ is 1 at $i$ and 0 elsewhere.  With both sides the error shrinks with
# $h^2$.  An $h$ of $10^{-6}$ is small enough for that, and not yet so small that the
# difference is lost in rounding.
#
# >>> import numpy
# >>> from session import Session
# >>> def by_trial(y, x, value, h=1e-6):
# ...     session, result = Session(y.graph), numpy.zeros_like(value)
# ...     for i in numpy.ndindex(value.shape):
# ...         e = numpy.zeros_like(value)
# ...         e[i] = h
# ...         above = session.run(y, {x: value + e}).sum()
# ...         below = session.run(y, {x: value - e}).sum()
# ...         result[i] = (above - below) / (2 * h)
# ...     return result
# >>> graph = Graph()
# >>> x = graph.variable([1.0, 2.0], name="x")
# >>> cube = x * x * x
# >>> print(by_trial(cube, x, numpy.array([1.0, 2.0])).round(6))
# [ 3. 12.]
#
# `tests/heart/test_derivatives.py` does this to the derivative of each operation, for
# scalars, vectors, matrices and broadcast pairs, and to the derivative of each.  We
# derive them all the same.  [Exercise 7](exercises/ex07_by_trial.py) asks for such a
# test.

# ## NaN and infinity
#
# Where does a NaN come from?  From the first operation that makes one, and a run with
# `check_numerics` goes from operation to operation until it finds that.


class CheckingInterpreter(Interpreter):
    """Raises FloatingPointError at the first value that has NaN or infinity."""

    def __call__(self, state, feeds):
        leaves = zip(self.reads + self.feeds, [*state, *feeds])
        for x, value in [*self.constants.items(), *leaves]:
            if x.kind != "generator":
                self._check(x, value)
        return super().__call__(state, feeds)

    def compute(self, op, values):
        value = super().compute(op, values)
        if value is not None:
            self._check(op.output, value)
        return value

    def _check(self, tensor, value):
        array = numpy.asarray(value)
        if array.dtype.kind == "f" and not numpy.isfinite(array).all():
            what = "NaN" if numpy.isnan(array).any() else "infinity"
            raise FloatingPointError(f"{tensor.origin} has {what}")
