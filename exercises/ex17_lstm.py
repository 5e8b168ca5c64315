# # Exercise 17: A cell that remembers
#
# The cell of an LSTM has a memory $c$, and four rows of numbers that tell it what to
# do, $i$, $f$, $o$ and $z$, each as wide as the memory.  They come side by side, as one
# array $a$, before their sigmoids and their $\tanh$:
#
# - $c' = \sigma(f) \odot c + \sigma(i) \odot \tanh(z)$: keep some, add some,
# - $h' = \sigma(o) \odot \tanh(c')$: show some.
#
# Write one step, and the step back.  Two gradients come back, one for what was shown,
# and one for what was kept, since the next step uses both.
#
# If $a$ is four zeros and $c$ is 2, then every gate is one half.  So half of the memory
# stays, $c' = 1$, and half of it shows, $h' = \tanh(1) / 2 = 0.3808$.
#
# ? Stuck?  Here's a hint.
#
# ! First find the gradient with respect to $c'$: what comes back for it, plus what
# comes back through $h'$.  After that, it's four products.
#
# [Part XI](course/part11_sequences.py) tells why the memory is only added to.

import numpy as np


def sigmoid(x):
    """1 / (1 + e^-x); you may use it."""
    return 1 / (1 + np.exp(-x))


def lstm_step(a, c):
    """One step of an LSTM.

    Args:
        a: what goes into i, f, o and z, side by side, of shape (batch, 4 * width).
        c: the memory, of shape (batch, width).

    Returns:
        h: what is shown, of shape (batch, width).
        c: the new memory, of shape (batch, width).
    """
    raise NotImplementedError


def lstm_step_slope(a, c, grad_h, grad_c):
    """The gradients with respect to a and c.

    Args:
        a, c: as above.
        grad_h: the incoming gradient for what is shown; don't change it.
        grad_c: the incoming gradient for the new memory; don't change it.

    Returns:
        by_a: of shape (batch, 4 * width).
        by_c: of shape (batch, width).
    """
    raise NotImplementedError
