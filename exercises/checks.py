"""What each exercise must do: a generator of checks for the module that solves it.

The first checks are the examples in the question.  Expected values come from NumPy,
exact arithmetic or finite differences, never from the framework itself.
"""

import decimal
import math
import operator

import numpy as np

from exercises.compare import Check, Raises, Such
from graph import Graph
from ops import ElementwiseOp
from session import Session
from tensor import Tensor
from train import GradientDescentOptimizer


def of(function, given, expected, **limits):
    """A check that calls `function` with the arguments `given`."""
    call = f"{function.__name__}({', '.join(given)})"
    return Check(call, function, given, expected, **limits)


def differences(function, arrays, h=1e-6):
    """The gradient of a scalar function with respect to each array, numerically."""
    results = []
    for i, array in enumerate(arrays):
        result = np.zeros_like(array)
        for at in np.ndindex(array.shape):
            ends = []
            for sign in (1, -1):
                moved = [np.array(a) for a in arrays]
                moved[i][at] += sign * h
                ends.append(function(*moved))
            result[at] = (ends[0] - ends[1]) / (2 * h)
        results.append(result)
    return results


def through_graph(build, arrays, dtype=float):
    """The value of `build(graph, *tensors)`, and its gradient with respect to each.

    It's the gradient of a sum whose elements are weighted by 1, 2, 3, ..., so that
    none can stand in for another.
    """
    graph = Graph(dtype)
    xs = [graph.placeholder(np.shape(a), name=f"x{i}") for i, a in enumerate(arrays)]
    y = build(graph, *xs)
    feeds, session = dict(zip(xs, arrays)), Session(graph)
    weights = counting(session.run(y, feeds))
    gradients = graph.gradients(graph.sum(y * weights), xs)
    return session.run([y, *gradients], feeds)


def counting(array):
    return np.arange(1.0, np.size(array) + 1).reshape(np.shape(array))


def by_differences(function, arrays):
    """The same for a NumPy function, numerically."""

    def weighted(*moved):
        value = function(*moved)
        return (value * counting(value)).sum()

    return [function(*arrays), *differences(weighted, arrays)]


# ## 1: evaluate


class _CountedOp(ElementwiseOp):
    """x + 1; writes its name into `log` each time we compute it."""

    def compute(self, np, x):
        self.log.append(self.output.name)
        return x + 1


def check_01(module):
    graph, log = Graph(), []
    x = graph.placeholder((), name="x")
    s = graph.add(x, 2, name="s")
    y = graph.mul(s, s, name="y")
    w = graph.variable([1.0, 2.0], name="w")
    c = graph.constant(3.0, name="c")
    total = graph.sum(w * c + y, name="total")
    cases = [
        ([s, y], {x: 1.0}, [3.0, 9.0]),
        ([y], {s: 10.0}, [100.0]),
        ([x, y, x], {x: 5.0}, [5.0, 49.0, 5.0]),
        ([c, w], {}, [3.0, np.array([1.0, 2.0])]),
        ([total], {x: 0.0}, [17.0]),
        ([total], {x: 0.0, w: np.zeros(2), c: 1.0}, [8.0]),
        ([y], {x: 1.0, y: 0.0}, [0.0]),
        ([], {x: 1.0}, []),
    ]
    for tensors, feed_dict, expected in cases:
        given = {"tensors": tensors, "feed_dict": feed_dict}
        yield of(module.evaluate, given, expected)
    given = {"tensors": [total], "feed_dict": {w: np.ones(2)}}
    yield of(module.evaluate, given, Raises(ValueError, "'x'"))

    def counted(tensors, feed_dict):
        log.clear()
        values = module.evaluate(tensors, feed_dict)
        return values, sorted(log)

    first = _CountedOp([x], graph, "first", log=log).output
    second = _CountedOp([first], graph, "second", log=log).output
    both = graph.add(first, second * first, name="both")
    _CountedOp([both], graph, "not_needed", log=log)
    for tensors, feed_dict, expected in [
        ([both, second, first], {x: 1.0}, ([8.0, 3.0, 2.0], ["first", "second"])),
        ([both], {first: 4.0}, ([24.0], ["second"])),
    ]:
        call = "evaluate(tensors, feed_dict), and which operations it computes"
        given = {"tensors": tensors, "feed_dict": feed_dict}
        yield Check(call, counted, given, expected)
    ladder = x
    for _ in range(60):
        ladder = ladder + ladder
    given = {"tensors": [ladder], "feed_dict": {x: 1.0}}
    yield of(module.evaluate, given, [2.0**60])
    chain = x
    for _ in range(5000):
        chain = graph.neg(chain)
    yield of(module.evaluate, {"tensors": [chain], "feed_dict": {x: 1.0}}, [1.0])


# ## 2: log_probabilities, score_loss, score_slope


def check_02(module):
    rng = np.random.default_rng(2)

    def plain(scores):
        return np.log(np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True))

    far = np.array([[0.0, 1000.0]])
    very_far = np.array([[0.0, 1000.0], [-1000.0, -999.0], [1e4, -1e4]])
    log_ratio = -np.log1p(np.exp(-1.0))
    expected = [[-1000.0, 0.0], [log_ratio - 1, log_ratio], [0.0, -2e4]]
    yield of(module.log_probabilities, {"scores": far}, far - 1000)
    yield of(module.log_probabilities, {"scores": very_far}, np.array(expected))
    for shape in [(1, 2), (4, 3), (3, 1), (0, 3)]:
        scores = rng.normal(size=shape)
        yield of(module.log_probabilities, {"scores": scores}, plain(scores))

    given = {"scores": far, "labels": np.array([0])}
    yield of(module.score_loss, given, 1000.0)
    yield of(module.score_slope, given, np.array([[-1.0, 1.0]]))
    given = {"scores": far, "labels": np.array([1])}
    yield of(module.score_loss, given, 0.0)
    yield of(module.score_slope, given, np.zeros((1, 2)))
    given = {"scores": np.full((2, 4), -1000.0), "labels": np.array([3, 0])}
    yield of(module.score_loss, given, math.log(4))
    apart = np.array([[0.0, 0.0], [-1000.0, -1000.0], [1e4, -1e4]])
    given = {"scores": apart, "labels": np.array([0, 1, 0])}
    yield of(module.score_loss, given, 2 * math.log(2) / 3)
    slope = np.array([[-0.5, 0.5], [0.5, -0.5], [0.0, 0.0]]) / 3
    yield of(module.score_slope, given, slope)
    for shape in [(1, 2), (4, 3), (6, 5)]:
        scores = rng.normal(size=shape)
        labels = rng.integers(shape[1], size=shape[0])

        def loss(scores, labels=labels):
            return -np.mean([plain(scores)[i, c] for i, c in enumerate(labels)])

        given = {"scores": scores, "labels": labels}
        yield of(module.score_loss, given, loss(scores))
        (slope,) = differences(loss, [scores])
        yield of(module.score_slope, given, slope, tolerance=1e-7)


# ## 3: minibatches


def check_03(module):
    def batches(count, size, seed):
        return list(module.minibatches(count, size, np.random.default_rng(seed)))

    def sizes(count, size, seed):
        return [len(batch) for batch in batches(count, size, seed)]

    def seen(count, size, seed):
        found = batches(count, size, seed)
        return np.sort(np.concatenate(found)) if found else np.arange(0)

    call = "minibatches(count, size, rng)"
    for count, size in [(10, 4), (12, 4), (3, 5), (1, 1), (0, 3), (100, 7)]:
        given = {"count": count, "size": size, "seed of rng": 0}
        full, rest = divmod(count, size)
        expected = [size] * full + [rest] * bool(rest)
        yield Check(f"the sizes of {call}", sizes, given, expected)
        yield Check(f"all of {call}, sorted", seen, given, np.arange(count))

    def shuffled(count, size, seed):
        """How many hold only neighbors, whether one recurs, whether one is sorted."""
        rng = np.random.default_rng(seed)
        first, second = (list(module.minibatches(count, size, rng)) for _ in range(2))
        close = sum(int(np.ptp(batch)) < size for batch in first + second)
        alike = any(set(a.tolist()) == set(b.tolist()) for a in first for b in second)
        return close, alike, bool((np.diff(first[0]) > 0).all())

    given = {"count": 1000, "size": 50, "seed of rng": 0}
    call = f"two epochs of {call}: how many minibatches hold only neighbors, whether "
    call += "one comes again, whether the first is sorted"
    yield Check(call, shuffled, given, (0, False, False))

    def again(count, size, seed):
        one, other = batches(count, size, seed), batches(count, size, seed)
        return bool(np.array_equal(np.concatenate(one), np.concatenate(other)))

    call = "whether the same rng gives the same epoch"
    yield Check(call, again, {**given, "size": 100}, True)
    for size in (0, -1):
        given = {"count": 10, "size": size, "seed of rng": 0}
        call = "minibatches(count, size, rng)"
        yield Check(call, batches, given, Raises(ValueError))


# ## 4: order_by_inputs


class _Watched(dict):
    """A dictionary that notices if it's asked far too often."""

    def __init__(self, inputs):
        super().__init__(inputs)
        self.left = 20 * sum(1 + len(of_one) for of_one in inputs.values())

    def __getitem__(self, node):
        self.left -= 1
        if self.left < 0:
            raise TimeoutError("you look at nodes again and again")
        return super().__getitem__(node)


def _order_of(inputs, targets):
    """The condition that an order must meet."""
    needed, waiting = set(), list(targets)
    while waiting:
        node = waiting.pop()
        if node not in needed:
            needed.add(node)
            waiting += inputs[node]

    def fault(order):
        if not isinstance(order, list):
            return f"it is no list, but of type {type(order).__name__}"
        if len(set(order)) < len(order):
            return "a node occurs twice"
        if missing := needed - set(order):
            return f"{missing.pop()!r} is missing"
        if surplus := set(order) - needed:
            return f"{surplus.pop()!r} is not needed"
        place = {node: i for i, node in enumerate(order)}
        for node in order:
            for x in inputs[node]:
                if place[x] > place[node]:
                    return f"{node!r} comes before its input {x!r}"
        return ""

    return Such("each needed node once, after its inputs", fault)


def check_04(module):
    function = module.order_by_inputs

    def check(inputs, targets):
        given = {"inputs": _Watched(inputs), "targets": targets}
        return of(function, given, _order_of(inputs, targets))

    diamond = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c", "b"]}
    for targets in (["d"], ["b"], [], ["b", "d"], ["d", "b", "d"]):
        yield check(diamond, targets)
    skip = {"y": ["b", "d"], "d": ["c"], "c": ["b"], "b": ["a"], "a": []}
    yield check(skip, ["y"])
    yield check(skip, ["b", "y"])
    mixed = {0: [(1, 2)], (1, 2): [None], "a": [0, None], None: []}
    yield check(mixed, ["a", 0])
    rng = np.random.default_rng(4)
    for _ in range(20):
        names = rng.permutation(12).tolist()
        graph = {
            node: [names[int(j)] for j in rng.integers(i, size=rng.integers(4))]
            if i
            else []
            for i, node in enumerate(names)
        }
        # Sorted, so that the order of the dictionary gives nothing away.
        graph = {node: graph[node] for node in sorted(graph)}
        yield check(graph, rng.permutation(12)[:2].tolist())
    circles = [
        ({"a": ["a"]}, ["a"]),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, ["a"]),
        ({"y": ["x", "b"], "x": [], "b": ["c", "x"], "c": ["x", "b"]}, ["y"]),
    ]
    for inputs, targets in circles:
        given = {"inputs": _Watched(inputs), "targets": targets}
        yield of(function, given, Raises(ValueError))
    yield check({"a": [], "b": ["b"]}, ["a"])
    yield check({i: [i - 1] * 2 if i else [] for i in range(60)}, [59])
    long = {i: [i - 1] if i else [] for i in range(100_000)}
    yield check(long, [99_999])
    # Each of 300 nodes needs all before it.
    yield check({i: list(range(i)) for i in range(300)}, [299])


# ## 5: sum_to


def check_05(module):
    ones = np.ones((4, 3))
    for shape, expected in [
        ((3,), [4.0, 4.0, 4.0]),
        ((4, 1), [[3.0]] * 4),
        ((), 12.0),
    ]:
        given = {"gradient": ones, "shape": shape}
        yield of(module.sum_to, given, np.array(expected))
    rng = np.random.default_rng(5)
    for large, shape in [
        ((4, 3), (4, 3)),
        ((4, 3), (1, 3)),
        ((4, 3), (1,)),
        ((3, 3), (3, 1)),
        ((3, 3), (3,)),
        ((5, 4, 3), (4, 1)),
        ((5, 4, 3), (5, 1, 3)),
        ((2, 1, 3), (1, 3)),
        ((2, 5, 4, 3), (5, 1, 1)),
        ((1, 1), (1,)),
        ((), ()),
        ((1,), ()),
        ((0, 3), (3,)),
        ((0, 3), (1, 3)),
        ((4, 0), (4, 1)),
        ((0,), (0,)),
    ]:
        gradient = rng.normal(size=large)
        # For each element, the element of the operand that was repeated there.
        owner = np.arange(math.prod(shape)).reshape(shape)
        owner = np.broadcast_to(owner, large).ravel()
        expected = np.zeros(math.prod(shape))
        for i, share in zip(owner, gradient.ravel()):
            expected[i] += share
        given = {"gradient": gradient, "shape": shape}
        yield of(module.sum_to, given, expected.reshape(shape))


# ## 6: hessian_times


def check_06(module):
    rng = np.random.default_rng(6)

    def times(build, x, v):
        graph = Graph()
        at, along = graph.placeholder(x.shape), graph.placeholder(v.shape)
        product = module.hessian_times(graph, build(graph, at), at, along)
        return Session(graph).run(product, {at: x, along: v})

    def check(name, build, x, v):
        def slope(x):
            graph = Graph()
            at = graph.placeholder(x.shape)
            (gradient,) = graph.gradients(build(graph, at), [at])
            return Session(graph).run(gradient, {at: x})

        h = 1e-5
        expected = (slope(x + h * v) - slope(x - h * v)) / (2 * h)
        given = {"x": x, "v": v}
        call = f"hessian_times(graph, loss, x, v), for the loss {name}"

        def run(x, v):
            return times(build, x, v)

        return Check(call, run, given, expected, tolerance=1e-6)

    def cubic(graph, x):
        return graph.square(x[0]) * x[1]

    x, v = np.array([1.0, 2.0]), np.array([1.0, 0.0])
    yield check("x[0]**2 * x[1]", cubic, x, v)._replace(expected=np.array([4.0, 2.0]))

    def valley(graph, x):
        step = x[1:] - graph.square(x[:-1])
        return graph.sum(100 * graph.square(step) + graph.square(1 - x[:-1]))

    yield check("of Rosenbrock", valley, rng.normal(size=4), rng.normal(size=4))
    A, B = rng.normal(size=(3, 3)), rng.normal(size=(2, 3))

    def form(graph, x):
        return graph.sum(x * (x @ A))

    v = rng.normal(size=3)
    expected = (A + A.T) @ v
    found = check("sum(x * (x @ A))", form, rng.normal(size=3), v)
    yield found._replace(expected=expected)

    def layer(graph, x):
        return graph.sum(graph.tanh(B @ x))

    x, v = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    yield check("sum(tanh(B @ x))", layer, x, v)

    def straight(graph, x):
        return graph.sum(3 * x)

    yield check("sum(3 * x)", straight, rng.normal(size=3), rng.normal(size=3))
    yield check("sum(exp(x))", lambda g, x: g.sum(g.exp(x)), np.array(2.0), np.array(3))

    def along_itself(x):
        graph = Graph()
        at = graph.placeholder(x.shape)
        loss = graph.sum(graph.square(at) * at)
        product = module.hessian_times(graph, loss, at, at * at)
        return Session(graph).run(product, {at: x})

    x = rng.normal(size=3)
    call = "hessian_times(graph, sum(x**3), x, v), for the tensor v = x * x"
    yield Check(call, along_itself, {"x": x}, 6 * x**3)

    def operations(size):
        graph = Graph()
        at = graph.placeholder((size,))
        loss = graph.sum(graph.square(graph.sigmoid(at)))
        module.hessian_times(graph, loss, at, graph.placeholder((size,)))
        return len(graph.tensors)

    few = Such(
        "fewer than 100",
        lambda n: "" if n < 100 else "it grows with the size of x",
    )
    call = "how many tensors hessian_times makes for 1000 elements"
    yield Check(call, operations, {"size": 1000}, few)


# ## 7: gradient_is_right


class _Named:
    """A function made from a text, and shown as that text."""

    def __init__(self, text, **names):
        self.text = text
        self.function = eval(f"lambda x: {text}", {"np": np, **names})

    def __call__(self, x):
        return self.function(x)

    def __repr__(self):
        return self.text


def check_07(module):
    rng = np.random.default_rng(7)
    pair, matrix = np.array([1.0, 2.0]), rng.normal(size=(2, 3))
    A, square = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    squares = "(x ** 2).sum()"
    cases = [
        (squares, "2 * x", pair, True),
        (squares, "x", pair, False),
        (squares, "2.002 * x", pair, False),
        (squares, "-2 * x", pair, False),
        ("x.sum()", "np.ones_like(x)", matrix, True),
        ("x.sum()", "1.0", matrix, False),
        ("x.sum()", "np.ones(3)", matrix, False),
        ("x.sum()", "np.ones((1, *x.shape))", matrix, False),
        ("(x @ A).sum()", "np.ones((3, 3)) @ A.T", square, True),
        ("(x @ A).sum()", "A.T @ np.ones((3, 3))", square, False),
        ("(x @ A).sum()", "np.ones((3, 3)) @ A", square, False),
        ("np.sin(x).sum()", "np.cos(x)", matrix, True),
        ("np.sin(x).sum()", "np.cos(x) * (x != x[1, 2])", matrix, False),
        ("np.sin(x).sum()", "np.where(x == x[0, 0], np.nan, np.cos(x))", matrix, False),
        ("100 * (x ** 3).sum()", "300 * x ** 2", pair, True),
        ("1e6 * (x ** 2).sum()", "2e6 * x", matrix, True),
        ("1e6 * (x ** 2).sum()", "2e6 * x + 500", matrix, False),
        # A large element must not hide a mistake in a small one.
        ("(x ** 2 * [1e4, 1]).sum()", "2 * x * [1e4, 1]", pair, True),
        ("(x ** 2 * [1e4, 1]).sum()", "2 * x * [1e4, 1.001]", pair, False),
        ("np.cos(x).sum()", "-np.sin(x)", np.zeros(2), True),
        ("np.cos(x).sum()", "0.001 + x", np.zeros(2), False),
        ("x ** 3", "3 * x ** 2", np.array(2.0), True),
        ("x ** 3", "2 * x ** 2", np.array(2.0), False),
        ("x.sum()", "x", np.zeros(0), True),
        ("np.nan * x.sum()", "np.nan * x", pair, False),
    ]
    for function, gradient, x, expected in cases:
        given = {
            "f": _Named(function, A=A),
            "gradient": _Named(gradient, A=A),
            "x": x,
        }
        yield of(module.gradient_is_right, given, expected)
    # With h = 1 only whole numbers count, and between them the function jumps.
    given = {
        "f": _Named("np.round(x).sum()"),
        "gradient": _Named("np.ones_like(x)"),
        "x": pair,
        "h": 1.0,
    }
    yield of(module.gradient_is_right, given, True)


# ## 8: ScaledTanhOp


def check_08(module):
    rng = np.random.default_rng(8)

    def run(x, a, b):
        def build(graph, x):
            return module.ScaledTanhOp([x], graph, a=a, b=b).output

        return through_graph(build, [x])

    def check(x, a, b):
        def scaled(x):
            return a * np.tanh(b * x)

        call = "ScaledTanhOp([x], graph, a=a, b=b): y, and the gradient of the sum of "
        call += "its elements times 1, 2, 3, ..."
        given = {"x": x, "a": a, "b": b}
        expected = by_differences(scaled, [x])
        return Check(call, run, given, expected, tolerance=1e-7)

    found = check(np.array([0.0]), 2, 3)
    yield found._replace(expected=[np.array([0.0]), np.array([6.0])])
    yield check(np.array(1.0), 1.7159, 2 / 3)
    yield check(np.array([-1000.0, -3.0, 0.5, 1000.0]), 2.0, 3.0)
    yield check(rng.normal(size=(2, 3)), 0.5, -1.5)
    yield check(rng.normal(size=(2, 0)), 2, 3)

    def second(x, a, b):
        graph = Graph()
        at = graph.placeholder(x.shape)
        y = module.ScaledTanhOp([at], graph, a=a, b=b).output
        (first,) = graph.gradients(y, [at])
        return Session(graph).run(graph.gradients(first, [at])[0], {at: x})

    x, a, b = rng.normal(size=3), 1.7159, 2 / 3
    t = np.tanh(b * x)
    given = {"x": x, "a": a, "b": b}
    call = "ScaledTanhOp([x], graph, a=a, b=b), differentiated twice"
    yield Check(call, second, given, -2 * a * b * b * t * (1 - t * t))

    def single(x, a, b):
        def build(graph, x):
            return module.ScaledTanhOp([x], graph, a=a, b=b).output

        return through_graph(build, [x], np.float32)[0]

    x = x.astype(np.float32)
    given = {"x": x, "a": a, "b": b}
    expected = (a * np.tanh(b * x)).astype(np.float32)
    call = "ScaledTanhOp([x], graph, a=a, b=b), in a graph of float32"
    yield Check(call, single, given, expected, tolerance=1e-6)


# ## 9: smooth_relu, smooth_relu_slope


def check_09(module):
    def exactly(x, slope):
        with decimal.localcontext(prec=500):
            u = decimal.Decimal(float(x)).exp()
            return float(u / (1 + u) if slope else (1 + u).ln())

    function = np.vectorize(exactly, otypes=[float])
    rng = np.random.default_rng(9)
    for x in [
        np.array([0.0]),
        np.array([1000.0]),
        np.array([-40.0]),
        np.array([-1000.0, -100.0, -1.0, 1.0, 25.0, 100.0]),
        np.array(-3.0),
        rng.normal(size=(2, 3)),
        np.array([1e-12, -1e-12, 1e4, -1e4]),
    ]:
        limits = {"tolerance": 1e-14, "absolute": 0.0}
        yield of(module.smooth_relu, {"x": x}, function(x, False), **limits)
        yield of(module.smooth_relu_slope, {"x": x}, function(x, True), **limits)
    for empty in (np.zeros(0), np.zeros((2, 0))):
        yield of(module.smooth_relu, {"x": empty}, empty)
        yield of(module.smooth_relu_slope, {"x": empty}, empty)


# ## 10: LargerOp


def check_10(module):
    def build(graph, a, b):
        return module.LargerOp([a, b], graph).output

    def both(a, b):
        return through_graph(build, [a, b])

    def run(a, b, grad):
        graph = Graph()
        x, y = graph.placeholder(a.shape), graph.placeholder(b.shape)
        larger = build(graph, x, y)
        gradients = graph.gradients(larger, [x, y], grad_y=grad)
        return Session(graph).run([larger, *gradients], {x: a, y: b})

    def check(a, b, grad, expected):
        call = "LargerOp([a, b], graph): y, and the shares of a and b for the incoming "
        call += "gradient grad"
        return Check(call, run, {"a": a, "b": b, "grad": grad}, expected)

    a, b = np.array([1.0, 5.0, 2.0]), np.array([3.0, 5.0, 1.0])
    expected = [[3.0, 5.0, 2.0], [0.0, 5.0, 10.0], [10.0, 5.0, 0.0]]
    expected = [np.array(part) for part in expected]
    yield check(a, b, np.full(3, 10.0), expected)
    ones = np.ones((2, 3))
    yield check(ones, ones, ones, [ones, ones / 2, ones / 2])
    zero = np.zeros(3)
    expected = [ones, ones, zero]
    yield check(ones, zero, ones, expected)
    # Nearly a tie is no tie, and a tiny operand isn't rounded away.
    a, b = np.array([1.0, 1e-20, -1e20]), np.array([1.0 + 1e-9, 1e-30, 1.0])
    expected = [np.array([1.0 + 1e-9, 1e-20, 1.0]), np.array([0.0, 1.0, 0.0])]
    yield check(a, b, np.ones(3), [*expected, np.array([1.0, 0.0, 1.0])])
    # A row of ties among three; the bias adds up the shares of all rows.
    rows = np.array([[1.0, 4.0], [2.0, 2.0], [3.0, 0.0]])
    bias = np.array([2.0, 2.0])
    larger = np.array([[2.0, 4.0], [2.0, 2.0], [3.0, 2.0]])
    by_rows = np.array([[0.0, 2.0], [1.5, 2.0], [5.0, 0.0]])
    expected = [larger, by_rows, np.array([1 + 1.5, 2 + 6.0])]
    yield check(rows, bias, np.arange(1.0, 7).reshape(3, 2), expected)
    rng = np.random.default_rng(10)
    for shapes in [((), ()), ((4,), (4,)), ((3, 1), (2,)), ((2, 3), ()), ((0,), (0,))]:
        arrays = [rng.normal(size=shape) for shape in shapes]
        expected = by_differences(np.maximum, arrays)
        call = "LargerOp([a, b], graph): y, and the gradients with respect to a and b "
        call += "of the sum of its elements times 1, 2, 3, ..."
        given = dict(zip("ab", arrays))
        yield Check(call, both, given, expected, tolerance=1e-7)

    def with_itself(x):
        return through_graph(lambda graph, x: build(graph, x, x), [x])

    call = "LargerOp([x, x], graph): y, and its gradient with respect to x"
    x = np.array(3.0)
    yield Check(call, with_itself, {"x": x}, [x, np.array(1.0)])


# ## 11: attention


def _steps_of_attention(Q, K, V):
    """Attention computed step by step, each with the steps before it."""
    rows = []
    for t, q in enumerate(Q):
        weights = np.exp([q @ k / math.sqrt(len(q)) for k in K[: t + 1]])
        rows.append((weights / weights.sum()) @ V[: t + 1])
    return np.array(rows)


def check_11(module):
    rng = np.random.default_rng(11)

    def run(Q, K, V):
        return through_graph(module.attention, [Q, K, V])

    def value(Q, K, V):
        return run(Q, K, V)[0]

    call = "attention(graph, Q, K, V)"
    given = {
        "Q": np.zeros((3, 2)),
        "K": rng.normal(size=(3, 2)),
        "V": np.array([[1.0], [2.0], [6.0]]),
    }
    yield Check(call, value, given, np.array([[1.0], [1.5], [3.0]]))
    for steps, d, width in [(1, 2, 2), (3, 2, 2), (4, 3, 2), (5, 4, 6), (3, 3, 3)]:
        arrays = [rng.normal(size=(steps, n)) for n in (d, d, width)]
        given = dict(zip("QKV", arrays))
        yield Check(call, value, given, _steps_of_attention(*arrays))
        expected = by_differences(_steps_of_attention, arrays)
        words = ": the output, and the gradients with respect to Q, K and V of the sum "
        words += "of its elements times 1, 2, 3, ..."
        yield Check(call + words, run, given, expected, tolerance=1e-6)

    # Scores in the thousands: each step looks at one step alone, and 1 looks at 0.
    Q = np.array([[50.0, 0.0], [50.0, 0.0], [0.0, 50.0]])
    K = np.array([[50.0, 0.0], [-50.0, 0.0], [0.0, 50.0]])
    V = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]])
    zero = np.zeros((3, 2))
    by_V = np.array([[4.0, 6.0], [0.0, 0.0], [5.0, 6.0]])
    expected = [np.array([[1.0, 0.0], [1.0, 0.0], [2.0, 2.0]]), zero, zero, by_V]
    words = ", for large scores: the output, and the gradients with respect to Q, K, V"
    yield Check(call + words, run, dict(zip("QKV", [Q, K, V])), expected)


# ## 12: pick_rows, pick_rows_slope


def check_12(module):
    rng = np.random.default_rng(12)
    table, indices = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1, 1, 0])
    given = {"table": table, "indices": indices}
    yield of(module.pick_rows, given, np.array([[3.0, 4.0], [3.0, 4.0], [1.0, 2.0]]))
    given = {"grad": np.ones((3, 2)), "indices": indices, "shape": (2, 2)}
    yield of(module.pick_rows_slope, given, np.array([[1.0, 1.0], [2.0, 2.0]]))
    for rows, width, shape in [
        (4, 3, (5,)),
        (4, 3, (2, 3)),
        (2, 1, (6, 1)),
        (3, 2, ()),
        (3, 2, (0,)),
        (1, 4, (3,)),
    ]:
        table, indices = rng.normal(size=(rows, width)), rng.integers(rows, size=shape)
        # Rows with a single 1 pick by a matrix product, and put back by another.
        chosen = (indices[..., None] == np.arange(rows)).astype(float)
        given = {"table": table, "indices": indices}
        yield of(module.pick_rows, given, chosen @ table)
        grad = rng.normal(size=(*shape, width))
        given = {"grad": grad, "indices": indices, "shape": (rows, width)}
        flat = chosen.reshape(-1, rows).T @ grad.reshape(-1, width)
        yield of(module.pick_rows_slope, given, flat)
    grad = np.ones((2, 2), np.float32)
    given = {"grad": grad, "indices": np.array([2, 2]), "shape": (3, 2)}
    expected = np.array([[0, 0], [0, 0], [2, 2]], np.float32)
    yield of(module.pick_rows_slope, given, expected)
    for kind in (np.float32, int):
        table = np.arange(6).reshape(3, 2).astype(kind)
        given = {"table": table, "indices": np.array([2, 0])}
        yield of(module.pick_rows, given, table[::-2])


# ## 13: simplify


def check_13(module):
    add, mul, sub, neg = operator.add, operator.mul, operator.sub, operator.neg

    def check(lines, wanted, expected):
        return of(module.simplify, {"lines": lines, "wanted": wanted}, expected)

    lines = [
        ("two", add, (1, 1)),
        ("a", mul, ("x", "two")),
        ("b", mul, ("x", 2)),
        ("c", add, ("a", 5)),
        ("y", add, ("a", "b")),
    ]
    twice = ("a", mul, ("x", 2))
    yield check(lines, ["y"], ([twice, ("y", add, ("a", "a"))], ["y"]))
    yield check(lines, ["two"], ([], [2]))
    yield check(lines, ["b", "a", "b"], ([twice], ["a", "a", "a"]))
    yield check(lines, ["x"], ([], ["x"]))
    yield check(lines, [], ([], []))
    yield check([], ["x", "z"], ([], ["x", "z"]))
    # If two lines are the same, so are the lines that use them.
    lines = [
        ("a", neg, ("x",)),
        ("b", neg, ("x",)),
        ("c", sub, ("a", "z")),
        ("d", sub, ("b", "z")),
        ("e", sub, ("z", "b")),
        ("y", mul, ("c", "d")),
    ]
    left = [lines[0], lines[2], ("y", mul, ("c", "c"))]
    yield check(lines, ["y", "d"], (left, ["y", "c"]))
    left = [lines[0], ("e", sub, ("z", "a"))]
    yield check(lines, ["e"], (left, ["e"]))
    # Numbers that turn up late still make numbers.
    lines = [
        ("three", add, (1, 2)),
        ("minus", neg, ("three",)),
        ("nine", mul, ("minus", "minus")),
        ("y", add, ("nine", "x")),
        ("n", sub, ("nine", "three")),
    ]
    yield check(lines, ["y", "n"], ([("y", add, (9, "x"))], ["y", 6]))
    # Numbers have fractions, and a function is more than its name.
    lines = [("half", operator.truediv, (1, 2)), ("y", mul, ("x", "half"))]
    yield check(lines, ["half", "y"], ([("y", mul, ("x", 0.5))], [0.5, "y"]))
    lines = [("half", add, (0.25, 0.25))]
    yield check(lines, ["half"], ([], [0.5]))
    more, less = (lambda x: x + 1), (lambda x: x - 1)
    lines = [("a", more, ("x",)), ("b", less, ("x",)), ("y", add, ("a", "b"))]
    yield check(lines, ["y"], (lines, ["y"]))
    # A name may look like a number.
    lines = [("a", neg, ("2",)), ("b", add, ("2", "x")), ("c", add, (2, "x"))]
    yield check(lines, ["b", "c"], (lines[1:], ["b", "c"]))
    # A line that only unneeded lines need isn't needed either.
    lines = [("a", neg, ("x",)), ("b", neg, ("a",)), ("c", neg, ("b",))]
    yield check(lines, ["a"], (lines[:1], ["a"]))
    yield check(lines, ["c"], (lines, ["c"]))

    rng = np.random.default_rng(13)
    for _ in range(20):
        lines, names = [], ["x", "z"]
        for i in range(12):
            function = [add, mul, sub, neg][rng.integers(4)]
            arguments = tuple(
                int(rng.integers(4)) if rng.random() < 0.3 else str(rng.choice(names))
                for _ in range(1 if function is neg else 2)
            )
            names.append(f"t{i}")
            lines.append((names[-1], function, arguments))
        wanted = rng.choice(names[2:], 2).tolist()
        yield check(lines, wanted, _by_expressions(lines, wanted))


def _by_expressions(lines, wanted):
    """The simplified program: each name becomes an expression of inputs.

    An expression is a number, an input, or a function and the expressions that are its
    arguments.
    """
    meaning, first = {}, {}

    def whole(x):
        return meaning.get(x, x) if isinstance(x, str) else x

    for name, function, arguments in lines:
        parts = tuple(map(whole, arguments))
        known = all(isinstance(part, int) for part in parts)
        meaning[name] = function(*parts) if known else (function, parts)
        first.setdefault(meaning[name], name)

    def inside(expression):
        if isinstance(expression, tuple):
            return {expression}.union(*map(inside, expression[1]))
        return set()

    def short(expression):
        return first[expression] if isinstance(expression, tuple) else expression

    needed = set().union(*(inside(whole(x)) for x in wanted))
    left = [
        (name, function, tuple(map(short, meaning[name][1])))
        for name, function, _ in lines
        if meaning[name] in needed and first[meaning[name]] == name
    ]
    return left, [short(whole(x)) for x in wanted]


# ## 14: HeavyBallOptimizer


def check_14(module):
    def run(start, curvature, rates, momentum, extra=None):
        graph = Graph()
        rate = graph.placeholder((), name="rate")
        theta = graph.variable(start, name="theta")
        loss = graph.sum(graph.square(theta) * curvature) / 2
        optimizer = module.HeavyBallOptimizer(rate, momentum)
        update, session = optimizer.minimize(loss), Session(graph)
        path = []
        for value in rates:
            session.run(update, {rate: value})
            path.append(session.run(theta))
        return np.array(path)

    def by_hand(start, curvature, rates, momentum):
        theta, v, path = np.array(start), np.zeros_like(start), []
        for rate in rates:
            v = momentum * v - rate * curvature * theta
            theta = theta + v
            path.append(theta)
        return np.array(path)

    call = "theta after each step down sum(curvature * theta**2) / 2, from `start`, "
    call += "with HeavyBallOptimizer(rate, momentum).minimize(loss), one rate a step"

    def check(*given):
        names = ["start", "curvature", "rates", "momentum"]
        return Check(call, run, dict(zip(names, given)), by_hand(*given))

    one = np.array(1.0)
    found = check(one, one, [0.1, 0.1, 0.1], 0.5)
    yield found._replace(expected=np.array([0.9, 0.76, 0.614]))
    yield check(one, one, [0.1, 0.2, 0.3], 0.0)
    yield check(one, one, [0.2, 0.0, 0.0, 0.1], 0.5)
    yield check(np.array([1.0, -2.0]), np.array([1.0, 10.0]), [0.05] * 20, 0.9)
    yield check(np.ones((2, 3)), np.array([1.0, 2.0, 3.0]), [0.1] * 5, 0.8)

    def two(steps):
        graph = Graph()
        a, b = graph.variable(1.0, name="a"), graph.variable([2.0, 3.0], name="b")
        loss = graph.square(a) / 2 + graph.sum(b)
        update = module.HeavyBallOptimizer(0.1, 0.5).minimize(loss)
        session = Session(graph)
        for _ in range(steps):
            session.run(update)
        return session.run([a, b])

    call = "a and b after some steps down a**2 / 2 + sum(b), from 1 and (2, 3), with "
    call += "HeavyBallOptimizer(0.1, 0.5)"
    b = np.array([2.0, 3.0]) - 0.1 - 0.15 - 0.175
    yield Check(call, two, {"steps": 3}, [np.array(0.614), b])

    def slots():
        graph = Graph()
        x = graph.variable(np.ones(2), name="x")
        loss = graph.sum(graph.square(x))
        module.HeavyBallOptimizer(0.1, 0.5).minimize(loss)
        # Another optimizer must not train what this one remembers.
        GradientDescentOptimizer(0.1).minimize(loss)
        made = [variable for variable in graph.variables if variable is not x]
        return [(variable.shape == (2,), variable.trainable) for variable in made]

    call = "for each variable that it makes for x, whether it has the shape of x, and "
    call += "whether it is trainable"
    yield Check(call, slots, {}, [(True, False)])


# ## 15: gradients


class _BareGraph(Graph):
    """A graph that can't do the exercise for you."""

    def gradients(self, *_, **__):
        raise TypeError("the exercise is to do without Graph.gradients")


class _AskedOp(ElementwiseOp):
    """x + 1; writes its name into `log` each time we ask for its shares."""

    def compute(self, np, x):
        return x + 1

    def gradient(self, grad):
        self.log.append(self.output.name)
        return [grad]


def check_15(module):
    def values(build, arrays):
        """The values of the gradients of `build(graph, *xs)` with respect to the xs."""
        graph = _BareGraph()
        xs = [
            graph.placeholder(np.shape(x), name=f"x{i}") for i, x in enumerate(arrays)
        ]
        return run(graph, build(graph, *xs), xs, dict(zip(xs, arrays)))

    def run(graph, y, xs, feeds):
        found = module.gradients(y, xs)
        if not isinstance(found, list):
            return found
        session = Session(graph)
        return [session.run(x, feeds) if isinstance(x, Tensor) else x for x in found]

    def check(text, build, expected, **given):
        call = f"the values of gradients(y, [{', '.join(given)}]), for y = {text}"
        given = {name: np.array(value, float) for name, value in given.items()}
        return Check(call, lambda *arrays: values(build, arrays), given, expected)

    def compared(text, build, function, **given):
        """The same, where a NumPy function says what the value is."""
        expected = differences(function, [*given.values()])
        return check(text, build, expected, **given)._replace(tolerance=1e-6)

    # Products, and a value that's used twice.
    yield check("a * b", lambda _, a, b: a * b, [5.0, 2.0], a=2, b=5)
    yield check("x + x", lambda _, x: x + x, [2.0], x=3)
    yield check("x * x", lambda _, x: x * x, [6.0], x=3)

    # The order: `b` has its turn when both its shares have arrived.
    def detour(graph, a):
        b = graph.exp(a)
        return b + graph.tanh(graph.tanh(b))

    def early(graph, a):
        b = graph.exp(a)
        return graph.tanh(graph.tanh(b)) + b

    b = math.e
    c, d = math.tanh(b), math.tanh(math.tanh(b))
    expected = [b * (1 + (1 - d * d) * (1 - c * c))]
    yield check("b + tanh(tanh(b)), where b = exp(a)", detour, expected, a=1)
    yield check("tanh(tanh(b)) + b, where b = exp(a)", early, expected, a=1)

    # What was broadcast, and what was summed.
    rng = np.random.default_rng(15)
    X, bias = rng.normal(size=(4, 3)), rng.normal(size=3)
    expected = [np.ones((4, 3)), np.full(3, 4.0)]
    yield check("sum(X + b)", lambda g, X, b: g.sum(X + b), expected, X=X, b=bias)
    yield compared(
        "sum(tanh(X * b)) + mean(square(b))",
        lambda g, X, b: g.sum(g.tanh(X * b)) + g.mean(g.square(b)),
        lambda X, b: np.tanh(X * b).sum() + (b**2).mean(),
        X=rng.normal(size=(2, 1)),
        b=bias,
    )
    W = rng.normal(size=(3, 2))
    yield compared(
        "mean(square(tanh(X @ W + b)))",
        lambda g, X, W, b: g.mean(g.square(g.tanh(X @ W + b))),
        lambda X, W, b: (np.tanh(X @ W + b) ** 2).mean(),
        **{"X": X, "W": W, "b": bias[:2]},
    )
    expected = [np.full(3, 2.0)]
    yield check("2 * x, of several elements", lambda _, x: 2 * x, expected, x=bias)

    # An input that `y` doesn't depend on, and a share that is None.
    expected = [np.array(2.0), np.zeros((2, 3))]
    yield check("2 * a", lambda _, a, other: 2 * a, expected, a=1, other=X[:2])

    def larger(graph, a, b):
        return graph.sum(graph.where(a > 0, a * b, b))

    given = {"a": np.array([-1.0, 2.0]), "b": np.array([3.0, 4.0])}
    expected = [np.array([0.0, 4.0]), np.array([1.0, 2.0])]
    yield check("sum(where(a > 0, a * b, b))", larger, expected, **given)

    # Tensors on the way, and `y` itself.
    def inside(x):
        graph = _BareGraph()
        at = graph.placeholder(x.shape, name="x")
        s = graph.square(at, name="s")
        y = graph.mul(s, at, name="y")
        return run(graph, y, [y, s, at, s], {at: x})

    call = "the values of gradients(y, [y, s, x, s]), for y = s * x, where s = x * x"
    x = np.array([3.0, 2.0])
    yield Check(call, inside, {"x": x}, [np.ones(2), x, 3 * x * x, x])

    def twice(x):
        graph = _BareGraph()
        at = graph.placeholder((), name="x")
        first = module.gradients(at * graph.square(at), [at])
        return run(graph, first[0], [at], {at: x})

    call = "the value of gradients(z, [x]), where [z] = gradients(x * x * x, [x])"
    yield Check(call, twice, {"x": 3.0}, [18.0])

    def asked(x):
        graph, log = _BareGraph(), []
        at = graph.placeholder((), name="x")
        y = _AskedOp([at], graph, "first", log=log).output
        y = _AskedOp([y * y + y], graph, "second", log=log).output
        _AskedOp([y], graph, "not_needed", log=log)
        return run(graph, y + y * y, [at], {at: x}), sorted(log)

    call = "gradients(y, [x]), and which operations it asks for shares"
    # At x = 1: 2 and 7; so (1 + 2 * 7) * (2 * 2 + 1).
    yield Check(call, asked, {"x": 1.0}, ([75.0], ["first", "second"]))

    def chain(_, x):
        for _ in range(5000):
            x = -x
        return x

    yield check("x, negated 5,000 times", chain, [1.0], x=2)

    def ladder(_, x):
        for _ in range(60):
            x = x + x
        return x

    yield check("x, doubled 60 times by x = x + x", ladder, [2.0**60], x=1)


# ## 16: convolve, convolve_by_w, convolve_by_x


def check_16(module):
    rng = np.random.default_rng(16)
    x, w, g = np.array([1.0, 2, 4, 7]), np.array([1.0, 0, -1]), np.array([2.0, 1])
    yield of(module.convolve, {"x": x, "w": w}, np.array([-3.0, -5]))
    given = {"grad": g, "x": x, "k": 3}
    yield of(module.convolve_by_w, given, np.array([4.0, 8, 15]))
    given = {"grad": g, "w": w, "n": 4}
    yield of(module.convolve_by_x, given, np.array([2.0, 1, -2, -1]))
    for n, k in [(5, 2), (6, 1), (4, 4), (9, 3), (1, 1)]:
        x, w, g = rng.normal(size=n), rng.normal(size=k), rng.normal(size=n - k + 1)
        # A row of the matrix has the weights where the window stands.
        matrix = np.zeros((n - k + 1, n))
        for i in range(n - k + 1):
            matrix[i, i : i + k] = w
        yield of(module.convolve, {"x": x, "w": w}, matrix @ x)
        seen = np.stack([x[i : i + k] for i in range(n - k + 1)])
        yield of(module.convolve_by_w, {"grad": g, "x": x, "k": k}, seen.T @ g)
        yield of(module.convolve_by_x, {"grad": g, "w": w, "n": n}, matrix.T @ g)


# ## 17: lstm_step, lstm_step_slope


def check_17(module):
    rng = np.random.default_rng(17)
    a = np.array([[0.0, 0.0, 0.0, 0.0]])
    given = {"a": a, "c": np.array([[2.0]])}
    new = np.tanh(1.0) / 2
    yield of(module.lstm_step, given, (np.array([[new]]), np.array([[1.0]])))
    given |= {"grad_h": np.array([[1.0]]), "grad_c": np.array([[0.0]])}
    through = 0.5 * (1 - np.tanh(1.0) ** 2)
    by_a = np.array([[0, 2 * through / 4, np.tanh(1.0) / 4, through / 2]])
    yield of(module.lstm_step_slope, given, (by_a, np.array([[through / 2]])))
    for batch, width in [(1, 3), (4, 2), (2, 1)]:
        graph = Graph()
        a = graph.variable(rng.normal(size=(batch, 4 * width)))
        c = graph.variable(rng.normal(size=(batch, width)))
        i, f, o, z = graph.split(a, 4, axis=1)
        kept = graph.sigmoid(f) * c + graph.sigmoid(i) * graph.tanh(z)
        shown = graph.sigmoid(o) * graph.tanh(kept)
        grads = {name: rng.normal(size=(batch, width)) for name in ("grad_h", "grad_c")}
        total = graph.sum(shown * grads["grad_h"]) + graph.sum(kept * grads["grad_c"])
        wanted = [shown, kept, *graph.gradients(total, [a, c])]
        *new, by_a, by_c = Session(graph).run(wanted)
        given = {"a": a.initial_value, "c": c.initial_value}
        yield of(module.lstm_step, given, tuple(new))
        yield of(module.lstm_step_slope, {**given, **grads}, (by_a, by_c))


CHECKS = {
    int(name.removeprefix("check_")): function
    for name, function in sorted(globals().items())
    if name.startswith("check_")
}
