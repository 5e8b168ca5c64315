# # Why shouldn't a label become 2.0?
#
# Because you'd like to index with it.  Data is made of floats, 64 bits unless you say
# otherwise.  But labels and indices are integers, comparisons give truth values, and
# each should stay what it is.
#
# And the 2 in `labels + 2`?  A plain number takes the tensor's type if it can.  2 can
# be an integer, 2.5 can't:
#
# >>> from graph import Graph
# >>> graph = Graph()
# >>> labels = graph.placeholder((3,), dtype=int, name="labels")
# >>> labels + 2
# <Tensor 'add' (3,) int64 = add(labels, constant)>
# >>> labels + 2.5
# <Tensor 'add_1' (3,) float64 = add(labels, constant_1)>

import numpy

import ops
from mixins.rules import Rules
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


def numbers(value, name):
    """Return `value` as a NumPy array of whatever type of number it holds.

    Raises TypeError if it's ragged or not numeric; the message calls it `name`.
    """
    try:
        array = numpy.asarray(value)
    except ValueError:
        raise TypeError(f"{name}: expected numbers, got a ragged list") from None
    if array.dtype.kind not in "biuf":
        if hasattr(value, "output"):
            raise TypeError(f"{name}: expected a tensor, got an operation; use .output")
        raise TypeError(
            f"{name}: expected numbers, got {type(value).__name__} {value!r:.60}, "
            f"which NumPy takes for {array.dtype}"
        )
    return array


def as_array(value, dtype, name):
    """Copy `value` to an array of type `dtype`, or to a NumPy scalar if it has rank 0.

    Raises TypeError as `numbers` does, or if the type can't hold a value (2.5 or 1e20
    as an integer).  A float that's too large for a smaller type becomes infinity.
    """
    given, dtype = numbers(value, name), numpy.dtype(dtype)
    if given.dtype == dtype or given.dtype.kind != "f" == dtype.kind:
        return given.astype(dtype)[()]
    with numpy.errstate(all="ignore"):
        array = given.astype(dtype)
    if dtype.kind != "f" and (array != given).any():
        raise TypeError(
            f"{name}: expected values of type {dtype}, got {given.dtype} values that "
            "it cannot hold"
        )
    # The index () turns an array of rank 0 into a scalar, and leaves others alone.
    return array[()]


def holds_tensors(value):
    """Whether a list, perhaps nested, contains tensors."""
    lists = (list, tuple)
    return isinstance(value, lists) and any(
        isinstance(part, Tensor) or holds_tensors(part) for part in value
    )


def as_type(dtype):
    """Return `dtype` as NumPy's; TypeError unless it's of real numbers or bools."""
    dtype = numpy.dtype(dtype)
    if dtype.kind not in "biuf":
        raise TypeError(f"expected a type of real numbers or truth values, got {dtype}")
    return dtype


class TypedTensor:
    """A tensor that knows the type of its value.

    Attributes:
        dtype: the NumPy type of its elements; None if it never has a value.
    """

    dtype = None

    # `//` rounds down to a whole number, so it lives here, among the types.

    def __floordiv__(self, other):
        return self.graph.floordiv(self, other)

    def __rfloordiv__(self, other):
        return self.graph.floordiv(other, self)


# ## What type comes out? {#the-type-of-each-operation}
#
# As with shapes, each class of operations has a [rule](mixins/rules.py).  For yours,
# write a method `infer_dtype`.


DTYPES = Rules("infer_dtype")


@DTYPES.of(ops.BaseOp)
def _first_dtype(op, *dtypes):
    return dtypes[0] if dtypes else op.graph.dtype


@DTYPES.of(ops.ElementwiseOp, ops.DotOp)
def _joint_dtype(op, *dtypes):
    first = dtypes[0]
    for dtype in dtypes:
        if dtype != first:
            return numpy.result_type(*dtypes)
    return first


@DTYPES.of(ops.WhereOp)
def _chosen_dtype(op, condition, a, b):
    return numpy.result_type(a, b)


@DTYPES.of(ops.CompareOp)
def _truth_dtype(op, *dtypes):
    return numpy.dtype(bool)


@DTYPES.of(ops.PowOp)
def _computed_dtype(op, *dtypes):
    # To NumPy, a power of truth values is a small integer, and a sum of small integers
    # a larger one.  How large?  We ask it with empty arrays.
    return op.compute(numpy, *[numpy.zeros(0, dtype) for dtype in dtypes]).dtype


@DTYPES.of(ops.SumOp)
def _summed_dtype(op, dtype):
    return numpy.zeros(0, dtype).sum().dtype


@DTYPES.of(ops.ShapeOp)
def _shape_dtype(op, _):
    return numpy.dtype(op.dtype)


@DTYPES.of(ops.GroupOp)
def _no_dtype(op, *_):
    return None


# What's the square root of the integer 2?  Some operations only make sense for floats,
# so we convert integers and truth values before they go in.  If yours is one of them,
# give it `floating = True`.


ops.BaseOp.floating = False
for _cls in (
    *(ops.DivOp, ops.SqrtOp, ops.ExpOp, ops.LogOp, ops.SigmoidOp, ops.TanhOp),
    *(ops.ReluOp, ops.CountOp),
):
    _cls.floating = True


# ## Two operations about types {#operations-of-this-room}


class CastOp(ops.BaseOp):
    """y = x, converted to the type `dtype`."""

    elementwise = True

    def compute(self, np, x):
        return x.astype(self.dtype)

    def gradient(self, grad):
        (x,) = self.inputs
        if self.output.dtype.kind != "f":
            return super().gradient(grad)
        return [self.graph.cast(grad, x.dtype) if x.dtype.kind == "f" else grad]

    def infer_dtype(self, dtype):
        return numpy.dtype(self.dtype)


# Rounding down makes a staircase: wherever it has a derivative, it's flat.


class FloordivOp(ops.ElementwiseOp):
    """y = a / b rounded down to a whole number, so dy/da = dy/db = 0."""

    stops_gradient = True

    def compute(self, np, a, b):
        return a // b

    infer_dtype = _computed_dtype


# ## What happens to a plain number? {#the-room}


class Dtypes:
    """A graph that knows types, and converts where it must."""

    def __init__(self, dtype=float):
        super().__init__()
        self.dtype = as_type(dtype)
        if self.dtype.kind != "f":
            raise TypeError(
                f"the type of a graph's data is one of floating point, got {self.dtype}"
            )

    def operands(self, op, inputs):
        if isinstance(op, ops.AssignOp):
            return super().operands(op, self._typed_assignment(*inputs))
        for x in inputs:
            number = not isinstance(x, Tensor)
            if number or (op.floating and x.dtype.kind != "f"):
                return super().operands(op, self._typed(op, inputs))
        return super().operands(op, inputs)

    def _typed(self, op, inputs):
        """Return the inputs, with numbers as constants, cast to floats if need be."""
        # Sizes are integers, and tell us nothing about the type of the data.
        types = [
            x.dtype
            for i, x in enumerate(inputs)
            if isinstance(x, Tensor) and x.dtype and i not in op.sizes
        ]
        floats = next((dtype for dtype in types if dtype.kind == "f"), None)
        integers = next((dtype for dtype in types if dtype.kind in "iu"), None)
        result = []
        for i, x in enumerate(inputs):
            if holds_tensors(x) and i not in op.sizes:
                x = self.convert(x)
            elif not isinstance(x, Tensor) and i not in op.sizes:
                array = numbers(x, f"an operand of {op.kind}")
                like = {"f": floats, "b": None}.get(
                    array.dtype.kind, floats or integers
                )
                x = self.constant(x if like is None else array, dtype=like)
            if op.floating and x.dtype.kind != "f":
                x = self.cast(x, floats or self.dtype)
            result.append(x)
        return result

    def _typed_assignment(self, variable, value):
        """Return the variable, and the value cast to its type."""
        value = self.convert(value, variable.dtype)
        if value.dtype.kind == "f" and variable.dtype.kind != "f":
            raise TypeError(
                f"cannot assign {value!r} to {variable!r}: cast it, and say so"
            )
        return [variable, self.cast(value, variable.dtype)]

    def tensor(
        self, initial_value=None, op=None, name=None, kind=None, dtype=None, **facts
    ):
        if op is not None:
            dtype = DTYPES[type(op)](op, *[x.dtype for x in op.inputs])
            if type(op) is CastOp and op.inputs[0].dtype == dtype:
                x = op.inputs[0]
                return x if name is None else self.identity(x, name)
            tensor = super().tensor(None, op, name)
        elif holds_tensors(initial_value):
            # If a list contains tensors, we stack its parts.
            stack = self.stack([self.convert(part, dtype) for part in initial_value])
            if kind == "constant":
                return stack
            return self.tensor(stack, None, name, kind, dtype, **facts)
        else:
            if kind is None:
                kind = "placeholder" if initial_value is None else "variable"
            what = name or kind
            if isinstance(initial_value, Tensor):
                initial_value = self.cast(initial_value, dtype or initial_value.dtype)
                dtype = initial_value.dtype
            elif kind in ("constant", "variable"):
                initial_value = self.data(initial_value, dtype, what)
                dtype = initial_value.dtype
            elif kind != "generator":
                dtype = self.dtype if dtype is None else as_type(dtype)
            tensor = super().tensor(
                initial_value, None, name, kind, dtype=dtype, **facts
            )
        tensor.dtype = dtype
        return tensor

    def data(self, value, dtype, name):
        """Return `value` as an array; by default of bools or the graph's floats."""
        if dtype is None:
            value = numbers(value, name)
            dtype = value.dtype if value.dtype == bool else self.dtype
        return as_array(value, dtype, name)

    # A tensor of floats and its gradient have the same type.

    def fit(self, share, like):
        floating = like.dtype.kind == "f"
        if share.kind == "constant" and floating and share.dtype != like.dtype:
            share = self.constant(share.initial_value, dtype=like.dtype)
        if share.dtype.kind != "f":
            # It gets the type of a sum, whether or not we sum it.
            share = self.cast(share, numpy.zeros(0, share.dtype).sum().dtype)
        share = super().fit(share, like)
        if share.dtype == like.dtype or like.dtype.kind != "f":
            return share
        return self.cast(share, like.dtype)

    def cast(self, x, dtype, name=None):
        """Convert x to another type, or return x itself if it already has that type."""
        return CastOp([x], self, name, dtype=as_type(dtype).name).output
