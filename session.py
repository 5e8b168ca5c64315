# # A graph holds no values. So what does?
#
# A *run* does, while it lasts.  You ask for tensors, the *fetches*, and give values for
# placeholders, the *feeds*.  The run computes what the fetches depend on, operation by
# operation, like the `Interpreter` below.  (A `Session` compiles all that first.)  What
# outlives a run is the session's *state*, the value of each variable.
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> amount = graph.placeholder((), name="amount")
# >>> total = graph.variable(0.0, name="total")
# >>> deposit = graph.assign(total, total + amount)
# >>> session = Session(graph)
# >>> print(session.run(deposit, {amount: 5}))
# 5.0
# >>> print(session.run(deposit, {amount: 3}))
# 8.0
#
# Two sessions on one graph are two bank accounts.  Neither knows what the other did:
#
# >>> print(Session(graph).run(total))
# 0.0
#
# ## Why is every run a snapshot? {#a-run-is-a-snapshot}
#
# Suppose that assignments landed at once, as they do in Python:
#
# >>> a, b = 1.0, 2.0
# >>> a = b
# >>> b = a
# >>> print(a, b)
# 2.0 2.0
#
# One value is lost.  In a training step, parameters would see others already moved.
#
# ![Above: a = 1, b = 2, and after the swap a = 2, b = 1. Below, one assignment after
# the other: both are 2.](weave:sheet-snapshot "A swap, and what would become of it
# without the snapshot.")
#
# So a run reads only the state from before it, and everything that it assigns lands
# together at its end:
#
# >>> a, b = graph.variable(1.0, name="a"), graph.variable(2.0, name="b")
# >>> swap = graph.group([graph.assign(a, b), graph.assign(b, a)])
# >>> session.run(swap)
# >>> print(*session.run([a, b]))
# 2.0 1.0
#
# Fetch a variable beside its update, in any order, and you get the value from before.
# So in a training step, loss and gradient belong to the same parameters:
#
# >>> print(*session.run([total, deposit, total], {amount: 2}))
# 8.0 10.0 8.0
#
# And if anything fails, nothing has happened:
#
# >>> xs = graph.placeholder((None,), name="xs")
# >>> broken = graph.reshape(xs, (2, 2))
# >>> try:
# ...     session.run([deposit, broken], {amount: 1, xs: [1, 2, 3]})
# ... except ValueError as error:
# ...     print(error)
# cannot reshape array of size 3 into shape (2,2)
# >>> print(session.run(total))
# 10.0

import types

import numpy

from gradients import topological_order
from ops import AssignOp
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

# ## What computes? An executor {#an-executor}
#
# An *executor* serves one request, as often as we call it.  It tells the session three
# things: `reads`, the tensors whose values it needs from the state; `feeds`, those that
# it needs fed; and `assigned`, the variables for which it returns new values.
#
# The simplest one goes from operation to operation, with a dictionary of values.
# That's what a graph *means*.  Faster ones, such as [the
# compiler's](compiler/program.py), must return the same values, up to rounding.


class Interpreter:
    """Computes a request operation by operation.

    Args:
        order: the operations to run, in topological order.
        fetches: the tensors to return.
        feeds: the tensors that are fed.

    Call it with two lists, the values of `reads` and of `feeds`.  It returns two: the
    fetched values, and the new ones of `assigned`.
    """

    # The module that `compute` gets; and replacements of `compute`, by class.
    np, computes = numpy, types.MappingProxyType({})

    def __init__(self, order, fetches, feeds=()):
        self.order, self.fetches = order, fetches
        self.assigned = assignments(order)
        used = [x for op in order for x in op.inputs[op.used]]
        used, fed = dict.fromkeys([*used, *fetches]), set(feeds)
        self.feeds = [x for x in used if x in fed]
        leaves = [x for x in used if x.op is None and x not in fed]
        self.constants = {x: x.initial_value for x in leaves if x.kind == "constant"}
        self.reads = [x for x in leaves if x not in self.constants]
        self.overflow = "ignore" if any(op.overflows for op in order) else None

    def __call__(self, state, feeds):
        values = {**self.constants, **dict(zip(self.reads, state))}
        values.update(zip(self.feeds, feeds))
        with numpy.errstate(over=self.overflow):
            for op in self.order:
                values[op.output] = self.compute(op, [values.get(x) for x in op.inputs])
        fetched = [self.result(values[x]) for x in self.fetches]
        updates = [self.result(values[x]) for x in self.assigned.values()]
        return fetched, updates

    def compute(self, op, values):
        """The output of `op`, from the values of its inputs."""
        try:
            if type(op) in self.computes:
                return self.computes[type(op)](op, self.np, *values)
            if type(op).__module__ not in FRAMEWORK:
                values = map(read_only, values)
            return op.compute(self.np, *values)
        except Exception as error:
            error.add_note(describe(op.output, op.inputs, values))
            raise

    def result(self, value):
        """A copy: a value that you hold must never change."""
        return None if value is None else numpy.array(value)[()]


def read_only(value):
    """`value` for your own `compute`: not to write into."""
    if isinstance(value, numpy.ndarray):
        # NumPy refuses writes into a broadcast array.
        return numpy.broadcast_to(value, value.shape)
    return value


# If one run assigns a variable twice, the assignment that was made last wins.  A
# `Session` [refuses](mixins/checks.py) instead.


def assignments(order):
    """For each variable that `order` assigns, the tensor of its new value."""
    assigning = [op for op in order if isinstance(op, AssignOp)]
    return {op.inputs[0]: op.output for op in assigning}


def describe(tensor, inputs, values):
    """For an error in a run: what makes `tensor`, and its inputs' shapes."""
    pairs = zip(inputs, values)
    shapes = [f"'{x.name}' {numpy.shape(value)}" for x, value in pairs]
    return f"in {tensor.origin} of {', '.join(shapes) or 'no inputs'}"


# ## State, and a loop around it {#a-session}


class BareSession:
    """Runs parts of a graph, and keeps the values of its variables.

    Args:
        graph: the graph.
        executor: the class that computes a request.

    Attributes:
        state: the value of each variable used or assigned so far.
    """

    def __init__(self, graph, executor=Interpreter):
        self.graph, self.executor = graph, executor
        self.state, self.executors = {}, {}

    def run(self, fetches, feed_dict=None):
        """The values of `fetches`, one or a list.

        Args:
            fetches: a tensor, or a list of tensors.  A group gives None.
            feed_dict: values for placeholders, or for other tensors, which then
                aren't computed.

        Raises:
            ValueError: a placeholder isn't fed, or shapes don't fit.  No variable has
                changed then.
        """
        many = isinstance(fetches, (list, tuple))
        wanted = tuple(fetches) if many else (fetches,)
        executor = self.prepare(wanted, tuple(feed_dict or ()))
        fetched = self.execute(executor, feed_dict)
        return list(fetched) if many else fetched[0]

    # ## A run, step by step
    #
    # We keep each request's executor, so a training loop prepares its step once.
    #
    # You can feed almost any tensor.  What it depends on isn't computed then.  Feed the
    # sum, and no amount is needed:
    #
    # >>> print(session.run(deposit, {deposit.op.inputs[1]: 100}))
    # 100.0

    def prepare(self, fetches, feeds=(), make=None):
        """The executor of a request, made at first use."""
        request = make or self.executor, fetches, feeds
        executor = self.executors.get(request)
        if executor is None:
            order = topological_order(fetches, given=set(feeds))
            executor = self.compile(request[0], order, fetches, feeds)
            self.executors[request] = executor
        return executor

    def compile(self, make, order, fetches, feeds):
        """An executor of the class `make`."""
        return make(order, fetches, feeds)

    def execute(self, executor, feed_dict):
        """The fetched values of a run; the state gets what it assigns."""
        feeds = self.feed(executor, feed_dict) if feed_dict else ()
        try:
            state = list(map(self.state.__getitem__, executor.reads))
        except KeyError:
            fetched, updates = self.start(executor, feeds, feed_dict)
        else:
            fetched, updates = executor(state, feeds)
        self.state.update(zip(executor.assigned, updates))
        return fetched

    def feed(self, executor, feed_dict):
        """The feeds of `executor`, as arrays."""
        return [numpy.asarray(feed_dict[x], float) for x in executor.feeds]

    # A variable takes its initial value when a run first needs it.  A placeholder has
    # none.  Forget to feed it, and the error names it (a `Session` adds the line that
    # made it):
    #
    # >>> session.run(deposit)
    # Traceback (most recent call last):
    #     ...
    # ValueError: You must feed a value for placeholder tensor 'amount' ...

    def start(self, executor, feeds, feed_dict):
        """A run that reads variables without a value yet."""
        first = self.first_values(executor.reads, feed_dict)
        state = {**self.state, **first}
        fetched, updates = executor([state[x] for x in executor.reads], feeds)
        self.state.update(first)
        return fetched, updates

    def first_values(self, reads, feed_dict):
        """The first value of each of `reads` that has none yet."""
        first = {x: x.initial_value for x in reads if x not in self.state}
        for x in first:
            if x.kind != "variable":
                raise ValueError(f"You must feed a value for {x.origin}")
        return first


# ## And a Session? {#rooms}
#
# It's a `BareSession` with [rooms](mixins/rooms.py) around it, which checks your input
# and compiles.  `Session(graph, executor=Interpreter)` computes the same, only slower.
#
# You know the whole machine.  Last, look at [the program](weave/listing.md) that it
# writes.


def __getattr__(name):
    """`Session`, with its rooms."""
    if name != "Session":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mixins.rooms import Session

    return Session
