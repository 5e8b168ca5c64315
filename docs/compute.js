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

  scatter_nd(op, x, indices, shape) {
    shape = sizes(shape);
    return addAt(x, shape, rowsOf(placesOf(shape), indices).data);
  },

  gather_nd(op, x, indices) {
    return rowsOf(x, indices);
  },

  put_along(op, x, indices, shape) {
    shape = sizes(shape);
    return addAt(x, shape, np.take_along_axis(placesOf(shape), indices).data);
  },

  ranking(op, x) {
    const size = x.shape.at(-1);
    const out = [];
    for (let start = 0; start < x.data.length; start += size) {
      const row = Array.from(x.data.slice(start, start + size));
      // Sorting keeps the order of equals.
      const order = row.map((_, i) => i).sort((i, j) => row[j] - row[i]);
      out.push(...order.slice(0, op.k));
    }
    return new NDArray(out, [...x.shape.slice(0, -1), op.k], "int64");
  },

  diag(op, x) {
    const n = x.shape.at(-1);
    return np.where(onDiagonal(n), x.at("...", null), 0);
  },

  diag_part(op, x) {
    return np.where(onDiagonal(x.shape.at(-1)), x, 0).sum({ axis: -1 });
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

  // Windows that slide over images; [Convolution](mixins/convolution.py) and
  // [Pooling](mixins/pooling.py) derive them.

  windows(op, x) {
    const seen = look(op, x, 0);
    const [size, channels] = seen.shape.slice(3);
    return seen.reshape([...seen.shape.slice(0, 3), size * channels]);
  },

  conv2d(op, x, windows, filters) {
    const [size, outputs] = [windows.shape[3], filters.shape[3]];
    const places = windows.shape.slice(0, 3);
    const rows = windows.reshape([count(places), size]);
    return rows.dot(filters.reshape([size, outputs])).reshape([...places, outputs]);
  },

  conv2d_by_filters(op, grad, x, windows, shape) {
    const places = count(grad.shape.slice(0, 3));
    const rows = windows.reshape([places, windows.shape[3]]);
    return rows.T.dot(grad.reshape([places, grad.shape[3]])).reshape(shape);
  },

  conv2d_by_input(op, grad, filters, shape) {
    const [channels, outputs] = filters.shape.slice(2);
    const size = filters.shape[0] * filters.shape[1];
    const places = grad.shape.slice(0, 3);
    const rows = grad.reshape([count(places), outputs]);
    const parts = rows.dot(filters.reshape([size * channels, outputs]).T);
    return addSeen(op, parts.reshape([...places, size, channels]), sizes(shape));
  },

  max_pool(op, x) {
    return look(op, x, -Infinity).max({ axis: 3 });
  },

  winner(op, x) {
    return look(op, x, -Infinity).argmax({ axis: 3 });
  },

  pick(op, x, winner) {
    const hit = np.equal(winner.at("...", null, [null, null, 1]), pixels(op));
    return np.where(hit, look(op, x, 0), 0).sum({ axis: 3 });
  },

  place(op, grad, winner, shape) {
    const hit = np.equal(winner.at("...", null, [null, null, 1]), pixels(op));
    const parts = np.where(hit, grad.at("...", null, [null, null, 1]), 0);
    return addSeen(op, parts, sizes(shape));
  },

  sum_pool(op, x) {
    return look(op, x, 0).sum({ axis: 3 });
  },

  spread(op, grad, shape) {
    return addSeen(op, grad.at("...", null, [null, null, 1]), sizes(shape));
  },
};

// The elements, or slices, at rows of indices.

function rowsOf(x, indices) {
  const used = indices.shape.at(-1);
  const [first, rest] = [x.shape.slice(0, used), x.shape.slice(used)];
  const steps = stepsOf(first);
  const numbers = [];
  for (let start = 0; start < indices.data.length; start += used) {
    let number = 0;
    for (let axis = 0; axis < used; axis++) {
      const [index, size] = [indices.data[start + axis], first[axis]];
      if (index < -size || index >= size) {
        throw new Error(`index ${index} of an axis of ${size}`);
      }
      number += (index < 0 ? index + size : index) * steps[axis];
    }
    numbers.push(number);
  }
  const places = new NDArray(numbers, indices.shape.slice(0, -1), "int64");
  return np.take(x.reshape([count(first), ...rest]), places, { axis: 0 });
}

function onDiagonal(n) {
  return np.equal(np.arange(n).at("...", null), np.arange(n));
}

// Which rows, or columns, does a window see on axis `i` of an image?  For each place of
// the window a list; some lie beyond the image.

function coordinates(op, i, pixels) {
  const [size, stride, gap] = op.slide.slice(0, 3).map((pair) => pair[i]);
  const reach = (size - 1) * gap + 1;
  const padded = op.slide[3] === "SAME";
  const places = padded
    ? Math.ceil(pixels / stride)
    : Math.max(Math.floor((pixels - reach) / stride) + 1, 0);
  const missing = Math.max((places - 1) * stride + reach - pixels, 0);
  const before = padded ? Math.floor(missing / 2) : 0;
  const numbers = (n) => [...Array(n).keys()];
  return numbers(places).map((place) =>
    numbers(size).map((a) => place * stride + a * gap - before)
  );
}

// All that the windows see, as places in the row of the image's elements: (batch, rows,
// columns, pixels of the window, channels).  Whatever lies beyond the image gets the
// place behind its last element.

function seen(op, shape) {
  const [batch, height, width, channels] = shape;
  const [rows, columns] = [coordinates(op, 0, height), coordinates(op, 1, width)];
  const [size, beyond] = [count(op.slide[0]), count(shape)];
  const places = [];
  for (let n = 0; n < batch; n++) {
    for (const down of rows) for (const across of columns) {
      for (const i of down) for (const j of across) {
        const inside = i >= 0 && i < height && j >= 0 && j < width;
        const first = ((n * height + i) * width + j) * channels;
        for (let c = 0; c < channels; c++) places.push(inside ? first + c : beyond);
      }
    }
  }
  const all = [batch, rows.length, columns.length, size, channels];
  return new NDArray(places, all, "int64");
}

function look(op, x, beyond) {
  const places = seen(op, x.shape);
  const data = places.data.map((at) => (at < x.data.length ? x.data[at] : beyond));
  return new NDArray(data, places.shape, x.dtype);
}

function addSeen(op, parts, shape) {
  const places = seen(op, shape);
  const sum = addAt(broadcastTo(parts, places.shape), [count(shape) + 1], places.data);
  return new NDArray(sum.data.slice(0, -1), shape, parts.dtype);
}

// The numbers of the window's pixels, on the axis where `seen` has them.

function pixels(op) {
  return np.arange(count(op.slide[0])).at(null, null, null, "...", null);
}
