# # Part VIII: Attention
#
# A language model reads a text and says which character comes next.  That may depend on
# all that came before.  So each position must be able to look at the others, and to
# choose where it looks.  This is *attention*, and a network around it is a
# *transformer*.
#
#     python -m course.part8_attention
#
# Ours has one layer, 16 numbers for each position, and four heads.  It reads the words
# of this book, and at the end makes up words of its own.

import pathlib
import sys
import time

import numpy as np
from tqdm import tqdm

from course.plot import BLUE, RED, save_plot
from graph import Graph
from mixins.products import swap
from session import Session
from train import AdamOptimizer

LETTERS = "abcdefghijklmnopqrstuvwxyz"
END = len(LETTERS)  # the character before a word, and after it
BLOCK = 16  # T, the number of positions
WIDTH = 16  # how many numbers there are for each
HEADS = 4


def words():
    """Words from the prose of this book, kept in `words.txt`, in a random order."""
    path = pathlib.Path(__file__).with_name("words.txt")
    return np.random.default_rng(0).permutation(path.read_text("utf-8").split())


def encode(some):
    """Each word as numbers, of shape (words, BLOCK + 1), with END around it."""
    codes = np.full((len(some), BLOCK + 1), END)
    for row, word in zip(codes, some):
        row[1 : len(word) + 1] = [LETTERS.index(letter) for letter in word]
    return codes


def prepare():
    # ## What is wanted
    #
    # A text is a row of numbers, one for each character.  Ours are words, with a 26
    # before and after each.  What is known at a position are the characters up to it,
    # and what is wanted there is the next one.  So the *tokens* are all but the last,
    # and the *targets* all but the first.  We hold out a tenth of the words.
    #
    #     1085 words for training, 120 for the test
    #     tokens  [26  6 17  0 15  7 26 26 26 26 26 26 26 26 26 26]
    #     targets [ 6 17  0 15  7 26 26 26 26 26 26 26 26 26 26 26]

    test, training = np.split(words(), [120])
    print(f"{len(training)} words for training, {len(test)} for the test")
    (codes,) = encode(["graph"])
    print("tokens ", codes[:-1])
    print("targets", codes[1:])
    return training, test


def batch(some):
    """Tokens, targets, and a 1 where a target is part of the word, or ends it."""
    codes = encode(some)
    tokens, targets = codes[:, :-1], codes[:, 1:]
    # After the END of a word there is nothing to be guessed.
    counts = (tokens != END) | (np.arange(BLOCK) == 0)
    return tokens, targets, counts.astype(float)


def by_counting(training, test):
    # ## What is to be beaten
    #
    # The smallest program looks at the last character only, and counts what followed it
    # in the training.  (With 1 added to each count, so that a pair that was never seen
    # does not make the loss infinite.) Its loss on the test, and that of somebody who
    # knows nothing, $\ln 27$:
    #
    #     2.492, 3.296

    follows = np.ones((27, 27))
    tokens, targets, counts = batch(training)
    np.add.at(follows, (tokens, targets), counts)
    log_p = np.log(follows / follows.sum(axis=1, keepdims=True))
    tokens, targets, counts = batch(test)
    J = -(log_p[tokens, targets] * counts).sum() / counts.sum()
    print(f"{J:.3f}, {np.log(27):.3f}")
    return J


def attend(graph, queries, keys, values, mask):
    """What each query gets, and the weights; shapes (..., T, d) and (..., T, T)."""

    # ## Looking back
    #
    # Each position has three vectors of $d$ numbers.  Its *query* $q$ says what it is
    # looking for, its *key* $k$ what it has to offer, and its *value* $v$ what it hands
    # over.  How well position $j$ fits what position $i$ looks for is the product
    # $q_i \cdot k_j$.  A softmax makes weights of these, which are positive and sum to
    # 1; and what position $i$ gets is the mean of the values with these weights:
    #
    # $$\mathrm{attention}(Q, K, V) =
    # \mathrm{softmax}\Big(\frac{Q K^T}{\sqrt{d}} + M\Big)\, V$$
    #
    # Why $\sqrt d$?  If the elements of $q$ and $k$ are independent, with the mean 0
    # and the variance 1, then $q \cdot k$ is a sum of $d$ products, each with the
    # variance $1 \cdot 1$, and its variance is $d$.  Divided by $\sqrt d$ it has the
    # variance 1, whatever $d$ is.
    #
    # The *mask* $M$ has 0 where $i$ may look at $j$, and $-10^9$ where it may not,
    # which makes that weight 0.  Nobody may look at what comes later, for that is what
    # is to be found out: the attention is *causal*.  [Exercise
    # 11](exercises/ex11_attention.py) asks for one head.

    # `swap` transposes each matrix of a stack.

    scores = queries @ swap(keys) / np.sqrt(queries.shape[-1])
    weights = graph.softmax(scores + mask, name="weights")
    return weights @ values, weights


def causal(positions):
    return np.where(np.tri(positions) > 0, 0.0, -1e9)


def smallest():
    # Here it is for four positions.  The keys are the rows of a unit matrix, one for
    # each position, and each query asks for the key before it, loudly.  So each
    # position gets the value of the one before; the first has to take its own.
    #
    #     [10. 10. 20. 30.]
    #     [[1. 0. 0. 0.]
    #      [1. 0. 0. 0.]
    #      [0. 1. 0. 0.]
    #      [0. 0. 1. 0.]]

    graph = Graph()
    keys = graph.constant(np.eye(4))
    queries = graph.constant(30 * np.eye(4)[[0, 0, 1, 2]])
    values = graph.constant([[10.0], [20.0], [30.0], [40.0]])
    got, weights = attend(graph, queries, keys, values, causal(4))
    got, weights = Session(graph).run([got, weights])
    print(got[:, 0].round(2))
    print(weights.round(2))

    # And here is what $\sqrt d$ is for.  For random queries and keys of 4, 64 and 1,024
    # numbers, how large is the largest of sixteen weights, on average, without and with
    # it?
    #
    #     d    4: 0.49, 0.27
    #     d   64: 0.85, 0.25
    #     d 1024: 0.96, 0.24

    rng = np.random.default_rng(0)
    for d in (4, 64, 1024):
        q, k = rng.normal(size=(1000, d)), rng.normal(size=(16, d))
        graph = Graph()
        scores = graph.constant(q @ k.T)
        weights = [graph.softmax(scores), graph.softmax(scores / np.sqrt(d))]
        largest = [graph.mean(graph.max(w, axis=1)) for w in weights]
        print(f"d {d:4}: {{:.2f}}, {{:.2f}}".format(*Session(graph).run(largest)))

    # Without it the softmax of many numbers is a choice of one; and where it is, its
    # slope $p (1 - p)$ is almost 0, and nothing is learned.  With our $d$ of 4 it
    # hardly matters.


class Transformer:
    # ## The network
    #
    # A character becomes 16 numbers, a row of a table, its *embedding*; `gather` takes
    # rows out.  Attention does not know where it looks, it is a mean; so each position
    # has an embedding, too, and the two are added.  What flows through the network from
    # here on is a *stream* of 16 numbers for each position, to which each part adds.
    #
    # There are four *heads*, each with queries, keys and values of four numbers, so
    # that a position can look at several places for several reasons.  What they get
    # stands side by side, is multiplied by a matrix, and added to the stream.  Then a
    # hidden layer of 64 units, for each position by itself, adds what it makes of that.
    # At the end each position has 27 scores for what comes next.

    def __init__(self, rng):
        self.graph = graph = Graph()
        self.tokens = graph.placeholder((None, BLOCK), dtype=int, name="tokens")
        self.targets = graph.placeholder((None, BLOCK), dtype=int, name="targets")
        self.counts = graph.placeholder((None, BLOCK), name="counts")

        def parameter(name, *shape):
            return graph.variable(0.08 * rng.normal(size=shape), name=name)

        characters = parameter("characters", 27, WIDTH)
        positions = parameter("positions", BLOCK, WIDTH)
        WQ, WK, WV, WO = (parameter(f"W{k}", WIDTH, WIDTH) for k in "QKVO")
        W0 = parameter("W0", WIDTH, 4 * WIDTH)
        W1 = parameter("W1", 4 * WIDTH, WIDTH)
        head = parameter("head", WIDTH, 27)
        self.positions, self.WO = positions, WO
        self.parameters = [characters, positions, WQ, WK, WV, WO, W0, W1, head]

        x = self.norm(graph.gather(characters, self.tokens) + positions)
        y = self.norm(x)
        queries, keys, values = (self.split(y @ W) for W in (WQ, WK, WV))
        got, self.weights = attend(graph, queries, keys, values, causal(BLOCK))
        x = x + self.join(got) @ WO
        x = x + graph.relu(self.norm(x) @ W0) @ W1
        self.scores = graph.dot(x, head, name="scores")

        each = graph.softmax_cross_entropy(self.scores, self.targets, mean=False)
        total = graph.sum(each * self.counts)
        self.J = graph.div(total, graph.sum(self.counts), name="J")
        self.rate = graph.placeholder((), name="rate")
        self.step = AdamOptimizer(self.rate, beta1=0.85, beta2=0.99).minimize(self.J)
        self.session = Session(graph)

    # *RMSNorm* divides by the root mean square, so that a part reads numbers of the
    # same size, however much was added to the stream.  ($\epsilon$ keeps us from
    # dividing by 0.)  The embedding goes through it, and then what the attention and
    # what the hidden layer read:
    #
    # $$\mathrm{norm}(x) = \frac{x}{\sqrt{\frac{1}{n} \sum_i x_i^2 + \epsilon}}$$

    def norm(self, x):
        square = self.graph.mean(self.graph.square(x), axis=-1, keepdims=True)
        return x / self.graph.sqrt(square + 1e-5)

    # The heads are one more axis: of 16 numbers, the first four belong to the first
    # head, and so on.  `split` puts that axis before the positions, where the matrix
    # product takes it for a stack, and `join` puts it back.

    def split(self, x):
        x = self.graph.reshape(x, (-1, BLOCK, HEADS, WIDTH // HEADS))
        return self.graph.transpose(x, (0, 2, 1, 3))

    def join(self, x):
        x = self.graph.transpose(x, (0, 2, 1, 3))
        return self.graph.reshape(x, (-1, BLOCK, WIDTH))

    def feeds(self, some):
        return dict(zip((self.tokens, self.targets, self.counts), batch(some)))

    def loss(self, some):
        return self.session.run(self.J, self.feeds(some))

    def train(self, some, rate):
        self.session.run(self.step, {**self.feeds(some), self.rate: rate})


def spelling(known, test, counted):
    # ## Learning to spell
    #
    # In each step 32 words, by Adam; the learning rate falls from 0.01 to 0 along a
    # line.  How many parameters are there, and what is the loss on the test?
    #
    #     4192 parameters
    #       0 steps: 3.392
    #      20 steps: 2.543
    #     100 steps: 2.385
    #     300 steps: 2.325
    #     600 steps: 2.251
    #     words that it has seen: 2.014

    model = Transformer(np.random.default_rng(0))
    print(sum(np.prod(x.shape) for x in model.parameters), "parameters")
    losses = train(model, known, test, 600)
    for n in (0, 20, 100, 300, 600):
        print(f"{n:3} steps: {losses[n]:.3f}")
    print(f"words that it has seen: {model.loss(known):.3f}")

    # How much of what knowing nothing costs does counting save, and how much more the
    # transformer?
    #
    #     0.803, and another 0.242

    saved = np.log(27) - counted, counted - losses[600]
    print("{:.3f}, and another {:.3f}".format(*saved))

    #
    # ![The loss on the test falls steeply at first, crosses the line of counting, and
    # levels out below it.](part8-loss.svg)

    def paint(axes):
        axes.plot(losses.keys(), losses.values(), color=BLUE, label="transformer")
        axes.axhline(counted, color=RED, label="counting")
        axes.set(xlabel="step", ylabel="$J$ on the test")
        axes.legend(frameon=False)

    save_plot("part8-loss", paint)
    return model


def train(model, known, test, steps):
    """The loss on the test, by the number of steps."""
    rng, losses = np.random.default_rng(0), {0: model.loss(test)}
    for n in tqdm(range(1, steps + 1), desc="training", unit="step"):
        model.train(rng.choice(known, 32), 0.01 * (1 - n / steps))
        if n % 20 == 0:
            losses[n] = model.loss(test)
    return losses


def looking(model, test, word="attention"):
    # ## Where does it look?
    #
    # In the words of the test, from the third character on, how much of what each head
    # gets comes from the character before, and how much from the END at the beginning?
    #
    #     by chance: 0.21 from each
    #     head 0: 0.28 from the one before, 0.12 from the END
    #     head 1: 0.30 from the one before, 0.18 from the END
    #     head 2: 0.31 from the one before, 0.19 from the END
    #     head 3: 0.35 from the one before, 0.20 from the END

    weights = model.session.run(model.weights, model.feeds(test))
    at = [(i, n) for i, word in enumerate(test) for n in range(2, len(word) + 1)]
    chance = np.mean([1 / (n + 1) for _, n in at])
    print(f"by chance: {chance:.2f} from each")
    for k in range(HEADS):
        before = np.mean([weights[i, k, n, n - 1] for i, n in at])
        first = np.mean([weights[i, k, n, 0] for i, n in at])
        print(f"head {k}: {before:.2f} from the one before, {first:.2f} from the END")

    # All look at the one before more than by chance.  Here are the weights for one
    # word: a row for each position, and in it how much comes from each.
    #
    # ![Four triangles of cells, one for each head; the stronger a cell, the more comes
    # from there.](part8-heads.svg)

    weights = model.session.run(model.weights, model.feeds([word]))[0]
    n, letters = len(word) + 1, "." + word

    def paint(axes):
        for i, head in enumerate(weights):
            x, y = (i % 2) * (n + 2), -(i // 2) * (n + 3)
            axes.text(x + n / 2, y + 0.6, f"head {i}", ha="center")
            for row, column in zip(*np.tril_indices(n)):
                corners = [column, column + 1, column + 1, column]
                axes.fill(
                    x + np.array(corners),
                    y - row - np.array([0, 0, 1, 1]),
                    color=BLUE,
                    alpha=round(head[row, column], 2),
                    linewidth=0,
                )
            for j, letter in enumerate(letters):
                axes.text(x + j + 0.5, y - n - 0.2, letter, ha="center", va="top")
                axes.text(x - 0.3, y - j - 0.5, letter, ha="right", va="center")
        axes.set(xlim=(-1, 2 * n + 2), ylim=(-2 * n - 4, 1.5), aspect="equal")
        axes.axis("off")

    save_plot("part8-heads", paint, 4, 4.4)


def checks(model):
    # Two things must hold.  What comes later changes nothing: with other letters from
    # the fifth position on, the scores before are the same.  And attention by itself
    # knows no order: without the embeddings of positions, the order of the letters
    # before the last changes nothing about what follows.
    #
    #     True
    #     True

    def scores(word, changes=None):
        feeds = {model.tokens: encode([word])[:, :-1], **(changes or {})}
        return model.session.run(model.scores, feeds)[0]

    print(np.allclose(scores("softmax")[:4], scores("sofabed")[:4], rtol=0, atol=1e-9))
    nowhere = {model.positions: np.zeros((BLOCK, WIDTH))}
    last = [scores(word, nowhere)[5] for word in ("graph", "pargh")]
    print(np.allclose(*last, rtol=0, atol=1e-9))


def without(model, test):
    # What is each of them worth?  We feed zeros for the embeddings of positions, and
    # then for the matrix that brings what attention gets into the stream.  Without
    # either, the trained network is worse than counting:
    #
    #     without positions: 2.619
    #     without attention: 2.508

    for name, parameter in (("positions", model.positions), ("attention", model.WO)):
        zeros = {parameter: np.zeros((16, 16))}
        J = model.session.run(model.J, {**model.feeds(test), **zeros})
        print(f"without {name}: {J:.3f}")


def sampling(model, known, test):
    # ## Words of its own
    #
    # We begin with nothing and let it go on: draw the next character by the
    # probabilities, put it behind, and ask again.  Scores are divided by a
    # *temperature* first; below 1 it makes the likely likelier.  Of forty words, these
    # are not in the book:
    #
    #     aneck arge boothed coll collaces
    #     corne cown derferil difftion eaps
    #     enconging everecton fem foth horws
    #     inde keang lanttion lothoved malie
    #     maluter mand mingpthen molon mones
    #     posed pracest sifomed sime slow
    #     sose stare stee talns tengwn
    #     trap vionals wrackers

    rng = np.random.default_rng(1)
    p = model.graph.softmax(model.scores / 0.7)
    codes = np.full((40, BLOCK), END)
    for n in range(BLOCK - 1):
        chances = model.session.run(p, {model.tokens: codes})[:, n]
        codes[:, n + 1] = [rng.choice(27, p=chance) for chance in chances]
    given = {*known, *test}
    letters = ["".join((LETTERS + " ")[code] for code in row[1:]) for row in codes]
    made = sorted({row.partition(" ")[0] for row in letters} - given)
    for i in range(0, len(made), 5):
        print(*made[i : i + 5])


def more(known, test):
    # ## What may surprise: more is worse
    #
    # With four times as many steps, the network does better on the words that it has
    # seen, and worse on the others.  It learns the words, and no longer how words are
    # spelt: a thousand of them are few for four thousand parameters.
    #
    #     2400 steps: 2.457, words that it has seen: 1.632

    model = Transformer(np.random.default_rng(0))
    losses = train(model, known, test, 2400)
    print(f"2400 steps: {losses[2400]:.3f}, words that it has seen:", end=" ")
    print(f"{model.loss(known):.3f}")


def speed(known, test):
    # ## How fast is it?
    #
    # The network is that of *microgpt* by Andrej Karpathy, which does without arrays:
    # its graph is of single numbers.  It takes a thousand steps of one word each.  We
    # do the same, and say beside the printed lines how long that took: here about a
    # second.  The loss on the test, as each step has seen one word and not 32:
    #
    #     2.376

    model = Transformer(np.random.default_rng(0))
    start = time.perf_counter()
    for n in range(1000):
        model.train(known[n : n + 1], 0.01 * (1 - n / 1000))
    seconds = time.perf_counter() - start
    print(f"{model.loss(test):.3f}")
    print(f"1,000 steps of one word each: {seconds:.1f} s", file=sys.stderr)


def main():
    known, test = prepare()
    counted = by_counting(known, test)
    smallest()
    model = spelling(known, test, counted)
    looking(model, test)
    checks(model)
    without(model, test)
    sampling(model, known, test)
    more(known, test)
    speed(known, test)


if __name__ == "__main__":
    main()
