# # TensorFlow 1: which names there are
#
# Much more of TensorFlow is not here.  Whoever asks for it is told so:
#
# >>> import tf
# >>> tf.while_loop
# Traceback (most recent call last):
#     ...
# AttributeError: tf.while_loop is not among the names of TensorFlow 1 ...

from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


def missing(name):
    """What an AttributeError says of a name of TensorFlow's that is not here."""
    return (
        f"{name} is not among the names of TensorFlow 1 that are here. They are listed "
        "in tf.__all__, tf.nn.__all__ and tf.train.__all__; docs/tf.html shows them"
    )


class Listed:
    """Says of an attribute that it does not have that it is not here."""

    def __getattr__(self, name):
        raise AttributeError(missing(f"{type(self).__name__}.{name}"))


# ## The same in other frameworks
#
# Once you know one framework you know them all; only the names change.  The table below
# has what plays the same part elsewhere; a dash says that nothing in common use does.
# TensorFlow 2 and PyTorch compute at once, and need no sessions; in JAX there are only
# functions, and whoever calls them keeps the state.  The same part is not always the
# same thing: `Graph.dropout` is told what share to keep, PyTorch and TensorFlow 2 what
# share to drop; our losses are means, and TensorFlow's are not.
#
# ![A table of names: this project, TensorFlow 1, TensorFlow 2, PyTorch,
# JAX.](weave:names)
