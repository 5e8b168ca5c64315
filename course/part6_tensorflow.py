# # Part VI: TensorFlow
#
# PyTorch hides its graph until you call `torch.compile`.  TensorFlow's first version
# made you write it down, and worked as ours does: graphs, sessions, symbolic gradients,
# optimizers inside the graph.  So can the two run the same program?
#
# With the names from [`tf`](tf/__init__.py) they can.  We write two programs once, and
# run both on both.  Then we look at what a big framework does with a graph: prune it,
# fuse it, place it, and in the end hide it again.
#
#     python -m course.part6_tensorflow
#
# You see the lines that begin with `TensorFlow` if it's installed; `make peers` does
# that.  Without it, the chapter runs and leaves them out.

import os
import sys

import numpy as np

import tf
from compiler.program import Program
from course.part5b_digits import digits
from course.plot import save_graph
from graph import Graph, topological_order
from session import Session


def installed():
    """This book's `tf`, and TensorFlow if it's installed, by the names we print."""
    # A short log; and no oneDNN, whose kernels depend on the processor and would change
    # what we see.
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")
    try:
        import tensorflow.compat.v1 as tensorflow
    except ImportError:
        print("TensorFlow's lines are left out: they need tensorflow", file=sys.stderr)
        return {"tf": tf}
    return {"tf": tf, "TensorFlow": tensorflow}


def xor(tf):
    # ## Can TensorFlow run our XOR? {#xor-twice}
    #
    # Here's [XOR](main.py) for TensorFlow 1.  The function gets the library as `tf`.
    # In a file of its own, the program begins with `import tf`; or with `import
    # tensorflow.compat.v1 as tf` and `tf.disable_v2_behavior()`, because TensorFlow 2
    # computes at once unless you tell it not to.

    X = tf.constant([[0, 0], [0, 1], [1, 0], [1, 1]], tf.float32)
    targets = tf.constant([[0], [1], [1], [0]], tf.float32)

    rng = np.random.default_rng(0)
    W0 = tf.Variable(rng.normal(size=(2, 4)), dtype=tf.float32)
    b0 = tf.Variable(tf.zeros([4]))
    W1 = tf.Variable(rng.normal(size=(4, 1)), dtype=tf.float32)
    b1 = tf.Variable(tf.zeros([1]))

    hidden = tf.sigmoid(tf.matmul(X, W0) + b0)
    output = tf.sigmoid(tf.matmul(hidden, W1) + b1)
    loss = tf.reduce_mean(tf.square(output - targets))
    update = tf.train.GradientDescentOptimizer(1.0).minimize(loss)

    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        losses = [session.run([loss, update])[0] for _ in range(2001)]
        return losses, session.run(output)


def xor_by_both(libraries):
    # Both run it unchanged.  Here's the loss after 0, 500, 1000 and 2000 steps, and the
    # answers to the four inputs:
    #
    #     tf         0.3430 0.2194 0.0237 0.0033, answers 0 1 1 0
    #     TensorFlow 0.3430 0.2194 0.0237 0.0033, answers 0 1 1 0

    for name, library in libraries.items():
        with library.Graph().as_default():
            losses, output = xor(library)
        some = " ".join(f"{losses[n]:.4f}" for n in (0, 500, 1000, 2000))
        print(f"{name:10} {some}, answers", *output[:, 0].round().astype(int))


def train_reader(tf, images, labels, epochs=10):
    # ## A network that reads, on both {#digits-twice}
    #
    # These are the digits of [Part V b](course/part5b_digits.py), in another order and
    # for ten epochs, so the numbers are different from those.  The placeholders leave
    # their first dimension open, `None`, because they take minibatches and also all
    # test images at once.

    X = tf.placeholder(tf.float32, [None, 64])
    truth = tf.placeholder(tf.int64, [None])

    rng = np.random.default_rng(0)
    scale = np.sqrt(2 / 64)
    W0 = tf.Variable(scale * rng.normal(size=(64, 64)), dtype=tf.float32)
    b0 = tf.Variable(tf.zeros([64]))
    W1 = tf.Variable(scale * rng.normal(size=(64, 10)), dtype=tf.float32)
    b1 = tf.Variable(tf.zeros([10]))

    hidden = tf.nn.relu(tf.matmul(X, W0) + b0)
    scores = tf.matmul(hidden, W1) + b1
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=truth, logits=scores)
    loss = tf.reduce_mean(losses)
    hits = tf.equal(tf.argmax(scores, 1), truth)
    right = tf.reduce_mean(tf.cast(hits, tf.float32))
    update = tf.train.AdamOptimizer(0.003).minimize(loss)

    order = rng.permutation(len(images))
    test, training = order[:360], order[360:]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(epochs):
            training = rng.permutation(training)
            for start in range(0, len(training), 32):
                batch = training[start : start + 32]
                session.run(update, {X: images[batch], truth: labels[batch]})
            yield session.run([loss, right], {X: images[test], truth: labels[test]})


def digits_by_both(libraries):
    # The loss on the test images, and the share that's read correctly, after 1, 5 and
    # 10 epochs:
    #
    #     tf         0.874 85%, 0.212 94%, 0.157 96%
    #     TensorFlow 0.874 85%, 0.212 94%, 0.157 96%

    images, labels = digits()
    images = images.reshape(-1, 64) / 16
    for name, library in libraries.items():
        with library.Graph().as_default():
            tests = list(train_reader(library, images, labels))
        some = ", ".join(f"{tests[n][0]:.3f} {tests[n][1]:.0%}" for n in (0, 4, 9))
        print(f"{name:10} {some}")


def layer(tf):
    # ## It doesn't run the graph that you wrote {#what-tensorflow-does-before-it-runs}
    #
    # TensorFlow rewrites your graph before it runs, to save time, and our session turns
    # it into a [program](compiler/program.py).  Let's watch both at work on one layer.
    # We've added two silly things: a factor of 2 times 3, and `unused`, which we won't
    # ask for.

    x = tf.placeholder(tf.float32, [None, 2], name="x")
    W = tf.Variable([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]], name="W")
    b = tf.Variable([0.5, 0.5, 0.5], name="b")
    factor = tf.multiply(tf.constant(2.0), tf.constant(3.0), name="factor")
    product = tf.matmul(x, W, name="product")
    hidden = tf.nn.relu(tf.nn.bias_add(product, b), name="hidden")
    y = tf.multiply(factor, hidden, name="y")
    unused = tf.exp(y, name="unused")
    return x, y, unused


def what_ours_runs():
    # ![x and W go into a product, b is added, and the maximum with 0 is hidden.  Times
    # factor, which is 2 times 3, that's y, and its exponential is
    # unused.](part6-layer.svg "Two things here needn't be computed in a run.")
    #
    # Ask our session for `y`, and it runs this:
    #
    #     def program(state, feeds):
    #         W, b = state
    #         x, = feeds
    #         product = x.dot(W)
    #         add = product + b
    #         del product
    #         hidden = np.maximum(add, 0)
    #         del add
    #         y = 6 * hidden
    #         del hidden
    #         return (y,), ()

    with tf.Graph().as_default():
        x, y, unused = layer(tf)
        save_graph("part6-layer", [unused])
        print(tf.Session().program(y, {x: None}))

    # `unused` is gone, because `y` doesn't depend on it: that's *pruning*.  And 2 times
    # 3 was computed once, when the program was written: that's *constant folding*.


def what_tensorflow_runs(tensorflow):
    # TensorFlow tells you what it runs, if you ask: the kind of each operation, its
    # name, and its device.
    #
    #     TensorFlow Const factor CPU:0
    #     TensorFlow VarHandleOp W CPU:0
    #     TensorFlow VarHandleOp b CPU:0
    #     TensorFlow ReadVariableOp product/ReadVariableOp CPU:0
    #     TensorFlow ReadVariableOp BiasAdd/ReadVariableOp CPU:0
    #     TensorFlow _Arg _arg_x_0_0 CPU:0
    #     TensorFlow _FusedMatMul hidden CPU:0
    #     TensorFlow Mul y CPU:0
    #     TensorFlow _Retval _retval_y_0_0 CPU:0

    with tensorflow.Graph().as_default(), tensorflow.Session() as session:
        x, y, _ = layer(tensorflow)
        session.run(tensorflow.global_variables_initializer())
        options = tensorflow.RunOptions(output_partition_graphs=True)
        seen = tensorflow.RunMetadata()
        session.run(y, {x: [[1, 2]]}, options, seen)
    for graph in seen.partition_graphs:
        for node in graph.node:
            device = node.device.partition("/device:")[2]
            print("TensorFlow", node.op, node.name, device)

    # `_Arg` is the feed and `_Retval` the fetch.  A handle stands for a variable, and a
    # read gets its value.  `unused` is pruned and `factor` folded, as in ours.
    #
    # But look at `_FusedMatMul`: of the product, the bias and the relu, one operation
    # is left.  That's *fusion*.  Unfused, each operation writes an array that the next
    # one reads again.  A fused one finishes each number while it's at hand.
    #
    # Our program above can't fuse, because each of its lines is a call to NumPy.  But
    # give it to XLA, as [`XLASession`](xla.py) does, and XLA merges the bias, the
    # maximum and the factor, as `torch.compile` would.
    #
    # Hold on to this: you can only rewrite what you know before it runs.


def placement():
    # ## Where does it run? {#where-it-runs}
    #
    # The last column above is the *placement*, here the CPU for everything.  In PyTorch
    # you place tensors, with `.to("cuda")`.  TensorFlow places operations, on a GPU if
    # there's one that can do them, and copies tensors between the memories.  With
    # `tf.device` you decide.
    #
    # We place whole graphs.  A `Session` runs on the CPU, and an
    # [`XLASession`](xla.py) on a GPU, a TPU, or [many](course/part9_machines.py).  How
    # can one graph do both?
    #
    # A program knows only `np`, which can be anything with NumPy's names, such as
    # `jax.numpy`.  Here it's a stand-in that announces each function.  A `Program`
    # takes the operations in order, the fetches and the feeds.  Its `bind` swaps `np`,
    # and returns a function of the values of variables and feeds.
    #
    #     np.exp
    #     np.tanh
    #     0.7616

    class Told:
        def __getattr__(self, name):
            print("np." + name)
            return getattr(np, name)

    graph = Graph()
    x = graph.placeholder((), name="x")
    y = graph.tanh(graph.exp(x))
    program = Program(topological_order([y]), [y], [x])
    function = program.bind(Told(), convert=np.asarray)
    (value,), _ = function((), (np.float64(0),))
    print(value.round(4))


def counter(tf):
    # ## First count, then look {#control-dependencies}
    #
    # In PyTorch, lines run in the order in which you wrote them.  A graph only knows
    # which operation needs which value.  So how do you count, and look at the counter
    # afterward?  A *control dependency* says that one operation must run before
    # another.  In our graph, [`read`](mixins/control.py) looks at a variable after an
    # assignment.

    count = tf.Variable(0.0, name="count")
    grow = tf.assign_add(count, 1.0, name="grow")
    with tf.control_dependencies([grow]):
        tenfold = tf.multiply(count, 10.0, name="tenfold")
    return tenfold, grow, count


def control_dependencies(libraries):
    # Each run counts first, and multiplies by ten afterward:
    #
    #     tf         10.0 20.0 30.0
    #     TensorFlow 10.0 20.0 30.0
    #
    # ![count plus 1 is assigned to count; from there a line goes to read, whose output
    # times ten is tenfold.](part6-control.svg "The read needs what was assigned, so it
    # can't come first.")

    for name, library in libraries.items():
        with library.Graph().as_default():
            tenfold, grow, count = counter(library)
            with library.Session() as session:
                session.run(library.global_variables_initializer())
                print(f"{name:10}", *[session.run(tenfold) for _ in range(3)])
    with tf.Graph().as_default():
        tenfold, grow, count = counter(tf)
        save_graph("part6-control", [tenfold])

        # Forget the dependency, and `count` isn't read after `grow`.  Fetch both, and
        # you get the value from [before the run](session.py#a-run-is-a-snapshot).  In
        # TensorFlow you may get the old value or the new one.
        #
        #     1.0 0.0
        #     2.0 1.0

        with tf.Session() as session:
            print(*session.run([grow, count]))
            print(*session.run([grow, count]))


class Eager:
    """The operations of `Graph`, each computed at once, from and to arrays."""

    # ## Eager mode in six lines {#eager-mode}
    #
    # Since version 2, TensorFlow works like PyTorch: each operation runs where you
    # write it, a tensor has its value, and there are no sessions.  That's *eager mode*.
    # It takes six lines: make a graph for each operation, run it, and throw it away.

    def __getattr__(self, name):
        def compute(*values, **options):
            graph = Graph()
            return Session(graph).run(getattr(graph, name)(*values, **options))

        return compute


def eagerly(libraries):
    # The softmax of three scores, and no session in sight:
    #
    #     ours       [0.09   0.2447 0.6652]
    #     TensorFlow [0.09   0.2447 0.6652]

    print("ours      ", Eager().softmax([1.0, 2.0, 3.0]).round(4))
    if "TensorFlow" in libraries:
        softmax = libraries["TensorFlow"].nn.softmax([1.0, 2.0, 3.0])
        print("TensorFlow", softmax.numpy().round(4))

    # What do you gain?  An error shows on the line that made it, with the values at
    # hand, and Python's own `if` and `for` work.  What do you lose?  Everything that
    # must see more than one operation: pruning, folding, fusion.
    #
    # And for a gradient, something must remember what was computed.  PyTorch does it
    # behind your back; in TensorFlow you ask for a `GradientTape`.  It records each
    # operation on what it watches, with its inputs.  So it's [a
    # graph](weave/pytorch.md) after all.  For $x^3$ at 2:
    #
    #     TensorFlow 12.0

    if "TensorFlow" in libraries:
        tensorflow = libraries["TensorFlow"]
        x = tensorflow.constant(2.0)
        with tensorflow.GradientTape() as tape:
            tape.watch(x)
            y = x * x * x
        print("TensorFlow", tape.gradient(y, x).numpy())


def function(python):
    """A function that runs the graph of `python`, traced once for each shape.

    It takes and returns arrays; `python` takes and returns tensors.
    """

    # ## Write eagerly, run a graph: `tf.function` {#tracing-tffunction}
    #
    # Can we have both?  `tf.function`, `jax.jit` and `torch.compile` all say yes.  You
    # write a Python function as in eager mode.  On its first call it gets placeholders
    # instead of values, and so builds a graph: we *trace* it.  Later calls run the
    # graph.
    #
    # Values of another shape get a graph of their own.  (TensorFlow also traces anew
    # for another type, and for each number of Python's, so we pass arrays.)
    traces = {}

    def call(*values):
        values = [np.asarray(value, dtype=float) for value in values]
        shapes = tuple(value.shape for value in values)
        if shapes not in traces:
            graph = Graph()
            inputs = [graph.placeholder(shape) for shape in shapes]
            traces[shapes] = inputs, python(*inputs), Session(graph)
        inputs, output, session = traces[shapes]
        return session.run(output, dict(zip(inputs, values)))

    return call


def call_traced(name, function):
    # A `print` inside tells us when Python runs:

    @function
    def f(x):
        print(f"{name:10} traced for the shape {x.shape}")
        return x * x + 1

    for value in (2.0, 3.0, [1.0, 2.0]):
        print(f"{name:10} {np.array(f(np.array(value)))}")


def three_calls(libraries):
    # We call it three times, and Python runs twice:
    #
    #     ours       traced for the shape ()
    #     ours       5.0
    #     ours       10.0
    #     ours       traced for the shape (2,)
    #     ours       [2. 5.]
    #     TensorFlow traced for the shape ()
    #     TensorFlow 5.0
    #     TensorFlow 10.0
    #     TensorFlow traced for the shape (2,)
    #     TensorFlow [2. 5.]
    #
    # Whatever isn't an operation, such as a `print` or a counter, happens while the
    # function is traced, not when you call it: [Python decides while you build the
    # graph](course/part1_graphs.py#what-may-surprise).  (`torch.compile` interrupts the
    # graph at a `print`, and prints in each call.  And TensorFlow rewrites an `if` on a
    # tensor into an operation; ours refuses it.)
    #
    # ? A traced function adds `np.random.normal()` to its input.  How many different
    # results do ten calls with the same value get?
    #
    # ! One.  NumPy draws a number while the function is traced, and to the graph it's a
    # constant.

    call_traced("ours", function)
    if "TensorFlow" in libraries:
        call_traced("TensorFlow", libraries["TensorFlow"].function)

    # You can now read a TensorFlow 1 program, and say what a framework does with a
    # graph before it runs.  [Part VII](course/part7_curvature.py) differentiates
    # gradients, which are just more graph.


def main():
    found = installed()
    xor_by_both(found)
    digits_by_both(found)
    what_ours_runs()
    if "TensorFlow" in found:
        what_tensorflow_runs(found["TensorFlow"])
    placement()
    control_dependencies(found)
    eagerly(found)
    three_calls(found)


if __name__ == "__main__":
    main()
