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
