# # What's missing? Ask, and the error tells you
#
# Most of TensorFlow isn't here.  You don't have to look it up.  Just use the name:
#
# >>> import tf
# >>> tf.while_loop
# Traceback (most recent call last):
#     ...
# AttributeError: tf.while_loop is not among the names of TensorFlow 1 ...
#
# For the same names in other frameworks, see [this
# table](weave/pytorch.md#the-same-in-other-frameworks).

from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


def missing(name):
    """The message of an AttributeError for a TensorFlow name that isn't here."""
    return (
        f"{name} is not among the names of TensorFlow 1 that are here. They are listed "
        "in tf.__all__, tf.nn.__all__ and tf.train.__all__; docs/tf.html shows them"
    )


class Listed:
    """A class whose missing attributes raise an error that says what's here."""

    def __getattr__(self, name):
        raise AttributeError(missing(f"{type(self).__name__}.{name}"))
