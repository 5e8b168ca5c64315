"""The wide network and the transformer on the first device of JAX, here and by hand.

    python benchmarks/gpu.py

writes `gpu.json` beside this file.  It also measures at what rate the device multiplies
matrices, and says what share of that rate the wide network reaches.  `--size` is the
width of the network and its batch; without a GPU, take a small one.
"""

import argparse
import datetime
import json
import pathlib
import sys

import bench
import numpy as np
import transformer

from graph import Graph

try:
    import jax
except ImportError:
    sys.exit("benchmarks/gpu.py needs jax: pip install jax[cuda13]")

from jax import numpy as jnp

from xla import XLASession

LAYERS, RATE = 3, 1e-3


def compare(contenders, times):
    """The best time of a step, in microseconds, of each contender (step, wait).

    Many steps are under way before we wait for the last.
    """

    def many(step, wait):
        def steps():
            for _ in range(times):
                step()
            wait()

        return steps

    rounds = {name: many(*contender) for name, contender in contenders.items()}
    for steps in rounds.values():
        steps()
    return {name: time / times for name, time in bench.compare(rounds, 1).items()}


def matrix_rate(size, times):
    """Floating point operations in a second, of a product of two matrices."""
    rng = np.random.default_rng(0)
    a, b = (jnp.asarray(rng.normal(size=(size, size)), "float32") for _ in range(2))
    product = jax.jit(lambda a, b: a @ b)
    result = None

    def step():
        nonlocal result
        result = product(a, b)

    (took,) = compare({"": (step, lambda: result.block_until_ready())}, times).values()
    return 2 * size**3 / (took / 1e6)


class Wide:
    """Three layers of `size` relu units, on a batch of `size`, by gradient descent.

    The batch is on the device.  A step fetches nothing.
    """

    def __init__(self, size):
        rng = np.random.default_rng(0)
        self.weights = [
            rng.normal(0, size**-0.5, (size, size)).astype("float32")
            for _ in range(LAYERS)
        ]
        x, y = (rng.normal(size=(size, size)).astype("float32") for _ in range(2))
        self.x, self.y = jnp.asarray(x), jnp.asarray(y)
        # Forward a product for each layer; back two for each, but one for the first.
        self.operations = (3 * LAYERS - 1) * 2 * size**3

    def here(self):
        graph = Graph("float32")
        size = self.x.shape[1]
        x, y = (graph.placeholder((None, size), name=name) for name in "xy")
        parameters = [graph.variable(value) for value in self.weights]
        hidden = x
        for parameter in parameters[:-1]:
            hidden = graph.relu(hidden @ parameter)
        loss = graph.mean(graph.square(hidden @ parameters[-1] - y))
        update = bench.descent(graph, loss, parameters, RATE)
        session, feeds = XLASession(graph), {x: self.x, y: self.y}
        return (
            lambda: session.run(update, feeds),
            lambda: session.state[parameters[0]].block_until_ready(),
            lambda: session.run(loss, feeds),
        )

    def by_hand(self):
        def loss_of(weights, x, y):
            hidden = x
            for weight in weights[:-1]:
                hidden = jax.nn.relu(hidden @ weight)
            return jnp.mean((hidden @ weights[-1] - y) ** 2)

        @jax.jit
        def update(weights, x, y):
            gradients = jax.grad(loss_of)(weights, x, y)
            return [w - RATE * g for w, g in zip(weights, gradients)]

        weights = [jnp.asarray(value) for value in self.weights]

        def step():
            nonlocal weights
            weights = update(weights, self.x, self.y)

        return (
            step,
            lambda: weights[0].block_until_ready(),
            lambda: loss_of(weights, self.x, self.y),
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=8192)
    parser.add_argument("--times", type=int, default=20, help="steps in a round")
    parser.add_argument("--out", default=pathlib.Path(__file__).with_name("gpu.json"))
    options = parser.parse_args()

    rate = matrix_rate(options.size, options.times)
    wide = Wide(options.size)
    contenders, losses = {"by hand": wide.by_hand(), "here": wide.here()}, {}
    for name, (step, wait, loss) in contenders.items():
        step()
        losses[name] = float(loss())
        contenders[name] = step, wait
    print("loss after a step:", losses)
    np.testing.assert_allclose(losses["here"], losses["by hand"], rtol=1e-3)
    times = compare(contenders, options.times)
    reached = wide.operations / (times["here"] / 1e6)
    steps = {
        f"3 layers, {options.size} wide, batch {options.size}": {
            **times,
            "share": reached / rate,
        }
    }
    both = {"by hand": transformer.by_jax(), "here": transformer.here(XLASession)}
    bench.check_equal(both)
    steps["the transformer of Part VIII"] = bench.compare(both, options.times)
    device = jax.devices()[0]
    figures = {
        "device": f"{device.device_kind} ({device.platform})",
        "date": datetime.date.today().isoformat(),
        "command": "python " + " ".join(["benchmarks/gpu.py", *sys.argv[1:]]),
        "jax": jax.__version__,
        "matrix rate": rate,
        "steps": steps,
    }
    text = json.dumps(bench.rounded(figures), indent=1)
    pathlib.Path(options.out).write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
