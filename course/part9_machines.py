# # Part IX: One graph, many machines
#
# A network that is trained on one machine can be trained on eight, or on eight
# thousand, without a change to its graph.  How do they share the work, and what must
# they tell each other?
#
#     python -m course.part9_machines
#
# The first half needs NumPy alone.  The second half runs on devices by JAX, which
# `make jax` installs; without it, its lines are left out.

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
    # ## The example
    #
    # Handwritten digits once more, as in [Part V b](course/part5b_digits.py): a layer
    # of 32 units, the cross-entropy, gradient descent.  In each step a batch of 64.
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
        self.J = graph.softmax_cross_entropy(scores, self.labels, name="J")
        self.gradients = graph.gradients(self.J, self.parameters)
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
    """For each step, which examples are in its batch."""
    return np.random.default_rng(1).permutation(1797)[: STEPS * 64].reshape(STEPS, 64)


def in_parts(model):
    # ## A mean of means
    #
    # The loss is a mean over the batch.  Cut the batch into $m$ parts of equal size:
    # the mean of all is the mean of the parts' means.  The derivative of a sum is the
    # sum of the derivatives; so the same is true of the gradient.
    #
    # $$\frac{\partial J}{\partial \theta} =
    # \frac{1}{m} \sum_{k=1}^m \frac{\partial J_k}{\partial \theta}$$
    #
    # where $J_k$ is the loss on part $k$.  Is the gradient of the whole batch the mean
    # of those of its eight parts, for each parameter?
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


def replicas(model):
    # ## Data parallelism
    #
    # So each machine keeps all of the parameters, and takes its part of the batch.  It
    # runs the graph forward and back for its part alone, as if there were no others.
    # Then all gradients are averaged, and each machine makes the same step, with the
    # same numbers.
    #
    # A session is such a machine: it has a state of its own.  Any tensor can be fed,
    # and so we feed the mean in the place of the gradient.  After twenty steps, what is
    # the loss on the last batch, with one machine and with eight?  And do the eight
    # have the same parameters, to the last bit?
    #
    #     one machine: 0.6407
    #     eight machines: 0.6407
    #     True

    one = Session(model.graph)
    for batch in batches():
        one.run(model.step, model.feeds(batch))
    print(f"one machine: {one.run(model.J, model.feeds(batch)):.4f}")

    machines = [Session(model.graph) for _ in range(MACHINES)]
    for batch in batches():
        parts = [
            machine.run(model.gradients, model.feeds(part))
            for machine, part in zip(machines, np.split(batch, MACHINES))
        ]
        means = [np.mean(gradients, axis=0) for gradients in zip(*parts)]
        for machine in machines:
            machine.run(model.step, dict(zip(model.gradients, means)))
    print(f"eight machines: {machines[0].run(model.J, model.feeds(batch)):.4f}")
    first, *others = (machine.run(model.parameters) for machine in machines)
    print(all(np.array_equal(*pair) for other in others for pair in zip(first, other)))


def ring(arrays):
    # ## All-reduce
    #
    # What the machines do with their gradients is an *all-reduce*: each brings an
    # array, and each goes away with the sum of all.  Were all to send theirs to one of
    # them, that one would have to take in $m - 1$ arrays, and the more machines, the
    # longer it would take.
    #
    # In a *ring* each machine sends to the next one only, and only a piece at a time:
    # the array is cut into $m$ pieces.  In the first $m - 1$ rounds a piece goes
    # around, and each machine adds its own.  When a piece has been everywhere, it is
    # complete; and in another $m - 1$ rounds the complete pieces go around.

    m = len(arrays)
    pieces = [np.array_split(array, m) for array in arrays]
    rounds, sent = [], 0
    for step in range(2 * (m - 1)):
        adding = step < m - 1
        # What each machine sends in this round, before anyone has received.
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
    # Divided by $m$ the sum is the mean.  Each machine sends a piece in each of
    # $2 (m - 1)$ rounds, all at the same time.  Together that is this much of an array,
    # and never more than two, however many machines there are:
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

    # Here are four machines, a row for each, and their four pieces after each round.
    # The number in a cell says how many machines' numbers have been added up there; 4
    # is complete.
    #
    # ![Seven squares of four by four cells, at first all 1.  Along the diagonals 2s
    # appear, then 3s, then one 4 in each row; in the last three rounds the 4s
    # spread.](part9-ring.svg)

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
    """JAX with eight devices, or None."""
    # ## XLA does all of it
    #
    # An [XLASession](xla.py) can be given a *mesh*: devices in a line, or in a
    # rectangle, with a name for each of its axes.  It puts the parameters on each
    # device, and cuts up the batch.  Nothing else is said.  XLA compiles one program
    # for all of the devices, and finds out where one of them needs what others have.
    #
    # With these settings, JAX makes believe that the processor is eight devices.  It
    # makes nothing faster, for they share its cores; but the program is the one that
    # eight machines would run.  They must be made before JAX is loaded.

    os.environ["JAX_PLATFORMS"] = "cpu"
    os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"
    try:
        import jax
    except ImportError:
        print("XLA's lines are left out: they need jax", file=sys.stderr)
        return None
    return jax


def trained(session, model):
    """The loss on the last batch, after all steps."""
    for batch in batches():
        session.run(model.step, model.feeds(batch))
    return session.run(model.J, model.feeds(batch))


def on_a_mesh(model, jax):
    # Here are the losses after twenty steps once more, on one device and on eight:
    #
    #     XLA, one device: 0.6407
    #     XLA, eight devices: 0.6407

    from xla import XLASession

    one = XLASession(model.graph)
    mesh = jax.make_mesh((8,), ("batch",))
    eight = XLASession(model.graph, mesh=mesh)
    print(f"XLA, one device: {trained(one, model):.4f}")
    print(f"XLA, eight devices: {trained(eight, model):.4f}")

    # And what has XLA put into the program?  `hlo` shows it as XLA compiled it.  In it
    # are these *collectives*, operations in which all devices take part, with the types
    # and shapes of what they work on:
    #
    #     XLA, one: none
    #     XLA, eight: all-reduce f32[] f32[64,32] f32[32] f32[32,10] f32[10]
    #
    # One all-reduce for all, of the four gradients, and of the loss, which we fetch.
    # Whether it goes by a ring or otherwise is for the machines to decide.
    # Nobody has written it.  It follows from where things are: the gradient by `W0` is
    # $X^T G$, a sum over the examples, and the examples are on eight devices.

    fetches, feeds = [model.J, model.step], model.feeds(batches()[0])
    print("XLA, one:", *collectives(one.hlo(fetches, feeds)) or ["none"])
    print("XLA, eight:", *collectives(eight.hlo(fetches, feeds)))


def collectives(hlo):
    """The collectives in the text of a compiled program, with the types of each."""
    names = "all-reduce|all-gather|reduce-scatter|all-to-all|collective-permute"
    found = []
    for types, name in re.findall(rf"= (\S.*?) ({names})(?:-start)?\(", hlo):
        types = re.findall(r"\w+\[[\d,]*\]", types)
        found.append(" ".join([name, *types]))
    return found


def cut_parameters(model, jax):
    # ## When the parameters do not fit
    #
    # A device must hold all parameters, and the largest networks are too large for
    # that.  Then parameters are cut up as well.  The mesh gets a second axis, and
    # `shards` says for each axis of a parameter along which axis of the mesh it is cut:
    # the columns of `W0`, which are units, and so the bias, and the rows of `W1`.
    #
    #     XLA, W0: a device has (64, 16) of (64, 32)
    #     XLA, W1: a device has (16, 10) of (32, 10)
    #     XLA, four by two devices: 0.6407
    #     XLA: all-reduce f32[16,10]
    #     XLA: all-reduce f32[] f32[64,16] f32[16] f32[16,10] f32[10]
    #
    # Each device has half of the units, computes what they say to its quarter of the
    # batch, and what this means for the scores.  The scores are sums over all units: so
    # there is an all-reduce in the middle of the forward pass, between the two devices
    # that share a quarter.  The gradients are reduced over the quarters only; each
    # device needs those by its own half, and by `b1`, which all have.

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
    for collective in collectives(session.hlo([model.J, model.step], feeds)):
        print("XLA:", collective)


def host(address, number, count):
    # ## Several hosts
    #
    # A *host* is a machine on which Python runs, with some devices.  Several of them
    # run the same file.  One line makes them one: it says where the first of them can
    # be reached, how many there are, and which of them this one is.  From then on
    # `jax.devices()` has the devices of all hosts; and the rest is as above.
    #
    # All hosts feed the same batch, and each puts on its own devices what these need.
    # What is fetched comes to all hosts.  All must make the same runs, in the same
    # order: who runs alone, if only to print a loss, waits for the others for ever.
    # And all give their sessions the same seed, for first values that are drawn.

    import jax

    jax.distributed.initialize(address, count, number)
    from xla import XLASession

    model, mesh = Model(), jax.make_mesh((8,), ("batch",))
    loss = trained(XLASession(model.graph, seed=0, mesh=mesh), model)
    devices, all_devices = len(jax.local_devices()), len(jax.devices())
    print(f"host {number}: {devices} of {all_devices} devices, {loss:.4f}")


def several_hosts():
    # We have one machine, and start two processes on it, with four devices each.  They
    # talk to each other as two machines would, over the network.
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
            # They also tell how they have found each other.
            print(*(f"XLA, {line}" for line in said if line.startswith("host ")))


def run_hosts(logs):
    """Run a process for each log, until all end, or one fails: their exit codes."""
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
        # If one has failed, the other would wait for it for ever.
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
