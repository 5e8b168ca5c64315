"""The same graphs by XLA, and the same by JAX written by hand; prints JSON.

`bench.py` runs this in a process of its own.  All numbers have 32 bits.  In each pair
both fetch the loss, as a number of NumPy's, in each call.
"""

import json
import sys

import bench
import numpy as np
import peers
import transformer

try:
    import jax
except ImportError:
    print(json.dumps({}))
    sys.exit()

from jax import numpy as jnp

from xla import XLASession

STEPS = 10_000


def in_xla(make):
    """What `make` makes, with an XLASession in the place of a Session."""
    session, bench.Session = bench.Session, XLASession
    try:
        return make()
    finally:
        bench.Session = session


def update(work, rate, x, y):
    """A step by JAX, from parameters to the loss and new parameters."""

    def step(parameters, x=x, y=y):
        loss, gradients = jax.value_and_grad(
            lambda parameters: peers.numpy_loss(jnp, work, x, y, parameters)
        )(parameters)
        return loss, [p - rate * g for p, g in zip(parameters, gradients)]

    return step


def called(function, parameters, *data):
    """A step that calls the compiled function, and fetches the loss."""
    function = jax.jit(function)
    state = [jnp.asarray(p, jnp.float32) for p in parameters]

    def step():
        nonlocal state
        loss, state = function(state, *data)
        return np.asarray(loss)

    return step


def xor_data():
    return bench.XOR_X.astype(np.float32), bench.XOR_Y.astype(np.float32)


def loop_by_hand():
    step = update("xor", 1.0, *xor_data())

    def loop(parameters):
        start = jnp.float32(0), parameters
        return jax.lax.fori_loop(0, STEPS, lambda _, carried: step(carried[1]), start)

    return called(loop, bench.xor_parameters())


def loop_here():
    graph, loss, update = bench.xor_graph()
    session = XLASession(graph)
    return lambda: session.run([update, loss], steps=STEPS)[1]


def main():
    results = {}
    x, y = xor_data()
    pairs = {
        "XOR by XLA, a call for each step": (
            called(update("xor", 1.0, x, y), bench.xor_parameters()),
            in_xla(bench.xor_here),
            300,
        ),
        "XOR by XLA, 10,000 steps in a call": (loop_by_hand(), loop_here(), 1),
        "Digits by XLA": (
            called(
                update("digits", 0.1, None, None),
                bench.digits_parameters(),
                *bench.digits_data(),
            ),
            in_xla(bench.digits_here),
            60,
        ),
        "The transformer by XLA": (
            transformer.by_jax(),
            transformer.here(XLASession),
            10,
        ),
    }
    for title, (by_hand, here, steps) in pairs.items():
        contenders = {"by hand": by_hand, "here": here}
        bench.check_equal(contenders)
        times = bench.compare(contenders, steps)
        if "in a call" in title:
            times = {name: time / STEPS for name, time in times.items()}
        results[title] = times
    print(json.dumps(results))


if __name__ == "__main__":
    main()
