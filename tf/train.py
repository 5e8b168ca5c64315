# # TensorFlow 1: `tf.train`, optimizers and checkpoints
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

# ## Optimizers
#
# TensorFlow's optimizers can count their steps besides, in a variable.


class _Counting(Listed):
    def __init__(self, *args, use_locking=False, name=None, **keywords):
        super().__init__(*args, **keywords)

    def minimize(self, loss, global_step=None, var_list=None, name=None):
        """One step on `loss`, by the variables in `var_list`; `global_step` counts."""
        if var_list is not None:
            var_list = as_list(var_list)
        pairs = self.compute_gradients(loss, var_list)
        return self.apply_gradients(pairs, global_step, name)

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        """One step along gradients, each in a pair with its variable."""
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


# ## Checkpoints


class Saver:
    """Saves variables to files, and restores them.

    Args:
        var_list: the variables, a list, or a dict from their names in the file; all
            that there are by now if not given.
        max_to_keep: how many files to keep; the oldest are removed.  None for all.

    Attributes:
        last_checkpoints: the paths of the files that are kept, the oldest first.

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
        """Write a file, and return its path, with the `global_step` at its end."""
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
        """Take the variables from a file; what else it has does not matter.

        Raises:
            ValueError: it is no checkpoint, or lacks a variable.
        """
        try:
            sess.restore(save_path, self.variables)
        except FileNotFoundError:
            raise ValueError(
                f"The passed save_path is not a valid checkpoint: {save_path}"
            ) from None


def __getattr__(name):
    raise AttributeError(missing(f"tf.train.{name}"))
