# # Exercise 1, solved
#
# We start with the values that are fed, and `given` keeps the order from looking behind
# them.

import numpy as np

from gradients import topological_order


def evaluate(tensors, feed_dict):
    values = dict(feed_dict)

    def value(tensor):
        if tensor in values:
            return values[tensor]
        if tensor.kind == "placeholder":
            raise ValueError(f"the placeholder '{tensor.name}' has no value")
        return tensor.initial_value

    for op in topological_order(tensors, given=values):
        values[op.output] = op.compute(np, *map(value, op.inputs))
    return [value(tensor) for tensor in tensors]
