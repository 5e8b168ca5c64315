# # What's that tensor called, and who made it?
#
# "Invalid argument: node gradients_1/MatMul_7/grad/Reshape_3" is how TensorFlow used to
# tell you about a mistake.  Which of your lines does it mean?
#
# Our tensors remember the line that made them.  And a gradient is called by what it is:
# that of `loss` with respect to `hidden` is `loss_by_hidden`.  Where it's a sum, each
# share also names the consumer that it came back from.
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> x = graph.variable(3.0, name="x")
# >>> y = graph.square(x, name="y")
# >>> graph.gradients(y, [x])
# [<Tensor 'y_by_x' () float64 = mul(mul, x)>]

import sys

import ops
from mixins.shapes import show_shape
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class NamedTensor:
    """A tensor that knows where it comes from.

    Attributes:
        line: the line of the user's program that made it.
        derived_from: if `Graph.gradients` made it, the operation whose derivative it
            is part of; else None, as where nothing is differentiated.
        gradient_of: if it is a gradient with a name, (y, x, None), the tensors; for a
            share of one, the consumer of x that it came from is the third; else None.
        word: what the graph made its name of; None if it was given one.
        trainable: whether optimizers may change it.
    """

    line = derived_from = gradient_of = word = None
    trainable = False

    @property
    def origin(self):
        """What a message about its value calls it, and where it was made."""
        if self.op is not None:
            return f"'{self.name}', made by {self.kind} at {self.line},"
        return f"the {self.kind} '{self.name}', made at {self.line},"

    def __repr__(self):
        shape = show_shape(self.dims)
        return f"<Tensor '{self.name}' {shape} {self.dtype} = {self.made}>"


class IdentityOp(ops.ElementwiseOp):
    """y = x under another name, so dy/dx = 1."""

    def compute(self, np, x):
        return x

    def gradient(self, grad):
        return [grad]


class Naming:
    """A graph whose tensors have names that say what they are.

    Attributes:
        variables: those of its tensors that are variables.
    """

    @property
    def variables(self):
        """The variables, in the order of their making."""
        return [tensor for tensor in self.tensors if tensor.kind == "variable"]

    def tensor(
        self,
        initial_value=None,
        op=None,
        name=None,
        kind=None,
        trainable=True,
        **facts,
    ):
        given = name is not None and name != ""
        if given and not (isinstance(name, str) and name.isprintable()):
            raise TypeError(f"a name is a printable string, got {name!r}")
        if not given and op is not None and op.kind == "transpose":
            name = f"{op.inputs[0].name}_T"
        tensor = super().tensor(initial_value, op, name, kind, **facts)
        tensor.line = users_line()
        if not given:
            # Where names begin with a scope, the word does too.
            word = name or tensor.kind
            tensor.word = tensor.name[: tensor.name.rindex(word) + len(word)]
        if tensor.kind == "variable":
            tensor.trainable = trainable
        if self.differentiating is not None:
            tensor.derived_from = self.differentiating.op
        return tensor

    def gradients(self, y, xs, grad_y=None, zeros=True):
        outside, self.differentiating = self.differentiating, y
        try:
            return super().gradients(y, xs, grad_y, zeros)
        finally:
            self.differentiating = outside

    # Only what got its name from the graph is called by another: not a tensor that was
    # there before, nor one that a reader's `gradient` has named, and none twice.  In
    # high derivatives such names would grow out of hand: these keep "mul_21".

    def label(self, gradient, y, x, consumer=None):
        super().label(gradient, y, x, consumer)
        name = f"{y.name}_by_{x.name}"
        if consumer is not None:
            name += f"_via_{consumer.name}"
        own = gradient.derived_from is not None and gradient.word is not None
        if own and gradient.gradient_of is None and len(name) <= 60:
            self._release(gradient)
            gradient.name = self.unique(name)
            gradient.gradient_of = (y, x, consumer)

    def _release(self, tensor):
        """Let the name of `tensor` be taken again, if it was the last one given."""
        number = self.names.get(tensor.word)
        if number and tensor.name == f"{tensor.word}_{number}":
            del self.names[tensor.name]
            self.names[tensor.word] = number - 1


# An error says on which line of the user's program a tensor was made: the innermost
# one that is outside of the framework.


# How many calls there are at least between a user's line and `users_line`.
_INSIDE = 4


def users_line():
    """The file and line of the user's program that we were called from."""
    frame = sys._getframe(_INSIDE)
    while frame.f_back and frame.f_globals.get("__name__") in FRAMEWORK:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"
