# # Drawing: how a graph shows itself
#
# What a picture has in it is on [its own page](draw.py).

from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


class Drawn:
    """A graph that can be drawn."""

    def draw(self, tensors=None):
        """A picture of what `tensors` depend on, or of the whole graph: a `Drawing`.

        Raises:
            ImportError: pygraphviz is not installed.
            TypeError: what to draw is not a tensor.
            ValueError: a tensor is of another graph.
        """
        # Only who draws needs it.
        from draw import Drawing

        if tensors is None:
            tensors = self.tensors
        tensors = tensors if isinstance(tensors, (list, tuple)) else [tensors]
        for tensor in tensors:
            if not isinstance(tensor, Tensor):
                kind = type(tensor).__name__
                raise TypeError(f"expected tensors to draw, got {kind} {tensor!r}")
            self.convert(tensor)
        return Drawing(tensors)
