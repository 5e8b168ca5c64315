# # What does a room know about an operation it has never met?
#
# [Shapes](mixins/shapes.py) must know the shape of every operation's output.  But an
# operation in `ops.py` only knows what it computes, and its derivative.  So a room
# keeps a table, with a function for each class of operation.
#
# And your own operation?  A class that's missing from the table inherits its base
# class's rule, like everything else.  Or you give it a method, and that's its rule:
#
# >>> import ops
# >>> from mixins.shapes import DIMS
# >>> class TwiceOp(ops.BaseOp):
# ...     def infer_shape(self, dims):
# ...         return (2, *dims)
# >>> DIMS[ops.MaxOp] is DIMS[ops.ReduceOp]
# True
# >>> DIMS[TwiceOp] is TwiceOp.infer_shape
# True

from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class Rules(dict):
    """A room's rule for each class of operation: an entry, or the class's `method`.

    A rule takes the operation, and what the room knows about each input.
    """

    def __init__(self, method):
        self.method = method

    def of(self, *classes):
        """A decorator that makes a function the rule of `classes`."""

        def add(rule):
            self.update(dict.fromkeys(classes, rule))
            return rule

        return add

    def __missing__(self, cls):
        rules = (vars(base).get(self.method) or self.get(base) for base in cls.__mro__)
        self[cls] = next(filter(None, rules))
        return self[cls]


def is_foreign(op):
    """Whether an operation is your own, not one of the framework's."""
    return type(op).__module__ not in FRAMEWORK
