"""In which room each thing is written that a graph, a session or a tensor can do."""

import ops
from graph import Graph
from mixins.dtypes import DTYPES
from mixins.shapes import DIMS
from session import Session


def names():
    """For names such as "Graph.softmax", the module and the name of what is written.

    What several rooms extend is told where it begins: `Graph.gradients` in the heart.
    """
    found = {}
    whole = {"Graph": Graph, "Session": Session, "Tensor": Graph.tensor_class}
    for name, cls in whole.items():
        for room in cls.__mro__[:-1]:
            written = () if room is ops.Operations else vars(room)
            for part in written:
                if not part.startswith("__"):
                    place = room.__module__, f"{room.__qualname__}.{part}"
                    found[f"{name}.{part}"] = place
    # An elementwise operation is a method of a graph by itself, unless there is one.
    for part, method in vars(ops.Operations).items():
        if not part.startswith("__") and getattr(Graph, part) is method:
            cls = method.__globals__["cls"]
            found[f"Graph.{part}"] = cls.__module__, cls.__qualname__
    # An operation may say itself what a room's table says of others.
    for rules in (DIMS, DTYPES):
        rule = rules[ops.BaseOp]
        found[f"BaseOp.{rules.method}"] = rule.__module__, rule.__qualname__
    return found
