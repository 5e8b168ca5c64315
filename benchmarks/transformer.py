"""A training step of Part VIII's transformer: by the graph, by hand, and by JAX.

All begin with the same parameters, are fed the same batch, and make the same step of
Adam.
"""

import itertools

import numpy as np
import peers

from course import part8_attention as chapter
from session import Session

RATE, BETA1, BETA2, EPSILON = 0.01, 0.85, 0.99, 1e-8
MASK = chapter.causal(chapter.BLOCK)


def model():
    """The chapter's network, and what a step of it is fed: 32 words of the book."""
    made = chapter.Transformer(np.random.default_rng(0))
    return made, {**made.feeds(chapter.words()[:32]), made.rate: RATE}


def here(kind=Session, **options):
    """A step that gives the loss before it."""
    made, feeds = model()
    session = kind(made.graph, **options)
    fetches = [made.step, made.L]
    return lambda: session.run(fetches, feeds)[1]


def values():
    """The parameters of the chapter's network at the start, and a batch."""
    made, feeds = model()
    parameters = [np.array(x.initial_value) for x in made.parameters]
    inputs = made.tokens, made.targets, made.counts, made.rate
    return parameters, [np.asarray(feeds[x]) for x in inputs]


# ## By hand
#
# The derivatives are those of the book, one after the other.


def norm(x):
    scale = 1 / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + 1e-5)
    return x * scale, scale


def by_norm(grad, y, scale):
    """The gradient by x of `norm`, whose output is y."""
    return scale * (grad - y * np.mean(grad * y, axis=-1, keepdims=True))


def split(x):
    batch, block, width = x.shape
    x = x.reshape(batch, block, chapter.HEADS, width // chapter.HEADS)
    return x.transpose(0, 2, 1, 3)


def join(x):
    batch, heads, block, width = x.shape
    return x.transpose(0, 2, 1, 3).reshape(batch, block, heads * width)


def flat(x):
    return x.reshape(-1, x.shape[-1])


def loss_and_gradients(parameters, tokens, targets, counts):
    characters, positions, WQ, WK, WV, WO, W0, W1, head = parameters
    x0, scale0 = norm(characters[tokens] + positions)
    y, scale1 = norm(x0)
    queries, keys, values = split(y @ WQ), split(y @ WK), split(y @ WV)
    root = np.sqrt(queries.shape[-1])
    scores = queries @ keys.swapaxes(-1, -2) / root + MASK
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    got = join(weights @ values)
    x1 = x0 + got @ WO
    z, scale2 = norm(x1)
    before = z @ W0
    hidden = np.maximum(before, 0)
    x2 = x1 + hidden @ W1
    logits = x2 @ head
    logits = logits - logits.max(axis=-1, keepdims=True)
    p = np.exp(logits)
    total = p.sum(axis=-1, keepdims=True)
    right = np.take_along_axis(logits, targets[..., None], axis=-1)
    each = (np.log(total) - right)[..., 0]
    loss = (each * counts).sum() / counts.sum()

    by_logits = p / total - np.eye(p.shape[-1])[targets]
    by_logits *= (counts / counts.sum())[..., None]
    by_head = flat(x2).T @ flat(by_logits)
    by_x2 = by_logits @ head.T
    by_W1 = flat(hidden).T @ flat(by_x2)
    by_before = (by_x2 @ W1.T) * (before > 0)
    by_W0 = flat(z).T @ flat(by_before)
    by_x1 = by_x2 + by_norm(by_before @ W0.T, z, scale2)
    by_WO = flat(got).T @ flat(by_x1)
    by_got = split(by_x1 @ WO.T)
    by_weights = by_got @ values.swapaxes(-1, -2)
    by_values = join(weights.swapaxes(-1, -2) @ by_got)
    by_scores = weights * (
        by_weights - (by_weights * weights).sum(axis=-1, keepdims=True)
    )
    by_scores /= root
    by_queries = join(by_scores @ keys)
    by_keys = join(by_scores.swapaxes(-1, -2) @ queries)
    by_y = by_queries @ WQ.T + by_keys @ WK.T + by_values @ WV.T
    columns = flat(y).T
    by_WQ, by_WK, by_WV = (columns @ flat(g) for g in (by_queries, by_keys, by_values))
    by_x0 = by_norm(by_x1 + by_norm(by_y, y, scale1), x0, scale0)
    by_characters = np.zeros_like(characters)
    np.add.at(by_characters, tokens, by_x0)
    gradients = [by_characters, by_x0.sum(axis=0), by_WQ, by_WK, by_WV, by_WO]
    return loss, [*gradients, by_W0, by_W1, by_head]


def by_hand():
    parameters, batch = values()
    m, v = ([np.zeros_like(x) for x in parameters] for _ in range(2))
    *batch, rate = batch
    step_number = itertools.count(1)

    def step():
        loss, gradients = loss_and_gradients(parameters, *batch)
        t = next(step_number)
        corrected = rate * np.sqrt(1 - BETA2**t) / (1 - BETA1**t)
        for i, gradient in enumerate(gradients):
            m[i] = BETA1 * m[i] + (1 - BETA1) * gradient
            v[i] = BETA2 * v[i] + (1 - BETA2) * gradient * gradient
            parameters[i] = parameters[i] - corrected * m[i] / (np.sqrt(v[i]) + EPSILON)
        return loss

    return step


# ## By JAX
#
# The same forward pass, and `jax.grad`.


def by_jax():
    import jax
    from jax import numpy as jnp

    parameters, batch = values()
    parameters = [jnp.asarray(x, jnp.float32) for x in parameters]
    zeros = [jnp.zeros_like(x) for x in parameters]
    mask = jnp.asarray(MASK, jnp.float32)

    def normed(x):
        return x / jnp.sqrt(jnp.mean(x * x, axis=-1, keepdims=True) + 1e-5)

    def loss_of(parameters, tokens, targets, counts):
        characters, positions, WQ, WK, WV, WO, W0, W1, head = parameters
        x = normed(characters[tokens] + positions)
        y = normed(x)
        queries, keys, values = split(y @ WQ), split(y @ WK), split(y @ WV)
        scores = queries @ keys.swapaxes(-1, -2) / np.sqrt(queries.shape[-1])
        x = x + join(jax.nn.softmax(scores + mask) @ values) @ WO
        x = x + jax.nn.relu(normed(x) @ W0) @ W1
        log_p = jax.nn.log_softmax(x @ head)
        each = -jnp.take_along_axis(log_p, targets[..., None], axis=-1)[..., 0]
        return (each * counts).sum() / counts.sum()

    def update(state, tokens, targets, counts, rate):
        parameters, m, v, powers = state
        loss, gradients = jax.value_and_grad(loss_of)(
            parameters, tokens, targets, counts
        )
        rate = rate * jnp.sqrt(1 - powers[1]) / (1 - powers[0])
        m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(m, gradients)]
        v = [BETA2 * a + (1 - BETA2) * g * g for a, g in zip(v, gradients)]
        parameters = [
            x - rate * a / (jnp.sqrt(b) + EPSILON) for x, a, b in zip(parameters, m, v)
        ]
        powers = [powers[0] * BETA1, powers[1] * BETA2]
        return loss, (parameters, m, v, powers)

    state = parameters, zeros, zeros, [jnp.float32(BETA1), jnp.float32(BETA2)]
    return peers.jax_step(update, state, *batch)
