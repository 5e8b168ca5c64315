// # Operations that are more than an expression
//
// Most operations stand in a program as an expression, `a + b`.  The others, with an
// `if` or a loop in them, are called: `count = compute_count(np, x)`.  Here they are
// again, each a few lines, with the same names and the same answers as in Python.
//
// The first argument is the operation, with its attributes.

"use strict";

function shapeOf(x) {
  return new NDArray(x.shape.slice(), [x.ndim], "int64");
}

// A share of a gradient, summed or repeated to have the shape of what it belongs to;
// [Gradients](gradients.py) tells why.

function unbroadcast(share, shape) {
  const more = Math.max(share.ndim - shape.length, 0);
  share = share.sum({ axis: [...Array(more).keys()] });
  const own = shape.slice(shape.length - share.ndim);
  const repeated = [...own.keys()].filter((axis) => own[axis] === 1);
  return share.sum({ axis: repeated, keepdims: true });
}

const computes = {
  fit(op, share, like) {
    if (same(share.shape, like.shape)) return share;
    return np.broadcast_to(unbroadcast(share, like.shape), like.shape);
  },

  count(op, x) {
    const axes = op.axis === null ? [...x.shape.keys()] : [op.axis].flat();
    return array(count(axes.map((axis) => x.shape.at(axis))));
  },

  floordiv(op, a, b) {
    return np.floor_divide(a, b);
  },

  shape(op, x) {
    return shapeOf(x);
  },

  sizes(op, ...sizes) {
    const data = sizes.map((size) => operand(size).data[0]);
    return new NDArray(data, [sizes.length], "int64");
  },

  ensure_shape(op, x, shape) {
    shape = sizes(shape);
    if (same(x.shape, shape)) return x;
    throw new Error(`'${op.what}': expected the shape (${shape}), got (${x.shape})`);
  },

  // Zeros with elements added at an index, and with slices added at many.

  put(op, x, shape) {
    shape = sizes(shape);
    return addAt(x, shape, placesOf(shape).at(...op.index).data);
  },

  scatter(op, x, indices, shape) {
    shape = sizes(shape);
    return addAt(x, shape, np.take(placesOf(shape), indices, { axis: op.axis }).data);
  },

  concat_part(op, x, ...values) {
    const lengths = values.map((value) => value.shape.at(op.axis));
    const start = lengths.slice(0, op.part).reduce((a, b) => a + b, 0);
    const axis = op.axis < 0 ? op.axis + x.ndim : op.axis;
    const whole = Array(axis).fill([null, null, 1]);
    return x.at(...whole, [start, start + lengths[op.part], 1]);
  },

  classes(op, labels) {
    const wrong = labels.data.find((label) => label < 0 || label >= op.depth);
    if (wrong !== undefined) {
      const last = op.depth - 1;
      throw new Error(`the label ${wrong} is not among the classes 0 to ${last}`);
    }
    return np.equal(labels.at("...", null), np.arange(op.depth)).astype(op.dtype);
  },

  untile(op, x, multiples, shape) {
    [multiples, shape] = [sizes(multiples), sizes(shape)];
    const padded = (list) => [...Array(x.ndim - list.length).fill(1), ...list];
    const own = padded(shape);
    const pairs = padded(multiples).flatMap((times, i) => [times, own[i]]);
    const axis = [...own.keys()].map((i) => 2 * i);
    return x.reshape(pairs).sum({ axis }).reshape(shape);
  },

  // For vectors and stacks of matrices; [Products](mixins/products.py) derives it.

  dot_gradient(op, grad, a, b) {
    const rows = a.ndim > 1 ? a : a.at(null);
    const columns = b.ndim > 1 ? b : b.at("...", null);
    if (b.ndim === 1) grad = grad.at("...", null);
    if (a.ndim === 1) grad = grad.at("...", null, [null, null, 1]);
    const flipped = (x) => x.transpose([...x.shape.keys()].slice(0, -2).concat(-1, -2));
    if (op.by === 0) return unbroadcast(np.matmul(grad, flipped(columns)), a.shape);
    const result = np.matmul(flipped(rows), grad);
    return unbroadcast(b.ndim > 1 ? result : result.at("...", 0), b.shape);
  },
};
