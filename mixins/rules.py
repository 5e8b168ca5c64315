# # What does a room know about an operation that it's never met?
#
# [Shapes](mixins/shapes.py) must know the shape of every operation's output.  But an
# operation, as `ops.py` has it, only knows what it computes and its derivative.  So a
# room keeps a table, with a function for each class of operations.
#
# And your own operation?  A class that's missing from the table inherits the rule of
# its base class, as it inherits everything else.  Or it has a method, and that's its
# rule:
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
    """Functions by the class of an operation; `method` is the name of its own.

    A rule takes the operation, and what the room knows of each of its inputs.
    """

    def __init__(self, method):
        self.method = method

    def of(self, *classes):
        """A decorator: the function is the rule of `classes`."""

        def add(rule):
            self.update(dict.fromkeys(classes, rule))
            return rule

        return add

    def __missing__(self, cls):
        rules = (vars(base).get(self.method) or self.get(base) for base in cls.__mro__)
        self[cls] = next(filter(None, rules))
        return self[cls]


def is_foreign(op):
    """Whether an operation is a reader's own."""
    return type(op).__module__ not in FRAMEWORK
