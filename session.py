# # Session: the state, and the runs that change it
#
# A graph has no values.  Who has?  A *session*: it keeps the value of each variable,
# its *state*.  It takes a request, the *fetches*, and the values of placeholders, the
# *feeds*; compiles the request to a program, once; runs that, and keeps the new state.
#
# >>> graph = Graph()
# >>> amount = graph.placeholder((), name="amount")
# >>> total = graph.variable(0.0, name="total")
# >>> deposit = graph.assign(total, total + amount)
# >>> session = Session(graph)
# >>> print(session.run(deposit, {amount: 5}))
# 5.0
# >>> print(session.run(deposit, {amount: 3}))
# 8.0
#
# Two sessions on one graph are two accounts.  What one has done, the other does not
# know:
#
# >>> print(Session(graph).run(total))
# 0.0
#
# ## A run is a snapshot
#
# All that a run reads is the state from before, and all that it assigns lands together
# at its end, if nothing failed.  So what is fetched along with an update is from before
# the update, whatever the order: in a training step the loss belongs to the parameters
# that the gradient was taken at.
#
# >>> print(*session.run([total, deposit, total], {amount: 2}))
# 8.0 10.0 8.0
#
# Were an assignment to land at once, two variables could not change places, and each
# parameter's update would see some parameters moved and others not:
#
# >>> a, b = graph.variable(1.0, name="a"), graph.variable(2.0, name="b")
# >>> swap = graph.group([graph.assign(a, b), graph.assign(b, a)])
# >>> session.run(swap)
# >>> print(*session.run([a, b]))
# 2.0 1.0
#
# And when something fails, nothing has happened:
#
# >>> xs = graph.placeholder((None,), name="xs")
# >>> broken = graph.reshape(xs, (2, 2))
# >>> try:
# ...     session.run([deposit, broken], {amount: 1, xs: [1, 2, 3]})
# ... except ValueError as error:
# ...     print(error)
# cannot reshape array of size 3 into shape (2,2)
# >>> print(session.run(total))
# 10.0

import contextlib
import json
import os
import threading
import zipfile

import numpy

from graph import Graph, topological_order
from program import Program
from tensor import Tensor, Unknown, as_array, numbers, show_shape


class Session:
    """Runs parts of a graph, and keeps the values of its variables.

    Args:
        graph: the graph, or None for the default graph.
        seed: where its random numbers start; None for a different place each time.

    Attributes:
        state: the value of each variable that has been used or assigned.
    """

    def __init__(self, graph=None, seed=None):
        if graph is None:
            graph = Graph.get_default()
        elif not isinstance(graph, Graph):
            raise TypeError(f"a session is of a graph, got {type(graph).__name__}")
        self.graph = graph
        self.state = {}
        self.random = numpy.random.default_rng(seed)
        self._programs, self._fitting = {}, {}

    def run(
        self, fetches, feed_dict=None, check_numerics=False, steps=None, batches=None
    ):
        """The values of `fetches`, in a form like theirs.

        Args:
            fetches: a tensor, or a list, tuple or dict of fetches.  A group gives None.
            feed_dict: values for placeholders, or for any other tensors, which then
                are not computed.
            check_numerics: raise at the first value that has NaN or infinity.
            steps: how many times to run, in one call; the values are those of the last
                time.  If not given, as often as there are batches, or once.
            batches: feeds that differ from step to step: arrays with one more axis in
                front, along which there is a value for each step.

        Raises:
            ValueError: a placeholder is not fed; a feed does not have the shape of
                its tensor; a tensor is of another graph; shapes do not fit; a
                variable is assigned twice; there are no steps, or more or fewer than
                batches.
            TypeError: a fetch is no tensor, a feed is not numeric, or `steps` is no
                whole number.
            FloatingPointError: NaN or infinity, if `check_numerics`.

            No variable has changed then.
        """
        # The usual case; the others take as long as a few operations.
        simple = type(fetches) is list and {*map(type, fetches)} == {Tensor}
        wanted = tuple(fetches if simple else flatten(fetches))
        if feed_dict is None:
            feed_dict = {}
        elif not isinstance(feed_dict, dict):
            raise TypeError(f"feed_dict is a dict, got {type(feed_dict).__name__}")
        loop, given = None, feed_dict
        if steps is not None or batches is not None:
            batches = {} if batches is None else batches
            loop = _count_steps(steps, batches, feed_dict), batches
            feed_dict = {**feed_dict, **batches}
        program = self._compiled(wanted, tuple(feed_dict), check_numerics)
        feeds = self._feeds(program, feed_dict, loop) if feed_dict else ()
        try:
            state = [self.state[variable] for variable in program.variables]
        except KeyError:
            state = None
        if state is None or program.random:
            with self._all_or_nothing():
                if state is None:
                    state = self._initialize(program.variables, given)
                values, updates = self._execute(program, state, feeds, loop)
        else:
            values, updates = self._execute(program, state, feeds, loop)
        if program.assigned:
            self.state.update(zip(program.assigned, updates))
        return list(values) if simple else _rebuild(fetches, iter(values))

    def program(self, fetches, feed_dict=None):
        """The program that `run` runs for these; `print` shows its text.

        Of `feed_dict`, only which tensors it feeds matters.
        """
        return self._compiled(tuple(flatten(fetches)), tuple(feed_dict or ()), False)

    # ## A run, step by step
    #
    # Programs are kept by what they were asked for: a training loop compiles its step
    # in the first round.
    #
    # >>> program = session.program(deposit, {amount: 1})
    # >>> program is session.program(deposit, {amount: 2})
    # True
    #
    # Any tensor can be fed.  What it depends on is not computed then: here the sum is
    # given, and so no amount is needed.
    #
    # >>> print(session.run(deposit, {deposit.op.inputs[1]: 100}))
    # 100.0

    def _compiled(self, wanted, fed, check_numerics):
        key = (wanted, fed, check_numerics)
        program = self._programs.get(key)
        if program is None:
            for tensor in wanted:
                self._check_ours(tensor, "fetch")
            for tensor in fed:
                self._check_ours(tensor, "feed")
            order = topological_order(wanted, given=set(fed))
            program = Program(order, wanted, fed, numpy, check_numerics)
            self._programs[key] = program
        return program

    def _check_ours(self, tensor, verb):
        if not isinstance(tensor, Tensor):
            problem = f"a {type(tensor).__name__} is no tensor"
        elif tensor.graph is not self.graph:
            problem = "it is not an element of this graph"
        elif tensor.dtype is None and (verb == "feed" or tensor.kind != "group"):
            problem = "it has no value"
        elif verb == "feed" and _is_built_on(tensor):
            problem = "the graph is built on its value"
        else:
            return
        cannot = {
            "feed": f"Cannot interpret feed_dict key as Tensor: {tensor!r}",
            "fetch": f"Argument `fetch` = {tensor!r} cannot be interpreted as a Tensor",
            "keep": f"Cannot save or restore {tensor!r}",
            "shard": f"Cannot shard {tensor!r}",
        }
        raise ValueError(f"{cannot[verb]}: {problem}")

    def _feeds(self, program, feed_dict, loop=None):
        """The values that are fed, of the type and shape that their tensors have."""
        _, batches = loop or (1, ())
        values, shapes = {}, []
        for tensor, value in feed_dict.items():
            if isinstance(value, Tensor):
                raise TypeError(
                    f"The value of a feed cannot be a tensor: {value!r} for {tensor!r}"
                )
            plain = type(value) is numpy.ndarray and value.ndim > 0
            if not plain or value.dtype != tensor.dtype:
                value = self._fed(value, tensor)
            values[tensor] = value
            shapes.append(value.shape[1:] if tensor in batches else value.shape)
        # What has fitted the last time fits again.
        if self._fitting.get(program) != shapes:
            sizes = {}
            for tensor, shape in zip(feed_dict, shapes):
                check_shape(tensor, shape, sizes, "feed")
            self._fitting[program] = shapes
        return [values[tensor] for tensor in program.feeds]

    # A variable takes its initial value when a run first needs it.  That may be a
    # tensor, and need other variables: those come first.  As they were made first,
    # the order of making is the order to go by.
    #
    # A placeholder has no first value.  Whoever forgets to feed it is told which, and
    # where it was made:
    #
    # >>> session.run(deposit)
    # Traceback (most recent call last):
    #     ...
    # ValueError: You must feed a value for placeholder tensor 'amount' ...

    def _initialize(self, variables, feed_dict):
        """The values of `variables`; those that have none yet get their first."""
        feeds = {x: value for x, value in feed_dict.items() if x.kind == "placeholder"}
        missing, waiting = set(), list(variables)
        while waiting:
            variable = waiting.pop()
            if variable in missing or variable in self.state:
                continue
            if variable.kind != "variable":
                raise ValueError(
                    f"You must feed a value for placeholder tensor '{variable.name}' "
                    f"with dtype {variable.dtype} and shape "
                    f"{show_shape(variable.dims)}, made at {variable.line}"
                )
            missing.add(variable)
            if isinstance(variable.initial_value, Tensor):
                initial = (variable.initial_value,)
                needed = self._compiled(initial, tuple(feeds), False).variables
                waiting.extend(needed)
        for variable in sorted(missing, key=lambda variable: variable.index):
            value = variable.initial_value
            if isinstance(value, Tensor):
                # It is evaluated, and whatever it may depend on, nothing is assigned.
                program = self._compiled((value,), tuple(feeds), False)
                state = [self._on_host(self.state[x], x) for x in program.variables]
                fed = self._feeds(program, feeds)
                fed = [self._on_host(y, x) for x, y in zip(program.feeds, fed)]
                # By NumPy, whatever kind of session this is.
                (value,), _ = Session._call(self, program, state, fed)
            value = as_array(value, variable.dtype, variable.name)
            self.state[variable] = self._kept(value, variable)
        return [self.state[variable] for variable in variables]

    @contextlib.contextmanager
    def _all_or_nothing(self):
        """First values and random numbers count only if all goes well."""
        state, random = dict(self.state), self.random.bit_generator.state
        try:
            yield
        except BaseException:
            self.state.clear()
            self.state.update(state)
            self.random.bit_generator.state = random
            raise

    def _call(self, program, state, feeds):
        """The values and updates of a run."""
        rng = [self.random] if program.random else []
        if program.foreign:
            # A reader's `compute` might write into its operands: it gets an error then.
            state, feeds = _read_only(state), _read_only(feeds)
        try:
            # To change NumPy's warnings takes as long as an operation or two, so we do
            # it only for a program that needs it.
            if program.overflows:
                with numpy.errstate(over="ignore"):
                    values, updates = program.function(state, feeds, *rng)
            else:
                values, updates = program.function(state, feeds, *rng)
            if program.unproven:
                updates = list(updates)
                for i in program.unproven:
                    variable, value = program.assigned[i], updates[i]
                    made = f", by the assignment at {program.outputs[i].line}"
                    check_shape(variable, numpy.shape(value), {}, "assign", made)
                    updates[i] = numpy.asarray(value, variable.dtype)[()]
            return values, updates
        except Exception as error:
            program.explain(error)
            raise

    # ## Many steps in one call
    #
    # Training is the same run, over and over.  With `steps` one call does it all.  Each
    # step reads what the one before has assigned; the session gets what the last one
    # leaves, at the end, and if a step fails, nothing has happened.  What differs from
    # step to step comes as `batches`, with one more axis in front:
    #
    # >>> print(session.run(deposit, {amount: 5}, steps=4))
    # 120.0
    # >>> print(session.run(deposit, batches={amount: [10, 20, 40]}))
    # 190.0
    #
    # In NumPy this is a loop, and saves only the checks before each call.  A session
    # that compiles for another machine, as that of `xla.py` does, takes the loop along.

    def _execute(self, program, state, feeds, loop):
        """The values of a run, or of the last step of a loop, and the updates."""
        if loop is None:
            return self._call(program, state, feeds)
        (steps, batches), state = loop, dict(zip(program.variables, state))
        for step in range(steps):
            before = [state[variable] for variable in program.variables]
            fed = [
                value[step] if tensor in batches else value
                for tensor, value in zip(program.feeds, feeds)
            ]
            try:
                values, updates = self._call(program, before, fed)
            except Exception as error:
                error.add_note(f"in step {step + 1} of {steps}")
                raise
            state.update(zip(program.assigned, updates))
        return values, updates

    # Where values are kept is for such a session to say.  In this one, a value is what
    # it is.

    def _fed(self, value, tensor):
        """What is fed, as an array of the type of its tensor."""
        return as_array(value, tensor.dtype, f"feed of '{tensor.name}'")

    def _kept(self, array, variable):
        """An array as the state has it."""
        return array

    def _on_host(self, value, tensor):
        """What is kept or fed for `tensor`, as NumPy has it, of the tensor's type."""
        return value

    # ## Keeping the state
    #
    # A training of days must survive a power cut.  A *checkpoint* has the value of each
    # variable, with those of optimizers, and the state of the random generator: what is
    # restored goes on as if nothing had happened.
    #
    # >>> import tempfile
    # >>> with tempfile.TemporaryDirectory() as folder:
    # ...     session.save(f"{folder}/bank")
    # ...     other = Session(graph)
    # ...     other.restore(f"{folder}/bank")
    # >>> print(other.run(total))
    # 190.0
    #
    # Whoever wants the parameters of a model, and not what an optimizer remembered of
    # its training, says which; and a variable may have another name in the file:
    #
    # >>> balance = graph.variable(0.0, name="balance")
    # >>> with tempfile.TemporaryDirectory() as folder:
    # ...     session.save(f"{folder}/bank", [total])
    # ...     other.restore(f"{folder}/bank", {"total": balance})
    # >>> print(other.run(balance))
    # 190.0
    #
    # It is a zip of one `.npy` file for each variable, as `numpy.savez` makes it, and
    # no pickle, which could run code when it is read.  We write it beside its target
    # and then rename it: whoever looks, and whenever we are interrupted, finds the old
    # file or the new one, whole.

    def save(self, path, variables=None):
        """Write variables, and where the random numbers are, to a file.

        `variables` is a list of them, or a dict from the names that they get in the
        file; all if not given.  A file of some of them can only be restored for some.

        If the process is killed meanwhile, a file beside it whose name ends in ".part"
        may be left, and can be removed.

        Raises:
            ValueError: two variables have the same name, or one is no variable.
            OSError: the file cannot be written; the old one is as it was.
        """
        if variables is None:
            self._initialize(self.graph.variables, {})
            variables = list(self.state)
        saved = self._names_of(variables)
        self._initialize([variable for _, variable in saved], {})
        names = [name for name, _ in saved]
        if len(set(names)) < len(names):
            twice = _some([name for name in names if names.count(name) > 1])
            raise ValueError(f"cannot save: a name is there twice: {twice}")
        path = os.path.realpath(os.fsdecode(path))
        part = f"{path}.{os.getpid()}-{threading.get_ident()}.part"
        try:
            with open(part, "wb") as file:
                with zipfile.ZipFile(file, "w") as archive:
                    for name, variable in saved:
                        value = self._on_host(self.state[variable], variable)
                        value = numpy.asarray(value)
                        with archive.open(
                            f"{name}.npy", "w", force_zip64=True
                        ) as entry:
                            numpy.lib.format.write_array(
                                entry, value, allow_pickle=False
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

        With `variables`, a list, or a dict from their names in the file, only they are
        restored: the other variables, and the random numbers, stay as they are, and
        what else the file has does not matter.

        Raises:
            FileNotFoundError: there is no such file.
            ValueError: it is not a checkpoint, or not whole, or of another model.

            The state is as before then.
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
                state[variable] = self._kept(array, variable)
            except (TypeError, ValueError) as error:
                raise ValueError(f"{path} is of another model: {error}") from None
        if variables is None:
            self.random.bit_generator.state = random
        self.state.clear()
        self.state.update(state)

    def _names_of(self, variables):
        """Pairs (name, variable), for a list of variables or a dict from other names.

        Raises ValueError if one is no variable of this session's graph.
        """
        if not isinstance(variables, (list, tuple, dict)):
            kind = type(variables).__name__
            raise TypeError(f"variables come as a list or a dict, got {kind}")
        if isinstance(variables, dict):
            pairs = list(variables.items())
        else:
            pairs = [(getattr(x, "name", None), x) for x in variables]
        for _, x in pairs:
            self._check_ours(x, "keep")
            if x.kind != "variable" and x not in self.state:
                raise ValueError(f"Cannot save or restore {x!r}: it is not a variable")
        return pairs

    # ## The default session
    #
    # `tensor.eval()` takes the session whose `with` it is called in.
    #
    # >>> with session:
    # ...     print(total.eval())
    # 190.0

    def __enter__(self):
        self.graph.sessions.append(self)
        return self

    def __exit__(self, *_):
        self.graph.sessions.pop()


_RANDOM = "random.json"


def flatten(fetches):
    """The tensors in `fetches`, a tensor or a list, tuple or dict of fetches."""
    if isinstance(fetches, Tensor):
        return [fetches]
    if not isinstance(fetches, (list, tuple, dict)):
        raise TypeError(
            f"Argument `fetch` = {fetches!r} has invalid type "
            f'"{type(fetches).__name__}": it must be a Tensor, or a list, tuple or '
            "dict of fetches"
        )
    parts = fetches.values() if isinstance(fetches, dict) else fetches
    flat = []
    for part in parts:
        flat += [part] if isinstance(part, Tensor) else flatten(part)
    return flat


def _rebuild(fetches, values):
    """`fetches` with the next of `values` in place of each tensor."""
    if isinstance(fetches, Tensor):
        return next(values)
    if isinstance(fetches, dict):
        return {key: _rebuild(part, values) for key, part in fetches.items()}
    parts = [_rebuild(part, values) for part in fetches]
    if isinstance(fetches, list):
        return parts
    return type(fetches)(*parts) if hasattr(fetches, "_fields") else tuple(parts)


def _count_steps(steps, batches, feed_dict):
    """How many steps to run; ValueError if that is not as many as there are batches."""
    if not isinstance(batches, dict):
        raise TypeError(f"batches is a dict, got {type(batches).__name__}")
    for tensor, value in batches.items():
        name = getattr(tensor, "name", tensor)
        if isinstance(value, Tensor):
            raise TypeError(f"batches of '{name}' are arrays, got {value!r}")
        shape = getattr(value, "shape", None)
        shape = numbers(value, f"batches of '{name}'").shape if shape is None else shape
        if shape == ():
            raise ValueError(f"batches of '{name}' are a value for each step, got one")
        if tensor in feed_dict:
            raise ValueError(f"'{name}' is fed twice, in feed_dict and in batches")
        steps = shape[0] if steps is None else steps
        if steps != shape[0]:
            raise ValueError(
                f"batches of '{name}' are for {shape[0]} steps, expected {steps}"
            )
    steps = 1 if steps is None else steps
    if type(steps) is bool or not isinstance(steps, (int, numpy.integer)):
        raise TypeError(f"steps is a whole number, got {steps!r}")
    if not 1 <= steps < 2**31:
        raise ValueError(f"steps is from 1 to 2**31 - 1, got {steps}")
    return int(steps)


def _is_built_on(tensor):
    """Whether shapes in the graph are known from the value that `tensor` has there."""
    shape = any(op.takes_shape and tensor is op.inputs[-1] for op in tensor.consumers)
    return shape and tensor.kind != "placeholder"


def _read_only(values):
    """Views of `values` that cannot be written into."""
    views = [value.view() for value in values]
    for view in views:
        view.setflags(write=False)
    return views


def check_shape(tensor, shape, sizes, verb, made=""):
    """Raise ValueError if `tensor` cannot have `shape`, which `verb` would give it.

    `sizes` has, and gets, what the unknown sizes are in this run.
    """
    if tensor.dims is None:
        return
    fits, other = len(shape) == len(tensor.dims), None
    for dim, size in zip(tensor.dims, shape):
        if dim != size and not isinstance(dim, Unknown):
            fits = False
        elif dim != size and sizes.setdefault(dim, size) != size:
            fits, other = False, sizes[dim]
    if not fits:
        also = "" if other is None else f", and ? is {other} in another feed"
        raise ValueError(
            f"Cannot {verb} value of shape {shape} for Tensor '{tensor.name}', which "
            f"has shape {show_shape(tensor.dims)}{also}{made}"
        )


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
    """Have the file system write down a rename in `folder`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
