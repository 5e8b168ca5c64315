# # What did my graph become? Print it
#
# The first time you run a request, the session compiles it to a NumPy program.  It
# keeps the program, so a training loop compiles its step once.  You can read it any
# time:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.variable([1.0, 2.0], name="x")
# >>> y = graph.square(x, name="y")
# >>> print(Session(graph).program(y))
# def program(state, feeds):
#     x, = state
#     y = x * x
#     return (y,), ()

import warnings

from compiler.program import Program
from mixins.garbage import uncollected
from mixins.repeat import flatten
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

MANY_PROGRAMS = 100


class Compiled:
    """A session whose executor is a `Program`, unless you choose another.

    Attributes:
        compiler: the class of its programs.
        programs: each request's program, by fetches and feeds.
    """

    compiler = Program

    def __init__(self, graph=None, executor=None):
        if isinstance(executor, type) and issubclass(executor, Program):
            self.compiler = executor
        super().__init__(graph, executor or self.compiler)
        self.programs = {}
        self._alike = {}

    def program(self, fetches, feed_dict=None):
        """The program that `run` would run; print it to read its text.

        Only the tensors in `feed_dict` matter, and their order, not their values.
        """
        request = tuple(flatten(fetches)), tuple(feed_dict or ())
        self.prepare(*request, self.compiler)
        return self.programs[request]

    def compile(self, make, order, fetches, feeds):
        with uncollected():
            executor = super().compile(make, order, fetches, feeds)
        if isinstance(executor, Program):
            self.programs[fetches, feeds] = executor
            self._warn_of_many(fetches, feeds)
        return executor

    # Here's the classic mistake with a graph: making operations inside the loop that
    # runs them.  Each round then compiles another program, and takes longer than the
    # last.  After a hundred such programs we warn you, once, and name the line.

    def _warn_of_many(self, fetches, feeds):
        tensors = fetches + feeds
        if not tensors:
            return
        newest = max(tensors, key=lambda tensor: tensor.index)
        lines = tuple(tensor.line for tensor in tensors)
        number, before = self._alike.get(lines, (0, 0))
        if newest.index < before:
            # No tensor here was made after the last such program.
            return
        self._alike[lines] = number + 1, len(self.graph.tensors)
        if number + 1 == MANY_PROGRAMS:
            warnings.warn(
                f"{MANY_PROGRAMS} programs were compiled for tensors that were made "
                f"anew, at {newest.line}: make operations once, before the loop that "
                "runs them, and only run them in it; graph.finalize() finds those that "
                "are made later",
                stacklevel=1,
            )
