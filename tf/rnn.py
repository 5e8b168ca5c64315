# # A layer that remembers: recurrent cells
#
# A recurrent *cell* reads one element of a sequence, and its own state from the element
# before.  It returns an output, and the next state.  Its weights are the same at each
# step:
#
# >>> import tf
# >>> x = tf.placeholder(tf.float32, [None, 7, 3], name="x")
# >>> cell = tf.nn.rnn_cell.BasicLSTMCell(5)
# >>> outputs, state = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)
# >>> outputs.shape, state.h.shape
# ((?, 7, 5), (?, 5))
# >>> for v in tf.trainable_variables():
# ...     print(v.name, v.shape)
# rnn/basic_lstm_cell/kernel (8, 20)
# rnn/basic_lstm_cell/bias (20,)
#
# [Part XI](course/part11_sequences.py) derives these cells, and why they forget.

import typing

from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf.datatypes import float32, int32
from tf.graphs import graph_of
from tf.names import Listed, missing
from tf.nn import bias_add, dropout, sigmoid, tanh
from tf.operations import concat, matmul, reverse, split, stack, where
from tf.scopes import (
    constant_initializer,
    get_variable,
    variable_scope,
    zeros_initializer,
)
from tf.values import zeros

FRAMEWORK.add(__name__)

__all__ = ["BasicLSTMCell", "BasicRNNCell", "DropoutWrapper", "GRUCell", "LSTMCell"]
__all__ += ["LSTMStateTuple", "MultiRNNCell", "RNNCell"]


class LSTMStateTuple(typing.NamedTuple):
    """The state of an LSTM: the cell's memory `c`, and its output `h`."""

    c: BaseTensor
    h: BaseTensor


class RNNCell(Listed):
    """A cell; subclasses define `call`, `state_size` and `output_size`.

    Attributes:
        scope: where its variables are made, at its first use.
    """

    kind, name, scope = "rnn_cell", None, None

    def __call__(self, inputs, state, scope=None):
        """The output and the next state, from an input (batch, features)."""
        if self.scope is None:
            with variable_scope(self.name, self.kind) as self.scope:
                return self.call(inputs, state)
        with variable_scope(self.scope, reuse=True):
            return self.call(inputs, state)

    def zero_state(self, batch_size, dtype=float32):
        """A state of zeros."""
        return _zeros(self.state_size, batch_size, dtype)

    def linear(self, inputs, size, bias, prefix=""):
        """The inputs side by side, times a kernel, plus a bias."""
        inputs = concat(inputs, 1)
        shape = [inputs.get_shape()[1].value, size]
        kernel = get_variable(f"{prefix}kernel", shape)
        return bias_add(
            matmul(inputs, kernel),
            get_variable(f"{prefix}bias", [size], initializer=bias),
        )


def _zeros(size, batch_size, dtype):
    if isinstance(size, LSTMStateTuple):
        return LSTMStateTuple(*(_zeros(n, batch_size, dtype) for n in size))
    if isinstance(size, tuple):
        return tuple(_zeros(n, batch_size, dtype) for n in size)
    return zeros([batch_size, size], dtype)


class BasicRNNCell(RNNCell):
    """h = activation([x, h] W + b)."""

    kind = "basic_rnn_cell"

    def __init__(self, num_units, activation=tanh, reuse=None, name=None):
        self.activation, self.name = activation, name
        self.state_size = self.output_size = num_units

    def call(self, inputs, state):
        """See `RNNCell`."""
        new = self.linear([inputs, state], self.output_size, zeros_initializer)
        new = self.activation(new)
        return new, new


# An LSTM keeps a memory `c` beside its output.  Three gates, numbers from 0 to 1,
# decide what it lets in, what it keeps, and what it shows.  To begin with, it should
# keep, so the forget gate gets a bias of 1.


class BasicLSTMCell(RNNCell):
    """c = sigmoid(f + 1) c + sigmoid(i) tanh(j), h = sigmoid(o) tanh(c)."""

    kind = "basic_lstm_cell"

    def __init__(
        self,
        num_units,
        forget_bias=1.0,
        state_is_tuple=True,
        activation=tanh,
        reuse=None,
        name=None,
    ):
        if not state_is_tuple:
            raise ValueError(missing("an LSTM with state_is_tuple=False"))
        self.forget_bias, self.activation, self.name = forget_bias, activation, name
        self.state_size = LSTMStateTuple(num_units, num_units)
        self.output_size = num_units

    def call(self, inputs, state):
        """See `RNNCell`."""
        c, h = state
        gates = self.linear([inputs, h], 4 * self.output_size, zeros_initializer)
        i, j, f, o = split(gates, 4, 1)
        c = c * sigmoid(f + self.forget_bias) + sigmoid(i) * self.activation(j)
        h = self.activation(c) * sigmoid(o)
        return h, LSTMStateTuple(c, h)


class LSTMCell(BasicLSTMCell):
    """A `BasicLSTMCell` under another name."""

    kind = "lstm_cell"


# A GRU has one state, and two gates: `r` decides how much of it the new candidate sees,
# and `u` how much of it stays.


class GRUCell(RNNCell):
    """h = u h + (1 - u) tanh([x, r h] W + b)."""

    kind = "gru_cell"

    def __init__(self, num_units, activation=tanh, reuse=None, name=None):
        self.activation, self.name = activation, name
        self.state_size = self.output_size = num_units

    def call(self, inputs, state):
        """See `RNNCell`."""
        size, one = self.output_size, constant_initializer(1.0)
        r, u = split(
            sigmoid(self.linear([inputs, state], 2 * size, one, "gates/")), 2, 1
        )
        candidate = [inputs, r * state], size, zeros_initializer, "candidate/"
        new = u * state + (1 - u) * self.activation(self.linear(*candidate))
        return new, new


class MultiRNNCell(RNNCell):
    """Cells on top of each other: each reads the output of the one below."""

    kind = "multi_rnn_cell"

    def __init__(self, cells, state_is_tuple=True):
        self.cells = list(cells)
        self.state_size = tuple(cell.state_size for cell in self.cells)
        self.output_size = self.cells[-1].output_size

    def call(self, inputs, state):
        """See `RNNCell`."""
        states = []
        for i, (cell, own) in enumerate(zip(self.cells, state)):
            with variable_scope(f"cell_{i}"):
                inputs, new = cell(inputs, own)
            states.append(new)
        return inputs, tuple(states)


class DropoutWrapper(RNNCell):
    """A cell with dropout before and behind it."""

    def __init__(self, cell, input_keep_prob=1.0, output_keep_prob=1.0, seed=None):
        self.cell, self.keep, self.seed = (
            cell,
            (input_keep_prob, output_keep_prob),
            seed,
        )
        self.state_size, self.output_size = cell.state_size, cell.output_size

    def __call__(self, inputs, state, scope=None):
        """See `RNNCell`."""
        before, behind = self.keep
        outputs, state = self.cell(dropout(inputs, before, seed=self.seed), state)
        return dropout(outputs, behind, seed=self.seed), state


# ## Unrolled
#
# `static_rnn` takes a list of inputs, one for each step, and calls the cell as often.
# `dynamic_rnn` takes a single tensor, and here it's unrolled as well, so it has to know
# how many steps there are.  A sequence may end earlier than others: then the state
# stays as it is, and the outputs are 0.


def static_rnn(
    cell, inputs, initial_state=None, dtype=None, sequence_length=None, scope=None
):
    """The outputs of `cell` for a list of inputs, and its last state."""
    graph = graph_of(inputs)
    with variable_scope(scope, "rnn"):
        size = inputs[0].get_shape()[0].value
        size = graph.shape(inputs[0])[0] if size is None else size
        if initial_state is None:
            initial_state = cell.zero_state(size, dtype or inputs[0].dtype)
        state, outputs = initial_state, []
        for step, x in enumerate(inputs):
            output, new = cell(x, state)
            if sequence_length is not None:
                lasts = graph.convert(sequence_length, int32) > step
                output = where(lasts, output, graph.zeros_like(output))
                new = _kept(lasts, new, state)
            outputs.append(output)
            state = new
    return outputs, state


def _kept(lasts, new, old):
    """The new state where the sequence goes on, else the old one."""
    if isinstance(new, tuple):
        parts = [_kept(lasts, *pair) for pair in zip(new, old)]
        return type(new)(*parts) if hasattr(new, "_fields") else tuple(parts)
    return where(lasts, new, old)


def dynamic_rnn(
    cell,
    inputs,
    sequence_length=None,
    initial_state=None,
    dtype=None,
    parallel_iterations=None,
    swap_memory=False,
    time_major=False,
    scope=None,
):
    """The outputs of `cell` for inputs (batch, steps, features), and its last state."""
    inputs = graph_of(inputs).convert(inputs)
    axis = 0 if time_major else 1
    steps = inputs.graph.unstack(inputs, axis)
    given = initial_state, dtype, sequence_length, scope
    outputs, state = static_rnn(cell, steps, *given)
    return stack(outputs, axis), state


# Read a sentence backwards too, and each word knows what comes after it.


def static_bidirectional_rnn(
    cell_fw,
    cell_bw,
    inputs,
    initial_state_fw=None,
    initial_state_bw=None,
    dtype=None,
    scope=None,
):
    """The outputs of two cells, one for each direction, side by side; their states."""
    with variable_scope(scope, "bidirectional_rnn"):
        ahead, state = static_rnn(cell_fw, inputs, initial_state_fw, dtype, scope="fw")
        back, other = static_rnn(
            cell_bw, list(inputs)[::-1], initial_state_bw, dtype, scope="bw"
        )
    outputs = [concat(pair, 1) for pair in zip(ahead, back[::-1])]
    return outputs, state, other


def bidirectional_dynamic_rnn(
    cell_fw,
    cell_bw,
    inputs,
    sequence_length=None,
    initial_state_fw=None,
    initial_state_bw=None,
    dtype=None,
    parallel_iterations=None,
    swap_memory=False,
    time_major=False,
    scope=None,
):
    """The outputs of two cells, one in each direction, as a pair; and their states."""
    if sequence_length is not None:
        raise ValueError(
            missing("tf.nn.bidirectional_dynamic_rnn with sequence_length")
        )
    axis = 0 if time_major else 1
    with variable_scope(scope, "bidirectional_rnn"):
        ahead, state = dynamic_rnn(
            cell_fw,
            inputs,
            None,
            initial_state_fw,
            dtype,
            time_major=time_major,
            scope="fw",
        )
        back, other = dynamic_rnn(
            *(cell_bw, reverse(inputs, [axis]), None, initial_state_bw, dtype),
            time_major=time_major,
            scope="bw",
        )
    return (ahead, reverse(back, [axis])), (state, other)
