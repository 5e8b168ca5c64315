# # Part XI: Sequences
#
# Before there were transformers, a network read a text like you do: one character after
# the other, with something kept in mind.  In [Part VIII](course/part8_attention.py)
# every position could look back at all others.  Here there's only a memory, and it has
# to do.
#
#     python -m course.part11_sequences
#
# We train eight networks, which takes about ten seconds.

import numpy as np
from tqdm import tqdm

from course.part8_attention import BLOCK, batch, words
from course.plot import BLUE, GREEN, RED, save_plot
from graph import Graph
from session import Session
from train import AdamOptimizer


class Recurrent:
    # ## One cell, used again and again {#a-cell}
    #
    # A recurrent *cell* takes what it reads, $x_t$, and what it has in mind, $h_{t-1}$,
    # and makes of them what it will have in mind:
    #
    # $$h_t = \tanh(x_t W + h_{t-1} U + b)$$
    #
    # The same three parameters serve at each step.  We write the steps one after the
    # other: we *unroll* the cell.  So its weights are used at each step, and their
    # gradients are sums over the steps.  You've seen that with
    # [filters](course/part10_pictures.py#gradient), which are used at each place.

    gates = 1

    def __init__(self, graph, inputs, width, rng):
        self.width, n = width, self.gates * width
        self.W = graph.variable(rng.normal(size=(inputs, n)) / np.sqrt(inputs))
        self.U = graph.variable(rng.normal(size=(width, n)) / np.sqrt(width))
        self.b = graph.variable(np.zeros(n))
        self.parameters = [self.W, self.U, self.b]

    def unroll(self, x):
        """The outputs, and the memories, at each step of x: (batch, steps, inputs)."""
        state = self.start(x.graph.zeros_like(x[:, 0, :1] * np.zeros(self.width)))
        outputs, memories = [], []
        for x_t in x.graph.unstack(x, axis=1):
            (*state,) = self.step(x_t, *state)
            outputs.append(state[0])
            memories.append(state[-1])
        return outputs, memories

    def start(self, zeros):
        return [zeros]

    def step(self, x, h):
        return [x.graph.tanh(x @ self.W + h @ self.U + self.b)]


def fading():
    # ## Why does it forget? {#vanishing}
    #
    # What you read long ago only matters if a nudge of it still reaches the end.  At
    # each step a nudge is multiplied by $U$, and by the slope of the $\tanh$, which is
    # at most 1:
    #
    # $$\frac{\partial h_t}{\partial h_{t-1}} = U \,\mathrm{diag}(1 - h_t^2)$$
    #
    # After twenty steps, that's a product of twenty such matrices.  If each shrinks a
    # vector to seven tenths, less than a thousandth is left.  So we take the gradient
    # of the last memory with respect to earlier ones, with random inputs and before any
    # training, and measure how long it is, 1, 5, 10 and 20 steps back:
    #
    #     a simple cell: 0.6631 0.1193 0.0150 0.0002

    print("a simple cell:", lengths(Recurrent))

    # That's the *vanishing gradient*.  The network can't learn what it can't feel.
    # (With larger weights, the product explodes instead, and training jumps about.)


def lengths(kind):
    """How long the gradient of the last memory is, some steps back."""
    rng, graph = np.random.default_rng(0), Graph()
    x = graph.constant(rng.normal(size=(64, 31, 8)))
    _, memories = kind(graph, 8, 32, rng).unroll(x)
    seed = rng.normal(size=(64, 32))
    gradients = graph.gradients(memories[-1], memories, grad_y=seed)
    values = Session(graph).run(gradients)[::-1]
    found = np.array([np.linalg.norm(value, axis=1).mean() for value in values])
    return " ".join(f"{found[n] / found[0]:.4f}" for n in (1, 5, 10, 20))


class LSTM(Recurrent):
    # ## A memory that is only added to {#lstm}
    #
    # In 1997, Sepp Hochreiter and Jürgen Schmidhuber found a way out: don't multiply
    # the memory by a matrix, add to it.  Their cell keeps a second vector, $c$.  Three
    # *gates*, numbers between 0 and 1, decide how much of it stays ($f$), how much of
    # something new comes in ($i$), and how much of it shows ($o$).  Each gate, and the
    # new thing $z$ itself, looks at $x_t$ and $h_{t-1}$.
    #
    # $$c_t = f \odot c_{t-1} + i \odot \tanh(z) \qquad h_t = o \odot \tanh(c_t)$$
    #
    # On this way, a nudge of $c_{t-1}$ reaches $c_t$ multiplied by $f$, and by nothing
    # else.  While the gate is open, it passes unharmed.  (So we add 1 to what goes into
    # $f$: at the start, the gates are open.)  [Exercise 17](exercises/ex17_lstm.py)
    # asks you for this cell.

    gates = 4

    def start(self, zeros):
        return [zeros, zeros]

    def step(self, x, h, c):
        graph = x.graph
        i, f, o, z = graph.split(x @ self.W + h @ self.U + self.b, 4, axis=1)
        c = graph.sigmoid(f + 1) * c + graph.sigmoid(i) * graph.tanh(z)
        return [graph.sigmoid(o) * graph.tanh(c), c]


def remembering():
    # So how much of a nudge is left, 1, 5, 10 and 20 steps back?
    #
    #     an LSTM: 0.7488 0.2791 0.1012 0.0177

    print("an LSTM:", lengths(LSTM))

    # Is that worth anything?  Here's a task that's all memory: read a row of random
    # symbols, one of eight at each step, and at the end say which was the first.  We
    # train each cell for 600 steps on rows of 5, 10 and 20.  Does it get more than 95%
    # right?
    #
    #     a simple cell: yes yes no
    #     an LSTM: yes yes yes

    for name, kind in (("a simple cell", Recurrent), ("an LSTM", LSTM)):
        shares = [recall(kind, steps) for steps in (5, 10, 20)]
        print(f"{name}:", *["yes" if share > 0.95 else "no" for share in shares])

    # ? Why can't you just train the simple cell longer?
    #
    # ! You can, but what it would have to learn from is a thousandth as strong as what
    # tells it about the last symbols, which don't matter here.


def recall(kind, steps):
    """The share of rows whose first symbol a trained network names at the end."""
    rng, graph = np.random.default_rng(0), Graph()
    x = graph.placeholder((None, steps, 8), name="x")
    first = graph.placeholder((None,), dtype=int, name="first")
    outputs, _ = kind(graph, 8, 32, rng).unroll(x)
    scores = outputs[-1] @ graph.variable(rng.normal(size=(32, 8)) / np.sqrt(32))
    step = AdamOptimizer(0.005).minimize(graph.softmax_cross_entropy(scores, first))
    right = graph.mean(graph.equal(graph.argmax(scores, axis=1), first))
    session = Session(graph)

    def rows(number):
        symbols = rng.integers(0, 8, (number, steps))
        return {x: np.eye(8)[symbols], first: symbols[:, 0]}

    for _ in tqdm(range(600), desc=f"{steps} symbols", unit="step"):
        session.run(step, rows(32))
    return session.run(right, rows(1000))


class Reader:
    # ## Against the transformer {#against-the-transformer}
    #
    # Now for the words of [Part VIII](course/part8_attention.py): predict each next
    # character.  A row of a table is what each character means to the network, the cell
    # reads it, and a last layer scores 27 characters.  The widths are chosen so that
    # both networks have about as many parameters as the transformer, which has 4,192.

    def __init__(self, kind, width, rng):
        self.graph = graph = Graph()
        self.tokens = graph.placeholder((None, BLOCK), dtype=int, name="tokens")
        self.targets = graph.placeholder((None, BLOCK), dtype=int, name="targets")
        self.counts = graph.placeholder((None, BLOCK), name="counts")
        self.rate = graph.placeholder((), name="rate")
        table = graph.variable(rng.normal(size=(27, width)))
        outputs, _ = kind(graph, width, width, rng).unroll(
            graph.gather(table, self.tokens)
        )
        last = graph.variable(rng.normal(size=(width, 27)) / np.sqrt(width))
        scores = graph.stack(outputs, axis=1) @ last + graph.variable(np.zeros(27))
        each = graph.softmax_cross_entropy(scores, self.targets, mean=False)
        self.L = graph.sum(each * self.counts) / graph.sum(self.counts)
        self.step = AdamOptimizer(self.rate).minimize(self.L)
        self.session = Session(graph)
        self.size = sum(np.prod(x.shape) for x in graph.variables if x.trainable)

    def feeds(self, some):
        return dict(zip((self.tokens, self.targets, self.counts), batch(some)))

    def train(self, known, test, steps):
        """Train, and return the loss on the test by the number of steps."""
        rng = np.random.default_rng(0)
        losses = {0: self.session.run(self.L, self.feeds(test))}
        for n in tqdm(range(1, steps + 1), desc="training", unit="step"):
            feeds = {
                **self.feeds(rng.choice(known, 32)),
                self.rate: 0.01 * (1 - n / steps),
            }
            self.session.run(self.step, feeds)
            if n % 20 == 0:
                losses[n] = self.session.run(self.L, self.feeds(test))
        return losses


def reading():
    # We train as there, 600 steps of 32 words.  The loss on the test, after which
    # counting had 2.492, and the transformer 2.251:
    #
    #     a simple cell: 4209 parameters, 2.216
    #     an LSTM: 4017 parameters, 2.226

    test, known = np.split(words(), [120])
    curves = {}
    for name, kind, width in (("a simple cell", Recurrent, 34), ("an LSTM", LSTM, 19)):
        reader = Reader(kind, width, np.random.default_rng(0))
        curves[name] = reader.train(known, test, 600)
        print(f"{name}: {reader.size} parameters, {curves[name][600]:.3f}")

    # Both do a little better than the transformer!  A thousand words of a few letters
    # can be read with a memory, and hardly any letter depends on one twenty steps back.
    #
    # ![Three curves: both fall below the line of the transformer, the simple cell
    # first.](part11-loss.svg "On short words, a memory is enough.")
    #
    # So why is everything a transformer today?  For two reasons.  Texts are long, and
    # what matters may be a thousand steps back: attention gets there in one step.  And
    # a cell has to wait for its own last output, so sixteen steps take sixteen turns.
    # A transformer computes all positions of a text at once, as one matrix product, and
    # that's what GPUs are good at.
    #
    # ? In which of the two can a nudge of the first character reach the last one
    # without getting weaker at each step?
    #
    # ! In the transformer: whatever the distance, it's one product and one softmax
    # away.
    #
    # You can now read a paper about sequences, draw its cell as a graph, and ask how
    # far back its gradient reaches.

    def paint(axes):
        for (name, losses), color in zip(curves.items(), (BLUE, GREEN)):
            axes.plot(losses.keys(), losses.values(), color=color, label=name)
        axes.axhline(2.251, color=RED, label="the transformer, trained")
        axes.set(xlabel="step", ylabel="$L$ on the test")
        axes.legend(frameon=False)

    save_plot("part11-loss", paint)


def main():
    fading()
    remembering()
    reading()


if __name__ == "__main__":
    main()
