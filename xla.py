# # XLA: the same graph on other machines
#
# A program is a pure function, and knows of the world only `np`.  With `jax.numpy` in
# the place of NumPy, and under `jax.jit`, the same text is compiled by *XLA*, the
# compiler behind JAX, which TensorFlow can use too: for the processor, for a GPU, or
# for many of them.  An `XLASession` does that, and is otherwise a `Session`.
#
# >>> import numpy
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> X = graph.placeholder((None, 2), name="X")
# >>> y = graph.placeholder((None, 1), name="y")
# >>> weights = graph.variable([[0.0], [0.0]], name="weights")
# >>> loss = graph.mean(graph.square(X @ weights - y), name="loss")
# >>> (gradient,) = graph.gradients(loss, [weights])
# >>> update = graph.assign(weights, weights - 0.5 * gradient)
# >>> feeds = {X: [[0, 1], [1, 0], [1, 1]], y: [[1], [2], [3]]}
# >>> for make in (Session, XLASession):
# ...     session = make(graph)
# ...     before, after = session.run([loss, update], feeds)
# ...     print(before.round(4), after.ravel().round(4))
# 4.6667 [1.6667 1.3333]
# 4.6667 [1.6667 1.3333]
#
# Only this page and the second half of [Part IX](course/part9_machines.py) need JAX;
# `make jax` installs it.
#
# ## What is compiled, and when
#
# XLA reads the whole program before it runs any of it.  It joins what NumPy does one
# line after the other, so that `1 / (1 + np.exp(-z))` goes over the memory once and not
# four times, and it lays out the memory beforehand.  That takes from some tenths of a
# second to seconds, by the size of the program, for each new program and for each new
# shape of what is fed; so let all batches have one size.
#
# To read a program before it runs means to read it without values.  JAX calls the
# function with stand-ins, as we do in `compiler/tracing.py`, only that these know their
# shapes and types.  So no shape may depend on a value, and no `if`.  The `compute` of a
# reader's operation can look at shapes, and use `np` and the methods of its operands;
# it writes into no array.
#
# And a label that is no class is no error, for nobody looks at it: its loss is NaN, and
# so are the parameters after a step on it.  What is gathered at an index that is
# outside is NaN, or of integers the smallest, and gets no gradient; and `x[5]`, where
# only a run knows that `x` is shorter, is its last element.
#
# >>> labels = graph.placeholder((None,), dtype=int, name="labels")
# >>> wrong = graph.softmax_cross_entropy([[0.0, 0.0]], labels)
# >>> session = XLASession(graph)
# >>> print(session.run(wrong, {labels: [2]}))
# nan
#
# Who sees NaN asks again, with `check_numerics`.  Then a run is not compiled, but goes
# from operation to operation, and stops where something is wrong:
#
# >>> session.run(wrong, {labels: [2]}, check_numerics=True)
# Traceback (most recent call last):
#     ...
# ValueError: the label 2 is not among the classes 0 to 1
# ...
#
# Floats and integers have 32 bits here, also where the graph says 64;
# `XLASession(graph, float64=True)` computes as the graph says.  A checkpoint can be
# read by either kind of session, and has the digits of the one that wrote it.

import functools
import types
import warnings

import numpy

from compiler.program import Program
from mixins.checks import Around, CheckingInterpreter
from mixins.dtypes import as_array
from mixins.indexing import OneHotOp, PutOp, ScatterOp
from mixins.losses import ClassesOp
from mixins.randomness import TruncatedNormalOp
from mixins.repeat import Loop
from mixins.shapes import Unknown, check_shape, show_shape
from session import Session
from tensor import FRAMEWORK

try:
    import jax
except ImportError as error:
    raise ImportError(
        "xla.py runs graphs by JAX, which is not installed; for the processor, "
        "`make jax` or `pip install jax` installs it, for an NVIDIA GPU "
        "`pip install jax[cuda13]`"
    ) from error

from jax.sharding import (
    AxisType,
    Mesh,
    NamedSharding,
    PartitionSpec,
    SingleDeviceSharding,
)

FRAMEWORK.add(__name__)

# ## Random numbers
#
# A compiled function has no generator that changes as it draws.  JAX draws from a
# *key*, a pair of numbers: the same key gives the same numbers, and `split` makes two
# keys of one.  A session draws a key for each run from its own generator.  So its seed
# makes all runs the same again, and a checkpoint has all that is needed to go on.  The
# numbers are others than those of a `Session`.  But NumPy computes the initial values:
# two sessions with one seed, of whichever kind, start alike.


class Random:
    """What operations ask of a NumPy generator, from a key."""

    def __init__(self, words):
        # Named, so that it does not depend on a setting of JAX's.
        self.key = jax.random.wrap_key_data(words, impl="threefry2x32")

    def _next(self):
        self.key, key = jax.random.split(self.key)
        return key

    def normal(self, loc=0.0, scale=1.0, size=()):
        return loc + scale * jax.random.normal(self._next(), _sizes(size))

    def truncated_normal(self, size):
        return jax.random.truncated_normal(self._next(), -2, 2, _sizes(size))

    def uniform(self, low=0.0, high=1.0, size=()):
        return jax.random.uniform(self._next(), _sizes(size), None, low, high)


def _sizes(shape):
    return tuple(int(size) for size in shape)


# ## What is computed in another way
#
# An array of JAX's cannot be written into, and a function that is compiled sees no
# values.  So a few operations are computed by other means than those of NumPy; to
# `compute` of each belongs a function with the same arguments.


def _put(op, np, x, shape):
    return np.zeros(shape, x.dtype).at[op.index].add(x)


def _scatter(op, np, x, indices, shape):
    return np.zeros(shape, x.dtype).at[op.where(indices)].add(x)


def _truncated_normal(op, np, rng, shape):
    # None can be drawn until all fit.
    drawn = rng.truncated_normal(shape)
    return np.asarray(op.mean + op.stddev * drawn, op.dtype)


def _classes(op, np, indices):
    # No label can be refused: its row is NaN.
    indices = indices.astype(int)
    outside = (indices < 0) | (indices >= op.depth)
    return np.where(outside[..., None], np.nan, OneHotOp.compute(op, np, indices))


COMPUTES = {
    PutOp: _put,
    ScatterOp: _scatter,
    TruncatedNormalOp: _truncated_normal,
    ClassesOp: _classes,
}


class XLAProgram(Program):
    """A program whose function can be compiled by XLA."""

    computes = COMPUTES


# ## A session
#
# The state stays where it is computed: the new value of a variable never comes to the
# host, where Python runs, before someone fetches it.  What is fetched comes as NumPy
# has it.  What is fed can be a NumPy array, which then has to travel in each run, or an
# array of JAX's that is there already.


class XLASession(Session):
    """Runs parts of a graph by XLA, and keeps its variables where that computes.

    Args:
        graph, seed: as in `Session`.
        device: "cpu", "gpu", "tpu", or one of `jax.devices()`; by default the first of
            those.
        mesh: a `jax.sharding.Mesh` of several devices instead, such as
            `jax.make_mesh((8,), ("batch",))`.
        shards: how variables and placeholders are cut up on the mesh.
            `{weights: (None, "model")}` leaves the first axis of `weights` whole, and
            cuts the second one evenly along the mesh axis "model".
        float64: whether numbers have 64 bits where the graph says so.

    Attributes:
        state: the value of each variable, as a `jax.Array`.

    Raises:
        ValueError: there is no such device or axis; both device and mesh are given; or
            there are several hosts, and no seed.
        TypeError: `mesh` is no mesh.
    """

    def __init__(
        self,
        graph=None,
        seed=None,
        device=None,
        mesh=None,
        shards=None,
        float64=False,
    ):
        super().__init__(graph, seed)
        self.float64 = bool(float64)
        self.device = _find(device) if mesh is None else None
        self.mesh = None if mesh is None else _automatic(mesh)
        self._functions, self._axes = {}, {}
        self.checker = functools.partial(XLAChecker, session=self)
        if device is not None and mesh is not None:
            raise ValueError("a session is on a device or on a mesh, not on both")
        if mesh is not None and seed is None and jax.process_count() > 1:
            raise ValueError(
                "a session on several hosts needs a seed, the same on each, or each "
                "would draw other numbers"
            )
        if shards and mesh is None:
            raise ValueError("shards are those of a mesh, and none is given")
        if not isinstance(shards, dict | None):
            raise TypeError(f"shards is a dict, got {type(shards).__name__}")
        for tensor, axes in (shards or {}).items():
            self.check_ours(tensor, "shard")
            self._axes[tensor] = self._check_axes(tensor, axes)

    def _check_axes(self, tensor, axes):
        """The axes of the mesh that those of a tensor are cut along, as a tuple."""
        axes = (axes,) if isinstance(axes, str) else axes
        named = f"the shards of '{tensor.name}' {show_shape(tensor.dims)}"
        if tensor.kind not in ("variable", "placeholder"):
            raise ValueError(f"{named}: it is no variable and no placeholder")
        if not isinstance(axes, (tuple, list)):
            raise TypeError(f"{named} are a tuple of names of mesh axes, got {axes!r}")
        if tensor.rank is not None and len(axes) > tensor.rank:
            raise ValueError(f"{named} are for {len(axes)} axes: {tuple(axes)}")
        for name in axes:
            if name is not None and name not in self.mesh.axis_names:
                there = ", ".join(map(repr, self.mesh.axis_names))
                raise ValueError(f"{named}: the mesh has no axis {name!r}, but {there}")
        return tuple(axes)

    # ## A step
    #
    # `bind` gives the function of a program with `jax.numpy` for `np`.  Around it we
    # put what `Session` does around a program: a generator, and a check of the shapes
    # that only a run knows.  Here that is done once, when the function is compiled.

    def _step(self, program):
        """A function of state, feeds and the words of a key: values and updates."""
        function = program.bind(jax.numpy, self.constant)

        def step(state, feeds, words):
            rng = [Random(words)] if program.random else []
            with warnings.catch_warnings():
                # An operation may ask for 64 bits by name, and gets 32.
                warnings.filterwarnings("ignore", "Explicitly requested dtype")
                values, updates = function(state, feeds, *rng)
                updates = list(updates)
                pairs = zip(program.assigned, program.outputs)
                for i, (variable, output) in enumerate(pairs):
                    made = f", by the assignment at {output.line}"
                    check_shape(variable, updates[i].shape, {}, "assign", made)
                    updates[i] = jax.numpy.asarray(updates[i], variable.dtype)
            return values, updates

        return step

    # ## Many steps in one call
    #
    # To call a compiled function takes some tens of microseconds: arguments are looked
    # at, and the call goes through several layers.  A small network computes for less.
    # So `steps` has the loop compiled, too.  `fori_loop` takes a function from the
    # number of a step, and what is carried along, to what is carried on; here these are
    # the values of the variables, and those that were asked for.
    #
    # >>> session = XLASession(graph)
    # >>> _, after = session.run([loss, update], feeds, steps=1000)
    # >>> print(after.ravel().round(4))
    # [2. 1.]

    def _loop(self, program):
        """The same for many steps, with batches and a key for each of them."""
        step = self._step(program)
        read, assigned = program.variables, program.assigned
        kept = list(dict.fromkeys([*read, *assigned]))

        def loop(state, feeds, batches, words, steps):
            def body(i, carried):
                before, _ = carried
                fed = [
                    value if stacked is None else stacked[i]
                    for value, stacked in zip(feeds, batches)
                ]
                key = None if words is None else words[i]
                values, updates = step(before[: len(read)], fed, key)
                state = dict(zip(kept, before))
                for variable, update in zip(assigned, updates):
                    _check_kept(variable, state.get(variable), update)
                    state[variable] = update
                return [state[variable] for variable in kept], values

            # What no step has computed yet is carried as zeros of its shape.
            shapes = jax.eval_shape(body, 0, (state, None))
            zeros, values = jax.tree.map(jax.numpy.zeros_like, shapes)
            start = [*state, *zeros[len(read) :]], values
            after, values = jax.lax.fori_loop(0, steps, body, start)
            after = dict(zip(kept, after))
            return values, [after[variable] for variable in assigned]

        return loop

    # ## A run
    #
    # What a `Session` leaves open is where values are, and what executes a program.
    # JAX gives an answer before it is there, and computes in the background.  We wait
    # for it: only then is it sure that nothing has failed, and only then may whoever
    # fed an array write into it again.

    compiler = XLAProgram

    def guarded(self, executor, order):
        if isinstance(executor, Program):
            return Step(executor, self)
        return super().guarded(executor, order)

    def repeat(self, executor, steps, stacked):
        if isinstance(executor, Step):
            return Steps(executor, steps, stacked)
        return super().repeat(executor, steps, stacked)

    def execute_program(self, program, state, feeds, loop=None):
        """The values and updates of a step of `program`, or of a loop of many."""
        # Where it is so already, we save the time that this takes.
        if jax.config.jax_enable_x64 != self.float64:
            with jax.enable_x64(self.float64):
                return self.execute_program(program, state, feeds, loop)
        key = (program, loop is None)
        function, plain = self._functions.get(key) or self._compile(*key)
        if program.random:
            # We draw from the generator ourselves.
            state = state[:-1]
        rest = (feeds, None) if plain else self._rest(program, feeds, loop)
        try:
            values, updates = function(state, *rest)
            values = [x if x is None else _fetched(x) for x in values]
            if updates and all(x is None for x in values):
                updates[0].block_until_ready()
        except Exception as error:
            program.explain(error)
            raise _explained(error) from None
        return values, updates

    def _compile(self, program, single):
        """The function of a step, or of a loop, and whether it takes feeds as they are.

        That saves a small step a part of its time.
        """
        function = self._step(program) if single else self._loop(program)
        places = {}
        if self.mesh is not None:
            # What is fetched comes whole; a variable stays cut up as it was.
            updates = [self._sharding(variable) for variable in program.assigned]
            places = {"out_shardings": (self._named(()), updates)}
        elif self.device != jax.local_devices()[0]:
            here = SingleDeviceSharding(self.device)
            places = {"in_shardings": here, "out_shardings": here}
        function = jax.jit(function, **places)
        integers = any(tensor.dtype.kind in "iu" for tensor in program.feeds)
        plain = single and not (integers or program.random or self.mesh)
        self._functions[program, single] = function, plain
        return function, plain

    def _rest(self, program, feeds, loop):
        """What such a function takes besides the state."""
        if loop is None:
            words = self.words(2) if program.random else None
            return self.placed(program.feeds, feeds), words
        steps, batches = loop
        words = self.words((steps, 2)) if program.random else None
        feeds = self.placed(program.feeds, feeds, batches)
        stacked = [tensor in batches for tensor in program.feeds]
        same = [None if cut else value for value, cut in zip(feeds, stacked)]
        slices = [value if cut else None for value, cut in zip(feeds, stacked)]
        return same, slices, words, numpy.int32(steps)

    def words(self, size):
        """Random numbers of 32 bits, two of which make a key."""
        return self.random.integers(2**32, size=size, dtype=numpy.uint32)

    def hlo(self, fetches, feed_dict=None):
        """The text of what XLA makes of a run, in its own language.

        HLO is short for high level operations.  Nothing is run.
        """
        feed_dict = feed_dict or {}
        program = self.program(fetches, feed_dict)
        feeds, drawn = self.feed(program, feed_dict), self.random.bit_generator.state
        try:
            first = self.first_values(program.variables, feed_dict)
            values = {**self.state, **first}
            with jax.enable_x64(self.float64):
                rest = self._rest(program, feeds, None)
                key = (program, True)
                function, _ = self._functions.get(key) or self._compile(*key)
                state = [values[variable] for variable in program.variables]
                return function.lower(state, *rest).compile().as_text()
        finally:
            self.random.bit_generator.state = drawn

    # ## Where values are
    #
    # On a mesh each value is cut up among the devices, or *sharded*, or each device has
    # all of it.  We say how, and XLA computes with it as if it were whole: where a
    # device needs what others have, XLA puts in an operation that gets it, a
    # *collective*.  [Chapter IX](course/part9_machines.py) shows what comes of it.
    #
    # A batch is cut up along the first axis of the mesh, whatever its name is.  A batch
    # is what is fed where the graph does not know the size of the first axis, and it
    # must be a multiple of the number of devices; of another, each device computes all.
    # All else is whole on each device, unless `shards` says otherwise.  However values
    # are cut up, the results are the same, but for rounding.

    def _sharding(self, tensor, shape=None, stacked=False):
        """How a variable, or what is fed with this shape, is cut up."""
        if tensor in self._axes or shape is None:
            axes = self._axes.get(tensor, ())
        else:
            name = self.mesh.axis_names[0]
            even = len(shape) > stacked and shape[stacked] % self.mesh.shape[name] == 0
            axes = (name,) if even and _is_batch(tensor) else ()
        return self._named((None, *axes) if stacked else axes)

    def _named(self, axes):
        return NamedSharding(self.mesh, PartitionSpec(*axes))

    def placed(self, tensors, feeds, batches=()):
        """What is fed, as 32 bits hold it, and on a mesh cut up."""
        placed = []
        for tensor, value in zip(tensors, feeds):
            if value.dtype.kind in "iu" and not isinstance(value, jax.Array):
                value = self.fed(value, tensor)
            if self.mesh is not None:
                value = self.put(value, tensor, value.shape, tensor in batches)
            placed.append(value)
        return placed

    def put(self, array, tensor, *how):
        """An array where it belongs, as that of a variable or as what is fed."""
        if self.mesh is None:
            return jax.device_put(array, self.device)
        sharding = self._sharding(tensor, *how)
        try:
            if isinstance(array, jax.Array) or jax.process_count() == 1:
                return jax.device_put(array, sharding)
            # Each host puts its own part there.
            return jax.make_array_from_callback(
                array.shape, sharding, lambda index: array[index]
            )
        except ValueError as error:
            error.add_note(f"for the {tensor.kind} '{tensor.name}'")
            raise

    def fed(self, value, tensor):
        with jax.enable_x64(self.float64):
            dtype = jax.dtypes.canonicalize_dtype(tensor.dtype)
            if isinstance(value, jax.Array) and value.dtype.kind == "f" == dtype.kind:
                value = value if value.dtype == dtype else value.astype(dtype)
            elif not isinstance(value, jax.Array) or value.dtype != dtype:
                return as_array(value, dtype, f"feed of '{tensor.name}'")
            elsewhere = self.mesh is None and value.devices() != {self.device}
            return jax.device_put(value, self.device) if elsewhere else value

    def keep(self, array, variable):
        with jax.enable_x64(self.float64):
            dtype = jax.dtypes.canonicalize_dtype(variable.dtype)
            return self.put(as_array(array, dtype, f"'{variable.name}'"), variable)

    def on_host(self, value, tensor):
        if isinstance(value, jax.Array) and not value.is_fully_addressable:
            value = jax.jit(lambda x: x, out_shardings=self._named(()))(value)
        return numpy.asarray(value, tensor.dtype)[()]

    def constant(self, array):
        dtype = jax.dtypes.canonicalize_dtype(array.dtype)
        return jax.numpy.asarray(as_array(array, dtype, "constant"))


class Step(Around):
    """An executor: a program that XLA compiles, where a session computes."""

    def __init__(self, program, session):
        super().__init__(program)
        self.session = session

    def __call__(self, state, feeds):
        return self.session.execute_program(self.executor, state, feeds)


class Steps(Loop):
    """An executor of many steps, whose loop is compiled as well."""

    def __call__(self, state, feeds):
        step, loop = self.executor, (self.steps, self.stacked)
        return step.session.execute_program(step.executor, state, feeds, loop)


# Who looks for a NaN goes from operation to operation, and JAX computes each.


class XLAChecker(CheckingInterpreter):
    """Computes operation by operation, with JAX's arrays, and checks each value."""

    np = jax.numpy
    # It can see that a label is none.
    computes = types.MappingProxyType(
        {op: compute for op, compute in COMPUTES.items() if op is not ClassesOp}
    )

    def __init__(self, order, fetches, feeds, session):
        if session.mesh is not None and jax.process_count() > 1:
            raise ValueError("check_numerics needs all values on one host")
        super().__init__(order, fetches, feeds)
        self.session = session

    def __call__(self, state, feeds):
        session = self.session
        with jax.enable_x64(session.float64), warnings.catch_warnings():
            # An operation may ask for 64 bits by name, and gets 32.
            warnings.filterwarnings("ignore", "Explicitly requested dtype")
            fed = session.placed(self.feeds, feeds)
            fed = [jax.numpy.asarray(value) for value in fed]
            state = [
                Random(session.words(2)) if x.kind == "generator" else value
                for x, value in zip(self.reads, state)
            ]
            try:
                fetched, updates = super().__call__(state, fed)
            except Exception as error:
                raise _explained(error) from None
            fetched = [x if x is None else _fetched(x) for x in fetched]
            # An operation on constants alone is where JAX likes it.
            pairs = zip(updates, self.assigned)
            return fetched, [session.put(x, variable) for x, variable in pairs]

    def compute(self, op, values):
        constant = [x.kind == "constant" for x in op.inputs]
        values = [
            self.session.constant(x) if fixed and i not in op.sizes else x
            for i, (x, fixed) in enumerate(zip(values, constant))
        ]
        return super().compute(op, values)

    def result(self, value):
        return value


def _is_batch(tensor):
    """Whether the graph does not know how many rows there are."""
    return tensor.dims is None or isinstance(next(iter(tensor.dims), None), Unknown)


def _check_kept(variable, before, after):
    """Raise ValueError if a step changes the shape of a variable."""
    if before is not None and before.shape != after.shape:
        raise ValueError(
            f"a step makes of '{variable.name}' {before.shape} one of {after.shape}; "
            "where shapes change, run the steps one by one"
        )


def _fetched(value):
    """What is fetched, as NumPy has it; JAX's own arrays cannot be written into."""
    array = numpy.asarray(value)
    return array.copy() if array.ndim else array[()]


def _find(device):
    """A device by its platform, or the first one; ValueError if there is none."""
    if device is None:
        return jax.local_devices()[0]
    if isinstance(device, jax.Device):
        return device
    if not isinstance(device, str):
        raise TypeError(f"device is a name or a device of JAX's, got {device!r}")
    try:
        return jax.devices(device)[0]
    except RuntimeError:
        here = ", ".join(sorted({there.platform for there in jax.devices()}))
        raise ValueError(f"there is no device {device!r}, but {here}") from None


def _automatic(mesh):
    """The mesh, with axes along which XLA finds out how to cut up what is computed."""
    if not isinstance(mesh, Mesh):
        raise TypeError(
            f"mesh is a jax.sharding.Mesh, got {type(mesh).__name__}; make one by "
            'jax.make_mesh((8,), ("batch",))'
        )
    if not mesh.axis_names:
        raise ValueError("the mesh has no axis")
    axes = (AxisType.Auto,) * len(mesh.axis_names)
    return Mesh(mesh.devices, mesh.axis_names, axis_types=axes)


def _explained(error):
    """An error of a run, with what there is to say of it."""
    if isinstance(error, jax.errors.JAXTypeError):
        error.add_note(
            "XLA compiles before there are values: `compute` can use `np` and the "
            "methods of its operands, but cannot look at their values"
        )
    elif isinstance(error, TypeError) and "shape" in str(error):
        # So JAX says that shapes do not fit.
        notes, trace = getattr(error, "__notes__", []), error.__traceback__
        error = ValueError(str(error)).with_traceback(trace)
        for note in notes:
            error.add_note(note)
    return error
