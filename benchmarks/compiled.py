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


def xor_data():
    return bench.XOR_X.astype(np.float32), bench.XOR_Y.astype(np.float32)


def loop_by_hand():
    data, update = xor_data(), peers.jax_update("xor", 1.0)

    def loop(parameters, steps):
        start = jnp.float32(0), parameters
        return jax.lax.fori_loop(0, steps, lambda _, x: update(x[1], *data), start)

    return peers.jax_step(loop, bench.xor_parameters(), np.int32(STEPS))


def loop_here():
    graph, loss, update = bench.xor_graph()
    session = XLASession(graph)
    return lambda: session.run([update, loss], steps=STEPS)[1]


def pairs():
    """For each title the two contenders, calls in a round, and steps in a call."""
    data, update = xor_data(), peers.jax_update("xor", 1.0)
    xor = peers.jax_step(lambda state: update(state, *data), bench.xor_parameters())
    digits = peers.jax_step(
        peers.jax_update("digits", 0.1), bench.digits_parameters(), *bench.digits_data()
    )
    yield "XOR, a call for each step", xor, bench.xor_here(XLASession), 300, 1
    yield f"XOR, {STEPS:,} steps in a call", loop_by_hand(), loop_here(), 1, STEPS
    yield "digits", digits, bench.digits_here(XLASession), 60, 1
    here = transformer.here(XLASession)
    yield "the transformer", transformer.by_jax(), here, 10, 1


def main():
    results = {}
    for title, by_hand, here, calls, steps in pairs():
        contenders = {"by hand": by_hand, "here": here}
        bench.check_equal(contenders)
        times = bench.compare(contenders, calls)
        results[title] = {name: time / steps for name, time in times.items()}
    print(json.dumps(results))


if __name__ == "__main__":
    main()
