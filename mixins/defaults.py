# # Which graph, if you don't say?
#
# TensorFlow 1 programs hardly ever name their graph or their session.  There's always a
# default one.  `graph.as_default()` makes another graph the default, and
# `with graph.as_default():` does so until the block ends:
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> with graph.as_default():
# ...     print(Graph.get_default() is graph)
# True
#
# `tensor.eval()` uses the session whose `with` you're in:
#
# >>> from session import Session
# >>> total = graph.variable(190.0, name="total")
# >>> with Session(graph):
# ...     print(total.eval())
# 190.0
#
# Each thread has its own defaults, and never sees another thread's.

import threading

from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class _Defaults(threading.local):
    """The defaults of one thread."""

    def __init__(self):
        self.graph, self.sessions = None, []


_defaults = _Defaults()


class DefaultTensor:
    """A tensor that can be evaluated in a default session."""

    def eval(self, feed_dict=None, session=None):
        """Run this tensor in `session`, or in the default one, and return its value."""
        if session is None and not self.graph.sessions:
            raise ValueError(
                f"Cannot evaluate '{self.name}': No default session is registered. "
                "Pass session=... or call it inside `with Session(graph):`"
            )
        return (session or self.graph.sessions[-1]).run(self, feed_dict)


class DefaultGraph:
    """A graph that can be the default."""

    @staticmethod
    def get_default():
        """The default graph of this thread."""
        if _defaults.graph is None:
            from graph import Graph

            _defaults.graph = Graph()
        return _defaults.graph

    def as_default(self):
        """Make this the default graph, for good or until its `with` ends."""
        previous, _defaults.graph = _defaults.graph, self
        return _Default(self, previous)

    @property
    def sessions(self):
        """The sessions whose `with` this thread is in, the innermost one last."""
        return [session for session in _defaults.sessions if session.graph is self]


class _Default:
    """What `as_default` returns: leaving its `with` restores the old default."""

    def __init__(self, graph, previous):
        self.graph, self.previous = graph, previous

    def __enter__(self):
        return self.graph

    def __exit__(self, *_):
        _defaults.graph = self.previous


class DefaultSession:
    """A session that can be the default; given no graph, it takes the default one."""

    def __init__(self, graph=None, executor=None):
        from graph import Graph

        if graph is None:
            graph = Graph.get_default()
        elif not isinstance(graph, Graph):
            raise TypeError(f"a session is of a graph, got {type(graph).__name__}")
        super().__init__(graph, executor)

    def __enter__(self):
        _defaults.sessions.append(self)
        return self

    def __exit__(self, *_):
        self.leave()

    def leave(self):
        """Stop being the default session."""
        sessions = _defaults.sessions
        for i in reversed(range(len(sessions))):
            if sessions[i] is self:
                del sessions[i]
                return
