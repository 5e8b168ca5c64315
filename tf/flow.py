# # Loops that a graph runs: `tf.cond`, `tf.while_loop`, `tf.scan`
#
# An `if` or a loop in Python happens while you build.  These happen in a run:
#
# >>> import tf
# >>> n = tf.placeholder(tf.int32, [], name="n")
# >>> def doubled(i, total):
# ...     return i + 1, total * 2.0
# >>> _, total = tf.while_loop(lambda i, total: i < n, doubled, [0, 1.0])
# >>> size = tf.cond(total > 100.0, lambda: total / 100.0, lambda: 0.0)
# >>> with tf.Session() as sess:
# ...     print(*sess.run([total, size], {n: 10}))
# 1024.0 10.24
#
# [Branches](mixins/branches.py) and [Loops](mixins/loops.py) show how they work, and
# how gradients find their way back.


from mixins.loops import listed
from tensor import FRAMEWORK
from tf.datatypes import bool
from tf.graphs import graph_of

FRAMEWORK.add(__name__)

__all__ = ["case", "cond", "foldl", "map_fn", "scan", "while_loop"]


def cond(
    pred, true_fn=None, false_fn=None, strict=False, name=None, fn1=None, fn2=None
):
    """What `true_fn()` returns if `pred` holds, else what `false_fn()` returns."""
    true_fn, false_fn = true_fn or fn1, false_fn or fn2
    graph = graph_of(pred)
    return graph.cond(graph.convert(pred, bool), true_fn, false_fn, name)


def case(pred_fn_pairs, default=None, exclusive=False, strict=False, name="case"):
    """What the function of the first predicate that holds returns, else `default`."""
    pairs = pred_fn_pairs.items() if hasattr(pred_fn_pairs, "items") else pred_fn_pairs
    chosen = default
    for predicate, function in reversed(list(pairs)):
        if chosen is None:
            chosen = function
            continue
        chosen = _either(predicate, function, chosen)
    return chosen()


def _either(predicate, function, otherwise):
    return lambda: cond(predicate, function, otherwise)


def while_loop(
    cond,
    body,
    loop_vars,
    shape_invariants=None,
    parallel_iterations=10,
    back_prop=True,
    swap_memory=False,
    name=None,
    maximum_iterations=None,
    return_same_structure=False,
):
    """The loop variables after rounds of `body`, as long as `cond` holds.

    Loop variables may be lists or tuples of tensors.  `shape_invariants` says which
    sizes may change.
    """
    graph = graph_of(loop_vars)
    start = flat(loop_vars)

    def holds(*values):
        return graph.convert(cond(*like(loop_vars, values)), bool)

    def round_(*values):
        return flat(listed(body(*like(loop_vars, values))))

    shapes = shape_invariants
    if shapes is not None:
        shapes = [
            x.get_shape() if hasattr(x, "get_shape") else x for x in _shapes(shapes)
        ]
    found = graph.while_loop(holds, round_, start, maximum_iterations, shapes, name)
    found = like(loop_vars, found)
    many = len(found) > 1 or return_same_structure
    return found if many else found[0]


def flat(structure):
    """The leaves of lists, tuples and dicts, perhaps nested, as one list."""
    if isinstance(structure, dict):
        structure = [structure[key] for key in sorted(structure)]
    if isinstance(structure, (list, tuple)):
        return [x for part in structure for x in flat(part)]
    return [structure]


def _shapes(shapes):
    """The shapes in a list; each is a tuple or a list of sizes."""
    found = []
    for shape in shapes:
        nested = isinstance(shape, (list, tuple)) and any(
            isinstance(part, (list, tuple)) for part in shape
        )
        found += _shapes(shape) if nested else [shape]
    return found


def like(structure, values):
    """`values`, a flat list, in lists, tuples and dicts as in `structure`."""
    values = iter(values)

    def fill(part):
        if isinstance(part, dict):
            return {key: fill(part[key]) for key in sorted(part)}
        if not isinstance(part, (list, tuple)):
            return next(values)
        filled = [fill(x) for x in part]
        if isinstance(part, tuple):
            return type(part)(*filled) if hasattr(part, "_fields") else tuple(filled)
        return filled

    return fill(structure)


# ## One row after the other
#
# `map_fn` computes the same of each row, `scan` hands a state on from row to row, and
# `foldl` returns the last state only.  If it's known how many rows there are, we write
# the body that often, so that everything has a gradient, of any order.


def _rows(elems):
    """The rows of each tensor in `elems`: for each row number, the slices."""
    graph = graph_of(elems)
    tensors = [graph.convert(x) for x in flat(elems)]
    size = tensors[0].dims[0] if tensors[0].rank else None
    if not isinstance(size, int):
        raise ValueError(
            f"map_fn and scan need to know how many rows {tensors[0]!r} has; where "
            "only a run knows, use tf.while_loop"
        )
    return [like(elems, [x[i] for x in tensors]) for i in range(size)]


def _stacked(results):
    """A tensor for each position in `results`, with a row for each of them."""
    graph = graph_of(results)
    columns = zip(*(flat(x) for x in results))
    return like(results[0], [graph.stack(column) for column in columns])


def map_fn(fn, elems, dtype=None, name=None, **options):
    """`fn` of each row of `elems`, stacked."""
    return _stacked([fn(row) for row in _rows(elems)])


def scan(fn, elems, initializer=None, reverse=False, name=None, **options):
    """The states of `fn(state, row)` from row to row, stacked.

    Without an initializer, the first row is the first state.
    """
    rows = _rows(elems)
    rows = rows[::-1] if reverse else rows
    states = [rows.pop(0)] if initializer is None else []
    state = states[0] if states else initializer
    for row in rows:
        state = fn(state, row)
        states.append(state)
    return _stacked(states[::-1] if reverse else states)


def foldl(fn, elems, initializer=None, name=None, **options):
    """The last state of `fn(state, row)`, from the first row to the last."""
    rows = _rows(elems)
    state = rows.pop(0) if initializer is None else initializer
    for row in rows:
        state = fn(state, row)
    return state
