# # Settings of a program: flags, sessions, devices
#
# Many programs begin with flags, and end with `tf.app.run()`.  That reads the command
# line, and calls your `main`:
#
# >>> import tf
# >>> flags = tf.app.flags
# >>> flags.DEFINE_float("rate", 0.1, "The learning rate.")
# >>> flags.DEFINE_boolean("test", False, "Whether to test only.")
# >>> def main(arguments):
# ...     print(flags.FLAGS.rate, flags.FLAGS.test, arguments[1:])
# >>> tf.app.run(main, argv=["program", "--rate=0.5", "--test", "more"])
# Traceback (most recent call last):
#     ...
# SystemExit
# >>> flags.FLAGS.rate
# 0.5

import argparse
import contextlib
import logging as _logging
import sys
import types

from tensor import FRAMEWORK
from tf.graphs import get_default_graph

FRAMEWORK.add(__name__)

__all__ = ["ConfigProto", "GPUOptions", "app", "device", "flags", "logging"]


class _Flags:
    """The flags of a program, as attributes; the command line is read at first use."""

    def __init__(self):
        parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
        vars(self).update(_parser=parser, _values=None, _rest=None)

    def __call__(self, argv):
        """Read the command line, and return what isn't a flag."""
        values, rest = self._parser.parse_known_args(argv[1:])
        vars(self).update(_values=values, _rest=rest)
        return [argv[0], *rest]

    def __getattr__(self, name):
        if self._values is None:
            self(sys.argv)
        try:
            return getattr(self._values, name)
        except AttributeError:
            raise AttributeError(f"there's no flag {name!r}; define it first") from None

    def __setattr__(self, name, value):
        if self._values is None:
            self(sys.argv)
        setattr(self._values, name, value)

    def define(self, name, default, kind, help):
        """Add a flag."""
        self._parser.add_argument(f"--{name}", default=default, type=kind, help=help)
        vars(self)["_values"] = None


FLAGS = _Flags()


def _define(kind):
    def define(name, default, help="", **options):
        FLAGS.define(name, default, kind, help)

    define.__doc__ = f"A flag of type {kind.__name__.strip('_')}: --name=value."
    return define


def _define_boolean(name, default, help=""):
    """A flag that is true or false: --name, --noname, or --name=false."""
    parser = FLAGS._parser
    parser.add_argument(
        f"--{name}", nargs="?", const=True, default=default, type=_truth, help=help
    )
    parser.add_argument(f"--no{name}", dest=name, action="store_false")
    vars(FLAGS)["_values"] = None


def _truth(text):
    return text.lower() in ("1", "t", "true", "yes")


def _define_list(name, default, help=""):
    """A flag of several words, with commas between them."""
    FLAGS.define(name, default, lambda text: text.split(","), help)


def run(main=None, argv=None):
    """Read the flags, call `main` with what's left, and leave Python."""
    main = main or sys.modules["__main__"].main
    sys.exit(main(FLAGS(sys.argv if argv is None else argv)))


flags = types.SimpleNamespace(
    FLAGS=FLAGS,
    DEFINE_string=_define(str),
    DEFINE_integer=_define(int),
    DEFINE_float=_define(float),
    DEFINE_bool=_define_boolean,
    DEFINE_boolean=_define_boolean,
    DEFINE_list=_define_list,
)
app = types.SimpleNamespace(run=run, flags=flags)

# ## What a session may be told
#
# Which device, how many threads, how much memory: TensorFlow lets you choose.  We
# accept your choice, and run on one processor.


class ConfigProto:
    """Settings of a session, which are accepted and ignored."""

    def __init__(self, **settings):
        self.gpu_options = GPUOptions()
        vars(self).update(settings)


class GPUOptions:
    """Settings of a GPU, which are accepted and ignored."""

    def __init__(self, **settings):
        vars(self).update(settings)


def device(device_name_or_function):
    """A `with` that does nothing, since everything runs on one processor."""
    return contextlib.nullcontext(get_default_graph())


_log = _logging.getLogger("tf")
logging = types.SimpleNamespace(
    DEBUG=10,
    INFO=20,
    WARN=30,
    ERROR=40,
    FATAL=50,
    debug=_log.debug,
    info=_log.info,
    warn=_log.warning,
    warning=_log.warning,
    error=_log.error,
    fatal=_log.critical,
    set_verbosity=_log.setLevel,
)
