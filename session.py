# # Session: the state, and the runs that change it
#
# A graph has no values.  Who has?  A *session*: it keeps the value of each variable,
# its *state*.  It takes a request, the *fetches*, and the values of placeholders, the
# *feeds*; compiles the request to a program, once; runs that, and keeps the new state.
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
# Two sessions on one graph are two accounts.  What one has done, the other does not
# know:
#
# >>> print(Session(graph).run(total))
# 0.0
#
# ## A run is a snapshot
#
# All that a run reads is the state from before, and all that it assigns lands together
# at its end, if nothing failed.  So what is fetched along with an update is from before
# the update, whatever the order: in a training step the loss belongs to the parameters
# that the gradient was taken at.
#
# >>> print(*session.run([total, deposit, total], {amount: 2}))
# 8.0 10.0 8.0
#
# Were an assignment to land at once, two variables could not change places, and each
# parameter's update would see some parameters moved and others not:
#
# >>> a, b = graph.variable(1.0, name="a"), graph.variable(2.0, name="b")
# >>> swap = graph.group([graph.assign(a, b), graph.assign(b, a)])
# >>> session.run(swap)
# >>> print(*session.run([a, b]))
# 2.0 1.0
#
# And when something fails, nothing has happened:
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

# ## An executor
#
# Who computes?  An *executor* is made for one request, and called with values as often
# as you like.  It says which leaves of the graph it must be given, in `reads` those
# whose values the session keeps and in `feeds` those that are fed, and in `assigned`
# which variables it has new values of.  The simplest one goes from operation to
# operation.  What it computes is what a graph means, and any other executor must come
# to the same.


class Interpreter:
    """Computes a request operation by operation, as the graph stands.

    Args:
        order: the operations to run, in topological order.
        fetches: the tensors whose values are wanted.
        feeds: the tensors whose values are given.

    Called with the values of `reads` and those of `feeds`, two lists, it returns the
    values of the fetches and the new values of `assigned`, two lists.
    """

    # The module that `compute` gets, and what is called in its place, by the operation.
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
        """The value of the output of `op`, given those of its inputs."""
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
        """A copy: what is given back must never change later."""
        return None if value is None else numpy.array(value)[()]


def read_only(value):
    """`value` as a reader's own `compute` gets it: to look at, not to write into."""
    if isinstance(value, numpy.ndarray):
        # NumPy lets nobody write into what may be repeated.
        return numpy.broadcast_to(value, value.shape)
    return value


def assignments(order):
    """What `order` assigns: for each variable the tensor of its new value."""
    assigning = [op for op in order if isinstance(op, AssignOp)]
    return {op.inputs[0]: op.output for op in assigning}


def describe(tensor, inputs, values):
    """What makes `tensor`, for an error in a run: with the shapes of its inputs."""
    pairs = zip(inputs, values)
    shapes = [f"'{x.name}' {numpy.shape(value)}" for x, value in pairs]
    return f"in {tensor.origin} of {', '.join(shapes) or 'no inputs'}"


# ## A session


class BareSession:
    """Runs parts of a graph, and keeps the values of its variables.

    Args:
        graph: the graph.
        executor: the class of what computes a request.

    Attributes:
        state: the value of each variable that has been used or assigned.
    """

    def __init__(self, graph, executor=Interpreter):
        self.graph, self.executor = graph, executor
        self.state, self.executors = {}, {}

    def run(self, fetches, feed_dict=None):
        """The values of `fetches`, one or a list.

        Args:
            fetches: a tensor, or a list of tensors.  A group gives None.
            feed_dict: values for placeholders, or for any other tensors, which then
                are not computed.

        Raises:
            ValueError: a placeholder is not fed, or shapes do not fit.  No variable has
                changed then.
        """
        many = isinstance(fetches, (list, tuple))
        wanted = tuple(fetches) if many else (fetches,)
        executor = self.prepare(wanted, tuple(feed_dict or ()))
        fetched = self.execute(executor, feed_dict)
        return list(fetched) if many else fetched[0]

    # ## A run, step by step
    #
    # Programs are kept by what they were asked for: a training loop compiles its step
    # in the first round.
    #
    # >>> program = session.program(deposit, {amount: 1})
    # >>> program is session.program(deposit, {amount: 2})
    # True
    #
    # Any tensor can be fed.  What it depends on is not computed then: here the sum is
    # given, and so no amount is needed.
    #
    # >>> print(session.run(deposit, {deposit.op.inputs[1]: 100}))
    # 100.0

    def prepare(self, fetches, feeds=(), make=None):
        """The executor of a request, made at its first use."""
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
        """The values of a run, whose assignments the state gets."""
        feeds = self.feed(executor, feed_dict) if feed_dict else ()
        try:
            state = [self.state[x] for x in executor.reads]
        except KeyError:
            fetched, updates = self.start(executor, feeds, feed_dict)
        else:
            fetched, updates = executor(state, feeds)
        self.state.update(zip(executor.assigned, updates))
        return fetched

    def feed(self, executor, feed_dict):
        """The values that `executor` is fed, as arrays."""
        return [numpy.asarray(feed_dict[x], float) for x in executor.feeds]

    # A variable takes its initial value when a run first needs it.
    #
    # A placeholder has no first value.  Whoever forgets to feed it is told which, and
    # where it was made:
    #
    # >>> session.run(deposit)
    # Traceback (most recent call last):
    #     ...
    # ValueError: You must feed a value for placeholder tensor 'amount' ...

    def start(self, executor, feeds, feed_dict):
        """A run that reads what has no value yet."""
        first = self.first_values(executor.reads, feed_dict)
        state = {**self.state, **first}
        fetched, updates = executor([state[x] for x in executor.reads], feeds)
        self.state.update(first)
        return fetched, updates

    def first_values(self, reads, feed_dict):
        """For each of `reads` that has no value yet its first one."""
        first = {x: x.initial_value for x in reads if x not in self.state}
        for x in first:
            if x.kind != "variable":
                raise ValueError(f"You must feed a value for {x.origin}")
        return first


# ## Rooms
#
# A `Session` is a `BareSession` with [rooms](mixins/rooms.py) around it, as a `Graph`
# is: its executor is a compiled program, and what it is given is checked.


def __getattr__(name):
    """`Session`, with its rooms."""
    if name != "Session":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mixins.rooms import Session

    return Session
