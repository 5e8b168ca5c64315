"""How fast is it?  Each figure is a ratio, measured side by side in one process.

    make bench

For each kind of work the contenders take turns, round after round, and each one's best
round counts: so a noise that slows some rounds slows no contender in particular.
Peers that are not installed are left out.  All figures go to `results.json`, from which
`make docs` draws the page "How fast is it?".
"""

import contextlib
import datetime
import functools
import gc
import importlib.metadata
import itertools
import json
import os
import pathlib
import platform
import subprocess
import sys
import time
import tracemalloc

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

import first
import lenet
import numpy as np
import peers
import transformer

from compiler import buffers
from compiler.buffers import Buffered
from graph import BareGraph, Graph
from session import BareSession, Interpreter, Session

ROUNDS = 30

# A session that goes from operation to operation, and compiles nothing.
INTERPRETED = "here, interpreted"
Interpreting = functools.partial(Session, executor=Interpreter)
# One that is asked once, and gives a function; and one that keeps its memory, too.
CALLED, BUFFERED = "here, a callable", "here, with buffers"
Buffering = functools.partial(Session, executor=Buffered)


def compare(contenders, steps):
    """The best time of a step, in microseconds, of each contender."""
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(ROUNDS):
        for name, step in contenders.items():
            gc.collect()
            start = time.perf_counter()
            for _ in range(steps):
                step()
            best[name] = min(best[name], (time.perf_counter() - start) / steps)
    return {name: seconds * 1e6 for name, seconds in best.items()}


def check_equal(contenders):
    """All contenders must do the same work: their losses are the same."""
    losses = {
        name: [float(step()) for _ in range(3)] for name, step in contenders.items()
    }
    expected = losses["by hand"]
    for name, values in losses.items():
        np.testing.assert_allclose(values, expected, rtol=1e-4, err_msg=name)


# XOR: 2-4-1, sigmoids, biases, float64; a step fetches the loss.


def xor_parameters():
    rng = np.random.default_rng(0)
    return [rng.normal(size=(2, 4)), np.zeros(4), rng.normal(size=(4, 1)), np.zeros(1)]


XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_Y = np.array([[0.0], [1.0], [1.0], [0.0]])


def xor_graph(kind=Graph):
    graph = kind()
    x, y = graph.constant(XOR_X, "X"), graph.constant(XOR_Y, "y")
    parameters = [graph.variable(value) for value in xor_parameters()]
    weights0, bias0, weights1, bias1 = parameters
    hidden = graph.sigmoid(x @ weights0 + bias0)
    output = graph.sigmoid(hidden @ weights1 + bias1)
    loss = graph.mean(graph.square(output - y))
    return graph, loss, descent(graph, loss, parameters, 1.0)


def xor_here(kind=Session, once=False):
    graph, loss, update = xor_graph()
    return step_of(kind(graph), [update, loss], {}, once)


def step_of(session, fetches, feeds, once):
    """A step that gives the loss, as a callable if we ask only `once`."""
    if not once:
        return lambda: session.run(fetches, feeds)[1]
    call, values = session.make_callable(fetches, [*feeds]), [*feeds.values()]
    return lambda: call(*values)[1]


def xor_bare():
    """A graph and a session without rooms."""
    graph, loss, update = xor_graph(BareGraph)
    session = BareSession(graph)
    return lambda: session.run([update, loss])[1]


def descent(graph, loss, parameters, rate):
    gradients = graph.gradients(loss, parameters)
    return graph.group(
        [graph.assign(p, p - rate * g) for p, g in zip(parameters, gradients)]
    )


def train_step(graph, loss, parameters, rate, feeds, kind=Session, once=False):
    update = descent(graph, loss, parameters, rate)
    return step_of(kind(graph), [update, loss], feeds, once)


def xor_by_hand():
    weights0, bias0, weights1, bias1 = xor_parameters()

    def step():
        nonlocal weights0, bias0, weights1, bias1
        hidden = 1 / (1 + np.exp(-(XOR_X @ weights0 + bias0)))
        output = 1 / (1 + np.exp(-(hidden @ weights1 + bias1)))
        error = output - XOR_Y
        loss = np.mean(error * error)
        by_sum1 = 2 / error.size * error * output * (1 - output)
        by_sum0 = (by_sum1 @ weights1.T) * hidden * (1 - hidden)
        weights1 = weights1 - hidden.T @ by_sum1
        bias1 = bias1 - by_sum1.sum(axis=0)
        weights0 = weights0 - XOR_X.T @ by_sum0
        bias0 = bias0 - by_sum0.sum(axis=0)
        return loss

    return step


# Digits: a batch of 128, 64-128-10, relu, softmax cross-entropy, float32, fed.


@functools.cache
def digits_data():
    # All contenders get the same arrays: how fast these can be read depends on where
    # they lie in memory.
    rng = np.random.default_rng(0)
    x = rng.normal(size=(128, 64)).astype(np.float32)
    y = np.eye(10, dtype=np.float32)[rng.integers(10, size=128)]
    return x, y


def digits_parameters():
    rng = np.random.default_rng(1)
    shapes = [(64, 128), (128,), (128, 10), (10,)]
    return [rng.normal(0, 0.1, shape).astype(np.float32) for shape in shapes]


def digits_here(kind=Session, once=False):
    graph = Graph(np.float32)
    x, y = (
        graph.placeholder((None, 64), name="X"),
        graph.placeholder((None, 10), name="y"),
    )
    parameters = [graph.variable(value) for value in digits_parameters()]
    weights0, bias0, weights1, bias1 = parameters
    hidden = graph.relu(x @ weights0 + bias0)
    loss = graph.softmax_cross_entropy(hidden @ weights1 + bias1, y)
    feeds = dict(zip((x, y), digits_data()))
    return train_step(graph, loss, parameters, 0.1, feeds, kind, once)


def digits_by_hand():
    weights0, bias0, weights1, bias1 = digits_parameters()
    x, y = digits_data()

    def step():
        nonlocal weights0, bias0, weights1, bias1
        sum0 = x @ weights0 + bias0
        hidden = np.maximum(sum0, 0)
        logits = hidden @ weights1 + bias1
        logits = logits - logits.max(axis=1, keepdims=True)
        exp = np.exp(logits)
        total = exp.sum(axis=1, keepdims=True)
        loss = -np.mean(np.sum(y * (logits - np.log(total)), axis=1))
        by_logits = (exp / total - y) / len(x)
        by_sum0 = (by_logits @ weights1.T) * (sum0 > 0)
        weights1 = weights1 - 0.1 * (hidden.T @ by_logits)
        bias1 = bias1 - 0.1 * by_logits.sum(axis=0)
        weights0 = weights0 - 0.1 * (x.T @ by_sum0)
        bias0 = bias0 - 0.1 * by_sum0.sum(axis=0)
        return loss

    return step


def time_steps(title, contenders, steps):
    """The microseconds that a step takes, by contender; printed, too."""
    check_equal(contenders)
    return print_times(title, compare(contenders, steps))


def print_times(title, times):
    print(f"\n{title}\n")
    for name, microseconds in times.items():
        ratio = microseconds / times["by hand"]
        print(f"  {name:24s} {microseconds:10.1f} us  {ratio:7.2f}x by hand")
    return times


# Cost in proportion: a chain of n operations, and a ladder of n diamonds.


def time_scaling(title, build, sizes):
    """Rows [n, build, gradients, compile, run], in microseconds for each of n."""
    print(f"\n{title}, microseconds for each of n\n")
    print(f"  {'n':>8s} {'build':>8s} {'gradients':>10s} {'compile':>8s} {'run':>8s}")
    rows = []
    for n in sizes:
        rounds = [time_phases(build, n) for _ in range(max(1, 10_000 // n))]
        each = [min(phase) / n * 1e6 for phase in zip(*rounds)]
        rows.append([n, *each])
        print("  {:8d} {:8.1f} {:10.1f} {:8.1f} {:8.2f}".format(*rows[-1]))
    return rows


def time_phases(build, n):
    """The seconds to build a graph, add gradients, compile, and run."""
    graph, times = Graph(), [time.perf_counter()]
    x = graph.variable(0.5)
    y = build(x, n, graph.tanh)
    times.append(time.perf_counter())
    gradients = graph.gradients(y, [x])
    times.append(time.perf_counter())
    session = Session(graph)
    session.program(gradients)
    session.run(x)
    times.append(time.perf_counter())
    session.run(gradients)
    times.append(time.perf_counter())
    return [b - a for a, b in itertools.pairwise(times)]


# Memory: a step of 1,000 layers, 64 wide, on a batch of 256.

LAYERS, WIDTH, BATCH = 1000, 64, 256


def deep_here(x, weights, kind=Session):
    graph = Graph()
    data = graph.placeholder((None, WIDTH), name="X")
    parameters = [graph.variable(value) for value in weights]
    hidden = data
    for parameter in parameters:
        hidden = graph.tanh(hidden @ parameter)
    loss = graph.mean(graph.square(hidden))
    return train_step(graph, loss, parameters, 0.01, {data: x}, kind)


def deep_by_hand(x, weights):
    def step():
        hidden = [x]
        for weight in weights:
            hidden.append(np.tanh(hidden[-1] @ weight))
        output = hidden[-1]
        loss = np.mean(output * output)
        gradient = 2 / output.size * output
        del output
        for i in reversed(range(len(weights))):
            output = hidden.pop()
            gradient = gradient * (1 - output * output)
            del output
            by_weight = hidden[-1].T @ gradient
            gradient = gradient @ weights[i].T
            weights[i] = weights[i] - 0.01 * by_weight
        return loss

    return step


def peak(step):
    """The most memory, in bytes, that a step has in use at once."""
    step()
    gc.collect()
    tracemalloc.start()
    step()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@contextlib.contextmanager
def kept_memory():
    """A list of the bytes of each buffer that is made within, and kept."""
    made, assign = [], buffers.assign_buffers

    def assigned(*args):
        found = assign(*args)
        made.extend(found[1])
        return found

    buffers.assign_buffers = assigned
    try:
        yield made
    finally:
        buffers.assign_buffers = assign


def measure_memory():
    """The peak memory of a step of so many layers, in bytes."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(BATCH, WIDTH))
    weights = [rng.normal(0, WIDTH**-0.5, (WIDTH, WIDTH)) for _ in range(LAYERS)]
    with kept_memory() as kept:
        buffered = deep_here(x, weights, Buffering)
        most = {
            "by hand": peak(deep_by_hand(x, list(weights))),
            "here": peak(deep_here(x, weights)),
            BUFFERED: peak(buffered) + sum(kept),
        }
    print(f"\nPeak memory of a step of {LAYERS} layers\n")
    for name, size in most.items():
        ratio = size / most["by hand"]
        print(f"  {name:24s} {size / 1e6:8.1f} MB  {ratio:7.2f}x by hand")
    return most


# The first gradient: all that you wait for before a long graph gives a number.

PATIENCE = 60  # seconds


def time_first(sizes):
    """For each shape, by contender: [n, seconds] for each n; None if it took longer."""
    program, found = pathlib.Path(__file__).with_name("first.py"), {}
    for shape in first.SHAPES:
        print(f"\nThe first gradient of a {shape} of {sizes}, in seconds\n")
        found[shape] = {}
        for name in first.CONTENDERS:
            rows = found[shape][name] = []
            for n in sizes:
                command = [sys.executable, program, name, shape, str(n)]
                try:
                    done = subprocess.run(
                        command, capture_output=True, timeout=PATIENCE
                    )
                except subprocess.TimeoutExpired:
                    rows.append([n, None])
                    break
                if done.returncode == 0:
                    rows.append([n, json.loads(done.stdout.splitlines()[-1])[1]])
            print(f"  {name:24s} {rows}")
    return found


# Start-up: how much of `python main.py` is training?


def time_start():
    """The seconds that Python takes for nothing, for what we import, and for all."""
    root = pathlib.Path(__file__).parent.parent
    programs = {
        "python": ["-c", "pass"],
        "numpy, tqdm": ["-c", "import numpy, tqdm"],
        "main.py imported": ["-c", "import main"],
        "main.py": ["main.py"],
    }
    best = dict.fromkeys(programs, float("inf"))
    for _ in range(10):
        for name, arguments in programs.items():
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, *arguments], cwd=root, check=True, capture_output=True
            )
            best[name] = min(best[name], time.perf_counter() - start)
    print("\nFrom the start of the process to its end\n")
    for name, seconds in best.items():
        print(f"  {name:24s} {seconds * 1e3:8.0f} ms")
    return best


def machine():
    """What is measured on."""
    packages = ("numpy", "jax", "torch", "tensorflow-cpu", "autograd")
    versions = {}
    for package in packages:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "date": datetime.date.today().isoformat(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": versions,
    }


def _processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(x.split(":")[1].strip() for x in lines if "model name" in x)
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def rounded(figures):
    """The same with four digits of each number that is not whole."""
    if isinstance(figures, dict):
        return {name: rounded(value) for name, value in figures.items()}
    if isinstance(figures, list):
        return [rounded(value) for value in figures]
    return float(f"{figures:.4g}") if isinstance(figures, float) else figures


def main():
    results = {"machine": machine(), "steps": {}, "scaling": {}}

    # In a process of its own, where JAX computes with 32 bits.
    done = subprocess.run(
        [sys.executable, pathlib.Path(__file__).with_name("compiled.py")],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    results["compiled"] = json.loads(done.stdout)
    for title, times in results["compiled"].items():
        print_times(f"By XLA, against JAX by hand: {title}", times)

    xor = {"by hand": xor_by_hand(), "here": xor_here()}
    xor.update({CALLED: xor_here(once=True), BUFFERED: xor_here(Buffering, once=True)})
    xor.update({INTERPRETED: xor_here(Interpreting), "the heart alone": xor_bare()})
    xor.update(peers.xor(XOR_X, XOR_Y, xor_parameters()))
    title = "A step of XOR: 2-4-1, float64"
    results["steps"]["xor"] = time_steps(title, xor, 300)

    digits = {"by hand": digits_by_hand(), "here": digits_here()}
    digits[CALLED] = digits_here(once=True)
    digits[BUFFERED] = digits_here(Buffering, once=True)
    digits[INTERPRETED] = digits_here(Interpreting)
    digits.update(peers.digits(*digits_data(), digits_parameters()))
    title = "A step of digits: batch 128, 64-128-10, float32"
    results["steps"]["digits"] = time_steps(title, digits, 60)

    steps = {"by hand": transformer.by_hand(), "here": transformer.here()}
    steps[BUFFERED] = transformer.here(Buffering)
    steps[INTERPRETED] = transformer.here(Interpreting)
    title = "A step of the transformer of Part VIII: 32 words, Adam, float64"
    results["steps"]["transformer"] = time_steps(title, steps, 5)

    title = "A step of a LeNet: 28 x 28 pixels, batch 64, float32"
    steps = lenet.contenders()
    steps[BUFFERED] = lenet.here(Buffering)
    results["steps"]["lenet"] = time_steps(title, steps, 3)

    sizes = [10**2, 10**3, 10**4, 10**5]
    title = "A chain of n operations and its gradient"
    results["scaling"]["chain"] = time_scaling(title, first.chain, sizes)
    title = "A ladder of n diamonds and its gradient"
    results["scaling"]["ladder"] = time_scaling(title, first.ladder, sizes)
    results["first"] = time_first([1_000, 4_000])
    results["memory"] = measure_memory()
    results["start"] = time_start()

    path = pathlib.Path(__file__).with_name("results.json")
    path.write_text(json.dumps(rounded(results), indent=1) + "\n")
    print(f"\nwritten to {path}; make docs draws the page")


if __name__ == "__main__":
    main()
