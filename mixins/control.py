# # First this, then that: control inputs
#
# A run is a snapshot: every read sees the values from before it.  But sometimes a step
# must come *after* another and see what it did.  Clip a weight after its update, say.
# Make the second operation within `control_dependencies` of the first.  The first is
# then its *control input*: it runs whenever the second one does, and where the second
# reads a variable that it assigns, it gets the assigned value.
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> w = graph.variable(0.9, name="w")
# >>> grow = graph.assign(w, w + 0.2)
# >>> with graph.control_dependencies([grow]):
# ...     limit = graph.assign(w, graph.minimum(w, 1.0))
# >>> session = Session(graph)
# >>> print(*session.run([w, limit]), session.run(w))
# 0.9 1.0 1.0
#
# Fetching `limit` ran `grow` too.  The variable itself, fetched beside it, is still the
# one from before the run.  And in the program nothing waits: "after" has
# become data, because the sum simply goes where `w` was read.
#
# >>> print(session.program(graph.group([limit])))
# def program(state, feeds):
#     w, = state
#     add = w + 0.2
#     new_w = np.minimum(add, 1)
#     return (None,), (new_w,)

import contextlib

import ops
from gradients import topological_order
from mixins.shapes import EnsureShapeOp
from session import assignments
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)

# An operation that must see the new value takes it from the assignment.  To a gradient
# it's the variable all the same.


class ReadOp(ops.BaseOp):
    """The variable as an assignment leaves it, so dy/dvariable = 1."""

    used = slice(1, None)

    def compute(self, np, variable, value):
        return value

    def gradient(self, grad):
        return [grad, None]

    def infer_shape(self, variable, value):
        return value


class Control:
    """A graph whose operations can depend on more than their inputs.

    Attributes:
        control_inputs: what an operation made here depends on, beside its inputs.
    """

    control_inputs = ()

    def __init__(self, dtype=float):
        super().__init__(dtype)
        # What the control inputs assign, and what each former control input assigns.
        self._assigned, self._assigned_by = {}, {}

    def operands(self, op, inputs):
        inputs = super().operands(op, inputs)
        if self.control_inputs:
            op.control_inputs = self.control_inputs
            # A derivative is taken at the values that the forward operations read.
            if self._assigned and self.differentiating is None:
                inputs = self._current(op, inputs)
        return inputs

    def _current(self, op, inputs):
        """The inputs, with assigned values in place of the variables."""
        if isinstance(op, ops.AssignOp):
            op.replaces = self._assigned.get(inputs[0])
        if isinstance(op, ReadOp):
            return inputs
        inputs = list(inputs)
        for i in range(len(inputs))[op.used]:
            if inputs[i] in self._assigned:
                inputs[i] = self._read(inputs[i], self._assigned[inputs[i]])
        return tuple(inputs)

    def _read(self, x, value):
        """The variable `x` as the assignment that makes `value` leaves it."""
        if x.known and value.op.inputs[1].dims != x.dims:
            # The session checks only what it keeps, and another assignment may follow.
            value = EnsureShapeOp([value, x.dims], self, what=value.name).output
        return ReadOp([x, value], self).output

    @contextlib.contextmanager
    def control_dependencies(self, tensors):
        """Operations made in this `with` run after `tensors`, and make them run.

        They read what `tensors` assign, by a `ReadOp`, and may assign it again;
        elsewhere, two assignments of a variable in one run are an error.  None instead
        of a list lifts all control inputs, outer ones too.

        Raises:
            TypeError: `tensors` is no list of tensors.
            ValueError: one is of another graph.
        """
        if tensors is None:
            inputs, assigned = (), {}
        elif not isinstance(tensors, (list, tuple)):
            raise TypeError(f"a list of control inputs, got {type(tensors).__name__}")
        else:
            implied, assigned = set(), dict(self._assigned)
            for x in tensors:
                if not isinstance(x, Tensor):
                    got = f"{type(x).__name__} {x!r}"
                    raise TypeError(f"control inputs are tensors, got {got}")
                _merge(assigned, self._assignments(self.convert(x)))
                # Its own control inputs needn't be named again.
                implied.update(x.op.control_inputs if x.op else ())
            outer = (x for x in self.control_inputs if x not in implied)
            inputs = (*outer, *tensors)
        with self._control(inputs, assigned):
            yield

    def _assignments(self, tensor):
        """For each variable that is assigned when `tensor` runs, the last assignment.

        We keep the answer for each tensor, and never look behind it twice.
        """
        known = self._assigned_by
        if tensor not in known:
            order = topological_order([tensor], given=known)
            found = assignments(order)
            for op in order:
                for x in (*op.inputs, *op.control_inputs):
                    _merge(found, known.get(x, {}))
            known[tensor] = found
        return known[tensor]

    @contextlib.contextmanager
    def _control(self, inputs, assigned):
        outside = self.control_inputs, self._assigned
        self.control_inputs, self._assigned = inputs, assigned
        try:
            yield
        finally:
            self.control_inputs, self._assigned = outside


def _merge(assigned, others):
    """Add the later assignments in `others` to `assigned`."""
    for variable, output in others.items():
        if variable not in assigned or assigned[variable].index < output.index:
            assigned[variable] = output
