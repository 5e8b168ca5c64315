"""How long from nothing to the first gradient of a long chain, or of a ladder?

    python benchmarks/first.py here chain 1000

prints the gradient and the seconds that it took, imports excluded: to build, to
differentiate, to compile, and to run once.  `bench.py` asks for each in a process of
its own, which it ends after a while.
"""

import json
import sys
import time


def chain(x, n, tanh):
    """n operations, each of which needs the one before it."""
    for i in range(n):
        x = tanh(x) if i % 2 else x * 1.5
    return x


def ladder(x, n, tanh):
    """n diamonds: 2^n paths from top to bottom."""
    for _ in range(n):
        x = x * 0.5 + tanh(x)
    return x


SHAPES = {"chain": chain, "ladder": ladder}


def here():
    from graph import Graph
    from session import Session

    def gradient(build, n):
        graph = Graph()
        x = graph.variable(0.5)
        y = build(x, n, graph.tanh)
        return Session(graph).run(graph.gradients(y, [x]))[0]

    return gradient


def tensorflow():
    import tensorflow.compat.v1 as tf

    def gradient(build, n):
        with tf.Graph().as_default():
            x = tf.placeholder(tf.float64, ())
            y = build(x, n, tf.tanh)
            (by_x,) = tf.gradients(y, [x])
            return tf.Session().run(by_x, {x: 0.5})

    return gradient


def by_jax():
    import jax

    jax.config.update("jax_enable_x64", True)

    def gradient(build, n):
        return jax.jit(jax.grad(lambda x: build(x, n, jax.numpy.tanh)))(0.5)

    return gradient


CONTENDERS = {"here": here, "TensorFlow 1": tensorflow, "JAX": by_jax}


def main(contender, shape, n):
    gradient = CONTENDERS[contender]()
    start = time.perf_counter()
    found = float(gradient(SHAPES[shape], int(n)))
    print(json.dumps([found, time.perf_counter() - start]))


if __name__ == "__main__":
    import pathlib

    sys.path.append(str(pathlib.Path(__file__).parent.parent))
    main(*sys.argv[1:])
