# # Part IX: One graph, many machines
#
# One GPU isn't enough.  In PyTorch you wrap the model in `DistributedDataParallel`,
# start it with `torchrun`, and it trains on eight GPUs, or on eight thousand.  How do
# they share the work, and what must they tell each other?
#
#     python -m course.part9_machines
#
# The first half needs only NumPy.  The second half runs on JAX, which `make jax`
# installs; without it, its lines are left out.

import os
import re
import socket
import subprocess
import sys
import tempfile
import time

import numpy as np

from course.part5b_digits import digits
from course.plot import BLUE, save_plot
from graph import Graph
from session import Session

MACHINES, STEPS, RATE = 8, 20, 0.5


class Model:
    # ## A network to share {#the-example}
    #
    # It reads [handwritten digits](course/part5b_digits.py) again, with a layer of 32
    # units, the cross-entropy, gradient descent, and batches of 64.
    #
    #     2410 parameters

    def __init__(self):
        rng, self.graph = np.random.default_rng(0), Graph()
        graph = self.graph
        self.X = graph.placeholder((None, 64), name="X")
        self.labels = graph.placeholder((None,), dtype=int, name="labels")
        self.W0 = graph.variable(rng.normal(0, 0.2, (64, 32)), name="W0")
        self.b0 = graph.variable(np.zeros(32), name="b0")
        self.W1 = graph.variable(rng.normal(0, 0.2, (32, 10)), name="W1")
        self.b1 = graph.variable(np.zeros(10), name="b1")
        self.parameters = [self.W0, self.b0, self.W1, self.b1]
        hidden = graph.relu(self.X @ self.W0 + self.b0)
        scores = hidden @ self.W1 + self.b1
        self.L = graph.softmax_cross_entropy(scores, self.labels, name="L")
        self.gradients = graph.gradients(self.L, self.parameters)
        self.step = graph.group(
            [
                graph.assign(parameter, parameter - RATE * gradient)
                for parameter, gradient in zip(self.parameters, self.gradients)
            ]
        )

    def feeds(self, examples):
        images, labels = digits()
        X = images[examples].reshape(-1, 64) / 16
        return {self.X: X, self.labels: labels[examples]}


def batches():
    """For each step the indices of its examples, an array (STEPS, 64)."""
    return np.random.default_rng(1).permutation(1797)[: STEPS * 64].reshape(STEPS, 64)


def in_parts(model):
    # ## The mean of means is the mean {#a-mean-of-means}
    #
    # The loss is a mean over the batch.  Cut the batch into $m$ equal parts, and the
    # mean over all is the mean of the parts' means.  The gradient of a sum is the sum
    # of the gradients, so gradients average in the same way:
    #
    # $$\frac{\partial L}{\partial \theta} =
    # \frac{1}{m} \sum_{k=1}^m \frac{\partial L_k}{\partial \theta}$$
    #
    # Here $L_k$ is the loss on part $k$.  Is that so for each parameter of our network,
    # with eight parts?
    #
    #     True

    session, batch = Session(model.graph), batches()[0]
    whole = session.run(model.gradients, model.feeds(batch))
    parts = [
        session.run(model.gradients, model.feeds(part))
        for part in np.split(batch, MACHINES)
    ]
    means = [np.mean(gradients, axis=0) for gradients in zip(*parts)]
    print(all(np.allclose(a, b, rtol=0, atol=1e-12) for a, b in zip(whole, means)))

    # ? Three losses, 1, 2 and 6, in a part of two and a part of one.  Is the mean of
    # means their mean?
    #
    # ! No, it's 3.75 instead of 3.  The parts must be equally large.  PyTorch's
    # `DistributedSampler` repeats a few examples to make them so.


def replicas(model):
    # ## Each machine has a copy of the model {#data-parallelism}
    #
    # So each machine keeps all parameters, and takes its part of the batch.  It runs
    # the graph forward and backward for that part, as if it were alone.  Then the
    # machines average their gradients, and all take the same step.  That's *data
    # parallelism*.
    #
    # A session can play such a machine, because it has a state of its own.  You can
    # feed any tensor, so we feed the mean in place of the gradient.  What's the loss on
    # the last batch after twenty steps, with one machine and with eight?  And do the
    # eight still have the same parameters, to the last bit?
    #
    #     one machine: 0.6407
    #     eight machines: 0.6407
    #     True

    one = Session(model.graph)
    for batch in batches():
        one.run(model.step, model.feeds(batch))
    print(f"one machine: {one.run(model.L, model.feeds(batch)):.4f}")

    machines = [Session(model.graph) for _ in range(MACHINES)]
    for batch in batches():
        parts = [
            machine.run(model.gradients, model.feeds(part))
            for machine, part in zip(machines, np.split(batch, MACHINES))
        ]
        means = [np.mean(gradients, axis=0) for gradients in zip(*parts)]
        for machine in machines:
            machine.run(model.step, dict(zip(model.gradients, means)))
    print(f"eight machines: {machines[0].run(model.L, model.feeds(batch)):.4f}")
    first, *others = (machine.run(model.parameters) for machine in machines)
    print(all(np.array_equal(*pair) for other in others for pair in zip(first, other)))

    # Forget the averaging, and each machine follows its own gradient.  You get eight
    # networks, each trained on an eighth of the data, and none comes close to 0.6407.
    # Here's the best and the worst:
    #
    # >>> model = Model()
    # >>> machines = [Session(model.graph) for _ in range(MACHINES)]
    # >>> for batch in batches():
    # ...     for machine, part in zip(machines, np.split(batch, MACHINES)):
    # ...         machine.run(model.step, model.feeds(part))
    # >>> losses = [m.run(model.L, model.feeds(batch)) for m in machines]
    # >>> print(min(losses).round(4), max(losses).round(4))
    # 0.9157 1.4688


def ring(arrays):
    # ## How do they add up their gradients? {#all-reduce}
    #
    # Each machine brings an array, and each leaves with the sum of all.  That's an
    # *all-reduce*.  Suppose that all send their array to one machine.  Then that one
    # receives $m - 1$ arrays, and a thousand machines wait for one cable.
    #
    # In a *ring*, each machine sends only to the next, and only a piece at a time.  We
    # cut the array into $m$ pieces.  For $m - 1$ rounds, pieces travel around, and each
    # machine adds its own numbers to what arrives.  Then each machine has one complete
    # piece, and for another $m - 1$ rounds the complete pieces travel around.

    m = len(arrays)
    pieces = [np.array_split(array, m) for array in arrays]
    rounds, sent = [], 0
    for step in range(2 * (m - 1)):
        adding = step < m - 1
        # What each machine sends in this round, before any has received.
        places = [(k - step) % m for k in range(m)]
        parcels = [pieces[k][place] for k, place in enumerate(places)]
        sent += parcels[0].size
        for k, (place, parcel) in enumerate(zip(places, parcels)):
            after = (k + 1) % m
            own = pieces[after][place]
            pieces[after][place] = own + parcel if adding else parcel
        rounds.append([list(row) for row in pieces])
    return [np.concatenate(row) for row in pieces], sent, rounds


def reducing():
    # Divide the sum by $m$, and it's the mean.  In each of $2 (m - 1)$ rounds, all
    # machines send a piece at the same time.  In total each sends this many arrays,
    # less than two even with a thousand machines:
    #
    # $$2\, \frac{m - 1}{m}$$
    #
    #     2 machines: sent 1.000 arrays, all have the sum: True
    #     8 machines: sent 1.750 arrays, all have the sum: True
    #     64 machines: sent 1.969 arrays, all have the sum: True

    for m in (2, 8, 64):
        arrays = np.random.default_rng(0).normal(size=(m, 64 * m))
        got, sent, _ = ring(list(arrays))
        right = np.allclose(got, arrays.sum(axis=0))
        print(
            f"{m} machines: sent {sent / (64 * m):.3f} arrays, all have the sum:", right
        )

    # Send the pieces yourself, round by round:
    #
    # ![Machines in a ring, the pieces of a gradient that each has, and what other ways
    # of adding up would send.](weave:live-ring "A deeper color: more machines' numbers
    # are in it. Framed: it has just arrived.")
    #
    # Here are four machines, a row for each, with their four pieces after each round.
    # The number in a cell says how many machines' numbers it adds up, so 4 is complete.
    #
    # ![Seven squares of four by four cells, at first all 1.  Along the diagonals 2s
    # appear, then 3s, then one 4 in each row; in the last three rounds the 4s
    # spread.](part9-ring.svg "Three rounds to add up, three rounds to spread.")

    *_, rounds = ring([np.ones(4)] * 4)
    states = [np.ones((4, 4)), *(np.array(state)[:, :, 0] for state in rounds)]

    def paint(axes):
        for i, state in enumerate(states):
            x, y = (i % 4) * 5, -(i // 4) * 5.6
            title = f"round {i}" if i else "at first"
            axes.text(x + 2, y + 0.4, title, ha="center")
            for (row, column), count in np.ndenumerate(state):
                corners = x + column + np.array([0, 1, 1, 0])
                sides = y - row - np.array([0, 0, 1, 1])
                alpha = (count - 1) / 4
                axes.fill(corners, sides, color=BLUE, alpha=alpha, linewidth=0)
                where = (x + column + 0.5, y - row - 0.5)
                axes.text(*where, f"{count:.0f}", ha="center", va="center")
        axes.set(xlim=(-0.2, 19.2), ylim=(-9.8, 1.2), aspect="equal")
        axes.axis("off")

    save_plot("part9-ring", paint, 6, 3.6)


def jax_here():
    """JAX with eight devices, or None if it isn't installed."""
    # ## We don't write the all-reduce {#xla-does-all-of-it}
    #
    # In PyTorch, `DistributedDataParallel` puts an all-reduce into your backward pass.
    # Here the compiler finds out where one is needed.  You give an
    # [XLASession](xla.py#where-values-are) a *mesh*: devices in a line or a rectangle,
    # with a name for each axis.  It copies the parameters to each device, splits the
    # batch, and leaves the rest to XLA.
    #
    # You don't need eight devices to try that.  These settings, made before JAX is
    # loaded, let it pretend that the CPU is eight of them.  That's no faster, because
    # they share its cores, but the program is the one that eight devices would run.

    os.environ["JAX_PLATFORMS"] = "cpu"
    os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"
    try:
        import jax
    except ImportError:
        print("XLA's lines are left out: they need jax", file=sys.stderr)
        return None
    return jax


def trained(session, model):
    """Take all steps, and return the loss on the last batch."""
    for batch in batches():
        session.run(model.step, model.feeds(batch))
    return session.run(model.L, model.feeds(batch))


def on_a_mesh(model, jax):
    # The loss after the same twenty steps, on one device and on eight:
    #
    #     XLA, one device: 0.6407
    #     XLA, eight devices: 0.6407

    from xla import XLASession

    one = XLASession(model.graph)
    mesh = jax.make_mesh((8,), ("batch",))
    eight = XLASession(model.graph, mesh=mesh)
    print(f"XLA, one device: {trained(one, model):.4f}")
    print(f"XLA, eight devices: {trained(eight, model):.4f}")

    # What did XLA put into the program?  `hlo` shows it as compiled.  We look for
    # *collectives*, operations in which all devices take part, with the types and
    # shapes of their operands:
    #
    #     XLA, one: none
    #     XLA, eight: all-reduce f32[] f32[64,32] f32[32] f32[32,10] f32[10]
    #
    # A single all-reduce sums the loss, which we fetch, and the four gradients.  It
    # follows from where things are: the gradient with respect to `W0` is $X^T G$, a sum
    # over the examples, and the examples lie on eight devices.  (Whether they use a
    # ring is up to them.)

    fetches, feeds = [model.L, model.step], model.feeds(batches()[0])
    print("XLA, one:", *collectives(one.hlo(fetches, feeds)) or ["none"])
    print("XLA, eight:", *collectives(eight.hlo(fetches, feeds)))


def collectives(hlo):
    """The collectives in a compiled program's text, with types and shapes."""
    names = "all-reduce|all-gather|reduce-scatter|all-to-all|collective-permute"
    found = []
    for types, name in re.findall(rf"= (\S.*?) ({names})(?:-start)?\(", hlo):
        types = re.findall(r"\w+\[[\d,]*\]", types)
        found.append(" ".join([name, *types]))
    return found


def cut_parameters(model, jax):
    # ## What if the parameters don't fit? {#when-the-parameters-do-not-fit}
    #
    # The largest networks don't fit on one device.  So we split parameters, too, which
    # PyTorch calls *tensor parallelism*.  The mesh gets a second axis, and `shards`
    # says which axis of a parameter it splits: the columns of `W0`, which are the
    # units, and with them `b0` and the rows of `W1`.
    #
    #     XLA, W0: a device has (64, 16) of (64, 32)
    #     XLA, W1: a device has (16, 10) of (32, 10)
    #     XLA, four by two devices: 0.6407
    #     XLA: all-reduce f32[16,10]
    #     XLA: all-reduce f32[] f32[64,16] f32[16] f32[16,10] f32[10]
    #
    # Each device has half of the units, and computes their part of the scores for its
    # quarter of the batch.  But a score is a sum over all units.  So there's an
    # all-reduce in the middle of the forward pass, between the two devices that share a
    # quarter.  Gradients are summed over the quarters only: each device needs those of
    # its own half, and that of `b1`, which all have.

    from xla import XLASession

    mesh = jax.make_mesh((4, 2), ("batch", "model"))
    shards = {
        model.W0: (None, "model"),
        model.b0: ("model",),
        model.W1: ("model", None),
    }
    session = XLASession(model.graph, mesh=mesh, shards=shards)
    loss = trained(session, model)
    for variable in (model.W0, model.W1):
        part = session.state[variable].addressable_shards[0].data.shape
        print(f"XLA, {variable.name}: a device has {part} of {variable.shape}")
    print(f"XLA, four by two devices: {loss:.4f}")
    feeds = model.feeds(batches()[0])
    for collective in collectives(session.hlo([model.L, model.step], feeds)):
        print("XLA:", collective)


def host(address, number, count):
    # ## Several hosts, one file {#several-hosts}
    #
    # A *host* is a computer that runs Python and has some devices.  All hosts run the
    # same file.  One line joins them, like `init_process_group` in PyTorch: it says
    # where to reach the first host, how many there are, and which one this is.  Then
    # `jax.devices()` lists the devices of all, and the rest is as above.
    #
    # All hosts feed the same batch, and each puts on its devices what they need.  What
    # you fetch comes to all hosts.  So all must make the same runs in the same order: a
    # host that runs alone, even just to print a loss, hangs.  And their sessions need
    # the same seed, for initial values that are drawn.

    import jax

    jax.distributed.initialize(address, count, number)
    from xla import XLASession

    model, mesh = Model(), jax.make_mesh((8,), ("batch",))
    loss = trained(XLASession(model.graph, seed=0, mesh=mesh), model)
    devices, all_devices = len(jax.local_devices()), len(jax.devices())
    print(f"host {number}: {devices} of {all_devices} devices, {loss:.4f}")


def several_hosts():
    # We start two processes with four devices each.  They talk over the network, as two
    # computers would.
    #
    #     XLA, host 0: 4 of 8 devices, 0.6407
    #     XLA, host 1: 4 of 8 devices, 0.6407

    with tempfile.TemporaryFile("w+") as first, tempfile.TemporaryFile("w+") as second:
        logs = [first, second]
        for number, (code, log) in enumerate(zip(run_hosts(logs), logs)):
            log.seek(0)
            said = log.read().splitlines()
            if code:
                raise RuntimeError(
                    "\n".join([f"host {number} ended with {code}", *said])
                )
            # Other lines say how they found each other.
            print(*(f"XLA, {line}" for line in said if line.startswith("host ")))

    # You can now train one graph on many machines, and say what they tell each other:
    # gradients in each step, and partial sums where you split a layer.  That's the last
    # part of the course.  [The end](weave/end.md) says what to read next.


def run_hosts(logs):
    """Run a host for each log until all end or one fails; return their exit codes."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        address = f"localhost:{free.getsockname()[1]}"
    flags = {"XLA_FLAGS": "--xla_force_host_platform_device_count=4"}
    options = {"env": {**os.environ, **flags}, "stderr": subprocess.STDOUT}
    hosts = []
    try:
        for number, log in enumerate(logs):
            program = (
                f"import course.part9_machines as it; it.host({address!r}, {number}, 2)"
            )
            command = [sys.executable, "-c", program]
            hosts.append(subprocess.Popen(command, stdout=log, **options))
        codes = [None, None]
        # If one fails, the other would wait for it forever.
        while None in codes and not any(codes):
            time.sleep(0.1)
            codes = [host.poll() for host in hosts]
    finally:
        for host in hosts:
            host.kill()
            host.wait()
    return codes


def main():
    model = Model()
    print(sum(np.prod(x.shape) for x in model.parameters), "parameters")
    in_parts(model)
    replicas(model)
    reducing()
    jax = jax_here()
    if jax is not None:
        on_a_mesh(model, jax)
        cut_parameters(model, jax)
        several_hosts()


if __name__ == "__main__":
    main()
