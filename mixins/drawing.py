# # Ask the graph what it looks like
#
# Every graph in this book drew its own picture.  Boxes with round corners are
# operations, and the lines between them are tensors.  A tensor that no operation makes
# needs a place to begin: a box with square corners, dashed for a placeholder.  Here's
# $z = A x + b$, a matrix times a vector, plus a vector:
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.placeholder((2,), name="x")
# >>> A = graph.constant([[1, 0], [0, -1]], name="A")
# >>> b = graph.constant([1, 1], name="b")
# >>> z = graph.add(A @ x, b, name="z")
# >>> print(Session(graph).run(z, {x: [1, 2]}))
# [ 2. -1.]
#
# ![A and x go into a matrix product; its output and b go into an addition, whose output
# is z.](weave:affine "A x + b: a product, then a sum.")
#
# [Draw](draw.py) shows you how a picture is laid out.

from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


class Drawn:
    """A graph that can be drawn."""

    def draw(self, tensors=None):
        """Draw what `tensors` depend on, or the whole graph; return a `Drawing`.

        Raises:
            ImportError: pygraphviz is not installed.
            TypeError: something to draw isn't a tensor.
            ValueError: a tensor belongs to another graph.
        """
        # You need pygraphviz only to draw.
        from draw import Drawing

        if tensors is None:
            tensors = self.tensors
        tensors = tensors if isinstance(tensors, (list, tuple)) else [tensors]
        for tensor in tensors:
            if not isinstance(tensor, Tensor):
                got = f"{type(tensor).__name__} {tensor!r}"
                raise TypeError(f"expected tensors to draw, got {got}")
            self.convert(tensor)
        return Drawing(tensors)
