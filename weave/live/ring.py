"""How large a gradient is that machines have to add up: that of Part VIII's model."""

import numpy

from course import part8_attention as chapter


def data(_):
    """The number of bytes of all parameters, and so of their gradients."""
    model = chapter.Transformer(numpy.random.default_rng(0))
    return {"bytes": sum(x.initial_value.nbytes for x in model.parameters)}
