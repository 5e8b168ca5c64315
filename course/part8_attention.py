# # Part VIII: Attention
#
# A language model reads a text and predicts the next character.  Which of the earlier
# ones matter?  That differs from place to place, so each position must choose where to
# look.  That's *attention*, and a network around it a *transformer*.
#
#     python -m course.part8_attention
#
# We build what PyTorch calls `nn.MultiheadAttention` from matrix products and a
# softmax.  Ours reads words from this book, and then makes up its own.

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
    """Each word as numbers, of shape (words, BLOCK + 1), with END on both sides."""
    codes = np.full((len(some), BLOCK + 1), END)
    for row, word in zip(codes, some):
        row[1 : len(word) + 1] = [LETTERS.index(letter) for letter in word]
    return codes


def prepare():
    # ## What does the network see? {#what-is-wanted}
    #
    # A text is a row of numbers, one for each character.  Ours are words, with a 26
    # before and after.  At each position, the network sees the characters so far and
    # predicts the next.  So the *tokens* are all numbers but the last, and the
    # *targets* all but the first.  We hold out a tenth of the words.
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
    """Tokens, targets, and a 1 where a target belongs to the word or ends it."""
    codes = encode(some)
    tokens, targets = codes[:, :-1], codes[:, 1:]
    # After the END of a word there's nothing left to predict.
    counts = (tokens != END) | (np.arange(BLOCK) == 0)
    return tokens, targets, counts.astype(float)


def by_counting(training, test):
    # ## What must it beat? {#what-is-to-be-beaten}
    #
    # The simplest model only counts what followed each character in the training words.
    # (We add 1 to each count, or an unseen pair would make the loss infinite.)  Its
    # loss on the test, and that of a model that knows nothing, $\ln 27$:
    #
    #     2.492, 3.296
    #
    # ? Why not count what follows the last three characters?
    #
    # ! That takes $27^4$ counts, half a million, and a thousand words can't fill them.

    follows = np.ones((27, 27))
    tokens, targets, counts = batch(training)
    np.add.at(follows, (tokens, targets), counts)
    log_p = np.log(follows / follows.sum(axis=1, keepdims=True))
    tokens, targets, counts = batch(test)
    L = -(log_p[tokens, targets] * counts).sum() / counts.sum()
    print(f"{L:.3f}, {np.log(27):.3f}")
    return L


def attend(graph, queries, keys, values, mask):
    """The mean that each query gets, (..., T, d), and its weights, (..., T, T)."""

    # ## Each position asks, and all answer {#looking-back}
    #
    # Attention is a dictionary whose keys needn't match exactly.  Each position has
    # three vectors of $d$ numbers: its *query* $q$ says what it's looking for, its
    # *key* $k$ what it has to offer, and its *value* $v$ what it hands over.
    #
    # How well position $j$ suits position $i$ is the product $q_i \cdot k_j$.  A
    # [softmax](mixins/losses.py) turns these scores into weights, and position $i$ gets
    # the mean of all values with these weights:
    #
    # $$\mathrm{attention}(Q, K, V) =
    # \mathrm{softmax}\Big(\frac{Q K^T}{\sqrt{d}} + M\Big)\, V$$
    #
    # The *mask* $M$ is 0 where $i$ may look at $j$.  Elsewhere it's $-10^9$, which
    # makes the weight 0.  This attention is *causal*: no position may look ahead,
    # because the next character is what we're predicting.
    #
    # Why $\sqrt d$?  If the elements of $q$ and $k$ are independent, with mean 0 and
    # variance 1, then $q \cdot k$ is a sum of $d$ products of variance 1, so its
    # variance is $d$.  Divide by $\sqrt d$, and it's 1.
    #
    # `swap` transposes each matrix of a stack.  [Exercise
    # 11](exercises/ex11_attention.py) asks you for a single head.

    scores = queries @ swap(keys) / np.sqrt(queries.shape[-1])
    weights = graph.softmax(scores + mask, name="weights")
    return weights @ values, weights


def causal(positions):
    return np.where(np.tri(positions) > 0, 0.0, -1e9)


def smallest():
    # Watch it on four positions.  Their keys are the rows of an identity matrix.  Each
    # query is 30 times the key of the position before, so it gets the value from there.
    # The first can only take its own.
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

    # What if you forget the mask?  Let each query ask for the key *after* its own:
    #
    # >>> keys, ahead = np.eye(4), 30 * np.eye(4)[[1, 2, 3, 3]]
    # >>> values = [[10.0], [20.0], [30.0], [40.0]]
    # >>> for mask in (np.zeros((4, 4)), causal(4)):
    # ...     graph = Graph()
    # ...     tensors = [graph.constant(x) for x in (ahead, keys, values)]
    # ...     got, _ = attend(graph, *tensors, mask)
    # ...     print(Session(graph).run(got)[:, 0].round(2))
    # [20. 30. 40. 40.]
    # [10. 15. 20. 40.]
    #
    # Without it, each position reads the very character that it should predict.  A
    # network would learn to copy, and have nothing to copy when it writes.  With the
    # mask, a query that fits no key in reach gets a plain mean.
    #
    # And without $\sqrt d$?  For random queries and keys of 4, 64 and 1,024 numbers, we
    # print the average of the largest of sixteen weights, without it and with it:
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

    # Without it, long keys make the softmax choose a single position.  There its slope
    # $p (1 - p)$ is almost 0, and nothing is learned: a [vanishing
    # gradient](course/part5_layers.py#why-two-get-stuck).


class Transformer:
    # ## A stream that each part adds to {#the-network}
    #
    # A character becomes a row of a table, its *embedding* of 16 numbers; `gather`
    # picks the rows ([Exercise 12](exercises/ex12_gather.py)).  A mean doesn't know any
    # order, so each position has an embedding too.  The sum of both is the *residual
    # stream*, 16 numbers for each position.  Each part of the network reads the stream
    # and adds to it.
    #
    # ![Down: words, vectors, attention, a sum, two layers, a sum, the next letter.
    # Lines lead around attention and the two layers to the sums.](weave:stream "The
    # stream goes around attention and the two layers; they only add to it.")
    #
    # Why add?  A sum hands its [incoming gradient](gradients.py) to both inputs
    # unchanged, so there's always a way back around the parts.
    #
    # There are four *heads*, each with queries, keys and values of four numbers, so
    # that a position can look at several places.  We put what they get side by side,
    # multiply it by a matrix, and add it to the stream.  Then two layers, with 64
    # hidden units between them, add what they make of each position.  At the end, each
    # position has 27 scores for what comes next.

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
        self.L = graph.div(total, graph.sum(self.counts), name="L")
        self.rate = graph.placeholder((), name="rate")
        self.step = AdamOptimizer(self.rate, beta1=0.85, beta2=0.99).minimize(self.L)
        self.session = Session(graph)

    # *RMSNorm* divides by the root mean square, so that a part reads numbers of the
    # same size, however much others have added.  We normalize the embedding, and what
    # each part reads:
    #
    # $$\mathrm{norm}(x) = \frac{x}{\sqrt{\frac{1}{n} \sum_i x_i^2 + \epsilon}}$$

    def norm(self, x):
        square = self.graph.mean(self.graph.square(x), axis=-1, keepdims=True)
        return x / self.graph.sqrt(square + 1e-5)

    # The heads are one more axis: of 16 numbers, the first four belong to the first
    # head, and so on.  `split` puts that axis before the positions, for a product of
    # [stacks](mixins/products.py), and `join` puts it back.

    def split(self, x):
        x = self.graph.reshape(x, (-1, BLOCK, HEADS, WIDTH // HEADS))
        return self.graph.transpose(x, (0, 2, 1, 3))

    def join(self, x):
        x = self.graph.transpose(x, (0, 2, 1, 3))
        return self.graph.reshape(x, (-1, BLOCK, WIDTH))

    def feeds(self, some):
        return dict(zip((self.tokens, self.targets, self.counts), batch(some)))

    def loss(self, some):
        return self.session.run(self.L, self.feeds(some))

    def train(self, some, rate):
        self.session.run(self.step, {**self.feeds(some), self.rate: rate})


def spelling(known, test, counted):
    # ## Learning to spell
    #
    # Each step takes 32 words, and the learning rate of [Adam](train.py#adam) falls
    # from 0.01 to 0 in a straight line.  The parameters, and the loss on the test:
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

    # How much does counting save over knowing nothing, and how much more does the
    # transformer?
    #
    #     0.803, and another 0.242

    saved = np.log(27) - counted, counted - losses[600]
    print("{:.3f}, and another {:.3f}".format(*saved))

    # ![The loss on the test falls steeply at first, crosses the line of counting, and
    # levels out below it.](part8-loss.svg "Forty steps, and it knows more than pairs of
    # letters can tell.")

    def paint(axes):
        axes.plot(losses.keys(), losses.values(), color=BLUE, label="transformer")
        axes.axhline(counted, color=RED, label="counting")
        axes.set(xlabel="step", ylabel="$L$ on the test")
        axes.legend(frameon=False)

    save_plot("part8-loss", paint)
    return model


def train(model, known, test, steps):
    """Train, and return the loss on the test by the number of steps, a dictionary."""
    rng, losses = np.random.default_rng(0), {0: model.loss(test)}
    for n in tqdm(range(1, steps + 1), desc="training", unit="step"):
        model.train(rng.choice(known, 32), 0.01 * (1 - n / steps))
        if n % 20 == 0:
            losses[n] = model.loss(test)
    return losses


def looking(model, test, word="attention"):
    # ## Where does it look?
    #
    # How much of what a head gets comes from the character before, and how much from
    # the END at the beginning?  From a test word's second letter on, the average is:
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

    # All heads prefer the character before.  Here's how they read a single word.  Each
    # row is a position that looks, with its letter on the left, and a dot for END.
    # Each column is a position that it looks at.  A strong blue is a weight close to 1,
    # a faint one close to 0, and each row sums to 1.  The first END can only look at
    # itself.
    #
    # ![Four triangles of squares, one for each head, with the letters of attention on
    # the left and at the bottom; the bluer a square, the more comes from
    # there.](part8-heads.svg "Rows look at columns; the future, above the diagonal,
    # stays empty.")
    #
    # Look at head 0, third row, the first `t`.  Its square in the column of `a` is
    # almost full blue: nearly all that this `t` gets comes from the `a` just before.
    # In head 1, the last `t` and the `i` look at the same `a`, five and six places
    # back.  Counting pairs can't do that.
    #
    # Try a word of your own.  The network below has the weights from above, rounded to
    # four digits, and your browser runs the program that the session wrote for it.
    #
    # ![A word with one letter chosen; how much weight each of four heads gives to each
    # letter up to it; the chances of each next letter; buttons to draw
    # it.](weave:live-attention "In heads 1 and 3, the `h` of graph looks at the `a`,
    # two places back; put an `o` there, and only head 1 still looks.")

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
    # Two things must hold.  What comes later changes nothing: `softmax` and `sofabed`
    # have the same scores as far as they agree.  And attention by itself knows no
    # order: without the embeddings of positions, the model expects the same after
    # `graph` and `pargh`.
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
    # What's each part worth?  We feed zeros for the embeddings of positions, and then
    # for the matrix that brings attention into the stream.  Without either, the trained
    # network does worse than counting:
    #
    #     without positions: 2.619
    #     without attention: 2.508

    for name, parameter in (("positions", model.positions), ("attention", model.WO)):
        zeros = {parameter: np.zeros((16, 16))}
        L = model.session.run(model.L, {**model.feeds(test), **zeros})
        print(f"without {name}: {L:.3f}")


def sampling(model, known, test):
    # ## It makes up words {#words-of-its-own}
    #
    # To write, we begin with END, draw a character from the probabilities, append it,
    # and repeat.  Dividing the scores by a *temperature* below 1 makes likely
    # characters likelier.  Of forty words, these are its own:
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
    # ## More training makes it worse {#what-may-surprise-more-is-worse}
    #
    # After four times as many steps, the network does better on the words that it has
    # seen, and worse on the others.  It has learned them by heart: a thousand words are
    # few for four thousand parameters.  That's
    # [overfitting](course/part5b_digits.py#learning-to-read).
    #
    #     2400 steps: 2.457, words that it has seen: 1.632

    model = Transformer(np.random.default_rng(0))
    losses = train(model, known, test, 2400)
    print(f"2400 steps: {losses[2400]:.3f}, words that it has seen:", end=" ")
    print(f"{model.loss(known):.3f}")


def speed(known, test):
    # ## How fast is it?
    #
    # Andrej Karpathy's *microgpt* is this network as a graph of single numbers, and
    # takes a thousand steps of one word each.  We do the same, in about a second ([more
    # about speed](weave/speed.md)).  The loss ends higher, since a step sees one word
    # and not 32:
    #
    #     2.376

    model = Transformer(np.random.default_rng(0))
    start = time.perf_counter()
    for n in range(1000):
        model.train(known[n : n + 1], 0.01 * (1 - n / 1000))
    seconds = time.perf_counter() - start
    print(f"{model.loss(test):.3f}")
    print(f"1,000 steps of one word each: {seconds:.1f} s", file=sys.stderr)

    # You can now build a transformer, look inside, and tell when it has trained too
    # long.  Next, [Part IX](course/part9_machines.py) trains on many machines.


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
