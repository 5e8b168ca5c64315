# # Control inputs: what runs before what
#
# A run is a snapshot: whatever is assigned, all that is read is from before.  What
# if a step is to come *after* another, and see what that has done?  An operation
# that is made within `control_dependencies` has *control inputs* besides its own:
# they run whenever it runs.  Where it reads a variable that they assign, it gets
# the assigned value instead:
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
# To fetch `limit` is to run `grow` as well.  The variable itself, beside it, is
# still from before the run.  In the program nothing waits for anything; the sum
# just goes where `w` was read:
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

# What is to see the new value, in the same run, takes it from the assignment.  To a
# gradient it is the variable all the same.


class ReadOp(ops.BaseOp):
    """The variable, as an assignment leaves it, so dy/dvariable = 1."""

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
        control_inputs: what operations are made to depend on, beside their inputs.
    """

    control_inputs = ()

    def __init__(self, dtype=float):
        super().__init__(dtype)
        # What the control inputs assign, and what each tensor that was one assigns.
        self._assigned, self._assigned_by = {}, {}

    def operands(self, op, inputs):
        inputs = super().operands(op, inputs)
        if self.control_inputs:
            op.control_inputs = self.control_inputs
            # Derivatives are taken at what the forward operations have read.
            if self._assigned and self.differentiating is None:
                inputs = self._current(op, inputs)
        return inputs

    def _current(self, op, inputs):
        """The inputs, with what is assigned in the place of variables that are read."""
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
        """The variable `x`, as the assignment that makes `value` leaves it."""
        if x.known and value.op.inputs[1].dims != x.dims:
            # The session checks the shape of what it keeps, and this may be replaced.
            value = EnsureShapeOp([value, x.dims], self, what=value.name).output
        return ReadOp([x, value], self).output

    @contextlib.contextmanager
    def control_dependencies(self, tensors):
        """Operations made in this `with` run after `tensors`, and along with them.

        They read what `tensors` assign, by a `ReadOp`, and may assign it again; without
        that, to assign a variable twice in a run is an error.  None instead of a list
        takes back all control inputs, also those from around.

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
                # What it depends on itself need not be said again.
                implied.update(x.op.control_inputs if x.op else ())
            outer = (x for x in self.control_inputs if x not in implied)
            inputs = (*outer, *tensors)
        with self._control(inputs, assigned):
            yield

    def _assignments(self, tensor):
        """What runs with `tensor` and assigns: for each variable the last assignment.

        It is kept for each tensor, and not looked for again behind that.
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
    """Add to `assigned` the assignments in `others` that are later ones."""
    for variable, output in others.items():
        if variable not in assigned or assigned[variable].index < output.index:
            assigned[variable] = output
