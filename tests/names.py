"""What the names stand for that the book has for other frameworks."""

import importlib

ROOTS = {
    "this project": {
        "graph": "graph.Graph",
        "Graph": "graph.Graph",
        "tensor": "tensor.Tensor",
        "Session": "session.Session",
        "train": "train",
    },
    "TensorFlow 1": {"tf": "tensorflow.compat.v1"},
    "TensorFlow 2": {"tf": "tensorflow"},
    "PyTorch": {"torch": "torch"},
    "JAX": {"jax": "jax"},
}


def look_up(name, roots):
    """What `name` stands for."""
    first, *rest = name.split(".")
    parts = [*roots[first].split("."), *rest]
    found = None
    for i, part in enumerate(parts, 1):
        try:
            found = getattr(found, part)
        except AttributeError:
            found = importlib.import_module(".".join(parts[:i]))
    return found
