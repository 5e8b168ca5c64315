"""Which pages the book has, in which order, and where it stands on the web."""

import pathlib
import typing

# Where the book stands on the web, with a slash at its end, and the address of its
# repository.  Empty while there is neither: then pages have no canonical address, and
# the first page doesn't link to the code.  README.md has to name the address.
ADDRESS = ""
REPOSITORY = ""

# The folders whose pages are called by their own names.
CHAPTERS = ("course", "exercises", "weave")


class Page(typing.NamedTuple):
    """A page of the book, made of a Python module, a script, or a Markdown text."""

    source: str
    name: str  # what the navigation calls it
    about: str  # one sentence: the description of the page
    prefix: str = ""  # what prose puts before the names that it defines

    @property
    def file(self):
        """The name of the page: of `tf/__init__.py` it is "tf.html".

        What is in a package of the framework has the package's name before its own: of
        `tf/train.py` it is "tf_train.html", beside that of `train.py`.
        """
        path = pathlib.PurePath(self.source)
        if path.stem == "__init__":
            return f"{path.parent.name}.html"
        alone = path.parent.name in ("", *CHAPTERS)
        return f"{path.stem}.html" if alone else f"{path.parent.name}_{path.stem}.html"

    @property
    def module(self):
        """What to import, of a page made of a module."""
        dotted = self.source.removesuffix(".py").replace("/", ".")
        return dotted.removesuffix(".__init__")

    @property
    def prints(self):
        """Whether what is indented in its prose is what it prints when it is run."""
        return self.source == "main.py" or self.source.startswith("course/")

    @property
    def is_module(self):
        return self.source.endswith(".py")

    @property
    def is_code(self):
        """Whether its prose stands in the comments of a module or a script."""
        return self.source.endswith((".py", ".js"))


# In reading order.
CONTENTS = {
    "Start": [
        Page(
            "weave/index.md",
            "Start here",
            "Read a TensorFlow from end to end: build a graph, derive its gradients, "
            "run it as fast as NumPy by hand.",
        ),
    ],
    "The heart": [
        Page("main.py", "XOR", "A network that learns exclusive or, from end to end."),
        Page(
            "weave/step.md",
            "One step, by hand",
            "Walk through one training step of XOR, forward and backward.",
        ),
        Page("graph.py", "Graph", "How a graph is built: tensors, names, operations."),
        Page("tensor.py", "Tensor", "What a value is before it is computed."),
        Page("ops.py", "Operations", "What each operation computes, its derivative."),
        Page(
            "gradients.py",
            "Gradients",
            "In which order to go back, what to add up, and what broadcasting does.",
        ),
        Page("session.py", "Session", "How a graph is run, and state is kept."),
        Page(
            "weave/listing.md",
            "The program",
            "The NumPy program that trained XOR, each line with where it comes from.",
        ),
    ],
    "Course": [
        Page(
            "course/part1_graphs.py",
            "I. Computational graphs",
            "A function that a program can look into, and a session that evaluates it.",
        ),
        Page(
            "course/part2_perceptrons.py",
            "II. Perceptrons",
            "Two clouds of points, a line between them, and how sure one can be.",
        ),
        Page(
            "course/part3_criterion.py",
            "III. A criterion",
            "How bad is a classifier?  From counting mistakes to the cross-entropy.",
        ),
        Page(
            "course/part4_descent.py",
            "IV. Gradient descent",
            "Downhill by the chain rule, until a perceptron has learned.",
        ),
        Page(
            "course/part5_layers.py",
            "V. Multi-layer perceptrons",
            "Hidden units: how many, why at random, and why some never learn.",
        ),
        Page(
            "course/part5b_digits.py",
            "V b. Handwritten digits",
            "A network that reads handwriting, and what its test doesn't tell.",
        ),
        Page(
            "course/part6_tensorflow.py",
            "VI. TensorFlow",
            "Two programs by this and by TensorFlow, and what TensorFlow adds.",
        ),
        Page(
            "course/part7_curvature.py",
            "VII. Second derivatives",
            "Gradients of gradients: Newton's method, and forward mode.",
        ),
        Page(
            "course/part8_attention.py",
            "VIII. Attention",
            "A small transformer that reads words, and makes up its own.",
        ),
        Page(
            "course/part9_machines.py",
            "IX. Many machines",
            "One graph on eight devices, and on two hosts: data parallelism.",
        ),
        Page(
            "course/part10_pictures.py",
            "X. Pictures",
            "Weights that look everywhere: convolution, and what it takes for granted.",
        ),
        Page(
            "course/part11_sequences.py",
            "XI. Sequences",
            "Recurrent cells, why they forget, and what a transformer has over them.",
        ),
    ],
    "Exercises": [
        Page(
            "exercises/ex01_evaluate.py",
            "1. Evaluate a graph",
            "A session in ten lines: tensors asked for, tensors fed.",
        ),
        Page(
            "exercises/ex02_cross_entropy.py",
            "2. Cross-entropy",
            "A loss and its gradient from scores of any size.",
        ),
        Page(
            "exercises/ex03_minibatches.py",
            "3. Minibatches",
            "Each example once an epoch, in random order.",
        ),
        Page(
            "exercises/ex04_order.py",
            "4. Topological order",
            "An order from the connections alone, without recursion.",
        ),
        Page(
            "exercises/ex05_unbroadcast.py",
            "5. Un-broadcasting",
            "A gradient brought back to the shape of its operand.",
        ),
        Page(
            "exercises/ex06_second_order.py",
            "6. Second derivatives",
            "A Hessian times a vector, without the Hessian.",
        ),
        Page(
            "exercises/ex07_by_trial.py",
            "7. Is a gradient right?",
            "A checker that finds what is wrong, by differences.",
        ),
        Page(
            "exercises/ex08_scaled_tanh.py",
            "8. A scaled tanh",
            "An operation of one's own, with its derivative.",
        ),
        Page(
            "exercises/ex09_softplus.py",
            "9. A stable softplus",
            "A logarithm of an exponential that never overflows.",
        ),
        Page(
            "exercises/ex10_maximum.py",
            "10. The larger of two",
            "A derivative where there is none: what to do at a tie.",
        ),
        Page(
            "exercises/ex11_attention.py",
            "11. Attention",
            "Attention of one head, made of graph operations.",
        ),
        Page(
            "exercises/ex12_gather.py",
            "12. Picking rows",
            "Rows picked by integers, and gradients put back.",
        ),
        Page(
            "exercises/ex13_simplify.py",
            "13. A program pass",
            "Constants folded, repetitions merged, the rest left out.",
        ),
        Page(
            "exercises/ex14_heavy_ball.py",
            "14. A heavy ball",
            "Momentum as an optimizer of one's own.",
        ),
        Page(
            "exercises/ex15_backpropagation.py",
            "15. Backpropagation",
            "The gradients of a whole graph, from its operations' own.",
        ),
        Page(
            "exercises/ex16_convolution.py",
            "16. A convolution",
            "A filter that slides over a row, and both gradients.",
        ),
        Page(
            "exercises/ex17_lstm.py",
            "17. A cell that remembers",
            "One step of an LSTM, and the step back.",
        ),
    ],
    "Rooms": [
        Page("mixins/rooms.py", "The list of rooms", "All that puts them together."),
        Page("mixins/rules.py", "Rules", "What a room knows of each operation."),
        Page("mixins/shapes.py", "Shapes", "Shapes that are known before a run."),
        Page("mixins/dtypes.py", "Types", "Floats, integers and truth values."),
        Page("mixins/naming.py", "Names", "How a gradient gets a name that tells."),
        Page("mixins/products.py", "Products", "Vectors, and stacks of matrices."),
        Page("mixins/indexing.py", "Indexing", "Cutting out and putting together."),
        Page(
            "mixins/scatters.py",
            "Scatters",
            "Numbers sent to an address, and sums by group.",
        ),
        Page("mixins/sorting.py", "Sorting", "The largest few, and the sum so far."),
        Page("mixins/functions.py", "Functions", "Sines, staircases, remainders."),
        Page(
            "mixins/matrices.py",
            "Matrices",
            "Inverses, systems of equations, and their derivatives.",
        ),
        Page(
            "mixins/convolution.py",
            "Convolution",
            "One filter for the whole image, and the gradients of its weights.",
        ),
        Page("mixins/pooling.py", "Pooling", "The largest, or the mean, of a window."),
        Page(
            "mixins/normalization.py",
            "Normalization",
            "Batches with a mean of 0 and a variance of 1.",
        ),
        Page("mixins/logic.py", "Logic", "Truth values, and which is the largest."),
        Page("mixins/losses.py", "Losses", "Softmax, and the cross-entropies."),
        Page(
            "mixins/randomness.py",
            "Randomness",
            "Random numbers that come out the same for the same seed, and dropout.",
        ),
        Page("mixins/control.py", "Control inputs", "What runs before what."),
        Page("mixins/branches.py", "Branches", "An `if` that a run decides."),
        Page("mixins/loops.py", "Loops", "A `while` that a run decides, and back."),
        Page(
            "mixins/defaults.py",
            "Defaults",
            "The graph and the session that are meant when none is named.",
        ),
        Page("mixins/checks.py", "Checks", "What bad input gets, and where NaN began."),
        Page("mixins/garbage.py", "Garbage", "When not to look for what's unused."),
        Page("mixins/compiled.py", "Compiled", "The programs that a session keeps."),
        Page("mixins/repeat.py", "Repeat", "Many steps in one call, and batches."),
        Page("mixins/callables.py", "Callables", "A request that's made once."),
        Page(
            "mixins/checkpoint.py",
            "Checkpoint",
            "A state that survives a power cut, whole.",
        ),
        Page("mixins/drawing.py", "Drawn", "How a graph shows itself."),
        Page("train.py", "Optimizers", "From gradient descent to Adam, as graphs."),
        Page("draw.py", "Drawing", "How a graph becomes a picture."),
    ],
    "Compiler": [
        Page("compiler/program.py", "Program", "How a graph becomes a NumPy program."),
        Page("compiler/tracing.py", "Tracing", "How an operation becomes a line."),
        Page("compiler/simplify.py", "Simplifying", "Which lines are worth writing."),
        Page("compiler/fast.py", "Numbers", "What you read, as NumPy runs it fastest."),
        Page("compiler/buffers.py", "Buffers", "Memory that is kept from run to run."),
    ],
    "Executors": [
        Page("xla.py", "XLA", "The same graph on GPUs, and on many devices."),
        Page(
            "weave/speed.md",
            "How fast is it?",
            "Measured against NumPy by hand, and other frameworks.",
        ),
    ],
    "Live": [
        Page(
            "weave/line.md",
            "A line of your own",
            "Type a line: its graph, its gradient, its program and its numbers appear.",
        ),
        Page(
            "weave/live/program.js",
            "Python, in the page",
            "How the text of a program becomes JavaScript, line for line.",
        ),
        Page(
            "weave/live/array.js",
            "NumPy, in the page",
            "As much of NumPy as a training step needs.",
        ),
        Page(
            "weave/live/compute.js",
            "Operations, in the page",
            "The operations that are more than an expression.",
        ),
        Page(
            "weave/live/heart.js",
            "The heart, in JavaScript",
            "Graph, operations and gradients once more, in another language.",
        ),
        Page(
            "weave/live/simplify.js",
            "Simplifying, in the page",
            "How a graph becomes the text of a program, in the page.",
        ),
        Page(
            "weave/live/lines.js",
            "Your lines",
            "How what you type becomes a graph.",
        ),
        Page(
            "weave/live/figure.js",
            "A live figure",
            "What the figures share that you can touch.",
        ),
    ],
    "Elsewhere": [
        Page(
            "weave/pytorch.md",
            "You know PyTorch",
            "What loss.backward() really does, and what every name is called here.",
        ),
        Page(
            "tf/__init__.py",
            "TensorFlow 1 programs",
            "TensorFlow 1's names over this framework.",
            prefix="tf.",
        ),
        Page(
            "tf/datatypes.py",
            "tf: types and shapes",
            "TensorFlow 1's types, and its shapes of tensors.",
            prefix="tf.",
        ),
        Page(
            "tf/graphs.py",
            "tf: graphs, sessions",
            "TensorFlow 1's graphs, tensors and sessions.",
            prefix="tf.",
        ),
        Page(
            "tf/operations.py",
            "tf: operations",
            "TensorFlow 1's operations, from add to reduce_mean.",
            prefix="tf.",
        ),
        Page(
            "tf/values.py",
            "tf: values",
            "TensorFlow 1's placeholders, variables, constants, random numbers.",
            prefix="tf.",
        ),
        Page(
            "tf/nn.py",
            "tf.nn",
            "TensorFlow 1's activations and losses.",
            prefix="tf.nn.",
        ),
        Page(
            "tf/layers.py",
            "tf.layers",
            "TensorFlow 1's layers, which make their own variables.",
            prefix="tf.layers.",
        ),
        Page(
            "tf/rnn.py",
            "tf.nn.rnn_cell",
            "TensorFlow 1's recurrent cells, unrolled.",
            prefix="tf.nn.rnn_cell.",
        ),
        Page(
            "tf/flow.py",
            "tf: flow",
            "TensorFlow 1's branches and loops in the graph.",
            prefix="tf.",
        ),
        Page(
            "tf/data.py",
            "tf.data",
            "TensorFlow 1's datasets: shuffled, batched, repeated.",
            prefix="tf.data.",
        ),
        Page(
            "tf/summary.py",
            "tf.summary",
            "Summaries that TensorBoard reads, without TensorFlow.",
            prefix="tf.summary.",
        ),
        Page(
            "tf/collections.py",
            "tf: collections",
            "What belongs together, by name.",
            prefix="tf.",
        ),
        Page(
            "tf/queues.py",
            "tf: queues",
            "TensorFlow 1's queues, as far as they are in memory.",
            prefix="tf.",
        ),
        Page(
            "tf/settings.py",
            "tf: settings",
            "TensorFlow 1's flags, and settings of sessions.",
            prefix="tf.",
        ),
        Page(
            "tf/contrib.py",
            "tf.contrib",
            "As much of TensorFlow 1's tf.contrib as programs use.",
            prefix="tf.contrib.",
        ),
        Page(
            "tf/updates.py",
            "tf: updates",
            "TensorFlow 1's gradients, assignments, and control dependencies.",
            prefix="tf.",
        ),
        Page(
            "tf/scopes.py",
            "tf: variables",
            "How TensorFlow 1 names variables, shares and initializes them.",
            prefix="tf.",
        ),
        Page(
            "tf/train.py",
            "tf.train",
            "TensorFlow 1's optimizers, which count steps, and its checkpoints.",
            prefix="tf.train.",
        ),
        Page(
            "tf/errors.py",
            "tf.errors",
            "What a run of TensorFlow 1 raises.",
            prefix="tf.errors.",
        ),
        Page(
            "tf/names.py",
            "tf: what is missing",
            "What TensorFlow 1 has and this project has not, and what you are told.",
            prefix="tf.",
        ),
    ],
    "The end": [
        Page(
            "weave/end.md",
            "The end",
            "What you can do, what we left out, and what to read next.",
        ),
    ],
}
