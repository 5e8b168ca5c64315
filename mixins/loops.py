# # How often? Let the run decide
#
# A loop that you write in Python is unrolled.  Its body is in the graph as often as it
# goes round, and that's fine for ten rounds.  But what if there are ten thousand?  Or
# if a run has to find out?  Newton's way to a square root is done when it's close
# enough:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> a = graph.placeholder((), name="a")
# >>> def far(guess, rounds):
# ...     return graph.abs(guess * guess - a) > 1e-9
# >>> def nearer(guess, rounds):
# ...     return (guess + a / guess) / 2, rounds + 1
# >>> root, rounds = graph.while_loop(far, nearer, [1.0, 0.0])
# >>> session = Session(graph)
# >>> for number in (2, 1e6):
# ...     print(*session.run([root, rounds], {a: number}))
# 1.4142135623746899 4.0
# 1000.0 15.0
#
# `guess` and `rounds` are the *loop variables*: what one round hands on to the next.
# In the program it's Python's `while`:
#
# >>> print(session.program(root, {a: None}))
# # constants: constant, constant_1
# def loop_condition(guess, rounds, a):
#     mul = guess * guess
#     sub = mul - a
#     abs_ = np.abs(sub)
#     greater = abs_ > 1e-09
#     return greater,
# def loop_body(guess, rounds, a):
#     div = a / guess
#     add = guess + div
#     div_1 = add / 2
#     add_1 = rounds + 1
#     return div_1, add_1
# def loop(guess, rounds, a):
#     while loop_condition(guess, rounds, a)[0]:
#         guess, rounds = loop_body(guess, rounds, a)
#     return guess, rounds
# def program(state, feeds):
#     a, = feeds
#     loop_1 = loop(constant, constant_1, a)
#     item = loop_1[0]
#     return (np.array(item)[()],), ()

import contextlib
import inspect

import numpy

from gradients import topological_order
from mixins.branches import (
    CallOp,
    Capture,
    FlowOp,
    Part,
    derived,
    differentiating,
    floats,
    items,
    spread,
    stand_in,
)
from mixins.shapes import as_dims, show_shape
from session import assignments
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# A loop of more rounds is never unrolled.
MOST_UNROLLED = 1000


class LoopOp(FlowOp):
    """The loop variables, after as many rounds as the condition lets pass.

    Attributes:
        variables: how many loop variables there are; they're the first inputs.
        body: the function that a round is, as it was given.
    """

    def compute(self, np, *values):
        (condition, body), n = self.parts.values(), self.variables
        while condition(np, values, {})[0]:
            values = (*body(np, values, {}), *values[n:])
        return values[:n]

    def names(self):
        return self.parts["body"].names

    def text(self, name, parameters, parts):
        given, state = ", ".join(parameters), _row(parameters[: self.variables])
        condition, body = parts
        return [
            f"def {name}({given}):",
            f"    while {condition}({given})[0]:",
            f"        {state} = {body}({given})",
            f"    return {state}",
        ]

    # ## Backwards through a loop {#backwards}
    #
    # If we can tell how many rounds there will be, we *unroll* the loop: call the body
    # that often, and differentiate what it made, like any other graph.
    #
    # >>> x = graph.variable(3.0, name="x")
    # >>> def multiplied(i, power):
    # ...     return i + 1, power * x
    # >>> def few(i, power):
    # ...     return i < 4
    # >>> _, power = graph.while_loop(few, multiplied, [0, 1.0])
    # >>> (by_x,) = graph.gradients(power, [x])
    # >>> print(*session.run([power, by_x]))
    # 81.0 108.0

    def shares(self, index, grad):
        rounds, graph, n = self.rounds(), self.graph, self.variables
        if rounds is None:
            return self.shares_of_saved(index, grad)
        capture = Capture(graph)
        with graph.capturing(capture):
            start = variables = [stand_in(x) for x in self.inputs[:n]]
            for _ in range(rounds):
                variables = listed(self.body(*variables))
            y = capture.inside(graph.convert(variables[index]))
        inside = [*start, *capture.stand_ins.values()]
        used = [*self.inputs[:n], *capture.stand_ins]
        part = Part(inside, [y], [x.name for x in used])
        loop = CallOp(used, graph, parts={"rounds": part}, results=1)
        # What the loop used besides decides how often it goes round, and no more.
        found = spread(used, derived(loop, used, 0, grad))
        more = dict(zip(capture.stand_ins, found[n:]))
        return [*found[:n], *(more.get(x) for x in self.inputs[n:])]

    def rounds(self):
        """How many rounds there will be, if constants alone decide; else None."""
        (condition, body), needed = self.parts.values(), set()
        waiting = [(condition, condition.outputs[0])]
        while waiting:
            part, output = waiting.pop()
            for i in _used(part, output) - needed:
                if self.inputs[i].kind != "constant":
                    return None
                needed.add(i)
                if i < self.variables:
                    waiting.append((body, body.outputs[i]))
        needed = [i for i in needed if i < self.variables]
        body = Part(body.inputs, [body.outputs[i] for i in needed], body.names)
        values = [x.initial_value for x in self.inputs]
        for rounds in range(MOST_UNROLLED + 1):
            if not condition(numpy, values, {})[0]:
                return rounds
            for i, value in zip(needed, body(numpy, values, {})):
                values[i] = value
        return None

    # And if only a run can tell?  Then we go forward first and *save* the loop
    # variables as each round finds them.  Then we go back, last round first.  Each is
    # differentiated at what it found, hands on the gradients with respect to the loop
    # variables, and adds its share to those of everything else that it used.
    #
    # >>> times = graph.placeholder((), name="times")
    # >>> def some(i, power):
    # ...     return i < times
    # >>> _, power = graph.while_loop(some, multiplied, [0, 1.0])
    # >>> (by_x,) = graph.gradients(power, [x])
    # >>> print(session.run(by_x, {times: 4}))
    # 108.0
    #
    # That's what any framework does in a loop, and it's why memory grows with the
    # number of rounds.

    def shares_of_saved(self, index, grad):
        graph, n = self.graph, self.variables
        body, before = self.parts["body"], self.inputs[:n]
        inner = body.inputs[:n]
        with graph.capturing(None), differentiating(graph):
            by = [stand_in(x) for x in floats(inner)]
            xs = floats(body.inputs)
            shares = {x: [] for x in xs}
            for y, given in zip(floats(body.outputs), by):
                for x, share in zip(xs, graph.gradients(y, xs, given, zeros=False)):
                    shares[x] += [] if share is None else [share]
            totals = [
                graph.fit(sum(parts[1:], parts[0]) if parts else graph.convert(0.0), x)
                for x, parts in shares.items()
            ]
            names = [*body.names, *(f"by_{x.name}" for x in floats(inner))]
            back = Part([*body.inputs, *by], totals, names)
        saved = SavedOp(self.inputs, graph, **vars(self)).output
        attributes = {"parts": {"back": back}, "results": len(totals), "variables": n}
        attributes["by"] = len(floats(before[:index]))
        attributes["smooth"] = tuple(bool(floats([x])) for x in self.inputs)
        inputs = [saved, *self.inputs, grad]
        flow = LoopGradientOp(inputs, graph, **attributes).output
        found = items(flow, [x.dims for x in xs], [x.dtype for x in xs])
        return spread(self.inputs, found)


class SavedOp(LoopOp):
    """The loop variables as each round of a loop finds them."""

    def compute(self, np, *values):
        (condition, body), n = self.parts.values(), self.variables
        rounds = []
        while condition(np, values, {})[0]:
            rounds.append(values[:n])
            values = (*body(np, values, {}), *values[n:])
        return rounds

    def text(self, name, parameters, parts):
        given, state = ", ".join(parameters), _row(parameters[: self.variables])
        condition, body = parts
        return [
            f"def {name}({given}):",
            "    rounds = []",
            f"    while {condition}({given})[0]:",
            f"        rounds.append(({state}))",
            f"        {state} = {body}({given})",
            "    return rounds",
        ]


class LoopGradientOp(FlowOp):
    """The gradients of one result of a loop, from the last round to the first.

    Attributes:
        by: the number of that result among the loop variables that are floats.
        smooth: for each input of the loop, whether it has a gradient.
    """

    def compute(self, np, rounds, *values):
        *values, grad = values
        (back,), n = self.parts.values(), self.variables
        by = [np.zeros_like(x) for x, f in zip(values, self.smooth) if f]
        count = sum(self.smooth[:n])
        by, shares = by[:count], by[count:]
        by[self.by] = grad
        for state in reversed(rounds):
            found = back(np, [*state, *values[n:], *by], {})
            by = found[:count]
            shares = [a + b for a, b in zip(shares, found[count:])]
        return (*by, *shares)

    def text(self, name, parameters, parts):
        rounds, *inputs, grad = parameters
        (back,), n = parts, self.variables
        floating = [x for x, f in zip(inputs, self.smooth) if f]
        count = sum(self.smooth[:n])
        by = [f"by_{x}" for x in floating]
        zeros = [f"np.zeros_like({x})" for x in floating]
        zeros[self.by] = grad
        new = [*by[:count], *(f"more_{x}" for x in floating[count:])]
        given = ", ".join(["*values", *inputs[n:], *by[:count]])
        return [
            f"def {name}({', '.join(parameters)}):",
            *(f"    {x} = {zero}" for x, zero in zip(by, zeros)),
            f"    for values in reversed({rounds}):",
            f"        {_row(new)} = {back}({given})",
            *(f"        {x} = {x} + {y}" for x, y in zip(by[count:], new[count:])),
            f"    return {_row(by)}",
        ]

    def shares(self, index, grad):
        raise ValueError(
            "a loop has a second derivative only if the graph can tell how many rounds "
            "there are: let its condition depend on constants"
        )


def _row(names):
    """Names as Python writes a tuple of them, without parentheses."""
    return ", ".join(names) + "," * (len(names) == 1)


def listed(returned):
    return list(returned) if isinstance(returned, (list, tuple)) else [returned]


def _used(part, output):
    """The positions of the inputs of `part` that `output` depends on."""
    order = topological_order([output], given=set(part.inputs))
    used = {output, *(x for op in order for x in op.inputs)}
    return {i for i, x in enumerate(part.inputs) if x in used}


class Loops:
    """A graph that goes round until a condition fails."""

    def while_loop(
        self,
        condition,
        body,
        loop_vars,
        maximum_iterations=None,
        shapes=None,
        name=None,
    ):
        """Return the loop variables, after rounds of `body` while `condition` holds.

        Args:
            condition: a function of the loop variables, which returns a truth value.
            body: a function of the loop variables, which returns their next values.
                Both may use any other tensors.
            loop_vars: the values at the start, a list; or a single one.
            maximum_iterations: how many rounds there may be at most.
            shapes: the shapes of the loop variables, if they change from round to
                round: None where a size does.

        Raises:
            TypeError: the condition isn't a truth value; or the body returns other
                types, or more tensors or fewer.
            ValueError: the body returns another shape, or assigns a variable.
        """
        many = isinstance(loop_vars, (list, tuple))
        given = [self.convert(x) for x in listed(loop_vars)]
        if maximum_iterations is not None:
            limited = _limited(condition, body, self.convert(maximum_iterations, int))
            shapes = None if shapes is None else [(), *shapes]
            start = [self.constant(0, dtype=int), *given]
            found = self.while_loop(*limited, start, None, shapes, name)[1:]
            return found if many else found[0]
        capture = Capture(self)
        with self.capturing(capture):
            inner = [
                stand_in(x, as_dims(shapes[i]) if shapes else None)
                for i, x in enumerate(given)
            ]
            holds = capture.inside(self.convert(condition(*inner)))
            returned = [self.convert(x) for x in listed(body(*inner))]
        outputs = [capture.inside(x) for x in returned]
        self._check_loop(holds, given, inner, outputs)
        inside = [*inner, *capture.stand_ins.values()]
        names = [*_names(body, given), *(x.name for x in capture.stand_ins)]
        parts = {
            "condition": Part(inside, [holds], names),
            "body": Part(inside, outputs, names),
        }
        if assignments([op for part in parts.values() for op in part.order]):
            raise ValueError(
                "while_loop: the body assigns a variable; make it a loop variable, and "
                "assign what the loop returns"
            )
        inputs, before = [*given, *capture.stand_ins], list(capture.before)
        attributes = {"parts": parts, "body": body}
        attributes |= {"variables": len(given), "results": len(given)}
        with self.control_dependencies(before) if before else contextlib.nullcontext():
            flow = LoopOp(inputs, self, name, **attributes).output
        found = items(flow, [x.dims for x in inner], [x.dtype for x in given])
        return found if many else found[0]

    def _check_loop(self, holds, given, inner, outputs):
        if holds.dtype.kind != "b" or holds.rank not in (0, None):
            raise TypeError(
                f"while_loop: the condition is a single truth value, got {holds!r}"
            )
        if len(outputs) != len(given):
            raise TypeError(
                f"while_loop: the body returns {len(outputs)} tensors for "
                f"{len(given)} loop variables"
            )
        for x, start, output in zip(given, inner, outputs):
            what = f"while_loop: the loop variable '{x.name}'"
            if x.dtype != output.dtype:
                raise TypeError(
                    f"{what} is {x.dtype} at the start, and {output.dtype} after a "
                    "round; cast one of them"
                )
            if None in (start.dims, output.dims):
                continue
            pairs = zip(start.dims, output.dims)
            known = [pair for pair in pairs if {*map(type, pair)} == {int}]
            if len(start.dims) != len(output.dims) or any(a != b for a, b in known):
                raise ValueError(
                    f"{what} is {show_shape(start.dims)} at the start, and "
                    f"{show_shape(output.dims)} after a round; say so by `shapes`"
                )


def _limited(condition, body, limit):
    """The condition and the body of a loop that counts its rounds."""
    graph = limit.graph

    def another(round_, *values):
        return graph.logical_and(round_ < limit, condition(*values))

    def counted(round_, *values):
        return [round_ + 1, *listed(body(*values))]

    return another, counted


def _names(function, tensors):
    """What a program calls the loop variables: as `function` does, if it names each."""
    with contextlib.suppress(TypeError, ValueError):
        parameters = inspect.signature(function).parameters.values()
        names = [x.name for x in parameters if x.kind == x.POSITIONAL_OR_KEYWORD]
        if len(names) == len(tensors):
            return names
    return [x.name for x in tensors]
