# # Ten thousand steps in one call
#
# Training is the same run, over and over, so why call it over and over?  Say how many
# `steps` you want.  Each step reads what the one before assigned.  The session keeps
# what the last one leaves, and if a step fails, nothing changes.  If your feeds differ
# from step to step, pass them as `batches`, with one more axis in front:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> amount = graph.placeholder((), name="amount")
# >>> total = graph.variable(100.0, name="total")
# >>> deposit = graph.assign(total, total + amount)
# >>> session = Session(graph)
# >>> print(session.run(deposit, {amount: 5}, steps=4))
# 120.0
# >>> print(session.run(deposit, batches={amount: [10, 20, 40]}))
# 190.0
#
# In NumPy this is just a loop, and saves you the checks before each call.  A session
# that compiles for another machine, like [XLA's](xla.py), takes the whole loop along,
# and that's where it pays.

import numpy

from mixins.checks import Around, CheckingInterpreter
from mixins.dtypes import numbers
from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


class Loop(Around):
    """An executor of many steps.  Each step reads what the one before assigned.

    `stacked` holds the feeds that differ from step to step.
    """

    def __init__(self, executor, steps, stacked):
        super().__init__(executor)
        self.steps, self.stacked = steps, stacked

    def __call__(self, state, feeds):
        values = dict(zip(self.reads, state))
        for step in range(self.steps):
            fed = [
                value[step] if tensor in self.stacked else value
                for tensor, value in zip(self.feeds, feeds)
            ]
            try:
                state = [values[x] for x in self.reads]
                fetched, updates = self.executor(state, fed)
            except Exception as error:
                error.add_note(f"in step {step + 1} of {self.steps}")
                raise
            updates = list(updates)
            values.update(zip(self.assigned, updates))
        return fetched, updates


class Repeat:
    """A session that can run many steps in one call, and check each value."""

    checker = CheckingInterpreter

    def run(
        self, fetches, feed_dict=None, check_numerics=False, steps=None, batches=None
    ):
        """The values of `fetches`, in the same form.

        Args:
            fetches: a tensor, or a list, tuple or dict of fetches.  A group gives None.
            feed_dict: values for placeholders, or for other tensors, which then aren't
                computed.
            check_numerics: whether to raise at the first NaN or infinity.
            steps: how many times to run; you get the values of the last time.  By
                default, once, or once for each batch.
            batches: feeds that differ from step to step: arrays with a value for each
                step along the first axis.

        Raises:
            ValueError: a placeholder isn't fed; a feed doesn't have its tensor's shape;
                a tensor belongs to another graph; shapes don't fit; a variable is
                assigned twice; `steps` is less than 1, or not the number of batches.
            TypeError: a fetch isn't a tensor, a feed isn't numeric, or `steps` isn't a
                whole number.
            FloatingPointError: there's a NaN or infinity, and `check_numerics` is set.

            No variable has changed then.
        """
        if feed_dict is None:
            feed_dict = {}
        elif not isinstance(feed_dict, dict):
            raise TypeError(f"feed_dict is a dict, got {type(feed_dict).__name__}")
        make = self.checker if check_numerics else None
        flat = is_flat(fetches)
        wanted = tuple(fetches if flat else flatten(fetches))
        if steps is None and batches is None:
            executor = self.prepare(wanted, tuple(feed_dict), make)
        else:
            batches = {} if batches is None else batches
            steps = _count_steps(steps, batches, feed_dict)
            feed_dict = {**feed_dict, **batches}
            executor = self.prepare(wanted, tuple(feed_dict), make)
            executor = self.repeat(executor, steps, frozenset(batches))
        fetched = self.execute(executor, feed_dict)
        return list(fetched) if flat else rebuild(fetches, iter(fetched))

    def repeat(self, executor, steps, stacked):
        """An executor that runs `executor` for many steps."""
        return Loop(executor, steps, stacked)

    def start(self, executor, feeds, feed_dict):
        # We compute initial values before the first step, so no batch applies to them.
        stacked = getattr(executor, "stacked", ())
        feed_dict = {x: value for x, value in feed_dict.items() if x not in stacked}
        return super().start(executor, feeds, feed_dict)


def _count_steps(steps, batches, feed_dict):
    """How many steps to run; ValueError if `steps` and the batches disagree."""
    if not isinstance(batches, dict):
        raise TypeError(f"batches is a dict, got {type(batches).__name__}")
    for tensor, value in batches.items():
        name = getattr(tensor, "name", tensor)
        if isinstance(value, Tensor):
            raise TypeError(f"batches of '{name}' are arrays, got {value!r}")
        shape = getattr(value, "shape", None)
        shape = numbers(value, f"batches of '{name}'").shape if shape is None else shape
        if shape == ():
            raise ValueError(f"batches of '{name}' are a value for each step, got one")
        if tensor in feed_dict:
            raise ValueError(f"'{name}' is fed twice, in feed_dict and in batches")
        steps = shape[0] if steps is None else steps
        if steps != shape[0]:
            raise ValueError(
                f"batches of '{name}' are for {shape[0]} steps, expected {steps}"
            )
    steps = 1 if steps is None else steps
    if type(steps) is bool or not isinstance(steps, (int, numpy.integer)):
        raise TypeError(f"steps is a whole number, got {steps!r}")
    if not 1 <= steps < 2**31:
        raise ValueError(f"steps is from 1 to 2**31 - 1, got {steps}")
    return int(steps)


def is_flat(fetches):
    """Whether this is a list of tensors and nothing else, as in most steps."""
    return type(fetches) is list and all(isinstance(x, Tensor) for x in fetches)


def flatten(fetches):
    """The tensors in `fetches`, a tensor or a list, tuple or dict of fetches."""
    if isinstance(fetches, Tensor):
        return [fetches]
    if not isinstance(fetches, (list, tuple, dict)):
        raise TypeError(
            f"Argument `fetch` = {fetches!r} has invalid type "
            f'"{type(fetches).__name__}": it must be a Tensor, or a list, tuple or '
            "dict of fetches"
        )
    parts = fetches.values() if isinstance(fetches, dict) else fetches
    return [tensor for part in parts for tensor in flatten(part)]


def rebuild(fetches, values):
    """`fetches` with the next of `values` in place of each tensor."""
    if isinstance(fetches, Tensor):
        return next(values)
    if isinstance(fetches, dict):
        return {key: rebuild(part, values) for key, part in fetches.items()}
    parts = [rebuild(part, values) for part in fetches]
    if isinstance(fetches, list):
        return parts
    return type(fetches)(*parts) if hasattr(fetches, "_fields") else tuple(parts)
