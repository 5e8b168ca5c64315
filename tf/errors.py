# # Which error do you catch? `tf.errors`
#
# If your program catches `InvalidArgumentError`, it still does.  It's also a
# ValueError, like our own errors:
#
# >>> import tf
# >>> issubclass(tf.errors.InvalidArgumentError, ValueError)
# True
#
# Next: [what's missing](tf/names.py).

from tensor import FRAMEWORK
from tf.names import missing

FRAMEWORK.add(__name__)

__all__ = [
    "CancelledError",
    "FailedPreconditionError",
    "InvalidArgumentError",
    "OpError",
]
__all__ += ["OutOfRangeError"]


class OpError(Exception):
    """Raised when a run fails."""


class InvalidArgumentError(OpError, ValueError):
    """Raised when a value doesn't fit."""


class CancelledError(OpError):
    """Raised when something was closed before."""


class FailedPreconditionError(OpError):
    """Raised when something should have run before."""


class OutOfRangeError(OpError):
    """Raised when a dataset has no more elements."""


def __getattr__(name):
    raise AttributeError(missing(f"tf.errors.{name}"))
