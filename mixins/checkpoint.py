# # The power goes out on day three
#
# A long training run must survive that.  A *checkpoint* holds the value of every
# variable, the optimizers' included, and the state of the random generator.  A session
# that restores it goes on as if nothing had happened.
#
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> total = graph.variable(190.0, name="total")
# >>> session = Session(graph)
# >>> import tempfile
# >>> with tempfile.TemporaryDirectory() as folder:
# ...     session.save(f"{folder}/bank")
# ...     other = Session(graph)
# ...     other.restore(f"{folder}/bank")
# >>> print(other.run(total))
# 190.0
#
# Maybe you want only a model's parameters, without the optimizer's memory.  Then say
# which variables, and if you like, which names they have in the file:
#
# >>> balance = graph.variable(0.0, name="balance")
# >>> with tempfile.TemporaryDirectory() as folder:
# ...     session.save(f"{folder}/bank", [total])
# ...     other.restore(f"{folder}/bank", {"total": balance})
# >>> print(other.run(balance))
# 190.0
#
# The file is a zip with one `.npy` for each variable, as `numpy.savez` makes it.  It's
# not a pickle, because reading a pickle can run code.  And we never write into your old
# file: we write another one beside it, and rename that.  Interrupt us whenever you
# like; you'll find the old file or the new one, whole.

import contextlib
import glob
import json
import os
import socket
import threading
import zipfile

import numpy

from mixins.dtypes import as_array
from mixins.shapes import check_shape
from tensor import FRAMEWORK

FRAMEWORK.add(__name__)

_RANDOM = "random.json"


class Checkpoint:
    """A session that can be saved and restored."""

    def save(self, path, variables=None):
        """Write variables, and the state of the random generator, to a file.

        `variables` is a list or a dict by name in the file; by default, all of them.
        If you save only some, say which again to restore them.

        If the process is killed meanwhile, it may leave a ".part" file behind.  The
        next save to the same path on that machine deletes it.

        Raises:
            ValueError: two variables have the same name, or one isn't a variable.
            TypeError: `variables` isn't a list, or a dict with strings as keys.
            OSError: the file can't be written.  The old one is unchanged.
        """
        drawn = self.random.bit_generator.state
        try:
            needed = self.graph.variables
            if variables is not None:
                needed = [variable for _, variable in self._names_of(variables)]
            self.state.update(self.first_values(needed, {}))
        except BaseException:
            self.random.bit_generator.state = drawn
            raise
        saved = self._names_of(list(self.state) if variables is None else variables)
        names = [name for name, _ in saved]
        if len(set(names)) < len(names):
            twice = _some([name for name in names if names.count(name) > 1])
            raise ValueError(f"cannot save: a name is there twice: {twice}")
        values = ((name, self.on_host(self.state[x], x)) for name, x in saved)
        self.write(os.path.realpath(os.fsdecode(path)), values)

    def write(self, path, values):
        """Write values and their names to a file, wholly or not at all."""
        part = f"{_parts(path)}{os.getpid()}-{threading.get_ident()}.part"
        _remove_orphans(path)
        try:
            with open(part, "wb") as file:
                with zipfile.ZipFile(file, "w") as archive:
                    for name, value in values:
                        with archive.open(
                            f"{name}.npy", "w", force_zip64=True
                        ) as entry:
                            numpy.lib.format.write_array(
                                entry, numpy.asarray(value), allow_pickle=False
                            )
                    random = json.dumps(self.random.bit_generator.state)
                    archive.writestr(_RANDOM, random)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            if os.path.exists(part):
                os.remove(part)
            raise
        _sync_folder(os.path.dirname(path))

    def restore(self, path, variables=None):
        """Take the state from a file that `save` wrote.

        Give `variables`, a list or a dict by name in the file, and only they change.
        Other variables and the random generator stay as they are, and the file may hold
        more.

        Raises:
            FileNotFoundError: there's no such file.
            ValueError: it isn't a checkpoint, isn't whole, or is from another model.
            TypeError: `variables` isn't a list, or a dict with strings as keys.

            The state hasn't changed then.
        """
        arrays, random = _read(path)
        if variables is None:
            kinds = ("variable", "placeholder")
            by_name = {x.name: x for x in self.graph.tensors if x.kind in kinds}
            needed = [x.name for x in self.graph.variables]
        else:
            by_name = dict(self._names_of(variables))
            needed = list(by_name)
            arrays = {name: arrays[name] for name in arrays if name in by_name}
        absent = [name for name in needed if name not in arrays]
        unknown = [name for name in arrays if name not in by_name]
        if absent or unknown:
            raise ValueError(
                f"{path} is of another model: "
                f"it lacks {_some(absent)} and has {_some(unknown)} besides"
            )
        state = {} if variables is None else dict(self.state)
        for name, array in arrays.items():
            variable = by_name[name]
            try:
                check_shape(variable, array.shape, {}, "restore")
                array = as_array(array, variable.dtype, f"'{name}'")
                state[variable] = self.keep(array, variable)
            except (TypeError, ValueError) as error:
                raise ValueError(f"{path} is of another model: {error}") from None
        if variables is None:
            self.random.bit_generator.state = random
        self.state.clear()
        self.state.update(state)

    def _names_of(self, variables):
        """Pairs (name, variable), from a list of variables or a dict by name.

        Raises ValueError if one isn't a variable of this session's graph.
        """
        if not isinstance(variables, (list, tuple, dict)):
            got = type(variables).__name__
            raise TypeError(f"variables come as a list or a dict, got {got}")
        if isinstance(variables, dict):
            pairs = list(variables.items())
        else:
            pairs = [(getattr(x, "name", None), x) for x in variables]
        for name, x in pairs:
            self.check_ours(x, "keep")
            if not (isinstance(name, str) and name.isprintable()):
                raise TypeError(f"a name is a printable string, got {name!r}")
            if x.kind != "variable" and x not in self.state:
                raise ValueError(f"Cannot save or restore {x!r}: it is not a variable")
        return pairs


# A process that's killed while it saves can't clean up.  The next one does, where it
# can see that nobody is writing: the name says which process of which machine it was.


def _parts(path):
    """How the names of our unfinished files begin."""
    return f"{path}.{socket.gethostname()}-"


def _remove_orphans(path):
    """Remove the unfinished files of processes that don't live any more."""
    for part in glob.glob(f"{glob.escape(_parts(path))}*.part"):
        number = part.removeprefix(_parts(path)).partition("-")[0]
        # One that somebody else removes, or that isn't ours, is no reason to fail.
        with contextlib.suppress(OSError, ValueError, OverflowError):
            if not _lives(int(number)):
                os.remove(part)


def _lives(process):
    try:
        # Signal 0 does nothing, but only to a process that there is.
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _read(path):
    """The arrays of a checkpoint by name, and the state of its random generator."""
    with open(path, "rb") as file:
        try:
            return _read_archive(zipfile.ZipFile(file))
        except Exception as error:
            raise ValueError(
                f"{path} is not a checkpoint, or not a whole one: {error}"
            ) from None


def _read_archive(archive):
    names = archive.namelist()
    if len(set(names)) < len(names):
        raise ValueError("a name is there twice")
    if _RANDOM not in names:
        raise ValueError(f"it lacks {_RANDOM}")
    names.remove(_RANDOM)
    random = json.loads(archive.read(_RANDOM))
    numpy.random.default_rng().bit_generator.state = random
    arrays = {}
    for name in names:
        if not name.endswith(".npy"):
            raise ValueError(f"it has {name}, which is no array")
        with archive.open(name) as entry:
            array = numpy.lib.format.read_array(entry, allow_pickle=False)
        arrays[name.removesuffix(".npy")] = array
    return arrays, random


def _some(names):
    """A few of `names`, for a message."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return (", ".join(f"'{name}'" for name in names[:3]) or "nothing") + more


def _sync_folder(folder):
    """Make sure that a rename in `folder` is on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
