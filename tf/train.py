# # Steps that count themselves: `tf.train`
#
# The optimizers are [ours](train.py), formulas and all.  They also count their steps,
# in a variable that you give them:
#
# >>> import tf
# >>> x = tf.Variable(4.0)
# >>> count = tf.Variable(0, trainable=False)
# >>> optimizer = tf.train.GradientDescentOptimizer(0.25)
# >>> step = optimizer.minimize(tf.square(x), global_step=count)
# >>> with tf.Session() as sess:
# ...     for _ in range(3):
# ...         sess.run(step)
# ...     print(*sess.run([x, count]))
# 0.5 3

import contextlib
import json
import os
import typing

import train as optimizers
from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf.collections import GraphKeys, add_to_collection, get_collection
from tf.datatypes import float32, int64
from tf.graphs import as_list
from tf.names import Listed, missing
from tf.operations import cast, floor, minimum, multiply, pow
from tf.scopes import global_variables, trainable_variables
from tf.updates import assign, assign_add, group
from tf.values import Variable, zeros

FRAMEWORK.add(__name__)

__all__ = ["AdagradOptimizer", "AdamOptimizer", "GradientDescentOptimizer"]
__all__ += ["MomentumOptimizer", "RMSPropOptimizer", "Saver"]
__all__ += ["Coordinator", "ExponentialMovingAverage", "exponential_decay"]
__all__ += ["get_checkpoint_state", "get_global_step", "get_or_create_global_step"]
__all__ += ["latest_checkpoint", "start_queue_runners"]

# ## One more assignment {#optimizers}
#
# To count a step, we add an assignment to the group that makes it.


class _Counting(Listed):
    def __init__(self, *args, use_locking=False, name=None, **keywords):
        super().__init__(*args, **keywords)

    def minimize(self, loss, global_step=None, var_list=None, name=None):
        """One step on `loss` that changes `var_list`, and counts in `global_step`."""
        if var_list is not None:
            # They may be the values of a dict, too.
            single = isinstance(var_list, BaseTensor)
            var_list = [var_list] if single else list(var_list)
        pairs = self.compute_gradients(loss, var_list)
        return self.apply_gradients(pairs, global_step, name)

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        """One step from pairs (gradient, variable)."""
        step = super().apply_gradients(grads_and_vars)
        count = [] if global_step is None else [assign_add(global_step, 1)]
        return group(step, count, name=name)


def _counting(optimizer):
    doc = {"__doc__": optimizer.__doc__}
    return type(optimizer.__name__, (_Counting, optimizer), doc)


GradientDescentOptimizer = _counting(optimizers.GradientDescentOptimizer)
MomentumOptimizer = _counting(optimizers.MomentumOptimizer)
AdagradOptimizer = _counting(optimizers.AdagradOptimizer)
RMSPropOptimizer = _counting(optimizers.RMSPropOptimizer)
AdamOptimizer = _counting(optimizers.AdamOptimizer)


# ## A rate that falls, and weights that lag behind {#averages}
#
# Near the end you want small steps.  `exponential_decay` multiplies the rate by
# `decay_rate` every `decay_steps` steps.  And the last step is no better than the ones
# before it, so you may prefer an average: an `ExponentialMovingAverage` keeps one
# beside each variable, which moves a little of the way at each step.


def exponential_decay(
    learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None
):
    """`learning_rate * decay_rate ** (global_step / decay_steps)`."""
    exponent = cast(global_step, float32) / decay_steps
    exponent = floor(exponent) if staircase else exponent
    return multiply(learning_rate, pow(decay_rate, exponent), name)


class ExponentialMovingAverage(Listed):
    """Averages of variables: `decay * average + (1 - decay) * variable`.

    With `num_updates`, the count of steps, the decay is at first smaller, so that an
    average soon forgets where it began.
    """

    def __init__(self, decay, num_updates=None, name="ExponentialMovingAverage"):
        self.decay, self.num_updates, self.name = decay, num_updates, name
        self.averages = {}

    def apply(self, var_list=None):
        """An operation that moves the average of each variable."""
        decay, updates = self.decay, []
        if self.num_updates is not None:
            steps = cast(self.num_updates, float32)
            decay = minimum(decay, (1 + steps) / (10 + steps))
        for x in trainable_variables() if var_list is None else var_list:
            if x not in self.averages:
                name = f"{x.name}/{self.name}"
                variable = x.kind == "variable"
                start = x.initial_value if variable else zeros(x.get_shape(), x.dtype)
                self.averages[x] = Variable(start, trainable=False, name=name)
            average = self.averages[x]
            updates.append(assign(average, decay * average + (1 - decay) * x))
        return group(updates)

    def average(self, var):
        """The average of a variable, or None."""
        return self.averages.get(var)

    def average_name(self, var):
        """The name of the average of a variable."""
        return f"{var.name}/{self.name}"


def get_global_step(graph=None):
    """The variable that counts steps, or None."""
    found = get_collection(GraphKeys.GLOBAL_STEP)
    return found[0] if found else None


def get_or_create_global_step(graph=None):
    """The variable that counts steps, made at first use."""
    if get_global_step() is None:
        step = Variable(0, trainable=False, name="global_step", dtype=int64)
        add_to_collection(GraphKeys.GLOBAL_STEP, step)
    return get_global_step()


# ## Threads that have nothing to do
#
# In TensorFlow 1, threads filled queues with data, and a coordinator stopped them.
# Here data comes by [`tf.data`](tf/data.py), or you feed it.  So these are for programs
# that call them, and do nothing else.


class Coordinator:
    """Says whether to stop: once someone has asked for it."""

    def __init__(self):
        self._stopped = False

    def should_stop(self):
        """Whether someone has asked to stop."""
        return self._stopped

    def request_stop(self, ex=None):
        """Ask to stop."""
        self._stopped = True

    def join(self, threads=None, **options):
        """Wait for threads; there are none."""


def start_queue_runners(sess=None, coord=None, **options):
    """Start the threads that fill queues: none, an empty list."""
    return []


# ## Which checkpoints stay? {#checkpoints}
#
# The last five, unless you ask for more.  Your program now trains and survives a power
# cut.  If it fails, see [`tf.errors`](tf/errors.py).


class Saver:
    """Saves variables to files, and restores them.

    Args:
        var_list: the variables, as a list, or as a dict from their names in the file;
            by default all that exist.
        max_to_keep: how many files to keep; the oldest are deleted.  None keeps all.

    Attributes:
        last_checkpoints: the paths of the files kept, oldest first.

    Raises:
        ValueError: there are no variables.
    """

    def __init__(self, var_list=None, *, max_to_keep=5):
        if var_list is None:
            var_list = global_variables()
        is_dict = isinstance(var_list, dict)
        self.variables = var_list if is_dict else as_list(var_list)
        if not self.variables:
            raise ValueError("No variables to save")
        self.max_to_keep = max_to_keep
        self.last_checkpoints = []

    def save(self, sess, save_path, global_step=None):
        """Write a file, and return its path, which ends in `global_step`, if given."""
        if isinstance(global_step, BaseTensor):
            global_step = sess.run(global_step)
        path = save_path if global_step is None else f"{save_path}-{int(global_step)}"
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        sess.save(path, self.variables)
        self.last_checkpoints = [x for x in self.last_checkpoints if x != path] + [path]
        while self.max_to_keep and len(self.last_checkpoints) > self.max_to_keep:
            with contextlib.suppress(FileNotFoundError):
                os.remove(self.last_checkpoints.pop(0))
        self._list(os.path.dirname(path) or ".")
        return path

    def _list(self, folder):
        """Write down which checkpoints are there, the newest first."""
        newest = os.path.abspath(self.last_checkpoints[-1])
        lines = [f"model_checkpoint_path: {json.dumps(newest)}\n"]
        for path in map(os.path.abspath, self.last_checkpoints):
            lines.append(f"all_model_checkpoint_paths: {json.dumps(path)}\n")
        with open(os.path.join(folder, "checkpoint"), "w", encoding="utf-8") as file:
            file.writelines(lines)

    def restore(self, sess, save_path):
        """Read the variables from a file, which can hold others too.

        Raises:
            ValueError: the file isn't a checkpoint, or lacks a variable.
        """
        try:
            sess.restore(save_path, self.variables)
        except FileNotFoundError:
            raise ValueError(
                f"The passed save_path is not a valid checkpoint: {save_path}"
            ) from None


class CheckpointState(typing.NamedTuple):
    """What a `Saver` has written down about a folder."""

    model_checkpoint_path: str
    all_model_checkpoint_paths: list


def get_checkpoint_state(checkpoint_dir, latest_filename="checkpoint"):
    """The checkpoints of a folder, as a `Saver` left them; None if there are none."""
    try:
        path = os.path.join(checkpoint_dir, latest_filename)
        with open(path, encoding="utf-8") as file:
            pairs = [line.split(": ", 1) for line in file]
    except OSError:
        return None
    paths = [json.loads(value) for _, value in pairs]
    return CheckpointState(paths[0], paths[1:])


def latest_checkpoint(checkpoint_dir, latest_filename="checkpoint"):
    """The path of the newest checkpoint in a folder; None if there's none."""
    state = get_checkpoint_state(checkpoint_dir, latest_filename)
    return state and state.model_checkpoint_path


def __getattr__(name):
    raise AttributeError(missing(f"tf.train.{name}"))
