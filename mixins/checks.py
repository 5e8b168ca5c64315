# # What do you get when you ask for something impossible?
#
# The heart does what you tell it, and a mistake surfaces wherever it happens to hurt.
# This room catches mistakes where you make them.  Its errors name the tensor, what was
# expected, what came, and what to do, and they leave everything as it was.
#
# The commonest mistake of all looks innocent.  `==` can't build an operation, because
# tensors are keys of dictionaries, so Python answers at once:
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
    """A graph that tells you what is wrong with its input.

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
            group = x.dtype is None and isinstance(x.op, ops.GroupOp)
            if group and not isinstance(op, ops.GroupOp):
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
        """The gradient of `y` with respect to each of `xs`, as `Gradients.gradients`.

        `grad_y` has the shape of `y`, or is a single number.

        Raises:
            ValueError: an operation on the way from an x to `y` has no derivative, or
                an x is not of floating point.
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

    # Make an operation inside your training loop, and every round gets slower, without
    # a word.  *Finalize* the graph before the loop, and you get the word:
    #
    # >>> graph.finalize()
    # >>> x + 1
    # Traceback (most recent call last):
    #     ...
    # RuntimeError: Graph is finalized and cannot be modified: ...

    def finalize(self):
        """Let nothing be added from here on: each attempt raises RuntimeError."""
        self.finalized = True
        self.tensor = self._refuse

    def _refuse(self, *_, **__):
        raise RuntimeError(
            "Graph is finalized and cannot be modified: make all operations before "
            "finalize(), outside of the loop that runs them"
        )


# ## What can go wrong in a run?
#
# A session checks what you fetch and what you feed.  It isn't made for several threads
# at once: give each its own.


class CheckedSession:
    """A session that tells you what is wrong with what you ask of it."""

    def check_ours(self, tensor, verb):
        """Raise ValueError if this session cannot `verb` the tensor."""
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
        """The `executor`, and around it the checks that only a run can do."""
        # The graph can't vouch for what your own operation returns.
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
        """The values to feed, with the type and shape of their tensors."""
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
        # Shapes that fitted last time fit again.
        if getattr(executor, "fitting", None) != shapes:
            sizes = {}
            for tensor, shape in zip(feed_dict, shapes):
                check_shape(tensor, shape, sizes, "feed")
            executor.fitting = shapes
        return [values[tensor] for tensor in executor.feeds]

    def fed(self, value, tensor):
        """A value to feed, as an array of its tensor's type."""
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
    """Whether the graph has taken a shape from the value of `tensor`."""
    sizes = any(tensor is op.inputs[i] for op in tensor.consumers for i in op.sizes)
    return sizes and tensor.kind != "placeholder"


class Around:
    """An executor that wraps another one."""

    def __init__(self, executor):
        self.executor, self.reads = executor, executor.reads
        self.feeds, self.assigned = executor.feeds, executor.assigned


class Guard(Around):
    """Checks the shapes and types of new values that are known only in a run."""

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


# ## How do you know that a derivative is right? {#is-a-derivative-right}
#
# You derived it with pen and paper: *analytically*.  Now compute it *numerically*,
# which takes no thought at all.  Nudge one element of `x` to both sides, and see how
# far the sum of the output moves:
#
# $$\frac{\partial L}{\partial x_i} \approx
# \frac{L(x + h e_i) - L(x - h e_i)}{2h}$$
#
# where $e_i$ is 1 at $i$ and 0 elsewhere.  Because we go to both sides, the error
# shrinks with $h^2$.  With $h = 10^{-6}$ it's tiny, and in 64 bits rounding doesn't yet
# drown the difference.
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
# Mind its limits.  The values must be 64-bit floats: in 32 bits this `h` leaves no
# digit right, and in an array of integers the nudge is lost entirely.  And at a kink,
# such as that of a relu at 0, it finds the slope in the middle.
#
# ? Why not make $h$ a thousand times smaller, and the error a million times?
#
# ! Because then rounding wins: $L$ is known to about 16 digits, and its difference over
# $2h$ keeps only as many as $L$ moves.
#
# `tests/heart/test_derivatives.py` checks every operation so, for scalars, vectors,
# matrices and broadcast pairs, and then checks the derivative of each derivative.
# [Exercise 7](exercises/ex07_by_trial.py) asks you for such a test.

# ## Where did the NaN come from?
#
# Usually from somewhere long before the loss that shows it.  With `check_numerics`, a
# run goes operation by operation and stops at the first one that made a NaN or an
# infinity.


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
        if tensor.dtype == object:
            # Several values; each is checked when it's taken out.
            return
        array = numpy.asarray(value)
        if array.dtype.kind == "f" and not numpy.isfinite(array).all():
            what = "NaN" if numpy.isnan(array).any() else "infinity"
            raise FloatingPointError(f"{tensor.origin} has {what}")
