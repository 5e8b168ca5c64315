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
import os

import train as optimizers
from tensor import FRAMEWORK
from tensor import Tensor as BaseTensor
from tf.graphs import as_list
from tf.names import Listed, missing
from tf.scopes import global_variables
from tf.updates import assign_add, group

FRAMEWORK.add(__name__)

__all__ = ["AdagradOptimizer", "AdamOptimizer", "GradientDescentOptimizer"]
__all__ += ["MomentumOptimizer", "RMSPropOptimizer", "Saver"]

# ## One more assignment {#optimizers}
#
# To count a step, we add an assignment to the group that makes it.


class _Counting(Listed):
    def __init__(self, *args, use_locking=False, name=None, **keywords):
        super().__init__(*args, **keywords)

    def minimize(self, loss, global_step=None, var_list=None, name=None):
        """One step on `loss` that changes `var_list`, and counts in `global_step`."""
        if var_list is not None:
            var_list = as_list(var_list)
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
        return path

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


def __getattr__(name):
    raise AttributeError(missing(f"tf.train.{name}"))
