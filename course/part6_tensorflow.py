# # Part VI: TensorFlow
#
# What we have built is a small TensorFlow: graphs, sessions, symbolic gradients, and
# optimizers that are part of the graph are how its first version works.  `tf/` gives
# ours its names.  In this part we write two programs once, run them by both, and then
# look at what the real one adds.
#
#     python -m course.part6_tensorflow
#
# Lines that begin with `TensorFlow` are printed where it is installed, as `make peers`
# does it; without it the chapter says that it left them out.  It needs about ten
# seconds to start.

import os
import sys

import numpy as np

import tf
from compiler.program import Program
from course.part5b_digits import digits
from course.plot import save_graph
from graph import Graph, topological_order
from session import Session


def libraries():
    """Ours, and TensorFlow where it is installed, by the names that we print."""
    # TensorFlow says a lot about the machine that it is on, unless told not to; and
    # oneDNN, the kernels that it picks by the processor, would change what we see.
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")
    try:
        import tensorflow.compat.v1 as tensorflow
    except ImportError:
        print("TensorFlow's lines are left out: they need tensorflow", file=sys.stderr)
        return {"tf": tf}
    return {"tf": tf, "TensorFlow": tensorflow}


def xor(tf):
    # ## XOR, twice
    #
    # This is the program of [XOR](main.py), for TensorFlow 1.  It gets the library as
    # `tf`.  In a file of its own it begins with `import tf`, or with `import
    # tensorflow.compat.v1 as tf`, and then has `tf.disable_v2_behavior()`, since
    # TensorFlow 2 computes at once unless told otherwise.

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
    # Both take it as it is.  The loss after 0, 500, 1000 and 2000 steps, and the
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
    # ## Digits, twice
    #
    # The digits of [Part V b](course/part5b_digits.py), in another order and for ten
    # epochs, so that the numbers are others.  The first dimension of the placeholders
    # is `None`: they take a minibatch as well as all test images.

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
    # What does each say of the test images after 1, 5 and 10 epochs?
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
    # ## What TensorFlow does before it runs
    #
    # TensorFlow does not run the graph that we write, but one that it makes of it, as
    # our session makes a [program](compiler/program.py).  We look at both, for one
    # layer with a factor, and something that nobody asks for:

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
    # ![x and W into a product, plus b, a maximum with 0 named hidden; that, times
    # factor, which is 2 times 3, is y; and from y goes unused.](part6-layer.svg)
    #
    # Our session makes this of it, if we ask for `y`:
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

    # This is *pruning*: `unused` is not in it, since it does not lead to `y`.  And this
    # is *constant folding*: two times three was computed once, when the program was
    # written.


def what_tensorflow_runs(tensorflow):
    # TensorFlow tells what it runs, if we ask: the kind of each operation, its name,
    # and where it runs.
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

    # `_Arg` is what is fed, `_Retval` what is fetched.  A handle stands for a variable,
    # and a read gets its value.  `unused` is pruned, and `factor` is a constant, as
    # with us.  And there is more: of
    # the product, the bias and `hidden`, one operation is left.  This is *fusion*.
    # Three operations write an array each, which the next one reads again; a fused one
    # finishes a number while it has it at hand.  We have nothing like it: our program
    # calls NumPy once for an operation.  What we fuse, we fuse by formula, as softmax
    # and cross-entropy in [Part IV](course/part4_descent.py).


def placement():
    # ## Where it runs
    #
    # The last column above is the *placement*.  Here it is the processor for all.
    # Where there is a GPU, TensorFlow puts there what has a kernel for it, and copies
    # tensors from one memory to the other where a line of the graph crosses over.
    # `tf.device` says where by hand.
    #
    # We have no devices.  But a program of ours is a text, and `np` in it is whatever
    # has NumPy's names.  Here is one that tells what it is asked for.  A `Program` is
    # made of operations in order, what is fetched, and what is fed; `Program.bind` is
    # told which `np` to take, and whether constants are to be converted for it.  It
    # gives a function of the values of variables and of feeds.
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
    # ## Control dependencies
    #
    # A graph says what needs what.  Some things need an order, though none is made of
    # the other: to count, and then to look at the counter.  A *control dependency* says
    # that something is to be run before.  In our graph, to look at a variable after it
    # was assigned is an operation of its own, `read`.

    count = tf.Variable(0.0, name="count")
    grow = tf.assign_add(count, 1.0, name="grow")
    with tf.control_dependencies([grow]):
        tenfold = tf.multiply(count, 10.0, name="tenfold")
    return tenfold, grow, count


def control_dependencies(libraries):
    # Each run counts first, and takes ten times that:
    #
    #     tf         10.0 20.0 30.0
    #     TensorFlow 10.0 20.0 30.0
    #
    # ![count plus 1 is assigned to count; from there a line goes to read, whose output
    # times ten is tenfold.](part6-control.svg)

    for name, library in libraries.items():
        with library.Graph().as_default():
            tenfold, grow, count = counter(library)
            with library.Session() as session:
                session.run(library.global_variables_initializer())
                print(f"{name:10}", *[session.run(tenfold) for _ in range(3)])
    with tf.Graph().as_default():
        tenfold, grow, count = counter(tf)
        save_graph("part6-control", [tenfold])

        # Without it, `count` is not to be run after `grow`.  If we fetch both, our
        # session reads what was there before the run, always.  TensorFlow promises
        # nothing, and reads sometimes the old value and sometimes the new one.
        #
        #     1.0 0.0
        #     2.0 1.0

        with tf.Session() as session:
            print(*session.run([grow, count]))
            print(*session.run([grow, count]))


class Eager:
    """The operations of `Graph`, each computed at once."""

    # ## Eager mode
    #
    # Since version 2, TensorFlow computes at once, unless told otherwise.  There is no
    # session, a tensor has its value, and each operation runs where it is written: this
    # is *eager mode*.  We have none.  But what it would be is quickly said: a graph for
    # each operation, run and thrown away.

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

    # What is gained?  An error comes up on the line that makes it, with the values that
    # made it.  Python's own `if` and `for` work, as values are there to decide by.
    # What is lost is what needs to see more than one operation: pruning, folding,
    # fusion.  And for a gradient somebody must remember what was computed.
    # TensorFlow's `GradientTape` writes down each operation on what it watches as it is
    # called, with its inputs: it is a graph after all.  For $x^3$ at 2:
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
    """A function that runs the graph of `python`, traced once for each shape."""

    # ## Tracing: `tf.function`
    #
    # Can we have both?  We write a Python function, as in eager mode.  When it is
    # called for the first time, it gets placeholders instead of values, and what comes
    # out is a graph: the function is *traced*.  From then on its calls run that graph.
    # Values of another shape get a graph of their own.  (TensorFlow traces anew for
    # another type as well, and for each number of Python's; so we pass arrays.)
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
    # Python's `print` in it tells when it is traced:

    @function
    def f(x):
        print(f"{name:10} traced for the shape {x.shape}")
        return x * x + 1

    for value in (2.0, 3.0, [1.0, 2.0]):
        print(f"{name:10} {np.array(f(np.array(value)))}")


def three_calls(libraries):
    # The function is called three times, and runs in Python twice.
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
    # That may surprise: what is not an operation, such as `print`, a counter, or a
    # random number of NumPy's, happens when the function is traced, and not when it is
    # called.  It is the same as with our graphs, where Python has its say while the
    # graph is built, and none when it is run.  TensorFlow goes one step further: an
    # `if` on a tensor, which ours refuses, it rewrites into an operation.

    call_traced("ours", function)
    if "TensorFlow" in libraries:
        call_traced("TensorFlow", libraries["TensorFlow"].function)


def main():
    found = libraries()
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
