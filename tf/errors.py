# # TensorFlow 1: `tf.errors`
#
# What a run raises.  These are also what the framework raises, a ValueError:
#
# >>> import tf
# >>> issubclass(tf.errors.InvalidArgumentError, ValueError)
# True

from tensor import FRAMEWORK
from tf.names import missing

FRAMEWORK.add(__name__)

__all__ = ["InvalidArgumentError", "OpError"]


class OpError(Exception):
    """A run has failed."""


class InvalidArgumentError(OpError, ValueError):
    """A value does not fit."""


def __getattr__(name):
    raise AttributeError(missing(f"tf.errors.{name}"))
