# # Why does Python look for garbage where there is none?
#
# Python frees an object when nothing refers to it any more.  But two objects that refer
# to each other, like a tensor and the operation that makes it, are never free in that
# sense.  So now and then Python stops, and goes through all objects to find those that
# nobody can reach.  The more objects you make, the more often it looks.
#
# Differentiating or compiling a large graph makes many objects, and nearly all of them
# are kept, so looking takes long and finds nothing.  Meanwhile, Python doesn't look:
#
# >>> with uncollected():
# ...     print(gc.isenabled())
# False
# >>> gc.isenabled()
# True

import contextlib
import gc

from tensor import FRAMEWORK

FRAMEWORK.add(__name__)


@contextlib.contextmanager
def uncollected():
    """Within, Python doesn't look for garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
