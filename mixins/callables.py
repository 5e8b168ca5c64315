# # Why ask for the same thing ten thousand times?
#
# In a training loop every step asks for the same tensors, and feeds the same
# placeholders.  `run` finds the program that it compiled for the first step, but to
# find it, it must look at your request again.  Say once what you'll ask for, and you
# get a function that looks at nothing but the values:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> amount = graph.placeholder((), name="amount")
# >>> total = graph.variable(100.0, name="total")
# >>> deposit = graph.assign(total, total + amount)
# >>> session = Session(graph)
# >>> pay_in = session.make_callable(deposit, [amount])
# >>> print(pay_in(20.0), pay_in(3.0))
# 120.0 123.0
#
# The values may differ from call to call, so it still checks theirs, each time:
#
# >>> pay_in([1.0, 2.0])
# Traceback (most recent call last):
#     ...
# ValueError: Cannot feed value of shape (2,) for Tensor 'amount', ...
# >>> print(session.run(total))
# 123.0
#
# In a small network like XOR's, the questions take a tenth of a step.  In a large one
# you won't notice.

from mixins.repeat import flatten, is_flat, rebuild
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


class Callables:
    """A session that makes functions of requests."""

    def make_callable(self, fetches, feed_list=None):
        """A function that runs `fetches`, and takes a value for each of `feed_list`.

        Args:
            fetches: a tensor, or a list, tuple or dict of fetches.
            feed_list: the tensors that you will feed, in the order of the function's
                arguments.

        Raises:
            ValueError: as `run` does, for what you fetch and feed; or a tensor is in
                `feed_list` twice.
            TypeError: a fetch isn't a tensor, or `feed_list` isn't a list.  The
                function raises it if it gets more or fewer values than that.
        """
        if feed_list is not None and not isinstance(feed_list, (list, tuple)):
            raise TypeError(f"feed_list is a list, got {type(feed_list).__name__}")
        wanted, feeds = tuple(flatten(fetches)), tuple(feed_list or ())
        executor = self.prepare(wanted, feeds)
        for tensor in feeds:
            if feeds.count(tensor) > 1:
                raise ValueError(f"'{tensor.name}' is in feed_list twice")

        def call(*values):
            if len(values) != len(feeds):
                names = ", ".join(tensor.name for tensor in feeds) or "none"
                raise TypeError(
                    f"values to feed: expected {len(feeds)} ({names}), "
                    f"got {len(values)}"
                )
            feed_dict = dict(zip(feeds, values)) if feeds else {}
            fetched = self.execute(executor, feed_dict)
            return list(fetched) if flat else rebuild(fetches, iter(fetched))

        flat = is_flat(fetches)
        return call
