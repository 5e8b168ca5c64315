# # What's missing? Ask, and the error tells you
#
# Much of TensorFlow isn't here.  You don't have to look it up.  Just use the name, and
# you're told what's nearest to it:
#
# >>> import tf
# >>> tf.reduce_prod
# Traceback (most recent call last):
#     ...
# AttributeError: tf.reduce_prod is not among ... tf.reduce_sum? ...
#
# For the same names in other frameworks, see [this
# table](weave/pytorch.md#the-same-in-other-frameworks).

import difflib
import sys
import types

from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


def missing(name):
    """The message of an AttributeError for a TensorFlow name that isn't here."""
    nearest = difflib.get_close_matches(name, _names(), 1, 0.7)
    hint = f"; do you mean {nearest[0]}?" if nearest else "."
    return (
        f"{name} is not among the names of TensorFlow 1 that are here{hint} They are "
        "listed in tf.__all__, tf.nn.__all__ and so on; docs/tf.html shows them"
    )


def _names():
    """All the names that are here, as a program writes them."""
    package, found = sys.modules["tf"], []
    for name in getattr(package, "__all__", ()):
        found.append(f"tf.{name}")
        inside = vars(package).get(name)
        if isinstance(inside, types.ModuleType):
            found += [f"tf.{name}.{part}" for part in getattr(inside, "__all__", ())]
    return found


class Listed:
    """A class whose missing attributes raise an error that says what's here."""

    def __getattr__(self, name):
        raise AttributeError(missing(f"{type(self).__name__}.{name}"))
