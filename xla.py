# # How do you move a graph to a GPU? Swap NumPy for JAX
#
# Everything so far ran in NumPy, on one processor.  But a
# [program](compiler/program.py) is a pure function, and `np` is all it knows of the
# world.  Hand it `jax.numpy` instead, wrap it in `jax.jit`, and the same text runs on a
# GPU, or on many.
#
# *XLA* compiles it, the compiler behind JAX, which TensorFlow can use too.  If you know
# `torch.compile`, you know the idea: take a whole step, merge its operations, and write
# machine code for the device at hand.  An `XLASession` does that, and is otherwise a
# `Session`:
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
# ## What does XLA gain by reading first? {#what-is-compiled-and-when}
#
# NumPy computes `1 / (1 + np.exp(-z))` in four passes over the memory, one for each
# operation.  XLA reads the whole program before it runs any of it.  So it *fuses* the
# four into one pass, and plans in advance where each value goes.
#
# Compiling takes a few tenths of a second, or seconds for a large program.  You pay
# once for each program, and once more for each new shape that you feed.
#
# ? You train on batches of 64, and the last batch of each epoch has 37.  What happens?
#
# ! XLA compiles the step twice, once for each size.  Two sizes are cheap; a new size in
# every step would be a disaster.
#
# ? You take the gradient of a chain of 10,000 operations.  How long do you wait?
#
# ! Minutes.  The longer a program is, the more XLA takes for each line of it, as [the
# figures](weave/speed.md#in-proportion) show.  From 10,000 lines on, we warn you.  A
# [loop](mixins/loops.py) says the same in a few.
#
# ? You start again tomorrow.  Does XLA compile again?
#
# ! Not if JAX keeps what it compiled.  Name a folder before you run anything:
# `jax.config.update("jax_compilation_cache_dir", "compiled")`.
#
# ## Why can't an `if` look at a value? {#no-values}
#
# Because XLA compiles before there are values.  JAX calls the function with stand-ins,
# as [our tracing](compiler/tracing.py) does.  They know their shapes and types, but an
# `if` has nothing to decide by.  `torch.compile` breaks the graph there, and lets
# Python decide.  JAX refuses:
#
# >>> from ops import ElementwiseOp
# >>> class RampOp(ElementwiseOp):
# ...     def compute(self, np, x):
# ...         return x if x > 0 else 0 * x
# >>> x = graph.variable(3.0, name="x")
# >>> session.run(RampOp([x], graph).output)
# Traceback (most recent call last):
#     ...
# jax.errors.TracerBoolConversionError: Attempted boolean conversion ...
#
# The way out is to compute both branches, and to choose elementwise:
#
# >>> class SelectOp(ElementwiseOp):
# ...     def compute(self, np, x):
# ...         return np.where(x > 0, x, 0 * x)
# >>> print(session.run(SelectOp([x], graph).output))
# 3.0
#
# So the `compute` of your own operation can look at shapes, and use `np` and the
# methods of its operands.  It can't write into an array either: JAX's arrays never
# change.
#
# ## Where did the error go? It's a NaN now {#nan}
#
# Without values, a program can't check them.  A wrong label raises no error.  Its loss
# is NaN, and one step later so are your parameters:
#
# >>> labels = graph.placeholder((None,), dtype=int, name="labels")
# >>> wrong = graph.softmax_cross_entropy([[0.0, 0.0]], labels)
# >>> session = XLASession(graph)
# >>> print(session.run(wrong, {labels: [2]}))
# nan
#
# Gather at an index out of range, and you get NaN (for integers, the smallest one) and
# no gradient.  And if only the run knows that `x` is too short for `x[5]`, you get the
# last element.
#
# When you see a NaN, ask again with `check_numerics`.  We don't compile that run.  It
# goes from operation to operation, and stops where something is wrong:
#
# >>> session.run(wrong, {labels: [2]}, check_numerics=True)
# Traceback (most recent call last):
#     ...
# ValueError: the label 2 is not among the classes 0 to 1
# ...
#
# One more difference: floats and integers have 32 bits here, even where the graph says
# 64.  `XLASession(graph, float64=True)` computes as the graph says.  Each kind of
# session reads the other's checkpoints, with the precision of the one that wrote them.

import contextlib
import functools
import types
import warnings

import numpy

from compiler.program import Program
from mixins.branches import CallOp, CondOp
from mixins.checks import Around, CheckingInterpreter
from mixins.convolution import Conv2dByFiltersOp, Conv2dByInputOp, Conv2dOp, WindowsOp
from mixins.dtypes import as_array
from mixins.indexing import OneHotOp, PutOp, ScatterOp
from mixins.loops import LoopOp, SavedOp
from mixins.losses import ClassesOp
from mixins.pooling import PlaceOp, SpreadOp
from mixins.randomness import TruncatedNormalOp
from mixins.repeat import Loop, flatten
from mixins.scatters import ScatterNdOp
from mixins.shapes import Unknown, check_shape, show_shape
from mixins.sorting import PutAlongOp
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

from jax.experimental.multihost_utils import sync_global_devices
from jax.sharding import (
    AxisType,
    Mesh,
    NamedSharding,
    PartitionSpec,
    SingleDeviceSharding,
)

FRAMEWORK.add(__name__)

MANY_LINES = 10_000
_NO_MESH = Mesh(numpy.empty((), object), ())

# ## Where do random numbers come from? {#random-numbers}
#
# A generator changes whenever you draw, and a compiled function changes nothing.  So
# JAX draws from a *key*, a pair of numbers.  The same key always gives the same
# numbers, and `split` makes two keys out of one.
#
# For each run, the session draws a key from its own generator.  So its seed makes every
# run repeatable, and a checkpoint holds everything you need to go on.  You get other
# numbers than from a `Session`.  But NumPy draws the initial values, so two sessions
# with the same seed start alike, whatever their kind.


class Random:
    """The methods of a NumPy generator that operations use, drawing from a key."""

    def __init__(self, words):
        # We name the algorithm, because its default is a setting of JAX's.
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


# ## Operations that need another way {#what-is-computed-in-another-way}
#
# A compiled `compute` can't write into arrays, and can't look at values.  Some of our
# operations do one or the other, so we replace theirs.


def _put(op, np, x, shape):
    return np.zeros(shape, x.dtype).at[op.index].add(x)


def _scatter(op, np, x, indices, shape):
    return np.zeros(shape, x.dtype).at[op.where(indices)].add(x)


def _truncated_normal(op, np, rng, shape):
    # NumPy's version draws again until all fit; here we can't ask whether they do.
    drawn = rng.truncated_normal(shape)
    return np.asarray(op.mean + op.stddev * drawn, op.dtype)


def _classes(op, np, indices):
    # We can't refuse a wrong label, so its row is NaN.
    indices = indices.astype(int)
    outside = (indices < 0) | (indices >= op.depth)
    return np.where(outside[..., None], np.nan, OneHotOp.compute(op, np, indices))


def _convolution(op, np, x, windows, filters):
    # XLA has its own, and never needs the windows.
    dtype = np.result_type(x, filters)
    pads = [op.slide.axis(i, x.shape[1 + i])[1:] for i in (0, 1)]
    return jax.lax.conv_general_dilated(
        *(x.astype(dtype), filters.astype(dtype)),
        *(op.slide.strides, pads),
        rhs_dilation=op.slide.dilation,
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )


def _windows(op, np, x):
    padded = op.slide.pad(np, x)
    seen = [padded[index] for _, index in op.slide.seen(x.shape)]
    return np.concatenate(seen, axis=-1)


def _by_filters(op, np, grad, x, windows, shape):
    # A convolution is linear in its filters, and JAX transposes what's linear.
    def convolved(filters):
        return _convolution(op, np, x.astype(grad.dtype), None, filters)

    filters = jax.ShapeDtypeStruct(_sizes(shape), grad.dtype)
    return jax.linear_transpose(convolved, filters)(grad)[0]


def _by_input(op, np, grad, filters, shape):
    def convolved(x):
        return _convolution(op, np, x, None, filters.astype(grad.dtype))

    x = jax.ShapeDtypeStruct(_sizes(shape), grad.dtype)
    return jax.linear_transpose(convolved, x)(grad)[0]


def _seen(op, np, grad, *more):
    padded, inside = op.slide.padded(more[-1])
    image = np.zeros(padded, grad.dtype)
    for pixel, index in op.slide.seen(_sizes(more[-1])):
        image = image.at[index].add(op.part(np, pixel, grad, *more))
    return image[inside]


# XLA has a fork and a loop of its own.  JAX wants the parts as functions, which return
# the same types in each branch, and after each round.


def _part(part, like):
    def function(*values):
        found = part(jax.numpy, values, COMPUTES)
        return tuple(jax.numpy.asarray(x, _dtype(y)) for x, y in zip(found, like))

    return function


def _dtype(tensor):
    return jax.dtypes.canonicalize_dtype(tensor.dtype)


def _cond(op, np, predicate, *captured):
    _no_generator(op)
    branches = [_part(part, part.outputs) for part in op.parts.values()]
    return jax.lax.cond(np.asarray(predicate, bool), *branches, *captured)


def _call(op, np, *values):
    (part,) = op.parts.values()
    return _part(part, part.outputs)(*values)


def _loop(op, np, *values):
    _no_generator(op)
    (condition, body), n = op.parts.values(), op.variables
    captured, inner = values[n:], body.inputs[:n]
    holds, another = _part(condition, condition.outputs), _part(body, inner)
    start = tuple(np.asarray(x, _dtype(y)) for x, y in zip(values[:n], inner))
    return jax.lax.while_loop(
        lambda state: holds(*state, *captured)[0].reshape(()),
        lambda state: another(*state, *captured),
        start,
    )


def _no_generator(op):
    if any(x.kind == "generator" for x in op.inputs):
        raise ValueError(
            f"{op.output.origin} draws random numbers, and under XLA a branch or a "
            "loop can't; draw them outside"
        )


def _saved(op, np, *values):
    raise ValueError(
        "under XLA, the gradient of a loop needs a number of rounds that the graph can "
        "tell: let its condition depend on constants"
    )


COMPUTES = {
    CondOp: _cond,
    CallOp: _call,
    LoopOp: _loop,
    SavedOp: _saved,
    WindowsOp: _windows,
    Conv2dOp: _convolution,
    Conv2dByFiltersOp: _by_filters,
    Conv2dByInputOp: _by_input,
    PlaceOp: _seen,
    SpreadOp: _seen,
    PutOp: _put,
    ScatterOp: _scatter,
    ScatterNdOp: _scatter,
    PutAlongOp: _scatter,
    TruncatedNormalOp: _truncated_normal,
    ClassesOp: _classes,
}


class XLAProgram(Program):
    """A program that XLA can compile."""

    computes = COMPUTES


# ## Variables never leave the device {#a-session}
#
# A new value travels to the *host*, where Python runs, only when you fetch it, and
# arrives as a NumPy array.  Between steps, variables stay where they're computed.  A
# NumPy array that you feed travels in every run.  Feed an array of JAX's instead, and
# it's there already.


class XLASession(Session):
    """A session that computes with XLA, and keeps its variables on the device.

    Args:
        graph, seed: as in `Session`.
        device: "cpu", "gpu", "tpu", or one of `jax.devices()`, by default the first.
        mesh: a `jax.sharding.Mesh` of several devices instead, such as
            `jax.make_mesh((8,), ("batch",))`.
        shards: how to split variables and placeholders over the mesh.
            `{weights: (None, "model")}` leaves the first axis of `weights` whole, and
            splits the second one evenly along the mesh axis "model".
        float64: whether to compute with 64 bits where the graph says so.

    Attributes:
        state: the value of each variable, as a `jax.Array`.

    Raises:
        ValueError: there's no such device or axis; you give both a device and a mesh;
            there are several hosts and no seed.
        TypeError: `mesh` isn't a mesh.
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
        self._axes = {}
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
        """For each axis of a tensor, the mesh axis that splits it, as a tuple."""
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

    # ## One step, as a function to compile {#a-step}
    #
    # `bind` turns the program into a function, with `jax.numpy` for `np`.  Around it we
    # put what a `Session` puts around a program: a generator, and a check of the shapes
    # that only a run knows.  A `Session` checks them in every run.  Here we check them
    # once, while compiling.

    def _step(self, program):
        """A function of state, feeds and a key's words; returns values and updates."""
        function = program.bind(jax.numpy, self.constant)

        def step(state, feeds, words):
            rng = [Random(words)] if program.random else []
            with warnings.catch_warnings():
                # If an operation asks for 64 bits by name, it gets 32.
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

    # ## Why compile the loop too? {#many-steps-in-one-call}
    #
    # Because each call of a compiled function takes tens of microseconds, and a small
    # network needs less than that to compute.  With [`steps`](mixins/repeat.py), you
    # make one call for all of them:
    #
    # >>> session = XLASession(graph)
    # >>> _, after = session.run([loss, update], feeds, steps=1000)
    # >>> print(after.ravel().round(4))
    # [2. 1.]
    #
    # JAX's `fori_loop` wants the body as a function.  The body takes the number of the
    # step and what we carry along, here the variables and the fetched values, and
    # returns what to carry on.

    def _loop(self, program):
        """The same for many steps, with a batch and a key for each."""
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

            # Before the first step, we carry zeros where nothing is computed yet.
            shapes = jax.eval_shape(body, 0, (state, None))
            zeros, values = jax.tree.map(jax.numpy.zeros_like, shapes)
            start = [*state, *zeros[len(read) :]], values
            after, values = jax.lax.fori_loop(0, steps, body, start)
            after = dict(zip(kept, after))
            return values, [after[variable] for variable in assigned]

        return loop

    # ## Why does a run wait? {#a-run}
    #
    # JAX returns arrays before it has computed them, and works in the background.  We
    # wait for the result.  Only then do we know that nothing failed, and only then may
    # you write into an array that you fed.
    #
    # ? JAX can also write the new parameters over the old ones, and save their memory.
    # It's called *donating* them.  Why don't we?
    #
    # ! A run that fails must leave the state as it was, and what's overwritten is gone.

    compiler = XLAProgram

    def guarded(self, executor, order):
        if isinstance(executor, Program):
            return Step(executor, self)
        return super().guarded(executor, order)

    def repeat(self, executor, steps, stacked):
        if isinstance(executor, Step):
            return Steps(executor, steps, stacked)
        return super().repeat(executor, steps, stacked)

    def compiled(self, program, many):
        """The function of one step of `program`, or of `many`."""
        _warn_of_length(program)
        function = self._loop(program) if many else self._step(program)
        places = {}
        if self.mesh is not None:
            # Fetched values come whole; variables stay split as they were.
            updates = [self._sharding(variable) for variable in program.assigned]
            places = {"out_shardings": (self._named(()), updates)}
        elif self.device != jax.local_devices()[0]:
            here = SingleDeviceSharding(self.device)
            places = {"in_shardings": here, "out_shardings": here}
        return jax.jit(function, **places)

    def rest(self, program, feeds, loop):
        """What a compiled function takes after the state."""
        if loop is None:
            words = self.words(2) if program.random else None
            return self.placed(program.feeds, feeds), words
        steps, batches = loop
        words = None
        if program.random:
            # XLA compiles for each shape, so there are only a few: powers of two.
            rows = max(1 << 10, 1 << (steps - 1).bit_length())
            words = numpy.pad(self.words((steps, 2)), [(0, rows - steps), (0, 0)])
        feeds = self.placed(program.feeds, feeds, batches)
        stacked = [tensor in batches for tensor in program.feeds]
        same = [None if cut else value for value, cut in zip(feeds, stacked)]
        slices = [value if cut else None for value, cut in zip(feeds, stacked)]
        return same, slices, words, numpy.int32(steps)

    @contextlib.contextmanager
    def settings(self):
        """Our precision within, and no mesh of JAX's own around us."""
        with jax.enable_x64(self.float64), jax.set_mesh(_NO_MESH):
            yield

    def is_set(self):
        """Whether these are the settings already."""
        meshless = jax.sharding.get_abstract_mesh().empty
        return meshless and jax.config.jax_enable_x64 == self.float64

    def words(self, size):
        """Random 32-bit numbers, two of which make a key."""
        return self.random.integers(2**32, size=size, dtype=numpy.uint32)

    def hlo(self, fetches, feed_dict=None):
        """What XLA compiles a request to, as text in its own language.

        HLO is short for *high level operations*.  This runs nothing.
        """
        feed_dict = feed_dict or {}
        request = tuple(flatten(fetches)), tuple(feed_dict)
        step = self.prepare(*request, self.compiler)
        program, drawn = step.executor, self.random.bit_generator.state
        feeds = self.feed(program, feed_dict)
        try:
            first = self.first_values(program.variables, feed_dict)
            values = {**self.state, **first}
            with self.settings():
                rest = self.rest(program, feeds, None)
                state = [values[variable] for variable in program.variables]
                return step.once.lower(state, *rest).compile().as_text()
        finally:
            self.random.bit_generator.state = drawn

    # ## Who holds which part of an array? {#where-values-are}
    #
    # On a *mesh* of several devices, each array is either *sharded*, split among the
    # devices, or whole on each of them.  We say which, and XLA computes as if all of it
    # lay in one place.  Where a device needs what others hold, XLA inserts an operation
    # that brings it, a *collective*:
    #
    # ![A batch of four rows, 1 to 4. Device 0 holds 1 and 2 and sums them to 3; device
    # 1 holds 3 and 4 and sums them to 7. An arrow leads from each sum to
    # 10.](weave:sheet-shards "Each device sums its own rows; the all-reduce adds up the
    # sums.")
    #
    # By default we split batches and nothing else.  A batch is a value that you feed
    # where the graph leaves the size of the first axis open.  We split it along the
    # first axis of the mesh, if it divides evenly.  Otherwise each device computes all
    # of it.
    #
    # Every other array is whole on each device, unless you name it in `shards`.
    # However you split, the results are the same up to rounding.

    def _sharding(self, tensor, shape=None, stacked=False):
        """How we split a variable, or a feed of this shape."""
        if tensor in self._axes or shape is None:
            # What an optimizer remembers of a variable is split like the variable.
            beside = getattr(tensor, "beside", None)
            axes = self._axes.get(tensor, self._axes.get(beside, ()))
        else:
            name = self.mesh.axis_names[0]
            even = len(shape) > stacked and shape[stacked] % self.mesh.shape[name] == 0
            axes = (name,) if even and _is_batch(tensor) else ()
        return self._named((None, *axes) if stacked else axes)

    def _named(self, axes):
        return NamedSharding(self.mesh, PartitionSpec(*axes))

    def placed(self, tensors, feeds, batches=()):
        """The feeds, in a type that XLA has, and split if there's a mesh."""
        placed = []
        for tensor, value in zip(tensors, feeds):
            if value.dtype.kind in "iu" and not isinstance(value, jax.Array):
                value = self.fed(value, tensor)
            if self.mesh is not None:
                value = self.put(value, tensor, value.shape, tensor in batches)
            placed.append(value)
        return placed

    def put(self, array, tensor, *how):
        """`array` where it belongs, as the value of a variable or as a feed."""
        if self.mesh is None:
            return jax.device_put(array, self.device)
        sharding = self._sharding(tensor, *how)
        try:
            if isinstance(array, jax.Array) or jax.process_count() == 1:
                return jax.device_put(array, sharding)
            # Each host places its own part.
            return jax.make_array_from_callback(
                array.shape, sharding, lambda index: array[index]
            )
        except ValueError as error:
            error.add_note(f"for the {tensor.kind} '{tensor.name}'")
            raise

    def fed(self, value, tensor):
        with self.settings():
            dtype = jax.dtypes.canonicalize_dtype(tensor.dtype)
            if isinstance(value, jax.Array) and value.dtype.kind == "f" == dtype.kind:
                value = value if value.dtype == dtype else value.astype(dtype)
            elif not isinstance(value, jax.Array) or value.dtype != dtype:
                return as_array(value, dtype, f"feed of '{tensor.name}'")
            elsewhere = self.mesh is None and value.devices() != {self.device}
            return jax.device_put(value, self.device) if elsewhere else value

    def keep(self, array, variable):
        with self.settings():
            dtype = jax.dtypes.canonicalize_dtype(variable.dtype)
            return self.put(as_array(array, dtype, f"'{variable.name}'"), variable)

    def write(self, path, values):
        """Write a checkpoint; of several hosts, only the first does."""
        if self.mesh is None or not self.mesh.is_multi_process:
            return super().write(path, values)
        # To bring a value here takes them all, and each goes on when it's written.
        values = list(values)
        try:
            if jax.process_index() == 0:
                super().write(path, values)
        finally:
            sync_global_devices(f"{path} is written")

    def on_host(self, value, tensor):
        if isinstance(value, jax.Array) and not value.is_fully_addressable:
            value = jax.jit(lambda x: x, out_shardings=self._named(()))(value)
        return numpy.asarray(value, tensor.dtype)[()]

    def constant(self, array):
        dtype = jax.dtypes.canonicalize_dtype(array.dtype)
        return jax.numpy.asarray(as_array(array, dtype, "constant"))


class Step(Around):
    """An executor: a program that XLA compiles, on a session's devices."""

    def __init__(self, program, session):
        super().__init__(program)
        self.session = session
        integers = any(tensor.dtype.kind in "iu" for tensor in program.feeds)
        # A small step is faster if it takes its feeds as they come.
        self.plain = not (integers or program.random or session.mesh)

    @functools.cached_property
    def once(self):
        return self.session.compiled(self.executor, many=False)

    @functools.cached_property
    def many(self):
        return self.session.compiled(self.executor, many=True)

    def __call__(self, state, feeds, loop=None):
        """The values and updates of one step, or of a loop of them."""
        session, program = self.session, self.executor
        # Changing settings takes time, so we do it only if we must.
        if not session.is_set():
            with session.settings():
                return self(state, feeds, loop)
        if program.random:
            # The generator comes last; we draw from it ourselves.
            state = state[:-1]
        try:
            plain = loop is None and self.plain
            rest = (feeds, None) if plain else session.rest(program, feeds, loop)
            function = self.once if loop is None else self.many
            values, updates = function(state, *rest)
            values = [x if x is None else _fetched(x) for x in values]
            if updates and all(x is None for x in values):
                updates[0].block_until_ready()
        except Exception as error:
            program.explain(error)
            raise _explained(error) from None
        return values, updates


class Steps(Loop):
    """An executor of many steps, whose loop XLA compiles too."""

    def __call__(self, state, feeds):
        return self.executor(state, feeds, (self.steps, self.stacked))


# To find a NaN, we go from operation to operation, and let JAX compute each.


class XLAChecker(CheckingInterpreter):
    """Computes operation by operation, on JAX's arrays, and checks each value."""

    np = jax.numpy
    # Here we have values, so we can refuse a wrong label.
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
        with session.settings(), warnings.catch_warnings():
            # If an operation asks for 64 bits by name, it gets 32.
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
            # From constants alone, JAX computes on a device of its own choice.
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


# You can now run any graph of this book on a GPU, or on a rack of them, and you haven't
# touched the graph.  [Part IX](course/part9_machines.py) splits one over eight devices,
# and [How fast is it?](weave/speed.md#on-a-gpu) measures it on a GPU.


def _is_batch(tensor):
    """Whether the graph leaves the number of rows open."""
    return tensor.dims is None or isinstance(next(iter(tensor.dims), None), Unknown)


def _check_kept(variable, before, after):
    """Raise ValueError if a step changes the shape of a variable."""
    if before is not None and before.shape != after.shape:
        raise ValueError(
            f"a step makes of '{variable.name}' {before.shape} one of {after.shape}; "
            "where shapes change, run the steps one by one"
        )


def _warn_of_length(program):
    length = len(program.values_at)
    if length >= MANY_LINES:
        warnings.warn(
            f"XLA compiles a program of {length:,} lines, and the time for it grows "
            "faster than their number: it may take minutes; a shorter request, or a "
            "loop in the graph, takes less",
            stacklevel=1,
        )


def _fetched(value):
    """A fetched value as a NumPy array that you can write into, unlike JAX's."""
    array = numpy.asarray(value)
    return array.copy() if array.ndim else array[()]


def _find(device):
    """The device of this name, or the first one; ValueError if there's none."""
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
    """The mesh, with axes along which XLA decides how to split what it computes."""
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
    """The error of a run, in our words where JAX's say little."""
    if isinstance(error, jax.errors.JAXTypeError):
        error.add_note(
            "XLA compiles before there are values: `compute` can use `np` and the "
            "methods of its operands, but cannot look at their values"
        )
    elif isinstance(error, TypeError) and "shape" in str(error):
        # When shapes don't fit, JAX raises a TypeError.
        notes, trace = getattr(error, "__notes__", []), error.__traceback__
        error = ValueError(str(error)).with_traceback(trace)
        for note in notes:
            error.add_note(note)
    return error
