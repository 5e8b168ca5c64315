# # What do you know before anything runs? Types and shapes
#
# Enough to find most mistakes.  Ask a tensor for its type and its shape; None is a size
# that only a run knows:
#
# >>> import tf
# >>> x = tf.placeholder("float", [None, 3], name="x")
# >>> x.dtype.name, x.shape.as_list()
# ('float32', [None, 3])

import math

import numpy

from mixins.shapes import Unknown, show_shape
from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor

FRAMEWORK.add(__name__)

__all__ = ["bool", "double", "float16", "float32", "float64", "half"]
__all__ += ["int8", "int16", "int32", "int64", "uint8", "uint16"]
__all__ += ["Dimension", "TensorShape", "UnknownDimension", "as_dtype"]

# ## A float has 32 bits {#types}
#
# The types are NumPy's, and you can give them by name.  But "float" means `float32`:
# most networks need no more digits, it takes half the memory, and GPUs are faster with
# it.

float16 = half = numpy.dtype("float16")
float32 = numpy.dtype("float32")
float64 = double = numpy.dtype("float64")
int8, int16 = numpy.dtype("int8"), numpy.dtype("int16")
int32, int64 = numpy.dtype("int32"), numpy.dtype("int64")
uint8, uint16 = numpy.dtype("uint8"), numpy.dtype("uint16")
bool = numpy.dtype("bool")

_TYPES = {"float": float32, "double": float64, "half": float16, float: float32}
_TYPES[int] = int32


def as_dtype(type_value):
    """The NumPy type for a name, or for a Python or NumPy type."""
    try:
        if type_value is not None:
            return numpy.dtype(_TYPES.get(type_value, type_value))
        raise TypeError
    except TypeError:
        raise TypeError(
            f"Cannot convert the argument `type_value`: {type_value!r} to a "
            "TensorFlow DType."
        ) from None


def type_or_none(dtype):
    """The NumPy type for `dtype`, or None for None."""
    return None if dtype is None else as_dtype(dtype)


def is_whole(value):
    """Whether a tensor or a number has an integer type."""
    if isinstance(value, BaseTensor):
        return value.dtype is not None and value.dtype.kind in "iu"
    return numpy.asarray(value).dtype.kind in "iu"


# ## A shape can have gaps {#shapes}
#
# In the shape of `x` above, None is one.  You can check types and shapes before a run;
# [graphs and sessions](tf/graphs.py) do the running.


class Dimension(int):
    """The known size of an axis."""

    @property
    def value(self):
        """The size as a plain number."""
        return int(self)


class UnknownDimension(Unknown):
    """A size that only a run knows."""

    value = None


class TensorShape(tuple):
    """The sizes of axes, each a `Dimension` or an `UnknownDimension`."""

    def __new__(cls, sizes):
        values = (getattr(size, "value", size) for size in sizes)
        return super().__new__(
            cls, (UnknownDimension() if n is None else Dimension(n) for n in values)
        )

    @property
    def ndims(self):
        """The number of axes."""
        return len(self)

    def num_elements(self):
        """The number of elements; None if a size is unknown."""
        sizes = self.as_list()
        return None if None in sizes else math.prod(sizes)

    def as_list(self):
        """The sizes as a list of plain numbers and None."""
        return [size.value for size in self]

    def __getitem__(self, index):
        part = super().__getitem__(index)
        return TensorShape(part) if isinstance(index, slice) else part

    def __repr__(self):
        return show_shape(self)
