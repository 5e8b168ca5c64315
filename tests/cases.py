"""Each operation on each kind of input: what the gradient checks go through.

A case is (name, the function of a graph and tensors, the arrays).  Values stay away
from kinks, where no difference can tell the derivative.
"""

import numpy as np

from mixins.convolution import Slide
from mixins.matrices import transposed
from mixins.pooling import PickOp

SHAPES = [(), (3,), (2, 3), (2, 1, 3)]
PAIRS = [
    ((), ()),
    ((3,), ()),
    ((3,), (3,)),
    ((1,), (3,)),
    ((2, 3), (3,)),
    ((2, 3), (2, 1)),
    ((2, 1), (1, 3)),
    ((4, 1, 3), (2, 1)),
    ((2, 3), (1, 1, 1)),
]
PRODUCTS = [
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 2)),
    ((2, 3), (3, 4)),
    ((1, 1), (1, 1)),
    ((5, 2, 3), (3, 4)),
    ((5, 2, 3), (3, 0)),
    ((5, 2, 0), (0, 4)),
    ((2, 3), (5, 3, 4)),
    ((5, 2, 3), (5, 3, 4)),
    ((5, 1, 2, 3), (4, 3, 2)),
    ((3,), (5, 3, 2)),
    ((5, 2, 3), (3,)),
]
FAR = np.array([-1e4, -750.0, -40.0, 0.0, 40.0, 750.0, 1e4])
AXES = [None, 0, 1, -1, (0, 1), (-1, 0), ()]


def draw(shape, seed, low=0.2, high=1.8):
    """Numbers away from 0, of either sign unless `low` is positive for all."""
    return np.random.default_rng(seed).uniform(low, high, shape)


def signed(shape, seed):
    """Numbers of either sign, at least 0.2 away from 0, no two alike."""
    rng = np.random.default_rng(seed)
    return rng.uniform(0.2, 1.8, shape) * rng.choice([-1, 1], shape)


def unary():
    names = [
        "neg",
        "abs",
        "square",
        "exp",
        "sigmoid",
        "tanh",
        "relu",
        "softplus",
        "sign",
        "identity",
    ]
    for name in [*names, "sqrt", "log"]:
        numbers = draw if name in ("sqrt", "log") else signed
        for shape in SHAPES:
            yield (
                f"{name}{shape}",
                lambda graph, x, name=name: getattr(graph, name)(x),
                [numbers(shape, 1)],
            )


def binary():
    for name in ["add", "sub", "mul", "div", "floordiv", "pow", "maximum", "minimum"]:
        for one, other in PAIRS:
            for left, right in {(one, other), (other, one)}:
                numbers = draw if name == "pow" else signed
                yield (
                    f"{name}{left}{right}",
                    lambda graph, a, b, name=name: getattr(graph, name)(a, b),
                    [numbers(left, 1), numbers(right, 2)],
                )


def choices():
    for one, other in PAIRS:
        condition = signed(other, 3) > 0
        yield (
            f"where{one}{other}",
            lambda graph, a, b, c=condition: graph.where(c, a, b),
            [signed(one, 1), signed(other, 2)],
        )
        yield (
            f"where_greater{one}{other}",
            lambda graph, a, b: graph.where(a > b, graph.square(a), a * b),
            [signed(one, 1), signed(other, 2)],
        )


def reductions():
    for name in ["sum", "mean", "max", "min"]:
        for axis in AXES:
            for keepdims in (False, True):
                yield (
                    f"{name}(axis={axis}, keepdims={keepdims})",
                    lambda graph, x, name=name, axis=axis, keepdims=keepdims: getattr(
                        graph, name
                    )(graph.square(x), axis=axis, keepdims=keepdims),
                    [signed((2, 3, 2), 1)],
                )
        yield f"{name}()", lambda graph, x, name=name: getattr(graph, name)(x), [2.0]
    for name in ("softmax", "log_softmax"):
        for axis in (-1, 0, 1):
            yield (
                f"{name}(axis={axis})",
                lambda graph, x, name=name, axis=axis: getattr(graph, name)(x, axis),
                [signed((2, 3), 1)],
            )


def products():
    for left, right in PRODUCTS:
        yield (
            f"dot{left}{right}",
            lambda graph, a, b: a @ b,
            [signed(left, 1), signed(right, 2)],
        )


def movements():
    x = signed((2, 3, 4), 1)
    indices = [
        *(0, -1, None, ..., slice(1, None), (1, 2), (..., 1), (..., None, 2)),
        *((slice(None), slice(None, None, 2)), (0, None, slice(2, 0, -1)), ()),
        (slice(-1, None), ..., slice(3, 1, -1)),
    ]
    for index in indices:
        yield f"getitem[{index}]", lambda graph, x, i=index: graph.square(x)[i], [x]
    for axes in [None, (1, 0, 2), (2, 0, 1), (0, 1, 2), (0, -1, 1)]:
        yield (
            f"transpose{axes}",
            lambda graph, x, axes=axes: graph.transpose(graph.square(x), axes),
            [x],
        )
    yield "transpose vector", lambda graph, x: graph.transpose(x * x), [x[0, 0]]
    for shape in [(24,), (6, 4), (-1, 2), (4, -1, 3), (2, 3, 4)]:
        yield (
            f"reshape{shape}",
            lambda graph, x, shape=shape: graph.reshape(graph.square(x), shape),
            [x],
        )
    yield (
        "reshape to the shape of another",
        lambda graph, a, b: graph.reshape(a * a, graph.shape(b)) * b,
        [signed((6,), 1), signed((2, 3), 2)],
    )
    yield (
        "broadcast_to",
        lambda graph, a: graph.broadcast_to(a * a, (4, 2, 3)),
        [signed((2, 1), 1)],
    )
    yield (
        "broadcast_to the shape of another",
        lambda graph, a, b: graph.broadcast_to(a * a, graph.shape(b)) * b,
        [signed((3,), 1), signed((2, 3), 2)],
    )
    for multiples in [(1, 1, 1), (2, 1, 3), (1, 4, 1)]:
        yield (
            f"tile{multiples}",
            lambda graph, x, m=multiples: graph.tile(x * x, m),
            [x],
        )
    for axis in (0, 1, 3, -1, -4):
        yield (
            f"expand_dims({axis})",
            lambda graph, x, axis=axis: graph.expand_dims(x * x, axis),
            [x],
        )
    for axis in (None, 0, -1, (0, 2)):
        yield (
            f"squeeze({axis})",
            lambda graph, x, axis=axis: graph.squeeze(x * x, axis),
            [signed((1, 3, 1), 1)],
        )
    for axis, indices in ((0, [[0, 1], [1, 1]]), (1, 2), (-1, [3, 0, 3]), (-2, [[1]])):
        yield (
            f"gather(axis={axis})",
            lambda graph, x, i=indices, axis=axis: graph.gather(x * x, i, axis),
            [x],
        )
    for axis in (0, 1, -1):
        yield (
            f"concat(axis={axis})",
            lambda graph, a, b, axis=axis: graph.concat([a * b, b, a], axis),
            [signed((2, 3), 1), signed((2, 3), 2)],
        )
        yield (
            f"stack(axis={axis})",
            lambda graph, a, b, axis=axis: graph.stack([a * b, b, a], axis),
            [signed((2, 3), 1), signed((2, 3), 2)],
        )
    yield (
        "concat of different sizes",
        lambda graph, a, b: graph.concat([a * a, b], axis=1),
        [signed((2, 3), 1), signed((2, 1), 2)],
    )


def read(graph, a):
    with graph.control_dependencies([graph.assign(a, a)]):
        return a * graph.tanh(a)


def mixtures():
    yield "shared", lambda graph, a: a * graph.tanh(a) + a, [signed((3,), 1)]
    yield "stop_gradient", lambda graph, a: a * graph.stop_gradient(a * 0 + 2), [0.7]
    yield (
        "cast",
        lambda graph, a: graph.cast(a * a, "longdouble"),
        [signed((3,), 1)],
    )
    yield "clip", lambda graph, a: graph.clip(a * a, 0.1, 1.5), [signed((2, 3), 1)]
    yield "read after an assignment", read, [signed((3,), 1)]
    labels = np.array([[0, 1, 0], [0.5, 0, 0.5]])
    yield (
        "softmax_cross_entropy",
        lambda graph, x: graph.softmax_cross_entropy(x, labels),
        [signed((2, 3), 1)],
    )
    yield (
        "softmax_cross_entropy by both",
        lambda graph, x, labels: graph.softmax_cross_entropy(x, labels),
        [signed((2, 3), 1), draw((2, 3), 2)],
    )
    yield (
        "sigmoid_cross_entropy",
        lambda graph, x, labels: graph.sigmoid_cross_entropy(x, labels),
        [signed((2, 3), 1), draw((2, 3), 2)],
    )
    yield (
        "cross-entropies of each",
        lambda graph, x, labels: (
            graph.sigmoid_cross_entropy(x, labels, mean=False)
            + graph.expand_dims(graph.softmax_cross_entropy(x, labels, mean=False), 1)
        ),
        [signed((2, 3), 1), draw((2, 3), 2)],
    )


def functions():
    x = signed((2, 3), 1)
    for name in ("sin", "cos", "floor", "ceil", "round", "rsqrt"):
        yield (
            f"{name}",
            lambda graph, x, name=name: getattr(graph, name)(x * x + 0.1),
            [x],
        )
    for one, other in PAIRS:
        yield (
            f"mod{one}{other}",
            lambda graph, a, b: (a * 2.7) % b,
            [signed(one, 4), signed(other, 5)],
        )
    yield (
        "linspace",
        lambda graph, a, b: graph.linspace(a * a, a * b, 4),
        [0.7, 1.3],
    )
    yield "range", lambda graph, a: graph.range(4) * a, [0.7]
    for k in (1, 3):
        yield (
            f"top_k({k})",
            lambda graph, x, k=k: graph.top_k(x * x, k)[0] * np.arange(1.0, k + 1),
            [signed((2, 4), 1)],
        )
    for axis, exclusive, reverse in [(0, 0, 0), (1, 1, 0), (1, 0, 1), (-1, 1, 1)]:
        yield (
            f"cumsum({axis}, {exclusive}, {reverse})",
            lambda graph, x, way=(axis, exclusive, reverse): graph.cumsum(
                graph.reshape(x * x, (2, 3)), *way
            ),
            [x],
        )
    yield "cumsum", lambda graph, x: graph.cumsum(x * x), [x]
    yield "cumsum of columns", lambda graph, x: graph.cumsum(x * x, -2, 1, 1), [x]
    yield (
        "split and unstack",
        lambda graph, x: (
            graph.add(*graph.split(graph.reshape(x * x, (2, 4)), [1, 1], 0))[0, 0]
            * graph.split(graph.reshape(x, (2, 4)), 2, 1)[0]
            * graph.unstack(graph.reshape(x, (2, 4)), -1)[3][0]
        ),
        [signed((2, 4), 1)],
    )
    indices = [[[0, 1], [1, 2]], [[0, 1], [1, 0]]]
    yield "gather_nd", lambda graph, x: graph.gather_nd(x * x, indices), [x]
    yield "gather_nd of rows", lambda graph, x: graph.gather_nd(x * x, [[1], [1]]), [x]
    yield (
        "scatter_nd",
        lambda graph, x: graph.scatter_nd(indices, x * x, (2, 3)),
        [signed((2, 2), 1)],
    )
    for name in ("segment_sum", "segment_mean"):
        yield (
            name,
            lambda graph, x, name=name: getattr(graph, name)(
                graph.reshape(x * x, (3, 2)), [2, 0, 2], 4
            ),
            [x],
        )


def matrices():
    stack = signed((2, 3, 3), 1) + 3 * np.eye(3)

    yield (
        "inverse",
        lambda graph, x: graph.inverse(x),
        [stack],
    )
    for left, right in [((3, 3), (3, 2)), ((2, 3, 3), (2, 3, 1)), ((2, 3, 3), (3, 2))]:
        yield (
            f"solve{left}{right}",
            lambda graph, a, b: graph.solve(a, b),
            [np.broadcast_to(stack[0], left) + 0.1 * signed(left, 3), signed(right, 2)],
        )
    yield (
        "cholesky",
        lambda graph, x: graph.cholesky(x @ transposed(x)),
        [stack],
    )
    yield "lower", lambda graph, x: graph.lower(x * x), [stack]
    yield "diag", lambda graph, x: graph.diag(x * x), [signed((2, 3), 1)]
    yield "diag_part", lambda graph, x: graph.diag_part(x * x), [stack]
    yield "trace", lambda graph, x: graph.trace(x * x), [stack]


def flows():
    for sign in (1, -1):
        yield (
            f"cond({sign})",
            lambda graph, a, b, sign=sign: graph.cond(
                graph.sum(a * a) * sign > 0,
                lambda: graph.sin(a) * b,
                lambda: a * graph.sum(b * b),
            ),
            [signed((2, 3), 1), signed((3,), 2)],
        )
    yield (
        "cond with two results, one in the other",
        lambda graph, a, b: graph.mul(
            *graph.cond(
                True,
                lambda: [a * b, graph.cond(False, lambda: b, lambda: b * b)],
                lambda: [a, b],
            )
        ),
        [signed((3,), 1), signed((3,), 2)],
    )
    yield (
        "while_loop of three rounds",
        lambda graph, a, b: graph.mul(
            *graph.while_loop(
                lambda i, x, y: i < 3,
                lambda i, x, y: [i + 1, graph.sin(x) * b, y + graph.sum(x * a)],
                [graph.constant(0, dtype=int), a, 1.0],
            )[1:]
        ),
        [signed((3,), 1), signed((3,), 2)],
    )


def images():
    # A graph has to know how large its filters are.
    x, filters = signed((2, 5, 6, 2), 1), signed((3, 2, 2, 3), 2)
    slides = [(1, "SAME", 1), (1, "VALID", 1), ((2, 3), "SAME", 1), (2, "VALID", 1)]
    slides += [(1, "SAME", (1, 2)), (1, "VALID", 2)]
    for slide in slides:
        yield (
            f"conv2d{slide}",
            lambda graph, x, f, slide=slide: graph.conv2d(
                x, graph.reshape(f, filters.shape), *slide
            ),
            [x, filters],
        )
    yield (
        "conv2d_transpose",
        lambda graph, y, f: graph.conv2d_transpose(
            y, graph.reshape(f, filters.shape), (2, 5, 6, 2), 2
        ),
        [signed((2, 3, 3, 3), 1), filters],
    )
    for name in ("max_pool", "avg_pool"):
        for window in [(2,), ((3, 2), 1), (2, 2, "SAME"), (3, (2, 1), "SAME"), (2, 3)]:
            yield (
                f"{name}{window}",
                lambda graph, x, name=name, window=window: getattr(graph, name)(
                    x * x, *window
                ),
                [x],
            )
    yield (
        "what the windows of max_pool picked",
        lambda graph, x: (
            PickOp(
                [x * x, [[[[3, 0]], [[1, 2]]]]], graph, slide=Slide.of(2, 2, "VALID")
            ).output
        ),
        [signed((1, 4, 3, 2), 1)],
    )
    yield (
        "pad",
        lambda graph, x: graph.pad(x * x, [(0, 1), (2, 0), (0, 0)], 5.0),
        [signed((2, 3, 2), 1)],
    )
    yield (
        "batch_normalization",
        lambda graph, x, scale, offset: graph.batch_normalization(
            x, *graph.moments(x, (0, 1)), offset, scale
        ),
        [signed((2, 3, 2), 1), signed((2,), 2), signed((2,), 3)],
    )


CASES = {
    name: (build, arrays)
    for group in (
        *(unary, binary, choices, reductions, products, movements, functions),
        *(matrices, flows, images, mixtures),
    )
    for name, build, arrays in group()
}
