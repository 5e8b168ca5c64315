# # What's that tensor called, and who made it?
#
# "Invalid argument: node gradients_1/MatMul_7/grad/Reshape_3" is how TensorFlow used to
# tell you about a mistake.  Which of your lines does it mean?
#
# Our tensors remember the line that made them.  And a gradient's name says what it is:
# `loss_by_hidden` is the gradient of `loss` with respect to `hidden`.  If that's a sum,
# each share is also named for the consumer that it came back from.
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> x = graph.variable(3.0, name="x")
# >>> y = graph.square(x, name="y")
# >>> graph.gradients(y, [x])
# [<Tensor 'y_by_x' () float64 = mul(mul, x)>]

import sys

import ops
from mixins.garbage import uncollected
from mixins.shapes import show_shape
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class NamedTensor:
    """A tensor that knows where it comes from.

    Attributes:
        place: the file and the number of the line in it that made the tensor.
        derived_from: if `Graph.gradients` made it, the operation being differentiated;
            else None.
        gradient_of: (y, x, None) for a gradient with a name, (y, x, consumer) for a
            share of one, all of them tensors; else None.
        word: what the graph built its name from; None if you gave it one.
        trainable: whether optimizers may change it.
    """

    derived_from = gradient_of = word = place = None
    trainable = False

    @property
    def line(self):
        """The line of your program that made it, as "file:number"."""
        file, number = self.place
        return f"{file}:{number}"

    @property
    def origin(self):
        """What an error about its value calls it, and where it was made."""
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
    """A graph that names its gradients for what they are.

    Attributes:
        variables: the graph's variables.
    """

    @property
    def variables(self):
        """The variables, in the order you made them."""
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
        tensor.place = _users_place()
        if not given:
            # If the name begins with a scope, so does the word.
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
            with uncollected():
                return super().gradients(y, xs, grad_y, zeros)
        finally:
            self.differentiating = outside

    # We rename only what was made for a gradient, only once, and never what your own
    # `gradient` named.  In high derivatives such names would get out of hand, so there
    # we stay with "mul_21".

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
        """Free the name of `tensor` for reuse, if it was the last one given."""
        number = self.names.get(tensor.word)
        if number and tensor.name == f"{tensor.word}_{number}":
            del self.names[tensor.name]
            self.names[tensor.word] = number - 1


# Which of your lines made a tensor?  The innermost caller outside the framework.


# At least this many calls lie between your line and `_users_place`.
_INSIDE = 4


def _users_place():
    """Return the file of your program that called us, and the number of the line."""
    frame = sys._getframe(_INSIDE)
    while frame.f_back and frame.f_globals.get("__name__") in FRAMEWORK:
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno
